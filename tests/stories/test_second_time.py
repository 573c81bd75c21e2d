"""`fallback_at:`: a pair's second reserved time is the first to be offered where a 1:1 falls out.

Not by which rules it can be: tests/decide/test_reserved.py.
"""

from __future__ import annotations

import pytest

from daemon.domain.cadence import RegularTime
from daemon.domain.value import replace
from tests.stories.beginnings import on_friday, on_monday
from tests.stories.cast import ANA, line
from tests.stories.rows import row
from tests.stories.stage import Stage

THURSDAY = replace(line(), fallback_at=RegularTime(3, 16, 0))
MINE = "1  Thu 15 Oct, 19:30 Kolkata (16:00 Berlin), your second reserved time"


def choices(stage: Stage) -> list[str]:
    """Ana takes Tuesday's 1:1 off, and Ben reads these times."""
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(6)
    stage.ben.reads()
    return stage.ben.last("proposal").choices


@row("second-time", "proposal-accepted", settings=("fallback_at",))
def test_it_is_offered_first_says_so_and_is_booked_by_a_one() -> None:
    stage = on_friday(THURSDAY)
    shown = choices(stage)
    assert shown == [
        MINE,
        "2  Mon 12 Oct, 18:30 Kolkata (15:00 Berlin), your usual hour",
        "3  Wed 14 Oct, 18:30 Kolkata (15:00 Berlin), your usual hour",
    ]
    stage.ben.replies("proposal", "1")
    assert stage.ana.calendar() == ["Thu 15 Oct 16:00 one-off", "Tue 20 Oct 15:00"]
    assert stage.ben.last("moved").first.startswith("Booked: Thu 15 Oct, 19:30 Kolkata")


@row("second-time", settings=("fallback_at",))
@pytest.mark.parametrize("whose", ["ana", "ben"])
def test_no_calendar_keeps_it_free_and_what_is_taken_is_not_offered(whose: str) -> None:
    stage = on_friday(THURSDAY)
    busy = {"ana": "Thu 15 Oct 16:00", "ben": "Thu 15 Oct 19:30"}
    stage.people[whose].is_busy(busy[whose])
    assert not any("reserved" in each for each in choices(stage))


@row("second-time", "proposal-none")
def test_refused_once_it_is_not_offered_anew() -> None:
    stage = on_friday(THURSDAY)
    assert choices(stage)[0] == MINE
    stage.ben.replies("proposal", "NONE")
    stage.passes(1)
    stage.ben.reads()
    later = stage.ben.last("proposal").choices
    assert later[0].startswith("4  ") and not any("reserved" in each for each in later)


@row("second-time", "proposal-consent")
def test_a_mentor_whose_busy_time_is_unknown_reads_it_first_as_well() -> None:
    stage = on_friday(THURSDAY)
    stage.hidden.add(ANA.address)
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(6)
    stage.ana.reads()
    first = stage.ana.last("proposal-mentor").choices[0]
    assert first == "1  Thu 15 Oct, 16:00 Berlin (19:30 Kolkata), your second reserved time"


@row("second-time", "proposal-auto-book")
def test_what_is_booked_at_once_is_the_second_reserved_time() -> None:
    stage = on_monday(THURSDAY, policy="auto-book")
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(6)
    assert stage.ana.calendar() == ["Thu 15 Oct 16:00 one-off", "Tue 20 Oct 15:00"]
