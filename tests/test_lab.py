"""The notebooks in a real JupyterLab: run them, move every control with the keyboard, see chart and alt text change."""

import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

import dev

HERE = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((HERE / "notebooks").glob("*.ipynb"))
CONTROL = re.compile(r"explore\.control\(|menus\.pick\(")
WITH_CONTROLS = [p for p in NOTEBOOKS if CONTROL.search(p.read_text(encoding="utf-8"))]
pytestmark = pytest.mark.lab

# What JupyterLab must have finished before a click is not lost (a fresh kernel swallows a run that comes too early).
READY = """async path => {
  const app = window.jupyterapp; await app.restored;
  const panel = await app.commands.execute('docmanager:open', {path, factory: 'Notebook'});
  await panel.context.ready; await panel.sessionContext.ready; await panel.sessionContext.session.kernel.info;
  await app.commands.execute('notebook:run-all-cells');
  while (panel.content.widgets.some(c => c.model.type === 'code' && c.model.executionCount === null))
    await new Promise(done => setTimeout(done, 100));
}"""


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """The address of a JupyterLab that serves a copy of the repository, with settings of its own."""
    folder = tmp_path_factory.mktemp("lab")
    root = folder / "root"
    for name in ("analysis", "data", "notebooks"):
        shutil.copytree(HERE / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    dev.copies(root)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(16)
    own = {f"JUPYTER_{k}_DIR": str(folder / k.lower()) for k in ("CONFIG", "DATA", "RUNTIME")}
    own |= {f"JUPYTERLAB_{k}_DIR": str(folder / f"lab-{k.lower()}") for k in ("SETTINGS", "WORKSPACES")}
    own |= {"IPYTHONDIR": str(folder / "ipython"), "PYTHONPATH": str(root)}
    quiet = {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}}
    (folder / "config" / "labconfig").mkdir(parents=True)
    (folder / "config" / "labconfig" / "default_setting_overrides.json").write_text(json.dumps(quiet))
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1", f"--port={port}", "--allow-root",
               "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={root}",
               *dev.HIDDEN, "--LabApp.expose_app_in_browser=True",
               "--KernelManager.transport_encryption=auto"]  # fmt: skip
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, env=os.environ | own, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(lambda: urllib.request.urlopen(f"{address}/api?token={token}", timeout=2), server, folder / "log")
        yield f"{address}/lab?token={token}", root
    finally:
        server.terminate()
        server.wait(20)


def _wait(ask, server, log, seconds=60):
    end = time.monotonic() + seconds
    while True:
        try:
            return ask()
        except OSError:
            if server.poll() is not None or time.monotonic() > end:
                pytest.fail(f"JupyterLab did not start: {log.read_text()[-2000:]}")
            time.sleep(0.2)


@pytest.fixture(scope="session")
def window(lab, browser):
    """One window of JupyterLab for all notebooks; requests that leave the machine are noted in .outside."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    page.outside = []
    page.on(
        "request",
        lambda r: page.outside.append(r.url) if r.url.startswith("http") and "127.0.0.1" not in r.url else None,
    )
    page.goto(lab[0])
    page.wait_for_selector("#jp-main-dock-panel", timeout=60_000)
    yield page
    context.close()


def view_of(control):
    """What a control shows now: its HTML, and the alt texts in it."""
    view = control.locator(".widget-html-content").last
    return tuple(view.evaluate("v => [v.innerHTML, [...v.querySelectorAll('img')].map(image => image.alt)]"))


def press(control, kind, at):
    """Move one control with a key, as a reader without a mouse would."""
    if kind == "slider":
        control.locator(".noUi-handle").nth(at).press("ArrowRight")
    elif kind == "menu":
        menu = control.locator("select").nth(at)
        last = menu.evaluate("m => m.selectedIndex === m.length - 1")
        for key in ("Space", "ArrowUp" if last else "ArrowDown", "Enter"):  # open it: JupyterLab takes a bare arrow
            menu.press(key)
    elif kind == "buttons":
        group = control.locator(".widget-toggle-buttons").nth(at)
        group.locator("button:not(.mod-active)").first.press("Enter")
    else:
        control.locator("input[type=checkbox]").nth(at).press("Space")


KINDS = {
    "slider": ".noUi-handle",
    "menu": "select",
    "buttons": ".widget-toggle-buttons",
    "tick": "input[type=checkbox]",
}


@pytest.mark.parametrize("path", WITH_CONTROLS, ids=lambda p: p.stem)
def test_every_control_moves_by_keyboard_and_its_view_changes(window, path):
    window.evaluate(READY, f"my-notebooks/{path.name}")
    panel = window.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
    panel.locator(".wc-control").first.scroll_into_view_if_needed()
    controls = panel.locator(".wc-control")
    assert controls.count() == len(CONTROL.findall(path.read_text(encoding="utf-8")))
    for control in controls.all():
        control.scroll_into_view_if_needed()
        handles = [(kind, at) for kind, css in KINDS.items() for at in range(control.locator(css).count())]
        assert handles, "a control without anything to move"
        for kind, at in handles:
            before = view_of(control)
            press(control, kind, at)
            _until(
                lambda control=control, before=before: view_of(control)[0] != before[0], f"{kind} {at} of {path.name}"
            )
            alts = view_of(control)[1]
            assert alts != before[1] or not alts, f"the chart's alt text stayed: {kind} {at} of {path.name}"
        assert all(view_of(control)[1]), "a chart without alt text"
        assert control.locator("label, .widget-label").count() >= len(handles)
    assert panel.locator(".jp-OutputArea-output[data-mime-type*=error]").count() == 0


def _until(true, what, seconds=15):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"nothing changed: {what}"
        time.sleep(0.05)


NOTED = """target => {
  const shown = document.querySelector(".jp-NotebookPanel:not(.lm-mod-hidden)");
  const note = [...shown.querySelectorAll("[data-jupyter-id]")].find(place => place.dataset.jupyterId === target);
  if (!note) return "";
  const {top} = note.getBoundingClientRect();
  return top > 0 && top < innerHeight ? note.closest(".jp-MarkdownOutput").textContent : "";
}"""
OPEN = "async path => (await window.jupyterapp.commands.execute('docmanager:open', {path})).context.ready"
PLACES = {"prose": ".jp-MarkdownCell a[title]", "an output": ".jp-OutputArea-output a[title]"}


@pytest.fixture
def empty(lab, window):
    """A second window of JupyterLab, with nothing open."""
    page = window.context.new_page()
    page.goto(lab[0].replace("/lab?", "/lab/workspaces/empty?") + "&reset")
    page.wait_for_selector("#jp-main-dock-panel", timeout=60_000)
    page.evaluate("window.jupyterapp.restored.then(() => null)")
    yield page
    page.close()


@pytest.mark.parametrize("place", PLACES)
def test_a_number_leads_to_its_note_and_the_notebook_stays_in_the_address_bar(empty, place):
    window = empty
    if place == "prose":  # which holds beside another notebook with the same number
        window.evaluate(OPEN, "my-notebooks/03-fighters.ipynb")
    window.evaluate(OPEN, "my-notebooks/00-start-here.ipynb")
    panel = window.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
    panel.locator(PLACES[place]).first.wait_for()
    targets = dict.fromkeys(a.get_attribute("href") for a in panel.locator(f"{PLACES[place]}:visible").all())
    worked = [target for target in targets if "(" in target]
    assert worked or place != "prose"
    for target in [next(iter(targets)), *worked[:1]]:
        address = window.url.partition("?")[0]  # ?reset, which opened it, goes once Lab has started
        link = panel.locator(f"{PLACES[place]}[href='{target}']:visible").first
        link.scroll_into_view_if_needed()
        link.click()
        _until(lambda target=target: window.evaluate(NOTED, target[1:]), f"the note of {target}")
        assert window.url.partition("?")[0] == address


SAVE = """async path => {
  const panel = await window.jupyterapp.commands.execute('docmanager:open', {path});
  await panel.context.ready;
  await window.jupyterapp.commands.execute('docmanager:save');
}"""


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_opening_and_saving_a_notebook_changes_its_copy_alone(window, lab, path):
    window.evaluate(SAVE, f"my-notebooks/{path.name}")
    shipped, copy = (lab[1] / folder / path.name for folder in ("notebooks", "my-notebooks"))
    assert shipped.read_bytes() == path.read_bytes()
    assert dev.digests(copy)[1] == dev.digests(path)[1]  # a newer notebook will take its place
    assert dev.copies(lab[1])[0].parent == copy.parent
    assert not list(copy.parent.glob("*-new*"))


def test_the_notebooks_themselves_are_not_listed(window):
    listed = "async () => (await window.jupyterapp.serviceManager.contents.get('')).content.map(item => item.name)"
    assert sorted(window.evaluate(listed)) == ["analysis", "data", "my-notebooks"]


def test_a_lesson_is_run_guessed_turned_and_saved(window):
    window.evaluate(READY, "my-notebooks/lessons/lesson-1-whose-number.ipynb")
    panel = window.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
    first = panel.locator(".wc-asked").first
    first.scroll_into_view_if_needed()
    why = "Five stand twice"
    assert first.get_by_text(why).count() == 0
    first.locator("input[type=text]").last.fill("9")
    first.locator("input[type=text]").last.press("Tab")
    first.get_by_role("button", name="Show the numbers and the reason").click()
    first.get_by_text(why).wait_for()
    assert "9" in first.get_by_text("Your guess:").locator("..").text_content()
    card = panel.locator(".wc-control").first
    card.scroll_into_view_if_needed()
    card.get_by_role("button", name="Both sides").click()
    card.locator("tbody th").first.wait_for()
    code = panel.get_by_label("Your code").last
    code.scroll_into_view_if_needed()
    code.fill("7b-14")
    code.press("Tab")
    panel.get_by_role("button", name="Save", exact=True).click()
    panel.get_by_text("answers-7B-14.csv is saved beside this notebook").wait_for()
    assert panel.locator(".jp-OutputArea-output[data-mime-type*=error]").count() == 0


def test_no_request_left_the_machine(window):
    assert window.outside == []
