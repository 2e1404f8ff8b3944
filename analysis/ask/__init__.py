"""Guess first, then reveal: a case's questions in a notebook and in a page, and what a student hands in.

    analysis.ask(case, "practice-16")       one question, several, or those of a lesson: lesson=2
    analysis.ask.quiz(case)                 the test: its form by the code's seat and the occasion
    analysis.ask.desk(case)                 the code; what will be handed in; save it, print it, open it again

The room is called as it is, `analysis.ask(…)`. What is right stands in the page for who looks for it: the key is no
secret. Only the questions of a test come without their answers.

answers     answers-CODE.csv: written, and read whatever saved it (letters: its bytes as rows of cells)
element     HTML: whole without a script; script/ makes it move, ask.css lays it out (page: both as one)
store       what one student will hand in, in a notebook
widget      the same questions as ipywidgets (kinds: a guess of each kind; bench: the test and the desk)
"""

import sys
import types
from collections.abc import Iterable

from .. import bank
from ..case import DEFAULT, Case, UnknownFigure, load
from . import element
from .answers import read
from .shown import Asked, Desk, Quiz

__all__ = ["Asked", "Desk", "Quiz", "ask", "desk", "quiz", "read"]


def ask(
    case: str | Case = DEFAULT,
    questions: str | Iterable[str] | None = None,
    *,
    lesson: int | str | None = None,
    form: str | None = None,
) -> Asked:
    """Questions of a case, each asked before it is answered.

    case: a Case or its name. questions: a question_id or several, in the order in which they are shown; without them
    all of a lesson (1, 2, 3) and a form (pre, post, later, practice). In practice a guess is followed by the numbers
    and the reason; in the other forms nothing is revealed.
    Returns an Asked: in JupyterLab a widget, in a page `<wc-ask>`, without either HTML that reads. It has .answers and
    .save(folder). Raises UnknownFigure, a KeyError, for a question that the case has not, and names the nearest.

    >>> import analysis
    >>> "practice-16" in set(analysis.ask("putin-stone-2017", "practice-16").answers["question_id"])
    True
    """
    case = load(case)
    every = {one.question_id: one for one in bank.questions(case)}
    if questions is None:
        return Asked(case, bank.questions(case, lesson, form))
    names = [questions] if isinstance(questions, str) else list(questions)
    return Asked(case, [_known(every, name, case) for name in names])


def _known(every, name, case):
    if name in every:
        return every[name]
    import difflib  # on first use: what only a mistake needs stays out of the import

    near = difflib.get_close_matches(name, every, n=3, cutoff=0.4)
    raise UnknownFigure(f"no question {name!r} in {case.name}" + (f"; did you mean {', '.join(near)}?" if near else ""))


def quiz(case: str | Case = DEFAULT) -> Quiz:
    """The test of a case: of its forms each student gets one an occasion, by the seat in the code.

    case: a Case or its name. Returns a Quiz, which shows itself as an Asked does. Nothing is revealed in it.

    >>> import analysis
    >>> analysis.ask.quiz("putin-stone-2017")
    A test in 3 sheets
    """
    case = load(case)
    every = bank.questions(case)
    return Quiz(case, [one for form in element.TESTS for one in bank.mixed(every, form)])


def desk(case: str | Case = DEFAULT) -> Desk:
    """The desk of a case: the code, what will be handed in, and how to save it, print it and go on from it.

    case: a Case or its name. Returns a Desk, which shows itself as an Asked does.

    >>> import analysis
    >>> analysis.ask.desk("putin-stone-2017")
    Your answers
    """
    return Desk(load(case), [])


class _Room(types.ModuleType):
    """This module, which may be called: analysis.ask(case, …) is ask(case, …)."""

    def __call__(self, *given: object, **more: object) -> Asked:
        return ask(*given, **more)


sys.modules[__name__].__class__ = _Room
