"""Advising: the letters to an advisor, two at most, what they answer, and that they are forgotten (LETTERS 2).

Not whether somebody is invited at all: inviting.py. The first letter asks. The second goes only when what the first one
says is true no more: the 1:1 has another time, for which it asks once more, or it falls out. None reminds: silence is an
answer. After the second the calendar alone tells them of changes, and who wished them is asked to.

An answer never moves a 1:1. A yes makes them a guest of that one event, and a no takes them off it (listed.py). Of STOP,
which is a no, a digest of the address is all that is kept, by every pair of the program.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from daemon.decide.acknowledging import acknowledge
from daemon.decide.keys import pairs_of_program, short, thread_of_advisor
from daemon.decide.listed import (
    can_be_put,
    declined_in_calendar,
    is_listed,
    is_to_leave,
    keep_guest,
    meeting_of_advisor,
)
from daemon.decide.owed import soonest, when
from daemon.decide.seen import PairingTurn
from daemon.decide.turn import iso
from daemon.domain.advisor import ADVISOR, Advisor, AdvisorSeen, AdvisorStopped, FromAdvisor
from daemon.domain.effect import SendLetter
from daemon.domain.meeting import Meeting
from daemon.domain.observation import EventSeen
from daemon.domain.people import ROLES, Address, Role, other
from daemon.domain.value import replace

ERASED_AFTER = timedelta(days=30)
LETTERS_MOST = 2
AT_ONCE_MOST = 3
"""So many are expected in one pairing at the same time."""
KNOWN_MOST = 10
REFUSED_MOST = 100
"""So many digests of who has said STOP to any pair of the program: far more than a program ever asks."""
TOLD_MOST = 3
"""So many answers of one advisor reach the two: the first, and a change of mind."""
NO_TIME = timedelta(hours=1)
"""Whoever would read it later than so long before the 1:1 is not asked."""
OFF_KNOWN = timedelta(hours=24)
"""So long before its time, a 1:1 that has fallen out is said to be off: until then it may get another time."""
WORDS_CHARACTERS_MAX = 200


def why_not(turn: PairingTurn, address: Address, meeting: Meeting, waiting: int = 0) -> str:
    """Why somebody is not asked to that 1:1; empty where nothing speaks against it. `waiting`: for so many others the
    other one of the two was asked already."""
    known = turn.state.advisors
    if _digest(address) in turn.state.unwritten:
        return "stopped"
    if any(a.address == address and a.origin == meeting.origin for a in known):
        return "known"
    if waiting + sum(not a.over for a in known) >= AT_ONCE_MOST or len(known) >= KNOWN_MOST:
        return "many"
    return "" if meeting.start - turn.now > NO_TIME else "soon"


def advise(
    turn: PairingTurn, occasion: str, address: Address, by: Role, meeting: Meeting, topic: str
) -> None:
    """From now on they are asked to that 1:1."""
    asked = Advisor(
        f"{ADVISOR}{occasion}", address, by, meeting.origin, meeting.start, turn.now,
        meeting.start + ERASED_AFTER, topic,
    )  # fmt: skip
    turn.state = replace(turn.state, advisors=(*turn.state.advisors, asked))
    turn.because(f"{meeting.origin}: an advisor is asked")


def keep_advisors(turn: PairingTurn) -> None:
    """What time and the 1:1 itself bring: the letters, the place on the calendar, and the end."""
    for known in turn.state.advisors:
        meeting = meeting_of_advisor(turn, known)
        advisor = known if known.over else _as_it_stands(turn, known, meeting)
        _put(turn, advisor)
        stopped = _digest(advisor.address) in turn.state.unwritten
        if not stopped and (not advisor.over or advisor.written == "off"):
            _letter(turn, advisor)
        keep_guest(turn, advisor)
        if stopped and is_to_leave(turn, advisor):
            continue  # known until they are taken off
        if stopped or turn.watch.reached(advisor.erased_at) or _never_written_to(turn, advisor):
            _erase(turn, advisor)


def _as_it_stands(turn: PairingTurn, advisor: Advisor, meeting: Meeting | None) -> Advisor:
    if turn.watch.reached(advisor.start):
        return replace(advisor, over=True)
    if _in_hand(turn, advisor):
        return advisor
    if meeting is None or turn.state.standing not in ("active", "closing", "paused"):
        return _off(turn, advisor)
    if meeting.stands:
        if meeting.start != advisor.start:
            return _moved(turn, advisor, meeting)
        return _unanswered(turn, advisor)
    if meeting.standing == "cancelled" and not turn.watch.reached(advisor.start - OFF_KNOWN):
        return advisor  # it may get another time, and there is one letter left to say which
    return _off(turn, advisor)


def _moved(turn: PairingTurn, advisor: Advisor, meeting: Meeting) -> Advisor:
    """Whoever has said no stays uninvited; all others are asked once more, if a letter is left."""
    start = meeting.start
    if advisor.answer == "no":
        return replace(advisor, start=start)
    if not _sent(turn, advisor):
        return replace(advisor, start=start, erased_at=start + ERASED_AFTER)
    if advisor.letters >= LETTERS_MOST:
        return _no_letter_left(turn, advisor)
    return replace(
        advisor, start=start, erased_at=start + ERASED_AFTER, letters=advisor.letters + 1,
        written="moved", since=turn.now, answer="", silent=False,
    )  # fmt: skip


def _off(turn: PairingTurn, advisor: Advisor) -> Advisor:
    if not _sent(turn, advisor):
        _nobody_comes(turn, advisor)
        return replace(advisor, over=True)
    if advisor.answer == "no":
        return replace(advisor, over=True)
    if advisor.letters >= LETTERS_MOST:
        return _no_letter_left(turn, advisor)
    return replace(
        advisor, letters=advisor.letters + 1, written="off", since=turn.now, over=True
    )  # fmt: skip


def _no_letter_left(turn: PairingTurn, advisor: Advisor) -> Advisor:
    """Who wished them has to tell them."""
    _hear(turn, (advisor.by,), "untold", advisor, "untold")
    return replace(advisor, over=True)


def _unanswered(turn: PairingTurn, advisor: Advisor) -> Advisor:
    """The two hear once that no answer came, half of the time before it begins."""
    told_at = _sent(turn, advisor)
    if told_at is None:
        return _off(turn, advisor) if turn.watch.reached(advisor.start - NO_TIME) else advisor
    if advisor.answer or advisor.silent:
        return advisor
    if not turn.watch.reached(told_at + (advisor.start - told_at) / 2):
        return advisor
    _hear(turn, ROLES, "silent", advisor, f"silent{advisor.letters}")
    return replace(advisor, silent=True)


# --- what they answer


def advisor_seen(turn: PairingTurn, seen: FromAdvisor) -> None:
    """A yes, a no, other words, or a letter that came back; and what was said in another pairing."""
    if isinstance(seen, AdvisorStopped):
        _stop(turn, seen.digest, seen.name)
        return
    advisor = next((a for a in turn.state.advisors if a.id == seen.advisor), None)
    if advisor is None:
        turn.because("an answer of an advisor whom nobody knows any more")
        return
    if seen.said == "stop":
        digest, name = _digest(advisor.address), short(seen.message_id)
        _stop(turn, digest, name, seen.text)
        everybody = pairs_of_program(turn.state.line.program)
        turn.forwarded.append((everybody, AdvisorStopped(digest, name, turn.now)))
        return
    if not _waited_for(turn, advisor) and not (seen.said == "no" and _may_leave(turn, advisor)):
        turn.because("an answer of an advisor whom nobody waits for")
        if seen.said == "no":
            _put(turn, replace(advisor, answer="no"))  # off the event, should it stand again
        return
    if seen.said == "bounced":
        _hear(turn, (advisor.by,), "bounced", advisor, "bounced")
        _erase(turn, advisor)
        return
    if seen.said == "yes" and not _about_this_time(turn, advisor, seen):
        turn.because("a yes to a time that the 1:1 no longer has")
        return
    if seen.said in ("yes", "no") and seen.said == advisor.answer and not seen.text:
        return
    _put(turn, _say(turn, advisor, seen.said, short(seen.message_id), seen.text))


def advisors_declined(turn: PairingTurn, seen: EventSeen) -> None:
    """A no in their calendar, to an event on which they stand, is a no."""
    for advisor in declined_in_calendar(turn, seen):
        _put(turn, _say(turn, advisor, "no", f"declined{advisor.told}"))


def _stop(turn: PairingTurn, digest: str, name: str, text: str = "") -> None:
    """Never written to again, whenever it was said, and to whichever 1:1 of the program they were asked."""
    if turn.state.standing == "closed" and not turn.state.advisors:
        return
    kept = tuple(each for each in turn.state.unwritten if each != digest)
    turn.state = replace(turn.state, unwritten=(*kept, digest)[-REFUSED_MOST:])
    for advisor in turn.state.advisors:
        if _digest(advisor.address) != digest:
            continue
        if advisor.answer != "no" and (_waited_for(turn, advisor) or _may_leave(turn, advisor)):
            if _sent(turn, advisor):
                _say(turn, advisor, "no", name, text)
            else:
                _nobody_comes(turn, advisor)
        _put(turn, replace(advisor, answer="no", over=True))


def _waited_for(turn: PairingTurn, advisor: Advisor) -> bool:
    return not advisor.over and turn.now < advisor.start


def _may_leave(turn: PairingTurn, advisor: Advisor) -> bool:
    """A no says something as long as they are on an event that takes place, also when no letter is left."""
    meeting = meeting_of_advisor(turn, advisor)
    return meeting is not None and meeting.stands and is_to_leave(turn, advisor)


def _about_this_time(turn: PairingTurn, advisor: Advisor, seen: AdvisorSeen) -> bool:
    meeting = meeting_of_advisor(turn, advisor)
    last = f"{_occasion(advisor)}/" in seen.key
    return last and meeting is not None and meeting.start == advisor.start


def _say(turn: PairingTurn, advisor: Advisor, said: str, name: str, text: str = "") -> Advisor:
    """The two hear it; of an endless correspondence, its beginning. What is over has the time that the event has now."""
    meeting = meeting_of_advisor(turn, advisor)
    if advisor.over and meeting:
        advisor = replace(advisor, start=meeting.start)
    if advisor.told < TOLD_MOST:
        _hear(turn, ROLES, said, advisor, name, text[:WORDS_CHARACTERS_MAX])
    told = advisor.told + 1
    if said == "words":
        return replace(advisor, told=told, silent=True)
    return replace(advisor, told=told, answer="yes" if said == "yes" else "no")


def _hear(
    turn: PairingTurn, roles: Iterable[Role], what: str, advisor: Advisor, name: str, text: str = ""
) -> None:
    """By day, unless it begins soon."""
    facts = {
        "what": what, "start": iso(advisor.start), "guest": advisor.address,
        "items": [text] if text else [], "listed": is_listed(turn, advisor),
        "put": can_be_put(turn, advisor),
    }  # fmt: skip
    for role in roles:
        person = turn.state.line.person(role).id
        turn.say(
            turn.letter_stem("advisor-told", f"{advisor.id}-{name}", person),
            SendLetter("advisor-told", person, facts), reason=f"of an advisor: {what}",
            opens=soonest(turn, turn.now, advisor.start, role),
        )  # fmt: skip


def _nobody_comes(turn: PairingTurn, advisor: Advisor) -> None:
    """Who wished them hears what they would hear of a no."""
    acknowledge(
        turn, advisor.by, "invite-no", f"{advisor.id}-off", start=iso(advisor.start),
        opens=when(turn, turn.now, advisor.by),
    )  # fmt: skip


# --- the letters


def _occasion(advisor: Advisor) -> str:
    return f"{advisor.origin}~{advisor.letters}"


def _stem(turn: PairingTurn, advisor: Advisor) -> str:
    return turn.letter_stem("advisor", _occasion(advisor), advisor.id)


def _sent(turn: PairingTurn, advisor: Advisor) -> datetime | None:
    """When the last letter, or the one before it, was accepted."""
    sent = [
        turn.settled(_stem(turn, replace(advisor, letters=number)))
        for number in range(1, advisor.letters + 1)
    ]
    return max((at for at in sent if at), default=None)


def _in_hand(turn: PairingTurn, advisor: Advisor) -> bool:
    """Whether the last letter may be on its way."""
    row = turn.queued.get(_stem(turn, advisor))
    return row is not None and not row.untouched


def _letter(turn: PairingTurn, advisor: Advisor) -> None:
    line = turn.state.line
    asker, partner = line.person(advisor.by), line.person(other(advisor.by))
    facts = {
        "to": advisor.address, "what": advisor.written, "topic": advisor.topic,
        "start": iso(advisor.start), "utc": f"{advisor.start:%H:%M}", "erased": advisor.erased_at.date().isoformat(),
        "asker": asker.name, "asker_first": asker.first, "partner_name": partner.name,
        "by": advisor.by, "put": can_be_put(turn, advisor),
    }  # fmt: skip
    opens = when(turn, advisor.since, advisor.by)
    if not turn.watch.reached(opens):
        return
    closes = advisor.start if advisor.written == "off" else advisor.start - NO_TIME
    turn.want(
        _stem(turn, advisor), SendLetter("advisor", advisor.id, facts),
        account=turn.program.mailbox, opens=opens, closes=closes,
        reason="an advisor is asked to one 1:1, or hears what became of it", origin=advisor.origin,
        basis=f"{advisor.written} {iso(advisor.start)}",
    )  # fmt: skip


# --- forgotten


def _put(turn: PairingTurn, advisor: Advisor) -> None:
    advisors = tuple(advisor if a.id == advisor.id else a for a in turn.state.advisors)
    turn.state = replace(turn.state, advisors=advisors)


def _digest(address: Address) -> str:
    return short(address.casefold())


def _never_written_to(turn: PairingTurn, advisor: Advisor) -> bool:
    """Nothing was sent, and nothing will be: there is no reason to know them."""
    if not advisor.over or advisor.written == "off":
        return False
    return not _sent(turn, advisor) and not _in_hand(turn, advisor)


def _erase(turn: PairingTurn, advisor: Advisor) -> None:
    """The address, the thread, and whatever names either; also whom a calendar said that it has told."""
    meetings = tuple(
        replace(m, told=_without(m.told, advisor.address)) if m.told else m
        for m in turn.state.meetings
    )
    series = tuple(
        replace(s, told=_without(s.told, advisor.address)) if s.told else s
        for s in turn.state.series
    )
    advisors = tuple(a for a in turn.state.advisors if a.id != advisor.id)
    turn.state = replace(turn.state, advisors=advisors, meetings=meetings, series=series)
    turn.forget_threads.append(thread_of_advisor(advisor.id))
    turn.because(f"{advisor.origin}: what is known of an advisor is deleted")


def _without(told: tuple[Address, ...], address: Address) -> tuple[Address, ...]:
    return tuple(each for each in told if each != address)
