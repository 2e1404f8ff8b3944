"""What is wrong with a text: a reference to nothing, a figure that is typed, a block that cannot be filled."""

import re
from collections.abc import Iterator

from .. import bank
from ..case import Case
from ..tables import Fault
from .files import FENCE, FOLDER, listed, texts
from .forms import LessonError, said, unknown

BLOCKS = ("rows", "questions", "key", "owners", "lines", "scale", "chart", "codes", "include")
COLUMNS = ("row", "number", "day", "what", "who", "where", "when", "place", "source")  # of a table of rows
DRAWINGS = ("strip", "ranges", "timeline", "hedges", "hands")  # of a chart
OPTIONS = ("title", "subtitle", "number", "label", "lane", "panels")  # of a chart
REFERENCE = re.compile(r"\{([^{}\n]+)\}")


_YEAR = r"(?:19|20)\d\d"
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_SEVERAL = r"\d+(?:(?:, | to | and | or |[-–])\d+)*"
_NAMED = (
    "[Ll]esson|[Qq]uestion|[Cc]ard|[Ll]evel|[Pp]age|[Ss]tep|[Bb]ox|[Gg]roup|[Ss]eat|[Rr]ow|[Ff]orm|[Mm]inute|[Gg]uess"
)
ALLOWED = re.compile(
    rf"\b(?:{_NAMED})s? {_SEVERAL}|{_SEVERAL}(?= minutes?\b)|\b\d{{1,2}} {_MONTH}(?: {_YEAR})?|\b{_YEAR}\b(?![\d,.]\d)"
    r"|^\s*\d+\. "
    rf"|^\| *{_SEVERAL} *(?=\|)",
    re.MULTILINE,
)
NUMERAL = re.compile(r"(?<![\w.,])\d[\d.,]*(?:\s?(?:%|percent|million))?")


def numerals(text: str) -> Iterator[tuple[int, str]]:
    """(line, numeral) for each figure that is typed into a text and is no reference.

    What may be typed: years and dates; what follows lesson, question, card, level, page, step, box, group, seat, row or
    form; minutes, and the first cell of a table's row; the numbers of a list; what is set as `code`; fenced blocks.

    >>> list(numerals("In 2017, card 3: 80,000 of {quote-fighters}.\\nLevel 4 takes 10 minutes."))
    [(1, '80,000')]
    """
    blank = lambda found: re.sub(r"[^\n]", " ", found.group())  # noqa: E731 - so that places stay as they are
    fenced = FENCE.sub(lambda f: "\n".join(_notes(f)), text)
    for pattern in (REFERENCE, re.compile(r"`[^`\n]*`"), re.compile(r"\]\([^)\n]*\)"), ALLOWED):
        fenced = pattern.sub(blank, fenced)
    for found in NUMERAL.finditer(fenced):
        yield fenced.count("\n", 0, found.start()) + 1, found.group().rstrip(".,")


def _notes(fence):
    """A fenced block's lines with nothing left but its notes, which are prose."""
    lines = fence.group().split("\n")
    return ["", *(line.partition(": ")[2] for line in lines[1:-1]), ""]


def faults(case: Case) -> list[Fault]:
    """What is wrong with the texts of a case's lessons.

    >>> import analysis
    >>> faults(analysis.load())
    []
    """
    return [fault for name, text in texts(case).items() for fault in _faults(case, name, text)]


def _faults(case, name, text):
    file = f"{FOLDER}/{name}.md"
    for line, words_ in enumerate(text.split("\n"), 1):
        for found in REFERENCE.finditer(words_):
            try:
                said(case, found.group(1))
            except LessonError as e:
                yield Fault(file, f"line {line}", found.group(), str(e), "Write the id of a row, and a form or none")
        if re.search(r"</?[a-zA-Z]", re.sub(r"`[^`]*`", "", words_)):
            yield Fault(file, f"line {line}", "", "it holds HTML", "Write it in Markdown, or the sign < as words")
    for line, typed in numerals(text):
        remedy = "Write the row's id between braces; what is no figure, in words"
        yield Fault(file, f"line {line}", typed, "a figure is typed where an id belongs", remedy)
    for fence in FENCE.finditer(text):
        line = text.count("\n", 0, fence.start()) + 1
        yield from (Fault(file, f"line {line}", fence["name"], *slip) for slip in _block(case, fence))


def _block(case, fence):
    """(message, remedy) for what is wrong with a fenced block."""
    if fence["name"] not in BLOCKS:
        yield f"there is no block {fence['name']!r}", f"Use one of {', '.join(BLOCKS)}"
    for known, name in ((COLUMNS, "rows"), ((*DRAWINGS, "day"), "chart")):
        for word in fence["rest"].split() if fence["name"] == name else ():
            if word not in known:
                yield f"{name} has no {word!r}", f"Use some of {', '.join(known)}"
    if fence["name"] in ("rows", "chart"):
        for ident, _ in listed(fence["body"]):
            if ident not in case and ident not in OPTIONS:
                yield unknown(case, ident), "Write the id of a row"
    if fence["name"] in ("questions", "key"):
        known = {q.question_id for q in bank.questions(case)} | {q.form for q in bank.questions(case)}
        for ident in fence["rest"].split():
            if ident not in known:
                yield f"there is no question {ident!r}", "Write the id of a row of questions.csv, or a form"
    if fence["name"] == "include" and fence["rest"].strip() not in texts(case):
        yield f"there is no text {fence['rest'].strip()!r}", "Write the name of a file beside this one, without .md"
