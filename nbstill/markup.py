"""Markdown and TeX to HTML and MathML, as Jupyter reads them."""

import re
from collections.abc import Callable
from functools import lru_cache
from html import escape

from latex2mathml.commands import MATRICES
from latex2mathml.converter import convert
from nbconvert.filters.markdown_mistune import HTMLRenderer, IPythonRenderer, MarkdownWithMath

_NEW = re.compile(
    r"\\(?:re)?newcommand\*?\s*(?:\{\s*\\(?P<a>[A-Za-z]+)\s*\}|\\(?P<b>[A-Za-z]+))\s*(?:\[(?P<n>\d)\])?\s*(?=\{)"
    r"|\\def\s*\\(?P<c>[A-Za-z]+)\s*(?P<d>(?:#\d)*)\s*(?=\{)"
    r"|\\DeclareMathOperator\*?\s*\{\s*\\(?P<o>[A-Za-z]+)\s*\}\s*(?=\{)"
)
_MOST_EXPANSIONS = 500  # a macro that calls itself ends here
_LIKE = {
    "eqnarray": "array}{rcl", "gather": "array}{c", "gathered": "array}{c", "multline": "array}{c",
    "aligned": "align*", "alignedat": "align*", "alignat": "align*", "flalign": "align*", "dcases": "cases",
}  # fmt: skip
_KNOWN = {name.removeprefix("\\") for name in MATRICES} | {
    "equation",
    "equation*",
    "subequations",
    "math",
    "displaymath",
}
_ENVIRONMENT = re.compile(r"\\(begin|end)\s*\{([A-Za-z]+)(\*?)\}(\{\d+\})?")


class Maths:
    """The formulae of one page: macros that its cells define hold from there on, as in Jupyter.

    >>> maths = Maths()
    >>> maths.formula(r"\\newcommand{\\half}[1]{\\frac{#1}{2}} 1")[:5]
    '<math'
    >>> "<mfrac><mrow><mi>x</mi>" in maths.formula(r"\\half{x}")
    True
    """

    def __init__(self, warn: Callable[[str], None] = lambda words: None):
        self.macros, self.warn = {}, warn

    def formula(self, tex: str, display: str = "inline") -> str:
        """TeX as MathML; what cannot be read stays as it was written, and the author is told."""
        tex = self._expanded(self._defined(tex))
        if not tex.strip():
            return ""
        made, problem = _converted(tex, display)
        if made:
            return made
        self.warn(f"a formula stays as it is written ({problem}): {tex.strip()[:80]}: write it with common commands")
        return f"<code>{escape(tex.strip())}</code>"

    def _defined(self, tex):
        """Take the definitions out of a formula and remember them."""
        while match := _NEW.search(tex):
            body, end = _group(tex, match.end())
            if end is None:
                break
            name = match["a"] or match["b"] or match["c"] or match["o"]
            count = int(match["n"] or 0) if not match["c"] else len(match["d"]) // 2
            self.macros[name] = (count, rf"\operatorname{{{body}}}" if match["o"] else body)
            tex = tex[: match.start()] + tex[end:]
        return tex

    def _expanded(self, tex):
        if not self.macros:
            return tex
        known = re.compile(r"\\(" + "|".join(sorted(self.macros, key=len, reverse=True)) + r")(?![A-Za-z])")
        for _ in range(_MOST_EXPANSIONS):
            match = known.search(tex)
            if not match:
                break
            count, body = self.macros[match[1]]
            end, given = match.end(), []
            for _ in range(count):
                argument, end = _group(tex, end)
                given.append(argument)
                end = end or len(tex)
            for n, argument in enumerate(given, 1):
                body = body.replace(f"#{n}", argument)
            tex = f"{tex[: match.start()]}{{{body}}}{tex[end:]}"
            if len(tex) > 20_000:
                break
        return tex


def _group(tex, at):
    """(what stands in the brackets at a place, where it ends); a letter without brackets; ("", None) if unclosed."""
    while at < len(tex) and tex[at].isspace():
        at += 1
    if at >= len(tex) or tex[at] != "{":
        return (tex[at], at + 1) if at < len(tex) else ("", None)
    depth = 0
    for i in range(at, len(tex)):
        if tex[i] in "{}" and tex[i - 1] != "\\":
            depth += 1 if tex[i] == "{" else -1
            if not depth:
                return tex[at + 1 : i], i + 1
    return "", None


def _familiar(match):
    """The begin or end of an environment under the name of one that is known and looks the same."""
    like = _LIKE.get(match[2])
    if like is None:
        return match[0]
    return rf"\begin{{{like}}}" if match[1] == "begin" else rf"\end{{{like.partition('}')[0]}}}"


@lru_cache(maxsize=2048)
def _converted(tex, display):
    """(MathML, "") or ("", why not)."""
    if len(tex) > 20_000:
        return "", "too long"
    tex = _ENVIRONMENT.sub(_familiar, re.sub(r"\\label\s*\{[^{}]*\}", "", tex))
    tex = re.sub(r"\\(begin|end)\{align\}", r"\\\1{align*}", tex) if "\\tag" in tex else tex
    if odd := next((m[0] for m in _ENVIRONMENT.finditer(tex) if m[2] + m[3] not in _KNOWN), None):
        return "", f"{odd} is not known"
    try:
        made = convert(tex, display=display)
    except Exception as problem:  # latex2mathml raises many kinds, and a formula must not stop a page
        return "", type(problem).__name__
    unknown = re.search(r">\s*(\\[A-Za-z]+|&(?:amp;)?(?=<))", made)
    return ("", f"{unknown[1]} is not known") if unknown else (made, "")


class _Renderer(IPythonRenderer):
    """nbconvert's Markdown with formulae made when the page is built; pictures are seen to on the tree."""

    maths: Maths

    def block_math(self, body):
        return self.maths.formula(body, "block")

    def inline_math(self, body):
        return self.maths.formula(body)

    def latex_environment(self, name, body):
        return self.maths.formula(rf"\begin{{{name}}}{body}\end{{{name}}}", "block")

    def image(self, text, url, title=None):
        return HTMLRenderer.image(self, text, url, title)


def markdown(source: str, maths: Maths) -> str:
    """Markdown, with HTML and formulae in it, as HTML that is not yet cleaned."""
    renderer = _Renderer(escape=False, exclude_anchor_links=True)
    renderer.maths = maths
    return MarkdownWithMath(renderer=renderer).render(source)


def latex(source: str, maths: Maths) -> str:
    r"""The content of a Latex or Math output: a formula, or prose with formulae in it.

    >>> latex("$x$ and $y$", Maths()).count("<math")
    2
    """
    text = source.strip()
    whole = re.fullmatch(r"\$\$?(?P<a>[^$]*)\$\$?|\\\[(?P<b>.*)\\\]|\\\((?P<c>.*)\\\)", text, re.S)
    if whole:
        return maths.formula(whole["a"] or whole["b"] or whole["c"] or "", "block")
    return markdown(text, maths)
