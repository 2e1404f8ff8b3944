"""Judge a case's cells, each by its column: types, the codebook's words, the case's own, and what a spreadsheet did."""

import contextlib
import re
from collections.abc import Callable, Iterator

from . import commands, units, working
from .casefile import NAME, WHERE, Vocabulary
from .period import is_date
from .schema import HIDDEN, ID, TABLES, Column
from .tables import NUMBER, Fault, label, number_text

EMPTY = "the cell is empty"
WHOLE = re.compile(r"[0-9]{1,15}")
_GROUPED = re.compile(r"-?[0-9]{1,3}([.,\u00a0\u202f ][0-9]{3})+")
SPREADSHEET_DATE = re.compile(
    r"\d{1,2}-[A-Z][a-z]{2}(-\d{2,4})?|[A-Z][a-z]{2}-\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{2,4}"
)
_HIDDEN = re.compile(HIDDEN)


def faults(table: str, rows: list, vocabulary: Vocabulary | None) -> Iterator[Fault]:
    """The faults of a table's cells, row by row. Each text is judged once a column, however many rows have it."""
    known = {}
    for c, column in TABLES[table].items():
        judged = {value: _problem(value, column, vocabulary) for value in {row[c] for row in rows}}
        known[c] = {value: problem for value, problem in judged.items() if problem}
    for row in rows if any(known.values()) else ():
        for c, problems in known.items():
            if row[c] in problems:
                yield Fault(f"{table}.csv", label(table, row), c, *problems[row[c]])


def _problem(value: str, column: Column, vocabulary: Vocabulary | None) -> tuple | None:
    """(message, remedy) for what is wrong with one cell; None where nothing is."""
    if value == "":
        remedy = "Fill it; write unknown where the source is silent, if the codebook allows it"
        if column.type == "integer":
            remedy = f"Write where the words stand in the article, with: {commands.FILL}"
        return (EMPTY, remedy) if column.required else None
    if ungarbled(value) != value:
        message = f"{value[:30]!r} is garbled: a spreadsheet read it in another code page than UTF-8"
        return message, f"Let it be put right: {commands.FIX}"
    hidden = _HIDDEN.search(value)
    if hidden:
        return f"a hidden character (U+{ord(hidden[0]):04X}) stands in the cell", "Remove it: nobody can see it"
    if column.type != "verbatim" and value != value.strip() and value[0] != "\t":  # a tab is told as a formula
        return "white space at an end of the cell", "Remove it"
    if column.type in _OF_THE_CASE:
        return _OF_THE_CASE[column.type](value, column, vocabulary) if vocabulary else None
    return _CHECKS[column.type](value, column)


def _check_text(value: str, column: Column, vocabulary: Vocabulary) -> tuple | None:
    own = vocabulary.allowed[column.words] if column.words else ()
    if not (column.allowed or column.words) or value in own or value in column.allowed:
        return None
    words = [*own, *column.allowed]
    if column.words:
        there = f"Use one of: {', '.join(words)}; or add it" if words else "Add it"
        return f"{value!r} is not one of the case's words", f"{there} to {WHERE[column.words]} of {NAME}"
    return f"{value!r} is not one of the codebook's words", f"Use one of: {', '.join(words)}"


def _check_unit(value: str, column: Column, vocabulary: Vocabulary) -> tuple | None:
    try:
        canonical = vocabulary.units.canonical(value)
    except units.UnitError as e:
        why = str(e).partition(": ")[2] or str(e)
        return (
            f"unknown unit {value[:40]!r}",
            f"{why[:1].upper()}{why[1:]}; or add the noun to {WHERE['units']} of {NAME}",
        )
    letters = ", its letters composed (NFC)" if canonical == units.composed(value) else ""
    return (
        None if canonical == value else (f"unit {value!r} is not written as elsewhere", f"Write {canonical}{letters}")
    )


def _check_number(value: str, column: Column) -> tuple | None:
    if re.fullmatch(r"-?[0-9]{16,}(\.[0-9]+)?", value):
        return f"{value[:20]}… is longer than a number can be here", "Write at most 15 digits before the point"
    if re.fullmatch(r"-?0*,[0-9]+|-?[0-9]+,([0-9]{1,2}|[0-9]{4,})", value):
        return f"{value[:40]!r} has a decimal comma", f"Write a decimal point: {value.replace(',', '.')[:40]}"
    if _GROUPED.fullmatch(value) and not (NUMBER.fullmatch(value) and number_text(float(value)) == value):
        digits = re.sub(r"[^0-9-]", "", value)
        return f"{value!r} could be two numbers", f"Write it without separators: {digits}, if that is the number"
    if not NUMBER.fullmatch(value):
        short = re.fullmatch(r"-?[0-9.,]+[eE][+-]?[0-9]+", value)
        hint = "a spreadsheet may have made a date of it; " if SPREADSHEET_DATE.fullmatch(value) else ""
        hint = "a spreadsheet has shortened it, and digits may be lost; " if short else hint
        return f"{value[:40]!r} is no number", f"Write digits only ({hint}an open or unknown end stays empty)"
    return None


def _check_integer(value: str, column: Column) -> tuple | None:
    good = WHOLE.fullmatch(value)
    return None if good else (f"{value[:40]!r} is no whole number", "Write digits only, at most 15 of them")


def _check_id(value: str, column: Column) -> tuple | None:
    good = re.fullmatch(ID, value)
    return None if good else (f"{value!r} is no id", f"Use lower-case words joined by hyphens ({ID})")


def _check_ids(value: str, column: Column) -> tuple | None:
    bad = [part for part in value.split(";") if not re.fullmatch(ID, part)]
    return (f"{bad[0]!r} is no id", "Join figure_ids by ; without spaces") if bad else None


def _check_hedges(value: str, column: Column) -> tuple | None:
    bad = [part for part in value.split(";") if part not in column.allowed]
    listed = ", ".join(column.allowed)
    return (f"{bad[0]!r} is no hedge of the codebook", f"Use, joined by ;: {listed}") if bad else None


def _check_date(value: str, column: Column) -> tuple | None:
    if is_date(value) or value in column.allowed:
        return None
    remedy = f"Write {', '.join(['YYYY', 'YYYY-MM', 'YYYY-MM-DD', *column.allowed])} or unknown"
    if re.fullmatch(r"\d{1,2}[/.]\d{1,2}[/.]\d{4}", value):
        remedy += f"; where day and month cannot be mistaken, this does it: {commands.FIX}"
    return f"{value!r} is no date", remedy


def _check_working(value: str, column: Column) -> tuple | None:
    try:
        return None if working.ids(value) else ("a derivation without figures", "Write it over figure_ids")
    except working.WorkingError as e:
        return str(e), "Mend the working"


def _check_url(value: str, column: Column) -> tuple | None:
    good = re.fullmatch(r"https?://[^\s\"'<>]+", value)
    return None if good else (f"{value[:40]!r} is no web address", "Write it with http:// or https://, without spaces")


# The columns whose cells take the case's words, and the others.
_OF_THE_CASE: dict[str, Callable] = {"text": _check_text, "unit": _check_unit}
_CHECKS: dict[str, Callable] = {
    "verbatim": lambda value, column: None,
    "number": _check_number,
    "integer": _check_integer,
    "id": _check_id,
    "ids": _check_ids,
    "hedges": _check_hedges,
    "date": _check_date,
    "working": _check_working,
    "url": _check_url,
}


# Letters read in another code page -----------------------------------------------------------------------------------

_PAIR = re.compile(r"[^\x00-\x7f]{2}")  # what one letter beyond ASCII becomes is two or more
_LATIN = re.compile(r"[\x00-\x7f\u00a0-\u024f\u2002-\u203a\u20ac\u2122\u2212]*")  # with the marks of European print


def ungarbled(text: str) -> str:
    """A Latin text whose UTF-8 was read in a code page of Windows or the Mac, as spreadsheets do; any other as it is.

    >>> ungarbled("driversâ€™ strike"), ungarbled("Zoë’s “£2–£5m”")
    ('drivers’ strike', 'Zoë’s “£2–£5m”')
    """
    for page in ("cp1252", "mac_roman") if _PAIR.search(text) else ():
        with contextlib.suppress(UnicodeError):
            read = b"".join(_byte(letter, page) for letter in text).decode("utf-8")
            if _LATIN.fullmatch(read):
                return read
    return text


def _byte(letter: str, page: str) -> bytes:
    """The byte of a letter in a code page; that of Windows leaves some as the control characters that they are."""
    return bytes([ord(letter)]) if "\x80" <= letter <= "\x9f" and page == "cp1252" else letter.encode(page)
