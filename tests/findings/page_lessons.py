"""The pages of lessons: what each says first, and the titles of its charts."""

import analysis
from analysis import bank, contrast, frames, provenance
from analysis.front import beside
from analysis.schema import UNKNOWN

from . import CHECKS, holds

WHOSE, COMPARED, SURE, YOUNGER = (
    "lesson-1-whose-number",
    "lesson-2-compared-with-what",
    "lesson-3-how-sure",
    "lesson-younger-waiting-list",
)
TESTS = ("test-yourself", "test-yourself-waiting-list")
WEEK = "oir-strikes-{}-2016-02-10-to-16"


def a_day(case):
    """The rates by the day of every number of strikes, by figure_id."""
    return contrast.per_day(frames.strike_rates(case, references=True)).set_index("figure_id")


@holds(WHOSE, "The one who says a number need not be the one who counted it.")
def _(case):
    rows = case.references[case.references["counted_by"] != UNKNOWN]
    passed_on = [r for r in rows.itertuples() if r.count_origin == "repeats" and r.counted_by not in r.said_by]
    assert passed_on


@holds(WHOSE, "Nobody names the translator, or who copied the page")
def _(case):
    CHECKS["05-how-a-number-travels", "Nobody names the translator, or who copied the page"](case)


@holds(COMPARED, "How numbers compare depends on what is counted, where, and when.")
def _(case):
    rates, article = a_day(case), case["quote-russia-strikes"]
    strikes, flights = (rates.loc[f"mod-{what}-to-2017-09-20", "low"] for what in ("strikes", "sorties"))
    assert flights < article.low < article.high < strikes  # what
    syria, both = (rates.loc[WEEK.format(place), "low"] for place in ("syria", "iraq-and-syria"))
    assert syria <= case["quote-coalition-strikes"].high < both  # where
    assert rates.loc["mod-strikes-2016-12-23-to-2017-04-26", "high"] < article.low  # when


@holds(COMPARED, "Most of the ministry’s rates of strikes lie above the article’s")
def _(case):
    rates = a_day(case).query("counted_by == 'Russian Ministry of Defence' and unit == 'strikes/day'")
    above = rates["low"] > case["quote-russia-strikes"].high
    assert above.sum() > len(rates) / 2


@holds(COMPARED, "Only for Syria alone does that week lie within the article’s range")
def _(case):
    rates, article = a_day(case), case["quote-coalition-strikes"]
    within = {place: article.low <= rates.loc[WEEK.format(place), "low"] <= article.high
              for place in ("syria", "iraq", "iraq-and-syria")}  # fmt: skip
    assert within == {"syria": True, "iraq": False, "iraq-and-syria": False}


@holds(COMPARED, "For Syria alone some rates lie within the article’s range; with Iraq none does")
def _(case):
    rates, article = (
        a_day(case).query("subject == 'US-led coalition' and unit == 'strikes/day'"),
        case["quote-coalition-strikes"],
    )
    rates = rates[(rates["end"] - rates["start"]).dt.days >= 6]
    within = rates["low"].between(article.low, article.high).groupby(rates["place"]).sum()
    assert within["Syria"] > 0
    assert within["Iraq"] == within["Iraq and Syria"] == 0


@holds(SURE, "The small words round a number say how sure it is, and they change on the way.")
def _(case):
    told = provenance.relayed(case, "quote-fighters", "lede-fighters")
    assert set(told["hedge"]) > {"about", "at least", "exactly"}


@holds(SURE, "Wherever the speaker is quoted, the number stays “about”")
def _(case):
    told = provenance.relayed(case, "quote-fighters", "lede-fighters")
    quoted = told[told["channel"] == "direct quote"]
    assert len(quoted) > 2
    assert set(quoted["hedge"]) == {"about"}


@holds(SURE, "Russian counts change by more than half, and so do those of the coalition’s states")
def _(case):
    found = beside.candidates(case, "quote-fighters").query("left_out == '' and place == 'Iraq and Syria'")
    for group in ("russian", "coalition"):
        rows = found[found["group"] == group]
        assert rows["high"].min() < rows["low"].max() / 2


@holds(YOUNGER, "A list may count people, or the things that they wait for.")
@holds(YOUNGER, "In every month there are more cases than people")
def _(_):
    case = analysis.load("nhs-list-2025")
    pairs = [(case[i], case[i.replace("-cases", "-people")]) for i in case if i.endswith("-cases") and i[0] != "f"
             and i.replace("-cases", "-people") in case]  # fmt: skip
    assert len(pairs) > 5
    for cases, people in pairs:
        assert cases.row["period_end"] == people.row["period_end"]
        assert cases.low > people.high


for page, name in zip(TESTS, ("putin-stone-2017", "nhs-list-2025"), strict=True):

    @holds(page, "A number is good enough for one use and not for another: say which.")
    def _(_, name=name):
        judged = [q for q in bank.questions(name) if q.judged]
        kinds = {}
        for q in judged:
            kinds.setdefault(q.prompt, set()).add(q.sound_or_weak)
        assert {"sound", "weak"} in kinds.values()
