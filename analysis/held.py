"""The cases of this session, and whether a row still is what its working gives in the case that it names.

A frame names its case in a column, so that a row that was copied and changed can be told from one that was not.
"""

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from . import units, words, working
from .working import WorkingError

if TYPE_CHECKING:
    from .case import Case


class UnknownFigure(KeyError):
    """An id that is not in the case; the message names the nearest ones."""

    def __str__(self) -> str:
        return self.args[0]


class UnknownCase(UnknownFigure):
    """The id of a case that has not been read in this session."""


_LOADED: dict[str, "Case"] = {}


def register(case: "Case") -> "Case":
    """Keep a case under its id, in place of one of that id read before. Returns it.

    >>> import analysis
    >>> case = analysis.load("nhs-list-2025")
    >>> register(case) is case
    True
    """
    _LOADED[case.name] = case
    return case


def loaded(case_id: str) -> "Case":
    """The case last read, or added to, under that id. UnknownCase, a KeyError, says how to read it.

    >>> import analysis
    >>> analysis.load("nhs-list-2025") is loaded("nhs-list-2025")
    True
    """
    if case_id not in _LOADED:
        raise UnknownCase(f"no case {case_id!r} has been read here: analysis.load({case_id!r}), or load its folder")
    return _LOADED[case_id]


def problem(row: Mapping) -> str:
    """What is wrong with a row of a frame, in a sentence; nothing where it is what its working gives in its case.

    row: low, high, unit, working, case and, for its name, figure_id; all of them plain.

    >>> problem({"figure_id": "buses", "low": 1.0, "high": 2.0, "unit": "buses", "working": "buses", "case": ""})
    'buses: it was not held against a working: it names no case'
    """
    values = [row.get(c, math.nan) for c in ("low", "high")]
    text = row.get("working", "")
    return said(row.get("figure_id", ""), text, [*values, row.get("unit", "")], *given(row.get("case", ""), text))


def given(name: str, text: str) -> tuple[tuple, str]:
    """(low, high, unit) that a working gives in a case of this session, and why it gives nothing.

    >>> given("", "a")[1]
    'it names no case'
    """
    nothing = (math.nan, math.nan, "")
    if not (name and text):
        return nothing, "it names no case" if text else "it has none"
    try:
        case = loaded(name)
        made = case[text] if text in case else case.evaluate(text)
        return (made.low, made.high, made.unit), ""
    except (WorkingError, units.UnitError, UnknownFigure) as e:
        return nothing, str(e)


def said(name: str, text: str, row: Sequence, made: Sequence, problem: str) -> str:
    """What is wrong with one row, in a sentence; nothing where it is what its working gives.

    name: its figure_id. text: its working. row, made: low, high and unit as it has them, and as the working gives them.
    problem: why the working gives nothing.

    >>> said("a", "a", [2.0, 2.0, "days"], [1.0, 1.0, "days"], "")
    'a: the row says 2 days, its working a gives 1 days'
    """
    label = name or text or "a row"
    if problem:
        unsaid = not text and all(map(math.isnan, row[:2]))
        return "" if unsaid else f"{label}: it was not held against a working: {problem}"
    if row[2] == made[2] and all(map(_same, row[:2], made[:2])):
        return ""
    here, there = (_in_words(*ends) for ends in (row, made))
    if here == there:  # they differ by less than words show
        here, there = (f"{low!r} to {high!r} {unit}" for low, high, unit in (row, made))
    return f"{label}: the row says {here}, its working {text} gives {there}"


def _in_words(low: float, high: float, unit: str) -> str:
    """A range with its unit; one whose ends stand the wrong way round as it stands."""
    reversed_ends = f"{words.number(low)} to {words.number(high)} {'' if unit == '1' else unit}".strip()
    return reversed_ends if low > high else words.quantity(low, high, unit)


def _same(a: float, b: float) -> bool:
    return a == b or (math.isnan(a) and math.isnan(b)) or math.isclose(a, b, rel_tol=1e-9)


def unchecked(row: Mapping, case: "Case | None" = None) -> str:
    """That no person has checked a row, or one of those of which it is made; nothing where all are checked.

    row: of a case or of a frame: coder and, as far as it has them, working, derivation, case. case: the row's, if it is
    at hand; else the one that it names, where that has been read.

    >>> unchecked({"coder": "draft"}), unchecked({"coder": "project", "working": "buses", "case": "nobody's"})
    ("Not checked by a person: a program's draft.", '')
    """
    case = case or _LOADED.get(row.get("case", ""))
    said = words.unchecked(row)
    if said or case is None:
        return said
    try:
        ids = working.ids(row.get("derivation") or row.get("working") or "")
    except WorkingError:
        return ""
    made_of = [case[i].row for i in ids if i in case]
    of_others = (one for one in made_of if one["figure_id"] != row.get("figure_id"))
    return next(filter(None, (*map(words.unchecked, made_of), *(unchecked(one, case) for one in of_others))), "")
