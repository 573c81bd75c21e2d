"""The deciding half of a beat: World in, Plan out, letters rendered, one commit per lane.

Not the rules (daemon/decide is pure) and not their brakes (daemon/brakes.py).
"""

from __future__ import annotations

import logging
from datetime import datetime

from daemon import errors
from daemon.brakes import brake, guard
from daemon.dates import holiday_dates
from daemon.decide import decide
from daemon.decide.bounced import HOLD
from daemon.decide.guard import WEIGHING
from daemon.decide.keys import logged
from daemon.decide.programs import UNBRAKED
from daemon.domain.effect import Effect, SendLetter, TellAdmin
from daemon.domain.meeting import Slot
from daemon.domain.observation import Busy, BusySeen, Unknown
from daemon.domain.people import Person
from daemon.domain.value import replace
from daemon.domain.world import Lane, LaneRecord, Need, PairingState, Plan, World
from daemon.machine import Daemon
from daemon.mail.source import LetterFailed
from daemon.pace import newcomers
from daemon.ports import Hold, OutgoingLetter, Rendered
from daemon.rendering import letter_of

log = logging.getLogger("oneonone")


def decide_lanes(daemon: Daemon, now: datetime) -> bool:
    """Every lane that has something new, or whose time has come; then the guard weighs the whole.

    Whether a lane handed something on, so that others have something new already.
    """
    plans: list[Plan] = []
    for lane in daemon.ports.store.lanes(now):
        if lane not in daemon.stuck:
            plans += decide_lane(daemon, lane, now)
    explained = any(effect.explained for plan in plans for effect in plan.effects)
    if explained or daemon.unweighed:
        guard(daemon, now)
        daemon.unweighed = False
    return any(plan.forward for plan in plans)


def decide_lane(daemon: Daemon, lane: Lane, now: datetime) -> list[Plan]:
    """One lane: World in, Plan out, one commit. No plan when deciding fails."""
    store = daemon.ports.store
    record = store.world(lane)
    world = world_of(daemon, record)
    if world is None:
        log.warning("event=no-program lane=%s", logged(lane))
        unchanged = Plan(lane, record.state)
        store.commit(record, unchanged, Rendered(), now=now)
        return [unchanged]
    plan = _decided(daemon, world, now)
    if plan and plan.needs:
        answers = [(lane, _busy(daemon, lane, need, now)) for need in plan.needs]
        store.record(answers, now=now)
        record = store.world(lane)
        world = world_of(daemon, record)
        assert world is not None
        plan = _decided(daemon, world, now)
    if plan is None:
        return []
    store.commit(record, _routed(daemon, plan), _rendered(daemon, plan, now), now=now)
    return [plan]


def _decided(daemon: Daemon, world: World, now: datetime) -> Plan | None:
    try:
        return decide(world, now)
    except (
        Exception
    ) as why:  # deciding is pure: whatever it raises is a mistake about this lane alone
        daemon.stuck[world.lane] = why
        return None


def world_of(daemon: Daemon, record: LaneRecord) -> World | None:
    """All that the decision of this lane may see; None when its program is not in the files."""
    roster = daemon.roster
    program = roster.program_of(record.lane)
    if program is None:
        return None
    people = roster.people_of(record.lane)
    owner = None if record.lane in roster.lines else (people[0] if people else None)
    codes = {*program.holidays, *(code for person in people for code in person.holidays)}
    return World(
        record.lane, record.state, record.inbox, record.outbox, program,
        daemon.ports.store.commitments([person.id for person in people]), roster.zones, owner,
        holiday_dates(codes, daemon.ports.clock.now()) if codes else {}, daemon.down,
        record.pending,
    )  # fmt: skip


def _busy(daemon: Daemon, lane: Lane, need: Need, now: datetime) -> BusySeen:
    """Answer a need. What cannot be read is None: never offered as free."""
    connector = daemon.ports.calendars[daemon.roster.kinds[need.calendar]]
    failed = lost = False
    try:
        found = connector.busy(need.calendar, need.people, Slot(need.start, need.end))
    except errors.ConnectorError as why:
        log.warning("event=busy-unknown why=%s", type(why).__name__)
        found, failed, lost = {}, True, isinstance(why, errors.AccessLost)
    busy = {
        address: None if isinstance(known, Unknown) else known.intervals
        for address in need.people
        for known in (found.get(address, Unknown()),)
    }
    for person in daemon.roster.people_of(lane):
        _note_untold(daemon, person, found.get(person.address), now)
    return BusySeen(need.start, need.end, busy, now, failed, lost)


def _note_untold(
    daemon: Daemon, person: Person, known: Busy | Unknown | None, now: datetime
) -> None:
    """Busy times that were shared and are not told: nothing fails, because their owner is asked, but somebody has to
    know."""
    name = f"busy/{person.address}"
    if isinstance(known, Unknown) and person.shares_busy:
        daemon.observer.troubles.note(name, known.why, now)
    elif known is not None:
        daemon.observer.troubles.over(name)


def _routed(daemon: Daemon, plan: Plan) -> Plan:
    """Observations handed on to whoever has an event at a place find the lane of that place; those about a
    person, every other pairing of that person; those about all pairs of a program, each of them."""
    if not plan.forward:
        return plan
    forward = []
    for lane, seen in plan.forward:
        kind, _, name = lane.partition("/")
        if kind == "place":
            calendar, _, uid = name.partition("/")
            found = [daemon.ports.store.places(calendar).get(uid, "")]
        elif kind == "person":
            found = [each for each in daemon.roster.pairings_of(name) if each != plan.lane]
        elif kind == "pairs":
            lines = daemon.roster.lines.items()
            found = [each for each, line in lines if line.program == name and each != plan.lane]
        else:
            found = [lane]
        forward += [(each, seen) for each in found if each]
    return replace(plan, forward=tuple(forward))


def _says_what_waits(effect: Effect) -> bool:
    """What says that something waits cannot wait itself."""
    return isinstance(effect.change, TellAdmin) and effect.change.fact.startswith(UNBRAKED)


def _why_on_hold(name: str) -> str:
    if name.startswith(f"{HOLD}/"):
        return "letters to this person come back: correct the address in the files"
    return "more letters in one day than the hard cap"


def _rendered(daemon: Daemon, plan: Plan, now: datetime) -> Rendered:
    """Letters as bytes, and what has to wait for a person."""
    letters: dict[str, OutgoingLetter] = {}
    holds: dict[str, Hold] = {}
    waits = brake(daemon, plan.lane) if plan.effects else None
    for effect in plan.effects:
        if waits and not _says_what_waits(effect):
            holds[effect.key] = waits
        elif effect.hold:
            holds[effect.key] = Hold(effect.hold, _why_on_hold(effect.hold))
        elif effect.explained:
            holds[effect.key] = Hold(
                f"{WEIGHING}/{effect.explained}", "weighed at the end of the beat"
            )
        if isinstance(effect.change, SendLetter | TellAdmin):
            try:
                line = plan.state.line if isinstance(plan.state, PairingState) else None
                letters[effect.key] = letter_of(
                    effect, plan.lane, line, templates=daemon.templates, roster=daemon.roster,
                    store=daemon.ports.store, now=now, options=daemon.options,
                    plan=plan,
                )  # fmt: skip
            except LetterFailed as why:
                log.error("event=letter-failed key=%s", logged(effect.key))
                holds[effect.key] = Hold(f"template/{effect.stem.partition('/')[0]}", str(why))
    free = [(plan.lane, effect) for effect in plan.effects if effect.key not in holds]
    opening = {each.key: each.opens for each in plan.effects if each.opens > now}
    return Rendered(letters, holds, opening | newcomers(daemon, free, now))
