"""What may be done with ranges."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import interval

OPEN = math.nan


def ends(result):
    return tuple(None if math.isnan(x) else float(x) for x in result)


positive = st.floats(0.001, 1e6)
ranges = st.tuples(positive, positive).map(sorted)


@given(ranges, ranges, st.floats(0, 1), st.floats(0, 1))
def test_a_quotient_of_two_numbers_in_the_ranges_lies_in_the_quotient_of_the_ranges(a, b, s, t):
    x, y = a[0] + s * (a[1] - a[0]), b[0] + t * (b[1] - b[0])
    low, high = interval.divide(*a, *b)
    assert low <= x / y * (1 + 1e-12)
    assert x / y <= high * (1 + 1e-12)


@given(ranges, ranges)
def test_the_short_way_of_dividing_gives_what_the_general_way_gives(a, b):
    padded = [np.array([v, w]) for v, w in zip((*a, *b), (-1.0, 1.0, 1.0, 1.0), strict=True)]
    low, high = interval.divide(*padded)  # the low end below nothing in the second row forces the general way
    assert (low[0], high[0]) == interval.divide(*a, *b)


@given(st.sampled_from([OPEN, 3.0]), st.sampled_from([OPEN, 8.0]), st.sampled_from([2.0]), st.sampled_from([OPEN, 4.0]))
def test_the_short_way_leaves_the_same_ends_open_as_the_general_way(a_low, a_high, b_low, b_high):
    short = interval.divide(a_low, a_high, b_low, b_high)
    general = interval.divide(
        *(np.array([v, w]) for v, w in zip((a_low, a_high, b_low, b_high), (-1, 1, 1, 1), strict=True))
    )
    np.testing.assert_array_equal(short, [general[0][0], general[1][0]])


def test_seventy_to_a_hundred_and_twenty_over_two_to_five_is_fourteen_to_sixty():
    assert ends(interval.divide(70, 120, 2, 5)) == (14, 60)


def test_a_divisor_that_touches_nothing_leaves_the_upper_end_open():
    assert ends(interval.divide(100, 100, 0, 4)) == (25, None)


def test_a_divisor_on_both_sides_of_nothing_leaves_both_ends_open():
    low, high = interval.divide(1, 2, -1, 1)
    assert low == -math.inf
    assert math.isnan(high)


def test_a_divisor_below_nothing_turns_the_range_round():
    assert ends(interval.divide(10, 20, -5, -2)) == (-10, -2)


def test_nothing_can_be_divided_by_nothing_at_all():
    assert ends(interval.divide(5, 6, 0, 0)) == (None, None)


def test_more_than_a_thousand_over_two_to_five_has_no_upper_end():
    assert ends(interval.divide(1000, OPEN, 2, 5)) == (200, None)


def test_a_divisor_with_no_upper_end_leaves_the_lower_end_open():
    assert ends(interval.divide(100, 100, 1000, OPEN)) == (None, 0.1)


def test_up_to_a_hundred_less_thirty_may_be_less_than_nothing():
    assert ends(interval.subtract(OPEN, 100, 30, 30)) == (-30, 70)


def test_a_hundred_less_more_than_thirty_has_no_lower_end_and_says_so_as_minus_infinity():
    assert interval.subtract(100.0, 100.0, 30.0, OPEN)[0] == -math.inf


def test_open_low_ends_stay_open_in_a_sum_of_two():
    assert ends(interval.add(OPEN, 10, OPEN, 5)) == (None, 15)


def test_what_is_unknown_makes_everything_unknown():
    for operation in (interval.add, interval.subtract, interval.multiply, interval.divide, interval.hull):
        assert ends(operation(OPEN, OPEN, 1.0, 2.0)) == (None, None)
        assert ends(operation(1.0, 2.0, OPEN, OPEN)) == (None, None)


def test_a_product_takes_the_least_and_the_greatest():
    assert ends(interval.multiply(-2, 3, 4, 5)) == (-10, 15)


def test_ranges_that_do_not_meet_have_no_overlap():
    assert ends(interval.overlap(1, 2, 3, 4)) == (None, None)
    assert ends(interval.overlap(1, 3, 2, OPEN)) == (2, 3)


def test_arrays_are_left_as_they_were():
    a = np.array([OPEN, 2.0])
    interval.divide(a, a + 1, a, a + 1)
    assert math.isnan(a[0])
    assert a[1] == 2


HUGE, TINY = np.float64(1e308), np.float64(1e-10)


@pytest.mark.parametrize(
    "grown",
    [lambda: interval.add(1.0, HUGE, 1.0, HUGE), lambda: interval.multiply(1.0, HUGE, 1.0, 10.0),
     lambda: interval.divide(1.0, HUGE, TINY, 1.0), lambda: interval.divide(np.array([1.0]), HUGE, TINY, 1.0),
     lambda: interval.subtract(1.0, HUGE, -HUGE, 0.0)],
)  # fmt: skip
@pytest.mark.filterwarnings("error")
def test_an_end_too_large_for_a_float_is_open(grown):
    low, high = grown()
    assert np.isfinite(low).all()
    assert np.isnan(high).all()


@pytest.mark.filterwarnings("error")
def test_a_range_wholly_too_large_for_a_float_is_unknown():
    assert ends(interval.multiply(HUGE, HUGE, HUGE, HUGE)) == (None, None)
    assert ends(interval.divide(HUGE, HUGE, TINY, TINY)) == (None, None)
