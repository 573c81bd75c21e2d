"""Letters that come back: the address is on hold, the contact hears of it once, and what goes again (TRAPS 65).

Not how a bounce is read: tests/mail/test_bounces.py has that.
"""

from __future__ import annotations

from daemon.decide.bounced import COMPLAINT, REMEMBERED_MOST
from daemon.domain.observation import BounceSeen
from daemon.domain.value import replace
from daemon.mail.threads import bounce_address, envelope_id
from daemon.status import status
from tests.stories.cast import ANA, BEN, KOSS, line
from tests.stories.people import Read, kinds
from tests.stories.rows import row
from tests.stories.stage import Stage, before

NEW_BEN = replace(BEN, address="ben@new.example.org")


def comes_back(
    stage: Stage, letter: Read, code: str = "5.1.1", said: str = "550 5.1.1 User unknown",
    *, action: str = "failed", message_id: str = "", address: str = "ben@example.org",
    envelope: str = "", to: str = "koss@example.org", minutes: int = 1,
) -> None:  # fmt: skip
    """The server of that reader sends a report to the program's mailbox."""
    raw = f"""\
Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mx.example.org>
To: <{to}>
Subject: Undelivered Mail Returned to Sender
Message-ID: <dsn-{stage.now:%Y%m%d%H%M}-{code}-{letter.header("Message-ID")[1:9]}@mx.example.org>
Auto-Submitted: auto-replied
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

<{address}>: {said}
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
{envelope}
Final-Recipient: rfc822; {address}
Action: {action}
Status: {code}
Diagnostic-Code: smtp; {said}
--b
Content-Type: message/rfc822

Message-ID: {message_id or letter.header("Message-ID")}
Subject: {letter.header("Subject")}

--b--
"""
    stage.outside.hands.write("mx@example.org", to, raw.encode(), stage.now)
    stage.passes(minutes)


def with_prep() -> Stage:
    """Ben has the prep of Tuesday, and nobody has anything unread."""
    stage = before()
    stage.until("Mon 12 Oct 15:00 Berlin")
    assert kinds(stage.ben.reads()) == ["prep-mentee"]
    stage.maya.reads()
    return stage


def is_corrected(stage: Stage) -> None:
    """The files name Ben's new address, and it is read from there on."""
    stage.reconfigured(line(ANA, NEW_BEN))
    stage.ben.person = NEW_BEN
    stage.ben.letters.clear()
    stage.ben.seen = 0
    stage.passes(2)


def facts_of(stage: Stage) -> list[str]:
    """Whose address `status` shows to be on hold."""
    found = status(stage.daemon.ports.store, None, "", stage.now)
    assert bool(found["addresses_on_hold"]) == ("addresses_on_hold" in found["look"])
    return list(found["addresses_on_hold"])


@row("bounce-hard")
def test_trap_65_an_address_that_does_not_exist_is_on_hold_at_once_and_the_contact_hears_of_it() -> (
    None
):
    stage = with_prep()
    comes_back(stage, stage.ben.last())
    assert [each.split("  ")[2] for each in stage.maya.reads()] == [
        "Ana & Ben: letters to one of the two come back. I write there no more."
    ]
    told = stage.maya.last()
    assert "who: Ben" in told.text
    assert "why: no such user" in told.text
    assert "ben@" not in told.text
    assert facts_of(stage) == ["Ben Das"]
    stage.until("Wed 14 Oct 10:00 Berlin")
    assert stage.ben.reads() == []
    assert stage.on_hold() == [
        "address/ben  notes/pairing/ana-ben/2026-10-13T15:00[Europe/Berlin]/ben"
    ]
    comes_back(stage, stage.ben.last())
    assert "letters to one" not in " ".join(stage.maya.reads())


@row("bounce-hard")
def test_trap_65_for_another_lasting_reason_two_letters_have_to_come_back() -> None:
    stage = with_prep()
    comes_back(stage, stage.ben.last(), "5.2.1", "550 5.2.1 mailbox disabled")
    comes_back(stage, stage.ben.last(), "5.2.1", "550 5.2.1 mailbox disabled")
    assert (stage.maya.reads(), facts_of(stage)) == ([], [])
    stage.until("Tue 13 Oct 18:00 Berlin")
    assert kinds(stage.ben.reads()) == ["notes"]
    comes_back(stage, stage.ben.last(), "5.2.1", "550 5.2.1 mailbox disabled")
    assert (len(stage.maya.reads()), facts_of(stage)) == (1, ["Ben Das"])


@row("bounce-soft")
def test_a_full_mailbox_is_written_to_again_and_told_after_three_letters_over_three_days() -> None:
    stage = with_prep()
    full = ("5.2.2", "552 5.2.2 mailbox is full")
    comes_back(stage, stage.ben.last(), *full)
    stage.until("Tue 13 Oct 18:00 Berlin")
    assert kinds(stage.ben.reads()) == ["notes"]
    comes_back(stage, stage.ben.last(), *full)
    assert (stage.maya.reads(), facts_of(stage)) == ([], [])
    stage.until("Mon 19 Oct 15:00 Berlin")
    assert kinds(stage.ben.reads()) == ["prep-mentee"]
    comes_back(stage, stage.ben.last(), *full)
    assert [each.split("  ")[2] for each in stage.maya.reads()] == [
        "Ana & Ben: letters to one of the two come back for days. I go on trying."
    ]
    assert facts_of(stage) == []


@row("bounce-soft")
def test_what_was_refused_as_spam_is_nobodys_address() -> None:
    stage = with_prep()
    for _ in range(2):
        comes_back(stage, stage.ben.last(), "5.7.1", "550 5.7.1 blocked as spam by our policy")
        stage.until("Tue 13 Oct 18:00 Berlin")
    assert (stage.maya.reads(), facts_of(stage)) == ([], [])


@row("bounce-forged")
def test_trap_66_a_bounce_that_names_no_letter_of_ours_silences_nobody() -> None:
    stage = with_prep()
    guessed = "b-" + 26 * "a"
    for forged in ("<guess@example.org>", "<koss@example.org>", "<>"):
        comes_back(stage, stage.ben.last(), message_id=forged)
        comes_back(stage, stage.ben.last(), message_id=forged, to=f"koss+{guessed}@example.org")
    assert (stage.maya.reads(), facts_of(stage)) == ([], [])
    stage.until("Tue 13 Oct 18:00 Berlin")
    assert kinds(stage.ben.reads()) == ["notes"]


@row("bounce-hard")
def test_trap_65_a_report_that_cites_nothing_is_known_by_its_envelope() -> None:
    for way in ("address", "envelope id"):
        stage = with_prep()
        own = stage.ben.last().header("Message-ID")
        if way == "address":
            comes_back(
                stage, stage.ben.last(), message_id="<x@mx.example.org>",
                to=bounce_address("koss@example.org", own),
            )  # fmt: skip
        else:
            line_of = f"Original-Envelope-Id: {envelope_id(own)}\n"
            comes_back(stage, stage.ben.last(), message_id="<x@mx.example.org>", envelope=line_of)
        assert facts_of(stage) == ["Ben Das"]


@row("bounce-corrected")
def test_trap_65_a_corrected_address_gets_what_is_still_of_use_and_nothing_else() -> None:
    stage = with_prep()
    comes_back(stage, stage.ben.last())
    stage.until("Mon 12 Oct 15:30 Berlin")
    is_corrected(stage)
    assert kinds(stage.ben.reads()) == [
        "prep-mentee"
    ]  # the same prep, once more: its 1:1 is tomorrow
    assert "ben@new.example.org" in stage.ben.last().header("To")
    assert (stage.on_hold(), facts_of(stage)) == ([], [])
    comes_back(stage, stage.ben.last(), message_id=stage.ben.last().header("Message-ID"))
    assert facts_of(stage) == []  # late, and about the old address
    stage.until("Wed 14 Oct 10:00 Berlin")
    assert kinds(stage.ben.reads()) == ["notes"]


@row("bounce-corrected")
def test_corrected_after_its_window_a_prep_is_sent_no_more_and_the_notes_that_waited_are() -> None:
    stage = with_prep()
    comes_back(stage, stage.ben.last())
    stage.until("Wed 14 Oct 10:00 Berlin")
    is_corrected(stage)
    assert kinds(stage.ben.reads()) == ["notes"]
    assert (stage.on_hold(), facts_of(stage)) == ([], [])


@row("bounce-corrected")
def test_who_writes_from_the_address_has_it() -> None:
    stage = with_prep()
    letter = stage.ben.last()
    comes_back(stage, letter)
    assert facts_of(stage) == ["Ben Das"]
    stage.ben.answers(letter, "I would like to talk about the CV")
    assert facts_of(stage) == []
    stage.until("Wed 14 Oct 10:00 Berlin")
    assert "notes" in kinds(stage.ben.reads())


@row("bounce-corrected")
def test_an_admin_may_release_an_address() -> None:
    stage = with_prep()
    comes_back(stage, stage.ben.last())
    stage.until("Wed 14 Oct 10:00 Berlin")
    stage.release("address/ben")
    stage.passes(2)
    assert kinds(stage.ben.reads()) == ["notes"]
    assert facts_of(stage) == []


@row("bounce-hard", "bounce-corrected")
def test_when_it_had_worked_again_it_is_news_once_more() -> None:
    stage = with_prep()
    comes_back(stage, stage.ben.last())
    assert len(stage.maya.reads()) == 1
    stage.release("address/ben")
    stage.until("Wed 14 Oct 10:00 Berlin")
    assert kinds(stage.ben.reads()) == ["prep-mentee", "notes"]
    comes_back(stage, stage.ben.last("notes"))
    assert [each.split("  ")[2] for each in stage.maya.reads()] == [
        "Ana & Ben: letters to one of the two come back. I write there no more."
    ]


@row("complaint")
def test_a_complaint_stops_reminders_and_the_contact_hears_of_it() -> None:
    stage = with_prep()
    raw = f"""\
From: <fbl@provider.example>
To: <koss@example.org>
Subject: FW: Ana & Ben: our 1:1s
Message-ID: <arf-1@provider.example>
Content-Type: multipart/report; report-type=feedback-report; boundary=b

--b
Content-Type: text/plain

This is an email abuse report.
--b
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: Some/1.0
Version: 1
--b
Content-Type: message/rfc822

Message-ID: {stage.ben.last().header("Message-ID")}

--b--
"""
    stage.outside.hands.write("x@example.org", "koss@example.org", raw.encode(), stage.now)
    stage.passes(1)
    assert [each.split("  ")[2] for each in stage.maya.reads()] == [
        "Ana & Ben: one of the two marked a letter as unwanted. I send no more reminders."
    ]
    assert facts_of(stage) == []
    stage.ana.deletes("Tue 13 Oct")
    stage.until("Thu 15 Oct 12:00 Berlin")
    found = kinds(stage.ben.reads())
    assert "proposal" in found
    assert "proposal-nudge" not in found


@row("complaint", "bounce-soft")
def test_a_complaint_counts_on_however_many_letters_come_back_after_it() -> None:
    stage = with_prep()
    key = stage.ben.last().header("X-Oneonone-Key")
    complaint = BounceSeen("ben", key, "", False, False, COMPLAINT, stage.now)
    soft = replace(complaint, address="ben@example.org", reason="mailbox full")
    softs = [soft, *(replace(soft, key=f"notes/x/{number}/ben/1") for number in range(14))]
    stage.daemon.ports.store.record(
        [(stage.lane(), each) for each in (complaint, complaint, *softs)], now=stage.now
    )
    stage.passes(1)
    reasons = [each.reason for each in stage.state().returned]
    assert (reasons.count(COMPLAINT), len(reasons)) == (1, REMEMBERED_MOST + 1)


@row("bounce-soft")
def test_a_letter_in_between_that_arrived_ends_the_row() -> None:
    stage = with_prep()
    full = ("5.2.2", "552 5.2.2 mailbox is full")
    comes_back(stage, stage.ben.last(), *full)
    for day in ("Mon 19 Oct", "Tue 20 Oct"):
        stage.until(f"{day} 18:00 Berlin")
        comes_back(stage, stage.ben.last(), *full)
    assert stage.maya.reads() == []  # the notes of 13 October have arrived
    stage.until("Mon 26 Oct 18:00 Berlin")
    comes_back(stage, stage.ben.last(), *full)
    assert kinds(stage.maya.reads()) == ["admin"]


@row("bounce-soft")
def test_of_one_letter_that_is_tried_for_days_one_report_counts() -> None:
    stage = with_prep()
    letter = stage.ben.last()
    for day in ("Mon 12 Oct", "Wed 14 Oct", "Fri 16 Oct"):
        stage.until(f"{day} 17:00 Berlin")
        comes_back(stage, letter, "4.4.1", "timed out", action="delayed")
    assert (len(stage.state().returned), stage.maya.reads()) == (1, [])
    comes_back(stage, letter, "5.1.1", "550 5.1.1 User unknown")
    assert facts_of(stage) == ["Ben Das"]
    comes_back(stage, letter, "4.4.1", "timed out", action="delayed")
    assert facts_of(stage) == ["Ben Das"]


@row("bounce-hard")
def test_who_gets_no_letters_is_not_asked_whether_it_is_still_good_and_not_paused() -> None:
    stage = before(program=replace(KOSS, still_good_letters=3))
    stage.until("Mon 12 Oct 15:00 Berlin")
    comes_back(stage, stage.ben.last())
    stage.until("Fri 27 Nov 18:00 Berlin")
    assert stage.state().standing == "active"
    assert not [each for each in stage.on_hold() if "still-good" in each]


@row("bounce-hard", "bounce-corrected")
def test_letters_about_all_1_1s_of_a_mentor_wait_as_well() -> None:
    stage = before(line(ANA, BEN))
    stage.until("Mon 12 Oct 15:00 Berlin")
    stage.ben.answers(stage.ben.last("prep-mentee"), "The CV")
    stage.until("Tue 13 Oct 10:00 Berlin")
    comes_back(stage, stage.ana.last("prep-mentor"), address="ana@example.org")
    assert facts_of(stage) == ["Ana Rao"]
    stage.ana.locks_out()
    stage.until("Tue 13 Oct 14:00 Berlin")
    assert "reconnect" not in kinds(stage.ana.reads())
    assert [each for each in stage.on_hold() if "reconnect" in each and "address/ana" in each]
    stage.release("address/ana")
    stage.until("Wed 14 Oct 12:00 Berlin")
    assert "reconnect" in kinds(stage.ana.reads())
    assert stage.on_hold() == []


@row("bounce-hard")
def test_letters_to_the_contact_that_come_back_are_named_by_status() -> None:
    stage = with_prep()
    comes_back(stage, stage.ben.last())
    for _ in range(2):
        comes_back(stage, stage.maya.last("admin"), address="maya@example.org")
    (found,) = status(stage.daemon.ports.store, None, "", stage.now)["set_aside"]
    assert found["why"] == "letters to the contact come back: correct `contact:`"
    assert found["command"] == "run.py release aside/letters-to-the-contact"
    assert facts_of(stage) == ["Ben Das"]


@row("bounce-hard")
def test_while_one_address_is_on_hold_the_other_one_hears_of_the_same_1_1_in_time() -> None:
    stage = with_prep()
    stage.ben.answers(stage.ben.last(), "The CV")
    stage.until("Tue 13 Oct 10:00 Berlin")
    comes_back(stage, stage.ana.last("prep-mentor"), address="ana@example.org")
    stage.ben.answers(stage.ben.last(), "And the internship")
    stage.until("Tue 13 Oct 10:30 Berlin")
    assert [each.split("/")[1] for each in stage.on_hold()] == ["ana  copy"]
    stage.ana.drags("Tue 13 Oct", "Tue 13 Oct 16:00")
    stage.until("Tue 13 Oct 11:00 Berlin")
    assert kinds(stage.ben.reads()) == ["moved"]
