"""The Chart that every drawing returns: it shows itself, says itself, tabulates its numbers and saves itself.

One way, and no step asks an earlier one again: rows, then lanes, marks and words in the data's terms (lanes, over_time,
world, worded), then their places on a sheet of a width (sheet), then matplotlib's figure, then SVG (svg).
"""

import copy
import functools
import os
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from matplotlib.figure import Figure

from .. import cards
from ..html import HTML, code, escape, folded, image, join, table
from . import marks, palette, svg, told
from .letters import TICK, without_controls
from .palette import Group
from .sheet import Sheet

NO_ROWS = "There are no rows to chart."
ENDINGS = ("svg", "png", "pdf")
WIDE, NARROW = 860, 350  # pixels: a page's column, and a phone's
RANGE = re.compile(r"(?<=\d)–(?=\d)")  # stays on one line
IN_PAGE = "NBSTILL"  # set where a notebook runs for the sake of its page


class Listing(NamedTuple):
    """How a chart's rows are tabulated: its columns with their headings, and what a row says in each."""

    columns: Mapping[str, str]
    cells: Callable[[told.Row], dict[str, str]]
    folded: bool = True  # below the chart; False where the chart itself says all that the table would


class Form(NamedTuple):
    """What a chart says and how it is put on a sheet, before there is a width.

    body: puts the drawing on a sheet, below what is on it. groups: of its marks. keyed: those that its key has to name,
    for they are not named where they stand. dashed: what the key says of a dashed line. notes: sentences above the
    drawing. foot: sentences below it.
    """

    title: str
    subtitle: str
    body: Callable[[Sheet], None]
    groups: Mapping[str, Group]
    keyed: Sequence[Group] = ()
    dashed: str = ""
    notes: Sequence[str] = ()
    foot: Sequence[str] = ()

    def sheet(self, width: float, titled: str = "") -> Sheet:
        """Everything in its place on a sheet of a width. titled: with the title on it, and this source line below."""
        made = Sheet(width)
        if titled:
            made.write(self.title, 16 if made.narrow else 20, 1.25, bold=True)
            made.height += 2
            made.write(self.subtitle, role="soft")
            made.height += 10
        for note in filter(None, self.notes):
            made.write(note, TICK + 0.5, role="soft")
        made.height += 6 * any(self.notes)
        marks.key(made, list(self.keyed), self.dashed)
        self.body(made)
        for note in filter(None, self.foot):
            made.height += 4
            made.write(note, TICK, role="soft")
        if titled:
            made.height += 6
            made.write(titled, TICK, role="soft")
        made.height = round(made.height + 6)
        return made


class Chart:
    """A chart with its evidence: in a notebook it shows itself, with the table of its numbers folded below.

    source: the source line at its foot. data: the frame charted, as it was given. str() and repr() are the alt text. In
    a notebook it is a picture, its letters outlined (an untrusted one strips inline SVG); in a page inline SVG, drawn
    for a wide and for a narrow column, whose marks are links to their notes. A chart of no rows is a Chart too, and
    says that there are none.

    >>> import analysis
    >>> from analysis import charts
    >>> rates = analysis.strike_rates()
    >>> chart = charts.ranges(rates, title="The article's rates", subtitle="A day, as printed")
    >>> chart
    The article's rates. Range bars, 5 numbers; A day, as printed. ...
    >>> list(chart.table["number"])[:2]
    ['70–120 strikes/day', '2–5 strikes/day']
    """

    def __init__(self, form: Form, alt: str, source: str, data: pd.DataFrame, rows: Sequence, listing: Listing):
        self.form, self.source, self.data = form, source, data
        self._rows, self._listed, self._listing = rows, rows, listing
        self.wide = WIDE  # pixels
        self._small: Callable | None = None
        self._beside: Sequence[told.Row] = ()  # rows that are drawn and not charted
        self.alt = alt

    @property
    def alt(self) -> str:
        """The chart in words, made from the data; it may be set. It is the picture's alternative text and title."""
        return self._alt

    @alt.setter
    def alt(self, text: str) -> None:
        self._alt = without_controls(text)

    @functools.cached_property
    def figure(self) -> Figure:
        """matplotlib's Figure of the chart, titled, .wide pixels wide, a pixel a point; it may be drawn on."""
        return self.form.sheet(self.wide, self.source).figure(self.colours)

    @property
    def colours(self) -> dict[str, str]:
        """What each role of a colour is on white paper: {role: #rrggbb}."""
        return palette.light(self.form.groups.values())

    def sheet(self, width: float | None = None) -> Sheet:
        """What stands where in the drawing of a page, in pixels. width: of the column; else the wide one's."""
        return self.form.sheet(width or self.wide)

    @property
    def marks(self) -> pd.DataFrame:
        """What is drawn: a row a mark, in the order in which a keyboard walks them.

        Returns figure_id, unit, lane, group (the id of who counted), low, high (in the unit), and, for each of the two
        widths, wide_low, wide_high, wide_y, narrow_low, narrow_high, narrow_y (pixels from the upper left).
        """
        places = {"wide": self.sheet().marked, "narrow": self.sheet(NARROW).marked}
        by_row = {row["n"]: row for row in (*self._rows, *self._beside)}
        made = []
        for n, place in enumerate(places["wide"]):
            row = by_row[place["row"]]
            told_of = {c: row[c] for c in ("figure_id", "unit", "lane")} | {"group": row["who"]}
            made.append(told_of | {"low": row["low"], "high": row["high"]})
            other = next((p for p in places["narrow"] if p["row"] == place["row"]), place)
            for name, at in (("wide", place), ("narrow", other)):
                made[n] |= {f"{name}_{k}": round(at[k], 1) for k in ("low", "high", "y")}
        return pd.DataFrame(made)

    @property
    def table(self) -> pd.DataFrame:
        """What the folded table shows, a row a number, and more: text, but for low and high (float, in the row's unit).

        Its id, low, high and unit stand here alone; on the page a number's link leads to its note.
        """
        plain = [{k: getattr(v, "text", v) for k, v in self._listing.cells(row).items()} for row in self._listed]
        return pd.DataFrame(plain, columns=list(plain[0]) if plain else list(self._listing.columns))

    def with_table(self, frame: pd.DataFrame | None) -> "Chart":
        """The same chart above the table of another frame's numbers, or above none.

        frame: rows as a chart takes them; None for no table. Returns a new Chart; this one stays as it is.
        """
        made = copy.copy(self)
        made._listed = [] if frame is None else told.labelled(told.records(frame), None, told.who)
        made._listing = NUMBERS
        return made

    def inline(self, widths: Sequence[float] = ()) -> HTML:
        """The chart for a page: title, inline SVG for a wide and for a narrow column, the source line.

        widths: of the two drawings, in pixels, the wide one first: 1000, 860, 732; charts.css shows the one that fits.
        Returns HTML; its text is the alt text. What else a page needs is charts.css, charts.js and letters.faces().
        """
        title, under = (RANGE.sub("\u2060–\u2060", escape(text)) for text in (self.form.title, self.form.subtitle))
        said = f'<p class="wc-finding"><strong>{title}</strong> {under}</p>'
        foot = f'<span class="wc-source">{escape(told.documents(self._rows) or self.source)}</span>'
        return self.framed(widths or (self.wide, NARROW), said, foot)

    def framed(self, widths: Sequence[float], above: str, foot: str) -> HTML:
        """The drawings for a page, with other HTML in place of title and source line.

        widths: as for inline. above, foot: HTML, the latter in the caption. Returns HTML; its text is the alt text.
        """
        drawings = "".join(
            svg.inline(self.form.sheet(width).figure(self.colours), self.alt, name)
            for width, name in zip(widths, ("wc-wide", "wc-narrow"), strict=False)
        )
        look = self._look()
        style = f' style="{look}"' if look else ""
        fits = f"wc-drawings wc-fits-{round(widths[0])}"
        html = f'<figure class="wc-chart"{style}>{above}<div class="{fits}">{drawings}</div>'
        return HTML(f"{html}<figcaption>{foot}</figcaption></figure>", self.alt)

    def micro(self, width: float = 150, height: float = 40) -> HTML:
        """A strip's first panel in small: no words, no links; a reader of the screen is told of it elsewhere.

        width, height: in pixels. Returns HTML: inline SVG in a page, a picture in a notebook. Raises ValueError for a
        chart that is no strip.

        >>> import analysis
        >>> from analysis import charts
        >>> rows = analysis.fighter_counts(references=True)
        >>> small = charts.strip(rows, title="Fighters", number="quote-fighters").micro()
        >>> str(small).startswith('<img alt="" src="data:image/svg+xml;base64,')
        True
        """
        if self._small is None:
            raise ValueError("only a strip that has marks can be drawn in small")
        made = Sheet(width)
        self._small(made, height)
        figure = made.figure(self.colours)
        if not os.environ.get(IN_PAGE):
            shown = image(svg.picture(figure, self.colours | {"paper": "#ffffff"}, ""), "")
            return HTML(str(shown).removeprefix('<figure class="wc-chart">').removesuffix("</figure>"), "")
        return HTML(f'<span class="wc-micro" style="{self._look()}">{svg.inline(figure, "", "wc-small")}</span>', "")

    def _look(self) -> str:
        """The groups' colours, light and dark, as custom properties for style()'s rules."""
        groups = [group for group in self.form.groups.values() if group.colour]
        return "".join(f"--wc-{g.role}:{g.colour};--wc-{g.role}d:{g.dark};" for g in groups)

    def __repr__(self) -> str:
        return self.alt

    def _repr_html_(self) -> HTML:
        shown = self.inline() if os.environ.get(IN_PAGE) else self._picture()
        if not (self._listed and self._listing.folded):
            return shown
        rows, columns = [self._listing.cells(row) for row in self._listed], self._listing.columns
        numbers = table(rows, columns, f"The numbers of this chart: {len(rows)}")
        return join(shown, folded("Table of these numbers", numbers))

    def _picture(self) -> HTML:
        drawn = svg.picture(self.figure, self.colours, self.alt)
        return image(drawn, self.alt, source_line=told.documents(self._rows) or self.source)

    def save(self, path: str | os.PathLike) -> Path:
        """Write the chart to a file, whole or not at all: SVG, PNG or PDF, by the ending of its name.

        path: where to; missing folders are made, a file that is there is replaced. The alt text goes in: as the SVG's
        title, the PNG's Description, the PDF's Subject. Returns the path. Raises ValueError for another ending.
        """
        path = Path(path)
        kind = path.suffix.lower().removeprefix(".")
        if kind not in ENDINGS:
            raise ValueError(f"a chart cannot be saved as {path.name!r}: let the name end in .{', .'.join(ENDINGS)}")
        written(path, svg.image_bytes(self.figure, kind, self.colours, self.alt, self.source))
        return path


def written(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; folders that are missing are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        draft.write_bytes(data)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def drawing(draw: Callable[..., Chart]) -> Callable[..., Chart]:
    """A function that draws rows; of a frame without rows it makes a chart that says so."""

    @functools.wraps(draw)
    def drawn(frame: pd.DataFrame, *, title: str, subtitle: str = "", **options) -> Chart:
        if len(frame):
            return draw(frame, title=title, subtitle=subtitle, **options)
        form = Form(title, subtitle, lambda sheet: sheet.write(NO_ROWS), {})
        alt = " ".join(map(told.stop, filter(None, [title, subtitle, NO_ROWS])))
        return Chart(form, alt, told.source_line([]), frame.copy(), [], NUMBERS)

    return drawn


def finished(
    kind: str,
    title: str,
    subtitle: str,
    said: Sequence[str],
    rows: Sequence[told.Row],
    frame: pd.DataFrame,
    body: Callable[[Sheet], None],
    groups: Mapping[str, Group],
    keyed: Sequence[Group] = (),
    *,
    notes: Sequence[str] = (),
    foot: Sequence[str] = (),
    own: Sequence[told.Row] = (),
    dashed: str = "",
    more: str = "",
    plain: bool = False,
    drawn: Sequence[told.Row] | None = None,
    listing: Listing | None = None,
) -> Chart:
    """The Chart of a drawing: its alt text, its key, what stands above and below it, its source line.

    kind: what it is, for the alt text; said: what it shows, sentences for the same; more: sentences behind them.
    notes, foot: sentences in the drawing. own: the article's numbers in it. plain: says nothing of hedges and workings.
    drawn: the rows in the drawing, where they are not all.
    """
    struck = told.struck(drawn if drawn is not None else rows)
    head = [told.stop(title), told.stop(f"{kind}; {subtitle}" if subtitle else kind)]
    qualities = "" if plain else told.qualities(rows).strip()
    sentences = [*head, *notes, ". ".join(said) + "." * bool(said), more, qualities, *foot, struck]
    source = told.source_line([*rows, *(row for row in own if all(row is not r for r in rows))])
    form = Form(title, subtitle, body, groups, keyed, dashed, [*notes], [*foot, struck])
    alt = " ".join(filter(None, sentences))
    return Chart(form, alt, source, frame.copy(), rows, listing or NUMBERS)


# Tables ---------------------------------------------------------------------------------------------------------------


def _number_cells(row: told.Row) -> dict:
    number = told.quantity(row)
    return {
        "label": row["label"],
        "what": ", ".join(filter(None, [row["measure"], row["subject"]])) or row["label"],
        "number": _remarked(cards.number(_noted(row), number), row),
        "low": row["low"], "high": row["high"], "unit": row["unit"],
        "place": row["place"], "period": told.when(row),
        "who": "worked out here" if row["derived"] else row["said_by"],
        "source": source_cell(row), "id": code(row["derivation"] or row["working"]), "remark": row["remark"],
    }  # fmt: skip


def _noted(row: told.Row) -> dict:
    """A row for cards.number: with its document, but nobody's quote where it was worked out here."""
    card = {"publisher": row["publisher"] or row["source_id"] or "source not given", "published": "unknown"}
    return dict(row) | {"quote": "" if row["derived"] else row["quote"], "source": card | _card(row)}


def _card(row: told.Row) -> dict:
    return {c: row[c] for c in ("publisher", "published", "url") if row[c]}


def source_cell(row: told.Row) -> str:
    if row["derived"]:
        return told.PROJECT
    if not row["publisher"]:
        return row["source_id"] or "source not given"
    return cards.source({"url": "", "published": "unknown"} | _card(row), short=True)


def _remarked(number: str, row: told.Row) -> str:
    if not row["remark"]:
        return number
    text = f"{getattr(number, 'text', number)} ({row['remark']})"
    shown = f"<del>{number}</del>" if row["changed"] else number
    return HTML(f"{shown} ({escape(row['remark'])})", text)


NUMBERS = Listing(
    {"what": "What is counted, of whom", "number": "Number", "place": "Where", "period": "When", "who": "Who said it",
     "source": "Source"}, _number_cells)  # fmt: skip
