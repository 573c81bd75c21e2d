"""A simulated server on loopback, used as a context.

Not what it answers.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from socketserver import BaseServer
from threading import Thread
from typing import Any, Self

from tests.servers.faults import Faults


class Listening(ABC):
    """`url` is where it listens, once it does."""

    faults: Faults[Any]
    url: str

    def __enter__(self) -> Self:
        self._server = self.listens()
        host, port = self._server.server_address[:2]  # type: ignore[misc]
        self.url = self.url_at(f"{host}:{port}")
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.004}, daemon=True).start()  # fmt: skip
        return self

    def __exit__(self, *why: object) -> None:
        self.faults.go_on()
        self._server.shutdown()
        self._server.server_close()

    @abstractmethod
    def listens(self) -> BaseServer:
        """What answers, on a port of its own."""

    def url_at(self, place: str) -> str:
        """Of a host and port."""
        return f"http://{place}"
