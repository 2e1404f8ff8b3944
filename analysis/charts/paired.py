"""Sides: the same lanes for two sides beside one another, a plot for each on one scale; a gap is printed as unknown."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import pandas as pd

from .. import words
from ..schema import UNKNOWN
from . import marks, told
from .chart import Chart, drawing, finished
from .layout import Scale, thinned, ticks
from .letters import BODY, TICK, balanced, length, widest, wrapped
from .palette import COUNTER_NOT_NAMED, Group, of_rows
from .sheet import Sheet

GAP, LEAD, MARK = 28, 16, 22  # pixels: between two sides, from line to line, the height of a line of marks

# The data's terms -----------------------------------------------------------------------------------------------------


class Cell(NamedTuple):
    """What one side has in a lane: its row, if there is one with a number, the number in words, what is said below."""

    row: told.Row | None
    text: str = UNKNOWN
    aside: str = ""


class Lane(NamedTuple):
    """A cell for each side."""

    name: str
    cells: list[Cell]


class Panel(NamedTuple):
    """Lanes on one scale."""

    heading: str
    unit: str
    lanes: list[Lane]

    @property
    def ticks(self) -> tuple[float, ...]:
        """The round numbers of its scale."""
        rows = [cell.row for lane in self.lanes for cell in lane.cells if cell.row]
        return ticks(0, max((told.end_of(row) or 0 for row in rows), default=1), 3)


@drawing
def sides(
    frame: pd.DataFrame,
    *,
    title: str,
    subtitle: str = "",
    side: str,
    lane: str,
    panels: str = "unit",
    below: str = "",
) -> Chart:
    """Two sides beside one another: the same lanes, a plot for each side, one scale a panel.

    frame: n rows as for strip. side, lane, panels: columns: whose a row is, what it shares a lane with, and in which
    panel; each stands where it is first met. A panel holds one unit. below: a column of what is said under a number, in
    few words. A lane's name says who counted, for there is no key. A side that has no row in a lane, or one without a
    number, is printed there as unknown.
    Returns a Chart. Raises ValueError where a column is missing, an end is no number, a panel mixes units, or two rows
    stand for one side in one lane. Source: the rows; nothing is worked out here.

    >>> from analysis import charts
    >>> rows = pd.DataFrame({"low": [2, 70, 4], "high": [5, 120, 4], "unit": "buses", "town": ["Ab", "Cd", "Ab"],
    ...                      "year": ["2015", "2015", "2016"]})
    >>> charts.sides(rows, title="Cd has more", side="town", lane="year")
    Cd has more. Ab beside Cd, 3 numbers. Buses: 2015: Ab 2–5, Cd 70–120; 2016: Ab 4, Cd unknown.
    """
    rows = told.labelled(told.records(frame), None, told.who_and_when)
    told.there(rows, side, lane, panels, *[below] * bool(below))
    groups, names = of_rows(rows), list(dict.fromkeys(str(row[side]) for row in rows))
    made = []
    for (heading,), inside in told.grouped(rows, panels).items():
        units = {row["unit"] for row in inside}
        if len(units) > 1:
            raise ValueError(f"the panel {heading} mixes units ({told.some_of(sorted(units))}): keep one")
        unit = told.capital(told.in_words(inside[0]["unit"]))
        lanes = [_lane(name, held, names, side, below) for (name,), held in told.grouped(inside, lane).items()]
        made.append(Panel(unit if panels == "unit" else str(heading), unit, lanes))
    kind = f"{' beside '.join(names)}, {told.count(rows)}"
    said, body = [_said(panel, names) for panel in made], place(made, names, groups)
    return finished(kind, title, subtitle, said, rows, frame, body, groups, plain=True)


def _lane(name: str, held: Sequence[told.Row], names: Sequence[str], side: str, below: str) -> Lane:
    cells = []
    for of in names:
        mine = [row for row in held if str(row[side]) == of]
        if len(mine) > 1:
            raise ValueError(f"{name}: {len(mine)} rows for {of}: keep one")
        for row in mine:
            row["lane"] = f"{name}, {of}"
            row["remark"] = row["remark"] or "not drawn, for nobody gives a number" * (told.end_of(row) is None)
        known = [row for row in mine if told.end_of(row) is not None]
        aside = str(mine[0][below]) if mine and below else ""
        cells.append(Cell(known[0], told.said_of(known[0])[0], aside) if known else Cell(None, aside=aside))
    return Lane(str(name), cells)


def _said(panel: Panel, names: Sequence[str]) -> str:
    lanes = [
        f"{lane.name}: " + ", ".join(f"{name} {cell.text}" for name, cell in zip(names, lane.cells, strict=True))
        for lane in panel.lanes
    ]
    return f"{panel.heading}: {'; '.join(lanes)}"


# Places for a width ---------------------------------------------------------------------------------------------------


class Room(NamedTuple):
    """Where a side's column begins, how wide it is, and how much of that the words beside its marks take."""

    left: float
    wide: float
    numbers: float

    def scale(self, panel: Panel) -> Scale:
        """The scale of a panel in this column; an arrow out of a high end has a place to point to."""
        return Scale(self.left + 8, self.left + self.wide - self.numbers - marks.ARROW - 10, panel.ticks)


def place(panels: Sequence[Panel], names: Sequence[str], groups: dict[str, Group]) -> Callable[[Sheet], None]:
    """How the panels are put on a sheet of any width; narrow, what is said of a cell stands above its mark."""

    def put(sheet: Sheet) -> None:
        wide, rooms = _rooms(sheet, panels, names)
        for n, panel in enumerate(panels):
            sheet.height += 14 if n else 0
            _panel(
                sheet, panel, names if not n else (), groups, wide, rooms
            )  # sides are named once, above their columns

    return put


def _rooms(sheet: Sheet, panels: Sequence[Panel], names: Sequence[str]) -> tuple[float, list[Room]]:
    """How wide the lanes' names may be, and the column of each side."""
    if sheet.narrow:
        wide = (sheet.width - GAP / 2 * (len(names) - 1)) / len(names)
        return wide, [Room(n * (wide + GAP / 2), wide, 0) for n in range(len(names))]
    cells = [cell for panel in panels for lane in panel.lanes for cell in lane.cells]
    named = widest([lane.name for panel in panels for lane in panel.lanes], BODY)
    named = min(named + 2, 0.24 * sheet.width)
    wide = (sheet.width - named - 20 - GAP * (len(names) - 1)) / len(names)
    most = 1 + max(widest([c.text for c in cells], BODY, True), widest([c.aside for c in cells], TICK))
    return named, [Room(named + 20 + n * (wide + GAP), wide, min(most, 0.5 * wide)) for n in range(len(names))]


def _panel(sheet: Sheet, panel: Panel, names: Sequence[str], groups: dict, wide: float, rooms: Sequence[Room]) -> None:
    top = sheet.height
    for part in wrapped(panel.heading, sheet.width, BODY + 1, True):
        sheet.height += LEAD + 3
        sheet.word(0, sheet.height - 4, part, BODY + 1, bold=True)
    heads = [wrapped(name, room.wide, BODY, True) for name, room in zip(names, rooms, strict=False)]
    top = sheet.height + 2
    for lines, room in zip(heads, rooms, strict=False):
        for k, part in enumerate(lines):
            sheet.word(room.left, top + LEAD * (k + 1), part, bold=True, role="soft")
    sheet.height = top + LEAD * max(map(len, heads), default=0) + 8
    start, behind, zones = sheet.height, len(sheet.pieces), []
    for lane in panel.lanes:
        zones.append(_cells(sheet, lane, panel, groups, wide, rooms))
    sheet.pieces, after = sheet.pieces[:behind], sheet.pieces[behind:]
    zones = zones if sheet.narrow else [(start, sheet.height)]
    for room in rooms:
        scale = room.scale(panel)
        for above, below in zones:
            for tick in scale.ticks:
                sheet.line([(scale.at(tick), above), (scale.at(tick), below)], "line" if tick else "soft")
        texts = [words.number(tick) for tick in scale.ticks]
        half = [length(text, TICK) / 2 for text in texts]
        edge = room.left + room.wide
        at = [min(max(scale.at(t), room.left + h), edge - h) for t, h in zip(scale.ticks, half, strict=True)]
        for n in thinned(at, texts, TICK, first=True):
            sheet.word(at[n], sheet.height + 16, texts[n], TICK, role="soft", anchor="middle")
    sheet.pieces += after
    sheet.height += 24


def _cells(sheet: Sheet, lane: Lane, panel: Panel, groups: dict, wide: float, rooms: Sequence[Room]) -> tuple:
    """One lane below what is there; returns the top and the bottom of its marks."""
    name = balanced(lane.name, wide, BODY)
    top = sheet.height
    said = [_worded(sheet, cell, room) for cell, room in zip(lane.cells, rooms, strict=True)]
    deep = LEAD * max(map(len, said))
    if sheet.narrow:
        for k, part in enumerate(name):
            sheet.word(0, top + LEAD * (k + 1), part)
        marks_top = top + LEAD * len(name) + deep + 6
        sheet.height, middle = marks_top + MARK + 8, marks_top + MARK / 2
    else:
        tall = max(LEAD * len(name), deep, MARK - 8) + 10
        middle, marks_top, sheet.height = top + tall / 2, top, top + tall
        for k, part in enumerate(name):
            sheet.word(wide, middle + 5 + LEAD * (k - (len(name) - 1) / 2), part, anchor="end")
    for cell, room, lines in zip(lane.cells, rooms, said, strict=True):
        if cell.row:
            _mark(sheet, cell.row, groups, room.scale(panel), middle)
        x = room.left if sheet.narrow else _beside(cell, room.scale(panel))
        first = top + LEAD * (len(name) + 1) if sheet.narrow else middle + 5 - LEAD * (len(lines) - 1) / 2
        for k, (text, size, bold) in enumerate(lines):
            sheet.word(x, first + LEAD * k, text, size, bold=bold, role="ink" if bold else "soft")
    return marks_top, sheet.height - 8 * sheet.narrow


def _beside(cell: Cell, scale: Scale) -> float:
    """Where the words of a cell begin, to the right of its mark."""
    return marks.span(cell.row, scale)[1] + 8 if cell.row else scale.start + 8


def _worded(sheet: Sheet, cell: Cell, room: Room) -> list[tuple[str, float, bool]]:
    """What is said of a cell, line by line: (text, size, bold)."""
    wide = room.wide if sheet.narrow else room.numbers
    lines = [(part, BODY, cell.row is not None) for part in wrapped(cell.text, wide, BODY, True)]
    return lines + [(part, TICK, False) for part in wrapped(cell.aside, wide, TICK)] * bool(cell.aside)


def _mark(sheet: Sheet, row: told.Row, groups: dict, scale: Scale, y: float) -> None:
    a, b = marks.ends(row, scale)
    group = groups.get(row["who"], COUNTER_NOT_NAMED)
    marks.put(sheet, row, group, marks.outline(row, group, a, b, y, low=marks.room_below(a, scale)), (a, b), y)
