"""Run a notebook in a kernel of its own, then play its controls; or, on Ctrl-C, end all of it at once.

What comes out is the notebook with its outputs as Restart & Run All leaves them, and with every control's views in the
place of the control.
"""

import asyncio
import contextlib
import os
import signal
import threading
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import read
from .boxes import opened
from .client import client_class, nudge, quiet_config
from .clock import TELL_SECONDS, Clock
from .fault import BuildError, line
from .kernel import CONTROL, PART

if TYPE_CHECKING:
    from nbformat import NotebookNode

CELL_SECONDS = 300  # a cell, or one view, that runs longer is taken for hung
STEP = "import nbstill.kernel as _nbstill_kernel; _nbstill_kernel.{}()"
EXTENSION = "nbstill.kernel"
STATE = "application/vnd.jupyter.widget-state+json"
REST = "make it shorter, or lighter on memory, or use --saved-outputs"
MEND = "mend the cell, or tag it raises-exception, or use --saved-outputs"
_running: set["_Attempt"] = set()  # whose kernels Ctrl-C has to end
_stopping = threading.Event()


def wait_for(work: Callable[[], Coroutine]) -> Any:
    """Run a coroutine in a thread of its own and wait for it.

    The caller may stand in an event loop (a notebook), and Ctrl-C ends it within two seconds whatever it is doing: its
    kernels, and all that they started, are killed.
    """
    loop, result = asyncio.new_event_loop(), {}
    # What went wrong is raised; the tasks that a killed kernel leaves behind have nothing to add to it.
    loop.set_exception_handler(lambda *_: None)
    _stopping.clear()

    def go():
        task = result["task"] = loop.create_task(work())
        try:
            result["value"] = loop.run_until_complete(task)
        except BaseException as problem:  # handed over to the thread that waits
            result["problem"] = problem
        finally:
            loop.close()

    thread = threading.Thread(target=go, daemon=True)
    thread.start()
    try:
        while thread.is_alive():
            thread.join(0.1)
    except KeyboardInterrupt:
        _stopping.set()
        kill_kernels()
        with contextlib.suppress(RuntimeError, KeyError):  # it has ended meanwhile
            loop.call_soon_threadsafe(result["task"].cancel)
        thread.join(1.0)
        kill_kernels()
        raise
    if "problem" in result:
        raise result["problem"]
    return result["value"]


def stopping() -> bool:
    """Whether Ctrl-C was pressed: nothing more is written."""
    return _stopping.is_set()


def kill_kernels() -> None:
    """Kill every kernel of ours with all that it started."""
    for attempt in list(_running):
        attempt.kill()


async def execute(
    path: Path,
    timeout: float = CELL_SECONDS,
    extension: str | None = EXTENSION,
    progress: Callable[[str], None] = lambda words: None,
    notebook: "NotebookNode | None" = None,
) -> "NotebookNode":
    """Run a notebook; a hung or dead kernel is ended and tried once more.

    path: the notebook; it runs in that folder. timeout: seconds a cell, or a step of the views. extension: what the
    kernel loads; None leaves controls as they are. progress: told of slow views. notebook: as it was read, if it was.
    Raises BuildError with the notebook, the cell and the error.
    """
    for last in (False, True):
        attempt = _Attempt(path, timeout, extension, progress, notebook)
        try:
            return await attempt.run()
        except _Hung as problem:
            if stopping():
                raise asyncio.CancelledError from problem
            if last or attempt.flooded:
                twice = ", twice" if last else ""
                raise BuildError(f"{attempt.where()}: {problem}{twice} (limit {timeout:g} s): {REST}") from problem


class _Hung(Exception):
    """The kernel died, or a cell took too long."""


class _Attempt:
    """One run of one notebook."""

    def __init__(self, path, timeout, extension, progress, notebook):
        import copy

        self.path, self.extension, self.progress = path, extension, progress
        self.notebook = copy.deepcopy(notebook) if notebook else read.notebook(path)
        self.kernel = kernel_of(self.notebook, path)
        ours = self.extension and self.kernel[1]
        self.cell, self.count, self.flooded = 0, len(self.notebook.cells), False
        self.began, self.told = 0.0, TELL_SECONDS
        self.client = client_class()(
            self.notebook,
            timeout=timeout,
            kernel_name=self.kernel[0],
            resources={"metadata": {"path": str(path.parent)}},
            extra_arguments=[f"--ext={extension}"] if ours else [],
            shutdown_kernel="immediate",
            record_timing=False,
            config=quiet_config(),
            on_cell_start=self._starts,
        )
        self.client.own_cells = self.count  # those after them play the views
        self.plays = ours

    def where(self):
        return f"{self.path.name}, cell {self.cell}" if self.cell else self.path.name

    def _starts(self, cell, cell_index):
        if cell_index < self.count:  # not a step that plays views
            self.cell, self.began, self.told = cell_index + 1, time.monotonic(), TELL_SECONDS
        else:
            self.began = 0.0

    def _tick(self):
        """Say of a slow cell that it is at work, ever more seldom."""
        ran = time.monotonic() - self.began if self.began else 0
        if ran > self.told:
            self.progress(f"{self.path.name}, cell {self.cell} of {self.count}: at work for {ran:.0f} seconds")
            self.told *= 2

    async def run(self):
        from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

        nudging = asyncio.ensure_future(nudge(self.client, self._tick))
        _running.add(self)
        try:
            async with self.client.async_setup_kernel():
                await self._cells()
                self.client.set_widgets_metadata()
                if self.plays:
                    await self._play()
            return self.notebook
        except CellExecutionError as problem:
            first = next(iter(self.notebook.cells[self.cell - 1].source.splitlines()), "")
            said = f"{problem.ename}: {line(problem.evalue)[:300]}"
            raise BuildError(f"{self.where()} ({line(first)[:60]}): {said}: {MEND}") from problem
        except CellTimeoutError as problem:
            self.flooded = any(c.metadata.get("nbstill_cut") for c in self.notebook.cells)
            raise _Hung("took too long" + " and printed without end" * self.flooded) from problem
        except (DeadKernelError, RuntimeError) as problem:
            raise _Hung("lost its kernel") from problem
        finally:
            nudging.cancel()
            self.kill()  # what a cell had started and left running
            _running.discard(self)

    def kill(self):
        """End the kernel's process group, which no child of its outlives."""
        group = getattr(getattr(self.client.km, "provisioner", None), "pgid", None)
        if group and hasattr(os, "killpg") and group != os.getpgrp():
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(group, signal.SIGKILL)

    async def _cells(self):
        reply = await self.client.async_wait_for_reply(await _now(self.client.kc.kernel_info()))
        self.notebook.metadata["language_info"] = (reply or {}).get("content", {}).get("language_info", {})
        for index, cell in enumerate(self.notebook.cells):
            await self.client.async_execute_cell(cell, index, execution_count=self.client.code_cells_executed + 1)

    async def _play(self):
        """Play every control through its states, a second's worth at a time."""
        widgets = self.notebook.metadata.get("widgets", {}).get(STATE, {}).get("state", {})
        if not widgets and not any(
            CONTROL in o.get("data", {}) for c in self.notebook.cells for o in c.get("outputs", [])
        ):
            return
        held = next((part["held"] for part in await self._ask("settle")), {})
        holders = {}  # a control's number -> the outputs that show it
        for n, cell in enumerate(self.notebook.cells, 1):
            if "outputs" in cell:
                cell.outputs = [one for output in cell.outputs for one in opened(output, widgets, held)]
            for output in cell.get("outputs", []):
                if CONTROL in output.get("data", {}):
                    holders.setdefault(output.data[CONTROL]["number"], []).append((n, output))
        clock = Clock(self.progress, self.path.name)
        while holders and (parts := await self._ask("step")):
            for part in parts:
                self.cell = holders.get(part["number"], [(self.cell, None)])[0][0]
                clock.tell(self.cell, part)
                for _, output in holders.get(part["number"], []) if "control" in part else []:
                    output.data[CONTROL] = part["control"]

    async def _ask(self, what):
        """Let the kernel settle, or step: what it brings back."""
        import nbformat

        cell, index = nbformat.v4.new_code_cell(STEP.format(what)), len(self.notebook.cells)
        self.notebook.cells.append(cell)  # where the client looks for it
        try:
            await self.client.async_execute_cell(cell, index, store_history=False)
        finally:
            self.notebook.cells.pop()
        return [o.data[PART] for o in cell.outputs if PART in o.get("data", {})]


def kernel_of(notebook: "NotebookNode", path: Path) -> tuple[str, bool]:
    """(the kernel's name, whether it is IPython's) for a notebook.

    A Python notebook whose own kernel is not here runs with this Python. Raises BuildError for another language's.
    """
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    spec = notebook.metadata.get("kernelspec", {})
    spec = spec if isinstance(spec, dict) else {}
    told = notebook.metadata.get("language_info", {})
    language = str(spec.get("language") or (told.get("name") if isinstance(told, dict) else "") or "python").lower()
    name = str(spec.get("name") or "python3")
    try:
        found = KernelSpecManager().get_kernel_spec(name)
    except NoSuchKernel as problem:
        if language in ("python", "ipython") and name not in ("ir", "bash"):
            return "python3", True
        raise BuildError(
            f"{path.name}: it is written in {line(language)} and the kernel {line(name)!r} is not installed: "
            "install it, or use the saved outputs (--saved-outputs)"
        ) from problem
    return name, any("ipykernel" in part for part in found.argv)


async def _now(value):
    return await value if asyncio.iscoroutine(value) or asyncio.isfuture(value) else value
