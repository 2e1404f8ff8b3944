"""Periods: what the dates of the tables mean in days."""

import datetime
import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import period
from analysis.period import Period

D = datetime.date


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [("2016", D(2016, 1, 1), D(2016, 12, 31)), ("2016-02", D(2016, 2, 1), D(2016, 2, 29)),
     ("2015-02", D(2015, 2, 1), D(2015, 2, 28)), ("2016-12", D(2016, 12, 1), D(2016, 12, 31)),
     ("2016-02-10", D(2016, 2, 10), D(2016, 2, 10)), ("unknown", None, None), ("", None, None)],
)  # fmt: skip
def test_a_date_means_its_first_day_as_a_beginning_and_its_last_as_an_end(text, first, last):
    assert (Period(text).first, Period(text).last) == (first, last)
    for made, day in ((period.first_days, first), (period.last_days, last)):
        np.testing.assert_array_equal(
            made(pd.Series([text, "2001-01-01"])), np.array([day, "2001-01-01"], "datetime64[D]")
        )


@pytest.mark.parametrize("text", ["2016-13", "2016-00", "2016-02-30", "0000", "16", "2016-2", "2016-02-1", "soon", "٢٠١٦", "2016-02-10 ",
                                  "2016-02-10T00:00"])  # fmt: skip
def test_what_is_no_date_is_named_with_the_remedy(text):
    for read in (Period, lambda t: Period("2016", t), lambda t: period.last_days(pd.Series([t]))):
        with pytest.raises(ValueError, match="is no date: write YYYY, YYYY-MM, YYYY-MM-DD or unknown"):
            read(text)


@pytest.mark.parametrize(
    ("start", "end", "days", "months"),
    [("2016", "2016", 366, 12), ("2015-12", "2016-02", 91, 3), ("2016-02-10", "2016-02-16", 7, 0), ("2016-02-10", "2016-02-10", 1, 0),
     ("2016-02-01", "2016-02-29", 29, 1), ("2016-02-01", "2016-02-28", 28, 0), ("2016-02-02", "2016-03", 59, 0),
     ("unknown", "2016", None, 0), ("2016", "unknown", None, 0), ("2016-03", "2016-02", None, 0), ("2016-12", "2015-01", None, 0)],
)  # fmt: skip
def test_a_length_counts_both_ends_and_an_unknown_or_reversed_period_has_none(start, end, days, months):
    span = Period(start, end)
    assert (span.days, span.months, span.known) == (days, months, days is not None)
    first, last = period.first_days(pd.Series([start])), period.last_days(pd.Series([end]))
    assert period.whole_months(first, last)[0] == months
    np.testing.assert_array_equal(period.lengths(first, last), [np.nan if days is None else days])


def test_why_a_period_has_no_length_is_said():
    assert Period("2016", "unknown").why_unknown == "its period is unknown"
    assert Period("2016", "2015").why_unknown == "its period ends before it starts"
    assert Period("2016").why_unknown == ""


def test_periods_sort_by_their_first_day_then_their_last_and_unknown_ones_stand_behind():
    texts = [
        ("unknown", "unknown"),
        ("2016", "2016"),
        ("2016-01", "2016-01"),
        ("2015-12-31", "2017"),
        ("2016", "unknown"),
    ]
    assert [(p.start, p.end) for p in sorted(Period(*t) for t in texts)] == [texts[i] for i in (3, 2, 1, 4, 0)]
    assert Period("2015") < Period("2016") <= Period("2016-01", "2016-12")
    assert max(Period("2015"), Period("2016")).start == "2016"


def test_periods_of_the_same_days_are_equal_however_they_are_written():
    assert Period("2016") == Period("2016-01-01", "2016-12")
    assert len({Period("2016"), Period("2016-01-01", "2016-12"), Period("unknown")}) == 2
    assert Period("2016") != "2016"
    with pytest.raises(TypeError):
        assert Period("2016") < "2016"


def test_whether_periods_share_a_day_or_lie_in_one_another_is_not_said_where_one_is_unknown():
    year, edge, none = Period("2016"), Period("2016-12-31", "2017-03"), Period("unknown")
    assert (year.overlaps(edge), edge.overlaps(year), year.overlaps(Period("2017"))) == (True, True, False)
    assert (Period("2016-02").within(year), year.within(year), edge.within(year)) == (True, True, False)
    assert [none.overlaps(year), year.overlaps(none), none.within(year), year.within(Period("2017", "2016"))] == [
        None
    ] * 4


def test_a_period_reads_in_words():
    assert str(Period("2016-02-10", "2016-02")) == "10 February 2016 to February 2016"
    assert str(Period.of({})) == "period unknown"


@pytest.mark.parametrize(
    "day", [D(2016, 2, 10), datetime.datetime(2016, 2, 10, 13, 5), pd.Timestamp("2016-02-10 13:05"), np.datetime64("2016-02-10T13:05"),
            pd.Timestamp("2016-02-10", tz="Europe/Moscow")],
)  # fmt: skip
def test_a_date_of_any_type_is_read_as_its_day(day):
    assert Period(day).start == "2016-02-10"
    assert list(period.texts(pd.Series([day, None], dtype=object))) == ["2016-02-10", ""]
    assert list(period.texts(pd.Series([day, pd.NaT]))) == ["2016-02-10", ""]


def test_missing_dates_are_unknown_and_a_year_read_as_a_number_is_the_year():
    assert list(period.texts(pd.Series([2016.0, np.nan]))) == ["2016", ""]
    assert list(period.texts(pd.Series([2016, 2017]))) == ["2016", "2017"]
    assert Period(None).why_unknown == "its period is unknown"
    np.testing.assert_array_equal(
        period.first_days(pd.Series(["2016", None, pd.NA])), np.array(["2016-01-01", None, None], "datetime64[D]")
    )


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [("2017-06-12", "2017-06-15", "3 days later"), ("2017-06-14", "2017-06-15", "1 day later"), ("2017-06-15", "2017-06-15", "the same day"),
     ("2017-06-15", "2017-06-14", "1 day earlier: the order of the dates is reversed"),
     ("2017-06-15", "2016-06-15", "365 days earlier: the order of the dates is reversed"),
     ("2017-06", "2017-06-15", "days between: unknown"), ("unknown", "2017-06-15", "days between: unknown"), ("", "2017-06-15", ""),
     ("2017-06-15", "", "")],
)  # fmt: skip
def test_the_days_between_two_dates_are_said_and_a_reversed_order_too(first, second, said):
    assert period.gap_in_words(first, second) == said


days = st.dates(D(1900, 1, 1), D(2100, 1, 1))


@given(st.lists(st.tuples(days, days), min_size=1, max_size=5))
def test_columns_give_what_single_periods_give(pairs):
    ends = pd.DataFrame([(a.isoformat(), b.isoformat()) for a, b in pairs], columns=["a", "b"])
    first, last = period.first_days(ends["a"]), period.last_days(ends["b"])
    spans = [Period(*row) for row in ends.itertuples(index=False)]
    np.testing.assert_array_equal(period.lengths(first, last), [np.nan if p.days is None else p.days for p in spans])
    assert [period.gap(a, b) for a, b in ends.itertuples(index=False)] == [(b - a).days for a, b in pairs]


@pytest.mark.parametrize("like", [
    ["2016-02-10", None], pd.to_datetime(["2016-02-10 23:30", None]), pd.to_datetime(["2016-02-10 23:30", None]).tz_localize("Europe/London"),
    [D(2016, 2, 10), None], pd.Categorical(["2016-02-10", None]), [pd.Timestamp("2016-02-10"), "unknown"],
])  # fmt: skip
def test_a_column_of_dates_of_any_kind_is_read_as_its_days(like):
    column = pd.Series(like, index=[7, 7])
    assert period.texts(column).tolist() == ["2016-02-10", "unknown" if "unknown" in list(like) else ""]
    assert list(period.texts(column).index) == [7, 7]
    np.testing.assert_array_equal(period.first_days(column), np.array(["2016-02-10", "NaT"], "datetime64[D]"))


def test_a_long_column_of_timestamps_costs_little_more_than_one_of_text():
    days = pd.Series(pd.date_range("2014-06-01", periods=200_000, freq="min"))
    texts = days.dt.strftime("%Y-%m-%d").astype("str")

    def taken(column):
        start = time.process_time()
        period.first_days(column)
        return time.process_time() - start

    assert min(taken(days) for _ in range(3)) < 5 * min(taken(texts) for _ in range(3)) + 0.05


@pytest.mark.parametrize("other", ["2016", None, 2016])
def test_a_period_is_set_against_periods_only(other):
    for ask in (Period("2016").overlaps, Period("2016").within):
        with pytest.raises(TypeError, match=r"set against a Period, not a .*: write Period\("):
            ask(other)
