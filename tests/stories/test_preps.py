"""When letters come: prep windows, quiet hours, and what a standstill makes of them (RULES 8).

Not what stands in them.
"""

from __future__ import annotations

import pytest

from daemon.domain.cadence import RegularTime
from tests.stories.cast import ANA, BEN, CHI, DAN, EVA, FAY, RUI, line
from tests.stories.people import kinds
from tests.stories.stage import Stage, running


def with_news(stage: Stage, pairing: str = "") -> None:
    """Something that makes a mentor's prep worth sending."""
    stage.ben.replies("notes", "todo: send the CV draft")


def test_the_mentee_the_day_before_at_18_the_mentor_that_day_at_9() -> None:
    stage = running()
    stage.until("Tue 13 Oct 20:00 Kolkata")
    with_news(stage)
    stage.until("Tue 20 Oct 20:00 Kolkata")
    assert stage.ben.last("prep-mentee").at == "Mon 19 Oct 18:00"
    assert stage.ana.last("prep-mentor").at == "Tue 20 Oct 09:00"


def test_without_news_the_mentor_gets_none_and_the_reason_is_kept() -> None:
    stage = running()
    stage.until("Tue 13 Oct 20:00 Kolkata")
    assert stage.ana.reads() == []
    assert stage.why("prep-mentor") == [
        "skipped: nothing new to say: no news and no ask, no letter",
        "skipped: nothing new to say: no news and no ask, no letter",
    ]


@pytest.mark.parametrize(
    ("at", "mentor", "expected"),
    [
        (RegularTime(1, 9, 30), ANA, ("prep-mentor", "Tue 20 Oct 07:29")),  # two hours before
        (RegularTime(1, 11, 0), ANA, ("prep-mentor", "Tue 20 Oct 08:59")),
        (
            RegularTime(1, 8, 0),
            DAN,
            ("prep-mentor", "Mon 19 Oct 20:59"),
        ),  # not at 05:59: the last waking minute
        (RegularTime(1, 16, 0), ANA, ("prep-mentor", "Tue 20 Oct 09:00")),
    ],
)
def test_an_early_meeting_pulls_the_mentors_prep_forward(
    at: RegularTime, mentor: object, expected: tuple[str, str]
) -> None:
    stage = running(line(mentor, BEN, at))  # type: ignore[arg-type]
    stage.until("Tue 13 Oct 22:00 Kolkata")
    with_news(stage)
    stage.until("Tue 20 Oct 22:00 Kolkata")
    someone = stage.people[mentor.id]  # type: ignore[attr-defined]
    assert someone.last(expected[0]).at == expected[1]


def test_notes_never_come_at_night() -> None:
    stage = running(line(ANA, CHI, RegularTime(1, 14, 45)))  # 20:45–21:15 in Taipei
    stage.until("Wed 14 Oct 12:00 Taipei")
    assert stage.chi.last("notes").at == "Wed 14 Oct 07:00"


def test_each_in_the_own_zone_and_both_times_named() -> None:
    stage = running(line(DAN, FAY, RegularTime(1, 17, 30)), start="Mon 5 Oct 17:00 Berlin")
    stage.until("Wed 14 Oct 12:00 Berlin")
    assert stage.fay.last("prep-mentee").line == (
        "Mon 12 Oct 18:00  prep-mentee  "
        "Tue 13 Oct, 08:30 Vancouver (17:30 Berlin): what shall it be about?"
    )


def test_a_week_without_power_old_letters_are_skipped_with_the_reason_and_none_comes_twice() -> (
    None
):
    stage = running()
    stage.until("Mon 12 Oct 12:00 Berlin")
    stage.ben.reads()
    stage.sleeps_until("Tue 20 Oct 12:00 Berlin")  # 15:30 in Kolkata; 1:1s on the 13th and today
    stage.until("Wed 21 Oct 12:00 Berlin")
    assert [each.split("  ")[:2] for each in stage.ben.reads()] == [
        ["Tue 20 Oct 15:30", "prep-mentee"],  # late, but still two hours before
        ["Wed 21 Oct 07:00", "notes"],  # one letter a day
    ]
    skipped = [each for each in stage.why("2026-10-13") if each.startswith("skipped")]
    assert skipped == [
        "skipped: its time was over at 2026-10-13T11:00:00Z",
        "skipped: its time was over at 2026-10-13T11:00:00Z",
        "skipped: the power was off: only the last days are asked about",
    ]
    assert stage.standing("Tue 13 Oct") == "held presumed"


def test_a_prep_that_comes_too_late_is_skipped() -> None:
    stage = running()
    stage.until("Mon 12 Oct 12:00 Berlin")
    stage.ben.reads()
    stage.sleeps_until("Tue 13 Oct 13:01 Berlin")  # a minute inside the two hours
    assert stage.ben.reads() == []
    assert "skipped: its time was over at 2026-10-13T11:00:00Z" in stage.why("prep-mentee")


def test_a_prep_that_was_left_out_is_owed_again_when_the_meeting_gets_another_time() -> None:
    stage = running()
    stage.until("Mon 12 Oct 12:00 Berlin")
    stage.sleeps_until("Tue 13 Oct 13:01 Berlin")
    stage.until("Tue 13 Oct 20:00 Kolkata")
    stage.ben.reads()
    stage.ben.replies("notes", "NO")
    stage.ben.replies("proposal", "2")
    again = stage.meeting("Tue 13 Oct").start
    stage.ben.reads()
    stage.until("Tue 20 Oct 12:00 Berlin")
    assert f"{again:%a %d %b}" == "Thu 15 Oct"
    assert [each.split("  ")[:2] for each in stage.ben.reads()] == [
        ["Wed 14 Oct 18:00", "prep-mentee"],
        ["Mon 19 Oct 18:00", "prep-mentee"],
    ]  # and no second notes letter: it was answered


def test_an_answer_that_waited_for_power_is_carried_out_or_named_closed() -> None:
    stage = running()
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(5)
    stage.ben.reads()
    stage.off = True
    stage.ben.replies("proposal", "2")
    stage.sleeps_until("Tue 13 Oct 09:00 Berlin")
    assert stage.ana.calendar()[0] == "Thu 15 Oct 15:00 one-off"
    assert kinds(stage.ben.reads()) == ["moved"]


def test_one_thread_per_pairing_whatever_comes() -> None:
    stage = running(
        line(ANA, BEN), line(DAN, BEN, RegularTime(1, 12, 0)), line(RUI, EVA, RegularTime(2, 10, 0))
    )
    stage.until("Wed 14 Oct 10:00 Kolkata")
    stage.ben.reads()
    by_thread = {each.header("References").split()[0] for each in stage.ben.letters}
    assert len(by_thread) == 2
