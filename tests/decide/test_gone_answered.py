"""What each answer about a whole series leaves behind, and what silence does, in tables.

Not what the pair reads of it: tests/stories/test_series_gone.py.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from daemon.decide.gone import answered_gone, silent_gone, tell_it_stands
from daemon.decide.turn import Turn
from daemon.domain.effect import TellAdmin
from daemon.domain.meeting import Meeting, Series
from daemon.domain.question import Question, QuestionKind
from daemon.domain.value import replace
from daemon.domain.world import Mark
from tests.decide.gone_cast import ALONE, CUT, DECLINED, GONE, KNOWN
from tests.decide.pair_cast import DAY, HOUR, MINUTE, NOW, meeting, turn_of
from tests.decide.replies_cast import key
from tests.stories.cast import PATIENT


def answering(kind: QuestionKind, number: int, *series: Series, **fields: Any) -> Any:
    """What is remembered after that answer."""
    role = "mentee" if kind == "declined-all" else "mentor"
    question = Question(kind, role, "o", NOW - HOUR, NOW + timedelta(days=7), told_at=NOW - HOUR)
    turn = turn_of(meeting(13), meeting(20), series=series, questions=(question,), **fields)
    answered_gone(turn, question, number)
    assert turn.state.questions == ()
    return turn.state


def test_1_of_a_declined_or_guestless_series_leaves_it_as_it_was() -> None:
    assert answering("declined-all", 1, DECLINED).series == (replace(DECLINED, gone_at=None),)
    assert answering("guest-gone", 1, ALONE).series == (replace(KNOWN, invites=True),)
    assert answering("series-gone", 1, CUT).series[0].cut_to is None


def test_an_answer_to_what_is_in_doubt_no_more_only_closes_the_question() -> None:
    state = answering("series-gone", 4, KNOWN)
    assert (state.standing, state.series) == ("active", (KNOWN,))


@pytest.mark.parametrize(
    ("kind", "number", "standing", "why"),
    [
        ("series-gone", 2, "active", "change"),
        ("series-gone", 3, "paused", "pause"),
        ("series-gone", 4, "closing", "end"),
        ("declined-all", 2, "active", "change"),
        ("declined-all", 3, "paused", "pause"),
        ("declined-all", 4, "closing", "end"),
        ("guest-gone", 2, "closing", "end"),
    ],
)
@pytest.mark.parametrize("lost", [True, False])
def test_any_other_answer_ends_the_series_and_all_doubt(
    kind: QuestionKind, number: int, standing: str, why: str, lost: bool
) -> None:
    known = {"series-gone": CUT, "declined-all": DECLINED, "guest-gone": ALONE}[kind]
    state = answering(kind, number, GONE if lost else known)
    assert (state.standing, state.wants_time) == (
        standing,
        "change" if number == 2 and why == "change" else "",
    )
    out = [(m.standing, m.settled_by, m.off, m.gone) for m in state.meetings]
    assert out == [("skipped", "rule", why, lost)] * 2
    assert [s.standing for s in state.series] == ([] if lost else ["ended"])
    for series in state.series:
        doubt = (series.gone_at, series.guest_gone, series.declined, series.cut_to)
        assert doubt == (None, False, False, None)
    if standing == "paused":
        assert state.pause.by == ("mentee" if kind == "declined-all" else "mentor")
        assert state.pause.until == date(2026, 12, 6)
    if standing == "closing":
        assert (state.agreed.ends, state.stopped_by) == (
            date(2026, 10, 7),
            "mentee" if kind == "declined-all" else "mentor",
        )


def test_another_time_where_the_program_fixes_it_is_for_the_contact_and_the_pairing_rests() -> None:
    question = Question("series-gone", "mentor", "o", NOW - HOUR, NOW + timedelta(days=7))
    free = turn_of(meeting(13), series=(GONE,), questions=(question,))
    turn = Turn(replace(free.world, program=replace(PATIENT, locked=("at",))), free.state, NOW)
    answered_gone(turn, question, 2)
    assert [e.change.fact for e in turn.effects if isinstance(e.change, TellAdmin)] == [
        "for-contact"
    ]
    assert (turn.state.standing, turn.state.wants_time) == ("paused", "")
    assert turn.state.pause is not None and turn.state.pause.by == "silence"


@pytest.mark.parametrize(
    ("standing", "told_at", "expected"),
    [
        ("active", NOW - DAY, "paused"),
        ("active", None, "active"),  # nobody has read the question
        ("closing", NOW - DAY, "closing"),
    ],
)
def test_silence_is_for_the_contact_and_the_pairing_rests(
    standing: str, told_at: datetime | None, expected: str
) -> None:
    question = Question("series-gone", "mentor", "o", NOW - 7 * DAY, NOW, told_at=told_at)
    turn = turn_of(meeting(13), series=(GONE,), questions=(question,), standing=standing)
    silent_gone(turn, question)
    facts = [e.change.fact for e in turn.effects if isinstance(e.change, TellAdmin)]
    assert (turn.state.questions, facts, turn.state.standing) == ((), ["series-gone"], expected)
    if expected == "paused":
        assert turn.state.pause is not None
        assert (turn.state.pause.by, turn.state.pause.until) == ("silence", None)
        assert (turn.state.series[0].gone_at, turn.state.meetings[0].gone) == (None, True)
    else:
        assert turn.state.series == (GONE,)


# --- put back


def off_told(person: str, day: int = 13) -> dict[str, Mark]:
    """That person has read that it can't take place."""
    return {key("off", day, person).removesuffix("/1"): Mark(1, "", "settled", NOW - HOUR)}


@pytest.mark.parametrize(
    ("found", "marks", "hears"),
    [
        (meeting(13), off_told("ben"), True),
        (meeting(13), off_told("ana"), True),
        (meeting(13), off_told("ben", 20), False),
        (meeting(13), {}, False),
        (meeting(13, standing="skipped"), off_told("ben"), False),
        (meeting(13, start=NOW), off_told("ben"), False),
        (meeting(13, start=NOW + MINUTE), off_told("ben"), True),
        (meeting(13, moved_at=NOW - HOUR), off_told("ben"), False),  # and has heard otherwise since
        (meeting(13, moved_at=NOW - HOUR - MINUTE), off_told("ben"), True),
    ],
)
def test_whoever_has_read_that_it_cannot_take_place_hears_that_it_does(
    found: Meeting, marks: dict[str, Mark], hears: bool
) -> None:
    turn = turn_of(replace(found, told=("ben@example.org",)), marks=marks)
    tell_it_stands(turn, "mentor")
    back = turn.state.meetings[0]
    if hears:
        told = (back.standing, back.moved_from, back.moved_at, back.moved_by, back.told)
        assert told == ("moved", found.start, NOW, "mentor", ())
        assert (back.checked, back.changed_at) == (True, NOW - DAY)  # nobody waits for it
    else:
        assert back == replace(found, told=("ben@example.org",))
