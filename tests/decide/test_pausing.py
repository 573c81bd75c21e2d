"""Pause and resume as tables: for how long, over what, and what becomes of the series (RULES 3).

Not UNDO: test_pausing_undone.py. Not the letters: test_pausing_letters.py. Not whole stories: tests/stories/test_pause.py.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from daemon.decide.pausing import (
    keep_pause,
    pause,
    pause_too,
    resume,
    resume_too,
)
from daemon.domain.effect import TellAdmin
from daemon.domain.pair import Pause
from daemon.domain.question import Question
from daemon.domain.value import replace
from tests.decide.pair_cast import (
    DAY,
    LONG_AGO,
    MINUTE,
    NOW,
    berlin,
    meeting,
    reasons,
    series,
    turn_of,
)
from tests.decide.pausing_cast import BY_ANA, LONGEST, NOVEMBER, paused
from tests.stories.cast import PATIENT, line

TOMORROW = date(2026, 10, 8)


# --- a pause begins


@pytest.mark.parametrize(
    ("asked", "until"),
    [
        (NOVEMBER, NOVEMBER),
        (None, LONGEST),
        (LONGEST, LONGEST),
        (LONGEST + DAY, LONGEST),
        (TOMORROW, TOMORROW),
    ],
)
def test_until_a_day_and_sixty_days_at_most(asked: date | None, until: date) -> None:
    turn = turn_of()
    assert pause(turn, "mentee", asked) == turn.state.pause == Pause(NOW, until, "mentee")
    assert turn.state.standing == "paused"
    assert reasons(turn) == [f"paused until {until} (mentee)"]


@pytest.mark.parametrize("asked", [date(2026, 10, 7), date(2026, 10, 1)])
def test_one_that_would_be_over_is_none(asked: date) -> None:
    turn = turn_of()
    assert pause(turn, "mentee", asked) is None
    assert (turn.state.standing, turn.state.pause, reasons(turn)) == ("active", None, [])


def test_today_is_that_of_the_pairs_own_clock() -> None:
    after_midnight = berlin("2026-10-08T00:30")  # the 7th in UTC
    assert pause(turn_of(now=after_midnight), "mentor", TOMORROW) is None
    said = pause(turn_of(now=after_midnight), "mentor", None)
    assert said and said.until == LONGEST + DAY


def test_after_silence_it_has_no_end() -> None:
    turn = turn_of()
    assert pause(turn, "silence", None) == Pause(NOW, None, "silence")
    assert reasons(turn) == ["paused until somebody says RESUME (silence)"]


@pytest.mark.parametrize(
    ("standing", "may"),
    [("invited", False), ("active", True), ("paused", True), ("closing", False), ("closed", False)],
)
def test_only_what_runs_can_pause(standing: str, may: bool) -> None:
    turn = turn_of(standing=standing)
    assert (pause(turn, "mentor", None) is not None) is may
    assert turn.state.standing == ("paused" if may else standing)


def test_what_stands_and_what_waits_is_left_out_and_the_series_ends_before_it() -> None:
    fell = replace(meeting(20), standing="cancelled", cancelled_at=LONG_AGO)
    took_place = replace(meeting(6), start=NOW)
    turn = turn_of(series=(series(),), meetings=(took_place, meeting(13), fell))
    pause(turn, "mentor", NOVEMBER)
    assert [(m.standing, m.off) for m in turn.state.meetings] == [
        ("planned", ""), ("skipped", "pause"), ("skipped", "pause"),
    ]  # fmt: skip
    (ended,) = turn.state.series
    assert (ended.standing, ended.rule.until) == ("ended", date(2026, 10, 12))


def test_what_is_asked_of_the_two_waits_no_longer_but_what_they_wish_does() -> None:
    dropped = ("clash", "still-good", "kindly", "lighter", "absence")
    kept = ("wish", "extend", "leave", "zone-changed")
    questions = tuple(Question(kind, "mentor", "x", LONG_AGO, NOW) for kind in (*dropped, *kept))  # type: ignore[arg-type]
    turn = turn_of(questions=questions)
    pause(turn, "mentor", None)
    assert tuple(q.kind for q in turn.state.questions) == kept


# --- of a mentor, in the other pairings


@pytest.mark.parametrize(
    ("known", "asked", "until"),
    [
        (None, NOVEMBER, NOVEMBER),
        (None, None, LONGEST),
        (NOVEMBER - DAY, NOVEMBER, NOVEMBER),
        (NOVEMBER + DAY, NOVEMBER, NOVEMBER + DAY),
        (LONGEST - DAY, None, LONGEST),
    ],
)
def test_one_that_lasts_longer_already_stays(
    known: date | None, asked: date | None, until: date
) -> None:
    turn = turn_of(**(paused(Pause(LONG_AGO, known, "mentee")) if known else {}))
    pause_too(turn, "mentor", asked)
    assert turn.state.pause and turn.state.pause.until == until
    stays = known is not None and known > NOVEMBER and asked is not None
    assert turn.state.pause.by == ("mentee" if stays else "mentor")


@pytest.mark.parametrize(
    ("known", "asked"), [(NOVEMBER, NOVEMBER), (LONGEST, None), (None, NOVEMBER), (None, None)]
)
def test_and_so_does_one_that_lasts_as_long_or_without_an_end(
    known: date | None, asked: date | None
) -> None:
    own = Pause(LONG_AGO, known, "silence")
    turn = turn_of(**paused(own))
    pause_too(turn, "mentor", asked)
    assert turn.state.pause == own


@pytest.mark.parametrize(("by", "goes_on"), [("mentor", True), ("mentee", False), ("admin", False), ("silence", False)])  # fmt: skip
def test_a_mentor_who_goes_on_ends_no_pause_of_somebody_else(by: Any, goes_on: bool) -> None:
    turn = turn_of(**paused(replace(BY_ANA, by=by)))
    resume_too(turn, "mentor")
    assert (turn.state.standing == "active") is goes_on


AT_NIGHT = berlin("2026-10-08T00:30")  # in UTC it is the 7th


@pytest.mark.parametrize(
    ("known", "until"), [(LONGEST, LONGEST + DAY), (LONGEST + DAY, LONGEST + DAY)]
)
def test_the_longest_is_counted_in_days_of_the_pairs_own_clock(known: date, until: date) -> None:
    turn = turn_of(now=AT_NIGHT, **paused(replace(BY_ANA, until=known)))
    pause_too(turn, "mentor", None)
    assert turn.state.pause and turn.state.pause.until == until
    assert (turn.state.pause.since == AT_NIGHT) is (known != until)


# --- it ends


@pytest.mark.parametrize(("by", "said"), [("mentee", "resumed (mentee)"), ("", "resumed")])
def test_it_goes_on(by: Any, said: str) -> None:
    gone = series("gone", standing="gone")
    turn = turn_of(**paused(series=(gone, series(standing="ended"))))
    assert resume(turn, by)
    assert (turn.state.standing, turn.state.pause) == ("active", None)
    assert turn.state.resumed == replace(BY_ANA, ended_by=by, ended_at=NOW)
    assert [s.uid for s in turn.state.series] == ["tuesdays"]  # another takes the other's place
    assert (turn.state.wants_time, reasons(turn)) == ("", [said])


@pytest.mark.parametrize(
    "state", [{}, {"standing": "closing", "pause": BY_ANA}, {"standing": "paused"}]
)
def test_what_is_not_paused_does_not_go_on(state: dict[str, Any]) -> None:
    turn = turn_of(**state)
    assert not resume(turn, "mentor")
    assert turn.state.resumed is None


def test_without_a_regular_time_one_is_looked_for() -> None:
    turn = turn_of(of=replace(line(), at=None), **paused())
    resume(turn, "mentor")
    assert turn.state.wants_time == "change"


def test_a_plan_of_sessions_needs_none() -> None:
    of = replace(line(), at=None, cadence=replace(line().cadence, sessions=4, within_days=90))
    turn = turn_of(of=of, **paused())
    resume(turn, "mentor")
    assert turn.state.wants_time == ""


TWO_DAYS_BEFORE = berlin("2026-11-01T00:00")


@pytest.mark.parametrize(
    ("now", "ahead", "over"),
    [
        (TWO_DAYS_BEFORE - MINUTE, 2, False),
        (TWO_DAYS_BEFORE, 2, True),
        (TWO_DAYS_BEFORE, 1, False),
        (berlin("2026-11-03T00:00"), 0, True),
    ],
)
def test_it_is_over_when_its_end_is_told(now: Any, ahead: int, over: bool) -> None:
    turn = turn_of(now=now, program=replace(PATIENT, resume_ahead_days=ahead), **paused())
    keep_pause(turn)
    assert (turn.state.standing == "active") is over
    if over:
        assert turn.state.resumed == replace(BY_ANA, ended_at=now)
    else:
        assert turn.watch.wake_at == TWO_DAYS_BEFORE + (2 - ahead) * DAY


@pytest.mark.parametrize(
    ("now", "told_long", "told"),
    [
        (LONG_AGO + 60 * DAY - MINUTE, False, False),
        (LONG_AGO + 60 * DAY, False, True),
        (LONG_AGO + 90 * DAY, True, False),  # once
    ],
)
def test_after_sixty_days_without_an_end_the_contact_is_told_once(
    now: Any, told_long: bool, told: bool
) -> None:
    turn = turn_of(now=now, **paused(Pause(LONG_AGO, None, "silence", told_long)))
    keep_pause(turn)
    assert [e.change for e in turn.effects] == ([TellAdmin("paused-long", {})] if told else [])
    assert turn.state.pause == Pause(LONG_AGO, None, "silence", told or told_long)
    assert turn.state.standing == "paused"


# --- the files


STOPPED = replace(line(), state="paused", resumes=NOVEMBER)
ADMINS = replace(BY_ANA, by="admin")


@pytest.mark.parametrize(
    ("of", "known", "state", "remembered"),
    [
        (STOPPED, {}, "admin 2026-11-03", "until 2026-11-03"),
        (replace(STOPPED, resumes=None), {}, "admin 2026-12-06", "until None"),
        (STOPPED, {"paused_by_files": "until 2026-11-03"}, "active", "until 2026-11-03"),  # over
        (STOPPED, paused(paused_by_files="until 2026-10-30"), "admin 2026-11-03", "until 2026-11-03"),
        (line(), paused(ADMINS, paused_by_files="until 2026-11-03"), "active", ""),
        (line(), paused(ADMINS), "admin 2026-11-03", ""),
        (line(), paused(paused_by_files="until 2026-11-03"), "mentor 2026-11-03", ""),
        (line(), {"paused_by_files": "until 2026-11-03"}, "active", ""),
        (line(), {}, "active", ""),
        (replace(line(), state="closing"), {}, "active", ""),
    ],
)  # fmt: skip
def test_what_the_files_say_counts_once(
    of: Any, known: dict[str, Any], state: str, remembered: str
) -> None:
    turn = turn_of(of=of, **known)
    keep_pause(turn)
    then = turn.state.pause
    assert (f"{then.by} {then.until}" if then else turn.state.standing) == state
    assert turn.state.paused_by_files == remembered
    if known.get("pause") == ADMINS and state == "active":
        assert turn.state.resumed and turn.state.resumed.ended_by == "admin"
