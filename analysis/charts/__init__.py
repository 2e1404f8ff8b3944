"""Charts of figures with their evidence: ranges drawn as ranges, the title the finding, the source at the foot.

Every function takes a frame (frames.COLUMNS, a result of analysis.contrast, or rows of your own with low, high, unit)
and returns a Chart, which shows itself in a notebook and has .alt, .table, .figure, .source, .data and .save(path).
What a frame does not say is said to be missing; what cannot be drawn is named. Layout is counted in inches from the
top, so that a chart grows with its rows and nothing overlaps. Unlike units never share an axis: each has a panel, an
Axes of its own in data coordinates, which names its unit in get_xlabel().

    chart     the Chart                                  told      what a frame says: labels, alt text, source line
    page      the page, its words, SVG out of it         marks     a number as a mark, the scale, the key
    bars, over_time, travel      the drawings
"""

from .bars import countries, ranges
from .chart import Chart
from .over_time import timeline
from .told import who_and_when
from .travel import hedges, relay_chain, voices

__all__ = ["Chart", "countries", "hedges", "ranges", "relay_chain", "timeline", "voices", "who_and_when"]
