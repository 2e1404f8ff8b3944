"""Page 04: countries of origin."""

from analysis import frames, provenance

from . import holds, shown

PAGE = "04-origin-countries"


def lists_of(case, *series):
    rows = frames.by_country(case)
    return [rows[rows["series"] == name].dropna(subset=["high"]).set_index("iso3") for name in series]


@holds(
    PAGE,
    "The article says 80; others printed from 74 to 120 or more, for other days, groups and ways of counting.",
)
def _(case):
    rows = frames.on_topic(case, "countries").query("figure_id != 'icsr-countries-with-data-2014-12'")
    ends = rows["low"].fillna(rows["high"])
    assert (ends.min(), ends.max(), rows["high"].max() <= ends.max()) == (74, 120, True)
    whole = frames.by_country(case).query("coverage == 'whole'")
    assert whole.loc[whole["end"] == whole["end"].max(), "series"].unique().tolist() == ["icsr-2015"]
    (listed,) = lists_of(case, "icsr-2015")
    assert len(listed) == case["icsr-countries-with-data-2014-12"].high == 50


@holds(PAGE, "Of this list’s fighters, more than a third come from five countries")
def _(case):
    (listed,) = lists_of(case, "icsr-2015")
    most = listed["high"].nlargest(5).index
    least, others = listed.loc[most, "low"].sum(), listed.drop(most)["high"].sum()
    assert least / (least + others) > 1 / 3  # at all ends: theirs lowest, the others' highest
    assert listed["high"].nlargest(6).iloc[5] < listed["high"].nlargest(5).iloc[4]  # no sixth is as great


@holds(PAGE, "From 2016 to the broadcast, … above …")
def _(case):
    rows = frames.on_topic(case, "countries")
    rows = rows[(rows["end"] >= "2016-01-01") & (rows["end"] <= case.hands[-1]["date"])]
    for basis in ("cumulative", "present at the time"):
        there = rows[rows["basis"] == basis]
        assert len(there) == {"cumulative": 2, "present at the time": 1}[basis]
        assert there["low"].min() > case["quote-countries"].high
    assert "From 2016 to the broadcast, both counts of everyone who ever came are above 80 countries" in shown(PAGE)


@holds(PAGE, "The later list is higher for every country but Tunisia")
def _(case):
    earlier, later = lists_of(case, "icsr-2015", "soufan-2017")
    assert set(later.index) <= set(earlier.index)
    higher = later["low"] > earlier["high"].reindex(later.index)
    assert list(higher[~higher].index) == ["TUN"]
    assert earlier.loc["TUN", "low"] < later.loc["TUN", "low"] < earlier.loc["TUN", "high"]


@holds(PAGE, "… printings, … counts: the FSB’s and the Interior Ministry’s")
def _(case):
    single = case.references.query("measure == 'fighters from Russia'")["figure_id"]
    lists = frames.by_country(case).query("iso3 == 'RUS'")["figure_id"]
    marked = provenance.mark_repeats(case, frames.frame(case, [*single, *lists])).drop_duplicates(
        ["first", "publisher"]
    )
    again = marked[marked["first"].duplicated(keep=False)]
    assert {case[i].row["counted_by"] for i in again["first"]} == {"Russian FSB", "Russian Interior Ministry"}
    assert again["first"].value_counts().min() > 1
    said = f"{len(again)} printings, {again['first'].nunique()} counts: the FSB’s and the Interior Ministry’s"
    assert said in shown(PAGE)
    fsb = again[again["first"] == "fsb-russia-2015-09"].set_index("figure_id")["hedge"]
    assert fsb.pop("fsb-russia-2015-09") == "about"
    assert (fsb == "").mean() > 1 / 2  # most leave the "about" out


@holds(PAGE, "France’s later numbers are never below its earlier ones")
def _(case):
    rows = frames.by_country(case).query("iso3 == 'FRA'").dropna(subset=["low"])
    by_day = rows.groupby("end")["low"].agg(["min", "max"])
    assert (by_day["min"].to_numpy()[1:] >= by_day["max"].to_numpy()[:-1]).all()
