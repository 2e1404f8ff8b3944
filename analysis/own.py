"""A row of one's own: what analysis.Case.add makes of what it is given, with its document and whoever counted."""

import datetime
import itertools
import math
from collections.abc import Collection, Mapping
from decimal import Decimal
from numbers import Real
from typing import Any

import pandas as pd

from . import numerals, period, rules, tables, words
from .schema import FIGURE_TABLES, NONE_KNOWN, TABLES, UNKNOWN, YOU

# What is written where nothing is said.
_ROW = {
    "subject": UNKNOWN,
    "place": UNKNOWN,
    "period_start": UNKNOWN,
    "period_end": UNKNOWN,
    "basis": UNKNOWN,
    "channel": "document",
    "counted_by": UNKNOWN,
    "count_origin": UNKNOWN,
    "coder": YOU,
}
_CARD = {
    "publisher": UNKNOWN,
    "title": UNKNOWN,
    "author": UNKNOWN,
    "kind": "web page",
    "published": UNKNOWN,
    "published_basis": "not shown",
    "accessed": UNKNOWN,
    "language": "en",
    "licence": UNKNOWN,
}
_FILE = "references.csv"


def added(meta: dict, rows: Mapping[str, list], given: Mapping[str, Any]) -> dict[str, list]:
    """A case's rows with one more in references.csv, and what it needs in sources.csv and bodies.csv.

    meta: case.toml as a dict. rows: {table: its rows as dicts of text}, left as they are. given: what Case.add takes.
    Raises CaseError and TypeError as Case.add does.
    """
    columns, card_columns = TABLES["references"], TABLES["sources"]
    strange = [c for c in given if c not in columns and c not in card_columns and c != "party"]
    if strange:
        raise TypeError(f"{strange[0]!r} is no column of references.csv or sources.csv: see data/README.md")
    name = given.get("figure_id") or _free("own", {row["figure_id"] for t in FIGURE_TABLES for row in rows[t]})
    told = {c: _text(c, value, name) for c, value in given.items()}
    told = {c: text for c, text in told.items() if text or c in ("low", "high")} | {"figure_id": name}
    row = {c: told.get(c, _ROW.get(c, "")) for c in columns}
    row["coded_on"] = row["coded_on"] or datetime.date.today().isoformat()
    cards = list(rows["sources"])
    if not row["source_id"]:
        row["source_id"] = _free("own-source", {card["source_id"] for card in cards})
        cards.append({c: told.get(c, _CARD.get(c, "")) for c in card_columns} | _numbered(row, "source_id", cards))
    language = next((card["language"] for card in cards if card["source_id"] == row["source_id"]), "")
    row["as_printed"] = _printed(row, language)
    new = {**rows, "sources": cards, "references": [*rows["references"], row | {"line": len(rows["references"]) + 2}]}
    new["bodies"] = _with_body(new, row, told.get("party", ""))
    faults = rules.judge(meta, {t: tables.Table(new[t], [], []) for t in TABLES})
    if faults:
        raise tables.CaseError(faults)
    return new


def _numbered(row, column, others):
    return {column: row[column], "line": len(others) + 2}


def _fault(name: str, column: str, message: str, remedy: str) -> tables.CaseError:
    return tables.CaseError([tables.Fault(_FILE, name, column, message, remedy)])


def _free(stem: str, taken: Collection[str]) -> str:
    """An id that nothing has yet: own-1, own-2 and so on."""
    n = 1
    while f"{stem}-{n}" in taken:
        n += 1
    return f"{stem}-{n}"


# Cells --------------------------------------------------------------------------------------------------------------


def _text(column: str, value: Any, name: str) -> str:
    """What is given for a column as its cell holds it: numbers without a point, dates as the tables write them."""
    kind = getattr({**TABLES["sources"], **TABLES["references"]}.get(column), "type", "text")
    if isinstance(value, (list, tuple)) and kind in ("hedges", "ids"):
        return ";".join(map(str, value))
    if kind == "number":
        return _number(column, value, name)
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return ""
    return period.as_text(value) if kind == "date" else str(value)


def _number(column: str, value: Any, name: str) -> str:
    if value is None or value is pd.NA or value is pd.NaT:
        return ""
    if isinstance(value, bool) or not isinstance(value, (Real, Decimal)):
        raise _fault(name, column, f"{value!r} is no number", "Give a number, or None for an open end")
    return tables.number_text(value)


# The number in its quote --------------------------------------------------------------------------------------------


def _printed(row: dict, language: str) -> str:
    """The words for the row's number in its quote: as they are given, or else found there.

    Raises CaseError where they say another number. Another language's words are not read, and none are found there.
    """
    low, high = (float(row[c]) if row[c] else None for c in ("low", "high"))
    known = low is not None or high is not None
    if row["as_printed"] or not (row["quote"] and known) or row["derivation"]:
        there = row["as_printed"] in row["quote"] or not row["quote"]  # elsewhere it is judged by the rules
        if row["as_printed"] and there and not numerals.agrees(row["as_printed"], low, high, row["unit"]):
            raise _unlike(row, "as_printed", row["as_printed"])
        return row["as_printed"]
    found = [printed for printed in _numbers_in(row["quote"]) if _says(printed, low, high, row["unit"])]
    if found:  # 70 rather than 70 to 120, where both stand there
        return next((printed for printed in found if (numerals.read(printed) or ())[:2] == (low, high)), found[0])
    if language.partition("-")[0] not in ("", "en", UNKNOWN):
        return ""
    raise _unlike(row, "quote", row["quote"])


def _numbers_in(quote: str) -> list[str]:
    """The numbers in a quote, each alone; then from each to the next: from 2 to 5."""
    found = list(numerals.find(quote))
    both = [(a, d) for (a, _), (_, d) in itertools.pairwise(found)]
    return [quote[a:b] for a, b in (*found, *both)]


def _says(printed: str, low: float | None, high: float | None, unit: str) -> bool:
    """Whether printed words say a number: both of its ends, or the one that is not open."""
    if numerals.read(printed):
        return numerals.agrees(printed, low, high, unit)
    ends = [printed[a:b] for a, b in numerals.find(printed)]  # at least 50, at most 60
    return len(ends) == 2 and all(
        end is not None and numerals.agrees(words_of, end, end, unit)
        for words_of, end in zip(ends, (low, high), strict=True)
    )


def _unlike(row: dict, column: str, said: str) -> tables.CaseError:
    low, high = (float(row[c]) if row[c] else math.nan for c in ("low", "high"))
    number = words.quantity(low, high, row["unit"], row["hedge"])
    remedy = "Give the words that carry the number, or the number that they say"
    return _fault(row["figure_id"], column, f"{said[:60]!r} does not say {number}", remedy)


# The body that counted ----------------------------------------------------------------------------------------------


def _with_body(rows: Mapping[str, list], row: dict, party: str) -> list[dict]:
    """The rows of bodies.csv with one for whoever counted, where it has none; with none at all only where a party asks.

    Raises CaseError for a party without a body, or of a body that has another.
    """
    bodies, name = list(rows["bodies"]), row["counted_by"]
    if name == UNKNOWN and party:
        raise _fault(row["figure_id"], "counted_by", "there is a party, and no body of which it is", "Say who counted")
    there = {body["name"]: body for body in bodies}
    if name in there and party and there[name]["party"] != party:
        message = f"the party of {name!r} is {there[name]['party']!r} already"
        raise _fault(row["figure_id"], "party", message, "Leave it out, or mend bodies.csv")
    if name in there or name == UNKNOWN or not (bodies or party):
        return bodies
    wanted = {name: party or NONE_KNOWN}
    if not bodies:  # a table that names one has to name all
        others = (other["counted_by"] for t in FIGURE_TABLES for other in rows[t])
        wanted |= {other: UNKNOWN for other in others if other not in (name, UNKNOWN, "")}
    for new, its_party in wanted.items():
        body = {"name": new, "kind": "body", "party": its_party, "owner": UNKNOWN}
        body["body_id"] = _free("own-body", {one["body_id"] for one in bodies})
        bodies.append(dict.fromkeys(TABLES["bodies"], "") | body | {"line": len(bodies) + 2})
    return bodies
