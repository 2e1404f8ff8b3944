"""Why a position of the dial is empty: which side has no row of that unit, place or period; and the dial's choices."""

import datetime
from collections.abc import Iterable, Mapping

import pandas as pd

from .. import cards
from ..case import Case
from ..period import Period
from ..schema import NOT_STATED, UNKNOWN
from .pairings import pairings, positions
from .wording import NO_DIAL, has_dial, wording

Row = Mapping[str, object]


def missing(case: Case, frame: pd.DataFrame, unit: str, place: str, period: str) -> list[cards.HTML]:
    """Why no pairing stands in a position: which side has no row of that unit, place or period.

    case: a Case. frame: pairings(case). unit, place, period: the position. A row is of a dated period if it lies within
    the days of the first side's rows paired there and covers most of them, or is itself paired there. Returns
    sentences, the first that no pairing can be made here; one alone, where the case has no dial. Source: the rows.

    >>> import analysis
    >>> case = analysis.load()
    >>> for sentence in missing(case, pairings(case), "sorties", "Iraq and Syria", "not stated"): print(sentence.text)
    No pairing can be made here.
    No row gives coalition rates for Iraq and Syria without dates; every one that was found has some.
    """
    if not has_dial(case):
        return [cards.say("{}", NO_DIAL)]
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


def choices(case: Case) -> dict[str, list[tuple[str, str]]]:
    """Where the dial can stand, for its controls: as positions(), each as (label, position).

    case: a Case; one without a dial has no positions. A unit in which no row counts for the first side says so in its
    label. Source: scopes.csv, the rows.

    >>> import analysis
    >>> choices(analysis.load())["unit"][-1]
    ('weapons (no Russian count found)', 'weapons')
    """
    if not has_dial(case):
        return {name: [] for name in positions(case)}
    none = f"no {wording(case).adjectives['a']} count found"
    empty = uncounted(case, pairings(case))
    at = {name: [(place, place) for place in places] for name, places in positions(case).items()}
    return at | {"unit": [(f"{unit} ({none})" if unit in empty else unit, unit) for _, unit in at["unit"]]}


def uncounted(case: Case, frame: pd.DataFrame) -> list[str]:
    """The units in which no row counts for the first side of the pairings.

    case, frame: as for missing(). Source: the rows.

    >>> import analysis
    >>> uncounted(analysis.load(), pairings(analysis.load()))
    ['weapons']
    """
    theirs = _of_side(case, frame, "a")
    return [unit for unit in positions(case)["unit"] if not any(_in_unit(row, unit) for row in theirs)]


def _in_unit(row: Row, unit: str) -> bool:
    return row["unit"].partition("/")[0] == unit


def _of_side(case: Case, frame: pd.DataFrame, side: str) -> list[Row]:
    """The rows whose subject stands on that side of a pairing, on the topics that are paired."""
    paired = [case[i].row for i in frame.loc[frame["b"] != "", side]]
    topics = {case.vocabulary.measures.get(row["measure"]) for row in paired}
    subjects = {row["subject"] for row in paired}
    rows = (case[i].row for i in (*case.figures["figure_id"], *case.references["figure_id"]))
    return [r for r in rows if r["subject"] in subjects and case.vocabulary.measures.get(r["measure"]) in topics]


def _window(case: Case, frame: pd.DataFrame, period: str) -> Period | None:
    """The days of a period of the dial: what the first side's rows span there; None if not stated."""
    spans = [Period.of(case[i].row) for i in frame.loc[frame["period"] == period, "a"]]
    known = [s for s in spans if s.known]
    if not known or period == NOT_STATED:
        return None
    return Period(min(s.first for s in known), max(s.last for s in known))


def _fits(row: Row, window: Period | None, paired: set[str]) -> bool:
    """Whether a row is of a period: paired there, or within its days and over most of them, or as undated as it."""
    span = Period.of(row)
    if row["figure_id"] in paired or window is None or not span.known:
        return row["figure_id"] in paired or (window is None and not span.known)
    return span.within(window) and 2 * span.days > window.days


def _nobody(asked: str, other: str, others: list[Row], window: Period | None) -> cards.HTML:
    given = cards.say("; {} are given for {}", other, _periods(others, window)) if others else ""
    return cards.say("Nobody whose page was read gives {}{}.", asked, given)


def _such(rows: list[Row], window: Period | None) -> cards.HTML:
    if window is None:
        return cards.say("without dates; every one that was found has some.")
    found = cards.say("; there are some for {}", _periods(rows, window)) if any(map(_dated, rows)) else ""
    return cards.say("for that period alone{}.", found)


def _dated(row: Row) -> bool:
    return Period.of(row).known


def _periods(rows: Iterable[Row], window: Period | None, most: int = 3) -> cards.HTML:
    """The periods of rows in words, those nearest to a window first, and how many more there are."""
    spans = sorted((Period.of(r) for r in rows if _dated(r)), key=lambda span: _distance(span, window))
    when = list(dict.fromkeys(map(str, spans)))
    more = cards.say("; and {} more", len(when) - most) if len(when) > most else ""
    return cards.say("{}{}", "; ".join(when[:most]), more)


def _distance(span: Period, window: Period | None) -> int:
    """By how many days the ends of a period are off those of a window; the earliest first where there is none."""
    first, last = (window.first, window.last) if window else (datetime.date.min, datetime.date.min)
    return abs((span.first - first).days) + abs((span.last - last).days)
