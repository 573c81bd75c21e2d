"""The bell: how alarms leave the machine beside mail and log, and where it is kept what was told.

Not a reason for an alarm, and never in the way of a beat: ringing answers at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from daemon.domain.alarm import Alarm, AlarmName, Taken, Told, Way


class Bell(Protocol):
    """Where alarms go, and the book of those told: beside the store, so that it outlives a damaged one."""

    def book(self) -> Mapping[AlarmName, Told]:
        """What was told last of each alarm; empty where nothing was, or where it cannot be read."""
        ...

    def keep(self, book: Mapping[AlarmName, Told]) -> None:
        """Remember what was told."""
        ...

    def ways(self) -> tuple[Way, ...]:
        """The ways out there are."""
        ...

    def ring(self, alarm: Alarm, only: tuple[Way, ...] | None = None) -> None:
        """Hand an alarm on, to every way or to these; it is delivered while others go on."""
        ...

    def ring_unless_fed(self, alarm: Alarm | None) -> None:
        """Ring this one by itself, unless this is called again within ten minutes; None: not any more."""
        ...

    def fired(self) -> tuple[Alarm, ...]:
        """Those that rang by themselves since the last call."""
        ...

    def heard(self) -> Taken:
        """What was taken, and by which way, since the last call."""
        ...

    def follow(self, before: Bell) -> None:
        """Take the place of a bell that rings no more: what it is delivering just now counts here."""
        ...

    def close(self) -> None:
        """Write down what was heard; before that, wait shortly for what is being delivered."""
        ...
