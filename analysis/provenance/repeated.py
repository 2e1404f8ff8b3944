"""Who says again whose number, and how many numbers rest on whose count."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from .. import cards, words
from ..schema import COUNT_ORIGINS, UNKNOWN

if TYPE_CHECKING:
    from ..case import Case


def repeats(case: Case) -> pd.DataFrame:
    """Who says again whose number: figure_id, repeats, one pair a row.

    case: a Case. Returns the outside rows' pairs, in their order. Source: the column `repeats` of references.csv.

    >>> import analysis
    >>> case = analysis.load()
    >>> set(repeats(case)["figure_id"]) <= set(case.references["figure_id"])
    True
    """
    rows = case.references[["figure_id", "repeats"]]
    pairs = rows.assign(repeats=rows["repeats"].str.split(";")).explode("repeats").astype("str")
    return pairs[pairs["repeats"] != ""].reset_index(drop=True)


def first_of(case: Case, figure_id: str) -> list[str]:
    """The figure_ids with which a number began, as far as `repeats` leads back: its own where it repeats none.

    case: a Case. Raises UnknownFigure for an id that it has not. Source: the column `repeats`.

    >>> import analysis
    >>> first_of(analysis.load(), "lede-fighters")
    ['quote-fighters']
    """
    earlier = [i for i in case[figure_id].row["repeats"].split(";") if i]
    found = [first for i in earlier for first in first_of(case, i)] or [figure_id]
    return list(dict.fromkeys(found))


def mark_repeats(case: Case, frame: pd.DataFrame) -> pd.DataFrame:
    """A frame with what `repeats` says of its rows, so that a number said again can be seen as such.

    case: a Case. frame: n rows with figure_id. Returns them with four columns of text more: first (the figure_ids with
    which the number began, joined by ;), began (the body whose count those are, and for when), label (who says it here
    and, where it is said again, whose number it is), dated (the same with the date). Source: the column `repeats`.

    >>> import analysis
    >>> case = analysis.load()
    >>> mark_repeats(case, case.figures)[["first", "label"]].iloc[-1].tolist()
    ['related-sorties', 'Russian Ministry of Defence']
    """
    ids = list(frame["figure_id"])
    firsts = [first_of(case, i) for i in ids]
    began = ["; ".join(_whose(case[i].row) for i in first) for first in firsts]
    again = ["" if first == [i] else f" – says again: {who}" for i, first, who in zip(ids, firsts, began, strict=True)]
    label = [case[i].row["said_by"] + more for i, more in zip(ids, again, strict=True)]
    dated = [_who_when(case[i].row) + more for i, more in zip(ids, again, strict=True)]
    made = {"first": [";".join(first) for first in firsts], "began": began, "label": label, "dated": dated}
    return frame.assign(**{c: pd.Series(texts, frame.index, dtype="str") for c, texts in made.items()})


def repeats_table(case: Case, caption: str, bodies: Collection[str] = ()) -> cards.HTML:
    """Who says again whose number, as an accessible table.

    case: a Case. caption: what the table shows. bodies: counted_by to keep; all of them if empty. Returns HTML, one row
    a pair of repeats(); one sentence where there is none. Source: `repeats`, `counted_by` and `count_origin`.

    >>> import analysis
    >>> repeats_table(analysis.load(), "Numbers said again", bodies=["Nobody"])
    This case has no number that is said again.
    """
    rows = []
    for pair in repeats(case).itertuples():
        later, earlier = case[pair.figure_id], case[pair.repeats]
        if not bodies or earlier.row["counted_by"] in bodies:
            rows.append({
                "number": cards.number(later, str(later)), "who": _who_when(later.row),
                "how": later.row["count_origin"], "earlier": cards.number(earlier, str(earlier)),
                "first": _who_when(earlier.row), "body": earlier.row["counted_by"],
            })  # fmt: skip
    columns = {"number": "Number", "who": "Who says it", "how": "How", "earlier": "Earlier number",
               "first": "Who said that", "body": "Whose count"}  # fmt: skip
    return cards.table(rows, columns, caption, "This case has no number that is said again.")


def _who_when(row: Mapping) -> str:
    """Who said a row's number, and for which day or month it stands: the end of what is counted."""
    return f"{row['said_by']}, {words.day(row['period_end'])}"


def _whose(row: Mapping) -> str:
    """The body whose count a row is, where it is known, else who said it; and for when."""
    known = row["counted_by"] not in ("", UNKNOWN)
    return _who_when({**row, "said_by": row["counted_by"]} if known else row)


# Kinds of count_origin, by who holds the number when it is printed: one rule for every body.
HANDS = {
    "own": ("own count", "own statement"),
    "others": ("tally", "repeats", "computed"),
    "compiled": ("compiled",),
    "unsaid": (UNKNOWN,),
}
COUNTED = ("rows", *HANDS, "again")


def bodies(frame: pd.DataFrame) -> pd.DataFrame:
    """How many rows rest on each body, and how many of them the body printed itself: one rule for all.

    frame: n rows with counted_by, stake, count_origin, repeats. Returns a row a body, those with most rows first, with
    counts (int): rows; own (the body's own count or statement), others (tallied, repeated or worked out by someone
    else), compiled (from other bodies' counts), unsaid (the source does not say); again (of all of them, those that
    repeat an earlier row). Raises ValueError for a count_origin that is not in schema.COUNT_ORIGINS. Source: the frame.

    >>> rows = {"counted_by": "Ann", "stake": "unknown", "count_origin": ["own count", "tally"], "repeats": ""}
    >>> bodies(pd.DataFrame(rows))[["counted_by", "rows", "own", "others"]]
      counted_by  rows  own  others
    0        Ann     2    1       1
    """
    strange = sorted(set(frame["count_origin"]) - set(COUNT_ORIGINS))
    if strange:
        raise ValueError(f"count_origin holds {strange[0]!r}: use one of {', '.join(COUNT_ORIGINS)}")
    rows = frame[["counted_by", "stake"]].assign(rows=1)
    for name, origins in HANDS.items():
        rows[name] = frame["count_origin"].isin(origins).astype("int64")
    rows["again"] = (frame["repeats"] != "").astype("int64")
    counts = rows.groupby(["counted_by", "stake"])[list(COUNTED)].sum().reset_index()
    return counts.sort_values(["rows", "counted_by"], ascending=[False, True], ignore_index=True)


def bodies_table(frame: pd.DataFrame, caption: str, most: int | None = None) -> cards.HTML:
    """The counts of bodies() as an accessible table, and at its foot their sums and how many bodies are named.

    frame: as for bodies(). caption: what the table shows. most: how many bodies have a row of their own, those with
    most rows first; the others share one row, which says how many they are. None for all of them. Returns HTML, every
    count marked; one sentence where the frame has no rows, and one that no person has checked them, where it is so.
    Source: the frame.

    >>> import analysis
    >>> bodies_table(analysis.strike_rates(), "Whose counts the article's numbers are")
    Whose counts the article's numbers are
    """
    counts = bodies(frame)
    shown, others = counts.iloc[:most], counts.iloc[len(counts) if most is None else most :]
    named = (counts["counted_by"] != UNKNOWN).sum()
    last = [("all of them", "bodies named", named, counts)] if len(counts) else []
    last = [("not listed one by one", "more", len(others), others), *last] if len(others) else last
    foot = [{"counted_by": cards.say("{}: {} {}", name, n, noun)} | _sums(rows) for name, noun, n, rows in last]
    rows = [row | _sums(shown[i : i + 1]) for i, row in enumerate(shown.to_dict("records"))]
    columns = {"counted_by": "Whose count", "stake": "Stake", "rows": "Rows", "own": "Its own", "others": "By others",
               "compiled": "Compiled from others", "unsaid": "Origin not said",
               "again": "Repeat an earlier row"}  # fmt: skip
    made = cards.table([*rows, *foot], columns, caption, "There is no number here to say whose count it is.")
    return cards.warned(made, frame.to_dict("records"))


def _sums(counts: pd.DataFrame) -> dict[str, cards.HTML]:
    """The sums of rows of bodies(), marked as counts."""
    return {c: cards.count(counts[c].sum()) for c in COUNTED}
