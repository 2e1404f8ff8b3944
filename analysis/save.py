"""Run notebooks and write them back with their outputs, the same bytes each time: `python -m analysis run`.

What would differ from run to run is left out (times, random ids, the state of widgets), so a saved notebook shows each
control's static view until it is run, and a change in the file is a change in what a reader sees.
"""

import argparse
import asyncio
import re
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from nbstill.fault import BuildError
from nbstill.run import CELL_SECONDS, execute
from nbstill.shelf import write

from . import cards, case
from .pages import shipped_notebooks

WIDGET = "application/vnd.jupyter.widget-view+json"
LANGUAGE = {"name": "python"}
# A link to a number in prose: [label](#target "title"); a quote in the title stands behind a backslash.
LINK = re.compile(r'\[(?P<label>[^\]]*)\]\(#(?P<target>[^)\s]+)(?:\s+"(?P<title>(?:[^"\\]|\\.)*)")?\)')
KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}


def save(path: Path, timeout: float = CELL_SECONDS) -> bool:
    """Run one notebook and write it back whole, or not at all. Returns whether its bytes changed.

    Raises BuildError with the notebook, the cell and the error; the file then stays as it was.
    """
    import nbformat

    before = path.read_text(encoding="utf-8")
    notebook = asyncio.run(execute(path, timeout, extension=None))
    told = notebook.metadata.get("whocounted")
    if isinstance(told, dict) and isinstance(told.get("case"), str):
        titled(notebook, case.load(told["case"]))
    text = nbformat.writes(steady(notebook)) + "\n"
    if text != before:
        write(path, text)
    return text != before


def titled(notebook: Any, of_case: case.Case) -> None:
    """Give each link to a number in its prose a title: its sentence, speaker and source. In place.

    JupyterLab and other viewers show a title on hover, so that a number in a notebook is as good as one on a page.
    notebook: as nbformat has it. of_case: the Case of its numbers. A link that is to no number stays as it is.
    """
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = LINK.sub(lambda found: _with_title(found, of_case), cell.source)


def _with_title(found: re.Match, of_case: case.Case) -> str:
    try:
        figure = of_case.evaluate(unquote(found["target"]))
    except (KeyError, ValueError):
        return found[0]
    said = re.sub(r'(["\\])', r"\\\1", cards.hover(figure))
    return f'[{found["label"]}](#{found["target"]} "{said}")' if said else f"[{found['label']}](#{found['target']})"


def steady(notebook: Any) -> Any:
    """Leave out of an executed notebook what differs from run to run, in place; returns it."""
    kept = {k: v for k, v in notebook.metadata.items() if k in ("whocounted", "title")}
    notebook.metadata.clear()
    notebook.metadata.update(kernelspec=KERNEL, language_info=LANGUAGE, **kept)
    for n, cell in enumerate(notebook.cells, start=1):
        cell["id"] = f"cell-{n:02}"
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(WIDGET, None)
            output.pop("transient", None)
    return notebook


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `python -m analysis run`."""
    parser.add_argument("notebooks", nargs="*", type=Path, metavar="NOTEBOOK", help="default: all of the project's")


def main(args: argparse.Namespace) -> int:
    """Run `python -m analysis run`; returns the exit status."""
    failed = False
    for path in args.notebooks or shipped_notebooks():
        try:
            print(f"{path.name}: {'changed' if save(path.resolve()) else 'as it was'}", flush=True)
        except OSError as problem:
            failed = True
            print(f"{path.name}: cannot be read or written ({problem.strerror})", file=sys.stderr)
        except (BuildError, ValueError) as problem:  # bytes that are no text, or text that is no JSON
            failed = True
            print(problem if isinstance(problem, BuildError) else f"{path.name}: it is no notebook", file=sys.stderr)
    return 1 if failed else 0
