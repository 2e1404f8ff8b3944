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

Importing this costs nothing; each name loads what it needs on first use.
"""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .case import Case, UnknownCase, UnknownFigure, cases, load
    from .contrast import differences, overlap, per_day, ratios, shares
    from .evidence import evidence_table
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

# Loaded on first use, {name: its room}: a build in which nothing has changed needs none of them.
_ROOM_OF = {
    **dict.fromkeys(["Case", "UnknownCase", "UnknownFigure", "cases", "load"], "case"),
    **dict.fromkeys(["differences", "overlap", "per_day", "ratios", "shares"], "contrast"),
    **dict.fromkeys(["fighter_counts", "origin_countries", "strike_rates", "topic"], "frames"),
    "CaseError": "tables", "Figure": "figure", "Period": "period", "UnitError": "units", "WorkingError": "working",
    "changed": "rows", "evidence_table": "evidence", "pairs": "pairing",
}  # fmt: skip
_LATER = (
    "ask", "bank", "cards", "case", "charts", "check", "contrast", "evidence", "explore", "figure", "frames", "front",
    "glossary", "html", "menus", "pages", "period", "provenance", "rows", "schema", "scope", "tables", "units", "words",
)  # fmt: skip


def __getattr__(name):
    if name in _LATER:
        return importlib.import_module(f".{name}", __name__)
    if name in _ROOM_OF:
        return getattr(importlib.import_module(f".{_ROOM_OF[name]}", __name__), name)
    if name == "__version__":
        from importlib.metadata import version

        return version("who-counted")
    raise AttributeError(f"module 'analysis' has no {name!r}")


def __dir__():
    return sorted({*globals(), *__all__, *_LATER})
