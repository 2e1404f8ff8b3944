"""A case's rows against the article's text: quotes, offsets, tokens set aside; what is wrong, what can be filled in.

Offsets count the code points of the text as it is. Quotes, prefixes and suffixes are as in passage.flat, with
\\n for every line end.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from . import numerals, passage, rules
from .tables import COMMAND, Fault

OFFSETS = ("quote_start", "quote_end", "numeral_start", "numeral_end")
_COMMAND = f"{COMMAND} check CASE --fill --article FILE"
FILL = f"Write them with: {_COMMAND}"
OWN = f"Copy the article's own characters, or let them be written: {_COMMAND}"


class Text(NamedTuple):
    """An article's text: as it is, with \\n for line ends, and what turns an offset in that into one in the other."""

    raw: str
    flat: str
    at: Callable[[int], int]


def text_of(raw: str) -> Text:
    """The article's text, ready to be looked into. raw: its file, read with newline=""."""
    return Text(raw, passage.flat(raw), passage.raw_offsets(raw))


# Offsets among themselves, without the text ---------------------------------------------------------------------------


def misplaced(row: dict) -> Iterator[Fault]:
    """What is wrong with the offsets of one figure of the article: in themselves, and the numeral's in the quote's."""
    quote, printed = row["quote"], row["as_printed"]
    spans = {"quote": quote} | ({"numeral": printed} if printed in quote else {})  # else told by the row's own check
    found = {k: _length_fault(row[f"{k}_start"], row[f"{k}_end"], words) for k, words in spans.items()}
    if not any(found.values()) and "numeral" in spans and whole(row["quote_start"], row["numeral_start"]):
        at = int(row["numeral_start"]) - int(row["quote_start"])
        ends = quote.count("\n")  # each may be two characters of the text
        if not any(at - n >= 0 and quote.startswith(printed, at - n) for n in range(ends + 1)):
            where = f"{row['numeral_start']}-{row['numeral_end']}"
            found["numeral"] = f"{printed!r} does not stand at {where}, counted from the quote_start, in the quote"
    for name, message in found.items():
        if message:
            yield Fault("figures.csv", row["figure_id"], f"{name}_start", message, FILL)


def misplaced_token(row: dict) -> Iterator[Fault]:
    """The same of a row of set_aside.csv."""
    if message := _length_fault(row["quote_start"], row["quote_end"], row["token"]):
        yield Fault("set_aside.csv", f"line {row['line']}", "quote_start", message, FILL)


def _length_fault(start: str, end: str, words: str) -> str | None:
    """What two offsets and the words between them have against each other; nothing where a cell has its own fault."""
    if "" in (start, end):
        return "there is no offset" if start == "" else "there is no offset at which it ends"
    if not whole(start, end):
        return None
    length = int(end) - int(start)
    if length <= 0:
        return f"it starts at {start} and ends at {end}"
    if not 0 <= length - len(words) <= words.count("\n"):
        return f"{start} to {end} is {length} characters, and the words have {len(words)}"
    return None


def whole(*offsets: str) -> bool:
    """Whether all are offsets: whole numbers, not too long."""
    return all(rules.WHOLE.fullmatch(o) for o in offsets)


# Against the text -----------------------------------------------------------------------------------------------------


def faults(text: Text, figures: list, aside: list) -> Iterator[Fault]:
    """What the article's text has against the rows.

    figures, aside: the rows of figures.csv that stand in the article, and those of set_aside.csv, as dicts of text.
    """
    for row in figures:
        yield from _quoted(text, row)
    for row in aside:
        if not _stands(text, row["quote_start"], row["quote_end"], row["token"]):
            message = f"{row['token']!r} does not stand at {row['quote_start']}-{row['quote_end']}"
            yield Fault("set_aside.csv", f"line {row['line']}", "quote_start", message, FILL)
    yield from _unaccounted(text, figures, aside)


def _quoted(text: Text, row: dict) -> Iterator[Fault]:
    label, quote = row["figure_id"], row["quote"]
    if quote not in text.flat:
        like = likeness(text.flat, quote)
        message = f"the quote does not occur in the article{like and f': {like}'}"
        yield Fault("figures.csv", label, "quote", message, OWN if like else "Copy the words from the article")
        return
    times = text.flat.count(row["prefix"] + quote + row["suffix"])
    if times != 1:
        message = f"prefix, quote and suffix together occur {times} times (the quote {text.flat.count(quote)})"
        remedy = f"Lengthen prefix and suffix until they fit one place, or let them be written: {_COMMAND}"
        yield Fault("figures.csv", label, "quote", message, remedy)
    for name, words in (("quote", quote), ("numeral", row["as_printed"])):
        start, end = row[f"{name}_start"], row[f"{name}_end"]
        if not _stands(text, start, end, words):
            places = [text.at(m.start()) for m in re.finditer(re.escape(words), text.flat)]
            at = f"; it stands at {', '.join(map(str, places[:5]))}{' and elsewhere' * (len(places) > 5)}"
            message = f"{words[:40]!r} does not stand at {start}-{end}{at * bool(places)}"
            yield Fault("figures.csv", label, f"{name}_start", message, FILL)


def _stands(text: Text, start: str, end: str, words: str) -> bool:
    return whole(start, end) and passage.flat(text.raw[int(start) : int(end)]) == words


def _spans(figures: list, aside: list) -> list[passage.Span]:
    """Where the numbers of the figures and the tokens set aside stand, as far as their offsets are numbers."""
    named = [(r["numeral_start"], r["numeral_end"]) for r in figures]
    named += [(r["quote_start"], r["quote_end"]) for r in aside]
    return [(int(a), int(b)) for a, b in named if whole(a, b)]


def _unaccounted(text: Text, figures: list, aside: list) -> Iterator[Fault]:
    spans = _spans(figures, aside)
    for match in numerals.DIGITS.finditer(text.raw):
        if not any(a <= match.start() and match.end() <= b for a, b in spans):
            message = f"{match[0]!r} at {match.start()} is neither a figure nor set aside"
            remedy = "Give it a row in figures.csv or in set_aside.csv"
            yield Fault("set_aside.csv", "", "token", message, remedy)


# Characters that look alike -------------------------------------------------------------------------------------------

_ALIKE = {
    "'": "'‘’‚‛ʼ`´′",
    '"': '"“”„‟«»″',
    "-": "-‐‑‒–—―−",
    " ": " \u00a0\u2007\u2009\u200a\u202f\t\n",
}
_PLAIN = str.maketrans({other: plain for plain, others in _ALIKE.items() for other in others})
_SPELLED = {"\u00a0": "a no-break space", "\n": "a line end", "\t": "a tab", " ": "a plain space"}


def likeness(flat: str, words: str) -> str:
    """What the article has where words have another character that looks like it; empty where that is not all.

    flat: the article's text, with \\n for line ends. words: a quote that does not occur in it.

    >>> likeness("the drivers’ strike", "the drivers' strike")
    "the article has ’ where it has '"
    """
    at = flat.translate(_PLAIN).find(words.translate(_PLAIN)) if words else -1
    if at < 0:
        return ""
    unlike = dict.fromkeys(pair for pair in zip(flat[at:], words, strict=False) if pair[0] != pair[1])
    return "the article has " + ", ".join(f"{_spelled(a)} where it has {_spelled(b)}" for a, b in unlike)


def _spelled(character: str) -> str:
    return _SPELLED.get(character, f"a space (U+{ord(character):04X})" if character.isspace() else character)


# Filling in -----------------------------------------------------------------------------------------------------------


def fill(text: Text, figures: list, aside: list) -> Iterator[Fault]:
    """Write into the rows what the text shows: offsets, prefix and suffix, and the article's own characters.

    figures, aside: as for faults; the rows are changed where a place is certain, and left as they are where it is not:
    then there is a fault that names the places. What is right already stays.
    """
    for row in figures:
        yield from _fill_figure(text, row)
    yield from _fill_aside(text, figures, aside)


def _places(flat: str, words: str) -> list[int]:
    """Where words stand in a text, places that overlap too, none in the middle of a token of digits."""
    found = [m.start() for m in re.finditer(f"(?={re.escape(words)})", flat)] if words else []
    return [at for at in found if not (_joined(flat, at) or _joined(flat, at + len(words)))]


def _joined(flat: str, at: int) -> bool:
    return re.search(r"\d[.,]?$", flat[max(0, at - 2) : at]) is not None and flat[at : at + 1].isdigit()


def _alike(flat: str, words: str) -> list[int]:
    """Where words stand as they are; else where they stand but for characters that look alike."""
    return _places(flat, words) or _places(flat.translate(_PLAIN), words.translate(_PLAIN))


def _fill_figure(text: Text, row: dict) -> Iterator[Fault]:
    quote, flat = row["quote"], text.flat
    whole_ = row["prefix"] + quote + row["suffix"]
    places = [at + len(row["prefix"]) for at in _places(flat, whole_)]
    if len(places) != 1 and (there := _alike(flat, quote)):
        places = [at for at in there if _within(text, row, at)] if len(there) > 1 else there
        places = places if len(places) == 1 else there
    if len(places) != 1:
        yield _unplaced(text, row, "quote", places)
        return
    start, end = places[0], places[0] + len(quote)
    row["quote"] = flat[start:end]
    row["quote_start"], row["quote_end"] = str(text.at(start)), str(text.at(end))
    bare = not (row["prefix"] or row["suffix"])
    if (
        bare
        or flat.count(row["prefix"] + row["quote"] + row["suffix"]) != 1
        or not flat[:start].endswith(row["prefix"])
    ):
        row["prefix"], row["suffix"] = passage.context(flat, start, end)
    yield from _fill_numeral(text, row, start)


def _within(text: Text, row: dict, at: int) -> bool:
    """Whether a quote that would start at a place holds the numeral where its offsets say that it stands."""
    start, end = row["numeral_start"], row["numeral_end"]
    good = _stands(text, start, end, row["as_printed"])
    return good and text.at(at) <= int(start) and int(end) <= text.at(at + len(row["quote"]))


def _fill_numeral(text: Text, row: dict, start: int) -> Iterator[Fault]:
    printed = row["as_printed"]
    places = _alike(row["quote"], printed)
    if len(places) > 1 and _within(text, row, start):
        return
    if len(places) != 1:
        yield _unplaced(text, row, "as_printed", [start + at for at in places])
        return
    a, b = places[0], places[0] + len(printed)
    row["as_printed"] = row["quote"][a:b]
    row["numeral_start"], row["numeral_end"] = str(text.at(start + a)), str(text.at(start + b))


def _unplaced(text: Text, row: dict, column: str, places: list[int]) -> Fault:
    """Why words of a row cannot be placed: they stand nowhere, or at several places, which are named."""
    words = row[column]
    if not places:
        said = f"{words[:40]!r} does not occur in the {'article' if column == 'quote' else 'quote'}"
        return Fault("figures.csv", row["figure_id"], column, said, "Copy the words from the article")
    if column == "quote":
        remedy = "Lengthen the quote, or write some of the words before it into prefix"
    else:
        remedy = "Shorten the quote to one of them, or write where it stands into numeral_start and numeral_end"
    return Fault("figures.csv", row["figure_id"], column, f"{words[:40]!r} {_named(text, words, places)}", remedy)


def _named(text: Text, words: str, places: list[int]) -> str:
    """The places of words, each with the words round it."""
    named = []
    for at in places[:5]:
        around = re.sub(r"\s+", " ", text.flat[max(0, at - 20) : at + len(words) + 20])
        named.append(f"{text.at(at)} (…{around}…)" if len(around) < 90 else str(text.at(at)))
    return f"stands at {', '.join(named)}{' and elsewhere' * (len(places) > 5)}"


def _fill_aside(text: Text, figures: list, aside: list) -> Iterator[Fault]:
    lost = [row for row in aside if not _stands(text, row["quote_start"], row["quote_end"], row["token"])]
    taken = _spans(figures, [row for row in aside if row not in lost])
    for token in dict.fromkeys(row["token"] for row in lost):
        rows = [row for row in lost if row["token"] == token]
        spans = [(text.at(at), text.at(at + len(token))) for at in _places(text.flat, token)]
        free = [(a, b) for a, b in spans if not any(a < d and c < b for c, d in taken)]
        for row, (a, b) in zip(rows, free, strict=False) if len(rows) == len(free) else ():
            row["quote_start"], row["quote_end"] = str(a), str(b)
        for row in rows if len(rows) != len(free) else ():
            where = f"it stands at {', '.join(str(a) for a, _ in free)}" if free else "no row is left for it there"
            message = f"{len(rows)} rows for {token!r}, and {where if spans else 'it does not occur in the article'}"
            remedy = "Write its own offsets into each row, or remove the row" if free else "Remove the row"
            yield Fault("set_aside.csv", f"line {row['line']}", "token", message, remedy)
