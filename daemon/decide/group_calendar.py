"""What a calendar shows of the members of a group: who can't come.

Not the answers of the mentee who speaks for it, after which times are looked for (seen.py, rewalled.py, invited.py).
A member's no moves nothing: the 1:1 takes place without, and the two read so.
"""

from __future__ import annotations

from daemon.decide.countered import DAY, decline_for, refresh_for
from daemon.decide.group import WHOLE, come_back, comes, member_of, miss, put_member
from daemon.decide.group_replies import only_the_two
from daemon.decide.keys import short
from daemon.decide.seen import PairingTurn
from daemon.domain.invitation import AnswerSeen, CounterSeen, RefreshSeen
from daemon.domain.meeting import Origin, Place
from daemon.domain.observation import EventSeen
from daemon.domain.people import Person
from daemon.domain.value import replace


def members_answered(turn: PairingTurn, seen: EventSeen) -> None:
    """The answers that an event of ours shows. Only what is new counts: some servers keep a no through a move."""
    if seen.cancelled:
        return
    said = {guest.address: str(guest.partstat) for guest in seen.guests}
    if any(each.uid == seen.place.uid for each in turn.state.series) and not seen.place.recurrence:
        _on_or_off(turn, frozenset(said))
    for person in turn.state.line.members:
        name = _name_of(turn, seen.place)
        if name and person.address in said:
            _answered(turn, person, name, said[person.address])


def _on_or_off(turn: PairingTurn, guests: frozenset[str]) -> None:
    """Who was seen on the series and is there no longer was taken off it by hand: the daemon takes off nobody whom its
    line names."""
    for person in turn.state.line.members:
        member = member_of(turn.state, person.id)
        if person.address in guests:
            put_member(turn, replace(member, guest=person.address, off_at=None))
        elif member.guest == person.address and not member.off_at:
            put_member(turn, replace(member, off_at=turn.now))
            turn.because("a member was taken off the series by hand")
    for person in turn.state.line.former:
        by_hand = member_of(turn.state, person.id).left_by == "hand"
        if by_hand and person.address in guests:
            come_back(turn, person)


def member_answered(turn: PairingTurn, person: Person, seen: AnswerSeen) -> None:
    """The same by mail. An answer to a time that it no longer has says nothing of the one it has."""
    meeting = next((m for m in turn.state.meetings if m.place == seen.place), None)
    if meeting and seen.about not in (None, meeting.start):
        turn.because(f"{meeting.origin}: an answer to a time that it no longer has")
        return
    name = _name_of(turn, seen.place)
    if name:
        _answered(turn, person, name, str(seen.partstat))


def member_counters(turn: PairingTurn, person: Person, seen: CounterSeen) -> None:
    """Another time is for the two to settle: its calendar program hears no, and the member who can say it."""
    if seen.partstat == "DECLINED" and (name := _name_of(turn, seen.place)):
        _answered(turn, person, name, "DECLINED")
    only_the_two(turn, person, short(seen.message_id), seen.message_id)
    decline_for(turn, person, seen.place, short(seen.message_id), turn.now + DAY)


def member_asks(turn: PairingTurn, person: Person, seen: RefreshSeen) -> None:
    """Its calendar program asks what stands."""
    if turn.state.standing in ("active", "paused", "closing"):
        refresh_for(turn, person, seen)


def _name_of(turn: PairingTurn, place: Place) -> str:
    """Which 1:1 it is about: the name of its origin, far ahead too; of the whole series its mark; empty for no event of
    ours."""
    meeting = next((m for m in turn.state.meetings if m.place == place), None)
    if meeting:
        return str(meeting.origin)
    series = next((s for s in turn.state.series if s.uid == place.uid), None)
    if series is None:
        return ""
    return str(Origin(place.recurrence, series.rule.zone)) if place.recurrence else WHOLE


def _answered(turn: PairingTurn, person: Person, name: str, said: str) -> None:
    """Only a yes and a no say anything, so nothing else is remembered."""
    member = member_of(turn.state, person.id)
    said, before = said if said in ("ACCEPTED", "DECLINED") else "", member.answers.get(name, "")
    if said == before:
        return
    rest = {each: answer for each, answer in member.answers.items() if each != name}
    put_member(turn, replace(member, answers={**rest, name: said} if said else rest))
    if name == WHOLE:
        if "DECLINED" in (said, before):
            turn.because(f"a member's answer to the whole series: {said}")
    elif said == "DECLINED":
        miss(turn, person, name)
    elif before == "DECLINED" or said == "ACCEPTED":
        comes(turn, person, name)
