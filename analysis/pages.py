"""This project's pages: what it gives to nbstill through its door, and the commands under their old names.

A link to a figure or a working leads to its note; the index says what the case asks; a stylesheet draws cards.
"""

import contextlib
import functools
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import nbstill

from . import cards
from .case import load, shipped
from .tables import CaseError

PACKAGE = Path(__file__).resolve().parent
ROOT = PACKAGE.parent


def shipped_notebooks() -> list[Path]:
    """The notebooks that come with the package, in the order of their names."""
    return sorted(shipped("notebooks").glob("*.ipynb"))


class Pages(nbstill.Hook):
    """What the pages of a case's notebooks get; a notebook names its case in its metadata."""

    listed = "wc-source"

    @property
    def style(self) -> str:
        """The looks of cards, quotes and sources."""
        return (PACKAGE / "pages.css").read_text(encoding="utf-8")

    def owns(self, metadata: Mapping[str, Any]) -> bool:
        """Whether a notebook names a case."""
        return bool(_case_of(metadata))

    def note(self, metadata: Mapping[str, Any], target: str) -> nbstill.Note:
        """A figure's card, or the working of a derived number with its operands.

        Raises KeyError or ValueError where the target is neither.
        """
        said = cards.note(_loaded(_case_of(metadata)).evaluate(target))
        return nbstill.Note(said.head, said.source, said.body)

    def index(self, pages: Mapping[str, Mapping[str, Any]]) -> nbstill.Index:
        """What the cases of the pages say of themselves. A case that is not at hand says nothing."""
        names = dict.fromkeys(_case_of(facts.get("metadata") or {}) for facts in pages.values())
        said = []
        for name in filter(None, names):
            with contextlib.suppress(OSError, CaseError):
                said.append(load(name).meta)
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
    return load(case)


def add_arguments(parser) -> None:
    """The arguments of `python -m analysis report`, the old name of `python -m nbstill`."""
    from nbstill.__main__ import add_arguments

    add_arguments(parser, many="*", out=str(Path("build") / "report"))


def main(args) -> int:
    """Run `python -m analysis report`; returns the exit status."""
    from nbstill.__main__ import run

    given = bool(args.notebooks)
    args.notebooks = args.notebooks or shipped_notebooks()
    if given:
        print("python -m analysis report is now python -m nbstill", file=sys.stderr)
    return run(args, hook=hook)
