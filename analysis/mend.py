"""Write a case's files anew: in their canonical form, and with what the article's text shows."""

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

from . import casefile, cells, codebook, placing, tables
from .schema import TABLES

_DAY = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")


def fix(folder: Path) -> list[str]:
    """Write each file of a case as this project keeps it, where a spreadsheet or an editor wrote it otherwise.

    folder: the case's. Returns a line for each file that was written; a file that cannot be read whole is left as it
    is. Letters garbled by a code page, and days that a spreadsheet wrote its own way, are put right where that is
    certain. datapackage.json, where there is one, is written anew from the tables.

    >>> import tempfile
    >>> import analysis
    >>> with tempfile.TemporaryDirectory() as kept:
    ...     fix(analysis.load("nhs-list-2025").save(kept))
    []
    """
    said = []
    for table in TABLES:
        path = folder / f"{table}.csv"
        read = tables.read(path, table)
        if path.is_file() and read.whole:
            _undo(read.rows, table)
            said += _written(path, tables.text_of(read.rows, table))
    text, notes, _ = tables.decoded(folder / casefile.NAME)
    said += _written(folder / casefile.NAME, text) if notes and text else []
    file, package = casefile.read(folder), folder / codebook.NAME
    if file.meta and package.is_file():
        said += _written(package, codebook.package(file.meta, folder))
    return said


def _undo(rows: list[dict], table: str) -> None:
    """Undo what a spreadsheet did to cells, where it is certain: garbled letters, and days written its own way."""
    for c, column in TABLES[table].items():
        found = {row[c]: _DAY.fullmatch(row[c]) for row in rows} if column.type == "date" else {}
        days = [m for m in found.values() if m]
        # A number over 12 shows which of the two is the day, for all of a column: one hand wrote it.
        first = any(int(m[1]) > 12 or "." in m[0] for m in days)
        second = any(int(m[2]) > 12 for m in days)
        for row in rows:
            match = found.get(row[c])
            if match and first != second:
                day, month = (match[1], match[2]) if first else (match[2], match[1])
                row[c] = f"{match[3]}-{int(month):02}-{int(day):02}"
            elif column.type not in ("number", "integer"):
                row[c] = cells.ungarbled(row[c])


def _written(path: Path, text: str) -> list[str]:
    if path.read_bytes() == text.encode("utf-8"):
        return []
    tables.write_text(path, text)
    return [f"{path.name}: written in its canonical form"]


def fill(folder: Path, articles: Sequence[Path]) -> tuple[list[str], list[tables.Fault]]:
    """Write offsets, prefixes and suffixes into a case's rows, from the article's text; see placing.fill.

    folder: the case's. articles: files, of which the one with the SHA-256 in sources.csv is used; where none stands
    there yet, a single file that has a quote of the case is taken for the article, and its SHA-256 is written too.
    Returns (a line for each table that was written, faults that name what could not be placed).

    >>> fill(Path("no case"), [])
    ([], [])
    """
    file = casefile.read(folder)
    read = {t: tables.read(folder / f"{t}.csv", t) for t in ("sources", "figures", "set_aside")}
    source_id = file.meta.get("article", {}).get("source_id")
    card = next((row for row in read["sources"].rows if row["source_id"] == source_id), None)
    if not card or not all(table.whole for table in read.values()):
        return [], []  # check tells why
    before = {t: [dict(row) for row in table.rows] for t, table in read.items()}
    figures = [row for row in read["figures"].rows if row["source_id"] == source_id]
    raw = _article(articles, card, figures)
    if raw is None:
        return [], []
    card["sha256"] = hashlib.sha256(raw).hexdigest()
    faults = list(placing.fill(placing.text_of(raw.decode("utf-8")), figures, read["set_aside"].rows))
    said = []
    for table, was in before.items():
        changed = sum(row != old for row, old in zip(read[table].rows, was, strict=True))
        if changed:
            tables.write_rows(read[table].rows, folder / f"{table}.csv", table)
            said.append(f"{table}.csv: filled in {changed} row{'s' * (changed > 1)} from the article")
    return said, faults


def _article(articles: Sequence[Path], card: dict, figures: list[dict]) -> bytes | None:
    """The bytes of the article, of the files that may be it."""
    for raw in (path.read_bytes() for path in articles):
        if card["sha256"] == hashlib.sha256(raw).hexdigest():
            return raw
        text = raw.decode("utf-8", "replace")
        if not card["sha256"] and len(articles) == 1 and any(r["quote"] and r["quote"] in text for r in figures):
            return raw if "\ufffd" not in text else None
    return None
