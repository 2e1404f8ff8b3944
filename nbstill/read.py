"""A file to a notebook, whatever the file is; what is no notebook is refused in one line with the remedy."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .fault import BuildError, line

if TYPE_CHECKING:
    from nbformat import NotebookNode

MOST_BYTES = 200_000_000  # more would be read for minutes, to make a page that no browser opens


def raw(path: Path) -> dict[str, Any]:
    """A notebook as JSON of sound shape: a dict with metadata and cells whose sources are text.

    Raises BuildError with the file, the cell and the remedy.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BuildError(f"{path.name}: over {MOST_BYTES // 1_000_000} MB: clear its outputs, or make them smaller")
        found = json.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as problem:
        raise BuildError(f"{path.name}: cannot be read ({problem.strerror}): see that the file is there") from problem
    except (ValueError, RecursionError) as problem:
        raise BuildError(f"{path.name} is not a notebook: {line(problem)}: save it again in Jupyter") from problem
    return _old(found, path) if _version(found) in (1, 2, 3) else shaped(found, path)


def notebook(path: Path) -> "NotebookNode":
    """The same as nbformat has it, in version 4. Raises BuildError."""
    # jsonschema asks for this module on import and works without it; building its grammars takes a second.
    sys.modules.setdefault("rfc3987_syntax", None)
    import nbformat

    found = nbformat.from_dict(raw(path))
    found.nbformat, found.nbformat_minor = 4, max(5, found.nbformat_minor)
    for n, cell in enumerate(found.cells, 1):
        cell.setdefault("id", f"cell-{n}")
    return found


def _version(found):
    return found.get("nbformat") if isinstance(found, dict) else None


def _old(found, path):
    """A notebook of an old version brought to 4."""
    sys.modules.setdefault("rfc3987_syntax", None)
    from nbformat import convert, reader

    try:
        return shaped(dict(convert(reader.reads(json.dumps(found)), 4)), path)
    except Exception as problem:
        raise BuildError(f"{path.name}: an old notebook (version {_version(found)}) that cannot be brought up to date: "
                         f"{line(problem)}: open and save it in Jupyter") from problem  # fmt: skip


def shaped(found: Any, path: Path) -> dict[str, Any]:
    """The same JSON, its shape proved and its many-line texts joined. Raises BuildError."""

    def need(good, what, place="", remedy="open and save it in Jupyter"):
        if not good:
            raise BuildError(f"{path.name}{place}: {what}: {remedy}")

    need(isinstance(found, dict), "is not a notebook (it has no cells)", "", "save it in Jupyter")
    need(_version(found) in (4, None), f"notebook version {line(_version(found))} is not known here")
    need("cells" in found, "is not a notebook (it has no cells)", "", "save it in Jupyter")
    need(_version(found) == 4, "it names no version (nbformat)")
    need(isinstance(found.get("metadata", {}), dict), "its metadata is no mapping")
    need(isinstance(found["cells"], list), "its cells are no list")
    found.setdefault("metadata", {})
    if not isinstance(found.get("nbformat_minor"), int):
        found["nbformat_minor"] = 5
    for n, cell in enumerate(found["cells"], 1):
        where = f", cell {n}"
        need(isinstance(cell, dict), "it is no mapping", where)
        need(cell.get("cell_type") in ("code", "markdown", "raw"), "it is neither code, markdown nor raw", where)
        need(_text(cell.get("source")) is not None, "its source is no text", where)
        need(isinstance(cell.get("metadata", {}), dict), "its metadata is no mapping", where)
        need(isinstance(cell.get("attachments") or {}, dict), "its attachments are no mapping", where)
        need(isinstance(cell.get("outputs") or [], list), "its outputs are no list", where, "clear its outputs")
        cell["source"] = _text(cell["source"])
        if isinstance(cell.get("attachments"), dict):
            cell["attachments"] = {
                name: {k: v if _text(v) is None else _text(v) for k, v in held.items()}
                if isinstance(held, dict)
                else held
                for name, held in cell["attachments"].items()
            }
        cell.setdefault("metadata", {})
        if cell["cell_type"] == "code":
            cell["outputs"] = [
                _output(o, lambda *a, where=where: need(*a, where, "clear its outputs"))
                for o in cell.get("outputs") or []
            ]
            cell.setdefault("execution_count", None)
    return found


def _text(value):
    """Text, or a list of lines, as text; None for anything else."""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "".join(value)
    return value if isinstance(value, str) else None


def _output(output, need):
    """One output, its texts joined."""
    need(isinstance(output, dict), "an output is no mapping")
    kind = output.get("output_type")
    need(kind in ("stream", "display_data", "execute_result", "error"), f"an output of unknown type {line(kind)}")
    if kind == "stream":
        need(_text(output.get("text")) is not None, "a printed output is no text")
        return output | {"text": _text(output["text"]), "name": output.get("name", "stdout")}
    if kind == "error":
        trace = output.get("traceback")
        said = {name: str(output.get(name, "")) for name in ("ename", "evalue")}
        return {"output_type": "error", **said, "traceback": [str(t) for t in trace] if isinstance(trace, list) else []}
    need(isinstance(output.get("data") or {}, dict), "an output's data are no mapping")
    need(isinstance(output.get("metadata") or {}, dict), "an output's metadata are no mapping")
    data = {
        k: v if (joined := _text(v)) is None or k.endswith("json") else joined
        for k, v in (output.get("data") or {}).items()
    }
    return output | {"data": data, "metadata": output.get("metadata") or {}}
