"""Many notebooks to many pages and an index: side by side, from a cache where nothing changed, whole or not at all.

Nothing heavy is imported until a page has to be built: an unchanged report costs no kernel and no nbconvert.
"""

import asyncio
import contextlib
import hashlib
import json
import os
import re
import sys
import tempfile
import time
import webbrowser
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from analysis.case import shipped

PACKAGE = Path(__file__).resolve().parents[1]
ROOT = PACKAGE.parent
CELL_SECONDS = 300  # a cell that runs longer is taken for hung
BUDGET = 600_000  # bytes a page; beyond this it is slow to open on a school laptop


class BuildError(Exception):
    """A page could not be built; the message names the notebook, the cell and the error."""


def shipped_notebooks():
    """The notebooks that come with the package, in the order of their names."""
    return sorted(shipped("notebooks").glob("*.ipynb"))


def surroundings():
    """A hash of what every page depends on besides its notebook: the code, the data, the lock, this Python."""
    digest = hashlib.sha256(sys.version.encode())
    files = [*PACKAGE.rglob("*"), *shipped("data").rglob("*"), ROOT / "requirements.lock"]
    for path in sorted(files):
        if path.is_file() and path.suffix not in (".pyc", ".ipynb"):
            digest.update(f"{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def read(path):
    """A notebook as JSON. Raises BuildError if it is none."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as problem:
        raise BuildError(f"{path.name} is not a notebook: {problem}") from problem


def question_of(notebook, name):
    """What a page asks: its first heading as plain words, else its title, else its file's name."""
    prose = "\n".join("".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == "markdown")
    heading = re.search(r"^#{1,6} +(.+?)[ #]*$", prose, re.M)
    return re.sub(r"[*_`]", "", heading[1]) if heading else notebook["metadata"].get("title") or name


def series_of(notebooks):
    """The place of each notebook among those built together: {path: {place, of, previous, next}}; {} for one alone."""
    asked = [(f"{path.stem}.html", question_of(read(path), path.stem)) for path in notebooks]
    before, after = [None, *asked[:-1]], [*asked[1:], None]
    if len(notebooks) < 2:
        return {}
    return {
        path: {"place": n, "of": len(notebooks), "previous": before[n - 1], "next": after[n - 1]}
        for n, path in enumerate(notebooks, 1)
    }


def key_of(path, code, around, series=None):
    """A hash of what one page is made of: its cells without their outputs, what stands beside it, the rest."""
    notebook = read(path)
    cells = [[c["cell_type"], "".join(c["source"]), c.get("attachments")] for c in notebook["cells"]]
    near = [p for p in sorted(path.parent.iterdir()) if p.is_file() and p.suffix != ".ipynb" and p.name[0] != "."]
    beside = [[p.name, p.stat().st_mtime_ns] for p in near]  # pictures, say
    named = [notebook["metadata"].get(name) for name in ("whocounted", "title")]
    whole = [cells, *named, beside, code, around, series]
    return hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()


def write(path, text):
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with open(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


async def execute(path, timeout, extensions=("analysis.report.kernel",)):
    """Run a notebook in a kernel of its own; a hung or dead kernel is ended and tried once more.

    Raises BuildError with the notebook, the cell and the error.
    """
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
    from traitlets.config import Config

    import analysis.report.exporter  # noqa: F401  first: it spares the slow import described there

    for last in (False, True):
        notebook, at = nbformat.read(path, as_version=4), {"cell": 0}
        client = NotebookClient(
            notebook,
            timeout=timeout,
            kernel_name="python3",
            resources={"metadata": {"path": str(path.parent)}},
            extra_arguments=[f"--ext={name}" for name in extensions],
            shutdown_kernel="immediate",
            record_timing=False,
            config=Config({"KernelManager": {"transport_encryption": "auto"}}),
            on_cell_start=lambda cell, cell_index, at=at: at.update(cell=cell_index + 1),
        )
        nudging = asyncio.ensure_future(nudge(client))
        try:
            return await client.async_execute()
        except CellExecutionError as problem:
            first = next(iter(notebook.cells[at["cell"] - 1].source.splitlines()), "")
            said = f"{problem.ename}: {problem.evalue}"
            raise BuildError(f"{path.name}, cell {at['cell']} ({first[:60]}): {said}") from problem
        except (CellTimeoutError, DeadKernelError, RuntimeError) as problem:
            if last:
                why = "took too long" if isinstance(problem, CellTimeoutError) else "lost its kernel"
                raise BuildError(f"{path.name}, cell {at['cell']}: {why}, twice (limit {timeout} s)") from problem
        finally:
            nudging.cancel()


async def nudge(client):
    """Look at the kernel's answers now and then; asyncio can sleep through one.

    jupyter_client sends through a second handle on the same socket, and a send that crosses with an answer eats its
    wake-up. It happens where an Output widget is at work, about once in ten builds; asking for the events mends it.
    """
    import zmq

    while True:
        await asyncio.sleep(0.5)
        if client.kc and client.kc.channels_running:
            client.kc.shell_channel.socket.get(zmq.EVENTS)


def export(notebook, path, code, note, series=None):
    """An executed notebook as (html, facts)."""
    from traitlets.config import Config

    from analysis.report.exporter import Report

    config = Config({"ExecutePreprocessor": {"enabled": False}, "Report": {"code": code}})
    resources = {"metadata": {"name": path.stem, "path": str(path.parent)}, "index_page": "index.html"}
    resources["series"] = series
    report = Report(config=config, note=note)
    report.log.disabled = True  # its warnings are returned, and printed beside the page they belong to
    html, resources = report.from_notebook_node(notebook, resources)
    case = notebook.metadata.get("whocounted", {}).get("case")
    return html, resources["whocounted"] | {"notebook": str(path), "case": case}


def cases_of(pages):
    """What the cases of the pages say of themselves: title, question, content_note. A case not at hand says nothing."""
    from analysis import CaseError, load

    said = []
    for name in dict.fromkeys(facts.get("case") for facts in pages.values()):
        with contextlib.suppress(OSError, CaseError):
            said += [load(name).meta] if name else []
    return said


def contents(pages, out):
    """Write the index: what the case asks; each page with its question, a picture and its reading time."""
    from jinja2 import Environment, FileSystemLoader

    folder = Path(__file__).with_name("templates") / "whocounted"
    environment = Environment(loader=FileSystemLoader(folder), autoescape=True, trim_blocks=True)
    style = (folder / "page.css").read_text(encoding="utf-8")
    template = environment.get_template("contents.html.j2")
    write(out / "index.html", template.render(pages=pages, style=style, cases=cases_of(pages)))


def sweep(known, out, pages):
    """Remove from `out` the pages that we built, and nobody changed, from notebooks that are gone; True if any."""
    wanted, gone = {str(page.resolve()) for page in pages}, []
    for name, facts in known.items():
        page, notebook = Path(name), facts.get("notebook")
        if page.parent == out.resolve() and notebook and name not in wanted and not Path(notebook).exists():
            gone.append(name)
            if page.exists() and hashlib.sha256(page.read_bytes()).hexdigest() == facts["sha256"]:
                page.unlink()
    for name in gone:
        del known[name]
    return bool(gone)


def build(notebooks=None, out=None, *, code=False, jobs=2, progress=print, cache=None, note=None, timeout=CELL_SECONDS):
    """Build one page a notebook, and an index; pages of unchanged notebooks are left as they are.

    notebooks: paths; the repository's if not given. out: a folder; build/report if not given.
    cache: the file that remembers what was built; beside `out` if not given.
    Returns the paths of the pages, the index last. Raises BuildError after all others are built; a page that
    fails stays as it last was.
    """
    out = Path(out or Path("build") / "report")
    notebooks = [Path(n).resolve() for n in notebooks or shipped_notebooks()]
    cache = Path(cache or out.parent / f".{out.name}-cache.json")
    known = json.loads(cache.read_text(encoding="utf-8")) if cache.exists() else {}
    around, series, stale = surroundings(), series_of(notebooks), {}
    for path in notebooks:
        page, key = out / f"{path.stem}.html", key_of(path, code, around, series.get(path))
        old = known.get(str(page.resolve()), {})
        if old.get("key") != key or not page.exists() or old["sha256"] != hashlib.sha256(page.read_bytes()).hexdigest():
            stale[path] = key
    failures = _run(_build_all(stale, series, out, known, code, jobs, progress, note, timeout)) if stale else []
    pages = [out / f"{path.stem}.html" for path in notebooks]
    listed = {p: known[str(p.resolve())] for p in pages if str(p.resolve()) in known and p.exists()}
    if sweep(known, out, pages) or stale or not (out / "index.html").exists():
        contents({page.name: facts for page, facts in listed.items()}, out)
        write(cache, json.dumps(known))
    progress(
        f"{len(notebooks) - len(stale)} unchanged, {len(stale) - len(failures)} built, {len(failures)} failed: {out}"
    )
    if failures:
        raise BuildError("\n".join([*failures, "The last good page of each is left in place."]))
    return [*pages, out / "index.html"]


def _run(coroutine):
    """Run it in a thread: the caller may stand in an event loop of its own (a notebook), and Ctrl-C ends it at once."""
    loop = asyncio.new_event_loop()
    task = loop.create_task(coroutine)
    with ThreadPoolExecutor(1) as pool:
        try:
            return pool.submit(loop.run_until_complete, task).result()
        except BaseException:
            loop.call_soon_threadsafe(task.cancel)  # its kernels are ended on the way out
            raise
        finally:
            pool.shutdown()
            loop.close()


async def _build_all(stale, series, out, known, code, jobs, progress, note, timeout):
    """Build pages side by side; returns the messages of those that failed."""
    gate, failures = asyncio.Semaphore(jobs), []

    async def one(path, key):
        async with gate:
            began = time.monotonic()
            progress(f"{path.name} …")
            try:
                executed = await execute(path, timeout)
            except BuildError as problem:
                failures.append(str(problem))
                return
            html, facts = export(executed, path, code, note, series.get(path))
            page, data = out / f"{path.stem}.html", html.encode()
            write(page, html)
            known[str(page.resolve())] = facts | {"key": key, "sha256": hashlib.sha256(data).hexdigest()}
            progress(f"{page.name}: {len(data) / 1000:.0f} KB in {time.monotonic() - began:.1f} s")
            if len(data) > BUDGET:
                facts["warnings"].append(f"over {BUDGET // 1000} KB: {facts['views']} views; make the steps coarser")
            for warning in facts["warnings"]:
                progress(f"  {path.name}, {warning}")

    await asyncio.gather(*(one(path, key) for path, key in stale.items()))
    return failures


def add_arguments(parser):
    """The arguments of `python -m analysis report`."""
    parser.add_argument("notebooks", nargs="*", metavar="NOTEBOOK", help="default: all of the project's")
    parser.add_argument("--out", help="the folder to write to (default: build/report)")
    parser.add_argument("--with-code", action="store_true", dest="code", help="show each code cell, folded")
    parser.add_argument("--no-code", action="store_false", dest="code", help="leave code out (the default)")
    parser.add_argument("--open", action="store_true", help="open the index in a browser")


def main(args):
    """Run `python -m analysis report`; returns the exit status."""
    try:
        pages = build(args.notebooks, args.out, code=args.code)
    except (BuildError, OSError, ValueError) as problem:
        print(problem, file=sys.stderr)
        return 1
    if args.open:
        webbrowser.open(pages[-1].resolve().as_uri())
    return 0
