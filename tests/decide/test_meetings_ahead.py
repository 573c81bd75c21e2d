"""Meetings as tables: what became of those that ended, and which is the next (RULES 4).

Not how a date becomes one and is forgotten: test_meetings.py.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from daemon.decide.meetings import (
    close,
    end,
    following,
    leave_out,
    meeting_of,
    move_until,
    next_but,
    start_after,
    upcoming,
)
from daemon.domain.meeting import Meeting, Place
from daemon.domain.people import Days
from daemon.domain.value import replace
from tests.decide.meetings_cast import PROPOSAL, days
from tests.decide.pair_cast import (
    ANAS,
    MINUTE,
    berlin,
    reasons,
    ruled,
    tuesday,
    tuesdays,
    turn_of,
    wakes,
)

# --- their end


@pytest.mark.parametrize(
    ("meeting", "after", "stands"),
    [
        (tuesday(6), timedelta(days=7) - MINUTE, "10-06 planned"),
        (tuesday(6), timedelta(days=7), "10-06 held"),
        (tuesday(6, "moved"), timedelta(days=7), "10-06 held"),
        (tuesday(6, "cancelled"), timedelta(days=9), "10-06 cancelled"),
        (tuesday(6, "missed"), timedelta(days=9), "10-06 missed"),
    ],
)
def test_after_seven_days_of_silence_what_stood_counts_as_held(
    meeting: Meeting, after: timedelta, stands: str
) -> None:
    turn = turn_of(meeting, now=meeting.end + after)
    end(turn)
    assert days(turn) == [stands]
    if stands.endswith("held"):
        assert turn.state.meetings[0].evidence == "presumed"
        said = "2026-10-06T15:00[Europe/Berlin]: no word for 7 days, presumed held"
        assert reasons(turn) == [said]


def test_until_then_it_is_looked_at_again_at_that_very_moment() -> None:
    turn = turn_of(tuesday(6), tuesday(13), now="2026-10-06T15:30")
    end(turn)
    assert (
        wakes(turn) == "2026-10-13T15:30"
    )  # that of the 13th has not ended: nothing is waited for


@pytest.mark.parametrize(
    ("gone_at", "stands"),
    [("2026-10-06T15:29", "10-06 cancelled silence"), ("2026-10-06T15:30", "10-06 planned")],
)
def test_gone_with_its_series_before_its_end_it_was_not_held(gone_at: str, stands: str) -> None:
    series = tuesdays(gone_at=berlin(gone_at), standing="gone")
    turn = turn_of(tuesday(6), now="2026-10-06T15:30", series=(series,))
    end(turn)
    assert days(turn) == [stands]
    assert turn.state.meetings[0].settled_at == (turn.now if "silence" in stands else None)


@pytest.mark.parametrize(
    ("cut_to", "place", "stands"),
    [
        (date(2026, 10, 5), tuesday(6).place, "cancelled"),
        (date(2026, 10, 6), tuesday(6).place, "planned"),  # before the cut all is as it was
        (None, Place(ANAS, "tuesdays"), "planned"),  # an event of its own goes with no series
        (None, None, "planned"),
    ],
)
def test_only_what_lies_behind_the_cut_is_gone_with_it(
    cut_to: date | None, place: Place | None, stands: str
) -> None:
    series = tuesdays(gone_at=berlin("2026-10-05T10:00"), cut_to=cut_to)
    turn = turn_of(tuesday(6, place=place), now="2026-10-06T16:00", series=(series,))
    end(turn)
    assert turn.state.meetings[0].standing == stands


# --- which is the next


def test_the_next_is_the_earliest_that_stands_after_this_one_and_after_now() -> None:
    fallen, moved = tuesday(13, "cancelled"), tuesday(20, "moved", start=berlin("2026-10-22T09:00"))
    turn = turn_of(tuesday(6), fallen, tuesday(27), moved, now="2026-10-06T10:00")
    assert following(turn, tuesday(6)) == moved
    assert following(turn, fallen) == moved
    assert following(turn, moved) == tuesday(27)
    assert following(turn, tuesday(27)) is None
    later = turn_of(tuesday(6), moved, tuesday(27), now=moved.start)
    assert following(later, tuesday(6)) == tuesday(27)  # it has begun: nobody meets then next


def test_without_a_meeting_the_next_is_a_regular_date_that_is_not_off() -> None:
    program = ruled(breaks=(Days(date(2026, 10, 20), date(2026, 10, 20)),))
    series = tuesdays(known_to="2026-10-13T15:00", gaps=("2026-10-27T15:00",))
    turn = turn_of(tuesday(13), series=(series,), program=program)
    assert start_after(turn, tuesday(13)) == berlin("2026-11-03T15:00")
    assert next_but(turn, tuesday(13)) == berlin("2026-11-03T15:00")
    assert next_but(turn, tuesday(20)) == berlin("2026-10-13T15:00")


@pytest.mark.parametrize(
    "series",
    [
        tuesdays(standing="ended"),
        tuesdays(standing="gone"),
        tuesdays(gone_at=berlin("2026-10-06T10:00")),
        tuesdays(until=date(2026, 10, 13)),
    ],
)
def test_a_series_that_has_ended_or_is_in_doubt_promises_no_next_date(series: object) -> None:
    turn = turn_of(tuesday(13), series=(replace(series, known_to="2026-10-13T15:00"),))  # type: ignore[arg-type]
    assert start_after(turn, tuesday(13)) is None


def test_of_two_series_the_nearer_date_counts_and_none_before_the_meeting_itself() -> None:
    fortnight = tuesdays(known_to="2026-10-13T15:00")
    other = tuesdays(
        "2026-10-15T15:00", known_to="2026-10-08T15:00", uid="thursdays", standing="asked"
    )
    turn = turn_of(tuesday(13), series=(fortnight, other))
    assert start_after(turn, tuesday(13)) == berlin("2026-10-15T15:00")
    assert start_after(turn, tuesday(20)) == berlin("2026-10-22T15:00")


def test_a_date_that_is_over_is_no_next_one() -> None:
    turn = turn_of(now="2026-10-20T15:00", series=(tuesdays(known_to="2026-10-06T15:00"),))
    assert start_after(turn, tuesday(6)) == berlin("2026-10-27T15:00")


def test_without_this_one_people_meet_at_the_earliest_other() -> None:
    turn = turn_of(
        tuesday(6), tuesday(13), tuesday(20), tuesday(27, "skipped"), now="2026-10-06T16:00"
    )
    assert next_but(turn, tuesday(13)) == berlin("2026-10-20T15:00")
    assert next_but(turn, tuesday(27)) == berlin("2026-10-13T15:00")
    begun = turn_of(tuesday(6), tuesday(13), now="2026-10-06T15:00")
    assert next_but(begun, tuesday(20)) == berlin("2026-10-13T15:00")


def test_a_meeting_is_upcoming_until_its_end() -> None:
    for now, day in (("15:29", 6), ("15:30", 20)):
        turn = turn_of(tuesday(20), tuesday(6), tuesday(13, "cancelled"), now=f"2026-10-06T{now}")
        assert upcoming(turn) == tuesday(day)
    assert upcoming(turn_of(tuesday(6, "held"), now="2026-10-06T10:00")) is None


@pytest.mark.parametrize(
    ("now", "hours", "until"),
    [
        ("2026-10-12T18:29", 20, "2026-10-12T19:00"),
        ("2026-10-12T18:30", 20, None),  # what ends in half an hour is promised to nobody
        ("2026-10-12T18:30", 19, "2026-10-12T20:00"),
    ],
)
def test_until_when_move_is_followed(now: str, hours: int, until: str | None) -> None:
    turn = turn_of(now=now, program=ruled(no_change_hours=hours))
    found = move_until(turn, berlin("2026-10-13T15:00"))
    assert found == (berlin(until) if until else None)


# --- left out


def test_left_out_nobody_is_asked_any_more_and_it_is_told_anew() -> None:
    fallen = tuesday(13, "cancelled", asked_by="mentee", told=(ANAS,), cancelled_by="mentor")
    turn = turn_of(fallen, tuesday(20))
    leave_out(turn, fallen, "silence")
    left = replace(
        fallen,
        standing="skipped",
        settled_by="silence",
        settled_at=turn.now,
        asked_by=None,
        told=(),
    )
    assert turn.state.meetings == (left, tuesday(20))
    assert reasons(turn) == ["2026-10-13T15:00[Europe/Berlin]: left out (silence)"]


def test_what_did_not_take_place_stays_missed() -> None:
    missed = tuesday(6, "missed", said_by="mentee")
    turn = turn_of(missed)
    leave_out(turn, missed, "silence")
    settled = replace(missed, settled_by="silence", settled_at=turn.now)
    assert turn.state.meetings == (settled,)
    assert reasons(turn) == []


def test_the_last_two_closed_proposals_are_remembered() -> None:
    turn = turn_of(tuesday(13), tuesday(6), proposal=PROPOSAL)
    assert meeting_of(turn, PROPOSAL) == tuesday(6)
    assert meeting_of(turn, replace(PROPOSAL, origin=None)) is None
    for occasion in (1, 2, 3):
        close(turn, replace(PROPOSAL, occasion=occasion, standing="lapsed"))
    assert turn.state.proposal is None
    assert [p.occasion for p in turn.state.closed_proposals] == [2, 3]


@pytest.mark.parametrize(
    ("last", "after"), [(date(2026, 12, 1), "2026-12-08T15:00"), (date(2026, 12, 8), None)]
)
def test_of_a_date_more_than_eight_steps_ahead_nobody_is_told(
    last: date, after: str | None
) -> None:
    program = ruled(breaks=(Days(date(2026, 10, 14), last),))
    turn = turn_of(series=(tuesdays(known_to="2026-10-13T15:00"),), program=program)
    assert start_after(turn, tuesday(13)) == (berlin(after) if after else None)


@pytest.mark.parametrize(("skips", "day"), [((), 27), (("2026-10-20T15:00",), 20)])
def test_a_gap_of_ours_whose_day_is_off_no_more_is_a_next_date_and_one_by_hand_is_none(
    skips: tuple[str, ...], day: int
) -> None:
    series = tuesdays(known_to="2026-10-13T15:00", gaps=("2026-10-20T15:00",), skips=skips)
    found = start_after(turn_of(tuesday(13), series=(series,)), tuesday(13))
    assert found == berlin(f"2026-10-{day}T15:00")
