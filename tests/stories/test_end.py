"""The end of a pairing: its last weeks, whether both want to go on, LEAVE, the farewell, and what comes after
(RULES 3).

Not a pause, and not a series that somebody deletes.
"""

from __future__ import annotations

from datetime import date

import pytest

from daemon.domain.value import replace
from tests.stories.cast import PATIENT, line
from tests.stories.people import kinds, moment
from tests.stories.rows import row
from tests.stories.stage import Stage, before, running

DECEMBER = line(ends=date(2026, 12, 1))


# --- the last weeks


@row("pairing-closing")
def test_no_time_past_the_end_is_offered() -> None:
    stage = before(DECEMBER, at="Sat 28 Nov 10:00 Berlin")
    assert stage.state().standing == "closing"
    stage.ana.deletes("Tue 1 Dec")
    stage.passes(5)
    assert [each.split("  ")[1].split(",")[0] for each in stage.ben.last("proposal").choices] == [
        "Mon 30 Nov",
        "Tue 1 Dec",
        "Tue 1 Dec",
    ]


@row("pairing-closing", "pairing-closed")
def test_closing_in_the_last_step_closed_after_the_last_notes() -> None:
    stage = before(DECEMBER, at="Tue 24 Nov 10:00 Berlin")
    assert stage.state().standing == "active"
    stage.until("Wed 25 Nov 01:00 Berlin")
    assert stage.state().standing == "closing"
    stage.until("Fri 4 Dec 10:00 Berlin")
    assert stage.state().standing == "closing"
    stage.until("Sat 5 Dec 10:00 Berlin")
    assert stage.state().standing == "closed"
    stage.ana.reads(), stage.ben.reads()
    stage.until("Sat 16 Jan 10:00 Berlin")
    assert (stage.ana.reads(), stage.ben.reads()) == ([], [])


@row("pairing-closing", "pairing-active")
def test_an_end_that_is_put_off_in_the_files_brings_back_what_it_had_taken_along() -> None:
    stage = before(at="Wed 7 Oct 10:00 Berlin")
    stage.reconfigured(line(ends=date(2026, 10, 10)))
    assert (stage.ana.calendar(30), stage.state().standing) == ([], "closing")
    stage.reconfigured(DECEMBER)
    assert stage.ana.calendar(14) == ["Tue 13 Oct 15:00", "Tue 20 Oct 15:00"]
    stage.until("Wed 14 Oct 10:00 Berlin")
    assert kinds(stage.ben.reads()) == ["prep-mentee", "notes"]


# --- go on?


def asked(**wishes: object) -> Stage:
    """Two weeks before the end, both have been asked."""
    stage = before(DECEMBER, at="Tue 17 Nov 22:00 Berlin", **wishes)
    stage.until("Wed 18 Nov 10:00 Berlin")
    return stage


@row("letter-extend", settings=("extend_ask_days", "extend_weeks"))
def test_both_are_asked_alone_and_two_yeses_go_on_for_thirteen_weeks() -> None:
    stage = asked()
    assert [each.split("  ")[:2] for each in stage.ana.reads()] == [["Wed 18 Nov 07:00", "extend"]]
    assert [each.split("  ")[:2] for each in stage.ben.reads()] == [["Wed 18 Nov 07:00", "extend"]]
    midnight = moment("Wed 2 Dec 00:00 Berlin")
    assert [q.answer_by for q in stage.state().questions] == [midnight, midnight]
    stage.ana.replies("extend", "1")
    assert kinds(stage.ana.reads()) == ["ack"]
    assert stage.ben.reads() == []
    assert stage.ana.calendar(150)[-1] == "Tue 1 Dec 15:00"
    stage.ben.replies("extend", "yes")
    assert stage.ana.calendar(150)[-1] == "Tue 2 Mar 15:00"
    stage.until("Wed 9 Dec 10:00 Berlin")
    assert stage.state().standing == "active"
    assert "farewell" not in kinds(stage.ben.reads())


@row("letter-extend")
@pytest.mark.parametrize(
    ("ana", "ben", "last"),
    [
        ("2 till 30 January", "1", "Tue 26 Jan"),
        ("2 till 30 January", "2 till 20 December", "Tue 15 Dec"),
        ("1", "3", "Tue 1 Dec"),
        ("no", "yes", "Tue 1 Dec"),
        ("1", "", "Tue 1 Dec"),
        ("", "", "Tue 1 Dec"),
    ],
)
def test_it_takes_both_and_the_earlier_day_counts(ana: str, ben: str, last: str) -> None:
    stage = asked()
    if ana:
        stage.ana.replies("extend", ana)
    if ben:
        stage.ben.replies("extend", ben)
    assert stage.ana.calendar(150)[-1] == f"{last} 15:00"
    stage.until("Tue 8 Dec 10:00 Berlin")
    assert (stage.state().standing == "closed") == (last == "Tue 1 Dec")


@row("letter-extend")
@pytest.mark.parametrize(("till", "again"), [("27 December", False), ("28 December", True)])
def test_whoever_has_just_said_until_when_is_not_asked_again(till: str, again: bool) -> None:
    stage = asked()
    stage.until("Mon 30 Nov 12:00 Berlin")
    stage.all_read()
    stage.ana.replies("extend", f"2 till {till}")
    stage.ben.replies("extend", "1")
    stage.until("Thu 31 Dec 10:00 Berlin")
    for reads in (stage.ana.reads(), stage.ben.reads()):
        assert ("extend" in kinds(reads)) == again
        assert "farewell" in kinds(reads)


@row("letter-extend", "pairing-closed")
def test_the_farewell_waits_as_long_as_somebody_may_still_say_yes() -> None:
    stage = before(line(ends=date(2026, 12, 4)), at="Wed 2 Dec 09:00 Berlin")
    stage.until("Thu 3 Dec 12:00 Berlin")
    assert (stage.ana.reads(), stage.ben.reads()) == ([], [])
    stage.until("Sat 5 Dec 12:00 Berlin")
    assert kinds(stage.ana.reads()) == kinds(stage.ben.reads()) == ["farewell"]


@row("letter-extend", settings=("extend_weeks",))
def test_without_weeks_it_goes_on_without_an_end() -> None:
    stage = asked(program=replace(PATIENT, extend_weeks=0))
    stage.ana.replies("extend", "1")
    stage.ben.replies("extend", "1")
    assert len(stage.ana.calendar(400)) > 50


@row("letter-extend", settings=("extend_ask_days", "locked"))
@pytest.mark.parametrize("settings", [{"extend_ask_days": 0}, {"locked": ("ends",)}])
def test_where_the_program_says_so_nobody_is_asked(settings: dict[str, object]) -> None:
    stage = before(DECEMBER, program=replace(PATIENT, **settings), at="Tue 1 Dec 10:00 Berlin")  # type: ignore[arg-type]
    assert [each for each in stage.ana.letters if each.touchpoint == "extend"] == []


@row("letter-extend", "pairing-closing", settings=("minimum_weeks",))
def test_without_an_end_of_its_own_it_lasts_its_least_weeks_and_then_both_are_asked() -> None:
    stage = running(program=replace(PATIENT, minimum_weeks=6))
    assert stage.ana.calendar(90)[-1] == "Tue 10 Nov 15:00"
    stage.until("Wed 4 Nov 10:00 Berlin")
    assert "16 November 2026" in stage.ben.last("extend").first


# --- LEAVE


@row("letter-leave", "pairing-closing", settings=("notice_days",))
@pytest.mark.parametrize(("days", "left"), [(14, ["Tue 13 Oct", "Tue 20 Oct"]), (0, [])])
def test_leave_is_asked_about_once_and_then_ends_with_notice(days: int, left: list[str]) -> None:
    stage = before(program=replace(PATIENT, notice_days=days))
    stage.ben.replies("started", "LEAVE")
    assert kinds(stage.ben.reads()) == ["leave"]
    assert (stage.ana.reads(), len(stage.ana.calendar())) == ([], 2)
    stage.ben.replies("leave", "YES")
    assert kinds(stage.ben.reads()) == ["ack"]
    assert stage.ana.calendar(60) == [f"{each} 15:00" for each in left]
    assert stage.ana.reads() == ["Wed 7 Oct 10:02  ended  Your 1:1s with Ben come to an end."]
    assert ("The last one: Tue 20 Oct" in stage.ana.last().text) == bool(left)


@row("letter-leave")
@pytest.mark.parametrize("answer", ["2", "no", ""])
def test_without_a_yes_nothing_changes_and_nobody_hears_of_it(answer: str) -> None:
    stage = before()
    stage.ben.replies("started", "LEAVE\nAna talks too much.")
    if answer:
        stage.ben.replies("leave", answer)
    stage.until("Wed 21 Oct 10:00 Berlin")
    assert stage.ana.reads() == []
    assert stage.state().standing == "active"


@row("letter-leave", "pairing-closed")
def test_who_leaves_is_not_asked_to_go_on_and_reads_no_farewell() -> None:
    stage = before(line(ends=date(2026, 12, 31)))
    stage.ana.replies("started", "LEAVE")
    stage.ana.replies("leave", "1")
    stage.until("Sat 31 Oct 10:00 Berlin")
    assert stage.state().standing == "closed"
    assert {"extend", "farewell"} & {*kinds(stage.ana.reads()), *kinds(stage.ben.reads())} == set()


@row("letter-leave")
def test_an_end_that_comes_sooner_than_the_notice_stays_where_it_is() -> None:
    stage = before(line(ends=date(2026, 10, 14)))
    stage.ben.replies("started", "LEAVE")
    stage.ben.replies("leave", "1")
    assert stage.ana.calendar(60) == ["Tue 13 Oct 15:00"]


@row("letter-leave", "letter-urgent")
def test_ended_at_once_nobody_sets_out_for_todays() -> None:
    stage = before(at="Tue 13 Oct 10:00 Berlin")
    stage.ben.declines_all()
    stage.passes(10)
    stage.ben.replies("declined-all", "4")
    assert kinds(stage.ana.reads())[-1:] == ["ended"]
    assert stage.ana.calendar(60) == []
    stage.until("Wed 14 Oct 10:00 Berlin")
    assert "notes" not in kinds(stage.ben.reads())


@row("pairing-no", "letter-leave")
def test_leave_said_to_the_very_first_letter_is_a_no() -> None:
    stage = Stage(program=PATIENT)
    stage.passes(1)
    stage.ana.replies("welcome-mentor-connected", "LEAVE")
    assert stage.state().standing == "closed"
    assert kinds(stage.ana.reads()) == ["welcome-mentor-connected", "ack"]
    assert stage.ben.reads() == []


# --- farewell and after


@row("pairing-closed", settings=("closing_held_least", "closing_share_percent"))
@pytest.mark.parametrize(
    ("settings", "shown"),
    [({}, True), ({"closing_held_least": 5}, False), ({"closing_share_percent": 80}, False)],
)
def test_the_farewell_counts_only_what_is_something_to_be_glad_of(
    settings: dict[str, int], shown: bool
) -> None:
    program = replace(PATIENT, **settings)  # type: ignore[arg-type]
    stage = before(line(ends=date(2026, 10, 27)), program=program)
    stage.ben.replies("started", "SKIP")  # of the 13th: three of four took place
    stage.until("Thu 29 Oct 10:00 Berlin")
    assert stage.ben.last("farewell").at == "Wed 28 Oct 20:00"
    assert ("Since 5 October 2026: you two met 3 times." in stage.ben.last().text) == shown
    assert "Tue 27 Oct, 19:30 Kolkata (15:00 Berlin)" in stage.ben.last().text


@row("pairing-closed", "letter-note")
def test_a_last_line_is_for_both_and_anything_later_for_the_contact() -> None:
    stage = before(line(ends=date(2026, 10, 27)), at="Thu 5 Nov 10:00 Berlin")
    assert stage.state().standing == "closed"
    stage.ben.replies("farewell", "I go on with the CV.")
    stage.passes(20)
    assert kinds(stage.ana.reads()) == ["copy"]
    assert "I go on with the CV." in stage.ana.last().text
    stage.ben.reads()
    stage.ben.replies("farewell", "MOVE")
    assert kinds(stage.ben.reads()) == ["ack"]
    assert kinds(stage.maya.reads()) == ["admin"]
    assert stage.ana.calendar(60) == []
    stage.until("Fri 6 Nov 15:00 Berlin")
    stage.ben.replies("farewell", "AWAY 12-23 Nov")
    assert "\n| AWAY 12-23 Nov\n" in stage.ben.last("ack").text


@row("pairing-closed-at-once", "effect-withdrawn")
def test_the_admin_closes_at_once_and_nothing_more_is_written() -> None:
    stage = before(at="Mon 12 Oct 10:00 Berlin")
    stage.ana.deletes("Tue 20 Oct")
    stage.passes(5)
    stage.ben.reads()
    stage.faults.inject("put", "timeout")  # the calendar answers only a minute later
    stage.reconfigured(replace(line(), state="closed"))
    assert stage.state().standing == "closed"
    stage.until("Sat 21 Nov 10:00 Berlin")
    assert stage.ana.calendar(60) == []
    assert (stage.ana.reads(), stage.ben.reads()) == ([], [])


@row("pairing-line-gone")
def test_a_line_that_disappears_ends_nothing_and_what_was_known_of_it_goes_on() -> None:
    stage = before(DECEMBER)
    stage.reconfigured()
    stage.until("Wed 14 Oct 10:00 Berlin")
    assert kinds(stage.ben.reads()) == ["prep-mentee", "notes"]
    assert stage.ana.calendar(90)[-1] == "Tue 1 Dec 15:00"
