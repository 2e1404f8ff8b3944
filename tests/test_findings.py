"""Each finding and each chart title of a page is a sentence that could be false, and holds: see tests/findings."""

from pathlib import Path

import findings
import nbformat
import pytest

import analysis
from analysis.pages import lesson_notebooks

CHECKS = findings.read()
PAGES = [*sorted((Path(__file__).parents[1] / "notebooks").glob("0*.ipynb")), *lesson_notebooks()]


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_each_finding_and_title_has_a_check_and_each_check_a_finding(path):
    said = findings.of_page(nbformat.read(path, as_version=4))
    unchecked = [words for words in said if (path.stem, words) not in CHECKS]
    assert unchecked == [], f"no check in tests/findings: {unchecked}"
    stale = [words for page, words in CHECKS if page == path.stem and words not in said]
    assert stale == [], f"checks of what the page no longer says: {stale}"


@pytest.mark.parametrize(("page", "words"), CHECKS, ids=lambda text: text[:40])
def test_it_holds(page, words):
    CHECKS[page, words](analysis.load())


def test_a_title_is_read_as_its_code_writes_it():
    cells = [nbformat.v4.new_markdown_cell("# How many?\n\nAbout [80](#a \"b\"). Or more."),
             nbformat.v4.new_markdown_cell("- **One [2](#b) lead.** More."),
             nbformat.v4.new_code_cell("charts.strip(rows, title=f'{n} of them', lane='x')")]  # fmt: skip
    assert findings.of_page(nbformat.v4.new_notebook(cells=cells)) == ["About 80.", "One 2 lead.", "… of them"]
