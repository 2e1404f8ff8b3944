"""Questions that ask for a guess first: what they say, what a student hands in, and what is read of it again."""

import html
import subprocess
import sys

import pytest
import spoilt
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

import analysis
from analysis import bank
from analysis.ask import answers, bench, element, letters, store, widget


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


# Questions as HTML ----------------------------------------------------------------------------------------------

CASE = analysis.load()
EVERY = bank.questions(CASE)
PRACTICE = [q for q in EVERY if q.form == "practice"]


@pytest.mark.parametrize("asked", PRACTICE, ids=lambda q: q.question_id)
def test_a_question_reads_without_a_script(asked):
    page = BeautifulSoup(str(element.question(asked, CASE, "1.00000000")), "html.parser")
    fold = page.find("details").extract()
    assert fold.find("summary").get_text() == element.SHOW
    assert asked.why in fold.get_text()
    assert [li.get_text() for li in fold.find_all(class_="wc-pieces")[0].find_all("li")] == list(asked.crucial_pieces)
    assert [cite["data-id"] for cite in fold.find_all("wc-cite")] == list(element.documents(asked))
    assert asked.prompt in page.get_text()
    if asked.kind in ("choice", "order"):
        assert [li.get_text() for li in page.find("ul").find_all("li")] == list(asked.options)
    assert asked.why not in page.get_text()


def test_a_question_of_a_test_carries_neither_its_answer_nor_whose_the_number_is():
    for asked in EVERY:
        if asked.form != "practice":
            made = str(element.question(asked, CASE, "1.00000000"))
            assert "<details" not in made
            assert asked.why not in made
            assert not [piece for piece in asked.figure_ids if piece in made]
    assert not [q.question_id for q in EVERY if f'"{q.whose}"' in str(element.question(q, CASE, ""))]


def test_words_of_a_question_stay_words():
    row = dict.fromkeys(bank.Question.__annotations__, "<b>x</b>") | {
        "kind": "choice",
        "form": "practice",
        "figure_ids": "",
        "source_id": "",
    }
    made = str(element.question(bank.question(row), CASE, "1.00000000"))
    assert "<b>" not in made
    assert "&lt;b&gt;x&lt;/b&gt;" in made


def test_over_three_occasions_every_seat_gets_every_form_once():
    for seat in range(1, 7):
        assert sorted(element.form_of(seat, when) for when in element.OCCASIONS) == ["later", "post", "pre"]
    assert [element.form_of(seat, "before") for seat in (3, 1, 2)] == ["pre", "post", "later"]


def test_a_number_can_be_reached_by_its_slider_and_its_end_is_not_the_answer():
    for asked in PRACTICE:
        if asked.kind == "number":
            top, step = element.most(asked)
            assert 0 < float(asked.answer) < top
            assert 0 < step <= top / 10


def test_asking_names_the_nearest_where_there_is_no_such_question():
    with pytest.raises(KeyError, match="no question 'practice-1x' in putin-stone-2017; did you mean practice-"):
        analysis.ask(CASE, "practice-1x")


def test_in_a_page_there_is_html_and_in_jupyter_a_widget_beside_it(monkeypatch):
    one = analysis.ask(CASE, PRACTICE[0].question_id)
    assert {"text/html", "text/plain", "application/vnd.jupyter.widget-view+json"} == set(one._repr_mimebundle_())
    monkeypatch.setenv("NBSTILL", "1")
    assert {"text/html", "text/plain"} == set(one._repr_mimebundle_())


# A notebook's store and widgets ----------------------------------------------------------------------------------


@pytest.fixture
def fresh(monkeypatch, tmp_path):
    """No answers yet, in a folder of its own."""
    monkeypatch.setattr(store, "_stores", {})
    monkeypatch.chdir(tmp_path)
    return tmp_path


def asking(one, n=0):
    """A question of an Asked as a widget, begun."""
    made = widget.Asking(one, one.questions[n])
    made.begin(element.occasion(one.questions[n]))
    return made


@pytest.mark.parametrize("kind", ["choice", "number", "order", "two-grades"])
def test_a_widget_takes_a_guess_of_each_kind_and_then_reveals(fresh, kind):
    asked = next(q for q in PRACTICE if q.kind == kind and q.figure_ids)
    one = analysis.ask(CASE, asked.question_id)
    made = asking(one)
    if kind != "order":  # whose order as it stands is a guess too
        made.button.click()
        assert made.guess.ask in made.fault.value
        assert made.revealed.children == ()
    given = {"choice": asked.options[-1], "number": "9.5", "order": "|".join(asked.options), "two-grades": "B3"}[kind]
    made.guess.fill(given)
    if made.sure:
        made.sure.value = "70"
    made.button.click()
    assert asked.why.replace("&", "&amp;") in html.unescape(made.revealed.children[0].value)
    made.pieces[0].value = True
    made.revealed.children[-1].children[0].click()
    made.shelf[-1][1].value = True
    row = one.answers.iloc[0]
    assert (row["answer"], row["pieces"], row["evidence_id"]) == (given, asked.crucial_pieces[0], asked.figure_ids[-1])
    assert row["evidence"] == element.cited(asked.figure_ids[-1], CASE)


def test_a_desk_in_a_notebook_saves_beside_it_and_goes_on_from_there(fresh):
    one = analysis.ask(CASE, [q.question_id for q in PRACTICE if q.kind == "number"][:2])
    asking(one).guess.field.value = "41,5"
    shown = bench.desk(one)
    code, save = shown.children[1], shown.children[5].children[0]
    save.click()
    assert list(fresh.iterdir()) == []
    code.value = "7b-14"
    save.click()
    assert answers.read(fresh / "answers-7B-14.csv").rows[0]["answer"] == "41.5"
    store._stores.clear()
    again = analysis.ask(CASE, one.questions[1].question_id)
    item, desk = asking(again), bench.desk(again)
    item.guess.field.value = "9"
    desk.children[1].value = "7B-14"
    desk.children[5].children[0].click()
    assert "already here" in desk.children[7].value
    desk.children[6].click()  # go on from the file that is here
    desk.children[5].children[0].click()
    found = answers.read(fresh / "answers-7B-14.csv").rows
    assert [row["answer"] for row in found] == ["41.5", "9"]


def test_answers_of_one_student_are_not_saved_under_anothers_code(fresh):
    one = analysis.ask(CASE, [q.question_id for q in PRACTICE if q.kind == "number"][:1])
    asking(one).guess.field.value = "7"
    shown = bench.desk(one)
    one.store.name("7B-1")
    one.save(fresh)
    shown.children[1].value = "7b 9"
    assert one.store.strange == "These answers are 7B-1’s, and the code here is 7B-9."
    with pytest.raises(ValueError, match="7B-1’s"):
        one.save(fresh)
    [told, on, mine] = shown.children[2].children
    assert one.store.strange in told.value
    on.click()
    assert (one.store.code, one.store.strange) == ("7B-1", "")
    shown.children[1].value = "7B-9"
    mine.click()
    assert one.save(fresh).name == "answers-7B-9.csv"


@pytest.mark.parametrize("text", ["7b 1", "7B–1", " 7b - 01 ", "7b1", "", "Ann", "7B-1-4"])
def test_a_code_is_taken_as_students_type_it_or_the_likely_one_is_named(text):
    code = answers.typed(text)
    assert code == ("7B-1" if "b1" not in text and text[:1] not in ("", "A") and "4" not in text else "")
    assert ("did you mean 7B-1?" in answers.wanted(text)) == (text == "7b1")


def test_an_untouched_list_of_pieces_is_no_answer_and_none_of_these_is_one(fresh):
    asked = next(q for q in PRACTICE if q.kind == "choice" and q.crucial_pieces)
    one = analysis.ask(CASE, asked.question_id)
    made = asking(one)
    made.guess.fill(asked.options[0])
    made.sure.value = "70"
    made.button.click()
    assert one.answers.loc[0, "pieces"] == "shown"
    made.pieces[-1].value = True
    assert one.answers.loc[0, "pieces"] == "none"
    made.pieces[0].value = True
    assert one.answers.loc[0, "pieces"] == asked.crucial_pieces[0]
    assert not made.pieces[-1].value


def test_a_number_off_the_line_is_asked_once(fresh):
    asked = next(q for q in PRACTICE if q.kind == "number")
    made = asking(analysis.ask(CASE, asked.question_id))
    made.guess.fill("999999")
    made.button.click()
    assert "is off the line" in made.fault.value
    made.button.click()
    assert asked.why in html.unescape(made.revealed.children[0].value)


def test_a_test_in_a_notebook_goes_by_the_code_and_reveals_nothing(fresh):
    test = analysis.ask.quiz(CASE)
    box = test.widget
    box.children[0].value, box.children[3].value = "7B-15", "before"
    box.children[5].click()
    assert test.answers["question_id"].tolist() == [q.question_id for q in bank.mixed(EVERY, "pre")]
    assert set(test.answers["occasion"]) == {"before"}
    assert "1 of 10" in box.children[0].value
    [_, form, revealed] = box.children[1].children[0].children
    assert not [part for part in form.children if getattr(part, "description", "") == element.SHOW]
    assert revealed.children == ()


def test_a_test_that_is_whole_is_not_taken_again_without_a_question(fresh):
    test = analysis.ask.quiz(CASE)
    own = bank.mixed(EVERY, "pre")
    rows = [dict.fromkeys(answers.COLUMNS, "") | {"code": "7B-15", "occasion": "before", "form": "pre",
            "question_id": q.question_id, "answer": q.options[0], "case": CASE.name} for q in own]  # fmt: skip
    box = test.widget
    assert store.SAY_WHEN in test.store.open(answers.text_of(rows).encode())
    box.children[3].value = "before"
    box.children[5].click()
    assert box.children[4].value.count("are here already") == 1
    box.children[5].click()
    assert "1 of 10" in box.children[0].value
    test.store.rows[4]["answer"] = ""
    again = bench.quiz(test)
    again.children[3].value = "before"
    again.children[5].click()
    assert "5 of 10" in again.children[0].value


@pytest.mark.parametrize("what", spoilt.SPOILT)
def test_no_file_that_is_opened_breaks_a_store(what):
    own = store.Store("buses", "1.0a1b2c3d")
    own.show({"occasion": "lesson-2", "form": "practice", "question_id": "practice-16"})
    name, data, *_ = spoilt.SPOILT[what]
    before = [dict(row) for row in own.rows]
    said = own.open(data, name)
    assert said.startswith("Opened.") or (said.endswith(store.STAYS) and own.rows == before)


def test_asking_costs_nothing_until_it_is_used():
    code = "import sys, analysis.ask; analysis.ask('putin-stone-2017', 'practice-01'); print([m for m in ('ipywidgets', 'matplotlib', 'IPython') if m in sys.modules])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "[]"
