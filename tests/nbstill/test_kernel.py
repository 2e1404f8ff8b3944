"""Which values a control can take, and what stands for it in a page."""

import ipywidgets as w
import pytest
from matplotlib.figure import Figure

from nbstill.chart import alt_text
from nbstill.controls import MOST_VIEWS, choices, count, describe, kind, place, put


def labels(widget):
    return [label for label, _ in choices(widget)]


@pytest.mark.parametrize(
    ("widget", "expected"),
    [
        (w.IntSlider(min=1, max=4), ["1", "2", "3", "4"]),
        (w.IntSlider(min=0, max=10, step=4), ["0", "4", "8"]),
        (w.FloatSlider(min=0, max=0.3, step=0.1), ["0", "0.1", "0.2", "0.3"]),
        (w.FloatLogSlider(min=0, max=2, step=1, value=10), ["1", "10", "100"]),
        (w.BoundedIntText(min=2, max=3, value=2), ["2", "3"]),
        (w.Checkbox(), ["no", "yes"]),
        (w.ToggleButton(), ["no", "yes"]),
        (w.Dropdown(options={"a": 1, "b": 2}), ["a", "b"]),
        (w.Dropdown(options=["a"], value=None), ["none", "a"]),
        (w.RadioButtons(options=[(None, 1)]), ["None"]),
        (w.SelectionSlider(options=["low", "high"]), ["low", "high"]),
    ],
)
def test_the_values_of_a_listed_control_are_found_in_order(widget, expected):
    assert labels(widget) == expected


@pytest.mark.parametrize(
    "widget",
    [w.FloatText(), w.IntText(), w.Text("a"), w.IntRangeSlider(), w.SelectMultiple(options=["a"]), w.DatePicker(),
     w.ColorPicker(), w.SelectionRangeSlider(options=["a", "b"])],
    ids=lambda widget: type(widget).__name__,
)  # fmt: skip
def test_a_control_without_a_list_is_refused(widget):
    assert choices(widget) is None


@pytest.mark.parametrize(
    ("widget", "expected", "index"),
    [
        (w.FloatSlider(min=0, max=3, step=1, value=1.25), ["0", "1", "1.25", "2", "3"], 2),
        (w.IntSlider(min=0, max=10, step=4, value=9), ["0", "4", "8", "9"], 3),
        (w.FloatLogSlider(min=0, max=2, step=1, value=20), ["1", "10", "20", "100"], 2),
    ],
)
def test_the_value_at_which_the_author_left_it_is_a_state_on_the_grid_or_not(widget, expected, index):
    assert labels(widget) == expected
    assert describe(widget, "x", choices(widget))["index"] == index


@pytest.mark.parametrize("at", [0, 1, 2, 3])
def test_an_option_whose_value_is_none_is_nothing_chosen(at):
    widget = w.Dropdown(options=[("a", 1), ("all", None), ("b", 2), ("c", False)])
    found = choices(widget)
    assert [label for label, _ in found] == ["a", "all", "b", "c"]
    put(widget, at, found)
    assert widget.value == found[at][1]
    assert place(widget, found) == at


def test_values_are_counted_to_the_end_though_they_are_not_listed():
    assert count(w.IntSlider(min=0, max=1000)) == 1001


def test_a_control_of_a_million_steps_is_not_listed_to_the_end():
    assert len(choices(w.IntSlider(min=0, max=1_000_000))) == MOST_VIEWS + 1


def test_a_value_keeps_its_type():
    assert [value for _, value in choices(w.FloatSlider(min=0, max=2, step=1))] == [0.0, 1.0, 2.0]
    assert all(type(value) is int for _, value in choices(w.IntSlider(min=0, max=2)))


@pytest.mark.parametrize(
    ("widget", "expected"),
    [(w.IntSlider(), "range"), (w.SelectionSlider(options="ab"), "range"), (w.Checkbox(), "checkbox"),
     (w.ToggleButtons(options="ab"), "radio"), (w.RadioButtons(options="ab"), "radio"),
     (w.Dropdown(options=[True, False]), "select"), (w.Select(options="ab"), "select")],
)  # fmt: skip
def test_each_control_has_a_native_one(widget, expected):
    assert kind(widget) == expected


def test_a_control_is_described_where_it_stands():
    slider = w.FloatSlider(min=0, max=1, step=0.25, value=0.75, description="Share:")
    found = describe(slider, "share", choices(slider))
    expected = {
        "key": "share",
        "name": "Share",
        "kind": "range",
        "labels": ["0", "0.25", "0.5", "0.75", "1"],
        "index": 3,
    }
    assert found == expected


def test_a_figure_speaks_through_its_labels_or_through_its_authors_own_words():
    figure = Figure()
    figure.add_subplot().set_title("Buses a day")
    assert alt_text(figure).startswith("Chart. Buses a day.")
    figure.alt = "Twenty buses, then thirty."
    assert alt_text(figure) == "Twenty buses, then thirty."
