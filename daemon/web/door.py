"""The door: where browsers and providers come in, for as long as the daemon runs.

Not the pages. It is a Push: whoever has connected a calendar wakes the reading of it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event, Lock, Thread
from typing import Any
from urllib.parse import urlsplit

from cheroot import wsgi

from daemon.domain.people import Address
from daemon.ports import Push
from daemon.web.connecting import Connecting
from daemon.web.pages import REQUEST_BYTES_MAX, Pages

log = logging.getLogger("oneonone")

THREADS = 4
HEADER_BYTES_MAX = 16_000
SECONDS_MAX = 15
AGAIN_SECONDS = (0.2, 0.5, 1.0, 2.0, 5.0, 15.0)


class Door:
    """Answers from `listen` to `close`."""

    def __init__(self, connecting: Connecting, push: Push | None) -> None:
        self._web = connecting.config.web
        self._app = _under(
            urlsplit(self._web.address).path, Pages(connecting, push, self._ring).app()
        )
        self._connected: set[Address] = set()
        self._lock = Lock()
        self._over = Event()
        self._wake: Callable[[], None] = _nobody
        self._server: _Server | None = None

    def listen(self, wake: Callable[[], None]) -> None:
        """See Push. It is open afterwards, unless somebody else answers there: then it is as soon as they have left."""
        self._wake = wake
        opened = self._opened()
        Thread(target=self._serve, args=(opened,), daemon=True, name="door").start()

    def woken(self) -> tuple[Address, ...]:
        """See Push."""
        with self._lock:
            told, self._connected = tuple(sorted(self._connected)), set()
        return told

    def watched(self) -> tuple[Address, ...]:
        """See Push."""
        return ()

    def close(self) -> None:
        """See Push."""
        self._over.set()
        with self._lock:
            server, self._server = self._server, None
        if server is not None:
            server.stop()

    def _ring(self, address: Address) -> None:
        with self._lock:
            self._connected.add(address)
        self._wake()

    def _serve(self, opened: _Server | None) -> None:
        failures = 0
        while opened is None:
            if failures == len(AGAIN_SECONDS):
                log.error("event=page-closed where=%s why=taken", self._web.listen)
            if self._over.wait(AGAIN_SECONDS[min(failures, len(AGAIN_SECONDS) - 1)]):
                return
            opened, failures = self._opened(), failures + 1
        log.info("event=page-open where=%s", self._web.listen)
        opened.serve()

    def _opened(self) -> _Server | None:
        """None where that port cannot be had now: whoever had it before a reload may need a moment to leave."""
        host, _, port = self._web.listen.rpartition(":")
        server = _Server(
            (host, int(port)), self._app, numthreads=THREADS, request_queue_size=50, timeout=SECONDS_MAX
        )  # fmt: skip
        try:
            server.prepare()
        except OSError:
            server.stop()
            return None
        with self._lock:
            self._server = server
        return server


class _Server(wsgi.Server):
    max_request_header_size = HEADER_BYTES_MAX
    max_request_body_size = REQUEST_BYTES_MAX

    def error_log(self, msg: str = "", level: int = 20, traceback: bool = False) -> None:
        """An address has a secret in it, so nothing is told of requests but that one went wrong."""
        log.log(min(level, logging.WARNING), "event=page-trouble")


def _under(path: str, app: Any) -> Any:
    """The same app below a path, whether or not what stands before it takes the path away."""
    if not path:
        return app

    def below(environ: dict[str, Any], start: Any) -> Any:
        asked = environ.get("PATH_INFO", "")
        if asked.startswith(f"{path}/"):
            environ["PATH_INFO"] = asked[len(path) :]
        return app(environ, start)

    return below


def _nobody() -> None:
    """Nobody listens yet."""
