"""What each command changes in what is remembered, and on which side of its limits, in tables.

Not what a mail without a command leads to: test_replies.py.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from daemon.decide.replies import reply_seen
from daemon.domain.effect import SendLetter, TellAdmin
from daemon.domain.meeting import Meeting
from daemon.domain.observation import Said
from daemon.domain.pair import Undo
from daemon.domain.proposal import Proposal
from tests.decide.pair_cast import DAY, HOUR, MINUTE, NOW, meeting, turn_of
from tests.decide.replies_cast import CLASH, STARTED, key, led_to, listed, mail

LIST = key("proposal", f"{meeting(13).origin}#1.1")
NIGHT = datetime(2026, 10, 7, 18, 0, tzinfo=UTC)  # half past eleven in Kolkata, eight in Berlin


def asked_to_move(meetings: tuple[Meeting, ...]) -> list[int]:
    """Of which days another time is wanted."""
    return [each.origin.day.day for each in meetings if each.asked_by]


# --- an answer to a question that is over


@pytest.mark.parametrize("word", ["choose", "yes", "no", "keep"])
def test_an_answer_to_a_question_that_is_over_is_told_so_and_changes_nothing(word: str) -> None:
    turn = turn_of(meeting(13))
    reply_seen(turn, mail(key("clash", "20261013", "ana"), Said(word, (1,)), person="ana"))
    assert led_to(turn) == ["ana unclear closed-list"]
    assert turn.state.meetings == (meeting(13),)


def test_any_other_command_said_to_it_is_followed() -> None:
    turn = turn_of(meeting(13))
    reply_seen(turn, mail(key("clash", "20261013", "ana"), "move", person="ana"))
    assert asked_to_move(turn.state.meetings) == [13]


def test_a_command_that_is_no_answer_to_the_open_question_is_followed_as_well() -> None:
    turn = turn_of(meeting(13), questions=(CLASH,))
    reply_seen(turn, mail(key("clash", "20261013", "ana"), "skip", person="ana"))
    assert led_to(turn) == ["ana ack skip"]
    assert turn.state.questions == (CLASH,)


# --- for a person


def test_what_only_a_person_can_answer_is_told_with_the_word_and_answered_with_it() -> None:
    turn = turn_of(meeting(13))
    reply_seen(turn, mail(STARTED, Said("for-contact", text="LANGUAGE")))
    told, answered = (each.change for each in turn.effects)
    assert isinstance(told, TellAdmin) and isinstance(answered, SendLetter)
    assert (told.fact, told.facts) == ("for-contact", {"first": "Ben", "word": "LANGUAGE"})
    assert (answered.facts["what"], answered.facts["items"]) == ("for-contact", ["LANGUAGE"])


# --- which meeting is meant


@pytest.mark.parametrize(
    ("answers", "meetings", "moved"),
    [
        (key("prep-mentee", 20), (meeting(13), meeting(20)), [20]),
        (STARTED, (meeting(13), meeting(20)), [13]),
        (STARTED, (meeting(13, standing="skipped"), meeting(20)), [20]),
        (key("notes", 13), (meeting(13, standing="held"), meeting(20)), [20]),
        (key("prep-mentee", 13), (meeting(13, standing="cancelled"), meeting(20)), []),
        (key("prep-mentor", 13), (meeting(13, standing="cancelled"), meeting(20)), []),
        (key("moved", 13), (meeting(13, standing="cancelled"), meeting(20)), []),
        (key("moved", 6), (meeting(6, standing="held"), meeting(20)), [20]),  # it is over
        (LIST, (meeting(13, standing="skipped"), meeting(20)), []),
        (key("prep-mentee", 6), (meeting(20),), [20]),  # forgotten by now
    ],
)
def test_move_means_the_1_1_of_the_letter_else_the_next_but_never_instead_of_a_fallen_one(
    answers: str, meetings: tuple[Meeting, ...], moved: list[int]
) -> None:
    turn = turn_of(*meetings)
    reply_seen(turn, mail(answers, "move"))
    assert asked_to_move(turn.state.meetings) == moved
    assert bool(led_to(turn)) == (not moved)  # what cannot be followed is asked about


@pytest.mark.parametrize(("minutes", "left_out"), [(29, 6), (30, 13)])
def test_a_1_1_is_meant_until_its_end(minutes: int, left_out: int) -> None:
    turn = turn_of(meeting(6), meeting(13), now=meeting(6).start + minutes * MINUTE)
    reply_seen(turn, mail(key("moved", 6), "skip"))
    assert [m.origin.day.day for m in turn.state.meetings if m.standing == "skipped"] == [left_out]


# --- MOVE


@pytest.mark.parametrize(
    ("hours", "expected"),
    [(20 * HOUR, ([13], [])), (20 * HOUR - MINUTE, ([], ["ben ack too-late"]))],
)
def test_move_is_followed_until_twenty_hours_before(
    hours: timedelta, expected: tuple[list[int], list[str]]
) -> None:
    turn = turn_of(meeting(13, place=None), now=meeting(13).start - hours)
    reply_seen(turn, mail(STARTED, "move"))
    moved, told = expected
    assert asked_to_move(turn.state.meetings) == moved
    assert [each for each in led_to(turn) if each != "ben ack move"] == told


@pytest.mark.parametrize(
    ("person", "now", "proposal", "told"),
    [
        ("ben", NOW, None, []),  # the times come by return
        ("ben", NIGHT, None, ["ben ack move"]),
        ("ben", NOW, listed(20), ["ben ack move"]),
        ("ana", NOW, None, ["ana ack move"]),
    ],
)
def test_move_is_answered_by_itself_where_no_times_come_by_return(
    person: str, now: datetime, proposal: Proposal | None, told: list[str]
) -> None:
    turn = turn_of(meeting(13), meeting(20, standing="cancelled"), now=now, proposal=proposal)
    reply_seen(turn, mail(STARTED, "move", person=person))
    assert led_to(turn) == told
    assert all(each.change.facts["undo"] for each in turn.effects)  # type: ignore[union-attr]
    role = "mentee" if person == "ben" else "mentor"
    wanted = turn.state.meetings[0]
    assert (wanted.asked_by, wanted.changed_at) == (role, now)
    name = str(wanted.origin)
    assert turn.state.undo == (Undo("move", role, now, now + DAY, meeting(13), name=name),)


@pytest.mark.parametrize(
    ("person", "told"), [("ana", ["ana ack move"]), ("ben", ["ben unclear proposal"])]
)
def test_move_of_what_is_asked_about_already_begins_nothing_new(
    person: str, told: list[str]
) -> None:
    turn = turn_of(meeting(13), proposal=listed(13, cause="asked", keeps=True))
    reply_seen(turn, mail(key("moved", 13), "move", person=person))
    assert led_to(turn) == told
    assert (asked_to_move(turn.state.meetings), turn.state.undo) == ([], ())
    if person == "ana":
        assert turn.effects[0].change.facts["undo"] is False  # type: ignore[union-attr]


# --- SKIP


@pytest.mark.parametrize(
    ("before", "late"), [(24 * HOUR, False), (24 * HOUR - MINUTE, True), (10 * MINUTE, True)]
)
def test_skip_of_the_mentee_leaves_it_out_and_counts_as_theirs(
    before: timedelta, late: bool
) -> None:
    now = meeting(13).start - before
    turn = turn_of(meeting(13), now=now)
    reply_seen(turn, mail(key("prep-mentee", 13), "skip"))
    left = turn.state.meetings[0]
    assert (left.standing, left.settled_by, left.settled_at) == ("skipped", "choice", now)
    assert (left.said_by, left.cancelled_by, left.cancelled_at) == ("mentee", "mentee", now)
    assert (left.late, led_to(turn)) == (late, [])
    until = max(meeting(13).start - DAY, now + 10 * MINUTE)
    name = str(left.origin)
    assert turn.state.undo == (Undo("skip", "mentee", now, until, meeting(13), name=name),)


def test_skip_of_the_mentor_means_cannot() -> None:
    turn = turn_of(meeting(13))
    reply_seen(turn, mail(key("prep-mentor", 13, "ana"), "skip", person="ana"))
    fallen = turn.state.meetings[0]
    assert (fallen.standing, fallen.cancelled_by, fallen.gone) == ("cancelled", "mentor", False)
    assert led_to(turn) == ["ana ack skip"]


def test_skip_of_a_list_closes_it_and_whose_cancellation_it_was_stays() -> None:
    fallen = meeting(13, standing="cancelled", cancelled_by="mentor", cancelled_at=NOW - HOUR)
    turn = turn_of(fallen, proposal=listed(13))
    reply_seen(turn, mail(LIST, "skip"))
    left = turn.state.meetings[0]
    assert (left.standing, left.settled_by, left.said_by) == ("skipped", "choice", "mentee")
    assert (left.cancelled_by, left.cancelled_at) == ("mentor", NOW - HOUR)
    assert turn.state.proposal is None
    assert [each.standing for each in turn.state.closed_proposals] == ["declined"]
    assert turn.state.undo[0].proposal == listed(13)
    assert led_to(turn) == []  # `left-out` tells both


def test_skip_of_a_missed_1_1_is_answered_as_no_other_letter_tells_it() -> None:
    missed = meeting(6, standing="missed")
    turn = turn_of(missed, proposal=listed(6, cause="missed"))
    reply_seen(turn, mail(key("proposal", f"{missed.origin}#1.1"), "skip"))
    assert led_to(turn) == ["ben ack withdrawn"]
    assert turn.effects[0].change.facts["start"] == "2026-10-06T13:00:00Z"  # type: ignore[union-attr]
    assert (turn.state.meetings[0].standing, turn.state.meetings[0].said_by) == ("missed", "")


@pytest.mark.parametrize(
    ("proposal", "answers", "other", "skipped"),
    [
        (listed(13), key("prep-mentee", 20), meeting(20), 20),
        (listed(13), key("prep-mentee", 20), meeting(20, standing="cancelled"), 13),
        (listed(13), key("notes", 6), meeting(6), 13),  # over
        (listed(13), key("moved", 7), meeting(7, start=NOW - HOUR, end=NOW), 13),  # just now
        (listed(13), STARTED, meeting(20), 13),
        (listed(13, kind="session"), key("prep-mentee", 20), meeting(20), 20),
        (listed(13, picked=1, booked=True), STARTED, meeting(20), 20),
        (listed(13, vetting=True), STARTED, meeting(20), 20),  # the mentor is asked
    ],
)
def test_which_one_skip_leaves_out(
    proposal: Proposal, answers: str, other: Meeting, skipped: int
) -> None:
    turn = turn_of(meeting(13, standing="cancelled"), other, proposal=proposal)
    reply_seen(turn, mail(answers, "skip"))
    assert [m.origin.day.day for m in turn.state.meetings if m.standing == "skipped"] == [skipped]
    assert (turn.state.proposal is None) == (skipped == 13)


@pytest.mark.parametrize(
    ("answers", "told"),
    [(LIST, "unclear closed-list"), (STARTED, "unclear other"), (key("off", 13), "unclear other")],
)
def test_skip_where_nothing_stands(answers: str, told: str) -> None:
    turn = turn_of(meeting(13, standing="skipped"))
    reply_seen(turn, mail(answers, "skip"))
    assert led_to(turn) == [f"ben {told}"]
