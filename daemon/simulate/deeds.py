"""What people do by hand in their calendars: every choice is rolled from the seed.

Not how they answer letters: see people.py. They act only through Hands, on what their calendar shows.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from daemon.domain.cadence import SeriesRule, wall_text
from daemon.domain.invitation import Partstat
from daemon.domain.meeting import Place, Slot
from daemon.domain.people import Line, Person, Role
from daemon.ports import OneOff, SeriesEvent
from daemon.simulate.hands import Hands, Shown
from daemon.simulate.postmaster import FULL, NO_SUCH_USER, Refusal

OCCURRENCES_SEEN = timedelta(days=12)
RARE_SEEN = timedelta(days=100)

# What a week brings, per mille and pairing. "lock-out" is the daemon's right being taken away.
MENTOR_WEEK = {
    "delete-occurrence": 50, "cancel-occurrence": 25, "move-occurrence": 25, "move-to-night": 6,
    "delete-and-undo": 10, "far-ahead": 12, "delete-series": 5, "lock-out": 6, "busy-week": 60,
    "move-series": 3, "split-series": 3, "cut-series": 2, "uninvite": 2, "leave-office": 6,
    "on-top": 15, "mailbox-full": 5, "mailbox-gone": 4, "make-series": 3, "delete-and-make": 8,
}  # fmt: skip
MENTEE_WEEK = {
    "decline": 45, "delete-copy": 15, "decline-and-undo": 8, "on-leave": 10, "decline-series": 3,
}  # fmt: skip
MEMBER_WEEK = {"member-declines": 60}
WHOLE = (
    "delete-series",
    "move-series",
    "split-series",
    "cut-series",
    "uninvite",
    "decline-series",
    "make-series",
    "mentor-declines-series",
)
"""What is done to a whole series, or to all that follows."""


@dataclass(frozen=True, slots=True)
class Act:
    """Something a person did by hand to one occurrence, for the checkers."""

    at: datetime
    who: str
    what: str
    line: str
    recurrence: str
    uid: str
    start: datetime


AS_GUEST = {
    "cancel-occurrence": "mentor-declines", "move-occurrence": "mentor-declines",
    "delete-occurrence": "mentor-deletes-copy", "delete-series": "mentor-declines-series",
}  # fmt: skip
"""What a mentor does instead where a calendar of the program invites both."""


def roll(random: Random, table: dict[str, int]) -> str:
    """One of the table's entries by its per mille, or nothing."""
    left = random.randrange(1000)
    for what, weight in table.items():
        if left < weight:
            return what
        left -= weight
    return ""


@dataclass(slots=True)
class Deeds:
    """Everybody's hands at the calendars, and what they have done with them."""

    hands: Hands
    random: Random
    counts: Counter[str] = field(default_factory=Counter)
    acts: list[Act] = field(default_factory=list)
    quitters: set[str] = field(default_factory=set)
    away: dict[str, tuple[datetime, datetime]] = field(default_factory=dict)
    """From when until when somebody is on leave: a machine answers their mail."""
    refusals: dict[str, Refusal] = field(default_factory=dict)
    """Addresses whose server takes no mail, and why."""
    spoken: set[str] = field(default_factory=set)
    """Pairings whose mentor has said by mail what was meant with a deleted series."""
    made: dict[str, str] = field(default_factory=dict)
    """What a mentor has made by hand for a pairing, once at most: its uid."""
    unheeded: set[str] = field(default_factory=set)
    """Uids of these that are nobody's business, as far as their maker has read."""
    number: int = 0

    def waking(self, who: Person, moment: datetime) -> datetime:
        """That moment, or when the person gets up (some write at night)."""
        local = moment.astimezone(ZoneInfo(who.zone))
        if 7 <= local.hour < 23 or self.random.random() < 0.1:
            return moment
        hours = (7 - local.hour) % 24
        return moment + timedelta(hours=hours, minutes=self.random.randrange(90))

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
            what = roll(self.random, table)
            if what:
                moment = monday + timedelta(minutes=self.random.randrange(7 * 24 * 60))
                planned.append((self.waking(line.person(role), moment), what, role))
        return planned

    def plan_members(self, line: Line, monday: datetime) -> list[tuple[datetime, str]]:
        """What the members of a group will do in that week: now and then one of them declines."""
        planned = []
        for member in line.members:
            what = roll(self.random, MEMBER_WEEK)
            if what:
                moment = monday + timedelta(minutes=self.random.randrange(7 * 24 * 60))
                planned.append((self.waking(member, moment), f"{what}:{member.address}"))
        return planned

    def _of_member(self, line: Line, what: str, now: datetime) -> None:
        """A no of a member is no act that anything may follow from."""
        what, _, address = what.partition(":")
        window = Slot(now + timedelta(minutes=20), now + OCCURRENCES_SEEN)
        seen = self.hands.calendar(address, window)
        own = [s for s in seen if s.place.calendar == line.calendar and s.answer != "DECLINED"]
        if own and own[0].place.uid not in self.unheeded:
            self.counts[what] += 1
            self.hands.answer(address, own[0].place, "DECLINED")

    def _next(self, line: Line, now: datetime, skip: int = 0) -> Shown | None:
        far = OCCURRENCES_SEEN * (1 + 3 * bool(skip))
        if line.cadence.step.length > timedelta(days=7):
            far = RARE_SEEN * (1 + bool(skip))
        window = Slot(now + timedelta(minutes=20), now + far)
        seen = self.hands.calendar(line.mentor.address, window)
        guests = self.hands.calendar(line.mentee.address, window)
        shared = {(g.place, g.start) for g in guests if g.place.calendar == line.calendar}
        own = [s for s in seen if (s.place, s.start) in shared and s.place.uid not in self.unheeded]
        return own[skip] if len(own) > skip else None

    def accept_again(self, line: Line, now: datetime) -> None:
        """Declining all of them was a slip: most people mend that where they slipped."""
        shown = self._next(line, now)
        if shown and shown.series and self.random.random() < 0.7:
            whole = Place(shown.place.calendar, shown.place.uid)
            self.hands.answer(line.mentee.address, whole, "ACCEPTED")

    def by_hand(self, line: Line, what: str, now: datetime) -> list[tuple[timedelta, str]]:
        """Do it; answers what the same person does later on, as (after, what)."""
        if what.startswith("member-"):
            self._of_member(line, what, now)
            return []
        if what == "busy-week":
            return self._busy_week(line, now)
        if what == "on-leave":
            self.counts[what] += 1
            until = now + timedelta(days=self.random.choice((7, 10, 14)))
            self.away[line.mentee.id] = (now, until)
            return []
        if what.startswith("mailbox-"):
            return self._mailbox(line, what)
        if what == "lock-out":
            self.counts[what] += 1
            self.hands.lock_out(line.calendar)
            return [(timedelta(hours=self.random.choice((2, 20, 60, 130))), "let-in")]
        if what == "let-in":
            self.hands.let_in(line.calendar)
            return []
        if what.startswith("restore-series:"):
            if line.pairing not in self.spoken:
                self.counts["restore-series"] += 1
                self.hands.restore_series(line.mentor.address, what.partition(":")[2])
            return []
        if what == "leave-office":
            return self._leave_office(line, now)
        if line.organizer:
            what = AS_GUEST.get(what, "" if what in MENTOR_WEEK and what != "on-top" else what)
        shown = self._next(line, now, skip=2 if what == "far-ahead" else 0)
        if shown is None or not what:
            return []
        return self._to_event(line, what, shown, now)

    def _busy_week(self, line: Line, now: datetime) -> list[tuple[timedelta, str]]:
        self.counts["busy-week"] += 1
        who = self.random.choice((line.mentor, line.mentee))
        self._did(line, who.address, "busy-week", now)
        for number in range(6):
            start = now + timedelta(days=1 + number, minutes=30 * self.random.randrange(20))
            self.number += 1
            slot = Slot(start, start + timedelta(hours=self.random.choice((1, 2, 3))))
            self.hands.occupy(who.address, f"own-{self.number}", slot)
        return []

    def _mailbox(self, line: Line, what: str) -> list[tuple[timedelta, str]]:
        """It is full, or its name is not known any more; after some days it works again, and an admin says so."""
        what, _, address = what.partition(":")
        if what == "mailbox-works":
            self.refusals.pop(address, None)
            return [(timedelta(hours=self.random.choice((0, 5, 30))), f"release:{address}")]
        person = self.random.choice((line.mentor, line.mentee, line.mentee))
        if person.address in self.refusals:
            return []
        self.counts[what] += 1
        self.refusals[person.address] = FULL if what == "mailbox-full" else NO_SUCH_USER
        days = self.random.choice((1, 4, 9))
        return [(timedelta(days=days), f"mailbox-works:{person.address}")]

    def _leave_office(self, line: Line, now: datetime) -> list[tuple[timedelta, str]]:
        self.counts["leave-office"] += 1
        self.number += 1
        start = now + timedelta(days=self.random.choice((2, 5, 9)))
        slot = Slot(start, start + timedelta(days=self.random.choice((3, 5, 10))))
        self.hands.leave_office(line.mentor.address, f"out-{self.number}", slot)
        self._did(line, line.mentor.address, "leave-office", now)
        return []

    def _did(self, line: Line, who: str, what: str, now: datetime) -> None:
        """To no event of the two: remembered for the checkers only."""
        self.acts.append(Act(now, who, what, line.pairing, "-", "", now))

    def _to_event(
        self, line: Line, what: str, shown: Shown, now: datetime
    ) -> list[tuple[timedelta, str]]:
        place = shown.place
        who = line.mentee.address if what in MENTEE_WEEK else line.mentor.address
        if what in MENTEE_WEEK and self._said_before(who, shown) == "DECLINED":
            return []  # since all of it was declined by a slip: nothing is left to decline
        later: list[tuple[timedelta, str]] = []
        if what in ("make-series", "delete-and-make") and line.pairing in self.made:
            return later
        if what in WHOLE:
            if not shown.series or not _as_planned(shown, line):
                return later
            later = self._to_series(line, what, shown)
        else:
            who = self._to_one(line, what, shown, who)
        self.counts[what] += 1
        act = Act(now, who, what, line.pairing, place.recurrence, place.uid, shown.start)
        self.acts.append(act)
        return later

    def _to_one(self, line: Line, what: str, shown: Shown, who: str) -> str:
        """Answers who did it."""
        mentor, mentee, place = line.mentor.address, line.mentee.address, shown.place
        match what:
            case "delete-occurrence" | "far-ahead":
                self.hands.delete(mentor, place)
            case "delete-and-make":
                self.hands.delete(mentor, place)
                to = shown.start + timedelta(days=1, hours=1)
                slot, uid = Slot(to, to + (shown.end - shown.start)), self._makes(line)
                self.hands.make(mentor, OneOff(uid, slot, line.anchor, "Ours", (mentee,)))
            case "cancel-occurrence":
                self.hands.cancel(mentor, place)
            case "move-occurrence":
                self._move(mentor, shown, timedelta(hours=self.random.choice((-2, -1, 1, 2, 24))))
            case "move-to-night":
                self._move(mentor, shown, timedelta(hours=11))
            case "delete-and-undo":
                self._move(mentor, shown, timedelta(hours=3))
                self.hands.move(mentor, place, Slot(shown.start, shown.end))
            case "decline":
                self.hands.answer(mentee, place, "DECLINED")
            case "delete-copy":
                self.hands.delete(mentee, place)
            case "mentor-declines":
                self.hands.answer(mentor, place, "DECLINED")
            case "mentor-deletes-copy":
                self.hands.delete(mentor, place)
            case "decline-and-undo":
                before = self._said_before(mentee, shown)
                self.hands.answer(mentee, place, "DECLINED")
                self.hands.answer(mentee, place, before)
            case "on-top":
                self.number += 1
                who = self.random.choice((mentor, mentee))
                self.hands.occupy(who, f"top-{self.number}", Slot(shown.start, shown.end))
            case _:
                raise AssertionError(f"nobody does {what}")
        return who

    def _to_series(self, line: Line, what: str, shown: Shown) -> list[tuple[timedelta, str]]:
        mentor, mentee, place = line.mentor.address, line.mentee.address, shown.place
        whole = Place(place.calendar, place.uid)
        by = timedelta(hours=self.random.choice((-1, 1, 24)))
        match what:
            case "delete-series":
                self.spoken.discard(line.pairing)
                self.hands.delete_series(mentor, place.uid)
                days = self.random.choice((1, 2, 3))
                return [(timedelta(days=days), f"restore-series:{place.uid}")]
            case "move-series":
                self.hands.move(mentor, whole, Slot(shown.start + by, shown.end + by))
            case "split-series":
                self.number += 1
                to = Slot(shown.start + by, shown.end + by)
                self.hands.split_series(mentor, place, to, f"split{self.number}")
            case "cut-series":
                self.hands.cut_series(mentor, place)
            case "make-series":
                first = (shown.start + by).astimezone(ZoneInfo(line.anchor)).replace(tzinfo=None)
                length = int((shown.end - shown.start) / timedelta(minutes=1))
                rule = SeriesRule(
                    wall_text(first), line.anchor, length, line.cadence.step.on(first.date())
                )
                self.hands.make(mentor, SeriesEvent(self._makes(line), rule, "Ours", (mentee,)))
            case "mentor-declines-series":
                self.hands.answer(mentor, whole, "DECLINED")
            case "uninvite":
                self.hands.uninvite(mentor, place.uid, mentee)
            case _:
                self.hands.answer(mentee, whole, "DECLINED")
        return []

    def _makes(self, line: Line) -> str:
        """The uid of what is made by hand; it is the business of nobody but its maker, who may be asked."""
        self.number += 1
        uid = self.made[line.pairing] = f"made-{self.number}"
        self.unheeded.add(uid)
        return uid

    def _said_before(self, mentee: str, shown: Shown) -> Partstat:
        """Who has declined all of the series comes to none of its 1:1s after a slip, either."""
        own = self.hands.calendar(mentee, Slot(shown.start, shown.end))
        declined = any(o.place == shown.place and o.answer == "DECLINED" for o in own)
        return "DECLINED" if declined else "ACCEPTED"

    def _move(self, mentor: str, shown: Shown, by: timedelta) -> None:
        self.hands.move(mentor, shown.place, Slot(shown.start + by, shown.end + by))


def _as_planned(shown: Shown, line: Line) -> bool:
    """Nobody drags all of a series by the one of its occurrences that lies elsewhere."""
    there = shown.start.astimezone(ZoneInfo(line.anchor)).replace(tzinfo=None)
    return there == datetime.fromisoformat(shown.place.recurrence)
