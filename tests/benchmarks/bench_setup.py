"""What a reader's set-up takes beside an earlier commit's: `python tests/benchmarks/bench_setup.py [--before COMMIT]`.

Each commit is checked out in a folder of its own and set up from nothing by its own dev.py, in turn, with pip and, where
it is here, with uv: seconds by the clock and of the processors, and megabytes on the disk. Takes minutes and a network, so --short only says that it is
left out (a test holds the weight all the same). Exits with 1 where a limit is not kept.
"""

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BEFORE = "a325220"  # the last commit with one lock for readers and tests
HEAVIEST, SLOWEST = 540, 0.6  # megabytes; this set-up's time over the one before


def set_up(folder, path):
    """Set up from nothing with what is on this PATH; seconds by the clock, of the processors, and megabytes of .venv."""
    shutil.rmtree(folder / ".venv", ignore_errors=True)
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | {"PATH": path}
    base = getattr(sys, "_base_executable", None) or sys.executable
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([base, "dev.py"], cwd=folder, env=env, check=True, capture_output=True)
    seconds, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, cpu, sum(path.lstat().st_blocks * 512 for path in folder.glob(".venv/**/*")) / 1e6


def compare(folders, path, rounds):
    """Print both commits' medians; whether the limits are kept."""
    taken = {name: [] for name in folders}
    for _ in range(rounds):
        for name, folder in folders.items():
            taken[name].append(set_up(folder, path))
    middle = {name: [statistics.median(values) for values in zip(*runs, strict=True)] for name, runs in taken.items()}
    for name, (seconds, cpu, weight) in middle.items():
        each = ", ".join(f"{s:.1f}" for s, _, _ in taken[name])
        print(f"  {name:6}  {weight:6.0f} MB  {seconds:5.1f} s ({each})  {cpu:5.1f} s of the processors")
    clock, cpu = (middle["now"][i] / middle["before"][i] for i in (0, 1))
    print(
        f"  time: {clock:.2f} of the one before by the clock, {cpu:.2f} of the processors; each at most {SLOWEST}",
        flush=True,
    )
    return max(clock, cpu) <= SLOWEST and middle["now"][2] <= HEAVIEST


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--before", default=BEFORE, metavar="COMMIT", help=f"what to compare with (default: {BEFORE})")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--with", dest="way", choices=["pip", "uv"], help="one of the two only")
    parser.add_argument("--short", action="store_true", help="say that this one is left out")
    arguments = parser.parse_args()
    if arguments.short:
        print("set-up times: left out of a short run; they take minutes and a network")
        return 0
    with tempfile.TemporaryDirectory() as there:
        folders = {"before": Path(there, "before"), "now": Path(there, "now")}
        for name, commit in (("before", arguments.before), ("now", "HEAD")):
            subprocess.run(["git", "clone", "--quiet", ROOT, folders[name]], check=True)
            subprocess.run(["git", "checkout", "--quiet", "--detach", commit], cwd=folders[name], check=True)
        uv = shutil.which("uv")
        ways = {"pip": "/usr/bin:/bin"} | ({"uv": f"{Path(uv).parent}:/usr/bin:/bin"} if uv else {})
        kept = []
        for way, path in ways.items():
            if arguments.way not in (None, way):
                continue
            print(way)
            kept.append(compare(folders, path, arguments.rounds))
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
