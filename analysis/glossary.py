"""Words that a reader may not know, each in one plain sentence: `[flights](#word-sortie)` leads to the note of a word.

The words stand in glossary.csv, beside this file, and are for every case.
"""

import csv
import functools
import re
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).with_name("glossary.csv")
LINKED = re.compile(r"\(#(word-[^)\s\"@]+)|href=\"#(word-[^\"@]+)")  # in Markdown, in HTML


class Word(NamedTuple):
    """A word and what it means here, in one sentence."""

    term: str
    meaning: str


@functools.cache
def words() -> dict[str, Word]:
    """The words of the glossary, each by the target of a link to it, in the alphabet's order.

    >>> words()["word-sortie"].meaning
    'One flight of one aircraft, whether it drops anything or not.'
    >>> words()["word-percent-of-what"].term
    'percent of what'
    """
    with FILE.open(encoding="utf-8", newline="") as file:
        listed = [Word(row["term"], row["meaning"]) for row in csv.DictReader(file)]
    return {f"word-{'-'.join(word.term.lower().split())}": word for word in listed}


def missing(text: str) -> list[str]:
    """The words that a text links to and the glossary has not. text: Markdown or HTML.

    >>> missing("[flights](#word-sortie), and [more](#word-flight)")
    ['word-flight']
    """
    asked = [markdown or page for markdown, page in LINKED.findall(text)]
    return [target for target in dict.fromkeys(asked) if target not in words()]
