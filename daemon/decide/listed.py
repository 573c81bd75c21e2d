"""Listed: an advisor's place on the event of one 1:1, from a yes to a no (LETTERS 2).

Not what they answer: advising.py. It is put there once and taken off once for each change of mind, and never fought over:
whoever is taken off by hand stays off, and whoever is put on by hand after a no stays on.
"""

from __future__ import annotations

from daemon.decide.seen import PairingTurn
from daemon.domain.advisor import Advisor
from daemon.domain.effect import Invite, Uninvite
from daemon.domain.meeting import Meeting
from daemon.domain.observation import EventSeen
from daemon.domain.value import replace

ON, OFF = "guest", "guest-off"
"""How the stems of the two changes begin."""


def meeting_of_advisor(turn: PairingTurn, advisor: Advisor) -> Meeting | None:
    """The 1:1 to which they are asked, as long as it is known."""
    return next((m for m in turn.state.meetings if m.origin == advisor.origin), None)


def can_be_put(turn: PairingTurn, advisor: Advisor) -> bool:
    """Whether that event can have another guest: the copy of what the mentee made by hand can not."""
    meeting = meeting_of_advisor(turn, advisor)
    place = meeting.place if meeting else None
    return place is not None and place.uid not in turn.state.copies


def is_listed(turn: PairingTurn, advisor: Advisor) -> bool:
    """Whether we have put them on the event, and not taken them off since."""
    return turn.settled(_stem(turn, ON, advisor)) is not None


def is_to_leave(turn: PairingTurn, advisor: Advisor) -> bool:
    """Whether they are, or may be, on an event that is still to come."""
    meeting, row = meeting_of_advisor(turn, advisor), turn.queued.get(_stem(turn, ON, advisor))
    in_hand = row is not None and not row.untouched
    if meeting is None or meeting.standing == "skipped" or turn.watch.reached(meeting.start):
        return False
    return in_hand or is_listed(turn, advisor)


def keep_guest(turn: PairingTurn, advisor: Advisor) -> None:
    """On that one event, which they leave with it, or after a no by themselves."""
    meeting = meeting_of_advisor(turn, advisor)
    if meeting is None or meeting.takes_back or turn.now >= meeting.start:
        return
    if not can_be_put(turn, advisor):
        return
    there = not meeting.gone and meeting.standing in ("planned", "moved", "cancelled")
    if advisor.answer == "no":
        if there and is_listed(turn, advisor):
            _change(turn, advisor, meeting, OFF)
    elif advisor.answer == "yes" and meeting.stands and not advisor.over:
        if meeting.start == advisor.start:
            _change(turn, advisor, meeting, ON)


def _change(turn: PairingTurn, advisor: Advisor, meeting: Meeting, verb: str) -> None:
    place, guests = meeting.place, (advisor.address,)
    assert place is not None
    put = verb == ON
    turn.want(
        _stem(turn, verb, advisor),
        Invite(place, guests, meeting.version) if put else Uninvite(place, guests, meeting.version),
        account=place.calendar, opens=turn.now, closes=meeting.start,
        reason="the advisor has said yes" if put else "the advisor does not come",
        basis=f"{place.uid} {place.recurrence}", origin=meeting.origin, retell=True,
    )  # fmt: skip


def changed_guests(turn: PairingTurn, stem: str) -> None:
    """One of the two changes was carried out: the other one may be asked for anew."""
    verb, _, rest = stem.partition("/")
    other = f"{OFF if verb == ON else ON}/{rest}"
    mark = turn.marks.get(other)
    if mark and mark.standing == "settled":
        turn.marks[other] = replace(mark, standing="undone")


def declined_in_calendar(turn: PairingTurn, seen: EventSeen) -> list[Advisor]:
    """Who shows a no on an event on which we have put them, and has not said it yet."""
    no = {guest.address for guest in seen.guests if guest.partstat == "DECLINED"}
    found = [a for a in turn.state.advisors if no and a.address in no and a.answer != "no"]
    return [each for each in found if _is_at(turn, each, seen) and is_to_leave(turn, each)]


def _is_at(turn: PairingTurn, advisor: Advisor, seen: EventSeen) -> bool:
    meeting = meeting_of_advisor(turn, advisor)
    return meeting is not None and meeting.place == seen.place and not seen.cancelled


def _stem(turn: PairingTurn, verb: str, advisor: Advisor) -> str:
    return f"{verb}/{turn.state.line.pairing}/{advisor.origin}/{advisor.id}"
