"""Which alarms are told now: once when they begin, again every day, and when they are over.

Not what raises one (daemon/alarms.py) and not how it is told.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from datetime import datetime, timedelta

from daemon.domain.alarm import Alarm, AlarmName, Told
from daemon.domain.value import replace

AGAIN = timedelta(days=1)
UNHEARD = timedelta(minutes=15)
"""What nobody took is told again after this time."""

Book = Mapping[AlarmName, Told]


def due(
    book: Book, heard: Set[AlarmName], standing: Mapping[AlarmName, int], now: datetime
) -> tuple[tuple[Alarm, ...], dict[AlarmName, Told]]:
    """The alarms to tell, and what is then known as told. `standing` counts what is wrong now, by name."""
    alarms: list[Alarm] = []
    told: dict[AlarmName, Told] = {}
    for name in sorted(book.keys() | standing.keys()):
        last = book.get(name)
        if last and name in heard:
            last = replace(last, heard=True)
        alarm = _next(name, last, standing.get(name, 0), now)
        if alarm:
            alarms.append(alarm)
            told[name] = Told(alarm)
        elif last and not (last.alarm.standing == "over" and last.heard):
            lower = min(last.alarm.count, standing.get(name, last.alarm.count))
            told[name] = replace(last, alarm=replace(last.alarm, count=lower))
    return tuple(alarms), told


def _next(name: AlarmName, last: Told | None, count: int, now: datetime) -> Alarm | None:
    """What is to be said of one alarm now; None for nothing."""
    over = last is None or last.alarm.standing == "over"
    if last is None or (over and count):
        return Alarm(name, "begins", count, now, now) if count else None
    unheard = not last.heard and now - last.alarm.at >= UNHEARD
    if not count:
        told = over and not unheard
        return None if told else Alarm(name, "over", 0, last.alarm.since, now)
    if count > last.alarm.count or now - last.alarm.at >= AGAIN:
        return Alarm(name, "goes on", count, last.alarm.since, now)
    return replace(last.alarm, at=now, count=count) if unheard else None
