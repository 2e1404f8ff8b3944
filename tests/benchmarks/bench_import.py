"""What `import analysis`, and reading a case, cost beside `import pandas`: `python tests/benchmarks/bench_import.py [--short]`.

Each in a fresh interpreter, in turn; the ratio of the medians of CPU time is what counts.
"""

import argparse
import resource
import statistics
import subprocess
import sys

LIMITS = {"import analysis": 1.15, "import analysis; analysis.load()": 1.3}  # times import pandas


def cpu(code):
    """CPU seconds of a fresh interpreter that runs the code."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--short", action="store_true", help="fewer rounds")
    rounds = 7 if parser.parse_args().short else 21
    taken = {"import pandas": [], "import analysis": [], "import analysis; analysis.load()": []}
    for code in taken:
        cpu(code)  # the first run compiles
    for _ in range(rounds):
        for code, times in taken.items():
            times.append(cpu(code))
    medians = {code: statistics.median(times) for code, times in taken.items()}
    floor = medians["import pandas"]
    print("median CPU milliseconds of a fresh interpreter, and the ratio to import pandas")
    for code, seconds in medians.items():
        print(f"{code:<36}{seconds * 1000:>8.0f}{seconds / floor:>8.2f}")
    kept = {code: medians[code] / floor <= limit for code, limit in LIMITS.items()}
    for code, limit in LIMITS.items():
        print(f"{code}: at most {limit}: {'kept' if kept[code] else 'NOT KEPT'}")
    return int(not all(kept.values()))


if __name__ == "__main__":
    raise SystemExit(main())
