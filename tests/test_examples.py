"""The examples in the package's docstrings give the output that they show."""

import doctest
import importlib
import pkgutil

import pytest

import analysis

FLAGS = doctest.NORMALIZE_WHITESPACE | doctest.IGNORE_EXCEPTION_DETAIL | doctest.ELLIPSIS


def modules():
    """Every module of the package, but for what runs when it is imported."""
    found = pkgutil.walk_packages(analysis.__path__, "analysis.")
    return [name for _, name, _ in found if not name.endswith("__main__") and "._" not in name]


def examples(name):
    return [test for test in doctest.DocTestFinder().find(importlib.import_module(name)) if test.examples]


@pytest.mark.parametrize("name", modules())
def test_the_examples_of_a_module_give_what_they_show(name):
    for test in examples(name):
        result = doctest.DocTestRunner(optionflags=FLAGS).run(test)
        assert result.failed == 0, f"{test.name}: see above"


def test_the_rooms_of_numbers_have_examples():
    for room in ("units", "period", "interval", "figure", "working", "rows", "contrast", "pairing"):
        assert examples(f"analysis.{room}"), room
