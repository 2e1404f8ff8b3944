"""Ranges and what may be done with them: interval arithmetic on arrays of low and high ends.

An end that is NaN is open; a range with both ends NaN is unknown, and so is all that is made from it. Everything
counted here is at least nothing, so an open low end reckons as 0 and an open high end as infinity; what such
an end decides comes out open again. A difference can be less than nothing: a low end of -inf says so, and below a high
end that is less than nothing an open low end is one. What has a bound on neither side is unknown, so that no range has
an open end of each kind. An end that grows too large for a float is open too. Nothing has no sign: -0.0 goes in and
comes out as 0.0, since a quotient's end would turn with it.
Each function takes four numbers or arrays, low and high of the one and of the other, and returns two, low and high.
Source: interval arithmetic (Moore 1966), extended to open ends; nothing is estimated here.
"""

import numpy as np

Ends = float | np.ndarray


def add(a_low: Ends, a_high: Ends, b_low: Ends, b_high: Ends) -> tuple[Ends, Ends]:
    """The range of all sums: [a_low + b_low, a_high + b_high].

    >>> low, high = add(1.0, 2.0, 10.0, float("nan"))
    >>> float(low), float(high)
    (11.0, nan)
    """
    al, ah, bl, bh = _bounds(a_low, a_high, b_low, b_high)
    open_low = np.isnan(a_low) & np.isnan(b_low)
    with np.errstate(over="ignore"):
        low, high = al + bl, ah + bh
    return _ends(low, high, open_low, (a_low, a_high), (b_low, b_high))


def subtract(a_low: Ends, a_high: Ends, b_low: Ends, b_high: Ends) -> tuple[Ends, Ends]:
    """The range of all differences: [a_low - b_high, a_high - b_low].

    >>> low, high = subtract(10.0, 20.0, 1.0, 2.0)
    >>> float(low), float(high)
    (8.0, 19.0)
    """
    al, ah, bl, bh = _bounds(a_low, a_high, b_low, b_high)
    with np.errstate(over="ignore"):
        low, high = al - bh, ah - bl
    return _ends(low, high, False, (a_low, a_high), (b_low, b_high))


def multiply(a_low: Ends, a_high: Ends, b_low: Ends, b_high: Ends) -> tuple[Ends, Ends]:
    """The range of all products: the least and the greatest of the four products of ends.

    >>> low, high = multiply(-2.0, 3.0, 4.0, 5.0)
    >>> float(low), float(high)
    (-10.0, 15.0)
    """
    al, ah, bl, bh = _bounds(a_low, a_high, b_low, b_high)
    with np.errstate(invalid="ignore", over="ignore"):
        low, high = _extremes(al * bl, al * bh, ah * bl, ah * bh)
    open_low = np.isnan(a_low) | np.isnan(b_low)
    return _ends(low, high, open_low, (a_low, a_high), (b_low, b_high))


def divide(a_low: Ends, a_high: Ends, b_low: Ends, b_high: Ends) -> tuple[Ends, Ends]:
    """The range of all quotients: the least and the greatest of the four quotients of ends.

    A divisor that only touches 0 leaves one end open; one that spans 0, or is 0, gives unknown.

    >>> low, high = divide(70.0, 120.0, 2.0, 5.0)
    >>> float(low), float(high)
    (14.0, 60.0)
    """
    if np.all(b_low > 0) and not (np.any(a_low < 0) or np.any(a_high < 0)):
        with np.errstate(over="ignore"):  # nearly always: and here an open end (NaN) stays open by itself
            return _not_too_large(a_low / b_high), _not_too_large(a_high / b_low)
    al, ah, bl, bh = _bounds(a_low, a_high, b_low, b_high)
    bh = np.where((bh == 0) & (bl < 0), -0.0, bh)
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        low, high = _extremes(al / bl, al / bh, ah / bl, ah / bh)
    spans = (bl < 0) & (bh > 0)
    low, high = np.where(spans, -np.inf, low), np.where(spans, np.inf, high)
    never = (bl == 0) & (bh == 0)
    low, high = np.where(never, np.nan, low), np.where(never, np.nan, high)
    open_low = np.isnan(a_low) | np.isnan(b_high)
    return _ends(low, high, open_low, (a_low, a_high), (b_low, b_high))


def hull(a_low: Ends, a_high: Ends, b_low: Ends, b_high: Ends) -> tuple[Ends, Ends]:
    """The least range that holds both.

    >>> low, high = hull(1.0, 2.0, 4.0, 5.0)
    >>> float(low), float(high)
    (1.0, 5.0)
    """
    al, ah, bl, bh = _bounds(a_low, a_high, b_low, b_high)
    open_low = np.isnan(a_low) | np.isnan(b_low)
    return _ends(np.minimum(al, bl), np.maximum(ah, bh), open_low, (a_low, a_high), (b_low, b_high))


def overlap(a_low: Ends, a_high: Ends, b_low: Ends, b_high: Ends) -> tuple[Ends, Ends]:
    """What both ranges hold; unknown (both ends NaN) where they have nothing in common.

    >>> low, high = overlap(1.0, 4.0, 2.0, 8.0)
    >>> float(low), float(high)
    (2.0, 4.0)
    """
    if not any(np.any(end < 0) for end in (a_low, a_high, b_low, b_high)):  # nearly always: and NaN is never less
        low, high = np.fmax(a_low, b_low), np.fmin(a_high, b_high)  # an open end bounds nothing
        nothing = (low > high) | _unknown(a_low, a_high, b_low, b_high)
        return tuple(np.where(nothing, np.nan, _not_too_large(end)) for end in (low, high))
    al, ah, bl, bh = _bounds(a_low, a_high, b_low, b_high)
    low, high = np.maximum(al, bl), np.minimum(ah, bh)
    apart = low > high
    open_low = np.isnan(a_low) & np.isnan(b_low)
    low, high = np.where(apart, np.nan, low), np.where(apart, np.nan, high)
    return _ends(low, high, open_low, (a_low, a_high), (b_low, b_high))


def _bounds(a_low, a_high, b_low, b_high):
    """The four ends as they reckon: an open one as 0, -inf or inf, and nothing without a sign."""
    lows = (_low(low, high) for low, high in ((a_low, a_high), (b_low, b_high)))
    highs = (np.where(np.isnan(x), np.inf, x) + 0.0 for x in (a_high, b_high))
    (al, bl), (ah, bh) = lows, highs
    return al, ah, bl, bh


def _low(low, high):
    with np.errstate(invalid="ignore"):
        least = np.where(np.less(high, 0), -np.inf, 0.0)
    return np.where(np.isnan(low), least, low) + 0.0


def _not_too_large(end):
    end = end + 0.0
    return np.where(np.isinf(end), np.nan, end) if np.isinf(end).any() else end


def _unknown(a_low, a_high, b_low, b_high):
    return np.isnan(a_low) & np.isnan(a_high) | np.isnan(b_low) & np.isnan(b_high)


def _extremes(*values):
    return np.fmin.reduce(values), np.fmax.reduce(values)


def _ends(low, high, open_low, *operands):
    """Give back open ends as NaN, and unknown where an operand is unknown."""
    (a_low, a_high), (b_low, b_high) = operands
    unknown = _unknown(a_low, a_high, b_low, b_high)
    boundless = ~np.isfinite(high)
    lost = unknown | np.isposinf(low) | ((low == 0) & open_low) | (np.isneginf(low) & boundless)
    return np.where(lost, np.nan, low) + 0.0, np.where(unknown | boundless, np.nan, high) + 0.0
