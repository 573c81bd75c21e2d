"""Sessions as tables: which times are offered for one, to whom, and what follows from a picked one (RULES 3, 7).

Not where and when each is looked for: test_sessions.py.
"""

from __future__ import annotations

from typing import Any

import pytest

from daemon.decide.seen import PairingTurn
from daemon.decide.sessions import accept_session, open_session, renew_session
from daemon.domain.meeting import Meeting, Origin
from daemon.domain.observation import BusyInterval
from daemon.domain.proposal import TAKEN, Offer, Proposal
from daemon.domain.value import replace
from tests.decide.pair_cast import (
    ANAS,
    BEGUN,
    BENS,
    DAY,
    HALF_HOUR,
    berlin,
    reasons,
    ruled,
    told,
    wakes,
)
from tests.decide.sessions_cast import LIST, pair, window

# --- the question


def opened(**more: Any) -> PairingTurn:
    turn = pair(**{"now": "2026-10-05T10:00", "busy": {}, **more})
    open_session(turn)
    return turn


def test_three_times_are_offered_and_none_is_called_usual() -> None:
    turn = opened()
    asked = turn.state.proposal
    assert asked is not None
    assert [(o.number, o.start, o.end - o.start, o.usual) for o in asked.offers] == [
        (number, berlin(f"2026-10-0{5 + number}T14:00"), HALF_HOUR, False) for number in (1, 2, 3)
    ]
    until = berlin("2026-10-06T16:30")
    assert asked == Proposal(
        None, "mentee", "session", turn.now, until, asked.offers, 1, kind="session"
    )
    assert reasons(turn) == ["3 times offered for session 1"]


def test_each_question_about_a_session_has_a_number_of_its_own() -> None:
    before = replace(LIST, occasion=3, standing="accepted")
    asked = opened(closed_proposals=(before, replace(before, kind="series", occasion=7))).state
    assert asked.proposal is not None
    assert asked.proposal.occasion == 4


@pytest.mark.parametrize(
    ("more", "vetting", "unknown", "until"),
    [
        ({}, False, (), "2026-10-06T16:30"),  # eight in the evening for Ben
        ({"program": ruled(initiator="mentor")}, True, (), "2026-10-06T20:00"),
        ({"busy": {ANAS: None}}, True, ("mentor",), "2026-10-06T20:00"),
        ({"busy": {BENS: None}}, False, ("mentee",), "2026-10-06T16:30"),
    ],
)
def test_who_is_asked_first(more: Any, vetting: bool, unknown: Any, until: str) -> None:
    asked = opened(**more).state.proposal
    assert asked is not None
    assert (asked.vetting, asked.unknown, asked.answer_by) == (vetting, unknown, berlin(until))


ALWAYS = BusyInterval(berlin("2026-10-01T00:00"), berlin("2026-12-30T00:00"))


def test_without_a_time_that_suits_both_the_contact_knows_and_it_is_looked_again_tomorrow() -> None:
    turn = opened(busy={ANAS: (ALWAYS,)})
    assert turn.state.proposal is None
    assert told(turn) == [("no-time-found", {"what": "session"})]
    assert turn.effects[0].reason == "no time for the next session"
    assert wakes(turn) == "2026-10-06T10:00"
    turn.now += DAY
    open_session(turn)
    assert len(told(turn)) == 1


def test_the_next_round_names_other_times_with_new_numbers() -> None:
    turn = opened()
    assert turn.state.proposal is not None
    refused = replace(turn.state.proposal, renew="none", told_at=turn.now)
    renew_session(turn, refused)
    again = turn.state.proposal
    assert again is not None
    assert [o.number for o in again.current] == [4, 5, 6]
    assert not {o.start for o in again.current} & {o.start for o in refused.offers}
    assert not any(o.usual for o in again.current)
    assert (again.round, again.because, again.widened, again.told_at) == (2, "none", False, None)
    assert (again.vetting, again.unknown, again.answer_by) == (
        False,
        (),
        berlin("2026-10-06T16:30"),
    )


@pytest.mark.parametrize(
    ("more", "unknown"),
    [({"busy": {ANAS: None}}, ("mentor",)), ({"program": ruled(initiator="mentor")}, ())],
)
def test_a_mentor_who_is_asked_first_is_so_in_every_round(more: Any, unknown: Any) -> None:
    turn = opened(**more)
    assert turn.state.proposal is not None
    renew_session(turn, turn.state.proposal)
    again = turn.state.proposal
    assert (again.vetting, again.unknown) == (True, unknown)
    assert again.answer_by == berlin("2026-10-06T20:00")


def test_while_busy_times_are_not_known_the_present_list_stays() -> None:
    turn = pair(now="2026-10-05T10:00", proposal=LIST)
    renew_session(turn, LIST)
    assert (turn.state.proposal, len(turn.needs)) == (LIST, 1)


@pytest.mark.parametrize(
    "more",
    [
        {"busy": {ANAS: (ALWAYS,)}},
        {"now": "2026-10-23T10:00", "busy": {}},  # the plan is over before the notice
    ],
)
def test_with_no_other_time_it_ends_and_the_contact_knows(more: Any) -> None:
    turn = pair(**{"now": "2026-10-05T10:00", **more})
    renew_session(turn, replace(LIST, standing="open"))
    assert turn.state.proposal is None
    assert turn.state.closed_proposals == (LIST,)
    assert told(turn) == [("no-time-found", {"what": "session"})]
    assert turn.effects[0].reason == "no time for the next session"


# --- a time is picked


OFFER = Offer(2, berlin("2026-10-07T14:00"), berlin("2026-10-07T14:30"))
PICKED = Proposal(
    None, "mentee", "session", BEGUN, berlin("2026-10-06T16:30"),
    (replace(OFFER, number=1, start=OFFER.start - DAY, end=OFFER.end - DAY), OFFER),
    picked=2, kind="session",
)  # fmt: skip


def picked(busy: Any, proposal: Proposal = PICKED, **state: Any) -> PairingTurn:
    turn = pair(**{"now": "2026-10-05T10:00", "busy": busy, "proposal": proposal, **state})
    accept_session(turn, proposal)
    return turn


def test_a_session_is_a_meeting_whose_origin_is_the_time_first_agreed() -> None:
    turn = picked({}, meetings=())
    origin = Origin("2026-10-07T14:00", "Europe/Berlin")
    assert turn.state.meetings == (
        Meeting(
            origin, OFFER.start, OFFER.end, "moved", moved_at=turn.now, moved_by="program",
            moved_from=OFFER.start, checked=True,
        ),
    )  # fmt: skip
    assert turn.state.proposal is None
    assert turn.state.closed_proposals == (replace(PICKED, origin=origin, standing="accepted"),)
    assert reasons(turn) == ["a session is agreed: 2026-10-07T14:00[Europe/Berlin]"]


@pytest.mark.parametrize("who", [ANAS, BENS])
def test_a_time_that_was_taken_meanwhile_is_closed_and_another_round_is_due(who: str) -> None:
    turn = picked({who: (BusyInterval(OFFER.start, OFFER.end),)})
    taken = (PICKED.offers[0], replace(OFFER, open=False, why=TAKEN))
    assert turn.state.proposal == replace(PICKED, offers=taken, picked=0, renew="gone")
    assert turn.state.meetings == ()


@pytest.mark.parametrize(("number", "needs"), [(2, 1), (9, 0)])
def test_nothing_happens_before_busy_times_are_known_or_to_no_number(
    number: int, needs: int
) -> None:
    proposal = replace(PICKED, picked=number)
    turn = picked(None, proposal)
    assert (turn.state.proposal, turn.state.meetings, len(turn.needs)) == (proposal, (), needs)
    if needs:  # so widely that other times can be looked for at once
        assert (turn.needs[0].start, turn.needs[0].end) == window("06T10:00", "15T10:00")
