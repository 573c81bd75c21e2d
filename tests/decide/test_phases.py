"""The phase of a pair, as a table.

Not how it is told: tests/stories/test_phases.py.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from daemon.decide.phases import phase_of
from daemon.domain.alone import Alone, Chemistry
from daemon.domain.pair import Agreed, Tally
from tests.decide.pair_cast import BEGUN, berlin, ruled, tuesday, turn_of
from tests.stories.cast import line

HELD = (tuesday(6, "held"),)
ASKED = Alone(chemistry=Chemistry(("mentor", "mentee")))
SETTLED = Alone(chemistry=Chemistry((), over=True))
ENDS = line(ends=date(2027, 3, 30))


@pytest.mark.parametrize(
    ("now", "wishes", "phase"),
    [
        ("2026-10-07T12:00", {"standing": "invited"}, "initiation"),
        ("2026-10-07T12:00", {"meetings": ()}, "initiation"),
        ("2026-10-07T12:00", {"meetings": (tuesday(6, "missed"), tuesday(13))}, "initiation"),
        ("2026-10-13T15:29", {"meetings": (tuesday(13),)}, "initiation"),
        ("2026-10-13T15:30", {"meetings": (tuesday(13),)}, "development"),
        ("2026-10-07T12:00", {"alone": ASKED}, "initiation"),
        ("2026-10-07T12:00", {"alone": SETTLED}, "development"),
        ("2026-10-07T12:00", {"meetings": (), "tally": Tally(1, 1)}, "development"),
        ("2026-10-07T12:00", {"standing": "paused"}, "development"),
        ("2027-01-03T23:59", {}, "development"),
        ("2027-01-04T00:00", {}, "maintenance"),
        ("2026-11-02T00:00", {"weeks": 4}, "maintenance"),
        ("2027-03-16T23:59", {"of": ENDS}, "maintenance"),
        ("2027-03-17T00:00", {"of": ENDS}, "closure"),
        ("2026-10-20T00:00", {"agreed": Agreed(ends=date(2026, 11, 2))}, "closure"),
        ("2026-10-20T00:00", {"standing": "closing"}, "closure"),
        ("2026-10-20T00:00", {"standing": "closed"}, "closure"),
    ],
)
def test_the_phase(now: str, wishes: dict[str, Any], phase: str) -> None:
    known = {"meetings": HELD, "weeks": 13, **wishes}
    meetings, weeks = known.pop("meetings"), known.pop("weeks")
    turn = turn_of(
        *meetings, now=berlin(now), program=ruled(development_weeks=weeks), since=BEGUN,
        mentee_yes=BEGUN, **known,
    )  # fmt: skip
    assert phase_of(turn) == phase


def test_nothing_is_woken_for_a_phase() -> None:
    turn = turn_of(*HELD, now=berlin("2026-10-07T12:00"), since=BEGUN)
    phase_of(turn)
    assert turn.watch.wake_at is None
