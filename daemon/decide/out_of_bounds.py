"""Out of bounds: a reply names themes of which its writer wants no ideas (`leave out: money`).

Not which questions that is: themes.py. It is between that person and the program: one answer to its writer, nothing to
anybody else.
"""

from __future__ import annotations

from datetime import timedelta

from daemon.decide.acknowledging import answer
from daemon.decide.keys import short
from daemon.decide.seen import PairingTurn
from daemon.decide.themes import is_asked_about, leave_out, theme_named, themes_of
from daemon.decide.undo import remember
from daemon.domain.observation import ReplySeen
from daemon.domain.pair import Undo
from daemon.domain.people import Role
from daemon.domain.value import replace

UNDO_DAYS = timedelta(days=1)


def themes_meant(turn: PairingTurn, reply: ReplySeen) -> list[str]:
    """Each once, as the banks call them where they do."""
    return list(dict.fromkeys(theme_named(turn.program, each) for each in reply.themes_out))


def keep_out(turn: PairingTurn, role: Role, reply: ReplySeen) -> ReplySeen:
    """What is left of a mail when the themes that it leaves out are kept, whoever reads the rest of it."""
    if not reply.themes_out:
        return reply
    meant = themes_meant(turn, reply)
    themes = [each for each in meant if is_asked_about(turn.program, each)]
    unfound = [each for each in meant if each not in themes]
    new = leave_out(turn, turn.state.line.person(role).id, themes)
    if new:
        until, mail = turn.now + UNDO_DAYS, short(reply.message_id)
        remember(turn, Undo("themes", role, turn.now, until, mail=mail))
    choice = themes_of(turn.program) if unfound else []
    answer(turn, role, reply, "themes", items=themes, unfound=unfound, undo=new, themes=choice)
    turn.because("ideas about something are wished no more")
    return replace(reply, themes_out=())
