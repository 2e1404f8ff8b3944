"""Set figures against one another: ratios, differences, shares, per-day rates, overlaps. Frames in, frames out.

Every function returns the frame that it was given with low, high, unit, hedge, working and note replaced: all other
columns, the index and the order stay, and the input is left unchanged. `working` recomputes the row by itself
(Case.evaluate), `note` says what interval arithmetic could not settle; nothing is rounded. A frame read back from a
file will do. A row without a working, or of another case than the base, comes out unknown, and its note says so.
Figures and frames give the same numbers for the same working. A missing column, one that stands twice or in the index
raises ValueError, which names it and the remedy. Source: arithmetic on the rows given; nothing is estimated here.
"""

from dataclasses import replace

import numpy as np
import pandas as pd

from . import figure, interval, rows
from .case import UnknownFigure
from .rates import PER, per_day, rate

GREATER = "greater than its whole: are they a part and its whole, or the other way round?"
RESULT = rows.RESULT  # the columns that every function here replaces
__all__ = ["PER", "RESULT", "differences", "overlap", "per_day", "rate", "ratios", "shares"]


def ratios(frame: pd.DataFrame, base: str | figure.Figure) -> pd.DataFrame:
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
    unit = _units(data, b, lambda u: nouns.over(u, b.unit))
    return _result(frame, data, *_itself(data, low, high, "/", b), unit, "/", b)


def differences(frame: pd.DataFrame, base: str | figure.Figure) -> pd.DataFrame:
    """Take one figure, the base, from every figure.

    frame, base: as for ratios. Returns the frame with RESULT replaced, in the common unit. Raises UnknownFigure;
    UnitError where a unit differs.

    >>> import analysis
    >>> differences(analysis.fighter_counts().head(1), analysis.load()["lede-mercenaries"])[["low", "unit", "working"]]
           low      unit                          working
    0  50000.0  fighters  lede-fighters - lede-mercenaries
    """
    data, b, nouns = _operands(frame, base)
    unit = _units(data, b, lambda u: nouns.same(u, b.unit, "subtract", ("a row", b.working)))
    low, high = interval.subtract(data["low"].to_numpy(), data["high"].to_numpy(), b.low, b.high)
    return _result(frame, data, *_itself(data, low, high, "-", b), unit, "-", b)


def shares(frame: pd.DataFrame, whole: str | figure.Figure) -> pd.DataFrame:
    """Every figure as a share of one of them, the whole: ratios that refuse unlike units.

    frame: as for ratios. whole: a figure_id or a Figure in the same unit. Returns the frame with RESULT replaced, in
    unit `1`; a note says of a part that it is greater than the whole. Raises as differences does. Whether the parts
    belong to the whole (the same people, place and day) is for the reader to judge; analysis.pairs finds the whole of
    each part by speaker, place and date.

    >>> import analysis
    >>> shares(analysis.fighter_counts().head(2), "lede-fighters")["low"].tolist()
    [1.0, 0.375]
    """
    data, b, nouns = _operands(frame, whole)
    _units(data, b, lambda u: nouns.same(u, b.unit, "take a share of", ("a row", b.working)))
    made = ratios(frame, whole)
    greater = (made["low"] > 1).to_numpy().astype("int8")
    return made.assign(note=rows.noted(made, greater, ["", GREATER]))


def overlap(frame: pd.DataFrame, base: str | figure.Figure) -> pd.DataFrame:
    """What each figure's range has in common with that of one of them, the base.

    frame, base: as for ratios. Returns the frame with RESULT replaced, in the common unit; both ends NaN where the two
    have nothing in common or one of them is unknown, and the note says which. Raises as differences does.

    >>> import analysis
    >>> case = analysis.load()
    >>> overlap(analysis.strike_rates(case).head(1), case["quote-russia-strikes"])["working"].tolist()
    ['overlap(lede-russia-strikes, quote-russia-strikes)']
    """
    data, b, nouns = _operands(frame, base)
    unit = _units(data, b, lambda u: nouns.same(u, b.unit, "take the overlap of", ("a row", b.working)))
    low, high = interval.overlap(data["low"].to_numpy(), data["high"].to_numpy(), b.low, b.high)
    return _result(frame, data, low, high, unit, "overlap", b)


# Rows ---------------------------------------------------------------------------------------------------------------


def _operands(frame, base):
    """(the frame in plain types, the base as a Figure, the nouns for their units)."""
    if isinstance(base, figure.Figure):
        b = base if base.working else replace(base, low=np.nan, high=np.nan)
    else:
        b = _of_frame(rows.plain(frame, *rows.NEEDED, "figure_id"), base)
    data = rows.plain(frame, *rows.NEEDED, where_there=("hedge", "note", "case"))
    data = rows.blanked(data, _case_id(b))
    return data, b, b.nouns if b.case else rows.nouns(data)


def _units(data, base, of_unit):
    """The unit of each row's result; a row of another case than the base's has nouns of its own, and keeps its unit."""
    other = rows.of_another(data, _case_id(base)).astype("int8")
    return rows.crossed(data["unit"], other, lambda u, n: u if n else of_unit(u))


def _case_id(base):
    return getattr(base.case, "name", base.row.get("case", ""))


def _of_frame(data, base):
    """The row of that figure_id as a Figure."""
    if not isinstance(base, str):
        raise TypeError(f"a base is a figure_id or a Figure, not a {type(base).__name__}")
    found = data[data["figure_id"] == base]
    if found.empty:
        import difflib  # on first use: what only a mistake needs stays out of the import

        near = difflib.get_close_matches(base, data["figure_id"].unique(), n=3, cutoff=0.4) or data["figure_id"][:12]
        raise UnknownFigure(f"{base!r} is not in the frame, but {', '.join(near)}; a Figure will do too: case[id]")
    if len(found[[c for c in (*rows.NEEDED, "case") if c in found]].drop_duplicates()) > 1:
        raise UnknownFigure(f"{base!r} names rows that differ, such as those of two cases; give a Figure as the base")
    return next(rows.figures(rows.blanked(found)))


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
        hedge = rows.each(hedge, lambda h: ";".join(dict.fromkeys([*filter(None, h.split(";")), *base.hedges])))
    text = _composed(data["working"], operator, base.working)
    note = rows.noted(data, *_remarks(data, low, high, operator, base), base.notes)
    return rows.replaced(frame, low, high, unit, hedge, text, note)


def _composed(column, operator, base):
    """The working of each row with the base: figure.composed, at no cost a row where no row needs more than joining."""
    if not base:
        return pd.Series("", column.index, dtype="str")
    before, after = figure.composed("\n", operator, base).split("\n")
    if operator not in figure.FUNCTIONS:
        column = rows.wrapped(column, operator)
    made = rows.between(before, column, after)
    blank = column == ""
    return made.mask(blank, "") if blank.any() else made


def _remarks(data, low, high, operator, base):
    """(a code for each row, the remarks): what there is to say of an open or unknown end; the last that holds."""
    code, loose = np.zeros(len(data), dtype="int8"), ~(np.isfinite(low) & np.isfinite(high))
    if not loose.any():
        return code, [""]
    divisor = figure.divisor_remark(base) if operator == "/" else ""
    of_base = " of the base" if np.isnan(base.low) != np.isnan(base.high) else ""
    lost = divisor or (figure.APART if operator == "overlap" else figure.TOO_LARGE)
    (a_low, a_high), bounds = (data[c].to_numpy() for c in rows.ENDS), (base.low, base.high)
    nothing = np.isnan(low) & np.isnan(high)
    known = np.isfinite(a_low) & np.isfinite(a_high) if np.isfinite(bounds).all() else False
    unknown = np.isnan(a_low) & np.isnan(a_high) if not np.isnan(bounds).all() else True
    tests = [
        (loose, divisor or f"an open end{of_base} leaves this end open"),
        (nothing, divisor or "unknown: nothing bounds the result"),
        (loose & known, lost),
        (nothing & (operator == "overlap"), figure.APART),
        (nothing & unknown, "unknown: an operand is unknown"),
        ((data["working"] == "").to_numpy() if base.working else True, figure.NO_WORKING),
    ]
    for n, (where, _) in enumerate(tests, start=1):
        np.maximum(code, where * np.int8(n), out=code)  # quicker than a mask, of which nobody can guess the next row
    return code, ["", *(remark for _, remark in tests)]
