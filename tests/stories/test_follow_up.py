"""The months after the end: LATER in answer to the farewell, one letter, and what is said to it (S3.12, S3.15).

Not the farewell itself: test_end.py.
"""

from __future__ import annotations

from datetime import date

from daemon.domain.agenda import Agenda, Block
from daemon.domain.value import replace
from tests.stories.cast import PATIENT, line
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import Stage, running
from tests.stories.test_bounced import comes_back

ASKED = replace(PATIENT, follow_up_days=90)
GOAL = "A research place for the summer"


def at_the_farewell(**settings: object) -> Stage:
    """The last 1:1 was on 20 October; both have their farewell."""
    stage = running(replace(line(), ends=date(2026, 10, 20)), program=replace(ASKED, **settings))
    stage.until("Tue 13 Oct 21:00 Kolkata")
    stage.ben.replies("notes", f"goal: {GOAL}")
    stage.until("Wed 21 Oct 20:00 Berlin")
    stage.all_read()
    return stage


def months_later(said: str = "LATER\nI go on with the second draft.", **settings: object) -> Stage:
    """Ben alone has said LATER, and the day has come."""
    stage = at_the_farewell(**settings)
    stage.ben.replies("farewell", said)
    stage.until("Tue 19 Jan 10:00 Kolkata")
    return stage


@row("follow-up", settings=("follow_up_days",))
def test_later_is_offered_with_its_day_and_kept() -> None:
    stage = at_the_farewell()
    offer = (
        "LATER: I write once, on 19 January 2027, and ask how it went. "
        "Without LATER, this is my last letter.\n"
    )
    assert offer in stage.ben.last("farewell").text
    stage.ben.replies("farewell", "LATER")
    assert stage.ben.last("ack").first == (
        "Understood: I write once, on 19 January 2027, and ask how it went."
    )
    assert [(each.role, each.on) for each in stage.state().follow_ups] == [
        ("mentee", date(2027, 1, 19))
    ]


@row("follow-up", settings=("follow_up_days",))
def test_on_that_day_one_letter_quotes_the_line_and_the_goals_to_that_person_alone() -> None:
    stage = months_later()
    assert stage.state().standing == "closed"
    letter = stage.ben.last("follow-up")
    assert letter.at == "Tue 19 Jan 09:00"
    assert letter.first == "Some time after your 1:1s with Ana: how is it going?"
    assert "You went on with\n| I go on with the second draft.\n" in letter.text
    assert f"You two had set out for\n| {GOAL}\n" in letter.text
    assert letter.header("Subject") == "KOSS 1:1s: only for you"
    assert "follow-up" not in kinds(stage.ana.reads())
    stage.ben.reads()
    stage.until("Mon 1 Mar 10:00 Kolkata")
    assert stage.ben.reads() == []  # never a reminder
    assert (stage.state().follow_ups, stage.state().goals) == ((), ())


@row("follow-up", "bounce-hard")
def test_an_address_that_is_gone_by_then_is_on_hold_after_the_end_as_well() -> None:
    stage = at_the_farewell()
    stage.ben.replies("farewell", "LATER")
    stage.until("Wed 6 Jan 10:00 Kolkata")
    stage.ben.reads()
    comes_back(stage, stage.ben.last("farewell"))
    stage.until("Tue 19 Jan 10:00 Kolkata")
    assert stage.ben.reads() == []
    assert stage.on_hold() == ["address/ben  follow-up/pairing/ana-ben/later/ben"]


@row("follow-up", "pairing-closed")
def test_without_later_nobody_writes_and_other_programs_offer_nothing() -> None:
    stage = at_the_farewell()
    stage.until("Mon 1 Mar 10:00 Kolkata")
    assert (stage.ben.reads(), stage.ana.reads()) == ([], [])
    stage = at_the_farewell(follow_up_days=0)
    assert "LATER" not in stage.ben.last("farewell").text
    stage.ben.replies("farewell", "LATER")
    assert [note.text for note in stage.state().notes][-1] == "LATER"
    assert stage.state().follow_ups == ()


@row("follow-up")
def test_both_may_say_it_each_alone_and_a_line_may_come_after_it() -> None:
    stage = at_the_farewell()
    stage.ana.replies("farewell", "Later, please")
    stage.ana.replies("farewell", "More patience.")
    stage.ben.replies("farewell", "LATER")
    stage.until("Tue 19 Jan 12:00 Berlin")
    assert "| More patience.\n" in stage.ana.last("follow-up").text
    assert "You went on with" not in stage.ben.last("follow-up").text


@row("follow-up", "letter-reads")
def test_a_line_in_answer_reaches_the_other_one_by_day_and_private_lines_nobody() -> None:
    stage = months_later()
    stage.ana.reads()
    stage.until("Wed 20 Jan 02:00 Kolkata")
    stage.ben.replies("follow-up", "I got the place in Leiden.\nprivate: I nearly gave up.")
    assert stage.ana.reads() == []  # her night
    stage.until("Wed 20 Jan 10:00 Berlin")
    assert stage.ana.reads() == [
        "Wed 20 Jan 07:00  follow-up-word  Ben writes how it is going. Nothing to do."
    ]
    text = stage.ana.last().text
    assert "| I got the place in Leiden.\n" in text and "gave up" not in text
    assert "example.org" not in text.partition("Who reads")[0]


@row("follow-up")
def test_meet_is_passed_on_with_the_address_and_touches_no_calendar() -> None:
    stage = months_later()
    stage.ana.reads()
    stage.ben.replies("follow-up", "MEET\nI would like to show you the paper.")
    assert stage.ben.last("ack").first == (
        "Understood: Ana hears that you would like to meet once more."
    )
    stage.until("Tue 19 Jan 10:00 Berlin")
    text = stage.ana.last("follow-up-word").text
    assert text.startswith("Ben would like to meet you once more.\n")
    assert "| I would like to show you the paper.\n" in text
    assert "Write to ben@example.org" in text
    assert stage.ana.calendar(60) == []


@row("follow-up", "meeting-type-catch-up", settings=("meeting_types",))
def test_with_the_wish_to_meet_comes_a_plan_for_it_where_the_program_has_one() -> None:
    hour = Agenda("catch_up", (Block(30, "how you have been"), Block(30, "what comes next")))
    stage = months_later(meeting_types=(hour,))
    stage.ana.reads()
    stage.ben.replies("follow-up", "I got the place in Leiden.")
    stage.ben.replies("follow-up", "MEET")
    stage.until("Wed 20 Jan 10:00 Berlin")
    stage.ana.reads()
    line, wish = [each.text for each in stage.ana.letters if each.touchpoint == "follow-up-word"]
    plan = "A plan for 30 minutes, if you like\n| 15 min: how you have been\n| 15 min: what comes next\n"
    assert plan in wish and "Write to ben@example.org" in wish
    assert "A plan for" not in line, "nobody has asked to meet"


@row("follow-up")
def test_stop_deletes_what_was_kept_at_once() -> None:
    stage = months_later()
    stage.ana.reads()
    stage.ben.replies("follow-up", "STOP")
    assert stage.ben.last("ack").first == (
        "Understood: I have deleted what I kept for that letter, and write no more."
    )
    assert (stage.state().follow_ups, stage.state().goals) == ((), ())
    stage.ben.reads()
    stage.until("Mon 1 Mar 10:00 Kolkata")
    assert (stage.ben.reads(), stage.ana.reads()) == ([], [])


@row("follow-up", "letter-private-hold")
def test_what_looks_confidential_is_passed_on_to_nobody() -> None:
    stage = months_later()
    stage.ana.reads()
    stage.ben.replies("follow-up", "I felt uncomfortable with how our talks went.")
    assert stage.ben.last("ack").first == (
        "This looks as if it were meant for few. I have shown it to nobody."
    )
    stage.until("Thu 21 Jan 10:00 Berlin")
    assert stage.ana.reads() == []


@row("follow-up")
def test_after_two_weeks_and_after_three_mails_nothing_more_is_passed_on() -> None:
    stage = months_later()
    stage.ana.reads()
    for number in range(5):
        stage.ben.replies("follow-up", f"Line {number}.")
    stage.until("Wed 20 Jan 12:00 Berlin")
    assert kinds(stage.ana.reads()) == ["follow-up-word"] * 3
    stage.until("Thu 4 Feb 12:00 Berlin")
    stage.ben.replies("follow-up", "One more.")
    stage.until("Fri 5 Feb 12:00 Berlin")
    assert stage.ana.reads() == []


@row("follow-up", "letter-extend")
def test_a_pair_that_goes_on_after_all_needs_no_such_letter() -> None:
    stage = at_the_farewell()
    stage.ben.replies("farewell", "LATER")
    stage.reconfigured(line(ends=date(2027, 6, 30)))
    stage.until("Mon 26 Oct 10:00 Berlin")
    assert (stage.state().standing, stage.state().follow_ups) == ("active", ())
    assert [goal.text for goal in stage.state().goals] == [GOAL]
