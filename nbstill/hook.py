"""The one door: what a package that uses nbstill may give to the pages of its own notebooks.

A package makes an object of a subclass of Hook and names it in its pyproject.toml:

    [project.entry-points."nbstill.hooks"]
    mine = "mine.pages:hook"

A page asks the first hook that says the notebook is its own. Everything has a default, so a hook gives what it has.
"""

import importlib.metadata
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Note:
    """What stands behind a link of the page: the note that its reader unfolds.

    head: the few words that head it. source: in short, whence it is. body: HTML, let in as an output's HTML is.
    """

    head: str
    source: str = ""
    body: str = ""


@dataclass(frozen=True)
class Index:
    """The words of a folder's index.

    title: its heading. lead: pairs of (bold words, words). notes: sentences set apart. foot: a line above the list.
    """

    title: str
    lead: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    foot: str = ""


class Hook:
    """What a package gives to its pages. A subclass overrides what it needs.

    style: a stylesheet, script: a script; both go into each of its pages, and their hashes into the page's policy.
    elements: elements of its own, name (with a hyphen) to the attributes let through: {"x-chart": {"data-key"}}; its
    script says what they do. In its notebooks' outputs they stand as HTML, also where the output brings a widget;
    names that begin with `still-` are ours. What only pages with some of them need is given by extra().
    drawn: a class. An inline drawing (an svg) that has it stays inline on its pages, held to what may stand in one, so
    that its links lead to notes and the page's stylesheet colours it; any other drawing becomes a picture.
    front: the name (without .html) of the page that is the index of its folder: index.html is that page, with the
    other pages listed at its foot.
    listed: the class of lines under a chart that list documents, "a; b; c": a long one is folded.
    beside: files of its own that may lie in the folder of its pages, {heading: {name: title}}; an index that is its
    front page lists those that are there.
    """

    style: str = ""
    script: str = ""
    elements: Mapping[str, Iterable[str]] = {}
    drawn: str = ""
    front: str = ""
    listed: str = ""
    beside: Mapping[str, Mapping[str, str]] = {}

    def owns(self, metadata: Mapping[str, Any]) -> bool:
        """Whether a notebook with this metadata is its own."""
        return False

    def note(self, metadata: Mapping[str, Any], target: str) -> Note | None:
        """The note for a link to #target; None (or a KeyError or ValueError) for an ordinary link."""
        return None

    def extra(self, elements: Set[str]) -> tuple[str, str]:
        """(a stylesheet, a script) besides its own two, for a page in which these of its elements stand."""
        return "", ""

    def heading(self, metadata: Mapping[str, Any]) -> str:
        """Under which heading an index that is the front page lists this notebook's page; "" before all headings.

        Pages of one heading are a series: each leads to the next.
        """
        return ""

    def index(self, pages: Mapping[str, Mapping[str, Any]]) -> Index | None:
        """The words of the index of a folder in which a page is its own.

        pages: file name to title, standfirst, minutes, controls, metadata (its notebook's), in the order shown.
        """
        return None

    def depends(self) -> Iterable[Path]:
        """The files that its pages depend on, besides notebooks; with them, unchanged ones are left as they are."""
        return ()


def found(warn: Callable[[str], None] = lambda words: None) -> list[Hook]:
    """The hooks of all installed packages. One that cannot be loaded is named, and left out."""
    hooks = []
    for entry in importlib.metadata.entry_points(group="nbstill.hooks"):
        try:
            made = entry.load()
            hooks.append(made() if isinstance(made, type) else made)
        except Exception as problem:  # another package's fault must not stop this one
            warn(f"the hook {entry.name} ({entry.value}) cannot be used: {type(problem).__name__}: {problem}")
    return hooks


def owner(hooks: Iterable[Hook], metadata: Mapping[str, Any]) -> Hook:
    """The hook whose notebook it is; one that gives nothing if it is nobody's."""
    return next((hook for hook in hooks if hook.owns(metadata)), Hook())
