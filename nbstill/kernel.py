"""An IPython extension for the kernel that runs a notebook to be kept still (--ext=nbstill.kernel).

A control shows one view at a time and needs a kernel for the next; a page has none. While the cells run, each control
behaves as it does in Jupyter, and what it shows is remembered. After the last cell the builder asks once to `settle()`
and then again and again for a `step()`: each control's widgets are moved through all their states, as a reader moves
them after running all. So no replay can change what a cell printed. Nothing in the notebook changes.
"""

import contextlib
import functools
import os
import sys
import time

from . import within
from .chart import picture
from .record import Recorder, bound
from .walk import CONTROL, arguments, flush_figures, view, walk_of, walks

PART = "application/vnd.nbstill.part+json"  # what settle() and each step() bring back


def settle() -> None:
    """Once all cells have run: set out the states of every control on the page, as its cells left it.

    Tells the builder which Output widget is which control's, for a box that holds it.
    """
    if "ipywidgets" not in sys.modules:
        return
    from ipywidgets.widgets.widget import _instances

    here, held = {part.model_id for part in within.on_the_page()}, {}
    for control in [*_instances.values(), *Led.all]:
        if hasattr(control, "kwargs_widgets") and control.out.comm and control.out.model_id in here:
            movers = [*control.kwargs_widgets, getattr(control, "manual_button", None)]
            held[control.out.model_id] = {
                "number": walk_of(control).number,
                "widgets": [w.model_id for w in movers if getattr(w, "comm", None)],
                "led": isinstance(control, Led),
            }
    within.join()
    for one in walks.values():
        one.deafen()
    for one in walks.values():
        one.prepare()
        one.share(walks.values())
    sys.modules["IPython"].display.display({PART: {"held": held}, "text/plain": ""}, raw=True)


def step(seconds: float = 1.0) -> bool:
    """Play views for about so long and send them to the builder; False when every control is done."""
    began, walk = time.monotonic(), next(iter(walks.values()), None)
    if walk is None:
        return False
    more = True
    while more and time.monotonic() - began < seconds:
        more = walk.step()
    part = {"number": walk.number, "done": len(walk.views), "of": len(walk.states), "seconds": time.monotonic() - began}
    if not more:
        part["control"] = {"controls": walk.described, "views": walk.views, "warnings": walk.warnings,
                           "outside": walk.outside}  # fmt: skip
        if walk.button:
            part["control"] |= {"button": walk.button, "opening": walk.opening()}
        del walks[walk.number]
        for other in walks.values():
            other.back()  # where its cells left it, whatever this one has moved
    sys.modules["IPython"].display.display({PART: part, "text/plain": ""}, raw=True)
    return bool(walks)


def stand_in(control, *_):
    """What a control is in an output until the builder puts its views there."""
    within.note(control)
    return {CONTROL: {"number": walk_of(control).number}, "text/plain": "A control."}


def update(control, *_):
    """In place of interactive.update: the same call and the same .kwargs and .result, without the Output widget.

    An Output widget talks back to the builder, costs a second picture, and can make it miss the kernel's answer.
    """
    flush_figures()
    control.kwargs = arguments(control)
    before = getattr(control, "_nbstill_shown", [])
    shown, _ = view(control, control.kwargs, live=True)
    control._nbstill_shown = shown if control.clear_output else before + shown


class Led:
    """What interactive_output ties together, in the shape of interactive; its widgets stand wherever they are shown."""

    all: list["Led"] = []
    manual, auto_display, clear_output = False, False, True

    def __init__(self, f, controls):
        from ipywidgets import Output

        self.f, self.led, self.out = f, dict(controls), Output()
        self.kwargs_widgets = list(self.led.values())
        self.all.append(self)
        for widget in self.kwargs_widgets:
            widget.observe(self.update, "value")
        self.update()

    update = update


def lead(usual):
    """In place of interactive_output: the Output widget is still its author's, its contents are the control's."""

    def interactive_output(f, controls):
        return usual(f, controls) if Recorder.open else Led(f, controls).out

    return functools.wraps(usual)(interactive_output)


def load_ipython_extension(ipython) -> None:
    """Show `interactive`, `interactive_output` and `Figure` differently, and bound what cells print."""
    os.environ["NBSTILL"] = "1"  # for whoever draws otherwise for a page than for a notebook
    formatter = ipython.display_formatter.mimebundle_formatter
    with contextlib.suppress(ImportError):  # a notebook without widgets needs none
        import ipywidgets
        from ipywidgets import interactive
        from ipywidgets.widgets import interaction

        interactive.update = update
        led = lead(interaction.interactive_output)
        ipywidgets.interactive_output = ipywidgets.widgets.interactive_output = interaction.interactive_output = led
        formatter.for_type(interactive, stand_in)
        within.install()
    # By name, so that a notebook without charts does not pay for importing matplotlib.
    formatter.for_type_by_name("matplotlib.figure", "Figure", picture)
    bound(ipython)
