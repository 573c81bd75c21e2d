"""A mentee declines one meeting, or deletes their copy of it (RULES 5 row 2).

Not a cancellation by the mentor: here the event stands until another time is found.
"""

from __future__ import annotations

from tests.stories.rows import row
from tests.stories.stage import MINUTE, Stage, running


def on_monday(**wishes: bool) -> Stage:
    stage = running(**wishes)
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.ana.reads(), stage.ben.reads()
    return stage


@row("seen-2", "meeting-repaired", "proposal-accepted")
def test_declined_the_same_event_is_moved() -> None:
    stage = on_monday()
    stage.ben.declines("Tue 13 Oct")
    assert stage.standing("Tue 13 Oct") == "cancelled"
    stage.passes(5)
    assert stage.ben.reads() == [
        "Mon 12 Oct 13:36  proposal  Tuesday's 1:1 (13 Oct) can't take place. Pick a new time?"
    ]
    assert stage.ana.calendar()[0] == "Tue 13 Oct 15:00"  # it stands until another time is found
    stage.ben.replies("proposal", "1")
    assert stage.ana.calendar() == ["Wed 14 Oct 15:00", "Tue 20 Oct 15:00"]
    assert stage.ben.calendar()[0] == "Wed 14 Oct 18:30 NEEDS-ACTION"
    assert [each.split("  ")[1] for each in stage.ana.reads()] == ["moved"]
    assert stage.standing("Tue 13 Oct") == "moved"


@row("seen-2")
def test_a_deleted_copy_is_a_decline() -> None:
    stage = on_monday()
    stage.ben.deletes("Tue 13 Oct")
    stage.passes(5)
    assert [each.split("  ")[1] for each in stage.ben.reads()] == ["proposal"]
    stage.ben.replies("proposal", "1")
    assert stage.ben.calendar()[0] == "Wed 14 Oct 18:30 NEEDS-ACTION"


@row("seen-2", "meeting-skipped")
def test_declined_and_silent_it_is_left_out_and_taken_off() -> None:
    stage = on_monday()
    stage.ben.declines("Tue 20 Oct")
    stage.until("Tue 13 Oct 19:59 Kolkata")
    assert stage.ana.calendar() == ["Tue 13 Oct 15:00", "Tue 20 Oct 15:00", "Tue 27 Oct 15:00"][1:]
    stage.ben.reads()
    stage.until("Tue 13 Oct 20:01 Kolkata")
    assert stage.ana.calendar() == ["Tue 27 Oct 15:00"]
    out = "left-out  Tuesday's 1:1 (20 Oct) is left out this time. Nothing to do."
    assert stage.ana.reads() == [f"Tue 13 Oct 16:30  {out}"]
    stage.until("Sat 17 Oct 08:00 Kolkata")
    assert stage.ben.reads() == [f"Wed 14 Oct 07:00  {out}"]  # one letter a day


@row("letter-told")
def test_left_out_by_silence_is_not_told_twice_where_the_provider_tells_guests() -> None:
    stage = on_monday(tells_guests=True)
    stage.ben.declines("Tue 20 Oct")
    stage.until("Tue 13 Oct 20:01 Kolkata")
    assert [each.split("  ")[1] for each in stage.ana.reads()] == ["left-out"]
    assert "left-out" not in " ".join(stage.ben.reads())


@row("letter-after-fact")
def test_left_out_by_silence_is_told_when_the_calendar_has_it() -> None:
    stage = on_monday()
    stage.ben.declines("Tue 20 Oct")
    stage.passes(10)
    stage.ana.locks_out()
    stage.until("Wed 14 Oct 10:00 Berlin")
    assert "left-out" not in " ".join([*stage.ana.reads(), *stage.ben.reads()])
    stage.ana.lets_in()
    assert stage.ana.calendar() == ["Tue 27 Oct 15:00"]
    assert [each.split("  ")[1] for each in stage.ana.reads()] == ["left-out"]


@row("seen-2", "proposal-skip")
def test_declined_and_skipped_it_is_taken_off() -> None:
    stage = on_monday()
    stage.ben.declines("Tue 13 Oct")
    stage.passes(5)
    stage.ben.reads()
    stage.ben.replies("proposal", "skip")
    assert stage.standing("Tue 13 Oct") == "skipped choice"
    assert stage.ana.calendar() == ["Tue 20 Oct 15:00"]
    assert stage.ben.reads() == [
        "Mon 12 Oct 13:37  left-out  Tuesday's 1:1 (13 Oct) is left out this time. Nothing to do."
    ]
    assert "As you asked." in stage.ben.last().text
    assert stage.ana.reads() == [
        "Mon 12 Oct 10:07  left-out  Tuesday's 1:1 (13 Oct) is left out this time. Nothing to do."
    ]


@row("seen-2", "seen-off")
def test_declined_late_the_mentor_is_told_not_to_wait() -> None:
    stage = on_monday()
    stage.until("Tue 13 Oct 09:30 Berlin")
    stage.ben.reads()
    stage.ben.declines("Tue 13 Oct")
    stage.passes(5)
    assert stage.ana.reads() == [
        "Tue 13 Oct 09:36  off  The 1:1 on Tue 13 Oct, 15:00 Berlin (18:30 Kolkata) can't take place."
    ]
    assert [each.split("  ")[1] for each in stage.ben.reads()] == ["proposal"]


def test_a_decline_that_a_server_keeps_through_a_move_is_not_a_second_one() -> None:  # trap_99
    stage = on_monday()
    stage.outside.world.resets_answers = False
    stage.ben.declines("Tue 13 Oct")
    stage.passes(5)
    stage.ben.replies("proposal", "1")
    stage.ben.reads()
    assert stage.ben.calendar()[0] == "Wed 14 Oct 18:30 DECLINED"
    stage.until("Wed 14 Oct 21:00 Kolkata")
    assert stage.standing("Tue 13 Oct") == "moved"
    assert [each.split("  ")[1] for each in stage.ben.reads()] == ["prep-mentee", "notes"]


@row("seen-2")
def test_declined_once_more_before_the_new_time_has_been_looked_at() -> None:
    stage = on_monday()
    stage.ben.declines("Tue 13 Oct")
    stage.passes(5)
    place = stage.meeting("Tue 13 Oct").place
    assert place is not None
    stage.off = True
    stage.ben.replies("proposal", "1")
    stage.off = False
    while (
        stage.standing("Tue 13 Oct") != "moved"
    ):  # one beat reads the calendar first, and books then
        stage.outside.clock.set(stage.now + MINUTE)
        stage.beat()
    stage.outside.hands.answer("ben@example.org", place, "DECLINED")
    stage.ben.reads()
    stage.passes(10)  # it is looked at, and waited whether it was a slip
    stage.passes(5)
    assert stage.standing("Tue 13 Oct") == "cancelled"
    assert [each.split("  ")[1] for each in stage.ben.reads()] == ["proposal"]


@row("seen-11")
def test_tentative_is_nothing() -> None:  # RULES 5 row 11
    stage = on_monday()
    place = stage.meeting("Tue 13 Oct").place
    assert place is not None
    stage.outside.hands.answer("ben@example.org", place, "TENTATIVE")
    stage.until("Tue 13 Oct 10:00 Berlin")
    assert stage.standing("Tue 13 Oct") == "planned"
    assert [each.split("  ")[1] for each in stage.ben.reads()] == ["prep-mentee"]


@row("seen-2")
def test_declined_weeks_ahead_is_remembered_until_it_comes_near() -> None:
    stage = on_monday()
    stage.ben.declines("Tue 3 Nov")
    stage.until("Sun 18 Oct 10:00 Berlin")
    assert "proposal" not in " ".join(stage.ben.reads())
    stage.until("Tue 20 Oct 16:10 Berlin")  # the one of today is over: it is among the next two
    assert stage.standing("Tue 3 Nov") == "cancelled"
    assert stage.ben.last("proposal").first == (
        "Tuesday's 1:1 (3 Nov) can't take place. Pick a new time?"
    )
