"""A handout as Typst, and as a tagged PDF (PDF/UA-1) on A4 or Letter."""

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from . import parts
from .parts import FILL, Handout

HERE = Path(__file__).parent
BOX, SQUARE = "☐", "square"  # a box to tick: in a text, and in sheet.typ
FONTS = HERE.parent / "fonts"
PAPERS = {"A4": "a4", "Letter": "us-letter"}
MOST_TOGETHER = 14  # rows of a table that stays on one page
PAGES = {"pupil": 1, "teacher": 2, "test": 1}  # at most
# Tried in turn until it fits: how large the letters are, in points, and how high a row to write in, in millimetres.
TRIED = {
    "pupil": [(10.5, hand) for hand in range(20, 9, -1)] + [(10, 10), (9.5, 10), (9, 10)],
    "teacher": [(size / 4, 10) for size in range(42, 31, -1)],
    "test": [(size / 4, 10) for size in range(42, 33, -1)],
    "cards": [(size / 2, 10) for size in range(26, 16, -1)],
}


def string(text: str) -> str:
    """A text as a string of Typst's code.

    >>> string('a "b"')
    '"a \\\\"b\\\\""'
    """
    return json.dumps(text, ensure_ascii=False)


def inside(pieces: Sequence) -> str:
    """What stands within a line, as Typst's markup."""
    return "".join(f"#{_PIECES[type(piece)](piece)};" for piece in pieces)


def _quoted(piece):
    before, mark, after = piece.text.partition(piece.marked) if piece.marked else (piece.text, "", "")
    return f"said({string(f'“{before}')}, {string(mark)}, {string(f'{after}”')})"


_PIECES: dict[type, Callable] = {
    parts.Text: lambda piece: f";#{SQUARE};#".join(map(string, piece.text.split(BOX))),
    parts.Strong: lambda piece: f"strong[{inside(piece.inside)}]",
    parts.Emph: lambda piece: f"emph[{inside(piece.inside)}]",
    parts.Code: lambda piece: f"typed({string(piece.text)})",
    parts.Link: lambda piece: f"[{inside(piece.inside)}]",  # on paper a link is its words
    parts.Blank: lambda piece: "blank(1fr)" if piece.width >= FILL else f"blank({piece.width * 0.55:.2f}em)",
    parts.Figure: lambda piece: string(piece.text),
    parts.Quoted: _quoted,
}


def body(blocks: Iterable) -> str:
    """Blocks as Typst's markup, in their order."""
    return "\n\n".join(_BLOCKS[type(block)](block) for block in blocks) + "\n"


def _items(block):
    made = ", ".join(f"[{inside(item)}]" for item in block.items)
    if block.boxes:
        return f"#ticks({made})"
    return f"#enum(start: {block.start}, {made})" if block.ordered else f"#list({made})"


def _table(block):
    whole = "true" if len(block.rows) <= MOST_TOGETHER else "false"
    columns = ", ".join(f"{w}fr" for w in block.widths) or ", ".join(["auto"] * len(block.head))
    head = ", ".join(f"[{inside(cell)}]" for cell in block.head)
    cell = lambda pieces: f"[{inside(pieces)}]" if pieces or not block.write else "hand"  # noqa: E731
    rows = ",\n  ".join(", ".join(map(cell, row)) for row in block.rows)
    look = "write" if block.write else "plain"
    return f"#sheet-table({string(look)}, {whole}, ({columns},), ({head},),\n  {rows})"


def _card(block):
    name = f"[{inside(block.name)}]"
    return f"#card({name}, [{body(block.front)}], [{body(block.back)}])"


_BLOCKS: dict[type, Callable] = {
    parts.Heading: lambda block: f"#heading(level: {block.level})[{inside(block.inside)}]",
    parts.Para: lambda block: f"#par[{inside(block.inside)}]",
    parts.Big: lambda block: f"#par(text(size: 2em)[{inside(block.inside)}])",
    parts.Aloud: lambda block: f"#aloud[{body(block.blocks)}]",
    parts.Items: _items,
    parts.Table: _table,
    parts.Break: lambda block: "#line(length: 100%, stroke: .5pt)",
    parts.Lines: lambda block: f"#lines({block.many})",
    parts.Scale: lambda block: f"#scale-line({', '.join(map(string, block.marks))})",
    parts.Card: _card,
}


def source(handout: Handout, paper: str, size: float = 10, hand: float = 12) -> str:
    """A handout's Typst.

    paper: a key of PAPERS. size: of the letters, in points. hand: how high a row to write in is, in millimetres. Raises
    KeyError for a screen's charts, which are for a screen.
    """
    facts = {"title": handout.title, "foot": handout.foot, "kind": handout.kind, "lang": handout.lang}
    told = ", ".join(f"{name}: {string(value)}" for name, value in facts.items())
    sheet = (HERE / "sheet.typ").read_text(encoding="utf-8")
    shown = f"#show: sheet.with(paper: {string(PAPERS[paper])}, size: {size}pt, {told})"
    return f"{sheet}\n#let hand = [#v({hand}mm)]\n{shown}\n\n{body(handout.blocks)}"


def fitted(handout: Handout, paper: str) -> str:
    """A handout's Typst in the largest letters with which it keeps to its pages; the smallest where it never does."""
    tried = TRIED.get(handout.kind, [(10, 9)])
    most = PAGES.get(handout.kind) or 1 + sum(isinstance(block, parts.Card) for block in handout.blocks)
    for size, hand in tried[:-1]:
        text = source(handout, paper, size, hand)
        if len(_pictured(text, 8)) <= most:
            return text
    return source(handout, paper, *tried[-1])


def pdf(handout: Handout, paper: str) -> bytes:
    """A handout as a tagged PDF. Raises ImportError where the typesetter is not installed."""
    return _compiled(fitted(handout, paper), format="pdf", pdf_standards=["ua-1"])


def pictures(handout: Handout, paper: str, ppi: int = 80) -> list[bytes]:
    """A handout's pages as PNG, as they are printed. ppi: pixels an inch."""
    return _pictured(fitted(handout, paper), ppi)


def _pictured(text, ppi):
    made = _compiled(text, format="png", ppi=ppi)
    return made if isinstance(made, list) else [made]


def _compiled(text, **options):
    import typst

    return typst.compile(text.encode(), font_paths=[str(FONTS)], ignore_system_fonts=True, timestamp=0, **options)
