"""A server on loopback that takes what is posted to it, answers as told, and keeps what came.

Not a test.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue
from typing import Any

SSH = 0


class AlarmServer(ThreadingHTTPServer):
    """`answers` are the status codes of the next requests; the last one stays. SSH: an answer that is no HTTP."""

    daemon_threads = True

    def __init__(self, answers: list[int]) -> None:
        super().__init__(("127.0.0.1", 0), _Taking)
        self.answers = answers
        self.came: Queue[dict[str, Any]] = Queue()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/alarm?of=koss"

    def next(self) -> dict[str, Any]:
        """What came next."""
        return self.came.get(timeout=20)


class _Taking(BaseHTTPRequestHandler):
    server: AlarmServer

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        answers = self.server.answers
        code = answers.pop(0) if len(answers) > 1 else answers[0]
        kind = self.headers["Content-Type"]
        # Before the answer: the next request may be in another thread before this one goes on.
        self.server.came.put({"path": self.path, "type": kind, "code": code, **json.loads(body)})
        if code == SSH:
            self.wfile.write(b"SSH-2.0-OpenSSH_9.6\r\n")
            return
        self.send_response(code)
        if code == 302:
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing on stderr."""


@contextmanager
def alarm_server(*answers: int) -> Iterator[AlarmServer]:
    """One that runs while the block does."""
    server = AlarmServer(list(answers) or [204])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
