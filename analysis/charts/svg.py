"""A figure as SVG: inline for a page, text and links; or a picture by itself, its letters outlined.

Inline SVG holds `svg g a path text` and the attributes class, d, x, y, viewBox, width, height, role, aria-label,
font-size, stroke-width, stroke-dasharray, href: no id, no style, no reference, so that
two drawings of a page cannot clash, a strict policy lets it pass, and a sanitiser needs to know no more than this.
Lines that follow one another and look alike are one path there; a mark's usual edge, of paper, stands in charts.css.
A colour is a class, `f-` and `s-` before its role; charts.css says what each is, in light and in dark.
"""

import functools
import html
import io
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.path import Path
from matplotlib.transforms import Transform

from ..working import anchor
from .letters import BODY, DRAWN, EM, TICK, glyph, length, without_controls
from .sheet import AT, Shape, Word

EDGE = 2  # pixels: a mark's usual edge
_CODES = {Path.MOVETO: ("M", 1), Path.LINETO: ("l", 1), Path.CURVE3: ("q", 2), Path.CURVE4: ("c", 3)}


# A saved drawing is compared byte for byte, and the last bit of a float differs: sum() adds more exactly from Python
# 3.12 on, and a processor may multiply and add in one step. So each coordinate is rounded twice: to six decimals and
# then, in decimal, to the tenth of a pixel that an eye could see. Once would not do: a coordinate that falls on a half
# by design (half a width, say) goes up on one machine and down on the other. It lies in the middle of a step of the
# first rounding, which takes the last bit away, so that the second meets the same text everywhere.
def seen(x: float) -> str:
    """A coordinate to the tenth of a pixel, a half away from zero; nothing has no sign.

    >>> seen(2.25), seen(-0.04), seen(3.0)
    ('2.3', '0', '3')
    """
    return f"{tenths(x) / 10:g}"


def tenths(x: float) -> int:
    """A coordinate as seen() has it, in tenths of a pixel."""
    return int(Decimal(f"{x:.6f}").quantize(Decimal("0.1"), ROUND_HALF_UP) * 10)


def traced(path: Path) -> str:
    """A path as SVG's d, each point from the last one, which takes half the letters.

    >>> traced(Path([(1, 1), (2.5, 0), (2, 2)]))
    'M1 1l1.5-1-.5 2'
    """
    vertices = [(tenths(x), tenths(y)) for x, y in path.vertices.tolist()]
    codes = [Path.MOVETO] + [Path.LINETO] * (len(vertices) - 1) if path.codes is None else path.codes.tolist()
    return relative(vertices, codes, 10)


def relative(vertices: Sequence[tuple[int, int]], codes: Sequence[int], parts: int = 1) -> str:
    """Points in whole parts of a pixel as SVG's d. codes: matplotlib's."""
    made, n, last, here, start = [], 0, "", (0, 0), (0, 0)
    while n < len(codes):
        if codes[n] == Path.CLOSEPOLY:
            made, n, last, here = [*made, "z"], n + 1, "", start
            continue
        name, many = _CODES[codes[n]]
        points = vertices[n : n + many]
        if name == "M":
            made.append("M" + _run((n for point in points for n in point), parts))
            start = points[-1]
        else:
            text = _run((v - at for x, y in points for v, at in ((x, here[0]), (y, here[1]))), parts)
            made.append(("" if text[0] == "-" else " ") + text if name == last else name + text)
        last, here, n = name, points[-1], n + many
    return "".join(made)


def _run(numbers: Iterable[int], parts: int) -> str:
    """Whole parts as numbers, one after the other: a sign parts them as well as a space."""
    text = ""
    for n in numbers:
        one = f"{n / parts:g}"
        one = one.replace("0.", ".", 1) if one.lstrip("-").startswith("0.") else one
        text += one if not text or one[0] == "-" else f" {one}"
    return text


class Writer(RendererBase):
    """Writes a figure's pieces as SVG. colours: {role: colour} for a picture by itself; None for inline SVG."""

    def __init__(self, figure: Figure, colours: dict[str, str] | None = None):
        super().__init__()
        self.width, self.height = (round(side * 72) for side in figure.get_size_inches())
        self.colours, self.parts, self.used, self.line = colours, [], {}, None
        shown = [a for a in figure.get_children() if a is not figure.patch and a.get_visible()]  # paper is the page's
        for artist in sorted(shown, key=lambda artist: artist.get_zorder()):
            artist.draw(self)

    def get_canvas_width_height(self) -> tuple[int, int]:
        """The figure's size in pixels."""
        return self.width, self.height

    def option_image_nocomposite(self) -> bool:
        """Nothing here is drawn as pixels."""
        return True

    def put(self, piece: Shape | Word) -> None:
        """Write a piece of a Sheet."""
        part = self._word(piece) if isinstance(piece, Word) else self._shape(piece)
        line = isinstance(piece, Shape) and not (piece.fill or piece.link or self.colours)
        look = piece._replace(path=None) if line else None
        if line and look == self.line:  # one path, its lines in their order
            self.parts[-1] = self.parts[-1].replace('" ', f'{traced(piece.path)}" ', 1)
        else:
            self.parts.append(part)
        self.line = look

    # What somebody else has put on the figure: in the colours that it has.

    def draw_path(self, gc: GraphicsContextBase, path: Path, transform: Transform, rgbFace=None) -> None:
        """Write a path of another's."""
        shown = transform.transform_path(path)
        down = Path([(x, self.height - y) for x, y in shown.vertices], shown.codes)
        wide = gc.get_linewidth()
        fill = f' fill="{to_hex(rgbFace)}"' if rgbFace is not None else ' fill="none"'
        stroke = f' stroke="{to_hex(gc.get_rgb())}" stroke-width="{seen(wide)}"' if wide else ""
        self.parts.append(f'<path d="{traced(down)}"{fill}{stroke}/>')

    def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None) -> None:
        """Write a text of another's."""
        down = self.height - y
        self.put(Word(x, down, s, prop.get_size_in_points(), prop.get_weight() in ("bold", 700)))

    # Shapes

    def _shape(self, piece: Shape) -> str:
        usual = EDGE if piece.link and not self.colours else 1
        look = f' stroke-width="{seen(piece.width)}"' if piece.stroke and piece.width != usual else ""
        look += f' stroke-dasharray="{" ".join(map(seen, piece.dash))}"' if piece.dash else ""
        path = f'<path d="{traced(piece.path)}"{self._ink(piece)}{look}/>'
        if not piece.link or self.colours:
            return path
        said, where = _quoted(piece.label), _quoted(anchor(piece.link))
        return f'<a class="wc-mark" href="#{where}" aria-label="{said}">{path}</a>'

    def _ink(self, piece: Shape) -> str:
        if self.colours:
            fill = self.colours[piece.fill] if piece.fill else "none"
            return f' fill="{fill}"' + (f' stroke="{self.colours[piece.stroke]}"' if piece.stroke else "")
        edge = piece.stroke if not (piece.link and piece.stroke == "paper") else ""
        return f' class="f-{piece.fill or 0}{f" s-{edge}" if edge else ""}"'

    # Words

    def _word(self, word: Word) -> str:
        written = self._outlined(word) if self.colours else self._text(word)
        if not word.struck:
            return written
        left, _, right, _ = word.box
        middle = word.y - 0.3 * word.size
        path = Path([(left - 2, middle), (right + 2, middle)])
        return written + self._shape(Shape(path, stroke=word.role, width=1.4))

    def _text(self, word: Word) -> str:
        names = [f"f-{word.role}"] * (word.role != "ink") + ["b"] * word.bold + ["h"] * word.halo
        names += [word.anchor[0]] * (word.anchor != "start")  # charts.css anchors .m and .e; .t is TICK
        names += ["t"] * (word.size == TICK)
        look = f' class="{" ".join(names)}"' if names else ""
        look += f' font-size="{word.size:g}"' if word.size not in (BODY, TICK) else ""
        return f'<text x="{seen(word.x)}" y="{seen(word.y)}"{look}>{html.escape(word.text, quote=False)}</text>'

    def _outlined(self, word: Word) -> str:
        """A word as outlines, each letter once for the whole drawing."""
        x, parts = 0, []
        for letter in word.text:
            made = glyph(letter, word.bold)
            if made.codes:
                name = self.used.setdefault((letter, word.bold), f"g{len(self.used)}")
                at = round(x * DRAWN / EM)
                parts.append(f'<use href="#{name}" x="{at}"/>' if at else f'<use href="#{name}"/>')
            x += made.advance
        left = word.x - length(word.text, word.size, word.bold) * AT[word.anchor]
        place = f"translate({seen(left)} {seen(word.y)})scale({word.size / DRAWN:g})"
        round_it = f' stroke="{self.colours["paper"]}" stroke-width="{3 * DRAWN / word.size:g}"' if word.halo else ""
        return f'<g transform="{place}" fill="{self.colours[word.role]}"{round_it}>{"".join(parts)}</g>'


@functools.lru_cache(maxsize=1024)
def outline(letter: str, bold: bool) -> str:
    """A letter's outline at DRAWN pixels, as SVG's d."""
    made = glyph(letter, bold)
    return relative(made.vertices, made.codes)


def inline(figure: Figure, alt: str, name: str) -> str:
    """A figure as inline SVG for a page.

    alt: what a screen reader says of the whole; empty for a drawing that says no more than the words beside it. name:
    its class besides wc-draw.
    """
    made = Writer(figure)
    said = f'role="group" aria-label="{_quoted(alt)}"' if alt else 'aria-hidden="true"'
    size = f'viewBox="0 0 {made.width} {made.height}" width="{made.width}" height="{made.height}"'
    return f'<svg class="wc-draw {name}" {size} {said}>{"".join(made.parts)}</svg>'


def picture(figure: Figure, colours: dict[str, str], alt: str) -> bytes:
    """A figure as an SVG of its own, the same bytes on every run and every Python; its letters are outlines.

    colours: {role: colour}. alt: its title.
    """
    made = Writer(figure, colours)
    letters = "".join(f'<path id="{name}" d="{outline(*letter)}"/>' for letter, name in made.used.items())
    size = f'width="{made.width}" height="{made.height}" viewBox="0 0 {made.width} {made.height}"'
    paper = f'<path d="M0 0H{made.width}V{made.height}H0Z" fill="{colours["paper"]}"/>'
    style = "<style>path{paint-order:stroke;stroke-linejoin:round}</style>"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size}><title>{html.escape(without_controls(alt))}</title>{style}'
    return f"{head}<defs>{letters}</defs>{paper}{''.join(made.parts)}</svg>".encode()


def image_bytes(figure: Figure, kind: str, colours: dict[str, str], alt: str, source: str) -> bytes:
    """A figure as a file of its own. kind: svg, png or pdf; the alt text and the source line are put into its head."""
    if kind == "svg":
        return b'<?xml version="1.0" encoding="utf-8"?>\n' + picture(figure, colours, alt)
    png = {"Description": alt, "Source": source}
    pdf = {"Subject": alt, "Keywords": source, "CreationDate": None}
    out = io.BytesIO()
    figure.savefig(out, format=kind, dpi=144, metadata=png if kind == "png" else pdf)
    return out.getvalue()


def _quoted(text: str) -> str:
    return html.escape(without_controls(text))
