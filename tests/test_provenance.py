"""Where a number came from: marked in its sentence, worded twice, and what is known of the page it stands on."""

import re

import pytest

from analysis import cards, provenance

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
    figures = case.figures
    later = figures["figure_id"] == "rivals"
    case._rows["rivals"] |= {"repeats": "buses", "unit_as_printed": ""}
    case.tables["figures"] = figures.assign(repeats=later.map({True: "buses", False: ""}))
    pair = provenance.wordings(case).to_dict("records")
    assert [(p["lede"], p["quote"]) for p in pair] == [("rivals", "buses")]
    assert pair[0]["changed"] == "number: 20-30 → two or four; hedge: about → none; noun: buses daily → none"
    assert provenance.side_by_side(case).count('href="#') == 2


def test_a_case_without_repeated_numbers_has_no_pairs(case):
    assert provenance.wordings(case).empty


def test_what_is_known_of_an_article_is_printed_with_how_it_is_known(case):
    case.meta["article"] |= {"published": "2017-06-15", "published_basis": "the <clock>", "author": "unknown"}
    html = provenance.identity(case)
    assert '<th scope="row">Article: published</th><td>15 June 2017</td><td>the &lt;clock&gt;; ' in html
    assert '<th scope="row">Article: author</th><td>unknown</td><td></td>' in html


def test_an_entry_with_a_document_of_its_own_names_it(case):
    case.meta["article"] |= {"headline": "unknown", "headline_in_repost": "Buses", "headline_source_id": "who-counted"}
    case._sources["who-counted"]["title"] = "The repost"
    assert re.search(r"headline in repost</th><td>Buses</td><td>“The repost”", provenance.identity(case))


def test_what_nobody_tells_is_a_table_of_unknowns(case):
    case.meta["unknown"] = {"who_counted": "unknown"}
    assert '<th scope="row">Who counted</th><td>unknown</td>' in provenance.unknowns(case)


def test_a_session_without_dates_is_a_session_whose_date_is_unknown(case):
    one = {"first": "unknown", "last": "unknown", "source_id": "who-counted", "note": ""}
    case.meta["said"] = {"sessions": [one]}
    assert '<th scope="row">date unknown</th><td>nothing more is known</td>' in provenance.sessions(case)


def test_documents_older_than_the_broadcast_pass_nothing_on(case):
    case.meta["broadcast"] = {"date": "2017-06-15"}
    assert list(provenance.relayed(case, "buses")["publisher"]) == ["The Gazette"]
    case.meta["broadcast"] = {"date": "2017-06-16"}
    assert provenance.relayed(case, "buses").empty


def test_a_document_of_which_only_the_month_is_known_counts_if_the_month_fits(case):
    case._sources["gazette-2017-06-15"]["published"] = "2017-06"
    case.meta["broadcast"] = {"date": "2017-06-16"}
    assert len(provenance.relayed(case, "buses")) == 1


def test_figures_that_nobody_passed_on_have_no_relay_rows(case):
    assert provenance.relayed(case, "riders").empty


def test_an_entry_that_the_text_prints_needs_no_line_of_its_own(case):
    case.meta["article"] |= {"outlet": "The Gazette"}
    assert "outlet" not in provenance.identity(case)
