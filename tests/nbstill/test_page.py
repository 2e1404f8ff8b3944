"""What stands in a page, read as HTML."""

import base64
import gzip
import hashlib
import json
import re
from itertools import pairwise

import nbformat
import pytest
import samples
from bs4 import BeautifulSoup

from nbstill import Hook, Note, markup
from nbstill.exporter import Still
from nbstill.page import Page


@pytest.fixture(scope="module")
def soups(pages):
    return {n: BeautifulSoup(pages.html(n), "html.parser") for n in ("sliders", "tables", "refused", "case", "index")}


@pytest.mark.parametrize("name", ["sliders", "tables", "refused", "case", "index"])
def test_a_page_has_language_title_landmarks_and_headings_in_order(soups, name):
    soup = soups[name]
    assert soup.html["lang"] == "en"
    assert soup.title.get_text() == soup.h1.get_text()
    assert len(soup.find_all("main")) == 1
    assert soup.find("a", class_="still-skip")["href"] == "#still-page"
    levels = [int(h.name[1]) for h in soup.find_all(re.compile("^h[1-6]$"))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = [e["id"] for e in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))


def test_the_policy_allows_this_script_and_this_style_and_no_other(soups):
    policy = soups["sliders"].find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for tag in ("script", "style"):
        own = [t.string for t in soups["sliders"].find_all(tag, type=False)]
        assert len(own) == 1
        digest = base64.b64encode(hashlib.sha256(own[0].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_a_hooks_style_and_script_are_in_the_policy_beside_ours():
    class Own(Hook):
        style, script = "b {\n  color: red;\n}\n", "document.title += '!';\n"

    html = Page(samples.notebook("# A"), hook=Own()).html()
    policy = re.search(r'Policy" content="([^"]*)"', html)[1].replace("&#39;", "'")
    for tag in ("script", "style"):
        texts = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.S)
        assert len(texts) == 2
        for text in texts:
            assert base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() in policy
    assert "b{color:red}" in html


def test_a_hooks_own_elements_pass_with_their_attributes_and_no_other():
    class Own(Hook):
        elements = {"x-chart": {"data-key"}, "still-x": {"data-key"}, "plain": set()}

    html = Page(samples.notebook(), hook=Own()).finish(
        '<x-chart data-key="a" onclick="b"><p>c</p></x-chart><still-x>d</still-x>'
    )
    assert html == '<x-chart data-key="a"><p>c</p></x-chart>d'
    assert "<x-chart" not in Page(samples.notebook()).finish("<x-chart>a</x-chart>")


class Extra(Hook):
    elements = {"x-chart": set(), "x-clock": set()}

    def extra(self, elements):
        return "i {\n  top: 0;\n}\n" * ("x-chart" in elements), f"document.title = '{sorted(elements)}';\n" * bool(
            elements
        )


@pytest.mark.parametrize(("held", "told"), [("<x-chart>a</x-chart>", 3), ("<x-clock>a</x-clock>", 2), ("<p>a</p>", 1)])
def test_what_only_some_elements_need_is_in_a_page_with_them_and_in_its_policy(held, told):
    html = Page(samples.notebook(f"# A\n\n{held}"), hook=Extra()).html()
    policy = re.search(r'Policy" content="([^"]*)"', html)[1].replace("&#39;", "'")
    texts = [text for tag in ("script", "style") for text in re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.S)]
    assert len(texts) == 1 + told
    for text in texts:
        assert base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() in policy
    assert ("['x-clock']" in html) == ("x-clock" in held)


def test_an_output_with_an_element_of_a_hook_is_taken_for_it_whatever_widget_it_is():
    nb = samples.notebook("# A", "%%py\n1")
    data = {
        "text/html": "<x-chart></x-chart>",
        "text/plain": "VBox()",
        "application/vnd.jupyter.widget-view+json": {"model_id": "a"},
    }
    nb.cells[1].outputs = [nbformat.v4.new_output("execute_result", data, execution_count=1)]
    page = Page(nb, hook=Extra())
    assert "<x-chart></x-chart>" in page.html()
    assert page.warnings == []


class Drawn(Hook):
    drawn = "x-draw"

    def note(self, metadata, target):
        return Note("seven", "the Gazette", "<p>So it said.</p>") if target == "seven" else None


DRAWING = (
    '<figure><svg class="x-draw" viewBox="0 0 9 9" role="group" aria-label="Seven buses">'
    '<a class="x-mark" href="#seven" aria-label="7 buses"><path class="f-a" d="M0 0z"/></a><text x="1">7</text>{}</svg></figure>'
)


def test_a_hooks_own_drawing_stays_inline_and_its_marks_lead_to_notes():
    page = Page(samples.notebook(), hook=Drawn())
    soup = BeautifulSoup(page.finish(DRAWING.format("")), "html.parser")
    assert not soup.find("img")
    mark = soup.find("a")
    assert mark["class"] == ["x-mark", "still-ref"]
    assert mark["aria-label"] == "7 buses"
    [note], _ = page.notes.finished()
    assert mark["href"] == f"#{note.id}"
    assert note.back == {"the chart": [soup.figure["id"]]}
    assert BeautifulSoup(Page(samples.notebook()).finish(DRAWING.format("")), "html.parser").find("img")


@pytest.mark.parametrize("evil", [
    "<script>a()</script>", "<style>*{color:red}</style>", '<image href="https://example.org/a.png"/>', '<use href="#a"/>',
    '<path onclick="a()" style="fill:url(https://example.org/a)" id="still-page" d="M0 0"/>', '<a href="javascript:a()"><path d="M1 1"/></a>',
    "<foreignObject><iframe src='https://example.org'></iframe></foreignObject>", '<animate attributeName="href" to="javascript:a()"/>',
    '<set attributeName="onload" to="a()"/>', '<path class="still-note" d="M0 0"/>', '<svg onload="a()"><path d="M2 2"/></svg>',
    '<data class="still-drawn" value="0">again</data>',
])  # fmt: skip
def test_what_is_hostile_in_a_hooks_own_drawing_does_not_pass(evil):
    shown = Page(samples.notebook(), hook=Drawn()).finish(DRAWING.format(evil) + evil)
    soup = BeautifulSoup(shown, "html.parser")
    for element in soup.find_all(True):
        assert element.name in {"figure", "svg", "a", "path", "text", "p", "data", "img", "span"}
        assert not [k for k in element.attrs if k.startswith("on") or k == "style"]
        assert "javascript:" not in element.get("href", "")
        assert element.get("id") != "still-page"
    assert "<svg" in shown
    assert "https://example.org" not in "".join(str(e) for e in soup.find_all("svg"))


def test_a_page_asks_the_network_for_nothing(pages):
    for name in ("sliders", "tables", "refused", "case", "index"):
        assert not re.findall(r'(?:src|srcset)="(?!data:)[^"]*"|<link|url\(\s*(?!%23)[^#\s]', pages.html(name))


def test_a_page_stays_within_its_budget(pages):
    sizes = {path.name: path.stat().st_size for path in pages.out.glob("*.html")}
    assert max(sizes.values()) < 90_000, sizes  # without compression the sliders come to more


def test_formulae_are_mathml(soups):
    assert [m["display"] for m in soups["sliders"].find_all("math")] == ["inline", "block"]
    assert soups["sliders"].find("mfrac")
    assert soups["case"].find("msub")


def test_an_unreadable_formula_stays_as_written():
    assert markup.Maths().formula(r"\left( x") == r"<code>\left( x</code>"


def test_every_control_has_a_native_twin_with_a_name(soups):
    form = soups["sliders"].find("form")
    assert [i["type"] for i in form.find_all("input")] == ["range", "range", "checkbox"]
    assert [o.get_text() for o in form.find_all("option")] == ["red", "blue"]
    assert form.find_all("input")[1]["aria-valuetext"] == "1"
    for field in form.find_all(["input", "select"]):
        assert field.find_parent("label") or form.find("label", attrs={"for": field["id"]})
    legend = soups["sliders"].find("fieldset").find("legend")
    assert legend.get_text() == "How many"
    assert "points" not in form.get_text()  # fixed() stays out of sight, as in the notebook


def test_all_views_are_stored_once_each_line(soups):
    box = soups["sliders"].find("section", class_="still-control")
    lines, views = json.loads(gzip.decompress(base64.b64decode(box.find("script").string)))
    assert len(views) == 4 * 3 * 2 * 2
    assert len(lines) == len(set(lines))
    assert box.find("img")["alt"].startswith("Chart. pitch 2, height 1.0.")


def test_what_cannot_be_listed_stands_still_and_says_so(soups):
    fixed = [p.get_text(" ", strip=True) for p in soups["refused"].find_all("p", class_="still-fixed")]
    held = ("rate: 2.5", "name: free", "a: 50", "b: 50", "a: (2, 4)", "IntSlider: 0")
    assert fixed == [f"{one} (fixed on this page)" for one in held]
    boxes = soups["refused"].find_all("section", class_="still-control")
    assert [len(b.find_all("script")) for b in boxes] == [0, 1, 0, 1, 1]  # the fourth has a slider beside what is fixed
    assert boxes[1].button.get_text() == "Run Interact"
    assert "2500" in boxes[2].get_text()
    assert "open the notebook" in soups["refused"].get_text()
    assert "to the author" not in soups["refused"].get_text()


def test_without_a_script_choices_and_views_are_told_in_words(soups):
    box = soups["case"].find("section", class_="still-control")
    rows = [
        [c.get_text() for c in row.find_all(["th", "td"])]
        for row in box.find("table", class_="still-states").find_all("tr")
    ]
    assert rows[1:] == [["Place", "Old Town", "Old Town, Über 9"], ["Most", "2", "1, 2, 3, 4, 5"]]
    words = BeautifulSoup(box.find("noscript").decode_contents(), "html.parser")
    assert len(words.find_all("dt")) == 10
    assert words.find("dt").get_text() == "Old Town, 1"
    assert words.find("dd").get_text() == "Buses in Old Town, up to 1"


def test_a_number_and_its_note_lead_to_each_other(soups):
    soup = soups["case"]
    links = soup.find("main").find_all("a", class_="still-ref")
    assert all(soup.find(id=link["href"][1:]) for link in links if link["href"] != "#n-most")
    note = soup.find(id="n-buses")
    backs = note.find("p", class_="still-back").find_all("a")
    assert all(soup.find(id=back["href"][1:]) for back in backs)
    assert [b.get_text() for b in backs] == ["1", "2", "3", "1", "2"]
    said = note.find("p", class_="still-back").get_text()
    assert said == "Back to 20–30 (3 places: 1, 2, 3), the control (2 places: 1, 2)"
    assert "about 20-30 buses" in note.get_text()
    working = soup.find(id="n-buses-riva")
    assert [a["href"] for a in working.find_all("a", class_="still-ref")] == ["#n-buses", "#n-rivals"]
    assert [s.get_text() for s in soup.select(".still-notes summary")] == [
        "20–30 buses The Gazette, 2017.", "2–4 buses The Gazette, 2017.", "5–15 times our working",
    ]  # fmt: skip
    assert not soup.select(".still-notes details[open]")
    assert (
        len(soup.select(".still-notes li > details > [id]")) == 3
    )  # the fourth is asked for in stored views alone, and stored
    lines, _ = json.loads(gzip.decompress(base64.b64decode(soup.select_one(".still-notes script").string)))
    assert any("At most so many." in line for line in lines)


def test_links_within_the_page_and_to_other_notebooks_are_kept(soups):
    assert soups["case"].find("a", string="below")["href"] == "#The-control"
    assert soups["case"].find(id="The-control").name == "h2"
    assert soups["tables"].find("a", string="the waves")["href"] == "sliders.html"


def test_tables_have_headers_with_a_scope(soups):
    tables = soups["tables"].find_all("table")
    assert tables
    for table in tables:
        heads = table.find_all("th")
        assert heads
        assert all(th["scope"] in ("row", "col") and th.get_text(strip=True) for th in heads)


def test_a_cell_that_heads_nothing_has_no_scope():
    page = Page(samples.notebook())
    html = page.finish('<table><tr><th scope="col"></th><th>a</th></tr></table>')
    assert "<td></td>" in html
    assert '<th scope="row">a</th>' in html


def test_what_a_reader_needs_to_know_of_a_view_passes():
    page = Page(samples.notebook())
    html = page.finish(
        '<p role="status">b</p><p role="alert">c</p><table><tr><td aria-current="true">a</td></tr></table>'
    )
    assert 'role="status"' in html
    assert "alert" not in html
    assert 'aria-current="true"' in html


def test_reading_time_counts_prose_without_tables_and_half_a_minute_a_control():
    page = Page(samples.notebook())
    page.finish(
        f"<p>{'word ' * 400}</p><table><caption>{'word ' * 500}</caption><tr><td>{'word ' * 50}</td></tr></table>"
    )
    assert page.minutes == 2
    page.finish(f"<details><summary>Table</summary>{'word ' * 1000}</details>")
    page.finish(f"<p>{'word ' * 1000}</p>", note=True)
    assert page.minutes == 2
    page.controls = 4
    assert page.minutes == 4


def test_a_long_list_of_documents_under_a_chart_is_folded():
    page = Page(samples.notebook(), hook=samples.Buses())
    line = '<figure><figcaption><span class="wc-source">Read in: {}.</span></figcaption></figure>'
    soup = BeautifulSoup(page.finish(line.format("A, 2015; B, 2016; C; D; E")), "html.parser")
    assert soup.summary.get_text() == "Read in: A, 2015; and 4 more"
    assert soup.details.get_text() == "Read in: A, 2015; and 4 moreB, 2016; C; D; E."
    assert "details" not in page.finish(line.format("A; B"))


def test_the_exporter_alone_knows_no_series():
    html, _ = Still(saved_outputs=True).from_notebook_node(samples.notebook("# A"))
    assert "<nav" not in html
    assert "of 1" not in html


def test_a_page_knows_its_place_and_its_neighbours(soups):
    head = soups["tables"].find("header").get_text()
    assert "2 of 4 · about" in head
    links = [(a["rel"], a["href"], a.get_text()) for a in soups["tables"].select("footer nav a")]
    assert links == [(["prev"], "sliders.html", "How does a wave change?"),
                     (["next"], "refused.html", "What cannot be listed?")]  # fmt: skip
    assert [a["rel"] for a in soups["sliders"].select("nav a")] == [["next"]]
    assert [a["rel"] for a in soups["case"].select("nav a")] == [["prev"]]


def test_an_error_in_a_view_is_a_plain_sentence(soups):
    stored = [s.string for s in soups["tables"].select(".still-control script")][1]
    lines, _ = json.loads(gzip.decompress(base64.b64decode(stored)))
    assert any("There is no result for this choice: division by zero." in line for line in lines)
    assert any("six divided by 0" in line for line in lines)
    assert not any("Traceback" in line for line in lines)


def test_the_index_asks_each_question_with_a_picture_and_a_reading_time(soups):
    items = soups["index"].select("main li")
    assert [i.h2.get_text() for i in items] == ["How does a wave change?", "What does the table say?",
                                                "What cannot be listed?", "Who counted the buses?"]  # fmt: skip
    assert [i.a["href"] for i in items] == ["sliders.html", "tables.html", "refused.html", "case.html"]
    assert items[0].img["src"].startswith("data:image/svg+xml,")
    assert items[0].find("p", class_="still-small").get_text() == "about 1 minute · 2 controls"
    assert soups["index"].h1.get_text() == "Buses"  # the hook's words
    assert "It is about <buses>." in soups["index"].get_text()


def test_a_run_of_cells_whose_tag_folds_them_stands_under_one_summary_and_is_not_read():
    notebook = samples.notebook("# A", "First", "Second", "Third", "Last")
    for cell, tag in zip(notebook.cells[1:4], ("analysts", "analysts", "fold: <b>Long</b>"), strict=True):
        cell.metadata["tags"] = ["other", tag]
    page = Page(notebook)
    soup = BeautifulSoup(page.html(), "html.parser")
    folds = soup.select("main > details.still-fold")
    assert [fold.summary.get_text() for fold in folds] == ["For analysts", "<b>Long</b>"]
    assert folds[0].get_text(" ").split() == ["For", "analysts", "First", "Second"]
    assert not any(fold.has_attr("open") for fold in folds)
    assert page.words == 2


@pytest.mark.parametrize("tag", ["remove-cell", "remove_cell"])
def test_a_cell_that_is_for_the_notebook_alone_is_not_on_its_page(tag):
    notebook = samples.notebook("# A [1](#n)", "Read", "###### n", "Last")
    notebook.cells[2].metadata["tags"] = [tag]
    main = BeautifulSoup(Page(notebook).html(), "html.parser").main
    assert main.get_text(" ").split() == ["A", "1", "Read", "Last"]


def test_one_note_asked_for_by_two_names_stands_once():
    class Two(Hook):
        def note(self, metadata, target):
            return Note(target.partition("@")[0], "", "<p>x</p>")

    page = Page(samples.notebook("[1](#a@b) [2](#a) [3](#c)"), hook=Two())
    soup = BeautifulSoup(page.html(), "html.parser")
    assert [a["href"] for a in soup.select("a.still-ref")] == ["#n-a-b", "#n-a-b", "#n-c"]
    assert len(soup.select(".still-notes ol > li > details")) == 2


def test_many_notes_are_folded_as_a_whole():
    class Many(Hook):
        def note(self, metadata, target):
            return Note(target, "", "<p>x</p>")

    for n, folded in ((12, 0), (13, 1)):
        page = Page(samples.notebook(" ".join(f"[{i}](#n{i})" for i in range(n))), hook=Many())
        soup = BeautifulSoup(page.html(), "html.parser")
        assert len(soup.select("details.still-every")) == folded
        assert len(soup.select(".still-notes ol > li > details")) == n
