"""The examples in the package's docstrings give the output that they show."""

import doctest
import importlib
import inspect
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


TELLING = ("words", "html", "cards", "evidence", "provenance.explained", "provenance.quoted", "provenance.repeated",
           "provenance.relay", "scope.wording", "scope.pairings", "scope.missing", "scope.dial")  # fmt: skip


@pytest.mark.parametrize("room", TELLING)
def test_every_public_function_that_tells_is_annotated_and_shows_an_example(room):
    module = importlib.import_module(f"analysis.{room}")
    own = [f for name, f in inspect.getmembers(module, inspect.isfunction) if f.__module__ == module.__name__]
    public = [f for f in own if not f.__name__.startswith("_")]
    assert public
    for f in public:
        assert ">>>" in f.__doc__, f.__name__
        assert {*inspect.signature(f).parameters, "return"} == set(f.__annotations__), f.__name__
