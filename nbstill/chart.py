"""A matplotlib chart as a picture with words. Used inside the kernel."""

import sys
import zlib


def alt_text(figure) -> str:
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

    sys.modules["IPython"].get_ipython().display_formatter.formatters["image/png"].pop(matplotlib.figure.Figure, None)
    if not figure.axes and not figure.lines:
        return {}
    with matplotlib.rc_context({"svg.hashsalt": "nbstill", "svg.fonttype": "path"}):
        svg = print_figure(figure, "svg", metadata={"Date": None})
    best = {"image/svg+xml": svg}
    if (packed := len(zlib.compress(svg.encode()))) > 40_000:
        png = print_figure(figure, "png", dpi=144, base64=True)
        if len(png) < packed * 4 / 3:
            best = {"image/png": png}
    return best, {mime: {"alt": alt_text(figure)} for mime in best}
