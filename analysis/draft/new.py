"""A case's folder from a text: figures.csv, set_aside.csv, sources.csv and case.toml, whole or not at all."""

import datetime
import hashlib
import json
import os
import re
import shutil
from pathlib import Path

from .. import case, casefile, commands, tables
from ..schema import DRAFT, ID, TABLES, UNKNOWN
from . import noun, rows

LONGEST = 400_000  # characters of an article
SOURCE = "article"  # the source_id of the article in a draft


def new(article: str | Path, name: str = "", home: str | Path | None = None, language: str = UNKNOWN) -> Path:
    """Write a draft of a case: a row for each number of an article, what counts nothing set aside.

    article: a file of plain text in UTF-8; it is not copied, only its SHA-256 and the sentences with numbers are.
    name: the case's id and its folder's name; made of the file's name if empty. home: the folder of cases, else data/
    of the repository, or the current folder where the package is installed without one. language: the article's, as a
    BCP 47 tag; numbers are read as English has them, whatever it is. Returns the new folder. Raises tables.CaseError,
    with the remedy, for a file that holds no text or no number, or more than an article has; for a name that is no id;
    where it cannot be written; and where that folder is there already: nothing that a person has touched is lost.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     text = Path(place, "Bus strike.txt")
    ...     size = text.write_text("Police said that 1,500 buses stood still.", encoding="utf-8")
    ...     sorted(path.name for path in new(text, home=place).iterdir())
    ['case.toml', 'figures.csv', 'set_aside.csv', 'sources.csv']
    """
    path, home = Path(article), Path(home) if home else place_of_cases()
    raw, text = _read(path)
    if len(text) > LONGEST:
        remedy = f"Give the article alone, in at most {LONGEST:,} characters"
        raise _refused(path, f"it has {len(text):,} characters, more than an article has", remedy)
    name = name or _name(path)
    folder, today = home / name, datetime.date.today().isoformat()
    if not re.fullmatch(ID, name):
        told = f"{name[:40]!r} cannot name a case" if name else "no letter of its name can stand in a case's name"
        example = f"{commands.COMMAND} new {commands.typed(article)} my-article"
        raise _refused(path, told, f"Give a name of lower-case words joined by hyphens, as in: {example}")
    if folder.exists():
        remedy = f"Give the new case another name, or remove the folder {name} first if nothing in it is needed"
        raise _refused(path, f"there is a folder {name} already, and nothing in it is written over", remedy)
    figures, aside = rows.read(text, SOURCE, today)
    if not figures:
        raise _refused(path, "there is no number in this text that could be a figure", "Give the text of an article")
    files = {"figures": figures, "set_aside": aside, "sources": [_card(raw, today, language)]}
    made = home / f".{name}.{os.getpid()}.new"
    try:
        made.mkdir(parents=True)
        for table, lines in files.items():
            # With a byte-order mark a spreadsheet takes it for UTF-8, which by itself it would not.
            tables.write_text(made / f"{table}.csv", "\ufeff" + tables.text_of(lines, table))
        title, units = path.stem.encode("utf-8", "replace").decode(), noun.nouns(figures, text)
        tables.write_text(made / casefile.NAME, _toml(name, title, units, today, language))
        if faults := case.read_folder(made)[2]:  # a draft that cannot be read is none
            raise tables.CaseError(faults)
        made.rename(folder)
    except OSError as e:
        remedy = f"See that there is room in {home}, and that you may write there"
        raise _refused(path, f"the case cannot be written: {e.strerror or e}", remedy) from e
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return folder


def place_of_cases() -> Path:
    """Where new cases go: data/ of the repository, or the current folder where the package stands alone."""
    return Path.cwd() if case.home().name == "_data" else case.home()


def _refused(path: Path, message: str, remedy: str) -> tables.CaseError:
    return tables.CaseError([tables.Fault(path.name, "", "", message, remedy)])


def _read(path: Path) -> tuple[bytes, str]:
    """(the bytes, the text) of an article's file."""
    plain = "Save the article's text as plain text in UTF-8 (.txt) and give that file"
    try:
        raw = path.read_bytes()
    except OSError as e:
        raise _refused(path, f"it cannot be read: {e.strerror}", "Give the file with the article's text") from e
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as e:
        raise _refused(path, f"it is no text in UTF-8 (first odd byte: 0x{raw[e.start]:02x})", plain) from e
    if "\0" in text or re.match(r"\ufeff?\s*(?:<!doctype|<html|<\?xml|%PDF|\{\\rtf)", text, re.IGNORECASE):
        raise _refused(path, "it is no plain text", plain)
    if not text.strip("\ufeff \t\r\n"):
        raise _refused(path, "it is empty", "Paste the article's text into it")
    return raw, text


def _name(path: Path) -> str:
    """A case's name from a file's; empty where there is no letter or digit that an id may have."""
    made = rows.slug(path.stem)[:60].strip("-")
    return made if not made or made[0].isalpha() else f"case-{made}"


def _card(raw: bytes, today: str, language: str) -> rows.Row:
    """The article's card: what a person has to fill in is unknown."""
    filled = {"source_id": SOURCE, "kind": "news article", "published_basis": "not shown", "accessed": today}
    filled |= {"language": language, "sha256": hashlib.sha256(raw).hexdigest()}
    unsaid = dict.fromkeys(("publisher", "title", "author", "published", "licence"), UNKNOWN)
    return dict.fromkeys(TABLES["sources"], "") | unsaid | filled


def _toml(name: str, title: str, units: dict[str, str], today: str, language: str) -> str:
    lines = "\n".join(f"{_key(one)} = {_quoted(many)}" for one, many in units.items())
    return f"""\
# A first draft, made from the text on {today}: no person has checked it. Where nobody has told, write "unknown".
# Numbers, their nouns and hedges were read as English has them. In another language many are missing or read wrongly.
# Change what follows; the comments say how. Then check it, as often as you like: {commands.COMMAND} check {name}

id = {_quoted(name)}
title = {_quoted(f"Draft: {title}")}
question = "What does each number in this article measure, and who counted it?"
language = {_quoted(language)}  # the article's, as a BCP 47 tag: "en", "fr"
content_note = ""  # what a reader should be warned of, if anything
coded_by = "{DRAFT}"  # your name, once you have checked every row; the same in the column coder
coded_on = "{today}"
version = "1"

[article]
source_id = "{SOURCE}"  # its card stands in sources.csv

# The words that this case uses. A word must stand here before a table may use it.
[words]
places = []  # where: ["the town", "the county"]
parties = []  # who has a stake in the numbers: ["the company", "the union"]

[words.measures]  # what is counted, by topic: service = ["buses in service", "buses cancelled"]

[words.units]  # the nouns that are counted, as singular = "plural": taken from the text, join those that mean the same
{lines}
"""


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(text: str) -> str:
    return text if re.fullmatch(r"[A-Za-z0-9_-]+", text) else _quoted(text)
