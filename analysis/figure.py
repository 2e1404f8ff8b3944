"""One number with its evidence: its range, its unit, its hedges, and the working that says where it came from."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from numbers import Real

from . import interval, units, words, working
from .period import Period


class NoPlainNumber(ArithmeticError):
    """A figure where a plain number is wanted; the message says what to take instead.

    It is no TypeError: pandas would put a message of its own in place of this one.
    """


@dataclass(frozen=True)
class Figure:
    """A number that does not lose its evidence.

    low, high: floats; NaN is an open end, both NaN an unknown number. unit: text such as `strikes/day`, `1` for a
    ratio. working: a figure_id, or an expression over figure_ids (see analysis.working). hedges: words of
    schema.HEDGES, its own or those of what it is made from. row: its row in the case, with its source under
    "source"; empty if derived. notes: what arithmetic has to say of the result.

    Arithmetic (+ - * /, with figures and plain numbers; also sum()) follows ranges and units and returns a Figure;
    adding unlike units raises UnitError, figures of two cases WorkingError. `<`, `<=`, `>`, `>=` and sorted() answer
    where the ranges settle it, and raise ValueError where they do not: ranges that overlap, an end that is open. `==`
    asks whether it is the same figure: all that is said here, an open end like an open end, in a case of the same name.
    Source: the row, or arithmetic on rows; nothing is estimated here.

    >>> import analysis
    >>> case = analysis.load()
    >>> case["quote-russia-strikes"] / case["quote-coalition-strikes"]
    <quote-russia-strikes / quote-coalition-strikes = 14–60>
    >>> case["quote-russia-strikes"] > case["quote-coalition-strikes"]
    True
    """

    low: float
    high: float
    unit: str
    working: str
    hedges: tuple[str, ...] = ()
    row: dict = field(default_factory=dict, repr=False, compare=False)
    notes: tuple[str, ...] = ()
    case: object = field(default=None, repr=False, compare=False)

    def __str__(self) -> str:
        one = self.low == self.high == 1 and self.unit not in ("1", "percent")
        return words.quantity(self.low, self.high, self.nouns.singular(self.unit) if one else self.unit, self.hedges)

    @property
    def nouns(self) -> units.Nouns:
        """The nouns of its case's units; of a figure without a case any noun as it is written (units.ANY).

        >>> Figure(1, 2, "trips", "a").nouns is units.ANY
        True
        """
        return getattr(self.case, "nouns", units.ANY)

    def __repr__(self) -> str:
        return f"<{self.working} = {self}>"

    def _repr_html_(self) -> str:
        from . import cards

        return cards.card(self)

    def __add__(self, other: "Figure | Real") -> "Figure":
        return self._combine("+", other)

    def __radd__(self, other: Real) -> "Figure":
        return self + other if _nothing(other) else constant(other)._combine("+", self)

    def __sub__(self, other: "Figure | Real") -> "Figure":
        return self._combine("-", other)

    def __rsub__(self, other: Real) -> "Figure":
        return constant(other)._combine("-", self)

    def __mul__(self, other: "Figure | Real") -> "Figure":
        return self._combine("*", other)

    def __rmul__(self, other: Real) -> "Figure":
        return constant(other)._combine("*", self)

    def __truediv__(self, other: "Figure | Real") -> "Figure":
        return self._combine("/", other)

    def __rtruediv__(self, other: Real) -> "Figure":
        return constant(other)._combine("/", self)

    def __lt__(self, other: "Figure | Real") -> bool:
        return _below(self, other) if isinstance(other, (Figure, Real)) else NotImplemented

    def __le__(self, other: "Figure | Real") -> bool:
        return _below(self, other, or_equal=True) if isinstance(other, (Figure, Real)) else NotImplemented

    def __gt__(self, other: "Figure | Real") -> bool:
        return _below(other, self) if isinstance(other, (Figure, Real)) else NotImplemented

    def __ge__(self, other: "Figure | Real") -> bool:
        return _below(other, self, or_equal=True) if isinstance(other, (Figure, Real)) else NotImplemented

    def __eq__(self, other: object) -> bool:
        return self._identity() == other._identity() if isinstance(other, Figure) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._identity())

    def __float__(self) -> float:
        raise NoPlainNumber(
            f"{self.working or 'a figure'} is a range with a unit, no plain number: take an end, .low or .high; "
            "for a mean divide by the count, e.g. sum(figures) / len(figures)"
        )

    def __round__(self, digits: int | None = None) -> float:
        return float(self)

    __int__ = __complex__ = __abs__ = as_integer_ratio = __float__  # what int(), abs() and statistics ask for

    def _identity(self) -> tuple:
        """What makes it this figure; an open end as None, since NaN differs from itself."""
        ends = (None if math.isnan(end) else end for end in (self.low, self.high))
        return (*ends, self.unit, self.working, tuple(self.hedges), tuple(self.notes), _name(self.case))

    def explain(self) -> str:
        """The working, laid out down to the quotes: text that also shows as HTML in a notebook.

        >>> import analysis
        >>> print(analysis.load()["quote-mercenaries"].explain().splitlines()[0])
        quote-mercenaries = 30,000 fighters  [about]
        """
        from . import provenance

        return provenance.explain(self)

    def _combine(self, operator: str, other: "Figure | Real") -> "Figure":
        if not isinstance(other, (Figure, Real)):
            return NotImplemented
        if operator == "+" and _nothing(other):  # so that sum() can begin: it adds the first figure to 0
            return self
        other = other if isinstance(other, Figure) else constant(other)
        compute, unit = _operation(operator, self, other)
        itself = of_itself(operator, self) if self.working == other.working else None
        text = composed(self.working, operator, other.working)
        if itself is not None:
            return self._made(itself, itself, unit, text, other, ())
        low, high = compute(self.low, self.high, other.low, other.high)
        return self._made(low, high, unit, text, other, _remarks(operator, self, other, low, high))

    def _made(self, low, high, unit, text, other, remarks):
        """What is made of two figures: unknown where one has no working, since nothing could recompute it."""
        if not text:
            low, high, remarks = math.nan, math.nan, (NO_WORKING,)
        hedges = tuple(dict.fromkeys(self.hedges + other.hedges))
        notes = tuple(dict.fromkeys(self.notes + other.notes + remarks))
        return Figure(float(low), float(high), unit, text, hedges, {}, notes, self.case or other.case)


NO_WORKING = "unknown: an operand has no working, so nothing could recompute the result"
TOO_LARGE = "the result is too large a number to reckon with, so an end is open"
APART = "the two ranges have nothing in common"


def _name(case):
    return getattr(case, "name", None)


def _nothing(other):
    return isinstance(other, Real) and other == 0


def _below(a, b, or_equal=False):
    """Whether a is less than b, or no more than it; ValueError where their ranges do not say."""
    a, b = (x if isinstance(x, Figure) else Figure(float(x), float(x), "1", f"{x}") for x in (a, b))
    _nouns(a, b).same(a.unit, b.unit, "compare", (a.working, b.working))
    if a.working and a._identity() == b._identity():  # one number, whatever it is
        return or_equal
    if a.high < b.low or (or_equal and a.high == b.low):
        return True
    if a.low > b.high or (not or_equal and a.low == b.high):
        return False
    first, second = (f"{x.working or 'a number'} ({x})" for x in (a, b))
    loose = [x.working or "a number" for x in (a, b) if not (math.isfinite(x.low) and math.isfinite(x.high))]
    why = f"an end of {' and of '.join(loose)} is open or unknown" if loose else "the ranges overlap"
    verb = "is at most" if or_equal else "is less than"
    raise ValueError(f"cannot say whether {first} {verb} {second}: {why}; compare ends instead, .low or .high")


def composed(left: str, operator: str, right: str) -> str:
    """The working of two workings; empty where one of them is. operator: one of + - * /, or the name of a function.

    >>> composed("a + b", "/", "c")
    '(a + b) / c'
    """
    if not (left and right):
        return ""
    if operator in FUNCTIONS:
        return f"{operator}({left}, {right})"
    return f"{working.wrap(left, operator)} {operator} {working.wrap(right, operator, right=True)}"


def of_itself(operator: str, figure: Figure) -> float | None:
    """What a figure gives with itself: 0 less itself, 1 over itself, whatever it is; None where that is not settled.

    It is not where the figure is unknown, nor for a quotient where it may be nothing. operator: one of + - * /.

    >>> of_itself("/", Figure(2, 5, "days", "a")), of_itself("/", Figure(0, 5, "days", "a"))
    (1.0, None)
    """
    unknown = not (math.isfinite(figure.low) or math.isfinite(figure.high))
    if unknown or operator not in "-/" or (operator == "/" and not (figure.low > 0 or figure.high < 0)):
        return None
    return 1.0 if operator == "/" else 0.0


def constant(x: Real, unit: str = "1", nouns: units.Nouns = units.ANY) -> Figure:
    """A plain number as a figure: its working is itself.

    nouns: what the unit may be made of. Raises ValueError if negative or not finite, UnitError for another noun.

    >>> constant(31, "days/month").working
    '31 [day/month]'
    """
    x = float(x)
    if not math.isfinite(x) or x < 0:
        raise ValueError(f"a constant in a working is a finite number, not negative: {x}")
    text = f"{Decimal(repr(x)).normalize():f}"
    unit = nouns.canonical(unit)
    return Figure(x, x, unit, text if unit == "1" else f"{text} [{nouns.singular(unit)}]")


def days(figure: Figure) -> Figure:
    """The length of a figure's period in days, both ends counted, as a figure.

    figure: one with a row. Returns unit days. Raises WorkingError where its row has no known period.

    >>> days(Figure(5, 5, "trips", "a", row={"period_start": "2016-02", "period_end": "2016-02"}))
    <days(a) = 29 days>
    """
    span = Period.of(figure.row)
    if not span.known:
        raise working.WorkingError(f"days({figure.working}): {span.why_unknown}, so it has no length")
    return Figure(float(span.days), float(span.days), "days", f"days({figure.working})", case=figure.case)


def low(figure: Figure) -> Figure:
    """The low end of a figure as a point; unknown, with a note, where that end is open.

    >>> low(Figure(20, 30, "trips", "a"))
    <low(a) = 20 trips>
    """
    return _end("low", figure, figure.low)


def high(figure: Figure) -> Figure:
    """The high end of a figure as a point; unknown, with a note, where that end is open.

    >>> high(Figure(20, float("nan"), "trips", "a")).notes
    ('the high end of a is open, so it is no number',)
    """
    return _end("high", figure, figure.high)


def hull(a: Figure, b: Figure) -> Figure:
    """The least range that holds both figures. UnitError where their units differ.

    >>> hull(Figure(1, 2, "trips", "a"), Figure(4, 5, "trips", "b"))
    <hull(a, b) = 1–5 trips>
    """
    return _joined("hull", interval.hull, a, b)


def overlap(a: Figure, b: Figure) -> Figure:
    """What the ranges of both figures have in common; unknown, with a note, where they have nothing, or one is unknown.

    Raises UnitError where their units differ.

    >>> overlap(Figure(1, 4, "trips", "a"), Figure(2, 8, "trips", "b"))
    <overlap(a, b) = 2–4 trips>
    """
    return _joined("overlap", interval.overlap, a, b)


FUNCTIONS: dict[str, Callable[..., Figure]] = {"days": days, "hull": hull, "overlap": overlap, "low": low, "high": high}


def _end(name, figure, end):
    known = math.isfinite(end) and bool(figure.working)
    remark = f"the {name} end of {figure.working} is open, so it is no number" if figure.working else NO_WORKING
    notes = figure.notes if known else (*figure.notes, remark)
    end, text = end if known else math.nan, figure.working and f"{name}({figure.working})"
    return Figure(end, end, figure.unit, text, figure.hedges, {}, notes, figure.case)


def _joined(name, compute, a, b):
    unit = _nouns(a, b).same(a.unit, b.unit, f"take the {name} of", (a.working, b.working))
    ends = compute(a.low, a.high, b.low, b.high)
    remarks = _unknown(a, b) or (APART,) * (name == "overlap" and all(map(math.isnan, ends)))
    return a._made(*ends, unit, composed(a.working, name, b.working), b, remarks)


def _unknown(*figures):
    unknown = [f.working for f in figures if math.isnan(f.low) and math.isnan(f.high)]
    return tuple(f"{name} is unknown, and so is what is made from it" for name in unknown)


def _nouns(a, b):
    """The nouns for two figures: those of the case of either; a plain number has none. WorkingError for two cases."""
    if a.case and b.case and _name(a.case) != _name(b.case):
        raise working.WorkingError(
            f"{a.working} is of the case {_name(a.case)}, {b.working} of {_name(b.case)}: figures are compared and "
            "worked out in one case; give that case a row for the other's number"
        )
    return a.nouns if a.case else b.nouns


def _operation(operator, a, b):
    nouns = _nouns(a, b)
    if operator in "+-":
        verb = "add" if operator == "+" else "subtract"
        unit = nouns.same(a.unit, b.unit, verb, (a.working, b.working))
        return (interval.add if operator == "+" else interval.subtract), unit
    if operator == "*":
        return interval.multiply, nouns.times(a.unit, b.unit)
    return interval.divide, nouns.over(a.unit, b.unit)


def _remarks(operator, a, b, low, high):
    remarks = [*_unknown(a, b)]
    remarks += [f"{f.working} has an open end" for f in (a, b) if math.isnan(f.low) != math.isnan(f.high)]
    if operator == "/" and divisor_remark(b):
        remarks.append(divisor_remark(b))
    ends_known = all(map(math.isfinite, (a.low, a.high, b.low, b.high)))
    if not remarks and ends_known and not (math.isfinite(low) and math.isfinite(high)):
        remarks.append(TOO_LARGE)
    return tuple(remarks)


def divisor_remark(figure: Figure) -> str:
    """What is to be said of a quotient whose divisor may be nothing; else empty.

    >>> divisor_remark(Figure(0.0, 2.0, "days", "z"))
    'z may be nothing, so an end of the quotient is open'
    """
    low = 0.0 if math.isnan(figure.low) else figure.low
    high = math.inf if math.isnan(figure.high) else figure.high
    if low == high == 0:
        return f"{figure.working} is nothing, and nothing can be divided by it"
    if not low <= 0 <= high:
        return ""
    return f"{figure.working} may be nothing, so an end of the quotient is open"
