"""What a teacher of 25 sees on one screen, block by block: the words are chosen here, and stand in words.json.

More suspicion is told before better telling apart; nothing is ranked but questions; nothing is said by whose number
of one student. page/blocks.js does the same, step by step.
"""

from collections.abc import Sequence

from .read import WORDS, Found
from .results import ALL, BOTH, SOUND, WEAK, YES, Row
from .score import PAIRS
from .stats import NUMBERS
from .taken import FORMS, OCCASIONS, Key
from .told import COLUMNS, NAMES, SAID, TOLD, Bars, Block, Table, bar, fill, number, percent, said, signed, those


def told(rows: Sequence[Row], found: Found, key: Key) -> list[Block]:
    """The blocks of the one screen, in the order in which a teacher asks."""
    if not found.answers:
        return [Block("who", TOLD["who"], [TOLD["nobody"]]), _faults(found)]
    parts = (
        _who(rows, found),
        _change(rows, key),
        _means(rows),
        _leaning(rows),
        _items(rows, key),
        _confidence(rows, key),
    )
    return [*parts, _grades(rows), _pieces(rows, key), _whose(rows, key), _faults(found)]


def _of(row):
    return fill(SAID["of"], row) if "right" in row else ""


def _who(rows, found):
    n = {occasion: those(rows, "students", occasion=occasion)[0]["n"] for occasion in (ALL, *OCCASIONS)}
    [blank] = those(rows, "left blank", occasion=ALL)
    nothing = sum(file["taken"].startswith(WORDS["taken"]["none"]) for file in found.files)
    counts = fill(TOLD["counts"], {}, **n, blank=blank["blank"], asked=blank["n"])
    return Block("who", TOLD["who"], [counts, fill(TOLD["files"], {}, files=len(found.files), nothing=nothing)])


def _change(rows, key):
    sentences, bars = [], []
    for pair in PAIRS:
        name = " to ".join(pair)
        three = {m: those(rows, f"change in {m}", occasion=name) for m in (BOTH, SOUND, WEAK)}
        if not three[BOTH]:
            continue
        [both], [sound], [weak] = three.values()
        sentences.append(fill(TOLD["pair"], both, pair=TOLD[name]))
        if both["n"] >= NUMBERS["pupils"]:
            sentences += _suspicion(sound, weak, both)
            bars += [bar(f"{TOLD[name]}: {NAMES[m]}", three[m][0]) for m in (SOUND, WEAK, BOTH)]
        sentences.append(said(both, key))
        if both["n"] and not both["apart"]:
            sentences.append(TOLD["apart"])
        if both["uneven"]:
            sentences.append(TOLD["uneven"])
    if not any(row["n"] for row in rows if row["measure"] == f"change in {BOTH}"):
        return Block("change", TOLD["change"], [TOLD["no change"]])
    picture = Bars(TOLD["change bars"], bars, "-1", "1", "0") if bars else None
    return Block("change", TOLD["change"], [*sentences, TOLD["lesson"]], picture)


def _suspicion(sound, weak, both):
    """More suspicion, or more trust, is said first: one rises and the other falls; no surer than both intervals."""
    ways = {"suspicion": (weak, sound), "trust": (sound, weak)}
    for name, (up, down) in ways.items():
        if up["value"] and float(up["value"]) > 0 > float(down["value"]):
            spans = {"sound": _change_of(sound), "weak": _change_of(weak)}
            sure = up["verdict"] == "rose" and down["verdict"] == "fell"
            rose = " rose" * (both["verdict"] == "rose")
            first = TOLD[f"{name} {'sure' if sure else 'perhaps'}{rose}"]
            return [TOLD[name].format(first=first, **spans)] + [TOLD["not sure"]] * (not sure)
    return []


def _change_of(row):
    return fill(TOLD["span"], row) if row["low"] else signed(row["value"])


def _means(rows):
    bars, cells = [], []
    for occasion in OCCASIONS:
        for measure in (SOUND, WEAK, BOTH):
            for row in those(rows, measure, occasion=occasion, item=""):
                bars.append(bar(f"{NAMES[occasion]}: {NAMES[measure]}", row))
        for form in FORMS:
            found = [those(rows, m, occasion=occasion, item=form) for m in (SOUND, WEAK, BOTH)]
            if found[0]:
                three = {k: _span(row) for k, [row] in zip(("sound", "weak", "both"), found, strict=True)}
                cells.append({"when": NAMES[occasion], "form": form, "n": str(found[0][0]["n"])} | three)
    if not bars:
        return Block("means", TOLD["means"], [fill(TOLD["no means"], {})])
    columns = {k: COLUMNS[k] for k in ("when", "form", "n", "sound", "weak", "both")}
    sentences = [fill(TOLD["means said"], {})]
    for row in (row for occasion in OCCASIONS for row in those(rows, BOTH, occasion=occasion, item="")):
        sentences.append(f"{NAMES[row['occasion']].capitalize()}: {_first(row)}")
    picture = Bars(fill(TOLD["means bars"], {}), bars, line=str(NUMBERS["chance"]))
    return Block("means", TOLD["means"], sentences, picture, [Table(TOLD["means table"], columns, cells)])


def _first(row):
    return fill(SAID[row["verdict"]], row)


def _span(row):
    ends = f" ({number(row['measure'], row['low'])} to {number(row['measure'], row['high'])})" if row["low"] else ""
    return number(row["measure"], row["value"]) + ends


def _leaning(rows):
    found = [row for occasion in OCCASIONS for row in those(rows, YES, occasion=occasion)]
    sentences = [f"{NAMES[row['occasion']].capitalize()}: {_lean(row)}" for row in found]
    return Block("leaning", TOLD["leaning"], [*sentences, fill(TOLD["few leaning"], {})])


def _lean(row):
    return fill(SAID[row["verdict"]], row) if row["low"] else SAID["no-spread"]


def _items(rows, key):
    found = sorted(those(rows, "right", occasion=ALL), key=_hard)
    known = [row for row in found if row["n"] >= NUMBERS["answers"]]
    if not found:
        return Block("items", TOLD["items"], [TOLD["items none"]])
    sentence = fill(TOLD["items few"], {})
    if known:
        hard, easy = known[0], known[-1]
        apart = float(hard["high"]) < float(easy["low"])
        sentence = fill(TOLD["items differ"], {}, hard=hard["item"], easy=easy["item"]) if apart else TOLD["items meet"]
    shown = [bar(row["item"], row, extra=_of(row)) for row in known[: NUMBERS["most_items"]]]
    columns = {k: COLUMNS[k] for k in ("item", "use", "kind", "right", "interval", "piece")}
    cells = [_item(row, rows, key) for row in found]
    picture = Bars(TOLD["items bars"], shown) if shown else None
    return Block("items", TOLD["items"], [sentence], picture, [Table(TOLD["items table"], columns, cells)])


def _hard(row):
    """The hardest first; those with too few answers last."""
    return row["n"] < NUMBERS["answers"], float(row["value"]), -row["n"], row["item"]


def _item(row, rows, key):
    question = key.questions[row["item"].lower()]
    pieces = [p for p in those(rows, "piece not ticked", item=row["item"]) if p["n"] >= NUMBERS["answers"]]
    worst = max(pieces, key=lambda p: float(p["value"]), default=None)
    piece = f"{question.crucial_pieces[worst['piece']].strip()} ({_of(worst)})" if worst else ""
    few = row["n"] < NUMBERS["answers"]
    span = f"{percent(row['low'])} to {percent(row['high'])}"
    first = {"item": row["item"], "use": question.use or question.prompt, "kind": NAMES[question.sound_or_weak]}
    interval = fill(SAID["few-answers"], row) if few else span
    return first | {"right": _of(row), "interval": interval, "piece": piece}


def _confidence(rows, key):
    steps = [row for row in those(rows, "right at", occasion=ALL) if row["value"]]
    sentences = []
    for occasion in OCCASIONS:
        for measure, template in (("over-confidence", "over"), ("Brier", "brier")):
            for row in those(rows, measure, occasion=occasion):
                sentences.append(f"{NAMES[occasion].capitalize()}. {TOLD[template].format(said=said(row, key))}")
    if not sentences:
        return Block("confidence", TOLD["confidence"], [TOLD["confidence none"]])
    bars = [_step(row) for row in steps]
    few = [fill(SAID["few-answers"], {})] * (not bars)
    picture = Bars(TOLD["confidence bars"], bars) if bars else None
    return Block("confidence", TOLD["confidence"], [*sentences, *few], picture)


def _step(row):
    said_by_it = f"{int(row['item']) / 100:.4f}"
    return bar(percent(said_by_it), row, mark=said_by_it, extra=f"n = {row['n']}")


def _grades(rows):
    found, left = those(rows, "on the diagonal"), those(rows, "F or 6")
    if not found:
        return Block("grades", TOLD["grades"], [TOLD["grades none"]])
    there = NUMBERS["diagonal_elsewhere"]
    words = {"who": there["who"], "year": there["year"], "there": percent(there["value"]), "left": left[0]["right"]}
    few = found[0]["n"] < NUMBERS["answers"]
    span = "" if few else fill(TOLD["span"], found[0])
    sentence = fill(TOLD["grades few" if few else "grades said"], found[0], span=span, **words)
    return Block("grades", TOLD["grades"], [sentence])


def _pieces(rows, key):
    every = those(rows, "piece not ticked")
    found = [row for row in every if row["n"] >= NUMBERS["answers"] and row["right"]]
    if not found:
        return Block("pieces", TOLD["pieces"], [fill(SAID["few-answers"], {}) if every else TOLD["pieces none"]])
    most = sorted(found, key=lambda row: (-float(row["value"]), -row["n"], row["item"], row["piece"]))
    cells = [_missed(row, key) for row in most[: NUMBERS["most_items"]]]
    columns = {k: COLUMNS[k] for k in ("text", "item", "missed", "interval")}
    return Block("pieces", TOLD["pieces"], [], None, [Table(TOLD["pieces table"], columns, cells)])


def _missed(row, key):
    span = f"{percent(row['low'])} to {percent(row['high'])}"
    text = key.questions[row["item"].lower()].crucial_pieces[row["piece"]].strip()
    return {"text": text, "item": row["item"], "missed": _of(row), "interval": span}


def _whose(rows, key):
    kinds = ("yes on sound", "yes on weak")
    found = {g: [row for kind in kinds for row in those(rows, kind, occasion=ALL, group=g)] for g in key.groups}
    shown = {g: two for g, two in found.items() if len(two) == len(kinds)}
    first = fill(TOLD["whose said"], {})
    if not shown:
        return Block("whose", TOLD["whose"], [first, fill(TOLD["whose few"], {})])
    known = {g: two for g, two in shown.items() if two[0]["low"] and two[1]["low"]}
    gaps = [(a, b) for a in known for b in known if all(map(_above, known[a], known[b]))]
    told = [TOLD["whose gap"].format(high=key.groups[a], low=key.groups[b]) for a, b in gaps]
    told = (told or [TOLD["whose no gap"]]) if known else []
    bars = [bar(f"{key.groups[g]}: {NAMES[r['measure']]}", r) for g, two in shown.items() for r in two if r["value"]]
    few = [fill(SAID["few-in-group"], {})] * (len(bars) < len(kinds) * len(shown))
    return Block("whose", TOLD["whose"], [first, *told, *few], Bars(TOLD["whose bars"], bars) if bars else None)


def _above(one, other):
    return float(one["low"]) > float(other["high"])


def _faults(found):
    faults = Table(TOLD["faults table"], {k: COLUMNS[k] for k in ("file", "row", "fault", "remedy")}, found.faults)
    files = Table(TOLD["taken table"], {k: COLUMNS[k] for k in ("file", "code", "taken")}, found.files)
    none = [] if found.faults else [TOLD["faults none"]]
    return Block("files", TOLD["faults"], none, None, [faults, files] if found.faults else [files])
