"""Scope: pairings with their ratios, what their two sides have in common, and the dial over them."""

import importlib
import re

import pytest

import analysis
from analysis import scope, words
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


def views(real):
    return [(unit, over) for _, unit in scope.choices(real)["unit"] for over in ("a", "b")]


def title_of(shown):
    return re.search(r' alt="([^"]*?)\. Range bars', shown)[1]


def test_every_choice_shows_a_picture_first_then_each_argument_or_why_there_is_none(real, every):
    for unit, over in views(real):
        shown = scope.dial(real, unit, over)
        here = every[every["unit"] == unit]
        assert shown.startswith("<figure ")
        assert shown.count("Against: ") == shown.count("For: ") == len(here) - 1  # folded; and one in sight
        assert shown.index('<div class="wc-lines"><p><b>For ') < shown.index("<b>Against</b>") < shown.index("<details")


def test_the_title_of_every_view_is_a_sentence_between_which_numbers_like_by_like_lies(real):
    for unit, over in views(real):
        rows = scope.pairings(real, over).query("unit == @unit and ratio_unit == '1' and scope_id != 'article'")
        ends = [end for end in (*rows["low"], *rows["high"]) if end == end]
        first, other = ("Russian", "coalition") if over == "a" else ("coalition", "Russian")
        title = title_of(scope.dial(real, unit, over))
        assert title.startswith(f"{words.capital(unit)} beside {unit}, the {first} number is ")
        less = max(ends) < 1
        assert f"{f'{100 * max(ends):.0f}' if less else words.number(max(ends))} " in title
        assert f"{'percent of' if less else 'times'} the {other} one" in title
    assert title_of(scope.dial(real, "strikes")).endswith("; the article’s own two give 14 to 60 times")
    assert title_of(scope.dial(real, "targets")).endswith("number is 3.37 times the coalition one or more")


def test_what_is_less_than_one_time_is_said_in_percent_at_every_place(real):
    shown = scope.dial(real, "strikes", "b")
    title = "the coalition number is 7 to 39 percent of the Russian one; the article’s own two give 2 to 7 percent"
    assert title_of(shown).endswith(title)
    assert "1.67–7.14%</a>, the article’s own" in shown
    assert ">0.0" not in shown
    rows = importlib.import_module("analysis.scope.dial").in_percent(
        scope.pairings(real, "b").query("unit == 'strikes'").to_dict("records")
    )
    for row in rows:
        worked = real.evaluate(row["working"])
        assert (worked.low, worked.high, worked.unit) == pytest.approx((row["low"], row["high"], "percent"))
    drawn = [
        word.text
        for word in importlib.import_module("analysis.scope.dial")._chart(real, rows, "strikes", "b").sheet().words
    ]
    assert {"percent", "the article: 1.67–7.14%"} <= set(drawn)


def test_the_comparison_argued_in_sight_is_of_like_by_like_the_articles_own_or_matches_in_most(real, every):
    told = every.set_index("scope_id")
    for unit, name in (("strikes", "article"), ("sorties", "staff-sorties"), ("targets", "may-targets-both")):
        shown = scope.dial(real, unit).text
        assert f"For: {told.loc[name, 'best_for']} Against: {told.loc[name, 'best_against']}" in shown


def test_unlike_units_stand_in_a_panel_of_their_own_that_says_so(real):
    drawn = [word.text for word in dial_chart(real, "sorties").sheet().words]
    said = next(n for n, text in enumerate(drawn) if text.startswith("Sorties for each strike: not the same thing."))
    assert drawn.index("times as many") < drawn.index("sorties for each strike") < said
    assert sum(text.startswith("Sorties for each strike") for text in drawn) == 1


def test_a_ratio_turned_round_is_one_over_it(real, every):
    turned = scope.pairings(real, "b").set_index("scope_id")
    for row in every.set_index("scope_id").itertuples():
        back = turned.loc[row.Index]
        for end, other in ((row.low, back["high"]), (row.high, back["low"])):
            assert end * other == pytest.approx(1) or (end != end and other != other)
    assert turned.loc["staff-sorties", "working"] == "1 / mod-ratio-sorties-2017-04"
    assert turned.loc["february-sorties-syria", "ratio_unit"] == "strikes/sortie"


def test_each_place_says_whose_war_it_leaves_out(real):
    drawn = " ".join(word.text for unit in ("strikes", "sorties") for word in dial_chart(real, unit).sheet().words)
    for place, said in wording(real).left_out.items():
        assert (said in drawn) == (
            place != "not stated"
        )  # the article alone: against it stands that no country is named
    assert "no country for the coalition" in scope.dial(real, "strikes").text


def dial_chart(real, unit, over="a"):
    rows = scope.pairings(real, over).query("unit == @unit").to_dict("records")
    return importlib.import_module("analysis.scope.dial")._chart(real, rows, unit, over)


def test_the_article_is_a_band_and_what_is_worked_out_here_is_nobodys(real):
    chart = dial_chart(real, "strikes")
    assert "the article: 14–60" in {word.text for word in chart.sheet().words}
    made = chart.marks
    assert "article" not in set(made["figure_id"])
    assert set(made["group"]) == {"ours", "russian"}
    assert (made["group"] == "russian").sum() == 1  # the one ratio that a body states


def test_each_argument_says_in_words_what_a_comparison_matches(real):
    shown = re.sub("<[^>]+>", "", scope.dial(real, "targets"))
    beside = "targets beside strikes, 10 February to 16 February 2016"
    assert f"56.9 targets/strike: Targets; Syria; 10 to 16 February 2016; {beside}" in shown
    assert "Alike? unit ○ no; place ● yes; period ● yes" in shown
    assert shown.index("For: ") < shown.index("Against: ")


def test_the_dial_is_a_pure_function(real):
    assert scope.dial(real, "sorties", "b") == scope.dial(real, "sorties", "b")


def test_a_unit_that_nobody_counts_says_so(real, every):
    assert scope.missing(real, every, "weapons").text.startswith(
        "Nobody whose page was read gives Russian weapons; coalition weapons are given for 1 January 2015 to"
    )
    assert scope.missing(real, every, "sorties").text.startswith("Both sides have rows for it")


def test_a_mark_is_a_shape_and_a_word():
    assert scope.mark("partly").text == "◐ partly"


def test_the_spread_lists_every_comparison_with_what_it_matches_and_its_working(real, every):
    shown = scope.spread(real)
    assert shown.count("<tr>") == 1 + len(every)
    assert shown.count("<code>") == len(every)
    assert "unit no, place yes, period yes" in shown


def test_the_lanes_say_how_many_days_each_side_counts_where_they_differ(real):
    lanes = set(dial_chart(real, "sorties").marks["lane"])
    assert "2016: Russia 366 days, Coalition 31 days" in lanes
    assert "2016: sorties beside sorties with a weapon released, same days" in lanes
    assert "2016: Russia 366 days, Coalition 182 days" in lanes
    assert "October 2015: 31 days each, not the same ones" in lanes
    assert "Russian Ministry of Defence’s own comparison, no dates" in lanes
    assert any(
        lane.startswith("10 to 16 February 2016: raids beside raids, Russia 7 days, Coalition ") for lane in lanes
    )


def test_the_choices_are_the_units_that_are_paired_and_the_sides_by_alphabet(real):
    choices = scope.choices(real)
    assert [label for label, _ in choices["unit"]] == ["sorties", "strikes", "targets"]
    assert choices["over"] == [("Coalition over Russia", "b"), ("Russia over Coalition", "a")]


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
    assert scope.dial(other, "sorties").text == scope.spread(other).text == said
    assert scope.positions(other) == {"unit": [], "place": [], "period": []}
    assert scope.choices(other) == {"unit": [], "over": []}
    assert scope.summary(none).text == "This case has no pairings."


@pytest.mark.parametrize(("asked", "said"), [
    (("trams",), "the dial has no unit 'trams': choose one of buses, runs"),
    (("buses", "c"), "the dial has no side 'c': choose one of a, b"),
])  # fmt: skip
def test_a_choice_that_the_dial_has_not_is_named_with_those_that_it_has(case, asked, said):
    with pytest.raises(ValueError, match=said):
        scope.dial(case, *asked)


def test_a_ratio_that_one_body_states_stands_alone_where_the_article_sets_nothing_beside_it(tmp_path):
    data = rows()
    data["references"][0] |= {"unit": "1", "basis": "ratio"}
    data["references"] = data["references"][:1]
    data["scopes"] = [data["scopes"][0] | {"a": "january", "b": ""}]
    case = analysis.load(write_case(tmp_path / "c", data))
    assert "Buses beside buses, the town number is 3,100 times the rival one" in scope.dial(case, "buses")


def test_the_dial_of_any_case_speaks_in_its_own_words(case):
    assert title_of(scope.dial(case, "buses")) == "The article’s own two numbers give 5 to 15 times"
    assert title_of(scope.dial(case, "runs")).startswith("Runs beside runs, the town number is ")
    assert title_of(scope.dial(case, "runs", "b")).startswith("Runs beside runs, the rival number is ")
