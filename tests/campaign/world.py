"""The program of the campaign: people, pairings and files under which hundreds of changes are due at once.

Not what the people do: see people.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from daemon.domain.people import Address

MAILBOX = "koss@example.org"
MENTEES_EACH = 4
DAYS_AHEAD = 6
"""The first 1:1 lies so many days ahead: its cadence window then begins after the notice of 24 hours, so
that the times offered for it do not depend on the minute in which a run decides them."""
ZONES = ("Europe/Berlin", "Asia/Kolkata", "America/Vancouver")
HOURS = (9, 11, 13, 15)
"""The mentees of one mentor meet at different hours, so that none of them is offered what another is."""
CAMPAIGN_LASTS = timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class Pair:
    """One pairing. `old` ones run already when the killing begins, the others are new in the files."""

    id: str
    number: int
    old: bool
    mentor: Address
    mentee: Address


def pairs(each: int) -> list[Pair]:
    """So many old pairings, and as many new ones."""
    return [
        Pair(
            f"{name}-{number}",
            number,
            name == "old",
            f"mentor-{name}-{number // MENTEES_EACH}@people.example",
            f"mentee-{name}-{number}@people.example",
        )
        for name in ("old", "new")
        for number in range(each)
    ]


def addresses(cast: list[Pair]) -> list[Address]:
    """Everybody who gets letters, each once."""
    return list(dict.fromkeys(address for pair in cast for address in (pair.mentor, pair.mentee)))


def write_files(folder: Path, cast: list[Pair], now: datetime) -> None:
    """Files under which everything may go at once: no waiting, no guard, no cap, hardly any quiet hours."""
    (folder / "programs").mkdir(parents=True, exist_ok=True)
    quiet = _quiet_minute(now)
    head = f"""\
name: KOSS 1:1s
contact: Maya <maya@people.example>
mailbox: {MAILBOX}
timezone: {ZONES[0]}
first_run: send
repair_wait_minutes: 0
quiet_hours: {quiet:%H:%M}-{quiet + timedelta(minutes=1):%H:%M}
guard_share_percent: 100
guard_letters: 10000
letters_hard_cap: 100
pairings:
"""
    lines = "".join(_pairing(pair, now) for pair in cast)
    (folder / "programs" / "koss.yaml").write_text(head + lines)
    people = "".join(_person(address, number) for number, address in enumerate(addresses(cast)))
    (folder / "people.yaml").write_text(people)


def _key(address: Address) -> str:
    return address.partition("@")[0]


def _zone(number: int) -> str:
    return ZONES[number % len(ZONES)]


def _pairing(pair: Pair, now: datetime) -> str:
    day = now.astimezone(ZoneInfo(_zone(pair.number // MENTEES_EACH))) + timedelta(DAYS_AHEAD)
    return f"""\
  - id: {pair.id}
    mentor: {_key(pair.mentor)}
    mentee: {_key(pair.mentee)}
    anchor: {_zone(pair.number // MENTEES_EACH)}
    at: {day:%a} {HOURS[pair.number % MENTEES_EACH]:02}:00
"""


def _person(address: Address, number: int) -> str:
    key = _key(address)
    return f"""\
{key}:
  name: {key.replace("-", " ").title()}
  address: {address}
  zone: {_zone(number)}
  hours: Mon-Sun 00:00-24:00
"""


def _quiet_minute(now: datetime) -> datetime:
    """A minute of the day that comes in none of the zones while the campaign lasts."""
    for hours in range(24):
        minute = now.replace(hour=hours, minute=0)
        if all(_ahead(minute, now.astimezone(ZoneInfo(zone))) > CAMPAIGN_LASTS for zone in ZONES):
            return minute
    raise AssertionError("three zones cannot cover a day")


def _ahead(minute: datetime, local: datetime) -> timedelta:
    at = timedelta(hours=minute.hour, minutes=minute.minute)
    return (at - timedelta(hours=local.hour, minutes=local.minute)) % timedelta(days=1)
