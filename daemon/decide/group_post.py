"""How a letter to a member of a group is asked for: quiet hours, limits of a day and a week, addresses on hold.

Not which letters (group_letters.py, group_news.py). What owed.py, caps.py and bounced.py are for the two, by role, this
is for everybody else of a group, by person.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from daemon.decide.bounced import HOLD, NO_SUCH_USER, ask_anew, hold_name
from daemon.decide.caps import COUNTED, COUNTS, DAY, WEEK
from daemon.decide.group import member_of, put_member
from daemon.decide.keys import short, touchpoint_of
from daemon.decide.moment import at_minute, local_day, quiet_hours, speakable
from daemon.decide.seen import PairingTurn
from daemon.domain.effect import Effect, SendLetter
from daemon.domain.meeting import Origin
from daemon.domain.observation import BounceSeen
from daemon.domain.pair import Member, Sent
from daemon.domain.people import Person
from daemon.domain.value import replace
from daemon.domain.world import Commitment

PREP = "group-prep"
SOON = timedelta(hours=2)


def to_member(
    turn: PairingTurn, person: Person, touchpoint: str, occasion: str, facts: dict[str, Any],
    *, opens: datetime, closes: datetime, reason: str, basis: str, origin: Origin | None = None,
    retell: bool = False, starts: datetime | None = None,
) -> None:  # fmt: skip
    """Ask for one letter (see Turn.want). `starts`: of the 1:1 that it is about; what is said of one in the next hours
    waits for no morning."""
    stem = turn.letter_stem(touchpoint, occasion, person.id)
    mark = turn.marks.get(stem)
    live = mark is not None and mark.standing == "live"
    if not live:
        if mark and mark.standing in ("settled", "skipped") and (not retell or mark.basis == basis):
            return
        if turn.now < closes and not _may_go(turn, person, stem, opens, closes, starts):
            return
    turn.want(
        stem, SendLetter(touchpoint, person.id, facts), account=turn.program.mailbox,
        opens=opens, closes=closes, reason=reason, basis=basis, origin=origin, retell=retell,
    )  # fmt: skip


def by_day(turn: PairingTurn, person: Person, moment: datetime) -> datetime:
    """The first moment, not before this one, outside that member's quiet hours."""
    hours = quiet_hours(person, turn.zone(person.zone), turn.program)
    return speakable(moment, hours)


def at_once_or_by_day(
    turn: PairingTurn, person: Person, moment: datetime, starts: datetime | None
) -> datetime:
    """The same for what is said of a 1:1 that `starts` then: at once, where it is a matter of hours."""
    late = by_day(turn, person, max(moment, turn.now))
    urgent = timedelta(hours=turn.program.urgent_hours)
    if starts and moment < starts and (starts - moment < urgent or starts < late + SOON):
        return moment
    return late


def _may_go(
    turn: PairingTurn, person: Person, stem: str, opens: datetime, closes: datetime,
    starts: datetime | None,
) -> bool:  # fmt: skip
    """Not what is not wished; what counts, when there is room for it; and by day."""
    if not turn.watch.reached(opens):
        return False
    touchpoint = touchpoint_of(stem)
    if touchpoint == PREP and member_of(turn.state, person.id).fewer:
        turn.pass_over(stem, "no reminders are wished")
        return False
    later = _room(turn, person) if touchpoint in COUNTED else None
    if later is None:
        return turn.watch.reached(at_once_or_by_day(turn, person, opens, starts))
    if by_day(turn, person, later) >= closes:
        turn.pass_over(stem, "so many letters came already that this one would be too much")
    else:
        turn.watch.reached(by_day(turn, person, later))
    return False


def _room(turn: PairingTurn, person: Person) -> datetime | None:
    """None when there is room for one more letter now, else the next moment at which there may be."""
    zone, counted = turn.zone(person.zone), sorted(_counted(turn, person))
    today = local_day(turn.now, zone)
    if sum(local_day(at, zone) == today for at in counted) >= turn.program.letters_per_day:
        return at_minute(today + DAY, 0, zone)
    week = [at for at in counted if at > turn.now - WEEK]
    if len(week) >= turn.program.letters_per_week:
        return week[0] + WEEK
    return None


def _counted(turn: PairingTurn, person: Person) -> Iterator[datetime]:
    """When that member got letters that count, here and in other pairings."""
    yield from (each.at for each in member_of(turn.state, person.id).sent if each.counts)
    bound = turn.world.commitments.get(person.id, ())
    yield from (
        c.start for c in bound if c.kind == "letter" and c.lane != turn.lane and c.name == COUNTS
    )


# --- in every turn


def note_member_letters(turn: PairingTurn) -> None:
    """Remember every letter of this turn to a member; hold what is above the hard cap, or would go to an address from
    which letters come back."""
    effects: list[Effect] = []
    for effect in turn.effects:
        change = effect.change
        person = turn.state.line.member(change.person) if isinstance(change, SendLetter) else None
        effects.append(_noted(turn, effect, person) if person else effect)
    turn.effects = effects


def _noted(turn: PairingTurn, effect: Effect, person: Person) -> Effect:
    member, zone = member_of(turn.state, person.id), turn.zone(person.zone)
    today = [each for each in member.sent if local_day(each.at, zone) == local_day(turn.now, zone)]
    if len(today) >= turn.program.letters_hard_cap:
        effect = replace(effect, hold=f"cap/{turn.now.date().isoformat()}")
        turn.tell("letters-over", reason="more letters than the hard cap", first=person.first)
    elif member.held_at == person.address:
        effect = replace(effect, hold=hold_name(person.id))
    counts = touchpoint_of(effect.stem) in COUNTED
    kept = tuple(
        each for each in member.sent if turn.now - each.at < (WEEK if each.counts else DAY)
    )
    sent = Sent("mentee", turn.now, counts, "")
    put_member(turn, replace(member, sent=(*kept, sent)))
    return effect


def letters_of_member(turn: PairingTurn, member: Member) -> list[Commitment]:
    """What that member's letters here are for their other pairings."""
    return [
        Commitment(turn.lane, "letter", each.at, each.at, COUNTS if each.counts else "")
        for each in member.sent
        if turn.now - each.at < WEEK
    ]


# --- letters that come back


def member_bounced(turn: PairingTurn, person: Person, seen: BounceSeen) -> None:
    """A letter to a member came back. As for the two: once there is no such user, or for the second time, nothing more
    goes to that address until the files name another, its owner writes, or an admin releases it."""
    if not (seen.hard and seen.suppress):
        turn.because(f"a letter to a member came back: {seen.reason}", seen.key)
        return
    member = member_of(turn.state, person.id)
    returned = member.returned + 1
    held = person.address if returned > 1 or seen.reason == NO_SUCH_USER else member.held_at
    put_member(turn, replace(member, returned=returned, held_at=held))
    turn.because(f"a letter to a member came back: {seen.reason}", seen.key)
    if held and not member.held_at:
        ask_anew(turn, person, ("due",), "letters to that person are on hold now")
        turn.tell_once(
            f"{HOLD}/{short(f'{person.id} {person.address}')}/{turn.now:%Y%m%d}", "address-on-hold",
            reason=seen.reason, first=person.name, why=seen.reason,
        )  # fmt: skip


def member_is_reached(turn: PairingTurn, person: Person, why: str) -> None:
    """That address is good: what waits for it is asked for anew."""
    member = member_of(turn.state, person.id)
    if member.returned:
        put_member(turn, replace(member, returned=0, held_at=""))
        ask_anew(turn, person, ("on hold", "due"), why)


def look_at_members(turn: PairingTurn) -> None:
    """An address that the files have corrected is on hold no more."""
    for person in turn.state.line.members:
        held = member_of(turn.state, person.id).held_at
        if held and held != person.address:
            member_is_reached(turn, person, "the address was corrected")


def member_released(turn: PairingTurn, name: str) -> None:
    """An admin says that the address is good."""
    for person in turn.state.line.members:
        if name == hold_name(person.id):
            member_is_reached(turn, person, "released by an admin")
