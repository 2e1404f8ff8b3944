"""What every notebook keeps to: its shape, and that no number stands on it without its evidence."""

import html
import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import nbformat
import pandas as pd
import pytest

import analysis
from analysis import cards, glossary, save, words, working
from analysis.save import LINK, target_of
from analysis.schema import FIGURE_TABLES, TABLES

HERE = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((HERE / "notebooks").glob("*.ipynb"))
PATHS = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)

# Numbers that come from no row, each with its reason.
FREE = {
    "six questions": "the method's own, the same on every page",
    "twelve figures": "how many rows figures.csv has; a test counts them",
    # tests/findings/page_00.py counts these
    "seven numbers": "the numbers of the article, each with all its printings",
    "for six": "the numbers of which nobody says who counted",
    "printed six numbers, five of them twice": "the numbers that one speaker said, and how many have two printings",
    "for all but “thousands”, others": "the number that has no upper end",
    "two from russia’s security service": "the numbers of one report that one body counted",
    # tests/test_findings_02.py counts these
    "two of the three months": "those in which a monitor lays more to one side, of those that are held",
    # tests/findings/page_05.py counts these
    "more than half of the numbers": "the share of a body that counted most of a kind of number",
    "as many as a quarter": "the same",
    "six passages": "the stretches of text in which the figures stand",
}
FRONT = "00-start-here"  # opens with what was found
NUMBER_WORDS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fifteen twenty thirty forty fifty sixty seventy "
    "eighty ninety hundred thousand million billion dozen half twice thrice double triple quarter"
).split()
# What package code counts, and says that it counts: days between dates, rows of a table; and a frame's row numbers.
COUNTS = r'<span class="wc-count">[^<]*</span>|<th>\d+</th>|<td>[\d,]+ days?</td>'
# What a chart counts of itself, in its alt text and its table's caption.
COUNTED = (
    r"of the bodies that counted, .*? own\.|\d+ of \d+ (?:are )?(?:hedged|worked out here)|of this chart: \d+"
    r"|Version \d+, coded|The \d+ highest of \d+ countries|chain of \d+ steps"
    r"|\b\d+ (?:numbers?|wordings?|ways|bodies|body|hands?|panels?|more|pairings?|printings?|counts?|days?)\b"
)
ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)+")
NUMBER = re.compile(r"(?<![\w#])\d+(?:,\d{3})*(?:\.\d+)?")


@cache
def case():
    return analysis.load()


@cache
def saved(path):
    return nbformat.read(path, as_version=4)


@cache
def notebook(path):
    """A notebook without the notes that its saving adds, which are for the notebook alone."""
    made = nbformat.read(path, as_version=4)
    made.cells = [cell for cell in made.cells if save.NOTES not in cell.metadata.get("tags", [])]
    return made


@cache
def dates():
    """Every date of the case in words, longest first: these may stand in prose."""
    found = set()
    for table in TABLES:
        frame = getattr(case(), table)
        for c in frame.columns.intersection(["published", "accessed", "period_start", "period_end"]):
            found |= set(frame[c])
    found |= set(re.findall(r"\d{4}(?:-\d{2}(?:-\d{2})?)?", (case().folder / "case.toml").read_text(encoding="utf-8")))
    found |= {d[:7] for d in found} | {d[:4] for d in found}
    said = {words.date(d) for d in found if re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", d)}
    said |= {f"{int(d[5:7])}/{d[:4]}" for d in found if re.match(r"\d{4}-\d\d", d)}  # as Period.short has it
    said |= {" ".join(d.split()[:-1]) for d in said if len(d.split()) == 3}  # 13 June, where the year stands beside it
    return sorted(said, key=len, reverse=True)


def without_dates(text):
    return re.sub(r"(?<!\w)(?:" + "|".join(map(re.escape, dates())) + r")(?!\w)", " ", text)


def labels(figure):
    """The ways in which a figure may be written in prose."""
    printed = {figure.row["as_printed"]} if figure.row else set()
    return {words.span(figure.low, figure.high, figure.hedges), str(figure)} | printed


@PATHS
def test_it_opens_with_a_question_and_closes_with_what_it_cannot_tell(path):
    prose = [c.source for c in notebook(path).cells if c.cell_type == "markdown"]
    heads = re.findall(r"^(#+) (.+)$", "\n".join(prose), flags=re.M)
    assert heads[0][0] == "#"
    assert heads[0][1].endswith("?") or path.stem == FRONT
    assert [h for h in heads if h[0] == "#"] == heads[:1]
    assert heads[-1] == ("##", "What this cannot tell us")


@PATHS
def test_its_cells_are_small_and_each_has_its_reason_before_it(path):
    cells = notebook(path).cells
    for before, cell in zip([None, *cells], cells, strict=False):
        if cell.cell_type == "code":
            assert len(cell.source.splitlines()) <= 8, cell.source
            assert not re.search(r"^\s*(def|class) |[\"'](\.\./|/|C:)", cell.source, flags=re.M), cell.source
            assert before is not None
            assert before.cell_type == "markdown", f"no reason before: {cell.source}"


@PATHS
def test_it_is_saved_with_its_outputs_and_names_its_case(path):
    assert notebook(path).metadata["whocounted"]["case"] in analysis.cases()
    for cell in notebook(path).cells:
        if cell.cell_type == "code":
            assert cell.execution_count
            assert not any(o.output_type == "error" or o.get("name") == "stderr" for o in cell.outputs), cell.source


@PATHS
def test_every_number_in_its_prose_is_a_figure_or_a_working(path):
    for cell in notebook(path).cells:
        if cell.cell_type != "markdown":
            continue
        for link in LINK.finditer(cell.source):
            label, target, title = link["label"], target_of(link), link["title"] or ""
            word = glossary.words().get(target)
            figure = None if word else case().evaluate(target)
            assert word or label in labels(figure), f"[{label}](#{target}) should be one of {labels(figure)}"
            told = re.sub(r"\\(.)", r"\1", title)
            assert not title or told == (word.meaning if word else cards.hover(figure)), (
                f"[{label}](#{target}): save it with python -m analysis run"
            )
        rest = re.sub(r"\]\([^)]*\)|`[^`]*`", " ", LINK.sub(" ", cell.source))
        for phrase in FREE:
            rest = re.sub(phrase, " ", rest, flags=re.I)
        rest = without_dates(rest)
        found = NUMBER.findall(rest) + re.findall(r"(?i)\b(?:" + "|".join(NUMBER_WORDS) + r")s?\b", rest)
        assert found == [], f"naked: {found} in {cell.source}"


@PATHS
def test_each_of_its_links_to_a_number_leads_to_a_note_that_its_last_cell_holds(path):
    assert saved(path).cells[-1].metadata.get("tags") == [save.NOTES]
    heads = re.findall(r'^##### <a id="([^"]+)"></a>(.+)$', saved(path).cells[-1].source, flags=re.M)
    of_outputs = {re.sub(r"\\(.)", r"\1", head) for _, head in heads}
    assert of_outputs == {working.anchor(target) for target in save.linked(notebook(path))}
    places = of_outputs | {place for place, _ in heads if place.endswith(f"@{path.stem}")}
    assert len(places) == 2 * len(heads)
    for cell in notebook(path).cells:
        texts = [cell.source, *(str(output.get("data", {}).get("text/html", "")) for output in cell.get("outputs", []))]
        for found in re.findall(r'\]\(<?#([^>\s]+)[> ]|href="#([^"]+)"', "\n".join(texts)):
            assert html.unescape("".join(found)) in places  # letter by letter: JupyterLab reads no percents


@PATHS
def test_its_notes_are_those_that_its_case_gives_now(path):
    made = nbformat.v4.new_notebook(cells=notebook(path).cells)
    save.noted(made, case(), path.stem)
    assert made.cells[-1].source == saved(path).cells[-1].source, "save it with python -m analysis run"


@PATHS
def test_no_figure_is_typed_in_its_code(path):
    values = {f"{x:.0f}" for t in FIGURE_TABLES for c in ("low", "high") for x in getattr(case(), t)[c].dropna()}
    for cell in notebook(path).cells:
        if cell.cell_type == "code":
            bare = re.sub(r"case\[[^\]]*\]|evaluate\([^)]*\)|\"[a-z][a-z0-9-]*\"", "", cell.source)
            for token in re.findall(r"(?<![\w.-])\d[\d_]*(?![\w-])", bare):
                assert int(token) <= 12 or token not in values, f"{token} typed in: {cell.source}"


@cache
def texts_of_the_case():
    """Every text of the case that holds a number, longest first; such a text may be shown as it stands."""
    toml = re.findall(r'"([^"]*\d[^"]*)"', (case().folder / "case.toml").read_text(encoding="utf-8"))
    found = {text for text in toml if re.search(r"[^\W\d_]", text)}
    rows = pd.concat([getattr(case(), table) for table in FIGURE_TABLES])
    periods = {words.period(*ends) for ends in zip(rows["period_start"], rows["period_end"], strict=True)}
    found |= {text for text in periods if " to " in text}
    for table in TABLES:
        frame = getattr(case(), table)
        for c in frame.columns:
            if str(frame[c].dtype) in ("str", "object"):
                found |= {
                    text for text in frame[c].unique() if NUMBER.search(_plain(text)) and re.search(r"[^\W\d_]", text)
                }
    return sorted((_plain(text) for text in found), key=len, reverse=True)


@cache
def numbers_of(figure_id):
    """The numbers that a row of the case stands for, in words, in its own print, and in its texts."""
    figure = case()[figure_id]
    texts = [words.span(figure.low, figure.high), *(str(v) for v in figure.row.values() if isinstance(v, str))]
    return frozenset(t for text in texts for t in NUMBER.findall(_plain(text)))


def _plain(text):
    return re.sub(r"[\u00a0\u202f]", " ", text)


def shown(output):
    """(text a reader sees, ids and workings it links to) of one output; images speak through their alt text."""
    data = output.get("data", {})
    if "text/html" in data:
        markup = re.sub(r"<(wc-ask|wc-quiz)\b.*?</\1>", " ", data["text/html"], flags=re.S)  # judged in quizzed
        alts = " ".join(html.unescape(a) for a in re.findall(r'\balt="([^"]*)"', markup))
        targets = [working.of_anchor(html.unescape(t)) for t in re.findall(r'href="#([^"]+)"', markup)]
        targets += [html.unescape(t) for t in re.findall(r"<code>([^<]+)</code>", markup)]
        text = re.sub(r"<code>.*?</code>|<style.*?</style>", " ", markup, flags=re.S)
        text = re.sub(COUNTS, " ", text)
        alts, text = re.sub(COUNTED, " ", alts), re.sub(COUNTED, " ", text)
        return html.unescape(re.sub(r"<[^>]+>", " ", text)) + " " + alts, targets
    return data.get("text/plain", output.get("text", "")), []


@PATHS
def test_every_number_in_its_outputs_comes_from_rows_that_the_output_names(path):
    for cell in notebook(path).cells:
        for output in (
            [] if "case.add(" in cell.source else cell.get("outputs", [])
        ):  # there the number is the reader's own
            text, targets = shown(output)
            named = [i for i in ID.findall(" ".join([text, *targets, cell.source])) if i in case()]
            named += [
                i for name in named for i in ID.findall(case()[name].row["caveat"]) if i in case()
            ]  # a card says them
            of_article = any(
                name in cell.source for name in ("case.figures", "menus.numbers(case)", "onscreen.bare(case)")
            )  # all of them
            named += list(case().figures["figure_id"]) if of_article else []
            allowed = {t for i in named for t in numbers_of(i)} | by_hand(cell.source)
            if "aside" in cell.source:  # the digits of the page that are no figures, shown as such
                allowed |= {t for token in case().set_aside["token"] for t in NUMBER.findall(token)}
            allowed |= {t for target in targets for t in worked_out(target)}
            left = _plain(text)
            for known in texts_of_the_case():
                left = re.sub(rf"(?<!\w){re.escape(known)}(?!\w)", " ", left) if known in left else left
            naked = {t for t in NUMBER.findall(without_dates(left)) if t not in allowed}
            naked -= {t for t in naked if f"{float(t.replace(',', '')):,.0f}" in allowed}  # 70.0 in a frame
            assert not naked, f"naked in the output of {cell.source!r}: {naked}"


def by_hand(source):
    """What a cell may show that divides the ends of figures itself, before the helper does."""
    figures = [case()[i] for i in ID.findall(source) if i in case()] if ".low" in source else []
    ends = {end for f in figures for end in (f.low, f.high)}
    return {f"{a / b:,.4g}" for a in ends for b in ends if b > 0}


@cache
def worked_out(target):
    """The numbers that a working gives, and those that stand in it."""
    try:
        figure = case().evaluate(target)
    except (ValueError, KeyError):
        return frozenset()
    return frozenset(NUMBER.findall(f"{figure} {words.span(figure.low, figure.high)} {target}"))


def test_the_twelve_figures_are_twelve():
    assert len(case().figures) == 12


def test_the_picture_of_four_hedges_shows_four():
    told = analysis.provenance.relayed(case(), "quote-fighters", "lede-fighters")
    same = {"up to": "at most", "estimated": "about"}  # one band each in the picture
    hedges = {same.get(h, h) for row in told["hedge"] for h in row.split(";")[-1:] if h}
    assert hedges == {"about", "exactly", "at most", "at least"}


def test_there_are_notebooks():
    assert NOTEBOOKS


def test_an_installed_package_takes_no_strangers_folder_for_its_own(tmp_path):
    shutil.copytree(HERE / "analysis", tmp_path / "analysis", ignore=shutil.ignore_patterns("__pycache__"))
    for name, file in (("notebooks", "own.ipynb"), ("data", "own/case.toml")):
        for folder in (tmp_path / "analysis" / f"_{name}", tmp_path / name):
            path = folder / (file if folder.name[0] == "_" else file.replace("own", "stray"))
            path.parent.mkdir(parents=True)
            path.touch()
    code = "import analysis; from analysis.pages import shipped_notebooks as found; print(*found(), *analysis.cases())"
    env = os.environ | {"PYTHONPATH": str(tmp_path)}
    said = subprocess.run(
        [sys.executable, "-P", "-c", code], env=env, capture_output=True, text=True, check=True
    ).stdout
    assert said.split() == [str(tmp_path / "analysis" / "_notebooks" / "own.ipynb"), "own"]


# nbval fails when something charted, quoted or hedged changes -----------------------------------------------------------

CHANGES = {
    "a charted value": ("figures.csv", ",70-120,437,443,70,120,", ",70-120,437,443,70,121,"),
    "a quote": (
        "references.csv",
        "Some 470 civilians, including 137 children, died",
        "Some 470 civilians, including 137 children, were killed",
    ),
    "a hedge": ("references.csv", ",2832,,more than,", ",2832,,at least,"),
}


@pytest.mark.parametrize("change", [None, *CHANGES])
def test_nbval_passes_as_it_is_and_fails_when_the_data_change(change, tmp_path):
    for name in ("analysis", "data", "notebooks"):
        shutil.copytree(HERE / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("conftest.py", "pyproject.toml"):
        shutil.copy(HERE / name, tmp_path / name)
    if change:
        table, old, new = CHANGES[change]
        path = tmp_path / "data" / "putin-stone-2017" / table
        text = path.read_bytes().decode()
        assert old in text
        path.write_bytes(text.replace(old, new).encode())
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--nbval",
        "-q",
        "-p",
        "no:cacheprovider",
        "notebooks/02-strike-rates.ipynb",
    ]
    env = os.environ | {"PYTHONPATH": str(tmp_path)}
    said = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert said.returncode == (1 if change else 0), said.stdout[-2000:]
    assert (" failed" in said.stdout) == bool(change)


@PATHS
def test_a_number_that_was_found_only_in_a_copy_is_said_to_be_so(path):
    case = analysis.load()
    prose = [c.source for c in nbformat.read(path, as_version=4).cells
             if c.cell_type == "markdown" and not c.source.startswith("## Notes")]  # fmt: skip
    for text in "\n\n".join(prose).split("\n\n"):
        for name in re.findall(r"\]\(#([a-z0-9-]+)[@ )]", text):
            if name in case and case[name].row["source"]["kind"] == "repost":
                assert "copy" in text, f"{name} is known from {case[name].row['source']['publisher']}: say so"
