"""Which alarms are told now: once when they begin, again every day, and when they are over.

Not what raises one (daemon/alarms.py) and not how it is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from daemon.domain.alarm import Alarm, AlarmName, Taken, Told, Way
from daemon.domain.value import replace

AGAIN = timedelta(days=1)
UNHEARD = timedelta(minutes=15)
"""What a way has not taken goes there again after this time."""
GIVEN_UP = timedelta(days=1)
"""That something is over is no news after this time, whoever has not taken it."""

Book = Mapping[AlarmName, Told]


@dataclass(frozen=True, slots=True)
class Due:
    """What is news to everybody, what goes once more to the ways that failed, and what is then known as told."""

    news: tuple[Alarm, ...]
    repeats: tuple[tuple[Alarm, tuple[Way, ...]], ...]
    told: dict[AlarmName, Told]


def due(
    book: Book,
    taken: Taken,
    standing: Mapping[AlarmName, int],
    ways: tuple[Way, ...],
    now: datetime,
) -> Due:
    """The alarms to tell. `standing` counts what is wrong now, by name; `ways` are those there are."""
    news: list[Alarm] = []
    repeats: list[tuple[Alarm, tuple[Way, ...]]] = []
    told: dict[AlarmName, Told] = {}
    for name in sorted(book.keys() | standing.keys()):
        count = standing.get(name, 0)
        last = book.get(name)
        alarm = _news(name, last.alarm if last else None, count, now)
        if alarm:
            news.append(alarm)
            told[name] = Told(alarm, ways, now)
        elif last:
            waits = tuple(way for way in last.after(taken).waits if way in ways)
            if _is_done(last.alarm, waits, now):
                continue
            told[name] = Told(replace(last.alarm, count=count), waits, last.tried_at)
            if waits and now - (last.tried_at or last.alarm.at) >= UNHEARD:
                repeats.append((replace(last.alarm, count=count, at=now), waits))
                told[name] = replace(told[name], tried_at=now)
    return Due(tuple(news), tuple(repeats), told)


def _news(name: AlarmName, last: Alarm | None, count: int, now: datetime) -> Alarm | None:
    """What is new of one alarm; None for nothing."""
    if last is None or last.standing == "over":
        return Alarm(name, "begins", count, now, now) if count else None
    if not count:
        return Alarm(name, "over", 0, last.since, now)
    if count > last.count or now - last.at >= AGAIN:
        return Alarm(name, "goes on", count, last.since, now)
    return None


def _is_done(last: Alarm, waits: tuple[Way, ...], now: datetime) -> bool:
    return last.standing == "over" and (not waits or now - last.at >= GIVEN_UP)
