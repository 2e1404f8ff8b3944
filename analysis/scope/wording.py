"""The case's own words for the dial, from its case.toml: its two sides, and what each place leaves out."""

from typing import NamedTuple

from ..casefile import NAME, SIDES


class Wording(NamedTuple):
    """What the dial calls its two sides, and what it says of them.

    names: {side: head of a column}. adjectives: {side: word before a noun}. ratio: what a pairing's ratio is.
    left_out: {place: whose war it leaves out}.
    """

    names: dict
    adjectives: dict
    ratio: str
    left_out: dict


def wording(case):
    """The dial's words for a case, as a Wording. ValueError where the case has none.

    case: a Case. Source: [words.sides] and [scope] of its case.toml, which were judged when it was read.
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
