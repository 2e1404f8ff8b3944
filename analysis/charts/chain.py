"""From hand to hand to the page: a list that reflows, not a picture."""

import itertools

import pandas as pd

from .. import words
from ..html import HTML, escape
from ..period import gap_in_words
from ..schema import UNKNOWN
from . import told


def relay_chain(steps: pd.DataFrame, *, title: str, subtitle: str = "") -> HTML:
    """A number's way from the body that counted to the page: a line a hand, and the days between two of them.

    steps: n rows in order, with role (what happened), who, date (YYYY[-MM[-DD]], unknown or empty), and where there are
    such, note and the document's source_id with case, or publisher. The days between two hands are said where both
    dates are full; where the later one has the earlier date, that is said. A hand whose who is unknown has a
    question mark. title: the finding.
    Returns HTML, a figure with an ordered list; its text is the chain in a sentence. Raises ValueError where role or
    who is missing. Source: the rows, and the calendar.

    >>> from analysis import charts
    >>> steps = pd.DataFrame({"role": ["says it", "prints it"], "who": ["Ann", "The Post"], "date": ["2017-06-14", ""]})
    >>> charts.relay_chain(steps, title="Two hands", subtitle="From Ann to the page")
    Two hands. A chain of 2 steps: says it: Ann (14 June 2017); then prints it: The Post.
    """
    rows = told.records(steps, ("role", "who"))
    for row in rows:
        row["who"] = row["who"] or UNKNOWN
    head = f'<p class="wc-finding"><strong>{escape(title)}</strong> {escape(subtitle)}</p>'
    gaps = [_gap(a["date"], b["date"]) for a, b in itertools.pairwise(rows)]
    items = "".join(_hand(row, gap) for row, gap in zip(rows, ["", *gaps][: len(rows)], strict=True))
    source = told.documents(rows) or (told.source_line(rows) if rows else "")
    foot = f'<figcaption><span class="wc-source">{escape(source)}</span></figcaption>' if source else ""
    html = f'<figure class="wc-chart wc-chain">{head}<ol class="wc-hands">{items}</ol>{foot}</figure>'
    return HTML(html, _said(rows, title))


def _gap(first: str, second: str) -> str:
    """The days between two hands, in words; nothing where a date is unknown, which its hand says."""
    return "" if UNKNOWN in (first, second) else gap_in_words(first, second)


def _hand(row: told.Row, gap: str) -> str:
    """A hand as a line: its day, the dot on the line, who and what; gap: the days since the hand before it."""
    unknown = ' class="wc-unknown"' if row["who"] == UNKNOWN else ""
    when = escape(words.day(row["date"])) if row["date"] else ""
    day = "wc-when wc-undated" if row["date"] == UNKNOWN else "wc-when"
    parts = [f'<span class="wc-gap"><span class="wc-count">{escape(gap)}</span></span>'] * bool(gap)
    parts += [f'<span class="{day}">{when}</span>'] * bool(when)
    facts = {"role": escape(row["role"]), "who": escape(row["who"]), "known": escape(row["note"])}
    said = " ".join(f'<span class="wc-{k}">{v}</span>' for k, v in facts.items() if v)
    return f'<li{unknown}>{" ".join(parts)} <span class="wc-hand">{said}</span></li>'


def _said(rows: list[told.Row], title: str) -> str:
    dates = [f" ({words.date(row['date'])})" if row["date"] else "" for row in rows]
    said = "; then ".join(f"{row['role']}: {row['who']}{date}" for row, date in zip(rows, dates, strict=True))
    return f"{told.stop(title)} A chain of {told.count(rows, 'step', 'steps')}: {said}."
