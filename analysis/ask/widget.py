"""The questions of analysis.ask as ipywidgets: the same guess, the same reveal, one store for all of them.

A screen reader does better with the page; what a widget cannot do is said there. The words are those of script/.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import ipywidgets as w

from .. import cards, tables
from ..bank import Question, number
from ..html import escape
from . import answers, element

if TYPE_CHECKING:
    from .shown import Asked

JUDGED = "Is the number supported for this use?"
BROAD = {"layout": {"width": "auto", "max_width": "44em"}}
SET_APART = {"border_top": "2px solid", "margin": "0 0 1em", "padding": ".3em 0"}
WIDE = BROAD | {"style": {"description_width": "initial"}}


def asked(shown: Asked) -> w.VBox:
    """A widget of all its questions, one below the other."""
    made = [Asking(shown, one) for one in shown.questions]
    for one in made:
        one.begin(element.occasion(one.asked))
    return w.VBox([one.box for one in made], _dom_classes=["wc-asked"])


def words(text: str, strong: bool = False) -> w.HTML:
    """A paragraph of words."""
    return w.HTML(f"<p>{'<strong>' * strong}{escape(text)}{'</strong>' * strong}</p>")


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
        ticked = ";".join(box.description for box in self.pieces if box.value) or "none"
        cited = [(name, tick) for name, tick in self.shelf if tick.value]
        self.store.put(
            self.key,
            answer=self.guess.value,
            confidence=(self.sure.value if self.sure else "") or "",
            reason=self.reason.value.strip(),
            pieces=ticked if self.revealed.children else "",
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
                box.value = box.description in row["pieces"].split(";")
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
        self.fault.value = f'<p role="alert"><strong>{wanting}</strong></p>' if wanting else ""
        if not wanting:
            self.reveal()
            self.keep()

    def reveal(self) -> None:
        """The numbers and the reason, the pieces to tick, the documents to open."""
        asked, sure = self.asked, f", {self.sure.value} % sure" if self.sure and self.sure.value else ""
        yours = f"<p><strong>Your guess:</strong> {escape(self.guess.said)}{sure}.</p>"
        said = w.HTML(f"{yours}{element.answer(asked)}<p>{escape(asked.why)}</p>")
        self.pieces = [w.Checkbox(description=piece, indent=False, **WIDE) for piece in asked.crucial_pieces]
        self.shelf = []
        shelf = [self._document(name) for name in element.documents(asked)]
        for box in self.pieces:
            box.observe(self.keep, "value")
        heads = words("Which of these did you have?", True), words("Where the numbers come from:", True)
        parts = [said, *([heads[0], *self.pieces] if self.pieces else []), *([heads[1], *shelf] if shelf else [])]
        self.form.layout.display = "none"
        self.revealed.children = parts

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


# Kinds of guesses: .box, .value (as the file has it), .said (in words), .fill(value), .take(), .ask ---------------


class Choice:
    """One of several answers."""

    ask = "Choose an answer first. A guess is enough."

    def __init__(self, asked: Question, keep: Any) -> None:
        self.radio = w.RadioButtons(options=asked.options, value=None, **WIDE)
        self.box = w.VBox([words(JUDGED if asked.judged else "Your guess", True), self.radio])
        self.radio.observe(keep, "value")

    @property
    def value(self) -> str:
        return self.radio.value or ""

    said = value

    def fill(self, value: str) -> None:
        self.radio.value = value if value in self.radio.options else None

    def take(self) -> None:
        pass


class Number:
    """A number by a slider, or typed."""

    ask = "Slide or type a number first, in digits. A guess is enough."

    def __init__(self, asked: Question, keep: Any) -> None:
        top, step = element.most(asked)
        self.unit = asked.unit
        self.slider = w.FloatSlider(value=0, min=0, max=top, step=step, readout=False, description="Slide", **WIDE)
        self.field = w.Text(description="or type it", **WIDE)
        self.box = w.VBox([words(f"Your guess, in {asked.unit}", True), self.slider, self.field])
        self.slider.observe(
            lambda change: setattr(self.field, "value", tables.number_text(round(change["new"], 6))), "value"
        )
        self.field.observe(keep, "value")

    @property
    def value(self) -> str:
        read = number(self.field.value)
        return "" if read is None else tables.number_text(read)

    @property
    def said(self) -> str:
        return f"{Decimal(self.value):,} ({self.unit})"

    def fill(self, value: str) -> None:
        self.field.value = value

    def take(self) -> None:
        pass


class Order:
    """Several things in an order, by buttons."""

    ask = ""

    def __init__(self, asked: Question, keep: Any) -> None:
        self.texts, self.touched, self.keep, self.rows = list(asked.options), False, keep, w.VBox()
        self.given = list(self.texts)
        self.box = w.VBox([words("Put them in order", True), self.rows])
        self._draw()

    def _draw(self) -> None:
        self.rows.children = [self._row(n, text) for n, text in enumerate(self.texts)]

    def _row(self, n, text):
        moves = [(-1, "↑", "up", n > 0), (1, "↓", "down", n < len(self.texts) - 1)]
        buttons = []
        for by, sign, word, able in moves:
            button = w.Button(
                description=sign, tooltip=f"Move {word}: {text}", disabled=not able, layout={"width": "3em"}
            )
            button.on_click(lambda _, by=by: self._move(n, by))
            buttons.append(button)
        return w.HBox([*buttons, w.Label(f"{n + 1}. {text}")])

    def _move(self, n, by):
        self.texts[n], self.texts[n + by] = self.texts[n + by], self.texts[n]
        self.touched = True
        self._draw()
        self.keep()

    @property
    def value(self) -> str:
        return "|".join(self.texts) if self.touched else ""

    @property
    def said(self) -> str:
        return ", then ".join(self.texts)

    def fill(self, value: str) -> None:
        self.touched = sorted(value.split("|")) == sorted(self.given)
        self.texts = value.split("|") if self.touched else list(self.given)
        self._draw()

    def take(self) -> None:
        self.touched = True


class TwoGrades:
    """A grade for the source, and one for the information."""

    ask = "Give both grades first, one for the source and one for the information."
    NAMED = (
        "The source: A reliable, to E not; F cannot judge",
        "The information: 1 confirmed, to 5 unlikely; 6 cannot judge",
    )

    def __init__(self, asked: Question, keep: Any) -> None:
        self.two = [w.ToggleButtons(options=grades, value=None, **WIDE) for grades in asked.grades]
        parts = [
            part for named, group in zip(self.NAMED, self.two, strict=True) for part in (words(named, True), group)
        ]
        self.box = w.VBox(parts)
        for group in self.two:
            group.observe(keep, "value")

    @property
    def value(self) -> str:
        return "".join(group.value for group in self.two) if all(group.value for group in self.two) else ""

    @property
    def said(self) -> str:
        return f"{self.two[0].value} for the source, {self.two[1].value} for the information"

    def fill(self, value: str) -> None:
        for group, grade in zip(self.two, value.ljust(2), strict=False):
            group.value = grade if grade in group.options else None

    def take(self) -> None:
        pass


KINDS = {"choice": Choice, "number": Number, "order": Order, "two-grades": TwoGrades}
