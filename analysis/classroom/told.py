"""A row of a class's numbers in words, and the pieces of which a teacher's screen is made.

The words stand in words.json, which the page has too; page/told.js does the same, step by step.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from .read import WORDS
from .results import BOTH, Row
from .stats import NUMBERS, short
from .taken import Key

SAID, TOLD, COLUMNS, NAMES = WORDS["said"], WORDS["told"], WORDS["columns"], WORDS["names"]
SIGNED, DECIMAL = ("change in", "over-confidence"), (BOTH, "Brier", "student: d", "student: b")
CSV = ("measure", "occasion", "item", "group", "n", "value", "low", "high", "said")
NEEDS = {
    "students": NUMBERS["pupils"], "answers_needed": NUMBERS["answers"], "group_answers": NUMBERS["group_answers"],
    "each_kind": NUMBERS["each_kind"], "wished": f"{NUMBERS['wished']:.2f}", "chance": f"{NUMBERS['chance']:.2f}",
    "chance_brier": f"{NUMBERS['chance_brier']:.2f}",
}  # fmt: skip


class Bars(NamedTuple):
    """A picture of intervals. rows: dicts with label, value, low, high (text), said, mark ("" or where a mark stands).
    start, end: of the scale; line: where a line stands through all rows, or ""."""

    caption: str
    rows: list[dict[str, str]]
    start: str = "0"
    end: str = "1"
    line: str = ""


class Table(NamedTuple):
    """A table of text. columns: {key: heading}."""

    caption: str
    columns: dict[str, str]
    rows: list[dict[str, str]]


class Block(NamedTuple):
    """One thing that a teacher wants to know: a heading, sentences, and perhaps a picture and tables."""

    id: str
    title: str
    said: list[str]
    bars: Bars | None = None
    tables: Sequence[Table] = ()


def percent(text: str) -> str:
    """A share of four decimals in whole per cent.

    >>> percent("0.5242"), percent("0.0050")
    ('52\\xa0%', '1\\xa0%')
    """
    return f"{short(str(Decimal(text) * 100), 0)}\u00a0%"


def signed(text: str) -> str:
    """A change of four decimals with two and its sign.

    >>> signed("0.1450"), signed("-0.0266"), signed("-0.0040")
    ('+0.15', '−0.03', '0.00')
    """
    made = short(text, 2)
    return made if float(made) == 0 else "−" + made[1:] if made[0] == "-" else f"+{made}"


def number(measure: str, text: str) -> str:
    """A value as its measure is shown: a change with its sign, a score with two decimals, a share in per cent."""
    if not text:
        return ""
    if measure.startswith(SIGNED):
        return signed(text)
    return short(text, 2).replace("-", "−") if measure.startswith(DECIMAL) else percent(text)


def fill(template: str, row: Mapping[str, Any], **more: object) -> str:
    """A sentence of a row."""
    ends = {k: number(row.get("measure", ""), row.get(k, "")) for k in ("value", "low", "high")}
    return one_of(template.format(**NEEDS, **{**row, **ends, **more}))


def one_of(text: str) -> str:
    """A sentence in which one student or file is no several.

    >>> one_of("1 students have both tests, 21 students none.")
    '1 student has both tests, 21 students none.'
    """
    for several, one in WORDS["one"].items():
        text = re.sub(rf"\b{several}\b", one, text)
    return text


def said(row: Row, key: Key) -> str:
    """What a row of class.csv says, in words; empty where its numbers say it all."""
    own = WORDS.get(row["measure"], {})
    verdict = row["verdict"]
    if verdict == "holds-zero" and row["measure"] == f"change in {BOTH}":
        verdict += " -" if row["value"].startswith("-") else " +"
    sentence = fill(own.get(verdict) or SAID.get(verdict, ""), row, open=_wide(row)) if verdict else ""
    if row["measure"] in SAID:
        return fill(SAID[row["measure"]], row)
    if row["measure"] == "piece not ticked":
        text = key.questions[row["item"].lower()].crucial_pieces[row["piece"]].strip()
        sentence = f"{fill(SAID['piece'], row, text=text)}. {sentence}".strip(" .") + "." * bool(sentence)
    elif "right" in row:
        sentence = f"{fill(SAID['of'], row)}. {sentence}".strip(" .") + "." * bool(sentence)
    return sentence


def _wide(row):
    is_so = row["low"] and Decimal(row["high"]) - Decimal(row["low"]) > Decimal(str(NUMBERS["wide"]))
    return WORDS[f"change in {BOTH}"]["open"] if is_so else ""


def table(rows: Iterable[Row], key: Key) -> list[dict[str, str]]:
    """Rows as class.csv has them: text, with CSV's columns."""
    return [{c: str(row.get(c, "")) for c in CSV[:-1]} | {"said": said(row, key)} for row in rows]


def those(rows: Iterable[Row], measure: str, **where: str) -> list[Row]:
    """The rows of a measure, with these cells."""
    return [row for row in rows if row["measure"] == measure and all(row[k] == v for k, v in where.items())]


def bar(label: str, row: Row, mark: str = "", extra: str = "") -> dict[str, str]:
    """A row as a line of a picture."""
    span = f"{number(row['measure'], row['low'])} to {number(row['measure'], row['high'])}" if row["low"] else ""
    none = SAID[row["verdict"]] if row["verdict"] in ("no-spread", "one") else ""
    shown = ", ".join(filter(None, [number(row["measure"], row["value"]), span, extra, none]))
    return {"label": label, "value": row["value"], "low": row["low"], "high": row["high"], "said": shown, "mark": mark}
