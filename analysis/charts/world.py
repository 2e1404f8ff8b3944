"""The world as tiles: one square a country, all of one size, so no border that anyone disputes."""

import functools
import itertools
import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from .. import words
from . import marks, told
from .chart import Chart, drawing, finished
from .layout import flow
from .letters import BODY, TICK, length, widest, wrapped
from .palette import box, of_rows, polygon
from .sheet import Sheet

WIDE = 1000  # pixels: a square of the map has room for a number
SIZE = 12  # pixels: letters on a tile
SHADES = 5
INKS = ("ink", "ink", "on-light", "on-dark", "on-dark")  # of the letters on each shade
LEAST = 34  # pixels: a tile narrower than this has no room for letters
GAP, LEAD = 2, 12.5  # pixels between tiles, and from one line on a tile to the next
CARD, ROW = 160, 24  # pixels: a listed country's least width below a small map; the height of a line of a list


class Tile(NamedTuple):
    """A country: its letters, and what is known. row: its number's, if the table lists it; other: another table's."""

    code: str
    row: told.Row | None = None
    other: told.Row | None = None


@functools.lru_cache(maxsize=1)
def world() -> dict[str, tuple[int, int]]:
    """Where each country's tile stands, {ISO 3166 code: (column, row)}: members and observers of the UN, and Kosovo.

    >>> world()["ISL"], len(world())
    ((8, 0), 196)
    """
    lines = (Path(__file__).parent / "world.txt").read_text(encoding="utf-8").splitlines()
    cells = ((code, (x, y)) for y, line in enumerate(lines) for x, code in enumerate(line.split()))
    return {code: at for code, at in cells if code != "..."}


@functools.lru_cache(maxsize=1)
def sea() -> tuple[int, int, int, int]:
    """The largest rectangle of the map that holds no tile: (left, top, right, bottom), in columns and rows.

    >>> left, top, right, bottom = sea()
    >>> any(left <= x < right and top <= y < bottom for x, y in world().values())
    False
    """
    taken = set(world().values())
    across, down = (max(at[n] for at in taken) + 1 for n in (0, 1))
    best = (0, 0, 0, 0)
    for left, right in itertools.combinations(range(across + 1), 2):
        full = [y for y in range(down) if any((x, y) in taken for x in range(left, right))]
        for above, below in itertools.pairwise([-1, *full, down]):
            found = (left, above + 1, right, below)
            best = max(best, found, key=lambda box: (box[2] - box[0]) * (box[3] - box[1]))
    return best


def steps(values: Sequence[float]) -> list[float]:
    """Where a new shade begins: zero, and the four of 1, 3, 10, 30 … that come before two thirds of the greatest.

    >>> steps([6, 40, 90, 150, 3000]), steps([2, 7])
    ([0, 30, 100, 300, 1000], [0, 1, 3])
    """
    most = max(values, default=1)
    cuts = [n * 10**power for power in range(12) for n in (1, 3) if n * 10**power <= most / 1.5]
    return [0, *cuts[1 - SHADES :]]


@drawing
def tiles(
    frame: pd.DataFrame,
    *,
    title: str,
    subtitle: str = "",
    others: pd.DataFrame | None = None,
    label: str = "country",
    most: int = 0,
) -> Chart:
    """A tile a country, shaded by its number; what a table does not say stays apart from nothing.

    frame: rows in one unit, one a country: iso3, country, low, high, unit, and so on, as frames.by_country gives
    them. others: rows of other tables; a country that only they have a number for is marked by a corner. label: the
    column that names a country. most: so many of the greatest, by their higher end, have a line round them, and in a
    wide drawing their names and bars in the largest stretch of the map without a tile. Five states: a number (by its
    higher end, shaded; a range prints both ends); listed without a number (dashed, "?"); a number in another list
    only (a corner); no number here (an outline: unknown, not zero); and zero, if a table says so, is a number. A
    narrow drawing has the map in small and below it the listed countries by name.
    Returns a Chart. Raises ValueError for a frame that mixes units or has a country twice, or without iso3. Countries
    that the map has no tile for are named under it. Source: the rows; the map is the project's own.

    >>> import analysis
    >>> from analysis import charts
    >>> rows = analysis.frames.by_country().query("series == 'icsr-2015'")
    >>> charts.tiles(rows, title="Few countries send many", subtitle="Fighters")
    Few countries send many. Tiles, a country each, 52 numbers; Fighters. ...
    """
    rows = told.labelled(told.records(frame, (*told.NEEDED, "iso3")), label, told.who)
    beside = told.labelled(told.records(others, (*told.NEEDED, "iso3")), label, told.who) if others is not None else []
    _one_each(rows)
    groups = of_rows(rows)
    listed = {row["iso3"]: row for row in rows}
    also = {row["iso3"]: row for row in reversed(beside) if told.end_of(row) is not None and row["iso3"] not in listed}
    for row in (*rows, *also.values()):
        row["lane"] = row["label"]
    for n, row in enumerate(also.values(), len(rows)):
        row["n"], row["who"] = n, ""
    made = {code: Tile(code, listed.get(code), also.get(code)) for code in world()}
    lost = [told.spoken(row) for code, row in (listed | also).items() if code not in made]
    foot = [f"No tile for: {'; '.join(lost)}."] if lost else []
    known = [told.end_of(row) for row in rows if told.end_of(row) is not None]
    body = place(made, steps([value for value in known if value > 0]), most)
    said = [f"{told.count(known, 'country', 'countries')} with a number; {told.summary(rows)}"]
    said += [f"only in another table: {told.some_of([r['label'] for r in also.values()], 12)}"] * bool(also)
    chart = finished(f"Tiles, a country each, {told.count(rows)}", title, subtitle, said, rows, frame, body, groups,
                     foot=foot)  # fmt: skip
    chart._beside, chart.wide = list(also.values()), WIDE
    return chart


def _one_each(rows: Sequence[told.Row]) -> None:
    units = list(dict.fromkeys(row["unit"] for row in rows))
    if len(units) > 1:
        raise ValueError(f"the rows differ in unit ({told.some_of(units)}): keep one")
    for (code,), same in told.grouped(rows, "iso3").items():
        if len(same) > 1:
            raise ValueError(f"{same[0]['label']} ({code}) has {len(same)} rows: keep one, such as those of one series")


# Places for a width ---------------------------------------------------------------------------------------------------


def place(tiles_: dict[str, Tile], cuts: Sequence[float], most: int = 0) -> Callable[[Sheet], None]:
    """How the tiles are put on a sheet of any width."""

    def put(sheet: Sheet) -> None:
        _key(sheet, list(tiles_.values()), cuts, most)
        places = world()
        across, down = (max(at[n] for at in places.values()) + 1 for n in (0, 1))
        wide = (sheet.width + GAP) / across
        lines = [len(_number(tile.row, wide - GAP - 9)) for tile in tiles_.values() if tile.row]
        lettered = wide >= LEAST
        high = wide if not lettered else max(wide, 24 + LEAD * max(lines, default=1))
        top = sheet.height + 4
        for n, (code, tile) in enumerate(_in_order(tiles_)):
            x, y = places[code]
            left, above = x * wide, top + y * high
            at = (left, above, left + wide - GAP, above + high - GAP)
            _tile(sheet, tile, cuts, at, lettered)
            _ringed(sheet, at, n < most and lettered)
        sheet.height = top + down * high
        listed = [tile for _, tile in _in_order(tiles_) if tile.row]
        if not lettered:
            _cards(sheet, listed, cuts, most)
        elif most:
            left, above, right, below = sea()
            _greatest(sheet, listed[:most], (left * wide, top + above * high, right * wide - 20, top + below * high))

    return put


def _in_order(tiles_: dict[str, Tile]) -> list[tuple[str, Tile]]:
    """The greatest first, then those without a number: the order in which a keyboard walks them."""
    of = {code: told.end_of(tile.row) if tile.row else None for code, tile in tiles_.items()}
    return sorted(tiles_.items(), key=lambda item: -math.inf if of[item[0]] is None else of[item[0]], reverse=True)


def _shade(row: told.Row, cuts: Sequence[float]) -> int:
    return max(n for n, cut in enumerate(cuts) if (told.end_of(row) or 0) >= cut)


def _tile(sheet: Sheet, tile: Tile, cuts: Sequence[float], at: tuple, lettered: bool, linked: bool = False) -> None:
    """One tile; without letters it is no link, for its card, which is linked, is."""
    left, top, right, bottom = at
    if tile.row is None:
        sheet.shape(box(left + 0.5, top + 0.5, right - 0.5, bottom - 0.5), stroke="line")
        if tile.other is not None:
            side = min(11, (right - left) / 2)
            path = polygon([(right - side, top), (right, top), (right, top + side)])
            _link(sheet, path, tile.other, {"fill": "soft"}, lettered)
        if lettered:
            sheet.word(left + 4, top + 15, tile.code, SIZE, role="soft")
        return
    known = told.end_of(tile.row) is not None
    look = {"fill": f"q{_shade(tile.row, cuts)}"} if known else {"fill": "paper", "stroke": "soft", "dash": (3, 2)}
    _link(sheet, box(left, top, right, bottom), tile.row, look, lettered or linked)
    if lettered:
        _letters(sheet, tile, cuts, at)


def _ringed(sheet: Sheet, at: tuple, is_: bool) -> None:
    """The line inside a tile that is one of the greatest."""
    left, top, right, bottom = at
    if is_:
        sheet.shape(box(left + 1.5, top + 1.5, right - 1.5, bottom - 1.5), stroke="paper", width=1.5)


def _link(sheet: Sheet, path, row: told.Row, look: dict, linked: bool) -> None:
    label = f"{row['label']}: {marks.aloud(row) if told.end_of(row) is not None else 'listed, no number'}"
    sheet.shape(path, **look, link=row["working"] if linked else "", label=label)
    if linked:
        (a, b), (c, d) = path.vertices.min(0), path.vertices.max(0)
        sheet.marked.append({"row": row["n"], "low": a, "high": c, "y": (b + d) / 2})


def _ink(tile: Tile, cuts: Sequence[float]) -> str:
    if told.end_of(tile.row) is None:
        return "soft"
    return INKS[_shade(tile.row, cuts)]


def _letters(sheet: Sheet, tile: Tile, cuts: Sequence[float], at: tuple) -> None:
    """A country's letters and its number, in as many lines as it needs."""
    left, top, right, bottom = at
    role, row = _ink(tile, cuts), tile.row
    struck = bool(row["changed"])
    sheet.word(left + 4, top + 15, tile.code, SIZE, bold=True, role=role)
    lines = _number(row, right - left - 9)
    for n, line in enumerate(reversed(lines)):
        sheet.word(left + 4, bottom - 5 - LEAD * n, line, SIZE, role=role, struck=struck)


def _number(row: told.Row, wide: float) -> list[str]:
    """A number as lines that fit a tile, without commas; a range in two if need be."""
    if told.end_of(row) is None:
        return ["?"]
    low, high = (words.number(e).replace(",", "") if math.isfinite(e) else "" for e in (row["low"], row["high"]))
    one = low if low == high else f"{low}+" if not high else f"≤{high}" if not low else f"{low}–{high}"
    if length(one, SIZE) <= wide:
        return [one]
    first, _, last = one.partition("–")
    return [f"{first}–", last] if last else list(wrapped(one, wide, SIZE))


def _greatest(sheet: Sheet, tiles_: Sequence[Tile], at: tuple) -> None:
    """The greatest by name, where the map has no tile: a bar to the lowest estimate, an outline on to the highest."""
    left, top, right, bottom = at
    rows = [tile.row for tile in tiles_ if told.end_of(tile.row) is not None]
    if not rows or ROW * (len(rows) + 1) > bottom - top:
        return
    names, numbers = [row["label"] for row in rows], [told.said_of(row)[0] for row in rows]
    start = left + widest(names, BODY) * 1.1 + 10  # letters are larger on paper
    wide = right - widest(numbers, BODY, True) * 1.1 - 18 - start
    if wide < 40:
        return
    most = max(told.end_of(row) for row in rows)
    y = bottom - ROW * len(rows)
    sheet.word(
        left, y - 8, f"The {len(rows)} highest numbers, from the lowest estimate to the highest", TICK, role="soft"
    )
    for row, name, number in zip(rows, names, numbers, strict=True):
        low, high = (start + wide * (e if math.isfinite(e) else 0) / most for e in (row["low"], told.end_of(row)))
        sheet.word(left, y + 13, name)
        sheet.shape(box(start, y + 2, low, y + 15), fill=f"q{SHADES - 1}")
        if high > low:
            sheet.shape(box(low, y + 2.5, high, y + 14.5), stroke=f"q{SHADES - 1}")
        sheet.word(high + 8, y + 13, number, bold=True)
        y += ROW


def _cards(sheet: Sheet, listed: Sequence[Tile], cuts: Sequence[float], most: int) -> None:
    """The listed countries below a small map: name and number on a shade, the greatest first."""
    many = max(1, int((sheet.width + GAP) // CARD))
    wide, y = (sheet.width + GAP) / many, sheet.height + 12
    for n in range(0, len(listed), many):
        inside = [(tile, *_named(tile, wide - GAP)) for tile in listed[n : n + many]]
        high = ROW + 2 + LEAD * (max(len(name) for _, name, _ in inside) - 1)
        for k, (tile, name, number) in enumerate(inside):
            left, right, role = k * wide, (k + 1) * wide - GAP, _ink(tile, cuts)
            _tile(sheet, tile, cuts, (left, y, right, y + high), False, linked=True)
            _ringed(sheet, (left, y, right, y + high), n + k < most)
            for line, part in enumerate(name):
                sheet.word(left + 8, y + 17 + LEAD * line, part, SIZE, role=role)
            struck = bool(tile.row["changed"])
            sheet.word(right - 8, y + 17, number, SIZE, bold=True, role=role, anchor="end", struck=struck)
        y += high + GAP
    sheet.height = y


def _named(tile: Tile, wide: float) -> tuple[tuple[str, ...], str]:
    """A listed country's name, in lines that fit beside its number, and that number."""
    number = told.said_of(tile.row)[0] if told.end_of(tile.row) is not None else "?"
    return wrapped(tile.row["label"], wide - length(number, SIZE, True) - 24, SIZE), number


def _key(sheet: Sheet, tiles_: Sequence[Tile], cuts: Sequence[float], most: int) -> None:
    """What a shade is, and what an outline, a dashed one and a corner are; only of what there is."""
    last = [cut - 1 for cut in cuts[1:]] + [math.nan]
    entries = [(f"q{n}", words.span(max(a, 1), b)) for n, (a, b) in enumerate(zip(cuts, last, strict=True))]
    entries += [("most", f"the {most} highest numbers")] * bool(most)
    entries += [("NA", "listed, no number")] * any(t.row and told.end_of(t.row) is None for t in tiles_)
    entries += [("corner", "a number in another list only")] * any(t.other is not None for t in tiles_)
    entries += [("none", "no number here: unknown, not zero")]
    places = flow([22 + length(text, TICK + 0.5) for _, text in entries], sheet.width, 18)
    top = sheet.height
    for (kind, text), (x, line) in zip(entries, places, strict=True):
        y = top + 22 * line + 3
        look = {"stroke": "soft", "dash": (3, 2)} if kind == "NA" else {"stroke": "line"}
        look = {"fill": kind} if kind.startswith("q") else {"fill": f"q{SHADES - 1}"} if kind == "most" else look
        sheet.shape(box(x + 0.5, y + 0.5, x + 15.5, y + 15.5), **look)
        _ringed(sheet, (x + 0.5, y + 0.5, x + 15.5, y + 15.5), kind == "most")
        if kind == "NA":
            sheet.word(x + 8, y + 12.5, "?", SIZE, role="soft", anchor="middle")
        if kind == "corner":
            sheet.shape(polygon([(x + 7, y), (x + 16, y), (x + 16, y + 9)]), fill="soft")
        sheet.word(x + 22, y + 12.5, text, TICK + 0.5)
    sheet.height = top + 22 * (places[-1][1] + 1) + 8
