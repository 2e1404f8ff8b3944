"""One file's rows as answers to a case's questions: what an answer may be, and what is said of one that is none.

The file itself is read by ask.answers, for a student and a teacher alike. Nothing is guessed: an answer that the
question does not offer is left out and named. page/taken.js does the same, step by step.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .. import bank
from ..ask import answers as files
from ..ask import letters

FORMS, OCCASIONS = ("pre", "post", "later"), files.OCCASIONS
UNSEEN = re.compile(r"[\u0080-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffd]")
FORMULA = re.compile(r"[=+\-@][^(|!]*[(|!]")
MARKUP = re.compile(r"<[a-zA-Z!/][^>]*>")
MOST_SHOWN, MOST_NAMED = 60, 9  # letters of a cell that a fault repeats; faults of one kind that a file has
CUT = files.WORDS["cut"][0]
MORE = "more of the same kind"


@dataclass(frozen=True)
class Key:
    """What the answers of a case are held against. questions: by their ids. groups: whose numbers, {id: words}."""

    case: str
    version: str
    questions: Mapping[str, bank.Question]
    groups: Mapping[str, str]


@dataclass
class File:
    """What was taken of a file. name: as it is shown. rows: how many it has.

    answers: a dict each, with the columns of answers-CODE.csv (pieces a list), right (bool or None) and row; code is
    empty where none is known.
    remarks: (key of words.json's faults, row or 0 for the whole file, what the fault names).
    """

    name: str
    answers: list[dict[str, Any]] = field(default_factory=list)
    remarks: list[tuple] = field(default_factory=list)
    rows: int = 0

    def say(self, key: str, row: int = 0, *named: object) -> None:
        """Remark something."""
        self.remarks.append((key, row, *map(str, named)))


def plain(text: str) -> str:
    """A cell as it is compared: composed letters, single spaces, nothing unseen.

    >>> plain("  not\\u00a0supported\\u200b ")
    'not supported'
    """
    return " ".join(UNSEEN.sub("", unicodedata.normalize("NFC", text)).split())


def alike(text: str, options: Sequence[str]) -> str:
    """The option that a cell is, capitals, blanks and the letters that an old alphabet spoils set aside; "" for none.

    >>> offered = ["Ann\u2019s own", "nobody"]
    >>> alike("Ann\u00e2\u20ac\u2122S own.", offered), alike("own", offered)
    ('Ann\u2019s own', '')
    """
    exact = {plain(option).lower(): option for option in options}
    loose = {bare(option): option for option in options}
    sure = len(loose) == len(options) and "" not in loose
    return exact.get(plain(text).lower()) or (loose.get(bare(text), "") if sure else "")


def bare(text: str) -> str:
    """A text's Latin letters and digits, which every alphabet of a computer has alike.

    >>> bare("444 \u00f7 7 = 63.4")
    '4447634'
    """
    return re.sub(r"[^A-Za-z0-9]", "", text).lower()


def shown(text: str) -> str:
    """As much of a cell as a fault repeats."""
    text = plain(text)
    return text if len(text) <= MOST_SHOWN else text[: MOST_SHOWN - 1] + "…"


def taken(name: str, data: bytes, key: Key) -> File:
    """What a file holds for a case. name: the file's, for its code. Never raises; what is wrong stands in .remarks."""
    read, made = files.read(data, name), File(name)
    cut = {fault.row for fault in read.faults if fault.fault == CUT}
    for fault in read.faults:
        made.say("file", fault.row, plain(fault.fault), fault.remedy)
    made.rows = len(read.rows)
    for number, row in zip(read.numbers, read.rows, strict=True):
        _take(made, number, row, number in cut, key)
    if signs := resaved(data) if read.rows else []:
        made.say("resaved", 0, *signs)
    _coded(made)
    return made


def resaved(data: bytes) -> list[str]:
    """What shows that another program has saved a file since: keys of words.json's resaved.

    >>> resaved(b"\\xef\\xbb\\xbfquestion_id;code;answer\\r\\n")
    ['mark', 'semicolons', 'moved']
    >>> resaved(b"code,question_id,answer\\n")
    []
    """
    text = letters.decoded(data, lambda *_: None) or ""
    separator, rows = letters.records(text, files.COLUMNS, lambda *_: None)
    heads = [letters.bare(cell).lower() for cell in letters.header(rows, files.COLUMNS)]
    places = [files.COLUMNS.index(head) for head in heads if head in files.COLUMNS]
    is_so = {
        "mark": data[:3] == b"\xef\xbb\xbf",
        "wide": data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:2],
        "semicolons": separator == ";",
        "tabs": separator == "\t",
        "doubled": letters.wrapped(text),
        "moved": places != sorted(places),
        "added": len(places) < len(heads),
    }
    return [name for name, so in is_so.items() if so]


def _take(made, number, row, cut, key):
    """One row: an answer, or a remark that says why not; or both."""
    if any(FORMULA.match(cell) for cell in row.values()):
        made.say("formula", number)
    if any(MARKUP.search(cell) for cell in row.values()):
        made.say("markup", number)
    if row["case"] and plain(row["case"]).lower() != key.case.lower():
        return made.say("other-case", number, shown(row["case"]))
    question = key.questions.get(plain(row["question_id"]).lower())
    if question is None:
        return made.say("unknown-question", number, shown(row["question_id"]))
    answer = answered(row["answer"], question)
    if answer is None:
        return made.say("not-an-option", number, shown(row["answer"]), question.question_id)
    if cut and not answer:  # what was lost is no blank
        return None
    version = plain(row["version"])
    other = version not in ("", key.version)
    if other:
        made.say("version", 0, shown(version))
    one = {"form": question.form, "question_id": question.question_id, "answer": answer, "row": number}
    # of another version's pieces, those that are no longer named are left out without a word for each
    pieces = _pieces(File("") if other else made, number, row["pieces"], question)
    made.answers.append(row | one | {"pieces": pieces, "right": question.right(answer), "case": key.case})
    return None


def answered(cell: str, question: bank.Question) -> str | None:
    """An answer in its one form, "" where it is left blank; None where it is none that the question offers.

    >>> one = [q for q in bank.questions(form="pre") if q.judged][0]
    >>> answered(" Supported  for this use", one), answered("", one), answered("supported", one)
    ('supported for this use', '', None)
    """
    text = plain(cell)
    if not text:
        return ""
    if question.kind == "number":
        return text if bank.number(text) is not None else None
    if question.kind == "two-grades":
        grades = text.upper().replace(" ", "")
        known = len(grades) == 2 and all(g in offered for g, offered in zip(grades, question.grades, strict=True))
        return grades if known else None
    if question.kind != "order":
        return alike(text, question.options) or None
    parts = [alike(part, question.options) for part in text.split("|")]
    return "|".join(parts) if sorted(parts) == sorted(question.options) else None


def _pieces(made, number, text, question):
    """The pieces that the student ticked; ["none"] where none was; [] where nothing was revealed, or said of it."""
    if plain(text).lower() in ("", "none", "shown"):
        return ["none"] * (plain(text).lower() == "none")
    known = [plain(piece) for piece in question.crucial_pieces]
    ticked = {part: alike(part, known) for part in text.split(";") if plain(part)}
    for part, piece in ticked.items():
        if not piece:
            made.say("pieces", number, shown(part), question.question_id)
    return [piece for piece in known if piece in ticked.values()] or ["none"]


def _coded(made):
    """Give each answer its code in its one form, and its occasion; say where either had to be found elsewhere."""
    for answer in made.answers:
        known = files.code(answer["code"])
        if not known:
            made.say("no-code", answer["row"])
        answer["code"] = known
        answer["occasion"] = _occasion(made, answer)
    own = list(dict.fromkeys(answer["code"] for answer in made.answers))
    if len(own) == 1 and files.code(own[0]) and not files.code_of_name(made.name):
        made.say("renamed", 0, own[0])


def _occasion(made, answer):
    """When the answer was given: before, after, later, lesson-1 …; empty where that cannot be known."""
    said, form = answer["occasion"], answer["form"]
    if form not in FORMS:
        return said if said.startswith("lesson-") else ""
    if said in OCCASIONS:
        return said
    seat = files.code(answer["code"]).rpartition("-")[2]
    if not seat:
        made.say("no-occasion", answer["row"])
        return ""
    turned = OCCASIONS[(FORMS.index(form) - int(seat)) % len(FORMS)]
    made.say("turned", answer["row"], turned)
    return turned


def gathered(file: File) -> Iterator[tuple[str, list[int], Sequence[str]]]:
    """A file's remarks, one for each kind and what it names, with their rows; MOST_NAMED of each, and the rest as one.

    >>> made = File("a.csv", remarks=[("formula", 3), ("pieces", 2, "x"), ("pieces", 4, "x")])
    >>> list(gathered(made))
    [('formula', [3], ()), ('pieces', [2, 4], ('x',))]
    """
    kinds: dict[tuple, dict[tuple, list[int]]] = {}
    for key, row, *named in file.remarks:
        of_a_file = key == "file"  # names its fault and its remedy
        found = kinds.setdefault((key, named[-1] if of_a_file else ""), {})
        kind = tuple(named)
        if kind not in found and len(found) >= MOST_NAMED:
            kind = (MORE, named[-1]) if of_a_file else ("…",) * len(named)
        found.setdefault(kind, []).append(row)
    for (key, _), found in kinds.items():
        for named, rows in found.items():
            yield key, list(dict.fromkeys(filter(None, rows))), named
