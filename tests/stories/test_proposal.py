"""A question about another time, and every kind of answer to it (RULES 7).

Not why it is asked: see the stories of cancelled, declined and moved meetings.
"""

from __future__ import annotations

import pytest

from daemon.domain.cadence import RegularTime
from daemon.domain.value import replace
from tests.stories.cast import ANA, BEN, CHI, DAN, KOSS, line
from tests.stories.people import Read, kinds
from tests.stories.rows import row
from tests.stories.stage import Stage, running


def asked(**wishes: object) -> Stage:
    """Ana has deleted Tuesday, and Ben has three times before him."""
    stage = running(**wishes)
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(5)
    stage.all_read()
    return stage


@row("series-window")
def test_three_times_inside_both_peoples_hours_and_never_in_busy_time() -> None:
    stage = running()
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.ana.is_busy("Wed 14 Oct 09:00", hours=9)
    stage.ana.is_busy("Thu 15 Oct 14:00", hours=3)
    stage.ben.is_busy("Fri 16 Oct 08:00", hours=9.5)
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(5)
    assert stage.ben.last().choices == [
        "1  Tue 13 Oct, 18:00 Kolkata (14:30 Berlin)",
        "2  Thu 15 Oct, 17:00 Kolkata (13:30 Berlin)",
        "3  Fri 16 Oct, 18:30 Kolkata (15:00 Berlin), your usual hour",
    ]


@row("proposal-none", "proposal-numbers")
def test_none_three_rounds_with_new_numbers_then_it_is_left_out() -> None:
    stage = asked()
    first = stage.ben.last()
    stage.ben.replies("proposal", "None")
    second = stage.ben.last()
    assert kinds(stage.ben.reads()) == ["proposal"]
    assert [each[0] for each in first.choices] == ["1", "2", "3"]
    assert [each[0] for each in second.choices] == ["4", "5", "6"]
    assert second.first == "More times for Tuesday's 1:1 (13 Oct). Is one of them good?"
    stage.ben.replies("proposal", "none of these work")
    third = stage.ben.last()
    assert [each[0] for each in third.choices] == ["7", "8", "9"]
    times = [
        each.split("  ")[1].split(",")[0:2] for r in (first, second, third) for each in r.choices
    ]
    assert len({str(each) for each in times}) == 9
    stage.ben.reads()
    stage.ben.replies("proposal", "NONE")
    assert kinds(stage.ben.reads()) == ["left-out"]
    assert "I found no time that suits you both." in stage.ben.last().text
    assert kinds(stage.ana.reads()) == ["left-out"]
    assert [each.split("  ")[2] for each in stage.maya.reads()] == [
        "Ana & Ben: three rounds of times, and none fitted."
    ]


@row("proposal-numbers")
def test_a_number_of_an_older_round_is_a_closed_list() -> None:
    stage = asked()
    stage.ben.replies("proposal", "NONE")
    stage.ben.reads()
    stage.ben.answers(_letters(stage, "proposal")[0], "2")
    assert stage.ben.reads() == [
        "Mon 12 Oct 13:38  unclear  That list is closed. Is one of today's times good?"
    ]
    assert [each[0] for each in stage.ben.last().choices] == ["4", "5", "6"]
    stage.ben.replies("unclear", "5")
    assert kinds(stage.ben.reads()) == ["moved"]


def _letters(stage: Stage, touchpoint: str) -> list[Read]:
    stage.ben.reads()
    return [each for each in stage.ben.letters if each.touchpoint == touchpoint]


def test_a_late_number_after_the_end_is_a_closed_list() -> None:
    stage = asked()
    stage.until("Wed 14 Oct 20:30 Kolkata")
    stage.ben.reads()
    stage.ben.replies("proposal", "2")
    assert kinds(stage.ben.reads()) == ["unclear"]
    assert stage.ben.last().first == "That list is closed."
    assert stage.standing("Tue 13 Oct") == "skipped silence"


@row("proposal-accepted")
def test_the_same_answer_twice_is_one_move_and_one_letter() -> None:
    stage = asked()
    stage.ben.replies("proposal", "2")
    stage.ben.replies("proposal", "2")
    assert kinds(stage.ben.reads()) == ["moved"]
    assert stage.ana.calendar() == ["Thu 15 Oct 15:00 one-off", "Tue 20 Oct 15:00"]


def test_another_number_after_it_is_booked_is_a_closed_list() -> None:
    stage = asked()
    stage.ben.replies("proposal", "2")
    stage.ben.reads()
    stage.ben.replies("proposal", "3")
    assert kinds(stage.ben.reads()) == ["unclear"]
    assert stage.ana.calendar()[0] == "Thu 15 Oct 15:00 one-off"


@row("proposal-silence", "proposal-ask")
def test_silence_one_reminder_and_a_harmless_end_at_eight_in_the_evening() -> None:
    stage = asked()
    stage.until("Fri 16 Oct 10:00 Kolkata")
    assert stage.ben.reads() == [
        "Tue 13 Oct 13:36  proposal-nudge  "
        "Some times are still free for Tuesday's 1:1 (13 Oct). Is one good?",
        "Wed 14 Oct 07:00  left-out  Tuesday's 1:1 (13 Oct) is left out this time. Nothing to do.",
    ]
    nudge = _letters(stage, "proposal-nudge")[0]
    assert [each[0] for each in nudge.choices] == ["1", "2", "3"]  # numbers as in the first letter
    assert "If I hear nothing by Tue 13 Oct, 20:00 Kolkata (16:30 Berlin)" in nudge.text
    assert "No new time was settled, and that is fine." in stage.ben.last().text
    assert stage.standing("Tue 13 Oct") == "skipped silence"


def test_the_reminder_leaves_out_what_is_gone_and_never_renumbers() -> None:
    stage = running(program=replace(KOSS, slot_closes_hours=29))
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(5)
    stage.until("Tue 13 Oct 14:00 Kolkata")
    nudge = stage.ben.last("proposal-nudge")
    assert [each[0] for each in nudge.choices] == ["2", "3"]


@row("proposal-skip")
def test_skip_leaves_it_out_at_once() -> None:
    stage = asked()
    stage.ben.replies("proposal", "skip this one")
    assert kinds(stage.ben.reads()) == ["left-out"]
    assert kinds(stage.ana.reads()) == ["left-out"]
    assert stage.standing("Tue 13 Oct") == "skipped choice"
    stage.until("Fri 16 Oct 10:00 Kolkata")
    assert kinds(stage.ben.reads()) == []


@row("proposal-gone")
def test_a_time_taken_meanwhile_is_said_and_others_offered() -> None:
    stage = asked()
    stage.ana.is_busy("Thu 15 Oct 15:00")
    stage.ben.replies("proposal", "2")
    assert stage.ben.reads() == [
        "Mon 12 Oct 13:37  slot-gone  "
        "Thu 15 Oct, 18:30 Kolkata (15:00 Berlin) is not possible now. Another one?"
    ]
    assert "That was number 2." in stage.ben.last().text
    assert [each[0] for each in stage.ben.last().choices] == ["4", "5", "6"]
    assert "Thu 15 Oct, 18:30" not in "".join(stage.ben.last().choices)
    stage.ben.replies("slot-gone", "4")
    assert kinds(stage.ben.reads()) == ["moved"]


@row("proposal-offered-once")
def test_two_mentees_of_one_mentor_the_first_answer_wins() -> None:
    stage = running(line(ANA, BEN), line(ANA, CHI, RegularTime(1, 14, 0)))
    stage.until("Mon 12 Oct 10:00 Berlin")
    for place in [s.place for s in stage.ana.shown(2)]:
        stage.outside.hands.delete("ana@example.org", place)
    stage.passes(1)
    stage.passes(5)
    ben, chi = stage.ben.last("proposal"), stage.chi.last("proposal")
    offered = [
        {c.split("(")[1].split(")")[0] + c.split(",")[0][3:] for c in r.choices} for r in (ben, chi)
    ]
    assert offered[0] & offered[1] == set()  # what is offered here is not offered there


@pytest.mark.parametrize(
    "words",
    [
        "2",
        " 2 ",
        "2.",
        "2 please",
        "The second",
        "Hi,\n\n2\n\nThanks, Ben",
        "option 2 works for me",
    ],
)
def test_a_number_in_all_its_forms(words: str) -> None:
    stage = asked()
    stage.ben.replies("proposal", words)
    assert kinds(stage.ben.reads()) == ["moved"]
    assert stage.ana.calendar()[0] == "Thu 15 Oct 15:00 one-off"


def test_own_words_are_asked_about_once_and_guessed_never() -> None:
    stage = asked()
    stage.ben.replies("proposal", "maybe the second, or later?")
    assert [each.split("  ")[1:] for each in stage.ben.reads()] == [
        ["unclear", "Which time do you mean?"]
    ]
    assert stage.ana.reads() == []
    stage.ben.replies("unclear", "2")
    assert kinds(stage.ben.reads()) == ["moved"]


def test_a_mail_program_that_forgets_what_it_answers() -> None:
    """No In-Reply-To and no References: the token in Reply-To tells whose it is (trap_97)."""
    stage = asked()
    stage.ben.replies("proposal", "2", In_Reply_To="", References="")
    assert kinds(stage.ben.reads()) == ["moved"]


def test_a_mail_program_that_ignores_reply_to() -> None:
    """trap_97: a Message-ID of ours that is cited counts as carrying that person's token."""
    stage = asked()
    stage.ben.replies("proposal", "2", To="koss@example.org")
    assert kinds(stage.ben.reads()) == ["moved"]


def test_neither_token_nor_citation_is_nobodys() -> None:
    stage = asked()
    stage.ben.replies("proposal", "2", To="koss@example.org", In_Reply_To="", References="")
    assert (kinds(stage.ben.reads()), stage.ana.reads()) == (["hello"], [])
    assert stage.standing("Tue 13 Oct") == "cancelled"


def test_another_sender_changes_nothing() -> None:
    """A forwarded letter carries the token; only the known address is verified (DESIGN 7, I10)."""
    stage = asked()
    stage.ben.replies("proposal", "2", From="Mallory <mallory@example.net>")
    stage.ben.replies("proposal", "SKIP", From="Mallory <mallory@example.net>")
    assert (kinds(stage.ben.reads()), stage.ana.reads()) == (["not-sure-it-is-you"], [])
    assert stage.standing("Tue 13 Oct") == "cancelled"
    waits = "decided: a reply that is not verified waits for its writer's yes"
    assert waits in stage.why("verified")


def test_automatic_mail_is_never_answered() -> None:
    stage = asked()
    stage.ben.replies("proposal", "2\nI am away until Monday", Auto_Submitted="auto-replied")
    assert stage.ben.reads() == []
    assert stage.standing("Tue 13 Oct") == "cancelled"


def test_the_mentors_number_and_skip_are_not_the_choosers() -> None:
    stage = asked()
    stage.ana.replies("started", "2")
    assert kinds(stage.ana.reads()) == ["unclear"]
    assert stage.standing("Tue 13 Oct") == "cancelled"
    stage.ana.replies("started", "SKIP")  # about the next meeting, which she can't make either
    assert stage.standing("Tue 13 Oct") == "cancelled"
    assert stage.standing("Tue 20 Oct") == "cancelled"


def test_busy_times_that_could_not_be_read_are_read_again_and_nobody_is_offered_meanwhile() -> None:
    stage = running()
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.ana.deletes("Tue 13 Oct")
    for _ in range(3):
        stage.faults.inject("busy", "timeout")
        stage.passes(5)  # not read, so not asked; it is read anew after ten minutes
    assert "proposal" not in kinds(stage.ben.reads())
    assert "decided: the busy times could not be read: asked again later" in stage.why("busy")
    stage.until("Mon 12 Oct 10:30 Berlin")
    assert kinds(stage.ben.reads()) == ["proposal"]


def test_nothing_free_is_left_out_with_a_reason() -> None:
    stage = running()
    stage.until("Mon 12 Oct 10:00 Berlin")
    for day in ("Mon 12 Oct", "Tue 13 Oct", "Wed 14 Oct", "Thu 15 Oct", "Fri 16 Oct", "Mon 19 Oct"):
        stage.ana.is_busy(f"{day} 09:00", hours=9)
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(5)
    assert kinds(stage.ben.reads())[-1:] == ["left-out"]
    assert "I found no time that suits you both." in stage.ben.last().text
    assert stage.standing("Tue 13 Oct") == "skipped no-times"


@row("series-window")
def test_nothing_free_near_by_looks_further_and_says_so() -> None:
    stage = running()
    stage.until("Mon 12 Oct 10:00 Berlin")
    for day in ("Tue 13 Oct", "Wed 14 Oct", "Thu 15 Oct", "Fri 16 Oct"):
        stage.ana.is_busy(f"{day} 09:00", hours=9)
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(5)
    assert "Too little was free within the usual days." in stage.ben.last("proposal").text
    assert all("Mon 19 Oct" in each for each in stage.ben.last("proposal").choices)


def test_a_slot_that_was_put_but_refused_as_taken_id_is_put_with_the_next_generation() -> None:
    stage = asked()
    stage.faults.inject("put", "409")
    stage.ben.replies("proposal", "2")
    stage.passes(1)
    assert stage.ana.calendar()[0] == "Thu 15 Oct 15:00 one-off"
    assert kinds(stage.ben.reads()) == ["moved"]


@row("effect-refused")
def test_a_move_that_the_calendar_refuses_for_good_brings_other_times() -> None:
    stage = running(line(DAN, BEN))
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.ben.declines("Tue 13 Oct")
    stage.passes(5)
    stage.ben.reads()
    stage.faults.inject("move", "403-rights")
    stage.ben.replies("proposal", "1")
    stage.passes(1)
    assert kinds(stage.ben.reads()) == ["slot-gone"]
    assert kinds(stage.maya.reads()) == ["admin"]


def test_skip_said_to_a_prep_is_about_that_meeting_and_not_about_the_open_question() -> None:
    stage = running()
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.ana.deletes("Tue 20 Oct")
    stage.until("Mon 12 Oct 19:00 Kolkata")
    stage.ben.reads()
    stage.ben.replies("prep-mentee", "SKIP")
    assert stage.standing("Tue 13 Oct") == "skipped choice"
    assert stage.standing("Tue 20 Oct") == "cancelled"
    assert [each.split("  ")[2] for each in stage.ben.reads()] == [
        "Tuesday's 1:1 (13 Oct) is left out this time. Nothing to do."
    ]


def test_skip_said_too_late_is_not_taken_for_the_next_meeting() -> None:
    stage = asked()
    stage.until("Wed 14 Oct 10:00 Kolkata")
    stage.ben.reads()
    stage.ben.replies("proposal", "SKIP")
    assert stage.standing("Tue 20 Oct") == "planned"
    assert [each.split("  ")[2] for each in stage.ben.reads()] == ["That list is closed."]


def test_skip_after_it_was_booked_leaves_that_one_out() -> None:
    stage = asked()
    stage.ben.replies("proposal", "2")
    stage.ben.reads(), stage.ana.reads()
    stage.ben.replies("moved", "SKIP")
    assert stage.ana.calendar() == ["Tue 20 Oct 15:00"]
    assert kinds(stage.ben.reads()) == ["left-out"]
    assert kinds(stage.ana.reads()) == ["left-out"]


def test_offers_of_another_number_are_numbered_on() -> None:
    stage = asked(program=replace(KOSS, offers=2))
    assert [each[0] for each in stage.ben.last("proposal").choices] == ["1", "2"]
    stage.ben.replies("proposal", "NONE")
    assert [each[0] for each in stage.ben.last("proposal").choices] == ["3", "4"]
    stage.ben.replies("proposal", "3")
    assert kinds(stage.ben.reads())[-1] == "moved"
