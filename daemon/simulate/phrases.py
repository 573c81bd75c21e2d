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
from daemon.simulate.letterbox import Letter


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


PLAIN = {
    "missed": "NO",
    "skip": "SKIP",
    "move": "MOVE",
    "done": "DONE a",
    "none": "NONE",
    "undo": "UNDO",
    "meet": "MEET",
    "later": "LATER",
    "stop": "STOP",
    "resume": "RESUME",
    "leave": "LEAVE",
    "thanks": "Thanks!",
    "late-number": "2",
    "out-of-office": "I am out of office until Monday. 2",
}
WATCHED = ("topic", "note", "two-mails", "note-todo", "private", "goal")
RHYTHMS = ("WEEKLY", "every two weeks", "Every other week, please", "MONTHLY")
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
        canary = Canary(line.pairing, person.address, what == "private")
        return Words(_watched(what, word, partner), (word, canary))
    if what == "zone":
        city = random.choice(sorted(CITIES))
        return Words(f"ZONE {city}", zone=CITIES[city])
    if what == "robot":
        return Words(_away(away, now))
    return Words(PLAIN.get(what) or _rolled(random, person, letter, what, now))


def _watched(what: str, word: str, partner: Person) -> str:
    if what == "topic":
        return f"I would like to talk about {word} and my plans."
    if what == "private":
        return f"private: {word} is only for me"
    if what == "goal":
        return f"goal: a first draft about {word}"
    if what == "note-todo":
        return f"It was about {word}.\ntodo: send the draft\n@{partner.first}: ask around"
    return f"We looked at {word}.\nGood talk."


def _rolled(random: Random, person: Person, letter: Letter, what: str, now: datetime) -> str:
    match what:
        case "own":
            return "YES" if "@home.example" in letter.text else "NO"
        case "yes":
            return random.choice(("YES", "Yes, gladly.", "yes\n\nBest,\n" + person.first))
        case "odd" | "unclear":
            return random.choice(("maybe thursday? or not", "hm, let me see", "?"))
        case "reached":
            named = re.search(r"(?m)^([a-z])  ", letter.text)
            return f"DONE {named[1] if named else 'a'}"
        case "cadence":
            return random.choice(RHYTHMS)
        case "away":
            return "AWAY " + _days(random, now)
        case "pause":
            until = now + timedelta(days=random.choice((20, 30, 45)))
            return random.choice(("PAUSE", f"PAUSE until {until.day} {until:%B}"))
        case "several":
            numbers = _numbers(letter) or ["1"]
            least = random.randrange(len(numbers)) if random.random() < 0.4 else 0
            return " ".join(numbers[least:])
        case "choose-words":
            return f"{random.choice(_numbers(letter) or ['1'])}.\n\nThanks, {person.first}"
        case _:
            return random.choice(_numbers(letter) or ["1"])


def _away(away: tuple[datetime, datetime] | None, now: datetime) -> str:
    """What a machine says for somebody who is on leave."""
    first, last = away or (now, now)
    return (
        f"Thank you for your message. I am out of office from {first.day} {first:%B %Y} to "
        f"{last.day} {last:%B %Y} and read no mail. 1 colleague can be reached at extension 2."
    )


def _days(random: Random, now: datetime) -> str:
    first = now + timedelta(days=random.choice((2, 6, 12, 30)))
    last = first + timedelta(days=random.choice((0, 2, 6, 13)))
    return f"{first.day} {first:%b} – {last.day} {last:%b}"


def _numbers(letter: Letter) -> list[str]:
    return re.findall(r"(?m)^(\d+)  ", letter.text)
