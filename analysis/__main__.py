"""`python -m analysis cases | new | check | class | report | handouts | run | schema`; COMMAND --help says more."""

import argparse
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

from . import commands
from .schema import UNKNOWN


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status: 0, or 1 where something is wrong."""
    parser = argparse.ArgumentParser(prog="python -m analysis", description="The numbers in one news article.")
    several = parser.add_subparsers(dest="command", required=True)
    several.add_parser("cases", help="list the cases").set_defaults(run=_cases)
    english = "draft a case from an article's text: a row for each of its numbers. Numbers are read as English has them"
    maker = several.add_parser("new", help=english, description=f"{english}: in another language many are missed.")
    maker.add_argument("article", type=Path, metavar="ARTICLE.txt", help="its full text, plain, in UTF-8")
    maker.add_argument("name", nargs="?", default="", help="the case's name; made of the file's if it is left out")
    maker.add_argument("--language", default=UNKNOWN, metavar="TAG", help="its language: en, fr ... (default: unknown)")
    maker.set_defaults(run=_new)
    checker = several.add_parser("check", help="check a case: rows, quotes, cards, derivations")
    checker.add_argument("case", nargs="?", help="a case's name or folder, or a frame kept as CSV; else every case")
    checker.add_argument("--article", type=Path, metavar="FILE", action="append", default=[],
                         help="an article's full text, to check the quotes; give it once for each file")  # fmt: skip
    checker.add_argument("--fill", action="store_true", help="first write offsets, prefix and suffix from the article")
    checker.add_argument("--fix", action="store_true", help="first write files as they are kept, whatever saved them")
    checker.set_defaults(run=_check)
    writer = several.add_parser("schema", help="datapackage.json and the codebook, as the schema has them")
    writer.add_argument("case", nargs="?", help="a case's name or folder; without one the first")
    writer.add_argument("--write", action="store_true", help="write them; without it, only say whether they differ")
    writer.set_defaults(run=_schema)
    _add_notebooks(several, sys.argv[1:] if argv is None else argv)
    arguments = parser.parse_args(argv)
    try:
        return arguments.run(arguments) or 0
    except (OSError, ValueError) as e:  # a CaseError is a ValueError
        known = isinstance(e, OSError) and e.filename is not None  # else its words are our own
        print(f"{Path(str(e.filename)).name}: {e.strerror}" if known else e, file=sys.stderr)
        return 1


def _add_notebooks(several, argv):
    """The commands that make pages; what they need is imported only where one of them is wanted."""
    helps = {
        "report": "build the project's pages; others: python -m nbstill",
        "class": "read a class's answers files: what it got better at, and how sure that is",
        "handouts": "write the handouts of lessons, to print and to show",
        "run": "run notebooks and save them with their outputs",
    }
    for name, module in (("report", "pages"), ("class", "classes"), ("handouts", "handouts.shelf"), ("run", "save")):
        parser = several.add_parser(name, help=helps[name])
        if argv[:1] == [name]:
            room = importlib.import_module(f".{module}", __package__)
            room.add_arguments(parser)
            parser.set_defaults(run=room.main)


# What only one command needs is imported there: a build in which nothing has changed needs none of it.


def _cases(arguments):
    from . import case

    for name in case.cases():
        print(f"{name}  {case.load(name).meta['title']}")


def _new(arguments):
    from . import case, draft

    folder = draft.new(arguments.article, arguments.name, language=arguments.language)
    made = case.load(folder)
    print(f"{folder}: {len(made.figures)} numbers in figures.csv, {len(made.set_aside)} set aside in set_aside.csv.")
    print("No person has checked them. Next: correct figures.csv in a spreadsheet (open it with every column as text),")
    print(
        "write the words that it uses into case.toml and the article's card into sources.csv. Then, until all is well:"
    )
    where = made.name if case.folder_of(made.name).samefile(folder) else commands.typed(folder)
    print(f"    {commands.COMMAND} check {where} --article {commands.typed(arguments.article)}")
    print(f"A page of it as it stands: {commands.COMMAND} report {where}")


def _check(arguments):
    from . import case, check, mend

    absent = [path.name for path in arguments.article if not path.is_file()]
    if absent:
        raise FileNotFoundError(f"--article: there is no file {', '.join(absent)}")
    if arguments.case and arguments.case.endswith(".csv"):
        result = check.check_file(Path(arguments.case))
        print("\n".join(check.report(result)))
        return int(bool(result.faults))
    names = [arguments.case] if arguments.case else case.cases()
    texts = {name: arguments.article if arguments.case else check.of_case(name, arguments.article) for name in names}
    if arguments.fill and not arguments.article:
        raise FileNotFoundError("--fill takes what it writes from the article: --article FILE")
    faults = 0
    for name in names:
        folder, told = case.folder_of(name), []
        said = mend.fix(folder) if arguments.fix else []
        if arguments.fill:
            filled, told = mend.fill(folder, texts[name])
            said += filled
        print(f"{name}\n")
        print("".join(f"{line}\n" for line in [*said, ""] if said), end="")
        result = check.check(name, texts[name], told)
        print("\n".join(check.report(result)), end="\n\n")
        faults += len(result.faults)
    strangers = [path.name for path in arguments.article if not any(path in found for found in texts.values())]
    if strangers:
        print(f"No case was coded from {', '.join(strangers)}: no card in a sources.csv has its SHA-256.")
    return 1 if faults or strangers else 0


BEGIN, END = "<!-- codebook: written by python -m analysis schema --write -->", "<!-- end of codebook -->"
GRADES = "<!-- grades: written by python -m analysis schema --write -->", "<!-- end of grades -->"


def _schema(arguments):
    from . import case, casefile, codebook, tables

    folder = case.folder_of(arguments.case or case.DEFAULT)
    file = casefile.read(folder)
    if file.faults:
        raise tables.CaseError(file.faults)
    wanted = {folder / codebook.NAME: codebook.package(file.meta, folder)}
    readme = folder.parent / "README.md"
    if readme.is_file():
        text = _between(readme, readme.read_text(encoding="utf-8"), BEGIN, END, codebook.markdown)
        wanted[readme] = _between(readme, text, *GRADES, lambda: _graded(folder.parent))
    differ = [p for p, text in wanted.items() if not p.is_file() or p.read_text(encoding="utf-8") != text]
    for path in differ:
        if arguments.write:
            tables.write_text(path, wanted[path])
        print(f"{path.name}: {'written' if arguments.write else 'differs from the schema; write it with --write'}")
    return 1 if differ and not arguments.write else 0


def _between(path, text, begin, end, lines):
    """A file's text with new lines between two lines of it; as it is where it has no such place."""
    before, found, rest = text.partition(begin)
    if not found:
        return text
    _, closed, after = rest.partition(end)
    if not closed:  # all that follows would be lost
        what = end.removeprefix("<!-- end of ").removesuffix(" -->")
        remedy = f"Write {end} on a line of its own where the {what} ends"
        from . import tables

        raise tables.CaseError([tables.Fault(path.name, "", "", f"the {what}'s last line is missing", remedy)])
    return f"{before}{begin}\n\n{chr(10).join(lines())}\n{end}{after}"


def _graded(home):
    """How many rows of each party have each grade, case by case."""
    from . import case, casefile, grades

    for name in sorted(path.parent.name for path in home.glob(f"*/{casefile.NAME}")):
        one = case.load(home / name)
        yield f"`{name}`:\n"
        yield from grades.by_party((one.party(one[i].row["counted_by"]), one.grade(i)) for i in one)
        yield ""


if __name__ == "__main__":
    sys.exit(main())
