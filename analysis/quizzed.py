"""Judge the questions of a case against its rows, and against each other: numerals, whose, balance, forms.

A question by itself is judged in asked. Each numeral stands in a row that the question names, or is worked out of such
in its `why`; of one that rests on a document alone, in the document's card: its note says what it has.
"""

import re
from collections import Counter
from collections.abc import Iterator

from . import claims
from .bank import Question, questions
from .case import Case
from .period import Period
from .schema import NONE_KNOWN, OTHER_TOPIC, UNKNOWN
from .tables import Fault

FILE = "questions.csv"
LEAST, MOST = 0.45, 0.55  # of the scored items, the share that is about sound numbers
# What a row or its card says numbers in, beside low and high.
_WORDS = ("as_printed", "quote", "gloss", "caveat", "prefix", "suffix", "said_by")
_PAST = ("repeats", "computed")  # count_origin of a number that somebody says again, or makes of another's


def faults(case: Case, broken: frozenset | set = frozenset()) -> Iterator[Fault]:
    """What is wrong with a case's bank.

    broken: ids of questions, figures and bodies with faults of their own: what rests on them is not judged, and where a
    question is among them, neither is the balance.

    >>> from analysis.case import load
    >>> list(faults(load()))
    []
    """
    bank = questions(case)
    for one in bank:
        if not broken & {one.question_id, *one.figure_ids}:
            yield from (Fault(FILE, one.question_id, *problem) for problem in problems(case, one))
    yield from _alike(bank)
    if not broken & {one.question_id for one in bank}:
        yield from _balance([one for one in bank if one.scored])


def problems(case: Case, one: Question) -> Iterator[tuple[str, str, str]]:
    """(column, message, remedy) for what one question has against the rows on which it rests."""
    yield from _numerals(case, one)
    yield from _places(case, one)
    yield from _whose(case, one)


# Numerals -------------------------------------------------------------------------------------------------------------


def _numerals(case: Case, one: Question) -> Iterator[tuple[str, str, str]]:
    """Numerals and dates that are in no row of the question, and workings that are wrong."""
    known, days = _known(case, one)
    if one.kind == "two-grades":
        known |= claims.numbers_in("; ".join(one.options))
    made, wrong = claims.worked(one.why, known, claims.numbers_in(one.use))
    yield from (("why", message, "Mend the working, or the figures it is made of") for message in wrong)
    known |= made
    where = "the note of its source" if one.source_id else "the rows of figure_ids"
    for column, text in _texts(one).items():
        for token in (*claims.unknown(text, known, days), *claims.in_words(text, known)):
            remedy = f"Write what stands in {where}, or the working in why: 444 ÷ 7 = 63.4"
            yield column, f"{token} is not in {where}, and no working in why makes it", remedy


def _places(case: Case, one: Question) -> Iterator[tuple[str, str, str]]:
    """A place of the case that is in none of the rows; a sentence that does not follow may name another."""
    rows = [case[figure_id].row for figure_id in one.figure_ids]
    told = " ".join(cell for row in rows for cell in row.values() if isinstance(cell, str))
    if one.source_id:
        told += " ".join(str(cell) for cell in case.source(one.source_id).values())
    for column in ("prompt", "use") if one.sound_or_weak == "sound" else ("prompt",):
        for place in case.vocabulary.places if told else ():
            if re.search(rf"\b{re.escape(place)}\b", getattr(one, column)) and place not in told:
                yield column, f"{place} is in none of the rows", "Write their place, or name the rows of this one"


def _texts(one: Question) -> dict[str, str]:
    """The cells whose numerals are ours to show."""
    told = {"prompt": one.prompt, "use": one.use, "why": one.why, "crucial_pieces": "; ".join(one.crucial_pieces)}
    if one.kind == "choice" and not one.judged:
        told["options"] = "; ".join(one.options)
    if one.kind in ("number", "order"):
        told["answer"] = f"{one.answer.replace('|', '; ')} {one.unit}"
    return {column: re.sub(r"[÷×+−=]", " ", text) for column, text in told.items()}


def _known(case: Case, one: Question) -> tuple[set[float], list[str]]:
    """(the numbers, the dates) that a question's rows and document show: ends, quotes, caveats, days, notes."""
    rows = [case[figure_id].row for figure_id in one.figure_ids]
    named = [row for row in rows if row["counted_by"] != UNKNOWN]
    numbers = {float(len(rows)), float(len(named))} if one.kind == "number" else set()
    days = []
    for row in rows:
        numbers |= {row[c] for c in ("low", "high") if row[c] == row[c]}  # NaN is no number
        numbers |= {float(n) for n in [Period(row["period_start"], row["period_end"]).days] if n}
        words = " ".join(row.get(c, "") for c in _WORDS)
        numbers |= claims.numbers_in(words)
        card = row["source"]
        days += [row["period_start"], row["period_end"], card["published"], *claims.dates(words)]
    if one.source_id:
        card = case.source(one.source_id)
        told = f"{card['title']} {card['note']}"
        numbers, days = numbers | claims.numbers_in(told), [*days, card["published"], *claims.dates(told)]
    return numbers, [day for day in days if day != UNKNOWN]


# Whose ----------------------------------------------------------------------------------------------------------------


def _whose(case: Case, one: Question) -> Iterator[tuple[str, str, str]]:
    """A group that is none of those whose numbers the question is about."""
    if one.whose == OTHER_TOPIC:
        return
    groups = {group for figure_id in one.figure_ids for group in groups_of(case, figure_id)}
    if groups and one.whose not in groups:
        listed = " or ".join(sorted(groups))
        yield "whose", f"{one.whose}, and its figures are of {listed}", f"Write {listed}, or mend figure_ids"


def groups_of(case: Case, figure_id: str) -> set[str]:
    """The ids of the groups whose number a figure is; none where nothing shows it.

    The group of the speaker, for a number of the article, for one that is said again or worked out by somebody, and
    where nobody is named as counter; else, or where the speaker has no group, that of the body that counted; else that
    of whom the quoted words name.

    >>> from analysis.case import load
    >>> sorted(groups_of(load(), "quote-fighters")), sorted(groups_of(load(), "fsb-russia-2015-09"))
    (['russian'], ['russian'])
    """
    row = case[figure_id].row
    said = row["table"] == "figures" or row["count_origin"] in _PAST or row["counted_by"] == UNKNOWN
    counted = {case.group(row["counted_by"])} - {""}
    spoken = _named(case, row["said_by"]) if said else set()
    return spoken or counted


def _named(case: Case, words: str) -> set[str]:
    """The groups of the bodies that words name: by the body's name, by a note of who speaks for it, by its party."""
    bodies = case.bodies[case.bodies["group"] != ""].to_dict("records")
    speaker = words.partition(" (")[0]
    found = {b["group"] for b in bodies if b["name"] in words or ("," in speaker and speaker in b["note"])}
    if found:
        return found
    parties = [p for p in case.vocabulary.parties if re.search(rf"\b{re.escape(p)}", words)]
    outlets = [case.party(b) for b in case.bodies["name"] if re.search(rf"\b{re.escape(b)}\b", words)]
    wanted = {*parties, *outlets} - {NONE_KNOWN, UNKNOWN}
    return {b["group"] for b in bodies if b["party"] in wanted}


# Among each other -----------------------------------------------------------------------------------------------------


def _alike(bank: list[Question]) -> Iterator[Fault]:
    """Questions that stand twice, and tests that share a prompt or rest on the same figures."""
    seen: dict[tuple, Question] = {}
    for one in bank:
        keys = [("it asks what {} asks", "prompt", (one.prompt, one.use))]
        if one.scored:
            keys.append(("its prompt is that of {}, in another test", "prompt", (one.prompt,)))
            keys += [
                ("it rests on the figures of {}, in another test", "figure_ids", ids) for ids in [one.figure_ids] if ids
            ]
        for message, column, key in keys:
            other = seen.setdefault((column, key), one)
            if other is not one and ("it asks" in message or other.form != one.form):
                remedy = "Ask something else: who takes both would be asked twice"
                yield Fault(FILE, one.question_id, column, message.format(other.question_id), remedy)


def _balance(scored: list[Question]) -> Iterator[Fault]:
    """About half of the scored items are sound; each test is as long, and has as many sound as weak of each group."""
    if not scored:
        return
    sound = sum(one.sound_or_weak == "sound" for one in scored) / len(scored)
    if not LEAST <= sound <= MOST:
        message = f"{sound:.0%} of the scored items are sound"
        remedy = f"Let {LEAST:.0%} to {MOST:.0%} be: else who says no to all does well, or who says yes"
        yield Fault(FILE, "", "sound_or_weak", message, remedy)
    counts = Counter((one.form, one.whose, one.sound_or_weak) for one in scored)
    forms = {one.form: None for one in scored}
    for form in forms:
        for whose in sorted({one.whose for one in scored}):
            kinds = {kind: counts[form, whose, kind] for kind in ("sound", "weak")}
            if len(set(kinds.values())) > 1 or not kinds["sound"]:
                message = f"{kinds['sound']} sound and {kinds['weak']} weak of {whose}"
                yield Fault(FILE, f"form {form}", "whose", message, "Let each test have as many of either, and some")
    sizes = Counter(one.form for one in scored)
    if len(set(sizes.values())) > 1:
        message = "tests of unlike length: " + ", ".join(f"{form} {n}" for form, n in sizes.items())
        yield Fault(FILE, "", "form", message, "Let each have as many scored items")
