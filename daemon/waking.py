"""Several pushes as one: whatever tells that something has changed wakes the same beat.

Not a push of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from daemon.domain.people import Address
from daemon.ports import Posted, PostedTo, Push


class Together:
    """A Push out of several."""

    def __init__(self, *pushes: Push | None) -> None:
        self.pushes = tuple(each for each in pushes if each is not None)

    def listen(self, wake: Callable[[], None]) -> None:
        """See Push."""
        for each in self.pushes:
            each.listen(wake)

    def woken(self) -> tuple[Address, ...]:
        """See Push."""
        return tuple(address for each in self.pushes for address in each.woken())

    def watched(self) -> Collection[Address]:
        """See Push."""
        return frozenset(address for each in self.pushes for address in each.watched())

    def posted(self, provider: str, post: Posted) -> str | None:
        """See PostedTo."""
        told = [p.posted(provider, post) for p in self.pushes if isinstance(p, PostedTo)]
        return next((each for each in told if each is not None), None)

    def close(self) -> None:
        """See Push."""
        for each in self.pushes:
            each.close()
