"""Who hears that no other time is needed any more, and when that is said by another letter, as tables (RULES 7).

Not when a question is taken back: test_reschedule.py.
"""

from __future__ import annotations

from datetime import datetime

import pytest

from daemon.decide.reschedule import reschedule
from daemon.decide.seen import PairingTurn
from daemon.decide.withdrawing import withdrawn_letters
from daemon.domain.effect import SendLetter
from daemon.domain.proposal import Proposal
from daemon.domain.value import replace
from daemon.domain.world import Mark
from tests.decide.choosing_cast import NEXT, THIS, world
from tests.decide.pair_cast import HOUR, LANE, MINUTE
from tests.decide.reschedule_cast import Changes, said, turn_with

BACK: Changes = {"standing": "planned", "moved_at": None}


def hears(turn: PairingTurn) -> list[str]:
    """Who is told, after the decision about the question."""
    reschedule(turn)
    withdrawn_letters(turn)
    return said(turn)


@pytest.mark.parametrize(
    ("proposal", "told"),
    [
        ({}, ["ben withdrawn"]),
        ({"told_at": None}, []),
        ({"vetting": True}, ["ana withdrawn"]),
        ({"vetted": True}, ["ben withdrawn", "ana withdrawn"]),
        ({"vetted": True, "told_at": None}, ["ana withdrawn"]),
    ],
)
def test_whom_it_was_shown_hears_of_it(proposal: Changes, told: list[str]) -> None:
    assert hears(turn_with("asked", meeting=BACK, proposal=proposal)) == told


@pytest.mark.parametrize(
    ("meeting", "told"),
    [
        (BACK, ["ben withdrawn"]),
        ({"standing": "skipped", "settled_by": "rule"}, ["ben withdrawn"]),
        ({"standing": "skipped", "settled_by": "choice"}, []),  # `left-out` says it
        ({"standing": "cancelled", "settled_by": "silence"}, []),
        ({"standing": "moved", "moved_at": 0, "moved_by": "mentor"}, []),  # `moved` says it
        ({"standing": "moved", "moved_at": 0, "moved_by": "mentee"}, ["ben withdrawn"]),
        ({"standing": "moved", "moved_at": -1, "moved_by": "mentor"}, ["ben withdrawn"]),
    ],
)
def test_unless_what_has_become_of_the_1_1_is_told_anyway(
    meeting: Changes, told: list[str]
) -> None:
    now = world("asked")[1]
    moved = meeting.get("moved_at")
    at = now + moved * MINUTE if isinstance(moved, int) else None
    assert hears(turn_with("asked", meeting={**meeting, "moved_at": at})) == told


def test_of_a_pair_that_has_ended_the_list_is_closed_all_the_same() -> None:
    turn = turn_with("asked", meeting=BACK, state={"standing": "closed"})
    reschedule(turn)
    assert [p.standing for p in turn.state.closed_proposals] == ["withdrawn"]


def test_the_line_names_the_1_1_by_its_present_time_or_none() -> None:
    turn, other = (
        turn_with("asked", meeting=BACK),
        turn_with("regular", state={"standing": "paused"}),
    )
    facts = []
    for each in (turn, other):
        each.state = replace(
            each.state, proposal=replace(each.state.proposal, told_at=each.now - HOUR)
        )
        hears(each)
        change = each.effects[0].change
        assert isinstance(change, SendLetter)
        facts.append(change.facts["start"])
    assert facts == ["2026-10-13T13:00:00Z", None]


def test_it_is_remembered_as_taken_back_and_who_hears_so() -> None:
    turn = turn_with("asked", meeting=BACK)
    reschedule(turn)
    (closed,) = turn.state.closed_proposals
    assert (closed.standing, closed.hears) == ("withdrawn", ("mentee",))
    assert closed.closed_at == turn.now
    assert turn.reasons[0].text == f"{THIS}: the question is taken back"


@pytest.mark.parametrize(
    ("how", "standing", "told"),
    [
        ("lapsed", "planned", ["ana stays"]),
        ("declined", "moved", ["ana stays"]),
        ("lapsed", "cancelled", []),  # and has fallen out since
        ("withdrawn", "cancelled", ["ana withdrawn"]),
    ],
)
def test_where_none_was_found_who_asked_for_it_hears_so_while_it_stands(
    how: str, standing: str, told: list[str]
) -> None:
    ended = replace(withdrawn(world("calm")[1]), standing=how, hears=("mentor",))
    turn = turn_with("calm", meeting={"standing": standing}, state={"closed_proposals": (ended,)})
    withdrawn_letters(turn)
    assert said(turn) == told


# --- later


def withdrawn(now: datetime) -> Proposal:
    """Taken back on Friday at ten."""
    state = world("asked")[0].state
    asked = state.proposal  # type: ignore[union-attr]
    return replace(asked, standing="withdrawn", hears=("mentee",), closed_at=now)  # type: ignore[type-var, return-value]


def later(hours: float, *marks: tuple[str, float, str], **state: object) -> PairingTurn:
    """So many hours after it was taken back; letters by their stem, with when they went."""
    now = world("calm")[1]
    turn = turn_with("calm", hours * HOUR, state={"closed_proposals": (withdrawn(now),), **state})
    for stem, at, standing in marks:
        turn.marks[stem] = Mark(1, "", standing, now + at * HOUR)  # type: ignore[arg-type]
    withdrawn_letters(turn)
    return turn


BREAK = f"break-ahead/{LANE}/20261012-20261016"
READ: list[tuple[tuple[str, float, str], list[str]]] = [
    ((f"{BREAK}/ben", 1, "settled"), []),
    ((f"{BREAK}/ben", 1, "live"), []),
    ((f"{BREAK}/ben", 0, "live"), []),
    ((f"absence/{LANE}/mentor-1/ben", 1, "settled"), []),
    ((f"paused/{LANE}/pause-1/ben", 1, "settled"), []),
    ((f"ended/{LANE}/end/ben", 1, "settled"), []),
    ((f"farewell/{LANE}/end/ben", 1, "settled"), []),
    ((f"{BREAK}/ana", 1, "settled"), ["ben withdrawn"]),
    ((f"{BREAK}/ben", -1, "settled"), ["ben withdrawn"]),
    ((f"{BREAK}/ben", 1, "withdrawn"), ["ben withdrawn"]),
    ((f"{BREAK}/ben", 1, "skipped"), ["ben withdrawn"]),
    ((f"notes/{LANE}/{THIS}/ben", 1, "settled"), ["ben withdrawn"]),
]


def test_who_has_read_why_since_needs_no_line() -> None:
    assert [(mark, said(later(2, mark))) for mark, _ in READ] == READ


@pytest.mark.parametrize(
    ("hours", "told"), [(0, ["ben withdrawn"]), (71, ["ben withdrawn"]), (72, [])]
)
def test_after_three_days_it_is_too_late(hours: float, told: list[str]) -> None:
    assert said(later(hours)) == told


@pytest.mark.parametrize(("about", "told"), [(THIS, []), (NEXT, ["ben withdrawn"])])
def test_who_is_asked_again_about_the_same_needs_none(about: str, told: list[str]) -> None:
    again = withdrawn(world("calm")[1])
    meetings = {str(m.origin): m.origin for m in world("calm")[0].state.meetings}  # type: ignore[union-attr]
    again = replace(again, standing="open", origin=meetings[about], closed_at=None)
    assert said(later(1, proposal=again)) == told


def test_of_a_1_1_that_is_remembered_no_more_nobody_hears() -> None:
    """Nor is it known any longer whether it was told."""
    calm = world("calm")[0].state
    others = tuple(m for m in calm.meetings if str(m.origin) != THIS)  # type: ignore[union-attr]
    assert said(later(1, meetings=others)) == []
