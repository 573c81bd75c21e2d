"""What one meeting's event on the calendar means: each change of a meeting as a whole value (RULES 5, rows 1, 2, 7, 11).

Not moves and answers (test_seen_moves.py), not whole series (test_rewalled.py), and not the letters that follow (tests/stories).
"""

from __future__ import annotations

from typing import Any

import pytest

from daemon.decide.seen import event_gone, event_seen, fall_out, put_meeting
from daemon.domain.meeting import Meeting, Override, Place, Undone
from daemon.domain.observation import EventGone
from daemon.domain.value import replace
from daemon.domain.world import Mark
from tests.decide.pair_cast import (
    ANAS,
    HOUR,
    LONG_AGO,
    MINUTE,
    NOW,
    berlin,
    day,
    mark,
    meeting,
    moved,
    offered,
    reasons,
    series,
    turn_of,
)
from tests.decide.series_cast import letter, meeting_after, occurrence

OF_THE_13TH = f"{day(13)}[Europe/Berlin]"
ACT: dict[str, Any] = {"answer_seen": "NEEDS-ACTION", "version": "v2"}
"""What is remembered of every look at an occurrence."""


# --- what is put down


LEFT_OUT = Mark(0, "", "skipped", LONG_AGO)
OWED = (("prep-mentor", "ana"), ("prep-mentee", "ben"), ("notes", "ben"))


@pytest.mark.parametrize(("to", "again"), [(day(13), False), ("2026-10-13T15:01", True)])
def test_at_another_time_letters_that_were_left_out_are_owed_anew(to: str, again: bool) -> None:
    marks = {letter(what, 13, who): LEFT_OUT for what, who in OWED}
    turn = turn_of(meetings=(meeting(13, looked_at=LONG_AGO), meeting(20)), marks=marks)
    put_meeting(turn, moved(13, to, looked_at=LONG_AGO))
    assert turn.marks == ({} if again else marks)
    first, second = turn.state.meetings
    assert (first.standing, first.start) == ("moved", berlin(to))
    assert first.looked_at == (None if again else LONG_AGO)
    assert second == meeting(20)


# --- which event it is


def test_which_events_are_about_a_single_meeting() -> None:
    one_off = meeting(20, place=Place(ANAS, "one-off"))
    turn = turn_of(series=(series(),), meetings=(meeting(13), one_off))
    assert event_seen(turn, occurrence(13))
    assert event_seen(turn, occurrence(20, place=Place(ANAS, "one-off")))
    assert event_seen(turn, occurrence(34))  # far ahead, and no meeting yet
    assert not event_seen(turn, occurrence(6, place=Place(ANAS, "tuesdays")))  # the whole series
    assert not event_seen(turn, occurrence(13, place=Place(ANAS, "of somebody else")))
    assert turn.state.meetings == (replace(meeting(13), **ACT), replace(one_off, **ACT))


def test_only_the_event_of_that_place_is_gone() -> None:
    one_off = meeting(20, place=Place(ANAS, "one-off"))
    turn = turn_of(meetings=(meeting(13), one_off, meeting(27, place=None)))
    event_gone(turn, EventGone(Place(ANAS, "one-off")))
    assert [m.standing for m in turn.state.meetings] == ["planned", "cancelled", "planned"]
    assert (turn.state.meetings[1].cancelled_by, turn.state.meetings[1].gone) == ("mentor", True)


# --- far ahead


def test_what_is_no_meeting_yet_is_remembered_as_it_was_seen_last() -> None:
    others = (series("first", known_to=day(20)), series(known_to=day(20)))
    turn = turn_of(series=others)
    event_seen(turn, occurrence(34, at="2026-11-04T11:00"))
    event_seen(turn, occurrence(41, "DECLINED"))
    event_seen(turn, occurrence(34, at="2026-11-05T11:00", cancelled=True))
    event_seen(turn, occurrence(20, at="2026-10-21T11:00"))  # that one has been a meeting
    first, followed = turn.state.series
    assert first == others[0]
    assert followed.overrides == (
        Override(day(41), berlin(day(41)), berlin(day(41)) + 30 * MINUTE, False, True),
        Override(
            day(34), berlin("2026-11-05T11:00"), berlin("2026-11-05T11:30"), True, False
        ),
    )  # fmt: skip


# --- it falls out


LIVELY: dict[str, Any] = {
    "settled_by": "silence", "settled_at": LONG_AGO, "asked_by": "mentee",
    "undone": Undone(berlin(day(14)), LONG_AGO, "mentee"),
}  # fmt: skip


@pytest.mark.parametrize("gone", [True, False])
def test_it_falls_out_as_one_thing(gone: bool) -> None:
    turn = turn_of(meetings=(meeting(13, **LIVELY),))
    fall_out(turn, turn.state.meetings[0], "mentor", gone=gone)
    assert turn.state.meetings == (
        meeting(
            13, standing="cancelled", cancelled_by="mentor", cancelled_at=NOW, changed_at=NOW,
            gone=gone, late=False,
        ),
    )  # fmt: skip
    how = "taken off the calendar" if gone else "declined"
    assert reasons(turn) == [f"{OF_THE_13TH}: {how} by the mentor"]


@pytest.mark.parametrize(
    ("before_its_start", "late"), [(24 * HOUR, False), (24 * HOUR - MINUTE, True)]
)
def test_late_is_inside_the_notice(before_its_start: Any, late: bool) -> None:
    turn = turn_of(now=berlin(day(13)) - before_its_start, meetings=(meeting(13),))
    fall_out(turn, turn.state.meetings[0], "mentee", gone=False)
    assert (turn.state.meetings[0].standing, turn.state.meetings[0].late) == ("cancelled", late)


@pytest.mark.parametrize(("at", "standing"), [("15:29", "cancelled"), ("15:30", "planned")])
def test_from_its_end_on_tidying_up_says_nothing(at: str, standing: str) -> None:
    turn = turn_of(now=berlin(f"2026-10-13T{at}"), meetings=(meeting(13),))
    fall_out(turn, turn.state.meetings[0], "mentor", gone=True)
    assert turn.state.meetings[0].standing == standing


@pytest.mark.parametrize("standing", ["cancelled", "skipped", "held", "missed"])
def test_what_does_not_stand_can_only_lose_its_event(standing: Any) -> None:
    known = meeting(13, standing=standing, cancelled_by="mentee", cancelled_at=LONG_AGO)
    turn = turn_of(meetings=(known,))
    fall_out(turn, known, "mentor", gone=False)
    assert turn.state.meetings == (known,)
    fall_out(turn, known, "mentor", gone=True)
    assert turn.state.meetings == (replace(known, gone=True),)
    assert reasons(turn) == []


# --- it is back


DELETED = meeting(
    13, standing="cancelled", cancelled_by="mentor", cancelled_at=LONG_AGO, late=True, gone=True,
    changed_at=LONG_AGO, undone=LIVELY["undone"],
)  # fmt: skip
DECLINED = replace(DELETED, cancelled_by="mentee", gone=False, answer_seen="DECLINED")
BACK = meeting(13, **ACT, changed_at=NOW)


@pytest.mark.parametrize(("known", "said"), [(DELETED, "NEEDS-ACTION"), (DECLINED, "ACCEPTED")])
def test_back_as_it_was_before_anybody_read_of_it(known: Meeting, said: Any) -> None:
    assert meeting_after(known, occurrence(13, said)) == replace(BACK, answer_seen=said)


def test_one_that_had_been_moved_is_back_where_it_was_moved_to() -> None:
    to = "2026-10-14T11:00"
    fallen = moved(13, to, standing="cancelled", cancelled_by="mentor", gone=True)
    assert meeting_after(fallen, occurrence(13, at=to)) == moved(13, to, **ACT, changed_at=NOW)


STAYS: dict[str, Any] = {
    "standing": "moved", "moved_from": berlin(day(13)), "moved_at": NOW, "checked": True,
}  # fmt: skip


@pytest.mark.parametrize(
    ("known", "said", "told"),
    [(DELETED, "NEEDS-ACTION", "ben"), (DECLINED, "ACCEPTED", "ana")],
    ids=["deleted", "declined"],
)
def test_who_was_told_that_it_is_off_hears_that_it_stays(
    known: Meeting, said: Any, told: str
) -> None:
    by = known.cancelled_by or ""
    stays = replace(BACK, **STAYS, moved_by=by, answer_seen=said)
    own = {"ben": "ana", "ana": "ben"}[told]
    before = replace(known, told=(ANAS,))  # of an earlier change
    marks = {letter("off", 13, told): mark()}
    assert meeting_after(before, occurrence(13, said), marks=marks) == stays
    elsewhere = {letter("off", 13, own): mark(), letter("off", 20, told): mark()}
    unheard = meeting_after(known, occurrence(13, said), marks=elsewhere)
    assert unheard == replace(BACK, answer_seen=said)


@pytest.mark.parametrize(
    ("number", "fields", "heard"),
    [
        (13, {"told_at": LONG_AGO}, True),
        (13, {"told_at": None}, False),  # the letter has not gone yet
        (13, {"told_at": LONG_AGO, "chooser": "mentor"}, False),  # she did it herself
        (13, {"told_at": LONG_AGO, "vetting": True}, False),
        (20, {"told_at": LONG_AGO}, False),  # about another one
    ],
)
def test_a_proposal_has_told_whom_it_asks(number: int, fields: Any, heard: bool) -> None:
    proposal = offered(number, berlin("2026-10-14T11:00"), **fields)
    after = meeting_after(DELETED, occurrence(13), proposal=proposal)
    assert after.standing == ("moved" if heard else "planned")


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (DECLINED, "DECLINED"),  # as it was, so nothing is taken back
        (replace(DELETED, gone=False), "NEEDS-ACTION"),  # the event was always there
        (replace(DELETED, gone=False), "ACCEPTED"),
        (replace(DECLINED, answer_seen="NEEDS-ACTION"), "ACCEPTED"),  # said by mail
        (replace(DECLINED, answer_seen="NEEDS-ACTION", gone=True), "NEEDS-ACTION"),
    ],
)
def test_what_says_the_same_as_before_is_nothing(known: Meeting, said: Any) -> None:
    assert meeting_after(known, occurrence(13, said)) == replace(
        known, version="v2", answer_seen=said
    )
