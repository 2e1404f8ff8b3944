"""Set figures against one another: ratios, differences, shares, per-day rates, overlaps. Frames in, frames out.

Every function leaves its input unchanged, keeps one row a figure, rounds nothing, and returns the columns figure_id,
low, high, unit, hedge, working, note: `working` recomputes the row by itself (Case.evaluate), `note` says what
interval arithmetic could not settle. Source: arithmetic on the rows given; nothing is estimated here.
"""

import numpy as np
import pandas as pd

from . import figure, interval, units, working
from .schema import UNKNOWN

MONTH = (28, 31)  # days in the shortest and the longest month
RESULT = ("figure_id", "low", "high", "unit", "hedge", "working", "note")


def ratios(frame, base):
    """Divide every figure by one of them, the base.

    frame: n rows with figure_id, low, high (float), unit, working. base: the figure_id that becomes 1, or a Figure.
    Returns n rows; the unit of like by like is `1`, of unlike `sorties/strike`.
    Raises KeyError if base is not in the frame.
    """
    b = _base(frame, base)
    low, high = interval.divide(frame["low"].to_numpy(), frame["high"].to_numpy(), b.low, b.high)
    itself = _itself(frame, b)
    if itself.any() and not b._may_be_nothing():
        low, high = np.where(itself, 1.0, low), np.where(itself, 1.0, high)
    unit = _each(frame["unit"], lambda u: units.over(u, b.unit))
    return _result(frame, low, high, unit, "/", b)


def differences(frame, base):
    """Take one figure, the base, from every figure.

    frame, base: as for ratios. Returns n rows in the common unit. Raises KeyError; UnitError where a unit differs.
    """
    b = _base(frame, base)
    unit = _each(frame["unit"], lambda u: units.same(u, b.unit, "subtract", ("a row", b.working)))
    low, high = interval.subtract(frame["low"].to_numpy(), frame["high"].to_numpy(), b.low, b.high)
    itself = _itself(frame, b)
    low, high = np.where(itself, 0.0, low), np.where(itself, 0.0, high)
    return _result(frame, low, high, unit, "-", b)


def shares(frame, whole):
    """Every figure as a share of one of them, the whole: ratios that refuse unlike units.

    frame: as for ratios. whole: a figure_id or a Figure in the same unit. Returns n rows, unit `1`.
    Whether the parts belong to the whole (the same people, place and day) is for the reader to judge.
    """
    b = _base(frame, whole)
    _each(frame["unit"], lambda u: units.same(u, b.unit, "take a share of", ("a row", b.working)))
    return ratios(frame, b)


def per_day(frame):
    """Totals over their days: every row that is a total becomes a rate a day over its own period.

    frame: n rows with figure_id, low, high, unit, basis, period_start, period_end, working. Rows that are rates a day
    already are kept as they are; a rate a month is spread over a month of 28 to 31 days. Returns n rows. A row whose
    period is unknown comes out unknown, and its note says so. Both ends of a period are counted.
    """
    return pd.concat([frame.iloc[:0].reindex(columns=RESULT), *map(_a_day, _rows(frame))], ignore_index=True)


def overlap(frame, base):
    """What each figure's range has in common with that of one of them, the base.

    frame, base: as for ratios. Returns n rows in the common unit; both ends NaN, with a note, where they have nothing.
    Raises KeyError; UnitError where a unit differs.
    """
    b = _base(frame, base)
    unit = _each(frame["unit"], lambda u: units.same(u, b.unit, "take the overlap of", ("a row", b.working)))
    low, high = interval.overlap(frame["low"].to_numpy(), frame["high"].to_numpy(), b.low, b.high)
    result = _result(frame, low, high, unit, None, b)
    nothing = np.isnan(low) & np.isnan(high)
    return result.assign(
        working="overlap(" + frame["working"].to_numpy() + f", {b.working})",
        note=np.where(nothing, "the two ranges have nothing in common", ""),
    )


def _base(frame, base):
    if isinstance(base, figure.Figure):
        return base
    rows = frame[frame["figure_id"] == base]
    if rows.empty:
        raise KeyError(f"{base!r} is not in the frame; its figure_ids are {', '.join(frame['figure_id'][:12])}")
    return next(_rows(rows))


def _rows(frame):
    for row in frame.to_dict("records"):
        hedges = tuple(h for h in row.get("hedge", "").split(";") if h)
        yield figure.Figure(row["low"], row["high"], row["unit"], row["working"], hedges, row)


def _itself(frame, base):
    return (frame["working"] == base.working).to_numpy()


def _each(column, function):
    """A function of units, worked out once for each unit that occurs."""
    known = {u: function(u) for u in column.unique()}
    return column.map(known) if len(known) != 1 else next(iter(known.values()))


def _result(frame, low, high, unit, operator, base):
    hedge = frame.get("hedge", pd.Series("", frame.index))
    if base.hedges:
        hedge = _each(hedge, lambda h: ";".join(dict.fromkeys([*filter(None, h.split(";")), *base.hedges])))
    text = frame["working"]
    if operator:
        if text.str.contains(" ", regex=False).any():
            text = text.map(lambda t: working.wrap(t, operator))
        text = text + f" {operator} {working.wrap(base.working, operator, right=True)}"
    data = {"figure_id": frame["figure_id"], "low": low, "high": high, "unit": unit, "hedge": hedge, "working": text}
    return pd.DataFrame(data, index=frame.index).assign(note=_notes(frame, low, high, base))


def _notes(frame, low, high, base):
    """What is to be said of a result with an open or unknown end; nothing, at no cost, where there is none."""
    if np.isfinite(low).all() and np.isfinite(high).all():
        return ""
    open_end = np.isnan(low) ^ np.isnan(high) | np.isinf(low)
    unknown = np.isnan(low) & np.isnan(high)
    base_open = " of the base" if np.isnan(base.low) != np.isnan(base.high) else ""
    return np.select([unknown, open_end], ["unknown: an operand is unknown, or nothing bounds the result",
                                           f"an open end{base_open} leaves this end open"], "")  # fmt: skip


def _a_day(row):
    made = rate(row)
    data = {"figure_id": row.row["figure_id"], "low": made.low, "high": made.high, "unit": made.unit}
    return pd.DataFrame(
        [data | {"hedge": ";".join(made.hedges), "working": made.working, "note": "; ".join(made.notes)}]
    )


def rate(row):
    """A figure's daily rate as a Figure; unknown, with a note, where it has none. row: a Figure with a row."""
    if row.unit.endswith("/day"):
        return row
    if row.unit.endswith("/month"):
        return row / figure.hull(*(figure.constant(n, "days/month") for n in MONTH))
    if row.row["basis"] != "total over the period":
        return _no_rate(row, f"{row.row['basis']}: not a total over a period, so it has no daily rate")
    if UNKNOWN in (row.row["period_start"], row.row["period_end"]):
        return _no_rate(row, "its period is unknown, so it has no daily rate")
    return row / figure.days(row)


def _no_rate(row, note):
    return figure.Figure(np.nan, np.nan, row.unit, "", row.hedges, row.row, (note,))
