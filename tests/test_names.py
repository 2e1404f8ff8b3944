"""What a command is given and does not find is told by its name alone: no folder of this machine is printed."""

import subprocess
import sys

import pytest

from analysis.__main__ import main


@pytest.mark.parametrize("name", ["nothing-here", "nothing.ipynb", "nothing.csv", "a b", "日本", ".", "x" * 300])
@pytest.mark.parametrize("command", ["report", "run", "check", "schema", "new"])
def test_a_name_that_nothing_has_is_told_without_a_folder_of_this_machine(tmp_path, monkeypatch, capfd, command, name):
    monkeypatch.chdir(tmp_path)
    assert main([command, name]) == 1
    said = "".join(capfd.readouterr())
    assert str(tmp_path) not in said, said
    assert str(tmp_path.parent) not in said
    assert "Traceback" not in said
    assert "Errno" not in said


def test_a_file_that_is_no_notebook_is_told_by_its_name(tmp_path):
    for content in (b"\xff\xfe", b"{", b"[]"):
        path = tmp_path / "mine.ipynb"
        path.write_bytes(content)
        # In a process of its own: a browser that another test has open keeps an event loop running in this one.
        done = subprocess.run([sys.executable, "-m", "analysis", "run", str(path)], capture_output=True, text=True)
        assert done.returncode == 1
        said = done.stdout + done.stderr
        assert "mine.ipynb" in said
        assert str(tmp_path) not in said
        assert path.read_bytes() == content


def test_report_of_an_unknown_case_names_those_that_are_there(tmp_path):
    command = [sys.executable, "-m", "analysis", "report", "no-such-case", "--out", str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1
    assert "putin-stone-2017" in done.stderr
    assert str(tmp_path) not in done.stdout + done.stderr
