"""What a page lets in: an allow-list of HTML, and pictures that cannot act.

Whatever a notebook or a case holds, a page shows it as words, tables, pictures and formulae. Scripts, styles,
event handlers, forms, frames and addresses that act or call home do not pass.
"""

import base64
import re
import zlib
from collections import Counter
from html import unescape
from urllib.parse import quote, unquote_to_bytes

import nh3

MATH = (
    "math mrow mi mo mn ms mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover mstyle"
    " mpadded mphantom mtable mtr mtd menclose mmultiscripts mprescripts"
)
TAGS = set(nh3.ALLOWED_TAGS) - {"area", "map"} | {"figure", "figcaption", "section", "mark", "details", "summary"}
TAGS |= set(MATH.split())
DROPPED = set("script style svg iframe object embed template noscript title textarea select button form".split())
COMMON = set("class title lang dir aria-label aria-hidden aria-current role".split())
ATTRIBUTES = {
    "*": COMMON,
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "details": {"open"},
    "ol": {"start"},
    "li": {"value"},
    "time": {"datetime"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
}
FORM = set(
    "display mathvariant stretchy fence form separator lspace rspace width columnalign columnspacing"
    " rowspacing linethickness accent accentunder minsize maxsize notation displaystyle scriptlevel".split()
)
ATTRIBUTES |= dict.fromkeys(MATH.split(), FORM)
PICTURE = re.compile(r"data:image/(png|jpeg|gif|webp|svg\+xml)[;,]", re.I)
ACTIVE = re.compile(r"<script|<foreignObject|<iframe|<!ENTITY|<[^>]*[\s\"'/]on\w+\s*=|(?:java|vb)script:", re.I)
REMOTE = re.compile(r"(?:href|src)\s*=\s*[\"']?\s*(?!data:image/|#)[^\s\"'#]|url\(\s*[\"']?(?!#)|@import", re.I)

QUOTES = str.maketrans("\"'", "'\"")


def _attribute(tag, name, value):
    """Pictures come from data: only; links never do; the one role is that of words that change."""
    if name == "role":
        return value if value == "status" else None
    if name == "src":
        return value if PICTURE.match(value) else None
    if name == "href" and re.match(r"\s*data:", value, re.I):
        return None
    return value


def clean(html):
    """Untrusted HTML as inert HTML: the allow-list above, everything else dropped or shown as text."""
    return nh3.clean(
        html,
        tags=TAGS,
        clean_content_tags=DROPPED,
        attributes=ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto", "data"},
        link_rel=None,  # the page sends no referrer, and no link opens a window that could look back
    )


def svg_of(source):
    """The SVG text of a data: address, slimmed; None if the address holds another kind of picture.

    Raises ValueError where the picture could act or call home once it is saved and opened by itself.
    """
    kind, _, body = source.partition(",")
    if not kind.lower().startswith("data:image/svg+xml"):
        return None
    raw = unquote_to_bytes(body)
    text = slim((base64.b64decode(raw) if kind.endswith("base64") else raw).decode("utf-8", "replace"))
    if ACTIVE.search(text) or REMOTE.search(text):
        raise ValueError("the picture holds a script or calls another address")
    return text


def slim(svg):
    """An SVG at about half its length, the same to the eye: most of a chart is the places of its letters.

    Coordinates to a hundredth of a point, short names for letters, no preamble, no name that nothing asks for.
    """
    svg = re.sub(r"<\?xml.*?\?>|<!DOCTYPE[^>\[]*>|<!--.*?-->|<metadata>.*?</metadata>", "", svg, flags=re.S)
    svg = re.sub(r'(?<=\s)(?:d|x|y|textLength)="[^"]*"|translate\([^)]*\)', _shorten, svg)
    svg = re.sub(r'(<use xlink:href="#[^"]*") transform="translate\(([-\d.]+) 0\)"', _letter, svg)
    for n, font in enumerate(dict.fromkeys(re.findall(r'<path id="([\w-]+)-[0-9a-f]+"', svg))):
        svg = re.sub(rf'((?:id="|xlink:href="#)){font}-(?=[0-9a-f]+")', rf"\1{'abcdefgh'[n % 8]}", svg)
    asked = set(re.findall(r"#([^\s\"')]+)", svg))
    svg = re.sub(r' id="([^"]*)"', lambda m: m[0] if m[1] in asked else "", svg)
    svg = svg.replace("<use xlink:href=", "<use href=")  # page.js puts it back where a chart is saved
    svg = re.sub(r"\s*\n\s*", "\n", _classed(_named(svg))).strip()
    return _ungrouped(re.sub(r"<defs>\s*</defs>\n?", "", svg))


def untitled(svg, alt):
    """An SVG without the title that says the same as the picture's alternative text; page.js puts it back."""
    return re.sub(r"<title>([^<]*)</title>\n?", lambda m: "" if unescape(m[1]).strip() == alt else m[0], svg, count=1)


def _ungrouped(svg):
    """Leave out groups that say nothing."""
    kept = []

    def one(tag):
        if tag[0].startswith("</"):
            return tag[0] if not kept or kept.pop() else ""
        if tag[0].rstrip().endswith("/>"):
            return tag[0]
        kept.append(tag[0].strip() != "<g>")
        return tag[0] if kept[-1] else ""

    return re.sub(r"<g(?:\s[^>]*)?>\n?|</g>\n?", one, svg)


def _named(svg):
    """The twelve letters that matplotlib gives a marker or a clip, cut to five where they stay apart."""
    names = set(re.findall(r' id="([mp][0-9a-f]{10})"', svg))
    if len({name[:5] for name in names}) < len(names):
        return svg
    return re.sub(r"(?<=[\"#])[mp][0-9a-f]{10}(?=[\")])", lambda m: m[0][:5] if m[0] in names else m[0], svg)


def _classed(svg):
    """A style that stands on many marks, said once: a class named by what it says, the same in every chart."""
    svg = re.sub(r'(?<= style=")[^"]*', lambda m: re.sub(r"([:;]) +", r"\1", m[0]).strip("; "), svg)
    often = Counter(re.findall(r'<(?![^>]*\sclass=)[^>]* style="([^"]{12,})"', svg))
    names = {style: f"s{zlib.crc32(style.encode()) % 46656:x}" for style, n in often.items() if n > 1}
    if not names or len(set(names.values())) < len(names) or "<style" not in svg:
        return svg
    rules = "".join(f".{name}{{{style}}}" for style, name in names.items())
    svg = re.sub(
        r'(<(?![^>]*\sclass=)[^>]*) style="([^"]*)"',
        lambda m: f'{m[1]} class="{names[m[2]]}"' if m[2] in names else m[0],
        svg,
    )
    return svg.replace("</style>", rules + "</style>", 1)


def _letter(match):
    """A letter's place in its line, in hundredths of its size: a tenth of a unit would not be seen."""
    return f'{match[1]} x="{float(match[2]):.0f}"'


def _shorten(match):
    """Two decimals at most, and no space after a path's letters."""
    short = re.sub(r"-?\d+\.\d{3,}", lambda n: f"{float(n[0]):.2f}".rstrip("0").rstrip("."), match[0])
    short = re.sub(r"-0(?=[ )\"])", "0", re.sub(r"(?<=\d)\.0(?=[ )\"])", "", short))
    return re.sub(r"(?<=[MLQCHVz]) (?=[-\d])| (?=z)| (?=\"$)", "", short)


def data_address(svg):
    """An SVG as a data: address for an attribute in double quotes; a third shorter than base64."""
    swapped = re.sub(r"<[^>]*>", lambda tag: tag[0].translate(QUOTES), svg.replace("\n", " "))
    return "data:image/svg+xml," + quote(swapped, safe=" '<>!$&()*+,-./:;=?@[]_~|^`{}\\")


def size(svg):
    """(width, height) in CSS pixels as the SVG's own root gives them, or None."""
    root = re.search(r"<svg[^>]*>", svg)
    found = [re.search(rf'\s{side}="([\d.]+)(pt|px|)"', root[0]) for side in ("width", "height")] if root else [None]
    if None in found:
        return None
    return tuple(round(float(n[1]) * (4 / 3 if n[2] == "pt" else 1)) for n in found)
