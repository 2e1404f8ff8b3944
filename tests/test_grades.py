"""Grades: one rule, held to thirty rows that were graded by hand before it was written."""

import csv
from pathlib import Path

import pytest

import analysis
from analysis import grades, schema
from analysis.__main__ import GRADES, main
from tests.conftest import change

HAND = Path(__file__).with_name("data_grades.csv")
REPORT = {"kind": "news article", "language": "en"}
SAID = {"channel": "indirect speech"}
OFFICE = {"name": "Office", "party": "town"}
PAPER = {"name": "Paper", "party": "none known"}


def test_the_rule_gives_every_grade_that_was_given_by_hand():
    case = analysis.load()
    with HAND.open(encoding="utf-8", newline="") as file:
        hand = {row["figure_id"]: row["grade"] for row in csv.DictReader(file)}
    assert len(hand) == 30
    assert {i: case.grade(i) for i in hand} == hand


@pytest.mark.parametrize("channel", ["headline", "related headline"])
def test_a_number_of_a_headline_is_a_d_wherever_it_stands(channel):
    assert grades.grade({"channel": channel}, REPORT | {"kind": "press release"}, OFFICE, OFFICE) == "D"


def test_a_body_s_own_page_is_an_a_of_whatever_kind_it_is():
    assert grades.grade(SAID, REPORT | {"kind": "web page"}, OFFICE, OFFICE) == "A"


def test_a_copy_of_a_body_s_own_page_is_a_c():
    assert grades.grade(SAID, REPORT | {"kind": "repost"}, OFFICE, OFFICE) == "C"


def test_a_translation_is_a_c():
    assert grades.grade(SAID, REPORT | {"language": "en-t-ru"}, PAPER, OFFICE) == "C"


def test_a_report_by_an_outlet_of_the_same_party_is_a_b_and_its_release_an_a():
    agency = PAPER | {"party": "town"}
    assert grades.grade(SAID, REPORT, agency, OFFICE) == "B"
    assert grades.grade(SAID, REPORT | {"kind": "press release"}, agency, OFFICE) == "A"


@pytest.mark.parametrize("party", [schema.NONE_KNOWN, schema.UNKNOWN])
def test_two_bodies_without_a_party_are_no_side(party):
    bodies = [{"name": name, "party": party} for name in ("one", "other")]
    assert grades.grade(SAID, REPORT | {"kind": "press release"}, *bodies) == "B"


def test_a_page_of_a_publisher_that_is_unknown_is_no_body_s_own():
    nobody = {"name": schema.UNKNOWN}
    assert grades.grade(SAID, REPORT, nobody, nobody) == "B"


def test_a_data_file_is_an_a_from_the_body_and_a_c_from_anyone_else():
    data = REPORT | {"kind": "data file"}
    assert grades.grade(SAID, data, OFFICE, OFFICE) == "A"
    assert grades.grade(SAID, data, PAPER, OFFICE) == "C"


def test_a_derived_row_is_as_weak_as_its_weakest_operand(case):
    assert case.grade("both-months") == "B"
    change(case, "january", channel="headline")
    assert case.grade("both-months") == "D"
    assert case["both-months"].row["grade"] == "D"


def test_a_frame_shows_the_grade():
    frame = analysis.topic("putin-stone-2017", "strikes")
    assert frame.set_index("figure_id")["grade"]["related-sorties"] == "D"


def test_no_table_has_a_typed_grade():
    assert not [t for t, columns in schema.TABLES.items() if "grade" in columns]


def test_the_table_of_grades_is_written_between_its_lines(folder):
    readme = folder.parent / "README.md"
    readme.write_text("\n".join(["before", *GRADES, "after"]))
    assert main(["schema", "--write", str(folder)]) == 0
    said = readme.read_text()
    assert said.startswith(f"before\n{GRADES[0]}\n\n`buses`:\n")
    assert "| town hall | 0 | 3 | 0 | 0 |" in said
    assert said.endswith(f"{GRADES[1]}\nafter")
