"""The folder that pages stand in: what in it is ours, what may be written, and the index of all that is there."""

import hashlib
import json
import os
import tempfile
import unicodedata
from collections.abc import Iterable
from html import escape
from pathlib import Path

from .fault import BuildError
from .hook import Hook, Index, owner
from .run import stopping

MEMORY = ".still.json"
INDEX = "index.html"
PART = ".nbstill-"  # how a file begins that is not yet whole
TO_THE_OTHERS = '<a href="#still-others">All pages</a>'


def write(path: Path, text: str) -> None:
    """Write a file whole or not at all; not at all once Ctrl-C was pressed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=PART, suffix=".part")
    try:
        with open(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        if stopping():
            raise KeyboardInterrupt
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def digest(path: Path) -> str:
    """A file's SHA-256."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


class Shelf:
    """One folder of pages. Its memory, a hidden file in it, knows each page that we put there.

    .known: file name -> {key, sha256, notebook (path), metadata, title, standfirst, …}, in the order of the index.
    """

    def __init__(self, folder: Path):
        self.folder, self.known, self.index, self.made_of = Path(folder), {}, "", ""
        try:
            self.made_of = (self.folder / MEMORY).read_text(encoding="utf-8")  # what the index was made of
            memory = json.loads(self.made_of)
            self.known, self.index = dict(memory["pages"]), str(memory["index"])
        except (OSError, ValueError, KeyError, TypeError):
            pass  # nothing of ours here, or nothing that can be read: then every file is a stranger's

    def claim(self, notebooks: list[Path]) -> None:
        """See that every page has a name of its own that no stranger's file has. Raises BuildError, naming both."""
        if self.folder.exists() and not self.folder.is_dir():
            raise BuildError(f"{self.folder} is a file, and the pages need a folder: give another with --out")
        taken, faults = {_same(INDEX): "the index of the folder"}, []
        for path in notebooks:
            name = f"{path.stem}.html"
            other = taken.setdefault(_same(name), path)
            if other is not path:
                faults.append(f"{path} and {other} would both be {name}: rename one, or build it into another folder")
            elif self._strange(name) or self._other(name, path):
                whose = self._other(name, path) or "somebody else's file"
                faults.append(f"{path} would overwrite {self.folder / name}, {whose}: move it, or give another --out")
        if self._strange(INDEX):
            faults.append(
                f"the index would overwrite {self.folder / INDEX}, somebody else's file: move it, or give another --out"
            )
        if faults:
            raise BuildError("\n".join(faults))

    def _strange(self, name):
        there = {_same(p.name): p for p in self.folder.iterdir()} if self.folder.is_dir() else {}
        path = there.get(_same(name))
        return path is not None and name not in self.known and not (name == INDEX and self.index)

    def _other(self, name, path):
        """The notebook whose page of that name stands here, if it is another one that is still there."""
        before = self.known.get(name, {}).get("notebook", "")
        return before if before and Path(before) != path and Path(before).exists() else ""

    def is_fresh(self, name: str, key: str) -> bool:
        """Whether a page stands as we made it, of the same things."""
        path, known = self.folder / name, self.known.get(name, {})
        return bool(key) and known.get("key") == key and path.exists() and digest(path) == known.get("sha256")

    def put(self, name: str, html: str, facts: dict) -> int:
        """Write a page and remember it; its size in bytes."""
        data = html.encode()
        self.known[name] = facts | {"sha256": hashlib.sha256(data).hexdigest()}
        self._remember()  # first: a page that we might not remember would be a stranger's next time
        write(self.folder / name, html)
        return len(data)

    def _remember(self):
        write(self.folder / MEMORY, self._as_text())

    def tidy(self) -> None:
        """Remove what a write that was cut short has left."""
        for path in self.folder.glob(f"{PART}*.part"):
            path.unlink(missing_ok=True)

    def sweep(self) -> None:
        """Forget pages that are gone; remove those that we made, and nobody changed, of notebooks that are gone."""
        for name, facts in list(self.known.items()):
            page, notebook = self.folder / name, Path(facts.get("notebook", ""))
            gone = not page.exists()
            if not gone and not notebook.exists() and digest(page) == facts["sha256"]:
                page.unlink()
                gone = True
            if gone or not notebook.exists():
                del self.known[name]

    def close(self, hooks: Iterable[Hook], order: list[str]) -> None:
        """Write the index of all that is there, and the memory. order: the names that come first."""
        names = [n for n in order if n in self.known] + sorted(n for n in self.known if n not in order)
        before, self.known = self._as_text(), {name: self.known[name] for name in names}
        if self.made_of == self._as_text() == before and self._stands():
            return
        pages = {name: facts for name, facts in self.known.items() if (self.folder / name).exists()}
        front = front_of(pages, hooks)
        html = self._with_the_others(front, pages, hooks) if front else contents(pages, hooks)
        self.index = hashlib.sha256(html.encode()).hexdigest()
        self._remember()
        write(self.folder / INDEX, html)

    def _as_text(self):
        """The memory as it is kept; what else stands in the folder may be listed by the index too."""
        others = sorted(p.name for p in self.folder.glob("*.html") if p.name not in (INDEX, *self.known))
        return json.dumps({"pages": self.known, "index": self.index, "others": others}, ensure_ascii=False)

    def _stands(self):
        """Whether every page and the index are there, and the index is the one that we made of these pages."""
        there = all((self.folder / name).exists() for name in self.known)
        return there and (self.folder / INDEX).exists() and digest(self.folder / INDEX) == self.index

    def _with_the_others(self, front, pages, hooks):
        """The front page as the index: at its foot the list of the others, and at its head a way there."""
        from . import pack

        hook = owner(hooks, pages[front].get("metadata") or {})
        lists = _listed({name: facts for name, facts in pages.items() if name != front}, hooks)
        for heading, more in hook.beside.items():
            there = {name: {"title": title} for name, title in more.items() if (self.folder / name).is_file()}
            lists[heading] = lists.get(heading, {}) | there
        lists = {heading: listed for heading, listed in lists.items() if listed}
        text = (self.folder / front).read_text(encoding="utf-8")
        if not lists:
            return text
        before, foot, after = text.rpartition("<footer>")
        after = after[after.find("</nav>") + len("</nav>") :] if "</nav>" in after else after
        told = hook.index(pages)
        name = f"<strong>{escape(told.title)}</strong> · " if told else ""
        before = before.replace("<header><p>", f"<header><p>{name}{TO_THE_OTHERS} · ", 1)
        return before + foot + pack.templates().get_template("others.html.j2").render(lists=lists) + after


def _listed(pages, hooks):
    """Pages by the heading under which their hooks list them: {heading: {name: facts}}, in their order."""
    lists: dict[str, dict] = {"": {}}
    for name, facts in pages.items():
        metadata = facts.get("metadata") or {}
        lists.setdefault(owner(hooks, metadata).heading(metadata), {})[name] = facts
    return lists


def front_of(pages: dict[str, dict], hooks: Iterable[Hook]) -> str:
    """The page that is the index: the one that a hook names which owns a page here; "" where there is none."""
    owners = (owner(hooks, facts.get("metadata") or {}) for facts in pages.values())
    return next((f"{hook.front}.html" for hook in owners if hook.front and f"{hook.front}.html" in pages), "")


def contents(pages: dict[str, dict], hooks: Iterable[Hook]) -> str:
    """The index: each page with its question, a picture and its reading time, and the words of the first hook."""
    from markupsafe import Markup

    from . import pack

    owners = [owner(hooks, facts.get("metadata") or {}) for facts in pages.values()]
    hook = next((h for h in owners if type(h) is not Hook), Hook())
    index = hook.index(pages) or Index("Pages")
    styles = [Markup(s) for s in (pack.sheet(), pack.css(hook.style)) if s]
    template = pack.templates().get_template("contents.html.j2")
    return template.render(pages=pages, index=index, styles=styles, policy=pack.policy(styles, []))


def _same(name):
    """A file name as a file system may take it: A and a, é and e with an accent, are one."""
    return unicodedata.normalize("NFC", name).casefold()
