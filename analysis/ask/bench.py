"""The test and the desk of analysis.ask as ipywidgets. A save goes beside the notebook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import ipywidgets as w

from ..html import escape, table
from . import answers, element
from .store import Store
from .widget import BROAD, WIDE, Asking, words

if TYPE_CHECKING:
    from .shown import Desk, Quiz

HINT = "Class and seat from your teacher’s list, such as 7B-14. No name."
WANTED = "Write your code first: class and seat from your teacher’s list, such as 7B-14."
SHOWN = {"question_id": "Question", "answer": "Answer", "confidence": "Sure", "reason": "Why", "pieces": "Pieces",
         "evidence": "Evidence"}  # fmt: skip


def code_field(store: Store) -> w.Text:
    """A field for the code that follows the store's."""
    field = w.Text(value=store.code, description="Your code", placeholder=HINT, **WIDE)

    def typed(change: dict) -> None:
        store.code = answers.code(change["new"])
        store.tell()

    def follow() -> None:
        if store.code and answers.code(field.value) != store.code:
            field.value = store.code

    field.observe(typed, "value")
    store.watchers.append(follow)
    return field


def quiz(shown: Quiz) -> w.VBox:
    """A test: code and occasion, then an item at a time."""
    store, fault, code = shown.store, w.HTML(), code_field(shown.store)
    when = w.RadioButtons(options=[(said, name) for name, said in element.OCCASIONS.items()], value=None, **WIDE)
    button = w.Button(description="Begin")
    box = w.VBox([code, words("When do you take this test?", True), when, fault, button])

    def begin(_: Any) -> None:
        wanting = WANTED if not store.code else "" if when.value else "Say first when you take it."
        fault.value = f'<p role="alert"><strong>{escape(wanting)}</strong></p>' if wanting else ""
        if wanting:
            return
        taken = [row["form"] for row in store.rows if row["occasion"] == when.value and row["form"] != "practice"]
        form = taken[0] if taken else element.form_of(int(store.code.rpartition("-")[2]), when.value)
        items = [Asking(shown, one) for one in shown.questions if one.form == form]
        for item in items:
            item.begin(when.value)
        box.children = _turned(items)

    button.on_click(begin)
    return box


def _turned(items: list[Asking]) -> list[w.Widget]:
    """Items of which one is shown, and buttons that turn to the others."""
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
    turn(0)
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
            say(WANTED if not store.code else f"Not saved: {problem}.")

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
    return w.VBox([words("Your answers", True), code, counted, listed, w.HBox([save, upload]), beside, told, hint])


def _handed_in(store: Store, called: dict[str, str]) -> str:
    """What will be handed in, as a table: a question by its place and first words, whose id only the file has."""
    if not store.rows:
        return ""
    name = answers.file_name(store.code) if store.code else "your file"
    named = (
        {"question_id": f"{n}. {called.get(row['question_id'], row['question_id'])}"}
        for n, row in enumerate(store.rows, 1)
    )
    rows = [row | {"answer": row["answer"] or "left blank"} | name for row, name in zip(store.rows, named, strict=True)]
    return table(rows, SHOWN, f"What you will hand in, in {name}")
