"""Notebooks for the tests, made here; they use interact in the usual ways and import nothing of ours."""

import nbformat
from nbformat import v4


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
    "%%py\nimport numpy as np, matplotlib.pyplot as plt\nfrom ipywidgets import interact, fixed\nimport ipywidgets as w",
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
    "%%py\nimport pandas as pd\nfrom ipywidgets import interact, interactive, IntSlider, Dropdown, SelectionSlider, BoundedIntText",
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
    "| a | b |\n|---|---|\n| 1 | 2 |\n\nSee [the waves](sliders.ipynb) or [the page's start](#What-does-the-table-say?).",
)

REFUSED = (
    "# What cannot be listed?\n\nAn open number, free text, a button, and too many views.",
    """%%py
import sys, pandas as pd
import ipywidgets as w
from ipywidgets import interact, interact_manual, interactive_output""",
    "%%py\ninteract(lambda rate, name: print(rate, name), rate=w.FloatText(value=2.5), name='free');",
    "%%py\ninteract_manual(lambda n: print('n is', n), n=(1, 3));",
    "%%py\ninteract(lambda a, b: a * b, a=(0, 100), b=(0, 100));",
    "%%py\ninteract(lambda a, n: f'{a} and {n}', a=w.IntRangeSlider(value=(2, 4), max=9), n=(1, 3));",
    "%%py\nslider = w.IntSlider(max=3)\ndisplay(w.HBox([slider, interactive_output(lambda n: print(n), {'n': slider})]))",
    "%%py\nprint('to the author', file=sys.stderr)",
)
