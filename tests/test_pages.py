"""The project's own pages, built as a reader's command builds them."""

import json
import re
import subprocess
import sys
from types import SimpleNamespace

import pytest

import analysis
from analysis import draft
from analysis.__main__ import main
from analysis.pages import TEMPLATE, explore, hook, shipped_notebooks
from nbstill.many import around
from nbstill.shelf import contents
from tests.conftest import write_trees

MOST_BYTES = 600_000  # a page still opens quickly on a school laptop; 113 KB of them are its typefaces
MOST_OF_ANY = 600_000  # a page of any case, whatever it holds


def test_every_page_of_ours_is_light_and_builds_without_a_warning(whole_report):
    notebooks = [path for path in shipped_notebooks() if path.name != TEMPLATE]
    assert [page.stem for page in whole_report.pages] == [*(path.stem for path in notebooks), "index"]
    heavy = {page.name: size for page in whole_report.pages if (size := page.stat().st_size) > MOST_BYTES}
    assert heavy == {}
    assert [
        line for line in whole_report.said if line.startswith("  ")
    ] == []  # what a build warns of is indented below its page


TEXT = (
    "Buses stop\n\nThe union said that up to 1,500 buses stood still, 40 per cent of them.\n\n“We saw 9,” Ann said.\n"
)


@pytest.fixture
def drafted(tmp_path):
    """The folder of a case that was drafted from a text, and that nobody has touched."""
    text = tmp_path / "Bus strike.txt"
    text.write_text(TEXT, encoding="utf-8")
    return draft.new(text, home=tmp_path)


@pytest.fixture
def trees(tmp_path):
    """The folder of the case of ten lines."""
    (tmp_path / "trees").mkdir()
    return write_trees(tmp_path / "trees")


def report(tmp_path, capsys, *cases):
    """The pages that one command builds of these cases; it warns of nothing, and names each."""
    out = tmp_path / "build" / "report"
    status, said = main(["report", *map(str, cases), "--out", str(out)]), capsys.readouterr()
    assert status == 0, said.err
    pages = [out / f"{analysis.load(case).name}.html" for case in cases]
    assert said.out.splitlines()[-len(pages) :] == [f"Open {page}" for page in pages]
    assert [line for line in said.out.splitlines() if line.startswith("  ")] == []
    assert max(page.stat().st_size for page in pages) < MOST_OF_ANY
    return [page.read_text(encoding="utf-8") for page in pages]


def test_each_case_that_comes_with_the_package_has_a_page_by_its_name(tmp_path, capsys):
    for name, html in zip(analysis.cases(), report(tmp_path, capsys, *analysis.cases()), strict=True):
        meta = analysis.load(name).meta
        assert f"<title>{meta['title']}</title>" in html
        assert meta["question"] in html
        assert html.count("<select") == 6
        assert "not checked by a person" not in html.lower()


def test_a_drafted_case_has_a_page_that_says_so_first_and_what_it_lacks(drafted, tmp_path, capsys):
    [html] = report(tmp_path, capsys, drafted)
    assert "Draft: Bus strike</h1>" in html
    assert html.index("Not checked by a person") < html.index("What does each number in this article measure")
    for sentence in (
        "This case has nothing that was counted more than once at a known time.",
        "This case tells of nobody who passed the article's numbers on.",
        "This case has no list of what its article does not say.",
        'all of them: <span class="wc-count">0</span> bodies named',
    ):
        assert sentence in html, sentence


def test_a_case_of_ten_lines_has_a_page(trees, tmp_path, capsys):
    [html] = report(tmp_path, capsys, trees)
    assert "some 40 old trees" in re.sub(r"<[^>]+>", "", html)
    assert "Old trees" not in html  # its subject has a name of its own
    assert "This case tells of nobody who passed" in html


def test_an_unknown_case_is_told_which_there_are_and_builds_nothing(tmp_path, capsys):
    assert main(["report", "nosuch", "--out", str(tmp_path / "build" / "report")]) == 1
    said = capsys.readouterr().err
    assert all(name in said for name in ("'nosuch'", *analysis.cases()))
    assert list(tmp_path.iterdir()) == []


def test_the_copy_differs_from_the_template_in_its_heading_its_one_line_and_its_metadata(trees, tmp_path):
    copy = json.loads(explore(trees, tmp_path / "explore").read_text(encoding="utf-8"))
    template = next(path for path in shipped_notebooks() if path.name == TEMPLATE)
    cells = json.loads(template.read_text(encoding="utf-8"))["cells"]
    before = [c["source"] for c in cells if "remove-cell" not in c["metadata"].get("tags", [])]
    before = "\n".join("".join(source) for source in before).splitlines()
    after = "\n".join(c["source"] for c in copy["cells"]).splitlines()
    changed = [line for line, old in zip(after, before, strict=True) if line != old]
    comment = "  # the line to change: a case's name, or its folder"
    assert changed == ["# Trees", f"case = analysis.load({str(trees)!r}){comment}"]
    assert copy["metadata"]["whocounted"]["case"] == str(trees)


def test_a_page_of_a_case_that_has_changed_is_built_again(trees, tmp_path):
    def made():
        return explore(trees, tmp_path / "explore").read_text(encoding="utf-8")

    first, again = made(), made()
    path = trees / "figures.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("the mayor", "a mayor"), encoding="utf-8")
    assert (first == again, first == made()) == (True, False)


def test_a_title_that_looks_like_markup_stays_what_it_is(trees, tmp_path, capsys):
    toml = trees / "case.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace('"Trees"', '"5 * <b> [a](b) & `c`"'), encoding="utf-8")
    assert "5 * &lt;b&gt; [a](b) &amp; `c`</h1>" in report(tmp_path, capsys, trees)[0]


META = {"title": "How <b>many</b>?", "question": "Who counted?", "content_note": "It is about a war.<script>"}


def test_the_index_of_a_case_has_its_name_question_and_content_note(monkeypatch):
    page = {
        "title": "A",
        "standfirst": "",
        "minutes": 2,
        "controls": 0,
        "picture": "",
        "metadata": {"whocounted": {"case": "buses"}},
    }
    monkeypatch.setattr("analysis.pages._loaded", lambda name: SimpleNamespace(meta=META))
    html = contents({"a.html": page}, [hook])
    assert "<h1>Who Counted?</h1>" in html
    assert "How &lt;b&gt;many&lt;/b&gt;?" in html
    assert "It is about a war.&lt;script&gt;" in html
    assert "about 2 minutes" in html
    assert "without a network" in html


def test_a_figure_has_a_note_and_any_other_word_has_none(case):
    metadata = {"whocounted": {"case": str(case.folder)}}
    note = hook.note(metadata, "buses")
    assert (note.head, note.source) == ("20–30 buses/day", "The Gazette, 15 June 2017")
    assert "about" in note.body
    assert hook.note(metadata, "buses / rivals").source.startswith("our working")
    with pytest.raises((KeyError, ValueError)):
        hook.note(metadata, "The-control")


def test_the_old_command_says_the_new_one(tmp_path):
    path = tmp_path / "a.ipynb"
    path.write_text('{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}', encoding="utf-8")
    command = [sys.executable, "-m", "analysis", "report", str(path), "--out", str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "is now python -m nbstill" in done.stderr
    assert (tmp_path / "out" / "a.html").exists()


def test_code_data_and_lock_are_what_our_pages_depend_on(tmp_path, monkeypatch):
    package = tmp_path / "analysis"
    monkeypatch.setattr("analysis.pages.PACKAGE", package)
    monkeypatch.setattr("analysis.pages.ROOT", tmp_path)
    monkeypatch.setattr("analysis.pages.shipped", lambda name: tmp_path / name)
    seen = set()
    for name in ("analysis/a.py", "data/case/figures.csv", "requirements.lock"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        for text in "12":
            (tmp_path / name).write_text(text, encoding="utf-8")
            seen.add(around(hook.depends()))
    assert len(seen) == 6


def test_a_notebook_given_under_the_old_name_is_built_and_told_the_new_one(tmp_path, capsys):
    path = tmp_path / "any.ipynb"
    path.write_text(json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), encoding="utf-8")
    assert main(["report", str(path), "--out", str(tmp_path / "out"), "--saved-outputs"]) == 0
    assert "for notebooks python -m analysis report is now python -m nbstill" in capsys.readouterr().err
    assert (tmp_path / "out" / "any.html").is_file()
