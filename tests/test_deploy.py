"""The hub for a class, as far as it can be tested without one: its settings, and the copies that a seat gets."""

import os
import runpy
import types
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CONFIG = ROOT / "deploy" / "jupyterhub_config.py"


class Settings(types.SimpleNamespace):
    """What JupyterHub's get_config gives: sections that come into being when they are named."""

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        setattr(self, name, Settings())
        return getattr(self, name)


@pytest.fixture
def hub(tmp_path, monkeypatch):
    """The settings, as the hub reads them, and the folder in which seats get theirs."""
    monkeypatch.setitem(os.environ, "CLASS_PASSWORD", "only for a test")
    monkeypatch.setitem(os.environ, "CLASS_FOLDER", str(tmp_path))
    monkeypatch.delitem(os.environ, "HUB_ADDRESS", raising=False)
    settings = Settings()
    runpy.run_path(str(CONFIG), {"get_config": lambda: settings})
    return settings, tmp_path


def seat(name):
    return types.SimpleNamespace(user=types.SimpleNamespace(name=name))


def test_a_seat_gets_a_copy_of_each_notebook_and_keeps_what_it_wrote(hub):
    settings, folder = hub
    spawner = seat("7b-14")
    settings.Spawner.pre_spawn_hook(spawner)
    shipped = {
        p.relative_to(ROOT / "notebooks")
        for p in (ROOT / "notebooks").rglob("*.ipynb")
        if ".ipynb_checkpoints" not in p.parts
    }
    assert {p.relative_to(folder / "7b-14") for p in (folder / "7b-14").rglob("*.ipynb")} == shipped
    assert spawner.notebook_dir == str(folder / "7b-14")
    mine = folder / "7b-14" / "00-start-here.ipynb"
    mine.write_text("a pupil's own", encoding="utf-8")
    settings.Spawner.pre_spawn_hook(spawner)
    assert mine.read_text(encoding="utf-8") == "a pupil's own"


@pytest.mark.parametrize("name", ["../14", "7b", "7b-14/..", "ann smith", "7b-1234", ""])
def test_a_name_that_is_no_seat_gets_nothing(hub, name):
    settings, folder = hub
    with pytest.raises(ValueError, match="a user name is class and seat"):
        settings.Spawner.pre_spawn_hook(seat(name))
    assert not list(folder.iterdir())


def test_it_listens_on_this_machine_alone_unless_told(hub):
    assert hub[0].JupyterHub.bind_url == "http://127.0.0.1:8000"


def test_the_notebook_that_is_tried_is_there():
    text = (ROOT / "deploy" / "try_class.py").read_text(encoding="utf-8")
    [name] = {line.split('"')[3] for line in text.splitlines() if '"--notebook"' in line}
    assert (ROOT / "notebooks" / name).is_file()
