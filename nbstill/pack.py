"""Packing at build: the readable stylesheet and script as what a page carries, and views as what it keeps."""

import base64
import functools
import gzip
import hashlib
import json
import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

FOLDER = Path(__file__).with_name("templates") / "still"
STYLES = ("base", "text", "tables", "controls", "notes", "index", "wide", "print")
_PIECE = re.compile(r"(?<=\n)|(?=<(?:dt|dd|svg|tr|li|details|figcaption|p)\b)")
# Typefaces are read while the page still is: the first paint has them, and no line moves when they come.
EARLY = "document.fonts.forEach(face => face.load().catch(() => {}));"
SCRIPTS = ("tools", "controls", "address", "notes", "rows", "takeaway", "start")


@functools.cache
def templates() -> Environment:
    """The page's templates; every value that goes into one is escaped."""
    return Environment(loader=FileSystemLoader(FOLDER), autoescape=True, trim_blocks=True)


@functools.cache
def sheet() -> str:
    """The page's stylesheet."""
    return "".join(css((FOLDER / "style" / f"{name}.css").read_text(encoding="utf-8")) for name in STYLES)


@functools.cache
def script() -> str:
    """The page's script: its parts share one function's scope."""
    parts = (js((FOLDER / "script" / f"{name}.js").read_text(encoding="utf-8")) for name in SCRIPTS)
    return '(() => {\n"use strict";\n' + "".join(parts) + "})();\n"


def css(text: str) -> str:
    """A stylesheet without the room that only its author needs.

    >>> css('/* a */ b,\\n c > d {\\n  content: "x  {";\\n  margin: 1px 2px;\\n}\\n')
    'b,c > d{content:"x  {";margin:1px 2px}'
    """
    kept = []
    for piece in re.split(r"(\"[^\"\n]*\"|'[^'\n]*'|/\*.*?\*/)", text, flags=re.S):
        if piece.startswith("/*"):
            continue
        if piece[:1] in ("'", '"'):
            kept.append(piece)
            continue
        piece = re.sub(r"\s+", " ", piece)
        piece = re.sub(r" ?([{};,]) ?", r"\1", piece)
        kept.append(re.sub(r"(?<=[\w)]): (?!\w+[^;{}]*\{)", ":", piece))
    return re.sub(r";+}", "}", "".join(kept)).replace("} ", "}").strip()


def js(text: str) -> str:
    """A script without its comments that stand alone and without its indentation; a line stays a line."""
    return re.sub(r"^(?:\s*//.*\n)*[ \t]*", "", text, flags=re.M)


def views(rows: list[list[str]]) -> str:
    """Views as gzip in base64: each piece once, and views as lists of their numbers; equal input, equal bytes.

    A piece ends where a line does or a block begins. Charts that differ by a few bars share most of theirs, and gzip
    sees only 32 KB back.
    """
    pieces = {}
    kept = [[[pieces.setdefault(piece, len(pieces)) for piece in _PIECE.split(part)] for part in view] for view in rows]
    text = json.dumps([list(pieces), kept], ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(gzip.compress(text.encode(), 9, mtime=0)).decode()


def code(source: str, language: str) -> str:
    """A program's text as HTML, coloured by what it says; in a language that nobody knows it stands uncoloured."""
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language)
    except ClassNotFound:
        lexer = get_lexer_by_name("text")
    return highlight(source, lexer, HtmlFormatter(cssclass="highlight still-source"))


def highlighting() -> str:
    """The colours of code, in light and dark."""
    from pygments.formatters import HtmlFormatter

    light, dark = (
        HtmlFormatter(style=f"a11y-high-contrast-{tone}").get_style_defs(".highlight.still-source")
        for tone in ("light", "dark")
    )
    return f"{light}\n@media screen and (prefers-color-scheme: dark) {{\n{dark}\n}}"


def policy(styles: list[str], scripts: list[str]) -> str:
    """The page's law: these styles and scripts, pictures, sound and letters from within; nothing else loads or runs."""

    def hashes(texts):
        return " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(t.encode()).digest()).decode()}'" for t in texts)

    return (
        f"default-src 'none'; img-src data: blob:; media-src data:; font-src data:; style-src {hashes(styles)};"
        f" script-src {hashes(scripts)}; base-uri 'none'; form-action 'none'"
    )
