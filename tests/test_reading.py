"""How much a page asks of its reader: what is visible before anything is opened, in a browser and on paper."""

import re
from pathlib import Path

import pytest

from analysis.pages import lesson_notebooks

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PAGES = [*sorted((Path(__file__).parents[1] / "notebooks").glob("0*.ipynb")), *lesson_notebooks()]
FRONT = "00-start-here"

# words: of text, charts and tables, at 1280 pixels. charts: a block's strip on the front page is none. sheets: of A4.
# sideways: what scrolls sideways at 390 pixels.
LIMITS = {"words": 1100, "charts": 4, "controls": 2, "tables": 2, "sheets": 4, "kilobytes": 600, "sideways": 0}
OWN = {FRONT: {"sheets": 2}}

COUNT = r"""() => {
  const shut = e => { const fold = e.closest("details:not([open])"); return fold && !(e.closest("summary") && e.closest("summary").parentElement === fold && !shut(fold.parentElement)); };
  const seen = e => e && e.checkVisibility({visibilityProperty: true}) && !shut(e) && !e.closest(".still-skip, .still-hidden, .wc-hidden, .still-pop, script, style");
  const all = css => [...document.querySelectorAll(css)].filter(seen);
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let words = 0;
  while (texts.nextNode()) {
    const node = texts.currentNode;
    if (seen(node.parentElement)) words += (node.textContent.match(/[^\s]*[\p{L}\p{N}][^\s]*/gu) || []).length;
  }
  return {words, charts: all("figure").filter(e => !e.closest(".wc-one")).length,
          controls: all(".still-control").length, tables: all("table").length};
}"""
SIDEWAYS = """() => [...document.querySelectorAll("body *")].filter(e => e.checkVisibility() && e.scrollWidth > e.clientWidth + 1
  && ["auto", "scroll"].includes(getComputedStyle(e).overflowX)).length + (document.documentElement.scrollWidth > innerWidth)"""


def asked(browser, path, laid_out):
    """What a page asks of its reader, as LIMITS has it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(path.as_uri())
    laid_out(page).wait_for_timeout(300)
    found = page.evaluate(COUNT)
    found["sheets"] = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4", prefer_css_page_size=True)))
    page.set_viewport_size({"width": 390, "height": 844})
    page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")  # what is folded too
    page.wait_for_timeout(300)
    found["sideways"] = page.evaluate(SIDEWAYS)
    context.close()
    return found | {"kilobytes": path.stat().st_size // 1000}


@pytest.mark.parametrize("name", [path.stem for path in PAGES])
def test_a_page_keeps_to_its_limits(project_pages, browser, laid_out, name):
    limits = LIMITS | OWN.get(name, {})
    found = asked(browser, project_pages / f"{name}.html", laid_out)
    over = {k: (n, limits[k]) for k, n in found.items() if n > limits[k]}
    assert over == {}, f"asks too much (found, allowed): {over}; in all {found}"


SHIFTS = """new PerformanceObserver(list => {
  window.shifted = (window.shifted || 0) + list.getEntries().reduce((sum, entry) => sum + entry.value, 0);
}).observe({type: "layout-shift", buffered: true})"""


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", [path.stem for path in PAGES])
def test_nothing_moves_while_a_page_opens(project_pages, browser, laid_out, name, width):
    found = []
    while len(found) < 3 and min(found, default=1) > 0.01:  # a busy machine may paint before it has read a typeface
        context = browser.new_context(viewport={"width": width, "height": 900})
        context.add_init_script(SHIFTS)
        page = context.new_page()
        page.goto((project_pages / f"{name}.html").as_uri())
        laid_out(page).wait_for_timeout(300)
        found.append(page.evaluate("window.shifted || 0"))
        context.close()
    assert min(found) <= 0.01, found


SLIDES = """async ([nth, choice]) => {
  const box = document.querySelectorAll(".still-control")[nth];
  const input = [...box.querySelectorAll("form input")].find(one => one.closest("label")?.textContent.trim() === choice);
  input.click();
  for (let n = 0; n < 20 && !document.getAnimations().length; n++) await new Promise(requestAnimationFrame);
  return document.getAnimations().filter(one => one.effect.target.closest?.(".still-view a.wc-mark")).length;
}"""


@pytest.mark.parametrize(
    ("name", "nth", "choice"),
    [("01-read-the-numbers", 1, "the low end"), ("02-strike-rates", 0, "Coalition over Russia")],
)
def test_what_a_control_moves_slides_unless_its_reader_wants_no_motion(
    project_pages, browser, laid_out, name, nth, choice
):
    found = {}
    for wish in ("no-preference", "reduce"):
        context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion=wish)
        page = context.new_page()
        page.goto((project_pages / f"{name}.html").as_uri())
        laid_out(page).wait_for_timeout(300)
        found[wish] = page.evaluate(SLIDES, [nth, choice])
        context.close()
    assert found["no-preference"] > 0
    assert found["reduce"] == 0


def test_the_index_is_the_front_page_and_lists_the_others_within_the_same_limits(project_pages, browser, laid_out):
    front, index = (project_pages / f"{name}.html" for name in (FRONT, "index"))
    same, way = (
        front.read_text(encoding="utf-8"),
        '<strong>Who Counted?</strong> · <a href="#still-others">All pages</a> · ',
    )
    text = index.read_text(encoding="utf-8")
    assert text.count(way) == 1
    assert text.replace(way, "")[:200_000] == same[:200_000]
    found = asked(browser, index, laid_out)
    over = {k: n for k, n in found.items() if n > (LIMITS | OWN[FRONT])[k]}
    assert over == {}
    text, *headed = index.read_text(encoding="utf-8").rpartition("still-others")[2].split("<h2>")
    lessons = {f"{path.stem}.html" for path in lesson_notebooks()}
    wanted = [f"{path.stem}.html" for path in PAGES if path.stem != FRONT]
    assert re.findall(r'<a href="([^"]+)"', text) == [name for name in wanted if name not in lessons]
    assert lessons <= set(re.findall(r'<a href="([^"]+)"', "".join(headed)))
