"""No word of a case stands in the package: other words in its [words] give the same frames, contrasts and pairings."""

import copy
import re
from itertools import count
from pathlib import Path

import pandas as pd
import pytest

import analysis
from analysis import rules, scope, tables
from analysis.case import Case
from analysis.schema import TABLES

PACKAGE = Path(analysis.__file__).parent
NAMES = count(1)


def letters(n):
    """1, 2, 3... as a, b, c... and so on: words without digits."""
    return letters((n - 1) // 26) + "abcdefghijklmnopqrstuvwxyz"[(n - 1) % 26] if n else ""


def invent(stem):
    return f"{stem}{letters(next(NAMES))}"


@pytest.fixture(scope="module")
def real():
    return analysis.load("putin-stone-2017")


@pytest.fixture(scope="module")
def other(real):
    """The same case in invented words: (Case, {invented: the case's own word})."""
    own = real.meta["words"]
    nouns = {one: (invent("zig"), invent("zags")) for one in own["units"]}
    plain = [*real.vocabulary.measures, *own["places"], *own["parties"]]
    plain += [text for side in own["sides"].values() for text in side.values()]
    into = {word: invent("blorb ") for word in plain}
    forms = {form: new for one, pair in nouns.items() for form, new in zip((one, own["units"][one]), pair, strict=True)}

    def unit(text):
        return "".join(forms.get(part, part) for part in re.split(r"([·/])", text))

    def cell(column, text):
        if column == "unit":
            return unit(text)
        if column == "derivation":
            return re.sub(r"\[([^\]]*)\]", lambda m: f"[{unit(m[1])}]", text)
        return into.get(text, text) if column in ("measure", "place", "party") else text

    meta = copy.deepcopy(real.meta)
    words = meta["words"]
    words["units"] = dict(nouns.values())
    words["measures"] = {topic: [into[m] for m in listed] for topic, listed in own["measures"].items()}
    words["places"] = {into[p]: [into[q] for q in inside] for p, inside in own["places"].items()}
    words["parties"] = [into[p] for p in own["parties"]]
    words["sides"] = {s: {k: into[v] for k, v in side.items()} for s, side in own["sides"].items()}
    words["scope"] = {"units": [forms[u] for u in own["scope"]["units"]],
                      "places": [into.get(p, p) for p in own["scope"]["places"]]}  # fmt: skip
    meta["scope"]["left_out"] = {into.get(p, p): said for p, said in meta["scope"]["left_out"].items()}
    rows = {t: [{c: v if c == "line" else cell(c, v) for c, v in row.items()} for row in real._rows[t]] for t in TABLES}
    back = {new: old for words in (into, forms) for old, new in words.items()}
    assert rules.judge(meta, {t: tables.Table(rows[t], [], []) for t in TABLES}) == []
    return Case(meta | {"id": "invented"}, rows), back


def told_back(frame, back):
    """A frame of the invented case in the case's own words."""

    def text(value):
        whole = back.get(value, value)
        return "".join(back.get(part, part) for part in re.split(r"([·/\[\]])", whole))

    worded = {c: frame[c].map(text).astype("str") for c in WORDED if c in frame}
    return frame.assign(**worded, **({"case": "putin-stone-2017"} if "case" in frame else {}))


WORDED = ("unit", "measure", "place", "stake", "ratio_unit", "working", "derivation", "a_rate", "b_rate")


@pytest.mark.parametrize("name", ["strikes", "fighters", "countries", "harm", "aim"])
def test_a_topic_gives_the_same_frame_but_for_the_words(real, other, name):
    case, back = other
    wanted = analysis.topic(real, name, references=True)
    assert len(wanted)
    made = analysis.topic(case, name, references=True)
    assert not set(made["measure"]) & set(wanted["measure"])
    pd.testing.assert_frame_equal(told_back(made, back), wanted)


def test_rates_and_ratios_are_the_same_numbers_with_the_same_workings(real, other):
    case, back = other
    wanted, made = (analysis.per_day(analysis.strike_rates(c, references=True)) for c in (real, case))
    analysis.case.register(case)
    pd.testing.assert_frame_equal(told_back(made, back), wanted)
    base = "quote-coalition-strikes"
    wanted, made = (analysis.ratios(analysis.strike_rates(c, references=True), base) for c in (real, case))
    pd.testing.assert_frame_equal(told_back(made, back), wanted)


def test_pairings_match_alike_and_the_dial_stands_where_it_stood(real, other):
    case, back = other
    pd.testing.assert_frame_equal(told_back(scope.pairings(case), back), scope.pairings(real))
    at, wanted = scope.positions(case), scope.positions(real)
    assert [back.get(u, u) for u in at["unit"]] == wanted["unit"]
    assert [back.get(p, p) for p in at["place"]] == wanted["place"]


def test_no_word_of_a_case_stands_in_the_package():
    """Outside docstrings' examples, the three views that the first reader asked for, and the default case's name."""
    every = [w for name in analysis.cases() for w in words_of(analysis.load(name))]
    assert len(every) > 60
    listed = sorted(set(every) - EVERYDAY, key=len, reverse=True)
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, listed))})\b", re.IGNORECASE)
    found = []
    for path in PACKAGE.rglob("*.py"):
        for n, line in enumerate(code_of(path), start=1):
            found += [(path.name, n, m[0]) for m in pattern.finditer(line)]
    views = [("frames.py", word) for word in ("strikes", "fighters")]  # "countries" is an everyday word
    assert [(name, word) for name, _, word in found] == views


# Words of a case that are also words of the language in which the package speaks of every case.
# by_country is a table that any case may have; a target is what something points at, and a basis. A draft reads £ as
# pounds.
EVERYDAY = {"country", "countries", "target", "record", "records", "week", "weeks", "case", "cases", "person", "people"}
EVERYDAY |= {"pound", "pounds"}


def words_of(case):
    own = case.vocabulary
    yield from [w for pair in case.meta["words"].get("units", {}).items() for w in pair]
    yield from (*own.measures, *own.places, *own.parties)
    yield from (text for side in own.sides.values() for text in side.values())


def code_of(path):
    """The lines of a file, its docstrings and comments blanked."""
    import ast
    import io
    import tokenize

    source = path.read_text(encoding="utf-8")
    lines = source.splitlines()
    for node in ast.walk(ast.parse(source)):
        body = getattr(node, "body", None)
        if (
            isinstance(body, list)
            and body
            and isinstance(body[0], ast.Expr)
            and isinstance(body[0].value, ast.Constant)
        ):
            for n in range(body[0].lineno - 1, body[0].end_lineno):
                lines[n] = ""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            row, at = token.start
            lines[row - 1] = lines[row - 1][:at] if lines[row - 1] else ""
    return lines
