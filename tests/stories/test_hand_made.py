"""Events that the mentor made by hand with the mentee: offered to be looked after instead of being doubled (ADR 0009).

Not a change by hand of what is ours already: test_series_by_hand.py. Not those that the mentee made: test_hand_made_by_mentee.py.
"""

from __future__ import annotations

from datetime import date

import pytest

from daemon.domain.cadence import RegularTime
from daemon.domain.value import replace
from tests.stories.beginnings import begun
from tests.stories.cast import PATIENT, line
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import Stage, before
from tests.stories.test_series_by_hand import live

NO_TIME = replace(line(), at=None)


def made(stage: Stage) -> list[tuple[str, str, str, list[str]]]:
    """What stands in the mentor's calendar and was made by hand: uid, title, place, guests."""
    events = stage.outside.world.account("ana@example.org").events.values()
    return [
        (each.place.uid, each.summary, each.location, list(each.guests))
        for each in events
        if each.place.uid.startswith("made-by-") and not each.gone
    ]


@row("adopt-series", "adopt-theirs")
def test_a_series_made_before_the_welcome_is_asked_about_and_the_mentee_says_yes_to_it() -> None:
    stage = Stage(NO_TIME, program=PATIENT)
    stage.ana.makes("Wed 14 Oct 11:00", "ben", weeks=1)
    stage.passes(10)
    assert kinds(stage.ana.reads()) == ["welcome-mentor-connected"]  # first of all whether at all
    stage.ana.replies("welcome-mentor-connected", "Yes")
    stage.passes(10)
    assert [each.split("  ")[1:] for each in stage.ana.reads()] == [
        ["ack", "Thank you. Now I ask Ben."],
        ["adopt", "You made 1:1s with Ben in the calendar. Are those the ones?"],
    ]
    assert kinds(stage.ben.reads()) == []  # no list of times meanwhile
    stage.ana.replies("adopt", "1")
    assert kinds(stage.ana.reads()) == ["ack"]
    assert [each.split("  ")[1] for each in stage.ben.reads()] == ["welcome-mentee"]
    assert "Wednesdays 14:30 Kolkata (11:00 Berlin)" in stage.ben.last("welcome-mentee").text
    stage.ben.replies("welcome-mentee", "Yes")
    stage.passes(5)
    assert kinds(stage.ben.reads()) == ["started"]
    assert live(stage) == ["2026-10-14T11:00"]
    assert stage.series().theirs
    assert made(stage) == [
        ("made-by-ana-Wed-14-Oct-11:00", "Mentoring", "Room 7", ["ben@example.org"])
    ]


@row("adopt-double", "adopt-theirs", "series-one")
def test_a_series_beside_ours_takes_its_place_by_a_yes_and_the_mentee_hears_the_time_once() -> None:
    stage = before()
    stage.ana.makes("Wed 14 Oct 11:00", "ben", weeks=1)
    stage.passes(10)
    assert [each.split("  ")[1:] for each in stage.ana.reads()] == [
        ["adopt", "Your calendar has the 1:1s with Ben twice. Are yours the ones?"]
    ]
    stage.ana.replies("adopt", "1")
    stage.passes(10)
    assert live(stage) == ["2026-10-14T11:00"]
    assert stage.ana.calendar(23) == ["Wed 14 Oct 11:00", "Wed 21 Oct 11:00", "Wed 28 Oct 11:00"]
    assert [each.split("  ")[1:] for each in stage.ben.reads()] == [
        ["started", "Your 1:1s are now Wednesdays 14:30 Kolkata (11:00 Berlin)."]
    ]
    stage.until("Thu 22 Oct 10:00 Berlin")
    assert stage.standing("Tue 13 Oct") == "held presumed"  # the same meeting, at another time
    assert kinds(stage.ben.reads()) == ["prep-mentee", "notes", "prep-mentee", "notes"]


@row("adopt-theirs")
def test_what_happens_to_it_later_is_followed_and_repaired_as_with_ours() -> None:
    stage = before()
    stage.ana.makes("Wed 14 Oct 11:00", "ben", weeks=1)
    stage.passes(10)
    stage.ana.replies("adopt", "yes")
    stage.until("Thu 8 Oct 10:00 Berlin")
    stage.all_read()
    stage.ana.deletes("Wed 21 Oct")
    stage.passes(10)
    assert kinds(stage.ben.reads()) == ["proposal"]
    stage.ben.replies("proposal", "1")
    stage.ana.drags_all("Wed 14 Oct", "Thu 15 Oct 12:00")
    stage.passes(10)
    assert live(stage) == ["2026-10-15T12:00"]
    stage.ben.says(
        "prep-mentee" if "prep-mentee" in kinds(stage.ben.reads()) else "started", "skip"
    )
    assert made(stage) == [
        ("made-by-ana-Wed-14-Oct-11:00", "Mentoring", "Room 7", ["ben@example.org"])
    ]


@row("adopt-theirs", "series-later-break")
def test_the_end_and_a_break_change_its_rule_and_nothing_else_of_it() -> None:
    stage = before()
    stage.ana.makes("Wed 14 Oct 11:00", "ben", weeks=1)
    stage.passes(10)
    stage.ana.replies("adopt", "1")
    stage.reconfigured(line(ends=date(2027, 1, 31)))
    stage.until("Thu 8 Oct 10:00 Berlin")
    events = stage.outside.world.account("ana@example.org").events
    event = events["made-by-ana-Wed-14-Oct-11:00"]
    assert event.rule and event.rule.until == date(2027, 1, 31)
    assert made(stage) == [
        ("made-by-ana-Wed-14-Oct-11:00", "Mentoring", "Room 7", ["ben@example.org"])
    ]


@row("adopt-no")
@pytest.mark.parametrize("answer", ["2", "no", ""])
def test_left_alone_by_a_no_or_by_silence_ours_goes_on_and_nothing_is_asked_again(
    answer: str,
) -> None:
    stage = before()
    stage.ana.makes("Wed 14 Oct 11:00", "ben", weeks=1)
    stage.passes(10)
    stage.ana.reads()
    if answer:
        stage.ana.replies("adopt", answer)
    stage.until("Mon 12 Oct 12:00 Berlin")
    reads = kinds(stage.ana.reads())
    assert reads == (["ack"] if answer else ["adopt"])  # recalled once
    assert live(stage) == ["2026-10-06T15:00", "2026-10-14T11:00"]
    assert [each.split("  ")[1:] for each in stage.maya.reads() if "by hand" in each] == (
        []
        if answer
        else [
            [
                "admin",
                "Ana & Ben: something was changed by hand, and only a person can settle it.",
            ]
        ]
    )
    stage.restart()
    stage.until("Thu 15 Oct 12:00 Berlin")
    assert "adopt" not in kinds(stage.ana.reads())
    assert stage.standing("Tue 13 Oct") == "planned"


@row("adopt-no", "adopt-series")
def test_before_there_is_a_time_a_no_leads_to_the_usual_list() -> None:
    stage = Stage(NO_TIME, program=PATIENT)
    stage.ana.makes("Wed 14 Oct 11:00", "ben", weeks=1)
    stage.passes(10)
    stage.ana.replies("welcome-mentor-connected", "Yes")
    stage.passes(10)
    stage.ana.replies("adopt", "2")
    stage.passes(10)
    assert kinds(stage.ben.reads()) == ["welcome-mentee"]
    assert len(stage.ben.last("welcome-mentee").choices) == 3


@row("adopt-double", "seen-3")
def test_ours_deleted_and_another_made_by_hand_is_one_question() -> None:
    stage = before()
    stage.ana.deletes_all()
    stage.ana.makes("Wed 14 Oct 11:00", "ben", weeks=1)
    stage.passes(10)
    assert kinds(stage.ana.reads()) == ["adopt"]
    stage.ana.replies("adopt", "1")
    stage.passes(10)
    assert kinds(stage.ana.reads()) == ["ack"]
    assert live(stage) == ["2026-10-14T11:00"]
    assert stage.standing("Tue 13 Oct") == "planned"
    assert kinds(stage.ben.reads()) == ["started"]


@row("adopt-no", "seen-3")
def test_no_it_is_something_else_and_what_became_of_ours_is_asked_then() -> None:
    stage = before()
    stage.ana.deletes_all()
    stage.ana.makes("Wed 14 Oct 11:00", "ben", weeks=1)
    stage.passes(10)
    stage.ana.replies("adopt", "2")
    stage.passes(10)
    assert kinds(stage.ana.reads()) == ["adopt", "ack", "series-gone"]


@row("adopt-single")
@pytest.mark.parametrize("first", ["deleted", "made"])
def test_one_that_fell_out_and_one_made_by_hand_are_the_same_by_a_yes(first: str) -> None:
    stage = before()
    if first == "deleted":
        stage.ana.deletes("Tue 13 Oct")
        stage.ana.makes("Thu 15 Oct 11:00", "ben")
    else:
        stage.ana.makes("Thu 15 Oct 11:00", "ben")
        stage.passes(30)
        assert stage.ana.reads() == []  # an extra one is nobody's business
        stage.ana.deletes("Tue 13 Oct")
    stage.passes(10)
    assert [each.split("  ")[1:] for each in stage.ana.reads()] == [
        ["adopt", "You made a 1:1 with Ben: Thu 15 Oct, 11:00 Berlin (14:30 Kolkata)."]
    ]
    assert stage.ben.reads() == []  # no times meanwhile
    stage.ana.replies("adopt", "1")
    stage.passes(10)
    assert stage.standing("Tue 13 Oct") == "moved"
    assert stage.ana.calendar(10) == ["Thu 15 Oct 11:00 one-off"]
    assert [each.split("  ")[1:] for each in stage.ben.reads()] == [
        ["moved", "Your 1:1 with Ana is now Thu 15 Oct, 14:30 Kolkata (11:00 Berlin)."]
    ]
    stage.ana.drags("Thu 15 Oct", "Thu 15 Oct 12:00")
    stage.passes(10)
    assert kinds(stage.ben.reads()) == ["moved"]
    assert len(made(stage)) == 1


@row("adopt-single")
def test_a_declined_1_1_leaves_its_old_date_when_another_was_made_for_it() -> None:
    stage = before()
    stage.ben.declines("Tue 13 Oct")
    stage.ana.makes("Thu 15 Oct 11:00", "ben")
    stage.passes(10)
    stage.ana.replies("adopt", "1")
    stage.passes(10)
    assert stage.ana.calendar(14) == ["Thu 15 Oct 11:00 one-off", "Tue 20 Oct 15:00"]
    assert stage.standing("Tue 13 Oct") == "moved"


@row("adopt-single", "adopt-no")
def test_without_an_answer_times_are_offered_after_a_day() -> None:
    stage = before()
    stage.ana.deletes("Tue 13 Oct")
    stage.ana.makes("Thu 15 Oct 11:00", "ben")
    stage.until("Thu 8 Oct 09:00 Berlin")
    assert kinds(stage.ben.reads()) == []
    stage.until("Thu 8 Oct 12:00 Berlin")
    assert kinds(stage.ben.reads()) == ["proposal"]


@row("adopt-single")
def test_taken_off_again_before_the_answer_nothing_is_asked_any_more() -> None:
    stage = before()
    stage.ana.deletes("Tue 13 Oct")
    stage.ana.makes("Thu 15 Oct 11:00", "ben")
    stage.passes(10)
    stage.ana.deletes("Thu 15 Oct")
    stage.passes(10)
    assert kinds(stage.ben.reads()) == ["proposal"]
    assert stage.state().hand_made == ()


@row("adopt-single", "pairing-finite")
@pytest.mark.parametrize("answer", ["1", "2"])
def test_of_a_finite_plan_it_is_the_next_session(answer: str) -> None:
    stage = begun()
    assert kinds(stage.ben.reads()) == ["proposal"]
    stage.ana.makes("Thu 8 Oct 11:00", "ben")  # by a booking page, say
    stage.passes(10)
    assert kinds(stage.ana.reads()) == ["adopt"]
    stage.ana.replies("adopt", answer)
    stage.passes(10)
    if answer == "1":
        assert stage.standing("Thu 8 Oct") == "moved"
        assert kinds(stage.ben.reads())[0] == "moved"
        assert stage.state().proposal is None
        stage.until("Tue 13 Oct 08:00 Kolkata")
        assert kinds(stage.ben.reads()) == ["prep-mentee", "notes", "proposal"]  # of the next one
    else:
        stage.ben.replies("proposal", "2")
        assert len(stage.ana.calendar(60)) == 2


@row("adopt-none")
@pytest.mark.parametrize(
    "what",
    [
        {"weeks": 4},  # far rarer than weekly
        {"weeks": 1, "minutes": 180},  # no half hour
        {"weeks": 1, "others": ("chi@example.org",)},  # a team
        {"weeks": 1, "until": date(2026, 10, 7)},  # over
    ],
)
def test_what_is_no_1_1_of_the_two_is_left_alone(what: dict[str, object]) -> None:
    stage = before()
    stage.ana.makes("Wed 7 Oct 11:00" if "until" in what else "Wed 14 Oct 11:00", "ben", **what)  # type: ignore[arg-type]
    stage.until("Mon 12 Oct 10:00 Berlin")
    assert stage.ana.reads() == []
    assert len(live(stage)) == (1 if "until" in what else 2)


@row("adopt-none")
def test_a_time_that_the_program_fixes_is_not_asked_about() -> None:
    fixed = replace(PATIENT, locked=frozenset({"at"}))
    stage = before(program=fixed)
    stage.ana.makes("Wed 14 Oct 11:00", "ben", weeks=1)
    stage.passes(30)
    assert stage.ana.reads() == []
    stage.ana.makes("Tue 20 Oct 15:00", "ben", weeks=1)  # the same as ours
    stage.passes(30)
    assert kinds(stage.ana.reads()) == ["adopt"]


@row("adopt-double", "seen-10")
def test_the_very_same_time_twice_is_no_clash_and_by_a_yes_ours_goes() -> None:
    stage = before()
    stage.ana.makes("Tue 13 Oct 15:00", "ben", weeks=1)
    stage.passes(30)
    assert kinds(stage.ana.reads()) == ["adopt"]
    stage.ana.replies("adopt", "1")
    stage.until("Wed 14 Oct 10:00 Berlin")
    assert stage.ana.calendar(14) == ["Tue 20 Oct 15:00", "Tue 27 Oct 15:00"]
    assert "started" not in kinds(stage.ben.reads())  # nothing is new to Ben
    assert RegularTime(1, 15, 0) == stage.config.lines[0].at


@row("adopt-double")
@pytest.mark.parametrize("phase", ["claimed", "done", "settling", "settled"])
def test_a_crash_in_between_takes_ours_off_once_and_asks_nothing_twice(phase: str) -> None:
    stage = before()
    stage.ana.makes("Wed 14 Oct 11:00", "ben", weeks=1)
    stage.crash_at = (phase, "adopt/")
    stage.passes(10)
    stage.crash_at = (phase, "series/")
    stage.ana.replies("adopt", "1")
    stage.until("Thu 8 Oct 10:00 Berlin")
    assert stage.crashes == 2
    assert kinds(stage.ana.reads()) == ["adopt", "ack"]
    assert kinds(stage.ben.reads()) == ["started"]
    assert live(stage) == ["2026-10-14T11:00"]
