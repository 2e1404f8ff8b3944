"""Small rules by which things find their place: round numbers on a scale, marks that do not touch, labels apart."""

import itertools
import math
from collections.abc import Sequence
from typing import NamedTuple

from .letters import length


class Scale(NamedTuple):
    """A number's place between two ends, in pixels. ticks: the round numbers on it, from the least to the greatest."""

    start: float
    end: float
    ticks: tuple[float, ...]
    log: bool = False

    def at(self, value: float) -> float:
        """Where a value stands."""
        low, high = self.ticks[0], self.ticks[-1]
        if self.log:
            low, high, value = (math.log10(v) for v in (low, high, value))
        return self.start + (self.end - self.start) * (value - low) / (high - low)


def ticks(least: float, most: float, about: int = 5, whole: bool = False) -> tuple[float, ...]:
    """Round numbers from zero (or below) past the greatest: steps of 1, 2, 2.5 or 5 and their tens.

    whole: no step has a fraction, for what is counted one by one.

    >>> ticks(0, 120), ticks(0, 3), ticks(-2, 7)
    ((0, 25, 50, 75, 100, 125), (0, 1, 2, 3), (-2, 0, 2, 4, 6, 8))
    >>> ticks(0, 11), ticks(0, 11, whole=True)
    ((0, 2.5, 5, 7.5, 10, 12.5), (0, 5, 10, 15))
    """
    least, most = min(least, 0), max(most, 0)
    rough = max(most - least, 1e-9) / about
    power = 10.0 ** math.floor(math.log10(rough))
    steps = [s * power for s in (1, 2, 2.5, 5, 10)]
    step = next(s for s in steps if s >= rough * 0.999 and not (whole and s % 1))
    first, last = math.floor(least / step + 1e-9), math.ceil(most / step - 1e-9)
    return tuple(_whole(n * step) for n in range(first, max(last, first + 1) + 1))


def powers(least: float, most: float) -> tuple[float, ...]:
    """Powers of ten that hold two numbers above zero.

    >>> powers(3, 200)
    (1, 10, 100, 1000)
    """
    first, last = math.floor(math.log10(least) + 1e-9), math.ceil(math.log10(most) - 1e-9)
    return tuple(_whole(10.0**n) for n in range(first, max(last, first + 1) + 1))


def _whole(x: float) -> float:
    x = float(f"{x:.12g}")
    return int(x) if x == int(x) else x


def swarm(spans: Sequence[tuple[float, float]]) -> list[int]:
    """The row of each span so that none touches another of its row; spans come from left to right.

    >>> swarm([(0, 10), (5, 15), (12, 20)])
    [0, 1, 0]
    """
    ends: list[float] = []
    rows = []
    for left, right in spans:
        row = next((k for k, end in enumerate(ends) if left >= end), len(ends))
        ends[row : row + 1] = [right]
        rows.append(row)
    return rows


def about_middle(row: int, rows: int) -> float:
    """How far from the middle a row of a swarm lies, in rows: the first nearest, the next on either side.

    >>> [about_middle(n, 3) for n in range(3)], [about_middle(n, 2) for n in range(2)]
    ([0, -1, 1], [0.5, -0.5])
    """
    return (row + 1) // 2 * (-1) ** row + (0 if rows % 2 else 0.5)


def spread(wanted: Sequence[float], tall: Sequence[float], top: float, bottom: float) -> list[float]:
    """Tops for labels of those heights, in order and apart, each as near to where it is wanted as can be.

    Least squares under order constraints: pool adjacent violators (Barlow and others 1972).

    >>> spread([10, 12], [10, 10], 0, 100)
    [6.0, 16.0]
    """
    before = [math.fsum(tall[:n]) for n in range(len(tall))]
    pools: list[tuple[float, int]] = []
    for y, used in zip(wanted, before, strict=True):
        pools.append((y - used, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (b, m), (a, n) = pools.pop(), pools.pop()
            pools.append(((a * n + b * m) / (n + m), n + m))
    level = [max(min(value, bottom - math.fsum(tall)), top) for value, n in pools for _ in range(n)]
    return [value + used for value, used in zip(level, before, strict=True)]


def flow(widths: Sequence[float], across: float, gap: float) -> list[tuple[float, int]]:
    """(left, line) of things of those widths, one after the other, a new line where the next does not fit.

    >>> flow([40, 40, 40], 100, 10)
    [(0, 0), (50, 0), (0, 1)]
    """
    x, line, made = 0.0, 0, []
    for wide in widths:
        if made and x + wide > across:
            x, line = 0, line + 1
        made.append((x, line))
        x += wide + gap
    return [(int(x) if x == int(x) else x, line) for x, line in made]


Box = tuple[float, float, float, float]


def clear(box: Box, taken: Sequence[Box], room: float = 1.0) -> bool:
    """Whether a box (left, top, right, bottom) keeps its distance from all others."""
    left, top, right, bottom = box
    return all(right + room <= a or left - room >= c or bottom + room <= b or top - room >= d for a, b, c, d in taken)


def thinned(at: Sequence[float], texts: Sequence[str], size: float, gap: float = 8, first: bool = False) -> list[int]:
    """Which labels of a scale can be shown side by side, its last and as many before it as fit evenly.

    first: its first, and as many after it.

    >>> thinned([0, 10, 20, 30], ["0", "100", "200", "300"], 12)
    [0, 3]
    >>> [thinned([0, 20, 40, 60], ["0", "100", "200", "300"], 12, first=first) for first in (False, True)]
    [[1, 3], [0, 2]]
    """
    for step in range(1, len(at)):
        shown = list(range(0, len(at), step)) if first else list(range(len(at) - 1, -1, -step))[::-1]
        if all(
            at[b] - at[a] >= (length(texts[a], size) + length(texts[b], size)) / 2 + gap
            for a, b in itertools.pairwise(shown)
        ):
            return shown
    return [0 if first else len(at) - 1]
