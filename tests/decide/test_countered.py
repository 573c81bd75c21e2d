"""What a guest's calendar program hears back by mail, as tables: declined or waiting or nothing, and how often.

Not what leads there: tests/stories/test_programs_answered.py.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from daemon.decide.countered import decline_counters, refresh_seen
from daemon.decide.seen import PairingTurn
from daemon.domain.effect import AnswerGuest
from daemon.domain.invitation import RefreshSeen
from daemon.domain.meeting import Place, Wished
from daemon.domain.pair import Countered
from daemon.domain.value import replace
from daemon.domain.world import Mark
from tests.decide.pair_cast import ANAS, BENS, DAY, HALF_HOUR, NOW, ORIGIN, START, offered
from tests.decide.tuesday_cast import FALLEN, OCCURRENCE, PLANNED, THURSDAY, turn

PROPOSED = Countered("mentee", ORIGIN, THURSDAY.start, START, "mail1")
STEM = f"decline-counter/ana-ben/{ORIGIN}#mail1/ben"
ASKED = replace(offered(13, THURSDAY.start, START + 3 * DAY), cause="counter", chooser="mentor")
WHOLE = Place(ANAS, "tuesdays")
REFRESH = RefreshSeen("ben", WHOLE, "<r@x>", NOW)
SECOND = timedelta(seconds=1)


def with_mail(*meetings: Any, calendar: str = "none", **known: Any) -> PairingTurn:
    """A pair whose 1:1s are invitations by mail."""
    draft = turn(*meetings, **known)
    line = draft.state.line
    mentor = replace(line.mentor, calendar=calendar)
    draft.state = replace(draft.state, line=replace(line, mentor=mentor))
    return draft


def wished(start: Any = THURSDAY.start, by: Any = "mentee") -> Wished:
    return Wished(start, start + HALF_HOUR, by)


ROWS: dict[str, tuple[Any, dict[str, Any], str]] = {
    "nobody is asked": (PLANNED, {}, "declined"),
    "it fell out with it": (FALLEN, {}, "declined"),
    "it is to be asked about": (replace(PLANNED, wished=wished()), {}, "waits"),
    "another time is to be asked about": (replace(PLANNED, wished=wished(START + DAY)), {}, "declined"),
    "the other one has proposed it as well": (replace(PLANNED, wished=wished(by="mentor")), {}, "declined"),
    "it is asked about": (PLANNED, {"proposal": ASKED}, "waits"),
    "the next round is asked about": (PLANNED, {"proposal": replace(ASKED, round=2)}, "declined"),
    "times are asked about for another reason": (PLANNED, {"proposal": replace(ASKED, cause="asked")}, "declined"),
    "another 1:1 is asked about": (
        PLANNED, {"proposal": replace(ASKED, origin=replace(ORIGIN, wall="2026-10-20T15:00"))}, "declined",
    ),
    "it was taken": (replace(PLANNED, standing="moved", start=THURSDAY.start), {}, "nothing"),
    "it has another time now": (replace(PLANNED, standing="moved", start=START + DAY), {}, "nothing"),
    "it is left out": (replace(PLANNED, standing="skipped"), {}, "nothing"),
    "its event is gone": (replace(FALLEN, gone=True), {}, "nothing"),
    "it has no event": (replace(PLANNED, place=None), {}, "nothing"),
    "it took place": (replace(PLANNED, standing="held"), {}, "nothing"),
    "they pause": (PLANNED, {"standing": "paused"}, "nothing"),
    "they have ended": (PLANNED, {"standing": "closed"}, "nothing"),
    "they end": (PLANNED, {"standing": "closing"}, "declined"),
    "it has begun": (PLANNED, {"now": START}, "nothing"),
    "a calendar that we do not mail for": (PLANNED, {"calendar": "local"}, "nothing"),
    "a server that may tell nobody": (PLANNED, {"calendar": "internet"}, "declined"),
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_what_becomes_of_a_proposed_time(name: str) -> None:
    meeting, known, wanted = ROWS[name]
    draft = with_mail(meeting, countered=(PROPOSED,), **known)
    decline_counters(draft)
    found = [(each.stem, each.change, each.firm) for each in draft.effects]
    said = [(STEM, AnswerGuest(OCCURRENCE, BENS, "DECLINECOUNTER"), True)]
    assert found == (said if wanted == "declined" else [])
    assert draft.state.countered == ((PROPOSED,) if wanted == "waits" else ())


def test_it_is_declined_until_the_1_1_begins_and_once() -> None:
    draft = with_mail(PLANNED, countered=(PROPOSED,))
    decline_counters(draft)
    (effect,) = draft.effects
    assert (effect.account, effect.closes, effect.origin) == (ANAS, START, ORIGIN)
    draft.effects.clear()
    draft.state = replace(draft.state, countered=(PROPOSED,))
    decline_counters(draft)
    assert draft.effects == []


def answered(count: int, ago: timedelta, person: str = "ben") -> dict[str, Mark]:
    return {
        f"decline-counter/ana-ben/x#{number}/{person}": Mark(1, "", "settled", NOW - ago)
        for number in range(count)
    }


@pytest.mark.parametrize(
    ("marks", "wanted"),
    [
        ({}, True),
        (answered(3, DAY - SECOND), True),
        (answered(4, DAY - SECOND), False),
        (answered(4, DAY), True),
        (answered(9, SECOND, "ana"), True),
    ],
)
def test_no_program_is_answered_more_than_four_times_a_day(
    marks: dict[str, Mark], wanted: bool
) -> None:
    draft = with_mail(PLANNED, countered=(PROPOSED,), marks=marks)
    decline_counters(draft)
    assert bool(draft.effects) == wanted
    draft = with_mail(PLANNED, marks=marks)
    refresh_seen(draft, REFRESH)
    assert bool(draft.effects) == wanted


@pytest.mark.parametrize(
    ("known", "wanted"),
    [
        ({}, True),
        ({"standing": "paused"}, True),
        ({"standing": "closing"}, True),
        ({"standing": "closed"}, False),
        ({"standing": "invited"}, False),
        ({"calendar": "local"}, False),
    ],
)
def test_what_stands_is_told_as_long_as_there_is_anything(
    known: dict[str, Any], wanted: bool
) -> None:
    draft = with_mail(PLANNED, **known)
    refresh_seen(draft, REFRESH)
    assert [each.change for each in draft.effects] == [AnswerGuest(WHOLE, BENS, "REQUEST")] * wanted


@pytest.mark.parametrize(
    ("after", "times"), [(timedelta(), 1), (DAY - SECOND, 1), (DAY, 2), (5 * DAY, 2)]
)
def test_what_stands_is_told_once_a_day(after: timedelta, times: int) -> None:
    draft = with_mail(PLANNED)
    refresh_seen(draft, REFRESH)
    later = with_mail(PLANNED, now=NOW + after, marks=draft.marks)
    refresh_seen(later, replace(REFRESH, at=NOW + after))
    found = [*draft.effects, *later.effects]
    assert [each.generation for each in found] == [1, 2][:times]
    assert len({each.stem for each in found}) == 1


def test_of_a_stranger_nothing_is_taken() -> None:
    draft = with_mail(PLANNED)
    refresh_seen(draft, replace(REFRESH, person="carl"))
    assert (draft.effects, draft.signs) == ([], [])
