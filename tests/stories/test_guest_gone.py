"""The guest is taken off the series: its owner alone is asked what that means (RULES 5, row 5).

Not a guest who declines: that is in test_series_gone.py.
"""

from __future__ import annotations

from tests.stories.cast import PATIENT
from tests.stories.rows import row
from tests.stories.stage import before, running


@row("seen-5")
def test_row_5_a_guest_taken_off_is_asked_about_once() -> None:
    stage = running(program=PATIENT)
    stage.until("Wed 7 Oct 10:00 Berlin")
    stage.ana.reads(), stage.ben.reads()
    stage.ana.uninvites("ben")
    stage.until("Thu 8 Oct 10:00 Berlin")
    assert [each.split("  ")[1:] for each in stage.ana.reads()] == [
        ["guest-gone", "Ben is no longer a guest of your 1:1s. What did you have in mind?"]
    ]
    assert stage.ben.reads() == []
    stage.ana.replies("guest-gone", "1")
    stage.passes(5)
    assert stage.ben.calendar() == [
        "Tue 13 Oct 18:30 NEEDS-ACTION",
        "Tue 20 Oct 18:30 NEEDS-ACTION",
    ]
    assert stage.why("invite/")[-1].startswith("settled")


@row("seen-5")
def test_row_5_taken_off_a_second_time_the_guest_is_invited_a_second_time() -> None:
    stage = before()
    for day in ("Wed 7 Oct", "Fri 9 Oct"):
        stage.until(f"{day} 10:00 Berlin")
        stage.ana.uninvites("ben")
        stage.passes(6)
        assert stage.ben.calendar() == []
        stage.ana.replies("guest-gone", "1")
        stage.passes(5)
        assert stage.ana.last("ack").line == (
            f"{day} 10:08  ack  Understood: I invite Ben once more."
        )
        assert stage.ben.calendar(8) == ["Tue 13 Oct 18:30 NEEDS-ACTION"]


@row("seen-5")
def test_row_5_2_ends_it() -> None:
    stage = running(program=PATIENT)
    stage.until("Wed 7 Oct 10:00 Berlin")
    stage.ana.uninvites("ben")
    stage.passes(10)
    stage.ana.replies("guest-gone", "2")
    stage.until("Wed 14 Oct 10:00 Berlin")
    assert stage.state().standing == "closed"
    assert stage.ana.calendar(60) == []


@row("seen-5", "seen-9")
def test_invited_again_by_the_mentor_herself_nothing_is_asked_any_more() -> None:
    stage = running(program=PATIENT)
    stage.until("Wed 7 Oct 10:00 Berlin")
    stage.ana.reads(), stage.ben.reads()
    stage.ana.uninvites("ben")
    stage.passes(10)
    assert [each.split("  ")[1] for each in stage.ana.reads()] == ["guest-gone"]
    stage.ana.invites_again("ben")
    stage.until("Mon 12 Oct 19:00 Kolkata")
    assert stage.state().questions == ()
    assert [each.split("  ")[1] for each in stage.ben.reads()] == ["prep-mentee"]
