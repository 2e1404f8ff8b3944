"""Scope: every pairing of two figures that can be made, what its two sides have in common, and the dial over them.

A pairing sets a figure of one side beside one of the other (scopes.csv). Whether places and periods match is computed
from the two rows; whether the units do is coded by hand and argued there. No pairing is marked as the right one.
"""

from html import escape

import pandas as pd

from . import cards, charts, words
from .contrast import _rate
from .figure import _day
from .schema import MEASURES, NOT_STATED, SCOPE_PLACES, SCOPE_UNITS, UNIT_MATCHES, UNKNOWN

YES, PARTLY, NO = "yes", "partly", "no"
MARKS = {YES: "●", PARTLY: "◐", NO: "○", UNKNOWN: "?"}
_UNIT = dict(zip(UNIT_MATCHES, (YES, PARTLY, NO), strict=True))
MATCHES = ("match_unit", "match_place", "match_period")
COLUMNS = (
    "scope_id", "unit", "place", "period", "russia", "coalition", "russia_rate", "coalition_rate", "low", "high",
    "ratio_unit", "hedge", "working", *MATCHES, "unit_match", "unit_why", "best_for", "best_against",
)  # fmt: skip


# The table of pairings ----------------------------------------------------------------------------------------------


def pairings(case):
    """Every pairing of scopes.csv with its ratio and what its two sides have in common.

    case: a Case. Returns n rows of COLUMNS: unit, place, period are the dial's positions; russia_rate and
    coalition_rate are workings of the rates a day; low and high (float) are the ratio, ratio_unit its unit (`1` for
    like by like, else both names, `sorties/strike`), working recomputes it; match_unit, match_place, match_period are
    yes, partly, no or unknown. Where one body states the ratio itself, coalition and both rates are empty.
    Source: arithmetic on the rows; unit_match, best_for and best_against are coded by hand.
    """
    made = [_pairing(case, row) for row in case.scopes.to_dict("records")]
    return pd.DataFrame(made, columns=list(COLUMNS))


def _pairing(case, row):
    russia, coalition = row["russia"], row["coalition"]
    sides = [_a_rate(case[i], row) for i in (russia, coalition)] if coalition else ["", ""]
    working = " / ".join(f"({side})" if " " in side else side for side in sides) if coalition else russia
    ratio = case.evaluate(working)
    a, b = case[russia].row, case[coalition or russia].row
    return row | {
        "russia_rate": sides[0], "coalition_rate": sides[1], "low": ratio.low, "high": ratio.high,
        "ratio_unit": ratio.unit, "hedge": ";".join(ratio.hedges), "working": working,
        "match_unit": _UNIT[row["unit_match"]], "match_place": match_place(a["place"], b["place"]),
        "match_period": match_period(a, b),
    }  # fmt: skip


def _a_rate(chosen, row):
    """The working of a figure's rate a day. ValueError names the pairing where it has none."""
    rate = _rate(chosen)
    if not rate.working:
        raise ValueError(f"scopes.csv, {row['scope_id']}: {chosen.working} has no daily rate ({'; '.join(rate.notes)})")
    return rate.working


def match_place(a, b):
    """Whether two places are the same (yes), one holds the other (partly), they differ (no), or one is unknown."""
    if UNKNOWN in (a, b):
        return UNKNOWN
    if a == b:
        return YES
    inside = set(a.split(" and ")) & set(b.split(" and ")) or "worldwide" in (a, b)
    return PARTLY if inside else NO


def match_period(a, b):
    """Whether two rows count the same days (yes), some days in common (partly), none (no), or a period is unknown."""
    first, second = _days(a), _days(b)
    if first is None or second is None:
        return UNKNOWN
    if first == second:
        return YES
    return PARTLY if max(first[0], second[0]) <= min(first[1], second[1]) else NO


def _days(row):
    """The first and the last day of a row's period; None where either is unknown."""
    if UNKNOWN in (row["period_start"], row["period_end"]):
        return None
    return _day(row["period_start"], last=False), _day(row["period_end"], last=True)


def summary(frame):
    """How many of the pairings match on unit, place and period, as sentences.

    frame: n rows of pairings(). Returns text; every number in it counts rows of the frame.
    """
    same = (frame["match_place"] == YES) & (frame["match_period"] == YES)
    alike = int((same & (frame["match_unit"] == YES)).sum())
    named = int((same & frame["match_unit"].isin([YES, PARTLY])).sum())
    unlike = int((same & (frame["match_unit"] == NO)).sum())
    count = words.number(len(frame))
    return " ".join([
        f"{_some(alike, f'of the {count} pairings')} on unit, place and period together.",
        f"Even if one word is taken for one unit, {_some(named).lower()}.",
        f"{_some(unlike)} on place and period, but not on the unit.",
    ])  # fmt: skip


def _some(count, of=""):
    """`None of the 9 pairings matches`, `1 matches`, `2 match`."""
    number = words.number(count) if count else "None"
    return " ".join(filter(None, [number, of, "match" if count > 1 else "matches"]))


LEGEND = "After each: whether unit, place and period match, " + ", ".join(f"{shape} {m}" for m, shape in MARKS.items())


def compared(frame):
    """The pairings' ratios as a frame that charts.ranges takes, the greatest first.

    frame: n rows of pairings(). Returns figure_id, low, high, unit, hedge, working, and label: the position, then a
    shape each for unit, place and period (LEGEND says which is which).
    """
    label = [f"{_position(row)} {''.join(MARKS[row[m]] for m in MATCHES)}" for row in frame.to_dict("records")]
    made = frame[["low", "high", "hedge", "working"]].assign(figure_id="", unit=frame["ratio_unit"], label=label)
    return made.sort_values("low", ascending=False, kind="stable").reset_index(drop=True)


def _matched(row):
    return ", ".join(f"{m.removeprefix('match_')} {row[m]}" for m in MATCHES)


def _position(row):
    place = "place not stated" if row["place"] == NOT_STATED else row["place"]
    period = "period not stated" if row["period"] == NOT_STATED else row["period"]
    return f"{row['unit'].capitalize()}; {place}; {period}"


def positions(case):
    """Where the dial can stand: {"unit": [...], "place": [...], "period": [...]}, in the order of the tables."""
    return {
        "unit": list(SCOPE_UNITS),
        "place": list(SCOPE_PLACES),
        "period": list(dict.fromkeys(case.scopes["period"])),
    }


# The dial -----------------------------------------------------------------------------------------------------------


def dial(case, unit, place, period):
    """What the claim can be set beside in one position: each pairing, its marks and arguments; or why there is none.

    case: a Case. unit, place, period: positions (see positions()). Returns cards.HTML: how many pairings match, those
    of this position as tables, a chart of their rates beside the claim's, and the grid of all periods and units for the
    place, this position marked. A pure function.
    Source: scopes.csv and the rows it names; no verdict is computed.
    """
    every, here = pairings(case), {"unit": unit, "place": place, "period": period}
    rows = every.to_dict("records")
    chosen = [row for row in rows if all(row[k] == position for k, position in here.items())]
    counts, position = summary(every), _position(here)
    parts = [
        f'<p class="wc-summary">{escape(counts)}</p>',
        f'<p class="wc-scope"><strong>Set to: {escape(position)}.</strong> {escape(LEFT_OUT[place])}</p>',
        *(_card(case, row) for row in chosen),
    ]
    if chosen:
        parts.append(charts.show(_chart(case, chosen, _claim(case, rows)), table=False))
    else:
        parts.append(f'<p class="wc-empty">{escape(" ".join(missing(case, every, **here)))}</p>')
    return cards.HTML("\n".join([*parts, _grid(rows, here)]), f"{counts} Set to: {position}. {_told(chosen)}")


def _told(chosen):
    return " ".join(f"{_ratio_text(row)}: {_matched(row)}." for row in chosen) or "No pairing can be made here."


def _ratio_text(row):
    text = words.quantity(row["low"], row["high"], row["ratio_unit"])
    return f"{text} times" if row["ratio_unit"] == "1" else text


# What each position of the place leaves out: Iraq is a country whose war it is, not a setting.
LEFT_OUT = {
    NOT_STATED: "Which country’s war the coalition’s number is about is not stated: Syria’s, or Iraq’s as well.",
    "Syria": "This leaves out the war in Iraq: what the coalition struck there is not in its number.",
    "Iraq and Syria": "This holds two countries’ wars on the coalition’s side; the Russian ones are for Syria alone.",
}


# One pairing --------------------------------------------------------------------------------------------------------


def _card(case, row):
    """One pairing: its two rows side by side, what they have in common, and the best argument for it and against it."""
    ratio = cards.number(case.evaluate(row["working"]), _ratio_text(row))
    intro = "Stated as a ratio" if not row["coalition"] else "The first over the second"
    caption = f"{intro}: {_ratio_text(row)}"
    table = _sides(case, row) if row["coalition"] else _stated(case, row)
    lines = [
        f"<p><strong>{intro}: {ratio}</strong></p>",
        cards.table(table, {"what": "", "russia": "Russia", "coalition": "Coalition", "match": "Alike?"}, caption)
        if row["coalition"]
        else cards.table(table, {"what": "", "russia": "Both sides, by one body", "match": "Alike?"}, caption),
        f"<p>For looking at it so: {escape(row['best_for'])}</p>",
        f"<p>Against: {escape(row['best_against'])}</p>",
    ]
    return "\n".join(lines)


def _sides(case, row):
    """The rows of a pairing's table: number, rate, unit, place, period, who counted, source; the marks beside them."""
    a, b = case[row["russia"]], case[row["coalition"]]
    cells = {
        "Number": [cards.number(f, str(f)) for f in (a, b)],
        "A day": [_a_day(case, row[side]) for side in ("russia_rate", "coalition_rate")],
        "Counted": [_counted(f.row) for f in (a, b)],
        "Place": [_place(f.row) for f in (a, b)],
        "Period": [_period(f.row) for f in (a, b)],
        "Who counted": [_who(f.row) for f in (a, b)],
        "Source": [_source(f.row) for f in (a, b)],
    }
    marks = _marks(row, a.row, b.row)
    return [
        {"what": what, "russia": left, "coalition": right, "match": marks.get(what, "")}
        for what, (left, right) in cells.items()
    ]


def _stated(case, row):
    """The rows of the table of a ratio that one body states itself."""
    a = case[row["russia"]]
    cells = {
        "Number": cards.number(a, f"{a} times"), "Counted": _counted(a.row), "Place": _place(a.row),
        "Period": _period(a.row), "Who counted": _who(a.row), "Source": _source(a.row),
    }  # fmt: skip
    marks = _marks(row, a.row, a.row)
    return [{"what": what, "russia": text, "match": marks.get(what, "")} for what, text in cells.items()]


def _marks(row, a, b):
    """The three marks, each a shape, a word and the reason."""
    why = {
        "unit": f"{row['unit_match']}. {row['unit_why']}",
        "place": _why_place(a, b),
        "period": _why_period(row, a, b),
    }
    named = {"Counted": "unit", "Place": "place", "Period": "period"}
    return {head: mark(row[f"match_{what}"], why[what]) for head, what in named.items()}


def mark(match, why=""):
    """Yes, partly, no or unknown as a shape and a word, with the reason: never by colour alone."""
    reason = f": {why}" if why else ""
    text = f"{MARKS[match]} {match}{reason}"
    shape = f'<span aria-hidden="true">{MARKS[match]}</span>'
    return cards.HTML(f"{shape} <strong>{match}</strong>{escape(reason)}", text)


def _why_place(a, b):
    if UNKNOWN in (a["place"], b["place"]):
        return "one side does not say where"
    same = "one place is named for both sides" if a is b else ""
    return same if a["place"] == b["place"] else "one place holds the other"


def _why_period(row, a, b):
    first, second = _days(a), _days(b)
    if first is None or second is None:
        return "no dates are given" if first is second else "one side gives no dates"
    if row["match_period"] != PARTLY:
        return "the same days" if first == second else "no day in common"
    within = (first[0] - second[0]).days * (first[1] - second[1]).days <= 0
    return "one period lies within the other" if within else "some days in common"


def _a_day(case, working):
    made = case.evaluate(working)
    return cards.number(made, str(made))


def _counted(row):
    printed = f", printed as “{row['unit_as_printed']}”" if row["unit_as_printed"] else ""
    return f"{row['measure']}{printed}"


def _place(row):
    return "unknown: not stated" if row["place"] == UNKNOWN else row["place"]


def _period(row):
    return words.period(row["period_start"], row["period_end"])


def _who(row):
    return f"{row['counted_by']} ({row['count_origin']})" if row["counted_by"] != UNKNOWN else UNKNOWN


def _source(row):
    return "worked out here from other rows" if row["derivation"] else words.source_name(row["source"])


# A position without a pairing ---------------------------------------------------------------------------------------


def missing(case, frame, unit, place, period):
    """Why no pairing stands in a position: which side has no row of that unit, place or period. A list of sentences.

    case: a Case. frame: pairings(case). unit, place, period: the position. A row is of a dated period if it lies within
    the days of the Russian rows paired there and covers most of them, or is itself paired there. Source: the rows.
    """
    rows = [case[i].row for i in (*case.figures["figure_id"], *case.references["figure_id"])]
    rows = [r for r in rows if MEASURES[r["measure"]] == MEASURES["strikes"]]
    window = _window(case, frame, period)
    here = frame[frame["period"] == period]
    paired = {*here["russia"], *here["coalition"]}
    russia, coalition = (_of_side(case, frame, rows, side) for side in ("russia", "coalition"))
    theirs = [r for r in russia if _in_unit(r, unit)]
    others = [r for r in coalition if r["place"] == (UNKNOWN if place == NOT_STATED else place)]
    said = []
    if not theirs:
        said.append(_nobody(unit, [r for r in coalition if _in_unit(r, unit)], window))
    elif not any(_fits(r, window, paired) for r in theirs):
        said.append(f"No row gives Russian {unit} {_such(theirs, window)}")
    if not any(_fits(r, window, paired) for r in others):
        said.append(
            _NOWHERE if place == NOT_STATED else f"No row gives coalition rates for {place} {_such(others, window)}"
        )
    return ["No pairing can be made here.", *(said or ["Both sides have rows for it, but no two of them were paired."])]


_NOWHERE = "Every dated row of the coalition says where it counted; only rows without dates leave the place open."


def _in_unit(row, unit):
    return row["measure"].split()[0] == unit


def _of_side(case, frame, rows, side):
    """The rows whose subject stands on that side of a pairing."""
    subjects = {case[i].row["subject"] for i in frame.loc[frame["coalition"] != "", side]}
    return [row for row in rows if row["subject"] in subjects]


def _window(case, frame, period):
    """The first and last day of a period of the dial: what the Russian rows paired there span; None if not stated."""
    spans = [_days(case[i].row) for i in frame.loc[frame["period"] == period, "russia"]]
    known = [s for s in spans if s]
    return (min(s[0] for s in known), max(s[1] for s in known)) if known and period != NOT_STATED else None


def _fits(row, window, paired):
    """Whether a row is of a period: paired there, or within its days and over most of them, or as undated as it."""
    days = _days(row)
    if row["figure_id"] in paired or window is None or days is None:
        return row["figure_id"] in paired or (window is None and days is None)
    inside = window[0] <= days[0] and days[1] <= window[1]
    return inside and 2 * ((days[1] - days[0]).days + 1) > (window[1] - window[0]).days + 1


def _nobody(unit, others, window):
    given = f"; for the coalition there are some for {_periods(others, window)}" if others else ""
    return f"Nobody whose page was read gives Russian {unit}{given}."


def _such(rows, window):
    found = f"; there are some for {_periods(rows, window)}" if any(map(_days, rows)) else ""
    return f"{'without a period' if window is None else 'for that period alone'}{found}."


def _periods(rows, window, most=3):
    """The periods of rows in words, those nearest to a window first, and how many more there are."""
    dated = sorted((r for r in rows if _days(r)), key=lambda r: _distance(_days(r), window))
    when = list(dict.fromkeys(_period(r) for r in dated))
    more = f"; and {words.number(len(when) - most)} more" if len(when) > most else ""
    return "; ".join(when[:most]) + more


def _distance(days, window):
    """By how many days the ends of a period are off those of a window; the earliest first where there is none."""
    first, last = window or (days[0].min, days[0].min)
    return abs((days[0] - first).days) + abs((days[1] - last).days)


# The chart and the grid ---------------------------------------------------------------------------------------------


def _claim(case, rows):
    """The claim's two sides: the first pairing both of whose figures the article prints."""
    own = set(case.figures["figure_id"])
    return next(((r["russia"], r["coalition"]) for r in rows if {r["russia"], r["coalition"]} <= own), ())


def _chart(case, chosen, claim):
    """Both sides' rates of a position beside the claim's; where one body states the ratio, beside the claim's ratio."""
    paired = [row for row in chosen if row["coalition"]]
    if paired:
        rates = dict.fromkeys(row[side] for side in ("russia_rate", "coalition_rate") for row in paired)
        lines = [_line(case, i, f"The claim: {_side(case[i].row)}") for i in claim]
        lines += [_line(case, w, _side(case[w.partition(" ")[0]].row)) for w in rates if w not in claim]
        title = "; ".join(" beside ".join(str(case.evaluate(row[k])) for k in ("russia_rate", "coalition_rate"))
                          for row in paired)  # fmt: skip
        subtitle = "Rates a day; unlike units have a scale each"
    else:
        lines = [_line(case, " / ".join(claim), "The claim, its ends divided here")]
        lines += [_line(case, row["russia"], f"As stated: {case[row['russia']].row['counted_by']}") for row in chosen]
        title = f"{' and '.join(map(_ratio_text, chosen))}, as stated; {_times(lines[0])} in the claim"
        subtitle = "The Russian number over the coalition’s"
    return charts.ranges(pd.DataFrame(lines), title=title, subtitle=subtitle, label="label", case=case)


def _times(line):
    return f"{words.span(line['low'], line['high'])} times"


def _side(row):
    """A row as a label: of whom, what, where, when."""
    place = "place not stated" if row["place"] == UNKNOWN else row["place"]
    return f"{row['subject']}, {row['measure']}, {place}, {_period(row)}"


def _line(case, working, label):
    """One row of the chart: a figure or a working; it is the article's own where its figures are."""
    made, own = case.evaluate(working), working.partition(" ")[0]
    role = "article" if case[own].row["table"] == "figures" else "reference"
    return {"figure_id": own, "low": made.low, "high": made.high, "unit": made.unit, "hedge": ";".join(made.hedges),
            "working": working, "role": role, "label": label}  # fmt: skip


def _grid(rows, here):
    """All periods by all units for one place: the ratios as links, the chosen position marked in words too."""
    cells = {}
    for row in rows:
        if row["place"] == here["place"]:
            cells.setdefault((row["period"], row["unit"]), []).append(row)
    lines = [_grid_row(cells, period, here) for period in dict.fromkeys(row["period"] for row in rows)]
    heads = "".join(f'<th scope="col">{escape(u.capitalize())}</th>' for u in SCOPE_UNITS)
    place = "its place not stated" if here["place"] == NOT_STATED else f"in {here['place']}"
    caption = f"Every period and unit, with the coalition’s count {place}: the ratios"
    return "\n".join([
        f'<table class="wc-table wc-grid"><caption>{escape(caption)}</caption>',
        f'<thead><tr><th scope="col">Period</th>{heads}</tr></thead><tbody>', *lines, "</tbody></table>",
    ])  # fmt: skip


def _grid_row(cells, period, here):
    made = []
    for unit in SCOPE_UNITS:
        chosen = (unit, period) == (here["unit"], here["period"])
        inside = cells.get((period, unit))
        text = "–" if inside is None else "; ".join(map(_ratio_link, inside))
        made.append(f'<td aria-current="true"><strong>► chosen: {text}</strong></td>' if chosen else f"<td>{text}</td>")
    return f'<tr><th scope="row">{escape(period.capitalize())}</th>{"".join(made)}</tr>'


def _ratio_link(row):
    return cards.number({"low": row["low"], "high": row["high"], "working": row["working"]}, _ratio_text(row))
