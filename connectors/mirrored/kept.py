"""A mirror of one calendar, kept up to date: what is the same for each, whoever the provider is.

Not the requests, and not what is told of it: listing.py.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Generic, TypeVar

from daemon.domain.people import Address
from daemon.errors import CursorExpired, Temporary
from daemon.ports import Clock

G = TypeVar("G")
"""See Group in listing.py."""


class Kept(ABC, Generic[G]):
    """Not for two threads at once: the lane of an account is one. It lives as long as the process, and is made anew by a full
    listing."""

    provider: ClassVar[str]

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.groups: dict[str, G] = {}
        """By the id of the master."""
        self.reaches_back: date = date.min
        """What was over before that day was not listed, and so is not gone."""
        self.doubted: set[str] = set()
        """States that could not be read, once: twice is no fault of the wire."""

    def look(self) -> None:
        """What is there now, whatever it takes: for who is about to write. Raises Temporary where it cannot be told."""
        try:
            whole = self.refresh()
        except CursorExpired:
            whole = self.refresh()
        if not whole:
            raise Temporary(f"{self.provider} answers less than was asked")

    def now(self, uid: str) -> G:
        """The event with that uid, as it was looked up last. Raises Temporary where it is not shown."""
        group = self.named(uid)
        if group is None:
            raise Temporary(f"{self.provider} does not show {uid}")
        return group

    def __iter__(self) -> Iterator[G]:
        """What is made but not made known yet is not there."""
        return iter([each for each in self.groups.values() if self.is_known(each)])

    @property
    @abstractmethod
    def address(self) -> Address:
        """Whose calendar it is."""

    @property
    @abstractmethod
    def listed(self) -> bool:
        """Whether all of it was read once, so that the next look tells only what has changed."""

    @abstractmethod
    def drop(self) -> None:
        """Forget all of it: the next look lists everything."""

    @abstractmethod
    def refresh(self) -> bool:
        """What is there now. False where an answer was cut short. Raises CursorExpired where the provider no longer knows what
        has changed; then the next look lists everything."""

    @abstractmethod
    def named(self, uid: str) -> G | None:
        """The event with that uid; of several the one that we made."""

    def is_known(self, group: G) -> bool:
        """Whether it was made known, or was not made by us."""
        return True
