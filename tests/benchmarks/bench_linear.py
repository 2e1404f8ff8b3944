"""Every pass over a page or a picture is linear: `python tests/benchmarks/bench_linear.py [--short]`.

Each input is doubled; the CPU time of its pass may grow by little more than twice. Also what a cell that prints for ever
costs the builder in memory, beside an idle build.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from nbformat import v4

from nbstill import fault, markup, output, pack, picture, record
from nbstill.page import Page

MOST = 3.0  # times, for an input of twice the length; measuring by half-seconds is noisy on a busy machine
CAP = 3 * 20_000_000  # bytes: three times what one cell may show


def page(html):
    return Page(v4.new_notebook()).finish(html)


def drawing(marks):
    return f"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>{marks}</svg>"


def refused(svg):
    try:
        picture.Picture(svg)
    except ValueError:
        return


PASSES = {  # name: (what is done, an input of length n, n)
    "table cells": (page, lambda n: "<table>" + "<tr><td>1</td><td>2</td></tr>" * n + "</table>", 4000),
    "styled cells": (
        page,
        lambda n: f"<style>{''.join(f'#c{i}{{color:red}}' for i in range(n))}</style>"
        f"<table>{''.join(f'<tr><td id=c{i}>1</td></tr>' for i in range(n))}</table>",
        2000,
    ),
    "scripts": (page, lambda n: "<p>a</p><script>1</script>" * n, 2000),
    "links": (page, lambda n: "<a href='#x'>a</a> <p id='y'>b</p>" * n, 4000),
    "brackets in HTML": (page, lambda n: "<" * n, 60_000),
    "open tags": (page, lambda n: "<a " * n, 60_000),
    "comments": (page, lambda n: "<!--" * n, 60_000),
    "nested": (page, lambda n: "<div>" * n, 900),
    "marks of a drawing": (picture.Picture, lambda n: drawing("<path d='M 1.2345 2 L 3 4'/>" * n), 10_000),
    "styles of a drawing": (picture.Picture, lambda n: drawing("<g><path style='fill: #ff0000; stroke: #00ff00' d='M 0 0'/></g>" * n), 8000),
    "brackets in a drawing": (refused, lambda n: "<svg" + "<" * n, 200_000),
    "markdown": (lambda text: markup.markdown(text, markup.Maths()), lambda n: "# a\n\ntext *b* [c](d)\n\n" * n, 1500),
    "printed letters": (output.letters, lambda n: "a\x1b[31mb\r\nc\b" * n, 100_000),
    "overwritten lines": (output.letters, lambda n: "10%\r" * n, 200_000),
    "terminal sequences": (fault.plain, lambda n: "\x1b]0;" * n + "\x1b[", 100_000),
    "halves of letters": (record.sound, lambda n: "a\ud800" * n, 500_000),
    "stylesheet": (pack.css, lambda n: "a > b {\n  color: red;\n}\n" * n, 5000),
}  # fmt: skip


def cpu(done, text, rounds):
    """The least CPU time of a pass, in seconds."""
    taken = []
    for _ in range(rounds):
        began = time.process_time()
        done(text)
        taken.append(time.process_time() - began)
    return min(taken)


def memory(source, timeout):
    """The greatest size of a builder, in bytes, that runs one cell."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.ipynb"
        path.write_text(v4.writes(v4.new_notebook(cells=[v4.new_code_cell(source)])), encoding="utf-8")
        code = (
            "import sys, resource, nbstill\n"
            "from pathlib import Path\n"
            f"try: nbstill.build([Path({str(path)!r})], {str(path.parent / 'out')!r}, timeout={timeout}, progress=lambda w: None)\n"
            "except nbstill.BuildError: pass\n"
            "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)"
        )
        return int(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--short", action="store_true", help="fewer rounds")
    rounds = 2 if parser.parse_args().short else 5
    slow = []
    print(f"{'a pass over':24}{'once, s':>10}{'twice, s':>10}{'times':>8}")
    for name, (done, made, n) in PASSES.items():
        once, twice = (cpu(done, made(k * n), rounds) for k in (1, 2))
        times = twice / max(once, 0.002)
        slow += [name] if times > MOST else []
        print(f"{name:24}{once:10.3f}{twice:10.3f}{times:8.2f}")
    idle, endless = memory("1", 60), memory("while True: print('x' * 1000)", 4)
    print(f"a cell that prints for ever: {(endless - idle) / 1e6:.0f} MB above an idle build of {idle / 1e6:.0f} MB")
    slow += ["memory"] if endless - idle > CAP else []
    print(f"not linear, or over the cap: {', '.join(slow) or 'none'}")
    return 1 if slow else 0


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    raise SystemExit(main())
