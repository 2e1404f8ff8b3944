"""The folder of handouts: each as HTML, as PDF on two papers where that is wanted, and an index by lesson."""

import argparse
import importlib.util
import sys
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from .. import case as cases
from .. import lessons
from ..tables import write_text
from . import html, typst
from .parts import Handout
from .reading import handout

KINDS = {
    "teacher": "Teacher's sheet",
    "pupil": "Pupil's sheet",
    "screen": "Projector",
    "cards": "Cards",
    "test": "Test",
    "sheet": "Sheet",
}
MEMORY = ".handouts"  # in the folder: the names of the files that were written into it
PAGES = "class-page.html"  # it lies beside the folder where the pages do
OUT = Path("build") / "report" / "handouts"


def build(names: Sequence[str | Path] = (), out: Path = OUT, pdf: bool = False) -> list[Path]:
    """Write the handouts of cases into a folder, a folder a case, and their index. Returns the files written.

    names: of cases or their folders; none is every case that has lessons. pdf: as PDF too, on A4 and Letter, which
    needs the typesetter. Raises LessonError for a text that `check` would refuse, FileNotFoundError for a case without
    lessons.
    """
    every = sorted(
        cases.cases(), key=lambda name: name != cases.DEFAULT
    )  # the case that the pages are about comes first
    chosen = [cases.load(name) for name in names or every]
    if lacking := [case.name for case in chosen if names and not lessons.texts(case)]:
        raise FileNotFoundError(f"{', '.join(lacking)}: no texts of lessons in its folder {lessons.FOLDER}/")
    made = {case.name: [handout(case, name) for name in _own(case)] for case in chosen}
    written = [path for every in made.values() for one in every for path in _write(one, Path(out) / one.case, pdf)]
    _sweep(Path(out), written)
    index = Path(out) / "index.html"
    write_text(index, html.whole("Handouts", "en", _index(chosen, made, pdf, Path(out).parent / PAGES), "sheet"))
    return [*written, index]


def _sweep(out, written):
    """Take away what an earlier build wrote and this one did not; what else is in the folder stays."""
    memory, names = out / MEMORY, sorted(str(path.relative_to(out)) for path in written)
    before = memory.read_text(encoding="utf-8").splitlines() if memory.is_file() else []
    for name in set(before) - set(names):
        (out / name).unlink(missing_ok=True)
    write_text(memory, "\n".join(names) + "\n")


def _own(case):
    """The names of a case's texts that are handouts, and no part that others include."""
    texts = lessons.texts(case)
    fences = [fence for text in texts.values() for fence in lessons.FENCE.finditer(text)]
    included = {fence["rest"].strip() for fence in fences if fence["name"] == "include"}
    return [name for name in texts if name not in included]


def _write(one: Handout, folder: Path, pdf: bool) -> Iterator[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{one.name}.html"
    write_text(path, html.page(one))
    yield path
    for paper in typst.PAPERS if pdf and one.kind != "screen" else ():
        path = folder / _pdf(one, paper)
        path.write_bytes(typst.pdf(one, paper))
        yield path


def _pdf(one, paper):
    return f"{one.name}-{paper}.pdf"


def _index(chosen, made, pdf, pages):
    """What the index shows: a section a case, a line a handout; a way back where the pages lie about the folder."""
    said = "<h1>Handouts</h1><p>To print and to show. Each page is one file that works alone, without a network.</p>"
    said += '<p><a href="../index.html">All pages</a></p>' if pages.is_file() else ""
    for case in chosen:
        if not made[case.name]:
            continue
        rows = "".join(_line(one, pdf) for one in sorted(made[case.name], key=_order))
        heads = "".join(f'<th scope="col">{head}</th>' for head in ("Handout", "What", "On paper"))
        table = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        note = f"<p>{escape(case.meta['content_note'])}</p>" if case.meta["content_note"] not in ("", "none") else ""
        table = f'<div class="wide" tabindex="0" role="region" aria-label="{escape(case.meta["title"])}">{table}</div>'
        said += f"<h2>{escape(case.meta['title'])}</h2>{note}{table}"
    return f"<main>{said}</main>"


def _order(one):
    """The lessons first, each with its sheets; then the cards, which all of them need; then tests and the rest."""
    rest = ("cards", "teacher", "test", "sheet")
    kinds = [*KINDS] if one.name.startswith("lesson-") else rest
    return kinds is rest, one.name.rpartition("-")[0] if kinds is not rest else "", kinds.index(one.kind)


def _line(one, pdf):
    folder = escape(one.case)
    what = f"{escape(one.title)}, {KINDS[one.kind]}"
    link = f'<a href="{folder}/{one.name}.html" aria-label="{what}">{escape(one.title)}</a>'
    name = f'<th scope="row">{link}</th>'
    papers = [
        f'<a href="{folder}/{_pdf(one, paper)}" aria-label="{what}, {paper}">{paper}</a>' for paper in typst.PAPERS
    ]
    paper = f"PDF: {', '.join(papers)}" if pdf and one.kind != "screen" else "print from the page"
    return f"<tr>{name}<td>{KINDS[one.kind]}</td><td>{paper}</td></tr>"


# The command ----------------------------------------------------------------------------------------------------------


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `python -m analysis handouts`."""
    parser.add_argument(
        "cases", nargs="*", metavar="CASE", help="a case's name or folder; without one all with lessons"
    )
    parser.add_argument("--out", type=Path, default=OUT, metavar="DIR", help=f"where they go (default: {OUT})")
    parser.add_argument("--pdf", action="store_true", help="as PDF too, on A4 and Letter")


def main(args: argparse.Namespace) -> int:
    """Run `python -m analysis handouts`; returns the exit status."""
    if args.pdf and importlib.util.find_spec("typst") is None:
        remedy = "python3 dev.py package installs it and makes them; or install typst beside this package"
        print(f"--pdf: the typesetter is not installed: {remedy}", file=sys.stderr)
        return 1
    written = build(args.cases, args.out, args.pdf)
    print(f"{len(written)} files in {args.out}: open {args.out / 'index.html'}")
    return 0
