"""A box that a cell shows, as what it holds, where a control is in it: a page moves controls one by one, in no box."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from .walk import CONTROL
from .within import WIDGET

DEEPEST = 8  # boxes within boxes


def opened(output: Mapping[str, Any], widgets: Mapping[str, Any], held: Mapping[str, Any], depth: int = 0) -> list:
    """The outputs that stand for one: what its box holds if a control, or what moves one, is among that, else itself.

    widgets: {model_id: {"state": …}} of the notebook. held: what the kernel says of its controls: {model_id of the
    Output of a control: {"number": its number, "widgets": the model_ids of what moves it, "led": whether those may
    stand apart from it, as with interactive_output: they are moved where it stands}}.
    """
    reference = (output.get("data") or {}).get(WIDGET)
    if not isinstance(reference, dict) or depth > DEEPEST:
        return [output]
    found = list(_leaves(reference.get("model_id"), widgets))
    inner = {leaf: _caught(leaf, widgets, held, depth) for leaf, _ in found}
    here = {leaf for leaf, _ in found}
    moves = {mover for leaf in held if leaf in here or held[leaf].get("led") for mover in held[leaf]["widgets"]}
    if not any(leaf in held or leaf in moves or inner[leaf] for leaf in here):
        return [output]
    made = []
    for leaf, title in found:
        if title:
            made.append(_display({"text/html": f"<p><strong>{escape(title)}</strong></p>"}))
        if leaf in held:
            made.append(_display({CONTROL: {"number": held[leaf]["number"]}, "text/plain": "A control."}))
        elif inner[leaf]:
            made += inner[leaf]
        elif leaf not in moves:
            made.append(_display({WIDGET: {"model_id": leaf}, "text/plain": ""}))
    return made


def _caught(leaf, widgets, held, depth):
    """What an Output widget has caught, boxes in it opened; [] if there is no control in it."""
    caught = (widgets.get(leaf) or {}).get("state", {}).get("outputs") or []
    made = [one for output in caught for one in opened(output, widgets, held, depth + 1)]
    return made if any(CONTROL in (one.get("data") or {}) for one in made) else []


def _leaves(model_id, widgets, title="", depth=0) -> Iterator[tuple[str, str]]:
    """What a widget holds that holds nothing itself: (model_id, the title above it)."""
    state = (widgets.get(model_id) or {}).get("state", {})
    children = state.get("children") or ()
    if not children or depth > DEEPEST:
        yield model_id, title
        return
    titles = [*(state.get("titles") or ()), *[""] * len(children)]
    for child, own in zip(children, titles, strict=False):
        yield from _leaves(str(child).removeprefix("IPY_MODEL_"), widgets, own or title, depth + 1)
        title = ""


def _display(data):
    import nbformat

    return nbformat.v4.new_output("display_data", data=data)
