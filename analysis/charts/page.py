"""The page a chart is drawn on: words that know their width, pieces put down from the top, and SVG out of it.

Drawing time is what a reader of a control waits for, and letters are most of it. So a word is drawn without being
measured again, and stays a word in the SVG.
"""

import functools
import html
import io
import os
import pathlib
import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.textpath import text_to_path
from matplotlib.transforms import IdentityTransform, Transform

# Okabe and Ito's vermillion, blue and bluish green, safe for colour-blind readers, darkened until text in them has
# 4.5:1 on white. The green is the second of two series, always with another shape.
ARTICLE, REFERENCE, SECOND = "#b34000", "#00639c", "#00704f"
INK, MUTED, RULE, FAINT = "#1a1a1a", "#595959", "#8c8c8c", "#dedede"
WIDTH, EDGE = 6.0, 0.14  # inches: the figure, and the margin on each side
TITLE, TEXT, SMALL = 16, 12, 11  # points

_FILE = pathlib.Path(__file__).parents[1] / "style.mplstyle"
_DRAWING = "axes figure font hatch lines markers patch path savefig svg text xtick ytick".split()
_PLAIN = {k: v for k, v in matplotlib.rcParamsDefault.items() if k.partition(".")[0] in _DRAWING}
STYLE = matplotlib.RcParams(_PLAIN | matplotlib.rc_params_from_file(_FILE, use_default_template=False))
FONT = STYLE["font.family"][0]


# Words ----------------------------------------------------------------------------------------------------------------


@functools.lru_cache(maxsize=64)
def font(size: float, bold: bool) -> FontProperties:
    """The house's one typeface. size: in points."""
    return FontProperties(family=FONT, weight="bold" if bold else "normal", size=size)


@functools.lru_cache(maxsize=4096)
def _advance(letter: str, bold: bool) -> int:
    """How far a letter takes the pen, in 6,400ths of its size: whole numbers, which add up alike everywhere."""
    return round(text_to_path.get_text_width_height_descent(letter, font(100, bold), False)[0] * 64)


@functools.lru_cache(maxsize=8192)
def length(text: str, size: float, bold: bool = False) -> float:
    """How long a text is, in inches. size: in points.

    >>> length("strikes", 12) < length("strikes", 12, bold=True) < length("strikes", 16, bold=True)
    True
    """
    return sum(_advance(letter, bold) for letter in plain(text)) * size / (72 * 6400)


@functools.lru_cache(maxsize=4096)
def _lines(text: str, width: float, size: float, bold: bool) -> tuple[str, ...]:
    lines, line = [], ""
    for word in text.split():
        while length(word, size, bold) > width:
            cut = next(n for n in range(len(word), 0, -1) if n == 1 or length(word[:n], size, bold) <= width)
            lines, line, word = [*lines, *filter(None, [line]), word[:cut]], "", word[cut:]
        longer = f"{line} {word}".strip()
        if length(longer, size, bold) <= width:
            line = longer
        else:
            lines, line = [*lines, line], word
    return (*lines, *filter(None, [line]))


def wrapped(text: str, width: float, size: float, bold: bool = False) -> tuple[str, ...]:
    """A text as lines that fit a width in inches; a word too long for a line is cut. size: in points.

    >>> wrapped("one two three", 0.7, 12)
    ('one two', 'three')
    """
    return _lines(plain(text), round(width, 3), size, bold)


@functools.lru_cache(maxsize=8192)
def plain(text: object) -> str:
    """A text as one line of letters that the typeface has; what it has not is shown as a replacement sign.

    >>> plain("two\\nlines")
    'two lines'
    """
    known = _letters()
    return "".join(c if ord(c) in known and c.isprintable() else " " if c.isspace() else "\ufffd" for c in str(text))


@functools.lru_cache(maxsize=1)
def _letters() -> frozenset[int]:
    return frozenset(get_font(findfont(font(12, False))).get_charmap())


class Words(Text):
    """One line of text at its left end and baseline, struck through or not. Mathematics is never read into it."""

    struck = False

    def draw(self, renderer: RendererBase) -> None:
        if not self.get_text() or not self.get_visible():
            return
        x, y = self.get_transform().transform(self.get_position())
        gc = renderer.new_gc()
        gc.set_foreground(self.get_color())
        down = renderer.get_canvas_width_height()[1] - y if renderer.flipy() else y
        renderer.draw_text(gc, x, down, self.get_text(), self.get_fontproperties(), 0, ismath=False)
        if self.struck:
            size, dot = self.get_fontsize(), self.figure.dpi / 72
            wide = length(self.get_text(), size, self.get_fontweight() == "bold") * self.figure.dpi
            gc.set_linewidth(renderer.points_to_pixels(1.2))
            middle = y + 0.32 * size * dot
            renderer.draw_path(gc, Path([(x, middle), (x + wide, middle)]), IdentityTransform())
        gc.restore()


def words_at(
    where: Axes | Figure,
    x: float,
    y: float,
    text: str,
    size: float = TEXT,
    bold: bool = False,
    color: str = INK,
    transform: Transform | None = None,
    struck: bool = False,
) -> Words:
    """Put a line of text on an Axes or a Figure, left end and baseline at x, y; struck: with a line through it."""
    made = Words(x, y, plain(text), color=color, fontproperties=font(size, bold), parse_math=False)
    made.struck = bool(struck)
    made.set_transform(transform or (where.transSubfigure if isinstance(where, Figure) else where.transData))
    return where.add_artist(made)


def line_on(axes: Axes, xs: Sequence[float], ys: Sequence[float], **look: Any) -> Line2D:
    """Put a line on an Axes. look: as matplotlib's Line2D takes it."""
    return axes.add_artist(Line2D(xs, ys, **look))


def box_on(axes: Axes, x: float, y: float, width: float, height: float, **look: Any) -> Rectangle:
    """Put a rectangle on an Axes. look: as matplotlib's Rectangle takes it."""
    return axes.add_artist(Rectangle((x, y), width, height, **look))


# The page -------------------------------------------------------------------------------------------------------------


# None of them is a letter.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


def without_controls(text: str) -> str:
    """A text without what is no letter and would spoil an attribute."""
    return _CONTROL.sub(" ", text)


class Page:
    """A chart under construction: pieces are put down from the top; its height is known when it is finished."""

    def __init__(self, title: str, subtitle: str, size: float = TITLE):
        self.figure = Figure(figsize=(WIDTH, 1))
        self.y, self.pieces = EDGE, []
        self.write(title, size=size, bold=True)
        self.write(subtitle, color=MUTED)
        self.y += 0.06

    def write(self, text: str, size: float = TEXT, bold: bool = False, color: str = INK) -> None:
        """Write a paragraph across the page and go below it."""
        for line in wrapped(text, WIDTH - 2 * EDGE, size, bold):
            self.y += size * 1.32 / 72
            made = words_at(self.figure, EDGE / WIDTH, 0, line, size, bold, color)
            self.pieces.append((made, self.y - size * 0.32 / 72, None))

    def axes(self, height: float, left: float = EDGE, right: float = EDGE, unit: str = "") -> Axes:
        """An Axes across the page whose y runs downwards in inches, as does its x until a scale is given to it.

        unit: what its x counts; read back with axes.get_xlabel().
        """
        axes = self.figure.add_axes((left / WIDTH, 0, (WIDTH - left - right) / WIDTH, 0.1))
        axes.set_axis_off()
        axes.set(xlim=(0, WIDTH - left - right), ylim=(height, 0), xlabel=unit)
        self.pieces.append((axes, self.y, height))
        self.y += height
        return axes

    def finish(self, source: str) -> Figure:
        """The figure, as high as what stands on it, with the source line at its foot."""
        self.y += 0.08
        self.write(source, size=SMALL, color=MUTED)
        height = self.y + EDGE
        self.figure.set_size_inches(WIDTH, height)
        for piece, y, tall in self.pieces:
            if tall is None:
                piece.set_y(1 - y / height)
            else:
                box = piece.get_position()
                piece.set_position((box.x0, 1 - (y + tall) / height, box.width, tall / height))
        return self.figure


# Out of here ----------------------------------------------------------------------------------------------------------


def svg(figure: Figure) -> bytes:
    """A figure as SVG: the same bytes on every run and every Python; its text stays text, figure.alt is its title."""
    out, faces = io.BytesIO(), {}
    with matplotlib.rc_context(STYLE):
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    drawing = _TAGS.sub(lambda tag: _FINE.sub(_seen, tag[0]), _CLIPS.sub("", out.getvalue().decode()))
    drawing = _TEXT.sub(lambda found: _fitted(found, faces), drawing)
    drawing = _STYLES.sub(lambda found: found[0].replace(": ", ":").replace("; ", ";"), drawing)
    styles = _LETTERS + "".join(f".{name}{{{face}}}" for face, name in faces.items())
    head = f"<title>{html.escape(getattr(figure, 'alt', ''))}</title><style>{styles}</style>"
    return re.sub(r"<svg [^>]*>", lambda found: found[0] + head, drawing, count=1).encode()


def image_bytes(figure: Figure, kind: str, source: str) -> bytes:
    """A figure as a file of its own. kind: svg, png or pdf; the alt text and the source line are put into its head."""
    if kind == "svg":
        return svg(figure)
    png = {"Description": figure.alt, "Source": source}
    pdf = {"Subject": figure.alt, "Keywords": source, "CreationDate": None}
    out = io.BytesIO()
    with matplotlib.rc_context(STYLE):
        figure.savefig(out, format=kind, dpi=200, metadata=png if kind == "png" else pdf)
    return out.getvalue()


def written(path: pathlib.Path, data: bytes) -> None:
    """Write a file whole or not at all; folders that are missing are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        draft.write_bytes(data)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


# A saved drawing is compared byte for byte, and the last bit of a float differs: sum() adds more exactly from Python
# 3.12 on, and a processor may multiply and add in one step. So what the layout adds up is whole numbers or goes through
# math.fsum, which rounds once; and each coordinate is rounded twice, by matplotlib to six decimals of a point and here,
# in decimal, to the two that an eye could see. Once would not do: a coordinate that falls on a half by design (half a
# width, say) goes up on one machine and down on the other. Those lie in the middle of a step of the first rounding,
# which takes the last bit away, so that the second meets the same text everywhere.
_TAGS = re.compile(r"<[^>]*>")
_FINE = re.compile(r"(?<![\w.#-])-?\d+\.\d{3,}|(?<![\w.#-])-0(?![\w.])")


def _seen(number: re.Match) -> str:
    """A number of a drawing to the hundredth of a point, a half away from zero; nothing has no sign."""
    text = f"{Decimal(number[0]).quantize(Decimal('0.01'), ROUND_HALF_UP):f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-", "-0") else text


_TEXT = re.compile(
    r'<text style="(?P<style>[^"]*)" transform="translate\((?P<at>[-\d. ]+)\)">(?P<text>[^<]*)</text>', re.DOTALL
)
# What is drawn is laid out to fit, so nothing needs clipping; styles need no spaces. Together a fifth of the bytes.
_CLIPS = re.compile(r' clip-path="url\(#\w+\)"|<clipPath.*?</clipPath>\s*', re.DOTALL)
_STYLES = re.compile(r'style="[^"]*"')
# Verdana is as wide as DejaVu Sans and stands on most machines that lack it. A white edge behind the letters keeps the
# scale's lines out of them.
_LETTERS = "text{font-family:'DejaVu Sans',Verdana,sans-serif;paint-order:stroke;stroke:#fff;stroke-linejoin:round}"


def _fitted(found: re.Match, faces: dict[str, str]) -> str:
    """A text element that is as wide as the layout reckons, whatever typeface the reader's machine has for it.

    Text, not outlines (svg.fonttype: path): a chart with many words is several times smaller, and quicker to draw.
    faces: {CSS declarations: class name}, filled here with what each text needs.
    """
    style = dict(part.split(": ", 1) for part in html.unescape(found["style"]).split("; "))
    text, size = html.unescape(found["text"]), float(style["font-size"].removesuffix("px"))
    fill, bold = style.get("fill", "#000000"), style.get("font-weight") == "700"
    face = f"font-size:{size:g}px;fill:{fill};stroke-width:{0 if fill == '#ffffff' else size * 0.22:g}px"
    face += ";font-weight:700" * bold
    x, y = found["at"].split()
    wide = f"{length(text, size, bold) * 72:.6f}"
    wide = f' textLength="{_FINE.sub(_seen, wide)}"' if text.strip() else ""
    name = faces.setdefault(face, f"t{len(faces)}")
    return f'<text class="{name}" x="{x}" y="{y}"{wide}>{html.escape(text)}</text>'
