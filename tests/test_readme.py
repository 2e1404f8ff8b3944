"""README.md says what is so."""

import base64
import doctest
import re
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
PICTURE = HERE / "docs" / "hedges.svg"
README = (HERE / "README.md").read_text(encoding="utf-8")


def test_its_lines_of_python_give_the_output_it_shows(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # a line saves a chart
    examples = "\n".join(block + "\n" for block in re.findall(r"```python\n(.*?)```", README, flags=re.S))
    flags = doctest.NORMALIZE_WHITESPACE
    result = doctest.DocTestRunner(optionflags=flags).run(
        doctest.DocTestParser().get_doctest(examples, {}, "README.md", "README.md", 0)
    )
    assert result.attempted > 20
    assert result.failed == 0


def test_its_links_lead_somewhere():
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (HERE / target).is_file(), target


def test_its_picture_is_the_first_of_the_first_notebook():
    assert PICTURE.read_bytes() == first_chart(), "write it with: python tests/test_readme.py"


def first_chart():
    """The first chart of 00-start-here, as it is saved there."""
    text = (HERE / "notebooks" / "00-start-here.ipynb").read_text(encoding="utf-8")
    return base64.b64decode(re.search(r"data:image/svg\+xml;base64,([\w+/=]+)", text)[1])


if __name__ == "__main__":
    PICTURE.write_bytes(first_chart())
