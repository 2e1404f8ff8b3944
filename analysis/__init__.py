"""Who Counted? The numbers in one news article, who said each, how it travelled, and who else counted.

    >>> import analysis
    >>> case = analysis.load()
    >>> case["quote-russia-strikes"] / case["quote-coalition-strikes"]

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
_LATER = ("cards", "charts", "evidence", "explore", "html", "provenance", "report", "schema", "scope", "words")


def __getattr__(name):
    if name in _LATER:
        return importlib.import_module(f".{name}", __name__)
    if name == "evidence_table":
        return importlib.import_module(".evidence", __name__).evidence_table
    if name == "__version__":
        from importlib.metadata import version

        return version("who-counted")
    raise AttributeError(f"module 'analysis' has no {name!r}")
