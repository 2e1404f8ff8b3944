"""A frame of figures as an accessible table whose numbers lead to their notes and whose documents are links."""

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pandas as pd

from . import cards, period, rows, words
from .html import HTML, code, link, table
from .schema import UNKNOWN

CODES = ("figure_id", "working", "derivation", "repeats", "source_id")
DATES = ("period_start", "period_end", "start", "end", "published", "accessed", "date")


def evidence_table(
    frame: pd.DataFrame, columns: Mapping[str, str] | Iterable[str], caption: str, none: str = ""
) -> HTML:
    """A frame as a table of evidence: a row a row, in the frame's order; the first column heads it.

    frame: n rows, such as analysis.topic() gives, or any other frame. columns: {column: heading}, or columns that are
    their own headings. Besides the frame's own columns there are three that are made of several: `number`, with its
    unit, a link to its note (low, high, unit, working); `period`, in words (period_start, period_end); `source`, a link
    (publisher, published, url). Dates and numbers are said in words, an id or a working as code; HTML pieces stand as
    they are, in a column of dtype object (as text pandas makes them plain). caption: what the table shows. none: the
    sentence that stands in its place where there are no rows.
    Where no person has checked rows of it, a sentence below says so, and how many.
    Raises ValueError for a column that is not there, and for rows whose numbers are not what their working gives.
    Source: the frame.

    >>> import analysis
    >>> shown = evidence_table(analysis.strike_rates(), {"said_by": "Who said it", "number": "Number"}, "The rates")
    >>> shown, shown.count('href="#')
    (The rates, 5)
    """
    heads = dict(columns) if isinstance(columns, Mapping) else {c: words.capital(c.replace("_", " ")) for c in columns}
    for column in heads:
        _there(frame, column)
    if {"number", "low", "high"} & set(heads):
        _unchanged(frame)
    records = frame.to_dict("records")
    lines = [{c: _cell(row, c) for c in heads} for row in records]
    return cards.warned(table(lines, heads, caption, none), records)


def _there(frame: pd.DataFrame, column: str) -> None:
    """ValueError where a frame neither has a column nor those of which it is made."""
    needs = [] if column in frame else [c for c in MADE.get(column, ((column,), None))[0] if c not in frame]
    if needs:
        raise ValueError(
            f"the frame has no column {', '.join(needs)}: its columns are {', '.join(map(str, frame.columns))}; "
            f"{', '.join(MADE)} can be made of it"
        )


def _unchanged(frame: pd.DataFrame) -> None:
    """ValueError names the first row whose number is not what its working gives in its case."""
    asked = {"figure_id", "low", "high", "unit", "working", "case"} <= set(frame.columns)
    wrong = rows.changed(frame) if asked else ()
    if len(wrong):
        raise ValueError(
            f"{wrong.iloc[0]['note']}; leave out the rows that analysis.changed(frame) names, or mend them"
        )


def _cell(row: Mapping, column: str) -> Any:
    if column not in row:
        return MADE[column][1](row)
    value = row[column]
    if isinstance(value, HTML):
        return value
    if column in ("low", "high"):
        return _end(row, column)
    if value is None or value is pd.NaT or value is pd.NA or value != value:
        return ""
    if column in DATES:
        return words.date(period.as_text(value))
    if column in CODES:
        return code(str(value)) if value else ""
    if column == "url":
        return HTML(link(value), value)
    if column == "quote":
        return f"“{words.plain(value)}”" if value else ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return words.number(value)
    return value.replace(";", ", ") if column == "hedge" else value


def _end(row: Mapping, column: str) -> str:
    """One end of a number; where it has none, whether it is open or the number unknown."""
    if not math.isnan(row[column]):
        return words.number(row[column])
    other = row.get("high" if column == "low" else "low", math.nan)
    return UNKNOWN if math.isnan(other) else "open"


def _number(row: Mapping) -> HTML:
    text = words.quantity(row["low"], row["high"], row["unit"], row.get("hedge", ""))
    return cards.number(row, f"{text} times" if row.get("basis") == "ratio" and row["unit"] == "1" else text)


def _period(row: Mapping) -> str:
    return words.period(*(period.as_text(row[c]) or UNKNOWN for c in ("period_start", "period_end")))


def _source(row: Mapping) -> HTML | str:
    return "worked out here" if words.ours(row) else cards.source({"url": "", **row}, short=True)


# Columns made of several of a frame's: the columns that they need, and what a row says there.
MADE: dict[str, tuple[tuple[str, ...], Callable]] = {
    "number": (("low", "high", "unit", "working"), _number),
    "period": (("period_start", "period_end"), _period),
    "source": (("publisher", "published"), _source),
}
