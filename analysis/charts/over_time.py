"""The timeline: time across, a panel a unit; the article's numbers are bands, a row's period is its extent."""

import datetime
import itertools
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from .. import words
from ..period import Period
from ..schema import UNKNOWN
from . import marks, told
from .chart import Chart, drawing, finished
from .lanes import Band, Panel, bands_of, names_of, said_of, shared
from .layout import Box, Scale, clear, spread, thinned, ticks
from .letters import BODY, TICK, balanced, length, widest, wrapped
from .palette import COUNTER_NOT_NAMED, Group, of_rows, sign
from .sheet import Sheet, Word

TALL = {1: (290, 250), 2: (200, 200)}  # pixels: a plot of so many panels, in a wide and in a narrow drawing
LOW = 118  # pixels: a plot of more panels than that
TOTAL = "total over the period"
ASIDE = 208  # pixels: the column of who counted, beside a wide plot
LINE = 16  # pixels from one line of text to the next


# The data's terms -----------------------------------------------------------------------------------------------------


class Track(NamedTuple):
    """One kind of number over time: its heading, its rows by their last day, the article's numbers in it."""

    heading: str
    unit: str
    rows: list[told.Row]
    bands: list[Band]


@drawing
def timeline(
    frame: pd.DataFrame,
    *,
    title: str,
    subtitle: str = "",
    panels: str = "basis",
    label: told.Label = None,
    named: told.Label = None,
    note: str | None = None,
    number: str | Sequence[str] | Mapping[str, Sequence[str]] = (),
    events: Sequence[tuple[str, str]] = (),
) -> Chart:
    """Ranges over time, a panel for each kind of number and each unit, time running across.

    frame: n rows as for strip, with period_start and period_end (dates as in the tables, or timestamps; start and end
    will do) and the column named by panels (`basis`: what was present at a time stands apart from what had added up by
    then; `unit`: a panel a unit). A mark stands at the last day of its period, its line covers the period, and is
    dashed where the number was worked out here; of totals that one body gives of one place from one first day on, one
    line leads from each to the next. Panels in one unit, and rates by the same time, share a scale. Panels stand in the
    order in which the frame has them, the calendar below the last. More than two are low and as wide as can be: each
    says its least and its greatest number in its heading, and beside those marks alone.
    label: a column or a function of a row: what is written beside a mark's number where there is room; who counted if
    None, nothing if "". named: a column or a function of a row: what is named beside a wide plot with its least and its
    greatest number; if None who counted, by the groups of the case, or the one body of a group. note: a column: words
    beside some of the numbers; in a band they stand for the article's.
    number: as for strip: the article's number is a band across its panel; by panel, {its name: figure_ids}, where not
    every number belongs into every panel. events: (date, words), each a dotted line.
    Returns a Chart. Rows that have no date, and rows whose period ends before it begins, are named under the chart.
    Raises ValueError where a column is missing or an end is no number. Source: the rows; nothing is worked out here.

    >>> from analysis import charts
    >>> rows = pd.DataFrame({"low": [2, 4, 9], "high": [3, 4, 9], "unit": "buses", "said_by": ["Ann", "Bo", "Cy"],
    ...                      "period_end": ["2015-03", "2016-01-01", "unknown"]})
    >>> charts.timeline(rows, title="Few buses", subtitle="Buses")
    Few buses. Timeline, 3 numbers; Buses. ... Not drawn, for want of a date: Cy (9 buses).
    """
    rows = told.labelled(
        told.records(frame), label or None, told.body, () if label is not None else ("measure", "place")
    )
    if panels != "basis":  # by default, a frame without it gets no panels of it
        told.there(rows, panels)
    by_panel = number if isinstance(number, Mapping) else {}
    own, others = told.own_and_others(rows, list(dict.fromkeys(i for ids in by_panel.values() for i in ids)) or number)
    drawn = sorted((row for row in others if not _why_not(row)), key=lambda row: (told.day_of(row), row["n"]))
    groups, tracks = of_rows(rows), []
    names = names_of(drawn, groups)
    held = told.grouped(drawn, panels, "unit")
    order = list(told.grouped(sorted(drawn, key=lambda row: row["n"]), panels, "unit"))
    for (name, unit), heading in zip(order, _headings(order, panels != "unit"), strict=True):
        inside = held[name, unit]
        beside = [row for row in own if not any(row is other for other in inside)]
        beside = [row for row in beside if not by_panel or row["figure_id"] in by_panel.get(name, ())]
        bands = [b for row in beside for b in bands_of([row], unit)] if by_panel else bands_of(beside, unit)
        tracks.append(Track(heading, unit, inside, _noted(bands, beside, note)))
        for row in inside:
            row["lane"], row["beside"] = heading, row[note] if note else "" if label == "" else row["label"]
        for row, name in zip(inside, told.names(inside, named) if named else [""] * len(inside), strict=True):
            row["named"] = name or names[row["who"]]
    foot = _not_drawn([row for row in others if _why_not(row)])
    kept = {row["who"] for row in drawn}
    used = {name: group for name, group in groups.items() if name in kept}
    said = [f"{track.heading}: {_span(track.rows)}; {told.summary(track.rows)}" for track in tracks]
    said += [f"The article: {told.some_of(list(dict.fromkeys(map(told.quantity, own))))}"] * bool(own)
    dashed = "worked out here" if any(row["derivation"] for row in drawn) else ""
    events = [(Period(day, day).last, text) for day, text in events]
    joined = "totals so far" if any(_series(track.rows) for track in tracks) else ""
    body = place(tracks, used, events, dashed, joined)
    return finished(f"Timeline, {told.count(rows)}", title, subtitle, said, rows, frame, body, used,
                    foot=foot, own=own)  # fmt: skip


def _headings(panels: Sequence[tuple[str, str]], named: bool) -> list[str]:
    """What stands above each panel: its name, if it has one, and its unit, of low panels where that changes."""
    made, above = [], ""
    for name, unit in panels:
        known = named and len(panels) not in TALL and unit == above
        parts = [name * named, "" if known else told.in_words(unit)]
        made.append(told.capital(": ".join(filter(None, parts))))
        above = unit
    return made


def _why_not(row: told.Row) -> str:
    """Why a row has no place along time; empty where it has one."""
    day, since = told.day_of(row), told.since(row)
    if day is None:
        return "for want of a date"
    if told.end_of(row) is None:
        return "for nobody gives a number"
    return "for its period ends before it begins" if since and day < since else ""


def _noted(bands: Sequence[Band], own: Sequence[told.Row], note: str | None) -> list[Band]:
    """The bands; of a number of which something is noted, with that instead of it."""
    notes = {(row["low"], row["high"]): f"the article: {row[note]}" for row in own if note and row[note]}
    return [band._replace(text=notes.get((band.low, band.high), band.text)) for band in bands]


def _series(rows: Sequence[told.Row]) -> list[list[told.Row]]:
    """Totals that one body gives of one thing and place from one first day on, three or more, by their last day."""
    totals = [row for row in rows if row["basis"] == TOTAL and told.since(row) and told.since(row) < told.day_of(row)]
    made = told.grouped(totals, "period_start", "counted_by", "measure", "subject", "place")
    return [inside for (_, body, *_), inside in made.items() if len(inside) > 2 and body not in ("", UNKNOWN)]


def _not_drawn(rows: Sequence[told.Row]) -> list[str]:
    """Which rows have no place along time, and why, as sentences; in the table too."""
    why: dict[str, list[str]] = {}
    for row in rows:
        why.setdefault(_why_not(row), []).append(told.spoken(row))
        row["remark"] = "; ".join(filter(None, [row["remark"], f"not drawn, {_why_not(row)}"]))
    return [f"Not drawn, {reason}: {told.some_of(names, 8)}." for reason, names in why.items()]


def _span(rows: Sequence[told.Row]) -> str:
    return f"{told.count(rows)}, {words.period(rows[0]['period_end'], rows[-1]['period_end'])}"


# Places for a width ---------------------------------------------------------------------------------------------------


class Plot(NamedTuple):
    """A panel's plot: days across, numbers upwards, both in pixels; what is taken in it; where events are dotted."""

    time: Scale
    numbers: Scale
    taken: list[Box]
    dotted: list[Box]

    def x(self, day: datetime.date) -> float:
        """Where a day stands."""
        return self.time.at(day.toordinal())

    def ends(self, row: told.Row) -> tuple[float, float]:
        """How far down a row's low and its high end stand; one that is open stands where the other does."""
        known = [e for e in (row["low"], row["high"]) if math.isfinite(e)]
        return self.numbers.at(min(known)), self.numbers.at(max(known))

    def since(self, row: told.Row) -> float:
        """Where a row's period begins."""
        return self.x(told.since(row) or told.day_of(row))


class Look(NamedTuple):
    """How a panel looks: the ticks of its scale, its plot's height, whether it is one of many, and the
    first of all panels, which names events and bands, or the last, which has the calendar."""

    scale: tuple[float, ...]
    tall: float
    low: bool
    first: bool
    last: bool


def place(
    tracks: Sequence[Track], groups: dict[str, Group], events: Sequence, dashed: str, joined: str
) -> Callable[[Sheet], None]:
    """How the panels of a timeline are put on a sheet of any width."""
    days = [day for track in tracks for row in track.rows for day in (told.since(row), told.day_of(row)) if day]
    scales = shared([Panel(t.unit, [], [*t.bands, *_as_bands(t.rows)]) for t in tracks])
    scales, low = _by_unit(tracks, scales), len(tracks) not in TALL
    scales = [ticks(scale[0], scale[-1], 2) for scale in scales] if low else scales

    def put(sheet: Sheet) -> None:
        marks.key(sheet, list(groups.values()) if sheet.narrow or low else [], dashed, joined)
        left = 8 + widest([words.number(tick) for scale in scales for tick in scale], TICK)
        right = sheet.width - (8 if sheet.narrow or low else ASIDE + 18)
        time = Scale(left, right, _reach([*days, *(day for day, _ in events)]))
        tall = LOW if low else TALL[len(tracks)][sheet.narrow]
        for n, (track, scale) in enumerate(zip(tracks, scales, strict=True)):
            look = Look(scale, tall, low, not n, n == len(tracks) - 1)
            _track(sheet, track, groups, time, look, events)
            sheet.height += 14

    return put


def _as_bands(rows: Sequence[told.Row]) -> list[Band]:
    return [Band(row["low"], row["high"], "") for row in rows]


def _by_unit(tracks: Sequence[Track], scales: Sequence[tuple[float, ...]]) -> list[tuple[float, ...]]:
    """Panels in one unit share the scale of the tallest of them."""
    most = {}
    for track, scale in zip(tracks, scales, strict=True):
        most[track.unit] = max(most.get(track.unit, scale), scale, key=lambda s: (s[-1], len(s)))
    return [most[track.unit] for track in tracks]


def _reach(days: Sequence[datetime.date]) -> tuple[float, float]:
    """The first and the last day of the axis, with a little room."""
    first, last = (f(days, default=datetime.date(2000, 1, 1)).toordinal() for f in (min, max))
    room = max((last - first) * 0.03, 20)
    return first - room, last + room


def _track(sheet: Sheet, track: Track, groups: dict, time: Scale, look: Look, events: Sequence) -> None:
    heading = f"{track.heading}, {said_of(track.rows)}" if look.low else track.heading
    for part in wrapped(heading, sheet.width, 16, True):
        sheet.height += 21
        sheet.word(0, sheet.height - 5, part, 16, bold=True)
    high = any(told.open_ends(row)[1] and told.end_of(row) > 0.97 * look.scale[-1] for row in track.rows)
    top = sheet.height + 12 + 18 * (bool(events) and look.first) + 8 * high  # the arrow of an open end has its room
    plot = Plot(time, Scale(top + look.tall, top, look.scale), [], [])
    for band in track.bands:
        _band(sheet, plot, band)
    _axes(sheet, plot, look.last)
    _events(sheet, plot, events, look.first)
    series = _series(track.rows)
    for inside in series:
        _joined(sheet, plot, inside, groups.get(inside[0]["who"], COUNTER_NOT_NAMED))
    joined = {row["n"] for inside in series for row in inside}
    for row in track.rows:
        if row["n"] not in joined:
            _extent(sheet, plot, row, groups.get(row["who"], COUNTER_NOT_NAMED))
    for row in track.rows:
        _mark(sheet, plot, row, groups.get(row["who"], COUNTER_NOT_NAMED))
    for band in track.bands if look.first or not look.low else ():
        _named(sheet, plot, band)
    plot.taken.extend(_kept_clear(plot, track.bands))
    for row in _outstanding(track.rows) if look.low else _by_weight(track.rows):
        _labelled(sheet, plot, row)
    if not (sheet.narrow or look.low):
        _asides(sheet, plot, track, groups)
    sheet.height = top + look.tall + (28 if look.last else 4)


def _kept_clear(plot: Plot, bands: Sequence[Band]) -> Iterator[Box]:
    """Where no number stands: on the line that a thin band is, and on the two edges of another."""
    left, right = plot.time.start, plot.time.end
    for top, bottom in (_edges(plot, band) for band in bands):
        thin = bottom - top < 2 * marks.BAND
        yield from [(left, top, right, bottom)] if thin else [(left, y, right, y) for y in (top, bottom)]


def _edges(plot: Plot, band: Band) -> tuple[float, float]:
    """The top and the bottom of a band."""
    scale = plot.numbers
    bottom = scale.at(band.low) if math.isfinite(band.low) else scale.start
    top = scale.at(band.high) if math.isfinite(band.high) else scale.end
    thin = max(0.0, marks.BAND - (bottom - top)) / 2
    return top - thin, bottom + thin


def _band(sheet: Sheet, plot: Plot, band: Band) -> None:
    top, bottom = _edges(plot, band)
    marks.band(sheet, plot.time.start, top, plot.time.end, bottom, bool(band.of))


def _axes(sheet: Sheet, plot: Plot, dated: bool) -> None:
    left, right, base = plot.time.start, plot.time.end, plot.numbers.start
    for tick in plot.numbers.ticks:
        y = plot.numbers.at(tick)
        sheet.line([(left, y), (right, y)], "line" if tick else "soft")
        sheet.word(left - 8, y + 4.5, words.number(tick), TICK, role="soft", anchor="end")
    begins = list(_calendar(plot.time))
    places = [x for x, _, _ in begins]
    for x, _, _ in begins:
        sheet.line([(x, base), (x, base + 5)], "soft")
    names = [(min(max(x, left), right), min(until, right), name) for x, until, name in begins]
    middles = [(max(a, left) + b) / 2 for a, b, _ in names]
    texts = [name for *_, name in names]
    fitting = [n for n, (a, b, name) in enumerate(names) if b - a > length(name, TICK) * 0.8]
    for n in thinned([middles[k] for k in fitting], [texts[k] for k in fitting], TICK) if fitting and dated else []:
        sheet.word(middles[fitting[n]], base + 18, texts[fitting[n]], TICK, role="soft", anchor="middle")
    plot.taken.extend((x - 1, base, x + 1, base + 5) for x in places)


def _events(sheet: Sheet, plot: Plot, events: Sequence, told_here: bool) -> None:
    """A dotted line for each event, with its words above the first panel."""
    base, top = plot.numbers.start, plot.numbers.end - 6
    for day, text in events:
        x = plot.x(day)
        sheet.line([(x, top), (x, base)], "soft", dash=(2, 3))
        plot.dotted.append((x - 0.5, top, x + 0.5, base))
        wide = length(text, TICK) / 2
        if told_here:
            sheet.word(min(max(x, wide), sheet.width - wide), top - 6, text, TICK, role="soft", anchor="middle")


def _calendar(time: Scale) -> Iterator[tuple[float, float, str]]:
    """(where it begins, where it ends, name) of the years in a span; in a short one of the quarters or the months."""
    first, last = (math.floor(day) for day in (time.ticks[0], time.ticks[-1]))
    step = 12 if last - first > 900 else 3 if last - first > 270 else 1
    start = datetime.date.fromordinal(first)
    month = start.year * 12 + (start.month - 1) // step * step
    while (begin := datetime.date(month // 12, month % 12 + 1, 1)).toordinal() < last:
        month += step
        end = datetime.date(month // 12, month % 12 + 1, 1)
        name = f"{begin.year}" if step == 12 else words.date(f"{begin.year}-{begin.month:02}")
        x = time.at(begin.toordinal())
        if time.at(end.toordinal()) > time.start:
            yield max(x, time.start), time.at(end.toordinal()), name


def _joined(sheet: Sheet, plot: Plot, rows: Sequence[told.Row], group: Group) -> None:
    """The line from the first day of a body's totals to the first of them, and on from each to the next."""
    points = [(plot.x(told.day_of(row)), sum(plot.ends(row)) / 2) for row in rows]
    points = [(plot.since(rows[0]), points[0][1]), *points]
    sheet.line(points, group.role, 1.2)
    for (a, y), (b, z) in itertools.pairwise(points):
        steps = max(1, math.ceil(abs(z - y) / 4))  # a slope is as many small boxes
        at = [(a + (b - a) * n / steps, y + (z - y) * n / steps) for n in range(steps + 1)]
        plot.taken.extend((p, min(q, s) - 1, r, max(q, s) + 1) for (p, q), (r, s) in itertools.pairwise(at))


def _extent(sheet: Sheet, plot: Plot, row: told.Row, group: Group) -> None:
    """A row's period: a line at its number, or the lines of both its ends, joined where it begins."""
    a, b, (low, high) = plot.since(row), plot.x(told.day_of(row)), plot.ends(row)
    if b - a < 6:
        return
    dash = (4.0, 2.0) if row["derivation"] else ()
    path = [(b, low), (a, low), (a, high), (b, high)] if low - high > 1 else [(a, low), (b, low)]
    sheet.line(path, group.role, 1.2, dash=dash)
    plot.taken.extend((a, y - 1, b, y + 1) for y in {low, high})


def _mark(sheet: Sheet, plot: Plot, row: told.Row, group: Group) -> None:
    x, (low, high) = plot.x(told.day_of(row)), plot.ends(row)
    path = marks.upright(row, group, x, low, high)
    marks.put(sheet, row, group, path, (x, x), (low + high) / 2)
    below, above = told.open_ends(row)
    plot.taken.append((x - 6, high - (16 if above else 6), x + 6, low + (16 if below else 6)))


def _room(plot: Plot, box: Box, dotted: bool = True) -> bool:
    """Whether words can stand there: in the plot, and on nothing; dotted: nor across an event's line."""
    left, top, right, bottom = box
    inside = plot.time.start <= left and right <= plot.time.end and plot.numbers.end - 8 <= top
    return inside and bottom <= plot.numbers.start - 1 and clear(box, [*plot.taken, *plot.dotted * dotted])


def _put(sheet: Sheet, plot: Plot, tried: Sequence[Word]) -> bool:
    """Write the first of several words that has room; tells whether one had."""
    for word in tried:
        left, top, right, bottom = word.box
        if word.text and _room(plot, (left - 2, top, right + 2, bottom)):  # a space between two texts
            plot.taken.append(word.box)
            sheet.pieces.append(word)
            return True
    return False


def _named(sheet: Sheet, plot: Plot, band: Band) -> None:
    """The name of a band: in it if it is tall enough, else as near above or below it as nothing else stands."""
    top, bottom = _edges(plot, band)
    ys = [top + 16, bottom - 6] if bottom - top > 21 else [top - 5]
    ys += [y for step in range(16) for y in (top - 5 - 12 * step, bottom + 15 + 12 * step)]
    wide = length(band.text, BODY, not band.of)
    left, right = plot.time.start + 9, plot.time.end - wide - 9
    xs = [left + (right - left) * part / 8 for part in range(9)] if right > left else [left]
    look = {"text": band.text, "bold": not band.of, "role": "soft" if band.of else "ink", "struck": band.struck}
    tried = [Word(x, y, **look) for y in ys for x in xs]
    near = [word for word in tried if word.y >= top and word.y <= bottom] or tried
    put = next((w for w in near if _room(plot, w.box)), None)
    put = put or next((w for dotted in (True, False) for w in tried if _room(plot, w.box, dotted)), tried[0])
    plot.taken.append(put.box)
    inked = not band.of and top < put.y - put.size / 2 < bottom  # on the band itself no paper shines round letters
    sheet.pieces.append(put._replace(halo=not inked))
    above, below = top - put.y, put.y - put.size - bottom
    if max(above, below) > 8:  # a line leads from the words to what they name
        y = (put.y - 10, top) if above > 0 else (put.y, bottom)
        sheet.line([(put.x - 4, y[0]), (put.x - 4, y[1])], "ink", 1)


def _outstanding(rows: Sequence[told.Row]) -> list[told.Row]:
    """The rows of a low panel that have words: the changed, the greatest and the least, and those with a note."""
    ordered = sorted(rows, key=lambda row: (told.end_of(row), row["n"]))
    return [*(row for row in rows if row["changed"] or row["beside"]), ordered[-1], ordered[0]]


def _by_weight(rows: Sequence[told.Row]) -> list[told.Row]:
    """The rows in the order in which they get their words: the changed, the extremes of each who, then the rest."""
    first: list[told.Row] = [row for row in rows if row["changed"]]
    for inside in told.grouped(rows, "who").values():
        ordered = sorted(inside, key=lambda row: (told.end_of(row), row["n"]))
        first += [ordered[-1], ordered[0]]
    first += sorted(rows, key=lambda row: (-told.end_of(row), row["n"]))
    return list({row["n"]: row for row in first}.values())


def _labelled(sheet: Sheet, plot: Plot, row: told.Row) -> None:
    """The words beside a mark: its number and its label, or its number alone, or nothing, by the room there is."""
    x, (low, high) = plot.x(told.day_of(row)), plot.ends(row)
    number, _ = told.said_of(row)
    middle, struck = (low + high) / 2, bool(row["changed"])
    whole = f"{number} {row['beside']}" if len(row["beside"]) < 46 else number
    for text in dict.fromkeys((whole, number)):
        look = {"text": text, "size": TICK, "struck": struck, "halo": True}
        tried = [Word(x + 9, middle + 4.5, **look), Word(x - 9, middle + 4.5, anchor="end", **look)]
        if text == number:  # alone it may stand above its mark, or above and to one side
            above = [Word(x, high - 10, anchor="middle", **look), Word(x + 5, high - 10, anchor="end", **look)]
            tried += [*above, Word(x - 5, high - 10, **look)]
        tried.append(Word(x, low + 18, anchor="middle", **look))
        if _put(sheet, plot, tried):
            return


def _asides(sheet: Sheet, plot: Plot, track: Track, groups: dict[str, Group]) -> None:
    """Who counted, beside the plot, each near its marks: its sign, its name, from least to greatest."""
    named = told.grouped(track.rows, "who", "named")
    found = [(groups[who], name, inside) for (who, name), inside in named.items() if who in groups]
    middle = [sum(sum(plot.ends(r)) / 2 for r in inside) / len(inside) for *_, inside in found]
    order = sorted(range(len(found)), key=lambda n: middle[n])
    names = [balanced(found[n][1], ASIDE - 20, TICK + 0.5, True) for n in order]
    tall = [LINE * (len(name) + 1) + 12 for name in names]
    wanted = [middle[n] - t / 2 for n, t in zip(order, tall, strict=True)]
    tops = spread(wanted, tall, plot.numbers.end - 6, plot.numbers.start + 10)
    x = plot.time.end + 18
    for n, name, top in zip(order, names, tops, strict=True):
        group, _, inside = found[n]
        ink = {"fill": "paper", "stroke": group.role, "width": 2.6} if group.shape == "ring" else {"fill": group.role}
        sheet.shape(sign(group.shape, x + 6, top + 9), **ink)
        for k, part in enumerate(name):
            sheet.word(x + 20, top + 13.5 + LINE * k, part, TICK + 0.5, bold=True)
        said = f"{said_of(inside)}, {told.count(inside)}"
        sheet.word(x + 20, top + 13.5 + LINE * len(name), said, TICK + 0.5, role="soft")
