"""Judge a case's rows: each cell (see cells), the cells of a row among themselves, the rows among each other.

Whatever load() refuses is refused here; what needs the article's text, or a working worked out, is judged in check.
"""

import contextlib
import math
from collections.abc import Iterator

from . import asked, cells, working
from .casefile import NAME, Vocabulary, entries
from .period import REVERSED, Period, is_date
from .schema import FIGURE_TABLES, KEYS, TABLES, UNKNOWN
from .tables import NUMBER, Fault, Table, label


def judge(meta: dict, tables: dict[str, Table]) -> list[Fault]:
    """What is wrong with a case's rows.

    meta: case.toml as a dict; empty where it has faults, and then what needs its words is not judged. tables: {name:
    Table}, one for each of schema.TABLES. Returns faults, those of the cells first, table by table.
    """
    vocabulary = Vocabulary(meta) if meta else None
    faults, slips = [], set()  # a cell that cannot be read points at nothing: one slip, one fault
    for table, read in tables.items():
        found = list(cells.faults(table, read.rows, vocabulary))
        faults, slips = faults + found, slips | {fault[:3] for fault in found}
        if "low" in TABLES[table]:
            faults += [Fault(f"{table}.csv", label(table, r), *p) for r in read.rows for p in _figure_problems(r)]
        if table == "questions":
            known = {fault.row for fault in found}  # a question with a cell that cannot be read is not judged further
            asked_ = [(label(table, row), p) for row in read.rows for p in asked.problems(row)]
            faults += [Fault("questions.csv", name, *p) for name, p in asked_ if name not in known]
        faults += _duplicates(table, read.rows)
    return [*faults, *(f for f in (*_documents(meta, tables), *_between(meta, tables)) if f[:3] not in slips)]


# Rows ---------------------------------------------------------------------------------------------------------------


def _figure_problems(row: dict) -> Iterator[tuple]:
    """(column, message, remedy) for what is wrong between the cells of one figure."""
    low, high = row["low"], row["high"]
    if low and high and NUMBER.fullmatch(low) and NUMBER.fullmatch(high) and float(low) > float(high):
        yield "low", f"low {low} is above high {high}", "Swap them, or correct the one that is wrong"
    quote, printed = row.get("quote", ""), row["as_printed"]
    if printed and printed not in quote and cells.SPREADSHEET_DATE.fullmatch(printed):
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
    for figure_id in filter(None, row.get("figure_ids", "").split(";")):
        yield "figure_ids", "figure", figure_id
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
    """Whether two ends are one number, as far as a float can say; an open end is like an open end.

    >>> same_number(0.1 + 0.2, 0.3), same_number(math.nan, math.nan), same_number(1.0, math.nan)
    (True, True, False)
    """
    return (math.isnan(a) and math.isnan(b)) or math.isclose(a, b, rel_tol=1e-9)
