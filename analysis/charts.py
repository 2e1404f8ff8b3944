"""Charts of figures with their evidence: ranges drawn as ranges, the title the finding, the source at the foot.

Every function takes a tidy frame (frames.COLUMNS, or a result of analysis.contrast) and returns a matplotlib Figure
that carries `alt` (alt text made from the data), `source` (the source line), `data` (the frame charted) and `case`.
Layout is counted in inches from the top, so that a chart grows with its rows and nothing overlaps. Unlike units never
share an axis: each has a panel, which is an Axes of its own in data coordinates, named by its unit.

Colours: Okabe and Ito's palette, its vermillion and blue darkened until text in them has 4.5:1 on white. No meaning
rests on colour alone: the article's figures are also diamonds and bold, hedged ends hollow, workings dashed.
"""

import datetime
import io
import math
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

import matplotlib
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.textpath import text_to_path
from matplotlib.ticker import LogLocator, MaxNLocator

from . import cards, words
from .figure import _day
from .schema import UNKNOWN

INK, MUTED, RULE, FAINT = "#1a1a1a", "#595959", "#8c8c8c", "#dedede"
ARTICLE, REFERENCE = "#b34000", "#00639c"
WIDTH, EDGE = 6.0, 0.14  # inches: the figure, and the margin on each side
TITLE, TEXT, SMALL = 16, 12, 11  # points
PALE = 0.16  # how much of its colour a period has
ARROW = 0.42  # inches: an open end's arrow says which way, not how far
MOST_SOURCES = 6  # publishers named at the foot; the table beside the chart names them all

_STYLE = matplotlib.rc_params_from_file(Path(__file__).with_name("style.mplstyle"), use_default_template=False)


def _styled(draw):
    """Draw in the house style, whatever the session's own settings are, and leave those as they were."""
    from functools import wraps

    @wraps(draw)
    def drawn(*args, **kwargs):
        with matplotlib.rc_context(_STYLE):
            return draw(*args, **kwargs)

    return drawn


# What a chart is made of ----------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def _advance(letter, bold):
    font = FontProperties(family="DejaVu Sans", weight="bold" if bold else "normal", size=100)
    return text_to_path.get_text_width_height_descent(letter, font, False)[0] / 100


@lru_cache(maxsize=4096)
def _inches(text, size, bold=False):
    """How wide a text is, in inches."""
    return sum(_advance(letter, bold) for letter in text) * size / 72


def _wrapped(text, width, size, bold=False):
    """A text as lines that fit a width in inches; a word too long for a line is cut."""
    lines, line = [], ""
    for word in _plain(text).split():
        while _inches(word, size, bold) > width:
            cut = next(n for n in range(len(word), 0, -1) if n == 1 or _inches(word[:n], size, bold) <= width)
            lines, line, word = [*lines, *filter(None, [line]), word[:cut]], "", word[cut:]
        longer = f"{line} {word}".strip()
        if _inches(longer, size, bold) <= width:
            line = longer
        else:
            lines, line = [*lines, line], word
    return [*lines, *filter(None, [line])]


def _plain(text):
    """A text as one line of letters that the font can draw."""
    return "".join(
        c if c.isprintable() and ord(c) in _letters() else " " if c.isspace() else "\ufffd" for c in str(text)
    )


@lru_cache(maxsize=1)
def _letters():
    from matplotlib.font_manager import findfont, get_font

    return frozenset(get_font(findfont(FontProperties(family="DejaVu Sans"))).get_charmap())


class _Page:
    """A chart under construction: pieces are put down from the top; its height is known when it is finished."""

    def __init__(self, title, subtitle):
        self.figure = Figure(figsize=(WIDTH, 1))
        self.y, self.pieces = EDGE, []
        self.write(title, size=TITLE, bold=True)
        self.write(subtitle, color=MUTED)
        self.y += 0.06

    def write(self, text, x=EDGE, width=None, size=TEXT, bold=False, **kwargs):
        """Write a paragraph and go below it."""
        for line in _wrapped(text, width or WIDTH - EDGE - x, size, bold):
            self.y += size * 1.32 / 72
            weight = "bold" if bold else "normal"
            drawn = self.figure.text(x / WIDTH, 0, line, size=size, weight=weight, va="baseline", **kwargs)
            self.pieces.append((drawn, self.y - size * 0.32 / 72, None))

    def axes(self, height, left=EDGE, right=EDGE, name=""):
        """An Axes across the page whose y runs downwards in inches; its x is left to the caller."""
        axes = self.figure.add_axes((left / WIDTH, 0, (WIDTH - left - right) / WIDTH, 0.1))
        axes.set_axis_off()
        axes.set_ylim(height, 0)
        axes.set_xlabel(name)
        self.pieces.append((axes, self.y, height))
        self.y += height
        return axes

    def finish(self, alt, source, data, case):
        """The figure, with the source line at its foot."""
        self.y += 0.08
        self.write(source, size=SMALL, color=MUTED)
        height = self.y + EDGE
        self.figure.set_size_inches(WIDTH, height)
        for piece, y, tall in self.pieces:
            if tall is None:
                piece.set_y(1 - y / height)
            else:
                box = piece.get_position()
                piece.set_position((box.x0, 1 - (y + tall) / height, box.width, tall / height))
        self.figure.alt, self.figure.source, self.figure.data, self.figure.case = alt, source, data, case
        return self.figure


class _Scale:
    """The x of a panel: from zero (or in powers of ten), as wide as leaves each row room for its number."""

    def __init__(self, rows, inches, log=False, room=lambda row: 0.0):
        self.log, self.inches = log, inches
        ends = [e for row in rows for e in (row["low"], row["high"]) if math.isfinite(e) and (e > 0 or not log)]
        at = math.log10 if log else float
        least = math.floor(min(map(at, ends), default=0)) if log else min(0.0, *ends, 0.0)
        self.start = least
        free = [(inches - room(row), at(e)) for row in rows if (e := _end(row)) is not None and (e > 0 or not log)]
        spans = [(e - least) / max(wide, 0.8) for wide, e in free if e > least]
        self.unit = max(spans, default=1 / inches)  # data units (or decades) an inch
        self.unit = max(self.unit, 1.1 / inches) if log else self.unit  # two powers of ten, or it is no scale

    def dress(self, axes, top, bottom, ticks=5):
        """Light lines at round numbers, a dark one at zero; the numbers above."""
        end = self.start + self.unit * self.inches
        if self.log:
            axes.set_xscale("log")
            axes.set_xlim(10**self.start, 10**end)
            marks = [m for m in LogLocator(10).tick_values(10**self.start, 10**end) if 10**self.start <= m <= 10**end]
        else:
            axes.set_xlim(self.start, end)
            marks = [
                m
                for m in MaxNLocator(ticks, steps=[1, 2, 5, 10]).tick_values(self.start, end)
                if self.start <= m <= end
            ]
        shown = -math.inf
        for mark in marks:
            zero = mark == 0 and not self.log
            axes.add_line(
                Line2D([mark] * 2, [top, bottom], lw=1.2 if zero else 0.8, color=INK if zero else FAINT, zorder=1)
            )
            label = words.number(mark)
            at, half = self.place(mark), _inches(label, SMALL) / 2
            left = min(max(at - half, 0), self.inches - 2 * half)
            if left > shown + 0.12:
                axes.text(self.value(left), top - 0.06, label, size=SMALL, color=MUTED)
                shown = left + 2 * half

    def place(self, x):
        """Where a value stands, in inches from the left."""
        return ((math.log10(x) if self.log else x) - self.start) / self.unit

    def value(self, inches):
        """The value that stands so many inches from the left."""
        x = self.start + inches * self.unit
        return 10**x if self.log else x


def _end(row):
    """The right-hand end of what is drawn for a row; None where the number is unknown."""
    finite = [e for e in (row["low"], row["high"]) if math.isfinite(e)]
    return max(finite, default=None)


def _open(row):
    """(open below, open above) for a row; (True, True) is unknown."""
    return not math.isfinite(row["low"]), not math.isfinite(row["high"])


def _mark(axes, y, row, scale):
    """Draw a row's number: a bar between its ends, a dot, or an arrow out of an open end. Returns its right end (x)."""
    below, above = _open(row)
    if below and above:
        return scale.value(0)
    color = ARTICLE if row["article"] else REFERENCE
    thick, size, shape = (5.5, 8.5, "D") if row["article"] else (3, 7.5, "o")
    point = row["low"] == row["high"]
    look = {
        "color": color, "lw": thick, "ls": (0, (0.9, 0.5)) if row["derived"] else "-", "marker": shape, "ms": size,
        "mec": color, "mew": 1.6, "mfc": "white" if row["hedged"] else color, "zorder": 3,
    }  # fmt: skip
    if point and row["derived"]:
        look |= {"fillstyle": "left", "mfc": color, "markerfacecoloralt": "white"}
    known = [e for e in (row["low"], row["high"]) if math.isfinite(e)]
    right = max(known)
    if below or above:
        at = scale.place(known[0])
        tip = max(at - ARROW, 0.02) if below else at + ARROW
        axes.add_line(Line2D([scale.value(tip)], [y], marker="<" if below else ">", ms=9, color=color, zorder=3))
        axes.add_line(Line2D([known[0], scale.value(tip)], [y, y], **look, markevery=[0]))
        right = right if below else scale.value(tip)
    else:
        axes.add_line(Line2D(known[:1] if point else known, [y] if point else [y, y], **look))
    return right


def _said(row):
    """A row's number in words, and what is to be said beside it: its hedge, or that it was worked out here."""
    implied = {"at least", "at most", "more than", "fewer than", "up to", "between"} if any(_open(row)) else {"between"}
    hedges = [h for h in row["hedge"].split(";") if h and h not in implied]
    return words.span(row["low"], row["high"]), ", ".join(hedges + ["our working"] * row["derived"])


def _room(row, indent=0.14):
    """How many inches a row's number needs to the right of its mark."""
    number, aside = _said(row)
    arrow = ARROW if _open(row) == (False, True) else 0
    return indent + arrow + _inches(number, TEXT, True) + _inches(f"  {aside}", SMALL) + 0.04


def _tell(axes, x, y, row, scale):
    """Write a row's number right of x, in words."""
    number, aside = _said(row)
    start = scale.place(x) + 0.14 if number != UNKNOWN else 0.02
    color = ARTICLE if row["article"] else INK
    axes.text(scale.value(start), y + 0.055, number, weight="bold", color=color)
    if aside:
        axes.text(scale.value(start + _inches(number, TEXT, True) + 0.09), y + 0.055, aside, size=SMALL, color=MUTED)


def _key(page, rows, periods=False):
    """A small key, only for what the chart holds."""
    signs = {
        "article": "the article’s figure",
        "hedged": "hedged: hollow",
        "derived": "our working: dashed, half-filled",
        "open": "open end",
        "period": "pale: the period counted",
    }
    present = {"open": any(_open(r)[0] != _open(r)[1] for r in rows), "period": periods}
    present |= {k: any(r[k] for r in rows) for k in ("article", "hedged", "derived")}
    plain = {"article": False, "hedged": False, "derived": False, "low": 0.06, "high": 0.3}
    x, lines, entries = 0.0, 0, []
    for name, text in signs.items():
        if present[name]:
            wide = 0.62 + _inches(text, SMALL) + 0.2
            x, lines = (0.0, lines + 1) if x + wide - 0.2 > WIDTH - 2 * EDGE else (x, lines)
            entries.append((x, lines, text, plain | {name: True}))
            x += wide
    if not entries:
        return
    page.y += 0.05
    axes = page.axes(0.24 * (lines + 1))
    axes.set_xlim(0, WIDTH - 2 * EDGE)
    for x, line, text, row in entries:
        y, ends = 0.24 * line + 0.12, {"low": x + 0.06, "high": math.nan if "open" in row else x + 0.4}
        if "period" in row:
            axes.add_patch(Rectangle((x + 0.14, y - 0.1), 0.12, 0.2, color=REFERENCE, alpha=PALE, lw=0))
        else:
            _mark(axes, y, row | ends, _Inch())
        axes.text(x + 0.6, y + 0.05, text, size=SMALL, color=MUTED)


class _Inch:
    """The scale of an Axes that is counted in inches."""

    place = value = staticmethod(float)


# What a frame says ----------------------------------------------------------------------------------------------------


def _records(frame, case=None):
    """The rows of a frame as dicts, completed from the case by figure_id, with article, hedged, derived told apart."""
    rows = []
    for given in frame.to_dict("records"):
        known = case[given["figure_id"]].row if case is not None and given.get("figure_id", "") in case else {}
        row = defaultdict(str, known | given)
        row["working"] = row["working"] or row["figure_id"]
        row["article"] = row["role"] == "article" or (not row["role"] and known.get("table") == "figures")
        row["derived"] = bool(row["derivation"]) or row["source_id"] == "who-counted" or " " in row["working"]
        row["hedged"] = any(h not in ("", "exactly") for h in row["hedge"].split(";"))
        rows.append(row)
    return rows


def _who(row):
    """Whose number a row is, in few words: the article's own are named as such."""
    speaker = row["said_by"] if row["said_by"] not in ("", UNKNOWN) else row["counted_by"]
    if row["article"]:
        return f"The article, {row['channel']}" if row["channel"] else "The article"
    return speaker or row["figure_id"]


def _body(row):
    """The body that counted, where it is known; else who said it."""
    return _who(row) if row["article"] or row["counted_by"] in ("", UNKNOWN) else row["counted_by"]


def _when(row):
    return words.period(row["period_start"], row["period_end"]) if row["period_start"] else ""


def who_and_when(row):
    """The usual label of a row: who said it, and for when."""
    return ", ".join(filter(None, [_who(row), "" if row["article"] else _when(row)]))


def _labels(rows, label, usual, differs=()):
    """Give each row its label: a column's name, a function of the row, or None for the usual one.

    The usual label goes on to say of the columns in differs (what is counted, of whom, where) those that differ.
    """
    make = usual if label is None else (lambda row: row[label]) if isinstance(label, str) else label
    differing = [c for c in differs if len({row[c] for row in rows}) > 1] if label is None else []
    for row in rows:
        more = [f"place {UNKNOWN}" if row[c] == UNKNOWN else row[c] for c in differing]
        row["label"] = _plain("; ".join(filter(None, [make(row), *more]))) or row["figure_id"]
    return rows


def source_line(rows, case=None):
    """The source line: the publishers of the rows' documents, and that the rest was worked out here."""
    ids = dict.fromkeys(r["source_id"] for r in rows if r["source_id"] not in ("", "who-counted"))
    known = [case.source(i)["publisher"] if case is not None else i for i in ids]
    names = list(dict.fromkeys(known))
    more = f" and {len(names) - MOST_SOURCES} more, all in the table" if len(names) > MOST_SOURCES else ""
    parts = [f"{'Sources' if len(names) > 1 else 'Source'}: {'; '.join(names[:MOST_SOURCES])}{more}."] if names else []
    if any(r["derived"] for r in rows):
        parts.append("Dashed and half-filled: worked out here by Who Counted? from the figures named in the table.")
    return " ".join([*parts, "Chart: Who Counted?"])


def _spoken(row, unit=True):
    return f"{row['label']} ({words.quantity(row['low'], row['high'], row['unit'] if unit else '1')})"


def _summary(rows):
    """What a set of rows in one unit shows: the least and the greatest, the article's, open ends and unknowns."""
    known = [r for r in rows if _open(r) != (True, True)]
    said = []
    if len(known) > 1:
        by_low = sorted(known, key=lambda r: (r["low"] if math.isfinite(r["low"]) else r["high"], _end(r)))
        said.append(f"least {_spoken(by_low[0])}, greatest {_spoken(max(known, key=_end))}")
    else:
        said += [_spoken(r) for r in known]
    own = [r for r in known if r["article"]] if len(known) > 1 else []
    said += [f"the article’s {'figure' if len(own) == 1 else 'figures'}: {', '.join(_spoken(r) for r in own)}"] * bool(
        own
    )
    for at, name in ((0, "at the low end"), (1, "at the high end")):
        ends = [r["label"] for r in known if _open(r)[at]]
        said += [f"open {name}: {_some_of(ends)}"] * bool(ends)
    nobody = [r["label"] for r in rows if _open(r) == (True, True)]
    return "; ".join(said + [f"unknown: {_some_of(nobody)}"] * bool(nobody))


def _some_of(names, most=4):
    """A list in words that says how many more there are."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def _counts(rows):
    """How many rows are hedged or worked out, as a sentence; nothing where none is."""
    told = [(sum(r["hedged"] for r in rows), "hedged"), (sum(r["derived"] for r in rows), "worked out here")]
    return "".join(f" {n} of {len(rows)} {what}." for n, what in told if n)


def _count(rows):
    return f"{words.number(len(rows))} {'number' if len(rows) == 1 else 'numbers'}"


def _stop(text):
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _grouped(rows, *keys):
    """Rows in groups by their keys, each group where its first row stood."""
    groups = defaultdict(list)
    for row in rows:
        groups[tuple(row[k] for k in keys)].append(row)
    return groups


# The charts -----------------------------------------------------------------------------------------------------------


@_styled
def ranges(frame, *, title, subtitle, label=None, group=None, scale="linear", case=None):
    """Range bars, one row a figure: a bar between the ends, a dot for a point, an arrow out of an open end.

    frame: n rows with figure_id, low, high (float; NaN an open end or unknown), unit, working, and what else of
    frames.COLUMNS there is; what is missing is taken from case by figure_id. title: the finding. subtitle: the measure
    and unit. label: a column or a function of a row; who said it and when if None. group: a column or columns that give
    headings within a panel. scale: linear (zero shown) or log (the subtitle then says so).
    Returns a Figure with one Axes a unit: unlike units never share one. Raises ValueError for an empty frame.
    """
    group = [group] if isinstance(group, str) else list(group or [])
    rows = _labels(_records(frame, case), label, who_and_when, [c for c in _WHAT if c not in group])
    _some(rows)
    log = scale == "log"
    page = _Page(title, f"{_stop(subtitle)} Each step on the scale is ten times the last." if log else subtitle)
    told = []
    panels = _grouped(rows, "unit")
    for (unit,), inside in panels.items():
        _ranges_panel(page, inside, unit, group, log)
        told.append((f"In {_unit(unit)}: " if len(panels) > 1 else "") + _summary(inside))
    _key(page, rows)
    alt = f"{_stop(title)} Range bars, {_count(rows)}; {subtitle}. {'. '.join(told)}.{_counts(rows)}"
    return page.finish(alt, source_line(rows, case), frame.copy(), case)


_WHAT = ("measure", "subject", "place")


def _some(rows):
    if not rows:
        raise ValueError("there are no rows to chart: the choice leaves none")


def _unit(unit):
    return "times (a ratio)" if unit == "1" else unit


def _ranges_panel(page, rows, unit, group, log):
    """One unit's rows: the unit and the scale above, then each row's label over its bar."""
    inches, y, placed = WIDTH - 2 * EDGE, 0.5, []
    for heading, inside in _grouped(rows, *group).items():
        if group:
            y += 0.12
            name = " · ".join(f"{c} {UNKNOWN}" if v == UNKNOWN else v for c, v in zip(group, heading, strict=True))
            placed.append((y + 0.16, _plain(name), None))
            y += 0.24
        for row in inside:
            lines = _wrapped(row["label"], inches, TEXT, row["article"])
            placed.append((y + 0.17, lines, row))
            y += 0.2 * len(lines) + 0.38
    axes = page.axes(y, name=unit)
    scale = _Scale(rows, inches, log, _room)
    scale.dress(axes, 0.46, y - 0.06)
    across = axes.get_yaxis_transform()
    axes.text(0, 0.18, _unit(unit), transform=across, size=SMALL, weight="bold", color=MUTED)
    for at, lines, row in placed:
        if row is None:
            axes.text(0, at, lines, transform=across, weight="bold", color=MUTED, bbox=_GROUND)
            continue
        weight, color = ("bold", ARTICLE) if row["article"] else ("normal", INK)
        for n, line in enumerate(lines):
            axes.text(0, at + 0.2 * n, line, transform=across, weight=weight, color=color, bbox=_GROUND)
        bar = at + 0.2 * len(lines)
        _tell(axes, _mark(axes, bar, row, scale), bar, row, scale)


_GROUND = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}  # letters are not crossed by the scale's lines


@_styled
def timeline(frame, *, title, subtitle, panels="basis", label=None, case=None):
    """Ranges over time, time running down the page: one panel for each kind of number and each unit.

    frame: n rows as for ranges, with period_start, period_end and the column named by panels (`basis`: what was present
    at a time stands apart from what had added up by then). A row stands at the end of its period, which is drawn as the
    mark's extent along time. Panels in one unit share a scale. A figure of the article without a date is a line down
    its panel; other rows without a date are named under the chart, not drawn.
    Returns a Figure with one Axes a panel. Raises ValueError for an empty frame.
    """
    rows = _labels(_records(frame, case), label, _body, ("measure", "place"))
    _some(rows)
    dated = sorted((r for r in rows if _dated(r)), key=lambda r: _day(r["period_end"], last=True))
    page = _Page(title, f"{_stop(subtitle)} Time runs down the page.")
    told, left = [], [r for r in rows if not _dated(r)]
    for (name, unit), inside in _grouped(dated, panels, "unit").items():
        standing = [r for r in left if r["article"] and (r[panels], r["unit"]) == (name, unit) and _end(r) is not None]
        left = [r for r in left if not any(r is s for s in standing)]
        same = [r for r in rows if r["unit"] == unit]
        _timeline_panel(page, inside, standing, _capital(", ".join(filter(None, [name, _unit(unit)]))), same)
        told.append(_capital(_stop(f"{name or unit}: {_span_of_time(inside)}; {_summary([*inside, *standing])}")))
    note = f"Not drawn, for want of a date: {_some_of([_spoken(r) for r in left], 8)}." if left else ""
    if note:
        page.write(note, size=SMALL, color=MUTED)
    _key(page, rows, any(_period(r) for r in dated))
    alt = " ".join(filter(None, [_stop(title), f"Timeline; {subtitle}.", *told, note])) + _counts(rows)
    return page.finish(alt, source_line(rows, case), frame.copy(), case)


def _dated(row):
    return row["period_end"] not in ("", UNKNOWN)


def _period(row):
    """Whether a row counts over more than one day or month that is known."""
    return row["period_start"] not in ("", UNKNOWN, row["period_end"]) and _end(row) is not None


def _capital(text):
    return text[:1].upper() + text[1:]


def _span_of_time(rows):
    first, last = rows[0]["period_end"], rows[-1]["period_end"]
    return f"{_count(rows)}, {words.period(first, last)}"


YEARS, PLOT, LEAD = 0.74, 2.1, 0.3  # inches: the column of years, the plot, the leader; the labels have the rest


def _timeline_panel(page, rows, standing, heading, same):
    """One kind of number over time; standing rows are the article's, without a date: lines down the panel."""
    page.y += 0.1
    page.write(heading, bold=True, color=MUTED)
    notes = [_note(row, WIDTH - YEARS - PLOT - 2 * EDGE - LEAD) for row in [*standing, *rows]]
    tall = [0.19 * len(lines) + 0.32 for _, _, lines in notes]
    days = [_day(r["period_end"], last=True).toordinal() for r in rows]
    first, last = days[0], max(days[-1], days[0] + 31)
    height = 0.62 + max(sum(tall) - 0.3, min(6.0, 0.75 * (last - first) / 365))
    axes = page.axes(height, left=EDGE + YEARS, right=WIDTH - EDGE - YEARS - PLOT, name=rows[0]["unit"])
    scale = _Scale(same, PLOT, room=lambda row: ARROW + 0.1 if _open(row)[1] else 0.1)
    scale.dress(axes, 0.32, height, ticks=3)
    over = 0.47 + 0.2 * bool(standing)
    down = lambda day: over + (day - first) / (last - first) * (height - over - 0.1)  # noqa: E731  a scale in one line
    _years(axes, scale, first, last, down)
    wanted = [0.36] * len(standing) + [down(day) for day in days]
    tops = _spread(wanted, tall, 0.32, height)
    for row, y, lines, top in zip([*standing, *rows], wanted, notes, tops, strict=True):
        if row in standing:
            right = _standing(axes, row, height)
        else:
            _extent(axes, row, scale, y, down)
            right = _mark(axes, y, row, scale)
        _lead(axes, row, [scale.place(right) + 0.08, y, top], lines)


def _standing(axes, row, height):
    """The article's number without a date: a line down the panel at each end."""
    ends = [e for e in (row["low"], row["high"]) if math.isfinite(e)]
    for end in ends:
        axes.add_line(Line2D([end, end], [0.36, height], lw=1.6, ls=(0, (4, 2)), color=ARTICLE, zorder=2))
    return max(ends)


def _lead(axes, row, way, lines):
    """A fine line from a mark to its label, and the label."""
    across, (start, y, top) = axes.get_yaxis_transform(), way
    steps = [min(start / PLOT, 1), 1.0, 1 + (LEAD - 0.1) / PLOT, 1 + (LEAD - 0.04) / PLOT]
    heights = [y, y, top + 0.1, top + 0.1]
    axes.add_line(Line2D(steps, heights, transform=across, lw=0.7, color=RULE, zorder=2, clip_on=False))
    number, aside, below = lines
    left, color = 1 + LEAD / PLOT, ARTICLE if row["article"] else INK
    axes.text(left, top + 0.15, number, transform=across, color=color, weight="bold")
    if aside:
        beside = left + (_inches(number, TEXT, True) + 0.09) / PLOT
        axes.text(beside, top + 0.15, aside, transform=across, color=MUTED, size=SMALL)
    for n, line in enumerate(below, start=1):
        axes.text(
            left, top + 0.15 + 0.19 * n, line, transform=across, color=color if row["article"] else MUTED, size=SMALL
        )


def _note(row, wide):
    """A mark's label as lines: the number and how it is hedged, then whose it is."""
    number, aside = _said(row)
    day = words.date(row["period_end"][:7]) if _dated(row) else "no date given"
    fits = _inches(number, TEXT, True) + _inches(f"  {aside}", SMALL) < wide
    below = f"{row['label']}, {day}" if fits else f"{row['label']}, {day} ({aside})"
    return number, aside if fits else "", _wrapped(below, wide, SMALL)


def _extent(axes, row, scale, y, down):
    """A period as a pale band from its first day to its last; nothing for a single day."""
    if not _period(row):
        return
    start = max(down(_day(row["period_start"], last=False).toordinal()), 0.36)
    ends = [scale.place(e) for e in (row["low"], row["high"]) if math.isfinite(e)]
    left, right = scale.value(min(ends) - 0.035), scale.value(max(ends) + 0.035)
    color = ARTICLE if row["article"] else REFERENCE
    axes.add_patch(Rectangle((left, start), right - left, y - start, color=color, alpha=PALE, lw=0, zorder=2))


def _years(axes, scale, first, last, down):
    """The years (in a short span, the months) beside a timeline, with a fine line across."""
    start, end = datetime.date.fromordinal(first), datetime.date.fromordinal(last)
    step = 12 if last - first > 500 else 3 if last - first > 120 else 1
    months = range(start.year * 12, end.year * 12 + 13, step)
    for day in (datetime.date(m // 12, m % 12 + 1, 1) for m in months):
        if first <= day.toordinal() <= last:
            y, name = down(day.toordinal()), day.strftime("%Y" if step == 12 else "%Y-%m")
            axes.text(scale.value(-YEARS), y + 0.05, name, size=SMALL, color=MUTED)
            axes.add_line(
                Line2D([scale.value(-0.1), scale.value(PLOT)], [y, y], lw=0.8, color=FAINT, zorder=1, clip_on=False)
            )


def _spread(wanted, tall, top, bottom):
    """Tops for labels of those heights, in order and apart, each as near to where it is wanted as can be.

    Least squares under order constraints: pool adjacent violators (Barlow and others 1972).
    """
    before = [sum(tall[:n]) for n in range(len(tall))]
    pools = []
    for y, used in zip(wanted, before, strict=True):
        pools.append([y - 0.1 - used, 1])
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (a, n), (b, m) = pools[-2:]
            pools[-2:] = [[(a * n + b * m) / (n + m), n + m]]
    level = [min(max(value, top), bottom - sum(tall)) for value, n in pools for _ in range(n)]
    return [value + used for value, used in zip(level, before, strict=True)]


@_styled
def relay_chain(steps, *, title, subtitle, case=None):
    """A number's way from the body that counted to the page: a box a step, an arrow between, and the days it took.

    steps: n rows in order, with role (what happened), who, date (YYYY[-MM[-DD]], unknown or empty), and where there are
    such, note, figure_id, source_id, working. The days between two steps are written where both dates are full.
    Returns a Figure with one Axes. Raises ValueError where there are no steps.
    """
    rows = [defaultdict(str, row) for row in steps.to_dict("records")]
    _some(rows)
    page = _Page(title, subtitle)
    inner, y, boxes = WIDTH - 2 * EDGE - 0.4, 0.08, []
    for row in rows:
        who, note = _wrapped(row["who"], inner, TEXT, True), _wrapped(row["note"], inner, SMALL)
        boxes.append((row, y, 0.36 + 0.21 * len(who) + 0.19 * len(note) + 0.1, who, note))
        y += boxes[-1][2] + 0.46
    axes = page.axes(y - 0.4)
    axes.set_xlim(0, WIDTH - 2 * EDGE)
    for n, box in enumerate(boxes):
        _step(axes, *box, last=n == len(boxes) - 1)
        if n + 1 < len(boxes):
            _hand_over(axes, box[1] + box[2], _days_between(row_date(box[0]), row_date(boxes[n + 1][0])))
    told = "; then ".join(_step_said(row) for row in rows)
    alt = f"{_stop(title)} A chain of {len(rows)} steps: {told}."
    return page.finish(alt, source_line(_records(steps, case), case), steps.copy(), case)


def row_date(row):
    """The date of a step; unknown where there is none."""
    return row["date"] or UNKNOWN


def _step_said(row):
    return f"{row['role']}: {row['who']}" + (f" ({words.date(row['date'])})" if row["date"] else "")


def _step(axes, row, y, height, who, note, last):
    look = {"facecolor": "white", "edgecolor": ARTICLE if last else REFERENCE, "lw": 2.2 if last else 1.2}
    silent = row["who"] == UNKNOWN  # nobody says who: the box is dashed
    axes.add_patch(Rectangle((0.03, y), WIDTH - 2 * EDGE - 0.06, height, **look, ls=(0, (3, 2)) if silent else "-"))
    date = words.date(row["date"]) if row["date"] not in ("", UNKNOWN) else "date unknown" if row["date"] else ""
    axes.text(0.2, y + 0.24, _plain(row["role"]), size=SMALL, color=MUTED)
    axes.text(WIDTH - 2 * EDGE - 0.2, y + 0.24, date, size=SMALL, color=MUTED, ha="right")
    for n, line in enumerate(who):
        axes.text(0.2, y + 0.48 + 0.21 * n, line, weight="bold", color=ARTICLE if last else INK)
    for n, line in enumerate(note):
        axes.text(0.2, y + 0.48 + 0.21 * len(who) - 0.02 + 0.19 * n, line, size=SMALL, color=MUTED)


def _hand_over(axes, y, days):
    axes.add_line(Line2D([0.5, 0.5], [y + 0.04, y + 0.34], lw=1.6, color=INK))
    axes.add_line(Line2D([0.5], [y + 0.36], marker="v", ms=9, color=INK))
    axes.text(0.72, y + 0.28, days, size=SMALL, color=MUTED)


def _days_between(first, second):
    """How long a step took, in words; unknown where a date is not known to the day."""
    if len(first) < len("2017-06-15") or len(second) < len("2017-06-15"):
        return "days between: unknown"
    days = (_day(second, last=False) - _day(first, last=False)).days
    return "the same day" if days == 0 else f"{words.number(days)} {'day' if days == 1 else 'days'} later"


# Out of here ----------------------------------------------------------------------------------------------------------


def svg(figure):
    """A figure as SVG: bytes that are the same on every run."""
    out = io.BytesIO()
    with matplotlib.rc_context(_STYLE):
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return out.getvalue()


COLUMNS = {
    "what": "What is counted, of whom", "number": "Number", "place": "Where", "period": "When", "who": "Who said it",
    "source": "Source", "id": "Figure or working",
}  # fmt: skip


def show(figure, table=None, case=None):
    """A chart with its alt text, source line and the table of its numbers, as one piece of HTML.

    figure: a Figure made here. table: a frame to tabulate instead of the one charted. case: the Case whose sources are
    linked; the one the chart was made with if None.
    """
    frame, case = figure.data if table is None else table, case if case is not None else figure.case
    picture = cards.image(svg(figure), figure.alt, source_line=figure.source)
    return cards.join(picture, numbers(frame, case))


def numbers(frame, case=None):
    """The table of a frame's numbers, folded away: each links to its note and shows its quote on hover."""
    rows = [_table_row(row, case) for row in _records(frame, case)]
    table = cards.table(rows, COLUMNS, f"The numbers of this chart: {len(rows)}")
    return cards.HTML(f'<details class="wc-numbers"><summary>Table of these numbers</summary>{table}</details>')


def _table_row(row, case):
    source = case.source(row["source_id"]) if case is not None and row["source_id"] else {}
    quoted = {"quote": "" if row["derived"] else row["quote"]} | ({"source": source} if source else {})
    number = cards.number(dict(row) | quoted, words.quantity(row["low"], row["high"], row["unit"]))
    document = cards.HTML(cards.source(source)) if source else row["source_id"]
    return {
        "what": ", ".join(filter(None, [row["measure"], row["subject"]])),
        "number": number,
        "place": row["place"],
        "period": _when(row),
        "who": "worked out here" if row["derived"] else row["said_by"],
        "source": "Who Counted?" if row["derived"] else document,
        "id": cards.HTML(f"<code>{cards.escape(row['derivation'] or row['working'])}</code>"),
    }
