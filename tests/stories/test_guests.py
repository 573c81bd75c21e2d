"""INVITE: a guest is wished, and a human being invites; the guest gets no letter from here (RULES 11).

Not the letters to guests, which do not exist yet.
"""

from __future__ import annotations

import pytest

from daemon.domain.observation import Said
from tests.stories.beginnings import on_friday
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import Stage

GUEST = "priya@lab.example.org"
INVITE = Said("invite", text=GUEST)


def mailed(stage: Stage) -> bool:
    """Whether anything was sent to the guest."""
    return bool(stage.outside.world.mailbox(GUEST).arrived)


@row("letter-invite")
def test_of_a_mentor_the_contact_gets_the_address_at_once() -> None:
    stage = on_friday()
    stage.ana.says("started", INVITE)
    assert stage.ana.reads() == [
        "Fri 9 Oct 10:00  ack  Understood: you would like a guest at Tuesday's 1:1 (13 Oct)."
    ]
    assert "Maya now has the address, and invites them." in stage.ana.last().text
    assert kinds(stage.maya.reads()) == ["admin"]
    assert f"guest: {GUEST}" in stage.maya.last().text
    assert (stage.ben.reads(), mailed(stage)) == ([], False)
    assert not any(GUEST in each for each in stage.why(""))


@row("letter-invite")
def test_of_a_mentee_the_mentor_is_asked_first() -> None:
    stage = on_friday()
    stage.ben.says("started", INVITE)
    assert stage.ben.last().first == "Understood: I ask Ana whether a guest suits."
    assert stage.ana.reads() == [
        "Fri 9 Oct 10:00  invite  Ben would like to bring a guest to a 1:1. Is that all right?"
    ]
    assert f"| {GUEST}" in stage.ana.last().text
    assert stage.maya.reads() == []
    stage.ben.reads()
    stage.ana.replies("invite", "1")
    assert kinds(stage.maya.reads()) == ["admin"]
    assert [each.split("  ")[2] for each in stage.ben.reads()] == [
        "Ana agrees to a guest at Tuesday's 1:1 (13 Oct)."
    ]
    assert not mailed(stage)


@row("letter-invite")
def test_a_no_and_silence_sound_the_same_and_the_address_goes_nowhere() -> None:
    heard = []
    for word in ("No", ""):
        stage = on_friday()
        stage.ben.says("started", INVITE)
        stage.ben.reads()
        if word:
            stage.ana.replies("invite", word)
        stage.until("Mon 12 Oct 17:00 Kolkata")
        assert stage.maya.reads() == []
        heard.append([each.split("  ")[2] for each in stage.ben.reads() if "  ack  " in each])
    assert heard == [["There is no guest at Tuesday's 1:1 (13 Oct). Nothing to do."]] * 2


@row("letter-invite")
@pytest.mark.parametrize("how", ["falls out", "moves"])
def test_a_1_1_that_is_no_more_has_no_guest_and_nobody_is_asked_on(how: str) -> None:
    stage = on_friday()
    stage.ben.says("started", INVITE)
    stage.ben.reads()
    if how == "moves":
        stage.ana.drags("Tue 13 Oct", "Wed 14 Oct 15:00")
    else:
        stage.ben.says("started", "skip")
    stage.passes(30)
    assert "There is no guest at Tuesday's 1:1 (13 Oct). Nothing to do." in [
        each.split("  ")[2] for each in stage.ben.reads()
    ]
    stage.ana.replies("invite", "1")
    assert stage.ana.last().first == "That list is closed."
    assert stage.maya.reads() == []


@row("letter-invite", "letter-unclear")
def test_one_of_the_two_is_no_guest() -> None:
    stage = on_friday()
    stage.ana.says("started", Said("invite", text="ben@example.org"))
    assert (kinds(stage.ana.reads()), stage.maya.reads()) == (["unclear"], [])
