"""Units: a small table of powers over a case's own nouns, so that unlike counts never meet silently.

A unit is text: nouns joined by · and /, plural above and singular below, `1` where there is none. `strikes/day`,
`sorties·days/strike`, `1/day`, `square kilometres`. Each noun is a dimension of its own; a month and a year are never
turned into days silently, since their length has to be said (`31 [day/month]`).
"""

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from . import words

MOST = 12  # nouns in a unit
COMMON = {"percent": "percent", "day": "days", "month": "months", "year": "years"}  # of every case, never listed in one
_INSIDE = frozenset(" '’.-\u200c\u200d")  # between the letters of a noun; the last two shape some scripts


def composed(noun: str) -> str:
    """A noun with its letters composed (NFC), so that one that was typed in two ways is one.

    >>> len(composed("e\u0301te\u0301"))
    3
    """
    return unicodedata.normalize("NFC", noun)


def is_noun(word: str) -> bool:
    """Whether a text can be a noun: a word of any script or some, beginning with a letter; no sign that joins a unit.

    >>> is_noun("square kilometre"), is_noun("किलोमीटर"), is_noun("CO2"), is_noun("2 buses"), is_noun("buses/day")
    (True, True, True, False, False)
    """
    word = composed(word)
    of_word = [c.isalnum() or c == "_" or unicodedata.category(c)[0] == "M" for c in word]
    inside = all(good or c in _INSIDE for good, c in zip(of_word, word, strict=True))
    return bool(word) and word[0].isalnum() and not word[0].isdecimal() and of_word[-1] and inside


class UnitError(ValueError):
    """Two numbers whose units do not go together, or a unit that is none; the message names them."""


class Nouns:
    """The nouns that the units of a case are made of; never changed once made.

    plurals: {singular: plural}; a noun may have spaces, and is of any script (is_noun); its letters are composed.
    `percent`, `day`, `month` and `year` are always there. Two that hold the same nouns in the same order are equal.
    Raises UnitError for a noun that is no word, or that stands for two things. What a unit gives with another is worked
    out once and kept.

    >>> nouns = Nouns({"sortie": "sorties", "square kilometre": "square kilometres"})
    >>> nouns.over("sorties/day", "square kilometres/day")
    'sorties/square kilometre'
    """

    def __init__(self, plurals: Mapping[str, str]) -> None:
        plurals = {composed(one): composed(many) for one, many in plurals.items()}
        self._plurals = {one: many for one, many in plurals.items() if one not in COMMON} | COMMON
        self._singular: dict[str, str] = {}
        for one, many in self._plurals.items():
            for word in {one, many}:
                if not is_noun(word) or word in self._singular or plurals.get(one, many) != many:
                    raise UnitError(f"the noun {word[:40]!r} is no word, or stands for two things")
                self._singular[word] = one
        self._key = tuple(self._plurals.items())

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    def __contains__(self, noun: str) -> bool:
        return composed(noun) in self._singular

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {', '.join(self._plurals)}>"

    def over(self, a: str, b: str) -> str:
        """The unit of a quotient. UnitError for a noun that is not among these, as in all that follow.

        >>> Nouns({"sortie": "sorties", "strike": "strikes"}).over("sorties", "strikes")
        'sorties/strike'
        """
        return _made(self, a, b, -1)

    def times(self, a: str, b: str) -> str:
        """The unit of a product.

        >>> Nouns({"sortie": "sorties"}).times("sorties/day", "days")
        'sorties'
        """
        return _made(self, a, b, 1)

    def same(self, a: str, b: str, verb: str, names: tuple[str, str] = ("", "")) -> str:
        """The unit that both have; UnitError, naming both, where they differ.

        verb: what was to be done, for the message. names: the workings of both, for the message.

        >>> Nouns({}).same("day/month", "days/month", "add")
        'days/month'
        """
        if a != b and _powers(self, a) != _powers(self, b):
            left, right = (f"{name} ({unit})" if name else unit for name, unit in zip(names, (a, b), strict=True))
            raise UnitError(f"cannot {verb} {left} and {right}: unlike units; divide them, or re-express one first")
        return self.canonical(a)

    def singular(self, unit: str) -> str:
        """A unit as a working writes it: `days/month` as `day/month`.

        >>> Nouns({}).singular("days/month")
        'day/month'
        """
        return _text(self, _powers(self, unit), plural=False)

    def canonical(self, unit: str) -> str:
        """A unit as a table writes it: `day/month` as `days/month`.

        >>> Nouns({}).canonical("day/month")
        'days/month'
        """
        return _made(self, unit, "1", 1)

    def _noun(self, word: str) -> str | None:
        """The singular of a noun, None if there is none such."""
        return self._singular.get(composed(word))

    def _refuse(self, unit: str) -> UnitError:
        example = f"{next(iter(self._plurals.values()))}/day"
        return UnitError(f"unknown unit {unit[:40]!r}: build it of {', '.join(self._plurals)}, e.g. {example}")


class _Any(Nouns):
    """Any noun as it is written: for a figure without a case, of whose nouns nobody said the plural."""

    def _noun(self, word: str) -> str | None:
        return super()._noun(word) or (composed(word) if is_noun(word) else None)


ANY = _Any({})


@lru_cache(maxsize=4096)
def _made(nouns: Nouns, a: str, b: str, sign: int) -> str:
    powers = dict(_powers(nouns, a))
    for noun, power in _powers(nouns, b).items():
        powers[noun] = powers.get(noun, 0) + sign * power
    return _text(nouns, powers)


@lru_cache(maxsize=4096)
def _powers(nouns: Nouns, unit: str) -> dict[str, int]:
    """The nouns of a unit, in the singular, each with its power; those of power 0 left out."""
    above, *below = unit.split("/", MOST)
    words_above = above.split("·", MOST) if above != "1" else []
    powers: dict[str, int] = {}
    for word, sign in [*((w, 1) for w in words_above), *((w, -1) for w in below)]:
        noun = nouns._noun(word)
        if noun is None or len(words_above) + len(below) > MOST:
            raise nouns._refuse(unit)
        powers[noun] = powers.get(noun, 0) + sign
    return {noun: power for noun, power in powers.items() if power}


def _text(nouns: Nouns, powers: Mapping[str, int], plural: bool = True) -> str:
    order = {noun: n for n, noun in enumerate(nouns._plurals)}
    known = sorted(powers, key=lambda noun: order.get(noun, -1))  # of ANY in the order in which they come
    above = [noun for noun in known for _ in range(powers[noun])]
    below = [noun for noun in known for _ in range(-powers[noun])]
    return words.unit([nouns._plurals.get(noun, noun) if plural else noun for noun in above], below)
