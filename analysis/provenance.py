"""Where a number came from: its working laid out to the quotes, its way to the page, who repeats whom."""

from . import cards, words, working


class Explanation(str):
    """A laid-out working: text, and in a notebook the same as a card with its operands' cards."""

    html = ""

    def _repr_html_(self):
        return self.html

    def __repr__(self):
        return str(self)


def explain(figure):
    """A figure's working laid out down to the quotes.

    figure: a Figure. Returns text, one line a fact, operands indented below what is made of them.
    """
    said = Explanation("\n".join(_lines(figure, 0)))
    operands = [figure.case[i] for i in leaves(figure)] if figure.case else []
    said.html = cards.join(cards.card(figure), *(cards.card(o) for o in operands if o.working != figure.working))
    return said


def leaves(figure):
    """The figure_ids that a figure rests on, derived rows opened down to the rows that a source prints."""
    text = figure.row.get("derivation") or figure.working
    found = []
    for i in working.ids(text):
        row = figure.case[i].row
        found += leaves(figure.case[i]) if row["derivation"] else [i]
    return list(dict.fromkeys(found))


def chain(figure):
    """The hands a number went through, from the body that counted to this page: a list of (role, who) pairs."""
    row = figure.row
    steps = [
        ("counted", row["counted_by"]),
        ("said", row["said_by"]),
        (row["channel"], words.source_name(row["source"])),
    ]
    repeated = [("repeats", i) for i in row["repeats"].split(";") if i]
    return [*repeated, *steps]


def repeats(case):
    """Who says again whose number, as a frame: figure_id, repeats (one pair a row). Source: the column `repeats`."""
    rows = case.references[["figure_id", "repeats"]]
    pairs = rows.assign(repeats=rows["repeats"].str.split(";")).explode("repeats")
    return pairs[pairs["repeats"] != ""].reset_index(drop=True)


def _lines(figure, depth):
    indent = "    " * depth
    hedge = f"  [{', '.join(figure.hedges)}]" if figure.hedges else ""
    yield f"{indent}{figure.working} = {figure}{hedge}"
    yield from (f"{indent}    ! {note}" for note in figure.notes)
    row = figure.row
    if row and row.get("quote"):
        yield f"{indent}    “{row['quote']}”".replace("\xa0", " ")
    if row and not row["derivation"]:
        yield f"{indent}    {row['said_by']}; {row['channel']}; {words.source_name(row['source'])}"
        yield f"{indent}    counted by: {row['counted_by']} ({row['count_origin']}); grade {row['grade']}"
        return
    text = row["derivation"] if row else figure.working
    if row:
        yield f"{indent}    = {text}"
    for i in working.ids(text) if figure.case else ():
        yield from _lines(figure.case[i], depth + 1)
