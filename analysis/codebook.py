"""The schema for readers and for other tools: the codebook in Markdown, a case's datapackage.json (Frictionless)."""

from . import case as cases
from . import schema, tables

_TYPES = {"number": "number", "integer": "integer"}


def descriptor(folder, meta=None):
    """datapackage.json of a case, from the schema and case.toml: a dict in the order in which it is written.

    folder: the case's. meta: its case.toml, if that is read already. Raises CaseError where case.toml has faults.
    """
    meta, faults = (meta, []) if meta else cases.read_meta(folder)
    if faults:
        raise tables.CaseError(faults)
    return {
        "profile": "tabular-data-package",
        "name": meta["id"],
        "title": meta["title"],
        "version": meta["version"],
        "licenses": [
            {"name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0; short quotes belong to their publishers"}
        ],
        "resources": [_resource(table) for table in schema.TABLES],
    }


def _resource(table):
    fields = [_field(name, column) for name, column in schema.TABLES[table].items()]
    described = {"fields": fields, "missingValues": [""]}
    if table in schema.KEYS:
        described["primaryKey"] = schema.KEYS[table]
    if table != "sources" and "source_id" in schema.TABLES[table]:
        described["foreignKeys"] = [
            {"fields": "source_id", "reference": {"resource": "sources", "fields": "source_id"}}
        ]
    name = table.replace("_", "-")
    return {
        "name": name,
        "path": f"{table}.csv",
        "profile": "tabular-data-resource",
        "encoding": "utf-8",
        "schema": described,
    }


def _field(name, column):
    constraints = {"required": True} if column.required else {}
    if column.allowed and column.type == "text":
        constraints["enum"] = list(column.allowed)
    pattern = {"id": schema.ID, "date": schema.DATE}.get(column.type)
    if pattern:
        constraints["pattern"] = pattern
    made = {"name": name, "type": _TYPES.get(column.type, "string"), "description": column.meaning}
    return made | ({"constraints": constraints} if constraints else {})


def markdown():
    """The codebook's tables as Markdown, from the schema: one section a table, one line a column."""
    for table, columns in schema.TABLES.items():
        yield f"### {table}.csv\n"
        yield "| column | type | may be empty | meaning | allowed values |"
        yield "|---|---|---|---|---|"
        for name, c in columns.items():
            allowed = "; ".join(f"`{a}`" for a in c.allowed)
            yield f"| `{name}` | {c.type} | {'no' if c.required else 'yes'} | {c.meaning} | {allowed} |"
        yield ""
