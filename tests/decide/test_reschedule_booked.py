"""What was chosen is booked if it is still free, and what the program may choose when nobody answers (RULES 7).

Not how a question is taken back (test_reschedule.py) or ends in silence (test_reschedule_ends.py).
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from daemon.decide.seen import PairingTurn
from daemon.domain.observation import BusyInterval
from daemon.domain.proposal import TAKEN
from daemon.domain.value import replace
from tests.decide.choosing_cast import THIS, world
from tests.decide.pair_cast import HOUR, MINUTE
from tests.decide.reschedule_cast import Changes, outcome, turn_with


def taken(turn: PairingTurn, *numbers: int, who: str = "ana") -> PairingTurn:
    """Somebody has something else at these of the offered times by now."""
    offers = turn.state.proposal.offers if turn.state.proposal else ()
    lies = tuple(BusyInterval(o.start, o.end) for o in offers if o.number in numbers)
    turn.busy[0] = replace(turn.busy[0], busy={**turn.busy[0].busy, f"{who}@example.org": lies})
    return turn


def test_what_was_chosen_is_booked_if_it_is_still_free() -> None:
    assert outcome(turn_with("asked", proposal={"picked": 2})) == "booked 2"
    assert outcome(turn_with("asked", proposal={"picked": 2, "booked": True})) == "booked 2"
    assert outcome(taken(turn_with("asked", proposal={"picked": 2}), 1, 3)) == "booked 2"


@pytest.mark.parametrize("who", ["ana", "ben"])
def test_what_is_taken_by_now_brings_the_next_round(who: str) -> None:
    turn = taken(turn_with("asked", proposal={"picked": 2, "auto": True}), 2, who=who)
    assert outcome(turn) == "meeting 4 5 6"
    proposal = turn.state.proposal
    assert proposal is not None
    assert (proposal.picked, proposal.because, proposal.renew) == (0, "gone", "")
    assert (proposal.auto, [o.number for o in proposal.offers if o.why == TAKEN]) == (False, [2])
    assert [each.text for each in turn.reasons] == [
        f"{THIS}: option 2 was taken meanwhile",
        f"{THIS}: round 2 (gone)",
    ]


def test_after_the_last_round_it_is_left_out() -> None:
    turn = taken(turn_with("asked", proposal={"picked": 2, "round": 3}), 2)
    assert outcome(turn) == "lapsed"


@pytest.mark.parametrize(("before", "becomes"), [(MINUTE, "booked 1"), (0 * MINUTE, "gone")])
def test_what_has_closed_meanwhile_is_gone(before: timedelta, becomes: str) -> None:
    now, offers = world("asked")[1], turn_with("asked").state.proposal.offers  # type: ignore[union-attr]
    later = offers[0].start - 6 * HOUR - now - before
    turn = turn_with("asked", later, proposal={"picked": 1})
    found = outcome(turn)
    assert (found if found.startswith("booked") else turn.state.proposal.because) == becomes  # type: ignore[union-attr]


def test_it_waits_until_busy_times_can_be_read() -> None:
    turn = turn_with("asked", proposal={"picked": 2, "answer_by": world("asked")[1]})
    turn.busy[0] = replace(turn.busy[0], failed=True)
    assert outcome(turn) == "meeting 1 2 3"
    assert turn.state.proposal is not None
    assert (turn.state.proposal.picked, turn.state.proposal.booked) == (2, False)


def test_kept_where_it_was_put_by_hand_nothing_is_booked() -> None:
    turn = taken(turn_with("moved", proposal={"picked": 1}), 1)
    assert outcome(turn) == "accepted"
    assert outcome(turn_with("moved", proposal={"picked": 2})) == "booked 2"


# --- booked without an answer, when the silence is over


@pytest.mark.parametrize(
    ("name", "changed", "becomes"),
    [
        ("asked", {}, "booked 1"),
        ("asked", {"undone": 1}, "lapsed"),
        ("asked", {"unknown": ("mentee",)}, "lapsed"),
        ("asked", {"vetting": True}, "lapsed"),
        ("asked", {"kind": "session", "origin": None}, "lapsed"),
        ("wished", {}, "lapsed"),
        ("moved", {}, "lapsed"),
    ],
)
def test_only_one_meeting_of_which_nobody_is_asked_still(
    name: str, changed: Changes, becomes: str
) -> None:
    over = {"answer_by": world(name)[1], **changed}
    turn = turn_with(name, proposal=over, program={"policy": "auto-after-deadline"})
    assert outcome(turn) == becomes


@pytest.mark.parametrize(
    ("numbers", "becomes"), [((1,), "booked 2"), ((1, 2), "booked 3"), ((1, 2, 3), "lapsed")]
)
def test_without_an_answer_the_first_that_is_free_is_booked(
    numbers: tuple[int, ...], becomes: str
) -> None:
    over = {"answer_by": world("asked")[1]}
    turn = turn_with("asked", proposal=over, program={"policy": "auto-after-deadline"})
    assert outcome(taken(turn, *numbers)) == becomes
    if becomes.startswith("booked"):
        assert turn.state.proposal is not None
        assert turn.state.proposal.auto
