"""Acted people: what they do in their calendars and how they answer letters.

Not scripted: every choice is rolled from the seed. They see only what people see, a calendar and a
mailbox, and act only through Hands.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from daemon.domain.meeting import Slot
from daemon.domain.people import Line, Person, Role
from daemon.simulate.hands import Hands, Shown
from daemon.simulate.letterbox import Letter, reply_mail

OCCURRENCES_SEEN = timedelta(days=12)

# What a week brings, per mille and pairing. "lock-out" is the daemon's right being taken away.
MENTOR_WEEK = {
    "delete-occurrence": 50, "cancel-occurrence": 25, "move-occurrence": 25, "move-to-night": 6,
    "delete-and-undo": 10, "far-ahead": 12, "delete-series": 5, "lock-out": 6, "busy-week": 60,
}  # fmt: skip
MENTEE_WEEK = {"decline": 45, "delete-copy": 15, "decline-and-undo": 8, "on-leave": 10}

# How each letter is answered, per mille; what is missing to 1000 is silence.
ANSWERS: dict[str, dict[str, int]] = {
    "welcome-mentor-connected": {"yes": 900, "unclear": 30},
    "welcome-mentee": {"yes": 900, "unclear": 30},
    "setup-nudge": {"yes": 950},
    "prep-mentee": {"topic": 450, "move": 25, "skip": 20, "done": 120, "private": 50, "odd": 15},
    "prep-mentor": {"topic": 150, "move": 12, "skip": 12, "done": 60, "odd": 10},
    "notes": {"note": 560, "note-todo": 110, "private": 40, "missed": 35, "two-mails": 20, "odd": 5},
    "proposal": {
        "choose": 640, "choose-words": 40, "none": 70, "skip": 50, "odd": 25, "twice": 20, "lone": 20,
        "spoofed": 10, "out-of-office": 25,
    },
    "proposal-nudge": {"choose": 520, "skip": 60, "none": 40},
    "slot-gone": {"choose": 780, "none": 60},
    "unclear": {"choose": 600},
    "copy": {"thanks": 60, "note": 20},
    "moved": {"thanks": 50, "late-number": 20},
    "left-out": {"thanks": 30, "late-number": 15},
    "first-note": {},
    "started": {"thanks": 80},
}  # fmt: skip
BEHAVIOURS: tuple[str, ...] = tuple(
    sorted(
        {*MENTOR_WEEK, *MENTEE_WEEK, "quit", "restore-series", "garbage-mail", "ignore"}
        | {answer for answers in ANSWERS.values() for answer in answers}
    )
)


@dataclass(slots=True)
class Act:
    """Something a person did by hand to one occurrence, for the checkers."""

    at: datetime
    who: str
    what: str
    line: str
    recurrence: str
    uid: str
    start: datetime


@dataclass(slots=True)
class People:
    """Everybody, with one source of chance for all."""

    hands: Hands
    random: Random
    counts: Counter[str] = field(default_factory=Counter)
    acts: list[Act] = field(default_factory=list)
    quitters: set[str] = field(default_factory=set)
    away_until: dict[str, datetime] = field(default_factory=dict)
    canaries: dict[str, tuple[str, str, bool]] = field(default_factory=dict)
    refused_ids: set[str] = field(default_factory=set)
    automatic_ids: set[str] = field(default_factory=set)
    chosen: dict[tuple[str, str], datetime] = field(default_factory=dict)
    asked: dict[str, list[datetime]] = field(default_factory=dict)
    cannot: dict[str, list[datetime]] = field(default_factory=dict)
    skipped: dict[str, list[datetime]] = field(default_factory=dict)
    number: int = 0

    def roll(self, table: dict[str, int]) -> str:
        """One of the table's entries by its per mille, or nothing."""
        left = self.random.randrange(1000)
        for what, weight in table.items():
            if left < weight:
                return what
            left -= weight
        return ""

    def waking(self, who: Person, moment: datetime) -> datetime:
        """That moment, or when the person gets up (some write at night)."""
        local = moment.astimezone(ZoneInfo(who.zone))
        if 7 <= local.hour < 23 or self.random.random() < 0.1:
            return moment
        hours = (7 - local.hour) % 24
        return moment + timedelta(hours=hours, minutes=self.random.randrange(90))

    def delay(self) -> timedelta:
        """How long until a letter is answered: mostly within hours, sometimes the next day."""
        scale = self.random.choice((20, 60, 60, 180, 180, 400, 1200))
        return timedelta(minutes=1 + self.random.randrange(scale))

    def plan_week(self, line: Line, monday: datetime) -> list[tuple[datetime, str, Role]]:
        """What this pairing's people will do by hand in that week."""
        if line.pairing in self.quitters:
            return []
        planned: list[tuple[datetime, str, Role]] = []
        tables: tuple[tuple[Role, dict[str, int]], ...] = (
            ("mentor", MENTOR_WEEK),
            ("mentee", MENTEE_WEEK),
        )
        for role, table in tables:
            what = self.roll(table)
            if what:
                moment = monday + timedelta(minutes=self.random.randrange(7 * 24 * 60))
                planned.append((self.waking(line.person(role), moment), what, role))
        return planned

    def _next(self, line: Line, now: datetime, skip: int = 0) -> Shown | None:
        window = Slot(now + timedelta(minutes=20), now + OCCURRENCES_SEEN * (1 + 3 * bool(skip)))
        seen = self.hands.calendar(line.mentor.address, window)
        guests = self.hands.calendar(line.mentee.address, window)
        shared = {(g.place, g.start) for g in guests if g.place.calendar == line.mentor.address}
        own = [s for s in seen if (s.place, s.start) in shared]
        return own[skip] if len(own) > skip else None

    def by_hand(self, line: Line, what: str, now: datetime) -> list[tuple[timedelta, str]]:
        """Do it; answers what the same person does later on, as (after, what)."""
        if what == "busy-week":
            return self._busy_week(line, now)
        if what == "on-leave":
            self.counts[what] += 1
            self.away_until[line.mentee.id] = now + timedelta(days=self.random.choice((7, 10, 14)))
            return []
        if what == "lock-out":
            self.counts[what] += 1
            self.hands.lock_out(line.mentor.address)
            return [(timedelta(hours=self.random.choice((2, 20, 60, 130))), "let-in")]
        if what == "let-in":
            self.hands.let_in(line.mentor.address)
            return []
        if what.startswith("restore-series:"):
            self.counts["restore-series"] += 1
            self.hands.restore_series(line.mentor.address, what.partition(":")[2])
            return []
        shown = self._next(line, now, skip=2 if what == "far-ahead" else 0)
        if shown is None:
            return []
        return self._to_event(line, what, shown, now)

    def _busy_week(self, line: Line, now: datetime) -> list[tuple[timedelta, str]]:
        self.counts["busy-week"] += 1
        who = self.random.choice((line.mentor, line.mentee))
        for number in range(6):
            start = now + timedelta(days=1 + number, minutes=30 * self.random.randrange(20))
            self.number += 1
            slot = Slot(start, start + timedelta(hours=self.random.choice((1, 2, 3))))
            self.hands.occupy(who.address, f"own-{self.number}", slot)
        return []

    def _to_event(
        self, line: Line, what: str, shown: Shown, now: datetime
    ) -> list[tuple[timedelta, str]]:
        mentor, mentee, place = line.mentor.address, line.mentee.address, shown.place
        self.counts[what] += 1
        later: list[tuple[timedelta, str]] = []
        match what:
            case "delete-occurrence" | "far-ahead":
                self.hands.delete(mentor, place)
            case "cancel-occurrence":
                self.hands.cancel(mentor, place)
            case "move-occurrence":
                self._move(mentor, shown, timedelta(hours=self.random.choice((-2, -1, 1, 2, 24))))
            case "move-to-night":
                self._move(mentor, shown, timedelta(hours=11))
            case "delete-and-undo":
                start, place = shown.start, shown.place
                self._move(mentor, shown, timedelta(hours=3))
                self.hands.move(mentor, place, Slot(start, shown.end))
            case "delete-series" if shown.series:
                self.hands.delete_series(mentor, place.uid)
                days = self.random.choice((1, 2, 3))
                later = [(timedelta(days=days), f"restore-series:{place.uid}")]
            case "decline":
                self.hands.answer(mentee, place, "DECLINED")
            case "delete-copy":
                self.hands.delete(mentee, place)
            case "decline-and-undo":
                self.hands.answer(mentee, place, "DECLINED")
                self.hands.answer(mentee, place, "ACCEPTED")
            case _:
                return later
        act = Act(now, mentor, what, line.pairing, place.recurrence, place.uid, shown.start)
        self.acts.append(act)
        return later

    def _move(self, mentor: str, shown: Shown, by: timedelta) -> None:
        self.hands.move(mentor, shown.place, Slot(shown.start + by, shown.end + by))

    def answer(self, line: Line, person: Person, letter: Letter, now: datetime) -> str:
        """What this person will answer to a letter, empty for silence."""
        away = self.away_until.get(person.id)
        if line.pairing in self.quitters or (away and now < away):
            self.counts["ignore"] += 1
            return ""
        what = self.roll(ANSWERS.get(letter.touchpoint, {}))
        if what == "done" and not re.search(r"(?m)^a  ", letter.text):
            return "topic"
        if letter.touchpoint == "unclear":
            if "YES or NO" in letter.text:
                return "yes"
            return what if re.search(r"(?m)^\d  ", letter.text) else ""
        return what

    def write(self, line: Line, person: Person, letter: Letter, what: str, now: datetime) -> None:
        """Write the answer as a mail, as their client would."""
        self.counts[what] += 1
        self.number += 1
        text = self._words(line, person, letter, what)
        sender = "someone@else.example" if what == "spoofed" else person.address
        to = letter.mailbox if what == "lone" else letter.reply_to
        raw, own_id = reply_mail(
            letter, sender, to, text, f"{self.number}.{person.id}", now,
            automatic=what == "out-of-office", cites=what != "topic" or self.number % 3 != 0,
        )  # fmt: skip
        if what == "spoofed":
            self.refused_ids.add(own_id)
        elif what == "out-of-office":
            self.automatic_ids.add(own_id)
        elif what in ("choose", "choose-words", "lone", "twice"):
            self.chosen.setdefault((line.pairing, letter.origin), now)
        if what in ("skip", "move", "missed", "odd"):
            self.asked.setdefault(line.pairing, []).append(now)
        if what == "skip":
            said = self.cannot if person == line.mentor else self.skipped
            said.setdefault(line.pairing, []).append(now)
        self.hands.write(person.address, to, raw, now)
        if what in ("twice", "two-mails"):
            again, _ = reply_mail(
                letter, sender, to, text, f"{self.number}b.{person.id}", now, automatic=False,
                cites=True,
            )  # fmt: skip
            self.hands.write(person.address, to, again, now)

    def _canary(self, line: Line, person: Person, private: bool) -> str:
        word = f"kiwi{self.number}x{self.random.randrange(10**6)}"
        self.canaries[word] = (line.pairing, person.address, private)
        return word

    def _words(self, line: Line, person: Person, letter: Letter, what: str) -> str:
        partner = line.mentee if person == line.mentor else line.mentor
        match what:
            case "yes":
                return self.random.choice(("YES", "Yes, gladly.", "yes\n\nBest,\n" + person.first))
            case "topic":
                return (
                    f"I would like to talk about {self._canary(line, person, False)} and my plans."
                )
            case "note" | "two-mails":
                return f"We looked at {self._canary(line, person, False)}.\nGood talk."
            case "note-todo":
                word = self._canary(line, person, False)
                return f"It was about {word}.\ntodo: send the draft\n@{partner.first}: ask around"
            case "private":
                word = self._canary(line, person, True)
                return f"private: {word} is only for me"
            case "missed":
                return "NO"
            case "skip" | "move":
                return what.upper()
            case "done":
                return "DONE a"
            case "none":
                return "NONE"
            case "thanks":
                return "Thanks!"
            case "out-of-office":
                return "I am out of office until Monday. 2"
            case "odd" | "unclear":
                return self.random.choice(("maybe thursday? or not", "hm, let me see", "?"))
            case "late-number":
                return "2"
            case "choose-words":
                return f"{self._number(letter)}.\n\nThanks, {person.first}"
            case _:
                return self._number(letter)

    def _number(self, letter: Letter) -> str:
        numbers = re.findall(r"(?m)^(\d)  ", letter.text)
        return self.random.choice(numbers) if numbers else "1"
