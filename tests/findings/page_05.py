"""Page 05: how a number travels."""

from collections import Counter
from datetime import date

from analysis import provenance
from analysis.schema import UNKNOWN

from . import holds, shown

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


@holds(PAGE, "Outlets printed the same number as “about”, “at most”, “exactly” and “at least”")
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
    assert both["source_id"].unique().tolist() == ["rusdialog-2017-06-15"]  # the sentence below names the page
    assert exact["channel"].tolist() == ["headline"]


@holds(PAGE, "Every session with a known date ended more than a year before the broadcast")
def _(case):
    shown = date.fromisoformat(case.hands[-1]["date"])
    last = [date.fromisoformat(s["last"]) for s in case.hands[0]["sessions"] if s["last"] != UNKNOWN]
    assert len(last) > 1
    assert max(last) < shown.replace(year=shown.year - 1)
    spans = provenance.days_between(case).dropna(subset="days")
    bars = spans.loc[spans["label"].str.contains("session"), "days"]
    assert bars.tolist() == [(shown - day).days for day in last]


def counted(case, kind, single_days=True):
    """(how many numbers of a kind others printed, whose count each named body's are), from the tables alone.

    single_days: whether totals of a single day are among them.
    """
    rows = [case[i].row for i in case.references["figure_id"]]
    rows = [row for row in rows if row["measure"] == kind and not row["derivation"]]
    if not single_days:
        spans = [(row["basis"], row["period_start"], row["period_end"]) for row in rows]
        of_a_day = [b == "total over the period" and s == e and len(e) == len("2017-06-15") for b, s, e in spans]
        rows = [row for row, one in zip(rows, of_a_day, strict=True) if not one]
    return len(rows), Counter(row["counted_by"] for row in rows if row["counted_by"] != UNKNOWN)


@holds(PAGE, "Others printed … numbers for …: … were counted by …, no more by any named body")
def _(case):
    found = {kind: counted(case, kind, single_days=False) for kind in case.figures["measure"].unique()}
    every, bodies = found["fighters"]  # at which the control starts
    (body, n), *_ = bodies.most_common()
    said = f"Others printed {every} numbers for fighters: {n} were counted by {body}, no more by any named body"
    assert said in shown(PAGE)
    assert all(bodies.most_common(1)[0][1] <= every for every, bodies in found.values())


@holds(
    PAGE,
    "For strikes, and for flights, one body of the side that flew counted more than half of the numbers. For fighters "
    "and for countries no named body counted as many as a quarter.",
)
def _(case):
    for kind in case.figures["measure"].unique():
        every, bodies = counted(case, kind, single_days=False)
        (body, most), *_ = bodies.most_common()
        if kind in ("strikes", "sorties"):
            assert most > every / 2
            assert case.group(body) in ("coalition", "russian")
        else:
            assert most < every / 4, f"{kind}: {body} has {most} of {every}"


@holds(PAGE, "Of … numbers of …, … counted …")
def _(case):
    every, bodies = counted(case, "fighters from Russia")
    (body, most), (_, next_most), *_ = bodies.most_common()
    assert most > next_most
    assert f"Of {every} numbers of fighters from Russia, {body} counted {most}" in shown(PAGE)
