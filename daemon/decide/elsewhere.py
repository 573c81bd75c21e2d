"""The owner's calendar is another one now: what stands is put there, and nobody has changed their mind.

Not an event that its owner has moved to another calendar of the same account: the connector follows that. Not a calendar
that is suddenly empty either, which is an alarm (RULES 5, row 6).
"""

from __future__ import annotations

from daemon.decide.seen import PairingTurn, put_meeting
from daemon.decide.series import put_anew
from daemon.domain.people import Line
from daemon.domain.value import replace
from daemon.domain.world import PairingState

FROM = "local"
"""Out of a folder on this machine, where nobody has looked: `connect` has found a calendar, or that there is none. What
was on a server, or was mailed, stays in the calendars of guests, so there a person has to look first."""


def follow_to_another_calendar(turn: PairingTurn) -> None:
    """What lies ahead and stands on the calendar of before; what has fallen out, or is asked about, stays as it is."""
    before, mentor = turn.world.state, turn.state.line.mentor
    if not isinstance(before, PairingState) or before.line.mentor.address != mentor.address:
        return
    if _kind(before.line) != FROM or _kind(turn.state.line) == FROM:
        return
    turn.because("the mentor's calendar is another one now: what stands is put there")
    series = {each.uid for each in turn.state.series}
    single = [m for m in turn.state.meetings if m.place and m.place.uid not in series]
    for each in turn.state.series:
        if each.standing == "put" and each.uid not in turn.state.copies:
            put_anew(turn, each, put_back=each.put_back)
    for meeting in single:
        if meeting.stands and meeting.start > turn.now:
            put_meeting(turn, replace(meeting, place=None, version="", takes_back=""))


def _kind(line: Line) -> str:
    return "of the program" if line.organizer else line.mentor.calendar
