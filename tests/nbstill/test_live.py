"""A page prints what Restart & Run All prints, and a control shows what a live one would after that."""

import base64
import gzip
import json
import re

import pytest
import samples
from bs4 import BeautifulSoup

from nbstill import run
from nbstill.kernel import CONTROL
from nbstill.page import Page

HEAD = "%%py\nimport random\nimport ipywidgets as w\nfrom IPython.display import clear_output, display, HTML\nfrom ipywidgets import interact, interactive, fixed"


def ran(folder, *cells, **more):
    """A notebook of cells, run: (notebook, what the builder said)."""
    path, said = samples.save(folder, "live", HEAD, *cells), []
    notebook = run.wait_for(lambda: run.execute(path, progress=said.append, **more))
    return notebook, said


def bundles(notebook):
    """The controls of a notebook that was run, in order."""
    outputs = [o for cell in notebook.cells for o in cell.get("outputs", [])]
    return [o.data[CONTROL] for o in outputs if CONTROL in o.get("data", {})]


def printed(notebook, cell):
    return "".join(o.get("text", "") for o in notebook.cells[cell].outputs)


def texts(bundle):
    """Each view's printed words."""
    return [
        " ".join(o.get("text", o.get("data", {}).get("text/plain", "")).strip() for o in view)
        for view in bundle["views"]
    ]


def states(bundle):
    return [(c["name"], c["labels"], c["index"]) for c in bundle["controls"]]


def test_playing_a_control_changes_nothing_that_a_cell_printed(tmp_path):
    notebook, _ = ran(
        tmp_path,
        "%%py\ncalls, last = 0, None\ndef f(a):\n    global calls, last\n    calls += 1; last = a\n    return a * 10\n"
        "random.seed(3)\nw1 = interactive(f, a=(0, 4)); display(w1)",
        "%%py\nprint(w1.result, w1.kwargs, calls, last)\nprint(random.random())",
        "%%py\nrandom.seed(3); print(random.random())",
    )
    first, second = printed(notebook, 2).splitlines()
    assert first == "20 {'a': 2} 1 2"
    assert printed(notebook, 3).strip() == second


def test_a_control_opens_as_its_cells_left_it_and_at_a_value_off_the_grid(tmp_path):
    notebook, _ = ran(
        tmp_path,
        "%%py\nslider = w.FloatSlider(value=7.25, min=0, max=10, step=5)\ninteract(lambda x: print('x is', x), x=slider);",
        "%%py\none = w.IntSlider(value=1, max=2)\nbase = 100\ninteract(lambda n: print(n + base), n=one);",
        "%%py\none.value = 2\nbase = 200",
    )
    first, second = bundles(notebook)
    assert states(first) == [("x", ["0", "5", "7.25", "10"], 2)]
    assert texts(first) == ["x is 0.0", "x is 5.0", "x is 7.25", "x is 10.0"]
    assert states(second) == [("n", ["0", "1", "2"], 2)]
    # moved to 2 by a cell while base was 100: that stands there; who moves it now meets the new base
    assert texts(second) == ["200", "201", "102"]


def test_widgets_that_follow_one_another_are_refused_by_name(tmp_path):
    notebook, _ = ran(
        tmp_path,
        """%%py
country = w.Dropdown(options=["France", "Spain"]); city = w.Dropdown(options=["Paris", "Lyon"])
def towns(change): city.options = ["Paris", "Lyon"] if change["new"] == "France" else ["Madrid"]
country.observe(towns, "value")
interact(lambda country, city: print(country, city), country=country, city=city);""",
        "%%py\na, b = w.IntSlider(max=2), w.IntSlider(max=2)\nw.link((a, 'value'), (b, 'value'))\ninteract(lambda a, b: print(a, b), a=a, b=b);",
        "%%py\nseen = []\nc = w.IntSlider(max=2); c.observe(lambda change: seen.append(change['new']), 'value')\n"
        "interact(lambda c, d: print(c, d), c=c, d=[1, 2]);",
    )
    towns, linked, watched = bundles(notebook)
    assert texts(towns) == ["France Paris"]
    assert "city changes when another control is moved" in towns["warnings"][0]
    assert texts(linked) == ["0 0"]
    assert "changes when another control is moved" in linked["warnings"][0]
    assert len(watched["views"]) == 6  # whoever only watches is no hindrance, and is called as in Jupyter
    assert texts(watched)[-1] == "2 2"
    assert watched["warnings"] == []


def test_widgets_that_a_browser_links_are_refused_by_name_or_told(tmp_path):
    notebook, _ = ran(
        tmp_path,
        "%%py\na, b = w.IntSlider(value=1, max=2), w.IntSlider(max=2)\nw.jslink((a, 'value'), (b, 'value'))\ninteract(lambda a, b: print(a, b), a=a, b=b);",
        "%%py\nc, d = w.IntSlider(max=2), w.IntProgress(max=2)\nw.jsdlink((c, 'value'), (d, 'value'))\ndisplay(d); interact(lambda c: print(c), c=c);",
        "%%py\ne, f = w.IntSlider(max=2), w.IntSlider(max=2)\ntie = w.jslink((e, 'value'), (f, 'value')); tie.unlink(); tie.close()\ninteract(lambda e, f: print(e, f), e=e, f=f);",
        "%%py\nprint(a.value, b.value)",
    )
    linked, led, free = bundles(notebook)
    assert texts(linked) == ["1 1"]
    assert "changes when another control is moved" in linked["warnings"][0]
    assert texts(led) == ["0", "1", "2"]
    assert "it changes a display outside itself" in led["warnings"][0]
    assert (len(free["views"]), free["warnings"]) == (9, [])
    assert printed(notebook, 4).strip() == "1 0"  # a cell comes before what a browser does


def test_a_value_that_a_widget_refuses_is_named(tmp_path):
    notebook, _ = ran(
        tmp_path,
        "%%py\nfrom traitlets import TraitError\nclass Odd(w.IntSlider):\n    def set_trait(self, *a): pass\n"
        "odd = Odd(max=3)\n@odd.observe\ndef watch(change):\n    if change['name'] == 'value' and change['new'] == 2: raise TraitError('no two')\n"
        "interact(lambda n: print(n), n=odd);",
        "%%py\ninteract(lambda n: print(n), n=[('a', 1), ('none', None), ('b', 2)]);",
    )
    refused, none = bundles(notebook)
    assert texts(refused) == ["0"]
    assert "n does not take 2 (TraitError: no two), so all stand still" in refused["warnings"][0]
    assert texts(none) == ["1", "None", "2"]


def test_what_a_cell_left_running_shows_later_stands_with_that_cell(tmp_path):
    notebook, _ = ran(
        tmp_path,
        "%%py\nimport asyncio\nasync def later():\n    for n in range(3): await asyncio.sleep(0.05); print('later', n)\n"
        "task = asyncio.create_task(later()); print('begun')",
        "%%py\nprint('next'); await asyncio.sleep(0.6)",
        "%%py\nasync def soon(): await asyncio.sleep(0.01); display(HTML('<b>soon</b>'))\ntask = asyncio.create_task(soon())\n"
        "interact(lambda n: print(n), n=(0, 2));",
        "%%py\nawait asyncio.sleep(0.3)",
    )
    assert printed(notebook, 1) == "begun\nlater 0\nlater 1\nlater 2\n"
    assert printed(notebook, 2) == "next\n"
    assert "<b>soon</b>" in [o.get("data", {}).get("text/html") for o in notebook.cells[3].outputs]
    assert texts(bundles(notebook)[0]) == ["0", "1", "2"]


def test_a_view_that_comes_out_differently_each_time_is_named(tmp_path):
    notebook, _ = ran(
        tmp_path,
        "%%py\ninteract(lambda n: print(random.random() if n == 2 else n), n=(0, 3));",
        "%%py\ntimes = 0\ndef count(n):\n    global times\n    times += 1\n    print(n, times)\ninteract(count, n=(0, 2));",
        "%%py\ninteract(lambda n: print(n), n=(0, 2));",
    )
    once, every, never = bundles(notebook)
    assert "1 of 4 views come out differently when replayed, first at 2" in once["warnings"][0]
    assert "3 of 3 views" in every["warnings"][0]
    assert never["warnings"] == []


def test_inside_a_view_order_is_kept_cleared_is_cleared_and_stderr_is_told(tmp_path):
    notebook, _ = ran(
        tmp_path,
        """%%py
import sys, warnings
def f(n):
    print("first"); display(HTML("<b>second</b>")); print("third")
    print("aside", file=sys.stderr); warnings.warn("take care")
interact(f, n=(0, 1));""",
        "%%py\ndef g(n):\n    print('gone'); clear_output(); print('kept', n); clear_output(wait=True); print('shown', n)\ninteract(g, n=(0, 1));",
        "%%py\nhandle = display(HTML('outside'), display_id=True)\ninteract(lambda n: handle.update(HTML(f'moved {n}')), n=(0, 1));",
        "%%py\ndef h(n):\n    one = display(HTML('before'), display_id=True); one.update(HTML(f'after {n}'))\ninteract(h, n=(0, 1));",
    )
    page = Page(notebook)
    soup = BeautifulSoup(page.html(), "html.parser")
    boxes = [b.get_text(" ", strip=True) for b in soup.select(".still-view")]
    assert boxes[0].startswith("first second third")
    assert "message of the program" in boxes[0]
    assert boxes[1].startswith("shown 0")
    assert "gone" not in soup.get_text()
    assert boxes[3] == "after 0"
    told = "\n".join(page.warnings)
    assert "stderr: aside" in told
    assert "take care" in told
    assert "cell 4: it changes a display outside itself" in told
    assert "moved 0" in soup.get_text()  # what the first call made of it, as in Jupyter; no replay does
    assert "moved 1" not in soup.get_text()


def test_an_interact_inside_an_interact_stands_still_and_both_are_told(tmp_path):
    notebook, _ = ran(
        tmp_path,
        "%%py\ndef outer(n):\n    interact(lambda m: print('sum', n + m), m=(0, 3))\ninteract(outer, n=(0, 1));",
    )
    assert len(bundles(notebook)) == 1
    page = Page(notebook)
    text = BeautifulSoup(page.html(), "html.parser").select_one(".still-view").get_text(" ", strip=True)
    assert text == "m: 1 (fixed on this page) sum 1"
    assert "an interact inside an interact stands still" in page.warnings[0]


def test_slow_views_are_told_of_with_an_estimate_and_the_true_count(tmp_path):
    notebook, said = ran(
        tmp_path,
        "%%py\nimport time\ninteract(lambda n: time.sleep(0.3), n=(0, 39));",
        "%%py\ninteract(lambda n: n, n=(0, 1000));",
    )
    assert said[0].startswith("live.ipynb, cell 2: 40 views, about ")
    assert "1001 views, more than 1000" in bundles(notebook)[1]["warnings"][0]


def test_views_that_come_to_too_much_stand_still(tmp_path):
    notebook, _ = ran(tmp_path, "%%py\ninteract(lambda n: display(HTML('<p>' + 'x' * 9_000_000 + '</p>')), n=(0, 9));")
    (bundle,) = bundles(notebook)
    assert len(bundle["views"]) == 1
    assert "more than 50 MB" in bundle["warnings"][0]


def test_a_slow_cell_is_told_of(tmp_path, monkeypatch):
    monkeypatch.setattr(run, "TELL_SECONDS", 0.6)
    _, said = ran(tmp_path, "%%py\nimport time; time.sleep(2.5)")
    assert said[0].startswith("live.ipynb, cell 2 of 2: at work for 1 seconds")
    assert 2 <= len(said) <= 4


def test_a_view_that_fails_keeps_what_it_showed_before_and_the_others(tmp_path):
    notebook, _ = ran(tmp_path, "%%py\ndef f(n):\n    print('try', n)\n    return 6 / n\ninteract(f, n=(0, 2));")
    (bundle,) = bundles(notebook)
    assert [len(view) for view in bundle["views"]] == [2, 2, 2]
    assert "1 of 3 views stop with an error, first ZeroDivisionError" in bundle["warnings"][0]


def test_stored_views_are_what_a_live_kernel_shows_state_by_state(tmp_path):
    """The same notebook twice: once played, once with a cell that moves the real widgets."""
    cell = "%%py\ndef f(a, b, c):\n    display(HTML(f'<i>{a}</i>')); print(a * b if c else a + b)\nmade = interactive(f, a=(0, 2), b=[3, 5], c=False)\ndisplay(made)"
    played, _ = ran(tmp_path, cell)
    moved = """%%py
import itertools
for a, b, c in itertools.product((0, 1, 2), (3, 5), (False, True)):
    made.children[0].value, made.children[1].value, made.children[2].value = a, b, c
    print("====")
    f(**made.kwargs)
"""
    live, _ = ran(tmp_path, cell, moved, extension=None)
    expected, pieces = [], live.cells[2].outputs
    for output in pieces:
        for n, part in enumerate(output.get("text", "\0").split("====\n")):
            if n:
                expected.append("")
            if part and expected:
                expected[-1] += output.data["text/html"] if part == "\0" else part
    views = [json.dumps(v) for v in bundles(played)[0]["views"]]
    got = ["".join(o.get("text") or o["data"]["text/html"] for o in json.loads(v)) for v in views]
    assert [g.split() for g in got] == [e.split() for e in expected]
    assert len(got) == 12


def test_half_a_letter_loses_nothing_else(tmp_path):
    notebook, _ = ran(
        tmp_path, "%%py\nprint('a\\ud800b'); display(HTML('<b>c\\udfffd</b>'))\n'e\\ud800f'", "%%py\nprint('after')"
    )
    text = BeautifulSoup(Page(notebook).html(), "html.parser").main.get_text()
    for words in ("a\ufffdb", "c\ufffdd", "ud800f", "after"):
        assert words in text


def test_views_are_kept_whole_in_the_page(tmp_path):
    notebook, _ = ran(tmp_path, "%%py\ninteract(lambda n: print('line', n), n=(0, 2));")
    soup = BeautifulSoup(Page(notebook).html(), "html.parser")
    pieces, rows = json.loads(gzip.decompress(base64.b64decode(soup.select_one("section script").string)))
    assert ["".join(pieces[i] for i in row[0]) for row in rows] == [
        f'<pre tabindex="0">line {n}\n</pre>' for n in range(3)
    ]


@pytest.mark.parametrize(
    "names",
    [("dataset", "elements", "children"), ("constructor", "__proto__", "toString"), ("reset", "submit", "name")],
)
def test_any_name_of_a_parameter_is_a_name_like_any_other(tmp_path, names):
    a, b, c = names
    cell = f"%%py\ninteract(lambda **k: print(sorted(k.values())), {a}=['x', 'y'], {b}=(0, 1), {c}=False);" if "__proto__" not in names else (
        "%%py\ninteract(lambda **k: print(sorted(map(str, k.values()))), **{'constructor': ['x', 'y'], '__proto__': (0, 1), 'toString': False});")  # fmt: skip
    notebook, _ = ran(tmp_path, cell)
    soup = BeautifulSoup(Page(notebook).html(), "html.parser")
    fields = {f["name"] for f in soup.select("form input, form select")}
    assert all(name.startswith("still-control-1-") for name in fields)
    assert len(fields) == 3


def test_a_button_of_interact_manual_is_waited_for(tmp_path):
    notebook, _ = ran(
        tmp_path,
        "%%py\nfrom ipywidgets import interact_manual\ncalls = 0\ndef f(n):\n    global calls\n    calls += 1\n    print('n is', n)\n"
        "interact_manual(f, n=(0, 3));\nprint(calls)",
        "%%py\nmade = interactive(f, {'manual': True, 'manual_name': 'Reckon'}, n=(0, 2)); display(made)",
        "%%py\nmade.manual_button.click(); made.children[0].value = 2; print(calls)",
        "%%py\ninteract_manual(f, n='free');",
    )
    first, second, third = bundles(notebook)
    assert printed(notebook, 1).strip() == "0"
    assert printed(notebook, 3).strip() == "1"
    assert texts(first) == [f"n is {n}" for n in range(4)]
    assert (first["button"], first["opening"]) == ("Run Interact", [])
    assert (second["button"], states(second)) == ("Reckon", [("n", ["0", "1", "2"], 2)])
    assert [o["text"] for o in second["opening"]] == ["n is 1\n"]
    assert texts(second) == ["n is 0", "n is 1", "n is 2"]
    assert texts(third) == ["n is free"]
    page = Page(notebook)
    views = [v.get_text(strip=True) for v in BeautifulSoup(page.html(), "html.parser").select(".still-view")]
    assert views == ["", "n is 1", ""]
    assert [w for w in page.warnings if "button" in w or "manual" in w] == []


def test_a_button_over_minutes_of_work_stands_at_its_start_and_is_told(tmp_path):
    notebook, _ = ran(
        tmp_path,
        "%%py\nfrom ipywidgets import interact_manual\nimport time\n"
        "interact_manual(lambda n: (time.sleep(0.3), print('n is', n)), n=(0, 899));",
    )
    (bundle,) = bundles(notebook)
    assert texts(bundle)[0].startswith("n is 449")
    assert re.search(r"900 views would take about \d+ minutes, and its button may mean slow", bundle["warnings"][0])


def test_two_options_of_one_label_are_two_states(tmp_path):
    notebook, _ = ran(tmp_path, "%%py\ninteract(lambda n: print(n), n=[('a', 1), ('a', 2), ('A ', 3), ('a.2', 4)]);")
    assert texts(bundles(notebook)[0]) == ["1", "2", "3", "4"]
