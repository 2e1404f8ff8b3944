"""Why a position of the dial is empty: which side has no row of that unit, place or period; and the dial's choices."""

from .. import cards
from ..schema import NOT_STATED, UNKNOWN
from .pairings import days_of, pairings, period_in_words, positions
from .wording import wording


def missing(case, frame, unit, place, period):
    """Why no pairing stands in a position: which side has no row of that unit, place or period. Sentences, as HTML.

    case: a Case. frame: pairings(case). unit, place, period: the position. A row is of a dated period if it lies within
    the days of the first side's rows paired there and covers most of them, or is itself paired there. Source: the rows.
    """
    window = _window(case, frame, period)
    here = frame[frame["period"] == period]
    paired = {*here["a"], *here["b"]}
    firsts, seconds = (_of_side(case, frame, side) for side in ("a", "b"))
    theirs = [r for r in firsts if _in_unit(r, unit)]
    others = [r for r in seconds if r["place"] == (UNKNOWN if place == NOT_STATED else place)]
    first, second = wording(case).adjectives.values()
    said = []
    if not theirs:
        said.append(_nobody(f"{first} {unit}", f"{second} {unit}", [r for r in seconds if _in_unit(r, unit)], window))
    elif not any(_fits(r, window, paired) for r in theirs):
        said.append(cards.say("No row gives {} {} {}", first, unit, _such(theirs, window)))
    if not any(_fits(r, window, paired) for r in others):
        said.append(
            cards.say("Every dated {} row says where it counted; only rows without dates leave the place open.", second)
            if place == NOT_STATED
            else cards.say("No row gives {} rates for {} {}", second, place, _such(others, window))
        )
    none = cards.say("Both sides have rows for it, but no two of them were paired.")
    return [cards.say("No pairing can be made here."), *(said or [none])]


def choices(case):
    """Where the dial can stand, for its controls: as positions(), each as (label, position).

    case: a Case. A unit in which no row counts for the first side says so in its label. Source: scopes.csv, the rows.
    """
    none = f"no {wording(case).adjectives['a']} count found"
    empty = uncounted(case, pairings(case))
    at = {name: [(place, place) for place in places] for name, places in positions(case).items()}
    return at | {"unit": [(f"{unit} ({none})" if unit in empty else unit, unit) for _, unit in at["unit"]]}


def uncounted(case, frame):
    """The units in which no row counts for the first side of the pairings. case, frame: as for missing()."""
    theirs = _of_side(case, frame, "a")
    return [unit for unit in positions(case)["unit"] if not any(_in_unit(row, unit) for row in theirs)]


def _in_unit(row, unit):
    return row["unit"].partition("/")[0] == unit


def _of_side(case, frame, side):
    """The rows whose subject stands on that side of a pairing, on the topics that are paired."""
    paired = [case[i].row for i in frame.loc[frame["b"] != "", side]]
    topics = {case.vocabulary.measures.get(row["measure"]) for row in paired}
    subjects = {row["subject"] for row in paired}
    rows = (case[i].row for i in (*case.figures["figure_id"], *case.references["figure_id"]))
    return [r for r in rows if r["subject"] in subjects and case.vocabulary.measures.get(r["measure"]) in topics]


def _window(case, frame, period):
    """The first and last day of a period of the dial: what the first side's rows span there; None if not stated."""
    spans = [days_of(case[i].row) for i in frame.loc[frame["period"] == period, "a"]]
    known = [s for s in spans if s]
    return (min(s[0] for s in known), max(s[1] for s in known)) if known and period != NOT_STATED else None


def _fits(row, window, paired):
    """Whether a row is of a period: paired there, or within its days and over most of them, or as undated as it."""
    days = days_of(row)
    if row["figure_id"] in paired or window is None or days is None:
        return row["figure_id"] in paired or (window is None and days is None)
    inside = window[0] <= days[0] and days[1] <= window[1]
    return inside and 2 * ((days[1] - days[0]).days + 1) > (window[1] - window[0]).days + 1


def _nobody(asked, other, others, window):
    given = cards.say("; {} are given for {}", other, _periods(others, window)) if others else ""
    return cards.say("Nobody whose page was read gives {}{}.", asked, given)


def _such(rows, window):
    if window is None:
        return "without dates; every one that was found has some."
    found = cards.say("; there are some for {}", _periods(rows, window)) if any(map(days_of, rows)) else ""
    return cards.say("for that period alone{}.", found)


def _periods(rows, window, most=3):
    """The periods of rows in words, those nearest to a window first, and how many more there are."""
    dated = sorted((r for r in rows if days_of(r)), key=lambda r: _distance(days_of(r), window))
    when = list(dict.fromkeys(period_in_words(r) for r in dated))
    more = cards.say("; and {} more", len(when) - most) if len(when) > most else ""
    return cards.say("{}{}", "; ".join(when[:most]), more)


def _distance(days, window):
    """By how many days the ends of a period are off those of a window; the earliest first where there is none."""
    first, last = window or (days[0].min, days[0].min)
    return abs((days[0] - first).days) + abs((days[1] - last).days)
