"""Who Counted? from one command; nothing but Python has to be there before it.

    python3 dev.py            set up, once; every command below does so too
    python3 dev.py report     build the pages: build/report/index.html
    python3 dev.py test       run the tests; what follows goes to pytest: test -k words
    python3 dev.py lab        open the notebooks in JupyterLab
    python3 dev.py check      check the case: every row, quote and working
    python3 dev.py bench      run the benchmarks; --short for a quick look
    python3 dev.py package    zip the pages, to hand to someone without Python

What follows a command is passed on to it. On Windows write `py dev.py`. Set-up needs a network and
makes the folder .venv, which may be deleted at any time: the next command makes it again.
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
LOCK, PYPROJECT = ROOT / "requirements.lock", ROOT / "pyproject.toml"
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "who-counted.json"

# JupyterLab finds these in the venv: no news pop-up, no look-up of updates, and a kernel that talks to
# it encrypted (it prints a warning otherwise).
LAB_SETTINGS = {
    "labconfig/default_setting_overrides.json": {
        "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}
    },
    "jupyter_server_config.json": {"KernelManager": {"transport_encryption": "auto"}},
}


def environment():
    """The variables that every child gets: the venv first, nothing of another Python's."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONHOME"}
    env["VIRTUAL_ENV"] = str(VENV)
    env["PATH"] = str(PYTHON.parent) + os.pathsep + env.get("PATH", "")
    # The editable install's .pth is UTF-8, which Python 3.11 and 3.12 do not expect on Windows: a folder
    # with an accent in its name would be lost. This finds `analysis` there as well.
    env["PYTHONPATH"] = str(ROOT)
    env["PYTHONUTF8"] = "1"
    # Where PYTHONDONTWRITEBYTECODE is set, packages left uncompiled are compiled anew at every import.
    env["UV_COMPILE_BYTECODE"] = "1"
    env["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
    return env


def run(*command):
    """Run a command in the project's folder; its exit code."""
    process = subprocess.Popen([str(part) for part in command], cwd=ROOT, env=environment())
    while True:
        # Ctrl-C reaches the child too, which may have something to ask or to tidy first.
        with contextlib.suppress(KeyboardInterrupt):
            return process.wait()


def python(*arguments):
    """Run the venv's Python; -P keeps a stray analysis.py in the current folder from taking our name."""
    return run(PYTHON, "-P", *arguments)


# Set-up


def made_from():
    """What a sound venv was made from: the lock, pyproject.toml, and this place (a venv cannot move)."""
    parts = LOCK.read_bytes(), PYPROJECT.read_bytes(), os.fsencode(ROOT)
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def installed():
    """The names of all that lies in the venv's folder of packages."""
    pattern = "Lib/site-packages/*" if os.name == "nt" else "lib/python*/site-packages/*"
    return {path.name for path in VENV.glob(pattern)}


def is_sound():
    """Whether the venv was finished, from what stands here now, has lost no package, and starts."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
        if stamp["made_from"] != made_from() or not installed().issuperset(stamp["holds"]):
            return False
        probe = "import importlib.util, sys; sys.exit(importlib.util.find_spec('pandas') is None)"
        return subprocess.call([str(PYTHON), "-I", "-c", probe], stderr=subprocess.DEVNULL) == 0
    except (OSError, ValueError, KeyError, TypeError):
        return False


def has_uv():
    """Whether uv is here and starts; a shim may be on the PATH with nothing behind it."""
    nowhere = subprocess.DEVNULL
    with contextlib.suppress(OSError):
        return subprocess.call(["uv", "--version"], stdout=nowhere, stderr=nowhere) == 0
    return False


def set_up_commands():
    """The commands that make the venv and fill it from the lock, and from nothing else."""
    # The Python behind a venv, in case dev.py was started by the very venv that is made anew.
    base = getattr(sys, "_base_executable", None) or sys.executable
    if has_uv():
        make = ["uv", "venv", "--quiet", "--python", base, VENV]
        install = ["uv", "pip", "install", "--python", PYTHON, "--no-deps"]
    elif importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"):
        make = [base, "-m", "venv", VENV]
        install = [PYTHON, "-m", "pip", "install", "--progress-bar", "off", "--no-deps"]
    else:
        sys.exit(
            "This Python cannot make a virtual environment: its venv module is not installed. On Debian "
            "or Ubuntu: sudo apt install python3-venv. Or install uv. Then run the same command again."
        )
    # The lock is complete, so nothing beside it is looked for; it also holds what builds the project itself.
    everything = install + ["--require-hashes", "-r", LOCK]
    project = install + ["--quiet", "--no-build-isolation", "-e", ROOT]
    return make, everything, project


def remove(path):
    """Remove a file, a link or a folder, whichever it is; nothing there is fine."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            path.unlink()


def write_whole(path, content):
    """Write JSON so that it is there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".part")
    draft.write_text(json.dumps(content), encoding="utf-8")
    os.replace(draft, path)


@contextlib.contextmanager
def one_at_a_time():
    """Hold a second dev.py back until the first has set up; the lock ends with the process that has it."""
    with open(ROOT / ".venv.lock", "w") as handle:
        # Some network drives know no locks: there we go without.
        with contextlib.suppress(OSError):
            if os.name == "nt":
                import msvcrt

                msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK, 1)
            else:
                import fcntl

                fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def set_up():
    """Make the venv, unless a sound one is there. The stamp comes last: a half-made venv never has one."""
    if is_sound():
        return
    with one_at_a_time():
        if is_sound():
            return
        print("Setting up %s: once, a minute or two, and it needs a network." % VENV, flush=True)
        source = made_from()
        try:
            remove(STAMP)
            remove(VENV)
        except OSError as error:
            sys.exit("The old .venv cannot be removed (%s). Close what uses it, then try again." % error)
        for command in set_up_commands():
            if run(*command):
                sys.exit(
                    "Set-up did not finish; the installer's own words stand above. If they speak of a "
                    "connection, a name or a certificate, it is the network, which set-up needs once. "
                    "Then run the same command again: it starts afresh."
                )
        for name, settings in LAB_SETTINGS.items():
            write_whole(VENV / "etc" / "jupyter" / name, settings)
        write_whole(STAMP, {"made_from": source, "holds": sorted(installed())})


# Commands


def report(*arguments):
    """Build the pages."""
    return python("-m", "analysis", "report", *arguments)


def check(*arguments):
    """Check the case."""
    return python("-m", "analysis", "check", *arguments)


def lab(*arguments):
    """Open JupyterLab on the first notebook, with the data within reach."""
    first = sorted((ROOT / "notebooks").glob("*.ipynb"))[:1]
    return python("-m", "jupyterlab", "--ServerApp.root_dir=%s" % ROOT, *first + list(arguments))


def bench(*arguments):
    """Run every benchmark, whatever becomes of the others; 1 if one failed."""
    scripts = sorted(ROOT.glob("tests/benchmarks/bench_*.py"))
    failed = [path.name for path in scripts if python(path, *arguments)]
    print("%d benchmarks, failed: %s" % (len(scripts), ", ".join(failed) or "none"), flush=True)
    return int(bool(failed))


def get_browser():
    """See that Chromium is here: on a Debian where we may, install it, else say what is skipped and why."""
    if not shutil.which("chromium") and shutil.which("apt-get") and os.geteuid() == 0:
        print("Installing Debian's chromium for the browser tests.", flush=True)
        run("apt-get", "update", "-qq")
        run("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "-qq", "chromium")
    if not shutil.which("chromium"):
        if os.environ.get("CI"):
            sys.exit("The browser tests have to run in CI, and there is no program called chromium here.")
        print("Browser tests will be skipped: there is no program called chromium here.", flush=True)


def test(*arguments):
    """Run the tests."""
    get_browser()
    return python("-m", "pytest", *arguments)


def package(*arguments):
    """Zip the pages, the handouts if there are any, and a page for whoever gets the zip."""
    if report(*arguments):
        return 1
    name = "who-counted-" + tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]["version"]
    files = {name + "/START-HERE.txt": ROOT / "docs" / "START-HERE.txt"}
    for folder, place in (("report", name + "/"), ("handouts", name + "/handouts/")):
        built = ROOT / "build" / folder
        for path in sorted(built.rglob("*")):
            inside = path.relative_to(built)
            if path.is_file() and not any(part.startswith(".") for part in inside.parts):
                files[place + inside.as_posix()] = path
    target = ROOT / "build" / (name + ".zip")
    draft = target.with_suffix(".part")
    with zipfile.ZipFile(draft, "w") as archive:
        for inside, path in files.items():
            # A fixed date: the same pages give the same zip, byte for byte.
            entry = zipfile.ZipInfo(inside, (1980, 1, 1, 0, 0, 0))
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
    os.replace(draft, target)
    print("build/%s: %d files, %.1f MB" % (target.name, len(files), target.stat().st_size / 1e6))
    return 0


COMMANDS = {"report": report, "test": test, "lab": lab, "check": check, "bench": bench, "package": package}


def main(arguments):
    """Set up, then do what the first argument says; the exit code."""
    if arguments and arguments[0] not in COMMANDS:
        print(__doc__)
        return 0 if arguments[0] in ("-h", "--help", "help") else 2
    set_up()
    if not arguments:
        print("Ready.\n\n" + __doc__.partition("\n\n")[2])
        return 0
    return COMMANDS[arguments[0]](*arguments[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
