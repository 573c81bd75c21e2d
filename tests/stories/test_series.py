"""The series of a pairing: put once, whatever happens in between (RULES 6, invariant 3).

Not single meetings of it.
"""

from __future__ import annotations

import pytest

from tests.stories.rows import row
from tests.stories.stage import Stage


def asked() -> Stage:
    stage = Stage()
    stage.passes(1)
    stage.ana.replies("welcome-mentor-connected", "Yes")
    return stage


def series_on(stage: Stage) -> list[str]:
    events = stage.outside.world.account("ana@example.org").events.values()
    return [event.summary for event in events if event.rule and not event.gone]


@pytest.mark.parametrize("phase", ["before-claim", "claimed", "done", "settling", "settled"])
def test_a_crash_at_any_boundary_puts_one_series_and_tells_it_once(phase: str) -> None:
    stage = asked()
    stage.ana.reads(), stage.ben.reads()
    stage.crash_at = (phase, "" if phase == "before-claim" else "series/ana-ben")
    stage.ben.replies("welcome-mentee", "Yes")
    stage.until("Mon 5 Oct 10:30 Berlin")
    assert stage.crashes == 1
    assert series_on(stage) == ["1:1 Ana & Ben"]
    assert [each.split("  ")[1] for each in stage.ana.reads()] == ["started"]
    assert [each.split("  ")[1] for each in stage.ben.reads()] == ["started"]


@pytest.mark.parametrize(
    "kind", ["timeout", "timeout-after", "503-after", "429", "500", "409", "412"]
)
def test_a_fault_while_it_is_put_makes_no_second_one(kind: str) -> None:
    stage = asked()
    stage.faults.inject("put", kind)
    stage.ben.replies("welcome-mentee", "Yes")
    stage.until("Mon 5 Oct 11:00 Berlin")
    assert series_on(stage) == ["1:1 Ana & Ben"]
    assert stage.series().standing == "put"


@pytest.mark.parametrize("kind", ["timeout-after", "409", "412"])
def test_what_happens_to_it_afterwards_is_seen_whatever_id_it_got(kind: str) -> None:
    stage = asked()
    stage.faults.inject("put", kind)
    stage.ben.replies("welcome-mentee", "Yes")
    stage.until("Mon 5 Oct 11:00 Berlin")
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(10)
    assert stage.standing("Tue 13 Oct") == "cancelled"
    assert [each.split("  ")[1] for each in stage.ben.reads()][-1] == "proposal"


def test_refused_for_good_the_contact_is_told_and_it_is_tried_anew_a_day_later() -> None:
    stage = asked()
    stage.maya.reads()
    stage.faults.inject("put", "403-rights")
    stage.ben.replies("welcome-mentee", "Yes")
    stage.until("Mon 5 Oct 12:00 Berlin")
    assert series_on(stage) == []
    assert [each.split("  ")[1] for each in stage.maya.reads()] == ["admin"]
    stage.until("Tue 6 Oct 12:00 Berlin")
    assert series_on(stage) == ["1:1 Ana & Ben"]


def test_nothing_is_announced_before_it_is_on_the_calendar() -> None:
    stage = asked()
    stage.faults.inject("put", "403-rights")
    stage.ben.replies("welcome-mentee", "Yes")
    stage.ana.reads(), stage.ben.reads()
    stage.until("Tue 6 Oct 05:00 Berlin")  # the first 1:1 would be today at 15:00
    assert (stage.ana.reads(), stage.ben.reads()) == ([], [])
    stage.until("Tue 6 Oct 09:00 Berlin")
    assert [each.split("  ")[1] for each in stage.ben.reads()] == ["started", "prep-mentee"]


def test_what_was_over_when_it_was_put_was_never_a_meeting() -> None:
    stage = asked()
    stage.ana.locks_out()
    stage.ben.replies("welcome-mentee", "Yes")
    stage.until("Wed 7 Oct 10:00 Berlin")
    stage.ana.lets_in()
    stage.until("Wed 7 Oct 12:00 Berlin")
    assert "notes" not in [each.split("  ")[1] for each in stage.ben.reads()]
    assert [str(m.origin)[:10] for m in stage.state().meetings] == ["2026-10-13", "2026-10-20"]


@row("effect-deferred")
def test_a_letter_that_may_have_gone_is_looked_for_before_it_is_sent_again() -> None:
    """trap_47: the timeout comes after the mail was accepted."""
    stage = asked()
    stage.faults.inject("send", "timeout-after")
    stage.ben.replies("welcome-mentee", "Yes")
    stage.until("Mon 5 Oct 10:30 Berlin")
    stage.ana.reads(), stage.ben.reads()
    assert len([each for each in stage.ana.letters if each.touchpoint == "started"]) == 1
    assert len([each for each in stage.ben.letters if each.touchpoint == "started"]) == 1


@row("effect-on-hold")
def test_where_nobody_can_tell_whether_it_went_it_waits_for_a_person() -> None:
    stage = asked()
    stage.faults.inject("send", "timeout-after")
    stage.ben.replies("welcome-mentee", "Yes")
    stage.faults.inject("sent", "unknown")
    stage.until("Mon 5 Oct 10:30 Berlin")
    (held,) = stage.on_hold()
    assert held.startswith("unknown/")
    stage.release(held.split("  ")[0])
    assert stage.on_hold() == []
