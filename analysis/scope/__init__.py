"""Scope: the pairings that can be made of two figures, what each matches, and the dial over them.

A pairing sets a figure of one side beside one of the other (scopes.csv). Whether places and periods match is computed
from the two rows; whether the units do is coded by hand and argued there. No pairing is marked as the right one.

    pairings      ratios and matches, as a frame        missing       why a position has no pairing
    dial          one position as HTML, and all the ratios at once
    wording       the case's own words for its two sides
"""

from .dial import dial, mark, spread, whose
from .missing import choices, missing
from .pairings import MARKS, match_period, match_place, pairings, positions, summary

__all__ = [
    "MARKS", "choices", "dial", "mark", "match_period", "match_place", "missing", "pairings", "positions", "spread",
    "summary", "whose",
]  # fmt: skip
