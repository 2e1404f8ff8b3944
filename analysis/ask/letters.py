"""The bytes of a file of answers as rows of cells, whatever saved it: what Excel, phones and memory sticks make of CSV.

script/csv.js does the same in the page; a test gives both the same files.
"""

import re
from collections.abc import Callable, Sequence

MOST_BYTES = 2_000_000
SEPARATORS = ",;\t"
NEVER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")  # what no text has
ANSI = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?")  # a terminal's colours and titles


def bare(text: str) -> str:
    """A cell without blanks round it; only such as both languages call so.

    >>> bare(" 7B-14\u00a0")
    '7B-14'
    """
    return text.strip(" \u00a0")


def decoded(data: bytes, tell: Callable[..., None]) -> str | None:
    """A file's bytes as text: UTF-8 or UTF-16, with a mark or without, else as Windows writes letters.

    tell: told (row, what, …) of what is wrong, by the keys of answers.WORDS. None where the bytes are no text.

    >>> decoded("\ufeffcode;".encode("utf-16-le"), print), decoded(b"PK", print)
    0 workbook
    ('code;', None)
    """
    wrong = {
        "empty": not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"),
        "large": len(data) > MOST_BYTES,
        "workbook": data[:2] == b"PK" or data[:4] == b"\xd0\xcf\x11\xe0",
    }
    if what := next((what for what, is_so in wrong.items() if is_so), ""):
        tell(0, what)
        return None
    pairs = data[: len(data) // 2 * 2]
    if data[:2] == b"\xff\xfe" or data[1:2] == b"\0":
        text = pairs.decode("utf-16-le", "replace")
    elif data[:2] == b"\xfe\xff" or data[:1] == b"\0":
        text = pairs.decode("utf-16-be", "replace")
    else:
        text = _eight(data, tell)
    if NEVER.search(text):
        tell(0, "controls")
        text = NEVER.sub("", ANSI.sub("", text))
    return text.removeprefix("\ufeff")


def _eight(data, tell):
    """Letters of eight bits: UTF-8, perhaps cut within its last letter, else as Windows writes them."""
    for cut in range(4):
        try:
            return data[: len(data) - cut].decode("utf-8")
        except UnicodeDecodeError:
            continue
    tell(0, "letters")
    return "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in data)


def records(text: str, columns: Sequence[str], tell: Callable[..., None]) -> tuple[str, list[tuple[int, list[str]]]]:
    """(the separator, pairs of a row's number and its cells). Empty rows are left out; the header is row 1.

    columns: the names to look for in the header. tell: as for decoded().

    >>> records("code;answer\\n7B-14;no\\n", ["code", "answer"], print)
    (';', [(1, ['code', 'answer']), (2, ['7B-14', 'no'])])
    """
    if found := re.match(r"sep=[,;\t]\r?\n", text):  # a line that Excel understands
        text = text[found.end() :]
    lines = re.split(r"[\r\n]+", text.replace('"', "").lower())
    known = {s: max(sum(bare(cell) in columns for cell in line.split(s)) for line in lines) for s in SEPARATORS}
    separator = max(SEPARATORS, key=lambda s: known[s])
    if wrapped(text):
        split = [";".join(cells).rstrip(";") for _, cells in _parsed(text, ";", columns, lambda *_: None)]
        text = "\n".join(split) + "\n"
    found = _parsed(text, separator, columns, tell)
    return separator, [(number, cells) for number, cells in found if any(map(bare, cells))]


def wrapped(text: str) -> bool:
    """Whether rows were opened with one separator and saved with another: whole rows stand in one cell, in quotes.

    A spreadsheet does so to the rows that hold quotation marks, and to the others it does nothing.

    >>> wrapped('code,form,answer\\n"7B-14,pre,yes"\\n'), wrapped('code,form,answer\\n7B-14,pre,"yes, so"\\n')
    (True, False)
    """
    return re.match(r'"?code,', text) is not None and re.search(r'(?m)^"[^"\n,;]+,[^"\n,;]*,', text) is not None


def heads(cells: Sequence[str], columns: Sequence[str]) -> bool:
    """Whether a row is a header: three of its cells or more are names of columns.

    >>> heads(["Code", "question_id", "Answer", "note"], ["code", "question_id", "answer"])
    True
    """
    return sum(bare(cell).lower() in columns for cell in cells) > 2


def header(rows: Sequence[tuple[int, list[str]]], columns: Sequence[str]) -> list[str]:
    """The header among rows, wherever sorting or a title above has put it; the first row where none is one.

    >>> header([(1, ["My class"]), (2, ["code", "form", "answer"])], ["code", "form", "answer"])
    ['code', 'form', 'answer']
    """
    return next((cells for _, cells in rows if heads(cells, columns)), rows[0][1] if rows else [])


def _parsed(text, separator, columns, tell):
    """CSV as pairs of a row's number and its cells; a quotation mark that is never closed spoils its own line only."""
    made, at = [], 0
    while at < len(text):
        cells, end, closed = _record(text, at, separator)
        number = len(made) + 1
        if not closed:
            line = re.match(r"[^\r\n]*(?:\r\n|\r|\n)?", text[at:])[0]
            first = text[at:].partition(separator)[0]
            goes_on = re.search(r"[\r\n]" + re.escape(first + separator), text[at:]) is not None
            tell(number, "quote" if goes_on else "cut")
            cells = _record(line, 0, separator)[0] if goes_on else cells[:-1]
            end = at + len(line) if goes_on else len(text)
        elif end == len(text) and text[-1] not in "\r\n" and made and len(cells) < len(header(made, columns)):
            tell(number, "cut")
            cells = cells[:-1]
        made.append((number, cells))
        at = end
    return made


def _record(text, at, separator):
    """One row from a place on: (its cells, where the next begins, whether its quotation marks are closed)."""
    cells, cell, quoted, start = [], "", False, True
    while at < len(text):
        letter, at = text[at], at + 1
        if quoted:
            if letter == '"' and text[at : at + 1] != '"':
                quoted = False
            else:
                cell, at = cell + letter, at + (letter == '"')
        elif letter == '"' and start:
            quoted = True
        elif letter == separator:
            cells, cell, start = [*cells, cell], "", True
            continue
        elif letter in "\r\n":
            at += letter == "\r" and text[at : at + 1] == "\n"
            break
        else:
            cell += letter
        start = False
    return [*cells, cell], at, not quoted
