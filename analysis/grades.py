"""Grade a row: how near its document is to the body that counted. One rule for every body; nobody types a grade.

The rule asks three things in order: whether only a headline was read, whether the document is a copy, and whether it
is the counting body's own. It does not say whether a number is right.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from .schema import GRADES, NONE_KNOWN, UNKNOWN

# Documents in which a body speaks for its side: a command's release on its ministry's page is the command's own.
STATEMENTS = ("press release", "briefing", "speech", "letter", "data file")


def grade(row: dict, card: dict, publisher: dict, counter: dict) -> str:
    """The grade of one printed row, a key of schema.GRADES.

    row: a row of figures, references or by_country (channel is read). card: the row of its document in sources.csv
    (kind and language). publisher, counter: the rows of bodies.csv of the document's publisher and of the body that
    counted, or of the bodies for which these speak; with no more than a name where there is no such row.
    D: the number was read in a headline. C: the document is a repost, a translation (its language is written `en-t-ru`:
    English out of Russian), or a data file that somebody else made of the body's. A: the publisher is the body or
    speaks for it; or it belongs to the body's party, and the document is one in which a side speaks (STATEMENTS).
    B: all else, a report of it.

    >>> ministry, agency = {"name": "Ministry", "party": "Utopia"}, {"name": "Agency", "party": "Utopia"}
    >>> report = {"kind": "news agency report", "language": "en"}
    >>> grade({"channel": "indirect speech"}, report, agency, ministry)
    'B'
    >>> grade({"channel": "document"}, report | {"kind": "press release"}, agency, ministry)
    'A'
    >>> grade({"channel": "document"}, report | {"language": "en-t-ru"}, agency, ministry)
    'C'
    """
    if row["channel"] in ("headline", "related headline"):
        return "D"
    if card["kind"] == "repost" or "-t-" in card["language"]:
        return "C"
    if counter["name"] != UNKNOWN and publisher["name"] == counter["name"]:
        return "A"
    party = counter.get("party", UNKNOWN)
    if card["kind"] in STATEMENTS and party not in (UNKNOWN, NONE_KNOWN) and publisher.get("party") == party:
        return "A"
    return "C" if card["kind"] == "data file" else "B"


def weakest(grades: list[str]) -> str:
    """The grade of a number made of others: that of the weakest of them.

    >>> weakest(["A", "C", "B"])
    'C'
    """
    return max(grades, key=list(GRADES).index)


def by_party(graded: Iterable[tuple[str, str]]) -> Iterator[str]:
    """How many rows of each party have each grade, as a table in Markdown: parties by alphabet, then who has none.

    graded: (party of the body that counted, grade), a pair a row.

    >>> print(*by_party([("Utopia", "A"), ("unknown", "B"), ("Utopia", "C")]), sep=chr(10))
    | party of the body that counted | A | B | C | D |
    |---|--:|--:|--:|--:|
    | Utopia | 1 | 0 | 1 | 0 |
    | unknown | 0 | 1 | 0 | 0 |
    """
    counts = Counter(graded)
    parties = sorted({party for party, _ in counts}, key=lambda p: (p in (NONE_KNOWN, UNKNOWN), p))
    yield f"| party of the body that counted | {' | '.join(GRADES)} |"
    yield f"|---{'|--:' * len(GRADES)}|"
    yield from (f"| {p} | {' | '.join(str(counts[p, g]) for g in GRADES)} |" for p in parties)
