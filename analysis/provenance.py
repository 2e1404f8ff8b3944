"""Where a number came from: its working laid out to the quotes, its way to the page, who repeats whom."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

import pandas as pd

from . import cards, period, words, working
from .schema import COUNT_ORIGINS, DATE, UNKNOWN

if TYPE_CHECKING:
    from .case import Case


class Explanation(str):
    """A laid-out working: text, and in a notebook the same as a card with its operands' cards."""

    html = ""

    def _repr_html_(self):
        return self.html

    def __repr__(self):
        return str(self)


def explain(figure):
    """A figure's working laid out down to the quotes.

    figure: a Figure. Returns text, one line a fact, operands indented below what is made of them.
    """
    said = Explanation("\n".join(_lines(figure, 0)))
    operands = [figure.case[i] for i in leaves(figure)] if figure.case else []
    said.html = cards.join(cards.card(figure), *(cards.card(o) for o in operands if o.working != figure.working))
    return said


def leaves(figure):
    """The figure_ids that a figure rests on, derived rows opened down to the rows that a source prints."""
    text = figure.row.get("derivation") or figure.working
    found = []
    for i in working.ids(text):
        row = figure.case[i].row
        found += leaves(figure.case[i]) if row["derivation"] else [i]
    return list(dict.fromkeys(found))


def chain(figure):
    """The hands a number went through, from the body that counted to this page: a list of (role, who) pairs."""
    row = figure.row
    steps = [
        ("counted", row["counted_by"]),
        ("said", row["said_by"]),
        (row["channel"], words.source_name(row["source"])),
    ]
    repeated = [("repeats", i) for i in row["repeats"].split(";") if i]
    return [*repeated, *steps]


def repeats(case):
    """Who says again whose number, as a frame: figure_id, repeats (one pair a row). Source: the column `repeats`."""
    rows = case.references[["figure_id", "repeats"]]
    pairs = rows.assign(repeats=rows["repeats"].str.split(";")).explode("repeats")
    return pairs[pairs["repeats"] != ""].reset_index(drop=True)


def first_of(case, figure_id):
    """The figure_ids with which a number began, as far as `repeats` leads back: its own where it repeats none."""
    earlier = [i for i in case[figure_id].row["repeats"].split(";") if i]
    found = [first for i in earlier for first in first_of(case, i)] or [figure_id]
    return list(dict.fromkeys(found))


def mark_repeats(case, frame):
    """A frame with what `repeats` says of its rows, so that a number said again can be seen as such.

    frame: rows with figure_id. Returns it with four columns more: first (the figure_ids with which the number began,
    joined by ;), began (the body whose count those are, and for when), label (who says it here and, where it is said
    again, whose number it is), dated (the same with the date). Source: the column `repeats`.
    """
    ids = list(frame["figure_id"])
    firsts = [first_of(case, i) for i in ids]
    began = ["; ".join(_whose(case[i].row) for i in first) for first in firsts]
    again = ["" if first == [i] else f" – says again: {who}" for i, first, who in zip(ids, firsts, began, strict=True)]
    label = [case[i].row["said_by"] + more for i, more in zip(ids, again, strict=True)]
    dated = [_who_when(case[i].row) + more for i, more in zip(ids, again, strict=True)]
    return frame.assign(first=[";".join(first) for first in firsts], began=began, label=label, dated=dated)


def repeats_table(case, caption, bodies=()):
    """Who says again whose number, as an accessible table.

    bodies: counted_by to keep; all of them if empty. Returns HTML, one row a pair, in the order of references.csv.
    Source: the columns `repeats`, `counted_by` and `count_origin`.
    """
    rows = []
    for pair in repeats(case).itertuples():
        later, earlier = case[pair.figure_id], case[pair.repeats]
        if not bodies or earlier.row["counted_by"] in bodies:
            rows.append({
                "number": cards.number(later, str(later)), "who": _who_when(later.row),
                "how": later.row["count_origin"], "earlier": cards.number(earlier, str(earlier)),
                "first": _who_when(earlier.row), "body": earlier.row["counted_by"],
            })  # fmt: skip
    columns = {"number": "Number", "who": "Who says it", "how": "How", "earlier": "Earlier number",
               "first": "Who said that", "body": "Whose count"}  # fmt: skip
    return cards.table(rows, columns, caption)


# Kinds of count_origin, by who holds the number when it is printed: one rule for every body.
HANDS = {
    "own": ("own count", "own statement"),
    "others": ("tally", "repeats", "computed"),
    "compiled": ("compiled",),
    "unsaid": (UNKNOWN,),
}


def bodies(frame):
    """How many rows rest on each body, and how many of them the body printed itself: one rule for all.

    frame: rows with counted_by, stake, count_origin, repeats. Returns a row a body, those with most rows first: rows;
    own (the body's own count or statement), others (tallied, repeated or worked out by someone else), compiled (from
    other bodies' counts), unsaid (the source does not say); again (of all of them, those that repeat an earlier row).
    """
    if set(frame["count_origin"]) - set(COUNT_ORIGINS):
        raise ValueError("count_origin holds a word that is not in schema.COUNT_ORIGINS")
    rows = frame[["counted_by", "stake"]].assign(rows=1, again=(frame["repeats"] != "").astype(int))
    for name, origins in HANDS.items():
        rows[name] = frame["count_origin"].isin(origins).astype(int)
    counts = rows.groupby(["counted_by", "stake"], as_index=False)[["rows", *HANDS, "again"]].sum()
    return counts.sort_values(["rows", "counted_by"], ascending=[False, True], ignore_index=True)


def bodies_table(frame, caption, most=None):
    """The counts of bodies() as an accessible table, and at its foot their sums and how many bodies are named.

    most: how many bodies have a row of their own, those with most rows first; the others share one row, which says how
    many they are. None for all of them.
    """
    counts = bodies(frame)
    shown, others = counts.iloc[:most], counts.iloc[len(counts) if most is None else most :]
    named = (counts["counted_by"] != UNKNOWN).sum()
    last = [("all of them", "bodies named", named, counts)]
    last = [("not listed one by one", "more", len(others), others), *last] if len(others) else last
    foot = [
        {"counted_by": cards.HTML(f"{name}: {cards.count(n)} {noun}"), "stake": ""} | _sums(rows)
        for name, noun, n, rows in last
    ]
    rows = [row | _sums(shown[i : i + 1]) for i, row in enumerate(shown.to_dict("records"))]
    columns = {"counted_by": "Whose count", "stake": "Stake", "rows": "Rows", "own": "Its own", "others": "By others",
               "compiled": "Compiled from others", "unsaid": "Origin not said",
               "again": "Repeat an earlier row"}  # fmt: skip
    return cards.table([*rows, *foot], columns, caption)


def _sums(counts):
    """The sums of rows of bodies(), marked as counts."""
    return {c: cards.count(counts[c].sum()) for c in ("rows", *HANDS, "again")}


# The article's own way ------------------------------------------------------------------------------------------------


def hands(case: Case) -> pd.DataFrame:
    """The hands between the speaker and this page, in order, as far as the case tells.

    Returns a frame for charts.relay_chain: role, who, date (unknown where nobody says), note, known (whether that there
    was such a hand is stated or inferred; an inferred one is marked in its role), source_id, case. Source: [[hands]]
    and [article] of case.toml.
    """
    page, steps = case.meta["article"], []
    for hand in case.hands:
        note = _notes(f"to {hand['to']}" if "to" in hand else "", hand.get("date_basis", ""), hand.get("note", ""))
        steps.append((hand["role"], hand["who"], hand["date"], note, hand["known"], hand.get("source_id", "")))
    who = ", ".join(page.get(k, UNKNOWN) for k in ("outlet", "dateline") if k in page) or UNKNOWN
    note = _notes(*(f"{k}: {page[k]}" for k in ("author", "translator") if k in page))
    steps.append(("writes it up", who, UNKNOWN, note, "stated", page["source_id"]))
    publisher, published = case.source(page["source_id"])["publisher"], page.get("published", UNKNOWN)
    steps.append(("publishes it", publisher, published, page.get("published_basis", ""), "stated", page["source_id"]))
    if "captured" in page:
        basis = page.get("captured_basis", "")
        steps.append(("copies it from the web", UNKNOWN, page["captured"], basis, "inferred", ""))
    steps.append(("reads it and writes it in a table", "Who Counted?", case.meta["coded_on"],
                  f"coder: {case.meta['coded_by']}", "stated", ""))  # fmt: skip
    steps = [
        (f"{role} (inferred)" if known == "inferred" else role, *rest, known, i) for role, *rest, known, i in steps
    ]
    return pd.DataFrame(steps, columns=["role", "who", "date", "note", "known", "source_id"]).assign(case=case.name)


def _notes(*parts: str) -> str:
    return "; ".join(part for part in parts if part)


def made_public(case: Case) -> str:
    """The date on which the article's numbers were first public, as far as the case tells: of its last dated hand.

    Without one it is the day on which the article was published; unknown where that is.
    """
    dated = [hand["date"] for hand in case.hands if hand["date"] != UNKNOWN]
    return dated[-1] if dated else case.meta["article"].get("published", UNKNOWN)


def days_between(case: Case, *since: str) -> pd.DataFrame:
    """How long a number was on its way: the days between the dates that a case gives.

    since: figure_ids of earlier statements from which to count as well; that the article's number comes from one of
    them is an inference, and the row says so. Returns a frame: label, start, end (dates as in the tables), period (the
    same in words), days (Int64, NA where a date is not known to the day), said (the days in words), basis.
    Source: case.toml, and the documents of the rows in since.
    """
    page, public = case.meta["article"], made_public(case)
    named = [hand for hand in case.hands if hand["known"] == "stated"]
    shown = named[-1]["step"] if named else "the page"
    spans = []
    for hand in named[:-1]:
        spans.append((f"from {hand['step']} to {shown}", hand["date"], public, hand.get("date_basis", "")))
        for session in hand["sessions"]:
            dated = session.get("source_id")
            basis = _notes("if it was said then", dated and f"dated by {words.source_name(case.source(dated))}")
            spans.append((f"from the end of a session to {shown}", session.get("last", UNKNOWN), public, basis))
    for i in since:
        row = case[i].row
        basis = f"that the number comes from there is an inference: {row['as_printed']} is printed in both"
        label = f"from an earlier statement ({row['said_by']}) to {shown}"
        spans.append((label, row["source"]["published"], public, basis))
    written, captured = page.get("published", UNKNOWN), page.get("captured", UNKNOWN)
    if named:
        spans.append((f"from {shown} to the page", public, written, page.get("published_basis", "")))
    spans.append(("from the page to its copy", written, captured, page.get("captured_basis", "")))
    rows = [{"label": label, "start": start, "end": end, "period": _from_to(start, end),
             "days": period.gap(start, end), "basis": basis} for label, start, end, basis in spans]  # fmt: skip
    made = pd.DataFrame(rows).astype({"days": "Int64"})
    return made.assign(said=[_in_words(n) for n in made["days"]])


def relay_table(case, relay, caption):
    """How outlets worded the same figure, as an accessible table: their words in their language, and in English.

    relay: rows of case.relay. Returns cards.HTML, one row a wording, each marked with its language.
    """
    rows = []
    for row in relay.to_dict("records"):
        source, figure = case.source(row["source_id"]), case[row["figure_id"]]
        where = f"{words.source_name(source)}, {row['channel']}"
        gloss = f'<br><span class="wc-gloss">In English: {escape(row["gloss"])}</span>' if row["gloss"] else ""
        hedge = f"{_tongue(row['hedge_as_printed'], source['language'])} ({escape(row['hedge'].replace(';', ', '))})"
        rows.append({
            "figure": cards.number(figure, figure.row["as_printed"]),
            "outlet": cards.HTML(f"{escape(where)} {cards.link(source['url'])}".strip(), where),
            "words": cards.HTML(_tongue(row["wording"], source["language"]) + gloss, row["wording"]),
            "hedge": cards.HTML(hedge) if row["hedge"] else "none",
        })  # fmt: skip
    columns = {"outlet": "Outlet", "words": "Its words", "hedge": "Hedge", "figure": "Article prints"}
    return cards.table(rows, columns, caption)


def _tongue(text, language):
    """A text marked with its language, unless that is English or unknown."""
    known = language not in ("", "en", UNKNOWN) and text
    return f'<span lang="{escape(language)}">{escape(text)}</span>' if known else escape(text)


def _who_when(row):
    """Who said a row's number, and for which day or month it stands: the end of what is counted."""
    end = row["period_end"]
    return f"{row['said_by']}, {'date unknown' if end == UNKNOWN else words.date(end)}"


def _whose(row):
    """The body whose count a row is, where it is known, else who said it; and for when."""
    known = row["counted_by"] not in ("", UNKNOWN)
    return _who_when(row | {"said_by": row["counted_by"]} if known else row)


def _in_words(days):
    if days is pd.NA:
        return UNKNOWN
    said = f"{words.number(abs(days))} {'day' if abs(days) == 1 else 'days'}"
    return said if days >= 0 else f"{said}, in reversed order"


def _from_to(start, end):
    return " to ".join("date unknown" if d == UNKNOWN else words.date(d) for d in (start, end))


def passages(case):
    """Every figure of the article marked in its sentence, and the words set aside there underlined.

    case: a Case. Returns HTML, a quotation a paragraph. Source: the quotes of figures.csv at their offsets; the rest
    of the article is not shipped.
    """
    rows = [case[i].row | {"working": i} for i in case.figures["figure_id"]]
    return cards.passages(rows, case.set_aside.to_dict("records"))


# What may differ between two wordings of one number: the column, and what to call it.
WORDED = {"as_printed": "number", "hedge_as_printed": "hedge", "unit_as_printed": "noun"}


def wordings(case):
    """Each number that the article prints twice: in a quotation, and again in the outlet's own words.

    case: a Case. Returns a frame, a row a pair, in the order of the article: measure, subject, lede, quote (figure_ids)
    and changed: what differs on the way from the quotation to the lede, in text. Source: the column `repeats`.
    """
    own = set(case.figures["figure_id"])
    pairs = [
        (case[i].row, case[said].row)
        for i, repeated in zip(case.figures["figure_id"], case.figures["repeats"], strict=True)
        for said in repeated.split(";")
        if said in own
    ]
    columns = ["measure", "subject", "lede", "quote", "changed"]
    rows = [(a["measure"], a["subject"], a["figure_id"], b["figure_id"], _changed(a, b)) for a, b in pairs]
    return pd.DataFrame(rows, columns=columns)


def _changed(lede, quote):
    """What differs from the quotation to the lede, e.g. `hedge: Some → none`."""
    parts = [f"{name}: {quote[c] or 'none'} → {lede[c] or 'none'}" for c, name in WORDED.items() if quote[c] != lede[c]]
    return "; ".join(parts) or "number, hedge and noun stay as they are"


def side_by_side(case):
    """The pairs of wordings() as a table: what changed, the quotation, and the outlet's own words."""
    rows = [
        {
            "changed": pair["changed"],
            **{k: cards.wording(case[pair[k]].row | {"working": pair[k]}, linked=True) for k in ("lede", "quote")},
        }
        for pair in wordings(case).to_dict("records")
    ]
    columns = {"changed": "What changed", "quote": "In quotation marks", "lede": "In the outlet's own words"}
    return cards.table(rows, columns, "The same number, quoted and retold")


def identity(case: Case, *keys: str) -> cards.HTML:
    """What is known of the article and of the hands before it beyond what the text prints, and how it is known.

    case: a Case. keys: the entries to keep, such as date; all of them if none is named. Returns a table of the entries
    of case.toml that rest on something (`x_basis` says how the entry `x` is known, `x_source_id` where it stands) or
    that nobody has told us: unknown. Source: [article] and [[hands]] of case.toml.
    """
    parts = [("article", case.meta["article"]), *((hand["step"], hand) for hand in case.hands)]
    entries = [
        (f"{name[:1].upper()}{name[1:]}: {key.replace('_', ' ')}", value, _how(case, entries, key))
        for name, entries in parts
        for key, value in entries.items()
        if isinstance(value, str) and key not in ("role", "step", "known", "note")
        if not key.endswith(("_basis", "source_id")) and (not keys or key in keys)
    ]
    rows = [{"what": w, "known": _date_or_text(v), "how": how} for w, v, how in entries if how or v == UNKNOWN]
    columns = {"what": "What", "known": "As far as we know", "how": "How it is known"}
    return cards.table(rows, columns, "The article and how it reached this page")


def _date_or_text(text):
    """An entry of case.toml in words: a date in words, any other text as it stands."""
    return words.date(text) if re.fullmatch(DATE, text) else text


def _how(case, entries, key):
    """How an entry of case.toml is known: its basis in words, and a link to the document that it rests on."""
    basis = entries.get(f"{key}_basis", "")
    stem = key.partition("_")[0]
    document = entries.get(f"{stem}_source_id") if key != stem else entries.get("source_id") if basis else None
    said = [escape(basis)] if basis else []
    return cards.HTML("; ".join([*said, *([cards.source(case.source(document))] if document else [])]))


def sessions(case):
    """The days on which the words may have been said, as a table. Source: the sessions of [[hands]] in case.toml."""
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
    return cards.table(rows, columns, "When the words may have been said")


def _session_days(first, last):
    return "date unknown" if UNKNOWN == first == last else words.period(first, last)


def unknowns(case):
    """What the article does not say, as a table. Source: [unknown] in case.toml."""
    rows = [
        {"what": key.replace("_", " ").capitalize(), "known": value}
        for key, value in case.meta.get("unknown", {}).items()
    ]
    return cards.table(
        rows, {"what": "What a reader would ask", "known": "The article says"}, "What the article does not say"
    )


def relayed(case, *figure_ids):
    """How outlets worded these figures once they were public, as relay rows with the outlet's publisher and date.

    case: a Case. figure_ids: figures of the article. Returns the columns of relay.csv with publisher, published, case.
    Documents older than made_public() are left out: they word the number, but pass nothing on from it.
    """
    rows = case.relay[case.relay["figure_id"].isin(figure_ids)]
    cards_of = [case.source(i) for i in rows["source_id"]]
    printed = {
        c: pd.Series([card[c] for card in cards_of], rows.index, dtype="str") for c in ("publisher", "published")
    }
    told, since = rows.assign(**printed, case=case.name), made_public(case)
    after = [UNKNOWN in (day, since) or day >= since[: len(day)] for day in told["published"]]
    return told[after].reset_index(drop=True)


def _lines(figure, depth):
    indent = "    " * depth
    hedge = f"  [{', '.join(figure.hedges)}]" if figure.hedges else ""
    yield f"{indent}{figure.working} = {figure}{hedge}"
    yield from (f"{indent}    ! {note}" for note in figure.notes)
    row = figure.row
    if row and row.get("quote"):
        yield f"{indent}    “{row['quote']}”".replace("\xa0", " ")
    if row and not row["derivation"]:
        yield f"{indent}    {row['said_by']}; {row['channel']}; {words.source_name(row['source'])}"
        yield f"{indent}    counted by: {row['counted_by']} ({row['count_origin']}); grade {row['grade']}"
        return
    text = row["derivation"] if row else figure.working
    if row:
        yield f"{indent}    = {text}"
    for i in working.ids(text) if figure.case else ():
        yield from _lines(figure.case[i], depth + 1)
