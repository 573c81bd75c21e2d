"""Trust: what follows from a mail whose writer is not proved (DESIGN 7, RULES 11): nothing, until that person has
said that it was them.

Not the proof: daemon/identity.py has weighed it.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from daemon.decide.acknowledging import answer, unclear
from daemon.decide.automatic import DAY, answered_lately
from daemon.decide.confidential import is_held, without_shared
from daemon.decide.helping import IN_CONFIDENCE, asks_for_help, help_asked_by_somebody
from daemon.decide.keys import lane_of_person, short, touchpoint_of
from daemon.decide.owed import when
from daemon.decide.promised import about_unclear
from daemon.decide.seen import PairingTurn
from daemon.decide.turn import iso
from daemon.domain.effect import SendLetter
from daemon.domain.observation import ReplySeen, SecondAddressSeen
from daemon.domain.pair import Doubt, SecondAddress
from daemon.domain.people import ROLES, Address, Role
from daemon.domain.value import replace
from daemon.domain.world import PairingState

_PLAIN = re.compile(r"[a-z0-9._+'-]{1,40}@[a-z0-9.-]{1,60}")
NOT_SURE = "not-sure-it-is-you"
PENDING_MAX = 5
"""So many mails of one person wait at most; what comes above that is nobody's."""
PENDING_FOR = timedelta(days=7)
ADDRESSES_MAX = 3
REFUSED_FOR = timedelta(days=30)
"""So long an address is asked about no more that its supposed owner has disowned."""


def not_proved(turn: PairingTurn, role: Role, reply: ReplySeen) -> None:
    """Without a token: one helpful answer to the known address. With one: it waits for its writer's yes."""
    if asks_for_help(reply):
        help_asked_by_somebody(turn, role, reply)
        rest = tuple(said for said in reply.said if said.word not in IN_CONFIDENCE)
        reply = replace(without_shared(reply), said=rest, private="", private_next="", aside="")
        if not rest:
            return
    if reply.trust == "none":
        _hello(turn, role, reply)
        return
    if _is_refused(turn, role, reply.address):
        turn.because("a reply that nobody would confirm changes nothing")
        return
    if any(said.word == "for-contact" for said in reply.said):
        turn.tell(
            "for-contact", reason="a cry for help, whoever wrote it", occasion="not-proved",
            what="not sure who wrote it",
        )  # fmt: skip
    if _only_answers_a_doubt(reply):
        _came_to_nothing(turn, role, reply)
        return
    said = reply.said or reply.wrote or reply.themes_out
    waiting = _doubtful(turn, reply.person)
    known = any(each.message_id == reply.message_id for each in waiting)
    if not said or known or len(waiting) >= PENDING_MAX:
        turn.because("a reply that is not verified changes nothing")
        return
    turn.pending = (*turn.pending, reply)
    turn.because("a reply that is not verified waits for its writer's yes")


def _doubtful(turn: PairingTurn, person: str) -> list[ReplySeen]:
    """The mails in that person's name that wait until it is certain who wrote them."""
    return [each for each in turn.pending if each.person == person and not is_held(each)]


def _is_refused(turn: PairingTurn, role: Role, address: Address) -> bool:
    return bool(address) and any(
        (each.role, each.address, each.over) == (role, address, "no") for each in turn.state.doubts
    )


def _only_answers_a_doubt(reply: ReplySeen) -> bool:
    """Whether it says no more than yes or no to a letter that asks who wrote a mail: taken for a mail of its own, it
    would be asked about in turn."""
    words = {said.word for said in reply.said}
    only = bool(words) and words <= {"yes", "no", "choose"} and not reply.wrote
    return only and about_doubt(reply.answers)


def _came_to_nothing(turn: PairingTurn, role: Role, reply: ReplySeen) -> None:
    """Too late, which is said; or once more, or from elsewhere, which is not."""
    answered = answered_lately(turn, role, "ack doubt-yes", "ack doubt-no", "ack doubt-late")
    if answered or _open(turn.state, role):
        turn.because("an answer about a mail, and not proved itself, changes nothing")
    else:
        answer(turn, role, reply, "doubt-late")


def _hello(turn: PairingTurn, role: Role, reply: ReplySeen) -> None:
    """From a known address, but without anything that only its owner can know."""
    if answered_lately(turn, role, "hello"):
        turn.because("a mail out of the blue was answered already today")
        return
    person = turn.state.line.person(role)
    bound = turn.world.commitments.get(person.id, ())
    several = any(c.kind == "pairing" and c.lane != turn.lane for c in bound)
    turn.say(
        turn.letter_stem("hello", short(reply.message_id), person.id),
        SendLetter(
            "hello", person.id, {"several": several}, reply.message_id, reply.thread, reply.index
        ),
        reason="a mail out of the blue, which may be anybody's",
    )


# --- asked


def ask_who_wrote(turn: PairingTurn) -> None:
    """What waits is asked about once it is day, in at most one letter a day; what nobody confirms is dropped."""
    _forget(turn)
    for role in ROLES:
        if _open(turn.state, role) is None:
            _ask(turn, role)


def _forget(turn: PairingTurn) -> None:
    kept = tuple(
        each
        for each in turn.pending
        if is_held(each) or not turn.watch.reached(each.at + PENDING_FOR)
    )
    if len(kept) < len(turn.pending):
        turn.because("a reply that nobody has confirmed is dropped")
    turn.pending = kept
    doubts = []
    for each in turn.state.doubts:
        if not each.over and turn.watch.reached(each.answer_by):
            each = replace(each, over="silence")
        again = each.asked_at + (REFUSED_FOR if each.over == "no" else DAY)
        if not each.over or not turn.watch.reached(again):
            doubts.append(each)
    if tuple(doubts) != turn.state.doubts:
        turn.state = replace(turn.state, doubts=tuple(doubts))


def _ask(turn: PairingTurn, role: Role) -> None:
    person = turn.state.line.person(role)
    waiting = _doubtful(turn, person.id)
    if not waiting:
        return
    first = min(waiting, key=_came)
    asked = [each.asked_at + DAY for each in turn.state.doubts if each.role == role]
    if not turn.watch.reached(when(turn, max([first.at, *asked]), role)):
        return
    answer_by = first.at + PENDING_FOR
    doubt = Doubt(role, first.address, turn.now, answer_by)
    turn.state = replace(turn.state, doubts=(*turn.state.doubts, doubt))
    facts = {
        "elsewhere": first.address != "", "address": _shown(first.address), "at": iso(first.at), "answer_by": iso(answer_by),
        "more": len([each for each in waiting if each.address == first.address]) - 1,
    }  # fmt: skip
    turn.say(
        turn.letter_stem(NOT_SURE, _occasion(doubt), person.id),
        SendLetter(NOT_SURE, person.id, facts),
        reason="a mail in that person's name, and not sure who wrote it",
    )


def _shown(address: Address) -> Address:
    """What a stranger has put into a header is shown only where it can be nothing but an address."""
    return address if _PLAIN.fullmatch(address) else ""


def _came(reply: ReplySeen) -> datetime:
    return reply.at


def _occasion(doubt: Doubt) -> str:
    return f"{doubt.asked_at:%Y%m%dT%H%M%S}"


def _open(state: PairingState, role: Role) -> Doubt | None:
    return next((each for each in state.doubts if each.role == role and not each.over), None)


# --- answered


def open_doubt(state: PairingState, person: str, key: str) -> Doubt | None:
    """The doubt that a letter with this key asks about and that is still open. Its Message-ID is a one-time word:
    it went to the known address alone, after the mail that it asks about."""
    role = state.line.role_of(person)
    doubt = _open(state, role) if role else None
    if doubt is None or not about_doubt(key):
        return None
    asked_here = touchpoint_of(key) == "unclear" or f"/{_occasion(doubt)}/" in key
    return doubt if asked_here else None


def about_doubt(key: str) -> bool:
    """Whether that letter asks who wrote a mail."""
    touchpoint = touchpoint_of(key)
    return touchpoint == NOT_SURE or (touchpoint == "unclear" and about_unclear(key)[0] == "doubt")


def answered_doubt(turn: PairingTurn, role: Role, reply: ReplySeen) -> tuple[ReplySeen, ...]:
    """YES: the replies that are to be followed now, as if they were said now. NO: nothing is left of them."""
    doubt = open_doubt(turn.state, reply.person, reply.answers)
    words = {said.word for said in reply.said}
    numbers = {number for said in reply.said for number in said.numbers}
    yes, no = "yes" in words or 1 in numbers, "no" in words or 2 in numbers
    if yes == no:
        unclear(turn, role, reply, "doubt" if doubt else "other")
        return ()
    if doubt is None:
        answer(turn, role, reply, "doubt-late")
        return ()
    from_there = [each for each in _doubtful(turn, reply.person) if each.address == doubt.address]
    _close(turn, doubt, yes)
    if yes:
        return _let_through(turn, role, reply, doubt, from_there)
    turn.pending = tuple(each for each in turn.pending if each not in from_there)
    turn.tell("not-me", reason="mails in somebody's name were disowned", mails=len(from_there))
    answer(turn, role, reply, "doubt-no")
    return ()


def _close(turn: PairingTurn, doubt: Doubt, yes: bool) -> None:
    over = replace(doubt, over="yes" if yes else "no")
    turn.state = replace(
        turn.state, doubts=tuple(over if each == doubt else each for each in turn.state.doubts)
    )
    turn.because(f"a mail of that person's: {over.over}")


def _let_through(
    turn: PairingTurn, role: Role, reply: ReplySeen, doubt: Doubt, from_there: list[ReplySeen]
) -> tuple[ReplySeen, ...]:
    """What was asked about, and what came from there since if only the address was in doubt."""
    learned = _shown(
        doubt.address
    )  # a yes says nothing of an address that its question did not name
    if learned:
        second_address(turn, role, learned)
        person = turn.state.line.person(role).id
        seen = SecondAddressSeen(person, learned, turn.now)
        turn.forwarded.append((lane_of_person(person), seen))
    through = [
        each for each in from_there
        if each.at <= doubt.asked_at or (learned and not each.unproved)
    ]  # fmt: skip
    turn.pending = tuple(each for each in turn.pending if each not in through)
    answer(turn, role, reply, "doubt-yes", items=[learned] if learned else [])
    return tuple(replace(each, trust="verified") for each in through)


def second_address(turn: PairingTurn, role: Role, address: Address) -> None:
    """From where that person writes as well; an address of the other one stays the other one's."""
    line, known = turn.state.line, turn.state.addresses
    taken = {line.mentor.address, line.mentee.address, *(s.address for s in known)}
    if address in taken:
        return
    own = [each for each in known if each.role == role][-(ADDRESSES_MAX - 1) :]
    rest = [each for each in known if each.role != role]
    kept = (*rest, *own, SecondAddress(role, address, turn.now))
    turn.state = replace(turn.state, addresses=kept)
    turn.because(f"the {role} writes from a second address as well")
