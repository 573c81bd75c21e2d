"""Which question is asked about one meeting that needs another time, of whom, and which number it has (RULES 7).

Not which times are found (test_slots.py), and not until when it waits: stories/test_until_when.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import pytest

from daemon.decide.offering import occasion_after, open_for, stays, unfit
from daemon.decide.seen import PairingTurn, meeting_at
from daemon.decide.turn import Turn
from daemon.domain.effect import SendLetter
from daemon.domain.meeting import Meeting
from daemon.domain.observation import BusyInterval, BusySeen
from daemon.domain.proposal import Proposal
from daemon.domain.value import replace
from daemon.domain.world import Mark, PairingState
from tests.decide.choosing_cast import THIS, world
from tests.decide.pair_cast import ANAS, BENS, DAY, LANE


def turn_with(
    busy: Mapping[str, tuple[BusyInterval, ...] | None] | None = None, **settings: object
) -> PairingTurn:
    """A decision on Friday at ten; what is known of when the two are busy (free, unless told)."""
    found, now = world("calm")
    assert isinstance(found.state, PairingState)
    found = replace(found, program=replace(found.program, **settings))
    turn: PairingTurn = Turn(found, found.state, now)
    read = {ANAS: (), BENS: ()} | dict(busy or {})
    turn.busy.append(BusySeen(now - DAY, now + 30 * DAY, read, now))
    return turn


def tuesday(turn: PairingTurn, **changed: object) -> Meeting:
    """The 1:1 of Tuesday, as something has happened to it; the lane knows of it."""
    known = next(m for m in turn.state.meetings if str(m.origin) == THIS)
    meeting = replace(known, changed_at=turn.now, **changed)
    others = tuple(m for m in turn.state.meetings if m.origin != known.origin)
    turn.state = replace(turn.state, meetings=(*others, meeting))
    return meeting


def asked(turn: PairingTurn, **changed: object) -> Proposal:
    """The question about it."""
    open_for(turn, tuesday(turn, **changed))
    assert turn.state.proposal is not None
    return turn.state.proposal


def all_day(turn: PairingTurn) -> tuple[BusyInterval, ...]:
    """No time at all for weeks."""
    return (BusyInterval(turn.now - DAY, turn.now + 29 * DAY),)


def acknowledged(turn: PairingTurn) -> list[str]:
    """What is said by return, and to whom."""
    return [
        f"{e.change.person} {e.change.facts['what']}"
        for e in turn.effects
        if isinstance(e.change, SendLetter) and e.change.touchpoint == "ack"
    ]


MOVED_BY_HAND = {"standing": "moved", "moved_by": "mentor"}


CAUSES: list[tuple[dict[str, object], str]] = [
    ({"standing": "cancelled", "cancelled_by": "mentor"}, "cancelled"),
    ({"standing": "cancelled", "cancelled_by": "mentee"}, "declined"),
    ({"standing": "cancelled", "off": "away"}, "away"),
    ({"standing": "cancelled", "off": "away", "cancelled_by": "mentor"}, "cancelled"),
    ({"standing": "cancelled", "off": "away", "cancelled_by": "mentee"}, "declined"),
    ({"standing": "missed"}, "missed"),
    ({"standing": "skipped", "off": "break", "asked_by": "mentee"}, "meet"),
    ({"asked_by": "mentee"}, "asked"),
    ({"asked_by": "mentor"}, "asked"),
    ({**MOVED_BY_HAND, "asked_by": "mentee"}, "asked"),
    (MOVED_BY_HAND, "moved"),
]


def test_why_it_is_asked() -> None:
    found = [(changed, asked(turn_with(), **changed).cause) for changed, _ in CAUSES]
    assert found == CAUSES


@pytest.mark.parametrize(
    ("changed", "keeps"),
    [
        ({"standing": "cancelled", "cancelled_by": "mentor"}, False),
        ({"standing": "missed"}, False),
        ({"asked_by": "mentee"}, True),
        (MOVED_BY_HAND, True),
    ],
)
def test_what_stands_stays_without_an_answer(changed: dict[str, object], keeps: bool) -> None:
    assert asked(turn_with(), **changed).keeps is keeps


CANCELLED: dict[str, object] = {"standing": "cancelled", "cancelled_by": "mentor"}


@pytest.mark.parametrize(
    ("busy", "initiator", "changed", "who", "unknown"),
    [
        ({}, "mentee", CANCELLED, "mentee", ()),
        ({BENS: None}, "mentee", CANCELLED, "mentee", ("mentee",)),
        ({ANAS: None}, "mentee", CANCELLED, "mentor", ("mentor",)),
        ({ANAS: None, BENS: None}, "mentee", CANCELLED, "mentor", ("mentor", "mentee")),
        ({}, "mentor", CANCELLED, "mentor", ()),
        ({ANAS: None}, "mentee", MOVED_BY_HAND, "mentee", ("mentor",)),
        ({}, "mentor", MOVED_BY_HAND, "mentee", ()),
    ],
)
def test_who_is_asked_first(
    busy: dict[str, None],
    initiator: str,
    changed: dict[str, object],
    who: str,
    unknown: tuple[str, ...],
) -> None:
    proposal = asked(turn_with(busy, initiator=initiator), **changed)
    assert (proposal.asked, proposal.vetting, proposal.unknown) == (who, who == "mentor", unknown)


def test_the_reason_names_how_many_and_why_others_were_not() -> None:
    turn = turn_with()
    asked(turn, **CANCELLED)
    assert turn.reasons[-1].text.startswith(f"{THIS}: 3 times offered (cancelled); not offered: 1 ")


def test_it_is_marked_as_looked_at() -> None:
    turn = turn_with()
    asked(turn, **MOVED_BY_HAND)
    assert [m.checked for m in turn.state.meetings if str(m.origin) == THIS] == [True]


def test_nothing_is_asked_while_busy_times_are_not_known() -> None:
    turn = turn_with()
    turn.busy.clear()
    open_for(turn, tuesday(turn, **CANCELLED))
    assert (turn.state.proposal, len(turn.needs)) == (None, 1)
    assert [m.standing for m in turn.state.meetings if str(m.origin) == THIS] == ["cancelled"]


# --- a word at least for who wrote MOVE


@pytest.mark.parametrize(
    ("by", "busy", "said"),
    [
        ("mentee", {ANAS: None}, ["ben move"]),  # Ana is asked first
        ("mentee", {}, []),  # the times are the answer
        ("mentor", {ANAS: None}, []),
    ],
)
def test_a_mentee_who_has_to_wait_for_the_mentor_is_answered(
    by: str, busy: dict[str, None], said: list[str]
) -> None:
    turn = turn_with(busy)
    asked(turn, asked_by=by)
    assert acknowledged(turn) == said


def test_and_hears_that_undo_takes_it_back() -> None:
    turn = turn_with({ANAS: None})
    asked(turn, asked_by="mentee")
    change = turn.effects[0].change
    assert isinstance(change, SendLetter)
    assert change.facts["undo"] is True


# --- no time at all


@pytest.mark.parametrize(
    ("changed", "standing", "said"),
    [
        (CANCELLED, "skipped no-times", []),
        ({"standing": "missed"}, "missed no-times", []),
        ({"asked_by": "mentee"}, "planned ", ["ben stays"]),
        ({"asked_by": "mentor"}, "planned ", ["ana stays"]),
        (MOVED_BY_HAND, "moved ", []),
        (
            {"standing": "skipped", "settled_by": "rule", "off": "break", "asked_by": "mentee"},
            *("skipped rule", []),
        ),
    ],
)
def test_what_stands_stays_and_what_fell_out_is_left_out(
    changed: dict[str, object], standing: str, said: list[str]
) -> None:
    turn = turn_with()
    turn.busy[0] = replace(turn.busy[0], busy={ANAS: all_day(turn), BENS: ()})
    meeting = tuesday(turn, **changed)
    open_for(turn, meeting)
    left = meeting_at(turn, meeting)
    assert turn.state.proposal is None
    assert (f"{left.standing} {left.settled_by}", left.asked_by) == (standing, None)
    assert acknowledged(turn) == said


def test_where_it_was_put_by_hand_is_looked_at_once() -> None:
    turn = turn_with()
    meeting = tuesday(turn, **MOVED_BY_HAND)
    stays(turn, meeting)
    assert meeting_at(turn, meeting).checked
    assert [r.text for r in turn.reasons] == [f"{THIS}: no other time suits both, so it stays"]


# --- where it is never offered


@pytest.mark.parametrize(
    ("changed", "never"),
    [
        ({"standing": "cancelled"}, [0]),
        ({"asked_by": "mentee"}, [0]),
        ({**MOVED_BY_HAND, "moved_from": 2}, [0, 2]),
        ({"standing": "cancelled", "moved_by": "program", "moved_from": 2}, [0]),
        (MOVED_BY_HAND, [0]),
        ({"standing": "skipped", "off": "break"}, []),  # MEET: its own hour is the first
    ],
)
def test_neither_where_it_fell_out_nor_where_it_was_dragged_away_from(
    changed: dict[str, object], never: list[int]
) -> None:
    turn = turn_with()
    start: datetime = tuesday(turn).start
    if "moved_from" in changed:
        changed = {**changed, "moved_from": start - 2 * DAY}
    assert unfit(tuesday(turn, **changed)) == {start - days * DAY for days in never}


# --- how many questions there have been


QUESTIONS: list[tuple[list[str], list[int], int]] = [
    ([], [], 1),
    ([f"proposal/{LANE}/{THIS}#1.1/ben"], [], 2),
    ([f"proposal/{LANE}/{THIS}#1.1/ben", f"proposal/{LANE}/{THIS}#3.2/ben"], [], 4),
    ([f"proposal/{LANE}/{THIS}#3.2/ben", f"proposal/{LANE}/{THIS}#1.1/ben"], [], 4),
    ([f"proposal-mentor/{LANE}/{THIS}#2.1/ana"], [], 3),
    ([f"slot-gone/{LANE}/{THIS}#2.2/ben"], [], 3),
    ([f"ack/{LANE}/withdrawn.{THIS}#5/ben"], [], 1),  # no question
    ([f"proposal/{LANE}/2026-10-20T15:00[Europe/Berlin]#4.1/ben"], [], 1),  # of another one
    ([], [2], 3),  # nobody got a letter of it
    ([], [2, 1], 3),
    ([f"proposal/{LANE}/{THIS}#1.1/ben"], [2], 3),
    ([f"proposal/{LANE}/{THIS}#3.1/ben"], [2], 4),
]


def test_a_number_of_a_question_is_never_used_again() -> None:
    turn = turn_with()
    known = asked(turn, **CANCELLED)
    found = []
    for stems, closed, _ in QUESTIONS:
        turn.marks = {stem: Mark(1, "", "settled", turn.now) for stem in stems}
        earlier = tuple(replace(known, occasion=each) for each in closed)
        turn.state = replace(turn.state, closed_proposals=earlier)
        assert occasion_after(turn, "session") == 1
        found.append((stems, closed, occasion_after(turn, THIS)))
    assert found == QUESTIONS
