"""What pages say that could be false, and the checks that say whether it holds: one for each finding and chart title.

A page's checks stand in a module of its own here, page_00.py and so on:

    @holds("00-start-here", "The article’s twelve figures are seven numbers.")
    def _(case):
        assert len(case.figures) == 12

The words are those of the notebook: links by their labels; what an f-string fills in is an ellipsis, …, and the check
may ask for it too. test_findings.py sees that each finding has a check, each check a finding, and that all hold.
"""

import ast
import html
import importlib
import pkgutil
import re
from collections.abc import Callable
from pathlib import Path

import nbformat

from analysis.save import LINK

CHARTS = ("strip", "sides", "ranges", "timeline", "countries", "tiles", "hedges", "voices", "relay_chain", "count_as")
NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
CHECKS: dict[tuple[str, str], Callable] = {}


def holds(page: str, words: str) -> Callable:
    """The decorator of a check: a function of the case that asserts what a page says."""

    def kept(check):
        assert (page, words) not in CHECKS, f"two checks for {words!r}"
        CHECKS[page, words] = check
        return check

    return kept


def of_page(notebook) -> list[str]:
    """What a notebook says that could be false: its headline or first sentence, bold leads of lists, chart titles."""
    prose = [plain(c.source) for c in notebook.cells if c.cell_type == "markdown"]
    return [*_first(prose), *_leads(prose), *_titles(notebook)]


def plain(markdown: str) -> str:
    """Markdown with the label of each link to a number in its place.

    >>> plain('some [80](#a "b") of them')
    'some 80 of them'
    """
    return LINK.sub(lambda found: found["label"], markdown)


def shown(page: str) -> str:
    """What the saved notebook of a page shows: the HTML of its outputs, one below the other."""
    cells = nbformat.read(NOTEBOOKS / f"{page}.ipynb", as_version=4).cells
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    return html.unescape("\n".join(output.get("data", {}).get("text/html", "") for output in outputs))


def _first(prose):
    """The headline, or, where that is a question, the sentence that answers it."""
    lines = [line for text in prose for line in text.splitlines() if line.strip()]
    heading = re.sub(r"^# +", "", lines[0])
    if not heading.endswith("?"):
        return [heading]
    return [re.match(r".*?[.!?](?= |$)|.*", lines[1])[0]]


def _leads(prose):
    """Bold words that begin an item of a list, and bold sentences of ten words or more that begin a paragraph."""
    items = [lead for text in prose for lead in re.findall(r"^- \*\*(.+?)\*\*", text, flags=re.M)]
    begins = [lead for text in prose for lead in re.findall(r"^\*\*(.+?\.)\*\*", text, flags=re.M)]
    return items + [lead for lead in begins if len(lead.split()) >= 10]


def _titles(notebook):
    """The titles of charts as its code writes them."""
    found = []
    for cell in notebook.cells:
        tree = ast.parse(cell.source) if cell.cell_type == "code" else None
        for node in ast.walk(tree) if tree else ():
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in CHARTS:
                found += [_text(keyword.value) for keyword in node.keywords if keyword.arg == "title"]
    return found


def _text(node):
    if isinstance(node, ast.Constant):
        return node.value
    if not isinstance(node, ast.JoinedStr):
        return f"{ast.unparse(node)}: a title that is not written where the chart is drawn"
    return "".join(part.value if isinstance(part, ast.Constant) else "…" for part in node.values)


def read() -> dict[tuple[str, str], Callable]:
    """All checks of all pages."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return CHECKS
