"""How soon is seen what nobody tells us of: when a calendar or a mailbox is read next.

Not the reading (observe.py), and not after a failure: then it is tried again ever more rarely.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from daemon.decide.keys import lane_of_account
from daemon.domain.people import Address
from daemon.ports import Ports
from daemon.roster import Roster

COUNTED = ("google", "microsoft")
"""Kinds of calendars whose provider counts what it is asked."""
BEFORE = timedelta(hours=24)
"""So long before a 1:1 a change matters more."""
QUIET, NEAR = timedelta(hours=1), timedelta(minutes=5)
"""Where what is asked is counted: the rhythm, and that before a 1:1."""
TOLD, TOLD_NEAR = timedelta(hours=12), timedelta(hours=2)
"""The same where the provider tells of changes: what it tells may be lost, so it is looked for all the same."""


def next_reading(ports: Ports, roster: Roster, source: str, now: datetime) -> datetime:
    """A calendar as its program says, the mailbox of a program at least every minute."""
    kind, _, address = source.partition("/")
    if kind == "mail":
        programs = (p for p in roster.programs.values() if p.mailbox == address)
        said = (p.repair_within_minutes for p in programs)
        return now + timedelta(minutes=min([1, *(each for each in said if each is not None)]))
    if ports.push and address in ports.push.watched():
        return _before_a_meeting(ports, roster, address, now, TOLD, TOLD_NEAR)
    program = roster.program_of(lane_of_account(address))
    minutes = program.repair_within_minutes if program else None
    if minutes is None and roster.kinds[address] in COUNTED:
        return _before_a_meeting(ports, roster, address, now, QUIET, NEAR)
    return now + timedelta(minutes=1 if minutes is None else minutes)


def _before_a_meeting(
    ports: Ports, roster: Roster, address: Address, now: datetime, far: timedelta, near: timedelta
) -> datetime:
    """One rhythm far from every 1:1 of that calendar, and another one near the next."""
    mentors = roster.organizers.get(address) or {roster.owners[address].id}
    bound = [each for own in ports.store.commitments(mentors).values() for each in own]
    ahead = [c.start - BEFORE for c in bound if c.kind == "meeting" and c.start > now]
    begins = min(ahead, default=now + far)
    return now + near if begins <= now else min(now + far, begins)
