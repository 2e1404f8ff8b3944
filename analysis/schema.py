"""The words of the data: tables, columns, units, hedges, channels, bases. Data only.

Everything that reads or writes a case takes its words from here, and so do the codebook in
data/README.md and each case's datapackage.json, which are generated from this file.
"""

from typing import NamedTuple


class Column(NamedTuple):
    """One column: its type, what it means, and what may stand in it."""

    type: str  # text, verbatim, number, integer, date, id, ids, hedges, unit, working, url
    meaning: str
    allowed: tuple = ()  # empty: any text of the type
    required: bool = False  # an empty cell is a fault


UNKNOWN = "unknown"  # a value: the source is silent

# Base units, plural as they are printed; each is a dimension of its own, so that unlike things never meet silently.
# A month and a year are not turned into days: their length has to be said (31 [day/month]).
UNITS = {
    "strike": "strikes",
    "sortie": "sorties",
    "target": "targets",
    "weapon": "weapons",
    "engagement": "engagements",
    "raid": "raids",
    "location": "locations",
    "incident": "incidents",
    "fighter": "fighters",
    "civilian": "civilians",
    "record": "records",
    "country": "countries",
    "percent": "percent",
    "day": "days",
    "month": "months",
    "year": "years",
}

HEDGES = {
    "about": "about",
    "at least": "at least",
    "at most": "at most",
    "more than": "more than",
    "fewer than": "fewer than",
    "nearly": "nearly",
    "up to": "up to",
    "between": "between",
    "estimated": "estimated",
    "average": "an average",
    "exactly": "exactly",
    "for example": "for example",
}

CHANNELS = (
    "direct quote",
    "indirect speech",
    "headline",
    "related headline",
    "page furniture",
    "document",
    "data file",
)

BASES = (
    "rate",
    "total over the period",
    "present at the time",
    "cumulative",
    "share",
    "ratio",
    "killed",
    UNKNOWN,
)

STAKES = ("Russia", "US-led coalition", "Islamic State", "other party to the war", "none known", UNKNOWN)

COUNT_ORIGINS = {
    "own count": "the body counted, and says how",
    "own statement": "the body gave the number, and no method",
    "compiled": "put together from others' counts",
    "tally": "added up by others from the body's releases",
    "repeats": "another row's number, said again",
    "computed": "worked out from other numbers",
    UNKNOWN: "the source does not say whose count it is",
}

UNIT_BASES = ("stated", "inherited", "inserted by the editor", "inferred")

GRADES = {
    "A": "the body's own page or data",
    "B": "a news report of it",
    "C": "a repost, a translation or a partisan outlet",
    "D": "a headline only",
}

# measure -> topic; the topic decides in which frame a row stands.
MEASURES = {
    "strikes": "strikes",
    "sorties": "strikes",
    "sorties with a weapon released": "strikes",
    "targets": "strikes",
    "weapons released": "strikes",
    "engagements": "strikes",
    "locations struck": "strikes",
    "ratio of sorties": "strikes",
    "ratio of strikes": "strikes",
    "fighters": "fighters",
    "foreign fighters": "fighters",
    "fighters from the former Soviet Union": "fighters",
    "fighters from Russia": "fighters",
    "foreign share of fighters": "fighters",
    "personnel records": "fighters",
    "origin countries": "countries",
    "civilians reported killed": "harm",
    "civilians killed, fairly reported": "harm",
    "attacks on civilians documented": "harm",
    "strikes that hit the Islamic State": "aim",
    "share of strikes that hit the Islamic State": "aim",
    "share of named targets outside Islamic State areas": "aim",
    "named targets": "aim",
    "named targets in Islamic State areas": "aim",
}

PLACES = ("Syria", "Iraq", "Iraq and Syria", "worldwide", UNKNOWN)

# Where the scope dial can stand: what is counted on the one side, and where the other side's count was made.
SCOPE_UNITS = ("sorties", "strikes", "targets", "weapons")
NOT_STATED = "not stated"
SCOPE_PLACES = (NOT_STATED, "Syria", "Iraq and Syria")
UNIT_MATCHES = {
    "by definition": "both sides count the same thing, by a meaning that both are known to share",
    "in name only": "one word on both sides, and at least one meaning unknown or narrower",
    "no": "unlike things",
}

_ID = Column("id", "", (), True)


def _text(meaning, required=False, allowed=()):
    return Column("text", meaning, tuple(allowed), required)


# What figures.csv, references.csv and by_country.csv share.
_EVIDENCE = {
    "figure_id": _ID._replace(meaning="readable, stable, unique in the case; never looks like a number"),
    "source_id": _ID._replace(meaning="the document in which the number stands: a row of sources.csv"),
    "quote": Column("verbatim", "the words that carry the number; the phrase or sentence, no more"),
}

_NUMBER = {
    "as_printed": Column("verbatim", "the number alone, as the source prints it; empty where it was worked out here"),
    "low": Column("number", "the number, or the low end of a range; empty: open below or unknown"),
    "high": Column("number", "the number, or the high end of a range; empty: open above or unknown"),
    "hedge": Column("hedges", "how the number is hedged; several are joined by ;", tuple(HEDGES)),
    "hedge_as_printed": _text("the printed words that hedge it"),
    "unit": Column("unit", "the unit counted in, built of the units listed below, e.g. strikes/day", (), True),
    "unit_as_printed": _text("the printed noun: people, terrorists, mercenaries, airstrikes per day"),
    "unit_basis": _text("how the unit is known", True, UNIT_BASES),
    "measure": _text("what is counted", True, MEASURES),
    "subject": _text("of whom: the air force that flew, the organisation whose members are counted", True),
    "place": _text("where", True, PLACES),
    "period_start": Column("date", "first day counted: YYYY, YYYY-MM, YYYY-MM-DD or unknown", (), True),
    "period_end": Column(
        "date", "last day counted, or the day for which a number present at the time is given", (), True
    ),
    "basis": _text("what kind of number it is", True, BASES),
    "said_by": _text("who said or wrote it, with office; unknown where the source is silent", True),
    "channel": _text("how it reached this document", True, CHANNELS),
    "counted_by": _text("the body whose count it is, however many repeat it; unknown where nobody says", True),
    "stake": _text("whether the body in counted_by belongs to a party to these wars: one rule for all", True, STAKES),
    "count_origin": _text("whose count it is", True, COUNT_ORIGINS),
    "repeats": Column("ids", "figure_ids whose number this row says again or contains; joined by ;"),
    "derivation": Column("working", "empty, or a working over figure_ids; then no source prints the number"),
    "grade": _text("how near the document is to the body that counted", True, GRADES),
    "caveat": _text("what to beware of"),
    "coder": _text("who coded the row: project until a person signs", True),
    "coded_on": Column("date", "when it was coded", (), True),
}

FIGURE_COLUMNS = {
    **_EVIDENCE,
    "gloss": _text("the quote in English, where it is not in English"),
    "prefix": Column("verbatim", "the text just before the quote, enough to find it once"),
    "suffix": Column("verbatim", "the text just after it"),
    "quote_start": Column("integer", "code point of the raw text at which the quote starts; empty for references"),
    "quote_end": Column("integer", "code point at which it ends, exclusive"),
    "as_printed": _NUMBER["as_printed"],
    "numeral_start": Column("integer", "code point at which as_printed starts; empty for references"),
    "numeral_end": Column("integer", "code point at which it ends, exclusive"),
    **{k: v for k, v in _NUMBER.items() if k != "as_printed"},
}

TABLES = {
    "sources": {
        "source_id": _ID._replace(meaning="readable, unique in the case: publisher and date"),
        "publisher": _text("who published the document", True),
        "title": _text("its title; unknown where the copy read does not show it", True),
        "author": _text("its author; unknown where not shown", True),
        "kind": _text(
            "what kind of document it is",
            True,
            (
                "news article",
                "news agency report",
                "repost",
                "report",
                "press release",
                "web page",
                "data file",
                "briefing",
                "book",
                "this project",
            ),
        ),
        "published": Column("date", "when it was published", (), True),
        "published_basis": _text(
            "how the date is known",
            True,
            ("printed", "from the URL", "from a repost", "inferred", "not shown", "not applicable"),
        ),
        "accessed": Column("date", "when it was read; unknown where that was not written down", (), True),
        "url": Column("url", "the address as the copy that was read gave it; it was not tested"),
        "language": _text("BCP 47 tag of the document's language", True),
        "licence": _text("terms of reuse; unknown where not shown", True),
        "sha256": _text("SHA-256 of the file that was read, where one was kept"),
        "note": _text("what else to know of the document"),
    },
    "figures": FIGURE_COLUMNS,
    "references": FIGURE_COLUMNS,
    "by_country": {
        "figure_id": _EVIDENCE["figure_id"],
        "source_id": _EVIDENCE["source_id"],
        "series": _text("which table the row belongs to, e.g. icsr-2015", True),
        "coverage": _text("whether the series stands here whole or in part", True, ("whole", "partial")),
        "country": _text("the country, as the source names it", True),
        "iso3": _text("ISO 3166-1 alpha-3 code", True),
        "returned": Column("number", "how many of them are said to have returned home"),
        **_NUMBER,
    },
    "relay": {
        "relay_id": _ID._replace(meaning="unique in the case"),
        "figure_id": _ID._replace(meaning="the figure of the article that this outlet words in its own way"),
        "source_id": _ID._replace(meaning="the outlet's document: a row of sources.csv"),
        "wording": Column("verbatim", "the outlet's words, in its language", (), True),
        "gloss": _text("the same in English, where it is not in English"),
        "hedge": Column("hedges", "how the outlet hedges the number", tuple(HEDGES)),
        "hedge_as_printed": _text("the words that hedge it, in the outlet's language"),
        "channel": _text("how the outlet passes it on", True, CHANNELS),
    },
    "definitions": {
        "definition_id": _ID._replace(meaning="unique in the case"),
        "term": _text("the term: strike, sortie, target, foreign fighter", True),
        "used_by": _text("the body that uses it so", True),
        "meaning": _text("what it means there, in the project's words", True),
        "quote": _text("the words on which that rests"),
        "source_id": _ID._replace(meaning="the document: a row of sources.csv"),
    },
    "set_aside": {
        "token": Column("verbatim", "the digits or the word in the text", (), True),
        "quote_start": Column("integer", "code point of the raw text at which it starts", (), True),
        "quote_end": Column("integer", "code point at which it ends, exclusive", (), True),
        "reason": _text("why it is not a figure", True),
        "source_id": _ID._replace(meaning="the document in which it stands"),
    },
    "scopes": {
        "scope_id": _ID._replace(meaning="unique in the case"),
        "unit": _text("what is counted on the Russian side: a position of the scope dial", True, SCOPE_UNITS),
        "place": _text("where the coalition's count was made: a position of the dial", True, SCOPE_PLACES),
        "period": _text("a short name for the time that is looked at: a position of the dial", True),
        "russia": _ID._replace(meaning="the figure_id of the Russian side, or of a ratio that one body states itself"),
        "coalition": Column("id", "the figure_id of the coalition's side; empty where one body states the ratio"),
        "unit_match": _text("whether both sides count the same thing; coded by hand", True, UNIT_MATCHES),
        "unit_why": _text("why unit_match is coded so", True),
        "best_for": _text("the best argument for looking at the claim in this scope", True),
        "best_against": _text("the best argument against it", True),
        "coder": _NUMBER["coder"],
        "coded_on": _NUMBER["coded_on"],
    },
}

# Tables whose rows are figures: their ids are unique together, and case["id"] finds them.
FIGURE_TABLES = ("figures", "references", "by_country")
KEYS = {
    "sources": "source_id",
    "figures": "figure_id",
    "references": "figure_id",
    "by_country": "figure_id",
    "relay": "relay_id",
    "definitions": "definition_id",
    "scopes": "scope_id",
}

DATE = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?|unknown"
ID = r"[a-z][a-z0-9]*(-[a-z0-9]+)*"
