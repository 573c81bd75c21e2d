"""The months after the end: who has said LATER is asked once how it went (S3.15, RULES 3).

Not the farewell that offers it (farewell.py), and no meeting: who would like to meet once more is passed on, and the
rest is theirs, as nobody looks after the calendars of a pair that has ended.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from daemon.decide.acknowledging import answer
from daemon.decide.keys import person_of, short, touchpoint_of
from daemon.decide.meeting_types import agenda_of, blocks_shown
from daemon.decide.moment import at_minute, local_day
from daemon.decide.owed import personal, when
from daemon.decide.seen import PairingTurn
from daemon.decide.terms import terms
from daemon.decide.trust import about_doubt
from daemon.decide.turn import iso
from daemon.domain.observation import ReplySeen
from daemon.domain.pair import FollowUp, PassedOn
from daemon.domain.people import Role, other
from daemon.domain.value import replace

LINE_CHARACTERS_MAX = 200
WORDS_CHARACTERS_MAX = 600
ASKED_FOR = timedelta(days=14)
HEARD_FOR = timedelta(days=14)
PASSED_MOST = 3
"""So many mails in answer reach the other one."""


def follow_up_day(turn: PairingTurn, farewell: datetime, role: Role) -> date | None:
    """On which day whoever says LATER is asked; None where the program asks nobody, or it is over already."""
    days = turn.program.follow_up_days
    if not days or turn.state.standing == "closed":
        return None
    zone = turn.zone(turn.state.line.person(role).zone)
    return local_day(farewell, zone) + timedelta(days=days)


def as_offered(turn: PairingTurn, reply: ReplySeen) -> ReplySeen:
    """LATER is a word like any other where no letter has offered it."""
    later = [said for said in reply.said if said.word == "later"]
    if not later or turn.program.follow_up_days:
        return reply
    text = "\n".join(filter(None, (*(said.text for said in later), reply.text)))
    return replace(reply, said=tuple(s for s in reply.said if s not in later), text=text)


def later(turn: PairingTurn, role: Role, reply: ReplySeen) -> bool:
    """LATER in answer to the farewell: kept, and said so. Whether it was understood."""
    last = max((m.start for m in turn.state.meetings if m.end <= turn.now), default=None)
    on = _day_named(turn, role)
    if touchpoint_of(reply.answers) != "farewell" or on is None:
        return False
    rest = tuple(each for each in turn.state.follow_ups if each.role != role)
    turn.state = replace(turn.state, follow_ups=(*rest, FollowUp(role, on, last)))
    answer(turn, role, reply, "later", days=[on.isoformat()])
    return True


def _day_named(turn: PairingTurn, role: Role) -> date | None:
    """The day that the farewell has named to that person."""
    farewell = turn.marks.get(_farewell(turn, role))
    named = farewell.basis.partition(" ")[2] if farewell else ""
    return date.fromisoformat(named) if named else None


def _farewell(turn: PairingTurn, role: Role) -> str:
    return turn.letter_stem("farewell", "last", turn.state.line.person(role).id)


def keep_follow_ups(turn: PairingTurn) -> None:
    """What is needed for them stays until they are over, and no longer. A pair that goes on needs none."""
    known = turn.state.follow_ups
    if not known:
        return
    waiting = [_with_line(turn, _without_passed(turn, each)) for each in known]
    kept = [each for each in waiting if each.words or not _is_over(turn, each)]
    if turn.state.standing not in ("closing", "closed"):
        kept = []
    if tuple(kept) != known:
        turn.state = replace(turn.state, follow_ups=tuple(kept))
    if not kept and turn.state.standing == "closed":
        turn.state = replace(turn.state, goals=(), met_at=None)
        turn.because("nobody is to be asked any more: the goals are deleted")


def _with_line(turn: PairingTurn, each: FollowUp) -> FollowUp:
    """With the line that was written in answer to the farewell."""
    farewell = turn.settled(_farewell(turn, each.role))
    own = [
        note
        for note in turn.state.notes
        if note.author == each.role
        and not note.by
        and not note.private
        and farewell
        and note.at >= farewell
    ]
    if each.line or not own:
        return each
    first = next((line.strip() for line in own[0].text.splitlines() if line.strip()), "")
    return replace(each, line=first[:LINE_CHARACTERS_MAX])


def _without_passed(turn: PairingTurn, each: FollowUp) -> FollowUp:
    """Without the words that the other one has, or that nobody could be told in time."""
    reader = turn.state.line.person(other(each.role)).id
    words = tuple(
        word
        for word in each.words
        if not turn.over(turn.letter_stem("follow-up-word", word.name, reader))
        and not turn.watch.reached(when(turn, word.at, other(each.role)) + ASKED_FOR)
    )
    return each if words == each.words else replace(each, words=words)


def _stem(turn: PairingTurn, each: FollowUp) -> str:
    return turn.letter_stem("follow-up", "later", turn.state.line.person(each.role).id)


def _moment(turn: PairingTurn, each: FollowUp) -> datetime:
    zone = turn.zone(turn.state.line.person(each.role).zone)
    return when(turn, at_minute(each.on, turn.program.prep_mentor_minute, zone), each.role)


def _is_over(turn: PairingTurn, each: FollowUp) -> bool:
    """It went, and its answers were waited for; or its time is over."""
    went = turn.settled(_stem(turn, each))
    if went:
        return turn.watch.reached(went + HEARD_FOR)
    return turn.watch.reached(_moment(turn, each) + ASKED_FOR)


def follow_up_letters(turn: PairingTurn) -> None:
    """Once, on the day that was named; and what was answered to it, to the other one by day."""
    for each in turn.state.follow_ups:
        _words_to_partner(turn, each)
        moment = _moment(turn, each)
        if turn.state.standing != "closed" or not turn.watch.reached(moment):
            continue
        facts = {
            "line": each.line,
            "goals": [goal.text for goal in turn.state.goals if goal.done_at is None],
            "last_start": iso(each.last) if each.last else None,
        }
        personal(
            turn, "follow-up", "later", each.role, facts, opens=moment,
            closes=moment + ASKED_FOR, reason="that person has said LATER", basis="later",
        )  # fmt: skip


def _words_to_partner(turn: PairingTurn, each: FollowUp) -> None:
    reader, wanted = other(each.role), terms(turn.state, turn.program)
    plan = agenda_of(turn.program.meeting_types, "catch_up", wanted.lengths_minutes[0])
    for word in each.words:
        opens = when(turn, word.at, reader)
        if turn.watch.reached(opens):
            lines = [line.strip() for line in word.text.splitlines() if line.strip()]
            facts = {
                "lines": lines,
                "meet": word.meet,
                "blocks": blocks_shown(plan) if word.meet else [],
                "length_minutes": wanted.lengths_minutes[0],
            }
            personal(
                turn, "follow-up-word", word.name, reader, facts,
                opens=opens, closes=opens + ASKED_FOR, reason="said in answer to a follow-up",
                basis=word.name,
            )  # fmt: skip


# --- what is said to it


def is_heard(turn: PairingTurn, role: Role, reply: ReplySeen) -> bool:
    """Whether it is said to a follow-up that has gone not long ago: its token counts though the others are over."""
    went = _asked(turn, role)
    said_to_it = _says_to_it(reply) or about_doubt(reply.answers)
    return went is not None and said_to_it


def _asked(turn: PairingTurn, role: Role) -> FollowUp | None:
    for each in turn.state.follow_ups:
        went = turn.settled(_stem(turn, each))
        if each.role == role and went and turn.now < went + HEARD_FOR:
            return each
    return None


def _says_to_it(reply: ReplySeen) -> bool:
    alone = not reply.answers and bool(person_of(reply.thread))
    return touchpoint_of(reply.answers) == "follow-up" or alone


def answered_follow_up(turn: PairingTurn, role: Role, reply: ReplySeen) -> bool:
    """A line goes to the other one, as the letter has said, and so does the wish to meet; STOP deletes what was kept.
    Whether it was about that."""
    asked = _asked(turn, role)
    if asked is None or not _says_to_it(reply):
        return False
    words = {said.word for said in reply.said}
    if "stop" in words:
        _drop(turn, asked)
        answer(turn, role, reply, "stop")
        return True
    text = _words(reply)
    if text and reply.confidential:
        answer(turn, role, reply, "kept-back")
        text = ""
    if "meet" in words:
        answer(turn, role, reply, "meet-once")
    if (text or "meet" in words) and asked.passed < PASSED_MOST:
        _pass_on(turn, asked, reply, text, meet="meet" in words)
    return True


def _words(reply: ReplySeen) -> str:
    said = [each.text for each in reply.said if each.word not in ("meet", "stop")]
    goals = [f"Goal: {goal}" for goal in reply.goals]
    whole = "\n".join(
        (
            *said,
            reply.text,
            *goals,
            *(task for _, task in reply.todos),
            *reply.intros,
            *reply.chances,
        )
    )
    return whole.strip()[:WORDS_CHARACTERS_MAX]


def _drop(turn: PairingTurn, asked: FollowUp) -> None:
    rest = tuple(each for each in turn.state.follow_ups if each != asked)
    turn.state = replace(turn.state, follow_ups=rest)
    if not rest:
        turn.state = replace(turn.state, goals=(), met_at=None)


def _pass_on(
    turn: PairingTurn, asked: FollowUp, reply: ReplySeen, text: str, *, meet: bool
) -> None:
    word = PassedOn(short(reply.message_id), turn.now, text, meet)
    told = replace(asked, words=(*asked.words, word), passed=asked.passed + 1)
    turn.state = replace(
        turn.state,
        follow_ups=tuple(told if each == asked else each for each in turn.state.follow_ups),
    )
