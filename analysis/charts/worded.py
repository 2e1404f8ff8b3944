"""One number, several hedges: on which side of the number each wording puts the count."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import pandas as pd

from .. import cards, words
from ..html import code, tongue
from ..schema import UNKNOWN
from . import marks, told
from .chart import Chart, Listing, drawing, finished, source_cell
from .letters import BODY, TICK, length, wrapped
from .palette import box, sign
from .sheet import Sheet

# The side of the number on which each hedge puts the count: a dot on the line, left or right of it, or round it; a bar
# where the words do not say that it is the number itself.
SIDES = {
    "exactly": "on", "at most": "left", "up to": "left", "fewer than": "left", "nearly": "just left",
    "at least": "right", "more than": "right", "about": "round", "estimated": "round", "average": "round", "": "bare",
}  # fmt: skip
SAME = {"up to": "at most", "estimated": "about", "average": "about"}  # put the count on the same side
REACH = 84  # pixels on either side of the number, in a wide drawing
NAME = 18  # pixels: a hedge's letters


class Wording(NamedTuple):
    """One hedge: its outlets' rows, and its words as (text, size, bold, role)."""

    hedge: str
    rows: list[told.Row]
    words: list[tuple[str, float, bool, str]]


@drawing
def hedges(relay: pd.DataFrame, *, title: str, subtitle: str = "") -> Chart:
    """One number, several hedges: how each outlet worded it, and which side of the number its words allow.

    relay: rows of relay.csv about one number, as provenance.relayed gives them: figure_id, case, source_id, wording,
    gloss, hedge, channel. Without a case, low, high and unit are the number's own, and publisher is the outlet. One
    band a hedge, in the order of the rows; the first wording is set out whole, the other outlets that hedge it so are
    named.
    Returns a Chart whose table has the wordings. Raises ValueError where the rows are about several numbers, or about
    one that nobody gives. Source: the rows.

    >>> from analysis import charts
    >>> said = pd.DataFrame({"wording": ["up to 30 buses", "some 30 buses"], "hedge": ["up to", "about"], "low": 30,
    ...                      "high": 30, "unit": "buses", "publisher": ["The Post", "The Echo"]})
    >>> charts.hedges(said, title="One number, two hedges", subtitle="Thirty buses")
    One number, two hedges. 30 buses in 2 wordings, hedged in 2 ways; Thirty buses. At most: The Post; about: The Echo.
    """
    rows = told.records(relay, ("wording", "hedge"))
    figure = _one_number(rows)
    bands: dict[str, list[told.Row]] = {}
    for row in rows:
        bands.setdefault(_decisive(row["hedge"]), []).append(row)
        row["label"], row["who"], row["lane"] = row["wording"], "", _decisive(row["hedge"]) or "no hedge"
    made = [Wording(hedge, inside, _words(inside)) for hedge, inside in bands.items()]
    number = words.span(figure["low"], figure["high"], figure["hedge"])
    said = [f"{w.hedge or 'no hedge'}: {told.some_of(list(dict.fromkeys(map(_outlet, w.rows))), 6)}" for w in made]
    ways = f"{figure['said']} in {told.count(rows, 'wording', 'wordings')}, hedged in {told.count(made, 'way', 'ways')}"
    return finished(ways, title, subtitle, [told.capital("; ".join(said))], rows, relay, place(number, made), {},
                    plain=True, listing=WORDINGS)  # fmt: skip


def _one_number(rows: Sequence[told.Row]) -> dict:
    """The number that all the rows word, as low, high, hedge and said (in words with its unit)."""
    found = {}
    for row in rows:
        case = told.loaded(row)
        if case is not None and row["figure_id"] in case:
            made = case[row["figure_id"]]
            row["number"] = {"low": made.low, "high": made.high, "hedge": ";".join(made.hedges), "said": str(made)}
        else:
            said = words.quantity(row["low"], row["high"], row["unit"])
            row["number"] = {"low": row["low"], "high": row["high"], "hedge": "", "said": said}
        found[row["number"]["said"]] = row["number"]
    if len(found) != 1:
        raise ValueError(f"a picture of one number needs rows about one; these are about {len(found)}: {sorted(found)}")
    if UNKNOWN in found:
        raise ValueError("the rows do not say which number they are about: give figure_id and case, or low and high")
    return next(iter(found.values()))


def _decisive(hedge: str) -> str:
    """The hedge that says most of which side: the last that is more than about."""
    said = [h for h in hedge.split(";") if SIDES.get(h, "round") != "round"]
    last = (said or hedge.split(";"))[-1]
    return SAME.get(last, last)


def _outlet(row: told.Row) -> str:
    return row["publisher"] or row["source_id"] or "source not given"


def _words(rows: Sequence[told.Row]) -> list[tuple[str, float, bool, str]]:
    """What stands beside a hedge: the wording, its gloss, the outlet and date, and who else."""
    first = rows[0]
    name = words.source_name({"publisher": _outlet(first), "published": first["published"] or UNKNOWN})
    others = list(dict.fromkeys(_outlet(r) for r in rows[1:] if _outlet(r) != _outlet(first)))
    parts = [(f"“{first['wording']}”", BODY + 1, False, "ink"), (first["gloss"], BODY, False, "soft")]
    parts += [(", ".join(filter(None, [name, first["channel"]])), TICK + 0.5, True, "soft")]
    parts += [(f"So too: {'; '.join(others)}", TICK + 0.5, False, "soft")] * bool(others)
    return [part for part in parts if part[0]]


# Places for a width ---------------------------------------------------------------------------------------------------


def place(number: str, wordings: Sequence[Wording]) -> Callable[[Sheet], None]:
    """How the bands are put on a sheet of any width: the side, the hedge, the words; narrow, the last two stacked."""

    def put(sheet: Sheet) -> None:
        reach = REACH if not sheet.narrow else 56
        middle = max(reach + 8, length(number, 22, True) / 2 + 8)
        name = 2 * middle + 20
        start = name if sheet.narrow else name + 24 + max(length(_named(w), NAME, True) for w in wordings)
        top = sheet.height
        sheet.word(middle, top + 22, number, 22, bold=True, anchor="middle")
        sheet.word(middle - reach, top + 44, "← fewer", TICK, role="soft")
        sheet.word(middle + reach, top + 44, "more →", TICK, role="soft", anchor="end")
        sheet.height, behind, zones = top + 54, len(sheet.pieces), []
        for wording in wordings:
            zones.append(_band(sheet, wording, middle, reach, name, start))
        shown, sheet.pieces = sheet.pieces[behind:], sheet.pieces[:behind]
        wide = length(number, 22, True)
        marks.band(sheet, middle - wide / 2 - 6, top + 6, middle + wide / 2 + 6, top + 28)
        sheet.pieces.insert(behind - 3, sheet.pieces.pop())  # below the number
        marks.band(sheet, middle, zones[0][0] - 6, middle, zones[-1][1])
        for above, _ in zones:
            sheet.line([(0, above), (sheet.width, above)])
        sheet.pieces += shown

    return put


def _named(wording: Wording) -> str:
    return told.capital(wording.hedge or "no hedge")


def _band(sheet: Sheet, worded: Wording, middle: float, reach: float, name: float, start: float) -> tuple[float, float]:
    """One hedge below what is there; returns its top and its bottom."""
    top = sheet.height
    sheet.word(name, top + 28, _named(worded), NAME, bold=True)
    _side(sheet, worded, middle, top + 22, reach)
    at = top + (32 if sheet.narrow else 6)
    for text, size, bold, role in worded.words:
        for part in wrapped(text, sheet.width - start, size, bold):
            at += size * 1.4
            sheet.word(start, at, part, size, bold=bold, role=role)
    sheet.height = max(at + 12, top + 44)
    return top, sheet.height


FADES = (0.24, 0.16, 0.09, 0.04)  # of the reach: how long the dashes are that fade out, for nobody says how far


def _side(sheet: Sheet, worded: Wording, x: float, y: float, reach: float) -> None:
    """The mark of a hedge; a link to the number's note."""
    kind, tip = SIDES.get(worded.hedge, "round"), reach - 4
    if kind in ("left", "right"):
        way = 1 if kind == "right" else -1
        sheet.shape(marks.arrow(x, y, way, tip), fill="ink")
        _bar(sheet, x, x + way * (tip - 6), y)
    elif kind == "just left":
        _bar(sheet, x - reach * 0.4, x - 9, y)
    elif kind == "round":
        at = 9.0
        for part in FADES:
            for way in (-1, 1):
                _bar(sheet, x + way * at, x + way * (at + part * reach), y)
            at += part * reach + 4
    first = worded.rows[0]
    label = f"{_named(worded)}: {'; '.join(dict.fromkeys(map(_outlet, worded.rows)))}: {first['wording']}"
    bare = kind in ("just left", "round", "bare")  # a ring would be a number that nobody counted
    mark = box(x - 2.5, y - 9, x + 2.5, y + 9) if bare else sign("circle", x, y, 6)
    sheet.shape(mark, fill="ink", stroke="paper", width=2, link=first["working"], label=label)
    sheet.marked.append({"row": first["n"], "low": x, "high": x, "y": y})


def _bar(sheet: Sheet, a: float, b: float, y: float) -> None:
    sheet.shape(box(min(a, b), y - 1.7, max(a, b), y + 1.7), fill="ink")


def _wording_cells(row: told.Row) -> dict[str, str]:
    return {
        "outlet": _outlet(row),
        "wording": tongue(row["wording"], row["language"]),
        "gloss": row["gloss"],
        "hedge": row["hedge"].replace(";", ", ") or "none",
        "number": cards.number(_noted(row), row["number"]["said"]),
        "channel": row["channel"],
        "source": source_cell(row),
        "id": code(row["figure_id"]),
    }


def _noted(row: told.Row) -> dict:
    """The worded number for cards.number: its own row where its case is loaded."""
    case = told.loaded(row)
    return case[row["figure_id"]] if case is not None else row["number"] | {"working": row["figure_id"]}


WORDINGS = Listing(
    {"outlet": "Outlet", "wording": "Its words", "gloss": "In English", "hedge": "Hedge", "number": "Number",
     "channel": "Passed on as", "source": "Source", "id": "Figure"}, _wording_cells)  # fmt: skip
