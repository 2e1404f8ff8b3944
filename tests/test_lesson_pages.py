"""The lessons as pages: what a class and its teacher need of them is there, by eye, by keys alone, and by ear."""

import re
from pathlib import Path
from urllib.parse import unquote

import nbformat
import pytest
import test_notebooks as every
from bs4 import BeautifulSoup
from test_ask_browser import axe, visit  # noqa: F401 - a fixture

import analysis
from analysis import bank, door, handouts, lessons
from analysis.ask import answers
from analysis.handouts import onscreen
from analysis.pages import lesson_notebooks

LESSONS = lesson_notebooks()
TAUGHT = [path for path in LESSONS if path.stem.startswith("lesson-")]
SHEETS = dict(zip([path.stem for path in TAUGHT], ["lesson-1", "lesson-2", "lesson-3", "lesson-nhs"], strict=True))
NAMES = pytest.mark.parametrize("path", LESSONS, ids=lambda p: p.stem)
RULES = (
    every.test_its_cells_are_small_and_each_has_its_reason_before_it,
    every.test_it_is_saved_with_its_outputs_and_names_its_case,
    every.test_every_number_in_its_prose_is_a_figure_or_a_working,
    every.test_each_of_its_links_to_a_number_leads_to_a_note_that_its_last_cell_holds,
    every.test_its_notes_are_those_that_its_case_gives_now,
    every.test_no_figure_is_typed_in_its_code,
    every.test_every_number_in_its_outputs_comes_from_rows_that_the_output_names,
)


def cells(path):
    return nbformat.read(path, as_version=4).cells


def case_of(path):
    return analysis.load(nbformat.read(path, as_version=4).metadata["whocounted"]["case"])


def asked(path):
    """The ids of the questions that a lesson asks, in its order, those under a fold too."""
    code = "\n".join(cell.source for cell in cells(path) if cell.cell_type == "code" and "analysis.ask(" in cell.source)
    return re.findall(r'"(practice-\d+)"', code)


@pytest.fixture
def of_its_case(monkeypatch, path):
    """The rules of notebooks as they are for the case of this one."""
    kept = [every.dates, every.texts_of_the_case, every.numbers_of, every.worked_out]
    [f.cache_clear() for f in kept]
    case = case_of(path)
    monkeypatch.setattr(every, "case", lambda: case)
    monkeypatch.setattr(every, "COUNTED", every.COUNTED + r"|\bCard \d+\b")  # its name in the menu
    yield
    [f.cache_clear() for f in kept]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__.removeprefix("test_"))
@NAMES
def test_a_lesson_keeps_to_what_every_notebook_keeps_to(of_its_case, path, rule):
    rule(path)


@NAMES
def test_it_asks_a_question_has_its_ways_its_note_and_ends_at_the_desk(path):
    text = "\n".join(cell.source for cell in cells(path))
    assert re.match(r"# .+\?\n", text)
    assert "onscreen.ways(case, " in text
    assert ("onscreen.note(case)" in text) == (case_of(path).meta["content_note"] not in ("", "none"))
    assert text.rindex("analysis.ask.desk(case)") > max(
        text.rfind("analysis.ask(case"), text.rfind("analysis.ask.quiz")
    )


@pytest.mark.parametrize("path", TAUGHT, ids=lambda p: p.stem)
def test_its_questions_are_those_of_the_bank_and_its_exit_ticket_that_of_the_plan(path):
    case = case_of(path)
    known = {q.question_id: q for q in bank.questions(case, form="practice")}
    assert len(asked(path)) >= 6
    assert len(set(asked(path))) == len(asked(path))
    assert set(asked(path)) <= set(known)
    source = [cell.source for cell in cells(path)]
    last = next(n for n, text in enumerate(source) if "## Before you leave" in text)
    told = lessons.texts(case)[f"{SHEETS[path.stem]}-screen"]
    for name in re.findall(r"^```questions (.+)$", told, flags=re.M)[-1].split():
        assert f'"{name}"' in source[last + 1]


def test_a_younger_class_meets_no_war():
    for path in LESSONS:
        if case_of(path).name == "nhs-list-2025":
            text = "\n".join(cell.source for cell in cells(path)) + str([cell.get("outputs") for cell in cells(path)])
            assert not re.search(
                r"(?i)\b(?:air strikes?|fighters?|soldiers?|bombs?|killed|00-start|lesson-\d-\w+)\b", text
            )


def test_a_card_on_a_page_has_the_rows_of_the_printed_one():
    for case in map(analysis.load, ("putin-stone-2017", "nhs-list-2025")):
        control = onscreen.turn(case)
        card, side = control.kwargs_widgets
        for at in range(len(card.options)):
            card.index, side.index = at, 1
            assert control.error is None
            shown = BeautifulSoup(control.view.value, "html.parser")
            printed = [b for b in handouts.handout(case, "cards").blocks if hasattr(b, "back")][at]
            letters = [row[0][0].text for block in printed.back if hasattr(block, "rows") for row in block.rows]
            assert [th.get_text() for th in shown.select("tbody th")] == letters
            side.index = 0
            assert not BeautifulSoup(control.view.value, "html.parser").select("table")


# The pages ------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pages(whole_report):
    """All of the project's pages and its handouts, as a report has them."""
    handouts.build(out=whole_report.folder / "handouts")
    return whole_report


def links(path):
    """What a page links to: (the file, the place in it)."""
    page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    for link in page.find_all("a", href=True):
        if not re.match(r"[a-z]+:", link["href"]):
            file, _, place = link["href"].partition("#")
            yield (path.parent / unquote(file) if file else path), unquote(place)


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("name", [*(path.stem for path in LESSONS), "index"])
def test_every_link_of_a_lesson_leads_somewhere(pages, name):
    seen = {}
    for file, place in links(pages.folder / f"{name}.html"):
        assert file.is_file(), file
        if place.startswith("n-"):  # it comes with a control's view
            continue
        if place and file not in seen:
            found = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser").find_all(id=True)
            seen[file] = {tag["id"] for tag in found}
        assert not place or place in seen[file], (file.name, place)


@pytest.mark.browser
@pytest.mark.slow
def test_they_are_built_without_a_warning_and_the_index_lists_them_under_their_headings(pages):
    assert [line for line in pages.said if line.startswith(("  lesson", "  test"))] == []
    index = BeautifulSoup((pages.folder / "index.html").read_text(encoding="utf-8"), "html.parser")
    listed = {}
    for ul in index.select(".still-others ul"):
        head = ul.find_previous_sibling("h2")
        listed[head.get_text() if head else ""] = [Path(a["href"]).stem for a in ul.find_all("a")]
    found = [nbformat.read(path, as_version=4).metadata["whocounted"]["heading"] for path in LESSONS]
    for heading in dict.fromkeys(found):
        wanted = [p.stem for p, head in zip(LESSONS, found, strict=True) if head == heading]
        assert [name for name in listed[heading] if name in wanted] == wanted
    assert not {path.stem for path in LESSONS} & set(listed[""])


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", [path.stem for path in LESSONS])
def test_axe_finds_nothing_with_all_of_it_open(pages, visit, name, width, scheme):  # noqa: F811
    shown = visit(pages.url(name), width, color_scheme=scheme)
    # A page has a hundred notes, all made alike, and axe takes seconds to read them: both colours, both widths, once each.
    folds = "main details" if (width == 1280) == (scheme == "light") else "main details:not(.still-notes *)"
    shown.evaluate("css => document.querySelectorAll(css).forEach(fold => { fold.open = true; })", folds)
    if name.startswith("lesson"):
        shown.get_by_label("Both sides").check()
    assert axe(shown) == []
    assert shown.faults == []


@pytest.mark.browser
@pytest.mark.slow
def test_the_first_lesson_is_done_by_keys_alone(pages, visit):  # noqa: F811
    shown = visit(pages.url("lesson-1-whose-number"))
    case, told = analysis.load(), asked(LESSONS[0])
    known = {q.question_id: q for q in bank.questions(case)}
    keys = Keys(shown)
    for name in told[:3]:  # by slider, by slider, by buttons
        keys.to(f"wc-ask[data-id={name}] :is(input[type=range], .wc-order button:not(:disabled))")
        shown.keyboard.press("ArrowRight" if known[name].kind == "number" else "Enter")
        keys.press(f"wc-ask[data-id={name}] .wc-go")
        assert shown.locator(f"wc-ask[data-id={name}]").get_by_text(known[name].why).is_visible()
        keys.to(f"wc-ask[data-id={name}] .wc-ticks input")
        shown.keyboard.press("Space")
    keys.to(".still-control input[type=radio]")
    shown.keyboard.press("ArrowRight")
    shown.locator(".still-control table:visible th[scope=row]").first.wait_for()
    for name in told[3:5]:
        for group in (".wc-choice", ".wc-radios:not(.wc-choice)"):
            keys.to(f"wc-ask[data-id={name}] {group} input")
            shown.keyboard.press("ArrowDown")
        keys.press(f"wc-ask[data-id={name}] .wc-go")
    keys.to("wc-desk input[type=text]")
    shown.keyboard.type("7b-14")
    with shown.expect_download() as found:
        keys.press("wc-desk .wc-go")
    rows = answers.read(found.value.path().read_bytes(), found.value.suggested_filename).rows
    given = {row["question_id"]: row for row in rows}
    assert list(given) == told
    assert all(given[name]["answer"] for name in told[:5])
    assert not any(given[name]["answer"] for name in told[5:])
    assert all(given[name]["pieces"] == known[name].crucial_pieces[0] for name in told[:3])
    assert {row["occasion"] for row in rows} == {"lesson-1"}
    assert shown.faults == []


class Keys:
    """Tab through a page. shown: the page."""

    def __init__(self, shown):
        self.shown = shown

    def to(self, css, most=400):
        """Go on until what has the focus is of a selector."""
        for _ in range(most):
            if self.shown.evaluate("css => document.activeElement.matches(css)", css):
                return
            self.shown.keyboard.press("Tab")
        raise AssertionError(f"no Tab leads to {css}")

    def press(self, css):
        self.to(css)
        self.shown.keyboard.press("Enter")


@pytest.mark.browser
def test_a_class_has_a_way_in_that_lists_lessons_and_tests_alone(browser, tmp_path):
    shown = browser.new_page()
    shown.goto(door.write(tmp_path / door.NAME, lesson_notebooks()).as_uri())
    links = shown.locator("a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert sorted(links) == sorted(f"{path.stem}.html" for path in lesson_notebooks())
    assert not re.search(r"[0-9]{3}", shown.locator("main").inner_text())
    assert axe(shown) == []
    shown.close()
