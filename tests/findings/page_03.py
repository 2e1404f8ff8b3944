"""Page 03: fighters."""

import pytest

from analysis import fighter_counts, pairs
from analysis.front import beside

from . import holds

PAGE = "03-fighters"
BOTH = "place == 'Iraq and Syria' and left_out == ''"


def printed(rows):
    """The greater end of each row as printed: "more than 60" is 60."""
    return rows["high"].fillna(rows["low"])


@holds(
    PAGE,
    "For Iraq and Syria together we found the article’s 80,000 members of the Islamic State at one other body: the FSB, "
    "Russia’s security service, for the middle of 2015.",
)
@holds(PAGE, "One other body printed … for both countries: Russia’s FSB")
def _(case):
    own, rows = case["quote-fighters"], beside.candidates(case, "quote-fighters")
    assert (own.low, own.high) == (80_000, 80_000)
    same = rows[(rows["low"] == own.low) & (rows["high"] == own.high) & (rows["place"] == "Iraq and Syria")]
    assert set(same["counted_by"]) == {"Russian FSB"}
    assert list(same["period_end"]) == ["2015-06"]
    both = rows.query(BOTH)
    assert (both["low"].min(), printed(both).max()) == (12_000, 200_000)
    second = case["lukyanov-fighters-2016-05"].row
    assert (second["subject"], second["place"]) == ("Islamic State and other groups", "Syria")


def totals(case, place):
    rows = beside.candidates(case, "quote-fighters")
    return rows[~rows["left_out"].isin(["no number", "others", "again"]) & (rows["place"] == place)]


@holds(PAGE, "In 2014 and 2015 totals lie on both sides of …; after that, all lie below")
def _(case):
    own, rows = case["quote-fighters"], totals(case, "Iraq and Syria")
    early = rows["start"].between("2014-01-01", "2015-12-31")
    assert printed(rows[early]).min() < own.low < printed(rows[early]).max()
    assert printed(rows[~early & rows["start"].notna()]).max() < own.low
    assert rows["start"].min().year == 2014


@holds(PAGE, "Each total printed for Iraq alone is below …")
def _(case):
    there = printed(totals(case, "Iraq"))
    assert len(there) > 1
    assert there.max() < case["quote-fighters"].low


@holds(PAGE, "For Syria alone one total, with a second group in it, is …; the others are below")
def _(case):
    there = totals(case, "Syria")
    two = there["subject"].str.contains("other groups")
    assert len(there[~two]) > 1
    assert list(printed(there[two])) == [case["quote-fighters"].low]
    assert printed(there[~two]).max() < case["quote-fighters"].low


@holds(PAGE, "No count of those there at one time says more than …; one of all who ever came says …")
def _(case):
    rows = beside.candidates(case, "quote-mercenaries").query(BOTH)
    most = printed(rows).groupby(rows["basis"]).max()
    assert most["present at the time"] == case["quote-mercenaries"].high
    assert most["cumulative"] == case["soufan-foreign-2017-10"].low > most["present at the time"]


@holds(PAGE, "The article’s foreign share is the same as the FSB’s; the two others have an open end")
def _(case):
    rows = fighter_counts(case, references=True).query("not figure_id.str.startswith('lede-')")
    made = pairs(rows, part="foreign fighters", whole="fighters").query("working != ''").set_index("counted_by")
    assert set(made.index) == {"unknown", "Russian FSB", "French Ministry of Defence", "SOHR"}
    own, fsb = made.loc["unknown"], made.loc["Russian FSB"]
    assert (own["low"], own["high"]) == pytest.approx((fsb["low"], fsb["high"])) == (0.375, 0.375)
    others = made.drop(["unknown", "Russian FSB"])
    assert len(others) == 2
    assert (others[["low", "high"]].isna().sum(axis=1) == 1).all()


@holds(PAGE, "The highest total for Syria alone: …")
def _(case):
    rows = totals(case, "Syria")
    assert printed(rows).max() == case["lukyanov-fighters-2016-05"].high


@holds(PAGE, "That the article’s numbers come from there is our inference; no source says so.")
def _(case):
    pairs = {"quote-fighters": "fsb-fighters-2015-11", "quote-mercenaries": "fsb-foreign-2015-11",
             "quote-countries": "tass-countries-2015-11", "quote-soviet-militants": "fsb-fsu-2015-11"}  # fmt: skip
    assert len({case[there].row["source_id"] for there in pairs.values()}) == 1
    for here, there in pairs.items():
        figure, report = case[here], case[there]
        assert not {here, there} & {*figure.row["repeats"].split(), *report.row["repeats"].split()}
        assert figure.row["counted_by"] == "unknown"
        assert "FSB" not in figure.row["quote"]
        assert "TASS" not in figure.row["quote"]
