"""The handouts as they are built: on screen, on both papers, as tagged PDF, on the projector."""

import functools
import io
import re

import pytest
from axe_playwright_python.sync_playwright import Axe

import analysis
from analysis import handouts, lessons
from analysis.handouts import shelf, typst

CASES = [name for name in analysis.cases() if lessons.texts(analysis.load(name))]
MADE = {
    (name, text): handouts.handout(analysis.load(name), text)
    for name in CASES
    for text in shelf._own(analysis.load(name))
}
PRINTED = [key for key, one in MADE.items() if one.kind != "screen"]
SCREENS = [key for key, one in MADE.items() if one.kind == "screen"]
PAPERS = ("A4", "Letter")
KINDS = {"pupil", "teacher", "test", "cards"}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The folder of all handouts, PDFs and all."""
    out = tmp_path_factory.mktemp("handouts")
    handouts.build(out=out, pdf=True)
    return out


def opened(browser, path, width=1280, **look):
    """A handout in a window; what it asked of the network and what went wrong is in .faults."""
    page = browser.new_context(viewport={"width": width, "height": 900}, **look).new_page()
    page.faults = []
    page.on("request", lambda r: None if r.url.startswith(("file:", "data:")) else page.faults.append(r.url))
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("console", lambda message: page.faults.append(message.text) if message.type == "error" else None)
    page.goto(path.as_uri())
    return page


@functools.cache
def fitted(key, paper):
    return typst.fitted(MADE[key], paper)


def sheets(pdf):
    import pypdf

    return len(pypdf.PdfReader(io.BytesIO(pdf)).pages)


def most(key):
    """How many sheets a handout may take."""
    one = MADE[key]
    cards = sum(type(block).__name__ == "Card" for block in one.blocks)
    return {"pupil": 1, "teacher": 2, "test": 1, "cards": 1 + cards}.get(one.kind, 2)


# As PDF


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("key", PRINTED, ids="/".join)
def test_a_pdf_is_tagged_named_in_its_language_and_keeps_to_its_sheets(built, key, paper):
    import pypdf

    one, read = MADE[key], pypdf.PdfReader(built / key[0] / f"{key[1]}-{paper}.pdf")
    root = read.trailer["/Root"]
    assert len(read.pages) <= most(key)
    assert root["/Lang"] == one.lang
    assert read.metadata.title == one.title
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"].value
    assert len(root["/StructTreeRoot"]["/K"]) >= 1
    assert b"pdfuaid" in root["/Metadata"].get_data()
    width, height = (round(float(side) / 72 * 25.4) for side in read.pages[0].mediabox[2:])
    assert sorted((width, height)) == {"A4": [210, 297], "Letter": [216, 279]}[paper]


@pytest.mark.parametrize("key", PRINTED, ids="/".join)
def test_a_pdf_says_the_figures_of_its_page(built, key):
    import pypdf

    pages = pypdf.PdfReader(built / key[0] / f"{key[1]}-A4.pdf").pages
    text = re.sub(r"\s", "", "".join(page.extract_text() for page in pages))
    page = (built / key[0] / f"{key[1]}.html").read_text(encoding="utf-8")
    for figure in re.findall(r'<span class="n" data-figure="[^"]+">([^<]+)</span>', page):
        assert re.sub(r"\s", "", figure) in text, figure


@pytest.mark.parametrize("key", PRINTED, ids="/".join)
def test_the_smallest_letters_on_paper_are_of_eight_points_or_more(key):
    for paper in PAPERS:
        size = float(re.search(r"size: ([\d.]+)pt, title", fitted(key, paper))[1])
        assert size >= 8, (paper, size)


@pytest.mark.parametrize("key", PRINTED, ids="/".join)
def test_paper_is_white_and_its_ink_black_or_grey(key):
    from PIL import Image

    for png in typst._pictured(fitted(key, "A4"), 40):
        picture = Image.open(io.BytesIO(png)).convert("RGB")
        colours = picture.getcolors(1 << 20)
        assert max(colours)[1] == (255, 255, 255)
        assert all(max(rgb) - min(rgb) <= 2 for _, rgb in colours)


# As a page


@pytest.mark.browser
@pytest.mark.parametrize("key", MADE, ids="/".join)
def test_a_page_is_accessible_asks_for_nothing_and_fits_a_phone(built, browser, key):
    path = built / key[0] / f"{key[1]}.html"
    first_of_its_kind = next(k for k, one in MADE.items() if one.kind == MADE[key].kind)
    for scheme in ("light", "dark") if key == first_of_its_kind else ("light",):
        page = opened(browser, path, color_scheme=scheme)
        found = Axe().run(page).response["violations"]
        assert [(f["id"], f["nodes"][0]["html"]) for f in found] == []
        page.set_viewport_size({"width": 390, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert page.faults == []
        page.context.close()


@pytest.mark.browser
@pytest.mark.parametrize("key", PRINTED, ids="/".join)
def test_a_page_prints_on_the_sheets_it_may_take(built, browser, key):
    page = opened(browser, built / key[0] / f"{key[1]}.html")
    for paper in PAPERS:
        assert sheets(page.pdf(format=paper)) <= most(key), paper
    page.context.close()


@pytest.mark.browser
@pytest.mark.parametrize("case", CASES)
def test_the_front_and_the_back_of_a_card_meet_in_the_middle_of_the_sheet(built, browser, case):
    page = opened(browser, built / case / "cards.html")
    page.emulate_media(media="print")
    boxes = page.evaluate(
        "[...document.querySelectorAll('.card')].map(c => [c, ...c.children].map(e => e.getBoundingClientRect()).map(r => [r.left, r.right, r.top, r.bottom]))"
    )
    assert len(boxes) >= 6
    for card, one, other in boxes:
        assert one[1] == pytest.approx(other[0]) == pytest.approx((card[0] + card[1]) / 2)  # they meet in the middle
        assert one[1] - one[0] == pytest.approx(other[1] - other[0])
        assert one[2:] == pytest.approx(other[2:])
    page.context.close()


@pytest.mark.browser
def test_the_index_leads_to_every_handout_and_each_says_its_case_and_version(built, browser):
    page = opened(browser, built / "index.html")
    linked = {link.get_attribute("href") for link in page.locator("a").all()}
    there = {str(path.relative_to(built)) for path in built.rglob("[!.]*.*") if path.name != "index.html"}
    assert linked == there
    for case, text in MADE:
        words = (built / case / f"{text}.html").read_text(encoding="utf-8")
        assert f"Case {case}, version {analysis.load(case).meta['version']}" in words
    page.context.close()


# On the projector


@pytest.mark.browser
@pytest.mark.parametrize("key", SCREENS, ids="/".join)
def test_a_screen_shows_one_question_at_a_time_and_its_answer_on_the_next_key(built, browser, key):
    page = opened(browser, built / key[0] / f"{key[1]}.html")
    seen = lambda: page.locator(".step:visible").count()  # noqa: E731
    assert (page.locator(".slide:visible").count(), seen()) == (1, 1)
    page.keyboard.press("ArrowRight")  # past what is said before the start
    assert (page.locator(".slide:visible").count(), seen()) == (1, 1)
    first = page.locator(".slide:visible").inner_text()
    page.keyboard.press("ArrowRight")
    assert (page.locator(".slide:visible").count(), seen()) == (1, 2)
    page.keyboard.press("ArrowLeft")
    assert page.locator(".slide:visible").inner_text() == first
    page.get_by_role("button", name="Next").click()
    assert seen() == 2
    page.keyboard.press("End")
    assert page.get_by_role("button", name="Next").is_disabled()
    assert page.faults == []
    page.context.close()


@pytest.mark.browser
@pytest.mark.parametrize("key", SCREENS, ids="/".join)
def test_a_screen_without_its_script_and_on_paper_shows_everything(built, browser, key):
    page = opened(browser, built / key[0] / f"{key[1]}.html", java_script_enabled=False)
    steps = page.locator(".step").count()
    assert page.locator(".step:visible").count() == steps
    assert not page.locator(".keys").is_visible()
    page.context.close()
    page = opened(browser, built / key[0] / f"{key[1]}.html")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".step:visible").count() == steps
    page.context.close()


@pytest.mark.browser
@pytest.mark.parametrize("key", SCREENS, ids="/".join)
def test_a_screens_words_and_its_charts_are_half_as_large_again(built, browser, key):
    page = opened(browser, built / key[0] / f"{key[1]}.html")
    assert float(page.evaluate("parseFloat(getComputedStyle(document.querySelector('.step p')).fontSize)")) >= 1.5 * 17
    page.set_viewport_size({"width": 1920, "height": 1080})  # a smaller one has what fits
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    scales = page.evaluate("""[...document.querySelectorAll('.wc-wide')].filter(s => s.checkVisibility())
      .map(s => s.getBoundingClientRect().width / s.viewBox.baseVal.width)""")
    assert all(scale >= 1.5 for scale in scales), scales
    page.context.close()


@pytest.mark.browser
@pytest.mark.parametrize("name", CASES)
def test_a_cards_table_stands_whole_on_a_phone(browser, built, name):
    page = opened(browser, built / name / "cards.html", width=390)
    wide = page.evaluate("[...document.querySelectorAll('.card .wide')].map(e => e.scrollWidth - e.clientWidth)")
    assert max(wide, default=0) <= 1
    page.context.close()


def test_the_index_begins_with_the_case_of_the_pages_and_names_each_link(built, tmp_path):
    from bs4 import BeautifulSoup

    read = BeautifulSoup((built / "index.html").read_text(encoding="utf-8"), "html.parser")
    assert read.find("h2").get_text() == analysis.load().meta["title"]
    for part in read.find_all("table"):  # within a case
        own = [link["aria-label"] for link in part.find_all("a")]
        assert len(own) == len(set(own))
    assert "../index.html" not in str(read)
    (tmp_path / shelf.PAGES).write_text("")
    handouts.build([CASES[0]], tmp_path / "handouts")
    assert 'href="../index.html"' in (tmp_path / "handouts" / "index.html").read_text(encoding="utf-8")


@pytest.mark.browser
@pytest.mark.parametrize("key", SCREENS, ids=lambda key: key[1])
def test_a_screen_fits_a_projector_whatever_is_revealed(browser, built, key):
    page = opened(browser, built / key[0] / f"{key[1]}.html")
    page.set_viewport_size({"width": 1280, "height": 720})
    for _ in range(80):
        name, last, bar, high = page.evaluate("""() => {
          const slide = document.querySelector(".slide:not([hidden])");
          const bottoms = [...slide.querySelectorAll(".step:not([hidden])")].map(e => e.getBoundingClientRect().bottom);
          return [slide.ariaLabel, Math.max(...bottoms), document.querySelector(".keys").getBoundingClientRect().top,
            document.documentElement.scrollHeight];
        }""")
        assert last <= bar, name
        assert high <= 720 + 16, name
        if page.locator("[data-go='1']").is_disabled():
            break
        page.keyboard.press("ArrowRight")
        page.evaluate("document.fonts.ready")
    page.emulate_media(media="print")
    assert page.locator(".slide").first.evaluate("e => getComputedStyle(e).zoom") == "1"
    page.context.close()
