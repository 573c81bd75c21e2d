"""A meeting that is moved, answered or made longer on the calendar, as whole values (RULES 5, rows 2, 7 and 11).

Not what falls out or comes back: that is test_seen.py.
"""

from __future__ import annotations

from typing import Any

import pytest

from daemon.decide.seen import event_seen, gave_sign, told_moved
from daemon.domain.invitation import Guest
from daemon.domain.meeting import Undone
from daemon.domain.value import replace
from daemon.domain.world import Mark
from tests.decide.pair_cast import (
    LONG_AGO,
    MINUTE,
    NOW,
    berlin,
    day,
    mark,
    meeting,
    moved,
    offered,
    queued,
    reasons,
    series,
    turn_of,
)
from tests.decide.series_cast import letter, meeting_after, occurrence

WEDNESDAY, THURSDAY = "2026-10-14T11:00", "2026-10-15T16:00"
OF_THE_13TH = f"{day(13)}[Europe/Berlin]"
SEEN: dict[str, Any] = {"answer_seen": "NEEDS-ACTION", "version": "v2"}
BY_HAND: dict[str, Any] = {
    "moved_from": berlin(day(13)), "moved_at": NOW, "changed_at": NOW, **SEEN,
}  # fmt: skip
UNDONE = Undone(berlin(day(14)), LONG_AGO, "mentee")


# --- moved by hand


def test_a_move_is_followed_and_what_was_before_it_counts_no_more() -> None:
    before = meeting(
        13, standing="cancelled", cancelled_by="mentee", cancelled_at=LONG_AGO, late=True,
        gone=True, settled_by="silence", asked_by="mentee", checked=True, undone=UNDONE,
        told=("ben@example.org",),
    )  # fmt: skip
    turn = turn_of(series=(series(),), meetings=(before,))
    event_seen(turn, occurrence(13, at=WEDNESDAY, minutes=45))
    end = berlin(WEDNESDAY) + 45 * MINUTE
    assert turn.state.meetings == (moved(13, WEDNESDAY, **BY_HAND, end=end),)
    assert reasons(turn) == [f"{OF_THE_13TH}: moved by hand in the calendar"]


def test_whom_this_calendar_tells_of_the_series_it_tells_of_a_move() -> None:
    told = (("ana@example.org",), ("ben@example.org",), ())
    three = tuple(series(uid, told=each) for uid, each in zip("abc", told, strict=True))
    known = replace(meeting(13, uid="a"))
    seen = occurrence(13, at=WEDNESDAY, place=known.place)
    assert meeting_after(known, seen, series=three).told == (
        "ben@example.org",
    )  # the newest that tells


MOVED = moved(13, WEDNESDAY, moved_from=None, changed_at=LONG_AGO, undone=UNDONE)


def test_dragged_back_before_anybody_was_told_nothing_has_happened() -> None:
    turn = turn_of(series=(series(),), meetings=(MOVED,))
    event_seen(turn, occurrence(13, minutes=45))
    end = berlin(day(13)) + 45 * MINUTE
    assert turn.state.meetings == (meeting(13, **SEEN, end=end, changed_at=NOW),)
    assert reasons(turn) == [f"{OF_THE_13TH}: back on the calendar as it was"]


def test_dragged_back_somebody_may_have_read_that_it_falls_out_and_the_wish_to_move_it_is_over() -> (
    None
):
    wished = replace(MOVED, asked_by="mentee", moved_from=berlin(day(13)), looked_at=LONG_AGO)
    assert meeting_after(wished, occurrence(13)) == meeting(13, **SEEN, changed_at=NOW)
    off = replace(wished, standing="cancelled", cancelled_by="mentor", asked_by=None, gone=True)
    proposal = offered(13, berlin(THURSDAY), told_at=LONG_AGO)
    assert meeting_after(off, occurrence(13), proposal=proposal) == moved(
        13, day(13), **{**BY_HAND, "moved_from": berlin(WEDNESDAY), "checked": True}
    )


def test_dragged_back_after_it_was_told_is_one_more_move() -> None:
    marks = {letter("moved", 13, "ben"): mark()}
    after = meeting_after(MOVED, occurrence(13), marks=marks)
    expected = {**BY_HAND, "moved_from": berlin(WEDNESDAY)}
    assert after == moved(13, day(13), **expected)


def test_deleted_and_put_at_its_own_time_again_after_an_earlier_move() -> None:
    fallen = replace(MOVED, standing="cancelled", cancelled_by="mentor", cancelled_at=LONG_AGO, gone=True)  # fmt: skip
    assert meeting_after(fallen, occurrence(13)) == meeting(13, **SEEN, changed_at=NOW)


LIVE = Mark(1, "", "live", LONG_AGO)


@pytest.mark.parametrize(
    ("mark", "standing", "told"),
    [
        (None, "", False),
        (mark(), "", True),
        (LIVE, "", False),
        (LIVE, "due", False),
        (LIVE, "claimed", True),  # it may have gone
        (Mark(1, "", "withdrawn", LONG_AGO), "", False),
        (None, "claimed", False),
    ],
)
@pytest.mark.parametrize("who", ["ana", "ben"])
def test_who_has_or_may_have_a_letter_with_another_time(
    who: str, mark: Mark | None, standing: str, told: bool
) -> None:
    stem = letter("moved", 13, who)
    outbox = (queued(stem, standing),) if standing else ()
    turn = turn_of(meetings=(MOVED,), marks={stem: mark} if mark else {}, outbox=outbox)
    assert told_moved(turn, MOVED) is told
    assert not told_moved(turn, replace(MOVED, origin=meeting(20).origin))


# --- our own change, coming back


BOOKED: dict[str, Any] = {"booked": True, "picked": 1}


@pytest.mark.parametrize(
    ("number", "to", "fields", "followed"),
    [
        (13, WEDNESDAY, BOOKED, False),
        (13, THURSDAY, BOOKED, True),  # somebody was faster
        (13, WEDNESDAY, {"picked": 1}, True),  # not on its way yet
        (13, WEDNESDAY, {"booked": True, "picked": 7}, True),
        (20, WEDNESDAY, BOOKED, True),  # the slot of another one
    ],
)
def test_the_slot_on_its_way_is_not_a_move_by_hand(
    number: int, to: str, fields: Any, followed: bool
) -> None:
    proposal = offered(number, berlin(WEDNESDAY), **fields)
    after = meeting_after(meeting(13), occurrence(13, at=to), proposal=proposal)
    assert after.standing == ("moved" if followed else "planned")


@pytest.mark.parametrize(
    ("at", "end"), [(WEDNESDAY, "15:30"), (day(13), "15:45")], ids=["not yet", "there"]
)
def test_while_a_move_is_taken_back_its_old_time_is_no_move(at: str, end: str) -> None:
    known = meeting(13, takes_back="move")
    after = meeting_after(known, occurrence(13, at=at, minutes=45))
    assert after == replace(known, **SEEN, end=berlin(f"2026-10-13T{end}"))


# --- length, answers


def test_another_length_is_followed_without_anything_else() -> None:
    assert meeting_after(meeting(13), occurrence(13, minutes=45)) == meeting(
        13, **SEEN, end=berlin("2026-10-13T15:45")
    )


@pytest.mark.parametrize(
    ("before", "said", "whole", "cancelled"),
    [
        ("", "DECLINED", False, True),
        ("ACCEPTED", "DECLINED", False, True),
        ("DECLINED", "DECLINED", False, False),  # TRAPS 99: kept through a move
        ("", "TENTATIVE", False, False),
        ("", "DECLINED", True, False),  # the whole series: asked about once
    ],
)
def test_a_new_no_of_the_mentee_cancels(
    before: str, said: Any, whole: bool, cancelled: bool
) -> None:
    known = meeting(13, answer_seen=before)
    several = (series("another one", declined=not whole), series(declined=whole))
    after = meeting_after(known, occurrence(13, said), series=several)
    stays = replace(known, answer_seen=said, version="v2")
    fallen: dict[str, Any] = {"cancelled_by": "mentee", "cancelled_at": NOW, "changed_at": NOW}
    assert after == (replace(stays, standing="cancelled", **fallen) if cancelled else stays)


def test_a_no_to_a_new_time_and_a_no_to_a_new_length_cancel_as_well() -> None:
    after = meeting_after(meeting(13), occurrence(13, "DECLINED", at=WEDNESDAY))
    assert (after.standing, after.cancelled_by, after.start) == (
        "cancelled",
        "mentee",
        berlin(WEDNESDAY),
    )
    after = meeting_after(meeting(13), occurrence(13, "DECLINED", minutes=45))
    assert (after.standing, after.cancelled_by, after.end) == (
        "cancelled",
        "mentee",
        berlin("2026-10-13T15:45"),
    )


def test_a_no_to_what_has_just_come_back_cancels_as_well() -> None:
    deleted = meeting(13, standing="cancelled", cancelled_by="mentor", gone=True)
    after = meeting_after(deleted, occurrence(13, "DECLINED"))
    assert (after.standing, after.cancelled_by, after.gone) == ("cancelled", "mentee", False)


def test_cancelled_and_left_visible_is_cancelled_by_the_mentor_wherever_it_lies() -> None:
    after = meeting_after(meeting(13), occurrence(13, "DECLINED", at=WEDNESDAY, cancelled=True))
    assert (after.standing, after.cancelled_by, after.gone) == ("cancelled", "mentor", True)
    assert after.start == berlin(day(13))


@pytest.mark.parametrize("standing", ["held", "missed", "skipped"])
def test_what_is_settled_is_not_reopened_by_its_event(standing: Any) -> None:
    known = meeting(13, standing=standing)
    after = meeting_after(known, occurrence(13, "DECLINED", at=WEDNESDAY))
    assert after == replace(known, answer_seen="DECLINED", version="v2")


@pytest.mark.parametrize(
    ("now", "to", "followed"),
    [
        ("2026-10-13T15:29", "2026-10-13T12:00", True),
        ("2026-10-13T15:30", "2026-10-13T12:00", False),  # both times are over
        ("2026-10-13T15:30", "2026-10-13T16:00", True),  # late, and it will be
        ("2026-10-13T16:29", "2026-10-13T16:00", True),
        ("2026-10-13T16:30", "2026-10-13T16:00", False),
    ],
)
def test_a_drag_counts_until_both_times_are_over(now: str, to: str, followed: bool) -> None:
    after = meeting_after(meeting(13), occurrence(13, at=to), now=berlin(now))
    assert after.start == berlin(to if followed else day(13))


@pytest.mark.parametrize(
    ("before", "said", "sign"),
    [
        ("", "ACCEPTED", True),
        ("NEEDS-ACTION", "TENTATIVE", True),
        ("ACCEPTED", "DECLINED", True),
        ("ACCEPTED", "ACCEPTED", False),
        ("ACCEPTED", "NEEDS-ACTION", False),  # a calendar asks anew after a move
    ],
)
def test_a_new_answer_is_a_sign_of_life(before: str, said: Any, sign: bool) -> None:
    turn = turn_of(series=(series(),), meetings=(meeting(13, answer_seen=before),))
    event_seen(turn, occurrence(13, said))
    assert turn.signs == (["mentee"] if sign else [])
    assert turn.state.meetings[0].answer_seen == said


def test_who_is_no_guest_has_said_nothing() -> None:
    seen = replace(occurrence(13), guests=(Guest("eva@example.org", "DECLINED"),))
    turn = turn_of(series=(series(),), meetings=(meeting(13, answer_seen="ACCEPTED"),))
    assert not gave_sign(turn, "ACCEPTED", seen)
    event_seen(turn, seen)
    assert turn.state.meetings == (meeting(13, version="v2"),)
