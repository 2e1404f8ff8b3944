"""The client of a kernel: what a cell may put into the notebook is bounded, and of sound shape."""

import asyncio
import json
import re
from collections.abc import Callable
from typing import Any

from .record import MOST_TEXT

MOST_SHOWN = 20_000_000  # bytes of pictures and HTML that one cell may show
_JSON = re.compile(r"application/(?:.+\+)?json")


def client_class() -> type:
    """nbclient's client with a bound on what a cell may put into the notebook, whenever it does."""
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionComplete

    class Client(NotebookClient):
        async def _async_poll_output_msg(self, parent_msg_id, cell, cell_index):
            """As nbclient has it; but what a cell left running shows later goes to that cell, as in Jupyter."""
            self.began = getattr(self, "began", {})
            if cell_index < self.own_cells:
                self.began[parent_msg_id] = cell, cell_index
            while True:
                msg = await self.kc.iopub_channel.get_msg(timeout=None)
                of = msg["parent_header"].get("msg_id")
                try:
                    if of == parent_msg_id:
                        self.process_message(msg, cell, cell_index)
                    elif of in self.began:
                        self.process_message(msg, *self.began[of])
                except CellExecutionComplete:
                    if of == parent_msg_id:
                        return

        def output(self, outs, msg, display_id, cell_index):
            content = msg["content"]
            metadata = self.nb.cells[cell_index].metadata
            text, data = content.get("text", ""), content.get("data", {})
            for mime, value in data.items():  # nbformat knows JSON as application/… alone, and a cell may show any
                if not isinstance(value, str) and not _JSON.fullmatch(mime):
                    data[mime] = json.dumps(value)
            self.room = getattr(self, "room", {})
            room = self.room.setdefault(cell_index, [MOST_TEXT, MOST_SHOWN])
            room[0] -= len(text)
            room[1] -= sum(len(v) for v in data.values() if isinstance(v, str)) if cell_index < self.own_cells else 0
            if room[0] < 0 or room[1] < 0:
                metadata["nbstill_cut"] = True
                over = -room[0]
                if not text or over >= len(text):
                    return None
                content["text"] = text[: len(text) - over]
            return super().output(outs, msg, display_id, cell_index)

    return Client


def quiet_config() -> Any:
    """Settings under which a kernel starts without a warning about encryption."""
    from traitlets.config import Config

    return Config({"KernelManager": {"transport_encryption": "auto"}})


async def nudge(client: Any, tick: Callable[[], None]) -> None:
    """Look at the kernel's answers now and then; asyncio can sleep through one.

    jupyter_client sends through a second handle on the same socket, and a send that crosses with an answer eats its
    wake-up. It happens where an Output widget is at work, about once in ten builds; asking for the events mends it.
    """
    import zmq

    while True:
        await asyncio.sleep(0.5)
        tick()
        if client.kc and client.kc.channels_running:
            client.kc.shell_channel.socket.get(zmq.EVENTS)
