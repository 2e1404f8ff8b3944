"""The words of the data that hold for every case: tables, columns, hedges, channels, bases. Data only.

Everything that reads or writes a case takes its words from here, and so do the codebook in data/README.md and each
case's datapackage.json, which are generated from this file. What a case counts, where, and who has a stake in it are
words of its own: they stand in its case.toml (see analysis.casefile).
"""

from typing import NamedTuple


class Column(NamedTuple):
    """One column: its type, what it means, and what may stand in it."""

    type: str  # text, verbatim, number, integer, date, id, ids, hedges, unit, working, url
    meaning: str
    allowed: tuple = ()  # empty: any text of the type
    required: bool = False  # an empty cell is a fault
    words: str = (
        ""  # the list of the case's own words from which a cell takes its text; allowed then holds the common ones
    )


UNKNOWN = "unknown"  # a value: the source is silent
NONE_KNOWN = "none known"  # of a body: no party that has a stake is known to stand behind it
OURS = "this project"  # the kind of the card that stands for our own arithmetic
DRAFT = "draft"  # the coder of a row that no person has checked
YOU = "you"  # the coder of a figure of one's own, until a person signs it
NOT_STATED = "not stated"  # a position of the scope dial

HEDGES = (
    "about",
    "at least",
    "at most",
    "more than",
    "fewer than",
    "nearly",
    "up to",
    "between",
    "estimated",
    "average",
    "exactly",
    "for example",
)

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
    "target",
    "single case",
    UNKNOWN,
)

COUNT_ORIGINS = {
    "own count": "the body counted, and its row, its note in bodies.csv or a definition says how or from what",
    "own statement": "the body gave the number, and no method",
    "compiled": "put together from others' counts",
    "tally": "added up by others from the body's releases",
    "repeats": "a number printed before, said again",
    "computed": "worked out from other numbers",
    UNKNOWN: "the source does not say whose count it is",
}

NOT_REACHABLE = "not reachable"  # the document could not be opened to read the row again

GRADES = {  # by the rule of analysis.grades
    "A": "the body's own page or data",
    "B": "a news report of it",
    "C": "a repost, a copy or a translation",
    "D": "a headline only",
}

UNIT_MATCHES = {
    "by definition": "both sides count the same thing, by a meaning that both are known to share",
    "in name only": "one word on both sides, and at least one meaning unknown or narrower",
    "no": "unlike things",
}

# Of the questions for a class.
LESSONS = ("1", "2", "3")
FORMS = ("pre", "post", "later", "practice")
QUESTION_KINDS = ("choice", "number", "order", "two-grades")
SOUND = ("sound", "weak", "not scored")
SUPPORTED = ("supported for this use", "not supported for this use")  # the options of every judged item
OTHER_TOPIC = "other topic"  # whose: an item about something else than the case

_ID = Column("id", "", (), True)


def _text(meaning, required=False, allowed=(), words=""):
    return Column("text", meaning, tuple(allowed), required, words)


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
    "hedge": Column("hedges", "how the number is hedged; several are joined by ;", HEDGES),
    "hedge_as_printed": _text("the printed words that hedge it"),
    "unit": Column("unit", "the unit counted in, built of the case's nouns, e.g. buses/day", (), True, "units"),
    "unit_as_printed": _text(
        "the noun of the quote, whatever the unit calls it: people, riders, buses daily; empty where it has none"
    ),
    "measure": _text("what is counted", True, (UNKNOWN,), "measures"),
    "subject": _text("of whom or what: those who did it, or those who are counted", True),
    "place": _text("where", True, (UNKNOWN,), "places"),
    "period_start": Column("date", "first day counted: YYYY, YYYY-MM, YYYY-MM-DD or unknown", (), True),
    "period_end": Column(
        "date", "last day counted, or the day for which a number present at the time is given", (), True
    ),
    "basis": _text("what kind of number it is", True, BASES),
    "said_by": _text("who said or wrote it, with office; unknown where the source is silent", True),
    "channel": _text("how it reached this document", True, CHANNELS),
    "counted_by": _text("the body whose count it is, however many repeat it; unknown where nobody says", True),
    "count_origin": _text("whose count it is", True, COUNT_ORIGINS),
    "repeats": Column("ids", "figure_ids whose number this row says again or contains; joined by ;"),
    "derivation": Column("working", "empty, or a working over figure_ids; then no source prints the number"),
    "caveat": _text("what to beware of"),
    "read_again": Column("date", "when the row was read again in its document", (NOT_REACHABLE,)),
    "coder": _text("who coded the row: project until a person signs", True),
    "coded_on": Column("date", "when it was coded", (), True),
}

_GLOSS = _text("the quote in English, where it is not in English")

FIGURE_COLUMNS = {
    **_EVIDENCE,
    "gloss": _GLOSS,
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
        "publisher": _text(
            "who published the document; of a copy, the body whose text it is, or the site that has it", True
        ),
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
                "speech",
                "letter",
                "parliamentary record",
                OURS,
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
        "language": _text("BCP 47 tag of the document's language; en-t-fr: a translation from French", True),
        "licence": _text("terms of reuse; unknown where not shown", True),
        "sha256": _text("SHA-256 of the file that was read, where one was kept"),
        "note": _text("what else to know of the document"),
    },
    "figures": FIGURE_COLUMNS,
    "references": FIGURE_COLUMNS,
    "bodies": {
        "body_id": _ID._replace(meaning="unique in the case"),
        "name": _text("as counted_by and publisher have it; no other body has it", True),
        "kind": _text("whether it counts or speaks, or publishes", True, ("body", "outlet")),
        "party": _text("the party with a stake to which it belongs", True, (NONE_KNOWN, UNKNOWN), "parties"),
        "group": _text("the group in which charts show it: one of [groups] in case.toml", False, (), "groups"),
        "speaks_for": Column("id", "the body whose own page an outlet is: a body_id"),
        "owner": _text("who owns or pays for it; unknown where no source was found", True),
        "owner_period": _text("for when that is known"),
        "owner_source_id": Column("id", "the document that says so: a row of sources.csv"),
        "note": _text("what else to know of it"),
    },
    "by_country": {
        "figure_id": _EVIDENCE["figure_id"],
        "source_id": _EVIDENCE["source_id"],
        "quote": _EVIDENCE["quote"]._replace(meaning="the words that carry the number; of a data file, its own line"),
        "gloss": _GLOSS,
        "series": _text("which table the row belongs to, e.g. icsr-2015", True),
        "coverage": _text("whether the series stands here whole or in part", True, ("whole", "partial")),
        "country": _text("the country, by a name in English; what the source calls it stands in the quote", True),
        "iso3": _text("ISO 3166-1 alpha-3 code", True),
        "returned": Column("number", "how many of them are said to have returned home"),
        **_NUMBER,
    },
    "relay": {
        "relay_id": _ID._replace(meaning="unique in the case"),
        "figure_id": _ID._replace(meaning="the figure or reference that this outlet words in its own way"),
        "source_id": _ID._replace(meaning="the outlet's document: a row of sources.csv"),
        "wording": Column("verbatim", "the outlet's words, in its language", (), True),
        "gloss": _text("the same in English, where it is not in English"),
        "hedge": Column("hedges", "how the outlet hedges the number", HEDGES),
        "hedge_as_printed": _text("the words that hedge it, in the outlet's language"),
        "channel": _text("how the outlet passes it on", True, CHANNELS),
    },
    "definitions": {
        "definition_id": _ID._replace(meaning="unique in the case"),
        "term": _text("the term", True),
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
        "unit": _text("what is counted on the first side: a position of the scope dial", True, (), "scope units"),
        "place": _text("where the second side's count was made: a position of the dial", True, (), "scope places"),
        "period": _text("a short name for the time that is looked at: a position of the dial", True),
        "a": _ID._replace(meaning="the figure_id of the first side, or of a ratio that one body states itself"),
        "b": Column("id", "the figure_id of the second side; empty where one body states the ratio"),
        "unit_match": _text("whether both sides count the same thing; coded by hand", True, UNIT_MATCHES),
        "unit_why": _text("why unit_match is coded so", True),
        "best_for": _text("the best argument for looking at the article's numbers in this scope", True),
        "best_against": _text("the best argument against it", True),
        "coder": _NUMBER["coder"],
        "coded_on": _NUMBER["coded_on"],
    },
    "questions": {
        "question_id": _ID._replace(meaning="unique in the case"),
        "lesson": _text("the lesson to which it belongs", True, LESSONS),
        "form": _text("the test in which it stands, or practice in a lesson", True, FORMS),
        "kind": _text("how it is answered", True, QUESTION_KINDS),
        "prompt": _text("what the student reads first; for two-grades the words to be graded too", True),
        "options": _text(
            "what may be answered, joined by |; of a number tolerance=0.5|unit=...; of two grades A|B/1|2", True
        ),
        "answer": _text(
            "an option; a number; all options in order, joined by |; of two grades those that fit: B,C / 2,3", True
        ),
        "why": _text("what is shown after the answer: the reason, with its working", True),
        "crucial_pieces": _text("what a full reason names, joined by ;", True),
        "figure_ids": Column("ids", "the figures on which it rests; joined by ;"),
        "use": _text("of a judged item: the sentence for which the evidence is enough or not; else empty"),
        "sound_or_weak": _text(
            "whether the evidence supports the use; not scored: practice without a use", True, SOUND
        ),
        "whose": _text(
            "the group of the body that counted; for the article's own numbers, of the speaker",
            True,
            (OTHER_TOPIC,),
            "groups",
        ),
        "topic": _text("what it is about, in a word or two", True),
        "source_id": Column("id", "the document of what no figure of the case carries: a row of sources.csv"),
    },
}

NEEDED = ("sources", "figures")  # the other tables may be missing, or have no rows
# Tables whose rows are figures: their ids are unique together, and case["id"] finds them.
FIGURE_TABLES = ("figures", "references", "by_country")
KEYS = {
    "sources": "source_id",
    "figures": "figure_id",
    "references": "figure_id",
    "bodies": "body_id",
    "by_country": "figure_id",
    "relay": "relay_id",
    "definitions": "definition_id",
    "scopes": "scope_id",
    "questions": "question_id",
}

# Letters that nobody sees, and that change what is seen: NUL and other controls, line and paragraph separators, marks
# and overrides of the direction of text. A line end or a tab may stand in words that are quoted.
HIDDEN = r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
DATE = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?|unknown"
ID = r"[a-z][a-z0-9]*(-[a-z0-9]+)*"
