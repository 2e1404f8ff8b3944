"""The test and the desk of analysis.ask as ipywidgets. A save goes beside the notebook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import ipywidgets as w

from ..html import escape, table
from . import answers, element
from .kinds import BROAD, WIDE, words
from .store import Store
from .widget import Asking

if TYPE_CHECKING:
    from .shown import Desk, Quiz

HINT = "Class and seat from your teacher’s list, such as 7B-14. No name."
SHOWN = {"question": "Question", "answer": "Answer", "confidence": "Sure", "reason": "Why", "pieces": "Pieces",
         "evidence": "Evidence"}  # fmt: skip


def code_field(store: Store) -> w.Text:
    """A field for the code that follows the store's."""
    field = w.Text(value=store.code, description="Your code", placeholder=HINT, **WIDE)

    def typed(change: dict) -> None:
        store.name(change["new"])

    def follow() -> None:
        if store.code and answers.typed(field.value) != store.code:
            field.value = store.code

    field.observe(typed, "value")
    store.watchers.append(follow)
    return field


def whose(store: Store) -> w.VBox:
    """Asks whose the answers here are, where the code is another student's; else it is not seen."""
    told, on, mine = w.HTML(), w.Button(**BROAD), w.Button(**BROAD)
    box = w.VBox([told, on, mine])

    def draw() -> None:
        anew = "To start a new file, restart this notebook and run all of its cells."
        told.value = f'<p role="alert"><strong>{escape(store.strange)}</strong> {anew}</p>' if store.strange else ""
        on.description, mine.description = f"Go on as {store.owner}", f"They are mine: {store.owner} was wrong"
        box.layout.display = "" if store.strange else "none"

    on.on_click(lambda _: store.settle(store.owner))
    mine.on_click(lambda _: store.settle(store.code))
    store.watchers.append(draw)
    draw()
    return box


def wanting(store: Store) -> str:
    """What the code still wants; nothing where answers can be saved under it."""
    return store.strange or ("" if store.code else answers.wanted(store.typed))


def taken_before(n: int, occasion: str) -> str:
    """What is said where a test on an occasion has all its answers."""
    when = element.OCCASIONS[occasion]
    remedy = "Choose another time, or press Begin again to look at them."
    return f"All {n} answers of this test, {when}, are here already. {remedy}"


def quiz(shown: Quiz) -> w.VBox:
    """A test: code and occasion, then an item at a time."""
    store, fault, code = shown.store, w.HTML(), code_field(shown.store)
    store.waiting, sure = True, [""]
    when = w.RadioButtons(options=[(said, name) for name, said in element.OCCASIONS.items()], value=None, **WIDE)
    button = w.Button(description="Begin")
    box = w.VBox([code, whose(store), words("When do you take this test?", True), when, fault, button])

    def begin(_: Any) -> None:
        taken = [row for row in store.rows if row["occasion"] == when.value and row["form"] != "practice"]
        lacks = wanting(store) or ("" if when.value else "Say first when you take it.")
        if not lacks and taken and all(row["answer"] for row in taken) and sure[0] != when.value:
            sure[0], lacks = when.value, taken_before(len(taken), when.value)
        fault.value = f'<p role="alert"><strong>{escape(lacks)}</strong></p>' if lacks else ""
        if lacks:
            return
        form = taken[0]["form"] if taken else element.form_of(int(store.code.rpartition("-")[2]), when.value)
        items = [Asking(shown, one) for one in shown.questions if one.form == form]
        for item in items:
            item.begin(when.value)
        blank = (n for n, item in enumerate(items) if not store.find(item.key)["answer"])
        box.children = _turned(items, next(blank, 0))
        store.waiting = False
        store.tell()

    button.on_click(begin)
    return box


def _turned(items: list[Asking], first: int) -> list[w.Widget]:
    """Items of which one is shown, and buttons that turn to the others. first: the one that is shown first."""
    head, shown, last = w.HTML(), w.VBox(), w.HTML()
    back, forth = w.Button(description="Back"), w.Button(description="Next")
    at = [0]

    def turn(by: int) -> None:
        past = at[0] + by >= len(items)
        at[0] = min(max(at[0] + by, 0), len(items) - 1)
        head.value = f"<p><strong>{at[0] + 1} of {len(items)}</strong></p>"
        shown.children = [items[at[0]].box] if items else []
        last.value = (
            "<p>That was the last one. Look at your answers, and save them before you leave.</p>" if past else ""
        )
        back.disabled = at[0] == 0

    back.on_click(lambda _: turn(-1))
    forth.on_click(lambda _: turn(1))
    turn(first)
    return [head, shown, w.HBox([back, forth]), last]


def desk(shown: Desk, folder: str = ".") -> w.VBox:
    """The desk: code, what will be handed in, save and open. folder: where its file goes, the notebook's."""
    store, code, called = shown.store, code_field(shown.store), element.names(shown.case)
    counted, listed, told = w.HTML(), w.HTML(), w.HTML()
    save, beside = w.Button(description="Save", button_style="primary"), w.Button(**BROAD)
    upload = w.FileUpload(accept=".csv,.txt", multiple=False, description="Open a saved file", **BROAD)

    def say(text: str) -> None:
        told.value = f'<p role="status">{escape(text)}</p>'

    def draw() -> None:
        code.layout.display = "none" if store.waiting else ""
        counted.value = f'<p role="status"><strong>{escape(store.said)}.</strong></p>'
        listed.value = str(_handed_in(store, called))
        path = Path(folder) / answers.file_name(store.code)
        there = bool(store.code) and path.is_file() and path.read_bytes() != store.known
        beside.description = f"Go on from {path.name}, which is here"
        beside.layout.display = "" if there else "none"

    def saved(_: Any) -> None:
        try:
            path = store.save(folder)
            say(f"{path.name} is saved beside this notebook. Hand it in.")
        except (ValueError, OSError) as problem:
            say(wanting(store) or f"Not saved: {problem}.")

    def opened(data: bytes, name: str, of_here: bool) -> None:
        say(store.open(data, name, of_here))

    def uploaded(change: dict) -> None:
        for one in change["new"]:
            opened(bytes(one["content"]), one["name"], False)

    def from_here(_: Any) -> None:
        path = Path(folder) / answers.file_name(store.code)
        opened(path.read_bytes(), path.name, True)

    save.on_click(saved)
    beside.on_click(from_here)
    upload.observe(uploaded, "value")
    store.watchers.append(draw)
    draw()
    hint = words("Nothing is sent. The file holds your code and what stands here, and no name.")
    return w.VBox(
        [words("Your answers", True), code, whose(store), counted, listed, w.HBox([save, upload]), beside, told, hint]
    )


def _handed_in(store: Store, called: dict[str, str]) -> str:
    """What will be handed in, as a table: a question by its place and first words, whose id only the file has."""
    if not store.rows:
        return ""
    name = answers.file_name(store.code) if store.code else "your file"
    return table(store.listed(called), SHOWN, f"What you will hand in, in {name}")
