"""What is said where something could not come along: a sentence for the reader, a remedy for the author."""

import secrets
from html import escape

# How our own classes begin until a tree is clean: nothing from outside can know it.
SEAL = f"x{secrets.token_hex(12)}-"
LEFT = "still-left"  # the class of a sentence that stands where something could not
SAID = {
    "script": "A script stood here; a page runs none.",
    "frame": "Another page stood here in a frame",
    "object": "An object stood here that needs a program of its own",
    "canvas": "A drawing stood here that a script makes; a page runs none.",
    "field": "Form fields stood here; on a page they do nothing.",
}
REMEDY = {
    "script": "left out a script: show what it makes as a picture (for plotly: fig.show('svg')) or a table",
    "frame": "left out a frame ({}): give its address as a link",
    "object": "left out an object ({}): show a picture, or give its address as a link",
    "canvas": "left out a canvas: show its picture as <img src='data:…'>",
    "field": "left out form fields: use interact for what a reader should move",
}


def left(words: str) -> str:
    """A sentence for the reader, as HTML, in the place of what could not stand there."""
    return f'<p class="{sealed("left")}">{escape(words)}</p>'


def sealed(name: str) -> str:
    """A class of ours for HTML that is yet to be cleaned: sealed("left") becomes still-left."""
    return SEAL + name
