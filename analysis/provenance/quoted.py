"""The article's own words: its figures in their sentences, and each number that it prints twice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from .. import cards

if TYPE_CHECKING:
    from ..case import Case

# What may differ between two wordings of one number: the column, and what to call it.
WORDED = {"as_printed": "number", "hedge_as_printed": "hedge", "unit_as_printed": "noun"}


def passages(case: Case) -> cards.HTML:
    """Every figure of the article marked in its sentence, and the words set aside there underlined.

    case: a Case. Returns HTML, a quotation a paragraph; one a quote where the article's whole text was not read.
    Source: the quotes of figures.csv at their offsets; the rest of the article is not shipped.

    >>> import analysis
    >>> passages(analysis.load()).count('class="wc-quote"')
    6
    """
    rows = [case[i].row | {"working": i} for i in case.figures["figure_id"]]
    return cards.passages(rows, case.set_aside.to_dict("records"))


def wordings(case: Case) -> pd.DataFrame:
    """Each number that the article prints twice: in a quotation, and again in the outlet's own words.

    case: a Case. Returns a row a pair, in the order of the article: measure, subject, lede, quote (figure_ids) and
    changed: what differs on the way from the quotation to the lede, in text. Source: the column `repeats`.

    >>> import analysis
    >>> wordings(analysis.load())[["quote", "changed"]].iloc[-1].tolist()
    ['quote-countries', 'number, hedge and noun stay as they are']
    """
    own = set(case.figures["figure_id"])
    pairs = [
        (case[i].row, case[said].row)
        for i, repeated in zip(case.figures["figure_id"], case.figures["repeats"], strict=True)
        for said in repeated.split(";")
        if said in own
    ]
    rows = [(a["measure"], a["subject"], a["figure_id"], b["figure_id"], _changed(a, b)) for a, b in pairs]
    return pd.DataFrame(rows, columns=["measure", "subject", "lede", "quote", "changed"], dtype="str")


def _changed(lede: Mapping, quote: Mapping) -> str:
    """What differs from the quotation to the lede, e.g. `hedge: Some → none`."""
    parts = [f"{name}: {quote[c] or 'none'} → {lede[c] or 'none'}" for c, name in WORDED.items() if quote[c] != lede[c]]
    return "; ".join(parts) or "number, hedge and noun stay as they are"


def side_by_side(case: Case) -> cards.HTML:
    """The pairs of wordings() as a table: what changed, the quotation, and the outlet's own words.

    case: a Case. Returns HTML, each numeral a link to its note; one sentence where there are none.

    >>> import analysis
    >>> side_by_side(analysis.load())
    The same number, quoted and retold
    """
    rows = [
        {
            "changed": pair["changed"],
            **{k: cards.wording(case[pair[k]].row | {"working": pair[k]}, linked=True) for k in ("lede", "quote")},
        }
        for pair in wordings(case).to_dict("records")
    ]
    columns = {"changed": "What changed", "quote": "In quotation marks", "lede": "In the outlet's own words"}
    none = "This case has no number that the article prints twice."
    return cards.table(rows, columns, "The same number, quoted and retold", none)
