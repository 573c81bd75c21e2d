"""Homework: half-way between two 1:1s whoever has to-dos is asked once how it goes; what stays long is made smaller.

Not the to-dos themselves: words.py keeps them, and the preps show them. Nobody gives homework to a mentee (S2.9).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from operator import attrgetter

from daemon.decide.meetings import next_date, upcoming
from daemon.decide.moment import at_minute, local_day
from daemon.decide.owed import personal, when
from daemon.decide.prepared import prep_moment
from daemon.decide.seen import PairingTurn
from daemon.decide.terms import terms
from daemon.decide.turn import iso
from daemon.domain.thread import Action
from daemon.domain.value import replace

GAP_LEAST = timedelta(days=5)
"""Between 1:1s nearer together nobody is asked."""
ASKED_FOR = timedelta(days=2)
LONG = 3
"""Through so many 1:1s a to-do stays open before smaller steps are proposed."""


def halfway_letter(turn: PairingTurn) -> None:
    """Once between two 1:1s, to the mentee, and only where something of theirs is open."""
    met = turn.state.met_at
    if not turn.program.halfway or turn.state.standing != "active" or met is None:
        return
    last, known = met.last, _next_start(turn)
    coming = known or last + terms(turn.state, turn.program).step.length
    if coming - last < GAP_LEAST:
        return
    zone = turn.zone(turn.state.line.mentee.zone)
    middle = local_day(last + (coming - last) / 2, zone)
    moment = when(turn, at_minute(middle, turn.program.prep_mentee_minute, zone), "mentee")
    if not turn.watch.reached(moment):
        return
    occasion = f"{last:%Y%m%dT%H%M}"
    stem = turn.letter_stem("halfway", occasion, turn.state.line.mentee.id)
    if turn.over(stem):
        return
    turn.only_newest(stem)
    own = _own_open(turn)
    if not own:
        turn.pass_over(stem, "nothing of the mentee's is open")
        return
    closes = _closes(turn, moment, known)
    if closes <= moment:
        turn.pass_over(stem, "the prep comes first, and shows what is open")
        return
    facts = {
        "actions": [
            {"letter": a.letter, "owner": a.owner, "text": a.text}
            for a in sorted(own, key=attrgetter("letter"))
        ],
        "next_start": iso(known) if known else None,
    }
    personal(
        turn, "halfway", occasion, "mentee", facts, opens=moment,
        closes=closes, reason="half-way between two 1:1s", basis=occasion,
    )  # fmt: skip


def _next_start(turn: PairingTurn) -> datetime | None:
    """When they meet next, as far as that is known."""
    meeting = upcoming(turn)
    return meeting.start if meeting else next_date(turn)


def _closes(turn: PairingTurn, moment: datetime, known: datetime | None) -> datetime:
    """The next prep shows the to-dos anyway."""
    prep = prep_moment(turn, known, "mentee") if known else moment + ASKED_FOR
    return max(moment, min(moment + ASKED_FOR, prep))


def _own_open(turn: PairingTurn) -> list[Action]:
    """A chance is looked at, not worked off."""
    own = [a for a in turn.state.actions if a.done_at is None and a.owner == "mentee"]
    return [a for a in own if a.kind != "chance"]


def smaller_steps(turn: PairingTurn) -> str:
    """The letter of a to-do for which smaller steps are proposed in the mentee's prep; empty for none."""
    found = _staying_long(turn) if turn.program.halfway else None
    return found.letter if found else ""


def _staying_long(turn: PairingTurn) -> Action | None:
    long = (a for a in _own_open(turn) if a.through >= LONG and not a.smaller_asked)
    return next(long, None)


def smaller_asked(turn: PairingTurn, stem: str) -> None:
    """The mentee's prep went: what it has proposed is proposed once."""
    found = _staying_long(turn) if stem.startswith("prep-mentee/") else None
    if found and turn.program.halfway:
        turn.state = replace(
            turn.state,
            actions=tuple(
                replace(a, smaller_asked=True) if a == found else a for a in turn.state.actions
            ),
        )
