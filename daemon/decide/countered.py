"""Countered: what the calendar programs of the two hear back by mail, where 1:1s are invitations by mail (RFC 5546).

That a proposed time was not taken (DECLINECOUNTER, 3.2.8), and what stands for whoever asks (the answer to REFRESH,
3.2.6). Not what people read of it: letters tell them (invited.py, withdrawing.py).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from daemon.decide.automatic import is_storm
from daemon.decide.keys import short
from daemon.decide.rsvps import answers_to
from daemon.decide.seen import PairingTurn
from daemon.domain.effect import AnswerGuest, GuestAnswer
from daemon.domain.invitation import CounterSeen, RefreshSeen
from daemon.domain.meeting import Meeting, Origin, Place
from daemon.domain.pair import Countered
from daemon.domain.people import Person, Role
from daemon.domain.value import replace

DAY = timedelta(hours=24)
ANSWERS_A_DAY = 4
"""So many answers a program gets in a day, whatever it sends: two that answer each other come to rest."""
DECLINED, REFRESHED = "decline-counter", "refresh"
STEMS = (DECLINED, REFRESHED)


def note_counter(turn: PairingTurn, role: Role, meeting: Meeting, seen: CounterSeen) -> None:
    """A proposed time is remembered until it is settled."""
    if not _by_mail(turn):
        return
    new = Countered(role, meeting.origin, seen.start, meeting.start, short(seen.message_id))
    kept = [each for each in turn.state.countered if not _same(each, new)]
    turn.state = replace(turn.state, countered=(*kept, new))


def decline_counters(turn: PairingTurn) -> None:
    """What nobody is asked about any more, and was not taken, is declined, however that came about. A time that the 1:1
    has now, and that it was taken off, is told by an invitation or a cancellation anyway."""
    waiting = tuple(each for each in turn.state.countered if _is_asked_about(turn, each))
    for each in turn.state.countered:
        if each not in waiting:
            meeting = next((m for m in turn.state.meetings if m.origin == each.origin), None)
            if meeting and _stays(turn, meeting, each):
                assert meeting.place is not None
                decline(turn, each.role, meeting.place, each.name, meeting.start, meeting.origin)
    if waiting != turn.state.countered:
        turn.state = replace(turn.state, countered=waiting)


def decline(
    turn: PairingTurn, role: Role, place: Place, name: str, closes: datetime,
    origin: Origin | None = None,
) -> None:  # fmt: skip
    """One answer for one proposed time, by the short name of the mail that proposed it."""
    decline_for(turn, turn.state.line.person(role), place, name, closes, origin)


def decline_for(
    turn: PairingTurn, person: Person, place: Place, name: str, closes: datetime,
    origin: Origin | None = None,
) -> None:  # fmt: skip
    """The same for whoever of a group has proposed it."""
    about = str(origin) if origin else short(f"{place.uid} {place.recurrence}")
    stem = f"{DECLINED}/{turn.state.line.pairing}/{about}#{name}/{person.id}"
    if stem not in turn.marks:
        reason = "the time that was proposed is not taken"
        _answer(turn, person, stem, "DECLINECOUNTER", place, closes, reason, origin)


def refresh_seen(turn: PairingTurn, seen: RefreshSeen) -> None:
    """All that stands, once a day: what changes meanwhile is told as it changes."""
    role = turn.state.line.role_of(seen.person)
    if role is None or turn.state.standing not in ("active", "paused", "closing"):
        turn.because("what stands is asked of what is no longer ours to tell")
        return
    turn.signs.append(role)
    turn.writer = turn.state.line.person(role)
    storm = is_storm(turn, role)
    turn.writer = None
    if not storm:
        refresh_for(turn, turn.state.line.person(role), seen)


def refresh_for(turn: PairingTurn, person: Person, seen: RefreshSeen) -> None:
    """The same for whoever of a group asks."""
    stem = f"{REFRESHED}/{turn.state.line.pairing}/{short(seen.place.uid)}/{seen.person}"
    mark = turn.marks.get(stem)
    if mark and turn.now < mark.at + DAY:
        turn.because("what stands was told within a day", stem)
        return
    reason = "a calendar program asks what stands"
    _answer(turn, person, stem, "REQUEST", seen.place, turn.now + DAY, reason, None)


def _answer(
    turn: PairingTurn, person: Person, stem: str, method: GuestAnswer, place: Place, closes: datetime,
    reason: str, origin: Origin | None,
) -> None:  # fmt: skip
    if not _by_mail(turn):
        turn.because("a calendar tells its guests itself", stem)
    elif _answered_lately(turn, person) >= ANSWERS_A_DAY:
        turn.because("that calendar program was answered often enough today", stem)
    elif turn.now < closes:
        guest = person.address
        said = answers_to(turn, place.uid) if method == "REQUEST" else ()
        turn.ask_once(
            stem, AnswerGuest(place, guest, method, said), account=place.calendar, closes=closes,
            reason=reason, origin=origin,
        )  # fmt: skip


def _by_mail(turn: PairingTurn) -> bool:
    """Whether guests may be invited by our mails; a calendar whose server invites answers nobody in our name."""
    line = turn.state.line
    return not line.organizer and line.mentor.calendar in ("none", "internet")


def _answered_lately(turn: PairingTurn, person: Person) -> int:
    return sum(
        stem.startswith(STEMS) and stem.endswith(f"/{person.id}") and turn.now < mark.at + DAY
        for stem, mark in turn.marks.items()
    )


def _same(one: Countered, other: Countered) -> bool:
    return (one.role, one.origin, one.start) == (other.role, other.origin, other.start)


def _is_asked_about(turn: PairingTurn, each: Countered) -> bool:
    proposal = turn.state.proposal
    if proposal and proposal.origin == each.origin and proposal.cause == "counter":
        return proposal.round == 1 and proposal.offers[0].start == each.start
    meeting = next((m for m in turn.state.meetings if m.origin == each.origin), None)
    wished = meeting.wished if meeting else None
    return wished is not None and (wished.start, wished.by) == (each.start, each.role)


def _stays(turn: PairingTurn, meeting: Meeting, each: Countered) -> bool:
    if meeting.place is None or meeting.gone or turn.state.standing in ("paused", "closed"):
        return False
    unmoved = meeting.start == each.stood != each.start
    return unmoved and meeting.standing in ("planned", "moved", "cancelled")
