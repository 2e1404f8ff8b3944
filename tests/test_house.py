"""The locks, the wheel and the version: that what the project says of itself in several places agrees."""

import importlib.metadata
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = PYPROJECT["project"]
GROUPS = PYPROJECT["dependency-groups"]
READERS, TESTS = "requirements.lock", "requirements-test.lock"
# What each lock is made for; it holds this and what this needs.
ASKED = {
    READERS: [Requirement(line) for line in PROJECT["dependencies"] + GROUPS["build"]],
    TESTS: [Requirement(line) for line in GROUPS["test"]],
}
EACH = [(lock, requirement) for lock, asked in ASKED.items() for requirement in asked]
# pyproject.toml's [tool.uv] leaves this out, with what it alone needs.
LEFT_OUT = {"rfc3987-syntax"}


def text_of(lock):
    return (ROOT / lock).read_text(encoding="utf-8")


def entries(lock):
    """A lock's entries: each a requirement and its hashes."""
    for entry in re.split(r"\n(?=\S)", text_of(lock).strip()):
        requirement, *hashes = entry.split(" \\\n")
        yield Requirement(requirement), [line.strip() for line in hashes]


def in_effect(requirement, extra=""):
    return requirement.marker is None or requirement.marker.evaluate({"extra": extra})


def pinned(lock):
    """The versions that a lock installs here, by name."""
    return {r.name: str(r.specifier).removeprefix("==") for r, _ in entries(lock) if in_effect(r)}


@pytest.mark.parametrize("lock", ASKED)
def test_every_entry_of_a_lock_is_one_version_with_a_hash(lock):
    for requirement, hashes in entries(lock):
        assert re.fullmatch(r"==[\w.!+-]+", str(requirement.specifier)), requirement
        assert hashes, requirement
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", line) for line in hashes), requirement


@pytest.mark.parametrize("lock", ASKED)
def test_a_lock_names_no_address_and_no_index(lock):
    assert "://" not in text_of(lock)
    assert not re.search(r"^\s*-(?!-hash=)", text_of(lock), re.MULTILINE)
    assert all(requirement.url is None for requirement, _ in entries(lock))


@pytest.mark.parametrize(("lock", "requirement"), EACH, ids=lambda value: getattr(value, "name", value))
def test_a_lock_has_what_pyproject_asks_for_within_its_bounds(lock, requirement):
    assert not in_effect(requirement) or requirement.specifier.contains(pinned(lock)[requirement.name])


@pytest.mark.parametrize(("lock", "requirement"), EACH, ids=lambda value: getattr(value, "name", value))
def test_every_dependency_has_a_lower_bound_and_no_upper_one(lock, requirement):
    assert [clause.operator for clause in requirement.specifier] == [">="]


@pytest.mark.parametrize("lock", ASKED)
def test_a_lock_is_what_is_installed(lock):
    assert {name: importlib.metadata.version(name) for name in pinned(lock)} == pinned(lock)


def needed(asked):
    """The names of what these requirements install here: themselves, and what the installed packages ask for in turn."""
    found, open_ = set(), {(r.name, extra) for r in asked if in_effect(r) for extra in ("", *r.extras)}
    while open_:
        name, extra = open_.pop()
        found.add((name, extra))
        lines = map(Requirement, importlib.metadata.requires(name) or [])
        more = {(canonicalize_name(r.name), e) for r in lines if in_effect(r, extra) for e in ("", *r.extras)}
        open_ |= {one for one in more if one[0] not in LEFT_OUT} - found
    return {name for name, _ in found}


@pytest.mark.parametrize("lock", ASKED)
def test_a_lock_holds_what_it_is_made_for_and_nothing_else(lock):
    assert set(pinned(lock)) == needed(ASKED[lock])


def test_the_locks_agree_where_both_name_a_package():
    both = pinned(READERS).keys() & pinned(TESTS).keys()
    assert "pytest" in both
    assert {name: pinned(READERS)[name] for name in both} == {name: pinned(TESTS)[name] for name in both}


def test_the_version_is_the_same_wherever_it_is_printed():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE).group(1)
    assert citation["version"] == newest == PROJECT["version"] == importlib.metadata.version(PROJECT["name"])


def test_the_exporter_is_there_under_its_name():
    found = importlib.metadata.entry_points(group="nbconvert.exporters")
    assert {"still", "whocounted"} <= found.names
    assert "who-counted" in importlib.metadata.entry_points(group="nbstill.hooks").names


def test_the_project_has_a_command_of_its_own():
    command = Path(sys.executable).with_name("who-counted")
    listed = subprocess.run([command, "cases"], capture_output=True, text=True, check=True)
    assert "putin-stone-2017" in listed.stdout


def kept(*folders):
    """The files under these folders that the repository keeps, as they stand relative to it."""
    listed = subprocess.run(["git", "ls-files", *folders], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return listed.stdout.splitlines()


def test_a_wheel_carries_the_package_the_data_and_the_notebooks(tmp_path):
    command = [sys.executable, "-P", "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    with zipfile.ZipFile(next(tmp_path.glob("who_counted-*.whl"))) as wheel:
        inside = set(wheel.namelist())
    assert set(kept("analysis", "nbstill")) <= inside
    assert {name.replace("data/", "analysis/_data/", 1) for name in kept("data")} <= inside
    assert {name.replace("notebooks/", "analysis/_notebooks/", 1) for name in kept("notebooks")} <= inside
    assert not [name for name in inside if "__pycache__" in name or name.startswith(("tests", "data", "build"))]


def test_the_article_is_not_in_the_repository():
    article = ROOT.parent / "shared" / "article.txt"
    if not article.exists():
        pytest.skip("the article's text is not here")
    words = article.read_text(encoding="utf-8").split()
    a_stretch = " ".join(words[len(words) // 2 :][:60])
    for name in kept():
        text = (ROOT / name).read_text(encoding="utf-8", errors="replace")
        assert a_stretch not in " ".join(text.split()), name
