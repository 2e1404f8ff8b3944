"""Page 02: strikes a day, and what a strike is."""

import pandas as pd

from analysis import contrast, frames, front
from analysis.schema import UNKNOWN

from . import holds

PAGE = "02-strike-rates"
MINISTRY, RUSSIA, COALITION = "Russian Ministry of Defence", "Russian Aerospace Forces", "US-led coalition"
FIRST = (
    "The Russian ministry's campaign totals give more strikes a day than the article's 70–120, and fewer flights; the "
    "article's 2–5 for the US-led coalition fits one month and one week in Syria, no campaign total, and no count in Iraq, or in both; "
    "no document we read says what one Russian strike is."
)


def rates_of(case) -> pd.DataFrame:
    """All rates of the case by the day, and how many days each covers."""
    made = contrast.per_day(frames.strike_rates(case, references=True))
    return made.assign(days=(made["end"] - made["start"]).dt.days + 1)


def harm_of(case) -> pd.DataFrame:
    """Civilians killed, in Syria or in Iraq and Syria, and how many days each row covers."""
    made = frames.on_topic(case, "harm").query(
        "unit == 'civilians' and place in ['Islamic State areas of Syria', 'Syria', 'Iraq and Syria']"
    )
    return made.assign(days=(made["end"] - made["start"]).dt.days + 1)


def totals(case):
    """The ministry's totals for the whole campaign, of 80 days or more, by the day: its strikes, its flights."""
    rates = rates_of(case)
    whole = rates[(rates["counted_by"] == MINISTRY) & (rates["period_start"] == "2015-09-30") & (rates["days"] >= 80)]
    whole = whole[(whole["subject"] == RUSSIA) & (whole["basis"] == "total over the period")]
    return [whole[whole["unit"] == unit] for unit in ("strikes/day", "sorties/day")]


@holds(
    PAGE,
    "Campaign totals of Russia’s ministry give more strikes a day than …, and fewer flights",
)
def _(case):
    strikes, flights = totals(case)
    article = case["quote-russia-strikes"]
    assert min(len(strikes), len(flights)) >= 4
    assert (strikes["low"] > article.high).all()
    assert (flights[["low", "high"]].max(axis=1) < article.low).all()


def assert_one_month_and_one_week_in_syria_and_none_for_both(case):
    """The article's number for the coalition beside its months in Syria, and beside every count for both countries."""
    rates, other = rates_of(case), case["quote-coalition-strikes"]
    theirs = rates[(rates["subject"] == COALITION) & (rates["unit"] == "strikes/day")]
    named = theirs[theirs["counted_by"] != UNKNOWN]
    known = named[named["figure_id"].isin(front.shown(case, "quote-coalition-strikes")["figure_id"])]
    fits = known[(known["place"] == "Syria") & known["low"].between(other.low, other.high) & known["high"].notna()]
    assert sorted(fits["days"]) == [7, 31]
    whole = known[(known["place"] == "Syria") & (known["period_start"] == "2014-09-23")]
    assert len(whole) > 1
    assert (whole["low"] > other.high).all()
    assert (theirs.loc[theirs["place"] == "Iraq and Syria", "low"] > other.high).all()
    drawn = front.shown(case, "quote-coalition-strikes")
    assert (drawn.loc[drawn["place"] == "Iraq", "low"] > other.high).all()


@holds(PAGE, "In Syria one coalition month and one week fit …, campaign totals do not; in Iraq, or in both, none do")
def _(case):
    assert_one_month_and_one_week_in_syria_and_none_for_both(case)


@holds(PAGE, FIRST)
def _(case):
    strikes, flights = totals(case)
    article = case["quote-russia-strikes"]
    assert strikes["low"].min() > article.high
    assert flights[["low", "high"]].max(axis=None) < article.low
    assert_one_month_and_one_week_in_syria_and_none_for_both(case)
    meant = case.definitions.query("term == 'strike' and used_by == @MINISTRY")["meaning"]
    assert meant.str.startswith("No published definition was found.").all()
    assert len(meant) == 1


@holds(PAGE, "Russia’s General Staff says none, the coalition …; each campaign total of a monitor is higher")
def _(case):
    harm = harm_of(case)
    none = case["mod-civilians-none"]
    assert (none.low, none.high) == (0, 0)
    assert "Russian General Staff" in none.row["said_by"]
    assert none.row["period_end"] == UNKNOWN  # the day of his words
    assert "is read here as none killed" in none.row["caveat"]
    for side in (RUSSIA, COALITION):
        theirs = harm[harm["subject"] == side]
        own = theirs["measure"] == "civilians killed, by its own side"
        said, counted = theirs[own].dropna(subset=["low"]), theirs[~own & (theirs["days"] > 365)].dropna(subset=["low"])
        assert len(said)
        assert len(counted) >= 2
        for monitor in counted.itertuples():  # what was said by the end of its count
            known = said[said["end"].isna() | (said["end"] <= monitor.end)]
            assert (known["low"] < monitor.low).all()
        longest = counted.sort_values("days").drop_duplicates(["counted_by", "measure"], keep="last")
        assert said[["low", "high"]].max(axis=None) < longest["low"].min()
    most = harm[(harm["subject"] == COALITION) & (harm["measure"] == "civilians killed, by its own side")]
    assert most.set_index("figure_id")["low"].idxmax() == "oir-civilians-killed-to-2018-08"
    caveats = harm[harm["counted_by"] == "Airwars"].dropna(subset=["low"]).set_index("figure_id")["caveat"]
    for kind, said in (
        ("claimed", "Claimed|alleged"),
        ("civilians-(?:coalition|russia)-fair", "held to be fairly reported"),
    ):
        found = caveats[caveats.index.str.contains(kind)]
        assert len(found)
        assert found.str.contains(said).all()
    assert caveats["airwars-likely-coalition-to-2018-02-28"].startswith("Airwars’ own estimate")
    meant = case.definitions[case.definitions["used_by"].str.startswith("Airwars")].set_index("term")["meaning"]
    for measure, word in (("reported", "claims"), ("likely", "own estimate"), ("fairly", "assesses as fair")):
        terms = meant[meant.index.str.contains(measure) & meant.index.str.startswith("civilians")]
        assert terms.str.contains(word).any()
