"""Figures, quotes and sources as HTML. A figure's card is plain values first, note(), and rendered once, card()."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

from . import held, words, working
from .html import HTML, code, count, folded, image, join, link, listed, nothing, piece, say, table, tongue
from .period import Period
from .schema import COUNT_ORIGINS, GRADES, NONE_KNOWN, UNKNOWN
from .working import anchor

if TYPE_CHECKING:
    from .case import Case
    from .figure import Figure

__all__ = [
    "HTML", "Note", "card", "code", "count", "escape", "folded", "image", "in_words", "join", "link", "note",
    "nothing", "number", "passages", "piece", "say", "sentence", "source", "table", "tongue", "warned", "wording",
]  # fmt: skip


FIRST = ("Who said it", "Who counted")  # where a card has room for two answers

# A figure's card ------------------------------------------------------------------------------------------------------


class Note(NamedTuple):
    """What a figure's card says, as plain values.

    number: the number alone. unit: what it counts, empty for a pure ratio. quote: the words that carry it, or how it
    was worked out, as HTML. facts: {question: answer}, in the fixed order of the six questions. remarks: sentences.
    source: whence it is, in short: its document, or our working in words. cited: its document, as a linked line.
    id: its working. unchecked: the sentence that no person has checked it, or a row of which it is made; else empty.
    """

    number: str
    unit: str
    quote: HTML
    facts: dict[str, str]
    remarks: tuple[str, ...]
    source: str
    cited: HTML
    id: str
    unchecked: str

    @property
    def head(self) -> str:
        """The number with its unit."""
        return f"{self.number} {self.unit}".strip()

    @property
    def body(self) -> HTML:
        """All of the card below its head, as HTML."""
        parts = [f'<p class="wc-unchecked">{escape(self.unchecked)}</p>'] if self.unchecked else []
        parts += [self.quote, *(f"<p>{escape(said)}</p>" for said in self.remarks)]
        parts += [listed(self.facts, FIRST)] if self.facts else []
        parts += [f'<p class="wc-source">{self.cited}</p>'] if self.cited else []
        return HTML("".join(parts), self.id)


def note(figure: Figure) -> Note:
    """What a figure's card says: the number, its quote in context, who said it, how it travelled, what it counts.

    figure: a Figure, of a row or worked out. Raises ValueError where it is not what its working gives: a copy that was
    changed has lost its evidence. Source: the row and its document, or the rows of which it is made.

    >>> import analysis
    >>> said = note(analysis.load()["quote-fighters"])
    >>> said.head, said.source, said.facts["Hedge"]
    ('80,000 fighters', 'Sputnik, 15 June 2017', 'approximate')
    >>> note(2 * analysis.load()["quote-fighters"]).source
    'our working: 2 × 80,000 fighters'
    """
    _unchanged(figure)
    row, facts, remarks, cited = figure.row, {}, [], HTML("")
    if base := _base(figure):
        return _made_of_one(figure, base)
    if not row or words.ours(row):
        quote = _worked_out(figure, row.get("derivation") or figure.working)
        whence = ": ".join(filter(None, ["our working", quote.text]))
    else:
        quote, whence, cited = _printed(row), words.source_name(row["source"]), source(row["source"])
    if row:
        facts = _facts(row, _said_when(figure)) | {"Beware": _in_reach(row["caveat"], figure.case)}
        facts = {k: facts[k] for k in ("What is counted", "Who counted", "Beware")} if row["derivation"] else facts
    else:
        remarks += [f"Hedged, through what it is made of: {', '.join(figure.hedges)}"] if figure.hedges else []
        remarks += [f"Note: {text}." for text in figure.notes]
    unchecked = held.unchecked(row | {"working": figure.working}, figure.case)
    return Note(*_head(figure), quote, facts, tuple(remarks), whence, cited, figure.working, unchecked)


def card(figure: Figure, named: bool = True) -> HTML:
    """A figure's note as one card of HTML. figure: as for note(), and so is the source. named: its id is shown too.

    >>> import analysis
    >>> card(analysis.load()["quote-fighters"])[:64]
    '<div class="wc-card"><p class="wc-big"><strong>80,000</strong> f'
    """
    said = note(figure)
    head = f'<p class="wc-big"><strong>{escape(said.number)}</strong> {escape(said.unit)}</p>'
    name = f'<p class="wc-id">{code(said.id)}</p>' if named else ""
    return HTML(f'<div class="wc-card">{head}{said.body}{name}</div>', said.id)


def _made_of_one(figure: Figure, base: Figure) -> Note:
    """The note of a figure made of one row's number: its sentence, speaker, document and facts are that number's."""
    said, made = note(base), in_words(figure.working, figure.case)
    intro = f'<p class="wc-working">Worked out here; no source prints it: {escape(made)}</p>'
    remarks = tuple(f"Note: {text.replace(base.working, str(base))}." for text in figure.notes)
    number, unit = _head(figure)
    return said._replace(number=number, unit=unit, quote=HTML(intro + said.quote, said.quote.text), remarks=remarks,
                         source=f"our working: {made}", id=figure.working)  # fmt: skip


def _base(figure: Figure) -> Figure | None:
    """The one row's number of which a figure was worked out, such as a total over its days; else None."""
    if figure.row or figure.case is None or not figure.working:
        return None
    ids = working.ids(figure.working)
    return figure.case[ids[0]] if len(ids) == 1 else None


def _unchanged(figure: Figure) -> None:
    """ValueError where a figure is not what its working gives in its case."""
    if figure.case is None or not figure.working:
        return
    made = figure.case.evaluate(figure.working)
    ends = ((figure.low, made.low), (figure.high, made.high))
    if made.unit != figure.unit or not all(math.isclose(a, b) or (a != a and b != b) for a, b in ends):
        raise ValueError(
            f"{figure.working}: the figure says {figure}, its working gives {made}; "
            "for a number of your own make a row: case.add(low=..., high=..., said_by=...)"
        )


def _head(figure: Figure) -> tuple[str, str]:
    """A figure's number and its unit, for the head of its card."""
    number_alone = words.span(figure.low, figure.high, figure.hedges, "%" if figure.unit == "percent" else "")
    if figure.unit in ("1", "percent"):
        return number_alone, "times" if figure.row and figure.row["basis"] == "ratio" else ""
    return number_alone, str(figure).removeprefix(number_alone).strip()


def _printed(row: Mapping) -> HTML:
    """The words that carry a row's number, or what stands in their place."""
    if row.get("quote"):
        return _sentence(row)
    if row["as_printed"]:
        printed = f'<mark class="wc-figure">{escape(row["as_printed"])}</mark>'
        return HTML(f"<p>Printed in a table or data file: {printed}</p>", row["as_printed"])
    if row["low"] != row["low"] and row["high"] != row["high"]:  # a gap is a row that says so
        return HTML("<p>No number was found.</p>", "No number was found.")
    return HTML("<p>No document prints it: the project's sum of records in a data file.</p>")


MOST_OPERANDS = 4  # of a longer sum the working alone is told


def _worked_out(figure: Figure, text: str) -> HTML:
    """A working in words, which are its text, and its operands, each linked to its own note."""
    if figure.case is None or not text:
        return HTML(f'<p class="wc-working">{code(text)}</p>' if text else "", text)
    said = in_words(text, figure.case)
    intro = f'<p class="wc-working">Worked out here; no source prints it: {escape(said)}</p>'
    ids = working.ids(text)
    items = "".join(f"<li>{_operand(figure.case[i])}</li>" for i in ids)
    return HTML(f'{intro}<ul class="wc-operands">{items}</ul>' if len(ids) <= MOST_OPERANDS else intro, said)


def _operand(figure: Figure) -> HTML:
    row = figure.row
    whose = "our working" if row["derivation"] else f"{row['said_by']}; {words.source_name(row['source'])}"
    return say("{} – {}", number(figure, str(figure)), whose)


def _facts(row: Mapping, said_when: str) -> dict[str, str]:
    """The six questions' short answers, in their fixed order: {question: answer}."""
    printed = f", printed as “{row['unit_as_printed']}”" if row["unit_as_printed"] else ""
    counted_of = f"{row['measure']} of {row['subject']}".replace(f"{UNKNOWN} of {UNKNOWN}", words.NOT_STATED)
    basis = "" if row["unit_basis"] == "stated" else f" (unit {row['unit_basis']})"
    kind = words.stated(row["basis"], "kind of number")
    kind = words.BASES.get(row["basis"], kind) if row["basis"] != UNKNOWN else kind
    who, origin = row["counted_by"], row["count_origin"]
    party = "" if row["stake"] in (NONE_KNOWN, UNKNOWN) else f"; a body of a party to it: {row['stake']}"
    counted = f"{who}: {COUNT_ORIGINS[origin]}{party}"
    return {
        "Who said it": row["said_by"],
        "To whom, and when": said_when,
        "How it travelled": f"{row['channel']}: {GRADES[row['grade']]}",
        "What is counted": f"{counted_of}{printed}{basis}; "
        f"{words.stated(row['place'], 'place')}; {Period.of(row)}; {kind}",
        "Hedge": words.hedged(row),
        "Who counted": f"{UNKNOWN}: {COUNT_ORIGINS[UNKNOWN]}" if who == origin == UNKNOWN else counted,
    }


_NAMED = re.compile(r"https?://[^\s,;)”]*[^\s,;)”.:]|[a-z0-9]+(?:-[a-z0-9]+)+")


def _in_reach(text: str, case: Case | None) -> HTML:
    """What a row says, for a reader: for the id of a row or a card its number and document; an address as a link."""
    html, plain, end = "", "", 0
    for found in _NAMED.finditer(text):
        name, label = found[0], found[0]
        if name.startswith("http"):
            label = name.split("/")[2].removeprefix("www.")
        elif case is not None and name in case:
            row = case[name].row
            label = f"{case[name]} ({'our working' if words.ours(row) else words.source_name(row['source'])})"
        elif case is not None and name in set(case.sources["source_id"]):
            label = words.source_name(case.source(name))
        html += escape(text[end : found.start()]) + (link(name, label) or escape(label))
        plain += text[end : found.start()] + label
        end = found.end()
    return HTML(html + escape(text[end:]), plain + text[end:])


def _said_when(figure: Figure) -> str:
    """To whom and when a number was said, as far as the case knows; then when it was printed.

    Of the article's number: the first of the case's hands that names its speaker says to whom, the dated ones when.
    Of another number: what `said_by` has after ", to ".
    """
    row, hands = figure.row, list(getattr(figure.case, "hands", []))
    printed = f"printed in {words.source_name(row['source'])}"
    speaker = row["said_by"].partition(",")[0]
    while hands and not (words.of_article(row) and speaker != UNKNOWN and speaker in hands[0]["who"]):
        hands.pop(0)
    if not hands:
        spoken = row["channel"] in ("direct quote", "indirect speech")
        _, named, whom = row["said_by"].rpartition(", to ")
        return f"to {whom if named else 'whom is unknown'}; {printed}" if spoken else printed
    first, *later = hands
    day = "day unknown" if first["date"] == UNKNOWN else words.date(first["date"])
    passed = [f"{hand['step']}: {words.date(hand['date'])}" for hand in later if hand["date"] != UNKNOWN]
    whom = f"to {first['to']}" if "to" in first else "to whom is unknown"
    return "; ".join([f"{whom}, {day}", *passed, printed])


# A working in words ---------------------------------------------------------------------------------------------------

_SIGNS = {"+": " + ", "-": " − ", "*": " × ", "/": " ÷ "}
_ENDS = {"low": "the low end of {}", "high": "the high end of {}"}


def in_words(text: str, case: Case) -> str:
    """A working in words: each number with its unit in place of its id.

    text: a working over figures of the case. What a function gives is worked out. Raises WorkingError for what is no
    working, UnknownFigure for an id that the case has not. Source: the rows.

    >>> import analysis
    >>> in_words("mod-sorties-2016-02-10-to-16 / days(mod-sorties-2016-02-10-to-16)", analysis.load())
    '444 sorties ÷ 7 days'
    """
    tokens, said, n = working.tokens(text), [], 0
    while n < len(tokens):
        token, end = tokens[n], n
        if token.kind == "function":
            end = _closing(tokens, n)
            inside, call = text[tokens[n + 1].at + 1 : tokens[end].at], text[token.at : tokens[end].at + 1]
            ends = _ENDS.get(token.text)
            said.append(ends.format(case.evaluate(inside)) if ends else str(case.evaluate(call)))
        elif token.kind == "number":
            said.append(str(case.evaluate(f"{token.text} [{token.unit}]")))
        else:
            said.append(str(case[token.text]) if token.kind == "id" else _SIGNS.get(token.text, token.text))
        n = end + 1
    return "".join(said)


def _closing(tokens: list[working.Token], n: int) -> int:
    """Where the bracket closes that opens behind token n."""
    depth = 0
    for at in range(n + 1, len(tokens)):
        depth += {"(": 1, ")": -1}.get(tokens[at].text, 0)
        if not depth:
            return at
    raise working.WorkingError(f"{tokens[n].text}( is not closed: write a )")


# Numbers and the words that carry them --------------------------------------------------------------------------------


def number(figure_or_row: Figure | Mapping | Any, label: str | None = None) -> HTML:
    """A number that links to its note; its quote, speaker and document are the link's title.

    figure_or_row: a Figure, or a row of a frame, as a mapping, a Series or a tuple of itertuples: low, high, working
    and, as far as it has them, unit, hedge, quote, said_by, channel, publisher, published, coder, case; and changed, of
    a row that was judged before and is shown as such. label: what the link says, instead of the number. Without a
    working it is no link. A number that no person has checked says so.
    Raises ValueError where a row that has a case is not what its working gives there; TypeError for what is no row.

    >>> str(number({"low": 20, "high": 30, "working": "buses"}))
    '<a class="wc-number" href="#buses" title="buses">20–30</a>'
    """
    if hasattr(figure_or_row, "hedges"):
        figure = figure_or_row
        ends = {"low": figure.low, "high": figure.high, "working": figure.working, "hedge": figure.hedges}
        row, case = {**figure.row, **ends}, figure.case
    else:
        row, case = _plain(figure_or_row), None
        _unlike(row)
    return _checked(_link(row, label), held.unchecked(row, case))


def _link(row: Mapping, label: str | None = None) -> HTML:
    low, high, working = (row.get(k, "") for k in ("low", "high", "working"))
    text = words.span(low, high, row.get("hedge", "")) if label is None else label
    if not working:
        return HTML(escape(text), text)
    where, hover = escape(anchor(working)), escape(_title(row))
    return HTML(f'<a class="wc-number" href="#{where}" title="{hover}">{escape(text)}</a>', text)


def _title(row: Mapping) -> str:
    """What the link of a row's number says on hover: its quote, or its working, in words where its case is at hand."""
    text = row["working"]
    own = text.rpartition(":")[2] == row.get("figure_id")  # what was made of a row stands in no quote
    if row.get("changed"):
        return text
    if own and (said := _hover(row)):
        return said
    try:
        return text if own else f"our working: {in_words(text, held.loaded(row.get('case', '')))}"
    except (KeyError, ValueError):  # of no case, or of a row that the case has not
        return text


def _checked(shown: HTML, unchecked: str) -> HTML:
    """A number and, where no person has checked it, these words behind it."""
    return say("{} {}", shown, _NOT_CHECKED) if unchecked and shown.text else shown


_NOT_CHECKED = HTML(f'<span class="wc-unchecked">({words.NOT_CHECKED})</span>', f"({words.NOT_CHECKED})")


def _plain(given: Any) -> dict:
    """A row of a frame as a dict, in whatever form it comes, with empty text for what it has not."""
    if getattr(given, "ndim", 0) == 1 and hasattr(given, "to_dict"):
        given = given.to_dict()
    elif hasattr(given, "_asdict"):
        given = given._asdict()
    if not isinstance(given, Mapping):
        remedy = "give one such as frame.iloc[0], or case[figure_id]"
        raise TypeError(f"a Figure or a row of a frame is needed, not a {type(given).__name__}: {remedy}")
    return {k: "" if k not in ("low", "high") and _is_gap(v) else v for k, v in given.items()}


def _is_gap(value: Any) -> bool:
    missing = type(value).__name__ in ("NoneType", "NaTType", "NAType")
    return missing or (isinstance(value, float) and math.isnan(value))


def _unlike(row: Mapping) -> None:
    """ValueError where a row that has a case is not what its working gives there; not for one judged before."""
    asked = "case" in row and row.get("working") and "changed" not in row and {"low", "high", "unit"} <= row.keys()
    problem = held.problem(row) if asked else ""
    if problem:
        raise ValueError(f"{problem}; leave the row out, or mend it")


def sentence(row: Mapping) -> HTML:
    """A figure marked in its own sentence: what stands before it, the quote with its numeral, what stands after.

    row: quote, as_printed and, as far as it has them, prefix, suffix, gloss, source, and the offsets of quote and
    numeral. A quotation in another language than English is marked as such; a row that no person has checked says so.

    >>> sentence({"quote": "two vans", "as_printed": "two", "prefix": "She saw ", "suffix": "."})
    two vans
    """
    row = _plain(row)
    return warned(_sentence(row), [row])


def _sentence(row: Mapping) -> HTML:
    before, after = (words.plain(row.get(k, "")) for k in ("prefix", "suffix"))
    marked = _wording(row)
    before = f'<span class="wc-context">…{escape(before)}</span>' if before.strip() else ""
    after = f'<span class="wc-context">{escape(after)}…</span>' if after.strip() else ""
    gloss = f'<p class="wc-gloss">In English: {escape(row["gloss"])}</p>' if row.get("gloss") else ""
    language = row.get("source", {}).get("language", "")
    lang = f' lang="{escape(language)}"' if language not in ("", "en", UNKNOWN) else ""
    html = f'<blockquote class="wc-quote"{lang}><p>{before}{marked}{after}</p></blockquote>{gloss}'
    return HTML(html, marked.text)


def wording(row: Mapping, linked: bool = False) -> HTML:
    """The words that carry a figure, its numeral marked; behind them, where no person has checked it, that it is so.

    row: as for sentence(). linked: the numeral leads to its note; the row then has working.

    >>> str(wording({"quote": "two vans", "as_printed": "two"}))
    '<mark class="wc-figure">two</mark> vans'
    """
    row = _plain(row)
    _unlike(row)
    return _checked(_wording(row, linked), held.unchecked(row))


def _wording(row: Mapping, linked: bool = False) -> HTML:
    quoted, printed, at = row["quote"], row["as_printed"], _at(row)
    if at < 0:
        return HTML(escape(words.plain(quoted)), words.plain(quoted))
    numeral = _link(row, printed) if linked else escape(printed)
    before, after = (escape(words.plain(part)) for part in (quoted[:at], quoted[at + len(printed) :]))
    return HTML(f'{before}<mark class="wc-figure">{numeral}</mark>{after}', words.plain(quoted))


def _at(row: Mapping, after: int = 0) -> int:
    """Where in its quote a figure's numeral stands: by its offsets, else the first place; -1: nowhere."""
    start, quote_start = row.get("numeral_start"), row.get("quote_start")
    if isinstance(start, int) and isinstance(quote_start, int):
        return start - quote_start
    return row["quote"].find(row["as_printed"], after) if row["as_printed"] else -1


def passages(rows: Iterable[Mapping], aside: Iterable[Mapping] = ()) -> HTML:
    """Figures marked in the text round them, each link leading to its note; one quotation a paragraph.

    rows: rows of figures.csv with working, or of a frame, or the frame. What they quote, with prefix and suffix, is
    joined where it meets; a row without offsets, since the whole text was not read, stands in its own quote, together
    with those of the same quote; one without a quote stands nowhere.
    aside: rows of set_aside.csv; those that stand in these paragraphs are underlined and say why on hover.
    Returns HTML; three dots stand where the text goes on and is not quoted; one sentence where no row has a quote, and
    one that no person has checked the rows, where it is so. Raises ValueError where a row lacks what is shown of it, or
    is not what its working gives. Source: the rows, at their offsets.

    >>> said = {"channel": "direct quote", "said_by": "Ann", "quote": "two vans", "prefix": "", "suffix": ""}
    >>> passages([said | {"as_printed": "two", "low": 2, "high": 2, "working": "vans"}])
    two vans
    """
    records = rows.to_dict("records") if hasattr(rows, "to_dict") else rows
    rows = [row for row in map(_to_show, records) if row["quote"]]
    if not rows:
        return nothing(NO_QUOTES)
    placed = [row for row in rows if all(isinstance(row.get(c), int) for c in _PLACE)]
    quotes: dict[tuple, list] = {}
    for row in rows:
        if row not in placed:
            quotes.setdefault((row["quote"], row["prefix"], row["suffix"]), []).append(row)
    paragraphs = [*_marked(placed, aside), *(p for alike in quotes.values() for p in _marked(list(_set_out(alike))))]
    shown = HTML("".join(paragraphs), "\n".join(dict.fromkeys(words.plain(row["quote"]) for row in rows)))
    return warned(shown, rows)


NO_QUOTES = "There is no number here whose words are quoted."
_PLACE = ("quote_start", "numeral_start", "numeral_end")


def _to_show(given: Any) -> dict:
    """A row for passages(), with empty context where it has none. ValueError names what it lacks."""
    row = {"prefix": "", "suffix": ""} | _plain(given)
    missing = [c for c in ("quote", "as_printed", "low", "high", "working", "said_by", "channel") if c not in row]
    if missing:
        name = row.get("figure_id") or row.get("working") or "a row"
        raise ValueError(f"{name}: it has no {', '.join(missing)}; give rows such as case[figure_id].row, with working")
    _unlike(row)
    return row


def _set_out(rows: list[Mapping]) -> Iterator[dict]:
    """Rows of one quote with offsets in it, each numeral behind the one before where it stands twice.

    Line ends stand round it, so that no dots do: whether the text goes on there was not read.
    """
    ends: dict[str, int] = {}
    for row in rows:
        printed = row["as_printed"]
        at = max(_at(row, ends.get(printed, 0)), _at(row))
        if at < 0:  # the numeral stands nowhere: its quote does instead
            at, printed = 0, row["quote"]
        ends[printed] = at + len(printed)
        context = {"prefix": f"\n{row['prefix']}", "suffix": f"{row['suffix']}\n"}
        start = len(context["prefix"])
        where = {"quote_start": start, "numeral_start": start + at, "numeral_end": start + ends[printed]}
        yield {**row, **context, **where, "as_printed": printed}


def _marked(rows: list[Mapping], aside: Iterable[Mapping] = ()) -> Iterator[str]:
    """The paragraphs of text round rows that have offsets, each row's numeral marked and linked."""
    letters: dict[int, str] = {}
    marks: dict[int, tuple] = {}
    for row in rows:
        begin = row["quote_start"] - len(row["prefix"])
        letters.update(enumerate(row["prefix"] + row["quote"] + row["suffix"], begin))
        link_of = _link(row, words.plain(row["as_printed"]))
        marks[row["numeral_start"]] = row["numeral_end"], f'<mark class="wc-figure">{link_of}</mark>', row
    for word in aside:
        piece_of = f'<u class="wc-aside" title="set aside: {escape(word["reason"])}">{escape(word["token"])}</u>'
        marks.setdefault(word["quote_start"], (word["quote_end"], piece_of, None))
    return (_paragraph(letters, marks, run) for run in _runs(letters))


def _runs(letters: dict[int, str]) -> Iterable[tuple[int, int]]:
    """Where the stretches of text between line ends begin and end, in order."""
    known = sorted(i for i, c in letters.items() if c != "\n")
    starts = [i for i in known if letters.get(i - 1, "\n") == "\n"]
    ends = [i + 1 for i in known if letters.get(i + 1, "\n") == "\n"]
    return zip(starts, ends, strict=True)


def _paragraph(letters: dict[int, str], marks: dict[int, tuple], run: tuple[int, int]) -> str:
    """One stretch of text as a quotation below its channel and speaker; nothing where it holds no figure."""
    (at, end), pieces, held = run, [], []
    before = "" if letters.get(at - 1) == "\n" else "…"
    after = "" if letters.get(end) == "\n" else "…"
    while at < end:
        stop, marked, row = marks.get(at, (at + 1, escape(words.plain(letters[at])), None))
        pieces.append(marked)
        held += [row] if row else []
        at = stop
    said = "; ".join(dict.fromkeys(f"{row['channel']}: {row['said_by']}" for row in held))
    text = before + "".join(pieces).strip() + after
    head = f'<p class="wc-source">{escape(words.capital(said))}</p>'
    return f'{head}<blockquote class="wc-quote"><p>{text}</p></blockquote>' if held else ""


def source(card_of_source: Mapping, short: bool = False) -> HTML:
    """A source as one line that is its link.

    card_of_source: its row of sources.csv. short: publisher and date alone, for a table's cell.

    >>> source({"publisher": "The Gazette", "published": "2017", "url": ""}, short=True)
    The Gazette, 2017
    """
    line = words.source_name(card_of_source) if short else words.citation({**card_of_source, "url": ""})
    return HTML(link(card_of_source["url"], line) or escape(line), line)


def warned(shown: HTML, rows: Iterable[Any]) -> HTML:
    """What is shown of rows, and below it that no person has checked them, or how many of them; else as it is.

    rows: of a frame or of a case; what is missing of coder, working and case says nothing.

    >>> warned(HTML("<p>2–3</p>", "2–3"), [{"coder": "draft"}, {"coder": "project"}])
    2–3
    Not checked by a person: a program's draft. That is so of 1 of 2 rows.
    """
    said = [held.unchecked(_plain(row)) for row in rows]
    found = list(filter(None, said))
    if not found:
        return shown
    share = f" That is so of {len(found)} of {len(said)} rows." if len(found) < len(said) else ""
    text = f"{found[0]}{share}"
    return join(shown, HTML(f'<p class="wc-unchecked">{escape(text)}</p>', text))


def hover(figure: Figure) -> str:
    """What a link to a figure says on hover: its sentence, speaker and source, or its working in words.

    >>> import analysis
    >>> hover(analysis.load()["related-sorties"])[-68:]
    'Russian Ministry of Defence, related headline; Sputnik, 15 June 2017'
    """
    row = figure.row
    if row and not words.ours(row) and (said := _hover(row)):
        return said
    return note(figure).source


def _hover(row: Mapping) -> str:
    """The quote of a row, who said it and where, for the title of a link; nothing where it has no quote."""
    if not row.get("quote"):
        return ""
    document = row.get("source") or ({"published": UNKNOWN, **row} if row.get("publisher") else None)
    where = words.source_name(document) if document else row.get("source_id", "")
    return f"“{words.plain(row['quote'])}” – {row['said_by']}, {row['channel']}; {where}"
