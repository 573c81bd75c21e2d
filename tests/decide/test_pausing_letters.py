"""The letters of a pause, as tables: who hears of it and of its end, when, and what they say (RULES 3 and 8).

Not how it begins and ends: test_pausing.py. Not whole stories: tests/stories/test_pause.py.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from daemon.decide.pausing import pause_letters
from daemon.decide.seen import PairingTurn
from daemon.domain.effect import Effect, SendLetter
from daemon.domain.meeting import Meeting
from daemon.domain.pair import Pause
from daemon.domain.value import replace
from daemon.domain.world import Commitment
from tests.decide.pair_cast import HOUR, LONG_AGO, MINUTE, NOW, berlin, mark, meeting, turn_of
from tests.decide.pausing_cast import NOVEMBER
from tests.stories.cast import line

NIGHT = berlin("2026-10-07T22:00")  # half past one in Kolkata
MORNING = berlin("2026-10-08T03:30")


def letters(turn: PairingTurn) -> list[Effect]:
    pause_letters(turn)
    return turn.effects


def readers(turn: PairingTurn) -> list[str]:
    """Who reads what."""
    return [f"{e.stem.split('/')[0]} {e.stem.rsplit('/', 1)[1]}" for e in letters(turn)]


def facts(turn: PairingTurn) -> dict[str, Any]:
    (effect,) = letters(turn)
    assert isinstance(effect.change, SendLetter)
    return effect.change.facts


# --- paused


def out(number: int = 13, start: datetime | None = None, since: datetime = NOW) -> Meeting:
    """A 1:1 that the pause of that moment left out."""
    known = meeting(number)
    if start:
        known = replace(known, start=start, end=start + HOUR)
    return replace(known, standing="skipped", settled_by="rule", settled_at=since, off="pause")


def paused(
    by: Any = "mentor", since: datetime = NOW, until: date | None = NOVEMBER, **state: Any
) -> PairingTurn:
    return turn_of(standing="paused", pause=Pause(since, until, by), **state)


@pytest.mark.parametrize(
    ("by", "who"),
    [
        ("mentor", ["paused ben"]),
        ("mentee", ["paused ana"]),
        ("admin", ["paused ana", "paused ben"]),
        ("silence", ["paused ana", "paused ben"]),
    ],
)
def test_who_asked_for_it_is_answered_at_once_and_the_others_read_of_it(
    by: Any, who: list[str]
) -> None:
    assert readers(paused(by)) == who


def test_until_when_and_the_first_1_1_that_is_left_out() -> None:
    (effect,) = letters(paused(meetings=(out(20), out(13))))
    assert effect.stem == "paused/pairing/ana-ben/pause-20261007T080000/ben"
    assert effect.change == SendLetter(
        "paused", "ben",
        {"until": "2026-11-03", "out_start": "2026-10-13T13:00:00Z", "urgent": False},
    )  # fmt: skip
    assert effect.reason == "paused, first at 2026-10-13T13:00:00Z"
    assert effect.explained == ""


def test_without_an_end_none_is_named() -> None:
    assert facts(paused(until=None))["until"] == ""


@pytest.mark.parametrize(
    ("known", "named"),
    [
        ((), None),
        ((out(since=LONG_AGO),), None),  # by a pause that is over
        ((out(since=NOW - HOUR),), "2026-10-13T13:00:00Z"),  # by one whose place it took
        ((out(start=NOW, since=NOW - HOUR),), None),
        ((out(20), out(since=NOW - HOUR)), "2026-10-13T13:00:00Z"),
        ((replace(out(), off="away"),), None),
        ((out(start=NOW),), None),  # it has begun
        ((out(start=NOW + MINUTE),), "2026-10-07T08:01:00Z"),
    ],
)
def test_only_what_this_pause_left_out_is_named(
    known: tuple[Meeting, ...], named: str | None
) -> None:
    over = Pause(LONG_AGO, NOVEMBER, "mentee", ended_at=NOW - HOUR)
    assert facts(paused(meetings=known, resumed=over))["out_start"] == named


@pytest.mark.parametrize(
    ("reader", "named"), [("ben", "2026-10-20T13:00:00Z"), ("ana", "2026-10-13T13:00:00Z")]
)
def test_whoever_has_read_of_the_pause_whose_place_it_took_reads_what_is_new(
    reader: str, named: str
) -> None:
    marks = {f"paused/pairing/ana-ben/pause-1/{reader}": mark()}
    known = (out(20), out(since=NOW - HOUR))
    assert facts(paused(meetings=known, marks=marks))["out_start"] == named


def test_where_nothing_is_left_out_the_reason_says_so() -> None:
    assert [e.reason for e in letters(paused())] == ["paused, first at no 1:1"]


@pytest.mark.parametrize(("by", "explained"), [("admin", "config"), ("silence", ""), ("mentee", "")])  # fmt: skip
def test_an_admins_pause_is_explained_by_the_files(by: Any, explained: str) -> None:
    assert {e.explained for e in letters(paused(by))} == {explained}


def test_it_waits_for_the_morning_of_its_reader() -> None:
    turn = paused(since=NIGHT, now=NIGHT)
    assert (readers(turn), turn.watch.wake_at) == ([], MORNING)
    (effect,) = letters(paused(since=NIGHT, now=MORNING))
    assert effect.opens == MORNING


@pytest.mark.parametrize(
    ("start", "goes"), [(NIGHT + 12 * HOUR - MINUTE, True), (NIGHT + 12 * HOUR, False)]
)
def test_nobody_sets_out_for_a_1_1_of_the_next_hours(start: datetime, goes: bool) -> None:
    left_out = (out(20, since=NIGHT), out(13, start, NIGHT))
    found = letters(paused(since=NIGHT, now=NIGHT, meetings=left_out))
    assert [e.opens for e in found] == ([NIGHT] if goes else [])
    if found and isinstance(found[0].change, SendLetter):
        assert found[0].change.facts["urgent"] is True


def full(turn: PairingTurn) -> PairingTurn:
    """Both have read a letter that counts today."""
    counts = Commitment("pairing/elsewhere", "letter", turn.now, turn.now, "counts")
    turn.world = replace(turn.world, commitments={"ana": (counts,), "ben": (counts,)})
    return turn


@pytest.mark.parametrize(("late", "goes"), [(0 * MINUTE, True), (MINUTE, False)])
def test_the_caps_put_it_off_until_twelve_hours_before_the_first_that_is_left_out(
    late: timedelta, goes: bool
) -> None:
    left_out = (out(start=MORNING + 12 * HOUR + late),)
    assert readers(full(paused(meetings=left_out))) == (["paused ben"] if goes else [])


# --- resumed


def resumed(
    by: Any = "mentor", ended_by: Any = "", told: tuple[str, ...] = ("ana", "ben"),
    at: datetime = NOW, **state: Any,
) -> PairingTurn:  # fmt: skip
    """It is over; these have read of the pause."""
    over = Pause(LONG_AGO, NOVEMBER, by, ended_by=ended_by, ended_at=at)
    stems = [f"paused/pairing/ana-ben/pause-20260901T100000/{person}" for person in told]
    marks = dict.fromkeys(stems, mark())
    return turn_of(**{"resumed": over, "marks": marks, **state})


@pytest.mark.parametrize(
    ("by", "ended_by", "told", "who"),
    [
        ("mentor", "", ("ben",), ["resumed ana", "resumed ben"]),  # its date has come
        ("silence", "", (), ["resumed ana", "resumed ben"]),
        ("mentor", "mentor", ("ben",), ["resumed ben"]),  # who ends it is answered at once
        ("mentor", "mentor", (), []),  # and who never heard of it need not
        ("mentor", "mentee", ("ben",), ["resumed ana"]),  # who asked for it knows of it
        ("mentee", "mentor", ("ana",), ["resumed ben"]),
        ("admin", "admin", ("ana", "ben"), ["resumed ana", "resumed ben"]),
        ("admin", "admin", ("ben",), ["resumed ben"]),
        ("admin", "admin", (), []),
        ("silence", "mentee", ("ana", "ben"), ["resumed ana"]),
    ],
)
def test_who_reads_that_it_is_over(
    by: Any, ended_by: Any, told: tuple[str, ...], who: list[str]
) -> None:
    assert readers(resumed(by, ended_by, told)) == who


def test_a_letter_that_never_went_has_told_nobody() -> None:
    stem = "paused/pairing/ana-ben/pause-20260901T100000/ben"
    waiting = replace(mark(), standing="skipped")
    assert readers(resumed("mentor", "mentor", (), marks={stem: waiting})) == []


def test_it_names_the_next_date() -> None:
    both = letters(resumed(meetings=(meeting(20),)))
    for effect, who in zip(both, ("ana", "ben"), strict=True):
        assert effect.stem == f"resumed/pairing/ana-ben/pause-20260901T100000/{who}"
        start = "2026-10-20T13:00:00Z"
        assert effect.change == SendLetter("resumed", who, {"start": start})
        assert effect.reason == f"the pause is over: {start}"
        assert effect.explained == ""


@pytest.mark.parametrize(
    "state",
    [
        {"standing": "paused"},  # and paused anew
        {"standing": "closing"},
        {"of": replace(line(), at=None)},  # there is no next date yet
    ],
)
def test_where_it_does_not_go_on_nothing_is_told(state: dict[str, Any]) -> None:
    assert readers(resumed(**state)) == []


def test_what_the_admin_ends_is_explained_by_the_files() -> None:
    assert {e.explained for e in letters(resumed("admin", "admin"))} == {"config"}
    assert {e.explained for e in letters(resumed("admin", "mentor"))} == {""}


def test_the_end_too_waits_for_the_morning_of_its_reader() -> None:
    turn = resumed(at=NIGHT, now=NIGHT)
    assert (readers(turn), turn.watch.wake_at) == ([], MORNING)
    (effect,) = letters(resumed(at=NIGHT, now=MORNING))
    assert (effect.stem.rsplit("/", 1)[1], effect.opens) == ("ben", MORNING)


def test_what_somebody_asked_for_is_no_letter_that_counts() -> None:
    assert readers(full(resumed("mentor", "mentor"))) == ["resumed ben"]
    assert readers(full(resumed("mentor", ""))) == []  # its date has come: tomorrow will do


@pytest.mark.parametrize(("late", "goes"), [(0 * MINUTE, True), (MINUTE, False)])
def test_the_caps_put_it_off_until_twelve_hours_before_the_next_one(
    late: timedelta, goes: bool
) -> None:
    start = MORNING + 12 * HOUR + late
    coming = replace(meeting(13), start=start, end=start + HOUR)
    assert ("resumed ben" in readers(full(resumed(meetings=(coming,))))) is goes
