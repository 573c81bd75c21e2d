"""Another cadence, time or length, by the files or by agreement: the old series ends, a new one begins after
the notice, and what was agreed on in between is kept (RULES 6).

Not what the mentor does to the series in the calendar: that is row 8, test_series_by_hand.py.
"""

from __future__ import annotations

import pytest

from daemon.domain.cadence import Cadence, RegularTime, Step
from daemon.domain.value import replace
from tests.stories.cast import ANA, BEN, CHI, DAN, PATIENT, line
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import Stage, before

EVERY_TWO_WEEKS = replace(line(), cadence=Cadence(Step(weeks=2)))
THURSDAYS = line(at=RegularTime(3, 10, 0))
LONGER = replace(line(), lengths_minutes=(45,))


def live(stage: Stage) -> list[str]:
    """The series that go on, as the calendar has them: first wall clock and length."""
    events = stage.outside.world.account("ana@example.org").events.values()
    return [
        f"{event.rule.first} {event.rule.length_minutes}"
        for event in events
        if event.rule and not event.gone and event.rule.until is None
    ]


@row("series-change", "series-one")
def test_another_cadence_in_the_files_counts_after_the_notice_and_both_are_told() -> None:
    stage = before()
    assert stage.ana.calendar(30) == [
        "Tue 13 Oct 15:00",
        "Tue 20 Oct 15:00",
        "Tue 27 Oct 15:00",
        "Tue 3 Nov 15:00",
    ]
    stage.reconfigured(EVERY_TWO_WEEKS)
    assert stage.ana.calendar(30) == ["Tue 13 Oct 15:00", "Tue 27 Oct 15:00"]
    assert live(stage) == ["2026-10-13T15:00 30"]
    assert [each.split("  ")[:2] for each in stage.ana.reads()] == [["Wed 7 Oct 10:00", "started"]]
    assert [each.split("  ")[:2] for each in stage.ben.reads()] == [["Wed 7 Oct 13:30", "started"]]
    assert "every second Tuesday" in stage.ben.last().first
    stage.until("Wed 28 Oct 10:00 Berlin")
    assert kinds(stage.ben.reads()) == ["prep-mentee", "notes", "prep-mentee", "notes"]


@row("series-change", settings=("series_notice_hours",))
@pytest.mark.parametrize(("hours", "stays"), [(48, True), (12, False)])
def test_the_next_one_keeps_its_time_inside_the_notice(hours: int, stays: bool) -> None:
    stage = before(
        at="Mon 12 Oct 10:00 Berlin", program=replace(PATIENT, series_notice_hours=hours)
    )
    stage.reconfigured(THURSDAYS)
    assert stage.ana.calendar(12) == [
        *(["Tue 13 Oct 15:00"] if stays else ["Thu 15 Oct 10:00"]),
        "Thu 22 Oct 10:00",
    ]


@row("series-change", settings=("series_notice_hours",))
@pytest.mark.parametrize(
    ("hours", "at"), [(48, "Sun 11 Oct 14:00 Berlin"), (1, "Tue 13 Oct 13:30 Berlin")]
)
def test_where_the_new_hour_of_that_day_is_inside_the_notice_the_old_one_takes_place_once_more(
    hours: int, at: str
) -> None:
    stage = before(at=at, program=replace(PATIENT, series_notice_hours=hours))
    stage.reconfigured(line(at=RegularTime(1, 9, 0)))
    assert stage.ana.calendar(12) == ["Tue 13 Oct 15:00", "Tue 20 Oct 09:00"]
    assert kinds(stage.ana.reads()) == ["started"]
    stage.until("Tue 20 Oct 12:00 Berlin")
    preps = [each.split("  ")[2] for each in stage.ben.reads() if "prep-" in each]
    assert preps[-1].startswith("Tue 20 Oct, 12:30 Kolkata (09:00 Berlin)")
    assert {m.standing for m in stage.state().meetings if m.start < stage.now} <= {
        "planned",
        "held",
    }


@row("series-change")
def test_a_longer_one_keeps_the_very_dates() -> None:
    stage = before()
    stage.reconfigured(LONGER)
    assert live(stage) == ["2026-10-13T15:00 45"]
    assert kinds(stage.ben.reads()) == ["started"]
    stage.until("Tue 13 Oct 20:00 Kolkata")
    assert [each.split("  ")[:2] for each in stage.ben.reads()] == [
        ["Mon 12 Oct 18:00", "prep-mentee"],
        ["Tue 13 Oct 19:45", "notes"],
    ]
    assert stage.standing("Tue 13 Oct") == "planned"


@row("series-change", "series-alternating")
def test_of_a_length_that_is_added_later_nobody_says_that_both_said_yes_just_now() -> None:
    stage = before()
    stage.reconfigured(replace(line(), lengths_minutes=(30, 60)))
    assert live(stage) == ["2026-10-13T15:00 30", "2026-10-20T15:00 60"]
    assert stage.why("both said yes") == ["due: both said yes", "decided: both said yes"]
    asked = [each for each in stage.why("the series as it is agreed") if "on hold" in each]
    assert len(asked) == 2  # and let go at once: nothing else waits


@row("series-change-keeps")
def test_what_was_moved_keeps_its_time_and_no_second_one_lies_beside_it() -> None:
    stage = before()
    stage.ben.replies("started", "MOVE")
    stage.passes(1)
    wednesday = next(each for each in stage.ben.last("proposal").choices if "Wed 14 Oct" in each)
    stage.ben.replies("proposal", wednesday[0])
    assert stage.ana.calendar()[0] == "Wed 14 Oct 15:00"
    stage.reconfigured(THURSDAYS)
    assert stage.ana.calendar(20) == ["Wed 14 Oct 15:00 one-off", "Thu 22 Oct 10:00"]
    assert stage.standing("Tue 13 Oct") == "moved"
    stage.until("Wed 14 Oct 20:00 Berlin")
    assert kinds(stage.ben.reads())[-2:] == ["prep-mentee", "notes"]


@row("series-change-keeps")
def test_one_that_was_moved_later_on_leaves_its_own_week_alone() -> None:
    stage = before()
    stage.ana.drags("Tue 20 Oct", "Wed 21 Oct 11:00")
    stage.ana.drags("Tue 10 Nov", "Wed 11 Nov 11:00")  # far ahead: nobody has been told yet
    stage.passes(10)
    stage.reconfigured(THURSDAYS)
    stage.passes(10)
    assert stage.ana.calendar(40) == [
        "Thu 15 Oct 10:00",
        "Wed 21 Oct 11:00 one-off",
        "Thu 29 Oct 10:00",
        "Thu 5 Nov 10:00",
        "Wed 11 Nov 11:00 one-off",
    ]


@row("series-change-keeps")
def test_it_is_put_as_an_event_of_its_own_before_its_series_ends() -> None:
    stage = before()
    stage.ana.drags("Tue 20 Oct", "Wed 21 Oct 11:00")
    stage.passes(10)
    stage.faults.inject("put", "timeout")
    stage.faults.inject("put", "timeout")
    stage.reconfigured(THURSDAYS)
    for _ in range(20):
        assert any("Wed 21 Oct 11:00" in each for each in stage.ana.calendar(20))
        stage.passes(1)
    assert stage.ana.calendar(20)[1] == "Wed 21 Oct 11:00 one-off"


@row("proposal-withdrawn", "series-change")
def test_an_open_question_about_a_date_that_is_none_any_more_is_taken_back_with_a_word() -> None:
    stage = before()
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(5)
    assert kinds(stage.ben.reads()) == ["proposal"]
    stage.reconfigured(THURSDAYS)
    assert stage.ben.reads()[0].split("  ")[1:] == [
        "ack",
        "No other time is needed any more for Tuesday's 1:1 (13 Oct).",
    ]
    assert stage.standing("Tue 13 Oct") == "skipped rule"


@row("series-change-keeps")
def test_at_the_same_hour_what_fell_out_stays_out_and_is_still_looked_for() -> None:
    stage = before()
    stage.ana.deletes("Tue 13 Oct")
    stage.ana.deletes("Tue 3 Nov")
    stage.passes(5)
    assert kinds(stage.ben.reads()) == ["proposal"]
    stage.reconfigured(LONGER)
    assert kinds(stage.ben.reads()) == ["started"]
    assert stage.ana.calendar(30) == ["Tue 20 Oct 15:00", "Tue 27 Oct 15:00"]
    stage.ben.replies("proposal", "1")
    assert stage.standing("Tue 13 Oct") == "moved"
    assert len(stage.ana.calendar(30)) == 3


@row("series-change-keeps")
def test_at_the_same_hour_what_was_left_out_stays_left_out() -> None:
    stage = before()
    stage.ben.replies("started", "SKIP")
    stage.reconfigured(LONGER)
    assert stage.ana.calendar() == ["Tue 20 Oct 15:00"]
    assert stage.standing("Tue 13 Oct") == "skipped choice"


@row("series-change")
def test_the_files_do_not_take_back_what_the_pair_agreed_on() -> None:
    stage = before()
    stage.ana.drags_all("Tue 13 Oct", "Wed 14 Oct 11:00")
    stage.passes(10)
    stage.reconfigured(THURSDAYS)
    assert stage.ana.calendar() == ["Wed 14 Oct 11:00", "Wed 21 Oct 11:00"]
    stage.reconfigured(
        replace(THURSDAYS, cadence=EVERY_TWO_WEEKS.cadence)
    )  # that was not agreed on
    assert stage.ana.calendar(30) == ["Wed 14 Oct 11:00", "Wed 28 Oct 11:00"]


@row("series-change", settings=("locked",))
def test_what_the_program_fixes_counts_whatever_the_calendar_says() -> None:
    stage = before(program=replace(PATIENT, locked=("at",)))
    stage.ana.drags_all("Tue 13 Oct", "Wed 14 Oct 11:00")
    stage.passes(10)
    assert stage.ana.calendar() == ["Tue 20 Oct 15:00"]
    assert kinds(stage.maya.reads()) == ["admin"]


@row("series-change", settings=("locked",))
def test_a_length_that_the_program_fixes_is_told_to_the_contact() -> None:
    stage = before(program=replace(PATIENT, locked=("length",)))
    stage.ana.drags_all("Tue 13 Oct", "Tue 13 Oct 15:00", minutes=45)
    stage.passes(10)
    assert kinds(stage.maya.reads()) == ["admin"]


@row("series-change")
def test_another_link_is_written_into_the_series_and_no_letter_about_it() -> None:
    stage = before()
    stage.reconfigured(replace(line(), link="https://meet.example.org/ana-ben"))
    (event,) = (
        e for e in stage.outside.world.account("ana@example.org").events.values() if not e.gone
    )
    assert event.location == "https://meet.example.org/ana-ben"
    assert (stage.ana.reads(), stage.ben.reads()) == ([], [])


@row("series-change")
def test_another_link_is_written_into_a_single_1_1_too_which_else_stays_as_it_is() -> None:
    stage = before()
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(6)
    stage.until("Thu 8 Oct 12:00 Kolkata")
    stage.ben.replies("proposal", "2")
    (single,) = [each for each in stage.ben.calendar() if "one-off" in each]
    stage.ben.accepts(single.rpartition(" one-off")[0][:-6])
    shown = stage.ben.calendar()
    stage.all_read()
    for link in ("https://meet.example.org/ana-ben", "https://meet.example.org/other"):
        stage.reconfigured(replace(line(), link=link))
        events = stage.outside.world.account("ana@example.org").events.values()
        assert [event.location for event in events if not event.gone] == [link, link]
        stage.passes(30)
    assert stage.ben.calendar() == shown  # the same time, and the same answer
    assert (stage.ana.reads(), stage.ben.reads()) == ([], [])


@row("series-change")
def test_changed_before_it_was_put_only_the_last_is_ever_seen() -> None:
    stage = Stage(program=PATIENT)
    stage.passes(1)
    stage.ana.replies("welcome-mentor-connected", "Yes")
    stage.ana.locks_out()
    stage.ben.replies("welcome-mentee", "Yes")
    stage.passes(5)
    stage.reconfigured(THURSDAYS)
    stage.until("Tue 6 Oct 10:00 Berlin")
    stage.ana.lets_in()
    assert live(stage) == ["2026-10-08T10:00 30"]
    assert kinds(stage.ben.reads())[-1:] == ["started"]
    assert "Thursdays" in stage.ben.last().first


# --- many at once


FOUR = (
    line(ANA, BEN),
    line(ANA, CHI, RegularTime(2, 10, 0)),
    line(DAN, BEN, RegularTime(3, 12, 0)),
    line(DAN, CHI, RegularTime(4, 10, 0)),
)


@row("series-change", "guard-mass")
def test_a_change_of_the_files_for_everybody_waits_for_a_person_and_nothing_ends_meanwhile() -> (
    None
):
    stage = before(*FOUR, at="Fri 9 Oct 12:00 Berlin")
    standing = stage.ana.calendar(30), stage.dan.calendar(30)
    stage.reconfigured(*(replace(each, cadence=EVERY_TWO_WEEKS.cadence) for each in FOUR))
    stage.passes(60)
    assert (stage.ana.calendar(30), stage.dan.calendar(30)) == standing
    assert len({each.split("  ")[0] for each in stage.on_hold()}) == 1
    assert stage.ben.reads() == []
    stage.release(stage.on_hold()[0].split("  ")[0])
    stage.passes(5)
    assert len(stage.ana.calendar(28)) < len(standing[0])
    assert {each.split("  ")[1] for each in stage.ana.reads()} == {"started"}


@row("pairing-paused", "guard-ordinary")
def test_what_a_mentor_of_many_says_is_no_mass_change() -> None:
    stage = before(*FOUR, at="Fri 9 Oct 12:00 Berlin")
    stage.ana.replies("started", "PAUSE until 3 Nov")
    stage.dan.replies("started", "AWAY 12-23 Oct")
    assert stage.on_hold() == []
    assert (stage.ana.calendar(20), stage.dan.calendar(14)) == ([], [])
    stage.ana.replies("ack", "UNDO")
    stage.passes(2)
    assert stage.on_hold() == []
    assert stage.ana.calendar(8) == ["Tue 13 Oct 15:00", "Wed 14 Oct 10:00"]
