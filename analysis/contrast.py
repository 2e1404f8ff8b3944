"""Set figures against one another: ratios, differences, shares, per-day rates, overlaps. Frames in, frames out.

Every function returns the frame that it was given with low, high, unit, hedge, working and note replaced: all other
columns, the index and the order stay, and the input is left unchanged. `working` recomputes the row by itself
(Case.evaluate), `note` says what interval arithmetic could not settle; nothing is rounded. A frame read back from a
file will do. A row without a working, or of another case than the base, comes out unknown, and its note says so.
Figures and frames give the same numbers for the same working. A missing column, one that stands twice or in the index
raises ValueError, which names it and the remedy. Source: arithmetic on the rows given; nothing is estimated here.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from . import figure, interval, period, rows, working
from .case import UnknownFigure
from .period import Period
from .schema import ID, UNKNOWN

PER = ("day", "month", "year")
RESULT = ("low", "high", "unit", "hedge", "working", "note")  # the columns that every function here replaces
TOTAL = "total over the period"
_DAYS = {"month": (28, 31), "year": (365, 366)}  # the shortest and the longest that a calendar has: no averages
_MONTHS = {"month": 1, "year": 12}
_NEEDED = ("low", "high", "unit", "working")
_PLAIN_ID = re.compile(f"(?:{ID}:)?{ID}")


def ratios(frame: pd.DataFrame, base: "str | figure.Figure") -> pd.DataFrame:
    """Divide every figure by one of them, the base.

    frame: n rows; low, high (float), unit, working, and figure_id where the base is given by it. base: the figure_id
    that becomes 1, or a Figure. Returns the frame with RESULT replaced; the unit of like by like is `1`, of unlike
    `sorties/strike`. Raises UnknownFigure, a KeyError, if base is not in the frame.

    >>> import analysis
    >>> ratios(analysis.strike_rates().head(2), "lede-coalition-strikes")[["figure_id", "low", "high", "unit"]]
                    figure_id   low  high unit
    0     lede-russia-strikes  14.0  60.0    1
    1  lede-coalition-strikes   1.0   1.0    1
    """
    data, b, nouns = _operands(frame, base)
    low, high = interval.divide(data["low"].to_numpy(), data["high"].to_numpy(), b.low, b.high)
    unit = _each(data["unit"], lambda u: nouns.over(u, b.unit))
    return _result(frame, data, *_itself(data, low, high, "/", b), unit, "/", b)


def differences(frame: pd.DataFrame, base: "str | figure.Figure") -> pd.DataFrame:
    """Take one figure, the base, from every figure.

    frame, base: as for ratios. Returns the frame with RESULT replaced, in the common unit. Raises UnknownFigure;
    UnitError where a unit differs.

    >>> import analysis
    >>> differences(analysis.fighter_counts().head(1), analysis.load()["lede-mercenaries"])[["low", "unit", "working"]]
           low      unit                          working
    0  50000.0  fighters  lede-fighters - lede-mercenaries
    """
    data, b, nouns = _operands(frame, base)
    unit = _each(data["unit"], lambda u: nouns.same(u, b.unit, "subtract", ("a row", b.working)))
    low, high = interval.subtract(data["low"].to_numpy(), data["high"].to_numpy(), b.low, b.high)
    return _result(frame, data, *_itself(data, low, high, "-", b), unit, "-", b)


def shares(frame: pd.DataFrame, whole: "str | figure.Figure") -> pd.DataFrame:
    """Every figure as a share of one of them, the whole: ratios that refuse unlike units.

    frame: as for ratios. whole: a figure_id or a Figure in the same unit. Returns the frame with RESULT replaced, in
    unit `1`. Raises as differences does. Whether the parts belong to the whole (the same people, place and day) is for
    the reader to judge; analysis.pairs finds the whole of each part by speaker, place and date.

    >>> import analysis
    >>> shares(analysis.fighter_counts().head(2), "lede-fighters")["low"].tolist()
    [1.0, 0.375]
    """
    data, b, nouns = _operands(frame, whole)
    _each(data["unit"], lambda u: nouns.same(u, b.unit, "take a share of", ("a row", b.working)))
    return ratios(frame, whole)


def overlap(frame: pd.DataFrame, base: "str | figure.Figure") -> pd.DataFrame:
    """What each figure's range has in common with that of one of them, the base.

    frame, base: as for ratios. Returns the frame with RESULT replaced, in the common unit; both ends NaN where the two
    have nothing in common or one of them is unknown, and the note says which. Raises as differences does.

    >>> import analysis
    >>> case = analysis.load()
    >>> overlap(analysis.strike_rates(case).head(1), case["quote-russia-strikes"])["working"].tolist()
    ['overlap(lede-russia-strikes, quote-russia-strikes)']
    """
    data, b, nouns = _operands(frame, base)
    unit = _each(data["unit"], lambda u: nouns.same(u, b.unit, "take the overlap of", ("a row", b.working)))
    low, high = interval.overlap(data["low"].to_numpy(), data["high"].to_numpy(), b.low, b.high)
    return _result(frame, data, low, high, unit, "overlap", b)


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
    data = _blanked(rows.plain(frame, *_NEEDED, "basis", *rows.DATES))
    code, kinds, low, high = _spreads(data)
    low, high = interval.divide(data["low"].to_numpy(), data["high"].to_numpy(), low, high)
    unknown = np.array([not kind.template for kind in kinds])[code]
    low, high = np.where(unknown, np.nan, low), np.where(unknown, np.nan, high)
    nouns = rows.nouns(data)
    unit = _crossed(data["unit"], code, lambda u, n: nouns.over(u, kinds[n].over) if kinds[n].over else u)
    text = _filled(data["working"], code, [kind.template for kind in kinds])
    remarks = [*(kind.note for kind in kinds), _OPEN, figure.NO_WORKING]
    open_end = ~(np.isfinite(low) & np.isfinite(high)) & np.array([bool(kind.over) for kind in kinds])[code]
    said = np.where(open_end, len(kinds), code)
    said = np.where((data["working"] == "").to_numpy(), len(kinds) + 1, said)
    return _replaced(frame, data, low, high, unit, data.get("hedge", ""), text, _noted(data, said, remarks))


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
    return figure.hull(*(figure.constant(n, f"days/{longer}") for n in _DAYS[longer]))


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
    last_noun = _each(data["unit"], lambda u: u.rpartition("/")[2])
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

    longer = {name: (last_noun == name).to_numpy() for name in _DAYS}
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
            texts = texts + (ends[code[0]] if alike else pd.Series(_taken(ends, code), column.index))
    return texts


# Rows ---------------------------------------------------------------------------------------------------------------

_OPEN = "an open end leaves this end open"


def _operands(frame, base):
    """(the frame in plain types, the base as a Figure, the nouns for their units)."""
    data = rows.plain(frame, *_NEEDED, *(["figure_id"] if isinstance(base, str) else []))
    if isinstance(base, figure.Figure):
        b = base if base.working else replace(base, low=np.nan, high=np.nan)
    else:
        b = _of_frame(data, base)
    return _blanked(data, getattr(b.case, "name", b.row.get("case", ""))), b, b.nouns if b.case else rows.nouns(data)


def _of_frame(data, base):
    """The row of that figure_id as a Figure."""
    if not isinstance(base, str):
        raise TypeError(f"a base is a figure_id or a Figure, not a {type(base).__name__}")
    found = data[data["figure_id"] == base]
    if found.empty:
        there = ", ".join(data["figure_id"][:12])
        raise UnknownFigure(f"{base!r} is not in the frame; its figure_ids are {there}. A Figure will do too: case[id]")
    if len(found[[c for c in (*_NEEDED, "case") if c in found]].drop_duplicates()) > 1:
        raise UnknownFigure(f"{base!r} names rows that differ, such as those of two cases; give a Figure as the base")
    return next(rows.figures(_blanked(found)))


def _blanked(data, name=""):
    """The rows, those unknown that nothing could recompute: without a working, or of another case than the base's."""
    if name and "case" in data:
        other = ((data["case"] != name) & (data["case"] != "")).to_numpy()
        if other.any():
            note = _noted(data, other.astype("int64"), ["", f"of another case than {name}, and a working is of one"])
            data = data.assign(working=data["working"].mask(other, ""), note=note)
    blank = (data["working"] == "").to_numpy()
    if not blank.any():
        return data
    return data.assign(**{c: np.where(blank, np.nan, data[c]) for c in rows.ENDS})


# Results ------------------------------------------------------------------------------------------------------------


def _itself(data, low, high, operator, base):
    """The ends, where a row is the base itself as figure.of_itself has them. A row of another case has other ends."""
    value = figure.of_itself(operator, base)
    here = (data["working"] == base.working).to_numpy(dtype="bool")
    if value is None or not base.working or not here.any():
        return low, high
    for column, end in (("low", base.low), ("high", base.high)):
        here = here & ((data[column] == end) | (data[column].isna() & np.isnan(end))).to_numpy()
    return np.where(here, value, low), np.where(here, value, high)


def _result(frame, data, low, high, unit, operator, base):
    hedge = data["hedge"] if "hedge" in data else pd.Series("", data.index, dtype="str")
    if base.hedges:
        hedge = _each(hedge, lambda h: ";".join(dict.fromkeys([*filter(None, h.split(";")), *base.hedges])))
    text = _composed(data["working"], operator, base.working)
    note = _noted(data, *_remarks(data, text, low, high, operator, base), base.notes)
    return _replaced(frame, data, low, high, unit, hedge, text, note)


def _replaced(frame, data, *result):
    """The frame with RESULT replaced; where it had no such column, behind the others."""
    texts = [r.array if isinstance(r, pd.Series) else r for r in result]
    return frame.assign(**dict(zip(RESULT, texts, strict=True)))


def _composed(column, operator, base):
    """The working of each row with the base: figure.composed, at no cost a row where no row needs more than joining."""
    blank = (column == "").any()
    if not base or blank or (operator not in figure.FUNCTIONS and column.str.contains(" ", regex=False).any()):
        made = [figure.composed(text, operator, base) for text in column]
        return pd.Series(made, column.index, dtype="str")
    before, after = figure.composed("\n", operator, base).split("\n")
    return before + column + after if before else column + after


def _remarks(data, text, low, high, operator, base):
    """(a code for each row, the remarks): what there is to say of an open or unknown end."""
    code, loose = np.zeros(len(data), dtype="int64"), np.flatnonzero(~(np.isfinite(low) & np.isfinite(high)))
    if not len(loose):
        return code, [""]
    own = [data[c].to_numpy()[loose] for c in rows.ENDS]
    nothing, blank = np.isnan(low[loose]) & np.isnan(high[loose]), (text == "").to_numpy(dtype="bool")[loose]
    unknown = (np.isnan(own[0]) & np.isnan(own[1])) | (np.isnan(base.low) and np.isnan(base.high))
    known = np.isfinite(own[0]) & np.isfinite(own[1]) & np.isfinite(base.low) & np.isfinite(base.high)
    divisor = figure.divisor_remark(base) if operator == "/" else ""
    of_base = " of the base" if np.isnan(base.low) != np.isnan(base.high) else ""
    tests = [
        (nothing, divisor or "unknown: nothing bounds the result"),
        (known, divisor or figure.TOO_LARGE),
        (nothing & (operator == "overlap"), figure.APART),
        (unknown, "unknown: an operand is unknown"),
        (blank, figure.NO_WORKING),
    ]
    said = np.ones(len(loose), dtype="int64")
    for n, (where, _) in enumerate(tests, start=2):  # the last that holds is said
        said[where] = n
    code[loose] = said
    return code, ["", divisor or f"an open end{of_base} leaves this end open", *(remark for _, remark in tests)]


def _noted(data, code, remarks, of_base=()):
    """The note of each row: what was said of it and of the base, and the remark of its code, each once."""

    def joined(before, n):
        return "; ".join(dict.fromkeys(filter(None, [before, *of_base, remarks[n]])))

    if "note" in data:
        return _crossed(data["note"], code, joined)
    return pd.Series(_taken([joined("", n) for n in range(len(remarks))], code), data.index)


# Columns that say few things in many rows ---------------------------------------------------------------------------


def _each(column: pd.Series, function: Callable[[str], str]) -> pd.Series:
    """A function of a column's texts, worked out once for each that occurs."""
    alike = len(column) > 0 and (column == column.iloc[0]).all()
    code, found = (np.zeros(len(column), "int64"), [column.iloc[0]]) if alike else pd.factorize(column)
    made = [function(text) for text in found]
    return column if made == list(found) else pd.Series(_taken(made, code), column.index)


def _crossed(column: pd.Series, code: np.ndarray, function: Callable[[str, int], str]) -> pd.Series:
    """A function of a column's texts and a code beside each, worked out once for each pair that occurs."""
    if len(code) and (code == code[0]).all():
        return _each(column, lambda text: function(text, code[0]))
    texts, found = pd.factorize(column)
    width = int(code.max(initial=0)) + 1
    both, pairs = pd.factorize(texts * width + code)
    return pd.Series(_taken([function(found[p // width], p % width) for p in pairs], both), column.index)


def _taken(texts: Iterable[str], code: np.ndarray):
    """The texts of those places, as an array of text."""
    return pd.array(list(texts) or [""], dtype="str").take(code)
