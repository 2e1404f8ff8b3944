"""Stylesheets from outside: read as CSS, held to an allow-list, and laid on the elements that brought them.

No rule of an output's reaches the page: what a rule says becomes a class on the elements of that output which it names,
so it can name nothing of ours. Nothing passes that loads, positions, hides behind an escape or covers the page.
"""

import re

import tinycss2
from bs4 import BeautifulSoup

MOST_RULES = 5000  # simple rules, of one id each, as a Styler writes them
MOST_SEARCHES = 100  # rules that have to be looked for in the whole output
TEXT = set(
    "color background-color background-image background opacity font font-family font-size font-style font-weight"
    " font-variant font-variant-numeric line-height letter-spacing text-align text-decoration text-decoration-line"
    " text-decoration-color text-decoration-style text-transform text-indent vertical-align white-space word-break"
    " border border-top border-right border-bottom border-left border-color border-style border-width border-collapse"
    " border-radius border-spacing padding padding-top padding-right padding-bottom padding-left width max-width"
    " min-width height max-height min-height list-style list-style-type caption-side direction unicode-bidi"
    " display visibility float margin-left margin-right margin-top margin-bottom margin"
    " overflow overflow-x gap flex-wrap align-items"
    " justify-content".split()
)
TEXT |= {f"border-{side}-{what}" for side in ("top", "right", "bottom", "left") for what in ("color", "style", "width")}
DRAWING = set(
    "fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-dasharray"
    " stroke-dashoffset stroke-miterlimit opacity color font font-family font-size font-style font-weight font-variant"
    " font-stretch text-anchor text-decoration dominant-baseline alignment-baseline baseline-shift letter-spacing"
    " word-spacing clip-path clip-rule mask marker marker-start marker-mid marker-end stop-color stop-opacity"
    " paint-order shape-rendering text-rendering image-rendering vector-effect visibility display overflow"
    " isolation mix-blend-mode line-height white-space"
    " -inkscape-font-specification writing-mode color-interpolation".split()
)
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.I)
_DISPLAYS = set("block inline inline-block table table-cell table-row flex inline-flex list-item none".split())


def inert(value: str) -> bool:
    r"""Whether a value can only describe: no escape, no address but a mark of the same drawing, no rule.

    >>> inert("rgb(1, 2, 3)"), inert("url(#a)"), inert("url(http://a)"), inert("u\\72l(x)"), inert("a}b{")
    (True, True, False, False, False)
    """
    bare = re.sub(r"url\(\s*(['\"]?)#[\w.:-]+\1\s*\)", "", value)
    return not re.search(r"[\\{}<>@;]|/\*|url|image|expression|import|javascript|src\(|attr\(", bare, re.I)


def declarations(text: str, allowed: set[str] = TEXT) -> tuple[str, list[str]]:
    """(the declarations that may stand, as text; the names of those that may not).

    >>> declarations("color: red; position: fixed; background: url(x)")
    ('color:red', ['position', 'background'])
    """
    kept, left = {}, []
    for one in tinycss2.parse_declaration_list(text, skip_comments=True, skip_whitespace=True):
        if one.type != "declaration":
            continue
        value = tinycss2.serialize(one.value).strip()
        if (one.lower_name in allowed or one.name.startswith("--")) and inert(value) and _fits(one.lower_name, value):
            kept[one.name if one.name.startswith("--") else one.lower_name] = re.sub(r"\s+", " ", value)
        else:
            left.append(one.lower_name)
    return ";".join(f"{name}:{value}" for name, value in kept.items()), left


def _fits(name, value):
    """Widths stay within the page, and boxes stay boxes."""
    if name == "display":
        return value in _DISPLAYS
    if name.startswith("margin"):
        return "-" not in value
    return not (name == "background-image" and "gradient" not in value)


def hides(text: str) -> bool:
    """Whether declarations hide what they stand on.

    >>> hides("color: red; DISPLAY : none")
    True
    """
    return bool(_HIDDEN.search(text))


def legible(said: str) -> str:
    """Declarations with dark ink on a ground of the author's own: he chose it for a light page.

    >>> legible("background-color:gold"), legible("color:red;background:navy")
    ('background-color:gold;color:#1e1c19', 'color:red;background:navy')
    """
    return (
        f"{said};color:#1e1c19" if re.search(r"(^|;)background", said) and not re.search(r"(^|;)color:", said) else said
    )


def for_drawing(text: str) -> tuple[str, list[str]]:
    """A drawing's own stylesheet: (the rules that may stand, what was left out)."""
    rules, left = [], []
    for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        if rule.type != "qualified-rule":
            left.append(f"@{rule.at_keyword}" if rule.type == "at-rule" else "a broken rule")
            continue
        selector = tinycss2.serialize(rule.prelude).strip()
        kept, lost = declarations(tinycss2.serialize(rule.content), DRAWING)
        left += lost
        if kept and re.fullmatch(r"[\w.#*, >:()-]+", selector):
            rules.append(f"{selector}{{{kept}}}")
    return "".join(rules), left


def lay(soup: BeautifulSoup, styles: list[str]) -> list[str]:
    """Lay an output's stylesheets on its elements, as style attributes below their own. Returns what was left out."""
    rules, left = [], []
    for text in styles:
        for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
            if rule.type == "qualified-rule":
                said = tinycss2.serialize(rule.content)
                rules += [(s.strip(), said) for s in tinycss2.serialize(rule.prelude).split(",")]
            elif rule.type == "at-rule":
                left.append(f"@{rule.lower_at_keyword}")
    ids = {e["id"]: e for e in reversed(soup.find_all(id=True))}
    searched = 0
    gathered = {}  # id of an element -> [(specificity, order, declarations)]
    for order, (selector, said) in enumerate(rules[:MOST_RULES]):
        if re.fullmatch(r"#[\w-]+", selector):
            found = [ids[selector[1:]]] if selector[1:] in ids else []
        elif ":" in selector or searched >= MOST_SEARCHES:
            continue  # a rule for a hover or a focus shows nothing on a page at rest
        else:
            searched += 1
            found = _found(soup, selector)
        weight = (
            selector.count("#"),
            selector.count(".") + selector.count("["),
            len(re.findall(r"(?:^|[\s>+~])[a-z]", selector)),
        )
        for element in found:
            gathered.setdefault(id(element), (element, []))[1].append((weight, order, said))
    for element, said in gathered.values():
        own = element.get("style", "")
        element["style"] = ";".join([*(text.strip().rstrip(";") for _, _, text in sorted(said)), own])
    if len(rules) > MOST_RULES or searched >= MOST_SEARCHES:
        left.append(f"rules beyond the first {MOST_RULES}")
    return left


def _found(soup, selector):
    try:
        return soup.select(selector)
    except Exception:  # soupsieve refuses what it does not know; such a rule says nothing here
        return []
