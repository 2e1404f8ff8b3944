"""Notebooks for the tests, made here; they use interact in the usual ways and import nothing of ours."""

import nbformat
from nbformat import v4

from nbstill import Hook, Index, Note


def notebook(*cells, case=None):
    """A notebook of cells: text that begins with '%%py' is code, the rest is markdown."""
    made = [
        v4.new_code_cell(text.removeprefix("%%py").strip()) if text.startswith("%%py") else v4.new_markdown_cell(text)
        for text in cells
    ]
    for n, cell in enumerate(made):
        cell["id"] = f"cell-{n}"
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return v4.new_notebook(cells=made, metadata=metadata | ({"whocounted": {"case": case}} if case else {}))


def save(folder, name, *cells, case=None):
    path = folder / f"{name}.ipynb"
    nbformat.write(notebook(*cells, case=case), path)
    return path


SLIDERS = (
    "# How does a wave change?\n\nTwo sliders, a dropdown and a tick, in one `interact`.\n\n"
    "The formula is $y = \\sin(a x) / b$, and as a block:\n\n$$\\frac{\\sin(a x)}{b} \\quad b > 0$$",
    """%%py
import numpy as np, matplotlib.pyplot as plt
import ipywidgets as w
from ipywidgets import interact, fixed""",
    "### A heading that skips a level\n\nMove them.",
    """%%py
def wave(pitch, height, colour, grid, points):
    x = np.linspace(0, 6, points)
    fig, ax = plt.subplots(figsize=(7, 3))
    ax.plot(x, height * np.sin(pitch * x), color=colour)
    ax.set(title=f"pitch {pitch}, height {height}", xlabel="time, s", ylabel="height, m", ylim=(-2, 2))
    ax.grid(grid)
    plt.show()
interact(wave, pitch=(1, 4), height=w.FloatSlider(min=0.5, max=1.5, step=0.5, value=1), colour=["red", "blue"],
         grid=False, points=fixed(60));""",
    """%%py
@interact(n=w.RadioButtons(options=[("one", 1), ("two", 2)], description="How many:"))
def bars(n):
    fig, ax = plt.subplots(figsize=(6, 2.5))
    ax.bar(["a", "b"], [n, n + 1])
    ax.set_title("A second control")""",
)

TABLES = (
    "# What does the table say?\n\nA decorator, a table, printed words, an error in one state.",
    """%%py
import pandas as pd
from ipywidgets import interact, interactive, IntSlider, SelectionSlider""",
    """%%py
frame = pd.DataFrame({"place": ["Syria", "Iraq", "Syria"], "count": [3, 5, 8], "note": ["=1+1", "a, b", "-4"]})
@interact(place=["Syria", "Iraq", "Both places"], least=(0, 8, 4))
def rows(place="Syria", least=0):
    chosen = frame if place == "Both places" else frame[frame.place == place]
    return chosen[chosen["count"] >= least]""",
    """%%py
@interact(divisor=IntSlider(min=0, max=3, value=1))
def divide(divisor):
    print("six divided by", divisor)
    print("is", 6 / divisor)""",
    """%%py
interactive(lambda size: display(frame.head(size)), size=SelectionSlider(options=[("small", 1), ("large", 3)]))""",
    "%%py\nframe",
    "| a | b |\n|---|---|\n| 1 | 2 |\n\nSee [the waves](sliders.ipynb) or [the start](#What-does-the-table-say?).",
)

REFUSED = (
    "# What cannot be listed?\n\nAn open number, free text, and too many views; a button waits.",
    """%%py
import sys, pandas as pd
import ipywidgets as w
from ipywidgets import interact, interact_manual, interactive_output""",
    "%%py\ninteract(lambda rate, name: print(rate, name), rate=w.FloatText(value=2.5), name='free');",
    "%%py\ninteract_manual(lambda n: print('n is', n), n=(1, 3));",
    "%%py\ninteract(lambda a, b: a * b, a=(0, 100), b=(0, 100));",
    "%%py\ninteract(lambda a, n: f'{a} and {n}', a=w.IntRangeSlider(value=(2, 4), max=9), n=(1, 3));",
    """%%py
slider = w.IntSlider(max=3)
display(w.HBox([slider, interactive_output(lambda n: print(n), {'n': slider})]), w.IntSlider(max=4))""",
    "%%py\nprint('to the author', file=sys.stderr)",
)

CASE = (
    "# Who counted the buses?\n\nThe mayor said [20–30](#buses) a day, the rivals [2–4](#rivals): "
    "that is [5–15](#buses%20/%20rivals) times. Again [20–30](#buses). See [below](#The-control), [nowhere](#lost).",
    "## The control\n\nA subclass with its own way to show itself.",
    """%%py
import base64, html
from ipywidgets import interactive, Dropdown, IntSlider, ToggleButtons
class Own(interactive):
    def update(self, *args):
        pass
    def _repr_mimebundle_(self, **kwargs):
        return {"text/html": "<p>static</p>", "application/vnd.jupyter.widget-view+json": {"model_id": self.model_id}}
class Shown:
    def __init__(self, place, most):
        self.place, self.most = place, most
    def _repr_html_(self):
        bars = "".join(f'<rect x="{30 * n}" width="20" height="{10 * n}"/>' for n in range(self.most))
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="200pt" height="100pt">{bars}</svg>'
        data = base64.b64encode(svg.encode()).decode()
        alt = html.escape(f"Buses in {self.place}, up to {self.most}")
        return (f'<figure class="wc-chart"><img alt="{alt}" src="data:image/svg+xml;base64,{data}">'
                f'<figcaption>Buses. <span class="wc-source">The Gazette</span></figcaption></figure>'
                f'<details><summary>Table</summary><table><caption>Buses in {self.place}</caption>'
                f'<thead><tr><th>Place</th><th>Most</th></tr></thead><tbody><tr><th>{self.place}</th>'
                f'<td><a href="#buses">{self.most}</a> <a href="#most">?</a></td></tr></tbody></table></details>')""",
    """%%py
def shown(place, most):
    return Shown(place, most)
Own(shown, place=Dropdown(options=["Old Town", "Über 9"], description="Place"),
    most=IntSlider(value=2, min=1, max=5, description="Most"))""",
    """%%py
Own(shown, place=ToggleButtons(options=["North", "South"], description="Side"),
    most=IntSlider(value=3, min=3, max=4))""",
    "## What this cannot tell us\n\nHow full they were. $x_1 + 2$",
)


SAID = '<blockquote><p>about <mark class="wc-figure">20-30</mark> buses</p></blockquote>'
NOTES = {
    "buses": Note("20–30 buses", "The Gazette, 2017.", SAID + '<p class="wc-source"><a href="https://example.org/">Link</a></p>'),
    "most": Note("At most so many.", "", "<p>At most so many.</p>"),
    "rivals": Note("2–4 buses", "The Gazette, 2017.", "<p>Said by the rivals.</p>"),
    "buses / rivals": Note("5–15 times", "our working", '<p><code>buses / rivals</code> of <a href="#buses">20–30</a> '
                           'and <a href="#rivals">2–4</a></p>'),
}  # fmt: skip


class Buses(Hook):
    """A stand-in for a package whose notebooks name a case."""

    listed = "wc-source"
    style = ".wc-source {\n  font-style: italic;\n}\n"

    def owns(self, metadata):
        return "whocounted" in metadata

    def note(self, metadata, target):
        return NOTES[target]

    def index(self, pages):
        return Index("Buses", lead=(("How many?", "Who counted?"),), notes=("It is about <buses>.",))
