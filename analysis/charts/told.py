"""What a frame says, in words: its rows completed and labelled, the alt text's sentences, the source line.

A chart needs low, high and unit of a row and uses whatever else of frames.COLUMNS there is. Where a row names its case
and that case has been loaded, what the row lacks is taken from there; where nobody says, the chart says so.
"""

import datetime
import math
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd

from .. import case as cases
from .. import words
from ..period import Period, as_text
from ..rows import changed as no_longer_given
from ..schema import ID, UNKNOWN
from .letters import plain

PROJECT = "Who Counted?"
OURS = "ours"  # who counted, of a number worked out here from several bodies' rows
MOST_SOURCES = 6  # publishers named at the foot; the table beside the chart names them all
NEEDED = ("low", "high", "unit")
WHAT = ("measure", "subject", "place")
TEXTS = ("figure_id", "working", "derivation", "unit", "hedge", "source_id", "publisher")
DATES = ("period_start", "period_end", "date", "published")
PLAIN_ID = re.compile(rf"({ID}:)?{ID}")

Row = dict[str, Any]


def records(frame: pd.DataFrame, needed: Sequence[str] = NEEDED) -> list[Row]:
    """The rows of a frame as dicts, completed from their case, with what a drawing asks of each.

    frame: n rows with the columns in needed, and what else of frames.COLUMNS there is; a table read back from a file
    will do: numbers may be text, gaps NaN, dates timestamps.
    Returns n dicts that give an empty text for what a row has not, and besides: article, hedged, derived (bool),
    changed (what its working gives, where low, high or unit are something else; else empty text), remark (what the
    table says of it). Raises ValueError, which names the column or the row, where a needed one is missing or no number.
    """
    missing = [c for c in needed if c not in frame]
    if missing:
        raise ValueError(f"the frame has no column {', '.join(missing)}: a chart needs {', '.join(needed)}")
    given, changed = frame.to_dict("records"), _changed(frame)
    return [_record(row, n, changed.get(n - 1, "")) for n, row in enumerate(given, start=1)]


def _record(given: Row, n: int, changed: str) -> Row:
    given = {str(k): v for k, v in given.items() if not _gap(v)}
    given |= {c: as_text(given[c]) for c in (*TEXTS, *DATES) if c in given}
    known = _known(given)
    row = defaultdict(str, known | given)
    row["n"] = n - 1
    row["low"], row["high"] = (_number(given, end, n) for end in ("low", "high"))
    row["period_end"] = row["period_end"] or as_text(row["end"])
    row["period_start"] = row["period_start"] or as_text(row["start"]) or row["period_end"]
    row["working"] = row["working"] or row["figure_id"]
    row["name"] = row["figure_id"] or f"row {n}"
    row["article"] = row["role"] == "article" or (not row["role"] and known.get("table") == "figures")
    row["derived"] = bool(row["derivation"]) or not PLAIN_ID.fullmatch(row["working"] or "row")
    row["hedged"] = any(h not in ("", "exactly") for h in row["hedge"].split(";"))
    row["changed"] = changed
    row["remark"] = f"changed: its working gives {changed}" if changed else ""
    return row


def _gap(value: Any) -> bool:
    return value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)) or value is pd.NaT


def _number(row: Row, column: str, n: int) -> float:
    try:
        return float(row.get(column, math.nan))
    except ValueError:
        name = row.get("figure_id") or f"row {n}"
        raise ValueError(f"{name}: {column} is {row[column]!r}, which is no number; write digits alone") from None


def loaded(row: Row) -> Any:
    """The Case that a row names, if it has been loaded in this session; else None."""
    try:
        return cases.loaded(row["case"]) if row.get("case") else None
    except cases.UnknownCase:
        return None


def _known(row: Row) -> Row:
    """What the case that a row names says of its figure and of its document."""
    case = loaded(row) if "url" not in row else None
    known = dict(case[row["figure_id"]].row) if case is not None and row.get("figure_id", "") in case else {}
    known.pop("source", None)
    card = card_of(known | row) if case is not None else {}
    return known | {c: card[c] for c in ("publisher", "published", "url", "language") if c in card}


def card_of(row: Row) -> dict[str, str]:
    """The card of a row's document, from the case that it names; empty where that does not have it."""
    try:
        return loaded(row).source(row["source_id"])
    except (AttributeError, KeyError):
        return {}


def _changed(frame: pd.DataFrame) -> dict[int, str]:
    """What the working of a row gives, by its place, where a row with a case that can be asked says something else."""
    if not {"figure_id", "working", "case", *NEEDED} <= set(frame.columns):
        return {}
    found = no_longer_given(frame.reset_index(drop=True))
    judged = {n: row for n, row in found.to_dict("index").items() if row["working"] and loaded(row)}
    ends = {n: (row["working_low"], row["working_high"], row["working_unit"]) for n, row in judged.items()}
    return {n: words.quantity(*given) if given[2] else "nothing" for n, given in ends.items()}


def grouped(rows: Sequence[Row], *keys: str) -> dict[tuple, list[Row]]:
    """Rows in groups by their keys, each group where its first row stood: {(values): rows}."""
    groups = defaultdict(list)
    for row in rows:
        groups[tuple(row[k] for k in keys)].append(row)
    return groups


# Labels ---------------------------------------------------------------------------------------------------------------

Label = str | Callable[[Row], str] | None


def there(rows: Sequence[Row], *columns: str) -> None:
    """ValueError names a column that none of the rows has."""
    for column in columns:
        if not any(column in row for row in rows):
            raise ValueError(f"no row has a column {column!r}: name one that the frame has, or add it with assign")


def labelled(rows: list[Row], label: Label, usual: Callable[[Row], str], differs: Sequence[str] = ()) -> list[Row]:
    """Give each row its label: a column's name, a function of the row, or None for the usual one.

    The usual label goes on to say of the columns in differs (what is counted, of whom, where) those that differ.
    Raises ValueError where no row has the column that label names.
    """
    if isinstance(label, str):
        there(rows, label)
    make = usual if label is None else (lambda row: row[label]) if isinstance(label, str) else label
    differing = [c for c in differs if len({row[c] for row in rows}) > 1] if label is None else []
    for row in rows:
        more = [f"{c} {UNKNOWN}" if row[c] == UNKNOWN else row[c] for c in differing]
        row["label"] = plain("; ".join(filter(None, [make(row), *more]))) or row["name"]
    return rows


def who(row: Row) -> str:
    """Whose number a row is, in few words: the article's own are named as such."""
    if row["article"]:
        return f"The article, {row['channel']}" if row["channel"] else "The article"
    speaker = row["said_by"] if row["said_by"] not in ("", UNKNOWN) else row["counted_by"]
    return speaker or row["name"]


def body(row: Row) -> str:
    """The body that counted, where it is known; else who said it."""
    return who(row) if row["article"] or row["counted_by"] in ("", UNKNOWN) else row["counted_by"]


def day_of(row: Row) -> datetime.date | None:
    """The day on which a row stands along time: the last of its period; None where no date can be read."""
    try:
        return Period(row["period_end"]).last
    except ValueError:
        return None


def since(row: Row) -> datetime.date | None:
    """The first day of a row's period; None where it is not known."""
    try:
        return Period(row["period_start"]).first
    except ValueError:
        return None


def when(row: Row) -> str:
    """A row's period in words; nothing where it has no such column."""
    return words.period(row["period_start"], row["period_end"]) if row["period_start"] else ""


def who_and_when(row: Row) -> str:
    """The usual label of a row: who said it, and for when.

    row: a dict as a function given as `label` gets it: the frame's columns, and article (bool).
    """
    return ", ".join(filter(None, [who(row), "" if row["article"] else when(row)]))


def names(rows: Sequence[Row], label: Label) -> list[str]:
    """What a column or a function says of each row; unknown where it says nothing.

    Raises ValueError where no row has the column.
    """
    if isinstance(label, str) and rows:
        there(rows, label)
    return [plain(label(row) if callable(label) else row[label]) or UNKNOWN for row in rows]


def named(rows: Sequence[Row], ids: Sequence[str]) -> list[Row]:
    """The rows of those figure_ids: of the frame, else of the case that a row names. ValueError where none has one."""
    here = {row["figure_id"]: row for row in rows}
    known = [case for case in map(loaded, rows) if case is not None]
    found = []
    for name in ids:
        case = next((case for case in known if name in case), None)
        if name not in here and case is None:
            raise ValueError(f"number {name!r} is neither in the frame nor in the case of its rows: give a figure_id")
        made = here.get(name) or _record(dict(case[name].row) | {"figure_id": name, "role": "article"}, 0, "")
        found.append(made)
    return found


def own_and_others(rows: Sequence[Row], number: str | Sequence[str] = ()) -> tuple[list[Row], list[Row]]:
    """(the article's numbers that are shown as such, the rows that are shown beside them).

    number: which of them, by figure_id, as named() finds them; all in the rows if not given. The article's rows in a
    unit in which there is no other row are among the others: nothing stands beside them.
    """
    wanted = [number] if isinstance(number, str) else list(number)
    units = {row["unit"] for row in rows if not row["article"]}
    others = [row for row in rows if not row["article"] or row["unit"] not in units]
    return named(rows, wanted) if wanted else [row for row in rows if row["article"]], others


def per(unit: str) -> str:
    """What a rate is by; empty where the unit is no rate.

    >>> per("strikes/day"), per("fighters")
    ('day', '')
    """
    return unit.partition("/")[2]


def in_words(unit: str) -> str:
    """A unit as a heading says it: a rate by its time, a ratio of two things by the second.

    >>> in_words("strikes/day"), in_words("runs/bus"), in_words("fighters"), in_words("1")
    ('strikes a day', 'runs for each bus', 'fighters', 'times as many')
    """
    noun, _, by = unit.partition("/")
    if by:
        return f"{noun} a {by}" if by in ("day", "month", "year") else f"{noun} for each {by}"
    return unit_name(unit)


def unit_name(unit: str) -> str:
    """A unit as a heading says it; a pure ratio is so many times."""
    return "times as many" if unit == "1" else unit or "unit not given"


# Ends -----------------------------------------------------------------------------------------------------------------


def end_of(row: Row) -> float | None:
    """The right-hand end of a row's number; None where it is unknown."""
    return max((e for e in (row["low"], row["high"]) if math.isfinite(e)), default=None)


def open_ends(row: Row) -> tuple[bool, bool]:
    """(open below, open above) for a row; (True, True) is unknown."""
    return not math.isfinite(row["low"]), not math.isfinite(row["high"])


def said_of(row: Row) -> tuple[str, str]:
    """A row's number in words, and what is to be said beside it: its hedge, or that it was worked out here.

    Not the latter where its mark says so already, being nobody else's.
    """
    implied = {"at least", "at most", "more than", "fewer than", "up to"} if any(open_ends(row)) else set()
    hedges = [h for h in row["hedge"].split(";") if h and h not in implied | {"between"}]
    aside = hedges + ["worked out here"] * (row["derived"] and row["who"] != OURS) + ["changed"] * bool(row["changed"])
    return words.span(row["low"], row["high"], row["hedge"], sign_of(row["unit"])), ", ".join(aside)


def sign_of(unit: str) -> str:
    """What stands close behind a number in that unit.

    >>> sign_of("percent"), sign_of("buses")
    ('%', '')
    """
    return "%" if unit == "percent" else ""


# Sentences ------------------------------------------------------------------------------------------------------------


def stop(text: str) -> str:
    """A text as a sentence."""
    return text if text.endswith((".", "?", "!", ".”")) else f"{text}."


def capital(text: str) -> str:
    """A text with a capital letter at its head."""
    return text[:1].upper() + text[1:]


def count(rows: Sequence, one: str = "number", many: str = "numbers") -> str:
    """How many rows there are, in words."""
    return f"{words.number(len(rows))} {one if len(rows) == 1 else many}"


def some_of(names: Sequence[str], most: int = 4) -> str:
    """A list in words that says how many more there are."""
    more = f" and {words.number(len(names) - most)} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def spoken(row: Row) -> str:
    """A row's label and number."""
    return f"{row['label']} ({quantity(row)})"


def quantity(row: Row) -> str:
    """A row's number with its unit, of one thing in the singular, as its case has the noun."""
    one, case = row["low"] == row["high"] == 1 and row["unit"] not in ("1", "percent"), loaded(row)
    unit = case.nouns.singular(row["unit"]) if one and case is not None else row["unit"]
    return words.quantity(row["low"], row["high"], unit, row["hedge"])


def summary(rows: Sequence[Row]) -> str:
    """What rows in one unit show: the least and the greatest, the article's own, open ends and unknowns."""
    known = [r for r in rows if open_ends(r) != (True, True)]
    said = [spoken(r) for r in known if len(known) == 1]
    if len(known) > 1:
        least = min(known, key=lambda r: (r["low"] if math.isfinite(r["low"]) else r["high"], end_of(r)))
        said = [f"least {spoken(least)}, greatest {spoken(max(known, key=end_of))}"]
        own = [spoken(r) for r in known if r["article"]]
        said += [f"in the article: {some_of(own)}"] * bool(own)
    for at, name in ((0, "low"), (1, "high")):
        ends = [r["label"] for r in known if open_ends(r)[at]]
        said += [f"open at the {name} end: {some_of(ends)}"] * bool(ends)
    silent = [r["label"] for r in rows if open_ends(r) == (True, True)]
    return "; ".join(said + [f"unknown: {some_of(silent)}"] * bool(silent))


def qualities(rows: Sequence[Row]) -> str:
    """How many rows are hedged or worked out, as sentences; nothing where none is."""
    told = [(sum(r["hedged"] for r in rows), "hedged"), (sum(r["derived"] for r in rows), "worked out here")]
    return "".join(f" {words.number(n)} of {words.number(len(rows))} {what}." for n, what in told if n)


def struck(rows: Sequence[Row]) -> str:
    """The rows that are struck through, each with what its working gives, as a sentence; nothing where none is."""
    said = [f"{spoken(r)}, where {r['working']} gives {r['changed']}" for r in rows if r["changed"]]
    return f"Struck through, no longer what its working gives: {'; '.join(said)}." if said else ""


# Sources --------------------------------------------------------------------------------------------------------------


def _publishers(rows: Sequence[Row]) -> list[str]:
    """Who published what the rows were read in; a sum of ours has the documents of what it sums up."""
    return list(dict.fromkeys(filter(None, (r["publisher"] or r["source_id"] for r in rows if not r["derivation"]))))


def unsourced(row: Row) -> bool:
    """Whether a row has a number that neither names a document nor was worked out from rows that do."""
    return not (row["publisher"] or row["source_id"] or row["derived"] or open_ends(row) == (True, True))


def documents(rows: Sequence[Row]) -> str:
    """The documents that the rows were read in, by publisher and date: what stands under a chart on a page.

    Nothing where rows worked out here do not say theirs.
    """
    if any(r["derived"] and not (r["derivation"] or r["publisher"]) for r in rows):
        return ""
    read = [r for r in rows if r["publisher"] and not r["derivation"]]
    names = list(dict.fromkeys(words.source_name({"published": UNKNOWN} | dict(r)) for r in read))
    return " ".join(
        filter(None, [f"Read in: {'; '.join(names)}." if names else "", not_given(rows), not_checked(rows)])
    )


def not_given(rows: Sequence[Row]) -> str:
    """For how many of the rows no source is given, as a sentence; nothing where all have theirs."""
    bare = [r for r in rows if unsourced(r)]
    if not bare:
        return ""
    return "Source not given." if len(bare) == len(rows) else f"Source not given for {len(bare)} of {len(rows)}."


def not_checked(rows: Sequence[Row]) -> str:
    """How many of the rows no person has checked, as a sentence; nothing where a person has checked all."""
    drafts = sum(bool(words.unchecked(r if "coder" in r else _coded(r))) for r in rows)
    if not drafts:
        return ""
    return "Not checked by a person." if drafts == len(rows) else f"{drafts} of {len(rows)} not checked by a person."


def _coded(row: Row) -> Row:
    """What a row's case says of its figure; empty where no case is named, or the figure is none of its own."""
    case = loaded(row)
    return case[row["figure_id"]].row if case is not None and row.get("figure_id", "") in case else {}


def source_line(rows: Sequence[Row]) -> str:
    """The source line: the publishers of the rows' documents, what has none, and that the rest was worked out here."""
    names = _publishers(rows)
    more = f" and {words.number(len(names) - MOST_SOURCES)} more, all in the table" if len(names) > MOST_SOURCES else ""
    parts = [f"{'Sources' if len(names) > 1 else 'Source'}: {'; '.join(names[:MOST_SOURCES])}{more}."] if names else []
    parts += filter(None, [not_given(rows), not_checked(rows)])
    if any(r["derived"] for r in rows):
        parts.append(f"“Our working”: by {PROJECT} from the figures named in the table.")
    return " ".join([*parts, f"Chart: {PROJECT}"])
