"""Menus of any case: what they offer, how they are bounded, and by which rule a chart leaves rows out."""

import pytest

import analysis
from analysis import explore, html, menus
from tests.conftest import FIGURE, change, figure_row, rows, write_case


def test_a_menu_offers_so_many_choices_and_its_name_says_how_many_there_are():
    made = menus.pick(html.piece, "None.", value={f"Choice {n}": str(n) for n in range(30)})
    [widget] = made.kwargs_widgets
    assert len(widget.options) == menus.MOST_CHOICES
    assert widget.description == f"Value (the first {menus.MOST_CHOICES} of 30)"


def test_where_there_is_nothing_to_choose_one_sentence_stands():
    assert menus.pick(html.piece, "Nobody <counted>.", value={}) == '<p class="wc-empty">Nobody &lt;counted&gt;.</p>'


def test_menus_of_the_same_choices_do_not_begin_by_dividing_a_number_by_itself():
    made = menus.pick(
        lambda a, b: html.say("{}/{}", a, b), "None.", a={"one": "1", "two": "2"}, b={"one": "1", "two": "2"}
    )
    assert made.result.text == "1/2"
    alone = menus.pick(lambda a, b: html.say("{}/{}", a, b), "None.", a={"one": "1"}, b={"one": "1"})
    assert alone.result.text == "1/1"


def test_a_number_that_is_printed_twice_is_offered_once_where_it_is_at_home(tmp_path):
    data = rows()
    again = figure_row(
        "rode-again",
        "About 900 people rode",
        "900",
        900,
        900,
        **{k: data["figures"][2][k] for k in ("unit", "measure", "hedge")},
    )
    data["figures"].insert(0, again | {"repeats": "riders"})
    case = analysis.load(write_case(tmp_path / "buses", data))
    assert menus.numbers(case) == {
        "20–30 buses/day: buses in service": "buses",
        "2–4 buses/day: buses in service": "rivals",
        "900 riders": "riders",
    }


def test_numbers_that_look_alike_are_told_apart(tmp_path):
    data = rows()
    data["figures"] += [
        data["figures"][2] | {"figure_id": f"riders-{n}", "said_by": who} for n, who in enumerate(["Ann", "Ann"])
    ]
    found = menus.numbers(analysis.load(write_case(tmp_path / "buses", data)))
    assert list(found.values())[2:] == ["riders", "riders-0", "riders-1"]
    assert len(found) == 5


def test_what_nobody_says_the_measure_of_goes_by_its_unit(case):
    change(case, "riders", measure="unknown", unit="runs")
    assert menus.topics(case) == {"Service": "service", "Runs": "runs"}


def test_a_case_without_dates_has_nothing_to_show_along_time(tmp_path):
    case = analysis.load(write_case(tmp_path / "buses", {t: rows()[t] for t in ("sources", "figures")}))
    assert menus.kinds(case) == {}
    assert menus.worded(case) == {}


def many(tmp_path, n):
    """The case with n outside numbers of buses in service, by a body each, a day apart; the last is nearest."""
    data = rows()
    one = FIGURE | {"unit": "buses/day", "measure": "buses in service", "quote": "5 buses", "as_printed": "5", "low": 5,
                    "high": 5, "said_by": "unknown"}  # fmt: skip
    data["references"] = [
        one | {"figure_id": f"body-{i}", "counted_by": f"Body {i}", "period_start": f"2017-05-{i:02}", "period_end": f"2017-05-{i:02}"}
        for i in range(1, n + 1)
    ]  # fmt: skip
    body = {"kind": "body", "party": "unknown", "owner": "unknown"}
    data["bodies"] += [body | {"body_id": f"b-{i}", "name": f"Body {i}"} for i in range(1, n + 1)]
    data["scopes"] = []
    return analysis.load(write_case(tmp_path / "buses", data))


@pytest.mark.parametrize("show", [menus.beside, menus.by_time])
def test_a_chart_keeps_the_rows_nearest_in_time_and_says_how_many_it_leaves_out(show, tmp_path):
    case = many(tmp_path, menus.MOST_ROWS + 4)
    chart = show(case, "service" if show is menus.beside else "buses in service")
    kept = chart.data.query("role == 'reference'")["figure_id"].tolist()
    assert kept == [f"body-{i}" for i in range(menus.MOST_ROWS + 4, 4, -1)]
    assert "4 more numbers not shown" in chart.alt
    assert chart.data.query("role == 'article'")["figure_id"].tolist() == ["buses", "rivals"]


def test_a_chart_of_an_article_with_many_numbers_shows_the_first_and_says_so(tmp_path):
    data = {t: rows()[t] for t in ("sources", "bodies", "figures")}
    data["figures"] = [data["figures"][0] | {"figure_id": f"buses-{n:02}"} for n in range(menus.MOST_ROWS + 3)]
    chart = menus.beside(analysis.load(write_case(tmp_path / "buses", data)), "service")
    assert chart.data["figure_id"].tolist() == [f"buses-{n:02}" for n in range(menus.MOST_ROWS)]
    assert f"The article's first {menus.MOST_ROWS}; 3 more numbers not shown" in chart.alt


def test_of_a_bodys_numbers_of_one_measure_one_is_set_beside_the_articles(tmp_path):
    case = many(tmp_path, 3)
    for i in (1, 2):
        change(case, f"body-{i}", counted_by="Body 3")
    assert menus.beside(case, "service").data["figure_id"].tolist() == ["buses", "rivals", "body-3"]


def test_where_the_article_tells_its_period_nearest_is_nearest_to_that(tmp_path):
    case = many(tmp_path, 3)
    for i in (1, 2):
        change(case, f"body-{i}", counted_by="Body 3")
    change(case, "buses", period_start="2017-05-01", period_end="2017-05-01")
    assert menus.beside(case, "service").data["figure_id"].tolist()[2:] == ["body-1"]


def test_one_way_of_wording_is_a_table_and_several_are_a_picture(case):
    assert menus.passed_on(case, "buses").startswith("<table")
    case._rows["relay"].append(
        case._rows["relay"][0] | {"relay_id": "relay-2", "hedge": "about", "wording": "about 30"}
    )
    case._frames.clear()
    assert menus.passed_on(case, "buses").alt.startswith("How others worded it: 20–30 buses/day.")


def test_an_opening_says_how_much_of_a_case_nobody_has_checked(case):
    assert "checked" not in menus.opening(case)
    change(case, "buses", coder="draft")
    said = menus.opening(case)
    assert 'That is so of <span class="wc-count">1</span> of the' in said
    assert said.index("Not checked by a person") < said.index("Who counted the buses?")


def test_every_choice_of_every_shipped_case_can_be_shown():
    for name in analysis.cases():
        case = analysis.load(name)
        numbers = menus.numbers(case)
        controls = [
            menus.pick(lambda n, case=case: explore.trace(case, n), "", n=numbers),
            menus.pick(lambda n, case=case: menus.beside(case, n), "", n=menus.topics(case)),
            menus.pick(lambda n, case=case: menus.by_time(case, n), "", n=menus.kinds(case)),
            menus.pick(lambda n, case=case: menus.passed_on(case, n), "", n=menus.worded(case)),
            menus.pick(lambda a, b, case=case: case[a] / case[b], "", a=numbers, b=numbers),
        ]
        for control in controls:
            for widget in control.kwargs_widgets:
                for _, value in widget.options:
                    widget.value = value
                    assert control.error is None, (name, value, control.error)
