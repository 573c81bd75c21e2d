"""The first letters of a program, and how many at once is too many (RULES 10).

Not what a mass of changes is: see test_guard.py, whose people these are.
"""

from __future__ import annotations

import pytest

from daemon.domain.cadence import RegularTime
from daemon.domain.value import replace
from tests.stories.beginnings import NAMES, cancel_all, pairs, person
from tests.stories.cast import EVERY_DAY, KOSS, PATIENT, line
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import Stage, running

HELD = replace(KOSS, first_run="hold", new_people_per_hour=3)


def welcomed(stage: Stage) -> list[str]:
    """When each mentor read the first letter, in the order of NAMES."""
    for name in NAMES:
        stage.people[name.lower()].reads()
    return [letter.at for name in NAMES for letter in stage.people[name.lower()].letters[:1]]


@row("guard-first-run", settings=("first_run",))
@pytest.mark.parametrize(("first_run", "letters"), [("hold", []), ("send", ["welcome"])])
def test_the_first_letters_wait_for_a_person_or_go_at_once(
    first_run: str, letters: list[str]
) -> None:
    stage = Stage(*pairs(2), program=replace(KOSS, first_run=first_run))  # type: ignore[arg-type]
    stage.passes(5)
    assert [kind.split("-")[0] for kind in kinds(stage.people["ada"].reads())] == letters
    assert len(stage.on_hold()) == (2 if first_run == "hold" else 0)


@row("guard-new-people", settings=("new_people_per_hour",))
def test_so_many_new_people_an_hour_after_the_release() -> None:
    stage = Stage(*pairs(8), program=HELD)
    stage.passes(5)
    stage.until("Mon 5 Oct 13:00 Berlin")
    stage.release("first-run/koss")
    stage.until("Mon 5 Oct 18:00 Berlin")
    assert welcomed(stage) == [
        *["Mon 5 Oct 13:00"] * 3,
        *["Mon 5 Oct 14:00"] * 3,
        *["Mon 5 Oct 15:00"] * 2,
    ]


@row("guard-new-people", "letter-quiet")
def test_what_was_released_in_the_evening_wakes_nobody() -> None:
    stage = Stage(*pairs(8), program=HELD, start="Mon 5 Oct 20:00 Berlin")
    stage.passes(5)
    stage.release("first-run/koss")
    stage.until("Tue 6 Oct 12:00 Berlin")
    assert welcomed(stage) == [
        *["Mon 5 Oct 20:05"] * 3,
        *["Tue 6 Oct 07:00"] * 3,
        *["Tue 6 Oct 08:00"] * 2,
    ]


@row("guard-new-people")
def test_a_larger_roster_later_keeps_the_pace_and_nobody_else_waits() -> None:
    stage = Stage(*pairs(2), program=HELD)
    stage.passes(1)
    stage.release("first-run/koss")
    stage.people["ada"].replies("welcome-mentor-connected", "Yes")
    stage.people["adami"].replies("welcome-mentee", "Yes")
    stage.until("Mon 5 Oct 12:30 Berlin")
    stage.reconfigured(*pairs(8))
    stage.until("Mon 5 Oct 18:00 Berlin")
    assert welcomed(stage)[2:] == [*["Mon 5 Oct 12:30"] * 3, *["Mon 5 Oct 13:30"] * 3]
    assert kinds(stage.people["adami"].reads())[-1] == "prep-mentee"


@row("guard-mass", settings=("guard_share_percent", "guard_pairings"))
@pytest.mark.parametrize(
    ("settings", "fallen", "on_hold"),
    [
        ({}, 2, 0),
        ({}, 3, 3),
        ({"guard_pairings": 2}, 2, 2),  # 25 %, and enough of them
        ({"guard_share_percent": 50}, 3, 0),
        ({"guard_pairings": 1, "guard_share_percent": 10}, 1, 1),
    ],
)
def test_what_a_mass_is(settings: dict[str, int], fallen: int, on_hold: int) -> None:
    stage = running(*pairs(8), program=replace(PATIENT, **settings))  # type: ignore[arg-type]
    stage.until("Mon 12 Oct 10:00 Berlin")
    cancel_all(stage, "Tue 13 Oct", NAMES[:fallen])
    stage.passes(6)
    assert len(stage.on_hold()) == on_hold


@row("guard-mass", settings=("guard_letters",))
def test_more_letters_than_that_wait_however_many_pairings_there_are() -> None:
    stage = running(*pairs(8), program=replace(PATIENT, guard_letters=1, guard_pairings=8))
    stage.until("Mon 12 Oct 10:00 Berlin")
    cancel_all(stage, "Tue 13 Oct", NAMES[:2])
    stage.passes(6)
    assert len(stage.on_hold()) == 2


@row("guard-ordinary")
def test_a_monday_on_which_everybody_gets_a_letter_trips_nothing() -> None:
    stage = running(*pairs(8), program=replace(PATIENT, guard_letters=1, guard_pairings=1))
    stage.until("Wed 14 Oct 10:00 Berlin")  # eight preps at once, and eight times notes
    assert stage.on_hold() == []
    assert kinds(stage.people["adami"].reads())[-2:] == ["prep-mentee", "notes"]


@row("guard-restore", "letter-quiet")
def test_what_waited_after_a_restore_is_released_into_the_morning() -> None:
    far = replace(person("Kai", "Asia/Taipei"), hours=EVERY_DAY)
    stage = running(line(person("Ada"), far, RegularTime(2, 10, 0)), program=PATIENT)
    stage.until("Tue 13 Oct 10:00 Berlin")
    stage.daemon.ports.store.keep_value("restored", stage.now.isoformat())
    stage.until("Tue 13 Oct 18:00 Berlin")  # the prep was due at noon; now it is midnight in Taipei
    stage.people["kai"].reads()
    stage.release("restore/2026-10-13")
    stage.until("Wed 14 Oct 09:00 Berlin")
    assert [each.split("  ")[:2] for each in stage.people["kai"].reads()] == [
        ["Wed 14 Oct 07:00", "prep-mentee"]
    ]
