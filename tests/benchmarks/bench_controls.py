"""What a move of a control costs in the kernel: `python tests/benchmarks/bench_controls.py [--short]`.

Each ready-made function behind its control is moved through its choices on the shipped case, in turn with a bare
matplotlib figure of the same size (four lines, saved as SVG), so that what else the machine does falls on both alike.
The time is CPU time of a whole redraw: the function, its chart, its table, the HTML handed to the widget.
"""

import argparse
import io
import statistics
import time
from functools import partial

import ipywidgets as w
from matplotlib.figure import Figure

import analysis
from analysis import charts, explore, frames, scope

LIMIT = 100  # milliseconds, the median of a redraw


def dials(case):
    """Every ready-made function with a control round it, on the case's own rows."""
    strikes = analysis.strike_rates(case)
    fighters = analysis.fighter_counts(case, references=True)
    fighters = fighters[fighters["place"].isin(["Iraq and Syria", "unknown"])]
    countries = analysis.origin_countries(case, references=True)
    told = {"title": "A finding of some length, as a notebook says it", "subtitle": "What is counted, and in what unit"}
    bases = [explore.EVERY, *sorted(countries["basis"].unique())]
    present = fighters[fighters["measure"] == "fighters"]
    lands = frames.by_country(case).query("series in ('icsr-2013', 'icsr-2015')")
    lands = lands.assign(said_by=lands["series"])
    return {
        "re_express": (partial(explore.re_express, case, "related-sorties"), {"per": list(explore.PER)}),
        "count_as": (partial(explore.count_as, strikes, **told), {"as_": explore.AS}),
        "trace": (partial(explore.trace, case), {"figure_id": list(strikes["figure_id"])}),
        f"over_time, {len(countries)} rows": (
            partial(explore.over_time, countries, **told),
            {"basis": bases},
        ),
        f"over_time, {len(present)} rows": (
            lambda basis: explore.over_time(present, basis, **told),
            {"basis": [explore.EVERY, "present at the time"]},
        ),
        "the scope dial": (partial(scope.dial, case), {"unit": scope.positions(case)["unit"], "over": ["a", "b"]}),
        f"countries, {len(lands)} rows": (
            lambda top: charts.countries(lands, series="said_by", top=top, **told),
            {"top": [10, 15, 20]},
        ),
    }


def bare(width, height):
    """A plain figure of that size in inches, four lines, as SVG."""
    figure = Figure(figsize=(width, height))
    axes = figure.add_subplot()
    for n in range(4):
        axes.plot([0, 1, 2, 3], [n, n + 1, n, n + 2], label=f"line {n}")
    axes.set(title="A finding", xlabel="year", ylabel="strikes/day")
    figure.savefig(io.BytesIO(), format="svg", metadata={"Date": None})


def timed(action, *given):
    start = time.process_time()
    action(*given)
    return 1000 * (time.process_time() - start)


def move(control):
    """Move a control's first widget to its next choice."""
    widget: w.Dropdown = control.kwargs_widgets[0]
    widget.index = (widget.index + 1) % len(widget.options)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--short", action="store_true", help="fewer rounds")
    rounds = 9 if parser.parse_args().short else 41
    case, slow = analysis.load(), []
    print(f"{'a move of':28} {'first':>9} {'median':>9} {'bare':>9} {'ratio':>7}   (ms of CPU, {rounds} rounds)")
    for name, (f, choices) in dials(case).items():
        control = explore.control(f, **choices)
        size = _size(control)
        first, taken, floor = timed(move, control), [], []
        for _ in range(rounds):
            taken.append(timed(move, control))
            floor.append(timed(bare, *size))
        median, least = statistics.median(taken), statistics.median(floor)
        print(f"{name:28} {first:9.1f} {median:9.1f} {least:9.1f} {median / least:7.2f}")
        slow += [name] if median >= LIMIT or control.error else []
    if slow:
        raise SystemExit(f"over {LIMIT} ms, or failed: {', '.join(slow)}")


def _size(control):
    """The size in inches of the chart that a control shows, read from its SVG; of a usual one where it shows a list."""
    import base64
    import re

    found = re.search(r"base64,([^\"]+)", control.view.value)
    if found is None:
        return [7.0, 4.0]
    drawing = base64.b64decode(found[1]).decode()
    return [float(re.search(rf'<svg [^>]*{side}="([\d.]+)"', drawing)[1]) / 72 for side in ("width", "height")]


if __name__ == "__main__":
    main()
