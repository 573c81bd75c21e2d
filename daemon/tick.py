"""One beat: observe, decide, act. This screen is the whole machine.

Not a schedule: what is due is derived from state and `now` each time, so a beat that never came, came
late or was killed half-way leaves nothing to repair (DESIGN section 3).
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from daemon import errors
from daemon.act import Actor
from daemon.decide import decide
from daemon.decide.guard import WEIGHING, weigh
from daemon.decide.keys import logged
from daemon.domain.effect import Effect, SendLetter, TellAdmin
from daemon.domain.meeting import Slot
from daemon.domain.observation import BusySeen, Unknown
from daemon.domain.program import Config
from daemon.domain.world import Lane, LaneRecord, Need, Plan, World
from daemon.mail.render import LetterFailed, Templates
from daemon.observe import Observer
from daemon.ports import Hold, OutgoingLetter, Ports, Rendered
from daemon.release import answer_requests
from daemon.rendering import letter_of
from daemon.roster import Roster

log = logging.getLogger("oneonone")

NOTE_EVERY = timedelta(minutes=5)
ROUNDS_MAX = 8
"""A beat decides and acts again while its own receipts bring something new, so many times at most."""


@dataclass(slots=True)
class Daemon:
    """A machine that is wired up: ports, roster, templates, and the two halves that use the ports."""

    ports: Ports
    roster: Roster
    templates: Templates
    observer: Observer = field(init=False)
    actor: Actor = field(init=False)
    noted_at: datetime | None = None
    unweighed: bool = True
    """At its start: what a process that died in a beat did not come to weigh."""

    def __post_init__(self) -> None:
        self.observer = Observer(self.ports, self.roster)
        self.actor = Actor(self.ports, self.observer)

    def reload(self, config: Config, now: datetime) -> None:
        """Take over another configuration; lanes whose line is gone go on as they are (RULES 1)."""
        self.roster = self.observer.roster = Roster.of(config, self.roster.secret)
        self.observer.remember(now)


def tick(daemon: Daemon) -> None:
    """One beat."""
    now = daemon.ports.clock.now()
    answer_requests(daemon, now)
    daemon.observer.observe(now)
    for _ in range(ROUNDS_MAX):
        decided = decide_lanes(daemon, now)
        acted = daemon.actor.act(now)
        if not decided and not acted:
            break
    _note_beat(daemon, now)


def _note_beat(daemon: Daemon, now: datetime) -> None:
    """`status` shows the last beat; a machine with nothing to do does not write it down every time."""
    if daemon.noted_at is None or now - daemon.noted_at >= NOTE_EVERY:
        daemon.noted_at = now
        daemon.ports.store.keep_value("last-beat", now.isoformat())


def decide_lanes(daemon: Daemon, now: datetime) -> int:
    """Every lane that has something new, or whose time has come; then the guard weighs the whole."""
    lanes = daemon.ports.store.lanes(now)
    explained = False
    for lane in lanes:
        explained |= decide_lane(daemon, lane, now)
    if explained or daemon.unweighed:
        _guard(daemon, now)
        daemon.unweighed = False
    return len(lanes)


def decide_lane(daemon: Daemon, lane: Lane, now: datetime) -> bool:
    """One lane: World in, Plan out, one commit. Whether the guard has something to weigh."""
    store = daemon.ports.store
    record = store.world(lane)
    world = world_of(daemon, record)
    if world is None:
        log.warning("event=no-program lane=%s", logged(lane))
        store.commit(record, Plan(lane, record.state), Rendered(), now=now)
        return False
    plan = decide(world, now)
    if plan.needs:
        answers = [(lane, _busy(daemon, need, now)) for need in plan.needs]
        store.record(answers, now=now)
        record = store.world(lane)
        world = world_of(daemon, record)
        assert world is not None
        plan = decide(world, now)
    store.commit(record, _routed(daemon, plan), _rendered(daemon, plan, now), now=now)
    return any(effect.explained for effect in plan.effects)


def world_of(daemon: Daemon, record: LaneRecord) -> World | None:
    """All that the decision of this lane may see; None when its program is not in the files."""
    roster = daemon.roster
    program = roster.program_of(record.lane)
    if program is None:
        return None
    people = roster.people_of(record.lane)
    owner = None if record.lane in roster.lines else (people[0] if people else None)
    return World(
        record.lane, record.state, record.inbox, record.outbox, program,
        daemon.ports.store.commitments([person.id for person in people]), roster.zones, owner,
    )  # fmt: skip


def _busy(daemon: Daemon, need: Need, now: datetime) -> BusySeen:
    """Answer a need. What cannot be read is None: never offered as free."""
    connector = daemon.ports.calendars[daemon.roster.owners[need.calendar].calendar]
    try:
        found = connector.busy(need.calendar, need.people, Slot(need.start, need.end))
    except errors.ConnectorError as why:
        log.warning("event=busy-unknown why=%s", type(why).__name__)
        found = {}
    busy = {
        address: None if isinstance(known, Unknown) else known.intervals
        for address in need.people
        for known in (found.get(address, Unknown()),)
    }
    return BusySeen(need.start, need.end, busy, now)


def _routed(daemon: Daemon, plan: Plan) -> Plan:
    """Observations handed on to whoever has an event at a place find the lane of that place."""
    if not plan.forward:
        return plan
    forward = []
    for lane, seen in plan.forward:
        if lane.startswith("place/"):
            _, calendar, uid = lane.split("/", 2)
            lane = daemon.ports.store.places(calendar).get(uid, "")
        if lane:
            forward.append((lane, seen))
    return replace(plan, forward=tuple(forward))


def _rendered(daemon: Daemon, plan: Plan, now: datetime) -> Rendered:
    """Letters as bytes, and what has to wait for a person."""
    letters: dict[str, OutgoingLetter] = {}
    holds: dict[str, Hold] = {}
    brake = _brake(daemon, plan.lane) if plan.effects else None
    for effect in plan.effects:
        if brake:
            holds[effect.key] = brake
        elif effect.explained:
            holds[effect.key] = Hold(
                f"{WEIGHING}/{effect.explained}", "weighed at the end of the beat"
            )
        if isinstance(effect.change, SendLetter | TellAdmin):
            try:
                letters[effect.key] = letter_of(
                    effect, plan.lane, templates=daemon.templates, roster=daemon.roster,
                    store=daemon.ports.store, now=now,
                )  # fmt: skip
            except LetterFailed as why:
                log.error("event=letter-failed key=%s", logged(effect.key))
                holds[effect.key] = Hold(f"template/{effect.stem.partition('/')[0]}", str(why))
    return Rendered(letters, holds)


def _brake(daemon: Daemon, lane: Lane) -> Hold | None:
    """First run and restore: everything waits once for a person (RULES 10)."""
    store, program = daemon.ports.store, daemon.roster.program_of(lane)
    assert program is not None
    restored = store.value("restored")
    if restored:
        return Hold(f"restore/{restored[:10]}", "after a restore everything waits for release")
    if program.first_run == "hold" and store.value(f"released/{program.id}") is None:
        return Hold(f"first-run/{program.id}", "the first letters of a program wait for release")
    return None


def _guard(daemon: Daemon, now: datetime) -> None:
    """Invariant 9: a mass of unexplained effects waits for a person, a few go at once."""
    store = daemon.ports.store
    weighed: list[tuple[Lane, Effect]] = [
        (entry.lane, entry.effect)
        for entry in store.queue(on_hold=True)
        if entry.hold.startswith(WEIGHING)
    ]
    program = next(iter(daemon.roster.programs.values()))
    for verdict in weigh(weighed, len(daemon.roster.lines), program, now):
        for key in verdict.keys:
            if verdict.hold:
                store.rename_hold(key, Hold(verdict.hold, verdict.why), now=now)
            else:
                store.release(key, now=now)
        if verdict.hold:
            log.error("event=guard hold=%s", verdict.hold)
