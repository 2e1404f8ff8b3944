"""Untrusted HTML to an inert tree: normalised, told of what cannot stay, held to an allow-list, without our names.

nh3 (html5ever) reads the HTML as a browser does; BeautifulSoup holds the tree that comes out. What passes is words,
tables, pictures, sound, formulae. What cannot pass leaves a sentence in its place, and a warning for the author.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from html import escape
from urllib.parse import quote

import nh3
from bs4 import BeautifulSoup, Tag

from . import bounds, picture, sheet
from .left import REMEDY, SAID, SEAL, left, sealed

MATH = (
    "math mrow mi mo mn ms mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover mstyle"
    " mpadded mphantom mtable mtr mtd menclose mmultiscripts mprescripts"
).split()
TAGS = set(nh3.ALLOWED_TAGS) - {"area", "map"} | {"figure", "figcaption", "section", "mark", "details", "summary"}
TAGS |= {"audio", "video", "source", "u", "small", "big", "font", "label", "fieldset", "legend"} | set(MATH)
TAGS -= {"label", "fieldset", "legend", "big", "font"}
# Read in the first pass so that their place is known; none of them passes the second.
WATCHED = set(
    "script style svg iframe frame object embed applet canvas input select textarea button form option optgroup"
    " datalist output progress meter dialog font center title xmp listing plaintext map area".split()
)
DROPPED = set("template noscript title head noembed noframes param".split())
COMMON = set("class title lang dir id aria-label aria-hidden aria-current role".split())
ATTRIBUTES = {
    "*": COMMON,
    "a": {"href", "name", "hreflang"},
    "img": {"src", "alt", "width", "height"},
    "audio": {"src", "controls"},
    "video": {"src", "controls", "width", "height", "poster"},
    "source": {"src", "type"},
    "details": {"open"},
    "ol": {"start", "type", "reversed"},
    "li": {"value"},
    "time": {"datetime"},
    "data": {"value"},
    "del": {"datetime"},
    "ins": {"datetime"},
    "th": {"scope", "colspan", "rowspan", "abbr"},
    "td": {"colspan", "rowspan"},
    "col": {"span"},
    "colgroup": {"span"},
}
FORM = set(
    "display mathvariant stretchy fence form separator lspace rspace width columnalign columnspacing rowspacing"
    " linethickness accent accentunder minsize maxsize notation displaystyle scriptlevel".split()
)
ATTRIBUTES |= dict.fromkeys(MATH, FORM)
SCHEMES = {"http", "https", "mailto", "data", "attachment"}
SEEN = re.compile(rf"<(?:link|{'|'.join(sorted(WATCHED))})[\s>/]|\s(?:style|hidden|color|bgcolor)=", re.I)
OURS = re.compile(r"still-", re.I)  # how the names of our own classes, ids and elements begin
_SVG_CASE = {name.lower(): name for name in (
    "viewBox preserveAspectRatio textLength lengthAdjust startOffset gradientUnits gradientTransform spreadMethod"
    " patternUnits patternContentUnits patternTransform clipPathUnits maskUnits maskContentUnits markerWidth"
    " markerHeight markerUnits refX refY pathLength linearGradient radialGradient clipPath textPath foreignObject"
).split()}  # fmt: skip


class Cleaner:
    """Cleans the HTML of one page.

    warn: told of what was left out. classed: a class for declarations, from the page's own sheet. elements: those that
    the page's hook brings, with the attributes let through. drawn: the class of its inline drawings, which stay inline.
    """

    def __init__(
        self,
        warn: Callable[[str], None] = lambda words: None,
        classed: Callable[[str], str] = lambda said: "s",
        elements: Mapping[str, Iterable[str]] | None = None,
        drawn: str = "",
    ):
        own = {name: set(names) for name, names in (elements or {}).items() if "-" in name and not OURS.match(name)}
        self.warn, self.classed, self.drawn, self.drawings = warn, classed, drawn, []
        self.strict = nh3.Cleaner(
            tags=TAGS | set(own),
            clean_content_tags=WATCHED - {"form", "font", "center", "dialog", "output"} | DROPPED,
            attributes=ATTRIBUTES | own,
            url_schemes=SCHEMES,
            link_rel=None,  # the page sends no referrer, and no link opens a window that could look back
        )
        more = {"style", "hidden", "src", "data", "value", "type", "checked", "selected", "color", "bgcolor", "align"}
        more |= {"open", "scoped", "disabled", "placeholder", "srcdoc"} | _drawn()
        self.broad = nh3.Cleaner(
            tags=TAGS | WATCHED | set(own) | _drawings(),
            clean_content_tags=DROPPED - {"title"},
            attributes=ATTRIBUTES | own | {"*": COMMON | more, "area": {"href", "alt"}},
            url_schemes=SCHEMES,
            link_rel=None,
        )

    def tree(self, html: str) -> BeautifulSoup:
        """Untrusted HTML as an inert tree that names nothing of ours."""
        html = bounds.bounded(html, self.warn)
        html, self.drawings = self.broad.clean(html), []
        if SEEN.search(html):
            html = str(self._told(BeautifulSoup(html, "html.parser")))
        soup = BeautifulSoup(self.strict.clean(html), "html.parser")
        for element in soup.find_all(True):
            _named(element)
            _harmless(element)
            if SEAL in " ".join(element.get("class", ())):
                element["class"] = [c.replace(SEAL, "still-") for c in element["class"]]
        for place in soup.find_all("data", class_="still-drawn"):
            place.replace_with(BeautifulSoup(self.drawings[int(place["value"])], "html.parser"))
        return soup

    def _told(self, soup):
        """Lay styles on their elements, take away what is hidden, and put words where something cannot stay."""
        for element in soup.find_all(True):
            _named(element)
        styles = [s.extract() for s in soup.find_all("style") if not s.find_parent("svg")]
        for svg in soup.find_all("svg"):
            if not svg.decomposed and not svg.find_parent("svg"):
                self._drawing(svg, soup)
        lost = sheet.lay(soup, [s.get_text() for s in styles if not s.has_attr("scoped")])
        if lost and any(name.startswith("rules") for name in lost):
            self.warn(f"left out {lost[-1]} of an output's stylesheet: style fewer cells")
        for element in soup.find_all(True):
            if element.decomposed:
                continue
            if (
                element.name == "title"
                or (element.name == "dialog" and not element.has_attr("open"))
                or element.has_attr("hidden")
                or sheet.hides(element.get("style", ""))
            ):
                element.decompose()
            else:
                self._styled(element)
        for element in soup.find_all(sorted(WATCHED)):
            if not element.decomposed:
                self._word(element, soup)
        return soup

    def _drawing(self, svg, soup):
        """An inline drawing as a picture, which is then read as XML like any other."""
        title = svg.find("title", recursive=False)
        alt = svg.get("aria-label") or (title.get_text(" ", strip=True) if title else "")
        for element in [svg, *svg.find_all(True)]:
            element.name = _SVG_CASE.get(element.name, element.name)
            element.attrs = {
                _SVG_CASE.get(k, k): v if isinstance(v, str) else " ".join(v) for k, v in element.attrs.items()
            }
        hidden = svg.get("hidden") is not None or sheet.hides(svg.get("style", "")) or svg.get("width") in ("0", "0px")
        if hidden:
            svg.decompose()
            return
        if self.drawn and self.drawn in svg.get("class", "").split():
            self._inline(svg, soup)
            return
        svg["xmlns"], svg["xmlns:xlink"] = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
        image = soup.new_tag(
            "img", attrs={"alt": alt, "src": "data:image/svg+xml," + quote(svg.decode(formatter="minimal"))}
        )
        if svg.get("aria-hidden") == "true":
            image["aria-hidden"] = "true"
        svg.replace_with(image)

    def _inline(self, svg, soup):
        """One of the hook's own drawings: read as XML, and put back where it stood when all else is clean."""
        try:
            self.drawings.append(picture.inline(svg.decode(formatter="minimal")))
        except ValueError as problem:
            self.warn(f"left out a drawing: {problem}")
            svg.decompose()
            return
        number = str(len(self.drawings) - 1)
        svg.replace_with(soup.new_tag("data", attrs={"class": f"{SEAL}drawn", "value": number}))

    def _styled(self, element):
        """An element's own style as a class of the page's sheet."""
        said = element.attrs.pop("style", "")
        for name, what in (("color", "color"), ("bgcolor", "background-color"), ("align", "text-align")):
            if element.get(name) and element.name in ("font", "table", "tr", "td", "th", "p", "div", "center"):
                said = f"{what}:{element[name]};{said}"
        if element.name == "center":
            said = f"text-align:center;{said}"
        kept, _ = sheet.declarations(said) if said else ("", [])
        if element.name in ("font", "center"):
            element.name = "span" if element.name == "font" else "div"
        if kept:
            element["class"] = [*element.get("class", []), sealed(self.classed(kept))]

    def _word(self, element, soup):
        """Words in the place of an element that cannot stay; what it holds for such a case is kept."""
        kind = {"script": "script", "canvas": "canvas", "iframe": "frame", "frame": "frame"}.get(element.name)
        kind = kind or ("object" if element.name in ("object", "embed", "applet") else "field")
        if element.name == "input" and "task-list-item-checkbox" in element.get("class", []):
            element.replace_with("☑ " if element.has_attr("checked") else "☐ ")
        elif element.name in ("form", "dialog", "output", "map"):
            element.unwrap()
        elif element.name == "area":
            element.name, element.string = "a", element.get("alt") or element.get("href") or ""
        elif element.name in ("xmp", "listing", "plaintext"):
            element.name = "pre"
        elif kind == "field":
            self._field(element, soup)
        else:
            self._sentence(element, kind)

    def _sentence(self, element, kind):
        address = element.get("src") or element.get("data") or ""
        shown = address if re.match(r"https?://", address) else ""
        self.warn(REMEDY[kind].format(shown or "from within"))
        fallback = element.name == "object" and (element.get_text(strip=True) or element.find("img"))
        if fallback:
            element.unwrap()
            return
        words = SAID[kind] if kind in ("script", "canvas") else f"{SAID[kind]}: " * bool(shown) or f"{SAID[kind]}."
        parts = BeautifulSoup(left(words), "html.parser").p
        if shown and kind in ("frame", "object"):
            parts.append(BeautifulSoup(f'<a href="{escape(shown)}">{escape(shown)}</a>', "html.parser"))
        before = element.find_previous_sibling()
        again = before is not None and sealed("left") in before.get("class", []) and before.get_text() == words
        element.decompose() if again and not shown else element.replace_with(parts)

    def _field(self, element, soup):
        """A form field as the words in it, and once a sentence."""
        hidden = element.name in ("datalist", "progress", "meter") or element.get("type") == "hidden"
        if element.name == "select":
            options = element.find_all("option")
            chosen = [o for o in options if o.has_attr("selected")] or options[:1]
            words = ", ".join(o.get_text(" ", strip=True) for o in chosen)
        else:
            words = element.get_text(" ", strip=True) or element.get("value") or element.get("placeholder") or ""
        self.warn(REMEDY["field"]) if not hidden else None
        span = soup.new_tag("span", attrs={"class": sealed("left"), "title": SAID["field"]})
        span.string = f"[{words or 'a form field'}]" if not hidden else words
        element.replace_with(span)


def _named(element):
    """Take away every class and id that begins as ours do; an anchor's old name becomes its id."""
    classes = [c for c in element.get("class", []) if not OURS.match(c)]
    element.attrs.pop("class", None)
    if classes:
        element["class"] = classes
    name = element.attrs.pop("name", None)
    if element.name == "a" and name and "id" not in element.attrs:
        element["id"] = name
    if OURS.match(element.get("id", "")) or not element.get("id", "x").strip():
        del element["id"]


def _harmless(element: Tag) -> None:
    """Attributes that may hold one thing only."""
    if element.name in ("main", "header", "footer", "nav", "aside", "section"):
        element.name = "div"  # the page has its own landmarks
    if element.get("role") not in (None, "status"):
        del element["role"]
    if element.name == "a" and re.match(r"\s*(?:data|attachment):", element.get("href", ""), re.I):
        del element["href"]
    if element.name in ("audio", "video"):
        element["controls"] = ""


def _drawings():
    """The elements of a drawing as HTML reads them."""
    from .picture import ELEMENTS

    return ELEMENTS | {"foreignObject", "metadata"}


def _drawn():
    from .picture import ATTRIBUTES as drawn

    return drawn | sheet.DRAWING | {"xlink:href"}
