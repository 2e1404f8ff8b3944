"""What a page needs for questions: one stylesheet, one script."""

from pathlib import Path

HERE = Path(__file__).parent
SCRIPTS = ("tools", "csv", "store", "kinds", "question", "quiz", "desk", "start")


def style() -> str:
    """The stylesheet of questions and desks.

    >>> "wc-ask" in style()
    True
    """
    return (HERE / "ask.css").read_text(encoding="utf-8")


def script() -> str:
    """The script of questions and desks; its parts share one function's scope.

    >>> script().startswith("(() => {")
    True
    """
    parts = "\n".join((HERE / "script" / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS)
    return f'(() => {{\n"use strict";\n{parts}}})();\n'
