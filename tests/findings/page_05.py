"""Page 05: how a number travels."""

from datetime import date

from analysis import frames, provenance
from analysis.schema import UNKNOWN

from . import holds

PAGE = "05-how-a-number-travels"
HANDS = (
    "Through hands, each of which can change it: a speaker, a translator whom nobody names, a film, a newsroom, and "
    "others who copy."
)


@holds(PAGE, HANDS)
def _(case):
    roles = " ".join(provenance.hands(case)["role"])
    found = [roles.index(role) for role in ("says", "turns it into English", "broadcasts", "writes it up", "copies")]
    assert found == sorted(found)


@holds(PAGE, "Nobody names the translator, or who copied the page")
def _(case):
    hands = provenance.hands(case)
    assert hands.loc[hands["who"] == UNKNOWN, "role"].tolist() == [
        "turns it into English (inferred)", "copies it from the web (inferred)"
    ]  # fmt: skip
    assert case.meta["article"]["translator"] == UNKNOWN


@holds(PAGE, "One number, four hedges, and none: from “approximate” to “exact”")
def _(case):
    told = provenance.relayed(case, "quote-fighters", "lede-fighters")
    same = {"up to": "at most", "estimated": "about"}  # one band each in the picture
    found = {same.get(hedge, hedge) for text in told["hedge"] for hedge in text.split(";")[-1:]}
    assert found == {"about", "exactly", "at most", "at least", ""}
    assert {case[i].low for i in told["figure_id"]} == {case["quote-fighters"].high}
    assert told["wording"].iloc[0].startswith("The approximate number")
    exact = told[told["hedge"] == "exactly"]
    assert exact["gloss"].str.contains("exact").all()
    both = told[told["gloss"].str.contains("exact|does not exceed|doe[^ ]* not exceed", regex=True)]
    assert both["source_id"].nunique() == 1  # the sentence below: they stand on one page


@holds(PAGE, "Every session with a known date ended more than a year before the broadcast")
def _(case):
    shown = date.fromisoformat(case.hands[-1]["date"])
    last = [date.fromisoformat(s["last"]) for s in case.hands[0]["sessions"] if s["last"] != UNKNOWN]
    assert len(last) > 1
    assert max(last) < shown.replace(year=shown.year - 1)
    spans = provenance.days_between(case).dropna(subset="days")
    bars = spans.loc[spans["label"].str.contains("session"), "days"]
    assert bars.tolist() == [(shown - day).days for day in last]


@holds(PAGE, "No named body counted more than … of these … numbers of …")
def _(case):
    printed = frames.on_topic(case, *case.vocabulary.topics).query("derivation == '' and role != 'article'")
    several = printed[(printed["basis"] != "total over the period") | (printed["start"] != printed["end"])]
    for kind in case.figures["measure"].unique():
        counts = several.loc[several["measure"] == kind, "counted_by"].value_counts()
        named = counts.drop(UNKNOWN, errors="ignore")
        assert 0 < named.max() < counts.sum(), f"{kind}: one body counted them all"


@holds(PAGE, "… numbers of …, by whose count they are")
def _(case):
    assert "fighters from Russia" in set(case.references["measure"])
