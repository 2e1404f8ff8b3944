"""Our pages beside nbconvert's default, on the same notebooks, in one run: python tests/benchmarks/bench_report.py

CPU is that of the whole process tree. Bytes, requests, axe nodes and first paint are of the page opened from a file;
a request is an address outside the file, whether or not it answers. Controls: how many still redraw.
--short: the two smallest notebooks, and no limit on what a clock tells: first paint and redraw. Notebooks as arguments
replace the project's.
Says of each limit whether it was kept; exits with 1 if one was not.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIMITS = {  # each at most
    "first build without the states / nbconvert, CPU": 1.3,
    "build with nothing changed, CPU seconds": 0.5,
    "requests of our pages": 0,
    "axe nodes of our pages": 0,
    "a page's first paint / nbconvert's page's, medians of nine": 1.05,
    "slowest page's median redraw, ms": 16.0,
}
TIMES = 9  # that a page's first paint is measured, in turn with that of nbconvert's page
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN"
REDRAW = """async () => {
  const times = [];
  const move = async (input, change) => {
    const out = input.closest('.still-control').querySelector('.still-view');
    const drawn = new Promise(done => {
      new MutationObserver((_, seen) => { seen.disconnect(); done(); }).observe(out, {childList: true});
    });
    const began = performance.now();
    change();
    input.dispatchEvent(new Event('input', {bubbles: true}));
    await drawn;
    times.push(performance.now() - began);
  };
  for (const input of document.querySelectorAll('.still-control form input[type=range], .still-control form select')) {
    const most = input.max ? +input.max : input.options.length - 1;
    for (let i = 0; i < 2 * (most + 1); i++) {
      const value = String(i % (most + 1));
      if (input.value !== value) await move(input, () => { input.value = value; });
    }
  }
  for (let i = 0; i < 4; i++) {
    for (const input of document.querySelectorAll('.still-control form input[type=radio]:not(:checked)')) {
      await move(input, () => { input.checked = true; });
    }
  }
  return times;
}"""


def cpu(command, **more):
    """CPU seconds of a command and all it started."""
    before = os.times()
    subprocess.run(command, check=True, capture_output=True, **more)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def builds(notebooks, folder):
    """(nbconvert's CPU, ours first, unchanged, with one notebook changed, states alone) in seconds."""
    theirs = cpu(
        [
            sys.executable,
            "-m",
            "nbconvert",
            "--to",
            "html",
            "--execute",
            "--output-dir",
            folder / "nbconvert",
            *notebooks,
        ]
    )
    ours = [sys.executable, "-m", "nbstill", *notebooks, "--out", folder / "ours"]
    first, unchanged = cpu(ours, cwd=ROOT), cpu(ours, cwd=ROOT)
    changed = json.loads(notebooks[0].read_text(encoding="utf-8"))
    changed["cells"].append({"cell_type": "markdown", "id": "one-more", "metadata": {}, "source": "One more sentence."})
    notebooks[0].write_text(json.dumps(changed), encoding="utf-8")
    one = cpu(ours, cwd=ROOT)
    (folder / "site").mkdir()  # what a kernel runs on starting: here, one view a control
    patch = "import nbstill.controls as controls\ncontrols.MOST_VIEWS = 1\n"
    (folder / "site" / "sitecustomize.py").write_text(patch, encoding="utf-8")
    path = os.pathsep.join(filter(None, [str(folder / "site"), os.environ.get("PYTHONPATH")]))
    alone = cpu([*ours[:-1], folder / "still"], cwd=ROOT, env={**os.environ, "PYTHONPATH": path})
    return theirs, first, unchanged, one, alone


def painted(browser, paths):
    """The median first paint of each page in ms; they are opened in turn, each time in a window of its own."""
    found = {path: [] for path in paths}
    for path in [*paths] * TIMES:
        page = browser.new_page()
        page.goto(path.as_uri(), wait_until="load")
        page.wait_for_timeout(250)
        found[path].append(page.evaluate(PAINT))
        page.close()
    return [statistics.median(found[path]) for path in paths]


def looked_at(browser, path):
    """(bytes, requests, axe nodes, redraws in ms) of a page opened from a file."""
    from axe_playwright_python.sync_playwright import Axe

    page, asked = browser.new_page(), set()
    page.on("request", lambda r: None if r.url.startswith(("file:", "data:", "blob:")) else asked.add(r.url))
    page.goto(path.as_uri(), wait_until="load")
    page.wait_for_timeout(500)
    redraws = page.evaluate(REDRAW)
    nodes = sum(len(v["nodes"]) for v in Axe().run(page).response["violations"])
    page.close()
    return path.stat().st_size, len(asked), nodes, redraws


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("notebooks", nargs="*", type=Path)
    parser.add_argument("--short", action="store_true", help="the two smallest notebooks")
    args = parser.parse_args()
    notebooks = args.notebooks or sorted((ROOT / "notebooks").glob("*.ipynb"))
    if args.short:
        notebooks = sorted(notebooks, key=lambda p: p.stat().st_size)[:2]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copies = [Path(shutil.copy(notebook, folder)) for notebook in notebooks]
        theirs, first, unchanged, one, alone = builds(copies, folder)
        print(f"{len(copies)} notebooks, CPU seconds of the build")
        print(f"  nbconvert, executing and exporting   {theirs:6.1f}")
        print(f"  ours, first                          {first:6.1f}  ({first / theirs:.2f} times)")
        print(f"  ours, first, without the states      {alone:6.1f}  ({alone / theirs:.2f} times)")
        print(f"  ours, nothing changed                {unchanged:6.1f}")
        print(f"  ours, one notebook changed           {one:6.1f}")
        measured = dict(zip(LIMITS, (alone / theirs, unchanged, *show(folder, [c.stem for c in copies])), strict=True))
    return judge(measured, list(LIMITS)[: -2 if args.short else None])


def judge(measured, names):
    """Say of each limit whether it was kept; the exit status."""
    kept = True
    for name in names:
        good = measured[name] <= LIMITS[name]
        kept &= good
        print(f"{name}: {measured[name]:.2f}, at most {LIMITS[name]:g}: {'kept' if good else 'NOT KEPT'}")
    return 0 if kept else 1


def show(folder, names):
    """Print what the pages weigh and how they fare in the browser.

    Returns our pages' requests, axe nodes, greatest first paint as a part of nbconvert's, and greatest median redraw in
    ms (0.0 where there is no control).
    """
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium")
    if not chromium:
        sys.exit("This benchmark needs chromium (on Debian: apt install chromium).")
    ours = []
    print(f"\n{'page':28}{'':>10}{'KB':>6}{'requests':>10}{'axe':>5}{'paint ms':>10}{'redraw ms':>11}")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, headless=True, chromium_sandbox=False)
        for name in names:
            kinds = ("nbconvert", "ours")
            paints = painted(browser, [folder / kind / f"{name}.html" for kind in kinds])
            for kind, paint in zip(kinds, paints, strict=True):
                size, asked, nodes, redraws = looked_at(browser, folder / kind / f"{name}.html")
                middle = f"{statistics.median(redraws):.1f}" if redraws else "-"
                if kind == "ours":
                    ours.append((asked, nodes, paint / paints[0], statistics.median(redraws) if redraws else 0.0))
                print(f"{name[:27]:28}{kind:>10}{size / 1000:6.0f}{asked:10}{nodes:5}{paint:10.0f}{middle:>11}")
        browser.close()
    print()
    requests, nodes, paints, redraws = zip(*ours, strict=True)
    return sum(requests), sum(nodes), max(paints), max(redraws)


if __name__ == "__main__":
    raise SystemExit(main())
