"""An IPython extension for the kernel that builds a report (--ext=analysis.report.kernel).

A control shows one view at a time and needs a kernel for the next. A page has no kernel, so each
`interactive` is played through all its states here, and every view goes into the page. Nothing in the
notebook changes: IPython's formatters are asked to show two types, `interactive` and `Figure`, differently.
"""

import base64
import itertools
import math
import sys
import zlib

CONTROL = "application/vnd.whocounted.control+json"
MOST_VIEWS = 500  # more would take minutes to play and megabytes to keep
KEPT = ("text/html", "text/markdown", "image/svg+xml", "image/png", "image/jpeg", "text/latex", "text/plain")
REMEDY = {
    "many": "it has {n} views, more than {most}: make the steps coarser",
    "manual": "interact_manual waits for a button, which may mean slow: use interact if {n} runs are bearable",
    "open": "{name} ({kind}) has no list of values: use a slider with a step, a Dropdown or a Checkbox",
}


def choices(widget):
    """Every value of one control as (label, value) pairs in order, or None where they cannot be listed."""
    if isinstance(getattr(widget, "index", None), (int, type(None))) and hasattr(widget, "_options_full"):
        return [(str(label), value) for label, value in widget._options_full]
    if isinstance(getattr(widget, "value", None), bool):
        return [("no", False), ("yes", True)]
    if not all(hasattr(widget, name) for name in ("min", "max", "step")) or not widget.step:
        return None
    if not isinstance(widget.value, (int, float)):  # a range slider's value is a pair
        return None
    count = math.floor((widget.max - widget.min) / widget.step + 1e-9) + 1
    steps = [type(widget.min)(round(widget.min + i * widget.step, 10)) for i in range(min(count, MOST_VIEWS + 1))]
    if hasattr(widget, "base"):  # a logarithmic slider's steps are exponents
        steps = [widget.base**step for step in steps]
    return [(f"{step:.10g}", step) for step in steps]


def kind(widget):
    """Which native control stands for the widget: range, select, radio or checkbox."""
    name = type(widget).__name__
    if isinstance(widget.value, bool) and not hasattr(widget, "_options_full"):
        return "checkbox"
    if name in ("RadioButtons", "ToggleButtons"):
        return "radio"
    return "range" if hasattr(widget, "step") or name == "SelectionSlider" else "select"


def view(control, state):
    """What the function shows in one state: (outputs, the error or None).

    outputs: a list of {"data": {mime: content}, "metadata": {}}, one mime type each, the richest.
    """
    from IPython.display import display
    from IPython.utils.capture import capture_output

    error = None
    with capture_output() as caught:
        try:
            result = control.result = control.f(**state)
            # interactive() shows a result only when told to; a subclass shows it in its own way.
            plain = type(control).__module__.startswith("ipywidgets.")
            if result is not None and (control.auto_display or not plain):
                display(result)
        except Exception as problem:  # the reader is told in words, the author in a warning
            error = f"{type(problem).__name__}: {problem}"
        if "matplotlib_inline.backend_inline" in sys.modules:
            sys.modules["matplotlib_inline.backend_inline"].flush_figures()
    shown = [richest(output.data, output.metadata) for output in caught.outputs]
    if caught.stdout:
        shown.insert(0, richest({"text/plain": caught.stdout.rstrip()}, {}))
    return shown, error


def richest(data, metadata):
    """The one mime type of an output that a page shows."""
    mime = next((mime for mime in KEPT if mime in data), None)
    content = data.get(mime, "This output needs Python.")
    if isinstance(content, bytes):
        content = base64.b64encode(content).decode()
    metadata = (metadata or {}).get(mime, metadata or {})
    return {"data": {mime or "text/plain": content}, "metadata": {mime or "text/plain": metadata}}


def replay(control, *_):
    """Play a control through its states and return one bundle: controls, views, what went wrong.

    views: in the order of itertools.product over the controls' choices; an error is a string.
    warnings: for the author; each names the remedy.
    """
    from ipywidgets import DOMWidget

    moving = [w for w in control.kwargs_widgets if isinstance(w, DOMWidget)]
    held = {w._kwarg: w.value for w in control.kwargs_widgets if w not in moving}
    lists, warnings = [], []
    for widget in moving:
        found = choices(widget)
        if not found:
            warnings.append(REMEDY["open"].format(name=widget._kwarg, kind=type(widget).__name__))
        lists.append(found or [(str(widget.value), widget.get_interact_value())])
    count = math.prod(map(len, lists))
    if control.manual or count > MOST_VIEWS:
        warnings.append(REMEDY["manual" if control.manual else "many"].format(n=count, most=MOST_VIEWS))
        lists = [[(str(w.value), w.get_interact_value())] for w in moving]
    views = []
    for state in itertools.product(*lists):
        values = {w._kwarg: value for w, (_, value) in zip(moving, state, strict=True)}
        shown, error = view(control, held | values)
        views.append({"shown": shown, "error": error})
    failed = [v["error"] for v in views if v["error"]]
    if failed:
        warnings.append(f"{len(failed)} of {len(views)} views stop with an error, first {failed[0]}")
    controls = [describe(w, found) for w, found in zip(moving, lists, strict=True)]
    return {CONTROL: {"controls": controls, "views": views, "warnings": warnings}, "text/plain": "A control."}


def describe(widget, found):
    """One control in plain words: key, name, kind, labels and the index at which it stands."""
    value = widget.get_interact_value()
    near = getattr(widget, "index", None)
    if not isinstance(near, int) or len(found) == 1:
        near = next((i for i, (_, v) in enumerate(found) if v == value or (v != v and value != value)), 0)
    name = (widget.description or widget._kwarg).strip().rstrip(":")
    labels = [label for label, _ in found]
    return {"key": widget._kwarg, "name": name, "kind": kind(widget), "labels": labels, "index": near}


def quiet(control, *_):
    """In place of interactive.update: the same call and the same .kwargs and .result, without the Output widget.

    An Output widget talks back to the builder, costs a second picture, and can make it miss the kernel's answer.
    """
    control.kwargs = {widget._kwarg: widget.get_interact_value() for widget in control.kwargs_widgets}
    view(control, control.kwargs)


def alt_text(figure):
    """The words for a chart: figure.alt where the author wrote it, else what its labels say."""
    if getattr(figure, "alt", None):
        return figure.alt
    parts = [figure.get_suptitle()]
    for axes in figure.axes:
        parts.append(axes.get_title() or axes.get_title("left"))
        for name, axis in (("Across", axes.xaxis), ("Up", axes.yaxis)):
            ticks = [t.get_text() for t in axis.get_ticklabels() if t.get_text()]
            if axis.get_visible() and ticks:
                parts.append(f"{name}: {axis.get_label_text() or 'no label'}, {ticks[0]} to {ticks[-1]}")
        if axes.get_legend():
            parts.append("Shown: " + ", ".join(t.get_text() for t in axes.get_legend().get_texts()))
    return "Chart. " + ". ".join(part for part in parts if part)


def picture(figure, *_):
    """A matplotlib figure as SVG, or as PNG where that is smaller once both are compressed."""
    import matplotlib
    from IPython.core.pylabtools import print_figure

    shell = sys.modules["IPython"].get_ipython()
    shell.display_formatter.formatters["image/png"].pop(matplotlib.figure.Figure, None)
    if not figure.axes and not figure.lines:
        return {}
    with matplotlib.rc_context({"svg.hashsalt": "whocounted", "svg.fonttype": "path"}):
        svg = print_figure(figure, "svg", metadata={"Date": None})
    best = {"image/svg+xml": svg}
    if (packed := len(zlib.compress(svg.encode()))) > 40_000:
        png = print_figure(figure, "png", dpi=144, base64=True)
        if len(png) < packed * 4 / 3:
            best = {"image/png": png}
    return best, {mime: {"alt": alt_text(figure)} for mime in best}


def load_ipython_extension(shell):
    from ipywidgets import interactive

    interactive.update = quiet
    formatter = shell.display_formatter.mimebundle_formatter
    formatter.for_type(interactive, replay)
    # By name, so that a notebook without charts does not pay for importing matplotlib.
    formatter.for_type_by_name("matplotlib.figure", "Figure", picture)
