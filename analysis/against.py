"""A case's rows against the article's text: what is wrong with quotes, offsets and tokens set aside; see placing."""

import bisect
import itertools
import math
from collections.abc import Iterator

from . import commands, numerals, placing
from .tables import Fault, label

FILL = f"Write them with: {commands.FILL}"
OWN = f"Copy the article's own characters, or let them be written: {commands.FILL}"


# Offsets among themselves, without the text ---------------------------------------------------------------------------


def misplaced(row: dict) -> Iterator[Fault]:
    """What is wrong with the offsets of one figure of the article: in themselves, and the numeral's in the quote's."""
    quote, printed = row["quote"], row["as_printed"]
    spans = {"quote": quote} | ({"numeral": printed} if printed in quote else {})  # else told by the row's own check
    found = {k: _length_fault(row[f"{k}_start"], row[f"{k}_end"], words) for k, words in spans.items()}
    if not any(found.values()) and "numeral" in spans and placing.whole(row["quote_start"], row["numeral_start"]):
        at = int(row["numeral_start"]) - int(row["quote_start"])
        ends = quote.count("\n")  # each may be two characters of the text
        if not any(at - n >= 0 and quote.startswith(printed, at - n) for n in range(ends + 1)):
            where = f"{row['numeral_start']}-{row['numeral_end']}"
            found["numeral"] = f"{printed!r} does not stand at {where}, counted from the quote_start, in the quote"
    for name, message in found.items():
        if message:  # one is enough: what is written for it puts both right
            yield Fault("figures.csv", label("figures", row), f"{name}_start", message, FILL)
            return


def misplaced_token(row: dict) -> Iterator[Fault]:
    """The same of a row of set_aside.csv."""
    if message := _length_fault(row["quote_start"], row["quote_end"], row["token"]):
        yield Fault("set_aside.csv", f"line {row['line']}", "quote_start", message, FILL)


def _length_fault(start: str, end: str, words: str) -> str | None:
    """What two offsets and the words between them have against each other; nothing where a cell has its own fault."""
    if "" in (start, end):
        return "there is no offset" if start == "" else "there is no offset at which it ends"
    if not placing.whole(start, end):
        return None
    length = int(end) - int(start)
    if length <= 0:
        return f"it starts at {start} and ends at {end}"
    if not 0 <= length - len(words) <= words.count("\n"):
        return f"{start} to {end} is {length} characters, and the words have {len(words)}"
    return None


# Against the text -----------------------------------------------------------------------------------------------------


def faults(text: placing.Text, figures: list, aside: list, whole: bool = True) -> Iterator[Fault]:
    """What the article's text has against the rows: one fault a row, which is what `fill` would do, or why it cannot.

    figures, aside: the rows of figures.csv that stand in the article, and those of set_aside.csv, as dicts of text.
    whole: whether these are all; where rows may be missing, no token of digits is said to have none.
    """
    waiting: set[str] = set()  # the tokens of rows that have a fault: what becomes of them is not known yet
    for row in figures:
        if fault := _quoted(text, row):
            waiting.update(numerals.DIGITS.findall(f"{row['quote']} {row['as_printed']}"))
            yield fault
    for row, fault in _astray(text, figures, aside):
        waiting.update(numerals.DIGITS.findall(row["token"]))
        yield fault
    yield from _unaccounted(text, figures, aside, waiting) if whole else ()


def _quoted(text: placing.Text, row: dict) -> Fault | None:
    """What is wrong with the words and the place of a figure, found by filling in a copy of its row."""
    made, flat = dict(row), text.flat
    if unplaced := next(placing.fill_figure(text, made), None):
        return unplaced
    name, remedy = label("figures", row), OWN
    if made["quote"] != row["quote"]:
        said = f"the quote does not occur in the article: {placing.likeness(flat, row['quote'])}"
        return Fault("figures.csv", name, "quote", said, remedy)
    if made["as_printed"] != row["as_printed"]:
        said = f"the article prints {made['as_printed']!r}, the row has {row['as_printed']!r}"
        return Fault("figures.csv", name, "as_printed", said, remedy)
    for span, words in (("quote", row["quote"]), ("numeral", row["as_printed"])):
        start, end = row[f"{span}_start"], row[f"{span}_end"]
        if not placing.stands(text, start, end, words) or start != made[f"{span}_start"]:
            said = f"{words[:40]!r} {_astray_at(start, end)}; it stands at {made[f'{span}_start']}"
            return Fault("figures.csv", name, f"{span}_start", said, FILL)
    times = text.flat.count(row["prefix"] + row["quote"] + row["suffix"])
    if times != 1 and (made["prefix"], made["suffix"]) != (row["prefix"], row["suffix"]):
        said = f"prefix, quote and suffix together occur {times} times (the quote {flat.count(row['quote'])})"
        remedy = f"Lengthen prefix and suffix until they fit one place, or let them be written: {commands.FILL}"
        return Fault("figures.csv", name, "quote", said, remedy)
    return None


def _astray_at(start: str, end: str) -> str:
    return f"does not stand at {start}-{end}" if start and end else "has no offset" if not start else "has no end"


def _astray(text: placing.Text, figures: list, aside: list) -> Iterator[tuple[dict, Fault]]:
    """(row, its fault) of the tokens set aside that do not stand where their rows say."""
    made = [dict(row) for row in aside]
    unplaced = {fault.row: fault for fault in placing.fill_aside(text, figures, made)}
    for row, filled in zip(aside, made, strict=True):
        start, name = row["quote_start"], label("set_aside", row)
        if name in unplaced:
            yield row, unplaced[name]
        elif (start, row["quote_end"]) != (filled["quote_start"], filled["quote_end"]):
            said = f"{row['token']!r} {_astray_at(start, row['quote_end'])}; it stands at {filled['quote_start']}"
            yield row, Fault("set_aside.csv", name, "quote_start", said, FILL)


def alike(text: placing.Text, figures: list) -> list[str]:
    """The figure_ids of rows whose prefix, quote and suffix stand at several places: their offsets alone say which."""
    return [r["figure_id"] for r in figures if r["quote"] and len(placing.few(text.flat, r, 2)) > 1]


def _unaccounted(text: placing.Text, figures: list, aside: list, waiting: set[str]) -> Iterator[Fault]:
    spans = sorted(placing.spans_of(figures, aside))
    ends = list(itertools.accumulate((end for _, end in spans), max))
    for match in numerals.DIGITS.finditer(text.raw):
        before = bisect.bisect_right(spans, (match.start(), math.inf))
        if match[0] not in waiting and not (before and match.end() <= ends[before - 1]):
            message = f"{match[0]!r} at {match.start()} is neither a figure nor set aside"
            remedy = "Give it a row in figures.csv or in set_aside.csv"
            yield Fault("set_aside.csv", "", "token", message, remedy)
