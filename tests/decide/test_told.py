"""Who hears of a new time, when, and what that letter tells, as tables (RULES 7 and 8, `moved`).

Not 1:1s that fall out: those are in test_told_off.py.
"""

from __future__ import annotations

from typing import Any

import pytest

from daemon.decide.told import moved
from daemon.domain.meeting import Meeting
from daemon.domain.pair import Undo
from daemon.domain.proposal import Offer, Proposal
from daemon.domain.value import replace
from tests.decide.letters_cast import at, stem, turn_at
from tests.decide.pair_cast import (
    DAY,
    HOUR,
    LINKED,
    LONG_AGO,
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

NOW = moment("Thu 8 Oct 12:00 Berlin")
NEW = "Wed 14 Oct 11:00 Berlin"


def offer(number: int, start: str, **more: Any) -> Offer:
    begins = moment(start)
    return Offer(number, begins, begins + 30 * MINUTE, **more)


OFFERS = (
    offer(1, "Mon 12 Oct 11:00 Berlin", open=False),
    offer(2, NEW),
    offer(3, "Thu 15 Oct 11:00 Berlin"),
    offer(4, "Fri 16 Oct 11:00 Berlin"),
)
ANSWERED = Proposal(
    ORIGIN, "mentee", "cancelled", LONG_AGO, NOW, OFFERS, picked=2, said="the second",
    answered="<ben-1@example.org>", standing="accepted",
)  # fmt: skip


def by_hand(**more: Any) -> Meeting:
    """Moved by Ana in her calendar, five minutes ago."""
    changed = NOW - 5 * MINUTE
    return at(NEW, **{"moved_at": changed, "changed_at": changed, **more})


def by_answer(**more: Any) -> Meeting:
    """Moved now, because somebody chose that time."""
    return at(NEW, **{"moved_at": NOW, "changed_at": NOW, "moved_by": "program", **more})


def told(known: Meeting, now: Any = NOW, **state: Any) -> Any:
    """The letters about that move."""
    turn = turn_at(now, **{"meetings": (known, meeting(20)), "of": LINKED, **state})
    moved(turn, known)
    return turn


# --- who hears it


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (by_hand(), ["ben moved"]),
        (by_hand(moved_by="mentee"), ["ana moved"]),
        (by_hand(moved_by="program"), ["ana moved", "ben moved"]),
        (by_hand(standing="planned"), []),
        (by_hand(standing="cancelled"), []),
        (by_hand(moved_at=None), []),
        (by_hand(place=None), []),  # not on the calendar yet
        (by_hand(takes_back="move"), []),
        (by_hand(told=("ben@example.org",)), []),
        (by_hand(told=("ana@example.org",)), ["ben moved"]),
        (by_hand(moved_by="program", told=("ben@example.org",)), ["ana moved"]),
    ],
)
def test_who_did_it_and_whom_a_provider_told_hear_nothing(
    known: Meeting, expected: list[str]
) -> None:
    assert named(told(known)) == expected


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, ["ana moved", "ben moved"]),
        ({"chooser": "mentor"}, ["ana moved"]),
        ({"auto": True}, ["ana moved"]),  # nobody gave an answer
        ({"standing": "lapsed"}, ["ana moved"]),
        ({"origin": origin(20)}, ["ana moved"]),
        ({"picked": 3}, ["ana moved"]),  # that was another time
        ({"picked": 9}, ["ana moved"]),
    ],
)
def test_who_chose_it_is_answered_though_a_provider_has_told_it(
    more: dict[str, Any], expected: list[str]
) -> None:
    known = by_answer(told=("ben@example.org",))
    assert named(told(known, closed_proposals=(replace(ANSWERED, **more),))) == expected


def test_the_last_answer_counts() -> None:
    known = by_answer(told=("ben@example.org",))
    other_time = replace(ANSWERED, picked=3)
    for proposals, expected in (
        ((other_time, ANSWERED), ["ana moved", "ben moved"]),
        ((ANSWERED, other_time), ["ana moved"]),
    ):
        assert named(told(known, closed_proposals=proposals)) == expected


KEEP = Proposal(ORIGIN, "mentee", "moved", NOW, NOW + DAY, (offer(1, NEW), *OFFERS[2:]))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (KEEP, []),
        (replace(KEEP, standing="lapsed", told_at=NOW), []),
        (replace(KEEP, standing="withdrawn"), ["ben moved"]),  # and nobody ever read it
        (replace(KEEP, chooser="mentor"), ["ben moved"]),
        (replace(KEEP, cause="asked"), ["ben moved"]),
        (replace(KEEP, origin=origin(20)), ["ben moved"]),
        (replace(KEEP, offers=OFFERS[2:]), ["ben moved"]),  # it names another time
    ],
)
def test_a_question_that_names_the_new_time_says_it(
    question: Proposal, expected: list[str]
) -> None:
    is_open = question.standing == "open"
    state = {"proposal": question} if is_open else {"closed_proposals": (question,)}
    assert named(told(by_hand(), **state)) == expected


def test_who_chose_to_keep_it_is_answered_all_the_same() -> None:
    kept = replace(KEEP, picked=1, standing="accepted", told_at=NOW)
    assert named(told(by_answer(), closed_proposals=(kept,))) == ["ana moved", "ben moved"]


# --- when


@pytest.mark.parametrize(
    ("by", "minutes", "expected"),
    [
        ("mentor", 4, []),
        ("mentor", 5, ["ben moved"]),
        ("mentee", 0, ["ana moved"]),  # by mail: nothing to wait for
    ],
)
def test_a_move_by_hand_waits_for_a_slip_to_be_mended(
    by: str, minutes: int, expected: list[str]
) -> None:
    changed = NOW - minutes * MINUTE
    turn = told(by_hand(moved_by=by, moved_at=changed, changed_at=changed))
    assert named(turn) == expected
    assert expected or turn.watch.wake_at == NOW + MINUTE


def test_a_new_time_is_told_until_it_begins() -> None:
    known = by_hand()
    assert named(told(known, known.start - MINUTE)) == ["ben moved"]
    assert named(told(known, known.start)) == []


def test_the_chooser_is_answered_at_night_and_the_other_one_in_the_morning() -> None:
    night = moment("Thu 8 Oct 23:00 Berlin")
    known = by_answer(moved_at=night, changed_at=night)
    turn = told(known, night, closed_proposals=(ANSWERED,))
    assert named(turn) == ["ben moved"]  # at 02:30 of his own clock
    assert turn.watch.wake_at == moment("Fri 9 Oct 07:00 Berlin")
    later = told(known, "Fri 9 Oct 07:00 Berlin", closed_proposals=(ANSWERED,))
    assert [each.opens for each in letters(later)] == [moment("Fri 9 Oct 07:00 Berlin"), night]


def test_who_did_not_choose_waits_for_the_morning_too_where_the_program_booked() -> None:
    night = moment("Thu 8 Oct 23:00 Berlin")
    known = by_answer(moved_at=night, changed_at=night)
    booked = replace(ANSWERED, auto=True)
    assert named(told(known, night, closed_proposals=(booked,))) == []


@pytest.mark.parametrize(
    ("basis", "expected"), [("2026-10-14T09:00:00Z", []), ("2026-10-13T13:00:00Z", ["ben moved"])]
)
def test_the_same_time_is_told_once_and_another_one_anew(basis: str, expected: list[str]) -> None:
    read = {stem("moved", "ben"): mark(basis=basis)}
    assert named(told(by_hand(), marks=read)) == expected


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (by_hand(), []),  # it went away and came back within the wait
        (by_answer(), ["ana moved", "ben moved"]),  # chosen once more
        (by_hand(moved_from=moment(NEW)), ["ben moved"]),  # it had fallen out, and stands again
        (by_hand(moved_by="mentee", moved_from=moment(NEW)), ["ana moved"]),
    ],
)
def test_what_was_settled_anew_is_told_anew_though_at_the_time_that_was_told_before(
    known: Meeting, expected: list[str]
) -> None:
    before = replace(known, moved_at=NOW - DAY, changed_at=NOW - DAY)
    earlier = {each.stem: mark(basis=each.basis) for each in letters(told(before))}
    assert named(told(known, marks=earlier)) == expected
    since = {each.stem: mark(basis=each.basis) for each in letters(told(known))}
    assert named(told(known, marks=since)) == []


# --- what it tells

BY_HAND = {
    "start": "2026-10-14T09:00:00Z", "old_start": "2026-10-13T13:00:00Z", "length_minutes": 30,
    "link": "https://meet.example.org/ana-ben", "number": 0, "said": "",
    "next_start": "2026-10-20T13:00:00Z", "by": "calendar", "undo_by": None, "others": [],
    "session": False, "move_by": "2026-10-13T13:00:00Z", "left_behind": False,
}  # fmt: skip
UNDO = Undo("moved", "mentee", NOW, moment("Tue 13 Oct 11:00 Berlin"), name=str(ORIGIN))


def test_what_a_move_by_hand_tells() -> None:
    turn = told(by_hand())
    assert facts(turn) == BY_HAND
    letter = letters(turn)[0]
    assert (letter.opens, letter.closes) == (NOW - 5 * MINUTE, moment(NEW))
    assert (letter.reason, letter.basis) == ("the calendar has the new time", BY_HAND["start"])
    assert letter.change.answers == ""


def test_what_an_answer_to_a_proposal_tells_the_other_one_and_who_gave_it() -> None:
    turn = told(by_answer(), closed_proposals=(ANSWERED,), undo=(UNDO,))
    assert facts(turn, 0) == BY_HAND | {"by": "partner"}
    own = {"by": "you", "number": 2, "said": "the second", "undo_by": "2026-10-13T09:00:00Z"}
    assert facts(turn, 1) == BY_HAND | own
    assert [each.change.answers for each in letters(turn)] == ["", "<ben-1@example.org>"]


def test_what_a_time_that_the_program_has_booked_tells_each_of_them() -> None:
    booked = replace(ANSWERED, auto=True)
    turn = told(by_answer(), closed_proposals=(booked,), undo=(UNDO,))
    assert facts(turn, 0) == BY_HAND | {"by": "program"}
    others = [
        {"number": 3, "start": "2026-10-15T09:00:00Z"},
        {"number": 4, "start": "2026-10-16T09:00:00Z"},
    ]
    own = {"by": "program", "undo_by": "2026-10-13T09:00:00Z", "others": others}
    assert facts(turn, 1) == BY_HAND | own
    assert letters(turn)[1].change.answers == ""


def test_a_longer_session_at_its_first_time_and_no_1_1_after_it() -> None:
    known = by_answer(moved_from=None)
    longer = replace(known, end=known.start + 90 * MINUTE)
    session = replace(ANSWERED, kind="session")
    turn = told(longer, meetings=(longer,), closed_proposals=(session,))
    changed = {"old_start": "2026-10-14T09:00:00Z", "length_minutes": 90, "next_start": None}
    assert facts(turn, 0) == BY_HAND | changed | {"by": "partner", "session": True}


def test_too_late_to_be_moved_again() -> None:
    assert facts(told(by_hand(), START + HOUR))["move_by"] is None


@pytest.mark.parametrize(
    "undo",
    [
        replace(UNDO, what="skip"),
        replace(UNDO, role="mentor"),
        replace(UNDO, name=str(origin(20))),
        replace(UNDO, until=NOW),
    ],
    ids=["of something else", "of the other one", "of another 1:1", "over"],
)
def test_undo_is_promised_where_it_is_possible(undo: Undo) -> None:
    turn = told(by_answer(), closed_proposals=(ANSWERED,), undo=(undo,))
    assert facts(turn, 1)["undo_by"] is None


def test_of_two_answers_the_last_one_can_be_taken_back() -> None:
    later = replace(UNDO, until=UNDO.until + HOUR)
    turn = told(by_answer(), closed_proposals=(ANSWERED,), undo=(UNDO, later))
    assert facts(turn, 1)["undo_by"] == "2026-10-13T10:00:00Z"
