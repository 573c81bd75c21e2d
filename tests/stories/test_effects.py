"""What becomes of single effects: tried again, withdrawn, refused, skipped; and a calendar in trouble (RULES 9).

Not a calendar that is lost for good: see test_account_lost.py.
"""

from __future__ import annotations

import pytest

from tests.stories.beginnings import on_monday
from tests.stories.cast import PATIENT
from tests.stories.people import kinds, moment
from tests.stories.rows import row
from tests.stories.stage import Stage, before, running


@row("effect-deferred")
def test_a_calendar_that_is_busy_is_tried_again_and_letters_do_not_wait_for_it() -> None:
    stage = on_monday()
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(6)
    stage.ben.reads()
    stage.faults.inject("put", "403-rate")  # again in ten minutes
    stage.ben.replies("proposal", "2")
    assert stage.ben.reads() == []
    stage.ana.replies("started", "MOVE")  # of the next one
    assert kinds(stage.ana.reads()) == ["ack"]
    assert stage.ana.calendar() == ["Tue 20 Oct 15:00"]
    stage.until("Mon 12 Oct 13:50 Kolkata")
    assert stage.ana.calendar() == ["Thu 15 Oct 15:00 one-off", "Tue 20 Oct 15:00"]
    assert kinds(stage.ben.reads())[0] == "moved"


@row("effect-deferred", "letter-after-fact")
def test_a_mailbox_that_is_busy_keeps_the_order_and_the_calendar_does_not_wait() -> None:
    stage = on_monday()
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(6)
    stage.ben.reads(), stage.ana.reads()
    stage.faults.inject("send", "500")
    stage.ben.replies("proposal", "2")
    assert stage.ana.calendar()[0] == "Thu 15 Oct 15:00 one-off"
    stage.passes(5)
    assert (kinds(stage.ana.reads()), kinds(stage.ben.reads())) == (["moved"], ["moved"])


@row("effect-withdrawn")
def test_what_is_no_longer_true_is_never_done() -> None:
    stage = on_monday()
    stage.until("Mon 12 Oct 18:30 Kolkata")
    stage.ana.locks_out()
    stage.ben.replies("prep-mentee", "SKIP")  # to be taken off, when the calendar is there again
    stage.ben.replies("left-out", "UNDO")
    stage.ana.lets_in()
    assert stage.ana.calendar()[0] == "Tue 13 Oct 15:00"
    assert stage.why("cancel/")[-1] == "withdrawn: no longer true"
    assert stage.standing("Tue 13 Oct") == "planned"


@row("effect-refused")
def test_a_refusal_is_told_to_the_contact_and_decided_anew() -> None:
    stage = on_monday()
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(6)
    stage.ben.reads()
    stage.faults.inject("put", "403-rights")
    stage.ben.replies("proposal", "2")
    assert kinds(stage.maya.reads()) == ["admin"]
    assert kinds(stage.ben.reads()) == ["slot-gone"]
    assert [each[0] for each in stage.ben.last().choices] == ["4", "5", "6"]


@row("effect-refused", "proposal-accepted")
def test_only_the_time_that_was_refused_waits_another_one_is_put_at_once() -> None:
    stage = on_monday()
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(6)
    stage.faults.inject("put", "403-rights")
    stage.ben.replies("proposal", "2")
    stage.ana.reads(), stage.ben.reads(), stage.maya.reads()
    stage.ben.replies("slot-gone", "4")
    assert stage.ana.calendar() == ["Tue 13 Oct 14:30 one-off", "Tue 20 Oct 15:00"]
    assert stage.ben.reads() == [
        "Mon 12 Oct 13:39  moved  Booked: Tue 13 Oct, 18:00 Kolkata (14:30 Berlin), 30 minutes."
    ]
    assert (kinds(stage.ana.reads()), stage.maya.reads()) == (["moved"], [])


@row("effect-refused")
def test_once_the_calendar_takes_it_the_contact_is_not_told_of_the_refusal_again() -> None:
    stage = before()
    stage.ben.replies("started", "SKIP")
    stage.faults.inject("put", "403-rights")
    stage.ben.replies("left-out", "UNDO")
    assert stage.ana.calendar() == ["Tue 20 Oct 15:00"]
    assert kinds(stage.maya.reads()) == ["admin"]
    stage.until("Thu 8 Oct 10:00 Berlin")  # tried anew after twenty hours
    assert stage.ana.calendar() == ["Tue 13 Oct 15:00 one-off", "Tue 20 Oct 15:00"]
    assert stage.maya.reads() == []


@row("effect-skipped", "account-lost")
def test_what_waits_for_a_lost_calendar_too_long_is_not_done_any_more() -> None:
    stage = on_monday()
    stage.until("Mon 12 Oct 18:30 Kolkata")
    stage.ana.locks_out()
    stage.ben.replies("prep-mentee", "SKIP")
    stage.until("Tue 13 Oct 18:00 Berlin")
    stage.ana.lets_in()
    assert stage.why("cancel/")[-1].startswith("skipped: its time was over")


@row("account-troubled", settings=("troubled_after_hours", "troubled_tell_hours"))
@pytest.mark.parametrize(
    ("settings", "hours", "standing", "told"),
    [
        ({}, 5, "", []),
        ({}, 7, "troubled", []),
        ({}, 25, "troubled", ["admin"]),
        ({"troubled_after_hours": 2}, 3, "troubled", []),
        ({"troubled_tell_hours": 8}, 9, "troubled", ["admin"]),
    ],
)
def test_unreadable_for_hours_is_shown_and_later_told(
    settings: dict[str, object], hours: int, standing: str, told: list[str]
) -> None:
    stage = on_monday(**settings)
    _unreadable(stage, hours)
    state = stage.daemon.ports.store.world("account/ana@example.org").state
    assert (state.standing if state else "") == standing  # type: ignore[union-attr]
    assert kinds(stage.maya.reads()) == told
    assert stage.ana.reads() == []
    stage.passes(30)
    state = stage.daemon.ports.store.world("account/ana@example.org").state
    assert (state.standing if state else "") in ("", "connected")  # type: ignore[union-attr]


def _unreadable(stage: Stage, hours: int) -> None:
    for _ in range(hours * 60):
        stage.faults.inject("changes", "timeout")
        stage.passes(1)


@row("account-lost", settings=("reconnect_days",))
def test_the_owner_is_written_to_on_these_days() -> None:
    stage = on_monday(reconnect_days=(0, 2))
    stage.ana.locks_out()
    stage.until("Mon 26 Oct 10:00 Berlin")
    told = [each.split("  ")[0] for each in stage.ana.reads() if "  reconnect  " in each]
    assert told == ["Mon 12 Oct 10:01", "Wed 14 Oct 10:01"]
    assert "This is my last letter about it." in stage.ana.last("reconnect").text


@row("account-back")
def test_back_again_nothing_is_sent_for_what_was_missed() -> None:
    stage = on_monday()
    stage.ana.locks_out()
    stage.ana.deletes("Tue 13 Oct")  # nobody could see that
    stage.until("Wed 14 Oct 10:00 Berlin")
    assert kinds(stage.ben.reads()) == ["prep-mentee", "notes"]
    stage.ana.reads()
    stage.ana.lets_in()
    stage.until("Sat 17 Oct 10:00 Berlin")
    assert (stage.ana.reads(), stage.ben.reads()) == ([], [])
    assert stage.now > moment("Sat 17 Oct 09:59 Berlin")


@row("account-back")
def test_a_second_loss_is_a_new_one() -> None:
    stage = on_monday(reconnect_days=(0,))
    for _ in range(2):
        stage.ana.locks_out()
        stage.ana.lets_in()
    assert kinds(stage.ana.reads()) == ["reconnect", "reconnect"]


@row("effect-refused")
def test_a_change_that_crossed_one_by_hand_is_decided_anew_and_nobody_hears_of_it() -> None:
    stage = running(program=PATIENT)
    stage.until("Wed 7 Oct 10:00 Berlin")
    stage.faults.inject("put", "412")
    stage.ben.replies("started", "PAUSE")
    stage.passes(10)
    assert stage.ana.calendar(60) == []
    assert stage.maya.reads() == []
