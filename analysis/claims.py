"""Numerals and dates in a sentence of ours, held against the rows on which it rests, and its workings worked out.

A number stands in the rows, or a working of the sentence makes it of numbers that do: 444 ÷ 7 = 63.4; 3 + 4 is 7;
158 is more than 120; 30 lies between 27 and 31. After about, a number may be rounded, to two digits or more.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from . import numerals

_NUMBER = r"(?<![\w.,])£?\d[\d,]*(?:\.\d+)?(?: (?:million|billion)\b|m\b|bn\b)?(?![\w])"
_N = rf"({_NUMBER})"
_SUM = re.compile(rf"{_NUMBER}(?: [÷×+−] {_NUMBER})+ (?:=|is|is about|comes to|makes) {_NUMBER}(?: percent)?")
_COMPARED = re.compile(rf"{_N} (?:is|are) (more|less|fewer) than {_N}")
_BETWEEN = re.compile(rf"{_N} (?:is|lies) between {_N} and {_N}")
_ABOUT = re.compile(r"\b(?:about|around|roughly|nearly|almost|some)\s$", re.IGNORECASE)
CALENDAR = frozenset(map(float, (7, 12, 28, 29, 30, 31, 52, 100, 365, 366)))  # of a week, a month, a year; of percent

_NAMES = "January February March April May June July August September October November December".split()
_DAYS = r"(\d{1,2})(?:st|nd|rd|th)?"
_DATE = re.compile(
    rf"(?:{_DAYS}(?: (?:to|and) {_DAYS})? )?\b({'|'.join(_NAMES)})\b(?: (\d{{4}}))?"
    r"|(?<![\d,.])((?:19|20)\d\d)(?![\d,.]\d|\d)"
)


def value(token: str) -> float:
    """A numeral's value: value("1,268") is 1268.0, value("7.6 million") 7600000.0."""
    read = numerals.read(token)
    return float(read.low) if read else float("nan")


def found(text: str) -> list[tuple[str, int]]:
    """The numerals of a text that are no dates, each with its place.

    >>> [token for token, _ in found("From 10 to 16 February 2016 it was 1,268, or 7.6 million.")]
    ['1,268', '7.6 million']
    """
    bare = _DATE.sub(lambda m: " " * len(m[0]), text)
    return [(m[0].rstrip(","), m.start()) for m in re.finditer(_NUMBER, bare)]


def dates(text: str) -> list[str]:
    """The dates that a text names, as far as it does: 2016-02-10, 2016-02, 2016; --02 for a month without a year.

    >>> dates("from 10 to 16 February 2016"), dates("in May"), dates("by 2017")
    (['2016-02-10', '2016-02-16'], ['--05'], ['2017'])
    """
    made = []
    for first, last, month, year, alone in (m.groups() for m in _DATE.finditer(text)):
        stem = f"{year or '-'}-{_NAMES.index(month) + 1:02d}" if month else alone
        made += [f"{stem}-{int(day):02d}" for day in (first, last) if day] or [stem]
    return made


def dated(date: str, known: Iterable[str]) -> bool:
    """Whether a date of a text is one of those known, as far as the text writes it, and no nearer than they are.

    >>> dated("2016-02", ["2016-02-10"]), dated("--05", ["2014-05"]), dated("2016-02-11", ["2016-02"])
    (True, True, False)
    """
    wanted = date.lstrip("-") if date.startswith("-") else date
    if date.startswith("-"):
        return any(one[5 : 5 + len(wanted)] == wanted for one in known)
    return any(one[: len(date)] == date for one in known)


def worked(text: str, known: set[float], asked: set[float] | frozenset = frozenset()) -> tuple[set[float], list[str]]:
    """(the numbers in the workings of a text that are made of known ones, what is wrong with its workings).

    text: of the reason. known: the numbers that stand in the rows; those of the calendar are always known. asked: those
    of the sentence that is judged, with which known ones may be compared.

    >>> sorted(worked("444 ÷ 7 = 63.4. 63.4 is more than 60.", {444.0}, {60.0})[0])
    [7.0, 60.0, 63.4, 444.0]
    >>> worked("444 ÷ 7 = 64.3", {444.0})[1]
    ['444 ÷ 7 is 63.4, not 64.3']
    """
    made: set[float] = set()
    wrong: list[str] = []
    for match in _SUM.finditer(text):
        made, wrong = _add(_sum(match[0], known | made | CALENDAR), made, wrong)
    for pattern in (_COMPARED, _BETWEEN):
        for match in pattern.finditer(text):
            made, wrong = _add(_relation(match, known | made, asked), made, wrong)
    return made, wrong


def _add(outcome: tuple[set[float], str], made: set[float], wrong: list[str]) -> tuple[set[float], list[str]]:
    numbers, message = outcome
    return made | numbers, [*wrong, message] if message else wrong


def _sum(text: str, known: set[float]) -> tuple[set[float], str]:
    """What one working shows: ({its result and what it is made of}, "") or (nothing, what is wrong)."""
    tokens = [m[0].rstrip(",") for m in re.finditer(_NUMBER, text)]
    *operands, result = tokens
    unknown = [token for token in operands if value(token) not in known]
    if unknown:
        return set(), f"{unknown[0]} of a working is in none of the rows"
    total = value(operands[0])
    for sign, token in zip(re.findall(r" ([÷×+−]) ", text), operands[1:], strict=True):
        total = _do(total, sign, value(token))
    by = 100 if text.endswith("percent") else 1
    if agrees(result, total * by) or agrees(result, total):
        return {*map(value, tokens)}, ""
    left = re.split(r" (?:=|is|comes|makes) ", text)[0]
    return set(), f"{left} is {round(total, 1):g}, not {result}"


def _do(a: float, sign: str, b: float) -> float:
    if sign == "÷":
        return a / b if b else float("nan")
    return a * b if sign == "×" else a + b if sign == "+" else a - b


def _relation(match: re.Match, known: set[float], asked: set[float] | frozenset) -> tuple[set[float], str]:
    """What a comparison makes known: a number that is asked for, where the others are known and it is true."""
    tokens = [t.rstrip(",") for t in match.groups() if t not in ("more", "less", "fewer")]
    numbers = [value(t) for t in tokens]
    if len(numbers) == 3:
        true = numbers[1] <= numbers[0] <= numbers[2]
    else:
        true = numbers[0] > numbers[1] if match[2] == "more" else numbers[0] < numbers[1]
    strange = [token for token, number in zip(tokens, numbers, strict=True) if number not in known | asked]
    if strange or not known & set(numbers):
        return set(), f"{(strange or tokens)[0]} is neither in the rows nor in the use"
    return (set(numbers), "") if true else (set(), f"it is not so that {match[0]}")


def agrees(token: str, number: float) -> bool:
    """Whether a numeral is a number as far as it is written: agrees("63.4", 63.43), agrees("7.6 million", 7624600)."""
    read, step = value(token), _step(token)
    return abs(read - number) <= step / 2 * (1 + 1e-9)


def _step(token: str) -> float:
    """The size of a numeral's last written digit; of one that ends in zeros that of a unit, for they may be meant."""
    digits, _, scale = token.replace(",", "").lstrip("£").partition(" ")
    digits, letter = (digits.rstrip("mbn"), digits[-1]) if digits[-1] in "mn" else (digits, "")
    exponent = Decimal(digits).as_tuple().exponent
    factor = {"million": 1e6, "m": 1e6, "billion": 1e9, "n": 1e9}.get(scale or letter, 1.0)
    return float(10.0 ** int(exponent)) * factor


def known_as(token: str, before: str, known: set[float]) -> bool:
    """Whether a numeral is a known number, or one rounded to two digits or more, where the words before it say about.

    >>> known_as("63", "about ", {63.43}), known_as("63", "", {63.43}), known_as("60,000", "about ", {59_597.0})
    (True, False, True)
    """
    number = value(token)
    if number in known:
        return True
    if not _ABOUT.search(before) or not number:
        return False
    written = len(token.replace(",", "").lstrip("£").split(" ")[0].rstrip("mbn").replace(".", "").strip("0"))
    return any(_rounded(one, max(2, written)) == number for one in known)


def _rounded(number: float, digits: int) -> float:
    return float(f"{number:.{digits - 1}e}")


def unknown(text: str, known: set[float], days: Iterable[str]) -> Iterator[str]:
    """The numerals and dates of a text that are neither known nor rounded, as they are written.

    >>> list(unknown("In May 2016 about 63 of 444, or 64.", {63.43, 444.0}, ["2016-05"]))
    ['64']
    """
    for token, at in found(text):
        if not known_as(token, text[:at], known):
            yield token
    days = list(days)
    yield from (said(date) for date in dates(text) if not dated(date, days))


def in_words(text: str, known: set[float]) -> Iterator[str]:
    """The tens in words, and the parts of ten, that are no known number: of parts of ten the percent is known.

    >>> list(in_words("About seventy flew; six in ten came back, seven in ten late.", {60.0}))
    ['seventy', 'seven in ten']
    """
    tens, ones = "|".join(numerals.TENS), "|".join(numerals.ONES)
    for match in re.finditer(rf"\b(?:({tens})(?:-({ones}))?|({ones}) in ten)\b", text, re.IGNORECASE):
        ten, one, part = ((words or "").lower() for words in match.groups())
        number = 10 * numerals.ONES[part] if part else numerals.TENS[ten] + numerals.ONES.get(one, 0)
        if float(number) not in known and not (part and 100.0 - number in known):
            yield match[0]


def said(date: str) -> str:
    """A date of dates() in words: said("2016-02-10") is 10 February 2016, said("--05") May."""
    parts = date.lstrip("-").split("-")
    year, month, day = [*([""] if date.startswith("-") else []), *parts, "", ""][:3]
    return " ".join(filter(None, [day and str(int(day)), month and _NAMES[int(month) - 1], year]))


def numbers_in(text: str) -> set[float]:
    """The values of a text's numerals, dates left out."""
    return {value(token) for token, _ in found(text)}
