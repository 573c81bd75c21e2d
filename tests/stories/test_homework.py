"""Homework: one question half-way between two 1:1s, and smaller steps for what stays long (S2.25, S3.10).

Not how to-dos are written down and done: test_notes.py.
"""

from __future__ import annotations

from datetime import date

from daemon.domain.people import Days
from daemon.domain.value import replace
from tests.stories.beginnings import THREE_SESSIONS, begun, take
from tests.stories.cast import PATIENT
from tests.stories.people import kinds, when
from tests.stories.rows import row
from tests.stories.stage import Stage, before, running

HALFWAY = replace(PATIENT, halfway=True)
THREE_WEEKS = Days(date(2026, 10, 12), date(2026, 11, 1))


def with_a_to_do(**settings: object) -> Stage:
    """After Tuesday's 1:1 Ben has set himself something, and given Ana something as well."""
    stage = before(at="Tue 13 Oct 19:40 Kolkata", program=replace(HALFWAY, **settings))
    stage.ben.replies("notes", "todo: rewrite the first page\n@Ana: ask Priya")
    stage.until("Wed 14 Oct 10:00 Berlin")
    stage.all_read()
    return stage


@row("homework-halfway", settings=("halfway",))
def test_half_way_to_the_next_1_1_the_mentee_is_asked_once_and_the_mentor_never() -> None:
    stage = with_a_to_do()
    stage.until("Mon 19 Oct 10:00 Berlin")
    assert when(stage.ben.reads()) == ["Sat 17 Oct 18:00  halfway"]
    text = stage.ben.last("halfway").text
    assert "\na  rewrite the first page\n" in text and "Priya" not in text
    assert "halfway" not in kinds(stage.ana.reads())
    stage.ben.replies("halfway", "DONE a")
    stage.until("Mon 26 Oct 10:00 Berlin")
    assert "halfway" not in kinds(stage.ben.reads())  # nothing of Ben's is open


@row("homework-halfway")
def test_of_the_weeks_before_nothing_is_remembered_so_that_a_year_of_them_stays_small() -> None:
    stage = with_a_to_do()
    stage.until("Mon 14 Dec 10:00 Berlin")
    assert kinds(stage.ben.reads()).count("halfway") > 5
    assert len([stem for stem in stage.state().marks if stem.startswith("halfway/")]) == 1


@row("homework-halfway", "letter-topic")
def test_a_line_in_answer_is_a_topic_and_no_evidence_that_they_met() -> None:
    stage = with_a_to_do(presume_after_days=30)
    stage.until("Sun 18 Oct 10:00 Berlin")
    before_it = stage.standing("Tue 13 Oct")
    stage.ben.replies("halfway", "I do not know how to begin.")
    assert stage.standing("Tue 13 Oct") == before_it
    stage.until("Tue 20 Oct 10:00 Berlin")
    assert "| I do not know how to begin.\n" in stage.ana.last("prep-mentor").text


@row("homework-halfway")
def test_nobody_is_asked_unless_the_program_says_so_nor_between_1_1s_that_are_near() -> None:
    stage = with_a_to_do(halfway=False)
    stage.until("Mon 19 Oct 10:00 Berlin")
    assert "halfway" not in kinds(stage.ben.reads())
    stage = with_a_to_do()
    stage.ana.drags("Tue 20 Oct", "Sat 17 Oct 15:00")
    stage.until("Sat 17 Oct 14:00 Berlin")
    assert "halfway" not in kinds(stage.ben.reads())


@row("homework-halfway")
def test_a_1_1_that_is_moved_meanwhile_brings_no_second_question() -> None:
    stage = with_a_to_do()
    stage.until("Sun 18 Oct 10:00 Berlin")
    assert kinds(stage.ben.reads()) == ["halfway"]
    stage.ana.drags("Tue 20 Oct", "Mon 26 Oct 15:00")
    stage.until("Sun 25 Oct 10:00 Berlin")
    assert "halfway" not in kinds(stage.ben.reads())


@row("homework-halfway", "pairing-finite")
def test_between_two_sessions_it_comes_though_the_next_one_is_not_known_yet() -> None:
    stage = begun(lines=(THREE_SESSIONS,), program=HALFWAY)
    take(stage, 2)
    stage.until("Fri 9 Oct 10:00 Berlin")
    stage.ben.replies("notes", "todo: rewrite the first page")
    stage.ben.reads()
    stage.until("Tue 13 Oct 07:00 Kolkata")
    assert "halfway" not in kinds(stage.ben.reads())
    stage.until("Sun 18 Oct 23:00 Kolkata")  # a reminder of the times offered had Thursday
    assert "Fri 16 Oct 07:00  halfway" in when(stage.ben.reads())
    assert "a topic.\n" in stage.ben.last("halfway").text


@row("homework-smaller", settings=("halfway",))
def test_what_stays_open_through_three_1_1s_is_met_with_smaller_steps_once() -> None:
    stage = with_a_to_do()
    said = {}
    for day in ("Mon 19 Oct", "Mon 26 Oct", "Mon 2 Nov", "Mon 9 Nov", "Mon 16 Nov"):
        stage.until(f"{day} 23:00 Kolkata")
        said[day] = "Smaller steps?" in stage.ben.last("prep-mentee").text
    assert [day for day, proposed in said.items() if proposed] == ["Mon 9 Nov"]
    stage.until("Tue 10 Nov 12:00 Berlin")
    assert all("Smaller" not in each.text for each in stage.ana.letters)


@row("homework-smaller")
def test_1_1s_that_did_not_take_place_count_for_nothing() -> None:
    stage = running(program=replace(HALFWAY, breaks=(THREE_WEEKS,)))
    stage.until("Wed 7 Oct 10:00 Berlin")
    stage.ben.replies("notes", "todo: rewrite the first page")
    stage.until("Mon 9 Nov 23:00 Kolkata")
    assert [each.through for each in stage.state().actions] == [1]
    assert "Smaller" not in stage.ben.last("prep-mentee").text
