"""One account hangs, and the lanes of all others go on (RULES: one lane an account).

Not the fault itself, which a test plants at its own server.
"""

from __future__ import annotations

from collections.abc import Sequence
from threading import Thread
from typing import Any

import pytest

from daemon.domain.people import Address
from daemon.errors import Temporary
from daemon.ports import CalendarConnector
from tests.conformance.following import WINDOW
from tests.servers.faults import Faults

EVERYBODY = [f"mentor{number}@mentors.example" for number in range(10)]


def others_go_on(
    calendars: CalendarConnector, everybody: Sequence[Address], faults: Faults[Any]
) -> None:
    """The first of everybody waits for an answer that does not come, and all others are read before it does."""
    ended: list[str] = []

    def hangs() -> None:
        with pytest.raises(Temporary):
            calendars.changes(everybody[0], None, WINDOW)
        ended.append("hung")

    waiting = Thread(target=hangs)
    waiting.start()
    assert faults.hanging.wait(20)
    for each in everybody[1:]:
        assert calendars.changes(each, None, WINDOW).complete
        ended.append(each)
    faults.go_on()
    waiting.join(20)
    assert ended == [*everybody[1:], "hung"]
