"""Choosing: a number, a day and time in words, KEEP or NONE, said to the list of a proposal (RULES 7).

Not what follows from it: booking.py, or reschedule.py, which renews or closes.
"""

from __future__ import annotations

from daemon.decide.acknowledging import answer, unclear
from daemon.decide.fitting import (
    all_refused,
    may_be_several,
    numbers_meant,
    suiting_all_the_same,
)
from daemon.decide.keys import in_confidence, list_of, origin_of, touchpoint_of
from daemon.decide.meetings import close, meeting_of
from daemon.decide.offering import answer_by
from daemon.decide.promised import about_unclear, what_acknowledged
from daemon.decide.regular import look_again, regular_answer_by
from daemon.decide.seen import PairingTurn, put_meeting
from daemon.decide.turn import iso
from daemon.decide.undo import find_undo, take_back
from daemon.decide.withdrawing import led_nowhere
from daemon.domain.observation import ReplySeen, Said
from daemon.domain.people import Role
from daemon.domain.proposal import Proposal
from daemon.domain.value import replace

LISTS = ("proposal", "proposal-mentor", "proposal-nudge", "slot-gone", "counter")
REGULAR = ("welcome-mentee", "regular-time", "setup-nudge")


def proposal_meant(turn: PairingTurn, role: Role, reply: ReplySeen) -> Proposal | None:
    """The open proposal, if this person is asked and this reply can be about it: one that cites a list
    counts for that one, any other for the only one open."""
    proposal = turn.state.proposal
    if proposal is None or proposal.asked != role or in_confidence(reply.thread):
        return None
    touchpoint = touchpoint_of(reply.answers)
    if touchpoint in REGULAR:
        return proposal if proposal.kind == "series" else None
    if touchpoint in LISTS:
        if proposal.kind == "series":
            return None
        cited = origin_of(reply.answers)
        same = cited == proposal.origin or f"/{proposal.about}#" in reply.answers
        return proposal if same else None
    return proposal


def _list_shown(key: str) -> int:
    """The number of the question whose times that letter showed; 0 for none. The reminders of regular times
    name none: the first of them has the name of one that recalls a welcome without times."""
    return list_of(key) if touchpoint_of(key) in (*LISTS, *REGULAR) else 0


def _had_a_list(turn: PairingTurn, key: str) -> bool:
    """Whether that letter showed times, or asked which of them were meant."""
    if touchpoint_of(key) == "setup-nudge":
        return any(closed.kind == "series" for closed in turn.state.closed_proposals)
    return touchpoint_of(key) == "unclear" or _list_shown(key) > 0


def _of_another_list(reply: ReplySeen, proposal: Proposal) -> bool:
    """Whether the letter that is answered showed the list of an earlier question about the same: its
    numbers were other times. After UNDO a list comes back with its numbers."""
    return 0 < _list_shown(reply.answers) < proposal.occasion - proposal.undone


def _of_an_earlier_round(turn: PairingTurn, reply: ReplySeen, proposal: Proposal) -> bool:
    """Whether the letter that is answered went before the present round was opened: its times are closed
    already. After UNDO they are open again."""
    letter = turn.marks.get(reply.answers.rpartition("/")[0])
    shows = touchpoint_of(reply.answers) in (*LISTS, *REGULAR)
    return bool(shows and letter and letter.at < proposal.opened_at and not proposal.undone)


def _meant(turn: PairingTurn, role: Role, proposal: Proposal, said: Said) -> tuple[int, ...]:
    zone = turn.zone(turn.state.line.person(role).zone)
    return numbers_meant(proposal.current, said, zone)


def _refuses_all(turn: PairingTurn, role: Role, proposal: Proposal, said: Said) -> bool:
    zone = turn.zone(turn.state.line.person(role).zone)
    return all_refused(proposal.current, said, zone)


def times_as_words(turn: PairingTurn, role: Role, reply: ReplySeen) -> ReplySeen:
    """A day and a time chooses where a list was answered and one of its times is meant. Anywhere else it is words: a
    topic, or a wish."""
    said = next((each for each in reply.said if each.word == "when"), None)
    if said is None:
        return reply
    proposal = proposal_meant(turn, role, reply)
    asked_again = touchpoint_of(reply.answers) == "unclear"
    times = asked_again and about_unclear(reply.answers)[0] in ABOUT_TIMES
    if times or _list_shown(reply.answers) or not reply.answers:
        if proposal and (
            _meant(turn, role, proposal, said) or _refuses_all(turn, role, proposal, said)
        ):
            return reply
        if proposal is None and _booked_already(turn, role, reply, said):
            return replace(reply, said=tuple(each for each in reply.said if each is not said))
    others = tuple(each for each in reply.said if each is not said)
    text = "\n".join(each for each in (said.text, reply.text) if each)
    if said.numbers and not _list_shown(reply.answers):  # "the 2nd", of the answers to a question
        return reply
    return replace(reply, said=others, text=text)


ABOUT_TIMES = ("proposal", "closed-list")
"""What a letter that asks once more can be about so that it shows times."""


def shows_times(key: str) -> bool:
    """Whether the letter of that key shows times to choose from, so that an answer to it is read as one about them."""
    asked_again = touchpoint_of(key) == "unclear" and about_unclear(key)[0] in ABOUT_TIMES
    return asked_again or _list_shown(key) > 0


def letter_asked(key: str) -> str:
    """Which letter's question is answered by a reply to the letter of that key: one that asks once more about the welcome
    asks the same, and so does one that tells what was allowed to be carried over."""
    touchpoint = touchpoint_of(key)
    if touchpoint == "unclear" and about_unclear(key)[0] == "handover":
        return "handover"
    if touchpoint == "ack" and what_acknowledged(key) in ("handover", "undone-handover"):
        return "handover"
    if touchpoint == "unclear" and about_unclear(key)[0] == "welcome":
        return "welcome-mentor-connected"
    return touchpoint


def choose(turn: PairingTurn, role: Role, reply: ReplySeen, said: Said) -> bool:
    """A number counts only against the list of the letter it answers (RULES 7)."""
    proposal = proposal_meant(turn, role, reply)
    if proposal is None:
        if _booked_already(turn, role, reply, said):
            return True
        if look_again(turn, role, touchpoint_of(reply.answers)):
            return True
        closed = turn.state.proposal or _had_a_list(turn, reply.answers)
        unclear(turn, role, reply, "closed-list" if closed else "other")
        return True
    if proposal.picked or proposal.standing != "open":
        turn.because("an answer was already being carried out")
        return True
    if _of_another_list(reply, proposal):
        unclear(turn, role, reply, "closed-list")
        return True
    if proposal.vetting:
        return _vet(turn, role, reply, proposal, said)
    meant = _meant(turn, role, proposal, said)
    if not meant and _refuses_all(turn, role, proposal, said):
        return none(turn, role, reply)
    if not meant and not (said.when and said.numbers):
        unclear(turn, role, reply, "closed-list")
        return True
    if (
        len(meant) != 1
    ):  # "2 or 3", "Thursday" of two, "2, Friday" where 2 is a Thursday: never guessed
        unclear(turn, role, reply, "proposal", only=meant)
        return True
    number = meant[0]
    picked = replace(
        proposal, picked=number, said=said.text[:40] or str(number),
        answered=reply.message_id if reply.thread in ("", turn.lane) else "", renew="",
    )  # fmt: skip
    turn.state = replace(turn.state, proposal=picked)
    turn.because(f"{proposal.about}: option {number} was chosen")
    return True


def _vet(turn: PairingTurn, role: Role, reply: ReplySeen, proposal: Proposal, said: Said) -> bool:
    """The mentor says which of the times are possible; the mentee picks among these, numbers kept. Where the
    mentee's busy time is known and the mentor takes the initiative, the first of them is booked."""
    meant = _meant(turn, role, proposal, said)
    if not meant and _refuses_all(turn, role, proposal, said):
        return none(turn, role, reply)
    whens = (said.when, *said.or_when) if said.when else ()
    several = any(map(may_be_several, whens))
    if said.when and len(meant) != len(whens) and not several:
        unclear(turn, role, reply, "proposal", only=meant)
        return True
    named = [offer for offer in proposal.current if offer.number in meant]
    if not named:
        unclear(turn, role, reply, "closed-list")
        return True
    offers = tuple(replace(o, open=o.open and o in named) for o in proposal.offers)
    until = (
        regular_answer_by(turn, vetting=False)
        if proposal.kind == "series"
        else answer_by(turn, proposal.chooser, tuple(named), meeting_of(turn, proposal))
    )
    vetted = replace(
        proposal, offers=offers, vetting=False, vetted=True, told_at=None, opened_at=turn.now, renew="",
        answer_by=until,
    )  # fmt: skip
    turn.because(f"{proposal.about}: the mentor can do {', '.join(str(o.number) for o in named)}")
    known = "mentee" not in proposal.unknown and proposal.kind == "meeting"
    if turn.program.initiator == "mentor" and known:
        vetted = replace(
            vetted, chooser="mentor", picked=named[0].number, said=said.text[:40],
            answered=reply.message_id,
        )  # fmt: skip
    else:
        answer(turn, role, reply, "vetted")
    turn.state = replace(turn.state, proposal=vetted)
    return True


def _booked_already(turn: PairingTurn, role: Role, reply: ReplySeen, said: Said) -> bool:
    """The same answer sent twice was carried out, and its `moved` letter says so. Another number, said to a
    letter that offered the others (auto-book), is UNDO and a choice in one."""
    cites = touchpoint_of(reply.answers)
    for closed in turn.state.closed_proposals:
        if closed.standing != "accepted" or closed.about not in reply.answers:
            continue
        numbers = _meant(turn, role, closed, said)
        same = closed.picked in said.numbers if said.when is None else numbers == (closed.picked,)
        if same and cites in (*LISTS, *REGULAR, "moved"):
            turn.because("the same answer again")
            return True
        undo = find_undo(turn, role, reply) if cites == "moved" and closed.auto else None
        offered = any(o.number in said.numbers for o in closed.current if o.number != closed.picked)
        if undo and offered and take_back(turn, undo):
            return choose(turn, role, replace(reply, answers=""), said)
    return False


def keep(turn: PairingTurn, role: Role, reply: ReplySeen) -> bool:
    """KEEP, or a plain YES where the question is whether it may stay: it does, as it would without an answer."""
    proposal = proposal_meant(turn, role, reply)
    if proposal is None or not proposal.keeps or proposal.picked:
        return False
    if proposal.cause == "counter":
        return False
    if proposal.cause == "moved":
        said = Said("choose", (proposal.offers[0].number,), text=reply.said[0].word.upper())
        return choose(turn, role, reply, said)
    _stays(turn, role, reply, proposal)
    return True


def counter_answered(turn: PairingTurn, role: Role, reply: ReplySeen, yes: bool) -> bool:
    """YES or NO to the one time that the other one has proposed; NO leaves what stands where it is, and of what has
    fallen out another time is looked for."""
    proposal = proposal_meant(turn, role, reply)
    if proposal is None or proposal.cause != "counter" or proposal.round > 1 or proposal.picked:
        return False
    if yes:
        first = proposal.offers[0].number
        return choose(turn, role, reply, Said("choose", (first,), text=reply.said[0].text or "YES"))
    if not proposal.keeps:
        return none(turn, role, reply)
    _stays(turn, role, reply, proposal)
    return True


def _stays(turn: PairingTurn, role: Role, reply: ReplySeen, proposal: Proposal) -> None:
    meeting = meeting_of(turn, proposal)
    assert meeting is not None, "it is asked about as long as it is known"
    close(turn, led_nowhere(turn, proposal, "declined"))
    put_meeting(turn, replace(meeting, asked_by=None))
    if meeting.asked_by in (None, role):  # the other one knows of nothing
        answer(turn, role, reply, "clash-1")
    else:
        answer(turn, role, reply, "kept", start=iso(meeting.start))
    turn.because(f"{proposal.about}: it stays, says the {role}")


def none(turn: PairingTurn, role: Role, reply: ReplySeen, said: Said | None = None) -> bool:
    """None of the times fits: the next round. Where one may suit all the same, that is asked."""
    proposal = proposal_meant(turn, role, reply)
    if proposal is None:
        if _had_a_list(turn, reply.answers):
            unclear(turn, role, reply, "closed-list")
            return True
        return False
    if proposal.picked:
        return False
    if _of_another_list(reply, proposal) or _of_an_earlier_round(turn, reply, proposal):
        unclear(turn, role, reply, "closed-list")
        return True
    zone = turn.zone(turn.state.line.person(role).zone)
    left = suiting_all_the_same(proposal.current, said, zone) if said else ()
    if left:
        unclear(turn, role, reply, "proposal", only=left)
        return True
    closed = tuple(replace(offer, open=False) for offer in proposal.offers)
    turn.state = replace(turn.state, proposal=replace(proposal, renew="none", offers=closed))
    turn.because(f"{proposal.about}: none of the times fits")
    return True
