"""The first page of any case as HTML: its numbers in a row, and a block a number.

The same words for a page, where drawings are inline and their marks are links, and for a notebook, where they are
pictures; front.css lays both out. Serif is always somebody else's words, and a highlighter the article's number.
"""

import collections
import functools
import math
import os
import re
from collections.abc import Iterable, Mapping

import pandas as pd

from .. import cards, charts, rates, words
from ..case import Case
from ..charts import palette, svg
from ..charts.chart import IN_PAGE, Chart
from ..charts.sheet import Sheet
from ..charts.told import in_words
from ..html import HTML, escape, image, join, say, table
from ..schema import UNKNOWN
from . import beside

WIDTHS = (732, 350)
NOBODY = "not named"
STANDS = {beside.FITS: "Agree", beside.EITHER: "Open-ended, may agree", beside.BELOW: "Lower", beside.ABOVE: "Higher"}
NEAR = {beside.FITS: "Agrees", beside.EITHER: "May agree"}
OPEN = {"high": "→ or more", "low": "← or less"}


class Front:
    """A case's front page: .poster() is its numbers in a row, .blocks() a block a number, .rules() what was left out.

    case: a Case. names: {figure_id: what its number counts, in a few words}; made of the row if it is not given.
    origins: {figure_id: the figure_id of a row from which its number may come, which then is no second count}.
    lanes: {figure_id: a column of frames.COLUMNS by which its strip has lanes}; who counted, if not given. pages:
    {figure_id or topic: the file that goes on from there}. Source: the rows, by the rules of front.beside.

    >>> import analysis
    >>> front = Front(analysis.load())
    >>> front.poster().text.splitlines()[0]
    '70–120 strikes a day, Russian Aerospace Forces: not named'
    """

    def __init__(
        self,
        case: Case,
        names: Mapping[str, str] | None = None,
        lanes: Mapping[str, str] | None = None,
        pages: Mapping[str, str] | None = None,
        origins: Mapping[str, str] | None = None,
    ) -> None:
        self.case, self.names, self.lanes, self.pages = case, names or {}, lanes or {}, pages or {}
        self.origins = origins or {}

    @functools.cached_property
    def numbers(self) -> list["Number"]:
        """The article's numbers, in its order."""
        return [Number(self, ids) for ids in beside.groups(self.case)]

    def poster(self) -> HTML:
        """The numbers in a row: numeral, what it counts, a small strip of what others counted, who counted."""
        text = "\n".join(f"{n.printed} {n.name}: {n.counter.text}" for n in self.numbers)
        if not os.environ.get(IN_PAGE):
            return HTML(join(_small_table(self.numbers), self.key()), text)
        items = "".join(f'<li><a href="#{n.anchor}">{_item(n)}</a></li>' for n in self.numbers)
        return HTML(f'<div class="wc-front"><ol class="wc-seven">{items}</ol>{self.key()}</div>', text)

    def note(self) -> HTML:
        """What a reader should be warned of, in the case's words; nothing where there is nothing to warn of."""
        said = self.case.meta["content_note"]
        return HTML(f'<p class="wc-warned"><em>{escape(said)}</em></p>', said) if said not in ("", "none") else HTML("")

    def key(self) -> HTML:
        """Whose mark is which, of the groups that counted."""
        groups = {g.id: g for n in self.numbers for g in n.groups.values()}
        own = '<li><span class="wc-swatch"><mark class="wc-figure">&#8195;</mark></span> the article’s number</li>'
        every = "".join(f"<li>{_tag(g, g.label)}</li>" for g in _in_order(groups, self.case))
        ends = "".join(f"<li>{OPEN[end]}</li>" for end in OPEN if any(n.has_open(end) for n in self.numbers))
        return HTML(
            f'<ul class="wc-key">{own}<li>each mark, another number:</li>{every}{ends}</ul>',
            ", ".join(g.label for g in groups.values()),
        )

    def blocks(self) -> HTML:
        """A block a number: its sentence, who said it, who counted, what others counted, for, against, no verdict."""
        return join(*(n.block() for n in self.numbers))

    def rules(self) -> HTML:
        """How many rows stand beside each number and where, and how many each rule left out; for analysts."""
        counts = {n.anchor: {"": len(n.beside)} | n.sides | n.left_out() for n in self.numbers}
        asked = {"": "Shown"} | STANDS | {rule: f"Left out: {why}" for rule, why in beside.RULES.items()}
        rows = [
            {"": said} | {n.anchor: counts[n.anchor].get(key, 0) for n in self.numbers} for key, said in asked.items()
        ]
        columns = {"": "Rows"} | {n.anchor: n.link for n in self.numbers}
        return table(rows, columns, "Rows that count the same thing as each number, and why some are not shown")


_MORE = re.compile(r"[\w,;]")  # of the text beside a quotation: its sentence goes on


class Number:
    """One of the article's numbers, with what stands beside it. ids: its figure_ids, the one that is repeated first."""

    def __init__(self, front: Front, ids: tuple[str, ...]) -> None:
        self.front, self.case, self.ids = front, front.case, ids
        self.row = front.case[ids[0]].row
        self.own = beside.number(front.case, ids[0])
        self.printed = next((i for i in map(self._ranged, ids) if i), self.row["as_printed"])
        self.anchor = f"number-{[i[0] for i in beside.groups(front.case)].index(ids[0]) + 1}"

    def _ranged(self, figure_id: str) -> str:
        """A number as printed, where it is digits; a list of words has digits in its other printing."""
        text = self.case[figure_id].row["as_printed"]
        return text.replace("-", words.EN_DASH) if text[:1].isdigit() else ""

    @property
    def link(self) -> HTML:
        """The number as printed, which leads to its note."""
        return cards.number(dict(self.row) | {"working": self.ids[0]}, self.printed)

    @functools.cached_property
    def name(self) -> str:
        """What it counts, in a few words."""
        given = self.front.names.get(self.ids[0])
        return given or _named(self.row)

    @functools.cached_property
    def candidates(self) -> pd.DataFrame:
        """All rows that count the same, each with why it is left out: beside.candidates()."""
        return beside.candidates(self.case, self.ids[0])

    @functools.cached_property
    def beside(self) -> pd.DataFrame:
        """What others counted: the rows that no rule leaves out."""
        rows = self.candidates
        return rows[rows["left_out"] == ""].drop(columns="left_out").reset_index(drop=True)

    def left_out(self) -> dict[str, int]:
        """How many rows each rule left out."""
        counted = self.candidates["left_out"].value_counts()
        return {rule: int(counted.get(rule, 0)) for rule in beside.RULES}

    @functools.cached_property
    def chart(self) -> Chart:
        """The strip of what others counted, the article's number through it."""
        own = pd.DataFrame([self.own])
        lane = self.front.lanes.get(self.ids[0])
        label = _lane(lane) if lane else None
        order = (
            list(words.BASES.values())
            if lane == "basis"
            else sorted({label(r) for _, r in self.beside.iterrows()} if label else ())
        )
        title = f"What others counted beside {self.printed}"
        rows = pd.concat([own, self.beside], ignore_index=True)
        said = words.span(self.own["low"], self.own["high"]) == self.printed  # by the numeral beside the strip
        return charts.strip(rows, title=title, lane=label, order=order, spare=said)

    @property
    def groups(self) -> dict[str, palette.Group]:
        """The groups that counted it or stand beside it, by id."""
        return self.chart.form.groups

    @property
    def counter(self) -> HTML:
        """Who counted it, with the mark of its group."""
        name = self.row["counted_by"]
        if name == UNKNOWN:
            return _tag(palette.COUNTER_NOT_NAMED, NOBODY)
        group = self.groups.get(self.case.group(name), palette.NO_GROUP)
        return _tag(group, name)

    def has_open(self, end: str) -> bool:
        """Whether a mark beside it has an arrow at that end, low or high: a number that is open there."""
        other = {"low": "high", "high": "low"}[end]
        return bool((self.beside[end].isna() & self.beside[other].notna()).any())

    def micro(self) -> HTML:
        """The strip in small; nothing where no row has a number."""
        return self.chart.micro() if len(self.beside) else HTML("")

    # The block

    def block(self) -> HTML:
        """All that the page says of it."""
        head = f"<h2>{_numeral(self.printed)} {escape(self.name)}</h2>"
        said = f'<div class="wc-said">{head}{self.sentence()}{self.facts()}{self.onward()}</div>'
        lines = f'<div class="wc-lines">{self.speaks_for()}{self.speaks_against()}</div>'
        others = f'<div class="wc-others">{self.drawn()}{lines}</div>'
        text = "\n".join([f"{self.printed} {self.name}", self.speaks_for().text, self.speaks_against().text])
        return HTML(f'<section class="wc-one" id="{self.anchor}">{said}{others}</section>', text)

    def sentence(self) -> HTML:
        """The words that carry it, its numeral a link to its note; an ellipsis where the sentence goes on."""
        marked = cards.wording(dict(self.row) | {"working": self.ids[0]}, linked=True)
        around = (self.row["prefix"].rstrip()[-1:], self.row["suffix"].lstrip())
        whole = "headline" in self.row["channel"]
        before, after = ("…" * bool(_MORE.match(text) and not whole) for text in around)
        marked = HTML(f"{before}{marked}{after}", f"{before}{marked.text}{after}")
        language = self.row["source"].get("language", "")
        lang = f' lang="{escape(language)}"' if language not in ("", "en", UNKNOWN) else ""
        gloss = f'<p class="wc-gloss">{escape(self.row["gloss"])}</p>' if self.row.get("gloss") else ""
        return HTML(f'<blockquote class="wc-quote"{lang}><p>{marked}</p></blockquote>{gloss}', marked.text)

    def facts(self) -> HTML:
        """Who said it, who counted it, and, of one that is printed once, how."""
        facts = {"Said by": self.row["said_by"].partition(",")[0], "Counted by": self.counter}
        if len(self.ids) == 1 and self.row["channel"] == "indirect speech":  # a quotation has its marks
            facts["Printed"] = "in the reporter’s words"
        if self.own["unit"] != self.row["unit"]:  # its strip is by the day
            days = rates.DAYS.get(self.row["unit"].partition("/")[2])
            by = f" (÷ {words.span(*days)} days)" if days else ""
            facts["A day"] = say(f"{{}}{by}", cards.number(self.own.to_dict()))
        pairs = "".join(f"<dt>{k}</dt><dd>{v if isinstance(v, HTML) else escape(v)}</dd>" for k, v in facts.items())
        return HTML(f'<dl class="wc-who">{pairs}</dl>')

    def onward(self) -> HTML:
        """The way to the page of its topic."""
        topic = self.case.vocabulary.measures.get(self.row["measure"])
        page = self.front.pages.get(self.ids[0], self.front.pages.get(topic))
        return HTML(f'<p class="wc-on"><a href="{escape(page)}">{escape(words.capital(topic))}</a></p>' if page else "")

    def drawn(self) -> HTML:
        """The strip; a sentence where there is nothing to draw."""
        if not len(self.beside):
            return HTML("")
        chart = self.chart
        if not os.environ.get(IN_PAGE):
            return HTML(chart._repr_html_(), chart.alt)
        chart.form = chart.form._replace(keyed=())  # the key stands above, once
        return chart.framed(WIDTHS, "", self.sources())

    def sources(self) -> HTML:
        """The documents in which the numbers beside it were read, and how many counts a rule left out, folded."""
        rows = self.beside[self.beside["derivation"] == ""]
        names = list(dict.fromkeys(words.source_name(row) for row in rows.to_dict("records")))
        out = {rule: n for rule, n in self.left_out().items() if n and rule not in beside.ELSE}
        head = "1 source" if len(names) == 1 else f"{len(names)} sources"
        draft = f" {words.UNCHECKED}" if self.case.draft else ""
        left = f" Left out: {'; '.join(f'{beside.RULES[rule]} ({n})' for rule, n in out.items())}." if out else ""
        text = f"Read in: {'; '.join(names)}.{left}{draft}"
        return HTML(
            f'<details class="wc-read"><summary><span class="wc-count">{head}</span></summary>{escape(text)}</details>',
            text,
        )

    @functools.cached_property
    def sides(self) -> collections.Counter[str]:
        """How many rows are higher, lower, fit, or may be either: beside.side()."""
        return collections.Counter(beside.side(self.own, row) for _, row in self.beside.iterrows())

    def speaks_for(self) -> HTML:
        """The nearest number of a named body, and whether it agrees; before one that may, the number's own origin."""
        row = beside.nearest(self.case, self.own, self.beside) if len(self.beside) else None
        rows = [] if row is None else [row]
        if rows and beside.side(self.own, row) != beside.FITS:
            rows = [*(r for _, r in self.beside.iterrows() if self.may_come_from(r)), *rows]
        return _line("For", *(say(f"{self.near(r)}: {{}}.", self.told(r)) for r in rows))

    def may_come_from(self, row: pd.Series) -> bool:
        """Whether the page infers that the number comes from that row."""
        return row["figure_id"] == self.front.origins.get(self.ids[0])

    def near(self, row: pd.Series) -> str:
        """What a row that speaks for it is to it: the same number over again, perhaps, or a count that agrees."""
        if self.may_come_from(row):
            return "The same, perhaps its origin"
        return NEAR.get(beside.side(self.own, row), "Nearest")

    def speaks_against(self) -> HTML:
        """What nobody says, then the farthest number of a named body on either side that disagrees."""
        far = (beside.farthest(self.case, self.own, self.beside, way) for way in (beside.BELOW, beside.ABOVE))
        far = [self.told(row) for row in far if row is not None]
        said = {1: "Disagrees: {}.", 2: "Disagree: {} and {}."}
        ends = [say(said[len(far)], *far)] if far else []
        return _line("Against", *(HTML(escape(text), text) for text in self.missing()), *ends)

    def missing(self) -> list[str]:
        """What the number leaves open, as sentences."""
        made = [] if len(self.beside) else ["Nobody else’s count of this is in the tables."]
        made += ["No upper end: any greater number agrees."] if math.isnan(self.own["high"]) else []
        made += ["No lower end: any lesser number agrees."] if math.isnan(self.own["low"]) else []
        known = {i for i in self.beside["group"] if i in self.groups}
        if len(self.beside) > 1 and len(known) == 1:
            made.append(f"Named counters: only {self.groups[known.pop()].label}.")
        silent = {"no place": "place", "no date": "period_start"}  # who counted stands beside it
        gaps = [what for what, column in silent.items() if self.known(column) == UNKNOWN]
        return [f"{words.capital(', '.join(gaps))}.", *made] if gaps else made

    @property
    def about(self) -> str:
        """The place of which its strip is, and which is not said again; none where its lanes tell places apart."""
        if self.front.lanes.get(self.ids[0]) == "place":
            return self.known("place")
        return beside.about(self.own, self.beside) if self.known("place") == UNKNOWN else self.known("place")

    def known(self, column: str) -> str:
        """What one of its printings says of it, the first that does; unknown where none does."""
        return next((t for i in self.ids if (t := self.case[i].row[column]) != UNKNOWN), UNKNOWN)

    def told(self, row: pd.Series) -> HTML:
        """A row beside it in a line: the number as a link, who counted, when, what of it differs."""
        so_far = row["basis"] == "cumulative" != self.row["basis"]  # which is said of it below
        when = _when(row["period_end"] if so_far else row["period_start"], row["period_end"])
        differs = [row["place"]] if row["place"] not in (self.about, UNKNOWN) else []
        own = self.row["subject"]
        wider = row["subject"] == f"{own} and other groups"
        if beside.NOT_NAMED not in own and row["subject"] != own:
            differs.append("other groups too" if wider else row["subject"])
        alike = {row["basis"], self.row["basis"]}
        differs += (
            []
            if alike <= {"rate", "total over the period"} or len(alike) == 1
            else [words.BASES.get(row["basis"], row["basis"])]
        )
        ours = "our working: " if row["derivation"] or row["working"] != row["figure_id"] else ""
        who = "counter not named" if row["counted_by"] == UNKNOWN else row["counted_by"]
        if self.may_come_from(row):
            when = f"in {row['publisher']}, {words.date(row['published'][:7])}"
        by = f"{ours}{who}, {when}"
        return say("{} ({})", cards.number(row.to_dict()), "; ".join([by, *differs]))


# Pieces ---------------------------------------------------------------------------------------------------------------


def _when(start: str, end: str) -> str:
    """A period in a line, to the month, or, over several years, to the year.

    >>> _when("2017-04-27", "2017-08-25"), _when("2015-09-30", "2018-03-31"), _when("unknown", "2017-04-05")
    ('April to August 2017', '2015–2018', 'up to April 2017')
    """
    start, end = (text if text == UNKNOWN else text[:7] for text in (start, end))
    if start == UNKNOWN != end:
        return f"up to {words.date(end)}"
    if UNKNOWN in (start, end) or start == end:
        return words.period(start, end)
    if start[:4] != end[:4]:
        return f"{start[:4]}{words.EN_DASH}{end[:4]}"
    return f"{words.date(start).removesuffix(f' {start[:4]}')} to {words.date(end)}"


def _line(head: str, *parts: HTML) -> HTML:
    text = " ".join(part.text for part in parts)
    return HTML(f"<p><b>{head}</b> {' '.join(parts)}</p>" if parts else "", f"{head}: {text}" if parts else "")


def _named(row: Mapping) -> str:
    """What a row counts, made of its cells."""
    by = row["unit"].partition("/")[2]
    what = in_words(row["unit"]) if by or row["measure"] == UNKNOWN else row["measure"]
    return what if row["subject"] in what or row["subject"] == UNKNOWN else f"{what}, {row['subject']}"


def _lane(column: str):
    """A row's lane by a column, in plain words."""

    def name(row):
        return words.BASES.get(row["basis"], row["basis"]) if column == "basis" else words.stated(row[column], column)

    return name


def _numeral(text: str) -> str:
    return f'<span class="wc-numeral">{escape(text)}</span>'


def _item(number: Number) -> str:
    """What a number's place in the row holds."""
    what = f'<span class="wc-what">{escape(number.name)}</span>'
    return f"{_numeral(number.printed)}{what}{number.micro()}{number.counter}"


def _small_table(numbers: Iterable[Number]) -> HTML:
    """The row of numbers as a notebook can show it."""
    rows = [{"number": n.link, "what": n.name, "others": n.micro(), "who": n.counter} for n in numbers]
    columns = {"number": "Number", "what": "What it counts", "others": "What others counted", "who": "Who counted"}
    return table(rows, columns, "The article’s numbers")


def _in_order(groups: Mapping[str, palette.Group], case: Case) -> list[palette.Group]:
    order = [*case.vocabulary.groups, palette.OTHER, palette.NOBODY]
    return sorted(groups.values(), key=lambda group: order.index(group.id))


def _tag(group: palette.Group, label: str) -> HTML:
    """A group's mark, and words beside it."""
    return HTML(f'<span class="wc-tag">{_sign(group)} {escape(label)}</span>', label)


@functools.lru_cache(maxsize=64)
def _drawn_sign(group: palette.Group, in_page: bool) -> str:
    made = Sheet(16)
    made.height = 16
    ring = group.shape == "ring"
    ink = {"fill": "paper", "stroke": group.role, "width": 2.6} if ring else {"fill": group.role}
    made.shape(palette.sign(group.shape, 8, 8), **ink)
    colours = palette.light([group])
    figure = made.figure(colours)
    if not in_page:
        shown = image(svg.picture(figure, colours | {"paper": "#ffffff"}, ""), "")
        return str(shown).removeprefix('<figure class="wc-chart">').removesuffix("</figure>")
    look = f' style="--wc-{group.role}:{group.colour};--wc-{group.role}d:{group.dark}"' if group.colour else ""
    return f'<span class="wc-sign"{look}>{svg.inline(figure, "", "wc-small")}</span>'


def _sign(group: palette.Group) -> str:
    return _drawn_sign(group, bool(os.environ.get(IN_PAGE)))
