"""What ratios, overlaps and rates of ranges cost: `python tests/benchmarks/bench_contrast.py [--short]`.

A ratio against the floor (bare numpy: four quotients, their least and greatest), plain columns, and the peer that
carries more than a number: uncertainties. An overlap and a rate a day each against the numpy that gives the same numbers
from the same columns, without working, unit or note: the greater low and the lesser high; two dates read, their days,
two quotients. Their frame has what frames.topic gives: its columns, a note, open ends, unknown numbers, a working of its
own in each row. One run, medians of interleaved rounds; ratios are what counts.
"""

import argparse
import statistics
import time

import numpy as np
import pandas as pd
import uncertainties
from uncertainties import unumpy

import analysis
from analysis import interval
from analysis.figure import Figure

LIMITS = {
    "low and high / bare numpy": (2.0, "at most"),
    "uncertainties / whole result": (20.0, "at least"),
    "overlap / its numpy": (10.0, "at most"),
    "per_day / its numpy": (10.0, "at most"),
    "per_day of timestamps / its numpy": (10.0, "at most"),
}


def sample(rows):
    """Ranges as they come: low and high of each row, a unit, an id, a period of 1 to 40 days in some four years."""
    rng = np.random.default_rng(7)
    low = rng.uniform(1, 100, rows)
    ids = pd.Series(np.arange(rows).astype("U7")).radd("figure-").astype("str")
    data = {"figure_id": ids, "low": low, "high": low + rng.uniform(0, 50, rows), "unit": "strikes/day", "hedge": ""}
    first = np.datetime64("2014-06-01") + rng.integers(0, 1400, rows).astype("timedelta64[D]")
    last = first + rng.integers(0, 40, rows).astype("timedelta64[D]")
    dates = {
        c: pd.Series(np.datetime_as_string(d)).astype("str") for c, d in (("period_start", first), ("period_end", last))
    }
    return pd.DataFrame(data).assign(working=ids, basis="total over the period", **dates)


def as_topic(data):
    """The rows of sample() in the columns of frames.topic: a case, hedges, a note, open ends and unknown numbers."""
    real = analysis.strike_rates(references=True).sample(len(data), replace=True, random_state=7, ignore_index=True)
    part = pd.Series(np.random.default_rng(8).random(len(data)))
    open_high, open_low = part < 0.1, part > 0.95
    frame = real.assign(**data, note=pd.Series("", data.index, dtype="str"))
    return frame.assign(high=frame["high"].mask(open_high), low=frame["low"].mask(open_low | (part < 0.05)))


def numpy_overlap(frame, base):
    low, high = np.maximum(frame["low"].to_numpy(), base.low), np.minimum(frame["high"].to_numpy(), base.high)
    apart = low > high
    return np.where(apart, np.nan, low), np.where(apart, np.nan, high)


def numpy_per_day(frame):
    first, last = (frame[c].to_numpy().astype("datetime64[D]") for c in ("period_start", "period_end"))
    days = (last - first).astype("float64") + 1
    return frame["low"].to_numpy() / days, frame["high"].to_numpy() / days


def bare_numpy(frame, base):
    a, b = frame["low"].to_numpy(), frame["high"].to_numpy()
    quotients = a / base.low, a / base.high, b / base.low, b / base.high
    low = np.minimum(np.minimum(quotients[0], quotients[1]), np.minimum(quotients[2], quotients[3]))
    high = np.maximum(np.maximum(quotients[0], quotients[1]), np.maximum(quotients[2], quotients[3]))
    return low, high


def low_and_high(frame, base):
    return interval.divide(frame["low"].to_numpy(), frame["high"].to_numpy(), base.low, base.high)


def low_and_high_with_open_ends(frame, base):
    return interval.divide(frame["low"].to_numpy(), frame["open"].to_numpy(), base.low, base.high)


def plain_columns(frame, base):
    return pd.DataFrame({"low": frame["low"] / base.high, "high": frame["high"] / base.low})


def with_uncertainties(frame, base):
    middle, half = (frame["low"] + frame["high"]) / 2, (frame["high"] - frame["low"]) / 2
    other = uncertainties.ufloat((base.low + base.high) / 2, (base.high - base.low) / 2)
    return unumpy.uarray(middle, half) / other


def median_times(functions, rounds):
    """Median seconds of each function, called in turn so that the machine's moods fall on all alike."""
    taken = {name: [] for name in functions}
    for _ in range(rounds):
        for name, function in functions.items():
            start = time.process_time()
            function()
            taken[name].append(time.process_time() - start)
    return {name: statistics.median(times) for name, times in taken.items()}


def overlaps_and_rates(rounds):
    """Overlaps and rates a day over the numpy that gives their numbers: a million rows, since fewer fit in a cache."""
    plain, wide = sample(1_000_000), Figure(40.0, 70.0, "strikes/day", "figure-0", case=analysis.load())
    frame, totals = as_topic(plain), plain.assign(unit="strikes")
    stamped = totals.assign(**{c: pd.to_datetime(totals[c]) for c in ("period_start", "period_end")})
    taken = median_times(
        {
            "numpy of an overlap": lambda: numpy_overlap(frame, wide),
            "analysis.overlap": lambda: analysis.overlap(frame, wide),
            "numpy of a rate a day": lambda: numpy_per_day(totals),
            "analysis.per_day": lambda: analysis.per_day(totals),
            "analysis.per_day of timestamps": lambda: analysis.per_day(stamped),
        },
        rounds,
    )
    print("1,000,000 rows; median CPU milliseconds")
    for name, seconds in taken.items():
        print(f"{name:<40}{seconds * 1000:>10.1f}")
    of_numpy = taken["numpy of a rate a day"]
    return {
        "overlap / its numpy": taken["analysis.overlap"] / taken["numpy of an overlap"],
        "per_day / its numpy": taken["analysis.per_day"] / of_numpy,
        "per_day of timestamps / its numpy": taken["analysis.per_day of timestamps"] / of_numpy,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--short", action="store_true", help="fewer rows and rounds")
    short = parser.parse_args().short
    rows = 200_000 if short else 1_000_000
    frame, base = sample(rows), Figure(2.0, 5.0, "strikes/day", "figure-0")
    frame["open"] = frame["high"].where(frame.index % 10 > 0)
    fast = median_times(
        {
            "bare numpy": lambda: bare_numpy(frame, base),
            "low and high": lambda: low_and_high(frame, base),
            "low and high, a tenth of them open": lambda: low_and_high_with_open_ends(frame, base),
            "plain columns": lambda: plain_columns(frame, base),
            "whole result (analysis.ratios)": lambda: analysis.ratios(frame, base),
        },
        rounds=5 if short else 9,
    )
    fast |= median_times({"uncertainties": lambda: with_uncertainties(frame, base)}, rounds=1 if short else 3)
    floor = fast["bare numpy"]
    print(f"{rows:,} rows; median CPU milliseconds, and the ratio to bare numpy")
    for name, seconds in fast.items():
        print(f"{name:<40}{seconds * 1000:>10.1f}{seconds / floor:>10.1f}")
    measured = {
        "low and high / bare numpy": fast["low and high"] / floor,
        "uncertainties / whole result": fast["uncertainties"] / fast["whole result (analysis.ratios)"],
        **overlaps_and_rates(rounds=3 if short else 9),
    }
    kept = True
    for name, value in measured.items():
        limit, kind = LIMITS[name]
        good = value <= limit if kind == "at most" else value >= limit
        kept &= good
        print(f"{name}: {value:.2f}, {kind} {limit:g}: {'kept' if good else 'NOT KEPT'}")
    return 0 if kept else 1


if __name__ == "__main__":
    raise SystemExit(main())
