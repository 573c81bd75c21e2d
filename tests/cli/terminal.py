"""A terminal of 80 columns with a real command on it, as a person sees it.

Not a test.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

COLUMNS = 80
ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
COLOUR = re.compile(r"\x1b\[(?:\d+;)*(?:[349][0-9]|10[0-7])(?:;\d+)*m")


@dataclass
class Terminal:
    """A command on it. `shown` is all that it has written so far, escape sequences included."""

    process: subprocess.Popen[bytes]
    master: int
    shown: str = ""

    def until(self, part: str = "\0") -> str:
        """Read until this is shown, or to the end."""
        while part not in self.shown:
            try:
                more = os.read(self.master, 65536)
            except OSError:  # the other side is closed
                more = b""
            if not more:
                break
            self.shown += more.decode("utf-8", "replace")
        return self.shown

    def types(self, text: str) -> None:
        """Keys that a person presses."""
        os.write(self.master, text.encode())

    def interrupts(self) -> int:
        """Ctrl-C, and once more where nothing comes of it: a signal just before a program waits for keys is seen with
        the next key only. The exit code."""
        while self.process.poll() is None:
            self.types("\x03")
            self._reads_for(5)
        return self.end()

    def _reads_for(self, seconds: float) -> None:
        """Read for so long, or to the end: what nobody reads stops whoever writes it, and Ctrl-C with it."""
        end = time.monotonic() + seconds
        while self.process.poll() is None and (left := end - time.monotonic()) > 0:
            if select.select([self.master], [], [], min(left, 0.2))[0]:
                with contextlib.suppress(OSError):  # the other side is closed
                    self.shown += os.read(self.master, 65536).decode("utf-8", "replace")

    def end(self) -> int:
        """Read the rest; the exit code."""
        self.until()
        return self.process.wait(60)

    def lines(self) -> list[str]:
        """What was written, line by line, without escape sequences."""
        return [ESCAPE.sub("", line).rstrip() for line in self.shown.splitlines()]


def _in_the_foreground() -> None:
    """As a shell starts it: Ctrl-C ends it, also where whatever runs the tests does without."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


@contextmanager
def terminal(command: list[str], environment: dict[str, str]) -> Iterator[Terminal]:
    """The command, with stdin, stdout and stderr on a terminal of its own."""
    master, slave = os.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, COLUMNS, 0, 0))
    process = subprocess.Popen(
        command, stdin=slave, stdout=slave, stderr=slave, env={**environment, "TERM": "xterm-256color"},
        start_new_session=True, preexec_fn=_in_the_foreground,
    )  # fmt: skip
    os.close(slave)
    try:
        yield Terminal(process, master)
    finally:
        process.kill()
        process.wait()
        os.close(master)
