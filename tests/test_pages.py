"""The project's own pages, built as a reader's command builds them."""

import subprocess
import sys
from types import SimpleNamespace

import pytest

from analysis.pages import hook, shipped_notebooks
from nbstill import build
from nbstill.many import around
from nbstill.shelf import contents

MOST_BYTES = 400_000  # a page still opens quickly on a school laptop


def test_every_page_of_ours_is_light_and_builds_without_a_warning(tmp_path):
    said = []
    pages = build(shipped_notebooks(), tmp_path / "report", hook=hook, progress=said.append)
    assert [page.stem for page in pages] == [*(path.stem for path in shipped_notebooks()), "index"]
    heavy = {page.name: size for page in pages if (size := page.stat().st_size) > MOST_BYTES}
    assert heavy == {}
    assert [line for line in said if line.startswith("  ")] == []  # what a build warns of is indented below its page


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
    monkeypatch.setattr("analysis.pages.load", lambda name: SimpleNamespace(meta=META))
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
