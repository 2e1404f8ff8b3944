"""Random names, HTML and SVG at pages, in a real browser: nothing acts, nothing of ours is met, every control lives.

Hundreds of examples stand on one page, so that a page load serves them all; a failure names its example by its number.
"""

import base64
import json

import pytest
import samples
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from nbformat import v4

from nbstill.kernel import CONTROL
from nbstill.page import Page

pytestmark = pytest.mark.browser
PAGES, EACH = 10, 100  # a thousand examples

OURS = [
    "still-control",
    "still-view",
    "still-notes",
    "still-ref",
    "still-pop",
    "still-skip",
    "still-page",
    "still-hidden",
    "still-s0",
    "STILL-left",
]
WORDS = ["dataset", "elements", "reset", "submit", "name", "children", "constructor", "__proto__", "toString", "title", "body", "location",
         "document", "form", "length", "item", "namedItem", "querySelector", "hash", "history", "attributes", "firstChild", "x y", "é", ""]  # fmt: skip
RUN = "window.ran=1"
TAGS = ("p div span b i a img svg math table tr td th ul li details summary form input button select option textarea script style iframe object embed"
        " audio video source canvas template noscript title base meta link body html head h1 h2 section main nav x-own still-own path g use image"
        " foreignObject animate set desc mtext annotation-xml marquee frameset plaintext xmp dialog slot").split()  # fmt: skip
NAMES = ("id class name style href src srcset srcdoc onload onerror onclick onfocus autofocus action formaction data value type role"
         " data-still-drawing data-still-controls xlink:href http-equiv content hidden open is slot popover target ping").split()  # fmt: skip
VALUES = [*OURS, *WORDS, f"javascript:{RUN}", f"java\nscript:{RUN}", "data:text/html,<script>x</script>", "https://example.org/x", "//example.org", "#still-notes",
          RUN, "position:fixed;inset:0", "background:url(https://example.org/a)", "display:none", "refresh", "0;url=https://example.org", "x.png",
          "data:image/svg+xml,<svg onload='window.ran=1'/>", "'\"><script>window.ran=1</script>", "--><script>window.ran=1</script>", "]]>"]  # fmt: skip

NAMES += ["id", "class", "name", "style", "href", "src"] * 4  # what ours and theirs would meet in
TAGS += ["p", "div", "span", "a", "img", "svg", "form", "section"] * 4
value = st.sampled_from([*VALUES, *OURS * 3]) | st.sampled_from(VALUES) | st.sampled_from(OURS) | st.text(max_size=6)
attribute = st.tuples(st.sampled_from(NAMES), value).map(
    lambda pair: f'{pair[0]}="{pair[1]}"' if '"' not in pair[1] else f"{pair[0]}='{pair[1]}'"
)
leaf = st.sampled_from([f"<script>{RUN}</script>", "<style>.still-skip{display:none}*{color:red}</style>", "<!--", "-->", "<![CDATA[", "]]>", "&lt;",
                        f"<img src=x onerror={RUN}>", f"<svg onload={RUN}>", "</", "<p", "text"]) | st.text(max_size=15)  # fmt: skip


def element(inner):
    def made(parts):
        tag, attributes, children, closed = parts
        return f"<{tag} {' '.join(attributes)}>{''.join(children)}" + f"</{tag}>" * closed

    return st.tuples(
        st.sampled_from(TAGS), st.lists(attribute, max_size=4), st.lists(inner, max_size=3), st.booleans()
    ).map(made)


html = st.recursive(leaf, element, max_leaves=8)
svg = st.lists(html, max_size=4).map(
    lambda parts: f"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>{''.join(parts)}</svg>"
)
name = st.sampled_from([*WORDS, *OURS]) | st.text(min_size=1, max_size=10)
example = st.fixed_dictionaries(
    {"html": html, "svg": svg, "name": name, "labels": st.lists(name, min_size=2, max_size=3)}
)


def control(one):
    """A control with these names, as the kernel would hand it on."""
    labels = one["labels"]
    views = [
        [
            {"output_type": "display_data", "data": {"text/html": text}, "metadata": {}}
            for text in (one["html"], f"<p>view {n}</p>")
        ]
        for n in range(len(labels))
    ]
    described = [
        {"key": one["name"], "name": one["name"], "kind": kind, "labels": labels, "index": 0} for kind in ("select",)
    ]
    return {CONTROL: {"controls": described, "views": views, "warnings": []}}


def page_of(found):
    """One page that holds all of the examples in every place that takes something from outside."""
    cells = []
    for n, one in enumerate(found):
        address = "data:image/svg+xml;base64," + base64.b64encode(one["svg"].encode("utf-8", "replace")).decode()
        outputs = [
            v4.new_output("display_data", data={"text/html": one["html"]}),
            v4.new_output("display_data", data={"text/html": f'<img alt="{n}" src="{address}">'}),
            v4.new_output("display_data", data={"image/svg+xml": one["svg"]}),
            v4.new_output("stream", name="stdout", text=one["html"]),
        ]
        cells += [
            v4.new_markdown_cell(f"## {one['name']}\n\n{one['html']}\n\n[l](#{one['name']})"),
            v4.new_code_cell("1", outputs=outputs),
        ]
        if n % 4 == 0:
            cell = v4.new_code_cell("1", outputs=[v4.new_output("display_data", data={"text/plain": "A control."})])
            cell.outputs[0].data = control(one)
            cells.append(cell)
    return Page(v4.new_notebook(cells=[v4.new_markdown_cell("# All of them"), *cells]), hook=samples.Buses())


MET = """() => {
  const bad = [];
  const ours = new Set(JSON.parse(document.documentElement.dataset.known || "[]"));
  for (const e of document.querySelectorAll("main *")) {
    for (const {name, value} of e.attributes) {
      if (/^on|^srcdoc$|^srcset$|^style$|^action$|^formaction$|^is$|^ping$/i.test(name) && !e.closest(".still-take, .still-pop")) bad.push(`${e.tagName} ${name}`);
      if (/^(href|src)$/i.test(name) && /^\\s*(javascript|vbscript|data:(?!image|audio|video))/i.test(value)) bad.push(`${e.tagName} ${name}=${value.slice(0, 40)}`);
    }
    if (/^(script|style|iframe|object|embed|base|meta|link)$/i.test(e.tagName) && e.type !== "application/gzip") bad.push(e.tagName);
  }
  for (const form of document.forms) if (!form.closest("section.still-control")) bad.push("a form");
  return bad;
}"""


@pytest.fixture(scope="module")
def window(browser):
    """One window for all pages; it keeps what went wrong in it."""
    page = browser.new_context(viewport={"width": 900, "height": 700}).new_page()
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(f"error {error}"))
    page.on(
        "console", lambda message: page.faults.append(message.text) if message.type in ("error", "warning") else None
    )
    page.on("dialog", lambda dialog: (page.faults.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda r: None if r.url.startswith(("file:", "data:", "blob:")) else page.faults.append(r.url))
    yield page
    page.context.close()


def examples():
    """Random examples, the same on every run: hypothesis draws them one by one, and a page shows a hundred."""
    found = []

    @settings(max_examples=PAGES * EACH, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(one=example)
    def draw(one):
        found.append(one)

    draw()
    return found


@pytest.fixture(scope="module")
def drawn():
    return examples()


def test_there_are_five_hundred_examples_and_hardly_one_twice(drawn):
    assert len(drawn) >= 500
    assert len({json.dumps(one) for one in drawn}) > 450
    assert sum(len(one["html"]) for one in drawn) / len(drawn) > 40


@pytest.mark.parametrize("n", range(PAGES))
def test_whatever_stands_on_a_page_nothing_acts_and_every_control_lives(drawn, n, window, laid_out, tmp_path_factory):
    found = drawn[n * EACH : (n + 1) * EACH]
    page = page_of(found)
    path = tmp_path_factory.getbasetemp() / "property.html"
    text = page.html()
    path.write_text(text, encoding="utf-8")
    soup = BeautifulSoup(text, "html.parser")
    ids = [e["id"] for e in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
    window.goto(path.as_uri())
    laid_out(window)
    controls = window.query_selector_all("section.still-control")
    assert len(controls) == -(-len(found) // 4)
    window.evaluate("document.querySelectorAll('main details').forEach(d => { d.open = true; })")
    for k, box in enumerate(controls):
        box.query_selector("select").select_option(index=1)
        window.wait_for_function(
            "box => box.querySelector('.still-view').textContent.includes('view 1')", arg=box, timeout=5000
        )
        if k < 3:
            window.wait_for_timeout(20)
    window.evaluate(
        "document.querySelectorAll('main *').forEach(e => { e.dispatchEvent(new Event('focus')); e.dispatchEvent(new Event('load')); })"
    )
    window.wait_for_timeout(50)
    assert window.evaluate("window.ran") is None
    assert window.evaluate(MET) == []
    assert window.url.partition("#")[0] == path.as_uri()
    assert window.faults == []
    assert [len(window.query_selector_all(f".still-{name}")) for name in ("skip", "notes", "hidden")] == [
        1,
        0,
        len(controls) + 1,
    ]
    assert not window.query_selector_all("[class*=STILL], [id^=still-notes], .still-pop, .still-ref")
    assert window.query_selector(".still-skip").bounding_box()["x"] < 0
    assert json.loads(json.dumps(page.facts()))["controls"] == len(controls)
