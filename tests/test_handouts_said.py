"""What the handouts say that could be false, held against the rows."""

import re

import pandas as pd
import pytest

import analysis
from analysis import frames, front, handouts, lessons
from analysis.handouts import shelf

CASES = [name for name in analysis.cases() if lessons.texts(analysis.load(name))]
TEXTS = [(name, text) for name in CASES for text in shelf._own(analysis.load(name))]


@pytest.mark.parametrize("key", TEXTS, ids="/".join)
def test_every_figure_traces_to_rows_of_a_case(key):
    case = analysis.load(key[0])
    for found in lessons.REFERENCE.findall(lessons.texts(case)[key[1]]):
        lessons.said(case, found)
    assert [f for f in lessons.faults(case) if f.file == f"lessons/{key[1]}.md"] == []


def war():
    return analysis.load("putin-stone-2017")


def per_day(ids):
    return analysis.per_day(frames.frame(war(), ids))


def on_card(number, case="putin-stone-2017"):
    """The ids behind a card, in their order."""
    text = lessons.texts(analysis.load(case))["cards"]
    card = re.search(rf"## Card {number}\..*?(?=\n## |\Z)", text, re.DOTALL)[0]
    return [ident for fence in lessons.FENCE.finditer(card) for ident, _ in lessons.listed(fence["body"])]


def ministry(measure):
    rows = war().references.query(
        f"measure == '{measure}' and counted_by == 'Russian Ministry of Defence' and place == 'Syria' and subject == 'Russian Aerospace Forces'"
    )
    return per_day(list(rows["figure_id"]))


def test_card_1_has_every_rate_of_the_ministrys_strikes_and_two_of_ten_are_inside():
    rates = ministry("strikes")
    shown = [i for i in on_card(1) if i in set(rates["figure_id"])]
    assert set(shown) == set(rates["figure_id"])
    assert len(shown) == 10
    own = war()["quote-russia-strikes"]
    inside = rates[(rates["low"] >= own.low) & (rates["high"] <= own.high)]
    assert len(inside) == 2
    assert shown == list(rates.sort_values(["end", "start"], ascending=[True, False])["figure_id"]) or set(shown)


def test_all_totals_of_strikes_from_the_first_day_are_above_and_all_of_flights_below():
    own = war()["quote-russia-strikes"]
    since = lambda rates: rates[(rates["period_start"] == "2015-09-30") & (rates["basis"] == "total over the period")]  # noqa: E731
    assert (since(ministry("strikes"))["low"] > own.high).all()
    assert len(since(ministry("strikes"))) == 4
    assert (since(ministry("sorties"))["low"] < own.low).all()


def test_the_coalitions_range_fits_syria_in_a_month_and_a_week_and_never_with_iraq():
    case = war()
    own, found = case["quote-coalition-strikes"], front.candidates(case, "quote-coalition-strikes")
    days = (found["end"] - found["start"]).dt.days + 1
    fits = found[
        (found["low"] <= own.high)
        & (found["low"] >= own.low)
        & (found["subject"] == "US-led coalition")
        & (days < 40)
        & (days >= 7)
    ]
    assert set(fits["place"]) == {"Syria"}
    assert set(fits["period_start"]) == {"2015-10-01", "2016-02-10"}
    later = found[(found["place"] == "Syria") & (found["start"] >= pd.Timestamp("2017-01-01"))]
    assert len(later)
    assert (later["low"] > own.high).all()


def rule(number):
    """The ids that the rule on the first sheet of the cards gives for a number of the article."""
    case = war()
    rows = front.shown(case, number)
    rows = rows[(rows["end"] <= pd.Timestamp("2017-06-15")) & (rows["counted_by"] != "unknown")]
    rows = rows.assign(bottom=rows["low"].fillna(rows["high"]), top=rows["high"].fillna(rows["low"]))
    chosen = set()
    for _, group in rows.sort_values(["end", "figure_id"]).groupby("group"):
        chosen |= {group.loc[group["bottom"].idxmin(), "figure_id"], group.loc[group["top"].idxmax(), "figure_id"]}
        last = group[group["end"] == group["end"].max()]
        if not set(last["figure_id"]) & chosen:
            chosen.add(last["figure_id"].iloc[0])
    own = case[number]
    every = front.shown(case, number)
    digits = every[
        (every["end"] <= pd.Timestamp("2017-06-15"))
        & (every["low"] == own.low)
        & (every["high"].fillna(own.low) == own.low)
    ]
    return chosen | set(digits["figure_id"])


def test_the_rows_behind_card_6_are_those_of_the_rule_the_speakers_own_and_the_first_of_somebody_else():
    case = war()
    rows = front.shown(case, "quote-soviet-militants")
    own = rows[rows["said_by"].str.startswith("Vladimir Putin")]
    ends = own.set_index("figure_id")[["low", "high"]]
    mine = {ends.min(axis=1).idxmin(), ends.max(axis=1).idxmax()}
    others = rows[~rows["said_by"].str.startswith("Vladimir Putin") & (rows["group"] != "russian")].sort_values("end")
    assert set(on_card(6)) == rule("quote-soviet-militants") | mine | {others["figure_id"].iloc[0]}


def test_the_rows_behind_card_7_are_those_of_the_rule_one_week_and_the_coalitions_last_quarter():
    week, quarter = "mod-sorties-2016-02-10-to-16", "afcent-sorties-2017-q1"
    assert set(on_card(7)) == rule("related-sorties") | {week, quarter}


@pytest.mark.parametrize(("card", "number"), [(3, "quote-fighters"), (4, "quote-mercenaries"), (5, "quote-countries")])
def test_the_rows_behind_a_card_are_those_of_the_printed_rule(card, number):
    shown, chosen = set(on_card(card)), rule(number)
    part_of_the_place = {"muallem-countries-2013-09"}  # the only count of a group that has no other
    assert shown - part_of_the_place == chosen


def test_the_rows_behind_card_2_are_lowest_highest_longest_and_one_week_of_each_place():
    case = war()
    found = front.candidates(case, "quote-coalition-strikes")
    found = found[(found["subject"] == "US-led coalition") & found["left_out"].isin(["", "part", "again"])]
    days = (found["end"] - found["start"]).dt.days + 1
    for place in ("Syria", "Iraq", "Iraq and Syria"):
        rows = found[(found["place"] == place) & (days >= 7)]
        shown = [i for i in on_card(2) if case[i].row["place"] == place]
        assert len(shown) == 4
        lows = rows.set_index("figure_id")["low"]
        assert {lows.idxmin(), lows.idxmax()} <= set(shown), place
        assert f"oir-strikes-{place.lower().replace(' ', '-')}-2016-02-10-to-16" in shown


@pytest.mark.parametrize("card", range(1, 8))
def test_the_key_has_each_row_behind_a_card_in_the_column_of_its_origin(card):
    case = war()
    cells = re.search(rf"^\| {card} \|.*", lessons.texts(case)["keys-teacher"], re.MULTILINE)[0].split("|")[3:6]
    told = {i: column for column, cell in enumerate(cells) for i in re.findall(r"\{([\w-]+) letter\}", cell)}
    rows = {i: case[i].row for i in on_card(card)}
    own = {i: row["count_origin"].startswith("own ") for i, row in rows.items()}
    assert told == {i: 0 if own[i] else 2 if row["counted_by"] == "unknown" else 1 for i, row in rows.items()}


@pytest.mark.parametrize("card", range(1, 8))
def test_the_rows_behind_a_card_stand_in_order_of_time(card):
    case = war()
    ends = [(case[i].row["place"] if card == 2 else "", case[i].row["period_end"]) for i in on_card(card)]
    if card == 2:
        pytest.skip("by place: the lowest, the week, the longest, the highest")
    blocks_ = [
        pd.Timestamp(str(pd.Period(end, freq={4: "Y", 7: "M"}.get(len(end), "D")).end_time.date())) for _, end in ends
    ]
    first = blocks_[:10] if card == 1 else blocks_[:-1] if card == 7 else blocks_
    assert first == sorted(first)


def test_the_article_has_twelve_figures_that_are_seven_numbers_and_one_names_its_counter():
    case = war()
    ids = front.groups(case)
    assert (len(case.figures), len(ids)) == (12, 7)
    assert [i[0] for i in ids if case[i[0]].row["counted_by"] != "unknown"] == ["related-sorties"]
    assert sum(len(i) == 2 for i in ids) == 5
    assert case.meta["article"]["headline_in_repost"] in lessons.REFERENCE.sub(
        lambda m: lessons.said(case, m[1]).text, lessons.texts(case)["lesson-1-teacher"]
    )


def test_each_sides_counts_of_fighters_change_by_more_than_half():
    case = war()
    ends = lambda ids: [e for i in ids for e in (case[i].low, case[i].high) if e == e]  # noqa: E731
    russian = ends(["fsb-fighters-2015-11", "gru-fighters-2016"])
    coalition = ends(["cia-fighters-2014-09", "oir-fighters-2017-03"])
    assert min(russian) < max(russian) / 2
    assert min(coalition) < max(coalition) / 2


def test_owners_are_told_of_every_outlet_and_counter_in_one_form():
    case = war()
    table, silent = (block for block in handouts.handout(case, "owners").blocks[1:])
    known = {"".join(p.text for p in row[0]) for row in table.rows}
    unknown = set(silent.inside[0].text.removeprefix("Owner not found: ").rstrip(".").split(", "))
    on_cards = [case[i].row for n in range(1, 8) for i in on_card(n)]
    used = {row["source"]["publisher"] for row in on_cards} | {row["counted_by"] for row in on_cards}
    used |= {case.meta["article"]["outlet"], "Airwars", "SOHR", "Syrian Network for Human Rights"}  # the box on harm
    assert used & set(case.bodies["name"]) <= known | unknown <= set(case.bodies["name"])
    named = ["".join(p.text for p in row[0]) for row in table.rows]
    assert named == sorted(named, key=str.casefold)


def test_the_cases_hold_a_sheet_for_the_pupil_and_one_for_the_teacher_of_every_lesson():
    for case in CASES:
        names = {text for name, text in TEXTS if name == case}
        taught = {text.rpartition("-")[0] for text in names if text.startswith("lesson-")}
        assert taught
        assert {f"{lesson}-{kind}" for lesson in taught for kind in ("pupil", "teacher", "screen")} <= names
        assert {"cards", "code-list", "pre-test", "post-test", "later-test", "tests-teacher"} <= names
