"""LATE: who waits is told at once, and nobody else is troubled (LETTERS 3).

Not a 1:1 that cannot take place.
"""

from __future__ import annotations

import pytest

from daemon.domain.observation import Said
from daemon.domain.value import replace
from tests.stories.beginnings import on_monday
from tests.stories.cast import BEN, PATIENT, line
from tests.stories.rows import row
from tests.stories.stage import Stage, before


def late(minutes: int) -> Said:
    return Said("late", numbers=(minutes,) if minutes else ())


def on_tuesday(at: str = "Tue 13 Oct 14:50 Berlin") -> Stage:
    """Ten minutes before the 1:1."""
    stage = on_monday()
    stage.until(at)
    stage.all_read()
    return stage


@row("letter-late")
def test_the_other_one_reads_it_at_once_and_nothing_changes() -> None:
    stage = on_tuesday()
    stage.ben.says("prep-mentee", late(10))
    assert stage.ana.reads() == [
        "Tue 13 Oct 14:50  late  Ben will be about 10 minutes late. Nothing to do."
    ]
    assert "The 1:1 stays as it is: Tue 13 Oct, 15:00 Berlin (18:30 Kolkata)." in (
        stage.ana.last().text
    )
    assert stage.ben.reads() == [
        "Tue 13 Oct 18:20  ack  Understood: Ana hears that you are about 10 minutes late."
    ]
    assert stage.standing("Tue 13 Oct") == "planned"


@row("letter-late")
def test_once_for_each_number() -> None:
    stage = on_tuesday()
    for minutes in (10, 10, 15):
        stage.ben.says("prep-mentee", late(minutes))
    assert [each.split("  ")[2] for each in stage.ana.reads()] == [
        "Ben will be about 10 minutes late. Nothing to do.",
        "Ben will be about 15 minutes late. Nothing to do.",
    ]
    assert len(stage.ben.reads()) == 3


@row("letter-late", "letter-urgent")
def test_in_the_other_ones_night_as_well() -> None:
    stage = before(
        line(mentee=replace(BEN, zone="America/Vancouver")), at="Mon 12 Oct 10:00 Berlin"
    )
    stage.until("Tue 13 Oct 14:50 Berlin")
    stage.all_read()
    stage.ana.says("started", late(0))
    assert stage.ben.reads() == [
        "Tue 13 Oct 05:50  late  Ana will be a little late. Nothing to do."
    ]


@row("letter-late")
def test_when_it_has_begun_already_it_is_told_and_after_it_nobody_is() -> None:
    stage = on_tuesday("Tue 13 Oct 15:05 Berlin")
    stage.ben.says("", late(10))
    assert [each.split("  ")[1] for each in stage.ana.reads()] == ["late"]
    stage.until("Tue 13 Oct 15:40 Berlin")
    stage.all_read()
    stage.ben.says("", late(10))
    assert stage.ana.reads() == []
    assert stage.ben.reads()[-1].endswith(
        "unclear  I see no 1:1 in the next hours, so I have told nobody that you are late."
    )


@row("letter-late", "letter-unclear")
def test_a_1_1_of_another_day_is_not_guessed() -> None:
    stage = on_monday()
    stage.ben.says("started", late(10))
    assert stage.ana.reads() == []
    assert stage.ben.reads() == [
        "Mon 12 Oct 13:30  unclear  I see no 1:1 in the next hours, so I have told nobody that you are late."
    ]
    assert "Is it about a later one? Reply LATE on that day." in stage.ben.last().text


@row("letter-late", "letter-unclear")
@pytest.mark.parametrize(("minutes", "told"), [(29, ["late"]), (30, [])])
def test_as_late_as_it_is_long_is_asked_about(minutes: int, told: list[str]) -> None:
    stage = on_tuesday()
    stage.ben.says("prep-mentee", late(minutes))
    assert [each.split("  ")[1] for each in stage.ana.reads()] == told
    if not told:
        assert stage.ben.last().first == "That would be the whole 1:1. Shall it take place at all?"


def at_night() -> Stage:
    """Nineteen hours before the 1:1, of the same day, and nothing about it is urgent yet."""
    stage = before(
        line(at=replace(line().at, hour=20)), at="Mon 12 Oct 10:00 Berlin",
        program=replace(PATIENT, urgent_hours=2),
    )  # fmt: skip
    stage.until("Tue 13 Oct 01:00 Berlin")
    stage.all_read()
    return stage


@row("letter-late", "letter-quiet")
@pytest.mark.parametrize("how", ["SKIP", "deleted", "moved", "paused"])
def test_what_falls_out_or_moves_meanwhile_is_told_as_that_alone(how: str) -> None:
    stage = at_night()
    stage.ben.says("started", late(10))
    match how:
        case "SKIP":
            stage.ben.says("started", "skip")
        case "deleted":
            stage.ana.deletes("Tue 13 Oct")
        case "moved":
            stage.ana.drags("Tue 13 Oct", "Wed 14 Oct 20:00")
        case _:
            stage.ben.replies("started", "PAUSE until 2 Nov")
    stage.until("Tue 13 Oct 12:00 Berlin")
    assert "late" not in [each.split("  ")[1] for each in stage.ana.reads()]


@row("letter-late")
def test_of_another_time_the_same_number_is_told_as_well() -> None:
    stage = on_tuesday()
    stage.ben.says("prep-mentee", late(10))
    stage.ana.drags("Tue 13 Oct", "Tue 13 Oct 17:00")
    stage.until("Tue 13 Oct 16:50 Berlin")
    stage.ben.says("prep-mentee", late(10))
    assert [each.split("  ")[1] for each in stage.ana.reads()].count("late") == 2


@row("letter-late", "letter-quiet")
def test_of_tonight_and_far_off_the_newest_number_waits_for_the_morning() -> None:
    stage = at_night()
    stage.ben.says("started", late(5))
    stage.ben.says("started", late(20))
    assert stage.ana.reads() == []
    stage.until("Tue 13 Oct 08:00 Berlin")
    assert stage.ana.reads() == [
        "Tue 13 Oct 07:00  late  Ben will be about 20 minutes late. Nothing to do."
    ]
