"""How a number travels: from hand to hand to the page, from one body to many voices, and from one hedge to another."""

import math
import re
from collections import defaultdict
from collections.abc import Sequence

import pandas as pd

from .. import cards, words
from ..html import code, tongue
from ..period import gap_in_words
from ..schema import UNKNOWN
from . import told
from .chart import Chart, Listing, drawing, finished, source_cell
from .marks import ARROW
from .page import (
    ARTICLE,
    EDGE,
    FAINT,
    INK,
    MUTED,
    REFERENCE,
    RULE,
    SMALL,
    TEXT,
    WIDTH,
    Page,
    box_on,
    length,
    line_on,
    plain,  # fmt: skip
    words_at,
    wrapped,
)

_ACROSS = WIDTH - 2 * EDGE


# From speaker to page -------------------------------------------------------------------------------------------------


@drawing
def relay_chain(steps: pd.DataFrame, *, title: str, subtitle: str) -> Chart:
    """A number's way from the body that counted to the page: a box a step, an arrow between, and the days it took.

    steps: n rows in order, with role (what happened), who, date (YYYY[-MM[-DD]], unknown or empty), and where there are
    such, note and the document's source_id with case, or publisher. The days between two steps are written where both
    dates are full; where the later step has the earlier date, that is said. A box whose who is unknown is dashed.
    Returns a Chart with one Axes, whose table has the steps. Raises ValueError where role or who is missing.
    Source: the rows, and the calendar.

    >>> from analysis import charts
    >>> steps = pd.DataFrame({"role": ["says it", "prints it"], "who": ["Ann", "The Post"], "date": ["2017-06-14", ""]})
    >>> charts.relay_chain(steps, title="Two hands", subtitle="From Ann to the page")
    Two hands. A chain of 2 steps: says it: Ann (14 June 2017); then prints it: The Post.
    """
    rows = told.records(steps, ("role", "who"))
    page, y, boxes = Page(title, subtitle), 0.08, []
    for row in rows:
        row["who"] = row["who"] or UNKNOWN
        who, note = (wrapped(row[k], _ACROSS - 0.4, size, k == "who") for k, size in (("who", TEXT), ("note", SMALL)))
        boxes.append((row, y, 0.46 + 0.21 * len(who) + 0.19 * len(note), who, note))
        y += boxes[-1][2] + 0.46
    axes = page.axes(y - 0.4)
    for n, box in enumerate(boxes):
        _step(axes, *box, last=n == len(boxes) - 1)
        if n + 1 < len(boxes):
            _hand_over(axes, box[1] + box[2], gap_in_words(box[0]["date"], boxes[n + 1][0]["date"]))
    dates = [f" ({words.date(row['date'])})" if row["date"] else "" for row in rows]
    said = "; then ".join(f"{row['role']}: {row['who']}{date}" for row, date in zip(rows, dates, strict=True))
    alt = f"{told.stop(title)} A chain of {told.count(rows, 'step', 'steps')}: {said}."
    return finished(page, alt, rows, steps, STEPS)


STEPS = Listing(
    {"role": "What happens", "who": "Who", "date": "When", "note": "What is known"},
    lambda row: {"role": row["role"], "who": row["who"], "date": words.date(row["date"]), "note": row["note"]},
    folded=False,
)


def _step(axes, row, y, height, who, note, last):
    look = {"ec": ARTICLE, "lw": 2.4} if last else {"ec": REFERENCE, "lw": 1.3}
    box_on(axes, 0.03, y, _ACROSS - 0.06, height, fc="white", ls=(0, (3, 2)) if row["who"] == UNKNOWN else "-", **look)
    date = "date unknown" if row["date"] == UNKNOWN else words.date(row["date"])
    words_at(axes, 0.2, y + 0.24, plain(row["role"]), SMALL, color=MUTED)
    words_at(axes, _ACROSS - 0.2 - length(date, SMALL), y + 0.24, date, SMALL, color=MUTED)
    for n, line in enumerate(who):
        words_at(axes, 0.2, y + 0.48 + 0.21 * n, line, bold=True, color=ARTICLE if last else INK)
    for n, line in enumerate(note):
        words_at(axes, 0.2, y + 0.46 + 0.21 * len(who) + 0.19 * n, line, SMALL, color=MUTED)


def _hand_over(axes, y, days):
    line_on(axes, [0.5, 0.5], [y + 0.05, y + 0.34], lw=1.6, color=INK)
    line_on(axes, [0.5], [y + 0.35], marker="v", ms=9, color=INK)
    words_at(axes, 0.72, y + 0.27, days, SMALL, color=MUTED)


# Who repeats whom -----------------------------------------------------------------------------------------------------

LEFT, RIGHT = 2.95, 1.95  # inches: the numbers, and the bodies that counted


@drawing
def voices(frame: pd.DataFrame, *, title: str, subtitle: str, label: told.Label = None) -> Chart:
    """How many voices there are: each number on the left is joined to the body whose count it is, on the right.

    frame: n rows as for ranges, with counted_by, stake, count_origin, said_by, period_end. label: as for ranges; the
    number and who said it if None. Bodies with the most numbers come first, each with its stake in words; a row that
    does not say who counted goes to the body that is unknown. A line is dashed where the number is not the body's own
    but compiled, added up, computed or said again from it.
    Returns a Chart with one Axes. Raises ValueError where a column is missing or an end is no number.
    Source: the rows; nothing is worked out here.

    >>> from analysis import charts
    >>> rows = pd.DataFrame({"low": [2, 3], "high": [2, 3], "unit": "buses", "said_by": ["Ann", "Bo"],
    ...                      "counted_by": "The town", "count_origin": ["own count", "repeats"]})
    >>> charts.voices(rows, title="Two voices, one count", subtitle="Buses")
    Two voices, one count. 2 numbers joined to the bodies that counted, 1 in all: The town 2. 1 of 2 are the body’s own.
    """
    rows = told.labelled(told.records(frame), label, _voice)
    for row in rows:
        row["counted_by"] = row["counted_by"] or UNKNOWN
    bodies = sorted(told.grouped(rows, "counted_by", "stake").items(), key=lambda item: -len(item[1]))
    page, y, blocks = (
        Page(title, f"{told.stop(subtitle)} Dashed: not that body’s own words, but taken from it."),
        0.1,
        [],
    )
    for (body, stake), inside in bodies:
        name = "unknown: nobody says who counted" if body == UNKNOWN else body
        about = f"{told.count(inside)}; stake: {stake or UNKNOWN}"
        lines = [(wrapped(row["label"], LEFT, SMALL, row["article"]), row) for row in inside]
        right = (wrapped(name, RIGHT, TEXT, True), wrapped(about, RIGHT, SMALL))
        blocks.append((y, lines, right))
        y += max(math.fsum(0.19 * len(text) + 0.09 for text, _ in lines), 0.2 * sum(map(len, right)) + 0.06) + 0.14
    axes = page.axes(y)
    for block in blocks:
        _block(axes, *block)
    named = [f"{body} {len(inside)}" for (body, _), inside in bodies]
    own = sum(_own(row) for row in rows)
    alt = (
        f"{told.stop(title)} {told.capital(told.count(rows))} joined to the bodies that counted, {len(bodies)} in all: "
        f"{told.some_of(named, 12)}. {words.number(own)} of {words.number(len(rows))} are the body’s own."
    )
    return finished(page, alt, rows, frame)


def _voice(row):
    """The number, who said it (the name without the office, which the table has), and the year."""
    year = f"{told.day_of(row).year}" if told.day_of(row) else ""
    name = told.who(row) if row["article"] else re.split(r",| \(", told.who(row), maxsplit=1)[0]
    return ", ".join(filter(None, [words.span(row["low"], row["high"], row["hedge"]), name, year]))


def _own(row):
    return row["count_origin"] in ("own count", "own statement")


def _block(axes, y, lines, right):
    """One body and the numbers that are its count."""
    name, about = right
    tall = math.fsum(0.19 * len(text) + 0.09 for text, _ in lines)
    middle = y + max(tall, 0.2 * (len(name) + len(about))) / 2
    top, node = middle - tall / 2, _ACROSS - RIGHT - 0.12
    for text, row in lines:
        color = ARTICLE if row["article"] else INK
        for n, line in enumerate(text):
            words_at(axes, 0, top + 0.15 + 0.19 * n, line, SMALL, row["article"], color, struck=row["changed"])
        at = top + 0.1 + 0.095 * (len(text) - 1)
        start = max(length(line, SMALL, row["article"]) for line in text) + 0.06
        dash = "-" if _own(row) else (0, (3, 2))
        line_on(axes, [start, LEFT + 0.08, node], [at, at, middle], lw=1, color=RULE, ls=dash, zorder=1)
        top += 0.19 * len(text) + 0.09
    line_on(axes, [node], [middle], marker="o", ms=8, color=REFERENCE)
    first = middle - 0.2 * (len(name) + len(about)) / 2 + 0.15
    for n, line in enumerate(name):
        words_at(axes, _ACROSS - RIGHT, first + 0.2 * n, line, bold=True)
    for n, line in enumerate(about):
        words_at(axes, _ACROSS - RIGHT, first + 0.2 * len(name) + 0.19 * n, line, SMALL, color=MUTED)


# One number, several hedges -------------------------------------------------------------------------------------------

# The side of the number on which each hedge puts the count: a mark on the line, left or right of it, or round it.
SIDES = {
    "exactly": "on", "at most": "left", "up to": "left", "fewer than": "left", "nearly": "just left",
    "at least": "right", "more than": "right", "about": "round", "estimated": "round", "average": "round", "": "on",
}  # fmt: skip
SAME = {"up to": "at most", "estimated": "about", "average": "about"}  # put the count on the same side
MIDDLE = 0.95  # inches from the left: the line on which the number stands


@drawing
def hedges(relay: pd.DataFrame, *, title: str, subtitle: str) -> Chart:
    """One number, several hedges: how each outlet worded it, and which side of the number its words allow.

    relay: rows of relay.csv about one number, as provenance.relayed gives them: figure_id, case, source_id, wording,
    gloss, hedge, channel. Without a case, low, high and unit are the number's own, and publisher is the outlet. One
    band a hedge, in the order of the rows; the first wording is set out whole, the other outlets that hedge it so are
    named.
    Returns a Chart with one Axes, whose table has the wordings. Raises ValueError where the rows are about several
    numbers, or about one that nobody gives. Source: the rows.

    >>> from analysis import charts
    >>> said = pd.DataFrame({"wording": ["up to 30 buses", "some 30 buses"], "hedge": ["up to", "about"], "low": 30,
    ...                      "high": 30, "unit": "buses", "publisher": ["The Post", "The Echo"]})
    >>> charts.hedges(said, title="One number, two hedges", subtitle="Thirty buses")
    One number, two hedges. 30 buses in 2 wordings, hedged in 2 ways. At most: The Post; about: The Echo.
    """
    rows = told.records(relay, ("wording", "hedge"))
    figure = _one_number(rows)
    page = Page(title, subtitle, size=26)
    page.y += 0.12
    bands = defaultdict(list)
    for row in rows:
        bands[_decisive(row["hedge"])].append(row)
    laid, y = [], 0.86
    for hedge, inside in bands.items():
        text = _band_text(inside)
        laid.append((y, hedge, text))
        y += 0.42 + math.fsum(size * 1.42 / 72 for _, size, _, _ in text) + 0.2
    axes = page.axes(y)
    number = words.span(figure["low"], figure["high"], figure["hedge"])
    words_at(axes, MIDDLE - length(number, 22, True) / 2, 0.3, number, 22, True, ARTICLE)
    line_on(axes, [MIDDLE, MIDDLE], [0.4, y - 0.1], lw=1.2, color=ARTICLE, zorder=1)
    words_at(axes, 0, 0.6, "← fewer", SMALL, color=MUTED)
    words_at(axes, 2 * MIDDLE - length("more →", SMALL), 0.6, "more →", SMALL, color=MUTED)
    for at, hedge, text in laid:
        _band(axes, at, hedge, text)
    said = [
        f"{h or 'no hedge'}: {told.some_of(list(dict.fromkeys(map(_outlet, inside))), 6)}"
        for h, inside in bands.items()
    ]
    ways = (
        f"{figure['said']} in {told.count(rows, 'wording', 'wordings')}, hedged in {told.count(bands, 'way', 'ways')}"
    )
    alt = f"{told.stop(title)} {ways}. {told.capital('; '.join(said))}."
    return finished(page, alt, rows, relay, WORDINGS)


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


def _decisive(hedge):
    """The hedge that says most of which side: the last that is more than about."""
    said = [h for h in hedge.split(";") if SIDES.get(h, "round") != "round"]
    last = (said or hedge.split(";"))[-1]
    return SAME.get(last, last)


def _outlet(row: told.Row) -> str:
    return row["publisher"] or row["source_id"] or "source not given"


def _band_text(rows):
    """A band's lines as (text, size, bold, colour): the wording, its gloss, the outlet and date, and who else."""
    wide, first = _ACROSS - 2 * MIDDLE - 0.15, rows[0]
    parts = [(f"“{first['wording']}”", TEXT + 1, False, INK)]
    parts += [(first["gloss"], SMALL, False, MUTED)] * bool(first["gloss"])
    name = words.source_name({"publisher": _outlet(first), "published": first["published"] or UNKNOWN})
    parts.append((", ".join(filter(None, [name, first["channel"]])), SMALL, True, MUTED))
    others = list(dict.fromkeys(_outlet(r) for r in rows[1:] if _outlet(r) != _outlet(first)))
    parts += [(f"so too: {'; '.join(others)}", SMALL, False, MUTED)] * bool(others)
    return [(line, size, bold, color) for text, size, bold, color in parts for line in wrapped(text, wide, size, bold)]


def _band(axes, y, hedge, text):
    """One hedge: its mark on the number's line, its word, and who put it so."""
    line_on(axes, [0, _ACROSS], [y - 0.16, y - 0.16], lw=0.8, color=FAINT)
    left = 2 * MIDDLE + 0.15
    words_at(axes, left, y + 0.2, told.capital(hedge or "no hedge"), 19, True)
    at = y + 0.3
    _side(axes, at + 0.12, SIDES.get(hedge, "round"))
    for line, size, bold, color in text:
        at += size * 1.42 / 72
        words_at(axes, left, at, line, size, bold, color)


def _side(axes, y, side):
    look = {"color": REFERENCE, "lw": 7, "zorder": 2}
    dot = {"marker": "o", "ms": 13, "mec": REFERENCE, "mew": 2.4, "zorder": 3}
    if side == "on":
        line_on(axes, [MIDDLE], [y], **dot | {"mfc": REFERENCE})
    elif side in ("left", "right"):
        sign = -1 if side == "left" else 1
        tip = MIDDLE + sign * (MIDDLE - 0.2)
        line_on(axes, [MIDDLE, tip], [y, y], **look)
        line_on(axes, [tip], [y], marker="<" if side == "left" else ">", ms=15, color=REFERENCE)
        line_on(axes, [MIDDLE], [y], **dot | {"mfc": REFERENCE})
    elif side == "just left":
        line_on(axes, [MIDDLE - ARROW, MIDDLE - 0.14], [y, y], **look)
        line_on(axes, [MIDDLE - ARROW], [y], **dot | {"mfc": "white"})
    else:
        for step in range(1, 13):  # fades out: nobody says how far about reaches
            box_on(axes, MIDDLE - 0.055 * step, y - 0.05, 0.11 * step, 0.1, color=REFERENCE, alpha=0.09, lw=0)
        line_on(axes, [MIDDLE], [y], **dot | {"mfc": "white"})
