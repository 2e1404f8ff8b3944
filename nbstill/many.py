"""Many notebooks to many pages and an index: side by side, unchanged ones left as they are, whole or not at all.

Nothing heavy is imported until a page has to be built: an unchanged folder costs no kernel and no nbconvert.
"""

import asyncio
import contextlib
import hashlib
import json
import re
import sys
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from . import hook as hooks
from . import read
from .fault import BuildError, line, say
from .run import CELL_SECONDS, execute, wait_for
from .shelf import INDEX, Shelf

BUDGET = 600_000  # bytes a page; beyond this it is slow to open on a school laptop


def build(
    notebooks: Iterable[str | Path],
    out: str | Path = "still",
    *,
    saved_outputs: bool = False,
    code: bool = False,
    jobs: int = 2,
    timeout: float = CELL_SECONDS,
    progress: Callable[[str], None] = say,
    hook: hooks.Hook | None = None,
    again: bool = False,
) -> list[Path]:
    """Build one page a notebook, and an index of the folder.

    notebooks: paths. out: a folder. saved_outputs: use the outputs saved in the notebooks; run nothing. code: show each
    code cell, folded. jobs: how many run side by side. timeout: seconds a cell. progress: told each line. hook: asked
    first; then those of installed packages. again: build unchanged pages too. A page is known to be unchanged only
    where its hook says what it depends on.
    Returns the paths of the pages, the index last. Raises BuildError: before anything runs where names collide, else
    after all others are built, with a line a notebook; a page that fails stays as it last was. KeyboardInterrupt ends
    all at once.
    """
    notebooks = [Path(n).resolve() for n in notebooks]
    if not notebooks:
        raise BuildError("no notebooks were given: name at least one .ipynb file")
    known = [*([hook] if hook else []), *hooks.found(progress)]
    job = _Job(Shelf(Path(out)), notebooks, known, saved_outputs, code, timeout, progress)
    job.shelf.claim(notebooks)
    stale = job.stale(again)
    if stale:
        try:
            wait_for(lambda: job.make(stale, jobs))
        except KeyboardInterrupt:
            job.shelf.tidy()
            raise
    job.shelf.sweep()
    job.shelf.close(known, [f"{path.stem}.html" for path in notebooks])
    built = len(stale.keys() - job.faults.keys())
    progress(f"{len(job.raw) - len(stale)} unchanged, {built} built, {len(job.faults)} failed: {out}")
    if job.faults:
        raise BuildError("\n".join([*job.faults.values(), "The last good page of each is left in place."]))
    return [*(job.shelf.folder / f"{path.stem}.html" for path in notebooks), job.shelf.folder / INDEX]


class _Job:
    """One build."""

    def __init__(self, shelf, notebooks, known, saved_outputs, code, timeout, progress):
        self.shelf, self.hooks, self.saved, self.code = shelf, known, saved_outputs, code
        self.timeout, self.progress = timeout, progress
        self.faults, self.raw, self.desk = {}, {}, asyncio.Lock()
        for path in notebooks:
            try:
                self.raw[path] = read.raw(path)
            except BuildError as problem:
                self.faults[path] = str(problem)
        self.series = {}
        there = [path for path in notebooks if path in self.raw]
        heads = {path: self._heading(path) for path in there}
        for head in dict.fromkeys(heads.values()):
            self.series |= series_of({path: self.raw[path] for path in there if heads[path] == head})

    def _heading(self, path):
        metadata = self.raw[path]["metadata"]
        return hooks.owner(self.hooks, metadata).heading(metadata)

    def stale(self, again):
        """The notebooks whose pages have to be built, each with the key of what it is made of ("" where unknown)."""
        depends, stale = {}, {}
        for path, raw in self.raw.items():
            hook = hooks.owner(self.hooks, raw["metadata"])
            if hook not in depends:
                depends[hook] = around(hook.depends())
            key = depends[hook] and key_of(path, raw, [self.code, self.saved, depends[hook], self.series.get(path)])
            if again or not self.shelf.is_fresh(f"{path.stem}.html", key):
                stale[path] = key
        return stale

    async def make(self, stale, jobs):
        """Build pages side by side."""
        gate = asyncio.Semaphore(jobs)

        async def one(path, key):
            async with gate:
                try:
                    await self._page(path, key)
                except BuildError as problem:
                    self.faults[path] = str(problem)
                except Exception as problem:  # whatever it is, the other notebooks are built
                    said = f"{path.name}: {type(problem).__name__}: {line(problem)}: a fault of nbstill's own"
                    self.faults[path] = f"{said}; take out cell by cell to find what it trips over"

        await asyncio.gather(*(one(path, key) for path, key in stale.items()))

    async def _page(self, path, key):
        began = time.monotonic()
        self.progress(f"{path.name} …")
        notebook = read.notebook(path)
        if not self.saved:
            notebook = await execute(path, self.timeout, progress=self.progress, notebook=notebook)
        from .exporter import export

        front = hooks.owner(self.hooks, self.raw[path]["metadata"]).front
        index = "" if path.stem == front else INDEX  # the front page is the index itself
        more = {"code": self.code, "index": index, "series": self.series.get(path)}
        async with self.desk:
            html, facts = await _aside(lambda: export(notebook, path, hooks_known=self.hooks, **more))
        facts |= {"key": key, "notebook": str(path), "metadata": self.raw[path]["metadata"]}
        size = self.shelf.put(f"{path.stem}.html", html, facts)
        self.progress(f"{path.stem}.html: {size / 1000:.0f} KB in {time.monotonic() - began:.1f} s")
        if size > BUDGET:
            why = (
                f"{facts['views']} views; make the steps coarser"
                if facts["views"]
                else "make its pictures and tables smaller"
            )
            facts["warnings"].append(f"over {BUDGET // 1000} KB: {why}")
        for warning in facts["warnings"]:
            self.progress(f"  {path.name}, {warning}")


async def _aside(work):
    """Do slow work in a thread of its own: meanwhile the kernels of other notebooks are heard."""
    loop = asyncio.get_running_loop()
    done = loop.create_future()

    def hand(tell, what):
        if not done.done():  # else nobody waits for it any more
            tell(what)

    def go():
        try:
            made = done.set_result, work()
        except BaseException as problem:  # handed over to who waits
            made = done.set_exception, problem
        with contextlib.suppress(RuntimeError):  # the loop is closed after Ctrl-C
            loop.call_soon_threadsafe(hand, *made)

    threading.Thread(target=go, daemon=True).start()
    return await done


def around(paths: Iterable[Path]) -> str:
    """A hash of what pages depend on besides notebooks: some files, nbstill itself, this Python; "" for no files."""
    paths = [p for p in paths if p.is_file()]
    if not paths:
        return ""
    own = [p for p in Path(__file__).parent.rglob("*") if p.is_file() and p.suffix != ".pyc"]
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted([*own, *paths]):
        digest.update(f"{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def key_of(path: Path, raw: dict, more: list) -> str:
    """A hash of what one page is made of: its cells, what stands beside it, the rest; outputs where they are used."""
    saved = more[1]
    cells = [
        [c["cell_type"], c["source"], c.get("attachments"), c["metadata"], saved and c.get("outputs")]
        for c in raw["cells"]
    ]
    near = [p for p in sorted(path.parent.iterdir()) if p.is_file() and p.suffix != ".ipynb" and p.name[0] != "."]
    beside = [[p.name, p.stat().st_mtime_ns] for p in near]  # pictures, say
    whole = json.dumps([cells, raw["metadata"], beside, more], sort_keys=True, default=str)
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()


def question_of(raw: dict, name: str) -> str:
    """What a page asks: its first heading as plain words, else its title, else its file's name."""
    prose = "\n".join(c["source"] for c in raw["cells"] if c["cell_type"] == "markdown")
    heading = re.search(r"^#{1,6} +(.+?)[ #]*$", prose, re.M)
    title = raw["metadata"].get("title")
    return re.sub(r"[*_`]|<[^>]*>", "", heading[1]) if heading else title if isinstance(title, str) and title else name


def series_of(found: dict[Path, dict]) -> dict[Path, dict]:
    """The place of each notebook among those built together: {path: {place, of, previous, next}}; {} for one alone."""
    asked = [(f"{path.stem}.html", question_of(raw, path.stem)) for path, raw in found.items()]
    before, after = [None, *asked[:-1]], [*asked[1:], None]
    if len(asked) < 2:
        return {}
    return {
        path: {"place": n, "of": len(asked), "previous": before[n - 1], "next": after[n - 1]}
        for n, path in enumerate(found, 1)
    }
