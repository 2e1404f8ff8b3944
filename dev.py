"""Who Counted? from one command; nothing but Python has to be there before it.

    python3 dev.py            set up, once; every command below does so too
    python3 dev.py report     build the pages: build/report/index.html; of a case of your own: report NAME
    python3 dev.py lab        open copies of the notebooks in JupyterLab, in my-notebooks; what you change stays
    python3 dev.py new        begin a case from an article's text: new ARTICLE.txt [NAME]
    python3 dev.py check      check every case: rows, quotes, workings
    python3 dev.py class      read a class's answers files: class FOLDER
    python3 dev.py run        run the notebooks and save them with their outputs
    python3 dev.py handouts   write the handouts of lessons: build/report/handouts/index.html; report does so too
    python3 dev.py package    zip pages and handouts, these as PDF too, to hand to someone without Python
    python3 dev.py test       run the tests; what follows goes to pytest: test -k words
    python3 dev.py bench      run the benchmarks; --short for a quick look

What follows a command is passed on to it. On Windows write `py dev.py`. Set-up needs a network and makes the
folder .venv, which may be deleted at any time. `test`, `bench` and `package` add to it what they alone need.
"""

# An old Python has to be able to read this file as far as its refusal. So there is nothing in it that
# Python 2.7 cannot parse, and the imports that it lacks come after.
from __future__ import print_function

import sys

OLDEST, FIRST_TOO_NEW = (3, 11), (3, 15)
if not OLDEST <= sys.version_info[:2] < FIRST_TOO_NEW:
    sys.exit(
        "Who Counted? needs Python 3.11, 3.12, 3.13 or 3.14, and this is %d.%d. Install one of those "
        "and run it by its name, for example: python3.12 dev.py report" % sys.version_info[:2]
    )

import contextlib
import functools
import hashlib
import importlib.util
import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
import tomllib
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent
LOCK, TEST_LOCK, PYPROJECT = ROOT / "requirements.lock", ROOT / "requirements-test.lock", ROOT / "pyproject.toml"
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "set-up.txt"
# The pages go here, wherever the reader stands, and the handouts beside them.
PAGES = ROOT / "build" / "report"
HANDOUTS = PAGES / "handouts"
# What every notebook imports: a set-up ends by importing it once, so that it is compiled and known to start.
NEEDED = "pandas, matplotlib.pyplot, ipywidgets, ipykernel.kernelapp"


def run(command, folder=ROOT):
    """Run a command with the venv before all else and nothing of another Python's; its exit code."""
    # Packages are compiled when they are first imported. Where bytecode may not be written, that would be every time.
    env = {k: v for k, v in os.environ.items() if k not in ("PYTHONHOME", "PYTHONDONTWRITEBYTECODE")}
    env["PATH"] = str(PYTHON.parent) + os.pathsep + env.get("PATH", "")
    # The editable install's .pth is UTF-8, which Python 3.11 and 3.12 do not expect on Windows: a folder
    # with an accent in its name would be lost. PYTHONPATH finds `analysis` there as well.
    env.update(VIRTUAL_ENV=str(VENV), PYTHONPATH=str(ROOT), PYTHONUTF8="1", PIP_DISABLE_PIP_VERSION_CHECK="1")
    process = subprocess.Popen([str(part) for part in command], cwd=folder, env=env)
    while True:
        # Ctrl-C reaches the child too, which may have something to ask or to tidy first.
        with contextlib.suppress(KeyboardInterrupt):
            return process.wait()


def python(*arguments):
    """Run the venv's Python; -P keeps a stray analysis.py in the current folder from taking our name."""
    return run((PYTHON, "-P") + arguments)


def digest(*files):
    """What an installation is made from: these files, and this place (a venv cannot move)."""
    return hashlib.sha256(b"\0".join([os.fsencode(ROOT)] + [path.read_bytes() for path in files])).hexdigest()


def stamped():
    """What the venv's stamp says is in it: the reader's digest, then the tests'; nothing if it does not start."""
    probe = "import importlib.util, sys; sys.exit(importlib.util.find_spec('pandas') is None)"
    with contextlib.suppress(OSError, ValueError):
        if subprocess.call([str(PYTHON), "-I", "-c", probe], stderr=subprocess.DEVNULL) == 0:
            return STAMP.read_text(encoding="utf-8").split()
    return []


def installer():
    """The command that makes the venv, and the one that installs into it what is named and nothing beside."""
    # The Python behind a venv, in case dev.py was started by the very venv that is made anew.
    base = getattr(sys, "_base_executable", None) or sys.executable
    # A shim may be on the PATH with no uv behind it.
    if shutil.which("uv") and subprocess.run(["uv", "--version"], capture_output=True).returncode == 0:
        make = ["uv", "venv", "--quiet", "--clear", "--python", base, VENV]
        return make, ["uv", "pip", "install", "-p", PYTHON, "--no-deps"]
    if importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"):
        pip = [PYTHON, "-m", "pip", "install", "--progress-bar", "off", "--no-compile", "--no-deps"]
        return [base, "-m", "venv", "--clear", VENV], pip
    sys.exit(
        "This Python cannot make a virtual environment: its venv module is not installed. On Debian "
        "or Ubuntu: sudo apt install python3-venv. Or install uv. Then run the same command again."
    )


def done(*commands):
    """Run these in turn; whether all went well."""
    return not any(run(command) for command in commands)


def make_or_add(wanted, there):
    """Make the venv, unless the reader's is there whole; add what tests need, if wanted; whether it went well."""
    print("Setting up %s: once, a minute or two, and it needs a network." % VENV, flush=True)
    make, install = installer()
    locked, ourselves = install + ["--require-hashes", "-r"], install + ["-q", "--no-build-isolation", "-e", ROOT]
    # The stamp says what is finished; what was killed or failed half-way is made anew.
    if there[:1] != wanted[:1] or "begun" in there:
        STAMP.unlink(missing_ok=True)
        if not done(make, locked + [LOCK], ourselves, [PYTHON, "-P", "-c", "import " + NEEDED]):
            return False
        STAMP.write_text(wanted[0], encoding="utf-8")
    if wanted[1:]:
        STAMP.write_text(wanted[0] + " begun", encoding="utf-8")
        before = set(VENV.rglob("*.dist-info"))
        added = done(locked + [TEST_LOCK])
        if added or before == set(VENV.rglob("*.dist-info")):
            STAMP.write_text(" ".join(wanted[: 1 + added]), encoding="utf-8")
        return added
    return True


def set_up(tests):
    """See that the venv holds what a reader needs, and what tests need if they are wanted."""
    wanted = [digest(LOCK, PYPROJECT)] + ([digest(TEST_LOCK)] if tests else [])
    if stamped()[: len(wanted)] == wanted:
        return
    # Of two at once the second waits. SQLite locks a file alike on every system; where it cannot, we go without.
    with contextlib.closing(sqlite3.connect(str(ROOT / ".venv.lock"), timeout=3600)) as lock:
        with contextlib.suppress(sqlite3.Error):
            lock.execute("BEGIN EXCLUSIVE")
        there = stamped()
        if there[: len(wanted)] != wanted and not make_or_add(wanted, there):
            sys.exit(
                "Set-up did not finish; the installer's own words stand above. If they speak of a connection, a name "
                "or a certificate, it is the network, which set-up needs once. Then run the same command again."
            )


def analysis(name, *arguments):
    """Run a command of the package where the reader stands, so that files can be named from there."""
    return run((PYTHON, "-P", "-m", "analysis", name) + arguments, os.getcwd())


def digests(path):
    """A file's digest, and that of what people wrote in it: a notebook's cells, all of any other file."""
    data = text = path.read_bytes()
    with contextlib.suppress(ValueError, KeyError, TypeError):
        text = json.dumps([(cell["cell_type"], "".join(cell["source"])) for cell in json.loads(data)["cells"]]).encode()
    return [hashlib.sha256(data).hexdigest(), hashlib.sha256(text).hexdigest()]


def beside(path):
    """The first free name for a newer file beside one that somebody changed: a-new.ipynb, a-new-2.ipynb."""
    ends = ["-new"] + ["-new-%d" % n for n in range(2, 1000)]
    return next(p for p in (path.with_name(path.stem + end + path.suffix) for end in ends) if not p.exists())


def copies(root=ROOT):
    """Copy the notebooks to where they may be changed: what is missing, and what is newer than a copy nobody changed.

    A copy whose text was changed stays as it is; what is newer then goes beside it. Returns the copies, in order.
    """
    shipped, mine = root / "notebooks", root / "my-notebooks"
    memory, known, made = mine / ".copied.json", {}, []
    with contextlib.suppress(OSError, ValueError):
        known = json.loads(memory.read_text(encoding="utf-8"))
    for name in sorted(p.relative_to(shipped) for p in shipped.rglob("*") if p.is_file()):
        if any(part.startswith(".") for part in name.parts):
            continue
        copy, before, now = mine / name, known.get(name.as_posix(), ["", ""]), digests(shipped / name)
        made.append(copy)
        if copy.exists() and before[0] == now[0]:
            continue
        if copy.exists() and digests(copy)[1] not in (before[1], now[1]):
            copy = beside(copy)
            print("%s has your changes and stays; the newer one is %s." % (name, copy.name))
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(str(shipped / name), str(copy))
        known[name.as_posix()] = now
        memory.write_text(json.dumps(known), encoding="utf-8")
    return made


# What JupyterLab does not list; of two folders of notebooks a reader would open the wrong one.
HIDDEN = ["--ContentsManager.hide_globs=%s" % name for name in ("__pycache__", "notebooks")]


def lab(*arguments):
    """Open JupyterLab on a copy of the first notebook, with the data within reach; it asks nobody for news or updates.

    It does not list the notebooks themselves: merely to open and save one would change it.
    """
    settings = VENV / "etc" / "jupyter" / "labconfig" / "default_setting_overrides.json"
    settings.parent.mkdir(parents=True, exist_ok=True)
    quiet = '{"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": false}}'
    settings.write_text(quiet, encoding="utf-8")
    options = ["--ServerApp.root_dir=%s" % ROOT, "--KernelManager.transport_encryption=auto"]
    return python("-m", "jupyterlab", *options + HIDDEN + copies()[:1] + list(arguments))


def package(*arguments):
    """Zip the pages, the handouts with their PDFs, and a page for whoever gets the zip; the exit code."""
    build = ROOT / "build"
    if COMMANDS["report"](*arguments) or analysis("handouts", "--pdf", "--out", HANDOUTS):
        return 1
    name = "who-counted-" + tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]["version"]
    with tempfile.TemporaryDirectory() as draft:
        folder, hidden = Path(draft, name), shutil.ignore_patterns(".*")
        shutil.copytree(build / "report", folder, ignore=hidden)
        shutil.copy(ROOT / "docs" / "START-HERE.txt", folder)
        made = build / (name + ".zip")
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(folder.rglob("*"), key=lambda path: (path.name != "START-HERE.txt", path)):
                archive.write(path, path.relative_to(draft))
        print(made)
    return 0


COMMANDS = {name: functools.partial(analysis, name) for name in ("new", "check", "class", "run")}
COMMANDS.update(lab=lab, package=package, test=functools.partial(python, "-m", "pytest"))
COMMANDS["bench"] = functools.partial(python, ROOT / "tests" / "benchmarks")
COMMANDS["report"] = functools.partial(analysis, "report", "--out", PAGES)
COMMANDS["handouts"] = functools.partial(analysis, "handouts", "--out", HANDOUTS)


def main(arguments):
    """Set up, then do what the first argument says; the exit code."""
    name = arguments[0] if arguments else None
    if name and name not in COMMANDS:
        print(__doc__)
        return 0 if name in ("-h", "--help", "help") else 2
    set_up(tests=name in ("test", "bench", "package"))
    if not name:
        print("Ready.\n\n" + __doc__.partition("\n\n")[2])
        return 0
    return COMMANDS[name](*arguments[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
