"""ZONE as tables: only how times are written changes, and whoever moves is asked whether they still suit (RULES 1, 11).

Not the letters about it: tests/stories/test_wishes.py.
"""

from __future__ import annotations

from typing import Any

import pytest

from daemon.decide.wishes import answered_zone, zone_as_before, zone_changed
from daemon.domain.observation import PersonSaid, Said
from daemon.domain.pair import Agreed
from daemon.domain.question import Question
from daemon.domain.value import replace
from tests.decide.pair_cast import DAY, NOW
from tests.decide.tuesday_cast import PLANNED
from tests.decide.wishes_cast import ASKED, turn
from tests.stories.cast import ANA, line

TORONTO = "America/Toronto"


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize(
    ("role", "before", "agreed"),
    [
        ("mentor", "Europe/Berlin", Agreed(mentor_zone=TORONTO)),
        ("mentee", "Asia/Kolkata", Agreed(mentee_zone=TORONTO)),
    ],
)
def test_who_moves_is_asked_whether_the_time_still_suits(
    role: Any, before: str, agreed: Agreed, own: bool
) -> None:
    draft = turn(meetings=(PLANNED,))
    zone_changed(draft, role, TORONTO, "m1", own=own)
    assert (draft.state.line.person(role).zone, draft.state.agreed) == (TORONTO, agreed)
    assert draft.state.line.anchor == "Europe/Berlin"
    facts = {"before": before, "start": "2026-10-13T13:00:00Z"}
    assert draft.state.questions == (
        Question("zone-changed", role, "m1", NOW, NOW + 7 * DAY, facts, own=own),
    )
    assert draft.reasons[-1].text == f"the {role} moved to another zone"


def test_who_lives_there_already_is_asked_nothing() -> None:
    draft = turn()
    zone_changed(draft, "mentor", "Europe/Berlin", "m1", own=True)
    assert (draft.state.questions, draft.state.agreed, draft.reasons) == ((), Agreed(), [])


MOVED = Question(
    "zone-changed", "mentor", "m1", NOW, NOW + 7 * DAY, facts={"before": "Europe/Berlin"}
)
OTHERS = (replace(MOVED, role="mentee"), replace(ASKED, role="mentor"))
IN_TORONTO = {
    "own": replace(line(), mentor=replace(ANA, zone=TORONTO)),
    "agreed": Agreed(mentor_zone=TORONTO),
    "questions": (MOVED, *OTHERS),
}


@pytest.mark.parametrize(
    ("number", "zone", "seeks", "said"),
    [
        (1, TORONTO, "", []),
        (2, TORONTO, "change", []),
        (3, "Europe/Berlin", "", [Said("undo", text="zone Europe/Berlin")]),
    ],
)
def test_what_whoever_moved_can_answer(
    number: int, zone: str, seeks: str, said: list[Said]
) -> None:
    draft = turn(**IN_TORONTO)
    answered_zone(draft, MOVED, number)
    assert draft.state.questions == OTHERS
    assert (draft.state.line.mentor.zone, draft.state.agreed.mentor_zone) == (zone, zone)
    assert draft.state.wants_time == seeks
    assert draft.forwarded == [("person/ana", PersonSaid("ana", each, NOW)) for each in said]


def test_as_before_said_in_another_pairing_closes_that_question_here_and_no_other() -> None:
    draft = turn(**IN_TORONTO)
    zone_as_before(draft, "mentor", "Europe/Berlin")
    assert draft.state.line.mentor.zone == "Europe/Berlin"
    assert (draft.state.questions, draft.forwarded) == (OTHERS, [])
