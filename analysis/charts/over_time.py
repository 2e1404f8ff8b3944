"""Ranges over time. Time runs down the page, so that every number can carry its label, on a phone too."""

import datetime
import math
from collections.abc import Sequence

import pandas as pd

from .. import words
from ..period import Period
from ..schema import UNKNOWN
from . import told
from .chart import Chart, drawing, finished
from .marks import ARROW, PALE, Scale, color_of, key, mark
from .page import (
    ARTICLE,
    EDGE,
    FAINT,
    INK,
    MUTED,
    RULE,
    SMALL,
    TEXT,
    WIDTH,
    Page,
    box_on,
    length,
    line_on,
    words_at,
    wrapped,
)

YEARS, PLOT, LEAD = 0.74, 2.1, 0.3  # inches: the column of years, the plot, the leader; the labels have the rest
TOP = 0.36  # inches from a panel's top to where its plot begins


@drawing
def timeline(
    frame: pd.DataFrame, *, title: str, subtitle: str, panels: str = "basis", label: told.Label = None
) -> Chart:
    """Ranges over time, time running down the page: one panel for each kind of number and each unit.

    frame: n rows as for ranges, with period_start and period_end (dates as in the tables, or timestamps; start and end
    will do) and the column named by panels (`basis`: what was present at a time stands apart from what had added up by
    then). A row stands at the end of its period, which is drawn as the mark's extent along time. Panels in one unit
    share a scale. A number of the article without a date is a line down its panel; other rows that have no date, and
    rows whose period ends before it begins, are named under the chart. label: as for ranges; the body if None.
    Returns a Chart with one Axes a panel. Raises ValueError where a column is missing or an end is no number. Reads
    well up to some 25 rows a panel. Source: the rows; nothing is worked out here.

    >>> from analysis import charts
    >>> rows = pd.DataFrame({"low": [2, 4, 9], "high": [3, 4, 9], "unit": "buses", "said_by": ["Ann", "Bo", "Cy"],
    ...                      "period_end": ["2015-03", "2016-01-01", "unknown"]})
    >>> charts.timeline(rows, title="Few buses", subtitle="Buses")
    Few buses. Timeline; Buses. ... Not drawn, for want of a date: Cy (9 buses).
    """
    rows = told.labelled(told.records(frame), label, told.body, ("measure", "place"))
    if panels != "basis":  # by default, a frame without it gets no panels of it
        told.there(rows, panels)
    dated = sorted((r for r in rows if told.day_of(r) and not _backward(r)), key=told.day_of)
    page = Page(title, f"{told.stop(subtitle)} Time runs down the page.")
    said, left = [], [r for r in rows if not any(r is d for d in dated)]
    for (name, unit), inside in told.grouped(dated, panels, "unit").items():
        standing = [r for r in left if (r[panels], r["unit"]) == (name, unit) and _stands(r)]
        left = [r for r in left if not any(r is s for s in standing)]
        same = [r for r in rows if r["unit"] == unit]
        _panel(page, inside, standing, told.capital(", ".join(filter(None, [name, told.unit_name(unit)]))), same)
        said.append(told.capital(f"{name or unit}: {_span(inside)}; {told.summary([*inside, *standing])}."))
    note = _not_drawn(page, left)
    key(page, rows, any(_lasts(r) for r in dated))
    head = [told.stop(title), f"Timeline; {told.stop(subtitle)}", *said, note]
    return finished(page, " ".join(filter(None, head)) + told.qualities(rows), rows, frame)


def _stands(row: told.Row) -> bool:
    """Whether a row without a date stands as a line down its panel: the article's, where its number is known."""
    return row["article"] and not told.day_of(row) and told.end_of(row) is not None


def _backward(row: told.Row) -> bool:
    """Whether a row's period ends before it begins."""
    return bool(told.since(row) and told.day_of(row) and told.day_of(row) < told.since(row))


def _not_drawn(page: Page, rows: Sequence[told.Row]) -> str:
    """Say which rows have no place along time, and why; in the table too."""
    why = {"for want of a date": [], "for its period ends before it begins": []}
    for row in rows:
        reason = "for its period ends before it begins" if _backward(row) else "for want of a date"
        why[reason].append(told.spoken(row))
        row["remark"] = "; ".join(filter(None, [row["remark"], f"not drawn, {reason}"]))
    said = [f"Not drawn, {reason}: {told.some_of(names, 8)}." for reason, names in why.items() if names]
    if said:
        page.write(" ".join(said), size=SMALL, color=MUTED)
    return " ".join(said)


def _lasts(row):
    """Whether a row counts over more than one known day or month, or is dated by its year alone."""
    several = row["period_start"] not in ("", UNKNOWN, row["period_end"]) or len(row["period_end"]) == len("2017")
    return several and told.end_of(row) is not None


def _span(rows):
    return f"{told.count(rows)}, {words.period(rows[0]['period_end'], rows[-1]['period_end'])}"


class _Time:
    """Days down a panel, in inches; the first day is at the top, the last at the bottom."""

    def __init__(self, days, top, bottom):
        self.first, self.last, self.top = days[0], max(days[-1], days[0] + 31), top
        self.inch = (bottom - top) / (self.last - self.first)

    def down(self, day):
        return self.top + (day - self.first) * self.inch

    def months(self):
        """The days on which a year (in a short span a quarter or a month) begins, each with its name."""
        start, end = (datetime.date.fromordinal(d).year for d in (self.first, self.last))
        step = 12 if self.last - self.first > 500 else 3 if self.last - self.first > 120 else 1
        for m in range(start * 12, end * 12 + 12, step):
            day = datetime.date(m // 12, m % 12 + 1, 1)
            if self.first <= day.toordinal() <= self.last:
                yield day.toordinal(), f"{day.year}" if step == 12 else f"{day.year}-{day.month:02}"


def _panel(page, rows, standing, heading, same):
    """One kind of number over time; standing rows are the article's, without a date: lines down the panel."""
    page.y += 0.1
    page.write(heading, bold=True, color=MUTED)
    both = [*standing, *rows]
    notes = [_note(row, WIDTH - YEARS - PLOT - 2 * EDGE - LEAD) for row in both]
    tall = [0.19 * len(lines) + 0.32 for _, _, lines in notes]
    days = [told.day_of(r).toordinal() for r in rows]
    height = TOP + 0.3 + max(math.fsum(tall) - 0.3, min(6.0, 0.75 * (days[-1] - days[0]) / 365))
    axes = page.axes(height, left=EDGE + YEARS, right=WIDTH - EDGE - YEARS - PLOT, unit=rows[0]["unit"])
    scale = Scale(same, PLOT, room=lambda row: ARROW + 0.1 if told.open_ends(row)[1] else 0.1)
    scale.dress(axes, TOP - 0.04, height, ticks=3)
    time = _Time(days, TOP + 0.11 + 0.2 * bool(standing), height - 0.1)
    for day, name in time.months():
        words_at(axes, scale.value(-YEARS), time.down(day) + 0.05, name, SMALL, color=MUTED)
        line_on(axes, [scale.value(-0.08), scale.value(PLOT)], [time.down(day)] * 2, lw=0.8, color=FAINT, clip_on=False)
    heights = [TOP] * len(standing) + [time.down(day) for day in days]
    for row, y, note, top in zip(both, heights, notes, _spread(heights, tall, TOP - 0.04, height), strict=True):
        right = _mark(axes, row, y, scale, time) if told.day_of(row) else _stand(axes, row, height)
        _lead(axes, row, (scale.place(right) + 0.08, y, top), note)


def _mark(axes, row, y, scale, time):
    """A row's number at the end of its period, the period as a pale band above it."""
    if _lasts(row):
        begin = told.since(row) or Period(row["period_end"]).first
        start = max(time.down(begin.toordinal()), TOP)
        ends = [scale.place(e) for e in (row["low"], row["high"]) if math.isfinite(e)]
        left, right = scale.value(min(ends) - 0.035), scale.value(max(ends) + 0.035)
        box_on(axes, left, start, right - left, y - start, color=color_of(row), alpha=PALE, lw=0, zorder=2)
    return mark(axes, y, row, scale)


def _stand(axes, row, height):
    """The article's number without a date: a line down the panel at each end."""
    ends = sorted({e for e in (row["low"], row["high"]) if math.isfinite(e)})
    for end in ends:
        line_on(axes, [end, end], [TOP, height], lw=1.6, ls=(0, (4, 2)), color=ARTICLE, zorder=2)
    return ends[-1]


def _note(row, wide):
    """A mark's label: its number, how it is hedged, and lines that say whose it is and of when."""
    number, aside = told.said_of(row)
    day = words.date(row["period_end"][:7]) if told.day_of(row) else "no date given"
    fits = length(number, TEXT, True) + length(f"  {aside}", SMALL) < wide
    below = f"{row['label']}, {day}" if fits else f"{row['label']}, {day} ({aside})"
    return number, aside if fits else "", wrapped(below, wide, SMALL)


def _lead(axes, row, way, note):
    """A fine line from a mark to its label, and the label."""
    across, (start, y, top), (number, aside, below) = axes.get_yaxis_transform(), way, note
    xs = [min(start / PLOT, 1), 1.0, 1 + (LEAD - 0.1) / PLOT, 1 + (LEAD - 0.04) / PLOT]
    heights = [y, y, top + 0.1, top + 0.1]
    line_on(axes, xs, heights, transform=across, lw=0.7, color=RULE, zorder=2, clip_on=False)
    left = 1 + LEAD / PLOT
    color = ARTICLE if row["article"] else INK
    words_at(axes, left, top + 0.15, number, bold=True, color=color, transform=across, struck=row["changed"])
    if aside:
        beside = left + (length(number, TEXT, True) + 0.09) / PLOT
        words_at(axes, beside, top + 0.15, aside, SMALL, color=MUTED, transform=across)
    for n, line in enumerate(below, start=1):
        color = ARTICLE if row["article"] else MUTED
        words_at(axes, left, top + 0.15 + 0.19 * n, line, SMALL, color=color, transform=across)


def _spread(wanted, tall, top, bottom):
    """Tops for labels of those heights, in order and apart, each as near to where it is wanted as can be.

    Least squares under order constraints: pool adjacent violators (Barlow and others 1972).
    """
    before = [math.fsum(tall[:n]) for n in range(len(tall))]
    pools = []
    for y, used in zip(wanted, before, strict=True):
        pools.append((y - 0.1 - used, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (b, m), (a, n) = pools.pop(), pools.pop()
            pools.append(((a * n + b * m) / (n + m), n + m))
    level = [min(max(value, top), bottom - math.fsum(tall)) for value, n in pools for _ in range(n)]
    return [value + used for value, used in zip(level, before, strict=True)]
