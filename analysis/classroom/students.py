"""One student's numbers, for analysts: no change, no leaning, and nothing by whose number."""

import math

from .results import BOTH, Answers, Row, at, results, row
from .stats import NUMBERS, Interval, detected
from .taken import OCCASIONS, Key


def students(given: Answers, key: Key) -> list[Row]:
    """A student's rows at each occasion: the shares right, the mean of the two, d′. given: what was scored."""
    made = []
    for occasion in OCCASIONS:
        for code, one in results(at(given, occasion), key).items():
            right = one.hits + one.weak - one.alarms
            n = one.sound + one.weak
            where = {"occasion": occasion, "item": code}
            made.append(
                row(
                    "student: right on sound", Interval(one.sound, one.hits / one.sound if one.sound else None), **where
                )
            )
            caught = (one.weak - one.alarms) / one.weak if one.weak else None
            made.append(row("student: right on weak", Interval(one.weak, caught), **where))
            if not one.enough:
                made.append(row("student: balanced accuracy", Interval(n, None), **where, verdict="too-few"))
                continue
            verdict = "coin" if a_coin(right, n) >= NUMBERS["coin"] else "better-than-a-coin"
            made.append(row("student: balanced accuracy", Interval(n, one.of(BOTH)), **where, verdict=verdict))
            made.append(row("student: d prime", Interval(n, detected(*one)[0]), **where))
    return made


def a_coin(right: int, n: int) -> float:
    """How often a coin gets so many right or more.

    >>> round(a_coin(7, 10), 4), round(a_coin(9, 10), 4)
    (0.1719, 0.0107)
    """
    return sum(math.comb(n, k) for k in range(right, n + 1)) / 2**n
