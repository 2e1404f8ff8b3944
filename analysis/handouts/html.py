"""A handout as one HTML file: the house's look on a screen, black on white on paper, and no request."""

import base64
import functools
import hashlib
import itertools
import re
from collections.abc import Callable, Iterable, Sequence
from html import escape
from pathlib import Path

from . import parts
from .parts import FILL, Handout

HERE = Path(__file__).parent
TICK = '<span class="tick" role="img" aria-label="box to tick"></span>'


# Within a line -------------------------------------------------------------------------------------------------------


def inside(pieces: Sequence) -> str:
    """What stands within a line, as HTML.

    >>> inside([parts.Text("a < b "), parts.Strong([parts.Text("c")])])
    'a &lt; b <strong>c</strong>'
    """
    return "".join(_PIECES[type(piece)](piece) for piece in pieces)


def _blank(piece):
    wide = ' class="blank fill"' if piece.width >= FILL else f' class="blank" style="width:{piece.width * 0.6:.1f}em"'
    return f'<span{wide} role="img" aria-label="a place to write"></span>'


def _figure(piece):
    return f'<span class="n" data-figure="{escape(piece.working)}">{escape(piece.text)}</span>'


def _quoted(piece):
    text = escape(piece.text)
    if piece.marked:
        text = text.replace(escape(piece.marked), f"<strong>{escape(piece.marked)}</strong>", 1)
    return f'<q data-figure="{escape(piece.working)}">{text}</q>'


_PIECES: dict[type, Callable] = {
    parts.Text: lambda piece: escape(piece.text, quote=False).replace("☐", TICK),
    parts.Strong: lambda piece: f"<strong>{inside(piece.inside)}</strong>",
    parts.Emph: lambda piece: f"<em>{inside(piece.inside)}</em>",
    parts.Code: lambda piece: f"<code>{escape(piece.text)}</code>",
    parts.Link: lambda piece: f'<a href="{escape(piece.href)}">{inside(piece.inside)}</a>',
    parts.Blank: _blank,
    parts.Figure: _figure,
    parts.Quoted: _quoted,
}


# Blocks --------------------------------------------------------------------------------------------------------------


def body(blocks: Iterable) -> str:
    """Blocks as HTML, in their order."""
    return "".join(_BLOCKS[type(block)](block) for block in blocks)


def _para(block):
    last = block.inside[-1] if block.inside else None
    if isinstance(last, parts.Blank) and last.width >= FILL and len(block.inside) > 1:
        return f'<p class="line"><span>{inside(block.inside[:-1])}</span>{inside([last])}</p>'
    return f"<p>{inside(block.inside)}</p>"


def _items(block):
    tag = "ol" if block.ordered else "ul"
    start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
    tick = TICK if block.boxes else ""
    look = ' class="ticks"' if block.boxes else ""
    return f"<{tag}{look}{start}>{''.join(f'<li>{tick}{inside(item)}</li>' for item in block.items)}</{tag}>"


def _table(block):
    total = sum(block.widths)
    cols = "".join(f'<col style="width:{100 * w / total:.4g}%">' for w in block.widths) if total else ""
    head = "".join(_head_cell(cell) for cell in block.head)
    look = "write" if block.write else ""
    fixed = f' class="{" ".join(filter(None, [look, "fixed" if total else ""]))}"' if look or total else ""
    labels = [escape(parts.plain(cell)) for cell in block.head]
    rows = "".join(f"<tr>{_row(row, block.heads, labels)}</tr>" for row in block.rows)
    table = f"<table{fixed}><colgroup>{cols}</colgroup><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return f'<div class="wide" tabindex="0" role="region" aria-label="Table">{table}</div>'


def _head_cell(cell):
    return f'<th scope="col">{inside(cell)}</th>' if cell else "<td></td>"


def _row(row, heads, labels):
    first = f'<th scope="row">{inside(row[0])}</th>' if heads and row[0] else f"<td>{inside(row[0])}</td>"
    return first + "".join(
        f'<td data-label="{label}">{inside(cell)}</td>' for cell, label in zip(row[1:], labels[1:], strict=False)
    )


def _scale(block):
    marks = "".join(f"<li>{escape(mark)}</li>" for mark in block.marks)
    return f'<ol class="scale" aria-label="A line to draw on">{marks}</ol>'


def _card(block):
    name = inside(block.name)
    front = f'<div class="front"><h2>{name}</h2>{body(block.front)}</div>'
    return f'<section class="card">{front}<div class="back"><h3>{name}, back</h3>{body(block.back)}</div></section>'


_LINE = "<i></i>"
_BLOCKS: dict[type, Callable] = {
    parts.Heading: lambda block: f"<h{block.level}>{inside(block.inside)}</h{block.level}>",
    parts.Para: _para,
    parts.Big: lambda block: f'<p class="big">{inside(block.inside)}</p>',
    parts.Aloud: lambda block: f'<div class="aloud">{body(block.blocks)}</div>',
    parts.Items: _items,
    parts.Table: _table,
    parts.Break: lambda block: "<hr>",
    parts.Lines: lambda block: f'<div class="lines" role="img" aria-label="empty lines">{_LINE * block.many}</div>',
    parts.Scale: _scale,
    parts.Drawn: lambda block: block.html,
    parts.Card: _card,
}  # fmt: skip


# Pages ---------------------------------------------------------------------------------------------------------------


def page(handout: Handout) -> str:
    """A handout as a whole HTML file."""
    if handout.kind == "screen":
        from .screen import slides

        return slides(handout)
    cards = [block for block in handout.blocks if isinstance(block, parts.Card)]  # each on a sheet of its own
    shown, foot = body(b for b in handout.blocks if b not in cards), f"<footer><p>{escape(handout.foot)}</p></footer>"
    main = f"<main><h1>{escape(handout.title)}</h1>{shown}{foot}{body(cards)}</main>"
    return whole(handout.title, handout.lang, main, handout.kind)


def whole(title: str, lang: str, main: str, kind: str, script: str = "") -> str:
    """A file of HTML round what it shows. kind: the class of its body; script: JavaScript, under its own hash."""
    known = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    allowed = (
        f"default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; script-src 'sha256-{known}'"
    )
    head = f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{allowed}">'
    head += f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)}</title>'
    numbers = itertools.count(1)
    main = re.sub('aria-label="Table"', lambda _: f'aria-label="Table {next(numbers)}"', main)  # each has its own name
    tail = f"<script>{script}</script>" if script else ""
    html = f'<!doctype html>\n<html lang="{lang}"><head>{head}<style>{style()}</style></head>'
    return f'{html}<body class="{kind}">{main}{tail}</body></html>\n'


@functools.cache
def style() -> str:
    """The stylesheet of handouts, with the typefaces and the colours of the pages."""
    from ..charts import page

    return page.style() + (HERE / "handouts.css").read_text(encoding="utf-8")
