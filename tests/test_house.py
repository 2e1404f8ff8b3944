"""The lock, the wheel and the version: that what the project says of itself in several places agrees."""

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

ROOT = Path(__file__).resolve().parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = PYPROJECT["project"]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def entries():
    """The lock's entries: each a requirement and its hashes."""
    for entry in re.split(r"\n(?=\S)", LOCK.strip()):
        requirement, *hashes = entry.split(" \\\n")
        yield Requirement(requirement), [line.strip() for line in hashes]


def in_effect(requirement):
    return requirement.marker is None or requirement.marker.evaluate()


def test_every_entry_of_the_lock_is_one_version_with_a_hash():
    for requirement, hashes in entries():
        assert re.fullmatch(r"==[\w.!+-]+", str(requirement.specifier)), requirement
        assert hashes, requirement
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", line) for line in hashes), requirement


def test_the_lock_names_no_address_and_no_index():
    assert "://" not in LOCK
    assert not re.search(r"^\s*-(?!-hash=)", LOCK, re.MULTILINE)
    assert all(requirement.url is None for requirement, _ in entries())


def asked():
    """Every requirement in pyproject.toml, those of the extras and of the build included."""
    lists = [PROJECT["dependencies"], *PROJECT["optional-dependencies"].values(), PYPROJECT["build-system"]["requires"]]
    return [Requirement(line) for one in lists for line in one]


@pytest.mark.parametrize("requirement", [r for r in asked() if in_effect(r)], ids=lambda r: r.name)
def test_the_lock_has_what_pyproject_asks_for_within_its_bounds(requirement):
    pinned = {pin.name: str(pin.specifier)[2:] for pin, _ in entries() if in_effect(pin)}
    assert requirement.specifier.contains(pinned[requirement.name])


@pytest.mark.parametrize("requirement", asked(), ids=lambda r: r.name)
def test_every_dependency_has_a_lower_bound_and_no_upper_one(requirement):
    assert [clause.operator for clause in requirement.specifier] == [">="]


def test_the_lock_is_what_is_installed():
    for requirement, _ in entries():
        if in_effect(requirement):
            assert requirement.specifier.contains(importlib.metadata.version(requirement.name)), requirement


def test_the_version_is_the_same_wherever_it_is_printed():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE).group(1)
    assert citation["version"] == newest == PROJECT["version"] == importlib.metadata.version(PROJECT["name"])


def test_the_exporter_is_there_under_its_name():
    found = importlib.metadata.entry_points(group="nbconvert.exporters")
    assert "whocounted" in found.names


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
    assert set(kept("analysis")) <= inside
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
