"""What a frame says, in words: its rows completed and labelled, the alt text's sentences, the source line."""

import math
from collections import defaultdict

from .. import words
from ..schema import UNKNOWN
from .page import plain

MOST_SOURCES = 6  # publishers named at the foot; the table beside the chart names them all
WHAT = ("measure", "subject", "place")


def records(frame, case=None):
    """The rows of a frame as dicts, completed from the case by figure_id, with article, hedged, derived told apart.

    A dict gives an empty text for what the row has not. Raises ValueError for an empty frame.
    """
    if frame.empty:
        raise ValueError("there are no rows to chart: the choice leaves none")
    return [_record(given, case) for given in frame.to_dict("records")]


def _record(given, case):
    known = case[given["figure_id"]].row if case is not None and given.get("figure_id", "") in case else {}
    given = {k: v for k, v in given.items() if k in ("low", "high") or v == v}  # frames of unlike columns, concatenated
    row = defaultdict(str, known | given)
    row["working"] = row["working"] or row["figure_id"]
    row["article"] = row["role"] == "article" or (not row["role"] and known.get("table") == "figures")
    row["derived"] = bool(row["derivation"]) or row["source_id"] == "who-counted" or " " in row["working"]
    row["hedged"] = any(h not in ("", "exactly") for h in row["hedge"].split(";"))
    return row


def grouped(rows, *keys):
    """Rows in groups by their keys, each group where its first row stood: {(values): rows}."""
    groups = defaultdict(list)
    for row in rows:
        groups[tuple(row[k] for k in keys)].append(row)
    return groups


# Labels ---------------------------------------------------------------------------------------------------------------


def labelled(rows, label, usual, differs=()):
    """Give each row its label: a column's name, a function of the row, or None for the usual one.

    The usual label goes on to say of the columns in differs (what is counted, of whom, where) those that differ.
    """
    make = usual if label is None else (lambda row: row[label]) if isinstance(label, str) else label
    differing = [c for c in differs if len({row[c] for row in rows}) > 1] if label is None else []
    for row in rows:
        more = [f"{c} {UNKNOWN}" if row[c] == UNKNOWN else row[c] for c in differing]
        row["label"] = plain("; ".join(filter(None, [make(row), *more]))) or row["figure_id"]
    return rows


def who(row):
    """Whose number a row is, in few words: the article's own are named as such."""
    if row["article"]:
        return f"The article, {row['channel']}" if row["channel"] else "The article"
    speaker = row["said_by"] if row["said_by"] not in ("", UNKNOWN) else row["counted_by"]
    return speaker or row["figure_id"]


def body(row):
    """The body that counted, where it is known; else who said it."""
    return who(row) if row["article"] or row["counted_by"] in ("", UNKNOWN) else row["counted_by"]


def when(row):
    """A row's period in words; nothing where it has no such column."""
    return words.period(row["period_start"], row["period_end"]) if row["period_start"] else ""


def who_and_when(row):
    """The usual label of a row: who said it, and for when."""
    return ", ".join(filter(None, [who(row), "" if row["article"] else when(row)]))


def unit_name(unit):
    """A unit as a heading says it; a pure ratio is so many times."""
    return "times (a ratio)" if unit == "1" else unit


# Ends -----------------------------------------------------------------------------------------------------------------


def end_of(row):
    """The right-hand end of a row's number; None where it is unknown."""
    return max((e for e in (row["low"], row["high"]) if math.isfinite(e)), default=None)


def open_ends(row):
    """(open below, open above) for a row; (True, True) is unknown."""
    return not math.isfinite(row["low"]), not math.isfinite(row["high"])


def said_of(row):
    """A row's number in words, and what is to be said beside it: its hedge, or that it was worked out here."""
    implied = {"at least", "at most", "more than", "fewer than", "up to"} if any(open_ends(row)) else set()
    hedges = [h for h in row["hedge"].split(";") if h and h not in implied | {"between"}]
    return words.span(row["low"], row["high"], row["hedge"]), ", ".join(hedges + ["our working"] * row["derived"])


# Sentences ------------------------------------------------------------------------------------------------------------


def stop(text):
    """A text as a sentence."""
    return text if text.endswith((".", "?", "!", ".”")) else f"{text}."


def capital(text):
    """A text with a capital letter at its head."""
    return text[:1].upper() + text[1:]


def count(rows, one="number", many="numbers"):
    """How many rows there are, in words."""
    return f"{words.number(len(rows))} {one if len(rows) == 1 else many}"


def some_of(names, most=4):
    """A list in words that says how many more there are."""
    more = f" and {words.number(len(names) - most)} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def spoken(row):
    """A row's label and number."""
    return f"{row['label']} ({words.quantity(row['low'], row['high'], row['unit'], row['hedge'])})"


def summary(rows):
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


def qualities(rows):
    """How many rows are hedged or worked out, as sentences; nothing where none is."""
    told = [(sum(r["hedged"] for r in rows), "hedged"), (sum(r["derived"] for r in rows), "worked out here")]
    return "".join(f" {words.number(n)} of {words.number(len(rows))} {what}." for n, what in told if n)


def _documents(rows):
    return list(dict.fromkeys(r["source_id"] for r in rows if r["source_id"] not in ("", "who-counted")))


def documents(rows, case):
    """The documents that the rows were read in, by publisher and date: what stands under a chart on a page."""
    names = list(dict.fromkeys(words.source_name(case.source(i)) for i in _documents(rows)))
    return f"Read in: {'; '.join(names)}." if names else ""


def source_line(rows, case=None):
    """The source line: the publishers of the rows' documents, and that the rest was worked out here."""
    ids = _documents(rows)
    names = list(dict.fromkeys(case.source(i)["publisher"] if case is not None else i for i in ids))
    more = f" and {words.number(len(names) - MOST_SOURCES)} more, all in the table" if len(names) > MOST_SOURCES else ""
    parts = [f"{'Sources' if len(names) > 1 else 'Source'}: {'; '.join(names[:MOST_SOURCES])}{more}."] if names else []
    if any(r["derived"] for r in rows):
        parts.append("“Our working”: by Who Counted? from the figures named in the table.")
    return " ".join([*parts, "Chart: Who Counted?"])
