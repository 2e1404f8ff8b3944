"""Pages built once for all tests of this folder, and windows to open them in."""

from types import SimpleNamespace

import pytest
import samples

from nbstill import many as module


@pytest.fixture(scope="session")
def pages(tmp_path_factory):
    """The sample pages: .out (folder), .said (progress lines), .url(name), .html(name), .again() to build once more."""
    folder, out, said = tmp_path_factory.mktemp("notebooks"), tmp_path_factory.mktemp("built") / "report", []
    names = ("sliders", "tables", "refused")
    notebooks = [samples.save(folder, name, *getattr(samples, name.upper())) for name in names]
    notebooks.append(samples.save(folder, "case", *samples.CASE, case="buses"))

    def again(**more):
        with pytest.MonkeyPatch.context() as patch:  # whoever edits a file meanwhile changes nothing here
            patch.setattr(module, "around", lambda paths: "steady")
            return module.build(notebooks, out, hook=samples.Buses(), progress=said.append, **more)

    again()
    return SimpleNamespace(
        out=out,
        said=said,
        again=again,
        notebooks=notebooks,
        url=lambda name, fragment="": (out / f"{name}.html").as_uri() + fragment,
        html=lambda name: (out / f"{name}.html").read_text(encoding="utf-8"),
    )


@pytest.fixture
def visit(browser, laid_out):
    """Open an address in a fresh window: visit(url, width=1280, **context); .faults holds errors and requests."""
    windows = []

    def opened(url, width=1280, **context):
        window = browser.new_context(viewport={"width": width, "height": 800}, **context)
        windows.append(window)
        page = window.new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("console", lambda message: page.faults.append(message.text) if message.type == "error" else None)
        page.on("dialog", lambda dialog: (page.faults.append(dialog.message), dialog.dismiss()))
        page.on(
            "request", lambda r: None if r.url.startswith(("file:", "data:", "blob:")) else page.faults.append(r.url)
        )
        page.goto(url)
        return laid_out(page)

    yield opened
    for window in windows:
        window.close()
