"""What a class got better at: the files, the numbers against the example worked by hand, the sentences."""

import functools
import json
import math
import os
import random

import class_files
import pytest
from class_files import CASE, CLEAN, KEPT, LOST
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import bank, classroom, pages
from analysis.__main__ import main
from analysis.ask import answers
from analysis.classroom import stats
from nbstill import build

VERSION = bank.version(CASE)
QUESTIONS = {form: [q for q in bank.questions(CASE, form=form) if q.judged] for form in ("pre", "post", "later")}
YES, NO = QUESTIONS["pre"][0].options


def answer_to(form, occasion, question, answer, code="7B-1", confidence=""):
    return {"code": code, "occasion": occasion, "form": form, "question_id": question.question_id, "answer": answer, "confidence": confidence, "case": CASE, "version": VERSION}  # fmt: skip


def sat(code, occasion, form, hits, caught, confidences=()):
    """One student's test: yes on so many of five sound, no on so many of five weak; confidences in that order."""
    questions = sorted(QUESTIONS[form], key=lambda q: q.sound_or_weak)
    right = [n < hits for n in range(5)] + [n < caught for n in range(5)]
    made = []
    for n, (question, is_right) in enumerate(zip(questions, right, strict=True)):
        answer = question.answer if is_right else next(o for o in question.options if o != question.answer)
        confidence = str(confidences[n]) if confidences else ""
        made.append(answer_to(form, occasion, question, answer, code, confidence))
    return made


def class_of(*tests):
    """A Class of students' tests, a file a student."""
    by = {}
    for rows in tests:
        by.setdefault(rows[0]["code"], []).extend(rows)
    return classroom.read({answers.file_name(code): answers.text_of(rows).encode() for code, rows in by.items()}, CASE)


def number(made, measure, occasion="all", item="", group=""):
    """One row of a class's numbers as (n, value, low, high, said), as text of four decimals."""
    cells = {"measure": measure, "occasion": occasion, "item": item, "group": group}
    table = classroom.told.table(made.rows, made.key)
    [found] = [row for row in table if all(row[k] == v for k, v in cells.items())]
    return tuple(found[c] for c in ("n", "value", "low", "high", "said"))


# The example worked by hand -----------------------------------------------------------------------------------------


def test_pupil_p():
    made = class_of(sat("7B-1", "before", "pre", 4, 3))
    assert number(made, "right on sound", "before")[1] == "0.8000"
    assert number(made, "right on weak", "before")[1] == "0.6000"
    assert number(made, "student: balanced accuracy", "before", "7B-1")[1] == "0.7000"
    assert number(made, "student: d prime", "before", "7B-1")[1] == "0.8849"
    assert [round(x, 4) for x in classroom.stats.detected(4, 5, 2, 5)] == [0.8849, -0.2320]
    assert "student: c" not in set(made.score()["measure"]), "a leaning is told of nobody"
    assert number(made, "student: balanced accuracy", "before", "7B-1")[4] == "Better than a coin: cannot tell from 10."
    assert round(classroom.students.a_coin(7, 10), 3) == 0.172


@pytest.mark.parametrize(
    ("hits", "caught", "ba", "d", "c"),
    [(0, 5, "0.5000", "0.0000", "1.3830"), (5, 0, "0.5000", "0.0000", "-1.3830"), (5, 5, "1.0000", "2.7660", "0.0000")],
    ids=["N says no to all", "Y says yes to all", "A is right on all"],
)
def test_pupils_n_y_and_a(hits, caught, ba, d, c):
    made = class_of(sat("7B-1", "before", "pre", hits, caught))
    two = [number(made, f"student: {m}", "before", "7B-1")[1] for m in ("balanced accuracy", "d prime")]
    assert [*two, f"{classroom.stats.detected(hits, 5, 5 - caught, 5)[1] + 0:.4f}"] == [ba, d, c]


def test_a_coin_is_told_apart_at_nine_of_ten():
    said = [number(class_of(sat("7B-1", "before", "pre", h, w)), "student: balanced accuracy", "before", "7B-1")[4] for h, w in ((4, 4), (5, 4), (5, 5))]  # fmt: skip
    assert said == ["Better than a coin: cannot tell from 10.", "Better than a coin.", "Better than a coin."]
    chances = [round(100 * classroom.students.a_coin(right, 10), 1) for right in (8, 9, 10)]
    assert chances == [5.5, 1.1, 0.1]


def test_the_confidence_of_p():
    # right 1 1 1 1 0 1 1 1 0 0: four of five first, three of five then
    made = class_of(sat("7B-1", "before", "pre", 4, 3, (90, 80, 70, 60, 100, 50, 80, 90, 60, 70)))
    assert number(made, "over-confidence", "before")[1] == "0.0500"
    assert number(made, "Brier", "before")[1] == "0.2450"


PRE, POST = (5, 6, 5, 7, 4, 6, 5, 6), (7, 6, 8, 7, 6, 8, 5, 9)


def eight(n=8):
    """The class of eight: balanced accuracies in tenths, before and after."""
    tests = []
    for seat in range(n):
        for occasion, form, tenths in (("before", "pre", PRE[seat]), ("after", "post", POST[seat])):
            tests.append(sat(f"7B-{seat + 1}", occasion, form, (tenths + 1) // 2, tenths // 2))
    return class_of(*tests)


def test_the_class_of_eight():
    made = eight()
    assert number(made, "balanced accuracy", "before")[:2] == ("8", "0.5500")
    assert number(made, "balanced accuracy", "after")[:2] == ("8", "0.7000")
    n, value, low, high, said = number(made, "change in balanced accuracy", "before to after")
    assert (n, value, low, high) == ("8", "0.1500", "0.0405", "0.2595")
    assert (
        said
        == "Change +0.15, from +0.04 to +0.26: better at telling sound from weak than before; by how much is wide open."
    )
    d = stats.mean([(b - a) / 10 for a, b in zip(PRE, POST, strict=True)])
    half = (d.high - d.low) / 2
    assert [stats.four(x) for x in (d.sd, d.sd / math.sqrt(8), half)] == ["0.1309", "0.0463", "0.1095"]
    told = made.blocks["change"].said
    assert "Form and time cannot be told apart: not every one of the three orders of the tests is there." in told
    assert told[-1].startswith("Read a change of +0.10 as about one more right in ten. ")
    assert told[-1].endswith("Without a class that had no lesson we cannot say that the lesson did it.")


def test_only_five_of_them_cannot_tell():
    made = eight(5)
    n, value, low, high, said = number(made, "change in balanced accuracy", "before to after")
    assert (n, value, low, high) == ("5", "0.1400", "-0.0266", "0.3066")
    assert said.startswith("Cannot tell from so few: 5 students have both tests, and at least 8 are needed.")
    d = stats.mean([(b - a) / 10 for a, b in zip(PRE[:5], POST[:5], strict=True)])
    assert [stats.four(x) for x in (d.sd, (d.high - d.low) / 2, stats.t(4), stats.t(7))] == [
        "0.1342",
        "0.1666",
        "2.7764",
        "2.3646",
    ]
    assert made.blocks["change"].bars is None


def test_wilson_of_an_item_and_of_two():
    assert [stats.four(x) for x in stats.wilson(18, 25)[1:4]] == ["0.7200", "0.5242", "0.8572"]
    assert [stats.four(x) for x in stats.wilson(12, 25)[1:4]] == ["0.4800", "0.3003", "0.6650"]


def test_an_item_of_25_is_told_with_its_interval():
    question = QUESTIONS["pre"][0]
    tests = [[answer_to("pre", "before", question, question.answer if n < 18 else next(o for o in question.options if o != question.answer), f"7B-{n + 1}")] for n in range(25)]  # fmt: skip
    assert number(class_of(*tests), "right", item=question.question_id) == (
        "25",
        "0.7200",
        "0.5242",
        "0.8572",
        "18 of 25",
    )


# The formulae -------------------------------------------------------------------------------------------------------


def cdf(t, df):
    """Student's distribution by Simpson's rule, to ten digits."""
    density = lambda x: (1 + x * x / df) ** (-(df + 1) / 2)  # noqa: E731
    scale = math.exp(math.lgamma((df + 1) / 2) - math.lgamma(df / 2)) / math.sqrt(df * math.pi)
    n, h = 4000, t / 4000
    odd, even = (math.fsum(density(k * h) for k in range(start, n, 2)) for start in (1, 2))
    return 0.5 + scale * h / 3 * (density(0) + 4 * odd + 2 * even + density(t))


@pytest.mark.parametrize("df", [*range(1, 61), 61, 75, 100, 150, 200, 500, 1000])
def test_the_quantiles_of_t_are_right_to_four_decimals(df):
    t = stats.t(df)
    assert cdf(t - 0.00001, df) < 0.975 < cdf(t + 0.00001, df)


@given(st.integers(0, 40), st.integers(1, 40))
def test_wilson_lies_within_0_and_1_round_its_value(right, n):
    right = min(right, n)
    one = stats.wilson(right, n)
    tiny = 1e-12
    assert -tiny <= one.low <= one.value + tiny <= one.high + 2 * tiny <= 1 + 3 * tiny
    assert stats.four(stats.wilson(n - right, n).low) == stats.four(1 - one.high)


@given(st.lists(st.integers(-10, 10), min_size=2, max_size=40))
def test_the_mean_of_one_group_is_the_mean(tenths):
    values = [x / 10 for x in tenths]
    assert [x and stats.four(x) for x in stats.mean_of_groups([values])] == [x and stats.four(x) for x in stats.mean(values)]  # fmt: skip


# Who always says the same, and who tosses a coin --------------------------------------------------------------------


@pytest.mark.parametrize("hits", [0, 5], ids=["always no", "always yes"])
def test_a_class_that_always_says_the_same_comes_to_a_half_with_no_spread(hits):
    made = class_of(*(sat(f"7B-{n}", "before", "pre", hits, 5 - hits) for n in range(1, 13)))
    n, value, low, high, said = number(made, "balanced accuracy", "before")
    assert (n, value, low, high, said) == ("12", "0.5000", "", "", "No spread: cannot tell.")


def test_a_class_that_tosses_a_coin_is_not_told_from_one():
    chance = random.Random(3)
    toss = lambda: sum(chance.random() < 0.5 for _ in range(5))  # noqa: E731
    made = class_of(*(sat(f"7B-{n}", "before", "pre", toss(), toss()) for n in range(1, 201)))
    assert number(made, "balanced accuracy", "before")[4].startswith("Between 0.4")
    assert "or not. Cannot tell from so few." in number(made, "balanced accuracy", "before")[4]


def test_more_suspicion_is_told_before_anything_else():
    tests = []
    for seat in range(1, 13):
        form = ("pre", "post", "later")[seat % 3]
        after = ("pre", "post", "later")[(seat + 1) % 3]
        tests += [
            sat(f"7B-{seat}", "before", form, 4, 1),
            sat(f"7B-{seat}", "after", after, 2 - seat % 2, 4 + seat % 2),
        ]
    first, second = class_of(*tests).blocks["change"].said[:2]
    assert first == "From before to after, 12 students with both tests."
    assert second == (
        "More suspicion, not better telling apart: right on weak numbers rose (+0.70, from +0.63 to +0.77), "
        "and right on sound ones fell (−0.50, from −0.57 to −0.43)."
    )


@pytest.mark.parametrize(
    ("gains", "losses", "first"),
    [
        ((2, 1), (2, 1), "More suspicion, not better telling apart: right on weak numbers rose (+0.30"),
        ((4, 3), (1, 2), "More suspicion, though the rise is greater than the fall: right on weak numbers rose (+0.70"),
        ((2, -1), (1, 0), "This may be more suspicion, not better telling apart: right on weak numbers rose (+0.10"),
        ((4, 3), (1, -1, 1, 0), "There may be more suspicion in this too: right on weak numbers rose (+0.70"),
    ],
)
def test_suspicion_is_told_no_surer_than_its_intervals_and_not_against_what_was_gained(gains, losses, first):
    tests = []
    for seat in range(1, 13):
        gain, loss = gains[seat % len(gains)], losses[seat // 2 % len(losses)]
        tests += [sat(f"7B-{seat}", "before", "pre", 4, 1), sat(f"7B-{seat}", "after", "post", 4 - loss, 1 + gain)]
    said = class_of(*tests).blocks["change"].said
    assert said[1].startswith(first)
    assert ("An interval that holds 0 may be no change at all." in said) == ("may" in first)


def test_of_one_student_no_number_is_made_up():
    made = class_of(sat("7B-1", "before", "pre", 4, 1), sat("7B-1", "after", "post", 4, 3))
    said = number(made, "change in balanced accuracy", "before to after")[4]
    assert said == "Cannot tell from so few: 1 student has both tests, and at least 8 are needed."
    assert "1 students" not in repr(made) + made.csv()


def test_unequal_groups_weigh_the_same():
    forms, tests = ("pre", "post", "later"), []
    for n, (group, gain) in enumerate([(0, 2)] * 6 + [(1, 0)] * 2 + [(2, 1)] * 2, start=1):
        before, after = forms[group], forms[(group + 1) % 3]
        tests += [sat(f"7B-{n}", "before", before, 2, 2 + n % 2), sat(f"7B-{n}", "after", after, 2 + gain, 2)]
    made = class_of(*tests)
    ds = {0: [(gain - n % 2) / 10 for n, gain in enumerate([2] * 6, 1)], 1: [-(n % 2) / 10 for n in (7, 8)], 2: [(1 - n % 2) / 10 for n in (9, 10)]}  # fmt: skip
    wanted = sum(sum(d) / len(d) for d in ds.values()) / 3
    assert number(made, "change in balanced accuracy", "before to after")[1] == stats.four(wanted)
    assert "The three orders differ in size, so each order weighs the same." in made.blocks["change"].said


# By whose number: never of one ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("students", "shown"), [(7, 0), (8, 1)])
def test_nothing_is_said_by_whose_number_of_fewer_than_eight(students, shown):
    tests = [sat(f"7B-{n}", "before", "pre", 3 + n % 2, 3) for n in range(1, students + 1)]
    made = class_of(*tests)
    assert bool({row["group"] for row in made.rows} - {""}) == bool(shown)
    assert any(row["measure"] == "share of yes" for row in made.rows) == bool(shown)


def test_no_row_is_by_student_and_by_whose_number():
    made = clean()
    codes = {answer["code"] for answer in made.found.answers}
    by_student = [row for row in made.rows if row["item"] in codes]
    assert by_student
    assert not [row for row in by_student if row["group"] or row["measure"].startswith(("change", "share", "yes"))]
    assert not [row for row in made.rows if row["group"] and row["item"]]


def test_twenty_answers_make_a_group():
    tests = [sat(f"7B-{n}", "before", "pre", 3 + n % 2, 3) for n in range(1, 13)]
    found = [row for row in class_of(*tests).rows if row["group"]]
    assert {(row["value"], row["verdict"]) for row in found} == {("", "few-in-group")}


# The files ----------------------------------------------------------------------------------------------------------


@functools.cache
def clean():
    return classroom.read(CLEAN)


@functools.cache
def spoilt():
    return classroom.read(class_files.spoilt_class())


def scores(made):
    return made.csv().splitlines()


def test_what_loses_nothing_changes_no_number():
    assert len(KEPT) + len(LOST) >= 40
    assert scores(classroom.read(class_files.kept())) == scores(clean())


@pytest.mark.parametrize("what", KEPT)
def test_what_loses_nothing_is_named_all_the_same(what):
    seat, name, data, words = KEPT[what]
    name = name or f"answers-7B-{seat}.csv"
    made = classroom.read({name: data}, CASE)
    found = made.faults[made.faults["file"] == name]
    assert words in " | ".join(found["fault"])
    assert all(found["remedy"])
    taken = made.files.set_index("file").loc[name, "taken"]
    assert taken.startswith(f"{len(class_files.rows(seat))} of ")


@pytest.mark.parametrize("what", LOST)
def test_what_loses_something_is_named_with_its_row_and_a_remedy(what):
    name, _, words, row = LOST[what]
    found = spoilt().faults
    own = found[found["file"] == name]
    if not words:
        assert own.empty
        return
    assert [r for r, fault in zip(own["row"], own["fault"], strict=True) if words in fault] == [row]
    assert all(own["remedy"])


def test_every_readable_answer_counts_once():
    made = spoilt()
    places = [(a["code"], a["occasion"], a["question_id"]) for a in made.found.answers]
    assert len(places) == len(set(places))
    before = {(a["code"], a["occasion"], a["question_id"]): a["answer"] for a in clean().found.answers}
    here = {(a["code"], a["occasion"], a["question_id"]): a["answer"] for a in made.found.answers}
    gone = {place for place in before if place not in here}
    # one row each of an unknown question, of no option, with too many cells; and what the cut file has lost
    assert {code for code, *_ in gone} == {"7B-24", "7B-25", "7B-26", "7B-29"}
    assert sum(code != "7B-24" for code, *_ in gone) == 3
    differ = {place[0] for place in before if place in here and here[place] != before[place]}
    assert differ <= {"7B-10", "7B-20", "7B-22", "7B-28"}  # numbers in another form; the file or row that counts


def test_a_files_name_stands_in_no_number_of_the_class():
    assert "homework" not in spoilt().csv()
    assert "no code 1" in set(spoilt().score()["item"])
    assert spoilt().files.set_index("file").loc["homework of Ann.csv", "code"] == "no code 1"


def test_the_order_of_files_changes_nothing():
    one, other = spoilt(), classroom.read(dict(reversed(class_files.spoilt_class().items())))
    assert one.csv() == other.csv()
    assert one.found.faults == other.found.faults


@settings(max_examples=8, deadline=None)
@given(st.sampled_from(sorted(CLEAN)))
def test_a_copy_of_a_file_changes_no_number(name):
    files = {n: CLEAN[n] for n in list(CLEAN)[:3]} | {name: CLEAN[name]}
    again = files | {f"copy of {name}": CLEAN[name], f"old/{name}": CLEAN[name] + b"\n"}
    assert classroom.read(again).csv() == classroom.read(files).csv()


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.text(min_size=1, max_size=12), st.binary(max_size=200), max_size=4))
def test_no_bytes_and_no_name_is_fatal(files):
    made = classroom.read(files, CASE)
    assert len(made.files) == len(files)
    assert all(made.faults["remedy"])
    assert repr(made)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_file_broken_anywhere_never_counts_a_wrong_answer(data):
    whole = CLEAN["answers-7B-1.csv"]
    cut = data.draw(st.integers(0, len(whole)))
    right = {(a["occasion"], a["question_id"]): a["answer"] for a in clean().found.answers if a["code"] == "7B-1"}
    made = classroom.read({"answers-7B-1.csv": whole[:cut]}, CASE)
    assert all(right[a["occasion"], a["question_id"]] == a["answer"] for a in made.found.answers)


def test_a_folder_with_all_that_a_disk_can_hold(tmp_path):
    folder = class_files.put(tmp_path, {"answers-7B-2.csv": CLEAN["answers-7B-2.csv"]})
    (folder / "answers-7B-1.csv").mkdir()
    class_files.put(folder / "answers-7B-1.csv", {"answers-7B-1.csv": CLEAN["answers-7B-1.csv"]})
    (folder / "loop").symlink_to(folder)
    (folder / "answers-7B-3.csv").symlink_to(folder / "nowhere")
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "answers-7B-4.csv")
    (folder / "red\x1b[31m.csv").write_bytes(b"")
    made = classroom.read(folder)
    found = dict(zip(made.faults["file"], made.faults["fault"], strict=True))
    assert "folder with the name of a file" in found["answers-7B-1.csv"]
    assert "it is a link" in found["loop"]
    assert "it is a link" in found["answers-7B-3.csv"]
    assert not hasattr(os, "mkfifo") or "neither a file nor a folder" in found["answers-7B-4.csv"]
    assert found["red\ufffd[31m.csv"] == "the file is empty"
    assert sorted({a["code"] for a in made.found.answers}) == ["7B-1", "7B-2"]


def test_a_folder_without_answers_says_so():
    made = classroom.read({"notes.txt": b"nothing here"})
    assert made.blocks["who"].said == ["There are no answers here that can be read. What was wrong with each file is listed at the end."]  # fmt: skip
    assert "no file of answers" in made.faults["fault"][0]


def test_a_case_without_questions_is_refused(folder):
    (folder / "questions.csv").unlink(missing_ok=True)
    with pytest.raises(ValueError, match="has no questions"):
        classroom.read({}, folder)


# The command, the notebook ------------------------------------------------------------------------------------------


def test_the_command_writes_a_csv_a_notebook_and_its_page(tmp_path, capsys):
    files = tmp_path / "7B"
    files.mkdir()
    class_files.put(files, class_files.spoilt_class())
    out = tmp_path / "out"
    assert main(["class", str(files), "--out", str(out)]) == 0
    said = capsys.readouterr().out
    assert f"Open {out / 'class.html'}" in said
    assert "answers-7B-26.csv: row 2: “maybe” is none of the answers" in said
    made = spoilt()
    assert (out / "class.csv").read_text(encoding="utf-8") == made.csv()
    html = (out / "class.html").read_text(encoding="utf-8")
    assert "<script>alert" not in html
    assert "onerror" not in html
    for sentence in made.blocks["change"].said:
        assert sentence in html.replace("&#39;", "'")
    assert "made up" not in html
    source = json.loads((out / "class.ipynb").read_text(encoding="utf-8"))["cells"][1]["source"]
    assert f"classroom.read({str(files)!r}, case={CASE!r})" in source


def test_the_index_leads_to_the_class_page_where_it_is_there(tmp_path):
    notebook = pages.shipped_notebooks()[0]
    *_, index = build([notebook], tmp_path, saved_outputs=True, hook=pages.hook, progress=lambda line: None)
    assert "class-page.html" not in index.read_text(encoding="utf-8")
    pages.class_page(tmp_path)
    *_, index = build([notebook], tmp_path, saved_outputs=True, hook=pages.hook, progress=lambda line: None)
    assert '<a href="class-page.html">What did the class get better at?</a>' in index.read_text(encoding="utf-8")


def test_the_command_does_not_write_among_what_it_reads(tmp_path, capsys):
    assert main(["class", str(tmp_path), "--out", str(tmp_path / "out")]) == 1
    assert "lies in the folder that is read" in capsys.readouterr().err


def test_a_folder_that_is_none_is_refused_in_a_sentence(tmp_path, capsys):
    assert main(["class", str(tmp_path / "7B")]) == 1
    assert "7B is no folder" in capsys.readouterr().err


def test_an_empty_folder_says_that_there_is_nothing(tmp_path, capsys):
    (tmp_path / "7B").mkdir()
    assert main(["class", str(tmp_path / "7B"), "--out", str(tmp_path / "out")]) == 1
    assert "no file in it has answers" in capsys.readouterr().err


def test_a_cell_of_class_csv_runs_in_no_spreadsheet():
    made = class_of(sat("7B-1", "before", "pre", 3, 3))
    assert not [line for line in made.csv().splitlines() if line.startswith(("=", "@", "+", "-"))]
    assert classroom._cell("=1+1") == "'=1+1"
    assert classroom._cell("-0.2320") == "-0.2320"
