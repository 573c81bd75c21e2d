"""Answers to a list of regular times: none of them, one of them, one that comes too late (RULES 6, 7).

Not which times suit: test_regular_searched.py. Not letters: tests/stories/test_first_time.py.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from daemon.decide.regular import accept_regular, look_again, renew_regular
from daemon.decide.seen import PairingTurn
from daemon.domain.cadence import Cadence, RegularTime, Step
from daemon.domain.pair import Agreed
from daemon.domain.proposal import Offer, Proposal
from daemon.domain.value import replace
from tests.decide.pair_cast import DAY, reasons
from tests.decide.regular_cast import LINE, NOW, berlin, hours, opened, shown, told, turn_of
from tests.stories.cast import BEN, PATIENT, line

# --- the next round


def refused(turn: PairingTurn, renew: Any = "none") -> Proposal:
    """The list is there, and nothing of it suits."""
    proposal = replace(opened(turn), renew=renew)
    turn.state = replace(turn.state, proposal=proposal)
    turn.reasons.clear()
    renew_regular(turn, proposal)
    return proposal


def test_the_next_round_has_new_numbers_and_closes_the_one_before() -> None:
    turn = turn_of()
    refused(turn)
    proposal = turn.state.proposal
    assert proposal
    assert shown(proposal.current) == [
        "4 Tue 13 Oct 12:00",
        "5 Fri 16 Oct 14:00",
        "6 Mon 19 Oct 14:00",
    ]
    assert [o.number for o in proposal.offers if not o.open] == [1, 2, 3]
    assert (proposal.round, proposal.renew, proposal.because) == (2, "", "none")
    assert (proposal.opened_at, proposal.answer_by) == (NOW, NOW + 7 * DAY)
    assert (proposal.asked, proposal.widened, turn.state.closed_proposals) == ("mentee", False, ())
    assert reasons(turn) == ["regular times, round 2 (none)"]


@pytest.mark.parametrize(
    ("there", "expected"),
    [
        # 14:00 was offered: what is nearer than two hours suits no better, at either side of it
        ((14, 16.5), ["2 Tue 13 Oct 16:00"]),
        ((12, 14.5), ["2 Tue 13 Oct 12:00"]),
        # their common hours are few: half an hour later is better than none, the same is not
        ((14, 15), ["2 Tue 13 Oct 14:30"]),
        ((13.5, 15), ["2 Tue 13 Oct 13:30"]),
    ],
)
def test_whom_a_time_does_not_suit_is_not_helped_by_its_neighbours(
    there: tuple[float, float], expected: list[str]
) -> None:
    turn = turn_of(hours((1, *there)), program=replace(PATIENT, offers=1))
    assert shown(refused(turn).offers) == ["1 Tue 13 Oct 14:00"]
    assert turn.state.proposal and shown(turn.state.proposal.current) == expected


def test_what_was_refused_stays_refused_when_its_first_dates_are_over() -> None:
    """The list lies there for three weeks, and its dates for two."""
    turn = turn_of(hours((1, 14, 15), (2, 14, 14.5)))
    proposal = opened(turn)
    assert shown(proposal.offers) == ["1 Tue 13 Oct 14:00", "2 Wed 14 Oct 14:00"]
    turn.now = NOW + 21 * DAY
    renew_regular(turn, replace(proposal, renew="none"))
    assert turn.state.proposal and shown(turn.state.proposal.current) == ["4 Tue 03 Nov 14:30"]


def test_where_nothing_is_left_the_list_ends_and_the_contact_is_told() -> None:
    turn = turn_of(hours((1, 14, 14.5)))
    proposal = refused(turn)
    assert turn.state.proposal is None
    assert turn.state.closed_proposals == (replace(proposal, standing="lapsed"),)
    assert told(turn) == [("no-time-found", {"what": "series"})]
    assert [each.reason for each in turn.effects] == ["no further regular time suits both"]


def test_a_hidden_calendar_is_asked_about_in_every_round_until_a_week_after_its_owner_wakes() -> (
    None
):
    late = berlin(10, 12, 23)
    turn = turn_of(replace(line(LINE.mentor, BEN), at=None), now=late, mentor=None)
    refused(turn)
    assert turn.state.proposal
    assert (turn.state.proposal.asked, turn.state.proposal.answer_by) == (
        "mentor",
        berlin(10, 20, 7),
    )


@pytest.mark.parametrize(
    ("cause", "initiator", "vetting"),
    [("change", "mentor", True), ("change", "mentee", False), ("first", "mentor", False)],
)
def test_a_mentor_who_is_asked_first_is_so_in_every_round(
    cause: str, initiator: Any, vetting: bool
) -> None:
    turn = turn_of(program=replace(PATIENT, initiator=initiator), wants_time=cause)
    assert refused(turn).vetting is vetting
    assert turn.state.proposal and turn.state.proposal.vetting is vetting


def test_a_round_waits_until_busy_times_are_read() -> None:
    turn = turn_of()
    proposal = replace(opened(turn), renew="none")
    turn.busy.clear()
    before = turn.state
    renew_regular(turn, proposal)
    assert (turn.state, turn.effects, len(turn.needs)) == (before, [], 1)


# --- an answer after the end


LAPSED = Proposal(None, "mentee", "first", NOW, NOW, (), kind="series", standing="lapsed")
ACCEPTED = replace(LAPSED, standing="accepted")


@pytest.mark.parametrize(
    ("reply_to", "closed", "more", "wants"),
    [
        ("welcome-mentee", (LAPSED,), {}, "first"),
        ("regular-time", (replace(LAPSED, cause="change"),), {"standing": "active"}, "change"),
        ("setup-nudge", (LAPSED,), {"standing": "active"}, "first"),
        ("setup-nudge", (ACCEPTED, LAPSED), {}, "first"),
        ("setup-nudge", (LAPSED, replace(ACCEPTED, kind="meeting")), {}, "first"),
        ("proposal", (LAPSED,), {}, ""),
        ("welcome-mentee", (), {}, ""),
        ("welcome-mentee", (replace(LAPSED, kind="meeting"),), {}, ""),
        ("welcome-mentee", (replace(LAPSED, standing="withdrawn"),), {}, ""),
        ("welcome-mentee", (LAPSED, ACCEPTED), {}, ""),
        ("welcome-mentee", (LAPSED,), {"standing": "paused"}, ""),
        ("welcome-mentee", (LAPSED,), {"standing": "closing"}, ""),
        ("welcome-mentee", (LAPSED,), {"proposal": replace(LAPSED, standing="open")}, ""),
    ],
)  # fmt: skip
def test_an_answer_to_a_list_that_lapsed_is_answered_with_a_new_list(
    reply_to: str, closed: tuple[Proposal, ...], more: dict[str, Any], wants: str
) -> None:
    turn = turn_of(wants_time="", closed_proposals=closed, **more)
    assert look_again(turn, "mentee", reply_to) is bool(wants)
    assert (turn.state.wants_time, turn.late) == (wants, "mentee" if wants else None)
    why = "an answer after the end of the list: regular times are looked for again"
    assert reasons(turn) == ([why] if wants else [])


# --- agreed


CHOSEN = Offer(2, berlin(10, 27, 9, 30), berlin(10, 27, 10))
"""The fourth Tuesday of October, after the change of clocks."""
PICKED = replace(LAPSED, standing="open", offers=(replace(CHOSEN, number=1), CHOSEN), picked=2)


@pytest.mark.parametrize(
    ("step", "nth"), [(Step(weeks=1), 0), (Step(weeks=2), 0), (Step(months=1), 4)]
)
def test_the_chosen_time_is_agreed_on_the_clock_of_the_pair(step: Step, nth: int) -> None:
    turn = turn_of(
        replace(LINE, cadence=Cadence(step)), agreed=Agreed(seeking=True), proposal=PICKED
    )
    accept_regular(turn, PICKED)
    assert turn.state.agreed == Agreed(at=RegularTime(1, 9, 30, nth))
    assert (turn.state.proposal, turn.state.mentee_yes) == (None, NOW)
    assert turn.state.closed_proposals == (replace(PICKED, standing="accepted"),)
    assert reasons(turn) == ["the regular time is agreed: Tuesday 09:30"]


@pytest.mark.parametrize(
    ("standing", "said", "expected"),
    [("invited", None, NOW), ("invited", NOW - DAY, NOW - DAY), ("active", None, None)],
)
def test_to_choose_is_the_mentee_s_yes_unless_it_was_said_before(
    standing: str, said: datetime | None, expected: datetime | None
) -> None:
    turn = turn_of(standing=standing, mentee_yes=said, proposal=PICKED)
    accept_regular(turn, PICKED)
    assert turn.state.mentee_yes == expected


def test_a_number_that_was_never_offered_agrees_nothing() -> None:
    turn = turn_of(proposal=PICKED)
    before = turn.state
    accept_regular(turn, replace(PICKED, picked=7))
    assert turn.state == before
