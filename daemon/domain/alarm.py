"""Alarms: what needs a person however quiet the mailbox is, and what was told of it.

Not the letters to the contact: those are TellAdmin, decided in the lanes.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct

AlarmName = Literal[
    "account-lost",
    "files-wrong",
    "mail-stuck",
    "no-beat",
    "not-decided",
    "on-hold",
    "store-damaged",
]
AlarmStanding = Literal["begins", "goes on", "over"]

MEANING: dict[str, str] = {
    "account-lost": "A calendar cannot be reached.",
    "files-wrong": "The files have a mistake; the last good ones stay in force.",
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
    """What was told last of one alarm. `heard`: whoever is told by URL or command has taken it."""

    alarm: Alarm
    heard: bool = False
