"""Breaks of the program and public holidays: days on which nobody meets, known when the series is put or only
later, told ahead, and what MEET makes of them (RULES 4 and 6, LETTERS 2).

Not days on which one of the two is away: test_absence.py.
"""

from __future__ import annotations

from datetime import date

import pytest

from daemon.domain.cadence import RegularTime
from daemon.domain.people import Days
from daemon.domain.value import replace
from tests.stories.cast import ANA, BEN, CHI, DAN, PATIENT, line
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import Stage, before, running

WINTER = Days(date(2026, 12, 20), date(2027, 1, 6), "exam break")
AUTUMN = Days(date(2026, 10, 19), date(2026, 11, 1), "autumn break")
FRIDAYS = line(at=RegularTime(4, 15, 0))


def puts(stage: Stage) -> int:
    """How often the calendar was asked to put or change the series."""
    entries = stage.why("")
    return entries.count("due: both said yes") + len(stage.why("the series as it is agreed"))


@row("series-known-gaps", settings=("breaks",))
def test_a_break_known_when_the_series_is_put_costs_nothing() -> None:
    stage = running(program=replace(PATIENT, breaks=(WINTER,)))
    assert stage.ana.calendar(110)[-3:] == [
        "Tue 15 Dec 15:00",
        "Tue 12 Jan 15:00",
        "Tue 19 Jan 15:00",
    ]
    assert puts(stage) == 1


@row("series-later-break")
def test_a_break_added_later_is_one_change_and_one_letter_with_all_dates() -> None:
    stage = before()
    stage.ruled(breaks=(WINTER,))
    assert stage.ana.calendar(100)[-2:] == ["Tue 15 Dec 15:00", "Tue 12 Jan 15:00"]
    assert puts(stage) == 2  # put, and changed once
    assert (stage.ana.reads(), stage.ben.reads()) == ([], [])  # it is two months until then
    stage.until("Tue 15 Dec 10:00 Berlin")
    told = [each for each in stage.ben.reads() if "break-ahead" in each]
    assert told == [
        "Sun 13 Dec 07:00  break-ahead  "
        "No 1:1s from 20 December to 6 January (exam break). Nothing to do."
    ]
    assert stage.ben.last("break-ahead").text.count("| Tue") == 3
    assert "After that, as usual: Tue 12 Jan, 19:30 Kolkata (15:00 Berlin)." in (
        stage.ben.last("break-ahead").text
    )


@row("series-later-break", "guard-mass")
def test_a_break_added_to_the_files_of_many_is_weighed_before_any_calendar_is_changed() -> None:
    lines = [line(DAN, BEN, RegularTime(day, 12, 0)) for day in range(4)]
    lines = [replace(each, pairing=f"dan-ben-{n}") for n, each in enumerate(lines)]
    stage = before(*lines)
    stage.ruled(breaks=(WINTER,))
    assert [each.split("  ")[1] for each in stage.on_hold()] == [
        f"series/dan-ben-{n}/0" for n in range(4)
    ]


@row("series-later-break")
def test_one_that_begins_within_days_is_told_at_once() -> None:
    stage = before(at="Thu 15 Oct 10:00 Berlin")
    stage.ruled(breaks=(AUTUMN,))
    assert stage.ana.calendar() == []
    assert kinds(stage.ana.reads()) == kinds(stage.ben.reads()) == ["break-ahead"]
    stage.until("Mon 2 Nov 10:00 Berlin")
    assert (stage.ana.reads(), stage.ben.reads()) == ([], [])
    assert stage.standing("Tue 20 Oct") == "skipped rule"
    assert stage.ana.calendar() == ["Tue 3 Nov 15:00", "Tue 10 Nov 15:00"]


@row("series-later-gap")
def test_a_single_date_that_is_known_later_is_taken_off_by_itself() -> None:
    stage = before()
    stage.ruled(breaks=(Days(date(2026, 10, 20), date(2026, 10, 20)),))
    assert stage.ana.calendar(22) == ["Tue 13 Oct 15:00", "Tue 27 Oct 15:00"]
    assert puts(stage) == 1
    assert stage.why("cancel/")[-1].startswith("settled")


@row("letter-break-ahead", settings=("break_ahead_days",))
@pytest.mark.parametrize(("days", "at"), [(7, "Wed 14 Oct"), (3, "Fri 16 Oct"), (0, "")])
def test_it_is_told_so_long_ahead(days: int, at: str) -> None:
    stage = before(program=replace(PATIENT, breaks=(AUTUMN,), break_ahead_days=days))
    stage.until("Sun 25 Oct 10:00 Berlin")
    found = [each for each in stage.ben.reads() if "break-ahead" in each]
    assert [each[:10] for each in found] == ([at] if at else [])


@row("letter-break-ahead")
def test_a_mentor_of_several_reads_it_once() -> None:
    lines = (line(ANA, BEN), line(ANA, CHI, RegularTime(2, 10, 0)))
    stage = before(*lines, program=replace(PATIENT, breaks=(AUTUMN,)))
    stage.until("Sun 25 Oct 10:00 Berlin")
    assert kinds(stage.ana.reads()).count("break-ahead") == 1
    assert kinds(stage.ben.reads()).count("break-ahead") == 1
    assert kinds(stage.chi.reads()).count("break-ahead") == 1


@row("letter-break-ahead")
def test_where_no_1_1_would_have_been_nothing_is_told() -> None:
    weekend = Days(date(2026, 10, 24), date(2026, 10, 25), "a weekend")
    stage = before(program=replace(PATIENT, breaks=(weekend,)))
    stage.until("Mon 26 Oct 10:00 Berlin")
    assert "break-ahead" not in kinds(stage.ben.reads())


@row("letter-break-ahead", "meeting-repaired")
def test_meet_finds_a_time_inside_the_break() -> None:
    stage = before(at="Mon 12 Oct 10:00 Berlin", program=replace(PATIENT, breaks=(AUTUMN,)))
    stage.until("Wed 14 Oct 12:00 Kolkata")
    assert "break-ahead" in kinds(stage.ben.reads())
    stage.ben.replies("break-ahead", "MEET")
    assert [each.split("  ")[1:] for each in stage.ben.reads()] == [
        ["ack", "Understood: I look for a time for Tuesday's 1:1 (20 Oct) after all."],
        ["proposal", "A time for Tuesday's 1:1 (20 Oct) after all: which is good?"],
    ]
    assert [each.split(",")[0][3:] for each in stage.ben.last("proposal").choices] == [
        "Mon 19 Oct",
        "Tue 20 Oct",
        "Wed 21 Oct",
    ]
    stage.ben.replies("proposal", "2")
    assert stage.ana.calendar(30) == [
        "Tue 20 Oct 15:00 one-off",
        "Tue 3 Nov 15:00",
        "Tue 10 Nov 15:00",
    ]


@row("letter-break-ahead")
def test_meet_said_weeks_ahead_is_about_the_first_1_1_that_the_break_leaves_out() -> None:
    program = replace(PATIENT, breaks=(WINTER,), break_ahead_days=30)
    stage = before(at="Mon 23 Nov 10:00 Berlin", program=program)
    stage.ben.replies("break-ahead", "MEET")
    assert stage.ben.last("ack").first == (
        "Understood: I look for a time for Tuesday's 1:1 (22 Dec) after all."
    )
    stage.ben.replies("proposal", "1")
    assert "Mon 21 Dec 15:00 one-off" in stage.ana.calendar(60)
    stage.until("Wed 13 Jan 10:00 Berlin")
    assert [each.split("  ")[0] for each in stage.ben.reads() if "notes  " in each][-1][:10] == (
        "Tue 12 Jan"
    )


@row("letter-break-ahead", "proposal-silence")
def test_meet_and_then_silence_leaves_it_out_as_it_was() -> None:
    stage = before(at="Wed 14 Oct 12:00 Berlin", program=replace(PATIENT, breaks=(AUTUMN,)))
    stage.ben.replies("break-ahead", "MEET")
    stage.until("Mon 2 Nov 10:00 Berlin")
    assert stage.standing("Tue 20 Oct") == "skipped rule"
    assert stage.ana.calendar() == ["Tue 3 Nov 15:00", "Tue 10 Nov 15:00"]


@row("series-later-gap")
def test_a_break_that_is_taken_out_of_the_files_brings_its_1_1s_back_and_says_so() -> None:
    stage = before(at="Thu 15 Oct 10:00 Berlin")
    stage.ruled(breaks=(AUTUMN,))
    stage.ana.reads(), stage.ben.reads()
    stage.ruled(breaks=())
    assert stage.ana.calendar() == ["Tue 20 Oct 15:00 one-off", "Tue 27 Oct 15:00 one-off"]
    first = "Your 1:1 with Ana stays: Tue 20 Oct, 18:30 Kolkata (15:00 Berlin)."
    assert stage.ben.reads()[0].split("  ")[2] == first
    assert set(kinds(stage.ana.reads())) == {"moved"}


@row("series-later-gap")
def test_far_ahead_they_come_back_each_as_an_event_of_its_own_when_it_comes_near() -> None:
    stage = before(program=replace(PATIENT, breaks=(WINTER,)))
    stage.until("Mon 30 Nov 10:00 Berlin")
    stage.ruled(breaks=())
    assert "Tue 22 Dec 15:00" not in " ".join(stage.ana.calendar(30))
    stage.until("Wed 16 Dec 10:00 Berlin")
    assert stage.ana.calendar() == ["Tue 22 Dec 15:00 one-off", "Tue 29 Dec 15:00 one-off"]
    assert "break-ahead" not in kinds(stage.ben.reads())


# --- holidays


@row("series-known-gaps", settings=("holidays",))
def test_public_holidays_of_the_program() -> None:
    stage = running(FRIDAYS, program=replace(PATIENT, holidays=("DE-BE",)))
    dates = stage.ana.calendar(200)
    assert "Fri 18 Dec 15:00" in dates and "Fri 8 Jan 15:00" in dates
    for off in ("Fri 25 Dec", "Fri 1 Jan", "Fri 26 Mar"):
        assert f"{off} 15:00" not in dates


@row("series-known-gaps", "meeting-skipped-by-rule")
def test_public_holidays_of_one_of_the_two() -> None:
    stage = running(line(ANA, replace(BEN, holidays=("IN",))), program=PATIENT)
    assert stage.ana.calendar(60) == [
        f"Tue {day} 15:00"
        for day in ("6 Oct", "13 Oct", "27 Oct", "3 Nov", "10 Nov", "17 Nov", "1 Dec")
    ]
    stage.until("Wed 28 Oct 10:00 Berlin")
    assert stage.standing("Tue 20 Oct") == "skipped rule"
    assert [each[:10] for each in stage.ben.reads() if "prep-" in each] == [
        "Mon 5 Oct ",
        "Mon 12 Oct",
        "Mon 26 Oct",
    ]


@row("letter-break-ahead", "series-known-gaps")
@pytest.mark.parametrize(
    ("at", "left_out"), [("Wed 14 Oct", "20 Oct"), ("Wed 28 Oct", "24 Nov")], ids=["near", "far"]
)
def test_meet_is_about_a_holiday_too(at: str, left_out: str) -> None:
    stage = before(line(ANA, replace(BEN, holidays=("IN",))), at=f"{at} 12:00 Berlin")
    stage.ben.replies("started", "MEET")
    assert stage.ben.last("ack").first == (
        f"Understood: I look for a time for Tuesday's 1:1 ({left_out}) after all."
    )


@row("series-known-gaps")
def test_no_other_time_is_offered_on_a_holiday() -> None:
    stage = running(line(ANA, replace(BEN, holidays=("IN",))), program=PATIENT)
    stage.until("Sun 11 Oct 10:00 Berlin")
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(5)
    for _ in range(2):
        assert all("20 Oct" not in each for each in stage.ben.last("proposal").choices)
        stage.ben.replies("proposal", "NONE")


@row("series-known-gaps", "series-first-time")
def test_days_that_the_files_know_as_away_are_left_out_from_the_beginning() -> None:
    away = replace(DAN, away=(Days(date(2026, 10, 12), date(2026, 10, 16)),))
    stage = running(line(away, BEN), program=PATIENT)
    assert stage.dan.calendar(23) == ["Tue 6 Oct 15:00", "Tue 20 Oct 15:00", "Tue 27 Oct 15:00"]
