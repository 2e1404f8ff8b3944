"""The first draft of a case from a text: every number once, where it stands, and what counts nothing set aside."""

import doctest
import itertools
import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis import draft, numerals, passage, schema, units
from analysis.draft import aside, noun, rows

BUSES = (
    "Drivers’ strike stops 1,500 buses\n\n"
    "The union said on Monday that up to 1,500 buses stood still on 3 May, at least 40 per cent of the fleet.\n\n"
    "“We counted two, three, five buses a day,” Ann Lee, 45, told reporters. ”Some 7.6 million people wait,” she added.\n\n"
    "1. Nearly half of the 12-hour shifts fell out in 2016, an average of 8,000 a month.\n"
    "2. See page 4, or call 020 7946 0958 before 5 p.m.\n"
)
BY_ID = {row["figure_id"]: row for row in draft.read(BUSES)[0]}


@pytest.mark.parametrize("module", [numerals, passage, rows, aside, noun], ids=lambda m: m.__name__)
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
        "hours-8000": {"hedge": "average", "unit": "hours/month", "unit_basis": "inherited"},
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
