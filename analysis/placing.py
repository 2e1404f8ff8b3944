"""Where a case's words stand in the article's text, and what of it can be written into the rows.

Offsets count the code points of the text as it is. Quotes, prefixes and suffixes are as in passage.flat, with
\\n for every line end.
"""

import itertools
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from . import cells, numerals, passage
from .tables import NUMBER, Fault, label

OFFSETS = ("quote_start", "quote_end", "numeral_start", "numeral_end")


class Text(NamedTuple):
    """An article's text: as it is, with \\n for line ends, and what turns an offset of one into the other's.

    at: from flat to raw. back: from raw to flat.
    """

    raw: str
    flat: str
    at: Callable[[int], int]
    back: Callable[[int], int]


def text_of(raw: str) -> Text:
    """The article's text, ready to be looked into. raw: its file, read with newline=""."""
    return Text(raw, passage.flat(raw), *passage.offsets(raw))


def whole(*offsets: str) -> bool:
    """Whether all are offsets: whole numbers, not too long."""
    return all(cells.WHOLE.fullmatch(o) for o in offsets)


def stands(text: Text, start: str, end: str, words: str) -> bool:
    return whole(start, end) and passage.flat(text.raw[int(start) : int(end)]) == words


def spans_of(figures: list, aside: list) -> list[passage.Span]:
    """Where the numbers of the figures and the tokens set aside stand, as far as their offsets are numbers."""
    named = [(r["numeral_start"], r["numeral_end"]) for r in figures]
    named += [(r["quote_start"], r["quote_end"]) for r in aside]
    return [(int(a), int(b)) for a, b in named if whole(a, b)]


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
        yield from fill_figure(text, row)
    yield from fill_aside(text, figures, aside)


def _places(flat: str, words: str) -> Iterator[int]:
    """Where words stand in a text, places that overlap too, none in the middle of a token of digits."""
    at = flat.find(words) if words else -1
    while at >= 0:
        if not (_joined(flat, at) or _joined(flat, at + len(words))):
            yield at
        at = flat.find(words, at + 1)


def _joined(flat: str, at: int) -> bool:
    return re.search(r"\d[.,]?\Z", flat[max(0, at - 2) : at]) is not None and flat[at : at + 1].isdigit()


def _alike(flat: str, words: str, most: int) -> list[int]:
    """Where words stand as they are; else where they stand but for characters that look alike; the first places."""
    there = list(itertools.islice(_places(flat, words), most))
    return there or list(itertools.islice(_places(flat.translate(_PLAIN), words.translate(_PLAIN)), most))


def few(flat: str, row: dict, most: int) -> list[int]:
    """Where a row's quote stands with its prefix and suffix, the first places of it."""
    found = _places(flat, row["prefix"] + row["quote"] + row["suffix"])
    return [at + len(row["prefix"]) for at in itertools.islice(found, most)]


def fill_figure(text: Text, row: dict) -> Iterator[Fault]:
    quote, flat = row["quote"], text.flat
    places = _place(text, row)
    if len(places) != 1:
        yield _unplaced(text, row, "quote", places)
        return
    start, end = places[0], places[0] + len(quote)
    row["quote"] = flat[start:end]
    row["quote_start"], row["quote_end"] = str(text.at(start)), str(text.at(end))
    bare = not (row["prefix"] or row["suffix"])
    if bare or not flat.endswith(row["prefix"], 0, start) or few(flat, row, 2) != [start]:
        row["prefix"], row["suffix"] = passage.context(flat, start, end)
    yield from _fill_numeral(text, row, start)


def _place(text: Text, row: dict) -> list[int]:
    """Where a row's quote starts; several places, the first of them, where it cannot be told, and none without one."""
    flat = text.flat
    if stands(text, row["quote_start"], row["quote_end"], row["quote"]) and row["quote"]:
        start = text.back(int(row["quote_start"]))
        if flat.endswith(row["prefix"], 0, start) and flat.startswith(row["suffix"], start + len(row["quote"])):
            return [start]
    if len(there := few(flat, row, 2)) == 1:
        return there
    there = _alike(flat, row["quote"], 6)
    return there if len(there) < 2 else _round_numeral(text, row) or there


def _round_numeral(text: Text, row: dict) -> list[int]:
    """Where a quote that stands at several places starts, if one of them holds the numeral where its offsets say."""
    if not stands(text, row["numeral_start"], row["numeral_end"], row["as_printed"]):
        return []
    end = text.back(int(row["numeral_end"]))
    first = max(0, end - len(row["quote"]))
    there = [first + at for at in _alike(text.flat[first : end + len(row["quote"])], row["quote"], 9)]
    there = [at for at in there if _within(text, row, at)]
    return there if len(there) == 1 else []


def _within(text: Text, row: dict, at: int) -> bool:
    """Whether a quote that would start at a place holds the numeral where its offsets say that it stands."""
    start, end = row["numeral_start"], row["numeral_end"]
    good = stands(text, start, end, row["as_printed"])
    return good and text.at(at) <= int(start) and int(end) <= text.at(at + len(row["quote"]))


def _fill_numeral(text: Text, row: dict, start: int) -> Iterator[Fault]:
    places = _alike(row["quote"], row["as_printed"], 6)
    if len(places) > 1 and _within(text, row, start):
        return
    spans = [(at, at + len(row["as_printed"])) for at in places] or _reread(text, row, start)
    if len(spans) != 1:
        yield _unplaced(text, row, "as_printed", [start + at for at in places])
        return
    a, b = spans[0]
    row["as_printed"] = row["quote"][a:b]
    row["numeral_start"], row["numeral_end"] = str(text.at(start + a)), str(text.at(start + b))


def _reread(text: Text, row: dict, start: int) -> list[passage.Span]:
    """Where the quote has the number of as_printed in other words, as where a spreadsheet made 1200 of 1,200.

    The number at the row's own offsets, if the row's ends are its; else each that reads as as_printed does.
    """
    quote, told = row["quote"], numerals.read(row["as_printed"])
    found = {span: numerals.read(quote[slice(*span)]) for span in numerals.find(quote)}
    for a, b in found:
        at = (str(text.at(start + a)), str(text.at(start + b)))
        ends = [float(row[c]) if NUMBER.fullmatch(row[c]) else None for c in ("low", "high")]
        good = any(ends) and numerals.agrees(quote[a:b], *ends, row["unit"])
        if at == (row["numeral_start"], row["numeral_end"]) and good:
            return [(a, b)]
    return [span for span, reading in found.items() if told and reading == told]


def _unplaced(text: Text, row: dict, column: str, places: list[int]) -> Fault:
    """Why words of a row cannot be placed: they stand nowhere, or at several places, which are named."""
    words = row[column]
    if not places:
        said = f"{'the quote' if column == 'quote' else repr(words[:40])} does not occur in the "
        said += "article" if column == "quote" else "quote"
        return Fault("figures.csv", label("figures", row), column, said, "Copy the words from the article")
    if column == "quote":
        remedy = "Lengthen the quote, or write some of the words before it into prefix"
    else:
        remedy = "Shorten the quote to one of them, or write where it stands into numeral_start and numeral_end"
    return Fault("figures.csv", label("figures", row), column, f"{words[:40]!r} {_named(text, words, places)}", remedy)


def _named(text: Text, words: str, places: list[int]) -> str:
    """The places of words, each with the words round it."""
    named = []
    for at in places[:5]:
        around = re.sub(r"\s+", " ", text.flat[max(0, at - 20) : at + len(words) + 20])
        named.append(f"{text.at(at)} (…{around}…)" if len(around) < 90 else str(text.at(at)))
    return f"stands at {', '.join(named)}{' and elsewhere' * (len(places) > 5)}"


def fill_aside(text: Text, figures: list, aside: list) -> Iterator[Fault]:
    good = [stands(text, row["quote_start"], row["quote_end"], row["token"]) for row in aside]
    taken = {
        at for a, b in spans_of(figures, itertools.compress(aside, good)) for at in range(a, min(b, len(text.raw)))
    }
    lost: dict[str, list] = {}
    for row in itertools.compress(aside, (not one for one in good)):
        lost.setdefault(row["token"], []).append(row)
    for token, rows in lost.items():
        spans = [(text.at(at), text.at(at + len(token))) for at in _places(text.flat, token)]
        free = [(a, b) for a, b in spans if taken.isdisjoint(range(a, b))]
        for row, (a, b) in zip(rows, free, strict=False) if len(rows) == len(free) else ():
            row["quote_start"], row["quote_end"] = str(a), str(b)
        for row in rows if len(rows) != len(free) else ():
            where = f"it stands at {', '.join(str(a) for a, _ in free[:9])}" if free else "no row is left for it there"
            message = f"{len(rows)} rows for {token!r}, and {where if spans else 'it does not occur in the article'}"
            remedy = "Write its own offsets into each row, or remove the row" if free else "Remove the row"
            yield Fault("set_aside.csv", label("set_aside", row), "token", message, remedy)
