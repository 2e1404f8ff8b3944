"""Hostile notebooks and cases: whatever they hold, a page shows it and does nothing."""

import re

import pytest
import samples
from bs4 import BeautifulSoup

from nbstill import Hook, Note, picture
from nbstill.clean import Cleaner
from nbstill.exporter import export
from nbstill.many import build
from nbstill.page import Page

RUN = "window.ran=1"
PAYLOADS = [
    f"<script>{RUN}</script>",
    "<SCRIPT SRC=https://example.org/x.js></SCRIPT>",
    f"<scr<script>ipt>{RUN}</scr</script>ipt>",
    f"<script type=module>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"</style><script>{RUN}</script>",
    f"</title><script>{RUN}</script>",
    f"--><script>{RUN}</script>",
    f"]]><script>{RUN}</script>",
    f"</textarea><script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f"<img src=x:x onerror='{RUN}'>",
    f'"><img src=x onerror={RUN}>',
    f"'><img src=x onerror={RUN}>",
    f"<img/src=x/onerror={RUN}>",
    f"<IMG SRC=x OnErRoR={RUN}>",
    "<img src=https://example.org/a.png>",
    "<img srcset='https://example.org/a.png 1x'>",
    f"<svg onload={RUN}>",
    f"<svg/onload={RUN}//",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
    f"<svg><a xlink:href='javascript:{RUN}'><text y=20>x</text></a></svg>",
    f"<svg><use href='data:image/svg+xml,<svg onload={RUN}>'/></svg>",
    f"<math><mtext></form><form><mglyph><style></math><img src onerror={RUN}>",
    f"<math href='javascript:{RUN}'>x</math>",
    f"<math><maction actiontype='statusline#https://example.org' xlink:href='javascript:{RUN}'>x</maction></math>",
    f"<a href='javascript:{RUN}'>a</a>",
    f"<a href=' javascript:{RUN}'>a</a>",
    f"<a href='java\nscript:{RUN}'>a</a>",
    f"<a href='JaVaScRiPt:{RUN}'>a</a>",
    f"<a href='&#106;avascript:{RUN}'>a</a>",
    f"<a href='vbscript:{RUN}'>a</a>",
    f"<a href='data:text/html,<script>{RUN}</script>'>a</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD4='>a</a>",
    f"<a href=x onclick={RUN}>a</a>",
    f"[a](javascript:{RUN})",
    "[a](data:text/html,x)",
    f"![a](javascript:{RUN})",
    f"<iframe src='javascript:{RUN}'></iframe>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    f"<object data='javascript:{RUN}'></object>",
    f"<embed src='javascript:{RUN}'>",
    f"<form action='javascript:{RUN}'><button>a</button></form>",
    f"<button formaction='javascript:{RUN}' onclick={RUN}>a</button>",
    f"<input autofocus onfocus={RUN}>",
    f"<details open ontoggle={RUN}>a</details>",
    f"<video><source onerror={RUN}></video>",
    f"<audio src=x onerror={RUN}>",
    f"<body onload={RUN}>",
    f"<marquee onstart={RUN}>a</marquee>",
    f"<meta http-equiv=refresh content='0;url=javascript:{RUN}'>",
    "<meta http-equiv=refresh content='0;url=https://example.org'>",
    "<base href='https://example.org/'>",
    "<link rel=stylesheet href='https://example.org/a.css'>",
    "<style>@import 'https://example.org/a.css'</style>",
    "<p style='background:url(https://example.org/a.png)'>a</p>",
    f"<div style='animation-name:x' onanimationstart={RUN}>a</div>",
    f"<table background='javascript:{RUN}'><tr><td>a</td></tr></table>",
    f"<noscript><p title='</noscript><img src=x onerror={RUN}>'></noscript>",
    f"<template><script>{RUN}</script></template>",
    f"<xss id=x tabindex=1 onfocus={RUN}></xss>",
    "{{ 7 * 7 }}{% raw %}",
    "${window.ran=1}",
    "<!--<img src=x onerror=window.ran=1>",
    "\u202e<b>turned</b>",
    "\x00<script\x00>window.ran=1</script>",
    f"$\\href{{javascript:{RUN}}}{{x}}$ $\\text{{<img src=x onerror={RUN}>}}$",
]


def acting(html):
    """What in a piece of HTML could act, load or call: expected to be nothing."""
    soup = BeautifulSoup(html, "html.parser")
    found = [
        t.name for t in soup.find_all(["script", "style", "iframe", "object", "embed", "form", "meta", "base", "link"])
    ]
    for tag in soup.find_all(True):
        for name, value in tag.attrs.items():
            value = re.sub(r"[\s\x00]", "", str(value)).lower()
            bad = value.startswith(("javascript:", "vbscript:", "data:text"))
            if (
                name.startswith("on")
                or name in ("style", "srcset", "srcdoc", "action")
                or (bad and name in ("href", "src"))
            ):
                found.append(f"{tag.name} {name}={value}")
            if name == "src" and not value.startswith("data:image/"):
                found.append(f"{tag.name} src={value}")
    return found


def test_there_are_at_least_fifty_payloads():
    assert len(set(PAYLOADS)) >= 50


@pytest.mark.parametrize("payload", PAYLOADS)
def test_cleaned_html_cannot_act(payload):
    clean = Page(samples.notebook()).finish
    assert acting(clean(payload)) == []
    assert acting(str(clean(f"<table><tr><td>{payload}</td></tr></table>"))) == []


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A page with every payload in every field: prose, title, outputs, alt text, labels, views, errors, notes."""
    folder, out = tmp_path_factory.mktemp("hostile"), tmp_path_factory.mktemp("hostile-built")
    head = (
        "from IPython.display import HTML, Markdown, display\nfrom ipywidgets import interact, Dropdown\n"
        f"P = {PAYLOADS!r}"
    )
    cells = [
        f"# Title {PAYLOADS[0]} {PAYLOADS[10]}\n\nText.",
        *PAYLOADS,
        "%%py\n" + head,
        "%%py\nfor p in P: display(HTML(p)); display(Markdown(p)); print(p)",
        """%%py
import base64, html, pandas as pd
display(pd.DataFrame({"a": P}), HTML(pd.DataFrame({"a": P}).to_html(escape=False)))
def svg(inside):
    text = f"<svg xmlns='http://www.w3.org/2000/svg' width='9pt' height='9pt' {inside}</svg>"
    return "data:image/svg+xml;base64," + base64.b64encode(text.encode()).decode()
good, bad = svg(">"), svg("onload='window.ran=1'><script>window.ran=1</script>")
for p in P:
    display(HTML(f'<figure><img alt="{html.escape(p)}" src="{good}"><figcaption>{p}</figcaption></figure>'))
display(HTML(f'<img alt="bad" src="{bad}">'))
for n, p in enumerate(P):
    display(HTML(f'<p><a href="#id-{n}" title="{html.escape(p)}">{n} {p}</a></p>'))""",
        """%%py
def f(p, fail):
    if fail: raise ValueError(p)
    print(p); display(HTML(f"<p>{p}</p>")); return p
interact(f, p=Dropdown(options=P, description=P[0]), fail=False);""",
    ]
    name = "x' onload='window.ran=1"
    notebook = samples.save(folder, name, *cells, case="<script>window.ran=1</script>")

    class Hostile(Hook):
        def owns(self, metadata):
            return True

        def note(self, metadata, target):
            return Note(*[PAYLOADS[int(target.removeprefix("id-"))]] * 3)

    said = []
    build([notebook], out, hook=Hostile(), progress=said.append, code=True)
    return out, name, said


def test_a_page_of_payloads_holds_nothing_of_theirs_that_acts(hostile):
    out, name, _ = hostile
    page = BeautifulSoup((out / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
    for own in page.select(
        "head > style, head > meta, body > script, section.still-control > script, section.still-control > form, section.still-notes > script"
    ):
        own.extract()
    assert acting(str(page)) == []
    assert not page.find_all(src="x")


@pytest.mark.browser
def test_nothing_runs_loads_or_opens_whatever_the_reader_does(hostile, visit):
    out, name, _ = hostile
    for file in (f"{name}.html", "index.html"):
        page = visit((out / file).as_uri())
        if select := page.query_selector("select"):
            for index in range(len(PAYLOADS)):
                select.select_option(index=index)
                page.wait_for_timeout(15)
            page.locator("a.still-ref").first.hover()
            page.get_by_role("checkbox", name="fail").check()
        page.evaluate("document.querySelectorAll('main *').forEach(e => e.dispatchEvent(new Event('focus')))")
        page.wait_for_timeout(200)
        assert page.evaluate("window.ran") is None
        assert page.faults == []
        assert page.url.partition("#")[0] == (out / file).as_uri()


def test_the_author_is_told_what_was_left_out(hostile):
    assert any("script" in line for line in hostile[2])


@pytest.mark.parametrize(
    "body",
    [
        "<svg><script>1</script><path d='M0 0'/></svg>",
        "<svg onload='x'><path d='M0 0'/></svg>",
        "<svg><image href='https://example.org/a.png'/><path d='M0 0'/></svg>",
        "<svg><style>@import 'a'; path{fill:red;background:url(//a)}</style><path d='M0 0'/></svg>",
        "<svg xmlns:q='http://www.w3.org/2000/svg'><q:script>1</q:script><path d='M0 0'/></svg>",
        "<svg><a><animate attributeName='href' values='javascript:1'/><path d='M0 0'/></a></svg>",
        "<svg><style>&#64;import 'a';</style><path d='M0 0' style='fill:u\\72l(//a)'/></svg>",
        "<svg><desc><meta xmlns='http://www.w3.org/1999/xhtml' http-equiv='refresh' content='0;url=//a'/></desc><path d='M0 0'/></svg>",
        "<svg><foreignObject><p>x</p></foreignObject><path d='M0 0'/></svg>",
        "<svg><use href='https://example.org/a.svg#b'/><path d='M0 0'/></svg>",
        "<svg><set attributeName='onload' to='1'/><path d='M0 0' filter='url(//a)' fill='url(//b)'/></svg>",
        "<svg><a href='javascript:1'><path d='M0 0'/></a></svg>",
    ],
)
def test_a_drawing_keeps_its_marks_and_nothing_that_could_act_or_call(body):
    text = picture.Picture(body).text
    assert "<path d='M0 0'" in text
    assert not re.search(
        r"script|on\w+=|//a|//b|example|import|javascript|animate|<set|foreign|meta|\\",
        text.replace("http://www.w3.org", ""),
    )


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<!DOCTYPE svg [<!ENTITY a 'b'>]><svg>&a;</svg>", "entities"),
        ("<svg" + "<" * 60_000, "no sound XML"),
        ("<svg>" + "<g>" * 300 + "</g>" * 300 + "</svg>", "too deep"),
        ("<p/>", "no SVG"),
    ],
)
def test_a_drawing_that_cannot_be_read_is_refused_in_words(body, words):
    with pytest.raises(ValueError, match=words):
        picture.Picture(body)


def test_a_size_that_is_no_size_is_none():
    assert picture.Picture("<svg width='1.2.3pt' height='6px'/>").size is None
    assert picture.Picture("<svg width='9pt' height='6px'/>").size == (12, 6)


def test_a_slim_chart_looks_the_same():
    svg = '<?xml version="1.0"?>\n<svg xmlns:xlink="http://www.w3.org/1999/xlink" width="9pt"><g id="axes_1">\n '
    svg += '<path id="DejaVuSans-13" d="M 1.23456 -0.001 \nL 3 4"/>\n'
    svg += '<use xlink:href="#DejaVuSans-13" transform="translate(63.623047 0)"/></g><text>1.23456</text></svg>'
    head, *lines = picture.Picture(svg).text.split("\n")
    assert head == "<svg width='9pt' xmlns='http://www.w3.org/2000/svg'>"
    assert lines == ["<path id='a13' d='M1.23 0L3 4'/>", "<use href='#a13' x='64'/>", "<text>1.23456</text>", "</svg>"]


def test_what_a_chart_says_twice_is_said_once():
    mark = '<path id="m0123456789" d="M 1 2 z "/><g clip-path="url(#p)"><g id="x"><use href="#m0123456789" style="{}"/></g></g>'
    style = "fill: none; stroke: #00639c; "
    svg = f'<svg><title>A &amp; B</title><style>*{{fill:red}}</style><clipPath id="p"/>{mark.format(style) * 2}<path style="fill: red"/></svg>'
    slim = picture.Picture(svg, "A & B").text
    name = re.search(r"\.(s\w+)\{fill:none;stroke:#00639c\}</style>", slim)[1]
    assert slim.count(f"<g clip-path='url(#p)'>\n<use href='#m0123' class='{name}'/>\n</g>") == 2
    assert "<path id='m0123' d='M1 2z'/>" in slim
    assert "<path style='fill:red'/>" in slim
    assert "title" not in slim
    assert "<title>A &amp; B</title>" in picture.Picture(svg, "other").text


def test_an_address_gives_its_picture_back():
    made = picture.Picture('<svg width="9pt" height="6px"><text fill="#fff">100 %, "ü"</text></svg>')
    assert picture.of_address(made.address).text == made.text
    assert picture.of_address("data:image/png;base64,AAAA") is None


def test_export_needs_no_case(tmp_path):
    html, facts = export(samples.notebook("# A\n\nSee [b](#c)."), tmp_path / "a.ipynb")
    assert facts["title"] == "A"
    assert "#c leads nowhere" in facts["warnings"][0]
    assert '<a href="#c">b</a>' in html


@pytest.mark.parametrize("hidden", ["hidden", "width='0'", "style='display:none'"])
def test_a_hidden_drawing_takes_those_within_it_along(hidden):
    html = f"before<svg {hidden}><svg hidden><svg><path d='M0 0'/></svg></svg></svg><p>after</p>"
    assert Cleaner().tree(html).get_text() == "beforeafter"
