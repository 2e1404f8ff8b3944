"""What a row and its document say: numbers in other languages, dates in an id, names and days in the words.

The rooms that hold columns against each other (analysis.crosscheck, analysis.kin) ask here. Nothing is judged.
"""

import functools
import re

from . import numerals, tongues
from .period import is_date
from .schema import FIGURE_TABLES, OURS, UNKNOWN
from .tables import Table

_EVERYDAY = set("the of and for in to by an general state body name document looked its that which head not known "
                "ministry office".split())  # fmt: skip
_MONTH = "|".join(tongues.MONTHS["en"])


class Row:
    """A row of a figure table with its document and the bodies of its case.

    cells, card: its row, and its document's, as dicts of text; `row["place"]` is a cell, empty where the table has no
    such column. words: all that the row and the card say, in small letters. quote: the quote with its gloss. caveat: in
    small letters. bodies: {name: row of bodies.csv}. ours: the publisher of derived rows.
    """

    def __init__(self, table: str, cells: dict, card: dict, bodies: dict, ours: str) -> None:
        self.table, self.cells, self.card, self.bodies, self.ours = table, cells, card, bodies, ours
        self.derived, self.numbered = bool(cells["derivation"]), bool(cells["low"] or cells["high"])
        self.language = card["language"].partition("-")[0]
        self.caveat, self.quote = cells["caveat"].lower(), f"{self['quote']} {self['gloss']}".lower()
        own = [self["prefix"], self["suffix"], self["country"]] + [card[c] for c in ("title", "author", "publisher")]
        ident = cells["figure_id"].replace("-", " ")
        self.words = " ".join([self.quote, self.caveat, ident, *own, card["note"], card["url"]]).lower()

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    @property
    def voice(self) -> frozenset:
        """The chief words of its document's own voice: publisher, author, title, and what is noted of it."""
        return chief(" ".join(self.card[c] for c in ("publisher", "author", "title", "note")))

    def says(self, name: str) -> bool:
        """Whether the words have the name of a speaker or a body, or half of its chief words."""
        first = name.partition(",")[0]
        wanted = chief(re.sub(r"\(.*?\)", "", first))
        return first.lower() in self.words or (bool(wanted) and 2 * len(wanted & chief(self.words)) >= len(wanted))

    def speaks(self) -> bool:
        """Whether said_by is of the body that counted, by office or by the body's note; or a report that names it."""
        counter, said = self["counted_by"], chief(self["said_by"])
        names = chief(f"{counter} {self.bodies.get(counter, {}).get('note', '')}")
        return bool(names & said) or (bool(said & self.voice) and self.says(counter))

    def dated(self, column: str) -> bool:
        """Whether the id, the caveat, the words, or the day on which the document was published show a date."""
        day, published = self[column], self.card["published"]
        if day in self.caveat or any(d and alike(d, day) for d in id_dates(self["figure_id"])):
            return True
        since = months(published) - months(day) if published != UNKNOWN else -1
        if column == "period_end" and 0 <= since <= 1:
            return True
        year, month = day[:4], day[5:7]
        named = bool(month) and self._names_month(int(month))
        return bool(named and 0 <= since < 12) or (bool(re.search(rf"\b{year}\b", self.words)) and (named or not month))

    def _names_month(self, month: int) -> bool:
        stems = {tongues.MONTHS[tongue][month - 1] for tongue in ("en", self.language) if tongue in tongues.MONTHS}
        return bool(re.search(rf"\b(?:{'|'.join(stems)})|(?<!\d)0?{month}[/.-]", self.words))


def rows(tables: dict[str, Table]) -> list[Row]:
    """The figure rows of a case, those of which there is a document. tables: as for rules.judge."""
    cards = {row["source_id"]: row for row in tables["sources"].rows}
    bodies = {row["name"]: row for row in tables["bodies"].rows}
    ours = next((card["publisher"] for card in cards.values() if card["kind"] == OURS), "")
    cells = [(table, row) for table in FIGURE_TABLES for row in tables[table].rows if row["source_id"] in cards]
    return [Row(table, row, cards[row["source_id"]], bodies, ours) for table, row in cells]


@functools.lru_cache(maxsize=8192)
def chief(text: str) -> frozenset:
    """The chief words of a name, by their first five letters: Russia and Russian are one.

    >>> sorted(chief("The Ministry of Transport"))
    ['trans']
    """
    return frozenset(w[:5] for w in re.findall(r"[\w-]+", text.lower()) if len(w) > 1 and w not in _EVERYDAY)


# Dates ----------------------------------------------------------------------------------------------------------------


def alike(a: str, b: str) -> bool:
    """Whether two dates are the same as far as both are written: alike("2015", "2015-11")."""
    n = min(len(a), len(b))
    return a[:n] == b[:n]


def after(day: str, other: str) -> bool:
    """Whether a date surely lies after another: both known, and later as far as both are written.

    >>> after("2015-12", "2015-11-30"), after("2015-12", "2015"), after("2016", "unknown")
    (True, False, False)
    """
    n = min(len(day), len(other))
    return UNKNOWN not in (day, other) and is_date(day) and is_date(other) and day[:n] > other[:n]


def days(words: str, year: str) -> list[str]:
    """The days that English words name, in small letters. year: that of a day that has none.

    >>> days("on 8 march 2017, and the 20th; wednesday, 1 march", "2016")
    ['2017-03-08', '2016-03-01']
    """
    found = re.findall(rf"\b([0-3]?\d) ({_MONTH})[a-z]*\b(?: (\d{{4}}))?", words)
    return [f"{y or year}-{tongues.MONTHS['en'].index(month) + 1:02d}-{int(day):02d}" for day, month, y in found]


def months(day: str) -> int:
    """A date as a number of months; the last of its year where it has no month."""
    year, month = [*day.split("-"), "12"][:2]
    return 12 * int(year) + int(month)


@functools.lru_cache(maxsize=4096)
def id_dates(figure_id: str) -> tuple[str, str]:
    """The first and the last date in a figure_id, as far as it writes them; empty where it has none.

    >>> id_dates("runs-2015-11-26-to-12-04"), id_dates("runs-to-2016-12-22")
    (('2015-11-26', '2015-12-04'), ('', '2016-12-22'))
    >>> id_dates("jul24-cases"), id_dates("quote-buses")
    (('2024-07', '2024-07'), ('', ''))
    """
    found = list(re.finditer(r"(?:^|(?<=-))(?:19|20)\d\d(?:-\d\d){0,2}(?=-|$)", figure_id))
    if not found:
        short = re.findall(rf"(?:^|-)({_MONTH})(\d\d)(?=-|$)", figure_id)
        dates = [f"20{year}-{tongues.MONTHS['en'].index(month) + 1:02d}" for month, year in short]
        return (dates[0], dates[-1]) if dates else ("", "")
    first, last = found[0][0], found[-1][0]
    if rest := re.match(r"-to-(\d\d(?:-\d\d)?)(?=-|$)", figure_id[found[-1].end() :]):
        parts = rest[1].count("-") + 1
        return first, "-".join([*last.split("-")[:-parts], rest[1]])
    return ("", last) if len(found) == 1 and "to-" in figure_id[: found[0].start()] else (first, last)


# Numbers --------------------------------------------------------------------------------------------------------------

_BETWEEN = r"\s*[-–—]\s*|\s+(?:до|и|a|à|bis|to|and|y|e|et|und)\s+"
_GAP = re.compile(r"(?<=\d)[\s\u00a0](?=\d{3}\b)")  # between the thousands


def number(row: dict | Row) -> str:
    """A row's number as it is printed, to be read. In a line of a data file a comma stands between two cells.

    row: its as_printed and quote.

    >>> number({"as_printed": "12,230", "quote": "bath,BTH,12,230,121"})
    '12 - 230'
    >>> number({"as_printed": "3,100", "quote": "a total of 3,100"})
    '3,100'
    """
    words = row["as_printed"]
    return words.replace(",", " - ") if words and f",{words}," in row["quote"] else words


def ends(printed: str, language: str) -> tuple[float, float, str] | None:
    """What a printed number says: (low, high, unit), by numerals.read, or by the number words of another language.

    printed: as_printed. language: of its document, `ru`. unit: `percent` for a share in words. None where it is not
    read, or where the words leave it open.

    >>> ends("18 тысяч 800", "ru"), ends("30 до 50 тысяч", "ru")
    ((18800.0, 18800.0, ''), (30000.0, 50000.0, ''))
    >>> ends("70-120", "en"), ends("Thousands", "en")
    ((70.0, 120.0, ''), None)
    """
    if reading := numerals.read(printed.removesuffix("%")):
        return None if reading.high is None else (*sorted((reading.low, reading.high)), reading.unit)
    parts = [_foreign(part, language) for part in re.split(_BETWEEN, printed.lower().strip(" ."))]
    if None in parts or len(parts) > 2:
        return None
    (first, scale), (last, of_last) = parts[0], parts[-1]
    return first * (of_last if scale == 1 and len(parts) > 1 else 1), last, ""


def _foreign(part: str, language: str) -> tuple[float, int] | None:
    """(the number, its scale) of digits and number words in another language; None where a word is not known."""
    numbers, scales = tongues.NUMBERS.get(language, {}), tongues.SCALES.get(language, {})
    for phrase in (stem for stem in numbers if " " in stem and part.startswith(stem)):
        return float(numbers[phrase]), 1
    total, current, scale = 0.0, None, 1
    words = re.findall(r"\d+(?:[.,]\d+)*|[^\W\d]+", _GAP.sub("", part))
    for n, word in enumerate(words):
        value, factor = _value(word, numbers), _stem(word, scales)
        if factor:
            total, current, scale = total + (1 if current is None else current) * factor, None, factor
        elif value is None:
            return None
        elif n and n == len(words) - 1 and total == scale and not word[0].isdigit():  # thousands five: about 5,000
            total *= value
        else:
            current = (current or 0) + value
    return (total + (current or 0), scale) if words else None


def _stem(word: str, stems: dict) -> int | None:
    return next((value for stem, value in stems.items() if word.startswith(stem)), None)


def _value(word: str, numbers: dict) -> float | None:
    if not word[0].isdigit():
        return _stem(word.removeprefix("و"), numbers)
    grouped = re.fullmatch(r"\d{1,3}([.,]\d{3})+|\d+", word)
    reading = numerals.read(word if grouped else word.replace(",", "."))
    return reading.low if reading else None
