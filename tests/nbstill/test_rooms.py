"""How the rooms of nbstill stand to one another, and that it needs nothing of the package beside it."""

import ast
import doctest
import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

import nbstill

PACKAGE = Path(nbstill.__file__).parent
ROOMS = re.findall(r"^(\w+) {2,}\w", nbstill.__doc__, re.M)
LONGEST = 300


def imported(path):
    """What a file imports, wherever in it: whole names."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = "nbstill" if node.level else ""
            module = ".".join(filter(None, [base, node.module]))
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def test_it_imports_nothing_of_analysis():
    for path in PACKAGE.rglob("*.py"):
        assert not [name for name in imported(path) if name.split(".")[0] == "analysis"], path.name


def test_it_loads_nothing_of_analysis_and_nothing_heavy():
    code = "import sys, nbstill, nbstill.many; print([m for m in ('analysis', 'pandas', 'nbconvert', 'zmq') if m in sys.modules])"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )


def test_the_package_names_every_room():
    assert set(ROOMS) == {path.stem for path in PACKAGE.glob("*.py")} - {"__init__", "__main__"}


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_uses_only_those_above_it(room):
    used = {name.split(".")[1] for name in imported(PACKAGE / f"{room}.py") if name.startswith("nbstill.")} & set(ROOMS)
    assert not {other for other in used if ROOMS.index(other) >= ROOMS.index(room)}


@pytest.mark.parametrize("room", ROOMS)
def test_what_a_room_gives_as_an_example_is_so(room):
    assert doctest.testmod(importlib.import_module(f"nbstill.{room}")).failed == 0


def test_no_file_is_too_long_to_be_read():
    kinds = ("*.py", "*.js", "*.css", "*.j2", "*.md")
    long = {
        p.name: n
        for kind in kinds
        for p in PACKAGE.rglob(kind)
        if (n := len(p.read_text(encoding="utf-8").splitlines())) > LONGEST
    }
    assert long == {}


def test_a_stylesheet_has_a_declaration_a_line():
    for path in PACKAGE.rglob("*.css"):
        text = re.sub(r'"[^"]*"|/\*.*?\*/', "", path.read_text(encoding="utf-8"), flags=re.S)
        for line in text.splitlines():
            assert line.count(";") <= 1, f"{path.name}: {line}"
