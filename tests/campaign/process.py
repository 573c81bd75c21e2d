"""A real `run.py start` in a process of its own, watched line by line through its stderr, and killed.

Not a daemon in this process: everything that is known of it is what it wrote before it died.
"""

from __future__ import annotations

import os
import re
import select
import signal
import subprocess
import sys
from collections import Counter
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


class Process:
    """The process and the lines it wrote. `root` is the composition root, run.py or another."""

    def __init__(self, config: Path, data: Path, root: tuple[str, ...] = ("run.py",)) -> None:
        command = [sys.executable, *root, "start", "--log-level", "debug"]
        command += ["--config", str(config), "--data", str(data)]
        self.spawned = monotonic()
        self._child = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE)
        assert self._child.stderr is not None
        self._pipe = self._child.stderr.fileno()
        self._rest = b""
        self._lines: list[str] = []
        self.said: list[str] = []
        self.seen: Counter[str] = Counter()
        self.last = Event("")

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
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        self._lines += [line.decode("utf-8", "replace") for line in lines]
        return bool(chunk)

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
