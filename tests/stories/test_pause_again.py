"""A pause asked for again before it is over, by the same person or the other one, and in several pairings
(RULES 3 and 11).

Not how a single one begins and ends: test_pause.py.
"""

from __future__ import annotations

from datetime import date

import pytest

from daemon.domain.cadence import RegularTime
from daemon.domain.value import replace
from tests.stories.cast import ANA, BEN, CHI, PATIENT, line
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import Stage, before

TWO_MENTEES = (line(ANA, BEN), line(ANA, CHI, RegularTime(2, 10, 0)))


def prolonged(*, read: bool = True) -> Stage:
    """Ben has paused until 3 November, and ten minutes later until 17 November."""
    stage = before()
    stage.ben.replies("started", "PAUSE until 3 Nov")
    stage.passes(10)
    stage.ben.replies("ack", "PAUSE until 17 Nov")
    if read:
        stage.passes(10)
    assert stage.ana.calendar() == []
    return stage


# --- UNDO


@row("pairing-resumed", "undo-words")
def test_undo_of_a_longer_one_brings_back_what_the_first_had_left_out_and_the_other_hears_so() -> (
    None
):
    stage = prolonged()
    stage.all_read()
    stage.ben.replies("ack", "UNDO")
    stage.passes(1)
    assert stage.ben.reads() == ["Wed 7 Oct 13:53  ack  Taken back: the 1:1s with Ana go on."]
    assert [stage.standing(day) for day in ("Tue 13 Oct", "Tue 20 Oct")] == ["planned", "planned"]
    assert stage.ana.calendar() == ["Tue 13 Oct 15:00", "Tue 20 Oct 15:00"]
    stage.until("Fri 9 Oct 10:00 Berlin")
    assert [each.split("  ")[1:] for each in stage.ana.reads()] == [
        ["resumed", "Your 1:1s go on: Tue 13 Oct, 15:00 Berlin (18:30 Kolkata)."]
    ]
    stage.ben.replies("ack", "UNDO")  # and nothing more
    assert stage.ben.last().first == "There is nothing left that I could take back."
    assert stage.ana.calendar() == ["Tue 13 Oct 15:00", "Tue 20 Oct 15:00"]


@row("pairing-paused", "undo-words")
def test_undo_takes_back_nothing_that_the_other_one_has_asked_for_since() -> None:
    stage = before()
    stage.ben.replies("started", "PAUSE until 3 Nov")
    stage.passes(10)
    stage.ana.replies("paused", "PAUSE until 1 Dec")
    stage.passes(10)
    stage.all_read()
    stage.ben.replies("ack", "UNDO")
    stage.passes(10)
    assert kinds(stage.ben.reads()) == ["ack"]
    assert stage.ben.last().first == "There is nothing left that I could take back."
    assert stage.state().pause is not None
    assert (stage.state().standing, str(stage.state().pause.until)) == ("paused", "2026-12-01")
    assert (stage.ana.reads(), stage.ana.calendar(30)) == ([], [])


@row("pairing-paused", "undo-words")
@pytest.mark.parametrize("again", [False, True])
def test_undo_is_not_promised_where_it_would_end_what_somebody_else_had_asked_for(
    again: bool,
) -> None:
    stage = before()
    stage.ana.replies("started", "PAUSE until 3 Nov")
    stage.passes(10)
    stage.ben.replies("paused", "PAUSE until 17 Nov")
    if again:
        stage.passes(10)
        stage.ben.replies("ack", "PAUSE until 24 Nov")
    assert "UNDO" not in stage.ben.last("ack").text
    stage.ben.replies("ack", "UNDO")
    assert stage.ben.last("ack").first == "There is nothing left that I could take back."
    assert stage.state().standing == "paused"


@row("pairing-paused", "undo-words")
def test_a_longer_one_that_is_asked_for_days_later_is_changed_by_another_day() -> None:
    stage = before()
    stage.ben.replies("started", "PAUSE until 3 Nov")
    stage.until("Thu 15 Oct 10:00 Berlin")
    stage.ben.replies("ack", "PAUSE until 17 Nov")
    assert "UNDO" not in stage.ben.last("ack").text
    stage.ben.replies("ack", "PAUSE until 3 Nov")
    stage.until("Sun 1 Nov 12:00 Berlin")
    assert stage.ana.calendar() == ["Tue 3 Nov 15:00", "Tue 10 Nov 15:00"]


# --- its end is told


@row("pairing-resumed")
@pytest.mark.parametrize("said", ["RESUME", "UNDO"])
def test_whoever_has_read_of_the_first_hears_the_end_of_the_second(said: str) -> None:
    stage = before()
    stage.ben.replies("started", "PAUSE until 3 Nov")
    assert kinds(stage.ana.reads()) == ["paused"]
    stage.ben.replies("ack", "PAUSE until 17 Nov")  # one letter a day: Ana does not hear that yet
    stage.ben.replies("ack", said)
    stage.until("Mon 12 Oct 10:00 Berlin")
    assert [each.split("  ")[1:] for each in stage.ana.reads()] == [
        ["resumed", "Your 1:1s go on: Tue 13 Oct, 15:00 Berlin (18:30 Kolkata)."]
    ]
    assert stage.ana.calendar() == ["Tue 13 Oct 15:00", "Tue 20 Oct 15:00"]


@row("pairing-resumed")
def test_and_so_does_whoever_had_asked_for_the_first() -> None:
    stage = before(at="Wed 7 Oct 21:00 Berlin")
    stage.ana.replies("started", "PAUSE until 3 Nov")
    stage.until("Thu 8 Oct 04:30 Berlin")
    assert kinds(stage.ben.reads()) == ["paused"]
    stage.ben.replies("paused", "PAUSE until 17 Nov")  # it is night in Berlin
    stage.ben.replies("ack", "RESUME")
    stage.until("Thu 8 Oct 12:00 Berlin")
    assert kinds(stage.ana.reads()) == ["ack", "resumed"]
    assert stage.ana.calendar() == ["Tue 13 Oct 15:00", "Tue 20 Oct 15:00"]


@row("pairing-resumed")
def test_an_end_that_was_heard_already_is_not_told_for_one_that_never_was() -> None:
    stage = before(at="Wed 7 Oct 19:00 Berlin")
    stage.ben.replies("started", "PAUSE until 3 Nov")
    assert kinds(stage.ana.reads()) == ["paused"]
    stage.ana.replies("paused", "RESUME")
    stage.until("Thu 8 Oct 04:30 Berlin")
    stage.all_read()
    stage.ben.replies("ack", "PAUSE")
    stage.ben.replies("ack", "UNDO")
    stage.until("Fri 9 Oct 12:00 Berlin")
    assert stage.ana.reads() == []


@row("pairing-paused", "pairing-resumed")
def test_the_admin_names_another_day_in_the_files_and_then_ends_it() -> None:
    stage = before()
    stage.reconfigured(replace(line(), state="paused", resumes=date(2026, 10, 27)))
    assert kinds(stage.ana.reads()) == kinds(stage.ben.reads()) == ["paused"]
    stage.reconfigured(replace(line(), state="paused", resumes=date(2026, 11, 10)))
    stage.reconfigured(line())
    stage.until("Fri 9 Oct 10:00 Berlin")
    assert kinds(stage.ana.reads()) == kinds(stage.ben.reads()) == ["resumed"]
    assert stage.ana.calendar() == ["Tue 13 Oct 15:00", "Tue 20 Oct 15:00"]


# --- of a mentor, in all own pairings


@row("pairing-resumed")
def test_a_mentors_resume_holds_everywhere_also_where_it_is_said_and_goes_on_already() -> None:
    stage = before(*TWO_MENTEES, at="Thu 8 Oct 10:00 Berlin")
    stage.ana.replies("started", "PAUSE until 3 Nov")
    stage.passes(10)
    stage.chi.replies("paused", "RESUME")
    stage.passes(10)
    standings = [stage.state(each.pairing).standing for each in TWO_MENTEES]
    assert standings == ["paused", "active"]
    stage.all_read()
    stage.ana.replies("resumed", "RESUME")
    stage.passes(10)
    assert stage.ana.reads() == [
        "Thu 8 Oct 10:23  ack  Your 1:1s go on: Wed 14 Oct, 10:00 Berlin (16:00 Taipei)."
    ]
    assert kinds(stage.ben.reads()) == ["resumed"]
    assert stage.ana.calendar(8) == ["Tue 13 Oct 15:00", "Wed 14 Oct 10:00"]


@row("letter-unclear", "pairing-resumed")
def test_where_nothing_of_the_mentors_pauses_resume_is_not_understood() -> None:
    stage = before(*TWO_MENTEES, at="Thu 8 Oct 10:00 Berlin")
    stage.ben.replies("started", "PAUSE until 3 Nov")  # that one Ben alone has asked for
    stage.all_read()
    stage.ana.answers(
        next(each for each in stage.ana.letters if each.touchpoint == "started" and "Chi" in each.text),
        "RESUME",
    )  # fmt: skip
    assert kinds(stage.ana.reads()) == ["unclear"]
    assert stage.state().standing == "paused"


@row("pairing-paused")
def test_around_midnight_as_well_the_longest_pause_is_counted_in_days_of_the_pair() -> None:
    stage = before(*TWO_MENTEES, program=PATIENT, at="Fri 9 Oct 00:30 Berlin")  # the 8th in UTC
    stage.ben.replies("started", "PAUSE until 7 Dec")
    stage.ana.answers(
        next(each for each in stage.ana.letters if each.touchpoint == "started" and "Chi" in each.text),
        "PAUSE",
    )  # fmt: skip
    pauses = [stage.state(each.pairing).pause for each in TWO_MENTEES]
    assert [pause and (pause.by, str(pause.until)) for pause in pauses] == [
        ("mentor", "2026-12-08"), ("mentor", "2026-12-08"),  # sixty days on from the 9th
    ]  # fmt: skip


@row("pairing-paused", "letter-cap-week")
def test_a_full_week_does_not_hide_what_the_first_had_left_out() -> None:
    stage = before(program=replace(PATIENT, letters_per_week=2), at="Mon 12 Oct 22:00 Berlin")
    stage.ana.replies("started", "PAUSE until 3 Nov")  # it is night in Kolkata
    stage.ana.replies("ack", "PAUSE until 17 Nov")
    stage.until("Tue 13 Oct 09:00 Berlin")
    assert stage.ben.reads() == [
        "Tue 13 Oct 07:00  paused  Your 1:1s with Ana pause until 17 November 2026. Nothing to do."
    ]
    assert "The next one, Tue 13 Oct, 18:30 Kolkata (15:00 Berlin), does not take place." in (
        stage.ben.last().text
    )
