"""Widgets that hold something: what was printed into them, other widgets. Used inside the kernel.

A page shows such a widget as what it holds. A view takes along what its widgets hold at that moment, for the next state
changes them; and what a control changes in widgets outside its view stands still on a page, which has to be said.
"""

import base64
import contextlib
from collections.abc import Iterator
from typing import Any

from .record import Recorder

WIDGET = "application/vnd.jupyter.widget-view+json"
KEPT = ("_model_name", "value", "description", "children", "outputs", "titles", "format", "max")
_shown: dict[str, Any] = {}  # model_id -> widget that a cell has shown


def install() -> None:
    """Let Output widgets catch inside a view as they do in Jupyter, and remember which widgets cells show."""
    from ipywidgets import DOMWidget, Output

    enter, leave, form = Output.__enter__, Output.__exit__, DOMWidget._repr_mimebundle_

    def entered(self):
        return Recorder.open[-1].enter(self) if Recorder.open else enter(self)

    def left(self, kind, problem, trace):
        return Recorder.open[-1].leave(self, problem) if Recorder.open else leave(self, kind, problem, trace)

    def bundle(self, **kwargs):
        note(self)
        return form(self, **kwargs)

    Output.__enter__, Output.__exit__, DOMWidget._repr_mimebundle_ = entered, left, bundle


def note(widget: Any) -> None:
    """Remember that a cell shows a widget."""
    if not Recorder.open:
        _shown[widget.model_id] = widget


def join() -> None:
    """Let widgets that a browser links (jslink, jsdlink) follow one another here, as they do before a reader."""
    import traitlets
    from ipywidgets.widgets.widget import _instances

    ties = {"LinkModel": traitlets.link, "DirectionalLinkModel": traitlets.dlink}
    for widget in list(_instances.values()):
        tie = ties.get(getattr(widget, "_model_name", ""))
        if tie and widget.comm is not None:
            with contextlib.suppress(Exception):  # what cannot be linked here is not linked there
                tie(widget.source, widget.target)


def parts(widget: Any, seen: set[int] | None = None) -> Iterator[Any]:
    """A widget and all that it holds, each once."""
    seen = set() if seen is None else seen
    if id(widget) in seen or getattr(widget, "comm", None) is None:  # it was closed
        return
    seen.add(id(widget))
    yield widget
    for child in getattr(widget, "children", ()):
        yield from parts(child, seen)


def on_the_page() -> list[Any]:
    """Every widget that a cell has shown, and what it holds."""
    seen = set()
    return [part for widget in _shown.values() for part in parts(widget, seen)]


def _whole(widget):
    """A widget as a notebook keeps it: its state, and beside it what is bytes, in base64."""
    given = widget.get_state([name for name in KEPT if name in widget.keys])
    data = {k: bytes(v) for k, v in given.items() if isinstance(v, (bytes, memoryview))}
    buffers = [{"path": [k], "data": base64.b64encode(v).decode(), "encoding": "base64"} for k, v in data.items()]
    layout = getattr(widget, "layout", None)
    hidden = layout is not None and (layout.display == "none" or layout.visibility == "hidden")
    return {"state": {k: v for k, v in given.items() if k not in data} | {"hidden": hidden}, "buffers": buffers}


def snapshot(model_id: str) -> dict[str, dict]:
    """A shown widget and all that it holds, as a notebook keeps their states: {model_id: {"state": …}}."""
    from ipywidgets.widgets.widget import _instances

    widget = _instances.get(model_id)
    return {part.model_id: _whole(part) for part in parts(widget)} if widget is not None else {}


class Watch:
    """What stands on the page outside a control, to see whether the control changes it."""

    def __init__(self, own: list[Any]):
        known = {id(part) for widget in own for part in parts(widget)}
        self.others = [part for part in on_the_page() if id(part) not in known]
        self.before = self._look()

    def _look(self):
        found = []
        for part in self.others:
            with contextlib.suppress(Exception):  # closed meanwhile
                found.append(repr(_whole(part)))
        return found

    def changed(self) -> bool:
        """Whether anything there is not as it was."""
        return bool(self.others) and self._look() != self.before
