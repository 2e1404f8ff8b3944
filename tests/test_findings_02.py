"""What page 02 says beside its findings and titles (tests/findings/page_02.py), worked out again from the data."""

import re
from pathlib import Path

import nbformat
import pytest
from findings import page_02

import analysis
from analysis import scope

NOTEBOOK = Path(__file__).parents[1] / "notebooks" / "02-strike-rates.ipynb"
MINISTRY = page_02.MINISTRY


@pytest.fixture(scope="module")
def case():
    return analysis.load()


@pytest.fixture(scope="module")
def rates(case):
    return page_02.rates_of(case)


@pytest.fixture(scope="module")
def harm(case):
    return page_02.harm_of(case)


def prose():
    cells = nbformat.read(NOTEBOOK, as_version=4).cells
    return " ".join(re.sub(r"\]\(#[^)]*\)|\[", "", c.source) for c in cells if c.cell_type == "markdown")


def test_all_ten_of_the_ministrys_rates_of_strikes_are_drawn_few_of_them_within_the_article(case, rates):
    theirs = rates[(rates["counted_by"] == MINISTRY) & (rates["unit"] == "strikes/day")]
    assert len(theirs) == 10
    article = case["quote-russia-strikes"]
    known = theirs.dropna(subset=["low"])
    within = known["low"].between(article.low, article.high)
    assert 0 < within.sum() < (known["low"] > article.high).sum()
    alts = nbformat.read(NOTEBOOK, as_version=4).cells[3].outputs[0]["data"]["text/html"]
    assert all(f'href="#{i}' in alts for i in theirs["figure_id"])


def test_a_ministers_average_of_flights_lies_within_the_article(case):
    average, article = case["mod-sorties-per-day-2015-to-2017"], case["quote-russia-strikes"]
    assert article.low <= average.low <= average.high <= article.high


def test_the_coalitions_mark_in_the_yellow_is_the_weapons_that_it_counted(case, rates):
    article = case["quote-russia-strikes"]
    theirs = rates[(rates["group"] == "coalition") & (rates["unit"] == "strikes/day")]
    within = theirs[theirs["low"].between(article.low, article.high)]
    assert list(within["figure_id"]) == ["afcent-strikes-2016-q1"]
    assert case["afcent-strikes-2016-q1"].low == case["afcent-weapons-2016-q1"].low


def test_the_headline_by_the_day_lies_among_the_ministrys_long_totals_of_flights(case, rates):
    theirs = rates[(rates["counted_by"] == MINISTRY) & (rates["unit"] == "sorties/day") & (rates["days"] >= 80)]
    daily = rates.set_index("figure_id").loc["related-sorties"]
    assert theirs["low"].between(daily["low"], daily["high"]).any()


def test_only_october_and_november_of_one_year_are_counted_for_both_campaigns(harm):
    campaigns = harm["subject"].isin(["Russian Aerospace Forces", "US-led coalition"])
    months = harm[campaigns & (harm["days"] < 33)].dropna(subset=["low"])
    sides = months.groupby(["counted_by", "measure", "period_end"])["subject"].nunique()
    both = {day[:7] for *_, day in sides[sides > 1].index}
    assert both == {"2015-10", "2015-11"}
    later = months[months["period_end"].str.startswith("2017")]
    assert set(later["subject"]) == {"US-led coalition"}


def test_a_monitor_laid_more_to_syrias_government_that_october_than_to_either_campaign(case):
    syria, russia, coalition = (case[f"snhr-civilians-{side}-2015-10"] for side in ("syria", "russia", "coalition"))
    assert syria > russia + coalition


def test_no_comparison_matches_on_unit_place_and_period(case):
    every = scope.pairings(case)
    assert not (every[["match_unit", "match_place", "match_period"]] == "yes").all(axis=1).any()
    assert "no comparison matches on all" in prose()


def test_both_sides_are_asked_whom_they_hit_and_the_gap_is_said(case):
    assert case["ihs-share-islamic-state-coalition"].low != case["ihs-share-islamic-state-coalition"].low
    assert "For the coalition neither was found." in prose()
