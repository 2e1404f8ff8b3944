"""What stands in a text for a reference: a row's number in one of its forms, a question's words, an outlet's owner."""

import re
from collections.abc import Callable
from typing import NamedTuple

from .. import bank, rates, words
from ..case import Case
from ..case import load as load_case
from ..figure import Figure, days
from ..schema import UNKNOWN
from ..units import UnitError
from ..working import WorkingError
from .files import letters


class Said(NamedTuple):
    """What stands in a text for a reference.

    text: its words. working: the figure_ids on which it rests, as a working; empty where it is no figure. quoted:
    whether they are somebody else's words. marked: the number within the quoted words.
    """

    text: str
    working: str = ""
    quoted: bool = False
    marked: str = ""


class LessonError(ValueError):
    """What a reference in a text of a lesson cannot be; the message says why."""


# A figure's forms -----------------------------------------------------------------------------------------------------


def number(figure: Figure) -> str:
    """A figure's number without its unit; a percentage with its sign.

    >>> import analysis
    >>> number(analysis.load()["soufan-countries-2015-12"])
    '86 or more'
    """
    return words.span(figure.low, figure.high, figure.hedges, "%" if figure.unit == "percent" else "")


def hedged(figure: Figure) -> str:
    """A figure's number behind the hedge that its source has, in the codebook's word for it.

    >>> import analysis
    >>> case = analysis.load()
    >>> hedged(case["soufan-countries-2015-12"]), hedged(case["gru-fighters-2016"])
    ('at least 86', 'about 33,000')
    """
    own = [hedge for hedge in figure.hedges if hedge not in ("between", "for example", "estimated", "average")]
    ends = [end for end in (figure.low, figure.high) if end == end]
    if len(ends) != 2 and own and ends:
        return f"{own[0]} {words.number(ends[0])}"
    return f"{own[0]} {number(figure)}" if own and len(ends) == 2 else number(figure)


def by_day(figure: Figure) -> str:
    """A figure by the day of its own period. Raises LessonError where it has no rate."""
    made = rates.rate(figure)
    if made.low != made.low and made.high != made.high:
        raise LessonError(f"{figure.working}: {made.notes[-1] if made.notes else 'no rate'}")
    return number(made)


def short(text: str) -> str:
    """A date in words with its month cut to three letters.

    >>> short("30 September 2015 to 20 September 2017"), short("May 2014 to August 2014")
    ('30 Sep 2015 to 20 Sep 2017', 'May 2014 to Aug 2014')
    """
    return re.sub(r"\b(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]+(?= \d{4}| to )", r"\1", text)


def when(row: dict) -> str:
    """The days that a row is about: one day, or the first and the last, without saying a month or a year twice.

    >>> when({"period_start": "2015-11-21", "period_end": "2015-11-22"}), when({"period_start": "unknown",
    ...       "period_end": "2017-04-05"}), when({"period_start": "2016", "period_end": "2016"})
    ('21 to 22 November 2015', 'to 5 April 2017', '2016')
    """
    first, last = row["period_start"], row["period_end"]
    if first == UNKNOWN != last:
        return f"to {words.date(last)}"
    if first == f"{first[:4]}-01-01" and last == f"{first[:4]}-12-31":
        return first[:4]
    told = words.period(first, last)
    head, _, tail = (part.split() for part in told.partition(" to "))
    shared = _shared(head, tail) if tail else 0
    return " ".join([*head[: len(head) - shared], "to", *tail]) if shared else told


def _shared(head, tail):
    """How many words at the end of two dates are the same, the first word of either left in place."""
    alike = (n for n in range(len(head) - 1, 0, -1) if head[-n:] == tail[-n:])
    return next(alike, 0) if len(head) == len(tail) else 0


def source(row: dict) -> str:
    """In which document a row was read: publisher and date; our own working as such."""
    return "our working" if row["derivation"] else short(words.source_name(row["source"]))


def _days(figure):
    return number(days(figure))


def _quoted(figure):
    row = figure.row
    own = row["source"]["language"].split("-")[0] == figure.case.meta["language"]
    text = words.plain(row["quote"] if own or not row["gloss"] else row["gloss"])
    if not text:
        raise LessonError(f"{figure.working} has no quote")
    return Said(text, figure.working, True, row["as_printed"] if own else "")


def _lettered(figure):
    found = letters(figure.case).get(figure.working)
    if not found:
        raise LessonError(f"{figure.working} stands behind no card, so it has no letter")
    return found


def _of_row(column: str) -> Callable[[Figure], str]:
    return lambda figure: figure.row[column]


FORMS: dict[str, Callable[[Figure], "str | Said"]] = {
    "number": number,
    "hedged": hedged,
    "day": by_day,
    "days": _days,
    "quote": _quoted,
    "printed": _of_row("as_printed"),
    "unit": _of_row("unit"),
    "place": _of_row("place"),
    "letter": _lettered,
    "who": _of_row("counted_by"),
    "by": lambda figure: figure.row["said_by"].partition(" (")[0],
    "when": lambda figure: when(figure.row),
    "source": lambda figure: source(figure.row),
}
OF_ROWS = {
    "letter",
    "days",
    "quote",
    "printed",
    "place",
    "who",
    "by",
    "when",
    "source",
    "day",
}  # what a working does not have
QUESTION = ("prompt", "use", "answer", "why")


# What a reference says ------------------------------------------------------------------------------------------------


def said(case: Case, text: str) -> Said:
    """What stands in a text for a reference.

    case: the case of the text. text: what is between the braces: an id or a working, and a form; `case:id` for a row of
    another case. Raises LessonError where there is no such thing.

    >>> import analysis
    >>> case = analysis.load()
    >>> said(case, "mod-strikes-to-2017-09-20 day").text, said(case, "sputnik name").text
    ('127', 'Sputnik')
    """
    what, form = _form(text.strip())
    other, colon, rest = what.partition(":")
    if colon and re.fullmatch(r"[a-z0-9-]+", other):
        try:
            return said(case if other == case.name else load_case(other), f"{rest} {form}".strip())
        except FileNotFoundError as e:
            raise LessonError(str(e)) from e
    for find in (_figure, _question, _body, _source, _relay):
        found = find(case, what, form)
        if found is not None:
            return found
    raise LessonError(unknown(case, what))


def _form(text):
    what, _, form = text.rpartition(" ")
    known = {*FORMS, *QUESTION, "owner", "name", "source"}
    return (what, form) if what and form in known else (text, "")


def _figure(case, what, form):
    if what not in case and not re.search(r"[ (]", what):
        return None
    if form and form not in FORMS:
        return None
    try:
        figure = case.evaluate(what)
    except (WorkingError, UnitError, KeyError) as e:
        raise LessonError(str(e).strip('"')) from e
    if form in OF_ROWS and not figure.row:
        raise LessonError(f"{what} is no row, so it has no {form}")
    made = FORMS[form or "number"](figure)
    return made if isinstance(made, Said) else Said(made, what)


def _question(case, what, form):
    found = [q for q in bank.questions(case) if q.question_id == what] if form in QUESTION else []
    return Said(getattr(found[0], form)) if found else None


def _body(case, what, form):
    rows = case.bodies[case.bodies["body_id"] == what] if form in ("owner", "name") else ()
    return Said(rows.iloc[0][form]) if len(rows) else None


def _source(case, what, form):
    rows = case.sources[case.sources["source_id"] == what] if form == "source" else ()
    return Said(short(words.source_name(rows.iloc[0]))) if len(rows) else None


def _relay(case, what, form):
    """An outlet's wording of one of the article's numbers, in English; or the outlet."""
    rows = case.relay[case.relay["relay_id"] == what] if form in ("quote", "source") else ()
    if not len(rows):
        return None
    row = rows.iloc[0]
    outlet = case.source(row["source_id"])["publisher"]
    working = row["figure_id"]
    return Said(row["gloss"] or row["wording"], working, True) if form == "quote" else Said(outlet)


def unknown(case: Case, what: str) -> str:
    """That a case has no such id, and the nearest one that it has."""
    import difflib

    near = difflib.get_close_matches(what, list(case), n=1, cutoff=0.5)
    return f"there is no {what!r}" + (f"; did you mean {near[0]}?" if near else "")
