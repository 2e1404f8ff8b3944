"""One row for each number of a text: its sentence, its place, its value, its hedges, its noun, who says it."""

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from .. import numerals, passage
from ..schema import DRAFT, TABLES, UNKNOWN
from . import aside, noun

Row = dict[str, str]
OFFSETS = ("quote_start", "quote_end", "numeral_start", "numeral_end")
_LETTER = re.compile(r"[^\W\d_]")

# What hedges a number, by schema's word for it; before the number, and after it or its noun.
HEDGES = {
    "for example": r"for example|for instance|let['’]s say|say",
    "average": r"(?:an |the )?average|averaging|on average|an? mean",
    "estimated": r"(?:an )?estimated|estimates?|an estimate",
    "at least": r"at least|(?:no|not) (?:fewer|less) than|a minimum|as few as",
    "at most": r"at most|(?:no|not) more than|a maximum",
    "up to": r"up to|as many as|as much as",
    "more than": r"(?:well |just |slightly )?over|more than|upwards|above|in excess|exceeding",
    "fewer than": r"(?:well )?under|fewer than|less than|below",
    "nearly": r"nearly|almost|close to|just under|approaching",
    "between": r"between",
    "exactly": r"exactly|precisely",
    "about": r"about|around|some|approximately|approx\.|roughly|circa|c\.|perhaps|maybe|~",
}
_AFTERWARDS = {
    "about": r"or so|or thereabouts",
    "at least": r"or more|at least|\+",
    "at most": r"or (?:fewer|less)|at most",
    "average": r"on average",
    "estimated": r"estimated",
}
_FAR = {
    "about": "approximate",
    "estimated": "estimated",
    "average": "average",
}  # "the approximate number of them is 80"


def _alternatives(words: Mapping[str, str]) -> str:
    parts = sorted((part for pattern in words.values() for part in re.split(r"\|(?![^(]*\))", pattern)), key=len)
    return "|".join(reversed([part.replace(" ", r"\s+") for part in parts]))


_BEFORE = re.compile(rf"(?<![\w-])(?:(?:{_alternatives(HEDGES)}),?\s*(?:\b(?:of|an?|another|as)\s+)*)+$", re.IGNORECASE)
_AFTER = re.compile(rf"\s*(?:{_alternatives(_AFTERWARDS)})(?!\w)", re.IGNORECASE)
_NUMBER_OF = re.compile(
    r"\b(?:(?P<how>approximate|estimated|average)\s+)?(?:number|figure|total)\s+of\s(?=[^0-9]*$)", re.IGNORECASE
)

_SAYING = (
    r"(?:said|says|told|added|announced|reported|claimed|claims|warned|estimated|estimates|confirmed|stated|wrote)"
)
_NAME = (
    r"(?!(?:The|He|She|They|It|We|I|You|A|An|And|But|In|On|At|As|This|That|There|Some|[A-Z]\w+day)\b)"
    rf"(?:{passage.CAPITAL}\.\s)*{passage.CAPITAL}[\w\u0300-\u036f’'-]*"
    rf"(?:\s(?:(?:of|the|for|de|van|bin)\s)*(?:{passage.CAPITAL}\.|(?:St|Jr|Sr|Dr)\.|{passage.CAPITAL}[\w\u0300-\u036f’'-]*))*"
)
_SAID = re.compile(
    rf"(?P<before>{_NAME})(?:\s(?:also|later|then|has|had))?\s{_SAYING}\b"
    rf"|(?:\b{_SAYING}|\b[Aa]ccording\sto)\s(?:the\s)?(?P<after>{_NAME})"
)
_CUE = re.compile(rf"\b(?:{_SAYING}|according\s+to|reportedly)\b", re.IGNORECASE)


def read(text: str, source_id: str = "article", coded_on: str = UNKNOWN) -> tuple[list[Row], list[Row]]:
    """The numbers of a text as rows of figures.csv, and those that count nothing as rows of set_aside.csv.

    text: an article as it stands in its file, read with newline="". source_id: the article's, for every row.
    coded_on: the day, YYYY-MM-DD. Returns (figures, set_aside), dicts of text with the columns of schema.TABLES, in
    the order of the text. Each number stands in one of the two once, and so does each token of digits. Offsets are
    code points of the text, end exclusive. Nothing is raised; what cannot be read is set aside with that reason.

    >>> figures, aside = read("Police said on 3 May that some 1,500 buses stood still.")
    >>> [(row["as_printed"], row["low"], row["hedge"], row["unit"], row["said_by"]) for row in figures]
    [('1,500', '1500', 'about', 'buses', 'Police')]
    >>> [(row["token"], row["reason"]) for row in aside]
    [('3 May', 'a date')]
    """
    (raw, _), text = passage.offsets(text), passage.flat(text)
    idle = list(aside.find(text))
    rows, places, place = [], iter(_places(text)), None
    for span in numerals.find(_blanked(text, idle)):
        while place is None or place.sentence[1] <= span[0]:
            place, before = next(places), ""
        line = (text.rfind("\n", 0, span[0]) + 1, (text.find("\n", span[1]) + 1 or len(text) + 1) - 1)
        if not _LETTER.search(text, *line):
            idle.append((*span, "it stands alone on its line: page furniture"))
        else:
            rows.append(_figure(text, place, span, before))
            unit = rows[-1]["unit"]
            before = "" if unit == "1" else before if unit == "percent" else unit  # a share is of what was counted
    spans = [(int(row["numeral_start"]), int(row["numeral_end"])) for row in rows]
    idle += aside.left(text, [*spans, *(one[:2] for one in idle)])
    common = {"source_id": source_id, "coder": DRAFT, "coded_on": coded_on}
    for row in rows:
        row |= common | {c: str(raw(int(row[c]))) for c in OFFSETS}
    figures = _named([dict.fromkeys(TABLES["figures"], "") | row for row in rows])
    return figures, [
        {
            "token": text[a:b],
            "quote_start": str(raw(a)),
            "quote_end": str(raw(b)),
            "reason": why,
            "source_id": source_id,
        }
        for a, b, why in sorted(idle)
    ]


def _blanked(text: str, idle: list[tuple[int, int, str]]) -> str:
    """The text with NUL for what is set aside and for what stands between two sentences: no number goes across."""
    blank, sentences = list(text), [one for one, _ in passage.sentences(text)]
    gaps = [(one[1], another[0]) for one, another in itertools.pairwise(sentences)]
    for start, end in [*gaps, *(one[:2] for one in idle)]:
        blank[start:end] = "\0" * (end - start)
    return "".join(blank)


class _Place(NamedTuple):
    """A sentence, what its paragraph has between quotation marks, and who is named in both as speaking."""

    sentence: passage.Span
    quotations: list[passage.Span]
    speaker: str
    speaker_of_quotations: str


def _places(text: str) -> Iterator[_Place]:
    paragraph = None
    for sentence, within in passage.sentences(text):
        if within != paragraph:
            paragraph, quoted = within, passage.quotations(text, within)
            speaker = _speaker(text, within, quoted)
        yield _Place(sentence, quoted, _speaker(text, sentence, quoted), speaker)


def _named(figures: list[Row]) -> list[Row]:
    """The rows with an id each, of the noun and the printed number; a number after it where that is taken."""
    times: Counter[str] = Counter()
    for row in figures:
        unit, printed = row["unit"].partition("/")[0], re.sub(r"(?<=[0-9])[.,](?=[0-9]{3})", "", row["as_printed"])
        base = slug(f"{'number' if unit == '1' else unit} {printed}")
        base = base if base[:1].isalpha() else f"number-{base}".rstrip("-")
        name = base
        while times[name]:
            times[base] += 1
            name = f"{base}-{times[base]}"
        times[name] += 1
        row["figure_id"] = name
    return figures


def slug(text: str) -> str:
    """A text as an id's words: ASCII, lower case, joined by hyphens; empty where nothing of it is a letter or digit.

    >>> slug("Café strike, 7.6 million")
    'cafe-strike-7-6-million'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _figure(text: str, place: _Place, span: passage.Span, before: str) -> Row:
    """The row of the number at span, without its id; before: the unit of the number before it in the sentence."""
    sentence, printed = place.sentence, text[slice(*span)]
    reading = numerals.read(printed)
    unit, printed_noun = noun.unit_of(text, span, sentence, reading, before)
    hedges, words, core = _hedges(text, sentence, span, printed_noun)
    while_ = words.lower() == "over" and unit in noun.TIMES
    hedges, words = ([], "") if while_ else (hedges, words)
    quoted = next((q for q in place.quotations if q[0] <= span[0] and span[1] <= q[1]), None)
    start, end = passage.clause(text, _within(sentence, quoted, text), core)
    prefix, suffix = passage.context(text, start, end)
    unsaid = "measure subject place period_start period_end counted_by count_origin".split()
    return dict.fromkeys(unsaid, UNKNOWN) | {
        "quote": text[start:end],
        "prefix": prefix,
        "suffix": suffix,
        "quote_start": str(start),
        "quote_end": str(end),
        "as_printed": printed,
        "numeral_start": str(span[0]),
        "numeral_end": str(span[1]),
        **_ends(reading, hedges),
        "hedge": ";".join(hedges),
        "hedge_as_printed": words,
        "unit": unit,
        "unit_as_printed": text[slice(*printed_noun)],
        "basis": "rate" if "/" in unit else UNKNOWN,
        "said_by": place.speaker_of_quotations if quoted else place.speaker,
        "channel": "direct quote" if quoted else "indirect speech" if _CUE.search(text, *sentence) else "document",
        "caveat": "“over” is read as during; it may mean more than." if while_ else _caveat(printed, reading),
    }


def _within(sentence: passage.Span, quoted: passage.Span | None, text: str) -> passage.Span:
    """The part of a sentence that stands between quotation marks, where the number does; else all of it."""
    if not quoted:
        return sentence
    start, end = max(sentence[0], quoted[0]), min(sentence[1], quoted[1])
    return start, start + len(text[start:end].rstrip(", "))


def _ends(reading: numerals.Reading, hedges: list[str]) -> Row:
    """low and high as cells: an end that a hedge leaves open is empty."""
    low, high = reading.low, reading.high
    if {"more than", "at least"} & set(hedges):
        high = None
    elif {"up to", "at most", "fewer than"} & set(hedges) and high is not None:
        low = None
    return {"low": _cell(low), "high": _cell(high)}


def _cell(value: float | None) -> str:
    return "" if value is None else f"{value:.10f}".rstrip("0").rstrip(".")


def _hedges(
    text: str, sentence: passage.Span, span: passage.Span, after: passage.Span
) -> tuple[list[str], str, passage.Span]:
    """(schema's words, the printed words, the span from the first of them to the noun's end)."""
    found, start, end = {}, span[0], max(span[1], after[1])
    before = _BEFORE.search(text[: span[0]], max(sentence[0], span[0] - 80))
    if before:
        start = before.start()
        found[before[0].strip()] = HEDGES
    elif (far := _NUMBER_OF.search(text[: span[0]], sentence[0])) and far["how"]:
        start = far.start()
        found[far["how"]] = _FAR
    for at in dict.fromkeys((span[1], after[1] or span[1])):
        if late := _AFTER.match(text, at, sentence[1]):
            end = max(end, late.end())
            found[late[0].strip()] = _AFTERWARDS
    named = [w for printed, table in found.items() for w in _in_order(printed, table)]
    return list(dict.fromkeys(named)), " ... ".join(found), (start, end)


def _in_order(printed: str, table: Mapping[str, str]) -> Iterator[str]:
    """Schema's words for printed hedges, in their order; of two that fit at a place the longer."""
    at = 0
    while at < len(printed):
        matches = [
            (m.end(), w) for w, p in table.items() if (m := re.compile(rf"(?:{p})(?!\w)", re.I).match(printed, at))
        ]
        end, word = max(matches, default=(0, ""))
        if word:
            yield word
        at = max(end, at + 1)


def _caveat(printed: str, reading: numerals.Reading) -> str:
    """What a person has to look at first, because the words can be read in two ways."""
    if reading.high is None:
        return "A bare plural is read as at least that many: a convention."
    if re.search(r"(?<![\d.,])[1-9]\d{0,2}\.\d{3}(?![\d.,])", printed) and reading.low >= 1000:
        return "The point is read as a mark between thousands; it may be a decimal point."
    if re.fullmatch(r"[^$£€¥₹]*\dm", printed, re.IGNORECASE):
        return "The letter m is read as million."
    return ""


def _speaker(text: str, within: passage.Span, quoted: list[passage.Span]) -> str:
    """Who is plainly named as saying it, outside quotation marks and alone; else unknown."""
    named = {
        (m["before"] or m["after"]).rstrip(".,’'")
        for m in _SAID.finditer(text, *within)
        if not any(a <= m.start() < b for a, b in quoted)
    }
    return re.sub(r"\s+", " ", named.pop()) if len(named) == 1 else UNKNOWN
