"""One number: its working laid out down to the quotes, and the hands it went through."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .. import cards, held, words, working

if TYPE_CHECKING:
    from ..figure import Figure


class Explanation(str):
    """A laid-out working: text, and in a notebook the same as a card with its operands' cards."""

    html = ""

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return str(self)


def explain(figure: Figure) -> Explanation:
    """A figure's working laid out down to the quotes.

    figure: a Figure. Returns text, one line a fact, operands indented below what is made of them; its html has a card
    for the figure and for each row on which it rests. Source: the rows and their documents.

    >>> import analysis
    >>> print(explain(analysis.load()["quote-mercenaries"]))
    quote-mercenaries = 30,000 fighters  [about]
        “Some 30,000 are foreign mercenaries”
        Vladimir Putin, President of Russia (to Oliver Stone); direct quote; Sputnik, 15 June 2017
        counted by: unknown (unknown); grade B
    """
    said = Explanation("\n".join(_lines(figure, 0)))
    operands = [figure.case[i] for i in leaves(figure)]
    said.html = cards.join(cards.card(figure), *(cards.card(o) for o in operands if o.working != figure.working))
    return said


def leaves(figure: Figure) -> list[str]:
    """The figure_ids that a figure rests on, derived rows opened down to the rows that a source prints.

    figure: a Figure; one without a case rests on none.

    >>> import analysis
    >>> leaves(analysis.load().evaluate("quote-mercenaries / quote-fighters"))
    ['quote-mercenaries', 'quote-fighters']
    """
    found = []
    for i in working.ids(figure.row.get("derivation") or figure.working) if figure.case else ():
        found += leaves(figure.case[i]) if figure.case[i].row["derivation"] else [i]
    return list(dict.fromkeys(found))


def chain(figure: Figure) -> list[tuple[str, str]]:
    """The hands that a number went through, from what it says again and the body that counted to this page.

    figure: one with a row. Returns (role, who) pairs; role is `repeats` (who is then a figure_id), `counted`, `said` or
    the channel. Source: the row and its document.

    >>> import analysis
    >>> chain(analysis.load()["related-sorties"])[:2]
    [('counted', 'Russian Ministry of Defence'), ('said', 'Russian Ministry of Defence')]
    """
    row = figure.row
    repeated = [("repeats", i) for i in row["repeats"].split(";") if i]
    printed = (row["channel"], words.source_name(row["source"]))
    return [*repeated, ("counted", row["counted_by"]), ("said", row["said_by"]), printed]


def _lines(figure: Figure, depth: int) -> Iterator[str]:
    indent, row = "    " * depth, figure.row
    hedge = f"  [{', '.join(figure.hedges)}]" if figure.hedges else ""
    yield f"{indent}{figure.working} = {figure}{hedge}"
    yield from (f"{indent}    ! {note}" for note in figure.notes)
    if unchecked := held.unchecked(row | {"working": figure.working}, figure.case):
        yield f"{indent}    ! {unchecked}"
    if row.get("quote"):
        yield f"{indent}    “{row['quote']}”".replace("\xa0", " ")
    if row and not row["derivation"]:
        yield f"{indent}    {row['said_by']}; {row['channel']}; {words.source_name(row['source'])}"
        yield f"{indent}    counted by: {row['counted_by']} ({row['count_origin']}); grade {row['grade']}"
        return
    text = row["derivation"] if row else figure.working
    if row:
        yield f"{indent}    = {text}"
    for i in working.ids(text) if figure.case else ():
        yield from _lines(figure.case[i], depth + 1)
