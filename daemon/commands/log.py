"""The log: one line per event on stderr, UTC, key=value, without any address.

Not what happened to a letter: that is in the ledger, and `why` prints it.
"""

from __future__ import annotations

import logging
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from daemon.decide.keys import short

LEVELS = ("debug", "info", "warning", "error")
_ADDRESS = re.compile(r"[^\s@/=<>\"',:;()]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")


class OneLine(logging.Formatter):
    """`2026-10-05T08:00:00Z level=info event=settled key=…`; an address becomes a short hash of it.

    The time is UTC because run.py has set TZ.
    """

    def __init__(self) -> None:
        super().__init__("%(asctime)s level=%(level)s %(message)s", "%Y-%m-%dT%H:%M:%SZ")

    def format(self, record: logging.LogRecord) -> str:
        """The line of one event."""
        record.level = record.levelname.lower()
        line = " ".join(super().format(record).split())
        return _ADDRESS.sub(lambda found: short(found.group().lower()), line)


def log_to_stderr(level: str) -> None:
    """From now on events of this level and above are written, each line at once."""
    stream = logging.StreamHandler(sys.stderr)
    stream.setFormatter(OneLine())
    log = logging.getLogger("oneonone")
    log.handlers = [stream]
    log.propagate = False
    log.setLevel(level.upper())


def no_log() -> None:
    """Events are for `start` and its kind; other commands print what they have to say."""
    log = logging.getLogger("oneonone")
    log.handlers = [logging.NullHandler()]
    log.propagate = False


@contextmanager
def unheard() -> Iterator[None]:
    """What is done on a copy has not happened: nothing of it is an event. What other threads do has."""
    log, here = logging.getLogger("oneonone"), threading.get_ident()

    def elsewhere(record: logging.LogRecord) -> bool:
        return record.thread != here

    log.addFilter(elsewhere)
    try:
        yield
    finally:
        log.removeFilter(elsewhere)
