"""What has to happen on a calendar for a single meeting, as tables: moved, put, taken off, or nothing (RULES 5).

Not what a receipt changes: test_calendar_receipts.py. Not what people read of it: tests/stories.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from daemon.decide.calendar import calendar_effects
from daemon.decide.keys import provider_id
from daemon.decide.seen import PairingTurn
from daemon.domain.effect import (
    CancelMeeting,
    Effect,
    Invite,
    MoveMeeting,
    PutMeeting,
    TellAdmin,
)
from daemon.domain.meeting import Meeting, Place, Series, Slot
from daemon.domain.value import replace
from daemon.domain.world import Mark
from tests.decide.pair_cast import ANAS, BENS, DAY, LINKED, MINUTE, NOW, ORIGIN, START
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

CHOSEN = "2026-10-15T13:00:00+00:00"


def wanted(draft: PairingTurn) -> list[Effect]:
    calendar_effects(draft)
    return draft.effects


def put(slot: Slot, generation: int = 1) -> PutMeeting:
    """A one-off of its own, on the mentor's calendar, with the mentee as guest."""
    uid = provider_id(f"put/ana-ben/{ORIGIN}/{generation}")
    return PutMeeting(ANAS, uid, slot, "Europe/Berlin", "1:1 Ana & Ben", (BENS,), LINKED.link)


# --- a time was chosen


def test_an_occurrence_that_exists_is_moved() -> None:
    assert wanted(turn(FALLEN, proposal=PICKED)) == [
        effect(
            "move", MoveMeeting(OCCURRENCE, THURSDAY, "v1"), THURSDAY.start, "option 2 was chosen",
            CHOSEN,
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    "meeting",
    [
        replace(FALLEN, gone=True),
        replace(PLANNED, standing="missed"),  # a deed of the past is not moved
        replace(FALLEN, place=None),
    ],
)
def test_one_that_is_gone_or_over_becomes_a_one_off(meeting: Meeting) -> None:
    assert wanted(turn(meeting, proposal=PICKED)) == [
        effect("put", put(THURSDAY), THURSDAY.start, "option 2 was chosen", CHOSEN)
    ]


@pytest.mark.parametrize("change", [{"booked": False}, {"origin": None}, {"picked": 9}])
def test_nothing_happens_before_a_time_is_known_to_be_free(change: dict[str, Any]) -> None:
    assert wanted(turn(FALLEN, proposal=replace(PICKED, **change))) == []


@pytest.mark.parametrize(
    ("gone", "now", "mark", "moves"),
    [
        (False, THURSDAY.start - MINUTE, None, ["move"]),
        (False, THURSDAY.start, None, ["tell"]),  # it has begun
        (False, NOW, Mark(1, CHOSEN, "refused", NOW), ["tell"]),
        (True, NOW, Mark(1, CHOSEN, "refused", NOW), ["tell"]),
        (True, NOW, Mark(8, "x", "refused", NOW), ["tell"]),  # it takes none at all
        # another time was refused, or that very one a day ago
        (False, NOW, Mark(1, "x", "refused", NOW), ["move"]),
        (True, NOW, Mark(1, "x", "refused", NOW), ["put"]),
        (True, NOW, Mark(1, CHOSEN, "refused", NOW - DAY), ["put"]),
        (True, NOW, Mark(1, "x", "conflict", NOW), ["put"]),
    ],
)
def test_a_time_that_the_calendar_does_not_take_is_closed_and_the_next_round_begins(
    gone: bool, now: datetime, mark: Mark | None, moves: list[str]
) -> None:
    stem = f"{'put' if gone else 'move'}/ana-ben/{ORIGIN}"
    marks = {stem: mark} if mark else {}
    draft = turn(replace(FALLEN, gone=gone), now=now, proposal=PICKED, marks=marks)
    assert [each.stem.split("/")[0] for each in wanted(draft)] == moves
    proposal = draft.state.proposal
    assert proposal
    if moves == ["tell"]:
        assert draft.effects[0].change == TellAdmin("refused", {"what": "move"})
        closed = replace(PICKED.offers[1], open=False, why="taken meanwhile")
        assert proposal == replace(
            PICKED, offers=(PICKED.offers[0], closed), booked=False, picked=0, renew="gone"
        )
    else:
        assert proposal == PICKED


def test_while_its_receipt_is_waited_for_it_is_neither_taken_off_nor_put_where_it_was() -> None:
    other = replace(PLANNED, origin=replace(ORIGIN, wall="2026-10-20T15:00"), place=None)
    left_out = replace(PLANNED, standing="skipped", settled_by="choice")
    assert [each.stem.split("/")[0] for each in wanted(turn(left_out, other, proposal=PICKED))] == [
        "move", "put",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("mark", "generation", "asked"),
    [
        (None, 1, True),
        (Mark(1, CHOSEN, "live", NOW), 1, False),
        (Mark(1, "2026-10-14T13:00:00+00:00", "live", NOW), 1, False),  # it is on its way
        (Mark(1, "2026-10-14T13:00:00+00:00", "settled", NOW), 2, True),
        (Mark(1, CHOSEN, "conflict", NOW), 2, True),
    ],
)
def test_every_new_one_off_has_an_id_of_its_own(
    mark: Mark | None, generation: int, asked: bool
) -> None:
    """The id that a deleted event still occupies is never asked for again (RULES 2)."""
    marks = {f"put/ana-ben/{ORIGIN}": mark} if mark else {}
    draft = turn(replace(FALLEN, gone=True), proposal=PICKED, marks=marks)
    assert [(e.generation, e.change) for e in wanted(draft)] == (
        [(generation, put(THURSDAY, generation))] if asked else []
    )


@pytest.mark.parametrize(
    ("verb", "meeting", "known"),
    [
        ("move", FALLEN, {"proposal": PICKED}),
        ("put", replace(PLANNED, place=None), {}),
        ("cancel", replace(PLANNED, standing="skipped", settled_by="choice"), {}),
    ],
)
def test_what_was_done_once_is_done_again_when_it_is_something_else(
    verb: str, meeting: Meeting, known: dict[str, Any]
) -> None:
    stem = f"{verb}/ana-ben/{ORIGIN}"
    draft = turn(meeting, marks={stem: Mark(1, "something else", "settled", NOW - DAY)}, **known)
    assert [each.key for each in wanted(draft)] == [f"{stem}/2"]


@pytest.mark.parametrize(
    ("verb", "meeting", "basis", "generation"),
    [
        ("move", FALLEN, CHOSEN, 1),  # moved by hand since
        ("put", replace(FALLEN, gone=True), CHOSEN, 1),  # taken off by UNDO since
        ("move", FALLEN, CHOSEN, 8),  # not for ever
        ("move", FALLEN, "something else", 9),
        ("put", replace(FALLEN, gone=True), "something else", 9),
    ],
)
def test_a_time_that_it_had_before_is_asked_for_again(
    verb: str, meeting: Meeting, basis: str, generation: int
) -> None:
    stem = f"{verb}/ana-ben/{ORIGIN}"
    marks = {stem: Mark(generation, basis, "settled", NOW - DAY)}
    asked = [each.key for each in wanted(turn(meeting, proposal=PICKED, marks=marks))]
    assert asked == ([] if generation == 8 else [f"{stem}/{generation + 1}"])


def test_so_is_one_that_a_pause_had_taken_along() -> None:
    stem = f"move/ana-ben/{ORIGIN}"
    marks = {stem: Mark(1, START.isoformat(), "settled", NOW - DAY)}
    back = replace(PLANNED, standing="moved", takes_back="move")
    assert [each.key for each in wanted(turn(back, marks=marks))] == [f"{stem}/2"]


# --- it stands, and is on no calendar


@pytest.mark.parametrize(
    ("meeting", "now", "expected"),
    [
        (replace(PLANNED, place=None), NOW, True),
        (replace(PLANNED, place=None, standing="moved"), START - MINUTE, True),
        (replace(PLANNED, place=None), START, False),  # it has begun
        (PLANNED, NOW, False),
        (replace(FALLEN, place=None), NOW, False),
        (replace(PLANNED, place=None, standing="held"), NOW, False),
    ],
)
def test_what_stands_without_an_event_is_put(
    meeting: Meeting, now: datetime, expected: bool
) -> None:
    draft = turn(meeting, now=now)
    found = [(e.change, e.reason, e.closes) for e in wanted(draft)]
    assert draft.skipped == []
    reason = "it stands, and is on no calendar yet"
    assert found == ([(put(PLANNED.slot), reason, START)] if expected else [])


@pytest.mark.parametrize(("ago", "asked"), [(19, []), (20, ["put"])])
def test_what_was_refused_was_told_then_and_is_put_after_a_rest_without_another_word(
    ago: int, asked: list[str]
) -> None:
    refused = Mark(1, START.isoformat(), "refused", NOW - timedelta(hours=ago))
    draft = turn(replace(PLANNED, place=None), marks={f"put/ana-ben/{ORIGIN}": refused})
    assert [each.stem.split("/")[0] for each in wanted(draft)] == asked


# --- left out


@pytest.mark.parametrize(
    ("changed", "reason", "explained"),
    [
        ({"settled_by": "choice"}, "left out (choice)", ""),
        ({"settled_by": "silence"}, "left out (silence)", ""),
        ({"settled_by": "rule", "off": "away"}, "left out (away)", ""),
        ({"settled_by": "rule", "off": "pause"}, "left out (pause)", ""),
        ({"settled_by": "rule", "off": "break"}, "left out (break)", "config"),
        ({"settled_by": "rule", "off": "holiday"}, "left out (holiday)", "config"),
    ],
)
def test_what_is_left_out_is_taken_off(
    changed: dict[str, Any], reason: str, explained: Any
) -> None:
    assert wanted(turn(replace(PLANNED, standing="skipped", **changed))) == [
        effect(
            "cancel", CancelMeeting(OCCURRENCE, "v1"), START, reason, "cancel tuesdays 2026-10-13T15:00",
            explained=explained,
        )
    ]  # fmt: skip


LEFT_OUT = replace(PLANNED, standing="skipped", settled_by="rule")
CUT = replace(SERIES, rule=replace(SERIES.rule, until=date(2026, 10, 12)))


@pytest.mark.parametrize(
    ("meeting", "series", "now", "taken"),
    [
        (LEFT_OUT, (SERIES,), START - MINUTE, True),
        (LEFT_OUT, (SERIES,), START, False),
        (replace(LEFT_OUT, gone=True), (SERIES,), NOW, False),
        (replace(LEFT_OUT, place=None), (SERIES,), NOW, False),
        (replace(LEFT_OUT, standing="cancelled"), (SERIES,), NOW, False),
        # a gap of the series, or its end, takes it along: one change of the calendar and not two
        (LEFT_OUT, (replace(SERIES, skips=("2026-10-13T15:00",)),), NOW, False),
        (LEFT_OUT, (replace(SERIES, skips=("2026-10-20T15:00",)),), NOW, True),
        (LEFT_OUT, (CUT,), NOW, False),
        (LEFT_OUT, (replace(CUT, rule=replace(CUT.rule, until=date(2026, 10, 13))),), NOW, True),
        # what people left out themselves is taken off whatever the series does
        (replace(LEFT_OUT, settled_by="choice"), (CUT,), NOW, True),
        # an event beside the series, or of one that is forgotten
        (replace(LEFT_OUT, place=ONE_OFF), (CUT,), NOW, True),
        (LEFT_OUT, (replace(CUT, uid="other"),), NOW, True),
    ],
)
def test_what_needs_no_change_of_its_own_gets_none(
    meeting: Meeting, series: tuple[Series, ...], now: datetime, taken: bool
) -> None:
    draft = turn(meeting, now=now, series=series)
    found = [type(each.change) for each in wanted(draft)]
    assert draft.skipped == []
    assert found == ([CancelMeeting] if taken else [])


# --- the guest is invited again


@pytest.mark.parametrize(
    ("changed", "asked"),
    [({"invites": True}, True), ({}, False), ({"invites": True, "standing": "ended"}, False)],
)
def test_the_guest_is_invited_to_the_series_that_stands(
    changed: dict[str, Any], asked: bool
) -> None:
    series = replace(SERIES, index=1, generation=3, version="v4", **changed)
    expected = Effect(
        "invite/ana-ben/1-3/ben", 1, "v4", "calendar", ANAS, Invite(Place(ANAS, "tuesdays"), (BENS,)), NOW,
        NOW + 14 * DAY, "the guest is not on it, and belongs there",
    )  # fmt: skip
    assert wanted(turn(series=(series,))) == ([expected] if asked else [])


@pytest.mark.parametrize(("version", "asked"), [("v5", ["/2"]), ("v4", [])])
def test_taken_off_another_time_the_guest_is_invited_another_time(
    version: str, asked: list[str]
) -> None:
    stem = "invite/ana-ben/0-1/ben"
    series = replace(SERIES, invites=True, version=version)
    draft = turn(series=(series,), marks={stem: Mark(1, "v4", "settled", NOW - DAY)})
    assert [each.key.removeprefix(stem) for each in wanted(draft)] == asked
