"""Where a number came from: its working laid out to the quotes, its way to the page, who says again whose number.

    explain, leaves, chain              one number: down to the quotes, and back to whoever counted
    passages, wordings, side_by_side    the article's own words
    repeats, first_of, mark_repeats     who says again whose number; repeats_table
    bodies                              how many numbers rest on whose count; bodies_table
    hands, days_between, relayed        the article's way: who passed the numbers on, when, in which words; relay_table
    identity, sessions, unknowns        what is known of the article, and what nobody tells

A case that lacks what is asked for gives an empty frame with its columns, or one sentence in place of a table.
"""

from .explained import Explanation, chain, explain, leaves
from .quoted import passages, side_by_side, wordings
from .relay import days_between, hands, identity, made_public, relay_table, relayed, sessions, unknowns
from .repeated import bodies, bodies_table, first_of, mark_repeats, repeats, repeats_table

__all__ = [
    "Explanation", "bodies", "bodies_table", "chain", "days_between", "explain", "first_of", "hands", "identity",
    "leaves", "made_public", "mark_repeats", "passages", "relay_table", "relayed", "repeats", "repeats_table",
    "sessions", "side_by_side", "unknowns", "wordings",
]  # fmt: skip
