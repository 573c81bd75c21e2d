"""The letters of an open proposal: which one, to whom, with which times, and when none is written (RULES 7, LETTERS 4).

Not when a proposal is opened or closed: stories/test_needed_times.py.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from daemon.decide.asking import ask
from daemon.decide.seen import PairingTurn
from daemon.decide.turn import Turn
from daemon.domain.effect import SendLetter
from daemon.domain.proposal import TAKEN, Proposal
from daemon.domain.value import replace
from daemon.domain.world import Commitment, PairingState
from tests.decide.choosing_cast import THIS, world
from tests.decide.pair_cast import DAY, HALF_HOUR


def turn_after(name: str, later: timedelta, *bound: Commitment, of: str = "ana") -> PairingTurn:
    """A decision so much later, without a letter about the question so far; `bound`: what somebody has elsewhere."""
    found, now = world(name)
    state = found.state
    assert isinstance(state, PairingState)
    marks = {stem: mark for stem, mark in state.marks.items() if "proposal" not in stem}
    state = replace(state, marks=marks)
    found = replace(found, state=state, commitments={of: bound}, outbox=())
    return Turn(found, state, now + later)


def proposal(turn: PairingTurn, **changed: object) -> Proposal:
    """The question about Tuesday, as it was asked on Friday, or different."""
    assert turn.state.proposal is not None
    return replace(turn.state.proposal, **changed)


def letters(turn: PairingTurn) -> list[str]:
    """What is written to whom, and the numbers in it."""
    return [
        f"{letter.person} {letter.touchpoint} "
        + " ".join(str(each["number"]) for each in letter.facts["slots"])
        for effect in turn.effects
        if isinstance(letter := effect.change, SendLetter)
    ]


def occasions(turn: PairingTurn) -> list[str]:
    """How the letters are named."""
    return [effect.stem.split("/", 3)[3].rsplit("/", 1)[0] for effect in turn.effects]


@pytest.mark.parametrize(
    ("changed", "written"),
    [
        ({}, ["ben proposal 1 2 3"]),
        ({"picked": 2}, []),  # answered
        ({"renew": "none"}, []),  # other times are looked for
        ({"vetting": True}, ["ana proposal-mentor 1 2 3"]),
        ({"because": "none", "round": 2}, ["ben proposal 1 2 3"]),
    ],
)
def test_which_letter_asks(changed: dict[str, object], written: list[str]) -> None:
    turn = turn_after("asked", timedelta())
    ask(turn, proposal(turn, **changed))
    assert letters(turn) == written


def test_not_at_night_and_its_silence_ends_the_letter() -> None:
    turn = turn_after("asked", timedelta())
    night = turn.now + timedelta(hours=8)  # half past nine in Kolkata
    ask(turn, proposal(turn, opened_at=night))
    assert turn.effects == []
    asked = proposal(turn)
    ask(turn, asked)
    assert [(e.opens, e.closes) for e in turn.effects] == [(asked.opened_at, asked.answer_by)]
    assert [e.reason for e in turn.effects] == ["another time is needed (cancelled)"]


@pytest.mark.parametrize(("cause", "explained"), [("cancelled", "vanished"), ("declined", "")])
def test_only_what_vanished_from_a_calendar_counts_for_the_brake(
    cause: str, explained: str
) -> None:
    turn = turn_after("asked", timedelta())
    ask(turn, proposal(turn, cause=cause))
    assert [effect.explained for effect in turn.effects] == [explained]


def test_a_time_that_was_taken_is_named_in_the_letter_about_it() -> None:
    turn = turn_after("asked", timedelta())
    before = proposal(turn)
    offers = tuple(
        replace(o, open=o.number == 3, why="" if o.number == 3 else TAKEN) for o in before.offers
    )
    ask(turn, replace(before, offers=offers, because="gone", round=2))
    assert letters(turn) == ["ben slot-gone 3"]
    change = turn.effects[0].change
    assert isinstance(change, SendLetter)
    assert (change.facts["number"], change.facts["start"]) == (
        2,
        "2026-10-14T13:00:00Z",
    )  # the last


def test_when_the_mentor_has_said_what_is_possible_it_is_an_ordinary_question() -> None:
    turn = turn_after("asked", timedelta())
    ask(turn, proposal(turn, because="gone", vetted=True))
    assert letters(turn) == ["ben proposal 1 2 3"]
    assert occasions(turn) == [f"{THIS}#1.1v"]


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({}, [f"{THIS}#1.1", f"{THIS}#1"]),
        ({"occasion": 3, "round": 2}, [f"{THIS}#3.2", f"{THIS}#3"]),
        ({"vetted": True}, [f"{THIS}#1.1v", f"{THIS}#1v"]),
    ],
)
def test_each_list_and_each_reminder_has_a_name_of_its_own(
    changed: dict[str, object], named: list[str]
) -> None:
    turn = turn_after("asked", DAY)
    asked = proposal(turn, **changed)
    ask(turn, replace(asked, told_at=asked.opened_at))
    assert occasions(turn) == named


def recalled(later: timedelta, **changed: object) -> PairingTurn:
    """So much later, Ben having read the list."""
    turn = turn_after("asked", later)
    asked = proposal(turn, **changed)
    ask(turn, replace(asked, told_at=asked.opened_at))
    return turn


@pytest.mark.parametrize(
    ("later", "written"),
    [
        (DAY - timedelta(minutes=1), ["ben proposal 1 2 3"]),
        (DAY, ["ben proposal 1 2 3", "ben proposal-nudge 1 2 3"]),
    ],
)
def test_it_is_recalled_after_a_day(later: timedelta, written: list[str]) -> None:
    assert letters(recalled(later)) == written


def test_who_has_not_got_the_list_is_not_reminded_of_it() -> None:
    turn = turn_after("asked", DAY)
    ask(turn, proposal(turn, told_at=None))
    assert letters(turn) == ["ben proposal 1 2 3"]


@pytest.mark.parametrize(("minutes", "reminders"), [(60, 0), (61, 1)])
def test_not_in_the_last_hour_of_its_silence(minutes: int, reminders: int) -> None:
    told = proposal(turn_after("asked", DAY)).opened_at
    until = told + DAY + timedelta(minutes=minutes)
    assert len(letters(recalled(DAY, answer_by=until))) == 1 + reminders


@pytest.mark.parametrize(("minutes", "last"), [(60, True), (61, False)])
def test_the_last_that_comes_says_that_it_is_the_last(minutes: int, last: bool) -> None:
    """The second of two would lie in the last hour."""
    turn = turn_after("asked", DAY)
    program = replace(turn.program, nudge_after_hours=(24, 30))
    turn = Turn(replace(turn.world, program=program), turn.state, turn.now)
    asked = proposal(turn)
    until = asked.opened_at + timedelta(hours=30, minutes=minutes)
    ask(turn, replace(asked, told_at=asked.opened_at, answer_by=until))
    change = turn.effects[-1].change
    assert isinstance(change, SendLetter)
    assert (change.touchpoint, change.facts["last"]) == ("proposal-nudge", last)


# --- a reminder leaves out what one of the two has booked elsewhere


def second() -> datetime:
    """When the second of the times begins."""
    return proposal(turn_after("asked", DAY)).offers[1].start


ELSEWHERE: list[tuple[str, str, str, timedelta, str]] = [
    ("pairing/ana-chi", "meeting", "ana", timedelta(), "1 3"),
    ("pairing/ana-chi", "picked", "ana", timedelta(), "1 3"),
    ("pairing/dan-ben", "meeting", "ben", timedelta(), "1 3"),
    ("pairing/ana-chi", "meeting", "ana", HALF_HOUR, "1 2 3"),  # touching is free
    ("pairing/ana-chi", "offer", "ana", timedelta(), "1 2 3"),
    ("pairing/ana-chi", "letter", "ana", timedelta(), "1 2 3"),
    ("pairing/ana-ben", "picked", "ana", timedelta(), "1 2 3"),
    ("pairing/ana-ben", "meeting", "ana", timedelta(), "1 2 3"),
    ("pairing/ana-chi", "meeting", "chi", timedelta(), "1 2 3"),
]


def _shown(lane: str, kind: str, of: str, after: timedelta) -> str:
    """The numbers in the reminder, when that person is bound there at the second time, or so long after."""
    start = second() + after
    turn = turn_after("asked", DAY, Commitment(lane, kind, start, start + HALF_HOUR), of=of)  # type: ignore[arg-type]
    asked = proposal(turn)
    ask(turn, replace(asked, told_at=asked.opened_at))
    return letters(turn)[1].removeprefix("ben proposal-nudge ")


def test_it_shows_what_neither_has_booked_meanwhile() -> None:
    assert [(*row[:4], _shown(*row[:4])) for row in ELSEWHERE] == ELSEWHERE


def test_all_of_them_when_none_would_be_left() -> None:
    offers = proposal(turn_after("asked", DAY)).offers
    bound = [Commitment("pairing/ana-chi", "meeting", o.start, o.end) for o in offers]
    turn = turn_after("asked", DAY, *bound)
    asked = proposal(turn)
    ask(turn, replace(asked, told_at=asked.opened_at))
    assert letters(turn)[1:] == ["ben proposal-nudge 1 2 3"]


# --- regular times


@pytest.mark.parametrize(
    ("changed", "written"),
    [
        ({}, ["ben welcome-mentee 1 2 3"]),
        ({"cause": "change"}, ["ben regular-time 1 2 3"]),
        ({"vetting": True}, ["ana regular-time 1 2 3"]),
        ({"cause": "change", "vetting": True}, ["ana regular-time 1 2 3"]),
    ],
)
def test_the_first_regular_times_are_the_mentees_welcome(
    changed: dict[str, object], written: list[str]
) -> None:
    turn = turn_after("regular", timedelta())
    marks = {stem: mark for stem, mark in turn.marks.items() if "series#" not in stem}
    turn.marks = marks
    asked = proposal(turn, **changed)
    ask(turn, asked)
    assert letters(turn) == written
    assert turn.effects[0].closes == asked.answer_by


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({}, "mentee-1"),  # the same as after a welcome without times
        ({"round": 2}, "mentee-1.2-1"),
        ({"cause": "change"}, "mentee-1.1-1"),
        ({"cause": "change", "occasion": 2}, "mentee-2.1-1"),
    ],
)
def test_each_list_of_regular_times_is_recalled_by_itself(
    changed: dict[str, object], named: str
) -> None:
    turn = turn_after("regular", 2 * DAY)
    asked = proposal(turn, **changed)
    ask(turn, replace(asked, told_at=asked.opened_at))
    assert named in occasions(turn)
