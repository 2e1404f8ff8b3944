"""How this package's commands are typed, and where what comes with it lies: in the repository, or installed."""

import os
import re
from collections.abc import Iterable
from pathlib import Path

_REPOSITORY = (Path(__file__).resolve().parents[1] / "dev.py").is_file()
COMMAND = f"{'py' if os.name == 'nt' else 'python3'} dev.py" if _REPOSITORY else "who-counted"

# In a remedy, as long as nobody has said which case and which file; see told.
FIX = f"{COMMAND} check CASE --fix"
FILL = f"{COMMAND} check CASE --fill --article FILE"


def typed(name: str | Path) -> str:
    """A name or a path as it is typed: between quotation marks where a shell would take it apart.

    >>> typed("buses"), typed("my article.txt")
    ('buses', '"my article.txt"')
    """
    text = str(name)
    return f'"{text}"' if re.search(r"[^\w./\\:~-]", text) else text


def told(lines: Iterable[str], case: str | Path, article: str | Path = "") -> list[str]:
    """Remedies with the names in their commands, so that they can be typed as they stand.

    lines: texts. case: its name or its folder, as it was given. article: the file with its text; where none is known,
    the text says what FILE stands for.

    >>> told([f"Let it be put right: {FIX}"], "buses")[0].endswith("check buses --fix")
    True
    """
    file = typed(article) if article else "FILE, where FILE is the file with the article's text"
    filled = FILL.replace("CASE", typed(case)).replace("FILE", file)
    return [line.replace(FILL, filled).replace(FIX, FIX.replace("CASE", typed(case))) for line in lines]


def shipped(name: str) -> Path:
    """A folder that comes with the package: the copy that an installed one carries, else that of the repository.

    name: data or notebooks. The copy comes first: beside an installed package stands whatever else is installed.

    >>> shipped("data").name in ("data", "_data")
    True
    """
    here = Path(__file__).resolve().parent
    return here / f"_{name}" if (here / f"_{name}").is_dir() else here.parent / name
