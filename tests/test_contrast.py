"""Setting figures against one another: frames in, frames out, each row with its working."""

from dataclasses import replace
from operator import add, mul, sub, truediv

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import analysis
from analysis import contrast, frames
from analysis.figure import Figure

ROUND_TRIPS = {
    "csv": lambda f, path: (f.to_csv(path, index=False), pd.read_csv(path))[1],
    "parquet": lambda f, path: (f.to_parquet(path), pd.read_parquet(path))[1],
    "objects": lambda f, path: f.astype(object).where(f.notna() & (f != ""), pd.NA),
    "nullable": lambda f, path: f.convert_dtypes(),
    "category": lambda f, path: f.astype({"unit": "category", "basis": "category"}),
    "none": lambda f, path: f.astype(object).where(f.notna() & (f != ""), None),
}


@pytest.fixture
def frame(case):
    return frames.frame(case, ["buses", "rivals", "january", "february"])


def same(result, case):
    """Every row's working gives the row's numbers again."""
    for row in result.itertuples():
        again = case.evaluate(row.working)
        np.testing.assert_array_equal([again.low, again.high], [row.low, row.high])
        assert again.unit == row.unit
        assert set(filter(None, row.hedge.split(";"))) == set(again.hedges)


def test_ratios_divide_every_figure_by_the_base_and_carry_their_working(frame, case):
    result = analysis.ratios(frame, "rivals")
    assert list(result["working"][:2]) == ["buses / rivals", "rivals / rivals"]
    assert result.loc[0, ["low", "high", "unit"]].tolist() == [5, 15, "1"]
    assert result.loc[1, ["low", "high"]].tolist() == [1, 1]
    same(result, case)


def test_an_open_end_stays_open_in_a_ratio_and_the_row_says_so(frame, case):
    row = analysis.ratios(frame, "rivals").iloc[3]
    assert row["low"] == 150
    assert np.isnan(row["high"])
    assert "open end" in row["note"]


FUNCTIONS = {
    "ratios": lambda f: analysis.ratios(f, "january"), "differences": lambda f: analysis.differences(f, "january"),
    "shares": lambda f: analysis.shares(f, "january"), "overlap": lambda f: analysis.overlap(f, "january"),
    "per_day": analysis.per_day,
}  # fmt: skip


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
@pytest.mark.parametrize(
    "index", [["x", "x"], [7, 3], pd.MultiIndex.from_tuples([("a", 1), ("a", 2)], names=["p", "q"])]
)
def test_the_frame_comes_back_with_its_other_columns_its_index_and_its_order(frame, function, index):
    each = frame.tail(2).assign(mine=[3, 1], when=pd.Timestamp("2020-01-01")).set_index(pd.Index(index))
    before = each.copy()
    result = function(each)
    assert list(result.columns) == [*each.columns, "note"]
    kept = [c for c in each.columns if c not in contrast.RESULT]
    pd.testing.assert_frame_equal(result[kept], each[kept])
    pd.testing.assert_frame_equal(each, before)
    assert (result["working"] != each["working"]).all()


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
@pytest.mark.parametrize("column", ["low", "high", "unit", "working"])
def test_a_missing_doubled_or_index_column_is_named_with_the_remedy(frame, function, column):
    rows = frame.tail(2)
    doubled = pd.concat([rows, rows[[column]]], axis=1)
    for each, said in (
        (rows.drop(columns=column), rf"no column '{column}': give one such as analysis.topic"),
        (doubled, rf"'{column}' stands 2 times in the frame: keep one of them, e.g. frame.loc"),
        (rows.set_index(column), rf"'{column}' stands in the frame's index: give frame.reset_index\(\)"),
    ):
        with pytest.raises(ValueError, match=said):
            function(each)
    assert len(function(rows.set_index(column).reset_index())) == 2
    assert len(function(doubled.loc[:, ~doubled.columns.duplicated()])) == 2


@pytest.mark.parametrize("column", ["hedge", "note", "case", "figure_id"])
def test_a_column_that_would_be_read_where_it_is_there_is_refused_in_the_index_or_doubled(frame, case, column):
    rows = frame.assign(note="")
    for each in (rows.set_index(column), pd.concat([rows, rows[[column]]], axis=1)):
        with pytest.raises(ValueError, match=f"'{column}' stands"):
            analysis.ratios(each, case["rivals"])


@pytest.mark.parametrize("column", ["basis", "period_start", "period_end"])
def test_per_day_names_the_column_that_it_cannot_do_without(frame, column):
    with pytest.raises(ValueError, match=f"no column '{column}'"):
        analysis.per_day(frame.drop(columns=column))


def test_what_is_no_frame_is_told_what_to_give_instead(frame, case):
    for each, kind in ((case, "Case"), (frame.iloc[0], "Series"), (case["buses"], "Figure"), ("buses", "str")):
        with pytest.raises(TypeError, match=rf"not a {kind}: give one .*frames.frame\(case, \[figure_ids\]\)"):
            analysis.ratios(each, "buses")
        with pytest.raises(TypeError, match=f"not a {kind}"):
            analysis.per_day(each)
    with pytest.raises(TypeError, match="a base is a figure_id or a Figure, not a int"):
        analysis.ratios(frame, 5)


def test_ends_that_are_no_numbers_are_refused_by_their_column(frame):
    with pytest.raises(ValueError, match="'high' holds something else than numbers"):
        analysis.ratios(frame.assign(high="20-30"), "rivals")


def test_a_row_of_another_case_than_the_base_comes_out_unknown_and_says_so(frame, case):
    two = pd.concat([frame.head(2), frame.head(1).assign(case="trams")], ignore_index=True)
    for base in ("rivals", case["rivals"]):
        result = analysis.ratios(two, base)
        assert list(result["working"]) == ["buses / rivals", "rivals / rivals", ""]
        assert result[["low", "high"]].iloc[2].isna().all()
        assert "of another case than buses" in result.loc[2, "note"]
        assert list(result["note"])[:2] == ["", ""]


def test_units_are_written_with_the_nouns_of_the_frame_s_own_case(frame, case):
    unit = analysis.ratios(frame, "rivals")["unit"][2]
    assert unit == (case["january"] / case["rivals"]).unit
    bare = analysis.ratios(frame.drop(columns="case"), "rivals")  # any noun, as it is written
    assert unit != bare["unit"][2]
    assert len(bare["unit"][2].split("/")) == 2


def test_a_base_that_is_not_in_the_frame_is_refused_by_name(frame):
    with pytest.raises(KeyError, match="'riders' is not in the frame, but rivals"):
        analysis.ratios(frame, "riders")


def test_the_base_may_be_a_figure_of_its_own(frame, case):
    result = analysis.ratios(frame, case["rivals"] * 2)
    assert result["working"][0] == "buses / (rivals * 2)"
    same(result, case)


def test_a_difference_of_unlike_units_is_refused(frame):
    with pytest.raises(analysis.UnitError, match="buses/day"):
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
    assert result.loc[2, ["low", "unit", "working"]].tolist() == [100, "runs/day", "january / days(january)"]
    assert np.isnan(result.loc[3, "high"])
    same(result, case)


def test_a_rate_is_left_as_it_is(frame):
    assert analysis.per_day(frame).loc[0, ["low", "high", "working"]].tolist() == [20, 30, "buses"]


def test_a_total_over_an_unknown_period_has_no_daily_rate_and_says_so(frame):
    result = analysis.per_day(frame.assign(period_start="unknown")).iloc[2]
    assert result["working"] == ""
    assert np.isnan(result["low"])
    assert "period is unknown" in result["note"]


def test_a_count_present_at_the_time_has_no_daily_rate(case):
    assert "not a total" in analysis.per_day(frames.frame(case, ["riders"])).loc[0, "note"]


def test_overlap_gives_what_ranges_have_in_common(frame, case):
    result = analysis.overlap(frame.head(2), "buses")
    assert result.loc[0, ["low", "high"]].tolist() == [20, 30]
    assert np.isnan(result.loc[1, "low"])
    assert "nothing in common" in result.loc[1, "note"]


def test_an_overlap_with_an_unknown_number_is_unknown_and_not_said_to_have_nothing_in_common(frame, case):
    result = analysis.overlap(frame.head(2).assign(low=[np.nan, 2], high=[np.nan, 4]), case["rivals"])
    assert "an operand is unknown" in result.loc[0, "note"]
    assert "nothing in common" not in result.loc[0, "note"]
    assert result.loc[1, ["low", "high"]].tolist() == [2, 4]
    unknown = analysis.overlap(frame.head(2), replace(case["rivals"], low=np.nan, high=np.nan))
    assert unknown["low"].isna().all()
    assert not unknown["note"].str.contains("nothing in common").any()
    assert unknown["note"].str.contains("an operand is unknown").all()


@pytest.mark.parametrize("unit", ["", "/month", "/year"])
@pytest.mark.parametrize(
    ("start", "end"),
    [("2016-01", "2016-02"), ("2016-01-01", "2016-12"), ("2016", "2017"), ("2016-01-02", "2016-03-31"), ("unknown", "2016"),
     ("2016-03", "2016-02"), ("2015", "2014-06")],
)  # fmt: skip
def test_a_frame_gives_the_rate_that_a_figure_gives(frame, unit, start, end):
    each = frame.tail(2).assign(period_start=start, period_end=end, case="")
    each = each.assign(unit=each["unit"] + unit)
    result = analysis.per_day(each)
    for (_, row), (_, made) in zip(each.iterrows(), result.iterrows(), strict=True):
        hedges = tuple(filter(None, row["hedge"].split(";")))
        one = contrast.rate(Figure(row["low"], row["high"], row["unit"], row["working"], hedges, row.to_dict()))
        np.testing.assert_array_equal([made["low"], made["high"]], [one.low, one.high])
        assert (made["unit"], made["working"], made["hedge"]) == (one.unit, one.working, ";".join(one.hedges))
        assert bool(made["note"]) == bool(one.notes)
        assert not made["low"] < 0


def test_per_day_reads_dates_of_any_type(frame):
    text = analysis.per_day(frame)
    dates = pd.to_datetime(frame["period_end"].where(frame["period_end"] != "unknown", None), format="mixed")
    for each in (dates, dates.dt.date, dates.astype(object)):
        made = analysis.per_day(frame.assign(period_start=frame["period_start"], period_end=each)).iloc[2]
        assert made["low"] == text["low"].iloc[2] == 100
    start = pd.Series([pd.Timestamp("2017-01-30 12:00")] * 4)
    assert analysis.per_day(frame.assign(period_start=start)).loc[2, "low"] == 1550


def test_a_period_that_ends_before_it_starts_gives_no_negative_rate_but_an_unknown_one(frame):
    made = analysis.per_day(frame.assign(period_start="2018")).iloc[2]
    assert (made["working"], np.isnan(made["low"])) == ("", True)
    assert made["note"] == "its period ends before it starts, so it has no rate per day"


def test_a_date_that_is_none_is_refused_by_name(frame):
    with pytest.raises(ValueError, match="'soon' is no date: write YYYY"):
        analysis.per_day(frame.assign(period_end="soon"))


def test_what_was_worked_out_from_several_rows_is_no_total_over_a_period(frame, case):
    both = analysis.differences(frame.tail(2), "february")
    made = analysis.per_day(both)
    assert list(made["working"]) == ["", ""]
    assert made["note"].str.contains("worked out from several rows: not a total over a period").all()


def test_a_rate_a_day_may_be_asked_for_twice(frame):
    once = analysis.per_day(frame)
    pd.testing.assert_frame_equal(analysis.per_day(once), once)


def test_a_derived_rate_a_month_is_put_in_brackets_before_it_is_spread(frame, case):
    monthly = frame.head(2).assign(unit=frame["unit"][0].replace("/day", "/month"), case="")
    summed = analysis.differences(monthly, "rivals")
    made = analysis.per_day(summed)
    assert made["working"][0] == "(buses - rivals) / hull(28 [day/month], 31 [day/month])"
    assert made.loc[0, ["low", "high"]].tolist() == [16 / 31, 1]


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
    assert list(analysis.per_day(frame.head(0)).columns) == [*frame.columns, "note"]


@pytest.fixture(params=ROUND_TRIPS)
def again(request, tmp_path):
    """A frame after a file or a change of types."""
    return lambda frame: ROUND_TRIPS[request.param](frame, tmp_path / "frame")


def test_a_frame_read_back_from_a_file_gives_what_it_gave_before(frame, again):
    back = again(frame)
    made = [(analysis.ratios, frame, back, "rivals"), (analysis.per_day, frame, back)]
    made += [
        (f, frame.tail(2), back.tail(2), "february") for f in (analysis.shares, analysis.differences, analysis.overlap)
    ]
    for function, before, after, *base in made:
        result = [function(rows, *base)[list(contrast.RESULT)] for rows in (after, before)]
        pd.testing.assert_frame_equal(*result)


def test_a_result_read_back_from_a_file_can_be_contrasted_again(frame, again, case):
    pure = analysis.ratios(frame.head(2), "rivals")
    twice = analysis.ratios(again(pure), case["rivals"])
    assert list(twice["unit"]) == ["days/bus"] * 2
    same(twice, case)


def test_a_whole_year_read_back_as_a_number_is_the_year_again(frame, tmp_path):
    year = frame.iloc[[2]].assign(period_start="2016", period_end="2016")
    back = ROUND_TRIPS["csv"](year, tmp_path / "f.csv")
    assert analysis.per_day(back).loc[0, "low"] == 3100 / 366


def test_unlike_frames_joined_are_contrasted_as_they_were_apart(frame, case):
    bare = frame[["figure_id", "low", "high", "unit", "working"]].iloc[[2]]
    both = pd.concat([frame.tail(1), bare])
    assert list(analysis.ratios(both, case["rivals"])["hedge"]) == ["more than", ""]
    assert "no rate" in analysis.per_day(both).iloc[1]["note"]


def test_a_frame_set_below_itself_is_contrasted_row_by_row(frame):
    twice = pd.concat([frame, frame])
    assert list(analysis.ratios(twice, "rivals")["low"]) == [5, 1, 775, 150] * 2


def test_a_base_whose_id_names_two_unlike_rows_is_refused(frame):
    with pytest.raises(KeyError, match="names rows that differ"):
        analysis.ratios(pd.concat([frame, frame.assign(low=frame["low"] - 1)]), "rivals")


def test_what_has_no_working_makes_nothing_with_one_and_stays_unknown(frame, case):
    rates = analysis.per_day(frame.assign(period_start="unknown"))
    for function in (analysis.ratios, analysis.overlap):
        row = function(rates.iloc[[2]].assign(unit="buses/day"), case["rivals"]).iloc[0]
        assert row["working"] == ""
        assert np.isnan(row["low"])
        assert "its period is unknown" in row["note"]
        assert "no working" in row["note"]


def test_a_number_without_a_working_is_not_reckoned_with(frame, case):
    row = analysis.ratios(frame.head(1).assign(working=""), case["rivals"]).iloc[0]
    assert (row["working"], np.isnan(row["low"]), np.isnan(row["high"])) == ("", True, True)


def test_a_base_without_a_working_leaves_every_row_without_one(frame):
    result = analysis.ratios(frame, Figure(1.0, 2.0, "buses/day", ""))
    assert set(result["working"]) == {""}
    assert result["low"].isna().all()


@pytest.mark.parametrize(
    ("low", "high", "less", "over"),
    [(600.0, np.nan, 0, 1), (np.nan, 600.0, 0, None), (0.0, 5.0, 0, None), (np.nan, np.nan, None, None)],
)
def test_a_row_and_itself_give_what_a_figure_and_itself_give(frame, low, high, less, over):
    one = frame.head(1).assign(low=low, high=high)
    f = Figure(low, high, "buses/day", "buses")
    for result, made, settled in (
        (analysis.differences(one, "buses"), f - f, less),
        (analysis.ratios(one, "buses"), f / f, over),
    ):
        np.testing.assert_array_equal(result.loc[0, ["low", "high"]].astype(float), [made.low, made.high])
        assert (made.low == settled) == (settled is not None)


def test_a_row_of_another_case_with_the_same_id_is_not_the_base_itself(frame, case):
    other = frame.head(1).assign(low=40.0, high=60.0)
    assert analysis.ratios(other, case["buses"]).loc[0, ["low", "high"]].tolist() == [40 / 30, 3]


def test_a_base_that_may_be_nothing_is_said_to_be_why_an_end_is_open(frame):
    note = analysis.ratios(frame.head(1), Figure(0.0, 2.0, "buses/day", "z"))["note"][0]
    assert note == "z may be nothing, so an end of the quotient is open"


def test_a_base_that_is_nothing_is_said_to_be_why_there_is_no_quotient(frame):
    note = analysis.ratios(frame.head(1), Figure(0.0, 0.0, "buses/day", "z"))["note"][0]
    assert note == "z is nothing, and nothing can be divided by it"


@pytest.mark.filterwarnings("error")
def test_a_row_too_large_for_a_float_is_open_and_says_so(frame):
    row = analysis.ratios(frame.head(1).assign(high=1e308), Figure(1e-9, 1.0, "buses/day", "z")).iloc[0]
    assert np.isnan(row["high"])
    assert "too large" in row["note"]


def test_a_rate_is_one_function_for_days_months_and_years(case):
    assert contrast.rate(case["buses"], "year").working == "buses * hull(365 [day/year], 366 [day/year])"
    assert contrast.rate(case["january"], "month").low == 3100
    with pytest.raises(ValueError, match="choose one of day, month, year"):
        contrast.rate(case["buses"], "week")


def test_a_rate_a_year_becomes_a_rate_a_day(frame):
    yearly = frame.head(1).assign(unit="buses/year")
    assert analysis.per_day(yearly).loc[0, "working"] == "buses / hull(365 [day/year], 366 [day/year])"


operands = st.sampled_from(["buses", "rivals", "january", "february", "both-months", "riders"])


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from("+-*/"), operands), max_size=4), operands)
def test_a_frame_gives_the_numbers_that_figures_give_for_the_same_working(invented_case, steps, first):
    base = invented_case[first]
    for operator, name in steps:
        try:
            base = {"+": add, "-": sub, "*": mul, "/": truediv}[operator](base, invented_case[name])
        except analysis.UnitError:
            continue
    rows = frames.frame(invented_case, list(invented_case))
    itself = {"figure_id": "base", "low": base.low, "high": base.high, "unit": base.unit, "working": base.working}
    rows = pd.concat([rows, pd.DataFrame([itself | {"hedge": ";".join(base.hedges)}])], ignore_index=True)
    for function in (analysis.ratios, analysis.differences, analysis.overlap):
        alike = rows if function is analysis.ratios else rows[rows["unit"] == base.unit]
        same(function(alike, base), invented_case)


@pytest.fixture(scope="module")
def invented_case(tmp_path_factory):
    from tests.conftest import rows, write_case

    return analysis.load(write_case(tmp_path_factory.mktemp("c") / "buses", rows()))


def test_a_row_of_another_case_keeps_its_unit_though_the_base_s_case_has_no_such_noun(frame, case):
    two = pd.concat([frame.head(2), frame.head(1).assign(case="parks", unit="old trees")], ignore_index=True)
    for function in (analysis.ratios, analysis.differences, analysis.shares, analysis.overlap):
        result = function(two, "rivals")
        assert result.loc[2, "unit"] == "old trees"
        assert "of another case than buses" in result.loc[2, "note"]


def test_a_part_that_is_greater_than_the_whole_is_said_to_be(frame):
    two = frame.head(2).assign(low=[9.0, 2.0], high=[9.0, 2.0])
    made = analysis.shares(two, two["figure_id"][1])
    assert made["low"].tolist() == [4.5, 1.0]
    assert ["greater than its whole" in note for note in made["note"]] == [True, False]
