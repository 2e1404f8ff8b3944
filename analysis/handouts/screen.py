"""A handout for the projector: one question a screen, revealed on a key, in one file; printed, it is a handout."""

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from . import html
from .parts import Break, Handout, Heading, plain

HERE = Path(__file__).parent


def slides(handout: Handout) -> str:
    """A screen's handout as a whole HTML file: a slide at each second-level heading, a step at each break.

    Without its script all slides are shown below one another, and so they are printed.
    """
    made = [*_slides(handout.blocks)]
    many = len(made)
    sections = "".join(_section(n, many, blocks) for n, blocks in enumerate(made, 1))
    title = f"<header><h1>{escape(handout.title)}</h1></header>"
    keys = (
        '<nav class="keys" aria-label="Screens" hidden><button type="button" data-go="-1">← Back</button>'
        '<output aria-live="polite"></output><button type="button" data-go="1">Next →</button></nav>'
    )
    foot = f"<footer><p>{escape(handout.foot)}</p></footer>"
    script = (HERE / "screen.js").read_text(encoding="utf-8")
    return html.whole(handout.title, handout.lang, f"{title}<main>{sections}</main>{keys}{foot}", "screen", script)


def _slides(blocks: Sequence) -> Iterator[list]:
    slide: list = []
    for block in blocks:
        if isinstance(block, Heading) and block.level == 2 and slide:
            yield slide
            slide = []
        slide.append(block)
    if slide:
        yield slide


def _section(n, many, blocks):
    steps: list[list] = [[]]
    for block in blocks:
        if isinstance(block, Break):
            steps.append([])
        else:
            steps[-1].append(block)
    name = plain(blocks[0].inside) if isinstance(blocks[0], Heading) else f"Screen {n}"
    shown = "".join(f'<div class="step">{html.body(step)}</div>' for step in steps)
    return f'<section class="slide" aria-label="{escape(name)}, screen {n} of {many}" tabindex="-1">{shown}</section>'
