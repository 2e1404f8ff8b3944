"""A frame's rows as figures: its columns in plain types, and whether each row still is what its working gives.

A frame may have been through a file, a merge or a person's hands: missing text becomes empty text, ends may be numbers
of any type, dates may be dates. What cannot be read is refused by the name of the column, with the remedy.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
import pandas as pd

from . import case as cases
from . import figure, held, period, units, working

ENDS = ("low", "high")
TEXTS = ("figure_id", "unit", "hedge", "working", "note", "case", "basis", "source_id")
DATES = ("period_start", "period_end")
NEEDED = ("low", "high", "unit", "working")
RESULT = ("low", "high", "unit", "hedge", "working", "note")  # what is new in a frame that was worked out of another
OPEN = "an open end leaves this end open"
_REMEDY = "give one such as analysis.topic(case, name) or analysis.frames.frame(case, [figure_ids])"


def required(frame: pd.DataFrame, *columns: str) -> None:
    """Refuse what is no frame of figures, by the name of the column that is wrong.

    columns: those that must be there. Whatever of the columns of a figure stands twice, or in the index, is refused
    too. Raises TypeError for what is no frame, ValueError for a column; both say what to do.

    >>> required(pd.DataFrame({"low": [1.0]}).rename_axis("working"), "low", "working")
    Traceback (most recent call last):
    ValueError: the column 'working' stands in the frame's index: give frame.reset_index()
    """
    if not isinstance(frame, pd.DataFrame):
        raise TypeError(f"a frame of figures is needed, not a {type(frame).__name__}: {_REMEDY}")
    there = list(frame.columns)
    for column in dict.fromkeys((*columns, *ENDS, *TEXTS, *DATES)):
        if there.count(column) > 1:
            raise ValueError(
                f"the column {column!r} stands {there.count(column)} times in the frame: keep one of them, e.g. "
                "frame.loc[:, ~frame.columns.duplicated()]"
            )
        if column in frame.index.names:
            raise ValueError(f"the column {column!r} stands in the frame's index: give frame.reset_index()")
        if column in columns and column not in there:
            raise ValueError(f"the frame has no column {column!r}: {_REMEDY}")


def plain(frame: pd.DataFrame, *columns: str, where_there: Iterable[str] = (*ENDS, *TEXTS, *DATES)) -> pd.DataFrame:
    """What a frame says of its figures in plain types: the columns asked for, and of others those that it has.

    frame: n rows. columns: those that must be there. where_there: those that need not be: all of a figure's, if nothing
    else is said. Returns n rows with the same index: low and high are float64, the rest is text without gaps, dates as
    the tables write them. The frame is left unchanged. Raises as required() does.

    >>> plain(pd.DataFrame({"low": [1, None], "unit": [1, "days"], "more": 0}), "low")
       low  unit
    0  1.0     1
    1  NaN  days
    """
    required(frame, *columns)
    taken = [c for c in dict.fromkeys((*columns, *where_there)) if c in frame]
    made = {c: _numbers(frame[c]) if c in ENDS else period.texts(frame[c]) for c in taken}
    return pd.DataFrame(made, index=frame.index, copy=False)  # nothing here is ever written into


def _numbers(column: pd.Series) -> np.ndarray:
    if column.dtype == "float64":
        return column.to_numpy()
    try:
        return column.to_numpy("float64", na_value=np.nan)
    except (TypeError, ValueError):
        raise ValueError(
            f"the column {column.name!r} holds something else than numbers: give numbers, NaN for an open end"
        ) from None


def figures(data: pd.DataFrame) -> Iterator[figure.Figure]:
    """The rows of plain() as Figures, each in its case where the frame names one that has been read.

    data: n rows with low, high, unit, working. Their row is the row of the frame.

    >>> data = plain(pd.DataFrame({"low": [1], "high": [2], "unit": "days", "working": "a"}))
    >>> next(figures(data))
    <a = 1–2 days>
    """
    known = {name: _case(name) for name in data["case"].unique()} if "case" in data else {}
    for row in data.to_dict("records"):
        hedges = tuple(h for h in row.get("hedge", "").split(";") if h)
        notes = tuple(filter(None, [row.get("note") or (not row["working"]) * figure.NO_WORKING]))
        case = known.get(row.get("case"))
        yield figure.Figure(row["low"], row["high"], row["unit"], row["working"], hedges, row, notes, case)


def nouns(data: pd.DataFrame) -> units.Nouns:
    """The nouns for the units of a frame: those of its case; any, where it names none, several, or one not read.

    >>> nouns(pd.DataFrame({"case": ["nobody's"]})) is units.ANY
    True
    """
    names = list(data["case"].unique()) if "case" in data else []
    case = _case(names[0]) if len(names) == 1 else None
    return case.nouns if case else units.ANY


def _case(name: str) -> cases.Case | None:
    try:
        return cases.loaded(name)
    except cases.UnknownCase:
        return None


# Rows against their workings ----------------------------------------------------------------------------------------

CHANGED = ("figure_id", "case", "working", "low", "high", "unit", "working_low", "working_high", "working_unit", "note")


def changed(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows that are not what their working gives in their case: copied and changed, or not to be recomputed.

    frame: n rows with figure_id, low, high, unit, working, case (the id of a case that has been read).
    Returns a row for each such row, with its index: figure_id, case, working, low, high, unit as they stand in the
    frame; working_low, working_high, working_unit as the working gives them (NaN and empty where it gives nothing);
    note, a sentence that says what is wrong. A number without a working, and one whose case has not been read, are in
    it; an unknown number without a working says nothing, and is not. Ends may differ by one part in a thousand million.
    Source: the rows of the case, and arithmetic on them.

    >>> import analysis
    >>> rates = analysis.strike_rates()
    >>> len(changed(rates))
    0
    >>> changed(rates.assign(low=rates["low"] * 2)).iloc[0]["note"]
    'lede-russia-strikes: the row says 140 to 120 strikes/day, its working lede-russia-strikes gives 70–120 strikes/day'
    """
    data = plain(frame, *CHANGED[:6])
    given, found, at = {}, [], []
    columns = (data[c].tolist() for c in CHANGED[:6])
    for n, (name, case, text, *row) in enumerate(zip(*columns, strict=True)):
        if (case, text) not in given:
            given[case, text] = held.given(case, text)
        made, problem = given[case, text]
        said = held.said(name, text, row, made, problem)
        if said:
            found.append([name, case, text, *row, *made, said])
            at.append(n)
    types = {c: "float64" if c.endswith(ENDS) else "str" for c in CHANGED}
    return pd.DataFrame(found, data.index[at], CHANGED).astype(types)


# Rows that are worked out of a frame --------------------------------------------------------------------------------


def blanked(data: pd.DataFrame, case: str = "") -> pd.DataFrame:
    """The rows, those unknown that nothing could recompute: without a working, or of another case than the base's.

    data: rows of plain(), with low, high, working. case: the id of the base's case; empty if it has none, and then none
    is another's. Returns the same rows; one of another case has no working any more, and its note says why.

    >>> blanked(pd.DataFrame({"low": [1.0, 2.0], "high": [1.0, 2.0], "working": ["a", ""]}))["low"].tolist()
    [1.0, nan]
    """
    other = of_another(data, case)
    if other.any():
        note = noted(data, other.astype("int8"), ["", f"of another case than {case}, and a working is of one"])
        data = data.assign(working=data["working"].mask(other, ""), note=note)
    blank = (data["working"] == "").to_numpy()
    if not blank.any():
        return data
    return data.assign(**{c: np.where(blank, np.nan, data[c]) for c in ENDS})


def of_another(data: pd.DataFrame, case: str) -> np.ndarray:
    """Which rows are of another case; none where that is not said. data, case: as for blanked().

    >>> of_another(pd.DataFrame({"case": ["a", "b", ""]}), "a").tolist()
    [False, True, False]
    """
    if not case or "case" not in data:
        return np.zeros(len(data), dtype="bool")
    return ((data["case"] != case) & (data["case"] != "")).to_numpy(dtype="bool")


def replaced(frame: pd.DataFrame, *result: pd.Series | np.ndarray | str) -> pd.DataFrame:
    """A frame with RESULT replaced; where it had no such column, behind the others. All else stays.

    result: the columns of RESULT, in their order, as long as the frame; or one text for all its rows.

    >>> replaced(pd.DataFrame({"low": [1], "who": ["Ann"]}), [2.0], [3.0], "days", "", "a * 2", "")
       low  who  high  unit hedge working note
    0  2.0  Ann   3.0  days         a * 2
    """
    made = dict(zip(RESULT, result, strict=True))
    made |= {c: pd.Series(made[c], frame.index, copy=False) for c in ENDS}  # nothing else holds these arrays
    return frame.assign(**made)


def noted(data: pd.DataFrame, code: np.ndarray, remarks: Sequence[str], of_base: Sequence[str] = ()) -> pd.Series:
    """The note of each row: what was said of it before, what of the base, and the remark of its code, each once.

    data: rows, with or without a note. code: for each row the place of its remark in remarks.

    >>> noted(pd.DataFrame({"note": ["old", ""]}), np.array([1, 1]), ["", "new"]).tolist()
    ['old; new', 'new']
    """
    said = [list(filter(None, dict.fromkeys([*of_base, remark]))) for remark in remarks]
    if "note" not in data or (data["note"] == "").all():
        return pd.Series(taken(["; ".join(parts) for parts in said], code), data.index, copy=False)
    notes = data["note"].array.copy()
    for n in np.flatnonzero(np.bincount(code, minlength=len(said))):
        if said[n]:
            where = code == n
            notes[where] = _more(pd.Series(notes[where]), said[n]).array
    return pd.Series(notes, data.index, copy=False)


def _more(notes: pd.Series, said: Sequence[str]) -> pd.Series:
    """Notes with more to say behind them, but for what a note says already."""
    before = notes
    for part in said:
        notes = notes.where(before == part, notes.where(notes == "", notes + "; ") + part)
    return notes


# Columns that say few things in many rows ---------------------------------------------------------------------------


def each(column: pd.Series, function: Callable[[str], str]) -> pd.Series:
    """A function of a column's texts, worked out once for each that occurs.

    >>> each(pd.Series(["day", "day", "year"]), str.upper).tolist()
    ['DAY', 'DAY', 'YEAR']
    """
    alike = len(column) > 0 and (column == column.iloc[0]).all()
    code, found = (np.zeros(len(column), "int64"), [column.iloc[0]]) if alike else pd.factorize(column)
    made = [function(text) for text in found]
    return column if made == list(found) else pd.Series(taken(made, code), column.index)


def crossed(column: pd.Series, code: np.ndarray, function: Callable[[str, int], str]) -> pd.Series:
    """A function of a column's texts and of a code beside each, worked out once for each pair that occurs.

    >>> crossed(pd.Series(["a", "b", "b"]), np.array([0, 0, 2]), lambda text, n: text * (n + 1)).tolist()
    ['a', 'b', 'bbb']
    """
    if len(code) and (code == code[0]).all():
        return each(column, lambda text: function(text, code[0]))
    texts, found = pd.factorize(column)
    width = int(code.max(initial=0)) + 1
    both, met = pd.factorize(texts * width + code)
    return pd.Series(taken([function(found[m // width], m % width) for m in met], both), column.index)


def taken(texts: Sequence[str], code: np.ndarray) -> pd.api.extensions.ExtensionArray:
    """The texts at those places, as an array of text.

    >>> list(taken(["a", "b"], np.array([1, 1, 0])))
    ['b', 'b', 'a']
    """
    return pd.array(list(texts) or [""], dtype="str").take(code)


def between(before: str, column: pd.Series, after: str) -> pd.Series:
    """Each text of a column between two others.

    >>> between("low(", pd.Series(["a", "b"]), ")").tolist()
    ['low(a)', 'low(b)']
    """
    if column.dtype.storage != "pyarrow":
        return before + column + after
    import pyarrow  # it is there where pandas keeps text in it; joining bytes in it takes a quarter of the time
    from pyarrow.compute import binary_replace_slice

    end = np.iinfo("int64").max
    made = binary_replace_slice(binary_replace_slice(pyarrow.array(column), 0, 0, before), end, end, after)
    return pd.Series(pd.array(made, dtype="str"), column.index, copy=False)


def wrapped(column: pd.Series, operator: str) -> pd.Series:
    """Each working of a column in brackets where the operator behind it would tear it apart: working.wrap.

    >>> wrapped(pd.Series(["a", "a - b"]), "/").tolist()
    ['a', '(a - b)']
    """
    spaced = column.str.contains(" ", regex=False).to_numpy(dtype="bool")
    if not spaced.any():
        return column
    texts = column.array.copy()
    texts[spaced] = [working.wrap(text, operator) for text in texts[spaced]]
    return pd.Series(texts, column.index, copy=False)
