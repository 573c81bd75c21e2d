"""Machines that answer machines: one automatic answer a day, and a storm of mails that nothing follows from (I9).

Not two daemons on end: tests/storm/two_daemons.py.
"""

from __future__ import annotations

from daemon.decide.automatic import MAILS_PER_HOUR
from daemon.domain.observation import Said
from tests.stories.beginnings import on_friday
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import Stage


def contact_reads(stage: Stage) -> list[str]:
    """The first lines of what Maya has got since she last looked."""
    return [each.split("  ")[2] for each in stage.maya.reads()]


@row("letter-automatic", "letter-unclear")
def test_what_is_not_understood_is_asked_about_once_a_day_and_then_for_the_contact() -> None:
    stage = on_friday()
    for _ in range(4):
        stage.ben.replies("started", "7")
    assert kinds(stage.ben.reads()) == ["unclear"]
    assert contact_reads(stage) == ["Ana & Ben: a mail came that I do not understand."]
    stage.until("Sat 10 Oct 12:00 Berlin")
    stage.ben.replies("started", "7")
    assert kinds(stage.ben.reads()) == ["unclear"]


@row("letter-automatic")
def test_the_answer_to_an_understood_command_is_not_one() -> None:
    stage = on_friday()
    stage.ben.replies("started", "7")
    stage.ben.replies("started", "WEEKLY")
    stage.ben.replies("started", "WEEKLY")
    assert kinds(stage.ben.reads()) == ["unclear", "ack", "ack"]


@row("letter-automatic")
def test_of_the_two_each_has_an_answer_of_the_day() -> None:
    stage = on_friday()
    stage.ben.replies("started", "7")
    stage.ana.replies("started", "7")
    assert (kinds(stage.ben.reads()), kinds(stage.ana.reads())) == (["unclear"], ["unclear"])


@row("letter-automatic", "letter-reads")
def test_what_each_of_the_two_leaves_to_the_contact_is_told_of_each() -> None:
    stage = on_friday()
    stage.ben.says("started", Said("for-contact", text="CALL ME"))
    stage.ana.says("started", Said("for-contact", text="REFUND"))
    stage.ben.says("started", Said("for-contact", text="CALL ME"))
    assert kinds(stage.maya.reads()) == ["admin", "admin"]
    told = [letter.text for letter in stage.maya.letters[-2:]]
    assert ["who: Ben" in told[0], "who: Ana" in told[1]] == [True, True]


@row("letter-storm", "letter-help")
def test_a_call_for_help_is_heard_in_a_storm_and_passed_on_once() -> None:
    stage = on_friday()
    for _ in range(MAILS_PER_HOUR):
        stage.ben.says("started", text="Round and round.")
    stage.maya.reads()
    for _ in range(3):
        stage.ben.says("started", "help", aside="It is about Ana.")
    assert kinds(stage.maya.reads()).count("help-case") == 1
    assert "| It is about Ana." in stage.maya.last("help-case").text


@row("letter-storm")
def test_from_more_mails_in_an_hour_than_anybody_writes_nothing_follows() -> None:
    stage = on_friday()
    stage.off = True  # all of them lie there at the next beat
    for number in range(MAILS_PER_HOUR + 30):
        stage.ben.replies("started", f"todo: number {number}")
    stage.ben.replies("started", "LEAVE")
    stage.off = False
    stage.passes(1)
    notes = [each.text for each in stage.daemon.ports.store.notes(stage.lane())]
    assert (len(stage.state().actions), notes) == (12, [])
    assert stage.state().questions == ()
    assert contact_reads(stage) == [
        "Ana & Ben: so many mails come from one of the two that I do nothing with the rest."
    ]
    stage.passes(61)
    stage.ben.replies("started", "SKIP")
    assert kinds(stage.ben.reads()) == ["left-out"]


@row("letter-storm")
def test_a_storm_of_forged_mails_keeps_nobody_from_being_heard() -> None:
    stage = on_friday()
    stage.off = True
    for number in range(60):
        stage.ben.replies("started", "LEAVE", From=f"Ben <ben{number}@evil.example>")
    stage.off = False
    stage.passes(1)
    stage.ben.replies("started", "SKIP")
    assert kinds(stage.ben.reads()) == ["not-sure-it-is-you", "left-out"]
    assert contact_reads(stage) == []


@row("letter-storm", "letter-hard-cap")
def test_every_acknowledgement_counts_for_the_hard_cap_and_the_rest_waits() -> None:
    stage = on_friday(letters_hard_cap=12)
    for _ in range(MAILS_PER_HOUR):
        stage.ben.replies("started", "WEEKLY")
    read = kinds(stage.ben.reads())
    held = [each.split("  ")[1].split("/")[0] for each in stage.on_hold()]
    assert (read, held) == (["ack"] * 12, ["ack"] * (MAILS_PER_HOUR - 12))
    assert contact_reads(stage) == [
        "Ana & Ben: too many letters for one of the two today. The rest is on hold."
    ]
