"""Faults: what befalls the next requests of a kind, as a test has it.

Not what Google refuses by itself: refused.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, Lock
from typing import Literal

from tests.servers.google.schema import Json

Harm = Literal["drop", "drop-after", "say", "say-after", "hang", "hang-after", "spoil", "tear"]


@dataclass(slots=True)
class Fault:
    """`drop`: the connection is cut. `say`: `status` with `reason` is the answer. `…-after`: only after what was asked for
    has been done. `hang`: no answer until `Faults.go_on`, and then the connection is cut. `tear`: half of the
    answer. `spoil`: the answer as `spoils` leaves it. `at`: the method, or how its id begins, or several of these."""

    harm: Harm
    at: str | tuple[str, ...] = ""
    status: int = 503
    reason: str = "backendError"
    retry_after: int | None = None
    times: int = 1
    after: int = 0
    """So many requests of its kind go well before."""
    account: str = ""
    spoils: Callable[[Json], Json] = lambda answer: answer


class Faults:
    """Those that are still to come."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._left: list[Fault] = []
        self._gate = Event()
        self._gate.set()
        self.hanging = Event()
        """Set once somebody waits for an answer that does not come."""

    def inject(self, fault: Fault) -> None:
        """Do this harm the next `times` times."""
        with self._lock:
            self._left.append(fault)
        if fault.harm.startswith("hang"):
            self._gate.clear()

    def due(self, method: str, account: str) -> Fault | None:
        """The fault of this request, if it has one."""
        with self._lock:
            for each in self._left:
                if method.startswith(each.at) and each.account in ("", account):
                    if each.after:
                        each.after -= 1
                        continue
                    each.times -= 1
                    if not each.times:
                        self._left.remove(each)
                    return each
        return None

    def wait(self) -> None:
        """Hang."""
        self.hanging.set()
        self._gate.wait(60)

    def go_on(self) -> None:
        """Let go of whatever hangs."""
        self._gate.set()

    @property
    def left(self) -> int:
        """How many have not happened yet."""
        return len(self._left)
