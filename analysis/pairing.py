"""Parts and their wholes: which rows of a frame belong together, and the share of the one in the other."""

import math
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from . import contrast, rows
from .figure import Figure
from .schema import UNKNOWN
from .units import UnitError

BY = ("said_by", "place", "period_end")
_NAMES = {"said_by": "speaker", "period_end": "date", "counted_by": "counting body", "source_id": "document"}


def pairs(frame: pd.DataFrame, *, part: str, whole: str, by: Sequence[str] | str = BY) -> pd.DataFrame:
    """Each part as a share of its whole: the part's row with the share in it; and what could not be paired, and why.

    frame: n rows with figure_id, low, high, unit, working, measure, and the columns of by. part, whole: two measures.
    by: what a part and its whole have in common, speaker, place and date if nothing else is said. Rows of two cases are
    never paired; where one of by is `unknown`, only rows of one document are.
    Returns the parts' rows in their order, all their columns kept, with contrast.RESULT replaced by the share (unit
    `1`) and one column more: whole, the figure_id of the whole. A part that fits several wholes has a row for each, and
    its note says so. One that fits none has both ends NaN, whole and working empty, and a note that says what is
    missing; a part greater than its whole is said to be. A frame without rows has no pairs. Raises ValueError where no
    row has such a measure, or a column is missing.
    Source: the frame's rows. That both mean the same people is for the reader to judge.

    >>> import analysis
    >>> found = pairs(analysis.fighter_counts(references=True), part="foreign fighters", whole="fighters")
    >>> found.loc[found["figure_id"] == "fsb-foreign-2015-11", "working"].item()
    'fsb-foreign-2015-11 / fsb-fighters-2015-11'
    >>> found.loc[found["figure_id"] == "fsb-foreign-iraq-2015-02", "note"].item()
    'no whole (fighters) by the same speaker'
    """
    by = (by,) if isinstance(by, str) else tuple(by)
    if part == whole:
        raise ValueError(f"part and whole are both {part!r}: name two measures")
    if not by:
        raise ValueError("by is empty: name one column or more that a part and its whole share, such as said_by")
    data = rows.plain(frame, "figure_id", "low", "high", "unit", "working", "measure", *by)
    parts, wholes = (_of_measure(data, measure) for measure in (part, whole))
    keys, figures = _keys(data, by), list(rows.figures(data))
    fitting: dict[tuple, list] = {}
    for at in wholes:
        for n in range(len(by) + 1):
            fitting.setdefault(keys[at][: n + 1], []).append(at)
    made = []
    for at in parts:
        found = fitting.get(keys[at], [])
        several = f"one of {len(found)} wholes that it fits" if len(found) > 1 else ""
        made += [(at, w, _share(figures[at], figures[w], by, several)) for w in found]
        if not found:
            note = _missing(keys[at], fitting, by, whole)
            made.append((at, None, _unknown(figures[at], note)))
    return _framed(frame, data, made)


def _of_measure(data, measure):
    """The places of the rows of a measure; ValueError where there is none."""
    found = (data["measure"] == measure).to_numpy().nonzero()[0]
    if not len(found) and len(data):
        there = ", ".join(sorted(set(data["measure"])))
        raise ValueError(f"no row has the measure {measure!r}; the frame's measures are {there}")
    return found


def _keys(data, by):
    """What each row has to have in common with another: its case, and the words of by; an unknown one by document."""
    documents = list(data["source_id"]) if "source_id" in data else range(len(data))  # without one nobody shares it
    cases = list(data["case"]) if "case" in data else [""] * len(data)
    known = zip(*(data[c] for c in by), strict=True)
    return [
        (case, *((word, document) if word in ("", UNKNOWN) else word for word in said))
        for case, document, said in zip(cases, documents, known, strict=True)
    ]


def _share(part: Figure, whole: Figure, by: Sequence[str], several: str) -> Figure:
    """The part over the whole, with what is to be said of the pair; unknown where their units differ."""
    unknown = [_NAMES.get(c, c) for c in by if part.row[c] in ("", UNKNOWN)]
    remarks = [several, f"{' and '.join(unknown)} unknown, paired as of one document" if unknown else ""]
    bases = [f.row.get("basis") or UNKNOWN for f in (part, whole)]
    remarks.append(f"the part is {bases[0]}, the whole {bases[1]}" if bases[0] != bases[1] else "")
    try:
        part.nouns.same(whole.unit, part.unit, "take a share of", (whole.working, part.working))
        made = part / whole
        remarks.append(contrast.GREATER if made.low > 1 else "")
    except UnitError as e:
        made = _unknown(part, str(e))
    return replace(made, notes=(*made.notes, *filter(None, remarks)))


def _unknown(part: Figure, note: str) -> Figure:
    """A share that nobody can say, and why."""
    return replace(part, low=math.nan, high=math.nan, unit="1", working="", notes=(note,))


def _missing(key, fitting, by, whole):
    """What a part has no whole of: the first of its words, in the order of by, that no whole has too."""
    for n in range(1, len(by) + 1):
        if key[: n + 1] not in fitting:
            break
    names = [_NAMES.get(c, c) for c in by[:n]]
    said = " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
    unknown = "" if isinstance(key[n], str) else f", since its {names[-1]} is unknown and none in its document fits"
    return f"no whole ({whole}) by the same {said}{unknown}"


def _framed(frame, data, made):
    """The parts' rows with the shares in them, and the figure_id of each whole."""
    shares = [share for _, _, share in made]
    columns = {c: pd.array([getattr(s, c) for s in shares], dtype="float64" if c in rows.ENDS else "str")
               for c in ("low", "high", "unit", "working")}  # fmt: skip
    joined = {"hedge": [";".join(s.hedges) for s in shares], "note": ["; ".join(s.notes) for s in shares]}
    names = [data["figure_id"].iloc[w] if w is not None else "" for _, w, _ in made]
    joined = {c: pd.array(texts, dtype="str") for c, texts in (joined | {"whole": names}).items()}
    result = frame.iloc[[at for at, _, _ in made]]
    return result.assign(**{c: (columns | joined)[c] for c in (*contrast.RESULT, "whole")})
