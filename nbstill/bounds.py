"""How much HTML one output may bring: more makes a page that nobody reads and no browser opens."""

import itertools
import re
from collections.abc import Callable

from .left import left

MOST_LETTERS, MOST_TAGS, DEEPEST = 20_000_000, 100_000, 2000  # of one output
_NEST = re.compile(
    r"<(/?)(div|span|b|i|em|strong|a|table|section|ul|ol|dl|blockquote|font|svg|g|details|math|mrow|sub|sup|form|object)\b",
    re.I,
)


def bounded(html: str, warn: Callable[[str], None]) -> str:
    """HTML that a page can hold: a table too long is cut after a row; what cannot be cut leaves a sentence.

    warn: told what was left out.
    """
    tag = next(itertools.islice(re.finditer("<", html), MOST_TAGS, None), None)
    end = min(MOST_LETTERS, tag.start() if tag else len(html))
    if end == len(html) and depth(html) <= DEEPEST:
        return html
    row = html.rfind("</tr>", 0, end)
    if row < 0 or depth(html[:row]) > DEEPEST:
        warn("left out an output too large or too deeply nested for a page: show less of it")
        return left("An output stood here that is too large for a page.")
    warn("cut a table that is too long for a page: show its first rows, say with head()")
    return html[:row] + "</tr></table>" + left("The table goes on; a page does not hold all of it.")


def depth(html: str) -> int:
    """How deep the elements of some HTML may be nested, reckoned from its tags alone.

    >>> depth("<div><b>a</b></div>" * 9)
    2
    """
    now = most = 0
    for match in _NEST.finditer(html):
        now = max(0, now + (-1 if match[1] else 1))
        most = max(most, now)
    return most
