"""The notes of a page: what stands behind a link, unfolded at its end or shown beside it. A hook gives them."""

import os
import re
import textwrap
from dataclasses import dataclass, field
from urllib.parse import unquote

from bs4 import Tag
from markupsafe import Markup

from .hook import Note

CHART = "the chart"


@dataclass
class Entry:
    """One note on its page: where it stands, where it is asked for, and what it says."""

    id: str
    given: Note
    refs: list[tuple[str, str]] = field(default_factory=list)  # (id of the link, its words)
    views: set[str] = field(default_factory=set)  # ids of controls whose views ask for it
    head: str = ""
    source: str = ""
    body: str = ""

    @property
    def back(self) -> dict[str, list[str]]:
        """Where it is asked for: the words of the links, and their ids."""
        places = [*self.refs, *((box, "the control") for box in sorted(self.views))]
        return {words: [i for i, said in places if said == words] for _, words in places}


class Notes:
    """The notes of one page, in the order in which its links ask for them."""

    def __init__(self, page, hook):
        self.page, self.hook = page, hook
        self.entries: dict[str, Entry | None] = {}  # by each name that links call it
        self.every: list[Entry] = []
        self.lost: list[tuple[int, str]] = []  # (cell, name) of links whose place may yet come

    def link(self, link: Tag, view: str | None) -> None:
        """Lead a link to its note, or, to a notebook, to its page."""
        address = link["href"]
        if not address.startswith("#"):
            if not re.match(r"[a-z][a-z0-9+.-]*:|//", address, re.I):
                link["href"] = re.sub(
                    r"^(?:[^?#]*/)?([^/?#]+)\.ipynb(?=[#?]|$)", r"\1.html", address
                )  # all in one folder
                self._beside(link["href"], address)
            return
        entry = self.entry(unquote(address[1:]))
        if not entry:
            self.lost.append((self.page.place, address[1:]))
            return
        drawing = link.find_parent("svg")
        link["href"], link["class"] = f"#{entry.id}", [*(link.get("class", []) if drawing else []), "still-ref"]
        link.attrs.pop("title", None)  # the note says it better
        if view:
            entry.views.add(view)
        elif drawing:  # asked for by the chart, not by each of its marks
            chart = drawing.find_parent("figure") or drawing
            chart["id"] = chart.get("id") or self.page.unique("still-chart")
            entry.refs += [] if (chart["id"], CHART) in entry.refs else [(chart["id"], CHART)]
        elif not (link.find_parent("details") and any(words == CHART for _, words in entry.refs)):
            # from the folded table of a chart's numbers the way back is that to the chart
            number = sum(len(e.refs) for e in self.every) + 1
            link["id"] = self.page.unique(f"still-ref-{number}")
            entry.refs.append((link["id"], link.get_text(" ", strip=True)))

    def _beside(self, made, address):
        """Tell of a link to a file beside the notebook: whoever is handed the page has not got it."""
        name = unquote(re.sub(r"[?#].*", "", address))
        if made == address and name and os.path.isfile(os.path.join(self.page.path or ".", name)):
            self.page.warn(
                f"the link to {name[:80]} leads nowhere once the page is handed on: give its address on the web"
            )

    def entry(self, target: str) -> Entry | None:
        """The note of a target; None if it has none."""
        if target in self.page.ids:
            return None
        if target not in self.entries:
            try:
                given = self.hook.note(self.page.metadata, target)
            except (KeyError, ValueError):
                given = None  # an ordinary link within the page, checked at the end
            self.entries[target] = self.new(target, given) if given else None
        return self.entries[target]

    def new(self, target: str, given: Note) -> Entry:
        """The entry of a note: one, by whatever names it is asked for."""
        for entry in self.every:
            if entry.given == given:
                return entry
        name = "n-" + (re.sub(r"[^a-z0-9]+", "-", target.lower()).strip("-")[:10] or "x")
        self.every.append(Entry(self.page.unique(name), given))
        return self.every[-1]

    def write(self, entry: Entry, view: str | None) -> None:
        """Finish what a note says. view: the control of the stored views that alone ask for it."""
        self.page.level = 2
        entry.body = Markup(self.page.finish(entry.given.body, view=view, note=True))
        entry.head = textwrap.shorten(entry.given.head, 80, placeholder=" …") or entry.id
        entry.source = textwrap.shorten(entry.given.source, 120, placeholder=" …")

    def finished(self) -> tuple[list[Entry], list[Entry]]:
        """(the notes that the page's text asks for, those that stored views alone ask for), whole.

        A note's own links may add notes. Links that lead nowhere are told to the author.
        """
        done: set[str] = set()
        for asked in (True, False):  # what a stored view's note asks for is stored with it, unless the text asks too
            while waiting := [e for e in self.every if e.id not in done and bool(e.refs) == asked]:
                for entry in waiting:
                    done.add(entry.id)
                    self.write(entry, None if asked else min(entry.views))
        for place, name in self.lost:
            self.page.place = place
            if unquote(name) not in self.page.ids and name != "":
                self.page.warn(f"the link #{name} leads nowhere: name a heading of this notebook")
        return [e for e in self.every if e.refs], [e for e in self.every if not e.refs]
