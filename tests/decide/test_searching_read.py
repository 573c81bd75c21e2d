"""When busy times are read for a search, how widely, and what then counts as free (RULES 6, 7).

Not where is looked: test_searching_windows.py.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from daemon.decide.searching import busy_around, busy_at, covering, is_free, overlapping
from daemon.domain.meeting import Slot
from daemon.domain.observation import BusyInterval
from daemon.domain.value import replace
from daemon.domain.world import Commitment
from tests.decide.pair_cast import DAY
from tests.decide.searching_cast import CANCELLED, NOW, berlin, busy_seen, turn_of


def test_busy_times_are_read_as_widely_as_the_beat_may_need_them() -> None:
    for read, start, end in (
        (busy_at, CANCELLED.start, CANCELLED.end),
        (busy_around, berlin("10-06T10:00"), berlin("10-19T15:00")),
    ):
        turn = turn_of(CANCELLED, read=False)
        assert read(turn, CANCELLED) is None
        (need,) = turn.needs
        assert (need.start, need.end, need.calendar) == (start, end, "ana@example.org")
        assert turn.watch.wake_at == NOW + timedelta(minutes=10)
        assert turn.reasons == []


def test_what_is_asked_about_far_away_is_read_too() -> None:
    far = Slot(berlin("12-01T15:00"), berlin("12-01T15:30"))
    turn = turn_of(CANCELLED, read=False)
    assert is_free(turn, CANCELLED, far) is None and is_free(turn, None, far) is None
    assert [(n.start, n.end) for n in turn.needs] == [
        (berlin("10-06T10:00"), far.end),
        (far.start, far.end),
    ]


@pytest.mark.parametrize(
    ("lost", "minutes"),
    [(False, 10), (True, 60)],
)
def test_what_could_not_be_read_is_asked_for_again_later(lost: bool, minutes: int) -> None:
    turn = turn_of(read=False)
    turn.busy.append(busy_seen(NOW, NOW + 30 * DAY, failed=True, lost=lost))
    assert busy_at(turn, CANCELLED) is None
    assert turn.needs == []
    assert [each.text for each in turn.reasons] == ["the busy times could not be read: asked again later"]  # fmt: skip
    assert turn.watch.wake_at == NOW + timedelta(minutes=minutes)


def test_the_last_answer_that_covers_it_counts() -> None:
    slot = CANCELLED.slot
    short = busy_seen(slot.start + timedelta(minutes=1), slot.end + DAY)
    early = busy_seen(slot.start - DAY, slot.end - timedelta(minutes=1))
    exact, wide = busy_seen(slot.start, slot.end), busy_seen(NOW, NOW + 30 * DAY)
    turn = turn_of(read=False)
    for seen, expected in (
        ((), None), ((short, early), None), ((exact,), exact), ((wide, exact), exact),
        ((exact, wide, short), wide),
    ):  # fmt: skip
        turn.busy = list(seen)
        assert covering(turn, slot) is expected


def test_what_lies_at_the_very_time() -> None:
    def interval(first: int, after: int) -> BusyInterval:
        start = CANCELLED.start
        return BusyInterval(
            start + first * timedelta(minutes=1), start + after * timedelta(minutes=1)
        )

    there = [
        interval(-60, 0),
        interval(-60, 1),
        interval(5, 10),
        interval(29, 60),
        interval(30, 60),
    ]
    found = overlapping(there, CANCELLED)
    assert found == [Slot(each.start, each.end) for each in there[1:4]]


@pytest.mark.parametrize(
    ("kind", "who", "free"),
    [
        ("meeting", "ana", False),
        ("picked", "ana", False),
        ("picked", "dan", False),
        ("offer", "dan", True),  # who accepts first has it
        ("letter", "ana", True),
    ],
)
def test_the_first_acceptance_wins(kind: Any, who: str, free: bool) -> None:
    slot = Slot(berlin("10-14T15:00"), berlin("10-14T15:30"))
    turn = turn_of(CANCELLED)
    promised = Commitment("pairing/ana-eva", kind, slot.start, slot.end)
    turn.world = replace(turn.world, commitments={who: (promised,)})
    assert is_free(turn, CANCELLED, slot) is free
