"""What a function shows, caught in the kernel in the order in which it was shown.

Used inside the kernel only. Outputs are caught as Jupyter's own dictionaries (stream, display_data, error), so that
what a control shows and what a cell shows become a page in the same way.
"""

import io
import os
import sys
import tempfile
from typing import Any

MOST_TEXT = 1_000_000  # characters that a cell or a view may print; what follows is cut, and said to be

SECRET = "••••"  # what stands for a password, as in Jupyter


def sound(value: Any) -> Any:
    r"""Any JSON value without halves of letters (lone surrogates), which no page can hold and no message can carry.

    >>> sound({"text/plain": "a\ud800b"})
    {'text/plain': 'a�b'}
    """
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {sound(k): sound(v) for k, v in value.items()}
    return [sound(v) for v in value] if isinstance(value, (list, tuple)) else value


class _Stream(io.TextIOBase):
    """Stands in for sys.stdout or sys.stderr."""

    def __init__(self, recorder, name):
        self.recorder, self.name = recorder, name

    encoding = "utf-8"

    def writable(self):
        return True

    def write(self, text):
        self.recorder.write(self.name, text)
        return len(text)


class _Aloud:
    """Catches what programs that a function starts print: they write past Python's own streams."""

    def __init__(self):
        self.kept = [os.dup(number) for number in (1, 2)]
        self.files = [tempfile.TemporaryFile() for _ in self.kept]  # noqa: SIM115 - closed in close()
        for number, file in zip((1, 2), self.files, strict=True):
            os.dup2(file.fileno(), number)

    def close(self) -> list[tuple[str, str]]:
        """(stream, text) of each."""
        said = []
        for name, number, kept, file in zip(("stdout", "stderr"), (1, 2), self.kept, self.files, strict=True):
            os.dup2(kept, number)
            os.close(kept)
            file.seek(0)
            said.append((name, file.read(MOST_TEXT + 1).decode("utf-8", "replace")))
            file.close()
        return said


class Place(list):
    """Outputs in their order; the next of them may have to clear those before it."""

    clearing = False


class Recorder:
    """Catches everything that is shown while it is open: `with Recorder(shell) as caught: …`, then caught.outputs.

    shell: the kernel's IPython shell. forward: pass on updates of displays that stand outside, as a live kernel does;
    without it they are held back, and .outside says that there were some.
    Outputs keep their order; clear_output clears, at once or with the next output; an update changes what it names.
    What an Output widget catches goes into that widget.
    """

    open: list["Recorder"] = []  # those that are open, the last of them in force

    def __init__(self, shell, forward: bool = False):
        self.shell, self.forward = shell, forward
        self.outputs, self.names, self.outside = Place(), {}, False
        self.place, self.around, self.entered = self.outputs, [], {}
        self.room = MOST_TEXT

    def __enter__(self):
        self.held = sys.stdout, sys.stderr, sys.displayhook, self.shell.display_pub
        self.shell._showtraceback = _shown_trace  # where IPython tells of an error by itself
        sys.stdout, sys.stderr = _Stream(self, "stdout"), _Stream(self, "stderr")
        sys.displayhook = self._result
        self.shell.display_pub = _publisher(self)
        self.open.append(self)
        self.aloud = _Aloud()
        return self

    def __exit__(self, *_):
        for name, text in self.aloud.close():
            self.write(name, text) if text else None
        self.open.pop()
        self.outputs = _whole(self.outputs)
        if not self.open:
            del self.shell._showtraceback
        sys.stdout, sys.stderr, sys.displayhook, self.shell.display_pub = self.held

    def add(self, output: dict) -> None:
        """Put an output at the end; a delayed clear comes first."""
        if self.place.clearing:
            self._clear()
        self.place.append(output)

    def _clear(self):
        gone = {id(output) for output in self.place}
        self.names = {name: [o for o in found if id(o) not in gone] for name, found in self.names.items()}
        self.names = {name: found for name, found in self.names.items() if found}
        self.place.clear()
        self.place.clearing = False

    def enter(self, widget: Any) -> None:
        """An Output widget opens: what follows is its own."""
        self.around.append(self.place)
        self.place = self.entered.setdefault(widget.model_id, Place(widget.outputs))

    def leave(self, widget: Any, problem: BaseException | None = None) -> bool:
        """It closes again, and shows what stopped within it, as in Jupyter."""
        if problem is not None:
            self.add(error(problem))
        widget.outputs = tuple(_whole(self.place))
        self.place = self.around.pop()
        return True

    def write(self, name: str, text: str) -> None:
        """Printed text; it joins what the same stream printed just before."""
        text = sound(str(text))
        kept, self.room = text[: max(0, self.room)], self.room - len(text)
        last = self.place[-1] if self.place and not self.place.clearing else {}
        if last.get("name") != name or not isinstance(last["text"], list):
            self.add({"output_type": "stream", "name": name, "text": []})
        self.place[-1]["text"].append(kept)  # pieces, joined when it is read: a text that grows costs its square
        if self.room < 0:
            self.place[-1]["cut"] = True

    def publish(self, data: dict, metadata: dict | None = None, transient: dict | None = None, update=False) -> None:
        """A rich display, or the update of one."""
        shown = {"output_type": "display_data", "data": _plain(data), "metadata": sound(metadata or {})}
        name = (transient or {}).get("display_id")
        for output in self.names.get(name, []) if name else []:
            output.update(shown)
        if not update:
            self.add(shown)
            if name:
                self.names.setdefault(name, []).append(self.place[-1])
        elif name not in self.names:
            self.outside = True
            if self.forward:
                self.held[3].publish(data, metadata, transient=transient, update=True)

    def clear(self, wait: bool = False) -> None:
        """Forget what was shown, now or when something new is."""
        self.place.clearing = True
        if not wait:
            self._clear()

    def _result(self, value=None):
        if value is not None:
            from IPython.display import display

            display(value)


def _whole(place):
    """Outputs with the pieces of a printed text joined."""
    return [o | {"text": "".join(o["text"])} if isinstance(o.get("text"), list) else o for o in place]


def error(problem: BaseException) -> dict:
    """What stopped a function, as an output."""
    return {"output_type": "error", "ename": type(problem).__name__, "evalue": sound(str(problem))}


def _shown_trace(kind, problem, trace):
    Recorder.open[-1].add(error(problem))


def _plain(data):
    """A bundle as JSON holds it: pictures as base64."""
    from ipykernel.jsonutil import encode_images

    return sound(encode_images(dict(data)))


def _publisher(recorder):
    """A display publisher for IPython that hands everything to the recorder."""
    from IPython.core.displaypub import DisplayPublisher

    class Caught(DisplayPublisher):
        def publish(self, data, metadata=None, *, transient=None, update=False, **kwargs):
            recorder.publish(data, metadata, transient, update)

        def clear_output(self, wait=False):
            recorder.clear(wait)

        def set_parent(self, parent):
            """What asks is the kernel, of whoever publishes; here nothing is sent."""

    return Caught(shell=recorder.shell)


def bound(shell) -> None:
    """Bound what each cell prints, at its source: a cell that prints for ever fills neither socket nor memory.

    What it shows is made sound on the way, for a half of a letter would lose the whole message.
    """
    room = {"left": 0}

    def start(*_):
        room["left"] = 2 * MOST_TEXT  # the builder cuts at half of this, and says so

    for stream in (sys.stdout, sys.stderr):
        stream.write = _bounded(stream.write, room)
    shell.events.register("pre_run_cell", start)
    start()
    form = shell.display_formatter.format
    shell.display_formatter.format = lambda *given, **named: tuple(sound(part) for part in form(*given, **named))


def _bounded(write, room):
    def bounded(text):
        if room["left"] <= 0 or not isinstance(text, str):
            return len(text)
        room["left"] -= len(text)
        return write(sound(text[: 2 * MOST_TEXT]))

    return bounded
