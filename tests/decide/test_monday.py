"""The week in counts as tables: on which moments it is told, and what each 1:1 counts as.

Not the letter: tests/stories/test_monday.py.
"""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from daemon.decide.monday import week_of, week_to_tell
from daemon.decide.programs import decide_program
from daemon.domain.effect import TellAdmin
from daemon.domain.meeting import Meeting, Origin
from daemon.domain.observation import SignSeen
from daemon.domain.report import WeekSeen
from daemon.domain.value import replace
from daemon.domain.world import PairingState, ProgramState, World
from tests.stories.cast import KOSS, line
from tests.stories.people import moment

KOLKATA = ZoneInfo("Asia/Kolkata")
MONDAY = moment("Mon 12 Oct 08:00 Kolkata")
WEEK = WeekSeen("2026-W42", MONDAY, 4, 3, 1, 0, 4, 12, 4, 0, 0, 0)


@pytest.mark.parametrize(
    ("at", "week"),
    [
        ("Sun 11 Oct 23:59 Kolkata", ""),
        ("Mon 12 Oct 07:59 Kolkata", ""),
        ("Mon 12 Oct 08:00 Kolkata", "2026-W42"),
        ("Mon 12 Oct 23:59 Kolkata", "2026-W42"),
        ("Tue 13 Oct 00:00 Kolkata", ""),
        ("Mon 12 Oct 03:00 Berlin", ""),  # 06:30 there
        ("Mon 12 Oct 04:30 Berlin", "2026-W42"),
    ],
)
def test_it_goes_on_mondays_from_eight_on(at: str, week: str) -> None:
    assert week_to_tell(moment(at), KOLKATA) == week


def meeting(at: str, **how: object) -> Meeting:
    start = moment(at)
    return replace(
        Meeting(Origin("2026-10-06T10:00", "UTC"), start, start + timedelta(hours=1)), **how
    )


@pytest.mark.parametrize(
    ("each", "counts"),
    [
        (meeting("Tue 6 Oct 10:00 Kolkata", standing="held", evidence="confirmed"), "due held"),
        (meeting("Sun 11 Oct 23:00 Kolkata"), "due held"),  # nobody has said that it did not
        (meeting("Tue 6 Oct 10:00 Kolkata", standing="moved"), "due held"),
        (meeting("Tue 6 Oct 10:00 Kolkata", standing="missed"), "due left_out"),
        (
            meeting("Tue 6 Oct 10:00 Kolkata", standing="skipped", settled_by="silence"),
            "due left_out",
        ),
        (meeting("Tue 6 Oct 10:00 Kolkata", standing="skipped", settled_by="rule"), ""),
        (meeting("Tue 6 Oct 10:00 Kolkata", standing="cancelled"), "due settling"),
        (meeting("Mon 5 Oct 00:00 Kolkata"), "due held"),
        (meeting("Sun 4 Oct 23:00 Kolkata"), ""),
        (meeting("Mon 12 Oct 00:00 Kolkata"), "ahead"),
        (meeting("Sun 18 Oct 23:00 Kolkata", standing="moved"), "ahead"),
        (meeting("Sun 18 Oct 23:00 Kolkata", standing="cancelled"), ""),
        (meeting("Mon 19 Oct 00:00 Kolkata"), ""),
    ],
)
def test_what_a_meeting_counts_as(each: Meeting, counts: str) -> None:
    state = PairingState(line(), "active", MONDAY, meetings=(each,))
    seen = week_of([state], 0, 0, MONDAY, KOLKATA)
    found = [
        name for name in ("due", "held", "left_out", "settling", "ahead") if getattr(seen, name)
    ]
    assert " ".join(found) == counts


def test_pairings_by_their_standing() -> None:
    every = [PairingState(line(), each, MONDAY) for each in ("invited", "active", "active", "paused", "closing", "closed")]  # fmt: skip
    seen = week_of(every, 7, 2, MONDAY, KOLKATA)
    assert (seen.invited, seen.active, seen.paused) == (1, 3, 1)
    assert (seen.letters, seen.waiting, seen.week) == (7, 2, "2026-W42")


def told(
    state: ProgramState | None, *seen: WeekSeen | SignSeen
) -> tuple[list[TellAdmin], ProgramState]:
    world = World(
        "program/koss", state, seen, (), KOSS, {}, {KOSS.timezone: ZoneInfo(KOSS.timezone)}
    )
    plan = decide_program(world, MONDAY)
    assert isinstance(plan.state, ProgramState)
    return [each.change for each in plan.effects if isinstance(each.change, TellAdmin)], plan.state


def test_what_is_nought_is_left_out_but_for_what_one_looks_for() -> None:
    (first,), state = told(None, WEEK)
    assert first == TellAdmin(
        "monday", {"due": 4, "held": 3, "left_out": 1, "ahead": 4, "letters": 12, "active": 4}
    )
    assert told(state, WEEK)[0] == []  # once for a week

    bare = replace(
        WEEK, due=0, held=0, left_out=0, ahead=0, letters=0, active=0, waiting=2, invited=1
    )
    (second,), _ = told(ProgramState("koss", quiet=("ben-das",), quiet_told=("ben-das",)), bare)
    assert second.facts == {
        "due": 0, "held": 0, "ahead": 0, "letters": 0, "active": 0, "invited": 1, "silent": 1,
        "waiting": 2,
    }  # fmt: skip
