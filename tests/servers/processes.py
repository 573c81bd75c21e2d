"""Starts a server as a subprocess on a free loopback port and ends it again.

Not a server: radicale.py and xandikos.py say what is started.
"""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

LOOKS_MAX = 9_000
"""Each a fiftieth of a second: a machine under load takes its time."""


def free_port() -> int:
    """A loopback port that nobody uses, and that no connection of anybody will: below what a system gives to those (ip(7),
    ip_local_port_range), and for each process from another place on."""
    for number in _PORTS:
        port = _FIRST + number % _MANY
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("count() does not end")


_FIRST, _MANY = 10_000, 22_000
_PORTS = count(os.getpid() * 97)


@contextmanager
def running(command: list[str], folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The process, once it takes connections; ended by its own id."""
    log = folder / "server.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
    try:
        _wait(process, port, log)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    for _ in range(LOOKS_MAX):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
            return
        except OSError:
            pass
        try:
            process.wait(timeout=0.02)
        except subprocess.TimeoutExpired:
            continue
        break
    raise RuntimeError(f"{process.args!r} did not start:\n{log.read_text(errors='replace')}")


def module(name: str) -> list[str]:
    """A Python package as a program, by the Python that runs the tests."""
    return [sys.executable, "-m", name]
