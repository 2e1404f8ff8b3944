"""One bad notebook never stops the others; nothing is overwritten unseen; Ctrl-C ends all of it; output is bounded."""

import json
import os
import resource
import signal
import subprocess
import sys
import time

import pytest
import samples

from nbstill import Hook, fault, many, read
from nbstill.__main__ import main
from nbstill.fault import BuildError
from nbstill.many import build
from nbstill.run import kernel_of

GOOD = ("# What is two?\n\nA sum.", "%%py\n1 + 1")


def silent(line):
    pass


def raw(folder, name, found):
    path = folder / f"{name}.ipynb"
    path.write_text(found if isinstance(found, str) else json.dumps(found), encoding="utf-8")
    return path


def of(*cells, **more):
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells)} | more


CODE = {"cell_type": "code", "source": "1", "metadata": {}, "outputs": [], "execution_count": None}
BAD = {
    "list": ("[]", "it has no cells"),
    "torn": ('{"cells": [', "is not a notebook"),
    "empty": ("", "is not a notebook"),
    "deep": ("[" * 100_000, "is not a notebook"),
    "null": (of(CODE | {"source": None}), "cell 1: its source is no text"),
    "kind": (of(CODE, {"cell_type": "heading", "source": ""}), "cell 2: it is neither code"),
    "metadata": (of(CODE | {"metadata": 3}), "cell 1: its metadata is no mapping"),
    "whole": (of(metadata=[]), "its metadata is no mapping"),
    "cells": (of() | {"cells": {}}, "its cells are no list"),
    "outputs": (
        of(CODE | {"outputs": [{"output_type": "stream", "text": 3}]}),
        "a printed output is no text: clear its outputs",
    ),
    "version": (of(nbformat=9), "version 9 is not known"),
    "ancient": ({"nbformat": 2, "worksheets": 3}, "an old notebook (version 2) that cannot be brought up to date"),
    "unversioned": ({"cells": [], "metadata": {}}, "it names no version"),
    "kernel": (
        of(CODE, metadata={"kernelspec": {"name": "ir", "language": "R"}}),
        "written in r and the kernel 'ir' is not installed",
    ),
    "error": (of(CODE | {"source": "1 / 0"}), "cell 1 (1 / 0): ZeroDivisionError"),
}


def test_bad_notebooks_are_named_each_in_a_line_and_the_good_one_is_built(tmp_path, capsys):
    paths = [raw(tmp_path, name, found) for name, (found, _) in BAD.items()]
    paths.insert(3, samples.save(tmp_path, "good", *GOOD))
    assert main([*map(str, paths), "--out", str(tmp_path / "out")]) == 1
    told = capsys.readouterr()
    lines = told.err.splitlines()
    for name, (_, words) in BAD.items():
        assert sum(line.startswith(f"{name}.ipynb") and words in line for line in lines) == 1, (name, told.err)
    assert len(lines) == len(BAD) + 1
    assert sorted(p.name for p in (tmp_path / "out").glob("*.html")) == ["good.html", "index.html"]
    assert "Traceback" not in told.out + told.err


@pytest.mark.parametrize("name", [n for n in BAD if n not in ("kernel", "error")])
def test_a_notebook_of_unsound_shape_is_refused_with_a_remedy(tmp_path, name):
    with pytest.raises(BuildError, match=r"\A\S+\.ipynb[^\n]*: [^\n]+\Z"):
        read.raw(raw(tmp_path, name, BAD[name][0]))


def test_another_languages_notebook_is_not_run_as_python(tmp_path):
    with pytest.raises(BuildError, match="--saved-outputs"):
        kernel_of(read.notebook(raw(tmp_path, "r", BAD["kernel"][0])), tmp_path / "r.ipynb")
    own = of(CODE, metadata={"kernelspec": {"name": "my-env", "language": "python"}})
    assert kernel_of(read.notebook(raw(tmp_path, "own", own)), tmp_path / "own.ipynb") == ("python3", True)


@pytest.mark.parametrize("version", [2, 3])
def test_an_old_notebook_is_read(tmp_path, version):
    cell = {
        "cell_type": "code",
        "input": "1 + 1",
        "language": "python",
        "outputs": [],
        "collapsed": False,
        "metadata": {},
        "prompt_number": 1,
    }
    old = {
        "nbformat": version,
        "nbformat_minor": 0,
        "metadata": {"name": "a"},
        "worksheets": [{"cells": [cell], "metadata": {}}],
    }
    assert [c.source for c in read.notebook(raw(tmp_path, "old", old)).cells] == ["1 + 1"]


def test_saved_outputs_are_shown_and_nothing_is_run(tmp_path, monkeypatch):
    monkeypatch.setattr(many, "execute", None)
    stream = {"output_type": "stream", "name": "stdout", "text": ["saved ", "words\n"]}
    path = raw(
        tmp_path,
        "a",
        of(CODE | {"source": "1 / 0", "outputs": [stream]}, metadata={"kernelspec": {"name": "ir", "language": "R"}}),
    )
    build([path], tmp_path / "out", saved_outputs=True, progress=silent)
    assert "saved words" in (tmp_path / "out" / "a.html").read_text(encoding="utf-8")


# Names that meet


@pytest.mark.parametrize("names", [("a/x", "b/x"), ("a/X", "b/x"), ("a/\u00e9", "b/e\u0301")])
def test_two_notebooks_that_would_share_a_page_are_refused_both_named(tmp_path, names):
    paths = []
    for name in names:
        (tmp_path / name).parent.mkdir()
        paths.append(samples.save((tmp_path / name).parent, name[2:], *GOOD))
    with pytest.raises(BuildError) as caught:
        build(paths, tmp_path / "out", progress=silent)
    assert str(paths[0]) in str(caught.value)
    assert str(paths[1]) in str(caught.value)
    assert not (tmp_path / "out").exists()


def test_the_index_overwrites_no_page_and_no_strangers_file(tmp_path):
    path = samples.save(tmp_path, "index", *GOOD)
    with pytest.raises(BuildError, match=r"index\.ipynb and the index of the folder would both be index\.html"):
        build([path], tmp_path / "out", progress=silent)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "index.html").write_text("mine", encoding="utf-8")
    (tmp_path / "out" / "a.html").write_text("mine", encoding="utf-8")
    with pytest.raises(BuildError) as caught:
        build([samples.save(tmp_path, "a", *GOOD)], tmp_path / "out", progress=silent)
    assert "index.html, somebody else's file" in str(caught.value)
    assert "a.ipynb would overwrite" in str(caught.value)
    assert (tmp_path / "out" / "a.html").read_text(encoding="utf-8") == "mine"


def test_a_page_of_another_folders_notebook_is_not_overwritten(tmp_path, monkeypatch):
    monkeypatch.setattr(many, "execute", executed)
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
    first, second = (samples.save(tmp_path / folder, "x", *GOOD) for folder in ("a", "b"))
    build([first], tmp_path / "out", progress=silent)
    with pytest.raises(BuildError) as caught:
        build([second], tmp_path / "out", progress=silent)
    assert str(first) in str(caught.value)
    assert str(second) in str(caught.value)
    build([first], tmp_path / "out", progress=silent)


async def executed(path, *_, notebook=None, **more):
    return notebook


def test_the_index_lists_all_that_is_in_the_folder_however_many_builds_made_it(tmp_path, monkeypatch):
    monkeypatch.setattr(many, "execute", executed)
    paths = [samples.save(tmp_path, name, f"# Page {name}?") for name in ("c", "a", "b")]
    build(paths[:1], tmp_path / "out", progress=silent)
    build(paths[1:], tmp_path / "out", progress=silent)
    index = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert [index.index(f"Page {name}?") for name in "abc"] == sorted(index.index(f"Page {name}?") for name in "abc")
    (tmp_path / "out" / "a.html").unlink()
    build(paths[2:], tmp_path / "out", progress=silent)
    assert "Page a?" not in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")


def test_a_build_cut_short_leaves_pages_that_the_next_one_knows(tmp_path, monkeypatch):
    paths = [samples.save(tmp_path, name, f"# Page {name}?") for name in ("a", "b")]

    async def cut(path, *_, notebook=None, **more):
        if path.stem == "b":
            raise KeyboardInterrupt
        return notebook

    monkeypatch.setattr(many, "execute", cut)
    with pytest.raises(KeyboardInterrupt):
        build(paths, tmp_path / "out", progress=silent, jobs=1)
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [".still.json", "a.html"]
    monkeypatch.setattr(many, "execute", executed)
    build(paths, tmp_path / "out", progress=silent)


class Fronted(Hook):
    front = "b"

    def owns(self, metadata):
        return True


def test_a_hook_names_the_page_that_is_the_index(tmp_path, monkeypatch):
    monkeypatch.setattr(many, "execute", executed)
    paths = [samples.save(tmp_path, name, f"# Page {name}?") for name in ("a", "b")]
    build(paths, tmp_path / "out", progress=silent, hook=Fronted())
    first, front, index = ((tmp_path / "out" / f"{n}.html").read_text(encoding="utf-8") for n in ("a", "b", "index"))
    assert '<header><p><a href="index.html">All pages</a>' in first
    assert "All pages" not in front
    way = '<a href="#still-others">All pages</a> · '
    before, _, after = index.replace(way, "", 1).partition('<nav class="still-others" id="still-others"')
    assert way in index
    others, _, foot = after.partition("</nav>\n")
    body, _, after = front.partition('<nav aria-label="Before and after">')
    assert body + after.partition("</nav>\n")[2] == before + foot  # the list stands in the place of the neighbours
    assert '<a href="a.html">Page a?</a>' in others
    assert "b.html" not in others


# Terminals


def test_nothing_that_commands_a_terminal_reaches_it(tmp_path, capsys):
    path = samples.save(tmp_path, "a", "%%py\nraise ValueError('\\x1b]0;owned\\x07\\x1b[31mred\\x9b2J\\u202e')")
    assert main([str(path), "--out", str(tmp_path / "out")]) == 1
    told = capsys.readouterr()
    assert not any(c in told.out + told.err for c in "\x1b\x07\x9b\u202e")
    assert "ValueError: red2J" in told.err


def test_a_terminal_without_a_letter_gets_another():
    class Poor:
        encoding = "ascii"

        def write(self, text):
            self.said = getattr(self, "said", "") + text.encode("ascii").decode()

        def flush(self):
            pass

    poor = Poor()
    fault.say("a.ipynb …", poor)
    assert poor.said == "a.ipynb ?\n"


# Bounds


def test_a_cell_that_prints_for_ever_costs_little_and_is_named(tmp_path):
    code = "%%py\nwhile True: print('x' * 1000)"
    path = samples.save(tmp_path, "endless", *GOOD, code)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(
        BuildError, match=r"endless\.ipynb, cell 3: took too long and printed without end \(limit 3 s\)"
    ):
        build([path], tmp_path / "out", progress=silent, timeout=3)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    assert grown < 100_000_000  # importing nbclient and all it needs is most of it; without a bound it is gigabytes


def test_what_is_printed_or_shown_over_the_cap_is_cut_with_a_word(tmp_path):
    path = samples.save(tmp_path, "much", "# A", "%%py\nprint('x' * 50_000_000)\nprint('end')", "%%py\n2 + 3")
    said = []
    build([path], tmp_path / "out", progress=said.append)
    page = (tmp_path / "out" / "much.html").read_text(encoding="utf-8")
    assert len(page) < 1_200_000
    assert "the rest is left out" in page
    assert '<pre tabindex="0">5</pre>' in page
    assert any("cell 2: shows or prints more than a page holds" in line for line in said)


# Ctrl-C


def processes():
    """The kernels that run now: {pid: command}."""
    found = {}
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/cmdline", "rb") as file:
                found[int(pid)] = file.read().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
    return found


@pytest.mark.skipif(not os.path.isdir("/proc"), reason="reads /proc")
def heard():
    """Let a child hear Ctrl-C, although these tests may run where a shell has it ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize(
    "doing", ["sleeping", "computing", "playing", "deaf", "sleeping under nbconvert", "playing under nbconvert"]
)
def test_ctrl_c_ends_within_two_seconds_and_leaves_nothing(tmp_path, doing):
    doing, _, under = doing.partition(" under ")
    mark = f"nbstill-mark-{os.getpid()}-{doing}-{under}"
    child = f"import subprocess, time, sys, signal; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(300) # {mark}'])\nopen('ready', 'w').close()\n"
    code = {
        "sleeping": child + "time.sleep(300)",
        "computing": child + "while True: pass",
        "deaf": child
        + "signal.signal(signal.SIGINT, signal.SIG_IGN); signal.signal(signal.SIGTERM, signal.SIG_IGN)\nwhile True: time.sleep(1)",
        "playing": child.replace("open('ready', 'w').close()\n", "")
        + "from ipywidgets import interact\ncalls = []\ndef f(n):\n    calls.append(n)\n"
        "    if len(calls) > 1: open('ready', 'w').close(); time.sleep(300)\ninteract(f, n=(0, 3));",
    }[doing]
    path = samples.save(tmp_path, "long", "# A", f"%%py\n{code}")
    command = [sys.executable, "-m", "nbstill", str(path), "--out", str(tmp_path / "out")]
    if under:
        command = [sys.executable, "-m", "nbconvert", "--to", "still", str(path), "--output-dir", str(tmp_path / "out")]
    build = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True, preexec_fn=heard
    )
    deadline = time.monotonic() + 60
    while not (tmp_path / "ready").exists():
        assert time.monotonic() < deadline
        assert build.poll() is None, build.communicate()
        time.sleep(0.05)
    time.sleep(0.3)
    began = time.monotonic()
    build.send_signal(signal.SIGINT)
    out, err = build.communicate(timeout=20)
    assert time.monotonic() - began < 2
    assert build.returncode == 130
    assert "Traceback" not in out + err
    time.sleep(0.2)
    assert not [c for c in processes().values() if mark in c or str(tmp_path) in c]
    assert not list((tmp_path / "out").glob("*")) if (tmp_path / "out").exists() else True
