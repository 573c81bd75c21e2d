"""How a letter of a pairing is asked for, and when a person may be written to, as tables (RULES 8).

Not which letters, and not how many in a day: those are in test_touchpoints.py and test_caps.py.
"""

from __future__ import annotations

from typing import Any

import pytest

from daemon.decide.owed import agenda_lines, letter, personal, soonest, urgent, when
from daemon.domain.effect import SendLetter
from daemon.domain.pair import Sent
from daemon.domain.people import Role
from daemon.domain.thread import AgendaLine
from daemon.domain.value import replace
from tests.decide.letters_cast import at, stem, turn_at
from tests.decide.pair_cast import (
    DAY,
    HOUR,
    LANE,
    LONG_AGO,
    MINUTE,
    ORIGIN,
    START,
    letters,
    mark,
    meeting,
    named,
    origin,
)
from tests.stories.cast import PATIENT
from tests.stories.people import moment

NOON = moment("Mon 12 Oct 12:00 Berlin")
NIGHT = moment("Mon 12 Oct 23:00 Kolkata")
MORNING = moment("Tue 13 Oct 07:00 Kolkata")


# --- what is asked for


def test_a_letter_about_a_1_1_carries_all_that_it_is_asked_for_with() -> None:
    turn = turn_at(NOON)
    letter(
        turn, "moved", meeting(), "mentee", {"a": 1}, opens=NOON - HOUR, closes=START, reason="why",
        basis="b", answers="<1@example.org>", explained="vanished",
    )  # fmt: skip
    effect = letters(turn)[0]
    assert effect.change == SendLetter("moved", "ben", {"a": 1}, "<1@example.org>")
    assert (effect.stem, effect.account) == (stem("moved", "ben"), "koss@example.org")
    assert (effect.opens, effect.closes, effect.reason) == (NOON - HOUR, START, "why")
    assert (effect.basis, effect.origin, effect.explained) == ("b", ORIGIN, "vanished")


def test_a_letter_about_an_occasion_of_its_own_is_named_after_it() -> None:
    turn = turn_at(NOON)
    letter(turn, "copy", meeting(), "mentor", {}, opens=NOON, closes=START, reason="why", occasion="one")  # fmt: skip
    assert letters(turn)[0].stem == stem("copy", "ana", "one")


def test_unless_told_otherwise_it_answers_nobody_and_counts_and_is_told_once() -> None:
    turn = turn_at(NOON, marks={stem("notes", "ben"): mark(basis="older")})
    for role in ("mentor", "mentee"):
        letter(turn, "notes", meeting(), role, {}, opens=NOON, closes=START, reason="why")
    assert named(turn) == ["ana notes"]
    assert letters(turn)[0].change.answers == letters(turn)[0].explained == ""
    assert turn.state.sent == (Sent("mentor", NOON, True, stem("notes", "ana")),)
    turn = turn_at(NOON, marks={stem("wish", "ben", "one"): mark(basis="older")})
    for role in ("mentor", "mentee"):
        personal(turn, "wish", "one", role, {}, opens=NOON, closes=START, reason="why")
    assert named(turn) == ["ana wish"]
    assert letters(turn)[0].change.answers == letters(turn)[0].explained == ""
    assert turn.state.sent == (Sent("mentor", NOON, True, stem("wish", "ana", "one")),)


def asked(turn: Any, touchpoint: str = "wish", **more: Any) -> Any:
    """One letter about no single 1:1, to Ben unless told."""
    own = {"opens": turn.now, "closes": turn.now + 3 * DAY, "reason": "why", **more}
    role = own.pop("role", "mentee")
    personal(turn, touchpoint, own.pop("occasion", "one"), role, {"a": 1}, **own)
    return turn


def test_a_letter_about_no_single_1_1_carries_the_same_and_names_none() -> None:
    turn = asked(turn_at(NOON), opens=NOON - HOUR, explained="config", answers="<1@example.org>")
    effect = letters(turn)[0]
    assert effect.change == SendLetter("wish", "ben", {"a": 1}, "<1@example.org>")
    assert (effect.stem, effect.account) == (f"wish/{LANE}/one/ben", "koss@example.org")
    assert (effect.opens, effect.closes, effect.reason) == (NOON - HOUR, NOON + 3 * DAY, "why")
    assert (effect.basis, effect.origin, effect.explained) == ("one", None, "config")
    assert letters(asked(turn_at(NOON), basis="b"))[0].basis == "b"


@pytest.mark.parametrize(("retell", "expected"), [(False, []), (True, ["ben wish"])])
def test_what_was_told_is_told_anew_where_that_is_wanted(retell: bool, expected: list[str]) -> None:
    told = {stem("wish", "ben", "one"): mark(basis="older")}
    assert named(asked(turn_at(NOON, marks=told), retell=retell)) == expected
    told = {stem("moved", "ben"): mark(basis="older")}
    turn = turn_at(NOON, marks=told)
    letter(turn, "moved", meeting(), "mentee", {}, opens=NOON, closes=START, reason="", basis="b", retell=retell)  # fmt: skip
    assert len(letters(turn)) == len(expected)


def test_what_counts_is_remembered_as_such() -> None:
    for touchpoint, own, counts in (
        ("wish", False, True),
        ("wish", True, False),
        ("ack", False, False),
    ):
        turn = asked(turn_at(NOON), touchpoint, own=own)
        assert turn.state.sent == (Sent("mentee", NOON, counts, stem(touchpoint, "ben", "one")),)
    for touchpoint, own, counts in (
        ("notes", False, True),
        ("left-out", True, False),
        ("moved", False, False),
    ):
        turn = turn_at(NOON)
        letter(turn, touchpoint, meeting(), "mentee", {}, opens=NOON, closes=START, reason="", own=own)  # fmt: skip
        assert turn.state.sent == (Sent("mentee", NOON, counts, stem(touchpoint, "ben")),)


# --- at night

AT_ANY_HOUR = ["moved", "off", "left-out", "paused", "absence", "ended", "leave", "zone-changed"]


@pytest.mark.parametrize("touchpoint", AT_ANY_HOUR)
def test_what_may_be_urgent_or_answers_somebody_goes_at_night(touchpoint: str) -> None:
    assert named(asked(turn_at(NIGHT), touchpoint, pressing=True)) == [f"ben {touchpoint}"]
    assert named(asked(turn_at(NIGHT), touchpoint, own=True)) == [f"ben {touchpoint}"]


@pytest.mark.parametrize("touchpoint", AT_ANY_HOUR)
def test_an_answer_that_comes_late_waits_for_the_morning(touchpoint: str) -> None:
    for late, expected in ((HOUR - MINUTE, [f"ben {touchpoint}"]), (HOUR, [])):
        turn = asked(turn_at(NIGHT), touchpoint, own=True, opens=NIGHT - late)
        assert named(turn) == expected
    assert turn.watch.wake_at == MORNING


@pytest.mark.parametrize("touchpoint", ["wish", "ack", "copy", "proposal", "left-out", "paused"])
def test_everything_else_waits_for_the_readers_morning(touchpoint: str) -> None:
    turn = asked(turn_at(NIGHT), touchpoint)
    assert named(turn) == []
    assert turn.watch.wake_at == MORNING
    assert named(asked(turn_at(MORNING), touchpoint)) == [f"ben {touchpoint}"]


def test_what_waits_too_long_is_left_out_when_its_time_is_over() -> None:
    turn = asked(turn_at(NIGHT), closes=NIGHT + HOUR)
    assert turn.watch.wake_at == NIGHT + HOUR
    late = asked(turn_at(NIGHT + HOUR), closes=NIGHT + HOUR)
    assert late.skipped == [
        (f"{stem('wish', 'ben', 'one')}/1", "its time was over at 2026-10-12T18:30:00Z")
    ]


@pytest.mark.parametrize(
    ("due", "wakes"), [(NIGHT, None), (NIGHT + HOUR, NIGHT + HOUR), (MORNING + HOUR, MORNING)]
)
def test_what_is_due_before_the_morning_waits_until_then(due: Any, wakes: Any) -> None:
    turn = asked(turn_at(NIGHT), due=due)
    assert named(turn) == ([] if wakes else ["ben wish"])
    assert turn.watch.wake_at == (wakes or NIGHT + 3 * DAY)
    turn = turn_at(NIGHT)
    letter(turn, "copy", meeting(), "mentee", {}, opens=NIGHT, closes=START, reason="", due=due)
    assert named(turn) == ([] if wakes else ["ben copy"])


def test_what_is_on_its_way_is_wanted_at_any_hour() -> None:
    live = {stem("wish", "ben", "one"): mark("live")}
    assert asked(turn_at(NIGHT, marks=live)).wanted == {f"{stem('wish', 'ben', 'one')}/1"}


def test_a_letter_about_a_1_1_of_the_next_hours_presses_and_a_reminder_never_does() -> None:
    """Urgent letters ignore the caps of the day."""
    read = (Sent("mentee", moment("Tue 13 Oct 08:00 Kolkata"), True, "x"),)
    for touchpoint, expected in (("notes", 1), ("proposal-nudge", 0)):
        turn = turn_at("Tue 13 Oct 12:00 Kolkata", sent=read)
        letter(turn, touchpoint, meeting(), "mentee", {}, opens=turn.now, closes=START, reason="")
        assert len(letters(turn)) == expected


# --- what the caps put off

ONE_TODAY = (Sent("mentee", NOON - HOUR, True, "x"),)
TOMORROW = moment("Tue 13 Oct 07:00 Kolkata")


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, []),
        ({"own": True}, ["ben wish"]),
        ({"pressing": True}, ["ben wish"]),
        ({"touchpoint": "ack"}, ["ben ack"]),
        ({"due": TOMORROW}, ["ben wish"]),  # tomorrow would be too late
        ({"due": TOMORROW + MINUTE}, []),
    ],
)
def test_above_the_caps_goes_what_was_asked_for_what_presses_and_what_would_be_late_tomorrow(
    more: dict[str, Any], expected: list[str]
) -> None:
    turn = asked(turn_at(NOON, sent=ONE_TODAY), **more)
    assert named(turn) == expected
    assert turn.skipped == []
    if not expected:
        assert turn.watch.wake_at == TOMORROW


@pytest.mark.parametrize(("closes", "waits"), [(TOMORROW, False), (TOMORROW + MINUTE, True)])
def test_what_finds_no_room_before_its_time_is_over_is_left_out(closes: Any, waits: bool) -> None:
    turn = asked(turn_at(NOON, sent=ONE_TODAY), closes=closes)
    why = "so many letters came already that this one would be too much"
    assert named(turn) == []
    assert turn.skipped == ([] if waits else [(f"{stem('wish', 'ben', 'one')}/1", why)])


def test_what_was_left_out_once_is_not_put_off_again() -> None:
    over = {stem("wish", "ben", "one"): mark("skipped")}
    assert asked(turn_at(NOON, sent=ONE_TODAY, marks=over)).watch.wake_at is None


def test_what_is_late_is_left_out_for_that_reason_and_not_by_the_caps() -> None:
    turn = asked(turn_at(NOON, sent=ONE_TODAY), closes=NOON)
    assert turn.skipped[0][1] == "its time was over at 2026-10-12T10:00:00Z"


# --- urgent


@pytest.mark.parametrize(
    ("seen", "start", "expected"),
    [
        # by day: within twelve hours
        ("Mon 12 Oct 12:00 Kolkata", "Mon 12 Oct 23:59 Kolkata", True),
        ("Mon 12 Oct 12:00 Kolkata", "Tue 13 Oct 00:00 Kolkata", False),
        # at night: before quiet hours end, and two hours
        ("Mon 12 Oct 21:00 Kolkata", "Tue 13 Oct 08:59 Kolkata", True),
        ("Mon 12 Oct 20:59 Kolkata", "Tue 13 Oct 08:59 Kolkata", False),
        ("Mon 12 Oct 21:00 Kolkata", "Tue 13 Oct 09:00 Kolkata", False),
        # what has begun can wait
        ("Mon 12 Oct 12:00 Kolkata", "Mon 12 Oct 12:00 Kolkata", False),
        ("Mon 12 Oct 12:00 Kolkata", "Mon 12 Oct 12:01 Kolkata", True),
    ],
)
def test_urgent_is_what_begins_within_hours_or_within_two_hours_of_the_morning(
    seen: str, start: str, expected: bool
) -> None:
    assert urgent(turn_at(NOON), moment(seen), moment(start), "mentee") == expected


def test_hours_that_make_it_urgent_are_a_setting_and_two_hours_of_the_morning_are_not() -> None:
    turn = turn_at(NOON, program=replace(PATIENT, urgent_hours=0))
    seen = moment("Tue 13 Oct 06:00 Kolkata")
    for start, expected in (
        ("Tue 13 Oct 08:59 Kolkata", True),
        ("Tue 13 Oct 09:00 Kolkata", False),
    ):
        assert urgent(turn, seen, moment(start), "mentee") == expected


@pytest.mark.parametrize(
    ("role", "seen", "start", "at_last"),
    [
        ("mentee", NIGHT, START, MORNING),
        ("mentee", NIGHT, MORNING + HOUR, NIGHT),
        ("mentor", NIGHT, START, NIGHT),  # it is 19:30 in Berlin
        ("mentee", NOON, START, NOON),
    ],
)
def test_the_soonest_moment_is_at_once_where_it_is_urgent_else_by_day(
    role: Role, seen: Any, start: Any, at_last: Any
) -> None:
    turn = turn_at(NOON)
    assert soonest(turn, seen, start, role) == at_last
    assert when(turn, seen, role) == (MORNING if seen == NIGHT and role == "mentee" else seen)


# --- topics


def test_topics_of_one_side_for_one_1_1() -> None:
    lines = (
        AgendaLine(ORIGIN, "mentee", "The lab", LONG_AGO),
        AgendaLine(ORIGIN, "mentor", "Rome", LONG_AGO, shown=True),
        AgendaLine(origin(20), "mentee", "later", LONG_AGO),
    )
    turn = turn_at(NOON, agenda=lines)
    assert [each.text for each in agenda_lines(turn, at("Wed 14 Oct 11:00 Berlin"), "mentee")] == ["The lab"]  # fmt: skip
    assert [each.text for each in agenda_lines(turn, meeting(), "mentor")] == ["Rome"]
