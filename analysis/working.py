"""The grammar of workings: text such as `quote-russia-strikes / quote-coalition-strikes`, read by our own parser.

    expression = term {(" + " | " - ") term}
    term       = factor {(" * " | " / ") factor}
    factor     = figure_id | case:figure_id | number ["[" unit "]"] | function "(" expression {", " expression} ")"
               | "(" expression ")"
    function   = days | hull | overlap | low | high

Operators stand between spaces, since an id may hold hyphens. Nothing is ever handed to Python's own evaluator.
"""

import math
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from urllib.parse import unquote

from .schema import ID

FUNCTIONS = {"days": 1, "hull": 2, "overlap": 2, "low": 1, "high": 1}  # name: number of arguments
DEEPEST = 40  # brackets within brackets

_TOKEN = re.compile(
    rf"""\s*(?:
    (?P<number>[0-9]+(?:\.[0-9]+)?)(?:\s*\[(?P<unit>[^\]]*)\])?
  | (?P<function>{"|".join(FUNCTIONS)})(?=\s*\()
  | (?P<id>(?:{ID}:)?{ID})
  | (?<=\s)(?P<operator>[-+*/])(?=\s)
  | (?P<mark>[(),])
    )""",
    re.VERBOSE,
)


class WorkingError(ValueError):
    """A text that is no working; the message shows where it stops making sense."""


class Token(NamedTuple):
    """One word of a working: kind (number, function, id, operator, mark), its text, a number's unit, its place."""

    kind: str
    text: str
    unit: str
    at: int


def tokens(text: str) -> list[Token]:
    """The words of a working, in order. WorkingError shows the first place that is none.

    >>> [token.text for token in tokens("a / 31 [day]")]
    ['a', '/', '31']
    """
    found, at, end = [], 0, len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if not match:
            raise WorkingError(f"cannot read the working at {text[at : at + 20]!r} in {text!r}: {_RULE}")
        kind = next(k for k in ("number", "function", "id", "operator", "mark") if match[k])
        found.append(Token(kind, match[kind], match["unit"] or "1", match.start(kind)))
        at = match.end()
    return found


_RULE = (
    "write ids, numbers with a unit in square brackets, + - * / between spaces, brackets, "
    f"{', '.join(f'{name}()' for name in FUNCTIONS)}"
)


def ids(text: str) -> list[str]:
    """The figure_ids in a working, each once, in the order in which they stand. WorkingError where it is none.

    >>> ids("january / days(january) - february")
    ['january', 'february']
    """
    return list(dict.fromkeys(t.text for t in tokens(text) if t.kind == "id"))


def evaluate(
    text: str,
    lookup: Callable[[str], Any],
    constant: Callable[[float, str], Any],
    functions: dict[str, Callable[..., Any]],
) -> Any:
    """Work a working out.

    lookup: figure_id to value; constant: (number, unit) to value; functions: name to a function of values.
    Values need + - * /. Returns a value. Raises WorkingError for what the grammar does not allow.

    >>> evaluate("(a + 1) * 2", {"a": 4.0}.get, lambda x, unit: x, {})
    10.0
    """
    found = tokens(text)
    if not found:
        raise WorkingError("an empty working: write a figure_id")
    parser = _Parser(text, found, lookup, constant, functions)
    value = parser.sum(0)
    if parser.at < len(found):
        parser.fail("an operator")
    return value


class _Parser:
    """Recursive descent over the tokens; one method a rule of the grammar."""

    def __init__(self, text, tokens, lookup, constant, functions):
        self.text, self.words, self.at = text, tokens, 0
        self.lookup, self.constant, self.functions = lookup, constant, functions

    def fail(self, wanted):
        found = self.words[self.at].text if self.at < len(self.words) else "the end"
        raise WorkingError(f"expected {wanted}, found {found} in {self.text!r}: {_RULE}")

    def take(self, *texts):
        word = self.words[self.at] if self.at < len(self.words) else None
        if word and word.kind in ("operator", "mark") and word.text in texts:
            self.at += 1
            return word.text
        return None

    def sum(self, depth):
        value = self.product(depth)
        while operator := self.take("+", "-"):
            other = self.product(depth)
            value = value + other if operator == "+" else value - other
        return value

    def product(self, depth):
        value = self.factor(depth)
        while operator := self.take("*", "/"):
            other = self.factor(depth)
            value = value * other if operator == "*" else value / other
        return value

    def factor(self, depth):
        if depth > DEEPEST:
            raise WorkingError(f"more than {DEEPEST} brackets within brackets")
        if self.take("("):
            value = self.sum(depth + 1)
            return value if self.take(")") else self.fail("a closing bracket")
        word = self.words[self.at] if self.at < len(self.words) else self.fail("an id, a number or a bracket")
        if word.kind not in ("id", "number", "function"):
            self.fail("an id, a number or a bracket")
        self.at += 1
        if word.kind == "id":
            return self.lookup(word.text)
        if word.kind == "number":
            return self.constant(self.number(word.text), word.unit)
        return self.functions[word.text](*self.arguments(word.text, depth))

    def number(self, text):
        value = float(text)
        if math.isinf(value):
            raise WorkingError(f"a number of {len(text)} digits is too large to compute with: {text[:20]}…")
        return value

    def arguments(self, name, depth):
        self.take("(")
        values = [self.sum(depth + 1)]
        while self.take(","):
            values.append(self.sum(depth + 1))
        if not self.take(")") or len(values) != FUNCTIONS[name]:
            raise WorkingError(f"{name}() takes {FUNCTIONS[name]} in {self.text!r}")
        return values


# A working as the name of a place -------------------------------------------------------------------------------------


def anchor(text: str, where: str = "") -> str:
    """A working as Jupyter names a heading that holds it: the part of a link behind its #, in a notebook and a page.

    Jupyter puts a hyphen for each space; square brackets, which a viewer would write as percents, become tildes.
    where: the name of the notebook whose place is meant.

    >>> anchor("a / hull(28 [day/month], 31 [day/month])"), anchor("a", "03 fighters")
    ('a-/-hull(28~day/month~,-31~day/month~)', 'a@03-fighters')
    """
    place = re.sub(r"\s*\[(.*?)\]", r"~\1~", text).replace(" ", "-")
    return f"{place}@{re.sub(r'[^A-Za-z0-9_-]+', '-', where)}" if where else place


def of_anchor(text: str) -> str:
    """The working that an anchor names; any other text of a link as it is, its percents read.

    >>> of_anchor(anchor("a - days(a-b)")), of_anchor(anchor("2 [day] * a", "00")), of_anchor("a%20/%20b")
    ('a - days(a-b)', '2 [day] * a', 'a / b')
    """
    spaced = re.sub(r"~(.*?)~", r" [\1]", unquote(text).partition("@")[0])
    return re.sub(r"(?<=,)-", " ", re.sub(r"-([-+*/])-", r" \1 ", spaced))


# Composing workings -------------------------------------------------------------------------------------------------


_APART = {"+-": re.compile(r"\s[-+]\s"), "+-*/": re.compile(r"\s[-+*/]\s")}
_BRACKETS_OR_OPERATOR = re.compile(r"\[[^\]]*\]|[()]|(?<=\s)[-+*/](?=\s)")


def wrap(text: str, operator: str, right: bool = False) -> str:
    """An operand of a working, in brackets where the operator would otherwise tear it apart.

    right: whether it stands to the right of the operator.

    >>> wrap("a - b", "*"), wrap("a * b", "+"), wrap("a * b", "/", right=True)
    ('(a - b)', 'a * b', '(a * b)')
    """
    tearing = "+-*/" if right and operator in "*/" else "+-" if right or operator in "*/" else ""
    if not tearing or not _APART[tearing].search(text):  # spares a long sum or product a closer look at each term
        return text
    return f"({text})" if any(sign in tearing for sign in _outside(text)) else text


def _outside(text: str) -> Iterator[str]:
    """The operators of a working that stand outside all brackets; a unit's own square brackets hold none."""
    depth = 0
    for match in _BRACKETS_OR_OPERATOR.finditer(text):
        mark = match[0]
        depth += {"(": 1, ")": -1}.get(mark, 0)
        if mark in "+-*/" and depth == 0:
            yield mark
