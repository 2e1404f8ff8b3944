"""Page 01: how one reads a number."""

import csv
import re

from analysis import cards

from . import holds, shown

PAGE = "01-read-the-numbers"
SIX = (
    "With six questions, the same for every number: who said it, to whom and when, how it travelled, what exactly is "
    "counted, who else counted, and what is missing."
)
ENDS = "Keep the low ends, and the one is … times the other; keep the high ends, and it is … times"


@holds(PAGE, SIX)
def _(case):
    table = re.search(r"<caption>One number, six questions</caption>.*?</table>", shown(PAGE))[0]
    said = dict(re.findall(r'<th scope="row">(.*?)</th><td>(.*?)</td>', table))
    asked = [question.lower().rstrip("?") for question in said]
    assert f"With six questions, the same for every number: {', '.join(asked[:2]).replace(', and when', ' and when')}, " \
                  f"{', '.join(asked[2:5]).replace('did it travel', 'it travelled')}, and {asked[5]}." == SIX  # fmt: skip
    for i in case.figures["figure_id"]:  # each of the twelve has an answer to what a card asks of it
        facts = cards.note(case[i]).facts
        assert [
            q for q in ("Who said it", "To whom, and when", "How it travelled", "What is counted") if facts[q]
        ] == list(facts)[:4]
        assert facts["Who counted"]
    with (case.folder / "figures.csv").open(encoding="utf-8", newline="") as file:
        (row,) = [row for row in csv.DictReader(file) if row["figure_id"] == "quote-russia-strikes"]
    assert row["said_by"].startswith(f"{said['Who said it?']} (to {said['To whom, and when?'].partition(',')[0]}")
    assert said["How did it travel?"].startswith(row["channel"])
    assert row["unit_as_printed"] in said["What exactly is counted?"]
    silent = {"who counted": "counted_by", "the place": "place", "the days": "period_start"}
    assert said["What is missing?"] == ", ".join(name for name, column in silent.items() if row[column] == "unknown")
    assert said["What is missing?"].count(",") == 2
    others = case.references.query("measure == 'strikes' and subject.str.contains('Russian')")
    assert set(said["Who else counted?"].split("; ")) == set(others["counted_by"]) - {"unknown"}
    (meaning,) = case.definitions.query("definition_id == 'strike-russian-mod'")["meaning"]
    assert meaning.startswith("No published definition")  # what one strike is, is not said


@holds(PAGE, ENDS)
def _(case):
    russia, coalition = case["quote-russia-strikes"], case["quote-coalition-strikes"]
    low, high = (case.evaluate(f"{end}({russia.working}) / {end}({coalition.working})") for end in ("low", "high"))
    assert (low.low, low.high) == (russia.low / coalition.low,) * 2
    assert (high.low, high.high) == (russia.high / coalition.high,) * 2
    assert low.low % 1 == high.low % 1 == 0  # the title prints no decimals
    assert low.low != high.low  # the heading: the gap changes
