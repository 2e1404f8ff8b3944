"""README.md says what is so."""

import base64
import doctest
import re
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
PICTURE = HERE / "docs" / "beside.svg"
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


def test_its_picture_is_one_of_the_first_notebook():
    assert PICTURE.read_bytes() == strip(), "write it with: python tests/test_readme.py"


def strip():
    """What others counted beside 80,000, as 00-start-here has it."""
    text = (HERE / "notebooks" / "00-start-here.ipynb").read_text(encoding="utf-8")
    alt = r'alt=\\"What others counted beside 80,000\.[^"]*?\\" src=\\"data:image/svg\+xml;base64,([\w+/=]+)'
    return base64.b64decode(re.search(alt, text)[1])


if __name__ == "__main__":
    PICTURE.write_bytes(strip())
