"""From a lesson's text to blocks: one parse, whatever is written of it. Markdown by mistune, figures by `lessons`."""

import functools
import re
from collections.abc import Iterator, Sequence

import mistune

from .. import lessons
from ..case import Case
from . import blocks
from .parts import (
    Aloud,
    Big,
    Blank,
    Break,
    Card,
    Code,
    Emph,
    Figure,
    Handout,
    Heading,
    Items,
    Link,
    Para,
    Quoted,
    Strong,
    Table,
    Text,
    plain,
)

KINDS = ("pupil", "teacher", "test", "cards", "screen")
# Stands in the Markdown for what is read before it: a reference, a place to write on.
_HELD = re.compile("\ue000([0-9]+)\ue001")


def handout(case: Case, name: str) -> Handout:
    """The handout of one text of a case.

    name: of the text, without .md; its last word is the kind (lesson-1-pupil, cards), any other is a sheet. Raises
    LessonError for a reference to nothing, KeyError where there is no such text. Source: the text, and the case's rows.

    >>> import analysis
    >>> made = handout(analysis.load(), "lesson-1-pupil")
    >>> made.kind, made.title
    ('pupil', 'Lesson 1. Whose number is it?')
    """
    made = [*blocks_of(case, lessons.texts(case)[name])]
    title = next((plain(block.inside) for block in made if isinstance(block, Heading)), name)
    kind = name.rpartition("-")[2]
    kind = kind if kind in KINDS else "sheet"
    made = made[1:] if made and isinstance(made[0], Heading) else made
    made = [Big(block.inside) if isinstance(block, Heading) and block.level == 1 else block for block in made]
    made = [*cards(made)] if kind == "cards" else made
    if kind == "pupil":
        made = [block._replace(write=True) if _to_write_in(block) else block for block in made]
    return Handout(case.name, name, kind, title, case.meta["language"], blocks.foot(case), made)


def _to_write_in(block):
    return isinstance(block, Table) and any(not cell for row in block.rows for cell in row)


def blocks_of(case: Case, text: str) -> list:
    """A text's blocks, the fenced ones filled from the case."""
    held: list = []

    def hold(piece):
        held.append(piece)
        return f"\ue000{len(held) - 1}\ue001"

    def put_away(source):
        source = lessons.REFERENCE.sub(lambda found: hold(_said(case, found.group(1))), source)
        return re.sub(r"_{3,}", lambda found: hold(Blank(len(found.group()))), source)

    apart = re.split(r"(^```.*?^```[ ]*$)", text, flags=re.MULTILINE | re.DOTALL)
    source = "".join(part if part.startswith("```") else put_away(part) for part in apart)
    widths = iter(_widths(source))
    tokens = mistune.create_markdown(renderer=None, plugins=["table"])(source)
    return [*_blocks(tokens, _Reader(case, held, widths))]


def _said(case, text):
    made = lessons.said(case, text)
    if made.quoted:
        return Quoted(made.text, made.marked, made.working)
    return Figure(made.text, made.working) if made.working else Text(made.text)


def _widths(source):
    """The widths of each table's columns: as many as there are dashes under its head."""
    for line in re.findall(r"^\|(?:[ ]*:?-+:?[ ]*\|)+[ ]*$", source, re.MULTILINE):
        yield [len(part.strip()) for part in line.strip().strip("|").split("|")]


class _Reader:
    """What a parse carries along: the case, what was put away, the widths of tables, how many rows have a letter."""

    def __init__(self, case, held, widths):
        self.case, self.held, self.widths, self.lettered = case, held, widths, 0

    def inside(self, tokens) -> list:
        return [piece for token in tokens for piece in self._piece(token)]

    def _piece(self, token) -> Iterator:
        kind, within = token["type"], token.get("children", ())
        if kind == "text":
            yield from self.text(token["raw"])
        elif kind == "codespan":
            yield Code(token["raw"])
        elif kind in ("strong", "emphasis"):
            yield {"strong": Strong, "emphasis": Emph}[kind](self.inside(within))
        elif kind == "link":
            yield Link(self.inside(within), token["attrs"]["url"])
        elif kind in ("softbreak", "linebreak"):
            yield Text(" ")
        else:
            raise ValueError(f"a lesson's text cannot hold {kind}: {token.get('raw', '')!r}")

    def text(self, raw: str) -> Iterator:
        for n, part in enumerate(_HELD.split(raw)):
            if n % 2:
                yield self.held[int(part)]
            elif part:
                yield Text(part)


def _blocks(tokens: Sequence, reader: _Reader) -> Iterator:
    for token in tokens:
        yield from _READ[token["type"]](token, reader)


def _heading(token, reader):
    reader.lettered = 0
    yield Heading(token["attrs"]["level"], reader.inside(token["children"]))


def _paragraph(token, reader):
    yield Para(reader.inside(token["children"]))


def _list(token, reader):
    items = [[piece for part in item["children"] for piece in reader.inside(part.get("children", ()))]
             for item in token["children"]]  # fmt: skip
    ticked = [item for item in items if item and isinstance(item[0], Text) and item[0].text.startswith("☐ ")]
    boxes = bool(ticked) and len(ticked) == len(items)
    items = [[Text(item[0].text[2:]), *item[1:]] for item in items] if boxes else items
    attrs = token["attrs"]
    yield Items(items, attrs["ordered"], boxes, attrs.get("start") or 1)


def _table(token, reader):
    head, body = token["children"][0], token["children"][1:]
    rows = [[reader.inside(cell["children"]) for cell in row["children"]] for part in body for row in part["children"]]
    yield Table([reader.inside(cell["children"]) for cell in head["children"]], rows, next(reader.widths, ()))


def _fenced(token, reader):
    name, _, rest = token["attrs"]["info"].partition(" ")
    body, read = token["raw"], functools.partial(blocks_of, reader.case)
    for made in blocks.MADE[name](reader.case, rest.strip(), body, read, reader.lettered):
        reader.lettered += len(made.rows) if name == "rows" and isinstance(made, Table) else 0
        yield made


def _aloud(token, reader):
    yield Aloud([*_blocks(token["children"], reader)])


_READ = {
    "block_quote": _aloud,
    "heading": _heading,
    "paragraph": _paragraph,
    "block_text": _paragraph,
    "list": _list,
    "table": _table,
    "block_code": _fenced,
    "thematic_break": lambda token, reader: [Break()],
    "blank_line": lambda token, reader: [],
}


def cards(made: Sequence) -> Iterator:
    """Blocks, each second-level heading that a break follows as a card: its front before the break, its back after."""
    parts: list[list] = [[]]
    for block in made:
        if isinstance(block, Heading) and block.level == 2:
            parts.append([])
        parts[-1].append(block)
    yield from parts[0]
    for name, *inside in parts[1:]:
        at = next((n for n, block in enumerate(inside) if isinstance(block, Break)), None)
        if at is None:
            yield from [name, *inside]
        else:
            yield Card(name.inside, inside[:at], inside[at + 1 :])
