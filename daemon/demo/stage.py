"""The stage: the real daemon on real files, a clock that jumps, and people who follow the script.

Not the simulator: one fixed story, no faults and no checkers, but every happening told as it comes.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from daemon.decide.keys import lane_of_key, lane_of_pairing
from daemon.demo.happening import Happening, Scene, letter_detail, of_entry
from daemon.demo.record import Record, Written
from daemon.demo.script import ACTS, ANSWERS, POWER_CUT, Act, Answer
from daemon.domain.meeting import Place, Slot
from daemon.domain.people import Line, Person, Role
from daemon.domain.program import Config
from daemon.domain.world import Lane, PairingState
from daemon.ledger import zone_of
from daemon.machine import Daemon
from daemon.mail.render import Templates
from daemon.mail.times import city
from daemon.roster import Roster
from daemon.simulate.letterbox import Letter, letter, reply_mail
from daemon.simulate.outside import Outside
from daemon.tick import tick

MINUTE = timedelta(minutes=1)
ROUNDS_MAX = 20
LEDGER_LAST = 600


class Stage:
    """One performance. `record` is what an audience may want to know afterwards."""

    def __init__(
        self, config: Config, outside: Outside, templates: Templates, yaml: str = ""
    ) -> None:
        self.config = config
        self.outside = outside
        self.record = Record(config, yaml)
        self._templates = templates
        self._queue: list[tuple[datetime, int, Act | tuple[Letter, Answer]]] = []
        self._count = 0
        self._heard: Counter[tuple[int, Role, str]] = Counter()
        self._offsets: dict[str, timedelta | None] = {}
        self._reasons: dict[str, str] = {}
        self.daemon = self._start()

    def _start(self) -> Daemon:
        ports = self.outside.ports()
        roster = Roster.of(self.config, ports.vault.secret("reply-tokens"))
        daemon = Daemon(ports, roster, self._templates)
        daemon.begin(self.outside.clock.now())
        return daemon

    def run(self, until: datetime) -> Iterator[Happening]:
        """Everything that happens, in its order."""
        for act in ACTS:
            if act.pairing < len(self.config.lines):
                self._plan(self._instant(act), act)
        power = True
        while (now := self.outside.clock.now()) < until:
            yield from self._clocks(now)
            while self._queue and self._queue[0][0] <= now:
                yield self._perform(heapq.heappop(self._queue)[2], now)
            cut = POWER_CUT[0] <= now < POWER_CUT[1]
            if cut == power:
                yield self._switch(now, cut)
                power = not cut
            if power:
                yield from self._beat(now)
            self.outside.clock.set(self._next(now, until, power))
        self.daemon.ports.store.close()

    # --- time

    def _instant(self, act: Act) -> datetime:
        zone = ZoneInfo(self._line(act.pairing).person(act.role).zone)
        return datetime.fromisoformat(act.wall).replace(tzinfo=zone).astimezone(UTC)

    def _plan(self, at: datetime, what: Act | tuple[Letter, Answer]) -> None:
        self._count += 1
        heapq.heappush(self._queue, (at, self._count, what))

    def _next(self, now: datetime, until: datetime, power: bool) -> datetime:
        """The next whole minute at which anything can differ."""
        moments = [until, *(at for at in POWER_CUT if at > now)]
        if self._queue:
            moments.append(self._queue[0][0])
        if power:
            wakes = (self.daemon.ports.store.wake_at(), self.daemon.observer.wake_at())
            moments += [wake for wake in wakes if wake is not None]
        moment = max(min(moments), now + MINUTE)
        whole = moment.replace(second=0, microsecond=0)
        return whole if whole == moment else whole + MINUTE

    def _clocks(self, now: datetime) -> Iterator[Happening]:
        for name in dict.fromkeys(p.zone for line in self.config.lines for p in line_people(line)):
            offset = now.astimezone(ZoneInfo(name)).utcoffset()
            before = self._offsets.get(name, offset)
            self._offsets[name] = offset
            if before is not None and offset is not None and before != offset:
                how = "back" if offset < before else "forward"
                text = f"{city(name)} has set its clocks {how} by an hour"
                why = "the 1:1s stay where they are on the mentor's clock"
                yield Happening(now, name, "world", "clocks", text, why)

    # --- people

    def _line(self, number: int) -> Line:
        return self.config.lines[number]

    def _perform(self, what: Act | tuple[Letter, Answer], now: datetime) -> Happening:
        return self._do(what, now) if isinstance(what, Act) else self._write(*what, now)

    def _do(self, act: Act, now: datetime) -> Happening:
        line, hands = self._line(act.pairing), self.outside.hands
        person = line.person(act.role)
        place, day = self._place(act, person, now), ""
        if act.day is not None:
            day = f"{act.day:%a} {act.day.day} {act.day:%b}"
        match act.deed:
            case "delete" if place:
                hands.delete(person.address, place)
                text = f"deletes {day} in the calendar"
            case "decline" if place:
                hands.answer(person.address, place, "DECLINED")
                text = f"declines {day}"
            case "move" if place:
                to = datetime.fromisoformat(act.to).replace(tzinfo=ZoneInfo(person.zone))
                start = to.astimezone(UTC)
                length = timedelta(minutes=line.lengths_minutes[0])
                hands.move(person.address, place, Slot(start, start + length))
                text = f"drags {day} to {to:%H:%M}"
            case "lock-out":
                hands.lock_out(person.address)
                text = "changes a password: the calendar is closed to us"
            case "let-in":
                hands.let_in(person.address)
                text = "opens the calendar again"
            case _:
                text = f"wanted to {act.deed} {day}, but it is not there"
        lane = lane_of_pairing(line.pairing)
        return Happening(now, person.zone, "person", person.first, text, lane=lane)

    def _place(self, act: Act, person: Person, now: datetime) -> Place | None:
        if act.day is None:
            return None
        line = self._line(act.pairing)
        partner = line.person("mentee" if act.role == "mentor" else "mentor")
        theirs = self.outside.hands.calendar(partner.address, Slot(now, now + timedelta(days=30)))
        known = {shown.place.uid for shown in theirs}
        window = Slot(now, now + timedelta(days=30))
        for shown in self.outside.hands.calendar(person.address, window):
            local = shown.start.astimezone(ZoneInfo(line.anchor))
            if shown.place.uid in known and local.date() == act.day:
                return shown.place
        return None

    def _write(self, got: Letter, answer: Answer, now: datetime) -> Happening:
        person = next(
            p for line in self.config.lines for p in line_people(line) if p.address == got.to
        )
        self._count += 1
        raw, _ = reply_mail(
            got, f"{person.name} <{person.address}>", got.reply_to, answer.text,
            f"demo-{self._count}", now, automatic=False, cites=True,
        )  # fmt: skip
        self.outside.hands.write(person.address, got.reply_to, raw, now)
        self.record.written.append(Written(now, person.address, got, answer.text))
        first, *more = answer.text.splitlines()
        text = f'writes "{first}"' + (f" and {len(more)} more" if more else "")
        return Happening(
            now, person.zone, "person", person.first, text, f"to {got.touchpoint}",
            lane=lane_of_key(got.key),
        )  # fmt: skip

    # --- the machine

    def _switch(self, now: datetime, cut: bool) -> Happening:
        zone = self.config.programs[0].timezone
        if cut:
            self.daemon.ports.store.close()
            return Happening(now, zone, "world", "POWER", "gone: nothing runs for two days")
        self.daemon = self._start()
        return Happening(now, zone, "world", "POWER", "back: what is due is derived anew")

    def _beat(self, now: datetime) -> Iterator[Happening]:
        """Beats until nothing is due; then what the ledger says about them."""
        store = self.daemon.ports.store
        for _ in range(ROUNDS_MAX):
            tick(self.daemon)
            for why in self.daemon.stuck.values():
                raise why
            self.daemon.note_beat()
            wake = store.wake_at()
            if wake is None or wake > now:
                break
        entries = [e for e in store.ledger(last=LEDGER_LAST) if e.at == now]
        posted = self._deliver(now)
        yield from self.record.look(store, now)
        for entry in entries:
            if entry.what in ("due", "on hold"):
                self._reasons[entry.key] = entry.why
            told = of_entry(entry, self._scene(entry.lane))
            if told:
                got = posted.get(entry.key)
                detail = letter_detail(got.touchpoint, got.text) if got else ""
                if detail:
                    told = replace(told, text=f"{told.text}  {detail}")
                self.record.add(told, got)
                yield told

    def _scene(self, lane: Lane) -> Scene:
        state = self.daemon.ports.store.world(lane).state
        zone = zone_of(self.daemon.ports.store, lane, self.config.programs[0].timezone)
        known = state if isinstance(state, PairingState) else None
        line = self.daemon.roster.lines.get(lane)
        program = self.config.programs[0]
        return Scene(
            line, known, self.record.names, self._reasons, zone,
            program.repair_wait_minutes, program.quiet_to_minute,
        )  # fmt: skip

    def _deliver(self, now: datetime) -> dict[str, Letter]:
        """Letters lie in mailboxes now: who answers, and when. By key."""
        found: dict[str, Letter] = {}
        for address, raw, at in self.outside.posted():
            if any(address == program.mailbox for program in self.config.programs):
                continue
            got = letter(raw, address, at)
            found[got.key] = got
            self.record.posted(got, raw)
            answer = self._answer(got)
            if answer:
                self._plan(now + timedelta(minutes=answer.minutes), (got, answer))
        return found

    def _answer(self, got: Letter) -> Answer | None:
        for number, line in enumerate(self.config.lines):
            if f"/{lane_of_pairing(line.pairing)}/" not in got.key:
                continue
            for role, person in (("mentor", line.mentor), ("mentee", line.mentee)):
                if person.address == got.to:
                    name: tuple[int, Role, str] = (number, role, got.touchpoint)  # type: ignore[assignment]
                    answers = ANSWERS.get(name, ())
                    turn = self._heard[name]
                    self._heard[name] += 1
                    return answers[turn] if turn < len(answers) else None
        return None


def line_people(line: Line) -> tuple[Person, Person]:
    """The two of a pairing."""
    return line.mentor, line.mentee
