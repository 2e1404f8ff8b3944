"""The case's own words for the dial, from its case.toml: its two sides, and what each place leaves out."""

from typing import NamedTuple

from ..case import Case
from ..casefile import NAME, SIDES

OVER = ("a", "b")  # whose number stands over the other's
NO_DIAL = "This case has no scope dial: its article does not set two sides beside one another."


class Wording(NamedTuple):
    """What the dial calls its two sides, and what it says of them.

    names: {side: head of a column}. adjectives: {side: word before a noun}. ratio: what a pairing's ratio is.
    left_out: {place: whose war it leaves out}.
    """

    names: dict[str, str]
    adjectives: dict[str, str]
    ratio: str
    left_out: dict[str, str]


def has_dial(case: Case) -> bool:
    """Whether a case has pairings, and the words that the dial needs for them.

    >>> import analysis
    >>> has_dial(analysis.load("putin-stone-2017")), has_dial(analysis.load("nhs-list-2025"))
    (True, False)
    """
    return bool(len(case.scopes) and case.vocabulary.sides and case.meta.get("scope"))


def wording(case: Case) -> Wording:
    """The dial's words for a case. ValueError where the case has none.

    case: a Case. Source: [words.sides] and [scope] of its case.toml, which were judged when it was read.

    >>> import analysis
    >>> wording(analysis.load("putin-stone-2017")).names["a"]
    'Russia'
    """
    sides, scope = case.vocabulary.sides, case.meta.get("scope")
    if not sides or not scope:
        raise ValueError(f"{NAME} of {case.name} has no [words.sides], [words.scope] and [scope]: the dial needs them")
    return Wording(
        {side: sides[side]["name"] for side in SIDES},
        {side: sides[side]["adjective"] for side in SIDES},
        scope["ratio"],
        scope["left_out"],
    )
