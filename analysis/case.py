"""Read a case folder into a Case, find figures in it by id, and work workings out."""

import contextlib
import re
from pathlib import Path

from . import figure, tables, words, working
from .schema import FIGURE_TABLES, ID, KEYS, TABLES

DEFAULT = "putin-stone-2017"


class UnknownFigure(KeyError):
    """An id that is not in the case; the message names the nearest ones."""

    def __str__(self):
        return self.args[0]


class UnknownCase(UnknownFigure):
    """The id of a case that has not been read in this session."""


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

    @property
    def nouns(self):
        """The nouns of this case's units (units.Nouns)."""
        return tables.NOUNS

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
        result = working.evaluate(text, self.__getitem__, self._constant, figure.FUNCTIONS)
        return figure.Figure(
            result.low, result.high, result.unit, text.strip(), result.hedges, result.row, result.notes, self
        )

    def _constant(self, x, unit):
        return figure.constant(x, unit, self.nouns)

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
    return register(Case(meta["id"], folder, meta, {t: tables.frame(rows[t], t) for t in TABLES}))


_LOADED = {}  # the cases of this session by id: a frame names its case in a column, and charts and cards find it here


def register(case):
    """Keep a case under its id, in place of one of that id read before. Returns it."""
    _LOADED[case.name] = case
    return case


def loaded(case_id):
    """The case last read under that id. UnknownCase, a KeyError, says how to read it."""
    if case_id not in _LOADED:
        raise UnknownCase(f"no case {case_id!r} has been read here: analysis.load({case_id!r}), or load its folder")
    return _LOADED[case_id]


def read(folder):
    """A case as (meta, rows of text by table, faults), however many faults there are."""
    meta, faults = read_meta(folder)
    rows = {}
    for table in TABLES:
        rows[table], found = tables.read(folder / f"{table}.csv", table)
        faults += found
    return meta, rows, [*faults, *_documents(meta, rows), *_between(rows)]


META = ("id", "title", "question", "language", "content_note", "coded_by", "coded_on", "version", "article")
PARTS = ("article", "broadcast", "said", "unknown")  # the tables of case.toml; said may hold a list of tables: sessions
DATES = ("coded_on", "published", "captured", "date", "first", "last")  # entries that are dates wherever they stand


def read_meta(folder):
    """A case's case.toml as (dict, faults). The dict is empty where there are faults: half of it would mislead."""
    import tomllib

    path = folder / "case.toml"
    text, fault = tables.decoded(path)
    if fault:
        return {}, [fault]
    try:
        meta = tomllib.loads(text)
    except tomllib.TOMLDecodeError as e:
        return {}, [tables.Fault(path.name, "", "", f"it is not TOML: {e}", "Mend that line")]
    faults = [tables.Fault(path.name, "", *problem) for problem in _odd_entries(meta)]
    return ({} if faults else meta), faults


def _odd_entries(meta):
    """(entry, message, remedy) for what case.toml lacks, or has in another form than the rest of the package reads."""
    wanted = [*META, *(["article.source_id"] if isinstance(meta.get("article"), dict) else [])]
    flat = dict(_entries(meta))
    yield from ((k, "the entry is missing", "Write it, or unknown") for k in wanted if k not in flat)
    for name, value in flat.items():
        key = name.rpartition(".")[2]
        if name in PARTS:
            if not isinstance(value, dict):
                yield name, "it is no table", f"Write its entries under a line [{name}]"
        elif name == "said.sessions":
            if not (isinstance(value, list) and all(isinstance(one, dict) for one in value)):
                yield name, "it is no list of tables", f"Write each session under a line [[{name}]]"
        elif isinstance(value, dict) and name not in META and "." not in name:
            continue  # a table that another room reads
        elif not isinstance(value, str):
            yield name, "it is no text", 'Put the value between "quotes"'
        elif key in DATES and not tables.is_date(value):
            yield name, f"{value!r} is no date", "Write YYYY, YYYY-MM, YYYY-MM-DD or unknown"
        elif name == "id" and not re.fullmatch(ID, value):
            yield name, f"{value!r} is no id", "Use lower-case words joined by hyphens"


def _entries(meta, within=""):
    """The entries of case.toml as (name with the tables it stands in, value), those of its known tables too."""
    for key, value in meta.items():
        name = f"{within}{key}"
        yield name, value
        if name in PARTS and isinstance(value, dict):
            yield from _entries(value, f"{name}.")
        elif name == "said.sessions" and isinstance(value, list):
            for n, one in enumerate(value, start=1):
                yield from _entries(one, f"{name}.{n}.") if isinstance(one, dict) else ()


def _documents(meta, rows):
    """Documents that case.toml names and sources.csv has no card of."""
    known = {row["source_id"] for row in rows["sources"]}
    for name, value in _entries(meta) if known else ():
        if name.endswith("source_id") and value not in known:
            remedy = "Write its card in sources.csv, or correct the id"
            yield tables.Fault("case.toml", "", name, f"there is no {value!r}", remedy)


def _between(rows):
    """What is wrong between the tables: an id used twice, a row that points at nothing or rests on itself."""
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
    figures = [row for table in FIGURE_TABLES for row in rows[table]]
    for c, named in (("derivation", _operands), ("repeats", _repeated)):
        for circle in _circles({row["figure_id"]: named(row) for row in figures}):
            message = f"it rests on itself: {', '.join(circle)}"
            remedy = "Mend one of these rows, so that the way ends at a row that rests on no other"
            yield tables.Fault(f"{places[circle[0]]}.csv", circle[0], c, message, remedy)


def _circles(rests_on):
    """Every circle in a dict of ids to the ids they rest on, as a list that ends where it begins."""
    import graphlib

    rests_on = dict(rests_on)
    while True:
        try:
            return graphlib.TopologicalSorter(rests_on).prepare()
        except graphlib.CycleError as e:
            circle = e.args[1][::-1]  # graphlib names what comes first before what rests on it
            yield circle
            del rests_on[circle[0]]


def _operands(row):
    with contextlib.suppress(working.WorkingError):  # told by the cell's own check
        return working.ids(row["derivation"])
    return []


def _repeated(row):
    return row["repeats"].split(";") if row["repeats"] else []


def _pointers(row, figures, sources):
    if sources and "source_id" in row and row["source_id"] not in sources:
        yield "source_id", row["source_id"], "Write its card in sources.csv, or correct the id"
    named = [("repeats", i) for i in (_repeated(row) if "repeats" in row else [])]
    if "relay_id" in row:
        named.append(("figure_id", row["figure_id"]))
    if "scope_id" in row:
        named += [(c, row[c]) for c in ("russia", "coalition") if row[c]]
    named += [("derivation", i) for i in (_operands(row) if "derivation" in row else [])]
    for c, i in named:
        if i not in figures:
            yield c, i, "Give that figure a row, or correct the id"
