"""How answers are answered: with what holds from now on, once, and at any hour to whoever wrote (LETTERS 1.11).

Not what follows from each answer: that is told where its question is.
"""

from __future__ import annotations

from datetime import date

import pytest

from daemon.domain.cadence import RegularTime
from daemon.domain.value import replace
from tests.stories.cast import ANA, BEN, CHI, KOSS, PATIENT, line
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import Stage, before, running


def firsts(reads: list[str]) -> list[str]:
    return [each.split("  ")[2] for each in reads]


# --- a pause, until when


@row("pairing-paused", "letter-still-good", settings=("pause_days_max",))
@pytest.mark.parametrize(
    ("answer", "until"),
    [
        ("3", "13 December 2026"),
        ("PAUSE", "13 December 2026"),
        ("PAUSE until 15 Nov", "15 November 2026"),
        ("PAUSE until 15 Jan", "13 December 2026"),  # not longer than a pause may be
    ],
)
def test_a_pause_that_answers_a_question_names_its_last_day(answer: str, until: str) -> None:
    stage = running(program=replace(KOSS, still_good_steps=1))
    stage.until("Wed 14 Oct 12:00 Kolkata")
    stage.ben.reads(), stage.ana.reads()
    stage.ben.replies("still-good", answer)
    assert firsts(stage.ben.reads()) == [f"Understood: the 1:1s pause until {until}."]
    assert firsts(stage.ana.reads()) == [f"Your 1:1s with Ben pause until {until}. Nothing to do."]


@row("pairing-paused", "seen-3")
def test_a_pause_that_answers_a_deleted_series_names_its_last_day() -> None:
    stage = before()
    stage.ana.deletes_all()
    stage.passes(6)
    stage.ana.reads()
    stage.ana.replies("series-gone", "PAUSE until 1 Nov")
    assert firsts(stage.ana.reads()) == ["Understood: the 1:1s pause until 1 November 2026."]
    assert firsts(stage.ben.reads()) == [
        "Your 1:1s with Ana pause until 1 November 2026. Nothing to do."
    ]


# --- what a program fixes


@row("ladder-lighter", settings=("locked",))
@pytest.mark.parametrize(
    ("question", "answer", "locked", "said"),
    [
        ("kindly", "1", "at", "Tuesdays 15:00 Berlin (18:30 Kolkata)"),
        ("kindly", "2", "cadence", "every week"),
        ("lighter", "1", "cadence", "every week"),
        ("lighter", "2", "length", "30 minutes"),
    ],
)
def test_what_is_fixed_is_said_and_the_contact_knows(
    question: str, answer: str, locked: str, said: str
) -> None:
    rungs = {"kindly_after": (0, 6), "lighter_after": (0, 8), f"{question}_after": (1, 6)}
    stage = before(program=replace(PATIENT, locked=(locked,), **rungs))
    stage.ana.deletes("Tue 13 Oct")
    stage.until("Wed 14 Oct 10:00 Berlin")
    stage.ana.reads(), stage.ben.reads(), stage.maya.reads()
    stage.ana.replies(question, answer)
    assert firsts(stage.ana.reads()) == [f"That is fixed here: {said}. It stays."]
    assert firsts(stage.maya.reads()) == ["Ana & Ben: something came that only you can answer."]
    stage.until("Thu 15 Oct 18:00 Berlin")
    assert stage.ben.reads() == []


@row("seen-3", settings=("locked",))
def test_a_deleted_series_with_a_fixed_time_rests_until_a_person_has_settled_it() -> None:
    stage = before(program=replace(PATIENT, locked=("at",)))
    stage.ana.deletes_all()
    stage.passes(6)
    stage.ana.reads()
    stage.ana.replies("series-gone", "2")
    assert firsts(stage.ana.reads())[:1] == [
        "The regular time is fixed in this program, so I can't look for another."
    ]
    assert (stage.state().standing, stage.ana.calendar(60)) == ("paused", [])
    assert kinds(stage.maya.reads()) == ["admin"]
    stage.ana.replies("ack", "RESUME")
    assert stage.ana.calendar(14) == ["Tue 13 Oct 15:00", "Tue 20 Oct 15:00"]


# --- go on?


def asked_to_go_on() -> Stage:
    """Two weeks before the end, both have been asked."""
    return before(line(ends=date(2026, 12, 1)), at="Wed 18 Nov 15:00 Berlin")


@row("letter-extend")
@pytest.mark.parametrize(
    ("ana", "ben", "said"),
    [
        ("1", "1", "You both want to: your 1:1s with {} go on until 2 March 2027."),
        ("1", "2 till 20 Jan", "You both want to: your 1:1s with {} go on until 20 January 2027."),
        ("1", "3", "Your 1:1s with {} end on 1 December 2026, as planned. Nothing to do."),
        ("3", "1", "Your 1:1s with {} end on 1 December 2026, as planned. Nothing to do."),
    ],
)
def test_both_hear_what_comes_of_it_once_both_have_said(ana: str, ben: str, said: str) -> None:
    stage = asked_to_go_on()
    stage.ana.replies("extend", ana)
    assert firsts(stage.ana.reads()) == ["Thank you, I have your answer."]
    assert stage.ben.reads() == []
    stage.ben.replies("extend", ben)
    assert firsts(stage.ben.reads()) == [said.format("Ana")]
    assert firsts(stage.ana.reads()) == [said.format("Ben")]
    stage.until("Tue 24 Nov 10:00 Berlin")
    assert "ack" not in kinds([*stage.ana.reads(), *stage.ben.reads()])


@row("letter-extend", "letter-quiet")
def test_whoever_said_it_first_hears_it_by_day() -> None:
    stage = asked_to_go_on()
    stage.ben.replies("extend", "1")
    stage.ben.reads()
    stage.until("Wed 18 Nov 19:00 Berlin")  # half past eleven in Kolkata
    stage.ana.replies("extend", "1")
    stage.until("Thu 19 Nov 10:00 Kolkata")
    assert stage.ben.reads()[:1] == [
        "Thu 19 Nov 07:00  ack  You both want to: your 1:1s with Ana go on until 2 March 2027."
    ]


# --- yes and no at first


@row("pairing-invited")
def test_a_mentor_s_yes_is_answered_as_the_mentee_may_take_days() -> None:
    stage = Stage()
    stage.passes(1)
    stage.ana.reads()
    stage.ana.replies("welcome-mentor-connected", "Yes")
    assert stage.ana.reads() == ["Mon 5 Oct 10:02  ack  Thank you. Now I ask Ben."]


@row("pairing-no", "pairing-silent")
@pytest.mark.parametrize("role", ["mentor", "mentee"])
@pytest.mark.parametrize("at", [RegularTime(1, 15, 0), None])
def test_no_to_a_reminder_is_a_no(role: str, at: RegularTime | None) -> None:
    stage = Stage(line(at=at), program=PATIENT)  # type: ignore[arg-type]
    stage.passes(1)
    if role == "mentee":
        stage.ana.replies("welcome-mentor-connected", "Yes")
    asked, other = (stage.ana, stage.ben) if role == "mentor" else (stage.ben, stage.ana)
    stage.until("Thu 8 Oct 10:00 Berlin")
    assert kinds(asked.reads())[-1] == "setup-nudge"
    other.reads()
    asked.replies("setup-nudge", "NO")
    assert firsts(asked.reads()) == ["Understood: no 1:1s. Nothing is put into your calendar."]
    assert (stage.state().standing, other.reads()) == ("closed", [])
    assert stage.maya.reads()[-1].endswith("It is closed, nothing was put anywhere.")


# --- away after all not


@row("undo-words", "seen-10a")
def test_whoever_heard_of_an_absence_hears_that_it_is_none_though_no_1_1_lay_in_it() -> None:
    stage = before()
    stage.ben.replies("started", "AWAY 14-17 Oct")
    stage.ana.reads(), stage.ben.reads()
    stage.ben.replies("ack", "UNDO")
    assert firsts(stage.ben.reads()) == [
        "Taken back: you are not away on those days, and the 1:1s stand as before."
    ]
    assert firsts(stage.ana.reads()) == [
        "Ben is not away from 14 to 17 October after all. Nothing to do."
    ]
    stage.ben.replies("started", "AWAY 14-17 Oct")  # now it is meant
    assert stage.ana.reads() == []  # one letter a day
    stage.until("Thu 8 Oct 12:00 Berlin")
    assert firsts(stage.ana.reads()) == ["Ben is away from 14 to 17 October. Nothing to do."]


@row("undo-words", "seen-10a")
def test_of_dates_months_ahead_too() -> None:
    stage = before()
    stage.ben.replies("started", "AWAY 1-20 Feb")
    stage.ana.reads()
    stage.ben.replies("ack", "UNDO")
    assert firsts(stage.ana.reads()) == [
        "Ben is not away from 1 to 20 February after all. Nothing to do."
    ]
    stage.until("Sat 30 Jan 10:00 Berlin")
    assert stage.ana.calendar(7) == ["Tue 2 Feb 15:00 one-off"]


@row("undo-words", "letter-quiet")
def test_who_has_not_heard_of_it_yet_never_does() -> None:
    stage = before(at="Wed 7 Oct 22:00 Berlin")
    stage.ben.replies("started", "AWAY 14-17 Oct")
    stage.ben.replies("ack", "UNDO")
    stage.until("Fri 9 Oct 10:00 Berlin")
    assert stage.ana.reads() == []


@row("undo-words", "seen-10a")
def test_in_all_pairings_of_that_person() -> None:
    lines = (line(ANA, BEN), line(ANA, CHI, RegularTime(2, 15, 0)))
    stage = before(*lines)
    stage.ana.replies("started", "AWAY 16-18 Oct")
    stage.passes(1)
    assert (kinds(stage.ben.reads()), kinds(stage.chi.reads())) == (["absence"], ["absence"])
    stage.ana.replies("ack", "UNDO")
    stage.passes(1)
    said = ["Ana is not away from 16 to 18 October after all. Nothing to do."]
    assert (firsts(stage.ben.reads()), firsts(stage.chi.reads())) == (said, said)


# --- at any hour


@row("letter-quiet", "letter-leave", "letter-zone")
@pytest.mark.parametrize(("word", "letter"), [("LEAVE", "leave"), ("ZONE Taipei", "zone-changed")])
def test_a_question_that_answers_ones_own_word_waits_for_no_morning(word: str, letter: str) -> None:
    stage = before(at="Thu 8 Oct 02:00 Kolkata")
    stage.ben.replies("started", word)
    assert kinds(stage.ben.reads()) == [letter]


@row("letter-quiet", "letter-zone")
def test_in_another_pairing_it_waits_for_the_morning() -> None:
    lines = (line(ANA, BEN), line(ANA, CHI, RegularTime(2, 15, 0)))
    stage = before(*lines)
    stage.ana.replies("started", "ZONE Toronto")
    assert kinds(stage.ana.reads()) == ["zone-changed"]
    stage.until("Fri 9 Oct 06:00 Toronto")
    assert kinds(stage.ana.reads()) == ["zone-changed"]
