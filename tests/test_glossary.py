"""The glossary: few words, each plain; a link to one leads to its note on a page, and shows it on hover in Lab."""

from pathlib import Path

import nbformat
import pytest

import analysis
from analysis import glossary, pages, save
from analysis.bank import questions

HERE = Path(__file__).resolve().parent.parent
TEXTS = [
    *HERE.glob("notebooks/**/*.ipynb"),
    *HERE.glob("data/*/lessons/*.md"),
    *HERE.glob("analysis/**/*.py"),
    *HERE.glob("data/*/case.toml"),
]
MOST = 25
WORDS = glossary.words()


def test_the_words_are_few_stand_once_in_order_and_each_has_one_sentence():
    terms = [word.term for word in WORDS.values()]
    lines = glossary.FILE.read_text(encoding="utf-8").splitlines()
    assert 0 < len(terms) <= MOST
    assert len(terms) == len(lines) - 1, "two words with one target"
    assert terms == sorted(terms, key=str.lower)
    for word in WORDS.values():
        assert word.meaning.endswith(".")
        assert word.meaning.count(". ") == 0, word
        assert word.meaning == word.meaning.strip()


@pytest.mark.parametrize("path", [p for p in TEXTS if p.name != "glossary.py"], ids=lambda p: p.name)
def test_a_linked_word_is_in_the_glossary(path):
    assert glossary.missing(path.read_text(encoding="utf-8")) == [], "add it to analysis/glossary.csv"


def test_a_word_that_is_not_there_is_missed():
    text = '[flights](#word-sortie), [a](#word-nothing) and <a href="#word-none">b</a>'
    assert glossary.missing(text) == ["word-nothing", "word-none"]
    with pytest.raises(KeyError):
        pages.hook.note({}, "word-nothing")


@pytest.mark.parametrize("target", WORDS)
def test_the_note_of_a_word_is_its_meaning(target):
    note = pages.hook.note({}, target)
    assert note == pages.hook.note({}, f"{target}@lesson-1")  # as a saved notebook names it
    assert note.head == WORDS[target].term
    assert WORDS[target].meaning.split("'")[0] in note.body


def test_a_link_to_a_word_has_its_meaning_as_title_in_a_saved_notebook():
    cell = nbformat.v4.new_markdown_cell("They flew [flights](#word-sortie), and [some](#word-nothing).")
    notebook = nbformat.v4.new_notebook(cells=[cell])
    for _ in range(2):  # run twice, it stays the same
        save.titled(notebook, analysis.load())
        meaning = WORDS["word-sortie"].meaning
        assert cell.source == f'They flew [flights](#word-sortie "{meaning}"), and [some](#word-nothing).'


def test_a_judged_question_that_says_sortie_says_what_one_is():
    for case in analysis.cases():
        for one in questions(case):
            if "sortie" in f"{one.prompt} {one.use}" and one.judged:
                assert "one flight" in one.prompt, one.question_id


def test_a_saved_notebook_has_the_meaning_under_a_heading_of_the_link_s_name():
    cell = nbformat.v4.new_markdown_cell("They flew [flights](#word-sortie).")
    notebook = nbformat.v4.new_notebook(cells=[cell])
    save.noted(notebook, analysis.load())
    assert f"##### word-sortie\n\n**sortie**: {WORDS['word-sortie'].meaning}" in notebook.cells[-1].source


def test_a_word_s_note_in_a_saved_notebook_is_where_its_links_lead():
    cell = nbformat.v4.new_markdown_cell("They flew [flights](#word-sortie).")
    notebook = nbformat.v4.new_notebook(cells=[cell])
    for _ in range(2):
        save.titled(notebook, analysis.load(), "lesson 1")
        save.noted(notebook, analysis.load(), "lesson 1")
    assert "[flights](#word-sortie@lesson-1 " in notebook.cells[0].source
    assert 'id="word-sortie@lesson-1"' in notebook.cells[-1].source
    assert len(notebook.cells) == 2
