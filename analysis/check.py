"""Check a case: every row against the schema, every quote against the article, every working recomputed.

`python -m analysis check` prints what it checked and each fault with file, row, column and remedy.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from . import (
    against,
    casefile,
    cells,
    codebook,
    commands,
    kin,
    lessons,
    numerals,
    placing,
    printed,
    quizzed,
    rules,
    schema,
    tables,
    working,
)
from . import case as cases
from .figure import Figure
from .rows import changed
from .units import UnitError


class Result(NamedTuple):
    """What was checked (pairs of what and how many), what is wrong (tables.Fault), and what else to know (text)."""

    checked: list
    faults: list
    notes: list


def check(
    case: str | Path | pd.DataFrame = cases.DEFAULT, articles: Sequence[Path] = (), told: Sequence[tables.Fault] = ()
) -> Result:
    """Check a case, or a frame of its figures.

    case: a name or a folder; or a frame, each row of which is held against its working. articles: files that may hold
    the article's full text; the one whose SHA-256 stands in sources.csv is used to check quotes and offsets; without it
    they are only checked among themselves. told: faults that are known (of mend.fill): they take the place of what else
    there is to say of where their rows' words stand. Returns a Result; it has faults for whatever is wrong, and raises
    FileNotFoundError only where there is no case at all.

    >>> check().faults
    []
    """
    if isinstance(case, pd.DataFrame):
        return _check_frame(case)
    folder = cases.folder_of(case)
    file, read, faults = cases.read_folder(folder)
    rows = {table: one.rows for table, one in read.items()}
    notes = [note for one in read.values() for note in one.notes]
    checked = [(f"rows of {t}.csv against the codebook", len(rows[t])) for t in schema.TABLES if rows[t]]
    if file.meta:  # else its faults are told, and what rests on it cannot be checked
        faults += [*_unread_sources(file.meta, read), *_package(folder, file.meta)]
    faults, empty = _apart(faults)
    worded = {f[:2] for f in faults if f.column in ("quote", "as_printed", "token", *placing.OFFSETS)}
    counted, found = _of_rows(file.meta, read, [*faults, *told])
    checked, faults = [*checked, *counted], [*faults, *found]
    text, path, said, unlike = _article(articles, file.meta, read)
    more, found, alike = _against_article(text, file.meta, read) if text is not None else ([], unlike, [])
    placed, misplaced = _offsets(file.meta, rows, text is not None)
    worded |= {f[:2] for f in told}  # one fault a row: what is wrong with its words, then with where they stand
    found = [f for f in found if f[:2] not in worded or not f.row]
    worded |= {f[:2] for f in found if f.row}
    rest = {f[:2]: f for f in reversed([*empty, *misplaced]) if f[:2] not in worded}
    faults = [*told, *faults, *found, *reversed(rest.values())]
    if file.meta and not faults:  # a text of a lesson rests on rows without a fault
        counted, faults = _of_lessons(cases.Case(file.meta, rows, folder))
        checked += counted
    notes = [*notes, *_to_do(notes, rows, case), *said, *alike]
    return Result([*checked, *placed, *more], tables.addressed(faults, case, path), notes)


def _of_lessons(case: cases.Case) -> tuple[list, list]:
    """(what was checked, faults) of the texts of a case's lessons, where it has such."""
    texts = lessons.texts(case).values()
    found = sum(len(lessons.REFERENCE.findall(text)) for text in texts)
    return [("references in the texts of lessons", found)] * bool(texts), lessons.faults(case)


def _apart(faults: list) -> tuple[list, list]:
    """(all others, those of empty offsets): of these the article may know more."""
    empty = [f for f in faults if f.column in placing.OFFSETS and f.message == cells.EMPTY]
    return [f for f in faults if f not in empty], empty


def of_rows(meta: dict, read: dict[str, tables.Table]) -> list[tables.Fault]:
    """What is wrong with a case's rows alone: cells, rows and tables among themselves, workings, printed numbers.

    meta: case.toml as a dict. read: {table: tables.Table}, as case.read_folder gives them.
    """
    faults = rules.judge(meta, read)
    return [*faults, *_of_rows(meta, read, faults)[1]]


def _of_rows(meta: dict, read: dict, told: list) -> tuple[list, list]:
    """(what was checked, faults) of the rows, beside the faults of rules.judge, which are told."""
    checked, faults = [], []
    if meta:
        derived, faults = _derivations(meta, read, told)
        checked += [("derivations recomputed", derived)] * (derived is not None)
    numerals_ = [(t, r) for t in schema.FIGURE_TABLES for r in read[t].rows if r["as_printed"]]
    checked.append(("printed numbers read again from their words", len(numerals_)))
    faults += [f for t, r in numerals_ for f in _printed(f"{t}.csv", r)]
    if meta:
        broken = {(f.file, re.sub(_LINE, r"\1", f.row)) for f in [*told, *faults]}
        judged, found = kin.faults(meta, read, broken)
        checked.append(("rows whose columns were held against each other", judged))
        faults += found
        asked, found = _questions(meta, read, [*told, *faults])
        checked, faults = [*checked, *asked], [*faults, *found]
    return checked, faults


def _questions(meta: dict, read: dict, told: list) -> tuple[list, list]:
    """(what was checked, faults) of the questions against rows and each other; nothing where rows may be missing."""
    rows = read["questions"].rows
    if not rows or not all(one.whole for one in read.values()):
        return [], []
    broken = {re.sub(_LINE, r"\1", f.row) for f in told}
    broken |= {row["question_id"] for row in rows if f"line {row['line']}" in broken}
    case = cases.Case(meta, {t: one.rows for t, one in read.items()})
    return [("questions whose numerals were looked up", len(rows))], list(quizzed.faults(case, broken))


_LINE = r"line \d+ \((.*)\)"  # how a row is named that has another's id


def _to_do(notes: list, rows: dict, case: str | Path) -> Iterator[str]:
    """What is no fault and waits for a person: files in another form, rows that are a draft."""
    if notes:
        yield from commands.told([f"To write them as they are kept here: {commands.FIX}"], case)
    drafts = sum(row["coder"] == schema.DRAFT for table in schema.FIGURE_TABLES for row in rows[table])
    if drafts:
        which = (
            "1 row is a draft, checked by no person; once you have checked it"
            if drafts == 1
            else (f"{drafts} rows are a draft, checked by no person; once you have checked one")
        )
        yield f"{which}, write your name into its coder."


def _check_frame(frame: pd.DataFrame, name: str = "frame") -> Result:
    """A frame's rows, each held against what its working gives in its case, which is read first where it is known."""
    for case in set(frame.get("case", ())) & set(cases.cases()):
        cases.load(case)
    remedy = "Take the row from its case again, or give your number a row of its own: case.add(...)"
    faults = [
        tables.Fault(name, r.figure_id, "low", r.note.partition(": ")[2], remedy) for r in changed(frame).itertuples()
    ]
    return Result([("rows of the frame worked out again", len(frame))], faults, [])


def check_file(path: Path) -> Result:
    """A frame that was kept as CSV: as check() for a frame; its faults name the file. Raises as changed() does.

    >>> import tempfile
    >>> import analysis
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     analysis.strike_rates().to_csv(f"{folder}/rates.csv", index=False)
    ...     len(check_file(Path(folder, "rates.csv")).faults)
    0
    """
    return _check_frame(pd.read_csv(path, keep_default_na=False, na_values={"low": "", "high": ""}), path.name)


def report(result: Result) -> Iterator[str]:
    """A Result as lines of text: a table of what was checked, then the faults or the word that there are none.

    >>> print("\\n".join(report(Result([("rows", 3)], [], []))))
    rows       3
    <BLANKLINE>
    no fault found
    """
    width = max(len(what) for what, _ in result.checked)
    yield from (f"{what:<{width}}  {count:>6,}" for what, count in result.checked)
    yield ""
    yield from _together(result.notes)
    yield from map(str, result.faults)
    count = len(result.faults)
    yield "no fault found" if not count else f"{count} fault{'s' * (count > 1)}"


def _together(notes: list) -> Iterator[str]:
    """Notes of the same about several files as one: a.csv, b.csv: written with tabs."""
    files: dict[str, list[str]] = {}
    for note in notes:
        file, told, _ = note.partition(": written with ")
        files.setdefault(note[len(file) :] if told else note, []).append(file if told else "")
    yield from (f"{', '.join(names)}{said}" for said, names in files.items())


# Columns that stand in a working's way, or a frame's: with a fault there, nothing is computed.
_COMPUTED = {"unit", "derivation", "figure_id", "source_id", "period_start", "period_end"}
_COMPUTED |= {c for columns in schema.TABLES.values() for c, k in columns.items() if k.type in ("number", "integer")}


def _broken(faults: list) -> set:
    """The ids of rows with a fault where a number is computed from."""
    rows = [f.row for f in faults if f.file.endswith(".csv") and f.column in _COMPUTED]
    return {re.sub(_LINE, r"\1", row) for row in rows}


def _unread_sources(meta: dict, read: dict) -> Iterator[tables.Fault]:
    """A card of a document in which no row stands, and which case.toml does not name, says nothing: a fault too."""
    pointing = {c for columns in schema.TABLES.values() for c in columns if c.endswith("source_id")}
    used = {value for _, value in casefile.entries(meta)}
    used |= {row[c] for t, one in read.items() if t != "sources" for row in one.rows for c in pointing & set(row)}
    for row in read["sources"].rows if all(one.whole for one in read.values()) else []:
        if row["source_id"] not in used and row["kind"] != schema.OURS:
            remedy = "Remove the card, or mend the rows' ids"
            yield tables.Fault("sources.csv", row["source_id"], "source_id", "no row stands in this document", remedy)


def _derivations(meta: dict, read: dict, faults: list) -> tuple:
    """(how many, faults) of the derived rows recomputed from their workings, their ends and unit compared.

    What rests on a row with a fault of its own is left out; (None, []) where rows may be missing.
    """
    if not all(read[t].whole for t in (*schema.FIGURE_TABLES, "sources")):
        return None, []
    case, broken = cases.Case(meta, {t: one.rows for t, one in read.items()}), _broken(faults)
    derived = [(t, r) for t in schema.FIGURE_TABLES for r in read[t].rows if r["derivation"]]
    sound = [(t, r) for t, r in derived if not broken & {r["figure_id"], *rules.operands(r)}]
    problems = [(t, r["figure_id"], _recomputed(case, r)) for t, r in sound]
    return len(sound), [tables.Fault(f"{t}.csv", i, *problem) for t, i, problem in problems if problem]


def _recomputed(case: cases.Case, row: dict) -> tuple | None:
    """(column, message, remedy) where a working gives another number than its row says."""
    try:
        made, stored = case.evaluate(row["derivation"]), case[row["figure_id"]]
    except (working.WorkingError, UnitError, KeyError) as e:
        return "derivation", str(e), "Mend the working or its rows"
    if made.unit != stored.unit:
        return "unit", f"the working gives {made.unit}, the row says {stored.unit}", "Write the working's unit"
    if not (rules.same_number(made.low, stored.low) and rules.same_number(made.high, stored.high)):
        said = f"the working gives {_plain(made)}, the row says {_plain(stored)}"
        return "low", said, "Write what the working gives, or correct the working"
    if set(made.hedges) != set(stored.hedges):
        theirs = ";".join(made.hedges)
        said = f"the working is hedged {theirs or 'not at all'}"
        return "hedge", said, f"Write {theirs or 'nothing'}, or correct the working"
    return None


def _plain(figure):
    return f"{Figure.__str__(figure)} ({figure.low!r} to {figure.high!r})"


def _printed(name, row):
    """A number printed in digits has to be the number in the row: catches a slip of the coder's hand."""
    unquoted = row["as_printed"] not in row.get("quote", "")
    if unquoted and (row.get("quote") or cells.SPREADSHEET_DATE.fullmatch(row["as_printed"])):
        return  # told by the row's own check
    low, high = (float(row[c]) if tables.NUMBER.fullmatch(row[c]) else None for c in ("low", "high"))
    if not numerals.agrees(printed.number(row), low, high, row["unit"]):
        said = f"low {row['low'] or '(open)'} and high {row['high'] or '(open)'}, but printed {row['as_printed']!r}"
        yield tables.Fault(name, row["figure_id"], "as_printed", said, "Correct the row, or as_printed")


def _offsets(meta: dict, rows: dict, at_hand: bool) -> tuple:
    """(what was checked, faults) of the offsets among themselves, without the article's text.

    at_hand: whether the article's text is there; where it never was (its card has no SHA-256), offsets may be empty.
    """
    source_id = meta.get("article", {}).get("source_id", "")
    unread = not _known_hash(meta, rows["sources"]) and not at_hand
    figures = [r for r in rows["figures"] if r["source_id"] == source_id]
    placed = [r for r in figures if not unread or any(r[c] for c in placing.OFFSETS)]
    faults = [f for r in placed for f in against.misplaced(r)]
    for row in rows["references"]:
        for c in (c for c in placing.OFFSETS if row[c]):
            message = "an offset in a text that is not the article"
            faults.append(tables.Fault("references.csv", row["figure_id"], c, message, "Leave it empty"))
    faults += [f for row in rows["set_aside"] for f in against.misplaced_token(row)]
    checked = [("offsets checked among themselves", len(placed) + len(rows["set_aside"]))]
    empty = len(figures) - len(placed)
    return [
        *checked,
        *[("figures without offsets: the article's whole text was not read", empty)] * bool(empty),
    ], faults


def _known_hash(meta: dict, sources: list) -> str:
    """The SHA-256 of the article's text, as its card has it; empty where the whole text was not read."""
    source_id = meta.get("article", {}).get("source_id", "")
    return {r["source_id"]: r["sha256"] for r in sources}.get(source_id, "")


def of_case(case: str | Path, paths: Sequence[Path]) -> list[Path]:
    """The files among paths that are the text of a case's article, by their SHA-256."""
    file, read, _ = cases.read_folder(cases.folder_of(case))
    known = _known_hash(file.meta, read["sources"].rows)
    return [p for p in paths if known and hashlib.sha256(p.read_bytes()).hexdigest() == known]


def _article(paths: Sequence[Path], meta: dict, read: dict) -> tuple:
    """(the article's text, its path, notes, faults): of the files the one with the SHA-256 in sources.csv, or None."""
    known = _known_hash(meta, read["sources"].rows)
    if not known:
        why = "The article's whole text was not read, so its quotes cannot be checked against it."
        return None, "", [why] if meta and read["sources"].whole else [], []
    for path in paths:
        raw = path.read_bytes()
        if hashlib.sha256(raw).hexdigest() == known:
            return raw.decode("utf-8"), path, [], []
    if not paths:
        return None, "", ["Quotes and offsets are checked among themselves: no --article FILE was given."], []
    message, remedy = "this is not the text that was coded", "Use the text with the hash in sources.csv"
    return None, "", [], [tables.Fault(path.name, "", "sha256", message, remedy) for path in paths]


def _against_article(text: str, meta: dict, read: dict) -> tuple:
    """(what was checked, faults, notes) of the rows against the article's text; every digit in it accounted for."""
    source_id, aside = meta["article"]["source_id"], read["set_aside"].rows
    figures = [r for r in read["figures"].rows if r["source_id"] == source_id]
    whole, article = read["figures"].whole and read["set_aside"].whole, placing.text_of(text)
    faults = list(against.faults(article, figures, aside, whole))
    checked = [
        ("the article's SHA-256", 1),
        ("quotes and numerals against the article", len(figures)),
        ("words set aside against the article", len(aside)),
    ]
    tokens = len(numerals.DIGITS.findall(text))
    checked += [("digit tokens of the article accounted for", tokens)] * whole
    return checked, faults, list(_alike(article, figures, {f.row for f in faults}))


def _alike(article: placing.Text, figures: list, faulty: set) -> Iterator[str]:
    """A note on quotes that stand at several places whatever is put before and after them."""
    alike = [i for i in against.alike(article, figures) if i not in faulty]
    if alike:
        more = f" and {len(alike) - 5} more" if len(alike) > 5 else ""
        which = f"{', '.join(alike[:5])}{more}"
        yield f"figures.csv: the same words stand at several places, and only the offsets say which: {which}."


def _package(folder: Path, meta: dict) -> list:
    """What is wrong with datapackage.json, if there is one: it is for other tools, and nothing here reads it."""
    path = folder / codebook.NAME
    remedy = f"Write it with: {commands.FIX}"
    try:
        there = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    except (ValueError, RecursionError) as e:
        return [tables.Fault(path.name, "", "", f"it is not JSON: {e}", remedy)]
    if there != codebook.descriptor(meta, folder):
        return [tables.Fault(path.name, "", "", "it does not describe the tables as the schema does", remedy)]
    return []
