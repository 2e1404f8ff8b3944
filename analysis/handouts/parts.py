"""What a handout is made of, in plain types: blocks, and what stands within a line. Two writers know no more."""

from collections.abc import Sequence
from typing import NamedTuple

# Within a line -------------------------------------------------------------------------------------------------------


class Text(NamedTuple):
    """Plain words."""

    text: str


class Strong(NamedTuple):
    """Words that stand out."""

    inside: Sequence


class Emph(NamedTuple):
    """Words that are stressed."""

    inside: Sequence


class Code(NamedTuple):
    """What is typed or ticked as it stands."""

    text: str


class Link(NamedTuple):
    """Words that lead to a page, relative to the handout."""

    inside: Sequence
    href: str


class Blank(NamedTuple):
    """A place to write on. width: how many letters; FILL or more is the rest of the line."""

    width: int


class Figure(NamedTuple):
    """A number with the working on which it rests."""

    text: str
    working: str


class Quoted(NamedTuple):
    """Somebody else's words. marked: the number within them; working: the figure that they carry."""

    text: str
    marked: str
    working: str


FILL = 30

# Blocks --------------------------------------------------------------------------------------------------------------


class Heading(NamedTuple):
    """level: 1 to 3."""

    level: int
    inside: Sequence


class Para(NamedTuple):
    """A paragraph."""

    inside: Sequence


class Big(NamedTuple):
    """A line in large letters, for a screen."""

    inside: Sequence


class Aloud(NamedTuple):
    """What a teacher says aloud. blocks: its paragraphs."""

    blocks: Sequence


class Items(NamedTuple):
    """A list; each item is a sequence of what stands within a line. boxes: each has a box to tick."""

    items: Sequence[Sequence]
    ordered: bool = False
    boxes: bool = False
    start: int = 1


class Table(NamedTuple):
    """head: a cell a column, each a sequence of what stands within a line; rows the same.

    widths: of the columns, in any measure; empty: as they need. heads: whether the first cell of a row names it. write:
    rows to write in.
    """

    head: Sequence[Sequence]
    rows: Sequence[Sequence[Sequence]]
    widths: Sequence[int] = ()
    heads: bool = True
    write: bool = False


class Break(NamedTuple):
    """Where a card is folded, and where a screen waits for a key."""


class Lines(NamedTuple):
    """Empty lines to write on."""

    many: int


class Scale(NamedTuple):
    """A line with numbers to draw on. marks: the words at its marks, from left to right."""

    marks: Sequence[str]


class Drawn(NamedTuple):
    """A chart, for the writer of HTML."""

    html: str


class Card(NamedTuple):
    """A card to fold: its name, what stands on its front and on its back."""

    name: Sequence
    front: Sequence
    back: Sequence


class Handout(NamedTuple):
    """One handout.

    case: the case's id. name: of its file, without an ending. kind: pupil, teacher, test, cards, screen or sheet.
    title: plain text. lang: its language. foot: which case and version it is of. blocks: what stands in it, without
    the title.
    """

    case: str
    name: str
    kind: str
    title: str
    lang: str
    foot: str
    blocks: Sequence


def plain(inside: Sequence) -> str:
    """The words of what stands within a line.

    >>> plain([Text("some "), Strong([Figure("80,000", "quote-fighters")])])
    'some 80,000'
    """
    said = []
    for piece in inside:
        said.append(plain(piece.inside) if hasattr(piece, "inside") else getattr(piece, "text", ""))
    return "".join(said)
