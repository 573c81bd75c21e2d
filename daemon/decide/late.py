"""Running late: LATE 10 is told to the other one at once, who may be sitting there already (LETTERS 3).

Not a meeting that cannot take place: one_meeting.py. Nothing changes on a calendar.
"""

from __future__ import annotations

from datetime import timedelta

from daemon.decide.acknowledging import answer, unclear
from daemon.decide.keys import origin_of, short, touchpoint_of
from daemon.decide.moment import local_day
from daemon.decide.owed import soonest
from daemon.decide.seen import PairingTurn
from daemon.decide.turn import iso
from daemon.domain.effect import SendLetter
from daemon.domain.meeting import Meeting
from daemon.domain.observation import ReplySeen, Said
from daemon.domain.people import Role, other
from daemon.domain.world import Mark, Queued


def running_late(turn: PairingTurn, role: Role, reply: ReplySeen, said: Said) -> bool:
    """Once for each 1:1 and number; where none is near, or nothing of it would be left, it is asked about."""
    meeting = _meant(turn, role, reply)
    minutes = said.numbers[0] if said.numbers else 0
    if meeting is None:
        unclear(turn, role, reply, "late")
    elif timedelta(minutes=minutes) >= meeting.end - meeting.start:
        unclear(turn, role, reply, "late-long")
    else:
        _tell(turn, role, reply, meeting, minutes)
        answer(turn, role, reply, "running-late", minutes=minutes)
    return True


def _meant(turn: PairingTurn, role: Role, reply: ReplySeen) -> Meeting | None:
    """The 1:1 of the letter that is answered, else the next one: of today, or within the hours that are urgent."""
    near = [
        m for m in turn.state.meetings if m.stands and m.end > turn.now and _is_near(turn, role, m)
    ]
    origin = origin_of(reply.answers)
    named = next((m for m in near if m.origin == origin), None)
    return named or min(near, key=lambda m: m.start, default=None)


def _is_near(turn: PairingTurn, role: Role, meeting: Meeting) -> bool:
    zone = turn.zone(turn.state.line.person(role).zone)
    today = local_day(meeting.start, zone) == local_day(turn.now, zone)
    return today or meeting.start - turn.now < timedelta(hours=turn.program.urgent_hours)


def _tell(turn: PairingTurn, role: Role, reply: ReplySeen, meeting: Meeting, minutes: int) -> None:
    """Another number takes the place of one that has not gone yet."""
    partner = turn.state.line.person(other(role))
    stem = turn.letter_stem("late", str(meeting.origin), partner.id)
    basis = f"{minutes} {iso(meeting.start)}"
    known = turn.marks.get(stem)
    if known and known.basis == basis:
        turn.because(f"{meeting.origin}: that number has been told already")
        return
    turn.marks[stem] = Mark(turn.generation(stem), basis, "settled", turn.now)
    for row in _waiting(turn):
        if origin_of(row.stem) == meeting.origin and row.stem.endswith(f"/{partner.id}"):
            turn.withdrawn[row.key] = "a newer number"
    begun = meeting.start <= turn.now
    facts = {"start": iso(meeting.start), "minutes": minutes, "link": turn.state.link}
    turn.say(
        turn.letter_stem("late", f"{meeting.origin}#{short(reply.message_id)}", partner.id),
        SendLetter("late", partner.id, facts), reason="one of the two comes later",
        opens=turn.now if begun else soonest(turn, turn.now, meeting.start, other(role)),
        closes=meeting.end,
    )  # fmt: skip


def _waiting(turn: PairingTurn) -> list[Queued]:
    """Such letters that nobody has seen yet."""
    return [r for r in turn.world.outbox if touchpoint_of(r.stem) == "late" and r.untouched]


def late_no_more(turn: PairingTurn) -> None:
    """Of a 1:1 that falls out, or has another time, before that was told, it is told no more."""
    starts = {m.origin: iso(m.start) for m in turn.state.meetings if m.stands}
    for row in _waiting(turn):
        origin, person = origin_of(row.stem), row.stem.rpartition("/")[2]
        known = turn.marks.get(stem := turn.letter_stem("late", str(origin), person))
        if origin and (known is None or known.basis.split()[1] != starts.get(origin)):
            turn.withdraw(row, "that 1:1 is not then")
            turn.marks.pop(stem, None)
