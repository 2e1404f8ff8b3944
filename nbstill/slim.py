"""An SVG at about half its length, the same to the eye: most of a chart is the places of its letters.

Works on the tree that `picture` has let in: coordinates to a hundredth of a point, short names, no name that nothing
asks for, no group that says nothing, and a style that stands on many marks said once.
"""

import re
import zlib
from collections import Counter
from xml.etree.ElementTree import Element

from bs4 import BeautifulSoup
from bs4.formatter import HTMLFormatter

SPOKEN = {"text", "tspan", "textPath", "title", "desc", "style"}  # whose white space counts
_TRANSLATE = re.compile(r"translate\(([-\d.]+) 0\)\Z")
_NUMBER = re.compile(r"-?\d+\.\d{3,}")


def slimmed(root: Element) -> Element:
    """The tree, slimmed in place."""
    for element in root.iter():
        for name in ("d", "x", "y", "textLength"):
            if name in element.attrib:
                element.set(name, short(element.get(name)))
        _moved(element)
        if "style" in element.attrib:
            element.set("style", re.sub(r"([:;])\s+", r"\1", element.get("style")).strip("; "))
    _letters(root)
    _nameless(root)
    _classed(root)
    _ungrouped(root)
    return root


def untitled(root: Element, alt: str) -> str:
    """Take away the title that says the same as the picture's alternative text; the title in words."""
    title = next((child for child in root if child.tag == "title"), None)
    words = (title.text or "").strip() if title is not None else ""
    if title is not None and (words == alt or not words):
        root.remove(title)
    return words


def short(text: str) -> str:
    """Two decimals at most, and no space after a path's letters.

    >>> short("M 1.23456 -0.001 L 3 4 z ")
    'M1.23 0L3 4z'
    """
    text = _NUMBER.sub(lambda n: f"{float(n[0]):.2f}".rstrip("0").rstrip("."), text)
    text = re.sub(r"(?<![\d.])-0(?![\d.])", "0", re.sub(r"(?<=\d)\.0(?!\d)", "", text))
    text = re.sub(r"(?<=[MLQCHVAzZ])[ ]+(?=[-\d.])|[ ]+(?=[A-Za-z])", "", text.rstrip())
    return re.sub(r"\s*\n\s*", "\n", text)


def _moved(element):
    """A translation to two decimals; a letter's place in its line, in hundredths of its size: a tenth is not seen."""
    where = element.get("transform")
    if not where:
        return
    if element.tag == "use" and "x" not in element.attrib and (match := _TRANSLATE.match(where)):
        element.set("x", f"{float(match[1]):.0f}")
        del element.attrib["transform"]
    else:
        element.set("transform", re.sub(r"translate\([^)]*\)", lambda m: short(m[0]), where))


def _letters(root):
    """A typeface's letters get short names, and so do the marks that matplotlib names by twelve."""
    names = {e.get("id") for e in root.iter() if e.get("id")}
    fonts = dict.fromkeys(m[1] for n in names_in(root) if (m := re.fullmatch(r"([\w-]+)-([0-9a-f]+)", n)))
    to = {}
    for n, font in enumerate(list(fonts)[:8]):
        to |= {
            name: "abcdefgh"[n] + name[len(font) + 1 :]
            for name in names
            if re.fullmatch(rf"{re.escape(font)}-[0-9a-f]+", name)
        }
    marks = {name for name in names if re.fullmatch(r"[mp][0-9a-f]{10}", name)}
    if len({name[:5] for name in marks}) == len(marks):
        to |= {name: name[:5] for name in marks}
    if len(set(to.values()) | (names - set(to))) < len(names):
        return  # two would share a name
    _renamed(root, to)


def names_in(root: Element) -> list[str]:
    """The ids of paths, in order."""
    return [e.get("id") for e in root.iter("path") if e.get("id")]


def _renamed(root, to):
    if not to:
        return
    for element in root.iter():
        if element.get("id") in to:
            element.set("id", to[element.get("id")])
        for name, value in element.attrib.items():
            if name == "href" and value[:1] == "#":
                element.set(name, "#" + to.get(value[1:], value[1:]))
            elif "url(#" in value:
                element.set(name, re.sub(r"url\(#([^)]*)\)", lambda m: f"url(#{to.get(m[1], m[1])})", value))


def _nameless(root):
    """No id that nothing asks for."""
    asked = set()
    for element in root.iter():
        asked |= {v[1:] for k, v in element.attrib.items() if k == "href" and v[:1] == "#"}
        asked |= {m for v in element.attrib.values() for m in re.findall(r"url\(#([^)]*)\)", v)}
        asked |= set(re.findall(r"#([\w-]+)", element.text or "")) if element.tag == "style" else set()
    for element in root.iter():
        if element.get("id") not in asked:
            element.attrib.pop("id", None)


def _classed(root):
    """A style that stands on many marks, said once: a class named by what it says, the same in every chart."""
    sheet = next(root.iter("style"), None)
    styles = Counter(e.get("style") for e in root.iter() if len(e.get("style", "")) >= 12 and "class" not in e.attrib)
    names = {style: f"s{zlib.crc32(style.encode()) % 46656:x}" for style, n in styles.items() if n > 1}
    if sheet is None or not names or len(set(names.values())) < len(names):
        return
    for element in root.iter():
        if element.get("style") in names and "class" not in element.attrib:
            element.set("class", names[element.attrib.pop("style")])
    sheet.text = (sheet.text or "").strip() + "".join(f".{name}{{{style}}}" for style, name in names.items())


def _ungrouped(root):
    """Leave out groups that say nothing, and definitions of nothing."""
    for parent in reversed(list(root.iter())):
        kept = []
        for child in parent:
            if child.tag == "g" and not child.attrib:
                kept += list(child)
            elif child.tag != "defs" or len(child):
                kept.append(child)
        parent[:] = kept


def text(root: Element) -> str:
    """The tree as SVG text, a tag a line; attributes stand in single quotes, which an address can hold."""
    root.set("xmlns", "http://www.w3.org/2000/svg")
    return "".join(_written(root, False)).strip()


def _written(element, inline):
    spoken = inline or element.tag in SPOKEN
    end = "" if inline else "\n"
    attributes = "".join(f" {name}='{_escaped(value)}'" for name, value in element.attrib.items())
    if not len(element) and not (element.text if spoken else ""):
        yield f"<{element.tag}{attributes}/>{end}"
        return
    yield f"<{element.tag}{attributes}>{'' if spoken else end}"
    if spoken and element.text:
        yield _escaped(element.text)
    for child in element:
        yield from _written(child, spoken)
        if spoken and child.tail:
            yield _escaped(child.tail)
    yield f"</{element.tag}>{end}"


def _escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#39;")


class _Written(HTMLFormatter):
    """How a tree is written: as ever, but for the addresses of our own drawings, whose brackets may stand in quotes."""

    def attribute_value(self, value):
        ours = value.startswith("data:image/svg+xml,<svg")
        return value.replace("&", "&amp;") if ours else super().attribute_value(value)


WRITTEN = _Written(entity_substitution=HTMLFormatter.REGISTRY["minimal"].entity_substitution)
_LINE = re.compile(r"(<path [^<>]*)></path>")


def written(tree: BeautifulSoup) -> str:
    """A tree as HTML; a drawing's path, of which a page has hundreds, closes itself.

    >>> written(BeautifulSoup('<svg><path d="M0 0z"></path></svg><p></p>', "html.parser"))
    '<svg><path d="M0 0z"/></svg><p></p>'
    """
    return _LINE.sub(r"\1/>", tree.decode(formatter=WRITTEN))
