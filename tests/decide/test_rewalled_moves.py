"""A whole series moved by its organizer, or cut and gone on as another one: what becomes of it and of each meeting
(RULES 5, row 8).

Not what is cancelled, cut or declined as a whole: that is test_rewalled.py.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from daemon.decide.keeping import as_it_stands
from daemon.decide.rewalled import agree_on
from daemon.decide.seen import PairingTurn
from daemon.domain.cadence import RegularTime, SeriesRule, Step
from daemon.domain.effect import TellAdmin
from daemon.domain.meeting import Meeting, Override, Place
from daemon.domain.pair import Agreed
from daemon.domain.value import replace
from tests.decide.pair_cast import (
    ANAS,
    LONG_AGO,
    MINUTE,
    NOW,
    TUESDAYS,
    berlin,
    day,
    mark,
    meeting,
    moved,
    reasons,
    series,
    turn_of,
)
from tests.decide.series_cast import OTHER, STEM, letter, looked, whole
from tests.stories.cast import PATIENT, line

WEDNESDAYS = replace(TUESDAYS, first="2026-10-07T11:00")
BIWEEKLY = replace(TUESDAYS, step=Step(weeks=2))
LATER = replace(TUESDAYS, first="2026-10-06T16:00")


def shown_as(rule: SeriesRule, **state: Any) -> PairingTurn:
    """The turn after the series was seen with that rule."""
    return looked(whole(rule), **state)


def places(turn: PairingTurn) -> list[str]:
    """Each meeting by its origin: standing, place and start."""
    return [
        f"{m.origin.wall[5:10]} {m.standing} {m.place.recurrence[5:] if m.place else '-'}"
        for m in turn.state.meetings
    ]


# --- all of it moved


def test_the_series_is_what_its_calendar_says_from_now_on() -> None:
    known = series(
        rule=replace(TUESDAYS, gaps=(day(13), day(20)), until=date(2027, 3, 1)),
        skips=(day(13), "2026-10-14T11:00"), left_out=(day(20),), known_to=day(20),
        overrides=(Override(day(34), NOW, NOW),), until_put=date(2027, 12, 31),
    )  # fmt: skip
    turn = shown_as(
        replace(WEDNESDAYS, gaps=("2026-10-21T11:00",), until=date(2027, 12, 31)),  # not ours yet
        series=(OTHER, known),
    )
    assert turn.state.series == (
        OTHER,
        replace(
            known, rule=replace(WEDNESDAYS, until=date(2027, 3, 1), gaps=("2026-10-21T11:00",)),
            version="v2", skips=("2026-10-14T11:00",), left_out=(), overrides=(), known_to="",
            changed_by="mentor", changed_at=NOW, answer_seen="NEEDS-ACTION",
        ),
    )  # fmt: skip
    assert turn.state.agreed == Agreed(at=RegularTime(2, 11, 0))
    assert reasons(turn) == ["the whole series was moved in its calendar, to 2026-10-07T11:00"]


def test_what_stands_there_is_what_we_would_ask_for() -> None:
    turn = shown_as(WEDNESDAYS, marks={STEM: mark(basis="of the Tuesdays")})
    basis = turn.marks[STEM].basis
    as_it_stands(turn, turn.state.series[0])
    assert turn.marks[STEM] == mark(basis=basis)
    assert basis != "of the Tuesdays"


def test_of_another_length_only_new_gaps_cancel() -> None:
    known = series(rule=replace(TUESDAYS, gaps=(day(13),)))
    longer = replace(TUESDAYS, length_minutes=45, gaps=(day(13), day(20)))
    fallen = meeting(13, standing="cancelled", cancelled_by="mentor", gone=True)
    turn = shown_as(longer, series=(known,), meetings=(fallen, meeting(20), meeting(27)))
    assert places(turn) == [
        "10-13 cancelled 10-13T15:00",
        "10-20 cancelled 10-20T15:00",
        "10-27 planned 10-27T15:00",
    ]
    assert turn.state.meetings[2].end == berlin("2026-10-27T15:45")


@pytest.mark.parametrize("rule", [WEDNESDAYS, BIWEEKLY], ids=["day", "rhythm"])
def test_at_other_dates_what_stands_there_is_on_again(rule: SeriesRule) -> None:
    fallen = meeting(20, standing="cancelled", cancelled_by="mentor", gone=True)
    known = series(rule=replace(TUESDAYS, gaps=(day(20),)))
    turn = shown_as(rule, series=(known,), meetings=(fallen,))
    assert turn.state.meetings[0].standing == "planned"
    assert turn.state.series[0].rule == rule


# --- each meeting


AT = "2026-10-14T11:00"
THERE: dict[str, Any] = {
    "place": Place(ANAS, "tuesdays", AT), "start": berlin(AT), "end": berlin(AT) + 45 * MINUTE,
    "version": "",
}  # fmt: skip
LONGER = replace(WEDNESDAYS, length_minutes=45)
FALLEN: dict[str, Any] = {"standing": "cancelled", "cancelled_by": "mentor", "cancelled_at": LONG_AGO, "gone": True}  # fmt: skip
BY_CHOICE: dict[str, Any] = {"standing": "skipped", "settled_by": "choice"}
ON_AGAIN: dict[str, Any] = {
    "standing": "moved", "cancelled_by": None, "cancelled_at": None, "gone": False, "looked_at": None,
    "changed_at": NOW, "moved_at": NOW, "moved_by": "mentor",
}  # fmt: skip
THURSDAY = "2026-10-15T16:00"
TOLD = {letter("moved", 13, "ben"): mark()}


@pytest.mark.parametrize(
    ("known", "gap", "marks", "after"),
    [
        (meeting(13), False, {}, {}),
        (
            meeting(13), True, {},
            {"standing": "cancelled", "cancelled_by": "mentor", "cancelled_at": NOW, "changed_at": NOW, "gone": True},
        ),
        (meeting(13, **FALLEN), False, {}, {"standing": "planned", "cancelled_by": None, "cancelled_at": None, "gone": False, "changed_at": NOW}),
        (meeting(13, **FALLEN), True, {}, {}),
        (meeting(13, **BY_CHOICE, gone=True), False, {}, {"gone": False}),
        (meeting(13, **BY_CHOICE), True, {}, {"gone": True}),
        (
            moved(13, THURSDAY), False, {},
            {"standing": "planned", "moved_from": None, "moved_at": None, "moved_by": ""},
        ),
        (
            moved(13, THURSDAY, moved_by="program", checked=True), False, TOLD,
            {"moved_from": berlin(THURSDAY), "moved_at": NOW, "moved_by": "mentor", "changed_at": NOW, "checked": False},
        ),
        (
            meeting(13, **FALLEN, looked_at=LONG_AGO), False, {letter("off", 13, "ben"): mark()},
            {**ON_AGAIN, "moved_from": berlin(day(13)), "checked": True},
        ),
        (
            moved(13, THURSDAY, **FALLEN, checked=True), False, TOLD,
            {**ON_AGAIN, "moved_from": berlin(THURSDAY), "checked": False},
        ),
        (
            moved(13, THURSDAY, **FALLEN), False, {},
            {**ON_AGAIN, "standing": "planned", "moved_from": None, "moved_at": None, "moved_by": ""},
        ),
    ],
    ids=[
        "planned", "left out", "back", "still out", "skipped", "skipped and out", "untold", "told",
        "back and told", "moved, back and told", "moved, back and untold",
    ],
)  # fmt: skip
def test_each_meeting_is_at_the_new_time_as_what_it_was(
    known: Meeting, gap: bool, marks: Any, after: Any
) -> None:
    rule = replace(LONGER, gaps=(AT,)) if gap else LONGER
    turn = shown_as(rule, meetings=(known,), marks=marks)
    assert turn.state.meetings == (replace(known, **{**THERE, **after}),)


@pytest.mark.parametrize(
    "known",
    [
        meeting(6, standing="held"),
        meeting(13, start=NOW),  # it has begun
        meeting(13, "another one"),
        meeting(13, place=None),
        meeting(13, place=Place(ANAS, "tuesdays")),
    ],
)
def test_what_is_over_or_no_part_of_it_stays_where_it_is(known: Meeting) -> None:
    turn = shown_as(WEDNESDAYS, meetings=(known,))
    assert turn.state.meetings == (known,)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (replace(WEDNESDAYS, first="2026-09-30T11:00"), "10-14"),
        (replace(TUESDAYS, first="2026-10-10T09:00"), "10-10"),  # three days before are nearer
        (replace(TUESDAYS, first="2026-10-09T09:00"), "10-16"),
        (replace(TUESDAYS, first="2026-10-20T09:00"), "10-20"),  # it begins later than that
        (replace(TUESDAYS, first="2026-10-07T09:00"), "10-14"),  # today's is over
        (replace(TUESDAYS, first="2026-10-07T10:00"), "10-14"),  # it begins now
        (replace(WEDNESDAYS, first="2026-09-02T11:00", step=Step(weeks=5)), "10-07"),
    ],
)
def test_each_goes_to_the_nearest_date_to_come(rule: SeriesRule, expected: str) -> None:
    turn = shown_as(rule, meetings=(meeting(13),))
    place = turn.state.meetings[0].place
    assert place is not None
    assert place.recurrence[5:10] == expected


def test_today_is_over_even_where_it_is_nearer() -> None:
    turn = shown_as(replace(TUESDAYS, first="2026-10-07T09:00"), meetings=(meeting(8),))
    assert places(turn) == ["10-08 planned 10-14T09:00"]


def test_where_there_are_fewer_dates_the_rest_is_left_out() -> None:
    three = (meeting(13), meeting(20), meeting(27))
    turn = shown_as(replace(BIWEEKLY, first=day(20)), meetings=three)
    gone: dict[str, Any] = {
        "standing": "skipped", "settled_by": "rule", "settled_at": NOW, "off": "change",
        "gone": True,
    }  # fmt: skip
    own = Place(ANAS, "tuesdays", day(20))
    assert turn.state.meetings[0] == replace(meeting(13), **gone)  # the 20th has its own
    assert turn.state.meetings[1] == meeting(20, place=own, version="")
    assert turn.state.meetings[2] == replace(meeting(27), **gone)  # no nearer to the 3rd


# --- what is agreed from then on


MONTHLY = SeriesRule("2026-10-13T15:00", "Europe/Berlin", 30, Step(months=1, nth=2))


@pytest.mark.parametrize(
    ("rule", "files", "agreed"),
    [
        (TUESDAYS, {}, Agreed()),
        (WEDNESDAYS, {}, Agreed(at=RegularTime(2, 11, 0))),
        (LATER, {}, Agreed(at=RegularTime(1, 16, 0))),
        (replace(TUESDAYS, first="2026-10-06T15:30"), {}, Agreed(at=RegularTime(1, 15, 30))),
        (BIWEEKLY, {}, Agreed(step=Step(weeks=2))),
        (replace(TUESDAYS, length_minutes=45), {}, Agreed(lengths_minutes=(45,))),
        (MONTHLY, {}, Agreed(at=RegularTime(1, 15, 0, 2), step=Step(months=1, nth=2))),
        # of two lengths it is one, and their common rhythm stays
        (BIWEEKLY, {"lengths_minutes": (30, 60)}, Agreed()),
        (replace(BIWEEKLY, length_minutes=45), {"lengths_minutes": (30, 60)}, Agreed(lengths_minutes=(45, 60))),
    ],
)  # fmt: skip
def test_what_is_not_so_already_is_agreed(rule: SeriesRule, files: Any, agreed: Agreed) -> None:
    turn = turn_of(of=replace(line(), **files) if files else line())
    agree_on(turn, series(rule=rule))
    assert turn.state.agreed == agreed
    assert turn.effects == []


def test_the_length_of_an_index_that_is_none_any_more_is_not_agreed() -> None:
    turn = turn_of()
    agree_on(turn, series(rule=replace(TUESDAYS, length_minutes=45), index=1))
    assert turn.state.agreed == Agreed()


@pytest.mark.parametrize(
    ("locked", "rule", "told"),
    [
        (("at",), WEDNESDAYS, True),
        (("at",), TUESDAYS, False),
        (("length",), WEDNESDAYS, False),
        (("length",), replace(TUESDAYS, length_minutes=45), True),
        (("at",), replace(TUESDAYS, length_minutes=45), False),
        (("ends", "cadence"), WEDNESDAYS, False),
    ],
)
def test_the_contact_hears_of_what_the_program_fixes(
    locked: Any, rule: SeriesRule, told: bool
) -> None:
    turn = turn_of(program=replace(PATIENT, locked=locked))
    agree_on(turn, series(rule=rule))
    what = "a series changed by hand in its calendar, which this program fixes"
    facts = TellAdmin("by-hand", {"what": what, "first": "Ana"})
    assert [(e.change, e.reason) for e in turn.effects] == [(facts, what)] * told
