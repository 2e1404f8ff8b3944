"""What a student's answers come to, and the row in which a number stands."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from .stats import NUMBERS, Interval, four
from .taken import Key

ALL = "all"
SOUND, WEAK, BOTH, YES = "right on sound", "right on weak", "balanced accuracy", "share of yes"
Row = dict[str, Any]
Answers = Sequence[Mapping[str, Any]]


class Result(NamedTuple):
    """One student's scored answers: hits of sound, alarms (yes) of weak."""

    hits: int
    sound: int
    alarms: int
    weak: int

    @property
    def enough(self) -> bool:
        """Whether there are answers enough of each kind."""
        return min(self.sound, self.weak) >= NUMBERS["each_kind"]

    def of(self, measure: str) -> float:
        """One of SOUND, WEAK, BOTH, YES. Only where enough.

        >>> p = Result(4, 5, 2, 5)
        >>> p.of(SOUND), p.of(WEAK), four(p.of(BOTH)), four(p.of(YES))
        (0.8, 0.6, '0.7000', '0.6000')
        """
        h, f = self.hits / self.sound, self.alarms / self.weak
        return {SOUND: h, WEAK: 1 - f, BOTH: (h + 1 - f) / 2, YES: (h + f) / 2}[measure]


def row(
    measure: str, one: Interval, occasion: str = ALL, item: str = "", group: str = "", verdict: str = "", **more: int
) -> Row:
    """A Row of an interval. more: whole numbers that the sentence needs."""
    value, low, high = ("" if x is None else four(x) for x in (one.value, one.low, one.high))
    made = {"measure": measure, "occasion": occasion, "item": item, "group": group, "n": one.n}
    return made | {"value": value, "low": low, "high": high, "verdict": verdict, **more}


def share(one: Interval) -> Interval:
    """The interval of a mean of shares, within 0 and 1."""
    if one.low is None or one.high is None:
        return one
    return one._replace(low=max(one.low, 0.0), high=min(one.high, 1.0))


def results(given: Answers, key: Key) -> dict[str, Result]:
    """Each student's Result of the answers given, by code."""
    found: dict[str, Result] = {}
    for a in given:
        sound = key.questions[a["question_id"]].sound_or_weak == "sound"
        yes = a["right"] == sound
        one = found.get(a["code"], Result(0, 0, 0, 0))
        more = (yes, 1, 0, 0) if sound else (0, 0, yes, 1)
        found[a["code"]] = Result(*(x + y for x, y in zip(one, more, strict=True)))
    return found


def enough(given: Answers, key: Key) -> dict[str, Result]:
    """The Results of those who have answered enough of each kind."""
    return {code: one for code, one in results(given, key).items() if one.enough}


def at(answers: Answers, occasion: str) -> list[Mapping[str, Any]]:
    """The answers of an occasion; of ALL, all."""
    return [a for a in answers if occasion in (ALL, a["occasion"])]
