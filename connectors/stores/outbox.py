"""The rules of one lane's outbox as pure functions over its documents: order, holds, what is next.

Not the rows and not the transaction: those are in rows.py and embedded.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar

from connectors.stores.instants import instant, micros
from daemon.domain.effect import Effect
from daemon.domain.people import Address
from daemon.domain.record import document, value_of
from daemon.domain.world import Lane, Queued
from daemon.ports import Hold, QueueEntry

Entry = TypeVar("Entry", bound=Mapping[str, Any])

AT_ONCE = 0
"""The gate of what waits for no instant: past whatever the clock says, even after it was set back."""


def new_entry(
    effect: Effect, hold: Hold | None, now: datetime, not_before: datetime | None = None
) -> dict[str, Any]:
    """An effect that was just decided, as it lies in the outbox. Instants are microseconds."""
    return {
        "key": effect.key,
        "effect": document(effect),
        "standing": "on hold" if hold else "due",
        "at": micros(now),
        "not_before": micros(not_before) if not_before else AT_ONCE,
        "lease": AT_ONCE,
        "token": 0,
        "attempts": 0,
        "hold": hold.name if hold else "",
        "why": hold.why if hold else "",
    }


def claimed(token: int, attempts: int, now: datetime, lease: timedelta) -> dict[str, Any]:
    """What a claim changes."""
    return {
        "standing": "claimed",
        "lease": micros(now + lease),
        "token": token,
        "attempts": attempts,
    }


def due(not_before: int = AT_ONCE, why: str = "") -> dict[str, Any]:
    """What a deferral or a release changes."""
    return {"standing": "due", "not_before": not_before, "lease": AT_ONCE, "hold": "", "why": why}


def on_hold(hold: Hold) -> dict[str, Any]:
    """What a hold changes."""
    return {"standing": "on hold", "lease": AT_ONCE, "hold": hold.name, "why": hold.why}


def heads(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The first entry of each port, by mail of each reader, that neither is on hold nor waits for one that is. So a
    letter that a server takes only later delays nobody but its reader. One that was asked for ahead of its time, at night
    for the morning, delays nobody at all: its reader may write meanwhile, and is answered at once.

    What waits for an effect on hold is what touches the same meeting; by mail, what goes to the same reader
    about it, for one person's dead address is no reason for the other one to hear nothing. On a calendar port "no
    meeting" is the series, one thing like a meeting; by mail it is no thing at all, so nothing waits for it.
    """
    waiting: set[tuple[str, str, str | None]] = set()
    taken: set[tuple[str, str]] = set()
    for entry in entries:
        effect = entry["effect"]
        port, origin = effect["port"], effect["origin"]
        reader = effect["change"].get("person", "") if port == "mail" else ""
        touched = (port, reader, f"{origin['wall']}[{origin['zone']}]" if origin else None)
        if entry["standing"] == "on hold":
            if origin or port == "calendar":
                waiting.add(touched)
        elif touched not in waiting and (port, reader) not in taken:
            if not is_ahead(entry):
                taken.add((port, reader))
            yield entry


def is_ahead(entry: Mapping[str, Any]) -> bool:
    """Whether it is a letter that was asked for before it may go, and nobody has tried to send it."""
    effect = entry["effect"]
    untried = entry["standing"] == "due" and not entry["attempts"]
    return (
        untried
        and effect["port"] == "mail"
        and micros(datetime.fromisoformat(effect["opens"])) > int(entry["at"])
    )


def gate(entry: Mapping[str, Any]) -> int:
    """The instant from which an entry that is not on hold may be claimed."""
    number: int = entry["lease"] if entry["standing"] == "claimed" else entry["not_before"]
    return number


def since(entry: Mapping[str, Any]) -> int:
    """Since when the entry has been waiting for a claim."""
    return gate(entry) or int(entry["at"])


def wake(entries: Iterable[Mapping[str, Any]]) -> tuple[int, int] | None:
    """(earliest gate, waiting since) over the heads; None when nothing can be claimed ever."""
    return min(((gate(entry), since(entry)) for entry in heads(entries)), default=None)


def ready(
    entries: Iterable[Entry], at: int, blocked: frozenset[Address]
) -> tuple[Entry | None, int | None]:
    """The head to claim at that instant; if none, the next instant at which an account that is not
    blocked has one, None for never."""
    free = [entry for entry in heads(entries) if entry["effect"]["account"] not in blocked]
    open_now = [entry for entry in free if gate(entry) <= at]
    return (
        min(open_now, key=since, default=None),
        min((gate(entry) for entry in free), default=None),
    )


def is_late(entry: Mapping[str, Any], now: datetime) -> bool:
    """Whether its not-after has passed (trap 62)."""
    return datetime.fromisoformat(entry["effect"]["closes"]) < now


def queued(entry: Mapping[str, Any]) -> Queued:
    """The entry as a decision sees it."""
    effect = entry["effect"]
    return Queued(
        stem=effect["stem"],
        generation=effect["generation"],
        basis=effect["basis"],
        standing=entry["standing"],
        closes=datetime.fromisoformat(effect["closes"]),
        firm=effect["firm"],
        at=instant(entry["at"]),
        tried=entry["attempts"] > 0 and effect["port"] == "mail",
    )


def shown(lane: Lane, entry: Mapping[str, Any]) -> QueueEntry:
    """The entry as a printing command sees it."""
    return QueueEntry(
        lane=lane,
        effect=value_of(Effect, entry["effect"]),
        standing=entry["standing"],
        hold=entry["hold"],
        why=entry["why"],
        attempts=entry["attempts"],
        not_before=instant(entry["not_before"]) if entry["not_before"] else None,
    )
