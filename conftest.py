"""How notebooks are compared with what a fresh run gives (nbval): strictly, and with nbval's ways to pass wrongly shut.

Also: what is marked slow runs in CI, and elsewhere when it is asked for; and what looks at our pages is marked so.

A notebook without outputs would pass whatever its code says, so it fails here. PNG and JPEG bytes are compared too,
which nbval by itself never does: a chart that changed is a failure.
"""

import os

import pytest


class UnsavedNotebook(Exception):
    """A notebook whose code was changed or stripped after it was last run."""


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path, parent):
    collected = yield
    for notebook in collected if isinstance(collected, list) else [collected]:
        if type(notebook).__name__ == "IPyNbFile":
            notebook.skip_compare = tuple(k for k in notebook.skip_compare if not k.startswith("image/"))
    return collected


def pytest_configure(config):
    config.addinivalue_line("markers", "pages: looks at the project's pages, which a run of the tests builds once")


@pytest.hookimpl(tryfirst=True)  # before -m chooses among them
def pytest_collection_modifyitems(config, items):
    asked = os.environ.get("CI") or "slow" in config.option.markexpr
    for item in items:
        if "whole_report" in getattr(item, "fixturenames", ()):
            item.add_marker("pages")
        if type(item).__name__ == "IPyNbCell":
            _saved(item)
        elif item.get_closest_marker("slow") and not asked:
            item.add_marker(pytest.mark.skip(reason="slow: runs in CI, or with `-m slow`"))


def _saved(item):
    """Fail a cell that was never run, before nbval takes its missing outputs for none."""
    if item.cell.get("execution_count") is None and item.cell.source.strip():
        run = item.runtest

        def refuse(run=run):
            raise UnsavedNotebook(f"{item.path.name}: a cell has not been run; save it with: python -m analysis run")

        item.runtest = refuse
