"""A real `run.py start` in a process of its own, watched line by line through its stderr, and killed.

Not a daemon in this process: everything that is known of it is what it wrote before it died.
"""

from __future__ import annotations

import atexit
import os
import re
import select
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

ROOT = Path(__file__).parents[2]
ANSWER_SECONDS_MAX = 120.0
_LINE = re.compile(r"\bevent=(\S+)(?: key=(.*))?")


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the log: its event, and its key where it has one."""

    name: str
    key: str = ""


@contextmanager
def _on(processors: set[int]) -> Iterator[None]:
    """This process runs on those processors alone, where there are any and the system can do that."""
    if not processors:
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, processors)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


class Process:
    """The process and the lines it wrote. `root` is the composition root, run.py or another."""

    def __init__(self, config: Path, data: Path, root: tuple[str, ...] = ("run.py",)) -> None:
        command = [sys.executable, *root, "start", "--log-level", "debug"]
        command += ["--config", str(config), "--data", str(data)]
        self.spawned = monotonic()
        self._child = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE)
        atexit.register(self._child.kill)  # a campaign that fails leaves nobody behind
        self._home, self._elsewhere = self._pin()
        assert self._child.stderr is not None
        self._pipe = self._child.stderr.fileno()
        self._rest = b""
        self._lines: list[str] = []
        self.said: list[str] = []
        self.seen: Counter[str] = Counter()
        self.last = Event("")

    def _pin(self) -> tuple[set[int], set[int]]:
        """Give the child one processor; that, and the others. Neither, where the system has no such call."""
        if not hasattr(os, "sched_setaffinity"):
            return set(), set()
        processors = os.sched_getaffinity(0)
        home = {max(processors)}
        os.sched_setaffinity(self._child.pid, home)
        return home, processors - home

    def event(self, seconds: float = ANSWER_SECONDS_MAX) -> Event | None:
        """The next line; None when nothing came in that time, or nothing ever will."""
        while not self._lines:
            if not select.select([self._pipe], [], [], seconds)[0] or not self._fill():
                return None
        line = self._lines.pop(0)
        self.said.append(line)
        found = _LINE.search(line)
        event = Event(found[1], found[2] or "") if found else Event("")
        self.seen[event.name] += 1
        if event.name:
            self.last = event
        return event

    def _fill(self) -> bool:
        chunk = os.read(self._pipe, 65_536)
        self._take(chunk)
        return bool(chunk)

    def _take(self, chunk: bytes) -> None:
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        self._lines += [line.decode("utf-8", "replace") for line in lines]

    def has_more(self) -> bool:
        """Whether it is already further than what was read of it."""
        return bool(self._lines) or bool(select.select([self._pipe], [], [], 0)[0])

    def until(self, name: str) -> Event:
        """Read on to the next event of that name."""
        while event := self.event():
            if event.name == name:
                return event
        raise AssertionError(f"never came to {name}: {self.said[-5:]}")

    def reads_again(self) -> None:
        """Let one whole beat pass that sees everything done so far: SIGHUP begins with a fresh look, and
        a second one is taken up only when the beat after the first is over."""
        for _ in range(2):
            self._child.send_signal(signal.SIGHUP)
            self.until("reloaded")

    def kill_upon(self, name: str, seconds: float) -> bool:
        """kill -9 as soon as it writes that, before the line is even looked at; False when it does not.

        On its own processor: who waits for a line then runs at once, before its writer goes on.
        """
        words, chunk = f"event={name} ".encode(), b""
        with _on(self._home):
            while words not in chunk:
                if not select.select([self._pipe], [], [], seconds)[0]:
                    return False
                chunk = os.read(self._pipe, 65_536)
                if words in chunk:
                    self._child.kill()
                self._take(chunk)
        return True

    def kill_in_write(self, file: Path) -> None:
        """kill -9 as soon as the file or its log changes, or the next line says that it is too late.

        On another processor, if there is one: the file changes while its writer runs.
        """
        log = file.with_name(f"{file.name}-wal")
        with _on(self._elsewhere):
            before = _stamps(file, log)
            while _stamps(file, log) == before and not self.has_more():
                pass
            self._child.kill()

    def kill(self) -> None:
        """kill -9; afterwards everything it ever wrote has been read."""
        self._child.kill()
        how = self._child.wait()
        assert how == -signal.SIGKILL, f"it was gone before, with {how}: {self.said[-5:]}"
        while self.event():
            pass
        self._close()

    def stop(self) -> None:
        """SIGTERM: it finishes what is in hand and exits 0."""
        self._child.terminate()
        self.until("stopped")
        assert self._child.wait(ANSWER_SECONDS_MAX) == 0
        self._close()

    def _close(self) -> None:
        assert self._child.stderr is not None
        self._child.stderr.close()


def _stamps(*paths: Path) -> list[tuple[int, int]]:
    found = [path.stat() for path in paths if path.exists()]
    return [(each.st_size, each.st_mtime_ns) for each in found]
