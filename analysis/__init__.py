"""Who Counted? The numbers in one news article, who said each, how it travelled, and who else counted.

A case is an article with its numbers and what others counted (`cases()` names those that are here):

    >>> import analysis
    >>> case = analysis.load()
    >>> case.name
    'putin-stone-2017'
    >>> case["quote-fighters"].row["said_by"]
    'Vladimir Putin, President of Russia (to Oliver Stone)'

A figure keeps its evidence through arithmetic; a frame has one row a figure, with its sentence, speaker and source:

    >>> print((case["quote-russia-strikes"] / case["quote-coalition-strikes"]).working)
    quote-russia-strikes / quote-coalition-strikes
    >>> rates = analysis.topic(case, "strikes", references=True)

Frames in, frames out, every other column kept:

    per_day(frame)    ratios, differences, shares, overlap(frame, base)    pairs(frame, part=, whole=)
    changed(frame)    the rows that are not what their working gives       evidence_table(frame, columns, caption)

Charts show themselves in a notebook; each has .alt, .table, .figure and .save(path):

    >>> from analysis import charts
    >>> chart = charts.ranges(analysis.strike_rates(case), title="The article's rates", subtitle="A day, a month")
    >>> chart.table["figure_id"].tolist()[0]
    'lede-russia-strikes'

    charts.ranges  timeline  countries  hedges  voices  relay_chain      explore.control(function, **choices)

    case.add(low=..., unit=..., measure=..., said_by=...)                a figure of your own, checked like any row
    frames.frame(case, ids)  frames.by_country(case)                     provenance, scope, cards: see their help
    python -m analysis new ARTICLE.txt, check, report, run, schema       from a text to a case, and its pages

Importing this costs as little as importing pandas; charts and controls load what they need on first use.
"""

import importlib

from .case import Case, UnknownCase, UnknownFigure, cases, load
from .contrast import differences, overlap, per_day, ratios, shares
from .figure import Figure
from .frames import fighter_counts, origin_countries, strike_rates, topic
from .pairing import pairs
from .period import Period
from .rows import changed
from .tables import CaseError
from .units import UnitError
from .working import WorkingError

__all__ = [
    "Case",
    "CaseError",
    "Figure",
    "Period",
    "UnitError",
    "UnknownCase",
    "UnknownFigure",
    "WorkingError",
    "cases",
    "changed",
    "differences",
    "evidence_table",
    "fighter_counts",
    "load",
    "origin_countries",
    "overlap",
    "pairs",
    "per_day",
    "ratios",
    "shares",
    "strike_rates",
    "topic",
]

# loaded on first use
_LATER = (
    "ask", "bank", "cards", "charts", "check", "evidence", "explore", "html", "menus",
    "pages", "provenance", "schema", "scope", "words",
)  # fmt: skip


def __getattr__(name):
    if name in _LATER:
        return importlib.import_module(f".{name}", __name__)
    if name == "evidence_table":
        return importlib.import_module(".evidence", __name__).evidence_table
    if name == "__version__":
        from importlib.metadata import version

        return version("who-counted")
    raise AttributeError(f"module 'analysis' has no {name!r}")
