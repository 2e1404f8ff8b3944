"""Pictures: an SVG is read as XML and written anew from what may stand in one; nothing else of it comes along.

The allow-list is what matplotlib, seaborn, R and graphviz draw. A drawing made of it cannot run, load, call or leave,
in the page or saved and opened by itself.
"""

import base64
import binascii
import re
from urllib.parse import quote, unquote_to_bytes
from xml.etree.ElementTree import Element, tostring

from defusedxml.ElementTree import ParseError, fromstring

from . import sheet, slim

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
KINDS = re.compile(r"data:image/(png|jpeg|gif|webp|avif|bmp|svg\+xml)(;[\w.=-]+)*,", re.I)
RASTER = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*\Z")
DEEPEST = 200  # elements within elements
MOST_LETTERS = 20_000_000
ELEMENTS = set(
    "svg g defs symbol use path rect circle ellipse line polyline polygon text tspan textPath title desc style a image"
    " linearGradient radialGradient stop clipPath mask pattern marker switch".split()
)
SILENT = {"metadata", "script"}  # script: told of by the caller, as for HTML
ATTRIBUTES = set(
    "id class style d x y x1 y1 x2 y2 cx cy r rx ry dx dy fx fy width height points viewBox preserveAspectRatio"
    " transform version rotate textLength lengthAdjust startOffset offset gradientUnits gradientTransform spreadMethod"
    " patternUnits patternContentUnits patternTransform clipPathUnits maskUnits maskContentUnits markerWidth"
    " markerHeight markerUnits refX refY orient pathLength role aria-label aria-hidden href".split()
)
_BAD_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


class Picture:
    """A drawing as a page keeps it: .text (SVG in single quotes, a tag a line), .size.

    .left: what was left out. .words: what it said in boxes of HTML, which a drawing cannot hold.
    """

    def __init__(self, svg: str | bytes, alt: str = ""):
        root = _parsed(svg)
        boxes = (" ".join("".join(e.itertext()).split()) for e in root.iter() if _local(e.tag) == "foreignObject")
        self.words = "; ".join(filter(None, boxes))
        self.left = _allowed(root)
        self.size = _size(root)
        self.title = slim.untitled(root, alt)
        self.text = slim.text(slim.slimmed(root))

    @property
    def address(self) -> str:
        """The drawing as a data: address; a third shorter than base64."""
        safe = " '<>!$&()*+,-./:;=?@[]_~|^`{}\\"
        return "data:image/svg+xml," + quote(self.text.replace("\n", " "), safe=safe)


def of_address(source: str, alt: str = "") -> Picture | None:
    """The drawing of a data: address; None if the address holds another kind of picture.

    Raises ValueError where it is no sound XML, or nested too deep.
    """
    head, _, body = source.partition(",")
    if not head.strip().lower().startswith("data:image/svg+xml"):
        return None
    raw = unquote_to_bytes(body)
    try:
        return Picture(base64.b64decode(raw, validate=False) if head.lower().endswith("base64") else raw, alt)
    except binascii.Error as problem:
        raise ValueError(f"its base64 is broken ({problem})") from problem


INLINE = set("svg g a path text title desc".split())


def inline(svg: str) -> str:
    """A drawing for a place within a page, as SVG: without ids, styles or references, so that it clashes with nothing.

    Raises ValueError where it is no sound XML, or nested too deep.

    >>> inline('<svg id="a" class="x"><a href="#b" onclick="c()"><path d="M0 0"/></a><use href="#a"/></svg>')
    '<svg class="x"><a href="#b"><path d="M0 0" /></a></svg>'
    """
    root = _parsed(svg)
    _allowed(root)
    for element in root.iter():
        element[:] = [child for child in element if child.tag in INLINE]
        for name in ("id", "style"):
            element.attrib.pop(name, None)
    return tostring(root, encoding="unicode")


def _parsed(svg):
    """The root of an SVG. Raises ValueError in words."""
    text = svg.decode("utf-8", "replace") if isinstance(svg, bytes) else svg
    if len(text) > MOST_LETTERS:
        raise ValueError(f"the drawing is over {MOST_LETTERS // 1_000_000} MB")
    text = _BAD_XML.sub("", re.sub(r"\A\s*<\?xml[^>]*\?>", "", text.lstrip("\ufeff")))
    try:
        root = fromstring(text, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    except ParseError as problem:
        raise ValueError(f"the drawing is no sound XML ({problem})") from problem
    except ValueError as problem:  # defusedxml's refusals
        raise ValueError(f"the drawing defines entities or asks for a file ({type(problem).__name__})") from problem
    if _local(root.tag) != "svg":
        raise ValueError("the drawing is no SVG")
    return root


def _local(tag):
    """A tag's name within SVG; "" for another language's. No namespace is taken for SVG's."""
    if not isinstance(tag, str):
        return ""
    space, _, name = tag[1:].partition("}") if tag[:1] == "{" else (SVG, "", tag)
    return name if space == SVG else ""


def _allowed(root):
    """Keep of a tree what may stand in a drawing, in place. Returns the names of what was left out."""
    left, todo = [], [(root, 0)]
    root.tag = "svg"
    while todo:
        element, depth = todo.pop()
        if depth > DEEPEST:
            raise ValueError("the drawing is nested too deep")
        left += _attributes(element)
        if element.tag == "style":
            kept, lost = sheet.for_drawing(element.text or "")
            element.text, _ = kept, [element.remove(child) for child in list(element)]
            left += lost
            continue
        kept = []
        for child in element:
            name = _local(child.tag)
            if name in ELEMENTS and _may_stand(child, name):
                child.tag = name
                kept.append(child)
                todo.append((child, depth + 1))
            elif name not in SILENT or name == "script":
                left.append(f"<{name or str(child.tag).rpartition('}')[2]}>")
            if child not in kept[-1:] and child.tail and kept:
                kept[-1].tail = (kept[-1].tail or "") + child.tail
        element[:] = kept
    return list(dict.fromkeys(left))


def _may_stand(element, name):
    """Pictures within a drawing bring their own data; another file's marks cannot be used."""
    if name not in ("image", "use"):
        return True
    address = (element.get(f"{{{XLINK}}}href") or element.get("href") or "").strip()
    return bool(RASTER.match(address)) if name == "image" else address.startswith("#")


def _attributes(element: Element) -> list[str]:
    """Keep an element's inert attributes, in place; names of those left out."""
    given, left = dict(element.attrib), []
    element.attrib.clear()
    for name, value in given.items():
        name = "href" if name == f"{{{XLINK}}}href" else name
        if name == "href":
            value = _address(element, value)
        elif name == "style":
            value, lost = sheet.declarations(value, sheet.DRAWING)
            left += lost
        elif name in sheet.DRAWING:
            value = value if sheet.inert(value) else ""
        elif name not in ATTRIBUTES:
            left += [name] if name.lower().startswith("on") else []
            continue
        elif not sheet.inert(value) and name not in ("role", "aria-label", "aria-hidden", "class", "id"):
            value = ""
        if value:
            element.set(name, value)
        elif given.get(name, given.get(f"{{{XLINK}}}href")):
            left.append(name)
    return left


def _address(element, value):
    """An address that loads nothing: a mark of this drawing, its own data, or, for a link, a page."""
    value = value.strip()
    if element.tag == "image":
        return "".join(value.split()) if RASTER.match(value) else ""
    if value.startswith("#"):
        return value
    return value if element.tag == "a" and re.match(r"https?://[^\s\"'<>]+\Z", value) else ""


def _size(root):
    """(width, height) in CSS pixels as the root gives them, else as its viewBox does, else None."""
    sides = [_pixels(root.get(side)) for side in ("width", "height")]
    if None in sides:
        box = (root.get("viewBox") or "").replace(",", " ").split()
        sides = [_pixels(side) for side in box[2:4]] if len(box) == 4 else [None]
    return None if None in sides else tuple(sides)


def _pixels(text):
    """A length in CSS pixels.

    >>> _pixels("9pt"), _pixels("6"), _pixels("1.2.3pt"), _pixels("100%")
    (12, 6, None, None)
    """
    match = re.fullmatch(r"\s*(\d{1,6}(?:\.\d+)?)(pt|px|)\s*", text or "")
    return round(float(match[1]) * (4 / 3 if match[2] == "pt" else 1)) or None if match else None
