"""A source, that is a calendar or a mailbox: when it is read next, and what the store holds of it.

Not the reading: daemon/observe.py, and of mails daemon/arriving.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from daemon.domain.observation import SetAside
from daemon.ports import Cursor


@dataclass(slots=True)
class Source:
    """When a calendar or mailbox is read next, how often in a row that failed, and what the store
    holds of it: its cursor, when it was last listed in full, and what was set aside (None: not asked)."""

    next_at: datetime
    failures: int = 0
    retry: bool = False
    failing_since: datetime | None = None
    cursor: Cursor | None = None
    listed_at: datetime | None = None
    set_aside: tuple[SetAside, ...] | None = None
