"""One number with its evidence."""

import math
import pickle
import statistics
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import analysis
from analysis import figure
from analysis.figure import Figure, constant, days, high, hull, low, overlap
from tests.conftest import write_trees


def test_it_shows_as_a_range_with_its_unit(case):
    assert str(case["buses"]) == "20–30 buses/day"


def test_a_ratio_of_like_units_is_a_pure_number_that_carries_its_working(case):
    ratio = case["buses"] / case["rivals"]
    assert (ratio.low, ratio.high, ratio.unit) == (5, 15, "1")
    assert ratio.working == "buses / rivals"


def test_unlike_units_keep_both_names_in_a_quotient(case):
    assert (case["january"] / case["buses"]).unit == "runs·days/bus"
    assert (case["january"] / (case["buses"] * constant(1, "day"))).unit == "runs/bus"


def test_a_figure_without_a_case_takes_any_noun_and_beside_one_with_a_case_only_the_case_s(case):
    assert (Figure(6, 6, "elephants", "a") / Figure(2, 2, "elephants/day", "b")).unit == "days"
    for combine in (lambda a, b: a / b, lambda a, b: b / a, lambda a, b: a * b):
        with pytest.raises(analysis.UnitError, match="unknown unit 'elephants'"):
            combine(case["buses"], Figure(6, 6, "elephants", "a"))


def test_adding_unlike_units_is_refused_and_both_are_named(case):
    with pytest.raises(analysis.UnitError, match=r"buses \(buses/day\) and riders \(riders\)"):
        case["buses"] + case["riders"]


def test_a_month_is_never_turned_into_days_silently():
    with pytest.raises(analysis.UnitError):
        Figure(1, 1, "runs/month", "a") + Figure(1, 1, "runs/day", "b")


def test_hedges_and_open_ends_pass_into_what_is_made_from_them(case):
    made = case["february"] / case["buses"]
    assert made.hedges == ("more than", "about")
    assert made.low == 20
    assert math.isnan(made.high)
    assert any("february has an open end" in note for note in made.notes)


def test_a_divisor_that_may_be_nothing_is_said():
    made = 1 / Figure(0.0, 2.0, "days", "z")
    assert math.isnan(made.high)
    assert "may be nothing" in " ".join(made.notes)


def test_an_unknown_number_makes_an_unknown_number_and_says_so():
    made = Figure(math.nan, math.nan, "days", "z") * 2
    assert str(made) == "unknown"
    assert "z is unknown" in " ".join(made.notes)


def test_a_number_over_itself_is_one_and_less_itself_is_nothing(case):
    itself = case["buses"] / case["buses"]
    assert (itself.low, itself.high) == (1, 1)
    assert str(case["buses"] - case["buses"]) == "0 buses/day"


def test_an_open_ended_number_over_itself_is_one_too(case):
    itself = case["february"] / case["february"]
    assert (itself.low, itself.high, itself.notes) == (1, 1, ())


@pytest.mark.parametrize("low", [0.0, math.nan])
def test_a_number_that_may_be_nothing_is_nothing_less_itself_and_not_settled_over_itself(low):
    f = Figure(low, 5.0, "days", "z")
    assert ((f - f).low, (f - f).high) == (0, 0)
    assert math.isnan((f / f).high)


@pytest.mark.parametrize("operator", ["-", "/"])
def test_an_unknown_number_and_itself_make_an_unknown_number(operator):
    f = Figure(math.nan, math.nan, "days", "z")
    made = f - f if operator == "-" else f / f
    assert str(made) == "unknown"
    assert "z is unknown" in " ".join(made.notes)


def test_what_is_made_from_a_number_without_a_working_is_unknown_and_has_none():
    for made in (
        Figure(1, 2, "days", "") / Figure(3, 4, "days", "a"),
        hull(Figure(1, 2, "days", "a"), Figure(3, 4, "days", "")),
    ):
        assert (str(made), made.working) == ("unknown", "")
        assert "no working" in " ".join(made.notes)


@pytest.fixture
def other_case(tmp_path):
    from tests.conftest import META, rows, write_case

    folder = write_case(tmp_path / "trams", rows())
    (folder / "case.toml").write_text(META.replace('id = "buses"', 'id = "trams"'), encoding="utf-8")
    return analysis.load(folder)


def test_figures_of_two_cases_are_not_combined_since_neither_could_work_it_out(case, other_case):
    for combine in (lambda a, b: a / b, lambda a, b: a - b, hull, overlap):
        with pytest.raises(analysis.WorkingError, match=r"buses is of the case buses, buses of trams: .*one case"):
            combine(case["buses"], other_case["buses"])


def test_figures_of_two_readings_of_one_case_are_combined(case, folder):
    assert (case["buses"] / analysis.load(folder)["buses"]).high == 1


def test_figures_of_two_cases_are_not_equal(case, other_case):
    assert case["buses"] != other_case["buses"]


def test_equal_figures_have_equal_hashes_open_ends_or_not(case):
    again = pickle.loads(pickle.dumps(case["february"]))
    assert again == case["february"]
    assert hash(again) == hash(case["february"])
    assert len({case["february"], again, case["buses"], case["buses"] * 1}) == 3


def test_a_figure_is_no_number_and_no_text(case):
    assert case["buses"] != 20
    assert case["buses"] != "buses"


@pytest.mark.filterwarnings("error")
def test_a_result_too_large_for_a_float_has_an_open_end_and_says_so():
    made = Figure(1.0, 1e308, "1", "a") * 1e10
    assert str(made) == "10,000,000,000 or more"
    assert "too large" in " ".join(made.notes)


def test_the_length_of_a_period_counts_both_ends(case):
    assert days(case["january"]).low == 31
    assert str(case["january"] / days(case["january"])) == "100 runs/day"


def test_a_leap_february_has_29_days():
    row = {"period_start": "2016-02", "period_end": "2016-02"}
    assert days(Figure(1, 1, "runs", "a", row=row)).low == 29


def test_an_unknown_period_has_no_length(case):
    with pytest.raises(analysis.WorkingError, match=r"days\(buses\)"):
        days(case["buses"])


def test_a_month_of_28_to_31_days_can_be_written(case):
    a_day = Figure(1240, 1240, "runs/month", "m") / hull(constant(28, "day/month"), constant(31, "day/month"))
    assert a_day.unit == "runs/day"
    assert a_day.low == 40
    assert a_day.working == "m / hull(28 [day/month], 31 [day/month])"


def test_ranges_with_nothing_in_common_say_so():
    made = overlap(Figure(1, 2, "days", "a"), Figure(3, 4, "days", "b"))
    assert str(made) == "unknown"
    assert "nothing in common" in made.notes[0]


def test_an_overlap_with_an_unknown_number_is_unknown_and_says_which():
    made = overlap(Figure(1, 2, "days", "a"), Figure(math.nan, math.nan, "days", "b"))
    assert str(made) == "unknown"
    assert made.notes == ("b is unknown, and so is what is made from it",)


def test_a_period_that_ends_before_it_starts_has_no_length():
    row = {"period_start": "2016-03", "period_end": "2016-02"}
    with pytest.raises(analysis.WorkingError, match=r"days\(a\): its period ends before it starts"):
        days(Figure(1, 1, "runs", "a", row=row))


def test_one_end_of_a_range_is_a_point_with_a_working(case):
    made = case["buses"] / low(case["rivals"]), high(case["buses"]) / case["rivals"]
    assert [m.working for m in made] == ["buses / low(rivals)", "high(buses) / rivals"]
    assert [(m.low, m.high) for m in made] == [(10, 15), (7.5, 15)]
    for m in made:
        again = case.evaluate(m.working)
        assert (again.low, again.high, again.unit) == (m.low, m.high, m.unit)


@pytest.mark.parametrize("open_end", [math.nan, math.inf])
def test_an_end_that_is_open_is_no_number_and_says_so(open_end):
    for made, name in (
        (high(Figure(1, open_end, "days", "a")), "high"),
        (low(Figure(-open_end, 1, "days", "a")), "low"),
    ):
        assert (str(made), made.working) == ("unknown", f"{name}(a)")
        assert made.notes == (f"the {name} end of a is open, so it is no number",)


def test_an_end_of_a_number_without_a_working_is_unknown():
    assert (str(low(Figure(1, 2, "days", ""))), low(Figure(1, 2, "days", "")).working) == ("unknown", "")


def test_figures_compare_where_their_ranges_do_not_meet(case):
    more, less = case["buses"], case["rivals"]  # 20–30 and 2–4
    assert less < more
    assert less <= more
    assert more > less
    assert more >= less
    assert not more < less
    assert not more <= less
    assert not less > more
    assert not less >= more
    assert sorted([more, less, more]) == [less, more, more]
    assert max(more, less) == more


def test_figures_that_touch_compare_as_far_as_the_touching_end_says():
    a, b = Figure(1, 2, "days", "a"), Figure(2, 3, "days", "b")
    assert a <= b
    assert b >= a
    for unclear in (lambda: a < b, lambda: b > a):
        with pytest.raises(ValueError, match=r"cannot say whether a \(1–2 days\) is less than b .*the ranges overlap"):
            unclear()
    assert not b < a
    assert not a > b
    points = Figure(2, 2, "days", "c"), Figure(2, 2, "days", "d")
    assert not points[0] < points[1]
    assert points[0] <= points[1]


def test_a_figure_is_as_great_as_itself_whatever_it_is(case):
    for name in ("buses", "february"):
        assert case[name] <= case[name]
        assert not case[name] < case[name]


def test_ranges_that_overlap_and_open_ends_cannot_be_sorted_and_say_so():
    a, b, c = Figure(1, 3, "days", "a"), Figure(2, 4, "days", "b"), Figure(2, math.nan, "days", "c")
    with pytest.raises(ValueError, match=r"cannot say whether .*: the ranges overlap; compare ends"):
        sorted([a, b])
    with pytest.raises(ValueError, match=r"cannot say whether .*: an end of c is open or unknown"):
        sorted([a, c])
    assert Figure(1, 1, "days", "d") < c
    assert Figure(math.nan, 1, "days", "e") < c


def test_unlike_units_do_not_compare(case):
    with pytest.raises(analysis.UnitError, match=r"cannot compare riders \(riders\) and buses"):
        assert case["buses"] > case["riders"]


def test_a_pure_ratio_compares_with_plain_numbers(case):
    ratio = case["buses"] / case["rivals"]  # 5–15
    assert ratio > 4
    assert ratio < 16
    assert ratio >= np.int64(5)
    assert ratio > -1
    assert not ratio < np.float64(2.5)
    with pytest.raises(ValueError, match="cannot say whether"):
        assert ratio > 7
    with pytest.raises(TypeError):
        assert ratio > "4"


@pytest.mark.parametrize("number", [np.int64(2), np.float64(2), np.int16(2), np.float32(2), Fraction(2)])
def test_numpy_s_numbers_count_as_plain_numbers(case, number):
    for made, working in ((case["buses"] * number, "buses * 2"), (number * case["buses"], "2 * buses"),
                          (number / case["buses"], "2 / buses")):  # fmt: skip
        assert isinstance(made, Figure)
        assert made.working == working


def test_figures_can_be_summed(case):
    both = [case["january"], case["february"]]
    for made in (sum(both), pd.Series(both).sum()):
        assert (made.working, made.low) == ("january + february", 3700)
    with pytest.raises(analysis.UnitError):
        sum([case["january"], case["riders"]])


def test_the_mean_of_a_column_of_figures_is_refused_with_a_remedy_that_works(case):
    column = pd.Series([case["january"], case["february"]])
    with pytest.raises(figure.NoPlainNumber, match=r"e\.g\. sum\(figures\) / len\(figures\)"):
        column.mean()
    assert (sum(column) / len(column)).low == 1850
    with pytest.raises(figure.NoPlainNumber, match="no plain number"):
        float(case["january"])


def test_brackets_stand_where_the_sum_would_be_torn(case):
    made = (case["buses"] + case["rivals"]) / (case["rivals"] * 2)
    assert made.working == "(buses + rivals) / (rivals * 2)"
    assert (case["buses"] - (case["buses"] - case["rivals"])).working == "buses - (buses - rivals)"


def test_a_constant_is_written_so_that_nothing_is_lost(case):
    for x in (0.1, 1 / 3, 1e-7, 123456789.125, 1e15):
        assert case.evaluate(constant(x).working).low == x


def test_text_is_refused_as_a_number(case):
    with pytest.raises(TypeError):
        case["buses"] / "2"


def test_it_can_be_pickled(case):
    made = pickle.loads(pickle.dumps(case["buses"] / case["rivals"]))
    assert made.working == "buses / rivals"
    assert made.high == 15


def test_explaining_lays_the_working_out_down_to_the_quotes(case):
    text = case["both-months"].explain()
    assert "both-months = more than 3,700 runs" in text
    assert "“a total of 3,100”" in text
    assert "“more than 600 runs”" in text
    assert "the mayor; indirect speech; The Gazette, 15 June 2017" in text


operands = st.sampled_from(["buses", "rivals", "january", "february", "both-months", "riders"])


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from("+-*/"), operands), max_size=5), operands, st.booleans())
def test_every_working_can_be_recomputed_from_its_text_alone(invented_case, steps, first, flip):
    made = invented_case[first]
    for operator, name in steps:
        other = invented_case[name]
        pair = (other, made) if flip else (made, other)
        try:
            made = {
                "+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": lambda a, b: a / b,
            }[operator](*pair)  # fmt: skip
        except analysis.UnitError:
            continue
    again = invented_case.evaluate(made.working)
    assert again.unit == made.unit
    assert str(again) == str(made)
    assert set(again.hedges) == set(made.hedges)


@pytest.fixture(scope="module")
def invented_case(tmp_path_factory):
    from tests.conftest import rows, write_case

    return analysis.load(write_case(tmp_path_factory.mktemp("c") / "buses", rows()))


@pytest.mark.parametrize("ask", [
    int, round, abs, complex, lambda f: statistics.mean([f, f]), lambda f: statistics.stdev([f, f]),
    lambda f: pd.Series([f, f]).mean(), lambda f: pd.Series([f, f]).median(), lambda f: pd.DataFrame({"a": [f, f]}).mean(),
    lambda f: pd.DataFrame({"a": [f, f]}).median(), lambda f: pd.Series([f, f]).std(), lambda f: pd.Series([f]).astype(float),
])  # fmt: skip
def test_where_a_plain_number_is_wanted_the_message_itself_says_what_to_take(case, ask):
    with pytest.raises(figure.NoPlainNumber, match=r"no plain number: take an end, \.low or \.high; for a mean"):
        ask(case["january"])


@pytest.mark.parametrize("ask", [
    lambda a, b: a + b, lambda a, b: a - b, lambda a, b: a < b, lambda a, b: a >= b, lambda a, b: sorted([a, b]),
    lambda a, b: a / b, lambda a, b: a * b, lambda a, b: sum([a, b]), figure.hull, figure.overlap,
])  # fmt: skip
def test_figures_of_two_cases_are_said_to_be_so_before_their_nouns_are_looked_at(case, tmp_path, ask):
    trees = analysis.load(write_trees(tmp_path))
    for a, b in ((case["buses"], trees["trees"]), (trees["trees"], case["buses"])):
        with pytest.raises(analysis.WorkingError, match=r"is of the case .* compared and worked out in one case"):
            ask(a, b)


def test_a_quotient_over_both_sides_of_nothing_is_unknown_and_not_half_infinite(case):
    made = case.evaluate("1 / hull(0 - 1, 1)")
    assert math.isnan(made.low)
    assert math.isnan(made.high)
    assert "may be nothing" in made.notes[0]
