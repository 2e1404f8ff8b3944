"""One output of a cell, or of a view, to the form in which a page can hold it.

Where a new kind of output goes: its type in FORMS if a page can hold it as it is, in INTERACTIVE if not. The table in
this package's README says what becomes of each.
"""

import base64
import json
import re
from collections.abc import Callable
from html import escape
from typing import Any

from nbconvert.filters import strip_ansi

from . import markup
from .left import left, sealed
from .record import MOST_TEXT, SECRET, sound

WIDGET = "application/vnd.jupyter.widget-view+json"
# Richest first. Whichever of an output's forms shows something once it is cleaned is the one that a page keeps.
FORMS = ("text/html", "text/markdown", "image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp",
         "text/latex", "application/json", "application/geo+json", "text/plain")  # fmt: skip
INTERACTIVE = {
    r"application/vnd\.plotly": (
        "an interactive plotly chart",
        "show it with fig.show('svg') or 'png' (needs kaleido)",
    ),
    r"application/vnd\.vega": ("an interactive vega chart", "save it as a picture: alt.renderers.enable('png')"),
    r"application/vnd\.(?:bokehjs|holoviews)": ("an interactive bokeh chart", "export it with bokeh.io.export_svg"),
    r"application/(?:x-)?javascript|text/javascript": ("a script", "show what it makes as a picture or a table"),
    r"application/pdf": ("a PDF document", "show a page of it as a picture, or give a link"),
    r"(?:audio|video)/": ("a recording", "show it with IPython.display.Audio or Video(…, embed=True)"),
    re.escape(WIDGET): ("a widget", "give its function to interact() or interactive()"),
}
_REPR = re.compile(r"\s*(?:<[\w.]+ (?:object|at)\b.*>|<[\w.]+>|[\w.]*[A-Z]\w*\(.*[)…]|\{['\"].*\})\s*\Z", re.S)
NEEDS = "This control needs Python: open the notebook to use it."
_TELLS_STATE = re.compile(r"\d+%\|")  # a tqdm bar in words


def letters(text: Any) -> str:
    r"""Printed text as it stands on a screen: no colours, no halves of letters, no overwritten lines.

    >>> letters("10%\r20%\n\x1b[31mred\x1b[0m")
    '20%\nred'
    """
    text = re.sub(r"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)", "", sound(str(text)))
    text = strip_ansi(text).replace("\r\n", "\n")
    text = re.sub(r"[^\n]*\r(?=[^\n])", "", text).replace("\r", "") if "\r" in text else text
    while "\b" in text and (shorter := re.sub("[^\n\x08]\x08", "", text)) != text:
        text = shorter
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", "", text)


def joined(outputs: list[dict]) -> list[dict]:
    """Outputs with each stream's neighbouring pieces in one."""
    made = []
    for output in outputs:
        last = made[-1] if made else {}
        if output["output_type"] == "stream" and last.get("name") == output.get("name") and "text" in last:
            made[-1] = {**last, "text": last["text"] + output["text"], "cut": last.get("cut") or output.get("cut")}
        else:
            made.append(output)
    return made


class Outputs:
    """Turns outputs into HTML that is not yet cleaned, or, for a control, hands it on.

    warn: told of what was left out. maths: the page's formulae. shows: what HTML still shows once it is
    cleaned: "all", "words" (sentences of ours alone), "" (nothing). widgets: the state of the notebook's widgets.
    """

    def __init__(self, warn: Callable, maths: markup.Maths, shows: Callable[[str], str], widgets: dict | None = None):
        self.warn, self.maths, self.shows, self.widgets = warn, maths, shows, widgets or {}
        self.depth, self.own = 0, {}  # own: the widgets' states as a view took them along

    def html(self, output: dict, alt: str = "", view: bool = False) -> str:
        """One output. view: it is of a view, whose errors are its author's business and a sentence for its reader."""
        kind = output["output_type"]
        if kind == "stream":
            return self._stream(output)
        if kind == "error":
            return self._error(output, view)
        if kind == "still":  # a control within a control
            said = f"{escape(output['text'])} (fixed on this page)"
            return f'<p class="{sealed("fixed")}">{said}</p>' if output["text"] else ""
        data, metadata = output.get("data") or {}, output.get("metadata") or {}
        keep, self.own = self.own, output.get("widgets") or self.own
        try:
            return self.rich(data, metadata, alt)
        finally:
            self.own = keep

    def _stream(self, output):
        text = letters(output["text"])
        if output["name"] == "stderr":
            said = " ".join(text.split())
            if not said:
                return ""
            if _TELLS_STATE.search(said) and len(said) < 300:  # a progress bar: its last state
                return f"<pre>{escape(text.strip())}</pre>"
            self.warn(
                f"left out what it wrote to stderr: {said[-300:]}: see to its cause, or print() what a reader needs"
            )
            return left("A message of the program to its author stood here.")
        cut = len(text) > MOST_TEXT or output.get("cut")
        if cut:
            self.warn(f"printed over {MOST_TEXT:,} letters; the rest is cut: print less")
        more = left("More was printed here than a page holds; the rest is left out.") if cut else ""
        return f"<pre>{escape(text[:MOST_TEXT])}</pre>{more}" if text.strip() or cut else ""

    def _error(self, output, view):
        said = letters(f"{output['ename']}: {output['evalue']}" if output["evalue"] else output["ename"])[:2000]
        if view:
            words = letters(output["evalue"])[:2000] or output["ename"]
            return f'<p class="{sealed("error")}">There is no result for this choice: {escape(words)}.</p>'
        trace = letters("\n".join(output.get("traceback") or []))[:MOST_TEXT]
        trace = f"<details><summary>Where it stopped</summary><pre>{escape(trace)}</pre></details>" if trace else ""
        return f'<p class="{sealed("error")}">This cell stopped: {escape(said)}</p>{trace}'

    def rich(self, data: dict, metadata: dict, alt: str = "") -> str:
        """The richest form of a bundle that still shows something on a page, else a sentence in its place."""
        said = ""  # a form of which nothing but our own sentences would be left
        for mime in (mime for mime in FORMS[:-1] if mime in data):
            html = self._form(mime, data[mime], metadata, alt)
            shown = self.shows(html) if html else ""
            if shown == "all":
                return html
            said = said or (html if shown == "words" else "")
        if WIDGET in data and (html := self._widget(data[WIDGET])):
            return html
        plain = letters(data.get("text/plain") or "")
        for pattern, (what, remedy) in INTERACTIVE.items():
            if mime := next((m for m in data if re.match(pattern, m)), None):
                what = what if mime != WIDGET else _a(plain.partition("(")[0] or "widget")
                return self._without(what, remedy, plain, mime)
        if plain.strip() and not (_REPR.match(plain) and len(data) > 1):
            return f"<pre>{escape(plain[:MOST_TEXT])}</pre>"
        if said or not data or not any(isinstance(v, str) and v.strip() for v in data.values()):
            return said
        if isinstance(data.get("text/html"), str):  # it shows nothing in Jupyter either
            if re.search(r"<(style|link)\b", data["text/html"], re.I):
                self.warn("left out a stylesheet of its own: style the output that needs it, say with a Styler")
            return ""
        text = next((m for m in data if m.startswith("text/") and m not in FORMS and isinstance(data[m], str)), None)
        if text:
            self.warn(f"an output of {text} is shown as its text: show it as a picture or a table")
            return f"<pre>{escape(letters(data[text])[:MOST_TEXT])}</pre>"
        return self._without("an output", "show it as a picture, a table or text", "", next(iter(data)))

    def _without(self, what, remedy, plain, mime):
        """The static form that came along, or a sentence; the author is told either way."""
        if plain.strip() and (not _REPR.match(plain) or _TELLS_STATE.search(plain)):
            self.warn(f"{what} is shown as its text: {remedy}")
            return f"<pre>{escape(plain)}</pre>"
        self.warn(f"left out {what} ({mime}): {remedy}" if mime != WIDGET else f"{what} cannot be replayed: {remedy}")
        return left(NEEDS if mime == WIDGET else f"{what[:1].upper()}{what[1:]} stood here; a page cannot show it.")

    def _form(self, mime, value, metadata, alt):
        """One form of a bundle as HTML that is not yet cleaned; "" where it is not what it says."""
        if mime.endswith("json"):
            text = sound(json.dumps(value, indent=1, ensure_ascii=False))
            return f"<pre>{escape(text[:MOST_TEXT])}</pre>"
        if not isinstance(value, str):
            return ""
        value = sound(value)
        if mime == "text/html":
            return value
        if mime == "text/markdown":
            return markup.markdown(value, self.maths)
        if mime == "text/latex":
            return markup.latex(value, self.maths)
        own = metadata.get(mime)
        alt = (own.get("alt") if isinstance(own, dict) else None) or metadata.get("alt") or alt
        sides = [own.get(side) if isinstance(own, dict) else None for side in ("width", "height")]
        size = "".join(f' {n}="{v}"' for n, v in zip(("width", "height"), sides, strict=True) if isinstance(v, int))
        body = base64.b64encode(value.encode()).decode() if mime == "image/svg+xml" else "".join(value.split())
        return f'<figure><img{size} alt="{escape(str(alt or ""))}" src="data:{mime};base64,{escape(body)}"></figure>'

    # Widgets that only show: what they hold is their static form. Those that move stand still, and say so.

    def _widget(self, reference):
        model = self._model(reference.get("model_id")) if isinstance(reference, dict) else None
        self.depth, self.moving = self.depth + 1, None
        try:
            html = self._shown(model) if self.depth < 8 else ""
        finally:
            self.depth -= 1
        if html and self.moving:
            self.warn(f"{_a(self.moving)} cannot be replayed: {INTERACTIVE[re.escape(WIDGET)][1]}")
            html += left(NEEDS)
        return html

    def _model(self, name):
        return self.own.get(name) or self.widgets.get(name)

    def _shown(self, model):
        """A widget as HTML; "" where its state is not known, or nothing can be said of it."""
        state = model.get("state", {}) if isinstance(model, dict) else {}
        name, value = str(state.get("_model_name", "")).removesuffix("Model"), state.get("value")
        if self._hidden(state):
            return "<br>"
        if name == "Output":
            return "".join(self.html(output) for output in joined(state.get("outputs") or [])) or "<br>"
        if name == "Image" and (data := self._picture(model)):
            return data
        if name in ("HTML", "HTMLMath"):
            return markup.markdown(str(value), self.maths) if name == "HTMLMath" else str(value)
        if name == "Label":
            return f"<p>{escape(str(value))}</p>"
        if name in ("VBox", "HBox", "Box", "GridBox", "Accordion", "Tab"):
            children = [str(child).removeprefix("IPY_MODEL_") for child in state.get("children") or []]
            titles = [*(state.get("titles") or []), *[""] * len(children)]
            heads = [f"<p><strong>{escape(str(title))}</strong></p>" if title else "" for title in titles]
            return "".join(head + self._shown(self._model(c)) for head, c in zip(heads, children, strict=False))
        if (
            isinstance(value, (bool, int, float, str, list))
            and "description" in state
            and name not in ("Image", "Audio")
        ):
            shows = name in ("IntProgress", "FloatProgress", "Valid")  # and nobody moves it
            self.moving = self.moving or (None if shows else name)
            value = (
                SECRET if name == "Password" else f"{value} of {state['max']}" if "max" in state and shows else value
            )
            words = f"{state['description'] or name}: {value}".replace("True", "yes").replace("False", "no")
            fixed = "" if shows else " (fixed on this page)"
            return f'<p class="{sealed("fixed")}">{escape(words[:200])}{fixed}</p>'
        return ""

    def _hidden(self, state):
        """Whether its author has hidden a widget, as it is known here or in the kernel."""
        layout = self._model(str(state.get("layout", "")).removeprefix("IPY_MODEL_")) or {}
        layout = state.get("hidden") or layout.get("state", {})
        return layout is True or layout.get("display") == "none" or layout.get("visibility") == "hidden"

    def _picture(self, model):
        """An Image widget's picture; its bytes stand beside its state."""
        held = model.get("buffers") or []
        data = next((b.get("data") for b in held if isinstance(b, dict) and b.get("path") == ["value"]), None)
        mime = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif"}
        mime = mime.get(str(model["state"].get("format")).lower())
        return self._form(mime, data, {}, "") if mime and isinstance(data, str) else ""


def _a(noun):
    """A noun with its article.

    >>> _a("IntSlider"), _a("Output"), _a("HBox"), _a("UsageMeter")
    ('an IntSlider', 'an Output', 'an HBox', 'a UsageMeter')
    """
    spelt = re.match(r"H(?=[A-Z])|[AEFILMNORSX](?=[A-Z][A-Z])|[AEIO]|U(?!se|sa|ni)", noun)
    return f"{'an' if spelt else 'a'} {noun}"
