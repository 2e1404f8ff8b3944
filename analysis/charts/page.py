"""What a page needs beside the drawings: one stylesheet, one script."""

from pathlib import Path

from . import palette
from .letters import faces

HERE = Path(__file__).parent


def style() -> str:
    """The stylesheet of charts: the typefaces, what each role of a colour is in light, dark and print, the rules.

    >>> ".f-g0,.wc-draw text.f-g0{fill:var(--g0)}" in style()
    True
    """
    groups = [f"g{n}" for n in range(palette.MOST_GROUPS)]
    light, dark = (";".join(f"--wc-{role}:{pair[n]}" for role, pair in palette.ROLES.items()) for n in (0, 1))
    swap = ";".join(f"--{g}:var(--wc-{g}d,var(--wc-ink))" for g in groups)
    plain = ";".join(f"--{g}:var(--wc-{g},var(--wc-ink))" for g in groups)
    rules = [f":root{{{light}}}", f".wc-draw{{{plain}}}"]
    rules += [f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}.wc-draw{{{swap}}}}}"]
    rules += [".f-0{fill:none}"]
    for role in palette.ROLES:
        rules += [f".f-{role},.wc-draw text.f-{role}{{fill:var(--wc-{role})}}", f".s-{role}{{stroke:var(--wc-{role})}}"]
    for g in groups:
        rules += [f".f-{g},.wc-draw text.f-{g}{{fill:var(--{g})}}", f".s-{g}{{stroke:var(--{g})}}"]
    return faces() + "".join(rules) + (HERE / "charts.css").read_text(encoding="utf-8")


def script() -> str:
    """The script of charts: arrow keys walk the marks, the nearest answers a pointer, what moved slides.

    >>> "wc-mark" in script()
    True
    """
    lines = (HERE / "charts.js").read_text(encoding="utf-8").splitlines()
    return "\n".join(
        line.strip() for line in lines if not line.strip().startswith("//")
    )  # for whoever reads the source
