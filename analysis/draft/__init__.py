"""A first draft of a case from a text: a row for each of its numbers, and what counts nothing set aside.

The draft copies what can be read off the page: the sentence, where it stands, the number, its hedges, the noun after
it. What a person has to judge is `unknown`: whose count, of when and where, and whether it is a claim at all.
"""

from .new import new
from .noun import nouns
from .rows import read

__all__ = ["new", "nouns", "read"]
