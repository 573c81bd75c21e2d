"""Mails that answer no letter, and mails to everybody: one helpful answer, one writer, and nobody added (RULES 8, 11).

Not mails whose writer is not proved: test_identity.py.
"""

from __future__ import annotations

from tests.stories.cast import BEN, DAN, PATIENT, line
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import running
from tests.stories.test_identity import PASS, RESULTS, asked


@row("identity-blue", "letter-automatic")
def test_out_of_the_blue_one_helpful_answer_a_day_and_nothing_else() -> None:
    stage = asked()
    blue = {"To": "koss@example.org", "In_Reply_To": "", "References": ""}
    stage.ben.replies("proposal", "2", **blue)
    stage.ben.replies("proposal", "SKIP please, it is urgent", **blue)
    assert [each.split("  ")[1:] for each in stage.ben.reads()] == [
        ["hello", "Your mail came, and I can't tell which of my letters it answers."]
    ]
    assert "reply to that." in stage.ben.last().text
    assert "your 1:1s with Ana" in stage.ben.last().text
    assert stage.ben.last().header("Subject") == "Re: KOSS 1:1s: only for you"
    assert stage.standing("Tue 13 Oct") == "cancelled"


@row("identity-blue")
def test_of_several_pairings_it_is_not_guessed_which_is_meant() -> None:
    stage = running(line(), line(DAN, BEN), program=PATIENT)
    stage.ben.replies("started", "SKIP", To="koss@example.org", In_Reply_To="", References="")
    assert "the 1:1s that you mean" in stage.ben.last("hello").text


@row("identity-blue", "identity-proved")
def test_a_server_s_pass_makes_it_a_mail_in_the_only_pairing() -> None:
    stage = asked(RESULTS)
    blue = {"To": "koss@example.org", "In_Reply_To": "", "References": ""}
    stage.ben.replies("proposal", "2", **blue)
    assert kinds(stage.ben.reads()) == ["hello"]
    stage.ben.replies("proposal", "2", Authentication_Results=PASS, **blue)
    assert kinds(stage.ben.reads()) == ["moved"]


@row("identity-blue", "identity-proved")
def test_what_our_server_calls_forged_is_not_even_answered() -> None:
    stage = asked(RESULTS)
    stage.ben.replies(
        "proposal", "2", To="koss@example.org", In_Reply_To="", References="",
        Authentication_Results="mx.koss.example; dmarc=fail header.from=example.org",
    )  # fmt: skip
    assert stage.ben.reads() == []
    assert stage.daemon.ports.store.set_aside() == []


@row("identity-blue")
def test_strangers_are_not_answered() -> None:
    stage = asked()
    stage.ben.replies(
        "proposal", "2", From="Zoe <zoe@example.net>", To="koss@example.org", In_Reply_To="",
        References="",
    )  # fmt: skip
    assert (stage.ben.reads(), stage.ana.reads()) == ([], [])
    assert not stage.outside.world.mailbox("zoe@example.net").arrived


# --- several people in one mail


@row("identity-reply-all")
def test_who_uses_the_token_of_the_other_is_at_most_oneself() -> None:
    stage = asked()
    token = stage.ben.last("proposal").header("Reply-To")
    stage.ana.answers(stage.ben.last("proposal"), "SKIP", To=token)
    assert (kinds(stage.ana.reads()), kinds(stage.ben.reads())) == (["hello"], [])
    assert stage.standing("Tue 13 Oct") == "cancelled"


@row("identity-reply-all", "identity-proved")
def test_a_reply_to_all_is_one_reply_of_its_sender() -> None:
    stage = asked(RESULTS)
    token = stage.ben.last("proposal").header("Reply-To")
    stage.ana.answers(
        stage.ben.last("proposal"), "I bring the slides.", To=token, Cc="Ben <ben@example.org>",
        Authentication_Results=PASS,
    )  # fmt: skip
    assert [(each.author, each.text) for each in stage.state().notes] == [
        ("mentor", "I bring the slides.")
    ]
    stage.until("Sat 10 Oct 12:00 Berlin")
    assert "copy" not in kinds(stage.ben.reads())  # Ben has it


@row("identity-reply-all", "letter-note")
def test_what_the_other_one_got_in_the_same_mail_is_not_passed_on() -> None:
    stage = running(program=PATIENT)
    stage.until("Tue 13 Oct 20:30 Kolkata")
    stage.all_read()
    stage.ben.replies("notes", "We spoke about Rome.\ntodo: a map", Cc="Ana <ana@example.org>")
    stage.ben.replies("notes", "And about Oslo.")
    stage.until("Wed 14 Oct 12:00 Berlin")
    assert "Rome" not in stage.ana.last("copy").text
    assert "a map" not in stage.ana.last("copy").text
    assert "Oslo" in stage.ana.last("copy").text


@row("identity-reply-all")
def test_people_in_cc_are_never_added() -> None:
    stage = asked()
    stage.ben.replies("proposal", "2", Cc="Dan <dan@example.org>, Zoe <zoe@example.net>")
    for address in ("dan@example.org", "zoe@example.net"):
        assert not stage.outside.world.mailbox(address).arrived
    guests = {g for e in stage.ana.shown() for g in [e.place.calendar]}
    assert guests == {"ana@example.org"}


@row("letter-help", "identity-pending")
def test_a_call_for_help_out_of_the_blue_is_taken_once_a_day_and_marked() -> None:
    stage = running()
    stage.until("Wed 7 Oct 12:00 Berlin")
    stage.all_read()
    for number in range(2):
        stage.ben.replies(
            "started", "HELP\nIt is about Ana.", To="koss@example.org", In_Reply_To="", References="",
            Message_ID=f"<new-{number}@example.org>",
        )  # fmt: skip
    assert kinds(stage.maya.reads()) == ["help-case"]
    assert "| It is about Ana." in stage.maya.last().text
    assert "I can't be sure that Ben wrote it" in stage.maya.last().text
    assert kinds(stage.ben.reads()) == ["help-got"]
    assert stage.ana.reads() == []
