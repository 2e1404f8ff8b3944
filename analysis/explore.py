"""Controls round pure functions: move one, and the same sentence is set beside something else.

A control shows one static view of its state, so that a saved notebook reads without running, and never uses the Output
widget: what the function returns is written as HTML into an HTML widget. Without ipywidgets the static view stays.
"""

import inspect
from html import escape

import pandas as pd

from . import cards, charts, contrast, provenance, words
from .contrast import PER  # noqa: F401 - the choices of re_express, for a control
from .frames import frame as frame_of
from .schema import COUNT_ORIGINS

try:
    import ipywidgets
except ImportError:  # a reader without it still gets the static view
    ipywidgets = None

NO_WIDGETS = "The controls need the package ipywidgets, which is not installed here; this is the view they start from."


def control(f, /, **choices):
    """Controls for a function's parameters, and below them what the function returns.

    f: a pure function whose result has _repr_html_. choices: for each parameter a widget or an abbreviation: (least,
    greatest) or (least, greatest, step) is a slider, a list or dict a menu, a bool a tick box, text a text field.
    Its own description labels a widget, else the parameter's name. A parameter without a choice keeps its default.
    Returns a Control, which is an ipywidgets.interactive (.f, .kwargs_widgets, .result); without ipywidgets a message
    and the view of the first choices. What goes wrong in a state is said in a sentence, and kept as .error.
    """
    if ipywidgets is not None:
        return Control(f, choices)
    first = {name: _first(choice) for name, choice in choices.items()}
    view, _, _ = _view(f, {name: value for name, (_, value) in first.items()})
    note = cards.HTML(f'<p class="wc-note">{NO_WIDGETS}</p>', NO_WIDGETS)
    return cards.join(note, view, _named({_words(name): said for name, (said, _) in first.items()}))


class Control(ipywidgets.interactive if ipywidgets else object):
    """See control(). Its children are the labelled widgets and, last, the HTML widget `view`."""

    def __init__(self, f, choices):
        ipywidgets.VBox.__init__(self, _dom_classes=["widget-interact", "wc-control"])
        self.f, self.args, self.kwargs = f, [], {}
        self.manual = self.auto_display = self.clear_output = False
        self.manual_name = ""  # what else an interactive has, for those who look at one
        inspect.signature(f).bind(**choices)  # TypeError names a parameter that has neither choice nor default
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

    def update(self, *_):
        """Call the function with the controls' state and show what it returns."""
        self.kwargs = {w._kwarg: w.get_interact_value() for w in self.kwargs_widgets}
        self.static, self.result, self.error = _view(self.f, self.kwargs)
        self.view.value = str(self.static)

    def state(self):
        """The controls' current state in words: {label: choice}."""
        return {w.description: _chosen(w) for w in self.kwargs_widgets if isinstance(w, ipywidgets.DOMWidget)}

    def _repr_mimebundle_(self, **kwargs):
        bundle = ipywidgets.VBox._repr_mimebundle_(self, **kwargs) or {}
        static = cards.join(self.static, _named(self.state()))
        return {**bundle, "text/html": str(static), "text/plain": static.text}


def _view(f, state):
    """(what the function shows, what it returned, what went wrong) in a state."""
    try:
        result = f(**state)
        return cards.HTML(result._repr_html_(), getattr(result, "text", "")), result, None
    except Exception as error:  # whatever it is, a reader gets a sentence; who debugs finds it in .error
        reason = error.args[0] if error.args and isinstance(error.args[0], str) else type(error).__name__
        said = f"This choice cannot be shown: {reason}"
        return cards.HTML(f'<p class="wc-error" role="status">{escape(said)}</p>', said), None, error


def _label(widget):
    """A label that a reader sees and a screen reader reads, in words, and the same as the tip on hover."""
    if widget.description == widget._kwarg:
        widget.description = _words(widget._kwarg)
    if isinstance(widget, ipywidgets.DOMWidget):
        widget.style.description_width = "initial"
        widget.layout.width = "auto"
        widget.layout.max_width = "36em"
        widget.tooltip = widget.tooltip or widget.description


def _words(name):
    text = name.strip("_").replace("_", " ")
    return text[:1].upper() + text[1:]


def _chosen(widget):
    """What a widget stands at, in words: a menu's label rather than the value behind it."""
    label = getattr(widget, "label", None)
    return _in_words(widget.value if label is None else label)


def _in_words(value):
    if isinstance(value, bool):
        return "yes" if value else "no"
    return words.number(value) if isinstance(value, (int, float)) else str(value)


def _named(state):
    """The controls' state as a sentence, for those who cannot move them here. state: {label: choice}."""
    said = "; ".join(f"{label}: {choice}" for label, choice in state.items())
    return cards.HTML(
        f'<p class="wc-state">Shown here: {escape(said)}.</p>' * bool(said), f"Shown here: {said}." * bool(said)
    )


def _first(choice):
    """Where a control starts, worked out from its abbreviation without ipywidgets: (in words, value)."""
    if isinstance(choice, tuple) and len(choice) in (2, 3):
        least, greatest = choice[:2]
        whole = isinstance(least, int) and isinstance(greatest, int)
        choice = least + ((greatest - least) // 2 if whole else (greatest - least) / 2)
    elif isinstance(choice, dict):
        return next(iter(choice.items()))
    elif isinstance(choice, (list, range)):
        choice = next(iter(choice))
    return _in_words(choice), choice


# Ready-made functions for the notebooks' controls: pure, each returns cards.HTML --------------------------------------


def re_express(case, figure_id, per, beside=()):
    """A rate said per day, per month or per year: the sentence, and the range on its scale.

    case: a Case. figure_id: a row in a unit per day, month or year, or a total over a known period. per: one of PER.
    beside: further figure_ids, re-expressed in the same way. Returns the sentence, a chart and its table.
    Raises ValueError where a row is neither. Months and years are as long as contrast.rate has them.
    Source: the row and the calendar.
    """
    made = [case.evaluate(rate(case[i], per)) for i in (figure_id, *beside)]
    said, chosen = made[0], case[figure_id]
    how = "as it is printed" if said.working == chosen.working else f"worked out as {said.working}"
    link = cards.number(said, str(said))
    sentence = f"<p>{cards.number(chosen, str(chosen))} is <strong>{link}</strong>, {escape(how)}.</p>"
    data = pd.DataFrame([_as_row(f, i) for f, i in zip(made, (figure_id, *beside), strict=True)])
    chart = charts.ranges(
        data, title=f"{chosen}: that is {said}", subtitle=f"{_words(chosen.row['measure'])} per {per}", case=case
    )
    return cards.join(cards.HTML(sentence, f"{chosen} is {said}, {how}."), charts.show(chart))


def rate(chosen, per):
    """The working of contrast.rate: a figure per day, month or year. ValueError says why it has none."""
    made = contrast.rate(chosen, per)
    if not made.working:
        raise ValueError(f"{chosen.working} has no rate per {per}: {'; '.join(made.notes)}")
    return made.working


def _as_row(made, figure_id):
    return {"figure_id": figure_id, "low": made.low, "high": made.high, "unit": made.unit, "working": made.working,
            "hedge": ";".join(made.hedges)}  # fmt: skip


AS = {"as printed": "as printed", "the low end": "low", "the high end": "high"}


def count_as(frame, as_, *, title, subtitle, case=None, **options):
    """The ranges of a frame, each taken at its low end, its high end, or as printed.

    frame: as for charts.ranges, and so are title, subtitle, case and options. as_: low, high or `as printed`. An end
    that is open stays unknown. Returns a chart and the table of the numbers as they are printed.
    """
    ends = {"low": ("low", "low"), "high": ("high", "high"), "as printed": ("low", "high")}
    if as_ not in ends:
        raise ValueError(f"count as {as_!r}: choose one of {', '.join(ends)}")
    low, high = ends[as_]
    taken = frame.assign(low=frame[low], high=frame[high])
    said = subtitle if as_ == "as printed" else f"{subtitle}. Every range counted as its {as_} end"
    return charts.show(charts.ranges(taken, title=title, subtitle=said, case=case, **options), table=frame)


def trace(case, figure_id):
    """A number's chain from the body that counted to this page, and its card.

    case: a Case. figure_id: the number. Returns a chart, its table and the card. Source: the row and its document.
    """
    chosen = case[figure_id]
    hands = sorted(provenance.chain(chosen), key=lambda hand: hand[0] != "counted")  # who counted comes first
    steps = pd.DataFrame([_step(case, chosen, role, who) for role, who in hands])
    chart = charts.relay_chain(
        steps,
        title=f"How the number reached the page: {chosen}",
        subtitle=f"Its hands, from whoever counted: {chosen.row['measure']}, {chosen.row['channel']}",
        case=case,
    )
    return cards.join(charts.show(chart, table=frame_of(case, [figure_id])), cards.card(chosen))


def _step(case, chosen, role, who):
    row = chosen.row
    step = {
        "role": role,
        "who": who,
        "date": "",
        "note": "",
        "figure_id": chosen.working,
        "source_id": row["source_id"],
    }
    if role == "repeats":
        earlier = case[who]
        said = f"{earlier}: {earlier.row['said_by']}"
        here = earlier.row["source_id"] == row["source_id"]
        return step | {
            "role": "the same page's quotation" if here else "an earlier number, said again",
            "who": said,
            "date": earlier.row["source"]["published"],
            "note": who,
        }
    if role == "counted":
        period = words.period(row["period_start"], row["period_end"])
        return step | {"role": "counted by", "note": f"{COUNT_ORIGINS[row['count_origin']]}; {period}"}
    if role == "said":
        return step | {"role": "said or written by"}
    return step | {"role": f"printed as {role}", "who": row["source"]["publisher"], "date": row["source"]["published"]}


EVERY = "every kind"


def over_time(frame, basis=EVERY, *, title, subtitle, case=None, **options):
    """A timeline of a frame, of one basis or of every kind.

    frame: as for charts.timeline, and so are title, subtitle, case and options. basis: one of the frame's, or EVERY.
    Returns a chart and its table. Raises ValueError where there are no such rows.
    """
    rows = frame if basis == EVERY else frame[frame["basis"] == basis]
    said = subtitle if basis == EVERY else f"{subtitle}. Only: {basis}"
    return charts.show(charts.timeline(rows, title=title, subtitle=said, case=case, **options))
