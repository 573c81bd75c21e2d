"""Alarms: what needs a person however quiet the mailbox is, and what was told of it.

Not the letters to the contact: those are TellAdmin, decided in the lanes.
"""

from __future__ import annotations

from collections.abc import Set
from datetime import datetime
from typing import Literal

from msgspec import Struct

AlarmName = Literal[
    "account-lost",
    "files-wrong",
    "mail-set-aside",
    "mail-stuck",
    "no-beat",
    "not-decided",
    "on-hold",
    "store-damaged",
]
AlarmStanding = Literal["begins", "goes on", "over"]
Way = Literal["alarm_url", "alert_command"]
"""How an alarm leaves the machine beside mail and log."""
Taken = Set[tuple[AlarmName, Way]]
"""Which way has taken which alarm."""

MEANING: dict[str, str] = {
    "account-lost": "A calendar cannot be reached.",
    "files-wrong": "The files have a mistake; the last good ones stay in force.",
    "mail-set-aside": "A mail could not be read and was left unread; all others are served.",
    "mail-stuck": "Letters cannot be sent or read.",
    "no-beat": "The daemon has not beaten for ten minutes.",
    "not-decided": "Something could not be decided: a mistake in this program.",
    "on-hold": "Something waits until it is released.",
    "store-damaged": "The store is damaged. Nothing is done until it is restored.",
}
"""Each alarm in words that hold no name."""


class Alarm(Struct, frozen=True):
    """One telling. `count` is of how many (calendars, holds, mailboxes); nobody is named."""

    name: AlarmName
    standing: AlarmStanding
    count: int
    since: datetime
    at: datetime


class Told(Struct, frozen=True):
    """The last news of one alarm, and the ways that have not taken it, last tried at `tried_at`."""

    alarm: Alarm
    waits: tuple[Way, ...] = ()
    tried_at: datetime | None = None

    def after(self, taken: Taken) -> Told:
        """What waits still."""
        waits = tuple(way for way in self.waits if (self.alarm.name, way) not in taken)
        return Told(self.alarm, waits, self.tried_at)
