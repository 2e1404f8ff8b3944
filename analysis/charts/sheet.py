"""What stands in a drawing: shapes and words, each in its place, in CSS pixels from the upper left; and the figure.

Of a Sheet matplotlib makes the Figure, and whatever writes a Figure (svg, Agg, PDF) draws it.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, IdentityTransform, Transform

from .letters import BODY, font, length, plain, wrapped

AT = {"start": 0.0, "middle": 0.5, "end": 1.0}


class Shape(NamedTuple):
    """A path with the roles of its colours; with a link it is a mark.

    fill, stroke: a role of the palette, or "" for none. width: of the stroke. dash: lengths on and off. link: the
    address of its note, without #. label: what a screen reader says of it.
    """

    path: Path
    fill: str = ""
    stroke: str = ""
    width: float = 1.0
    dash: tuple[float, ...] = ()
    link: str = ""
    label: str = ""


class Word(NamedTuple):
    """A line of text at its baseline. anchor: start, middle or end of the text stands at x. struck: through. halo: the
    paper shines round its letters, so that what they stand on does not run through them."""

    x: float
    y: float
    text: str
    size: float = BODY
    bold: bool = False
    role: str = "ink"
    anchor: str = "start"
    struck: bool = False
    halo: bool = False

    @property
    def box(self) -> tuple[float, float, float, float]:
        """(left, top, right, bottom) of its letters, from the height of a capital to the depth of a comma."""
        wide = length(self.text, self.size, self.bold)
        left = self.x - wide * AT[self.anchor]
        return left, self.y - 0.74 * self.size, left + wide, self.y + 0.2 * self.size


class Sheet:
    """A drawing under construction. width: in CSS pixels; height: as far as it has been filled.

    >>> made = Sheet(350)
    >>> made.word(0, 20, "two buses")
    >>> made.height = 30
    >>> len(made.figure({"ink": "#000000", "paper": "#ffffff"}).findobj(Letters))
    1
    """

    def __init__(self, width: float):
        self.width, self.height = width, 0.0
        self.pieces: list[Shape | Word] = []
        self.marked: list[dict] = []  # where each row's mark stands

    @property
    def narrow(self) -> bool:
        """Whether labels stand above what they name instead of beside it."""
        return self.width < 600

    @property
    def words(self) -> list[Word]:
        """The words in it, in the order in which they were put down."""
        return [piece for piece in self.pieces if isinstance(piece, Word)]

    def word(self, x: float, y: float, text: object, size: float = BODY, **look) -> None:
        """Put a line of text on it, its baseline at y; see Word."""
        if text := plain(text).strip():
            self.pieces.append(Word(x, y, text, size, **look))

    def shape(self, path: Path, **look) -> None:
        """Put a path on it; see Shape."""
        self.pieces.append(Shape(path, **look))

    def line(self, points: Sequence[Sequence[float]], role: str = "line", width: float = 1.0, **look) -> None:
        """Put a line on it."""
        self.shape(Path(list(points)), stroke=role, width=width, **look)

    def write(self, text: str, size: float = BODY, lead: float = 1.35, **look) -> None:
        """Write a paragraph across it, and go below it."""
        for part in wrapped(text, self.width, size, look.get("bold", False)):
            self.height += size * lead
            self.word(0, self.height - size * 0.32, part, size, **look)

    def figure(self, colours: dict[str, str]) -> Figure:
        """The drawing as matplotlib's Figure, in these colours, a pixel a point. colours: {role: colour}."""
        made = Figure(figsize=(self.width / 72, self.height / 72), dpi=72, facecolor=colours["paper"])
        made.set_layout_engine("none")
        down = Affine2D().scale(1 / 72, -1 / 72).translate(0, self.height / 72) + made.dpi_scale_trans
        for piece in self.pieces:
            made.add_artist((Letters if isinstance(piece, Word) else Outline)(piece, colours, down), clip=False)
        return made


class Outline(Artist):
    """A Shape on a figure. The stroke is drawn first, so that what is made of several parts reads as one."""

    def __init__(self, piece: Shape, colours: dict[str, str], down: Transform):
        super().__init__()
        self.piece, self.colours = piece, colours
        self.set_transform(down)

    def draw(self, renderer: RendererBase) -> None:
        """Draw it with whatever writes the figure; SVG takes the piece as it is."""
        if put := getattr(renderer, "put", None):
            put(self.piece)
            return
        piece, gc = self.piece, renderer.new_gc()
        gc.set_url(f"#{piece.link}" if piece.link else None)
        if piece.stroke:
            gc.set_foreground(self.colours[piece.stroke])
            gc.set_linewidth(renderer.points_to_pixels(piece.width))
            gc.set_joinstyle("round")
            if piece.dash:
                gc.set_dashes(0, [renderer.points_to_pixels(part) for part in piece.dash])
            renderer.draw_path(gc, piece.path, self.get_transform())
        if piece.fill:
            gc.set_linewidth(0)
            gc.set_dashes(0, None)
            colour = self.colours[piece.fill]
            gc.set_foreground(colour)
            renderer.draw_path(gc, piece.path, self.get_transform(), to_rgba(colour))
        gc.restore()


class Letters(Text):
    """A Word on a figure: one line, never measured again, and no mathematics read into it."""

    def __init__(self, piece: Word, colours: dict[str, str], down: Transform):
        look = {"color": colours[piece.role], "fontproperties": font(piece.size, piece.bold), "parse_math": False}
        super().__init__(piece.x, piece.y, piece.text, **look)
        self.piece = piece
        self.set_transform(down)

    def draw(self, renderer: RendererBase) -> None:
        """Draw it with whatever writes the figure; SVG takes the piece as it is."""
        if put := getattr(renderer, "put", None):
            put(self.piece)
            return
        piece, scale = self.piece, renderer.points_to_pixels(1)
        wide = length(piece.text, piece.size, piece.bold) * scale
        x, y = self.get_transform().transform((piece.x, piece.y))
        left = x - wide * AT[piece.anchor]
        gc = renderer.new_gc()
        gc.set_foreground(self.get_color())
        down = renderer.get_canvas_width_height()[1] - y if renderer.flipy() else y
        renderer.draw_text(gc, left, down, piece.text, self.get_fontproperties(), 0, ismath=False)
        if piece.struck:
            middle = y + 0.3 * piece.size * scale
            gc.set_linewidth(renderer.points_to_pixels(1.4))
            renderer.draw_path(
                gc, Path([(left - 2 * scale, middle), (left + wide + 2 * scale, middle)]), IdentityTransform()
            )
        gc.restore()


def overlapping(words: Iterable[Word]) -> list[tuple[Word, Word]]:
    """The pairs of words of which one stands on the other."""
    words, found = list(words), []
    for n, one in enumerate(words):
        left, top, right, bottom = one.box
        for other in words[n + 1 :]:
            a, b, c, d = other.box
            if left < c and a < right and top < d and b < bottom:
                found.append((one, other))
    return found
