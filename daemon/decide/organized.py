"""A calendar of the program invites both: what the mentor answers there means what an answer by mail does.

Not the mentee's answers, which every calendar shows (seen.py), and not what follows (invited.py).
"""

from __future__ import annotations

from daemon.decide.invited import answer_seen
from daemon.decide.rsvps import answers_to, note_answer
from daemon.decide.seen import PairingTurn
from daemon.domain.invitation import AnswerSeen
from daemon.domain.observation import EventSeen

NOTHING = "NEEDS-ACTION"


def mentor_answered(turn: PairingTurn, seen: EventSeen) -> None:
    """What is news of it. A move of ours asks everybody anew, so that the same answer may come again."""
    mentor = turn.state.line.mentor
    said = next((g.partstat for g in seen.guests if g.address == mentor.address), None)
    if said is None or seen.place.calendar == mentor.address or seen.cancelled:
        return
    place = seen.place
    known = (a for a in answers_to(turn, place.uid) if a.address == mentor.address)
    before = next((a.partstat for a in known if a.recurrence == place.recurrence), NOTHING)
    if said == before:
        return
    about = seen.start if place.recurrence else None
    answer = AnswerSeen(mentor.id, place, said, "", turn.now, about, turn.now)
    if said == NOTHING:
        note_answer(turn, "mentor", answer)
    else:
        answer_seen(turn, answer)
