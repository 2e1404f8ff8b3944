"""python -m nbstill NOTEBOOK… [--out DIR] [--saved-outputs] [--code] [--open]: notebooks to pages."""

import argparse
import os
import sys
import webbrowser

from .fault import INTERRUPTED, STOPPED, BuildError, say
from .many import build


def add_arguments(parser: argparse.ArgumentParser, many: str = "+", out: str = "still") -> None:
    """The arguments of the command."""
    parser.add_argument("notebooks", nargs=many, metavar="NOTEBOOK", help="an .ipynb file")
    parser.add_argument("--out", default=out, metavar="DIR", help=f"the folder to write to (default: {out})")
    parser.add_argument(
        "--saved-outputs", action="store_true", help="use the outputs saved in the notebooks; run nothing"
    )
    parser.add_argument("--code", "--with-code", action="store_true", dest="code", help="show each code cell, folded")
    parser.add_argument("--no-code", action="store_false", dest="code", help="leave code out (the default)")
    parser.add_argument("--open", action="store_true", help="open the index in a browser")


def run(args: argparse.Namespace, **more) -> int:
    """Build what the arguments ask for; the exit status: 0, 1 where something is wrong, 130 after Ctrl-C."""
    try:
        pages = build(args.notebooks, args.out, saved_outputs=args.saved_outputs, code=args.code, **more)
    except (BuildError, OSError) as problem:
        for words in str(problem).splitlines():
            say(words, sys.stderr)
        return 1
    except KeyboardInterrupt:
        say(STOPPED, sys.stderr)
        return INTERRUPTED
    if args.open and not webbrowser.open(pages[-1].resolve().as_uri()):
        say(f"no browser was found: open {pages[-1]}", sys.stderr)
    return 0


def main(argv: list[str] | None = None) -> int:
    """Run the command; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m nbstill", description="Notebooks to pages that work anywhere.")
    add_arguments(parser)
    return run(parser.parse_args(argv))


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    if status == INTERRUPTED:
        os._exit(status)  # a thread may still wait for a kernel that was killed; nothing is left to tidy
    sys.exit(status)
