"""What a printed number says: digits, words, ranges, lists and shares in English text, found and read.

Finding and reading use one grammar, so that what is found can be read. `check` reads every `as_printed` again with it,
and `draft` finds a text's numbers with it. Pure functions of text; nothing is estimated but what a bare plural means.
"""

import math
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple


class Reading(NamedTuple):
    """A number as it is printed: its ends (None: open), and `percent` as unit where it is a share."""

    low: float
    high: float | None
    unit: str = ""


def _numbered(text: str, first: int, step: int = 1) -> dict[str, int]:
    return {word: first + step * n for n, word in enumerate(text.split())}


ONES = _numbered("one two three four five six seven eight nine", 1)
_TEENS = _numbered("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen", 10)
TENS = _numbered("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10)
_SMALL = {"zero": 0} | ONES | _TEENS | TENS
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_LETTERS = {"k": 1000, "m": 10**6, "mn": 10**6, "mln": 10**6, "b": 10**9, "bn": 10**9, "tn": 10**12}
_SHORT = _LETTERS | {"dozen": 12} | _SCALES
# A bare plural says "at least that many": a convention, and "thousands" may well mean two thousand or more.
_PLURALS = {"tens": 10, "dozens": 12, "scores": 20} | {f"{word}s": value for word, value in _SCALES.items()}
_PARTS = {"half": 2, "halve": 2, "third": 3, "quarter": 4} | _numbered("fifth sixth seventh eighth ninth tenth", 5)


def _any(words: dict[str, int]) -> str:
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


_SPACE = "[ \u00a0\u2007\u2009\u202f]"  # a space of any width, but no line's end
_S = rf"(?:{_SPACE}|\s+)"
_SMALL_WORD = rf"(?:{_any(TENS)}(?:[ -]{_any(ONES)})?|{_any(_SMALL)})"
_SCALED = rf"(?:(?:{_SMALL_WORD}|an?){_S}and{_S}a{_S}half|half{_S}an?|{_SMALL_WORD}|an?)(?:[\s-]{_any(_SCALES)}){{1,3}}"
_DIGITS = rf"(?:\d{{1,3}}(?:{_SPACE}\d{{3}}){{1,5}}(?!{_SPACE}?\d|[.,]\d)|\d+(?:[.,]\d+)*)"
# "A third" is a share before "of", and after a hedge or a rise; else it may be a place in an order. "One third" is one.
_PARTED = "(?:third|quarter|fifth|sixth|seventh|eighth|ninth|tenth)"
_LED = (
    "roughly about around nearly almost some approximately over than least most only just to under by rose fell grew "
    "up down"
).split()
PART = (
    "(?:"
    + "|".join(
        [
            rf"an?[\s-]{_PARTED}(?={_S}of\b|$)",
            rf"one[\s-]{_PARTED}\b(?!-)",
            *(rf"(?<=\b{w}\s)an?[\s-]{_PARTED}\b(?![\s-](?:time|year|party|round)|-)" for w in _LED),
        ]
    )
    + ")"
)
_VULGAR = dict(
    zip("½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞", (50, 33.3, 66.7, 25, 75, 20, 40, 60, 80, 16.7, 83.3, 12.5, 37.5, 62.5, 87.5), strict=True)
)
DASHES = "-–‑‒−"
_FORMS = (
    rf"(?:\d{{1,3}}{_SPACE}?)?[{''.join(_VULGAR)}](?:(?:{_SPACE}|-)?{_any(_SCALES)}(?![^\W\d_]))?",
    rf"{_any(_PLURALS)}(?:{_S}of{_S}{_any(_PLURALS)})?(?:(?<!tens)(?<!scores)|(?={_S}of\b)|$)",  # she scores
    rf"(?:several|a{_S}few|few|many|a{_S}couple{_S}of){_S}(?:dozen|{_any(_SCALES)})",
    rf"{_SCALED}(?:(?:(?:(?<=hundred)|(?<=thousand)){_S}and{_S}|{_S}){_SMALL_WORD}(?:[\s-]{_any(_SCALES)}){{0,3}}){{0,6}}",
    rf"(?:{_SMALL_WORD}|an?){_S}dozen",
    rf"(?:two|three|four|five|six|seven|eight|nine)[\s-](?:thirds|quarters|{_any(_PARTS)}s)",
    PART,
    "half(?!-)",
    _SMALL_WORD,
    rf"(?:[-−]|minus{_S})?(?:(?:US)?[$£€¥₹]{_SPACE}?)?{_DIGITS}(?:(?:{_SPACE}|-)?{_any(_SHORT)}(?![^\W\d_]))?",
)
_ONE = "(?:" + "|".join(_FORMS) + ")"
_BETWEEN = rf"(?:\s?[{DASHES}]\s?|—|{_S}(?:to|or){_S})"
_LIST = rf"{_SMALL_WORD}(?:,{_S}{_SMALL_WORD}){{1,8}}(?:,?{_S}(?:and|or){_S}{_SMALL_WORD})?"
_SHARE = rf"(?:{_SMALL_WORD}|\d+){_S}(?:in|out{_S}of)(?:{_S}every)?{_S}(?:{_SMALL_WORD}|\d+)"
# Letters and digits touching a number make it part of a name or a code; of units, the short ones may touch it.
_BEFORE = r"(?<![\w.,/:#@+-])(?<!\d['’])"
_AFTER = r"(?:(?![\w/@])|(?=(?:km|kg|cm|mm|mph|kph|ft|lb|g|m|[kMG]W|°)\b))(?![.,:]\d|-\d|['’]\d)"
DIGITS = re.compile(r"\d+(?:[.,]\d+)*")  # a token of digits: each one of a text is a figure's or set aside
_TIME = rf"{_S}(?:second|minute|hour|day|week|month|year|decade)s?\b"


def _pattern(inside: str) -> re.Pattern[str]:
    return re.compile(rf"{_BEFORE}(?:{inside}){_AFTER}", re.IGNORECASE)


_HEAD = re.compile(rf"{_BEFORE}(?:{_ONE})", re.IGNORECASE)
_SINGLE, _RANGE = _pattern(_ONE), _pattern(rf"(?P<a>{_ONE}){_BETWEEN}(?P<b>{_ONE})")
_SPAN = _pattern(rf"(?P<a>{_ONE}){_S}and{_S}(?P<b>{_ONE})")
_LISTS, _SHARES = _pattern(_LIST), _pattern(rf"{_SHARE}(?!{_TIME})")


def find(text: str) -> Iterator[tuple[int, int]]:
    """The places of the numbers in a text, each once, in order; ranges and lists of words are one number.

    text: any text. Yields (start, end), code points, end exclusive, the currency sign included and the noun left out.
    Dates, clock times and other digits that count nothing are found too: `draft` sets them aside before.

    >>> text = "Between 70 and 120 people, two or three dogs, £7.6 million, nearly half of it."
    >>> [text[a:b] for a, b in find(text)]
    ['70 and 120', 'two or three', '£7.6 million', 'half']
    """
    at = 0
    while head := _HEAD.search(text, at):
        whole = next(_readable(text, head.start()), None)
        if whole:
            yield whole.span()
        at = (whole or head).end()


def _readable(text: str, start: int) -> Iterator[re.Match[str]]:
    """The numbers that begin at start, widest first."""
    before = text[max(0, start - 20) : start].lower()
    patterns = [_LISTS, _SHARES]
    if re.search(r"\bbetween\s+(?:\w+\s+)?$", before):
        patterns.append(_SPAN)
    if not re.search(r"\bfrom\s+(?:\w+\s+)?$", before):  # "from 2 to 5" may be a rise: two numbers
        patterns.append(_RANGE)
    for pattern in [*patterns, _SINGLE]:
        match = pattern.match(text, start)
        reading = read(match[0]) if match else None
        if reading and (pattern not in (_SPAN, _RANGE) or reading.low < reading.high):
            yield match


def read(printed: str) -> Reading | None:
    """The number that printed words say.

    printed: the number alone, as a row's as_printed has it. Returns a Reading: low and high in ones, equal for a
    point; high None where the words leave it open (a bare plural: a convention). A share of something has the unit
    percent. None where the words are not understood, among them other languages' and numbers of over 15 digits.

    >>> read("two, three, five")
    Reading(low=2.0, high=5.0, unit='')
    >>> read("7.6 million").high, read("Thousands").high, read("80.000").low
    (7600000.0, None, 80000.0)
    >>> read("one in five")
    Reading(low=20.0, high=20.0, unit='percent')
    >>> read("23 тысяч") is None
    True
    """
    if _SHARES.fullmatch(printed):
        part, whole = (_single(word) for word in re.split(r"\s+(?:in|out\s+of)(?:\s+every)?\s+", printed.lower()))
        good = part and whole and part.low < whole.low <= 1000
        return Reading(*[100 * part.low / whole.low] * 2, "percent") if good else None
    if _LISTS.fullmatch(printed):
        several = [_single(word).low for word in re.split(r",?\s+(?:and|or)\s+|,\s+", printed.lower())]
        return Reading(min(several), max(several))
    if match := _SINGLE.fullmatch(printed):
        return _single(match[0])
    if match := _RANGE.fullmatch(printed) or _SPAN.fullmatch(printed):
        return _range(match["a"], match["b"])
    return None


def _range(first: str, last: str) -> Reading | None:
    """Both ends of a range; a scale that only the second end has belongs to both: 6-7 million."""
    high = _single(last)
    scale = re.search(rf"[\s-]?(?P<word>{_any(_SHORT)})$", last, re.IGNORECASE)
    bare = re.fullmatch(r"\D?\d+(?:[.,]\d{1,2})?|[a-z-]+", first, re.IGNORECASE) and not _scale(first)
    if scale and bare and not re.search(r"\d", first) and scale["word"].lower() in _LETTERS:
        return None  # three - 8bn: the letters go with digits only
    low = _single(first + scale[0]) if scale and bare else _single(first)
    if not low or not high or high.high is None:
        return None
    return Reading(low.low, high.high, high.unit)


def _scale(text: str) -> re.Match[str] | None:
    return re.search(rf"{_any(_SHORT)}s?$", text, re.IGNORECASE)


def _single(printed: str) -> Reading | None:
    """One number's words or digits, without a range."""
    words = [w for w in re.split(r"[\s-]+", printed.lower()) if w]
    if match := re.fullmatch(rf"(\d*)\s?([{''.join(_VULGAR)}])(?:[\s-]?(\w+))?", printed.lower()):
        return _from_vulgar(*match.groups())
    if re.search(r"\d", printed):
        return _from_digits(printed.lower())
    if words[0] in (*_PLURALS, "several", "few", "many") or words[:2] in (["a", "few"], ["a", "couple"]):
        factors = [(_PLURALS | _SHORT)[w] for w in words if w in _PLURALS or w in _SHORT]
        return Reading(float(math.prod(factors)), None)
    part = words[-1].rstrip("s")
    if part in _PARTS:
        share = round(100 * _small(words[:-1] or ["one"]) / _PARTS[part], 1)
        return Reading(share, share, "percent")
    return Reading(*[float(_counted(words))] * 2)


def _counted(words: list[str]) -> Decimal:
    """Number words with their scales: two hundred and fifty thousand, one and a half million."""
    total, current = Decimal(0), Decimal(0)
    for n, word in enumerate(words):
        if word == "half":
            current += Decimal("0.5")
        elif word == "dozen":
            current = (current or 1) * 12
        elif word == "hundred":
            current = (current or 1) * 100
        elif word in _SCALES:
            total, current = total + (current or 1) * _SCALES[word], Decimal(0)
        elif word in ("a", "an"):
            current += "half" not in words[max(0, n - 1) : n + 2]
        elif word != "and":
            current += _SMALL[word]
    return total + current


def _small(words: list[str]) -> int:
    return sum(1 if word in ("a", "an") else _SMALL[word] for word in words)


def _from_vulgar(ones: str, part: str, scale: str | None) -> Reading:
    """2½ million; a fraction that stands alone is a share, as half is."""
    if not ones and not scale:
        return Reading(*[float(_VULGAR[part])] * 2, "percent")
    return Reading(*[round((int(ones or 0) + _VULGAR[part] / 100) * _SCALES.get(scale, 1), 3)] * 2)


def _from_digits(printed: str) -> Reading | None:
    token = re.search(_DIGITS, printed)
    scale = re.sub(r"[\s\u00a0-]", "", printed[token.end() :])
    value = _digits(token[0], scaled=bool(scale))
    if value is None:
        return None
    signed = value * _SHORT.get(scale, 1) * (-1 if re.match("[-−m]", printed) else 1)
    return Reading(float(signed), float(signed))


def _digits(token: str, scaled: bool) -> Decimal | None:
    """Digits with their marks. One point before three digits groups thousands, except before a word like million."""
    token = re.sub(_SPACE, "", token)
    if len(re.sub(r"\D", "", token)) > 15:
        return None
    if not scaled and re.fullmatch(r"[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*|[1-9]\d?(?:,\d\d)+,\d{3}", token):
        return Decimal(re.sub(r"[.,]", "", token))
    if re.fullmatch(r"\d+(?:\.\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?", token):
        return Decimal(token.replace(",", ""))
    if re.fullmatch(r"\d+,\d{1,2}|\d{1,3}(?:\.\d{3})+,\d+", token):
        return Decimal(token.replace(".", "").replace(",", "."))
    return None


def agrees(printed: str, low: float | None, high: float | None, unit: str = "") -> bool:
    """Whether the ends of a row are ends of the number that it prints; True where the words are not understood.

    printed: as_printed. low, high: the row's ends, None where open. unit: the row's; a share read from words (half)
    may stand as percent or, in another unit, as a part of one.

    >>> agrees("3,300 and 11,000", 3300, 11000), agrees("3,300 and 11,000", 3000, 11000)
    (True, False)
    >>> agrees("half", 50, 50, "percent"), agrees("half", 0.5, 0.5, "hours"), agrees("two to five", 2, None)
    (True, True, True)
    """
    reading = read(printed)
    if reading is None:
        return True
    by = 100 if reading.unit == "percent" and unit != "percent" else 1
    ends = [end / by for end in (reading.low, reading.high) if end is not None]
    near = 2e-3 if reading.unit else 1e-9  # a third has no end in digits
    stored = [end for end in (low, high) if end is not None]
    return all(any(math.isclose(end, there, rel_tol=near) for there in ends) for end in stored)
