"""The few formulae of a class's result, each in closed form, so that a page gives the same four decimals.

What is printed or judged is text of four decimals first (`four`): so no verdict hangs on the last bit of a float.
Constants stand in numbers.json, which the page has too.
"""

import json
import math
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from statistics import NormalDist
from typing import NamedTuple

NUMBERS = json.loads((Path(__file__).parent / "numbers.json").read_text(encoding="utf-8"))
Z = NUMBERS["z"]
NO_SPREAD = 1e-9  # a standard deviation below this is one that floats made


class Interval(NamedTuple):
    """n values, their mean, the ends of its interval (None: there is none), and their standard deviation."""

    n: int
    value: float | None
    low: float | None = None
    high: float | None = None
    sd: float | None = None


def four(x: float) -> str:
    """A number with four decimals, a half away from zero; nothing has no sign.

    x is first rounded to ten decimals, which takes away what floats added. Source: arithmetic.

    >>> four(0.03125), four(-0.00004), four(0.1 + 0.2)
    ('0.0313', '0.0000', '0.3000')
    """
    text = str(Decimal(f"{x:.10f}").quantize(Decimal("0.0001"), ROUND_HALF_UP))
    return text.removeprefix("-") if float(text) == 0 else text


def short(text: str, places: int) -> str:
    """A text of four decimals as one of fewer, a half away from zero. places: how many.

    >>> short("0.1450", 2), short("-0.0040", 2), short("86.2000", 0)
    ('0.15', '0.00', '86')
    """
    made = str(Decimal(text).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))
    return made.removeprefix("-") if float(made) == 0 else made


def t(df: int) -> float:
    """The quantile 0.975 of Student's t. df: degrees of freedom, 1 or more.

    From a table up to its end, above it by Cornish and Fisher's expansion (Abramowitz and Stegun 26.7.5); six decimals.

    >>> t(7), round(t(100), 6)
    (2.364624, 1.983972)
    """
    table = NUMBERS["t"]
    if df <= len(table):
        return table[df - 1]
    z, z3, z5, z7 = Z, Z**3, Z**5, Z**7
    first, second = (z3 + z) / (4 * df), (5 * z5 + 16 * z3 + 3 * z) / (96 * df**2)
    return z + first + second + (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * df**3)


def wilson(right: int, n: int) -> Interval:
    """A share with Wilson's interval, 95 %. right of n; n 0 gives no value.

    Source: Wilson 1927, the score interval.

    >>> made = wilson(18, 25)
    >>> four(made.low), four(made.high)
    ('0.5242', '0.8572')
    """
    if not n:
        return Interval(0, None)
    p, zz = right / n, Z * Z
    middle = (p + zz / (2 * n)) / (1 + zz / n)
    half = Z / (1 + zz / n) * math.sqrt(p * (1 - p) / n + zz / (4 * n * n))
    return Interval(n, p, middle - half, middle + half)


def total(values: Sequence[float]) -> float:
    """A sum, one after the other, as every language adds."""
    made = 0.0
    for value in values:
        made += value
    return made


def mean(values: Sequence[float]) -> Interval:
    """A mean with the interval of t, 95 %. values: one a pupil.

    Returns no interval where there are fewer than two values or where all are equal (sd 0). Source: arithmetic.

    >>> made = mean([0.2, 0, 0.3, 0, 0.2, 0.2, 0, 0.3])
    >>> four(made.value), four(made.sd), four(made.low), four(made.high)
    ('0.1500', '0.1309', '0.0405', '0.2595')
    """
    n = len(values)
    if n < 2:
        return Interval(n, values[0] if n else None)
    middle = total(values) / n
    sd = math.sqrt(total([(v - middle) ** 2 for v in values]) / (n - 1))
    if sd < NO_SPREAD:
        return Interval(n, middle, sd=0.0)
    half = t(n - 1) * sd / math.sqrt(n)
    return Interval(n, middle, middle - half, middle + half, sd)


def mean_of_groups(groups: Sequence[Sequence[float]]) -> Interval:
    """The mean of the groups' means, with the interval of t from the spread within the groups. None may be empty.

    Source: the pooled standard deviation, n less the number of groups being its degrees of freedom.

    >>> made = mean_of_groups([[0.0, 0.2], [0.4]])
    >>> made.n, four(made.value), four(made.sd)
    (3, '0.2500', '0.1414')
    """
    n, k = sum(map(len, groups)), len(groups)
    middles = [total(g) / len(g) for g in groups]
    value = total(middles) / k
    if n <= k:
        return Interval(n, value)
    squares = [(v - m) ** 2 for g, m in zip(groups, middles, strict=True) for v in g]
    sd = math.sqrt(total(squares) / (n - k))
    if sd < NO_SPREAD:
        return Interval(n, value, sd=0.0)
    half = t(n - k) * sd * math.sqrt(total([1 / len(g) for g in groups])) / k
    return Interval(n, value, value - half, value + half, sd)


def detected(hits: int, sound: int, alarms: int, weak: int) -> tuple[float, float]:
    """d′ and c of one pupil's answers on one form. hits: yes on sound; alarms: yes on weak.

    Half an answer is added to each, always (Hautus 1995, the log-linear correction).

    >>> [four(x) for x in detected(4, 5, 2, 5)]
    ['0.8849', '-0.2320']
    """
    z = NormalDist().inv_cdf
    h, f = z((hits + 0.5) / (sound + 1)), z((alarms + 0.5) / (weak + 1))
    return h - f, -(h + f) / 2


def needed(sd: float, wished: float) -> int:
    """How many pupils would show a change of that size: (2 × sd ÷ wished)², at least the least class.

    >>> needed(0.1342, 0.1), needed(0.2, 0.1)
    (8, 16)
    """
    return max(NUMBERS["pupils"], math.ceil(float(f"{(2 * sd / wished) ** 2:.6f}")))
