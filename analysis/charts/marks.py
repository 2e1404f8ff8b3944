"""How a number is drawn: a shape for a point, a bar between two for a range, an arrow out of an open end.

The shape and colour are those of the group that counted. What was changed afterwards is struck through; the article's
own numbers stand on a highlighter.
"""

import math

from matplotlib.path import Path

from .. import words
from ..schema import UNKNOWN
from . import told
from .layout import Scale, flow
from .letters import TICK, length, wrapped
from .palette import Group, box, polygon, sign
from .sheet import Sheet

R, ARROW = 5.5, 19  # pixels: half a mark, and how far an arrow reaches: it says which way, not how far
BAR = 1.6  # half as thick as the bar of a range
BAND = 4  # pixels: the least width of the article's number


def ends(row: told.Row, scale: Scale) -> tuple[float, float] | None:
    """Where a row's number begins and ends, in pixels; None where it is unknown or off the scale."""
    known = [e for e in (row["low"], row["high"]) if math.isfinite(e) and (e > 0 or not scale.log)]
    return (scale.at(min(known)), scale.at(max(known))) if known else None


def span(row: told.Row, scale: Scale) -> tuple[float, float]:
    """The left and the right end of all that is drawn for a row, in pixels."""
    a, b = ends(row, scale)
    below, above = told.open_ends(row)
    return a - max(R * 1.3, room_below(a, scale) * below), b + max(R * 1.3, ARROW * above)


def room_below(x: float, scale: Scale) -> float:
    """How long an arrow out of a low end is: it does not pass the scale's beginning by more than its head."""
    return min(ARROW, max(x - scale.start, 12))


def outline(row: told.Row, group: Group, a: float, b: float, y: float, r: float = R, low: float = ARROW) -> Path:
    """A row's number as one path, from a to b along a line. low: how long an arrow out of its low end is."""
    parts, (below, above) = [], told.open_ends(row)
    if b - a > 1:
        parts.append(box(a, y - BAR, b, y + BAR))
    for x, is_open, way in ((b, above, 1), (a, below, -1)):
        if is_open and r > 4:
            parts.append(arrow(x, y, way, ARROW if way > 0 else low))
    parts += [sign(group.shape, x, y, r) for x in dict.fromkeys((a, b) if b - a > 1 else (a,))]
    return Path.make_compound_path(*parts)


def upright(row: told.Row, group: Group, x: float, low: float, high: float, r: float = 4.8) -> Path:
    """A row's number as one path across time, at x: from its low end to its high one, in pixels downwards."""
    parts, (below, above) = [], told.open_ends(row)
    if low - high > 1:
        parts.append(box(x - BAR, high, x + BAR, low))
    parts += [arrow(x, high, 1, 15, upright=True)] * above + [arrow(x, low, -1, 15, upright=True)] * below
    parts += [sign(group.shape, x, y, r) for y in dict.fromkeys((high, low) if low - high > 1 else (high,))]
    return Path.make_compound_path(*parts)


def arrow(x: float, y: float, way: int, long: float = ARROW, upright: bool = False) -> Path:
    """An arrow out of x, y to the right (way 1) or left (-1); upright: up or down."""
    neck = long - 6
    points = [(0, -0.8), (neck, -0.8), (neck, -4.4), (long, 0), (neck, 4.4), (neck, 0.8), (0, 0.8)]
    if upright:  # up is less y
        return polygon([(x + q, y - way * p) for p, q in points][::way])
    return polygon([(x + way * p, y + q) for p, q in points][::way])


def put(sheet: Sheet, row: told.Row, group: Group, path: Path, x: tuple[float, float], y: float, r: float = R) -> None:
    """Put a row's mark on a sheet, with the link to its note; struck through where its working gives something else.

    x: where its ends stand, in pixels, for whoever asks the sheet what stands where.
    """
    hollow = group.shape == "ring"
    ink = {"fill": "paper", "stroke": group.role} if hollow else {"fill": group.role, "stroke": "paper"}
    width = (2.6 if r > 4 else 1.8) if hollow else (2 if r > 4 else 1)
    # a single table row drawn by hand has no figure_id and no note to lead to
    sheet.shape(path, **ink, width=width, link=row["working"] if r > 4 else "", label=aloud(row))
    if row["changed"] and r > 4:
        sheet.line([(x[0] - 9, y + 6), (x[1] + 9, y - 6)], "ink", 1.8)
    sheet.marked.append({"row": row["n"], "low": x[0], "high": x[1], "y": y})


def aloud(row: told.Row) -> str:
    """A mark in a line, as a screen reader says it: the number, who counted, where, when."""
    if row["aloud"]:
        return row["aloud"]
    by = f"counted by {row['counted_by']}" if row["counted_by"] not in ("", UNKNOWN) else "who counted is unknown"
    number = words.quantity(row["low"], row["high"], told.in_words(row["unit"]), row["hedge"])
    place = "" if row["place"] in ("", UNKNOWN) else row["place"]
    said = [("the article: " if row["article"] else "") + number, by, place, told.when(row), row["remark"]]
    return "; ".join(filter(None, said))


def band(sheet: Sheet, left: float, top: float, right: float, bottom: float, dashed: bool = False) -> None:
    """The article's number through a plot: highlighted; outlined where it was said of something else."""
    if right - left < BAND:
        left, right = (left + right - BAND) / 2, (left + right + BAND) / 2
    if dashed:
        sheet.shape(box(left, top, right, bottom), stroke="edge", dash=(3, 3))
    else:
        sheet.shape(box(left, top, right, bottom), fill="hi")


def key(sheet: Sheet, groups: list[Group], dashed: str = "", joined: str = "") -> None:
    """Which mark is whose, across the sheet: only of what there is and what is not named where it stands.

    dashed, joined: what a dashed line says, and one that leads from mark to mark.
    """
    entries = [g.label for g in groups] + [text for text in (joined, dashed) if text]
    if not entries:
        return
    places = flow([24 + length(text, TICK + 0.5) for text in entries], sheet.width, 20)
    top = sheet.height
    for n, (text, (x, line)) in enumerate(zip(entries, places, strict=True)):
        y = top + 12 + 22 * line
        if n < len(groups):
            one = groups[n]
            ink = {"fill": "paper", "stroke": one.role, "width": 2.6} if one.shape == "ring" else {"fill": one.role}
            sheet.shape(sign(one.shape, x + 9, y), **ink)
        elif text == joined:
            sheet.line([(x, y - 4), (x + 8, y - 4), (x + 17, y + 4)], "soft", 1.4)
        else:
            sheet.line([(x, y), (x + 17, y)], "soft", 1.4, dash=(4, 2))
        for k, part in enumerate(_fitting(text, sheet.width - 24)):
            sheet.word(x + 24, y + 4.5 + 16 * k, part, TICK + 0.5)
    sheet.height = top + 22 * (places[-1][1] + 1) + 8


def _fitting(text: str, wide: float) -> tuple[str, ...]:
    return wrapped(text, wide, TICK + 0.5)
