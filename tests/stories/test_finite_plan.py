"""A plan of so many sessions inside a window: no series, each session is put when its time is accepted, and
the plan ends with the last of them (RULES 3).

Not a rhythm: those are in test_cadences.py.
"""

from __future__ import annotations

from datetime import date

from daemon.domain.cadence import Cadence
from daemon.domain.value import replace
from tests.stories.beginnings import THREE_SESSIONS, begun, take
from tests.stories.cast import KOSS
from tests.stories.people import kinds
from tests.stories.rows import row

TWO_SESSIONS = replace(THREE_SESSIONS, cadence=Cadence(sessions=2, within_days=42))


@row("pairing-finite", "pairing-active", settings=("cadence",))
def test_no_series_but_a_question_for_each_session() -> None:
    stage = begun()
    assert stage.ana.calendar(60) == []
    assert stage.ben.reads() == [
        "Mon 5 Oct 13:33  proposal  Your next 1:1 with Ana: which time is good?"
    ]
    assert stage.ben.last().choices == [
        "1  Tue 6 Oct, 17:30 Kolkata (14:00 Berlin)",
        "2  Wed 7 Oct, 17:30 Kolkata (14:00 Berlin)",
        "3  Thu 8 Oct, 17:30 Kolkata (14:00 Berlin)",
    ]
    stage.ben.replies("proposal", "2")
    stage.passes(1)
    assert stage.ana.calendar(60) == ["Wed 7 Oct 14:00 one-off"]
    assert stage.ana.reads() == [
        "Mon 5 Oct 10:05  moved  Your next 1:1 with Ben: Wed 7 Oct, 14:00 Berlin (17:30 Kolkata)."
    ]
    stage.until("Sun 11 Oct 10:00 Berlin")
    assert kinds(stage.ben.reads()) == ["moved", "prep-mentee", "notes"]


@row("pairing-session-late", settings=("session_days",))
def test_a_session_without_a_time_by_its_day_is_told_to_the_contact_once() -> None:
    stage = begun(program=replace(KOSS, session_days=(9, 20)))
    stage.until("Wed 14 Oct 12:00 Berlin")
    assert not any("a session has no time yet" in each for each in stage.maya.reads())
    stage.until("Thu 15 Oct 12:00 Berlin")
    told = stage.maya.last("admin")
    assert told.first == "Ana & Ben: a session has no time yet, and the day for it has come."
    assert "| session: 1\n" in told.text
    stage.maya.reads()
    stage.until("Tue 20 Oct 12:00 Berlin")
    assert not any("a session has no time yet" in each for each in stage.maya.reads())


@row("pairing-session-late", settings=("session_days",))
def test_one_that_is_agreed_is_not() -> None:
    stage = begun(program=replace(KOSS, session_days=(9,)))
    take(stage)
    stage.until("Tue 20 Oct 12:00 Berlin")
    assert not any("a session has no time yet" in each for each in stage.maya.reads())


@row("pairing-finite", "pairing-closed")
def test_the_next_one_is_asked_about_in_its_share_and_the_plan_ends_with_the_last() -> None:
    stage = begun()
    take(stage)
    stage.until("Tue 13 Oct 08:00 Kolkata")  # a week before the second share
    assert kinds(stage.ben.reads())[-1] == "proposal"
    take(stage)
    stage.until("Tue 27 Oct 08:00 Kolkata")
    take(stage)
    assert len(stage.ana.calendar(30)) == 1
    stage.until("Wed 4 Nov 20:00 Kolkata")
    assert kinds(stage.ben.reads())[-1] == "farewell"
    assert "Since 5 October 2026: you two met 3 times." in stage.ben.last("farewell").text
    assert "extend" not in [letter.touchpoint for letter in stage.ben.letters]
    stage.until("Mon 16 Nov 10:00 Berlin")
    assert stage.state().standing == "closed"  # not only when the six weeks are over


@row("pairing-closed", settings=("closing_held_least",))
def test_all_sessions_of_a_short_plan_are_something_to_be_glad_of() -> None:
    stage = begun(lines=(TWO_SESSIONS,))
    take(stage)
    stage.until("Thu 22 Oct 08:00 Kolkata")
    take(stage)
    stage.until("Fri 20 Nov 20:00 Kolkata")
    assert "Since 5 October 2026: you two met twice." in stage.ben.last("farewell").text


@row("pairing-finite", "pairing-closing", settings=("ends",))
def test_an_end_before_the_plan_is_over_brings_the_sessions_closer_together() -> None:
    """Six weeks are meant, and there are three: a session a week, and none past the end."""
    stage = begun(lines=(replace(THREE_SESSIONS, ends=date(2026, 10, 26)),))
    take(stage)
    for day, week in (("Tue 6 Oct 20:00", range(13, 20)), ("Fri 16 Oct 10:00", range(20, 27))):
        stage.until(f"{day} Kolkata")
        stage.ben.reads()
        choices = stage.ben.last("proposal").choices
        assert all(int(each.split(" ")[3]) in week for each in choices), choices
        take(stage, 2)
    stage.until("Mon 2 Nov 10:00 Berlin")
    assert kinds(stage.ben.reads()) == ["moved", "prep-mentee", "notes", "farewell"]
    assert stage.state().standing == "closed"


@row("pairing-finite", "proposal-silence")
def test_silence_is_for_the_contact_and_it_is_asked_again_in_the_next_share() -> None:
    stage = begun()
    stage.until("Mon 12 Oct 10:00 Berlin")
    assert kinds(stage.ben.reads()) == ["proposal", "proposal-nudge"]
    assert len([each for each in stage.maya.reads() if "time" in each]) == 1
    stage.until("Tue 13 Oct 10:00 Berlin")
    assert kinds(stage.ben.reads()) == ["proposal"]


@row("pairing-finite", "proposal-none")
def test_none_brings_other_times() -> None:
    stage = begun()
    stage.ben.replies("proposal", "NONE")
    assert [each[0] for each in stage.ben.last("proposal").choices] == ["4", "5", "6"]


@row("pairing-finite", "seen-1", "meeting-skipped")
def test_a_session_that_falls_out_gets_another_time_and_left_out_is_not_made_up_for() -> None:
    stage = begun()
    take(stage, 2)
    stage.ana.deletes("Thu 8 Oct")
    stage.passes(6)
    assert stage.ben.last("proposal").first == (
        "Thursday's 1:1 (8 Oct) can't take place. Pick a new time?"
    )
    stage.ben.replies("proposal", "SKIP")
    assert stage.standing("Thu 8 Oct") == "skipped choice"
    for day in ("Tue 13 Oct", "Tue 27 Oct"):
        stage.until(f"{day} 08:00 Kolkata")
        take(stage)
    stage.until("Mon 16 Nov 10:00 Berlin")
    assert stage.state().standing == "closed"
    assert kinds(stage.ben.reads()) == ["moved", "prep-mentee", "notes", "farewell"]


@row("pairing-finite", "pairing-paused")
def test_a_pause_takes_a_session_along_and_it_is_made_up_for() -> None:
    stage = begun()
    take(stage, 2)
    stage.ben.replies("moved", "PAUSE until 12 Oct")
    assert stage.ana.calendar(60) == []
    stage.until("Sat 10 Oct 09:00 Kolkata")  # two days before it ends
    assert kinds(stage.ben.reads())[-1] == "proposal"
    assert all(int(each.split(" ")[3]) >= 12 for each in stage.ben.last("proposal").choices)
    for day in ("Sat 10 Oct", "Tue 13 Oct", "Tue 27 Oct"):
        stage.until(f"{day} 09:00 Kolkata")
        take(stage)
    stage.until("Sat 28 Nov 10:00 Berlin")
    assert stage.state().tally.held + len(stage.state().meetings) == 3


@row("pairing-finite", "pairing-paused")
def test_what_begins_again_two_days_ahead_offers_nothing_inside_the_pause() -> None:
    stage = begun()
    take(stage, 2)
    stage.ben.replies("moved", "PAUSE until 14 Oct")
    stage.until("Mon 12 Oct 09:00 Kolkata")
    assert kinds(stage.ben.reads())[-2:] == ["ack", "proposal"]
    assert stage.ben.last("proposal").choices == [
        "1  Wed 14 Oct, 17:30 Kolkata (14:00 Berlin)",
        "2  Thu 15 Oct, 17:30 Kolkata (14:00 Berlin)",
        "3  Fri 16 Oct, 17:30 Kolkata (14:00 Berlin)",
    ]
    take(stage, 1)
    stage.ben.replies("moved", "MOVE")
    assert all(int(each.split(" ")[3]) >= 14 for each in stage.ben.last("proposal").choices)


@row("pairing-finite", "letter-leave")
def test_who_leaves_a_plan_is_asked_about_no_further_session() -> None:
    stage = begun()
    take(stage)
    stage.ben.replies("moved", "LEAVE")
    stage.ben.replies("leave", "1")
    stage.ben.reads()
    stage.until("Sun 15 Nov 10:00 Berlin")
    assert "proposal" not in kinds(stage.ben.reads())
    assert stage.state().standing == "closed"


@row("pairing-finite", "proposal-gone")
def test_a_time_that_was_taken_meanwhile_brings_others() -> None:
    stage = begun()
    stage.ana.is_busy("Wed 7 Oct 14:00")
    stage.ben.replies("proposal", "2")
    stage.passes(1)
    assert stage.ana.calendar(60) == []
    assert [each[0] for each in stage.ben.last().choices] == ["4", "5", "6"]
    stage.ben.replies(stage.ben.last().touchpoint, "4")
    stage.passes(1)
    assert len(stage.ana.calendar(60)) == 1


@row("pairing-finite", "letter-still-good", settings=("still_good_letters", "still_good_steps"))
def test_less_often_is_nothing_a_plan_can_do_so_the_contact_knows_as_the_letter_says() -> None:
    stage = begun(program=replace(KOSS, still_good_letters=1, still_good_steps=0))
    stage.until("Mon 5 Oct 12:00 Berlin")
    assert kinds(stage.ben.reads()) == ["proposal", "still-good"]
    stage.ben.replies("still-good", "2")
    assert "Maya now knows that you would like something else." in stage.ben.last("ack").text
    assert stage.maya.last().line == (
        "Mon 5 Oct 15:31  admin  Ana & Ben: something came that only you can answer."
    )
    assert "| about: a wish to meet less often than this program can\n" in stage.maya.last().text
    assert stage.ana.reads() == []
