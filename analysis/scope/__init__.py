"""Scope: the pairings that can be made of two figures, what each matches, and the dial over them.

A pairing sets a figure of one side beside one of the other (scopes.csv). Whether places and periods match is computed
from the two rows; whether the units do is coded by hand and argued there. No pairing is marked as the right one.

    pairings      ratios and matches, as a frame        missing       why a unit has no pairing; the dial's choices
    dial          every comparison of a unit as a picture, in either direction; all of them as a table
    wording       the case's own words for its two sides
"""

from .dial import dial, mark, spread
from .missing import choices, missing
from .pairings import MARKS, match_period, match_place, pairings, positions, summary, when

__all__ = [
    "MARKS", "choices", "dial", "mark", "match_period", "match_place", "missing", "pairings", "positions", "spread",
    "summary", "when",
]  # fmt: skip
