"""A server that does not take a letter to its reader: as good as a letter that came back (TRAPS 65).

Not how its words are read: tests/mail/test_bounces.py. Not reports by mail: test_bounced.py.
"""

from __future__ import annotations

import pytest

from daemon.status import status
from tests.stories.cast import BEN
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import Stage, before
from tests.stories.test_bounced import is_corrected

NOTES = "Tue 13 Oct 18:00 Berlin"


def refusing(answer: str) -> Stage:
    """Ben's server says that to whoever writes to him, from the day before the 1:1 on."""
    stage = before()
    stage.outside.world.mailbox(BEN.address).refuses = answer
    stage.until("Tue 13 Oct 10:00 Berlin")
    return stage


def on_hold(stage: Stage) -> list[str]:
    """As `status` says it."""
    return list(status(stage.daemon.ports.store, None, "", stage.now)["addresses_on_hold"])


@row("bounce-hard")
def test_no_such_user_is_on_hold_at_once_the_contact_hears_once_and_nobody_else_waits() -> None:
    stage = refusing("550 5.1.1 <ben@example.org>: Recipient address rejected: User unknown")
    assert on_hold(stage) == ["Ben Das"]
    assert [each.split("  ")[2] for each in stage.maya.reads()] == [
        "Ana & Ben: letters to one of the two come back. I write there no more."
    ]
    assert "why: no such user" in stage.maya.last().text
    assert "ben@" not in stage.maya.last().text
    stage.until("Wed 14 Oct 10:00 Berlin")
    assert stage.ben.reads() == []
    assert stage.maya.reads() == []
    assert (
        "address/ben  notes/pairing/ana-ben/2026-10-13T15:00[Europe/Berlin]/ben" in stage.on_hold()
    )
    stage.ana.deletes("Tue 20 Oct")
    stage.passes(60)
    assert stage.meeting("Tue 20 Oct").standing == "cancelled"


@row("bounce-hard", "bounce-corrected")
def test_a_corrected_address_gets_what_is_still_of_use() -> None:
    stage = refusing("550 5.1.1 User unknown")
    is_corrected(stage)
    assert kinds(stage.ben.reads()) == ["prep-mentee"]
    assert "ben@new.example.org" in stage.ben.last().header("To")
    assert (stage.on_hold(), on_hold(stage)) == ([], [])
    stage.until("Wed 14 Oct 10:00 Berlin")
    assert kinds(stage.ben.reads()) == ["notes"]


@row("bounce-hard", "bounce-corrected")
def test_who_is_let_in_again_gets_what_waits_after_an_admin_has_said_so() -> None:
    stage = refusing("550 5.1.1 User unknown")
    stage.outside.world.mailbox(BEN.address).refuses = ""
    stage.release("address/ben")
    stage.passes(2)
    assert kinds(stage.ben.reads()) == ["prep-mentee"]


@row("bounce-hard")
def test_for_another_lasting_reason_two_letters_have_to_be_refused() -> None:
    stage = refusing("550 5.2.1 mailbox disabled")
    assert on_hold(stage) == []
    stage.until("Wed 14 Oct 10:00 Berlin")
    assert on_hold(stage) == ["Ben Das"]
    assert len(stage.maya.reads()) == 1


@row("bounce-soft")
@pytest.mark.parametrize(
    "answer", ["552 5.2.2 mailbox is full", "550 5.7.1 blocked as spam by our policy"]
)
def test_what_passes_or_is_not_the_addresss_fault_is_tried_again(answer: str) -> None:
    stage = refusing(answer)
    assert (on_hold(stage), stage.maya.reads()) == ([], [])
    stage.outside.world.mailbox(BEN.address).refuses = ""
    stage.until("Wed 14 Oct 10:00 Berlin")
    assert kinds(stage.ben.reads()) == ["prep-mentee", "notes"]
    assert stage.maya.reads() == []


@row("bounce-soft")
def test_a_full_mailbox_is_told_after_three_letters_over_three_days() -> None:
    stage = refusing("552 5.2.2 mailbox is full")
    stage.until("Wed 21 Oct 10:00 Berlin")
    assert [each.split("  ")[2] for each in stage.maya.reads()] == [
        "Ana & Ben: letters to one of the two come back for days. I go on trying."
    ]


@row("bounce-hard")
def test_the_contact_whose_address_is_refused_is_named_by_status() -> None:
    stage = before()
    stage.outside.world.mailbox("maya@example.org").refuses = "550 5.1.1 User unknown"
    stage.outside.world.mailbox(BEN.address).refuses = "550 5.1.1 User unknown"
    stage.until("Tue 13 Oct 10:00 Berlin")
    (found,) = status(stage.daemon.ports.store, None, "", stage.now)["set_aside"]
    assert found["why"] == "letters to the contact come back: correct `contact:`"


@row("effect-deferred")
def test_a_letter_that_is_taken_only_later_delays_nobody_but_its_reader() -> None:
    stage = before()
    stage.outside.world.mailbox(BEN.address).busy = True
    stage.ana.deletes("Tue 13 Oct")
    stage.ben.answers(stage.ben.last(), "MOVE")
    stage.until("Thu 8 Oct 10:00 Berlin")
    assert stage.ben.reads() == []
    stage.ana.answers(stage.ana.last(), "PAUSE until 1 November")
    stage.passes(5)
    assert "ack" in kinds(stage.ana.reads())
    stage.outside.world.mailbox(BEN.address).busy = False
    stage.passes(70)
    assert stage.ben.reads()
