"""Units: a table of powers over a case's nouns."""

import pickle
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import units
from analysis.units import ANY, Nouns, UnitError

BUSES = Nouns({"bus": "buses", "trip": "trips", "square kilometre": "square kilometres", "police": "police"})


@pytest.mark.parametrize(
    ("a", "b", "over", "times"),
    [
        ("buses/day", "buses/day", "1", "buses·buses/day/day"),
        ("buses", "trips", "buses/trip", "buses·trips"),
        ("buses/day", "days", "buses/day/day", "buses"),
        ("1", "trips", "1/trip", "trips"),
        ("trips/square kilometre", "square kilometres", "trips/square kilometre/square kilometre", "trips"),
        ("police", "police/year", "years", "police·police/year"),
        ("trips", "buses/day", "trips·days/bus", "buses·trips/day"),
    ],
)
def test_nouns_cancel_and_those_above_are_plural_those_below_singular(a, b, over, times):
    assert (BUSES.over(a, b), BUSES.times(a, b)) == (over, times)


@pytest.mark.parametrize(
    ("written", "unit"), [("bus/days", "buses/day"), ("trip·bus", "buses·trips"), ("days/day", "1")]
)
def test_a_unit_has_one_way_of_being_written(written, unit):
    assert BUSES.canonical(written) == unit


def test_a_working_writes_a_unit_in_the_singular():
    assert BUSES.singular("days/month") == "day/month"
    assert BUSES.singular("square kilometres") == "square kilometre"


@pytest.mark.parametrize(
    "unit",
    ["trams", "", "bus es", "buses /day", "/day", "buses/", "buses//day", "buses/1", "1/1", "buses/day·trips", "buses**2",
     "(buses)", "buses\x00", "square  kilometres", "Buses", "·", "1·buses"],
)  # fmt: skip
def test_what_is_no_unit_is_refused_and_the_case_s_nouns_are_named(unit):
    with pytest.raises(UnitError, match=r"unknown unit.*build it of bus, trip, square kilometre, police, percent, day"):
        BUSES.canonical(unit)


@pytest.mark.parametrize("nouns", [BUSES, ANY])
@pytest.mark.parametrize("sign", "·/")
def test_a_unit_of_very_many_nouns_is_refused_at_once(nouns, sign):
    assert nouns.canonical("·".join(["buses"] * units.MOST)) == "·".join(["buses"] * units.MOST)
    started = time.process_time()
    for many in (units.MOST + 1, 1_000_000):
        with pytest.raises(UnitError, match="unknown unit"):
            nouns.canonical(sign.join(["buses"] * many))
    assert time.process_time() - started < 1


def test_unlike_units_are_not_the_same_and_both_are_named():
    assert BUSES.same("bus/day", "buses/day", "add") == "buses/day"
    with pytest.raises(UnitError, match=r"cannot add a \(buses\) and b \(trips\): unlike units"):
        BUSES.same("buses", "trips", "add", ("a", "b"))


def test_a_figure_without_a_case_takes_any_noun_as_it_is_written():
    assert ANY.over("sorties/day", "days") == "sorties/day/day"
    assert ANY.over("furlongs", "furlongs") == "1"
    assert ANY.over("big ships", "ports") == "big ships/ports"
    with pytest.raises(UnitError):
        ANY.canonical("1\x00")


def test_the_common_nouns_are_in_every_case_and_mean_one_thing():
    assert {"percent", "day", "days", "month", "year"} <= {w for w in [*units.COMMON, "days"] if w in Nouns({})}
    for bad in ({"day": "dayz"}, {"bus": "buses", "buses": "many"}, {"7": "7s"}, {"a/b": "ab"}, {"": ""}):
        with pytest.raises(UnitError, match="no word, or stands for two things"):
            Nouns(bad)


def test_nouns_are_equal_where_they_hold_the_same_and_survive_pickling():
    again = pickle.loads(pickle.dumps(BUSES))
    assert again == BUSES
    assert hash(again) == hash(BUSES)
    assert Nouns({}) != ANY
    assert Nouns({"bus": "buses"}) != Nouns({"bus": "busses"})


made = st.lists(st.sampled_from(["buses", "trips", "days", "police", "square kilometres"]), max_size=3).map(
    lambda nouns: "·".join(nouns) or "1"
)


@given(made, made, made)
def test_what_is_multiplied_and_divided_again_is_what_it_was(a, b, c):
    assert BUSES.over(BUSES.times(a, b), b) == BUSES.canonical(a)
    assert BUSES.times(BUSES.over(a, c), c) == BUSES.canonical(a)
    assert BUSES.over(a, BUSES.over(b, c)) == BUSES.over(BUSES.times(a, c), b)


@pytest.mark.parametrize(
    "noun",
    [
        "किलोमीटर",
        "ครั้ง",
        "மரம்",
        "été",
        "e\u0301te\u0301",
        "ה\u05d0ו\u05bc",
        "می\u200cها",
        "日本語",
        "m²",
        "CO2",
        "poids-lourd",
    ],
)
def test_a_noun_may_be_of_any_script(noun):
    nouns = Nouns({noun: noun})
    assert nouns.over(f"{noun}/day", noun) == "1/day"
    assert units.ANY.canonical(f"{noun}/day") == nouns.canonical(f"{noun}/day")


@pytest.mark.parametrize(
    "noun", ["", " ", "2 buses", "\u0301a", "a·b", "a/b", "a[b", "a(b)", "-a", "a-", "a\n", "😀", "_a", "a ", "a\u200d"]
)
def test_what_is_no_word_is_no_noun(noun):
    assert not units.is_noun(noun)


def test_a_noun_typed_in_two_ways_is_one():
    nouns = Nouns({"e\u0301te\u0301": "e\u0301te\u0301s"})
    assert nouns == Nouns({"été": "étés"})
    assert nouns.over("étés", "e\u0301te\u0301s") == "1"
    assert "e\u0301te\u0301" in Nouns({"été": "étés"})
    assert units.ANY.over("étés", "e\u0301te\u0301s") == "1"
