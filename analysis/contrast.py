"""Set figures against one another: ratios, differences, shares, per-day rates, overlaps. Frames in, frames out.

Every function leaves its input unchanged, keeps one row a figure, rounds nothing, and returns the columns figure_id,
low, high, unit, hedge, working, note: `working` recomputes the row by itself (Case.evaluate), `note` says what
interval arithmetic could not settle. A frame read back from a file will do: missing text is empty text, ends may be
numbers of any type. A row without a working comes out unknown, and its note says so. Figures and frames give the same
numbers for the same working. Source: arithmetic on the rows given; nothing is estimated here.
"""

from dataclasses import replace

import numpy as np
import pandas as pd

from . import case as cases
from . import figure, interval, units
from .period import Period
from .schema import UNKNOWN

PER = ("day", "month", "year")
_DAYS = {"month": (28, 31), "year": (365, 366)}  # the shortest and the longest that a calendar has: no averages
_MONTHS = {"month": 1, "year": 12}
RESULT = ("figure_id", "low", "high", "unit", "hedge", "working", "note")


def ratios(frame, base):
    """Divide every figure by one of them, the base.

    frame: n rows with figure_id, low, high (float), unit, working. base: the figure_id that becomes 1, or a Figure.
    Returns n rows; the unit of like by like is `1`, of unlike `sorties/strike`.
    Raises KeyError if base is not in the frame.
    """
    frame, b, nouns = _operands(frame, base)
    low, high = interval.divide(frame["low"].to_numpy(), frame["high"].to_numpy(), b.low, b.high)
    unit = _each(frame["unit"], lambda u: nouns.over(u, b.unit))
    return _result(frame, *_itself(frame, low, high, "/", b), unit, "/", b)


def differences(frame, base):
    """Take one figure, the base, from every figure.

    frame, base: as for ratios. Returns n rows in the common unit. Raises KeyError; UnitError where a unit differs.
    """
    frame, b, nouns = _operands(frame, base)
    unit = _each(frame["unit"], lambda u: nouns.same(u, b.unit, "subtract", ("a row", b.working)))
    low, high = interval.subtract(frame["low"].to_numpy(), frame["high"].to_numpy(), b.low, b.high)
    return _result(frame, *_itself(frame, low, high, "-", b), unit, "-", b)


def shares(frame, whole):
    """Every figure as a share of one of them, the whole: ratios that refuse unlike units.

    frame: as for ratios. whole: a figure_id or a Figure in the same unit. Returns n rows, unit `1`.
    Whether the parts belong to the whole (the same people, place and day) is for the reader to judge.
    """
    frame, b, nouns = _operands(frame, whole)
    _each(frame["unit"], lambda u: nouns.same(u, b.unit, "take a share of", ("a row", b.working)))
    return ratios(frame, b)


def per_day(frame):
    """Totals over their days: every row that is a total becomes a rate a day over its own period.

    frame: n rows with figure_id, low, high, unit, basis, period_start, period_end, working. Rows that are rates a day
    already are kept as they are; a rate a month or a year is spread over its days, as in rate. Returns n rows. A total
    whose period is unknown comes out unknown, and its note says so. Both ends of a period are counted.
    """
    frame = _plain(frame)
    return pd.concat([frame.iloc[:0].reindex(columns=RESULT), *map(_a_day, _rows(frame))], ignore_index=True)


def overlap(frame, base):
    """What each figure's range has in common with that of one of them, the base.

    frame, base: as for ratios. Returns n rows in the common unit; both ends NaN, with a note, where they have nothing.
    Raises KeyError; UnitError where a unit differs.
    """
    frame, b, nouns = _operands(frame, base)
    unit = _each(frame["unit"], lambda u: nouns.same(u, b.unit, "take the overlap of", ("a row", b.working)))
    low, high = interval.overlap(frame["low"].to_numpy(), frame["high"].to_numpy(), b.low, b.high)
    return _result(frame, low, high, unit, "overlap", b)


def rate(chosen, per="day"):
    """A figure per day, month or year, as a Figure.

    chosen: a Figure with a row. per: one of PER. A total is divided by the days of its own period. A month or a year
    is as long as those of the period, where that is whole months or years, else 28 to 31, 365 to 366 days. What is
    printed so stays as it is. What is no rate and no total over a known period comes out unknown, without a working,
    and a note says why. Raises ValueError for another per. Source: the row and the calendar.
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


def _a_day(row):
    made = rate(row)
    data = {"figure_id": row.row["figure_id"], "low": made.low, "high": made.high, "unit": made.unit}
    return pd.DataFrame(
        [data | {"hedge": ";".join(made.hedges), "working": made.working, "note": "; ".join(made.notes)}]
    )


def _why_no_rate(row, per):
    basis = row.get("basis") or UNKNOWN
    if basis != "total over the period":
        return f"{basis}: not a total over a period, so it has no rate per {per}"
    why = Period.of(row).why_unknown
    return f"{why}, so it has no rate per {per}" if why else ""


def _length(chosen, shorter, longer):
    """How many of the shorter are in one of the longer, as a Figure; of a known period those of its own calendar."""
    if shorter == "month":
        return figure.constant(_MONTHS[longer], "months/year")
    whole = _whole(chosen.row, longer)
    if whole:
        return figure.days(chosen) / figure.constant(whole, f"{longer}s")
    return figure.hull(*(figure.constant(n, f"days/{longer}") for n in _DAYS[longer]))


def _whole(row, unit):
    """How many whole months or years a row's period is; 0 where it is not known or not whole."""
    years, rest = divmod(Period.of(row).months, _MONTHS[unit])
    return 0 if rest else years


# Rows ---------------------------------------------------------------------------------------------------------------

_TEXTS = ("figure_id", "unit", "hedge", "working", "note", "basis", "period_start", "period_end")


def _operands(frame, base):
    """(the frame in plain types, the base as a Figure, the nouns for their units)."""
    frame = _plain(frame)
    if isinstance(base, figure.Figure):
        base = base if base.working else replace(base, low=np.nan, high=np.nan)
        return frame, base, base.nouns if base.case else _nouns_of(frame)
    rows = frame[frame["figure_id"] == base]
    if rows.empty:
        raise KeyError(f"{base!r} is not in the frame; its figure_ids are {', '.join(frame['figure_id'][:12])}")
    if len(rows[["low", "high", "unit", "working"]].drop_duplicates()) > 1:
        raise KeyError(f"{base!r} names rows that differ, such as those of two cases; give a Figure as the base")
    return frame, next(_rows(rows)), _nouns_of(frame)


def _nouns_of(frame):
    """The nouns of the one case whose rows a frame holds; any noun where it does not say, or that case was not read."""
    names = set(frame["case"]) if "case" in frame else set()
    return cases.loaded(*names).nouns if len(names) == 1 and names <= set(cases._LOADED) else units.ANY


def _plain(frame):
    """The frame with ends as floats and text without gaps, however it was kept."""
    texts = {c: _text(frame[c]) for c in _TEXTS if c in frame}
    low, high = (frame[c].to_numpy("float64", na_value=np.nan) if frame[c].dtype != "float64" else frame[c]
                 for c in ("low", "high"))  # fmt: skip
    blank = texts["working"] == ""
    if blank.any():  # what nothing could recompute is not reckoned with
        low, high = np.where(blank, np.nan, low), np.where(blank, np.nan, high)
    return frame.assign(**texts, low=low, high=high)


def _text(column):
    if isinstance(column.dtype, pd.StringDtype) and not column.hasnans:
        return column
    return pd.Series([_as_written(v) for v in column], column.index, dtype="str", name=column.name)


def _as_written(value):
    """A cell's text as it was before a file: a year or the unit 1 comes back from CSV as a number."""
    if pd.isna(value):
        return ""
    return f"{value:.0f}" if isinstance(value, float) and value.is_integer() else str(value)


def _rows(frame):
    for row in frame.to_dict("records"):
        hedges = tuple(h for h in row.get("hedge", "").split(";") if h)
        notes = tuple(filter(None, [row.get("note") or (not row["working"]) * figure.NO_WORKING]))
        yield figure.Figure(row["low"], row["high"], row["unit"], row["working"], hedges, row, notes)


# Results ------------------------------------------------------------------------------------------------------------


def _itself(frame, low, high, operator, base):
    """The ends, where a row is the base itself as figure.of_itself has them. A row of another case has other ends."""
    value = figure.of_itself(operator, base)
    here = (frame["working"] == base.working).to_numpy()
    if value is None or not base.working or not here.any():
        return low, high
    for column, end in (("low", base.low), ("high", base.high)):
        here = here & ((frame[column] == end) | (frame[column].isna() & np.isnan(end))).to_numpy()
    return np.where(here, value, low), np.where(here, value, high)


def _each(column, function):
    """A function of units, worked out once for each unit that occurs."""
    known = {u: function(u) for u in column.unique()}
    return column.map(known) if len(known) != 1 else next(iter(known.values()))


def _result(frame, low, high, unit, operator, base):
    hedge = frame.get("hedge", pd.Series("", frame.index))
    if base.hedges:
        hedge = _each(hedge, lambda h: ";".join(dict.fromkeys([*filter(None, h.split(";")), *base.hedges])))
    text = _composed(frame["working"], operator, base.working)
    data = {"figure_id": frame["figure_id"], "low": low, "high": high, "unit": unit, "hedge": hedge, "working": text}
    result = pd.DataFrame(data, index=frame.index)
    return result.assign(note=_notes(frame, result, operator, base))


def _composed(column, operator, base):
    """The working of each row with the base: figure.composed, at no cost a row where no row needs more than joining."""
    if not base or (column == "").any() or column.str.contains(" ", regex=False).any():
        return column.map(lambda text: figure.composed(text, operator, base)).astype("str")
    before, after = figure.composed("\n", operator, base).split("\n")
    return before + column + after


def _notes(frame, result, operator, base):
    """What was said of the rows and of the base, and what there is to say of an open or unknown end."""
    before = frame["note"] if "note" in frame and (frame["note"] != "").any() else None
    if not (np.isfinite(result["low"]).all() and np.isfinite(result["high"]).all()):
        now = _remarks(frame, result, operator, base)
    elif before is None and not base.notes:
        return ""
    else:
        now = [""] * len(frame)
    said = zip([""] * len(frame) if before is None else before, now, strict=True)
    return ["; ".join(dict.fromkeys(filter(None, [old, *base.notes, new]))) for old, new in said]


def _remarks(frame, result, operator, base):
    low, high = result["low"], result["high"]
    unknown = low.isna() & high.isna()
    blank = result["working"] == ""
    if operator == "overlap":
        return np.select([blank, unknown], [figure.NO_WORKING, "the two ranges have nothing in common"], "")
    open_end = low.isna() | high.isna() | np.isinf(low)
    closed = np.isfinite(frame["low"]) & np.isfinite(frame["high"]) & np.isfinite([base.low, base.high]).all()
    divisor = figure.divisor_remark(base) if operator == "/" else ""
    of_base = " of the base" if np.isnan(base.low) != np.isnan(base.high) else ""
    return np.select(
        [blank, open_end & closed & bool(divisor), open_end & closed, unknown, open_end & bool(divisor), open_end],
        [figure.NO_WORKING, divisor, figure.TOO_LARGE, "unknown: an operand is unknown, or nothing bounds the result",
         divisor, f"an open end{of_base} leaves this end open"], "")  # fmt: skip
