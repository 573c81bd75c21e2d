"""When an open offer is recalled, and in which words of its own: never in the last hour of its silence, and the last
reminder says that it is the last (LETTERS 1 and 2).

Not until when it waits: test_until_when.py.
"""

from __future__ import annotations

import pytest

from daemon.domain.value import replace
from tests.stories.cast import PATIENT
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import Stage, before


def asked(**settings: object) -> Stage:
    """Ben has three times before him at 16:00 on Monday, until 20:00 on Tuesday."""
    program = replace(PATIENT, **settings)  # type: ignore[arg-type]
    stage = before(program=program, at="Mon 12 Oct 12:24 Berlin")
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(5)
    assert stage.ben.last().at == "Mon 12 Oct 16:00"
    assert "If I hear nothing by Tue 13 Oct, 20:00 Kolkata" in stage.ben.last().text
    stage.all_read()
    return stage


def reminded(stage: Stage) -> list[str]:
    """When Ben is reminded until the silence ends."""
    stage.until("Tue 13 Oct 20:30 Kolkata")
    return [each.split("  ")[0] for each in stage.ben.reads() if "  proposal-nudge  " in each]


@row("proposal-silence", settings=("nudge_after_hours",))
@pytest.mark.parametrize(
    ("hours", "at"),
    [
        ((26,), ["Tue 13 Oct 18:00"]),
        ((27,), []),  # an hour before its silence ends
        ((28,), []),
        ((24,), ["Tue 13 Oct 16:00"]),
        ((10,), ["Tue 13 Oct 07:00"]),  # not at night
    ],
)
def test_not_in_the_last_hour(hours: tuple[int, ...], at: list[str]) -> None:
    assert reminded(asked(nudge_after_hours=hours)) == at


@row("proposal-silence")
def test_a_time_that_closes_meanwhile_is_left_out_of_it() -> None:
    stage = asked(slot_closes_hours=28)  # Wednesday, 18:30 in Kolkata, closes on Tuesday at 14:30
    stage.until("Tue 13 Oct 17:00 Kolkata")
    assert [each[0] for each in stage.ben.last("proposal-nudge").choices] == ["2", "3"]
    assert [each[0] for each in stage.ben.last("proposal").choices] == ["1", "2", "3"]


@row("proposal-silence", "proposal-numbers")
def test_what_is_answered_is_recalled_no_more() -> None:
    stage = asked()
    stage.ben.replies("proposal", "NONE")
    stage.ben.replies("proposal", "SKIP")
    stage.ben.reads()
    assert reminded(stage) == []


@row("proposal-silence")
def test_a_new_round_is_recalled_with_what_is_left_of_its_own_times() -> None:
    stage = asked()
    stage.ben.replies("proposal", "NONE")
    stage.ben.reads()
    assert reminded(stage) == ["Tue 13 Oct 16:01"]
    assert [each[0] for each in stage.ben.last("proposal-nudge").choices] == ["5", "6"]


@row("proposal-consent", "proposal-silence")
def test_each_of_two_who_are_asked_one_after_the_other_is_reminded() -> None:
    stage = before(program=replace(PATIENT, answer_by_hours=96), at="Mon 12 Oct 12:24 Berlin")
    stage.ana.hides_busy_times()
    stage.ana.deletes("Tue 20 Oct")
    stage.until("Tue 13 Oct 12:30 Berlin")
    assert kinds(stage.ana.reads())[-2:] == ["proposal-mentor", "proposal-nudge"]
    stage.ana.replies("proposal-nudge", "1 2 3")
    stage.ben.reads()
    stage.until("Wed 14 Oct 20:00 Kolkata")
    assert "proposal-nudge" in kinds(stage.ben.reads())
    assert "proposal-nudge" not in kinds(stage.ana.reads())
