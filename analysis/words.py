"""Numbers, ranges, dates, sources and what a row says of itself, as words. The only place that rounds."""

import math
import re
from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal

from .schema import DRAFT, ID, NOT_STATED, UNKNOWN

EN_DASH = "–"
SIGNIFICANT = 3  # digits kept of a number that is not whole
UNCHECKED = "Not checked by a person: a program's draft."
NOT_CHECKED = "not checked"  # the same, behind a number


def number(x: float) -> str:
    """One number: whole ones in full, others to three significant digits, a half rounded up.

    x: NaN reads as unknown, an infinity as its sign and the word.

    >>> number(80000), number(133.913), number(0.0375), number(float("nan"))
    ('80,000', '134', '0.0375', 'unknown')
    """
    if math.isnan(x):
        return UNKNOWN
    if math.isinf(x):
        return "no upper end" if x > 0 else "no lower end"
    if float(x).is_integer():
        return f"{x + 0.0:,.0f}".replace("-", "−")  # + 0.0: nothing has no sign
    decimals = max(0, SIGNIFICANT - 1 - math.floor(math.log10(abs(x))))
    text = f"{Decimal(repr(float(x))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):,f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace("-", "−")


def span(low: float, high: float, hedges: Iterable[str] | str = (), sign: str = "") -> str:
    """A range: one number for a point, an open end said in words; an infinity is an open end.

    hedges: those of the number, as a tuple or joined by ; - whether an open end begins at the number or beyond it.
    sign: what stands close behind the last number, such as `%`.

    >>> span(70, 120), span(5, 5), span(1000, float("nan"), "more than"), span(float("nan"), 40, sign="%")
    ('70–120', '5', 'more than 1,000', 'at most 40%')
    """
    opens = not math.isfinite(low), not math.isfinite(high)
    if all(opens):
        return UNKNOWN
    if opens[1]:
        return f"more than {number(low)}{sign}" if "more than" in hedges else f"{number(low)}{sign} or more"
    if opens[0]:
        return f"fewer than {number(high)}{sign}" if "fewer than" in hedges else f"at most {number(high)}{sign}"
    ends = number(low), number(high)
    if ends[0] == ends[1]:
        return f"{ends[0]}{sign}"
    return (" to " if low < 0 else EN_DASH).join(ends) + sign


def quantity(low: float, high: float, unit: str, hedges: Iterable[str] | str = ()) -> str:
    """A range with its unit; a pure ratio has none to say. hedges: as for span.

    >>> quantity(20, 30, "buses/day"), quantity(40, 40, "percent"), quantity(14, 60, "1")
    ('20–30 buses/day', '40%', '14–60')
    """
    text = span(low, high, hedges, "%" if unit == "percent" else "")
    return text if text == UNKNOWN or unit in ("1", "percent") else f"{text} {unit}"


def unit(above: Iterable[str], below: Iterable[str] = ()) -> str:
    """Base units as one word.

    above, below: the nouns over and under the line. None at all is `1`.

    >>> unit(["runs"], ["bus"]), unit([])
    ('runs/bus', '1')
    """
    return "/".join(["·".join(above) or "1", *below])


BASES = {  # what kind of number it is, in plain words
    "present at the time": "at one time",
    "cumulative": "all so far",
    "target": "an aim",
    "single case": "one case",
    UNKNOWN: "which of these: not said",
}
_MONTHS = "January February March April May June July August September October November December".split()


def date(text: str) -> str:
    """A date of the tables: as far as it is known; any other text as it stands.

    >>> date("2017-06-15"), date("2017-06"), date("unknown")
    ('15 June 2017', 'June 2017', 'unknown')
    """
    parts = text.split("-")
    if not parts[0].isdigit():
        return text
    name = [_MONTHS[int(parts[1]) - 1]] if len(parts) > 1 else []
    return " ".join([*[str(int(p)) for p in parts[2:]], *name, parts[0]])


def day(text: str) -> str:
    """A date of the tables, and where it is unknown, that it is.

    >>> day("2017-06-15"), day("unknown")
    ('15 June 2017', 'date unknown')
    """
    return "date unknown" if text in ("", UNKNOWN) else date(text)


def period(start: str, end: str) -> str:
    """A period of the tables: one date where both ends are the same.

    >>> period("2016", "2016"), period("2016-02-10", "unknown"), period("unknown", "unknown")
    ('2016', '10 February 2016 to unknown', 'period unknown')
    """
    if start == end:
        return "period unknown" if start == UNKNOWN else date(start)
    return f"{date(start)} to {date(end)}"


def many(n: int, one: str, several: str = "") -> str:
    """How many there are of something.

    several: what more than one are called, if not `one` with an s.

    >>> many(1, "day"), many(1200, "day"), many(2, "country", "countries")
    ('1 day', '1,200 days', '2 countries')
    """
    return f"{number(n)} {one if n == 1 else several or f'{one}s'}"


def capital(text: str) -> str:
    """A text with a capital letter at its head.

    >>> capital("the IHS count")
    'The IHS count'
    """
    return text[:1].upper() + text[1:]


def stated(text: str, what: str) -> str:
    """What a cell says, or that it is not stated.

    text: a cell of a table, or a position of the dial. what: what it would tell.

    >>> stated("Upper Town", "place"), stated("unknown", "place")
    ('Upper Town', 'place not stated')
    """
    return f"{what} {NOT_STATED}" if text in ("", UNKNOWN, NOT_STATED) else text


def plain(text: str) -> str:
    """A printed text without its line ends and no-break spaces.

    >>> plain("ten\\nbuses")
    'ten buses'
    """
    return text.replace("\n", " ").replace("\xa0", " ")


# What a row says of itself ------------------------------------------------------------------------------------------


def hedged(row: Mapping) -> str:
    """How a row's number is hedged, in its own printed words where there are any.

    >>> hedged({"hedge": "about;estimated", "hedge_as_printed": ""})
    'about, estimated'
    """
    return row.get("hedge_as_printed") or row.get("hedge", "").replace(";", ", ")


def unit_basis(row: Mapping) -> str:
    """How the unit of a row is known: `stated`, `inserted by the editor`, or `inherited` from beyond the quote.

    row: of a figure table (quote, unit_as_printed, derivation and channel are read). A data file says what it counts,
    with a quote or without one. A gap, which nobody prints, is `unknown`.

    >>> row = {"quote": "70 buses [per day]", "unit_as_printed": "buses", "derivation": ""}
    >>> [unit_basis(row | {"unit_as_printed": noun}) for noun in ("buses", "buses [per day]", "")]
    ['stated', 'inserted by the editor', 'inherited']
    >>> unit_basis({"quote": "", "unit_as_printed": "", "derivation": "", "channel": "data file"})
    'inherited'
    """
    noun = row["unit_as_printed"]
    if not noun:
        known = row["quote"] or row["derivation"] or row.get("channel") == "data file"
        return "inherited" if known else UNKNOWN
    inserted = "[" in noun or re.search(rf"\[[^\]]*{re.escape(noun)}", row["quote"])
    return "inserted by the editor" if inserted else "stated"


def ours(row: Mapping) -> bool:
    """Whether a row's number is our own working, which no document prints.

    row: with derivation, and working or figure_id, as far as it has them.

    >>> ours({"figure_id": "buses"}), ours({"working": "buses / rivals"}), ours({"derivation": "january + february"})
    (False, True, True)
    """
    working = row.get("working") or row.get("figure_id") or ""
    return bool(row.get("derivation")) or bool(working and not _PLAIN_ID.fullmatch(working))


_PLAIN_ID = re.compile(rf"({ID}:)?{ID}")


def of_article(row: Mapping) -> bool:
    """Whether a row's number is one of the article's own: by its role in a frame, or by its table in the case.

    >>> of_article({"role": "article"}), of_article({"table": "references"})
    (True, False)
    """
    return row["role"] == "article" if row.get("role") else row.get("table") == "figures"


def unchecked(row: Mapping) -> str:
    """That no person has checked a row, as a sentence; nothing where one has.

    >>> unchecked({"coder": "draft"}), unchecked({"coder": "project"})
    ("Not checked by a person: a program's draft.", '')
    """
    return UNCHECKED if row.get("coder") == DRAFT else ""


# Documents ----------------------------------------------------------------------------------------------------------


def source_name(source: Mapping) -> str:
    """A source in a few words: publisher and date.

    source: its card, a row of sources.csv.

    >>> source_name({"publisher": "The Gazette", "published": "2017-06"})
    'The Gazette, June 2017'
    """
    publisher = "publisher unknown" if source["publisher"] == UNKNOWN else source["publisher"]
    return f"{publisher}, {day(source['published'])}"


def citation(source: Mapping) -> str:
    """A source as one citation line: author, title, publisher, date, address, and how the date is known.

    source: its card, a row of sources.csv. What it does not show is left out, but for the date.

    >>> citation({"author": "unknown", "title": "Buses", "publisher": "The Gazette", "published": "2017-06-15",
    ...           "published_basis": "from the URL", "url": "https://example.org"})
    '“Buses”. The Gazette. 15 June 2017 (from the URL). https://example.org.'
    """
    author = [] if source["author"] in ("", UNKNOWN, source["publisher"]) else [source["author"]]
    title = [] if source["title"] in ("", UNKNOWN) else [f"“{source['title']}”"]
    basis = f" ({source['published_basis']})" if source["published_basis"] not in ("printed", "not shown") else ""
    url = [source["url"]] if source["url"] else []
    return ". ".join([*author, *title, source["publisher"], day(source["published"]) + basis, *url]) + "."
