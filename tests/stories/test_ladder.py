"""1:1s that keep falling out by one side (RULES 4): kindly, then lighter, then a word of a person.

Not a score: nobody reads a count, and nobody but the side itself reads that it is asked.
"""

from __future__ import annotations

import pytest

from daemon.domain.value import replace
from tests.stories.cast import PATIENT
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import Stage, running

FRIDAYS = {
    "Tue 13 Oct": "Fri 9 Oct", "Tue 20 Oct": "Fri 16 Oct", "Tue 27 Oct": "Fri 23 Oct",
    "Tue 3 Nov": "Fri 30 Oct", "Tue 10 Nov": "Fri 6 Nov", "Tue 17 Nov": "Fri 13 Nov",
}  # fmt: skip
"""Each 1:1, and the Friday before it."""
ASKED = ("kindly", "lighter")


def falls_out(stage: Stage, day: str, by: str = "ana") -> None:
    """Taken off (or declined) four days ahead, and nobody looks for another time; its hour passes."""
    stage.until(f"{FRIDAYS[day]} 10:00 Berlin")
    someone = stage.people[by]
    (someone.deletes if by == "ana" else someone.declines)(day)
    stage.passes(6)
    stage.ben.replies("proposal", "SKIP")
    stage.until(f"{day} 20:00 Berlin")


def asked(stage: Stage, who: str) -> list[str]:
    """The questions of the ladder that somebody has read since the last look."""
    return [each for each in stage.people[who].reads() if each.split("  ")[1] in ASKED]


def told(stage: Stage) -> list[str]:
    return [each.split("  ")[2] for each in stage.maya.reads()]


@row("ladder-kindly", "ladder-lighter", "ladder-word")
def test_two_of_six_three_of_eight_four_of_eight_each_asked_once() -> None:
    stage = running(program=PATIENT)
    falls_out(stage, "Tue 13 Oct")
    assert asked(stage, "ana") == []
    falls_out(stage, "Tue 20 Oct")
    assert asked(stage, "ana") == [
        "Tue 20 Oct 16:00  kindly  Your 1:1s with Ben: is the regular time a good one?"
    ]
    falls_out(stage, "Tue 27 Oct")
    assert asked(stage, "ana") == [
        "Tue 27 Oct 16:00  lighter  Would a lighter rhythm with Ben suit you better?"
    ]
    assert told(stage) == []
    falls_out(stage, "Tue 3 Nov")
    assert told(stage) == ["Ana & Ben: this pairing needs a word."]
    for day in ("Tue 10 Nov", "Tue 17 Nov"):
        falls_out(stage, day)
    assert (asked(stage, "ana"), told(stage)) == ([], [])  # whoever knows it is not told weekly
    assert asked(stage, "ben") == []


@row("ladder-kindly", "ladder-lighter", "ladder-word")
def test_no_count_and_no_side_in_any_letter() -> None:
    stage = running(program=PATIENT)
    for day in ("Tue 13 Oct", "Tue 20 Oct", "Tue 27 Oct", "Tue 3 Nov"):
        falls_out(stage, day)
    assert told(stage) == ["Ana & Ben: this pairing needs a word."]
    letters = [stage.maya.last("admin"), *(stage.ana.last(touchpoint) for touchpoint in ASKED)]
    for letter in letters:
        lines = [each for each in letter.text.split("\n") if not each[:1].isdigit()]
        prose = " ".join(each for each in lines if not each.startswith(("Reply 1", "If I hear")))
        assert not any(digit in prose.replace("1:1", "") for digit in "0123456789")
        assert not any(
            word in prose for word in ("cancel", "mentor", "mentee", "fell out", "times")
        )
    named = [each for each in letters[0].text.split("\n") if "Ana" in each or "Ben" in each]
    assert named == [  # which pairing, and of the two neither alone
        "Ana & Ben: this pairing needs a word.",
        "| pairing: Ana Rao & Ben Das (ana-ben)",
    ]
    assert all("Ben has not been told" in letter.text for letter in letters[1:])


@row("ladder-kindly")
def test_the_mentees_own_ladder_is_the_mentees_alone() -> None:
    stage = running(program=PATIENT)
    for day in ("Tue 13 Oct", "Tue 20 Oct"):
        falls_out(stage, day, by="ben")
    assert [each.split("  ")[1] for each in asked(stage, "ben")] == ["kindly"]
    assert asked(stage, "ana") == []


@row("ladder-kindly")
@pytest.mark.parametrize(
    ("answer", "mentee_reads"),
    [("1", ["regular-time"]), ("2", ["wish"]), ("3", [])],
)
def test_what_kindly_can_be_answered_with(answer: str, mentee_reads: list[str]) -> None:
    stage = running(program=PATIENT)
    for day in ("Tue 13 Oct", "Tue 20 Oct"):
        falls_out(stage, day)
    stage.ana.reads(), stage.ben.reads()
    stage.ana.replies("kindly", answer)
    assert kinds(stage.ana.reads()) == ["ack"]
    stage.until("Wed 21 Oct 12:00 Kolkata")
    assert kinds(stage.ben.reads()) == mentee_reads


@row("ladder-lighter")
@pytest.mark.parametrize(
    ("answer", "first"),
    [
        ("1", "Ana would like to meet every two weeks. Is that good for you?"),
        ("2", "Ana would like 1:1s of 20 minutes. Is that good for you?"),
        ("3", ""),
    ],
)
def test_what_lighter_can_be_answered_with(answer: str, first: str) -> None:
    stage = running(program=PATIENT)
    for day in ("Tue 13 Oct", "Tue 20 Oct", "Tue 27 Oct"):
        falls_out(stage, day)
    stage.ana.reads(), stage.ben.reads()
    stage.ana.replies("lighter", answer)
    stage.until("Wed 28 Oct 12:00 Kolkata")
    assert [each.split("  ")[2] for each in stage.ben.reads()] == ([first] if first else [])


@row("ladder-kindly")
def test_eight_1_1s_are_remembered_and_no_more() -> None:
    stage = running(program=PATIENT)
    stage.until("Wed 25 Nov 10:00 Berlin")
    assert [fall.origin[:10] for fall in stage.state().tally.falls] == [
        "2026-10-06", "2026-10-13", "2026-10-20", "2026-10-27",
        "2026-11-03", "2026-11-10", "2026-11-17", "2026-11-24",
    ]  # fmt: skip
    stage.until("Wed 2 Dec 10:00 Berlin")
    falls = stage.state().tally.falls
    assert (len(falls), falls[0].origin[:10]) == (8, "2026-10-13")


@row("ladder-kindly")
def test_silence_leaves_everything_as_it_is() -> None:
    stage = running(program=PATIENT)
    for day in ("Tue 13 Oct", "Tue 20 Oct"):
        falls_out(stage, day)
    stage.ana.reads()
    stage.until("Mon 2 Nov 12:00 Berlin")
    assert kinds(stage.ana.reads()) == []
    assert stage.ana.calendar() == ["Tue 3 Nov 15:00", "Tue 10 Nov 15:00"]


@row("ladder-mover")
def test_a_mover_is_no_canceller() -> None:
    stage = running(program=PATIENT)
    for day, other in (("Tue 13 Oct", "Wed 14 Oct"), ("Tue 20 Oct", "Wed 21 Oct")):
        stage.until(f"{FRIDAYS[day]} 10:00 Berlin")
        stage.ana.drags(day, f"{other} 15:00")
    for day in ("Tue 27 Oct", "Tue 3 Nov"):
        stage.until(f"{FRIDAYS[day]} 10:00 Berlin")
        stage.ana.deletes(day)
        stage.passes(6)
        stage.ben.replies("proposal", "1")
    stage.until("Wed 11 Nov 12:00 Berlin")
    assert asked(stage, "ana") == []


@row("ladder-mover")
def test_cancelled_late_it_counts_although_another_time_was_found() -> None:
    stage = running(program=PATIENT)
    for day in ("Tue 13 Oct", "Tue 20 Oct"):
        stage.until(f"{day} 10:00 Berlin")
        stage.ana.deletes(day)
        stage.passes(6)
        stage.ben.replies("proposal", "1")
        assert stage.standing(day) == "moved"
    stage.until("Fri 23 Oct 12:00 Berlin")
    assert [each.split("  ")[1] for each in asked(stage, "ana")] == ["kindly"]


@row("ladder-mover", "meeting-repaired")
def test_found_after_its_hour_had_passed_it_counts_for_nobody() -> None:
    stage = running(program=replace(PATIENT, answer_by_hours=120))
    for day in ("Tue 13 Oct", "Tue 20 Oct"):
        before = "Mon 12 Oct" if day == "Tue 13 Oct" else "Mon 19 Oct"
        stage.until(f"{before} 12:00 Berlin")
        stage.ana.deletes(day)
        stage.until(f"{day} 18:00 Berlin")  # half an hour after it would have ended, and more
        stage.ben.replies("proposal", "3")
        assert stage.standing(day) == "moved"
    stage.until("Mon 26 Oct 12:00 Berlin")
    assert asked(stage, "ana") == []


@row("ladder-kindly", settings=("kindly_after",))
def test_kindly_after_another_share() -> None:
    stage = running(program=replace(PATIENT, kindly_after=(1, 6)))
    falls_out(stage, "Tue 13 Oct")
    assert [each.split("  ")[1] for each in asked(stage, "ana")] == ["kindly"]

    stage = running(program=replace(PATIENT, kindly_after=(0, 8)))  # never
    for day in ("Tue 13 Oct", "Tue 20 Oct"):
        falls_out(stage, day)
    assert asked(stage, "ana") == []


@row("ladder-lighter", settings=("lighter_after",))
def test_lighter_after_another_share() -> None:
    stage = running(program=replace(PATIENT, lighter_after=(2, 8)))
    for day in ("Tue 13 Oct", "Tue 20 Oct"):
        falls_out(stage, day)
    assert [each.split("  ")[1] for each in asked(stage, "ana")] == ["lighter"]


@row("ladder-word", settings=("word_after",))
def test_a_word_after_another_share() -> None:
    stage = running(program=replace(PATIENT, word_after=(2, 8)))
    for day in ("Tue 13 Oct", "Tue 20 Oct"):
        falls_out(stage, day)
    assert asked(stage, "ana") == []
    assert told(stage) == ["Ana & Ben: this pairing needs a word."]
