"""Faults: what befalls the next operations of a kind, as a test has it.

Not what the server refuses by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, Lock
from typing import Literal

from tests.servers.exchange.soap import Element

Harm = Literal[
    "drop",
    "drop-after",
    "busy",
    "say",
    "say-after",
    "hang",
    "hang-after",
    "tear",
    "refuse",
    "spoil",
]


@dataclass(slots=True)
class Fault:
    """`drop`: the connection is cut. `busy`: ErrorServerBusy, with how long to wait. `say`: this HTTP status. `…-after`: only
    after what was asked for has been done. `hang`: no answer until `Faults.go_on`. `tear`: half of the answer. `refuse`: a response
    message with that `code`. `spoil`: the answer as `spoils` leaves it. `at`: how the name of the operation begins, or several."""

    harm: Harm
    at: str | tuple[str, ...] = ""
    status: int = 503
    code: str = ""
    spoils: Callable[[Element], Element] = lambda answer: answer
    wait_seconds: float | None = None
    times: int = 1
    after: int = 0
    """So many requests of its kind go well before."""
    account: str = ""


class Faults:
    """Those that are still to come."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._left: list[Fault] = []
        self._gate = Event()
        self._gate.set()

    def inject(self, fault: Fault) -> None:
        """Do this harm the next `times` times."""
        with self._lock:
            self._left.append(fault)
        if fault.harm.startswith("hang"):
            self._gate.clear()

    def due(self, operation: str, account: str) -> Fault | None:
        """The fault of this request, if it has one."""
        with self._lock:
            for each in self._left:
                if operation.startswith(each.at) and each.account in ("", account):
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
        self._gate.wait(60)

    def clear(self) -> None:
        """No more of it."""
        with self._lock:
            self._left.clear()

    def go_on(self) -> None:
        """Let go of whatever hangs."""
        self._gate.set()

    @property
    def left(self) -> int:
        """How many have not happened yet."""
        return len(self._left)
