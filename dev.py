"""Who Counted? from one command; nothing but Python has to be there before it.

    python3 dev.py            set up, once; every command below does so too
    python3 dev.py report     build the pages: build/report/index.html
    python3 dev.py test       run the tests; what follows goes to pytest: test -k words
    python3 dev.py lab        open the notebooks in JupyterLab
    python3 dev.py check      check the case: every row, quote and working
    python3 dev.py bench      run the benchmarks; --short for a quick look
    python3 dev.py package    zip the pages, to hand to someone without Python

What follows a command is passed on to it. On Windows write `py dev.py`. Set-up needs a network and makes the folder
.venv, which may be deleted at any time: the next command makes it again.
"""

# An old Python has to be able to read this file as far as the refusal below: no f-strings, no annotations, no
# imports above it that Python 2.7 lacks.
from __future__ import print_function

import sys

OLDEST, FIRST_TOO_NEW = (3, 11), (3, 15)
if not OLDEST <= sys.version_info[:2] < FIRST_TOO_NEW:
    sys.exit(
        "Who Counted? needs Python 3.11, 3.12, 3.13 or 3.14, and this is %d.%d. Install one of those and run it "
        "by its name, for example: python3.12 dev.py report" % sys.version_info[:2]
    )

import contextlib
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import tomllib
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "who-counted.json"
LOCK = ROOT / "requirements.lock"
PYPROJECT = ROOT / "pyproject.toml"
DEBIAN_BROWSER = "chromium"

# JupyterLab reads these from the environment it runs in: no news pop-up, no look-up of updates, and kernels that
# talk to it encrypted (they print a warning otherwise).
LAB_SETTINGS = {
    "labconfig/default_setting_overrides.json": {
        "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}
    },
    "jupyter_server_config.json": {"KernelManager": {"transport_encryption": "auto"}},
}


def environment():
    """The variables that every child gets: the venv first, and nothing of another Python's."""
    env = {name: value for name, value in os.environ.items() if name not in ("PYTHONHOME", "VIRTUAL_ENV")}
    return env | {
        "VIRTUAL_ENV": str(VENV),
        "PATH": str(PYTHON.parent) + os.pathsep + env.get("PATH", ""),
        # The editable install's .pth is UTF-8, and on Windows Python 3.11 and 3.12 do not read it so: a folder
        # named "é" would be lost. This finds `analysis` there as well.
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        # Where PYTHONDONTWRITEBYTECODE is set, uncompiled packages would be compiled anew at every import.
        "UV_COMPILE_BYTECODE": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }


def run(*command, **variables):
    """Run a command in the project's folder; its exit code."""
    process = subprocess.Popen([str(part) for part in command], cwd=ROOT, env=environment() | variables)
    while True:
        # Ctrl-C reaches the child too, which may have something to ask or to tidy first.
        with contextlib.suppress(KeyboardInterrupt):
            return process.wait()


def python(*arguments):
    """Run the venv's Python; -P keeps a stray analysis.py in the current folder from standing in for ours."""
    return run(PYTHON, "-P", *arguments)


# ---- set-up -------------------------------------------------------------------------------------------------------


def made_from():
    """What a venv has to have been made from: the lock, pyproject.toml, and this place (a venv cannot be moved)."""
    parts = (LOCK.read_bytes(), PYPROJECT.read_bytes(), os.fsencode(ROOT))
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def installed():
    """The names of what lies in the venv's folder of packages."""
    folders = [*VENV.glob("lib/python*/site-packages"), *VENV.glob("Lib/site-packages")]
    return {path.name for folder in folders for path in folder.iterdir()}


def is_sound():
    """Whether the venv was finished, from what the lock says now, has lost no package and starts."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
        if stamp["made_from"] != made_from() or not installed().issuperset(stamp["holds"]):
            return False
        probe = "import importlib.util, sys; sys.exit(importlib.util.find_spec('pandas') is None)"
        return subprocess.call([str(PYTHON), "-I", "-c", probe], stderr=subprocess.DEVNULL) == 0
    except (OSError, ValueError, KeyError, TypeError):
        return False


def has_uv():
    """Whether uv is here and starts (a shim may be on the PATH with nothing behind it)."""
    try:
        return subprocess.call(["uv", "--version"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def installers():
    """The commands that make the venv and fill it from the lock, without looking for anything the lock lacks."""
    # The Python behind a venv, in case dev.py was started by the very venv that is made anew.
    base = getattr(sys, "_base_executable", None) or sys.executable
    if has_uv():
        make = ["uv", "venv", "--quiet", "--python", base, VENV]
        install = ["uv", "pip", "install", "--python", PYTHON]
    elif importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"):
        make = [base, "-m", "venv", VENV]
        install = [PYTHON, "-m", "pip", "install", "--progress-bar", "off"]
    else:
        sys.exit(
            "This Python cannot make a virtual environment: its venv module is not installed. On Debian or Ubuntu: "
            "sudo apt install python3-venv (or install uv), then run the same command again."
        )
    # The lock is complete, so nothing else is looked for; it also holds what builds the project itself.
    yield make
    yield [*install, "--no-deps", "--require-hashes", "-r", LOCK]
    yield [*install, "--quiet", "--no-deps", "--no-build-isolation", "-e", ROOT]


def remove(path):
    """Remove a file, a link or a folder, whichever it is; nothing there is fine."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def write_whole(path, text):
    """Write a file so that it is there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".part")
    draft.write_text(text, encoding="utf-8", newline="\n")
    os.replace(draft, path)


@contextlib.contextmanager
def one_at_a_time():
    """Hold back a second dev.py until the first has set up; the system lets go of the lock if the first is killed."""
    with open(ROOT / ".venv.lock", "w") as handle:
        try:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX)
        except ImportError:
            import msvcrt

            msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK, 1)
        yield


def set_up():
    """Make the venv, unless a sound one is there. The stamp is written last, so a half-made venv never has one."""
    if is_sound():
        return
    with one_at_a_time():
        if is_sound():
            return
        print("Setting up %s (once; one or two minutes and a network)" % VENV, flush=True)
        try:
            remove(STAMP)
            remove(VENV)
        except OSError as error:
            sys.exit("Could not remove the old .venv (%s). Close whatever uses it, JupyterLab perhaps." % error)
        for command in installers():
            if run(*command) != 0:
                sys.exit(
                    "Set-up did not finish; the installer's own words stand above. If they speak of a connection, a "
                    "name or a certificate, this is the network, which set-up needs once. Then run the same command "
                    "again: it starts afresh."
                )
        for name, settings in LAB_SETTINGS.items():
            write_whole(VENV / "etc" / "jupyter" / name, json.dumps(settings))
        write_whole(STAMP, json.dumps({"made_from": made_from(), "holds": sorted(installed())}))


# ---- commands -----------------------------------------------------------------------------------------------------


def report(*arguments):
    """Build the pages."""
    return python("-m", "analysis", "report", *arguments)


def check(*arguments):
    """Check the case."""
    return python("-m", "analysis", "check", *arguments)


def lab(*arguments):
    """Open JupyterLab on the first notebook."""
    return python("-m", "jupyterlab", *sorted((ROOT / "notebooks").glob("*.ipynb"))[:1], *arguments)


def bench(*arguments):
    """Run every benchmark, whatever becomes of the others; 1 if one failed."""
    failed = [path.name for path in sorted(ROOT.glob("tests/benchmarks/bench_*.py")) if python(path, *arguments)]
    print("benchmarks that failed: %s" % ", ".join(failed) if failed else "all benchmarks ran", flush=True)
    return int(bool(failed))


def get_browser():
    """See that Chromium is here for the browser tests: bring it on a Debian where we may, else say they are skipped."""
    if shutil.which(DEBIAN_BROWSER):
        return
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing Debian's chromium for the browser tests", flush=True)
        run("apt-get", "update", "-qq")
        run("apt-get", "install", "-y", "-qq", DEBIAN_BROWSER, DEBIAN_FRONTEND="noninteractive")
    if not shutil.which(DEBIAN_BROWSER):
        words = "no program called chromium on this machine, and no right to install it with apt-get"
        if os.environ.get("CI"):
            sys.exit("The browser tests must run in CI, but there is %s." % words)
        print("The browser tests are skipped: %s." % words, flush=True)


def test(*arguments):
    """Run the tests."""
    get_browser()
    return python("-m", "pytest", *arguments)


def package(*arguments):
    """Build the pages and zip them with the handouts, if there are any, and a page that says where to start."""
    if report(*arguments):
        return 1
    version = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]["version"]
    name = "who-counted-" + version
    files = {name + "/START-HERE.txt": ROOT / "docs" / "START-HERE.txt"}
    for folder, place in (("report", name), ("handouts", name + "/handouts")):
        built = ROOT / "build" / folder
        for path in sorted(built.rglob("*")):
            inside = path.relative_to(built)
            if path.is_file() and not any(part.startswith(".") for part in inside.parts):
                files["%s/%s" % (place, inside.as_posix())] = path
    target = ROOT / "build" / (name + ".zip")
    draft = target.with_suffix(".part")
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
        for inside, path in files.items():
            # A fixed date: the same pages give the same zip, byte for byte.
            entry = zipfile.ZipInfo(inside, (1980, 1, 1, 0, 0, 0))
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
    os.replace(draft, target)
    print("%s: %d files, %.1f MB" % (target.relative_to(ROOT), len(files), target.stat().st_size / 1e6), flush=True)
    return 0


COMMANDS = {"report": report, "test": test, "lab": lab, "check": check, "bench": bench, "package": package}


def main(arguments):
    """Set up, then do what the first argument says. The exit code."""
    if arguments and arguments[0] not in COMMANDS:
        print(__doc__)
        return 0 if arguments[0] in ("-h", "--help", "help") else 2
    set_up()
    if not arguments:
        print(__doc__)
        return 0
    return COMMANDS[arguments[0]](*arguments[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
