"""Troubles: which calendars, busy times and mailboxes do not work just now, since when and why; `status` tells, and nothing follows.

Not a conclusion about anybody's 1:1 (daemon/decide/account.py) and not an alarm (daemon/alarms.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import msgspec

from daemon.domain.people import Address
from daemon.ports import Store

TROUBLES = "troubles"
"""The named value that holds them."""
SHOWN_AFTER = timedelta(minutes=15)
"""What passes sooner is nobody's business."""
CLEARED_AFTER = timedelta(hours=36)
"""Deleting old mails is tried once a day: what failed twice lasts."""
WHAT = {
    "calendar": "CALENDAR CANNOT BE READ", "mail": "MAIL CANNOT BE READ", "send": "MAIL CANNOT BE SENT",
    "put": "CALENDAR TAKES NO CHANGES", "clear": "OLD MAIL IS NOT DELETED", "busy": "BUSY TIMES ARE NOT TOLD",
}  # fmt: skip


class Trouble(msgspec.Struct, frozen=True):
    """`refused`: it takes no password, or does nothing of the kind for us, which does not end by itself."""

    since: datetime
    why: str
    refused: bool = False

    def counts(self, kind: str, now: datetime) -> bool:
        """Whether it is somebody's business yet."""
        wait = CLEARED_AFTER if kind == "clear" else SHOWN_AFTER
        return self.refused or now - self.since >= wait

    def advice(self, kind: str) -> str:
        """What to do."""
        if kind == "busy":
            return "Their owner is asked which times suit. Whether they are told by now: run.py doctor."
        if kind == "clear" and self.refused:
            return (
                "Delete old mails there by hand, and write mailbox_keep: 0 in the program's file."
            )
        if self.refused:
            return "It needs a person: a new password, or its provider. Next: run.py connect, run.py doctor."
        if "certificate" in self.why:
            return "Whoever runs that server has to renew it. All that waits goes then."
        return "It is tried again by itself; all that waits goes then. Next: run.py doctor."


def troubles(store: Store) -> dict[str, Trouble]:
    """By `calendar/`, `put/`, `mail/`, `send/`, `clear/` or `busy/` and the address."""
    known = store.value(TROUBLES)
    return msgspec.json.decode(known, type=dict[str, Trouble]) if known else {}


@dataclass(slots=True)
class Troubles:
    """The book of one process. `shut`: mailboxes from which nothing is sent before that instant."""

    store: Store
    shut: dict[Address, datetime] = field(default_factory=dict)
    _known: dict[str, Trouble] | None = None

    @property
    def known(self) -> Mapping[str, Trouble]:
        """As the store has them."""
        if self._known is None:
            self._known = troubles(self.store)
        return self._known

    def note(self, name: str, why: str, since: datetime, *, refused: bool = False) -> None:
        """It does not work since then. The store hears what is news."""
        before = self.known.get(name)
        new = Trouble(before.since if before else since, why, refused)
        if new != before:
            self._keep({**self.known, name: new})

    def over(self, name: str) -> None:
        """It works."""
        if name in self.known:
            self._keep({each: why for each, why in self.known.items() if each != name})

    def _keep(self, known: dict[str, Trouble]) -> None:
        self._known = known
        self.store.keep_value(TROUBLES, msgspec.json.encode(known).decode() if known else "")

    def shut_until(self, mailbox: Address, until: datetime) -> None:
        """One letter has shown that none goes: the others need not."""
        self.shut[mailbox] = until

    def shut_now(self, now: datetime) -> frozenset[Address]:
        """From which mailboxes nothing is sent now."""
        for mailbox in [each for each, until in self.shut.items() if until <= now]:
            del self.shut[mailbox]
        return frozenset(self.shut)
