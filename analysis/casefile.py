"""Read case.toml: what is known of the article, the hands through which its numbers came, and the case's own words.

What a case counts, where, and who has a stake in it are words of the case: `[words]` holds its units, measures, places
and parties, and `[groups]` the groups of bodies that its charts tell apart. Nothing else in this package knows them.
"""

import re
import tomllib
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from . import period, tables, units
from .schema import HIDDEN, ID, NONE_KNOWN, NOT_STATED, UNKNOWN
from .tables import Fault

NAME = "case.toml"
NEEDED = ("id", "title", "question", "language", "content_note", "coded_by", "coded_on", "version", "article")
DATES = ("coded_on", "published", "captured", "date", "first", "last")  # entries that are dates wherever they stand
HAND = ("role", "step", "who", "date")  # what every hand has
SHAPES = ("circle", "square", "triangle", "diamond", "cross")
SIDES = ("a", "b")
PROSE = ("content_note",)  # may be empty: a case without anything to warn of


class Vocabulary:
    """The words of one case, from its case.toml.

    units: units.Nouns. measures: {measure: its topic}. topics: {topic: its measures}. places: {place: the places within
    it, however deep}. parties: those with a stake. groups: {id: {label, colour, shape, dark if given}}, in the order
    in which they are shown. sides: {"a" or "b": {name, adjective}}. scope: {"units": [...], "places": [...]}.
    """

    def __init__(self, meta: dict) -> None:
        self._words = meta.get("words", {})
        self.groups = meta.get("groups", {})
        self.topics = {topic: list(measures) for topic, measures in self._words.get("measures", {}).items()}
        self.measures = {measure: topic for topic, measures in self.topics.items() for measure in measures}
        self.parties = list(self._words.get("parties", []))
        self.sides = self._words.get("sides", {})
        self.scope = {"units": [], "places": []} | self._words.get("scope", {})

    @cached_property
    def units(self) -> units.Nouns:
        return units.Nouns(self._words.get("units", {}))

    @cached_property
    def places(self) -> dict:
        given = self._words.get("places", {})
        inside = dict(given) if isinstance(given, dict) else {place: [] for place in given}
        return {place: _within(inside, place) for place in inside}

    @cached_property
    def allowed(self) -> dict:
        """{the name of a list (schema.Column.words): its words}, without those that hold for every case."""
        return {
            "measures": tuple(self.measures),
            "places": tuple(self.places),
            "parties": tuple(self.parties),
            "groups": tuple(self.groups),
            "scope units": tuple(self.scope["units"]),
            "scope places": tuple(self.scope["places"]),
        }


# Where each list of the case's own words stands, for whoever has to add one.
WHERE = {
    "units": "[words.units]",
    "measures": "[words.measures]",
    "places": "places in [words]",
    "parties": "parties in [words]",
    "groups": "[groups]",
    "scope units": "units in [words.scope]",
    "scope places": "places in [words.scope]",
}


def _within(inside: dict, place: str) -> frozenset:
    """The places within a place, and within those."""
    return frozenset(_reached(inside, place) - {place})


def _reached(inside: dict, place: str) -> set:
    """What a place holds, however deep; itself too if it lies within itself. A circle ends where it closes."""
    found, look = set(), list(inside.get(place, []))
    while look:
        one = look.pop()
        if one not in found:
            found.add(one)
            look += inside.get(one, [])
    return found


class CaseFile(NamedTuple):
    """A case.toml: its text as it was read, the same as a dict (empty where it has faults), and the faults."""

    text: str
    meta: dict
    faults: list


def read(folder: Path) -> CaseFile:
    """Read and judge a folder's case.toml. The dict is empty where there are faults: half of it would mislead."""
    text, _, fault = tables.decoded(folder / NAME)
    if fault:
        return CaseFile("", {}, [fault])
    try:
        meta = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as e:  # nested or long beyond what Python reads
        why = str(e) if isinstance(e, tomllib.TOMLDecodeError) else "a value nested too deep, or a number too long"
        return CaseFile(text, {}, [Fault(NAME, "", "", f"it is not TOML: {why}", "Mend that line")])
    faults = [Fault(NAME, "", *problem) for problem in _problems(meta)]
    return CaseFile(text, {} if faults else meta, faults)


def _problems(meta: dict) -> Any:
    """(entry, message, remedy) for what case.toml lacks, or has in another form than the rest of the package reads."""
    yield from ((k, "the entry is missing", "Write it, or unknown") for k in NEEDED if k not in meta)
    yield from _texts(meta, "", ("article", "unknown"))
    article = meta.get("article")
    if isinstance(article, dict) and "source_id" not in article:
        yield "article.source_id", "the entry is missing", "Write the source_id of the article's row in sources.csv"
    yield from _tables("hands", meta.get("hands", []))
    for n, hand in enumerate(_dicts(meta.get("hands"))):
        at = f"hands.{n + 1}"
        yield from ((f"{at}.{k}", "the entry is missing", "Write it, or unknown") for k in HAND if k not in hand)
        yield from _texts({k: v for k, v in hand.items() if k != "sessions"}, f"{at}.")
        yield from _tables(f"{at}.sessions", hand.get("sessions", []))
        for m, one in enumerate(_dicts(hand.get("sessions"))):
            yield from _texts(one, f"{at}.sessions.{m + 1}.")
        if hand.get("known", "stated") not in ("stated", "inferred"):
            yield f"{at}.known", f"{hand['known']!r} is neither stated nor inferred", "Write stated or inferred"
    for name, value in entries(meta):
        if hidden := re.search(HIDDEN, f"{name}{value}"):
            shown = re.sub(HIDDEN, "?", name)
            yield shown, f"a hidden character (U+{ord(hidden[0]):04X}) stands there", "Remove it: nobody can see it"
    yield from _words(meta)
    yield from _groups(meta.get("groups", {}))
    yield from _scope(meta)


def _dicts(value: Any) -> list:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _tables(name: str, value: Any) -> Any:
    if not (isinstance(value, list) and all(isinstance(one, dict) for one in value)):
        yield name, "it is no list of tables", f"Write each under a line [[{name.rpartition('.')[2]}]]"


def _texts(meta: dict, within: str, parts: tuple = ()) -> Any:
    """Entries that are no text, and dates and ids that are none; parts names the tables that are looked into."""
    for key, value in meta.items():
        name = f"{within}{key}"
        if key in parts:
            if isinstance(value, dict):
                yield from _texts(value, f"{name}.")
            else:
                yield name, "it is no table", f"Write its entries under a line [{name}]"
        elif isinstance(value, (dict, list)) and not within:
            if key in NEEDED:
                yield name, "it is no text", 'Put the value between "quotes"'
        elif not isinstance(value, str):
            yield name, "it is no text", 'Put the value between "quotes"'
        elif not value.strip() and key not in PROSE:
            yield name, "the entry is empty", "Write it, or unknown"
        elif key in DATES and not period.is_date(value):
            yield name, f"{value!r} is no date", "Write YYYY, YYYY-MM, YYYY-MM-DD or unknown"
        elif name == "id" and not re.fullmatch(ID, value):
            yield name, f"{value!r} is no id", "Use lower-case words joined by hyphens"


_COMMON = {"none known": NONE_KNOWN, "unknown": UNKNOWN}


def _words(meta: dict) -> Any:
    """What is wrong with [words]: the lists of the case's own words."""
    own = meta.get("words", {})
    if not isinstance(own, dict):
        yield "words", "it is no table", "Write the case's words under a line [words]"
        return
    for key in own:
        if key not in ("units", "measures", "places", "parties", "sides", "scope"):
            yield f"words.{key}", "nothing reads this entry", "Use units, measures, places, parties, sides, scope"
    yield from _nouns(own.get("units", {}))
    measures = own.get("measures", {})
    if not isinstance(measures, dict) or not all(_is_list(v) for v in measures.values()):
        yield "words.measures", "it is no table of lists", 'Write each topic as: topic = ["measure", "measure"]'
    else:
        yield from _twice("words.measures", [m for listed in measures.values() for m in listed])
        for topic in measures:
            if not re.fullmatch(ID, topic):
                yield "words.measures", f"the topic {topic!r} is no id", "Use lower-case words joined by hyphens"
    places = own.get("places", [])
    if isinstance(places, dict) and all(_is_list(v) for v in places.values()):
        known = set(places)
        for place, inside in places.items():
            for one in inside:
                if one not in known:
                    yield "words.places", f"{place!r} holds {one!r}, which is no place", "Give it a line of its own"
            if place in _reached(places, place):
                yield "words.places", f"{place!r} lies within itself", "Take it out of the places within it"
    elif not _is_list(places):
        yield "words.places", "it is no list of texts", 'Write it as: places = ["here", "there"]'
    yield from _twice("words.places", places)
    parties = own.get("parties", [])
    if not _is_list(parties):
        yield "words.parties", "it is no list of texts", 'Write it as: parties = ["one", "another"]'
    else:
        yield from _twice("words.parties", parties)


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) and one.strip() for one in value)


def _twice(name: str, listed: Any) -> Any:
    """Words that stand twice, or that every case has and none lists."""
    seen = set()
    for word in listed:
        if isinstance(word, str) and word in _COMMON:
            yield name, f"{word!r} may stand in every case", "Remove it from the list"
        elif word in seen:
            yield name, f"{word!r} stands twice", "Remove one of them"
        seen.add(word)


def _nouns(given: Any) -> Any:
    if not isinstance(given, dict) or not all(isinstance(v, str) for v in given.values()):
        yield "words.units", "it is no table of texts", 'Write each noun as: singular = "plural"'
        return
    forms: dict[str, str] = {}
    for singular, plural in given.items():
        for form in {singular, plural}:
            if form in units.ANY:
                yield f"words.units.{singular}", f"{form!r} is a unit of every case", "Remove the line"
            elif not units.is_noun(form):
                yield (
                    f"words.units.{singular}",
                    f"{form!r} cannot be a noun",
                    "Write a word or some, beginning with a letter, without / · [ ] ( )",
                )
            elif forms.setdefault(units.composed(form), singular) != singular:
                yield f"words.units.{singular}", f"{form!r} stands twice", "Let each noun have forms of its own"


def _groups(given: Any) -> Any:
    if not isinstance(given, dict) or not all(isinstance(v, dict) for v in given.values()):
        yield "groups", "it is no table of tables", "Write each group under a line [groups.its-id]"
        return
    for name, group in given.items():
        if not re.fullmatch(ID, name):
            yield f"groups.{name}", f"{name!r} is no id", "Use lower-case words joined by hyphens"
        for key in ("label", "colour", "shape"):
            if not isinstance(group.get(key), str) or not group[key].strip():
                yield f"groups.{name}.{key}", "the entry is missing", "Write it as text"
        for key in ("colour", "dark"):
            if not re.fullmatch(r"#[0-9a-fA-F]{6}", str(group.get(key, "#000000"))):
                yield f"groups.{name}.{key}", f"{group[key]!r} is no colour", "Write it as #rrggbb"
        if group.get("shape", SHAPES[0]) not in SHAPES:
            yield f"groups.{name}.shape", f"{group['shape']!r} is no shape", f"Use one of: {', '.join(SHAPES)}"


def _scope(meta: dict) -> Any:
    """What the scope dial needs, where a case has one: both sides named, its positions, a sentence for each place."""
    own = meta.get("words", {})
    own = own if isinstance(own, dict) else {}
    if not {"scope", "sides"} & set(own) and "scope" not in meta:
        return
    for side in SIDES:
        for key in ("name", "adjective"):
            yield from _wanted(own, "words", "sides", side, key)
    for key in ("units", "places"):
        scope = own.get("scope", {})
        if not (isinstance(scope, dict) and _is_list(scope.get(key)) and scope[key]):
            yield f"words.scope.{key}", "there is no list of texts", f'Write it as: {key} = ["one", "another"]'
            return
    nouns, places = _as_dict(own.get("units")), own.get("places", [])
    for noun in own["scope"]["units"]:
        if noun not in nouns.values():
            yield "words.scope.units", f"{noun!r} is no plural of [words.units]", "Use one of them, or add it there"
    for place in own["scope"]["places"]:
        if place != NOT_STATED and place not in places:
            yield "words.scope.places", f"{place!r} is no place of the case", "Add it to the places in [words]"
        yield from _wanted(meta, "", "scope", "left_out", place)
    yield from _wanted(meta, "", "scope", "ratio")


def _as_dict(value: Any) -> dict:
    return value if isinstance(value, dict) else {}


def _wanted(meta: dict, within: str, *keys: str) -> Any:
    """The entry that a path of keys should lead to, where it is missing or no text."""
    found: Any = meta
    for key in keys:
        found = _as_dict(found).get(key)
    if not isinstance(found, str) or not found.strip():
        at = ".".join(filter(None, [within, *keys[:-1]]))
        yield ".".join(filter(None, [within, *keys])), "the dial needs this entry", f"Write it as text under [{at}]"


def entries(meta: Any, within: str = "") -> Any:
    """Every text of case.toml, however deep, as (its path, the text)."""
    parts = meta.items() if isinstance(meta, dict) else enumerate(meta, start=1) if isinstance(meta, list) else ()
    for key, value in parts:
        name = f"{within}{key}"
        if isinstance(value, str):
            yield name, value
        else:
            yield from entries(value, f"{name}.")
