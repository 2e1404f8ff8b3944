"""Single slips, as an editor would make them, in rows of the cases: at least eight in ten are caught by check."""

import copy
import random
import re
from collections import Counter
from collections.abc import Iterator

import pytest

import analysis
from analysis import case as cases
from analysis import check
from analysis.schema import CHANNELS, FIGURE_TABLES, HEDGES, UNKNOWN

SEED, EACH, SHARE = 20261126, 36, 0.8
WEIGHTS = {"figures": 2, "references": 3, "by_country": 1}  # how often a row of a table is drawn


def read(name: str) -> tuple:
    """A case's meta and tables."""
    file, tables, faults = cases.read_folder(cases.folder_of(name))
    assert faults == []
    return file.meta, tables


def faults_of(meta: dict, tables: dict) -> list:
    """What check says of the rows: without article, files and package, which a slip in a row does not touch."""
    return check.of_rows(meta, tables)


# Slips ----------------------------------------------------------------------------------------------------------------


def digits(text: str, rng: random.Random) -> Iterator[str]:
    """Other numbers that a slip of the hand makes of one."""
    at = rng.randrange(len(text.partition(".")[0]))
    yield text[:at] + rng.choice([d for d in "123456789" if d != text[at]]) + text[at + 1 :]
    if len(text) > 1:
        at = rng.randrange(len(text) - 1)
        yield text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        yield text[:-1]
    yield text + "0"


def number(row: dict, others: list, rng: random.Random) -> dict:
    """Another number at one end, or at both where the number is a point."""
    ends = [c for c in ("low", "high") if row[c]]
    c = rng.choice(ends)
    new = rng.choice([d for d in digits(row[c], rng) if re.fullmatch(r"(0|[1-9]\d*)(\.\d+)?", d)] or [row[c] + "0"])
    both = row["low"] == row["high"] and rng.random() < 0.7
    return dict.fromkeys(ends if both else [c], new)


def hedge(row: dict, others: list, rng: random.Random) -> dict:
    """Another hedge, none where there was one, or one where there was none; now and then its words go with it."""
    now = row["hedge"].split(";") if row["hedge"] else []
    if now and rng.random() < 0.5:
        return {"hedge": ";".join(now[1:])} | ({"hedge_as_printed": ""} if rng.random() < 0.4 and len(now) == 1 else {})
    return {"hedge": ";".join([*now[1:], rng.choice([h for h in HEDGES if h not in now])])}


def of_another(column: str):
    """The cell of another row of the case."""

    def slip(row: dict, others: list, rng: random.Random) -> dict:
        return {column: rng.choice(others)[column]}

    return slip


def word_of(column: str):
    """Another of the words that the case has in a column, each as likely as any."""

    def slip(row: dict, others: list, rng: random.Random) -> dict:
        return {column: rng.choice(sorted({r[column] for r in others}))}

    return slip


def dates(row: dict, others: list, rng: random.Random) -> dict:
    """A date a month or a year off, or that of another row."""
    c = rng.choice([c for c in ("period_start", "period_end") if row[c] != UNKNOWN] or ["coded_on"])
    if c != "coded_on" and rng.random() < 0.3:
        return {c: rng.choice(others)[c]}
    year, *rest = row[c].split("-")
    month = int(rest[0]) if rest else 0
    off = rng.choice([-1, 1])
    if month and rng.random() < 0.5:
        total = 12 * int(year) + month - 1 + off
        return {
            c: "-".join([str(total // 12), f"{total % 12 + 1:02d}", *([min(rest[1], "28")] if len(rest) > 1 else [])])
        }
    return {c: "-".join([str(int(year) + off), *rest])}


def channel(row: dict, others: list, rng: random.Random) -> dict:
    """Another channel: of another row, or any."""
    return {"channel": rng.choice(others)["channel"] if rng.random() < 0.7 else rng.choice(CHANNELS)}


SLIPS = {
    "number": number,
    "hedge": hedge,
    "unit": word_of("unit"),
    "measure": word_of("measure"),
    "place": word_of("place"),
    "dates": dates,
    "speaker": of_another("said_by"),
    "counter": of_another("counted_by"),
    "channel": channel,
}


def slips(tables: dict, kind: str, rng: random.Random, n: int) -> Iterator[tuple]:
    """n slips of a kind in a case's rows: (table, index of the row, the cells that change)."""
    rows = [(t, i, r) for t in FIGURE_TABLES for i, r in enumerate(tables[t].rows)]
    weights = [WEIGHTS[t] for t, _, _ in rows]
    others = [r for _, _, r in rows]
    while n:
        table, i, row = rng.choices(rows, weights)[0]
        if kind == "number" and not (row["low"] or row["high"]):
            continue
        cells = SLIPS[kind](row, others, rng)
        if any(row[c] != v and not (kind == "number" and float(row[c]) == float(v)) for c, v in cells.items()):
            n -= 1
            yield table, i, cells


def tried(name: str, seed: int = SEED, each: int = EACH) -> Iterator[tuple]:
    """Each slip of a case: (kind, figure_id, what was, what became of it, the first new fault or None)."""
    meta, tables = read(name)
    before = set(faults_of(meta, tables))
    rng = random.Random(f"{seed} {name}")
    for kind in SLIPS:
        for table, i, cells in slips(tables, kind, rng, each):
            row = tables[table].rows[i]
            was = {c: row[c] for c in cells}
            row.update(cells)
            new = [f for f in faults_of(meta, copy.copy(tables)) if f not in before]
            row.update(was)
            yield kind, row["figure_id"], was, cells, next(iter(new), None)


@pytest.mark.parametrize("name", analysis.cases())
def test_eight_slips_in_ten_are_caught_with_row_column_and_remedy(name):
    results = list(tried(name, each=EACH // 3))
    caught = [fault for *_, fault in results if fault]
    assert len(results) >= 100
    assert len(caught) >= SHARE * len(results), Counter(kind for kind, *_, fault in results if not fault)
    assert all(fault.row and fault.column and fault.remedy for fault in caught)
