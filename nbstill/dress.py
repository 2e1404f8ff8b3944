"""What a page adds to an inert tree: headings in order, labelled tables, pictures and sound from within."""

import base64
import mimetypes
import re
from pathlib import Path
from urllib.parse import unquote

from bs4 import BeautifulSoup, Tag

from . import picture
from .left import LEFT, left

TALL, LONG = 1.4, 2.7  # height by width: beyond the first a chart fills a printed page, beyond the second it is longer
MANY = 4  # documents in a line under a chart; more are folded
UNSEEN = {"<script>", "<animate>", "<animateTransform>", "<animateMotion>", "<set>", "<filter>", "<view>", "<cursor>"}
MOST_FILE = 8_000_000  # bytes of a picture or recording that lies beside the notebook
ANALYSTS, FOLD = "analysts", "fold: "  # tags of cells that a page folds
NOT_HERE = ("remove-cell", "remove_cell")  # tags of cells that a page leaves out, as in Jupyter Book and nbconvert
MEDIA = re.compile(r"data:(?:audio|video)/[\w.+-]+(?:;[\w.=+-]+)*;base64,[A-Za-z0-9+/=\s]*\Z", re.I)


def headings(soup: BeautifulSoup, page, view: bool) -> None:
    """Levels that rise by one at most; the first heading of the page is its h1, and the only one."""
    level = page.level
    for heading in soup.find_all(re.compile("^h[1-6]$")):
        if not level and not view:
            page.title, number = heading.get_text(" ", strip=True) or page.title, 1
        else:
            number = max(2, min(int(heading.name[1]), level + 1))
        heading.name, level = f"h{number}", number
        if not view and not heading.get("id"):  # the names that Jupyter gives, so that its links work
            heading["id"] = page.unique(outer(re.sub(r"\s", "-", heading.get_text().strip())) or "part")
    if not view:
        page.level = level


def outer(name: str) -> str:
    """A name from outside that cannot be one of ours.

    >>> outer("still-notes"), outer("Notes")
    ('x-still-notes', 'Notes')
    """
    return f"x-{name}" if name.lower().startswith("still-") else name


def anchors(soup: BeautifulSoup, page, view: bool) -> None:
    """Ids that stand once on a page; the first of a name keeps it."""
    own = set()
    for element in soup.find_all(id=True):
        name = element["id"]
        if name in own or (name in page.ids and not (view and name in page.view_ids)):
            del element["id"]
            continue
        own.add(name)
        page.ids.add(name)
        if view:
            page.view_ids.add(name)


def table(table: Tag, soup: BeautifulSoup) -> None:
    """Headers with a scope, no empty header, and a frame that scrolls where the table is wide."""
    for cell in table.find_all("th"):
        if not cell.get_text(strip=True):
            cell.name = "td"
            cell.attrs.pop("scope", None)
        elif cell.get("scope") not in ("col", "row", "colgroup", "rowgroup"):
            cell["scope"] = "col" if cell.find_parent("thead") else "row"
    caption = table.find("caption")
    label = (caption.get_text(" ", strip=True) if caption else "") or "Table"
    table.wrap(
        soup.new_tag("div", attrs={"class": "still-wide", "tabindex": "0", "role": "group", "aria-label": label})
    )


def image(image: Tag, page, cell) -> None:
    """Read a drawing as XML, bring in a picture that lies beside the notebook, give both size and words."""
    alt = image["alt"] = (image.get("alt") or "").strip()
    source = image.get("src", "").strip()
    try:
        source = brought(source, page, cell, "image")
        drawing = picture.of_address(source, alt)
    except ValueError as problem:
        page.warn(f"left out a picture: {problem}: save it anew as SVG or PNG")
        source, drawing, image["src"] = "", None, ""
    if drawing:
        _drawn(image, drawing, page)
    elif picture.KINDS.match(source) and "svg" not in source[:20].lower() and _whole(source):
        image["src"] = source
    else:
        _missing(image, page)
        return
    if not image["alt"] and image.get("aria-hidden") != "true":
        page.warn("a picture has no alternative text: set figure.alt, or alt in the cell's metadata")
        image["alt"] = "A picture that its author has not described."


def _whole(source):
    """Whether the data of a raster picture are there: base64 that can be read, or anything that is not base64."""
    head, _, body = source.partition(",")
    return bool(body) and (not head.endswith(";base64") or not re.search(r"[^A-Za-z0-9+/=\s%]", body))


def _drawn(image, drawing, page):
    if drawing.left:
        page.warn(f"left out of a picture: {', '.join(drawing.left[:6])}: draw it without")
    if any(name.startswith("<") and name not in UNSEEN for name in drawing.left):
        said = f"; it says: {drawing.words}" if drawing.words else ""
        note = BeautifulSoup(left(f"Part of this picture could not come along{said}."), "html.parser").p
        note["class"] = [LEFT]
        (image.find_parent(["figure", "p"]) or image).insert_after(note)
    image["alt"] = image["alt"] or drawing.title
    image["src"] = drawing.address
    page.drawings[id(image)] = (image, drawing)
    page.picture = page.picture or drawing.address
    if drawing.size:
        image["width"], image["height"] = map(str, drawing.size)
        shape(image, drawing.size[1] / max(1, drawing.size[0]))


def _missing(image, page):
    """Words in the place of a picture that is not here."""
    address = image.get("src", "")
    if address and not address.startswith("data:"):
        where = "from elsewhere" if re.match(r"\w+:|//", address) else "that is not here"
        page.warn(f"left out a picture {where} ({address[:80]}): save it beside the notebook")
    elif address:
        page.warn("left out a picture whose data are broken: draw it again")
    words = image["alt"] or "a picture"
    image.name, image.string, image.attrs = "span", f"[Picture: {words}]", {"class": LEFT}
    if re.match(r"https?://", address) and not image.find_parent("a"):  # a link within a link would empty it
        image.name, image.attrs = "a", {"class": LEFT, "href": address}


def shape(image: Tag, ratio: float) -> None:
    """Say of a figure that it is tall or longer than a printed page; on paper it is laid out otherwise."""
    figure = image.find_parent("figure")
    if figure and ratio > TALL:
        figure["class"] = [*figure.get("class", []), "still-long" if ratio > LONG else "still-tall"]


def media(player: Tag, page, cell) -> None:
    """A recording as data; one that is elsewhere leaves a sentence and its address."""
    kind, given = player.name, player.get("src", "")
    sources = [given, *(s.get("src", "") for s in player.find_all("source"))]
    for source in filter(None, sources):
        try:
            data = brought(source.strip(), page, cell, kind)
        except ValueError:
            continue
        if MEDIA.match(data):
            player.clear()
            player.attrs = {k: v for k, v in player.attrs.items() if k in ("width", "height", "class")}
            player["controls"], player["src"] = "", data
            player["aria-label"] = "Sound" if kind == "audio" else "Film"
            return
    address = next((s for s in sources if re.match(r"https?://", s)), "")
    what = "a sound" if kind == "audio" else "a film"
    page.warn(f"left out {what} ({address or 'not found'}): save it beside the notebook, or embed=True")
    soup = BeautifulSoup("", "html.parser")
    words = soup.new_tag("p", attrs={"class": LEFT})
    words.string = f"A {'sound' if kind == 'audio' else 'film'} stood here that is not in this file. "
    if address:
        link = soup.new_tag("a", attrs={"href": address})
        link.string = address
        words.append(link)
    player.replace_with(words)


def brought(source: str, page, cell, kind: str) -> str:
    """An address that needs no network: data as it is, an attachment or a file beside the notebook as data.

    Returns "" where there is none. Raises ValueError with what is wrong with the file.
    """
    if source.startswith("attachment:"):
        bundle = ((cell or {}).get("attachments") or {}).get(unquote(source[11:])) or {}
        mime = next((m for m in ("image/svg+xml", *sorted(bundle)) if isinstance(bundle.get(m), str)), None)
        if not mime:
            raise ValueError(f"the attachment {source[11:60]!r} is missing")
        return f"data:{mime};base64,{''.join(bundle[mime].split())}"
    if not source or re.match(r"[a-z][a-z0-9+.-]*:|//", source, re.I):
        return source if source.startswith("data:") else ""
    path = (Path(page.path or ".") / unquote(re.sub(r"[?#].*", "", source))).resolve()
    mime = mimetypes.guess_type(path.name)[0] or ""
    inside = Path(page.path or ".").resolve() in path.parents
    if not mime.startswith(f"{kind}/") or not inside or not path.is_file():
        return ""
    if path.stat().st_size > MOST_FILE:
        raise ValueError(f"{path.name} is over {MOST_FILE // 1_000_000} MB")
    return f"data:{mime};base64,{base64.b64encode(path.read_bytes()).decode()}"


def documents(line: Tag, soup: BeautifulSoup) -> None:
    """A long list of documents under a chart, "Read in: a; b; c": the first stays in sight, the rest is folded."""
    parts = line.get_text(" ", strip=True).split("; ")
    if line.find(True) or len(parts) < MANY:
        return
    line.name, line.string = "details", "; ".join(parts[1:])
    summary = soup.new_tag("summary")
    summary.string = f"{parts[0]}; and {len(parts) - 1} more"
    line.insert(0, summary)


def fold_of(metadata) -> str:
    """The words under which a cell is folded, by its tags: `analysts`, or `fold: ` and the words; "" where it is not.

    >>> fold_of({"tags": ["analysts"]}), fold_of({"tags": ["fold: The long table"]}), fold_of({})
    ('For analysts', 'The long table', '')
    """
    tags = metadata.get("tags")
    for tag in tags if isinstance(tags, list) else ():
        if isinstance(tag, str) and (tag == ANALYSTS or tag.startswith(FOLD)):
            return "For analysts" if tag == ANALYSTS else tag[len(FOLD) :].strip()
    return ""


def left_out(metadata) -> bool:
    """Whether a cell says by a tag that it is for the notebook alone.

    >>> left_out({"tags": ["remove-cell"]}), left_out({"tags": 3}), left_out({})
    (True, False, False)
    """
    tags = metadata.get("tags")
    return isinstance(tags, list) and any(tag in NOT_HERE for tag in tags)


def describe(tree: BeautifulSoup) -> str:
    """A view in words: its pictures' alternative texts, else how it begins."""
    drawn = [svg for svg in tree.find_all("svg", attrs={"aria-label": True}) if not svg.find_previous_sibling("svg")]
    said = [*(i["alt"] for i in tree.find_all("img")), *(svg["aria-label"] for svg in drawn)]
    text = " ".join(said) or tree.get_text(" ", strip=True)
    return text if len(text) < 200 else text[:200].rsplit(" ", 1)[0] + " …"


def read(soup: BeautifulSoup) -> int:
    """How many words of a piece of HTML are read from top to bottom: all but tables and what is folded."""
    looked_up = [*soup.find_all("details", open=False), *soup.find_all("table")]
    looked_up += [svg for svg in soup.find_all("svg") if svg.find_previous_sibling("svg")]  # the same for a narrow page
    apart = {id(s) for piece in looked_up for s in piece.find_all(string=True)}
    return sum(len(s.split()) for s in soup.find_all(string=True) if id(s) not in apart)
