"""Widgets that hold something, and controls that reach outside themselves: as in a live kernel, or said."""

import asyncio
import copy
import itertools
import json
import re

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbclient import NotebookClient
from test_live import bundles, printed, ran, states, texts

from nbstill import run
from nbstill.client import nudge, quiet_config
from nbstill.page import Page

OUTSIDE = "it changes a display outside itself"
SAID = "In Jupyter this control also changes something outside it, which stands still on this page."


def shown(notebook):
    """(the page's text, its warnings, the views' texts)"""
    page = Page(notebook)
    main = BeautifulSoup(page.html(), "html.parser").main
    return (
        main.get_text(" ", strip=True),
        page.warnings,
        [v.get_text(" ", strip=True) for v in main.select(".still-view")],
    )


# What stands in the kernel beside an unchanged notebook: it finds the controls, and moves their widgets.
LIVE = """
from ipywidgets import interactive as _kind, DOMWidget as _moves
from ipywidgets.widgets.widget import _instances
_all = [w for w in _instances.values() if isinstance(w, _kind)]
print([w.out.model_id for w in _all])
def _move(n, places):
    for w, at in zip([w for w in _all[n].kwargs_widgets if isinstance(w, _moves)], places):
        if hasattr(w, "options"): w.index = at
        elif isinstance(w.value, bool): w.value = bool(at)
        else: w.value = type(w.value)(w.min + at * w.step)
"""


def live(notebook, found):
    """What the controls of an unchanged notebook show in a live kernel, state by state: {(control, places): outputs}.

    A front end stands behind the kernel: the Output widgets are the real ones. found: the controls as they were played.
    """
    made = {}
    notebook = copy.deepcopy(notebook)
    client = NotebookClient(notebook, kernel_name="python3", config=quiet_config())

    async def go():
        nudging = asyncio.ensure_future(nudge(client, lambda: None))
        async with client.async_setup_kernel():
            for n, cell in enumerate(notebook.cells):
                await client.async_execute_cell(cell, n)
            ids = json.loads((await ask(LIVE)).outputs[0]["text"].replace("'", '"'))
            for n, bundle in enumerate(found):
                for places in itertools.product(*(range(len(c["labels"])) for c in bundle["controls"])):
                    await ask(f"_move({n}, {places})")
                    made[n, places] = client.widget_state[ids[n]]["outputs"]
        nudging.cancel()

    async def ask(source):
        cell = nbformat.v4.new_code_cell(source)
        notebook.cells.append(cell)
        await client.async_execute_cell(cell, len(notebook.cells) - 1, store_history=False)
        return notebook.cells.pop()

    run.wait_for(go)
    return made


def plain(outputs):
    """Outputs as words: neighbouring pieces of a stream joined, errors by name, no addresses."""
    words = ""
    for o in outputs:
        data = o.get("data", {})
        words += o.get("text") or data.get("text/html") or data.get("text/plain") or f"{o['ename']}: {o['evalue']}"
    return re.sub(r"0x[0-9a-f]+", "", words)


def test_every_view_is_what_a_live_kernel_with_real_output_widgets_shows(tmp_path):
    notebook, _ = ran(
        tmp_path,
        "%%py\ndef f(a, b, c):\n    display(HTML(f'<i>{a}</i>')); print(a * b if c else a + b)\n    return a / b\ninteract(f, a=(0, 2), b=[0, 5], c=False);",
        "%%py\ninteract(lambda x, k: print(x, k), x=(0.0, 1.0, 0.25), k=fixed(3));",
        "%%py\ndef g(n):\n    print('gone'); clear_output(wait=True)\n    if n == 1: raise SystemExit(3)\n    print('kept', n)\ninteract(g, n=(0, 2));",
        "%%py\ndef h(n):\n    for i in range(n): print(i, end=' ')\n    display(n); print('last')\ninteract(h, n=w.SelectionSlider(options=[('few', 2), ('many', 4)]));",
    )
    found = bundles(notebook)
    unchanged = nbformat.read(tmp_path / "live.ipynb", 4)
    views = {
        (n, places): view
        for n, bundle in enumerate(found)
        for places, view in zip(
            itertools.product(*(range(len(c["labels"])) for c in bundle["controls"])), bundle["views"], strict=True
        )
    }
    expected = live(unchanged, found)
    assert len(expected) == 12 + 5 + 3 + 2
    assert {k: plain(v) for k, v in views.items()} == {k: plain(v) for k, v in expected.items()}


@pytest.mark.parametrize(
    "show",
    ["w.HBox([made, w.Label('beside')])", "w.VBox(made.children)", "made.children[-1]", "w.VBox([w.HBox(made.children[:-1]), made.children[-1]])"],
)  # fmt: skip
def test_a_control_in_a_box_moves(tmp_path, show):
    notebook, _ = ran(tmp_path, "%%py\nmade = interactive(lambda n: print('got', n), n=(0, 3))", f"%%py\n{show}")
    (bundle,) = bundles(notebook)
    assert texts(bundle) == [f"got {n}" for n in range(4)]
    text, warnings, _ = shown(notebook)
    assert warnings == []
    assert ("beside" in text) == ("beside" in show)


def test_a_control_within_an_output_widget_or_a_tab_moves_under_its_title(tmp_path):
    notebook, _ = ran(
        tmp_path,
        "%%py\nout = w.Output(); made = interactive(lambda n: print('got', n), n=(0, 1))\n"
        "display(w.Tab([made, out, w.Label('third')], titles=['One', 'Two', 'Three']))\n"
        "with out:\n    interact(lambda m: print('inner', m), m=(0, 2))",
        "%%py\nw.Accordion([w.Label('still')], titles=['Alone'])",
    )
    first, second = bundles(notebook)
    assert texts(first) == ["got 0", "got 1"]
    assert texts(second) == ["inner 0", "inner 1", "inner 2"]
    text, _, _ = shown(notebook)
    assert re.search(r"One .*got 0.* Two .*inner 1.* Three third Alone still", text)


def test_an_output_widget_in_a_view_holds_what_is_put_into_it(tmp_path):
    notebook, _ = ran(
        tmp_path,
        "%%py\nout = w.Output()\ndef f(n):\n    out.clear_output()\n    with out:\n        print('in it', n)\n"
        "    return w.HBox([out, w.HTML(f'<b>beside {n}</b>')])\ninteract(f, n=(0, 2));",
        "%%py\nlabel = w.Label()\ndef g(n):\n    label.value = f'now {n}'\n    return label\ninteract(g, n=(0, 2));",
        "%%py\ninteract(lambda n: w.Label(f'new {n}'), n=(0, 2));",
        "%%py\nprint(label.value)",
    )
    page = Page(notebook)
    views = [
        [page.shown(v, "x", notebook.cells[2]).get_text(" ", strip=True) for v in b["views"]] for b in bundles(notebook)
    ]
    assert views[0] == [f"in it {n} beside {n}" for n in range(3)]
    assert views[1:] == [[f"{word} {n}" for n in range(3)] for word in ("now", "new")]
    assert [b["warnings"] for b in bundles(notebook)] == [[], [], []]  # nor are they said to differ when replayed
    assert printed(notebook, 4) == "now 1\n"


@pytest.mark.parametrize(
    "cell",
    [
        "s = w.IntSlider(max=3); label = w.Label('start'); display(label)\ns.observe(lambda c: setattr(label, 'value', str(c.new)), 'value')\ninteract(lambda n: n, n=s);",
        "s = w.IntSlider(max=3); out = w.Output(); display(w.VBox([out]))\ndef seen(c):\n    with out: print('seen', c.new)\ns.observe(seen, 'value')\ninteract(lambda n: n, n=s);",
        "out = w.Output(); display(out)\ndef f(n):\n    with out: print('into it', n)\ninteract(f, n=(0, 3));",
        "bar = w.IntProgress(); display(bar)\ndef f(n): bar.value = n\ninteract(f, n=(0, 3));",
    ],
)  # fmt: skip
def test_what_a_control_changes_elsewhere_stands_still_and_both_are_told(tmp_path, cell):
    notebook, _ = ran(tmp_path, f"%%py\n{cell}")
    text, warnings, _ = shown(notebook)
    assert any(OUTSIDE in words for words in warnings)
    assert SAID in text
    assert len(bundles(notebook)[0]["views"]) == 4


def test_what_a_control_keeps_to_itself_is_no_matter(tmp_path):
    notebook, _ = ran(
        tmp_path,
        "%%py\nhidden = w.Label(); shown = w.Label('as it is'); display(shown)\ndef f(n): hidden.value = str(n); return n\ninteract(f, n=(0, 3));",
    )
    text, warnings, _ = shown(notebook)
    assert warnings == []
    assert SAID not in text


def test_controls_that_move_one_another_open_as_their_cells_left_them_and_are_told(tmp_path):
    notebook, _ = ran(
        tmp_path,
        "%%py\ns = w.IntSlider(max=2)\ninteract(lambda n: print('A', n), n=s);",
        "%%py\ninteract(lambda n: print('B', n), n=s);",
        "%%py\nt = w.IntSlider(max=2)\ndef steer(m):\n    t.value = m; print('C', m)\ninteract(steer, m=(0, 2)); interact(lambda k: print('D', k), k=t);",
    )
    a, b, c, d = bundles(notebook)
    assert [x["controls"][0]["index"] for x in (a, b, c, d)] == [0, 0, 1, 1]
    assert [texts(x)[1] for x in (a, b, c, d)] == ["A 1", "B 1", "C 1", "D 1"]
    told = [" ".join(x["warnings"]) for x in (a, b, c, d)]
    assert all("n moves another control as well" in words for words in told[:2])
    assert OUTSIDE in told[2]
    assert told[3] == ""


def test_a_view_that_exits_stops_no_other_and_no_cell(tmp_path):
    notebook, _ = ran(
        tmp_path,
        "%%py\ndef f(n):\n    if n == 2: raise SystemExit(3)\n    if n == 3: raise KeyboardInterrupt\n    print('got', n)\ninteract(f, n=(0, 4));",
        "%%py\nprint('after')",
    )
    assert "2 of 5 views stop with an error, first SystemExit: 3" in bundles(notebook)[0]["warnings"][0]
    assert texts(bundles(notebook)[0])[4] == "got 4"
    assert printed(notebook, 2) == "after\n"


def test_nothing_chosen_is_a_state_and_what_is_locked_stays_locked(tmp_path):
    notebook, _ = ran(
        tmp_path,
        "%%py\ninteract(lambda n: print('got', n), n=w.Dropdown(options=['a', 'b'], value=None));",
        "%%py\ninteract(lambda n, m: print(n, m), n=w.IntSlider(max=3, disabled=True), m=(0, 1));",
    )
    empty, locked = bundles(notebook)
    assert states(empty) == [("n", ["none", "a", "b"], 0)]
    assert texts(empty) == ["got None", "got a", "got b"]
    assert [c["labels"] for c in locked["controls"]] == [["0"], ["0", "1"]]
    assert texts(locked) == ["0 0", "0 1"]


def test_names_that_are_new_each_time_are_no_difference(tmp_path):
    notebook, _ = ran(
        tmp_path,
        "%%py\nimport pandas as pd\ninteract(lambda n: pd.DataFrame({'a': [n]}).style.highlight_max(), n=(0, 1));",
        "%%py\ninteract(lambda n: object(), n=(0, 1));",
    )
    assert [b["warnings"] for b in bundles(notebook)] == [[], []]


def test_a_view_that_prints_much_takes_time_by_its_length_alone(tmp_path):
    notebook, _ = ran(
        tmp_path,
        "%%py\nimport time\nspent = {}\ndef f(n):\n    began = time.process_time()\n    for i in range(n): print('123456789')\n"
        "    spent[n] = time.process_time() - began\nfor n in (1_000, 20_000, 80_000): interactive(f, n=fixed(n))",
        "%%py\nprint(spent[80_000] / spent[20_000])",
    )
    assert float(printed(notebook, 2)) < 8


def test_widgets_that_were_closed_stop_nothing(tmp_path):
    notebook, _ = ran(
        tmp_path,
        "%%py\none, two = w.IntSlider(), w.Label('gone'); display(one, w.VBox([two])); one.close(); two.close()",
        "%%py\nmade = interactive(lambda n: print('got', n), n=(0, 1)); display(made); made.children[0].close()",
        "%%py\ninteract(lambda n: print('has', n), n=(0, 1));",
    )
    assert texts(bundles(notebook)[-1]) == ["has 0", "has 1"]


def test_an_output_of_a_kind_that_no_schema_knows_stops_nothing(tmp_path):
    notebook, _ = ran(
        tmp_path,
        "%%py\ndisplay({'model/gltf+json': {'a': 1}, 'image/x': 5}, raw=True)",
        "%%py\nprint('after')",
    )
    text, warnings, _ = shown(notebook)
    assert "after" in text
    assert "left out an output (model/gltf+json)" in " ".join(warnings)


def test_a_password_is_dots_hidden_is_hidden_and_a_bar_is_no_control(tmp_path):
    notebook, _ = ran(
        tmp_path,
        "%%py\ndisplay(w.Password('opensesame', description='key')); interact(lambda p: len(p), p=w.Password('opensesame'));",
        "%%py\nhid = w.Layout(display='none')\ndisplay(w.Label('unseen', layout=hid)); display(w.VBox([w.Label('seen'), w.Label('unseen', layout=w.Layout(visibility='hidden'))]))",
        "%%py\ninteract(lambda n: w.VBox([w.Label('odd' if n % 2 else 'unseen', layout=w.Layout(display=None if n % 2 else 'none'))]), n=(0, 3));",
        "%%py\nw.HBox([w.HTML('67%'), w.FloatProgress(value=2, max=3), w.HTML('2/3 [00:01')])",
    )
    html = Page(notebook).html()
    text, warnings, _ = shown(notebook)
    assert "opensesame" not in html
    assert "unseen" not in text
    assert "key: ••••" in text
    assert "67% FloatProgress: 2.0 of 3.0 2/3 [00:01" in text
    assert not [words for words in warnings if "Progress" in words or "cell 3" in words]


def test_what_ipython_or_a_program_prints_by_itself_is_in_its_view(tmp_path):
    notebook, _ = ran(
        tmp_path,
        "%%py\nclass C:\n    def __repr__(self): raise ValueError('no repr')\ninteract(lambda n: C(), n=(0, 1));",
        "%%py\nimport os\ninteract(lambda n: os.system('echo aloud') and None, n=(0, 1));",
        "%%py\n1 + 1",
    )
    failed, loud = bundles(notebook)
    assert [[o["evalue"] for o in view] for view in failed["views"]] == [["no repr"], ["no repr"]]
    assert "2 of 2 views stop with an error, first ValueError: no repr" in failed["warnings"]
    assert texts(loud) == ["0 aloud", "0 aloud"]
    assert notebook.cells[3].outputs[0].data["text/plain"] == "2"


LED = "%%py\na, b = w.IntSlider(value=1, max=2, description='First:'), w.Dropdown(options=[('x', 3), ('y', 4)])\n"


@pytest.mark.parametrize(
    "show",
    [
        "display(w.HBox([a, b]), out)",
        "display(w.VBox([w.HBox([a, b]), out]))",
        "display(a); display(b, out)",
        "display(out)",
    ],
)
def test_interactive_output_moves_where_it_stands_and_its_widgets_with_it(tmp_path, show):
    notebook, _ = ran(
        tmp_path,
        LED + "calls = 0\ndef f(one, two):\n    global calls\n    calls += 1\n    print(one * two)\n    return 'not shown'\n"
        f"out = w.interactive_output(f, {{'one': a, 'two': b}})\n{show}\nprint('calls', calls)",
        "%%py\na.value = 2; print('calls', calls)",
    )  # fmt: skip
    (bundle,) = bundles(notebook)
    assert texts(bundle) == ["0", "0", "3", "4", "6", "8"]
    assert states(bundle) == [("First", ["0", "1", "2"], 2), ("two", ["x", "y"], 0)]
    assert [printed(notebook, n).split("calls ")[1].strip() for n in (1, 2)] == ["1", "2"]
    text, warnings, views = shown(notebook)
    assert views == ["6"]
    assert warnings == []
    assert "needs Python" not in text


def test_interactive_output_is_what_a_live_kernel_shows(tmp_path):
    cells = (
        LED + "def f(one, two):\n    display(HTML(f'<b>{one}</b>')); print(one / (two - 3))\n"
        "out = w.interactive_output(f, {'one': a, 'two': b})\ndisplay(w.HBox([a, b]), out)",
    )
    notebook, _ = ran(tmp_path, *cells)
    moved = "%%py\n" + "a.value, b.index = {}, {}"
    plays = [moved.format(*at) for at in itertools.product(range(3), range(2))]
    # a live kernel: after each move the Output widget holds what the page has for that state
    found = []
    for n in range(len(plays)):
        other, _ = ran(tmp_path, *cells, *plays[: n + 1], extension=None)
        state = other.metadata.widgets["application/vnd.jupyter.widget-state+json"]["state"]
        found.append(next(plain(m["state"]["outputs"]) for m in state.values() if m["state"].get("outputs")))
    assert [plain(view) for view in bundles(notebook)[0]["views"]] == found


def test_widgets_under_two_names_and_two_outputs_of_one_slider(tmp_path):
    notebook, _ = ran(
        tmp_path,
        "%%py\ns = w.IntSlider(max=2)\none = w.interactive_output(lambda n: print('n', n), {'n': s})\n"
        "two = w.interactive_output(lambda m: print('m', m), {'m': s})\ndisplay(w.VBox([s, one, two]))",
        "%%py\nt = w.IntSlider(max=1)\ninteract(lambda k: print(k), k=t)\ndisplay(w.interactive_output(lambda j: print(j), {'j': t}))",
        "%%py\ninteract(lambda n: display(w.interactive_output(lambda z: print('z', z), {'z': w.IntSlider(max=n)})), n=(1, 2));",
    )
    first, second, third, fourth = bundles(notebook)[:4]
    assert [texts(b) for b in (first, second)] == [[f"{x} {n}" for n in range(3)] for x in "nm"]
    assert "n moves another control as well" in first["warnings"][0]
    assert texts(third) == ["0", "1"] == texts(fourth)
    views = shown(notebook)[2]
    assert views[-1] == "z 0"
