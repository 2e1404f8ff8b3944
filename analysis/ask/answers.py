"""One student's answers as a file, answers-CODE.csv: written byte for byte as the page's script writes it, and read
whatever has been done to it since. script/csv.js is this file in the page's language; a test runs both.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from ..tables import write_text
from . import letters

COLUMNS = (
    "code", "occasion", "form", "question_id", "answer", "confidence", "reason", "pieces", "evidence", "evidence_id",
    "case", "version",
)  # fmt: skip
NEEDED = ("code", "question_id", "answer")
OCCASIONS = ("before", "after", "later")
FORMS = ("pre", "post", "later", "practice")
CONFIDENCE = ("50", "60", "70", "80", "90", "100")
CODE = re.compile(r"([A-Za-z0-9]{1,8})-([0-9]{1,3})")
MOST_ROWS = 2000
_BETWEEN = re.compile(r"[\s\-_\u2010-\u2015\u2212]+")
_CODE = r"[A-Za-z0-9]{1,8}-[0-9]{1,3}"
_DASH = re.compile(r"[ \u00a0]*[-_\u2010-\u2015\u2212][ \u00a0]*")
_VERSION = re.compile(r"1\.[0-9a-f]{8}")
_OCCASION = re.compile(r"before|after|later|lesson-[0-9]{1,2}")
_FORMULA = re.compile(r"'(?=['=+\-@\t\r])|[=+\-@\t\r]")
_GUARDED = re.compile(r"'(?=['=+\-@\t\r])")
AGAIN = "Ask for the file again: the student opens the page and saves once more"

# What may be wrong with a file, and what to do. {} is a cell's text or a number.
WORDS = {
    "empty": ("the file is empty", AGAIN),
    "large": ("the file is too large for one student's answers", AGAIN),
    "workbook": ("it is an Excel workbook or an archive, no CSV", "In Excel choose Save as, CSV UTF-8"),
    "controls": ("it holds characters that are no text; they were left out", AGAIN),
    "letters": ("its letters are not UTF-8; they were read as Windows writes them", "Look at letters such as é and –"),
    "no answers": ("it has no answers, only a header", AGAIN),
    "columns": ("it is no file of answers: the column {} is missing", AGAIN),
    "column": ("the column {} is missing, and was taken as empty", AGAIN),
    "rows": ("it has more rows than one student can have; the rest was left out", AGAIN),
    "cut": ("the file breaks off in this row; what was whole was kept", AGAIN),
    "quote": ("a quotation mark in this row is never closed; the row was read as one line", "Look at its last cells"),
    "cells": ("this row has more cells than the header; it was left out", "Put a cell with a comma in it in quotes"),
    "notes": ("this row has cells beyond the header; they were left out", "Give a column of notes a heading"),
    "code": ("{} is no code of class and seat", "Write the code, such as 7B-14, in the column code"),
    "code of name": ("{} is no code of class and seat; the file's name was used", "See that the name is the student's"),
    "name": ("its name says {}, and its rows another code; the rows were believed", "See whose file it is"),
    "codes": ("it holds more than one code: {}", "See whose file it is, and take the other rows out"),
    "occasion": ("{} is no occasion", "Write before, after, later or lesson-1 in the column occasion"),
    "form": ("{} is no form", "Write pre, post, later or practice in the column form"),
    "question": ("the row names no question; it was left out", "Write its question_id, if you know it"),
    "confidence": ("{} is no confidence; it was taken as empty", "Write 50, 60, 70, 80, 90 or 100"),
    "twice": ("{} stands here twice; the later answer was kept", "See whether the student answered twice"),
}


class Fault(NamedTuple):
    """What is wrong with a file. row: as a spreadsheet numbers it, the header being 1; 0 for the file as a whole."""

    row: int
    fault: str
    remedy: str


class Answers(NamedTuple):
    """What a file says. rows: a dict of text for each row, with COLUMNS. faults: what was wrong with it.

    numbers: of the rows, as a spreadsheet numbers them.
    """

    rows: list[dict[str, str]]
    faults: list[Fault]
    numbers: list[int] = []


def code(text: str) -> str:
    """A code of class and seat as it is compared and written: capitals, no leading zeros; empty where it is none.

    A phone's dash, an underline and blanks round either count as the hyphen.

    >>> code(" 7b-014 "), code("7B \u2013 14"), code("Ann"), code("7B-14-2")
    ('7B-14', '7B-14', '', '')
    """
    found = CODE.fullmatch(_DASH.sub("-", letters.bare(text)))
    return f"{found[1].upper()}-{int(found[2])}" if found else ""


def typed(text: str) -> str:
    """A code as a student types it: a space or any dash between class and seat will do; empty where it is none.

    >>> typed("7b 1"), typed("7B – 14"), typed("7b1")
    ('7B-1', '7B-14', '')
    """
    return code(_BETWEEN.sub("-", text.strip()))


def wanted(text: str) -> str:
    """What is said of what was typed and is no code.

    >>> wanted("7b1")
    '7b1 is no code: did you mean 7B-1?'
    """
    given = text.strip()[:20]
    if not given:
        return "Write your code first: class and seat from your teacher’s list, such as 7B-14."
    if glued := re.fullmatch(r"([A-Za-z0-9]{0,7}[A-Za-z])([0-9]{1,3})", given):
        return f"{given} is no code: did you mean {code('-'.join(glued.groups()))}?"
    return f"{given} is no code. A code is class and seat from your teacher’s list, such as 7B-14."


def code_of_name(name: str) -> str:
    """The code in a file's name, whatever a browser or a phone has put behind it; empty where there is none.

    >>> [code_of_name(name) for name in ("Copie de answers-7B-14 (1).csv", "answers-7B-14-1.csv", "homework.csv")]
    ['7B-14', '7B-14', '']
    """
    name = name.rpartition("/")[2]
    found = re.search(rf"(?i)answers[-_ ]({_CODE})(?![0-9a-z])", name) or re.search(
        rf"(?<![A-Za-z0-9-])({_CODE})(?![0-9A-Za-z-])", name
    )
    return code(found[1]) if found else ""


def file_name(code: str) -> str:
    """The name of a student's file.

    >>> file_name("7B-14")
    'answers-7B-14.csv'
    """
    return f"answers-{code}.csv"


# To write --------------------------------------------------------------------------------------------------------


def text_of(rows: Iterable[Mapping[str, str]]) -> str:
    """Rows as the text of a file. rows: dicts with COLUMNS; a missing one is an empty cell.

    A cell that a spreadsheet would run begins with an apostrophe; line breaks are LF; letters that no text has go.

    >>> print(text_of([{"code": "7B-14", "answer": "=1+1", "reason": 'I said "no", twice'}]).splitlines()[1])
    7B-14,,,,'=1+1,,"I said ""no"", twice",,,,,
    """
    lines = [COLUMNS, *([_cell(row.get(c, "")) for c in COLUMNS] for row in rows)]
    return "".join(",".join(line) + "\n" for line in lines)


def _cell(text: str) -> str:
    text = str(text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    text = letters.NEVER.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = f"'{text}" if _FORMULA.match(text) else text
    quoted = text.replace('"', '""')
    return f'"{quoted}"' if re.search(r'[",\n]', text) else text


def save(rows: Iterable[Mapping[str, str]], folder: str | Path, known: bytes = b"") -> Path:
    """Write one student's rows into a folder as answers-CODE.csv, whole or not at all. Returns its path.

    rows: all with one code. known: what this student's file held when it was last read or written here.
    Raises ValueError where the rows have no code or several; FileExistsError where a file of that name says something
    else than `known`: it may be another student's, or hold answers that are not among these.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save([{"code": "7B-14", "question_id": "practice-01", "answer": "yes"}], folder).name
    'answers-7B-14.csv'
    """
    rows = list(rows)
    codes = {code(row.get("code", "")) for row in rows}
    if len(codes) != 1 or "" in codes:
        raise ValueError("write your code first: class and seat from the teacher's list, such as 7B-14")
    path = Path(folder) / file_name(codes.pop())
    if path.exists() and path.read_bytes() != known:
        remedy = "If it is yours, open it first and go on from there; if not, look at your code"
        raise FileExistsError(f"{path.name} is already here. {remedy}")
    write_text(path, text_of(rows))
    return path


# To read ---------------------------------------------------------------------------------------------------------


def read(source: bytes | str | Path, name: str = "") -> Answers:
    r"""Read a student's file, whatever saved it: commas, semicolons or tabs, UTF-8 or UTF-16, whole or cut off.

    source: its bytes, or its path. name: its name, where source is bytes; a code in it helps where the rows have none.
    Returns Answers: every row that can be understood, and a fault for whatever is wrong. It never raises for what a
    file holds; OSError where a path cannot be read. Whether a question or an answer is known is not asked here.

    >>> found = read(b"code;question_id;answer;confidence\r\n7b-14;practice-16;42,3;70%\r\n")
    >>> found.rows[0]["code"], found.rows[0]["answer"], found.rows[0]["confidence"], found.faults[0].row
    ('7B-14', '42.3', '70', 0)
    >>> read(b"").faults[0].fault
    'the file is empty'
    """
    if not isinstance(source, bytes):
        source, name = Path(source).read_bytes(), name or Path(source).name
    faults: list[Fault] = []

    def tell(row: int, what: str, *given: str) -> None:
        faults.append(Fault(row, WORDS[what][0].format(*given), WORDS[what][1]))

    text = letters.decoded(source, tell)
    if text is None:
        return Answers([], faults)
    separator, records = letters.records(text, COLUMNS, tell)
    if len(records) > MOST_ROWS + 1:
        tell(0, "rows")
    header = _header(letters.header(records, COLUMNS), tell)
    if header is None:
        return Answers([], faults)
    rows = []
    for number, cells in [one for one in records if not letters.heads(one[1], COLUMNS)][:MOST_ROWS]:
        if (row := _row(number, cells, header, separator, tell)) is not None:
            rows.append((number, row))
    if not rows and not faults:
        tell(0, "no answers")
    kept = _settled(rows, name, tell)
    return Answers([row for _, row in kept], faults, [number for number, _ in kept])


def _header(cells, tell):
    """{column: its place}; None where the file is none of answers, which is told."""
    names = [letters.bare(cell).lower() for cell in cells]
    header = {c: names.index(c) for c in COLUMNS if c in names} | {"": len(names)}
    for c in COLUMNS:
        if c not in header and c in NEEDED:
            tell(0, "columns", c)
            return None
        if c not in header:
            tell(0, "column", c)
    return header


def _row(number, cells, header, separator, tell):
    """One row as a dict of COLUMNS; None where it cannot be used, which is told."""
    if any(map(letters.bare, cells[header[""] :])):
        moved = "version" not in header or not _VERSION.fullmatch(letters.bare(cells[header["version"]]))
        tell(number, "cells" if moved else "notes")
        if moved:
            return None
    row = {c: cells[header[c]] if header.get(c, len(cells)) < len(cells) else "" for c in COLUMNS}
    row = {c: v if c == "reason" else letters.bare(v) for c, v in row.items()}
    row = {c: re.sub(r"\r\n?", "\n", _GUARDED.sub("", v, count=1) if _GUARDED.match(v) else v) for c, v in row.items()}
    if not row["question_id"]:
        tell(number, "question")
        return None
    row |= {c: row[c].lower() for c in ("occasion", "form")}
    if separator == ";" and re.fullmatch(r"-?[0-9]+,[0-9]+", row["answer"]):
        row["answer"] = row["answer"].replace(",", ".")
    row["confidence"] = _confidence(number, row["confidence"], tell)
    for column, known in (("occasion", _OCCASION), ("form", re.compile("|".join(FORMS)))):
        if row[column] and not known.fullmatch(row[column]):
            tell(number, column, row[column][:30])
    return row


def _confidence(number, text, tell):
    """A confidence as the file has it, from 70, 70 %, 70.0 or 0,7."""
    plain = re.sub(r"[% \u00a0]", "", text).replace(",", ".")
    found = re.fullmatch(r"[0-9]{1,3}(\.[0-9]*)?", plain)
    value = float(plain) if found else 0.0
    value = round(value * 100) if 0 < value <= 1 else value
    if plain and f"{value:g}" not in CONFIDENCE:
        tell(number, "confidence", text[:30])
    return f"{value:g}" if f"{value:g}" in CONFIDENCE else ""


def _settled(rows, name, tell):
    """(number, row) of each: with one code, as far as there is one, and each question once an occasion."""
    named = code_of_name(name)
    for said in dict.fromkeys(row["code"] for _, row in rows):
        if not code(said):
            tell(0, "code of name" if named else "code", said[:30] or "an empty cell")
    for _, row in rows:
        row["code"] = code(row["code"]) or named or row["code"]
    codes = list(dict.fromkeys(row["code"] for _, row in rows))
    if named and codes and named not in codes:
        tell(0, "name", named)
    if len(codes) > 1:
        tell(0, "codes", ", ".join(codes)[:60])
    kept: dict[tuple, tuple[int, dict]] = {}
    for number, row in rows:
        key = (row["code"], row["case"], row["occasion"], row["question_id"])
        if key in kept:
            tell(number, "twice", row["question_id"][:30])
        if row["answer"] or key not in kept:
            kept[key] = number, row
    return list(kept.values())
