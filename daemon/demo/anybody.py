"""Anybody: how the people of a program of one's own act when it is previewed, with notes that are made up.

Not a forecast: what people will do is not known. Each pair does some of what pairs do, so that the letters which
matter are seen once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from daemon.decide.keys import lane_of_key, lane_of_pairing
from daemon.demo.acting import Acting
from daemon.demo.script import Act, Deed, Reply, week_of
from daemon.domain.meeting import Slot
from daemon.domain.people import Role
from daemon.domain.program import Config
from daemon.simulate.letterbox import Letter
from daemon.simulate.outside import Outside

LOOKS_AHEAD = timedelta(days=100)
LATE = time(22, 40)
NIGHT = time(1, 10)


@dataclass(frozen=True, slots=True)
class Says:
    """What somebody answers to the letter of that name that comes the `turn`th time: so many minutes later, or,
    without minutes, in the next night. `{by}` is who writes it: no line is written by two people, so that one which
    is found with somebody else has leaked."""

    role: Role
    touchpoint: str
    turn: int
    text: str
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Does:
    """What somebody does with the next 1:1 in the calendar, late on the day after the `turn`th that was held."""

    role: Role
    turn: int
    deed: Deed


Part = tuple[tuple[Says, ...], tuple[Does, ...]]

# What everybody answers, whenever it is asked.
ALWAYS: dict[tuple[Role, str], str] = {
    ("mentor", "welcome-mentor-connected"): "YES",
    ("mentor", "setup-nudge"): "YES",
    ("mentee", "setup-nudge"): "YES",
    ("mentee", "regular-time"): "1",
    ("mentor", "proposal-mentor"): "1 2",
    ("mentee", "slot-gone"): "4",
    ("mentor", "still-good"): "1",
    ("mentee", "still-good"): "1",
    ("mentor", "agreement"): "AGREE",
    ("mentee", "agreement"): "AGREE",
    ("mentor", "chemistry"): "1",
    ("mentee", "chemistry"): "1",
    ("mentor", "check"): "4",
    ("mentee", "check"): "4",
    ("mentee", "assess"): "3",
    ("mentor", "exit"): "4",
    ("mentee", "exit"): "5",
}

# What the first pair does, the second, and so on; then it begins anew.
PARTS: tuple[Part, ...] = (
    (
        (
            Says(
                "mentee", "notes", 1,
                "A sample note by {by}: two ways to go, decide by next month.\n"
                "todo: write down what speaks for each ({by})\n"
                "private: A sample line by {by} that stays with its writer.",
            ),
            Says("mentee", "prep-mentee", 2, "DONE a\nA sample topic by {by}: how others have decided", 70),
            Says("mentee", "proposal", 1, "2", 31),
            Says("mentee", "notes", 3, "A sample note by {by}: one small step is enough.", 95),
            Says("mentee", "proposal", 2, "hm, one of the later ones would be nicer", 40),
        ),
        (Does("mentor", 2, "delete"), Does("mentee", 3, "decline")),
    ),
    (
        (
            Says("mentee", "prep-mentee", 1, "A sample topic by {by}: where to begin", 45),
            Says("mentee", "notes", 2, "A sample note by {by}: the outline stands.", 55),
        ),
        (Does("mentee", 1, "decline"),),
    ),
    (
        (
            Says("mentee", "notes", 1, "A sample note by {by}: ask early, ask in writing.", 30),
            Says("mentee", "prep-mentee", 2, "SKIP", 25),
        ),
        (),
    ),
)  # fmt: skip


class Anybody(Acting):
    """Each pairing has a part; whatever its people are not told to answer, they leave."""

    def __init__(self, config: Config, outside: Outside) -> None:
        super().__init__(config, outside, (), ())
        self._numbers = {lane_of_pairing(x.pairing): n for n, x in enumerate(config.lines)}
        self._heard: dict[tuple[int, str, str], int] = {}

    def answers(self, got: Letter, now: datetime) -> bool:
        """Whether somebody will answer this letter; then it is planned."""
        number = self._numbers.get(lane_of_key(got.key))
        if number is None:
            return False
        line = self.config.lines[number]
        role: Role = "mentor" if line.mentor.address == got.to else "mentee"
        turn = self._heard[number, role, got.touchpoint] = (
            self._heard.get((number, role, got.touchpoint), 0) + 1
        )
        if (role, got.touchpoint) == ("mentee", "notes"):
            self._act_after(number, turn, now)
        said = self._said(number, role, got, turn)
        if said is None:
            return False
        text, minutes = said
        at = now + timedelta(minutes=minutes) if minutes else self._next(now, number, role, NIGHT)
        reply = Reply(number, role, got.touchpoint, minutes, text)
        self._plan(at, partial(self._write, got, reply))
        return True

    def _said(self, number: int, role: Role, got: Letter, turn: int) -> tuple[str, int] | None:
        """What is answered, and after how many minutes."""
        for says in PARTS[number % len(PARTS)][0]:
            if (says.role, says.touchpoint, says.turn) == (role, got.touchpoint, turn):
                by = f"{self.config.lines[number].person(role).first} {number + 1}"
                return says.text.format(by=by), says.minutes
        if (role, got.touchpoint) == ("mentee", "welcome-mentee"):
            return ("1" if "\n1  " in got.text else "YES"), 50
        always = ALWAYS.get((role, got.touchpoint))
        return (always, 40) if always else None

    def _act_after(self, number: int, turn: int, now: datetime) -> None:
        """Plan what this pair does with the next 1:1, once this one is over."""
        for does in PARTS[number % len(PARTS)][1]:
            if does.turn == turn:
                at = self._next(now + timedelta(days=1), number, does.role, LATE)
                person = self.config.lines[number].person(does.role)
                wall = at.astimezone(ZoneInfo(person.zone)).replace(tzinfo=None).isoformat()
                week = self._week_of_next(number, at)
                if week:
                    act = Act(wall, number, does.role, does.deed, week)
                    self._plan(at, partial(self._do, act))

    def _next(self, now: datetime, number: int, role: Role, wall: time) -> datetime:
        """The next time that it is so late where that person lives."""
        zone = ZoneInfo(self.config.lines[number].person(role).zone)
        local = datetime.combine(now.astimezone(zone).date(), wall, zone)
        later = local if local > now else local + timedelta(days=1)
        return later.astimezone(UTC)

    def _week_of_next(self, number: int, at: datetime) -> int:
        """The week, from 1, of the first 1:1 after that; 0 where there is none yet."""
        line = self.config.lines[number]
        window = Slot(at, at + LOOKS_AHEAD)
        theirs = {
            each.place.uid for each in self._outside.hands.calendar(line.mentee.address, window)
        }
        for shown in self._outside.hands.calendar(line.mentor.address, window):
            if shown.place.uid in theirs and shown.start > at:
                return week_of(shown.start, self._start)
        return 0
