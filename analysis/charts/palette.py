"""Who counted, as colour and shape: the case's groups of bodies, and the few colours that every chart has.

A colour is a role: a page writes each as a custom property, so that dark is drawn and not inverted; a picture has the
light one. Colour is never alone: each group has a shape, nobody named is a hollow ring, and the article's own numbers
are the only ones that a highlighter marks.
"""

import functools
import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from matplotlib.colors import to_hex, to_rgb
from matplotlib.path import Path

from ..schema import UNKNOWN
from . import told

# role: (light, dark). paper, ink and soft read at 4.5:1 or more on each other and, ink, on the highlighter.
ROLES = {
    "paper": ("#fcfcfa", "#14171b"), "ink": ("#15181c", "#ecebe6"), "soft": ("#565d65", "#a9afb6"),
    "line": ("#d9dbd6", "#363b42"), "hi": ("#ffe45c", "#574900"), "edge": ("#8a7500", "#c9ae2e"),
    "q0": ("#e4e6da", "#2a3331"), "q1": ("#bfd0bc", "#33504a"), "q2": ("#7fa98a", "#3e7a69"),
    "q3": ("#2f7059", "#7cc4a4"), "q4": ("#0c3b33", "#d6f5df"),
    "on-dark": ("#ffffff", "#0b1512"), "on-light": ("#15181c", "#ffffff"),
}  # fmt: skip
NOBODY, OTHER = UNKNOWN, "other"  # who counted: nobody says; a body that is in no group
MOST_GROUPS = 9


class Group(NamedTuple):
    """Bodies that share a colour and a shape. role: the colour's name in a drawing."""

    id: str
    label: str
    role: str
    shape: str
    colour: str = ""
    dark: str = ""


COUNTER_NOT_NAMED = Group(NOBODY, "counter not named", "soft", "ring")
NO_GROUP = Group(OTHER, "other bodies", "ink", "circle")
OUR_OWN = Group(told.OURS, "worked out here from several counts", "ink", "circle")


def of_rows(rows: Sequence[told.Row]) -> dict[str, Group]:
    """The groups in which rows stand, by id, in their case's order; those that no group has, and nobody's, last.

    rows: as told.records gives them; each learns its `who`, the id of its group here. A row's group is that of the body
    that counted. Where a row names no case that is loaded, its body is in no group.
    """
    made = {}
    for row in rows:
        case = told.loaded(row)
        given = case.vocabulary.groups if case is not None else {}
        row["who"] = row["group"] if row["group"] in given else _without_group(row)
        for name, look in given.items():
            made.setdefault(name, look)
    used = {row["who"] for row in rows}
    named = [(name, look) for name, look in made.items() if name in used][:MOST_GROUPS]
    groups = {
        name: Group(name, look["label"], f"g{n}", look["shape"], look["colour"].lower(), dark_of(look))
        for n, (name, look) in enumerate(named)
    }
    for row in rows:
        row["who"] = row["who"] if row["who"] in (*groups, NOBODY, told.OURS) else OTHER
    used = {row["who"] for row in rows}
    return groups | {g.id: g for g in (NO_GROUP, OUR_OWN, COUNTER_NOT_NAMED) if g.id in used}


def _without_group(row: told.Row) -> str:
    """Who counted a row whose body is in no group; a working without a body has several."""
    if row["counted_by"] not in ("", UNKNOWN):
        return OTHER
    return told.OURS if row["derived"] and not row["counted_by"] else NOBODY


def dark_of(look: dict) -> str:
    """A group's colour on dark paper: its own `dark`, or its colour as light as such paper needs, of the same hue.

    >>> dark_of({"colour": "#6b2a86"}), dark_of({"colour": "#6b2a86", "dark": "#C79BEA"})
    ('#e7b8ff', '#c79bea')
    """
    if look.get("dark"):
        return look["dark"].lower()
    was, a, b = oklab(look["colour"])
    chroma, hue = math.hypot(a, b), math.atan2(b, a)
    lightness = 0.8 + (0.5 - min(max(was, 0.35), 0.65)) * 0.6  # what was darker is lighter
    for share in range(100, -1, -2):  # as much colour as the screen has at that lightness
        c = min(chroma * 1.1, 0.16) * share / 100
        rgb = _rgb(lightness, c * math.cos(hue), c * math.sin(hue))
        if all(0 <= part <= 1 for part in rgb):
            break
    return to_hex([min(max(part, 0), 1) for part in rgb])


@functools.lru_cache(maxsize=64)
def oklab(colour: str) -> tuple[float, float, float]:
    """A colour by its lightness and its two opponent axes, in which equal distances look alike (Ottosson 2020)."""
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in to_rgb(colour))
    long, middle, short = (
        (x * r + y * g + z * b) ** (1 / 3)
        for x, y, z in (
            (0.4122214708, 0.5363325363, 0.0514459929),
            (0.2119034982, 0.6806995451, 0.1073969566),
            (0.0883024619, 0.2817188376, 0.6299787005),
        )
    )
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def _rgb(lightness: float, a: float, b: float) -> list[float]:
    long, middle, short = (
        (lightness + x * a + y * b) ** 3
        for x, y in ((0.3963377774, 0.2158037573), (-0.1055613458, -0.0638541728), (-0.0894841775, -1.2914855480))
    )
    linear = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    return [12.92 * p if p <= 0.0031308 else 1.055 * p ** (1 / 2.4) - 0.055 for p in linear]


def light(groups: Iterable[Group] = ()) -> dict[str, str]:
    """What each role is on white paper: {role: colour}."""
    return {role: pair[0] for role, pair in ROLES.items()} | {g.role: g.colour for g in groups if g.colour}


# Shapes ---------------------------------------------------------------------------------------------------------------

_ROUND = 0.5523  # how far the handles of a quarter circle reach
_CORNERS = {
    "diamond": ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
    "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "triangle": ((0, -1.2), (1.2, 0.95), (-1.2, 0.95)),
    "cross": ((-1.2, -0.7), (-0.7, -1.2), (0, -0.5), (0.7, -1.2), (1.2, -0.7), (0.5, 0),
              (1.2, 0.7), (0.7, 1.2), (0, 0.5), (-0.7, 1.2), (-1.2, 0.7), (-0.5, 0)),
}  # fmt: skip


def polygon(points: Iterable[Sequence[float]]) -> Path:
    """A closed path through points."""
    points = list(points)
    codes = [Path.MOVETO] + [Path.LINETO] * (len(points) - 1) + [Path.CLOSEPOLY]
    return Path([*points, points[0]], codes)


def sign(shape: str, x: float, y: float, r: float = 5.5) -> Path:
    """A group's shape round x, y; all weigh about alike. shape: circle, square, triangle, diamond, cross or ring."""
    if shape in _CORNERS:
        return polygon((x + a * r, y + b * r) for a, b in _CORNERS[shape])
    k = _ROUND * r
    quarters = [(x, y - r), (x + k, y - r), (x + r, y - k), (x + r, y), (x + r, y + k), (x + k, y + r), (x, y + r),
                (x - k, y + r), (x - r, y + k), (x - r, y), (x - r, y - k), (x - k, y - r), (x, y - r)]  # fmt: skip
    return Path([*quarters, quarters[0]], [Path.MOVETO] + [Path.CURVE4] * 12 + [Path.CLOSEPOLY])


def box(left: float, top: float, right: float, bottom: float) -> Path:
    """A rectangle as a path."""
    return polygon([(left, top), (right, top), (right, bottom), (left, bottom)])
