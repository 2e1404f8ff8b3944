"""The dial: one thing is asked, what is counted; its answer is a picture of every comparison in which that is counted.

The picture can be turned: either side's number over the other's. No comparison is marked as the right one.
"""

import math
from collections.abc import Mapping, Sequence
from html import escape

import pandas as pd

from .. import cards, charts, words
from ..case import Case
from ..schema import NOT_STATED
from .missing import missing
from .pairings import (
    MARKS,
    MATCHES,
    PARTLY,
    YES,
    beside,
    matched,
    pairings,
    position,
    positions,
    ratio_in_words,
    told,
    when,
)
from .wording import NO_DIAL, OVER, has_dial, wording

Row = Mapping[str, object]


def dial(case: Case, unit: str, over: str = "a") -> cards.HTML:
    """What the article's numbers can be set beside where that unit is counted on the first side.

    case: a Case. unit: one of positions(case)["unit"]. over: whose number stands above the other's, a or b. Returns
    cards.HTML: a chart of the ratios, those of like units first, those of one place together under the sentence that
    says whose war it leaves out; what speaks for and against the article's own, or else the one that matches in most;
    and, folded, the same of each other. One sentence, where nothing can be set beside anything, or the case has no
    dial. Raises ValueError for a unit or a side that the dial has not. A pure function.
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
    rows = in_percent(every[every["unit"] == unit].to_dict("records"))
    if not rows:
        said = missing(case, every, unit)
        return cards.HTML(f'<p class="wc-empty">{said}</p>', said.text)
    chosen = _chosen(case, rows)
    others = [row for row in rows if row is not chosen]
    return cards.join(_chart(case, rows, unit, over), _reasons(case, chosen), _arguments(case, others))


def in_percent(rows: Sequence[Row]) -> list[Row]:
    """Pairings with their ratios of like by like in percent, if all of those are below 1; else as they are.

    rows: some of pairings(). Each one that is changed has a working that says so. Source: arithmetic on the rows.

    >>> few, many = ({"low": n, "high": n, "ratio_unit": "1", "working": "a / b"} for n in (0.25, 4.0))
    >>> in_percent([few])[0]["high"], in_percent([few, many])[0]["high"]
    (25.0, 0.25)
    """
    if not 0 < max((end for row in rows if _alike(row) for end in _ends(row)), default=1) < 1:
        return list(rows)
    changed = {"ratio_unit": "percent"}
    return [
        {**row, **changed, "low": 100 * row["low"], "high": 100 * row["high"],
         "working": f"100 [percent] * ({row['working']})"} if _alike(row) else row
        for row in rows
    ]  # fmt: skip


def _alike(row: Row) -> bool:
    """Whether a pairing sets like by like: its ratio is pure, or a percentage."""
    return "/" not in row["ratio_unit"]


def _ends(row: Row) -> list[float]:
    """The ends of a ratio that are known."""
    return [end for end in (row["low"], row["high"]) if end == end]


# The picture ----------------------------------------------------------------------------------------------------------


def _chart(case: Case, rows: Sequence[Row], unit: str, over: str) -> charts.Chart:
    """The ratios of a unit, a lane each, under what their place leaves out; the article's own is a band through them.

    Like by like stands in the first panel, the others below it, under words that say what is set beside what.
    """
    places = case.vocabulary.scope["places"]
    rows = sorted(rows, key=lambda row: (not _alike(row), places.index(row["place"])))
    lines = pd.DataFrame([_line(case, row) for row in rows]).assign(case=case.name)
    own = [row["scope_id"] for row in rows if _of_article(case, row)]
    title = _finding(case, rows, unit, over)
    chart = charts.ranges(_unlike(lines), title=title, label="label", group="where", number=own).with_table(None)
    chart.source = ""
    return chart


def _line(case: Case, row: Row) -> dict:
    """One row of the chart; a ratio that one body states is that body's, any other is worked out here."""
    stated = not row["b"]
    own = _of_article(case, row)
    return {
        "figure_id": row["scope_id"] if own else row["a"] if stated and " " not in row["working"] else "",
        "working": row["working"],
        "low": row["low"], "high": row["high"], "unit": row["ratio_unit"], "hedge": row["hedge"],
        "role": "article" if own else "reference",
        "counted_by": case[row["a"]].row["counted_by"] if stated else "",
        "group": case.group(case[row["a"]].row["counted_by"]) if stated else "",
        "label": OWN if own else words.capital(": ".join(filter(None, [_when(row), _days(case, row)]))),
        "where": f"{_place(case, row['place'])}. {wording(case).left_out[row['place']]}",
    }  # fmt: skip


OWN = "The article’s own two numbers"


def _unlike(lines: pd.DataFrame) -> pd.DataFrame:
    """The rows of the chart, the first heading of each panel of unlike units with what is set beside what."""
    for unit in dict.fromkeys(unit for unit in lines["unit"] if "/" in unit):
        here = lines[lines["unit"] == unit]
        where = here.sort_values("role", ascending=False, kind="stable")["where"].iloc[0]  # the article's has no lane
        at = (lines["unit"] == unit) & (lines["where"] == where)
        lines.loc[at, "where"] = f"{_set_beside(unit)}. {where}"
    return lines


def _set_beside(ratio_unit: str) -> str:
    """What a ratio of unlike units sets beside what.

    >>> _set_beside("runs/bus")
    'Runs for each bus: not the same thing'
    """
    return f"{words.capital(ratio_unit.replace('/', ' for each '))}: not the same thing"


def _of_article(case: Case, row: Row) -> bool:
    """Whether the article prints both numbers of a pairing."""
    return {row["a"], row["b"]} <= set(case.figures["figure_id"])


def _when(row: Row) -> str:
    return words.stated(row["period"], "period") if row["b"] else ""


def _days(case: Case, row: Row) -> str:
    """How many days each side counts; what it counts as well, where that is another measure than the other side's."""
    if not row["b"]:
        return f"{case[row['a']].row['counted_by']}’s own comparison, {when(case[row['a']].row)}"
    text = beside(case, row, short=True).text.removeprefix(f"{row['unit']} beside {row['unit']}, ")
    return text.removesuffix("no dates").removesuffix(", ")


def _place(case: Case, place: str) -> str:
    stated = words.capital(words.stated(place, "place"))
    return stated if place == NOT_STATED else f"{wording(case).names['b']} counted in {place}"


def _finding(case: Case, rows: Sequence[Row], unit: str, over: str) -> str:
    """What the picture shows, as a sentence: between which numbers like by like lies, and the article's own."""
    own = [row for row in rows if _of_article(case, row) and _alike(row)]
    alike = [row for row in rows if _alike(row) and row not in own]
    above, below = (wording(case).adjectives[side] for side in (over, OVER[over == "a"]))
    if alike:
        said = f"{words.capital(unit)} beside {unit}, the {above} number is {_as_many(alike, f'the {below} one')}"
        return f"{said}; the article’s own two give {_as_many(own)}" if own else said
    if own:
        return f"The article’s own two numbers give {_as_many(own)}"
    of = rows[0]["ratio_unit"]
    return f"{_set_beside(of)}; there are {_between([row for row in rows if row['ratio_unit'] == of])}"


def _between(rows: Sequence[Row]) -> str:
    """Between which numbers ratios lie, percentages whole; open, where one of those at that end is."""
    rows = [{end: _whole(row[end], row["ratio_unit"]) for end in ("low", "high")} for row in rows]
    ends = [end for row in rows for end in _ends(row)]
    low, high = min(ends), max(ends)
    least, most = ({words.number(row[end]) for row in rows if row[other] != row[other]}
                   for end, other in (("high", "low"), ("low", "high")))  # fmt: skip
    low, high = math.nan if words.number(low) in least else low, math.nan if words.number(high) in most else high
    return words.span(low, high).replace(words.EN_DASH, " to ")


def _whole(end: float, unit: str) -> float:
    """A percentage as a title says it, without decimals; one below 1, and any other number, as it is."""
    return round(end) if unit == "percent" and end >= 1 else end


def _as_many(rows: Sequence[Row], what: str = "") -> str:
    """`2 to 5 times the other one`, `2 times the other one or more`; in percent, `20 percent of the other one`."""
    number, more, _ = _between(rows).partition(" or more")
    said = ["percent", "of" * bool(what)] if rows[0]["ratio_unit"] == "percent" else ["times"]
    return " ".join(filter(None, [number, *said, what, more.strip()]))


# What stands behind it ------------------------------------------------------------------------------------------------


def _chosen(case: Case, rows: Sequence[Row]) -> Row:
    """The comparison argued in sight: of like by like the article's own, else the first that matches in most."""

    def weight(row: Row) -> tuple:
        matches = [row[name] for name in MATCHES]
        return _alike(row), _of_article(case, row), matches.count(YES), matches.count(PARTLY)

    return max(rows, key=weight)


def _reasons(case: Case, row: Row) -> cards.HTML:
    """What speaks for one comparison, and what against it, side by side."""
    name = "the article’s own" if _of_article(case, row) else _when(row) or _days(case, row)
    lines = [("For", row["best_for"]), ("Against", row["best_against"])]
    whose = f" {_ratio_link(row)}, {escape(name)}"
    said = "".join(f"<p><b>{head}{whose * (head == 'For')}</b> {escape(text)}</p>" for head, text in lines)
    return cards.HTML(f'<div class="wc-lines">{said}</div>', " ".join(f"{head}: {text}" for head, text in lines))


def _arguments(case: Case, rows: Sequence[Row]) -> cards.HTML:
    """Each comparison with what it matches, its best argument for and its best argument against, folded away."""
    items = [
        f"<dt>{_ratio_link(row)}: {escape(position(row))}; {beside(case, row)}</dt>"
        f"<dd>Alike? {_marks(row)}</dd><dd>For: {escape(row['best_for'])}</dd>"
        f"<dd>Against: {escape(row['best_against'])}</dd>"
        for row in rows
    ]
    if not rows:
        return cards.HTML("", "")
    summary = f"For and against the other {words.number(len(rows))}" if len(rows) > 1 else "For and against the other"
    return cards.folded(summary, cards.HTML(f'<dl class="wc-arguments">{"".join(items)}</dl>'))


def _marks(row: Row) -> str:
    return "; ".join(f"{m.removeprefix('match_')} {mark(row[m], told(row, m))}" for m in MATCHES)


def mark(match: str, said: str = "") -> cards.HTML:
    """Yes, partly, no or unknown as a shape and a word: never by colour alone.

    match: one of MARKS. said: a nearer word than match, as of units that are alike in name only.

    >>> mark("partly")
    ◐ partly
    """
    said = said or match
    shown = f'<span aria-hidden="true">{MARKS[match]}</span> <strong>{said}</strong>'
    return cards.HTML(shown, f"{MARKS[match]} {said}")


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
