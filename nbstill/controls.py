"""Which values a widget can take, and which native control stands for it. Used inside the kernel.

A new kind of control has its place here (its values, its kind), in templates/still/pieces.html.j2 (what a reader moves)
and, where it is none of HTML's own, in templates/still/script/controls.js.
"""

import bisect
import math
from numbers import Real
from typing import Any

MOST_VIEWS = 1000  # more would take many minutes to play and megabytes to keep


def count(widget) -> int | None:
    """How many values a widget can take, its own start value among them; None where they cannot be counted."""
    if hasattr(widget, "_options_full"):
        one = isinstance(widget.index, (int, type(None)))  # else it takes several at once
        return len(widget._options_full) + _empty(widget) if one and widget._options_full else None
    if isinstance(getattr(widget, "value", None), bool):
        return 2
    steps = _steps(widget)
    return None if steps is None else steps + (_at(widget) is None)


def choices(widget) -> list[tuple[str, Any]] | None:
    """Every value of one widget as (label, value) in order; None where they cannot be listed.

    The value at which the author left a slider is among them, on the step grid or not.
    """
    number = count(widget)
    if number is None:
        return None
    if hasattr(widget, "_options_full"):
        return [*[("none", None)] * _empty(widget), *((str(text), value) for text, value in widget._options_full)]
    if isinstance(widget.value, bool):
        return [("no", False), ("yes", True)]
    values = [_value(widget, i) for i in range(min(_steps(widget), MOST_VIEWS + 1))]
    if _at(widget) is None:
        bisect.insort(values, widget.value)
    return [(label(value), value) for value in values]


def label(value: Any) -> str:
    """A number as a slider shows it.

    >>> label(0.1 + 0.2), label(12345678901), label(7.0)
    ('0.3', '12345678901', '7')
    """
    return str(value) if isinstance(value, int) else f"{value:.10g}"


def _none(widget):
    """The option whose value is None, which is how nothing is chosen; None if there is no such option."""
    return next((i for i, (_, value) in enumerate(widget._options_full) if value is None), None)


def _empty(widget):
    """Whether nothing is chosen, and no option says so: that is a choice of its own then."""
    return widget.index is None and _none(widget) is None


def _steps(widget):
    """How many steps a slider has; None if it is none."""
    if not all(hasattr(widget, name) for name in ("min", "max", "step")) or not widget.step:
        return None
    if not isinstance(widget.value, Real) or widget.min is None or widget.max is None:
        return None  # a range slider's value is a pair
    return math.floor((widget.max - widget.min) / widget.step + 1e-9) + 1


def _value(widget, i):
    step = type(widget.min)(round(widget.min + i * widget.step, 10))
    return widget.base**step if hasattr(widget, "base") else step  # a logarithmic slider's steps are exponents


def _at(widget):
    """The step at which a slider stands; None if it stands between two."""
    where = math.log(widget.value, widget.base) if hasattr(widget, "base") else widget.value
    i = round((where - widget.min) / widget.step)
    near = 0 <= i < _steps(widget) and math.isclose(_value(widget, i), widget.value, rel_tol=1e-9, abs_tol=1e-9)
    return i if near else None


def place(widget, found: list[tuple[str, Any]]) -> int:
    """The index at which a widget stands among its choices."""
    if hasattr(widget, "_options_full") and isinstance(widget.index, (int, type(None))):
        return (_none(widget) or 0) if widget.index is None else widget.index + len(found) - len(widget._options_full)
    return next((i for i, (_, value) in enumerate(found) if _same(value, widget.value)), 0)


def _same(a, b):
    if isinstance(a, float) or isinstance(b, float):
        return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-12) if isinstance(a, Real) and isinstance(b, Real) else False
    return a is b or (type(a) is type(b) and a == b)


def put(widget, index: int, found: list[tuple[str, Any]]) -> None:
    """Move a widget to one of its choices as a reader would; whoever watches it is told."""
    if hasattr(widget, "_options_full"):
        index -= len(found) - len(widget._options_full)  # one more than its options: nothing chosen comes first
        widget.index = index if index >= 0 else None
    else:
        widget.value = found[index][1]


def shape(widget) -> tuple:
    """What a widget offers; it differs when another widget has changed it."""
    if hasattr(widget, "_options_full"):
        return tuple(str(one) for one, _ in widget._options_full)
    return tuple(getattr(widget, name, None) for name in ("min", "max", "step"))


def kind(widget) -> str:
    """Which native control stands for the widget: range, select, radio or checkbox."""
    name = type(widget).__name__
    if isinstance(widget.value, bool) and not hasattr(widget, "_options_full"):
        return "checkbox"
    if name in ("RadioButtons", "ToggleButtons"):
        return "radio"
    return "range" if hasattr(widget, "step") or name == "SelectionSlider" else "select"


def name_of(widget, key: str) -> str:
    """What a reader calls it: its description, else its parameter's name."""
    return (getattr(widget, "description", "") or key).strip().rstrip(":") or "choice"


def describe(widget, key: str, found: list[tuple[str, Any]]) -> dict:
    """One control in plain words: its parameter's name, its own, kind, labels and the index at which it stands."""
    at = place(widget, found) if len(found) > 1 else 0
    labels = [text for text, _ in found]
    return {"key": key, "name": name_of(widget, key), "kind": kind(widget), "labels": labels, "index": at}
