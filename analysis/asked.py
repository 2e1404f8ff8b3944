"""Judge a question by itself: its kind, its options, its answer, its use. See bank for what a question is.

What it says of the case's numbers, and how the questions stand to one another, is judged in quizzed.
"""

import re
from collections.abc import Iterator

from .schema import OTHER_TOPIC, SUPPORTED
from .tables import NUMBER

Problem = tuple[str, str, str]  # column, message, remedy

FEWEST = 2  # options to choose or to order
MARKUP = re.compile(r"</?[a-zA-Z]|\]\(|[\n\r]")


def problems(row: dict) -> Iterator[Problem]:
    """What is wrong with one row of questions.csv. row: a dict of text; what its cells alone have wrong is not told.

    >>> row = dict.fromkeys("kind options answer use figure_ids source_id whose prompt why crucial_pieces".split(), "")
    >>> row |= {"question_id": "pre-01", "form": "pre", "sound_or_weak": "sound"}
    >>> [column for column, *_ in problems(row | {"kind": "choice", "options": "yes|no", "answer": "maybe"})]
    ['use', 'options', 'answer', 'figure_ids']
    """
    form, kind = row["form"], row["kind"]
    if not row["question_id"].startswith(f"{form}-"):
        yield "question_id", f"it does not begin with its form, {form}", f"Write {form}- and a number, or mend the form"
    judged = row["sound_or_weak"] in ("sound", "weak")
    yield from _judged(row) if judged else _practice(row)
    yield from _KINDS[kind](row, row["options"].split("|")) if kind in _KINDS else ()
    yield from _pieces(row["crucial_pieces"].split(";"))
    for column in ("prompt", "options", "answer", "why", "crucial_pieces", "use"):
        if MARKUP.search(row[column]):
            yield column, "it holds markup, or a line break", "Write it as plain words in one line"
    if not row["figure_ids"] and not row["source_id"]:
        yield "figure_ids", "it rests on nothing", "Name the figures on which it rests, or a document in source_id"
    if row["figure_ids"] and row["whose"] == OTHER_TOPIC:
        remedy = "Write the group of whoever counted, or take the figures out"
        yield "whose", f"{OTHER_TOPIC}, and yet it rests on figures of the case", remedy


def _judged(row: dict) -> Iterator[Problem]:
    """A judged item: a sentence, two options, and the answer that fits sound or weak."""
    if not row["use"]:
        yield "use", "a number is judged, and for no use", "Write the sentence that the evidence supports or not"
    if row["kind"] != "choice":
        yield "kind", f"a judged item, and {row['kind'] or 'none'}", "Write choice, or not scored under sound_or_weak"
    if row["options"] != "|".join(SUPPORTED):
        yield "options", "not those of a judged item", f"Write {'|'.join(SUPPORTED)}"
    fits = SUPPORTED[row["sound_or_weak"] == "weak"]
    if row["answer"] != fits and row["answer"] in SUPPORTED:
        yield "answer", f"{row['answer']}, and yet {row['sound_or_weak']}", f"Write {fits}, or mend sound_or_weak"


def _practice(row: dict) -> Iterator[Problem]:
    """What is not scored stands in no test, and has no use to judge."""
    if row["form"] != "practice":
        remedy = "Move it to practice, or write sound or weak"
        yield "sound_or_weak", f"not scored, and yet in the form {row['form']}", remedy
    if row["use"]:
        yield "use", "a use that is not judged", "Write sound or weak under sound_or_weak, or empty the use"


def _several(options: list[str], remedy: str) -> Iterator[Problem]:
    if len(options) < FEWEST or _muddled(options):
        yield "options", "fewer than two options, an empty one, or one that stands twice", remedy
    elif [option.strip() for option in options] != options:
        yield "options", "an option has white space at its ends", "Remove it, here and in the answer"


def _muddled(parts: list[str]) -> bool:
    """Whether a part is empty, or two differ in nothing but capitals, signs and white space."""
    bare = [re.sub(r"\W", "", part).lower() for part in parts]
    return "" in bare or len(set(bare)) < len(bare)


def _pieces(pieces: list[str]) -> Iterator[Problem]:
    """What a student ticks: each with words, and each once."""
    if pieces != [""] and _muddled(pieces):
        yield "crucial_pieces", "an empty piece, or one that stands twice", "Write each once, joined by ;"


def _choice(row: dict, options: list[str]) -> Iterator[Problem]:
    yield from _several(options, "Write each once, joined by |")
    if row["answer"] not in options:
        yield "answer", f"{row['answer'][:40]!r} is not among the options", "Copy it from them"


def _order(row: dict, options: list[str]) -> Iterator[Problem]:
    yield from _several(options, "Write each once, joined by |")
    if sorted(row["answer"].split("|")) != sorted(options):
        yield (
            "answer",
            "it is not the options in another order",
            "Write each option once, in the right order, joined by |",
        )
    elif row["answer"].split("|") == options:
        yield "options", "they stand in the right order already", "Mix them"


def _number(row: dict, options: list[str]) -> Iterator[Problem]:
    given = dict(part.partition("=")[::2] for part in options)
    if set(given) != {"tolerance", "unit"} or not given["unit"]:
        yield "options", "no tolerance or no unit", "Write tolerance=0.5|unit=buses a day, with its own number and noun"
    elif not NUMBER.fullmatch(given["tolerance"]) or given["tolerance"].startswith("-"):
        yield "options", f"{given['tolerance']!r} is no tolerance", "Write a number in the answer's unit; 0 for none"
    elif NUMBER.fullmatch(row["answer"]) and 2 * float(given["tolerance"]) > abs(float(row["answer"])):
        yield "options", "a tolerance of more than half of the answer", "Write one in which a guess can be wrong"
    if not NUMBER.fullmatch(row["answer"]):
        yield "answer", f"{row['answer'][:40]!r} is no number", "Write digits only, with a decimal point"


def _two_grades(row: dict, options: list[str]) -> Iterator[Problem]:
    given = [part.split("|") for part in row["options"].split("/")]
    fits = [part.replace(" ", "").split(",") for part in row["answer"].split("/")]
    if len(given) == 2 and not all(re.fullmatch(r"[A-Z0-9]", grade) for part in given for grade in part):
        yield "options", "a grade that is no capital letter and no digit", "Write A|B|C/1|2|3"
    if len(given) != 2:
        yield "options", "not two lists of grades", "Write A|B|C/1|2|3"
    elif len(fits) != 2 or any(not set(some) <= set(of) for some, of in zip(fits, given, strict=True)):
        yield "answer", "grades that are not among the options", "Write those that fit, as B,C / 2,3"


_KINDS = {"choice": _choice, "number": _number, "order": _order, "two-grades": _two_grades}
