"""What went wrong, in one line each; and words that a terminal can show."""

import re
import sys

INTERRUPTED = 130  # the exit status after Ctrl-C
STOPPED = "Stopped: nothing half made is left."
_CONTROL = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -/]*[0-~]?)"  # escape sequences, whole
    r"|[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]"
)


class BuildError(Exception):
    """A page could not be built; the message names the notebook, the cell and the remedy, a line a fault."""


def plain(text: object) -> str:
    r"""Text without control sequences: it can neither colour, move nor rename a terminal, nor turn words round.

    >>> plain("a\x1b[31mb\x1b]0;title\x07c\x9b\rd")
    'abcd'
    """
    return _CONTROL.sub("", str(text))


def line(text: object) -> str:
    r"""Text as one plain line.

    >>> line("a\n  b")
    'a b'
    """
    return " ".join(plain(text).split())


def say(text: object, file=None) -> None:
    """Print a line at once, with a stand-in for what the terminal has no letter for."""
    file, text = file or sys.stdout, plain(text)
    coding = getattr(file, "encoding", None) or "utf-8"
    print(text.encode(coding, "replace").decode(coding), file=file, flush=True)
