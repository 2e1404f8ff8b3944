"""What a lesson's page shows of its handouts: a number card to turn, and where the sheets and the screens are.

The cards are those that are printed, of the same text, with the same letters at their rows. On a page each number leads
to its note; in a notebook the links lead to the texts.
"""

import os
import re
from collections.abc import Iterable, Sequence

from .. import cards, explore, lessons, provenance, rates
from ..case import Case
from ..charts.chart import IN_PAGE
from ..html import HTML, escape, join
from ..lessons.forms import number
from . import parts
from .parts import Card
from .reading import handout

SIDES = ("Front only", "Both sides")
WAYS = {  # in which a lesson can be taught, and what is said of each
    "On paper": ", and nothing else.",
    "With one projector": ".",
    "On laptops or phones, offline": "this page. Nothing is sent.",
    "For teachers": ".",
}
LINKS = {  # what there is for each: (a handout's name or ending, what the link says)
    "On paper": (("-pupil", "the sheet"), ("cards", "the cards")),
    "With one projector": (("-screen", "the screens"),),
    "For teachers": (("-teacher", "the plan with the answers"),),
}
OF_TESTS = {
    "On paper": (("pre-test", "one sheet"), ("post-test", "another"), ("later-test", "a third")),
    "For teachers": (("tests-teacher", "who takes which, and the answers"), ("code-list", "the list of codes")),
}


def note(case: Case) -> HTML:
    """What a case has to say to its readers before they begin; nothing where it has no content note.

    >>> import analysis
    >>> note(analysis.load()).text == analysis.load().meta["content_note"]
    True
    """
    text = case.meta["content_note"]
    return HTML(f"<p><em>{escape(text)}</em></p>", text) if text not in ("", "none") else HTML("")


def bare(case: Case) -> HTML:
    """The passages that hold the article's numbers as a first reader meets them: not who said them, and no link.

    >>> import analysis
    >>> "wc-source" in bare(analysis.load())
    False
    """
    told = provenance.passages(case)
    kept = re.sub(r'<p class="wc-source">.*?</p>|</?[au]\b[^>]*>', "", str(told))
    return HTML(kept, told.text)


def turn(case: Case) -> explore.Control:
    """A control over a case's number cards: which card, and whether its back is shown.

    case: a Case with a text `cards`. Raises KeyError where it has none. Source: the text, and the case's rows.

    >>> import analysis
    >>> turn(analysis.load()).state()
    {'Your card': 'Card 1. Strikes a day, Russia', 'Show': 'Front only'}
    """
    import ipywidgets as w  # on first use: a page of sheets does without

    every = [block for block in handout(case, "cards").blocks if isinstance(block, Card)]
    options = [(parts.plain(one.name), n) for n, one in enumerate(every)]
    return explore.control(
        lambda card, side: shown(case, every[card], back=side == SIDES[1]),
        card=w.Dropdown(options=options, description="Your card"),
        side=w.ToggleButtons(options=SIDES, description="Show"),
    )


def shown(case: Case, card: Card, back: bool) -> HTML:
    """A number card as HTML. back: whether its back stands below its front."""
    front = HTML(f'<div class="wc-said">{_body(case, card.front)}</div>', parts.plain(card.name))
    return join(front, *([HTML(_body(case, card.back))] if back else []))


def ways(case: Case, lesson: str) -> HTML:
    """The ways in which a lesson can be taught, with its handouts.

    case: a Case. lesson: what its texts' names begin with, such as lesson-1; or `tests`. What is not there is left out.

    >>> import analysis
    >>> ways(analysis.load(), "lesson-1").text.splitlines()[0]
    'On paper: the sheet, the cards, and nothing else.'
    """
    found, lines, given = lessons.texts(case), [], OF_TESTS if lesson == "tests" else LINKS
    for way, said in WAYS.items():
        links = [(lesson + end if end.startswith("-") else end, words) for end, words in given.get(way, ())]
        made = [(_link(case, name, words), words) for name, words in links if name in found]
        if made or way not in LINKS:
            html, text = (", ".join(pair[n] for pair in made) for n in (0, 1))
            lines.append((f"<li><strong>{way}:</strong> {html}{said}</li>", f"{way}: {text}{said}"))
    return HTML(f"<ul>{''.join(html for html, _ in lines)}</ul>", "\n".join(text for _, text in lines))


def _link(case, name, said):
    in_page = os.environ.get(IN_PAGE)
    place = f"handouts/{case.name}/{name}.html" if in_page else f"../../data/{case.name}/{lessons.FOLDER}/{name}.md"
    return f'<a href="{escape(place)}">{escape(said)}</a>'


# Blocks as HTML of a page --------------------------------------------------------------------------------------------


def _body(case: Case, blocks: Iterable) -> str:
    made = []
    for block in blocks:
        if isinstance(block, parts.Para):
            made.append(f"<p>{_inside(case, block.inside)}</p>")
        elif isinstance(block, parts.Items):
            items = "".join(f"<li>{_inside(case, item)}</li>" for item in block.items)
            made.append(f"<{'ol' if block.ordered else 'ul'}>{items}</{'ol' if block.ordered else 'ul'}>")
        elif isinstance(block, parts.Table):
            made.append(_table(case, block))
        else:
            raise TypeError(f"a card that is shown on a page cannot hold {type(block).__name__}")
    return "".join(made)


def _table(case, block):
    head = "".join(f'<th scope="col">{_inside(case, cell) or "Row"}</th>' for cell in block.head)
    rows = "".join(
        f'<tr><th scope="row">{_inside(case, first)}</th>{"".join(f"<td>{_inside(case, c)}</td>" for c in cells)}</tr>'
        for first, *cells in block.rows
    )
    return f'<table class="wc-table"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _inside(case: Case, pieces: Sequence) -> str:
    return "".join(_piece(case, piece) for piece in pieces)


def _piece(case, piece):
    if isinstance(piece, (parts.Strong, parts.Emph)):
        tag = "strong" if isinstance(piece, parts.Strong) else "em"
        return f"<{tag}>{_inside(case, piece.inside)}</{tag}>"
    if isinstance(piece, parts.Quoted):
        row = dict(case[piece.working].row) | {"working": piece.working} if piece.working in case else None
        return f"<q>{cards.wording(row, linked=True) if row else escape(piece.text)}</q>"
    if isinstance(piece, parts.Figure):
        return _number(case, piece)
    return escape(piece.text)


def _number(case, piece):
    """A number, or its rate by the day, as a link to its note; what else a row says, as words."""
    name = piece.working.partition(" ")[0]
    for figure in (case[name], rates.rate(case[name])) if name in case else ():
        if piece.text in (lessons.hedged(figure), number(figure), (figure.row or {}).get("as_printed")):
            return cards.number(figure, piece.text)
    return escape(piece.text)
