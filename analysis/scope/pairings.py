"""Every pairing of two figures that can be made: its ratio, and what its two sides have in common."""

from collections.abc import Mapping, Sequence

import pandas as pd

from .. import cards, words
from ..case import Case
from ..contrast import rate
from ..figure import Figure
from ..period import Period
from ..schema import UNIT_MATCHES, UNKNOWN
from .wording import wording

YES, PARTLY, NO = "yes", "partly", "no"
MARKS = {YES: "●", PARTLY: "◐", NO: "○", UNKNOWN: "?"}
_UNIT = dict(zip(UNIT_MATCHES, (YES, PARTLY, NO), strict=True))
MATCHES = ("match_unit", "match_place", "match_period")
COLUMNS = (
    "scope_id", "unit", "place", "period", "a", "b", "a_rate", "b_rate", "low", "high", "ratio_unit",
    "hedge", "working", *MATCHES, "unit_match", "unit_why", "best_for", "best_against",
)  # fmt: skip


def pairings(case: Case, over: str = "a") -> pd.DataFrame:
    """Every pairing of scopes.csv with its ratio and what its two sides have in common.

    case: a Case. over: the side whose number is divided by the other's, a or b. Returns n rows of COLUMNS, none where
    the case has no dial: unit, place, period are the dial's positions; a and b are the figure_ids of the two sides,
    a_rate and b_rate workings of their rates a day; low and high (float) are the ratio, ratio_unit its unit (`1` for
    like by like, else both names, `runs/bus`), working recomputes it; match_unit, match_place, match_period are yes,
    partly, no or unknown. Where one body states the ratio itself, b and both rates are empty. Raises ValueError, which
    names the pairing, where a side has no rate a day.
    Source: arithmetic on the rows; unit_match, best_for and best_against are coded by hand.

    >>> import analysis
    >>> pairings(analysis.load())[["low", "high", "ratio_unit", "match_place"]].head(1)
        low  high ratio_unit match_place
    0  14.0  60.0          1     unknown
    """
    made = [_pairing(case, row, over) for row in case.scopes.to_dict("records")]
    return pd.DataFrame(made, columns=list(COLUMNS)).astype({"low": "float64", "high": "float64"})


def _pairing(case: Case, row: Mapping, over: str) -> dict:
    first, second = row["a"], row["b"]
    sides = [_a_rate(case[i], row) for i in (first, second)] if second else ["", ""]
    working = _ratio(sides if second else [first], over)
    ratio = case.evaluate(working)
    a, b = case[first].row, case[second or first].row
    return row | {
        "a_rate": sides[0], "b_rate": sides[1], "low": ratio.low, "high": ratio.high, "ratio_unit": ratio.unit,
        "hedge": ";".join(ratio.hedges), "working": working, "match_unit": _UNIT[row["unit_match"]],
        "match_place": match_place(a["place"], b["place"], case.vocabulary.places), "match_period": match_period(a, b),
    }  # fmt: skip


def _ratio(sides: Sequence[str], over: str) -> str:
    """The working of a ratio of two rates, or of one that is stated, turned round for the second side."""
    sides = [f"({side})" if " " in side else side for side in sides]
    sides = sides if over == "a" else [*([] if len(sides) > 1 else ["1"]), *sides[::-1]]
    return " / ".join(sides)


def _a_rate(chosen: Figure, row: Mapping) -> str:
    """The working of a figure's rate a day. ValueError names the pairing where it has none."""
    daily = rate(chosen)
    if not daily.working:
        raise ValueError(
            f"scopes.csv, {row['scope_id']}: {chosen.working} has no daily rate ({'; '.join(daily.notes)})"
        )
    return daily.working


def match_place(a: str, b: str, places: dict) -> str:
    """Whether two places are the same (yes), one holds or shares some of the other (partly), differ (no), or unknown.

    places: {place: the places within it}, as vocabulary.places has them.

    >>> match_place("the north", "the land", {"the north": frozenset(), "the land": frozenset({"the north"})})
    'partly'
    """
    if UNKNOWN in (a, b):
        return UNKNOWN
    if a == b:
        return YES
    return PARTLY if ({a} | places.get(a, set())) & ({b} | places.get(b, set())) else NO


def match_period(a: Mapping, b: Mapping) -> str:
    """Whether two rows count the same days (yes), some days in common (partly), none (no), or a period is unknown.

    a, b: rows with period_start and period_end.

    >>> winter, year = ({"period_start": day, "period_end": day} for day in ("2016-02", "2016"))
    >>> match_period(winter, year), match_period(winter, winter)
    ('partly', 'yes')
    """
    first, second = Period.of(a), Period.of(b)
    if not (first.known and second.known):
        return UNKNOWN
    return YES if first == second else PARTLY if first.overlaps(second) else NO


def summary(frame: pd.DataFrame) -> cards.HTML:
    """How many of the pairings match on unit, place and period, as sentences.

    frame: n rows of pairings(). Returns HTML in which every number is marked as a count of rows of the frame; one
    sentence where there are none. Source: the frame.

    >>> import analysis
    >>> print(summary(pairings(analysis.load("nhs-list-2025"))).text)
    This case has no pairings.
    """
    if frame.empty:
        return cards.say("This case has no pairings.")
    same = (frame["match_place"] == YES) & (frame["match_period"] == YES)
    alike = int((same & (frame["match_unit"] == YES)).sum())
    named = int((same & frame["match_unit"].isin([YES, PARTLY])).sum())
    unlike = int((same & (frame["match_unit"] == NO)).sum())
    still = "" if named else "still "
    return cards.say(
        "{} on unit, place and period together. In some, both sides print one word, and no common meaning of it is "
        "known. If those are taken to count the same thing, {}{}. {} on place and period, but there each side counts "
        "another thing.",
        _some(alike, cards.say(" of the {} pairings", len(frame))), still, _some(named, none="none"), _some(unlike),
    )  # fmt: skip


def _some(count: int, of: str = "", none: str = "None") -> cards.HTML:
    """`None of the 9 pairings matches`, `1 matches`, `2 match`."""
    return cards.say("{}{} {}", count or none, of, "match" if count > 1 else "matches")


def matched(row: Mapping) -> str:
    """What a pairing matches, in words.

    >>> matched({"match_unit": "partly", "unit_match": "in name only", "match_place": "yes", "match_period": "yes"})
    'unit in name only, place yes, period yes'
    """
    return ", ".join(f"{m.removeprefix('match_')} {told(row, m)}" for m in MATCHES)


def told(row: Mapping, match: str) -> str:
    """How a match is told: units that match in part are alike in name only, and that is said.

    >>> told({"match_unit": "partly", "unit_match": "in name only"}, "match_unit")
    'in name only'
    """
    return row["unit_match"] if match == "match_unit" and row[match] == PARTLY else row[match]


def position(row: Mapping) -> str:
    """A position of the dial in words.

    >>> position({"unit": "runs", "place": "not stated", "period": "May 2016"})
    'Runs; place not stated; May 2016'
    """
    return "; ".join([words.capital(row["unit"]), *(words.stated(row[name], name) for name in ("place", "period"))])


def positions(case: Case) -> dict[str, list[str]]:
    """Where the dial can stand: {"unit": [...], "place": [...], "period": [...]}, in the order of the tables.

    case: a Case; one without a dial has no positions. Source: [words.scope] of case.toml, and scopes.csv.

    >>> import analysis
    >>> positions(analysis.load())["place"]
    ['not stated', 'Syria', 'Iraq and Syria']
    """
    return {
        "unit": list(case.vocabulary.scope["units"]),
        "place": list(case.vocabulary.scope["places"]),
        "period": list(dict.fromkeys(case.scopes["period"])),
    }


def ratio_in_words(row: Mapping) -> str:
    """A pairing's ratio with its unit; a pure one as so many times.

    >>> ratio_in_words({"low": 14.0, "high": 60.0, "ratio_unit": "1", "hedge": ""})
    '14–60 times'
    """
    text = words.quantity(row["low"], row["high"], row["ratio_unit"], row["hedge"])
    return f"{text} times" if row["ratio_unit"] == "1" else text


def when(row: Mapping) -> str:
    """The period of a row in as few words as say it.

    row: one with period_start and period_end.

    >>> when({"period_start": "2016-01-01", "period_end": "2016-03"})
    'January to March 2016'
    """
    span = Period.of(row)
    if not span.known:
        return "no dates" if span.start == span.end else str(span)
    first, last = span.first, span.last
    year = span.months == 12 and first.year == last.year
    start, end = (day.isoformat()[: 4 if year else 7 if span.months else 10] for day in (first, last))
    if first.year != last.year or start == end:
        return words.period(start, end)
    return f"{words.date(start).removesuffix(f' {first.year}')} to {words.date(end)}"


def beside(case: Case, row: Mapping, short: bool = False) -> cards.HTML:
    """What a pairing sets beside what.

    case: a Case. row: a row of pairings(). short: without what the ratio's unit says already, and how many days in
    place of which. Returns HTML in which the days are marked as counts. Source: the two rows of the pairing.

    >>> import analysis
    >>> case = analysis.load()
    >>> beside(case, pairings(case).iloc[0])
    strikes beside strikes, no dates
    """
    a = case[row["a"]].row
    if not row["b"]:
        return cards.say("{}as one body states it, {}", "" if short else f"{row['unit']}, ", when(a))
    b = case[row["b"]].row
    first, second = _counted(a), _counted(b)
    both, same = f"{first} beside {second}", when(a) == when(b)
    if not short:
        apart = f"{first}, {when(a)}, beside {second}, {when(b)}"
        return cards.say("{}", f"{both}, {when(a)}" if same else apart)
    length = "no dates" if not Period.of(a).known and same else "same days" if same else _lengths(case, a, b)
    return cards.say("{}{}", f"{both}, " if "/" not in row["ratio_unit"] else "", length)


def _counted(row: Mapping) -> str:
    """What a row counts: its measure, or the noun of its unit, where the measure does not hold that."""
    noun = row["unit"].partition("/")[0]
    return row["measure"] if noun in row["measure"] else noun


def _lengths(case: Case, a: Mapping, b: Mapping) -> str:
    """How many days each of two rows counts, where they are not the same ones."""
    n, m = Period.of(a).days, Period.of(b).days
    if n is None or m is None:
        return f"{when(a)} beside {when(b)}"
    if n == m:
        return cards.say("{} days each, not the same ones", n)
    names = wording(case).names
    return cards.say("{} {} days, {} {} days", names["a"], n, names["b"], m)
