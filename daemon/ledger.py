"""The ledger in plain words: what became of a key, a pairing or an account, when and why.

Not the ledger itself, which is in the store, and never a subject or a body: those are not in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from daemon.decide.keys import origin_of
from daemon.domain import value
from daemon.domain.cadence import Cadence, SeriesRule
from daemon.domain.meeting import Origin
from daemon.domain.people import Line
from daemon.domain.world import AccountState, Lane, PairingState
from daemon.mail.times import city
from daemon.ports import COUNTED, LedgerEntry, Store
from daemon.settings.rhythm import Rhythm

CALENDAR_WORDS = {
    "series": "the series",
    "move": "a move",
    "put": "a new event",
    "venue": "another link of a single event",
    "cancel": "a cancellation",
    "invite": "an invitation",
    "guest": "a guest on one event",
    "guest-off": "a guest taken off one event",
    "decline-counter": "an answer to a proposed time",
    "refresh": "an answer to what stands",
}
WHAT = {
    "decided": "decided",
    "due": "to do",
    "claimed": "in hand",
    "settled": "done",
    "deferred": "later",
    "on hold": "on hold",
    "released": "released",
    "skipped": "skipped",
    "withdrawn": "withdrawn",
    "refused": "refused",
}

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_DATE = re.compile(r"(?<![\w/-])\d{4}-\d\d-\d\d(?:T\d\d:\d\d)?(?![\w/:-])")
_ORIGIN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d\[[^\]]+\]")


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One line of an explanation. `effect` is what the key stands for, empty for the lane as a whole; `raw` and
    `raw_why` are what the ledger itself says."""

    at: datetime
    lane: Lane
    key: str
    effect: str
    what: str
    why: str
    raw: str = ""
    raw_why: str = ""


def lines_of(store: Store) -> dict[Lane, Line]:
    """The last line of every pairing that the store knows."""
    found: dict[Lane, Line] = {}
    for lane in store.lane_names():
        state = store.world(lane).state
        if isinstance(state, PairingState):
            found[lane] = state.line
    return found


def names_of(lines: Mapping[Lane, Line]) -> dict[str, str]:
    """First names by person id and by address, so that no address is ever printed."""
    people = [person for line in lines.values() for person in line.people]
    return {each: p.first for p in people for each in (p.id, p.address)}


def effect_words(key: str, names: Mapping[str, str]) -> str:
    """`prep-mentor/pairing/ana-ben/2026-10-06T10:00[Europe/Berlin]/ana-rao/1` → prep-mentor to Ana."""
    parts = key.split("/")
    if not key:
        return ""
    if parts[0] in CALENDAR_WORDS:
        words = CALENDAR_WORDS[parts[0]]
        origin = origin_of(key)
        return f"{words} of {_day(origin.day)}" if origin else words
    if parts[0] == "tell":
        return f"a word to the contact ({parts[-3]})" if len(parts) > 3 else "a word to the contact"
    person = parts[-2] if parts[-1].isdigit() and len(parts) > 2 else parts[-1]
    origin = origin_of(key)
    about = f" ({_day(origin.day)})" if origin else ""
    return f"{parts[0]} to {names.get(person, person)}{about}"


def _day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


def without_addresses(text: str, names: Mapping[str, str]) -> str:
    """A reason with names in the place of addresses."""
    for address, name in names.items():
        if "@" in address:
            text = text.replace(address, name)
    return text


def told_of(store: Store, entries: Iterable[LedgerEntry]) -> list[LedgerLine]:
    """Lines of the ledger in words, each on the clock of its lane. What was put on hold to be weighed and let go
    at once never waited for anybody."""
    names, zones = names_of(lines_of(store)), dict[Lane, str]()
    found: list[LedgerLine] = []
    for each in entries:
        if each.what == COUNTED:  # for the measures alone
            continue
        if each.what == "released" and each.why == each.key:
            weighed = [n for n, t in enumerate(found) if (t.key, t.raw) == (each.key, "on hold")]
            for number in weighed[-1:]:
                found[number] = replace(found[number], what=WHAT["due"], raw="due")
            continue
        if each.lane not in zones:
            zones[each.lane] = zone_of(store, each.lane, "UTC")
        found.append(
            LedgerLine(
                each.at, each.lane, each.key, effect_words(each.key, names),
                WHAT.get(each.what, each.what), in_words(each.why, zones[each.lane], names),
                each.what, each.why,
            )
        )  # fmt: skip
    return found


def reader_of(key: str) -> str:
    """The person id in the key of a letter; empty for anything else."""
    parts = key.split("/")
    if len(parts) < 4 or parts[0] in (*CALENDAR_WORDS, "tell"):
        return ""
    return parts[-2] if parts[-1].isdigit() else parts[-1]


def series_words(rule: SeriesRule) -> str:
    """`biweekly, Tue 10:00 Berlin, 30 min, from Tue 5 Jan 2027`."""
    cadence, first = Cadence(value.replace(rule.step, nth=0)), rule.begins
    return (
        f"{Rhythm().show(cadence)}, {first:%a %H:%M} {city(rule.zone)}, "
        f"{rule.length_minutes} min, from {day_words(first.date())}"
    )


def day_words(day: date) -> str:
    """`Tue 5 Jan 2027`."""
    return f"{_day(day)} {day:%Y}"


def zone_of(store: Store, lane: Lane, fallback: str) -> str:
    """The zone in which a lane's story is told: that of its pairing's wall clock."""
    state = store.world(lane).state if lane in store.lane_names() else None
    if isinstance(state, PairingState):
        return state.line.anchor
    if isinstance(state, AccountState):
        for line in lines_of(store).values():
            if line.mentor.address == state.account:
                return line.mentor.zone
    return fallback


def local_words(at: datetime, zone: str) -> str:
    """`Tue 6 Oct 2026 09:00 Berlin`."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{_day(local.date())} {local:%Y %H:%M} {city(zone)}"


def in_words(text: str, zone: str, names: Mapping[str, str]) -> str:
    """A reason as a person reads it: local times for instants, days for origins and dates, names for
    addresses."""

    def local(found: re.Match[str]) -> str:
        at = datetime.fromisoformat(found.group()).astimezone(ZoneInfo(zone))
        return f"{_day(at.date())} {at:%H:%M} {city(zone)}"

    def day(found: re.Match[str]) -> str:
        return _day(Origin.parse(found.group()).day)

    def plain(found: re.Match[str]) -> str:
        wall = datetime.fromisoformat(found.group())
        return f"{_day(wall.date())} {wall:%Y}" + (f" {wall:%H:%M}" if "T" in found.group() else "")

    text = _ORIGIN.sub(day, _INSTANT.sub(local, text))
    return without_addresses(_DATE.sub(plain, text), names)
