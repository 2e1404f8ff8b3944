"""The questions of a case for a class: questions.csv in plain types. What is right is said here, and nowhere else."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from . import case as cases
from . import tables
from .schema import FORMS, LESSONS

SPLIT = {"options": "|", "crucial_pieces": ";", "figure_ids": ";"}  # the columns that hold lists, and what parts them
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


@dataclass(frozen=True)
class Question:
    """One row of questions.csv: see the codebook in data/README.md. options, crucial_pieces, figure_ids are tuples.

    >>> one = questions("putin-stone-2017", form="practice", lesson=2)[0]
    >>> one.judged, one.right(one.options[0])
    (True, True)
    """

    question_id: str
    lesson: str
    form: str
    kind: str
    prompt: str
    options: tuple[str, ...]
    answer: str
    why: str
    crucial_pieces: tuple[str, ...]
    figure_ids: tuple[str, ...]
    use: str
    sound_or_weak: str
    whose: str
    topic: str
    source_id: str

    @property
    def judged(self) -> bool:
        """Whether the student judges a number for a use; the judged ones of a test are its score."""
        return self.sound_or_weak in ("sound", "weak")

    @property
    def scored(self) -> bool:
        """Whether it counts in a score: judged, and in a test, not in a lesson's practice."""
        return self.judged and self.form != "practice"

    @cached_property
    def _given(self) -> dict:
        return dict(part.partition("=")[::2] for part in self.options if "=" in part)

    @property
    def tolerance(self) -> float:
        """Of a number: how far from the answer is still right, in the unit; 0.0 of every other kind."""
        return float(self._given.get("tolerance", 0)) if self.kind == "number" else 0.0

    @property
    def unit(self) -> str:
        """Of a number: the unit in words, as it stands beside the field; empty of every other kind."""
        return self._given.get("unit", "") if self.kind == "number" else ""

    @property
    def grades(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Of two grades: those of the source and those of the information; both empty of every other kind.

        >>> [q.grades for q in questions("putin-stone-2017") if q.kind == "two-grades"][0][1]
        ('1', '2', '3', '4', '5', '6')
        """
        two = [tuple(part.split("|")) for part in "|".join(self.options).split("/")]
        return (two[0], two[1]) if self.kind == "two-grades" else ((), ())

    def right(self, answer: str | None) -> bool | None:
        """Whether an answer is right; None where it is blank, or of a kind that is not marked right or wrong.

        answer: as answers-CODE.csv has it: the option's text; a number (42.3, 1,268 or 42,3); a|b|c; B3.

        >>> one = [q for q in questions("putin-stone-2017") if q.kind == "number" and q.tolerance][0]
        >>> one.right(one.answer), one.right("0"), one.right(""), one.right("many")
        (True, False, None, False)
        """
        given = (answer or "").strip()
        if not given or self.kind == "two-grades":
            return None
        if self.kind == "number":
            read = number(given)
            return read is not None and abs(read - float(self.answer)) <= self.tolerance + 1e-9
        return given == self.answer


def number(text: str) -> float | None:
    """A number as a student writes it; None where it is none. A comma before three digits parts thousands.

    >>> number("1,268"), number("42,3"), number(" 30 000 "), number("about 5")
    (1268.0, 42.3, 30000.0, None)
    """
    digits = re.sub(r"[\s\u00a0\u202f]", "", text)
    if re.fullmatch(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?", digits):
        digits = digits.replace(",", "")
    digits = digits.replace(",", ".")
    return float(digits) if _NUMBER.fullmatch(digits) else None


def question(row: dict) -> Question:
    """A Question of one row of questions.csv, a dict of text with the table's columns.

    >>> row = dict.fromkeys(Question.__annotations__, "") | {"options": "yes|no"}
    >>> question(row).options, question(row).figure_ids
    (('yes', 'no'), ())
    """
    parted = {c: tuple(row[c].split(by)) if row[c] else () for c, by in SPLIT.items()}
    return Question(**{c: parted.get(c, row[c]) for c in Question.__annotations__})


def mixed(every: Iterable[Question], form: str) -> list[Question]:
    """The questions of a form in the order of its test, on paper and on a screen: one that tells no answers.

    >>> [q.question_id for q in mixed(questions("putin-stone-2017"), "pre")] == sorted(
    ...     q.question_id for q in questions("putin-stone-2017", form="pre"))
    False
    """
    own = (q for q in every if q.form == form)
    return sorted(own, key=lambda q: hashlib.sha256(q.question_id.encode()).hexdigest())


def questions(
    case: "str | Path | cases.Case" = cases.DEFAULT, lesson: int | str | None = None, form: str | None = None
) -> list[Question]:
    """The questions of a case, in the order of the file; none where the case has no bank.

    case: a Case, a name or a folder. lesson: 1, 2 or 3; None for all. form: pre, post, later or practice; None for all.
    Raises ValueError for a lesson or a form that no bank has, and as case.load does.

    >>> [q.form for q in questions("putin-stone-2017", lesson=1, form="pre")][0]
    'pre'
    """
    for name, value, known in (("lesson", lesson, LESSONS), ("form", form, FORMS)):
        if value is not None and str(value) not in known:
            raise ValueError(f"no {name} {value!r}: use one of {', '.join(known)}, or leave it out for all")
    rows = cases.load(case).questions.to_dict("records")
    wanted = {"lesson": lesson, "form": form}
    chosen = [r for r in rows if all(v is None or r[c] == str(v) for c, v in wanted.items())]
    return [question(row) for row in chosen]


def version(case: "str | Path | cases.Case" = cases.DEFAULT) -> str:
    """The stamp of a bank: "1." and eight hexadecimal digits of the SHA-256 of its file, with LF line ends.

    >>> len(version("putin-stone-2017"))
    10
    """
    case = cases.load(case)
    path = case.folder / "questions.csv" if case.folder else None
    there = path is not None and path.is_file()
    raw = path.read_bytes() if there else tables.text_of(case._rows["questions"], "questions").encode()
    stamp = hashlib.sha256(raw.replace(b"\r\n", b"\n")).hexdigest()
    return f"1.{stamp[:8]}"
