"""What analysis.ask returns: things that show themselves as a widget in JupyterLab and as HTML everywhere else."""

import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from .. import bank
from ..bank import Question
from ..case import Case
from ..html import HTML, join
from . import element
from .store import Store, store_of

IN_PAGE = "NBSTILL"  # set where a notebook runs for the sake of its page


class Shown:
    """Questions of a case, or its desk. case: a Case. questions: those that it shows. html: how a page has it."""

    def __init__(self, case: Case, questions: Sequence[Question]) -> None:
        self.case, self.questions, self.version = case, tuple(questions), bank.version(case)

    @property
    def store(self) -> Store:
        """What the student of this notebook will hand in."""
        return store_of(self.case.name, self.version)

    @property
    def answers(self) -> pd.DataFrame:
        """All answers to this case's questions so far, with the columns of the file."""
        return self.store.frame

    def save(self, folder: str | Path = ".") -> Path:
        """Write answers-CODE.csv into a folder, whole or not at all; see answers.save, whose errors it raises."""
        return self.store.save(folder)

    @property
    def html(self) -> HTML:
        raise NotImplementedError

    def _widget(self) -> Any:
        raise NotImplementedError

    @cached_property
    def widget(self) -> Any:
        """The same as an ipywidget."""
        return self._widget()

    def __repr__(self) -> str:
        return self.html.text

    def _repr_html_(self) -> str:
        return str(self.html)

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        static = {"text/html": str(self.html), "text/plain": self.html.text}
        if os.environ.get(IN_PAGE):
            return static
        return {**(self.widget._repr_mimebundle_(**kwargs) or {}), **static}


class Asked(Shown):
    """One question or several; see analysis.ask."""

    def __init__(self, case: Case, questions: Sequence[Question]) -> None:
        super().__init__(case, questions)
        for one in self.questions:
            if occasion := element.occasion(one):
                self.store.show({"occasion": occasion, "form": one.form, "question_id": one.question_id})

    @property
    def html(self) -> HTML:
        return join(*(element.question(one, self.case, self.version) for one in self.questions))

    def _widget(self) -> Any:
        from . import widget

        return widget.asked(self)


class Quiz(Shown):
    """A test; see analysis.ask.quiz."""

    @property
    def html(self) -> HTML:
        return element.quiz(self.questions, self.case, self.version)

    def _widget(self) -> Any:
        from . import bench

        return bench.quiz(self)


class Desk(Shown):
    """Where answers are saved; see analysis.ask.desk."""

    @property
    def html(self) -> HTML:
        return element.desk(self.case, self.version)

    def _widget(self) -> Any:
        from . import bench

        return bench.desk(self)
