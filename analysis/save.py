"""Run notebooks and write them back with their outputs, the same bytes each time: `python -m analysis run`.

What would differ from run to run is left out (times, random ids, the state of widgets), so a saved notebook shows each
control's static view until it is run, and a change in the file is a change in what a reader sees. A last cell holds the
notes to which its numbers' links lead in JupyterLab; a page has notes of its own and leaves that cell out.
"""

import argparse
import asyncio
import html
import re
import sys
from pathlib import Path
from typing import Any

from nbstill.fault import BuildError
from nbstill.run import CELL_SECONDS, execute
from nbstill.shelf import write

from . import cards, case, glossary
from .pages import NOTES, shipped_notebooks
from .working import anchor, of_anchor

WIDGET = "application/vnd.jupyter.widget-view+json"
LANGUAGE = {"name": "python"}
# A link to a number in prose: [label](#target "title"), or <#target>, whose target may hold brackets; a quote in the
# title stands behind a backslash.
LINK = re.compile(
    r"\[(?P<label>[^\]]*)\]\((?:<#(?P<bracketed>[^>\s]+)>|#(?P<bare>[^)\s]+))"
    r'(?:\s+"(?P<title>(?:[^"\\]|\\.)*)")?\)'
)
OUTSIDE = re.compile(r'href="#([^"]+)"')  # a link of an output
INTRO = """## Notes

Where the numbers of this notebook come from. In a cell of code, `case["{id}"]` shows a number with its whole card, and
`case.evaluate("…")` one that was worked out; the words between the quotation marks are the headings below."""
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
        of_case = case.load(told["case"])
        titled(notebook, of_case, path.stem)
        noted(notebook, of_case, path.stem)
    text = nbformat.writes(steady(notebook)) + "\n"
    if text != before:
        write(path, text)
    return text != before


def titled(notebook: Any, of_case: case.Case, name: str = "") -> None:
    """Give each link to a number in its prose a title, its sentence, speaker and source, and to a word its meaning.

    JupyterLab and other viewers show a title on hover, so that a number in a notebook is as good as one on a page.
    notebook: as nbformat has it, changed in place. of_case: the Case of its numbers. name: the notebook's, which its
    links then bear: JupyterLab looks for a link's place in all notebooks that are open. Any other link stays as it is.
    """
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = LINK.sub(lambda found: _with_title(found, of_case, name), cell.source)


def _with_title(found: re.Match, of_case: case.Case, name: str) -> str:
    hover = _hover(target_of(found), of_case)
    if hover is None:
        return found[0]
    said = re.sub(r'(["\\])', r"\\\1", hover)
    place = f"#{anchor(target_of(found), name)}"
    place = f"<{place}>" if "(" in place else place
    return f'[{found["label"]}]({place} "{said}")' if said else f"[{found['label']}]({place})"


def target_of(found: re.Match) -> str:
    """The figure or working that a link of LINK leads to.

    >>> target_of(LINK.match("[10](<#a-/-days(a)>)"))
    'a / days(a)'
    """
    return of_anchor(found["bracketed"] or found["bare"])


def _figure(target, of_case):
    """The figure that a link leads to; None where it leads elsewhere."""
    try:
        return of_case.evaluate(target)
    except (KeyError, ValueError):
        return None


def _hover(target, of_case):
    """What a link says on hover; None where it leads to neither a word nor a figure."""
    if word := glossary.words().get(target):
        return word.meaning
    figure = _figure(target, of_case)
    return None if figure is None else cards.hover(figure)


def noted(notebook: Any, of_case: case.Case, name: str = "") -> None:
    """Put a note for each number and word that the notebook links to into a last cell, under headings of its name.

    notebook: as nbformat has it, with its outputs; changed in place. of_case: the Case of its numbers. name: the
    notebook's. A heading is what the links of outputs name; in it is the place that those of prose name, if they bear
    the notebook's name. The note under it is what a link says on hover.
    """
    import nbformat

    notebook.cells = [cell for cell in notebook.cells if NOTES not in cell.metadata.get("tags", [])]
    asked = sorted(linked(notebook))
    words = {target: glossary.words()[target] for target in asked if target in glossary.words()}
    found = {target: figure for target in asked if (figure := _figure(target, of_case)) is not None}
    if not found and not words:
        return
    first = next((i for i in of_case if i in found), next(iter(of_case)))
    notes = [f"##### {_place(i, name)}{_plain(anchor(i))}\n\n{_said(figure)}" for i, figure in found.items()]
    notes += [
        f"##### {_place(i, name)}{i}\n\n**{_plain(word.term)}**: {_plain(word.meaning)}" for i, word in words.items()
    ]
    text = "\n\n".join([INTRO.format(id=first), *notes])
    notebook.cells.append(nbformat.v4.new_markdown_cell(text, metadata={"tags": [NOTES]}))


def linked(notebook: Any) -> set[str]:
    """What the links of a notebook's prose and outputs lead to within it: figures and workings, and its headings."""
    found = set()
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            found |= {target_of(link) for link in LINK.finditer(cell.source)}
        for output in cell.get("outputs", []):
            shown = output.get("data", {}).get("text/html", "")
            found |= {of_anchor(html.unescape(target)) for target in OUTSIDE.findall(shown)}
    return found


def _place(target, name):
    return f'<a id="{anchor(target, name)}"></a>' if name else ""


def _said(figure):
    return f"**{_plain(str(figure))}**: {_plain(cards.hover(figure))}"


def _plain(text):
    """A text in which Markdown and MathJax find nothing of theirs."""
    return re.sub(r"([\\`*_\[\]<>$~|#&])", r"\\\1", " ".join(text.split()))


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
