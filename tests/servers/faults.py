"""Faults: what befalls the next requests of a kind, as a test has it, whatever the server.

Not what a server refuses by itself. Which harms there are is said where each server is.
"""

from __future__ import annotations

from threading import Event, Lock
from typing import Generic, Protocol, TypeVar


class Due(Protocol):
    """One fault. `at`: how the name of the request begins, or several; `after`: so many of its kind go well before."""

    at: str | tuple[str, ...]
    account: str
    times: int
    after: int

    @property
    def harm(self) -> str:
        """Which; what begins with `hang` gives no answer until `go_on`."""
        ...


F = TypeVar("F", bound=Due)


class Faults(Generic[F]):
    """Those that are still to come."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._left: list[F] = []
        self._gate = Event()
        self._gate.set()
        self.hanging = Event()
        """Set once somebody waits for an answer that does not come."""

    def inject(self, fault: F) -> None:
        """Do this harm the next `times` times."""
        with self._lock:
            self._left.append(fault)
        if fault.harm.startswith("hang"):
            self._gate.clear()

    def due(self, method: str, account: str) -> F | None:
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
