"""Alarms of a beating daemon: what is wrong now, told by log, bell and letter.

Not when each is told: daemon/decide/alarms.py. The dead tell nothing: a process that is gone is seen by its exit
status, by `run.py status`, and by the Monday letter that does not come.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta

from daemon.careful import quarantined
from daemon.decide.alarms import due
from daemon.domain.alarm import Alarm, AlarmName, Told
from daemon.domain.observation import AlarmSeen
from daemon.machine import Daemon
from daemon.noted import CONFIG_PROBLEM, OTHER_KIND
from daemon.ports import Bell
from daemon.status import hold_names, stuck_letters
from daemon.waits import lanes_of_contacts, look_at_what_waits

log = logging.getLogger("oneonone")

UNREAD = timedelta(hours=1)
"""A mailbox that could not be read for so long is stuck."""
LEVELS: dict[str, int] = {"on-hold": logging.INFO}
"""What waits for a person is nothing broken."""


def look(daemon: Daemon) -> bool:
    """Tell what has to be told now; whether the contact is told something, which the next beat sends."""
    bell, now = daemon.ports.bell, daemon.ports.clock.now()
    waits = look_at_what_waits(daemon)
    if bell is None:
        return bool(waits)
    bell.ring_unless_fed(Alarm("no-beat", "begins", 1, now, now))
    book = dict(bell.book())
    book |= {alarm.name: Told(alarm, bell.ways()) for alarm in bell.fired()}
    alarms = _tell(bell, book, _wrong(daemon, now), now)
    anew = (daemon.ports.store.value(CONFIG_PROBLEM) or "").startswith(OTHER_KIND)
    seen = [
        (lane, AlarmSeen(
            alarm.name, alarm.standing, alarm.count, alarm.since, now,
            anew and alarm.name == "files-wrong",
        ))
        for alarm in alarms
        for lane in lanes_of_contacts(daemon)
        if not _has_its_letter(daemon, alarm, waits)
    ]  # fmt: skip
    if seen:
        daemon.ports.store.record(seen, now=now)
    return bool(seen or waits)


def _has_its_letter(daemon: Daemon, alarm: Alarm, waits: frozenset[str]) -> bool:
    """Whether all that the contact would read of it stands in another letter of this moment."""
    if alarm.name != "on-hold" or alarm.standing == "over" or not waits:
        return False
    return hold_names(daemon.ports.store) <= waits


def store_is_damaged(bell: Bell, now: datetime) -> None:
    """The one alarm that cannot be kept in the store. Of the others nothing new is known."""
    book = bell.book()
    standing = {
        name: told.alarm.count for name, told in book.items() if told.alarm.standing != "over"
    }
    _tell(bell, book, {**standing, "store-damaged": 1}, now)


def _tell(
    bell: Bell, book: Mapping[AlarmName, Told], wrong: Mapping[AlarmName, int], now: datetime
) -> tuple[Alarm, ...]:
    """Tell it, and answer what is news."""
    found = due(book, bell.heard(), wrong, bell.ways(), now)
    if found.told != bell.book():
        bell.keep(found.told)
    for alarm in found.news:
        level = logging.INFO if alarm.standing == "over" else LEVELS.get(alarm.name, logging.ERROR)
        log.log(level, "event=alarm name=%s standing=%s count=%d", *_said(alarm))
        bell.ring(alarm)
    for alarm, ways in found.repeats:
        bell.ring(alarm, ways)
    return found.news


def _said(alarm: Alarm) -> tuple[str, str, int]:
    return alarm.name, alarm.standing.replace(" ", "-"), alarm.count


def _wrong(daemon: Daemon, now: datetime) -> dict[AlarmName, int]:
    """How much of each is wrong now."""
    store = daemon.ports.store
    unread = {
        name.partition("/")[2]
        for name, source in daemon.observer.sources.items()
        if name.startswith("mail/")
        and source.failing_since
        and now - source.failing_since >= UNREAD
    }
    stuck = {entry.effect.account for entry in stuck_letters(store)}
    found: dict[AlarmName, int] = {
        "account-lost": len(daemon.observer.lost),
        "files-wrong": int(bool(store.value(CONFIG_PROBLEM))),
        "mail-set-aside": len(quarantined(store)),
        "mail-stuck": len(unread | stuck),
        "not-decided": len(daemon.stuck),
        "on-hold": len(hold_names(store)),
    }
    return {name: count for name, count in found.items() if count}
