"""How long one piece of work may compute: an alarm that nothing on the way can swallow (docs/adr/0007).

Not what follows when it rings: whoever reads a mail or a calendar says that.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

READING_SECONDS_MAX = 2.0
"""Of computing, for one mail, or for one calendar."""
TOO_SLOW = "reading it took too long, so it was left unread"
OUR_MISTAKE = "it could not be read: a mistake in this program"


class TookTooLong(BaseException):
    """The time for one piece of work is up. No parser may catch it as one of its own errors."""


def is_counted() -> bool:
    """Whether an alarm is set at this moment."""
    return signal.getitimer(signal.ITIMER_VIRTUAL)[0] > 0


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise TookTooLong where the body computes for longer; Python code and `re` both look for signals.

    Of processor time, so that a machine that slept blames no mail. Only a main thread has such an alarm;
    elsewhere the limits on size have to do. What is begun inside of another piece is a part of that one.
    """
    if threading.current_thread() is not threading.main_thread() or is_counted():
        yield
        return

    def is_up(number: int, frame: FrameType | None) -> None:
        raise TookTooLong

    before = signal.signal(signal.SIGVTALRM, is_up)
    # Again and again: a parser that catches everything would swallow the only one.
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
