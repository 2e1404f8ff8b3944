"""The typeface of the charts: how long a text is, its lines for a width, its letters as outlines.

Measured with a static instance of the page's own typeface (analysis/fonts), so that chart and text have the same
letters. What it lacks, matplotlib's DejaVu Sans has; what that lacks too is shown as a replacement sign.
"""

import base64
import functools
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from matplotlib import font_manager
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import FT2Font, LoadFlags

FONTS = Path(__file__).parents[1] / "fonts"
FAMILY = ["Who Counted Sans", "DejaVu Sans"]
EM, DRAWN = 1000, 250  # pixels: the size at which letters are measured, and at which their outlines are kept
BODY, TICK = 14, 12.5  # pixels: labels, and what stands on a scale; nothing is smaller
FACES = (("Schibsted Grotesk", "SchibstedGrotesk", "400 800"), ("Newsreader", "Newsreader", "400"))


class Glyph(NamedTuple):
    """A letter: how far it takes the pen, at EM pixels; its outline at DRAWN pixels, y downwards."""

    advance: int
    vertices: tuple[tuple[int, int], ...]
    codes: tuple[int, ...]


def faces() -> str:
    """The @font-face rules of a page: both typefaces as data, so that no request leaves it.

    >>> faces().count("@font-face"), len(faces()) < 120_000
    (2, True)
    """
    rule = '@font-face{{font-family:"{}";font-weight:{};font-display:swap;src:url({}) format("woff2")}}'
    data = {file: base64.b64encode((FONTS / f"{file}.woff2").read_bytes()).decode() for _, file, _ in FACES}
    return "".join(rule.format(name, weight, f"data:font/woff2;base64,{data[file]}") for name, file, weight in FACES)


@functools.lru_cache(maxsize=64)
def font(size: float, bold: bool) -> FontProperties:
    """The house's typeface for matplotlib. size: in points."""
    _known_to_matplotlib()
    return FontProperties(family=FAMILY, weight="bold" if bold else "normal", size=size)


@functools.lru_cache(maxsize=1)
def _known_to_matplotlib() -> None:
    for path in sorted(FONTS.glob("*.ttf")):
        font_manager.fontManager.addfont(path)


@functools.lru_cache(maxsize=2)
def _fonts(bold: bool) -> tuple[tuple[FT2Font, frozenset[int]], ...]:
    """The typeface and the one behind it, each with the letters that it has; both set to EM pixels."""
    own = FT2Font(str(FONTS / f"WhoCountedSans-{'Bold' if bold else 'Regular'}.ttf"))
    other = FT2Font(get_font(findfont(FontProperties(family="DejaVu Sans", weight="bold" if bold else "normal"))).fname)
    for one in (own, other):
        one.set_size(EM, 72)
    return tuple((one, frozenset(one.get_charmap())) for one in (own, other))


@functools.lru_cache(maxsize=4096)
def glyph(letter: str, bold: bool = False) -> Glyph:
    """One letter, in whole EM-sized pixels: numbers that are alike on every machine."""
    face = next((one for one, known in _fonts(bold) if ord(letter) in known), _fonts(bold)[1][0])
    made = face.load_char(ord(letter), flags=LoadFlags.NO_HINTING)
    vertices, codes = face.get_path()
    points = tuple((round(x * DRAWN / EM), round(-y * DRAWN / EM)) for x, y in vertices.tolist())
    return Glyph(round(made.linearHoriAdvance / 65536), points, tuple(codes.tolist()))


@functools.lru_cache(maxsize=8192)
def length(text: str, size: float, bold: bool = False) -> float:
    """How long a text is, in pixels, kerning apart. size: in pixels.

    >>> length("strikes", 12) < length("strikes", 12, bold=True) < length("strikes", 16, bold=True)
    True
    """
    return sum(glyph(letter, bool(bold)).advance for letter in plain(text)) * size / EM


def widest(texts: Sequence[str], size: float, bold: bool = False) -> float:
    """The length of the longest of some texts; 0 if there are none."""
    return max((length(text, size, bold) for text in texts), default=0)


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
    """A text as lines that fit a width; a word too long for a line is cut. width, size: in pixels.

    >>> wrapped("one two three", 60, 14)
    ('one two', 'three')
    """
    return _lines(plain(text), round(width, 1), size, bool(bold))


def balanced(text: str, width: float, size: float, bold: bool = False) -> tuple[str, ...]:
    """A text as the same number of lines as wrapped() makes, of about equal length.

    >>> wrapped("one two three four", 100, 14), balanced("one two three four", 100, 14)
    (('one two three', 'four'), ('one two', 'three four'))
    """
    lines = wrapped(text, width, size, bold)
    for part in range(50, 100, 5):
        tried = wrapped(text, width * part / 100, size, bold)
        if len(tried) == len(lines):
            return tried
    return lines


@functools.lru_cache(maxsize=8192)
def plain(text: object) -> str:
    """A text as one line of letters that can be drawn; what cannot is shown as a replacement sign.

    >>> plain("two\\nlines")
    'two lines'
    """
    known = _fonts(False)[0][1] | _fonts(False)[1][1]
    return "".join(c if ord(c) in known and c.isprintable() else " " if c.isspace() else "\ufffd" for c in str(text))


# None of them is a letter.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


def without_controls(text: str) -> str:
    """A text without what is no letter and would spoil an attribute."""
    return _CONTROL.sub(" ", text)
