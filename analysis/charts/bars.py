"""Range bars: one row a figure, one panel a unit."""

import math
from collections.abc import Sequence

import pandas as pd

from ..schema import UNKNOWN
from . import told
from .chart import Chart, drawing, finished
from .marks import Scale, key, mark, room, series_key, tell
from .page import ARTICLE, EDGE, INK, MUTED, SMALL, TEXT, WIDTH, Page, length, plain, words_at, wrapped

_ACROSS = WIDTH - 2 * EDGE


@drawing
def ranges(
    frame: pd.DataFrame,
    *,
    title: str,
    subtitle: str,
    label: told.Label = None,
    group: str | Sequence[str] | None = None,
    scale: str = "linear",
) -> Chart:
    """Range bars, one row a figure: a bar between the ends, a dot for a point, an arrow out of an open end.

    frame: n rows with low, high (float; NaN an open end or unknown), unit, and what else of frames.COLUMNS there is.
    title: the finding. subtitle: the measure and unit. label: a column or a function of a row; who said it, when, and
    what differs if None. group: a column or columns that give headings within a panel. scale: linear (zero shown) or
    log (the subtitle then says so, and what is zero or less is named as not drawn).
    Returns a Chart with one Axes a unit: unlike units never share one. Raises ValueError where a column is missing, an
    end is no number, or scale is another word. Source: the rows; nothing is worked out here.

    >>> from analysis import charts
    >>> rows = pd.DataFrame({"low": [2, 70], "high": [5, 120], "unit": "buses/day", "said_by": ["Ann", "Bo"]})
    >>> charts.ranges(rows, title="Bo counts more", subtitle="Buses a day")
    Bo counts more. Range bars, 2 numbers; Buses a day. least Ann (2–5 buses/day), greatest Bo (70–120 buses/day).
    """
    if scale not in ("linear", "log"):
        raise ValueError(f"scale {scale!r}: choose linear or log")
    group = [group] if isinstance(group, str) else list(group or [])
    rows, log, said = told.records(frame), scale == "log", []
    told.there(rows, *group)
    page = Page(title, f"{told.stop(subtitle)} Each line of the scale is ten times the last." if log else subtitle)
    panels = told.grouped(rows, "unit")
    for (unit,), inside in panels.items():
        told.labelled(inside, label, told.who_and_when, [c for c in told.WHAT if c not in group])
        _panel(page, inside, unit, group, log)
        said.append((f"In {told.unit_name(unit)}: " if len(panels) > 1 else "") + told.summary(inside))
    note = _off_the_scale(page, rows) if log else ""
    key(page, rows)
    head = f"{told.stop(title)} Range bars, {told.count(rows)}; {told.stop(subtitle)}"
    return finished(page, f"{head} {'. '.join(said)}.{told.qualities(rows)}{note}", rows, frame)


def _off_the_scale(page: Page, rows: Sequence[told.Row]) -> str:
    """Say which rows have an end that no power of ten reaches; nothing where none has."""
    off = [row for row in rows if any(math.isfinite(e) and e <= 0 for e in (row["low"], row["high"]))]
    if not off:
        return ""
    note = f"Not drawn down to its end, for this scale has no zero: {'; '.join(map(told.spoken, off))}."
    page.write(note, size=SMALL, color=MUTED)
    for row in off:
        row["remark"] = "; ".join(filter(None, [row["remark"], "not drawn down to its end"]))
    return f" {note}"


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


@drawing
def countries(
    frame: pd.DataFrame, *, title: str, subtitle: str, top: int = 20, label: str = "country", series: str | None = None
) -> Chart:
    """By-country ranges, the greatest first; how many are left out is announced.

    frame: rows in one unit: country, low, high, unit, and so on, as frames.by_country gives them. top: how many
    countries are drawn; the table beside the chart has them all. label: the column that names a row. series: a column
    of two values, such as `series` or `said_by`: the two stand side by side, a line a country, each with a mark and a
    number of its own, and where one has no row that is said. Countries are ordered by the greater of the two.
    Returns a Chart with one Axes. Raises ValueError for a frame that mixes units, more series than are asked for, or
    several rows for one country of one series. Source: the rows; nothing is worked out here.

    >>> from analysis import charts
    >>> rows = pd.DataFrame({"country": ["Ab", "Ab", "Cd"], "low": [7, 9, 4], "high": [7, 9, 4], "unit": "people",
    ...                      "said_by": ["Ann", "Bo", "Ann"]})
    >>> charts.countries(rows, title="Two counts", subtitle="People", series="said_by")
    Two counts. Range bars by country, Ann beside Bo; People. ...
    """
    rows = told.labelled(told.records(frame), label, told.who)
    names = _named_series(rows, series)
    lines = list(told.grouped(rows, "label").values()) if series else [[row] for row in rows]
    lines.sort(key=lambda line: -max(told.end_of(row) or 0 for row in line))
    drawn = lines[:top]
    left = f"The {len(drawn)} greatest of {len(lines)} countries; the table has the others." * (len(drawn) < len(lines))
    page = Page(title, " ".join(filter(None, [told.stop(subtitle), left])))
    if series:
        series_key(page, names)
    _lines(page, drawn, names)
    key(page, [row for line in drawn for row in line])
    kind = f"Range bars by country, {' beside '.join(names)};" if series else "Range bars by country;"
    head = " ".join(filter(None, [told.stop(title), kind, told.stop(subtitle), left]))
    said = [
        (f"{name}: " if series else "") + told.summary(inside) for (name,), inside in told.grouped(rows, "of").items()
    ]
    return finished(page, f"{head} {'. '.join(said)}.{told.qualities(rows)}{_absent(lines, names)}", rows, frame)


def _named_series(rows: Sequence[told.Row], series: str | None) -> list[str]:
    """The names of the series that the rows belong to, in order; each row learns its own, and whether it is the second.

    ValueError where the rows mix units, are of more series than are drawn, or several stand for one country of one.
    """
    _few(rows, "unit", 1, "")
    _few(
        rows, series or "series", 2 if series else 1, "" if series else ", or give series='series' for two side by side"
    )
    names = list(dict.fromkeys(str(row[series]) for row in rows)) if series else [""]
    for row in rows:
        row["of"] = str(row[series]) if series else ""
        row["second"] = row["of"] != names[0]
    for (country, name), same in told.grouped(rows, "label", "of").items() if series else ():
        if len(same) > 1:
            raise ValueError(f"{country} has {len(same)} rows in {series} {name}: keep one")
    return names


def _few(rows: Sequence[told.Row], column: str, most: int, hint: str) -> None:
    found = list(dict.fromkeys(str(row[column]) for row in rows))
    if len(found) > most:
        wanted = "one" if most == 1 else "two"
        raise ValueError(f"the rows differ in {column} ({told.some_of(found)}): keep {wanted}{hint}")


def _absent(lines: Sequence[Sequence[told.Row]], names: Sequence[str]) -> str:
    """Which countries one of two series has no row for, as sentences."""
    without = {name: [line[0]["label"] for line in lines if name not in {r["of"] for r in line}] for name in names}
    return "".join(f" Not in {name}: {told.some_of(who, 12)}." for name, who in without.items() if who)


def _lines(page: Page, lines: Sequence[Sequence[told.Row]], names: Sequence[str]) -> None:
    """A line a country: the name on the left, then its mark and number, or both series' one below the other."""
    texts = [_fitting(line[0]["label"]) for line in lines]
    tall = [0.3 if len(text) == 1 else 0.17 * len(text) + 0.1 for text in texts]
    tall = [max(t, 0.22 * len(names) + 0.08) for t in tall]
    axes = page.axes(0.36 + math.fsum(tall), left=EDGE + NAMES, unit=lines[0][0]["unit"])
    scale = Scale([row for line in lines for row in line], _ACROSS - NAMES, room=room)
    scale.dress(axes, 0.26, 0.36 + math.fsum(tall))
    for n, (line, text) in enumerate(zip(lines, texts, strict=True)):
        y = 0.31 + math.fsum(tall[:n]) + tall[n] / 2
        _name(axes, text, y)
        found = {row["of"]: row for row in line}
        for k, name in enumerate(names):
            at = y + 0.22 * (k - (len(names) - 1) / 2)
            if name in found:
                tell(axes, mark(axes, at, found[name], scale), at, found[name], scale)
            else:
                words_at(axes, scale.value(0.02), at + 0.055, f"not in {name}", SMALL, color=MUTED)


def _fitting(name: str) -> tuple[str, ...]:
    """A name as lines that fit the column of names, smaller where they would not."""
    return wrapped(name, NAMES - 0.1, TEXT if length(name, TEXT) < NAMES - 0.1 else SMALL)


def _name(axes, text: Sequence[str], y: float) -> None:
    """A name left of the scale, its lines ending there."""
    size = TEXT if len(text) == 1 else SMALL
    for k, line in enumerate(text):
        at = -(length(line, size) + 0.12) / (_ACROSS - NAMES)
        words_at(
            axes, at, y + 0.055 + 0.17 * (k - (len(text) - 1) / 2), line, size, transform=axes.get_yaxis_transform()
        )
