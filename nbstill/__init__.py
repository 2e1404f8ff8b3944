"""Jupyter notebooks to pages: each a single HTML file whose `interact` controls work with no network and no kernel.

    jupyter nbconvert --to still any.ipynb
    python -m nbstill NOTEBOOK… [--out DIR] [--saved-outputs] [--open]
    nbstill.build(["any.ipynb"], "still")

From the file to the page, each room using only those above it:

fault     what went wrong, in a line; words a terminal can show
hook      the one door for packages that bring notes, an index, a stylesheet, a script, elements of their own
read      a file to a notebook, or a refusal
record    in the kernel: what a function shows, in its order
within    in the kernel: widgets that hold others, or what was printed
controls  in the kernel: which values a widget takes, which native control stands for it
chart     in the kernel: a matplotlib chart as a picture with words
walk      in the kernel: a control on its way through its states
kernel    in the kernel: plays every control after the last cell
boxes     a box with a control in it as what it holds
client    the kernel's client, with a bound on what a cell shows
clock     how long slow views will take
run       a notebook in a kernel of its own, its controls played, all of it ended by Ctrl-C
markup    Markdown and TeX to HTML and MathML
sheet     stylesheets from outside, laid on the elements that brought them
slim      a drawing at half its length
picture   SVG read as XML and written anew from an allow-list
left      what is said where something could not come along
bounds    how much HTML one output may bring
clean     untrusted HTML to an inert tree
output    one output to the form that a page can hold
dress     what a page adds to a tree: headings, tables, pictures, sound
notes     what stands behind a link
pack      stylesheet, script and views as a page carries them
page      cells to a page
exporter  the same for nbconvert
shelf     the folder: what is ours in it, and its index
many      many notebooks, side by side
"""

from .fault import BuildError
from .hook import Hook, Index, Note

__all__ = ["BuildError", "Hook", "Index", "Note", "build"]


def build(notebooks, out="still", **options):
    """Build one page a notebook, and an index of the folder: see nbstill.many.build."""
    from .many import build

    return build(notebooks, out, **options)
