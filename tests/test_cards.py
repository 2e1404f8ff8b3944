"""A figure's card: plain values first, the same in HTML; workings in words; what has been changed is refused."""

import dataclasses
import re

import pandas as pd
import pytest

import analysis
from analysis import cards, provenance
from tests.conftest import change


def test_a_note_is_plain_values_and_the_card_shows_each_of_them_once(case):
    note = cards.note(case["buses"])
    assert (note.head, note.number, note.unit, note.id) == ("20–30 buses/day", "20–30", "buses/day", "buses")
    assert note.source == "The Gazette, 15 June 2017"
    assert list(note.facts) == [
        "Who said it", "To whom, and when", "How it travelled", "What is counted", "Hedge", "Who counted", "Beware"
    ]  # fmt: skip
    shown = cards.card(case["buses"])
    head, foot = '<p class="wc-big"><strong>20–30</strong> buses/day</p>', '<p class="wc-id"><code>buses</code></p>'
    assert shown == f'<div class="wc-card">{head}{note.body}{foot}</div>'
    assert all(f"<dd>{cards.escape(said)}</dd>" in shown for said in note.facts.values() if said)
    assert shown.count(note.quote) == shown.count(note.cited) == 1


def test_a_number_of_ours_is_said_in_words_and_its_operands_are_linked(case):
    note = cards.note(case["january"] / case["february"])
    assert (note.source, note.facts, note.cited) == ("our working: 3,100 runs ÷ more than 600 runs", {}, "")
    assert "no source prints it: 3,100 runs ÷ more than 600 runs</p>" in note.quote
    assert re.findall(r'href="#(\w+)"', note.quote) == ["january", "february"]
    assert (
        "<code>" not in note.body
    )  # an id stands in a notebook's card, which an analyst asks for, and in no page's note
    assert cards.card(case["january"] / case["february"]).endswith("<code>january / february</code></p></div>")
    both = cards.note(case["both-months"])
    assert "3,100 runs + more than 600 runs" in both.quote
    assert list(both.facts) == ["What is counted", "Who counted", "Beware"]
    half = cards.note(case["both-months"] / 2)
    assert (half.facts, half.source) == (both.facts, "our working: more than 3,700 runs ÷ 2")
    assert both.quote in half.quote  # and so leads on to what the sum is made of


def test_a_number_made_of_one_printed_number_has_its_sentence_speaker_and_document(case):
    made, printed = cards.note(case.evaluate("january / days(january)")), cards.note(case["january"])
    assert (made.number, made.unit, made.source) == ("100", "runs/day", "our working: 3,100 runs ÷ 31 days")
    assert (made.facts, made.cited) == (printed.facts, printed.cited)
    assert printed.quote in made.quote


@pytest.mark.parametrize(("text", "said"), [
    ("january / days(january)", "3,100 runs ÷ 31 days"),
    ("(january - february) / 2", "(3,100 runs − more than 600 runs) ÷ 2"),
    ("january * 100 [percent]", "3,100 runs × 100%"),
    ("low(buses) / hull(28 [day], 31 [day])", "the low end of 20–30 buses/day ÷ 28–31 days"),
    ("high(buses - rivals)", "the high end of 16–28 buses/day"),
    ("overlap(buses, buses) - 3 [bus/day]", "20–30 buses/day − 3 buses/day"),
])  # fmt: skip
def test_a_working_in_words_has_numbers_with_their_units_in_place_of_ids(case, text, said):
    assert cards.in_words(text, case) == said


def test_a_figure_that_was_changed_is_refused_by_name(case):
    twice = dataclasses.replace(case["buses"], low=40.0, high=60.0)
    with pytest.raises(ValueError, match=r"buses: the figure says 40–60 buses/day, its working gives 20–30 buses/day"):
        cards.card(twice)
    with pytest.raises(ValueError, match="its working gives"):
        cards.note(dataclasses.replace(case["buses"], unit="runs/day"))


def test_an_unknown_number_without_a_working_has_a_card(case):
    nothing = dataclasses.replace(case["buses"] / case["rivals"], working="", low=float("nan"), high=float("nan"))
    note = cards.note(nothing)
    assert (note.head, note.source, note.quote) == ("unknown", "our working", "")
    assert cards.note(dataclasses.replace(case["buses"] / 2, case=None)).source == "our working: buses / 2"


def test_percent_stands_close_behind_its_number_and_a_ratio_says_times(case):
    assert cards.note(case.evaluate("40 [percent]")).head == "40%"
    change(case, "january", unit="1", basis="ratio")
    assert cards.note(case["january"]).head == "3,100 times"


# To whom, and when ----------------------------------------------------------------------------------------------------


def said_when(case, figure_id):
    return cards.note(case[figure_id]).facts["To whom, and when"]


def test_the_article_s_number_says_to_whom_and_when_its_speaker_said_it(case):
    assert said_when(case, "buses") == "to the council, 14 June 2017; printed in The Gazette, 15 June 2017"


def test_the_hand_that_says_to_whom_is_the_speaker_s_whichever_it_is(case):
    counts = {"role": "counts", "step": "the count", "who": "Traffic Office", "date": "2017-06-01"}
    says = {"role": "says it", "step": "the talk", "who": "Ann and the mayor", "date": "unknown"}
    case.meta["hands"] = [counts, says, {**counts, "step": "the print", "who": "unknown", "date": "2017-06-14"}]
    assert said_when(case, "buses") == (
        "to whom is unknown, day unknown; the print: 14 June 2017; printed in The Gazette, 15 June 2017"
    )


def test_of_a_speaker_whom_no_hand_names_it_is_unknown_to_whom_it_was_said(case):
    case.meta["hands"] = []
    assert said_when(case, "buses") == "to whom is unknown; printed in The Gazette, 15 June 2017"
    change(case, "buses", channel="headline")
    assert said_when(case, "buses") == "printed in The Gazette, 15 June 2017"


def test_an_outside_number_was_said_to_nobody_whom_the_article_names(case):
    assert said_when(case, "january") == "to whom is unknown; printed in The Gazette, 15 June 2017"


def test_a_draft_says_that_no_person_has_checked_it(case):
    said = "Not checked by a person: a program&#x27;s draft."
    assert said not in cards.card(case["buses"])
    assert f'</strong> buses/day</p><p class="wc-unchecked">{said}</p>' in cards.card(
        change(case, "buses", coder="draft")["buses"]
    )


@pytest.mark.parametrize("name", analysis.cases())
def test_every_figure_of_every_case_has_a_card_with_one_head_and_one_id(name):
    read = analysis.load(name)
    for figure_id in read:
        shown = cards.card(read[figure_id])
        assert shown.count('class="wc-big"') == shown.count('class="wc-id"') == 1
        assert "nan" not in re.sub("<[^>]+>", " ", shown).split()


# Numbers and tables ---------------------------------------------------------------------------------------------------


def test_the_title_of_a_number_of_a_frame_says_quote_speaker_and_document(case):
    row = analysis.topic(case, "service").iloc[0].to_dict()
    assert cards.number(row) == cards.number(case["buses"])
    assert "“about 20-30 buses ran daily” – the mayor, indirect speech; The Gazette, 15 June 2017" in cards.number(row)


def test_a_number_without_a_working_is_no_link_and_an_empty_label_stays_empty(case):
    assert str(cards.number({"low": 1, "high": 2, "working": ""})) == "1–2"
    assert cards.number(case["buses"], "").text == ""


def test_a_table_without_rows_is_one_sentence():
    assert cards.table([], {"a": "A"}, "Buses", none="This case has no buses.").text == "This case has no buses."
    assert "<table" not in cards.table([], {"a": "A"}, "Buses")


# Passages without offsets ---------------------------------------------------------------------------------------------


def quoted(**more):
    row = {"quote": "ten cars and ten vans", "as_printed": "ten", "prefix": "", "suffix": "", "low": 10.0, "high": 10.0,
           "said_by": "Ann", "channel": "direct quote", "quote_start": None, "numeral_start": None}  # fmt: skip
    return row | more


def test_figures_without_offsets_stand_in_their_quotes_one_by_one():
    rows = [quoted(working="cars"), quoted(working="vans"), quoted(working="bus", quote="one bus", as_printed="one")]
    shown = cards.passages(rows)
    assert re.sub("<[^>]+>", "", shown) == "Direct quote: Annten cars and ten vansDirect quote: Annone bus"
    assert re.findall(r'href="#(\w+)"', shown) == ["cars", "vans", "bus"]
    assert shown.text == "ten cars and ten vans\none bus"


def test_a_figure_whose_numeral_stands_nowhere_is_marked_by_its_quote():
    shown = cards.passages([quoted(working="cars", as_printed="")])
    assert 'href="#cars"' in shown
    assert re.sub("<[^>]+>", "", shown).endswith("ten cars and ten vans")


# Rows of a frame ------------------------------------------------------------------------------------------------------


def test_a_row_of_a_frame_may_come_in_any_form_and_through_a_file(case, tmp_path):
    frame = analysis.topic(case, "service")
    wanted = cards.number(frame.iloc[0].to_dict())
    frame.to_csv(tmp_path / "rows.csv", index=False)
    again = pd.read_csv(tmp_path / "rows.csv")
    for row in (frame.iloc[0], next(frame.itertuples()), again.iloc[0], again.to_dict("records")[0]):
        assert cards.number(row) == wanted


@pytest.mark.parametrize("given", [None, "buses", 7, ["buses"]])
def test_what_is_no_row_is_told_what_to_give_instead(case, given):
    for show in (cards.number, cards.sentence, cards.wording):
        with pytest.raises(TypeError, match=r"a Figure or a row of a frame is needed, not a .*frame.iloc\[0\]"):
            show(given)


@pytest.mark.parametrize(("change", "said"), [
    ({"low": 99.0, "high": 99.0}, "the row says 99 buses/day, its working buses gives 20–30"), ({"high": float("nan")}, "the row says 20"),
    ({"unit": "riders"}, "the row says"), ({"case": ""}, "it names no case"), ({"case": None}, "it names no case"),
    ({"case": "nobody"}, "no case 'nobody' has been read here"), ({"working": "buses / rivals"}, "its working buses / rivals gives"),
])  # fmt: skip
def test_a_row_that_is_not_what_its_working_gives_is_refused_and_borrows_no_quote(case, change, said):
    row = analysis.topic(case, "service").iloc[0].to_dict() | change
    for show in (cards.number, cards.wording, lambda row: cards.passages([row])):
        with pytest.raises(ValueError, match=re.escape(said)):
            show(row)


def test_a_row_whose_change_is_told_already_has_no_quote_on_hover(case):
    row = analysis.topic(case, "service").iloc[0].to_dict() | {"low": 99.0, "changed": "20–30 buses/day"}
    assert "ran daily" not in cards.number(row)


def test_passages_of_a_frame_stand_in_their_quotes_and_of_none_in_a_sentence(case):
    frame = analysis.topic(case, "service")
    shown = cards.passages(frame)
    assert shown == cards.passages(frame.to_dict("records"))
    assert "ran daily" in shown.text
    assert cards.passages(frame.assign(quote="")).text == cards.NO_QUOTES
    assert cards.passages([]).text == cards.NO_QUOTES
    with pytest.raises(ValueError, match=r"^buses: it has no quote"):
        cards.passages(frame.drop(columns="quote"))


# What no person has checked -------------------------------------------------------------------------------------------


def test_every_way_of_showing_a_draft_says_that_no_person_has_checked_it(case):
    change(case, "buses", coder="draft")
    frame, own = analysis.topic(case, "service"), case["buses"].row | {"working": "buses"}
    ratio = case["rivals"] / case["buses"]
    table = analysis.evidence_table(frame, {"said_by": "Who", "low": "Low"}, "Rates")
    shown = [cards.number(case["buses"]), cards.number(frame.iloc[0]), cards.number(ratio), cards.number(own), cards.card(ratio),
             cards.sentence(own), cards.wording(own), cards.passages([own]), cards.card(case["buses"]), table,
             provenance.passages(case), provenance.identity(case), provenance.bodies_table(frame, "Whose"),
             cards.number(analysis.ratios(frame, "buses").iloc[1])]  # fmt: skip
    for n, piece in enumerate(shown):
        assert len(re.findall('class="wc-unchecked"', piece)) == (2 if n == 4 else 1), n  # of a ratio the operand too
        assert "ot checked" in re.sub("<[^>]+>", "", piece), n
    assert "ot checked" in ratio.explain()


def test_what_people_have_checked_says_nothing_of_it(case):
    frame = analysis.topic(case, "service")
    for piece in (cards.number(frame.iloc[0]), cards.sentence(case["buses"].row), provenance.passages(case),
                  provenance.identity(case), provenance.bodies_table(frame, "Whose")):  # fmt: skip
        assert "checked" not in piece


def test_a_gap_says_that_no_number_was_found(case):
    change(case, "january", quote="", as_printed="", low="", high="")
    shown = cards.card(case["january"])._repr_html_()
    assert "No number was found." in shown
    assert "sum of records" not in shown


@pytest.mark.parametrize("name", analysis.cases())
def test_a_card_says_a_number_and_its_document_where_its_row_has_an_id(name):
    case = analysis.load(name)
    ids = {*case, *case.sources["source_id"]}
    with_ids = [i for i in case if ids & set(re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)+", case[i].row["caveat"]))]
    assert with_ids
    for figure_id in case:
        said = cards.note(case[figure_id]).facts.get("Beware")
        assert said is None or not ids & set(re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)+", said.text)), said.text


def test_an_address_in_a_caveat_is_a_link_that_names_its_site(case):
    row = case["january"].row | {"caveat": "See buses <here> and https://www.example.org/a?b=1."}
    said = cards.note(dataclasses.replace(case["january"], row=row)).facts["Beware"]
    assert said.text == "See buses <here> and example.org."
    assert 'buses &lt;here&gt; and <a href="https://www.example.org/a?b=1" rel="noreferrer">example.org</a>.' in said
