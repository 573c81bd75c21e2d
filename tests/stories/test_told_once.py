"""Nobody hears a fact twice: what the provider tells, the daemon does not (Receipt.told, DESIGN 7).

Not the answer to one's own command: that is always given.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from daemon.domain.cadence import Cadence, Step
from daemon.domain.people import Line
from daemon.domain.value import replace
from tests.stories.beginnings import WITHOUT
from tests.stories.cast import line
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import Stage, running


def on_a_provider_that_mails_guests() -> Stage:
    stage = Stage(tells_guests=True)
    stage.passes(1)
    stage.ana.replies("welcome-mentor-connected", "Yes")
    stage.ben.replies("welcome-mentee", "Yes")
    return stage


@row("letter-told")
def test_started_only_to_the_organizer_whom_no_provider_mails() -> None:
    stage = on_a_provider_that_mails_guests()
    assert kinds(stage.ana.reads()) == ["welcome-mentor-connected", "ack", "started"]
    assert kinds(stage.ben.reads()) == ["welcome-mentee"]


@row("letter-told", "series-first-time")
@pytest.mark.parametrize("first", [line(), WITHOUT], ids=["time in the files", "a list of times"])
@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"cadence": Cadence(Step(weeks=2))}, "every second "),
        ({"lengths_minutes": (45,)}, "45 minutes"),
        ({"ends": date(2027, 3, 31)}, ""),
    ],
    ids=["rhythm", "length", "no rhythm"],
)
def test_a_rhythm_that_the_files_changed_while_the_invitation_was_open_is_told_to_both(
    first: Line, changed: dict[str, Any], said: str
) -> None:
    stage = Stage(first, tells_guests=True)
    stage.passes(1)
    stage.ana.replies("welcome-mentor-connected", "Yes")
    assert "30 minutes a week" in stage.ben.last("welcome-mentee").text
    stage.reconfigured(replace(first, **changed))
    stage.all_read()
    stage.ben.replies("welcome-mentee", "Yes" if first.at else "2")
    stage.passes(1)
    assert kinds(stage.ana.reads()) == ["started"]
    assert kinds(stage.ben.reads()) == (["started"] if said else [])
    assert said in stage.ben.last().text


def test_moved_to_the_organizer_and_as_an_answer_to_who_chose() -> None:
    stage = on_a_provider_that_mails_guests()
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.ben.declines("Tue 13 Oct")
    stage.passes(5)
    stage.ana.reads(), stage.ben.reads()
    stage.ben.replies("proposal", "1")
    assert kinds(stage.ana.reads()) == ["moved"]
    assert kinds(stage.ben.reads()) == ["moved"]  # the answer to one's own command


@row("letter-told")
def test_off_is_not_told_to_a_guest_whose_provider_has_said_so() -> None:
    stage = on_a_provider_that_mails_guests()
    stage.until("Tue 13 Oct 04:00 Berlin")
    stage.ben.reads()
    stage.ana.deletes("Tue 13 Oct")  # 07:31 in Kolkata: the provider mails Ben
    stage.until("Tue 13 Oct 08:00 Kolkata")
    assert kinds(stage.ben.reads()) == ["proposal"]


def test_off_at_night_is_left_to_the_provider() -> None:
    stage = on_a_provider_that_mails_guests()
    stage.until("Tue 13 Oct 03:05 Berlin")  # 06:35 in Kolkata
    stage.ben.reads()
    stage.ana.deletes("Tue 13 Oct")
    stage.until("Tue 13 Oct 07:30 Kolkata")
    assert kinds(stage.ben.reads()) == ["proposal"]


def test_where_nobody_else_tells_it_both_are_told() -> None:
    stage = running()
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.ben.declines("Tue 13 Oct")
    stage.passes(5)
    stage.ana.reads(), stage.ben.reads()
    stage.ben.replies("proposal", "1")
    assert (kinds(stage.ana.reads()), kinds(stage.ben.reads())) == (["moved"], ["moved"])
