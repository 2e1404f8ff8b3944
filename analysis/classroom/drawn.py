"""A block's picture: intervals on one scale, by the charts' own sheet, so that it looks like every other chart."""

import pandas as pd

from ..charts.chart import NUMBERS, Chart, Form
from ..charts.layout import Scale
from ..charts.letters import BODY, TICK, length, wrapped
from ..charts.palette import box, sign
from ..charts.sheet import Sheet
from .told import TOLD, Bars, percent, signed

LANE, GAP, BELOW = 26, 16, 18  # pixels: a row's height, between columns, for the scale's words
TICKS = {"0": (0.0, 0.25, 0.5, 0.75, 1.0), "-1": (-1.0, -0.5, 0.0, 0.5, 1.0)}


def picture(bars: Bars) -> Chart:
    """Bars as a Chart: a dot for a value, a line for its interval, a mark where one is given.

    >>> from .told import Bars
    >>> row = {"label": "before", "value": "0.7000", "low": "0.6000", "high": "0.8000", "said": "70 %", "mark": ""}
    >>> picture(Bars("Share right", [row]))
    Share right. before: 70 %.
    """
    alt = f"{bars.caption}. {'; '.join(row['label'] + ': ' + row['said'] for row in bars.rows)}."
    form = Form(bars.caption, "", lambda sheet: _draw(sheet, bars), {})
    return Chart(form, alt, TOLD["source"], pd.DataFrame(bars.rows), [], NUMBERS)


def _draw(sheet: Sheet, bars: Bars) -> None:
    labels = max(length(row["label"], BODY) for row in bars.rows)
    numbers = max(length(row["said"], BODY) for row in bars.rows)
    left = 8 if sheet.narrow else min(labels + 2, sheet.width / 3) + GAP
    right = sheet.width - 8 if sheet.narrow else sheet.width - numbers - GAP
    scale = Scale(left, right, TICKS[bars.start])
    for row in bars.rows:
        _lane(sheet, row, scale, bars.line)
    _scale(sheet, bars, scale)


def _lane(sheet, row, scale, line):
    if sheet.narrow:
        sheet.write(f"{row['label']}: {row['said']}", TICK + 0.5)
    else:
        for n, part in enumerate(wrapped(row["label"], scale.start - GAP, BODY)):
            sheet.word(0, sheet.height + LANE / 2 + 5 + 17 * n, part)
        lines = n + 1
        sheet.word(scale.end + GAP, sheet.height + LANE / 2 + 5, row["said"])
    y = sheet.height + LANE / 2
    sheet.line([(scale.start, y), (scale.end, y)])
    if line:
        at = scale.at(float(line))
        sheet.line([(at, y - LANE / 2), (at, y + LANE / 2)], "soft", 1.4, dash=(4, 3))
    if row["low"]:
        ends = [scale.at(max(min(float(row[end]), scale.ticks[-1]), scale.ticks[0])) for end in ("low", "high")]
        sheet.shape(box(ends[0], y - 2.5, ends[1], y + 2.5), fill="q2")
    if row["mark"]:
        at = scale.at(float(row["mark"]))
        sheet.line([(at, y - 9), (at, y + 9)], "ink", 2)
    if row["value"]:
        sheet.shape(sign("circle", scale.at(float(row["value"])), y), fill="q4", stroke="paper", width=2)
    sheet.height += LANE + (0 if sheet.narrow else 17 * (lines - 1))


def _scale(sheet, bars, scale):
    for tick in scale.ticks:
        text = signed(f"{tick:.4f}") if bars.start == "-1" else percent(f"{tick:.4f}")
        first, last = tick == scale.ticks[0], tick == scale.ticks[-1]
        anchor = "start" if first and sheet.narrow else "end" if last and sheet.narrow else "middle"
        sheet.word(scale.at(tick), sheet.height + 14, text, TICK, role="soft", anchor=anchor)
    sheet.height += BELOW
