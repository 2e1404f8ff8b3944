"""Controls: each wraps a pure function, reads without running, and never shows a traceback."""

import subprocess
import sys
from functools import partial

import ipywidgets as w
import nbformat
import pytest
from nbclient import NotebookClient

import analysis
from analysis import cards, explore

VIEW = "application/vnd.jupyter.widget-view+json"


def buses(number, sort="red"):
    """A view of its two choices."""
    return cards.HTML(f"<p>{number} {sort} buses</p>", f"{number} {sort} buses")


def test_moving_a_control_changes_what_is_shown():
    made = explore.control(buses, number=(1, 9), sort=["red", "blue"])
    before = made.view.value
    made.kwargs_widgets[0].value = 7
    assert before == "<p>5 red buses</p>"
    assert made.view.value == "<p>7 red buses</p>"
    made.kwargs_widgets[1].value = "blue"
    assert made.view.value == "<p>7 blue buses</p>"


def test_a_control_is_an_interactive_with_its_function_widgets_and_result():
    made = explore.control(buses, number=(1, 9), sort="red")
    assert isinstance(made, w.interactive)
    assert set(vars(w.interactive(buses, number=1))) <= set(vars(made)) | set(w.VBox.class_trait_names())
    assert made.f is buses
    assert [widget._kwarg for widget in made.kwargs_widgets] == ["number", "sort"]
    assert made.result == buses(**made.kwargs)


def test_no_output_widget_is_ever_made(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("an Output widget was made")

    monkeypatch.setattr(w.Output, "__init__", refuse)
    made = explore.control(buses, number=(1, 9))
    made.kwargs_widgets[0].value = 2
    assert not [child for child in made.children if isinstance(child, w.Output)]


@pytest.mark.parametrize(
    ("choice", "kind", "start"),
    [((1, 9), w.IntSlider, 5), ((1, 9, 2), w.IntSlider, 5), ((0.0, 1.0), w.FloatSlider, 0.5),
     (["a", "b"], w.Dropdown, "a"), ({"one": 1, "two": 2}, w.Dropdown, 1), (True, w.Checkbox, True), ("x", w.Text, "x"),
     (w.ToggleButtons(options=["p", "q"]), w.ToggleButtons, "p")],
)  # fmt: skip
def test_a_choice_may_be_a_widget_or_an_abbreviation(choice, kind, start):
    made = explore.control(buses, number=choice)
    assert isinstance(made.kwargs_widgets[0], kind)
    assert made.kwargs["number"] == start


def test_every_control_has_a_label_in_words_and_a_tip():
    made = explore.control(
        lambda as_, how_many: buses(how_many), as_=["a"], how_many=w.IntSlider(1, description="Buses")
    )
    assert [widget.description for widget in made.kwargs_widgets] == ["As", "Buses"]
    assert [widget.tooltip for widget in made.kwargs_widgets] == ["As", "Buses"]


def test_one_bundle_holds_the_live_view_and_the_static_view_of_the_state():
    made = explore.control(buses, number={"few": 2, "many": 40})
    made.kwargs_widgets[0].value = 40
    bundle = made._repr_mimebundle_()
    assert set(bundle) == {VIEW, "text/html", "text/plain"}
    assert bundle["text/html"] == '<p>40 red buses</p><p class="wc-state">Shown here: Number: many.</p>'
    assert bundle["text/plain"] == "40 red buses\nShown here: Number: many."


def test_what_goes_wrong_in_a_state_is_a_sentence_and_the_next_state_works():
    def fragile(number):
        if number > 5:
            raise ValueError("there are no <b>more</b> buses")
        return buses(number)

    made = explore.control(fragile, number=(1, 9))
    made.kwargs_widgets[0].value = 6
    assert "This choice cannot be shown: there are no &lt;b&gt;more&lt;/b&gt; buses" in made.view.value
    assert "Traceback" not in made.view.value
    assert isinstance(made.error, ValueError)
    made.kwargs_widgets[0].value = 3
    assert made.view.value == "<p>3 red buses</p>"
    assert made.error is None


def test_a_parameter_without_a_choice_is_refused_when_the_control_is_made():
    with pytest.raises(TypeError, match="number"):
        explore.control(buses, sort="red")


def test_a_parameter_that_has_a_default_gets_no_control_unless_it_is_asked_for():
    assert len(explore.control(partial(buses, sort="blue"), number=(1, 9)).kwargs_widgets) == 1


def test_hostile_state_is_inert_in_the_static_view():
    made = explore.control(lambda sort: buses(1), sort=["<script>alert(1)</script>"])
    assert "<script" not in made._repr_mimebundle_()["text/html"]


# Ready-made functions


@pytest.mark.parametrize(
    ("figure_id", "per", "working"),
    [("buses", "day", "buses"), ("buses", "month", "buses * hull(28 [day/month], 31 [day/month])"),
     ("buses", "year", "buses * hull(365 [day/year], 366 [day/year])"), ("january", "day", "january / days(january)"),
     ("january", "month", "january / days(january) * (days(january) / 1 [month])")],
)  # fmt: skip
def test_a_rate_is_re_expressed_by_a_working_that_can_be_redone(case, figure_id, per, working):
    assert explore.rate(case[figure_id], per) == working
    made = case.evaluate(working)
    assert made.unit.endswith(f"/{per}")
    assert str(made) in explore.re_express(case, figure_id, per).text


def test_twenty_to_thirty_a_day_are_560_to_930_a_month(case):
    assert "20–30 buses/day is 560–930 buses/month" in explore.re_express(case, "buses", "month").text


@pytest.mark.parametrize(
    ("period", "length"),
    [(",unknown,unknown,", "hull(28 [day/month], 31 [day/month])"),
     (",2017-01,2017-01-31,", "(days(january) / 1 [month])"),
     (",2016-12,2017-01,", "(days(january) / 2 [month])"),
     (",2017-01,2017-01-30,", "hull(28 [day/month], 31 [day/month])")],
)  # fmt: skip
def test_a_month_of_known_period_has_its_own_days_and_any_other_28_to_31(folder, period, length):
    table = folder / "references.csv"
    rated = table.read_text(encoding="utf-8").replace("total over the period", "rate")
    rated = rated.replace(",2017-01,2017-01-31,", period, 1).replace("runs,", "runs/month,", 1)
    table.write_text(rated, encoding="utf-8", newline="")
    monthly = analysis.load(folder)["january"]
    assert explore.rate(monthly, "day") == f"january / {length}"
    assert explore.rate(monthly, "year") == "january * 12 [month/year]"


def test_what_is_no_rate_and_no_total_cannot_be_re_expressed(case):
    said = "riders: present at the time: not a total over a period, so it has no rate per day"
    with pytest.raises(ValueError, match=f"^{said}$"):
        explore.re_express(case, "riders", "day")


def test_figures_beside_are_re_expressed_in_the_same_way(case):
    shown = explore.re_express(case, "buses", "month", beside=["rivals"])
    assert 'href="#rivals-*-hull(28~day/month~,-31~day/month~)" title="our working: ' in shown


TOLD = {"title": "Buses", "subtitle": "Buses a day"}


@pytest.mark.parametrize(
    ("as_", "said", "working"),
    [("low", "20 buses/day", "low(buses)"), ("high", "30 buses/day", "high(buses)"), ("as printed", "20–30 buses/day", "buses")],
)  # fmt: skip
def test_a_range_is_counted_as_its_low_end_its_high_end_or_as_printed(case, as_, said, working):
    shown = explore.count_as(analysis.topic(case, "service"), as_, **TOLD)
    assert f"({said})" in shown.alt
    assert shown.table["id"][0] == working
    assert case.evaluate(working).low == shown.table["low"][0]
    assert "Struck" not in shown.alt


def test_a_single_number_is_its_own_end_and_an_open_end_is_unknown(case):
    rows = analysis.topic(case, "service", references=True)
    told = explore.count_as(rows, "high", **TOLD).table.set_index("id")
    assert told["number"]["january"] == "3,100 runs"
    assert told["number"]["high(february)"] == "unknown"


def test_any_other_way_of_counting_is_refused(case):
    with pytest.raises(ValueError, match="choose one of as printed, low, high"):
        explore.count_as(analysis.topic(case, "service"), "middle", **TOLD)


def test_a_trace_goes_from_the_body_that_counted_to_the_page(case):
    shown = explore.trace(case, "buses")
    assert (
        "counted by: unknown; then said or written by: the mayor; then printed as indirect speech: The Gazette"
        in shown.text
    )
    assert '<dl class="wc-facts">' in shown


def test_a_timeline_shows_one_basis_or_every_kind(case):
    rows = analysis.frames.on_topic(case, "service").assign(basis=["rate", "cumulative", "cumulative"])
    assert "2 numbers" in explore.over_time(rows, "cumulative", **TOLD).alt
    assert "1 number," in explore.over_time(rows, explore.EVERY, **TOLD).alt
    assert "There are no rows to chart." in explore.over_time(rows, "share", **TOLD).alt


# In a saved notebook

CELLS = [
    "import analysis\nfrom analysis import explore\ncase = analysis.load({folder!r})",
    "explore.control(lambda per: explore.re_express(case, 'buses', per), per=list(explore.PER))",
    "rows = analysis.topic(case, 'service')\nanalysis.charts.ranges(rows, title='T', subtitle='S')",
]


def strict(notebook):
    """Run nbval over a notebook in strict mode: (did every cell come out as saved, what was said)."""
    command = [sys.executable, "-m", "pytest", "--nbval", "-q", "-p", "no:cacheprovider", "-W", "ignore", notebook.name]
    done = subprocess.run(command, cwd=notebook.parent, capture_output=True, text=True)
    return done.returncode == 0, done.stdout


def test_a_saved_control_passes_strict_nbval_and_fails_when_a_number_changes(folder, tmp_path):
    cells = [nbformat.v4.new_code_cell(text.format(folder=str(folder))) for text in CELLS]
    notebook = nbformat.v4.new_notebook(cells=cells)
    NotebookClient(notebook, record_timing=False).execute()
    path = tmp_path / "control.ipynb"
    nbformat.write(notebook, path)
    [shown] = notebook.cells[1].outputs
    assert {VIEW, "text/html"} <= set(shown["data"])
    passed, said = strict(path)
    assert passed, said
    figures = folder / "figures.csv"
    figures.write_text(figures.read_text(encoding="utf-8").replace(",20,30,", ",20,31,"), encoding="utf-8", newline="")
    passed, said = strict(path)
    assert not passed
    assert "2 failed" in said
