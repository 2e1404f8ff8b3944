"""A question, a test and a desk as HTML: whole without a script, and all that the page's script needs to work on.

What a student may tick, slide or type is made by the script; without it there is the question, its options as a list,
and the numbers and the reason folded below. A question of a test carries no answer into the page.
"""

from __future__ import annotations

import itertools
import json
import math
import re
import textwrap
from collections.abc import Iterable, Sequence
from decimal import Decimal

from .. import bank, cards, words
from ..bank import Question
from ..case import Case
from ..html import HTML, escape, join, link
from ..schema import UNKNOWN

# Elements of our own, with the attributes that a page lets through: see nbstill/hook.py.
ELEMENTS = {
    "wc-ask": {f"data-{name}" for name in "case version id form occasion kind unit most step sure".split()},
    "wc-quiz": {"data-case", "data-version"},
    "wc-form": {"data-form"},
    "wc-desk": {"data-case", "data-version", "data-names"},
    "wc-cite": {"data-id"},
}
TESTS = ("pre", "post", "later")
OCCASIONS = {"before": "before the lessons", "after": "after them", "later": "two weeks later"}
# The forms of a test by the seat's number: what is left of it, divided by three -> the form on each occasion, in order.
TURNED = {1: ("post", "later", "pre"), 2: ("later", "pre", "post"), 0: ("pre", "post", "later")}
SHOW = "Show the numbers and the reason"
TICK = ("Tick what your own reason named.", "It is no mark: it shows what the class did not see.")
NONE = "None of these"


def form_of(seat: int, occasion: str) -> str:
    """The form of a test that a student gets, so that no form is taken for learning.

    seat: the number in the code. occasion: one of OCCASIONS.

    >>> form_of(14, "before"), form_of(15, "before"), form_of(16, "later")
    ('later', 'pre', 'pre')
    """
    return TURNED[seat % 3][list(OCCASIONS).index(occasion)]


# A question ------------------------------------------------------------------------------------------------------


def question(asked: Question, case: Case, version: str) -> HTML:
    """One question as `<wc-ask>`.

    asked: a Question. case: its Case. version: the stamp of its bank. Its text is the question alone.

    >>> import analysis
    >>> from analysis import bank
    >>> one = bank.questions("putin-stone-2017", form="practice", lesson=2)[0]
    >>> made = question(one, analysis.load(), "1.00000000")
    >>> made.text.startswith(one.prompt), "<details" in made, one.answer in made
    (True, True, True)
    """
    shown = [f'<p class="wc-prompt">{escape(asked.prompt)}</p>']
    shown += [f'<p class="wc-use"><strong>Use:</strong> {escape(asked.use)}</p>'] if asked.use else []
    shown += [_options(asked)]
    if asked.form not in TESTS:
        shown += [f'<details class="wc-reveal"><summary>{SHOW}</summary>{revealed(asked, case)}</details>']
    text = " ".join(filter(None, [asked.prompt, asked.use and f"Use: {asked.use}"]))
    return HTML(f"<wc-ask{_attributes(asked, case, version)}>{''.join(shown)}</wc-ask>", text)


def occasion(asked: Question) -> str:
    """The occasion of a practice question: its lesson. A test's is the student's to say.

    >>> from analysis import bank
    >>> occasion(bank.questions("putin-stone-2017", form="practice", lesson=3)[0])
    'lesson-3'
    """
    return "" if asked.form in TESTS else f"lesson-{asked.lesson}"


def most(asked: Question) -> tuple[float, float]:
    """Of a number: (the upper end of its slider, one step of it). The field beside it takes any number.

    >>> from analysis import bank
    >>> [most(q) for q in bank.questions("putin-stone-2017", form="practice") if q.kind == "number"][:2]
    [(10.0, 1.0), (200.0, 2.0)]
    """
    if asked.unit == "percent":
        return 100.0, 1.0
    wanted = max(10.0, 2 * abs(float(asked.answer)))
    ten = 10.0 ** math.floor(math.log10(wanted))
    top = next(ten * n for n in (1, 2, 5, 10) if ten * n >= wanted)
    return top, max(top / 100, 1.0 if float(asked.answer).is_integer() and not asked.tolerance else 0.0)


def _attributes(asked, case, version):
    told = {"case": case.name, "version": version, "id": asked.question_id, "form": asked.form, "kind": asked.kind}
    told |= {"occasion": occasion(asked), "unit": asked.unit, "sure": "yes" * (asked.kind == "choice")}
    if asked.kind == "number":
        told |= dict(zip(("most", "step"), (f"{x:g}" for x in most(asked)), strict=True))
    return "".join(f' data-{name}="{escape(value)}"' for name, value in told.items() if value)


def _options(asked):
    """What there is to choose from, as lists; of a number its unit. Empty lines, for paper, stand below."""
    lines = '<p class="wc-ruled"></p>'
    if asked.kind == "number":
        return f'<p class="wc-options">A number, in {escape(asked.unit)}.</p>{lines}'
    if asked.kind == "two-grades":
        named = zip(("The source", "The information"), asked.grades, strict=True)
        return "".join(f"<p>{name}:</p>{_listed('wc-options wc-inline', grades)}" for name, grades in named) + lines
    return _listed("wc-options", asked.options) + lines


def _listed(kind: str, items: Iterable[str], tag: str = "ul") -> str:
    return f'<{tag} class="{kind}">{"".join(f"<li>{escape(item)}</li>" for item in items)}</{tag}>'


# What is revealed ------------------------------------------------------------------------------------------------


def revealed(asked: Question, case: Case) -> HTML:
    """The numbers and the reason: the answer, why, the crucial pieces, and where the numbers come from."""
    parts = [answer(asked), HTML(f'<p class="wc-why">{escape(asked.why)}</p>', asked.why)]
    if asked.crucial_pieces:
        parts += [HTML(f"<p>What your reason needs:</p>{_listed('wc-pieces', asked.crucial_pieces)}", "")]
    if shelf := [_document(name, case) for name in documents(asked)]:
        items = "".join(f"<li>{item}</li>" for item in shelf)
        parts += [HTML(f'<p>Where the numbers come from:</p><ul class="wc-shelf">{items}</ul>', "")]
    return join(*parts)


def answer(asked: Question) -> HTML:
    """The answer in words.

    >>> from analysis import bank
    >>> number = [q for q in bank.questions("putin-stone-2017") if q.kind == "number"][0]
    >>> answer(number)
    The number: 1.
    """
    if asked.kind == "order":
        return HTML(f"<p>The order:</p>{order(asked.answer.split('|'))}", asked.answer)
    if asked.kind == "two-grades":
        source, information = (_or(part.strip().split(",")) for part in asked.answer.split("/"))
        text = f"Grades that can be defended: {source} for the source, {information} for the information."
    elif asked.kind == "number":
        text = f"The number: {amount(asked.answer, asked.unit)}."
    else:
        text = f"{'On these numbers' if asked.judged else 'The answer'}: {asked.answer}."
    return HTML(f'<p class="wc-answer">{escape(text)}</p>', text)


def order(texts: Iterable[str]) -> str:
    """Things in an order, as a numbered list in HTML."""
    return _listed("wc-answer", texts, "ol")


def amount(number: str, unit: str) -> str:
    """A number with its unit; 1 stands alone, for a unit in words has no singular here.

    >>> amount("1268", "strikes"), amount("1", "strikes")
    ('1,268 strikes', '1')
    """
    return "1" if Decimal(number) == 1 else f"{Decimal(number):,} {unit}"


def brief(text: str, most: int = 60) -> str:
    """The first words of a text, by which a list or a reader's voice names the whole.

    most: of its letters. script/tools.js does the same.

    >>> brief("How many strikes  a day?", 12), brief("How many?")
    ('How many …', 'How many?')
    """
    plain = " ".join(text.split())
    return plain if len(plain) <= most else re.sub(r" [^ ]*$", "", plain[: most + 1]) + " …"


def _or(items: Sequence[str]) -> str:
    """Items in a sentence.

    >>> _or(["B", "C", "D"]), _or(["B"])
    ('B, C or D', 'B')
    """
    return " or ".join(filter(None, [", ".join(items[:-1]), items[-1]]))


def documents(asked: Question) -> tuple[str, ...]:
    """The ids of what a question rests on: its figures, or where it has none its document."""
    return asked.figure_ids or ((asked.source_id,) if asked.source_id else ())


def cited(name: str, case: Case) -> str:
    """What a student cites: publisher and date of the document of a figure, or of a document itself.

    >>> import analysis
    >>> cited("quote-fighters", analysis.load())
    'Sputnik, 15 June 2017'
    """
    return words.source_name(case[name].row["source"] if name in case else case.source(name))


def _document(name: str, case: Case) -> HTML:
    """One document of the shelf: the number, which leads to its note, who counted it, and where it stands.

    Of the article's own numbers it has the words as printed, and not who counted: that is what a class is asked.
    """
    ours = name in case and case[name].row["derivation"]
    line = f'<span class="wc-where">{escape(cards.hover(case[name]) if ours else cited(name, case))}</span>'
    if name not in case:
        title = case.source(name)["title"]
        title = "the page" if title == UNKNOWN else title
        shown = link(case.source(name)["url"], title) or escape(title)
        return HTML(f'<wc-cite data-id="{escape(name)}">{shown}. {line}</wc-cite>', title)
    figure = case[name]
    if figure.row["table"] == "figures":
        printed = f"“{figure.row['as_printed']}”"
        return HTML(f'<wc-cite data-id="{escape(name)}">{cards.number(figure, printed)}. {line}</wc-cite>', printed)
    counter = figure.row["counted_by"]
    who = "nobody says who counted" if counter == UNKNOWN else f"counted by {counter}"
    shown = cards.number(figure, str(figure))
    return HTML(f'<wc-cite data-id="{escape(name)}">{shown}, {escape(who)}. {line}</wc-cite>', str(figure))


# Tests, and the desk ---------------------------------------------------------------------------------------------


def quiz(asked: Iterable[Question], case: Case, version: str) -> HTML:
    """The forms of a test as `<wc-quiz>`: the script shows one; without it each stands folded, with who takes which.

    asked: the questions of the forms pre, post and later; others are left out.
    """
    asked, made = list(asked), []
    for n, form in enumerate(TESTS, 1):
        of_form = [q for q in asked if q.form == form]
        items = "".join(f"<li>{question(q, case, version)}</li>" for q in of_form)
        fold = f'<details class="wc-sheet"><summary>Sheet {n}</summary><ol class="wc-items">{items}</ol></details>'
        made += [f'<wc-form data-form="{form}">{fold}</wc-form>'] if of_form else []
    head = _who_takes_which() + "".join(made)
    return HTML(f'<wc-quiz data-case="{escape(case.name)}" data-version="{version}">{head}</wc-quiz>',
                f"A test in {len(made)} sheets")  # fmt: skip


def _who_takes_which() -> str:
    """Which sheet a student takes, by seat and occasion, as a table."""
    seats = {left: ", ".join(str(n) for n in itertools.islice(itertools.count(left or 3, 3), 3)) for left in TURNED}
    head = "".join(f'<th scope="col">{escape(when[0].upper() + when[1:])}</th>' for when in OCCASIONS.values())
    rows = "".join(
        f'<tr><th scope="row">{seats[left]} and so on</th>'
        + "".join(f"<td>Sheet {TESTS.index(form) + 1}</td>" for form in turned)
        + "</tr>"
        for left, turned in TURNED.items()
    )
    caption = "Which sheet is yours, by your seat number"
    return (
        f'<table class="wc-turned"><caption>{caption}</caption><thead><tr><th scope="col">Seat</th>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def names(case: Case) -> dict[str, str]:
    """The first words by which a student knows each question again: of its use, or of what it asks. By question_id.

    >>> import analysis
    >>> names(analysis.load("putin-stone-2017"))["practice-16"]
    '444 flights in seven …'
    """
    said = ((one.question_id, one.use or one.prompt.rpartition("cannot judge). ")[2]) for one in bank.questions(case))
    return {name: textwrap.shorten(text, 26, placeholder=" …") for name, text in said}


def desk(case: Case, version: str) -> HTML:
    """The place where a student writes the code, sees what will be handed in, saves it and opens it again."""
    text = "To save your answers as a file, run this notebook, or allow its page a script. Else write them on paper."
    told = f'<p class="wc-noscript">{text}</p>'
    of_case = f'data-case="{escape(case.name)}" data-version="{version}" data-names="{escape(json.dumps(names(case)))}"'
    return HTML(f"<wc-desk {of_case}>{told}</wc-desk>", "Your answers")
