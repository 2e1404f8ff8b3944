"""A class's folder read by one command: class.csv, a notebook and its page. `python -m analysis class FOLDER`."""

import argparse
import hashlib
import json
import sys
from pathlib import Path

from . import classroom
from .case import shipped
from .pages import hook
from .tables import write_text

TEMPLATE, OUT = Path("lessons") / "class.ipynb", Path("build") / "class"
SOURCE = "classroom.invented()"  # what the template reads
MADE_UP = " Until a folder is named below, the class is *made up*."  # what it says of that


def notebook(folder: Path, made: classroom.Class, path: Path) -> Path:
    """A copy of the template that reads a folder. made: what was read. path: where it goes; one there is replaced.

    Its metadata has a hash of the answers, so that its page is built again where they have changed. Returns the path.
    """
    copied = json.loads((shipped("notebooks") / TEMPLATE).read_text(encoding="utf-8"))
    digest = hashlib.sha256(made.csv().encode() + made.faults.to_csv().encode()).hexdigest()
    copied["metadata"]["whocounted"] = {"case": made.key.case, "data": digest}
    for cell in copied["cells"]:
        source = "".join(cell["source"]).replace(MADE_UP, "")
        if cell["cell_type"] == "code":
            source = source.replace(SOURCE, f"{str(folder.resolve())!r}, case={made.key.case!r}")
            cell |= {"outputs": [], "execution_count": None}
        cell["source"] = source
    path.parent.mkdir(parents=True, exist_ok=True)
    write_text(path, json.dumps(copied, ensure_ascii=False, indent=1) + "\n")
    return path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `python -m analysis class`."""
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="with the class's answers files in it")
    parser.add_argument("--case", help="whose questions they answer (default: the case that most files name)")
    parser.add_argument("--out", type=Path, default=OUT, metavar="DIR", help=f"the folder to write to (default: {OUT})")


def main(args: argparse.Namespace) -> int:
    """Run `python -m analysis class`; returns the exit status: 1 where there is nothing to read.

    Raises ValueError where what is written would lie among what is read; OSError where the folder cannot be read.
    """
    if not args.folder.is_dir():
        raise NotADirectoryError(f"{args.folder.name} is no folder: name the one with the class's answers files in it")
    if args.out.resolve().is_relative_to(args.folder.resolve()):
        raise ValueError(f"--out {args.out} lies in the folder that is read: name another, or leave it out")
    made = classroom.read(args.folder, args.case)
    print("\n".join(f"{name}: {words}" for name, words in _faults(made)), end="\n" * bool(len(made.faults)))
    if not made.found.answers:
        print(f"{args.folder.name}: no file in it has answers to {made.key.case}", file=sys.stderr)
        return 1
    made.save(args.out / "class.csv")
    from nbstill import BuildError, build

    try:
        page, *_ = build([notebook(args.folder, made, args.out / "class.ipynb")], args.out, hook=hook)
    except BuildError as problem:
        print(problem, file=sys.stderr)
        return 1
    print("\n".join(made.blocks["change"].said))
    print(f"Open {page}")
    return 0


def _faults(made):
    """Each fault as a line: its file, and the row, the fault and the remedy."""
    for fault in made.found.faults:
        row = f"row {fault['row']}: " if fault["row"] else ""
        yield fault["file"], f"{row}{fault['fault']}. {fault['remedy']}."
