"""Acting: the people of the script at their calendars and mailboxes, each when it is time.

Not the daemon: what they do reaches it as files only.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from daemon.decide.keys import lane_of_pairing, origin_of
from daemon.demo.happening import Happening, day_words, name_of
from daemon.demo.record import Written, called_by
from daemon.demo.script import ACTS, REPLIES, Act, Reply, week_of
from daemon.demo.slip import Slip
from daemon.domain.meeting import Slot
from daemon.domain.people import Line, Person
from daemon.domain.program import Config
from daemon.simulate.hands import Shown
from daemon.simulate.letterbox import Letter, reply_mail
from daemon.simulate.outside import Outside

MINUTE = timedelta(minutes=1)
AHEAD = timedelta(days=30)
"""So far people look ahead in their calendars."""


class Acting:
    """Who does what next. A script for more pairings than there are is played as far as it goes.

    `written` is every answer that was given, word for word.
    """

    def __init__(
        self, config: Config, outside: Outside, acts: tuple[Act, ...] = ACTS,
        replies: tuple[Reply, ...] = REPLIES, slip: Slip | None = None,
    ) -> None:  # fmt: skip
        self.config = config
        self._slip = slip
        self.written: list[Written] = []
        self._outside = outside
        self._start = outside.clock.now()
        self._queue: list[tuple[datetime, int, Callable[[datetime], Happening]]] = []
        self._count = 0
        self._replies = list(replies)
        for act in acts:
            if act.pairing < len(config.lines):
                zone = ZoneInfo(self._line(act.pairing).person(act.role).zone)
                at = datetime.fromisoformat(act.wall).replace(tzinfo=zone).astimezone(UTC)
                self._plan(at, partial(self._do, act))

    def _plan(self, at: datetime, what: Callable[[datetime], Happening]) -> None:
        self._count += 1
        heapq.heappush(self._queue, (at, self._count, what))

    def _line(self, number: int) -> Line:
        return self.config.lines[number]

    @property
    def in_files(self) -> Config:
        """What the files say by now."""
        return self._slip.in_files if self._slip else self.config

    @property
    def next_at(self) -> datetime | None:
        """When somebody does something next."""
        return self._queue[0][0] if self._queue else None

    def due(self, now: datetime) -> list[Happening]:
        """What people do now, done."""
        done = []
        while self._queue and self._queue[0][0] <= now:
            done.append(heapq.heappop(self._queue)[2](now))
        return done

    # --- calendars

    def _do(self, act: Act, now: datetime) -> Happening:
        line = self._line(act.pairing)
        person = line.person(act.role)
        shown = self._shown(act, person, now)
        text = self._deed(act, line, shown)
        if shown is None and act.week:
            text = f"wanted to {act.deed} a 1:1, but it is not there"
        lane = lane_of_pairing(line.pairing)
        return Happening(now, person.zone, "person", person.first, text, lane=lane)

    def _deed(self, act: Act, line: Line, shown: Shown | None) -> str:
        hands, person = self._outside.hands, line.person(act.role)
        day = ""
        if shown is not None:
            day = day_words(shown.start.astimezone(ZoneInfo(person.zone)).date())
        match act.deed:
            case "delete" if shown:
                hands.delete(person.address, shown.place)
                return f"deletes {day} in the calendar"
            case "decline" if shown:
                hands.answer(person.address, shown.place, "DECLINED")
                return f"declines {day}"
            case "occupy" if shown:
                hands.occupy(person.address, "staff-meeting", Slot(shown.start, shown.end))
                return f"puts another event on top of {day}"
            case "move" if shown:
                to = self._moved(act, person, shown)
                hands.move(person.address, shown.place, to)
                return f"drags {day} to {act.to}"
            case "lock-out":
                hands.lock_out(person.address)
                return "changes a password: the calendar is closed to the program"
            case _:
                hands.let_in(person.address)
                return "opens the calendar again"

    def _moved(self, act: Act, person: Person, shown: Shown) -> Slot:
        hour, _, minute = act.to.partition(":")
        local = shown.start.astimezone(ZoneInfo(person.zone))
        start = local.replace(hour=int(hour), minute=int(minute)).astimezone(UTC)
        return Slot(start, start + (shown.end - shown.start))

    def _shown(self, act: Act, person: Person, now: datetime) -> Shown | None:
        """The 1:1 with the other one in the week of the act, as that person's calendar shows it."""
        if not act.week:
            return None
        line = self._line(act.pairing)
        other = line.mentee if person == line.mentor else line.mentor
        window = Slot(now, now + AHEAD)
        theirs = {each.place.uid for each in self._outside.hands.calendar(other.address, window)}
        for shown in self._outside.hands.calendar(person.address, window):
            if shown.place.uid in theirs and week_of(shown.start, self._start) == act.week:
                return shown
        return None

    # --- mail

    def turned_away(self, now: datetime) -> list[Letter]:
        """Letters to an address that nobody has, which go back a minute later."""
        if self._slip is None:
            return []
        letters = self._slip.turned_away(self._outside.hands, now)
        for got in letters:
            self._plan(now + MINUTE, partial(self._slip.send_back, got, self._outside.hands))
        return letters

    def answers(self, got: Letter, now: datetime) -> bool:
        """Whether somebody will answer this letter; then it is planned."""
        if self._slip and self._slip.is_told(got):
            self._plan(now + timedelta(minutes=self._slip.typo.minutes), self._slip.correct)
            return True
        for reply in self._replies:
            if self._is_for(reply, got):
                self._replies.remove(reply)
                self._plan(now + timedelta(minutes=reply.minutes), partial(self._write, got, reply))
                return not reply.automatic
        return False

    def _is_for(self, reply: Reply, got: Letter) -> bool:
        if reply.pairing >= len(self.config.lines) or reply.touchpoint != got.touchpoint:
            return False
        line = self._line(reply.pairing)
        origin = origin_of(got.key)
        week = origin and week_of(
            datetime(*origin.day.timetuple()[:3], 12, tzinfo=UTC), self._start
        )
        return (
            f"/{lane_of_pairing(line.pairing)}/" in got.key
            and (reply.advisor or line.person(reply.role).address) == got.to
            and reply.week in (0, week)
        )

    def _write(self, got: Letter, reply: Reply, now: datetime) -> Happening:
        line = self._line(reply.pairing)
        person = line.person(reply.role)
        self._count += 1
        name, address = person.name, person.address
        if reply.advisor:
            name, address = called_by(reply.advisor), reply.advisor
        raw, _ = reply_mail(
            got, f"{name} <{address}>", got.reply_to, reply.text,
            f"demo-{self._count}", now, automatic=reply.automatic, cites=True,
        )  # fmt: skip
        self._outside.hands.write(address, got.reply_to, raw, now)
        if not reply.automatic:
            self.written.append(Written(now, address, got, reply.text))
        first, *more = reply.text.splitlines()
        text = f'writes "{first}"' + (f" and {len(more)} more" if more else "")
        why = f"to {name_of(got.touchpoint)}"
        if reply.automatic:
            text, why = f'is out: a machine writes "{first}"', "it chooses nothing"
        option = re.search(rf"^{re.escape(reply.text)}  ([^\d\n]+)$", got.text, re.MULTILINE)
        if option:
            why = f"{why}: {option.group(1)}"
        lane = lane_of_pairing(line.pairing)
        who = name.partition(" ")[0]
        return Happening(now, person.zone, "person", who, text, why, lane=lane)
