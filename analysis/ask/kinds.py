"""How a guess is made in a notebook, a kind of question each: script/kinds.js does the same in a page.

.box, .value (as the file has it, empty where there is none), .said (in words), .fill(value), .take(), .doubt(), and
.ask: what to do first where there is no guess.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import ipywidgets as w

from .. import tables
from ..bank import Question, number
from ..html import escape
from . import element

JUDGED = "Is the number supported for this use?"
BROAD = {"layout": {"width": "auto", "max_width": "44em"}}
WIDE = BROAD | {"style": {"description_width": "initial"}}


def words(text: str, strong: bool = False) -> w.HTML:
    """A paragraph of words."""
    return w.HTML(f"<p>{'<strong>' * strong}{escape(text)}{'</strong>' * strong}</p>")


class Guess:
    """What kinds of guesses have alike."""

    def take(self) -> None:
        """Take what stands as the guess, where a kind has no empty one."""

    def doubt(self) -> str:
        """What to ask before a guess is taken; nothing of most."""
        return ""


class Choice(Guess):
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


class Number(Guess):
    """A number by a slider, or typed."""

    ask = "Slide or type a number first, in digits. A guess is enough."

    def __init__(self, asked: Question, keep: Any) -> None:
        top, step = element.most(asked)
        self.unit, self.beyond = asked.unit, ""
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
        return element.amount(self.value, self.unit)

    def doubt(self) -> str:
        """A number off the slider may be meant: it is asked once."""
        given, top = self.value, Decimal(f"{self.slider.max:g}")
        off = given and not 0 <= Decimal(given) <= top and given != self.beyond
        self.beyond = given
        line = f"{Decimal(given or 0):,} is off the line, which goes from 0 to {top:,f}."
        return f"{line} If you mean it, press again." if off else ""

    def fill(self, value: str) -> None:
        self.field.value = value


class Order(Guess):
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

    def fill(self, value: str) -> None:
        self.touched = sorted(value.split("|")) == sorted(self.given)
        self.texts = value.split("|") if self.touched else list(self.given)
        self._draw()

    def take(self) -> None:
        self.touched = True


class TwoGrades(Guess):
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


KINDS = {"choice": Choice, "number": Number, "order": Order, "two-grades": TwoGrades}
