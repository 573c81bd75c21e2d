"""What guests answer to an invitation, as facts: on the event itself, or in a mail of their calendar program.

Not what an answer means for a 1:1: that is decided in daemon/decide (RULES 5).
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct

from daemon.domain.meeting import Place
from daemon.domain.people import Address

Partstat = Literal["NEEDS-ACTION", "ACCEPTED", "DECLINED", "TENTATIVE"]


class Guest(Struct, frozen=True):
    """An attendee and the answer seen (RFC 5545 PARTSTAT)."""

    address: Address
    partstat: Partstat = "NEEDS-ACTION"


class GuestSaid(Struct, frozen=True, omit_defaults=True):
    """What a guest has answered to an event of ours: to all of it, or to one occurrence of a series."""

    address: Address
    partstat: Partstat
    recurrence: str = ""


class AnswerSeen(Struct, frozen=True, tag_field="is", tag=True):
    """One of the pair has answered an invitation by mail, and it is proved whose mail it is (daemon/identity.py): to
    a whole series (`place.recurrence` empty), one occurrence or a one-off. `about` is the start that the answer
    speaks of, `given_at` when it was given; None where it does not say."""

    person: str
    place: Place
    partstat: Partstat
    message_id: str
    at: datetime
    about: datetime | None = None
    given_at: datetime | None = None


class RefreshSeen(Struct, frozen=True, tag_field="is", tag=True):
    """The calendar program of one of the pair asks what stands of the event at `place` (REFRESH), and it is proved whose
    mail it is."""

    person: str
    place: Place
    message_id: str
    at: datetime


class CounterSeen(Struct, frozen=True, tag_field="is", tag=True):
    """One of the pair proposes another time in a calendar program: [start, end) instead of the time that `place` has
    (COUNTER, "propose new time"). By mail only where it is proved whose mail it is. `partstat` is what is said of
    the present time in the same breath."""

    person: str
    place: Place
    start: datetime
    end: datetime
    message_id: str
    at: datetime
    partstat: Partstat = "TENTATIVE"
    given_at: datetime | None = None
