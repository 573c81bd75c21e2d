"""Xandikos, a CalDAV server that schedules by itself (GPL-3: a process of its own, never imported).

Not configured like anybody's: users are whom a proxy names.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers.processes import free_port, module, running


@contextmanager
def xandikos(folder: Path) -> Iterator[str]:
    """Its address. It believes the header X-Remote-User, and makes a calendar for whoever comes first."""
    port = free_port()
    command = [
        *module("xandikos"), "multi-user", "-d", str(folder / "data"), "-l", "127.0.0.1", "-p", str(port),
        "--defaults", "--no-detect-systemd", "--trust-x-remote-user-from", "127.0.0.1",
        "--state-dir", str(folder / "state"),
    ]  # fmt: skip
    (folder / "data").mkdir()
    with running(command, folder, port):
        yield f"http://127.0.0.1:{port}/"
