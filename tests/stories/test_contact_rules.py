"""What the two of a pairing have agreed on about contact: when letters come, how many, and how they reach each other between the 1:1s.

Not the hours and limits of a whole program: test_hours.py and test_caps.py.
"""

from __future__ import annotations

from typing import Any

import pytest

from daemon.domain.cadence import RegularTime
from daemon.domain.observation import Said
from daemon.domain.people import Line
from daemon.domain.value import replace
from tests.stories.beginnings import agreed, begin
from tests.stories.cast import ANA, BEN, CHI, DAN, PATIENT, line
from tests.stories.people import when
from tests.stories.rows import row
from tests.stories.stage import Stage, before, running

EVENING = (18 * 60, 9 * 60)
OFF, ON = Said("fewer"), Said("fewer", text="on")


def on_sunday(*lines: Line, **settings: Any) -> Stage:
    """A week into it, before the preps of the next one; everything has been read."""
    program = replace(PATIENT, **settings)
    return before(*lines, at="Sun 11 Oct 12:00 Kolkata", program=program)


# --- when letters come


@row("letter-pair", settings=("prep_mentee_at", "prep_mentor_at"))
def test_a_pair_gets_its_preps_at_hours_of_its_own_and_other_pairs_at_the_programs() -> None:
    own = agreed(prep_mentee_minute=20 * 60, prep_mentor_minute=7 * 60 + 30)
    stage = on_sunday(own, line(DAN, CHI))
    stage.until("Mon 12 Oct 20:30 Kolkata")
    assert when(stage.ben.reads())[-1] == "Mon 12 Oct 20:00  prep-mentee"
    stage.ben.replies("prep-mentee", "The lab in Rome.")
    stage.until("Mon 12 Oct 23:00 Taipei")
    assert when(stage.chi.reads()) == ["Mon 12 Oct 18:00  prep-mentee"]
    stage.chi.replies("prep-mentee", "The lab in Taipei.")
    stage.until("Tue 13 Oct 12:00 Berlin")
    assert when(stage.ana.reads()) == ["Tue 13 Oct 07:30  prep-mentor"]
    assert when(stage.dan.reads()) == ["Tue 13 Oct 09:00  prep-mentor"]


@row("letter-pair", settings=("quiet_hours",))
def test_what_the_other_one_writes_waits_for_the_hours_that_the_pair_has_agreed_on() -> None:
    stage = on_sunday(agreed(quiet=EVENING), line(ANA, CHI))
    stage.until("Tue 13 Oct 19:30 Kolkata")
    assert when(stage.ben.reads()) == ["Mon 12 Oct 17:59  prep-mentee"]  # before six in the evening
    stage.until("Wed 14 Oct 21:00 Kolkata")  # half past five in the afternoon in Berlin
    assert when(stage.ben.reads()) == ["Wed 14 Oct 09:00  notes"]
    stage.all_read()
    stage.ben.replies("notes", "The lab was good.")
    stage.until("Thu 15 Oct 10:00 Berlin")
    assert when(stage.ana.reads()) == ["Thu 15 Oct 09:00  copy"]


@row("letter-pair", "letter-quiet-own", settings=("quiet_hours",))
@pytest.mark.parametrize(
    ("own", "comes"),
    [
        (None, "Wed 14 Oct 09:00"),
        ((20 * 60, 8 * 60), "Wed 14 Oct 09:00"),  # inside what the pair has
        ((17 * 60, 10 * 60), "Wed 14 Oct 10:00"),  # around it
        ((8 * 60, 11 * 60), "Wed 14 Oct 11:00"),  # the one ends in the other
        ((12 * 60, 13 * 60), "Wed 14 Oct 09:00"),  # apart from it
    ],
)
def test_of_ones_own_quiet_hours_and_the_pairs_the_tighter_one_wins(
    own: tuple[int, int] | None, comes: str
) -> None:
    stage = on_sunday(agreed(line(replace(ANA, quiet=own), BEN), quiet=EVENING))
    stage.until("Tue 13 Oct 22:00 Berlin")
    stage.all_read()
    stage.ben.replies("started", "The lab was good.")
    stage.until("Wed 14 Oct 14:00 Berlin")
    assert when(stage.ana.reads()) == [f"{comes}  copy"]


@row("letter-pair", settings=("quiet_hours",))
def test_what_is_urgent_and_the_answer_to_ones_own_word_come_all_the_same() -> None:
    stage = on_sunday(agreed(quiet=EVENING), urgent_hours=20)
    stage.until("Mon 12 Oct 19:00 Kolkata")
    stage.all_read()
    stage.ben.replies("prep-mentee", "MOVE")
    assert when(stage.ben.reads()) == ["Mon 12 Oct 19:01  ack"]
    stage.ana.drags("Tue 13 Oct", "Tue 13 Oct 11:00")
    stage.passes(10)
    assert when(stage.ben.reads()) == ["Mon 12 Oct 19:07  moved"]


# --- how many


@row("letter-pair", settings=("letters_per_week",))
@pytest.mark.parametrize(("most", "letters"), [(None, 3), (1, 1), (2, 2)])
def test_a_pair_has_its_own_number_of_letters_a_week(most: int | None, letters: int) -> None:
    stage = on_sunday(agreed(per_week=most))
    stage.until("Sun 18 Oct 12:00 Kolkata")
    assert len(stage.ben.reads()) == min(letters, 2)  # a prep, and notes


@row("letter-pair", settings=("letters_per_week",))
def test_where_the_two_have_agreed_on_it_the_mentor_gets_no_more_either() -> None:
    def news(own: Line) -> list[str]:
        stage = on_sunday(own, letters_per_day=9)
        stage.until("Mon 2 Nov 12:00 Berlin")
        stage.all_read()
        stage.until("Mon 2 Nov 19:00 Kolkata")
        stage.ben.replies("prep-mentee", "The lab.")
        stage.until("Mon 9 Nov 12:00 Berlin")
        return when(stage.ana.reads())

    assert news(line()) == ["Tue 3 Nov 09:00  prep-mentor", "Tue 3 Nov 16:00  notes"]
    assert news(agreed(per_week=1)) == ["Tue 3 Nov 09:00  prep-mentor"]


@row("letter-pair", settings=("letters_per_day",))
def test_a_pair_has_its_own_number_of_letters_a_day() -> None:
    wednesday = line(DAN, BEN, RegularTime(2, 12, 0))
    stage = on_sunday(agreed(per_day=2), wednesday)
    stage.until("Sun 18 Oct 12:00 Kolkata")
    assert when(stage.ben.reads()) == [
        "Mon 12 Oct 18:00  prep-mentee",
        "Tue 13 Oct 18:00  prep-mentee",  # of Dan's, where one a day is enough
        "Tue 13 Oct 19:30  notes",  # of Ana's, where there may be two
        "Wed 14 Oct 16:30  notes",
    ]


@row("letter-pair", "letter-cap-day")
def test_a_prep_at_an_hour_of_its_own_is_left_its_room_by_notes_of_another_pairing() -> None:
    monday = line(DAN, BEN, RegularTime(0, 14, 0))  # it ends at six in the evening in Kolkata
    stage = on_sunday(agreed(prep_mentee_minute=20 * 60), monday)
    stage.until("Mon 12 Oct 16:00 Kolkata")
    stage.all_read()
    stage.until("Tue 13 Oct 12:00 Kolkata")
    assert when(stage.ben.reads()) == ["Mon 12 Oct 20:00  prep-mentee", "Tue 13 Oct 07:00  notes"]


@row("letter-pair", "letter-fewer", settings=("letters_per_week",))
def test_who_wants_no_reminders_gets_none_however_many_the_pair_has_agreed_on() -> None:
    stage = on_sunday(agreed(per_day=5, per_week=20))
    stage.ben.says("started", OFF)
    stage.ben.reads()
    stage.until("Wed 21 Oct 12:00 Kolkata")
    assert stage.ben.reads() == []


@row("letter-pair", settings=("quiet_hours", "letters_per_week"))
def test_a_change_of_the_files_counts_at_once() -> None:
    stage = on_sunday()
    stage.reconfigured(agreed(quiet=EVENING))
    stage.until("Tue 13 Oct 19:30 Kolkata")
    assert when(stage.ben.reads()) == ["Mon 12 Oct 17:59  prep-mentee"]
    stage.reconfigured(line())
    stage.until("Tue 13 Oct 20:30 Kolkata")
    assert when(stage.ben.reads()) == ["Tue 13 Oct 19:30  notes"]


@row("letter-pair")
def test_a_line_that_is_gone_from_the_files_goes_on_with_what_was_agreed_on() -> None:
    stage = on_sunday(agreed(quiet=EVENING), line(DAN, CHI))
    stage.reconfigured(line(DAN, CHI))
    stage.until("Tue 13 Oct 19:30 Kolkata")
    assert when(stage.ben.reads()) == ["Mon 12 Oct 17:59  prep-mentee"]


@row("letter-pair", "group-prep")
def test_members_of_a_group_are_written_to_as_their_group_has_agreed_on() -> None:
    group = replace(line(), members=(DAN,))
    stage = running(agreed(group, prep_mentee_minute=16 * 60, quiet=EVENING), program=PATIENT)
    stage.until("Sun 11 Oct 12:00 Kolkata")
    stage.all_read()
    stage.until("Tue 13 Oct 12:00 Berlin")
    assert when(stage.dan.reads()) == ["Mon 12 Oct 16:00  group-prep"]


# --- between the 1:1s


@row("letter-between", settings=("between",))
def test_where_they_begin_both_read_how_they_reach_each_other() -> None:
    stage = Stage(agreed(between="Signal, answered within two days."), program=PATIENT)
    begin(stage)
    for someone in (stage.ana, stage.ben):
        said = "\n\nBetween the 1:1s: Signal, answered within two days.\n"
        assert someone.last("started").text.count(said.strip()) == 1
    stage.until("Tue 6 Oct 10:00 Berlin")
    assert "Between the 1:1s: Signal" in stage.ana.last("prep-mentor").text  # else no news
    stage.until("Tue 13 Oct 14:00 Berlin")
    prep = stage.ben.last("prep-mentee")
    assert prep.at.startswith("Mon 12 Oct") and "Between" not in prep.text  # once is enough


@row("letter-between", settings=("between",))
def test_where_nothing_was_agreed_on_nothing_is_said_of_it() -> None:
    stage = Stage(program=PATIENT)
    begin(stage)
    stage.until("Tue 6 Oct 14:00 Berlin")
    read = [each.text for someone in (stage.ana, stage.ben) for each in someone.letters]
    assert not [text for text in read if "Between the" in text]


@row("letter-between", settings=("between",))
def test_a_member_of_a_group_reads_it_in_the_welcome() -> None:
    stage = running(agreed(replace(line(), members=(DAN,)), between="our Slack"), program=PATIENT)
    assert "Between the 1:1s: our Slack.\n" in stage.dan.last("group-welcome").text


@row("letter-between", "letter-budget", settings=("between",))
def test_in_portuguese_as_well() -> None:
    fala = replace(BEN, language="pt-BR")
    stage = Stage(agreed(line(ANA, fala), between="our Slack"), program=PATIENT)
    begin(stage)
    text = stage.ben.last("started").text
    assert "Entre os 1:1s: our Slack.\n" in text
    assert "No máximo três e-mails meus por semana, fora novos horários, mudanças" in text


# --- how many are said


@row("letter-budget", settings=("letters_per_week", "letters_per_day"))
def test_where_they_begin_both_read_how_many_letters_come_at_most() -> None:
    stage = Stage(line(), program=PATIENT)
    begin(stage)
    beside = "from me, beside new times, changes, answers and what"
    assert f"At most three letters a week {beside} Ana writes." in stage.ben.last("started").text
    assert f"At most one letter a day {beside} Ben writes." in stage.ana.last("started").text


@row("letter-budget", "letter-pair", settings=("letters_per_week",))
def test_the_number_is_the_pairs_own() -> None:
    stage = Stage(agreed(per_week=1), program=PATIENT)
    begin(stage)
    for someone in (stage.ana, stage.ben):
        assert "At most one letter a week from me" in someone.last("started").text


@row("letter-budget", "letter-fewer", settings=("letters_per_week",))
def test_who_wants_reminders_again_reads_how_many_letters_come_at_most() -> None:
    stage = on_sunday(agreed(per_week=2))
    stage.ben.says("started", OFF)
    assert "At most" not in stage.ben.last("ack").text
    stage.ben.says("started", ON)
    assert "At most two letters a week from me" in stage.ben.last("ack").text
