"""The Chart that every drawing returns: it shows itself, says itself, tabulates its numbers and saves itself."""

import copy
import functools
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import matplotlib
import pandas as pd
from matplotlib.figure import Figure

from .. import cards, words
from ..html import HTML, code, escape, folded, image, join, table
from . import told
from .page import MUTED, SMALL, STYLE, Page, image_bytes, svg, without_controls, written

NO_ROWS = "There are no rows to chart."
ENDINGS = ("svg", "png", "pdf")


class Listing(NamedTuple):
    """How a chart's rows are tabulated: its columns with their headings, and what a row says in each."""

    columns: Mapping[str, str]
    cells: Callable[[told.Row], dict[str, str]]
    folded: bool = True  # below the chart; False where the chart itself says all that the table would


class Chart:
    """A chart with its evidence: in a notebook it shows itself, with the table of its numbers folded below.

    figure: matplotlib's Figure, one Axes a panel, in the data's own units. source: the source line at its foot. data:
    the frame charted, as it was given. str() and repr() are the alt text. A chart of no rows is a Chart too, and says
    that there are none.

    >>> import analysis
    >>> from analysis import charts
    >>> rates = analysis.strike_rates()
    >>> chart = charts.ranges(rates, title="The article's rates", subtitle="A day, as printed")
    >>> chart
    The article's rates. Range bars, 5 numbers; A day, as printed. ...
    >>> list(chart.table["number"])[:2]
    ['70–120 strikes/day', '2–5 strikes/day']
    """

    def __init__(self, figure: Figure, alt: str, source: str, data: pd.DataFrame, rows: Sequence, listing: Listing):
        self.figure, self.source, self.data = figure, source, data
        self._rows, self._listed, self._listing = rows, rows, listing
        self.alt = alt

    @property
    def alt(self) -> str:
        """The chart in words, made from the data; it may be set. It is the picture's alternative text and title."""
        return self.figure.alt

    @alt.setter
    def alt(self, text: str) -> None:
        self.figure.alt = without_controls(text)

    @property
    def table(self) -> pd.DataFrame:
        """What the folded table shows, a row a number; text, but for low and high (float, in the row's unit)."""
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

    def __repr__(self) -> str:
        return self.alt

    def _repr_html_(self) -> HTML:
        picture = image(svg(self.figure), self.alt, source_line=told.documents(self._rows) or self.source)
        if not (self._listed and self._listing.folded):
            return picture
        rows, columns = [self._listing.cells(row) for row in self._listed], self._listing.columns
        numbers = table(rows, columns, f"The numbers of this chart: {len(rows)}")
        return join(picture, folded("Table of these numbers", numbers))

    def save(self, path: str | os.PathLike) -> Path:
        """Write the chart to a file, whole or not at all: SVG, PNG or PDF, by the ending of its name.

        path: where to; missing folders are made, a file that is there is replaced. The alt text goes in: as the SVG's
        title, the PNG's Description, the PDF's Subject. Returns the path. Raises ValueError for another ending.
        """
        path = Path(path)
        kind = path.suffix.lower().removeprefix(".")
        if kind not in ENDINGS:
            raise ValueError(f"a chart cannot be saved as {path.name!r}: let the name end in .{', .'.join(ENDINGS)}")
        written(path, image_bytes(self.figure, kind, self.source))
        return path


def drawing(draw: Callable[..., Chart]) -> Callable[..., Chart]:
    """Draw in the house style, whatever the session's own settings are; a frame without rows gives a sentence."""

    @functools.wraps(draw)
    def drawn(frame: pd.DataFrame, *, title: str, subtitle: str, **options) -> Chart:
        with matplotlib.rc_context(STYLE):
            if len(frame):
                return draw(frame, title=title, subtitle=subtitle, **options)
            page = Page(title, subtitle)
            page.write(NO_ROWS)
            return finished(page, f"{told.stop(title)} {told.stop(subtitle)} {NO_ROWS}", [], frame)

    return drawn


def finished(page: Page, alt: str, rows: Sequence[told.Row], frame: pd.DataFrame, listing: Listing | None = None):
    """The Chart of a page on which all is drawn but what was changed and the source line."""
    struck = told.struck(rows)
    if struck:
        page.write(struck, size=SMALL, color=MUTED)
    source = told.source_line(rows)
    return Chart(page.finish(source), f"{alt} {struck}".strip(), source, frame.copy(), rows, listing or NUMBERS)


# Tables ---------------------------------------------------------------------------------------------------------------


def _number_cells(row: told.Row) -> dict:
    number = words.quantity(row["low"], row["high"], row["unit"], row["hedge"])
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
     "source": "Source", "id": "Figure or working"}, _number_cells)  # fmt: skip
