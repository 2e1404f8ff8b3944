"""Questions that ask for a guess first: what they say, what a student hands in, and what is read of it again."""

import pytest
import spoilt
from hypothesis import given
from hypothesis import strategies as st

from analysis.ask import answers, letters


def test_a_file_is_written_and_read_again_without_loss():
    found = answers.read(spoilt.WHOLE, "answers-7B-14.csv")
    assert found.rows == spoilt.ROWS
    assert found.faults == []


def test_no_cell_of_a_written_file_runs_in_a_spreadsheet():
    hostile = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''", "'plain"]
    text = answers.text_of([{"code": "7B-14", "reason": cell} for cell in hostile])
    cells = [line.split(",")[6].removeprefix('"') for line in text.splitlines()[1:] if line.count(",") == 11]
    assert cells[:5] == ["'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\t=1"]
    assert cells[-1] == "'plain"
    assert not any(cell.startswith(tuple("=+-@\t\r")) for cell in cells)


@given(st.lists(st.text(), min_size=1, max_size=3))
def test_any_words_of_a_student_come_back_but_for_letters_that_no_text_has(words):
    rows = [
        dict.fromkeys(answers.COLUMNS, "") | {"code": "7B-14", "question_id": f"q{n}", "reason": w}
        for n, w in enumerate(words)
    ]
    found = answers.read(answers.text_of(rows).encode(), "answers-7B-14.csv")
    kept = [letters.NEVER.sub("", w.replace("\r\n", "\n").replace("\r", "\n")) for w in words]
    assert [row["reason"] for row in found.rows] == kept
    assert found.faults == []


@given(st.binary(max_size=300))
def test_any_bytes_are_read_without_an_error(data):
    found = answers.read(data)
    assert found.rows or found.faults


@pytest.mark.parametrize("what", spoilt.SPOILT)
def test_a_spoilt_file_gives_what_is_whole_and_says_what_is_not(what):
    name, data, rows, fault = spoilt.SPOILT[what]
    found = answers.read(data, name)
    assert len(found.rows) == rows, found
    assert fault in " | ".join(f.fault for f in found.faults)
    assert fault or what in ("a mark never closed", "bytes of anything", "a code made a date") or not found.faults, (
        found.faults
    )
    assert all(f.remedy for f in found.faults)
    assert all(set(row) == set(answers.COLUMNS) for row in found.rows)


def test_an_answer_that_was_cut_off_is_not_taken_for_the_whole_of_it():
    at = spoilt.WHOLE.index(b"supported for") + 9
    found = answers.read(spoilt.WHOLE[:at], "answers-7B-14.csv")
    assert found.rows[0]["answer"] == ""


def test_excel_numbers_are_read_as_they_were_written():
    found = answers.read(spoilt.semicolons(), "answers-7B-14.csv")
    assert found.rows[1]["answer"] == "42.3"
    assert found.rows[1]["reason"] == spoilt.ROWS[1]["reason"]
    assert found.rows[0]["reason"] == spoilt.ROWS[0]["reason"]


def test_a_file_is_never_written_over_another_students(tmp_path):
    path = answers.save(spoilt.ROWS, tmp_path)
    assert path.read_bytes() == spoilt.WHOLE
    path.write_bytes(b"somebody else's")
    with pytest.raises(FileExistsError, match=r"answers-7B-14\.csv is already here"):
        answers.save(spoilt.ROWS, tmp_path, known=spoilt.WHOLE)
    assert path.read_bytes() == b"somebody else's"
    assert answers.save(spoilt.ROWS, tmp_path, known=b"somebody else's").read_bytes() == spoilt.WHOLE
    assert [p.name for p in tmp_path.iterdir()] == ["answers-7B-14.csv"]


@pytest.mark.parametrize("code", ["", "Ann", "7B-14-1", "../7B-14", "7B-1 4"])
def test_nothing_is_written_without_a_code(tmp_path, code):
    with pytest.raises(ValueError, match="write your code first"):
        answers.save([{"code": code, "question_id": "a", "answer": "b"}], tmp_path)
    assert list(tmp_path.iterdir()) == []
