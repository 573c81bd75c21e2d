"""Which type a 1:1 is, and how its agenda fills its time.

Not the preps that show it: tests/stories/test_meeting_types.py.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daemon.decide.looking_back import DONE_MOST, keep_done, look_back
from daemon.decide.meeting_types import (
    Before,
    agenda_of,
    first_that_fits,
    full_months,
    scaled,
    type_of,
)
from daemon.decide.meetings import materialise
from daemon.domain.agenda import TYPES, Agenda, Block, Done, Met
from daemon.domain.cadence import Cadence
from daemon.domain.pair import Agreed, Tally
from daemon.domain.people import Days
from daemon.domain.thread import Action
from daemon.domain.value import replace
from tests.decide.pair_cast import (
    LONG_AGO,
    berlin,
    day,
    moved,
    origin,
    tuesday,
    tuesdays,
    turn_of,
)
from tests.decide.sessions_cast import TWO
from tests.stories.cast import PATIENT

ONE = (Block(30, "talk"),)
EVERY = replace(PATIENT, meeting_types=tuple(Agenda(each, ONE) for each in TYPES))


@pytest.mark.parametrize(
    ("since", "day", "months"),
    [
        ("2026-10-06", "2026-11-05", 0),
        ("2026-10-06", "2026-11-06", 1),
        ("2026-10-06", "2027-01-05", 2),
        ("2026-10-06", "2027-01-06", 3),
        ("2027-01-31", "2027-02-27", 0),
        ("2027-01-31", "2027-02-28", 1),  # full on the last day of a shorter month
        ("2026-10-06", "2026-10-05", -1),
    ],
)
def test_when_a_month_is_full(since: str, day: str, months: int) -> None:
    assert full_months(date.fromisoformat(since), date.fromisoformat(day)) == months


BEGAN = date(2026, 10, 6)


def known(day: str, met: str, *, last: bool = False) -> Before:
    """That day, when they met before it, of two who began on the sixth of October."""
    return Before(date.fromisoformat(day), BEGAN, date.fromisoformat(met), last)


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (Before(BEGAN), "first"),
        (Before(BEGAN, last=True), "first"),  # the only one there is
        (known("2026-10-13", "2026-10-06"), "regular"),
        (known("2026-11-03", "2026-10-27"), "regular"),
        (known("2026-11-10", "2026-11-03"), "monthly_review"),
        (known("2026-11-17", "2026-11-10"), "regular"),
        (known("2026-11-17", "2026-11-03"), "monthly_review"),  # that of the 10th fell out
        (known("2026-12-08", "2026-11-03"), "monthly_review"),  # two months, and one look back
        (known("2027-01-12", "2027-01-05"), "career"),
        (known("2027-01-19", "2027-01-12"), "regular"),  # it has taken the place of the month's
        (known("2027-01-19", "2027-01-05"), "career"),
        (known("2027-02-09", "2027-02-02"), "monthly_review"),
        (known("2027-04-13", "2026-12-29"), "career"),
        (known("2027-01-12", "2027-01-05", last=True), "closing"),
    ],
)
def test_types_by_the_days_on_which_they_met(before: Before, expected: str) -> None:
    assert first_that_fits(before, TYPES) == expected


def test_a_type_without_an_agenda_gives_way_to_the_next() -> None:
    quarter = known("2027-01-12", "2027-01-05", last=True)
    rest = list(TYPES)
    found = []
    while rest:
        kind = first_that_fits(quarter, rest)
        if kind is None:
            break
        found.append(kind)
        rest.remove(kind)
    assert found == ["closing", "career", "monthly_review", "regular"]


# --- from what the lane knows


def kinds(*meetings: Any, **more: Any) -> list[str | None]:
    """The type of each of them."""
    turn = turn_of(*meetings, **{"program": EVERY, "series": (tuesdays(),), **more})
    return [type_of(turn, each) for each in turn.state.meetings]


@pytest.mark.parametrize(
    ("meetings", "expected"),
    [
        ((tuesday(6), tuesday(13)), ["first", "regular"]),
        ((tuesday(6, "missed"), tuesday(13)), ["first", "first"]),
        ((tuesday(6, "skipped", settled_by="rule"), tuesday(13)), ["first", "first"]),
        ((tuesday(6, "held"), moved(13, "2026-11-09T10:00"), tuesday(20)), ["first", "regular", "regular"]),
        (
            (tuesday(6, "held"), moved(34, "2026-11-12T10:00"), tuesday(41)),
            ["first", "regular", "monthly_review"],  # moved past the month, and no look back all the same
        ),
        (
            (tuesday(6, "held"), moved(41, "2026-11-18T10:00"), tuesday(48)),
            ["first", "monthly_review", "regular"],  # it is looked back later, and once
        ),
        (
            (tuesday(6, "held"), tuesday(41, "cancelled"), tuesday(48), tuesday(55)),
            ["first", "monthly_review", "monthly_review", "regular"],
        ),
        (
            (tuesday(6, "held"), tuesday(41, "skipped", settled_by="rule"), tuesday(48)),
            ["first", "monthly_review", "monthly_review"],  # a holiday takes no look back away
        ),
    ],
)  # fmt: skip
def test_what_falls_out_leaves_its_type_to_the_next(
    meetings: tuple[Any, ...], expected: list[str]
) -> None:
    assert kinds(*meetings) == expected


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, "first"),
        ({"tally": Tally(due=4)}, "first"),  # four were due and none took place
        ({"tally": Tally(due=4, held=4), "met": Met(date(2026, 10, 6), date(2026, 10, 27))}, "regular"),
        ({"tally": Tally(due=4, held=4), "met": Met(date(2026, 9, 29), date(2026, 10, 27))}, "monthly_review"),
        ({"tally": Tally(due=4, held=4), "met": Met(date(2026, 8, 1), date(2026, 10, 27))}, "career"),
        ({"tally": Tally(due=4, held=4), "met": Met(date(2026, 9, 29), date(2026, 10, 30))}, "regular"),
    ],
)  # fmt: skip
def test_what_is_known_of_1_1s_that_the_lane_has_forgotten(
    more: dict[str, Any], expected: str
) -> None:
    assert kinds(tuesday(34), **more) == [expected]


LATER = {"tally": Tally(due=4, held=4), "met": Met(date(2026, 10, 1), date(2026, 10, 1))}
"""Less than a month before the 13th of October."""
ENDING = Agreed(ends=date(2026, 10, 27))


@pytest.mark.parametrize(
    ("meetings", "more", "expected"),
    [
        # the 20th and the 27th are still to come
        ((tuesday(13),), {}, ["regular"]),
        ((tuesday(13), tuesday(20), tuesday(27)), {}, ["regular", "regular", "closing"]),
        ((tuesday(13), tuesday(20), tuesday(27, "cancelled")), {}, ["regular", "regular", "closing"]),
        (
            (tuesday(13), tuesday(20), tuesday(27, "skipped", settled_by="choice")), {},
            ["regular", "closing", "closing"],
        ),
        (
            (tuesday(13), tuesday(20), tuesday(27, "cancelled", settled_by="silence")), {},
            ["regular", "closing", "closing"],
        ),
        # nothing is put there, because a time is looked for: the next step is past the end
        ((tuesday(13),), {"series": ()}, ["regular"]),
        ((tuesday(20),), {"series": ()}, ["regular"]),
        ((tuesday(27),), {"series": ()}, ["closing"]),
        # nobody knows yet whether it is put
        (
            (tuesday(13),),
            {"series": (tuesdays(until=date(2026, 10, 13), known_to=day(13), standing="asked"),)},
            ["regular"],
        ),
        # all dates until the end are off
        ((tuesday(13),), {"program": replace(EVERY, breaks=(Days(date(2026, 10, 14), date(2026, 12, 1)),))}, ["closing"]),
        # whoever takes the series off is asked first
        ((tuesday(13),), {"series": (tuesdays(until=date(2026, 10, 13), known_to=day(13), gone_at=LONG_AGO),)}, ["regular"]),
        ((tuesday(13),), {"series": (tuesdays(until=date(2026, 10, 13), known_to=day(13)),)}, ["closing"]),
        # no end, no last one
        ((tuesday(13),), {"agreed": Agreed()}, ["regular"]),
    ],
)  # fmt: skip
def test_the_last_one_before_the_end(
    meetings: tuple[Any, ...], more: dict[str, Any], expected: list[str]
) -> None:
    known_to = meetings[-1].origin.wall
    own = {"series": (tuesdays(until=date(2026, 10, 27), known_to=known_to),), "agreed": ENDING}
    assert kinds(*meetings, **{**LATER, **own, **more}) == expected


@pytest.mark.parametrize(
    ("meetings", "expected"),
    [
        ((tuesday(6),), ["first"]),
        ((tuesday(6, "held"), tuesday(20)), ["first", "closing"]),
        ((tuesday(6, "skipped", settled_by="choice"), tuesday(20)), ["first", "first"]),
        ((tuesday(6, "held"), tuesday(20, "cancelled")), ["first", "closing"]),
    ],
)
def test_the_last_of_a_plan_of_two_sessions(meetings: tuple[Any, ...], expected: list[str]) -> None:
    assert kinds(*meetings, of=TWO, series=()) == expected


def test_the_second_of_three_sessions_is_not_the_last() -> None:
    three = replace(TWO, cadence=Cadence(sessions=3, within_days=27))
    assert kinds(tuesday(6, "held"), tuesday(20), of=three, series=()) == ["first", "regular"]


def test_a_program_without_agendas_has_no_types() -> None:
    assert kinds(tuesday(6), tuesday(13), program=PATIENT) == [None, None]


AUTUMN = Met(date(2026, 9, 1), date(2026, 9, 29))


@pytest.mark.parametrize(
    ("standing", "held", "before", "after"),
    [
        ("held", 0, Met(), Met(date(2026, 10, 6), date(2026, 10, 6))),
        ("held", 4, AUTUMN, Met(date(2026, 9, 1), date(2026, 10, 6))),
        ("held", 4, Met(date(2026, 9, 1), date(2026, 10, 20)), Met(date(2026, 9, 1), date(2026, 10, 20))),
        ("missed", 0, Met(), Met()),
        ("skipped", 4, AUTUMN, AUTUMN),
    ],
)  # fmt: skip
def test_of_a_1_1_that_is_forgotten_the_day_stays(
    standing: str, held: int, before: Met, after: Met
) -> None:
    turn = turn_of(
        tuesday(6, standing), now=berlin("2026-12-01T10:00"), met=before, series=(tuesdays(),),
        tally=Tally(held=held),
    )  # fmt: skip
    materialise(turn)
    assert (turn.state.met, origin(6) in {m.origin for m in turn.state.meetings}) == (after, False)


# --- its agenda


def minutes(blocks: tuple[int, ...], length: int) -> list[int]:
    """How many of them each block gets."""
    return [each.minutes for each in scaled([Block(many, "x") for many in blocks], length)]


@pytest.mark.parametrize(
    ("blocks", "length", "expected"),
    [
        ((10, 40, 10), 60, [10, 40, 10]),
        ((10, 40, 10), 30, [5, 20, 5]),
        ((15, 30, 15), 30, [8, 15, 7]),
        ((5, 5, 5), 10, [4, 3, 3]),
        ((1, 58, 1), 30, [1, 28, 1]),
        ((1, 1, 58), 10, [1, 1, 8]),
        ((5, 20, 5), 60, [10, 40, 10]),
        ((1, 1, 1), 3, [1, 1, 1]),
        ((1, 1, 1), 2, []),
        ((), 30, []),
    ],
)
def test_an_agenda_fills_the_time_that_there_is(
    blocks: tuple[int, ...], length: int, expected: list[int]
) -> None:
    assert minutes(blocks, length) == expected


@given(st.lists(st.integers(1, 240), min_size=1, max_size=6), st.integers(6, 480))
def test_whole_minutes_that_add_up_and_none_of_a_block_is_lost(
    blocks: list[int], length: int
) -> None:
    found = minutes(tuple(blocks), length)
    assert (sum(found), len(found), min(found) >= 1) == (length, len(blocks), True)


def test_an_agenda_is_that_of_its_type() -> None:
    agendas = (Agenda("first", (Block(60, "hopes"),)), Agenda("regular", (Block(5, "topics"),)))
    assert agenda_of(agendas, "first", 30) == [Block(30, "hopes")]
    assert agenda_of(agendas, None, 30) == []


# --- looking back

MONTHLY = replace(PATIENT, meeting_types=(Agenda("monthly_review", ONE),))
MET = {"tally": Tally(due=1, held=1), "met": Met(date(2026, 9, 5), date(2026, 9, 29))}


def did(text: str, at: str) -> Action:
    """A to-do of Ben's that was done then."""
    return Action("a", "mentee", text, LONG_AGO, berlin(at))


def test_a_look_back_begins_with_what_was_done_since_the_last_one() -> None:
    held, coming = tuesday(6, "held"), tuesday(34 + 7)
    turn = turn_of(
        held, coming, program=MONTHLY, **MET,
        done=(Done("mentor", "of old", berlin("2026-10-05T10:00")), Done("mentor", "ask Priya", berlin("2026-10-20T10:00"))),
        actions=(did("the CV", "2026-11-09T10:00"), Action("b", "mentee", "open", LONG_AGO)),
    )  # fmt: skip
    assert look_back(turn, coming, type_of(turn, coming)) == {
        "done_since": [
            {"owner": "mentor", "text": "ask Priya", "kind": "todo"},
            {"owner": "mentee", "text": "the CV", "kind": "todo"},
        ],
    }
    assert look_back(turn, coming, "regular") == {"done_since": []}


@pytest.mark.parametrize(
    ("program", "standing", "kept"),
    [
        (PATIENT, "held", []),  # nobody will look back on it
        (MONTHLY, "held", ["the talk"]),  # on the rest the 1:1 of the 6th has looked back
        (
            MONTHLY,
            "planned",
            ["the CV", "the talk"],
        ),  # it may still be said that it did not take place
        (MONTHLY, "missed", ["the CV", "the talk"]),
    ],
)
def test_what_is_kept_of_to_dos_that_are_done(program: Any, standing: str, kept: list[str]) -> None:
    turn = turn_of(tuesday(6, standing), program=program, **MET)
    leaving = (did("the CV", "2026-10-05T10:00"), did("the talk", "2026-10-06T18:00"))
    assert [each.text for each in keep_done(turn, leaving)] == kept


def test_only_a_few_are_kept_and_each_is_short() -> None:
    turn = turn_of(program=MONTHLY)
    leaving = [did(f"{number} {'x' * 300}", "2026-10-05T10:00") for number in range(9)]
    found = keep_done(turn, leaving)
    assert len(found) == DONE_MOST and found[-1].text.startswith("8 x")
    assert {len(each.text) for each in found} == {120}
