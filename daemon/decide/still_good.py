"""A quiet mentee: is this still good for you? (LETTERS 2, "mentee goes quiet")

Not a reminder and not a reproach: one question, whose silence ends in a pause.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from daemon.decide.bounced import address_on_hold
from daemon.decide.keys import lane_of_program, touchpoint_of
from daemon.decide.once import told_elsewhere
from daemon.decide.pausing import pause
from daemon.decide.questions import asked, close_question, open_question
from daemon.decide.seen import PairingTurn
from daemon.decide.stopping import stop
from daemon.decide.terms import terms
from daemon.decide.wishes import wish_rarer
from daemon.domain.observation import SignSeen
from daemon.domain.pair import Sign
from daemon.domain.people import ROLES, Role
from daemon.domain.question import Question
from daemon.domain.value import replace
from daemon.domain.world import Commitment

ASKING = (
    "prep-mentee",
    "notes",
    "proposal",
    "proposal-mentor",
    "proposal-nudge",
    "slot-gone",
    "counter",
)
"""Letters that ask something, so that silence means something."""
WELCOMES = ("welcome-mentor-connected", "welcome-mentee", "setup-nudge")


def heard(turn: PairingTurn, role: Role, at: datetime) -> None:
    """A sign of life: a reply, an answer to an invitation, something done on a calendar."""
    known = sign_of(turn, role)
    _put(turn, replace(known, heard_at=at, asked=0, asked_since=None))
    if known.heard_at is None:
        _report(turn, role, quiet=False)  # another pairing of that person may have named them
    question = asked(turn, "still-good")
    if question is None or question.role != role:
        return
    if question.told_at is None:
        close_question(turn, question)  # it waits for the morning, and has become needless
        turn.because("a sign of life before the question whether it is still good went")
    elif at > question.told_at:
        turn.because("a sign of life after the question whether it is still good")


def letter_came(turn: PairingTurn, stem: str, at: datetime) -> None:
    """A letter that asks something was accepted."""
    touchpoint = touchpoint_of(stem)
    if touchpoint not in (*ASKING, *WELCOMES):
        return
    for role in ROLES:
        if stem.endswith(f"/{turn.state.line.person(role).id}"):
            known = sign_of(turn, role)
            since = known.asked_since or at
            _put(turn, replace(known, asked=known.asked + 1, asked_since=since))
            never = known.heard_at is None and not told_elsewhere(turn, role, _alive_name(turn))
            if never and known.asked + 1 == turn.program.maybe_spam_letters:
                _report(turn, role, quiet=True)


def sign_of(turn: PairingTurn, role: Role) -> Sign:
    """What is known of that person's signs of life."""
    return next((s for s in turn.state.signs if s.role == role), Sign(role))


def alive_here(turn: PairingTurn, role: Role) -> list[Commitment]:
    """That a sign of life came here, so that it is missed in no other pairing of that person."""
    at = sign_of(turn, role).heard_at
    return [Commitment(turn.lane, "told", at, at, _alive_name(turn))] if at else []


def _alive_name(turn: PairingTurn) -> str:
    """Under which the other pairings of a person know of it. Other programs write from other mailboxes."""
    return f"alive/{turn.state.line.program}"


def _put(turn: PairingTurn, sign: Sign) -> None:
    others = tuple(s for s in turn.state.signs if s.role != sign.role)
    turn.state = replace(turn.state, signs=(*others, sign))


def _report(turn: PairingTurn, role: Role, *, quiet: bool) -> None:
    """The admin's list of people in whose spam our letters may lie."""
    lane = lane_of_program(turn.state.line.program)
    turn.forwarded.append((lane, SignSeen(turn.state.line.person(role).id, quiet, turn.now)))


def ask_whether_still_good(turn: PairingTurn) -> None:
    """After three unanswered letters over at least three steps."""
    sign = sign_of(turn, "mentee")
    if turn.state.standing != "active" or sign.asked_since is None:
        return
    if address_on_hold(turn.state, "mentee"):
        return  # who gets no letters has not been silent
    least = turn.program.still_good_letters
    if not least or sign.asked < least or asked(turn, "still-good"):
        return
    step = terms(turn.state, turn.program).step.length
    if turn.watch.reached(sign.asked_since + step * turn.program.still_good_steps):
        days = timedelta(days=turn.program.still_good_answer_days)
        occasion = f"since-{sign.asked_since:%Y%m%dT%H%M%S}"
        open_question(turn, "still-good", "mentee", occasion, answer_by=turn.now + days)


def answered_still_good(turn: PairingTurn, question: Question, number: int) -> None:
    """1 carry on · 2 less often · 3 a pause · 4 stop."""
    close_question(turn, question)
    match number:
        case 1:
            turn.because("it is still good")
        case 2:
            wish_rarer(turn, question.role)
        case 3:
            pause(turn, question.role, None)
        case _:
            stop(turn, question.role, at_once=False)


def silent_still_good(turn: PairingTurn, question: Question) -> None:
    """Paused until RESUME; partner and admin are told in one neutral line. Any sign of life since is enough,
    and who was never asked has not been silent."""
    close_question(turn, question)
    sign = sign_of(turn, question.role)
    if sign.heard_at and sign.heard_at > question.opened_at:
        turn.because("there was a sign of life: nothing is paused")
        return
    if question.told_at and pause(turn, "silence", None):
        turn.tell("paused-by-silence", reason="no answer to whether it is still good")
