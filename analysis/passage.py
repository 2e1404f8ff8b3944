"""Where words stand in a text: its sentences, its quotations, the clause round a number, and what makes a place unique.

All spans are (start, end) in code points, end exclusive. Line ends are \\n: see `flat`.
"""

import bisect
import re
from collections.abc import Callable, Iterable, Iterator

from .schema import HIDDEN

Span = tuple[int, int]

# A capital of any script: of those that have none, any letter may begin a sentence.
CAPITAL = "[" + "".join(c for c in map(chr, range(0x1F000)) if c.isupper() or c.istitle()) + "]"
_NO_SMALL = f"(?:{CAPITAL}|[\u0590-\u0fff\u1100-\u139f\u3041-\u9fff\uac00-\ud7a3])"
# A line's end is a sentence's end, but before a small letter or a digit, where the line was only full.
_LINE = re.compile(rf"\n\s*\n|\n(?=[^\S\n]*(?:[^\w\s]|{_NO_SMALL}|\d{{1,3}}[.)]\s))")
_STOP = re.compile(rf"[.!?…؟。।][\"”’»)\]]*\s+(?=[\"“”‘„«(\[¿¡]*(?:{_NO_SMALL}|\d))")
_ABBREVIATED = re.compile(
    rf"(?:\b{CAPITAL}|\b(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Lt|Col|Sgt|Capt|Rep|Sen|Gov|Nos?|vs|approx|c|e\.g|i\.e|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Oct|Nov|Dec))$"
)
_TOO_LONG = re.compile(r"[\s\S]{600,1200}\s")  # no sentence any more: cut, so that all that looks at one stays quick
_CLAUSE = re.compile(r"[,;:—–(]\s+|\s+[—–(]\s*|\)\s*")
_OPENING, _CLOSING = '"“”„«‘', '"”“»'


def flat(text: str) -> str:
    """A text as it is quoted: \\n for line ends of any kind, a space for what else no cell may hold (schema.HIDDEN).

    Offsets count the text as it is: see raw_offsets.

    >>> flat("one\\r\\ntwo\\u2028three\\u200efour")
    'one\\ntwo\\nthree four'
    """
    return _HIDDEN.sub(lambda m: "\n" if m[0] in _ENDS else " ", text.replace("\r\n", "\n"))


_HIDDEN, _ENDS = re.compile(HIDDEN), "\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"


def offsets(text: str) -> tuple[Callable[[int], int], Callable[[int], int]]:
    """What turns an offset in flat(text) into the offset of the same place in the text, and the way back.

    >>> raw, back = offsets("one\\r\\ntwo")
    >>> raw(4), back(5)
    (5, 4)
    """
    ends = [m.start() for m in re.finditer("\r\n", text)]
    flat_ends = [end - n for n, end in enumerate(ends)]
    return lambda at: at + bisect.bisect_left(flat_ends, at), lambda at: at - bisect.bisect_left(ends, at)


def sentences(text: str) -> list[tuple[Span, Span]]:
    """The sentences of a text, each with its paragraph, without the white space round them.

    >>> text = "Dr. Lee counted 12. It rained.\\n\\nThe end"
    >>> [text[a:b] for (a, b), _ in sentences(text)]
    ['Dr. Lee counted 12.', 'It rained.', 'The end']
    """
    found = []
    for paragraph in _split(text, _LINE.finditer(text), (0, len(text))):
        stops = (m for m in _STOP.finditer(text, *paragraph) if not _abbreviated(text, m.start()))
        for sentence in _split(text, stops, paragraph):
            found += [(piece, paragraph) for piece in _split(text, _TOO_LONG.finditer(text, *sentence), sentence)]
    return found


def _abbreviated(text: str, stop: int) -> bool:
    return text[stop] == "." and bool(_ABBREVIATED.search(text[max(0, stop - 6) : stop]))


def _split(text: str, marks: Iterable[re.Match[str]], within: Span) -> Iterator[Span]:
    at = within[0]
    for end in (*(m.end() for m in marks), within[1]):
        piece = text[at:end]
        if piece.strip():
            yield at + len(piece) - len(piece.lstrip()), at + len(piece.rstrip())
        at = end


def quotations(text: str, paragraph: Span) -> list[Span]:
    """What stands between quotation marks in a paragraph, marks left out; one never closed goes on to its end.

    A mark opens after a space or a bracket and closes otherwise, whatever its form: some are typed the wrong way round.

    >>> text = "”We saw 12,” he said."
    >>> [text[a:b] for a, b in quotations(text, (0, len(text)))]
    ['We saw 12,']
    """
    found, opened = [], None
    for at in (m.start() for m in re.compile('["“”„«»‘’]').finditer(text, *paragraph)):
        before, after = text[at - 1] if at > paragraph[0] else " ", text[at + 1 : at + 2]
        begins = (before.isspace() or before in "([—–-") and bool(after.strip())
        if opened is None and text[at] in _OPENING and begins:
            opened = at
        elif opened is not None and not begins and _closes(text, opened, at):
            found.append((opened + 1, at))
            opened = None
    return [*found, (opened + 1, paragraph[1])] if opened is not None and text[opened] != "‘" else found


def _closes(text: str, opened: int, at: int) -> bool:
    if text[opened] == "‘":
        return text[at] == "’" and not text[at + 1 : at + 2].isalnum()
    return text[at] in _CLOSING


def clause(text: str, sentence: Span, core: Span, longest: int = 240) -> Span:
    """The sentence; of one with more code points than longest, the clause round the core.

    >>> text = "It rained, 12 people came, and all of them went home."
    >>> text[slice(*clause(text, (0, len(text)), (11, 20), longest=20))]
    '12 people came'
    """
    if sentence[1] - sentence[0] <= longest:
        return sentence
    marks = list(_CLAUSE.finditer(text, *sentence))
    start = max((m.end() for m in marks if m.end() <= core[0]), default=sentence[0])
    return start, min((m.start() for m in marks if m.start() >= core[1]), default=sentence[1])


LONGEST = 200  # of a prefix, and of a suffix


def context(text: str, start: int, end: int) -> tuple[str, str]:
    """(prefix, suffix) with which the words at start to end occur once in a text: some words, more where needed.

    They stay within the line where that is enough. Neither has more than LONGEST code points: in a text that repeats
    itself the words may then occur more often all the same.

    >>> context("ten men came, and then ten women went", 23, 26)
    ('ten men came, and then ', ' women went')
    """
    prefix = suffix = ""
    for within_line in (True, False):
        for length in (24, 48, 96, LONGEST):
            prefix, suffix = text[max(0, start - length) : start], text[end : end + length]
            if within_line:
                prefix, suffix = prefix.rpartition("\n")[2], suffix.partition("\n")[0]
            if text[max(0, start - len(prefix) - 1) : start - len(prefix)].isalnum():
                prefix = re.sub(r"^\w+(?=\W)", "", prefix)
            if text[end + len(suffix) : end + len(suffix) + 1].isalnum():
                suffix = re.sub(r"(?<=\W)\w+$", "", suffix)
            prefix, suffix = prefix.lstrip(), suffix.rstrip()
            words = prefix + text[start:end] + suffix
            if text.find(words, text.find(words) + 1) < 0:
                return prefix, suffix
    return prefix, suffix
