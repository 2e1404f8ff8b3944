"""Parts and their wholes: what belongs together, and what cannot be paired and why."""

import pandas as pd
import pytest

import analysis
from analysis import contrast, rows

SAID = {
    "part-a": ("part", "Ann", "here", "2020", 30), "whole-a": ("whole", "Ann", "here", "2020", 120),
    "part-b": ("part", "Bob", "here", "2020", 10), "whole-b": ("whole", "Bob", "there", "2020", 20),
    "part-c": ("part", "Cy", "here", "2020", 10), "whole-c": ("whole", "Cy", "here", "2021", 20),
    "part-d": ("part", "Dee", "here", "2020", 10), "other": ("other", "Dee", "here", "2020", 99),
}  # fmt: skip


@pytest.fixture
def frame():
    data = pd.DataFrame.from_dict(SAID, orient="index", columns=["measure", "said_by", "place", "period_end", "low"])
    data = data.rename_axis("figure_id").reset_index()
    return data.assign(
        high=data["low"], unit="people", working=data["figure_id"], source_id=data["figure_id"], mine=range(8)
    )


def paired(frame, **by):
    return analysis.pairs(frame, part="part", whole="whole", **by)


def test_a_part_becomes_its_share_of_the_whole_by_the_same_speaker_place_and_date(frame):
    row = paired(frame).iloc[0]
    assert (row["figure_id"], row["whole"], row["low"], row["high"], row["unit"]) == (
        "part-a",
        "whole-a",
        0.25,
        0.25,
        "1",
    )
    assert (row["working"], row["note"]) == ("part-a / whole-a", "")


def test_every_part_has_a_row_in_the_order_and_with_the_columns_of_the_frame(frame):
    before, result = frame.copy(), paired(frame)
    assert list(result["figure_id"]) == ["part-a", "part-b", "part-c", "part-d"]
    assert list(result.columns) == [*frame.columns, "hedge", "note", "whole"]
    kept = [c for c in frame.columns if c not in contrast.RESULT]
    pd.testing.assert_frame_equal(result[kept], frame.loc[result.index, kept])
    pd.testing.assert_frame_equal(frame, before)


def test_what_has_no_whole_is_unknown_and_says_what_is_missing(frame):
    result = paired(frame).iloc[1:]
    assert result[["low", "high"]].isna().all(axis=None)
    assert set(result["working"]) == set(result["whole"]) == {""}
    assert list(result["note"]) == [
        "no whole (whole) by the same speaker and place",
        "no whole (whole) by the same speaker, place and date",
        "no whole (whole) by the same speaker",
    ]


def test_what_two_rows_must_share_can_be_named(frame):
    assert list(paired(frame, by="said_by")["whole"]) == ["whole-a", "whole-b", "whole-c", ""]
    assert list(paired(frame, by=("period_end", "place"))["whole"][:2]) == ["whole-a", "whole-a"]


def test_a_part_that_fits_several_wholes_has_a_row_for_each_and_they_say_so(frame):
    again = frame.iloc[[1]].assign(figure_id="again", working="again", low=60.0, high=60.0)
    result = paired(pd.concat([frame, again], ignore_index=True)).head(2)
    assert list(result["whole"]) == ["whole-a", "again"]
    assert list(result["low"]) == [0.25, 0.5]
    assert set(result["note"]) == {"one of 2 wholes that it fits"}


def test_what_is_unknown_is_the_same_only_in_one_document(frame):
    unknown = frame.assign(period_end="unknown", place="here")
    said = (
        "no whole (whole) by the same speaker, place and date, since its date is unknown and none in its document fits"
    )
    assert paired(unknown)["note"].iloc[0] == said
    one = paired(unknown.assign(source_id="one"))
    assert list(one["whole"]) == ["whole-a", "whole-b", "whole-c", ""]
    assert one["note"].iloc[0] == "date unknown, paired as of one document"
    nobody = paired(frame.assign(said_by="unknown", place="here"))
    assert set(nobody["whole"]) == {""}


def test_without_a_column_of_documents_an_unknown_word_is_never_the_same(frame):
    assert set(paired(frame.assign(period_end="unknown").drop(columns="source_id"))["whole"]) == {""}


def test_rows_of_two_cases_are_never_paired(frame):
    two = frame.assign(case=["x", "y", *["x"] * 6])
    assert set(paired(two)["whole"]) == {""}
    assert paired(frame.assign(case="x"))["whole"].iloc[0] == "whole-a"


def test_unlike_units_give_no_share_and_both_are_named(frame):
    row = paired(frame.assign(unit=["people", "seats", *["people"] * 6])).iloc[0]
    assert (row["working"], pd.isna(row["low"]), row["whole"]) == ("", True, "whole-a")
    assert "whole-a (seats) and part-a (people): unlike units" in row["note"]


def test_an_open_end_stays_open_and_unlike_bases_are_said(frame):
    loose = frame.assign(high=frame["high"].where(frame["figure_id"] != "whole-a"), hedge="about",
                         basis=["cumulative", "present at the time", *["x"] * 6])  # fmt: skip
    row = paired(loose).iloc[0]
    assert (pd.isna(row["low"]), row["high"], row["hedge"]) == (True, 0.25, "about")
    assert row["note"] == "whole-a has an open end; the part is cumulative, the whole present at the time"


def test_a_measure_that_no_row_has_is_named_with_those_there_are(frame):
    with pytest.raises(ValueError, match="no row has the measure 'parts'; the frame's measures are other, part, whole"):
        analysis.pairs(frame, part="parts", whole="whole")
    with pytest.raises(ValueError, match="name two measures"):
        analysis.pairs(frame, part="part", whole="part")
    with pytest.raises(ValueError, match="no column 'place'"):
        paired(frame.drop(columns="place"))
    with pytest.raises(ValueError, match="one column or more"):
        paired(frame, by=())


def test_the_foreign_share_of_fighters_for_each_speaker_of_the_first_case():
    case = analysis.load()
    counts = analysis.fighter_counts(case, references=True)
    result = analysis.pairs(counts, part="foreign fighters", whole="fighters")
    assert set(result["figure_id"]) == set(counts["figure_id"][counts["measure"] == "foreign fighters"])
    found = result[result["whole"] != ""]
    assert {"quote-mercenaries", "fsb-foreign-2015-11", "france-foreign-2016-01"} <= set(found["figure_id"])
    for row in found.itertuples():
        assert row.working == f"{row.figure_id} / {row.whole}"
        assert case[row.whole].row["said_by"] == row.said_by
    assert rows.changed(result).empty
    assert (result["note"] != "")[result["whole"] == ""].all()


def test_a_part_and_a_whole_in_each_other_s_place_are_remarked_on(frame):
    made = analysis.pairs(frame, part="whole", whole="part")
    assert made["low"].dropna().tolist() == [4.0]
    assert ["greater than its whole" in note for note in made["note"]] == (made["low"] > 1).tolist()


def test_a_frame_without_rows_has_no_pairs_and_all_its_columns(frame):
    made = paired(frame.head(0))
    assert made.empty
    assert list(made.columns) == list(paired(frame).columns)


def test_one_measure_for_both_and_no_column_to_share_are_two_mistakes(frame):
    with pytest.raises(ValueError, match="part and whole are both 'part': name two measures"):
        analysis.pairs(frame.head(0), part="part", whole="part")
    with pytest.raises(ValueError, match="by is empty: name one column or more"):
        paired(frame, by=[])
