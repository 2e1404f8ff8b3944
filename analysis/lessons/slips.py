"""What is wrong with a text: a reference to nothing, a figure that is typed, a block that cannot be filled."""

import re
from collections.abc import Iterator

from .. import bank
from ..case import Case
from ..tables import Fault
from .files import FENCE, FOLDER, listed, others, texts
from .forms import LessonError, said, unknown

BLOCKS = ("rows", "questions", "key", "owners", "lines", "scale", "chart", "codes", "include")
COLUMNS = ("row", "number", "day", "what", "who", "where", "when", "place", "source")  # of a table of rows
DRAWINGS = ("strip", "ranges", "timeline", "hedges", "hands")  # of a chart
MOST = 60  # lines to write on, or seats of a list
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


_SLIPS = (
    (r"</?[a-zA-Z]", "it holds HTML", "Write it in Markdown, or the sign < as words"),
    (r"!\[", "it holds an image", "Draw a chart from rows, or say it in words"),
    (r"\{\{|\}\}|\{[^}]*$|^[^{]*\}|\{\s*\}", "a brace has no other", "Write an id between { and }, once"),
    ("\ufffd", "bytes that are not UTF-8", "Save the file as UTF-8"),
)


def _counted_years(case: Case, text: str) -> Iterator[tuple[int, str]]:
    """What reads as a year and counts something: 2000 strikes."""
    nouns = "|".join(map(re.escape, case.meta.get("words", {}).get("units", {}).values()))
    for found in re.finditer(
        rf"\b{_YEAR}(?= (?:{nouns or '(?!)'})\b)", FENCE.sub(lambda f: "\n".join(_notes(f)), text)
    ):
        yield text.count("\n", 0, found.start()) + 1, found.group()


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
    strange = "Give it a name that ends with .md, or take it away"
    found = [Fault(f"{FOLDER}/{name}", "", "", "it is no text, and is not read", strange) for name in others(case)]
    return found + [fault for name, text in texts(case).items() for fault in _faults(case, name, text)]


def _faults(case, name, text):
    file = f"{FOLDER}/{name}.md"
    if not re.match(r"# \S", text):
        yield Fault(file, "line 1", "", "it does not begin with its title", "Begin it with # and the title")
    for line, words_ in enumerate(text.split("\n"), 1):
        for found in REFERENCE.finditer(words_):
            try:
                said(case, found.group(1))
            except LessonError as e:
                yield Fault(file, f"line {line}", found.group(), str(e), "Write the id of a row, and a form or none")
        bare = re.sub(r"`[^`]*`", "", words_)
        for pattern, message, remedy in _SLIPS:
            if re.search(pattern, bare):
                yield Fault(file, f"line {line}", "", message, remedy)
    for line, typed in (*numerals(text), *_counted_years(case, text)):
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
    sizes = {"lines": (0, 1), "codes": (1, 1), "scale": (3, 3)}
    if fence["name"] in sizes:
        given, (least, most) = fence["rest"].split(), sizes[fence["name"]]
        if not least <= len(given) <= most or not all(re.fullmatch("[1-9][0-9]*|0", word) for word in given):
            yield f"{fence['name']} has other words than whole numbers, or not as many", "Write as lines 3, codes 30"
        elif given and (int(given[-1]) == 0 or (most == 1 and int(given[0]) > MOST)):
            yield f"{fence['name']} {fence['rest']} cannot be drawn", f"Write a number from 1 to {MOST}"
    if fence["name"] == "include" and fence["rest"].strip() not in texts(case):
        yield f"there is no text {fence['rest'].strip()!r}", "Write the name of a file beside this one, without .md"
