"""The scope grid: one claim beside every pairing of units, places and periods, each marked for what it matches."""

import math

from .. import words
from ..schema import UNKNOWN
from . import told
from .page import EDGE, INK, MUTED, RULE, SMALL, TEXT, WIDTH, Page, box_on, length, line_on, styled, words_at, wrapped

MARKS = {"match_unit": "U", "match_place": "P", "match_period": "T"}
SIDE, COLUMNS = 1.62, 4  # inches for the periods' names; unit pairings side by side
_ACROSS = WIDTH - 2 * EDGE
CELL = (_ACROSS - SIDE) / COLUMNS
CHIP = 0.24


@styled
def scope_grid(cells, *, title, subtitle, selected=None, case=None):
    """Every pairing of unit (across) with place and period (down): its ratio, and what its two sides have in common.

    cells: n rows with scope_id; unit_a, unit_b, place_a, place_b, period_a, period_b (text; a is the first side, b what
    it is divided by); low, high (float; both NaN: no rows on one side); match_unit, match_place, match_period (True,
    False, or a text: `in name only`, `unknown`); and where there are such, figure_id, unit, working, source_id.
    selected: the scope_id of the cell to outline. Four unit pairings stand side by side, more go below.
    Returns a Figure with one Axes for each four. Raises ValueError where there are no cells, or two for one place.
    """
    rows = told.records(cells, case)
    for row in rows:
        row["across"], row["where"], row["time"] = (_pair(row, k) for k in ("unit", "place", "period"))
    if len({(r["across"], r["where"], r["time"]) for r in rows}) < len(rows):
        raise ValueError("two cells stand for the same units, places and periods: keep one of them")
    page = Page(title, subtitle)
    _marks_key(page)
    names = list(dict.fromkeys(r["across"] for r in rows))
    for at in range(0, len(names), COLUMNS):
        _block(page, [r for r in rows if r["across"] in names[at : at + COLUMNS]], names[at : at + COLUMNS], selected)
    alt = f"{told.stop(title)} {told.stop(subtitle)} {_said(rows, selected)}"
    return page.finish(alt, told.source_line(rows, case), cells.copy(), case)


def _pair(row, what):
    """Both sides' unit, place or period in a few words; once where they are the same."""
    a, b = row[f"{what}_a"], row[f"{what}_b"]
    a, b = (f"{what} {UNKNOWN}" if side == UNKNOWN else side for side in (a, b))
    return a if a == b and what != "unit" else f"{a} / {b}"


def _known(row):
    return math.isfinite(row["low"]) or math.isfinite(row["high"])


def _said(rows, selected):
    """What the grid shows: how many cells there are, how many match on all, the extremes, the one that is chosen."""
    filled = [r for r in rows if _known(r)]
    whole = [r for r in filled if all(_match(r[m]) is True for m in MARKS)]
    empty = words.number(len(rows) - len(filled))
    alike = f"{words.number(len(whole))} with both sides alike in unit, place and period"
    said = [f"{told.count(rows, 'pairing', 'pairings')}; {empty} without rows; {alike}."]
    if filled:
        least, most = (
            min(filled, key=lambda r: r["low"] if r["low"] == r["low"] else r["high"]),
            max(filled, key=told.end_of),
        )
        said.append(f"Least {_cell_said(least)}; greatest {_cell_said(most)}.")
    said += [f"Outlined: {_cell_said(r)}." for r in rows if r["scope_id"] == selected]
    return " ".join(said)


def _cell_said(row):
    number = words.span(row["low"], row["high"]) if _known(row) else "no rows"
    return f"{number} ({row['across']}; {row['where']}; {row['time']})"


def _match(value):
    """True, False, or None where it is neither: unknown, or alike in name only."""
    return {True: True, "yes": True, "by definition": True, False: False, "no": False}.get(value)


def _marks_key(page):
    page.y += 0.04
    axes, x = page.axes(0.66), 0.0
    for letter, text in (("U", "unit"), ("P", "place"), ("T", "period (time)")):
        words_at(axes, x, 0.17, f"{letter} {text}", SMALL, color=MUTED)
        x += length(f"{letter} {text}", SMALL) + 0.22
    x = 0.0
    for match, text in ((True, "both sides alike"), (False, "they differ"), (None, "in name only, or unknown")):
        _chip(axes, x, 0.31, "U", match)
        words_at(axes, x + 0.3, 0.48, text, SMALL, color=MUTED)
        x += length(text, SMALL) + 0.3 + 0.16


def _chip(axes, x, y, letter, match):
    """One mark: a full box where the sides match, an empty struck one where they differ, a dotted one if unknown."""
    full = match is True
    dash = (0, (1.2, 1.2)) if match is None else "-"
    box_on(axes, x, y, CHIP, CHIP, fc=INK if full else "none", ec=INK if full else RULE, lw=1, ls=dash)
    middle = x + (CHIP - length(letter, SMALL, full)) / 2
    words_at(axes, middle, y + 0.175, letter, SMALL, full, "white" if full else MUTED)
    if match is False:
        line_on(axes, [x, x + CHIP], [y + CHIP, y], lw=1.3, color=INK, zorder=5)


def _block(page, rows, names, selected):
    """Up to four unit pairings side by side; below each other the places, and in each its periods."""
    heads = [wrapped(name, CELL - 0.1, SMALL, True) for name in names]
    y, placed = 0.1 + 0.19 * max(map(len, heads)), []
    for (where,), inside in told.grouped(rows, "where").items():
        placed.append((y + 0.3, where, None))
        y += 0.42
        for (time,), line in told.grouped(inside, "time").items():
            name = wrapped(time, SIDE - 0.1, SMALL)
            tall = max(0.68, 0.19 * len(name) + 0.12)
            placed.append((y, name, (tall, line)))
            y += tall
    axes = page.axes(y + 0.06)
    for n, head in enumerate(heads):
        for k, line in enumerate(head):
            words_at(axes, SIDE + CELL * n + 0.06, 0.15 + 0.19 * k, line, SMALL, True, MUTED)
    for y, text, cells in placed:
        if cells is None:
            words_at(axes, 0, y, text, TEXT, True)
            continue
        for k, line in enumerate(text):
            words_at(axes, 0, y + 0.22 + 0.19 * k, line, SMALL)
        for row in cells[1]:
            _cell(axes, SIDE + CELL * names.index(row["across"]), y, cells[0], row, row["scope_id"] == selected)


def _cell(axes, x, y, tall, row, chosen):
    look = {"ec": INK, "lw": 2.6, "zorder": 4} if chosen else {"ec": RULE, "lw": 0.7}
    box_on(axes, x + 0.02, y + 0.02, CELL - 0.04, tall - 0.04, fc="none", **look)
    if not _known(row):
        words_at(axes, x + 0.09, y + 0.24, "no rows", SMALL, color=MUTED, italic=True)
        return
    number = words.span(row["low"], row["high"])
    size = next((s for s in (TEXT, SMALL, 9) if length(number, s, True) < CELL - 0.14), 8)
    words_at(axes, x + 0.09, y + 0.23, number, size, True)
    for n, (column, letter) in enumerate(MARKS.items()):
        _chip(axes, x + 0.09 + 0.29 * n, y + 0.33, letter, _match(row[column]))
