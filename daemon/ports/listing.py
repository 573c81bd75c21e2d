"""What calendars and mailboxes hand out when they are read: a batch and a cursor.

Not a judgement of it: what a listing proves is said in daemon/observe.py.
"""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct

from daemon.domain.observation import EventGone, EventSeen, MailArrived, SetAside

Cursor: TypeAlias = str
"""A connector's own bookmark. Opaque to everybody else."""


class Batch(Struct, frozen=True):
    """What a calendar or mailbox told, and the cursor from which to go on.

    `complete` is said of a listing without a cursor: True when it shows everything, so that what it does
    not show is gone. With a cursor, deletions are told as EventGone and `complete` says that nothing was
    cut off. A batch that is not complete proves no absence (RULES 5, row 13). `stirred`: something else
    on that calendar has changed since the cursor, so busy times may be others now.
    """

    observations: tuple[EventSeen | EventGone | MailArrived, ...]
    cursor: Cursor | None
    complete: bool
    set_aside: tuple[SetAside, ...] = ()
    stirred: bool = False
