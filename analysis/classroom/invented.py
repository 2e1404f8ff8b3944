"""A class that nobody has taught: files made up by a seed, to show something before there are any."""

import random

from .. import bank
from .. import case as cases
from ..ask import answers as files
from .stats import NUMBERS
from .taken import FORMS, OCCASIONS

CLASS, STUDENTS = "7B", 24
# How often a student of this class is right, at each occasion, on sound and on weak numbers.
RIGHT = {"before": (0.66, 0.5), "after": (0.74, 0.68), "later": (0.72, 0.64), "": (0.7, 0.7)}
MISSES = 0.05  # how often a question is left blank


def invented(case: str | cases.Case = cases.DEFAULT, students: int = STUDENTS, seed: int = 1) -> dict[str, bytes]:
    """The files of a made-up class, by their names: before, after and two weeks later, the three forms turned.

    case: whose questions it answers. students: how many. seed: another seed is another class. Three files have a fault:
    one is there twice, one is empty, one was saved again by a spreadsheet. The same on every machine.

    >>> made = invented(students=6)
    >>> sorted(made)[:2], made == invented(students=6)
    (['answers-7B-1.csv', 'answers-7B-2 (1).csv'], True)
    """
    chance = random.Random(seed)
    questions, version = bank.questions(case), bank.version(case)
    name = cases.load(case).name
    made = {}
    for seat in range(1, students + 1):
        common = {"code": f"{CLASS}-{seat}", "case": name, "version": version}
        rows = [common | row for row in _student(chance, questions, seat)]
        made[files.file_name(common["code"])] = files.text_of(rows).encode()
    second, third = (files.file_name(f"{CLASS}-{seat}") for seat in (2, 3))
    made[second.replace(".csv", " (1).csv")] = made[second]
    made[third.replace(".csv", " (1).csv")] = b""
    made[third] = b"\xef\xbb\xbf" + made[third].replace(b"\n", b"\r\n")
    return made


def _student(chance, questions, seat):
    """One student's rows: three tests, then what was practised."""
    for turn, occasion in enumerate(OCCASIONS):
        form = FORMS[(turn + seat) % len(FORMS)]
        for question in questions:
            if question.form == form and question.judged:
                yield _row(chance, question, occasion)
    for question in questions:
        if question.form == "practice":
            yield _row(chance, question, f"lesson-{question.lesson}") | _seen(chance, question)


def _row(chance, question, occasion):
    """One answer with its confidence."""
    right = chance.random() < RIGHT.get(occasion, RIGHT[""])[question.sound_or_weak == "weak"]
    step = NUMBERS["steps"][int(chance.random() * len(NUMBERS["steps"]))]
    blank = chance.random() < MISSES
    row = {"occasion": occasion, "form": question.form, "question_id": question.question_id}
    if question.kind == "two-grades":
        source, information = (letters[int(chance.random() * len(letters))] for letters in question.grades)
        same = question.grades[1][question.grades[0].index(source)]
        return row | {"answer": source + (same if chance.random() < RIGHT[""][0] else information)}
    wrong = next((option for option in question.options if option != question.answer), "")
    wrong = {"number": "0", "order": "|".join(question.options)}.get(question.kind, wrong)
    return row | {
        "answer": "" if blank else question.answer if right else wrong,
        "confidence": "" if blank else str(step),
    }


def _seen(chance, question):
    """The pieces that the student ticked after the reveal."""
    ticked = [piece for piece in question.crucial_pieces if chance.random() < RIGHT[""][0]]
    return {"pieces": ";".join(ticked) or "none"}
