"""What guests' calendar programs write to the program's mailbox: answers to invitations, and times they propose.

Not the reading of an answer (daemon/ical/answering.py) and not what follows (daemon/decide/invited.py). It is believed
only from whom it is about: by the event, the guest in it, and the identity rules (TRAPS 66, 96). Of all others nothing
is kept, and none is answered. An advisor has no token: the no of theirs counts when a server of ours has proved the
address, and the event is theirs.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from daemon.decide.keys import short
from daemon.domain.advisor import Advisor, AdvisorSeen
from daemon.domain.invitation import AnswerSeen, CounterSeen, RefreshSeen
from daemon.domain.meeting import Place
from daemon.domain.people import Address, Line, looked_up
from daemon.domain.world import Lane, PairingState
from daemon.ical.answering import Answer, answers_in
from daemon.ical.message import Told, told_in
from daemon.ical.parsing import Unreadable
from daemon.identity import answers_as, author_of, is_proved
from daemon.mail.reading.incoming import Incoming
from daemon.ports import OneOff, SeriesEvent, Store
from daemon.roster import Roster

log = logging.getLogger("oneonone")

EVENTS_MAX, GUESTS_MAX = 20, 20
"""An answer is about one event, or a few occurrences of one; what names more is none, and costs time to read."""


@dataclass(frozen=True, slots=True)
class _Known:
    """An event of ours: in which pairing, and where."""

    lane: Lane
    place: Place
    state: PairingState

    @property
    def invited(self) -> SeriesEvent | OneOff:
        """What all of them were invited to."""
        return invited_to(self.state, self.place)


def invited_to(state: PairingState, place: Place, *others: Address) -> SeriesEvent | OneOff:
    """What the pair, and these others, were invited to: a series, or the single event of a 1:1 that the state knows."""
    guests = (*(each.address for each in state.line.people), *others)
    for series in state.series:
        if series.uid == place.uid:
            return SeriesEvent(place.uid, series.rule, "", guests)
    meeting = next(m for m in state.meetings if m.place == place)
    return OneOff(place.uid, meeting.slot, meeting.origin.zone, "", guests)


def answered(
    incoming: Incoming, roster: Roster, store: Store, now: datetime
) -> tuple[Lane, AnswerSeen | CounterSeen | RefreshSeen] | None:
    """What a calendar mail says about an event of ours, None for anything else."""
    if _names_too_many(incoming):
        return None
    try:
        known = _known(told_in(incoming.calendar_text), roster, store)
        if not known:
            return None
        found = answers_in(
            incoming.calendar_text,
            {uid: each.invited for uid, each in known.items()},
            author_of(incoming),
        )
    except Unreadable:
        return None
    for answer in found:
        event = known[answer.uid]
        person = _person(event.state.line, answer) if answer.worth == "current" else ""
        if person and answers_as(incoming, event.lane, person, roster, store):
            seen = _seen(answer, event, person, incoming, now)
            return (event.lane, seen) if seen else None
    return None


def _names_too_many(incoming: Incoming) -> bool:
    return incoming.calendar_text.upper().count(b"BEGIN:VEVENT") > EVENTS_MAX


def _known(told: list[Told], roster: Roster, store: Store) -> dict[str, _Known]:
    """Of these events those that we have put, by uid. They are looked for where their guests are in a pairing, and
    nowhere else: a mail may name anything."""
    guests = dict.fromkeys(guest.address for each in told for guest in each.guests[:GUESTS_MAX])
    people = {person for guest in guests for person in roster.people_at(guest)}
    lanes = {lane for person in people for lane in roster.pairings_of(person)}
    uids, known = {each.uid for each in told}, dict[str, _Known]()
    for lane in sorted(lanes):
        state = store.world(lane).state
        if isinstance(state, PairingState):
            known |= {
                uid: _Known(lane, place, state) for uid, place in _places(state) if uid in uids
            }
    return known


def _places(state: PairingState) -> Iterator[tuple[str, Place]]:
    for meeting in state.meetings:
        if meeting.place and not meeting.place.recurrence:
            yield meeting.place.uid, meeting.place
    for series in state.series:
        yield series.uid, Place(series.calendar, series.uid)


def _person(line: Line, answer: Answer) -> str:
    for person in line.people:
        if looked_up(person.address) == looked_up(answer.who):
            return person.id
    return ""


def _seen(
    answer: Answer, event: _Known, person: str, incoming: Incoming, now: datetime
) -> AnswerSeen | CounterSeen | RefreshSeen | None:
    place = Place(event.place.calendar, answer.uid, answer.recurrence)
    name = incoming.message_id or f"<{short(f'{answer} {now.isoformat()}')}@nowhere>"
    if answer.method == "REPLY":
        return AnswerSeen(
            person, place, answer.partstat, name, now, answer.about, answer.answered_at
        )
    if answer.method == "COUNTER" and answer.proposed:
        start, end = answer.proposed.start, answer.proposed.end
        return CounterSeen(
            person, place, start, end, name, now, answer.partstat, answer.answered_at
        )
    return RefreshSeen(person, place, name, now) if answer.method == "REFRESH" else None


# --- of an advisor


def advisor_declined(
    incoming: Incoming, roster: Roster, store: Store, now: datetime
) -> tuple[Lane, AdvisorSeen] | None:
    """The no of an advisor's calendar program to an invitation that we have mailed; None for all other calendar mails."""
    author = author_of(incoming)
    declined = b"DECLINED" in incoming.calendar_text.upper()
    if not author or not declined or _names_too_many(incoming):
        return None
    try:
        told = told_in(incoming.calendar_text)
        for lane, state in _with_event({each.uid for each in told}, roster, store):
            program = roster.program_of(lane)
            if program and is_proved(incoming, program):
                for advisor in state.advisors:
                    if looked_up(advisor.address) == author and _says_no(incoming, state, advisor):
                        log.info("event=advisor-heard said=declined")
                        named = incoming.message_id or f"<declined.{advisor.id}@nowhere>"
                        return lane, AdvisorSeen(advisor.id, "", "no", named, now)
    except Unreadable:
        pass
    return None


def _with_event(
    uids: set[str], roster: Roster, store: Store
) -> Iterator[tuple[Lane, PairingState]]:
    """The pairings with one of these events, where an advisor is asked: they are found by the event, as nobody of the files
    has that address."""
    for calendar in dict.fromkeys(line.calendar for line in roster.lines.values()) if uids else ():
        places = store.places(calendar)
        for lane in sorted({places[uid] for uid in uids & places.keys()}):
            state = store.world(lane).state
            if isinstance(state, PairingState) and state.advisors:
                yield lane, state


def _says_no(incoming: Incoming, state: PairingState, advisor: Advisor) -> bool:
    """To the very 1:1, at the time that it has now."""
    meeting = next((m for m in state.meetings if m.origin == advisor.origin), None)
    if meeting is None or meeting.place is None:
        return False
    place, address = meeting.place, looked_up(advisor.address)
    event = invited_to(state, place, address)
    return any(
        (answer.method, answer.partstat, answer.worth) == ("REPLY", "DECLINED", "current")
        and (looked_up(answer.who), answer.recurrence) == (address, place.recurrence)
        and answer.about in (None, meeting.start)
        for answer in answers_in(incoming.calendar_text, {place.uid: event}, address)
    )
