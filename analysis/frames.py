"""The article's figures as tidy frames, with what others counted below them. Views only: no arithmetic."""

import pandas as pd

from .case import Case, load
from .schema import MEASURES

COLUMNS = (
    "figure_id", "role", "as_printed", "low", "high", "unit", "hedge", "measure", "subject", "place",
    "period_start", "period_end", "basis", "said_by", "channel", "counted_by", "stake", "count_origin",
    "repeats", "derivation", "grade", "caveat", "quote", "source_id", "publisher", "published", "url", "case", "working",
)  # fmt: skip


def strike_rates(case=None, *, references=False):
    """The article's figures on air strikes and sorties, one row a figure.

    case: a Case, its name or folder; the default case if None. references: with the outside rows on the same subject
    below, in the same columns; `role` (article / reference) tells them apart.
    Returns a DataFrame of frames.COLUMNS: low and high are float64, in the row's unit (NaN: open end or unknown);
    working is the figure's own id. Source: figures.csv and references.csv of the case.
    """
    return _view(case, "strikes", references)


def fighter_counts(case=None, *, references=False):
    """The article's figures on Islamic State fighters, mercenaries and militants; else as strike_rates."""
    return _view(case, "fighters", references)


def origin_countries(case=None, *, references=False):
    """The article's figures on the number of countries the fighters came from; else as strike_rates."""
    return _view(case, "countries", references)


def on_topic(case, *topics):
    """The outside rows of a case on the topics (schema.MEASURES), in the columns of strike_rates."""
    rows = _tidy(case, case.references, "reference")
    return rows[rows["measure"].map(MEASURES).isin(topics)].reset_index(drop=True)


def frame(case, ids):
    """The figures of those ids, in that order, in the columns of strike_rates. UnknownFigure if one is missing.

    A row of by_country.csv has fewer columns; what it has not is empty text here.
    """
    rows = [dict.fromkeys(COLUMNS, "") | case[i].row for i in ids]
    data = pd.DataFrame(rows)
    article = data["table"] == "figures"
    return _tidy(case, data.assign(figure_id=list(ids)), article.map({True: "article", False: "reference"}))


def _view(case, topic, references):
    case = case if isinstance(case, Case) else load() if case is None else load(case)
    article = _tidy(case, case.figures, "article")
    article = article[article["measure"].map(MEASURES) == topic].reset_index(drop=True)
    if not references:
        return article
    return pd.concat([article, on_topic(case, topic)], ignore_index=True)


def _tidy(case, rows, role):
    """Rows of a case in COLUMNS, each with what its document's card says of publisher, date and address."""
    cards_of = [case.source(i) for i in rows["source_id"]]
    printed = {c: [card[c] for card in cards_of] for c in ("publisher", "published", "url")}
    texts = dict.fromkeys(("role", "publisher", "published", "url", "case"), "str")
    made = rows.assign(role=role, **printed, case=case.name, working=rows["figure_id"])
    return made.reindex(columns=list(COLUMNS)).astype(texts)
