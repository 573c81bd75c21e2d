"""What is remembered of an answer to a list of times: the number, its words, what the mentor can do, KEEP (RULES 7).

Not which list an answer is said to: test_choosing.py.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from daemon.domain.value import replace
from daemon.domain.world import PairingState
from tests.decide.choosing_cast import (
    KEEP,
    NONE,
    THIS,
    answered,
    proposal_of,
    said,
    taken_for,
    world,
)
from tests.decide.pair_cast import LANE


def test_a_choice_is_kept_with_its_words_for_the_letter_that_answers_it() -> None:
    long = "the second one would be best for me if that is all right"
    picked = proposal_of(answered("asked", "proposal this#1.1", said(2, text=long)))
    assert picked.picked == 2
    assert picked.said == "the second one would be best for me if t"  # forty characters
    assert len(picked.said) == 40
    assert proposal_of(answered("asked", "proposal this#1.1", said(2))).said == "2"


@pytest.mark.parametrize(
    ("thread", "cited"), [("", "<1@x>"), (LANE, "<1@x>"), ("person/ben/koss", "")]
)
def test_the_answer_cites_the_mail_only_inside_the_thread_of_the_pair(
    thread: str, cited: str
) -> None:
    plan = answered("asked", "proposal this#1.1", said(2), thread=thread)
    assert proposal_of(plan).answered == cited


def test_a_number_said_after_none_is_the_answer() -> None:
    """Busy times could not be read for the next round so far."""
    plan = answered("asked", "proposal this#1.1", said(2), renew="none")
    assert (proposal_of(plan).picked, proposal_of(plan).renew) == (2, "")


def test_a_second_answer_while_the_first_is_being_carried_out_changes_nothing() -> None:
    plan = answered("asked", "proposal this#1.1", said(3), picked=2)
    assert taken_for(plan) == "an answer was already being carried out"
    assert proposal_of(plan).picked == 2
    none = answered("asked", "proposal this#1.1", NONE, picked=2)
    assert (proposal_of(none).picked, proposal_of(none).renew) == (2, "")


def test_none_closes_all_times_of_the_list() -> None:
    plan = answered("asked", "proposal this#1.1", NONE)
    assert proposal_of(plan).current == ()
    assert [offer.number for offer in proposal_of(plan).offers] == [1, 2, 3]


# --- the mentor says what is possible


def test_the_mentee_gets_what_the_mentor_can_do_with_the_same_numbers_and_a_new_end() -> None:
    now = world("vetting")[1]
    asked: dict[str, object] = {"told_at": now, "opened_at": now - timedelta(hours=1)}
    plan = answered("vetting", "proposal-mentor this#1.1", said(3, 1), "ana", **asked)  # type: ignore[arg-type]
    vetted = proposal_of(plan)
    assert [offer.number for offer in vetted.current] == [1, 3]
    assert (vetted.vetting, vetted.vetted, vetted.asked) == (False, True, "mentee")
    assert (vetted.told_at, vetted.opened_at, vetted.picked) == (None, now, 0)
    assert f"{vetted.answer_by:%a %H:%M}" == "Sat 14:30"  # 20:00 in Kolkata
    acknowledged = [e.change.facts["what"] for e in plan.effects if e.stem.startswith("ack/")]
    assert acknowledged == ["vetted"]


def test_a_time_that_has_passed_is_not_opened_again_by_naming_it() -> None:
    offers = tuple(
        replace(offer, open=offer.number != 1)
        for offer in world("vetting")[0].state.proposal.offers
    )
    plan = answered("vetting", "proposal-mentor this#1.1", said(1, 3), "ana", offers=offers)
    assert [offer.number for offer in proposal_of(plan).current] == [3]


def test_times_named_after_none_are_offered() -> None:
    plan = answered("vetting", "proposal-mentor this#1.1", said(1), "ana", renew="none")
    assert (proposal_of(plan).renew, proposal_of(plan).vetted) == ("", True)


def test_a_mentor_with_the_initiative_books_the_first_of_them() -> None:
    long = "the second and the third would both be fine with me"
    plan = answered("begun by Ana", "proposal-mentor this#1.1", said(3, 2, text=long), "ana")
    booked = proposal_of(plan)
    assert (booked.picked, booked.chooser) == (2, "mentor")
    assert (booked.said, booked.answered) == (long[:40], "<1@x>")
    assert not [e for e in plan.effects if e.stem.startswith("ack/")]  # `moved` is the answer


def test_but_not_over_a_mentee_whose_busy_times_are_unknown() -> None:
    plan = answered(
        "begun by Ana", "proposal-mentor this#1.1", said(3, 2), "ana", unknown=("mentee",)
    )
    assert (proposal_of(plan).picked, proposal_of(plan).asked) == (0, "mentee")
    assert [e.change.facts["what"] for e in plan.effects if e.stem.startswith("ack/")] == ["vetted"]


# --- KEEP


def test_keep_ends_the_question_and_the_wish() -> None:
    plan = answered("wished", "proposal this#1.1", KEEP)
    assert isinstance(plan.state, PairingState)
    assert (plan.state.proposal, plan.state.closed_proposals[-1].standing) == (None, "declined")
    assert [m.asked_by for m in plan.state.meetings if str(m.origin) == THIS] == [None]
    assert [e.change.facts["what"] for e in plan.effects if e.stem.startswith("ack/")] == [
        "clash-1"
    ]
    assert plan.state.closed_proposals[-1].hears == ()


def test_keep_of_what_was_moved_by_hand_says_how_it_was_read() -> None:
    assert answered("moved", "proposal this#1.1", KEEP).state.closed_proposals[-1].said == "KEEP"


def test_keep_while_an_answer_is_being_carried_out_changes_nothing() -> None:
    plan = answered("wished", "proposal this#1.1", KEEP, picked=2)
    assert proposal_of(plan).picked == 2
