"""Times that are offered while somebody names days away, as tables (RULES 5, row 10a).

Not what becomes of the meetings: test_absence_meetings.py. Not whole stories: tests/stories/test_away_meanwhile.py.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from daemon.decide.absence import leave_out_by_rule
from daemon.domain.pair import Absence
from daemon.domain.people import Days, Role
from daemon.domain.proposal import Offer, Proposal
from daemon.domain.value import replace
from tests.decide.pair_cast import FELL, HOUR, LONG_AGO, MINUTE, NOW, berlin, day, offered, turn_of


def offers_left(proposal: Proposal, *absences: Absence) -> str:
    """The days of October that are offered still."""
    turn = turn_of(meetings=(FELL,), absences=absences, proposal=proposal)
    leave_out_by_rule(turn)
    assert turn.state.proposal is not None
    assert len(turn.state.proposal.offers) == len(proposal.offers)
    return " ".join(str(each.start.day) for each in turn.state.proposal.current)


OFFERS = tuple(
    Offer(number, berlin(day(at)), berlin(day(at)) + HOUR, open=at != 22)
    for number, at in enumerate((19, 20, 22), 1)
)
LIST = offered(6, offers=OFFERS)


@pytest.mark.parametrize(
    ("role", "first", "at", "still"),
    [
        ("mentor", 20, LONG_AGO + MINUTE, "19"),
        ("mentee", 20, LONG_AGO + MINUTE, "19"),
        ("mentor", 19, LONG_AGO + MINUTE, ""),
        ("mentor", 21, LONG_AGO + MINUTE, "19 20"),
        ("mentor", 19, LONG_AGO, "19 20"),  # known when they were looked for
    ],
)
def test_a_time_on_a_day_that_is_named_as_away_since_is_offered_no_more(
    role: Role, first: int, at: Any, still: str
) -> None:
    absence = Absence(role, Days(date(2026, 10, first), date(2026, 10, 22)), at)
    assert offers_left(LIST, absence) == still


def test_what_is_chosen_already_and_regular_times_are_left_alone() -> None:
    absence = Absence("mentor", Days(date(2026, 10, 19), date(2026, 10, 23)), NOW)
    assert offers_left(LIST, absence) == ""
    assert offers_left(replace(LIST, kind="session", origin=None), absence) == ""
    assert offers_left(replace(LIST, picked=2), absence) == "19 20"
    assert offers_left(replace(LIST, kind="series", origin=None), absence) == "19 20"
