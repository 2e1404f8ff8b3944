"""The class page in a browser: the same numbers and the same faults as the package, and what a page owes its reader."""

import random
import re
from pathlib import Path

import class_files
import pytest
from axe_playwright_python.sync_playwright import Axe

from analysis import classroom, pages
from analysis.ask import answers

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return pages.class_page(tmp_path_factory.mktemp("pages"))


@pytest.fixture
def opened(browser, path):
    """The page, what it asked of a network, and what went wrong in it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    page = context.new_page()
    page.went = []
    page.on("request", lambda request: page.went.append(request.url))
    page.on("pageerror", lambda problem: page.went.append(str(problem)))
    page.on("console", lambda message: page.went.append(message.text))
    page.goto(path.as_uri())
    yield page
    assert [one for one in page.went if not one.startswith(("file:", "blob:"))] == []
    context.close()


def drop(page, *paths):
    """Let go of files and folders over the page, as a file manager does."""
    session = page.context.new_cdp_session(page)
    data = {"items": [], "files": [str(p) for p in paths], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        session.send("Input.dispatchDragEvent", {"type": kind, "x": 300, "y": 300, "data": data})
    page.wait_for_selector("#class-told section")


def choose(page, files):
    """Choose files by the page's own button."""
    page.evaluate("document.getElementById('class-told').replaceChildren()")
    given = [{"name": name, "mimeType": "text/csv", "buffer": data} for name, data in files.items()]
    page.set_input_files("#class-files", given)
    page.wait_for_selector("#class-told section")


def csv(page, folder):
    """What the page saves as class.csv."""
    with page.expect_download() as saved:
        page.click("#class-save")
    saved.value.save_as(folder / "saved.csv")
    return (folder / "saved.csv").read_bytes().decode("utf-8")


def told(page):
    """Each block of the page: its heading and sentences."""
    return page.eval_on_selector_all(
        "#class-told section",
        "all => all.map(s => [...s.querySelectorAll(':scope > h2, :scope > p')].map(e => e.textContent))",
    )


def faults(page):
    """The page's table of what is wrong: rows of file, row, fault, remedy."""
    rows = "#class-told section:last-of-type > .class-wide tbody tr"
    return page.eval_on_selector_all(rows, "all => all.map(r => [...r.cells].map(c => c.textContent))")


def blocks(made):
    return [[block.title, *block.said] for block in made.blocks.values()]


def test_forty_files_with_every_fault_give_the_same_numbers_and_the_same_faults(opened, tmp_path):
    folder = tmp_path / "7B"
    (folder / "answers-7B-50.csv").mkdir(parents=True)
    class_files.put(folder, class_files.spoilt_class())
    class_files.put(
        folder / "answers-7B-50.csv",
        {"answers-7B-50.csv": class_files.CLEAN["answers-7B-1.csv"].replace(b"7B-1,", b"7B-50,")},
    )
    made = classroom.read(folder)
    drop(opened, folder)
    assert csv(opened, tmp_path) == made.csv()
    assert told(opened) == blocks(made)
    assert faults(opened) == [list(fault.values()) for fault in made.found.faults]
    assert len({fault["file"] for fault in made.found.faults}) > 30


def test_a_folder_that_holds_itself_is_read_once(opened, tmp_path):
    folder = tmp_path / "7B"
    folder.mkdir()
    class_files.put(folder, class_files.CLEAN)
    (folder / "loop").symlink_to(folder)
    drop(opened, folder)
    made = classroom.read(folder)
    assert csv(opened, tmp_path) == made.csv()
    assert list(made.faults["file"]) == ["loop"]  # a browser hands out no links, so the page cannot name it
    assert opened.locator("#class-told caption", has_text="What was wrong").count() == 0


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_classes_of_any_size_give_the_same_numbers_and_sentences(opened, tmp_path, seed):
    chance = random.Random(seed)
    for students in (1, 2, 7, 8, 9, 26):
        made = classroom.invented(students=max(students, 3), seed=chance.randrange(10**6))
        files = {name: data for name, data in made.items() if chance.random() < 0.9} or made
        choose(opened, files)
        whole = classroom.read(files)
        assert csv(opened, tmp_path) == whole.csv(), students
        assert told(opened) == blocks(whole), students


def mangled(chance, data):
    """A file after an accident: cut, bytes changed, a piece moved or taken out, other separators, a mark at its head."""
    at, other = sorted(chance.randrange(len(data)) for _ in range(2))
    other = min(other, at + 300)
    accidents = [
        lambda: data[:at],
        lambda: data[:at] + bytes(chance.randrange(256) for _ in range(6)) + data[other:],
        lambda: (
            data[:at] + chance.choice([b'"', b";", b"\n", b"\r", b"\0", b"\x1b[2J", b"'", b"=", b"<b>"]) + data[at:]
        ),
        lambda: data[:at] + data[other:],
        lambda: data.replace(b",", chance.choice([b";", b"\t", b"|"])),
        lambda: chance.choice([b"\xef\xbb\xbf", b"\xff\xfe", b"sep=,\r\n"]) + data,
        lambda: data.decode().encode(chance.choice(["utf-16", "utf-16-le", "utf-16-be"]))[: 2 * other + 1],
    ]
    return chance.choice(accidents)()


@pytest.mark.parametrize("seed", [1, 2])
def test_a_hundred_accidents_are_told_alike(opened, tmp_path, seed):
    chance = random.Random(seed)
    files = {f"answers-7B-{n}.csv": chance.choice(list(class_files.CLEAN.values())) for n in range(1, 51)}
    files = {name: mangled(chance, data) for name, data in files.items()}
    choose(opened, files)
    made = classroom.read(files)
    assert faults(opened) == [list(fault.values()) for fault in made.found.faults]
    assert csv(opened, tmp_path) == made.csv()


def test_a_few_files_may_be_dropped_and_another_case_chosen(opened, tmp_path):
    class_files.put(tmp_path, {name: class_files.CLEAN[name] for name in list(class_files.CLEAN)[:4]})
    drop(opened, *sorted(tmp_path.glob("*.csv")))
    assert opened.text_content("#class-status").startswith("4 files and folders read: 4 students")
    assert opened.eval_on_selector("#class-case", "e => e.options.length") == 1 + len(classroom.with_questions())


def test_one_file_is_no_several(opened):
    choose(opened, {"answers-7B-1.csv": class_files.CLEAN["answers-7B-1.csv"]})
    assert opened.text_content("#class-status") == "1 file read: 1 student, 0 things to look at."
    assert not re.search(r"\b1 (students|files|things)", opened.text_content("main"))
    assert told(opened) == blocks(classroom.read({"answers-7B-1.csv": class_files.CLEAN["answers-7B-1.csv"]}))


def test_a_folder_is_chosen_by_its_own_button(opened, tmp_path):
    folder = tmp_path / "answers"
    folder.mkdir()
    class_files.put(folder, {name: class_files.CLEAN[name] for name in list(class_files.CLEAN)[:4]})
    opened.set_input_files("#class-folder", folder)
    opened.wait_for_selector("#class-told section")
    assert opened.text_content("#class-status").startswith("4 files and folders read: 4 students")
    assert opened.text_content("#class-told section:last-of-type > p") == "Nothing was wrong with any file."


def test_hostile_words_stand_as_words(opened):
    name = '<img src=x onerror="document.title=1">.csv'
    rows = [answers.read(class_files.CLEAN["answers-7B-1.csv"]).rows[0] | {"answer": "<b>yes</b>", "case": "<i>x</i>"}]
    choose(opened, {name: answers.text_of(rows).encode()} | {"answers-7B-2.csv": class_files.CLEAN["answers-7B-2.csv"]})
    assert opened.locator("#class-told img, #class-told b, #class-told i").count() == 0
    assert opened.title() == "What did the class get better at?"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_is_amiss_for_a_screen_reader(opened, scheme, width):
    opened.emulate_media(color_scheme=scheme)
    opened.set_viewport_size({"width": width, "height": 844})
    assert Axe().run(opened).response["violations"] == []
    choose(opened, class_files.spoilt_class())
    opened.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    found = Axe().run(opened).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == []
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    smallest = "Math.min(...[...document.querySelectorAll('body *')].filter(e => e.textContent.trim() && e.checkVisibility()).map(e => parseFloat(getComputedStyle(e).fontSize)))"
    assert opened.evaluate(smallest) >= 12


def test_a_keyboard_reaches_all_that_can_be_done(opened):
    choose(opened, class_files.CLEAN)
    opened.evaluate("document.activeElement.blur()")
    reached = []
    for _ in range(12):
        opened.keyboard.press("Tab")
        reached.append(opened.evaluate("document.activeElement.id || document.activeElement.tagName"))
    for one in ("class-files", "class-folder", "class-case", "class-save", "class-print", "SUMMARY"):
        assert one in reached, reached
    opened.locator("summary").first.focus()
    opened.keyboard.press("Enter")
    assert opened.locator("details[open]").count() == 1


def test_it_prints_with_every_table_open_and_without_the_buttons(opened):
    choose(opened, class_files.CLEAN)
    opened.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert opened.locator("details:not([open])").count() == 0
    opened.emulate_media(media="print")
    assert not opened.locator("#class-choose").is_visible()
    assert not opened.locator("#class-save").is_visible()
    sheets = len(re.findall(rb"/Type\s*/Page\b", opened.pdf(format="A4")))
    assert 2 <= sheets <= 12


def test_it_asks_nothing_of_a_network_and_keeps_nothing(opened, path):
    choose(opened, class_files.CLEAN)
    assert opened.went == [path.as_uri()]
    assert opened.evaluate(
        "[document.cookie, (() => { try { return localStorage.length + sessionStorage.length } catch { return 0 } })()]"
    ) == ["", 0]
    html = path.read_text(encoding="utf-8")
    [policy] = re.findall(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy.startswith("default-src &#39;none&#39;")
    assert "unsafe" not in policy
    assert html.count(" style=") == 0


def test_its_rooms_are_short_enough_to_read():
    rooms = sorted((Path(classroom.__file__).parent / "page").glob("*.*"))
    assert {
        path.name: len(path.read_text(encoding="utf-8").splitlines())
        for path in rooms
        if len(path.read_text(encoding="utf-8").splitlines()) > 300
    } == {}
