"""`run.py start` as a process of its own, and its log line by line with the moment at which each was read.

Not a test of signals and locks: test_start.py has a smaller one.
"""

from __future__ import annotations

import re
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition, Thread

from tests.cli.place import environment

PATIENCE_SECONDS = 240.0
"""An event that has not come by then does not come."""


class Daemon:
    """A running process and what it has said so far."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.log: list[tuple[float, str]] = []
        self._news = Condition()
        self._over = False
        Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            with self._news:
                self.log.append((time.monotonic(), line.rstrip("\n")))
                self._news.notify_all()
        with self._news:
            self._over = True
            self._news.notify_all()

    def until(self, pattern: str, since: int = 0) -> tuple[float, int]:
        """The moment of the first line like this from that line on, and the number of the next one."""
        at, end = since, time.monotonic() + PATIENCE_SECONDS
        with self._news:
            while True:
                while at < len(self.log):
                    moment, line = self.log[at]
                    at += 1
                    if re.search(pattern, line):
                        return moment, at
                left = end - time.monotonic()
                said = "\n".join(line for _, line in self.log[since:] if "level=debug" not in line)
                assert left > 0 and not self._over, f"no {pattern} in:\n{said}"
                self._news.wait(left)

    def lines(self) -> int:
        """How many lines there are by now."""
        with self._news:
            return len(self.log)

    def stop(self) -> int:
        """Ask it to end; its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=60)


@contextmanager
def started(command: list[str]) -> Iterator[Daemon]:
    """That command, until the block ends."""
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment())
    daemon = Daemon(process)
    try:
        daemon.until("event=started")
        yield daemon
    finally:
        process.kill()
        process.wait()
