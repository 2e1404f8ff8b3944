"""A small invented case, small enough to check in the head, and ways to spoil it."""

import hashlib
import os
import shutil
from types import SimpleNamespace

import pytest

from analysis import tables
from analysis.schema import TABLES

ARTICLE = "The mayor said about 20-30 buses ran daily. Rivals ran two or four.\u00a0It was 2017. About 900 people rode."

FIGURE = {
    "source_id": "gazette-2017-06-15", "unit": "buses/day", "unit_as_printed": "buses",
    "measure": "buses in service", "subject": "the town", "place": "Upper Town", "period_start": "unknown", "period_end": "unknown",
    "basis": "rate", "said_by": "the mayor", "channel": "indirect speech", "counted_by": "unknown",
    "count_origin": "unknown", "coder": "project", "coded_on": "2026-11-22",
}  # fmt: skip
SOURCE = {
    "source_id": "gazette-2017-06-15", "publisher": "The Gazette", "title": "Buses", "author": "unknown",
    "kind": "news article", "published": "2017-06-15", "published_basis": "printed", "accessed": "unknown",
    "url": "https://example.org/buses", "language": "en", "licence": "unknown",
    "sha256": hashlib.sha256(ARTICLE.encode()).hexdigest(),
}  # fmt: skip
# Its own words, none of them a word of the case that comes first.
META = """id = "buses"
title = "How many buses?"
question = "Who counted the buses?"
language = "en"
content_note = "none"
coded_by = "project"
coded_on = "2026-11-22"
version = "1"
[article]
source_id = "gazette-2017-06-15"
[[hands]]
role = "says it"
step = "the speech"
who = "the mayor"
to = "the council"
date = "2017-06-14"
[words]
parties = ["town hall", "bus company"]
[words.units]
bus = "buses"
run = "runs"
rider = "riders"
[words.measures]
service = ["buses in service", "runs made"]
use = ["riders", "season riders"]
[words.places]
"Upper Town" = []
"Lower Town" = []
"the valley" = ["Upper Town", "Lower Town"]
[words.sides.a]
name = "Town"
adjective = "town"
[words.sides.b]
name = "Rivals"
adjective = "rival"
[words.scope]
units = ["buses", "runs"]
places = ["not stated", "Upper Town", "the valley"]
[scope]
ratio = "The town's number over its rivals'"
[scope.left_out]
"not stated" = "Where the rivals ran is not stated."
"Upper Town" = "This leaves out Lower Town."
"the valley" = "This holds both towns on the rivals' side."
[groups.town]
label = "The town and its offices"
colour = "#123456"
shape = "square"
[groups.others]
label = "Everyone else"
colour = "#654321"
shape = "circle"
"""


def figure_row(figure_id, quote, printed, low, high, **more):
    start, at = ARTICLE.index(quote), ARTICLE.index(printed)
    where = {
        "quote_start": start,
        "quote_end": start + len(quote),
        "numeral_start": at,
        "numeral_end": at + len(printed),
    }
    number = {"figure_id": figure_id, "quote": quote, "as_printed": printed, "low": low, "high": high}
    return FIGURE | number | where | more


def rows():
    """The tables of the invented case as lists of dicts."""
    a = figure_row("buses", "about 20-30 buses ran daily", "20-30", 20, 30, hedge="about", hedge_as_printed="about")
    b = figure_row("rivals", "Rivals ran two or four", "two or four", 2, 4, unit_as_printed="")
    rode = {
        "unit": "riders",
        "unit_as_printed": "people",
        "measure": "riders",
        "basis": "present at the time",
        "hedge": "about",
        "hedge_as_printed": "About",
    }
    c = figure_row("riders", "About 900 people rode", "900", 900, 900, **rode)
    count = {"unit": "runs", "measure": "runs made", "counted_by": "Traffic Office", "count_origin": "own count", "basis": "total over the period", "quote": "a total of 3,100", "unit_as_printed": "",
             "as_printed": "3,100", "period_start": "2017-01", "period_end": "2017-01-31"}  # fmt: skip
    d = FIGURE | count | {"figure_id": "january", "low": 3100, "high": 3100}
    more = {
        "quote": "more than 600 runs",
        "unit_as_printed": "runs",
        "as_printed": "600",
        "low": 600,
        "high": "",
        "hedge": "more than",
        "hedge_as_printed": "more than",
    }
    e = d | more | {"figure_id": "february", "period_start": "2017-02", "period_end": "2017-02"}
    made = {"source_id": "our-sums", "quote": "", "as_printed": "", "hedge": "more than", "low": 3700, "high": "", "period_end": "2017-02",
            "derivation": "january + february", "count_origin": "computed", "said_by": "The Project", "channel": "document"}  # fmt: skip
    f = d | made | {"figure_id": "both-months"}
    table = FIGURE | {"unit": "riders", "measure": "season riders", "basis": "cumulative", "as_printed": "7"}
    table["unit_as_printed"] = ""  # it has no quote
    country = {"figure_id": "list-alb", "series": "list", "coverage": "whole", "country": "Albania", "iso3": "ALB"}
    relay = {"relay_id": "relay-1", "figure_id": "buses", "source_id": "gazette-2017-06-15", "wording": "up to 30 buses",
             "hedge": "at most", "channel": "headline"}  # fmt: skip
    term = {"definition_id": "bus", "term": "bus", "used_by": "the town", "meaning": "a bus",
            "source_id": "gazette-2017-06-15"}  # fmt: skip
    aside = {"token": "2017", "reason": "a year", "source_id": "gazette-2017-06-15"}
    aside |= {"quote_start": ARTICLE.index("2017"), "quote_end": ARTICLE.index("2017") + 4}
    pairing = {"place": "not stated", "period": "not stated", "coder": "project", "coded_on": "2026-11-22"}
    own = pairing | {"scope_id": "own", "unit": "buses", "a": "buses", "b": "rivals",
                     "unit_match": "in name only", "unit_why": "Both say buses.", "best_for": "It is what was said.",
                     "best_against": "Nothing is dated."}  # fmt: skip
    counted = own | {"scope_id": "winter", "unit": "runs", "place": "Upper Town", "period": "winter", "a": "january",
                     "b": "february", "unit_match": "no"}  # fmt: skip
    ours = SOURCE | {
        "source_id": "our-sums",
        "kind": "this project",
        "publisher": "The Project",
        "sha256": "",
        "url": "",
    }
    office = {"body_id": "traffic-office", "name": "Traffic Office", "kind": "body", "party": "town hall",
              "group": "town", "owner": "the town", "note": "The mayor speaks for it."}  # fmt: skip
    paper = {"body_id": "gazette", "name": "The Gazette", "kind": "outlet", "party": "none known", "owner": "unknown"}
    question = {"question_id": "practice-01", "lesson": "1", "form": "practice", "kind": "number", "prompt": "At least how many?",
                "options": "tolerance=0|unit=buses a day", "answer": "20", "why": "20-30 has 20 at its low end.",
                "crucial_pieces": "a range", "figure_ids": "buses", "sound_or_weak": "not scored", "whose": "town",
                "topic": "buses"}  # fmt: skip
    return {
        "sources": [SOURCE, ours], "bodies": [office, paper], "figures": [a, b, c], "references": [d, e, f], "relay": [relay],
        "by_country": [table | country | {"low": 7, "high": 7}], "definitions": [term], "set_aside": [aside],
        "scopes": [own, counted], "questions": [question],
    }  # fmt: skip


def write_case(folder, tables_of_rows, meta=META):
    """Write an invented case into a folder: case.toml, and each table that is given."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "case.toml").write_text(meta, encoding="utf-8")
    for table, rows_ in tables_of_rows.items():
        lines = [{c: str(row.get(c, "")) for c in TABLES[table]} for row in rows_]
        tables.write_rows(lines, folder / f"{table}.csv", table)
    return folder


# A case of two rows and a few words, none of them a word of another case.
TEN_LINES = {
    "case.toml": 'id = "trees"\ntitle = "Trees"\nquestion = "Who counted?"\nlanguage = "en"\ncontent_note = ""\nversion = "1"\n'
    'coded_by = "me"\ncoded_on = "2026-11-25"\n[article]\nsource_id = "news"\n[words]\nplaces = ["the park"]\n'
    '[words.units]\n"old tree" = "old trees"\n[words.measures]\ngreen = ["trees planted"]\n',
    "sources.csv": "news,The News,Trees,unknown,news article,2026,printed,unknown,,en,unknown,,",
    "figures.csv": "trees,news,some 40 old trees,,,,,,40,,,40,40,about,some,old trees,trees,trees planted,the town,"
    "the park,2026,2026,total over the period,the mayor,indirect speech,unknown,unknown,,,,,me,2026-11-25",
}


def write_trees(folder):
    """Write the case of ten lines into a folder: the three files that every case needs, and no other."""
    for name, text in TEN_LINES.items():
        header = f"{','.join(TABLES[name.removesuffix('.csv')])}\n" if name.endswith(".csv") else ""
        (folder / name).write_text(f"{header}{text}\n", encoding="utf-8")
    return folder


def change(case, ident, **cells):
    """Write other text into cells of one row of a case that was read: a figure, or a document."""
    row = case._figures[ident][1] if ident in case._figures else case._sources[ident]
    row.update(cells)
    case._frames.clear()
    return case


@pytest.fixture
def folder(tmp_path):
    """The folder of the invented case."""
    return write_case(tmp_path / "buses", rows())


@pytest.fixture
def article(tmp_path):
    """The invented article's text as a file."""
    path = tmp_path / "article.txt"
    path.write_bytes(ARTICLE.encode())
    return path


@pytest.fixture
def case(folder):
    import analysis

    return analysis.load(folder)


@pytest.fixture(scope="session")
def browser():
    """Debian's chromium. Without it the tests are skipped, but in CI they fail."""
    chromium = shutil.which("chromium")
    if not chromium and os.environ.get("CI") == "true":
        pytest.fail("in CI the browser tests must run, and there is no chromium")
    if not chromium:
        pytest.skip("chromium is not installed (on Debian: apt install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=chromium, headless=True, chromium_sandbox=False)
        yield opened
        opened.close()


LAID_OUT = """async () => {
  const later = () => document.querySelector(".still-later") && !matchMedia("(scripting: none)").matches;
  for (let n = 0; n < 1000 && later(); n++) await new Promise(done => setTimeout(done, 10));
  return !later();
}"""


@pytest.fixture(scope="session")
def laid_out():
    """Wait until a page is laid out to its end, which it is a moment after its first paint; the page."""

    def waited(page):
        assert page.evaluate(LAID_OUT)
        return page

    return waited


@pytest.fixture(scope="session")
def whole_report(tmp_path_factory):
    """The project's pages, its lessons among them, built once for all tests that only look at them, as a report has them:
    .folder, .pages (the index last), .said (what the build told), .url(name)."""
    from analysis.pages import TEMPLATE, hook, shipped_notebooks
    from nbstill import build

    folder, said = tmp_path_factory.mktemp("pages"), []
    notebooks = [path for path in shipped_notebooks() if path.name != TEMPLATE]
    pages = build(notebooks, folder, hook=hook, progress=said.append)
    return SimpleNamespace(folder=folder, pages=pages, said=said, url=lambda name: (folder / f"{name}.html").as_uri())


@pytest.fixture(scope="session")
def project_pages(whole_report):
    """The folder with the project's pages."""
    return whole_report.folder
