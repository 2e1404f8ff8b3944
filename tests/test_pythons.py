"""The project on every other supported Python that is here, with what a reader installs and no more.

Each has a copy of the project in build/pythons, set up by its own dev.py with pip alone. The copy's .venv is kept from
run to run: dev.py knows when it is out of date.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HEAVIEST = 540e6  # bytes on the disk, bytecode included
SUPPORTED = range(11, 15)
OTHERS = [minor for minor in SUPPORTED if minor != sys.version_info.minor]


def python_of(minor, home):
    """A Python 3.minor that starts, from the PATH or pyenv; None if there is none (pyenv's shims start only what is chosen)."""
    found = [shutil.which(f"python3.{minor}"), *sorted(home.glob(f".pyenv/versions/3.{minor}.*/bin/python3"))]
    code = f"import ensurepip, sys; sys.exit(sys.version_info[:2] != (3, {minor}))"
    return next((p for p in found if p and subprocess.call([p, "-c", code], stderr=subprocess.DEVNULL) == 0), None)


def fresh_copy(minor):
    """The folder of a copy of the project as it is now; of an earlier one only its .venv is left."""
    folder = ROOT / "build" / "pythons" / f"Python 3.{minor} é"
    for old in folder.glob("*"):
        if old.is_dir() and old.name != ".venv":
            shutil.rmtree(old)
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(".*", "build", "__pycache__"), dirs_exist_ok=True)
    return folder


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="looks for Pythons where Unix has them")
@pytest.mark.parametrize("minor", OTHERS)
def test_a_reader_gets_sound_cases_a_page_and_the_saved_notebooks(minor, tmp_path):
    python = python_of(minor, Path.home())
    if not python:
        pytest.skip(f"Python 3.{minor} is not here")
    folder = fresh_copy(minor)
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    env["PATH"] = str(tmp_path)  # where there is no uv

    def run(*command):
        done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=900)
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]

    run(python, "dev.py", "check")
    run(python, "dev.py", "report", sorted(folder.glob("notebooks/*.ipynb"))[0], "--out", tmp_path / "pages")
    run(".venv/bin/python", "-P", "-m", "pytest", "-q", "-p", "no:cacheprovider", "notebooks")
    weight = sum(path.lstat().st_blocks * 512 for path in folder.glob(".venv/**/*"))
    assert 300e6 < weight < HEAVIEST, f"a reader's .venv takes {weight / 1e6:.0f} MB"


def test_rows_that_tie_keep_their_order_whatever_sorts_them():
    # By one column pandas sorts as numpy does, which puts ties in another order from release to release.
    told = []
    for path in [*ROOT.glob("analysis/**/*.py"), *ROOT.glob("nbstill/**/*.py"), *ROOT.glob("notebooks/**/*.ipynb")]:
        text = path.read_text(encoding="utf-8").replace('\\"', '"')
        told += [f"{path.name}: {sort}" for sort in re.findall(r"sort_values\([^()]*\)", text)]
    assert told
    assert not [sort for sort in told if "[" not in sort and "stable" not in sort]


def test_a_python_of_pyenv_is_found_and_a_shim_that_does_not_start_is_passed_over(tmp_path, monkeypatch):
    minor = sys.version_info.minor
    shim = tmp_path / f"python3.{minor}"
    shim.write_text("#!/bin/sh\nexit 127\n")
    shim.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert python_of(minor, tmp_path) is None
    real = tmp_path / ".pyenv" / "versions" / f"3.{minor}.0" / "bin" / "python3"
    real.parent.mkdir(parents=True)
    real.symlink_to(sys.executable)
    assert python_of(minor, tmp_path) == real
