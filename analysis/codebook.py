"""The schema for readers and for other tools: the codebook in Markdown, a case's datapackage.json (Frictionless)."""

import json
from collections.abc import Iterator
from pathlib import Path

from . import casefile, schema

NAME = "datapackage.json"
_TYPES = {"number": "number", "integer": "integer"}


def package(meta: dict, folder: Path) -> str:
    """The text of a case's datapackage.json. meta: its case.toml as a dict. folder: where its tables stand."""
    return json.dumps(descriptor(meta, folder), ensure_ascii=False, indent=1) + "\n"


def descriptor(meta: dict, folder: Path) -> dict:
    """datapackage.json of a case, from the schema and case.toml: a dict in the order in which it is written.

    meta, folder: as for package; a table that is not there is not described.
    """
    tables = [table for table in schema.TABLES if (folder / f"{table}.csv").is_file()]
    words = casefile.Vocabulary(meta).allowed
    return {
        "profile": "tabular-data-package",
        "name": meta["id"],
        "title": meta["title"],
        "version": meta["version"],
        "licenses": [
            {"name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0; short quotes belong to their publishers"}
        ],
        "resources": [_resource(table, words) for table in tables],
    }


def _resource(table: str, words: dict) -> dict:
    fields = [_field(name, column, words) for name, column in schema.TABLES[table].items()]
    described = {"fields": fields, "missingValues": [""]}
    if table in schema.KEYS:
        described["primaryKey"] = schema.KEYS[table]
    pointing = [c for c in ("source_id", "owner_source_id") if c in schema.TABLES[table] and table != "sources"]
    if pointing:
        described["foreignKeys"] = [
            {"fields": c, "reference": {"resource": "sources", "fields": "source_id"}} for c in pointing
        ]
    return {
        "name": table.replace("_", "-"),
        "path": f"{table}.csv",
        "profile": "tabular-data-resource",
        "encoding": "utf-8",
        "schema": described,
    }


def _field(name: str, column: schema.Column, words: dict) -> dict:
    constraints: dict = {"required": True} if column.required else {}
    allowed = [*words.get(column.words, ()), *column.allowed]
    if allowed and column.type == "text":
        constraints["enum"] = allowed
    pattern = {"id": schema.ID, "date": schema.DATE}.get(column.type)
    if pattern:
        constraints["pattern"] = "|".join([pattern, *column.allowed])
    made = {"name": name, "type": _TYPES.get(column.type, "string"), "description": column.meaning}
    return made | ({"constraints": constraints} if constraints else {})


def markdown() -> Iterator[str]:
    """The codebook's tables as Markdown, from the schema: one section a table, one line a column."""
    for table, columns in schema.TABLES.items():
        needed = "needed" if table in schema.NEEDED else "may be missing"
        yield f"### {table}.csv ({needed})\n"
        yield "| column | type | may be empty | meaning | allowed values |"
        yield "|---|---|---|---|---|"
        for name, c in columns.items():
            own = [f"{casefile.WHERE[c.words]} of case.toml"] if c.words else []
            allowed = "; ".join([*own, *(f"`{a}`" for a in c.allowed)])
            yield f"| `{name}` | {c.type} | {'no' if c.required else 'yes'} | {c.meaning} | {allowed} |"
        yield ""
