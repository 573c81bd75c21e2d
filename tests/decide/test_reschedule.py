"""When a question about another time is taken back, waits, ends or is carried out, as tables (RULES 7, last table).

Not which times it names (test_offering.py) and not its letters (test_asking.py).
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from daemon.decide.reschedule import reschedule
from daemon.domain.observation import BusyInterval
from daemon.domain.value import replace
from daemon.domain.world import PairingState
from tests.decide.choosing_cast import world
from tests.decide.pair_cast import DAY, HOUR, MINUTE
from tests.decide.reschedule_cast import Changes, outcome, tuesday, turn_with

# --- taken back


NEEDED: list[tuple[Changes, str]] = [
    ({}, "meeting 1 2 3"),
    ({"standing": "missed"}, "meeting 1 2 3"),
    ({"standing": "planned"}, "withdrawn"),
    ({"standing": "moved"}, "withdrawn"),
    ({"standing": "skipped"}, "withdrawn"),
    ({"settled_by": "choice"}, "withdrawn"),
    ({"standing": "missed", "settled_by": "silence"}, "withdrawn"),
    ({"standing": "planned", "asked_by": "mentor"}, "meeting 1 2 3"),
    ({"standing": "skipped", "settled_by": "rule", "asked_by": "mentee"}, "meeting 1 2 3"),
]


def test_it_stands_as_long_as_its_meeting_needs_another_time() -> None:
    found = [(changed, outcome(turn_with("asked", meeting=changed))) for changed, _ in NEEDED]
    assert found == NEEDED


GOING_ON: list[tuple[str, Changes, str]] = [
    ("asked", {"standing": "active"}, "meeting 1 2 3"),
    ("asked", {"standing": "closing"}, "meeting 1 2 3"),
    ("asked", {"standing": "paused", "pause": None}, "withdrawn"),
    ("asked", {"standing": "closed"}, "withdrawn"),
    ("regular", {"standing": "invited"}, "series 1 2 3"),
    ("regular", {"standing": "active"}, "series 1 2 3"),
    ("regular", {"standing": "closing"}, "withdrawn"),
    ("regular", {"standing": "paused"}, "withdrawn"),
]


def test_and_as_long_as_the_pair_goes_on() -> None:
    found = [(name, state, outcome(turn_with(name, state=state))) for name, state, _ in GOING_ON]
    assert found == GOING_ON


@pytest.mark.parametrize("wish", ["closing", "closed"])
@pytest.mark.parametrize("name", ["asked", "regular"])
def test_the_files_that_end_it_take_it_back(name: str, wish: str) -> None:
    known = world(name)[0].state
    assert isinstance(known, PairingState)
    turn = turn_with(name, state={"line": replace(known.line, state=wish)})
    assert outcome(turn) == "withdrawn"


def test_a_question_about_a_session_is_taken_back_when_one_of_the_two_leaves() -> None:
    session = {"kind": "session", "origin": None}
    assert outcome(turn_with("asked", proposal=session)) == "session 1 2 3"
    left = turn_with("asked", proposal=session, state={"stopped_by": "mentor"})
    assert outcome(left) == "withdrawn"


def test_what_was_to_stay_without_an_answer_and_falls_out_is_another_question() -> None:
    turn = turn_with("wished", meeting={"standing": "cancelled", "changed_at": None})
    assert outcome(turn) == "withdrawn"


def test_a_move_by_hand_is_asked_about_while_it_stands_there() -> None:
    assert outcome(turn_with("moved")) == "meeting 1 2 3"
    start = tuesday(turn_with("moved")).start + HOUR
    on = turn_with("moved", meeting={"start": start, "checked": True})
    assert outcome(on) == "withdrawn"


# --- opened for the pair as a whole, and for what was moved by hand


@pytest.mark.parametrize(
    ("standing", "becomes"),
    [("active", "series"), ("invited", "series"), ("paused", "none"), ("closing", "none")],
)
def test_a_regular_time_is_looked_for_while_the_pair_goes_on(standing: str, becomes: str) -> None:
    turn = turn_with("calm", state={"wants_time": "change", "standing": standing})
    assert outcome(turn).partition(" ")[0] == becomes


LATE = datetime(
    2026, 10, 15, 15, 30, tzinfo=UTC
)  # nine in the evening in Kolkata, after Ben's hours
BY_HAND: Changes = {
    "standing": "moved",
    "moved_by": "mentor",
    "start": LATE,
    "end": LATE + HOUR / 2,
    "changed_at": datetime(2026, 10, 9, 7, tzinfo=UTC),
}
PUT: list[tuple[Changes, str]] = [
    ({}, "meeting 1 2 3"),
    ({"moved_by": "program"}, "none"),
    ({"moved_by": "mentee"}, "none"),
    ({"checked": True}, "none"),
    ({"standing": "planned"}, "none"),
    ({"start": LATE - HOUR, "end": LATE - HOUR / 2}, "none"),  # inside them
    ({"start": LATE - HOUR / 2, "end": LATE}, "none"),  # to their very end
    ({"start": LATE - HOUR / 2, "end": LATE + MINUTE}, "meeting 1 2 3"),
    ({"start": LATE - 7 * DAY, "end": LATE - 7 * DAY + HOUR}, "none"),  # over
    ({"changed_at": datetime(2026, 10, 9, 8, 4, tzinfo=UTC)}, "none"),  # it may be dragged on
]


def test_only_a_move_by_the_mentors_hand_is_asked_about() -> None:
    found = [(row, outcome(turn_with("calm", meeting={**BY_HAND, **row}))) for row, _ in PUT]
    assert found == PUT


def test_what_suits_the_mentee_is_looked_at_once() -> None:
    inside = {"start": LATE - HOUR, "end": LATE - HOUR / 2}
    turn = turn_with("calm", meeting={**BY_HAND, **inside})
    reschedule(turn)
    assert tuesday(turn).checked


@pytest.mark.parametrize(
    ("begins", "becomes"),
    [(timedelta(), "meeting 1 2 3"), (HOUR / 2, "none"), (HOUR / 4, "meeting 1 2 3")],
)
def test_nor_may_anything_of_the_mentee_lie_on_it(begins: timedelta, becomes: str) -> None:
    start = LATE - HOUR
    turn = turn_with("calm", meeting={**BY_HAND, "start": start, "end": start + HOUR / 2})
    lies = (BusyInterval(start + begins, start + begins + HOUR),)
    turn.busy[0] = replace(turn.busy[0], busy={**turn.busy[0].busy, "ben@example.org": lies})
    assert outcome(turn) == becomes
