"""The noun after a number and the unit it makes: plurals, money, percent, and the time of a rate."""

import re

from .. import numerals
from ..units import COMMON

Span = tuple[int, int]

_MASS = "people men women children police troops staff personnel aircraft sheep cattle fish km kg mph cm mm".split()
_NO_NOUN = (
    "was is has as its his this does us plus across less perhaps always news thus towards besides afterwards".split()
)
_STOPS = set(
    "a an the and or but nor of to in on at by for from with without into onto over under after before since "
    "until during while as than that this these those which who whom whose what when where why how if because so "
    "though although are were be been being had have do did will would can could shall should may might must not "
    "no it they he she we you i there said says say told according compared per each every up down off out about "
    "between among against across also then now just only more less left took went came fell rose made gave got "
    "saw".split()
)
_WORD = re.compile(r"[^\W\d_]+(?:-\w+)*")
_TIMES = "second|minute|hour|day|night|week|fortnight|month|quarter|year|decade"
TIMES = [f"{word}s" for word in _TIMES.split("|")]
_OFTEN = {"daily": "day", "weekly": "week", "monthly": "month", "yearly": "year", "annually": "year"}
_PER = re.compile(
    r"(?:\sof\s[^\W\d_]+(?:\s(?!(?:in|on|at|for|by|to|from|over|and|or|as|was|were|is|are)\b)"
    r"[^\W\d_]+)??)?"  # litres of water per hour
    rf"\s*\[?(?:per\s(?!cent)(?P<per>[a-z]+)|(?:an?|each|every)\s(?P<each>{_TIMES})\b|(?P<often>{'|'.join(_OFTEN)}))\b\]?"
)
_MONEY = {"$": "dollars", "£": "pounds", "€": "euros", "¥": "yen", "₹": "rupees"}
_PERCENT = re.compile(r"\s?%|\s?(?:per\s?cent|percent(?:age)?|pct)\b(?:\spoints?)?")
_LINK = re.compile(
    r"\s+(?:(?:to|and|or|of\s(?:the|its|their|his|her|our|my)(?:\s[\w’'-]+)?)\s[\d.,]*\d\s+)?"  # 420 of its 600 buses
    r"(?:(?:of\s)?(?:them|these|those|whom)\s+)?(?:(?:are|were|is|was)\s+|an?\s+|of\s+(?:(?:the|its|their|our|my)\s+)?)?"
)
_IRREGULAR = {"people": "person", "men": "man", "women": "woman", "children": "child", "lives": "life", "buses": "bus"}
_NUMBER_OF = re.compile(r"\b(?:number|figure|total)\s+of\s(?=[^0-9]*$)", re.IGNORECASE)


def unit_of(text: str, span: Span, sentence: Span, reading: numerals.Reading, before: str) -> tuple[str, Span]:
    """(unit, span of the printed noun); before: the unit of the sentence's number before it."""
    end = sentence[1]
    money = re.search(f"[{''.join(_MONEY)}]", text[slice(*span)])
    percent = _PERCENT.match(text, span[1], end)
    if percent:
        return "percent", (percent.end() - len(percent[0].lstrip()), percent.end())
    start, stop = (span[0] + money.start(), span[0] + money.end()) if money else _noun(text, span[1], end, reading)
    if start == stop and (of := _NUMBER_OF.search(text[: span[0]], sentence[0])):
        start, stop = _noun(text, of.end() - 1, span[0], reading)
    unit = _MONEY[money[0]] if money else plural_of(_head(text[start:stop])) if start < stop else before.split("/")[0]
    if reading.unit and not money:
        return "percent", (start, stop)
    after = stop if start < stop else span[1]
    if unit and unit != "percent" and (per := _PER.match(text, after, end)):
        below = singular_of(per["per"] or per["each"] or _OFTEN[per["often"]])
        first = start if start < stop and not money else per.end() - len(per[0].lstrip())
        if below != singular_of(unit):
            return f"{unit}/{below}", (first, per.end()) if start < stop else (start, stop)
    return unit and before if start == stop and before else unit or "1", (start, stop)


def _noun(text: str, at: int, end: int, reading: numerals.Reading) -> Span:
    """The words after a number up to its noun: a plural, one of few words that need no -s, or after "one" any word."""
    hyphen = re.compile(r"-([a-z]{2,})").match(text, at, end)
    if hyphen and hyphen[1] not in ("strong", "odd", "plus"):
        return hyphen.span(1)
    link = _LINK.match(text, at, end)
    words, at = [], link.end() if link else end
    while len(words) < 5 and (word := _WORD.match(text, at, end)) and word[0].lower() not in _STOPS:
        words.append(word)
        if _plural(word[0]):
            return words[0].start(), word.end()
        at = re.compile(r"[^\S\n]*\n?[^\S\n]*").match(text, word.end(), end).end()
        if at == word.end():
            break
    single = words if reading.high == 1 or reading.unit else []
    return (single[0].start(), single[-1].end()) if single and len(single) < 4 else (at, at)


def _plural(word: str) -> bool:
    lower = word.lower()
    return lower in _MASS or (re.search(r"[^su]s$|[^aeio]us?es$", word) is not None and lower not in _NO_NOUN)


def _head(noun: str) -> str:
    """The last word of a noun, and a measure's square or cubic before it: in lower case, as a unit."""
    words = re.sub(r"[^\w -]", "", re.sub(r"\s+", " ", noun.lower())).split(" ")
    return " ".join(words[-2:] if words[-2:-1] in (["square"], ["cubic"], ["sq"]) else words[-1:])


def singular_of(noun: str, text: str = "") -> str:
    """The singular of an English plural, as a unit's denominator needs it; a person may correct it.

    text: where the noun stands; of two singulars that a plural may have, the one that stands there is taken.

    >>> [singular_of(word) for word in ("strikes", "countries", "buses", "square kilometres", "staff", "people")]
    ['strike', 'country', 'bus', 'square kilometre', 'staff', 'person']
    >>> singular_of("parties"), singular_of("cookies", "Each took a cookie.")
    ('party', 'cookie')
    """
    if noun in _IRREGULAR or noun.split(" ")[-1] in _MASS:
        return _IRREGULAR.get(noun, noun)
    forms = [noun[:-1], noun[:-3] + "y"] if re.search(r"[^aeiou]ies$", noun) else []
    if forms:  # the form that the text itself has; of short words, as ties, the first
        known = [form for form in forms if re.search(rf"\b{re.escape(form)}\b", text, re.IGNORECASE)]
        return known[0] if len(known) == 1 else forms[len(noun.split(" ")[-1]) > 4]
    return noun[:-2] if re.search(r"(?:ss|x|ch|sh)es$", noun) else noun[:-1] if re.search(r"[^s]s$", noun) else noun


def plural_of(noun: str) -> str:
    """The plural of an English noun that may be one already.

    >>> [plural_of(word) for word in ("year", "country", "men", "strikes", "man", "box")]
    ['years', 'countries', 'men', 'strikes', 'men', 'boxes']
    """
    if noun.split(" ")[-1] in _MASS or noun in _IRREGULAR or re.search(r"[^su]s$", noun):
        return noun
    if noun in _IRREGULAR.values():
        return next(many for many, one in _IRREGULAR.items() if one == noun)
    if re.search(r"[^aeiou]y$", noun):
        return noun[:-1] + "ies"
    return noun + ("es" if re.search(r"(?:s|x|ch|sh)$", noun) else "s")


def nouns(figures: list[dict[str, str]], text: str = "") -> dict[str, str]:
    """The nouns of the rows' units, {singular: plural}, in the order in which they come: for [words.units] of a case.

    figures: rows with a unit. text: that in which they stand, as for singular_of.

    >>> nouns([{"unit": "buses/week"}, {"unit": "percent"}, {"unit": "1"}, {"unit": "people"}])
    {'bus': 'buses', 'week': 'weeks', 'person': 'people'}
    """
    found: dict[str, str] = {}
    forms = {*COMMON, *COMMON.values(), "1", ""}
    for row in figures:
        above, _, below = row["unit"].partition("/")
        for one, many in ((singular_of(above, text), above), (below, plural_of(below))):
            known = above if many == above else below
            if known not in forms:
                one, many = (known, known) if {one, many} & forms else (one, many)
                found[one] = many
                forms |= {one, many}
    return found
