"""The chemistry check: each of the two is asked alone after their first 1:1, and nobody learns the other's answer.

Not whether both go on after the last day: test_end.py.
"""

from __future__ import annotations

import pytest

from daemon.domain.value import replace
from tests.stories.cast import PATIENT
from tests.stories.people import kinds, when
from tests.stories.rows import row
from tests.stories.stage import Stage, running

CHECKED = replace(PATIENT, chemistry=True)
ENDED = "Your 1:1s with {} come to an end."


def asked() -> Stage:
    """The first 1:1 was on Tuesday at 15:00; it is Wednesday noon in Berlin, and both have been asked."""
    stage = running(program=CHECKED)
    stage.until("Wed 7 Oct 12:00 Berlin")
    assert [each for each in when(stage.ana.reads()) if "chemistry" in each] == [
        "Wed 7 Oct 07:00  chemistry"
    ]
    assert [each for each in when(stage.ben.reads()) if "chemistry" in each] == [
        "Wed 7 Oct 07:00  chemistry"
    ]
    return stage


def says(stage: Stage, ana: str = "", ben: str = "") -> None:
    for someone, words in ((stage.ana, ana), (stage.ben, ben)):
        if words:
            someone.replies("chemistry", words)
            stage.passes(1)


def acks(stage: Stage) -> dict[str, list[str]]:
    """What each was answered since they have been asked, first lines."""
    found = {}
    for name, someone in (("ana", stage.ana), ("ben", stage.ben)):
        someone.reads()
        firsts = [each.first for each in someone.letters if each.touchpoint == "ack"]
        found[name] = [first for first in firsts if "Now I ask" not in first]
    return found


HEARD = "Thank you, I have your answer. {} does not see it."
GO_ON = "Your 1:1s with {} go on. Nothing to do."


@row("chemistry", settings=("chemistry",))
def test_two_yeses_and_both_hear_once_that_it_goes_on() -> None:
    stage = asked()
    says(stage, ana="1")
    assert acks(stage) == {"ana": [HEARD.format("Ben")], "ben": []}
    says(stage, ben="Yes, gladly!")
    stage.until("Wed 7 Oct 18:00 Berlin")
    assert acks(stage) == {
        "ana": [HEARD.format("Ben"), GO_ON.format("Ben")],
        "ben": [HEARD.format("Ana"), GO_ON.format("Ana")],
    }
    stage.until("Wed 11 Nov 12:00 Berlin")
    assert {"chemistry", "ack"}.isdisjoint(kinds(stage.ana.reads()) + kinds(stage.ben.reads()))
    assert (stage.state().standing, stage.ana.calendar(7)) == ("active", ["Tue 17 Nov 15:00"])


@row("chemistry")
def test_silence_is_a_yes_by_the_day_that_the_letter_names() -> None:
    stage = asked()
    assert "If I hear nothing by Sat 10 Oct, 15:30 Berlin (19:00 Kolkata), I take it as a yes." in (
        stage.ana.last("chemistry").text
    )
    says(stage, ben="yes")
    stage.until("Sat 10 Oct 15:00 Berlin")
    assert GO_ON.format("Ana") not in acks(stage)["ben"]
    stage.until("Sat 10 Oct 18:00 Berlin")
    assert acks(stage)["ana"] == [GO_ON.format("Ben")]
    assert acks(stage)["ben"][-1] == GO_ON.format("Ana")


@row("chemistry")
def test_who_is_not_sure_is_asked_once_more_after_the_next_and_the_other_is_not() -> None:
    stage = asked()
    says(stage, ana="yes", ben="I'm not sure yet")
    stage.until("Thu 8 Oct 12:00 Berlin")
    assert acks(stage)["ana"][-1] == GO_ON.format("Ben")
    stage.all_read()
    stage.until("Wed 14 Oct 12:00 Berlin")
    assert "chemistry" not in kinds(stage.ana.reads())
    assert "chemistry" in kinds(stage.ben.reads())
    assert "After one more 1:1 with Ana" in stage.ben.last("chemistry").text
    says(stage, ben="2")
    stage.until("Wed 18 Nov 12:00 Berlin")
    assert "chemistry" not in kinds(stage.ana.reads()) + kinds(stage.ben.reads())
    assert (stage.state().standing, acks(stage)["ana"].count(GO_ON.format("Ben"))) == ("active", 1)


@row("chemistry-off")
@pytest.mark.parametrize(
    ("ana", "ben"), [("3", "1"), ("1", "3"), ("no", "no"), ("", "Rather not, sorry"), ("3", "")]
)
def test_one_no_ends_it_for_both_in_the_same_words(ana: str, ben: str) -> None:
    stage = asked()
    says(stage, ana, ben)
    if not (ana and ben):
        assert stage.ana.calendar(7) == ["Tue 13 Oct 15:00"]  # whose it was, no moment tells
        stage.until("Sat 10 Oct 15:30 Berlin")
    stage.passes(24 * 60)
    assert stage.ana.calendar(30) == []
    for someone, partner in ((stage.ana, "Ben"), (stage.ben, "Ana")):
        someone.reads()
        texts = [each.text for each in someone.letters if each.touchpoint == "ended"]
        assert [text.splitlines()[0] for text in texts] == [ENDED.format(partner)]
        assert "It is no judgement on either of you." in texts[0]
    told = stage.maya.last("admin").text
    assert "the two do not go on after their first 1:1s" in told
    assert "Please suggest another pairing to each." in told
    assert "| who:" not in told
    stage.until("Sat 24 Oct 12:00 Berlin")
    assert stage.state().standing == "closed"
    assert "farewell" not in kinds(stage.ana.reads()) + kinds(stage.ben.reads())


@row("chemistry-off")
def test_a_no_after_one_more_ends_it_the_same_way() -> None:
    stage = asked()
    says(stage, ana="1", ben="2")
    stage.until("Wed 14 Oct 12:00 Berlin")
    says(stage, ben="3")
    stage.until("Thu 15 Oct 12:00 Berlin")
    assert (stage.ana.last("ended").first, stage.ben.last("ended").first) == (
        ENDED.format("Ben"), ENDED.format("Ana"),
    )  # fmt: skip
    assert "A letter of its own says so, to both alike." in stage.ben.last("ack").text


@row("chemistry-off")
def test_whose_no_it_was_stands_in_no_ledger_and_no_letter() -> None:
    told = []
    for ana, ben in (("3", "1"), ("1", "3")):
        stage = asked()
        says(stage, ana, ben)
        stage.until("Fri 9 Oct 12:00 Berlin")
        entries = stage.daemon.ports.store.ledger(lane=stage.lane(), last=2000)
        stage.all_read()
        letters = [each.text for who in (stage.ana, stage.ben, stage.maya) for each in who.letters]
        told.append(([(e.what, e.key, e.why) for e in entries], letters))
    assert told[0] == told[1]


@row("chemistry")
def test_no_first_one_no_question_and_none_where_it_is_not_wished() -> None:
    stage = running(program=CHECKED)
    stage.ana.deletes("Tue 6 Oct")
    stage.until("Tue 13 Oct 12:00 Berlin")
    assert "chemistry" not in kinds(stage.ana.reads()) + kinds(stage.ben.reads())
    stage.until("Wed 14 Oct 12:00 Berlin")
    assert "chemistry" in kinds(stage.ben.reads())
    without = running(program=PATIENT)
    without.until("Wed 14 Oct 12:00 Berlin")
    assert "chemistry" not in kinds(without.ben.reads())


ALONE = {"In_Reply_To": "", "References": ""}
"""A new mail to the address of the letter, which cites none."""


@row("chemistry-off")
@pytest.mark.parametrize("cites", [{}, ALONE], ids=["cited", "new mail"])
def test_who_asks_for_somebody_else_has_said_no_and_nothing_more(cites: dict[str, str]) -> None:
    stage = asked()
    stage.all_read()
    stage.ana.replies("chemistry", "1")
    stage.ben.replies("chemistry", "Someone else, please", **cites)
    assert acks(stage)["ben"] == [HEARD.format("Ana")]
    assert "change-got" not in [each.touchpoint for each in stage.ben.letters]
    stage.passes(24 * 60)
    assert stage.ana.calendar(30) == []
    assert not any("another mentor" in each.first for each in stage.maya.letters)


@row("chemistry-off")
def test_another_mentor_in_a_new_mail_with_words_is_for_whoever_helps() -> None:
    stage = asked()
    stage.ben.replies("chemistry", "Someone else, please.\n\nShe talks over me.", **ALONE)
    assert kinds(stage.ben.reads())[-1] == "change-got"
    assert acks(stage)["ben"] == []


@row("chemistry")
@pytest.mark.parametrize("cites", [{}, ALONE], ids=["cited", "new mail"])
def test_to_want_to_continue_is_a_yes_and_ends_no_pause(cites: dict[str, str]) -> None:
    stage = asked()
    stage.ben.replies("chemistry", "I'd like to continue", **cites)
    assert acks(stage)["ben"] == [HEARD.format("Ana")]
    stage.ana.replies("chemistry", "1")
    stage.until("Wed 7 Oct 18:00 Berlin")
    assert acks(stage)["ben"] == [HEARD.format("Ana"), GO_ON.format("Ana")]


@row("chemistry")
def test_while_they_rest_resume_is_what_it_always_is() -> None:
    stage = asked()
    stage.ben.replies("chemistry", "PAUSE until 20 November")
    stage.ben.replies("chemistry", "RESUME")
    assert stage.state().pause is None
    assert HEARD.format("Ana") not in acks(stage)["ben"]
