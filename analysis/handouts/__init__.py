"""Handouts of a case's lessons: sheets, number cards and screens, from texts in which every figure stands by its id.

parts       what a handout is made of, in plain types      reading   from a text to these: one parse
blocks      rows, questions, key and owners, from the case   drawn   a chart for a screen
html        each as one HTML file, for screen and paper    screen    the projector's
typst       each as a tagged PDF, on A4 and Letter         shelf     the folder with its index, and the command
"""

from .reading import handout
from .shelf import build

__all__ = ["build", "handout"]
