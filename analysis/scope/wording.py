"""The case's own words for the dial, from [scope] of case.toml: its two sides, and what each place leaves out."""

from typing import NamedTuple

from ..schema import SCOPE_PLACES

SIDES = ("russia", "coalition")


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
    """The dial's words for a case, as a Wording. ValueError names the entry of case.toml that is missing.

    case: a Case. Source: [scope] of its case.toml.
    """
    return Wording(
        {side: _entry(case, side, "name") for side in SIDES},
        {side: _entry(case, side, "adjective") for side in SIDES},
        _entry(case, "ratio"),
        {place: _entry(case, "left_out", place) for place in SCOPE_PLACES},
    )


def _entry(case, *keys):
    """One text of [scope], by its keys."""
    found = case.meta.get("scope", {})
    for key in keys:
        found = found.get(key, "") if isinstance(found, dict) else ""
    if not isinstance(found, str) or not found.strip():
        at = ".".join(("scope", *keys[:-1]))
        raise ValueError(f"case.toml, [{at}]: the entry {keys[-1]!r} is missing. The dial needs it: write it as text")
    return found
