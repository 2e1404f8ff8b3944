"""environment.yml, as far as it can be checked without conda's own channel.

What stays open: whether conda-forge has these builds today. Names, bounds and their consistency are checked here,
and in CI the pip section is installed in a fresh environment of the Python that the file asks for.
"""

import asyncio
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CONDA = [line for line in ENVIRONMENT["dependencies"] if isinstance(line, str)]
PIP = next(line["pip"] for line in ENVIRONMENT["dependencies"] if isinstance(line, dict))
# Where conda-forge's name is another than the one pip knows.
PIP_NAME = {"matplotlib-base": "matplotlib"}


def locked():
    """The versions in the lock that hold for this Python, by name."""
    from packaging.requirements import Requirement

    lines = re.findall(r"^([a-z0-9].*?) \\$", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE)
    pins = [Requirement(line) for line in lines]
    return {pin.name: str(pin.specifier)[2:] for pin in pins if pin.marker is None or pin.marker.evaluate()}


def conda_spec(requirement):
    """A requirement as conda writes it: extras and markers apart."""
    return re.match(r"([\w.-]+)(?:\[.*?\])?\s*([^;]*)", requirement).expand(r"\1 \2").strip()


def test_it_takes_everything_from_conda_forge():
    assert ENVIRONMENT["name"] == PROJECT["name"]
    assert ENVIRONMENT["channels"] == ["conda-forge"]


@pytest.mark.parametrize("line", CONDA)
def test_conda_can_read_each_line(line):
    rattler = pytest.importorskip("rattler")
    assert rattler.MatchSpec(line, strict=True).name is not None


def test_a_line_that_conda_cannot_read_would_be_noticed():
    rattler = pytest.importorskip("rattler")
    with pytest.raises(rattler.rattler.InvalidMatchSpecError):
        rattler.MatchSpec("python>>3", strict=True)


@pytest.mark.parametrize("requirement", PROJECT["dependencies"])
def test_the_lock_satisfies_each_bound_as_conda_understands_it(requirement):
    rattler = pytest.importorskip("rattler")
    spec = rattler.MatchSpec(conda_spec(requirement), strict=True)
    name = spec.name.normalized
    record = rattler.PackageRecord(name, locked()[name], rattler.BuildString("0"), 0, "noarch")
    assert spec.matches(record)


def test_a_version_below_its_bound_would_be_noticed():
    rattler = pytest.importorskip("rattler")
    record = rattler.PackageRecord("pandas", "2.3.1", rattler.BuildString("0"), 0, "noarch")
    assert not rattler.MatchSpec("pandas >=3.0", strict=True).matches(record)


def solve(folder, pythons):
    """Solve the conda lines over a small channel of our own; the versions chosen, by name."""
    rattler = pytest.importorskip("rattler")
    records = [("python", version, []) for version in pythons] + [("pip", "26.0", ["python"])]
    packages = {
        f"{name}-{version}-0.conda": {
            "name": name, "version": version, "build": "0", "build_number": 0, "depends": depends,
            "subdir": "linux-64", "md5": "0" * 32, "sha256": "0" * 64, "size": 1,
        }
        for name, version, depends in records
    }  # fmt: skip
    for subdir, content in (("linux-64", packages), ("noarch", {})):
        (folder / subdir).mkdir()
        repodata = {"info": {"subdir": subdir}, "packages": {}, "packages.conda": content}
        (folder / subdir / "repodata.json").write_text(json.dumps(repodata))
    solving = rattler.solve([rattler.Channel(folder.as_uri())], CONDA, platforms=["linux-64", "noarch"])
    # In a thread of its own: the browser tests leave an event loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        solved = thread.submit(asyncio.run, solving).result()
    return {record.name.normalized: str(record.version) for record in solved}


def test_it_takes_python_3_12_where_newer_ones_are_to_be_had(tmp_path):
    chosen = solve(tmp_path, ["3.10.14", "3.11.9", "3.12.3", "3.12.8", "3.13.1", "3.15.0"])
    assert chosen == {"python": "3.12.8", "pip": "26.0"}


def test_it_cannot_be_solved_without_the_python_that_it_asks_for(tmp_path):
    rattler = pytest.importorskip("rattler")
    with pytest.raises(rattler.rattler.SolverError, match=r"python 3\.12"):
        solve(tmp_path, ["3.11.9", "3.13.1"])


# repo2docker still asks for a module of python-json-logger under its old name.
@pytest.mark.filterwarnings("ignore:pythonjsonlogger.jsonlogger has been moved:DeprecationWarning")
@pytest.mark.skipif(os.name == "nt", reason="repo2docker does not run on Windows")
def test_binder_reads_a_python_that_the_project_supports(monkeypatch):
    from packaging.specifiers import SpecifierSet

    monkeypatch.chdir(ROOT)  # where the parser looks
    from repo2docker.buildpacks.conda import CondaBuildPack

    version = CondaBuildPack("test").python_version
    assert version == "3.12"
    assert version in SpecifierSet(PROJECT["requires-python"])


def test_what_conda_installs_beside_python_has_the_bounds_of_pyproject():
    asked = {conda_spec(requirement).replace(" ", "") for requirement in PROJECT["dependencies"]}
    for line in CONDA:
        name = re.match(r"[\w.-]+", line).group()
        assert name in ("python", "pip") or line.replace(name, PIP_NAME.get(name, name)) in asked


def test_pip_installs_the_project_itself_and_so_every_dependency_of_it():
    assert PIP == ["-e ."]
    assert {"pandas", "matplotlib", "ipywidgets", "jupyterlab", "nbval"} <= {
        conda_spec(requirement).split()[0] for requirement in PROJECT["dependencies"]
    }


@pytest.mark.slow
def test_the_pip_section_installs_in_a_fresh_environment(tmp_path):
    uv = shutil.which("uv", path=Path(sys.executable).parent)
    wanted = next(line.partition("=")[2] for line in CONDA if line.startswith("python="))
    venv = tmp_path / "venv"
    # pyenv keeps its Pythons where uv does not look; without the wanted one, this one has to do.
    pythons = [*Path.home().glob(f".pyenv/versions/{wanted}.*/bin/python"), wanted, sys.executable]
    make = [uv, "venv", "--quiet", "--no-python-downloads", venv, "--python"]
    assert any(subprocess.run([*make, python]).returncode == 0 for python in pythons)
    python = venv / "bin" / "python"
    section = [part for line in PIP for part in line.split()]
    subprocess.run([uv, "pip", "install", "--quiet", "-p", python, *section], cwd=ROOT, check=True)
    subprocess.run([uv, "pip", "check", "--quiet", "-p", python], check=True)
    subprocess.run([python, "-P", "-c", "import analysis, pandas, ipywidgets, jupyterlab"], cwd=tmp_path, check=True)
