"""Hands: what people do with their own calendar and mailbox, without knowing the daemon.

Not a port: the daemon never calls it. Connectors that can be acted on implement it beside their ports.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from daemon.domain.invitation import Partstat
from daemon.domain.meeting import Place, Slot
from daemon.domain.people import Address
from daemon.ports import OneOff, SeriesEvent


@dataclass(frozen=True, slots=True)
class Shown:
    """One event as a person sees it in their own calendar. `place` names it at its organizer;
    `series` says that it is an occurrence of a series; `answer` is the person's own PARTSTAT; `where` is the
    link or the venue."""

    place: Place
    start: datetime
    end: datetime
    series: bool
    answer: Partstat = "ACCEPTED"
    where: str = ""


class Hands(Protocol):
    """One pair of hands for every person; `who` is always an address. All instants are UTC."""

    def calendar(self, who: Address, window: Slot) -> list[Shown]:
        """Events with guests in the person's calendar that start in the window, by start."""
        ...

    def cancel(self, who: Address, place: Place) -> None:
        """As organizer: cancel one event or occurrence but leave it visible (STATUS:CANCELLED)."""
        ...

    def delete(self, who: Address, place: Place) -> None:
        """As organizer: delete one event or occurrence (EXDATE); as guest: delete one's own copy."""
        ...

    def answer(self, who: Address, place: Place, partstat: Partstat) -> None:
        """As guest: answer one event or occurrence (place.recurrence empty: all of a series)."""
        ...

    def move(self, who: Address, place: Place, to: Slot) -> None:
        """As organizer: drag one event or occurrence to another time."""
        ...

    def delete_series(self, who: Address, uid: str) -> None:
        """As organizer: delete a series, all of it."""
        ...

    def restore_series(self, who: Address, uid: str) -> None:
        """As organizer: take a deleted series out of the bin, as it was."""
        ...

    def cut_series(self, who: Address, place: Place) -> None:
        """As organizer: delete this occurrence and all that follow (the series ends the day before)."""
        ...

    def split_series(self, who: Address, place: Place, to: Slot, uid: str) -> None:
        """As organizer: move this occurrence and all that follow: the series ends the day before, and one of
        that new uid begins at the new time, with the same guests."""
        ...

    def uninvite(self, who: Address, uid: str, guest: Address) -> None:
        """As organizer: take somebody off the guests of an event."""
        ...

    def make(self, who: Address, event: SeriesEvent | OneOff) -> None:
        """Make an event by hand, with guests: that person organizes it."""
        ...

    def leave_office(self, who: Address, uid: str, slot: Slot) -> None:
        """Make (or move) an out-of-office event of one's own."""
        ...

    def occupy(self, who: Address, uid: str, slot: Slot) -> None:
        """Make (or move) an ordinary event of one's own without guests: busy time."""
        ...

    def free(self, who: Address, uid: str) -> None:
        """Delete an ordinary event of one's own."""
        ...

    def letters(self, who: Address) -> list[bytes]:
        """Mails in the person's mailbox, oldest first, all of them."""
        ...

    def write(self, who: Address, to: Address, raw: bytes, at: datetime) -> None:
        """Send a mail; it arrives in the program's mailbox if `to` is (a plus-address of) it."""
        ...

    def turn_away(self, who: Address) -> list[bytes]:
        """As a mail server that has no mailbox of that name, or no room in it: take out what came for it, oldest
        first."""
        ...

    def lock_out(self, who: Address) -> None:
        """Take the daemon's right to the person's calendar away."""
        ...

    def let_in(self, who: Address) -> None:
        """Give the right back."""
        ...
