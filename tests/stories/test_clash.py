"""Something else lies on a 1:1 now (RULES 5, row 10): that person alone is asked, once, and nobody else hears of it.

Not a cancellation, and not an absence of days: the 1:1 stands whatever lies on top of it.
"""

from __future__ import annotations

import pytest

from daemon.domain.cadence import RegularTime
from daemon.domain.meeting import Slot
from daemon.domain.value import replace
from tests.stories.beginnings import clashing, on_saturday
from tests.stories.cast import ANA, BEN, CHI, KOSS, PATIENT, line
from tests.stories.people import kinds, moment
from tests.stories.rows import row
from tests.stories.stage import running


@row("seen-10")
def test_its_owner_is_asked_at_once_and_may_keep_it() -> None:
    stage = clashing()
    assert stage.ana.last().choices == [
        "1  keep the 1:1 where it is",
        "2  find a new time for it",
    ]
    assert "If I hear nothing by Mon 12 Oct, 15:00 Berlin" in stage.ana.last().text
    stage.ana.replies("clash", "1")
    assert kinds(stage.ana.reads()) == ["ack"]
    stage.until("Wed 14 Oct 10:00 Berlin")
    assert kinds(stage.ben.reads()) == ["prep-mentee", "notes"]  # Ben never hears of it
    assert stage.ana.reads() == []
    assert stage.standing("Tue 13 Oct") == "planned"


@row("seen-10")
def test_move_looks_for_another_time_and_the_partner_hears_that_alone() -> None:
    stage = clashing()
    stage.ana.replies("clash", "move")
    assert stage.ben.reads() == [
        "Sat 10 Oct 13:32  proposal  Another time for Tuesday's 1:1 (13 Oct): which one is good?"
    ]
    assert "it stays where it is: Tue 13 Oct, 18:30" in stage.ben.last().text
    stage.ben.replies("proposal", "2")
    assert stage.ana.calendar()[0] == "Wed 14 Oct 15:00"
    assert (kinds(stage.ana.reads()), kinds(stage.ben.reads())) == (["ack", "moved"], ["moved"])


@row("seen-10")
def test_silence_keeps_it_and_says_nothing_to_anybody() -> None:
    stage = clashing()
    stage.until("Mon 12 Oct 14:59 Berlin")
    assert [question.kind for question in stage.state().questions] == ["clash"]
    stage.until("Mon 12 Oct 15:01 Berlin")
    assert stage.state().questions == ()
    stage.until("Wed 14 Oct 10:00 Berlin")
    assert stage.ana.reads() == []
    assert kinds(stage.ben.reads()) == ["prep-mentee", "notes"]


@row("seen-10")
def test_what_was_kept_is_not_asked_about_again() -> None:
    stage = clashing()
    stage.ana.replies("clash", "1")
    stage.ana.reads()
    longer = Slot(moment("Tue 13 Oct 14:30 Berlin"), moment("Tue 13 Oct 17:00 Berlin"))
    stage.outside.hands.occupy("ana@example.org", "busy Tue 13 Oct 14:30", longer)
    stage.passes(60)
    assert stage.ana.reads() == []


@row("seen-10")
def test_less_than_a_day_before_nothing_is_asked() -> None:
    stage = on_saturday()
    stage.until("Mon 12 Oct 15:01 Berlin")
    stage.ana.is_busy("Tue 13 Oct 14:30")
    stage.until("Wed 14 Oct 10:00 Berlin")
    assert stage.ana.reads() == []
    assert stage.standing("Tue 13 Oct") == "planned"


@row("seen-10", settings=("clash_answer_hours",))
@pytest.mark.parametrize(
    ("hours", "asked", "until"), [(30, [], ""), (6, ["clash"], "Tue 13 Oct, 09:00 Berlin")]
)
def test_how_late_it_may_still_be_asked_is_a_setting(
    hours: int, asked: list[str], until: str
) -> None:
    stage = on_saturday(program=replace(KOSS, clash_answer_hours=hours))
    stage.until("Mon 12 Oct 10:00 Berlin")  # 29 hours before
    stage.ana.is_busy("Tue 13 Oct 14:30")
    stage.passes(1)
    assert kinds(stage.ana.reads()) == asked
    assert until in (stage.ana.last().text if asked else "")


@row("seen-10")
def test_seen_at_night_it_is_asked_in_the_morning_if_it_is_still_there() -> None:
    stage = on_saturday()
    stage.until("Sat 10 Oct 22:00 Berlin")
    stage.ana.is_busy("Tue 13 Oct 14:30")
    stage.passes(1)
    stage.until("Sun 11 Oct 08:00 Berlin")
    assert [each.split("  ")[:2] for each in stage.ana.reads()] == [["Sun 11 Oct 07:00", "clash"]]

    stage = on_saturday()
    stage.until("Sat 10 Oct 22:00 Berlin")
    stage.ana.is_busy("Tue 13 Oct 14:30")
    stage.passes(30)
    stage.ana.is_free_again("Tue 13 Oct 14:30")
    stage.until("Sun 11 Oct 12:00 Berlin")
    assert stage.ana.reads() == []


@row("seen-10")
def test_a_mentees_own_clash_is_looked_for_two_days_ahead_and_asked_of_the_mentee() -> None:
    stage = on_saturday()
    stage.ben.is_busy("Tue 13 Oct 18:00")  # nobody tells us when a mentee's calendar changes
    stage.until("Sun 11 Oct 17:00 Kolkata")
    assert stage.ben.reads() == [
        "Sun 11 Oct 16:30  clash  "
        "Your 1:1 with Ana clashes: Tue 13 Oct, 18:30 Kolkata (15:00 Berlin)."
    ]
    assert stage.ana.reads() == []
    stage.ben.replies("clash", "2")
    assert kinds(stage.ben.reads()) == ["ack", "proposal"]
    stage.ben.replies("proposal", "1")
    assert stage.ana.calendar()[0] == "Mon 12 Oct 15:00"
    assert kinds(stage.ana.reads()) == ["moved"]


@row("seen-10")
def test_both_have_something_and_each_is_asked_alone() -> None:
    stage = on_saturday()
    stage.ben.is_busy("Tue 13 Oct 18:00")
    stage.ana.is_busy("Tue 13 Oct 14:30")
    stage.passes(1)
    assert (kinds(stage.ana.reads()), kinds(stage.ben.reads())) == (["clash"], ["clash"])
    stage.ben.replies("clash", "2")
    assert kinds(stage.ben.reads()) == ["ack", "proposal"]
    assert stage.ana.reads() == []


@row("seen-10")
def test_busy_times_that_cannot_be_read_are_read_again() -> None:
    stage = on_saturday()
    stage.until("Sun 11 Oct 14:00 Berlin")
    stage.ana.is_busy("Tue 13 Oct 14:30")
    stage.faults.inject("busy", "timeout")
    stage.passes(1)
    assert stage.ana.reads() == []
    stage.passes(15)
    assert kinds(stage.ana.reads()) == ["clash"]


@row("seen-10")
def test_a_1_1_that_falls_out_or_moves_needs_no_answer_any_more() -> None:
    stage = clashing()
    stage.ana.drags("Tue 13 Oct", "Wed 14 Oct 15:00")
    assert stage.state().questions == ()
    stage.passes(10)
    stage.ana.reads()
    stage.ana.replies("clash", "2")
    assert kinds(stage.ana.reads()) == ["unclear"]
    assert stage.standing("Tue 13 Oct") == "moved"


@row("seen-10")
def test_what_lies_beside_it_or_is_its_own_is_no_clash() -> None:
    stage = on_saturday(line(ANA, BEN), line(ANA, CHI, RegularTime(1, 15, 30)))
    stage.ana.is_busy("Tue 13 Oct 14:00")
    stage.until("Mon 12 Oct 15:00 Berlin")
    assert "clash" not in kinds(stage.ana.reads())


@row("seen-10", "seen-7")
@pytest.mark.parametrize("answer", ["", "KEEP"])
def test_what_somebody_kept_it_on_top_of_when_it_was_dragged_there_is_not_asked_about_again(
    answer: str,
) -> None:
    stage = running(program=PATIENT)
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.ben.is_busy("Fri 16 Oct 12:00", hours=2)
    stage.ana.drags("Tue 13 Oct", "Fri 16 Oct 09:00")  # half past twelve in Kolkata
    stage.passes(5)
    stage.all_read()
    if answer:
        stage.ben.replies("proposal", answer)
        assert kinds(stage.ben.reads()) == ["moved"]
    stage.until("Thu 15 Oct 10:00 Kolkata")
    assert stage.standing("Tue 13 Oct") == "moved"
    assert "clash" not in kinds(stage.ben.reads())


@row("seen-10", "seen-7")
def test_but_what_comes_to_lie_there_later_is() -> None:
    stage = running(program=PATIENT)
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.ben.is_busy("Fri 16 Oct 12:00", hours=2)
    stage.ana.drags("Tue 13 Oct", "Fri 16 Oct 09:00")
    stage.passes(5)
    stage.ben.replies("proposal", "KEEP")
    stage.all_read()
    stage.ben.is_busy("Fri 16 Oct 12:30", hours=1)
    stage.until("Thu 15 Oct 10:00 Kolkata")
    assert kinds(stage.ben.reads()) == ["clash"]


@row("seen-10", "seen-7")
def test_dragged_there_it_is_asked_about_by_one_question_whatever_stirs_meanwhile() -> None:
    stage = running(program=PATIENT)
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.all_read()
    stage.ben.is_busy("Fri 16 Oct 12:00", hours=2)
    stage.ana.drags("Tue 13 Oct", "Fri 16 Oct 09:00")
    stage.ana.is_busy("Wed 28 Oct 09:00")  # her calendar stirs before the drag counts
    stage.passes(10)
    stage.ana.is_busy("Wed 28 Oct 11:00")  # and after
    stage.passes(10)
    assert kinds(stage.ben.reads()) == ["proposal"]
