"""dev.py, on copies of the project in a folder of their own, with a uv that only pretends to install."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
READERS, TESTS = "requirements.lock", "requirements-test.lock"
pytestmark = pytest.mark.skipif(os.name == "nt", reason="the pretended uv is a Unix script")

# Makes a real, empty venv, and in it modules that say how they were called.
FAKE_UV = """import os, pathlib, signal, sys, venv
if sys.argv[1] == "--version":
    sys.exit()
here = pathlib.Path(os.getcwd())
with open(here / "uv.log", "a") as log:
    print(*sys.argv[1:], file=log)
if sys.argv[1] == "venv":
    if (here / "early-cut").exists():
        os.kill(os.getppid(), signal.SIGKILL)
        sys.exit(1)
    venv.create(sys.argv[-1], with_pip=False, clear="--clear" in sys.argv)
elif "-r" in sys.argv:
    packages = next(here.glob(".venv/lib/python*/site-packages"))
    lock = pathlib.Path(sys.argv[-1])
    if (here / "no-network").exists():
        sys.exit("error: failed to connect")
    for name in lock.read_text().split():
        (packages / (name + ".dist-info")).mkdir(exist_ok=True)
        module = packages / (name.replace(".", "/") + ".py")
        module.parent.mkdir(exist_ok=True)
        module.write_text("import sys; __name__ == '__main__' and print(__spec__.name + ':', *sys.argv[1:])")
        if (here / "stopped").exists():
            sys.exit("stopped half-way")
        if (here / "power-cut").exists():
            os.kill(os.getppid(), signal.SIGKILL)
            sys.exit(1)
"""
# A shell between, for the path of a Python may hold a space, which a first line with #! cannot.
PROGRAM = '#!/bin/sh\nexec "{}" "{}" "$@"\n'
ANALYSIS = "import sys; print('analysis:', *sys.argv[1:]); sys.exit('bad' in sys.argv)"


class Copy:
    """A copy of the project: its folder, and what dev.py says and does there."""

    def __init__(self, folder, programs):
        self.folder = folder
        self.programs = programs

    def dev(self, *arguments, python=sys.executable, **variables):
        """Run dev.py; the finished process with its output as text."""
        env = {name: value for name, value in os.environ.items() if name not in ("CI", "PYTHONPATH")}
        env |= {"PATH": str(self.programs)} | variables
        return subprocess.run(
            [python, self.folder / "dev.py", *arguments], env=env, capture_output=True, text=True, timeout=60
        )

    @property
    def stamp(self):
        return self.folder / ".venv" / "set-up.txt"

    @property
    def steps(self):
        """What was done to set up, in order: a venv made, and the locks that were installed."""
        log = self.folder / "uv.log"
        lines = log.read_text().splitlines() if log.exists() else []
        return [Path(line).name for line in lines if not line.endswith(str(self.folder))]

    def write(self, name, text=""):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path


@pytest.fixture
def copy(tmp_path):
    """A copy that is not set up yet, in a folder whose name has a space and an accent."""
    programs = tmp_path / "programs"
    programs.mkdir()
    (tmp_path / "uv.py").write_text(FAKE_UV)
    (programs / "uv").write_text(PROGRAM.format(sys.executable, tmp_path / "uv.py"))
    (programs / "uv").chmod(0o755)
    folder = tmp_path / "fresh dir é"
    folder.mkdir()
    shutil.copy(ROOT / "dev.py", folder)
    copy = Copy(folder, programs)
    copy.write(READERS, load().NEEDED.replace(",", "") + " jupyterlab.__main__")
    copy.write(TESTS, "pytest")
    copy.write("pyproject.toml", '[project]\nversion = "1.2.3"\n')
    copy.write("analysis/__init__.py")
    copy.write("analysis/__main__.py", ANALYSIS)
    return copy


@pytest.fixture
def ready(copy):
    """A copy that has been set up."""
    process = copy.dev()
    assert process.returncode == 0, process.stderr
    return copy


def load():
    """dev.py as a module, to ask its functions."""
    spec = importlib.util.spec_from_file_location("dev", ROOT / "dev.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# An old Python


@pytest.mark.parametrize("version", [(2, 7), (3, 10), (3, 15)])
def test_a_python_that_is_too_old_or_too_new_is_refused_in_one_line(version, monkeypatch):
    monkeypatch.setattr(sys, "version_info", (*version, 0))
    with pytest.raises(SystemExit, match=r"needs Python 3\.11.* this is {}\.{}\.".format(*version)) as refusal:
        load()
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("name", ["python2.7", "python3.6", "python3.8", "python3.10"])
def test_an_old_python_can_read_dev_py_as_far_as_the_refusal(name, copy):
    # pyenv keeps its Pythons off the PATH until one is chosen, and leaves a shim there that does not start.
    found = [shutil.which(name), *Path.home().glob(f".pyenv/versions/*/bin/{name}")]
    starts = [p for p in found if p and not subprocess.run([p, "-c", ""], capture_output=True).returncode]
    if not starts:
        pytest.skip(f"{name} is not here")
    process = copy.dev("report", python=starts[0], PATH=os.environ["PATH"])
    assert process.returncode == 1
    assert process.stderr.startswith("Who Counted? needs Python 3.11")
    assert process.stderr.count("\n") == 1


def test_dev_py_refuses_just_what_pyproject_does_not_allow():
    dev = load()
    allowed = dev.tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
    assert allowed == ">={}.{},<{}.{}".format(*dev.OLDEST, *dev.FIRST_TOO_NEW)


# Set-up


def test_the_first_command_sets_up_for_a_reader_and_then_does_its_work(copy):
    process = copy.dev("check", "--article", "a text.txt")
    assert process.stdout.splitlines()[-1] == "analysis: check --article a text.txt"
    assert copy.steps == [".venv", READERS]


def test_a_second_command_does_not_set_up_again(ready):
    assert ready.dev("check").stdout == "analysis: check\n"
    assert ready.steps == [".venv", READERS]


def test_what_tests_need_is_added_once_when_they_are_first_run(ready):
    assert ready.dev("test").stdout.endswith("pytest:\n")
    assert ready.dev("test").stdout == "pytest:\n"
    assert ready.dev("check").stdout == "analysis: check\n"
    assert ready.steps == [".venv", READERS, TESTS]


def test_what_is_installed_is_the_lock_with_its_hashes_and_nothing_else(ready):
    ready.dev("test")
    readers, project, tests = (ready.folder / "uv.log").read_text().splitlines()[-3:]
    assert readers.endswith(f"--no-deps --require-hashes -r {ready.folder / READERS}")
    assert project.endswith(f"--no-deps -q --no-build-isolation -e {ready.folder}")
    assert tests.endswith(f"--no-deps --require-hashes -r {ready.folder / TESTS}")


def test_what_every_notebook_imports_is_compiled_even_where_bytecode_may_not_be_written(copy):
    assert copy.dev(PYTHONDONTWRITEBYTECODE="1").returncode == 0
    packages = next(copy.folder.glob(".venv/lib/python*/site-packages"))
    compiled = {path.name.split(".")[0] for path in packages.glob("**/__pycache__/*.pyc")}
    assert compiled >= {"pandas", "pyplot", "kernelapp"}


def test_a_set_up_that_cannot_import_what_every_notebook_needs_is_not_finished(copy):
    copy.write(READERS, "pandas")
    process = copy.dev("check")
    assert process.returncode == 1
    assert "No module named 'matplotlib'" in process.stderr
    assert not copy.stamp.exists()


@pytest.mark.parametrize("name", [READERS, "pyproject.toml"])
def test_set_up_is_redone_when_the_lock_or_pyproject_changes(name, ready):
    with open(ready.folder / name, "a") as file:
        file.write("\n")
    ready.dev("check")
    assert ready.steps == [".venv", READERS] * 2


def test_a_change_of_what_only_tests_need_leaves_a_reader_in_peace(ready):
    ready.dev("test")
    ready.write(TESTS, "pytest hypothesis")
    ready.dev("check")
    assert ready.steps == [".venv", READERS, TESTS]
    ready.dev("test")
    assert ready.steps == [".venv", READERS, TESTS, TESTS]


def break_stamp(venv):
    (venv / "set-up.txt").write_bytes(b"\xff{")


def lose_stamp(venv):
    (venv / "set-up.txt").unlink()


def lose_python(venv):
    for path in venv.glob("bin/python*"):
        path.unlink()


def break_python(venv):
    lose_python(venv)
    (venv / "bin" / "python").symlink_to("/nowhere/python")


def lose_pandas(venv):
    next(venv.glob("lib/python*/site-packages/pandas.py")).unlink()


def lose_everything(venv):
    shutil.rmtree(venv)


BREAKS = [break_stamp, lose_stamp, lose_python, break_python, lose_pandas, lose_everything]


@pytest.mark.parametrize("harm", BREAKS, ids=lambda harm: harm.__name__)
def test_a_broken_venv_is_made_anew(harm, ready):
    harm(ready.folder / ".venv")
    process = ready.dev("check")
    assert process.stdout.splitlines()[-1] == "analysis: check"
    assert ready.steps == [".venv", READERS] * 2


def test_a_folder_that_was_moved_is_set_up_again(ready):
    moved = Copy(ready.folder.rename(ready.folder.with_name("elsewhere")), ready.programs)
    (moved.folder / "uv.log").unlink()
    assert moved.dev("check").returncode == 0
    assert moved.steps == [".venv", READERS]


def test_without_a_network_it_says_so_leaves_no_stamp_and_starts_afresh_next_time(copy):
    hindrance = copy.write("no-network")
    process = copy.dev("report")
    assert process.returncode == 1
    assert "failed to connect" in process.stderr
    assert "it is the network" in process.stderr.splitlines()[-1]
    assert not copy.stamp.exists()
    hindrance.unlink()
    assert copy.dev("report").returncode == 0


def test_a_set_up_that_was_killed_leaves_no_stamp_and_is_repaired(copy):
    hindrance = copy.write("power-cut")
    assert copy.dev("report").returncode == -9
    assert (copy.folder / ".venv").exists()
    assert not copy.stamp.exists()
    hindrance.unlink()
    assert copy.dev("report").returncode == 0


def test_an_old_venv_has_no_stamp_from_the_moment_that_it_is_removed(ready):
    hindrance = ready.write("stopped")
    ready.dev("test")
    hindrance.unlink()
    ready.write("early-cut")
    assert ready.dev("test").returncode == -9
    assert not ready.stamp.exists()


def test_tests_that_cannot_be_set_up_without_a_network_leave_the_reader_what_he_has(ready):
    ready.write("no-network")
    assert ready.dev("test").returncode == 1
    assert ready.dev("test").returncode == 1
    assert ready.dev("check").returncode == 0
    assert ready.steps == [".venv", READERS, TESTS, TESTS]


@pytest.mark.parametrize("hindrance", ["power-cut", "stopped"])
def test_tests_that_were_half_installed_are_made_anew_and_the_reader_goes_on_meanwhile(hindrance, ready):
    ready.write(hindrance)
    assert ready.dev("test").returncode != 0
    (ready.folder / hindrance).unlink()
    assert ready.dev("check").stdout == "analysis: check\n"
    assert ready.steps == [".venv", READERS, TESTS]
    assert ready.dev("test").returncode == 0
    assert ready.steps == [".venv", READERS, TESTS] * 2


def test_two_commands_at_once_set_up_once(copy):
    command = [sys.executable, copy.folder / "dev.py", "check"]
    env = os.environ | {"PATH": str(copy.programs)}
    both = [subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [process.wait(60) for process in both] == [0, 0]
    assert copy.steps == [".venv", READERS]


def test_it_can_be_started_by_the_very_python_that_it_has_to_replace(ready):
    ready.write(READERS, (ready.folder / READERS).read_text() + " more")
    process = ready.dev("check", python=ready.folder / ".venv" / "bin" / "python")
    assert process.returncode == 0, process.stderr
    assert ready.steps == [".venv", READERS] * 2


def test_without_a_uv_that_starts_the_venv_is_made_by_python_and_filled_by_pip(monkeypatch, tmp_path):
    dev = load()
    (tmp_path / "uv").write_text("#!/bin/sh\nexit 127\n")
    (tmp_path / "uv").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    make, install = dev.installer()
    assert make[1:] == ["-m", "venv", "--clear", dev.VENV]
    assert install[:4] == [dev.PYTHON, "-m", "pip", "install"]


@pytest.mark.parametrize("missing", ["venv", "ensurepip"])
def test_a_python_without_a_venv_module_is_told_what_to_install(missing, monkeypatch):
    dev = load()
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(dev.importlib.util, "find_spec", lambda name: None if name == missing else True)
    with pytest.raises(SystemExit, match="apt install python3-venv"):
        dev.installer()


# Commands


def test_without_a_command_it_sets_up_and_lists_the_commands(ready):
    listed = ready.dev().stdout
    assert all(f"dev.py {name} " in listed for name in load().COMMANDS)


def test_an_unknown_command_is_told_which_there_are_and_sets_nothing_up(copy):
    process = copy.dev("repotr")
    assert process.returncode == 2
    assert "dev.py report" in process.stdout
    assert copy.steps == []


@pytest.mark.parametrize("name", ["new", "check", "class", "run"])
def test_what_follows_a_command_goes_to_the_package(name, ready):
    assert ready.dev(name, "a text.txt", "--more").stdout == f"analysis: {name} a text.txt --more\n"


def test_what_follows_test_goes_to_pytest(ready):
    assert ready.dev("test", "-k", "words and spans").stdout.endswith("pytest: -k words and spans\n")


def test_a_file_is_named_from_where_the_reader_stands_and_the_pages_go_to_the_project(ready, tmp_path, monkeypatch):
    ready.write("analysis/__main__.py", "import os, sys; print(os.getcwd(), *sys.argv[1:], sep='|')")
    monkeypatch.chdir(tmp_path)
    assert ready.dev("check").stdout == f"{tmp_path}|check\n"
    pages = ready.folder / "build" / "report"
    assert ready.dev("report", "mine.ipynb").stdout == f"{tmp_path}|report|--out|{pages}|mine.ipynb\n"


def test_lab_opens_a_copy_of_the_first_notebook_and_asks_for_no_news(ready):
    for name in ("02-second.ipynb", "00-first.ipynb"):
        ready.write(f"notebooks/{name}")
    told = ready.dev("lab", "--no-browser").stdout
    assert told.endswith(f" {ready.folder / 'my-notebooks' / '00-first.ipynb'} --no-browser\n")
    settings = ready.folder / ".venv/etc/jupyter/labconfig/default_setting_overrides.json"
    assert '"fetchNews": "false"' in settings.read_text()


# Copies of the notebooks


def text(*sources, **more):
    """A notebook as a file's text."""
    cells = [{"cell_type": "code", "source": source, "outputs": [], **more} for source in sources]
    return json.dumps({"cells": cells, "metadata": {}})


@pytest.fixture
def shelf(tmp_path):
    """A folder with one notebook, one deeper, and the copies of both."""
    for name in ("a.ipynb", "lessons/b.ipynb"):
        (tmp_path / "notebooks" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "notebooks" / name).write_text(text("old"))
    return tmp_path


def copied(shelf):
    """Copy once more: what the copies hold, {name: text}."""
    load().copies(shelf)
    mine = shelf / "my-notebooks"
    return {p.relative_to(mine).as_posix(): p.read_text() for p in mine.rglob("*.ipynb")}


def test_every_notebook_is_copied_and_none_of_them_changed(shelf):
    (shelf / "notebooks" / ".ipynb_checkpoints").mkdir()
    (shelf / "notebooks" / ".ipynb_checkpoints" / "a-checkpoint.ipynb").write_text("")
    assert copied(shelf) == {"a.ipynb": text("old"), "lessons/b.ipynb": text("old")}
    assert (shelf / "notebooks" / "a.ipynb").read_text() == text("old")


def test_the_first_copy_is_the_first_notebook_whatever_else_lies_there(shelf):
    copied(shelf)
    (shelf / "my-notebooks" / "a own.ipynb").write_text(text("mine"))
    assert load().copies(shelf)[0] == shelf / "my-notebooks" / "a.ipynb"


def test_a_copy_that_was_changed_is_kept(shelf):
    copied(shelf)
    (shelf / "my-notebooks" / "a.ipynb").write_text(text("mine"))
    assert copied(shelf)["a.ipynb"] == text("mine")


def test_a_newer_notebook_replaces_a_copy_that_was_only_run(shelf):
    copied(shelf)
    (shelf / "my-notebooks" / "a.ipynb").write_text(text("old", execution_count=3))
    (shelf / "notebooks" / "a.ipynb").write_text(text("new"))
    assert copied(shelf)["a.ipynb"] == text("new")


def test_a_newer_notebook_goes_beside_a_copy_that_was_changed_once(shelf, capsys):
    copied(shelf)
    (shelf / "my-notebooks" / "a.ipynb").write_text(text("mine"))
    (shelf / "notebooks" / "a.ipynb").write_text(text("new"))
    for _ in range(2):
        assert copied(shelf) == {"a.ipynb": text("mine"), "a-new.ipynb": text("new"), "lessons/b.ipynb": text("old")}
    assert capsys.readouterr().out == "a.ipynb has your changes and stays; the newer one is a-new.ipynb.\n"
    (shelf / "my-notebooks" / "a-new.ipynb").write_text(text("mine too"))
    (shelf / "notebooks" / "a.ipynb").write_text(text("newest"))
    assert copied(shelf)["a-new.ipynb"] == text("mine too")
    assert copied(shelf)["a-new-2.ipynb"] == text("newest")


def test_a_copy_that_was_deleted_comes_back(shelf):
    copied(shelf)
    (shelf / "my-notebooks" / "a.ipynb").unlink()
    assert copied(shelf)["a.ipynb"] == text("old")


@pytest.mark.parametrize("memory", [None, "", "{"])
def test_where_it_is_not_known_what_was_copied_nothing_is_lost(memory, shelf):
    copied(shelf)
    (shelf / "my-notebooks" / "a.ipynb").write_text(text("mine"))
    kept = shelf / "my-notebooks" / ".copied.json"
    kept.unlink() if memory is None else kept.write_text(memory)
    assert copied(shelf) == {"a.ipynb": text("mine"), "a-new.ipynb": text("old"), "lessons/b.ipynb": text("old")}


def test_a_copy_that_is_no_notebook_any_more_is_kept(shelf):
    copied(shelf)
    (shelf / "my-notebooks" / "a.ipynb").write_text("{")
    (shelf / "notebooks" / "a.ipynb").write_text(text("new"))
    assert copied(shelf)["a.ipynb"] == "{"


def test_git_ignores_the_copies():
    assert "/my-notebooks/" in (ROOT / ".gitignore").read_text().splitlines()


def test_bench_runs_every_benchmark_and_names_the_one_that_failed(ready):
    shutil.copy(ROOT / "tests" / "benchmarks" / "__main__.py", ready.write("tests/benchmarks/__main__.py"))
    ready.write("tests/benchmarks/bench_a.py", "import sys; sys.exit('slow')")
    ready.write("tests/benchmarks/bench_b.py", "import sys; print('b', *sys.argv[1:])")
    process = ready.dev("bench", "--short")
    assert process.returncode == 1
    assert process.stdout.endswith("b --short\n2 benchmarks, failed: bench_a.py\n")


def test_the_exit_code_is_that_of_what_was_run(ready):
    assert ready.dev("check", "bad").returncode == 1
    assert ready.dev("check", "good").returncode == 0


def test_a_stray_analysis_py_where_one_stands_does_not_take_our_name(ready, tmp_path, monkeypatch):
    (tmp_path / "analysis.py").write_text("raise SystemExit('stray')")
    monkeypatch.chdir(tmp_path)
    assert ready.dev("check").stdout == "analysis: check\n"


def test_package_zips_pages_handouts_and_a_first_page_under_the_version(ready):
    ready.write("docs/START-HERE.txt", "open index.html")
    ready.write("build/report/index.html", "<p>é")
    ready.write("build/report/.cache/state")
    ready.write("build/report/handouts/lesson.pdf")
    process = ready.dev("package")
    assert process.returncode == 0
    assert "analysis: handouts --pdf --out" in process.stdout
    assert TESTS in ready.steps  # the typesetter is in the second lock
    name = "who-counted-1.2.3"
    with zipfile.ZipFile(ready.folder / "build" / f"{name}.zip") as archive:
        assert archive.namelist()[0] == f"{name}/START-HERE.txt"  # seen first by whoever opens the zip
        inside = sorted(name for name in archive.namelist() if not name.endswith("/"))
    assert inside == [f"{name}/START-HERE.txt", f"{name}/handouts/lesson.pdf", f"{name}/index.html"]


def test_no_zip_is_made_of_pages_that_could_not_be_built(ready):
    ready.write("docs/START-HERE.txt")
    ready.write("build/report/index.html")
    assert ready.dev("package", "bad").returncode == 1
    assert not list(ready.folder.glob("build/*.zip"))
