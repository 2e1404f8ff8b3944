"""Where a number came from: marked in its sentence, worded twice, and what is known of the page it stands on."""

import re

import pandas as pd
import pytest

import analysis
from analysis import cards, provenance
from tests.conftest import change, write_trees

TEXT = "Ann said ten cars came.\n\n    She saw, say, two vans. Nobody else did."


def row(figure_id, quote, printed, prefix="", suffix=""):
    start = TEXT.index(quote)
    at = TEXT.index(printed)
    where = {"quote_start": start, "quote_end": start + len(quote)}
    where |= {"numeral_start": at, "numeral_end": at + len(printed), "prefix": prefix, "suffix": suffix}
    said = {"quote": quote, "as_printed": printed, "said_by": "Ann", "channel": "direct quote", "source_id": "s"}
    return where | said | {"working": figure_id, "low": 1.0, "high": 1.0}


@pytest.fixture
def rows():
    return [
        row("cars", "ten cars", "ten", "Ann said ", " came.\n\n  "),
        row("vans", "two vans", "two", "say, ", ". Nobody"),
    ]


def texts(html):
    return [re.sub(r"<[^>]+>", "", p) for p in re.findall(r"<blockquote[^>]*><p>(.*?)</p>", html)]


def test_a_passage_is_a_paragraph_and_three_dots_stand_where_the_text_goes_on(rows):
    assert texts(cards.passages(rows)) == ["…Ann said ten cars came.", "…say, two vans. Nobody…"]


def test_quotes_that_meet_are_printed_once(rows):
    rows[1] = row("vans", "two vans", "two", "\n\n    She saw, say, ", ". Nobody else did.")
    assert texts(cards.passages(rows)) == ["…Ann said ten cars came.", "She saw, say, two vans. Nobody else did.…"]


def test_every_numeral_of_a_passage_leads_to_its_note(rows):
    found = re.findall(
        r'<mark class="wc-figure"><a class="wc-number" href="#(\w+)"[^>]*>(\w+)</a></mark>', cards.passages(rows)
    )
    assert found == [("cars", "ten"), ("vans", "two")]


def test_a_word_set_aside_is_underlined_with_its_reason_and_is_no_figure(rows):
    at = TEXT.index("Nobody")
    aside = [{"token": "Nobody", "quote_start": at, "quote_end": at + len("Nobody"), "reason": "counts <nobody>"}]
    html = cards.passages(rows, aside)
    assert '<u class="wc-aside" title="set aside: counts &lt;nobody&gt;">Nobody</u>' in html
    assert html.count("<mark") == 2


def test_a_paragraph_without_a_figure_is_left_out(rows):
    assert len(texts(cards.passages([rows[0] | {"suffix": " came.\n\n    She saw"}]))) == 1


def test_the_passages_of_a_case_mark_each_of_its_figures(case):
    linked = re.findall(r'href="#([\w-]+)"', provenance.passages(case))
    assert sorted(linked) == sorted(case.figures["figure_id"])


def test_a_number_printed_twice_is_one_pair_that_says_what_changed(case):
    change(case, "rivals", repeats="buses", unit_as_printed="")
    pair = provenance.wordings(case).to_dict("records")
    assert [(p["lede"], p["quote"]) for p in pair] == [("rivals", "buses")]
    assert pair[0]["changed"] == "number: 20-30 → two or four; hedge: about → none; noun: buses → none"
    assert provenance.side_by_side(case).count('href="#') == 2


def test_a_case_without_repeated_numbers_has_no_pairs(case):
    assert provenance.wordings(case).empty


def test_what_is_known_of_an_article_is_printed_with_how_it_is_known(case):
    case.meta["article"] |= {"published": "2017-06-15", "published_basis": "the <clock>", "author": "unknown"}
    html = provenance.identity(case)
    assert '<th scope="row">Article: published</th><td>15 June 2017</td><td>the &lt;clock&gt;; ' in html
    assert '<th scope="row">Article: author</th><td>unknown</td><td></td>' in html


def test_an_entry_with_a_document_of_its_own_names_it(case):
    case.meta["article"] |= {"headline": "unknown", "headline_in_repost": "Buses", "headline_source_id": "our-sums"}
    change(case, "our-sums", title="The repost")
    assert re.search(r"headline in repost</th><td>Buses</td><td>“The repost”", provenance.identity(case))
    assert "headline" not in provenance.identity(case, "published", "date")


def test_what_nobody_tells_is_a_table_of_unknowns(case):
    case.meta["unknown"] = {"who_counted": "unknown"}
    assert '<th scope="row">Who counted</th><td>unknown</td>' in provenance.unknowns(case)


def test_a_session_without_dates_is_a_session_whose_date_is_unknown(case):
    one = {"first": "unknown", "last": "unknown", "source_id": "our-sums", "note": ""}
    case.hands[0]["sessions"] = [one]
    assert '<th scope="row">date unknown</th><td>nothing more is known</td>' in provenance.sessions(case)


def test_documents_older_than_the_day_on_which_the_words_were_public_pass_nothing_on(case):
    case.hands[0]["date"] = "2017-06-15"
    assert list(provenance.relayed(case, "buses")["publisher"]) == ["The Gazette"]
    case.hands[0]["date"] = "2017-06-16"
    assert provenance.relayed(case, "buses").empty


def test_without_a_dated_hand_the_words_were_public_when_the_article_was(case):
    case.hands[0]["date"] = "unknown"
    assert provenance.made_public(case) == "unknown"
    case.meta["article"]["published"] = "2017-06-16"
    assert provenance.relayed(case, "buses").empty


def test_a_document_of_which_only_the_month_is_known_counts_if_the_month_fits(case):
    change(case, "gazette-2017-06-15", published="2017-06")
    case.hands[0]["date"] = "2017-06-16"
    assert len(provenance.relayed(case, "buses")) == 1


def test_figures_that_nobody_passed_on_have_no_relay_rows(case):
    assert provenance.relayed(case, "riders").empty


def test_an_entry_that_the_text_prints_needs_no_line_of_its_own(case):
    case.meta["article"] |= {"outlet": "The Gazette"}
    assert "outlet" not in provenance.identity(case)


# Who says again whose number ------------------------------------------------------------------------------------------


def repeating(case, **pairs):
    """The invented case with `repeats` written into some rows."""
    for figure_id, repeated in pairs.items():
        change(case, figure_id, repeats=repeated)
    return case


def test_a_number_said_again_leads_back_to_the_row_with_which_it_began(case):
    repeating(case, rivals="january", february="rivals")
    assert provenance.first_of(case, "february") == ["january"]
    assert provenance.first_of(case, "january") == ["january"]


def test_a_frame_marked_with_repeats_says_whose_number_a_row_says_again(case):
    repeating(case, february="january")
    change(case, "january", counted_by="the depot")
    marked = provenance.mark_repeats(case, case.references)
    assert list(marked["first"]) == ["january", "january", "both-months"]
    assert marked["label"][1] == "the mayor – says again: the depot, 31 January 2017"
    assert marked["dated"][0] == "the mayor, 31 January 2017"
    assert "label" not in case.references


def test_the_table_of_repeats_has_a_row_a_pair_with_both_numbers_linked(case):
    html = provenance.repeats_table(repeating(case, february="january"), "Repeats")
    assert re.findall(r'href="#([\w-]+)"', html) == ["february", "january"]


def test_bodies_are_counted_by_one_rule_whatever_their_stake(case):
    rows = case.references.assign(
        counted_by=["the depot", "the depot", "unknown"], stake=["town hall", "town hall", "unknown"],
        count_origin=["own count", "tally", "unknown"], repeats=["", "january", ""],
    )  # fmt: skip
    depot, unknown = provenance.bodies(rows).to_dict("records")
    counts = {"rows": 2, "own": 1, "others": 1, "compiled": 0, "unsaid": 0, "again": 1}
    assert depot == {"counted_by": "the depot", "stake": "town hall"} | counts
    assert (unknown["rows"], unknown["unsaid"]) == (1, 1)


def test_a_word_that_the_schema_does_not_know_is_not_counted_as_anything(case):
    with pytest.raises(ValueError, match="count_origin"):
        provenance.bodies(case.references.assign(count_origin="hearsay"))


def test_the_table_of_bodies_ends_with_their_sum_and_how_many_are_named(case):
    rows = case.references.assign(
        counted_by=["the depot", "the depot", "unknown"], stake="unknown", repeats="", count_origin="unknown"
    )
    foot = provenance.bodies_table(rows, "Bodies").rpartition("<tr>")[2]
    assert re.sub(r"<[^>]+>", " ", foot).split() == "all of them: 1 bodies named 3 0 0 0 3 0".split()


def test_a_short_table_of_bodies_says_how_many_it_leaves_out_and_keeps_the_sum(case):
    rows = case.references.assign(
        counted_by=["the depot", "the depot", "the mayor"], stake="unknown", repeats="", count_origin="unknown"
    )
    *_, depot, others, foot = provenance.bodies_table(rows, "Bodies", most=1).split("<tr>")
    words_of = [re.sub(r"<[^>]+>", " ", row).split() for row in (depot, others, foot)]
    assert words_of[0] == "the depot unknown 2 0 0 0 2 0".split()
    assert words_of[1] == "not listed one by one: 1 more 1 0 0 0 1 0".split()
    assert words_of[2] == "all of them: 2 bodies named 3 0 0 0 3 0".split()
    assert provenance.bodies_table(rows, "Bodies", most=2) == provenance.bodies_table(rows, "Bodies")


# The article's own way ------------------------------------------------------------------------------------------------


@pytest.fixture
def told(case):
    """The invented case with a talk, a translation that nobody names, a broadcast and a copy."""
    talk = {"role": "says it", "step": "the talk", "who": "Ann", "to": "Bob", "date": "unknown", "date_basis": "not found",
            "sessions": [{"first": "2017-05-30", "last": "2017-05-31", "source_id": "our-sums", "note": ""}]}  # fmt: skip
    turned = {"role": "turns it", "step": "the translation", "who": "unknown", "date": "unknown", "known": "inferred"}
    cast = {"role": "broadcasts it", "step": "the broadcast", "who": "One: Talks", "date": "2017-06-14",
            "date_basis": "a listing", "source_id": "our-sums"}  # fmt: skip
    case.meta["hands"] = [talk, turned, cast]
    case.meta["article"] |= {"published": "2017-06-15", "captured": "2017-07", "captured_basis": "its clock"}
    return case


def test_a_hand_that_nobody_names_is_unknown_and_one_that_is_inferred_is_marked(told):
    hands = provenance.hands(told).set_index("role")
    assert hands.loc["turns it (inferred)", "who"] == "unknown"
    assert hands.loc["broadcasts it", ["who", "date"]].tolist() == ["One: Talks", "2017-06-14"]
    assert hands.index[-1] == "reads it and writes it in a table"


def test_an_article_without_hands_before_it_has_its_own(case):
    case.meta["hands"] = []
    assert list(provenance.hands(case)["role"]) == ["writes it up", "publishes it", "reads it and writes it in a table"]
    assert list(provenance.days_between(case)["label"]) == ["from the page to its copy"]


def test_a_span_is_named_by_the_steps_between_which_it_lies(told):
    assert list(provenance.days_between(told)["label"]) == [
        "from the talk to the broadcast", "from the end of a session to the broadcast", "from the broadcast to the page",
        "from the page to its copy",
    ]  # fmt: skip


def test_dates_in_reversed_order_are_said_to_be(told):
    told.meta["article"]["published"] = "2017-06-12"
    assert provenance.days_between(told)["said"][2] == "2 days, in reversed order"


def test_days_are_counted_between_dates_known_to_the_day_and_else_unknown(told):
    lags = provenance.days_between(told)
    assert list(lags["said"]) == ["unknown", "14 days", "1 day", "unknown"]
    assert lags["period"][1] == "31 May 2017 to 14 June 2017"
    assert lags["days"].isna().tolist() == [True, False, False, True]


def test_days_from_an_earlier_statement_are_marked_as_an_inference(told):
    change(told, "gazette-2017-06-15", published="2016-06-14")
    lag = provenance.days_between(told, "january").iloc[2]
    assert (lag["said"], lag["start"]) == ("365 days", "2016-06-14")
    assert "inference" in lag["basis"]


def test_a_wording_is_marked_with_its_language_and_glossed(case):
    change(case, "gazette-2017-06-15", language="ru")
    html = provenance.relay_table(case, case.relay.assign(gloss="<30 buses>", hedge_as_printed="до"), "Wordings")
    assert '<span lang="ru">up to 30 buses</span>' in html
    assert "In English: &lt;30 buses&gt;" in html
    assert '<span lang="ru">до</span> (at most)' in html


def test_an_unhedged_wording_says_so(case):
    html = provenance.relay_table(case, case.relay.assign(hedge="", hedge_as_printed=""), "Wordings")
    assert "<td>none</td>" in html


# Partial and odd entries of case.toml -------------------------------------------------------------------------------


def test_a_session_of_which_nothing_is_told_has_its_row_and_its_days(case):
    case.meta["hands"] = [case.meta["hands"][0] | {"sessions": [{}]}, case.meta["hands"][0]]
    assert '<th scope="row">date unknown</th><td>nothing more is known</td>' in provenance.sessions(case)
    assert "unknown" in set(provenance.days_between(case)["said"])


@pytest.mark.parametrize("text", ["2017-13", "2017-02-30x", "12-monkeys", "2017 buses", "1984-was-long-ago"])
def test_a_text_of_case_toml_that_is_no_date_is_printed_as_it_stands(case, text):
    case.meta["article"] |= {"headline": text, "headline_basis": "printed"}
    assert f"<td>{text}</td>" in provenance.identity(case)


def test_the_hands_can_be_shown_as_a_chart_without_a_word_on_its_table(told):
    charts = pytest.importorskip("analysis.charts")
    html = charts.relay_chain(provenance.hands(told), title="A way.", subtitle="Hands")._repr_html_()
    assert "<figure" in html
    assert "<details" not in html


# Cases that lack what is asked for -----------------------------------------------------------------------------------


@pytest.fixture(params=["trees", "macfarland-2016", "nhs-list-2025"])
def other(request, tmp_path):
    return analysis.load(write_trees(tmp_path) if request.param == "trees" else request.param)


def tables_of(case):
    """Every table and sentence that can be asked of a case."""
    everything = pd.concat([case.figures, case.references]).assign(stake="unknown")
    told = provenance.relayed(case, *case.figures["figure_id"])
    return {
        "repeats": provenance.repeats_table(case, "Repeats"), "bodies": provenance.bodies_table(everything, "Bodies"),
        "relay": provenance.relay_table(case, told, "Relay"), "pairs": provenance.side_by_side(case),
        "identity": provenance.identity(case), "sessions": provenance.sessions(case), "unknowns": provenance.unknowns(case),
    }  # fmt: skip


def test_what_a_case_lacks_is_an_empty_frame_or_a_sentence_and_never_an_error(other):
    frames = [
        provenance.repeats(other),
        provenance.wordings(other),
        provenance.relayed(other, *other.figures["figure_id"]),
    ]
    frames += [
        provenance.mark_repeats(other, other.references),
        provenance.bodies(other.references.assign(stake="unknown")),
    ]
    assert all(len(frame.columns) >= 2 for frame in frames)
    assert len(provenance.hands(other)) >= 3
    assert provenance.days_between(other)["label"].iloc[-1] == "from the page to its copy"
    for name, shown in tables_of(other).items():
        assert ("<table" in shown) != ('<p class="wc-empty">' in shown), name
        assert shown.text
    assert provenance.passages(other).count('class="wc-figure"') == len(other.figures)
    for figure_id in other.figures["figure_id"]:
        assert provenance.first_of(other, figure_id)
        assert provenance.explain(other[figure_id])
        assert provenance.chain(other[figure_id])[-1][0] == other[figure_id].row["channel"]


def test_a_case_of_three_files_says_in_a_sentence_what_it_lacks(tmp_path):
    said = {name: shown.text for name, shown in tables_of(analysis.load(write_trees(tmp_path))).items()}
    assert said == {
        "repeats": "This case has no number that is said again.",
        "bodies": "Bodies",
        "relay": "This case has no outlet that passed this number on.",
        "pairs": "This case has no number that the article prints twice.",
        "identity": "This case tells no more of the article than its text prints.",
        "sessions": "This case names no days on which the words may have been said.",
        "unknowns": "This case has no list of what its article does not say.",
    }
    none = analysis.load(tmp_path).references.assign(stake="unknown")
    assert provenance.bodies_table(none, "Bodies").text == "There is no number here to say whose count it is."
    assert list(provenance.bodies(none).columns) == ["counted_by", "stake", *provenance.repeated.COUNTED]


def test_days_are_counted_to_the_last_hand_that_has_a_date(told):
    told.meta["hands"].append({"role": "writes it down", "step": "the record", "who": "One", "date": "unknown"})
    assert provenance.days_between(told).iloc[-2][["label", "said"]].tolist() == [
        "from the broadcast to the page",
        "1 day",
    ]


def test_two_dates_that_are_one_are_the_same_day(told):
    told.meta["article"]["published"] = "2017-06-14"
    assert provenance.days_between(told).iloc[-2]["said"] == "the same day"


def test_an_explanation_of_a_draft_says_that_no_person_has_checked_it(case):
    assert "Not checked by a person" in provenance.explain(
        change(case, "buses", coder="draft")["buses"] / case["rivals"]
    )


def test_a_hedge_that_is_the_codebook_s_own_word_is_said_once(case):
    about = case.relay.assign(hedge="about", hedge_as_printed="About")
    assert "<td>About</td>" in provenance.relay_table(case, about, "Wordings")
    none = case.relay.assign(hedge="at most", hedge_as_printed="")
    assert "<td>at most</td>" in provenance.relay_table(case, none, "Wordings")


def test_a_case_whose_rows_have_no_quote_says_so_in_a_sentence(case):
    for i in case.figures["figure_id"]:
        change(case, i, quote="", as_printed="")
    assert provenance.passages(case).text == "There is no number here whose words are quoted."
