"""A class of forty files with everything that a classroom, a spreadsheet and a prankster do to them."""

import csv
import io
import zipfile

from analysis import bank, classroom
from analysis.ask import answers

CASE = "putin-stone-2017"
CLEAN = classroom.invented(CASE, students=49, seed=7)
for spoilt in [name for name in CLEAN if " (1)" in name or 30 < int(name[11:-4]) <= 40]:
    del CLEAN[spoilt]
CLEAN["answers-7B-3.csv"] = CLEAN["answers-7B-3.csv"].removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")


def rows(seat):
    return answers.read(CLEAN[f"answers-7B-{seat}.csv"]).rows


def file(seat, change=lambda row: row):
    """A student's file with its rows changed."""
    return answers.text_of([change(dict(row)) for row in rows(seat)]).encode()


def table(seat, columns=answers.COLUMNS, heads=None, change=lambda row: row, **form):
    """A student's file as a spreadsheet writes it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n", **form)
    writer.writerow(heads or columns)
    writer.writerows([change(dict(row)).get(c, "") for c in columns] for row in rows(seat))
    return text.getvalue()


def only(asked, /, **cells):
    """Change the cells of one question's row."""
    return lambda row: row | cells if row["question_id"] == asked else row


def spelled(question, how):
    """Write a number in another way, where there is one."""
    return lambda row: row | {"answer": how(row["answer"])} if row["question_id"] == question and row["answer"] else row


def first(seat, occasion="before"):
    """The first question that a student answered with an option."""
    return next(r["question_id"] for r in rows(seat) if r["occasion"] == occasion and r["answer"])


def wrong(row, question_id):
    """The other option of a question of two."""
    if row["question_id"] != question_id:
        return row
    options = next(q.options for q in bank.questions(CASE) if q.question_id == question_id)
    return row | {"answer": next(option for option in options if option != row["answer"])}


NUMBER = next(q for q in bank.questions(CASE) if q.kind == "number" and "." not in q.answer)
DECIMAL = next(q for q in bank.questions(CASE) if q.kind == "number" and "." in q.answer)


def zipped(data):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(zipfile.ZipInfo("answers-7B-40.csv"), data)
    return made.getvalue()


def two_rows(seat):
    whole = CLEAN[f"answers-7B-{seat}.csv"]
    return (
        whole
        + answers.text_of([wrong(r, first(seat)) for r in rows(seat) if r["question_id"] == first(seat)])
        .encode()
        .split(b"\n", 1)[1]
    )


def double_click(seat):
    """What a double click in Excel and Save make of a file where a comma is a decimal point: letters of another alphabet,
    a whole row in one cell, more cells where a row has semicolons, and quotation marks only round cells that hold one."""
    said = {"reason": "same unit, same week\nso “yes”", "evidence": "TASS, 15 June 2017 ; FSB, May 2016"}
    text = file(seat, lambda row: row | (said if row["confidence"] in ("60", "70") else {}))
    grid = list(csv.reader(io.StringIO(text.decode("cp1252", "replace")), delimiter=";"))
    made = io.StringIO()
    width = max(map(len, grid))
    csv.writer(made, delimiter=";", lineterminator="\r\n").writerows([r + [""] * (width - len(r)) for r in grid])
    return made.getvalue().encode("utf-8-sig")


def noted(seat):
    """A file with a teacher's notes in a column without a heading."""
    lines = CLEAN[f"answers-7B-{seat}.csv"].decode().splitlines(keepends=True)
    return "".join([lines[0], *(line.replace("\n", ",and why?\n") for line in lines[1:])]).encode()


def sorted_down(seat):
    """A file whose header was sorted among its rows."""
    lines = CLEAN[f"answers-7B-{seat}.csv"].splitlines(keepends=True)
    return b"".join([*lines[1:9], lines[0], *lines[9:]])


ROWS = len(rows(1))
ALL_ROWS = f"2, 3, 4, 5, 6 and {ROWS - 5} more"  # as a fault names the rows of a whole file

OTHERS = answers.text_of(
    row | {"code": "7B-49"} for row in answers.read(classroom.invented("nhs-list-2025", 3)["answers-7B-1.csv"]).rows
).encode().split(b"\n", 1)[1]  # fmt: skip

# What loses nothing: {what was done: (seat, name or "" for the student's own, bytes, words of the fault)}
KEPT = {
    "semicolons and a mark": (1, "", table(1, change=spelled(DECIMAL.question_id, lambda text: text.replace(".", ",")), delimiter=";").encode("utf-8-sig"), "byte-order mark, semicolons"),
    "UTF-16 and tabs": (2, "", table(2, delimiter="\t").encode("utf-16"), "UTF-16 letters, tabs"),
    "Windows letters": (4, "", table(4, change=lambda r: r | {"reason": "café – “yes”"}).encode("cp1252"), "as Windows writes them"),
    "each row in one cell": (5, "", "".join(f'"{line.replace(chr(34), chr(34) * 2)}";;;\r\n' for line in table(5).splitlines()).encode(), "each row in quotation marks"),
    "columns moved": (6, "", table(6, columns=answers.COLUMNS[::-1]).encode(), "another order"),
    "empty columns": (7, "", "".join(f"{line},,,\r\n" for line in table(7).splitlines()).encode(), "columns added"),
    "leading zeros": (8, "answers-7B-08.csv", file(8, lambda r: r | {"code": "7b-008"}), ""),
    "a code made a date": (9, "", file(9, lambda r: r | {"code": "09. Jul"}), "the file's name was used"),
    "thousands": (10, "", file(10, spelled(NUMBER.question_id, lambda text: f"{int(text):,}")), ""),
    "formulas": (11, "", file(11, lambda r: r | {"reason": '=HYPERLINK("https://example.org","x")', "evidence": "@SUM(A1)"}), "like a spreadsheet's formula"),
    "a web page's code": (12, "", file(12, lambda r: r | {"reason": "<img src=x onerror=alert(1)>"}), "a web page's code"),
    "a terminal's colours": (13, "", file(13, lambda r: r | {"reason": "red"}).replace(b"red", b"\x1b[31mred\x1b[0m\x1b]0;x\x07"), "characters that are no text"),
    "a letter that is none": (14, "", file(14, lambda r: r | {"reason": "nothing"}).replace(b"nothing", b"no\0thing"), "characters that are no text"),
    "renamed": (15, "My homework.csv", CLEAN["answers-7B-15.csv"], "its name does not say 7B-15"),
    "named as another's": (16, "answers-7B-99.csv", CLEAN["answers-7B-16.csv"], "the rows were believed"),
    "per cent": (17, "", file(17, lambda r: r | {"confidence": f"{r['confidence']} %" if r["confidence"] else ""}), ""),
    "a new version": (18, "", file(18, lambda r: r | {"version": "1.00000000"}), "another version of the questions, 1.00000000"),
    "no occasion": (19, "", file(19, lambda r: r | {"occasion": "" if r["form"] != "practice" else r["occasion"]}), "by the seat number and the form"),
    "a double click in Excel": (41, "", double_click(41), "byte-order mark, each row in quotation marks"),
    "a title above": (42, "", b"Table 1\r\n" + table(42).encode(), "the row names no question"),
    "a header sorted down": (43, "", sorted_down(43), ""),
    "notes without a heading": (44, "", noted(44), "cells beyond the header"),
    "Mac letters": (45, "", table(45, change=lambda r: r | {"reason": "“yes”"}).encode("mac_roman", "replace"), "as Windows writes them"),
    "letters read wrong": (46, "", CLEAN["answers-7B-46.csv"].decode("cp1252", "replace").encode(), ""),
    "Latin letters": (47, "", CLEAN["answers-7B-47.csv"].decode().encode("latin-1", "replace"), ""),
    "a phone's copy": (48, "answers-7B-48-1.csv", CLEAN["answers-7B-48.csv"], ""),
    "another case's answers too": (49, "", CLEAN["answers-7B-49.csv"] + OTHERS, "another case, nhs-list-2025"),
    "spaces": (20, "", file(20, lambda r: r | {"answer": f"  {r['answer'].upper()}\u00a0"}), ""),
}  # fmt: skip

# What loses something, or is nobody's: {what was done: (name, bytes, words of the fault, row)}
LOST = {
    "empty": ("answers-7B-31.csv", b"", "the file is empty", ""),
    "blank": ("answers-7B-32.csv", b"\xef\xbb\xbf \r\n\r\n", "the file is empty", ""),
    "only a header": ("answers-7B-33.csv", answers.text_of([]).encode(), "no answers", ""),
    "there twice": ("answers-7B-21 (1).csv", CLEAN["answers-7B-21.csv"], "the same file as answers-7B-21.csv", ""),
    "one code, other answers": ("22.csv", file(22, lambda r: wrong(r, first(22))), f"another answer to {first(22)}", ""),
    "one code, fewer answers": ("answers-7B-23 (1).csv", answers.text_of(rows(23)[:12]).encode(), "each question counted once", ""),
    "cut in a row": ("answers-7B-24.csv", CLEAN["answers-7B-24.csv"][: CLEAN["answers-7B-24.csv"].index(b"7B-24,after") + 40], "breaks off", "12"),
    "other case": ("answers-7B-34.csv", file(1, lambda r: r | {"code": "7B-34", "case": "buses"}), "another case, buses", ALL_ROWS),
    "unknown question": ("answers-7B-25.csv", file(25, only(first(25), question_id="pre-99")), "no question pre-99", "2"),
    "no option": ("answers-7B-26.csv", file(26, only(first(26), answer="maybe")), "“maybe” is none of the answers", "2"),
    "confidence 101": ("answers-7B-27.csv", file(27, only(first(27), confidence="101")), "101 is no confidence", "2"),
    "another class": ("answers-8C-3.csv", file(3, lambda r: r | {"code": "8C-3"}), "its class is 8C, that of most files 7B", ""),
    "two codes": ("answers-7B-51.csv", file(30, lambda r: r | {"code": "7B-51"} if r["occasion"] == "before" else r | {"code": "7B-51", "answer": ""}), "under 7B-30, word for word", ""),
    "no code": ("homework of Ann.csv", file(1, lambda r: r | {"code": "Ann", "reason": "mine"}), "no code of class and seat is known", ALL_ROWS),
    "two students": ("both.csv", file(1, lambda r: r | {"code": "7B-35"}) + file(2, lambda r: r | {"code": "7B-36"}).split(b"\n", 1)[1], "more than one code", ""),
    "a question twice": ("answers-7B-28.csv", two_rows(28), "stands here twice", str(ROWS + 2)),
    "a comma too many": ("answers-7B-29.csv", CLEAN["answers-7B-29.csv"].replace(b",before,", b",before,,,,", 1), "more cells than the header", "2"),
    "a workbook": ("answers-7B-37.csv", zipped(b"x"), "Excel workbook or an archive", ""),
    "an old workbook": ("answers-7B-38.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "Excel workbook", ""),
    "a web page": ("answers-7B-39.csv", b"<!DOCTYPE html><html><script>alert(1)</script></html>", "no file of answers", ""),
    "a PDF": ("answers.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "no file of answers", ""),
    "huge": ("answers-7B-40.csv", CLEAN["answers-7B-1.csv"] * 600, "too large", ""),
    "the computer's own": (".DS_Store", b"\0\0\0\1Bud1", "", ""),
}  # fmt: skip


def kept():
    """The files that lose nothing, with the untouched ones of the other students: {name: bytes}."""
    touched = {seat for seat, *_ in KEPT.values()}
    made = {name: data for name, data in CLEAN.items() if int(name[11:-4]) not in touched}
    return made | {name or f"answers-7B-{seat}.csv": data for seat, name, data, _ in KEPT.values()}


def spoilt_class():
    """All of them: {name: bytes}."""
    return kept() | {name: data for name, data, _, _ in LOST.values()}


def put(folder, files):
    """Write files into a folder; returns it."""
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder
