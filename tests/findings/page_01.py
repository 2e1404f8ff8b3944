"""Page 01: how one reads a number."""

from analysis import cards

from . import holds

PAGE = "01-read-the-numbers"
SIX = (
    "With six questions, the same for every number: who said it, to whom and when, how it travelled, what exactly is "
    "counted, who else counted, and what is missing."
)
ENDS = "Keep the low ends and the one is … times the other; keep the high ends and it is …"


@holds(PAGE, SIX)
def _(case):
    asked = [list(cards.note(case[i]).facts)[:4] for i in case.figures["figure_id"]]
    same = ["Who said it", "To whom, and when", "How it travelled", "What is counted"]
    assert asked == [same] * len(case.figures)  # a card asks these of each; who else, and what not, its page tells


@holds(PAGE, ENDS)
def _(case):
    russia, coalition = case["quote-russia-strikes"], case["quote-coalition-strikes"]
    low, high = (case.evaluate(f"{end}({russia.working}) / {end}({coalition.working})") for end in ("low", "high"))
    assert (low.low, low.high) == (russia.low / coalition.low,) * 2
    assert (high.low, high.high) == (russia.high / coalition.high,) * 2
    assert low.low % 1 == high.low % 1 == 0  # the title prints no decimals
    assert low.low != high.low  # the heading: the gap changes
