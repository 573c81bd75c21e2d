"""Budget: how many letters a day a mailbox may send; when more are due, they are spread ahead in the order of their
deadlines (LETTERS 2, trap_60).

Not a cap on what one person gets (daemon/decide/caps.py). Mails about events are counted, and never wait: an event has
to reach its guests.
"""

from __future__ import annotations

import json
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from daemon.domain.people import Address
from daemon.ledger import CALENDAR_WORDS
from daemon.ports import Ports, QueueEntry, Store
from daemon.roster import Roster

DAY = timedelta(hours=24)
NO_ROOM = "its mailbox may send no more today"
"""Why such a letter waits."""
LEDGER_LOOKED_AT = 50_000
POSTED = "posted"
"""The named value that says when mails about events went."""


@dataclass(slots=True)
class Budgets:
    """When each mailbox with a budget has sent, in the last day."""

    ports: Ports
    sent: dict[Address, deque[datetime]] = field(default_factory=dict)
    limits: dict[Address, int] = field(default_factory=dict)
    """By which all that waits was spread last."""

    def note(self, mailbox: Address, letters: int, now: datetime) -> None:
        """So many went just now."""
        if mailbox in self.sent:
            self.sent[mailbox].extend([now] * letters)

    def note_posted(self, now: datetime) -> None:
        """Mails about events went with a change of a calendar, which the ledger does not tell: what a new process knows
        of them is kept for a day."""
        for mailbox, count in self.ports.posted().items():
            kept = posted(self.ports.store, now)
            kept[mailbox] = [*kept.get(mailbox, []), *[now] * count]
            plain = {box: [at.isoformat() for at in times] for box, times in kept.items()}
            self.ports.store.keep_value(POSTED, json.dumps(plain))
            self.note(mailbox, count, now)

    def spread(self, roster: Roster, now: datetime) -> None:
        """What a mailbox has no room for today waits for its own moment, the nearest deadline first."""
        self.note_posted(now)
        before, self.limits = self.limits, dict(self.ports.budgets())
        wake_at = self.ports.store.wake_at()
        if self.limits == before and (wake_at is None or wake_at > now):
            return  # nothing can go now, so all waits as it did: an idle beat does not read the outbox
        for mailbox, most in self.limits.items():
            waiting = [
                each for each in self.ports.store.queue(on_hold=False) if _waits(each, mailbox, now)
            ]
            if not waiting:
                continue
            moments = moments_of(most, self._recent(mailbox, roster, now), len(waiting), now)
            waiting.sort(key=lambda each: (each.effect.closes, each.effect.key))
            later = {
                each.effect.key: at
                for each, at in zip(waiting, moments, strict=True)
                if at != (max(each.not_before, now) if each.not_before else now)
            }
            if later:
                self.ports.store.put_off(later, NO_ROOM, now=now)

    def _recent(self, mailbox: Address, roster: Roster, now: datetime) -> deque[datetime]:
        """What went in the last day, oldest first; once from the ledger, for a new process knows nothing."""
        if mailbox not in self.sent:
            letters = [
                each.at
                for each in reversed(self.ports.store.ledger(last=LEDGER_LOOKED_AT))
                if each.what == "settled" and each.key.partition("/")[0] not in CALENDAR_WORDS
                and (program := roster.program_of(each.lane)) and program.mailbox == mailbox
            ]  # fmt: skip
            self.sent[mailbox] = deque(
                sorted([*letters, *posted(self.ports.store, now).get(mailbox, [])])
            )
        sent = self.sent[mailbox]
        while sent and sent[0] <= now - DAY:
            sent.popleft()
        return sent


def posted(store: Store, now: datetime) -> dict[Address, list[datetime]]:
    """When mails about events went in the last day, by mailbox."""
    kept = json.loads(store.value(POSTED) or "{}")
    lately = {
        box: [at for each in times if (at := datetime.fromisoformat(each)) > now - DAY]
        for box, times in kept.items()
    }
    return {box: times for box, times in lately.items() if times}


def moments_of(most: int, sent: deque[datetime], count: int, now: datetime) -> list[datetime]:
    """When each of so many letters may go, so that no day of 24 hours has more than `most`."""
    times = list(sent)
    found: list[datetime] = []
    for _ in range(count):
        at = now if len(times) < most else max(now, times[-most] + DAY)
        times.append(at)
        found.append(at)
    return found


def _waits(entry: QueueEntry, mailbox: Address, now: datetime) -> bool:
    """Whether it could go now, or waits for nothing but room. What was tried has its own pauses."""
    if entry.effect.port != "mail" or entry.effect.account != mailbox or entry.attempts:
        return False
    ready = entry.not_before is None or entry.not_before <= now or entry.why == NO_ROOM
    return entry.standing == "due" and ready
