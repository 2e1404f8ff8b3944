"""Every pairing of two figures that can be made: its ratio, and what its two sides have in common."""

from datetime import timedelta

import pandas as pd

from .. import words
from ..contrast import rate
from ..period import calendar_day
from ..schema import NOT_STATED, SCOPE_PLACES, SCOPE_UNITS, UNIT_MATCHES, UNKNOWN

YES, PARTLY, NO = "yes", "partly", "no"
MARKS = {YES: "●", PARTLY: "◐", NO: "○", UNKNOWN: "?"}
_UNIT = dict(zip(UNIT_MATCHES, (YES, PARTLY, NO), strict=True))
MATCHES = ("match_unit", "match_place", "match_period")
COLUMNS = (
    "scope_id", "unit", "place", "period", "russia", "coalition", "russia_rate", "coalition_rate", "low", "high",
    "ratio_unit", "hedge", "working", *MATCHES, "unit_match", "unit_why", "best_for", "best_against",
)  # fmt: skip


def pairings(case):
    """Every pairing of scopes.csv with its ratio and what its two sides have in common.

    case: a Case. Returns n rows of COLUMNS: unit, place, period are the dial's positions; russia_rate and
    coalition_rate are workings of the rates a day; low and high (float) are the ratio, ratio_unit its unit (`1` for
    like by like, else both names, `sorties/strike`), working recomputes it; match_unit, match_place, match_period are
    yes, partly, no or unknown. Where one body states the ratio itself, coalition and both rates are empty.
    Source: arithmetic on the rows; unit_match, best_for and best_against are coded by hand.
    """
    made = [_pairing(case, row) for row in case.scopes.to_dict("records")]
    return pd.DataFrame(made, columns=list(COLUMNS))


def _pairing(case, row):
    russia, coalition = row["russia"], row["coalition"]
    sides = [_a_rate(case[i], row) for i in (russia, coalition)] if coalition else ["", ""]
    working = " / ".join(f"({side})" if " " in side else side for side in sides) if coalition else russia
    ratio = case.evaluate(working)
    a, b = case[russia].row, case[coalition or russia].row
    return row | {
        "russia_rate": sides[0], "coalition_rate": sides[1], "low": ratio.low, "high": ratio.high,
        "ratio_unit": ratio.unit, "hedge": ";".join(ratio.hedges), "working": working,
        "match_unit": _UNIT[row["unit_match"]], "match_place": match_place(a["place"], b["place"]),
        "match_period": match_period(a, b),
    }  # fmt: skip


def _a_rate(chosen, row):
    """The working of a figure's rate a day. ValueError names the pairing where it has none."""
    daily = rate(chosen)
    if not daily.working:
        raise ValueError(
            f"scopes.csv, {row['scope_id']}: {chosen.working} has no daily rate ({'; '.join(daily.notes)})"
        )
    return daily.working


def match_place(a, b):
    """Whether two places are the same (yes), one holds the other (partly), they differ (no), or one is unknown."""
    if UNKNOWN in (a, b):
        return UNKNOWN
    if a == b:
        return YES
    inside = set(a.split(" and ")) & set(b.split(" and ")) or "worldwide" in (a, b)
    return PARTLY if inside else NO


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


def summary(frame):
    """How many of the pairings match on unit, place and period, as sentences.

    frame: n rows of pairings(). Returns text; every number in it counts rows of the frame.
    """
    same = (frame["match_place"] == YES) & (frame["match_period"] == YES)
    alike = int((same & (frame["match_unit"] == YES)).sum())
    named = int((same & frame["match_unit"].isin([YES, PARTLY])).sum())
    unlike = int((same & (frame["match_unit"] == NO)).sum())
    count = words.number(len(frame))
    return " ".join([
        f"{_some(alike, f'of the {count} pairings')} on unit, place and period together.",
        "In some, both sides print one word, and no common meaning of it is known. If those are taken to count "
        f"the same thing, {'still ' * (not named)}{_some(named).lower()}.",
        f"{_some(unlike)} on place and period, but there each side counts another thing.",
    ])  # fmt: skip


def _some(count, of=""):
    """`None of the 9 pairings matches`, `1 matches`, `2 match`."""
    number = words.number(count) if count else "None"
    return " ".join(filter(None, [number, of, "match" if count > 1 else "matches"]))


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
        "unit": list(SCOPE_UNITS),
        "place": list(SCOPE_PLACES),
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


def counted(row):
    """What a row counts, in a word or some: its measure, or the noun of its unit where that is another."""
    noun = row["unit"].partition("/")[0]
    return row["measure"] if noun in row["measure"].split() else noun


def beside(case, row, short=False):
    """What a pairing sets beside what: `sorties, 2016, beside strikes, October 2016`.

    case: a Case. row: a row of pairings(). short: without what the ratio's unit says already, and how many days in
    place of which. Returns text.
    """
    a = case[row["russia"]].row
    if not row["coalition"]:
        return f"{'' if short else row['unit'] + ', '}as one body states it, {when(a)}"
    b = case[row["coalition"]].row
    same = when(a) == when(b)
    if not short:
        both = f"{counted(a)}, {when(a)}, beside {counted(b)}, {when(b)}"
        return f"{counted(a)} beside {counted(b)}, {when(a)}" if same else both
    what = f"{counted(a)} beside {counted(b)}, " if row["ratio_unit"] == "1" else ""
    return what + ("no dates" if days_of(a) is None and same else "same days" if same else _lengths(a, b))


def _lengths(a, b):
    """How many days each of two rows counts, where they are not the same ones."""
    if days_of(a) is None or days_of(b) is None:
        return f"{when(a)} beside {when(b)}"
    n, m = ((last - first).days + 1 for first, last in (days_of(a), days_of(b)))
    return f"{n} days each, not the same ones" if n == m else f"{words.number(n)} days beside {words.number(m)} days"
