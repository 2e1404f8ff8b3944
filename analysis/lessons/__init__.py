"""The texts of a case's lessons: Markdown in data/<case>/lessons/, in which every figure stands by its id.

`{buses}` in a text is the number of that row, `{buses day}` the same by the day: an id, or a working over ids, and one
of FORMS. A fenced block named after one of BLOCKS lists rows, questions or lines to write on. What a text may not do is
type a figure: see `numerals`. `check` tells each slip with its file, line and remedy.
"""

from .files import CARDS, FENCE, FOLDER, letters, listed, texts
from .forms import LessonError, Said, by_day, hedged, said, short, source, when
from .slips import BLOCKS, COLUMNS, DRAWINGS, OPTIONS, REFERENCE, faults, numerals

__all__ = [
    "BLOCKS", "CARDS", "COLUMNS", "DRAWINGS", "FENCE", "FOLDER", "OPTIONS", "REFERENCE", "LessonError", "Said",
    "by_day", "faults", "hedged", "letters", "listed", "numerals", "said", "short", "source", "texts", "when",
]  # fmt: skip
