"""What any case can be asked: menus of its numbers, topics and wordings, and what each choice shows.

Menus are bounded, so that a page made of them stays light, and say so; where a case has nothing to choose from, one
sentence stands in the menu's place. `notebooks/explore.ipynb` is made of these.
"""

from collections.abc import Callable, Mapping

import ipywidgets
import pandas as pd

from . import charts, frames, provenance, words
from .case import Case
from .explore import Control, control
from .html import HTML, escape, nothing, say
from .period import Period
from .schema import DRAFT, UNKNOWN

MOST_CHOICES, MOST_ROWS = 12, 16  # in a menu; beside the article's own in a chart


# Menus ----------------------------------------------------------------------------------------------------------------


def pick(f: Callable, /, none: str, **menus: Mapping[str, str]) -> Control | HTML:
    """A control of menus over a function; one sentence where a menu has no choices.

    f: a pure function of the menus' values, as for explore.control. none: the sentence. menus: for each parameter
    {label: value}; the first MOST_CHOICES of them are offered, and the menu's name says how many there are. A menu with
    the choices of an earlier one starts at the next, so that it does not begin by asking the same twice.

    >>> from analysis import html
    >>> made = pick(lambda who: html.say("{} counts", who), "Nobody counts.", who={"Ann": "ann", "Bo": "bo"})
    >>> made.state(), made.result
    ({'Who': 'Ann'}, ann counts)
    >>> pick(print, "Nobody counts.", who={})
    Nobody counts.
    """
    if not all(menus.values()):
        return nothing(none)
    listed = list(menus.values())
    widgets = {}
    for n, (name, choices) in enumerate(menus.items()):
        offered = list(choices.items())[:MOST_CHOICES]
        label = words.capital(name.replace("_", " "))
        label += f" (the first {len(offered)} of {len(choices)})" if len(offered) < len(choices) else ""
        at = listed[:n].count(choices) % len(offered)
        widgets[name] = ipywidgets.Dropdown(options=offered, index=at, description=label)
    return control(f, **widgets)


def numbers(case: Case) -> dict[str, str]:
    """The article's numbers, each once, however often it is printed: {number and measure in words: figure_id}.

    case: a Case. Of a number that is printed again the row is named that the others repeat. Numbers that would have one
    label go on to say whom they are about, who said them, and at last which of them they are. Source: figures.csv.

    >>> import analysis
    >>> list(numbers(analysis.load()))[:2]
    ['70–120 strikes/day', '2–5 strikes/day']
    """
    found: dict[str, str] = {}
    for figure_id in dict.fromkeys(_once(case).values()):
        row, label = case[figure_id].row, str(case[figure_id])
        if row["measure"] != UNKNOWN and not row["unit"].startswith(row["measure"]):
            label = f"{label}: {row['measure']}"
        for column in ("subject", "place", "said_by"):
            if label in found and row[column] != UNKNOWN:
                label = f"{label}, {row[column]}"
        taken = sum(known.partition(" (no.")[0] == label for known in found)
        found[f"{label} (no. {taken + 1})" if taken else label] = figure_id
    return found


def _once(case: Case) -> dict[str, str]:
    """{figure_id of the article: that of the row in which the same number is at home}, by the column `repeats`."""
    own = {i: (str(case[i]), case[i].row["repeats"].split(";")) for i in case.figures["figure_id"]}
    return {
        i: next((first for first in again if first in own and own[first][0] == said), i)
        for i, (said, again) in own.items()
    }


def topics(case: Case) -> dict[str, str]:
    """What a case has numbers about: {topic in words: topic}, in the order of its case.toml.

    case: a Case. Numbers of which nobody says what they measure go by their unit. Source: the rows.

    >>> import analysis
    >>> list(topics(analysis.load()))[:2]
    ['Strikes', 'Fighters']
    """
    found = set(rows(case)["topic"])
    ordered = [topic for topic in case.vocabulary.topics if topic in found]
    return {words.capital(topic): topic for topic in [*ordered, *(t for t in rows(case)["topic"] if t not in ordered)]}


def kinds(case: Case) -> dict[str, str]:
    """What is measured in a case more than once at known times: {measure in words: measure}.

    case: a Case. The article's measures come first, then those with most numbers. Numbers of which nobody says what
    they measure go by their unit. Source: the rows.

    >>> import analysis
    >>> list(kinds(analysis.load()))[:2]
    ['Strikes', 'Fighters']
    """
    every = rows(case)
    own = every.loc[every["role"] == "article", "kind"]
    dated = every.loc[every["end"].notna(), "kind"].value_counts()
    often = dated[dated > 1].index
    return {words.capital(kind): kind for kind in [*own[own.isin(often)], *often]}


def worded(case: Case) -> dict[str, str]:
    """The article's numbers that others passed on: {number in words: figure_id}. case: a Case. Source: relay.csv.

    >>> import analysis
    >>> "80,000 fighters" in worded(analysis.load())
    True
    """
    at_home = _once(case)
    told = {at_home[i] for i in provenance.relayed(case, *at_home)["figure_id"]}
    return {label: i for label, i in numbers(case).items() if i in told}


# What a choice shows --------------------------------------------------------------------------------------------------


def opening(case: Case) -> HTML:
    """What a case asks, that no person has checked it where that is so, its content note, and how to cite it.

    case: a Case. Source: case.toml, and the column `coder`.

    >>> import analysis
    >>> opening(analysis.load("nhs-list-2025")).text.partition(",")[0]
    'What does each number in this exchange count'
    """
    said = []
    if case.draft:
        coders = [case[i].row["coder"] for i in case]
        left = coders.count(DRAFT)
        share = say(" That is so of {} of the {} numbers here.", left, len(coders)) if left < len(coders) else ""
        said.append(f'<p class="wc-unchecked"><strong>{escape(words.UNCHECKED)}</strong>{share}</p>')
    said.append(f"<p>{escape(case.meta['question'])}</p>")
    note = case.meta["content_note"]
    said += [f"<p><em>{escape(note)}</em></p>"] if note not in ("", "none") else []
    said.append(f'<p class="wc-source">{escape(case.cite())}</p>')
    return HTML("".join(said), case.meta["question"])


def rows(case: Case) -> pd.DataFrame:
    """All numbers of a case, the article's first, with what they are about.

    case: a Case. Returns a row a number of figures.csv and references.csv in frames.COLUMNS, and two columns of text:
    kind (its measure) and topic (its measure's topic); its unit in either where nobody says what it measures.

    >>> import analysis
    >>> rows(analysis.load())[["kind", "topic"]].iloc[0].tolist()
    ['strikes', 'strikes']
    """
    every = frames.frame(case, [*case.figures["figure_id"], *case.references["figure_id"]])
    kind = every["measure"].where(every["measure"] != UNKNOWN, every["unit"])
    return every.assign(kind=kind, topic=kind.map(lambda name: case.vocabulary.measures.get(name, name)).astype("str"))


def beside(case: Case, topic: str) -> charts.Chart:
    """The article's numbers on a topic and, with them, what others counted: of each body one number of each measure.

    case: a Case. topic: a value of topics(). The article's first MOST_ROWS are shown. Of a body's numbers of one
    measure in one unit that one is shown whose period ends nearest to the article's (to the day on which that was made
    public where it tells no period; where no day is known, the latest), and of all these the MOST_ROWS nearest. Sums of
    this project are left out. The chart says how many are not shown.
    Returns a Chart with a panel for each unit. Source: the rows.

    >>> import analysis
    >>> beside(analysis.load(), "countries").data["role"].value_counts().to_dict()
    {'reference': 13, 'article': 1}
    """
    own, others = _parted(case, "topic", topic)
    body = others["counted_by"].where(others["counted_by"] != UNKNOWN, others["said_by"])
    kept = others.assign(body=body).drop_duplicates(["body", "kind", "unit"]).head(MOST_ROWS)
    rule = "Of each body's numbers of one measure the nearest in time to the article's"
    return _chart(charts.ranges, topic, own, others, kept, rule)


def by_time(case: Case, kind: str) -> charts.Chart:
    """The numbers of one measure along time, the article's among them.

    case: a Case. kind: a value of kinds(). Of more than MOST_ROWS outside numbers those nearest in time to the
    article's are shown, by the rule of beside(). Sums of this project are left out. The chart says how many are not
    shown. Returns a Chart with a panel for each kind of number and unit. Source: the rows.

    >>> import analysis
    >>> by_time(analysis.load(), "origin countries").data["unit"].unique().tolist()
    ['countries']
    """
    own, others = _parted(case, "kind", kind)
    return _chart(charts.timeline, kind, own, others, others.head(MOST_ROWS), "The nearest in time to the article's")


def _parted(case: Case, column: str, value: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(the article's rows, each number once; the outside rows, the nearest in time to the article first)."""
    every = rows(case)
    every = every[every[column] == value]
    own = every[every["figure_id"].isin(_once(case).values())]
    others = every[(every["role"] == "reference") & (every["derivation"] == "")]
    public = pd.Timestamp(Period(provenance.made_public(case)).last)  # NaT where no day is known
    day = own["end"].max() if own["end"].notna().any() else public
    away = (others["end"] - (others["end"].max() if day is pd.NaT else day)).abs()
    return own, others.loc[away.sort_values(kind="stable", na_position="last").index]


def _chart(
    draw: Callable, name: str, own: pd.DataFrame, others: pd.DataFrame, kept: pd.DataFrame, rule: str
) -> charts.Chart:
    """A chart whose title says whose numbers are there, and whose subtitle by which rule others are not."""
    shown = own.head(MOST_ROWS)
    left = len(own) + len(others) - len(shown) - len(kept)
    both = "the article's and others'" if len(own) else "others' alone"
    whose = both if len(kept) else "the article's alone"
    rule = rule if len(kept) < len(others) else f"The article's first {MOST_ROWS}"
    told = f"{rule}; {words.many(left, 'more number')} not shown" if left else "Every number that the case has of it"
    return draw(pd.concat([shown, kept]), title=f"{words.capital(name)}: {whose}", subtitle=told)


def passed_on(case: Case, figure_id: str) -> HTML | charts.Chart:
    """How others worded one of the article's numbers once it was public.

    case: a Case. figure_id: a value of worded(). Returns a picture of the hedges where there are several wordings, else
    a table. Source: relay.csv.

    >>> import analysis
    >>> passed_on(analysis.load(), "quote-fighters")
    How others worded it: 80,000 fighters. 80,000 fighters in ...
    """
    told = provenance.relayed(case, *(i for i, home in _once(case).items() if home == figure_id))
    title = f"How others worded it: {case[figure_id]}"
    if told["hedge"].nunique() < 2:
        return provenance.relay_table(case, told, title)
    return charts.hedges(told, title=title, subtitle="Which side of the number each wording allows")
