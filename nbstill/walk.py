"""A control on its way through its states: what its function shows in each. Used inside the kernel."""

import contextlib
import hashlib
import itertools
import json
import math
import re
import sys
import time
from collections.abc import Iterable

from . import controls, within
from .record import SECRET, Recorder, error

CONTROL = "application/vnd.nbstill.control+json"
MOST_STORED = 50_000_000  # letters in all views of a control
CHECK_PART, CHECK_LEAST, CHECK_MOST = 0.25, 2, 20  # how long views are replayed: a part of what playing took; seconds
PRESS_SECONDS = 120  # how long the views of a button may take; whoever put one there may mean slow
REMEDY = {
    "many": "it has {n} views, more than {most}: make the steps coarser",
    "slow": "{n} views would take about {minutes} minutes, and its button may mean slow, so it stands at its start:"
    " use interact if that is bearable, or make the steps coarser",
    "open": "{name} ({kind}) has no list of values: use a slider with a step, a Dropdown or a Checkbox",
    "bound": "{name} changes when another control is moved, so all stand still: list the pairs in one Dropdown",
    "refused": "{name} does not take {label} ({problem}), so all stand still: see that it takes each of its values",
    "large": "its views come to more than {most} MB: make the steps coarser, or show less in each",
    "outside": "it changes a display outside itself, which stands still on a page: show it in the function",
    "shared": "{name} moves another control as well; on a page each moves alone: give each a slider of its own",
    "inside": "an interact inside an interact stands still: give the outer function both parameters",
    "differs": "{n} of {m} views come out differently when replayed, first at {state}: set the seed, or keep no count"
    " from one call to the next",
}
_NAMES = re.compile(r" at 0x[0-9a-f]+|\bT_[0-9a-f]{5}")  # of an object, of a Styler's table: new each time
walks = {}  # number -> Walk, in the order in which controls were first shown


def shell():
    """This kernel's IPython."""
    return sys.modules["IPython"].get_ipython()


def named(control) -> list[tuple[str, object]]:
    """(parameter, widget) of all that a control hands to its function."""
    led = getattr(control, "led", None)  # interactive_output's: its widgets may have other names elsewhere
    return list(led.items()) if led is not None else [(w._kwarg, w) for w in control.kwargs_widgets]


def arguments(control) -> dict:
    """What a control would call its function with now."""
    return {key: w.get_interact_value() if hasattr(w, "get_interact_value") else w.value for key, w in named(control)}


def flush_figures():
    """Show the charts that are drawn and not yet shown."""
    if "matplotlib_inline.backend_inline" in sys.modules:
        sys.modules["matplotlib_inline.backend_inline"].flush_figures()


def view(control, state: dict, live: bool = False) -> tuple[list[dict], set[str]]:
    """What a control's function shows in a state: (outputs, keys of REMEDY that apply).

    live: it is called by a cell or a widget of the running notebook, so that displays elsewhere may change.
    """
    with Recorder(shell(), forward=live) as caught:
        try:
            result = control.result = control.f(**state)
            flush_figures()
            # interactive() shows a result only when told to; a subclass shows it in its own way
            plain = type(control).__module__.startswith(("ipywidgets.", "nbstill."))
            if result is not None and (control.auto_display or not plain):
                sys.modules["IPython"].display.display(result)
        except BaseException as problem:  # an exit too; the reader is told in words, the author in a warning
            flush_figures()
            caught.add(error(problem))
    outputs, inside = _without_controls(caught.outputs)
    held = {}
    for output in outputs:
        if within.WIDGET in output.get("data", {}):
            output["widgets"] = within.snapshot(output["data"][within.WIDGET]["model_id"])
            held |= output["widgets"]
    outside = caught.outside or not caught.entered.keys() <= held.keys()
    return outputs, {key for key, is_so in (("outside", outside), ("inside", inside)) if is_so}


def _without_controls(outputs):
    """Outputs in which a control inside a control is what it shows, standing still; and whether there was one."""
    flat, inside = [], False
    for output in outputs:
        number = output.get("data", {}).get(CONTROL, {}).get("number")
        if number is None:
            flat.append(output)
            continue
        walk, inside = walks.pop(number, None), True
        if walk:
            stands = "; ".join(
                f"{controls.name_of(w, k)}: {_said(w)}" for k, w in zip(walk.keys, walk.moving, strict=True)
            )
            flat += [{"output_type": "still", "text": stands}, *walk.opening()]
    return flat, inside


def _said(widget):
    return SECRET if type(widget).__name__ == "Password" else str(getattr(widget, "label", widget.value))


class Walk:
    """One control on its way through its states."""

    def __init__(self, control, number):
        from ipywidgets import DOMWidget

        self.control, self.number = control, number
        seen = [(key, w) for key, w in named(control) if isinstance(w, DOMWidget)]
        self.keys, self.moving = [key for key, _ in seen], [w for _, w in seen]
        self.notes, self.views, self.digests, self.differ = set(), [], {}, []
        self.button = getattr(control, "manual_name", "") if control.manual else ""
        self.warnings, self.watch, self.outside = [], None, False
        self.took, self.spent, self.checked = 0.0, 0.0, 0

    def opening(self) -> list[dict]:
        """What the control shows now, as its cells left it."""
        shown = getattr(self.control, "_nbstill_shown", None)
        if shown is None and self.control.manual:  # nobody has pressed its button
            return []
        if shown is None:  # a subclass that shows itself
            shown, notes = view(self.control, arguments(self.control))
            self.notes |= notes
        return shown

    def prepare(self) -> None:
        """List the states, once all cells have run; a control that cannot move stands still, and says why."""
        counts = [1 if getattr(w, "disabled", False) else controls.count(w) for w in self.moving]
        for key, widget, number in zip(self.keys, self.moving, counts, strict=True):
            if not number:
                self._warn("open", name=key, kind=type(widget).__name__)
        total = math.prod(n or 1 for n in counts)
        still = total > controls.MOST_VIEWS
        if still:
            self._warn("many", n=total, most=controls.MOST_VIEWS)
        self.fix([True] * len(counts) if still else [not n or bool(getattr(w, "disabled", False))
                                                     for w, n in zip(self.moving, counts, strict=True)])  # fmt: skip

    def fix(self, fixed) -> None:
        """Set out the states: a fixed widget has one choice, the value at which it stands."""
        at = [
            [(_said(w), w.value)] if hold else controls.choices(w) for w, hold in zip(self.moving, fixed, strict=True)
        ]
        self.fixed, self.lists, self.described = fixed, at, [
            controls.describe(w, key, found) for w, key, found in zip(self.moving, self.keys, at, strict=True)
        ]  # fmt: skip
        self.start = tuple(d["index"] for d in self.described)
        self.states = list(itertools.product(*(range(len(found)) for found in at)))
        self.shapes = [controls.shape(w) for w in self.moving]
        self.views, self.digests, self.size = [], {}, 0
        self.todo = iter(self.states)
        self.again = iter(_spread(self.states) if len(self.states) > 1 else ())

    def share(self, every: Iterable["Walk"]) -> None:
        """Say of a widget that it moves another control too."""
        others = {id(widget) for walk in every if walk is not self for widget in walk.moving}
        if name := next((key for key, w, found in zip(self.keys, self.moving, self.lists, strict=True)
                         if len(found) > 1 and id(w) in others), None):  # fmt: skip
            self._warn("shared", name=name)
            self.outside = True

    def deafen(self) -> None:
        """Watch the widgets no longer: walks call the function themselves, once a state."""
        for _, widget in named(self.control):
            with contextlib.suppress(ValueError):  # it watches no longer, or never did
                widget.unobserve(self.control.update, names="value")

    def move(self, state) -> bool:
        """Move the widgets to a state; whether they are there, each with the choices it had."""
        with Recorder(shell()) as caught:  # whoever watches the widgets may print, or show
            for n, (widget, at) in enumerate(zip(self.moving, state, strict=True)):
                self.bound = n
                if not self.fixed[n]:
                    controls.put(widget, at, self.lists[n])
        self.notes |= {"outside"} if caught.outside else set()
        for n, (widget, at) in enumerate(zip(self.moving, state, strict=True)):
            moved = controls.shape(widget) != self.shapes[n] or controls.place(widget, self.lists[n]) != at
            if moved and not self.fixed[n]:
                self.bound = n
                return False
        return True

    def play(self, state) -> list[dict]:
        """The view in a state; the one at which the author left the control is what it showed then."""
        values = self.control.kwargs = arguments(self.control)
        outputs, notes = view(self.control, values)
        self.notes |= notes
        return outputs

    def step(self) -> bool:
        """One view more, or one view played again; False when all is done."""
        if self.watch is None:
            self.watch = within.Watch([self.control, *self.moving])
        state = next(self.todo, None)
        if state is not None:
            self._first(state)
            if len(self.views) in (1, len(self.states)) and self.watch.changed():
                self.notes.add("outside")
            return True
        room = min(CHECK_MOST, max(CHECK_LEAST, CHECK_PART * self.took))
        state = next(self.again, None) if self.spent < room else None
        if state is not None:
            began = time.monotonic()
            self.checked += 1
            if self.move(state) and _digest(self.play(state)) != self.digests.get(state, ""):
                self.differ.append(state)
            self.spent += time.monotonic() - began
            return True
        self._finish()
        return False

    def _first(self, state):
        if len(self.states) == 1:
            self.views.append(self.play(state) if self.control.manual else self.opening())
            return
        began = time.monotonic()
        try:
            there = self.move(state)
        except Exception as problem:  # a value was refused, or who watches it stumbled
            (label, _), said = self.lists[self.bound][state[self.bound]], f"{type(problem).__name__}: {problem}"
            self._stand("refused", name=self.keys[self.bound], label=label, problem=said)
            return
        if not there:
            self._stand("bound", name=self.keys[self.bound])  # what moves another cannot stand still beside it
            return
        outputs = self.play(state)
        self.took += time.monotonic() - began
        self.digests[state] = _digest(outputs)
        self.size += sum(len(str(part)) for o in outputs for part in (o.get("text", ""), *o.get("data", {}).values()))
        if self.size > MOST_STORED:
            self._stand("large", most=MOST_STORED // 1_000_000)
            return
        seconds = self.took / len(self.digests) * len(self.states)
        if self.control.manual and seconds > PRESS_SECONDS:
            self._stand("slow", n=len(self.states), minutes=round(seconds / 60))
            return
        shown = None if self.control.manual else getattr(self.control, "_nbstill_shown", None)
        self.views.append(shown if state == self.start and shown is not None else outputs)

    def _stand(self, key, **words):
        """Say why no widget moves after all, and start anew with the one state that is left."""
        self._warn(key, **words)
        self.back()
        self.fix([True] * len(self.fixed))

    def back(self) -> None:
        """Put the widgets back where the author left them."""
        for widget, (at, found) in zip(self.moving, zip(self.start, self.lists, strict=True), strict=True):
            try:
                controls.put(widget, at, found) if len(found) > 1 else None
            except Exception:
                continue  # its choices have changed meanwhile; it stays as it is

    def _finish(self):
        self.back()
        self.outside |= "outside" in self.notes
        for key in sorted(self.notes):
            self._warn(key)
        if self.differ:
            labels = ", ".join(found[i][0] for i, found in zip(min(self.differ), self.lists, strict=True))
            self._warn("differs", n=len(self.differ), m=self.checked, state=labels)
        failed = [o for v in self.views for o in v if o["output_type"] == "error"]
        if failed:
            first = f"{failed[0]['ename']}: {failed[0]['evalue']}"
            self.warnings.append(f"{len(failed)} of {len(self.views)} views stop with an error, first {first}")

    def _warn(self, key, **words):
        self.warnings.append(REMEDY[key].format(**words))


def _spread(states):
    """All states, the first ones from all over: whatever time allows is a fair sample.

    >>> _spread([0, 1, 2, 3, 4])
    [0, 3, 1, 4, 2]
    """
    step = next(n for n in range(round(len(states) * 0.618), 0, -1) if math.gcd(n, len(states)) == 1)
    return [states[i * step % len(states)] for i in range(len(states))]


def _digest(outputs):
    """What outputs come to, whatever names widgets, objects and a Styler's cells have been given this time."""
    bare = [[part | {"state": part["state"] | {"children": None}} for part in o["widgets"].values()] if "widgets" in o
            else o for o in outputs]  # fmt: skip
    return hashlib.sha256(_NAMES.sub("", json.dumps(bare, sort_keys=True)).encode()).digest()


def walk_of(control) -> Walk:
    """The walk of a control, the same each time it is asked for."""
    walk = next((w for w in walks.values() if w.control is control), None)
    if walk is None:
        number = walk_of.given = getattr(walk_of, "given", 0) + 1
        walk = walks[number] = Walk(control, number)
    return walk
