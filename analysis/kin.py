"""Rows together: what differs from all its kin, what no row of which it is made says, what nothing shows.

A measure has its unit, a series one period, a body its speakers, an id its place and days. A cell that stands alone and
that no word of the row shows is a fault, until the row's caveat says it.
"""

import datetime
import functools
import itertools
import operator
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from . import crosscheck, printed, rules
from .casefile import Vocabulary
from .crosscheck import PER_TIME, SAY, Problem
from .printed import Row, alike, chief, id_dates
from .schema import DRAFT, UNKNOWN, YOU
from .tables import Fault, Table

Found = Iterator[tuple[Row, Problem]]
_MANY = 20  # so many rows have to be there before it says something that a row stands alone
_TIMES = {"day", "days", "week", "weeks", "month", "months", "year", "years"}
_SERIES = (
    "unit",
    "measure",
    "subject",
    "place",
    "period_start",
    "period_end",
    "basis",
    "said_by",
    "channel",
    "counted_by",
)
_SILENT = re.compile(r"unknown|names? no (?:country|place)|not said")  # how a caveat says that no place is known
_SINCE = re.compile(
    r"\b(since|(?:last|past) \w+|start|beginning|offensive|(?:year|month)s?)\b"
)  # how a first day is told


def faults(meta: dict, tables: dict[str, Table], broken: set[tuple[str, str]] = frozenset()) -> tuple[int, list[Fault]]:
    """What columns have against each other: in a document's card, in a row, between rows.

    meta: case.toml as a dict. tables: {name: Table}, as for rules.judge. broken: (file, row) of rows and cards that
    have a fault of their own: they are left out, and so is a draft, or a figure of one's own, until a person signs it.
    Returns how many rows were judged, and the faults.
    """
    today = datetime.date.today().isoformat()
    unread = {name for file, name in broken if file == "sources.csv"}
    rows = [r for r in printed.rows(tables) if r["coder"] not in (DRAFT, YOU) and r["source_id"] not in unread]
    rows = [r for r in rows if (f"{r.table}.csv", r["figure_id"]) not in broken]
    own = ((row, problem) for row in rows for problem in crosscheck.problems(row, today))
    found = itertools.chain(own, problems(rows, Vocabulary(meta)))
    said = [Fault(f"{row.table}.csv", row["figure_id"], *problem) for row, problem in found]
    return len(rows), [*crosscheck.cards(tables["sources"].rows, today), *said]


def problems(rows: list[Row], vocabulary: Vocabulary) -> Found:
    """What rows have against each other. rows: all of a case, as printed.rows gives them. vocabulary: its own words."""
    listed = [row for row in rows if row.table == "by_country"]
    single = [row for row in rows if row.table != "by_country"]
    read = [row for row in rows if not row.derived]
    yield from _measures(rows)
    yield from _topics(rows, vocabulary)
    yield from _sides(read, vocabulary)
    yield from _places([row for row in single if not row.derived and row.numbered], vocabulary)
    yield from _ids(single)
    yield from _made_of(rows)
    if len(rows) >= _MANY:
        yield from _days(read)
        yield from _voices(read)
    yield from _methods(read)
    yield from _sentences(read)
    yield from _series(listed)
    yield from _beside_lists(listed, single)
    yield from _countries(listed)


def _families(rows: list[Row], key: Callable) -> dict:
    families = defaultdict(list)
    for row in rows:
        families[key(row)].append(row)
    return families


# Measure, unit, subject -----------------------------------------------------------------------------------------------


def _noun(row: Row) -> str:
    """What a row's unit counts, without the time for which: runs of runs/day. Time itself is one noun."""
    over = PER_TIME.sub("", row["unit"])
    return "time" if over in _TIMES else over


def _measures(rows: list[Row]) -> Found:
    """A measure counted in another unit than in every other row that has it."""
    for measure, family in _families(rows, lambda row: row["measure"]).items():
        counts = Counter(map(_noun, family))
        usual, n = counts.most_common(1)[0]
        for row in family if len(counts) > 1 and measure != UNKNOWN else ():
            if counts[_noun(row)] == 1 and (n > 1 or len(family) == 2) and _noun(row) not in row.caveat:
                said = f"{measure} in {row['unit']}, where the other rows of this measure have {usual}"
                yield row, Problem("unit", said, f"Mend the unit or the measure, {SAY} {_noun(row)!r}")


def _topics(rows: list[Row], vocabulary: Vocabulary) -> Found:
    """A noun counted under another topic than in every other row that has it."""
    for noun, family in _families(rows, _noun).items():
        topics = [vocabulary.measures.get(row["measure"]) for row in family]
        counts = Counter(topics)
        usual, n = counts.most_common(1)[0]
        for row, topic in zip(family, topics, strict=True) if noun not in ("percent", "1", "time") and n > 1 else ():
            said_so = row["measure"] == UNKNOWN or row["measure"].lower() in row.caveat
            if topic != usual and counts[topic] == 1 and not said_so:
                said = f"{noun} under {row['measure']}, where the other rows in {noun} are of the topic {usual}"
                yield row, Problem("measure", said, f"Mend the measure or the unit, {SAY} {row['measure']!r}")


def _sides(rows: list[Row], vocabulary: Vocabulary) -> Found:
    """What one side of a case did, as an own count of a body of the other, where no other row has the two together."""
    words = {side: chief(f"{one['name']} {one['adjective']}") for side, one in vocabulary.sides.items()}
    pairs = Counter((row["subject"], row["counted_by"]) for row in rows)
    for row in rows if words else ():
        party = chief(row.bodies.get(row["counted_by"], {}).get("party", ""))
        theirs, did = ({s for s, own in words.items() if own & names} for names in (party, chief(row["subject"])))
        alone = pairs[row["subject"], row["counted_by"]] == 1 and row["counted_by"].lower() not in row.caveat
        if alone and len(theirs) == len(did) == 1 and theirs != did and row["count_origin"].startswith("own "):
            said = f"{row['subject']}, counted by {row['counted_by']}, of the other side"
            yield row, Problem("subject", said, f"Mend the subject or counted_by, {SAY} {row['counted_by']!r}")


# Places ---------------------------------------------------------------------------------------------------------------


@functools.lru_cache(maxsize=8)
def _patterns(vocabulary: Vocabulary) -> list[tuple[str, re.Pattern]]:
    """(place, how words name it), those first that are called after two of their parts: both in one breath."""
    single = [(place, re.compile(rf"\b{re.escape(place.lower())}\b")) for place in vocabulary.places]
    both = []
    for place, within in vocabulary.places.items():
        for a, b in itertools.permutations(within, 2) if " and " in place else ():
            if place in (f"{a} and {b}", f"{b} and {a}"):
                joined = rf"\b{re.escape(a.lower())}(?:,? and |/|, | or |-)(?:in )?{re.escape(b.lower())}\b"
                both.append((place, re.compile(joined)))
    return [*both, *single]


def _named(words: str, vocabulary: Vocabulary) -> set[str]:
    """The places that words name. Two parts named in one breath are the place that is called after both."""
    found = set()
    for place, pattern in _patterns(vocabulary):
        words, n = pattern.subn(" ", words)
        found |= {place} if n else set()
    return found


def _fits(place: str, named: set[str], vocabulary: Vocabulary) -> bool:
    """Whether a place is among those named, or is made of several of them, or of parts that it is not called after."""
    within = vocabulary.places.get(place, frozenset())
    between = {one for one in within if named & vocabulary.places.get(one, frozenset())}
    parts = bool(named) and named <= within and not between and not any(one.lower() in place.lower() for one in named)
    return place in named or len(named & within) > 1 or parts


def _places(rows: list[Row], vocabulary: Vocabulary) -> Found:
    """A place that is not the one the quote or the id names; else one that neither the card names nor any kin has."""
    keys = (("subject", "counted_by"), ("source_id", "subject"))
    kin = Counter((*(row[c] for c in key), row["place"]) for row in rows for key in keys)
    places = {row["place"] for row in rows}
    for row in rows:
        silent = row["place"] == UNKNOWN and "our reading" not in row.caveat and _SILENT.search(row.caveat)
        if silent or row["place"] in _named(row.caveat, vocabulary):
            continue
        ident = "" if re.search(r"\bid\b", row.caveat) else row["figure_id"].replace("-", " ")
        named = _named(ident, vocabulary) or _named(row.quote, vocabulary)
        mend = f"Mend the place, {SAY} {row['place']!r}"
        if named and not _fits(row["place"], named, vocabulary):
            said = f"the place is {row['place']}, and the quote or the id names {' and '.join(sorted(named))}"
            yield row, Problem("place", said, mend)
        elif not named and not _fits(row["place"], _named(row.words, vocabulary), vocabulary):
            others = [
                Counter({p: kin[*(row[c] for c in key), p] - (p == row["place"]) for p in places}) for key in keys
            ]
            usual = [f.most_common(1)[0] for f in others if f.total()]
            kindred = any(0 < f[row["place"]] >= 0.4 * f.total() for f in others)
            firm = any(f.total() > 1 and not f[UNKNOWN] for f in others)
            if not kindred and (firm if row["place"] == UNKNOWN else len(rows) >= _MANY):
                theirs = f"; its kin have {usual[0][0]}" if usual else ""
                yield row, Problem("place", f"nothing in the row or its card names {row['place']}{theirs}", mend)


# Days -----------------------------------------------------------------------------------------------------------------


def _ids(rows: list[Row]) -> Found:
    """An id that says other days than its row. A single date may be the first day, or that of the document."""
    for row in rows:
        (first, last), start, end = id_dates(row["figure_id"]), row["period_start"], row["period_end"]
        one_of = [start, row.card["published"]] if first == last else []
        if re.search(r"\bid\b", row.caveat):  # the caveat says what the id means
            continue
        if last and end != UNKNOWN and not any(alike(last, day) for day in (end, *one_of)) and end not in row.caveat:
            yield row, Problem("period_end", f"it ends {end}, and the id says {last}", f"Mend one of them, {SAY} {end}")
        if first != last and first and start != UNKNOWN and not alike(first, start) and start not in row.caveat:
            said = f"it starts {start}, and the id says {first}"
            yield row, Problem("period_start", said, f"Mend one of them, {SAY} {start}")


def _days(rows: list[Row]) -> Found:
    """Dates that neither the row's own words show, nor another row of its document has."""
    days = Counter((row["source_id"], day) for row in rows for day in {row["period_start"], row["period_end"]})
    long = [row for row in rows if row["period_start"] != row["period_end"]]
    first = Counter((row["subject"], row["period_start"][:7]) for row in long)
    for row in rows:
        began = max(
            (n for (subject, day), n in first.items() if subject == row["subject"] and day != UNKNOWN), default=0
        )
        for c in ("period_end", "period_start"):
            kin = days[row["source_id"], row[c]] > 1
            shared = first[row["subject"], row[c][:7]] > 1
            told = c == "period_start" and (shared or (began < 3 and _SINCE.search(row.quote)))
            if row[c] != UNKNOWN and not kin and not told and not row.dated(c):
                yield row, Problem(c, f"nothing in the row or its card shows {row[c]}", f"Mend it, {SAY} {row[c]}")


# Who says it, who counted ---------------------------------------------------------------------------------------------


def _voices(rows: list[Row]) -> Found:
    """Speakers and bodies that neither the row's own words show, nor any other row has together."""
    pairs = Counter((row["said_by"], row["counted_by"]) for row in rows)
    together = Counter((row["source_id"], row["said_by"]) for row in rows)
    for row in rows:
        said, counted = row["said_by"], row["counted_by"]
        lone, name = pairs[said, counted] == 1 and not row.speaks(), said.partition(",")[0]
        if said != UNKNOWN and lone and together[row["source_id"], said] == 1 and not row.says(said):
            yield row, Problem("said_by", f"nothing in the row or its card shows {name!r}", f"Mend it, {SAY} {name!r}")
        if lone and row["count_origin"].startswith("own "):
            remedy = (
                f"Write the office into said_by, mend counted_by, or name it in the note of {counted} in bodies.csv"
            )
            yield row, Problem("counted_by", f"{name!r} is not known to speak for {counted}", remedy)
        elif lone and counted != UNKNOWN and not row.says(counted):
            yield (
                row,
                Problem(
                    "counted_by", f"nothing in the row or its card shows {counted!r}", f"Mend it, {SAY} {counted!r}"
                ),
            )


def _methods(rows: list[Row]) -> Found:
    """A number of a body without a method, where the body's other numbers of the measure have one."""
    for family in _families(rows, lambda row: (row["counted_by"], row["measure"])).values():
        told = next((row["figure_id"] for row in family if row["count_origin"] == "own count"), "")
        for row in family if told else ():
            if row["count_origin"] == "own statement" and "own statement" not in row.caveat:
                said = f"own statement, where {told}, of the same body and measure, is an own count"
                yield row, Problem("count_origin", said, f"Write own count, {SAY} 'own statement'")


def _sentences(rows: list[Row]) -> Found:
    """Numbers of one sentence that have another speaker, channel or subject than most numbers of it."""
    for (_, quote), family in _families(rows, lambda row: (row["source_id"], row["quote"])).items():
        for column in ("said_by", "channel", "subject") if quote and len(family) > 1 else ():
            usual = Counter(row[column] for row in family).most_common(1)[0][0]
            for row in family:
                if row[column] != usual and row[column].lower() not in row.caveat:
                    said = f"{row[column]!r}, where another number of the sentence has {usual!r}"
                    yield row, Problem(column, said, f"Mend one of them, {SAY} {row[column]!r}")


# Derived rows ---------------------------------------------------------------------------------------------------------


def _made_of(rows: list[Row]) -> Found:
    """A derived row against those of which it is made: it is ours, and has no place or body that none of them has."""
    by_id = {row["figure_id"]: row for row in rows}
    for row in rows:
        made_of = [by_id[i] for i in rules.operands(row.cells) if i in by_id]
        if not made_of:
            continue
        for column, ours in (("said_by", row.ours), ("channel", "document")):
            if row[column] != ours:
                yield row, Problem(column, f"{row[column]!r} in a row that we worked out", f"Write {ours}")
        for column in ("place", "counted_by", "subject"):
            theirs = {one[column] for one in made_of}
            mixed = len(theirs) > 1 and (column != "counted_by" or row[column] == UNKNOWN)
            if row[column] not in theirs and not mixed and row[column].lower() not in row.caveat:
                said = f"{row[column]!r}, and it is made of rows with {' and '.join(sorted(theirs))}"
                yield row, Problem(column, said, f"Write what they have, {SAY} {row[column]!r}")
        yield from ((row, one) for one in _ends_of(row, made_of))


def _ends_of(row: Row, made_of: list[Row]) -> Iterator[Problem]:
    """The ends of a derived row's period: a month of theirs or the one beside it, a year of theirs, or in the id."""
    theirs = {one[c] for one in made_of for c in ("period_start", "period_end")}
    for c in ("period_start", "period_end"):
        near = any(alike(row[c], day) or _beside(row[c], day) for day in theirs)
        if (
            not near
            and row[c] not in row.caveat
            and not any(d and alike(d, row[c]) for d in id_dates(row["figure_id"]))
        ):
            yield Problem(c, f"{row[c]} is no end of the rows of which it is made", f"Mend it, {SAY} {row[c]}")


def _beside(a: str, b: str) -> bool:
    """Whether two months follow each other."""
    if len(a) < 7 or len(b) < 7 or UNKNOWN in (a, b):
        return False
    return abs(12 * (int(a[:4]) - int(b[:4])) + int(a[5:7]) - int(b[5:7])) == 1


# Tables by country ----------------------------------------------------------------------------------------------------


def _series(rows: list[Row]) -> Found:
    """A row of a series whose cell no other row of it has, where all others agree."""
    for family in _families(rows, lambda row: row["series"]).values():
        for column in _SERIES:
            counts = Counter(row[column] for row in family)
            usual, n = counts.most_common(1)[0]
            for row in family if len(counts) > 1 and n > 1 else ():
                words = crosscheck.TOLD.get(row[column], row[column])
                told = chief(row[column]) & chief(row.caveat) or words in row.caveat
                if counts[row[column]] == 1 and not told:
                    said = f"{row[column]!r}, where the other rows of its series have {usual!r}"
                    yield row, Problem(column, said, f"Write {usual}, {SAY} {words!r}")


def _beside_lists(listed: list[Row], single: list[Row]) -> Found:
    """A row of a series of another subject than a number outside it, of one document, speaker and last day."""
    key = operator.itemgetter("source_id", "said_by", "period_end")
    others = _families([row for row in single if not row.derived], key)
    for row in listed:
        for other in others.get(key(row), ()):
            if other["subject"] != row["subject"] and row["subject"].lower() not in row.caveat:
                said = f"{row['subject']!r}, where {other['figure_id']} of its document has {other['subject']!r}"
                yield row, Problem("subject", said, f"Mend one of them, {SAY} {row['subject']!r}")
                break


@functools.cache
def countries() -> dict[str, tuple[str, ...]]:
    """{ISO 3166-1 alpha-3 code: the names, in small letters, by which the country goes in English}; see countries.txt.

    >>> countries()["TUR"]
    ('türkiye', 'turkey')
    """
    text = Path(__file__).with_name("countries.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return {line[:3]: tuple(line[4:].lower().split("; ")) for line in lines}


def _countries(rows: list[Row]) -> Found:
    """A code that is none, of another country than the name, or other than the one in the row's id."""
    known = countries()
    codes = defaultdict(list)
    for code, names in known.items():
        for name in {*names, *(name.partition(",")[0] for name in names)}:
            codes[name].append(code)
    for row in rows:
        code, name, last = row["iso3"], row["country"].lower(), row["figure_id"].rpartition("-")[2].upper()
        right = codes.get(name, [])
        if code not in known:
            remedy = f"Write {' or '.join(right) or 'that of ' + row['country']}"
            yield row, Problem("iso3", f"{code!r} is no code of ISO 3166-1 alpha-3", remedy)
        elif right and code not in right:
            said = f"{code} is {known[code][0].title()}, and the country {row['country']}"
            yield row, Problem("iso3", said, f"Write {right[0]}, or mend the country")
        elif last in known and last != code:
            yield row, Problem("iso3", f"{code}, and the id says {last.lower()}", f"Write {last}, or mend the id")
