"""Start the hub of this folder on loopback, let a class open a notebook and run it, and say what a student costs.

    python deploy/try_class.py --seats 10 --notebook lessons/lesson-1-whose-number.ipynb

Each seat signs in, gets a server, opens its own copy in a kernel and runs every cell, all at the same time. Printed:
the seconds until a seat's server answers and until its last cell has run, and its memory (proportional set size,
which shares out what processes hold together), the kernel running; what a machine of 16 GB would carry. Linux alone.
"""

import argparse
import asyncio
import http.cookiejar
import json
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from pathlib import Path

import nbformat
import psutil
from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

HERE = Path(__file__).resolve().parent
KEPT = 2.0  # GB of a machine that are left to its system and the hub


class Seat:
    """One student's browser, as far as the hub can tell: cookies, a server, a kernel."""

    def __init__(self, hub: str, name: str, password: str) -> None:
        self.hub, self.name, self.password, self.jar = hub, name, password, http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def cookies(self, path: str) -> dict[str, str]:
        """The cookies that a browser would send to this path, those of the longest path last."""
        kept = sorted((c for c in self.jar if path.startswith(c.path)), key=lambda c: len(c.path))
        return {c.name: c.value for c in kept}

    async def ask(self, path: str, data: dict | None = None, form: bool = False) -> tuple[int, bytes]:
        """One request, redirects followed: its status and body. data: what is posted, as JSON or as a form."""
        body = None if data is None else (urllib.parse.urlencode(data) if form else json.dumps(data)).encode()
        headers = {"Referer": self.hub + path, "X-XSRFToken": self.cookies(path).get("_xsrf", "")}
        headers["Content-Type"] = "application/x-www-form-urlencoded" if form else "application/json"
        return await asyncio.to_thread(self._ask, urllib.request.Request(self.hub + path, body, headers))

    def _ask(self, request):
        try:
            with self.opener.open(request, timeout=300) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read()

    async def sign_in(self) -> None:
        """Sign in and wait until the seat's own server answers. Raises RuntimeError where it does not in 5 minutes."""
        await self.ask("/hub/login")
        said = {"username": self.name, "password": self.password, "_xsrf": self.cookies("/hub/login")["_xsrf"]}
        await self.ask("/hub/login", said, form=True)
        await self.ask("/hub/spawn")
        for _ in range(600):
            await self.ask(f"/user/{self.name}/lab")  # a page, so that the hub gives the seat its server's cookie
            status, body = await self.ask(f"/user/{self.name}/api/status")
            if status == 200 and b"kernels" in body:
                return
            await asyncio.sleep(0.5)
        raise RuntimeError(f"{self.name}: no server: {status} {body[:300]}")

    async def run(self, notebook: str) -> int:
        """Open a notebook in a kernel and run its cells in turn; how many ran. Raises RuntimeError where one fails."""
        base = f"/user/{self.name}"
        await self.ask(f"{base}/lab/tree/{notebook}")
        status, body = await self.ask(f"{base}/api/contents/{notebook}")
        if status != 200:
            raise RuntimeError(f"{self.name}: {notebook}: {status}")
        cells = [c for c in nbformat.from_dict(json.loads(body)["content"]).cells if c.cell_type == "code"]
        asked = {"path": notebook, "type": "notebook", "name": "", "kernel": {"name": "python3"}}
        _, body = await self.ask(f"{base}/api/sessions", asked)
        kernel = json.loads(body)["kernel"]["id"]
        url = self.hub.replace("http", "ws", 1) + f"{base}/api/kernels/{kernel}/channels"
        cookies = "; ".join(f"{k}={v}" for k, v in self.cookies(base + "/").items())
        line = await websocket_connect(HTTPRequest(url, headers={"Cookie": cookies}, request_timeout=300),
                                       max_message_size=2**28)  # fmt: skip
        for cell in cells:
            await self._cell(line, cell.source)
        return len(cells)

    async def _cell(self, line, source):
        asked = uuid.uuid4().hex
        header = {"msg_id": asked, "msg_type": "execute_request", "username": self.name, "session": asked,
                  "version": "5.3", "date": time.strftime("%Y-%m-%dT%H:%M:%SZ")}  # fmt: skip
        content = {"code": source, "silent": False, "store_history": True, "user_expressions": {},
                   "allow_stdin": False, "stop_on_error": True}  # fmt: skip
        message = {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"}
        await line.write_message(json.dumps(message))
        while True:
            got = json.loads(await line.read_message())
            if got["parent_header"].get("msg_id") == asked and got["msg_type"] == "execute_reply":
                if got["content"]["status"] != "ok":
                    raise RuntimeError(f"{self.name}: {got['content'].get('evalue')}")
                return


def memory(server: psutil.Process) -> float:
    """A server's memory with all that it started, in MB: proportional set size."""
    total = 0
    for process in [server, *server.children(recursive=True)]:
        try:
            total += process.memory_full_info().pss
        except psutil.Error:
            continue
    return total / 2**20


async def one(hub: str, name: str, password: str, notebook: str) -> tuple[float, float, int]:
    """Seconds until a seat's server answered, seconds until its last cell ran, cells."""
    begun, seat = time.monotonic(), Seat(hub, name, password)
    await seat.sign_in()
    ready = time.monotonic() - begun
    cells = await seat.run(notebook)
    return ready, time.monotonic() - begun, cells


async def many(hub: str, password: str, notebook: str, seats: int) -> list[tuple[float, float, int]]:
    """All seats at once, when the hub answers."""
    while True:
        try:
            await AsyncHTTPClient().fetch(hub + "/hub/login")
            break
        except (OSError, HTTPClientError):
            await asyncio.sleep(0.3)
    return await asyncio.gather(*(one(hub, f"7b-{n + 1}", password, notebook) for n in range(seats)))


def main() -> int:
    """Try a class; prints what a student costs. 1 where a seat's notebook failed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seats", type=int, default=10)
    parser.add_argument("--notebook", default="lessons/lesson-1-whose-number.ipynb")
    parser.add_argument("--port", type=int, default=8765)
    said = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        hub, password = f"http://127.0.0.1:{said.port}", secrets.token_hex(8)
        settings = {"HUB_ADDRESS": hub, "CLASS_PASSWORD": password, "CLASS_FOLDER": folder}
        command = [sys.executable, "-m", "jupyterhub", "-f", str(HERE / "jupyterhub_config.py")]
        with open(Path(folder, "hub.log"), "w", encoding="utf-8") as log:
            process = subprocess.Popen(command, cwd=folder, env=os.environ | settings, stdout=log, stderr=log)
        try:
            took = asyncio.run(many(hub, password, said.notebook, said.seats))
            children = psutil.Process(process.pid).children()
            servers = [p for p in children if "jupyterhub.singleuser" in p.cmdline()]
            held = [memory(server) for server in servers]
            hub_alone = memory(psutil.Process(process.pid)) - sum(held)
        except BaseException:
            print(Path(folder, "hub.log").read_text(encoding="utf-8")[-3000:], file=sys.stderr)
            raise
        finally:
            process.terminate()
            process.wait(30)
    ready, whole, cells = zip(*took, strict=True)
    each = statistics.mean(held)
    print(f"{len(took)} seats at once, {cells[0]} cells each, {os.cpu_count()} processors")
    print(f"server answers after {statistics.median(ready):.0f} s (median; slowest {max(ready):.0f} s)")
    print(f"last cell has run after {statistics.median(whole):.0f} s (median; slowest {max(whole):.0f} s)")
    print(f"memory a seat {each:.0f} MB (most {max(held):.0f}); hub and proxy {hub_alone:.0f} MB")
    print(f"a machine of 16 GB, {KEPT:.0f} of them kept: {int((16 - KEPT) * 1024 / each)} seats")
    return 0


if __name__ == "__main__":
    sys.exit(main())
