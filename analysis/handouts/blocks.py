"""The fenced blocks of a lesson's text, filled from the case: rows, questions and their key, owners, lines, charts."""

import hashlib
import importlib.metadata
import string
from collections.abc import Callable, Iterator

from .. import bank, lessons, words
from ..case import Case
from ..schema import UNKNOWN
from .parts import Drawn, Figure, Heading, Items, Lines, Para, Scale, Strong, Table, Text

CONFIDENCE = (50, 60, 70, 80, 90, 100)  # percent: a coin's, to quite sure


def foot(case: Case) -> str:
    """Which case and version a handout is of, for its foot."""
    version = importlib.metadata.version("who-counted")
    said = f"Who Counted? {version}. Case {case.name}, version {case.meta['version']}"
    files = sorted(case.folder.glob("*.csv")) if case.folder else []
    digest = hashlib.sha256(b"".join(path.read_bytes().replace(b"\r\n", b"\n") for path in files)).hexdigest()
    asked = f"; questions {bank.version(case)}" if bank.questions(case) else ""
    return f"{said}, data {digest[:8]}{asked}."


# Rows ----------------------------------------------------------------------------------------------------------------

HEADS = {
    "row": "", "number": "Number", "day": "A day", "what": "What", "who": "Who counted", "where": "Where",
    "when": "When", "place": "Where, when", "source": "Printed by",
}  # fmt: skip


WIDTHS = {"row": 4, "number": 20, "day": 14, "what": 30, "who": 30, "where": 15, "when": 28, "place": 40, "source": 30}


def _rows(case, rest, body, read, lettered) -> Iterator[Table]:
    """A table of rows by id; the columns are named behind `rows`; the note behind an id says what is counted."""
    columns = rest.split()
    made = []
    for n, (ident, note) in enumerate(lessons.listed(body)):
        figure = case[ident]
        cells = {
            "row": [Text(string.ascii_lowercase[lettered + n])],
            "number": [Figure(_number(figure), ident)],
            "day": [Figure(_day(figure), f"{ident} day")] if _day(figure) else [Text("–")],
            "what": _inside(read, note) if note else [Text(figure.row["measure"])],
            "who": [Text(_who(figure.row["counted_by"]))],
            "where": [Text(words.stated(figure.row["place"], "place"))],
            "when": [Text(lessons.short(lessons.when(figure.row)))],
            "place": [Text(f"{words.stated(figure.row['place'], 'place')}, {lessons.short(lessons.when(figure.row))}")],
            "source": [Text(lessons.source(figure.row))],
        }
        made.append([cells[c] for c in columns])
    yield Table([[Text(HEADS[c])] if HEADS[c] else [] for c in columns], made, [WIDTHS[c] for c in columns])


def _inside(read, text):
    return [piece for block in read(text) for piece in block.inside]


def _who(name):
    return "nobody says" if name == UNKNOWN else name


def _number(figure):
    unknown = figure.low != figure.low and figure.high != figure.high
    return "no number found" if unknown else lessons.hedged(figure)


def _day(figure):
    try:
        return lessons.by_day(figure)
    except lessons.LessonError:
        return ""


# Questions -----------------------------------------------------------------------------------------------------------


def _chosen(case, rest):
    wanted = rest.split()
    every = bank.questions(case)
    return [q for name in wanted for q in [q for q in every if q.question_id == name] or bank.mixed(every, name)]


def _questions(case, rest, body, read, lettered) -> Iterator:
    """Questions to answer on paper, with the step of confidence to ring."""
    for n, question in enumerate(_chosen(case, rest), 1):
        use = [Text(" Use: "), Strong([Text(question.use)])] if question.use else []
        yield Para([Strong([Text(f"{n}. ")]), Text(question.prompt), *use])
        if question.kind == "choice":
            yield Items([[Text(words.capital(option))] for option in question.options], boxes=True)
        else:
            yield from _to_write(question)
        yield Para([Text(f"How sure? {' · '.join(map(str, CONFIDENCE))}    Why: "), _fill()])


def _to_write(question):
    if question.kind == "number":
        yield Para([Text("Answer: "), _fill(), Text(f" {question.unit}")])
    elif question.kind == "order":
        yield Items([[Text(f"{option}")] for option in question.options], boxes=True)
        yield Para([Text("Number the boxes in order.")])
    else:
        source, information = question.grades
        yield Para([Text(f"Source: {' · '.join(source)}    Information: {' · '.join(information)}")])


def _fill():
    from .parts import FILL, Blank

    return Blank(FILL)


def _key(case, rest, body, read, lettered) -> Iterator[Table]:
    """The key to questions: the answer and the reason, a row a question."""
    rows = []
    for form in rest.split():
        for n, q in enumerate(_chosen(case, form), 1):
            answer = q.answer.removesuffix(" for this use") if q.judged else q.answer
            rows.append([[Text(f"{form} {n}: {q.question_id}" if q.form == form else q.question_id)],
                         [Text(words.capital(answer.replace("|", ", then ")))], [Text(q.why)]])  # fmt: skip
    yield Table([[Text("Form, number: id")], [Text("Answer")], [Text("Why")]], rows, (18, 17, 65))


# Owners, lists, lines ------------------------------------------------------------------------------------------------


def _owners(case, rest, body, read, lettered) -> Iterator:
    """Who owns or pays whoever printed or counted a number of the lessons: one form for all."""
    used = _named(case, "\n".join(lessons.texts(case).values()))
    rows = case.bodies[case.bodies["name"].isin(used)].sort_values("name", key=lambda names: names.str.casefold())
    known = rows[rows["owner"] != UNKNOWN]
    cells = [[[Text(r.name_)], [Text(r.owner)], [Text(r.owner_period or "undated")]]
             for r in known.rename(columns={"name": "name_"}).itertuples()]  # fmt: skip
    yield Table([[Text("Outlet or body")], [Text("Owner or payer")], [Text("Years")]], cells, (25, 60, 15))
    silent = rows.loc[rows["owner"] == UNKNOWN, "name"]
    if len(silent):
        yield Para([Text(f"Owner not found: {', '.join(silent)}.")])


def _named(case, text):
    """Who printed the article and the figures that a text names, and who counted them."""
    found = {case.source(case.meta["article"]["source_id"])["publisher"]}
    named = [found.partition(" ")[0] for found in lessons.REFERENCE.findall(text)]
    named += [ident for fence in lessons.FENCE.finditer(text) for ident, _ in lessons.listed(fence["body"])]
    for ident in named:
        if ident in case:
            found |= {case[ident].row["source"]["publisher"], case[ident].row["counted_by"]}
    return found


def _lines(case, rest, body, read, lettered) -> Iterator[Lines]:
    yield Lines(int(rest or 1))


def _scale(case, rest, body, read, lettered) -> Iterator[Scale]:
    """`scale 0 120000 20000`: a line from the first to the second number, a mark at each step."""
    low, high, step = map(int, rest.split())
    yield Scale([words.number(n) for n in range(low, high + 1, step)])


def _codes(case, rest, body, read, lettered) -> Iterator[Table]:
    """`codes 33`: a list of that many seats to fill in, in two halves beside one another."""
    many = int(rest)
    half = (many + 1) // 2
    order = ("first: pre", "first: post", "first: later")
    cell = lambda n: [[Text(str(n))], [Text(order[n % 3])], []] if n <= many else [[], [], []]  # noqa: E731
    rows = [[*cell(n), *cell(n + half)] for n in range(1, half + 1)]
    yield Table(
        [[Text(head)] for head in ("Seat", "Form", "Name (teacher only)") * 2], rows, (7, 14, 29) * 2, False, True
    )


def _include(case, rest, body, read, lettered) -> Iterator:
    """The blocks of another text of the case, its title left out."""
    made = read(lessons.texts(case)[rest])
    yield from made[1:] if isinstance(made[0], Heading) and made[0].level == 1 else made


def _chart(case, rest, body, read, lettered) -> Iterator[Drawn]:
    from .drawn import chart  # brings matplotlib

    yield Drawn(chart(case, rest.split(), body))


MADE: dict[str, Callable[..., Iterator]] = {
    "rows": _rows, "questions": _questions, "key": _key, "owners": _owners, "lines": _lines, "scale": _scale,
    "codes": _codes, "include": _include, "chart": _chart,
}  # fmt: skip
