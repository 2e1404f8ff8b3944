"""Periods: what the dates of the tables mean in days. The one room that has a calendar.

A date of the tables is text as far as it is printed: `2016`, `2016-02`, `2016-02-10`, or `unknown`; an empty cell is
unknown too. As a beginning it means its first day, as an end its last, and both ends are counted. A date, a datetime or
a Timestamp is read as its day. Source: the Gregorian calendar; no length is an average.
"""

import calendar
import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import total_ordering

import numpy as np
import pandas as pd

from . import words
from .schema import UNKNOWN

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
IS_UNKNOWN, REVERSED = "its period is unknown", "its period ends before it starts"


@total_ordering
@dataclass(frozen=True, eq=False)
class Period:
    """From one date of the tables to another, both counted.

    start, end: text, or anything that is a date; end is start if it is not given. Two periods are equal if they are the
    same days; they sort by their first day, then by their last, an unknown one behind all others.
    Raises ValueError for a text that is no date.

    >>> winter = Period("2015-12", "2016-02")
    >>> winter.days, winter.last
    (91, datetime.date(2016, 2, 29))
    >>> print(max(winter, Period("2016")))
    2016
    """

    start: str
    end: str | None = None

    def __post_init__(self) -> None:
        texts = as_text(self.start), as_text(self.start if self.end is None else self.end)
        for name, text in zip(("start", "end"), texts, strict=True):
            calendar_day(text)
            object.__setattr__(self, name, text or UNKNOWN)

    @classmethod
    def of(cls, row: Mapping) -> "Period":
        """The period of a row: its period_start and period_end; unknown where it has none.

        >>> Period.of({"period_start": "2016-02", "period_end": "2016-02"}).days
        29
        """
        return cls(row.get("period_start", UNKNOWN), row.get("period_end", UNKNOWN))

    @property
    def first(self) -> datetime.date | None:
        """The first day; None if unknown.

        >>> Period("2016-02").first, Period("unknown").first
        (datetime.date(2016, 2, 1), None)
        """
        return calendar_day(self.start)

    @property
    def last(self) -> datetime.date | None:
        """The last day; None if unknown.

        >>> Period("2016-02").last
        datetime.date(2016, 2, 29)
        """
        return calendar_day(self.end, last=True)

    @property
    def why_unknown(self) -> str:
        """Why it has no length: a date is unknown, or it ends before it starts; empty if it has one.

        >>> Period("2016", "2015").why_unknown
        'its period ends before it starts'
        """
        if self.first is None or self.last is None:
            return IS_UNKNOWN
        return REVERSED if self.last < self.first else ""

    @property
    def known(self) -> bool:
        """Whether both ends are known and stand in their order.

        >>> Period("2016").known, Period("2016", "2015").known
        (True, False)
        """
        return not self.why_unknown

    @property
    def days(self) -> int | None:
        """How many days it is; None where it is not known.

        >>> Period("unknown").days, Period("2016-03", "2016-02").days
        (None, None)
        """
        return (self.last - self.first).days + 1 if self.known else None

    @property
    def months(self) -> int:
        """How many whole calendar months it is; 0 where it is not known or not whole.

        >>> Period("2016").months, Period("2016-02-01", "2016-02-28").months
        (12, 0)
        """
        if not self.known:
            return 0
        return int(whole_months(*(np.array([day], "datetime64[D]") for day in (self.first, self.last)))[0])

    @property
    def short(self) -> str:
        """Its months in figures, for a line where there is little room.

        >>> Period("2014-09-23", "2017-06-23").short, Period("2015-10").short, Period("2015-09-30", "unknown").short
        ('9/2014–6/2017', '10/2015', '9/2015 to an unknown day')
        """
        first, last = (f"{day.month}/{day.year}" if day else "an unknown day" for day in (self.first, self.last))
        return first if first == last else f"{first}–{last}" if self.known else f"{first} to {last}"

    def overlaps(self, other: "Period") -> bool | None:
        """Whether any day is in both; None where either is not known. TypeError for what is no Period.

        >>> Period("2016").overlaps(Period("2016-12-31", "2017-03"))
        True
        """
        _expect_period(other)
        if not (self.known and other.known):
            return None
        return self.first <= other.last and other.first <= self.last

    def within(self, other: "Period") -> bool | None:
        """Whether each of its days is one of the other's; None where either is not known. TypeError for no Period.

        >>> Period("2016-02").within(Period("2016")), Period("2016").within(Period("unknown"))
        (True, None)
        """
        _expect_period(other)
        if not (self.known and other.known):
            return None
        return other.first <= self.first and self.last <= other.last

    def _key(self) -> tuple[datetime.date, datetime.date, bool, bool]:
        first, last = self.first, self.last
        return first or datetime.date.max, last or datetime.date.max, first is None, last is None

    def __eq__(self, other: object) -> bool:
        return self._key() == other._key() if isinstance(other, Period) else NotImplemented

    def __lt__(self, other: "Period") -> bool:
        return self._key() < other._key() if isinstance(other, Period) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._key())

    def __str__(self) -> str:
        return words.period(self.start, self.end)


def _expect_period(other: object) -> None:
    if not isinstance(other, Period):
        raise TypeError(f"a period is set against a Period, not a {type(other).__name__}: write Period({other!r})")


# Dates --------------------------------------------------------------------------------------------------------------


def as_text(value: object) -> str:
    """A date as the tables write it, however it was kept; a missing one is empty text, any other text is left as it is.

    >>> as_text(datetime.datetime(2017, 6, 15, 9, 30)), as_text(2016.0), as_text(None)
    ('2017-06-15', '2016', '')
    """
    if isinstance(value, str):
        return value
    if pd.isna(value):
        return ""
    if isinstance(value, np.datetime64):
        value = pd.Timestamp(value)
    if isinstance(value, datetime.date):  # a datetime and a Timestamp are dates too
        return value.isoformat()[:10]
    return f"{value:.0f}" if isinstance(value, float) and value.is_integer() else str(value)


def calendar_day(text: str, last: bool = False) -> datetime.date | None:
    """The first day that a date of the tables means, or the last; None if it is unknown.

    Raises ValueError for a text that is no date, or that is not in the calendar.

    >>> calendar_day("2016-02", last=True)
    datetime.date(2016, 2, 29)
    """
    if text in ("", UNKNOWN):
        return None
    match = _DATE.fullmatch(text)
    try:
        year, month, day = match.groups()
        month = int(month) if month else 12 if last else 1
        day = int(day) if day else calendar.monthrange(int(year), month)[1] if last else 1
        return datetime.date(int(year), month, day)
    except (AttributeError, ValueError):
        raise ValueError(f"{text[:40]!r} is no date: write YYYY, YYYY-MM, YYYY-MM-DD or {UNKNOWN}") from None


def is_date(text: str) -> bool:
    """Whether a text is a date of the tables, or unknown: of that form, and in the calendar.

    >>> is_date("2016-02-29"), is_date("2015-02-29"), is_date("unknown"), is_date("")
    (True, False, True, False)
    """
    try:
        return text == UNKNOWN or calendar_day(text) is not None
    except ValueError:
        return False


def gap(first: str, second: str) -> int | None:
    """How many days one date is after another, less than 0 if it is before; None unless both are known to the day.

    >>> gap("2017-06-12", "2017-06-15"), gap("2017-06", "2017-06-15")
    (3, None)
    """
    if any(text.count("-") < 2 for text in (first, second)):
        return None
    return (calendar_day(second) - calendar_day(first)).days


def gap_in_words(first: str, second: str) -> str:
    """How long one date is after another, in words; nothing where either is missing.

    >>> gap_in_words("2017-06-12", "2017-06-15")
    '3 days later'
    >>> gap_in_words("2017-06-15", "2017-06-14")
    '1 day earlier: the order of the dates is reversed'
    """
    if not (first and second):
        return ""
    days = gap(first, second)
    if days is None:
        return "days between: unknown"
    if days < 0:
        return f"{words.number(-days)} {'day' if days == -1 else 'days'} earlier: the order of the dates is reversed"
    return "the same day" if days == 0 else f"{words.number(days)} {'day' if days == 1 else 'days'} later"


# Columns of dates ---------------------------------------------------------------------------------------------------


def texts(column: pd.Series) -> pd.Series:
    """A column of dates as text, as the tables write them; a missing one is empty text.

    column: text, dates, or both. Returns a column of text with the same index.

    >>> texts(pd.Series(pd.to_datetime(["2016-02-10 09:30", None]))).tolist()
    ['2016-02-10', '']
    """
    if isinstance(column.dtype, pd.StringDtype) or pd.api.types.infer_dtype(column, skipna=True) == "string":
        column = column if column.dtype == "str" else column.astype("str")
        return column.fillna("") if column.hasnans else column
    if column.dtype.kind == "M":
        column = column.dt.normalize()  # a day is read once, however many times of day there are
    codes, found = pd.factorize(column)
    made = pd.array([*map(as_text, found), ""], dtype="str").take(codes)  # a missing one has the code -1
    return pd.Series(made, column.index, name=column.name, copy=False)


def first_days(column: pd.Series) -> np.ndarray:
    """The first day that each date of a column means: datetime64[D], NaT where it is unknown.

    column: text, dates, or both, of mixed grain. Raises ValueError for a text that is no date.

    >>> first_days(pd.Series(["2016", "2016-02", "unknown"]))
    array(['2016-01-01', '2016-02-01',        'NaT'], dtype='datetime64[D]')
    """
    return _days(column, last=False)


def last_days(column: pd.Series) -> np.ndarray:
    """The last day that each date of a column means: as first_days.

    >>> last_days(pd.Series(["2016", "2016-02", "unknown"]))
    array(['2016-12-31', '2016-02-29',        'NaT'], dtype='datetime64[D]')
    """
    return _days(column, last=True)


def lengths(first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """How many days each period has, both ends counted: floats, NaN where an end is unknown or they are reversed.

    first, last: what first_days and last_days give.

    >>> lengths(first_days(pd.Series(["2016-02", "unknown"])), last_days(pd.Series(["2016-02", "unknown"])))
    array([29., nan])
    """
    days = (last - first).astype("float64") + 1
    return np.where(np.isnat(first) | np.isnat(last) | (days < 1), np.nan, days)


def whole_months(first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """How many whole calendar months each period is; 0 where it is not known or not whole. Arguments as for lengths.

    >>> whole_months(first_days(pd.Series(["2016", "2016-02-10"])), last_days(pd.Series(["2016", "2016-03"])))
    array([12,  0])
    """
    after = last + np.timedelta64(1, "D")
    begins, ends = first.astype("datetime64[M]"), after.astype("datetime64[M]")
    whole = (begins == first) & (ends == after) & (last >= first)  # an unknown day is equal to none, nor after any
    return np.where(whole, (ends - begins).astype("int64"), 0)


def _days(column: pd.Series, last: bool) -> np.ndarray:
    codes, dates = pd.factorize(texts(column))
    return np.array([calendar_day(text, last) for text in dates], dtype="datetime64[D]")[codes]
