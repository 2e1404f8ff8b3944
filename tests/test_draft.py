"""The first draft of a case from a text: every number once, where it stands, and what counts nothing set aside."""

import doctest
import hashlib
import importlib
import itertools
import re
import shlex
import time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import analysis
from analysis import check, draft, numerals, passage, schema, tables, units
from analysis.__main__ import main
from analysis.draft import aside, noun, rows

new = importlib.import_module("analysis.draft.new")

BUSES = (
    "Drivers’ strike stops 1,500 buses\n\n"
    "The union said on Monday that up to 1,500 buses stood still on 3 May, at least 40 per cent of the fleet.\n\n"
    "“We counted two, three, five buses a day,” Ann Lee, 45, told reporters. ”Some 7.6 million people wait,” she added.\n\n"
    "1. Nearly half of the 12-hour shifts fell out in 2016, an average of 8,000 a month.\n"
    "2. See page 4, or call 020 7946 0958 before 5 p.m.\n"
)
BY_ID = {row["figure_id"]: row for row in draft.read(BUSES)[0]}


@pytest.mark.parametrize("module", [numerals, passage, rows, aside, noun, new], ids=lambda m: m.__name__)
def test_the_examples_of_the_docstrings_run(module):
    assert doctest.testmod(module).failed == 0 < doctest.testmod(module).attempted


def spans(text):
    figures, idle = draft.read(text)
    return [(int(r["numeral_start"]), int(r["numeral_end"])) for r in figures] + [
        (int(r["quote_start"]), int(r["quote_end"])) for r in idle
    ]


WORDS = st.sampled_from(
    "1 12 70-120 1,268 100.000 7.6 million £8bn 20% percent days per percent buses staff month’s persons people/day a day daily two, three five half of a third third thousands hundred and"
    ' in 2016 May 3 12:42 F-16 to between from no one aged 45 strikes/day per day a said " “ ” ‘ ’ ( [ 5 000 \n \n\n \r\n'
    " \u00a0 \u2028 \x00 ٣ ² ½ – — . , - + page No. people US$ 0.375 -5 9,9 1.2.3 24/7 x 99999999999999999".split(" ")
)
TEXTS = st.one_of(
    st.lists(WORDS, max_size=30).map(" ".join), st.lists(WORDS, max_size=20).map("".join), st.text(max_size=60)
)


@settings(max_examples=400, deadline=None)
@given(TEXTS)
@example("12:42,5")
@example("1 300 45,000,")
@example("three - £8bn")
def test_each_token_of_digits_stands_in_one_row_and_no_two_rows_share_a_character(text):
    taken = sorted(spans(text))
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(taken))
    for token in numerals.DIGITS.finditer(text):
        assert sum(a <= token.start() and token.end() <= b for a, b in taken) == 1


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_every_offset_gives_back_its_words_and_every_number_stands_in_its_quote(text):
    figures, idle = draft.read(text)
    for row in figures:
        start, end, first, last = (int(row[c]) for c in ("quote_start", "quote_end", "numeral_start", "numeral_end"))
        assert passage.flat(text[start:end]) == row["quote"]
        assert passage.flat(text[first:last]) == row["as_printed"]
        assert start <= first < last <= end
        assert passage.flat(text[:start]).endswith(row["prefix"])
        assert passage.flat(text[end:]).startswith(row["suffix"])
        assert not re.search(schema.HIDDEN, row["prefix"] + row["quote"] + row["suffix"])
        low, high = (float(row[c]) if row[c] else None for c in ("low", "high"))
        assert numerals.agrees(row["as_printed"], low, high, row["unit"])
    assert all(passage.flat(text[int(r["quote_start"]) : int(r["quote_end"])]) == r["token"] for r in idle)
    nouns = units.Nouns(draft.nouns(figures))
    assert all(nouns.canonical(row["unit"]) == row["unit"] for row in figures)
    assert len({row["figure_id"] for row in figures}) == len(figures)
    assert all(re.fullmatch(schema.ID, row["figure_id"]) for row in figures)


@pytest.mark.parametrize(
    ("figure_id", "cells"),
    {
        "buses-1500": {"quote": "Drivers’ strike stops 1,500 buses", "channel": "document", "low": "1500"},
        "buses-1500-2": {"low": "", "high": "1500", "hedge": "up to", "channel": "indirect speech"},
        "percent-40": {"unit": "percent", "unit_as_printed": "per cent", "hedge": "at least", "low": "40", "high": ""},
        "buses-two-three-five": {"low": "2", "high": "5", "unit": "buses/day", "basis": "rate", "channel": "direct quote",
                                 "quote": "We counted two, three, five buses a day", "said_by": "unknown"},
        "people-7-6-million": {"high": "7600000", "hedge_as_printed": "Some", "channel": "direct quote"},
        "percent-half": {"low": "50", "unit": "percent", "hedge": "nearly"},
        "hours-12": {"unit": "hours", "unit_as_printed": "hour"},
        "hours-8000": {"hedge": "average", "unit": "hours/month", "unit_as_printed": ""},
    }.items(),
)  # fmt: skip
def test_a_row_holds_what_the_sentence_says(figure_id, cells):
    assert {c: BY_ID[figure_id][c] for c in cells} == cells


def test_what_counts_nothing_is_set_aside_with_the_reason():
    assert {row["token"]: row["reason"].split(":")[0] for row in draft.read(BUSES)[1]} == {
        "3 May": "a date",
        "45": "an age",
        "1.": "a number of a list",
        "2016": "a year",
        "2.": "a number of a list",
        "page 4": "a number in a name, of a part, a place or a rule",
        "020 7946 0958": "a telephone number",
        "5 p.m.": "a clock time",
    }


def test_what_a_person_has_to_judge_is_unknown():
    judged = "measure subject place period_start period_end counted_by count_origin".split()
    assert {row[c] for row in BY_ID.values() for c in judged} == {"unknown"}
    assert {row["coder"] for row in BY_ID.values()} == {"draft"}


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [("two hundred and fifty thousand", 250_000, 250_000), ("twenty-three", 23, 23), ("half a million", 500_000, 500_000), ("one and a half million", 1_500_000, 1_500_000), ("6-7 million", 6e6, 7e6), ("80 to 90", 80, 90),
     ("60 and 74", 60, 74), ("10.000", 10_000, 10_000), ("100 000", 100_000, 100_000), ("0.375", 0.375, 0.375), ("1,234.5", 1234.5, 1234.5), ("7,6", 7.6, 7.6), ("2.500 million", 2.5e6, 2.5e6), ("minus 12", -12, -12),
     ("-0.4", -0.4, -0.4), ("a dozen", 12, 12), ("tens of thousands", 10_000, None), ("several hundred", 100, None), ("three-quarters", 75, 75), ("six out of 10", 60, 60), ("$2.4 million", 2.4e6, 2.4e6), ("1.1 million", 1.1e6, 1.1e6)],
)  # fmt: skip
def test_the_reader_reads_digits_and_words(words, low, high):
    assert numerals.read(words)[:2] == (low, high)


@pytest.mark.parametrize("words", ["", "пяти", "NA", "9 mil", "1.2.3", "9" * 16, "12:42", "NaN", "3,300 and"])
def test_the_reader_says_nothing_where_it_does_not_understand(words):
    assert numerals.read(words) is None
    assert numerals.agrees(words, 5, 5)


def test_the_hedges_of_a_draft_are_schemas():
    assert set(rows.HEDGES) <= set(schema.HEDGES)


@pytest.mark.parametrize("text", ["1 111 " * 1500, "two " * 2000, "1," * 6000, "two hundred and " * 600, "some 7,000 buses. " * 700, "a b" * 9000,
                                  "1-" * 3000, "“" * 4000 + "5", "9 " * 3000, "A. 5 b" * 900, "of about " * 4000 + "5", "1" * 30000],
                         ids=lambda t: t[:12].strip())  # fmt: skip
def test_a_long_text_is_read_in_a_moment(text):
    before = time.perf_counter()
    draft.read(text)
    assert time.perf_counter() - before < 10


@pytest.fixture
def text(tmp_path):
    path = tmp_path / "Bus Strike 3.txt"
    path.write_bytes(BUSES.encode())
    return path


def test_a_draft_has_no_fault_whatever_the_line_ends_of_its_text(text, tmp_path):
    for name, raw in {"lf": BUSES, "crlf": BUSES.replace("\n", "\r\n"), "marked": BUSES}.items():
        text.write_bytes((raw * 2).encode("utf-8-sig" if name == "marked" else "utf-8"))
        result = check.check(draft.new(text, name, tmp_path), [text])
        assert result.faults == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS.filter(lambda t: "\0" not in t and draft.read(t)[0]))
@example(text="1 million \u2028 1")
@example(text="1 – 000 million")
@example(text="0\r0\x1bA")
@example(text="0“¢A, “£2–£5m”")
def test_a_draft_of_any_text_has_no_fault(text, tmp_path_factory):
    folder = tmp_path_factory.mktemp("draft")
    path = folder / "a.txt"
    path.write_bytes(text.encode("utf-8", "replace"))
    result = check.check(draft.new(path, home=folder), [path])
    assert result.faults == []


def test_a_draft_is_named_after_its_text_and_loads(text, tmp_path):
    folder = draft.new(text, home=tmp_path / "cases")
    assert folder.name == "bus-strike-3"
    case = analysis.load(folder)
    assert case.draft
    assert len(case.figures) == len(BY_ID)


def test_the_text_itself_is_not_in_the_folder(text, tmp_path):
    kept = "".join(p.read_text() for p in draft.new(text, home=tmp_path / "cases").iterdir())
    assert "See page 4, or call" not in kept
    assert hashlib.sha256(text.read_bytes()).hexdigest() in kept


def test_what_is_there_already_is_never_written_over(text, tmp_path):
    folder = draft.new(text, home=tmp_path)
    before = {p: p.read_bytes() for p in folder.iterdir()}
    with pytest.raises(tables.CaseError, match="there is a folder bus-strike-3 already"):
        draft.new(text, home=tmp_path)
    assert {p: p.read_bytes() for p in folder.iterdir()} == before
    assert draft.new(text, "bus-strike-4", tmp_path).is_dir()


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "it is empty"), (b"\xef\xbb\xbf \r\n", "it is empty"), (b"No number here.", "there is no number"), (b"On 3 May 2016 it rained.", "there is no number"),
     ("5 Stück".encode("latin-1"), "it is no text in UTF-8.*Save the article's text as plain text"), ("5 buses".encode("utf-16"), "it is no text in UTF-8"),
     (b"5 \0 buses", "it is no plain text"), (b"<!DOCTYPE html><p>5 buses", "it is no plain text"), (b"PK\x03\x04\xff", "it is no text in UTF-8"), (b"{\\rtf1 5 buses}", "it is no plain text")],
)  # fmt: skip
def test_a_file_that_holds_no_text_with_numbers_is_refused_and_leaves_nothing(text, tmp_path, content, said):
    text.write_bytes(content)
    with pytest.raises(tables.CaseError, match=said):
        draft.new(text, home=tmp_path)
    assert list(tmp_path.iterdir()) == [text]


def test_a_file_that_is_not_there_and_a_folder_are_refused(tmp_path):
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(tables.CaseError, match=r"it cannot be read: .*\. Give the file with the article's text"):
            draft.new(path, "name", tmp_path)


@pytest.mark.parametrize("name", ["Bus", "../up", "a b", "3", "a" * 9 + "/", "."])
def test_a_name_that_is_no_id_is_refused(text, tmp_path, name):
    with pytest.raises(tables.CaseError, match=r"cannot name a case\. Give a name of lower-case words"):
        draft.new(text, name, tmp_path)


def test_a_file_name_without_a_letter_of_an_id_asks_for_a_name(text, tmp_path):
    with pytest.raises(tables.CaseError, match=r"no letter of its name can stand in .* new .*新聞\.txt\S* my-article$"):
        draft.new(text.rename(tmp_path / "新聞.txt"), home=tmp_path)
    assert draft.new(tmp_path / "新聞.txt", "news", tmp_path).name == "news"
    assert draft.new((tmp_path / "新聞.txt").rename(tmp_path / "2019.txt"), home=tmp_path).name == "case-2019"


def test_an_error_while_writing_leaves_nothing_behind(text, tmp_path, monkeypatch):
    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tables, "write_text", fail)
    with pytest.raises(tables.CaseError, match=r"cannot be written: No space left.*See that there is room"):
        draft.new(text, home=tmp_path)
    assert list(tmp_path.iterdir()) == [text]


def test_the_command_says_what_it_wrote_and_what_to_type_next(text, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(analysis.case, "home", lambda: tmp_path)
    assert main(["new", str(text)]) == 0
    said = capsys.readouterr().out
    assert f"{len(BY_ID)} numbers in figures.csv, 8 set aside in set_aside.csv" in said
    assert main(shlex.split(re.search(r"dev\.py (check .*)", said)[1])) == 0
    assert main(["new", str(text)]) == 1
    assert "there is a folder" in capsys.readouterr().err


def test_a_draft_says_on_cards_and_charts_that_no_person_has_checked_it_until_one_has(text, tmp_path):
    folder = draft.new(text, home=tmp_path)
    case = analysis.load(folder)
    frame = analysis.frames.frame(case, ["buses-1500", "buses-1500-2"])
    assert "Not checked by a person" in analysis.cards.card(case["buses-1500"])._repr_html_()
    said = {"title": "Buses", "subtitle": "buses"}
    chart = analysis.charts.ranges(frame, **said)
    assert "Not checked by a person." in chart.source
    assert "Not checked by a person." in chart._repr_html_()
    path = folder / "figures.csv"
    path.write_text(path.read_text().replace(",draft,", ",Ann Lee,", 1))
    case = analysis.load(folder)
    assert "Not checked" not in analysis.cards.card(case["buses-1500"])._repr_html_()
    frame = analysis.frames.frame(case, ["buses-1500", "buses-1500-2"])
    assert "1 of 2 not checked by a person." in analysis.charts.ranges(frame, **said).source
    path.write_text(path.read_text().replace(",draft,", ",Ann Lee,"))
    frame = analysis.frames.frame(analysis.load(folder), ["buses-1500", "buses-1500-2"])
    assert "hecked by a person" not in analysis.charts.ranges(frame, **said)._repr_html_()


@pytest.mark.parametrize(
    ("sentence", "units"),
    [("About 420 of the county’s 600 buses stood.", ["buses", "buses"]), ("It says 12 of its 38 routes fell out.", ["routes", "routes"]), ("Some 30,000 are foreign mercenaries.", ["mercenaries"]),
     ("Of 200 people 30 of them left.", ["people", "people"]), ("It paid £8bn, an 18-week high.", ["pounds", "weeks"]), ("The number of riders is 80.", ["riders"]), ("In all 50 sq km burnt.", ["sq km"]),
     ("It is 5 square kilometres.", ["square kilometres"]), ("We saw 3 people per 1,000 riders.", ["people", "riders"]), ("An average of 8,000 a month ran.", ["1"]), ("40 percent a year.", ["percent"])],
)  # fmt: skip
def test_the_noun_of_a_number_is_found(sentence, units):
    assert [row["unit"] for row in draft.read(sentence)[0]] == units


@pytest.mark.parametrize(
    ("sentence", "aside"),
    [("At 14 Market Street on 13 March.", ["14 Market Street", "13 March"]), ("In May 2019 and Mar. 5, 2016.", ["May 2019", "Mar. 5, 2016"]), ("The 21st of 1990s, on 3/4/2019.", ["21st", "1990s", "3/4/2019"]),
     ("The A40 and F-16, Covid-19.", ["40", "16", "19"]), ("No one, the second one, one of us.", ["No one", "second one", "one of"]), ("2016 was bad. 2016 buses ran.", ["2016"]),
     ("See www.example.org/12 or a9@b.org.", ["www.example.org/12", "a9@b.org"]), ("Won 3-1.", ["3", "1"])],
)  # fmt: skip
def test_what_is_no_count_is_set_aside(sentence, aside):
    assert [row["token"] for row in draft.read(sentence)[1]] == aside


@pytest.mark.parametrize(
    ("sentence", "rows_"),
    [("Around 40% of riders, some 220,000 of them, walked.", [("40", "40", "percent"), ("220,000", "220000", "1")]), ("They said “about 20 %” of 5 million.", [("20", "20", "percent"), ("5 million", "5000000", "1")]),
     ("It has 30 buses, 20% of them old, and 12 new.", [("30", "30", "buses"), ("20", "20", "percent"), ("12", "12", "buses")]),
     ("Roughly a third said no.", [("a third", "33.3", "percent")]), ("Nearly one third left.", [("one third", "33.3", "percent")]), ("It fell by a quarter.", [("a quarter", "25", "percent")]),
     ("More than a fifth, at least a tenth.", [("a fifth", "20", "percent"), ("a tenth", "10", "percent")]), ("One man left, a second died and a third was hurt.", []), ("It was about a third time.", []),
     ("We saw 10−12 dogs and 3‒4 cats, 5—6 cows, 7‑8 owls.", [("10−12", "10", "dogs"), ("3‒4", "3", "cats"), ("5—6", "5", "cows"), ("7‑8", "7", "owls")]),
     ("It is 2½ miles, then 1 ¾ miles.", [("2½", "2.5", "miles"), ("1 ¾", "1.75", "miles")]), ("½ of it, and 1½ million riders.", [("½", "50", "percent"), ("1½ million", "1500000", "riders")]),
     ("It used 30 litres of water per hour.", [("30", "30", "litres/hour")]), ("It burnt 20 tons of brown coal a day.", [("20", "20", "tons/day")]), ("She drank 3 cups of tea daily.", [("3", "3", "cups/day")]),
     ("They ate 3 bowls of rice in a day.", [("3", "3", "bowls")])],
)  # fmt: skip
def test_shares_dashes_fractions_and_rates_are_read_as_they_are_meant(sentence, rows_):
    made = [(row["as_printed"], row["low"], row["unit"]) for row in draft.read(sentence)[0]]
    assert [one for one in made if one[0].lower() not in ("one", "a second")] == rows_


@pytest.mark.parametrize(
    "name", ["Gudrun Östli", "Gudrun O\u0308stli", "Łukasz Żak", "Ελένη Ώρα", "Ольга Ёлкина", "Őry Éva", "J. R. Ōta"]
)
def test_a_name_in_the_letters_of_any_script_is_whole(name):
    assert draft.read(f"There are 5 buses, said {name}. Then 6 came.")[0][0]["said_by"] == name
    assert draft.read(f"{name} said 5 buses ran.")[0][0]["said_by"] == name


@pytest.mark.parametrize(
    ("one", "another"),
    [
        ("It was 5.", "Östli saw 6."),
        ("It was 5.", "Ёлка 6."),
        ("الحافلات 5؟", "قال 6."),
        ("Was it 5?", "¿Eran 6?"),
        ("बसें 5 हैं।", "वे 6 हैं।"),
    ],
)
def test_a_sentence_begins_with_a_capital_of_any_script(one, another):
    text = f"{one} {another}"
    assert [text[a:b] for (a, b), _ in passage.sentences(text)] == [one, another]


def test_the_singular_that_the_text_has_is_taken():
    rows_ = [{"unit": "cookies"}, {"unit": "parties"}, {"unit": "ties/day"}]
    assert draft.nouns(rows_, "One cookie.") == {"cookie": "cookies", "party": "parties", "tie": "ties"}


@pytest.mark.parametrize("language", ["unknown", "fr"])
def test_a_draft_says_that_the_reader_of_numbers_knows_english(text, tmp_path, language, monkeypatch, capsys):
    folder = draft.new(text, home=tmp_path, language=language)
    assert "read as English has them" in (folder / "case.toml").read_text()
    case = analysis.load(folder)
    assert (case.meta["language"], case.sources.language[0]) == (language, language)
    with pytest.raises(SystemExit):
        main(["new", "--help"])
    assert "English" in capsys.readouterr().out


PARAGRAPH = "The mayor said on Monday that some 1,500 buses, 40 per cent of the fleet, stood still for 12 hours.\n\n"


def test_a_text_that_repeats_itself_makes_a_small_draft_in_a_moment_and_says_what_it_cannot_tell(text, tmp_path):
    text.write_text(PARAGRAPH * 2000, encoding="utf-8")
    before = time.perf_counter()
    folder = draft.new(text, home=tmp_path)
    result = check.check(folder, [text])
    assert time.perf_counter() - before < 60
    assert result.faults == []
    assert any("only the offsets say which" in note for note in result.notes)
    rows_ = tables.read(folder / "figures.csv", "figures").rows
    assert len(rows_) == 6000
    assert max(len(row["prefix"]) for row in rows_) <= passage.LONGEST
    assert (folder / "figures.csv").stat().st_size < 8_000_000


def test_a_text_longer_than_an_article_is_refused_and_leaves_nothing(text, tmp_path):
    text.write_text("5 buses. " * 200_000, encoding="utf-8")
    with pytest.raises(tables.CaseError, match=r"1,800,000 characters.*Give the article alone, in at most 400,000"):
        draft.new(text, home=tmp_path)
    assert list(tmp_path.iterdir()) == [text]


@pytest.mark.parametrize("failure", [KeyboardInterrupt, MemoryError, RecursionError])
def test_whatever_stops_a_draft_leaves_nothing_behind(text, tmp_path, monkeypatch, failure):
    monkeypatch.setattr(new.case, "read_folder", lambda folder: (_ for _ in ()).throw(failure))
    with pytest.raises(failure):
        draft.new(text, home=tmp_path)
    assert list(tmp_path.iterdir()) == [text]


def test_a_draft_that_could_not_be_read_again_is_not_left(text, tmp_path, monkeypatch):
    monkeypatch.setattr(new, "_card", lambda *given: {"source_id": "No Id"})
    with pytest.raises(tables.CaseError, match="No Id"):
        draft.new(text, home=tmp_path)
    assert list(tmp_path.iterdir()) == [text]


def test_a_time_over_which_something_lasts_is_no_hedge_and_says_so():
    row = draft.read("It offers 3 per cent over two years.")[0][1]
    assert (row["hedge"], row["high"], row["caveat"][:6]) == ("", "2", "“over”")


def test_where_the_package_is_installed_a_new_case_goes_to_the_current_folder(text, tmp_path, monkeypatch):
    monkeypatch.setattr(analysis.case, "home", lambda: tmp_path / "site" / "_data")
    monkeypatch.chdir(tmp_path)
    assert draft.new(text) == tmp_path / "bus-strike-3"
    assert analysis.load("bus-strike-3").draft
