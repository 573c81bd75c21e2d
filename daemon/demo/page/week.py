"""The calendar week of somebody around one meeting: where its 1:1s stood, and where they stand now.

Not the calendar files: it is drawn from what the record saw of the meetings.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from daemon.decide.keys import lane_of_pairing
from daemon.demo.record import Record
from daemon.domain.meeting import Meeting, Origin
from daemon.domain.people import Line, Person
from daemon.domain.world import Lane
from daemon.mail.times import city

Look = Literal["stands", "new", "gone", "out"]
WORDS: dict[Look, str] = {
    "stands": "stands", "new": "new time", "gone": "was here", "out": "left out",
}  # fmt: skip
BEFORE, AFTER = 1, 2
"""Hours shown around the first and the last 1:1 of the week."""


@dataclass(frozen=True, slots=True)
class Block:
    """One 1:1 on one day. `top` is in per cent of what is shown of the day."""

    clock: str
    partner: str
    look: Look
    top: float

    @property
    def words(self) -> str:
        """What became of it, for whoever does not see colours."""
        return WORDS[self.look]


@dataclass(frozen=True, slots=True)
class Day:
    """A column of the week."""

    name: str
    number: int
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days of one person, on that person's clock."""

    owner: str
    city: str
    words: str
    hours: tuple[int, ...]
    days: tuple[Day, ...]


def week_around(record: Record, reader: Person, lane: Lane, origin: Origin, at: datetime) -> Week:
    """The reader's week of that meeting, as it was at that time."""
    zone = ZoneInfo(reader.zone)
    first = _instant(origin).astimezone(zone).date()
    monday = first - timedelta(days=first.weekday())
    placed = [
        (start.astimezone(zone), partner, look)
        for line in record.config.lines
        if reader in (line.mentor, line.mentee)
        for start, partner, look in _blocks(record, line, reader, at)
        if monday <= start.astimezone(zone).date() <= monday + timedelta(days=6)
    ]
    hours = [local.hour for local, _, _ in placed] or [12]
    shown = tuple(range(max(0, min(hours) - BEFORE), min(24, max(hours) + AFTER + 1)))
    days = tuple(_day(monday + timedelta(days=n), placed, shown) for n in range(7))
    last = monday + timedelta(days=6)
    words = f"{monday.day} {monday:%b} – {last.day} {last:%b}"
    return Week(reader.first, city(reader.zone), words, shown, days)


def _day(day: date, placed: list[tuple[datetime, str, Look]], shown: tuple[int, ...]) -> Day:
    blocks = [
        Block(f"{local:%H:%M}", partner, look, _top(local, shown))
        for local, partner, look in sorted(placed)
        if local.date() == day
    ]
    return Day(f"{day:%a}", day.day, tuple(blocks))


def _top(local: datetime, shown: tuple[int, ...]) -> float:
    return round(100 * (local.hour + local.minute / 60 - shown[0]) / len(shown), 1)


def _blocks(
    record: Record, line: Line, reader: Person, at: datetime
) -> Iterator[tuple[datetime, str, Look]]:
    partner = line.mentee if reader == line.mentor else line.mentor
    lane = lane_of_pairing(line.pairing)
    for name, meeting in record.meetings.items():
        if name[0] == lane:
            for start, look in _looks(record, name, meeting, at):
                yield start, partner.first, look


def _looks(
    record: Record, name: tuple[Lane, str], meeting: Meeting, at: datetime
) -> Iterator[tuple[datetime, Look]]:
    """Where it is shown: at the time first planned, and at its new one."""
    planned = _instant(meeting.origin)
    fell = record.fallen.get(name)
    again = record.repairs.get(name, (at, at + timedelta(1)))[1]
    if fell and fell <= at:
        yield planned, "out" if meeting.standing == "skipped" else "gone"
        if again <= at:
            yield meeting.start, "new"
    elif meeting.standing == "skipped" and meeting.settled_by == "rule":
        yield planned, "out"
    elif meeting.start != planned and not fell:
        yield planned, "gone"
        yield meeting.start, "new"
    else:
        yield planned, "stands"


def _instant(origin: Origin) -> datetime:
    return datetime.fromisoformat(origin.wall).replace(tzinfo=ZoneInfo(origin.zone))
