"""Read a case folder into a Case, find figures in it by id, and work workings out."""

import contextlib
from pathlib import Path

from . import figure, tables, words, working
from .schema import FIGURE_TABLES, KEYS, TABLES

DEFAULT = "putin-stone-2017"


class UnknownFigure(KeyError):
    """An id that is not in the case; the message names the nearest ones."""

    def __str__(self):
        return self.args[0]


class Case:
    """One article's numbers, what others counted, and the documents both stand in.

    figures, references, by_country, sources, relay, definitions, set_aside, scopes: DataFrames with the columns of
    schema.TABLES; low and high are float64 (NaN: open or unknown), offsets Int64, the rest text ("" is an empty cell).
    meta: dict of case.toml. `case["figure_id"]` is one Figure; `case.evaluate(working)` works a working out.
    """

    def __init__(self, name, folder, meta, frames):
        self.name, self.folder, self.meta = name, folder, meta
        self.tables = frames
        self._rows = {}
        for table in FIGURE_TABLES:
            for row in frames[table].to_dict("records"):
                self._rows[row["figure_id"]] = row | {"table": table}
        self._sources = {row["source_id"]: row for row in frames["sources"].to_dict("records")}

    def __getattr__(self, name):
        if name in TABLES:
            return self.__dict__["tables"][name]
        raise AttributeError(f"a Case has no {name!r}; its tables are {', '.join(TABLES)}")

    def __repr__(self):
        counts = ", ".join(f"{len(self.tables[t])} {t}" for t in ("figures", "references", "sources"))
        return f"<Case {self.name}: {counts}>"

    def __contains__(self, figure_id):
        return figure_id.removeprefix(f"{self.name}:") in self._rows

    def __iter__(self):
        return iter(self._rows)

    def __len__(self):
        return len(self._rows)

    def __getitem__(self, figure_id):
        """The figure of that id (`id` or `case:id`). UnknownFigure, a KeyError, names the nearest ids."""
        short = figure_id.removeprefix(f"{self.name}:")
        if short not in self._rows:
            import difflib  # on first use, as below: what only a mistake or a load needs stays out of the import

            near = difflib.get_close_matches(short, self._rows, n=3, cutoff=0.4)
            hint = f"; did you mean {', '.join(near)}?" if near else ""
            raise UnknownFigure(f"no figure {figure_id!r} in {self.name}{hint}")
        row = dict(self._rows[short])
        row["source"] = self.source(row["source_id"])
        hedges = tuple(h for h in row["hedge"].split(";") if h)
        return figure.Figure(row["low"], row["high"], row["unit"], figure_id, hedges, row, (), self)

    def source(self, source_id):
        """A document's card as a dict of its columns. UnknownFigure if there is none."""
        if source_id not in self._sources:
            raise UnknownFigure(f"no source {source_id!r} in {self.name}")
        return dict(self._sources[source_id])

    def evaluate(self, text):
        """Work out a working from its text alone.

        text: see analysis.working. Returns a Figure whose working is the text. Raises WorkingError where the text
        cannot be read, UnknownFigure where an id is not in the case, UnitError where units do not go together.
        """
        result = working.evaluate(text, self.__getitem__, figure.constant, figure.FUNCTIONS)
        return figure.Figure(
            result.low, result.high, result.unit, text.strip(), result.hedges, result.row, result.notes, self
        )

    def cite(self, ident=None):
        """A citation line: of one figure (by figure_id), one document (by source_id), or the whole case (without)."""
        if ident is None:
            m = self.meta
            return (
                f"Who Counted? Case {m['id']}: {m['title']} Version {m['version']}, coded {words.date(m['coded_on'])}."
            )
        if ident in self._sources:
            return words.citation(self._sources[ident])
        row = self[ident].row
        printed = f"“{row['as_printed']}” " if row["as_printed"] else f"{self[ident]} "
        return f"{ident}: {printed}({row['said_by']}). In: {words.citation(row['source'])}"

    def note(self, target):
        """The provenance of a figure_id or a working as HTML: what a page shows beside a number that links to it."""
        from . import cards

        return cards.note(self.evaluate(target))


def home():
    """The folder of the cases: data/ of the repository, or the copy that an installed package carries."""
    here = Path(__file__).resolve().parent
    return here / "_data" if (here / "_data").is_dir() else here.parent / "data"


def cases():
    """The names of the cases that come with the package, sorted."""
    return sorted(p.parent.name for p in home().glob("*/case.toml"))


def folder_of(case):
    """The folder of a case given by name or by folder. FileNotFoundError names what there is."""
    for folder in (home() / str(case), Path(case)):
        if (folder / "case.toml").is_file():
            return folder
    there = "it has no case.toml" if Path(case).is_dir() else "it is neither a folder nor one of the cases"
    raise FileNotFoundError(f"no case {str(case)!r}: {there} ({', '.join(cases())})")


def load(case=DEFAULT):
    """Read a case: a name (see cases()) or a folder.

    Returns a Case. Raises FileNotFoundError if there is none, CaseError if a table is not what the codebook says;
    the error names each file, row, column and remedy.
    """
    folder = folder_of(case)
    meta, rows, faults = read(folder)
    if faults:
        raise tables.CaseError(faults)
    return Case(meta["id"], folder, meta, {t: tables.frame(rows[t], t) for t in TABLES})


def read(folder):
    """A case as (meta, rows of text by table, faults), however many faults there are."""
    meta, faults = _meta(folder / "case.toml")
    rows = {}
    for table in TABLES:
        rows[table], found = tables.read(folder / f"{table}.csv", table)
        faults += found
    return meta, rows, [*faults, *_between(rows)]


META = ("id", "title", "question", "language", "content_note", "coded_by", "coded_on", "version", "article")


def _meta(path):
    import tomllib

    try:
        meta = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as e:
        return {}, [tables.Fault(path.name, "", "", f"it is not TOML: {e}", "Mend that line")]
    missing = [k for k in META if k not in meta]
    return meta, [tables.Fault(path.name, "", k, "the entry is missing", "Write it, or unknown") for k in missing]


def _between(rows):
    """What is wrong between the tables: an id used twice, a row that points at nothing."""
    places = {}
    for table in FIGURE_TABLES:
        for row in rows[table]:
            if places.setdefault(row["figure_id"], table) != table:
                message = f"the id stands in {places[row['figure_id']]}.csv already"
                yield tables.Fault(
                    f"{table}.csv", row["figure_id"], "figure_id", message, "Give each figure an id of its own"
                )
    sources = {row["source_id"] for row in rows["sources"]}
    for table in TABLES:
        for row in rows[table]:
            label = row.get(KEYS.get(table, ""), f"line {row['line']}")
            for c, target, remedy in _pointers(row, places, sources):
                yield tables.Fault(f"{table}.csv", label, c, f"there is no {target!r}", remedy)


def _pointers(row, figures, sources):
    if sources and "source_id" in row and row["source_id"] not in sources:
        yield "source_id", row["source_id"], "Write its card in sources.csv, or correct the id"
    named = row.get("repeats", "").split(";") if row.get("repeats") else []
    named = [("repeats", i) for i in named]
    if "relay_id" in row:
        named.append(("figure_id", row["figure_id"]))
    if "scope_id" in row:
        named += [(c, row[c]) for c in ("russia", "coalition") if row[c]]
    if row.get("derivation"):
        with contextlib.suppress(working.WorkingError):  # told by the cell's own check
            named += [("derivation", i) for i in working.ids(row["derivation"])]
    for c, i in named:
        if i not in figures:
            yield c, i, "Give that figure a row, or correct the id"
