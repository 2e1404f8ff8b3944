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

from . import case as cases
from . import casefile, codebook, rules, schema, tables, working
from .figure import Figure
from .rows import changed
from .units import UnitError

_DIGITS = re.compile(r"[0-9][0-9,.]*[0-9]|[0-9]")


class Result(NamedTuple):
    """What was checked (pairs of what and how many), what is wrong (tables.Fault), and what else to know (text)."""

    checked: list
    faults: list
    notes: list


def check(case: str | Path | pd.DataFrame = cases.DEFAULT, articles: Sequence[Path] = ()) -> Result:
    """Check a case, or a frame of its figures.

    case: a name or a folder; or a frame, each row of which is held against its working. articles: files that may hold
    the article's full text; the one whose SHA-256 stands in sources.csv is used to check quotes and offsets; without it
    they are only checked among themselves. Returns a Result; it has faults for whatever is wrong, and raises
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
        derived, found = _derivations(file.meta, read, faults)
        checked += [("derivations recomputed", derived)] * (derived is not None)
        faults += found
    printed = [(t, r) for t in schema.FIGURE_TABLES for r in rows[t] if r["as_printed"]]
    checked.append(("printed numbers read again from their words", len(printed)))
    faults += [f for t, r in printed for f in _printed(f"{t}.csv", r)]
    text, said, unlike = _article(articles, file.meta, rows)
    more, found = _against_article(text, file.meta, rows) if text is not None else ([], unlike)
    placed, misplaced = _offsets(file.meta, rows, text is not None)
    told = {f[:3] for f in found}  # the article says where the words do stand
    faults += [*found, *(f for f in misplaced if f[:3] not in told)]
    return Result([*checked, *placed, *more], faults, [*notes, *said])


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
    """A frame that was kept as CSV: as check() for a frame; its faults name the file. Raises as changed() does."""
    return _check_frame(pd.read_csv(path, keep_default_na=False, na_values={"low": "", "high": ""}), path.name)


def report(result: Result) -> Iterator[str]:
    """A Result as lines of text: a table of what was checked, then the faults or the word that there are none."""
    width = max(len(what) for what, _ in result.checked)
    yield from (f"{what:<{width}}  {count:>6,}" for what, count in result.checked)
    yield ""
    yield from result.notes
    yield from map(str, result.faults)
    count = len(result.faults)
    yield "no fault found" if not count else f"{count} fault{'s' * (count > 1)}"


# Columns that stand in a working's way, or a frame's: with a fault there, nothing is computed.
_COMPUTED = {"unit", "derivation", "figure_id", "source_id", "period_start", "period_end"}
_COMPUTED |= {c for columns in schema.TABLES.values() for c, k in columns.items() if k.type in ("number", "integer")}


def _broken(faults: list) -> set:
    """The ids of rows with a fault where a number is computed from."""
    rows = [f.row for f in faults if f.file.endswith(".csv") and f.column in _COMPUTED]
    return {re.sub(r"line \d+ \((.*)\)", r"\1", row) for row in rows}


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
    return None


def _plain(figure):
    return f"{Figure.__str__(figure)} ({figure.low!r} to {figure.high!r})"


def _printed(name, row):
    """A number printed in digits has to be the number in the row: catches a slip of the coder's hand."""
    unquoted = row["as_printed"] not in row.get("quote", "")
    if unquoted and (row.get("quote") or rules.SPREADSHEET_DATE.fullmatch(row["as_printed"])):
        return  # told by the row's own check
    ends = _read_digits(row["as_printed"])
    stored = {row["low"], row["high"]} - {""}
    if ends and stored and not {float(s) for s in stored if tables.NUMBER.fullmatch(s)} <= ends:
        said = f"low {row['low'] or '(open)'} and high {row['high'] or '(open)'}, but printed {row['as_printed']!r}"
        yield tables.Fault(name, row["figure_id"], "as_printed", said, "Correct the row, or as_printed")


def _read_digits(printed):
    """The numbers in `70-120`, `1,268`, `80.000`; empty where there are words or anything in doubt."""
    if not re.fullmatch(r"[0-9,.\s\u00a0–-]+", printed):
        return set()
    found = _DIGITS.findall(re.sub(r"(?<=\d)[\s\u00a0](?=\d{3})", "", printed))
    if any(re.fullmatch(r"\d{1,3}([.,]\d{3})+", n) is None and re.search(r"[.,]", n) for n in found):
        return set()
    return {float(re.sub(r"[.,]", "", n)) for n in found}


_OFFSETS = ("quote_start", "quote_end", "numeral_start", "numeral_end")


def _offsets(meta: dict, rows: dict, at_hand: bool) -> tuple:
    """(what was checked, faults) of the offsets among themselves, without the article's text.

    at_hand: whether the article's text is there; where it never was (its card has no SHA-256), offsets may be empty.
    """
    source_id = meta.get("article", {}).get("source_id", "")
    unread = not _known_hash(meta, rows["sources"]) and not at_hand
    figures = [r for r in rows["figures"] if r["source_id"] == source_id]
    placed = [r for r in figures if not unread or any(r[c] for c in _OFFSETS)]
    faults = [f for r in placed for f in _misplaced(r)]
    for row in rows["references"]:
        for c in (c for c in _OFFSETS if row[c]):
            message = "an offset in a text that is not the article"
            faults.append(tables.Fault("references.csv", row["figure_id"], c, message, "Leave it empty"))
    for row in rows["set_aside"]:
        message = _length_fault(row["quote_start"], row["quote_end"], row["token"])
        if message:
            label = f"line {row['line']}"
            faults.append(tables.Fault("set_aside.csv", label, "quote_start", message, _FILL))
    checked = [("offsets checked among themselves", len(placed) + len(rows["set_aside"]))]
    empty = len(figures) - len(placed)
    return [
        *checked,
        *[("figures without offsets: the article's whole text was not read", empty)] * bool(empty),
    ], faults


_FILL = "Write them with: check --fill --article FILE"


def _misplaced(row):
    """What is wrong with the offsets of one figure of the article: in themselves, and the numeral's in the quote's."""
    quote, printed = row["quote"], row["as_printed"]
    spans = {"quote": quote} | ({"numeral": printed} if printed in quote else {})  # else told by the row's own check
    found = {k: _length_fault(row[f"{k}_start"], row[f"{k}_end"], words_) for k, words_ in spans.items()}
    if not any(found.values()) and "numeral" in spans and _whole(row["quote_start"], row["numeral_start"]):
        at = int(row["numeral_start"]) - int(row["quote_start"])
        if at < 0 or not quote.startswith(printed, at):
            where = f"{row['numeral_start']}-{row['numeral_end']}"
            found["numeral"] = f"{printed!r} does not stand at {where}, counted from the quote_start, in the quote"
    for name, message in found.items():
        if message:
            yield tables.Fault("figures.csv", row["figure_id"], f"{name}_start", message, _FILL)


def _length_fault(start, end, words_):
    """What two offsets and the words between them have against each other; nothing where a cell has its own fault."""
    if "" in (start, end):
        return "there is no offset" if start == "" else "there is no offset at which it ends"
    if not _whole(start, end):
        return None
    length = int(end) - int(start)
    if length <= 0:
        return f"it starts at {start} and ends at {end}"
    if length != len(words_):
        return f"{start} to {end} is {length} characters, and the words have {len(words_)}"
    return None


def _whole(*offsets):
    return all(rules.WHOLE.fullmatch(o) for o in offsets)


def _known_hash(meta: dict, sources: list) -> str:
    """The SHA-256 of the article's text, as its card has it; empty where the whole text was not read."""
    source_id = meta.get("article", {}).get("source_id", "")
    return {r["source_id"]: r["sha256"] for r in sources}.get(source_id, "")


def of_case(case: str | Path, paths: Sequence[Path]) -> list[Path]:
    """The files among paths that are the text of a case's article, by their SHA-256."""
    file, read, _ = cases.read_folder(cases.folder_of(case))
    known = _known_hash(file.meta, read["sources"].rows)
    return [p for p in paths if known and hashlib.sha256(p.read_bytes()).hexdigest() == known]


def _article(paths: Sequence[Path], meta: dict, rows: dict) -> tuple:
    """(the article's text, notes, faults): of the files the one whose SHA-256 is in sources.csv; None without it."""
    known = _known_hash(meta, rows["sources"])
    if not known:
        return None, ["The article's whole text was not read, so its quotes cannot be checked against it."], []
    for path in paths:
        raw = path.read_bytes()
        if hashlib.sha256(raw).hexdigest() == known:
            return raw.decode("utf-8"), [], []
    if not paths:
        return None, ["Quotes and offsets are checked among themselves: no --article FILE was given."], []
    message, remedy = "this is not the text that was coded", "Use the text with the hash in sources.csv"
    return None, [], [tables.Fault(path.name, "", "sha256", message, remedy) for path in paths]


def _against_article(text: str, meta: dict, rows: dict) -> tuple:
    """(what was checked, faults) of quotes and offsets against the article's text; every digit in it accounted for."""
    source_id = meta["article"]["source_id"]
    figures = [r for r in rows["figures"] if r["source_id"] == source_id]
    faults = [f for r in figures for f in _quoted(text, r)]
    faults += [f for r in rows["set_aside"] for f in _aside(text, r)]
    digits = list(re.finditer(r"\d+(?:[.,]\d+)*", text))
    faults += _unaccounted(digits, figures, rows["set_aside"])
    return [
        ("the article's SHA-256", 1),
        ("quotes and numerals against the article", len(figures)),
        ("words set aside against the article", len(rows["set_aside"])),
        ("digit tokens of the article accounted for", len(digits)),
    ], faults


def _quoted(text, row):
    label, quote = row["figure_id"], row["quote"]
    whole = row["prefix"] + quote + row["suffix"]
    times = text.count(whole)
    if quote not in text:
        spaces = quote.replace("\xa0", " ") in text.replace("\xa0", " ")
        remedy = "Copy the raw characters, no-break spaces too" if spaces else "Copy the words from the article"
        yield tables.Fault("figures.csv", label, "quote", "the quote does not occur in the article", remedy)
    elif times != 1:
        message = f"prefix, quote and suffix together occur {times} times (the quote {text.count(quote)})"
        yield tables.Fault(
            "figures.csv", label, "quote", message, "Lengthen prefix and suffix until they fit one place"
        )
    for start, end, words_ in (
        ("quote_start", "quote_end", quote),
        ("numeral_start", "numeral_end", row["as_printed"]),
    ):
        if not _stands(text, row[start], row[end], words_):
            at = f"it stands at {text.find(words_)}" if words_ in text else "it stands nowhere"
            message = f"{words_[:40]!r} does not stand at {row[start]}-{row[end]}"
            yield tables.Fault("figures.csv", label, start, message, f"Correct the offsets ({at} first)")


def _aside(text, row):
    if not _stands(text, row["quote_start"], row["quote_end"], row["token"]):
        message = f"{row['token']!r} does not stand at {row['quote_start']}-{row['quote_end']}"
        yield tables.Fault("set_aside.csv", f"line {row['line']}", "quote_start", message, "Correct the offsets")


def _stands(text, start, end, words_):
    return _whole(start, end) and text[int(start) : int(end)] == words_


def _unaccounted(digits, figures, aside):
    spans = [(r["numeral_start"], r["numeral_end"]) for r in figures] + [
        (r["quote_start"], r["quote_end"]) for r in aside
    ]
    spans = [(int(a), int(b)) for a, b in spans if _whole(a, b)]
    for match in digits:
        if not any(a <= match.start() and match.end() <= b for a, b in spans):
            message = f"{match[0]!r} at {match.start()} is neither a figure nor set aside"
            yield tables.Fault(
                "set_aside.csv", "", "token", message, "Give it a row in figures.csv or in set_aside.csv"
            )


def _package(folder: Path, meta: dict) -> list:
    """What is wrong with datapackage.json, if there is one: it is for other tools, and nothing here reads it."""
    path = folder / codebook.NAME
    remedy = f"Write it with: python -m analysis schema {folder.name} --write"
    try:
        there = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    except (ValueError, RecursionError) as e:
        return [tables.Fault(path.name, "", "", f"it is not JSON: {e}", remedy)]
    if there != codebook.descriptor(meta, folder):
        return [tables.Fault(path.name, "", "", "it does not describe the tables as the schema does", remedy)]
    return []
