"""UNDO of SKIP and of AWAY, in tables: what stands again, where, and who hears so.

Not what the pair reads of it: tests/stories/test_undo.py.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from daemon.decide.undo import take_back
from daemon.domain.meeting import Meeting
from daemon.domain.pair import Absence
from daemon.domain.people import Days
from daemon.domain.value import replace
from daemon.domain.world import Mark
from tests.decide.pair_cast import DAY, HOUR, MINUTE, NOW, TUESDAYS, day, meeting, series, turn_of
from tests.decide.replies_cast import NAME, kept, key, listed

THEN = NOW - HOUR
FALLEN = meeting(13, standing="cancelled", cancelled_by="mentor", cancelled_at=THEN)
LEFT: dict[str, Any] = {
    "standing": "skipped",
    "settled_by": "choice",
    "settled_at": THEN,
    "said_by": "mentee",
}


def settled(touchpoint: str, occasion: str | int, person: str = "ana") -> dict[str, Mark]:
    """That person has that letter."""
    return {key(touchpoint, occasion, person).removesuffix("/1"): Mark(1, "", "settled", THEN)}


# --- SKIP


@pytest.mark.parametrize(
    ("before", "taken_off", "place", "gone"),
    [
        (meeting(13), False, meeting(13).place, False),
        (meeting(13), True, None, False),  # it comes back as an event of its own
        (FALLEN, False, meeting(13).place, False),
        (FALLEN, True, meeting(13).place, True),
    ],
)
def test_what_was_left_out_stands_as_before(
    before: Meeting, taken_off: bool, place: Any, gone: bool
) -> None:
    before = replace(before, told=("ben@example.org",))  # of that earlier time
    turn = turn_of(replace(before, **LEFT, gone=taken_off, version="v2"))
    assert take_back(turn, kept("skip", NAME, before=before))
    back = replace(before, place=place, gone=gone, version="v2", told=())
    assert turn.state.meetings == (back,)
    assert [each.text for each in turn.reasons] == [f"{NAME}: it is not left out after all"]


@pytest.mark.parametrize(
    ("starts_in", "standing", "taken_back"),
    [
        (MINUTE, "planned", True),
        (0 * MINUTE, "planned", False),
        (-HOUR, "planned", False),
        (-HOUR, "missed", True),
        (-HOUR, "cancelled", True),
    ],
)
def test_what_would_have_begun_by_now_does_not_stand_again(
    starts_in: timedelta, standing: Any, taken_back: bool
) -> None:
    before = meeting(7, start=NOW + starts_in, standing=standing)
    turn = turn_of(replace(before, **LEFT))
    name = str(before.origin)
    assert take_back(turn, kept("skip", name, before=before)) == taken_back
    assert turn.state.meetings[0].standing == (standing if taken_back else "skipped")


@pytest.mark.parametrize("standing", ["planned", "moved", "cancelled", "held"])
def test_what_is_left_out_no_more_is_left_alone(standing: Any) -> None:
    known = meeting(13, standing=standing)
    turn = turn_of(known)
    assert not take_back(turn, kept("skip", NAME, before=FALLEN))
    assert turn.state.meetings == (known,)


def test_a_missed_one_gets_its_list_again() -> None:
    missed = meeting(6, standing="missed")
    turn = turn_of(replace(missed, settled_by="choice", settled_at=THEN))
    proposal = listed(6, cause="missed", offers=listed(13).offers)
    assert take_back(turn, kept("skip", str(missed.origin), before=missed, proposal=proposal))
    assert turn.state.meetings == (missed,)
    assert turn.state.proposal is not None and turn.state.proposal.undone == 1


@pytest.mark.parametrize(
    ("before", "marks", "hears"),
    [
        (meeting(13), settled("left-out", 13), True),
        (meeting(13), settled("left-out", 13, "ben"), False),
        (meeting(13), settled("left-out", 20), False),
        (FALLEN, settled("left-out", 13), False),  # the list comes again, and nothing stands
    ],
)
def test_the_other_one_hears_that_it_stands_who_has_read_that_it_does_not(
    before: Meeting, marks: dict[str, Mark], hears: bool
) -> None:
    turn = turn_of(replace(before, **LEFT), marks=marks)
    assert take_back(turn, kept("skip", NAME, before=before))
    back = turn.state.meetings[0]
    if hears:
        told = (back.standing, back.moved_from, back.moved_at, back.moved_by, back.checked)
        assert told == ("moved", back.start, NOW, "mentee", True)
        assert back.changed_at == NOW - DAY  # nobody waits for it
    else:
        assert (back.standing, back.moved_at) == (before.standing, None)


def test_a_1_1_that_is_forgotten_is_left_alone() -> None:
    assert not take_back(turn_of(meeting(20)), kept("skip", NAME, before=meeting(13)))
    assert not take_back(turn_of(replace(meeting(13), **LEFT)), kept("skip", NAME))


# --- AWAY

AWAY = Absence("mentee", Days(date(2026, 10, 12), date(2026, 10, 22)), THEN)
OCCASION = "mentee-20261012-20261022"
OUT: dict[str, Any] = {
    "standing": "skipped", "settled_by": "rule", "settled_at": THEN, "off": "away",
}  # fmt: skip


WITH_GAPS = series(
    rule=replace(TUESDAYS, gaps=(day(13), day(20))), known_to=day(20), skips=(day(20),)
)


@pytest.mark.parametrize(
    ("out", "back"),
    [
        (meeting(13, **OUT), meeting(13)),
        (meeting(13, **OUT, gone=True), meeting(13, place=None)),
        (meeting(20, **OUT), meeting(20, place=None)),  # taken out of its series
        (meeting(20, **OUT, place=None), meeting(20, place=None)),
        (meeting(13, **{**OUT, "standing": "cancelled", "cancelled_at": THEN}), meeting(13)),
        (meeting(13, **{**OUT, "standing": "held"}), None),
        (meeting(13, **{**OUT, "off": "break"}), None),
        (meeting(13, **{**OUT, "off": "pause"}), None),
        (meeting(13, start=NOW, **OUT), None),
        (meeting(13, start=NOW + MINUTE, **OUT), meeting(13, start=NOW + MINUTE)),
    ],
)
def test_what_was_left_out_because_of_it_stands_again(out: Meeting, back: Meeting | None) -> None:
    turn = turn_of(out, absences=(AWAY,), series=(WITH_GAPS,))
    assert take_back(turn, kept("away", OCCASION))
    assert turn.state.meetings == (back or out,)
    assert (turn.state.absences, turn.state.not_away) == ((), ())
    assert [each.text for each in turn.reasons] == ["the absence is taken back"]


FELL_BEFORE: dict[str, Any] = {"cancelled_by": "mentor", "cancelled_at": THEN - HOUR}


@pytest.mark.parametrize(
    ("out", "back"),
    [
        (meeting(13, **OUT, **FELL_BEFORE, gone=True), {"standing": "cancelled", "gone": True}),
        (meeting(13, **OUT, **FELL_BEFORE), {"standing": "cancelled", "gone": False}),  # declined
        (
            meeting(20, **OUT, **FELL_BEFORE),
            {"standing": "cancelled", "gone": True},
        ),  # out of its series
        (
            meeting(13, **OUT, **FELL_BEFORE, moved_at=THEN - DAY),
            {"standing": "cancelled", "gone": False},
        ),
        (
            meeting(13, **OUT, **FELL_BEFORE, moved_at=THEN),
            {"standing": "moved", "gone": False},
        ),  # repaired
        (meeting(13, **OUT, moved_at=THEN), {"standing": "moved", "gone": False}),
    ],
)
def test_what_had_fallen_out_before_has_fallen_out_again_and_nobody_hears_that_it_stands(
    out: Meeting, back: dict[str, Any]
) -> None:
    told = settled("absence", OCCASION) if back["standing"] == "cancelled" else {}
    turn = turn_of(out, absences=(AWAY,), series=(WITH_GAPS,), marks=told)
    assert take_back(turn, kept("away", OCCASION))
    again = turn.state.meetings[0]
    assert {"standing": again.standing, "gone": again.gone} == back
    assert (again.off, again.settled_by, again.moved_at) == ("", "", out.moved_at)
    assert turn.state.not_away == ((replace(AWAY, at=NOW),) if told else ())


def test_a_day_that_is_off_for_another_reason_stays_off() -> None:
    hers = Absence("mentor", Days(date(2026, 10, 13), date(2026, 10, 13)), THEN)
    out = (meeting(13, **OUT), meeting(20, **OUT))
    turn = turn_of(*out, absences=(hers, AWAY))
    assert take_back(turn, kept("away", OCCASION))
    assert turn.state.meetings == (out[0], meeting(20))
    assert turn.state.absences == (hers,)


@pytest.mark.parametrize(
    "known",
    [
        (),
        (replace(AWAY, role="mentor"),),
        (replace(AWAY, at=THEN - MINUTE),),
        (replace(AWAY, days=Days(date(2026, 10, 12), date(2026, 10, 21))),),  # in the same moment
    ],
)
def test_only_what_was_said_then_is_taken_back(known: tuple[Absence, ...]) -> None:
    turn = turn_of(meeting(13, **OUT), absences=known)
    assert not take_back(turn, kept("away", OCCASION))
    assert (turn.state.meetings, turn.state.absences) == ((meeting(13, **OUT),), known)


@pytest.mark.parametrize(
    ("meetings", "days_told"),
    [
        ((meeting(13, **OUT), meeting(20, **OUT)), False),  # each is told by itself
        ((meeting(13, **OUT, told=("ana@example.org",)),), False),
        ((meeting(13, **OUT), meeting(20)), True),
        ((), True),
    ],
)
def test_whoever_was_told_hears_of_each_1_1_and_of_the_days_where_that_is_not_all(
    meetings: tuple[Meeting, ...], days_told: bool
) -> None:
    turn = turn_of(*meetings, absences=(AWAY,), marks=settled("absence", OCCASION))
    assert take_back(turn, kept("away", OCCASION))
    for out, back in zip(meetings, turn.state.meetings, strict=True):
        if out.off:
            told = (back.standing, back.moved_from, back.moved_at, back.moved_by, back.checked)
            assert told == ("moved", out.start, NOW, "mentee", True)
            assert (back.off, back.settled_by, back.settled_at, back.told) == ("", "", None, ())
    assert turn.state.not_away == ((replace(AWAY, at=NOW),) if days_told else ())
    stem = key("absence", OCCASION, "ana").removesuffix("/1")
    assert turn.marks[stem].standing == "undone"  # said anew, it is told anew


def test_the_other_one_who_was_not_told_hears_nothing() -> None:
    turn = turn_of(meeting(13, **OUT), absences=(AWAY,), marks=settled("absence", OCCASION, "ben"))
    assert take_back(turn, kept("away", OCCASION))
    assert (turn.state.meetings, turn.state.not_away) == ((meeting(13),), ())
