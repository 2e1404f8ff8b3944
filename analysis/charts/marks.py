"""How a number is drawn: a bar between its ends, a dot, an arrow out of an open end; and the scale it stands on.

No meaning rests on colour alone: the article's figures are also diamonds, bold and named; hedged ones are hollow; what
was worked out here is dashed or half-filled; what was changed afterwards is struck through; the second of two series
has squares below the first one's dots; and each of these is said in words beside the number.
"""

import math
from collections.abc import Callable, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.ticker import LogLocator, MaxNLocator

from .. import words
from ..schema import UNKNOWN
from .page import (
    ARTICLE,
    EDGE,
    FAINT,
    INK,
    MUTED,
    REFERENCE,
    SECOND,
    SMALL,
    TEXT,
    WIDTH,
    Page,
    box_on,
    length,
    line_on,
    words_at,
)
from .told import Row, end_of, open_ends, said_of

ARROW = 0.42  # inches: an open end's arrow says which way, not how far
PALE = 0.16  # how much of its colour a period has


class Scale:
    """The x of a panel: from zero (or in powers of ten), and so wide that each row has room for its number."""

    def __init__(
        self, rows: Sequence[Row], inches: float, log: bool = False, room: Callable[[Row], float] = lambda row: 0.0
    ):
        self.log, self.inches = log, inches
        at = math.log10 if log else float
        ends = [at(e) for row in rows for e in (row["low"], row["high"]) if math.isfinite(e) and (e > 0 or not log)]
        self.start = math.floor(min(ends, default=0)) if log else min(0.0, *ends, 0.0)
        known = [(row, end_of(row)) for row in rows if end_of(row) is not None and (end_of(row) > 0 or not log)]
        widths = [(at(end) - self.start) / max(inches - room(row), 0.8) for row, end in known]
        self.unit = max([w for w in widths if w > 0], default=1 / inches)  # data units (or powers of ten) an inch
        self.unit = max(self.unit, 1.1 / inches) if log else self.unit  # two powers of ten, or it is no scale

    def dress(self, axes: Axes, top: float, bottom: float, ticks: int = 5) -> None:
        """Light lines at round numbers, a dark one at zero; the numbers above. Sets the limits of x."""
        end = self.start + self.unit * self.inches
        limits = (10**self.start, 10**end) if self.log else (self.start, end)
        axes.set(xscale="log" if self.log else "linear", xlim=limits)
        locator = LogLocator(10) if self.log else MaxNLocator(ticks, steps=[1, 2, 5, 10])
        shown = -math.inf
        for x in (x for x in locator.tick_values(*limits) if limits[0] <= x <= limits[1]):
            zero = x == 0 and not self.log
            look = {"lw": 1.2, "color": INK} if zero else {"lw": 0.8, "color": FAINT}
            line_on(axes, [x, x], [top, bottom], zorder=1, **look)
            label = words.number(x)
            wide = length(label, SMALL)
            left = min(max(self.place(x) - wide / 2, 0), self.inches - wide)
            if left > shown + 0.12:
                words_at(axes, self.value(left), top - 0.06, label, SMALL, color=MUTED)
                shown = left + wide

    def place(self, x: float) -> float:
        """Where a value stands, in inches from the left."""
        return ((math.log10(x) if self.log else x) - self.start) / self.unit

    def value(self, inches: float) -> float:
        """The value that stands so many inches from the left."""
        x = self.start + inches * self.unit
        return 10**x if self.log else x


class Inches:
    """The scale of an Axes that is counted in inches."""

    place = value = staticmethod(float)


def color_of(row: Row) -> str:
    """The colour of a row's mark: the article's, the second of two series', or any other's."""
    return ARTICLE if row["article"] else SECOND if row.get("second") else REFERENCE


def mark(axes: Axes, y: float, row: Row, scale: Scale | Inches) -> float:
    """Draw a row's number at a height. Returns its right end, in the data's units; an unknown one draws nothing."""
    known = [e for e in (row["low"], row["high"]) if math.isfinite(e) and (e > 0 or not getattr(scale, "log", False))]
    if not known:
        return scale.value(0)
    look, (below, above) = _look(row), open_ends(row)
    if not (below or above):
        line_on(axes, known, [y] * len(known), **look)
        return max(known)
    at = scale.place(known[0])
    tip = scale.value(max(at - ARROW, 0.0) if below else at + ARROW)
    line_on(axes, [tip], [y], marker="<" if below else ">", ms=9, color=color_of(row), zorder=3)
    line_on(axes, [known[0], tip], [y, y], markevery=[0], **look)
    return known[0] if below else tip


def _look(row: Row) -> dict[str, Any]:
    color = color_of(row)
    look = {"color": color, "mec": color, "mew": 1.6, "zorder": 3, "ls": (0, (0.9, 0.5)) if row["derived"] else "-",
            "mfc": "white" if row["hedged"] else color}  # fmt: skip
    shape = "s" if row.get("second") else "o"
    look |= {"lw": 5.5, "ms": 8.5, "marker": "D"} if row["article"] else {"lw": 3, "ms": 7.5, "marker": shape}
    if row["derived"] and row["low"] == row["high"]:
        look |= {"fillstyle": "left", "mfc": color, "markerfacecoloralt": "white"}
    return look


def room(row: Row, indent: float = 0.14) -> float:
    """How many inches a row's number needs to the right of its mark."""
    number, aside = said_of(row)
    arrow = ARROW if open_ends(row) == (False, True) else 0
    return indent + arrow + length(number, TEXT, True) + (length(aside, SMALL) + 0.1) * bool(aside) + 0.04


def tell(axes: Axes, x: float, y: float, row: Row, scale: Scale | Inches) -> None:
    """Write a row's number right of x, in words; struck through where its working no longer gives it."""
    number, aside = said_of(row)
    start = scale.place(x) + 0.14 if number != UNKNOWN else 0.02
    color = ARTICLE if row["article"] else INK
    words_at(axes, scale.value(start), y + 0.055, number, bold=True, color=color, struck=row["changed"])
    if aside:
        beside = scale.value(start + length(number, TEXT, True) + 0.09)
        words_at(axes, beside, y + 0.055, aside, SMALL, color=MUTED)


_SIGNS = {
    "article": "the article’s number",
    "hedged": "hedged: hollow",
    "derived": "our working: dashed, half-filled",
    "open": "open end",
    "period": "pale: the period counted",
}


def key(page: Page, rows: Sequence[Row], periods: bool = False) -> None:
    """A small key, only for what the chart holds."""
    there = {"open": any(open_ends(r)[0] != open_ends(r)[1] for r in rows), "period": periods}
    there |= {k: any(r[k] for r in rows) for k in ("article", "hedged", "derived")}
    entries, x, line, wide = [], 0.0, 0, WIDTH - 2 * EDGE
    for name, text in _SIGNS.items():
        if there[name]:
            needed = 0.62 + length(text, SMALL)
            x, line = (0.0, line + 1) if x + needed > wide else (x, line)
            entries.append((name, x, 0.24 * line + 0.12))
            x += needed + 0.2
    if not entries:
        return
    page.y += 0.05
    axes = page.axes(0.24 * (line + 1))
    for name, x, y in entries:
        _sign(axes, name, x, y)
        words_at(axes, x + 0.6, y + 0.05, _SIGNS[name], SMALL, color=MUTED)


def series_key(page: Page, names: Sequence[str]) -> None:
    """Which of two series has which mark, above the chart: by shape and place as well as by colour."""
    axes = page.axes(0.26 * len(names) + 0.06)
    for n, name in enumerate(names):
        row = dict.fromkeys(("article", "hedged", "derived"), False) | {"low": 0.12, "high": 0.12, "second": n == 1}
        mark(axes, 0.12 + 0.26 * n, row, Inches)
        where = "above" if n == 0 else "below"
        words_at(axes, 0.3, 0.17 + 0.26 * n, f"{name} ({where})", SMALL, color=INK)


def _sign(axes: Axes, name: str, x: float, y: float) -> None:
    if name == "period":
        box_on(axes, x + 0.14, y - 0.1, 0.12, 0.2, color=REFERENCE, alpha=PALE, lw=0)
        return
    row = dict.fromkeys(("article", "hedged", "derived"), False) | {name: True}
    mark(axes, y, row | {"low": x + 0.06, "high": math.nan if name == "open" else x + 0.4}, Inches)
