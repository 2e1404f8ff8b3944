"""A chart for a screen, by the functions with which the pages draw, from rows by id."""

import re
from collections.abc import Sequence
from html import escape

from .. import charts, contrast, frames, html, lessons, provenance
from ..case import Case

DRAWN = {"strip": charts.strip, "ranges": charts.ranges, "timeline": charts.timeline}
HEADS = {"what": "What", "number": "Number", "place": "Where", "period": "When", "source": "Source"}
WIDTHS = (732, 350)  # pixels: drawn for a column of text, and shown half as large again


def chart(case: Case, options: Sequence[str], body: str) -> str:
    """The HTML of one chart.

    options: how it is drawn: strip, ranges or timeline of rows, hedges of how outlets worded a number, or hands, the
    way of the numbers to the page; and `day` for rates by the day. body: lines of ids, and of `title: ...`,
    `subtitle: ...`, `number: id`, `label: column` (`when` is one). Its marks are no links: a screen has no notes.
    Raises KeyError for another drawing, LessonError for a wrong id.
    """
    given, ids = {}, []
    for ident, note in lessons.listed(body):
        if ident in lessons.OPTIONS:
            given[ident] = _filled(case, note)
        else:
            ids.append(ident)
    kind = options[0]
    if kind == "hands":
        return str(charts.relay_chain(provenance.hands(case).drop(columns="note"), **given))
    if kind == "hedges":
        made = charts.hedges(provenance.relayed(case, *ids), **given)
    else:
        rows = frames.frame(case, ids).assign(when=[lessons.short(lessons.when(case[i].row)) for i in ids])
        if "number" in given:
            given["number"] = given["number"].split()
        rows = contrast.per_day(rows) if "day" in options else rows
        if given.get("panels") == "unit":
            return _beside(rows, given, kind)
        made = DRAWN[kind](rows, **given)
    drawn = _shown(made)
    return drawn + (_numbers(made) if kind != "hedges" else "")  # a chart of wordings sets them all out


def _beside(rows, given, kind):
    """Units side by side, each chart named by its unit: below one another they would be more than one screen."""
    head = "".join(f"<p>{escape(given[k])}</p>" for k in ("title", "subtitle") if k in given)
    head = head.replace("<p>", '<p class="finding">', 1)
    rest = {k: v for k, v in given.items() if k not in ("title", "subtitle", "panels")}
    made = [
        DRAWN[kind](own, title=unit[:1].upper() + unit[1:], panels="unit", **rest)
        for unit, own in rows.groupby("unit", sort=False)
    ]
    return f'{head}<div class="beside">{"".join(map(_shown, made))}</div>{"".join(map(_numbers, made))}'


def _shown(made):
    """A chart whose marks are no links."""
    return re.sub(r'<a class="wc-mark"[^>]*>', '<a class="wc-mark">', str(made.inline(WIDTHS)))


def _numbers(chart):
    """The numbers of a chart as a table, folded, for whoever does not see it."""
    rows = chart.table.to_dict("records")
    return str(
        html.folded("Table of these numbers", html.table(rows, HEADS, f"The numbers of this chart: {len(rows)}"))
    )


def _filled(case, text):
    """A text with its references in words."""
    return lessons.REFERENCE.sub(lambda found: lessons.said(case, found.group(1)).text, text)
