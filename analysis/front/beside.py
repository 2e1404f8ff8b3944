"""What others counted beside one of an article's numbers: chosen, judged and put in order by rules that are printed.

One rule for everyone, whoever counted. A row is looked at if it counts the same thing; RULES say which of those are
left out, in this order. How far a number is off is taken from the ends that are printed, "more than 60" as 60; where it
stands is told by all that it may be, and "more than 60" may be 100.
"""

import math

import numpy as np
import pandas as pd

from .. import frames, period, working
from ..case import Case
from ..contrast import per_day
from ..schema import UNKNOWN

# Why a row is not shown, in the order in which it is asked; each once.
RULES = {
    "no number": "no number, or none that can be divided by its days",
    "others": "other people, or the other side’s",
    "later": "a time that began after the article was printed",
    "short": "a rate over less than a week",
    "again": "another row’s number, said again or held",
    "within": "a place within the one that the number, or else most counts, are about",
    "part": "a part of a sum that is shown",
}
ELSE = ("no number", "others")  # of these a row counts something else, or nothing
PER = ("day", "month", "year")
WEEK = 7  # days
# Where a row stands to the number. The words are those of the page.
ABOVE, BELOW, FITS, EITHER = "higher", "lower", "fits", "either"
NOT_NAMED = "not named"  # how a subject says that it is unknown


def groups(case: Case) -> list[tuple[str, ...]]:
    """The article's numbers: the figure_ids of each, the one that the others repeat first, in the article's order.

    >>> import analysis
    >>> [ids[0] for ids in groups(analysis.load())][:2], len(groups(analysis.load()))
    (['quote-russia-strikes', 'quote-coalition-strikes'], 7)
    """
    again = dict(zip(case.figures["figure_id"], case.figures["repeats"], strict=True))
    made: dict[str, list[str]] = {}
    for name in again:
        first, seen = name, set()
        while again.get(first) in again and first not in seen:
            seen.add(first)
            first = again[first]
        made.setdefault(first, []).append(name)
    return [(first, *(i for i in ids if i != first)) for first, ids in made.items()]


def number(case: Case, figure_id: str) -> pd.Series:
    """One of the article's numbers as a row of frames.COLUMNS: a rate of whatever time as a rate a day."""
    row = frames.frame(case, [figure_id])
    return (per_day(row) if row["unit"].item().rpartition("/")[2] in PER else row).iloc[0]


def candidates(case: Case, figure_id: str) -> pd.DataFrame:
    """All rows that count what a number counts, in its unit, each with why it is left out.

    Returns the columns of frames.topic, rates by the day, and `left_out`: a key of RULES, empty where it is shown.

    >>> import analysis
    >>> found = candidates(analysis.load(), "quote-fighters")
    >>> found.set_index("figure_id").loc[["fsb-fighters-2015-11", "fsb-fighters-2015-11-interfax"], "left_out"].tolist()
    ['', 'again']
    """
    own, topic = number(case, figure_id), case.vocabulary.measures.get(case[figure_id].row["measure"])
    rows = frames.on_topic(case, topic) if topic else frames.tidy(case, case.references[:0], "reference")
    rows = rows[rows["measure"] == own["measure"]].reset_index(drop=True)
    rows = per_day(rows) if own["unit"].endswith("/day") and len(rows) else rows
    rows = rows.assign(left_out="")
    for rule, found in _judged(case, own, rows):
        rows.loc[found & (rows["left_out"] == ""), "left_out"] = rule
    return rows


def shown(case: Case, figure_id: str) -> pd.DataFrame:
    """What others counted beside a number: the candidates that no rule leaves out."""
    rows = candidates(case, figure_id)
    return rows[rows["left_out"] == ""].drop(columns="left_out").reset_index(drop=True)


def _judged(case, own, rows):
    """(rule, which rows it leaves out), in the order of RULES; a later one looks at what the earlier ones left."""
    known = rows["low"].notna() | rows["high"].notna()
    yield "no number", ~known | (rows["unit"] != own["unit"])
    yield "others", ~rows["subject"].map(lambda subject: same_people(case, own["subject"], subject)).astype(bool)
    printed = pd.Timestamp(period.last_days(pd.Series([own["published"]]))[0])
    yield "later", rows["start"].fillna(rows["end"]) > printed
    if own["unit"].endswith("/day"):
        yield "short", (rows["end"] - rows["start"]).dt.days < WEEK - 1
    there = set(case.references["figure_id"])
    single = rows["repeats"].map(lambda ids: ids in there).astype(bool)
    yield "again", single | (rows["count_origin"] == "repeats")
    place = about(own, rows[rows["left_out"] == ""])
    yield "within", rows["place"].isin(case.vocabulary.places.get(place, ()))
    left = rows[rows["left_out"] == ""]
    yield "part", rows["figure_id"].isin(_parts(left))


def same_people(case: Case, own: str, other: str) -> bool:
    """Whether a subject may be the article's: its name holds it, it is of the same side, or one of them is not named.

    >>> import analysis
    >>> case = analysis.load()
    >>> same_people(case, "Russian Aerospace Forces", "Russian and Syrian air forces")
    True
    >>> same_people(case, "Islamic State", "rebel groups in Syria, any")
    False
    """
    if any(NOT_NAMED in text or text == UNKNOWN for text in (own, other)):
        return True
    sides = [side["adjective"] for side in case.vocabulary.sides.values() if side["adjective"] in own]
    return own in other or any(adjective in other for adjective in sides)


def about(own: pd.Series, rows: pd.DataFrame) -> str:
    """The place that a number is about, or, where it names none, that most rows are about, the first by alphabet."""
    named = rows.loc[rows["place"] != UNKNOWN, "place"]
    return own["place"] if own["place"] != UNKNOWN or not len(named) else named.mode().min()


def _parts(left):
    """The rows that another one adds up: our own sums of rows, or a row that holds several of one body and time."""
    parts = set()
    rows = left.set_index("figure_id")
    for row in rows.itertuples():
        if row.derivation and {t.text for t in working.tokens(row.derivation) if t.kind == "operator"} == {"+"}:
            parts |= {i for i in working.ids(row.derivation) if i in rows.index and _alike(rows.loc[i], row)}
        parts |= {i for i in row.repeats.split(";") if i in rows.index and _alike(rows.loc[i], row, timed=True)}
    return parts


def _alike(part, whole, timed=False):
    same = part["place"] == whole.place and part["counted_by"] == whole.counted_by
    return same and (not timed or (part["start"] == whole.start and part["end"] == whole.end))


# Where a row stands to the number ------------------------------------------------------------------------------------


def printed_ends(row: pd.Series) -> tuple[float, float]:
    """Both ends of a row as printed: an open end is the other one. NaN, NaN where nobody gives a number."""
    low, high = row["low"], row["high"]
    return (high if math.isnan(low) else low), (low if math.isnan(high) else high)


def side(own: pd.Series, row: pd.Series) -> str:
    """Where a row stands to the number, by all that each may be: ABOVE, BELOW, FITS, or EITHER.

    An open end is any number on from there, so "more than 60" may be 100: EITHER, unless all that it may be is above,
    below or, of a number that is open itself, within.

    >>> a, b = pd.Series({"low": 70.0, "high": 120.0}), pd.Series({"low": 107.0, "high": 107.0})
    >>> side(a, b), side(b, pd.Series({"low": 7.5, "high": float("nan")})), side(b, a)
    ('fits', 'either', 'fits')
    """
    bottom, top = _ends(own)
    low, high = _ends(row)
    if low > top or high < bottom:
        return ABOVE if low > top else BELOW
    closed = math.isfinite(low) and math.isfinite(high)
    return FITS if closed or (bottom <= low and high <= top) else EITHER


def _ends(row):
    """All that a number may be: its two ends, an open one without end."""
    low, high = row["low"], row["high"]
    return (-math.inf if math.isnan(low) else low), (math.inf if math.isnan(high) else high)


def times(own: pd.Series, row: pd.Series) -> float:
    """How many times the lesser of two numbers as printed the greater is, between near ends; 1 where they meet."""
    (bottom, top), (low, high) = _ends(own), printed_ends(row)
    pair = (top, low) if low > top else (high, bottom) if high < bottom else (1.0, 1.0)
    return pair[1] / pair[0] if pair[0] else math.inf


def ordered(case: Case, own: pd.Series, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of named bodies whose subject is the article's, from the nearest to the farthest, with `times` and `side`.

    At the same distance comes first one that fits, then one of a body that is not of the speaker's party, then the one
    whose two ends are nearer to the number's, then what is alike in subject, place and kind of number, then, of rates,
    the longer time, then the later.
    """
    same = [NOT_NAMED not in subject or subject == own["subject"] for subject in rows["subject"]]
    named = rows[(rows["counted_by"] != UNKNOWN).to_numpy(dtype="bool") & np.array(same, dtype="bool")]
    if not len(named):
        return named.assign(times=0.0, side="")
    apart = named.assign(times=[times(own, r) for _, r in named.iterrows()],
                         side=[side(own, r) for _, r in named.iterrows()],
                         _n=[_ends_apart(own, r) for _, r in named.iterrows()])  # fmt: skip
    alike = sum(((named[c] == own[c]) & (own[c] != UNKNOWN)).astype(int) for c in ("subject", "place", "basis"))
    days = (named["end"] - named["start"]).dt.days.fillna(-1) if own["basis"] == "rate" else 0
    same_side = [case.party(body) in own["said_by"] for body in named["counted_by"]]
    keys = apart.assign(_o=apart["side"] == EITHER, _s=same_side, _a=-alike, _d=days, _e=named["end"])
    by = {"times": True, "_o": True, "_s": True, "_n": True, "_a": True, "_d": False, "_e": False, "figure_id": True}
    return keys.sort_values(list(by), ascending=list(by.values())).drop(columns=["_o", "_s", "_n", "_a", "_d", "_e"])


def _ends_apart(own, row):
    """How far the ends of a row are from the number's, both together; of a number with an open end nothing is said."""
    ends = [*zip((own["low"], own["high"]), printed_ends(row), strict=True)]
    if any(math.isnan(a) or a <= 0 or b <= 0 for a, b in ends):
        return 0.0
    return round(sum(abs(math.log(b / a)) for a, b in ends), 9)


def nearest(case: Case, own: pd.Series, rows: pd.DataFrame) -> pd.Series | None:
    """The row of a named body that is nearest to the number; None where there is none."""
    found = ordered(case, own, rows)
    return found.iloc[0] if len(found) else None


def farthest(case: Case, own: pd.Series, rows: pd.DataFrame, way: str) -> pd.Series | None:
    """The row of a named body whose far end is farthest on one side of the number, of several the first by ordered().

    way: ABOVE or BELOW. None where nobody who is named is on that side.
    """
    found = ordered(case, own, rows)
    found = found[found["side"] == way]
    apart = [_farther_end(own, row, way) for _, row in found.iterrows()]
    found = found[np.array(apart, dtype="float64") == max(apart, default=0.0)]
    return found.iloc[0] if len(found) else None


def _farther_end(own, row, way):
    """How many times the lesser the greater is, of the number's near end and the row's far one as printed."""
    low, high = printed_ends(row)
    pair = (own["high"], high) if way == ABOVE else (low, own["low"])
    return pair[1] / pair[0] if pair[0] else math.inf
