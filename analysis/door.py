"""lessons.html: the way in for a class. It lists lessons and tests alone, for the first page tells what they ask."""

import json
from collections.abc import Iterable
from html import escape
from pathlib import Path

NAME, TITLE = "lessons.html", "Lessons and tests"


def write(path: Path, notebooks: Iterable[Path]) -> Path:
    """Write the page. notebooks: of lessons and tests, in their order, each with a heading; their pages lie beside it.

    Returns its path.

    >>> import tempfile
    >>> from analysis.pages import lesson_notebooks
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     made = write(Path(folder) / NAME, lesson_notebooks()).read_text(encoding="utf-8")
    >>> made.count("<li>") == len(lesson_notebooks())
    True
    """
    from .handouts import html  # what brings pandas waits until it is used
    from .tables import write_text

    lists: dict[str, str] = {}
    for notebook in notebooks:
        heading, title = _said(notebook)
        item = f'<li><a href="{escape(notebook.stem)}.html">{escape(title)}</a></li>'
        lists[heading] = lists.get(heading, "") + item
    body = f"<h1>{TITLE}</h1><p>Open the page that your teacher names. Nothing is sent.</p>"
    body += "".join(f"<h2>{escape(heading)}</h2><ul>{items}</ul>" for heading, items in lists.items())
    write_text(path, html.whole(TITLE, "en", f"<main>{body}</main>", "sheet"))
    return path


def _said(notebook):
    """(the heading under which a notebook stands, its title)."""
    read = json.loads(notebook.read_text(encoding="utf-8"))
    first = "".join(read["cells"][0]["source"]).splitlines()[0]
    return read["metadata"].get("whocounted", {}).get("heading") or "Lessons", first.lstrip("# ")
