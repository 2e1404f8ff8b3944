"""The questions of analysis.ask as ipywidgets: the same guess, the same reveal, one store for all of them.

A screen reader does better with the page; what a widget cannot do is said there. The words are those of script/.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets as w

from .. import cards
from ..bank import Question
from ..html import escape
from . import answers, element
from .kinds import BROAD, KINDS, WIDE, words

if TYPE_CHECKING:
    from .shown import Asked

SET_APART = {"border_top": "2px solid", "margin": "0 0 1em", "padding": ".3em 0"}


def asked(shown: Asked) -> w.VBox:
    """A widget of all its questions, one below the other."""
    made = [Asking(shown, one) for one in shown.questions]
    for one in made:
        one.begin(element.occasion(one.asked))
    return w.VBox([one.box for one in made], _dom_classes=["wc-asked"])


class Asking:
    """One question: .box is its widget. shown: the Asked or Quiz that it belongs to."""

    def __init__(self, shown: Any, asked: Question) -> None:
        self.shown, self.asked, self.store = shown, asked, shown.store
        self.key, self.filling = ("", asked.question_id), False
        self.guess = KINDS[asked.kind](asked, self.keep)
        steps = [(step, step) for step in answers.CONFIDENCE]
        self.sure = w.ToggleButtons(options=steps, value=None, **WIDE) if asked.kind == "choice" else None
        self.reason = w.Textarea(description="Why?", placeholder="In a few words of your own; may stay empty", **WIDE)
        self.fault, self.button = w.HTML(), w.Button(description=element.SHOW, **BROAD)
        for part in filter(None, (self.sure, self.reason)):
            part.observe(self.keep, "value")
        self.button.on_click(self.show)
        sure = [words("How sure are you? 50 is a coin’s toss, 100 is certain."), self.sure] if self.sure else []
        last = [] if asked.form in element.TESTS else [self.button]
        self.form = w.VBox([self.guess.box, *sure, self.reason, self.fault, *last])
        self.revealed, self.pieces, self.shelf = w.VBox(), [], []
        use = f'<p style="margin: 0"><strong>Use:</strong> {escape(asked.use)}</p>' if asked.use else ""
        self.box = w.VBox([w.HTML(f"<p>{escape(asked.prompt)}</p>{use}"), self.form, self.revealed], layout=SET_APART)

    def begin(self, occasion: str) -> None:
        """Give it its row, and go on from what an opened file has of it."""
        self.key = (occasion, self.asked.question_id)
        self.fill(self.store.show({"occasion": occasion, "form": self.asked.form, "question_id": self.key[1]}))
        self.store.openers.append(lambda: self.fill(self.store.find(self.key)))

    def keep(self, *_: Any) -> None:
        """Write the guess into the store."""
        if self.filling or not self.key[0]:
            return
        self.fault.value = ""
        cited = [(name, tick) for name, tick in self.shelf if tick.value]
        self.store.put(
            self.key,
            answer=self.guess.value,
            confidence=(self.sure.value if self.sure else "") or "",
            reason=self.reason.value.strip(),
            pieces=self.ticked if self.revealed.children else "",
            evidence=" ; ".join(element.cited(name, self.shown.case) for name, _ in cited),
            evidence_id=";".join(name for name, _ in cited),
        )

    def fill(self, row: dict[str, str] | None) -> None:
        """Show a row as a saved file has it."""
        if row is None:
            return
        self.filling = True
        self.guess.fill(row["answer"])
        if self.sure:
            self.sure.value = row["confidence"] or None
        self.reason.value = row["reason"]
        if row["pieces"] and row["answer"] and self.asked.form not in element.TESTS:
            self.reveal()
            for box in self.pieces:
                named = "none" if box.description == element.NONE else box.description
                box.value = named in row["pieces"].split(";")
            for name, tick in self.shelf:
                tick.value = name in row["evidence_id"].split(";")
                tick.layout.display = "" if tick.value else tick.layout.display
        self.filling = False

    def show(self, *_: Any) -> None:
        """Reveal, where there is a guess; else say what is wanting."""
        self.guess.take()
        wanting = "" if self.guess.value else self.guess.ask
        if not wanting and self.sure and not self.sure.value:
            wanting = "Say how sure you are as well, from 50 to 100."
        wanting = wanting or self.guess.doubt()
        self.fault.value = f'<p role="alert"><strong>{wanting}</strong></p>' if wanting else ""
        if not wanting:
            self.reveal()
            self.keep()

    def reveal(self) -> None:
        """The numbers and the reason, the pieces to tick, the documents to open."""
        asked, sure = self.asked, f", {self.sure.value} % sure" if self.sure and self.sure.value else ""
        guessed = "" if asked.kind == "order" else f" {escape(self.guess.said)}{sure}."
        order = element.order(self.guess.texts) if asked.kind == "order" else ""
        yours = f"<p><strong>Your guess:</strong>{guessed}</p>{order}"
        said = w.HTML(f"{yours}{element.answer(asked)}<p>{escape(asked.why)}</p>")
        texts = [*asked.crucial_pieces, element.NONE] if asked.crucial_pieces else []
        self.pieces = [w.Checkbox(description=text, indent=False, **WIDE) for text in texts]
        self.shelf = []
        shelf = [self._document(name) for name in element.documents(asked)]
        for box in self.pieces:
            box.observe(self.tick, "value")
        heads = words(" ".join(element.TICK), True), words("Where the numbers come from:", True)
        parts = [said, *([heads[0], *self.pieces] if self.pieces else []), *([heads[1], *shelf] if shelf else [])]
        self.form.layout.display = "none"
        self.revealed.children = parts

    @property
    def ticked(self) -> str:
        """The pieces that the student's reason named, as the file has them."""
        named = [box.description for box in self.pieces if box.value]
        return "none" if element.NONE in named else ";".join(named) or "shown"

    def tick(self, change: dict) -> None:
        """Of the pieces and `none of these` one kind alone can be ticked."""
        if self.filling:
            return
        of_none = change["owner"].description == element.NONE
        for box in self.pieces:
            if change["new"] and (box.description == element.NONE) != of_none:
                box.value = False
        self.keep()

    def _document(self, name):
        """A document: a button that opens its note, and then a tick to cite it."""
        case, told = self.shown.case, w.HTML()
        number = f"{case[name]}; " if name in case else ""
        tick = w.Checkbox(description="I cite this", indent=False, layout={"display": "none"})
        button = w.Button(description=f"Read: {number}{element.cited(name, case)}", **BROAD)

        def opened(_: Any) -> None:
            told.value = "" if told.value else str(_note(name, case))
            tick.layout.display = ""

        button.on_click(opened)
        tick.observe(self.keep, "value")
        self.shelf.append((name, tick))
        return w.VBox([button, told, tick])


def _note(name, case):
    """What stands behind a number, or a document's line."""
    return cards.note(case[name]).body if name in case else cards.source(case.source(name))
