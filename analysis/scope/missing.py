"""Why nothing can be compared where a unit is counted; and the dial's choices."""

from collections.abc import Iterable, Mapping

import pandas as pd

from .. import cards
from ..case import Case
from ..period import Period
from .pairings import positions
from .wording import OVER, has_dial, wording

Row = Mapping[str, object]


def missing(case: Case, frame: pd.DataFrame, unit: str) -> cards.HTML:
    """Why no pairing counts that unit on the first side, as a sentence.

    case: a Case with a dial. frame: pairings(case). Source: the rows.

    >>> import analysis
    >>> case = analysis.load()
    >>> missing(case, analysis.scope.pairings(case), "weapons").text.partition(";")[0]
    'Nobody whose page was read gives Russian weapons'
    """
    if any(_in_unit(row, unit) for row in _of_side(case, frame, "a")):
        return cards.say("Both sides have rows for it, but no two of them were paired.")
    first, second = wording(case).adjectives.values()
    others = [row for row in _of_side(case, frame, "b") if _in_unit(row, unit)]
    given = cards.say("; {} are given for {}", f"{second} {unit}", _periods(others)) if others else ""
    return cards.say("Nobody whose page was read gives {}{}.", f"{first} {unit}", given)


def choices(case: Case) -> dict[str, list[tuple[str, str]]]:
    """What the dial asks, for its controls: {"unit": [(label, unit)], "over": [(label, side)]}; none without a dial.

    case: a Case. A unit in which no two rows are paired is not asked for; the sides stand in the alphabet's order.
    Source: scopes.csv, the rows.

    >>> import analysis
    >>> choices(analysis.load())["unit"][-1], choices(analysis.load())["over"][0]
    (('targets', 'targets'), ('Coalition over Russia', 'b'))
    """
    if not has_dial(case):
        return {"unit": [], "over": []}
    told = wording(case)
    ways = [
        (f"{told.names[side]} over {told.names[other]}", side) for side, other in zip(OVER, OVER[::-1], strict=True)
    ]
    paired = set(case.scopes["unit"])
    units = [(unit, unit) for unit in positions(case)["unit"] if unit in paired]
    return {"unit": units, "over": sorted(ways)}


def _in_unit(row: Row, unit: str) -> bool:
    return row["unit"].partition("/")[0] == unit


def _of_side(case: Case, frame: pd.DataFrame, side: str) -> list[Row]:
    """The rows whose subject stands on that side of a pairing, on the topics that are paired."""
    paired = [case[i].row for i in frame.loc[frame["b"] != "", side]]
    topics = {case.vocabulary.measures.get(row["measure"]) for row in paired}
    subjects = {row["subject"] for row in paired}
    rows = (case[i].row for i in (*case.figures["figure_id"], *case.references["figure_id"]))
    return [r for r in rows if r["subject"] in subjects and case.vocabulary.measures.get(r["measure"]) in topics]


def _periods(rows: Iterable[Row], most: int = 3) -> cards.HTML:
    """The periods of rows in words, the earliest first, and how many more there are."""
    spans = sorted(span for span in map(Period.of, rows) if span.known)
    when = list(dict.fromkeys(map(str, spans)))
    more = cards.say("; and {} more", len(when) - most) if len(when) > most else ""
    return cards.say("{}{}", "; ".join(when[:most]), more)
