"""The dial: one thing is asked, what is counted; its answer is a picture of every comparison in which that is counted.

The picture can be turned: either side's number over the other's. No comparison is marked as the right one.
"""

from collections.abc import Mapping, Sequence
from html import escape

import pandas as pd

from .. import cards, charts, words
from ..case import Case
from ..schema import NOT_STATED
from .missing import missing
from .pairings import MARKS, beside, matched, pairings, position, positions, ratio_in_words
from .wording import NO_DIAL, OVER, has_dial, wording

Row = Mapping[str, object]


def dial(case: Case, unit: str, over: str = "a") -> cards.HTML:
    """What the article's numbers can be set beside where that unit is counted on the first side.

    case: a Case. unit: one of positions(case)["unit"]. over: whose number stands above the other's, a or b. Returns
    cards.HTML: a chart of the ratios, those of one place together under the sentence that says whose war it leaves out,
    and, folded, each with its argument for and against; one sentence, where nothing can be set beside anything, or the
    case has no dial. Raises ValueError for a unit or a side that the dial has not. A pure function.
    Source: scopes.csv and the rows it names; no verdict is computed.

    >>> import analysis
    >>> print(dial(analysis.load(), "weapons").text.partition(";")[0])
    Nobody whose page was read gives Russian weapons
    """
    if not has_dial(case):
        return cards.nothing(NO_DIAL)
    for name, asked, allowed in (("unit", unit, positions(case)["unit"]), ("side", over, OVER)):
        if asked not in allowed:
            raise ValueError(f"the dial has no {name} {asked!r}: choose one of {', '.join(allowed)}")
    every = pairings(case, over)
    rows = every[every["unit"] == unit].to_dict("records")
    if not rows:
        said = missing(case, every, unit)
        return cards.HTML(f'<p class="wc-empty">{said}</p>', said.text)
    return cards.join(_chart(case, rows, unit, over), _arguments(case, rows))


# The picture ----------------------------------------------------------------------------------------------------------


def _chart(case: Case, rows: Sequence[Row], unit: str, over: str) -> charts.Chart:
    """The ratios of a unit, a lane each, under what their place leaves out; the article's own highlighted."""
    places = case.vocabulary.scope["places"]
    rows = sorted(rows, key=lambda row: places.index(row["place"]))  # else as the table has them
    lines = pd.DataFrame([_line(case, row) for row in rows]).assign(case=case.name)
    options = {"subtitle": f"{_over(case, over)}.", "label": "label", "group": "where"}
    chart = charts.ranges(lines, title=_finding(case, rows, unit), **options).with_table(None)
    chart.source = "Each mark leads to its note."
    return chart


def _line(case: Case, row: Row) -> dict:
    """One row of the chart; a ratio that one body states is that body's, any other is worked out here."""
    stated = not row["b"]
    return {
        "figure_id": row["a"] if stated and " " not in row["working"] else "", "working": row["working"],
        "low": row["low"], "high": row["high"], "unit": row["ratio_unit"], "hedge": row["hedge"],
        "role": "article" if _of_article(case, row) else "reference",
        "counted_by": case[row["a"]].row["counted_by"] if stated else "",
        "group": case.group(case[row["a"]].row["counted_by"]) if stated else "",
        "label": words.capital(": ".join(filter(None, [_when(row), _days(case, row)]))),
        "where": f"{_place(case, row['place'])}. {wording(case).left_out[row['place']]}",
    }  # fmt: skip


def _of_article(case: Case, row: Row) -> bool:
    """Whether the article prints both numbers of a pairing."""
    return {row["a"], row["b"]} <= set(case.figures["figure_id"])


def _when(row: Row) -> str:
    return words.stated(row["period"], "period")


def _days(case: Case, row: Row) -> str:
    """How many days each side counts; what it counts as well, where that is another measure than the other side's."""
    text = beside(case, row, short=True).text.removeprefix(f"{row['unit']} beside {row['unit']}, ")
    return text.removesuffix("no dates").removesuffix(", ")


def _place(case: Case, place: str) -> str:
    stated = words.capital(words.stated(place, "place"))
    return stated if place == NOT_STATED else f"{wording(case).names['b']} counted in {place}"


def _over(case: Case, over: str) -> str:
    """What stands over what, in words."""
    told = wording(case)
    return told.ratio if over == "a" else f"The {told.adjectives['b']} number over the {told.adjectives['a']} one"


def _finding(case: Case, rows: Sequence[Row], unit: str) -> str:
    """What the picture shows, as a sentence: the article's own ratio, and between which the others lie."""
    own = [row for row in rows if _of_article(case, row) and row["unit"] == unit and row["ratio_unit"] == "1"]
    others = [row for row in rows if row not in own]
    spans = "; ".join(_span(inside, bool(own)) for inside in _by_unit(others))
    own_said = f"The article’s numbers, divided, give {ratio_in_words(own[0])}; " if own else ""
    return f"{own_said}{spans}" if own else words.capital(spans)


def _by_unit(rows: Sequence[Row]) -> list[list[Row]]:
    units = dict.fromkeys(row["ratio_unit"] for row in rows)
    return [[row for row in rows if row["ratio_unit"] == unit] for unit in units]


def _span(rows: Sequence[Row], other: bool) -> str:
    """How many comparisons there are in a unit of ratio, and between which numbers they lie."""
    ends = [end for row in rows for end in (row["low"], row["high"]) if end == end]
    between = ratio_in_words({"low": min(ends), "high": max(ends), "ratio_unit": rows[0]["ratio_unit"], "hedge": ""})
    some = f"{words.number(len(rows))} {'other ' * other}comparison{'s' * (len(rows) > 1)}"
    return f"{some} of {rows[0]['unit']} give{'s' * (len(rows) == 1)} {between}"


# What stands behind it ------------------------------------------------------------------------------------------------


def _arguments(case: Case, rows: Sequence[Row]) -> cards.HTML:
    """Each comparison with what it matches, its best argument for and its best argument against, folded away."""
    items = [
        f"<dt>{_ratio_link(row)}: {escape(position(row))}; {beside(case, row)}</dt>"
        f"<dd>Alike? {_marks(row)}</dd><dd>For: {escape(row['best_for'])}</dd>"
        f"<dd>Against: {escape(row['best_against'])}</dd>"
        for row in rows
    ]
    return cards.folded("For and against each", cards.HTML(f'<dl class="wc-arguments">{"".join(items)}</dl>'))


def _marks(row: Row) -> str:
    return "; ".join(f"{name} {mark(row[f'match_{name}'])}" for name in ("unit", "place", "period"))


def mark(match: str) -> cards.HTML:
    """Yes, partly, no or unknown as a shape and a word: never by colour alone.

    match: one of MARKS.

    >>> mark("partly")
    ◐ partly
    """
    text = f"{MARKS[match]} {match}"
    return cards.HTML(f'<span aria-hidden="true">{MARKS[match]}</span> <strong>{match}</strong>', text)


def _ratio_link(row: Row) -> cards.HTML:
    return cards.number({"low": row["low"], "high": row["high"], "working": row["working"]}, ratio_in_words(row))


# For analysts ---------------------------------------------------------------------------------------------------------


def spread(case: Case) -> cards.HTML:
    """All the ratios as one table: what they match, and their workings.

    case: a Case. Returns cards.HTML; one sentence, where the case has no dial. In a unit of ratio the greatest stands
    first under each place; unlike units are not ranked. Source: scopes.csv and its rows.

    >>> import analysis
    >>> spread(analysis.load("nhs-list-2025"))
    This case has no scope dial: its article does not set two sides beside one another.
    """
    if not has_dial(case):
        return cards.nothing(NO_DIAL)
    first, second = wording(case).adjectives.values()
    where = words.capital(f"{first} side counts; {second} counted in; period")
    columns = {"where": where, "ratio": "Ratio", "match": "Match", "id": "Working"}
    lines = [
        {"where": position(row), "ratio": ratio_in_words(row), "match": matched(row), "id": cards.code(row["working"])}
        for row in _ordered(case, pairings(case)).to_dict("records")
    ]  # fmt: skip
    return cards.table(lines, columns, "All comparisons")


def _ordered(case: Case, frame: pd.DataFrame) -> pd.DataFrame:
    """The pairings unit of ratio by unit of ratio, in it place by place, in it by their upper ends, greatest first."""
    units = {unit: n for n, unit in enumerate(dict.fromkeys(frame["ratio_unit"]))}
    keys = frame.assign(
        of=frame["ratio_unit"].map(units),
        at=frame["place"].map(case.vocabulary.scope["places"].index),
        end=-frame["high"].fillna(frame["low"]),
    )
    return frame.loc[keys.sort_values(["of", "at", "end"], kind="stable").index]
