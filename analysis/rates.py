"""Rates over time: totals over their days, and rates a day, a month or a year as one another.

Source: arithmetic on the rows given, and the calendar; nothing is estimated here.
"""

import re
from typing import NamedTuple

import numpy as np
import pandas as pd

from . import figure, interval, period, rows, working
from .period import Period
from .schema import ID, UNKNOWN

PER = ("day", "month", "year")
TOTAL = "total over the period"
DAYS = {"month": (28, 31), "year": (365, 366)}  # the shortest and the longest that a calendar has: no averages
_MONTHS = {"month": 1, "year": 12}
_PLAIN_ID = re.compile(f"(?:{ID}:)?{ID}")


def per_day(frame: pd.DataFrame) -> pd.DataFrame:
    """Totals over their days: every row that is a total becomes a rate a day over its own period.

    frame: n rows; low, high, unit, working, basis, period_start, period_end. Rows that are rates a day already are kept
    as they are; a rate a month or a year is spread over its days, as in rate. Returns the frame with RESULT replaced. A
    total whose period is unknown, or ends before it starts, comes out unknown, and its note says so; so does what is no
    total, and what was worked out from several rows. Both ends of a period are counted.

    >>> import analysis
    >>> case = analysis.load()
    >>> week = analysis.frames.frame(case, ["mod-sorties-2016-02-10-to-16"])
    >>> per_day(week)["working"].item()
    'mod-sorties-2016-02-10-to-16 / days(mod-sorties-2016-02-10-to-16)'
    """
    data = rows.blanked(rows.plain(frame, *rows.NEEDED, "basis", *rows.DATES))
    code, kinds, low, high = _spreads(data)
    low, high = interval.divide(data["low"].to_numpy(), data["high"].to_numpy(), low, high)
    unknown = np.array([not kind.template for kind in kinds])[code]
    low, high = np.where(unknown, np.nan, low), np.where(unknown, np.nan, high)
    nouns = rows.nouns(data)
    unit = rows.crossed(data["unit"], code, lambda u, n: nouns.over(u, kinds[n].over) if kinds[n].over else u)
    text = _filled(data["working"], code, [kind.template for kind in kinds])
    remarks = [*(kind.note for kind in kinds), rows.OPEN, figure.NO_WORKING]
    open_end = ~(np.isfinite(low) & np.isfinite(high)) & np.array([bool(kind.over) for kind in kinds])[code]
    said = np.where(open_end, len(kinds), code)
    said = np.where((data["working"] == "").to_numpy(), len(kinds) + 1, said)
    return rows.replaced(frame, low, high, unit, data.get("hedge", ""), text, rows.noted(data, said, remarks))


def rate(chosen: figure.Figure, per: str = "day") -> figure.Figure:
    """A figure per day, month or year, as a Figure.

    chosen: a Figure with a row. per: one of PER. A total is divided by the days of its own period. A month or a year
    is as long as those of the period, where that is whole months or years, else 28 to 31, 365 to 366 days. What is
    printed so stays as it is. What is no rate and no total over a known period comes out unknown, without a working,
    and a note says why. Raises ValueError for another per. Source: the row and the calendar.

    >>> import analysis
    >>> print(rate(analysis.load()["related-sorties"]))
    40.9–45.3 sorties/day
    """
    if per not in PER:
        raise ValueError(f"a rate per {per!r}: choose one of {', '.join(PER)}")
    unit = chosen.unit.rpartition("/")[2]
    if unit not in PER:
        note = _why_no_rate(chosen.row, per)
        if note:
            return figure.Figure(np.nan, np.nan, chosen.unit, "", chosen.hedges, chosen.row, (*chosen.notes, note))
        made, unit = chosen / figure.days(chosen), "day"
    else:
        made = chosen
    if unit == per:
        return made
    length = _length(chosen, *sorted((unit, per), key=PER.index))
    return made * length if PER.index(per) > PER.index(unit) else made / length


def _why_no_rate(row, per):
    basis = row.get("basis") or UNKNOWN
    if basis != TOTAL:
        return _no_total(basis, per)
    why = Period.of(row).why_unknown
    return f"{why}, so it has no rate per {per}" if why else ""


def _no_total(basis, per):
    return f"{basis}: not a total over a period, so it has no rate per {per}"


def _length(chosen, shorter, longer):
    """How many of the shorter are in one of the longer, as a Figure; of a known period those of its own calendar."""
    if shorter == "month":
        return figure.constant(_MONTHS[longer], "months/year")
    whole, rest = divmod(Period.of(chosen.row).months, _MONTHS[longer])
    return figure.days(chosen) / figure.constant(whole, f"{longer}s") if whole and not rest else _any_length(longer)


def _any_length(longer):
    return figure.hull(*(figure.constant(n, f"days/{longer}") for n in DAYS[longer]))


# Totals and rates over their days -----------------------------------------------------------------------------------


class _Kind(NamedTuple):
    """One way in which rows become rates: the working with \\n for the row's own, the unit it is over, or a note."""

    template: str = ""
    over: str = ""
    note: str = ""


def _spreads(data):
    """(the kind of each row as a code, the kinds, and the low and high ends of what each row is divided by)."""
    kinds, ones = [_Kind("\n")], np.ones(len(data))
    code, low, high = np.zeros(len(data), dtype="int64"), ones, ones.copy()
    last_noun = rows.each(data["unit"], lambda u: u.rpartition("/")[2])
    kept = (last_noun == "day").to_numpy()
    if kept.all():
        return code, kinds, low, high
    first, last = period.first_days(data["period_start"]), period.last_days(data["period_end"])
    days, printed = period.lengths(first, last), _plain_ids(data)

    def add(where, kind, length=None):
        if where.any():
            code[where] = len(kinds)
            kinds.append(kind)
            if length is not None:
                low[where], high[where] = (each[where] if isinstance(each, np.ndarray) else each for each in length)

    longer = {name: (last_noun == name).to_numpy() for name in DAYS}
    totals = ~(kept | longer["month"] | longer["year"])
    _add_totals(data, add, totals, printed, (first, last, days))
    for name, where in longer.items():
        _add_longer(add, where, name, printed, (first, last, days))
    return code, kinds, low, high


def _add_totals(data, add, rest, printed, when):
    """Rows in another unit than a rate's: totals over a known period, and why the others have no rate."""
    first, last, days = when
    add(rest & ~printed, _Kind(note=_no_total("worked out from several rows", "day")))
    rest = rest & printed
    for basis in data["basis"][rest].unique() if rest.any() else ():
        of = rest & (data["basis"] == basis).to_numpy()
        if basis != TOTAL:
            add(of, _Kind(note=_no_total(basis or UNKNOWN, "day")))
            continue
        known = ~np.isnan(days)
        no_order = of & (last < first)
        add(of & known, _Kind(figure.composed("\n", "/", "days(\n)"), "days"), (days, days))
        for where, why in ((no_order, period.REVERSED), (of & ~known & ~no_order, period.IS_UNKNOWN)):
            add(where, _Kind(note=f"{why}, so it has no rate per day"))


def _add_longer(add, where, name, printed, when):
    """Rates a month or a year: spread over the days of their own whole months or years, else of any."""
    if not where.any():
        return
    first, last, days = when
    whole, rest = np.divmod(period.whole_months(first, last), _MONTHS[name])
    own = where & printed & (whole > 0) & (rest == 0)
    for n in np.unique(whole[own]):
        length = figure.composed("days(\n)", "/", figure.constant(int(n), f"{name}s").working)
        add(own & (whole == n), _Kind(figure.composed("\n", "/", length), f"days/{name}"), (days / n, days / n))
    length = _any_length(name)
    add(where & ~own, _Kind(figure.composed("\n", "/", length.working), length.unit), (length.low, length.high))


def _plain_ids(data):
    """Which rows' working is a figure_id, and no more: what a source prints, or the case has a row for."""
    if "figure_id" in data and (data["figure_id"] == data["working"]).all():
        return (data["working"] != "").to_numpy()
    return data["working"].str.fullmatch(_PLAIN_ID).to_numpy(dtype="bool")


def _filled(column, code, templates):
    """Each row's template with its working in it; a working that the template would tear apart in brackets."""
    parts = [template.split("\n") for template in templates]
    spaced = column.str.contains(" ", regex=False).to_numpy(dtype="bool")
    if spaced.any():
        torn = spaced & np.array([len(p) > 1 and p[1].startswith(" / ") for p in parts])[code]
        column = column.mask(torn, [working.wrap(text, "/") if t else "" for text, t in zip(column, torn, strict=True)])
    alike = len(code) > 0 and (code == code[0]).all()
    texts = pd.Series("", column.index, dtype="str")
    for n in range(max(map(len, parts))):
        if n:
            there = np.array([len(p) > n for p in parts])[code]
            texts = texts + (column if there.all() else column.where(there, ""))
        ends = [p[n] if len(p) > n else "" for p in parts]
        if any(ends):
            texts = texts + (ends[code[0]] if alike else pd.Series(rows.taken(ends, code), column.index))
    return texts
