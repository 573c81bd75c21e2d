"""Automatic answers: how often one person gets one, so that two machines that answer each other stop (I9).

Not the answer to an understood command, which the hard cap alone limits (caps.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from daemon.decide.keys import touchpoint_of
from daemon.decide.promised import what_acknowledged
from daemon.decide.seen import PairingTurn
from daemon.domain.effect import SendLetter
from daemon.domain.pair import Mails
from daemon.domain.people import Role
from daemon.domain.value import replace

HOUR = timedelta(hours=1)
DAY = timedelta(hours=24)
MAILS_PER_HOUR = 20
"""More than anybody writes about one pairing."""


def answered_lately(turn: PairingTurn, role: Role, *touchpoints: str) -> bool:
    """Whether that person got such an answer in the last hours: one a day is enough for people, and one is too
    little for a loop."""
    since = turn.now - DAY
    return any(_is_one(stem, touchpoints) for stem in _stems(turn, role, since))


def _stems(turn: PairingTurn, role: Role, since: datetime) -> Iterator[str]:
    person = turn.state.line.person(role).id
    yield from (s.stem for s in turn.state.sent if s.role == role and s.at > since)
    for effect in turn.effects:
        if isinstance(effect.change, SendLetter) and effect.change.person == person:
            yield effect.stem


def _is_one(stem: str, touchpoints: tuple[str, ...]) -> bool:
    touchpoint = touchpoint_of(stem)
    if touchpoint == "ack":
        return f"ack {what_acknowledged(stem)}" in touchpoints
    return touchpoint in touchpoints


def is_storm(turn: PairingTurn, role: Role) -> bool:
    """Whether more mails of that person came in an hour than anybody writes: the rest is read, and nothing
    follows from it."""
    known = next((each for each in turn.state.mails if each.role == role), None)
    if known is None or turn.now >= known.since + HOUR:
        known = Mails(role, turn.now, 0)
    counted = replace(known, count=known.count + 1)
    others = tuple(each for each in turn.state.mails if each.role != role)
    turn.state = replace(turn.state, mails=(*others, counted))
    if counted.count <= MAILS_PER_HOUR:
        return False
    turn.because("more mails in an hour than anybody writes: nothing follows from the rest")
    turn.tell("mail-storm", reason="more mails in an hour than anybody writes")
    return True
