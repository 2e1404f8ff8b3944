"""The front page of any case: its numbers, and beside each what others counted, by rules that are printed.

beside      which rows stand beside a number, and where each stands to it
blocks      the numbers in a row, and a block a number, as HTML
"""

from .beside import RULES, candidates, groups, shown
from .blocks import Front, Number

__all__ = ["RULES", "Front", "Number", "candidates", "groups", "shown"]
