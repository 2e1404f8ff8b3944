"""This project's pages: what it gives to nbstill through its door, and the commands under their old names.

A link to a figure, a working or a word leads to its note; the index says what the case asks; a stylesheet draws cards.
"""

import contextlib
import functools
import hashlib
import json
import re
import sys
from collections.abc import Iterable, Mapping, Set
from html import escape
from pathlib import Path
from typing import Any

import nbstill

from . import door, glossary, working
from .commands import shipped

PACKAGE = Path(__file__).resolve().parent
ROOT = PACKAGE.parent


TEMPLATE = "explore.ipynb"  # the notebook that takes any case
CLASS_PAGE, HANDOUTS = "class-page.html", "handouts/index.html"
NOTES = "remove-cell"  # the tag of a cell that is for a notebook alone, as other makers of pages have it too


def shipped_notebooks() -> list[Path]:
    """The notebooks that come with the package, in the order of their names, the template among them; then lessons."""
    folder = shipped("notebooks")
    return [*sorted(folder.glob("*.ipynb")), *lesson_notebooks()]


def lesson_notebooks() -> list[Path]:
    """The notebooks of lessons, in the order of their names; those that read a class's files are none."""
    return sorted(p for p in (shipped("notebooks") / "lessons").glob("*.ipynb") if p.name != "class.ipynb")


class Pages(nbstill.Hook):
    """What the pages of a case's notebooks get; a notebook names its case in its metadata."""

    listed, drawn, front = "wc-source", "wc-draw", "00-start-here"

    @property
    def elements(self) -> Mapping[str, Iterable[str]]:
        """The elements of questions."""
        from .ask import element  # as below: a folder that is up to date needs no room that brings pandas

        return element.ELEMENTS

    @property
    def beside(self) -> Mapping[str, Mapping[str, str]]:
        """What is made of no notebook: the handouts, the class page, and the way in for a class."""
        from .classroom.page import TITLE

        teachers = {HANDOUTS: "Sheets, cards and screens", CLASS_PAGE: TITLE}
        return {"For students": {door.NAME: door.TITLE}, "For teachers": teachers}

    @property
    def style(self) -> str:
        """The looks of cards, quotes and sources, of charts with their typefaces, and the front page."""
        from .charts import page  # brings matplotlib, which a folder that is up to date does not need

        sheets = (PACKAGE / "pages.css", PACKAGE / "front" / "front.css")
        return page.style() + "".join(sheet.read_text(encoding="utf-8") for sheet in sheets)

    @property
    def script(self) -> str:
        """What moves in a chart."""
        from .charts import page

        return page.script()

    def extra(self, elements: Set[str]) -> tuple[str, str]:
        """What a page with questions needs, and no other."""
        from .ask import page

        return (page.style(), page.script()) if elements else ("", "")

    def owns(self, metadata: Mapping[str, Any]) -> bool:
        """Whether a notebook names a case."""
        return bool(_case_of(metadata))

    def heading(self, metadata: Mapping[str, Any]) -> str:
        """The heading that a notebook names for itself in its metadata: Lessons, say."""
        told = metadata.get("whocounted")
        return str(told.get("heading", "")) if isinstance(told, Mapping) else ""

    def note(self, metadata: Mapping[str, Any], target: str) -> nbstill.Note:
        """A figure's card, the working of a derived number with its operands, or what a word means.

        Raises KeyError or ValueError where the target is none of them.
        """
        target = working.of_anchor(target)
        if target.startswith("word-"):
            word = glossary.words()[target]
            return nbstill.Note(word.term, word.meaning, f"<p>{escape(word.meaning)}</p>")
        from . import cards

        said = cards.note(_loaded(_case_of(metadata)).evaluate(target))
        return nbstill.Note(said.head, said.source, said.body)

    def index(self, pages: Mapping[str, Mapping[str, Any]]) -> nbstill.Index:
        """What the cases of the pages say of themselves. A case that is not at hand says nothing."""
        names = dict.fromkeys(_case_of(facts.get("metadata") or {}) for facts in pages.values())
        said = []
        for name in filter(None, names):
            with contextlib.suppress(OSError, ValueError):  # a CaseError is a ValueError
                said.append(_loaded(name).meta)
        return nbstill.Index(
            title="Who Counted?" if said else "Questions",
            lead=tuple((meta["title"], meta["question"]) for meta in said),
            notes=tuple(meta["content_note"] for meta in said if meta["content_note"] not in ("", "none")),
            foot="Every number with a dotted line leads to a note: who said it, where it stands, who counted. "
            "The pages work without a network.",
        )

    def depends(self) -> Iterable[Path]:
        """The code, the data and the lock."""
        files = [*PACKAGE.rglob("*"), *shipped("data").rglob("*"), ROOT / "requirements.lock"]
        return [path for path in files if path.suffix not in (".pyc", ".ipynb")]


hook = Pages()


def _case_of(metadata):
    told = metadata.get("whocounted")
    name = told.get("case") if isinstance(told, Mapping) else None
    return name if isinstance(name, str) else ""


@functools.lru_cache(maxsize=4)
def _loaded(case):
    """A case read once for all notes of a page."""
    from .case import load

    return load(case)


# A page of any case ---------------------------------------------------------------------------------------------------


def explore(case: str | Path, folder: Path) -> Path:
    """A copy of the template with a case put in: its name or folder in the line that loads it, its title at the head.

    case: a case's name or folder. folder: where the copy goes, named after the case; one that is there is replaced.
    Returns its path. Raises FileNotFoundError, naming the cases that there are, and CaseError where it has faults.
    """
    from .case import folder_of, home, load
    from .tables import write_text

    where = folder_of(case)
    told, name = load(where), where.name if where.parent == home() else str(where.resolve())
    notebook = json.loads((shipped("notebooks") / TEMPLATE).read_text(encoding="utf-8"))
    notebook["metadata"] |= {"title": told.meta["title"], "whocounted": {"case": name, "data": _digest(where)}}
    head = re.sub(r"([\\`*_\[<&])", r"\\\1", " ".join(told.meta["title"].split()))
    notebook["cells"] = [cell for cell in notebook["cells"] if NOTES not in cell["metadata"].get("tags", [])]
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        source = re.sub(r"^# .*", lambda _: f"# {head}", source) if cell["cell_type"] == "markdown" else source
        if cell["cell_type"] == "code":
            source = re.sub(r"(?<=analysis\.load\().*?(?=\))", lambda _: repr(name), source)
            cell |= {"outputs": [], "execution_count": None}
        cell["source"] = source
    path = folder / f"{told.name}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_text(path, json.dumps(notebook, ensure_ascii=False, indent=1) + "\n")
    return path


def _digest(folder: Path) -> str:
    """A hash of a case's files: where they have changed, its page is built again, wherever they are."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.iterdir() if path.is_file()):
        digest.update(f"{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def class_page(folder: Path) -> Path:
    """Write the page on which a teacher without Python reads a class's files, unless it stands of the same things.

    folder: of the project's pages, whose looks it has. Returns its path.
    """

    def make(path):
        from nbstill import pack

        from . import classroom
        from .classroom.page import page
        from .tables import write_text

        keys = [classroom.key_of(name) for name in classroom.with_questions()]
        write_text(path, page(keys, [pack.sheet(), pack.css(hook.style)]))

    return _made(folder / CLASS_PAGE, make)


def handouts(folder: Path) -> Path:
    """Write the handouts to which lessons lead, unless they stand of the same things.

    folder: of the project's pages; they have a folder in it. Returns the path of their index.
    """

    def make(path):
        from .handouts import build

        build(out=path.parent)

    return _made(folder / HANDOUTS, make)


def _made(path, make):
    """A file that is made unless it stands of the same code and data, and as it was made."""
    from nbstill.many import around

    memory, made_of = path.with_name(f".{path.stem}.txt"), around(hook.depends())
    with contextlib.suppress(OSError):
        if memory.read_text(encoding="utf-8") == made_of + hashlib.sha256(path.read_bytes()).hexdigest():
            return path
    path.parent.mkdir(parents=True, exist_ok=True)
    make(path)
    memory.write_text(made_of + hashlib.sha256(path.read_bytes()).hexdigest(), encoding="utf-8")
    return path


# The command ----------------------------------------------------------------------------------------------------------


def add_arguments(parser) -> None:
    """The arguments of `python -m analysis report`: of `python -m nbstill`, and cases by name or folder."""
    from nbstill.__main__ import add_arguments

    add_arguments(parser, many="*", out=str(Path("build") / "report"))
    [given] = [action for action in parser._actions if action.dest == "notebooks"]
    given.metavar, given.help = "CASE", "a case, by its name or folder, or a notebook; without one the project's pages"


def main(args) -> int:
    """Run `python -m analysis report`; returns the exit status."""
    from nbstill.__main__ import run

    if any(name.endswith(".ipynb") for name in args.notebooks):
        print("for notebooks python -m analysis report is now python -m nbstill", file=sys.stderr)
    if not args.notebooks:
        class_page(Path(args.out))
        handouts(Path(args.out))
        door.write(Path(args.out) / door.NAME, lesson_notebooks())
    copies = Path(args.out).parent / "explore"
    made = [Path(n) if n.endswith(".ipynb") else explore(n, copies) for n in args.notebooks]
    args.notebooks = list(dict.fromkeys(made)) or [path for path in shipped_notebooks() if path.name != TEMPLATE]
    status = run(args, hook=hook)
    if not status:
        print("\n".join(f"Open {Path(args.out) / path.stem}.html" for path in made), end="\n" * bool(made))
    return status
