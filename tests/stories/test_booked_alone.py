"""What the program may book by itself, and what it never does: for whom nothing is known, what stays anyway, what would
be seen too late, what was taken back once (RULES 7, `policy`).

Not the letters about it: test_policies.py.
"""

from __future__ import annotations

import pytest

from daemon.domain.value import replace
from tests.stories.cast import PATIENT
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import Stage, before


def asked(policy: str, **settings: object) -> Stage:
    """Ana has taken Tuesday off, which counts at 9:00 UTC on Friday."""
    program = replace(PATIENT, policy=policy, **settings)  # type: ignore[arg-type]
    stage = before(program=program, at="Fri 9 Oct 08:54 UTC")
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(5)
    assert f"{stage.now:%H:%M}" == "09:00"
    return stage


def booked(stage: Stage) -> str:
    """When the 1:1 of Tuesday takes place now, by Ana's clock."""
    return stage.ana.calendar()[0].removesuffix(" one-off")


@row("proposal-auto-book", settings=("no_change_hours",))
@pytest.mark.parametrize(
    ("hours", "first"),
    [
        (75, "Mon 12 Oct 15:00"),
        (76, "Wed 14 Oct 15:00"),  # Monday, 13:00 UTC is 76 hours away
        (123, "Wed 14 Oct 15:00"),
        (124, "Thu 15 Oct 15:00"),
        (150, "Tue 20 Oct 15:00"),  # none of them: it is asked about
    ],
)
def test_at_once_what_is_farther_away_than_those_hours(hours: int, first: str) -> None:
    stage = asked("auto-book", no_change_hours=hours)
    assert booked(stage) == first
    assert kinds(stage.ben.reads()) == (["proposal"] if hours == 150 else ["moved"])


@row("proposal-auto-deadline", settings=("no_change_hours",))
@pytest.mark.parametrize(
    ("hours", "first"),
    [
        (63, "Mon 12 Oct 15:00"),
        (64, "Wed 14 Oct 15:00"),  # the silence ends on Friday at 21:00 UTC, 64 hours before
        (0, "Mon 12 Oct 15:00"),
    ],
)
def test_after_the_deadline_what_is_farther_away_than_those_hours(hours: int, first: str) -> None:
    stage = asked("auto-after-deadline", answer_by_hours=12, no_change_hours=hours)
    stage.until("Fri 9 Oct 20:59 UTC")
    assert booked(stage) == "Tue 20 Oct 15:00"
    stage.passes(1)
    assert booked(stage) == first


@row("proposal-auto-deadline")
def test_where_all_are_too_near_it_is_left_out() -> None:
    stage = asked("auto-after-deadline", answer_by_hours=12, no_change_hours=136)
    stage.until("Fri 9 Oct 21:00 UTC")
    assert stage.standing("Tue 13 Oct") == "skipped silence"


@row("proposal-auto-deadline")
@pytest.mark.parametrize("busy", [["Mon 12"], ["Mon 12", "Wed 14"]])
def test_the_first_that_is_free_is_taken_and_not_the_first(busy: list[str]) -> None:
    stage = asked("auto-after-deadline")
    for day in busy:
        stage.ana.is_busy(f"{day} Oct 15:00")
    stage.until("Sat 10 Oct 20:30 Kolkata")
    assert booked(stage) == ("Wed 14 Oct 15:00" if len(busy) == 1 else "Thu 15 Oct 15:00")


@row("proposal-auto-deadline", "proposal-auto-book")
@pytest.mark.parametrize("policy", ["auto-book", "auto-after-deadline"])
def test_a_1_1_that_stands_is_never_moved_without_an_answer(policy: str) -> None:
    program = replace(PATIENT, policy=policy)
    stage = before(program=program, at="Fri 9 Oct 10:00 Berlin")
    stage.ben.replies("started", "MOVE")
    assert kinds(stage.ben.reads()) == ["proposal"]
    stage.until("Tue 13 Oct 14:30 Berlin")
    assert (booked(stage), stage.standing("Tue 13 Oct")) == ("Tue 13 Oct 15:00", "planned")
    assert kinds(stage.ana.reads()) == []


@row("proposal-auto-deadline", "proposal-auto-book", "proposal-consent")
@pytest.mark.parametrize("policy", ["auto-book", "auto-after-deadline"])
@pytest.mark.parametrize("initiator", ["mentee", "mentor"])
def test_nothing_is_booked_for_whose_busy_times_nobody_knows(policy: str, initiator: str) -> None:
    program = replace(PATIENT, policy=policy, initiator=initiator)
    stage = before(program=program, at="Fri 9 Oct 10:00 Berlin")
    stage.ben.hides_busy_times()
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(5)
    if initiator == "mentor":
        stage.ana.replies("proposal-mentor", "1 2 3")
    stage.until("Mon 12 Oct 10:00 Berlin")
    assert stage.standing("Tue 13 Oct") == "skipped silence"


@row("proposal-auto-deadline", "proposal-chooser")
def test_nor_while_a_mentor_with_the_initiative_is_asked_still() -> None:
    stage = asked("auto-after-deadline", initiator="mentor")
    stage.until("Mon 12 Oct 10:00 Berlin")
    assert stage.standing("Tue 13 Oct") == "skipped silence"


@row("proposal-auto-deadline", "proposal-none")
def test_none_said_in_time_brings_other_times_though_the_deadline_passes_meanwhile() -> None:
    stage = asked("auto-after-deadline")
    stage.until("Sat 10 Oct 19:58 Kolkata")
    stage.faults.inject("busy", "timeout")
    stage.ben.replies("proposal", "NONE")
    stage.until("Sat 10 Oct 20:05 Kolkata")
    assert (booked(stage), stage.standing("Tue 13 Oct")) == ("Tue 20 Oct 15:00", "cancelled")
    stage.until("Sat 10 Oct 20:15 Kolkata")
    assert [each[0] for each in stage.ben.last("proposal").choices] == ["4", "5", "6"]


@row("proposal-auto-book", "undo-move")
def test_what_the_program_booked_is_taken_back_and_never_booked_again() -> None:
    stage = asked("auto-book")
    stage.ben.reads()
    stage.ben.replies("moved", "UNDO")
    assert booked(stage) == "Tue 20 Oct 15:00"
    assert kinds(stage.ben.reads()) == ["ack", "proposal"]
    stage.until("Wed 14 Oct 10:00 Berlin")
    assert stage.standing("Tue 13 Oct") == "skipped silence"


@row("proposal-auto-deadline", "proposal-gone")
def test_what_was_taken_meanwhile_is_not_offered_in_its_place_either() -> None:
    stage = asked("auto-after-deadline")
    stage.ana.is_busy("Mon 12 Oct 15:00")
    stage.until("Sat 10 Oct 20:30 Kolkata")
    assert booked(stage) == "Wed 14 Oct 15:00"
    assert [each[0] for each in stage.ben.last("moved").choices] == ["3"]
    stage.ben.reads()
    stage.ben.replies("moved", "1")
    assert kinds(stage.ben.reads()) == ["unclear"]
    assert booked(stage) == "Wed 14 Oct 15:00"
    stage.ben.replies("moved", "3")
    assert booked(stage) == "Thu 15 Oct 15:00"


@row("proposal-auto-deadline", "proposal-gone")
def test_nor_is_what_comes_after_the_first_that_is_free() -> None:
    stage = asked("auto-after-deadline")
    stage.ana.is_busy("Thu 15 Oct 15:00")
    stage.until("Sat 10 Oct 20:30 Kolkata")
    assert booked(stage) == "Mon 12 Oct 15:00"
    assert [each[0] for each in stage.ben.last("moved").choices] == ["2"]
