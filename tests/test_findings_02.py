"""What page 02 says beside its findings and titles (tests/findings/page_02.py), worked out again from the data."""

import re
from pathlib import Path

import nbformat
import pytest
from findings import page_02

import analysis
from analysis import frames, scope
from analysis.front import beside

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


def test_all_ten_of_the_ministrys_rates_of_strikes_are_drawn_and_the_first_page_leaves_out_four(case, rates):
    theirs = rates[(rates["counted_by"] == MINISTRY) & (rates["unit"] == "strikes/day")]
    assert len(theirs) == 10
    found = beside.candidates(case, "quote-russia-strikes").set_index("figure_id")["left_out"]
    left = found[theirs["figure_id"]]
    assert left[left != ""].to_dict() == {
        "mod-strikes-2015-11-21-to-22": "short", "mod-strikes-2015-12-24": "short",
        "mod-strikes-2017-08-01-to-21": "later", "mod-strikes-per-day-2017-12": "later",
    }  # fmt: skip
    shown = nbformat.read(NOTEBOOK, as_version=4).cells[3].outputs[0]["data"]["text/html"]
    assert [i for i in left.index if f'href="#{i}' not in shown] == []


def test_one_rate_of_strikes_and_a_ministers_average_of_flights_lie_within_the_article(case, rates):
    article, average = case["quote-russia-strikes"], case["mod-sorties-per-day-2015-to-2017"]
    strikes = rates[rates["figure_id"].isin(beside.shown(case, "quote-russia-strikes")["figure_id"])]
    assert strikes["low"].between(article.low, article.high).sum() == 1
    assert article.low <= average.low <= average.high <= article.high


def test_the_weapons_printed_as_strikes_are_left_out_as_a_number_that_repeats_another(case):
    found = beside.candidates(case, "quote-coalition-strikes").set_index("figure_id")["left_out"]
    assert list(found[found == "again"].index) == ["afcent-strikes-2016-q1"]
    assert case["afcent-strikes-2016-q1"].low == case["afcent-weapons-2016-q1"].low


def test_a_part_of_the_coalition_is_no_count_of_the_coalition(case):
    own, rows = case["quote-coalition-strikes"], beside.candidates(case, "quote-coalition-strikes")
    parts = rows[rows["subject"] == "US-led coalition without the United States"]
    assert set(parts["left_out"]) <= {"part", "others", "short"}
    assert len(parts) > 1
    iraq = rows[(rows["left_out"] == "") & (rows["place"] == "Iraq")]
    assert iraq["low"].min() > own.high


def test_the_month_of_the_headline_is_not_the_first_and_2017_has_about_its_rate(case, rates):
    month, daily = case["related-sorties"], beside.number(case, "related-sorties")
    assert case["mod-sorties-to-2015-10-30"].low > month.low
    averages = rates.set_index("figure_id")["low"]
    assert daily["low"] <= averages["mod-sorties-2017-01-01-to-09-20"] <= daily["high"]
    assert averages["mod-sorties-2016"] < daily["low"]


def test_both_sides_use_of_the_word_strike_is_told_as_the_definitions_have_it(case):
    meant = case.definitions.set_index("definition_id")["meaning"]
    assert "in about the same place and for one effect" in meant["strike-oir"]
    assert "many aircraft with dozens of bombs on one compound" in meant["strike-oir"]
    assert "in about the same place and for one effect: a single bomb on a vehicle, or many aircraft" in prose()
    assert "targets hit, a few to each sortie" in meant["strike-russian-mod"]
    assert case["mod-strikes-2015-11-21-to-22"].low == case["mod-targets-2015-11-21-to-22"].low
    assert "every bomb is in the daily release" in meant["strike-reporting"]


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
    later = months[months["period_end"].str.startswith("2017") & (months["subject"] == "Russian Aerospace Forces")]
    assert set(later["figure_id"]) == {"sohr-civilians-russia-2017-04-30-to-05-30"}
    assert (
        later["low"].item() < months.set_index("figure_id").loc["sohr-civilians-coalition-2017-04-23-to-05-23", "low"]
    )


def test_a_monitor_lays_more_to_syrias_government_than_to_russia_in_most_of_its_months(case, harm):
    months = harm[(harm["counted_by"] == "Syrian Network for Human Rights") & (harm["days"] < 36)]
    assert set(months["period_start"]) == {"2015-10-01", "2015-11-01", "2016-01-01"}
    killed = months.pivot(index="period_start", columns="subject", values="low")
    more = killed["Syrian government forces"] > killed["Russian Aerospace Forces"]
    assert list(more) == [True, True, False]
    assert (
        "lays more to the Syrian government's forces than to Russia's in two of the three months that we hold"
        in prose()
    )


def test_of_single_strikes_each_side_is_asked_alike_and_the_gaps_are_rows(case):
    rows = frames.on_topic(case, "harm").query("basis == 'single case' and derivation == ''")
    mine = rows["measure"] == "civilians killed, by its own side"
    told = rows[~mine & (rows["subject"] != "unknown")].set_index("place")["counted_by"]
    assert told.to_dict() == {"Mosul": "Iraqi civil defence"} | dict.fromkeys(
        ["al-Jinah", "al-Mansoura", "Atarib", "Haas", "Khan Shaykhun", "Urum al-Kubra"],
        "UN Commission of Inquiry on Syria",
    )
    assert "on al-Jinah, al-Mansoura, Atarib, Haas, Khan Shaykhun, Mosul, Urum al-Kubra." in prose()
    own = rows[mine].groupby("place")["low"].max()
    assert set(own.index) == set(told.index)
    assert sorted(own[own.isna()].index) == ["Atarib", "Haas", "Khan Shaykhun", "Urum al-Kubra"]


def test_of_iraqs_own_flights_there_is_a_share_and_its_prime_minister_said_maybe(case):
    share = case["abadi-share-sorties-iraq-2015"]
    assert (share.row["hedge_as_printed"], share.row["subject"]) == ("maybe", "Iraqi Air Force")
    assert share.row["said_by"].endswith("Prime Minister of Iraq")


def test_no_monitors_two_longest_counts_cover_the_same_days(harm):
    campaigns = harm[harm["subject"].isin(["Russian Aerospace Forces", "US-led coalition"]) & (harm["days"] > 36)]
    longest = campaigns[~campaigns["measure"].str.contains("by its own side")].sort_values("days")
    longest = longest.drop_duplicates(["counted_by", "measure", "subject"], keep="last")
    for _, sides in longest.groupby(["counted_by", "measure"]):
        assert not sides.duplicated(["start", "end"]).any()


def test_syrias_own_air_force_stands_under_try_your_own_and_no_rate_of_iraqs_is_held(case, rates):
    assert not (rates["subject"].eq("Iraqi Air Force") & rates["unit"].str.endswith("/day")).any()  # a share is no rate
    assert "sohr-strikes-syrian-air-force-2014-10-20-to-2015-11-20" in NOTEBOOK.read_text(encoding="utf-8")


def test_of_iraq_alone_there_is_no_campaign_total_of_civilians_and_the_gap_is_a_row(case):
    rows = frames.on_topic(case, "harm").query("subject == 'US-led coalition' and place in ['Iraq', 'Mosul']")
    campaign = rows[rows["start"] < "2015"]
    assert list(campaign["figure_id"]) == ["civilians-coalition-iraq"]
    assert campaign["low"].isna().all()


def test_of_the_whole_campaigns_the_russian_total_is_the_one_nearest_to_the_coalitions_last_day(case):
    rates = page_02.rates_of(case)
    for row in case.scopes.query("period == 'whole campaigns' and unit in ['strikes', 'sorties']").itertuples():
        unit = case[row.a].unit
        whole = rates[(rates["counted_by"] == MINISTRY) & (rates["period_start"] == "2015-09-30")]
        whole = whole[whole["unit"].eq(f"{unit}/day") & whole["basis"].eq("total over the period")]
        last = rates.set_index("figure_id").loc[row.b, "end"]
        assert whole.set_index("figure_id")["end"].sub(last).abs().idxmin() == row.a, row.scope_id


def test_no_comparison_matches_on_unit_place_and_period(case):
    every = scope.pairings(case)
    assert not (every[["match_unit", "match_place", "match_period"]] == "yes").all(axis=1).any()
    assert "No comparison is alike in what is counted, where and when" in prose()


def test_both_sides_are_asked_whom_they_hit_and_the_gap_is_said(case):
    assert case["ihs-share-islamic-state-coalition"].low != case["ihs-share-islamic-state-coalition"].low
    assert "Of the coalition's we found no share." in prose()
    said = case.definitions.set_index("definition_id")["meaning"]
    assert said["aim-mod"].startswith("International terrorist organisations")
    assert said["aim-oir"].startswith("The Islamic State")


def test_what_is_said_of_sohr_of_ihs_and_of_missing_strikes_is_in_the_rows(case):
    told = prose()
    assert "areas that the Islamic State held" in case["sohr-civilians-russia-2017-04-30-to-05-30"].row["caveat"]
    assert case["sohr-civilians-russia-2017-04-30-to-05-30"].row["place"] == "Islamic State areas of Syria"
    assert "no document that was read says" in case.body("IHS Jane's")["note"]
    assert "a research firm whose method is not said" in told
    meant = case.definitions.set_index("definition_id").loc["strike-reporting", "meaning"]
    assert "the Army's strikes were missing from the US Air Force database" in meant
    assert meant.startswith("The spokesman said that every bomb is in the daily release.")
    assert (
        "The coalition's spokesman said that every bomb is reported; a newspaper found US Army strikes missing" in told
    )
    meant = case.definitions.set_index("definition_id").loc["strike-russian-mod", "meaning"]
    assert "later facilities destroyed are listed apart from strikes" in meant
