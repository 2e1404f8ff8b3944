"""How the rooms of analysis/ stand to one another, and what importing them costs."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "analysis"
ROOMS = ["schema", "commands", "tongues", "numerals", "passage", "words", "period", "interval", "units", "working", "held", "tables", "casefile", "cells", "asked", "rules",
         "grades", "printed", "crosscheck", "kin", "html", "cards", "provenance", "figure", "codebook", "own", "case", "bank", "frames", "rows", "evidence", "rates", "contrast", "pairing", "lessons", "placing", "against", "claims", "quizzed", "check", "mend",
         "draft", "charts", "front", "scope", "explore", "menus", "ask", "glossary", "handouts", "door", "classroom", "pages", "classes", "save", "__main__"]  # fmt: skip


def imported(path):
    """The rooms that a file imports, those inside its functions too."""
    found = set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body:  # what is imported for the sake of annotations alone is not used
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING":
            node.body = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            inside = path.parent != PACKAGE
            up = node.level == (2 if inside else 1) or (node.level == 0 and (node.module or "").startswith("analysis"))
            if up:
                module = (node.module or "").removeprefix("analysis").lstrip(".")
                found |= {module.split(".")[0]} if module else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {a.name.split(".")[1] for a in node.names if a.name.startswith("analysis.")}
    return found & set(ROOMS)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_rooms_above_it(room):
    files = [PACKAGE / f"{room}.py"] if (PACKAGE / f"{room}.py").is_file() else list((PACKAGE / room).glob("*.py"))
    assert files, f"no room {room}"
    for path in files:
        below = {r for r in imported(path) if ROOMS.index(r) > ROOMS.index(room)}
        assert not below, f"{path.name} imports {below}"


def test_every_file_of_the_package_is_a_room():
    there = {p.stem for p in PACKAGE.glob("*.py")} | {
        p.name for p in PACKAGE.iterdir() if (p / "__init__.py").is_file()
    }
    assert there - {"__init__"} == set(ROOMS)


def test_importing_the_package_loads_no_charts_controls_units_or_notebooks():
    code = "import sys, analysis; print([m for m in ('matplotlib', 'ipywidgets', 'pint', 'nbconvert', 'IPython') if m in sys.modules])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "[]"


def test_a_build_in_which_nothing_has_changed_loads_no_pandas():
    code = "import sys, analysis.pages, nbstill.many; print([m for m in ('pandas', 'numpy', 'jinja2') if m in sys.modules])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "[]"


def test_every_public_name_says_what_it_does():
    import analysis

    for name in analysis.__all__:
        assert getattr(analysis, name).__doc__, name
