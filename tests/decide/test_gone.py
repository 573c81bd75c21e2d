"""What is in doubt when a whole series is deleted, cut, declined or without its guest, in tables: since when, and
who is asked what.

Not what follows from the answers: test_gone_answered.py.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from daemon.decide.gone import (
    ask_what_is_meant,
    guest_back,
    guest_removed,
    in_doubt,
    series_gone,
    whole_series_declined,
)
from daemon.domain.effect import TellAdmin
from daemon.domain.meeting import Meeting, Place, Series
from daemon.domain.question import Question, QuestionKind
from daemon.domain.value import replace
from tests.decide.gone_cast import ALONE, CUT, DECLINED, GONE, KNOWN, SINCE
from tests.decide.pair_cast import ANAS, DAY, HOUR, MINUTE, NOW, meeting, reasons, turn_of
from tests.decide.series_cast import OTHER


@pytest.mark.parametrize(
    ("series", "found", "doubt"),
    [
        (KNOWN, meeting(13), None),
        (GONE, meeting(13), (SINCE, "mentee")),
        (replace(GONE, declined=True), meeting(13), (SINCE, "mentee")),
        (DECLINED, meeting(13), (SINCE, "mentor")),
        (ALONE, meeting(13), (SINCE, None)),
        (replace(ALONE, standing="gone"), meeting(13), (SINCE, "mentee")),
        (replace(ALONE, cut_to=date(2026, 10, 12)), meeting(13), (SINCE, "mentee")),
        (CUT, meeting(13), None),  # the last that is left
        (CUT, meeting(20), (SINCE, "mentee")),
        (GONE, meeting(13, place=None), None),
        (GONE, meeting(13, place=Place("ana@example.org", "one-off")), None),
        (GONE, meeting(13, place=Place(ANAS, "tuesdays")), None),
        (GONE, meeting(13, start=SINCE - HOUR, end=SINCE), None),  # it was over
        (GONE, meeting(13, start=SINCE - HOUR, end=SINCE + MINUTE), (SINCE, "mentee")),
    ],
)
def test_which_1_1_is_in_doubt_and_who_has_to_hear_of_that(
    series: Series, found: Meeting, doubt: tuple[datetime, str | None] | None
) -> None:
    assert in_doubt(turn_of(found, series=(OTHER, series)), found) == doubt


# --- seen


@pytest.mark.parametrize("standing", ["asked", "gone", "ended"])
def test_only_a_series_that_stands_can_be_deleted(standing: Any) -> None:
    known = replace(KNOWN, standing=standing)
    turn = turn_of(series=(known,))
    series_gone(turn, known)
    assert (turn.state.series, turn.reasons) == ((known,), [])


@pytest.mark.parametrize(
    ("seen", "changed", "why"),
    [
        (
            series_gone,
            {"standing": "gone"},
            "the whole series was deleted: nothing is made again, its owner is asked",
        ),
        (
            guest_removed,
            {"guest_gone": True},
            "the mentee was taken off the series: its owner is asked",
        ),
        (
            whole_series_declined,
            {"declined": True},
            "the mentee declined the whole series: asked what is meant",
        ),
    ],
)
def test_since_when_it_is_in_doubt_is_kept_from_the_first_time_it_was_seen(
    seen: Any, changed: dict[str, Any], why: str
) -> None:
    turn = turn_of(series=(OTHER, KNOWN))
    seen(turn, KNOWN)
    doubtful = replace(KNOWN, gone_at=NOW, **changed)
    assert (turn.state.series, reasons(turn)) == ((OTHER, doubtful), [why])
    later = turn_of(series=(OTHER, doubtful), now=NOW + HOUR)
    seen(later, doubtful)
    assert (later.state.series, later.reasons) == ((OTHER, doubtful), [])


QUESTIONS: tuple[QuestionKind, ...] = ("guest-gone", "declined-all", "clash")


@pytest.mark.parametrize("known", [ALONE, DECLINED, replace(ALONE, declined=True)])
def test_a_guest_who_is_back_is_asked_about_no_more(known: Series) -> None:
    asked = tuple(Question(kind, "mentor", "o", NOW, NOW + timedelta(days=7)) for kind in QUESTIONS)
    turn = turn_of(series=(OTHER, known), questions=asked)
    guest_back(turn, known)
    assert turn.state.series == (OTHER, KNOWN)
    assert [each.kind for each in turn.state.questions] == ["clash"]
    assert reasons(turn) == ["the mentee is a guest of the series as before"]


def test_a_guest_who_was_never_gone_is_nothing_new() -> None:
    turn = turn_of(
        series=(OTHER, KNOWN),
        questions=(Question("declined-all", "mentee", "o", NOW, NOW + timedelta(days=7)),),
    )
    guest_back(turn, KNOWN)
    assert (turn.state.series, len(turn.state.questions), turn.reasons) == ((OTHER, KNOWN), 1, [])


# --- asked


@pytest.mark.parametrize(
    ("series", "kind", "role"),
    [
        (GONE, "series-gone", "mentor"),
        (CUT, "series-gone", "mentor"),
        (replace(CUT, guest_gone=True), "series-gone", "mentor"),
        (replace(GONE, put_back=1), "series-gone", "mentor"),
        (ALONE, "guest-gone", "mentor"),
        (replace(ALONE, declined=True), "guest-gone", "mentor"),
        (DECLINED, "declined-all", "mentee"),
    ],
)
@pytest.mark.parametrize("early", [0 * MINUTE, MINUTE])
def test_who_is_asked_what_five_minutes_later_and_for_a_week(
    series: Series, kind: str, role: str, early: timedelta
) -> None:
    fallen = meeting(6, start=NOW + HOUR, end=NOW + 2 * HOUR, standing="cancelled")
    turn = turn_of(fallen, meeting(20), meeting(27), series=(OTHER, series), now=NOW - early)
    ask_what_is_meant(turn)
    found = [(q.kind, q.role, q.answer_by) for q in turn.state.questions]
    assert found == ([] if early else [(kind, role, NOW + 7 * DAY)])
    for question in turn.state.questions:
        told = {"start": "2026-10-20T13:00:00Z", "tell_at": "2026-10-19T13:00:00Z"}
        assert question.facts == ({} if kind == "guest-gone" else told)
        assert question.occasion == f"{series.uid}-20261007T075500"


@pytest.mark.parametrize(
    ("meetings", "facts"),
    [
        ((), {"start": None, "tell_at": None}),
        ((meeting(13, end=NOW),), {"start": None, "tell_at": None}),
        (
            (meeting(20), meeting(13, start=NOW + HOUR)),
            {"start": "2026-10-07T09:00:00Z", "tell_at": "2026-10-07T08:00:00Z"},
        ),
    ],
)
def test_the_question_names_the_next_1_1_and_when_the_other_one_hears_of_it(
    meetings: tuple[Meeting, ...], facts: dict[str, Any]
) -> None:
    turn = turn_of(*meetings, series=(GONE,))
    ask_what_is_meant(turn)
    assert turn.state.questions[0].facts == facts


def test_of_two_lengths_that_are_gone_one_is_asked_about() -> None:
    both = (GONE, replace(OTHER, standing="gone", gone_at=SINCE - MINUTE))
    turn = turn_of(meeting(13), series=both)
    ask_what_is_meant(turn)
    ask_what_is_meant(turn)
    assert [q.occasion for q in turn.state.questions] == ["tuesdays-20261007T075500"]


@pytest.mark.parametrize(("put_back", "asked", "told"), [(1, 1, 0), (2, 0, 1), (3, 0, 1)])
def test_put_back_twice_and_deleted_again_it_is_for_the_contact_and_for_nobody_else(
    put_back: int, asked: int, told: int
) -> None:
    turn = turn_of(meeting(13), series=(replace(GONE, put_back=put_back), DECLINED))
    ask_what_is_meant(turn)
    kinds = [q.kind for q in turn.state.questions]
    assert (kinds.count("series-gone"), kinds.count("declined-all")) == (asked, 1)
    facts = [e.change.fact for e in turn.effects if isinstance(e.change, TellAdmin)]
    assert facts == ["deleted-twice"] * told
    assert ("told/deleted-twice/tuesdays" in turn.marks) == bool(told)
