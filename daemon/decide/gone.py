"""The whole series was deleted, declined, or lost its guest: what did they have in mind? (RULES 5, rows 3,
5, 9, 14).

Not single meetings, and never a proposal for each of them: one person is asked once.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from daemon.decide.ending import end_all
from daemon.decide.pausing import pause
from daemon.decide.questions import asked, close_question, drop_questions, open_question
from daemon.decide.regular import look_for_time, time_is_fixed
from daemon.decide.seen import PairingTurn, put_meeting
from daemon.decide.series import begin_again, put_series
from daemon.decide.stopping import stop
from daemon.decide.turn import iso
from daemon.domain.meeting import Meeting, Series
from daemon.domain.people import Role, other
from daemon.domain.question import Question, QuestionKind
from daemon.domain.value import replace
from daemon.domain.world import PairingState

ANSWER_DAYS = timedelta(days=7)
PUT_BACK_MOST = 2
"""Row 14: never put back a third time."""
UID_NAMED = 12
"""So much of its uid names a series in what is asked about it."""


def series_gone(turn: PairingTurn, series: Series) -> None:
    """Row 3: unclear, so nothing is made again and nobody is asked per meeting."""
    if series.standing != "put":
        return
    put_series(turn, replace(series, standing="gone", gone_at=turn.now))
    turn.because("the whole series was deleted: nothing is made again, its owner is asked")


def guest_removed(turn: PairingTurn, series: Series) -> None:
    """Row 5: the mentee is no longer among the guests."""
    known = next(s for s in turn.state.series if s.uid == series.uid)
    if known.invites:
        return  # the calendar still has the address of before
    if not known.guest_gone:
        put_series(turn, replace(known, guest_gone=True, gone_at=turn.now))
        turn.because("the mentee was taken off the series: its owner is asked")


def invite_at_another_address(turn: PairingTurn) -> None:
    """The files name the mentee by another address: the series goes there too, and nobody is asked who took the
    guest off it."""
    before, mentee = turn.world.state, turn.state.line.mentee
    if not isinstance(before, PairingState) or before.line.mentee.id != mentee.id:
        return
    if before.line.mentee.address != mentee.address:
        for series in turn.state.series:
            if series.live and series.uid not in turn.state.copies:
                put_series(turn, replace(series, invites=True))


def guest_back(turn: PairingTurn, series: Series) -> None:
    """The mentee is among the guests (again)."""
    known = next(s for s in turn.state.series if s.uid == series.uid)
    if known.guest_gone or known.declined:
        put_series(turn, replace(known, guest_gone=False, declined=False, gone_at=None))
        drop_questions(turn, "guest-gone", "declined-all")
        turn.because("the mentee is a guest of the series as before")


def whole_series_declined(turn: PairingTurn, series: Series, by: Role = "mentee") -> None:
    """Row 9: the phone's "all events" button is one tap away."""
    known = next(s for s in turn.state.series if s.uid == series.uid)
    if not known.declined:
        put_series(turn, replace(known, declined=True, declined_by=by, gone_at=turn.now))
        turn.because(f"the {by} declined the whole series: asked what is meant")


def ask_what_is_meant(turn: PairingTurn) -> None:
    """Questions about whole series, after the wait that forgives a slip. Of a closed pairing nothing takes
    place any more, whatever somebody tidies up."""
    if turn.state.standing == "closed":
        return
    wait = timedelta(minutes=turn.program.repair_wait_minutes)
    for series in turn.state.series:
        if series.gone_at is None or not turn.watch.reached(series.gone_at + wait):
            continue
        occasion = f"{series.uid[:UID_NAMED]}-{series.gone_at:%Y%m%dT%H%M%S}"
        if series.standing == "gone" or series.cut_to:
            if series.put_back >= PUT_BACK_MOST:
                turn.tell_once(
                    f"deleted-twice/{series.uid}", "deleted-twice",
                    reason="deleted twice after it was put back",
                )  # fmt: skip
                continue
            _ask(turn, "series-gone", "mentor", series, occasion)
        elif series.guest_gone:
            _ask(turn, "guest-gone", "mentor", series, occasion)
        elif series.declined:
            _ask(turn, "declined-all", series.declined_by, series, occasion)


def _ask(turn: PairingTurn, kind: QuestionKind, role: Role, series: Series, occasion: str) -> None:
    """Once, though both of alternating lengths are in doubt."""
    if asked(turn, kind) and not asked(turn, kind, occasion):
        return
    doubtful = [m for m in turn.state.meetings if m.stands and m.end > turn.now]
    doubtful = [m for m in doubtful if in_doubt(turn, m)]
    coming = min(doubtful, key=lambda m: m.start, default=None)
    tell_at = coming.start - timedelta(hours=turn.program.series_gone_hours) if coming else None
    facts = {
        "start": iso(coming.start) if coming else None,
        "tell_at": iso(max(tell_at, turn.now)) if tell_at else None,
    }
    open_question(
        turn, kind, role, occasion, answer_by=turn.now + ANSWER_DAYS,
        facts={} if kind == "guest-gone" else facts,
    )  # fmt: skip


def in_doubt(turn: PairingTurn, meeting: Meeting) -> tuple[datetime, Role | None] | None:
    """Since when nobody knows whether this meeting takes place, and who has to hear of that before it: nobody
    where the guest was taken off, whose own calendar shows it no more (row 5)."""
    place = meeting.place
    if place is None or not place.recurrence:
        return None
    series = next((s for s in turn.state.series if s.uid == place.uid), None)
    if series is None or series.gone_at is None:
        return None
    if series.cut_to and place.recurrence[:10] <= series.cut_to.isoformat():
        return None
    if meeting.end <= series.gone_at:
        return None
    if series.declined and series.standing == "put":
        return series.gone_at, other(series.declined_by)
    if series.guest_gone and series.standing == "put" and not series.cut_to:
        return series.gone_at, None
    return series.gone_at, "mentee"


def answered_gone(turn: PairingTurn, question: Question, number: int) -> None:
    """1 put it back · 2 other time · 3 pause · 4 end (of a removed guest: 1 invite again · 2 end)."""
    doubtful = [s for s in turn.state.series if s.gone_at]
    close_question(turn, question)
    if not doubtful:
        return
    if question.kind == "guest-gone" and number == 2:
        number = 4
    match number:
        case 1:
            for series in doubtful:
                _as_before(turn, series, question)
            tell_it_stands(turn, question.role)
        case 2 if time_is_fixed(turn):
            look_for_time(turn)  # which tells the contact
            _rest(turn)
        case 2:
            end_all(turn, "change")
            _settle(turn)
            look_for_time(turn)
        case 3:
            end_all(turn, "pause")
            _settle(turn)
            pause(turn, question.role, None)
        case _:
            end_all(turn, "end")
            _settle(turn)
            stop(turn, question.role, at_once=True)


def silent_gone(turn: PairingTurn, question: Question) -> None:
    """Nobody said what was meant: a person has to ask, and the pairing rests until somebody writes RESUME
    or puts the series back; a letter about every 1:1 that can't take place would go on for ever."""
    close_question(turn, question)
    turn.tell(question.kind, reason="no answer to what was meant with the whole series")
    if question.told_at:
        _rest(turn)


def _rest(turn: PairingTurn) -> None:
    if turn.state.standing == "active":
        _doubt_is_over(turn)
        pause(turn, "silence", None)


def _settle(turn: PairingTurn) -> None:
    """The owner has spoken: nothing is in doubt any more, and what is gone is forgotten."""
    _doubt_is_over(turn)
    kept = tuple(s for s in turn.state.series if s.standing != "gone")
    turn.state = replace(turn.state, series=kept)


def _doubt_is_over(turn: PairingTurn) -> None:
    lost = {s.uid for s in turn.state.series if s.standing == "gone"}
    for meeting in turn.state.meetings:
        if meeting.place and meeting.place.uid in lost:
            put_meeting(turn, replace(meeting, gone=True))
    turn.state = replace(
        turn.state,
        series=tuple(
            replace(s, gone_at=None, guest_gone=False, declined=False, cut_to=None)
            for s in turn.state.series
        ),
    )


def _as_before(turn: PairingTurn, series: Series, question: Question) -> None:
    if question.kind == "guest-gone":
        put_series(turn, replace(series, guest_gone=False, gone_at=None, invites=True))
    elif question.kind == "declined-all":
        put_series(turn, replace(series, gone_at=None))
        turn.because("a slip: the series stays as it is")
    else:
        begin_again(turn, series)


def tell_it_stands(turn: PairingTurn, role: Role) -> None:
    """Who has read that a 1:1 can't take place has to hear that it does, each time."""
    for meeting in turn.state.meetings:
        if meeting.stands and meeting.start > turn.now and _was_told_off(turn, meeting):
            told = replace(
                meeting, standing="moved", moved_from=meeting.start, moved_at=turn.now,
                moved_by=role, told=(), checked=True, changed_at=turn.now - timedelta(days=1),
            )  # fmt: skip
            put_meeting(turn, told)


def _was_told_off(turn: PairingTurn, meeting: Meeting) -> bool:
    people = (turn.state.line.mentor, turn.state.line.mentee)
    told = (turn.settled(turn.letter_stem("off", str(meeting.origin), p.id)) for p in people)
    return any(at and (meeting.moved_at is None or meeting.moved_at < at) for at in told)
