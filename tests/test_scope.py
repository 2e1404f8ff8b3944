"""Scope: pairings with their ratios, what their two sides have in common, and the dial over them."""

import re

import pytest

import analysis
from analysis import scope
from analysis.scope.wording import wording
from tests.conftest import rows, write_case, write_trees


@pytest.fixture(scope="module")
def real():
    return analysis.load()


@pytest.fixture(scope="module")
def every(real):
    return scope.pairings(real)


def period(start, end):
    return {"period_start": start, "period_end": end}


def test_each_pairing_has_a_ratio_that_its_working_gives_again(real, every):
    for row in every.itertuples():
        again = real.evaluate(row.working)
        assert (again.low, again.unit) == (row.low, row.ratio_unit)
        assert again.high == row.high or (again.high != again.high and row.high != row.high)


def test_a_ratio_of_unlike_units_keeps_both_names_and_one_of_like_units_is_pure(case):
    own, winter = scope.pairings(case).to_dict("records")
    assert (own["working"], own["low"], own["high"], own["ratio_unit"]) == ("buses / rivals", 5, 15, "1")
    assert winter["working"] == "(january / days(january)) / (february / days(february))"
    assert winter["high"] == pytest.approx((3100 / 31) / (600 / 28))
    assert winter["low"] != winter["low"]  # more than 600: nothing bounds the divisor, so the ratio is open below


def test_unlike_units_keep_both_names(every):
    units = dict(zip(every["scope_id"], every["ratio_unit"], strict=True))
    assert units["february-targets-syria"] == "targets/strike"
    assert units["february-sorties-syria"] == "sorties/strike"
    assert units["february-sorties-air-command"] == "1"


def test_a_ratio_that_one_body_states_stands_as_it_is(every):
    row = every.set_index("scope_id").loc["staff-sorties"]
    assert (row["b"], row["a_rate"], row["working"]) == ("", "", "mod-ratio-sorties-2017-04")
    assert row["match_period"] == "unknown"


def test_a_pairing_over_a_row_without_a_rate_is_refused_by_name(tmp_path):
    data = rows()
    data["scopes"][1]["a"] = "riders"
    with pytest.raises(ValueError, match="winter: riders has no daily rate"):
        scope.pairings(analysis.load(write_case(tmp_path / "c", data)))


@pytest.mark.parametrize(("a", "b", "match"), [
    ("Syria", "Syria", "yes"), ("Syria", "Iraq and Syria", "partly"), ("Syria", "Iraq", "no"),
    ("unknown", "unknown", "unknown"), ("Syria", "unknown", "unknown"), ("worldwide", "Iraq", "partly"),
])  # fmt: skip
def test_places_match_if_they_are_the_same_and_partly_if_one_holds_the_other(real, a, b, match):
    places = real.vocabulary.places
    assert scope.match_place(a, b, places) == scope.match_place(b, a, places) == match


@pytest.mark.parametrize(("a", "b", "match"), [
    (period("2016-02-10", "2016-02-16"), period("2016-02-10", "2016-02-16"), "yes"),
    (period("2016-02", "2016-02"), period("2016-02-01", "2016-02-29"), "yes"),
    (period("2016-02-10", "2016-02-16"), period("2016-01", "2016-03"), "partly"),
    (period("2016-02-10", "2016-02-16"), period("2016-02-16", "2016-02-20"), "partly"),
    (period("2016-02-10", "2016-02-16"), period("2016-02-17", "2016-02-20"), "no"),
    (period("unknown", "2016-02-16"), period("2016-02-10", "2016-02-16"), "unknown"),
])  # fmt: skip
def test_periods_match_by_their_days(a, b, match):
    assert scope.match_period(a, b) == scope.match_period(b, a) == match


def test_no_pairing_matches_on_all_three_not_even_by_name(every):
    place_and_period = (every["match_place"] == "yes") & (every["match_period"] == "yes")
    assert set(every.loc[place_and_period, "match_unit"]) == {"no"}


def test_the_summary_counts_the_rows_it_is_given(every):
    said = scope.summary(every).text
    assert said.startswith(f"None of the {len(every)} pairings matches on unit, place and period")
    whole = every.head(3).assign(match_unit=["yes", "partly", "no"], match_place="yes", match_period="yes")
    assert scope.summary(whole).text == (
        "1 of the 3 pairings matches on unit, place and period together. In some, both sides print one word, and no "
        "common meaning of it is known. If those are taken to count the same thing, 2 match. 1 matches on place and "
        "period, but there each side counts another thing."
    )


def test_every_number_of_the_summary_is_marked_as_a_count_whatever_matches(every):
    whole = every.head(3).assign(match_unit=["yes", "yes", "no"], match_place="yes", match_period="yes")
    unmarked = re.sub(r'<span class="wc-count">[^<]*</span>', "", scope.summary(whole))
    assert not re.search(r"\d", unmarked)
    assert scope.summary(whole).startswith('<span class="wc-count">2</span> of the <span class="wc-count">3</span>')


def test_in_each_unit_of_ratio_the_greatest_is_the_one_that_the_evidence_names(every):
    greatest = every.fillna({"high": every["low"]}).sort_values("high").groupby("ratio_unit")["scope_id"].last()
    assert greatest.to_dict() == {
        "1": "article", "sorties/strike": "page-sorties", "targets/strike": "february-targets-syria"
    }  # fmt: skip


def test_each_pairing_has_an_argument_for_and_against_without_a_number(every):
    for column in ("best_for", "best_against", "unit_why"):
        assert not every[column].str.contains(r"\d").any()
        assert every[column].str.endswith(".").all()
        assert (
            not every[column].str.contains(r"\b(?:wrong|right|false|lies?|fake|misleading|propaganda|unfair)\b").any()
        )


def test_every_pairing_stands_in_one_position_of_the_dial(real, every):
    at = scope.positions(real)
    for name, places in at.items():
        assert set(every[name]) <= set(places)
    assert len(at["period"]) <= 7


def positions(real):
    at = scope.positions(real)
    return [(u, place, time) for u in at["unit"] for place in at["place"] for time in at["period"]]


def test_every_position_says_first_how_many_match_then_its_pairings_or_why_there_is_none(real, every):
    for position in positions(real):
        shown = scope.dial(real, *position)
        assert re.sub("<[^>]+>", "", shown).startswith(scope.summary(every).text)
        here = every[(every[["unit", "place", "period"]] == list(position)).all(axis=1)]
        assert shown.count("Against: ") == len(here)
        assert ("<img " in shown) == bool(len(here))
        assert ("No pairing can be made here." in shown) == (not len(here))
        assert shown.count('aria-current="true"') == 1


def test_a_pairing_shows_both_rows_their_marks_in_words_and_both_arguments(real):
    shown = scope.dial(real, "targets", "Syria", "10 to 16 February 2016")
    assert 'href="#mod-targets-2016-02-10-to-16"' in shown
    assert 'href="#oir-strikes-syria-2016-02-10-to-16"' in shown
    assert "Russian Ministry of Defence (own statement)" in shown
    assert re.findall(r"<li>(\w+): .*?<strong>(\w+)</strong>", shown) == [
        ("Unit", "no"), ("Place", "yes"), ("Period", "yes")]  # fmt: skip
    assert "targets/strike" in shown
    assert shown.index("For looking at it so: ") < shown.index("Against: ")


def test_the_dial_is_a_pure_function(real):
    position = ("sorties", "Iraq and Syria", "2016")
    assert scope.dial(real, *position) == scope.dial(real, *position)


def test_an_empty_position_names_the_side_that_has_no_row(real, every):
    assert scope.missing(real, every, "weapons", "Syria", "2016")[1].startswith(
        "Nobody whose page was read gives Russian weapons; coalition weapons are given for 1 January 2016 to"
    )
    assert scope.missing(real, every, "strikes", "Syria", "October 2015")[1].startswith(
        "No row gives Russian strikes for that period alone; there are some for"
    )
    assert "Iraq and Syria without dates" in scope.missing(real, every, "sorties", "Iraq and Syria", "not stated")[1]
    assert len(scope.missing(real, every, "targets", "Syria", "October 2015")) == 2


def test_a_mark_is_a_shape_and_a_word():
    assert scope.mark("partly", "some days in common").text == "◐ partly: some days in common"


def test_the_spread_charts_every_ratio_and_says_in_words_what_each_matches(real, every):
    shown = scope.spread(real)
    assert shown.count("<tr>") == 1 + len(every)
    assert f"{len(every)} pairings, a scale for each unit of ratio" in shown
    said = re.search(r' alt="([^"]*)"', shown)[1]
    assert re.search(r"In times, \d+ pairings: from 0.425 times .* to 14–60 times \(Strikes; place not stated", said)
    assert re.search(r"In targets/strike, \d+ pairings: from 2.62 targets/strike .* to 56.9 targets/strike", said)
    assert "unit no, place yes, period yes" in shown
    assert shown.count('href="#') == len(every)


def test_the_grid_holds_every_pairing_and_marks_the_chosen_position_in_words(real, every):
    shown = scope.dial(real, "weapons", "Syria", "2016")
    grid = shown.partition("All positions of the dial")[2]
    assert grid.count('href="#') == len(every)
    assert re.sub("<[^>]+>", "", grid).count("► chosen: –") == 1


def test_the_grid_says_which_days_each_side_has_where_they_differ(real):
    grid = scope.dial(real, "weapons", "Syria", "2016").partition("All positions of the dial")[2]
    grid = re.sub("<[^>]+>", "", grid)
    assert "2.04 sorties/strike: 366 days beside 31 days;" in grid
    assert "1.17 times: sorties beside sorties with a weapon released, same days;" in grid
    assert "0.649 times: sorties beside sorties, 366 days beside 182 days" in grid
    assert "56.9 targets/strike: same days" in grid
    assert "11.9 sorties/strike: 31 days each, not the same ones" in grid
    assert "14–60 times: strikes beside strikes, no dates" in grid
    assert "Weapons (no Russian count found)" in grid
    assert "Weapons" not in scope.dial(real, "sorties", "Syria", "2016").partition("All positions of the dial")[2]


def test_the_spread_says_of_each_ratio_what_stands_beside_what_and_when(real):
    shown = scope.spread(real)
    assert "<td>sorties, 2016, beside strikes, October 2016</td>" in shown
    assert "<td>targets beside strikes, 10 February to 16 February 2016</td>" in shown
    assert "<td>strikes, as one body states it, no dates</td>" in shown


def test_the_choices_are_the_positions_and_a_unit_that_no_row_has_says_so(real):
    choices = scope.choices(real)
    assert {name: [value for _, value in pairs] for name, pairs in choices.items()} == scope.positions(real)
    assert [label for label, _ in choices["unit"] if "found" in label] == ["weapons (no Russian count found)"]


def test_the_words_of_a_case_without_a_dial_are_refused_with_what_it_lacks(case):
    del case.meta["scope"]
    with pytest.raises(ValueError, match=r"case.toml of buses has no \[words.sides\], \[words.scope\] and \[scope\]"):
        wording(case)


@pytest.mark.parametrize("name", ["trees", "macfarland-2016", "nhs-list-2025"])
def test_of_a_case_without_a_dial_all_that_is_asked_says_so(tmp_path, name):
    other = analysis.load(write_trees(tmp_path) if name == "trees" else name)
    said = "This case has no scope dial: its article does not set two sides beside one another."
    none = scope.pairings(other)
    assert (len(none), list(none.columns)) == (0, list(scope.pairings(analysis.load()).columns))
    assert scope.dial(other, "sorties", "Syria", "2016").text == scope.spread(other).text == said
    assert [sentence.text for sentence in scope.missing(other, none, "sorties", "Syria", "2016")] == [said]
    assert scope.positions(other) == scope.choices(other) == {"unit": [], "place": [], "period": []}
    assert scope.summary(none).text == "This case has no pairings."


def test_a_position_that_the_dial_has_not_is_named_with_those_that_it_has(case):
    with pytest.raises(ValueError, match="the dial has no place 'the sea': choose one of not stated, Upper Town"):
        scope.dial(case, "buses", "the sea", "winter")


def test_a_ratio_that_one_body_states_stands_alone_where_the_article_sets_nothing_beside_it(tmp_path):
    data = rows()
    data["references"][0] |= {"unit": "1", "basis": "ratio"}
    data["references"] = data["references"][:1]
    data["scopes"] = [data["scopes"][0] | {"a": "january", "b": ""}]
    case = analysis.load(write_case(tmp_path / "c", data))
    assert "3,100 times, as stated" in scope.dial(case, "buses", "not stated", "not stated")


def test_the_dial_of_any_case_speaks_in_its_own_words(case):
    shown = re.sub("<[^>]+>", "", scope.dial(case, "buses", "not stated", "not stated"))
    assert "The town's number over its rivals': 5–15 times" in shown.replace("&#x27;", "'")
    assert "No row gives town buses" in scope.missing(case, scope.pairings(case), "buses", "Upper Town", "winter")[1]
