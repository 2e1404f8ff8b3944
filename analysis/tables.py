"""Read and write a case's tables. The only place that touches CSV.

A table is kept as UTF-8 with LF line ends, commas between cells, and quotation marks only where they are needed. What a
spreadsheet makes of it (a byte-order mark, Windows line ends, semicolons or tabs) is read too, and said once. A text
cell that a spreadsheet would take for a formula is written with a leading apostrophe, and read without it.
"""

import csv
import io
import os
import re
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from . import commands
from .schema import ID, KEYS, NEEDED, TABLES

FORMULA = ("=", "+", "-", "@", "\t")
# [0-9] and not \d, which takes the digits of every script; 15 of them before the point are what a float keeps exactly.
NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]+)?")
SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs"}


class Fault(NamedTuple):
    """One thing wrong in a case: where it stands, what it is, and what to do about it."""

    file: str
    row: str  # the row's id, or its line number; empty for the whole file
    column: str
    message: str
    remedy: str

    def __str__(self) -> str:
        place = ", ".join(p for p in (self.file, self.row, self.column) if p)
        stop = "" if commands.COMMAND in self.remedy else "."  # what is typed would end with it
        return f"{place}: {self.message}. {self.remedy}{stop}"


def addressed(faults: Iterable[Fault], case: str | Path, article: str | Path = "") -> list[Fault]:
    """Faults whose remedies name the case and the article's file in what is to be typed: see commands.told.

    >>> addressed([Fault("a.csv", "", "", "it is bad", "Mend it")], "mine")[0].remedy
    'Mend it'
    """
    faults = list(faults)
    remedies = commands.told((fault.remedy for fault in faults), case, article)
    return [fault._replace(remedy=remedy) for fault, remedy in zip(faults, remedies, strict=True)]


class CaseError(ValueError):
    """A case that cannot be read; .faults lists what is wrong (file, row, column, message, remedy)."""

    def __init__(self, faults: Any) -> None:
        self.faults = list(faults)
        more = [f"... and {len(self.faults) - 10} more"] if len(self.faults) > 10 else []
        super().__init__("\n".join([*map(str, self.faults[:10]), *more]))


class Table(NamedTuple):
    """One table as it was read.

    rows: a dict of text for each row, with its `line`; none where the file is missing or has no row. faults: why it
    cannot be read, or not whole. notes: in which form other than the canonical one it was written. whole: False where
    rows may be missing here that stand in the file, so that nobody says that there is no such row.
    """

    rows: list
    faults: list
    notes: list
    whole: bool = True


def read(path: Path, table: str) -> Table:
    """One table of a case, not judged yet: see analysis.rules.

    path: the CSV file. table: its name in schema.TABLES. A table that no case needs (all but schema.NEEDED) may be
    missing, or have no row.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_rows([{"token": "9"}], Path(folder, "set_aside.csv"), "set_aside")
    ...     table = read(Path(folder, "set_aside.csv"), "set_aside")
    >>> table.rows[0]["token"], table.rows[0]["line"], table.whole
    ('9', 2, True)
    """
    name, columns = path.name, list(TABLES[table])
    if not path.exists() and table not in NEEDED:
        return Table([], [], [])
    text, notes, fault = decoded(path)
    if fault:
        return Table([], [fault], [], whole=False)
    lines, found, fault = _lines(name, text, columns)
    if fault:
        return Table([], [fault], [], whole=False)
    notes = [*notes, *found]
    header = lines[0][1] if lines else []
    if sorted(header) != sorted(columns):
        return Table([], [_header_fault(name, header, columns)], [], whole=False)
    if header != columns:
        notes = [*notes, "columns in another order"]
    rows, faults, texts = [], [], [c for c, k in TABLES[table].items() if k.type not in ("number", "integer")]
    for line, cells in lines[1:]:
        if len(cells) != len(columns):
            message = f"{len(cells)} cells where the header has {len(columns)}"
            faults.append(Fault(name, f"line {line}", "", message, 'Put a cell that holds a comma between "quotes"'))
        else:
            rows.append(dict(zip(header, cells, strict=True)) | {"line": line})
    whole = not faults
    for row in rows:
        for c in texts:
            if row[c][:1] in _MARKED:
                if row[c].startswith(FORMULA):
                    message = f"{row[c][:30]!r} would run as a formula in a spreadsheet"
                    faults.append(Fault(name, label(table, row), c, message, "Put an apostrophe before it"))
                row[c] = _restored(row[c])
    if not rows and not faults and table in NEEDED:
        faults.append(Fault(name, "", "", "the table is empty", "Write at least one row under the header"))
    return Table(rows, faults, [f"{name}: written with {', '.join(notes)}"] if notes else [], whole)


_AS_UTF_8 = "Save the file as UTF-8 (in Excel: CSV UTF-8)"


def decoded(path: Path) -> tuple:
    """(text, notes, None) of a file in UTF-8; (None, notes, fault) where it is none.

    notes: what it has that this project's own files have not: a byte-order mark, Windows line ends. They are taken off.

    >>> decoded(Path("mine/none.csv"))[2].message
    'there is no such file in mine/'
    """
    name = path.name
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        remedy = "Write it, with its header" if name.endswith(".csv") else "Write it"
        return None, [], Fault(name, "", "", f"there is no such file in {path.parent.name}/", remedy)
    except OSError as e:
        return (
            None,
            [],
            Fault(name, "", "", f"it cannot be read: {e.strerror}", "Close what holds it, or mend its rights"),
        )
    notes = []
    if raw.startswith(b"\xef\xbb\xbf"):
        raw, notes = raw[3:], ["a byte-order mark"]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as e:
        line = raw[: e.start].count(b"\n") + 1
        message = f"bytes that are not UTF-8 (first: 0x{raw[e.start]:02x})"
        return None, [], Fault(name, f"line {line}", "", message, _AS_UTF_8)
    if text[:400].count("\0") * 3 > len(text[:400]):
        return None, [], Fault(name, "", "", "its letters are of two bytes each, as in UTF-16", _AS_UTF_8)
    if "\r" in text:
        text, notes = text.replace("\r\n", "\n").replace("\r", "\n"), [*notes, "Windows line ends"]
    return text, notes, None


def _lines(name: str, text: str, columns: list) -> tuple:
    """(pairs of the file's line and the cells that begin there, notes, None), or ([], [], fault).

    Rows that a spreadsheet left wholly empty, and columns at the end, are dropped; a note says so.
    """
    head, notes = text.partition("\n")[0], []
    separator = max(SEPARATORS, key=lambda s: len(set(head.replace('"', "").split(s)) & set(columns)))
    reader, lines, start = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True), [], 1
    try:
        for cells in reader:
            lines.append((start, cells))
            start = reader.line_num + 1  # not one more than the last: a quoted cell may hold line breaks
    except csv.Error as e:
        remedy = "Look there for a quotation mark that is never closed, or a cell that is much too long"
        return [], [], Fault(name, f"line {start}", "", f"it cannot be read as CSV: {e}", remedy)
    filled = [(line, cells) for line, cells in lines if any(cells)]
    width = given = len(filled[0][1]) if filled else 0  # a row with more cells than the header has a fault
    while width > len(columns) and not any(cells[width - 1] for _, cells in filled if len(cells) >= width):
        width -= 1
    if separator != ",":
        notes.append(SEPARATORS[separator])
    if width < given or any(cells and not any(cells) for _, cells in lines):
        notes.append("empty rows or columns")
    return [(line, cells[:width] if len(cells) <= given else cells) for line, cells in filled], notes, None


_MARKED = {"'", *FORMULA}


def label(table: str, row: dict) -> str:
    """How a fault names a row: by its id, where it has a sound one, else by its line.

    >>> label("figures", {"figure_id": "buses", "line": 2}), label("figures", {"figure_id": "", "line": 2})
    ('buses', 'line 2')
    """
    name = row.get(KEYS.get(table, ""), "")
    return name if re.fullmatch(ID, name) else f"line {row['line']}"


def _header_fault(name: str, header: list, columns: list) -> Fault:
    missing = [c for c in columns if c not in header]
    extra = [c for c in header if c not in columns]
    twice = sorted({c for c in header if header.count(c) > 1})
    said = {"missing": missing, "unknown": extra, "twice": twice}
    message = "; ".join(f"{how}: {', '.join(c or 'one without a name' for c in cs)}" for how, cs in said.items() if cs)
    remedy = f"Let the header be {','.join(columns)}"
    if missing:
        remedy = f"Add the columns that are missing; {remedy[0].lower()}{remedy[1:]}"
    return Fault(name, "line 1", "", f"the columns are not those of the codebook ({message})", remedy)


def _restored(value: str) -> str:
    return value[1:] if value[:1] == "'" and value[1:2] in _MARKED else value


def frame(rows: list, table: str) -> pd.DataFrame:
    """Rows of text as a DataFrame: numbers float64 (an empty cell is NaN), offsets Int64, the rest text.

    rows: dicts with the table's columns; none gives an empty frame with all its columns.

    >>> frame([], "set_aside").empty
    True
    """
    columns = TABLES[table]
    data = pd.DataFrame({c: [row[c] for row in rows] for c in columns}, dtype="str")
    for c, column in columns.items():
        if column.type in ("number", "integer"):
            kind = "float64" if column.type == "number" else "Int64"
            data[c] = pd.to_numeric(data[c].replace("", None)).astype(kind)
    return data


def write(data: pd.DataFrame, path: Path, table: str) -> None:
    """Write a table as this project keeps it: its columns in order, UTF-8, LF, formulae escaped; whole or not at all.

    data: DataFrame with the table's columns; NaN is written as an empty cell, whole numbers without a point.
    Raises ValueError, naming row and column, for a number that read() would refuse: an infinity, or one too large.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write(frame([], "set_aside"), Path(folder, "a.csv"), "set_aside")
    ...     Path(folder, "a.csv").read_text()
    'token,quote_start,quote_end,reason,source_id\\n'
    """
    columns = TABLES[table].items()
    lines = enumerate(data[list(TABLES[table])].itertuples(index=False), start=1)
    rows = [
        {c: _cell(v, column, f"{table}, row {n}, {c}") for v, (c, column) in zip(line, columns, strict=True)}
        for n, line in lines
    ]
    write_rows(rows, path, table)


def write_rows(rows: list, path: Path, table: str) -> None:
    """Write rows of text as a table, as write() does. rows: dicts of text; what a row has not is an empty cell.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_rows([{"token": "=9"}], Path(folder, "a.csv"), "set_aside")
    ...     Path(folder, "a.csv").read_text().splitlines()[1]
    "'=9,,,,"
    """
    write_text(path, text_of(rows, table))


def text_of(rows: list, table: str) -> str:
    """Rows of text as the text of a table's file. rows: as for write_rows.

    >>> text_of([{"token": "2-5", "quote_start": "0"}], "set_aside")
    'token,quote_start,quote_end,reason,source_id\\n2-5,0,,,\\n'
    """
    buffer = io.StringIO(newline="")
    out = csv.writer(buffer, lineterminator="\n")
    out.writerow(TABLES[table])
    numeric = {c for c, column in TABLES[table].items() if column.type in ("number", "integer")}
    for row in rows:
        out.writerow([row.get(c, "") if c in numeric else escape(row.get(c, "")) for c in TABLES[table]])
    return buffer.getvalue()


def write_text(path: Path, text: str) -> None:
    """A text file in UTF-8 with LF line ends, written whole or not at all.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_text(Path(folder, "a.txt"), "one\\n")
    ...     Path(folder, "a.txt").read_bytes()
    b'one\\n'
    """
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        new.write_text(text, encoding="utf-8", newline="")
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def escape(text: str) -> str:
    """A text cell as it is written: with a leading apostrophe where a spreadsheet would run it, or one would be lost.

    >>> escape("=A1"), escape("'=A1"), escape("'twas")
    ("'=A1", "''=A1", "'twas")
    """
    return f"'{text}" if text.startswith(FORMULA) or _restored(text) != text else text


def number_text(value: Any) -> str:
    """A number as a cell holds it: whole numbers without a point, never 1e-05; an empty text for NaN or nothing.

    >>> number_text(80000.0), number_text(1e-05), number_text(float("nan"))
    ('80000', '0.00001', '')
    """
    if value is None or pd.isna(value):
        return ""
    return f"{value:.0f}" if float(value).is_integer() else f"{Decimal(repr(float(value))):f}"


def _cell(value: Any, column: Any, place: str) -> str:
    if column.type not in ("number", "integer"):
        return "" if pd.isna(value) else str(value)
    text = number_text(value) if not (isinstance(value, float) and value in (float("inf"), -float("inf"))) else "inf"
    if text and not NUMBER.fullmatch(text):
        raise ValueError(f"{place}: cannot write {value}: an open end is NaN, and a number has at most 15 digits")
    return text
