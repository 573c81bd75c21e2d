"""One decision, in which every rule has its turn: for each a pair for which it alone has something to do.

Not the rules themselves: each has tests and stories of its own. Here it is seen that none is left out.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from daemon.decide.pairing import decide_pairing
from daemon.domain.cadence import RegularTime
from daemon.domain.effect import CancelMeeting, PutSeries, Receipt, SendLetter
from daemon.domain.invitation import Guest
from daemon.domain.meeting import Place
from daemon.domain.observation import (
    BusySeen,
    CardSeen,
    CardSent,
    EventGone,
    EventSeen,
    Observation,
    Settled,
    Stirred,
)
from daemon.domain.pair import Absence, Agreed, Pause, Sign
from daemon.domain.people import Days
from daemon.domain.proposal import Offer, Proposal
from daemon.domain.question import Question
from daemon.domain.thread import AgendaLine
from daemon.domain.value import replace
from daemon.domain.world import Commitment, Mark, PairingState, Plan, World
from tests.decide.pair_cast import (
    ANAS,
    BENS,
    DAY,
    HALF_HOUR,
    LANE,
    MINUTE,
    NOW,
    ORIGIN,
    START,
    ZONES,
    berlin,
    origin,
)
from tests.decide.tuesday_cast import (
    FALLEN,
    OCCURRENCE,
    ONE_OFF,
    PLANNED,
    SERIES,
    STATE,
    after,
    decided,
)
from tests.stories.cast import KOSS

MARKS = {"series/ana-ben/0": Mark(1, "x", "settled", NOW - 9 * DAY)}
PUT = replace(
    STATE, series=(replace(SERIES, asked_generation=1, put_at=NOW - 20 * DAY),), marks=MARKS
)
THREE = tuple(Commitment(f"pairing/ana-{n}", "pairing", NOW, NOW) for n in "xyz")


def letters(plan: Plan) -> list[str]:
    found = [each.change for each in plan.effects if isinstance(each.change, SendLetter)]
    return [f"{each.person} {each.touchpoint}" for each in found]


def standing(state: PairingState) -> str:
    return next(m.standing for m in state.meetings if m.origin == ORIGIN)


# --- what was seen


def seen(place: Place, **changed: Any) -> EventSeen:
    return replace(EventSeen(place, "v2", START, START + HALF_HOUR, (Guest(BENS),)), **changed)


LATER = START + timedelta(hours=2)
OUR_SERIES = Place(ANAS, "tuesdays")
THURSDAYS = replace(SERIES.rule, first="2026-10-15T10:00")


@pytest.mark.parametrize(
    ("meeting", "event", "expected"),
    [
        (PLANNED, seen(OCCURRENCE, start=LATER, end=LATER + HALF_HOUR), "moved"),
        (PLANNED, seen(OCCURRENCE, cancelled=True), "cancelled"),
        (replace(PLANNED, place=ONE_OFF), seen(ONE_OFF, cancelled=True), "cancelled"),
        (replace(PLANNED, place=ONE_OFF), EventGone(ONE_OFF), "cancelled"),
        (PLANNED, EventGone(Place(ANAS, "other")), "planned"),
        (PLANNED, seen(Place(ANAS, "other"), cancelled=True), "planned"),
    ],
)
def test_an_event_is_that_of_the_meeting_whose_place_it_has(
    meeting: Any, event: Observation, expected: str
) -> None:
    assert standing(after(replace(PUT, meetings=(meeting,)), event)) == expected


def test_what_is_seen_of_the_whole_series_is_no_meeting() -> None:
    declined = seen(OUR_SERIES, rule=SERIES.rule, guests=(Guest(BENS, "DECLINED"),))
    state = after(PUT, declined)
    assert (state.series[-1].declined, standing(state)) == (True, "planned")
    assert after(PUT, EventGone(OUR_SERIES)).series[-1].standing == "gone"


def test_with_two_lengths_in_turn_each_is_known_by_its_own_event() -> None:
    (own,) = PUT.series
    state = replace(PUT, series=(replace(own, uid="u2", index=1), own))
    assert [s.standing for s in after(state, EventGone(OUR_SERIES)).series] == ["put", "gone"]
    declined = seen(OUR_SERIES, rule=SERIES.rule, guests=(Guest(BENS, "DECLINED"),))
    assert [s.declined for s in after(state, declined).series][:2] == [False, True]


def test_a_series_that_is_not_ours_is_remembered_and_takes_the_place_of_one_that_was_cut() -> None:
    stranger = seen(Place(ANAS, "new"), rule=THURSDAYS)
    found = after(PUT, stranger).stranger
    assert found and (found.uid, found.rule) == ("new", THURSDAYS)
    rest = replace(SERIES.rule, first="2026-10-20T16:00")
    (own,) = PUT.series
    cut = replace(own, cut_to=date(2026, 10, 19), gone_at=NOW - 10 * MINUTE)
    plan = decided(replace(PUT, series=(cut,)), replace(stranger, rule=rest))
    assert plan.adopted == (Place(ANAS, "new"),)


def test_a_calendar_that_stirred_and_busy_times_are_looked_at() -> None:
    on_it = Stirred(ANAS, NOW)
    (need, *_) = decided(PUT, on_it).needs
    assert (need.start, need.end) == (START, START + HALF_HOUR)
    assert not decided(PUT).needs
    free = BusySeen(START, START + HALF_HOUR, {ANAS: (), BENS: ()}, NOW)
    state = after(PUT, on_it, free)
    assert [m.looked_at for m in state.meetings if m.origin == ORIGIN] == [NOW]


def test_an_accepted_invitation_is_a_sign_of_life_now() -> None:
    accepted = seen(OCCURRENCE, guests=(Guest(BENS, "ACCEPTED"),))
    state = after(replace(PUT, signs=(Sign("mentee", None, 1, NOW - DAY),)), accepted)
    assert state.signs == (Sign("mentee", NOW, 0, None),)


def test_a_receipt_and_a_card_that_went_are_taken_in() -> None:
    stem = f"cancel/ana-ben/{ORIGIN}"
    left_out = replace(PLANNED, standing="skipped", settled_by="choice")
    state = replace(PUT, meetings=(left_out,), marks={**MARKS, stem: Mark(1, "x", "live", NOW)})
    settled = after(state, Settled(f"{stem}/1", Receipt("v9"), NOW))
    assert [m.gone for m in settled.meetings if m.origin == ORIGIN] == [True]
    topic = AgendaLine(ORIGIN, "mentee", "Rome", NOW - DAY)
    carded = after(replace(PUT, agenda=(topic,)), CardSent(NOW - MINUTE))
    assert carded.agenda == (replace(topic, shown=True),)


# --- what follows


def test_a_question_that_nobody_answers_ends() -> None:
    question = Question("kindly", "mentor", "m1", NOW - 7 * DAY, NOW)
    assert after(replace(PUT, questions=(question,))).questions == ()


def test_the_next_dates_become_meetings_and_absences_that_are_long_over_are_forgotten() -> None:
    away = Absence("mentor", Days(date(2026, 9, 1), date(2026, 9, 3)), NOW - 40 * DAY)
    state = after(replace(PUT, absences=(away,)))
    assert [m.origin.day.day for m in state.meetings] == [13, 6, 20]
    assert state.absences == ()


def test_what_lies_in_an_absence_is_left_out_and_taken_off_the_calendar() -> None:
    away = Absence("mentor", Days(date(2026, 10, 12), date(2026, 10, 16)), NOW - DAY)
    plan = decided(replace(PUT, absences=(away,)))
    assert isinstance(plan.state, PairingState)
    assert standing(plan.state) == "skipped"
    assert [e.change for e in plan.effects if isinstance(e.change, CancelMeeting)] == [
        CancelMeeting(OCCURRENCE, "v1")
    ]


def test_what_a_declined_series_means_is_asked() -> None:
    (own,) = PUT.series
    declined = replace(own, declined=True, gone_at=NOW - 5 * MINUTE)
    assert [q.kind for q in after(replace(PUT, series=(declined,))).questions] == ["declined-all"]


def test_a_clash_with_what_fell_out_is_asked_about_no_more() -> None:
    facts = {"start": "2026-10-13T13:00:00Z"}
    clash = Question("clash", "mentor", f"{ORIGIN}#mentor-x", NOW - DAY, START - DAY, facts)
    assert after(replace(PUT, questions=(clash,))).questions == (clash,)
    assert after(replace(PUT, questions=(clash,), meetings=(FALLEN,))).questions == ()


def test_for_what_fell_out_another_time_is_looked_for() -> None:
    fallen = replace(FALLEN, changed_at=NOW - 5 * MINUTE, cancelled_by="mentor", gone=True)
    (need,) = decided(replace(PUT, meetings=(fallen,))).needs
    assert (need.start, need.end) == (NOW + DAY, berlin("2026-10-19T15:00"))


def test_a_regular_time_that_is_chosen_is_put_in_the_same_decision() -> None:
    first = datetime(2026, 10, 8, 8, 0, tzinfo=NOW.tzinfo)
    proposal = Proposal(
        None, "mentee", "change", NOW - DAY, NOW + DAY, (Offer(1, first, first + HALF_HOUR),),
        kind="series", told_at=NOW - DAY, picked=1,
    )  # fmt: skip
    state = replace(
        PUT, agreed=Agreed(seeking=True), proposal=proposal, series=(), meetings=(), marks={}
    )
    plan = decided(state)
    assert isinstance(plan.state, PairingState)
    assert plan.state.agreed == Agreed(at=RegularTime(3, 10, 0))
    assert [e.change.rule.first for e in plan.effects if isinstance(e.change, PutSeries)] == [
        "2026-10-08T10:00"
    ]


def test_a_week_without_a_word_is_held_and_counted() -> None:
    now = START + HALF_HOUR + 7 * DAY
    state = after(PUT, now=now)
    assert standing(state) == "held"
    assert [fall.origin for fall in state.tally.falls] == [str(ORIGIN), str(origin(6))]


def test_silence_is_asked_about_and_letters_are_noted() -> None:
    silent = Sign("mentee", NOW - 60 * DAY, 3, NOW - 21 * DAY)
    plan = decided(replace(PUT, signs=(silent,)))
    assert isinstance(plan.state, PairingState)
    assert [q.kind for q in plan.state.questions] == ["still-good"]
    assert letters(plan) == ["ben notes"]
    assert [(s.role, s.at) for s in plan.state.sent] == [("mentee", NOW)]


@pytest.mark.parametrize(("heard", "quiet"), [(NOW - DAY, True), (None, False)])
def test_whose_receipts_wake_nobody_is_decided_at_the_end(
    heard: datetime | None, quiet: bool
) -> None:
    plan = decided(replace(PUT, signs=(Sign("mentee", heard, 0),)))
    assert [each.quiet for each in plan.effects if each.port == "mail"] == [quiet]


def test_the_card_of_a_mentor_of_three_hears_of_the_next_1_1() -> None:
    world = World(LANE, PUT, (), (), KOSS, {"ana": THREE}, ZONES)
    ((lane, card),) = decide_pairing(world, NOW).forward
    assert lane == f"account/{ANAS}"
    assert isinstance(card, CardSeen)
    assert (card.entry.pairing, card.entry.start) == ("ana-ben", START)


def test_a_pause_that_is_over_ends() -> None:
    paused = replace(
        PUT, standing="paused", pause=Pause(NOW - 9 * DAY, date(2026, 10, 8), "mentor")
    )
    assert after(paused).standing == "active"
