"""Every pairing of two figures that can be made: its ratio, and what its two sides have in common."""

from datetime import timedelta

import pandas as pd

from .. import cards, words
from ..contrast import rate
from ..period import calendar_day
from ..schema import NOT_STATED, UNIT_MATCHES, UNKNOWN

YES, PARTLY, NO = "yes", "partly", "no"
MARKS = {YES: "●", PARTLY: "◐", NO: "○", UNKNOWN: "?"}
_UNIT = dict(zip(UNIT_MATCHES, (YES, PARTLY, NO), strict=True))
MATCHES = ("match_unit", "match_place", "match_period")
COLUMNS = (
    "scope_id", "unit", "place", "period", "a", "b", "a_rate", "b_rate", "low", "high", "ratio_unit",
    "hedge", "working", *MATCHES, "unit_match", "unit_why", "best_for", "best_against",
)  # fmt: skip


def pairings(case):
    """Every pairing of scopes.csv with its ratio and what its two sides have in common.

    case: a Case. Returns n rows of COLUMNS: unit, place, period are the dial's positions; a and b are
    the figure_ids of the two sides, a_rate and b_rate workings of their rates a day; low and high (float) are the
    ratio, ratio_unit its unit (`1` for like by like, else both names, `runs/bus`), working recomputes it; match_unit,
    match_place, match_period are yes, partly, no or unknown. Where one body states the ratio itself, b and both rates
    are empty.
    Source: arithmetic on the rows; unit_match, best_for and best_against are coded by hand.
    """
    made = [_pairing(case, row) for row in case.scopes.to_dict("records")]
    return pd.DataFrame(made, columns=list(COLUMNS))


def _pairing(case, row):
    first, second = row["a"], row["b"]
    sides = [_a_rate(case[i], row) for i in (first, second)] if second else ["", ""]
    working = " / ".join(f"({side})" if " " in side else side for side in sides) if second else first
    ratio = case.evaluate(working)
    a, b = case[first].row, case[second or first].row
    return row | {
        "a_rate": sides[0], "b_rate": sides[1], "low": ratio.low, "high": ratio.high, "ratio_unit": ratio.unit,
        "hedge": ";".join(ratio.hedges), "working": working, "match_unit": _UNIT[row["unit_match"]],
        "match_place": match_place(a["place"], b["place"], case.vocabulary.places), "match_period": match_period(a, b),
    }  # fmt: skip


def _a_rate(chosen, row):
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


def match_period(a, b):
    """Whether two rows count the same days (yes), some days in common (partly), none (no), or a period is unknown."""
    first, second = days_of(a), days_of(b)
    if first is None or second is None:
        return UNKNOWN
    if first == second:
        return YES
    return PARTLY if max(first[0], second[0]) <= min(first[1], second[1]) else NO


def days_of(row):
    """The first and the last day of a row's period; None where either is unknown."""
    if UNKNOWN in (row["period_start"], row["period_end"]):
        return None
    return calendar_day(row["period_start"], last=False), calendar_day(row["period_end"], last=True)


def summary(frame: pd.DataFrame) -> cards.HTML:
    """How many of the pairings match on unit, place and period, as sentences.

    frame: n rows of pairings(). Returns HTML in which every number is marked as a count of rows of the frame.
    """
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


def matched(row):
    """What a pairing matches, in words: `unit no, place yes, period yes`."""
    return ", ".join(f"{m.removeprefix('match_')} {row[m]}" for m in MATCHES)


def position(row):
    """A position of the dial in words: `Sorties; Syria; October 2015`."""
    place = "place not stated" if row["place"] == NOT_STATED else row["place"]
    period = "period not stated" if row["period"] == NOT_STATED else row["period"]
    return f"{row['unit'].capitalize()}; {place}; {period}"


def positions(case):
    """Where the dial can stand: {"unit": [...], "place": [...], "period": [...]}, in the order of the tables."""
    return {
        "unit": list(case.vocabulary.scope["units"]),
        "place": list(case.vocabulary.scope["places"]),
        "period": list(dict.fromkeys(case.scopes["period"])),
    }


def ratio_in_words(row):
    """A pairing's ratio with its unit; a pure one as so many times."""
    text = words.quantity(row["low"], row["high"], row["ratio_unit"], row["hedge"])
    return f"{text} times" if row["ratio_unit"] == "1" else text


def period_in_words(row):
    """The period of a row of the case."""
    return words.period(row["period_start"], row["period_end"])


def when(row):
    """The period of a row in as few words as say it: `2016`, `January to March 2016`, `27 April to 25 August 2017`."""
    if days_of(row) is None:
        return "no dates" if row["period_start"] == row["period_end"] else period_in_words(row)
    first, last = days_of(row)
    if first.day == 1 and (last + timedelta(days=1)).day == 1:
        year = first.month == 1 and last.month == 12 and first.year == last.year
        start, end = (day.isoformat()[: 4 if year else 7] for day in (first, last))
    else:
        start, end = first.isoformat(), last.isoformat()
    if first.year != last.year or start == end:
        return words.period(start, end)
    return f"{words.date(start).removesuffix(f' {first.year}')} to {words.date(end)}"


def beside(case, row, short=False):
    """What a pairing sets beside what: `sorties, 2016, beside strikes, October 2016`.

    case: a Case. row: a row of pairings(). short: without what the ratio's unit says already, and how many days in
    place of which. Returns HTML in which the days are marked as counts.
    """
    a = case[row["a"]].row
    if not row["b"]:
        return cards.say("{}as one body states it, {}", "" if short else f"{row['unit']}, ", when(a))
    b = case[row["b"]].row
    both, same = f"{a['measure']} beside {b['measure']}", when(a) == when(b)
    if not short:
        apart = f"{a['measure']}, {when(a)}, beside {b['measure']}, {when(b)}"
        return cards.say("{}", f"{both}, {when(a)}" if same else apart)
    length = "no dates" if days_of(a) is None and same else "same days" if same else _lengths(a, b)
    return cards.say("{}{}", f"{both}, " if row["ratio_unit"] == "1" else "", length)


def _lengths(a: dict, b: dict) -> str:
    """How many days each of two rows counts, where they are not the same ones."""
    if days_of(a) is None or days_of(b) is None:
        return f"{when(a)} beside {when(b)}"
    n, m = ((last - first).days + 1 for first, last in (days_of(a), days_of(b)))
    return cards.say("{} days each, not the same ones", n) if n == m else cards.say("{} days beside {} days", n, m)
