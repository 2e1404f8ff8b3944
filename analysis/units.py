"""Units: pint's, with dimensions of our own, so that unlike counts never meet silently."""

import re
from functools import lru_cache

from . import words
from .schema import UNITS

MOST = 12  # words in a unit
_WORD = f"(?:{'|'.join([*UNITS, *UNITS.values()])})"
# All that pint is ever handed: its own reader takes brackets and powers, and some cells would keep it busy for ever.
_UNIT = re.compile(rf"1|(?:1/)?{_WORD}(?:[·/]{_WORD}){{0,{MOST - 1}}}")


class UnitError(ValueError):
    """Two numbers whose units do not go together; the message names both."""


@lru_cache(maxsize=1)
def registry():
    """A pint registry that holds the units of schema.UNITS and nothing else, each a dimension of its own."""
    import pint  # on first use: it costs as much as half of pandas

    ureg = pint.UnitRegistry(None)
    for name, plural in UNITS.items():
        ureg.define(f"{name} = [{name}] = _ = {plural}" if plural != name else f"{name} = [{name}]")
    return ureg


@lru_cache(maxsize=1024)
def parse(unit):
    """The pint unit of a text such as `strikes/day`. UnitError unless it is words of UNITS joined by · or /."""
    if not _UNIT.fullmatch(unit):
        raise UnitError(f"unknown unit {unit[:40]!r}: build it of {', '.join(UNITS)}, e.g. strikes/day")
    return registry().parse_units("" if unit == "1" else unit.replace("·", "*"))


@lru_cache(maxsize=4096)
def over(a, b):
    """The unit of a quotient: strikes/day over strikes/day is 1, sorties over strikes is sorties/strike."""
    return _text(parse(a) / parse(b))


@lru_cache(maxsize=4096)
def times(a, b):
    """The unit of a product: sorties/day times days is sorties."""
    return _text(parse(a) * parse(b))


def same(a, b, verb, names=("", "")):
    """The unit that both have; UnitError naming both where they differ."""
    if parse(a) != parse(b):
        left, right = (f"{name} ({unit})" if name else unit for name, unit in zip(names, (a, b), strict=True))
        raise UnitError(f"cannot {verb} {left} and {right}: unlike units; divide them, or re-express one first")
    return a


@lru_cache(maxsize=1024)
def singular(unit):
    """A unit as a working writes it: `days/month` as `day/month`."""
    return _text(parse(unit), plural=False)


def _text(unit, plural=True):
    powers = sorted(unit._units.items(), key=lambda item: list(UNITS).index(item[0]))
    above = [name for name, power in powers for _ in range(int(power))]
    below = [name for name, power in powers for _ in range(-int(power))]
    return words.unit([UNITS[name] if plural else name for name in above], below)
