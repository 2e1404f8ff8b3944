"""Pages in a real browser: what a reader sees, does, prints and hears."""

import re

import pytest
from nbformat import v4

from nbstill.kernel import CONTROL
from nbstill.page import Page

pytestmark = pytest.mark.browser

NAMES = ["sliders", "tables", "refused", "case", "index"]


def settled(page):
    """Wait until no view is on its way."""
    page.wait_for_function("new Promise(done => requestAnimationFrame(() => setTimeout(() => done(true), 60)))")
    return page


def faults(page):
    """What axe-core finds against WCAG 2.2 A, AA and good practice."""
    from axe_playwright_python.sync_playwright import Axe

    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}}).response["violations"]
    return [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 390)])
def test_axe_finds_nothing_and_nothing_is_asked_of_the_network(pages, visit, name, scheme, width):
    page = settled(visit(pages.url(name), width, color_scheme=scheme))
    # axe is put into the page by hand, past the page's policy; that alone may be reported there
    assert page.faults == []
    assert faults(page) == []


def test_axe_finds_nothing_after_each_control_is_used(pages, visit):
    for name in ("sliders", "tables", "refused", "case"):
        page = visit(pages.url(name), 390, color_scheme="dark")
        for field in page.query_selector_all("form input, form select"):
            kind = field.get_attribute("type") or "select"
            if kind == "range":
                field.focus()
                page.keyboard.press("End")
            elif kind == "select":
                field.select_option(index=1)
            elif not field.is_checked():
                field.check()
            settled(page)
            assert faults(page) == [], f"{name}: {field.get_attribute('name')}"
        page.locator("a[href]").last.focus()
        assert faults(page) == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_no_page_scrolls_sideways(pages, visit, name, width):
    page = visit(pages.url(name), width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_slider_moves_by_keyboard_and_all_follows(pages, visit):
    page = visit(pages.url("case"))
    box = page.locator("#still-control-1")
    box.get_by_label("Most", exact=True).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    settled(page)
    assert box.locator("img").get_attribute("alt") == "Buses in Old Town, up to 4"
    assert box.get_by_label("Most", exact=True).get_attribute("aria-valuetext") == "4"
    assert box.locator("form .still-value").text_content() == "4"
    assert box.get_by_role("status").text_content() == "Place: Old Town. Most: 4."
    assert box.locator(".still-view td").text_content() == "4 ?"
    links = box.locator(".still-view a.still-ref")
    assert [links.nth(n).get_attribute("href") for n in range(2)] == ["#n-buses", "#n-most"]
    assert page.locator(".still-notes li").count() == 4
    assert page.locator("#n-most .still-back a").first.get_attribute("href") == "#still-control-1"
    assert not page.locator("#n-most").is_visible()
    assert page.evaluate("document.activeElement.id") == "still-control-1-1"
    assert page.url.endswith("#most=4")
    assert box.locator("img").evaluate("i => i.complete && i.naturalWidth") == 267


def test_controls_move_by_mouse_and_combine(pages, visit):
    page = visit(pages.url("case"))
    box = page.locator("#still-control-1")
    box.get_by_label("Place", exact=True).select_option("Über 9")
    place = box.get_by_label("Most", exact=True).bounding_box()
    page.mouse.click(place["x"] + place["width"] - 3, place["y"] + place["height"] / 2)
    settled(page)
    assert box.locator("img").get_attribute("alt") == "Buses in Über 9, up to 5"
    other = page.locator("#still-control-2")
    other.get_by_label("South", exact=True).check()
    settled(page)
    assert other.locator("img").get_attribute("alt") == "Buses in South, up to 3"
    assert box.locator("img").get_attribute("alt") == "Buses in Über 9, up to 5"


def test_every_view_can_be_reached(pages, visit):
    page = visit(pages.url("sliders"))
    box, seen = page.locator("#still-control-1"), set()
    for pitch in range(4):
        for height in range(3):
            for grid in (True, False):
                box.get_by_label("pitch", exact=True).fill(str(pitch))
                box.get_by_label("height", exact=True).fill(str(height))
                box.get_by_label("grid", exact=True).set_checked(grid)
                settled(page)
                seen.add(box.locator("img").get_attribute("src"))
                assert f"pitch {pitch + 1}, height {height / 2 + 0.5}" in box.locator("img").get_attribute("alt")
    assert len(seen) == 24


def test_a_button_shows_what_the_sliders_ask_for_and_not_before(pages, visit):
    page = visit(pages.url("refused"))
    box = page.locator("section.still-control", has=page.get_by_role("button", name="Run Interact", exact=True))
    view = box.locator(".still-view")
    slider = box.get_by_label("n", exact=True)
    assert view.text_content().strip() == ""
    slider.focus()
    page.keyboard.press("End")
    settled(page)
    assert slider.get_attribute("aria-valuetext") == "3"
    assert view.text_content().strip() == ""
    assert "#" not in page.url
    box.get_by_role("button").click()
    settled(page)
    assert view.text_content().strip() == "n is 3"
    assert page.url.endswith("#n=3")
    assert box.get_by_role("status").text_content() == "n: 3."
    page.keyboard.press("Tab")
    slider.fill("0")
    settled(page)
    assert view.text_content().strip() == "n is 3"
    assert page.url.endswith("#n=3")
    assert faults(page) == []
    again = settled(visit(page.url))
    assert again.locator("section.still-control .still-view", has_text="n is 3").count() == 1


@pytest.mark.parametrize("kind", ["select", "radio", "range"])
def test_options_of_one_label_each_have_an_address(visit, tmp_path, kind):
    labels = ["a", "a", "A ", "a.2", ""]
    views = [[{"output_type": "stream", "name": "stdout", "text": f"view {n}"}] for n in range(5)]
    control = {"key": "n", "name": "n", "kind": kind, "labels": labels, "index": 0}
    output = v4.new_output("display_data", data={"text/plain": "A control."})
    output.data = {CONTROL: {"controls": [control], "views": views, "warnings": []}}
    cell = v4.new_code_cell("1", outputs=[])
    cell.outputs = [output]
    path = tmp_path / "labels.html"
    path.write_text(Page(v4.new_notebook(cells=[cell])).html(), encoding="utf-8")
    page, urls = visit(path.as_uri()), []
    for n in (1, 2, 3, 4, 0):
        if kind == "select":
            page.locator("select").select_option(index=n)
        elif kind == "radio":
            page.locator("input").nth(n).check()
        else:
            page.locator("input").fill(str(n))
        settled(page)
        assert page.locator(".still-view").text_content().strip() == f"view {n}"
        urls.append(page.url)
    assert len(set(urls)) == 5
    for url, n in zip(urls, (1, 2, 3, 4, 0), strict=True):
        assert settled(visit(url)).locator(".still-view").text_content().strip() == f"view {n}"


def test_the_address_holds_the_view_and_brings_it_back(pages, visit):
    page = visit(pages.url("case"))
    page.get_by_label("Place", exact=True).select_option("Über 9")
    page.get_by_label("South", exact=True).check()
    settled(page)
    address = page.url
    assert re.search(r"#place=%C3%BCber-9&place-2=south$", address)
    other = settled(visit(address))
    assert other.locator("#still-control-1 img").get_attribute("alt") == "Buses in Über 9, up to 2"
    assert other.locator("#still-control-2 img").get_attribute("alt") == "Buses in South, up to 3"
    assert other.evaluate("scrollY") > 0
    page.get_by_label("Place", exact=True).select_option("Old Town")
    page.get_by_label("North", exact=True).check()
    assert "#" not in page.url


def test_an_address_nobody_knows_changes_nothing(pages, visit):
    page = settled(visit(pages.url("case", "#place=atlantis&other=1")))
    assert page.locator("#still-control-1 img").get_attribute("alt") == "Buses in Old Town, up to 2"
    assert page.faults == []


def test_a_note_in_the_address_leaves_the_view_alone(pages, visit):
    page = visit(pages.url("case"))
    page.get_by_label("Place", exact=True).select_option("Über 9")
    page.locator("p a.still-ref").first.click()
    assert page.url.endswith("#n-buses")
    assert page.locator("#n-buses").is_visible()
    assert page.locator("#still-control-1 img").get_attribute("alt") == "Buses in Über 9, up to 2"
    page.locator("#n-buses .still-back a").first.click()
    assert page.url.endswith("#still-ref-1")
    page.locator("#n-buses").evaluate("n => { n.parentElement.open = false; }")
    page.go_back()
    settled(page)
    assert page.locator("#n-buses").is_visible()  # the address opens it again
    page.go_back()
    settled(page)
    assert page.locator("#still-control-1 img").get_attribute("alt") == "Buses in Über 9, up to 2"


def test_a_number_shows_its_note_on_focus_and_hover_and_escape_closes_it(pages, visit):
    page = visit(pages.url("case"), 700)
    card, links = page.locator(".still-pop"), page.locator("main > p a.still-ref")
    links.nth(2).focus()
    assert card.is_visible()
    assert "buses / rivals" in card.text_content()
    assert not page.locator("#n-buses-riva").is_visible()  # the card shows what the folded note holds
    assert not card.locator(".still-back").is_visible()
    page.keyboard.press("Escape")
    assert not card.is_visible()
    links.first.hover()
    assert "about 20-30 buses" in card.text_content()
    assert card.locator(".still-big").text_content().strip() == "20–30 buses"
    card.hover()  # the pointer may move onto the card
    page.wait_for_timeout(400)
    assert card.is_visible()
    page.mouse.move(5, 5)
    page.wait_for_timeout(400)
    assert not card.is_visible()
    inside = card.evaluate("c => [...c.querySelectorAll('a')].every(a => a.tabIndex < 0)")
    assert inside


def test_a_finger_sees_the_note_first_and_goes_there_second(pages, visit):
    page = visit(pages.url("case"), 390, has_touch=True, is_mobile=True)
    link = page.locator("main > p a.still-ref").first
    link.tap()
    assert page.locator(".still-pop").is_visible()
    assert "#" not in page.url
    link.tap()
    assert page.url.endswith("#n-buses")


def test_on_a_wide_screen_sources_stand_beside_the_text(pages, visit):
    page = visit(pages.url("case"))
    side = page.locator(".still-side")
    assert side.first.is_visible()
    assert "20–30 The Gazette, 2017." in side.first.text_content()
    assert not visit(pages.url("case"), 800).locator(".still-side").first.is_visible()


def test_without_a_script_all_but_the_moving_is_there(pages, visit):
    page = visit(pages.url("case"), java_script_enabled=False)
    box = page.locator("#still-control-1")
    assert not box.locator("form").is_visible()
    assert box.locator("table.still-states").is_visible()
    assert box.locator("img").is_visible()
    box.locator("noscript summary").click()
    assert page.locator("dd", has_text="Buses in Über 9, up to 5").first.is_visible()
    page.locator("p a.still-ref").first.click()
    assert page.url.endswith("#n-buses")
    assert page.locator("#n-buses").is_visible()  # the browser opens what holds the place
    assert page.locator(".still-notes li").count() == 3


LONG = [v4.new_markdown_cell("\n\n".join(f"## Part {n}\n\n{'Words of it. ' * 60}" for n in range(60)))]
FIRST_LOOK = """addEventListener("DOMContentLoaded", () => {
  window.first = [3, 30].map(n => getComputedStyle(document.querySelector("main").children[n]).contentVisibility);
})"""


def test_what_stands_below_is_laid_out_after_the_first_paint_and_moves_no_reader(browser, laid_out, tmp_path):
    path = tmp_path / "long.html"
    path.write_text(Page(v4.new_notebook(cells=LONG)).html(), encoding="utf-8")
    window = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    window.add_init_script(FIRST_LOOK)
    page = window.new_page()

    def shown():
        return page.evaluate("window.first"), laid_out(page).locator("main > *").last.evaluate(
            "e => e.checkVisibility()"
        )

    page.goto(path.as_uri())
    assert shown() == (["visible", "auto"], True)
    whole = page.evaluate("document.documentElement.scrollHeight")
    page.evaluate("scrollTo(0, 9000)")
    page.reload()
    assert page.evaluate("window.first") == ["visible", "visible"]
    assert laid_out(page).evaluate("[scrollY, document.documentElement.scrollHeight]") == [9000, whole]
    other = window.new_page()
    other.goto(path.as_uri() + "#Part-47")
    assert other.evaluate("window.first") == ["visible", "visible"]
    assert 0 <= laid_out(other).locator("#Part-47").bounding_box()["y"] < 100
    page.locator("body").evaluate("() => { location.hash = 'Part-20'; }")
    assert 0 <= page.locator("#Part-20").bounding_box()["y"] < 100
    window.close()


def test_without_a_script_and_on_paper_all_of_a_page_is_laid_out_at_once(browser, tmp_path):
    path = tmp_path / "long.html"
    path.write_text(Page(v4.new_notebook(cells=LONG)).html(), encoding="utf-8")
    visibility = "[...document.querySelector('main').children].map(e => getComputedStyle(e).contentVisibility)"
    for media, scripted in (("screen", False), ("print", True)):
        window = browser.new_context(java_script_enabled=scripted)
        page = window.new_page()
        page.emulate_media(media=media)
        page.goto(path.as_uri())
        assert set(page.evaluate(visibility)) == {"visible"}
        window.close()


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_print_cuts_nothing_and_shows_the_chosen_view(pages, visit, paper, tmp_path):
    page = visit(pages.url("case"))
    page.get_by_label("Place", exact=True).select_option("Über 9")
    settled(page)
    page.emulate_media(media="print")
    box = page.locator("#still-control-1")
    assert not box.locator("form").is_visible()
    assert box.locator("table.still-states tbody tr").first.text_content() == "PlaceÜber 9Old Town, Über 9"
    assert not page.locator(".still-take").first.is_visible()
    assert page.locator(".still-notes").is_visible()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    content = "getComputedStyle(document.querySelector('main p a.still-ref'), '::after').content"
    assert page.evaluate(content) in ('" [1]"', '" [" attr(data-note) "]"')
    page.set_viewport_size({"width": 680, "height": 900})  # about the width of the paper between its margins
    beyond = "[...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > 681)"
    assert page.evaluate(f"{beyond}.filter(e => !e.closest('.still-hidden')).length") == 0
    data = page.pdf(format=paper)
    assert data.startswith(b"%PDF")
    assert data.count(b"/Type /Page\n") >= 2


def test_on_paper_tables_stay_folded_and_notes_are_short_and_open(pages, visit):
    page = visit(pages.url("case"))
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert not page.locator("#still-control-1 .still-view table").is_visible()
    assert page.locator("#n-buses blockquote").is_visible()
    assert page.locator("#n-buses .wc-source").is_visible()
    assert not page.locator("#n-buses .still-back").is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    assert not page.locator("#n-buses").is_visible()


def test_notes_are_on_paper_without_a_script(pages, visit, tmp_path):
    page = visit(pages.url("case"), java_script_enabled=False)
    page.emulate_media(media="print")
    assert page.locator("#n-buses blockquote").evaluate("e => e.getClientRects().length") > 0


def test_a_note_in_a_link_from_outside_stands_open(pages, visit):
    for fragment in ("#n-rivals", "#n-most"):  # the second is stored with the views
        page = settled(visit(pages.url("case", fragment)))
        assert page.locator(fragment).is_visible()
    closed = visit(pages.url("case"))
    assert closed.locator(".still-notes details[open]").count() == 0
    assert closed.evaluate("document.querySelector('.still-notes').offsetHeight") < 400


def test_a_table_wider_than_its_box_shows_it_and_scrolls_by_keyboard(pages, visit):
    page = visit(pages.url("tables"), 320)
    box = page.locator(".still-wide").last
    box.evaluate("b => { b.firstChild.style.width = '900px'; }")
    assert "local" in box.evaluate("b => getComputedStyle(b).backgroundAttachment")
    box.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(400)
    assert box.evaluate("b => b.scrollLeft") > 0


@pytest.mark.parametrize("width", [320, 1280])
def test_a_label_stays_beside_its_button(pages, visit, width):
    page = visit(pages.url("case"), width)
    page.evaluate(
        "for (const l of document.querySelectorAll('fieldset label')) l.append(' and some more words'.repeat(4));"
    )
    labels = page.locator("fieldset label").all()
    assert labels
    for label in labels:
        button = label.locator("input").bounding_box()
        words = label.evaluate(
            "l => { const r = new Range(); r.selectNode(l.childNodes[1]); return r.getBoundingClientRect().x; }"
        )
        assert words > button["x"] + button["width"]
        assert button["width"] > 17


def test_a_folded_table_stays_as_the_reader_left_it(pages, visit):
    page = visit(pages.url("case"))
    page.locator("#still-control-1 summary").click()
    page.get_by_label("Place", exact=True).select_option("Über 9")
    settled(page)
    assert page.locator("#still-control-1 caption", has_text="Über 9").is_visible()


def test_charts_tables_and_citations_can_be_taken_away(pages, visit):
    page = visit(pages.url("case"))
    page.get_by_label("Place", exact=True).select_option("Über 9")
    settled(page)
    page.locator("#still-control-1 summary").click()
    taken = {}
    for name in ("chart as SVG", "chart as PNG", "table as CSV"):
        with page.expect_download() as download:
            page.locator("#still-control-1").get_by_role("button", name=name).click()
        taken[name] = download.value
    svg = taken["chart as SVG"].path().read_text(encoding="utf-8")
    assert svg.startswith("<svg")
    assert svg.count("<rect") == 2
    assert taken["chart as PNG"].path().read_bytes().startswith(b"\x89PNG")
    assert taken["table as CSV"].path().read_text(encoding="utf-8-sig") == "Place,Most\nÜber 9,2 ?\n"
    assert taken["table as CSV"].suggested_filename == "who-counted-the-buses-1.csv"
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("#still-control-1").get_by_role("button", name="citation of this chart").click()
    expected = "Buses. The Gazette. Place: Über 9. Most: 2. Who counted the buses?."
    assert page.evaluate("navigator.clipboard.readText()").replace("?.", "?") == expected.replace("?.", "?")
    assert page.faults == []


def test_a_spreadsheet_will_not_run_a_cell(pages, visit):
    page = visit(pages.url("tables"))
    with page.expect_download() as download:
        page.get_by_role("button", name="table as CSV").nth(2).click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    assert text.splitlines() == [",place,count,note", "0,Syria,3,'=1+1", '1,Iraq,5,"a, b"', "2,Syria,8,-4"]


def test_the_policy_stops_a_script_that_got_in(pages, visit):
    page = visit(pages.url("sliders"))
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.ran=1\">')")
    page.wait_for_timeout(100)
    assert page.evaluate("window.ran") is None
    assert any("Content Security Policy" in fault for fault in page.faults)


def test_focus_is_seen_and_the_skip_link_works(pages, visit):
    page = visit(pages.url("case"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "still-skip"
    assert page.locator(".still-skip").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.url.endswith("#still-page")
    for _ in range(6):
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"


def test_motion_is_only_for_those_who_like_it(pages, visit):
    for wish, behaviour in (("reduce", "auto"), ("no-preference", "smooth")):
        page = visit(pages.url("sliders"), reduced_motion=wish)
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == behaviour
