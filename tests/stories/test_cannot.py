"""Somebody writes that they can't come, or that they are ill: what falls out, in which pairings, and what the others read.

Not what is read as such: tests/mail/test_cannot.py.
"""

from __future__ import annotations

import pytest

from daemon.domain.cadence import RegularTime
from tests.stories.cast import ANA, CHI, line
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import Stage, before

ILL = ("ill", "sick", "health", "unwell")


def two_pairs(at: str) -> Stage:
    """Ana meets Ben and Chi on Tuesdays."""
    return before(line(), line(ANA, CHI, RegularTime(1, 12, 0)), at=at)


@row("meeting-cannot")
@pytest.mark.parametrize("words", ["Sorry, I can't make it today.", "Can't come", "Heute kann ich leider nicht."])  # fmt: skip
def test_of_a_mentee_other_times_are_offered_and_the_mentor_need_not_set_out(words: str) -> None:
    stage = before(line(), at="Tue 13 Oct 09:00 Berlin")
    stage.ben.replies("prep-mentee", words)
    assert stage.standing("Tue 13 Oct") == "cancelled"
    said = stage.ben.last("ack")
    assert said.first == "Understood: this 1:1 can't take place."
    assert "Other times follow in a letter of their own." in said.text
    stage.passes(90)
    assert kinds(stage.ben.reads())[-1] == "proposal"
    off = stage.ana.last("off").first
    assert off == "The 1:1 on Tue 13 Oct, 15:00 Berlin (18:30 Kolkata) can't take place."
    assert words.rstrip(".") not in "".join(each.text for each in stage.ana.letters)


@row("meeting-cannot")
def test_of_tomorrow_only_the_one_of_that_day_and_of_no_1_1_it_is_asked_about() -> None:
    stage = before(line(), at="Mon 12 Oct 17:00 Berlin")
    stage.ben.replies("prep-mentee", "I can't make it today.")
    assert stage.standing("Tue 13 Oct") == "planned"
    assert stage.ben.last().touchpoint == "unclear"
    stage.until("Tue 13 Oct 00:30 Kolkata")
    stage.ben.replies("prep-mentee", "I can't make it tomorrow.")
    assert stage.standing("Tue 13 Oct") == "planned", (
        "in Kolkata it is after midnight: tomorrow is Wednesday"
    )
    stage.until("Tue 13 Oct 10:00 Kolkata")
    stage.ben.replies("prep-mentee", "I can't make it today.")
    assert stage.standing("Tue 13 Oct") == "cancelled"


@row("meeting-ill")
def test_one_reply_of_a_mentor_moves_the_whole_day() -> None:
    stage = two_pairs("Tue 13 Oct 08:00 Berlin")
    stage.all_read()
    stage.ana.replies("started", "Sick today, sorry.")
    assert [stage.standing("Tue 13 Oct", each) for each in ("ana-ben", "ana-chi")] == [
        "cancelled"
    ] * 2
    assert stage.ana.last("ack").first == "Understood: your 1:1s on 13 October can't take place."
    assert kinds(stage.ana.reads()) == ["ack"], "once, not once for each mentee"
    stage.passes(120)
    for mentee in (stage.ben, stage.chi):
        assert "proposal" in kinds(mentee.reads())
        read = [each for each in mentee.letters if each.touchpoint in ("off", "proposal")]
        assert not any(word in each.text.lower().split() for each in read for word in ILL)
    assert stage.standing("Tue 20 Oct", "ana-chi") == "planned"


@row("meeting-ill")
def test_one_undo_brings_all_of_them_back() -> None:
    stage = two_pairs("Tue 13 Oct 08:00 Berlin")
    stage.ana.replies("started", "I'm ill today")
    stage.ana.replies("ack", "UNDO")
    standings = [stage.standing("Tue 13 Oct", each) for each in ("ana-ben", "ana-chi")]
    assert all(each in ("planned", "moved") for each in standings)
    assert stage.ana.last("ack").first.startswith("Taken back: your 1:1s of that day stand")
    stage.until("Tue 13 Oct 16:30 Berlin")
    assert stage.standing("Tue 13 Oct", "ana-chi").startswith(("planned", "moved"))


@row("meeting-ill")
def test_with_no_1_1_that_day_it_is_asked_what_is_meant() -> None:
    stage = two_pairs("Wed 14 Oct 09:00 Berlin")
    stage.ana.replies("started", "Sick today")
    assert stage.ana.last().touchpoint == "unclear"
    assert stage.standing("Tue 20 Oct") == "planned"
