"""A 1:1 that its mentor takes off the calendar before the daemon has looked once more, on real folders.

Not deletions that a calendar tells: those are stories (RULES 5, rows 1 and 3).
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from daemon.domain.meeting import Slot
from tests.cli.acted import Village

MONDAY = datetime(2026, 12, 28, 9, 0, tzinfo=UTC)


@pytest.fixture
def moved(tmp_path: Path) -> Village:
    """Abe has picked the second of three times; the 1:1 has just been put there, and nobody has looked since."""
    made = Village(tmp_path / "mine", 1, MONDAY)
    made.all_running()
    made.hands.delete("ada@example.org", at_ada(made)[0].place)
    for _ in range(2):
        made.passes(minutes=30)
        made.run("once")
    made.says("abe@example.org", "proposal", "2")
    made.passes(minutes=30)
    made.run("once")
    return made


def at_ada(made: Village) -> list[Slot]:
    """What stands on Ada's calendar in the next two weeks."""
    now = made.time.now()
    return made.hands.calendar("ada@example.org", Slot(now, now + timedelta(days=14)))


def looks(made: Village) -> list[str]:
    """Two beats with the wait of a repair between them; what was decided about what was seen."""
    for _ in range(2):
        made.passes(minutes=10)
        made.run("once")
    entries = made.facts("why", "ada-ash-abe-elm", "--last", "500")["entries"]
    return [each["why"] for each in entries if "taken off the calendar" in each["why"]]


def test_deleted_at_once_it_is_noticed_by_the_next_look(moved: Village) -> None:
    booked = next(each for each in at_ada(moved) if not each.series)
    moved.hands.delete("ada@example.org", booked.place)
    assert len(looks(moved)) == 2  # the date itself, and the time that took its place


def test_left_alone_nothing_is_said_and_all_is_not_listed_again(moved: Village) -> None:
    assert len(looks(moved)) == 1
    assert moved.run("status").out.splitlines()[-1] == "Nothing needs you."
