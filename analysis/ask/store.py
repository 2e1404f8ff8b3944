"""What one student will hand in, in a notebook: one store a case, whatever questions and desks of it a notebook shows.

It does what script/store.js and script/desk.js do in a page, with the same words; a test holds both to that.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pandas as pd

from . import answers

STAYS = "Nothing here has changed."
_stores: dict[str, "Store"] = {}


def store_of(case: str, version: str) -> "Store":
    """The store of a case; a new one where its bank has changed.

    >>> store_of("buses", "1.00000000") is store_of("buses", "1.00000000")
    True
    """
    if case not in _stores or _stores[case].version != version:
        _stores[case] = Store(case, version)
    return _stores[case]


def _key(row: Mapping[str, str]) -> tuple[str, str]:
    return row["occasion"], row["question_id"]


class Store:
    """Rows of answers.COLUMNS, one a question that was shown, in the order shown. case, version: of its bank.

    code: the student's, empty until it is a sound one. changed: the keys of rows not saved yet. known: the bytes of
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
        self.rows: list[dict[str, str]] = []
        self.changed: set[tuple[str, str]] = set()
        self.watchers: list[Callable[[], None]] = []
        self.openers: list[Callable[[], None]] = []

    def find(self, key: tuple[str, str]) -> dict[str, str] | None:
        """The row of an occasion and a question."""
        return next((row for row in self.rows if _key(row) == key), None)

    def show(self, row: Mapping[str, str]) -> dict[str, str]:
        """Give a question that is shown its row, blank until it is answered; returns the one that it has."""
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
        """Write answers-CODE.csv into a folder; see answers.save, whose errors it raises."""
        path = answers.save([row | {"code": self.code} for row in self.rows], folder, self.known)
        self.known = self.text.encode()
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
        self.code = answers.code(found.rows[0]["code"]) or self.code
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
        return " ".join(filter(None, ["Opened.", kept, *notes, "Go on where you stopped."]))

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
