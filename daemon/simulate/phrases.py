"""Phrases: the words of acted people, as loose as people's words are.

Not the choice of what to say: see people.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from daemon.domain.people import Line, Person
from daemon.simulate.advisors import HOME
from daemon.simulate.letterbox import Letter
from daemon.simulate.tongues import Tongue, tongue


class Canary(NamedTuple):
    """Where a word that nobody else uses may be seen."""

    pairing: str
    writer: str
    private: bool


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody writes; `canary` is the word in it that is watched, `zone` what they ask times for."""

    text: str
    canary: tuple[str, Canary] | None = None
    zone: str = ""


WATCHED = (
    "topic",
    "note",
    "two-mails",
    "note-todo",
    "private",
    "private-next",
    "goal",
    "intro",
    "leave-out",
    "chance",
)
INTRODUCED = f"introduced{HOME}"
"""Stands in lines that name somebody to be introduced to, and is shown to nobody."""
PRIVATE = ("private", "private-next", "leave-out")
CITIES = {
    "Toronto": "America/Toronto", "Nairobi": "Africa/Nairobi", "Lisbon": "Europe/Lisbon",
    "Sao Paulo": "America/Sao_Paulo", "Asia/Taipei": "Asia/Taipei",
}  # fmt: skip


def words(
    random: Random,
    number: int,
    line: Line,
    person: Person,
    letter: Letter,
    what: str,
    now: datetime,
    away: tuple[datetime, datetime] | None = None,
) -> Words:
    """What this person writes when they do `what`; every word that is watched holds `number`."""
    if what in WATCHED:
        word = f"kiwi{number}x{random.randrange(10**6)}"
        partner = line.mentee if person == line.mentor else line.mentor
        canary = Canary(line.pairing, person.address, what in PRIVATE)
        return Words(_watched(what, word, person, partner), (word, canary))
    if what == "zone":
        city = random.choice(sorted(CITIES))
        return Words(f"{tongue(person.language).zone} {city}", zone=CITIES[city])
    if what == "invite":
        return Words(tongue(person.language).invite.format(address=f"guest{number}{HOME}"))
    if what == "robot":
        return Words(_away(away, now))
    return Words(
        tongue(person.language).plain.get(what) or _rolled(random, person, letter, what, now)
    )


def _watched(what: str, word: str, person: Person, partner: Person) -> str:
    said = tongue(person.language)
    known = {
        "topic": said.topic,
        "private": said.private,
        "private-next": said.private_next,
        "note-todo": said.to_do,
        "goal": said.goal,
        "intro": said.intro,
        "leave-out": said.leave_out,
        "chance": said.chance,
    }
    return known.get(what, said.note).format(word=word, partner=partner.first, address=INTRODUCED)


def _rolled(random: Random, person: Person, letter: Letter, what: str, now: datetime) -> str:
    said = tongue(person.language)
    match what:
        case "own":
            return said.yes[0] if "@home.example" in letter.text else said.no
        case "yes":
            return random.choice((*said.yes[:2], said.yes[2] + person.first))
        case "odd" | "unclear":
            return random.choice(said.odd)
        case "reached":
            named = re.search(r"(?m)^([a-z])  ", letter.text)
            return f"{said.done} {named[1] if named else 'a'}"
        case "introduced":
            named = re.search(rf"{said.done} ([a-z])\b", letter.text)
            return f"{said.done} {named[1] if named else 'a'}"
        case "cadence":
            return random.choice(said.rhythms)
        case "away":
            return said.away + _days(random, now, said)
        case "pause":
            until = now + timedelta(days=random.choice((20, 30, 45)))
            month = said.months[until.month - 1]
            return random.choice(said.pause).format(day=until.day, month=month)
        case "several":
            numbers = _numbers(letter) or ["1"]
            least = random.randrange(len(numbers)) if random.random() < 0.4 else 0
            return " ".join(numbers[least:])
        case "choose-words":
            return f"{random.choice(_numbers(letter) or ['1'])}.\n\n{said.thanks}, {person.first}"
        case _:
            return random.choice(_numbers(letter) or ["1"])


def allowed(letter: Letter, what: str) -> list[str]:
    """The watched words in the lines that are allowed to be carried over."""
    lines = re.findall(r"(?m)^[a-z]  .*$", letter.text)
    chosen = {"allow-all": lines, "allow-one": lines[:1]}.get(what, [])
    return re.findall(r"kiwi\d+x\d+", "\n".join(chosen))


def _away(away: tuple[datetime, datetime] | None, now: datetime) -> str:
    """What a machine says for somebody who is on leave."""
    first, last = away or (now, now)
    return (
        f"Thank you for your message. I am out of office from {first.day} {first:%B %Y} to "
        f"{last.day} {last:%B %Y} and read no mail. 1 colleague can be reached at extension 2."
    )


def _days(random: Random, now: datetime, said: Tongue) -> str:
    first = now + timedelta(days=random.choice((2, 6, 12, 30)))
    last = first + timedelta(days=random.choice((0, 2, 6, 13)))
    begin, end = (f"{day.day} {said.months[day.month - 1][:3]}" for day in (first, last))
    return f"{begin} – {end}"


def _numbers(letter: Letter) -> list[str]:
    return re.findall(r"(?m)^(\d+)  ", letter.text)
