"""One notebook's cells to one page: pieces are trees until they are whole, and what joins them rereads nothing."""

import itertools
import json
import re
import sys

# jsonschema asks for this module on import and works without it; building its grammars takes a second.
sys.modules.setdefault("rfc3987_syntax", None)

from bs4 import BeautifulSoup  # noqa: E402
from markupsafe import Markup, escape  # noqa: E402

from . import dress, markup, pack, sheet, slim  # noqa: E402
from .clean import SEEN, Cleaner  # noqa: E402
from .hook import Hook  # noqa: E402
from .kernel import CONTROL  # noqa: E402
from .left import LEFT, left  # noqa: E402
from .notes import Notes  # noqa: E402
from .output import Outputs, joined, letters  # noqa: E402

WORDS_A_MINUTE, MINUTES_A_CONTROL = 200, 0.5
STATE = "application/vnd.jupyter.widget-state+json"


class Page:
    """One page in the making; cells reach it in order, so that headings and notes can be numbered."""

    def __init__(self, nb, *, name="Notebook", path="", hook: Hook | None = None, code=False, index="", series=None):
        self.nb, self.path, self.code, self.index, self.series = nb, path, code, index, series
        self.hook, self.metadata = hook or Hook(), nb.metadata
        title = nb.metadata.get("title")
        self.title = title if isinstance(title, str) and title else name
        lang = nb.metadata.get("lang")
        self.lang = lang if isinstance(lang, str) and re.fullmatch(r"[A-Za-z]{2,3}(-\w{2,8})*", lang) else "en"
        self.level, self.words, self.standfirst, self.picture = 0, 0, "", ""
        self.ids, self.view_ids, self.keys, self.labels, self.elements = set(), set(), set(), set(), set()
        self.place, self.controls, self.views = 0, 0, 0
        self.warnings, self.drawings, self.styles = [], {}, {}
        self.maths = markup.Maths(self.warn)
        self.cleaner = Cleaner(self.warn, self.classed, self.hook.elements, self.hook.drawn)
        self.notes = Notes(self, self.hook)
        state = nb.metadata.get("widgets")
        state = state.get(STATE, {}) if isinstance(state, dict) else {}
        widgets = state.get("state") if isinstance(state, dict) else {}
        self.outputs = Outputs(self.warn, self.maths, self.shows, widgets if isinstance(widgets, dict) else {})

    # What others ask of a page

    def html(self) -> str:
        """The page, whole."""
        content = list(self.pieces())
        titled = self.level
        seen, unseen = self.notes.finished()
        pieces = pack.templates().get_template("pieces.html.j2").module
        kept = pack.views([[str(pieces.note(entry))] for entry in unseen]) if unseen else ""
        notes = pieces.notes(seen, kept) if seen or unseen else ""
        style, extra = pack.sheet() + self.own_style(), self.hook.extra(frozenset(self.elements))
        styles = [Markup(s) for s in (style, pack.css(self.hook.style), pack.css(extra[0])) if s]
        scripts = [Markup(s) for s in (pack.script(), self.hook.script, extra[1]) if s]
        if any("</script" in s.lower() or "<!--" in s for s in scripts) or any("</style" in s.lower() for s in styles):
            raise ValueError("a hook's style or script holds an end of its own element")
        early = Markup(pack.EARLY) if any("@font-face" in s for s in styles) else ""
        template = pack.templates().get_template("page.html.j2")
        policy = pack.policy(styles, [early, *scripts] if early else scripts)
        return template.render(page=self, content=content, titled=titled, notes=notes, styles=styles, early=early,
                               scripts=scripts, policy=policy)  # fmt: skip

    def facts(self) -> dict:
        """What the index and the author need: title, standfirst, minutes, controls, views, picture, warnings."""
        names = ("title", "standfirst", "minutes", "controls", "views", "warnings", "picture")
        return {name: getattr(self, name) for name in names}

    @property
    def minutes(self) -> int:
        """Reading time: the words read from top to bottom, without those of tables, and half a minute a control."""
        return max(1, round(self.words / WORDS_A_MINUTE + self.controls * MINUTES_A_CONTROL))

    def warn(self, words: str) -> None:
        """Tell the author something about the cell in hand, once."""
        words = letters(f"cell {self.place}: {words}" if self.place else words).replace("\n", " ")
        if words not in self.warnings:
            self.warnings.append(words)

    def unique(self, name: str) -> str:
        """A name that nothing on the page has yet; it is taken from now on."""
        return _unique(name, self.ids)

    # Cells

    def pieces(self):
        """All cells as pieces of HTML; a run of cells whose tag folds them stands under its words, and is not read."""
        numbered = [(n, cell) for n, cell in enumerate(self.nb.cells, 1) if not dress.left_out(cell.metadata)]
        for words, run in itertools.groupby(numbered, key=lambda item: dress.fold_of(item[1].metadata)):
            read_before = self.words
            inside = []
            for self.place, cell in run:
                inside += self.cell(cell)
            if words and any(inside):
                head = f'<details class="still-fold"><summary>{escape(letters(words))}</summary>'
                inside, self.words = [Markup(head), *inside, Markup("</details>")], read_before
            yield from inside

    def cell(self, cell):
        """A cell as pieces of HTML."""
        hidden = cell.metadata.get("jupyter")
        hidden = hidden if isinstance(hidden, dict) else {}
        if cell.cell_type == "markdown":
            html = self.sound(lambda: self.finish(markup.markdown(letters(cell.source), self.maths), cell=cell))
            if not self.standfirst and (
                first := BeautifulSoup(html, "html.parser").find("p", class_=lambda c: c != LEFT)
            ):
                self.standfirst = first.get_text(" ", strip=True)
            yield Markup(html)
        elif cell.cell_type == "raw":
            yield Markup(self.raw(cell))
        elif cell.cell_type == "code":
            if self.code and cell.source.strip() and not hidden.get("source_hidden"):
                yield self.source(cell.source)
            pieces = [self.sound(self.output, output, cell) for output in joined(cell.get("outputs", []))]
            if cell.metadata.get("nbstill_cut"):
                self.warn("shows or prints more than a page holds; the rest is cut: show less")
                pieces.append(Markup(left("More was shown here than a page holds; the rest is left out.")))
            folded = hidden.get("outputs_hidden") or cell.metadata.get("collapsed") is True
            if folded and any(pieces):
                pieces = [
                    Markup("<details><summary>Output, folded by its author</summary>"),
                    *pieces,
                    Markup("</details>"),
                ]
            yield from pieces

    def raw(self, cell):
        """A raw cell: as Jupyter's own pages have it, HTML or text; one for another kind of document stays out."""
        kind = str(cell.metadata.get("raw_mimetype") or cell.metadata.get("format") or "").lower()
        if kind in ("", "text/html"):
            return self.finish(letters(cell.source), cell=cell)
        return (
            self.finish(markup.markdown(letters(cell.source), self.maths), cell=cell) if kind == "text/markdown" else ""
        )

    def source(self, source):
        """A code cell's own text, coloured, folded."""
        told = self.nb.metadata.get("language_info")
        language = (told.get("pygments_lexer") or told.get("name")) if isinstance(told, dict) else "python"
        head = '<details class="still-code"><summary>Code</summary><div tabindex="0" role="group" aria-label="Code">'
        return Markup(f"{head}{pack.code(letters(source), str(language))}</div></details>")

    def output(self, output, cell):
        """One output of a code cell."""
        bundle = (output.get("data") or {}).get(CONTROL)
        if isinstance(bundle, dict) and isinstance(bundle.get("views"), list):
            return self.control(bundle, cell)
        if bundle is not None:
            self.warn("a control was not played: run the notebook with nbstill")
            return Markup(left("This control needs Python: open the notebook to use it."))
        return Markup(self.finish(self.outputs.html(output, self.alt(cell)), cell=cell))

    def sound(self, make, *given):
        """A piece of the page; where something in it cannot be read, a sentence in its place, and the page goes on."""
        try:
            return make(*given)
        except Exception as problem:  # metadata and data of any shape come from outside
            self.warn(f"left out what cannot be read ({type(problem).__name__}: {problem}): run the cell again")
            return Markup(self.finish(left("Something stood here that cannot be read.")))

    @staticmethod
    def alt(cell):
        alt = cell.metadata.get("alt", "")
        return alt if isinstance(alt, str) else ""

    def shows(self, html: str) -> str:
        """What HTML still shows once it is cleaned: "all", "words" (sentences of ours alone), "" (nothing)."""
        if not SEEN.search(html):  # nothing in it is in question
            return "all" if html.strip() else ""
        keep, self.cleaner.warn = self.cleaner.warn, lambda words: None
        try:
            tree = self.cleaner.tree(html)
        finally:
            self.cleaner.warn = keep
        ours = [words.extract() for words in tree.find_all(class_=LEFT)]
        shown = ["img", "svg", "audio", "video", "math", "table", *self.hook.elements]
        there = tree.get_text(strip=True) or tree.find(shown)
        return "all" if there else "words" if ours else ""

    def finish(self, html: str, *, view: str | None = None, note: bool = False, cell=None) -> str:
        """Untrusted HTML as a piece of the page. view: the id of the control whose view it is."""
        return slim.written(self.tree(html, view=view, note=note, cell=cell)) if html else ""

    def tree(self, html: str, *, view: str | None = None, note: bool = False, cell=None) -> BeautifulSoup:
        """The same as a tree."""
        soup = self.cleaner.tree(html)
        own = list(self.hook.elements)
        self.elements |= {element.name for element in soup.find_all(own)} if own else set()
        dress.anchors(soup, self, bool(view) or note)
        dress.headings(soup, self, bool(view))
        for table in soup.find_all("table"):
            dress.table(table, soup)
        for image in soup.find_all("img"):
            dress.image(image, self, cell)
        for player in soup.find_all(["audio", "video"]):
            dress.media(player, self, cell)
        for link in soup.find_all("a", href=True):
            self.notes.link(link, view)
        for caption in soup.find_all("figcaption") if self.hook.listed else ():
            for line in caption.find_all(class_=self.hook.listed):
                dress.documents(line, soup)
        if not view and not note:
            self.words += dress.read(soup)
        for block in soup.find_all("pre"):
            block["tabindex"] = "0"
        return soup

    def classed(self, said: str) -> str:
        """A class of the page's own sheet for an output's declarations."""
        return self.styles.setdefault(said, f"s{len(self.styles)}")

    def own_style(self) -> str:
        """The rules for what outputs say of their looks, and, if it is shown, for code."""
        rules = "".join(f".still-{name}{{{sheet.legible(said)}}}" for said, name in self.styles.items())
        return rules + (pack.highlighting() if self.code else "")

    # Controls

    def control(self, bundle, cell):
        """A control: native inputs, the view at which it stands, and all views, packed."""
        for warning in bundle["warnings"]:
            self.warn(warning)
        self.controls, self.views, self.view_ids = self.controls + 1, self.views + len(bundle["views"]), set()
        box = self.unique(f"still-control-{self.controls}")
        moving = [c for c in bundle["controls"] if len(c["labels"]) > 1]
        at = 0
        for n, control in enumerate(moving):
            control["address"] = _unique(re.sub(r"\W+", "-", control["key"]), self.keys)
            control["field"] = f"{box}-{n}"
            at = at * len(control["labels"]) + control["index"]
        trees = [self.shown(view, box, cell) for view in bundle["views"]]
        opening = self.shown(bundle.get("opening") or [], box, cell) if bundle.get("button") else trees[at]
        first = Markup(slim.written(opening))
        label = ", ".join(c["name"] for c in bundle["controls"]) or "Control"
        self.words += dress.read(opening)
        states = itertools.product(*(c["labels"] for c in moving))
        moves = moving or bundle.get("button")
        described = list(zip(states, map(dress.describe, trees), strict=True)) if moves else []
        return (
            pack.templates()
            .get_template("pieces.html.j2")
            .module.control(
                box=box,
                label=_unique(label, self.labels),
                controls=bundle["controls"],
                spec=json.dumps([[c["address"], c["name"], c["labels"]] for c in moving], ensure_ascii=False),
                first=first,
                outside=bundle.get("outside"),
                button=bundle.get("button"),
                described=described,
                packed=pack.views([self.stored(tree) for tree in trees]) if described else "",
            )
        )

    def shown(self, view, box, cell):
        """A view's outputs as one tree; each is cleaned by itself, so that none can swallow the next."""
        whole = BeautifulSoup("", "html.parser")
        for output in joined(view):
            tree = self.tree(self.outputs.html(output, self.alt(cell), view=True), view=box, cell=cell)
            for piece in list(tree.contents):
                whole.append(piece.extract())
        return whole

    def stored(self, tree):
        """A view as it is kept: its HTML, then its drawings, each of which a picture names by its number."""
        drawings = []
        for image in tree.find_all("img"):
            if id(image) in self.drawings:
                del image["src"]
                image["data-still-drawing"] = str(len(drawings))
                drawings.append(self.drawings[id(image)][1].text)
        return [slim.written(tree), *drawings]


def _unique(name, taken):
    name = next(n for n in itertools.chain([name], (f"{name}-{i}" for i in itertools.count(2))) if n not in taken)
    taken.add(name)
    return name
