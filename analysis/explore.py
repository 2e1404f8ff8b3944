"""Controls round pure functions: move one, and the same sentence is set beside something else.

A control shows one static view of its state, so that a saved notebook reads without running, and never uses the Output
widget: what the function returns is written as HTML into an HTML widget.
"""

import inspect
from collections.abc import Callable, Sequence
from typing import Any

import ipywidgets
import pandas as pd

from . import cards, charts, contrast, provenance, words
from .case import Case
from .contrast import PER  # noqa: F401 - the choices of re_express, for a control
from .frames import frame as frame_of
from .html import HTML, escape, join
from .schema import COUNT_ORIGINS


def control(f: Callable, /, **choices: Any) -> "Control":
    """Controls for a function's parameters, and below them what the function returns.

    f: a pure function whose result has _repr_html_, such as a Chart. choices: for each parameter a widget or an
    abbreviation: (least, greatest) or (least, greatest, step) is a slider, a list or dict a menu, a bool a tick box,
    text a text field. Its own description labels a widget, else the parameter's name. A parameter without a choice
    keeps its default.
    Returns a Control. What goes wrong in a state is said in a sentence, and kept as .error. Raises TypeError for a
    parameter that has neither choice nor default.

    >>> from analysis import cards
    >>> made = control(lambda n: cards.HTML(f"<p>{n} buses</p>", f"{n} buses"), n=(1, 9))
    >>> made.kwargs_widgets[0].value = 7
    >>> made.result
    7 buses
    """
    return Control(f, choices)


class Control(ipywidgets.interactive):
    """An ipywidgets.interactive (.f, .kwargs, .kwargs_widgets, .result) without its Output widget; see control().

    Its children are the labelled widgets and, last, the HTML widget `view`. static: what is shown. error: what went
    wrong in this state, or None. It sets up by itself what interactive.__init__ would, and takes a widget's parameter
    from `_kwarg`, where interactive puts it; no public name tells it. Tested with ipywidgets 8.1.8 and 8.1.9.
    """

    def __init__(self, f: Callable, choices: dict[str, Any]):
        ipywidgets.VBox.__init__(self, _dom_classes=["widget-interact", "wc-control"])
        self.f, self.args, self.kwargs = f, [], {}
        self.manual = self.auto_display = self.clear_output = False
        self.manual_name = ""  # what else an interactive has, for those who look at one
        inspect.signature(f).bind(**choices)
        self.kwargs_widgets = self.widgets_from_abbreviations(
            [(name, c, inspect.Parameter.empty) for name, c in choices.items()]
        )
        for widget in self.kwargs_widgets:
            _label(widget)
        self.out = self.view = ipywidgets.HTML()
        self.children = [*(w for w in self.kwargs_widgets if isinstance(w, ipywidgets.DOMWidget)), self.view]
        for widget in self.kwargs_widgets:
            widget.observe(self.update, names="value")
        self.update()

    def update(self, *_: Any) -> None:
        """Call the function with the controls' state and show what it returns."""
        self.kwargs = {w._kwarg: w.get_interact_value() for w in self.kwargs_widgets}
        self.static, self.result, self.error = _view(self.f, self.kwargs)
        self.view.value = str(self.static)

    def state(self) -> dict[str, str]:
        """The controls' current state in words: {label: choice}."""
        return {w.description: _chosen(w) for w in self.kwargs_widgets if isinstance(w, ipywidgets.DOMWidget)}

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        bundle = ipywidgets.VBox._repr_mimebundle_(self, **kwargs) or {}
        static = join(self.static, _named(self.state()))
        return {**bundle, "text/html": str(static), "text/plain": static.text}


def _view(f: Callable, state: dict[str, Any]) -> tuple[HTML, Any, Exception | None]:
    """(what the function shows, what it returned, what went wrong) in a state."""
    try:
        result = f(**state)
        return join(result), result, None
    except Exception as error:  # whatever it is, a reader gets a sentence; who debugs finds it in .error
        reason = error.args[0] if error.args and isinstance(error.args[0], str) else type(error).__name__
        said = f"This choice cannot be shown: {reason}"
        return HTML(f'<p class="wc-error" role="status">{escape(said)}</p>', said), None, error


def _label(widget: ipywidgets.Widget) -> None:
    """A label that a reader sees and a screen reader reads, in words, and the same as the tip on hover."""
    if widget.description == widget._kwarg:
        widget.description = _words(widget._kwarg)
    if isinstance(widget, ipywidgets.DOMWidget):
        widget.style.description_width = "initial"
        widget.layout.width = "auto"
        widget.layout.max_width = "36em"
        widget.tooltip = widget.tooltip or widget.description


def _words(name: str) -> str:
    text = name.strip("_").replace("_", " ")
    return text[:1].upper() + text[1:]


def _chosen(widget: ipywidgets.Widget) -> str:
    """What a widget stands at, in words: a menu's label rather than the value behind it."""
    label = getattr(widget, "label", None)
    return _in_words(widget.value if label is None else label)


def _in_words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return words.number(value) if isinstance(value, (int, float)) else str(value)


def _named(state: dict[str, str]) -> HTML:
    """The controls' state as a sentence, for those who cannot move them here. state: {label: choice}."""
    said = "; ".join(f"{label}: {choice}" for label, choice in state.items())
    return HTML(
        f'<p class="wc-state">Shown here: {escape(said)}.</p>' * bool(said), f"Shown here: {said}." * bool(said)
    )


# Ready-made functions for the notebooks' controls: pure, each returns HTML --------------------------------------


def re_express(case: Case, figure_id: str, per: str, beside: Sequence[str] = ()) -> HTML:
    """A rate said per day, per month or per year: the sentence, and the range on its scale.

    case: a Case. figure_id: a row in a unit per day, month or year, or a total over a known period. per: one of PER.
    beside: further figure_ids, re-expressed in the same way. Returns the sentence and a chart with its table.
    Raises ValueError where a row is neither. Months and years are as long as contrast.rate has them.
    Source: the row and the calendar.

    >>> import analysis
    >>> re_express(analysis.load(), "related-sorties", "day").text.partition(", worked")[0]
    '1,268 sorties/month is 40.9–45.3 sorties/day'
    """
    ids = [figure_id, *beside]
    made = [case.evaluate(rate(case[i], per)) for i in ids]
    said, chosen = made[0], case[figure_id]
    how = "as it is printed" if said.working == chosen.working else f"worked out as {said.working}"
    link = cards.number(said, str(said))
    sentence = f"<p>{cards.number(chosen, str(chosen))} is <strong>{link}</strong>, {escape(how)}.</p>"
    what = {"low": "low", "high": "high", "unit": "unit", "working": "working"}
    data = frame_of(case, ids).assign(**{c: [getattr(f, name) for f in made] for c, name in what.items()})
    data["hedge"] = [";".join(f.hedges) for f in made]
    chart = charts.ranges(
        data, title=f"{chosen}: that is {said}", subtitle=f"{_words(chosen.row['measure'])} per {per}"
    )
    return join(HTML(sentence, f"{chosen} is {said}, {how}."), chart)


def rate(chosen: Any, per: str) -> str:
    """The working of contrast.rate: a figure per day, month or year.

    chosen: a Figure with a row. per: one of PER. Raises ValueError, which says why, where it has none.

    >>> import analysis
    >>> rate(analysis.load()["related-sorties"], "year")
    'related-sorties * 12 [month/year]'
    """
    made = contrast.rate(chosen, per)
    if not made.working:
        raise ValueError(f"{chosen.working}: {'; '.join(made.notes)}")
    return made.working


AS = {"as printed": "as printed", "the low end": "low", "the high end": "high"}


def count_as(frame: pd.DataFrame, as_: str, *, title: str, subtitle: str, **options: Any) -> charts.Chart:
    """The ranges of a frame, each taken at its low end, its high end, or as printed.

    frame: as for charts.ranges, and so are title, subtitle and options. as_: low, high or `as printed`. A range taken
    at one end has a working that says so, `low(buses)`; a single number stays as it is, an open end is unknown.
    Returns a Chart. Raises ValueError for another as_. Source: the rows.

    >>> import analysis
    >>> rates = analysis.strike_rates().head(1)
    >>> count_as(rates, "low", title="Its low end", subtitle="Strikes a day").table[["number", "id"]].squeeze().tolist()
    ['70 strikes/day', 'low(lede-russia-strikes)']
    """
    if as_ not in AS.values():
        raise ValueError(f"count as {as_!r}: choose one of {', '.join(AS.values())}")
    if as_ == "as printed":
        return charts.ranges(frame, title=title, subtitle=subtitle, **options)
    working = frame["working"].where(frame["low"] == frame["high"], f"{as_}(" + frame["working"] + ")")
    taken = frame.assign(low=frame[as_], high=frame[as_], working=working)
    said = f"{subtitle}. Every range counted as its {as_} end"
    return charts.ranges(taken, title=title, subtitle=said, **options)


def trace(case: Case, figure_id: str) -> HTML:
    """A number's chain from the body that counted to this page, and its card.

    case: a Case. figure_id: the number. Returns the list of its hands, and its card.
    Raises UnknownFigure, a KeyError, for an id that the case has not. Source: the row and its document.

    >>> import analysis
    >>> trace(analysis.load(), "quote-fighters").text.startswith("How the number reached the page: 80,000 fighters.")
    True
    """
    chosen = case[figure_id]
    hands = sorted(provenance.chain(chosen), key=lambda hand: hand[0] != "counted")  # who counted comes first
    steps = pd.DataFrame([_step(case, chosen, role, who) for role, who in hands])
    chain = charts.relay_chain(
        steps.assign(source_id=chosen.row["source_id"], case=case.name),
        title=f"How the number reached the page: {chosen}",
        subtitle=f"Its hands, from whoever counted: {chosen.row['measure']}, {chosen.row['channel']}",
    )
    return join(chain, cards.card(chosen, named=False))


def _step(case: Case, chosen: Any, role: str, who: str) -> dict[str, str]:
    row, step = chosen.row, {"role": role, "who": who, "date": "", "note": ""}
    if role == "repeats":
        earlier = case[who]
        here = earlier.row["source_id"] == row["source_id"]
        return step | {
            "role": "the same page's quotation" if here else "an earlier number, said again",
            "who": f"{earlier}: {earlier.row['said_by']}",
            "date": earlier.row["source"]["published"],
        }
    if role == "counted":
        period = words.period(row["period_start"], row["period_end"])
        return step | {"role": "counted by", "note": f"{COUNT_ORIGINS[row['count_origin']]}; {period}"}
    if role == "said":
        return step | {"role": "said or written by"}
    return step | {"role": f"printed as {role}", "who": row["source"]["publisher"], "date": row["source"]["published"]}


EVERY = "every kind"


def over_time(frame: pd.DataFrame, basis: str = EVERY, *, title: str, subtitle: str, **options: Any) -> charts.Chart:
    """A timeline of a frame, of one basis or of every kind.

    frame: as for charts.timeline, and so are title, subtitle and options. basis: one of the frame's, or EVERY.
    Returns a Chart, which says so where there are no such rows. Source: the rows.

    >>> import analysis
    >>> rows = analysis.origin_countries(references=True)
    >>> over_time(rows, "share", title="Countries", subtitle="Of origin")
    Countries. Of origin. Only: share. There are no rows to chart.
    """
    rows = frame if basis == EVERY else frame[frame["basis"] == basis]
    said = subtitle if basis == EVERY else f"{subtitle}. Only: {basis}"
    return charts.timeline(rows, title=title, subtitle=said, **options)
