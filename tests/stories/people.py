"""People on a stage: what they read, what their calendar shows them, and what they do with it.

Not the machine: that is stage.py.
"""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from daemon.domain.cadence import SeriesRule, Step, wall_text
from daemon.domain.meeting import Place, Slot
from daemon.domain.observation import ReplySeen, Said
from daemon.domain.people import Person
from daemon.domain.value import replace
from daemon.ports import OneOff, SeriesEvent
from daemon.simulate.hands import Shown
from tests.stories.cast import CITIES

if TYPE_CHECKING:
    from tests.stories.stage import Stage

YEARS = (2026, 2027, 2028)


@dataclass(frozen=True)
class Read:
    """A letter as its reader sees it, at the reader's local time."""

    at: str
    touchpoint: str
    first: str
    text: str
    raw: bytes

    @property
    def line(self) -> str:
        """`Tue 13 Oct 15:01  proposal  Tuesday's 1:1 …`."""
        return f"{self.at}  {self.touchpoint}  {self.first}"

    @property
    def choices(self) -> list[str]:
        """The numbered lines."""
        return re.findall(r"^(?:\d+  .*)$", self.text, re.MULTILINE)

    def header(self, name: str) -> str:
        """One header of it."""
        return str(email.message_from_bytes(self.raw, policy=email.policy.default)[name] or "")


def moment(text: str) -> datetime:
    """`Tue 13 Oct 15:00 Berlin` as an instant; the weekday tells the year."""
    weekday, rest, city = text[:3], text[4:].rsplit(" ", 1)[0], text.rsplit(" ", 1)[1]
    for year in YEARS:
        wall = datetime.strptime(f"{rest} {year}", "%d %b %H:%M %Y")  # noqa: DTZ007
        if f"{wall:%a}" == weekday:
            return wall.replace(tzinfo=ZoneInfo(CITIES[city])).astimezone(UTC)
    raise AssertionError(f"no such day in {YEARS}: {text}")


def kinds(reads: list[str]) -> list[str]:
    """The touchpoints of letters that were read."""
    return [each.split("  ")[1] for each in reads]


def when(reads: list[str]) -> list[str]:
    """The same with the moments at which they came."""
    return ["  ".join(each.split("  ")[:2]) for each in reads]


def local(at: datetime, zone: str) -> str:
    """`Tue 13 Oct 15:00` on the clock of a zone."""
    wall = at.astimezone(ZoneInfo(zone))
    return f"{wall:%a} {wall.day} {wall:%b %H:%M}"


class Someone:
    """One person's hands and eyes. After each act a minute passes, so the daemon has seen it."""

    def __init__(self, stage: Stage, person: Person) -> None:
        self.stage = stage
        self.person = person
        self.seen = 0
        self.letters: list[Read] = []
        self.written = 0

    # --- eyes

    def _fetch(self) -> None:
        world = self.stage.outside.world
        mails = world.mailbox(self.person.address).arrived
        for mail in mails[len(self.letters) :]:
            parsed = email.message_from_bytes(mail.raw, policy=email.policy.default)
            body = parsed.get_body(("plain",))
            assert body is not None
            text = str(body.get_content()).replace("\r\n", "\n")
            at = local(mail.at, self.person.zone)
            first = text.split("\n")[0]
            self.letters.append(
                Read(
                    at, str(parsed["X-Oneonone-Touchpoint"] or "invitation"), first, text, mail.raw
                )
            )

    def reads(self) -> list[str]:
        """The letters since the last look: `when  touchpoint  first line`."""
        self._fetch()
        news, self.seen = self.letters[self.seen :], len(self.letters)
        return [letter.line for letter in news]

    def last(self, touchpoint: str = "") -> Read:
        """The last letter (of that touchpoint)."""
        self._fetch()
        found = [read for read in self.letters if touchpoint in ("", read.touchpoint)]
        assert found, f"no {touchpoint} for {self.person.first}"
        return found[-1]

    def calendar(self, days: int = 15) -> list[str]:
        """What the person sees in their own calendar from now on; guests with their answer."""
        return [self._worded(shown) for shown in self.shown(days)]

    def _worded(self, shown: Shown) -> str:
        text = local(shown.start, self.person.zone)
        if not shown.series:
            text += " one-off"
        if shown.place.calendar != self.person.address:
            text += f" {shown.answer}"
        return text

    def shown(self, days: int = 60) -> list[Shown]:
        """What is not over yet in the person's own calendar."""
        now = self.stage.now
        window = Slot(now - timedelta(days=2), now + timedelta(days=days))
        return [
            shown
            for shown in self.stage.outside.hands.calendar(self.person.address, window)
            if shown.end > now
        ]

    def _place(self, day: str) -> Place:
        found = [s for s in self.shown() if local(s.start, self.person.zone).startswith(f"{day} ")]
        assert len(found) == 1, f"{len(found)} events of {self.person.first} on {day}"
        return found[0].place

    # --- hands

    def _at(self, text: str) -> datetime:
        city = next(c for c, zone in CITIES.items() if zone == self.person.zone)
        return moment(f"{text} {city}")

    def deletes(self, day: str) -> None:
        """Deletes an event from the calendar; a guest deletes their copy."""
        self.stage.outside.hands.delete(self.person.address, self._place(day))
        self.stage.passes(1)

    def cancels(self, day: str) -> None:
        """Cancels one's own event and leaves it visible."""
        self.stage.outside.hands.cancel(self.person.address, self._place(day))
        self.stage.passes(1)

    def declines(self, day: str) -> None:
        """As guest."""
        self.stage.outside.hands.answer(self.person.address, self._place(day), "DECLINED")
        self.stage.passes(1)

    def accepts(self, day: str) -> None:
        """As guest."""
        self.stage.outside.hands.answer(self.person.address, self._place(day), "ACCEPTED")
        self.stage.passes(1)

    def drags(self, day: str, to: str) -> None:
        """Moves an event (half an hour long) to another time of one's own clock."""
        start = self._at(to)
        slot = Slot(start, start + timedelta(minutes=30))
        self.stage.outside.hands.move(self.person.address, self._place(day), slot)
        self.stage.passes(1)

    def takes_back_deletions(self) -> None:
        """Every occurrence deleted from one's series is there again (undo, or a restored backup)."""
        world = self.stage.outside.world
        for event in world.account(self.person.address).events.values():
            if event.rule and event.rule.gaps:
                event.rule = replace(event.rule, gaps=())
                world.touch(event)
        self.stage.passes(1)

    def declines_all(self) -> None:
        """As guest, the whole series (the phone's "all events" button)."""
        place = replace(next(s.place for s in self.shown() if s.series), recurrence="")
        self.stage.outside.hands.answer(self.person.address, place, "DECLINED")
        self.stage.passes(1)

    def uninvites(self, guest: str) -> None:
        """Takes somebody off the guests of the series."""
        uid = next(s.place.uid for s in self.shown() if s.series)
        address = self.stage.people[guest].person.address
        self.stage.outside.hands.uninvite(self.person.address, uid, address)
        self.stage.passes(1)

    def invites_again(self, guest: str) -> None:
        """Puts somebody on the guests of one's series again."""
        world = self.stage.outside.world
        address = self.stage.people[guest].person.address
        for event in world.account(self.person.address).events.values():
            if event.rule and not event.gone:
                event.guests[address] = "NEEDS-ACTION"
                world.attend(event)
                world.touch(event)
        self.stage.passes(1)

    def cancels_all(self) -> None:
        """Cancels one's series as a whole, and leaves it visible."""
        world = self.stage.outside.world
        for event in world.account(self.person.address).events.values():
            if event.rule and not event.gone:
                world.cancel(event, "")
        self.stage.passes(1)

    def _dragged(self, day: str, to: str, minutes: int) -> tuple[Place, Slot]:
        start = self._at(to)
        return self._place(day), Slot(start, start + timedelta(minutes=minutes))

    def drags_following(self, day: str, to: str, minutes: int = 30) -> None:
        """Moves an occurrence and all that follow to another time of one's own clock."""
        place, slot = self._dragged(day, to, minutes)
        self.stage.outside.hands.split_series(
            self.person.address, place, slot, f"new-{place.uid[:8]}"
        )
        self.stage.passes(1)

    def drags_all(self, day: str, to: str, minutes: int = 30) -> None:
        """Moves the whole series, named by its first occurrence."""
        place, slot = self._dragged(day, to, minutes)
        self.stage.outside.hands.move(self.person.address, replace(place, recurrence=""), slot)
        self.stage.passes(1)

    def repeats_every(self, weeks: int) -> None:
        """Edits how often one's series takes place."""
        world = self.stage.outside.world
        for event in world.account(self.person.address).events.values():
            if event.rule and not event.gone and event.rule.until is None:
                event.rule = replace(event.rule, step=Step(weeks=weeks))
                world.touch(event)
        self.stage.passes(1)

    def deletes_following(self, day: str) -> None:
        """Deletes an occurrence and all that follow."""
        self.stage.outside.hands.cut_series(self.person.address, self._place(day))
        self.stage.passes(1)

    def takes_back_the_cut(self) -> None:
        """One's series goes on without an end again."""
        world = self.stage.outside.world
        for event in world.account(self.person.address).events.values():
            if event.rule and not event.gone:
                event.rule = replace(event.rule, until=None)
                world.touch(event)
        self.stage.passes(1)

    def makes(self, start: str, guest: str, weeks: int = 0, minutes: int = 30, **more: Any) -> None:
        """Makes an event by hand, every so many weeks (0: once), with one guest."""
        begin, uid = self._at(start), f"made-by-{self.person.id}-{start}".replace(" ", "-")
        guests = (self.stage.people[guest].person.address, *more.pop("others", ()))
        title = more.pop("title", "Mentoring")
        event: SeriesEvent | OneOff
        if weeks:
            wall = begin.astimezone(ZoneInfo(self.person.zone)).replace(tzinfo=None)
            rule = SeriesRule(wall_text(wall), self.person.zone, minutes, Step(weeks=weeks), **more)
            event = SeriesEvent(uid, rule, title, guests, "Room 7")
        else:
            slot = Slot(begin, begin + timedelta(minutes=minutes))
            event = OneOff(uid, slot, self.person.zone, title, guests, "Room 7")
        self.stage.outside.hands.make(self.person.address, event)
        self.stage.passes(1)

    def is_out(self, start: str, days: float) -> None:
        """Makes an out-of-office event."""
        begin = self._at(start)
        slot = Slot(begin, begin + timedelta(days=days))
        self.stage.outside.hands.leave_office(self.person.address, f"out {start}", slot)
        self.stage.passes(1)

    def deletes_all(self) -> None:
        """Deletes the series."""
        uid = next(s.place.uid for s in self.shown() if s.series)
        self.stage.outside.hands.delete_series(self.person.address, uid)
        self.stage.passes(1)

    def takes_series_out_of_the_bin(self) -> None:
        """As it was."""
        for event in self.stage.outside.world.account(self.person.address).events.values():
            self.stage.outside.hands.restore_series(self.person.address, event.place.uid)
        self.stage.passes(1)

    def is_busy(self, start: str, hours: float = 1) -> None:
        """Makes an ordinary event; the daemon is not told."""
        begin = self._at(start)
        slot = Slot(begin, begin + timedelta(hours=hours))
        self.stage.outside.hands.occupy(self.person.address, f"busy {start}", slot)

    def is_free_again(self, start: str) -> None:
        """Takes that ordinary event away."""
        self.stage.outside.hands.free(self.person.address, f"busy {start}")
        self.stage.passes(1)

    def hides_busy_times(self) -> None:
        """From now on nobody can see when this person is busy."""
        self.stage.hidden.add(self.person.address)

    def frees_everything(self) -> None:
        """Deletes all ordinary events; the daemon is not told."""
        for uid in list(self.stage.outside.world.account(self.person.address).ordinary):
            self.stage.outside.hands.free(self.person.address, uid)

    def locks_out(self) -> None:
        """Takes the daemon's right away."""
        self.stage.outside.hands.lock_out(self.person.address)
        self.stage.passes(1)

    def lets_in(self) -> None:
        """Gives it back; a lost account is looked at every hour."""
        self.stage.outside.hands.let_in(self.person.address)
        self.stage.passes(61)

    def replies(self, touchpoint: str, text: str, **headers: str) -> None:
        """Answers the last letter of that touchpoint as a mail program does."""
        self.answers(self.last(touchpoint), text, **headers)

    def answers(self, letter: Read, text: str, **headers: str) -> None:
        """Answers that letter; further headers replace those a mail program writes."""
        quoted = "\n".join(f"> {each}" for each in letter.text.split("\n"))
        self.answers_with(letter, f"{text}\n\nOn Tue, KOSS 1:1s wrote:\n{quoted}\n", **headers)

    def answers_with(self, letter: Read, body: str, **headers: str) -> None:
        """Answers that letter with exactly this body, of whatever of the letter a mail program puts into it."""
        given = {
            "From": f"{self.person.name} <{self.person.address}>",
            "To": letter.header("Reply-To"),
            "Subject": f"Re: {letter.header('Subject').removeprefix('Re: ')}",
            "In-Reply-To": letter.header("Message-ID"),
            "References": f"{letter.header('References')} {letter.header('Message-ID')}",
        }
        self._write(
            body, given | {name.replace("_", "-"): value for name, value in headers.items()}
        )
        if not self.stage.off:
            self.stage.passes(1)

    def says(self, touchpoint: str, *said: Said | str, thread: str = "", **more: Any) -> None:
        """Answers the last letter of that touchpoint (of none, when empty) so that exactly this is understood: what
        follows from a mail, whatever its words."""
        self.written += 1
        key = self.last(touchpoint).header("X-Oneonone-Key") if touchpoint else ""
        commands = tuple(Said(each) if isinstance(each, str) else each for each in said)
        reply = ReplySeen(
            self.person.id, f"<{self.person.id}-{self.written}@example.org>", key, commands, "",
            self.stage.now, thread=thread or self.stage.lane(), trust="verified",
        )  # fmt: skip
        seen = replace(reply, **more) if more else reply
        self.stage.daemon.ports.store.record([(self.stage.lane(), seen)], now=self.stage.now)
        self.stage.passes(1)

    def posts(self, text: str, headers: dict[str, str], kind: str) -> None:
        """A program of that person's mails something in their name."""
        self._write(text, headers, kind)
        self.stage.passes(1)

    def _write(
        self, text: str, headers: dict[str, str], kind: str = "text/plain; charset=utf-8"
    ) -> None:
        self.written += 1
        own = {"Message-ID": f"<{self.person.id}-{self.written}@example.org>", **headers}
        head = "".join(f"{name}: {value}\r\n" for name, value in own.items() if value)
        raw = f"{head}Content-Type: {kind}\r\n\r\n{text}".encode()
        to = own["To"].strip("<>")
        self.stage.outside.hands.write(self.person.address, to, raw, self.stage.now)
