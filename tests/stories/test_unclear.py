"""What is not understood is asked about once, with the very answers that are possible, and these are understood
as said to the question itself (LETTERS 3).

Not who reads the words of a reply: test_who_reads.py.
"""

from __future__ import annotations

from daemon.domain.value import replace
from tests.mail.winmails import attribute, mail, winmail
from tests.stories.beginnings import begun, clashing, invited, on_friday
from tests.stories.cast import PATIENT, line
from tests.stories.people import Someone, kinds
from tests.stories.rows import row
from tests.stories.stage import Stage, running


def writes_with_outlook(ben: Someone, touchpoint: str, file: bytes) -> None:
    """Answers that letter by a mail in which everything is in a winmail.dat."""
    letter, ben.written = ben.last(touchpoint), ben.written + 1
    to, stage = letter.header("Reply-To").strip("<>"), ben.stage
    head = (
        f"From: {ben.person.name} <{ben.person.address}>\nTo: {to}\nMessage-ID: <{ben.written}@outlook.example.org>\n"
        f"In-Reply-To: {letter.header('Message-ID')}\n"
    )
    stage.outside.hands.write(ben.person.address, to, mail(file, head=head), stage.now)
    stage.passes(1)


@row("letter-unclear")
def test_a_mail_that_cannot_be_opened_is_not_lost_and_the_same_words_again_are_followed() -> None:
    stage = on_friday()
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(6)
    stage.ben.reads()
    writes_with_outlook(stage.ben, "proposal", b"nobody can open this")
    assert [each.split("  ")[1:] for each in stage.ben.reads()] == [
        ["unclear", "I could not open your mail. Could you write it once more as plain text?"]
    ]
    assert stage.state().proposal
    writes_with_outlook(stage.ben, "proposal", winmail(attribute(0x0002800C, b"2\0")))
    assert kinds(stage.ben.reads()) == ["moved"]


def ask_line(stage: Stage) -> str:
    """What Ben's last letter asks to be replied."""
    return next(each for each in stage.ben.last().text.split("\n") if each.startswith("Reply "))


@row("letter-unclear", "seen-10")
def test_a_question_is_asked_once_more_with_its_answers_and_a_number_answers_it() -> None:
    stage = clashing()
    stage.ana.replies("clash", "Hm, whichever Ben likes better.")
    assert stage.ana.reads() == ["Sat 10 Oct 10:02  unclear  Which of the answers do you mean?"]
    assert stage.ana.last().choices == stage.ana.last("clash").choices
    assert "Reply with the number alone." in stage.ana.last().text
    stage.ana.replies("unclear", "2")
    assert [each.split("  ")[2] for each in stage.ana.reads()] == [
        "Understood: I look for another time."
    ]
    assert stage.state().questions == ()


@row("letter-unclear")
def test_words_once_more_on_the_same_day_are_for_the_contact_and_the_question_stays_the_same() -> (
    None
):
    stage = clashing()
    stage.ana.replies("clash", "Whichever Ben likes better.")
    assert stage.ana.reads() == ["Sat 10 Oct 10:02  unclear  Which of the answers do you mean?"]
    stage.ana.replies("unclear", "Or ask Maya.")
    assert stage.ana.reads() == []
    assert [each.split("  ")[2] for each in stage.maya.reads()] == [
        "Ana & Ben: a mail came that I do not understand."
    ]
    stage.ana.replies("unclear", "KEEP")
    assert stage.ana.last().first == "Understood: everything stays as it is."


@row("letter-unclear")
def test_of_two_open_questions_the_one_that_was_asked_about_is_answered() -> None:
    stage = on_friday(kindly_after=(1, 6))
    stage.ana.deletes("Tue 13 Oct")
    stage.until("Wed 14 Oct 10:00 Berlin")
    stage.ana.is_busy("Tue 20 Oct 14:30")
    stage.until("Fri 16 Oct 10:00 Berlin")
    stage.ana.replies("started", "LEAVE")
    assert {each.kind for each in stage.state().questions} >= {"kindly", "leave"}
    stage.ana.replies("kindly", "I would rather not say.")
    stage.ana.replies("unclear", "3")
    assert stage.ana.last().first == "Thank you. Everything stays as it is."
    assert "kindly" not in {each.kind for each in stage.state().questions}
    assert "leave" in {each.kind for each in stage.state().questions}


@row("letter-unclear")
def test_a_question_that_is_over_is_a_closed_list() -> None:
    stage = clashing()
    stage.ana.replies("clash", "1")
    stage.ana.reads()
    stage.ana.replies("clash", "2")
    assert [each.split("  ")[2] for each in stage.ana.reads()] == ["That list is closed."]
    assert stage.standing("Tue 13 Oct") == "planned"


@row("letter-unclear", "proposal-skip")
def test_of_a_meeting_the_times_and_NONE_and_SKIP_are_named() -> None:
    stage = on_friday()
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(6)
    stage.ben.replies("proposal", "later than that")
    assert stage.ben.last().choices == stage.ben.last("proposal").choices
    assert ask_line(stage) == "Reply with the number alone, or NONE, or SKIP."


@row("letter-unclear", "pairing-finite")
def test_a_session_cannot_be_skipped() -> None:
    stage = begun()
    stage.ben.replies("proposal", "later than that")
    assert stage.ben.last().choices == stage.ben.last("proposal").choices
    assert ask_line(stage) == "Reply with the number alone, or NONE."


@row("letter-unclear", "series-first-time")
def test_regular_times_are_named_as_in_the_list() -> None:
    stage = invited()
    stage.ben.replies("welcome-mentee", "later in the day, if that is possible")
    assert stage.ben.last("unclear").choices == stage.ben.last("welcome-mentee").choices
    assert ask_line(stage) == "Reply with the number alone, or NONE. NO: rather not."
    stage.ben.reads()
    stage.ben.replies("unclear", "NO")
    assert kinds(stage.ben.reads()) == ["ack"]
    assert stage.state().standing == "closed"


@row("letter-unclear", "proposal-consent")
def test_whoever_offers_times_may_name_several() -> None:
    stage = running(line(), program=replace(PATIENT, initiator="mentor"))
    stage.ana.hides_busy_times()
    stage.until("Fri 9 Oct 10:00 Berlin")
    stage.ben.replies("started", "MOVE")
    stage.passes(10)
    stage.ana.replies("proposal-mentor", "most of them")
    assert "Reply with the numbers of all that work, or NONE." in stage.ana.last("unclear").text


@row("letter-unclear", "proposal-numbers", "series-first-time")
def test_a_number_of_regular_times_that_were_taken_back_is_of_a_closed_list() -> None:
    stage = on_friday()
    stage.ben.declines_all()
    stage.passes(5)
    stage.ben.replies("declined-all", "2")
    stage.ana.replies("started", "PAUSE until 2 Nov")
    stage.ben.reads()
    stage.ben.replies("regular-time", "2")
    assert [each.split("  ")[2] for each in stage.ben.reads()] == ["That list is closed."]


@row("letter-unclear", "proposal-numbers", "series-first-time")
def test_and_so_is_one_said_to_a_reminder_of_them() -> None:
    stage = on_friday()
    stage.ben.declines_all()
    stage.passes(5)
    stage.ben.replies("declined-all", "2")
    stage.until("Sun 11 Oct 16:00 Kolkata")
    stage.ana.replies("started", "PAUSE until 2 Nov")
    stage.ben.reads()
    stage.ben.replies("setup-nudge", "2")
    assert [each.split("  ")[2] for each in stage.ben.reads()] == ["That list is closed."]


@row("letter-unclear")
def test_a_number_said_to_a_welcome_without_times_is_of_no_list() -> None:
    stage = Stage(program=PATIENT)
    stage.passes(1)
    stage.ana.replies("welcome-mentor-connected", "Yes")
    stage.ben.reads()
    stage.ben.replies("welcome-mentee", "2")
    assert [each.split("  ")[2] for each in stage.ben.reads()] == [
        "I am not sure what you would like."
    ]
