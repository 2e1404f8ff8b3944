"""What the notebooks cost to run: `python tests/benchmarks/bench_notebooks.py [--short]`.

CPU time of all kernels together, against as many notebooks that import the same packages and draw one chart each. In
one run, in turn; the ratio of the medians is what counts.
"""

import argparse
import asyncio
import resource
import statistics
import tempfile
from pathlib import Path

import nbformat

from analysis.pages import shipped_notebooks
from nbstill.run import execute

LIMIT = 1.5
BARE = """import ipywidgets, matplotlib, pandas
import analysis
from analysis import cards, charts, explore, frames, provenance, scope, words
case = analysis.load()
charts.ranges(analysis.strike_rates(case), title="One chart", subtitle="A day")"""


def cpu(paths):
    """CPU seconds of the kernels that run these notebooks, one after another."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for path in paths:
        asyncio.run(execute(path, 300, extension=None))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--short", action="store_true", help="one round")
    rounds = 1 if parser.parse_args().short else 3
    ours = shipped_notebooks()
    with tempfile.TemporaryDirectory() as folder:
        bare = [Path(folder) / f"bare-{n}.ipynb" for n in range(len(ours))]
        for path in bare:
            nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(BARE)]), path)
        cpu(bare[:1])  # the first run compiles
        taken = [(cpu(ours), cpu(bare)) for _ in range(rounds)]
    all_ours, floor = (statistics.median(column) for column in zip(*taken, strict=True))
    print(f"{len(ours)} notebooks, median CPU seconds of their kernels")
    print(f"{'the notebooks':<34}{all_ours:>8.1f}")
    print(f"{'imports and one chart each':<34}{floor:>8.1f}")
    kept = all_ours / floor <= LIMIT
    print(
        f"the notebooks / imports and one chart: {all_ours / floor:.2f}, at most {LIMIT}: {'kept' if kept else 'NOT KEPT'}"
    )
    return 0 if kept else 1


if __name__ == "__main__":
    raise SystemExit(main())
