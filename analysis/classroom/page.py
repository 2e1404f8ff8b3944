"""The class page: one file into which a teacher without Python drops the class's files; it says what read() says.

The key of every case with questions is in it. Its script is the package's own rooms in the page's language, a file
each, with ask's reader of a student's file; a test gives both the same class.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from nbstill import pack

from .. import case as cases
from .read import WORDS
from .stats import NUMBERS
from .taken import Key

HERE = Path(__file__).parent / "page"
READER = Path(__file__).parents[1] / "ask" / "script" / "csv.js"
PARTS = ("stats", "taken", "read", "score", "told", "blocks", "draw", "class")
NAME, TITLE = "class-page.html", WORDS["page"]["title"]
# What the page's rooms use of the reader of one file.
READS = (
    *("readAnswers", "decoded", "recordsOf", "header", "wrapped", "bare", "codeOf", "codeOfName", "digitsOf"),
    *("COLUMNS", "WORDS", "MOST_BYTES"),
)


def page(keys: Sequence[Key], styles: Sequence[str]) -> str:
    """The page as HTML. keys: of the cases whose classes it can read. styles: the sheets that all pages share.

    >>> from . import key_of
    >>> made = page([key_of("putin-stone-2017")], [])
    >>> made.count("<script>"), "http://" in made.replace("http://www.w3.org", "")
    (1, False)
    """
    titles = {key.case: cases.load(key.case).meta["title"] for key in keys}
    data = {"words": WORDS, "numbers": NUMBERS, "keys": {key.case: _plain(key, titles[key.case]) for key in keys}}
    sheets = [*styles, pack.css((HERE / "class.css").read_text(encoding="utf-8"))]
    code = script()
    template = Environment(loader=FileSystemLoader(HERE), autoescape=True, trim_blocks=True).get_template(
        "class.html.j2"
    )
    return template.render(
        policy=pack.policy(list(sheets), [code]), styles=sheets, script=code, words=WORDS["page"], cases=titles,
        data=json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"),
    )  # fmt: skip


def script() -> str:
    """The page's script: the reader of one file in a scope of its own, then the rooms in one."""
    reader = pack.js(READER.read_text(encoding="utf-8"))
    parts = "".join(pack.js((HERE / f"{name}.js").read_text(encoding="utf-8")) for name in PARTS)
    own = f"const ask = (() => {{\n{reader}\nreturn {{{', '.join(READS)}}};\n}})();\n"
    given = 'const DATA = JSON.parse(document.getElementById("class-data").textContent);\n'
    return f'(() => {{\n"use strict";\n{given}const {{words: WORDS, numbers: NUMBERS}} = DATA;\n{own}{parts}}})();\n'


def _plain(key: Key, title: str) -> Mapping:
    """A key in the page's terms."""
    questions = [
        {
            "id": q.question_id, "form": q.form, "kind": q.kind, "use": q.use or q.prompt, "options": q.options,
            "answer": q.answer, "pieces": q.crucial_pieces, "kindOfNumber": q.sound_or_weak, "whose": q.whose,
            "tolerance": q.tolerance, "grades": q.grades,
        }
        for q in key.questions.values()
    ]  # fmt: skip
    return {"title": title, "version": key.version, "groups": key.groups, "questions": questions}
