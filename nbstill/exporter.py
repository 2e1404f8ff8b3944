"""jupyter nbconvert --to whocounted NOTEBOOK: one HTML file that makes no request and keeps its controls.

nbconvert runs the notebook and walks its cells; this module decides what each output becomes. Everything from
outside passes `safe.clean`; numbers that link to a figure get a note; stored views are packed small.
"""

import base64
import functools
import gzip
import hashlib
import itertools
import json
import re
import sys
import textwrap
from html import escape
from pathlib import Path
from urllib.parse import unquote

# jsonschema asks for this module on import and works without it; building its grammars takes a second.
sys.modules.setdefault("rfc3987_syntax", None)

from bs4 import BeautifulSoup  # noqa: E402
from jinja2 import Environment, FileSystemLoader  # noqa: E402
from latex2mathml.converter import convert  # noqa: E402
from markupsafe import Markup  # noqa: E402
from nbconvert.exporters.html import HTMLExporter  # noqa: E402
from nbconvert.filters import strip_ansi  # noqa: E402
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath  # noqa: E402
from traitlets import Any, Bool, default  # noqa: E402
from traitlets.config import Config  # noqa: E402

from analysis.report import safe  # noqa: E402
from analysis.report.kernel import CONTROL  # noqa: E402

TEMPLATES = Path(__file__).with_name("templates")
WIDGET = "application/vnd.jupyter.widget-view+json"
WORDS_A_MINUTE, MINUTES_A_CONTROL = 200, 0.5
MANY = 4  # documents in a line under a chart; more are folded
TALL, LONG = 1.4, 2.7  # height by width: beyond the first a chart fills a printed page, beyond the second it is longer
PIECES = Environment(loader=FileSystemLoader(TEMPLATES / "whocounted"), autoescape=True, trim_blocks=True)


def formula(tex, display="inline"):
    """TeX as MathML; what cannot be read stays as it was written."""
    try:
        return convert(tex, display=display)
    except Exception:  # latex2mathml raises many kinds, and a formula must not stop a page
        return f"<code>{escape(tex)}</code>"


class Renderer(IPythonRenderer):
    """nbconvert's markdown, with formulae made when the page is built."""

    def block_math(self, body):
        return formula(body, "block")

    def inline_math(self, body):
        return formula(body)

    def latex_environment(self, name, body):
        return formula(rf"\begin{{{name}}}{body}\end{{{name}}}", "block")


class Report(HTMLExporter):
    """A calm page: title, prose, charts, tables, controls, notes. No furniture, no network."""

    export_from_notebook = "Who Counted? page (one file, works offline)"
    code = Bool(False, help="Show the code cells, each in a <details>.").tag(config=True)
    note = Any(None, help="note(case, target) -> HTML; a card of the case's figure if not given.")

    @default("template_name")
    def _template_name_default(self):
        return "whocounted"

    @default("extra_template_basedirs")
    def _extra_template_basedirs_default(self):
        return [str(TEMPLATES)]

    @property
    def default_config(self):
        config = super().default_config.copy()
        extension = ["--ext=analysis.report.kernel"]
        config.merge(Config({"ExecutePreprocessor": {"enabled": True, "extra_arguments": extension}}))
        return config

    def default_filters(self):
        yield from super().default_filters()
        yield "shown", lambda output, cell, nb: self.page.output(output, cell, nb)
        yield "prose", lambda cell, nb: self.page.prose(cell, nb)

    def from_notebook_node(self, nb, resources=None, **kw):
        resources = dict(resources or {})
        self.page = Page(nb, resources, self)
        resources["page"] = self.page
        html, resources = super().from_notebook_node(nb, resources, **kw)
        html = self.page.placed(html)
        resources["whocounted"] = self.page.facts()
        for warning in self.page.warnings:
            self.log.warning("%s", warning)
        return html, resources


class Page:
    """One page in the making; cells reach it in order, so that headings and notes can be numbered."""

    def __init__(self, nb, resources, exporter):
        self.nb, self.exporter = nb, exporter
        self.path = resources.get("metadata", {}).get("path", "")
        self.index, self.series = resources.get("index_page", ""), resources.get("series")
        self.case = nb.metadata.get("whocounted", {}).get("case")
        self.title = nb.metadata.get("title") or resources.get("metadata", {}).get("name", "Notebook")
        self.pictures = {}  # SVG text -> its number; in HTML it stands as src="svg:0" until the page is whole
        self.level, self.ids, self.words, self.standfirst = 0, {"page", "notes"}, 0, ""
        self.warnings, self.notes, self.links, self.keys, self.place = [], {}, [], set(), 0
        self.controls, self.views = 0, 0
        self.style = self.resource("page.css") + (self.highlighting() if exporter.code else "")
        self.script = self.resource("page.js")

    def __deepcopy__(self, memo):
        return self  # nbconvert copies its resources; there is only one page

    def resource(self, name):
        """A file that every page carries, without the room that only its author needs."""
        text = (TEMPLATES / "whocounted" / name).read_text(encoding="utf-8")
        text = re.sub(r"^(?:\s*//.*\n)*\s*", "", text, flags=re.M)
        return re.sub(r" ?([{}]) ?", r"\1", text) if name.endswith(".css") else text

    def highlighting(self):
        from pygments.formatters import HtmlFormatter

        light, dark = (
            HtmlFormatter(style=f"a11y-high-contrast-{tone}").get_style_defs(".highlight") for tone in ("light", "dark")
        )
        return f"{light}\n@media screen and (prefers-color-scheme: dark) {{\n{dark}\n}}"

    @property
    def policy(self):
        """The page's own law: this style, this script, pictures from within; nothing else may load or run."""
        script, style = (
            base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (self.script, self.style)
        )
        return (
            f"default-src 'none'; img-src data: blob:; style-src 'sha256-{style}'; script-src 'sha256-{script}';"
            " base-uri 'none'; form-action 'none'"
        )

    @property
    def minutes(self):
        """Reading time: the words read from top to bottom, tables apart, and half a minute a control."""
        return max(1, round(self.words / WORDS_A_MINUTE + self.controls * MINUTES_A_CONTROL))

    def facts(self):
        """What the index and the author need: title, standfirst, minutes, controls, picture, warnings."""
        picture = safe.data_address(next(iter(self.pictures))) if self.pictures else ""
        names = ("title", "standfirst", "minutes", "controls", "views", "warnings")
        return {name: getattr(self, name) for name in names} | {"picture": picture}

    def warn(self, text):
        text = f"cell {self.place}: {text}"
        if text not in self.warnings:
            self.warnings.append(text)

    def markdown(self, source, cell=None):
        renderer = Renderer(
            escape=False,
            attachments=(cell or {}).get("attachments", {}),
            embed_images=True,
            path=self.path,
            exclude_anchor_links=True,
        )
        return MarkdownWithMath(renderer=renderer).render(source)

    def prose(self, cell, nb):
        """A markdown cell; the first paragraph is the standfirst."""
        self.place = next(n for n, c in enumerate(nb.cells, 1) if c is cell)
        html = self.finish(self.markdown(cell.source, cell))
        if not self.standfirst and (first := BeautifulSoup(html, "html.parser").find("p")):
            self.standfirst = first.get_text(" ", strip=True)
        return html

    def output(self, output, cell, nb):
        """One output of a code cell as HTML."""
        self.place = next(n for n, c in enumerate(nb.cells, 1) if c is cell)
        if output.output_type == "stream":
            if output.name == "stderr":
                self.warn(f"left out what it wrote to stderr: {strip_ansi(output.text).strip()[-300:]}")
                return ""
            self.words += len(output.text.split())
            return f'<pre class="out" tabindex="0">{escape(strip_ansi(output.text))}</pre>'
        if output.output_type == "error":
            return f'<p class="wc-error">This cell stopped: {escape(output.ename)}: {escape(output.evalue)}</p>'
        if CONTROL in output.data:
            return self.control(output.data[CONTROL])
        if WIDGET in output.data and "text/html" not in output.data:
            name = output.data.get("text/plain", "widget").partition("(")[0]
            self.warn(f"a {name} cannot be replayed: give its function to interact() or interactive()")
            return '<p class="wc-error">This control needs Python: open the notebook to use it.</p>'
        return self.finish(self.content(output.data, output.metadata, cell))

    def content(self, data, metadata, cell=None):
        """The richest form of an output that a page can hold, not yet cleaned."""
        if "text/html" in data:
            return data["text/html"]
        if "text/markdown" in data:
            return self.markdown(data["text/markdown"])
        for mime in ("image/svg+xml", "image/png", "image/jpeg"):
            if mime in data:
                body = data[mime]
                if mime == "image/svg+xml":
                    body = base64.b64encode(body.encode()).decode()
                source = f"data:{mime};base64,{body.strip()}"
                alt = metadata.get(mime, {}).get("alt") or (cell or {}).get("metadata", {}).get("alt", "")
                return f'<figure class="wc-chart"><img alt="{escape(alt)}" src="{escape(source)}"></figure>'
        if "text/latex" in data:
            return formula(data["text/latex"].strip().strip("$"), "block")
        return f'<pre class="out">{escape(strip_ansi(data.get("text/plain", "")))}</pre>'

    # From untrusted HTML to the page's HTML

    def finish(self, html, view=False, note=False):
        """Clean HTML, with its headings in order, tables labelled, pictures slim and numbers noted.

        view: the id of the control whose stored view this is. note: whether this is a note.
        """
        if re.search(r"<(script|svg|iframe)\b", html, re.I):
            self.warn("left out a script, frame or inline SVG: show a picture as <img src='data:…'>")
        soup = BeautifulSoup(safe.clean(html), "html.parser")
        self.headings(soup, view)
        for table in soup.find_all("table"):
            self.table(table, soup)
        for image in soup.find_all("img"):
            self.image(image)
        for link in soup.find_all("a", href=True):
            self.link(link, view)
        for caption in soup.find_all("figcaption"):
            for line in caption.find_all(class_="wc-source"):
                self.documents(line, soup)
        if not view and not note:
            self.words += read(soup)
        for block in soup.find_all("pre"):
            block["tabindex"] = "0"
        return str(soup)

    def placed(self, html):
        """HTML with its pictures in place."""
        svgs = list(self.pictures)
        return re.sub(r'(?<= src=")svg:(\d+)', lambda m: safe.data_address(svgs[int(m[1])]), html)

    def split(self, html):
        """A view as parts that alternate: HTML, SVG, HTML, …"""
        svgs = list(self.pictures)
        return [svgs[int(p)] if i % 2 else p for i, p in enumerate(re.split(r'(?<= src=")svg:(\d+)', html))]

    def headings(self, soup, view):
        """Levels that rise by one at most; the first heading of the page is its h1, and the only one."""
        level = self.level
        for heading in soup.find_all(re.compile("^h[1-6]$")):
            if not level and not view:
                self.title, number = heading.get_text(" ", strip=True), 1
            else:
                number = max(2, min(int(heading.name[1]), level + 1))
            heading.name, level = f"h{number}", number
            if not view:  # the names that Jupyter gives, so that its links work
                heading["id"] = self.unique(re.sub(r"\s", "-", heading.get_text(strip=True)) or "part", self.ids)
        if not view:
            self.level = level

    def table(self, table, soup):
        """Headers with a scope, no empty header, and a frame that scrolls where the table is wide."""
        for cell in table.find_all("th"):
            if not cell.get_text(strip=True):
                cell.name = "td"
                cell.attrs.pop("scope", None)
            elif not cell.get("scope"):
                cell["scope"] = "col" if cell.find_parent("thead") else "row"
        caption = table.find("caption")
        label = caption.get_text(" ", strip=True) if caption else "Table"
        frame = {"class": "wide", "tabindex": "0", "role": "group", "aria-label": label}
        table.wrap(soup.new_tag("div", attrs=frame))

    def image(self, image):
        """Pull an SVG out of its address, give the picture its size, and its words where it has none."""
        image["alt"] = (image.get("alt") or "").strip()
        if not image["alt"] and not image.get("aria-hidden"):
            self.warn("a picture has no alternative text")
            image["alt"] = "A picture that its author has not described."
        try:
            svg = safe.svg_of(image.get("src", ""))
        except ValueError as problem:
            self.warn(f"left out a picture: {problem}")
            svg = image.attrs.pop("src", None) and None
        if svg is None:
            if not image.get("src"):
                image.name, image.string = "span", f"[Picture: {image['alt']}]"
                image.attrs = {"class": "wc-error"}
            return
        if found := safe.size(svg):
            image["width"], image["height"] = map(str, found)
            self.shape(image, found[1] / max(1, found[0]))
        svg = safe.untitled(svg, image["alt"])
        image["src"] = f"svg:{self.pictures.setdefault(svg, len(self.pictures))}"

    @staticmethod
    def shape(image, ratio):
        """Say of a figure that it is tall or longer than a printed page; on paper it is laid out otherwise."""
        figure = image.find_parent("figure")
        if figure and ratio > TALL:
            figure["class"] = [*figure.get("class", []), "long" if ratio > LONG else "tall"]

    @staticmethod
    def documents(line, soup):
        """A long list of documents under a chart, "Read in: a; b; c": the first stays in sight, the rest is folded."""
        parts = line.get_text(" ", strip=True).split("; ")
        if line.find(True) or len(parts) < MANY:
            return
        line.name, line.string = "details", "; ".join(parts[1:])
        summary = soup.new_tag("summary", string=f"{parts[0]}; and {len(parts) - 1} more")
        line.insert(0, summary)

    # Notes

    def link(self, link, view):
        """A link to a figure or a working leads to its note; a link to a notebook leads to its page."""
        address = link["href"]
        if not address.startswith("#"):
            if not re.match(r"[a-z]+:|//", address, re.I):
                link["href"] = re.sub(r"\.ipynb(?=#|$)", ".html", address)
            return
        note = self.noted(unquote(address[1:]))
        if not note:
            self.links.append((self.place, address[1:]))
            return
        link["href"], link["class"] = f"#{note['id']}", "wc-ref"
        link.attrs.pop("title", None)  # the note says it better
        if view:
            note["views"].add(view)
        else:
            link["id"] = self.unique(f"ref-{sum(len(n['refs']) for n in self.notes.values()) + 1}", self.ids)
            note["refs"].append((link["id"], link.get_text(" ", strip=True)))

    def noted(self, target):
        """The note of a figure or working: {id, html, refs, views}; None if there is none."""
        if not self.case or target in self.ids:
            return None
        if target not in self.notes:
            try:
                html = (self.exporter.note or cards_note)(self.case, target)
            except (KeyError, ValueError):
                return None  # an ordinary link within the page, checked at the end
            name = self.unique("note-" + re.sub(r"[^a-z0-9]+", "-", target.lower()).strip("-")[:60], self.ids)
            self.notes[target] = {"id": name, "raw": html, "refs": [], "views": set()}
        return self.notes[target]

    def notes_section(self):
        """The notes as HTML; a note's own links may add notes, down to the quotes."""
        self.level, done = 2, 0
        while done < len(self.notes):
            note = list(self.notes.values())[done]
            html, self.level, done = self.finish(note["raw"], note=True), 2, done + 1
            note["head"], note["short"], note["html"] = fold(html, getattr(note["raw"], "text", ""))
            note["head"] = note["head"] or note["id"]
        for note in self.notes.values():
            places = [*note["refs"], *((box, "the control") for box in sorted(note["views"]))]
            note["back"] = {label: [i for i, text in places if text == label] for _, label in places}
        lost = [(place, name) for place, name in self.links if unquote(name) not in self.ids]
        for self.place, name in lost:
            self.warn(f"the link #{name} leads nowhere")
        if not self.notes:
            return ""
        pieces, every = PIECES.get_template("pieces.html.j2").module, self.notes.values()
        unseen = [str(pieces.note(n)) for n in every if not n["refs"]]  # asked for in stored views alone
        kept = pack([[html] for html in unseen]) if unseen else ""
        return pieces.notes([n for n in every if n["refs"]], kept)

    # Controls

    def control(self, bundle):
        """A control: native inputs, the view at which it stands, and all views, packed."""
        for warning in bundle["warnings"]:
            self.warn(warning)
        self.controls, self.views = self.controls + 1, self.views + len(bundle["views"])
        box = self.unique(f"control-{self.controls}", self.ids)
        moving = [c for c in bundle["controls"] if len(c["labels"]) > 1]
        for control in moving:
            control["key"] = self.unique(re.sub(r"\W+", "-", control["key"]), self.keys)
        at = 0
        for control in moving:
            at = at * len(control["labels"]) + control["index"]
        views = [self.finish(self.shown(view), box) for view in bundle["views"]]
        self.words += read(BeautifulSoup(views[at], "html.parser"))
        described = zip(self.states(moving), map(self.describe, views), strict=True)
        return PIECES.get_template("pieces.html.j2").module.control(
            box=box,
            controls=bundle["controls"],
            spec=json.dumps([[c["key"], c["name"], c["labels"]] for c in moving], ensure_ascii=False),
            first=Markup(views[at]),
            described=list(described) if moving else [],
            packed=pack([self.split(view) for view in views]) if moving else "",
        )

    def shown(self, view):
        parts = [self.content(output["data"], output["metadata"]) for output in view["shown"]]
        if view["error"]:
            words = view["error"].partition(": ")[2] or view["error"]
            parts.append(f'<p class="wc-error">There is no result for this choice: {escape(words)}.</p>')
        return "".join(parts)

    @staticmethod
    def states(controls):
        """Every combination of labels, in the order of the views."""
        return itertools.product(*(c["labels"] for c in controls))

    @staticmethod
    def describe(html):
        """A view in words: its pictures' alternative texts, else how it begins."""
        soup = BeautifulSoup(html, "html.parser")
        text = " ".join(i["alt"] for i in soup.find_all("img")) or soup.get_text(" ", strip=True)
        return text if len(text) < 200 else text[:200].rsplit(" ", 1)[0] + " …"

    @staticmethod
    def unique(name, taken):
        name = next(n for n in itertools.chain([name], (f"{name}-{i}" for i in itertools.count(2))) if n not in taken)
        taken.add(name)
        return name


def read(soup):
    """How many words of a piece of HTML are read from top to bottom: all but tables, cards and what is folded."""
    looked_up = [*soup.find_all("details", open=False), *soup.find_all("table"), *soup.find_all(class_="wc-card")]
    apart = {id(s) for piece in looked_up for s in piece.find_all(string=True)}
    return sum(len(s.split()) for s in soup.find_all(string=True) if id(s) not in apart)


def cards_note(case, target):
    """A figure's card, or the working of a derived number with its operands; .text says in short whence it is."""
    from analysis import cards, words

    figure = _loaded(case).evaluate(target)
    ours = not figure.row or figure.row["derivation"]
    return cards.HTML(cards.card(figure), "our working" if ours else words.source_name(figure.row["source"]))


def fold(html, short=""):
    """A note as (the number that heads it, its source in short, what is folded below, as HTML)."""
    soup = BeautifulSoup(html, "html.parser")
    if card := soup.find(class_="wc-card"):
        card.unwrap()
    if big := soup.find(class_="wc-big"):
        big.extract()
    head = " ".join((big or soup).get_text(" ").split())
    if not short and (source := soup.find(class_="wc-source")):
        short = source.get_text(" ", strip=True).removesuffix("Link")
    code, same = soup.select_one(".wc-working code"), soup.find(class_="wc-id")
    if code and same and code.get_text() == same.get_text():
        same.decompose()  # a working that is its own name
    return textwrap.shorten(head, 80, placeholder=" …"), textwrap.shorten(short, 80, placeholder=" …"), Markup(soup)


def pack(views):
    """Views as gzip in base64: each line once, and views as lists of line numbers; equal input, equal bytes.

    Charts that differ by a few bars share most of their lines, and gzip sees only 32 KB back.
    """
    lines = {}
    rows = [[[lines.setdefault(line, len(lines)) for line in part.split("\n")] for part in view] for view in views]
    text = json.dumps([list(lines), rows], ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(gzip.compress(text.encode(), 9, mtime=0)).decode()


@functools.lru_cache(maxsize=4)
def _loaded(case):
    """A case read once for all notes of a page."""
    from analysis import load

    return load(case)
