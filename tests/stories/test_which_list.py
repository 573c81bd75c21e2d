"""A number that may be of several lists is asked about, one of a list that is closed books nothing, and courtesy is
no word at all (LETTERS 3, RULES 7).

Not the list that is answered with its own letter: test_offers.py.
"""

from __future__ import annotations

from daemon.domain.observation import Said
from tests.stories.beginnings import clashing, on_friday
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import Stage

TWO = Said("choose", numbers=(2,), text="2")


def both_open() -> Stage:
    """Ben has a list of times before him, and is asked whether he would like to stop."""
    stage = on_friday()
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(6)
    stage.ben.says("started", "leave")
    assert kinds(stage.ben.reads()) == ["proposal", "leave"]
    return stage


@row("letter-which-list", "proposal-numbers")
def test_a_number_without_a_letter_is_asked_about_while_two_lists_are_open() -> None:
    stage = both_open()
    stage.ben.says("", TWO)
    assert [each.split("  ")[2] for each in stage.ben.reads()] == [
        "More than one of my questions is open. Which one do you answer?"
    ]
    proposal = stage.state().proposal
    assert proposal and not proposal.picked
    assert [each.kind for each in stage.state().questions] == ["leave"]
    stage.ben.says("unclear", TWO)
    assert stage.state().proposal == proposal
    stage.ben.reads()
    stage.ben.says("proposal", TWO)
    assert kinds(stage.ben.reads()) == ["moved"]


@row("letter-which-list")
def test_with_one_list_open_it_is_that_one() -> None:
    stage = clashing()
    stage.ana.says("", TWO)
    assert stage.ana.last("ack").first == "Understood: I look for another time."


@row("letter-which-list", "proposal-numbers")
def test_a_number_of_an_old_list_is_answered_with_todays_times() -> None:
    stage = on_friday()
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(6)
    old = stage.ben.last("proposal")
    stage.ben.replies("proposal", "NONE")
    stage.passes(5)
    assert kinds(stage.ben.reads()) == ["proposal", "proposal"]
    stage.ben.answers(old, "2")
    assert stage.ben.last().first == "That list is closed. Is one of today's times good?"
    assert stage.ben.last().choices == stage.ben.last("proposal").choices
    assert stage.standing("Tue 13 Oct") == "cancelled"


@row("letter-unclear")
def test_courtesy_alone_is_no_word() -> None:
    stage = on_friday()
    stage.ben.replies("started", "Thank you so much!\nBen")
    assert (stage.ben.reads(), stage.maya.reads(), stage.state().notes) == ([], [], ())


@row("letter-unclear")
def test_a_yes_to_a_letter_that_asks_nothing_is_a_kind_word() -> None:
    stage = on_friday()
    stage.ben.replies("started", "Yes, gladly!")
    assert (stage.ben.reads(), stage.maya.reads(), stage.state().notes) == ([], [], ())


@row("letter-unclear")
def test_a_no_to_a_letter_that_asks_nothing_is_asked_about() -> None:
    stage = on_friday()
    stage.ben.replies("started", "No")
    assert kinds(stage.ben.reads()) == ["unclear"]
