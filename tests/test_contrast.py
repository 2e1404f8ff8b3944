"""Setting figures against one another: frames in, frames out, each row with its working."""

import numpy as np
import pandas as pd
import pytest

import analysis
from analysis import contrast, frames


@pytest.fixture
def frame(case):
    return frames.frame(case, ["buses", "rivals", "january", "february"])


def same(result, case):
    """Every row's working gives the row's numbers again."""
    for row in result.itertuples():
        again = case.evaluate(row.working)
        np.testing.assert_allclose([again.low, again.high], [row.low, row.high])
        assert again.unit == row.unit
        assert set(filter(None, row.hedge.split(";"))) == set(again.hedges)


def test_ratios_divide_every_figure_by_the_base_and_carry_their_working(frame, case):
    result = analysis.ratios(frame, "rivals")
    assert list(result.columns) == list(contrast.RESULT)
    assert list(result["working"][:2]) == ["buses / rivals", "rivals / rivals"]
    assert result.loc[0, ["low", "high", "unit"]].tolist() == [5, 15, "1"]
    assert result.loc[1, ["low", "high"]].tolist() == [1, 1]
    same(result, case)


def test_an_open_end_stays_open_in_a_ratio_and_the_row_says_so(frame, case):
    row = analysis.ratios(frame, "rivals").iloc[3]
    assert row["low"] == 150
    assert np.isnan(row["high"])
    assert "open end" in row["note"]


def test_a_base_that_is_not_in_the_frame_is_refused_by_name(frame):
    with pytest.raises(KeyError, match=r"'riders' is not in the frame.*buses, rivals"):
        analysis.ratios(frame, "riders")


def test_the_base_may_be_a_figure_of_its_own(frame, case):
    result = analysis.ratios(frame, case["rivals"] * 2)
    assert result["working"][0] == "buses / (rivals * 2)"
    same(result, case)


def test_a_difference_of_unlike_units_is_refused(frame):
    with pytest.raises(analysis.UnitError, match="strikes/day"):
        analysis.differences(frame, "rivals")


def test_differences_carry_their_working(frame, case):
    result = analysis.differences(frame.head(2), "rivals")
    assert result.loc[0, ["low", "high"]].tolist() == [16, 28]
    assert result.loc[1, ["low", "high"]].tolist() == [0, 0]
    same(result, case)


def test_a_share_is_refused_between_unlike_units_and_pure_between_like(frame, case):
    assert analysis.shares(frame.head(2), "buses")["unit"].tolist() == ["1", "1"]
    with pytest.raises(analysis.UnitError):
        analysis.shares(frame, "buses")


def test_totals_become_rates_over_their_own_days(frame, case):
    result = analysis.per_day(frame)
    assert result.loc[2, ["low", "unit", "working"]].tolist() == [100, "sorties/day", "january / days(january)"]
    assert np.isnan(result.loc[3, "high"])
    same(result, case)


def test_a_rate_is_left_as_it_is(frame):
    assert analysis.per_day(frame).loc[0, ["low", "high", "working"]].tolist() == [20, 30, "buses"]


def test_a_total_over_an_unknown_period_has_no_daily_rate_and_says_so(frame):
    result = analysis.per_day(frame.assign(period_start="unknown")).iloc[2]
    assert np.isnan(result["low"])
    assert "period is unknown" in result["note"]


def test_a_count_present_at_the_time_has_no_daily_rate(case):
    assert "not a total" in analysis.per_day(frames.frame(case, ["riders"])).loc[0, "note"]


def test_overlap_gives_what_ranges_have_in_common(frame, case):
    result = analysis.overlap(frame.head(2), "buses")
    assert result.loc[0, ["low", "high"]].tolist() == [20, 30]
    assert np.isnan(result.loc[1, "low"])
    assert "nothing in common" in result.loc[1, "note"]


def test_the_input_is_left_unchanged(frame):
    before = frame.copy()
    for function in (analysis.ratios, analysis.shares, analysis.overlap, analysis.differences):
        function(frame.head(2), "buses")
    analysis.per_day(frame)
    pd.testing.assert_frame_equal(frame, before)


def test_a_result_can_be_contrasted_again(frame, case):
    twice = analysis.ratios(analysis.differences(frame.head(2), "rivals"), case["rivals"])
    assert twice["working"][0] == "(buses - rivals) / rivals"
    same(twice, case)


def test_a_frame_without_hedges_gives_hedges_of_the_base(frame, case):
    assert analysis.ratios(frame.drop(columns="hedge"), case["buses"])["hedge"].tolist() == ["about"] * 4


def test_an_empty_frame_gives_an_empty_frame(frame, case):
    assert analysis.ratios(frame.head(0), case["buses"]).empty
    assert list(analysis.per_day(frame.head(0)).columns) == list(contrast.RESULT)
