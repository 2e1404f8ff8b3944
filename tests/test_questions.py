"""The banks of questions: what stands in them, what is right, and that an editor's slips in them are caught."""

import random
import re
from collections import Counter
from functools import cache

import pytest

import analysis
from analysis import bank, check, claims, quizzed
from analysis import case as cases
from analysis.schema import FORMS, SUPPORTED
from analysis.tables import Table

BANKED = [name for name in analysis.cases() if bank.questions(name)]
WAR, NO_WAR = "putin-stone-2017", "nhs-list-2025"
TESTS = [form for form in FORMS if form != "practice"]


@cache
def folder(name):
    return cases.read_folder(cases.folder_of(name))


def judged(name, change):
    """The faults of a case's questions after a change of their rows, a list of dicts that `change` is given."""
    file, read, _ = folder(name)
    rows = [dict(row) for row in read["questions"].rows]
    change(rows)
    rows = [row | {"line": n} for n, row in enumerate(rows, start=2)]
    return [f for f in check.of_rows(file.meta, read | {"questions": Table(rows, [], [])}) if f.file == "questions.csv"]


# What stands in them --------------------------------------------------------------------------------------------------


def test_two_cases_have_a_bank_and_one_of_them_no_war():
    assert sorted([NO_WAR, WAR]) == BANKED
    assert analysis.load(NO_WAR).meta["content_note"] == ""


@pytest.mark.parametrize("name", BANKED)
def test_a_good_bank_has_no_fault(name):
    assert judged(name, lambda rows: None) == []


@pytest.mark.parametrize(("name", "length", "practice"), [(WAR, 10, 30), (NO_WAR, 6, 12)])
def test_each_test_is_as_long_and_each_lesson_can_practise(name, length, practice):
    assert [sum(q.scored for q in bank.questions(name, form=form)) for form in TESTS] == [length] * 3
    practised = Counter(q.lesson for q in bank.questions(name, form="practice"))
    assert sum(practised.values()) >= practice
    assert all(practised[lesson] >= 4 for lesson in "123")


@pytest.mark.parametrize("name", BANKED)
def test_sound_and_weak_are_as_many_in_each_form_of_each_group(name):
    """In practice too: it teaches what the tests ask."""
    items = [q for q in bank.questions(name) if q.judged]
    counts = Counter((q.form, q.whose, q.sound_or_weak) for q in items)
    for form, whose, _ in counts:
        assert counts[form, whose, "sound"] == counts[form, whose, "weak"] == 1, (form, whose)


CUES = {
    "it says whose words": r"^(By|On|In) (the|this|these|his|her|that)\b|\b(reported|words|statement|numbers)\b",
    "a small word": r"\b(about|roughly|nearly|almost|at least|at most)\b",
    "a comparison": r"\b(more|fewer|less|most)\b",
    "a numeral": r"\d",
    "a year": r"\b20\d\d\b",
    "a word that shuts the door": r"\b(all|every|each|never|always|only|whole)\b",
    "many words": r"^(\S+\s+){12}",
}


@pytest.mark.parametrize("cue", CUES)
@pytest.mark.parametrize("name", BANKED)
def test_no_cue_of_a_use_tells_what_is_right(name, cue):
    """Who answers by one such cue, either way, is right in two of three at most: the evidence has to be read."""
    items = [q for q in bank.questions(name) if q.scored]
    hits = sum(bool(re.search(CUES[cue], q.use)) == (q.sound_or_weak == "sound") for q in items)
    assert max(hits, len(items) - hits) <= len(items) * 2 / 3, f"{hits} of {len(items)}"


# What is right --------------------------------------------------------------------------------------------------------


def of_kind(kind):
    return [q for name in BANKED for q in bank.questions(name) if q.kind == kind]


@pytest.mark.parametrize("one", of_kind("choice"), ids=lambda q: q.question_id)
def test_of_a_choice_one_option_is_right(one):
    assert [one.right(option) for option in one.options].count(True) == 1
    assert one.right(f" {one.answer} ") is True
    assert one.right("") is one.right(None) is one.right("  ") is None


@pytest.mark.parametrize("one", of_kind("number"), ids=lambda q: q.question_id)
def test_a_number_is_right_within_its_tolerance(one):
    value = float(one.answer)
    assert one.right(one.answer)
    assert one.right(str(value + one.tolerance))
    assert one.right(str(value - one.tolerance))
    assert one.right(str(value + one.tolerance + 1)) is False
    assert one.right("unknown") is False
    assert one.unit


@pytest.mark.parametrize("one", of_kind("order"), ids=lambda q: q.question_id)
def test_an_order_is_right_as_a_whole(one):
    assert one.right(one.answer)
    assert one.right("|".join(reversed(one.answer.split("|")))) is False


@pytest.mark.parametrize("one", of_kind("two-grades"), ids=lambda q: q.question_id)
def test_two_grades_are_not_marked(one):
    assert one.grades == (tuple("ABCDEF"), tuple("123456"))
    assert one.right("B3") is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,268", 1268),
        ("42,3", 42.3),
        ("30 000", 30000),
        ("-4", -4),
        ("1,2,3", None),
        ("12 a day", None),
        ("1e3", None),
        ("٣", None),
    ],
)
def test_a_number_is_read_as_a_student_writes_it(text, number):
    assert bank.number(text) == number


@pytest.mark.parametrize("wrong", [{"lesson": 4}, {"form": "test"}])
def test_what_no_bank_has_is_said(wrong):
    with pytest.raises(ValueError, match="use one of"):
        bank.questions(WAR, **wrong)


def test_the_stamp_of_a_bank_is_of_its_words_not_of_its_line_ends(tmp_path):
    copy = analysis.load(NO_WAR).save(tmp_path / "mine")
    before, path = bank.version(copy), copy / "questions.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert bank.version(copy) == before == bank.version(NO_WAR)
    path.write_bytes(path.read_bytes().replace(b"7.6 million", b"7.7 million"))
    assert bank.version(copy) != before


# An editor's slips ----------------------------------------------------------------------------------------------------


def put(ident, **cells):
    """A slip: other cells in the row of an id. A cell is a text, or a pair (what stands there, what comes in its place)."""

    def change(rows):
        row = next(row for row in rows if row["question_id"] == ident)
        for column, value in cells.items():
            if isinstance(value, tuple):
                assert value[0] in row[column], row[column]
                value = row[column].replace(*value, 1)
            assert row[column] != value
            row[column] = value

    return change


def drop(ident):
    return lambda rows: rows.remove(next(row for row in rows if row["question_id"] == ident))


def like(ident, other, *columns):
    def change(rows):
        given = {row["question_id"]: row for row in rows}
        given[ident].update({c: given[other][c] for c in columns})

    return change


SLIPS = {  # what slipped: the change, the row and the column that the fault names
    "a digit of the prompt": (put("pre-01", prompt=("444", "454")), "pre-01", "prompt"),
    "a zero too many": (put("pre-08", prompt=("200,000", "2,000,000")), "pre-08", "prompt"),
    "a digit of the use": (put("pre-01", use=("63", "73")), "pre-01", "use"),
    "a result": (put("pre-01", why=("63.4", "64.3")), "pre-01", "why"),
    "what a working divides by": (put("practice-16", why=("÷ 7", "÷ 8")), "practice-16", "why"),
    "a comparison turned round": (put("post-02", why=("more than", "less than")), "post-02", "why"),
    "a range left": (put("pre-05", why=("30,000 lies", "33,000 lies")), "pre-05", "why"),
    "a number rounded and not said so": (put("pre-01", use=("about 63", "63")), "pre-01", "use"),
    "a digit of a crucial piece": (put("post-03", crucial_pieces=("11,500", "11,000")), "post-03", "crucial_pieces"),
    "another year": (put("pre-01", prompt=("2016", "2015")), "pre-01", "prompt"),
    "another month": (put("post-05", prompt=("July", "June")), "post-05", "prompt"),
    "another day": (put("pre-01", prompt=("16 February", "17 February")), "pre-01", "prompt"),
    "a month of a span": (put("post-03", prompt=("to August", "to October")), "post-03", "prompt"),
    "a number that the document has not": (put("later-10", why=("90", "80")), "later-10", "why"),
    "a working of another topic": (put("practice-20", why=("= 100.8", "= 100.6")), "practice-20", "why"),
    "the answer turned round": (put("pre-01", answer=SUPPORTED[1]), "pre-01", "answer"),
    "sound for weak": (put("pre-02", sound_or_weak="sound"), "pre-02", "answer"),
    "the answer no option": (put("practice-13", answer="the FSB"), "practice-13", "answer"),
    "another place": (put("pre-01", prompt=("in Syria", "in Iraq")), "pre-01", "prompt"),
    "tens in words": (put("pre-01", use=("about 63", "about seventy")), "pre-01", "use"),
    "a part of ten in words": (put("pre-07", prompt=("six in ten", "seven in ten")), "pre-07", "prompt"),
    "a piece twice": (put("pre-01", crucial_pieces=("unit: flights", "seven days")), "pre-01", "crucial_pieces"),
    "an empty piece": (put("pre-01", crucial_pieces=("seven days", "")), "pre-01", "crucial_pieces"),
    "options that differ in a sign": (put("practice-24", options=("the same people", "Russians – and other foreigners")), "practice-24", "options"),
    "an option with a blank": (put("practice-24", options=("|", " |")), "practice-24", "options"),
    "a grade in small letters": (put("practice-26", options=("A", "a")), "practice-26", "options"),
    "a tolerance that takes any guess": (put("practice-16", options=("0.5", "50")), "practice-16", "options"),
    "a page's code": (put("pre-01", prompt=("444", "<b>444</b>")), "pre-01", "prompt"),
    "a link": (put("pre-01", prompt=("444", "[444](page.html)")), "pre-01", "prompt"),
    "a line break": (put("pre-01", prompt=(" The ministry", "\nThe ministry")), "pre-01", "prompt"),
    "a number's answer": (put("practice-18", answer="35.7"), "practice-18", "answer"),
    "a number's answer in words": (put("practice-12", answer="one"), "practice-12", "answer"),
    "no tolerance": (put("practice-16", options="unit=flights a day"), "practice-16", "options"),
    "a tolerance below nothing": (put("practice-16", options=("0.5", "-0.5")), "practice-16", "options"),
    "an order with one left out": (put("practice-19", answer="flights|strikes"), "practice-19", "answer"),
    "an order that stands there already": (like("practice-19", "practice-19", "answer"), "practice-19", "options"),
    "a grade that is none": (put("practice-26", answer=("E,F", "E,G")), "practice-26", "answer"),
    "an option twice": (put("practice-24", options=("the same people", "Russians, and other foreigners")), "practice-24", "options"),
    "options of one's own": (put("pre-03", options="yes|no"), "pre-03", "options"),
    "another group": (put("pre-01", whose="coalition"), "pre-01", "whose"),
    "the speaker's group for the counter's": (put("practice-08", whose="coalition"), "practice-08", "whose"),
    "a group that is none": (put("pre-01", whose="Russian"), "pre-01", "whose"),
    "another topic, with figures": (put("pre-01", whose="other topic"), "pre-01", "whose"),
    "a figure that is none": (put("pre-01", figure_ids="mod-sorties-2016-02-10-to-17"), "pre-01", "figure_ids"),
    "another figure": (put("pre-01", figure_ids="mod-sorties-2016"), "pre-01", "prompt"),
    "no figure": (put("pre-01", figure_ids=""), "pre-01", "figure_ids"),
    "a source that is none": (put("pre-09", source_id="ons-2022"), "pre-09", "source_id"),
    "a lesson that is none": (put("pre-01", lesson="4"), "pre-01", "lesson"),
    "a form that is none": (put("pre-01", form="before"), "pre-01", "form"),
    "a kind that is none": (put("pre-01", kind="yes or no"), "pre-01", "kind"),
    "an id twice": (put("pre-02", question_id="pre-01"), "line 3 (pre-01)", "question_id"),
    "a form that is another's": (put("pre-01", form="post"), "pre-01", "question_id"),
    "no use": (put("pre-01", use=""), "pre-01", "use"),
    "a use that nobody judges": (put("practice-16", use="63 flights a day."), "practice-16", "use"),
    "not scored, in a test": (put("pre-01", sound_or_weak="not scored"), "pre-01", "sound_or_weak"),
    "no reason": (put("pre-01", why=""), "pre-01", "why"),
    "an item lost": (drop("pre-01"), "form pre", "whose"),
    "an item twice": (like("practice-04", "practice-03", "prompt", "use"), "practice-04", "prompt"),
    "a prompt in two tests": (like("later-01", "pre-01", "prompt", "figure_ids"), "later-01", "prompt"),
    "figures in two tests": (like("later-01", "pre-01", "figure_ids"), "later-01", "figure_ids"),
}  # fmt: skip


def mixed(rows):
    row = next(row for row in rows if row["question_id"] == "practice-19")
    row["options"] = row["answer"]


SLIPS["an order that stands there already"] = (mixed, "practice-19", "options")


@pytest.mark.parametrize("kind", SLIPS)
def test_a_slip_is_told_with_its_row_its_column_and_a_remedy(kind):
    change, row, column = SLIPS[kind]
    found = judged(WAR, change)
    assert (row, column) in {(f.row, f.column) for f in found}, [str(f) for f in found]
    assert all(f.remedy and f.message for f in found)
    assert {f.row for f in found} <= {row, "", *(f"form {form}" for form in FORMS)}, [str(f) for f in found]


def test_a_bank_that_is_weak_for_the_most_part_is_told():
    def change(rows):
        for row in rows:
            if row["sound_or_weak"] == "sound" and row["form"] != "practice":
                row.update(sound_or_weak="weak", answer=SUPPORTED[1])

    assert "0% of the scored items are sound" in {f.message for f in judged(WAR, change)}


def test_tests_of_unlike_length_are_told():
    def change(rows):
        rows[:] = [row for row in rows if not (row["form"] == "post" and row["whose"] == "other topic")]

    assert any("unlike length" in f.message for f in judged(WAR, change))


DIGIT = re.compile(r"\d")


@pytest.mark.parametrize("name", BANKED)
def test_nearly_every_changed_digit_is_caught(name):
    """One digit of a prompt, a use or a reason made another, one at a time, all over the bank."""
    rng, caught, tried = random.Random(11), 0, 0
    case, given = analysis.load(name), folder(name)[1]["questions"].rows
    for row in given:
        for column in ("prompt", "use", "why"):
            places = [m.start() for m in DIGIT.finditer(row[column])]
            if row["kind"] == "two-grades" or not places:  # of two grades most digits are the scale's
                continue
            at = rng.choice(places)
            digit = rng.choice([d for d in "123456789" if d != row[column][at]])
            slipped = bank.question(row | {column: f"{row[column][:at]}{digit}{row[column][at + 1 :]}"})
            tried += 1
            caught += bool(list(quizzed.problems(case, slipped)))
    assert tried > 50
    assert caught >= 0.97 * tried, f"{caught} of {tried}"


def test_rounding_keeps_two_digits_and_says_about():
    assert claims.known_as("160", "about ", {157.8})
    assert not claims.known_as("200", "about ", {157.8})
    assert not claims.known_as("160", "", {157.8})


def test_a_working_is_made_of_numbers_that_are_known():
    assert claims.worked("9 ÷ 3 = 3", {1.0})[1] == ["9 of a working is in none of the rows"]
    assert claims.worked("30,000 ÷ 80,000 = 37.5 percent", {30000.0, 80000.0})[1] == []
