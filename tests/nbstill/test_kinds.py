"""Nothing is lost in silence: what becomes of every kind of output that Jupyter can hold. The README's table says the same."""

import base64
import json
import re

import pytest
import samples
from bs4 import BeautifulSoup
from nbformat import v4

from nbstill import bounds, read
from nbstill import output as outputs
from nbstill.page import Page

PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"0" * 20).decode()
WAV = "data:audio/wav;base64,UklGRg=="


def shown(*found, metadata=None, widgets=None, source="1", **more):
    """A page whose one cell has these outputs: (its main part as soup, the warnings)."""
    cell = v4.new_code_cell(source, metadata=metadata or {})
    cell.outputs = list(found)  # unchecked: some are what no schema allows
    notebook = v4.new_notebook(cells=[v4.new_markdown_cell("# A")])
    notebook.cells.append(cell)
    if widgets:
        notebook.metadata.widgets = {"application/vnd.jupyter.widget-state+json": {"state": widgets}}
    page = Page(notebook, **more)
    soup = BeautifulSoup(page.html(), "html.parser").main
    soup.h1.extract()
    return soup, page.warnings


def bundle(data, metadata=None):
    return v4.new_output("display_data", data=data, metadata=metadata or {})


def html(text):
    return bundle({"text/html": text, "text/plain": "<IPython.core.display.HTML object>"})


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("x<sup>2</sup> and H<sub>2</sub>O", ["<sup>2</sup>", "<sub>2</sub>"]),
        ("<b>a</b> <i>b</i> <mark>c</mark> <del>d</del> <ins>e</ins> <u>f</u> <s>g</s>", ["<b>a</b>", "<mark>c</mark>", "<del>d</del>", "<u>f</u>"]),
        ('<span lang="fr" dir="ltr">é</span> <abbr title="b">a</abbr> <kbd>k</kbd>', ['lang="fr"', 'title="b"', "<kbd>"]),
        ('<a href="https://example.org/">out</a> <a id="here"></a><a href="#here">to it</a>', ['href="https://example.org/"', 'id="here"', 'href="#here"']),
        ('<a name="old">x</a> <a href="#old">to it</a>', ['id="old"', 'href="#old"']),
        ("<details open><summary>s</summary><p>in it</p></details>", ["<details open", "<summary>s</summary>", "in it"]),
        ('<ol start="3"><li value="7">a</li></ol><dl><dt>t</dt><dd>d</dd></dl>', ['start="3"', 'value="7"', "<dt>t</dt>"]),
        ('<table><tr><th colspan="2">h</th></tr><tr><td rowspan="1">d</td></tr></table>', ['colspan="2"', 'rowspan="1"']),
        ("<dialog open>said</dialog><xmp>old</xmp><listing>older</listing>", ["said", "<pre", "old", "older"]),
        ('<map name="m"><area href="https://example.org/" alt="a part"></map>', ['href="https://example.org/"', "a part"]),
        ("<ruby>漢<rt>kan</rt></ruby> <bdo dir='rtl'>abc</bdo> <q>q</q> <time datetime='2017'>t</time>", ["<rt>kan</rt>", 'dir="rtl"', "<q>q</q>", 'datetime="2017"']),
        ("<figure><img alt='a' src='data:image/png;base64,AAAA'><figcaption>c</figcaption></figure>", ["<figcaption>c</figcaption>", 'alt="a"']),
    ],
)  # fmt: skip
def test_inline_html_is_kept_in_markdown_and_in_outputs(given, kept):
    for page in (
        Page(v4.new_notebook(cells=[v4.new_markdown_cell(f"Text {given}")])).html(),
        str(shown(html(given))[0]),
    ):
        for piece in kept:
            assert piece in page


def test_sound_and_film_are_kept_as_data_and_those_elsewhere_leave_a_sentence():
    soup, warnings = shown(
        html(f'<audio controls><source src="{WAV}" type="audio/wav" /> Your browser…</audio>'),
        html(f'<video controls src="{WAV.replace("audio/wav", "video/mp4")}"></video>'),
        html('<audio src="https://example.org/a.mp3" autoplay></audio>'),
    )
    assert soup.audio["src"] == WAV
    assert soup.video.has_attr("controls")
    assert "A sound stood here that is not in this file. https://example.org/a.mp3" in soup.get_text()
    assert len(warnings) == 1
    assert "embed=True" in warnings[0]


def test_a_recording_and_a_picture_beside_the_notebook_come_along(tmp_path):
    (tmp_path / "a.mp3").write_bytes(b"ID3")
    (tmp_path / "b.png").write_bytes(base64.b64decode(PNG))
    (tmp_path.parent / "secret.png").write_bytes(base64.b64decode(PNG))
    soup, warnings = shown(
        html('<audio src="a.mp3"></audio><img alt="b" src="b.png"><img alt="s" src="../secret.png">'),
        path=str(tmp_path),
    )
    assert soup.audio["src"].startswith("data:audio/mpeg;base64,SUQz")
    assert soup.img["src"] == f"data:image/png;base64,{PNG}"
    assert "[Picture: s]" in soup.get_text()
    assert "save it beside the notebook" in warnings[0]


@pytest.mark.parametrize(
    ("given", "words", "warning"),
    [
        ("<script>1</script>", "A script stood here", "left out a script"),
        ("<canvas>no</canvas>", "drawing stood here that a script makes", "left out a canvas"),
        (
            "<iframe src='https://example.org/'></iframe>",
            "Another page stood here in a frame: https://example.org/",
            "as a link",
        ),
        ("<object data='a.swf'></object><embed src='a.swf'>", "An object stood here", "left out an object"),
        (
            "<form><input value='3'><button>Go</button><textarea>t</textarea></form>",
            "[3][Go][t]",
            "left out form fields",
        ),
        ("<select><option>a</option><option selected>b</option></select>", "[b]", "left out form fields"),
        ("<img alt='far' src='https://example.org/a.png'>", "[Picture: far]", "from elsewhere"),
        ("<img alt='bad' src='data:image/svg+xml,<svg'>", "[Picture: bad]", "no sound XML"),
    ],
)
def test_what_cannot_travel_leaves_a_sentence_and_a_warning(given, words, warning):
    soup, warnings = shown(html(f"<p>before</p>{given}<p>after</p>"))
    assert words in soup.get_text()
    assert "before" in soup.get_text()
    assert "after" in soup.get_text()
    assert any(warning in line and line.startswith("cell 2: ") for line in warnings), warnings


@pytest.mark.parametrize(
    ("data", "words", "warning"),
    [
        ({"application/vnd.plotly.v1+json": {}, "text/html": "<div></div><script>1</script>", "text/plain": "Figure({'data': []})"}, "plotly chart stood here", "fig.show("),
        ({"application/vnd.vegalite.v5+json": {}, "text/plain": "alt.Chart(...)"}, "vega chart stood here", "alt.renderers"),
        ({"application/vnd.bokehjs_exec.v0+json": "", "text/html": "<script>1</script>", "application/javascript": "1"}, "bokeh chart stood here", "export_svg"),
        ({"application/javascript": "alert(1)", "text/plain": "<IPython.core.display.Javascript object>"}, "A script stood here", "left out a script"),
        ({"application/pdf": "JVBERi0=", "text/plain": "<IPython.core.display.PDF object>"}, "A PDF document stood here", "PDF"),
        ({"video/mp4": "AAAA", "text/plain": "<IPython.core.display.Video object>"}, "A recording stood here", "embed=True"),
        ({"text/csv": "a,b", "text/plain": ""}, "a,b", "text/csv is shown as its text"),
        ({"application/x-own": "?"}, "An output stood here", "as a picture, a table or text"),
        ({outputs.WIDGET: {"model_id": "1"}, "text/plain": "IntSlider(value=0)"}, "This control needs Python", "an IntSlider cannot be replayed"),
        ({"text/html": "<script>1</script>", "text/plain": "<x.Y object at 0x1>"}, "A script stood here", "left out a script"),
    ],
)  # fmt: skip
def test_interactive_kinds_leave_a_sentence_and_a_remedy(data, words, warning):
    soup, warnings = shown(bundle(data))
    assert words in soup.get_text()
    assert any(warning in line for line in warnings), warnings


def test_a_static_form_that_came_along_is_shown():
    plotly = {"application/vnd.plotly.v1+json": {}, "text/html": "<script>1</script>", "image/png": PNG}
    bar = {outputs.WIDGET: {"model_id": "1"}, "text/plain": " 40%|████      | 2/5 [00:00<00:00]"}
    table = {"application/x-own": "?", "text/html": "<table><tr><td>static</td></tr></table>"}
    soup, warnings = shown(bundle(plotly), bundle(bar), bundle(table))
    assert soup.img["src"].endswith(PNG)
    assert "2/5" in soup.get_text()
    assert "static" in soup.get_text()
    assert all("left out" not in line for line in warnings)


def test_what_a_display_widget_holds_is_its_static_form():
    state = {
        "box": {"state": {"_model_name": "VBoxModel", "children": ["IPY_MODEL_out", "IPY_MODEL_label"]}},
        "out": {
            "state": {
                "_model_name": "OutputModel",
                "outputs": [{"output_type": "stream", "name": "stdout", "text": "printed\n"}],
            }
        },
        "label": {"state": {"_model_name": "LabelModel", "value": "a <label>"}},
    }
    soup, warnings = shown(
        bundle({outputs.WIDGET: {"model_id": "box"}, "text/plain": "VBox(children=())"}), widgets=state
    )
    assert [e.get_text(strip=True) for e in soup.find_all(["pre", "p"])] == ["printed", "a <label>"]
    assert warnings == []


def test_a_widget_that_moves_stands_still_and_says_so():
    state = {
        "box": {"state": {"_model_name": "HBoxModel", "children": ["IPY_MODEL_n", "IPY_MODEL_out"]}},
        "n": {"state": {"_model_name": "IntSliderModel", "value": 3, "description": "a <n>"}},
        "out": {
            "state": {
                "_model_name": "OutputModel",
                "outputs": [{"output_type": "stream", "name": "stdout", "text": "six\n"}],
            }
        },
    }
    soup, warnings = shown(
        bundle({outputs.WIDGET: {"model_id": "box"}, "text/plain": "HBox(children=())"}), widgets=state
    )
    said = [e.get_text(strip=True) for e in soup.find_all(["pre", "p"])]
    assert said == ["a <n>: 3 (fixed on this page)", "six", outputs.NEEDS]
    assert "an IntSlider cannot be replayed" in warnings[0]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ({"text/markdown": "**b** $x^2$"}, "<strong>b</strong>"),
        ({"text/latex": r"$\displaystyle \frac{1}{2}$"}, "<mfrac>"),
        ({"text/latex": r"The value $x$ is \(y\)."}, "The value"),
        ({"image/jpeg": "AAAA"}, 'src="data:image/jpeg;base64,AAAA"'),
        ({"image/gif": "AAAA"}, 'src="data:image/gif;base64,AAAA"'),
        ({"image/svg+xml": "<svg width='9' height='9'><path d='M0 0'/></svg>"}, "data:image/svg+xml,<svg"),
        ({"application/json": {"a": [1]}, "text/plain": "<IPython.core.display.JSON object>"}, '"a"'),
        ({"text/plain": "words"}, "<pre"),
    ],
)
def test_kinds_that_a_page_can_hold(data, found):
    soup, _ = shown(bundle(data, {"image/jpeg": {"alt": "a"}}))
    assert found in str(soup).replace("&lt;", "<").replace("&gt;", ">")


def test_a_stylers_colours_are_laid_on_its_cells_and_name_nothing_else():
    style = "#T_1_row0_col0, #T_1_row0_col1 {background-color: #ff0000; color: #f1f1f1} #T_1 .col_heading {font-weight: bold}"
    more = "body {color: red} .still-skip {display: none} #T_1 td:hover {color: blue} @import 'x'; #T_1_row0_col1 {position: fixed}"
    table = "<table id='T_1'><thead><tr><th class='col_heading'>h</th></tr></thead><tr><td id='T_1_row0_col0'>1</td><td id='T_1_row0_col1'>2</td></tr></table>"
    page = Page(v4.new_notebook(cells=[v4.new_code_cell("1", outputs=[html(f"<style>{style}{more}</style>{table}")])]))
    text = page.html()
    soup = BeautifulSoup(text, "html.parser")
    red = soup.find("td", string="1")["class"][0]
    assert f".{red}{{background-color:#ff0000;color:#f1f1f1}}" in text
    assert soup.find("td", string="2")["class"] == [red]
    assert soup.find("th")["class"] == ["col_heading", "still-s1"] or "font-weight:bold" in text
    assert "position:fixed;}" not in text
    assert soup.select_one(".still-skip")
    assert "#T_1" not in text.replace('id="T_1', "")


def test_what_is_hidden_stays_hidden():
    soup, _ = shown(
        html(
            "<p style='display : none'>a</p><p hidden>b</p><style>.c {display:none}</style><p class='c'>c</p><dialog>d</dialog><p style='visibility:hidden'>e</p><p>f</p>"
        )
    )
    assert soup.get_text(strip=True) == "f"
    soup, _ = shown(v4.new_output("stream", name="stdout", text="x\n"), metadata={"jupyter": {"outputs_hidden": True}})
    assert soup.details.summary.get_text() == "Output, folded by its author"


def test_printed_text_reads_as_on_a_screen():
    text = "\x1b[31mred\x1b[0m 10%\r20%\rdone\nab\bc\x07 \x1b]0;title\x07"
    soup, _ = shown(v4.new_output("stream", name="stdout", text=text))
    assert soup.pre.get_text() == "done\nac "
    soup, _ = shown(bundle({"text/plain": "half \ud800 letter"}))
    assert soup.pre.get_text() == "half \ufffd letter"


def test_errors_say_what_stopped_and_where():
    error = v4.new_output(
        "error", ename="ValueError", evalue="no <b>", traceback=["\x1b[31mTraceback\x1b[0m", "line 1"]
    )
    soup, _ = shown(error)
    assert "This cell stopped: ValueError: no <b>" in soup.get_text()
    assert soup.details.pre.get_text() == "Traceback\nline 1"


def test_output_over_the_cap_is_cut_with_a_word():
    soup, warnings = shown(v4.new_output("stream", name="stdout", text="x" * (outputs.MOST_TEXT + 5)))
    assert len(soup.pre.get_text()) == outputs.MOST_TEXT
    assert "the rest is left out" in soup.get_text()
    assert "the rest is cut: print less" in warnings[0]


def test_macros_hold_from_their_definition_on_and_unknown_commands_are_told():
    cells = [
        r"$\newcommand{\R}{\mathbb{R}} \def\half#1{\frac{#1}{2}}$ is set",
        r"$x \in \R$ and $\half{y}$ and $\nosuch{z}$",
    ]
    page = Page(v4.new_notebook(cells=[v4.new_markdown_cell(c) for c in cells]))
    text = page.html()
    assert "<mfrac>" in text
    assert "R</mi>" in text or "ℝ" in text
    assert r"<code>\nosuch{z}</code>" in text
    assert r"\nosuch is not known" in page.warnings[0]


def test_raw_cells_stand_as_in_jupyters_own_pages():
    cells = [
        v4.new_raw_cell("<b>html</b>", metadata={"raw_mimetype": "text/html"}),
        v4.new_raw_cell("plain"),
        v4.new_raw_cell(r"\tex", metadata={"raw_mimetype": "text/latex"}),
    ]
    text = Page(v4.new_notebook(cells=cells)).html()
    assert "<b>html</b>" in text
    assert "plain" in text
    assert r"\tex" not in text


def test_attachments_come_along_and_a_missing_one_leaves_words():
    cell = v4.new_markdown_cell(
        "![one](attachment:a.png) ![two](attachment:b.png)", attachments={"a.png": {"image/png": PNG}}
    )
    page = Page(v4.new_notebook(cells=[cell]))
    text = page.html()
    assert f"data:image/png;base64,{PNG}" in text
    assert "[Picture: two]" in text
    assert "the attachment 'b.png' is missing" in page.warnings[0]


def test_attachments_kept_as_lines_come_along(tmp_path):
    drawing = base64.b64encode(b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>").decode()
    cell = {"cell_type": "markdown", "source": "![one](attachment:a.svg)", "metadata": {}}
    cell["attachments"] = {"a.svg": {"image/svg+xml": [drawing[:20], drawing[20:]]}, "b": {"image/png": 3}, "c": 4}
    path = tmp_path / "lines.ipynb"
    path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}), encoding="utf-8")
    page = Page(read.notebook(path))
    assert 'src="data:image/svg+xml,<svg' in page.html()
    assert page.warnings == []


@pytest.mark.parametrize(
    "name",
    [
        "eqnarray",
        "eqnarray*",
        "aligned",
        "align",
        "align*",
        "split",
        "gather",
        "gathered",
        "multline",
        "alignat*",
        "cases",
        "dcases",
    ],
)
def test_rows_and_columns_of_a_formula_stand_in_a_table(name):
    count = "{2}" if "at" in name and "gather" not in name else ""
    columns = "a & b" if name not in ("gather", "gathered", "multline") else "a"
    soup, warnings = shown(
        bundle({"text/latex": rf"\begin{{{name}}}{count} {columns} \\ c \label{{x}} \end{{{name}}}"})
    )
    assert warnings == []
    assert len(soup.find_all("mtr")) == 2
    assert "&" not in soup.get_text()
    assert "2" not in soup.get_text().replace("(2)", "")


@pytest.mark.parametrize("tex", [r"\begin{nosuch}a & b\end{nosuch}", r"\begin{tabular}{c}a\end{tabular}", "a & b"])
def test_a_formula_that_would_come_out_wrong_stays_as_it_is_written(tex):
    soup, warnings = shown(bundle({"text/latex": f"${tex}$"}))
    assert soup.code.get_text() == tex
    assert "a formula stays as it is written" in warnings[0]


@pytest.mark.parametrize(
    "given",
    ["", "  ", "<div id='x'></div>", "<p style='display:none'>no</p>", "<!-- nothing -->", "<script></script><p></p>"],
)
def test_html_that_shows_nothing_in_jupyter_shows_nothing(given):
    soup, warnings = shown(html(given))
    words = soup.get_text(" ", strip=True)
    assert words == ("A script stood here; a page runs none." if "script" in given else "")
    assert bool(warnings) is ("script" in given)


@pytest.mark.parametrize("given", ["<style>.container {width: 100%}</style>", "<link rel='stylesheet' href='x.css'>"])
def test_a_stylesheet_alone_is_told_to_its_author(given):
    soup, warnings = shown(html(given))
    assert soup.get_text(strip=True) == ""
    assert "left out a stylesheet of its own" in warnings[0]


def test_a_table_without_end_is_cut_after_a_row_with_a_word():
    rows = "".join(f"<tr><td>{n}</td></tr>" for n in range(bounds.MOST_TAGS // 3))
    soup, warnings = shown(html(f"<div><table>{rows}</table></div><p>after</p>"))
    kept = [cell.get_text() for cell in soup.find_all("td")]
    assert 0.9 * bounds.MOST_TAGS / 4 < len(kept) <= bounds.MOST_TAGS / 4
    assert kept == [str(n) for n in range(len(kept))]
    assert soup.find("p", class_="still-left").get_text() == "The table goes on; a page does not hold all of it."
    assert "cut a table that is too long" in warnings[0]
    soup, warnings = shown(html("<b>x</b>" * bounds.MOST_TAGS))
    assert "too large for a page" in soup.get_text()
    assert "too large" in warnings[0]


@pytest.mark.parametrize("inline", [True, False])
def test_words_in_boxes_of_html_within_a_drawing_are_said_beneath_it(inline):
    box = "<foreignObject width='9' height='9'><div xmlns='http://www.w3.org/1999/xhtml'>a <b>node</b></div></foreignObject>"
    svg = f"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='5' height='5'/>{box}{box.replace('node', 'leaf')}</svg>"
    soup, warnings = shown(html(svg) if inline else bundle({"image/svg+xml": svg}))
    assert (
        soup.find(class_="still-left").get_text()
        == "Part of this picture could not come along; it says: a node; a leaf."
    )
    assert "<foreignObject>" in " ".join(warnings)
    assert soup.img


def test_a_link_to_a_file_beside_the_notebook_is_told(tmp_path):
    (tmp_path / "data.csv").write_text("1", encoding="utf-8")
    cell = v4.new_markdown_cell(
        "[a](data.csv) [b](gone.csv) [c](other.ipynb) [d](https://example.org/data.csv) [e](data%00.csv)"
    )
    page = Page(v4.new_notebook(cells=[cell]), path=str(tmp_path))
    page.html()
    assert len(page.warnings) == 1
    assert "the link to data.csv leads nowhere once the page is handed on" in page.warnings[0]


@pytest.mark.parametrize("name", ["still-pop", "still-notes", "still-ref", "STILL-left", "still-control"])
def test_names_from_outside_never_meet_ours(name):
    soup, _ = shown(
        html(
            f'<div class="{name} own" id="{name}">a</div><style>.{name} {{color: red}}</style><a href="#x" class="{name}">b</a>'
        )
    )
    assert not soup.find_all(class_=re.compile("^still-(?!s\\d|lit)", re.I))
    assert soup.find("div", class_="own").get("id") is None


@pytest.mark.parametrize(
    "found",
    [
        {"text/html": None}, {"text/html": 3}, {"text/plain": None}, {"image/png": "!!"}, {"image/svg+xml": ["a"]}, {"text/markdown": {}},
        {outputs.WIDGET: 3}, {outputs.WIDGET: {"model_id": []}}, {outputs.WIDGET: {"model_id": "odd"}}, {"application/vnd.nbstill.control+json": 3},
        {"application/vnd.nbstill.control+json": {"views": [3], "warnings": 1}}, {"text/latex": "\\" * 500}, {},
    ],
)  # fmt: skip
def test_data_of_any_shape_stop_no_page(found):
    state = {"odd": {"state": {"_model_name": "VBoxModel", "children": 3}}}
    output = bundle({"text/plain": "x"})
    output.data = found
    soup, _ = shown(output, v4.new_output("stream", name="stdout", text="after"), widgets=state)
    assert "after" in soup.get_text()


def test_a_picture_keeps_the_size_it_is_given():
    soup, _ = shown(bundle({"image/png": PNG}, {"image/png": {"width": 30, "height": 20}}))
    assert (soup.img["width"], soup.img["height"]) == ("30", "20")


def test_two_outputs_that_bring_one_id_leave_it_to_the_first():
    soup, _ = shown(html('<p id="a">1</p>'), html('<p id="a">2</p>'), html('<h2 id="a">3</h2>'))
    assert [e.get_text() for e in soup.find_all(id="a")] == ["1"]


def test_an_inline_drawing_becomes_a_picture_with_its_words():
    soup, _ = shown(
        html(
            '<svg viewBox="0 0 9 9" width="9"><linearGradient id="g"/><title>A dot</title><circle r="3" fill="url(#g)"/></svg>'
        )
    )
    assert soup.img["alt"] == "A dot"
    assert "viewBox='0 0 9 9'" in soup.img["src"]
    assert "<circle fill='url(%23g)' r='3'/>" in soup.img["src"]


def test_the_readmes_table_names_every_kind():
    from pathlib import Path

    import nbstill

    readme = (Path(nbstill.__file__).parent / "README.md").read_text(encoding="utf-8")
    for mime in [
        *outputs.FORMS,
        "application/javascript",
        "application/pdf",
        "vnd.plotly",
        "vnd.vega",
        "vnd.bokehjs",
        "stderr",
        "Styler",
    ]:
        assert mime in readme, mime


def test_samples_need_nothing_of_ours():
    assert samples.notebook("# A").cells


def test_a_picture_from_elsewhere_leaves_the_link_round_it_whole():
    cell = v4.new_markdown_cell("[![Licence](https://example.org/a.png)](https://example.org/licence)")
    links = BeautifulSoup(Page(v4.new_notebook(cells=[cell])).html(), "html.parser").main("a")
    assert [(link["href"], link.get_text()) for link in links] == [
        ("https://example.org/licence", "[Picture: Licence]")
    ]
