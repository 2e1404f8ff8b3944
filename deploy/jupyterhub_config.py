"""JupyterHub for a class: one password for the class, a folder with copies of the notebooks for each seat.

A user name is class and seat, `7B-14`. All servers run under the account that starts the hub: a class in one room,
not a public machine. README.md beside this file says how it was tried.
"""

import os
import re
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
COURSE = HERE.parent
HOMES = Path(os.environ.get("CLASS_FOLDER", COURSE / "build" / "class-homes"))


def copies(spawner):
    """Give a seat its folder, and the notebooks that it does not have yet; what a student changed stays."""
    if not re.fullmatch(r"[A-Za-z0-9]{1,8}-[0-9]{1,3}", spawner.user.name):
        raise ValueError(f"{spawner.user.name}: a user name is class and seat, for example 7B-14")
    home = HOMES / spawner.user.name
    for path in sorted((COURSE / "notebooks").rglob("*.ipynb")):
        copy = home / path.relative_to(COURSE / "notebooks")
        if not copy.exists() and ".ipynb_checkpoints" not in path.parts:
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
    spawner.notebook_dir = str(home)


c = get_config()  # noqa: F821  (JupyterHub gives it)
c.JupyterHub.bind_url = os.environ.get("HUB_ADDRESS", "http://127.0.0.1:8000")
c.JupyterHub.authenticator_class = "shared-password"
c.SharedPasswordAuthenticator.user_password = os.environ["CLASS_PASSWORD"]
c.Authenticator.allow_all = True
c.Authenticator.username_pattern = r"[A-Za-z0-9]{1,8}-[0-9]{1,3}"
c.JupyterHub.spawner_class = "simple"
c.Spawner.pre_spawn_hook = copies
c.Spawner.cmd = [sys.executable, "-m", "jupyterhub.singleuser"]
c.Spawner.default_url = "/lab"
c.Spawner.environment = {"PYTHONPATH": str(COURSE), "MPLBACKEND": "agg"}
# What nobody has touched for an hour is closed.
c.JupyterHub.services = [
    {"name": "idle", "command": [sys.executable, "-m", "jupyterhub_idle_culler", "--timeout=3600"]},
]
c.JupyterHub.load_roles = [
    {"name": "idle", "services": ["idle"],
     "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"]},
]  # fmt: skip
