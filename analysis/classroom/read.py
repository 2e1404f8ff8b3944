"""A folder of a class's files as answers, each counted once, and all that is wrong with the files.

The order in which a folder lists its files changes nothing. page/read.js does the same with the files dropped into it.
"""

import json
import os
import re
import stat
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ..ask import answers as files
from ..ask import letters
from .stats import NUMBERS
from .taken import FORMS, File, Key, gathered, taken

WORDS = json.loads((Path(__file__).parent / "words.json").read_text(encoding="utf-8"))
FAULTS = list(WORDS["faults"])
OF_THE_COMPUTER = ("thumbs.db", "desktop.ini")
HIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]")
MOST_ROWS = 5  # rows, or questions, that a fault names


class Entry(NamedTuple):
    """What a folder lists. name: its path within the folder. data: its bytes.

    problem: a key of words.json's faults where there are no bytes; detail: what that names.
    """

    name: str
    data: bytes = b""
    problem: str = ""
    detail: str = ""


class Found(NamedTuple):
    """What was found.

    answers: dicts as taken.File has them, with file; each student's answer to a question at an occasion once.
    faults: dicts of text: file, row (one or several; empty for the whole file), fault, remedy.
    files: dicts of text: file, code, taken.
    """

    answers: list[dict[str, Any]]
    faults: list[dict[str, str]]
    files: list[dict[str, str]]


def listed(folder: Path, within: str = "") -> list[Entry]:
    """What lies in a folder and in its folders. Links are not followed, and nothing that is no file is opened.

    Raises OSError where the folder itself cannot be listed.
    """
    made = []
    for item in os.scandir(folder):
        name = within + item.name.encode("utf-8", "replace").decode()
        try:
            made += _entries(item, name)
        except OSError as problem:
            made.append(Entry(name, problem="unreadable", detail=problem.strerror or ""))
    return made


def _entries(item, name):
    if item.is_symlink():
        return [Entry(name, problem="link")]
    if item.is_dir():
        own = [Entry(name, problem="folder")] if name.lower().endswith(".csv") else []
        return own + listed(Path(item.path), f"{name}/")
    if not stat.S_ISREG(item.stat().st_mode):
        return [Entry(name, problem="no-file")]
    with open(item.path, "rb") as file:
        return [Entry(name, file.read(letters.MOST_BYTES + 1))]


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Entries by their names, as every language sorts them; a name without letters that a screen would obey."""
    clean = [entry._replace(name=HIDDEN.sub("\ufffd", entry.name)) for entry in entries]
    return sorted(clean, key=lambda entry: (ordered(entry.name), entry.data))


def ordered(text: str) -> bytes:
    """What a text sorts by, here and in a page: its units of UTF-16."""
    return text.encode("utf-16-be", "replace")


def of_the_computer(name: str) -> bool:
    """Whether a file is one that a computer makes for itself.

    >>> of_the_computer("a/.DS_Store"), of_the_computer("~$answers.xlsx"), of_the_computer("answers-7B-1.csv")
    (True, True, False)
    """
    parts = name.lower().split("/")
    hidden = any(part.startswith((".", "__macosx")) for part in parts)
    return hidden or parts[-1] in OF_THE_COMPUTER or parts[-1].startswith("~$")


def case_of(entries: Iterable[Entry], cases: Iterable[str]) -> str:
    """The case that most files name, of these; the first of them where none is named."""
    votes = dict.fromkeys(cases, 0)
    for entry in entries:
        if not entry.problem and not of_the_computer(entry.name):
            named = {row["case"].lower() for row in files.read(entry.data).rows}
            votes |= {name: n + (name.lower() in named) for name, n in votes.items()}
    return max(votes, key=lambda name: votes[name])


def found(entries: Iterable[Entry], key: Key) -> Found:
    """What the files of a folder hold for a case: each answer once, each fault by its file."""
    entries = in_order(entries)
    first: dict[bytes, str] = {}  # of files with the same bytes, the one that is read: that with the shortest name
    for entry in sorted(entries, key=lambda entry: len(entry.name)):
        if entry.data and not entry.problem and not of_the_computer(entry.name):
            first.setdefault(entry.data, entry.name)
    made = []
    for entry in entries:
        left = bool(entry.problem) or of_the_computer(entry.name)
        same = "" if left else first.get(entry.data, "")
        file = File(entry.name) if left or same not in ("", entry.name) else taken(entry.name, entry.data, key)
        if entry.problem:
            file.say(entry.problem, 0, entry.detail)
        elif same not in ("", entry.name):
            file.say("same-bytes", 0, same)
        made.append(file)
    _without_code(made)
    _classes(made)
    _two_codes(made)
    answers = _once(made)
    return Found(answers, _faults(made), [_said(file, answers) for file in made])


def _without_code(made):
    """Call students without a code by a number: a file's name may be a student's, and class.csv has no names."""
    unknown = [file for file in made if any(not answer["code"] for answer in file.answers)]
    for number, file in enumerate(unknown, 1):
        for answer in file.answers:
            answer["code"] = answer["code"] or f"no code {number}"


def _classes(made):
    """Say of each file whose class is not that of most others."""
    first = {file.name: file.answers[0]["code"] for file in made if file.answers}
    own = {name: student.rpartition("-")[0] for name, student in first.items() if files.code(student)}
    votes = Counter(own.values())
    most = min(votes, key=lambda name: (-votes[name], name), default="")
    for file in made:
        if own.get(file.name, most) != most:
            file.say("other-class", 0, own[file.name], most)


def _two_codes(made):
    """Say of a student's test answers that another code has them too: who mended the code midway is counted twice."""
    columns = ("occasion", "question_id", "answer", "confidence", "reason")
    own: dict[tuple[str, str], set] = {}
    for file in made:
        for answer in file.answers:
            if answer["answer"] and answer["form"] in FORMS and files.code(answer["code"]):
                own.setdefault((file.name, answer["code"]), set()).add(tuple(answer[c] for c in columns))
    by_name = {file.name: file for file in made}
    told = set()
    for one, answers in own.items():
        for other, theirs in own.items():
            enough = one[1] != other[1] and len(answers) >= NUMBERS["same_answers"]
            if enough and answers <= theirs and (other, one) not in told:
                by_name[one[0]].say("two-codes", 0, one[1], other[0], other[1])
                told.add((one, other))
                break


def _once(made: list[File]) -> list[dict[str, Any]]:
    """Each student's answer to a question at an occasion once: of the file that has most of the student's answers."""
    many = Counter((file.name, a["code"]) for file in made for a in file.answers if a["answer"])
    kept: dict[tuple, dict] = {}
    others: dict[tuple, set] = {}  # (the file that is not counted, code, the one that is): questions that differ
    for file in made:
        for answer in file.answers:
            one = answer | {"file": file.name}
            place = (one["code"], one["occasion"], one["question_id"])
            kept[place] = _better(one, kept[place], many, others) if place in kept else one
    by_name = {file.name: file for file in made}
    for (loser, student, winner), differ in others.items():
        by_name[loser].say("same-code" if differ else "same-code-alike", 0, student, winner, _several(sorted(differ)))
    return [kept[place] for place in sorted(kept, key=lambda place: [ordered(part) for part in place])]


def _better(one, other, many, others):
    """Of two answers to one question the one that counts; remembers whether they differ."""
    if one["file"] == other["file"]:
        return one if one["answer"] else other
    weight = {a["file"]: (many[a["file"], a["code"]], len(a["file"]), ordered(a["file"])) for a in (one, other)}
    winner, loser = (one, other) if weight[one["file"]] > weight[other["file"]] else (other, one)
    differ = others.setdefault((loser["file"], loser["code"], winner["file"]), set())
    if winner["answer"] and loser["answer"] and winner["answer"] != loser["answer"]:
        differ.add(winner["question_id"])
    return winner if winner["answer"] else loser


def _several(parts):
    first = ", ".join(parts[:MOST_ROWS])
    return first if len(parts) <= MOST_ROWS else WORDS["more"].format(first, len(parts) - MOST_ROWS)


def _faults(made):
    """The remarks in words: by file, in the order of words.json, by row."""
    faults = []
    for file in made:
        for key, rows, named in sorted(gathered(file), key=lambda one: (FAULTS.index(one[0]), one[1][:1])):
            named = [", ".join(WORDS["resaved"][sign] for sign in named)] if key == "resaved" else named
            fault, remedy = (text.format(*named) for text in WORDS["faults"][key])
            row = _several([str(row) for row in rows])
            faults.append({"file": file.name, "row": row, "fault": fault, "remedy": remedy})
    return faults


def _said(file: File, answers: list[Mapping]) -> dict[str, str]:
    """What was taken of a file, in words."""
    words, kept = WORDS["taken"], sum(answer["file"] == file.name for answer in answers)
    codes = ", ".join(dict.fromkeys(answer["code"] for answer in file.answers))
    again = bool(file.answers) or any(remark[0] == "same-bytes" for remark in file.remarks)
    said = words["left"] if of_the_computer(file.name) else words["again"] if again else words["none"]
    if kept:
        said = words["rows"].format(kept, file.rows)
    return {"file": file.name, "code": codes or files.code_of_name(file.name), "taken": said}
