"""Substituting: somebody else holds the 1:1s of a mentee for some weeks, in a pairing of its own (docs/adr/0017).

Not the days on which the pairing itself rests, which days.py knows, and not what the mentee hands over: handing_over.py.
"""

from __future__ import annotations

from datetime import timedelta

from daemon.decide.breaks import first_after
from daemon.decide.keys import lane_of_pairing
from daemon.decide.moment import at_minute
from daemon.decide.owed import personal, when
from daemon.decide.seen import PairingTurn
from daemon.decide.turn import iso
from daemon.domain.handover import Arranged, MentorFound, SubstitutionOver
from daemon.domain.people import Line
from daemon.domain.program import Program
from daemon.domain.value import replace

LETTER_DAYS = timedelta(days=14)


def rules_of(program: Program, line: Line) -> Program:
    """The program as it counts for that pairing: a substitute is there for some weeks, so nothing is asked of the two that
    is about a beginning, an end or a long way."""
    if line.stands_in is None:
        return program
    regular = tuple(each for each in program.meeting_types if each.type == "regular")
    return replace(
        program, agreement=None, assess=(), check_weeks=0, chemistry=False, extend_ask_days=0,
        follow_up_days=0, goals="none", maintenance_word=False, meeting_types=regular, minimum_weeks=0,
    )  # fmt: skip


def rests(turn: PairingTurn) -> bool:
    """Whether a substitute holds the 1:1s now."""
    known, zone = turn.state.line.substituted, turn.zone(turn.state.line.anchor)
    if known is None:
        return False
    begun = turn.watch.reached(at_minute(known.days.first, 0, zone))
    return begun and not turn.watch.reached(at_minute(known.days.last, 24 * 60, zone))


# --- the pairing that rests meanwhile


def keep_substitute(turn: PairingTurn) -> None:
    """The pairing of the substitute, as the files name it, until this one is closed; one that they name no more hears that
    it is over. A pairing that the files name no more itself goes on with what they said last."""
    known, named = turn.state.substitute, turn.state.line.substituted
    pairing = named.pairing if named and turn.state.standing != "closed" else ""
    if known and known.pairing != pairing:
        over = SubstitutionOver(turn.state.line.pairing, turn.now)
        turn.forwarded.append((lane_of_pairing(known.pairing), over))
        turn.state = replace(turn.state, substitute=None)
        turn.because(f"{known.pairing} is over: no substitute is named any more, or another one")
    if pairing and (known is None or known.pairing != pairing):
        turn.state = replace(turn.state, substitute=Arranged(pairing, turn.now))


def substitute_found(turn: PairingTurn, seen: MentorFound) -> bool:
    """Whether it is the substitute's pairing that has begun: then it is arranged."""
    known = turn.state.substitute
    if known is None or known.pairing != seen.pairing:
        return False
    turn.state = replace(turn.state, substitute=replace(known, agreed_at=seen.at))
    return True


def substitute_letter(turn: PairingTurn) -> None:
    """To the mentor, once, when the two others have said yes; the mentee has said so, and knows."""
    known, named = turn.state.substitute, turn.state.line.substituted
    if known is None or named is None or known.agreed_at is None:
        return
    over = at_minute(named.days.last, 24 * 60, turn.zone(turn.state.line.anchor))
    moment = when(turn, known.agreed_at, "mentor")
    if not turn.watch.reached(moment):
        return
    after = first_after(turn, named.days)
    facts = {
        "substitute": named.mentor, "first": named.days.first.isoformat(),
        "last": named.days.last.isoformat(), "next_start": iso(after) if after else None,
    }  # fmt: skip
    personal(
        turn, "substitute", known.pairing, "mentor", facts, opens=moment,
        closes=min(moment + LETTER_DAYS, max(moment, over)),
        reason="a substitute is found: it is arranged", basis=f"{known.pairing} {named.days.last}",
    )  # fmt: skip


# --- the pairing of the substitute


def substitution_over(turn: PairingTurn, seen: SubstitutionOver) -> None:
    """It ends at once, as one that the files close, and as quietly."""
    line = turn.state.line
    if line.stands_in and line.stands_in.pairing == seen.pairing:
        closing_at = turn.state.closing_at or seen.at
        turn.state = replace(turn.state, line=replace(line, state="closed"), closing_at=closing_at)
