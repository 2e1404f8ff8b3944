"""No word on a page that its reader has not been told: each is explained where it first stands, or is not there."""

import re
from pathlib import Path

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PAGES = sorted((Path(__file__).parents[1] / "notebooks").glob("0*.ipynb"))

# Never on a page, in a card or in a chart.
NEVER = (r"ledes?\b", r"cumulative", r"times \(a ratio\)", r"(?<![\d,.–])1 (?:years|months|days|strikes|sorties)\b", r"\bNaN\b",
         r"derivation", r"figure_id")  # fmt: skip

# A word, and what has to stand within three lines of the place in the text where it is first read.
NEAR = 300
EXPLAINED = {
    r"\bsort(?:ie|y)": r"flight",
    r"\bhedge": r"how (?:firm|sure)|word that says",
    r"\bindirect speech": r"own words|reporter.s words",
    r"\bdirect quote": r"quotation marks",
    r"\binferred": r"conclude",
    r"\bmonitor": r"gather reports|adds up|counts",
    r"\bCIS\b": r"former Soviet",
    r"\bTASS\b": r"agency",
    r"\bFSB\b": r"security service",
    r"\bCIA\b": r"intelligence",
    r"\bGRU\b": r"intelligence",
    r"\bCJTF-OIR\b": r"command|headquarters",
    r"\bAFCENT\b": r"air forces",
    r"\bICSR\b": r"research",
    r"\bIHS Jane.s\b": r"research firm",
    r"\bSOHR\b": r"Syrian",
    r"\bSNHR\b": r"Syrian Network",
}
PLAIN = {"US", "UN", "CSV", "URL"}  # read by everyone
QUOTED = {
    "ISIL": "in words that others wrote",
    "ISIS": "in words that others wrote",
    "WASHINGTON": "the dateline of the article",
}
OUTLETS = {"RFE", "RL", "CTC"}  # names of those who printed it, in a table

# What is read from top to bottom: not what is folded, in a margin, under a chart as its documents, or quoted.
READ = r"""chosen => {
  const shut = e => { const fold = e.closest("details:not([open])"); return fold && !e.closest("summary"); };
  const out = chosen + ", blockquote, .wc-quote, q, script, style, figcaption, .wc-source, .still-pop, .still-skip, " +
    ".still-hidden, .still-side, .wc-key, .still-notes, footer, header, select";
  const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT), said = [];
  while (texts.nextNode()) {
    const e = texts.currentNode.parentElement;
    if (e.checkVisibility({visibilityProperty: true}) && !shut(e) && !e.closest(out)) said.push(texts.currentNode.textContent);
  }
  return said.join(" ").replace(/\s+/g, " ");
}"""


@pytest.fixture
def page(project_pages, browser, laid_out, request):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto((project_pages / f"{request.param}.html").as_uri())
    yield laid_out(page)
    page.close()


EACH = pytest.mark.parametrize("page", [path.stem for path in PAGES], indirect=True)


@EACH
def test_a_word_is_explained_where_it_is_first_read(page):
    text = page.evaluate(READ, "figure")
    for word, meaning in EXPLAINED.items():
        if first := re.search(word, text, re.I):
            near = text[max(0, first.start() - NEAR) : first.end() + NEAR]
            assert re.search(meaning, near, re.I), f"{first[0]!r} is not explained where it first stands: … {near} …"


@EACH
def test_a_name_in_capitals_is_explained(page):
    text = page.evaluate(READ, ".wc-draw")
    names = set(re.findall(r"\b[A-Z]{2,}(?:-[A-Z]{2,})?\b", text)) - PLAIN
    left = {name for name in names if name not in " ".join(EXPLAINED)} - set(QUOTED) - OUTLETS
    assert left == set(), "explain it on the page, and in EXPLAINED"


@EACH
def test_some_words_are_never_there_in_any_view_or_card(page):
    said = [page.evaluate(READ, "nothing"), page.evaluate("document.querySelector('.still-notes').textContent")]
    said += page.evaluate("""async () => {
      const said = [];
      for (const input of document.querySelectorAll(".still-control form select option, .still-control form input")) {
        const box = input.closest(".still-control");
        if (input.tagName === "OPTION") { input.parentElement.value = input.value; } else { input.checked = true; }
        (input.closest("select") || input).dispatchEvent(new Event("input", {bubbles: true}));
        await new Promise(done => setTimeout(done, 60));
        said.push(box.textContent);
      }
      return said;
    }""")
    for text in said:
        for word in NEVER:
            found = re.search(rf".{{0,40}}(?:{word}).{{0,30}}", text)
            assert not found, found[0]
