"""The dial: what the article's numbers can be set beside in one position, as HTML; and all the ratios at once."""

from collections.abc import Mapping, Sequence
from html import escape

import pandas as pd

from .. import cards, charts, words
from ..case import Case
from ..figure import Figure
from ..period import Period
from ..provenance import leaves
from ..schema import NOT_STATED, UNKNOWN
from .missing import choices, missing
from .pairings import (
    MARKS,
    MATCHES,
    NO,
    PARTLY,
    beside,
    matched,
    pairings,
    position,
    positions,
    ratio_in_words,
    summary,
)
from .wording import NO_DIAL, has_dial, wording

Row = Mapping[str, object]


def dial(case: Case, unit: str, place: str, period: str) -> cards.HTML:
    """What the article's numbers can be set beside in one position: each pairing, or why there is none.

    case: a Case. unit, place, period: positions (see positions()). Returns cards.HTML: how many pairings match, those
    of this position as tables, a chart of their rates beside the article's, and the grid of all positions, this one
    marked; one sentence, where the case has no dial. Raises ValueError for no position of it. A pure function.
    Source: scopes.csv and the rows it names; no verdict is computed.

    >>> import analysis
    >>> print(dial(analysis.load(), "weapons", "Syria", "2016").text.partition("Set to: ")[2])
    Weapons; Syria; 2016. No pairing can be made here.
    """
    if not has_dial(case):
        return cards.nothing(NO_DIAL)
    every, here = pairings(case), {"unit": unit, "place": place, "period": period}
    for name, allowed in positions(case).items():
        if here[name] not in allowed:
            raise ValueError(f"the dial has no {name} {here[name]!r}: choose one of {', '.join(allowed)}")
    rows = every.to_dict("records")
    chosen = [row for row in rows if all(row[k] == at for k, at in here.items())]
    counts, said = summary(every), position(here)
    parts = [
        f'<p class="wc-summary">{counts}</p>',
        f'<p class="wc-scope"><strong>Set to: {escape(said)}.</strong> {escape(wording(case).left_out[place])}</p>',
        *(_card(case, row) for row in chosen),
    ]
    if chosen:
        parts.append(cards.join(_chart(case, chosen, _article(case, rows))))
    else:
        parts.append(f'<p class="wc-empty">{" ".join(missing(case, every, **here))}</p>')
    return cards.HTML("\n".join([*parts, _grid(case, rows, here)]), f"{counts.text} Set to: {said}. {_told(chosen)}")


def _told(chosen: Sequence[Row]) -> str:
    return " ".join(f"{ratio_in_words(row)}: {matched(row)}." for row in chosen) or "No pairing can be made here."


# One pairing --------------------------------------------------------------------------------------------------------


def _card(case: Case, row: Row) -> str:
    """One pairing: both rows side by side, what they have in common, and the best argument for it and against it."""
    ratio = cards.number(case.evaluate(row["working"]), ratio_in_words(row))
    intro = wording(case).ratio if row["b"] else "A ratio that one body states"
    a, b = (case[row[side] or row["a"]].row for side in ("a", "b"))
    why = _why(row, a, b)
    marks = [f"<li>{name.capitalize()}: {mark(row[f'match_{name}'], why[name])}</li>" for name in why]
    return "\n".join([
        f"<p><strong>{escape(intro)}: {ratio}</strong></p>",
        _table(case, row),
        f"<ul>{''.join(marks)}</ul>",
        f"<p>For looking at it so: {escape(row['best_for'])}</p>",
        f"<p>Against: {escape(row['best_against'])}</p>",
    ])  # fmt: skip


def _table(case: Case, row: Row) -> cards.HTML:
    """A pairing's rows as a table: number, rate, unit, place, period, who counted, source; the marks beside them."""
    sides = {side: case[row[side]] for side in ("a", "b") if row[side]}
    cells = {"Number": {s: cards.number(f, str(f)) for s, f in sides.items()}}
    rates = {s: case.evaluate(row[f"{s}_rate"]) for s in sides if row[f"{s}_rate"]}
    if any(rate.working != row[s] for s, rate in rates.items()):
        cells["A day"] = {s: cards.number(rate, str(rate)) for s, rate in rates.items()}
    cells |= {what: {s: _told_of(f)[what] for s, f in sides.items()} for what in _TOLD}
    marks = {"Counted": "match_unit", "Place": "match_place", "Period": "match_period"}
    lines = [{"what": w, **line, "match": mark(row[marks[w]]) if w in marks else ""} for w, line in cells.items()]
    both = wording(case).names if row["b"] else {"a": "Both sides, by one body"}
    return cards.table(lines, {"what": "Compared", **both, "match": "Alike?"}, f"Row by row: {position(row)}")


def _why(row: Row, a: Row, b: Row) -> dict[str, str]:
    """Why each mark is as it is, in words."""
    unit = row["unit_why"] if row["match_unit"] == NO else f"{row['unit_match']}. {row['unit_why']}"
    return {"unit": unit, "place": _why_place(a, b), "period": _why_period(row, a, b)}


def mark(match: str, why: str = "") -> cards.HTML:
    """Yes, partly, no or unknown as a shape and a word, with the reason: never by colour alone.

    match: one of MARKS.

    >>> mark("partly", "some days in common")
    ◐ partly: some days in common
    """
    reason = f": {why}" if why else ""
    text = f"{MARKS[match]} {match}{reason}"
    shape = f'<span aria-hidden="true">{MARKS[match]}</span>'
    return cards.HTML(f"{shape} <strong>{match}</strong>{escape(reason)}", text)


def _why_place(a: Row, b: Row) -> str:
    if UNKNOWN in (a["place"], b["place"]):
        return "one side does not say where" if a is not b else "no place is given"
    if a["place"] != b["place"]:
        return f"one side is for {a['place']}, the other for {b['place']}"
    return f"{a['place']} on both sides"


def _why_period(row: Row, a: Row, b: Row) -> str:
    first, second = Period.of(a), Period.of(b)
    if not (first.known and second.known):
        return "one side gives no dates" if first.known or second.known else "no dates are given"
    if row["match_period"] != PARTLY:
        return "the same days" if first == second else "no day in common"
    within = first.within(second) or second.within(first)
    return "one period lies within the other" if within else "some days in common"


_TOLD = ("Counted", "Place", "Period", "Who counted", "Source")


def _told_of(figure: Figure) -> dict[str, str]:
    """What the table of a pairing says of one side, by _TOLD."""
    row = figure.row
    printed = f", printed as “{row['unit_as_printed']}”" if row["unit_as_printed"] else ""
    who = f"{row['counted_by']} ({row['count_origin']})" if row["counted_by"] != UNKNOWN else UNKNOWN
    read = "worked out here from other rows" if words.ours(row) else words.source_name(row["source"])
    place = words.stated(row["place"], "place")
    return dict(zip(_TOLD, (row["measure"] + printed, place, str(Period.of(row)), who, read), strict=True))


# The charts ---------------------------------------------------------------------------------------------------------


def _article(case: Case, rows: Sequence[Row]) -> tuple[str, ...]:
    """The article's own two sides: the first pairing both of whose figures it prints."""
    own = set(case.figures["figure_id"])
    return next(((r["a"], r["b"]) for r in rows if {r["a"], r["b"]} <= own), ())


def _chart(case: Case, chosen: Sequence[Row], own: tuple[str, ...]) -> charts.Chart:
    """Both sides' rates of a position beside the article's; a ratio that one body states beside the article's ratio."""
    paired = [row for row in chosen if row["b"]]
    if paired:
        rates = dict.fromkeys(row[side] for side in ("a_rate", "b_rate") for row in paired)
        lines = [_line(case, i, f"The article: {_side(case[i].row)}") for i in own]
        lines += [_line(case, w, _side(case[w.partition(" ")[0]].row)) for w in rates if w not in own]
        title = "; ".join(" beside ".join(str(case.evaluate(row[k])) for k in ("a_rate", "b_rate"))
                          for row in paired)  # fmt: skip
        subtitle = "Rates a day; unlike units have a scale each"
    else:
        lines = [_line(case, " / ".join(own), "The article, its ends divided here")] if own else []
        lines += [_line(case, row["a"], f"As stated: {case[row['a']].row['counted_by']}") for row in chosen]
        article = f"; {_times(lines[0])} in the article" if own else ""
        title = f"{' and '.join(map(ratio_in_words, chosen))}, as stated{article}"
        subtitle = wording(case).ratio
    return charts.ranges(pd.DataFrame(lines).assign(case=case.name), title=title, subtitle=subtitle, label="label")


def _times(line: Row) -> str:
    return f"{words.span(line['low'], line['high'])} times"


def _side(row: Row) -> str:
    """A row as a label: of whom, what, where, when."""
    return f"{row['subject']}, {row['measure']}, {words.stated(row['place'], 'place')}, {Period.of(row)}"


def whose(row: Row) -> str:
    """A row as a label under its place's heading: of whom and when; the article's own named as such.

    row: as a chart's `label` gets it: subject, article (bool), period_start, period_end.

    >>> whose({"subject": "the town", "article": True, "period_start": "2016", "period_end": "2016"})
    'The article: the town, 2016'
    """
    return f"{'The article: ' if row['article'] else ''}{row['subject']}, {Period.of(row)}"


def _line(case: Case, working: str, label: str) -> dict:
    """One row of the chart: a figure or a working; it is the article's own where its figures are."""
    made, own = case.evaluate(working), working.partition(" ")[0]
    role = "article" if words.of_article(case[own].row) else "reference"
    return {"figure_id": own, "low": made.low, "high": made.high, "unit": made.unit, "hedge": ";".join(made.hedges),
            "working": working, "role": role, "label": label}  # fmt: skip


LEGEND = f"Beside each: whether unit, place and period match. {', '.join(f'{s} {m}' for m, s in MARKS.items())}."


def spread(case: Case) -> cards.HTML:
    """All the ratios at once, each unit of ratio on a scale of its own, each with three shapes for what it matches.

    case: a Case. Returns a chart (one panel a unit of the ratio; in it the greatest first under each place) and the
    table of all pairings in words, as cards.HTML; one sentence, where the case has no dial. Unlike units are not
    ranked. Source: scopes.csv and its rows.

    >>> import analysis
    >>> spread(analysis.load("nhs-list-2025"))
    This case has no scope dial: its article does not set two sides beside one another.
    """
    if not has_dial(case):
        return cards.nothing(NO_DIAL)
    frame = _ordered(case, pairings(case))
    rows = frame.to_dict("records")
    place = [words.capital(words.stated(p, "place")) for p in frame["place"]]
    stated = frame["working"].where(~frame["working"].str.contains(" "), "")
    data = frame[["low", "high", "hedge", "working"]].assign(
        figure_id=stated,
        unit=frame["ratio_unit"],
        label=[_short(case, row) for row in rows],
        where=place,
        case=case.name,
    )
    title = f"{len(rows)} pairings, a scale for each unit of ratio"
    subtitle = f"{wording(case).ratio}. {LEGEND}"
    chart = charts.ranges(data, title=title, subtitle=subtitle, label="label", group="where")
    chart.alt = f"{title}. {subtitle} {_spread_said(rows)}"
    return cards.join(chart.with_table(None), _all(case, rows))


def _ordered(case: Case, frame: pd.DataFrame) -> pd.DataFrame:
    """The pairings unit of ratio by unit of ratio, in it place by place, in it by their upper ends, greatest first."""
    units = {unit: n for n, unit in enumerate(dict.fromkeys(frame["ratio_unit"]))}
    keys = frame.assign(
        of=frame["ratio_unit"].map(units),
        at=frame["place"].map(case.vocabulary.scope["places"].index),
        end=-frame["high"].fillna(frame["low"]),
    )
    return frame.loc[keys.sort_values(["of", "at", "end"], kind="stable").index]


def _spread_said(rows: Sequence[Row]) -> str:
    """What the chart of all ratios shows: for each unit the greatest and the least, and where they stand."""
    said = []
    for unit in dict.fromkeys(row["ratio_unit"] for row in rows):
        inside = [row for row in rows if row["ratio_unit"] == unit]
        least, most = min(inside, key=lambda row: row["low"]), max(inside, key=_upper)
        ends = [f"{ratio_in_words(row)} ({position(row)}: {matched(row)})" for row in (least, most)]
        said.append(f"In {'times' if unit == '1' else unit}, {len(inside)} pairings: from {ends[0]} to {ends[1]}.")
    return " ".join(said)


def _upper(row: Row) -> float:
    """A pairing's upper end; its lower one where it is open above."""
    return row["low"] if row["high"] != row["high"] else row["high"]


def _short(case: Case, row: Row) -> str:
    """A pairing under its place's heading: what is set beside what, and its three shapes."""
    return f"{beside(case, row).text} {''.join(MARKS[row[m]] for m in MATCHES)}"


def _all(case: Case, rows: Sequence[Row]) -> cards.HTML:
    """The table of all pairings, folded away."""
    first, second = wording(case).adjectives.values()
    where = words.capital(f"{first} side counts; {second} counted in; period")
    columns = {"where": where, "beside": "What stands beside what", "ratio": "Ratio",
               "match": "Match", "read": "Read in", "id": "Working"}  # fmt: skip
    lines = [
        {"where": position(row), "beside": beside(case, row), "ratio": _ratio_link(row), "match": matched(row),
         "read": _documents(case, row), "id": cards.code(row["working"])}
        for row in rows
    ]  # fmt: skip
    return cards.folded("Table of these numbers", cards.table(lines, columns, "All pairings"))


def _documents(case: Case, row: Row) -> cards.HTML:
    """The documents in which the rows of a pairing stand, derived rows opened down to what a source prints."""
    printed = dict.fromkeys(i for side in ("a", "b") if row[side] for i in leaves(case[row[side]]))
    sources = dict.fromkeys(case[i].row["source_id"] for i in printed)
    return cards.HTML("; ".join(cards.source(case.source(s), short=True) for s in sources))


# The grid -----------------------------------------------------------------------------------------------------------


def _grid(case: Case, rows: Sequence[Row], here: Mapping[str, str]) -> str:
    """All positions that have a pairing, and the chosen one: the ratios as links, the chosen marked in words too."""
    cells, counted_in = {}, wording(case).names["b"]
    for row in rows:
        cells.setdefault((row["place"], row["period"], row["unit"]), []).append((row, beside(case, row, short=True)))
    held = {here["unit"], *(unit for _, _, unit in cells)}
    units = {unit: label for label, unit in choices(case)["unit"] if unit in held}
    heads = "".join(f'<th scope="col">{escape(words.capital(label))}</th>' for label in units.values())
    caption = (
        "All positions of the dial: the ratios, and how many days each side counts. What has no pairing is left out"
    )
    lines = []
    for place in case.vocabulary.scope["places"]:
        name = (
            words.capital(words.stated(place, "place")) if place == NOT_STATED else f"{counted_in} counted in {place}"
        )
        lines.append(f'<tr><th scope="colgroup" colspan="{len(units) + 1}">{escape(name)}</th></tr>')
        for period in dict.fromkeys(row["period"] for row in rows):
            at = [{"unit": unit, "place": place, "period": period} for unit in units]
            if here in at or any((place, period, unit) in cells for unit in units):
                made = "".join(_grid_cell(cells.get((place, period, one["unit"]), []), one == here) for one in at)
                lines.append(f'<tr><th scope="row">{escape(words.capital(period))}</th>{made}</tr>')
    return "\n".join([
        f'<table class="wc-table wc-grid"><caption>{caption}</caption>',
        f'<thead><tr><th scope="col">Period</th>{heads}</tr></thead><tbody>', *lines, "</tbody></table>",
    ])  # fmt: skip


def _grid_cell(pairs: Sequence[tuple[Row, str]], chosen: bool) -> str:
    """The ratios of a position, each with what it sets beside what. pairs: [(row, text)]."""
    text = ";<br>".join(f"{_ratio_link(row)}: {what}" for row, what in pairs) or "–"
    return f'<td aria-current="true"><strong>► chosen: </strong>{text}</td>' if chosen else f"<td>{text}</td>"


def _ratio_link(row: Row) -> cards.HTML:
    return cards.number({"low": row["low"], "high": row["high"], "working": row["working"]}, ratio_in_words(row))
