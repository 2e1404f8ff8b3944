"""Pieces of accessible HTML from plain values: links, counts, tables, pictures. All is escaped; nothing here runs.

Only elements and attributes that JupyterLab keeps in an untrusted notebook: no style, no script, no inline SVG.
"""

from __future__ import annotations

import base64
from collections.abc import Container, Iterable, Mapping
from html import escape
from numbers import Integral
from typing import Any

from . import words


class HTML(str):
    """A piece of HTML that a notebook shows as such; its text is what a reader without HTML gets.

    >>> piece = HTML("<p>ten buses</p>", "ten buses")
    >>> piece
    ten buses
    >>> piece._repr_html_()
    '<p>ten buses</p>'
    """

    text: str

    def __new__(cls, html: str, text: str = "") -> HTML:
        made = super().__new__(cls, html)
        made.text = text
        return made

    def _repr_html_(self) -> str:
        return str(self)

    def __repr__(self) -> str:
        return self.text or "HTML"


def count(n: int, noun: str = "") -> HTML:
    """How many rows or days the package counted: marked as such, since no document prints it.

    >>> count(3, "rows")
    3 rows
    """
    text = f"{words.number(n)} {noun}".strip()
    return HTML(f'<span class="wc-count">{escape(text)}</span>', text)


def piece(value: object) -> HTML:
    """Any value as HTML: HTML as it is, a whole number as a count, all else escaped.

    >>> str(piece("a < b")), str(piece(2))
    ('a &lt; b', '<span class="wc-count">2</span>')
    """
    if isinstance(value, HTML):
        return value
    if isinstance(value, Integral) and not isinstance(value, bool):
        return count(value)
    return HTML(escape(str(value)), str(value))


def say(template: str, *values: object) -> HTML:
    """Words with pieces put in.

    template: text with a {} for each value; a value goes in as piece() makes it. Returns HTML; its text has no marks.

    >>> say("{} of the {} rows match", 1, 3)
    1 of the 3 rows match
    """
    pieces = [piece(v) for v in values]
    return HTML(escape(template).format(*map(str, pieces)), template.format(*(p.text for p in pieces)))


def nothing(text: str) -> HTML:
    """A sentence that stands where there is nothing to show.

    >>> str(nothing("This case has no buses."))
    '<p class="wc-empty">This case has no buses.</p>'
    """
    return HTML(f'<p class="wc-empty">{escape(text)}</p>', text)


def code(text: str) -> HTML:
    """An id or a working, in the letters of code.

    >>> str(code("a / b"))
    '<code>a / b</code>'
    """
    return HTML(f"<code>{escape(text)}</code>", text)


def tongue(text: str, language: str) -> HTML:
    """A text marked with its language, unless that is English or unknown.

    language: a code such as `ru`, as in sources.csv.

    >>> str(tongue("до", "ru")), str(tongue("up to", "en"))
    ('<span lang="ru">до</span>', 'up to')
    """
    known = language not in ("", "en", words.UNKNOWN) and text
    return HTML(f'<span lang="{escape(language)}">{escape(text)}</span>' if known else escape(text), text)


def link(url: str, label: str = "Link") -> str:
    """A web address as a link; nothing where there is none, or where it is no http(s) address.

    >>> link("https://example.org", "Ours"), link("javascript:alert(1)")
    ('<a href="https://example.org" rel="noreferrer">Ours</a>', '')
    """
    good = url.startswith(("https://", "http://"))
    return f'<a href="{escape(url)}" rel="noreferrer">{escape(label)}</a>' if good else ""


def table(rows: Iterable[Mapping[str, Any]], columns: Mapping[str, Any], caption: str, none: str = "") -> HTML:
    """A table of plain values.

    rows: dicts whose values go in as piece() makes them; a missing one is an empty cell. columns: {key: heading}, made
    likewise; the first column heads its row. caption: what the table shows. none: the sentence that stands in its place
    where there are no rows. For a frame of figures there is cards.evidence_table.

    >>> table([{"who": "Ann", "n": 2}], {"who": "Who", "n": "Buses"}, "Buses seen")
    Buses seen
    >>> table([], {"who": "Who"}, "Buses seen")
    Buses seen: there are no rows.
    """
    rows, (first, *rest) = list(rows), columns
    if not rows:
        return nothing(none or f"{caption}: there are no rows.")
    head = "".join(f'<th scope="col">{piece(h)}</th>' for h in columns.values())
    body = "".join(
        f'<tr><th scope="row">{piece(row.get(first, ""))}</th>'
        + "".join(f"<td>{piece(row.get(c, ''))}</td>" for c in rest)
        + "</tr>"
        for row in rows
    )
    return HTML(
        f'<table class="wc-table"><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>",
        caption,
    )


def image(svg: bytes | str, alt: str, caption: str = "", source_line: str = "") -> HTML:
    """A chart as a figure: the picture as an image with its alt text, the caption, the source line under it.

    svg: an SVG document. alt: the picture in words, also the text of the result. caption, source_line: text.

    >>> image("<svg/>", "two buses")
    two buses
    """
    data = base64.b64encode(svg if isinstance(svg, bytes) else svg.encode()).decode()
    foot = f'<span class="wc-source">{escape(source_line)}</span>' if source_line else ""
    text = f"<figcaption>{escape(caption)} {foot}</figcaption>" if caption or foot else ""
    picture = f'<img alt="{escape(alt)}" src="data:image/svg+xml;base64,{data}">'
    return HTML(f'<figure class="wc-chart">{picture}{text}</figure>', alt)


def join(*pieces: Any) -> HTML:
    """Several pieces as one: HTML, plain markup, or whatever shows itself as HTML, such as a chart.

    >>> join(HTML("<p>one</p>", "one"), HTML("<p>two</p>", "two"))
    one
    two
    """
    shown = [p if isinstance(p, str) else p._repr_html_() for p in pieces]
    said = [getattr(p, "text", "") if isinstance(p, str) else getattr(p, "text", None) or repr(p) for p in pieces]
    return HTML("".join(shown), "\n".join(said).strip())


def folded(summary: str, *pieces: Any) -> HTML:
    """Pieces folded away under a line that opens them.

    >>> str(folded("More", HTML("<p>ten buses</p>", "ten buses")))
    '<details class="wc-numbers"><summary>More</summary><p>ten buses</p></details>'
    """
    inside = join(*pieces)
    return HTML(f'<details class="wc-numbers"><summary>{escape(summary)}</summary>{inside}</details>', inside.text)


def listed(facts: Mapping[str, str], first: Container[str] = ()) -> str:
    """Facts as a list of terms and what is said of each: {term: text}; a term of which nothing is said is left out.

    first: the terms that stand where there is room for few, as in a card that a pointer opens.

    >>> listed({"Who": "Ann", "Whom": "", "When": "today"}, first=["When"])
    '<dl class="wc-facts"><dt>Who</dt><dd>Ann</dd><dt><b>When</b></dt><dd>today</dd></dl>'
    """
    terms = {k: f"<dt><b>{escape(k)}</b></dt>" if k in first else f"<dt>{escape(k)}</dt>" for k in facts}
    pairs = "".join(f"{terms[k]}<dd>{piece(v)}</dd>" for k, v in facts.items() if v)
    return f'<dl class="wc-facts">{pairs}</dl>'
