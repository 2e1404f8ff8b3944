"""Questions and a desk in a real browser: guess, reveal, save, open again, print; by hand, by keys alone, without a script."""

import base64
import csv
import io
import json
from types import SimpleNamespace

import nbformat
import pytest
import spoilt
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

import analysis
from analysis import bank
from analysis.ask import answers, element, page, store
from analysis.pages import hook
from nbstill import build

pytestmark = pytest.mark.browser
CASE = analysis.load()
EVERY = bank.questions(CASE)


def first(kind, judged=None):
    """The first practice question of a kind that rests on a figure."""
    return next(
        q for q in EVERY if q.form == "practice" and q.kind == kind and q.figure_ids and judged in (None, q.judged)
    )


JUDGED, NUMBER, ORDER, GRADES = first("choice", True), first("number"), first("order"), first("two-grades")
ASKED = [JUDGED, NUMBER, ORDER, GRADES]
CELLS = {
    "lesson": [f"analysis.ask(case, {[q.question_id for q in ASKED]})", "analysis.ask.desk(case)"],
    "test": ["analysis.ask.quiz(case)", "analysis.ask.desk(case)"],
    "bare": [f"analysis.ask(case, '{JUDGED.question_id}')"],
    "two": [
        "analysis.ask.desk(case)",
        f"analysis.ask(case, '{NUMBER.question_id}')",
        "analysis.ask.desk(case)",
        "other = analysis.load('nhs-list-2025'); analysis.ask.desk(other)",
    ],
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The sample pages: .url(name), .said (what the build said)."""
    folder, said = tmp_path_factory.mktemp("asking"), []
    for name, cells in CELLS.items():
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        notebook = new_notebook(metadata={"whocounted": {"case": CASE.name}, "kernelspec": kernel})
        head = [
            new_markdown_cell(f"# A {name} page\n\nGuess first."),
            new_code_cell("import analysis\ncase = analysis.load()"),
        ]
        notebook.cells = [*head, *map(new_code_cell, cells)]
        nbformat.write(notebook, folder / f"{name}.ipynb")
    build([folder / f"{name}.ipynb" for name in CELLS], folder / "out", hook=hook, progress=said.append)
    return SimpleNamespace(url=lambda name: (folder / "out" / f"{name}.html").as_uri(), said=said)


@pytest.fixture
def visit(browser, laid_out):
    """Open an address in a fresh window: visit(url, width=1280, **context); .faults holds errors and requests."""
    windows = []

    def opened(url, width=1280, **context):
        window = browser.new_context(viewport={"width": width, "height": 844}, accept_downloads=True, **context)
        windows.append(window)
        made = window.new_page()
        made.faults = []
        made.on("pageerror", lambda error: made.faults.append(str(error)))
        made.on("console", lambda m: made.faults.append(m.text) if m.type in ("error", "warning") else None)
        local = ("file:", "data:", "blob:")
        made.on("request", lambda r: None if r.url.startswith(local) else made.faults.append(r.url))
        made.goto(url)
        return laid_out(made)

    yield opened
    for window in windows:
        window.close()


def axe(shown):
    """What axe-core finds against WCAG 2.2 A, AA and good practice."""
    from axe_playwright_python.sync_playwright import Axe

    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = Axe().run(shown, options={"runOnly": {"type": "tag", "values": tags}}).response["violations"]
    return [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found]


def question(shown, asked):
    return shown.locator(f"wc-ask[data-id={asked.question_id}]")


def desk(shown):
    return shown.locator("wc-desk").first


def guess(shown, asked=JUDGED, sure="70", why=""):
    """Give a guess to a judged question and have it revealed."""
    box = question(shown, asked)
    box.get_by_label(asked.options[1], exact=True).check()
    box.get_by_label(sure, exact=True).check()
    box.locator("textarea").fill(why)
    box.get_by_role("button", name="Show the numbers and the reason").click()
    return box


def saved(shown, code="7b-14"):
    """Save; returns the file's name and bytes."""
    if code:
        desk(shown).get_by_label("Your code").fill(code)
    with shown.expect_download() as found:
        desk(shown).get_by_role("button", name="Save", exact=True).click()
    return found.value.suggested_filename, found.value.path().read_bytes()


def put(shown, name, data):
    """Open a file at the desk; returns what is said of it."""
    shown.locator("wc-desk input[type=file]").first.set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": data}
    )
    told = desk(shown).locator(".wc-told")
    told.filter(has_text=".").wait_for()
    return told.text_content()


def test_a_page_with_questions_is_built_without_a_warning(pages):
    assert [line for line in pages.said if line.startswith("  ")] == []


def test_a_guess_comes_first_and_then_the_numbers_and_the_reason(pages, visit):
    shown = visit(pages.url("lesson"))
    box = question(shown, JUDGED)
    assert not box.get_by_text(JUDGED.why).is_visible()
    box.get_by_role("button").click()
    assert box.get_by_role("alert").text_content() == "Choose an answer first. A guess is enough."
    box.get_by_label(JUDGED.options[1], exact=True).check()
    box.get_by_role("button").click()
    assert "how sure" in box.get_by_role("alert").text_content()
    assert not box.get_by_text(JUDGED.why).is_visible()
    guess(shown)
    assert box.get_by_text(JUDGED.why).is_visible()
    assert box.locator(".wc-yours").text_content() == f"Your guess: {JUDGED.options[1]}, 70\u00a0% sure."
    assert shown.evaluate("document.activeElement.textContent") == "The numbers and the reason"
    assert not box.locator("form").is_visible()
    assert shown.faults == []


def test_every_kind_of_guess_stands_in_the_file_as_it_was_given(pages, visit):
    shown = visit(pages.url("lesson"), 390)
    guess(shown, why="Same week, “same unit”;\nnot ours")
    box = question(shown, NUMBER)
    box.get_by_label("or type it").fill("41.5")
    assert box.get_by_label("Slide").get_attribute("aria-valuetext") == f"41.5 {NUMBER.unit}"
    box = question(shown, ORDER)
    box.get_by_role("button", name=f"Move down: {ORDER.options[0]}").click()
    box = question(shown, GRADES)
    box.get_by_label("B", exact=True).check()
    assert desk(shown).get_by_role("status").first.text_content().startswith("3 of 4")  # two grades are one answer
    box.get_by_label("3", exact=True).check()
    name, data = saved(shown)
    assert name == "answers-7B-14.csv"
    found = answers.read(data, name)
    assert found.faults == []
    order = [ORDER.options[1], ORDER.options[0], *ORDER.options[2:]]
    assert [row["answer"] for row in found.rows] == [JUDGED.options[1], "41.5", "|".join(order), "B3"]
    assert [row["pieces"] for row in found.rows] == ["shown", "", "", ""]
    assert found.rows[0]["reason"] == "Same week, “same unit”;\nnot ours"
    assert {(row["code"], row["form"], row["case"], row["version"]) for row in found.rows} == {
        ("7B-14", "practice", CASE.name, bank.version(CASE))
    }
    assert found.rows[0]["occasion"] == f"lesson-{JUDGED.lesson}"
    assert answers.text_of(found.rows).encode() == data


def test_pieces_and_documents_are_ticked_after_the_reveal_and_a_document_only_once_it_was_opened(pages, visit):
    shown = visit(pages.url("lesson"))
    box = guess(shown)
    box.get_by_label(JUDGED.crucial_pieces[0], exact=True).check()
    cite = box.locator("wc-cite").first
    assert not cite.get_by_role("checkbox").is_visible()
    at = shown.evaluate("scrollY")
    link = cite.get_by_role("link").first
    link.press("Enter")
    assert cite.locator(".wc-note").is_visible()
    assert link.get_attribute("aria-expanded") == "true"
    assert link.evaluate("e => e === document.activeElement")
    assert abs(shown.evaluate("scrollY") - at) < 844
    assert not shown.locator(":target").count()
    assert not shown.locator(".still-pop:popover-open").count()
    cite.get_by_role("checkbox").check()
    row = answers.read(saved(shown)[1]).rows[0]
    assert row["pieces"] == JUDGED.crucial_pieces[0]
    assert row["evidence_id"] == JUDGED.figure_ids[0]
    assert row["evidence"] == cite.locator(".wc-where").text_content()


def test_a_note_that_is_looked_at_for_a_moment_counts_as_opened(pages, visit):
    shown = visit(pages.url("lesson"))
    cite = guess(shown).locator("wc-cite").first
    cite.get_by_role("link").hover()
    cite.get_by_role("checkbox").wait_for(timeout=5000)


def test_a_note_of_what_is_not_revealed_is_not_listed_yet(pages, visit):
    shown = visit(pages.url("bare"))
    assert shown.locator(".still-notes li").count() == len(set(JUDGED.figure_ids))
    assert shown.locator(".still-notes li:visible").count() == 0
    guess(shown)
    assert shown.locator(".still-notes li:visible").count() == len(set(JUDGED.figure_ids))


def test_what_will_be_handed_in_is_in_sight_and_is_what_the_file_holds(pages, visit):
    shown = visit(pages.url("lesson"))
    assert desk(shown).get_by_role("status").first.text_content() == "0 of 4 answered."
    guess(shown, why="the unit")
    assert desk(shown).get_by_role("status").first.text_content() == "1 of 4 answered, not saved yet."
    cells = desk(shown).locator("tbody tr").first.locator("th, td").all_text_contents()
    data = saved(shown)[1]
    [row, *_] = csv.DictReader(io.StringIO(data.decode()))
    said = ["" if row["pieces"] == "shown" else row["pieces"], row["evidence"]]
    assert cells == [
        f"1. {element.names(CASE)[JUDGED.question_id]}",
        row["answer"],
        row["confidence"],
        row["reason"],
        *said,
    ]
    assert desk(shown).get_by_role("status").first.text_content() == "1 of 4 answered."
    assert "answers-7B-14.csv" in desk(shown).locator("caption").text_content()


@pytest.mark.parametrize("code", ["", "Ann", "7B-14-3", "7b1"])
def test_without_a_code_nothing_is_saved_and_the_field_is_shown(pages, visit, code):
    shown = visit(pages.url("lesson"))
    desk(shown).get_by_label("Your code").fill(code)
    desk(shown).get_by_role("button", name="Save", exact=True).click()
    assert desk(shown).get_by_role("alert").text_content() == answers.wanted(code)
    assert shown.evaluate("document.activeElement.getAttribute('aria-invalid')") == "true"


def test_a_code_with_a_space_or_a_dash_is_taken_and_written_in_its_one_form(pages, visit):
    shown = visit(pages.url("lesson"))
    for text in ("7b 14", "7B – 14"):
        assert saved(shown, text)[0] == "answers-7B-14.csv"
        assert desk(shown).get_by_label("Your code").input_value() == "7B-14"


def test_answers_of_one_student_are_not_saved_under_anothers_code(pages, visit):
    shown = visit(pages.url("lesson"))
    question(shown, NUMBER).get_by_label("or type it").fill("7")
    saved(shown, "7B-1")
    desk(shown).get_by_label("Your code").fill("7B-9")
    desk(shown).get_by_role("button", name="Save", exact=True).click()
    said = desk(shown).get_by_role("alert").text_content()
    assert said.startswith("These answers are 7B-1’s, and the code here is 7B-9. Start a new one?")
    assert axe(shown) == []
    desk(shown).get_by_role("button", name="Go on as 7B-1").click()
    assert desk(shown).get_by_label("Your code").input_value() == "7B-1"
    desk(shown).get_by_label("Your code").fill("7B-9")
    desk(shown).get_by_role("button", name="Save", exact=True).click()
    desk(shown).get_by_role("button", name="They are mine").click()
    assert saved(shown, "")[0] == "answers-7B-9.csv"
    desk(shown).get_by_label("Your code").fill("7B-2")
    desk(shown).get_by_role("button", name="Save", exact=True).click()
    with shown.expect_navigation():
        desk(shown).get_by_role("button", name="Start a new one").click()
    assert question(shown, NUMBER).get_by_label("or type it").input_value() == ""


def test_the_desk_names_questions_this_pages_first_and_leads_to_each(pages, visit):
    shown = visit(pages.url("lesson"))
    before = ROW | {"occasion": "lesson-9", "question_id": "practice-99", "answer": "b|a"}
    put(shown, "answers.csv", answers.text_of([before]).encode())
    heads = desk(shown).locator("tbody th").all_text_contents()
    named = [element.names(CASE)[q.question_id] for q in ASKED]
    assert heads == [f"{n}. {name}" for n, name in enumerate([*named, "practice-99"], 1)]
    assert desk(shown).locator("tbody tr").last.locator("td").first.text_content() == "1. b\n2. a"
    desk(shown).get_by_role("link", name=named[1]).click()
    assert shown.evaluate("document.activeElement.closest('wc-ask').dataset.id") == NUMBER.question_id


def test_each_control_is_named_with_its_own_question(pages, visit):
    shown = visit(pages.url("lesson"))
    names = shown.locator("wc-ask button[type=submit]").evaluate_all("all => all.map(b => b.ariaLabel)")
    assert names == [f"{element.SHOW}: {element.brief(q.prompt)}" for q in ASKED]
    assert question(shown, NUMBER).get_by_role("slider", name=f"Slide: {element.brief(NUMBER.prompt)}").count() == 1
    group = question(shown, JUDGED).get_by_role("group", name=element.brief(JUDGED.prompt))
    assert group.count() == 2  # the guess, and how sure
    box = guess(shown)
    assert box.get_by_role("heading", name="The numbers and the reason", level=2).is_visible()
    for cite in box.locator("wc-cite a").all():
        cite.click()
    ticks = box.locator("wc-cite input").evaluate_all("all => all.map(b => b.ariaLabel)")
    assert len(set(ticks)) == len(ticks)
    assert all(tick.startswith("I cite this: ") for tick in ticks)


def test_an_untouched_list_of_pieces_is_no_answer_and_none_of_these_is_one(pages, visit):
    shown = visit(pages.url("lesson"))
    box = guess(shown)
    assert answers.read(saved(shown)[1]).rows[0]["pieces"] == "shown"
    box.get_by_label(element.NONE).check()
    name, data = saved(shown)
    assert answers.read(data).rows[0]["pieces"] == "none"
    again = visit(pages.url("lesson"))
    put(again, name, data)
    assert question(again, JUDGED).get_by_label(element.NONE).is_checked()
    question(again, JUDGED).get_by_label(JUDGED.crucial_pieces[0], exact=True).check()
    assert not question(again, JUDGED).get_by_label(element.NONE).is_checked()


def test_a_number_off_the_line_is_asked_once_and_an_order_is_shown_as_a_list(pages, visit):
    shown = visit(pages.url("lesson"))
    box = question(shown, NUMBER)
    box.get_by_label("or type it").fill("99999")
    box.get_by_role("button", name="Show").click()
    assert "99,999 is off the line" in box.get_by_role("alert").text_content()
    box.get_by_role("button", name="Show").click()
    assert box.get_by_text(NUMBER.why, exact=True).is_visible()
    box = question(shown, ORDER)
    box.get_by_role("button", name="Show").click()
    assert box.locator(".wc-yours li").all_text_contents() == list(ORDER.options)


def leaving(shown):
    """Whether the page warns when it is loaded anew."""
    asked = []
    shown.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    shown.reload()
    return asked == ["beforeunload"]


def test_a_reload_warns_where_something_is_not_saved(pages, visit):
    shown = visit(pages.url("lesson"))
    shown.locator("h1").click()
    assert not leaving(shown)
    guess(shown)
    assert leaving(shown)
    guess(shown)
    saved(shown)
    assert not leaving(shown)
    assert not leaving(visit(pages.url("bare")))


def test_a_saved_file_is_opened_to_go_on_and_what_it_holds_of_other_lessons_stays(pages, visit):
    shown = visit(pages.url("lesson"))
    guess(shown, why="the unit")
    question(shown, NUMBER).get_by_label("or type it").fill("41.5")
    name, data = saved(shown)
    elsewhere = dict.fromkeys(answers.COLUMNS, "") | {
        "code": "7B-14",
        "occasion": "before",
        "form": "pre",
        "question_id": "pre-01",
        "answer": "x",
        "case": CASE.name,
    }
    rows = answers.read(data).rows
    again = visit(pages.url("lesson"))
    assert put(again, name, answers.text_of([elsewhere, *rows]).encode()) == "Opened. Go on where you stopped."
    assert question(again, JUDGED).get_by_text(JUDGED.why).is_visible()
    assert question(again, JUDGED).locator("q").text_content() == "the unit"
    assert question(again, NUMBER).get_by_label("or type it").input_value() == "41.5"
    assert desk(again).get_by_label("Your code").input_value() == "7B-14"
    question(again, GRADES).get_by_label("F", exact=True).check()
    question(again, GRADES).get_by_label("6", exact=True).check()
    found = answers.read(saved(again, "")[1]).rows
    assert [row["question_id"] for row in found] == ["pre-01", *(q.question_id for q in ASKED)]
    assert [row["answer"] for row in found] == ["x", rows[0]["answer"], "41.5", "", "F6"]


def test_what_was_answered_since_is_kept_when_a_file_is_opened(pages, visit):
    shown = visit(pages.url("lesson"))
    question(shown, NUMBER).get_by_label("or type it").fill("41.5")
    name, data = saved(shown)
    question(shown, NUMBER).get_by_label("or type it").fill("60")
    assert "1 answer that you gave here since was kept." in put(shown, name, data)
    assert question(shown, NUMBER).get_by_label("or type it").input_value() == "60"


ROW = dict.fromkeys(answers.COLUMNS, "") | {"code": "7B-14", "occasion": f"lesson-{JUDGED.lesson}", "form": "practice",
    "question_id": JUDGED.question_id, "answer": "x", "case": CASE.name, "version": bank.version(CASE)}  # fmt: skip
FOREIGN = {
    "another case's": (ROW | {"case": "nhs-list-2025"}, "belongs to other lessons (nhs-list-2025)"),
    "another student's": (ROW | {"code": "7B-15"}, "the file of 7B-15, and the code here is 7B-14"),
    "another version's": (ROW | {"version": "1.00000000"}, "another version of the questions"),
}


@pytest.mark.parametrize("what", FOREIGN)
def test_a_file_that_is_not_this_ones_is_told_in_clear_words(pages, visit, what):
    row, words = FOREIGN[what]
    shown = visit(pages.url("lesson"))
    desk(shown).get_by_label("Your code").fill("7B-14")
    said = put(shown, "answers.csv", answers.text_of([row]).encode())
    assert words in said
    assert ("Nothing here has changed." in said) == ("version" not in what)


def test_a_broken_file_changes_nothing_and_says_why(pages, visit):
    shown = visit(pages.url("lesson"))
    for what in ("empty", "only a header", "another table", "a workbook"):
        name, data, _, fault = spoilt.SPOILT[what]
        said = put(shown, name, data)
        assert said.startswith("Nothing in this file can be read")
        assert fault in said
    assert desk(shown).get_by_role("status").first.text_content() == "0 of 4 answered."


HOSTILE = [
    '<img src=x onerror="alert(1)">',
    "</table><script>alert(1)</script>",
    '=HYPERLINK("http://x")',
    "'\"><svg onload=alert(1)>",
]


def test_hostile_words_in_an_opened_file_stay_words(pages, visit):
    shown = visit(pages.url("lesson"))
    shown.on("dialog", lambda dialog: (shown.faults.append(dialog.message), dialog.dismiss()))
    rows = [
        ROW | {"question_id": word, "answer": word, "reason": word, "pieces": word, "evidence": word}
        for word in HOSTILE
    ]
    own = ROW | {"reason": HOSTILE[0], "pieces": HOSTILE[1], "answer": HOSTILE[0], "evidence_id": 'x"]'}
    put(shown, "answers.csv", answers.text_of([*rows, own]).encode())
    assert desk(shown).locator("img, script, svg").count() == 0
    assert HOSTILE[0] in desk(shown).locator("tbody").text_content()
    assert shown.faults == []
    data = saved(shown, "7B-14")[1]
    assert b"\"'=HYPERLINK" in data
    assert [row["answer"] for row in answers.read(data).rows][:4] == HOSTILE


def test_python_and_the_page_read_and_write_the_same(browser):
    shown = browser.new_page()
    shown.evaluate("globalThis.go = (js, ask) => new Function(js + '; return (' + ask + ')')()")
    js = (page.HERE / "script" / "csv.js").read_text(encoding="utf-8")
    shown.evaluate("js => { globalThis.csv = go(js, '{readAnswers, textOf}'); }", js)
    for what, (name, data, *_) in spoilt.SPOILT.items():
        ask = "([data, name]) => { const f = csv.readAnswers(Uint8Array.from(atob(data), letter => letter.charCodeAt(0)), name); return [f.rows, f.faults, csv.textOf(f.rows)]; }"
        given = base64.b64encode(
            data[: answers.letters.MOST_BYTES + 1]
        ).decode()  # a list of a million numbers takes seconds
        found = answers.read(data, name)
        assert shown.evaluate(ask, [given, name]) == [
            found.rows,
            [list(f) for f in found.faults],
            answers.text_of(found.rows),
        ], what
    rows = [
        dict.fromkeys(answers.COLUMNS, word)
        for word in (*HOSTILE, "\r\nx\ty", "\t=1", "''", "é–𝄞\ud83d", "\x00a\x1b[1m", ", ")
    ]
    made = shown.evaluate("rows => csv.textOf(JSON.parse(rows))", json.dumps(rows))
    assert made.encode() == answers.text_of(rows).encode()
    shown.close()


def test_python_and_the_page_say_the_same_of_a_file_that_is_opened(browser):
    shown = browser.new_page()
    parts = [(page.HERE / "script" / f"{name}.js").read_text(encoding="utf-8") for name in page.SCRIPTS[:-1]]
    shown.evaluate(
        "js => { globalThis.opened = new Function(js + '; return (d, n, s) => opened(readAnswers(new Uint8Array(d), n), s)')(); }",
        "".join(parts),
    )
    files = {what: (name, data) for what, (name, data, *_) in spoilt.SPOILT.items() if len(data) < 100_000}
    files |= {what: ("a.csv", answers.text_of([row]).encode()) for what, (row, _) in FOREIGN.items()}
    for case in ("buses", CASE.name):
        own = store.Store(case, bank.version(CASE))
        own.code = "7B-14"
        plain = {"name": case, "version": own.version, "code": own.code}
        for what, (name, data) in files.items():
            refused, notes = store.judged(answers.read(data, name), own)
            words = f"{refused} {store.STAYS}" if refused else " ".join(notes)
            made = shown.evaluate("([data, name, store]) => opened(data, name, store)", [list(data), name, plain])
            assert (made["said"], "rows" in made) == (words, not refused), what
    shown.close()


# Tests ----------------------------------------------------------------------------------------------------------


def begin(shown, code="7B-15", when="before the lessons"):
    box = shown.locator("wc-quiz")
    box.get_by_label("Your code").fill(code)
    box.get_by_label(when).check()
    box.get_by_role("button", name="Begin").click()
    return box


def test_a_double_click_is_one_and_hits_nothing_that_moves_under_it(pages, visit):
    shown = visit(pages.url("test"))
    box = shown.locator("wc-quiz")
    box.get_by_role("button", name="Begin").dblclick()
    assert box.get_by_text("Write your code first").is_visible()
    assert box.locator("input:checked").count() == 0  # the occasion has come under the pointer
    begin(shown)
    box.get_by_role("button", name="Next").dblclick()
    assert box.locator(".wc-head").text_content().startswith("2 of")
    files = []
    shown.on("download", lambda file: files.append(file))
    desk(shown).get_by_role("button", name="Save", exact=True).dblclick()
    shown.wait_for_timeout(300)
    assert len(files) == 1
    lesson = visit(pages.url("lesson"))
    question(lesson, JUDGED).get_by_label(JUDGED.options[1], exact=True).check()
    question(lesson, JUDGED).get_by_label("70", exact=True).check()
    question(lesson, JUDGED).get_by_role("button", name="Show the numbers").dblclick()
    assert question(lesson, JUDGED).locator(".wc-head").is_visible()
    assert question(lesson, JUDGED).locator(".wc-revealed input:checked").count() == 0


@pytest.mark.parametrize(
    ("typed", "kept"), [("63,4", "63.4"), ("1,268", "1268"), ("1 268", "1268"), ("1e9", ""), ("about 5", "")]
)
def test_a_typed_number_is_kept_as_it_was_meant_or_not_at_all(pages, visit, typed, kept):
    shown = visit(pages.url("lesson"))
    question(shown, NUMBER).get_by_label("or type it").press_sequentially(typed)
    row = next(row for row in answers.read(saved(shown)[1]).rows if row["question_id"] == NUMBER.question_id)
    assert row["answer"] == kept
    question(shown, NUMBER).get_by_role("button", name="Show the numbers").click()
    said = question(shown, NUMBER).locator(".wc-fault").text_content()
    assert ("off the line" in said) if kept else said == "Slide or type a number first, in digits. A guess is enough."


def test_what_is_typed_for_a_code_stands_in_every_place_for_it(pages, visit):
    shown = visit(pages.url("test"))
    for typed, stands in (("7b – 014", "7B-14"), ("Ann", "Ann")):
        shown.locator("wc-quiz").get_by_label("Your code").fill(typed)
        assert desk(shown).get_by_label("Your code").input_value() == stands


@pytest.mark.parametrize(("code", "when", "form"), [
    ("7B-15", "before the lessons", "pre"), ("7B-15", "after them", "post"), ("7B-15", "two weeks later", "later"),
    ("7B-1", "before the lessons", "post"), ("7B-16", "after them", "later"), ("7B-4", "two weeks later", "pre"),
    ("7B-2", "before the lessons", "later"), ("7B-14", "after them", "pre"), ("7B-8", "two weeks later", "post"),
])  # fmt: skip
def test_the_form_of_a_test_goes_by_seat_and_occasion(pages, visit, code, when, form):
    box = begin(visit(pages.url("test")), code, when)
    assert box.locator("wc-ask:visible").get_attribute("data-form") == form


def test_a_test_shows_an_item_at_a_time_and_reveals_nothing(pages, visit):
    shown = visit(pages.url("test"), 390)
    box = begin(shown)
    own = bank.mixed(EVERY, "pre")
    for n, item in enumerate(own, 1):
        assert box.locator(".wc-head:visible").text_content() == f"{n} of {len(own)}"
        assert shown.evaluate("document.activeElement.className") == "wc-head"
        assert box.get_by_text(item.prompt).is_visible()
        assert box.get_by_role("button", name="Show").count() == 0
        if n % 2:
            box.get_by_label(item.options[0], exact=True).locator("visible=true").check()
            box.get_by_label("80", exact=True).locator("visible=true").check()
        assert shown.evaluate("document.documentElement.scrollWidth") <= 390
        box.get_by_role("button", name="Next").click()
    assert box.get_by_text("That was the last one.").is_visible()
    assert desk(shown).get_by_role("status").first.text_content() == "5 of 10 answered, not saved yet."
    rows = answers.read(saved(shown, "")[1]).rows
    assert {(row["code"], row["occasion"], row["form"], row["pieces"]) for row in rows} == {
        ("7B-15", "before", "pre", "")
    }
    assert [row["question_id"] for row in rows] == [q.question_id for q in own]
    assert [bool(row["answer"]) for row in rows] == [n % 2 == 0 for n in range(10)]
    assert axe(shown) == []


def test_a_test_that_is_whole_is_not_taken_again_without_a_question(pages, visit):
    shown = visit(pages.url("test"))
    own = bank.mixed(EVERY, "pre")
    rows = [ROW | {"code": "7B-15", "occasion": "before", "form": "pre", "question_id": q.question_id,
            "answer": q.options[0]} for q in own]  # fmt: skip
    assert shown.get_by_label("Your code").locator("visible=true").count() == 1
    assert store.SAY_WHEN in put(shown, "answers-7B-15.csv", answers.text_of(rows).encode())
    box = begin(shown)
    assert "All 10 answers of this test, before the lessons, are here already." in " ".join(
        box.get_by_role("alert").all_text_contents()
    )
    box.get_by_role("button", name="Begin").click()
    assert box.locator(".wc-head:visible").text_content() == "1 of 10"
    half = visit(pages.url("test"))
    put(half, "answers-7B-15.csv", answers.text_of([*rows[:4], rows[4] | {"answer": ""}, *rows[5:]]).encode())
    assert begin(half).locator(".wc-head:visible").text_content() == "5 of 10"
    desk(half).get_by_role("link").nth(6).click()
    assert half.locator("wc-quiz .wc-head:visible").text_content() == "7 of 10"


def test_a_test_is_not_begun_with_another_students_answers(pages, visit):
    shown = visit(pages.url("test"))
    row = ROW | {"code": "7B-1", "occasion": "before", "form": "post", "question_id": "post-01"}
    put(shown, "answers-7B-1.csv", answers.text_of([row]).encode())
    box = begin(shown, "7B-9")
    assert "These answers are 7B-1’s" in box.get_by_role("alert").first.text_content()
    assert not box.locator("wc-ask:visible").count()


def test_a_page_with_a_test_does_not_hold_its_answers(pages, visit):
    shown = visit(pages.url("test"), java_script_enabled=False)
    text = shown.content()
    assert not [q.question_id for q in EVERY if q.form != "practice" and q.why and q.why in text]


# For everyone ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 390), ("dark", 390)])
def test_axe_finds_nothing_in_any_state_and_nothing_goes_sideways_or_small(pages, visit, scheme, width):
    shown = visit(pages.url("lesson"), width, color_scheme=scheme)

    def sound(state):
        assert axe(shown) == [], state
        assert shown.evaluate("document.documentElement.scrollWidth") <= width, state
        small = "[...document.querySelectorAll('wc-ask *, wc-desk *')].filter(e => e.getClientRects().length && parseFloat(getComputedStyle(e).fontSize) < 12).map(e => e.outerHTML)"
        assert shown.evaluate(small) == [], state

    sound("at first")
    question(shown, JUDGED).get_by_role("button").click()
    desk(shown).get_by_role("button", name="Save", exact=True).click()
    sound("with faults told")
    for asked in (NUMBER, ORDER, GRADES):
        box = question(shown, asked)
        if asked is NUMBER:
            box.get_by_label("or type it").fill("40")
        if asked is GRADES:
            box.get_by_label("F", exact=True).check()
            box.get_by_label("6", exact=True).check()
        box.get_by_role("button", name="Show").click()
    guess(shown, why="because").locator("wc-cite a").first.click()
    sound("revealed, a document opened")
    saved(shown)
    sound("saved")


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1280)])
def test_axe_finds_nothing_in_a_test(pages, visit, scheme, width):
    shown = visit(pages.url("test"), width, color_scheme=scheme)
    assert axe(shown) == []
    begin(shown, "")
    assert axe(shown) == []
    begin(shown)
    assert axe(shown) == []


def test_keys_alone_do_it_all(pages, visit):
    shown = visit(pages.url("lesson"))
    keys = shown.keyboard
    at = "document.activeElement"

    def tab(until):
        for _ in range(60):
            keys.press("Tab")
            if shown.evaluate(until):
                return
        raise AssertionError(f"the Tab key does not come to {until}")

    tab(f"{at}.type === 'radio'")
    keys.press("Space")
    keys.press("ArrowDown")
    tab(f"{at}.type === 'radio' && {at}.value === '50'")
    keys.press("Space")
    keys.press("ArrowRight")
    tab(f"{at}.tagName === 'TEXTAREA'")
    keys.type("by keys")
    tab(f"{at}.type === 'submit'")
    keys.press("Enter")
    assert shown.evaluate(f"{at}.className") == "wc-head"
    tab(f"{at}.type === 'checkbox'")
    keys.press("Space")
    tab(f"{at}.matches('wc-cite a')")
    shown.wait_for_timeout(1200)  # its note was looked at
    tab(f"{at}.matches('wc-cite input')")
    keys.press("Space")
    tab(f"{at}.type === 'range'")
    keys.press("ArrowRight")
    keys.press("ArrowRight")
    tab(f"{at}.getAttribute('aria-label')?.startsWith('Move down')")
    keys.press("Enter")
    assert shown.evaluate(f"{at}.getAttribute('aria-label')") == f"Move down: {ORDER.options[0]}"
    assert (
        question(shown, ORDER).get_by_role("status").text_content()
        == f"{ORDER.options[0]}: now 2 of {len(ORDER.options)}"
    )
    tab(f"{at}.closest('wc-desk') && {at}.type === 'text'")
    keys.type("7B-14")
    tab(f"{at}.textContent === 'Save'")
    with shown.expect_download() as found:
        keys.press("Enter")
    rows = answers.read(found.value.path().read_bytes()).rows
    assert [bool(row["answer"]) for row in rows] == [True, True, True, False]
    assert (rows[0]["answer"], rows[0]["confidence"], rows[0]["reason"]) == (JUDGED.options[1], "60", "by keys")
    assert rows[0]["pieces"] == JUDGED.crucial_pieces[0]
    assert rows[0]["evidence_id"] == JUDGED.figure_ids[0]


def test_without_a_script_there_is_the_question_its_options_and_the_reason_folded(pages, visit):
    shown = visit(pages.url("lesson"), java_script_enabled=False)
    box = question(shown, JUDGED)
    assert box.get_by_text(JUDGED.prompt).is_visible()
    assert box.locator("ul.wc-options li").all_text_contents() == list(JUDGED.options)
    assert not box.get_by_text(JUDGED.why).is_visible()
    box.get_by_text("Show the numbers and the reason").click()
    assert box.get_by_text(JUDGED.why).is_visible()
    assert "on paper" in desk(shown).text_content()
    assert axe_free(visit(pages.url("test"), java_script_enabled=False))


def axe_free(shown):
    """A test without a script: its three sheets stand folded, with the table that says whose is which."""
    assert shown.locator("wc-quiz table").is_visible()
    assert shown.locator("wc-quiz details").count() == 3
    shown.locator("wc-quiz summary").first.click()
    return shown.locator("wc-quiz details").first.locator("wc-ask").first.is_visible()


def test_on_paper_an_open_question_has_lines_to_write_on_and_a_revealed_one_its_answer(pages, visit):
    shown = visit(pages.url("lesson"))
    guess(shown, why="the unit")
    shown.emulate_media(media="print")
    box, other = question(shown, JUDGED), question(shown, NUMBER)
    assert box.get_by_text(JUDGED.why).is_visible()
    assert box.locator(".wc-yours").is_visible()
    assert other.locator(".wc-ruled").is_visible()
    assert other.locator(".wc-ruled").bounding_box()["height"] > 60
    assert not other.get_by_text(NUMBER.why, exact=True).is_visible()
    assert not other.get_by_role("button").locator("visible=true").count()
    assert shown.pdf(format="A4").startswith(b"%PDF")
    test = visit(pages.url("test"))
    begin(test)
    test.emulate_media(media="print")
    assert test.locator("wc-ask:visible").count() == 10


def test_the_print_button_prints_what_will_be_handed_in_and_nothing_else(pages, visit):
    shown = visit(pages.url("lesson"))
    guess(shown)
    desk(shown).get_by_label("Your code").fill("7B-14")
    shown.evaluate("window.print = () => { window.printed = true; }")
    desk(shown).get_by_role("button", name="Print").click()
    assert shown.evaluate("window.printed")
    shown.emulate_media(media="print")
    assert desk(shown).locator("table").is_visible()
    assert not shown.locator("h1").is_visible()
    assert not question(shown, JUDGED).is_visible()
    shown.evaluate("dispatchEvent(new Event('afterprint'))")
    assert shown.locator("h1").is_visible()


def test_two_desks_of_a_case_are_one_and_another_cases_is_another(pages, visit):
    shown = visit(pages.url("two"))
    question(shown, NUMBER).get_by_label("or type it").fill("40")
    desks = shown.locator("wc-desk")
    said = [desks.nth(n).get_by_role("status").first.text_content() for n in range(3)]
    assert said == ["1 of 1 answered, not saved yet.", "1 of 1 answered, not saved yet.", "Nothing to hand in yet."]
    desks.nth(0).get_by_label("Your code").fill("7B-14")
    assert desks.nth(1).get_by_label("Your code").input_value() == "7B-14"
    assert desks.nth(2).get_by_label("Your code").input_value() == ""
    assert shown.evaluate(
        "new Set([...document.querySelectorAll('[id]')].map(e => e.id)).size === document.querySelectorAll('[id]').length"
    )
    assert axe(shown) == []


def test_a_page_without_a_desk_asks_and_reveals_all_the_same(pages, visit):
    shown = visit(pages.url("bare"))
    box = guess(shown)
    assert box.get_by_text(JUDGED.why).is_visible()
    assert box.locator(".wc-tally").text_content() == ""
    assert shown.faults == []


def test_where_colours_are_forced_the_choice_is_still_seen(pages, visit):
    shown = visit(pages.url("lesson"), forced_colors="active")
    box = question(shown, JUDGED)
    box.get_by_label(JUDGED.options[0], exact=True).check()
    outline = box.locator("label:has(input:checked)").first.evaluate("e => getComputedStyle(e).outlineStyle")
    assert outline == "solid"
