"""Fewer letters: who wants no reminders gets no preps, no notes letters and no nudges in this pairing (RULES 11).

Not what else is told: a new time, what falls out, lists of times and answers to one's own words come as ever.
"""

from __future__ import annotations

from datetime import timedelta

from daemon.decide.acknowledging import answer
from daemon.decide.contact import budget
from daemon.decide.keys import short
from daemon.decide.seen import PairingTurn
from daemon.decide.undo import remember, set_fewer
from daemon.domain.observation import ReplySeen, Said
from daemon.domain.pair import Undo
from daemon.domain.people import Role

UNDO_DAYS = timedelta(days=1)


def fewer_letters(turn: PairingTurn, role: Role, reply: ReplySeen, said: Said) -> bool:
    """`reminders off`, also by the button of a mail program, and `reminders on`."""
    on, before = said.text == "on", role in turn.state.fewer
    changes = before == on
    if changes:
        set_fewer(turn, role, fewer=not on)
        until = turn.now + UNDO_DAYS
        name = "fewer" if before else ""
        remember(
            turn, Undo("fewer", role, turn.now, until, name=name, mail=short(reply.message_id))
        )
        turn.because(f"the {role} wants {'reminders' if on else 'no reminders'}")
    answer(turn, role, reply, "fewer", undo=changes, on=on, **budget(turn, role))
    return True
