"""Charts of figures with their evidence: ranges drawn as ranges, the title the finding, the source at the foot.

Every function takes a tidy frame (frames.COLUMNS, or a result of analysis.contrast) and returns a matplotlib Figure
that carries `alt` (alt text made from the data), `source` (the source line), `data` (the frame charted) and `case`.
Layout is counted in inches from the top, so that a chart grows with its rows and nothing overlaps. Unlike units never
share an axis: each has a panel, an Axes of its own in data coordinates, which names its unit in get_xlabel().

    page      the page, its words, SVG out of it        told      what a frame says: labels, alt text, source line
    marks     a number as a mark, the scale, the key    bars, over_time, travel, scope      the charts
"""

from .. import cards, words
from .bars import countries, ranges
from .over_time import timeline
from .page import svg
from .scope import scope_grid
from .told import documents, records, who_and_when
from .told import when as _when
from .travel import hedges, relay_chain, voices

__all__ = [
    "countries", "hedges", "numbers", "ranges", "relay_chain", "scope_grid", "show", "svg", "timeline", "voices",
    "who_and_when",
]  # fmt: skip

COLUMNS = {
    "what": "What is counted, of whom", "number": "Number", "place": "Where", "period": "When", "who": "Who said it",
    "source": "Source", "id": "Figure or working",
}  # fmt: skip


def show(figure, table=None, case=None):
    """A chart with its alt text, the documents it rests on and the table of its numbers, as one piece of HTML.

    figure: a Figure made here. table: a frame to tabulate instead of the one charted; False for none, and there is none
    where no numbers are charted, as by relay_chain. case: the Case whose sources are linked; the one the chart was made
    with if None.
    """
    case = case if case is not None else figure.case
    read = documents(records(figure.data, case), case) if case is not None else ""
    picture = cards.image(svg(figure), figure.alt, source_line=read or figure.source)
    if table is False or (table is None and not {"low", "wording"} & set(figure.data)):
        return picture
    return cards.join(picture, numbers(figure.data if table is None else table, case))


def numbers(frame, case=None):
    """The table of a frame's numbers, folded away: each links to its note and shows its quote on hover.

    frame: rows with figure_id, low, high, unit, working and so on; rows of relay.csv are tabulated by their wording.
    """
    if "wording" in frame:
        columns, rows = WORDINGS, [_wording_row(row, case) for row in frame.to_dict("records")]
    else:
        columns, rows = COLUMNS, [_table_row(row, case) for row in records(frame, case)]
    table = cards.table(rows, columns, f"The numbers of this chart: {len(rows)}")
    return cards.HTML(f'<details class="wc-numbers"><summary>Table of these numbers</summary>{table}</details>')


def _table_row(row, case):
    source = case.source(row["source_id"]) if case is not None and row["source_id"] else {}
    quoted = {"quote": "" if row["derived"] else row["quote"]} | ({"source": source} if source else {})
    document = cards.source(source, short=True) if source else row["source_id"]
    return {
        "what": ", ".join(filter(None, [row["measure"], row["subject"]])),
        "number": cards.number(dict(row) | quoted, words.quantity(row["low"], row["high"], row["unit"], row["hedge"])),
        "place": row["place"],
        "period": _when(row),
        "who": "worked out here" if row["derived"] else row["said_by"],
        "source": "Who Counted?" if row["derived"] else document,
        "id": cards.HTML(f"<code>{cards.escape(row['derivation'] or row['working'])}</code>"),
    }


WORDINGS = {
    "outlet": "Outlet", "wording": "Its words", "gloss": "In English", "hedge": "Hedge", "number": "Number",
    "channel": "Passed on as", "source": "Source", "id": "Figure",
}  # fmt: skip


def _wording_row(row, case):
    source = case.source(row["source_id"])
    language = source["language"]
    lang = f' lang="{cards.escape(language)}"' if language not in ("", "unknown") else ""
    return {
        "outlet": source["publisher"],
        "wording": cards.HTML(f"<span{lang}>{cards.escape(row['wording'])}</span>"),
        "gloss": row["gloss"],
        "hedge": row["hedge"].replace(";", ", ") or "none",
        "number": cards.number(case[row["figure_id"]], str(case[row["figure_id"]])),
        "channel": row["channel"],
        "source": cards.source(source, short=True),
        "id": cards.HTML(f"<code>{cards.escape(row['figure_id'])}</code>"),
    }
