"""Page 00: the seven numbers."""

from analysis import contrast, front
from analysis.frames import topic
from analysis.front import beside
from analysis.schema import UNKNOWN

from . import NOTEBOOKS, holds

PAGE = "00-start-here"
MINISTRY = "Russian Ministry of Defence"
TOTALS = (
    "Counting from the campaign’s first day, Russia’s ministry has more strikes a day than 70–120, but fewer flights."
)


@holds(PAGE, "Seven numbers. For six, the article does not say who counted.")
def _(case):
    counted = [case[ids[0]].row["counted_by"] for ids in front.groups(case)]
    assert (len(counted), counted.count(UNKNOWN)) == (7, 6)
    said = [case[ids[0]].row["said_by"] for ids in front.groups(case)]
    assert sum("Vladimir Putin" in who and "Oliver Stone" in who for who in said) == 6  # the sentence below it
    source = case.source(case.meta["article"]["source_id"])
    assert (source["publisher"], source["published"]) == ("Sputnik", "2017-06-15")
    assert f"({source['url']})" in (NOTEBOOKS / f"{PAGE}.ipynb").read_text(encoding="utf-8")
    printed = [len(ids) for ids in front.groups(case)]
    assert (sum(printed), printed.count(2)) == (12, 5)
    twice = [{case[i].row["channel"] for i in ids} for ids in front.groups(case) if len(ids) == 2]
    assert twice == [{"direct quote", "indirect speech"}] * 5
    assert sum(case[ids[0]].row["channel"] == "related headline" for ids in front.groups(case)) == 1
    sides = [number.sides for number in front.Front(case).numbers]
    # “For each, some agree; for all but “Thousands”, others do not.”
    assert all(n[beside.FITS] for n in sides)
    never = [
        ids for ids, n in zip(front.groups(case), sides, strict=True) if not n[beside.ABOVE] and not n[beside.BELOW]
    ]
    assert [case[ids[0]].row["as_printed"] for ids in never] == ["Thousands"]


@holds(PAGE, "80,000, 30,000 and 80 stood together in one report, in 2015.")
def _(case):
    pairs = {"quote-fighters": "fsb-fighters-2015-11", "quote-mercenaries": "fsb-foreign-2015-11",
             "quote-countries": "tass-countries-2015-11"}  # fmt: skip
    assert all((case[a].low, case[a].high) == (case[b].low, case[b].high) for a, b in pairs.items())
    assert len({case[b].row["source_id"] for b in pairs.values()}) == 1
    report, article = case["tass-countries-2015-11"].row["source"], case["quote-fighters"].row["source"]
    assert (report["publisher"], report["published"]) == ("TASS", "2015-11-10")
    assert report["published"] < article["published"]
    assert [case[b].row["counted_by"] for b in pairs.values()] == ["Russian FSB", "Russian FSB", UNKNOWN]
    assert case["tass-countries-2015-11"].row["said_by"].startswith("TASS, in its own text")


@holds(PAGE, "For the coalition, 2–5 agrees with one month and one week in Syria; with no count in Iraq, or in both.")
def _(case):
    own, rows = beside.number(case, "quote-coalition-strikes"), front.shown(case, "quote-coalition-strikes")
    met = rows[[beside.side(own, row) == beside.FITS for _, row in rows.iterrows()]]
    assert set(met["place"]) == {"Syria"}
    assert sorted((met["end"] - met["start"]).dt.days + 1) == [7, 31]
    assert {"Iraq", "Iraq and Syria"} <= set(rows["place"])
    whole = rows[rows["period_start"].isin(["2014-08-08", "2014-09-23"]) & (rows["period_end"] > "2015")]
    assert set(whole["place"]) == {"Syria", "Iraq", "Iraq and Syria"}
    assert all(beside.side(own, row) == beside.ABOVE for _, row in whole.iterrows())
    assert {case[i].row["place"] for i in ("quote-coalition-strikes", "lede-coalition-strikes")} == {UNKNOWN}


@holds(PAGE, TOTALS)
def _(case):
    rows = contrast.per_day(topic(case, "strikes", references=True).query("role == 'reference'"))
    printed = rows["high"].fillna(rows["low"])
    theirs = rows["counted_by"].eq(MINISTRY) & rows["derivation"].eq("") & rows["measure"].isin(["strikes", "sorties"])
    totals = rows["basis"].eq("total over the period")
    whole = theirs & totals & rows["period_start"].eq("2015-09-30") & printed.notna()
    strikes, flights = (whole & rows["measure"].eq(measure) for measure in ("strikes", "sorties"))
    own = case["quote-russia-strikes"]
    assert rows[strikes]["low"].min() > own.high
    assert printed[flights].max() < own.low
    ends = {"mod-strikes-to-2017-09-20": printed[strikes].min(), "mod-strikes-to-2016-12-22": printed[strikes].max(),
            "mod-sorties-to-2015-12-24": printed[flights].max()}  # fmt: skip
    assert {i: rows.set_index("figure_id").loc[i, "low"] for i in ends} == ends
    told, said = (" ".join(case[i].row["quote"].split()) for i in ("lede-russia-strikes", "quote-russia-strikes"))
    assert "at certain stages" in told
    assert "an average" in said
    average = case["mod-sorties-per-day-2015-to-2017"]  # a minister's, which is no total
    assert own.low <= average.low < average.high <= own.high
    assert average.row["said_by"].startswith("Sergei Shoigu")
    assert average.row["source"]["published"] > "2017-09"
    shorter = rows["counted_by"].eq(MINISTRY) & totals & ~whole & printed.between(own.low, own.high)
    assert set(rows[shorter]["measure"]) >= {"strikes", "sorties"}  # some of both are within it
    beside = front.shown(case, "quote-russia-strikes")
    assert set(beside["counted_by"]) == {MINISTRY, "IHS Jane's"}
    meaning = case.definitions.set_index("definition_id").loc["strike-russian-mod", "meaning"]
    assert meaning.startswith("No published definition was found")
