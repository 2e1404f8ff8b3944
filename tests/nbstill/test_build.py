"""Building: what is built again and what is not, what happens when something goes wrong."""

import asyncio
import gc
import json
import os
import subprocess
import sys
import time
from importlib import metadata
from pathlib import Path

import pytest
import samples

from nbstill import many as module
from nbstill import read, run
from nbstill.__main__ import main
from nbstill.many import BuildError, build
from nbstill.shelf import write

GOOD = ("# What is two?\n\nA sum.", "%%py\n1 + 1")


def silent(line):
    pass


@pytest.fixture
def no_kernel(monkeypatch):
    async def refused(path, *_, **more):
        raise AssertionError(f"a kernel was started for {path.name}")

    monkeypatch.setattr(module, "execute", refused)


def test_every_notebook_becomes_a_page_and_the_index_comes_last(pages):
    built = [path.name for path in pages.again()]
    assert built == ["sliders.html", "tables.html", "refused.html", "case.html", "index.html"]
    assert sorted(p.name for p in pages.out.iterdir()) == sorted([".still.json", *built])


def test_the_terminal_hears_of_every_page_and_every_warning(pages):
    assert any(line.startswith("sliders.html: ") and "KB" in line for line in pages.said)
    told = [line for line in pages.said if "refused.ipynb, cell" in line]
    for cell, words in ((3, "rate (FloatText)"), (3, "name (Text)"), (5, "10201 views"),
                        (6, "a (IntRangeSlider)"), (7, "an IntSlider cannot be replayed"), (8, "to the author")):  # fmt: skip
        assert any(f"cell {cell}: " in line and words in line for line in told), words
    assert any("tables.ipynb, cell 4: 1 of 4 views stop with an error" in line for line in pages.said)
    assert any("case.ipynb, cell 1: the link #lost leads nowhere" in line for line in pages.said)


def test_nothing_is_built_when_nothing_changed(pages, no_kernel):
    before = {p: p.stat().st_mtime_ns for p in pages.out.iterdir()}
    pages.again()
    after = {p: p.stat().st_mtime_ns for p in pages.out.iterdir()}
    assert {p.name for p in after if after[p] != before[p]} <= {"index.html", ".still.json"}


def test_the_index_of_pages_that_have_not_changed_is_left_as_it_is_and_comes_back(pages, no_kernel):
    index = pages.again()[-1]
    made, text = index.stat().st_mtime_ns, index.read_bytes()
    pages.again()
    assert index.stat().st_mtime_ns == made
    index.unlink()
    assert pages.again()[-1].read_bytes() == text


def test_the_unchanged_way_imports_no_nbconvert(pages):
    code = (
        "import sys; sys.path[:0] = [%r]; import samples; from nbstill import many as module\n"
        "module.around = lambda paths: 'steady'\n"
        f"module.build({[str(p) for p in pages.notebooks]!r}, {str(pages.out)!r}, hook=samples.Buses(), progress=print)\n"
        "assert not {'nbconvert', 'nbclient', 'matplotlib', 'zmq'} & set(sys.modules), sys.modules"
    ) % str(Path(__file__).parent)
    said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert "4 unchanged, 0 built" in said


@pytest.mark.parametrize("change", ["prose", "code", "page lost", "page edited", "with code", "a file beside"])
def test_what_changed_is_built_again_and_nothing_else(tmp_path, monkeypatch, change):
    notebooks = [samples.save(tmp_path, name, *GOOD) for name in ("first", "second")]
    monkeypatch.setattr(module, "around", lambda paths: "steady")
    out, built = tmp_path / "out", []
    build(notebooks, out, progress=silent)
    page = out / "second.html"
    if change == "prose":
        samples.save(tmp_path, "second", "# What is two?\n\nA longer sum.", GOOD[1])
    elif change == "code":
        samples.save(tmp_path, "second", GOOD[0], "%%py\n1 + 2")
    elif change == "page lost":
        page.unlink()
    elif change == "page edited":
        page.write_text("edited", encoding="utf-8")
    elif change == "a file beside":
        (tmp_path / "picture.png").write_bytes(b"x")

    async def counted(path, *_, **more):
        built.append(path.stem)
        return samples.notebook(*GOOD)

    monkeypatch.setattr(module, "execute", counted)
    build(notebooks, out, progress=silent, code=change == "with code")
    assert sorted(built) == (["first", "second"] if change in ("with code", "a file beside") else ["second"])


def test_outputs_saved_in_a_notebook_change_nothing_unless_they_are_used(tmp_path):
    path = samples.save(tmp_path, "first", *GOOD)
    keys = [module.key_of(path, read.raw(path), [False, saved]) for saved in (False, True)]
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"][1] |= {
        "execution_count": 7,
        "outputs": [{"output_type": "stream", "name": "stdout", "text": "2"}],
    }
    path.write_text(json.dumps(notebook), encoding="utf-8")
    after = [module.key_of(path, read.raw(path), [False, saved]) for saved in (False, True)]
    assert [a == b for a, b in zip(keys, after, strict=True)] == [True, False]


def test_what_a_hook_says_its_pages_depend_on_is_part_of_them(tmp_path):
    file = tmp_path / "data.csv"
    file.write_text("1", encoding="utf-8")
    first = module.around([file])
    file.write_text("2", encoding="utf-8")
    assert first != module.around([file])
    assert module.around([]) == ""


def test_a_page_is_built_again_where_nobody_says_what_it_depends_on(tmp_path):
    path, said = samples.save(tmp_path, "first", *GOOD), []
    for _ in range(2):
        build([path], tmp_path / "out", progress=said.append)
    assert said[-1].startswith("0 unchanged, 1 built")


def test_the_neighbour_of_a_page_whose_question_changed_is_built_again(tmp_path, monkeypatch):
    notebooks = [samples.save(tmp_path, name, *GOOD) for name in ("first", "second", "third")]
    monkeypatch.setattr(module, "around", lambda paths: "steady")
    build(notebooks, tmp_path / "out", progress=silent)
    samples.save(tmp_path, "first", "# What is *three*?", GOOD[1])
    said = []
    build(notebooks, tmp_path / "out", progress=said.append)
    assert said[-1].startswith("1 unchanged, 2 built")
    assert ">What is three?</a>" in (tmp_path / "out" / "second.html").read_text(encoding="utf-8")


def test_pages_of_notebooks_that_are_gone_are_removed_if_we_built_them(tmp_path, monkeypatch):
    notebooks = [samples.save(tmp_path, name, *GOOD) for name in ("first", "second", "third", "fourth")]
    monkeypatch.setattr(module, "around", lambda paths: "steady")
    out = tmp_path / "out"
    build(notebooks, out, progress=silent)
    (out / "own.html").write_text("not ours", encoding="utf-8")
    (out / "third.html").write_text("edited by hand", encoding="utf-8")
    for path in notebooks[1:3]:
        path.unlink()
    build(notebooks[:1], out, progress=silent)
    assert sorted(p.name for p in out.glob("*.html")) == [
        "first.html",
        "fourth.html",
        "index.html",
        "own.html",
        "third.html",
    ]
    assert "second" not in (out / "index.html").read_text(encoding="utf-8")


def test_the_same_notebook_gives_the_same_bytes(pages, tmp_path):
    build(pages.notebooks, tmp_path / "other", progress=silent, hook=samples.Buses())
    for name in ("sliders.html", "case.html"):
        assert (tmp_path / "other" / name).read_bytes() == (pages.out / name).read_bytes()


def test_a_failing_cell_names_itself_and_leaves_the_last_good_page(tmp_path):
    good, bad = samples.save(tmp_path, "good", *GOOD), samples.save(tmp_path, "bad", *GOOD)
    build([good, bad], tmp_path / "out", progress=silent)
    before = (tmp_path / "out" / "bad.html").read_bytes()
    samples.save(tmp_path, "good", "# New?", GOOD[1])
    samples.save(tmp_path, "bad", GOOD[0], "%%py\nx = 1", "%%py\n# why\nx / 0")
    with pytest.raises(BuildError, match=r"bad\.ipynb, cell 3 \(# why\): ZeroDivisionError: division by zero"):
        build([good, bad], tmp_path / "out", progress=silent)
    assert (tmp_path / "out" / "bad.html").read_bytes() == before
    assert "New?" in (tmp_path / "out" / "good.html").read_text(encoding="utf-8")
    assert "bad.html" in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")


def test_a_file_that_is_no_notebook_is_named(tmp_path):
    (tmp_path / "torn.ipynb").write_text('{"cells": [', encoding="utf-8")
    with pytest.raises(BuildError, match=r"torn\.ipynb is not a notebook"):
        build([tmp_path / "torn.ipynb"], tmp_path / "out", progress=silent)


HANG = "%%py\nimport pathlib, time\nflag = pathlib.Path('tried')\n"


def test_a_hung_kernel_is_ended_and_tried_once_more(tmp_path):
    path = samples.save(tmp_path, "once", *GOOD, HANG + "if not flag.exists():\n    flag.touch()\n    time.sleep(60)")
    began = time.monotonic()
    build([path], tmp_path / "out", progress=silent, timeout=2)
    assert time.monotonic() - began < 30
    assert (tmp_path / "out" / "once.html").exists()


def test_a_kernel_that_hangs_twice_is_reported(tmp_path):
    path = samples.save(tmp_path, "always", *GOOD, "%%py\nimport time\ntime.sleep(60)")
    with pytest.raises(BuildError, match=r"always\.ipynb, cell 3: took too long, twice \(limit 1 s\)"):
        build([path], tmp_path / "out", progress=silent, timeout=1)
    assert not list((tmp_path / "out").glob("always*"))


def test_what_a_killed_kernel_leaves_behind_says_nothing(caplog):
    async def work():
        async def poll():
            raise AssertionError("the socket is gone")

        left = asyncio.ensure_future(poll())
        await asyncio.sleep(0)
        return "made" if left.done() else "not run"

    assert run.wait_for(work) == "made"
    gc.collect()
    assert caplog.records == []


def test_a_kernel_that_dies_is_reported(tmp_path):
    path = samples.save(tmp_path, "dead", *GOOD, "%%py\nimport os\nos._exit(1)")
    with pytest.raises(BuildError, match=r"dead\.ipynb, cell 3: lost its kernel, twice"):
        build([path], tmp_path / "out", progress=silent)


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "page.html"
    write(path, "good")

    def failing(source, target):
        raise OSError("the disk is full")

    monkeypatch.setattr(os, "replace", failing)
    with pytest.raises(OSError, match="full"):
        write(path, "half")
    assert [p.name for p in tmp_path.iterdir()] == ["page.html"]
    assert path.read_text(encoding="utf-8") == "good"


def test_a_page_over_its_budget_says_how_many_views_it_holds(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "BUDGET", 1000)
    said = []
    path = samples.save(
        tmp_path, "big", "# Big?", "%%py\nfrom ipywidgets import interact\ninteract(lambda n: n, n=(1, 7));"
    )
    build([path], tmp_path / "out", progress=said.append)
    assert any("7 views; make the steps coarser" in line for line in said)


def test_the_command_reports_and_fails_in_words(tmp_path, capsys):
    bad = samples.save(tmp_path, "bad", "%%py\n1 / 0")
    assert main([str(bad), "--out", str(tmp_path / "out"), "--no-code"]) == 1
    assert "bad.ipynb, cell 1 (1 / 0): ZeroDivisionError" in capsys.readouterr().err
    assert main([str(tmp_path / "none.ipynb"), "--out", str(tmp_path / "out")]) == 1
    assert "none.ipynb: cannot be read" in capsys.readouterr().err


def test_code_is_shown_folded_when_asked(tmp_path):
    path = samples.save(tmp_path, "first", *GOOD)
    for code in (False, True):
        build([path], tmp_path / "out", progress=silent, code=code)
        html = (tmp_path / "out" / "first.html").read_text(encoding="utf-8")
        assert ('<details class="still-code">' in html) is code


@pytest.mark.parametrize("name", ["still", "whocounted"])
def test_nbconvert_makes_the_same_page_from_any_notebook(tmp_path, name):
    path = samples.save(tmp_path, "tables", *samples.TABLES)
    found = {e.name: e.value for e in metadata.entry_points(group="nbconvert.exporters")}
    own = {"still": "nbstill.exporter.Still", "whocounted": "nbstill.exporter.OldName"}[name]
    to = name if found.get(name, "").startswith("nbstill") else own
    command = [sys.executable, "-m", "nbconvert", "--to", to, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    html = path.with_suffix(".html").read_text(encoding="utf-8")
    assert html.count('<script type="application/gzip">') == 3
    assert "cell 4: 1 of 4 views stop with an error" in done.stderr
    assert ("is now --to still" in done.stderr) is (name == "whocounted")
    assert "encryption" not in done.stderr


@pytest.fixture
def browser_of_ours(tmp_path, monkeypatch):
    """A browser that only writes down what it is to open, set by BROWSER as a user sets one; returns its notes."""
    program, notes = tmp_path / "browser.py", tmp_path / "opened.txt"
    program.write_text(f"import sys\nopen({str(notes)!r}, 'a').write(sys.argv[1] + '\\n')\n", encoding="utf-8")
    monkeypatch.setenv("BROWSER", f"{sys.executable} {program} %s")
    return lambda: notes.read_text(encoding="utf-8").split() if notes.exists() else []


def command(*arguments, module="nbstill"):
    root = str(Path(__file__).parents[2])
    return subprocess.run(
        [sys.executable, "-m", module, *map(str, arguments)], capture_output=True, text=True,
        env=os.environ | {"PYTHONPATH": root},
    )  # fmt: skip


def test_open_opens_the_index_once_all_is_built_and_nothing_where_something_failed(tmp_path, browser_of_ours):
    good, bad = samples.save(tmp_path, "first", *GOOD), samples.save(tmp_path, "bad", "%%py\n1 / 0")
    out = tmp_path / "out of two words"
    assert command(bad, "--out", out, "--open").returncode == 1
    assert command(good, "--out", out).returncode == 0
    assert browser_of_ours() == []
    assert command(good, "--out", out, "--open").returncode == 0
    assert browser_of_ours() == [(out / "index.html").as_uri()]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system itself is the browser")
def test_open_without_a_browser_names_the_page_to_open(tmp_path, monkeypatch):
    monkeypatch.setenv("BROWSER", "no-such-browser")
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent))
    monkeypatch.delenv("DISPLAY", raising=False)
    done = command(samples.save(tmp_path, "first", *GOOD), "--out", tmp_path / "out", "--saved-outputs", "--open")
    assert done.returncode == 0
    assert f"no browser was found: open {tmp_path / 'out' / 'index.html'}" in done.stderr
