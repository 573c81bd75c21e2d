"""What the receipt of a calendar effect changes, and UNDO of a move on the calendar, as tables (RULES 5, 7).

Not which effects are asked for otherwise: test_calendar_effects.py.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from daemon.decide.calendar import calendar_effects, done
from daemon.decide.seen import PairingTurn
from daemon.domain.effect import CancelMeeting, MoveMeeting, Receipt
from daemon.domain.meeting import Meeting, Origin, Place, Slot, Undone
from daemon.domain.pair import Undo
from daemon.domain.value import replace
from daemon.domain.world import Mark
from tests.decide.pair_cast import ANAS, BENS, DAY, MINUTE, NOW, ORIGIN, START
from tests.decide.tuesday_cast import (
    FALLEN,
    OCCURRENCE,
    ONE_OFF,
    PICKED,
    PLANNED,
    SERIES,
    THURSDAY,
    effect,
    turn,
)

PUT = Receipt("v9", ONE_OFF, (BENS,))
MOVED = Receipt("v9", OCCURRENCE, (BENS,))
BUSY_LIFE = replace(
    FALLEN, cancelled_by="mentee", cancelled_at=NOW - DAY, late=True, gone=True, evidence="confirmed",
    settled_by="silence", settled_at=NOW - DAY, asked_by="mentor", off="away", takes_back="move",
    undone=Undone(START, NOW - DAY, "mentee"), answer_seen="DECLINED", looked_at=NOW - DAY,
    changed_at=NOW - MINUTE,
)  # fmt: skip
"""A meeting to which everything has happened before another time was found."""


def after(draft: PairingTurn) -> Meeting:
    (meeting,) = draft.state.meetings
    return meeting


def test_once_the_calendar_has_the_chosen_time_nothing_of_before_counts() -> None:
    draft = turn(BUSY_LIFE, proposal=PICKED)
    done(draft, f"put/ana-ben/{ORIGIN}", PUT)
    assert after(draft) == replace(
        PLANNED, start=THURSDAY.start, end=THURSDAY.end, standing="moved", place=ONE_OFF,
        version="v9", told=(BENS,), moved_from=START, moved_at=NOW, moved_by="program", checked=True,
        changed_at=NOW - DAY,  # nobody waits whether it is meant
        cancelled_by="mentee", cancelled_at=NOW - DAY, late=True,  # the ladder looks at these
    )  # fmt: skip


def test_the_proposal_is_closed_and_who_chose_can_take_it_back_until_a_day_before() -> None:
    draft = turn(FALLEN, proposal=PICKED)
    done(draft, f"move/ana-ben/{ORIGIN}", MOVED)
    accepted = replace(PICKED, standing="accepted")
    assert (draft.state.proposal, draft.state.closed_proposals) == (None, (accepted,))
    until = THURSDAY.start - DAY
    assert draft.state.undo == (Undo("moved", "mentee", NOW, until, FALLEN, accepted, str(ORIGIN)),)
    assert [each.text for each in draft.reasons] == [f"{ORIGIN}: now 2026-10-15T13:00:00Z"]


@pytest.mark.parametrize(
    ("receipt", "place"),
    [(MOVED, OCCURRENCE), (replace(MOVED, place=None), OCCURRENCE), (PUT, ONE_OFF)],
)
def test_what_was_answered_before_our_change_is_not_what_is_answered_to_it(
    receipt: Receipt, place: Place
) -> None:
    draft = turn(BUSY_LIFE, proposal=PICKED)
    done(draft, f"move/ana-ben/{ORIGIN}", receipt)
    assert (after(draft).place, after(draft).answer_seen) == (place, "")


def test_a_receipt_of_another_meeting_leaves_the_proposal_open() -> None:
    other = replace(PICKED, origin=Origin("2026-10-20T15:00", "Europe/Berlin"))
    placeless = replace(PLANNED, place=None, gone=True)
    draft = turn(placeless, proposal=other)
    done(draft, f"put/ana-ben/{ORIGIN}", PUT)
    assert draft.state.proposal == other
    assert after(draft) == replace(PLANNED, place=ONE_OFF, version="v9", told=(BENS,))


@pytest.mark.parametrize(
    ("meeting", "proposal"),
    [
        (PLANNED, None),  # it stands, and is somewhere already
        (FALLEN, replace(PICKED, booked=False)),  # another time is to be chosen
    ],
)
def test_a_receipt_that_nobody_waits_for_changes_nothing(meeting: Meeting, proposal: Any) -> None:
    draft = turn(meeting, proposal=proposal)
    done(draft, f"move/ana-ben/{ORIGIN}", MOVED)
    done(draft, "move/ana-ben/2026-12-01T15:00[Europe/Berlin]", MOVED)  # it is forgotten
    assert (after(draft), draft.state.proposal) == (meeting, proposal)


@pytest.mark.parametrize(
    ("meeting", "expected"),
    [
        (
            replace(PLANNED, standing="skipped"),
            replace(PLANNED, standing="skipped", gone=True, told=(BENS,)),
        ),
        # the one-off of UNDO is off: what stands again has to be put anew
        (
            replace(PLANNED, place=ONE_OFF, takes_back="cancel"),
            replace(PLANNED, place=None, gone=True, told=(BENS,)),
        ),
        (
            replace(FALLEN, place=ONE_OFF, takes_back="cancel"),
            replace(FALLEN, place=ONE_OFF, gone=True, told=(BENS,)),
        ),
    ],
)
def test_what_was_taken_off_is_gone_and_what_stands_again_is_put_anew(
    meeting: Meeting, expected: Meeting
) -> None:
    other = replace(PLANNED, origin=Origin("2026-10-20T15:00", "Europe/Berlin"))
    draft = turn(meeting, other)
    done(draft, f"cancel/ana-ben/{ORIGIN}", Receipt("v9", told=(BENS,)))
    assert draft.state.meetings == (expected, other)


def test_the_guest_who_was_invited_again_is_invited_once() -> None:
    waiting = replace(SERIES, invites=True)
    others = (replace(waiting, index=1), replace(waiting, generation=2))
    draft = turn(series=(waiting, *others))
    done(draft, "invite/ana-ben/0-1/ben", Receipt())
    assert draft.state.series == (SERIES, *others)


# --- UNDO of a move


def undone(how: Any, now: datetime = NOW, **changed: Any) -> PairingTurn:
    return turn(replace(PLANNED, takes_back=how, **changed), now=now)


def test_an_occurrence_goes_back_to_where_it_was() -> None:
    draft = undone("move")
    calendar_effects(draft)
    assert draft.effects == [
        effect(
            "move", MoveMeeting(OCCURRENCE, Slot(PLANNED.start, PLANNED.end), "v1"), START, "UNDO",
            "2026-10-13T13:00:00+00:00",
        )
    ]  # fmt: skip
    done(draft, f"move/ana-ben/{ORIGIN}", Receipt("v9", told=(BENS,)))
    assert after(draft) == replace(PLANNED, version="v9", told=(BENS,))


def test_a_one_off_is_taken_off_again_and_it_is_tried_for_a_week() -> None:
    draft = undone("cancel", place=ONE_OFF)
    calendar_effects(draft)
    assert draft.effects == [
        effect("cancel", CancelMeeting(ONE_OFF, "v1"), NOW + 7 * DAY, "UNDO", "cancel one-off")
    ]


@pytest.mark.parametrize(
    ("now", "standing", "how"),
    [
        (START - MINUTE, "planned", "move"),
        (START, "planned", "cancel"),  # nothing goes back into the past
        (START + DAY, "planned", "cancel"),
        (NOW, "cancelled", "move"),
        (NOW, "skipped", "cancel"),  # nor to where it is left out
    ],
)
def test_what_cannot_go_back_is_taken_off(now: datetime, standing: Any, how: str) -> None:
    draft = undone("move", now, standing=standing)
    calendar_effects(draft)
    assert [each.stem.split("/")[0] for each in draft.effects] == [how]
    assert after(draft).takes_back == how


def test_where_nothing_is_on_the_calendar_nothing_has_to_be_taken_back() -> None:
    draft = undone("cancel", place=None, version="")
    calendar_effects(draft)
    assert (draft.effects, after(draft).takes_back) == ([], "")


@pytest.mark.parametrize("verb", ["move", "cancel"])
def test_a_change_that_was_told_before_is_asked_for_again_when_it_is_another(verb: Any) -> None:
    stem = f"{verb}/ana-ben/{ORIGIN}"
    draft = undone(verb)
    draft.marks[stem] = Mark(1, "something else", "settled", NOW - timedelta(hours=1))
    calendar_effects(draft)
    assert [each.key for each in draft.effects] == [f"{stem}/2"]
    assert {each.account for each in draft.effects} == {ANAS}
