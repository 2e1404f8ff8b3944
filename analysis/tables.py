"""Read a case's tables and say, for each bad cell, the file, the row, the column and the remedy; write them back.

The only place that touches CSV. A text cell that a spreadsheet would take for a formula is written with a leading
apostrophe, and read without it.
"""

import csv
import datetime
import io
import re
from decimal import Decimal
from typing import NamedTuple

import pandas as pd

from . import units
from .schema import DATE, ID, KEYS, TABLES, UNITS, UNKNOWN
from .working import WorkingError, ids

NOUNS = units.Nouns(UNITS)
FORMULA = ("=", "+", "-", "@", "\t")
# [0-9] and not \d, which takes the digits of every script; 15 of them before the point are what a float keeps exactly.
NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]+)?")
WHOLE = re.compile(r"[0-9]{1,15}")
_GROUPED = re.compile(r"-?[0-9]{1,3}([.,\u00a0 ][0-9]{3})+")
SPREADSHEET_DATE = re.compile(
    r"\d{1,2}-[A-Z][a-z]{2}(-\d{2,4})?|[A-Z][a-z]{2}-\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{2,4}"
)


class Fault(NamedTuple):
    """One thing wrong in a case: where it stands, what it is, and what to do about it."""

    file: str
    row: str  # the row's id, or its line number; empty for the whole file
    column: str
    message: str
    remedy: str

    def __str__(self):
        place = ", ".join(p for p in (self.file, self.row, self.column) if p)
        return f"{place}: {self.message}. {self.remedy}."


class CaseError(ValueError):
    """A case that cannot be read; .faults lists what is wrong (file, row, column, message, remedy)."""

    def __init__(self, faults):
        self.faults = list(faults)
        more = [f"... and {len(self.faults) - 10} more"] if len(self.faults) > 10 else []
        super().__init__("\n".join([*map(str, self.faults[:10]), *more]))


def read(path, table):
    """One table of a case.

    path: the CSV file. table: its name in schema.TABLES. Returns (rows, faults): rows is a list of dicts of text,
    one a row, with `line` added; empty where the file cannot be read at all.
    """
    name, columns = path.name, TABLES[table]
    text, fault = _text(path)
    if fault:
        return [], [fault]
    lines, fault = _lines(name, text)
    if fault:
        return [], [fault]
    header = lines[0][1] if lines else []
    if header != list(columns):
        return [], [_header_fault(name, header, list(columns))]
    if len(lines) == 1:
        return [], [Fault(name, "", "", "the table is empty", "Write at least one row under the header, or restore it")]
    rows, faults = [], []
    for line, cells in lines[1:]:
        if len(cells) != len(columns):
            message = f"{len(cells)} cells where the header has {len(columns)}"
            faults.append(Fault(name, f"line {line}", "", message, 'Put a cell that holds a comma between "quotes"'))
            continue
        rows.append(dict(zip(columns, cells, strict=True)) | {"line": line})
    for row in rows:
        faults += _row_faults(name, table, row)
    return [_restored(row) for row in rows], [*faults, *_duplicates(name, table, rows)]


def _lines(name, text):
    """(pairs of the file's line and the cells that begin there, None), or ([], fault) where it is no CSV."""
    reader, lines, start = csv.reader(io.StringIO(text, newline="")), [], 1
    try:
        for cells in reader:
            lines.append((start, cells))
            start = reader.line_num + 1  # not one more than the last: a quoted cell may hold line breaks
    except csv.Error as e:
        remedy = "Look there for a quotation mark that is never closed, or a cell that is much too long"
        return [], Fault(name, f"line {start}", "", f"it cannot be read as CSV: {e}", remedy)
    return lines, None


def frame(rows, table):
    """Rows of text as a DataFrame: numbers float64 (an empty cell is NaN), offsets Int64, the rest text."""
    columns = TABLES[table]
    data = pd.DataFrame({c: [row[c] for row in rows] for c in columns}, dtype="str")
    for c, column in columns.items():
        if column.type == "number":
            data[c] = pd.to_numeric(data[c].replace("", None)).astype("float64")
        elif column.type == "integer":
            data[c] = pd.to_numeric(data[c].replace("", None)).astype("Int64")
    return data


def write(data, path, table):
    """Write a table as this project keeps it: its columns in order, UTF-8, LF, formulae escaped; whole or not at all.

    data: DataFrame with the table's columns; NaN is written as an empty cell, whole numbers without a point.
    Raises ValueError, naming row and column, for a number that read() would refuse: an infinity, or one too large.
    """
    buffer = io.StringIO(newline="")
    out = csv.writer(buffer, lineterminator="\n")
    out.writerow(TABLES[table])
    for n, row in enumerate(data[list(TABLES[table])].itertuples(index=False), start=1):
        cells = zip(row, TABLES[table].items(), strict=True)
        out.writerow([_cell(value, column, f"{table}, row {n}, {c}") for value, (c, column) in cells])
    write_text(path, buffer.getvalue())


def write_text(path, text):
    """A text file in UTF-8 with LF line ends, written whole or not at all."""
    new = path.with_name(path.name + ".new")
    new.write_text(text, encoding="utf-8", newline="")
    new.replace(path)


def escape(text):
    """A text cell as it is written: with a leading apostrophe where a spreadsheet would run it."""
    return f"'{text}" if text.startswith((*FORMULA, "'")) else text


def _cell(value, column, place):
    if pd.isna(value):
        return ""
    if column.type not in ("number", "integer"):
        return escape(str(value))
    text = f"{value:.0f}" if float(value).is_integer() else f"{Decimal(repr(float(value))):f}"  # never 1e-05
    if not NUMBER.fullmatch(text):
        raise ValueError(f"{place}: cannot write {value}: an open end is NaN, and a number has at most 15 digits")
    return text


def _restored(row):
    return {
        c: v[1:] if isinstance(v, str) and v[:1] == "'" and v[1:2] in (*FORMULA, "'") else v for c, v in row.items()
    }


def decoded(path):
    """(text, None) of a file in UTF-8 without a byte-order mark; (None, fault) where it is none."""
    name = path.name
    if not path.is_file():
        return None, Fault(
            name, "", "", f"there is no such file in {path.parent.name}/", "Restore it, with at least its header"
        )
    raw = path.read_bytes()
    if raw.startswith(b"\xef\xbb\xbf"):
        return None, Fault(name, "", "", "it begins with a byte-order mark", "Save it as UTF-8 without BOM")
    try:
        return raw.decode("utf-8"), None
    except UnicodeDecodeError as e:
        line = raw[: e.start].count(b"\n") + 1
        message = f"bytes that are not UTF-8 (first: 0x{raw[e.start]:02x})"
        return None, Fault(name, f"line {line}", "", message, "Save the file as UTF-8")


def _text(path):
    """(text, None), or (None, fault) where the bytes are not what this project keeps."""
    name = path.name
    text, fault = decoded(path)
    if fault:
        return None, fault
    if "\r" in text:
        line = text[: text.index("\r")].count("\n") + 1
        return None, Fault(name, f"line {line}", "", "Windows line ends (CRLF)", "Save it with LF line ends")
    if not text.strip():
        return None, Fault(name, "", "", "the table is empty", "Write its header and at least one row, or restore it")
    return text, None


def _header_fault(name, header, columns):
    missing = [c for c in columns if c not in header]
    extra = [c for c in header if c not in columns]
    said = [f"missing: {', '.join(missing)}"] * bool(missing) + [f"unknown: {', '.join(extra)}"] * bool(extra)
    message = "; ".join(said) or "they stand in another order"
    return Fault(name, "line 1", "", f"the columns are not those of the codebook ({message})",
                 f"Write the header as {','.join(columns)}")  # fmt: skip


def _row_faults(name, table, row):
    label = row.get(KEYS.get(table, ""), "") or f"line {row['line']}"
    if not re.fullmatch(ID, label):
        label = f"line {row['line']}"
    for c, column in TABLES[table].items():
        for message, remedy in _cell_faults(row[c], column):
            yield Fault(name, label, c, message, remedy)
    if "low" in row:
        for c, message, remedy in _figure_faults(_restored(row)):
            yield Fault(name, label, c, message, remedy)


def _cell_faults(value, column):
    """(message, remedy) for each thing wrong with one cell."""
    if value == "":
        if column.required:
            yield "the cell is empty", "Fill it; write unknown where the source is silent, if the codebook allows it"
        return
    if column.type not in ("number", "integer") and value.startswith(FORMULA):
        yield f"{value[:30]!r} would run as a formula in a spreadsheet", "Put an apostrophe before it"
    elif column.type != "verbatim" and value != value.strip():
        yield "white space at an end of the cell", "Remove it"
    elif problem := _CHECKS[column.type](value, column):
        yield problem


def _check_text(value, column):
    if column.allowed and value not in column.allowed:
        return f"{value!r} is not one of the codebook's words", f"Use one of: {', '.join(column.allowed)}"
    return None


def _check_number(value, column):
    if _GROUPED.fullmatch(value):
        digits = re.sub(r"\D", "", value)
        return f"{value!r} could be two numbers", f"Write it without separators: {digits}, if that is the number"
    if re.fullmatch(r"-?[0-9]{16,}(\.[0-9]+)?", value):
        return f"{value[:20]}… is longer than a number can be here", "Write at most 15 digits before the point"
    if not NUMBER.fullmatch(value):
        hint = "a spreadsheet may have made a date of it; " if SPREADSHEET_DATE.fullmatch(value) else ""
        return f"{value[:40]!r} is no number", f"Write digits only ({hint}an open or unknown end stays empty)"
    return None


def _check_integer(value, column):
    good = WHOLE.fullmatch(value)
    return None if good else (f"{value[:40]!r} is no whole number", "Write digits only, at most 15 of them")


def _check_id(value, column):
    pattern = r"[a-z][a-z0-9]*(-[a-z0-9]+)*"
    return (
        None
        if re.fullmatch(ID, value)
        else (f"{value!r} is no id", f"Use lower-case words joined by hyphens ({pattern})")
    )


def _check_ids(value, column):
    bad = [part for part in value.split(";") if not re.fullmatch(ID, part)]
    return (f"{bad[0]!r} is no id", "Join figure_ids by ; without spaces") if bad else None


def _check_hedges(value, column):
    bad = [part for part in value.split(";") if part not in column.allowed]
    return (
        (f"{bad[0]!r} is no hedge of the codebook", f"Use, joined by ;: {', '.join(column.allowed)}") if bad else None
    )


def _check_unit(value, column):
    try:
        canonical = NOUNS.canonical(value)
    except units.UnitError as e:
        return f"unknown unit {value[:40]!r}", str(e).partition(": ")[2].capitalize()
    return None if canonical == value else (f"unit {value!r} is not written as elsewhere", f"Write {canonical}")


def _check_date(value, column):
    return None if is_date(value) else (f"{value!r} is no date", "Write YYYY, YYYY-MM, YYYY-MM-DD or unknown")


def is_date(text):
    """Whether a text is a date of the tables, or unknown: of that form, and in the calendar."""
    if not re.fullmatch(DATE, text, re.ASCII) or text == UNKNOWN:
        return text == UNKNOWN
    year, month, day = [*map(int, text.split("-")), 1, 1][:3]
    try:
        return bool(datetime.date(year, month, day))
    except ValueError:
        return False


def _check_working(value, column):
    try:
        return None if ids(value) else ("a derivation without figures", "Write it over figure_ids")
    except WorkingError as e:
        return str(e), "Mend the working"


def _check_url(value, column):
    good = re.fullmatch(r"https?://[^\s\"'<>]+", value)
    return None if good else (f"{value[:40]!r} is no web address", "Write it with http:// or https://, without spaces")


_CHECKS = {
    "text": _check_text,
    "verbatim": lambda value, column: None,
    "number": _check_number,
    "integer": _check_integer,
    "id": _check_id,
    "ids": _check_ids,
    "hedges": _check_hedges,
    "unit": _check_unit,
    "date": _check_date,
    "working": _check_working,
    "url": _check_url,
}


def _figure_faults(row):
    """(column, message, remedy) for what is wrong between the cells of one figure."""
    low, high = row["low"], row["high"]
    if NUMBER.fullmatch(low) and NUMBER.fullmatch(high) and float(low) > float(high):
        yield "low", f"low {low} is above high {high}", "Swap them, or correct the one that is wrong"
    quote, printed = row.get("quote", ""), row["as_printed"]
    if printed and printed not in quote and SPREADSHEET_DATE.fullmatch(printed):
        remedy = "Write the number as the source has it, and import CSV with this column as text"
        yield "as_printed", f"{printed!r} is a date that a spreadsheet made; no quote has such words", remedy
    elif quote and printed not in quote:
        yield "as_printed", f"{printed!r} does not occur in the quote", "Copy the number's words from the quote"
    if row["derivation"] and (quote or printed):
        yield "derivation", "a derived row quotes a source", "Leave quote and as_printed empty, or the derivation"
    start, end = row["period_start"], row["period_end"]
    if "unknown" not in (start, end) and start[: len(end)] > end[: len(start)]:
        yield "period_start", f"the period starts ({start}) after it ends ({end})", "Swap the dates"


def _duplicates(name, table, rows):
    key, seen = KEYS.get(table), {}
    for row in rows if key else []:
        if row[key] in seen:
            message = f"the id stands in line {seen[row[key]]} already"
            yield Fault(name, f"line {row['line']} ({row[key]})", key, message, "Give each row an id of its own")
        seen.setdefault(row[key], row["line"])
