"""Charts of figures with their evidence: colour and shape say who counted, a highlighter marks the article's number.

Every function takes a frame (frames.COLUMNS, a result of analysis.contrast, or rows of your own with low, high, unit)
and a title, the finding; it returns a Chart, which shows itself in a notebook and has .alt, .table, .marks, .figure,
.source, .data, .inline(), .micro() and .save(path). What a frame does not say is said to be missing; what cannot be
drawn is named. Unlike units never share an axis. Few forms: the strip (and ranges, countries, voices, which are strips
with other lanes), sides beside one another, the timeline, the tiles of the world, the hedges; a chain of hands is a
list.

    letters, palette   the typeface, and who counted as colour and shape      layout    where things find their place
    sheet, svg         what stands in a drawing, the figure, SVG out of it    told      what a frame says, in words
    marks, chart       a number as a mark, the Chart                lanes, paired, over_time, world, worded, chain
"""

from .chain import relay_chain
from .chart import Chart
from .lanes import countries, ranges, strip, voices
from .over_time import timeline
from .paired import sides
from .told import who_and_when
from .worded import hedges
from .world import tiles

__all__ = [
    "Chart", "countries", "hedges", "ranges", "relay_chain", "sides", "strip", "tiles", "timeline", "voices",
    "who_and_when",
]  # fmt: skip
