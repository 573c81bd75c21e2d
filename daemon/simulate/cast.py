"""The cast of a simulation: invented people in many zones, and the pairings between them.

Not how they behave: see people.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from daemon.domain.cadence import RegularTime
from daemon.domain.people import Hours, LetterRules, Line, Person
from daemon.domain.program import Config, Program
from daemon.domain.value import replace

ZONES = (
    "Europe/Berlin", "Asia/Kolkata", "America/Toronto", "America/Sao_Paulo", "Asia/Taipei",
    "America/Vancouver", "Europe/London", "Africa/Nairobi", "Australia/Sydney", "America/Santiago",
    "Europe/Lisbon", "Asia/Kathmandu", "Africa/Casablanca", "America/New_York", "Pacific/Auckland",
)  # fmt: skip
NAMES = (
    "Ana", "Ben", "Chi", "Dov", "Eva", "Fay", "Gil", "Hao", "Ida", "Jan", "Kim", "Lea", "Max", "Nia", "Oda",
    "Pia", "Quy", "Rui", "Sol", "Tam", "Uma", "Vic", "Wen", "Xiu", "Yan", "Zoe",
)  # fmt: skip
HOLIDAYS = {
    "Europe/Berlin": "DE-BE", "Asia/Kolkata": "IN", "America/Toronto": "CA-ON", "Europe/London": "GB",
    "America/New_York": "US", "Australia/Sydney": "AU",
}  # fmt: skip
MENTOR_HOURS = tuple(Hours(day, 9 * 60, 18 * 60) for day in range(5))
MENTEE_HOURS = tuple(Hours(day, 8 * 60, 21 * 60) for day in range(7))
SEASONS = (
    datetime(2026, 9, 15, tzinfo=UTC),
    datetime(2026, 10, 28, tzinfo=UTC),
    datetime(2027, 1, 15, tzinfo=UTC),
    datetime(2027, 3, 20, tzinfo=UTC),
    datetime(2027, 6, 15, tzinfo=UTC),
)
"""Days on which every pair of zones is at another distance: clocks change on different dates."""


@dataclass(frozen=True, slots=True)
class Cast:
    """A configuration with invented people."""

    config: Config


def cast(config: Config, pairings: int, random: Random) -> Cast:
    """The programs of a configuration with so many invented pairings, one to three per mentor; every second of them a
    group of a size that the configuration names, where it names any. Of a program in which a pair has agreed on rules about
    letters, every second one has agreed on the same."""
    programs = config.programs
    lines: list[Line] = []
    number = 0
    while len(lines) < pairings:
        mentor = _person(
            "mentor", number, random.choice(ZONES), MENTOR_HOURS, random.random() < 0.3
        )
        number += 1
        mentor = replace(mentor, language=programs[len(lines) % len(programs)].language)
        taken: list[RegularTime] = []
        for _ in range(min(random.choice((1, 2, 2, 3)), pairings - len(lines))):
            program = programs[len(lines) % len(programs)]
            lines.append(_pairing(mentor, len(lines), program, taken, random))
    sizes = sorted(len(line.members) for line in config.lines if line.members)
    if sizes:
        lines = [
            _group(line, number * sizes[-1], random.choice(sizes), random)
            if number % 2 == 0
            else line
            for number, line in enumerate(lines)
        ]
    return Cast(Config(programs, tuple(_agreed(lines, config.lines))))


def _agreed(lines: list[Line], known: tuple[Line, ...]) -> Iterator[Line]:
    rules = {line.program: line.letters for line in known if line.letters != LetterRules()}
    seen: Counter[str] = Counter()
    for line in lines:
        seen[line.program] += 1
        agreed = line.program in rules and seen[line.program] % 2 == 0
        yield replace(line, letters=rules[line.program]) if agreed else line


def ended(lines: tuple[Line, ...], pairing: str) -> tuple[Line, ...]:
    """The files when the admin ends a pairing: its mentee goes on with another mentor of the program, where there is one
    with an hour in common."""
    line = next(each for each in lines if each.pairing == pairing)
    load = Counter(each.mentor.id for each in lines if each.state == "active")
    others = {
        each.mentor.id: each.mentor for each in lines
        if each.program == line.program and each.mentor.id != line.mentor.id
        and _common(each.mentor, line.mentee)
    }  # fmt: skip
    known = tuple(replace(each, state="closing") if each == line else each for each in lines)
    if not others:
        return known
    mentor = others[min(others, key=lambda each: (load[each], each))]
    name = f"{pairing}-anew"
    anew = replace(
        line, pairing=name, mentor=mentor, anchor=mentor.zone, at=None, ends=None, state="active",
        link=f"https://meet.example.org/{name}",
    )  # fmt: skip
    return (*known, anew)


def _group(line: Line, first: int, size: int, random: Random) -> Line:
    """With so many members, in the mentee's zone or the mentor's, where the regular time suits anyway."""
    members = tuple(
        replace(
            _person("member", first + each, zone, MENTEE_HOURS, holidays=False),
            language=line.mentee.language,
        )
        for each in range(size)
        for zone in (random.choice((line.mentor.zone, line.mentee.zone)),)
    )
    return replace(line, members=members)


def _person(role: str, number: int, zone: str, hours: tuple[Hours, ...], holidays: bool) -> Person:
    name = NAMES[(number * 7 + (13 if role == "mentee" else 0)) % len(NAMES)]
    family = f"{role.capitalize()}{number}"
    kept = (HOLIDAYS[zone],) if holidays and zone in HOLIDAYS else ()
    return Person(
        f"{role}-{number}", f"{name} {family}", f"{role}{number}@people.example", zone, hours,
        holidays=kept,
    )  # fmt: skip


def _pairing(
    mentor: Person, number: int, program: Program, taken: list[RegularTime], random: Random
) -> Line:
    """A mentee in a zone that shares an hour with the mentor in every season, at a time of its own."""
    zones = list(ZONES)
    random.shuffle(zones)
    for zone in zones:
        mentee = _person("mentee", number, zone, MENTEE_HOURS, random.random() < 0.3)
        mentee = replace(mentee, language=program.language)
        times = [t for t in _common(mentor, mentee) if all(_apart(t, other) for other in taken)]
        if times:
            at = random.choice(times)
            taken.append(at)
            return Line(
                f"pair-{number}", program.id, mentor, mentee, mentor.zone,
                _at(program, at, random), ends=_ends(random),
                lengths_minutes=program.lengths_minutes, cadence=program.cadence,
                link=f"https://meet.example.org/pair-{number}",
                organizer=program.mailbox if program.organizer == "program" else "",
            )  # fmt: skip
    raise AssertionError("every zone shares an hour with itself")


def _apart(one: RegularTime, other: RegularTime) -> bool:
    minutes = 60 * (one.hour - other.hour) + one.minute - other.minute
    return one.weekday != other.weekday or abs(minutes) > 60


def _at(program: Program, at: RegularTime, random: Random) -> RegularTime | None:
    """Most files name the regular time; for the others, and for plans of sessions, one is found by mail."""
    if program.cadence.finite or random.random() < 0.15:
        return None
    return replace(at, nth=random.choice((1, 2, 3, 4, -1))) if program.cadence.step.months else at


def _ends(random: Random) -> date | None:
    """Most pairings go on and on; some end, unless both want to go on."""
    return (
        date(2027, 1, 4) + timedelta(days=random.randrange(200)) if random.random() < 0.12 else None
    )


def _common(mentor: Person, mentee: Person) -> list[RegularTime]:
    """Weekly times inside both people's hours in every season."""
    return [
        RegularTime(weekday, hour, minute)
        for weekday in range(5)
        for hour in range(9, 17)
        for minute in (0, 30)
        if all(_suits(mentor, mentee, day, hour, minute) for day in SEASONS)
    ]


def _suits(mentor: Person, mentee: Person, day: datetime, hour: int, minute: int) -> bool:
    at = day.astimezone(ZoneInfo(mentor.zone)).replace(hour=hour, minute=minute)
    there = at.astimezone(ZoneInfo(mentee.zone))
    minutes = there.hour * 60 + there.minute
    return minutes >= 8 * 60 and minutes + 30 <= 21 * 60
