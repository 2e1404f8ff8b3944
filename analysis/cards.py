"""Figures, quotes and tables as accessible HTML from plain values. Every value is escaped; nothing here runs.

Only elements and attributes that JupyterLab keeps in an untrusted notebook: no style, no script, no inline SVG.
"""

from __future__ import annotations

import base64
from html import escape
from numbers import Integral
from typing import TYPE_CHECKING
from urllib.parse import quote as percent

from . import words
from .schema import COUNT_ORIGINS, GRADES, UNKNOWN

if TYPE_CHECKING:
    from .figure import Figure


class HTML(str):
    """A piece of HTML that a notebook shows as such; its text form is what a reader without HTML gets."""

    def __new__(cls, html, text=""):
        made = super().__new__(cls, html)
        made.text = text
        return made

    def _repr_html_(self):
        return str(self)

    def __repr__(self):
        return self.text or "HTML"


def card(figure):
    """One figure as a card: the number, its quote in context, who said it, how it travelled, what it counts."""
    return _derived_card(figure) if not figure.row else _row_card(figure)


def number(figure_or_row, label=None):
    """A number that links to its note: `<a href="#id" title="the quote">70–120</a>`.

    figure_or_row: a Figure, or a mapping with low, high, working and (where there is one) quote and said_by.
    """
    get = figure_or_row.get if hasattr(figure_or_row, "get") else lambda k, d="": getattr(figure_or_row, k, d)
    row = getattr(figure_or_row, "row", figure_or_row)
    working = get("working")
    own = bool(row) and working.rpartition(":")[2] == row.get("figure_id")  # what was made of a row stands in no quote
    hover = (own and _hover(row)) or working
    text = label or words.span(get("low"), get("high"), get("hedges") or get("hedge") or ())
    if not working:
        return escape(text)
    return HTML(
        f'<a class="wc-number" href="#{percent(working, safe="/():,")}" title="{escape(hover)}">{escape(text)}</a>',
        text,
    )


def count(n, noun=""):
    """How many rows or days the package counted: marked as such, since no document prints it."""
    text = f"{words.number(n)} {noun}".strip()
    return HTML(f'<span class="wc-count">{escape(text)}</span>', text)


def say(template: str, *values: object) -> HTML:
    """Words with pieces put in: numbers as counts of rows or days, HTML as it is, all else escaped.

    template: text with a {} for each value. Returns HTML; its text is the same without marks.

    >>> say("{} of the {} rows match", 1, 3)
    1 of the 3 rows match
    """
    pieces = [
        count(v) if isinstance(v, Integral) else v if isinstance(v, HTML) else HTML(escape(str(v)), str(v))
        for v in values
    ]
    return HTML(escape(template).format(*map(str, pieces)), template.format(*(p.text for p in pieces)))


def sentence(row):
    """A figure marked in its own sentence: what stands before it, the quote with its numeral, what stands after."""
    before, after = (_clean(row.get(k, "")) for k in ("prefix", "suffix"))
    marked = wording(row)
    before = f'<span class="wc-context">…{escape(before)}</span>' if before.strip() else ""
    after = f'<span class="wc-context">{escape(after)}…</span>' if after.strip() else ""
    gloss = f'<p class="wc-gloss">In English: {escape(row["gloss"])}</p>' if row.get("gloss") else ""
    language = row.get("source", {}).get("language", "")
    lang = f' lang="{escape(language)}"' if language not in ("", "en", UNKNOWN) else ""
    return f'<blockquote class="wc-quote"{lang}><p>{before}{marked}{after}</p></blockquote>{gloss}'


def wording(row, linked=False):
    """The words that carry a figure, its numeral marked; linked: the numeral leads to its note (row has working)."""
    quoted, printed = row["quote"], row["as_printed"]
    offset = row.get("numeral_start")
    at = offset - row["quote_start"] if isinstance(offset, int) else quoted.find(printed) if printed else -1
    if at < 0 or not printed:
        return HTML(escape(_clean(quoted)), _clean(quoted))
    numeral = number(row, printed) if linked else escape(printed)
    before, after = (escape(_clean(part)) for part in (quoted[:at], quoted[at + len(printed) :]))
    return HTML(f'{before}<mark class="wc-figure">{numeral}</mark>{after}', _clean(quoted))


def passages(rows, aside=()):
    """Figures marked in the text round them, each link leading to its note; one quotation a paragraph.

    rows: dicts of figures.csv with working; what they quote, with prefix and suffix, is joined where it meets. aside:
    dicts of set_aside.csv; those that stand in these paragraphs are underlined and say why on hover.
    Returns HTML; three dots stand where the text goes on and is not quoted. Source: the rows, at their offsets.
    """
    letters, marks = {}, {}
    for row in rows:
        begin = row["quote_start"] - len(row["prefix"])
        letters.update(enumerate(row["prefix"] + row["quote"] + row["suffix"], begin))
        link_of = number(row, row["as_printed"])
        marks[row["numeral_start"]] = row["numeral_end"], f'<mark class="wc-figure">{link_of}</mark>', row
    for word in aside:
        piece = f'<u class="wc-aside" title="set aside: {escape(word["reason"])}">{escape(word["token"])}</u>'
        marks.setdefault(word["quote_start"], (word["quote_end"], piece, None))
    paragraphs = [_paragraph(letters, marks, run) for run in _runs(letters)]
    return HTML("".join(paragraphs), "\n".join(_clean(row["quote"]) for row in rows))


def _runs(letters):
    """Where the stretches of text between line ends begin and end, in order: [(start, end)]."""
    known = sorted(i for i, c in letters.items() if c != "\n")
    starts = [i for i in known if i - 1 not in letters or letters[i - 1] == "\n"]
    ends = [i + 1 for i in known if i + 1 not in letters or letters[i + 1] == "\n"]
    return zip(starts, ends, strict=True)


def _paragraph(letters, marks, run):
    """One stretch of text as a quotation below its channel and speaker; nothing where it holds no figure."""
    (at, end), pieces, held = run, [], []
    before = "" if letters.get(at - 1) == "\n" else "…"
    after = "" if letters.get(end) == "\n" else "…"
    while at < end:
        stop, piece, row = marks.get(at, (at + 1, escape(_clean(letters[at])), None))
        pieces.append(piece)
        held += [row] if row else []
        at = stop
    said = "; ".join(dict.fromkeys(f"{row['channel']}: {row['said_by']}" for row in held))
    text = before + "".join(pieces).strip() + after
    head = f'<p class="wc-source">{escape(said[:1].upper() + said[1:])}</p>'
    return f'{head}<blockquote class="wc-quote"><p>{text}</p></blockquote>' if held else ""


def source(card_of_source, short=False):
    """A source as one line that is its link; short: publisher and date alone, for a table's cell."""
    line = words.source_name(card_of_source) if short else words.citation(card_of_source | {"url": ""})
    return HTML(link(card_of_source["url"], line) or escape(line), line)


def link(url, label="Link"):
    """A web address as a link; nothing where there is none, or where it is no http(s) address."""
    good = url.startswith(("https://", "http://"))
    return f'<a href="{escape(url)}" rel="noreferrer">{escape(label)}</a>' if good else ""


def table(rows, columns, caption):
    """A table of numbers.

    rows: list of dicts whose values are text or HTML (pieces made here). columns: {key: heading}; the first column
    heads its row. caption: what the table shows.
    """
    head = "".join(f'<th scope="col">{escape(h)}</th>' for h in columns.values())
    first, *rest = columns
    body = "".join(
        f'<tr><th scope="row">{_cell(row.get(first, ""))}</th>'
        + "".join(f"<td>{_cell(row.get(c, ''))}</td>" for c in rest)
        + "</tr>"
        for row in rows
    )
    return HTML(
        f'<table class="wc-table"><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>",
        caption,
    )


def image(svg, alt, caption="", source_line=""):
    """A chart as a figure: the picture as an image with its alt text, the caption, the source line under it.

    svg: bytes or text of an SVG document. caption and source_line: text.
    """
    data = base64.b64encode(svg if isinstance(svg, bytes) else svg.encode()).decode()
    foot = f'<span class="wc-source">{escape(source_line)}</span>' if source_line else ""
    text = f"<figcaption>{escape(caption)} {foot}</figcaption>" if caption or foot else ""
    picture = f'<img alt="{escape(alt)}" src="data:image/svg+xml;base64,{data}">'
    return HTML(f'<figure class="wc-chart">{picture}{text}</figure>', alt)


def join(*pieces):
    """Several pieces as one."""
    return HTML("".join(pieces), "\n".join(getattr(p, "text", "") for p in pieces).strip())


def _row_card(figure):
    row = figure.row
    facts = _facts(row, _said_when(figure))
    if row["derivation"]:
        made = {k: facts[k] for k in ("What is counted", "Who counted", "Beware")}
        return _wrap(figure.working, [_big(figure), _working(figure, row["derivation"]), _listed(made)])
    if row.get("quote"):
        words_of_it = sentence(row)
    elif row["as_printed"]:
        printed = f'<mark class="wc-figure">{escape(row["as_printed"])}</mark>'
        words_of_it = f"<p>Printed in a table or data file: {printed}</p>"
    else:
        words_of_it = "<p>No document prints it: the project's sum of records in a data file.</p>"
    foot = f'<p class="wc-source">{source(row["source"])}</p>'
    return _wrap(figure.working, [_big(figure), words_of_it, _listed(facts), foot])


def _derived_card(figure):
    parts = [_big(figure), _working(figure, figure.working)]
    if figure.hedges:
        parts.append(f"<p>Hedged, through what it is made of: {escape(', '.join(figure.hedges))}</p>")
    parts += [f"<p>Note: {escape(text)}.</p>" for text in figure.notes]
    return _wrap(figure.working, parts)


def _big(figure):
    span = escape(words.span(figure.low, figure.high, figure.hedges))
    unit = "times" if figure.row and figure.row["basis"] == "ratio" else _unit(figure.unit)
    return f'<p class="wc-big"><strong>{span}</strong> {unit}</p>'


def _working(figure, text):
    """A working with its operands, each linked to its own note."""
    from . import working

    if figure.case is None:
        return f'<p class="wc-working"><code>{escape(text)}</code></p>'
    items = "".join(f"<li>{_operand(figure.case[i])}</li>" for i in working.ids(text))
    intro = "Worked out here; no source prints it:"
    return f'<p class="wc-working">{intro} <code>{escape(text)}</code></p><ul class="wc-operands">{items}</ul>'


def _operand(figure):
    row = figure.row
    where = f"{escape(row['said_by'])}; {escape(words.source_name(row['source']))}"
    return f"{number(figure)} {_unit(figure.unit)} – <code>{escape(figure.working)}</code>: {where}"


def _facts(row, said_when):
    """The six questions' short answers, in their fixed order: {question: answer}."""
    printed = f", printed as “{row['unit_as_printed']}”" if row["unit_as_printed"] else ""
    basis = "" if row["unit_basis"] == "stated" else f" ({row['unit_basis']})"
    when = words.period(row["period_start"], row["period_end"])
    who, origin = row["counted_by"], row["count_origin"]
    counted = f"{who} ({origin}: {COUNT_ORIGINS[origin]}); stake: {row['stake']}"
    return {
        "Who said it": row["said_by"],
        "To whom, and when": said_when,
        "How it travelled": f"{row['channel']} – grade {row['grade']}: {GRADES[row['grade']]}",
        "What is counted": f"{row['measure']} of {row['subject']}{printed}{basis}; place: {row['place']}; {when}; "
        f"{row['basis']}",
        "Hedge": words.hedged(row) or "none printed",
        "Who counted": f"{UNKNOWN}: {COUNT_ORIGINS[UNKNOWN]}" if who == origin == UNKNOWN else counted,
        "Beware": row["caveat"],
    }


def _said_when(figure: Figure) -> str:
    """To whom and when a number was said, as far as the case knows; then when it was printed.

    Of a figure that the article's own speaker says: the first of the case's hands says to whom, the dated ones when.
    """
    row, hands = figure.row, getattr(figure.case, "hands", [])
    printed = f"printed in {words.source_name(row['source'])}"
    if row["table"] != "figures" or not hands or not str(row["said_by"]).startswith(hands[0]["who"]):
        return printed
    first, *later = hands
    day = "day unknown" if first["date"] == UNKNOWN else words.date(first["date"])
    passed = [f"{hand['step']}: {words.date(hand['date'])}" for hand in later if hand["date"] != UNKNOWN]
    return "; ".join([f"to {first.get('to', UNKNOWN)}, {day}", *passed, printed])


def _listed(facts):
    pairs = "".join(f"<dt>{escape(k)}</dt><dd>{escape(v)}</dd>" for k, v in facts.items() if v)
    return f'<dl class="wc-facts">{pairs}</dl>'


def _wrap(name, parts):
    """A card; a row's id stands at its foot, while the working of a derived number stands in it already."""
    foot = "" if " " in name else f'<p class="wc-id"><code>{escape(name)}</code></p>'
    return HTML(f'<div class="wc-card">{"".join(parts)}{foot}</div>', name)


def _unit(unit):
    return "" if unit == "1" else escape(unit)


def _hover(row):
    if not row or not row.get("quote"):
        return ""
    where = words.source_name(row["source"]) if "source" in row else row.get("source_id", "")
    return f"“{_clean(row['quote'])}” – {row['said_by']}, {row['channel']}; {where}"


def _clean(text):
    return text.replace("\n", " ").replace("\xa0", " ")


def _cell(value):
    if isinstance(value, Integral) and not isinstance(value, bool):
        return count(value)
    return value if isinstance(value, HTML) else escape(str(value))
