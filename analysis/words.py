"""Numbers, ranges, dates and sources as words. The only place that rounds."""

import math
from decimal import ROUND_HALF_UP, Decimal

from .schema import UNKNOWN

EN_DASH = "–"
SIGNIFICANT = 3  # digits kept of a number that is not whole


def number(x):
    """One number as words: whole numbers in full, others to three significant digits, a half rounded up.

    x: float; NaN reads as unknown, an infinity as its sign and the word.
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


def span(low, high, hedges=(), sign=""):
    """A range as words: `70–120`, one number for a point, an open end said in words; an infinity is an open end.

    hedges: those of the number, as a tuple or joined by ; - whether an open end begins at the number or beyond it.
    sign: what stands close behind the last number, such as `%`.
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


def quantity(low, high, unit, hedges=()):
    """A range with its unit: `70–120 strikes/day`, `40% or more`; a pure ratio has none to say. hedges: as for span."""
    text = span(low, high, hedges, "%" if unit == "percent" else "")
    return text if text == UNKNOWN or unit in ("1", "percent") else f"{text} {unit}"


def unit(above, below=()):
    """Base units as one word: (`sorties`,), (`strike`,) gives `sorties/strike`; none gives `1`."""
    return "/".join(["·".join(above) or "1", *below])


_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def date(text):
    """A date of the tables in words: 2017-06-15 is 15 June 2017; unknown stays unknown."""
    parts = text.split("-")
    if not parts[0].isdigit():
        return text
    name = [_MONTHS[int(parts[1]) - 1]] if len(parts) > 1 else []
    return " ".join([*[str(int(p)) for p in parts[2:]], *name, parts[0]])


def period(start, end):
    """A period of the tables in words: one date where both ends are the same."""
    if start == end:
        return "period unknown" if start == UNKNOWN else date(start)
    return f"{date(start)} to {date(end)}"


def hedged(row):
    """How a row's number is hedged, in its own printed words where there are any."""
    return row.get("hedge_as_printed") or row.get("hedge", "").replace(";", ", ")


def source_name(source):
    """A source in a few words: publisher and date."""
    day = source["published"]
    return f"{source['publisher']}, {'date unknown' if day == UNKNOWN else date(day)}"


def citation(source):
    """A source as one citation line: author, title, publisher, date, address, and how it was read."""
    author = [] if source["author"] in ("", UNKNOWN, source["publisher"]) else [source["author"]]
    title = [] if source["title"] in ("", UNKNOWN) else [f"“{source['title']}”"]
    day = "date unknown" if source["published"] == UNKNOWN else date(source["published"])
    basis = f" ({source['published_basis']})" if source["published_basis"] not in ("printed", "not shown") else ""
    return (
        ". ".join([*author, *title, source["publisher"], day + basis, *([source["url"]] if source["url"] else [])])
        + "."
    )
