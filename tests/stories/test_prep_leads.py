"""The lead of the preps: so many days before the 1:1, of a program or of a pair.

Not their hours, nor quiet hours: those are in test_preps.py and test_contact_rules.py.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from daemon.domain.cadence import Cadence, RegularTime, Step
from daemon.domain.people import Days
from daemon.domain.value import replace
from tests.stories.beginnings import agreed, begin, begun, take
from tests.stories.cast import ANA, BEN, CHI, DAN, EVA, PATIENT, line
from tests.stories.people import kinds, when
from tests.stories.rows import row
from tests.stories.stage import Stage, before, running

TWO_AND_ONE = {"prep_mentee_days": 2, "prep_mentor_days": 1}
BIWEEKLY = Cadence(Step(weeks=2))
THREE = (
    line(ANA, BEN),
    line(ANA, CHI, RegularTime(2, 10, 0)),
    line(ANA, EVA, RegularTime(3, 16, 0)),
)


def on_friday(*lines: Any, **settings: Any) -> Stage:
    """Four days before Tuesday's 1:1; everything has been read."""
    program = replace(PATIENT, **{**TWO_AND_ONE, **settings})
    return before(*lines, at="Fri 9 Oct 10:00 Berlin", program=program)


def preps(stage: Stage, *names: str) -> list[str]:
    """When those people got preps since they last read."""
    read = [each for name in names for each in when(stage.people[name].reads())]
    return [each for each in read if "  prep-" in each or "  group-prep" in each]


@row("letter-lead", settings=("prep_mentee_days", "prep_mentor_days"))
def test_each_prep_goes_so_many_days_before_and_what_was_answered_is_in_the_mentors() -> None:
    stage = on_friday()
    stage.until("Sun 11 Oct 18:30 Kolkata")
    assert preps(stage, "ben") == ["Sun 11 Oct 18:00  prep-mentee"]
    prep = stage.ben.last("prep-mentee")
    assert prep.first == "Tue 13 Oct, 18:30 Kolkata (15:00 Berlin): what shall it be about?"
    assert (
        "Ana gets your lines on Mon 12 Oct, 12:30 Kolkata (09:00 Berlin). Until then UNDO"
        in prep.text
    )
    stage.ben.replies("prep-mentee", "The lab in Rome.")
    stage.until("Tue 13 Oct 14:00 Berlin")
    assert preps(stage, "ana") == ["Mon 12 Oct 09:00  prep-mentor"]
    assert "| The lab in Rome." in stage.ana.last("prep-mentor").text
    assert preps(stage, "ben") == []


@row("letter-lead", "letter-pair", settings=("prep_mentee_days", "prep_mentor_days"))
def test_a_pair_has_a_lead_of_its_own_and_other_pairs_the_programs() -> None:
    own = agreed(prep_mentee_days=3, prep_mentor_days=2)
    stage = on_friday(own, line(DAN, CHI), prep_mentee_days=1, prep_mentor_days=0)
    stage.until("Sat 10 Oct 20:00 Kolkata")
    stage.ben.replies("prep-mentee", "The lab in Rome.")
    stage.until("Mon 12 Oct 20:00 Kolkata")
    stage.chi.replies("prep-mentee", "The lab in Taipei.")
    stage.until("Tue 13 Oct 12:00 Berlin")
    assert preps(stage, "ben", "ana") == [
        "Sat 10 Oct 18:00  prep-mentee",
        "Sun 11 Oct 09:00  prep-mentor",
    ]
    assert preps(stage, "chi", "dan") == [
        "Mon 12 Oct 18:00  prep-mentee",
        "Tue 13 Oct 09:00  prep-mentor",
    ]


@row("letter-lead", settings=("prep_mentee_days", "prep_mentor_days"))
def test_on_the_day_itself() -> None:
    stage = on_friday(prep_mentee_days=0, prep_mentor_days=0, prep_mentee_minute=8 * 60)
    stage.until("Tue 13 Oct 08:30 Kolkata")
    assert preps(stage, "ben") == ["Tue 13 Oct 08:00  prep-mentee"]
    stage.ben.replies("prep-mentee", "The lab in Rome.")
    stage.until("Tue 13 Oct 12:00 Berlin")
    assert preps(stage, "ana") == ["Tue 13 Oct 09:00  prep-mentor"]


@row("letter-lead", settings=("prep_mentee_days", "prep_mentor_days"))
def test_an_hour_after_the_1_1_is_two_hours_before_it_on_the_day_as_on_any_other() -> None:
    stage = on_friday(line(DAN, BEN, RegularTime(1, 11, 0)), prep_mentee_days=0)
    stage.until("Tue 13 Oct 14:00 Kolkata")  # it is at half past two
    assert preps(stage, "ben") == ["Tue 13 Oct 12:29  prep-mentee"]


@row("letter-lead", settings=("prep_mentee_days", "prep_mentor_days"))
def test_the_hour_is_that_of_the_readers_clock_across_a_change_of_it() -> None:
    program = replace(PATIENT, prep_mentee_days=4, prep_mentor_days=3)
    stage = before(line(ANA, DAN), at="Fri 23 Oct 12:00 Berlin", program=program)
    stage.until("Fri 23 Oct 18:30 Berlin")
    stage.dan.replies("prep-mentee", "The lab in Rome.")
    stage.until("Tue 27 Oct 12:00 Berlin")  # clocks have changed on Sunday
    assert preps(stage, "dan", "ana") == [
        "Fri 23 Oct 18:00  prep-mentee",
        "Sat 24 Oct 09:00  prep-mentor",
    ]


@row("letter-lead", settings=("prep_mentee_days", "prep_mentor_days"))
def test_every_two_weeks_a_week_before() -> None:
    program = replace(PATIENT, prep_mentee_days=7, prep_mentor_days=6)
    stage = running(replace(line(), cadence=BIWEEKLY), program=program)
    stage.until("Mon 2 Nov 12:00 Berlin")
    assert preps(stage, "ben") == [
        "Tue 13 Oct 18:00  prep-mentee",
        "Tue 27 Oct 18:00  prep-mentee",
    ]


# --- two 1:1s near each other


@row("letter-lead", settings=("prep_mentee_days", "prep_mentor_days"))
def test_a_lead_as_long_as_a_step_waits_until_the_1_1_before_is_over() -> None:
    """`check` refuses it; a pair that has agreed to meet more often may come to it."""
    stage = running(program=replace(PATIENT, prep_mentee_days=7, prep_mentor_days=6))
    stage.until("Thu 8 Oct 12:00 Berlin")
    stage.all_read()
    stage.until("Thu 22 Oct 12:00 Berlin")
    assert preps(stage, "ben") == [
        "Wed 14 Oct 18:00  prep-mentee",
        "Wed 21 Oct 18:00  prep-mentee",
    ]


@row("letter-lead", settings=("prep_mentee_days", "prep_mentor_days"))
def test_one_that_is_moved_before_another_holds_back_the_prep_of_that_one() -> None:
    stage = on_friday(prep_mentee_days=5, prep_mentor_days=4)
    stage.ana.drags("Tue 13 Oct", "Sat 17 Oct 10:00")
    stage.until("Wed 21 Oct 12:00 Berlin")
    read = when(stage.ben.reads())
    assert [each for each in read if "prep" in each or "moved" in each] == [
        "Fri 9 Oct 13:36  moved",
        "Sun 18 Oct 18:00  prep-mentee",  # not on Thursday: Saturday's is not over
    ]
    assert "Tue 20 Oct" in stage.ben.last("prep-mentee").first


@row("letter-lead", settings=("prep_mentee_days", "prep_mentor_days"))
def test_a_prep_that_went_before_a_1_1_is_moved_comes_no_second_time() -> None:
    stage = on_friday(prep_mentee_days=5, prep_mentor_days=4)
    stage.ana.drags("Tue 13 Oct", "Fri 16 Oct 15:00")
    stage.until("Sun 18 Oct 12:00 Berlin")
    assert preps(stage, "ben", "ana") == ["Sat 17 Oct 18:00  prep-mentee"]  # of the next one


@row("letter-lead", settings=("prep_mentee_days", "prep_mentor_days"))
@pytest.mark.parametrize(
    ("leads", "moved_at", "to"),
    [
        ((1, 0), "Sun 11 Oct 19:00 Kolkata", "Mon 12 Oct 12:00"),  # as ever
        ((2, 1), "Fri 9 Oct 10:00 Berlin", "Sat 10 Oct 12:00"),
        ((4, 3), "Fri 9 Oct 10:00 Berlin", "Mon 12 Oct 12:00"),
    ],
)
def test_of_one_that_is_moved_to_within_the_lead_it_comes_at_once(
    leads: tuple[int, int], moved_at: str, to: str
) -> None:
    program = replace(PATIENT, prep_mentee_days=leads[0], prep_mentor_days=leads[1])
    stage = before(at=moved_at, program=program)
    stage.ana.drags("Tue 13 Oct", to)
    stage.passes(10)
    assert kinds(stage.ben.reads()) == ["prep-mentee", "moved"]


@row("letter-lead", settings=("prep_mentee_days", "prep_mentor_days"))
def test_where_the_mentors_lead_is_over_what_is_written_comes_as_a_copy_and_the_prep_says_so() -> (
    None
):
    stage = on_friday()
    stage.ana.drags("Tue 13 Oct", "Sat 10 Oct 12:00")
    stage.passes(10)
    prep = stage.ben.last("prep-mentee")
    assert "\nOne line is plenty. Ana gets a copy of your lines.\n" in prep.text
    stage.ben.replies("prep-mentee", "The lab in Rome.")
    stage.passes(15)
    assert kinds(stage.ana.reads()) == ["copy"]
    assert "| The lab in Rome." in stage.ana.last("copy").text


@row("letter-lead", "pairing-finite", settings=("prep_mentee_days", "prep_mentor_days"))
def test_a_session_that_is_put_within_the_lead_is_prepared_at_once() -> None:
    stage = begun(program=replace(PATIENT, prep_mentee_days=4, prep_mentor_days=1))
    take(stage, 1)
    stage.passes(1)
    assert preps(stage, "ben") == ["Mon 5 Oct 13:35  prep-mentee"]
    assert stage.ben.last("prep-mentee").first.startswith("Wed 7 Oct")


@row("letter-lead", settings=("prep_mentee_days", "prep_mentor_days"))
def test_while_a_break_lasts_the_prep_of_the_first_one_after_it_comes_all_the_same() -> None:
    exams = Days(date(2026, 10, 12), date(2026, 10, 18))
    stage = on_friday(breaks=(exams,), prep_mentee_days=3)
    stage.until("Tue 20 Oct 12:00 Berlin")
    assert preps(stage, "ben") == ["Sat 17 Oct 18:00  prep-mentee"]


@row("letter-lead", "letter-quiet", settings=("prep_mentee_days", "prep_mentor_days"))
def test_a_prep_that_falls_into_quiet_hours_comes_before_them() -> None:
    stage = on_friday(prep_mentee_minute=22 * 60)
    stage.until("Tue 13 Oct 12:00 Berlin")
    assert preps(stage, "ben") == ["Sun 11 Oct 20:59  prep-mentee"]


@row("letter-lead", "letter-cap-day")
def test_a_prep_with_a_lead_is_left_its_room_by_notes_of_another_pairing() -> None:
    sunday = line(DAN, BEN, RegularTime(6, 14, 0))  # it ends at six in the evening in Kolkata
    stage = on_friday(agreed(prep_mentee_days=2, prep_mentee_minute=20 * 60), sunday, prep_mentee_days=1, prep_mentor_days=0)  # fmt: skip
    stage.until("Sun 11 Oct 12:00 Kolkata")
    stage.all_read()
    stage.until("Mon 12 Oct 12:00 Kolkata")
    assert when(stage.ben.reads()) == ["Sun 11 Oct 20:00  prep-mentee", "Mon 12 Oct 07:00  notes"]


# --- cards, groups, homework


@row("letter-lead", "letter-week-card", settings=("prep_mentee_days", "prep_mentor_days"))
def test_a_week_card_comes_when_it_always_does_and_what_it_could_not_show_at_the_lead() -> None:
    program = replace(PATIENT, prep_mentee_days=3, prep_mentor_days=2)
    stage = running(*THREE, program=program)
    stage.until("Fri 9 Oct 10:00 Berlin")
    stage.all_read()
    stage.until("Sat 10 Oct 20:00 Kolkata")
    assert "Ana gets your lines on Sun 11 Oct, 12:30" in stage.ben.last("prep-mentee").text
    stage.ben.replies("prep-mentee", "The lab in Rome.")
    stage.until("Mon 12 Oct 12:00 Taipei")
    stage.chi.replies("prep-mentee", "The lab in Taipei.")
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.until("Wed 14 Oct 09:00 Berlin")
    read = when(stage.ana.reads())
    assert [each for each in read if "notes" not in each] == [
        "Sun 11 Oct 09:00  copy",
        "Mon 12 Oct 09:00  copy",
        "Mon 12 Oct 18:00  week-card",
    ]
    assert "The lab" not in stage.ana.last("week-card").text


@row("letter-lead", "group-prep", settings=("prep_mentee_days", "prep_mentor_days"))
def test_members_of_a_group_are_asked_as_early_as_the_mentee() -> None:
    group = replace(line(), members=(DAN,))
    stage = running(group, program=replace(PATIENT, **TWO_AND_ONE))
    assert "I ask, two days before each 1:1, what you would" in stage.dan.last("group-welcome").text
    stage.until("Fri 9 Oct 12:00 Berlin")
    stage.all_read()
    stage.until("Tue 13 Oct 12:00 Berlin")
    assert preps(stage, "dan", "ben") == [
        "Sun 11 Oct 18:00  group-prep",
        "Sun 11 Oct 18:00  prep-mentee",
    ]


@row("letter-lead", "homework-halfway", settings=("prep_mentee_days", "prep_mentor_days"))
@pytest.mark.parametrize(("days", "halfway"), [(2, ["Sat 17 Oct 18:00  halfway"]), (3, [])])
def test_nobody_is_asked_half_way_for_what_a_prep_has_shown(days: int, halfway: list[str]) -> None:
    stage = on_friday(halfway=True, prep_mentee_days=days)
    stage.until("Tue 13 Oct 19:40 Kolkata")
    stage.ben.replies("notes", "todo: rewrite the first page")
    stage.until("Wed 14 Oct 10:00 Berlin")
    stage.all_read()
    stage.until("Tue 20 Oct 10:00 Berlin")
    read = when(stage.ben.reads())
    assert [each for each in read if "halfway" in each] == halfway
    skipped = "skipped: the prep comes first, and shows what is open"
    assert (skipped in stage.why("halfway")) == (not halfway)


# --- what letters say of it


@row("letter-lead", settings=("prep_mentee_days", "prep_mentor_days"))
@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "On the day of each 1:1 I ask you for topics, afterwards for one line to remember."),
        (1, "The day before each 1:1 I ask you for topics, afterwards for one line to remember."),
        (3, "I ask you for topics three days before each 1:1, afterwards for one line to remember."),
    ],
)  # fmt: skip
def test_where_they_begin_the_mentee_reads_when_topics_are_asked_for(days: int, said: str) -> None:
    stage = Stage(agreed(prep_mentee_days=days), program=PATIENT)
    begin(stage)
    assert said in stage.ben.last("started").text


@row("letter-lead", settings=("prep_mentee_days", "prep_mentor_days"))
def test_in_portuguese_as_well() -> None:
    fala = replace(BEN, language="pt-BR")
    stage = Stage(agreed(line(ANA, fala), prep_mentee_days=2), program=PATIENT)
    begin(stage)
    assert "Pergunto pelos temas dois dias antes de cada 1:1;" in stage.ben.last("started").text
