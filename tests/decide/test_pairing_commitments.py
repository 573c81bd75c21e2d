"""What the two of a pair are bound to, as tables: what decisions of their other pairings may count on (RULES 7, 8).

Not what those make of it: tests/decide/test_slots_searched.py and tests/stories/test_offers.py.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from daemon.domain.cadence import Cadence, Step
from daemon.domain.meeting import Meeting
from daemon.domain.pair import Sent, Sign
from daemon.domain.proposal import Offer, Proposal
from daemon.domain.value import replace
from daemon.domain.world import Commitment, Mark, PairingState
from tests.decide.pair_cast import DAY, HALF_HOUR, LANE, MINUTE, NOW, ORIGIN, START, WEEK
from tests.decide.tuesday_cast import FALLEN, PLANNED, SINCE, STATE, after, decided
from tests.stories.cast import line


def bound(state: PairingState, person: str = "ben", now: datetime = NOW) -> list[Commitment]:
    return list(decided(state, now=now).commitments[person])


PAIRING = Commitment(LANE, "pairing", SINCE, SINCE)


def met(start: datetime, person: str = "ben") -> Commitment:
    who = {"ben": ("Ana", "mentee", "Europe/Berlin"), "ana": ("Ben", "mentor", "Asia/Kolkata")}
    return Commitment(LANE, "meeting", start, start + HALF_HOUR, *who[person])  # type: ignore[arg-type]


def kinds(commitments: list[Commitment], *wanted: str) -> list[Commitment]:
    return [each for each in commitments if each.kind in wanted]


@pytest.mark.parametrize("person", ["ana", "ben"])
def test_a_running_pair_is_bound_to_its_coming_1_1s_and_to_each_other(person: str) -> None:
    assert kinds(bound(STATE, person), "pairing", "meeting") == [
        met(START, person), met(START + 7 * DAY, person), PAIRING,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("standing", "running"),
    [("closing", True), ("paused", False), ("closed", False), ("invited", False)],
)
def test_only_while_it_runs(standing: Any, running: bool) -> None:
    ends = line(ends=date(2026, 10, 13))
    state = replace(
        STATE, standing=standing, line=ends, closed_at=NOW if standing == "closed" else None
    )
    state = replace(state, mentor_yes=None if standing == "invited" else SINCE)
    assert after(state).standing == standing
    found = kinds(bound(state), "pairing", "meeting")
    assert (PAIRING in found, met(START) in found) == (running, running)


@pytest.mark.parametrize(
    ("meeting", "now", "counts"),
    [
        (PLANNED, START + HALF_HOUR - MINUTE, True),
        (PLANNED, START + HALF_HOUR, False),
        (replace(PLANNED, standing="moved"), NOW, True),
        (FALLEN, NOW, False),
    ],
)
def test_a_1_1_binds_to_its_end_while_it_stands(
    meeting: Meeting, now: datetime, counts: bool
) -> None:
    assert (met(START) in bound(replace(STATE, meetings=(meeting,)), now=now)) is counts


def test_letters_of_the_last_two_days_count_for_their_reader_each_as_what_it_is() -> None:
    sent = (
        Sent("mentee", NOW - 2 * DAY, True, "notes/x"),
        Sent("mentee", NOW - 2 * DAY + MINUTE, True, "notes/y"),
        Sent("mentee", NOW - DAY, False, "ack/x"),
        Sent("mentor", NOW - DAY, True, "prep-mentor/x"),
    )
    marks = {each.stem: Mark(1, "x", "settled", each.at) for each in sent}
    state = replace(STATE, sent=sent, marks=marks)
    found = [(c.end, c.name) for c in kinds(bound(state), "letter") if c.start < NOW]
    assert found == [(NOW - 2 * DAY + MINUTE, "counts"), (NOW - DAY, "")]
    assert [c.start for c in kinds(bound(state, "ana"), "letter")] == [NOW - DAY]


@pytest.mark.parametrize(("heard_at", "known"), [(NOW - DAY, True), (None, False)])
def test_a_sign_of_life_is_known_in_all_pairings_of_who_gave_it(
    heard_at: datetime | None, known: bool
) -> None:
    state = replace(STATE, signs=(Sign("mentee", heard_at),))
    alive = [Commitment(LANE, "told", NOW - DAY, NOW - DAY, "alive/koss")]
    assert kinds(bound(state), "told") == (alive if known else [])
    assert kinds(bound(state, "ana"), "told") == []


# --- times that are offered


def offer(number: int, **changed: Any) -> Offer:
    start = START + number * DAY
    return replace(Offer(number, start, start + HALF_HOUR), **changed)


OFFERED = Proposal(
    ORIGIN, "mentee", "cancelled", NOW, NOW + 2 * DAY,
    (offer(1, open=False), offer(2), offer(3)), told_at=NOW,
)  # fmt: skip


def held_back(kind: Any, *starts: datetime) -> list[Commitment]:
    return [Commitment(LANE, kind, start, start + HALF_HOUR) for start in starts]


@pytest.mark.parametrize("person", ["ana", "ben"])
def test_an_offered_time_is_kept_for_who_may_choose_it(person: str) -> None:
    found = kinds(
        bound(replace(STATE, meetings=(FALLEN,), proposal=OFFERED), person), "offer", "picked"
    )
    assert found == held_back("offer", START + 2 * DAY, START + 3 * DAY)


def test_once_one_is_picked_the_others_are_free_again() -> None:
    proposal = replace(OFFERED, picked=2, booked=True)
    found = kinds(bound(replace(STATE, meetings=(FALLEN,), proposal=proposal)), "offer", "picked")
    assert found == held_back("picked", START + 2 * DAY)


def test_of_a_regular_time_that_is_offered_the_first_four_dates_are_kept() -> None:
    proposal = Proposal(
        None, "mentee", "first", NOW, NOW + 5 * DAY, (offer(1),), kind="series", told_at=NOW
    )
    state = PairingState(
        replace(line(), at=None), "invited", SINCE, mentor_yes=SINCE, proposal=proposal
    )
    first = START + DAY
    assert kinds(bound(state), "offer", "picked") == held_back(
        "offer", first, first + WEEK, first + 2 * WEEK, first + 3 * WEEK
    )


# --- a regular time that is known before the two have said yes


TUESDAYS = [
    datetime(2026, 10, 13, 13, 0, tzinfo=UTC),
    datetime(2026, 10, 20, 13, 0, tzinfo=UTC),
    datetime(2026, 10, 27, 14, 0, tzinfo=UTC),  # Berlin's clocks have changed
    datetime(2026, 11, 3, 14, 0, tzinfo=UTC),
]


@pytest.mark.parametrize(
    ("changed", "starts", "minutes"),
    [
        ({}, TUESDAYS, 30),
        ({"lengths_minutes": (30, 60)}, TUESDAYS, 60),  # whichever of the two it will be
        ({"starts": date(2026, 10, 21)}, [*TUESDAYS[2:], *(t + 2 * WEEK for t in TUESDAYS[2:])], 30),
        ({"cadence": Cadence(Step(weeks=2))}, [TUESDAYS[0], TUESDAYS[2], TUESDAYS[2] + 2 * WEEK, TUESDAYS[2] + 4 * WEEK], 30),
        ({"at": None}, [], 30),
    ],
)  # fmt: skip
def test_the_first_four_dates_of_a_known_time_are_kept(
    changed: dict[str, Any], starts: list[datetime], minutes: int
) -> None:
    state = PairingState(replace(line(), **changed), "invited", NOW)
    length = timedelta(minutes=minutes)
    assert kinds(bound(state), "offer", "picked") == [
        Commitment(LANE, "picked", start, start + length) for start in starts
    ]


def test_once_both_have_said_yes_the_calendar_says_so() -> None:
    assert kinds(bound(STATE), "picked") == []
