"""A case's figures as tidy frames that carry their evidence. Views only: no arithmetic."""

from collections.abc import Iterable, Sequence

import pandas as pd

from . import period
from .case import Case, load
from .schema import TABLES

COLUMNS = (
    "figure_id", "role", "as_printed", "low", "high", "unit", "hedge", "measure", "subject", "place",
    "period_start", "period_end", "start", "end", "basis", "said_by", "channel", "counted_by", "stake", "group",
    "count_origin", "repeats", "derivation", "grade", "caveat", "quote", "source_id", "publisher", "published", "url",
    "coder", "case", "working",
)  # fmt: skip
BY_COUNTRY = ("country", "iso3", "series", "coverage")


def topic(case: Case | str | None, name: str, *, references: bool = False) -> pd.DataFrame:
    """The figures of an article on one topic, one row a figure.

    case: a Case, its name or folder; the default case if None. name: a topic of [words.measures] in its case.toml.
    references: with the outside rows on the same topic below, in the same columns; `role` (article / reference) tells
    them apart.
    Returns a DataFrame of frames.COLUMNS: low and high are float64, in the row's unit (NaN: open end or unknown);
    start and end are the first and the last day of its period (NaT: unknown); publisher, published and url are those of
    the row's document, case is its case's id, working is the figure's own id; the rest is text. Raises KeyError for a
    topic that the case has not. Source: figures.csv and references.csv of the case.

    >>> topic("putin-stone-2017", "countries")[["figure_id", "low", "unit", "publisher"]]
             figure_id   low       unit publisher
    0   lede-countries  80.0  countries   Sputnik
    1  quote-countries  80.0  countries   Sputnik
    """
    case = _case(case)
    article = tidy(case, _on(case, case.figures, [name]), "article")
    if not references:
        return article
    outside = on_topic(case, name)
    return pd.concat([article, outside], ignore_index=True) if len(outside) else article


def strike_rates(case: Case | str | None = None, *, references: bool = False) -> pd.DataFrame:
    """The article's figures on air strikes and sorties: topic(case, "strikes").

    >>> list(strike_rates()["unit"].unique())
    ['strikes/day', 'sorties/month']
    """
    return topic(case, "strikes", references=references)


def fighter_counts(case: Case | str | None = None, *, references: bool = False) -> pd.DataFrame:
    """The article's figures on fighters, mercenaries and militants: topic(case, "fighters").

    >>> len(fighter_counts())
    5
    """
    return topic(case, "fighters", references=references)


def origin_countries(case: Case | str | None = None, *, references: bool = False) -> pd.DataFrame:
    """The article's figures on the countries that fighters came from: topic(case, "countries").

    >>> origin_countries()["low"].tolist()
    [80.0, 80.0]
    """
    return topic(case, "countries", references=references)


def on_topic(case: Case, *topics: str) -> pd.DataFrame:
    """The outside rows of a case on the topics, in the columns of topic(). KeyError for one that the case has not.

    >>> on_topic(load(), "countries")["role"].unique().tolist()
    ['reference']
    """
    return tidy(case, _on(case, case.references, topics), "reference")


def frame(case: Case, ids: Iterable[str]) -> pd.DataFrame:
    """The figures of those ids, in that order, in the columns of topic(). UnknownFigure if one is missing.

    A row of by_country.csv has fewer columns; what it has not is empty text here.

    >>> frame(load(), ["quote-fighters"])["as_printed"].tolist()
    ['80,000']
    """
    ids = list(ids)
    texts = {c: "" for c in TABLES["figures"] if c not in ("low", "high")}
    rows = pd.DataFrame([texts | case[i].row for i in ids], columns=[*TABLES["figures"], "table"])
    role = ["article" if table == "figures" else "reference" for table in rows["table"]]
    return tidy(case, rows.assign(figure_id=pd.Series(ids, dtype="str")), role)


def by_country(case: Case | str | None = None) -> pd.DataFrame:
    """The rows of a case's tables by country: the columns of topic(), and country, iso3, series, coverage.

    case: as for topic(). Returns a row for each country of each series, for charts.countries; no rows where the case
    has no such table. Source: by_country.csv of the case.

    >>> by_country().query("iso3 == 'QAT'")[["country", "low", "high", "series"]]
       country   low  high     series
    37   Qatar  14.0  15.0  icsr-2013
    86   Qatar  15.0  15.0  icsr-2015
    """
    case = _case(case)
    rows = case.by_country
    return frame(case, rows["figure_id"]).assign(**{c: rows[c].to_numpy() for c in BY_COUNTRY})


def tidy(case: Case, rows: pd.DataFrame, role: str | Sequence[str]) -> pd.DataFrame:
    """Rows of a case's table of figures in COLUMNS, each with what its document and the body that counted add to it."""
    cards_of = [case.source(i) for i in rows["source_id"]]
    made = {c: [card[c] for card in cards_of] for c in ("publisher", "published", "url")}
    made |= {"stake": [case.party(name) for name in rows["counted_by"]]}
    made |= {"grade": [case.grade(i.removeprefix(f"{case.name}:")) for i in rows["figure_id"]]}
    made |= {"group": [case.group(name) for name in rows["counted_by"]]}
    added = rows.assign(role=role, **made, case=case.name, working=rows["figure_id"]).reset_index(drop=True)
    texts = {c: "str" for c in COLUMNS if c not in ("low", "high", "start", "end")}
    days = {"start": period.first_days(rows["period_start"]), "end": period.last_days(rows["period_end"])}
    return added.assign(**days).reindex(columns=list(COLUMNS)).astype(texts | {"low": "float64", "high": "float64"})


def _case(case: Case | str | None) -> Case:
    return load() if case is None else load(case)


def _on(case: Case, rows: pd.DataFrame, topics: Iterable[str]) -> pd.DataFrame:
    for name in topics:
        if name not in case.vocabulary.topics:
            known = ", ".join(case.vocabulary.topics) or "none: it has no [words.measures]"
            raise KeyError(f"{case.name} has no topic {name!r}; its topics are {known}")
    return rows[rows["measure"].map(case.vocabulary.measures).isin(list(topics))]
