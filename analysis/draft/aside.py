"""Digits and number words that count nothing: dates, ages, clock times, parts of names; each with the reason."""

import re
from collections.abc import Iterator

from .. import numerals, passage

# Digits and words that count nothing, by reason; the first that fits has them. Months are written with a capital.
_NAMES = "January February March April May June July August September October November December"
_MONTH = rf"(?:{_NAMES.replace(' ', '|')}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
_DAY, _YEAR = r"\d{1,2}(?:st|nd|rd|th)?", r"(?:1[5-9]|20)\d\d"
_DAYS = rf"{_DAY}(?:(?:\s?[{numerals.DASHES}]\s?|\s(?:and|to|or)\s){_DAY})?"
_AFTER_IN = "".join(rf"|(?<=\b{word}\s)" for word in "in since until during early late mid".split())[1:]
_COUNTED = (
    r"[\s-](?:(?!(?:was|is|has|as|its|this)\b)[a-z]{2,}s\b|people|men|women|children|[mb]illion)|\s?(?:%|per\s?cent)"
)
_ORDER = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".replace(" ", "|")
_LABELS = (
    r"no\.|article|section|part|chapter|pages?|paragraph|resolution|clause|gate|route|flight|step|figure|table|question|"
    r"item|phase|level|room|highway|platform|season|episode|volume|grade|channel|version|stage|group|day|week"
)
_ONES = "one|two|three|four|five|six|seven|eight|nine|ten"
REASONS = {
    "part of an address on the web": r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|"
    r"(?i:\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|uk|html?)\b(?:/\S*)?)",
    "a telephone number": r"\(\d{2,5}\)[ -]\d{3,4}[ -]\d{3,4}\b|\+\d[\d\u00a0 ()-]{6,}\d|"
    r"\b0\d{2,4}[\u00a0 -]\d{3,4}[\u00a0 -]?\d{3,4}\b|\b\d{3}-\d{3,4}-\d{4}\b",
    "a clock time": r"\b\d{1,2}[:.]\d\d(?::\d\d)?\s?(?:[ap]\.?m\b\.?|GMT|UTC|BST)|"
    r"\b\d{1,2}:\d\d(?::\d\d)?(?!:)|\b\d{1,2}\s?[ap]\.?m\b\.?",
    "a date": rf"{_DAYS}(?:\sof)?\s{_MONTH}(?:,?\s{_YEAR})?(?!\w)|\b{_MONTH}\s{_DAYS}(?:,?\s{_YEAR})?(?![\w,]*\d)|"
    rf"\b{_MONTH},?\s{_YEAR}|\d{{4}}-\d\d-\d\d|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}}|\b9/11|\b24/7",
    "an age": r"(?i:\baged?\s(?:between\s)?\d{1,3}(?:\s?(?:[-–‑‒−]|to|and)\s?\d{1,3})?)(?!\s?%)|"
    r"\b(?:\d{1,3}|[a-z]+)-(?:year|month|week|day)s?-olds?\b|\b\d{1,3}\s(?:years?|months?)\sold\b|"
    r"(?<=[^\W\d_],\s)\d{2}(?=,\s)|(?<=[^\W\d_]\s\()\d{2}(?=\))",
    "a year": rf"(?<![$£€])(?:(?:{_AFTER_IN}){_YEAR}|{_YEAR}(?!s?{_COUNTED}))"
    rf"(?:s\b|\s?[{numerals.DASHES}/]\s?(?:{_YEAR}|\d\d)\b)?|['’]\d0s\b",
    "a number of a list": r"(?m:^[ \t\u00a0]*(?:\(\d{1,3}\)|\d{1,3}[.)])(?=\s))",
    "a number in a name, of a part, a place or a rule": rf"\b(?i:{_LABELS})\s(?:\d{{1,4}}[a-z]?\b|(?i:{_ONES})\b)|"
    rf"\b\d{{1,4}}[a-z]?\s(?:{passage.CAPITAL}\w+\s){{1,2}}(?:Street|Road|Avenue|Lane|Square|Drive|Way)\b",
    "a place in an order, not a quantity": r"\b(?:\d+(?:st|nd|rd|th)|"
    rf"(?i:(?:{'|'.join(numerals.TENS)})-(?:{_ORDER})|(?:{_ORDER})(?:\s(?:half|one))?(?!s)))\b",
    "a way of speaking: it counts nothing": r"\b(?i:"
    r"(?:no|any|every|each|this|that|the|which|last|next|other|another)\sone|one\s(?:of|another|day|by\sone)|one-off|(?:other|better)\shalf|"
    r"one(?=(?:['’]s|\s(?:is|was|can|could|would|should|must|may|who|and\sonly|or\sanother))\b))\b",
}
_SET_ASIDE = re.compile(
    "|".join(rf"(?P<r{n}>(?<!\d)(?<!\d[.,])(?:{pattern})(?![.,]?\d))" for n, pattern in enumerate(REASONS.values()))
)
_SHARES = (
    rf"{numerals.PART}|(?:an?|{_ONES})[\s-](?:{_ORDER})s?(?=\sof\b)|"
    rf"(?:two|three|four|five|six|seven)[\s-](?:{_ORDER})s\b"
)


def find(text: str) -> Iterator[tuple[int, int, str]]:
    """What counts nothing in a text, in its order: (start, end, reason), code points, end exclusive.

    >>> list(find("At 7 a.m. on 3 May the 2nd bus left."))
    [(3, 9, 'a clock time'), (13, 18, 'a date'), (23, 26, 'a place in an order, not a quantity')]
    """
    reasons = list(REASONS)
    shares = [match.span() for match in re.finditer(_SHARES, text, re.IGNORECASE)]
    for match in _SET_ASIDE.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end in shares):
            yield match.start(), match.end(), reasons[int(match.lastgroup[1:])]


def left(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    """The tokens of digits that stand in none of the spans, as find() gives them.

    >>> list(left("F-16 and 12", [(9, 11)]))
    [(2, 4, 'part of a word, a name, a code or a score')]
    """
    spans, at = sorted(spans), 0
    for token in numerals.DIGITS.finditer(text):
        while at < len(spans) and spans[at][1] <= token.start():
            at += 1
        if at == len(spans) or token.end() <= spans[at][0]:
            long = len(token[0]) > 15
            yield *token.span(), "too long for a number" if long else "part of a word, a name, a code or a score"
