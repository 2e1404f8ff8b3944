"""The files of a case's lessons, their fenced blocks, and the letters of the rows behind the cards."""

import re
import string

from ..case import Case

FOLDER, CARDS = "lessons", "cards"
FENCE = re.compile(r"^```(?P<name>[a-z]+)[ ]*(?P<rest>[^\n]*)\n(?P<body>.*?)^```[ ]*$", re.MULTILINE | re.DOTALL)


def texts(case: Case) -> dict[str, str]:
    """The texts of a case's lessons: {name without .md: Markdown}, by name; none where it has no such folder."""
    folder = case.folder / FOLDER if case.folder else None
    files = sorted(folder.glob("*.md")) if folder and folder.is_dir() else []
    return {path.stem: path.read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n") for path in files}


def others(case: Case) -> list[str]:
    """The names of what lies in the folder and is no text, but for what a computer puts there for itself."""
    folder = case.folder / FOLDER if case.folder else None
    names = sorted(path.name for path in folder.iterdir()) if folder and folder.is_dir() else []
    return [name for name in names if not name.endswith(".md") and not name.startswith((".", "~"))]


def listed(body: str) -> list[tuple[str, str]]:
    """The lines of a fenced block as (id, note): `id` or `id: note`."""
    lines = [line.strip() for line in body.splitlines() if line.strip()]
    return [(line.partition(": ")[0].strip(), line.partition(": ")[2].strip()) for line in lines]


def letters(case: Case) -> dict[str, str]:
    """The letter that a row has behind its card: {figure_id: letter}; of a row on several cards the first."""
    found: dict[str, str] = {}
    for card in re.split(r"^## ", texts(case).get(CARDS, ""), flags=re.MULTILINE):
        rows = [
            ident for fence in FENCE.finditer(card) if fence["name"] == "rows" for ident, _ in listed(fence["body"])
        ]
        found = dict(zip(rows, string.ascii_lowercase, strict=False)) | found
    return found
