"""A class's files of answers: what the class got better at, and how sure that is. For the teacher; nobody is ranked.

taken       one file's rows as answers; ask.answers reads the file
read        a folder of files, each answer counted once, each fault named
stats       the few formulae        results what a student's answers come to
score       the numbers             students  those of one student
told        a row in words          blocks  a teacher's screen          drawn   its pictures
invented    a class to show it with
page        the same in a browser, for a teacher without Python
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

import pandas as pd

from .. import bank
from .. import case as cases
from ..html import HTML, escape, folded, join, table
from ..tables import write_text
from . import blocks, told
from .invented import invented
from .read import Entry, Found, case_of, found, listed
from .results import Row
from .score import score
from .taken import Key

__all__ = ["Class", "invented", "key_of", "read", "with_questions"]
OTHER = "other topic"


class Class:
    """What a class's files hold for one case.

    found, key: what they were made of. made["change"] is one block of what a teacher is told, and shows itself in a
    notebook; .blocks names them.

    >>> made = read(invented())
    >>> made.files["file"].nunique(), list(made.blocks)[:3]
    (26, ['who', 'change', 'means'])
    """

    def __init__(self, found: Found, key: Key):
        self.found, self.key = found, key

    @cached_property
    def rows(self) -> list[Row]:
        """The numbers as score() makes them."""
        return score(self.found.answers, self.key)

    @cached_property
    def blocks(self) -> dict[str, told.Block]:
        """What a teacher is told, by the blocks' names, in their order."""
        return {block.id: block for block in blocks.told(self.rows, self.found, self.key)}

    @property
    def answers(self) -> pd.DataFrame:
        """A row an answer: the file's columns, right (True, False, None), sound (sound, weak, not scored), whose, file.

        It holds every student's answers by whose numbers they are: keep it as you keep the files.
        """
        made = [
            a
            | {
                "pieces": ";".join(a["pieces"]),
                "sound": self._question(a).sound_or_weak,
                "whose": self._question(a).whose,
            }
            for a in self.found.answers
        ]
        return pd.DataFrame(made)

    def _question(self, answer: Mapping[str, str]) -> bank.Question:
        return self.key.questions[answer["question_id"].lower()]

    @property
    def faults(self) -> pd.DataFrame:
        """What is wrong with the files: file, row (one or several; empty for the whole file), fault, remedy."""
        return pd.DataFrame(self.found.faults, columns=["file", "row", "fault", "remedy"])

    @property
    def files(self) -> pd.DataFrame:
        """What was taken of each file: file, code, taken."""
        return pd.DataFrame(self.found.files, columns=["file", "code", "taken"])

    def score(self) -> pd.DataFrame:
        """The numbers: measure, occasion, item, group, n (int), value, low, high (float, four decimals), said.

        value, low and high are NaN where there is none. item: a question, a form, a step of confidence or a student's
        code, as the measure has it; group: whose number, only over eight students or more. Source: the files.
        """
        made = pd.DataFrame(told.table(self.rows, self.key), columns=list(told.CSV))
        return made.assign(n=made["n"].astype(int), **{c: pd.to_numeric(made[c]) for c in ("value", "low", "high")})

    def csv(self) -> str:
        """The same as the text of class.csv, byte for byte what the page gives; numbers with four decimals."""
        lines = [told.CSV, *([row[c] for c in told.CSV] for row in told.table(self.rows, self.key))]
        return "".join(",".join(map(_cell, line)) + "\n" for line in lines)

    def save(self, path: str | Path) -> Path:
        """Write class.csv; missing folders are made. Returns its path."""
        path = Path(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_text(path, self.csv())
        return path

    def __getitem__(self, name: str) -> HTML:
        block = self.blocks.get(name)
        if block is None:
            return HTML("", "")
        from .drawn import picture

        parts = [HTML(f"<p>{escape(sentence)}</p>", sentence) for sentence in block.said]
        if block.bars:
            numbers = table(block.bars.rows, {k: told.COLUMNS[k] for k in ("label", "said")}, block.bars.caption)
            parts += [picture(block.bars), folded(told.TOLD["numbers"], numbers)]
        for n, one in enumerate(block.tables):
            made = table(one.rows, one.columns, one.caption)
            parts.append(folded(one.caption, made) if block.id != "files" or n else made)
        return join(*parts)

    def __repr__(self) -> str:
        return "\n".join(f"{block.title}. {' '.join(block.said)}".strip() for block in self.blocks.values())


def _cell(text):
    """A cell of CSV that no spreadsheet runs: a student's words may stand in it."""
    text = str(text)
    safe = text[:1] in ("=", "@", "\t") or (text[:1] in "+-" and text[1:2].isalpha())
    text = f"'{text}" if text and safe else text
    return '"' + text.replace('"', '""') + '"' if any(c in text for c in ',"\n') else text


def with_questions() -> list[str]:
    """The names of the cases that have a bank of questions, the one that comes first without a name first.

    >>> with_questions()[0]
    'putin-stone-2017'
    """
    names = sorted(cases.cases(), key=lambda name: name != cases.DEFAULT)
    return [name for name in names if bank.questions(name)]


def key_of(case: str | Path | cases.Case) -> Key:
    """What the answers of a case are held against: its questions, their version, the groups of whose numbers they are.

    Raises as case.load does.

    >>> key_of("putin-stone-2017").questions["pre-01"].judged
    True
    """
    loaded = cases.load(case)
    questions = {question.question_id.lower(): question for question in bank.questions(loaded)}
    used = {question.whose for question in questions.values() if question.scored}
    labels = {name: look["label"] for name, look in loaded.vocabulary.groups.items()} | {OTHER: OTHER}
    return Key(loaded.name, bank.version(loaded), questions, {g: words for g, words in labels.items() if g in used})


def read(folder: str | Path | Mapping[str, bytes], case: str | Path | cases.Case | None = None) -> Class:
    """A class's files as a Class.

    folder: with any number of answers-CODE.csv in it or in its folders, whatever else there is; or {name: bytes}.
    case: whose questions they answer; without one, the case that most of the files name.
    Raises OSError where the folder cannot be listed, ValueError where the case has no questions. What is wrong with a
    file raises nothing: it stands in .faults.

    >>> read({"answers-7B-1.csv": b""}).faults["fault"].tolist()
    ['the file is empty']
    """
    mapping = isinstance(folder, Mapping)
    entries = [Entry(name, data) for name, data in folder.items()] if mapping else listed(Path(folder))
    key = key_of(case if case is not None else case_of(entries, with_questions()))
    if not key.questions:
        raise ValueError(f"{key.case} has no questions: questions.csv is missing or empty")
    return Class(found(entries, key), key)
