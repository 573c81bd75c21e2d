"""Who hears that a 1:1 falls out, when, and what that letter tells, as tables (RULES 5 and 8, `off`).

Not what is left out by a choice or by silence: that is in test_told_left_out.py.
"""

from __future__ import annotations

from typing import Any

import pytest

from daemon.decide.told import off_letter
from daemon.domain.meeting import Meeting, Undone
from daemon.domain.proposal import Offer, Proposal
from daemon.domain.value import replace
from tests.decide.letters_cast import at, series, stem, turn_at
from tests.decide.pair_cast import (
    DAY,
    HOUR,
    MINUTE,
    ORIGIN,
    START,
    facts,
    letters,
    mark,
    meeting,
    named,
    origin,
)
from tests.stories.people import moment

NOON = moment("Tue 13 Oct 12:00 Berlin")  # three hours before
OFF_BEN = {"start": "2026-10-13T13:00:00Z", "times_follow": True}


def fallen(by: str | None = "mentor", hours: float = 3.5, **more: Any) -> Meeting:
    """It fell out so many hours before its start."""
    fell = START - hours * HOUR
    own = {"standing": "cancelled", "cancelled_by": by, "cancelled_at": fell, "changed_at": fell}
    return meeting(**{**own, **more})


def off(known: Meeting, now: Any = NOON, **state: Any) -> Any:
    """The letters about a 1:1 that falls out."""
    turn = turn_at(now, **{"meetings": (known, meeting(20)), **state})
    off_letter(turn, known)
    return turn


# --- off


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (fallen("mentor"), ["ben off"]),
        (fallen("mentee"), ["ana off"]),
        (fallen(None), []),  # by an absence
        (fallen(hours=11.99), ["ben off"]),
        (fallen(hours=12), []),
        (fallen(hours=12.02), []),
        (fallen(cancelled_at=None), []),
    ],
)
def test_who_did_not_do_it_hears_that_it_falls_out_within_hours(
    known: Meeting, expected: list[str]
) -> None:
    assert named(off(known)) == expected


@pytest.mark.parametrize(("before", "expected"), [(MINUTE, ["ben off"]), (0 * MINUTE, [])])
def test_it_is_told_until_it_would_have_begun(before: Any, expected: list[str]) -> None:
    assert named(off(fallen(), START - before)) == expected


@pytest.mark.parametrize(("minutes", "expected"), [(4, []), (5, ["ben off"])])
def test_it_is_told_after_the_wait_that_forgives_a_slip(minutes: int, expected: list[str]) -> None:
    assert named(off(fallen(), START - 3.5 * HOUR + minutes * MINUTE)) == expected


MAILED = (series(told=("ben@example.org",)),)


@pytest.mark.parametrize(
    ("known", "of_series", "expected"),
    [
        (fallen(gone=True), MAILED, []),
        (fallen(gone=True), (series(told=("ana@example.org",)),), ["ben off"]),
        (fallen(gone=True), (series(), *MAILED), []),
        (fallen(gone=True), (), ["ben off"]),
        (fallen(gone=False), MAILED, ["ben off"]),
    ],
)
def test_a_guest_whom_the_provider_mails_reads_it_there(
    known: Meeting, of_series: tuple[Any, ...], expected: list[str]
) -> None:
    assert named(off(known, series=of_series)) == expected


TIMES = Proposal(ORIGIN, "mentee", "cancelled", NOON, NOON + DAY, (Offer(1, START, START),))
NIGHT = moment("Tue 13 Oct 03:15 Berlin")  # 06:45 in Kolkata


@pytest.mark.parametrize(
    ("by", "proposal", "now", "expected"),
    [
        ("mentor", TIMES, NOON, []),  # the times go at once, and say it
        ("mentee", TIMES, NOON, ["ana off"]),
        ("mentor", replace(TIMES, vetting=True), NOON, ["ben off"]),  # Ana is asked first
        ("mentor", replace(TIMES, origin=origin(20)), NOON, ["ben off"]),
        ("mentor", TIMES, NIGHT, ["ben off"]),  # the times go in the morning
    ],
)
def test_a_letter_with_times_that_goes_at_once_says_it(
    by: str, proposal: Proposal, now: Any, expected: list[str]
) -> None:
    assert named(off(fallen(by, 11.9), now, proposal=proposal)) == expected


def test_what_is_on_its_way_already_is_not_taken_back_for_the_times() -> None:
    turn = off(fallen(), proposal=TIMES, marks={stem("off", "ben"): mark("live")})
    assert turn.wanted == {f"{stem('off', 'ben')}/1"}


def test_all_that_it_tells() -> None:
    for by, told in (("mentor", OFF_BEN), ("mentee", {**OFF_BEN, "times_follow": False})):
        turn = off(fallen(by))
        assert facts(turn) == told
        letter = letters(turn)[0]
        assert (letter.opens, letter.closes) == (NOON, START)
        assert (letter.reason, letter.basis) == ("it falls out today", "2026-10-13T09:30:00Z")


@pytest.mark.parametrize(
    ("basis", "expected"), [("2026-10-13T09:30:00Z", []), ("2026-10-13T08:00:00Z", ["ben off"])]
)
def test_it_is_told_once_and_anew_when_it_falls_out_again(basis: str, expected: list[str]) -> None:
    assert named(off(fallen(), marks={stem("off", "ben"): mark(basis=basis)})) == expected


# --- a move that is taken back


def taken_back(now: Any = NOON, *, by: str = "mentee", **more: Any) -> Any:
    """The time of Wednesday, which both had read of, was taken back at noon."""
    undone = Undone(START + DAY, more.pop("at", NOON), by)  # type: ignore[arg-type]
    return off(fallen(hours=99, undone=undone, **more), now)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, ["ana off"]),
        ({"by": "mentor"}, ["ben off"]),
        ({"takes_back": "move"}, []),  # the calendar still shows it
        ({"told": ("ana@example.org",)}, []),
        ({"told": ("ben@example.org",)}, ["ana off"]),
        ({"now": START + DAY - MINUTE}, ["ana off"]),
        ({"now": START + DAY}, []),
    ],
)
def test_the_other_one_hears_that_a_time_is_true_no_more(
    more: dict[str, Any], expected: list[str]
) -> None:
    assert named(taken_back(**more)) == expected


def test_all_that_it_tells_of_a_move_taken_back() -> None:
    turn = taken_back(NOON + HOUR)
    assert facts(turn) == {"start": "2026-10-14T13:00:00Z", "times_follow": False}
    letter = letters(turn)[0]
    assert (letter.opens, letter.closes) == (NOON, START + DAY)
    assert (letter.reason, letter.basis) == ("UNDO of a move", "2026-10-13T10:00:00Z")


def test_a_move_taken_back_at_night_is_told_in_the_morning_and_one_within_hours_at_once() -> None:
    night = moment("Mon 12 Oct 23:00 Berlin")
    turn = taken_back(night, at=night)
    assert named(turn) == []
    assert turn.watch.wake_at == moment("Tue 13 Oct 07:00 Berlin")
    late = moment("Wed 14 Oct 03:30 Berlin")
    assert named(taken_back(late, at=late)) == ["ana off"]


def test_a_second_move_taken_back_is_told_again() -> None:
    for basis, expected in (("2026-10-13T10:00:00Z", []), ("2026-10-12T10:00:00Z", ["ana off"])):
        undone = Undone(START + DAY, NOON, "mentee")
        turn = off(fallen(undone=undone), marks={stem("off", "ana"): mark(basis=basis)})
        assert named(turn) == expected


# --- a series in doubt


def doubtful(now: Any, since: str = "Mon 12 Oct 10:00 Berlin", **more: Any) -> Any:
    """Tuesday's 1:1, whose series was deleted then."""
    own = {"standing": "gone", **more}
    return off(meeting(), now, series=(series(gone_at=moment(since), **own),))


@pytest.mark.parametrize(
    ("since", "now", "expected"),
    [
        ("Sat 10 Oct 10:00 Berlin", "Mon 12 Oct 14:59 Berlin", []),
        ("Sat 10 Oct 10:00 Berlin", "Mon 12 Oct 15:00 Berlin", ["ben off"]),  # a day before
        ("Tue 13 Oct 10:00 Berlin", "Tue 13 Oct 10:04 Berlin", []),
        ("Tue 13 Oct 10:00 Berlin", "Tue 13 Oct 10:05 Berlin", ["ben off"]),
        ("Tue 13 Oct 10:00 Berlin", "Tue 13 Oct 14:59 Berlin", ["ben off"]),
        ("Tue 13 Oct 10:00 Berlin", "Tue 13 Oct 15:00 Berlin", []),
        ("Tue 13 Oct 03:00 Berlin", "Tue 13 Oct 03:05 Berlin", ["ben off"]),  # at night: urgent
    ],
)
def test_a_1_1_in_doubt_is_told_a_day_before(since: str, now: str, expected: list[str]) -> None:
    assert named(doubtful(now, since)) == expected


def test_a_day_before_at_night_is_the_morning() -> None:
    early = at("Tue 13 Oct 02:00 Kolkata")
    gone = series(standing="gone", gone_at=moment("Sat 10 Oct 10:00 Berlin"))
    turn = off(early, "Mon 12 Oct 02:00 Kolkata", series=(gone,))
    assert named(turn) == []
    assert turn.watch.wake_at == moment("Mon 12 Oct 07:00 Kolkata")
    turn = off(early, "Mon 12 Oct 07:00 Kolkata", series=(gone,))
    assert letters(turn)[0].opens == moment("Mon 12 Oct 07:00 Kolkata")


def test_who_hears_of_a_series_in_doubt() -> None:
    now = "Mon 12 Oct 16:00 Berlin"
    assert named(doubtful(now, standing="put", declined=True)) == ["ana off"]
    assert named(doubtful(now, standing="put", guest_gone=True)) == []


def test_all_that_it_tells_of_a_series_in_doubt() -> None:
    turn = doubtful("Mon 12 Oct 16:00 Berlin")
    assert facts(turn) == {**OFF_BEN, "times_follow": False}
    letter = letters(turn)[0]
    assert (letter.opens, letter.closes) == (START - DAY, START)
    assert (letter.reason, letter.basis) == ("its series is in doubt", "2026-10-12T08:00:00Z")


def test_a_second_doubt_is_told_again_and_the_same_is_not() -> None:
    for basis, expected in (("2026-10-12T08:00:00Z", []), ("2026-10-05T08:00:00Z", ["ben off"])):
        gone = series(standing="gone", gone_at=moment("Mon 12 Oct 10:00 Berlin"))
        marks = {stem("off", "ben"): mark(basis=basis)}
        assert named(off(meeting(), series=(gone,), marks=marks)) == expected


def test_a_1_1_that_fell_out_before_its_series_was_deleted_is_told_as_such() -> None:
    gone = series(standing="gone", gone_at=START - 4 * HOUR)
    assert letters(off(fallen(), series=(gone,)))[0].reason == "it falls out today"
