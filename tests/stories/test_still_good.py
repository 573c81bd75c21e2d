"""Who says nothing: the question whether it is still good, and the contact's list of people who may never have
got a letter (LETTERS 2, "mentee goes quiet" and "no sign of life").

Not a reminder about one 1:1, and not a pause that somebody asked for.
"""

from __future__ import annotations

from datetime import date

import pytest

from daemon.domain.cadence import Cadence, RegularTime, Step
from daemon.domain.people import Person
from daemon.domain.value import replace
from tests.stories.cast import ANA, BEN, CHI, DAN, KOSS, PATIENT, line
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import Stage, before, running

QUESTION = "Are the 1:1s with Ana still good for you?"


def asked(stage: Stage) -> list[str]:
    """When Ben has read the question since the last look."""
    return [each.split("  ")[0] for each in stage.ben.reads() if "  still-good  " in each]


def when_asked(**settings: object) -> Stage:
    """Ben has read his letters for three weeks and answered none; then he is asked."""
    stage = running(program=replace(KOSS, **settings))  # type: ignore[arg-type]
    stage.until("Wed 28 Oct 10:00 Berlin")
    assert stage.ben.last().line == f"Wed 28 Oct 07:00  still-good  {QUESTION}"
    stage.all_read()
    return stage


@row("letter-still-good")
def test_after_three_unanswered_letters_over_three_steps_the_mentee_alone_is_asked() -> None:
    stage = when_asked()
    assert "Without an answer by Wed 4 Nov, 07:00 Kolkata" in stage.ben.last().text
    assert stage.ben.last().choices == ["1  carry on", "2  less often", "3  a pause", "4  stop"]
    assert "still-good" not in "".join(read.touchpoint for read in stage.ana.letters)
    assert stage.maya.letters == []


@row("letter-still-good", "pairing-paused-by-silence", settings=("still_good_answer_days",))
def test_no_answer_pauses_it_and_says_so_in_one_neutral_line_to_all_three() -> None:
    stage = when_asked(still_good_answer_days=10)
    stage.until("Fri 6 Nov 10:00 Berlin")
    stage.ana.reads(), stage.ben.reads()
    stage.until("Sat 7 Nov 10:00 Berlin")
    neutral = "pause for now. Nothing to do."
    assert stage.ben.reads() == [f"Sat 7 Nov 07:00  paused  Your 1:1s with Ana {neutral}"]
    assert stage.ana.reads() == [f"Sat 7 Nov 07:00  paused  Your 1:1s with Ben {neutral}"]
    assert kinds(stage.maya.reads()) == ["admin"]
    assert stage.ana.calendar() == []


@row("letter-still-good")
@pytest.mark.parametrize(
    ("answer", "standing", "mentor_reads"),
    [
        ("1", "active", []),
        ("2", "active", ["wish"]),
        ("3", "paused", ["paused"]),
        ("4", "closing", ["ended"]),
        ("yes", "active", []),
    ],
)
def test_what_it_can_be_answered_with(answer: str, standing: str, mentor_reads: list[str]) -> None:
    stage = when_asked()
    stage.ben.replies("still-good", answer)
    stage.passes(5)
    assert stage.state().standing == standing
    assert (kinds(stage.ben.reads()), kinds(stage.ana.reads())) == (["ack"], mentor_reads)


@row("letter-still-good")
def test_any_sign_of_life_is_enough() -> None:
    stage = when_asked()
    stage.ben.replies("notes", "We talked about Rome.")
    stage.until("Thu 5 Nov 10:00 Berlin")
    assert stage.state().standing == "active"
    assert "paused" not in kinds(stage.ben.reads())


@row("letter-still-good")
def test_who_writes_before_the_question_goes_in_the_morning_is_not_asked() -> None:
    stage = running(program=KOSS)
    stage.until("Tue 27 Oct 22:00 Kolkata")
    stage.ben.replies("notes", "We talked about Rome.")
    stage.until("Thu 5 Nov 10:00 Berlin")
    assert asked(stage) == []


@row("letter-still-good")
def test_an_accepted_invitation_or_a_declined_1_1_is_a_sign_of_life() -> None:
    stage = running(program=KOSS)
    stage.until("Mon 19 Oct 10:00 Berlin")
    stage.ben.accepts("Tue 20 Oct")
    stage.until("Sun 8 Nov 10:00 Berlin")
    assert asked(stage) == []
    stage.until("Thu 12 Nov 10:00 Berlin")
    assert asked(stage) == ["Wed 11 Nov 07:00"]


@row("letter-still-good", settings=("still_good_letters", "still_good_steps"))
@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"still_good_steps": 1}, ["Wed 14 Oct 07:00"]),
        ({"still_good_steps": 0, "still_good_letters": 6}, ["Wed 21 Oct 07:00"]),
        ({"still_good_letters": 0}, []),  # nobody is asked
    ],
)
def test_after_how_many_letters_and_steps(settings: dict[str, object], expected: list[str]) -> None:
    stage = running(program=replace(KOSS, **settings))  # type: ignore[arg-type]
    stage.until("Sun 25 Oct 10:00 Berlin")
    assert asked(stage) == expected


@row("letter-still-good")
def test_steps_are_those_of_the_cadence() -> None:
    stage = running(replace(line(), cadence=Cadence(Step(weeks=2))), program=KOSS)
    stage.until("Thu 26 Nov 10:00 Berlin")
    assert asked(stage) == ["Wed 18 Nov 07:00"]


@row("letter-still-good")
def test_who_was_never_asked_has_not_been_silent() -> None:
    stage = running(program=KOSS)
    stage.until("Tue 27 Oct 21:00 Kolkata")
    stage.sleeps_until("Mon 16 Nov 10:00 Berlin")
    stage.until("Tue 17 Nov 10:00 Berlin")
    assert stage.state().standing == "active"


@row("letter-quiet-list", settings=("maybe_spam_letters",))
def test_who_never_gave_a_sign_of_life_is_on_the_contacts_list_on_monday() -> None:
    stage = Stage(start="Mon 5 Oct 10:00 Berlin")
    stage.passes(1)
    stage.ana.replies("welcome-mentor-connected", "Yes")
    stage.until("Tue 13 Oct 10:00 Berlin")
    assert kinds(stage.ben.reads()) == ["welcome-mentee", "setup-nudge", "setup-nudge"]
    assert stage.maya.reads()[0].split("  ")[0] == "Mon 12 Oct 08:00"
    assert "ben" in stage.maya.letters[0].text.lower()

    stage = Stage(start="Mon 5 Oct 10:00 Berlin", program=replace(KOSS, maybe_spam_letters=3))
    stage.passes(1)
    stage.ana.replies("welcome-mentor-connected", "Yes")
    stage.until("Tue 13 Oct 10:00 Berlin")  # the third letter came on Saturday
    assert "Mon 12 Oct 08:00" in [each.split("  ")[0] for each in stage.maya.reads()]

    stage = Stage(start="Mon 5 Oct 10:00 Berlin", program=replace(KOSS, maybe_spam_letters=4))
    stage.passes(1)
    stage.ana.replies("welcome-mentor-connected", "Yes")
    stage.until("Tue 13 Oct 10:00 Berlin")
    assert "Mon 12 Oct 08:00" not in [each.split("  ")[0] for each in stage.maya.reads()]


def listed(stage: Stage) -> list[str]:
    """When Maya has read the list, and who is on it."""
    stage.maya.reads()
    found = [read for read in stage.maya.letters if read.first.startswith("Nothing was heard yet")]
    return [f"{read.at}  {read.text.split('people: ')[1].splitlines()[0]}" for read in found]


@row("letter-quiet-list")
def test_the_list_waits_for_monday_also_after_somebody_was_heard_of_in_time() -> None:
    later = replace(line(DAN, CHI, RegularTime(2, 15, 0)), starts=date(2026, 10, 19))
    stage = Stage(line(), later, program=PATIENT)
    stage.passes(1)
    stage.ana.replies("welcome-mentor-connected", "Yes")
    stage.until("Thu 8 Oct 10:00 Berlin")
    stage.ben.replies("setup-nudge", "Yes")  # which came on Wednesday, unanswered until now
    stage.until("Mon 19 Oct 10:00 Berlin")
    stage.dan.replies("welcome-mentor-connected", "Yes")
    stage.until("Wed 28 Oct 10:00 Berlin")
    assert [each.split("  ")[0] for each in stage.chi.reads()] == [
        "Mon 19 Oct 16:01", "Wed 21 Oct 16:01", "Sat 24 Oct 16:01",
    ]  # fmt: skip
    assert listed(stage) == ["Mon 26 Oct 08:00  Chi Lin"]


@row("letter-quiet-list")
def test_whom_the_list_has_no_room_for_is_named_first_on_the_next_monday() -> None:
    names = [f"m{number:02}" for number in range(1, 22)]
    mentors = [Person(n, n.upper(), f"{n}@example.org", "Europe/Berlin") for n in names]
    program = replace(PATIENT, new_people_per_hour=30)
    stage = Stage(*(line(each, BEN) for each in mentors), program=program)
    stage.until("Wed 28 Oct 10:00 Berlin")
    others = ", ".join(name.upper() for name in names[:20])
    assert listed(stage) == [
        f"Mon 12 Oct 08:00  {others}",
        f"Mon 19 Oct 08:00  M21, {others.removesuffix(', M20')}",
    ]


@row("letter-quiet-list")
def test_who_was_heard_of_in_one_pairing_is_missed_in_no_other() -> None:
    stage = before()
    stage.reconfigured(line(), line(ANA, CHI, RegularTime(2, 15, 0)))
    stage.until("Tue 20 Oct 10:00 Berlin")
    assert kinds(stage.ana.reads())[:2] == ["welcome-mentor-connected", "setup-nudge"]
    assert listed(stage) == []


@row("letter-quiet-list")
def test_heard_of_in_one_pairing_somebody_is_taken_off_the_list_of_all() -> None:
    later = replace(line(ANA, CHI, RegularTime(2, 15, 0)), starts=date(2026, 10, 8))
    stage = Stage(line(ANA, BEN), later, program=PATIENT)
    stage.until("Thu 8 Oct 10:00 Berlin")
    assert kinds(stage.ana.reads()) == [
        "welcome-mentor-connected", "setup-nudge", "welcome-mentor-connected",
    ]  # fmt: skip
    stage.ana.replies("welcome-mentor-connected", "Yes")  # to the second pairing alone
    stage.until("Thu 8 Oct 18:00 Taipei")
    stage.chi.replies("welcome-mentee", "Yes")
    stage.until("Mon 12 Oct 10:00 Berlin")
    assert listed(stage) == []


@row("letter-quiet-list")
def test_who_has_written_once_is_on_no_list() -> None:
    stage = running(program=KOSS)
    stage.until("Sun 8 Nov 10:00 Berlin")
    assert "Nothing was heard" not in "".join(each for each in stage.maya.reads())
