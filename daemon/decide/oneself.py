"""Oneself: what a person says of themselves in one pairing, and what of it holds in their others (RULES 11).

Not what follows from it in a pairing: absence.py, pausing.py, wishes.py.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from daemon.decide.absence import absence_of, away, occasion_of_absence, stays_anyway
from daemon.decide.acknowledging import answer
from daemon.decide.cannot import falls_out
from daemon.decide.keys import short
from daemon.decide.once import OWN_PAUSE, hand_on, told_elsewhere
from daemon.decide.pausing import next_start, pause, pause_ends, pause_too, resume, resume_too
from daemon.decide.seen import PairingTurn
from daemon.decide.stopping import last_day
from daemon.decide.terms import speak
from daemon.decide.turn import iso
from daemon.decide.undo import remember, take_back
from daemon.decide.wishes import zone_as_before, zone_changed
from daemon.domain.observation import ReplySeen, Said
from daemon.domain.pair import Absence, Pause, Undo
from daemon.domain.people import Days, Role
from daemon.domain.value import replace
from daemon.domain.world import PairingState

UNDO_DAYS = timedelta(days=1)


def of_oneself(turn: PairingTurn, role: Role, reply: ReplySeen, said: Said) -> bool:
    """AWAY, PAUSE, RESUME, ZONE, LANGUAGE: here at once, and handed to the other pairings of that person."""
    if _ends_anyway(turn, role, reply, said):
        return True
    known, spoken = turn.state.pause, turn.state.line.person(role).language
    here = said_here(turn, role, said, short(reply.message_id), own=True)
    if not here and not _resumes_elsewhere(turn, role, said):
        return False
    days = [day.isoformat() for day in said.days] if said.days else []
    start = next_start(turn) if said.word == "resume" else None
    paused = turn.state.pause
    if said.word == "pause" and paused and paused.until:
        days = [turn.now.date().isoformat(), paused.until.isoformat()]
    undo = _undo_of(turn, role, said, known)
    if said.word == "language":
        undo = Undo("language", role, turn.now, turn.now + UNDO_DAYS, name=spoken)
    if undo:
        remember(turn, replace(undo, mail=short(reply.message_id)))
    if said.word != "zone":
        answer(
            turn, role, reply, said.word, undo=undo is not None, days=days,
            start=iso(start) if start else None,
            **({"language": said.text} if said.word == "language" else {}),
        )  # fmt: skip
    _hand_on(turn, role, said)
    return True


def _hand_on(turn: PairingTurn, role: Role, said: Said) -> None:
    """To pause, and to go on, is said of all own mentees by a mentor, and by a mentee of this pairing alone."""
    if role == "mentor" or said.word not in ("pause", "resume"):
        hand_on(turn, role, said)


def _ends_anyway(turn: PairingTurn, role: Role, reply: ReplySeen, said: Said) -> bool:
    """PAUSE and RESUME where the 1:1s come to an end: nothing changes here, and a mentor's word holds in the others
    all the same."""
    ends = last_day(turn) if turn.state.standing == "closing" else None
    if ends is None or said.word not in ("pause", "resume"):
        return False
    if said.word == "pause" and pause_ends(turn, said.days[1] if said.days else None) is None:
        return False
    answer(turn, role, reply, "closing", ends=ends.isoformat())
    _hand_on(turn, role, said)
    return True


def _resumes_elsewhere(turn: PairingTurn, role: Role, said: Said) -> bool:
    """A mentor's RESUME is said to all own 1:1s, also where these go on already."""
    goes_on = said.word == "resume" and turn.state.standing == "active"
    return goes_on and role == "mentor" and told_elsewhere(turn, role, OWN_PAUSE)


def _undo_of(turn: PairingTurn, role: Role, said: Said, known: Pause | None) -> Undo | None:
    """What UNDO takes back from now on. A pause that took the place of a `known` one goes along with that, as long
    as that can be taken back: UNDO ends nothing that somebody else asked for, and nothing of days ago."""
    until = turn.now + UNDO_DAYS
    if said.word == "away":
        return _undo_away(turn.state.absences[-1], until)
    own = [
        u.at for u in turn.state.undo if (u.what, u.role) == ("pause", role) and u.until > turn.now
    ]
    if said.word == "pause" and (known is None or known.since in own):
        return Undo("pause", role, turn.now, until)
    return None


def _undo_away(absence: Absence, until: datetime) -> Undo:
    return Undo("away", absence.role, absence.at, until, name=occasion_of_absence(absence))


def said_here(
    turn: PairingTurn, role: Role, said: Said, occasion: str, *, own: bool = False
) -> bool:
    """What a person says of themselves, in this pairing; `own`: in a mail to this one."""
    match said.word:
        case "away":
            return bool(said.days and away(turn, role, Days(*said.days)))
        case "pause":
            return pause(turn, role, said.days[1] if said.days else None) is not None
        case "resume":
            return resume(turn, role)
        case "zone" if said.text:
            zone_changed(turn, role, said.text, occasion, own=own)
            return True
        case "language" if said.text:
            speak(turn, role, said.text)
            return True
    return False


def said_elsewhere(turn: PairingTurn, role: Role, said: Said, occasion: str) -> None:
    """What a person said of themselves in another pairing. A pause of the mentee concerns that one alone."""
    match said.word:
        case "pause" if role == "mentor":
            pause_too(turn, role, said.days[1] if said.days else None)
        case "resume" if role == "mentor":
            resume_too(turn, role)
        case "ill" if said.days:
            falls_out(turn, role, said.days[0])
        case "keep":
            stays_anyway(turn, said.text)
        case "undo":
            _take_back_too(turn, role, said)
        case "away" | "zone" | "language":
            said_here(turn, role, said, occasion)


def taken_back(turn: PairingTurn, role: Role, undo: Undo) -> None:
    """What was taken back here is taken back in the other pairings as well."""
    before = turn.world.state
    known = before.absences if isinstance(before, PairingState) else ()
    absence = absence_of(known, undo)
    if undo.what == "away" and absence:
        days = (absence.days.first, absence.days.last)
        hand_on(turn, role, Said("undo", text="away", days=days))
    elif undo.what == "ill":
        day = date.fromisoformat(undo.name)
        hand_on(turn, role, Said("undo", text="ill", days=(day, day)))
    elif undo.what == "language":
        hand_on(turn, role, Said("language", text=undo.name))
    elif undo.what == "pause" and role == "mentor":
        hand_on(turn, role, Said("undo", text="pause"))


def _take_back_too(turn: PairingTurn, role: Role, said: Said) -> None:
    if said.text.startswith("zone "):
        zone_as_before(turn, role, said.text.removeprefix("zone "))
        return
    if said.text == "pause" and role == "mentor":
        paused = turn.state.pause
        if paused and paused.by == role:
            take_back(turn, Undo("pause", role, paused.since, turn.now))
        return
    if said.text == "ill" and said.days:
        named = ("ill", role, said.days[0].isoformat())
        for undo in turn.state.undo:
            if (undo.what, undo.role, undo.name) == named:
                take_back(turn, undo)
        return
    for absence in turn.state.absences:
        if absence.role == role and said.days == (absence.days.first, absence.days.last):
            take_back(turn, _undo_away(absence, turn.now))
