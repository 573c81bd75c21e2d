"""A group: who its members are beside the two, and which of its 1:1s each of them misses.

Not their letters (group_letters.py, group_news.py), and not what they write (group_replies.py). Nothing of the pair
depends on a member but the times that are offered: the mentor, and the mentee who speaks for the group, decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Literal

from daemon.decide.moment import at_minute, local_day
from daemon.decide.seen import PairingTurn
from daemon.domain.meeting import Meeting, Slot
from daemon.domain.pair import Member
from daemon.domain.people import MEMBER, Line, Person
from daemon.domain.value import replace
from daemon.domain.world import PairingState

WHOLE = "*"
"""The whole series, among the answers that a calendar has shown."""
FORMER_DAYS = timedelta(days=14)
"""So long there may be a letter to somebody whom the files no longer name."""
HOLIDAYS_AHEAD = timedelta(days=120)
"""So far ahead a time is looked for at most."""


# --- who


def with_members(state: PairingState, line: Line, at: datetime) -> PairingState:
    """The state with the members whom the files name now: who has left by word stays out, who was taken out of the
    files is a former one, and who is named anew begins anew. Of a group that is long over only who was in it at its end is
    known, and that changes no more."""
    if state.forgotten:
        rest = tuple(each for each in line.members if state.line.member(each.id))
        return replace(state, line=replace(line, members=rest))
    named = {each.id: each for each in line.members}
    known = {each.id: each for each in state.members}
    kept = [_still(each, named, at) for each in state.members]
    members = [each for each in kept if each is not None and not _is_one_of_the_two(line, each.id)]
    members += [Member(each.id, at) for each in line.members if each.id not in known]
    people = {each.id: each for each in (*state.line.former, *state.line.members)} | named
    left = {each.id for each in members if each.left_at}
    line = replace(
        line,
        members=tuple(each for each in line.members if each.id not in left),
        former=tuple(people[each] for each in sorted(left) if each in people),
    )
    return replace(state, line=as_they_said(line, tuple(members)), members=tuple(members))


def _still(member: Member, named: dict[str, Person], at: datetime) -> Member | None:
    """None for who is long gone."""
    if member.id in named:
        return Member(member.id, at) if member.left_by == "files" else member
    if member.left_by in ("word", "hand"):
        return None
    return member if member.left_by else replace(member, left_at=at, left_by="files")


def _is_one_of_the_two(line: Line, person: str) -> bool:
    return line.role_of(person) is not None


def as_they_said(line: Line, members: tuple[Member, ...]) -> Line:
    """The line with the zones and languages that members have said themselves."""
    said = {each.id: each for each in members}
    return replace(line, members=tuple(_as_said(each, said.get(each.id)) for each in line.members))


def _as_said(person: Person, said: Member | None) -> Person:
    if said is None:
        return person
    return replace(person, zone=said.zone or person.zone, language=said.language or person.language)


def member_of(state: PairingState, person: str) -> Member:
    """What is remembered of a member."""
    found = next((each for each in state.members if each.id == person), None)
    return found or Member(person, state.since)


def put_member(turn: PairingTurn, member: Member) -> None:
    """Replace what is remembered of that member."""
    members = tuple(member if each.id == member.id else each for each in turn.state.members)
    line = as_they_said(turn.state.line, members)
    turn.state = replace(turn.state, members=members, line=line)


def leave_group(turn: PairingTurn, person: Person, by: Literal["word", "hand"] = "word") -> None:
    """That member has left: off the guests, and none of its letters from now on."""
    member = member_of(turn.state, person.id)
    put_member(turn, replace(member, left_at=turn.now, left_by=by, asked_at=None))
    line = turn.state.line
    rest = tuple(each for each in line.members if each.id != person.id)
    turn.state = replace(
        turn.state, line=replace(line, members=rest, former=(*line.former, person)),
        themes_out=tuple(each for each in turn.state.themes_out if each.by != person.id),
    )  # fmt: skip
    turn.because("a member has left the group")


def come_back(turn: PairingTurn, person: Person) -> None:
    """Who was taken off the series by hand is a guest again, and begins anew."""
    put_member(turn, Member(person.id, turn.now, guest=person.address))
    line = turn.state.line
    former = tuple(each for each in line.former if each.id != person.id)
    turn.state = replace(
        turn.state, line=replace(line, members=(*line.members, person), former=former)
    )
    turn.because("a member is a guest of the series again")


def take_hand_at_its_word(turn: PairingTurn) -> None:
    """Whom somebody has taken off the series, and not put back within the wait that forgives a slip, has left."""
    wait = timedelta(minutes=turn.program.repair_wait_minutes)
    for person in turn.state.line.members:
        off_at = member_of(turn.state, person.id).off_at
        if off_at and turn.watch.reached(off_at + wait):
            leave_group(turn, person, by="hand")


def keep_members(turn: PairingTurn) -> None:
    """Forget what is not of interest any more: of a 1:1 that is over, and of whom the files no longer name."""
    if not turn.state.members:
        return
    origins = {str(each.origin) for each in turn.state.meetings}
    today = turn.now.date().isoformat()
    gone = {
        each.id
        for each in turn.state.members
        if each.left_by == "files"
        and each.left_at
        and turn.watch.reached(each.left_at + FORMER_DAYS)
    }
    members = tuple(
        replace(
            each,
            misses={name: at for name, at in each.misses.items() if _ahead(name, origins, today)},
            answers=_kept(each.answers, origins, today),
            told=_kept(each.told, origins, today),
        )
        for each in turn.state.members
        if each.id not in gone
    )
    line = turn.state.line
    former = tuple(each for each in line.former if each.id not in gone)
    here = {*line.everybody, *(f"{MEMBER}{each.id}" for each in former)}
    returned = tuple(each for each in turn.state.returned if each.role in here)
    turn.state = replace(
        turn.state, members=members, line=replace(line, former=former), returned=returned
    )


def _kept(said: dict[str, str], origins: set[str], today: str) -> dict[str, str]:
    return {
        name: word for name, word in said.items() if name == WHOLE or _ahead(name, origins, today)
    }


def _ahead(name: str, origins: set[str], today: str) -> bool:
    return name in origins or name[:10] > today


# --- which 1:1s


def misses(turn: PairingTurn, person: Person, meeting: Meeting) -> bool:
    """Whether that member can't come: said so, declined, or away by the files."""
    member, name = member_of(turn.state, person.id), str(meeting.origin)
    if missed_since(turn, person, meeting):
        return True
    if member.answers.get(WHOLE) == "DECLINED" and member.answers.get(name) != "ACCEPTED":
        return True
    return _is_away(turn, person, local_day(meeting.start, turn.zone(person.zone)))


def missed_since(turn: PairingTurn, person: Person, meeting: Meeting) -> datetime | None:
    """When that member said so."""
    return member_of(turn.state, person.id).misses.get(str(meeting.origin))


def come_to_another_time(turn: PairingTurn) -> None:
    """What was said of the time before a move, of that 1:1 or of the whole series, says nothing of the new one."""
    before = turn.world.state
    if not turn.state.members or not isinstance(before, PairingState):
        return
    starts = {each.origin: each.start for each in before.meetings}
    moved = {
        str(each.origin)
        for each in turn.state.meetings
        if starts.get(each.origin, each.start) != each.start
    }
    for member in turn.state.members if moved else ():
        kept = {
            name: at for name, at in member.misses.items() if name not in moved or at == turn.now
        }
        put_member(turn, replace(member, misses=kept))


def missing(turn: PairingTurn, meeting: Meeting) -> list[Person]:
    """The members who can't come to it."""
    return [each for each in turn.state.line.members if misses(turn, each, meeting)]


def miss(turn: PairingTurn, person: Person, name: str) -> None:
    """That member misses the 1:1 of that origin. Nothing moves."""
    member = member_of(turn.state, person.id)
    put_member(turn, replace(member, misses={**member.misses, name: turn.now}))
    turn.because(f"{name}: takes place without one of the group")


def comes(turn: PairingTurn, person: Person, name: str) -> None:
    """That member can come after all."""
    member = member_of(turn.state, person.id)
    if name in member.misses:
        rest = {each: at for each, at in member.misses.items() if each != name}
        put_member(turn, replace(member, misses=rest))
        turn.because(f"{name}: one of the group comes after all")


def _is_away(turn: PairingTurn, person: Person, day: date) -> bool:
    if any(day in each for each in person.away):
        return True
    return any(day in turn.world.holidays.get(code, ()) for code in person.holidays)


def away_slots(turn: PairingTurn, person: Person) -> tuple[Slot, ...]:
    """The days on which that member is away, as time that is not offered: where one of the two is away a 1:1 falls out,
    and where a member is, it takes place without."""
    return tuple(
        Slot(at_minute(first, 0, zone), at_minute(last + timedelta(days=1), 0, zone))
        for zone in (turn.zone(person.zone),)
        for first, last in _away_days(turn, person)
    )


def _away_days(turn: PairingTurn, person: Person) -> Iterator[tuple[date, date]]:
    today = turn.now.date() - timedelta(days=1)
    for each in person.away:
        if each.last >= today:
            yield each.first, each.last
    for code in person.holidays:
        for day in sorted(turn.world.holidays.get(code, ())):
            if today <= day <= today + HOLIDAYS_AHEAD:
                yield day, day
