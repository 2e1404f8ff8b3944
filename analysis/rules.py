"""Judge a case's rows: each cell by its column, the cells of a row among themselves, the rows among each other.

Whatever load() refuses is refused here; what needs the article's text, or a working worked out, is judged in check.
"""

import contextlib
import math
import re
from collections.abc import Callable, Iterator

from . import commands, units, working
from .casefile import NAME, WHERE, Vocabulary, entries
from .period import REVERSED, Period, is_date
from .schema import FIGURE_TABLES, HIDDEN, ID, KEYS, TABLES, UNKNOWN, Column
from .tables import NUMBER, Fault, Table, label, number_text, ungarbled

EMPTY = "the cell is empty"
WHOLE = re.compile(r"[0-9]{1,15}")
_GROUPED = re.compile(r"-?[0-9]{1,3}([.,\u00a0\u202f ][0-9]{3})+")
SPREADSHEET_DATE = re.compile(
    r"\d{1,2}-[A-Z][a-z]{2}(-\d{2,4})?|[A-Z][a-z]{2}-\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{2,4}"
)
_HIDDEN = re.compile(HIDDEN)


def judge(meta: dict, tables: dict[str, Table]) -> list[Fault]:
    """What is wrong with a case's rows.

    meta: case.toml as a dict; empty where it has faults, and then what needs its words is not judged. tables: {name:
    Table}, one for each of schema.TABLES. Returns faults, those of the cells first, table by table.
    """
    vocabulary = Vocabulary(meta) if meta else None
    faults, slips = [], set()  # a cell that cannot be read points at nothing: one slip, one fault
    for table, read in tables.items():
        cells = list(_cells(table, read.rows, vocabulary))
        faults, slips = faults + cells, slips | {fault[:3] for fault in cells}
        if "low" in TABLES[table]:
            faults += [Fault(f"{table}.csv", label(table, r), *p) for r in read.rows for p in _figure_problems(r)]
        faults += _duplicates(table, read.rows)
    return [*faults, *(f for f in (*_documents(meta, tables), *_between(meta, tables)) if f[:3] not in slips)]


# Cells --------------------------------------------------------------------------------------------------------------


def _cells(table: str, rows: list, vocabulary: Vocabulary | None) -> Iterator[Fault]:
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
    return None if canonical == value else (f"unit {value!r} is not written as elsewhere", f"Write {canonical}")


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


# Rows ---------------------------------------------------------------------------------------------------------------


def _figure_problems(row: dict) -> Iterator[tuple]:
    """(column, message, remedy) for what is wrong between the cells of one figure."""
    low, high = row["low"], row["high"]
    if low and high and NUMBER.fullmatch(low) and NUMBER.fullmatch(high) and float(low) > float(high):
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
    if is_date(start) and is_date(end) and Period(start, end).why_unknown == REVERSED:
        yield "period_start", f"the period starts ({start}) after it ends ({end})", "Swap the dates"


def _duplicates(table: str, rows: list) -> Iterator[Fault]:
    """Ids that stand twice, and bodies with one name."""
    remedies = {KEYS.get(table): "Give each row an id of its own"} if table in KEYS else {}
    if table == "bodies":
        remedies["name"] = "Make one row of them, or name them apart"
    for c, remedy in remedies.items():
        seen = {}
        for row in rows:
            if row[c] in seen:
                said = "the id" if c == KEYS[table] else f"{row[c]!r}"
                message = f"{said} stands in line {seen[row[c]]} already"
                yield Fault(f"{table}.csv", f"line {row['line']} ({row[KEYS[table]]})", c, message, remedy)
            seen.setdefault(row[c], row["line"])


# Between the tables -------------------------------------------------------------------------------------------------

_CARD = "Write its card in sources.csv, or correct the id"


def _documents(meta: dict, tables: dict[str, Table]) -> Iterator[Fault]:
    """Documents that case.toml names and sources.csv has no card of."""
    known = {row["source_id"] for row in tables["sources"].rows}
    for name, value in entries(meta) if known and tables["sources"].whole else ():
        if name.endswith("source_id") and value not in known:
            yield Fault(NAME, "", name, f"there is no {value!r}", _CARD)


def _between(meta: dict, tables: dict[str, Table]) -> Iterator[Fault]:
    """What is wrong between the tables: an id used twice, a row that points at nothing or rests on itself."""
    places = {}
    for table in FIGURE_TABLES:
        for row in tables[table].rows:
            if places.setdefault(row["figure_id"], table) != table:
                message = f"the id stands in {places[row['figure_id']]}.csv already"
                yield Fault(f"{table}.csv", row["figure_id"], "figure_id", message, "Give each figure an id of its own")
    known = {
        "figure": set(places) if all(tables[t].whole for t in FIGURE_TABLES) else None,
        "source": _ids(tables, "sources", "source_id"),
        "body": _ids(tables, "bodies", "body_id"),
    }
    for table, read in tables.items():
        for row in read.rows:
            for c, kind, target in _pointers(row):
                if known[kind] is not None and target not in known[kind]:
                    message, remedy = f"there is no {target!r}", _REMEDIES[kind]
                    yield Fault(f"{table}.csv", label(table, row), c, message, remedy)
    yield from _uncounted(tables)
    figures = [row for table in FIGURE_TABLES for row in tables[table].rows]
    circles = [("derivation", "figure_id", operands, figures), ("repeats", "figure_id", repeated, figures),
               ("speaks_for", "body_id", _principal, tables["bodies"].rows)]  # fmt: skip
    for c, key, named, rows in circles:
        for circle in _circles({row[key]: named(row) for row in rows}):
            message = f"it rests on itself: {', '.join(circle)}"
            remedy = "Mend one of these rows, so that the way ends at a row that rests on no other"
            yield Fault(f"{places.get(circle[0], 'bodies')}.csv", circle[0], c, message, remedy)


_REMEDIES = {
    "figure": "Give that figure a row, or correct the id",
    "source": _CARD,
    "body": "Give that body a row in bodies.csv, or correct the id",
}


def _ids(tables: dict[str, Table], table: str, column: str) -> set | None:
    """The ids of a table; None where rows may be missing, and nothing can be said."""
    read = tables[table]
    return {row[column] for row in read.rows} if read.whole and (read.rows or table != "sources") else None


def _uncounted(tables: dict[str, Table]) -> Iterator[Fault]:
    """Bodies that counted and have no row of bodies.csv, where there is such a table: their stake would be unknown."""
    names = {row["name"] for row in tables["bodies"].rows} | {UNKNOWN, ""}
    if len(names) == 2 or not tables["bodies"].whole:
        return
    for table in FIGURE_TABLES:
        for row in tables[table].rows:
            if row["counted_by"] not in names:
                remedy = "Give it a row in bodies.csv, or write the name that stands there"
                message = f"there is no body {row['counted_by']!r}"
                yield Fault(f"{table}.csv", label(table, row), "counted_by", message, remedy)


def _pointers(row: dict) -> Iterator[tuple]:
    """(column, what it points at, the id) for each id in a row that stands for another row."""
    for c in ("source_id", "owner_source_id"):
        if row.get(c):
            yield c, "source", row[c]
    for c in ("a", "b") if "scope_id" in row else ("figure_id",) if "relay_id" in row else ():
        if row[c]:
            yield c, "figure", row[c]
    if row.get("speaks_for"):
        yield "speaks_for", "body", row["speaks_for"]
    if "derivation" in row:
        yield from (("repeats", "figure", i) for i in repeated(row))
        yield from (("derivation", "figure", i) for i in operands(row))


def operands(row: dict) -> list:
    """The figure_ids in a row's derivation; none where it cannot be read, which the cell's own check tells."""
    with contextlib.suppress(working.WorkingError):
        return working.ids(row["derivation"]) if row["derivation"] else []
    return []


def repeated(row: dict) -> list:
    """The figure_ids that a row repeats."""
    return row["repeats"].split(";") if row["repeats"] else []


def _principal(row: dict) -> list:
    return [row["speaks_for"]] if row["speaks_for"] else []


def _circles(rests_on: dict) -> Iterator[list]:
    """Every circle in a dict of ids to the ids they rest on, as a list that ends where it begins."""
    import graphlib

    rests_on = {i: named for i, named in rests_on.items() if named}
    while True:
        try:
            return graphlib.TopologicalSorter(rests_on).prepare()
        except graphlib.CycleError as e:
            circle = e.args[1][::-1]  # graphlib names what comes first before what rests on it
            yield circle
            del rests_on[circle[0]]


def same_number(a: float, b: float) -> bool:
    """Whether two ends are one number, as far as a float can say; an open end is like an open end."""
    return (math.isnan(a) and math.isnan(b)) or math.isclose(a, b, rel_tol=1e-9)
