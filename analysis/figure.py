"""One number with its evidence: its range, its unit, its hedges, and the working that says where it came from."""

import math
from dataclasses import dataclass, field

from . import interval, units, words, working
from .schema import UNKNOWN


@dataclass(frozen=True)
class Figure:
    """A number that does not lose its evidence.

    low, high: floats; NaN is an open end, both NaN an unknown number. Figures are equal if all that is said here is,
    an open end like an open end, and their cases have the same name. unit: text such as `strikes/day`, `1` for a
    ratio. working: a figure_id, or an expression over figure_ids (see analysis.working). hedges: words of
    schema.HEDGES, its own or those of what it is made from. row: its row in the case, with its source under
    "source"; empty if derived. notes: what arithmetic has to say of the result.
    Arithmetic (+ - * /, with figures and plain numbers) follows ranges and units and returns a Figure; adding
    unlike units raises UnitError. Source: the row, or arithmetic on rows; nothing is estimated here.
    """

    low: float
    high: float
    unit: str
    working: str
    hedges: tuple = ()
    row: dict = field(default_factory=dict, repr=False, compare=False)
    notes: tuple = ()
    case: object = field(default=None, repr=False, compare=False)

    def __str__(self):
        return words.quantity(self.low, self.high, self.unit, self.hedges)

    @property
    def nouns(self):
        """The nouns of its case's units; of a figure without a case any noun as it is written (units.ANY)."""
        return getattr(self.case, "nouns", units.ANY)

    def __repr__(self):
        return f"<{self.working} = {self}>"

    def _repr_html_(self):
        from . import cards

        return cards.card(self)

    def __add__(self, other):
        return self._combine("+", other)

    def __radd__(self, other):
        return self._constant(other)._combine("+", self)

    def __sub__(self, other):
        return self._combine("-", other)

    def __rsub__(self, other):
        return self._constant(other)._combine("-", self)

    def __mul__(self, other):
        return self._combine("*", other)

    def __rmul__(self, other):
        return self._constant(other)._combine("*", self)

    def __truediv__(self, other):
        return self._combine("/", other)

    def __rtruediv__(self, other):
        return self._constant(other)._combine("/", self)

    def __eq__(self, other):
        return self._identity() == other._identity() if isinstance(other, Figure) else NotImplemented

    def __hash__(self):
        return hash(self._identity())

    def _identity(self):
        """What makes it this figure; an open end as None, since NaN differs from itself."""
        ends = (None if math.isnan(end) else end for end in (self.low, self.high))
        return (*ends, self.unit, self.working, tuple(self.hedges), tuple(self.notes), _name(self.case))

    def explain(self):
        """The working, laid out down to the quotes: text that also shows as HTML in a notebook."""
        from . import provenance

        return provenance.explain(self)

    def _constant(self, x):
        return x if isinstance(x, Figure) else constant(x)

    def _combine(self, operator, other):
        if not isinstance(other, (Figure, int, float)):
            return NotImplemented
        other = self._constant(other)
        compute, unit = _operation(operator, self, other)
        itself = of_itself(operator, self) if self.working == other.working else None
        text = composed(self.working, operator, other.working)
        if itself is not None:
            return self._made(itself, itself, unit, text, other, ())
        low, high = compute(self.low, self.high, other.low, other.high)
        return self._made(low, high, unit, text, other, _remarks(operator, self, other, low, high))

    def _made(self, low, high, unit, text, other, remarks):
        """What is made of two figures: unknown where one has no working, since nothing could recompute it."""
        if self.case and other.case and _name(self.case) != _name(other.case):
            raise working.WorkingError(
                f"{self.working} is of the case {_name(self.case)}, {other.working} of {_name(other.case)}: a working "
                "is worked out in one case; give that case a row for the other's number"
            )
        if not text:
            low, high, remarks = math.nan, math.nan, (NO_WORKING,)
        hedges = tuple(dict.fromkeys(self.hedges + other.hedges))
        notes = tuple(dict.fromkeys(self.notes + other.notes + remarks))
        return Figure(float(low), float(high), unit, text, hedges, {}, notes, self.case or other.case)


NO_WORKING = "unknown: an operand has no working, so nothing could recompute the result"

TOO_LARGE = "the result is too large a number to reckon with, so an end is open"


def _name(case):
    return getattr(case, "name", None)


def composed(left, operator, right):
    """The working of two workings; empty where one of them is. operator: one of + - * /, or the name of a function."""
    if not (left and right):
        return ""
    if operator in FUNCTIONS:
        return f"{operator}({left}, {right})"
    return f"{working.wrap(left, operator)} {operator} {working.wrap(right, operator, right=True)}"


def of_itself(operator, figure):
    """What a figure gives with itself: 0 less itself, 1 over itself, whatever it is; None where that is not settled.

    It is not where the figure is unknown, nor for a quotient where it may be nothing. operator: one of + - * /.
    """
    unknown = not (math.isfinite(figure.low) or math.isfinite(figure.high))
    if unknown or operator not in "-/" or (operator == "/" and not (figure.low > 0 or figure.high < 0)):
        return None
    return 1.0 if operator == "/" else 0.0


def constant(x, unit="1", nouns=units.ANY):
    """A plain number as a figure: its working is itself, e.g. `31 [day]`.

    nouns: what the unit may be made of. Raises ValueError if negative or not finite, UnitError for another noun.
    """
    x = float(x)
    if not math.isfinite(x) or x < 0:
        raise ValueError(f"a constant in a working is a finite number, not negative: {x}")
    from decimal import Decimal

    text = f"{Decimal(repr(x)).normalize():f}"
    unit = nouns.canonical(unit)
    return Figure(x, x, unit, text if unit == "1" else f"{text} [{nouns.singular(unit)}]")


def days(figure):
    """The length of a figure's period in days, both ends counted, as a figure.

    figure: one with a row. Returns unit days. Raises WorkingError where the row has no known period.
    """
    if not known_period(figure.row):
        raise working.WorkingError(f"days({figure.working}): its period is unknown, so it has no length")
    first = calendar_day(figure.row["period_start"], last=False)
    length = float((calendar_day(figure.row["period_end"], last=True) - first).days + 1)
    return Figure(length, length, "days", f"days({figure.working})", case=figure.case)


def known_period(row):
    """Whether a row says when its period begins and when it ends."""
    return not {UNKNOWN, ""} & {row.get("period_start", ""), row.get("period_end", "")}


def hull(a, b):
    """The least range that holds both figures. UnitError where their units differ."""
    return _joined("hull", interval.hull, a, b)


def overlap(a, b):
    """What the ranges of both figures have in common; unknown, with a note, where they have nothing."""
    return _joined("overlap", interval.overlap, a, b)


FUNCTIONS = {"days": days, "hull": hull, "overlap": overlap}


def _joined(name, compute, a, b):
    unit = _nouns(a, b).same(a.unit, b.unit, f"take the {name} of", (a.working, b.working))
    low, high = compute(a.low, a.high, b.low, b.high)
    apart = name == "overlap" and math.isnan(low) and math.isnan(high)
    return a._made(
        low, high, unit, composed(a.working, name, b.working), b, ("the two ranges have nothing in common",) * apart
    )


def _nouns(a, b):
    """The nouns for two figures: those of the case of either; a plain number has none."""
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
    remarks = []
    for figure in (a, b):
        if math.isnan(figure.low) and math.isnan(figure.high):
            remarks.append(f"{figure.working} is unknown, and so is what is made from it")
        elif math.isnan(figure.low) or math.isnan(figure.high):
            remarks.append(f"{figure.working} has an open end")
    if operator == "/" and divisor_remark(b):
        remarks.append(divisor_remark(b))
    ends_known = all(map(math.isfinite, (a.low, a.high, b.low, b.high)))
    if not remarks and ends_known and not (math.isfinite(low) and math.isfinite(high)):
        remarks.append(TOO_LARGE)
    return tuple(remarks)


def divisor_remark(figure):
    """What is to be said of a quotient whose divisor may be nothing; else empty."""
    low = 0.0 if math.isnan(figure.low) else figure.low
    high = math.inf if math.isnan(figure.high) else figure.high
    if low == high == 0:
        return f"{figure.working} is nothing, and nothing can be divided by it"
    if not low <= 0 <= high:
        return ""
    return f"{figure.working} may be nothing, so an end of the quotient is open"


def calendar_day(text, last):
    """The first or last day that a date of the tables means: 2016-02 ends on the 29th."""
    import calendar
    import datetime

    year, month, day = ([int(p) for p in text.split("-")] + [0, 0])[:3]
    month = month or (12 if last else 1)
    return datetime.date(year, month, day or (calendar.monthrange(year, month)[1] if last else 1))
