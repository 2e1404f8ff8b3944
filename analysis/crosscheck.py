"""The columns of a row against each other, and against its document.

A row says many things more than once: its quote has the hedge and the number, its unit the kind of number, its
document's kind how the number came there. Where two of them disagree, one is wrong. What an editor knows to be right
all the same is said in the row's caveat: each remedy says with which words.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from . import numerals, tongues
from .printed import Row, after, alike, chief, days, ends, number
from .schema import OURS, UNKNOWN
from .tables import NUMBER, Fault

SAY = "or say in the caveat why it is so, with"
_OPEN_ABOVE, _OPEN_BELOW = {"at least", "more than"}, {"at most", "fewer than", "up to"}
_STANDING = ("about", "at least", "more than", "fewer than", "nearly", "up to")  # hedges that stand before a number
# How a caveat says the basis, in plain words
TOLD = {"present at the time": "those there", "cumulative": "all so far", UNKNOWN: UNKNOWN}
_PAST = re.compile(r"\b(?:ha(?:s|ve|d)|since|killed|identified|recorded|coming from)\b")  # a verb of what has been done
PER_TIME = re.compile(r"/(day|week|month|year)")
_OFFICE = re.compile(  # a person with an office, and no institution: a name of two words or more, and what he or she is
    r"^[^,]*[a-z] [A-Z][^,]*,.*\b(president|minister|general|spokes\w+|head|chief|commander|director|secretary|chair\w*"
    r"|deputy|ambassador|colonel|admiral|envoy|representative|chancellor)\b",
    re.IGNORECASE,
)


class Problem(NamedTuple):
    """What is wrong with a cell, and what to do about it."""

    column: str
    message: str
    remedy: str


def problems(row: Row, today: str) -> Iterator[Problem]:
    """What the cells of one row have against each other. today: no row was coded after it; YYYY-MM-DD."""
    yield from _number(row)
    if not row.derived:
        yield from _hedges(row)
        yield from _unhedged(row)
    yield from _basis(row)
    if not row.derived:
        yield from _verb(row)
        yield from _noun(row)
        yield from _credit(row)
    yield from _order(row, today)
    yield from _present(row)
    yield from _channel(row)
    yield from _quoted(row)
    yield from _speaker(row)
    yield from _origin(row)


def cards(rows: Iterable[dict], today: str) -> Iterator[Fault]:
    """Documents whose dates are not in order. rows: of sources.csv, as dicts of text. today: as for problems."""
    for card in rows:
        published, accessed = card["published"], card["accessed"]
        if after(published, accessed):
            said = f"published after it was read ({accessed})"
            yield Fault("sources.csv", card["source_id"], "published", said, "Mend one of the dates")
        for c in ("published", "accessed"):
            if after(card[c], today):
                yield Fault("sources.csv", card["source_id"], c, f"{card[c]} is yet to come", "Mend the date")


# The number and its hedge ---------------------------------------------------------------------------------------------


def _number(row: Row) -> Iterator[Problem]:
    """The number against its printed words, and an open end against the hedge that leaves it open."""
    low, high = (float(row[c]) if NUMBER.fullmatch(row[c]) else None for c in ("low", "high"))
    reading = ends(number(row), row.language)
    if reading and not agree(reading, low, high, row["unit"]) and not re.search(r"slip|misprint", row.caveat):
        said = f"low {row['low'] or '(open)'} and high {row['high'] or '(open)'}, but printed {row['as_printed']!r}"
        yield Problem("low", said, f"Write the printed number, correct as_printed, {SAY} the word misprint")
    if row.derived or not row.numbered:
        return
    hedges = set(row["hedge"].split(";"))
    plural = reading is None and numerals.read(row["as_printed"]) is not None  # dozens: open without a hedge
    for column, end, opening, word in (("low", low, _OPEN_BELOW, "ceiling"), ("high", high, _OPEN_ABOVE, "floor")):
        opened = sorted(hedges & opening)
        if (
            end is None
            and not opened
            and not (plural and column == "high")
            and not re.search(f"{word}|open|end", row.caveat)
        ):
            yield Problem(
                column, f"{column} is open, and no hedge says so", f"Write {column}, add a hedge, {SAY} the word {word}"
            )
        if end is not None and opened and low == high:
            yield Problem(
                column, f"hedged {opened[0]}, and yet {column} is {row[column]}", f"Empty {column}, or mend the hedge"
            )


def agree(reading: tuple, low: float | None, high: float | None, unit: str) -> bool:
    """Whether the ends of a row are those that are printed; an open end is none, and one of two ends is enough.

    reading: as printed.ends gives it. low, high: the row's ends, None where open. unit: the row's.

    >>> agree((70, 120, ""), 70, 120, "runs"), agree((70, 120, ""), 70, 210, "runs")
    (True, False)
    >>> agree((50, 50, "percent"), 0.5, 0.5, "hours")
    True
    """
    by, near = (100 if reading[2] and unit != "percent" else 1), (2e-3 if reading[2] else 1e-12)
    printed = [end / by for end in reading[:2]]

    def same(a: float, b: float) -> bool:
        return abs(a - b) <= near * max(1, abs(b))

    if low is None or high is None:
        stored = [end for end in (low, high) if end is not None]
        return all(any(same(end, one) for one in printed) for end in stored)
    return same(low, printed[0]) and same(high, printed[1])


def _hedges(row: Row) -> Iterator[Problem]:
    """The hedge against its printed words, both ways."""
    table, printed = tongues.HEDGES.get(row.language, {}), row["hedge_as_printed"].lower()
    hedges = {h for h in row["hedge"].split(";") if h}
    for hedge in sorted(hedges):
        known = hedge in row.caveat or (printed and hedge not in table)
        if not known and not (printed and re.search(table[hedge], printed)):
            said = f"no printed words say {hedge!r}{printed and f': {printed!r} does not'}"
            yield Problem("hedge", said, f"Mend the hedge, copy its words into hedge_as_printed, {SAY} {hedge!r}")
    around = f"{row.quote} {row['prefix']} {row['suffix']}".lower()
    for part in filter(None, (part.strip() for part in printed.split(";"))):
        meant = {h for h, pattern in table.items() if re.search(pattern, part)}
        if meant and not meant & hedges:
            said = f"{part!r} is printed, and the hedge does not say it"
            yield Problem("hedge", said, f"Add to the hedge: {' or '.join(sorted(meant))}")
        if around.strip() and "…" not in part and part not in around and "hedge" not in row.caveat:
            yield Problem(
                "hedge_as_printed", f"{part!r} does not stand in the quote", f"Copy its words, {SAY} the word hedge"
            )


def _unhedged(row: Row) -> Iterator[Problem]:
    """A hedge that stands just before the number in the quote, and is not coded."""
    hedges, table = {h for h in row["hedge"].split(";") if h}, tongues.HEDGES.get(row.language, {})
    before = row["quote"].partition(row["as_printed"])[0].lower()[-30:] if row["as_printed"] else ""
    if "between" in hedges or "between" in row.caveat or not before:
        return
    bare = row["low"] in (row["high"], "") or not row["high"] or re.search(r"\d\s*[-–]\s*\d", row["as_printed"])
    if not bare and (found := re.search(tongues.BETWEEN, before)):
        said = f"the quote has {found[0].split()[0]!r} before the range"
        yield Problem("hedge", said, f"Add the hedge between, and its printed words, {SAY} 'between'")
        return
    for hedge in (h for h in _STANDING if h in table and h not in hedges and h not in row.caveat):
        found = re.search(rf"(?:{table[hedge]})\w*\s*$", before)
        if found and found[0].strip() in row["hedge_as_printed"].lower():  # fewer than, of no fewer than
            continue
        if found and found[0].strip() != "to" and not any(re.search(table.get(h, "$^"), found[0]) for h in hedges):
            said = f"the quote has {found[0].strip()!r} before the number"
            yield Problem("hedge", said, f"Add the hedge {hedge}, and its words to hedge_as_printed, {SAY} {hedge!r}")
            return


# Unit and days --------------------------------------------------------------------------------------------------------


def _basis(row: Row) -> Iterator[Problem]:
    """The basis against the unit: a rate is a number for each day, month or year, a share a percentage."""
    unit, basis = row["unit"], row["basis"]
    timed, pure = bool(PER_TIME.search(unit)), unit == "1" or ("/" in unit and not PER_TIME.search(unit))
    if basis in (UNKNOWN, "target"):
        return
    if timed != (basis == "rate") and not ("/" in unit and basis == "rate"):
        yield Problem(
            "unit", f"basis {basis} in {unit}", "A rate has its unit for each day, week, month or year: mend one"
        )
    elif (basis == "share") != (unit == "percent") and not (pure or basis == "ratio"):
        yield Problem(
            "unit", f"basis {basis} in {unit}", "A share has the unit percent or 1: mend the unit or the basis"
        )
    elif (basis == "ratio") != pure and basis not in ("share", "rate"):
        yield Problem("unit", f"basis {basis} in {unit}", "A ratio has the unit 1, or one noun over another: mend one")


def _verb(row: Row) -> Iterator[Problem]:
    """The basis against the verb of the quote: those who are there, or all who ever went."""
    basis, there, went = row["basis"], *(bool(re.search(w, row.quote)) for w in (tongues.THERE, tongues.WENT))
    told = "present at the time" if there else "cumulative"
    words = TOLD.get(basis)
    if not words or words in row.caveat or row["channel"] == "data file" or not row["quote"]:
        return
    if there != went and basis != told:
        yield Problem("basis", f"{basis}, and the quote's verb says {told}", f"Write {told}, {SAY} the words {words}")
    elif basis == "cumulative" and not (there or went or _PAST.search(row.quote)):
        yield Problem("basis", "cumulative, and no verb says so", f"Write unknown, {SAY} the words {words}")


def _noun(row: Row) -> Iterator[Problem]:
    """The printed noun against the quote, in which it stands; a noun of the unit's own just behind the number is it."""
    noun, number = row["unit_as_printed"], row["as_printed"]
    if noun and noun.lower() not in row["quote"].lower():
        said = f"{noun!r} does not stand in the quote"
        yield Problem("unit_as_printed", said, "Copy the noun from the quote, or leave the cell empty")
    counted = PER_TIME.sub("", row["unit"])
    behind = row["quote"].partition(number)[2].lower().split()[:2] if number and row["channel"] != "data file" else []
    if not noun and counted.rstrip("s") in (word.strip(".,;:").rstrip("s") for word in behind):
        said = f"the quote has {counted} behind the number"
        yield Problem("unit_as_printed", said, "Copy the noun from the quote")


def _credit(row: Row) -> Iterator[Problem]:
    """Who counted against the body that the words credit, whoever says them."""
    found, counted = re.search(tongues.CREDIT, row.quote), row["counted_by"]
    whose = found and (found[1] or found[2]).replace(".", "")
    if not whose or counted == UNKNOWN:
        return
    short = "".join(word[0] for word in counted.split()).lower()
    names, speaker = chief(f"{counted} {short}"), chief(row["said_by"] if row.speaks() else "")
    if not chief(whose) & (names | speaker) and not names & chief(row.caveat):
        said = f"{counted}, and the quote credits {whose.strip()[:40]!r}"
        yield Problem("counted_by", said, f"Write the body that is credited, {SAY} {counted!r}")


def _order(row: Row, today: str) -> Iterator[Problem]:
    """Dates in their order: counted, published, read, coded."""
    start, end, published, read = row["period_start"], row["period_end"], row.card["published"], row.card["accessed"]
    if after(row["coded_on"], today):
        yield Problem("coded_on", f"{row['coded_on']} is yet to come", "Write the day on which the row was coded")
    if after(read, row["coded_on"]):
        yield Problem(
            "coded_on", f"coded before its document was read ({read})", "Mend coded_on, or the card's accessed"
        )
    several = row["basis"] == "present at the time" and UNKNOWN not in (start, end) and not alike(start, end)
    if several and not re.search(f"period|{start}", row.caveat):
        said = "a number present at one time, and a period of several"
        yield Problem("period_start", said, f"Write {end}, or unknown, {SAY} {start}")
    if row["basis"] == "target" or row.derived or not row.numbered:
        return
    for c in ("period_start", "period_end"):
        if after(row[c], published) and row[c] not in row.caveat:
            said = f"{row[c]} lies after {published}, when the document was published"
            yield Problem(c, said, f"Mend it, the card's date or the basis (target), {SAY} {row[c]}")
            return


def _present(row: Row) -> Iterator[Problem]:
    """A number of those there has the day on which it was said, where the caveat names one within its month or year."""
    end = row["period_end"]
    if row["basis"] != "present at the time" or row.derived or not row.numbered or end == UNKNOWN or len(end) == 10:
        return
    for day in days(row.caveat, end[:4]) if "no day" not in row.caveat else ():
        if alike(day, end):
            yield Problem("period_end", f"{end}, and the caveat has {day}", f"Write the day, {SAY} the words no day")
            return


# Who says it, and how -------------------------------------------------------------------------------------------------


def _channel(row: Row) -> Iterator[Problem]:
    """How the number came into its document, against the kind of document."""
    channel, kind, quote = row["channel"], row.card["kind"], row["quote"]
    if (channel == "data file") != (kind == "data file"):
        yield Problem(
            "channel", f"{channel} in a {kind}", "Write data file for a number of a data file, and for no other"
        )
    elif channel == "headline" and quote[:12].lower() not in row.card["title"].lower():
        if "headline" not in f"{row['said_by']} {row.caveat}".lower():
            said = "the quote is not in the document's title"
            yield Problem(
                "channel",
                said,
                f"Write another channel, or the headline as its title, {SAY} the word headline",
            )
    elif (
        quote
        and channel not in ("headline", "related headline")
        and quote.lower().strip(' ."“”') in row.card["title"].lower()
    ):
        said = f"the quote stands in the document's title, and the channel is {channel}"
        yield Problem("channel", said, "Quote the words of its text, or write headline")
    elif channel in ("related headline", "page furniture") and row.table != "figures":
        yield Problem("channel", f"{channel} is said of the article's page", "Write another channel")
    elif channel == "related headline" and row.language == "en":
        long = re.findall(r"[^\W\d_]{4,}", quote)
        if sum(word[0].isupper() for word in long) < 0.8 * len(long):
            yield Problem(
                "channel", "the quote is not written as a headline is", "Write indirect speech, or direct quote"
            )


def _quoted(row: Row) -> Iterator[Problem]:
    """A quote in the first person is a direct one; one that reports what somebody said is not."""
    words = row["gloss"] or row["quote"]
    first = re.search(r"\b(we|our|my|I)\b", words)
    if (
        row["channel"] == "direct quote"
        and "direct quote" not in row.caveat
        and not first
        and re.search(r"\b(said|says|told|claim\w*|according to)\b", words)
    ):
        yield Problem(
            "channel", "the quote reports somebody's words", f"Write indirect speech, {SAY} whose 'direct quote' it is"
        )
    elif row["channel"] in ("indirect speech", "headline") and first:
        yield Problem("channel", f"the quote says {first[0]!r}", "Write direct quote")


def _speaker(row: Row) -> Iterator[Problem]:
    """A document speaks for itself; whoever is quoted in one is somebody else; derived rows are ours."""
    channel, said, card = row["channel"], row["said_by"], row.card
    mend = "Write direct quote or indirect speech, or mend said_by"
    if said == UNKNOWN and card["publisher"] != UNKNOWN and channel == "document" and row.numbered:
        yield Problem("said_by", "a document that nobody says", f"Write its publisher or author: {card['publisher']}")
    heard = {"direct quote": "a direct quote", "indirect speech": "indirect speech"}.get(channel)
    if said == UNKNOWN and heard and not re.search(r"not said|unnamed|unknown|not named|no names", row.caveat):
        yield Problem("said_by", f"{heard} of nobody", f"Write who says it, {SAY} the words not named")
    if said == row.ours and not row.derived:
        yield Problem("said_by", f"{said} says derived rows alone", "Write who says it")
    itself = {card["publisher"], card["title"], *re.split(r" and |; |, ", card["author"])} - {UNKNOWN}
    if channel in ("direct quote", "indirect speech") and said in itself:
        voice = f"{said} is the document's own voice"
        yield Problem("channel", voice, "Write document, or who is quoted into said_by")
    if channel == "document" and said != UNKNOWN and not row.derived:
        person = _OFFICE.search(said) and card["kind"] in ("news article", "news agency report", "web page", "repost")
        named = re.search(tongues.REPORTED, row["gloss"] or row["quote"])
        if not chief(said) & (chief(card["author"]) if person else row.voice):
            yield Problem("channel", f"{said.partition(',')[0]} is not the document", mend)
        elif named and not chief(named[1]) & (row.voice | chief(said)):
            reported = f"the quote reports {named[0]!r}"
            yield Problem("channel", reported, f"Write indirect speech, and {named[1]} into said_by")


def _origin(row: Row) -> Iterator[Problem]:
    """Whose count it is against who counted: an own count has a body, and derived rows are computed."""
    origin, counted = row["count_origin"], row["counted_by"]
    if origin.startswith("own ") and counted == UNKNOWN:
        yield Problem(
            "counted_by", f"{origin} of nobody that is named", "Name the body, or write unknown for the origin"
        )
    note = row.bodies.get(counted, {}).get("note", "")
    if origin.startswith("own ") and "its numbers together" in note and origin not in row.caveat:
        said = f"{origin} of {counted}, which puts its numbers together from others' by its note in bodies.csv"
        yield Problem("count_origin", said, f"Write compiled, {SAY} {origin!r}")
    own = counted in (row["said_by"], row.card["publisher"]) or counted.lower() in row.caveat
    if origin == UNKNOWN != counted and row.numbered and not own:
        yield Problem(
            "counted_by", f"{counted} is named, and the origin unknown", "Mend count_origin, or write unknown"
        )
    if origin == "repeats" and not row["repeats"] and not row.caveat:
        yield Problem(
            "repeats",
            "whose number it repeats is not said",
            "Write its figure_id into repeats, or say it in the caveat",
        )
    if row.derived != (row.card["kind"] == OURS):
        yield Problem(
            "source_id", "our own card is for derived rows, and for them alone", "Mend source_id or derivation"
        )
    if row.derived and origin != "computed":
        yield Problem("count_origin", f"a derived row, and {origin}", "Write computed")
