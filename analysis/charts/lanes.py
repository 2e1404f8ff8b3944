"""The strip: lanes across, a panel a unit, the article's number as a labelled band through all lanes of its unit."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from .. import words
from ..schema import UNKNOWN
from . import marks, told
from .chart import Chart, drawing, finished
from .layout import Scale, about_middle, powers, swarm, thinned, ticks
from .letters import BODY, TICK, balanced, length, widest, wrapped
from .palette import COUNTER_NOT_NAMED, NO_GROUP, NOBODY, OTHER, Group, box, of_rows
from .sheet import Sheet

STEP = 12.5  # pixels from one row of a swarm to the next
PAPER = 800  # pixels: the letters of a drawing that is less wide are made larger on paper, the numbers at its right too
LINE, LEAD = 18, 16  # pixels: the least height of a line of marks, and from one line of text to the next


# The data's terms -----------------------------------------------------------------------------------------------------


Point = tuple[float, float]


class Line(NamedTuple):
    """Marks side by side, and what is said of them at the right: in bold, and beside it."""

    rows: list[told.Row]
    text: str = ""
    aside: str = ""


class Lane(NamedTuple):
    """What shares a label: one line of marks, or several below one another. own: they are the article's numbers.

    joined: a thin line leads from each line's mark to the next one's, so that the eye sees which way they go.
    """

    name: str
    lines: list[Line]
    heading: str = ""
    own: bool = False
    joined: bool = False


class Band(NamedTuple):
    """The article's number through a panel, NaN to its edge. of: what it was said of, if not of this."""

    low: float
    high: float
    text: str
    of: str = ""
    struck: bool = False


class Panel(NamedTuple):
    """The lanes of one unit. spare: its unit, its band and every second number of its scale are not written."""

    unit: str
    lanes: list[Lane]
    bands: list[Band]
    spare: bool = False

    @property
    def rows(self) -> list[told.Row]:
        return [row for lane in self.lanes for line in lane.lines for row in line.rows]


def said_of(rows: Sequence[told.Row]) -> str:
    """The least and the greatest of several rows' numbers; a + where the greatest is an open end."""
    known = [e for row in rows for e in (row["low"], row["high"]) if math.isfinite(e)]
    if not known:
        return UNKNOWN
    most = [row for row in rows if told.end_of(row) == max(known)]
    return words.span(min(known), max(known)) + "+" * any(told.open_ends(row)[1] for row in most)


def names_of(rows: Sequence[told.Row], groups: Mapping[str, Group]) -> dict[str, str]:
    """What stands for each group that has rows: the one body that has numbers in it, or its label; {its id: name}."""
    made = {}
    for (who,), inside in told.grouped(rows, "who").items():
        bodies = {row.get("counted_by") or UNKNOWN for row in inside if not row["article"]}
        made[who] = bodies.pop() if len(bodies) == 1 and UNKNOWN not in bodies else groups[who].label
    return made


def bands_of(own: Sequence[told.Row], unit: str) -> list[Band]:
    """The article's numbers for a panel: those in its unit; of a rate in another noun, by the same time, an outline."""
    made = {}
    for row in own:
        text = words.span(row["low"], row["high"], row["hedge"], told.sign_of(row["unit"]))
        if told.end_of(row) is None:
            continue
        if row["unit"] == unit:
            made[row["low"], row["high"], ""] = Band(
                row["low"], row["high"], f"the article: {text}", "", bool(row["changed"])
            )
        elif told.per(row["unit"]) and told.per(row["unit"]) == told.per(unit):
            noun = row["unit"].partition("/")[0]
            made[row["low"], row["high"], noun] = Band(
                row["low"], row["high"], f"{text}, said of {noun}", noun, bool(row["changed"])
            )
    whole = {(a, b) if a == a and b == b else (str(a), str(b)) for a, b, of in made if not of}
    return list({(str(a), str(b), of): v for (a, b, of), v in made.items() if not of or not whole}.values())


# Places for a width ---------------------------------------------------------------------------------------------------


class Room(NamedTuple):
    """The columns of a strip at a width: where names end, where the plot stands, where the numbers stand."""

    names: float
    left: float
    right: float
    numbers: float


def _room(sheet: Sheet, panels: Sequence[Panel]) -> Room:
    lines = [line for panel in panels for lane in panel.lanes for line in lane.lines]
    if sheet.narrow:  # what is said of a line stands above its marks
        return Room(sheet.width, 8, sheet.width - 12, sheet.width)
    names = max(length(lane.name, BODY, lane.own) for panel in panels for lane in panel.lanes)
    names = max(min(names + 2, 0.27 * sheet.width), widest([told.in_words(p.unit) for p in panels], BODY, True))
    numbers = max([length(line.text, BODY, True) + (8 + length(line.aside, TICK)) * bool(line.aside) for line in lines])
    numbers = min(numbers, 0.3 * sheet.width)
    gap = 26 + numbers * 0.25 * (sheet.width < PAPER)
    return Room(names, names + 20, sheet.width - numbers - gap, sheet.width - numbers)


def _scale(panel: Panel, room: Room, at: tuple[float, ...], log: bool) -> Scale:
    made = Scale(room.left, room.right, at, log)
    edge = max((marks.span(r, made)[1] for r in panel.rows if marks.ends(r, made)), default=0)
    return made._replace(end=room.right - max(0, edge - room.right - 14))  # an arrow needs a place to point to


def place(panels: Sequence[Panel], groups: dict[str, Group], log: bool = False) -> Callable[[Sheet], None]:
    """How the panels of a strip are put on a sheet of any width."""

    def put(sheet: Sheet) -> None:
        room, scales = _room(sheet, panels), powered(panels) if log else shared(panels)
        for n, panel in enumerate(panels):
            sheet.height += 8 if n else 0
            _panel(sheet, panel, groups, room, _scale(panel, room, scales[n], log))

    return put


def numbers_of(panel: Panel) -> list[float]:
    """All ends that a panel has to hold, its bands' too."""
    held = [*panel.rows, *panel.bands]
    ends = [(h["low"], h["high"]) if isinstance(h, dict) else (h.low, h.high) for h in held]
    return [end for pair in ends for end in pair if math.isfinite(end)]


def shared(panels: Sequence[Panel]) -> list[tuple[float, ...]]:
    """The ticks of each panel. Rates by the same time have the same ones, so that lengths compare, unless one of them
    would then be pressed into less than half of its panel."""
    reach = [max(numbers_of(panel), default=1) for panel in panels]
    least = [min([*numbers_of(panel), 0]) for panel in panels]
    made = []
    for n, panel in enumerate(panels):
        alike = [
            k for k, other in enumerate(panels) if told.per(panel.unit) and told.per(other.unit) == told.per(panel.unit)
        ]
        alike = alike if alike and max(reach[k] for k in alike) <= 2 * min(reach[k] for k in alike) else [n]
        counting = any(row.get("aloud") for row in panels[n].rows)
        made.append(ticks(min(least[k] for k in alike), max(reach[k] for k in alike), whole=counting))
    return made


def powered(panels: Sequence[Panel]) -> list[tuple[float, ...]]:
    """The powers of ten of each panel."""
    ends = [[end for end in numbers_of(panel) if end > 0] for panel in panels]
    return [powers(min(known, default=1), max(known, default=10)) for known in ends]


def _panel(sheet: Sheet, panel: Panel, groups: dict[str, Group], room: Room, scale: Scale) -> None:
    top = sheet.height + _heads(sheet, panel, room, scale)
    sheet.height = top + 6
    behind, zones = len(sheet.pieces), []
    for lane in panel.lanes:
        zones.append(_lane(sheet, lane, groups, room, scale))
    zones = [zone for inside in zones for zone in inside]
    bottom = sheet.height + 2
    after, sheet.pieces = sheet.pieces[behind:], sheet.pieces[:behind]
    # beside labels a line runs through; under labels and headings it stands below each: nothing runs through words
    zones = zones if sheet.narrow else _joined(panel.lanes, zones, top, bottom)
    for n, (above, below) in enumerate(zones):
        for band in panel.bands:
            left, right = _edges(band, scale)
            over = 0 if sheet.narrow or n or panel.lanes[0].heading else 8  # a band reaches to its name
            marks.band(sheet, left, above - over, right, below, bool(band.of))
        for tick in scale.ticks:
            sheet.line([(scale.at(tick), above), (scale.at(tick), below)], "line" if tick else "soft")
    sheet.pieces += after
    numbered = scale.ticks[:: 1 + panel.spare]
    texts = [words.number(tick) for tick in numbered]
    half = [length(text, TICK) / 2 for text in texts]
    places = [min(max(scale.at(t), wide), sheet.width - wide) for t, wide in zip(numbered, half, strict=True)]
    for n in thinned(places, texts, TICK):
        sheet.word(places[n], bottom + 15, texts[n], TICK, role="soft", anchor="middle")
    sheet.height = bottom + 24


def _joined(lanes: Sequence[Lane], zones: Sequence[tuple[float, float]], top: float, bottom: float) -> list:
    """The zones of lanes, those under one heading as one; the first from the top where it has no heading."""
    made = [] if lanes and lanes[0].heading else [(top, bottom)]
    for lane, (above, below) in zip(lanes, zones, strict=True):
        made = [*made, (above, below)] if lane.heading else [*made[:-1], (made[-1][0], below)]
    return [*made[:-1], (made[-1][0], bottom)]


BEYOND = 11  # of an open band, past the last tick: it does not end there


def _edges(band: Band, scale: Scale) -> tuple[float, float]:
    left = scale.at(band.low) if math.isfinite(band.low) else scale.at(scale.ticks[0])
    return left, scale.at(band.high) if math.isfinite(band.high) else scale.end + BEYOND


def _heads(sheet: Sheet, panel: Panel, room: Room, scale: Scale) -> float:
    """The unit and the names of the bands above a plot; returns how tall they are."""
    if panel.spare:
        return 12
    unit = told.in_words(panel.unit)
    spans, labels = [], []
    least, most = (0, sheet.width) if sheet.narrow else (room.left + 8, sheet.width)  # clear of the unit
    for band in sorted(panel.bands, key=lambda band: _edges(band, scale)):
        a, b = _edges(band, scale)
        bold = not band.of
        wide = length(band.text, BODY, bold)
        x = min(max((a + b - wide) / 2, least), most - wide)
        labels.append((x, band, bold))
        spans.append((x, x + wide + 12))
    rows = swarm(spans)
    deep = max(rows, default=-1) + 1
    beside = length(unit, BODY, True) + 12
    own = sheet.narrow and any(x < beside for x, *_ in labels)  # the unit needs a line of its own
    tall = 20 * max(deep, 1) + (20 if own else 0) + 12
    for (x, band, bold), row in zip(labels, rows, strict=True):
        y = sheet.height + tall - 14 - 20 * row
        sheet.word(x, y, band.text, bold=bold, role="soft" if band.of else "ink", struck=band.struck)
    y = sheet.height + 15 if own else sheet.height + tall - 14
    sheet.word(0 if sheet.narrow else room.names, y, unit, bold=True, anchor="start" if sheet.narrow else "end")
    return tall


def _lane(sheet: Sheet, lane: Lane, groups: dict[str, Group], room: Room, scale: Scale) -> list[tuple[float, float]]:
    """One lane below what is there; returns the top and the bottom of its marks, of each line where words part them."""
    if lane.heading:
        sheet.height += 10
        for part in wrapped(lane.heading, room.right if sheet.narrow else room.numbers - 20, BODY, True):
            sheet.height += LEAD + 2
            sheet.word(0, sheet.height - 4, part, bold=True, role="soft")
        sheet.height += 2
    single = len(lane.lines) == 1
    aside = lane.lines[0].aside
    right = length(lane.lines[0].text, BODY, True) + (8 + length(aside, TICK)) * bool(aside)
    room_left = sheet.width - right - 12 if single else sheet.width
    stacked = sheet.narrow and room_left < 0.45 * sheet.width
    name = balanced(
        lane.name, room_left if sheet.narrow and not stacked else sheet.width if stacked else room.names, BODY
    )
    head = LEAD * (len(name) + stacked) + 4 if sheet.narrow else 0
    sheet.height += 5 if sheet.narrow else 0
    swarms = [_swarmed(line, scale) for line in lane.lines]
    low = LINE + 2 if sheet.narrow else LINE + 7
    least = [LEAD * (1 + len(below)) + 6 if (below := _below(line, sheet, room)) else low for line in lane.lines]
    over = LEAD + 2 if sheet.narrow and not single else 0  # the words of each of several lines
    talls = [
        over + max(tall, STEP * rows + (8 if sheet.narrow else 11))
        for tall, (_, rows) in zip(least, swarms, strict=True)
    ]
    body = max(sum(talls), 0 if sheet.narrow else LEAD * len(name) + 8)
    top, extra = sheet.height, max(0.0, body - sum(talls)) / 2
    first = top + LEAD - 2 if sheet.narrow else top + body / 2 + 5 - LEAD * (len(name) - 1) / 2
    for n, part in enumerate(name):
        x, anchor = (0, "start") if sheet.narrow else (room.names, "end")
        sheet.word(x, first + LEAD * n, part, bold=lane.own, anchor=anchor)
    joined = lane.joined and not sheet.narrow  # narrow, the words of the next line stand between two marks
    y, zones, before = top + head + extra, [], None
    for line, (placed, rows), tall in zip(lane.lines, swarms, talls, strict=True):
        middle = y + (tall + over) / 2
        before = _joined_to(sheet, before, line, scale, middle) if joined else None
        zones.append((y + over, y + tall))
        if lane.own and line.rows and (found := marks.ends(line.rows[0], scale)):
            a, b = found
            sheet.shape(box(min(a, b - 2) - 8, middle - 9, max(b, a + 2) + 8, middle + 9), fill="hi")
        for row, k in placed:
            at = middle + STEP * about_middle(k, rows)
            a, b = marks.ends(row, scale)
            group = groups.get(row["who"], COUNTER_NOT_NAMED)
            path = marks.outline(row, group, a, b, at, low=marks.room_below(a, scale))
            marks.put(sheet, row, group, path, (a, b), at)
        struck = bool(line.rows) and len(line.rows) == 1 and bool(line.rows[0]["changed"])
        if sheet.narrow and single:
            _right(sheet, line, sheet.width, first + LEAD * (len(name) * stacked), struck)
        elif sheet.narrow:
            _right(sheet, line, sheet.width, y + LEAD - 2, struck)
        else:
            _numbers(sheet, line, room, middle + 5, struck)
        y += tall
    sheet.height = top + head + body + 8 * (not single)
    return [(top + head, top + head + body)] if single or not sheet.narrow else zones


def _joined_to(sheet: Sheet, before: Point | None, line: Line, scale: Scale, y: float) -> Point | None:
    """Draw the line from the mark of the line before to this one's; returns where the next begins, at its high end."""
    found = marks.ends(line.rows[0], scale) if line.rows else None
    if before and found:
        sheet.line([before, (found[0], y)], "soft", 1.2)
    return (found[1], y) if found else None


def _right(sheet: Sheet, line: Line, x: float, y: float, struck: bool) -> None:
    """What is said of a line, ending at x."""
    sheet.word(x, y, line.text, bold=True, anchor="end", struck=struck)
    if line.aside:
        sheet.word(x - length(line.text, BODY, True) - 8, y, line.aside, TICK, role="soft", anchor="end")


def _numbers(sheet: Sheet, line: Line, room: Room, y: float, struck: bool) -> None:
    """What is said of a line, in the column of numbers; below one another where they do not fit side by side."""
    if below := _below(line, sheet, room):
        y -= LEAD * len(below) / 2
        for n, part in enumerate(below, 1):
            sheet.word(sheet.width, y + LEAD * n, part, TICK, role="soft", anchor="end")
        line = line._replace(aside="")
    _right(sheet, line, sheet.width, y, struck)


def _below(line: Line, sheet: Sheet, room: Room) -> tuple[str, ...]:
    """What stands below a line's number in the column of numbers, where it does not fit beside it; in lines."""
    wide, column = length(line.text, BODY, True) + 8 + length(line.aside, TICK), sheet.width - room.numbers
    if not (line.text and line.aside) or sheet.narrow or wide <= column + 1:
        return ()
    return balanced(line.aside, column, TICK)


def _swarmed(line: Line, scale: Scale) -> tuple[list[tuple[told.Row, int]], int]:
    """The rows of a line that can be drawn, each with its row in the swarm, and how many rows that has."""
    drawn = [row for row in line.rows if marks.ends(row, scale)]
    drawn.sort(key=lambda row: (marks.span(row, scale), row["n"]))
    counting = any(row["aloud"] for row in drawn)  # marks that count stay in one row, however close
    rows = [0] * len(drawn) if counting else swarm([marks.span(row, scale) for row in drawn])
    return list(zip(drawn, rows, strict=True)), max(rows, default=0) + 1


def small(panels: Sequence[Panel], groups: dict[str, Group]) -> Callable[[Sheet, float], None]:
    """The first panel in small, without words or links: where the article's number stands among the others'."""

    def put(sheet: Sheet, height: float) -> None:
        panel = panels[0]
        scale = Scale(5, sheet.width - 5, ticks(min([*numbers_of(panel), 0]), max(numbers_of(panel), default=1)))
        for band in panel.bands:
            left, right = _edges(band, scale)
            marks.band(sheet, left, 0, right, height, bool(band.of))
        for n, lane in enumerate(panel.lanes):
            y = height * (n + 0.5) / len(panel.lanes)
            sheet.line([(5, y), (sheet.width - 5, y)], width=0.8)
            for row in (row for line in lane.lines for row in line.rows if marks.ends(row, scale)):
                a, b = marks.ends(row, scale)
                group = groups.get(row["who"], COUNTER_NOT_NAMED)
                marks.put(sheet, row, group, marks.outline(row, group, a, b, y, 3), (a, b), y, 3)
        sheet.height = height

    return put


# The charts -----------------------------------------------------------------------------------------------------------


@drawing
def strip(
    frame: pd.DataFrame,
    *,
    title: str,
    subtitle: str = "",
    number: str | Sequence[str] = (),
    lane: told.Label = None,
    order: Sequence[str] = (),
    spare: bool = False,
) -> Chart:
    """What others counted beside the article's number: a lane a kind of counter, a panel a unit.

    frame: n rows with low, high (float; NaN an open end or unknown), unit, and what else of frames.COLUMNS there is.
    title: the finding. subtitle: the measure and the unit. number: the figure_id of the article's number, or several,
    from the frame or its case; the article's rows in the frame if not given. It is a band through the panel of its
    unit, which comes first; a panel of another noun by the same time has an outline that says of what it was said.
    lane: a column or a function of a row; who counted, by the groups of the case, if None. order: lanes by name, from
    the top; the others follow as they first stand (groups: as the case has them). spare: for a strip
    beside a numeral that says what is counted: no unit, no name of the band, half the numbers of the scale.
    Returns a Chart whose .micro(width, height) is the first panel in small. Numbers of which nobody knows anything are
    named under the chart. Raises ValueError where a column is missing, an end is no number, or no row and no case has
    `number`. Source: the rows; nothing is worked out here.

    >>> from analysis import charts
    >>> rows = pd.DataFrame({"low": [2, 70], "high": [5, 120], "unit": "buses/day", "said_by": ["Ann", "Bo"]})
    >>> charts.strip(rows, title="Bo counts more", lane="said_by").marks[["lane", "low", "high"]]
      lane   low   high
    0  Ann   2.0    5.0
    1   Bo  70.0  120.0
    """
    rows = told.labelled(told.records(frame), None, told.who_and_when)
    own, others = told.own_and_others(rows, number)
    groups = of_rows(rows)
    if lane is None:
        names = names_of(others, groups)
        for row in others:
            row["lane"] = "the article" if row["article"] else names[row["who"]]
        order = [*order, *(names.get(g.id, g.label) for g in groups.values())]
    else:
        for row, name in zip(others, told.names(others, lane), strict=True):
            row["lane"] = name
    panels, first = [], {row["unit"] for row in own}
    for (unit,), inside in sorted(told.grouped(others, "unit").items(), key=lambda item: item[0][0] not in first):
        lanes = told.grouped([r for r in inside if told.end_of(r) is not None], "lane")
        names = sorted(lanes, key=lambda key: order.index(key[0]) if key[0] in order else len(order))
        made = [Lane(name[0], [Line(lanes[name], said_of(lanes[name]))]) for name in names]
        if made:
            panels.append(Panel(unit, made, bands_of([r for r in own if not _among(r, inside)], unit), spare))
    silent = [row for row in others if told.end_of(row) is None]
    for row in silent:
        row["remark"] = "; ".join(filter(None, [row["remark"], "not drawn, for nobody gives a number"]))
    names = told.some_of([row["label"] for row in silent], 8)
    foot = [f"Not drawn, for nobody gives a number: {names}."] if silent else []
    kept = {row["who"] for panel in panels for row in panel.rows}
    used = [g for g in groups.values() if g.id in kept]
    body = place(panels, groups)
    said = [_said(panel, len(panels) > 1) for panel in panels]
    chart = finished(_kind("Strip", others, own), title, subtitle, said, others, frame, body, groups,
                     [] if lane is None else used, foot=foot, own=own)  # fmt: skip
    chart._small = small(panels, groups) if panels else None
    return chart


def _among(row: told.Row, rows: Sequence[told.Row]) -> bool:
    return any(row is other for other in rows)


def _kind(kind: str, rows: Sequence[told.Row], own: Sequence[told.Row]) -> str:
    article = list(dict.fromkeys(told.quantity(r) for r in own))
    beside = f" beside the article’s {told.some_of(article)}" if article else ""
    return f"{kind}, {told.count(rows)}{beside}"


def _said(panel: Panel, several: bool) -> str:
    head = f"{told.capital(told.in_words(panel.unit))}: " if several else ""
    return head + "; ".join(f"{lane.name} {', '.join(line.text for line in lane.lines)}" for lane in panel.lanes)


@drawing
def ranges(
    frame: pd.DataFrame,
    *,
    title: str,
    subtitle: str = "",
    label: told.Label = None,
    group: str | Sequence[str] | None = None,
    scale: str = "linear",
    number: str | Sequence[str] = (),
) -> Chart:
    """A strip with a lane a row: the label, the mark, the number in words. The article's own rows are highlighted.

    frame, title, subtitle: as for strip. label: a column or a function of a row; who said it, when, and what differs if
    None. group: a column or columns that give headings within a panel. scale: linear (zero shown) or log (which the
    chart says; what is zero or less is named as not drawn). number: as for strip, a band through the other rows of its
    unit; no band if not given.
    Returns a Chart with a panel a unit: unlike units never share one. Raises ValueError where a column is missing, an
    end is no number, or scale is another word. Source: the rows; nothing is worked out here.

    >>> from analysis import charts
    >>> rows = pd.DataFrame({"low": [2, 70], "high": [5, 120], "unit": "buses/day", "said_by": ["Ann", "Bo"]})
    >>> charts.ranges(rows, title="Bo counts more", subtitle="Buses a day")
    Bo counts more. Range bars, 2 numbers; Buses a day. least Ann (2–5 buses/day), greatest Bo (70–120 buses/day).
    """
    if scale not in ("linear", "log"):
        raise ValueError(f"scale {scale!r}: choose linear or log")
    columns = [group] if isinstance(group, str) else list(group or [])
    rows, log = told.records(frame), scale == "log"
    told.there(rows, *columns)
    own = told.named(rows, [number] if isinstance(number, str) else list(number))
    groups, panels, said = of_rows(rows), [], []
    counted = any(row["counted_by"] for row in rows)
    for row in rows:  # a ring is a number of which nobody says who counted it: what nobody counts has a plain mark
        row["who"] = row["who"] if counted or row["who"] != NOBODY else OTHER
    groups |= {OTHER: NO_GROUP} if not counted else {}
    grouped = told.grouped(rows, "unit")
    for (unit,), inside in grouped.items():
        told.labelled(inside, label, told.who_and_when, [c for c in told.WHAT if c not in columns])
        beside = [row for row in inside if not _among(row, own)]  # a band through others needs no lane
        panels.append(Panel(unit, _row_lanes(beside or inside, columns), bands_of(own if beside else [], unit)))
        said.append((f"In {told.unit_name(unit)}: " if len(grouped) > 1 else "") + told.summary(inside))
    notes = [_off_the_scale(rows)] if log else []
    notes += ["Each line of the scale is ten times the last."] if log else []
    keyed = list(groups.values()) if counted else []
    return finished(f"Range bars, {told.count(rows)}", title, subtitle, said, rows, frame, place(panels, groups, log),
                    groups, keyed, notes=notes, own=[r for r in rows if r["article"]])  # fmt: skip


def _row_lanes(rows: Sequence[told.Row], columns: Sequence[str]) -> list[Lane]:
    lanes = []
    for values, inside in told.grouped(rows, *columns).items():
        name = " · ".join(f"{c} {UNKNOWN}" if v == UNKNOWN else str(v) for c, v in zip(columns, values, strict=True))
        for n, row in enumerate(inside):
            text, aside = told.said_of(row)
            row["lane"] = row["label"]
            lanes.append(Lane(row["label"], [Line([row], text, aside)], name if not n else "", row["article"]))
    return lanes


def _off_the_scale(rows: Sequence[told.Row]) -> str:
    """Say which rows have an end that no power of ten reaches; nothing where none has."""
    off = [row for row in rows if any(math.isfinite(e) and e <= 0 for e in (row["low"], row["high"]))]
    for row in off:
        row["remark"] = "; ".join(filter(None, [row["remark"], "not drawn down to its end"]))
    said = "; ".join(map(told.spoken, off))
    return f"Not drawn down to its end, for this scale has no zero: {said}." if off else ""


@drawing
def countries(
    frame: pd.DataFrame,
    *,
    title: str,
    subtitle: str = "",
    top: int = 20,
    label: str = "country",
    series: str | None = None,
) -> Chart:
    """A strip with a lane a country, the greatest first; how many are left out is announced. For the map: tiles.

    frame: rows in one unit: country, low, high, unit, and so on, as frames.by_country gives them. top: how many
    countries are drawn; the table beside the chart has them all. label: the column that names a row. series: a column
    of two values, such as `series` or `said_by`: the two stand one below the other in a country's lane, each with its
    number and its name, a line from the first to the second; where one has no row that is said. Countries are ordered
    by the greater of the two.
    Returns a Chart. Raises ValueError for a frame that mixes units, more series than are asked for, or several rows for
    one country of one series. Source: the rows; nothing is worked out here.

    >>> from analysis import charts
    >>> rows = pd.DataFrame({"country": ["Ab", "Ab", "Cd"], "low": [7, 9, 4], "high": [7, 9, 4], "unit": "people",
    ...                      "said_by": ["Ann", "Bo", "Ann"]})
    >>> charts.countries(rows, title="Two counts", subtitle="People", series="said_by")
    Two counts. Range bars by country, Ann beside Bo; People. ...
    """
    rows = told.labelled(told.records(frame), label, told.who)
    names = _named_series(rows, series)
    lanes = list(told.grouped(rows, "label").values()) if series else [[row] for row in rows]
    lanes.sort(key=lambda inside: -max(told.end_of(row) or 0 for row in inside))
    drawn = lanes[:top]
    groups = of_rows(rows)
    made = [Lane(inside[0]["label"], [_of_series(inside, name, bool(series)) for name in names], joined=True)
            for inside in drawn]  # fmt: skip
    panels = [Panel(rows[0]["unit"], made, [])] if made else []
    left = f"The {len(drawn)} highest of {len(lanes)} countries; the table has the others." * (len(drawn) < len(lanes))
    said = [
        (f"{name}: " if series else "") + told.summary(inside) for (name,), inside in told.grouped(rows, "of").items()
    ]
    kind = ", ".join(["Range bars by country", " beside ".join(names)][: 1 + bool(series)])
    shown = [row for inside in drawn for row in inside]
    used = [g for g in groups.values() if g.id in {row["who"] for row in shown}]
    absent = _absent(lanes, names).strip()
    return finished(kind, title, subtitle, said, rows, frame, place(panels, groups), groups, used,
                    notes=[left], more=absent, drawn=shown)  # fmt: skip


def _of_series(inside: Sequence[told.Row], name: str, named: bool) -> Line:
    found = [row for row in inside if row["of"] == name]
    if not found:
        return Line([], "", f"not in {name}")
    text, aside = told.said_of(found[0])
    found[0]["lane"] = found[0]["label"]
    after = f"after {found[0]['after']}" if found[0]["after"] else ""
    return Line(found, text, ", ".join(filter(None, [aside, name if named else "", after])))


def _named_series(rows: Sequence[told.Row], series: str | None) -> list[str]:
    """The names of the series that the rows belong to, in order; each row learns its own.

    ValueError where the rows mix units, are of more series than are drawn, or several stand for one country of one.
    """
    _few(rows, "unit", 1, "")
    hint = "" if series else ", or give series='series' for two side by side"
    _few(rows, series or "series", 2 if series else 1, hint)
    for row in rows:
        row["of"] = str(row[series]) if series else ""
    for (country, name), same in told.grouped(rows, "label", "of").items() if series else ():
        if len(same) > 1:
            raise ValueError(f"{country} has {len(same)} rows in {series} {name}: keep one")
    for inside in told.grouped(rows, "of").values():  # whose count a row is, where it is not that of most of its series
        bodies = [row["counted_by"] for row in inside]
        most = max(bodies, key=bodies.count)
        for row in inside:
            row["after"] = row["counted_by"] if row["counted_by"] not in (most, "", UNKNOWN) else ""
    return list(dict.fromkeys(row["of"] for row in rows))


def _few(rows: Sequence[told.Row], column: str, most: int, hint: str) -> None:
    found = list(dict.fromkeys(str(row[column]) for row in rows))
    if len(found) > most:
        wanted = "one" if most == 1 else "two"
        raise ValueError(f"the rows differ in {column} ({told.some_of(found)}): keep {wanted}{hint}")


def _absent(lanes: Sequence[Sequence[told.Row]], names: Sequence[str]) -> str:
    """Which countries one of two series has no row for, as sentences."""
    without = {name: [lane[0]["label"] for lane in lanes if name not in {r["of"] for r in lane}] for name in names}
    return "".join(f" Not in {name}: {told.some_of(who, 12)}." for name, who in without.items() if who)


@drawing
def voices(frame: pd.DataFrame, *, title: str, subtitle: str = "", label: told.Label = None) -> Chart:
    """How many voices there are: a lane a body that counted, a mark a printed number, those with the most first.

    frame: n rows as for strip, with counted_by, stake, count_origin. label: as for ranges; it names a row in the
    alt text. A mark says that a number was printed, not how great it is: totals of a week and of years share a row.
    A lane says how many of its numbers are the body's own, not compiled, added up, computed or said again from it,
    and those come first; more than three bodies with one number each share a lane; a row that does not say who
    counted goes to the body that is unknown. The article's own rows stand among them.
    Returns a Chart. Raises ValueError where a column is missing or an end is no number.
    Source: the rows; nothing is worked out here.

    >>> from analysis import charts
    >>> rows = pd.DataFrame({"low": [2, 3], "high": [2, 3], "unit": "buses", "said_by": ["Ann", "Bo"],
    ...                      "counted_by": "The town", "count_origin": ["own count", "repeats"]})
    >>> charts.voices(rows, title="Two voices, one count", subtitle="Buses")
    Two voices, one count. 2 numbers of the bodies that counted, 1 in all; Buses. The town 2. 1 of 2 are the body’s own.
    """
    rows = told.labelled(told.records(frame), label, told.who)
    groups = of_rows(rows)
    for row in rows:
        row["counted_by"] = row["counted_by"] or UNKNOWN
        row["lane"] = COUNTER_NOT_NAMED.label if row["counted_by"] == UNKNOWN else row["counted_by"]
    bodies = sorted(told.grouped(rows, "lane").items(), key=lambda item: -len(item[1]))
    single = [held[0] for (name,), held in bodies if len(held) == 1 and name != COUNTER_NOT_NAMED.label]
    if len(single) > 3:  # a lane a body would be a list of names, which the table is
        several = [(name, held) for name, held in bodies if len(held) > 1 or name == (COUNTER_NOT_NAMED.label,)]
        bodies = [*several, ((f"{len(single)} bodies with one each",), single)]
    lanes = [Lane(name, [Line(_in_a_row(held), words.number(len(held)), _own_of(held))]) for (name,), held in bodies]
    panels = [Panel("printed numbers", lanes, [])] if lanes else []
    named = sorted(told.grouped(rows, "counted_by").items(), key=lambda item: -len(item[1]))
    said = told.some_of([f"{body} {len(inside)}" for (body,), inside in named], 12)
    more = f"{words.number(sum(map(_own, rows)))} of {words.number(len(rows))} are the body’s own."
    kind = f"{told.capital(told.count(rows))} of the bodies that counted, {len(named)} in all"
    return finished(kind, title, subtitle, [said], rows, frame, place(panels, groups), groups, list(groups.values()),
                    more=more, plain=True)  # fmt: skip


def _in_a_row(rows: Sequence[told.Row]) -> list[told.Row]:
    """The rows of a lane as marks that count them, those of the body's own first; each says its number aloud."""
    ordered = sorted(rows, key=lambda row: (not _own(row), row["n"]))
    return [row | {"low": n, "high": n, "aloud": marks.aloud(row)} for n, row in enumerate(ordered, start=1)]


def _own(row: dict[str, Any]) -> bool:
    return row["count_origin"] in ("own count", "own statement")


def _own_of(rows: Sequence[told.Row]) -> str:
    own = sum(map(_own, rows))
    if own in (0, len(rows)):
        return "its own" if own else "not its own"
    return f"{words.number(own)} of {words.number(len(rows))} its own"
