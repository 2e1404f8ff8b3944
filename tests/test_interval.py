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


def test_a_divisor_on_both_sides_of_nothing_leaves_both_ends_open_and_in_one_way():
    assert ends(interval.divide(1, 2, -1, 1)) == (None, None)


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


@pytest.mark.parametrize("end", [0.0, -0.0])
def test_a_divisor_of_nothing_to_three_gives_a_third_or_more_whatever_sign_its_nothing_has(end):
    assert ends(interval.divide(1.0, 1.0, end, 3.0)) == (1 / 3, None)
    low, high = interval.divide(1.0, 1.0, -3.0, end)
    assert (low, high) == (-math.inf, -1 / 3)


def test_a_nothing_with_a_sign_never_comes_out(case):
    assert case.evaluate("1 / hull(0 * (2 - 5), 3)").low == 1 / 3
    for low, _ in (interval.multiply(0.0, 0.0, -3.0, -3.0), interval.divide(-0.0, 1.0, 2.0, 2.0),
                   interval.hull(-0.0, -0.0, -0.0, 3.0)):  # fmt: skip
        assert math.copysign(1, low) == 1


def test_an_open_low_end_below_less_than_nothing_has_no_bound():
    assert interval.add(OPEN, -2.0, 1.0, 1.0) == (-math.inf, -1)
    assert ends(interval.divide(OPEN, -2.0, 1.0, 4.0)) == (-math.inf, -0.5)


numbers = st.sampled_from([0.0, -0.0, 1.0, -1.0, 0.5, 3.0, -7.0, 1e6]) | st.floats(-1e6, 1e6)
lows = numbers | st.sampled_from([OPEN, -math.inf])
highs = numbers | st.sampled_from([OPEN, math.inf])
any_range = st.tuples(lows, highs).filter(lambda r: not r[0] > r[1])
parts = st.sampled_from([0.0, 1.0, 0.5]) | st.floats(0, 1)


def bounds(low, high):
    """What a range says in numbers: an open low end is 0, or nothing at all where the high end is below 0."""
    high = math.inf if math.isnan(high) else high
    return (-math.inf if high < 0 else 0.0) if math.isnan(low) else low, high


def point(ends_of, part):
    """A number inside a range, one of its ends where part is 0 or 1 and that end is finite."""
    low, high = bounds(*ends_of)
    low = max(low, min(high, 0) - 1e9)
    high = min(high, max(low, 0) + 1e9)
    return min(low + part * (high - low), high)


OPERATIONS = {
    interval.add: lambda x, y: x + y, interval.subtract: lambda x, y: x - y, interval.multiply: lambda x, y: x * y,
    interval.divide: lambda x, y: x / y if abs(y) > 1e-9 else None, interval.hull: lambda x, y: x,
}  # fmt: skip


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("operation", OPERATIONS)
@given(any_range, any_range, parts, parts)
def test_what_two_numbers_give_lies_in_what_their_ranges_give(operation, a, b, s, t):
    x, y = point(a, s), point(b, t)
    made, (low, high) = OPERATIONS[operation](x, y), operation(*a, *b)
    if made is None or (math.isnan(low) and math.isnan(high)):
        return
    low, high = bounds(float(low), float(high))
    slack = 1e-9 * max(1, abs(x), abs(y), abs(made))
    assert low - slack <= made <= high + slack


@pytest.mark.parametrize("operation", [interval.add, interval.subtract, interval.multiply])
@given(st.tuples(numbers, numbers).map(sorted), st.tuples(numbers, numbers).map(sorted))
def test_the_ends_of_a_result_are_reached_by_ends_of_the_ranges(operation, a, b):
    low, high = operation(*a, *b)
    corners = [OPERATIONS[operation](x, y) for x in a for y in b]
    assert (float(low), float(high)) == (min(corners), max(corners))


@given(
    st.tuples(numbers, numbers).map(sorted),
    st.tuples(st.floats(0.001, 1e6), st.floats(0.001, 1e6)).map(sorted),
    st.sampled_from([1, -1]),
)
def test_the_ends_of_a_quotient_are_reached_by_ends_of_the_ranges(a, b, sign):
    b = sorted(sign * end for end in b)
    low, high = interval.divide(*a, *b)
    corners = [x / y for x in a for y in b]
    assert (float(low), float(high)) == (min(corners), max(corners))


@given(any_range, any_range, parts)
def test_a_number_of_both_ranges_lies_in_their_overlap(a, b, part):
    x, known = point(a, part), all(any(map(math.isfinite, each)) for each in (a, b))
    low, high = interval.overlap(*a, *b)
    in_both = bounds(*b)[0] <= x <= bounds(*b)[1]
    if known and in_both:
        assert not (math.isnan(low) and math.isnan(high))
        assert bounds(float(low), float(high))[0] <= x <= bounds(float(low), float(high))[1]
    if not math.isnan(low) and not math.isnan(high):
        assert low <= high


@pytest.mark.parametrize(
    "operation", [interval.add, interval.subtract, interval.multiply, interval.divide, interval.hull, interval.overlap]
)
@given(st.data())
def test_no_range_has_an_open_end_of_each_kind(operation, data):
    low, high = operation(*data.draw(any_range), *data.draw(any_range))
    assert not (math.isinf(low) and not math.isfinite(high))
    assert not math.isinf(high)


@given(st.data())
def test_the_short_way_of_overlapping_gives_what_the_general_way_gives(data):
    a, b = data.draw(any_range), data.draw(any_range)
    padded = [np.array([v, w]) for v, w in zip((*a, *b), (-1.0, 1.0, 1.0, 1.0), strict=True)]
    low, high = interval.overlap(*padded)  # the low end below nothing in the second row forces the general way
    np.testing.assert_array_equal([low[0], high[0]], interval.overlap(*a, *b))
