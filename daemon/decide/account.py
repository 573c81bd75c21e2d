"""The decision of an account's lane: access troubled, lost and back, events that vanished together, and the
week card of its owner.

Not the meetings on it: every one of them keeps its standing (RULES 5 rows 4 and 6, section 9).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TypeAlias

from daemon.decide.bounced import hold_name, on_hold_elsewhere
from daemon.decide.keys import lane_of_pairing
from daemon.decide.moment import local_day, quiet_hours, speakable
from daemon.decide.prepared import WEEK, card_moment
from daemon.decide.turn import Turn, iso
from daemon.domain.effect import SendLetter
from daemon.domain.observation import (
    AccessBack,
    AccessLost,
    AccessTroubled,
    AdminAsked,
    CardEntry,
    CardSeen,
    CardSent,
    EventGone,
    EventSeen,
    Observation,
    Refused,
    Settled,
    Vanished,
)
from daemon.domain.people import Person
from daemon.domain.value import replace
from daemon.domain.world import AccountState, Plan, World

AccountTurn: TypeAlias = Turn[AccountState]
NAMED_MOST = 5
"""So many of the next 1:1s are named in one letter."""


def decide_account(world: World, now: datetime) -> Plan:
    """What the owner of this account and the contact have to know now."""
    state = world.state
    if not isinstance(state, AccountState):
        state = AccountState(world.lane.partition("/")[2])
    turn: AccountTurn = Turn(world, state, now)
    _address(turn)
    for seen in world.inbox:
        _fold(turn, seen)
    if turn.state.standing == "lost":
        _reconnect(turn)
    elif turn.state.standing == "troubled":
        _troubled(turn)
    if turn.state.card:
        _card(turn)
    _withhold(turn)
    return turn.plan()


def _fold(turn: AccountTurn, seen: Observation) -> None:
    match seen:
        case AccessTroubled():
            if turn.state.standing == "connected":
                turn.state = replace(turn.state, standing="troubled", troubled_at=seen.since)
                turn.because("cannot be read for hours; that may end by itself")
        case AccessLost():
            _lost(turn, seen)
        case AccessBack():
            _back(turn)
        case Vanished():
            _freeze(turn, seen)
        case AdminAsked():
            _release(turn, seen)
        case EventSeen():
            _thaw(turn, seen)
        case CardSeen():
            others = tuple(e for e in turn.state.card if e.pairing != seen.entry.pairing)
            kept = (*others, seen.entry) if seen.entry.start else others
            turn.state = replace(turn.state, card=kept)
        case Settled() | Refused():
            _ended(turn, seen)
        case _:
            turn.because(f"{type(seen).__name__} says nothing to an account")


def _address(turn: AccountTurn) -> None:
    """Whether letters to the owner come back; what has waited for that is asked for anew."""
    owner = turn.world.owner
    bound = turn.world.commitments.get(owner.id, ()) if owner else ()
    waits = on_hold_elsewhere(bound)
    if turn.state.address_on_hold and not waits:
        for row in turn.world.outbox:
            if row.standing == "on hold" and row.untouched:
                turn.withdraw(row, "the owner's address is on hold no more")
    if turn.state.address_on_hold != waits:
        turn.state = replace(turn.state, address_on_hold=waits)


def _withhold(turn: AccountTurn) -> None:
    if turn.state.address_on_hold and turn.world.owner:
        name = hold_name(turn.world.owner.id)
        turn.effects = [
            replace(each, hold=name) if isinstance(each.change, SendLetter) else each
            for each in turn.effects
        ]


def _first(turn: AccountTurn) -> str:
    return turn.world.owner.name if turn.world.owner else ""


def _lost(turn: AccountTurn, seen: AccessLost) -> None:
    if turn.state.standing != "lost":
        turn.state = replace(
            turn.state, standing="lost", new=seen.new, lost_at=seen.at, why=seen.why
        )
        owner = turn.world.owner
        told = owner is not None and owner.address == turn.program.contact  # as its owner
        if seen.new:
            turn.because("nobody has connected this calendar yet: what is for it waits")
        else:
            turn.because("access lost: meetings keep their standing, nothing counts as deleted")
        if seen.new and not told:
            turn.tell("account-new", reason="an account is not connected", first=_first(turn))
        elif not told:
            turn.tell("account-lost", reason="an account cannot be reached", first=_first(turn))


def _back(turn: AccountTurn) -> None:
    if turn.state.standing != "connected":
        turn.state = replace(
            turn.state, standing="connected", new=False, lost_at=None, troubled_at=None, why=""
        )
        turn.marks = {s: m for s, m in turn.marks.items() if not s.startswith("reconnect")}
        turn.because("a complete listing worked: connected again")


def _troubled(turn: AccountTurn) -> None:
    """`status` shows it at once, the contact hears of it after a day."""
    since = turn.state.troubled_at
    wait = timedelta(hours=turn.program.troubled_tell_hours)
    if since and turn.watch.reached(since + wait):
        turn.tell_once(
            f"troubled/{iso(since)}", "account-troubled",
            reason="an account could not be read for a day", first=_first(turn),
        )  # fmt: skip


def _ended(turn: AccountTurn, seen: Settled | Refused) -> None:
    stem, _, generation = seen.key.rpartition("/")
    mark = turn.marks.get(stem)
    if mark and mark.generation == int(generation):
        done = "settled" if isinstance(seen, Settled) else "refused"
        turn.marks[stem] = replace(mark, standing=done, at=seen.at)  # type: ignore[arg-type]
        if stem.startswith("week-card/") and isinstance(seen, Settled):
            for entry in turn.state.card:
                lane = lane_of_pairing(entry.pairing)
                turn.forwarded.append((lane, CardSent(mark.at)))


def _freeze(turn: AccountTurn, seen: Vanished) -> None:
    """Row 6: not believed until a person has looked."""
    frozen = tuple(dict.fromkeys((*turn.state.frozen, *seen.gone)))
    turn.state = replace(turn.state, frozen=frozen, frozen_at=seen.at)
    turn.because(f"{len(seen.gone)} of {seen.known} events vanished at once: frozen")
    turn.tell(
        "vanished", reason="events vanished together", gone=len(seen.gone), known=seen.known,
        first=_first(turn), command=f"run.py release frozen/{turn.state.account}",
    )  # fmt: skip


def _thaw(turn: AccountTurn, seen: EventSeen) -> None:
    """It is there again: it had never been gone."""
    frozen = tuple(place for place in turn.state.frozen if place.uid != seen.place.uid)
    turn.state = replace(
        turn.state, frozen=frozen, frozen_at=turn.state.frozen_at if frozen else None
    )
    turn.because("an event that had vanished is there again")


def _release(turn: AccountTurn, seen: AdminAsked) -> None:
    """The contact has looked: the facts go to the pairings they belong to."""
    for place in turn.state.frozen:
        turn.forwarded.append((f"place/{place.calendar}/{place.uid}", EventGone(place, seen.at)))
    turn.because(f"released: {len(turn.state.frozen)} vanished events are believed")
    turn.state = replace(turn.state, frozen=(), frozen_at=None)


def _reconnect(turn: AccountTurn) -> None:
    """The owner hears of it on day 0, 1, 3, 7 and 14, once for all their pairings."""
    owner, lost_at = turn.world.owner, turn.state.lost_at
    if owner is None or lost_at is None:
        return
    days = turn.program.reconnect_days
    hours = quiet_hours(owner, turn.zone(owner.zone), turn.program)
    for day in days:
        moment = speakable(lost_at + timedelta(days=day), hours)
        if not turn.watch.reached(moment):
            continue
        bound = turn.world.commitments.get(owner.id, ())
        own = (c for c in bound if c.kind == "meeting" and c.role == "mentor" and c.end > turn.now)
        meetings = sorted(own, key=lambda c: c.start)[:NAMED_MOST]
        facts = {
            "since": iso(lost_at),
            "meetings": [
                {"first": c.name, "start": iso(c.start), "zone": c.zone} for c in meetings
            ],
            "last": day == days[-1],
            "new": turn.state.new,
        }
        occasion = f"{lost_at:%Y%m%dT%H%M%S}-{day}"
        turn.want(
            turn.letter_stem("reconnect", occasion, owner.id),
            SendLetter("reconnect", owner.id, facts), account=turn.program.mailbox, opens=moment,
            closes=moment + timedelta(days=1), basis=str(day),
            reason=f"{'not connected' if turn.state.new else 'access lost'}, day {day}",
        )  # fmt: skip


# --- the week card


def _card(turn: AccountTurn) -> None:
    """The evening before the first 1:1 of the owner's week, all of them on one letter."""
    owner = turn.world.owner
    if owner is None:
        return
    zone = turn.zone(owner.zone)
    coming = sorted(
        (e for e in turn.state.card if e.start and e.start > turn.now), key=lambda e: str(e.start)
    )
    turn.state = replace(turn.state, card=tuple(coming))
    if not coming or coming[0].start is None:
        return
    first_day = local_day(coming[0].start, zone)
    monday = first_day - timedelta(days=first_day.weekday())
    moment = card_moment(coming[0].start, owner, zone, turn.program)
    stem = turn.letter_stem("week-card", f"{monday:%G-W%V}", owner.id)
    if not turn.watch.reached(moment) or turn.over(stem):
        return
    week = [e for e in coming if e.start and local_day(e.start, zone) < monday + WEEK]
    turn.want(
        stem, SendLetter("week-card", owner.id, _card_facts(owner, week)),
        account=turn.program.mailbox, opens=moment, closes=coming[0].start,
        reason=f"{len(week)} 1:1s this week on one card", basis="card",
    )  # fmt: skip


def _card_facts(owner: Person, week: list[CardEntry]) -> dict[str, object]:
    return {
        "entries": [
            {
                "first": e.first, "start": iso(e.start) if e.start else "", "zone": e.zone,
                "topics": list(e.topics),
                "actions": [
                    {"letter": letter, "text": text, "kind": kind} for letter, text, kind in e.to_dos
                ],
                "type": e.type, "own": list(e.own),
            }
            for e in week
        ]
    }  # fmt: skip
