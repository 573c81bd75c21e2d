"""Meetings as tables: which dates become one, and what the tally keeps of them (RULES 4).

Not what becomes of them in between: test_meetings_ahead.py.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from daemon.decide.meetings import (
    materialise,
)
from daemon.decide.seen import PairingTurn
from daemon.domain.meeting import Meeting, Override, Place
from daemon.domain.pair import Tally
from daemon.domain.people import Days
from daemon.domain.value import replace
from tests.decide.meetings_cast import PROPOSAL, days
from tests.decide.pair_cast import ANAS, berlin, ruled, tuesday, tuesdays, turn_of, wakes
from tests.stories.cast import line

# --- dates become meetings


@pytest.mark.parametrize(
    ("now", "known"),
    [
        ("2026-10-05T10:00", ["10-06 planned", "10-13 planned"]),
        ("2026-10-06T15:59", ["10-06 planned", "10-13 planned"]),  # the notes are not asked for yet
        ("2026-10-06T16:00", ["10-06 planned", "10-13 planned", "10-20 planned"]),
    ],
)
def test_two_that_are_still_to_come_are_meetings_already(now: str, known: list[str]) -> None:
    turn = turn_of(now=now, series=(tuesdays(),))
    assert materialise(turn)
    assert days(turn) == known
    assert turn.state.series[0].known_to == f"2026-{known[-1][:5]}T15:00"
    assert wakes(turn) == ("2026-10-06T16:00" if len(known) == 2 else "2026-10-13T16:00")
    assert not materialise(turn)  # nothing new came
    assert days(turn) == known


def test_it_counts_as_over_when_its_notes_are_asked_for() -> None:
    hour = tuesdays(length_minutes=60)
    turn = turn_of(now="2026-10-06T10:00", series=(hour,), program=ruled(notes_after_minutes=45))
    materialise(turn)
    assert wakes(turn) == "2026-10-06T16:45"
    assert [m.end - m.start for m in turn.state.meetings] == [timedelta(hours=1)] * 2
    assert turn.state.meetings[0].place == Place(ANAS, "tuesdays", "2026-10-06T15:00")


@pytest.mark.parametrize(
    ("put_at", "first"),
    [
        (berlin("2026-10-06T14:59"), "10-06 planned"),
        (berlin("2026-10-06T15:00"), "10-13 planned"),
        (None, "10-06 planned"),
    ],
)
def test_what_had_begun_when_the_series_was_put_never_was_a_meeting(
    put_at: object, first: str
) -> None:
    turn = turn_of(now="2026-10-06T15:10", series=(tuesdays(put_at=put_at),))
    materialise(turn)
    assert days(turn)[0] == first


@pytest.mark.parametrize(
    ("standing", "came"), [("put", True), ("asked", False), ("ended", False), ("gone", False)]
)
def test_what_is_on_no_calendar_is_no_meeting(standing: str, came: bool) -> None:
    turn = turn_of(series=(tuesdays(standing=standing),))
    assert materialise(turn) == came
    assert bool(turn.state.meetings) == came


def test_behind_a_cut_its_owner_is_asked_first() -> None:
    cut = tuesdays(cut_to=date(2026, 10, 6))
    turn = turn_of(now="2026-10-06T10:00", series=(cut,))
    materialise(turn)
    assert days(turn) == ["10-06 planned"]  # the last day of the cut is in it


def override(**more: object) -> Override:
    """What was seen of Tuesday the 13th before it was a meeting: an hour later, unless told."""
    start = berlin("2026-10-13T16:00")
    seen = Override("2026-10-13T15:00", start, start + timedelta(minutes=45))
    return replace(seen, **more)


def test_moved_by_hand_long_before_it_is_a_move_by_the_mentor_seen_now() -> None:
    other = override(recurrence="2026-10-20T15:00", start=berlin("2026-10-20T15:00"))
    turn = turn_of(now="2026-10-06T10:00", series=(tuesdays(overrides=(override(), other)),))
    materialise(turn)
    assert turn.state.meetings[1] == tuesday(
        13, "moved", start=berlin("2026-10-13T16:00"), end=berlin("2026-10-13T16:45"),
        moved_from=berlin("2026-10-13T15:00"), moved_at=turn.now, moved_by="mentor",
        changed_at=turn.now, version="",
    )  # fmt: skip
    assert turn.state.series[0].overrides == (other,)  # what is no meeting yet is kept in mind


@pytest.mark.parametrize(
    ("seen", "gaps", "stands"),
    [
        ({"cancelled": True}, (), ("cancelled", "mentor", True, "")),
        ({"declined": True}, (), ("cancelled", "mentee", False, "DECLINED")),
        ({}, ("2026-10-13T15:00",), ("cancelled", "mentor", True, "")),
        ({}, (), ("planned", None, False, "")),
    ],
)
def test_what_was_seen_of_it_earlier_is_applied(
    seen: dict[str, bool], gaps: tuple[str, ...], stands: tuple[object, ...]
) -> None:
    there = override(start=berlin("2026-10-13T15:00"), end=berlin("2026-10-13T15:30"), **seen)
    turn = turn_of(now="2026-10-06T10:00", series=(tuesdays(overrides=(there,), gaps=gaps),))
    materialise(turn)
    found = turn.state.meetings[1]
    assert (found.standing, found.cancelled_by, found.gone, found.answer_seen) == stands


GAP = "2026-10-13T15:00"


def test_a_gap_of_ours_is_left_out_by_its_rule() -> None:
    program = ruled(breaks=(Days(date(2026, 10, 12), date(2026, 10, 16)),))
    skipping = tuesdays(gaps=(GAP,), skips=(GAP,))
    turn = turn_of(now="2026-10-06T10:00", series=(skipping,), program=program)
    materialise(turn)
    assert days(turn) == ["10-06 planned", "10-13 skipped rule break"]
    assert turn.state.meetings[1].gone


def test_a_gap_of_ours_whose_day_is_off_no_more_gets_an_event_of_its_own() -> None:
    turn = turn_of(now="2026-10-06T10:00", series=(tuesdays(gaps=(GAP,), skips=(GAP,)),))
    materialise(turn)
    assert days(turn) == ["10-06 planned", "10-13 planned"]
    assert turn.state.meetings[1].place is None


ELSEWHERE = Place(ANAS, "another series", GAP)


@pytest.mark.parametrize(
    ("known", "stands"),
    [
        (tuesday(13, "skipped", settled_by="rule", off="pause", place=ELSEWHERE), "planned"),
        (tuesday(13, "skipped", settled_by="rule", off="end", place=ELSEWHERE), "planned"),
        (tuesday(13, "skipped", settled_by="rule", off="change", place=None), "planned"),
        (tuesday(13, "skipped", settled_by="rule", off="away", place=ELSEWHERE), "skipped"),
        (tuesday(13, "skipped", settled_by="choice", place=ELSEWHERE), "skipped"),
        (tuesday(13, "cancelled", off="pause", place=ELSEWHERE), "cancelled"),
        (tuesday(13, "skipped", settled_by="rule", off="pause"), "skipped"),
    ],
)
def test_what_a_pause_an_end_or_a_change_took_along_comes_back_with_another_series(
    known: Meeting, stands: str
) -> None:
    turn = turn_of(replace(known, counted=True), now="2026-10-06T10:00", series=(tuesdays(),))
    materialise(turn)
    found = next(m for m in turn.state.meetings if m.origin == known.origin)
    assert (found.standing, found.counted) == (stands, True)
    assert (found.place == Place(ANAS, "tuesdays", GAP)) == (
        stands == "planned" or known.place == tuesday(13).place
    )


def test_a_date_that_an_agreed_time_fills_stays_left_out() -> None:
    filled = tuesday(13, "skipped", settled_by="rule", off="change", place=None)
    series = tuesdays(gaps=(GAP,), left_out=(GAP,))
    turn = turn_of(filled, now="2026-10-06T10:00", series=(series,))
    materialise(turn)
    assert days(turn) == ["10-13 skipped rule change", "10-06 planned"]


def test_what_comes_back_and_was_cancelled_there_meanwhile_falls_out() -> None:
    known = tuesday(13, "skipped", settled_by="rule", off="pause", place=ELSEWHERE)
    there = override(
        start=berlin("2026-10-13T15:00"), end=berlin("2026-10-13T15:30"), cancelled=True
    )
    turn = turn_of(known, now="2026-10-06T10:00", series=(tuesdays(overrides=(there,)),))
    materialise(turn)
    assert days(turn) == ["10-13 cancelled", "10-06 planned"]


# --- forgotten


def forgotten(*meetings: Meeting, now: str, **state: object) -> PairingTurn:
    """After a look of the lane at a moment at which a date has become a meeting."""
    turn = turn_of(*meetings, now=now, series=(tuesdays("2026-10-27T15:00"),), **state)
    assert materialise(turn)
    return turn


@pytest.mark.parametrize(("now", "kept"), [("22T15:29", True), ("22T15:30", False)])
def test_two_days_after_the_last_correction_it_is_only_a_count(now: str, kept: bool) -> None:
    turn = forgotten(tuesday(6, "held", evidence="confirmed"), now=f"2026-10-{now}")
    assert (tuesday(6).origin in {m.origin for m in turn.state.meetings}) == kept
    assert turn.state.tally == (Tally() if kept else Tally(due=1, held=1, confirmed=1))


@pytest.mark.parametrize(
    ("meeting", "due", "held", "confirmed"),
    [
        (tuesday(6, "held", evidence="confirmed"), 8, 6, 4),
        (tuesday(6, "held", evidence="presumed"), 8, 6, 3),
        (tuesday(6, "missed"), 8, 5, 3),
        (tuesday(6, "skipped", settled_by="choice"), 8, 5, 3),
        (tuesday(6, "skipped", settled_by="rule"), 7, 5, 3),
    ],
)
def test_what_the_tally_keeps_of_it(meeting: Meeting, due: int, held: int, confirmed: int) -> None:
    before = Tally(due=7, held=5, confirmed=3, done=2)
    turn = forgotten(meeting, now="2026-10-25T10:00", tally=before)
    assert turn.state.tally == Tally(due, held, confirmed, done=2)


def test_held_early_it_is_kept_until_its_own_date_is_long_over() -> None:
    early = tuesday(13, "held", start=berlin("2026-10-07T09:00"))
    assert days(forgotten(early, now="2026-10-25T10:00"))[0] == "10-13 held"
    late = tuesday(6, "held", start=berlin("2026-10-13T09:00"))
    assert days(forgotten(late, now="2026-10-25T10:00"))[0] == "10-06 held"


def test_what_a_time_is_still_looked_for_is_not_forgotten() -> None:
    missed = tuesday(6, "missed")
    turn = forgotten(missed, tuesday(13, "held"), now="2026-11-01T10:00", proposal=PROPOSAL)
    assert days(turn)[0] == "10-06 missed"
    assert "10-13 held" not in days(turn)


def test_with_no_series_any_more_they_are_forgotten_at_their_moment() -> None:
    turn = turn_of(tuesday(6, "held"), now="2026-10-22T15:29", series=(tuesdays(standing="ended"),))
    materialise(turn)
    assert (days(turn), wakes(turn)) == (["10-06 held"], "2026-10-22T15:30")
    turn = turn_of(tuesday(6, "held"), now="2026-10-22T15:30", of=line())
    materialise(turn)
    assert (days(turn), turn.state.tally) == ([], Tally(due=1, held=1))
