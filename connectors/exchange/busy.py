"""When somebody is busy: by their own calendar where they let us in, else as the server tells anybody who may ask.

Not which times are good. Whom the server does not tell about is Unknown, and never free.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from exchangelib import Account, EWSDateTime
from exchangelib.errors import EWSError

from connectors.exchange.account import Reached
from connectors.exchange.events import moment_there, uid_of
from connectors.exchange.mirror import Mirror
from connectors.mirrored import apart, in_parts
from daemon.domain.meeting import Slot
from daemon.domain.observation import Busy, BusyInterval, Unknown
from daemon.domain.people import Address

ASKED_LONGEST = timedelta(days=42)
"""Of one question: a longer one is refused (ErrorTimeIntervalTooBig); servers differ, and this is the least known."""
_FREE = ("Free", "WorkingElsewhere")
_AWAY, _SURE, _PERHAPS = 9, 5, 3
_FIELDS = ("start", "end", "legacy_free_busy_status", "my_response_type", "is_cancelled", "uid", "our_uid", "type")  # fmt: skip


def own_busy(reached: Reached, window: Slot) -> Busy:
    """By the events of an account: each with the uid of what takes the time. Of being away from its beginning to its end."""

    def view(account: Account) -> list[BusyInterval]:
        shown = account.calendar.view(
            start=moment_there(window.start), end=moment_there(window.end)
        )
        return [each for item in shown.only(*_FIELDS) for each in _taken(item, account)]

    found = reached.ask(view)
    return Busy(tuple(sorted(found, key=lambda each: (each.start, each.end, each.source))))


def _taken(item: Any, account: Account) -> Iterator[BusyInterval]:
    status = str(item.legacy_free_busy_status)
    if item.is_cancelled or status in _FREE or item.my_response_type == "Decline":
        return
    perhaps = status == "Tentative" or item.my_response_type in ("Tentative", "NoResponseReceived")
    away = status == "OOF"
    priority = _AWAY if away else (_PERHAPS if perhaps else _SURE)
    start, end = _here(item.start, account), _here(item.end, account)
    if start < end:
        yield BusyInterval(start, end, priority, uid_of(item), away=away)


def _here(moment: Any, account: Account) -> datetime:
    """A moment without the types of exchangelib; a day begins at midnight of its owner's zone."""
    if not isinstance(moment, datetime):
        moment = EWSDateTime(moment.year, moment.month, moment.day, tzinfo=account.default_timezone)
    return datetime.fromtimestamp(moment.timestamp(), UTC)


def shown_busy(
    mirror: Mirror, people: list[Address], window: Slot
) -> dict[Address, Busy | Unknown]:
    """Of people of whom the server tells us."""
    return apart(
        mirror, mirror.reached.ask(lambda account: shown_to(account, people, window)), window
    )


def shown_to(
    account: Account, people: list[Address], window: Slot
) -> dict[Address, Busy | Unknown]:
    """The same as the server tells it, without a name of anything."""
    found: dict[Address, list[BusyInterval]] = {who: [] for who in people}
    unknown: dict[Address, Unknown] = {}
    for part in in_parts(window, ASKED_LONGEST):
        views = account.protocol.get_free_busy_info(
            accounts=[(who, "Required", False) for who in people], start=moment_there(part.start), end=moment_there(part.end)
        )  # fmt: skip
        for who, view in zip(people, views, strict=True):
            if isinstance(view, EWSError) or view.view_type == "None":
                unknown[who] = Unknown(f"{who} does not show when they are busy")
                continue
            for each in view.calendar_events or ():
                if str(each.busy_type) in (*_FREE, "NoData"):
                    continue
                away = str(each.busy_type) == "OOF"
                priority = _AWAY if away else (_PERHAPS if str(each.busy_type) == "Tentative" else _SURE)  # fmt: skip
                found[who].append(
                    BusyInterval(_here(each.start, account), _here(each.end, account), priority, away=away)
                )  # fmt: skip
    return {who: unknown.get(who) or Busy(tuple(_each_once(found[who]))) for who in people}


def _each_once(intervals: list[BusyInterval]) -> list[BusyInterval]:
    """What goes over the seam of two questions is told by both."""
    return list(dict.fromkeys(intervals))
