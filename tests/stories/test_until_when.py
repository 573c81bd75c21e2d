"""Until when a question about another time waits for its answer: the last 20:00 of its reader before the answer hours
are over, and not beyond what it is about (LETTERS 2, "silence on an offer"; RULES 7).

Not what silence leads to: test_policies.py and test_offers.py.
"""

from __future__ import annotations

import pytest

from daemon.domain.value import replace
from tests.stories.cast import PATIENT
from tests.stories.people import local
from tests.stories.rows import row
from tests.stories.stage import Stage, running


def at(moment: str, **settings: object) -> Stage:
    """That moment of the second week."""
    stage = running(program=replace(PATIENT, **settings))  # type: ignore[arg-type]
    stage.until(moment)
    stage.all_read()
    return stage


def ends(stage: Stage, zone: str = "Asia/Kolkata") -> str:
    """When the silence of the one who is asked ends."""
    proposal = stage.state().proposal
    assert proposal is not None
    return local(proposal.answer_by, zone)


@row("proposal-silence", settings=("answer_by_hours",))
@pytest.mark.parametrize(
    ("seen", "until"),
    [
        # the question comes five minutes later; 48 hours from 20:00 is 20:00
        ("Mon 12 Oct 19:53 Kolkata", "Tue 13 Oct 20:00"),
        ("Mon 12 Oct 19:54 Kolkata", "Wed 14 Oct 20:00"),
        ("Mon 12 Oct 20:30 Kolkata", "Wed 14 Oct 20:00"),
        # at night it comes at seven in the morning
        ("Mon 12 Oct 21:30 Kolkata", "Wed 14 Oct 20:00"),
        ("Tue 13 Oct 06:30 Kolkata", "Wed 14 Oct 20:00"),
    ],
)
def test_it_is_the_last_evening_of_the_reader_inside_two_days(seen: str, until: str) -> None:
    stage = at(seen)
    stage.ana.deletes("Tue 20 Oct")
    stage.passes(5)
    assert ends(stage) == until


@row("proposal-silence", "proposal-consent")
def test_of_a_mentor_who_is_asked_first_it_is_the_mentors_evening() -> None:
    stage = at("Mon 12 Oct 19:54 Berlin")
    stage.ana.hides_busy_times()
    stage.ana.deletes("Tue 20 Oct")
    stage.passes(5)
    assert ends(stage, "Europe/Berlin") == "Wed 14 Oct 20:00"


@row("proposal-silence", settings=("answer_by_hours",))
def test_where_no_evening_is_left_it_is_the_hours_themselves() -> None:
    stage = at("Mon 12 Oct 09:54 Kolkata", answer_by_hours=5)
    stage.ana.deletes("Tue 20 Oct")
    stage.passes(5)
    assert ends(stage) == "Mon 12 Oct 15:00"


@row("proposal-silence", settings=("slot_closes_hours",))
@pytest.mark.parametrize(
    ("closes", "until"),
    [
        # the last time is Fri 16 Oct, 18:30 in Kolkata; the hours alone would be over on Thu 22 Oct
        (22, "Thu 15 Oct 20:00"),
        (23, "Wed 14 Oct 20:00"),
    ],
)
def test_never_after_the_last_of_the_times_has_closed(closes: int, until: str) -> None:
    stage = at("Mon 12 Oct 10:00 Berlin", answer_by_hours=240, slot_closes_hours=closes)
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(5)
    assert [each[3:13] for each in stage.ben.last("proposal").choices][-1] == "Fri 16 Oct"
    assert ends(stage) == until


@row("proposal-silence", "meeting-moved")
@pytest.mark.parametrize(
    ("asked", "until"),
    [
        # it stands on Tue 13 Oct at 18:30 in Kolkata, and stays there without an answer
        ("Tue 13 Oct 09:59 Kolkata", "Tue 13 Oct 17:30"),
        ("Tue 13 Oct 14:00 Kolkata", "Tue 13 Oct 17:30"),
        ("Tue 13 Oct 15:28 Kolkata", "Tue 13 Oct 17:30"),
        ("Tue 13 Oct 15:29 Kolkata", "Tue 13 Oct 18:30"),
        ("Tue 13 Oct 17:40 Kolkata", "Tue 13 Oct 18:30"),
    ],
)
def test_what_stays_without_an_answer_is_asked_about_until_it_is_about_to_begin(
    asked: str, until: str
) -> None:
    stage = at(asked, no_change_hours=0)
    stage.ben.replies("started", "MOVE")
    assert ends(stage) == until


@row("proposal-silence", "meeting-moved")
@pytest.mark.parametrize(
    ("asked", "until"),
    [
        ("Sat 10 Oct 14:00 Kolkata", "Sun 11 Oct 20:00"),
        # nobody has less than half a day for it where there is more time
        ("Mon 12 Oct 07:58 Kolkata", "Mon 12 Oct 20:00"),
        ("Mon 12 Oct 07:59 Kolkata", "Tue 13 Oct 17:30"),
    ],
)
def test_and_of_what_is_farther_off_until_an_evening_as_ever(asked: str, until: str) -> None:
    stage = at(asked)
    stage.ben.replies("started", "MOVE")
    assert ends(stage) == until
