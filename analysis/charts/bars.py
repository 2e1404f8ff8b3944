"""Range bars: one row a figure, one panel a unit."""

import math

from ..schema import UNKNOWN
from . import told
from .marks import Scale, key, mark, room, tell
from .page import ARTICLE, EDGE, INK, MUTED, SMALL, TEXT, WIDTH, Page, length, plain, styled, words_at, wrapped

_ACROSS = WIDTH - 2 * EDGE


@styled
def ranges(frame, *, title, subtitle, label=None, group=None, scale="linear", case=None):
    """Range bars, one row a figure: a bar between the ends, a dot for a point, an arrow out of an open end.

    frame: n rows with figure_id, low, high (float; NaN an open end or unknown), unit, working, and what else of
    frames.COLUMNS there is; what is missing is taken from case by figure_id. title: the finding. subtitle: the measure
    and unit. label: a column or a function of a row; who said it, when, and what differs if None. group: a column or
    columns that give headings within a panel. scale: linear (zero shown) or log (the subtitle then says so).
    Returns a Figure with one Axes a unit: unlike units never share one. Raises ValueError for an empty frame.
    """
    group = [group] if isinstance(group, str) else list(group or [])
    differs = [c for c in told.WHAT if c not in group]
    rows = told.records(frame, case)
    log = scale == "log"
    page = Page(title, f"{told.stop(subtitle)} Each line of the scale is ten times the last." if log else subtitle)
    panels, said = told.grouped(rows, "unit"), []
    for (unit,), inside in panels.items():
        told.labelled(inside, label, told.who_and_when, differs)
        _panel(page, inside, unit, group, log)
        said.append((f"In {told.unit_name(unit)}: " if len(panels) > 1 else "") + told.summary(inside))
    key(page, rows)
    head = f"{told.stop(title)} Range bars, {told.count(rows)}; {told.stop(subtitle)}"
    alt = f"{head} {'. '.join(said)}.{told.qualities(rows)}"
    return page.finish(alt, told.source_line(rows, case), frame.copy(), case)


def _panel(page, rows, unit, group, log):
    """One unit's rows: the unit and the scale above, then each row's label over its bar."""
    y, placed = 0.5, []
    for heading, inside in told.grouped(rows, *group).items():
        if group:
            name = " · ".join(f"{c} {UNKNOWN}" if v == UNKNOWN else v for c, v in zip(group, heading, strict=True))
            placed.append((y + 0.24, [plain(name)], None))
            y += 0.34
        for row in inside:
            lines = wrapped(row["label"], _ACROSS, TEXT, row["article"])
            placed.append((y + 0.17, lines, row))
            y += 0.2 * len(lines) + 0.38
    axes = page.axes(y, unit=unit)
    scale = Scale(rows, _ACROSS, log, room)
    scale.dress(axes, 0.46, y - 0.06)
    across = axes.get_yaxis_transform()
    words_at(axes, 0, 0.18, told.unit_name(unit), SMALL, True, MUTED, transform=across)
    for at, lines, row in placed:
        bold, color = (True, MUTED) if row is None else (True, ARTICLE) if row["article"] else (False, INK)
        for n, line in enumerate(lines):
            words_at(axes, 0, at + 0.2 * n, line, bold=bold, color=color, transform=across)
        if row is not None:
            bar = at + 0.2 * len(lines)
            tell(axes, mark(axes, bar, row, scale), bar, row, scale)


NAMES = 1.75  # inches: the column of names beside short rows


@styled
def countries(frame, *, title, subtitle, top=20, case=None):
    """By-country ranges, the greatest first; how many are left out is announced.

    frame: rows of by_country.csv, one unit: figure_id, country, low, high, unit, source_id and so on. top: how many
    rows are drawn; the table beside the chart has them all.
    Returns a Figure with one Axes. Raises ValueError for an empty frame, or one that mixes units or series.
    """
    rows = told.labelled(told.records(frame, case), "country", None)
    for column in ("unit", "series"):
        if len(set(map(str, frame.get(column, [])))) > 1:
            raise ValueError(f"the rows differ in {column}: chart one {column} at a time")
    rows.sort(key=lambda row: -(told.end_of(row) or 0))
    drawn = rows[:top]
    left = (
        f"The {len(drawn)} greatest of {len(rows)} countries; the table has the others."
        if len(drawn) < len(rows)
        else ""
    )
    page = Page(title, " ".join(filter(None, [told.stop(subtitle), left])))
    names = [
        wrapped(row["label"], NAMES - 0.1, TEXT if length(row["label"], TEXT) < NAMES - 0.1 else SMALL) for row in drawn
    ]
    tall = [0.3 if len(lines) == 1 else 0.17 * len(lines) + 0.1 for lines in names]
    axes = page.axes(0.36 + math.fsum(tall), left=EDGE + NAMES, unit=rows[0]["unit"])
    scale = Scale(drawn, _ACROSS - NAMES, room=room)
    scale.dress(axes, 0.26, 0.36 + math.fsum(tall))
    for n, (row, lines) in enumerate(zip(drawn, names, strict=True)):
        y = 0.31 + math.fsum(tall[:n]) + tall[n] / 2
        for k, line in enumerate(lines):
            size = TEXT if len(lines) == 1 else SMALL
            at = -(length(line, size) + 0.12) / (_ACROSS - NAMES)
            down = y + 0.055 + 0.17 * (k - (len(lines) - 1) / 2)
            words_at(axes, at, down, line, size, transform=axes.get_yaxis_transform())
        tell(axes, mark(axes, y, row, scale), y, row, scale)
    key(page, drawn)
    head = " ".join(filter(None, [told.stop(title), "Range bars by country;", told.stop(subtitle), left]))
    alt = f"{head} {told.summary(rows)}.{told.qualities(rows)}"
    return page.finish(alt, told.source_line(rows, case), frame.copy(), case)
