"""A frame's rows in plain types, and each held against its working."""

import time

import numpy as np
import pandas as pd
import pytest

import analysis
from analysis import frames, rows


@pytest.fixture
def frame(case):
    return frames.frame(case, ["buses", "rivals", "january", "february"])


def test_rows_that_are_what_their_working_gives_are_not_named(frame, case):
    pairs = frame.tail(2)
    for same in (frame, analysis.per_day(frame), analysis.ratios(frame, "rivals"), analysis.overlap(pairs, "january"),
                 analysis.differences(pairs, "january"), frame.assign(low=frame["low"] * (1 + 1e-12))):  # fmt: skip
        made = rows.changed(same)
        assert made.empty
        assert list(made.columns) == list(rows.CHANGED)


def test_a_row_whose_ends_were_changed_is_named_with_what_its_working_gives(frame):
    index = pd.Index(list("pqrs"))
    made = rows.changed(frame.set_index(index).assign(low=[20, 2, 3100, 601]))
    assert list(made.index) == ["s"]
    row = made.loc["s"]
    assert (row["figure_id"], row["low"], row["working_low"]) == ("february", 601, 600)
    assert np.isnan(row["working_high"])
    assert (
        row["note"]
        == f"february: the row says 601 or more {row['unit']}, its working february gives 600 or more {row['unit']}"
    )


@pytest.mark.parametrize(
    "change", [{"high": [30, 4, 3100, 700]}, {"high": [30, 4, 3100, np.inf]}, {"unit": ["days"] * 4}]
)
def test_an_end_that_was_closed_and_a_unit_that_was_changed_are_named_too(frame, change):
    assert "february" in list(rows.changed(frame.assign(**change))["figure_id"])


def test_the_working_is_the_truth_of_a_row_that_was_worked_out(frame):
    made = rows.changed(analysis.ratios(frame, "rivals").assign(low=5.0))
    assert list(made["working"]) == ["rivals / rivals", "january / rivals", "february / rivals"]
    assert made["note"].iloc[0] == "rivals: the row says 5 to 1, its working rivals / rivals gives 1"


def test_a_difference_smaller_than_words_show_is_shown_in_full(frame):
    note = rows.changed(frame.assign(low=frame["low"] + 1e-4))["note"].iloc[0]
    assert "20.0001 to 30.0" in note
    assert "gives 20.0 to 30.0" in note


def test_what_cannot_be_held_against_a_working_is_said_and_not_passed(frame):
    bad = frame.assign(case=["never-read", "", "buses", "buses"], working=["buses", "rivals", "", "no-such-row + 1"])
    said = rows.changed(bad)["note"].tolist()
    assert "no case 'never-read' has been read here: analysis.load('never-read')" in said[0]
    assert "it names no case" in said[1]
    assert said[2] == "january: it was not held against a working: it has none"
    assert "no figure 'no-such-row' in buses" in said[3]
    for text, problem in (
        ("buses +", "cannot read the working"),
        ("buses + january", "cannot add"),
        ("days(buses)", "its period is unknown"),
    ):
        assert problem in rows.changed(frame.head(1).assign(working=text))["note"].iloc[0]


def test_an_unknown_number_without_a_working_says_nothing_that_could_be_wrong(frame):
    rates = analysis.per_day(frame.assign(period_start="unknown"))
    assert list(rates["working"][2:]) == ["", ""]
    assert rows.changed(rates).empty


def test_a_frame_that_does_not_say_its_case_is_told_to(frame):
    with pytest.raises(ValueError, match="no column 'case'"):
        rows.changed(frame.drop(columns="case"))


def test_a_changed_row_is_found_after_a_file_too(frame, tmp_path):
    frame.assign(low=frame["low"] * 2).to_csv(tmp_path / "f.csv", index=False)
    assert len(rows.changed(pd.read_csv(tmp_path / "f.csv"))) == 4


def test_three_hundred_rows_are_held_against_their_ids_in_a_blink():
    case = analysis.load()
    ids = list(case)[:300]
    given = frames.frame(case, ids)
    assert len(given) == 300
    taken = []
    for _ in range(5):
        start = time.process_time()
        assert rows.changed(given).empty
        taken.append(time.process_time() - start)
    assert min(taken) < 0.02


def test_no_frame_of_the_real_case_is_changed():
    case = analysis.load()
    assert rows.changed(frames.frame(case, list(case))).empty
    rates = analysis.per_day(analysis.strike_rates(case, references=True))
    assert rows.changed(rates).empty


# Columns of text ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("storage", ["python", "pyarrow"])
def test_texts_are_set_between_others_in_either_way_of_keeping_text(storage):
    column = pd.Series(["a", "é日", ""], [7, 7, 8], pd.StringDtype(storage, na_value=np.nan))
    made = rows.between("low(", pd.concat([column, column[:1]]), ", b)日")
    assert made.tolist() == ["low(a, b)日", "low(é日, b)日", "low(, b)日", "low(a, b)日"]
    assert list(made.index) == [7, 7, 8, 7]


def test_a_remark_is_said_behind_what_was_said_before_and_once():
    data = pd.DataFrame({"note": ["old", "", "new", "old"]}, [7, 7, 8, 9])
    made = rows.noted(data, np.array([1, 1, 1, 0]), ["", "new"], ["of the base"])
    assert made.tolist() == ["old; of the base; new", "of the base; new", "new; of the base", "old; of the base"]
    assert list(made.index) == [7, 7, 8, 9]


def test_only_the_columns_that_are_asked_for_are_read():
    frame = pd.DataFrame({"low": [1], "high": [2], "unit": "days", "working": "a", "period_start": [["no date"]]})
    assert list(rows.plain(frame, "low", "unit", where_there=["note"]).columns) == ["low", "unit"]
    assert analysis.overlap(frame, analysis.Figure(1, 5, "days", "b"))["working"].tolist() == ["overlap(a, b)"]
