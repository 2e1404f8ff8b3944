"""Read a case folder into a Case, find figures in it by id, add one of your own, and work workings out."""

import math
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from . import casefile, figure, grades, own, rules, tables, units, words, working
from .commands import shipped
from .held import UnknownCase, UnknownFigure, loaded, register  # noqa: F401 - a case is asked for here
from .schema import DRAFT, FIGURE_TABLES, TABLES, UNKNOWN

DEFAULT = "putin-stone-2017"
_OFFSETS = ("quote_start", "quote_end", "numeral_start", "numeral_end")


class Case:
    """One article's numbers, what others counted, and the documents both stand in.

    sources, figures, references, bodies, by_country, relay, definitions, set_aside, scopes, questions: DataFrames with
    the columns of schema.TABLES, empty where the case has no such table; low and high are float64 (NaN: open or
    unknown), offsets Int64, the rest text ("" is an empty cell). meta: dict of case.toml. vocabulary: its own words.
    `case["figure_id"]` is one Figure; `case.evaluate(working)` works a working out.

    >>> case = load()
    >>> print(case["quote-coalition-strikes"])
    2–5 strikes/day
    """

    def __init__(self, meta: dict, rows: dict[str, list], folder: Path | None = None, toml: str = "") -> None:
        """meta: case.toml as a dict. rows: {table: its rows as dicts of text}. toml: the text of case.toml."""
        self.name, self.meta, self.folder = meta["id"], meta, folder
        self.vocabulary = casefile.Vocabulary(meta)
        self._rows, self._toml, self._frames = rows, toml, {}
        self._figures = {row["figure_id"]: (table, row) for table in FIGURE_TABLES for row in rows[table]}
        self._sources = {row["source_id"]: row for row in rows["sources"]}
        self._bodies = {row["name"]: row for row in rows["bodies"]}

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name in TABLES:
            if name not in self._frames:
                self._frames[name] = tables.frame(self._rows[name], name)
            return self._frames[name]
        raise AttributeError(f"a Case has no {name!r}; its tables are {', '.join(TABLES)}")

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(self._rows[t])} {t}" for t in ("figures", "references", "sources"))
        return f"<Case {self.name}: {counts}>"

    def __contains__(self, figure_id: str) -> bool:
        return figure_id.removeprefix(f"{self.name}:") in self._figures

    def __iter__(self) -> Iterator[str]:
        return iter(self._figures)

    def __len__(self) -> int:
        return len(self._figures)

    def __getitem__(self, figure_id: str) -> figure.Figure:
        """The figure of that id (`id` or `case:id`). UnknownFigure, a KeyError, names the nearest ids."""
        short = figure_id.removeprefix(f"{self.name}:")
        if short not in self._figures:
            import difflib  # on first use: what only a mistake needs stays out of the import

            near = difflib.get_close_matches(short, self._figures, n=3, cutoff=0.4)
            hint = f"; did you mean {', '.join(near)}?" if near else ""
            raise UnknownFigure(f"no figure {figure_id!r} in {self.name}{hint}")
        table, text = self._figures[short]
        row = {k: v for k, v in text.items() if k != "line"} | {"table": table}
        row |= {c: float(text[c]) if text[c] else math.nan for c in ("low", "high", "returned") if c in text}
        row |= {c: int(text[c]) if text[c] else None for c in _OFFSETS if c in text}
        row |= {"stake": self.party(row["counted_by"]), "group": self.group(row["counted_by"])}
        row |= {"grade": self.grade(short), "unit_basis": words.unit_basis(row)}
        row["source"] = self.source(row["source_id"])
        hedges = tuple(h for h in row["hedge"].split(";") if h)
        return figure.Figure(row["low"], row["high"], row["unit"], figure_id, hedges, row, (), self)

    @property
    def nouns(self) -> units.Nouns:
        """The nouns of which this case's units are made.

        >>> "strike" in load().nouns, load().nouns.over("strikes", "days")
        (True, 'strikes/day')
        """
        return self.vocabulary.units

    @cached_property
    def hands(self) -> list[dict]:
        """The hands through which the numbers came before the page, in order: the [[hands]] of case.toml."""
        return [{"known": "stated", "sessions": []} | hand for hand in self.meta.get("hands", [])]

    @property
    def draft(self) -> bool:
        """Whether there are rows in it that no person has checked.

        >>> load().draft
        False
        """
        return any(row["coder"] == DRAFT for table in FIGURE_TABLES for row in self._rows[table])

    def source(self, source_id: str) -> dict:
        """A document's card as a dict of its columns. UnknownFigure if there is none.

        >>> load().source(load()["quote-fighters"].row["source_id"])["publisher"]
        'Sputnik'
        """
        if source_id not in self._sources:
            raise UnknownFigure(f"no source {source_id!r} in {self.name}")
        return {k: v for k, v in self._sources[source_id].items() if k != "line"}

    def body(self, name: str) -> dict:
        """The row of bodies.csv of a body or an outlet, by its name; empty where there is none.

        >>> load().body("Russian Ministry of Defence")["kind"], load().body("Nobody")
        ('body', {})
        """
        return dict(self._bodies.get(name, {}))

    def party(self, name: str) -> str:
        """The party with a stake to which a body belongs, by one rule for all: the `stake` of what it counts.

        name: as in counted_by. Returns the party of its row in bodies.csv, or of the body for which it speaks;
        `none known`, or `unknown` where nobody is named or the body has no row.

        >>> load().party("Russian Ministry of Defence"), load().party("Nobody")
        ('Russia', 'unknown')
        """
        return self._principal(name).get("party") or UNKNOWN

    def group(self, name: str) -> str:
        """The id of the group in which charts show a body (see vocabulary.groups); empty where it has none.

        >>> load().group("Russian Ministry of Defence"), load().group("Nobody")
        ('russian', '')
        """
        return self._principal(name).get("group", "")

    def grade(self, figure_id: str) -> str:
        """How near a row's document is to the body that counted: a key of schema.GRADES, by the rule in grades.

        figure_id: a row of the case. A derived row has the grade of the weakest row of which it is made.

        >>> load().grade("quote-fighters"), load().grade("related-sorties")
        ('B', 'D')
        """
        row = self._figures[figure_id][1]
        operands = [self.grade(i) for i in rules.operands(row) if i in self._figures]
        if operands:
            return grades.weakest(operands)
        card = self._sources[row["source_id"]]
        return grades.grade(row, card, self._principal(card["publisher"]), self._principal(row["counted_by"]))

    def _principal(self, name: str) -> dict:
        """The row of a body, or of the body for which it speaks; its name alone where there is no row."""
        row = self._bodies.get(name, {"name": name})
        by_id = {one["body_id"]: one for one in self._rows["bodies"]} if row.get("speaks_for") else {}
        while by_id and row.get("speaks_for"):  # each at most once: a circle is a fault that check tells
            row = by_id.pop(row["speaks_for"], {"name": row["name"]})
        return row

    def evaluate(self, text: str) -> figure.Figure:
        """Work out a working from its text alone.

        text: see analysis.working. Returns a Figure whose working is the text. Raises WorkingError where the text
        cannot be read, UnknownFigure where an id is not in the case, UnitError where units do not go together.

        >>> print(load().evaluate("quote-mercenaries / quote-fighters"))
        0.375
        """
        result = working.evaluate(text, self.__getitem__, self._constant, figure.FUNCTIONS)
        return figure.Figure(
            result.low, result.high, result.unit, text.strip(), result.hedges, result.row, result.notes, self
        )

    def _constant(self, x: float, unit: str) -> figure.Figure:
        return figure.constant(x, unit, self.nouns)

    def cite(self, ident: str | None = None) -> str:
        """A citation line: of one figure (by figure_id), one document (by source_id), or the whole case (without).

        >>> load().cite("quote-fighters").partition(". In: ")[0]
        'quote-fighters: “80,000” (Vladimir Putin, President of Russia (to Oliver Stone))'
        """
        if ident is None:
            m = self.meta
            title = m["title"] if m["title"].endswith((".", "?", "!")) else f"{m['title']}."
            return f"Who Counted? Case {m['id']}: {title} Version {m['version']}, coded {words.date(m['coded_on'])}."
        if ident in self._sources:
            return words.citation(self._sources[ident])
        row = self[ident].row
        printed = f"“{row['as_printed']}” " if row["as_printed"] else f"{self[ident]} "
        return f"{ident}: {printed}({row['said_by']}). In: {words.citation(row['source'])}"

    def add(self, *, low: float | None, high: Any = ..., unit: str, measure: str, said_by: str, **more: Any) -> "Case":
        """A new case that has an outside figure of your own too; this one stays as it is.

        low, high: the number's ends, None for an open one; without high it is a point. unit, measure: the case's words.
        said_by: who says it. more: any other column of references.csv (quote, place, period_end, counted_by, hedge...),
        or of the document's card (url, publisher, title, published...); a date may be text or a date, and hedges a
        list. What you leave out is written as unknown; an id is made if none is given. as_printed is the number's words
        in the quote, found there if you do not give it. Whom counted_by names, and bodies.csv does not, gets a row
        there, with party=..., or none known. Frames of the new case, and of this one, find the new case from then on.
        Raises CaseError if the row is not what the codebook asks for, or the number does not stand in the quote;
        TypeError for what is no column.

        >>> mine = load().add(low=9000, unit="fighters", measure="fighters", said_by="My newsroom", figure_id="mine",
        ...                   quote="some nine thousand fighters", url="https://example.org/ours")
        >>> print(mine["mine"], "-", mine["mine"].row["as_printed"])
        9,000 fighters - nine thousand
        """
        given = {"low": low, "high": low if high is ... else high, "unit": unit, "measure": measure, "said_by": said_by}
        return register(Case(self.meta, own.added(self.meta, self._rows, given | more), self.folder, self._toml))

    def save(self, folder: str | Path) -> Path:
        """Write the case into a folder: case.toml, every table that has rows, and datapackage.json. Returns the folder.

        Each file is written whole or not at all. Raises FileExistsError where the folder holds something else than this
        case, so that nothing is overwritten by mistake; OSError where no such folder can be made.

        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as made:
        ...     print(load(load("nhs-list-2025").save(f"{made}/mine")).name)
        nhs-list-2025
        """
        from . import codebook

        folder = _own_folder(Path(folder), self.name)
        there = {p.name for p in folder.iterdir()}
        for table in TABLES:
            if self._rows[table] or f"{table}.csv" in there:
                tables.write_rows(self._rows[table], folder / f"{table}.csv", table)
        tables.write_text(folder / casefile.NAME, self._toml)
        tables.write_text(folder / codebook.NAME, codebook.package(self.meta, folder))
        return folder


def _own_folder(folder: Path, case_id: str) -> Path:
    """A folder to save a case into: made where there is none, refused where it holds something else."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        holds = any(folder.iterdir())
    except (OSError, ValueError) as e:  # a ValueError: a letter that no name may have
        why = "it is a file" if isinstance(e, FileExistsError) else getattr(e, "strerror", "") or "no name may be so"
        kind = type(e) if isinstance(e, OSError) else OSError
        raise kind(f"{folder.name[:60]!r} can be no folder for a case: {why}; name another") from None
    if holds and casefile.read(folder).meta.get("id") != case_id:
        raise FileExistsError(f"{folder.name}/ holds something else than the case {case_id}: name another folder")
    return folder


def home() -> Path:
    """The folder of the cases that come with the package."""
    return shipped("data")


def cases() -> list[str]:
    """The names of the cases that come with the package, sorted.

    >>> "putin-stone-2017" in cases()
    True
    """
    return sorted(p.parent.name for p in home().glob(f"*/{casefile.NAME}"))


def folder_of(case: str | Path) -> Path:
    """The folder of a case given by name or by folder. FileNotFoundError names what there is."""
    for folder in (home() / str(case), Path(case)):
        try:
            if (folder / casefile.NAME).is_file():
                return folder
        except (OSError, ValueError):  # a name too long for a file, or with a letter that none may have
            break
    name = f"{str(case)[:60]!r}"
    there = f"it has no {casefile.NAME}" if name and _is_folder(case) else "it is neither a folder nor one of the cases"
    raise FileNotFoundError(f"no case {name}: {there} ({', '.join(cases())})")


def _is_folder(path: str | Path) -> bool:
    try:
        return Path(path).is_dir()
    except (OSError, ValueError):
        return False


def load(case: "str | Path | Case" = DEFAULT) -> Case:
    """Read a case: a name (see cases()) or a folder; a Case is given back as it is.

    Returns a Case. Raises FileNotFoundError if there is none, CaseError if a table is not what the codebook says;
    the error names each file, row, column and remedy.

    >>> load("nhs-list-2025").name
    'nhs-list-2025'
    """
    if isinstance(case, Case):
        return case
    folder = folder_of(case)
    file, read, faults = read_folder(folder)
    if faults:
        raise tables.CaseError(tables.addressed(faults, case))
    return register(Case(file.meta, {t: read[t].rows for t in TABLES}, folder, file.text))


def read_folder(folder: Path) -> tuple[casefile.CaseFile, dict[str, tables.Table], list[tables.Fault]]:
    """A folder's case.toml, its tables, and all that is wrong with them, however much it is."""
    file = casefile.read(folder)
    read = {table: tables.read(folder / f"{table}.csv", table) for table in TABLES}
    faults = [*file.faults, *(fault for table in read.values() for fault in table.faults)]
    return file, read, [*faults, *rules.judge(file.meta, read)]
