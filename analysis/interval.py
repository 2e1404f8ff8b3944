"""Ranges and what may be done with them: interval arithmetic on arrays of low and high ends.

An end that is NaN is open; a range with both ends NaN is unknown, and so is all that is made from it. Everything
counted here is at least nothing, so an open low end reckons as 0 and an open high end as infinity; what such
an end decides comes out open again. A difference can be less than nothing: a low end of -inf says so. An end that grows
too large for a float is open too.
Source: interval arithmetic (Moore 1966), extended to open ends; nothing is estimated here.
"""

import numpy as np


def add(a_low, a_high, b_low, b_high):
    """The range of all sums: [a_low + b_low, a_high + b_high]."""
    al, ah, bl, bh = _bounds(a_low, a_high, b_low, b_high)
    open_low = np.isnan(a_low) & np.isnan(b_low)
    with np.errstate(over="ignore"):
        low, high = al + bl, ah + bh
    return _ends(low, high, open_low, (a_low, a_high), (b_low, b_high))


def subtract(a_low, a_high, b_low, b_high):
    """The range of all differences: [a_low - b_high, a_high - b_low]."""
    al, ah, bl, bh = _bounds(a_low, a_high, b_low, b_high)
    with np.errstate(over="ignore"):
        low, high = al - bh, ah - bl
    return _ends(low, high, False, (a_low, a_high), (b_low, b_high))


def multiply(a_low, a_high, b_low, b_high):
    """The range of all products: the least and the greatest of the four products of ends."""
    al, ah, bl, bh = _bounds(a_low, a_high, b_low, b_high)
    with np.errstate(invalid="ignore", over="ignore"):
        low, high = _extremes(al * bl, al * bh, ah * bl, ah * bh)
    open_low = np.isnan(a_low) | np.isnan(b_low)
    return _ends(low, high, open_low, (a_low, a_high), (b_low, b_high))


def divide(a_low, a_high, b_low, b_high):
    """The range of all quotients: the least and the greatest of the four quotients of ends.

    A divisor that only touches 0 leaves one end open; one that spans 0 leaves both; one that is 0 gives unknown.
    """
    if np.all(b_low > 0) and not np.any(a_low < 0):  # nearly always: and there an open end (NaN) stays open by itself
        with np.errstate(over="ignore"):
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


def hull(a_low, a_high, b_low, b_high):
    """The least range that holds both."""
    al, ah, bl, bh = _bounds(a_low, a_high, b_low, b_high)
    open_low = np.isnan(a_low) | np.isnan(b_low)
    return _ends(np.minimum(al, bl), np.maximum(ah, bh), open_low, (a_low, a_high), (b_low, b_high))


def overlap(a_low, a_high, b_low, b_high):
    """What both ranges hold; unknown (both ends NaN) where they have nothing in common."""
    al, ah, bl, bh = _bounds(a_low, a_high, b_low, b_high)
    low, high = np.maximum(al, bl), np.minimum(ah, bh)
    apart = low > high
    open_low = np.isnan(a_low) & np.isnan(b_low)
    low, high = np.where(apart, np.nan, low), np.where(apart, np.nan, high)
    return _ends(low, high, open_low, (a_low, a_high), (b_low, b_high))


def _bounds(a_low, a_high, b_low, b_high):
    lows = (np.where(np.isnan(x), 0.0, x) for x in (a_low, b_low))
    highs = (np.where(np.isnan(x), np.inf, x) for x in (a_high, b_high))
    (al, bl), (ah, bh) = lows, highs
    return al, ah, bl, bh


def _not_too_large(end):
    return np.where(np.isinf(end), np.nan, end) if np.isinf(end).any() else end


def _extremes(*values):
    return np.fmin.reduce(values), np.fmax.reduce(values)


def _ends(low, high, open_low, *operands):
    """Give back open ends as NaN, and unknown where an operand is unknown."""
    (a_low, a_high), (b_low, b_high) = operands
    unknown = np.isnan(a_low) & np.isnan(a_high) | np.isnan(b_low) & np.isnan(b_high)
    low = np.where(unknown | np.isposinf(low) | ((low == 0) & open_low), np.nan, low)
    high = np.where(unknown | np.isinf(high), np.nan, high)
    return low, high
