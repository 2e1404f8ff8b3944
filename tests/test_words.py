"""Numbers and sources as words."""

import math

import pytest

from analysis import words


@pytest.mark.parametrize(
    ("x", "text"),
    [(80000, "80,000"), (0.95, "0.95"), (133.913, "134"), (56.893, "56.9"), (3.04, "3.04"), (3.0, "3"),
     (0.0111, "0.0111"), (-4.5, "−4.5"), (12345.6, "12,346"), (math.nan, "unknown"), (0, "0"), (0.2375, "0.238"),
     (0.3125, "0.313"), (0.999999, "1"), (40.9999, "41")],
)  # fmt: skip
def test_whole_numbers_stand_in_full_and_others_with_three_digits(x, text):
    assert words.number(x) == text


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [(70, 120, "70–120"), (5, 5, "5"), (1000, math.nan, "1,000 or more"), (math.nan, 4000, "at most 4,000"),
     (math.nan, math.nan, "unknown"), (-3, 4, "−3 to 4"), (1.0001, 1.0002, "1")],
)  # fmt: skip
def test_a_range_reads_as_its_ends_and_an_open_end_is_said(low, high, text):
    assert words.span(low, high) == text


def test_a_unit_stands_beside_its_number_and_a_ratio_has_none():
    assert words.quantity(70, 120, "strikes/day") == "70–120 strikes/day"
    assert words.quantity(40, 40, "percent") == "40%"
    assert words.quantity(14, 60, "1") == "14–60"


@pytest.mark.parametrize(
    ("low", "high", "hedges", "text"),
    [(40, math.nan, (), "40% or more"), (math.nan, 40, (), "at most 40%"),
     (40, math.nan, ("more than",), "more than 40%"),
     (math.nan, 40, ("fewer than",), "fewer than 40%"), (40, 50, (), "40–50%"), (math.nan, math.nan, (), "unknown")],
)  # fmt: skip
def test_a_percent_sign_stands_close_behind_its_number(low, high, hedges, text):
    assert words.quantity(low, high, "percent", hedges) == text


def test_nothing_has_no_sign():
    assert words.number(-0.0) == "0"


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [(5, math.inf, "5 or more"), (-math.inf, 5, "at most 5"), (math.inf, math.nan, "unknown"),
     (math.inf, math.inf, "unknown"), (-math.inf, -math.inf, "unknown")],
)  # fmt: skip
def test_an_infinity_is_said_as_an_open_end(low, high, text):
    assert words.span(low, high) == text


@pytest.mark.parametrize(
    ("text", "said"), [("2017-06-15", "15 June 2017"), ("2017-06", "June 2017"), ("unknown", "unknown")]
)
def test_dates_are_said_as_far_as_they_are_known(text, said):
    assert words.date(text) == said


def test_a_citation_says_how_the_date_is_known_and_leaves_out_what_is_not():
    source = {"author": "unknown", "title": "unknown", "publisher": "TASS", "published": "2017-04-12",
              "published_basis": "from the URL", "url": "https://example.org"}  # fmt: skip
    assert words.citation(source) == "TASS. 12 April 2017 (from the URL). https://example.org."
