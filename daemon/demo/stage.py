"""The stage: the real daemon on real files, a clock that jumps, and people who follow the script.

Not the simulator: one fixed story, no faults and no checkers, but every happening told as it comes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from daemon.demo.acting import Acting
from daemon.demo.happening import Happening, Scene, of_entry, told_more
from daemon.demo.record import Record
from daemon.demo.script import POWER_CUT
from daemon.domain.program import Config
from daemon.domain.world import Lane, PairingState
from daemon.ledger import zone_of
from daemon.machine import Daemon
from daemon.mail.render import Templates
from daemon.mail.times import city
from daemon.roster import REPLY_TOKENS, Roster
from daemon.simulate.letterbox import Letter, letter
from daemon.simulate.outside import Outside
from daemon.tick import tick

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
ROUNDS_MAX = 20
LEDGER_LAST = 600
OFTEN = (
    "prep-mentee", "prep-mentor", "notes", "copy", "ack", "started", "first-note", "break-ahead",
    "extend", "reconnect", "farewell",
)  # fmt: skip
"""Letters that come again and again: of each kind one is told, the rest is counted."""


class Stage:
    """One performance. `record` is what an audience may want to know afterwards."""

    def __init__(
        self, config: Config, outside: Outside, templates: Templates, yaml: str = "",
        acting: Acting | None = None, power_cut: tuple[datetime, ...] = POWER_CUT,
    ) -> None:  # fmt: skip
        self.config = config
        self.outside = outside
        self.record = Record(config, yaml)
        self._templates = templates
        self._acting = acting or Acting(config, outside)
        self.record.written = self._acting.written
        self._in_files = self._acting.in_files
        self._power_cut = power_cut
        now = outside.clock.now()
        zones = [p.zone for line in config.lines for p in (line.mentor, line.mentee)]
        self._changes = sorted(change for zone in set(zones) for change in clock_changes(zone, now))
        self._reasons: dict[str, str] = {}
        self._seen_on: dict[Lane, str] = {}
        self._told: set[tuple[str, str]] = set()
        self.daemon = self._start()

    def _start(self) -> Daemon:
        ports = self.outside.ports()
        roster = Roster.of(self._in_files, ports.vault.secret(REPLY_TOKENS))
        daemon = Daemon(ports, roster, self._templates)
        daemon.begin(self.outside.clock.now())
        return daemon

    def run(self, until: datetime) -> Iterator[Happening]:
        """Everything that happens until then, in its order; it can go on from there."""
        power = True
        while (now := self.outside.clock.now()) < until:
            yield from self._clocks(now)
            done = self._acting.due(now)
            yield from done
            cut = bool(self._power_cut) and self._power_cut[0] <= now < self._power_cut[1]
            if cut == power:
                yield self._switch(now, cut)
                power = not cut
            if power:
                self._read_files(now)
                yield from self._beat(now, {each.lane: each.zone for each in done})
                if now in self._power_cut[1:]:
                    yield self.record.after_cut(now)
            self.outside.clock.set(self._next(now, until, power))

    def close(self) -> None:
        """Nothing follows."""
        self.daemon.ports.store.close()

    def _read_files(self, now: datetime) -> None:
        """As the daemon does when they have changed."""
        if self._acting.in_files is not self._in_files:
            self._in_files = self._acting.in_files
            self.daemon.reload(self._in_files, now)

    def _next(self, now: datetime, until: datetime, power: bool) -> datetime:
        """The next whole minute at which anything can differ."""
        moments = [until, *(at for at in self._power_cut if at > now)]
        moments += [at for at, _, _ in self._changes[:1]]
        wakes = [self._acting.next_at]
        if power:
            wakes += [self.daemon.ports.store.wake_at(), self.daemon.observer.wake_at()]
        moment = max(min([*moments, *(wake for wake in wakes if wake)]), now + MINUTE)
        whole = moment.replace(second=0, microsecond=0)
        return whole if whole == moment else whole + MINUTE

    def _clocks(self, now: datetime) -> Iterator[Happening]:
        while self._changes and self._changes[0][0] <= now:
            at, zone, hours = self._changes.pop(0)
            how = "back" if hours < 0 else "forward"
            text = f"{city(zone)} sets its clocks {how} by an hour"
            why = f"1:1s stay; {self._felt(zone, hours)}"
            yield Happening(at, zone, "world", "clocks", text, why)

    def _felt(self, zone: str, hours: int) -> str:
        """For whom a 1:1 is at another hour now: the mentor's clock counts."""
        there, here = ("earlier", "later") if hours > 0 else ("later", "earlier")
        felt: dict[str, list[str]] = {}
        for line in self.config.lines:
            if (line.anchor == zone) != (line.mentee.zone == zone):
                felt.setdefault(there if line.anchor == zone else here, []).append(
                    line.mentee.first
                )
        return ", ".join(f"{when} for {' and '.join(names)}" for when, names in felt.items())

    # --- the machine

    def _switch(self, now: datetime, cut: bool) -> Happening:
        zone = self.config.programs[0].timezone
        if cut:
            self.record.power_cuts += 1
            self.daemon.note_beat()  # a real one beats every minute, here only when something is due
            self.daemon.ports.store.close()
            days = (self._power_cut[1] - self._power_cut[0]).days
            return Happening(now, zone, "world", "POWER", f"gone: nothing runs for {days} days")
        self._in_files = self._acting.in_files
        self.daemon = self._start()
        why = "nothing was scheduled ahead"
        return Happening(now, zone, "world", "POWER", "back: what is due is derived anew", why)

    def _beat(self, now: datetime, spoke: dict[Lane, str]) -> Iterator[Happening]:
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
        posted, answered = self._deliver(now)
        yield from self.record.look(store, now)
        for entry in entries:
            if entry.what in ("due", "on hold"):
                self._reasons[entry.key] = entry.why
            told = of_entry(entry, self._scene(entry.lane))
            if told:
                yield self._telling(told, posted.get(entry.key), entry.key in answered, spoke)
        for lane in dict.fromkeys(entry.lane for entry in entries):
            yield from self.record.repaired(lane, now)

    def _telling(
        self, told: Happening, got: Letter | None, answered: bool, spoke: dict[Lane, str]
    ) -> Happening:
        """With what the letter itself says, on the clock of whoever has just done something."""
        if told.word == "times":
            told = replace(told, zone=self._seen_on.get(told.lane, told.zone))
        elif told.tone in ("seen", "calendar"):
            told = replace(told, zone=spoke.get(told.lane, told.zone))
            self._seen_on[told.lane] = told.zone
        if got:
            told = replace(told, text=told_more(told.text, got.touchpoint, got.text))
        told = replace(told, usual=self._usual(told, answered))
        self.record.add(told, got)
        return told

    def _usual(self, told: Happening, answered: bool) -> bool:
        """Whether the like of it was told before, and nobody will answer."""
        touchpoint = told.key.partition("/")[0]
        if touchpoint not in OFTEN or told.tone not in ("letter", "not"):
            return False
        like = (told.word, touchpoint)
        known = like in self._told
        self._told.add(like)
        return known and not answered

    def _scene(self, lane: Lane) -> Scene:
        state = self.daemon.ports.store.world(lane).state
        zone = zone_of(self.daemon.ports.store, lane, self.config.programs[0].timezone)
        known = state if isinstance(state, PairingState) else None
        line = self.daemon.roster.lines.get(lane)
        program = self.config.programs[0]
        return Scene(
            line, known, self.record.names, self._reasons, zone, program.timezone,
            program.repair_wait_minutes, program.quiet_to_minute,
        )  # fmt: skip

    def _deliver(self, now: datetime) -> tuple[dict[str, Letter], set[str]]:
        """Letters lie in mailboxes now, by key; and which of them somebody will answer."""
        found: dict[str, Letter] = {}
        answered = set()
        for got in self._acting.turned_away(now):
            self.record.came_back(got)
        for address, raw, at in self.outside.posted():
            if any(address == program.mailbox for program in self.config.programs):
                continue
            got = letter(raw, address, at)
            found[got.key] = got
            self.record.posted(got, raw)
            if self._acting.answers(got, now):
                answered.add(got.key)
        return found, answered


def clock_changes(zone: str, start: datetime) -> Iterator[tuple[datetime, str, int]]:
    """When that zone changes its clocks in half a year from the start, and by how many hours."""
    before = start.astimezone(ZoneInfo(zone)).utcoffset()
    for hours in range(26 * 7 * 24):
        at = start + hours * HOUR
        offset = at.astimezone(ZoneInfo(zone)).utcoffset()
        if before is not None and offset is not None and offset != before:
            yield at, zone, int((offset - before) / HOUR)
        before = offset
