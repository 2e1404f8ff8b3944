"""A case: made in ten lines, added to, saved, and read again as it was."""

import datetime

import numpy as np
import pandas as pd
import pytest

import analysis
from analysis import check
from analysis.__main__ import main
from analysis.schema import TABLES
from tests.conftest import change, rows, write_case, write_trees


@pytest.fixture
def trees(tmp_path):
    return write_trees(tmp_path)


def test_a_case_of_ten_lines_loads_checks_and_works_things_out(trees):
    result = check.check(trees)
    assert result.faults == []
    assert any("whole text was not read" in note for note in result.notes)
    case = analysis.load(trees)
    assert str(case["trees"]) == "40 old trees"
    assert str(analysis.per_day(analysis.topic(case, "green"))["unit"][0]) == "old trees/day"
    assert case.evaluate("trees / 365 [day]").unit == "old trees/day"
    assert "some <mark" in case["trees"]._repr_html_()


def test_a_case_of_ten_lines_has_empty_frames_for_all_that_it_lacks(trees):
    case = analysis.load(trees)
    for table in set(TABLES) - {"sources", "figures"}:
        assert list(getattr(case, table).columns) == list(TABLES[table])
    assert analysis.provenance.repeats(case).empty
    assert analysis.provenance.relayed(case, "trees").empty
    assert analysis.provenance.wordings(case).empty
    assert len(analysis.provenance.hands(case)) == 3


# Bodies -------------------------------------------------------------------------------------------------------------


def test_stake_and_group_are_those_of_the_body_and_of_the_body_for_which_it_speaks(tmp_path):
    data = rows()
    data["bodies"].append(
        data["bodies"][1] | {"body_id": "site", "name": "Office Site", "speaks_for": "traffic-office"}
    )
    case = analysis.load(write_case(tmp_path / "c", data))
    assert [case.party(n) for n in ("Traffic Office", "Office Site", "The Gazette", "unknown", "Nobody")] == [
        "town hall", "town hall", "none known", "unknown", "unknown"
    ]  # fmt: skip
    assert [case.group(n) for n in ("Traffic Office", "Office Site", "The Gazette", "unknown")] == [
        "town",
        "town",
        "",
        "",
    ]
    assert case["january"].row["stake"] == "town hall"


# A figure of one's own ----------------------------------------------------------------------------------------------

OWN = {"unit": "riders", "measure": "riders", "said_by": "Our school"}


def test_a_figure_of_one_s_own_stands_in_a_new_case_and_the_old_one_stays(case):
    mine = case.add(
        low=50, high=60, quote="50 to 60 riders", url="https://example.org/us", publisher="Our paper", **OWN
    )
    assert len(case) == 7
    assert str(mine["own-1"]) == "50–60 riders"
    assert mine["own-1"].row["source"]["publisher"] == "Our paper"
    frame = analysis.topic(mine, "use", references=True)
    assert list(frame["figure_id"]) == ["riders", "own-1"]
    assert list(frame["publisher"]) == ["The Gazette", "Our paper"]
    assert analysis.ratios(frame, "riders")["working"][1] == "own-1 / riders"
    assert str(mine.add(low=70, **OWN)["own-2"]) == "70 riders"


@pytest.mark.parametrize(("ends", "said"), [
    ({"low": 50}, "50 riders"), ({"low": 50, "high": None}, "50 or more riders"), ({"low": None, "high": 9}, "at most 9 riders"),
    ({"low": 0.5, "high": float("nan")}, "0.5 or more riders"),
])  # fmt: skip
def test_one_end_is_a_point_and_none_is_an_open_end(case, ends, said):
    assert str(case.add(**ends, **OWN)["own-1"]) == said


@pytest.mark.parametrize(("ends", "quote", "printed"), [
    ((9000,), "some 9,000 riders", "9,000"), ((9000,), "nine thousand riders", "nine thousand"), ((9000,), "9000 riders", "9000"),
    ((70, 120), "70 to 120 riders", "70 to 120"), ((2, 5), "it rose from 2 to 5 riders", "2 to 5"), ((70, 70), "70 to 120, 70 of them late", "70"),
    ((50, 60), "at least 50, at most 60", "50, at most 60"), ((7.6e6,), "a loss of £7.6 million", "£7.6 million"), ((1000, None), "more than 1,000", "1,000"),
    ((None, 40), "fewer than forty", "forty"), ((70, 120), "between 70 and 120", "70 and 120"), ((None, None), "many riders", ""),
    ((3, 3), "Three of 12 riders", "Three"),
])  # fmt: skip
def test_the_printed_number_is_found_in_the_quote_in_digits_or_words(case, ends, quote, printed):
    more = {"high": ends[1]} if len(ends) > 1 else {}
    assert case.add(low=ends[0], quote=quote, **more, **OWN)["own-1"].row["as_printed"] == printed


@pytest.mark.parametrize(("given", "said"), [
    ({"low": 9000, "quote": "12 riders"}, "own-1, quote: '12 riders' does not say 9,000 riders. Give the words that carry the number"),
    ({"low": 9, "quote": "nine thousand riders"}, "own-1, quote"), ({"low": 70, "high": 130, "quote": "70 to 120 riders"}, "own-1, quote"),
    ({"low": 5, "quote": "riders came"}, "own-1, quote"), ({"low": 5, "quote": "12 riders", "as_printed": "12"}, "own-1, as_printed: '12' does not say 5"),
])  # fmt: skip
def test_a_number_that_does_not_stand_in_its_quote_is_refused(case, given, said):
    with pytest.raises(analysis.CaseError) as e:
        case.add(**OWN, **given)
    assert said in str(e.value)


def test_a_number_in_another_language_s_words_is_left_to_the_reader(case):
    assert case.add(low=9000, quote="девять тысяч", language="ru", **OWN)["own-1"].row["as_printed"] == ""


@pytest.mark.parametrize("low", ["5", "five", True, [5], analysis.Figure(1, 2, "1", "a"), {}])
def test_what_is_no_number_is_refused_by_its_argument(case, low):
    for given in ({"low": low}, {"low": 5, "high": low}):
        with pytest.raises(analysis.CaseError, match=r"is no number\. Give a number, or None for an open end"):
            case.add(**given, **OWN)


@pytest.mark.parametrize("day", ["2016-02-01", datetime.date(2016, 2, 1), datetime.datetime(2016, 2, 1, 9), pd.Timestamp("2016-02-01"),
                                 np.datetime64("2016-02-01")])  # fmt: skip
def test_a_date_may_be_of_any_kind_and_hedges_a_list(case, day):
    row = case.add(low=np.int64(5), period_end=day, published=day, hedge=["about", "at least"], place=None, **OWN)[
        "own-1"
    ].row
    assert (row["period_end"], row["source"]["published"], row["hedge"], row["place"]) == (
        "2016-02-01",
        "2016-02-01",
        "about;at least",
        "unknown",
    )


def test_whoever_counted_gets_a_row_of_its_own(case):
    mine = case.add(low=5, counted_by="Me", **OWN)
    assert {k: v for k, v in mine.body("Me").items() if k in ("name", "kind", "party", "owner")} == {
        "name": "Me", "kind": "body", "party": "none known", "owner": "unknown"}  # fmt: skip
    assert mine["own-1"].row["stake"] == "none known"
    again = mine.add(low=6, counted_by="日本", party="town hall", **OWN)
    assert again["own-2"].row["stake"] == "town hall"
    assert len(again.bodies) == len(case.bodies) + 2
    assert len(again.add(low=7, counted_by="Me", party="none known", **OWN).bodies) == len(again.bodies)
    assert again.add(low=7, **OWN).bodies.equals(again.bodies)


@pytest.mark.parametrize(("given", "said"), [
    ({"party": "town hall"}, "own-1, counted_by: there is a party, and no body of which it is"),
    ({"counted_by": "Traffic Office", "party": "none known"}, "the party of 'Traffic Office' is 'town hall' already"),
    ({"counted_by": "Me", "party": "nobody's"}, "is not one of the case's words"),
])  # fmt: skip
def test_a_party_is_one_of_the_case_s_and_of_one_body(case, given, said):
    with pytest.raises(analysis.CaseError) as e:
        case.add(low=5, **given, **OWN)
    assert said in str(e.value)


def test_a_case_without_bodies_gets_them_where_a_party_is_asked_for(trees, tmp_path):
    case = analysis.load(trees)
    own = {"low": 5, "unit": "old trees", "measure": "trees planted", "said_by": "us"}
    assert case.add(counted_by="Me", **own).bodies.empty
    assert case.add(counted_by="Me", party="none known", **own).party("Me") == "none known"


@pytest.mark.parametrize(("given", "said"), [
    ({"unit": "trams"}, "references.csv, own-1, unit: unknown unit 'trams'"),
    ({"measure": "trams"}, "own-1, measure: 'trams' is not one of the case's words"),
    ({"low": 9, "high": 3}, "low 9 is above high 3"),
    ({"figure_id": "january"}, "the id stands in line 2 already"),
    ({"source_id": "nobody"}, "there is no 'nobody'"),
    ({"url": "javascript:alert(1)"}, "is no web address"),
    ({"quote": "many", "as_printed": "7"}, "'7' does not occur in the quote"),
    ({"period_end": "May"}, "'May' is no date"),
])  # fmt: skip
def test_a_figure_of_one_s_own_is_checked_like_any_row(case, given, said):
    with pytest.raises(analysis.CaseError) as e:
        case.add(**{"low": 5, **OWN, **given})
    assert said in str(e.value)
    assert len(case) == 7


def test_what_is_no_column_is_refused_by_name(case):
    with pytest.raises(TypeError, match="'colour' is no column"):
        case.add(low=5, colour="blue", **OWN)


# A frame's rows against their workings ------------------------------------------------------------------------------


def test_a_row_that_was_copied_and_changed_is_named_by_the_check(case, tmp_path, capsys):
    frame = analysis.per_day(analysis.topic(case, "service", references=True))
    assert check.check(frame).faults == []
    wrong = frame.assign(low=frame["low"].where(frame["figure_id"] != "january", 7.0))
    (fault,) = check.check(wrong).faults
    assert (fault.row, fault.message[:32]) == ("january", "the row says 7–100 runs/day, its")
    assert "case.add" in fault.remedy
    wrong.to_csv(tmp_path / "mine.csv", index=False)
    assert main(["check", str(tmp_path / "mine.csv")]) == 1
    assert "mine.csv, january, low: the row says 7–100 runs/day" in capsys.readouterr().out
    frame.to_csv(tmp_path / "mine.csv", index=False)
    assert main(["check", str(tmp_path / "mine.csv")]) == 0
    assert main(["check", str(tmp_path / "none.csv")]) == 1


# Saving -------------------------------------------------------------------------------------------------------------


def test_a_case_saved_and_read_again_is_the_same(case, tmp_path):
    mine = case.add(
        low=0.375, high=None, quote="'=more' than 0.375", hedge="more than", url="https://example.org/", **OWN
    )
    again = analysis.load(mine.save(tmp_path / "saved"))
    for table in TABLES:
        pd.testing.assert_frame_equal(getattr(again, table), getattr(mine, table))
    assert again.meta == mine.meta
    assert check.check(tmp_path / "saved").faults == []


def test_saving_twice_gives_the_same_bytes_and_a_stranger_s_folder_is_left_alone(case, tmp_path):
    first = {p.name: p.read_bytes() for p in case.save(tmp_path / "a").iterdir()}
    assert {p.name: p.read_bytes() for p in case.save(tmp_path / "a").iterdir()} == first
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "letter.txt").write_text("dear")
    with pytest.raises(FileExistsError, match="b/ holds something else than the case buses"):
        case.save(tmp_path / "b")
    assert [p.name for p in (tmp_path / "b").iterdir()] == ["letter.txt"]


def test_every_case_that_comes_with_the_package_is_the_same_after_a_save(tmp_path):
    for name in analysis.cases():
        kept = analysis.load(name)
        kept.save(tmp_path / name)
        for path in (tmp_path / name).glob("*.csv"):
            assert path.read_bytes() == (kept.folder / path.name).read_bytes(), path.name


def test_a_name_that_no_folder_can_have_is_named(tmp_path):
    for name in ("a" * 5000, "a\0b"):
        with pytest.raises(FileNotFoundError, match="it is neither a folder nor one of the cases"):
            analysis.load(name)


def test_a_draft_is_a_case_with_a_row_that_no_person_has_checked(case):
    assert not case.draft
    assert change(case, "riders", coder="draft").draft


def test_a_file_is_no_folder_for_a_case_and_no_path_of_the_machine_is_told(case, tmp_path):
    (tmp_path / "letter.txt").write_text("dear")
    for path in (tmp_path / "letter.txt", tmp_path / "letter.txt" / "mine", tmp_path / ("a" * 300), tmp_path / "a\0b"):
        with pytest.raises(OSError, match=r"can be no folder for a case: .*; name another") as e:
            case.save(path)
        assert str(tmp_path) not in str(e.value)
