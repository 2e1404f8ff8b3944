"""One student's file as it comes back: whole, and spoilt in each way that a classroom has."""

import csv
import io
import re

from analysis.ask import answers

ROWS = [
    {"code": "7B-14", "occasion": "before", "form": "pre", "question_id": "pre-01", "answer": "supported for this use",
     "confidence": "70", "reason": "Same unit, same week;\nso “yes” – I think", "pieces": "", "evidence": "",
     "evidence_id": "", "case": "buses", "version": "1.0a1b2c3d"},
    {"code": "7B-14", "occasion": "lesson-2", "form": "practice", "question_id": "practice-16", "answer": "42.3",
     "confidence": "", "reason": '=HYPERLINK("http://example.org")', "pieces": "unit: flights;seven days",
     "evidence": "The Gazette, 15 June 2017 ; Traffic Office, January 2017", "evidence_id": "buses;january",
     "case": "buses", "version": "1.0a1b2c3d"},
    {"code": "7B-14", "occasion": "lesson-2", "form": "practice", "question_id": "practice-19", "answer": "",
     "confidence": "", "reason": "", "pieces": "none", "evidence": "", "evidence_id": "", "case": "buses",
     "version": "1.0a1b2c3d"},
]  # fmt: skip
TEXT = answers.text_of(ROWS)
WHOLE = TEXT.encode()


def lines(change):
    """The file with its rows changed, each a list of cells that holds no comma."""
    plain = [answers.COLUMNS, *([re.split(r"[,\n(]", row[c])[0] for c in answers.COLUMNS] for row in ROWS)]
    return "".join(",".join(line) + "\n" for line in map(change, map(list, plain))).encode()


def semicolons():
    """As Excel saves it where a comma is a decimal point: semicolons, a mark at the head, Windows line ends."""
    text = io.StringIO()
    table = csv.writer(text, delimiter=";", lineterminator="\r\n")
    table.writerows([answers.COLUMNS, *([row[c].replace("42.3", "42,3") for c in answers.COLUMNS] for row in ROWS)])
    return text.getvalue().encode("utf-8-sig")


def half_wrapped():
    """As Excel saves it there after a double click: rows that hold quotation marks in one cell, the others as they were."""
    text = io.StringIO()
    made = csv.writer(text, delimiter=";", lineterminator="\r\n")
    grid = list(csv.reader(io.StringIO(TEXT), delimiter=";"))
    made.writerows([*row, *[""] * (max(map(len, grid)) - len(row))] for row in grid)
    return text.getvalue().encode("utf-8-sig")


# {what was done to it: (name, bytes, rows that can still be read, words of a fault or "")}
SPOILT = {
    "whole": ("answers-7B-14.csv", WHOLE, 3, ""),
    "saved twice by a browser": ("answers-7B-14 (1).csv", WHOLE, 3, ""),
    "renamed": ("my homework.csv", WHOLE, 3, ""),
    "named as another's": ("answers-7B-15.csv", WHOLE, 3, "another code"),
    "empty": ("answers-7B-14.csv", b"", 0, "empty"),
    "blank": ("answers-7B-14.csv", b"\xef\xbb\xbf\r\n\r\n", 0, "empty"),
    "only a header": ("answers-7B-14.csv", WHOLE[: WHOLE.index(b"\n") + 1], 0, "no answers"),
    "a mark at the head": ("answers-7B-14.csv", b"\xef\xbb\xbf" + WHOLE, 3, ""),
    "UTF-16, little end": ("answers-7B-14.csv", TEXT.encode("utf-16-le"), 3, ""),
    "UTF-16 with a mark": ("answers-7B-14.csv", b"\xfe\xff" + TEXT.encode("utf-16-be"), 3, ""),
    "Windows letters": ("answers-7B-14.csv", TEXT.encode("cp1252"), 3, "not UTF-8"),
    "Windows line ends": ("answers-7B-14.csv", WHOLE.replace(b"\n", b"\r\n"), 3, ""),
    "old Mac line ends": ("answers-7B-14.csv", WHOLE.replace(b"\n", b"\r"), 3, ""),
    "semicolons of Excel": ("answers-7B-14.csv", semicolons(), 3, ""),
    "tabs": ("answers-7B-14.csv", lines(lambda line: ["\t".join(line)]), 3, ""),
    "each row in one cell": (
        "answers-7B-14.csv",
        "".join('"' + line.replace('"', '""') + '";;;\r\n' for line in lines(list).decode().splitlines()).encode(),
        3,
        "",
    ),
    "a line for Excel": ("answers-7B-14.csv", b"sep=,\r\n" + WHOLE, 3, ""),
    "cut in a row": ("answers-7B-14.csv", WHOLE[:-15], 3, "breaks off"),
    "cut in quotes": ("answers-7B-14.csv", WHOLE[: WHOLE.index(b"example")], 2, "breaks off"),
    "cut in a letter": ("answers-7B-14.csv", WHOLE[: WHOLE.index("”".encode()) + 1], 1, "breaks off"),
    "a mark never closed": ("answers-7B-14.csv", WHOLE.replace(b"supported for", b'supported\n7B-14,"for', 1), 3, ""),
    "a stray quotation mark": (
        "answers-7B-14.csv",
        lines(lambda c: c).replace(b",42.3,", b',"42.3,'),
        3,
        "never closed",
    ),
    "columns in another order": ("answers-7B-14.csv", lines(lambda line: line[::-1]), 3, ""),
    "a column lost": ("answers-7B-14.csv", lines(lambda line: line[:-1]), 3, "version is missing"),
    "another table": ("answers-7B-14.csv", b"name,mark\nAnn,3\n", 0, "no file of answers"),
    "a comma too many": ("answers-7B-14.csv", lines(lambda c: c).replace(b",42.3,", b",42,3,,"), 2, "more cells"),
    "a code made a date": ("answers-7B-14.csv", lines(lambda c: c).replace(b"\n7B-14", b"\n14-Jul"), 3, ""),
    "a code that is a name": (
        "answers-7B-14.csv",
        lines(lambda c: c).replace(b"\n7B-14", b"\nAnn"),
        3,
        "name was used",
    ),
    "no code anywhere": ("ann.csv", lines(lambda c: c).replace(b"\n7B-14", b"\n"), 3, "an empty cell is no code"),
    "two students": (
        "both.csv",
        WHOLE + WHOLE.partition(b"\n")[2].replace(b"7B-14", b"7b-15"),
        6,
        "more than one code",
    ),
    "rows twice": ("answers-7B-14.csv", WHOLE + WHOLE.partition(b"\n")[2], 3, "stands here twice"),
    "percentages": ("answers-7B-14.csv", lines(lambda c: c).replace(b",70,", b",0.7,"), 3, ""),
    "a confidence of words": (
        "answers-7B-14.csv",
        lines(lambda c: c).replace(b",70,", b",very sure,"),
        3,
        "no confidence",
    ),
    "an occasion of words": (
        "answers-7B-14.csv",
        lines(lambda c: c).replace(b",before,", b",Monday,"),
        3,
        "no occasion",
    ),
    "no question": ("answers-7B-14.csv", lines(lambda c: c).replace(b",pre-01,", b",,"), 2, "names no question"),
    "saved where a comma is a decimal point": ("answers-7B-14.csv", half_wrapped(), 3, ""),
    "a title above": ("answers-7B-14.csv", b"Table 1\n" + WHOLE, 3, "names no question"),
    "a header sorted down": (
        "answers-7B-14.csv",
        b"".join([*WHOLE.splitlines(keepends=True)[1:], WHOLE.splitlines(keepends=True)[0]]),
        3,
        "",
    ),
    "notes without a heading": (
        "answers-7B-14.csv",
        WHOLE.replace(b"1.0a1b2c3d", b"1.0a1b2c3d,well done"),
        3,
        "beyond the header",
    ),
    "two cases": ("answers-7B-14.csv", WHOLE + WHOLE.partition(b"\n")[2].replace(b",buses,", b",trams,"), 6, ""),
    "a copy's number": ("answers-7B-14-1.csv", WHOLE, 3, ""),
    "leading zeros in its name": ("answers-7b-014.csv", WHOLE, 3, ""),
    "a workbook": ("answers-7B-14.csv", b"PK\x03\x04" + WHOLE, 0, "workbook"),
    "bytes of anything": ("answers-7B-14.csv", bytes(range(256)) * 4, 0, ""),
    "a flood": ("answers-7B-14.csv", WHOLE + b"7B-14,before,pre,x,y,,,,,,,\n" * 2500, 4, "more rows"),
    "huge": ("answers-7B-14.csv", WHOLE * 10_000, 0, "too large"),
    "a letter that is none": ("answers-7B-14.csv", WHOLE.replace(b"Same", b"Sa\0me\x1b[31m"), 3, "no text"),
    "hostile cells": (
        "answers-7B-14.csv",
        WHOLE.replace(b"supported for this use", b"<img src=x onerror=alert(1)>").replace(
            b"none", b"'=cmd|' /C calc'!A0"
        ),
        3,
        "",
    ),
}
