"""The texts of lessons: a figure by its id in each form, and what is wrong with a text, with file, line and remedy."""

import pytest

import analysis
from analysis import check, handouts, lessons
from analysis.handouts import blocks, html, parts, reading
from tests.conftest import rows, write_case

TEXT = """# Buses

The mayor said {buses hedged}, in the words {buses quote}; a count has {january}, that is {january day} a day.

```rows row number day what when source
january: runs
february
```

| Question | Answer |
|----|--------|
| Who? | |
"""


@pytest.fixture
def case(tmp_path):
    """The invented case, with one text of a lesson."""
    folder = write_case(tmp_path / "buses", rows())
    (folder / "lessons").mkdir()
    write(folder, TEXT)
    return analysis.load(folder)


def write(folder, text, name="lesson-1-pupil"):
    (folder / "lessons" / f"{name}.md").write_text(text, encoding="utf-8")


def told(case, text):
    """(line, what stands there, message) of the faults that check finds in a text."""
    write(case.folder, text)
    return [(f.row, f.column, f.message) for f in check.check(case.folder).faults]


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        ("buses", "20–30"), ("buses hedged", "about 20–30"), ("february", "more than 600"), ("january day", "100"),
        ("january days", "31"), ("january who", "Traffic Office"), ("buses by", "the mayor"), ("february when", "February 2017"),
        ("january source", "The Gazette, 15 Jun 2017"), ("buses / rivals", "5–15"), ("high(rivals)", "4"),
        ("gazette name", "The Gazette"), ("gazette owner", "unknown"), ("gazette-2017-06-15 source", "The Gazette, 15 Jun 2017"),
        ("practice-01 why", "20-30 has 20 at its low end."), ("relay-1 quote", "up to 30 buses"), ("relay-1 source", "The Gazette"),
    ],
)  # fmt: skip
def test_a_reference_is_said_in_its_form(case, reference, words):
    assert lessons.said(case, reference).text == words


def test_a_quote_is_somebody_elses_words_and_marks_its_number(case):
    said = lessons.said(case, "buses quote")
    assert (said.text, said.marked, said.quoted, said.working) == (
        "about 20-30 buses ran daily",
        "20-30",
        True,
        "buses",
    )


def test_a_row_of_another_case_is_named_with_its_case(case):
    assert lessons.said(case, "nhs-list-2025:list-people printed").text == "7.6 million"


@pytest.mark.parametrize(
    ("reference", "why"),
    [
        ("busses", "there is no 'busses'; did you mean buses?"), ("riders day", "riders: present at the time"),
        ("buses / rivals quote", "is no row, so it has no quote"), ("buses + riders", "cannot add"),
        ("nowhere:buses", "nowhere"), ("buses owner", "there is no 'buses'"),
    ],
)  # fmt: skip
def test_a_reference_to_nothing_says_why(case, reference, why):
    with pytest.raises(lessons.LessonError, match=why.replace("(", r"\(")):
        lessons.said(case, reference)


def test_check_counts_the_references_of_texts_and_finds_nothing_wrong(case):
    result = check.check(case.folder)
    assert result.faults == []
    assert ("references in the texts of lessons", 4) in result.checked


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("# A\n\n{busses}", ("line 3", "{busses}", "there is no 'busses'; did you mean buses?")),
        ("# A\n\nIt ran 31 days.", ("line 3", "31", "a figure is typed where an id belongs")),
        ("# A\n\nAbout 7.6 million rode.", ("line 3", "7.6 million", "a figure is typed where an id belongs")),
        ("# A\n\n```rows number\nbusses\n```", ("line 3", "rows", "there is no 'busses'; did you mean buses?")),
        ("# A\n\n```rows number\nbuses: of 40\n```", ("line 4", "40", "a figure is typed where an id belongs")),
        ("# A\n\nIt is <b>so</b>.", ("line 3", "", "it holds HTML")),
        ("# A\n\n```rows size\nbuses\n```", ("line 3", "rows", "rows has no 'size'")),
        ("# A\n\n```chart pie\nbuses\n```", ("line 3", "chart", "chart has no 'pie'")),
        ("# A\n\n```tables\n```", ("line 3", "tables", "there is no block 'tables'")),
        ("# A\n\n```questions pre\n```", ("line 3", "questions", "there is no question 'pre'")),
        ("# A\n\nThere were 2000 buses.", ("line 3", "2000", "a figure is typed where an id belongs")),
        ("# A\n\n{{buses}", ("line 3", "", "a brace has no other")),
        ("# A\n\nSome {buses of them.", ("line 3", "", "a brace has no other")),
        ("# A\n\n![a bus](bus.png)", ("line 3", "", "it holds an image")),
        ("# A\n\ncaf\ufffd", ("line 3", "", "bytes that are not UTF-8")),
        ("A title", ("line 1", "", "it does not begin with its title")),
        ("# A\n\n```lines many\n```", ("line 3", "lines", "lines has other words than whole numbers, or not as many")),
        ("# A\n\n```codes\n```", ("line 3", "codes", "codes has other words than whole numbers, or not as many")),
        ("# A\n\n```scale 0 9 0\n```", ("line 3", "scale", "scale 0 9 0 cannot be drawn")),
        ("# A\n\n```include before\n```", ("line 3", "include", "there is no text 'before'")),
    ],
)  # fmt: skip
def test_check_tells_a_slip_in_a_text_with_its_line(case, text, fault):
    assert told(case, text) == [fault]


def test_a_file_that_is_no_text_is_told_and_letters_of_windows_are_no_crash(case):
    folder = case.folder / "lessons"
    (folder / "sheet.MD").write_text("# A", encoding="utf-8")
    (folder / "old.md").write_bytes("# A caf\u00e9".encode("cp1252"))
    told = {(fault.file, fault.message) for fault in check.check(case.folder).faults}
    assert told == {
        ("lessons/sheet.MD", "it is no text, and is not read"),
        ("lessons/old.md", "bytes that are not UTF-8"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "On 15 June 2017, in May 2016 and in 2014 to 2017.", "Lesson 1, questions 1 to 4 and 6, card 3, level 4.", "45 minutes.",
        "1. One.\n2. Two.", "| Minutes | Step |\n|---|---|\n| 16–30 | Pairs |", "Ring `50 · 60 · 100`; `7B-14`.", "On A4.",
        "[a page](../../01-read.html)",
    ],
)  # fmt: skip
def test_dates_lessons_minutes_and_codes_may_be_typed(text):
    assert list(lessons.numerals(text)) == []


def test_a_year_does_not_hide_a_figure_that_begins_like_one():
    assert [typed for _, typed in lessons.numerals("There were 2,017 buses, 1.9 a day, 2017.")] == ["2,017", "1.9"]


def test_every_block_that_a_text_may_have_is_made(case):
    assert set(blocks.MADE) == set(lessons.BLOCKS)
    assert set(blocks.WIDTHS) == set(blocks.HEADS) == set(lessons.COLUMNS)


# From a text to a handout


def test_a_text_becomes_blocks_with_its_figures_in_place(case):
    made = handouts.handout(case, "lesson-1-pupil")
    assert (made.kind, made.title, made.lang) == ("pupil", "Buses", "en")
    para, table, answers = made.blocks
    assert parts.Figure("about 20–30", "buses") in para.inside
    assert parts.Quoted("about 20-30 buses ran daily", "20-30", "buses") in para.inside
    assert [parts.plain(row[1]) for row in table.rows] == ["3,100", "more than 600"]
    assert [parts.plain(row[0]) for row in table.rows] == ["a", "b"]
    assert (answers.write, list(answers.widths)) == (True, [4, 8])


def test_every_figure_of_a_page_names_its_working(case):
    page = html.page(handouts.handout(case, "lesson-1-pupil"))
    assert '<span class="n" data-figure="january">3,100</span>' in page
    assert '<q data-figure="buses">about <strong>20-30</strong> buses ran daily</q>' in page


def test_what_a_row_says_cannot_become_markup_of_the_page(tmp_path):
    tables = rows()
    tables["figures"][0] |= {"quote": "about 20-30 <b>buses", "prefix": "", "suffix": ""}
    folder = write_case(tmp_path / "hostile", tables)
    (folder / "lessons").mkdir()
    write(folder, "# A & b\n\n{buses quote}")
    page = html.page(handouts.handout(analysis.load(folder), "lesson-1-pupil"))
    assert "&lt;b&gt;buses" in page
    assert "<b>" not in page


def test_a_heading_that_a_break_follows_is_a_card_with_a_front_and_a_back(case):
    made = [
        *reading.cards(
            reading.blocks_of(case, "Intro\n\n## Card 1. A\n\nFront {buses}\n\n---\n\nBack\n\n## Rest\n\nEnd")
        )
    ]
    assert [type(block).__name__ for block in made] == ["Para", "Card", "Heading", "Para"]
    assert parts.plain(made[1].front[0].inside) == "Front 20–30"
    assert parts.plain(made[1].back[0].inside) == "Back"


def test_questions_of_a_form_stand_in_an_order_that_does_not_follow_the_answers():
    case = analysis.load()
    answers = [q.answer for q in blocks._chosen(case, "pre")]
    assert sorted(answers) == sorted(q.answer for q in analysis.bank.questions(case, form="pre"))
    assert answers != answers[:2] * 5
    assert answers != answers[1::-1] * 5


def test_a_handout_whose_text_is_gone_is_taken_away_and_a_strangers_file_stays(case, tmp_path):
    out = tmp_path / "out"
    write(case.folder, "# Old", "old")
    handouts.build([case.folder], out)
    (out / "buses" / "mine.html").write_text("mine")
    (case.folder / "lessons" / "old.md").unlink()
    handouts.build([case.folder], out)
    assert sorted(path.name for path in (out / "buses").iterdir()) == ["lesson-1-pupil.html", "mine.html"]


def test_a_part_that_others_include_is_no_handout_of_its_own(case, tmp_path):
    write(case.folder, "# Note\n\nTo say.", "note")
    write(case.folder, "# A\n\n```include note\n```", "lesson-1-pupil")
    made = handouts.build([case.folder], tmp_path / "out")
    assert [path.name for path in made] == ["lesson-1-pupil.html", "index.html"]
    assert "To say." in made[0].read_text(encoding="utf-8")


def test_a_case_without_lessons_is_named_and_the_others_are_built(tmp_path):
    with pytest.raises(FileNotFoundError, match="macfarland-2016: no texts of lessons"):
        handouts.build(["macfarland-2016"], tmp_path)
