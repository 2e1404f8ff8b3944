"""The grammar of workings."""

import time

import pytest

import analysis
from analysis import working


def test_a_row_s_working_is_its_own_id(case):
    assert str(case.evaluate("buses")) == "20–30 buses/day"


def test_products_bind_closer_than_sums_and_brackets_closest(case):
    assert case.evaluate("buses + rivals * 2").high == 38
    assert case.evaluate("(buses + rivals) * 2").high == 68


def test_quotients_are_taken_from_left_to_right(case):
    assert case.evaluate("100 / 10 / 5").low == 2


def test_an_id_may_carry_the_name_of_its_case(case):
    assert case.evaluate("buses:buses / buses:rivals").low == 5


def test_a_hyphen_belongs_to_the_id_and_a_minus_stands_between_spaces(case):
    assert case.evaluate("both-months - january").unit == "runs"
    assert working.ids("both-months - january") == ["both-months", "january"]


@pytest.mark.parametrize(
    "text",
    [
        "", "   ", "buses /", "/ buses", "buses rivals", "buses/rivals", "buses -rivals", "(buses", "buses)", "days()",
        "hull(buses)", "days(buses, rivals)", "2 [day", "buses % 2", "buses ** 2", "__import__('os')", "buses.low",
        "lambda: 1", "buses;rivals", "1e5", "-3", "٣", "Buses", "(" * 60 + "buses" + ")" * 60, "buses\x00",
    ],
)  # fmt: skip
def test_what_the_grammar_does_not_know_is_refused_with_the_rule(case, text):
    with pytest.raises(analysis.WorkingError):
        case.evaluate(text)


def test_an_id_that_is_not_in_the_case_is_named_with_the_nearest(case):
    with pytest.raises(analysis.UnknownFigure, match="did you mean rivals"):
        case.evaluate("buses / rival")


def test_a_unit_that_is_none_is_refused(case):
    with pytest.raises(analysis.UnitError, match="furlong"):
        case.evaluate("buses / 3 [furlong]")


@pytest.mark.parametrize("term", [" + rivals", " - rivals", " * 2 / 2", " / (1 + 1)"])
def test_a_working_of_many_terms_is_worked_out_in_less_than_a_second(case, term):
    started = time.process_time()
    made = case.evaluate("buses" + term * 800)
    assert time.process_time() - started < 1
    assert made.unit == "buses/day"


def test_brackets_stand_round_an_operand_whose_operators_are_set_apart_by_any_space():
    assert working.wrap("a\n+\nb", "*") == "(a\n+\nb)"


def test_a_unit_in_square_brackets_tears_nothing():
    assert working.wrap("2 [day / month]", "/", right=True) == "2 [day / month]"


def test_a_number_too_large_to_compute_with_is_refused(case):
    with pytest.raises(analysis.WorkingError, match="400 digits"):
        case.evaluate("buses * " + "9" * 400)


@pytest.mark.parametrize("unit", ["(day", "day)", "day/0", "day**2", "day**0.5", "day\x00", "·".join(["day"] * 5000)])
def test_a_unit_is_words_of_the_codebook_and_nothing_else(case, unit):
    with pytest.raises(analysis.UnitError, match="unknown unit"):
        case.evaluate(f"3 [{unit}]")
