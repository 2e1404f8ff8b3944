"""Which rows a page draws, and by which rule: data/SHOWN.md says both, and is written from here."""

import itertools
import re
from pathlib import Path
from unittest import mock

import nbformat
import pandas as pd
import pytest

import analysis
from analysis import cards, charts, explore, frames, provenance, scope
from analysis.front import Front, beside

HERE = Path(__file__).resolve().parent.parent
SHOWN = HERE / "data" / "SHOWN.md"
CHARTS = ("strip", "sides", "ranges", "timeline", "countries", "tiles", "hedges", "voices")
RULES = {}


def rule(page, cell, drawn, words):
    """The decorator of a rule: which rows one cell of a page draws, as a function of the case that gives their ids."""

    def kept(ids):
        RULES[page, cell] = (drawn, words, lambda case: set(ids(case)))
        return ids

    return kept


@rule("00-start-here", "cell-08", "what others counted beside each of the seven numbers",
      "each row that none of the rules in the table at the page's foot leaves out")  # fmt: skip
def _(case):
    found = [beside.candidates(case, number[0]).query("left_out == ''") for number in beside.groups(case)]
    return itertools.chain.from_iterable(rows["figure_id"] for rows in found)


PLACES = ["Islamic State areas of Syria", "Syria", "Iraq and Syria"]


def killed(case):
    """(the longest counts of civilians killed, those of single months): of both campaigns, each body and way of counting."""
    rows = frames.on_topic(case, "harm").query("unit == 'civilians' and place in @PLACES")
    rows = rows.query("subject in ['US-led coalition', 'Russian Aerospace Forces']")
    days = (rows["end"] - rows["start"]).dt.days + 1
    kinds = ["counted_by", "measure", "subject"]
    own = rows["measure"].str.contains("by its own side")
    rows = rows.assign(days=days, counted_by=rows["counted_by"].where(~own, "its own side"))
    rows = rows.sort_values(["days", "place"], na_position="last")
    months = rows["days"] < 36
    known = rows[["low", "high"]].notna().any(axis=1)
    longest = rows[~months].assign(known=known).sort_values("known", kind="stable").drop_duplicates(kinds, keep="last")
    return {*longest["figure_id"]}, {*rows[months].drop_duplicates([*kinds, "period_end"])["figure_id"]}


@rule("01-read-the-numbers", "cell-15", "civilians killed, for each campaign", "the longest counts of page 02")
def _(case):
    return killed(case)[0]


@rule("02-strike-rates", "cell-04", "rates of Russian strikes, and of both campaigns' flights",
      "every rate of Russian strikes, and of the coalition's flights; of Russian flights as on the first page")  # fmt: skip
def _(case):
    strikes, flights = (beside.candidates(case, name) for name in ("quote-russia-strikes", "related-sorties"))
    coalition = flights["subject"].str.contains("coalition") & flights["low"].notna()
    strikes = strikes[strikes["left_out"].isin(["", "short", "later"])]  # all but other counts, repeats and parts
    rows = [strikes, flights[(flights["left_out"] == "") | coalition]]
    return itertools.chain.from_iterable(found["figure_id"] for found in rows)


@rule("02-strike-rates", "cell-06", "rates of the coalition's strikes", "as on the first page")
def _(case):
    return beside.shown(case, "quote-coalition-strikes")["figure_id"]


@rule("02-strike-rates", "cell-12", "civilians killed, for each campaign",
      "of each body and way of counting the longest count that gives a number; and of every month that is counted one, for the wider place")  # fmt: skip
def _(case):
    return set.union(*killed(case))


@rule("02-strike-rates", "cell-15", "people killed by single strikes",
      "every row of a single strike; of parts that are added, the sum")  # fmt: skip
def _(case):
    rows = frames.on_topic(case, "harm")
    parts = set(" ".join(rows["derivation"]).split())
    return {*rows.loc[rows["basis"] == "single case", "figure_id"]} - parts


@rule(
    "02-strike-rates",
    "cell-17",
    "the dead by kind",
    "every count that one body made of three kinds or more over the same days",
)
def _(case):
    rows = frames.on_topic(case, "harm", "aim").query("unit in ['civilians', 'people', 'fighters']")
    rows = rows.query("subject in ['US-led coalition', 'Russian Aerospace Forces'] and place == 'Syria'")
    kinds = rows[~rows["measure"].str.contains("likely|fairly|own side") & rows["low"].notna()]
    alike = kinds.groupby(["counted_by", "subject", "period_start", "period_end"])["measure"]
    return kinds.loc[alike.transform("nunique") > 2, "figure_id"]


@rule("02-strike-rates", "cell-19", "a month's dead by whom they are laid to",
      "every month of the body that lays it to more than the two campaigns")  # fmt: skip
def _(case):
    rows = frames.on_topic(case, "harm").query("unit == 'civilians' and place == 'Syria'")
    rows = rows[(rows["end"] - rows["start"]).dt.days < 36]
    rows = rows.drop_duplicates(["counted_by", "measure", "subject", "period_start", "period_end"])
    laid = rows.groupby(["counted_by", "measure", "period_start", "period_end"])["subject"]
    return rows.loc[laid.transform("nunique") > 2, "figure_id"]


@rule(
    "02-strike-rates",
    "cell-21",
    "the comparisons",
    "every row of scopes.csv, which argues for and against itself; none is left out",
)
def _(case):
    return {*case.scopes["a"], *case.scopes["b"]} - {""}


@rule(
    "03-fighters",
    "cell-04",
    "members at one time, Iraq and Syria together",
    "as on the first page, in both countries together",
)
def _(case):
    return beside.candidates(case, "quote-fighters").query("left_out == '' and place == 'Iraq and Syria'")["figure_id"]


@rule("03-fighters", "cell-07", "members at one time, by place and year",
      "every total that gives a number and says no other row's again, later ones too")  # fmt: skip
def _(case):
    left = beside.candidates(case, "quote-fighters").query("left_out not in ['no number', 'others', 'again']")
    return left.query("place in ['Iraq and Syria', 'Iraq', 'Syria']")["figure_id"]


@rule(
    "03-fighters",
    "cell-10",
    "foreigners, there at one time or ever",
    "as on the first page, in both countries together",
)
def _(case):
    rows = beside.candidates(case, "quote-mercenaries").query("left_out == '' and place == 'Iraq and Syria'")
    return rows["figure_id"]


@rule(
    "03-fighters",
    "cell-15",
    "foreigners as a share",
    "every number of foreigners whose speaker gives a total for the same place and day",
)
def _(case):
    rows = analysis.fighter_counts(case, references=True).query("not figure_id.str.startswith('lede-')")
    return analysis.pairs(rows, part="foreign fighters", whole="fighters").query("working != ''")["figure_id"]


@rule(
    "03-fighters",
    "cell-18",
    "the article beside one earlier report",
    "every number of that report, TASS of 10 November 2015, that stands in the article",
)
def _(case):
    said = case.figures["measure"]
    rows = case.references.query("source_id == 'tass-2015-11-10' and place not in ['Iraq', 'Syria']")
    return rows[rows["measure"].isin(said)]["figure_id"]


@rule("04-origin-countries", "cell-02", "fighters by country", "the latest list that is held whole: icsr-2015")
def _(case):
    return case.by_country.query("series == 'icsr-2015' and coverage == 'whole'")["figure_id"]


@rule(
    "04-origin-countries",
    "cell-05",
    "numbers of countries",
    "every one, but for that of countries with data, which is another thing",
)
def _(case):
    rows = frames.on_topic(case, "countries").query("basis in ['cumulative', 'present at the time']")
    return set(rows["figure_id"]) - {"icsr-countries-with-data-2014-12"}


@rule(
    "04-origin-countries",
    "cell-08",
    "one list beside a later one",
    "the countries that the later list, soufan-2017, has as far as it was read",
)
def _(case):
    rows = case.by_country
    later = rows.query("series == 'soufan-2017'")["iso3"]
    return rows[rows["series"].isin(["icsr-2015", "soufan-2017"]) & rows["iso3"].isin(later)]["figure_id"]


@rule(
    "04-origin-countries",
    "cell-11",
    "fighters from Russia",
    "every number that is said again, with those that say it, once an outlet",
)
def _(case):
    single = case.references.query("measure == 'fighters from Russia'")["figure_id"]
    rows = frames.frame(case, [*single, *case.by_country.query("iso3 == 'RUS'")["figure_id"]])
    rows = provenance.mark_repeats(case, rows).drop_duplicates(["first", "publisher"])
    return rows[rows["first"].duplicated(keep=False)]["figure_id"]


@rule(
    "05-how-a-number-travels",
    "cell-18",
    "whose count it is",
    "every printed number of the article's kinds, but for those of a single day's flights",
)
def _(case):
    rows = frames.on_topic(case, *case.vocabulary.topics).query("derivation == '' and role != 'article'")
    day = (rows["basis"] == "total over the period") & (rows["start"] == rows["end"])
    return rows[~day & rows["measure"].isin(case.figures["measure"])]["figure_id"]


def test_each_drawing_of_a_page_has_a_rule_that_gives_its_rows(case):
    asked = set(RULES)
    for page in sorted({page for page, _ in RULES}):
        for cell, ids in drawn(page).items():
            asked.discard((page, cell))
            ids -= set(case.figures["figure_id"])
            if ids:
                assert (page, cell) in RULES, f"{page}, {cell} draws rows by no rule: write one in tests/test_shown.py"
                assert ids == RULES[page, cell][2](case) - set(case.figures["figure_id"]), (page, cell)
    assert not asked, f"rules for what no cell draws: {asked}"


def test_every_number_that_a_page_draws_was_read_again_or_looked_for(case):
    rows = pd.concat([case.references, case.by_country]).set_index("figure_id")
    todo = set().union(*(ids(case) for _, _, ids in RULES.values())) & set(rows.index)
    while todo:
        figure_id = todo.pop()
        row = rows.loc[figure_id]
        todo |= set(re.findall(r"[a-z][\w-]+", row["derivation"])) & set(rows.index)
        assert row["read_again"] or row["derivation"], (
            f"{figure_id} is drawn: read it again, write the day in read_again"
        )
    assert (case.figures["read_again"] != "").all()


def test_the_page_of_rules_is_as_they_are(case):
    assert SHOWN.read_text(encoding="utf-8") == written(case), "write it with: python tests/test_shown.py"


@pytest.fixture(scope="module")
def case():
    return analysis.load()


OWN = {"analysts", "fold: Try your own"}  # cells for whoever tries something: what they draw needs no rule


def drawn(page):
    """The figure_ids that each cell of a page hands to a chart or a table of figures, in every state of its menus."""
    found, room, now = {}, {}, []

    def keep(rows, *_, **__):
        one = (
            [r["figure_id"] for r in rows if "figure_id" in r] if isinstance(rows, list) else rows.get("figure_id", [])
        )
        ids = {*one, *itertools.chain.from_iterable(r.get("figure_ids", ()) for r in rows if isinstance(r, dict))}
        found.setdefault(now[-1], set()).update(ids)
        return cards.HTML("", "")

    def control(f, /, **menus):
        menus = {name: getattr(menu, "options", menu) for name, menu in menus.items()}
        menus = {name: [*o.values()] if isinstance(o, dict) else o for name, o in menus.items()}
        for state in itertools.product(*menus.values()):
            f(**dict(zip(menus, (s[1] if isinstance(s, tuple) else s for s in state), strict=True)))

    def dial(case, **state):
        rows = scope.pairings(case)
        found.setdefault(now[-1], set()).update({*rows["a"], *rows["b"]} - {""})

    def blocks(front):
        found.setdefault(now[-1], set()).update(*(number.beside["figure_id"] for number in front.numbers))

    kept = [mock.patch.object(charts, name, keep) for name in CHARTS]
    kept += [mock.patch.object(cards, "table", keep), mock.patch.object(explore, "control", control)]
    kept += [mock.patch.object(analysis, "evidence_table", keep, create=True)]
    kept += [mock.patch.object(scope, "dial", dial), mock.patch.object(Front, "blocks", blocks)]
    kept += [mock.patch.object(Front, "poster", return_value=None)]  # the article's own numbers
    for patch in kept:
        patch.start()
    try:
        for cell in nbformat.read(HERE / "notebooks" / f"{page}.ipynb", as_version=4).cells:
            if cell.cell_type == "code" and not OWN & {*cell.metadata.get("tags", ())}:
                now.append(cell.id)
                exec(compile(cell.source, page, "exec"), room)  # noqa: S102 - the page's own code
    finally:
        mock.patch.stopall()
    return found


def written(case):
    """data/SHOWN.md: the rules, numbered, and for each row of references.csv that is drawn the numbers of its rules."""
    lines = ["# Which rows the pages draw, and by which rule", "",
             "Written by `python tests/test_shown.py`; a test runs each rule and each page, and compares. No column has it: what a",
             "page draws follows from the other columns, and a row that meets a rule is drawn, whoever counted. The article's own",
             "figures stand on every page. A row that a sentence names for its own sake is linked there, and needs no rule.", "",
             "| rule | page | what is drawn | which rows | how many |", "|--:|---|---|---|--:|"]  # fmt: skip
    by_row = {}
    for n, ((page, _), (what, words, ids)) in enumerate(RULES.items(), 1):
        rows = ids(case) - set(case.figures["figure_id"])
        lines.append(f"| {n} | {page} | {what} | {words} | {len(rows)} |")
        for row in rows:
            by_row.setdefault(row, []).append(str(n))
    lines += ["", "The rows of `references.csv` that are drawn:", "", "| row | rules |", "|---|---|"]
    lines += [f"| `{i}` | {', '.join(by_row[i])} |" for i in case.references["figure_id"] if i in by_row]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    SHOWN.write_text(written(analysis.load()), encoding="utf-8")
