"""The front page of any case: which rows stand beside a number, by which rule, and what is said of them."""

import math
import re

import numpy as np
import pandas as pd
import pytest

import analysis
from analysis import front, save
from analysis.front import beside
from analysis.schema import UNKNOWN
from tests.conftest import change

CASES = analysis.cases()


@pytest.mark.parametrize("name", CASES)
def test_every_case_has_a_front_page_without_a_word_of_its_own(name):
    page = front.Front(analysis.load(name))
    assert len(page.poster().text.splitlines()) == len(page.numbers) <= len(page.case.figures)
    assert page.blocks().count('<section class="wc-one"') == len(page.numbers)
    assert sorted(i for n in page.numbers for i in n.ids) == sorted(page.case.figures["figure_id"])


@pytest.mark.parametrize("name", CASES)
def test_each_row_that_counts_the_same_is_shown_or_left_out_for_one_reason(name):
    case = analysis.load(name)
    for number in front.Front(case).numbers:
        reasons = set(number.candidates["left_out"]) - {""}
        assert reasons <= set(front.RULES)
        assert len(number.beside) + sum(number.left_out().values()) == len(number.candidates)
        assert set(number.beside["figure_id"]).isdisjoint(case.figures["figure_id"])
        shown = number.beside
        assert not shown["repeats"].isin(case.references["figure_id"]).any()
        assert (shown["unit"] == number.own["unit"]).all()
        assert (shown["low"].notna() | shown["high"].notna()).all()


def test_a_number_printed_twice_is_one_and_stands_where_it_first_did():
    case = analysis.load()
    assert [ids[0] for ids in front.groups(case)][-2:] == ["quote-soviet-militants", "related-sorties"]
    for first, *again in front.groups(case):
        assert all(case[i].row["repeats"] == first for i in again)


def number_of(name, case=None):
    return next(n for n in front.Front(case or analysis.load()).numbers if name in n.ids)


@pytest.mark.parametrize(("figure_id", "row", "why"), [
    ("quote-fighters", "fsb-fighters-2015-11-interfax", "again"),
    ("quote-fighters", "gru-fighters-iraq-2016", "within"),
    ("quote-fighters", "oir-fighters-2017-12-05", "later"),
    ("quote-coalition-strikes", "oir-strikes-syria-2016-02-13", "short"),
    ("quote-coalition-strikes", "mod-strikes-to-2016-12-22", "others"),
    ("quote-soviet-militants", "nicolson-fsu-share-2017", "no number"),
    ("related-sorties", "mod-helicopter-sorties-2017-04-29-to-12-11", "part"),
    ("related-sorties", "mod-all-sorties-2017-04-29-to-12-11", ""),
    ("quote-russia-strikes", "ihs-strikes-2015-09-30-to-2018-03-31", ""),
])  # fmt: skip
def test_the_rules_are_kept(figure_id, row, why):
    rows = number_of(figure_id).candidates.set_index("figure_id")
    assert rows.loc[row, "left_out"] == why


def test_nearest_and_farthest_are_of_named_bodies_and_all_others_lie_between():
    for number in front.Front(analysis.load()).numbers:
        near = beside.nearest(number.case, number.own, number.beside)
        named = number.beside[number.beside["counted_by"] != UNKNOWN]
        named = named[~named["subject"].str.contains("not named")]
        own, sides = number.own, [beside.side(number.own, row) for _, row in named.iterrows()]
        assert near["times"] == min(beside.times(own, row) for _, row in named.iterrows()) >= 1
        for way in (beside.ABOVE, beside.BELOW):
            far = beside.farthest(number.case, number.own, number.beside, way)
            there = named[np.array(sides) == way]
            assert (far is None) == (len(there) == 0)
            if far is not None and way == beside.ABOVE:
                assert far["side"] == way
                assert beside.printed_ends(far)[1] == max(beside.printed_ends(r)[1] for _, r in there.iterrows())
            if far is not None and way == beside.BELOW:
                assert far["side"] == way
                assert beside.printed_ends(far)[0] == min(beside.printed_ends(r)[0] for _, r in there.iterrows())


OPEN = float("nan")


@pytest.mark.parametrize(("own", "row", "where"), [
    ((30_000, 30_000), (12_000, OPEN), "either"),  # may be 30,000, may be more
    ((30_000, 30_000), (30_000, OPEN), "either"),
    ((30_000, 30_000), (30_001, OPEN), "higher"),
    ((40.9, 45.3), (OPEN, 100), "either"),
    ((40.9, 45.3), (OPEN, 40), "lower"),
    ((70, 120), (7.48, OPEN), "either"),
    ((70, 120), (120, 200), "fits"),
    ((70, 120), (121, 121), "higher"),
    ((1_000, OPEN), (9_000, OPEN), "fits"),  # all that it may be is a thousand or more
    ((1_000, OPEN), (OPEN, 4_500), "either"),
    ((1_000, OPEN), (500, 900), "lower"),
    ((1_000, OPEN), (500, OPEN), "either"),
])  # fmt: skip
def test_an_open_end_is_neither_higher_nor_lower_while_it_may_be_the_number(own, row, where):
    own, row = (pd.Series({"low": float(low), "high": float(high)}) for low, high in (own, row))
    assert beside.side(own, row) == where
    turned = {"higher": "lower", "lower": "higher"}
    assert where not in turned or beside.side(row, own) == turned[where]


def test_where_a_row_stands_does_not_depend_on_who_counted():
    one, other = number_of("quote-fighters"), number_of("quote-fighters", analysis.load())
    turned = other.beside.assign(counted_by="Somebody", group="")
    assert [beside.side(one.own, r) for _, r in turned.iterrows()] == [
        beside.side(one.own, r) for _, r in one.beside.iterrows()
    ]
    found = beside.nearest(one.case, one.own, turned[one.beside["counted_by"] != UNKNOWN])
    assert found["figure_id"] == beside.nearest(one.case, one.own, one.beside)["figure_id"]


def test_what_is_said_for_and_against_adds_up_and_links_its_numbers():
    for number in front.Front(analysis.load()).numbers:
        sides = number.sides
        assert sum(sides.values()) == len(number.beside)
        assert set(sides) <= {"fits", "either", "higher", "lower"}
        near = beside.nearest(number.case, number.own, number.beside)
        said = {"fits": "Agrees", "either": "May agree"}[beside.side(number.own, near)]
        assert f"{said}: {number.told(near).text}." in number.speaks_for().text
        far = [beside.farthest(number.case, number.own, number.beside, way) for way in ("lower", "higher")]
        told = " and ".join(number.told(row).text for row in far if row is not None)
        assert number.speaks_against().text.partition("isagree")[2].lstrip("s: ") == (f"{told}." if told else "")
        for line in (number.speaks_for(), number.speaks_against()):
            left = re.sub(r'<a class="wc-number".*?</a>|<span class="wc-count">.*?</span>', "", line)
            assert not re.search(r"\d", re.sub(r"\b20\d\d\b|&#x27;", "", left)), left


def test_a_row_from_which_a_number_may_come_is_told_as_such():
    plain, told = (
        front.Front(analysis.load(), origins=o).numbers[2] for o in (None, {"quote-fighters": "fsb-fighters-2015-11"})
    )
    assert told.speaks_for().text.startswith(
        "For: The same, perhaps its origin: 80,000 (Russian FSB, in TASS, November 2015)."
    )
    assert "origin" not in plain.speaks_for().text


def test_a_quotation_shows_where_its_sentence_goes_on():
    said = {number.ids[0]: number.sentence().text for number in front.Front(analysis.load()).numbers}
    assert said["quote-soviet-militants"].endswith("former Soviet Union…")
    assert said["quote-countries"].startswith("…foreign mercenaries")
    assert said["quote-fighters"].endswith("80,000")
    assert "…" not in said["related-sorties"]


def test_what_a_rule_left_out_is_counted_beside_the_sources():
    number = number_of("quote-russia-strikes")
    left = {rule: n for rule, n in number.left_out().items() if n and rule not in ("no number", "others")}
    assert set(left) == {"short", "later"}
    assert f"a rate over less than a week ({left['short']})" in number.sources().text


def test_the_key_has_each_sign_once(monkeypatch):
    page = front.Front(analysis.load())
    assert [page.key().count(sign) for sign in ("→ or more", "← or less", "counter not named")] == [1, 1, 1]
    for number in page.numbers:
        rows = number.beside.assign(low=number.beside["low"].fillna(1.0), high=number.beside["high"].fillna(1.0))
        monkeypatch.setitem(vars(number), "beside", rows)
    assert "or more" not in page.key()


def test_a_case_without_other_counts_says_so(case):
    change(case, "january", counted_by="unknown")
    page = front.Front(case, names={"buses": "buses a day"}, pages={"service": "buses.ipynb"})
    block = page.numbers[0].block()
    assert "Nobody else’s count of this is in the tables." in block
    assert '<h2><span class="wc-numeral">20–30</span> buses a day</h2>' in block
    assert '<a href="buses.ipynb">Service</a>' in block
    assert "<figure" not in block


def test_in_a_page_drawings_are_inline_and_in_a_notebook_pictures(monkeypatch):
    number = number_of("quote-fighters")
    assert "<svg" not in number.block()
    assert number.block().count("<img") > 1
    monkeypatch.setenv("NBSTILL", "1")
    assert "<img" not in number.block()
    assert number.block().count('<svg class="wc-draw wc-') >= 3  # who counted, and the strip for two widths
    assert 'href="#fsb-fighters-2015-11"' in number.block()


def test_the_numeral_and_the_articles_number_are_marked_and_nothing_else():
    block = number_of("quote-fighters").block()
    assert re.findall(r"<mark[^>]*>(?:<a[^>]*>)?(.*?)<", block) == ["80,000"]
    assert block.count("wc-numeral") == 1
    assert math.isclose(number_of("quote-fighters").own["low"], 80000)


# Links in prose ---------------------------------------------------------------------------------------------------------


def test_a_link_to_a_number_gets_a_title_that_is_kept_true(case):
    import nbformat

    cell = nbformat.v4.new_markdown_cell(
        'About [20–30](#buses), [100](#january%20/%20days%28january%29 "old"), [more](#heading).'
    )
    notebook = nbformat.v4.new_notebook(cells=[cell])
    save.titled(notebook, case)
    said = notebook.cells[0].source
    assert (
        '[20–30](#buses "“about 20-30 buses ran daily” – the mayor, indirect speech; The Gazette, 15 June 2017")'
        in said
    )
    assert '[100](<#january-/-days(january)> "our working: 3,100 runs ÷ 31 days")' in said
    assert "[more](#heading)" in said
    save.titled(notebook, case)
    assert notebook.cells[0].source == said


def test_each_number_that_a_notebook_links_to_gets_a_note_in_a_last_cell(case):
    import nbformat

    shown = nbformat.v4.new_output("display_data", {"text/html": '<a href="#january-/-days(january)">100</a>'})
    cells = [nbformat.v4.new_markdown_cell("# About [20–30](#buses), [more](#heading)."),
             nbformat.v4.new_code_cell("show", outputs=[shown])]  # fmt: skip
    notebook = nbformat.v4.new_notebook(cells=cells)
    save.noted(notebook, case)
    save.noted(notebook, case)  # once, however often
    assert len(notebook.cells) == 3
    last = notebook.cells[-1]
    assert last.metadata["tags"] == ["remove-cell"]
    assert re.findall("^##### (.*)", last.source, flags=re.M) == ["buses", "january-/-days(january)"]
    assert "**100 runs/day**: our working: 3,100 runs ÷ 31 days" in last.source
    assert 'case["buses"]' in last.source


def test_a_link_in_prose_bears_its_notebooks_name_and_so_does_its_place(case):
    import nbformat

    cell = nbformat.v4.new_markdown_cell("# [100](#january%20/%20days%28january%29), [more](#heading)")
    notebook = nbformat.v4.new_notebook(cells=[cell])
    for _ in range(2):
        save.titled(notebook, case, "03-own pages")
    save.noted(notebook, case, "03-own pages")
    assert notebook.cells[0].source == (
        '# [100](<#january-/-days(january)@03-own-pages> "our working: 3,100 runs ÷ 31 days"), [more](#heading)'
    )
    assert (
        '\n##### <a id="january-/-days(january)@03-own-pages"></a>january-/-days(january)\n' in notebook.cells[1].source
    )


def test_a_notebook_without_a_number_gets_no_notes(case):
    import nbformat

    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# None [here](#heading).")])
    save.noted(notebook, case)
    assert len(notebook.cells) == 1


def test_a_quote_in_a_title_does_not_end_it(case):
    import nbformat

    change(case, "buses", quote='about "20-30" buses \\ ran')
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("[20–30](#buses).")])
    save.titled(notebook, case)
    found = save.LINK.fullmatch(notebook.cells[0].source.removesuffix("."))
    assert re.sub(r"\\(.)", r"\1", found["title"]).startswith('“about "20-30" buses \\ ran” – the mayor')
    from nbstill import markup

    html = markup.markdown(notebook.cells[0].source, markup.Maths(lambda words: None))
    assert html.count("<a ") == 1
    assert "&quot;20-30&quot; buses \\ ran" in html


def test_where_no_named_body_clearly_agrees_the_numbers_possible_origin_is_told_first():
    origins = {"quote-countries": "tass-countries-2015-11", "quote-fighters": "fsb-fighters-2015-11"}
    made = {n.ids[0]: n.speaks_for().text for n in front.Front(analysis.load(), origins=origins).numbers}
    assert made["quote-countries"].startswith(
        "For: The same, perhaps its origin: 80 (counter not named, in TASS, November 2015). "
    )
    assert "May agree: more than 80 (United Nations" in made["quote-countries"]
    assert "Agrees" not in made["quote-fighters"]  # its nearest is its origin


def test_a_rate_by_the_month_says_by_how_many_days_it_was_divided():
    assert "A day</dt><dd>" in (facts := number_of("related-sorties").facts())
    assert "(÷ 28–31 days)" in facts
    assert "÷" not in number_of("quote-russia-strikes").facts()
