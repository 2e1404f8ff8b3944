"""What one student will hand in, in a notebook: one store a case, whatever questions and desks of it a notebook shows.

It does what script/store.js and script/desk.js do in a page, with the same words; a test holds both to that.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pandas as pd

from . import answers

STAYS = "Nothing here has changed."
SAY_WHEN = "Say when you take the test, press Begin, and go on where you stopped."
_stores: dict[str, "Store"] = {}


def store_of(case: str, version: str) -> "Store":
    """The store of a case; a new one where its bank has changed.

    >>> store_of("buses", "1.00000000") is store_of("buses", "1.00000000")
    True
    """
    if case not in _stores or _stores[case].version != version:
        _stores[case] = Store(case, version)
    return _stores[case]


def shown_row(n: int, row: Mapping[str, str], called: Mapping[str, str]) -> dict[str, str]:
    """A row as the desk shows it: the question's place and first words, an order as a list, a blank named.

    >>> shown_row(2, {"question_id": "practice-01", "answer": "", "pieces": "shown"}, {})["question"]
    '2. practice-01'
    """
    parts = row["answer"].split("|")
    order = "\n".join(f"{n}. {part}" for n, part in enumerate(parts, 1))
    return dict(row) | {
        "question": f"{n}. {called.get(row['question_id'], row['question_id'])}",
        "answer": order if len(parts) > 1 else row["answer"] or "left blank",
        "pieces": "" if row["pieces"] == "shown" else row["pieces"],
    }


def _key(row: Mapping[str, str]) -> tuple[str, str]:
    return row["occasion"], row["question_id"]


class Store:
    """Rows of answers.COLUMNS, one a question that was shown, in the order shown. case, version: of its bank.

    code: the student's, empty until it is a sound one. typed: what was written for one. owner: whose answers these are,
    by a file opened or saved. waiting: whether a test waits to be begun. shown: the keys of this notebook's
    questions. changed: the keys of rows not saved yet. known: the bytes of
    the student's file as they were last read or written here. watchers: called when anything changes; openers: when a
    file was opened.

    >>> store = Store("buses", "1.00000000")
    >>> _ = store.show({"occasion": "lesson-1", "form": "practice", "question_id": "practice-01"})
    >>> store.put(("lesson-1", "practice-01"), answer="yes")
    >>> store.said
    '1 of 1 answered, not saved yet'
    """

    def __init__(self, case: str, version: str) -> None:
        self.case, self.version, self.code, self.known = case, version, "", b""
        self.typed, self.owner, self.waiting = "", "", False
        self.shown: set[tuple[str, str]] = set()
        self.rows: list[dict[str, str]] = []
        self.changed: set[tuple[str, str]] = set()
        self.watchers: list[Callable[[], None]] = []
        self.openers: list[Callable[[], None]] = []

    def find(self, key: tuple[str, str]) -> dict[str, str] | None:
        """The row of an occasion and a question."""
        return next((row for row in self.rows if _key(row) == key), None)

    def show(self, row: Mapping[str, str]) -> dict[str, str]:
        """Give a question that is shown its row, blank until it is answered; returns the one that it has."""
        self.shown.add(_key(row))
        if not self.find(_key(row)):
            own = {"case": self.case, "version": self.version}
            self.rows.append(dict.fromkeys(answers.COLUMNS, "") | dict(row) | own)
            self.tell()
        return self.find(_key(row))

    def put(self, key: tuple[str, str], **given: str) -> None:
        """Write cells of a row that is shown."""
        row = self.find(key)
        if row is not None and any(row[c] != value for c, value in given.items()):
            row.update(given, case=self.case, version=self.version)
            self.changed.add(key)
            self.tell()

    def name(self, code: str) -> None:
        """Take what was typed as the code."""
        self.typed, self.code = code, answers.typed(code)
        self.tell()

    @property
    def strange(self) -> str:
        """What to ask where the answers here are another student's than the code says; else nothing."""
        if not self.owner or not self.code or self.owner == self.code:
            return ""
        return f"These answers are {self.owner}’s, and the code here is {self.code}."

    def settle(self, code: str) -> None:
        """Say whose the answers here are."""
        self.owner = self.code = code
        self.tell()

    def listed(self, called: Mapping[str, str]) -> list[dict[str, str]]:
        """The rows as the desk shows them, those of this notebook first; script/desk.js does the same.

        called: the first words of questions, by question_id.

        >>> store = Store("buses", "1.00000000")
        >>> row = {"occasion": "lesson-1", "form": "practice", "question_id": "practice-01"}
        >>> _ = store.show(row)
        >>> store.put(("lesson-1", "practice-01"), answer="b|a")
        >>> [(one["question"], one["answer"].splitlines()) for one in store.listed({"practice-01": "Which first?"})]
        [('1. Which first?', ['1. b', '2. a'])]
        """
        rows = sorted(self.rows, key=lambda row: _key(row) not in self.shown)
        return [shown_row(n, row, called) for n, row in enumerate(rows, 1)]

    def tell(self) -> None:
        """Call the watchers."""
        for watch in list(self.watchers):
            watch()

    @property
    def said(self) -> str:
        """How many are answered, and whether that is saved."""
        if not self.rows:
            return "Nothing to hand in yet"
        count = f"{sum(bool(row['answer']) for row in self.rows)} of {len(self.rows)} answered"
        return f"{count}, not saved yet" if self.changed else count

    @property
    def text(self) -> str:
        """The text of the file."""
        return answers.text_of(row | {"code": self.code} for row in self.rows)

    @property
    def frame(self) -> pd.DataFrame:
        """The rows as a DataFrame of text with answers.COLUMNS."""
        return pd.DataFrame(
            [row | {"code": self.code} for row in self.rows], columns=list(answers.COLUMNS), dtype="str"
        )

    # Save, and open again

    def save(self, folder: str | Path = ".") -> Path:
        """Write answers-CODE.csv into a folder; see answers.save, whose errors it raises.

        ValueError too where the answers here are another student's than the code says.
        """
        if self.strange:
            raise ValueError(self.strange)
        path = answers.save([row | {"code": self.code} for row in self.rows], folder, self.known)
        self.known, self.owner = self.text.encode(), self.code
        self.changed.clear()
        self.tell()
        return path

    def open(self, data: bytes, name: str = "", beside: bool = False) -> str:
        """Go on from a saved file. Returns what became of it, in words; a file that cannot be used changes nothing.

        data: its bytes. name: its name. beside: whether it is the file that save() would write, which may then do so.
        """
        found = answers.read(data, name)
        refused, notes = judged(found, self)
        if refused:
            return f"{refused} {STAYS}"
        if code := answers.code(found.rows[0]["code"]):
            self.code = self.owner = code
        stayed = self._take(found.rows)
        if beside:
            self.known = data
        for tell in list(self.openers):
            tell()
        many = (
            "1 answer that you gave here since was"
            if stayed == 1
            else f"{stayed} answers that you gave here since were"
        )
        kept = f"{many} kept." if stayed else ""
        self.tell()
        return " ".join(
            filter(None, ["Opened.", kept, *notes, SAY_WHEN if self.waiting else "Go on where you stopped."])
        )

    def _take(self, rows: Iterable[dict[str, str]]) -> int:
        """Put a file's rows before what is shown here; what was answered here since stays. Returns how many stayed."""
        own = {_key(row): row for row in self.rows}
        stays = {key for key in self.changed if own[key]["answer"]}
        taken = [own[_key(row)] if _key(row) in stays else row for row in rows]
        stayed = sum(
            bool(row["answer"]) and row["answer"] != own[_key(row)]["answer"] for row in rows if _key(row) in stays
        )
        keys = {_key(row) for row in taken}
        self.rows = [*taken, *(row for row in self.rows if _key(row) not in keys)]
        return stayed


def judged(found: answers.Answers, store: Store) -> tuple[str, list[str]]:
    """(why a file cannot be used, or nothing; what a student should know of one that can).

    >>> judged(answers.read(b""), Store("buses", "1.00000000"))[0]
    'Nothing in this file can be read: the file is empty.'
    """
    because = "; ".join(f"row {f.row}: {f.fault}" if f.row else f.fault for f in found.faults[:3])
    if not found.rows:
        return f"Nothing in this file can be read: {because}.", []
    codes = {row["code"] for row in found.rows}
    code, cases = answers.code(found.rows[0]["code"]), {row["case"] for row in found.rows}
    if len(codes) > 1:
        return "This file holds the answers of more than one code.", []
    if len(cases) == 1 and not cases & {"", store.case}:
        return f"This file belongs to other lessons ({cases.pop()[:40]}): open it on their page.", []
    if code and store.code and code != store.code:
        said = f"This is the file of {code}, and the code here is {store.code}. If it is yours, mend the code first."
        return said, []
    versions = {row["version"] for row in found.rows if row["case"] == store.case} - {"", store.version}
    aged = "It was saved with another version of the questions: see whether your answers still fit."
    return "", [*([f"Not all of it could be read: {because}."] if because else []), *([aged] if versions else [])]
