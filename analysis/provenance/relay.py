"""The article's own way: the hands its numbers went through, when, in whose words, and what nobody tells of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import TYPE_CHECKING

import pandas as pd

from .. import cards, period, words
from ..schema import DATE, UNKNOWN

if TYPE_CHECKING:
    from ..case import Case


# Hands and dates ------------------------------------------------------------------------------------------------------


def hands(case: Case) -> pd.DataFrame:
    """The hands between the speaker and this page, in order, as far as the case tells.

    case: a Case. Returns a row a hand, text, for charts.relay_chain: role, who, date (unknown where nobody says), note,
    known (whether that there was such a hand is stated or inferred; an inferred one is marked in its role), source_id,
    case. Source: [[hands]] and [article] of case.toml.

    >>> import analysis
    >>> hands(analysis.load())["role"].tolist()[:2]
    ['says it', 'turns it into English (inferred)']
    """
    rows = pd.DataFrame(_steps(case), columns=["role", "who", "date", "note", "known", "source_id"], dtype="str")
    inferred = rows["known"] == "inferred"
    return rows.assign(role=rows["role"].where(~inferred, rows["role"] + " (inferred)"), case=case.name)


def _steps(case: Case) -> Iterator[tuple[str, ...]]:
    """(role, who, date, note, known, source_id) of the case's hands, of the page, of its copy, and of this table."""
    page = case.meta["article"]
    for hand in case.hands:
        note = _notes(f"to {hand['to']}" if "to" in hand else "", hand.get("date_basis", ""), hand.get("note", ""))
        yield hand["role"], hand["who"], hand["date"], note, hand["known"], hand.get("source_id", "")
    here = page["source_id"]
    names = {"dateline": "its first words", "author": "author", "translator": "translator"}
    note = _notes(*(f"{name}: {page[k]}" for k, name in names.items() if k in page))
    yield "writes it up", page.get("outlet", UNKNOWN), UNKNOWN, note, "stated", here
    published, basis = page.get("published", UNKNOWN), page.get("published_basis", "")
    yield "publishes it", case.source(here)["publisher"], published, basis, "stated", here
    if "captured" in page:
        yield "copies it from the web", UNKNOWN, page["captured"], page.get("captured_basis", ""), "inferred", ""
    coder, day = f"coder: {case.meta['coded_by']}", case.meta["coded_on"]
    yield "reads it and writes it in a table", "Who Counted?", day, coder, "stated", ""


def _notes(*parts: str) -> str:
    return "; ".join(part for part in parts if part)


def made_public(case: Case) -> str:
    """The date on which the article's numbers were first public, as far as the case tells: of its last dated hand.

    case: a Case. Returns a date of the tables. Without a dated hand it is the day on which the article was published;
    unknown where that is. Source: case.toml.

    >>> import analysis
    >>> made_public(analysis.load())
    '2017-06-14'
    """
    dated = [hand["date"] for hand in case.hands if hand["date"] != UNKNOWN]
    return dated[-1] if dated else case.meta["article"].get("published", UNKNOWN)


def days_between(case: Case, *since: str) -> pd.DataFrame:
    """How long a number was on its way: the days between the dates that a case gives.

    case: a Case. since: figure_ids of earlier statements from which to count as well; that the article's number comes
    from one of them is an inference, and the row says so. Returns a row a span: label, start, end (dates as in the
    tables), period (the same in words), days (Int64, NA where a date is not known to the day), basis, said (the days in
    words). Raises UnknownFigure for an id that the case has not. Source: case.toml, and the documents of those rows.

    >>> import analysis
    >>> days_between(analysis.load()).iloc[-2][["label", "said"]].tolist()
    ['from the broadcast to the page', '1 day']
    """
    rows = [
        {"label": label, "start": start, "end": end, "period": f"{words.day(start)} to {words.day(end)}",
         "days": period.gap(start, end), "basis": basis}
        for label, start, end, basis in _spans(case, since)
    ]  # fmt: skip
    made = pd.DataFrame(rows).astype({"days": "Int64"})
    return made.assign(said=[_days_in_words(n) for n in made["days"]])


def _spans(case: Case, since: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """(label, start, end, basis) of each span: to the last hand that is stated and dated, to the page, to its copy."""
    page, named = case.meta["article"], [hand for hand in case.hands if hand["known"] == "stated"]
    last = next((hand for hand in reversed(named) if hand["date"] != UNKNOWN), named[-1] if named else {})
    shown, public = last.get("step", "the page"), last.get("date", made_public(case))
    for hand in named[: named.index(last)] if last else ():
        yield f"from {hand['step']} to {shown}", hand["date"], public, hand.get("date_basis", "")
        for session in hand["sessions"]:
            dated = session.get("source_id")
            basis = _notes("if it was said then", dated and f"dated by {words.source_name(case.source(dated))}")
            yield f"from the end of a session to {shown}", session.get("last", UNKNOWN), public, basis
    for i in since:
        row = case[i].row
        basis = f"that the number comes from there is an inference: {row['as_printed']} is printed in both"
        label = f"from an earlier statement ({row['said_by']}) to {shown}"
        yield label, row["source"]["published"], public, basis
    written, captured = page.get("published", UNKNOWN), page.get("captured", UNKNOWN)
    if named:
        yield f"from {shown} to the page", public, written, page.get("published_basis", "")
    yield "from the page to its copy", written, captured, page.get("captured_basis", "")


def _days_in_words(days: int) -> str:
    if days is pd.NA:
        return UNKNOWN
    if not days:
        return "the same day"
    said = words.many(abs(days), "day")
    return said if days > 0 else f"{said}, in reversed order"


# How others worded the numbers ----------------------------------------------------------------------------------------


def relayed(case: Case, *figure_ids: str) -> pd.DataFrame:
    """How outlets worded these figures once they were public.

    case: a Case. figure_ids: figures of the article. Returns the rows of relay.csv about them, with the outlet's
    publisher and published (a date of the tables), and case. Documents older than made_public() are left out: they word
    the number, but pass nothing on from it. Source: relay.csv and sources.csv.

    >>> import analysis
    >>> relayed(analysis.load(), "quote-fighters", "lede-fighters")["hedge"].unique().tolist()
    ['about', 'up to', 'exactly', 'about;at most', 'at least', '']
    """
    rows = case.relay[case.relay["figure_id"].isin(figure_ids)]
    cards_of = [case.source(i) for i in rows["source_id"]]
    printed = {
        c: pd.Series([card[c] for card in cards_of], rows.index, dtype="str") for c in ("publisher", "published")
    }
    told, since = rows.assign(**printed, case=case.name), made_public(case)
    after = [UNKNOWN in (day, since) or day >= since[: len(day)] for day in told["published"]]
    return told[pd.Series(after, told.index, dtype="bool")].reset_index(drop=True)


def relay_table(case: Case, relay: pd.DataFrame, caption: str) -> cards.HTML:
    """How outlets worded the same figure, as an accessible table: their words in their language, and in English.

    case: a Case. relay: rows of case.relay. caption: what the table shows. Returns HTML, one row a wording, marked with
    its language; one sentence where there is none. Source: the rows and their documents.

    >>> import analysis
    >>> case = analysis.load()
    >>> relay_table(case, relayed(case, "related-sorties"), "How outlets worded it")
    This case has no outlet that passed this number on.
    """
    rows = []
    for row in relay.to_dict("records"):
        source, figure = case.source(row["source_id"]), case[row["figure_id"]]
        where = f"{words.source_name(source)}, {row['channel']}"
        gloss = f'<br><span class="wc-gloss">In English: {escape(row["gloss"])}</span>' if row["gloss"] else ""
        printed, hedge = row["hedge_as_printed"], row["hedge"].replace(";", ", ")
        said = "" if printed.lower() == hedge else f" ({hedge})" if printed else hedge
        rows.append({
            "figure": cards.number(figure, figure.row["as_printed"]),
            "outlet": cards.HTML(f"{escape(where)} {cards.link(source['url'])}".strip(), where),
            "words": cards.HTML(cards.tongue(row["wording"], source["language"]) + gloss, row["wording"]),
            "hedge": cards.say("{}{}", cards.tongue(printed, source["language"]), said) if hedge else "none",
        })  # fmt: skip
    columns = {"outlet": "Outlet", "words": "Its words", "hedge": "Hedge", "figure": "Article prints"}
    return cards.table(rows, columns, caption, "This case has no outlet that passed this number on.")


# What is known of the article -----------------------------------------------------------------------------------------


def identity(case: Case, *keys: str) -> cards.HTML:
    """What is known of the article and of the hands before it beyond what the text prints, and how it is known.

    case: a Case. keys: the entries to keep, such as date; all of them if none is named. Returns a table of the entries
    of case.toml that rest on something (`x_basis` says how the entry `x` is known, `x_source_id` where it stands) or
    that nobody has told us: unknown; and a sentence where no person has checked rows of the case. Source: [article] and
    [[hands]] of case.toml.

    >>> import analysis
    >>> identity(analysis.load(), "headline")
    The article and how it reached this page
    """
    parts = [("article", case.meta["article"]), *((hand["step"], hand) for hand in case.hands)]
    entries = [
        (f"{words.capital(name)}: {key.replace('_', ' ')}", value, _how(case, entries, key))
        for name, entries in parts
        for key, value in entries.items()
        if isinstance(value, str) and key not in ("role", "step", "known", "note")
        if not key.endswith(("_basis", "source_id")) and (not keys or key in keys)
    ]
    rows = [{"what": w, "known": _date_or_text(v), "how": how} for w, v, how in entries if how or v == UNKNOWN]
    columns = {"what": "What", "known": "As far as we know", "how": "How it is known"}
    none = "This case tells no more of the article than its text prints."
    made = cards.table(rows, columns, "The article and how it reached this page", none)
    return cards.warned(made, (case[i].row for i in case))


def _date_or_text(text: str) -> str:
    """An entry of case.toml in words: a date in words, any other text as it stands."""
    return words.date(text) if re.fullmatch(DATE, text) else text


def _how(case: Case, entries: Mapping, key: str) -> cards.HTML:
    """How an entry of case.toml is known: its basis in words, and a link to the document that it rests on."""
    basis = entries.get(f"{key}_basis", "")
    stem = key.partition("_")[0]
    document = entries.get(f"{stem}_source_id") if key != stem else entries.get("source_id") if basis else None
    said = [escape(basis)] if basis else []
    return cards.HTML("; ".join([*said, *([cards.source(case.source(document))] if document else [])]))


def sessions(case: Case) -> cards.HTML:
    """The days on which the words may have been said, as a table; one sentence where the case names none.

    case: a Case. Source: the sessions of [[hands]] in case.toml.

    >>> import analysis
    >>> sessions(analysis.load("nhs-list-2025"))
    This case names no days on which the words may have been said.
    """
    rows = [
        {
            "when": _session_days(one.get("first", UNKNOWN), one.get("last", UNKNOWN)),
            "note": one.get("note") or "nothing more is known",
            "source": cards.source(case.source(one["source_id"]), short=True) if "source_id" in one else UNKNOWN,
        }
        for hand in case.hands
        for one in hand["sessions"]
    ]
    columns = {"when": "Session", "note": "What speaks for or against it", "source": "Source"}
    none = "This case names no days on which the words may have been said."
    return cards.table(rows, columns, "When the words may have been said", none)


def _session_days(first: str, last: str) -> str:
    return words.day(first) if first == last else words.period(first, last)


def unknowns(case: Case) -> cards.HTML:
    """What the article does not say, as a table; one sentence where the case has no such list.

    case: a Case. Source: [unknown] in case.toml.

    >>> import analysis
    >>> unknowns(analysis.load())
    What the article does not say
    """
    rows = [
        {"what": words.capital(key.replace("_", " ")), "known": value}
        for key, value in case.meta.get("unknown", {}).items()
    ]
    columns = {"what": "What a reader would ask", "known": "The article says"}
    return cards.table(
        rows, columns, "What the article does not say", "This case has no list of what its article does not say."
    )
