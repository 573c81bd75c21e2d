"""What is asked of the calendar for a series, and until when it is remembered (RULES 2, 6 and 10).

Not how a series begins or ends (test_series_begun.py), and not its change (test_changing.py).
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from daemon.decide.keeping import as_it_stands, keep_series
from daemon.decide.keys import provider_id
from daemon.decide.seen import PairingTurn
from daemon.domain.effect import Effect, EndSeries, PutSeries
from daemon.domain.meeting import Meeting
from daemon.domain.pair import Absence, Agreed, Pause
from daemon.domain.people import Days
from daemon.domain.value import replace
from daemon.domain.world import Mark
from tests.decide.pair_cast import (
    ANAS,
    DAY,
    LINKED,
    LONG_AGO,
    MINUTE,
    NOW,
    TUESDAYS,
    day,
    mark,
    meeting,
    moved,
    series,
    turn_of,
)
from tests.decide.series_cast import STEM
from tests.stories.cast import line

AFTER = 400 * DAY


def kept(**state: Any) -> PairingTurn:
    """The turn after everything was brought in line."""
    turn = turn_of(**{"of": LINKED, **state})
    keep_series(turn)
    return turn


def known(**more: Any) -> Mark:
    """The memory of a series that is on the calendar as it is now."""
    turn = turn_of(of=LINKED, series=(series(**more),), marks={STEM: mark()})
    as_it_stands(turn, turn.state.series[0])
    return turn.marks[STEM]


# --- put


def test_what_is_asked_for_says_all_of_it() -> None:
    rule = replace(TUESDAYS, gaps=(day(13), day(20), day(27), day(34)))
    own = series(
        rule=rule, standing="asked", put_at=None, skips=(day(27),), left_out=(day(13),),
        asked_generation=0,
    )  # fmt: skip
    turn = kept(series=(own,))
    asked = replace(rule, gaps=(day(13), day(27)))  # the others are the calendar's own
    put = PutSeries(ANAS, "tuesdays", asked, "1:1 Ana & Ben", ("ben@example.org",), LINKED.link)
    basis = turn.marks[STEM].basis
    assert turn.effects == [
        Effect(STEM, 1, basis, "calendar", ANAS, put, NOW, NOW + AFTER, "both said yes")
    ]
    assert turn.state.series == (replace(own, asked_generation=1),)


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (series("other", standing="asked", put_at=None), "both said yes"),
        (series("other"), "the series as it is agreed"),
        (series("other", standing="ended"), "the series as it is agreed"),
    ],
)
def test_a_length_that_is_added_later_was_agreed_on(other: Any, reason: str) -> None:
    added = series("added", standing="asked", put_at=None, index=1, asked_generation=0)
    turn = kept(standing="paused", series=(other, added), marks={STEM: known(uid="other")})
    assert [e.reason for e in turn.effects if e.stem == "series/ana-ben/1"] == [reason]


CHANGES: list[tuple[dict[str, Any], bool]] = [
    ({}, False),
    ({"version": "v7", "told": ("ben@example.org",), "known_to": day(20)}, False),
    ({"rule": replace(TUESDAYS, until=date(2027, 1, 1))}, False),  # an end is no change of it
    ({"uid": "another one"}, True),
    ({"rule": replace(TUESDAYS, first="2026-09-29T15:00")}, True),
    ({"skips": (day(27),), "rule": replace(TUESDAYS, gaps=(day(27),))}, True),
]


@pytest.mark.parametrize(("fields", "again"), CHANGES)
def test_the_same_again_is_nothing_and_a_change_is_put_once_more(
    fields: dict[str, Any], again: bool
) -> None:
    turn = kept(series=(series(**fields),), marks={STEM: known()})
    put = [each for each in turn.effects if isinstance(each.change, PutSeries)]
    assert [(e.generation, e.reason) for e in put] == [(2, "the series as it is agreed")] * again
    assert turn.state.series[0].asked_generation == 1 + again


def test_another_link_or_another_zone_or_length_by_hand_is_written_once() -> None:
    for rule in (replace(TUESDAYS, zone="Asia/Kolkata"), replace(TUESDAYS, length_minutes=45)):
        turn = turn_of(series=(series(rule=rule),), marks={STEM: known()}, standing="paused", of=LINKED)  # fmt: skip
        keep_series(turn)
        assert [each.generation for each in turn.effects] == [2]
        as_it_stands(turn, turn.state.series[0])
        turn.effects.clear()
        keep_series(turn)
        assert turn.effects == []
    turn = kept(of=line(), series=(series(),), marks={STEM: known()})
    assert [each.change.location for each in turn.effects if isinstance(each.change, PutSeries)] == [""]  # fmt: skip


def test_what_was_changed_by_hand_before_it_was_ever_put_is_no_memory() -> None:
    turn = turn_of(series=(series(),))
    as_it_stands(turn, turn.state.series[0])
    assert turn.marks == {}


@pytest.mark.parametrize("how", ["withdrawn", "conflict", "refused", "settled"])
@pytest.mark.parametrize("state", ["asked", "put"])
def test_after_a_conflict_about_its_id_it_has_another_one(how: Any, state: Any) -> None:
    at = NOW - 2 * DAY
    own = series(standing=state, put_at=None if state == "asked" else LONG_AGO)
    others = series("another one", index=1, standing="ended")
    turn = kept(series=(others, own), marks={STEM: Mark(1, "old", how, at)})
    fresh = state == "asked" and how in ("withdrawn", "conflict")
    uid = provider_id(f"{STEM}/2") if fresh else "tuesdays"
    assert turn.state.series == (others, replace(own, uid=uid, asked_generation=2))
    (put,) = turn.effects
    assert isinstance(put.change, PutSeries)
    assert put.change.uid == uid


AWAY = Absence("mentee", Days(date(2026, 12, 1), date(2026, 12, 2)), LONG_AGO)


@pytest.mark.parametrize(
    ("fields", "absences", "explained"),
    [
        ({"standing": "asked", "put_at": None}, (), ""),
        ({"standing": "asked", "put_at": None, "by_files": True}, (), "config"),
        ({}, (), "config"),
        ({}, (AWAY,), ""),
        ({"by_files": True}, (AWAY,), "config"),
    ],
)
def test_the_guard_weighs_what_nobody_of_the_pair_asked_for(
    fields: Any, absences: Any, explained: str
) -> None:
    turn = kept(series=(series(**fields),), absences=absences, marks={STEM: mark(basis="old")})
    assert [each.explained for each in turn.effects] == [explained]


# --- ended


def ended(until: date | None = date(2026, 10, 19), uid: str = "old", **more: Any) -> Any:
    return series(uid, replace(TUESDAYS, until=until), standing="ended", **more)


NEW = series("new", replace(TUESDAYS, first=day(20)), generation=2)


def endings(turn: PairingTurn) -> list[Effect]:
    return [each for each in turn.effects if isinstance(each.change, EndSeries)]


def test_an_end_is_asked_for_with_all_that_was_taken_off() -> None:
    rule = replace(TUESDAYS, until=date(2026, 10, 19), gaps=(day(13), day(41)))
    own = series("old", rule, standing="ended", skips=(day(34),), left_out=(day(27),))
    turn = kept(standing="paused", series=(own,))
    asked = replace(rule, gaps=(day(13), day(27), day(34), day(41)))
    change = EndSeries(
        ANAS, "old", asked, "1:1 Ana & Ben", ("ben@example.org",), LINKED.link, "v1"
    )  # fmt: skip
    assert turn.effects == [
        Effect(
            f"{STEM}/1/end", 1, "2026-10-19", "calendar", ANAS, change, NOW, NOW + AFTER,
            "it ends on 2026-10-19", explained="config",
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("own", "asked"),
    [
        (ended(), True),
        (ended(put_at=None), False),  # it never was on the calendar
        (ended(until_put=date(2026, 10, 19)), False),  # which knows it already
        (ended(None, until_put=date(2026, 10, 19)), True),  # it goes on
        (replace(ended(), standing="gone"), False),
        (replace(ended(), standing="put"), True),  # the pairing has an end
    ],
)
def test_an_end_is_asked_for_until_the_calendar_knows_it(own: Any, asked: bool) -> None:
    assert len(endings(kept(standing="paused", series=(own,)))) == asked


@pytest.mark.parametrize(
    ("own", "reason"),
    [
        (ended(), "it ends on 2026-10-19"),
        (ended(None, until_put=date(2026, 10, 19)), "it goes on"),
    ],
)
def test_the_reason_names_the_end_if_there_is_one(own: Any, reason: str) -> None:
    (end,) = endings(kept(standing="paused", series=(own,)))
    assert (end.reason, end.basis) == (reason, str(own.rule.until))


def test_the_same_end_is_asked_for_once_and_another_one_anew() -> None:
    marks = {f"{STEM}/1/end": mark(basis="2026-10-19")}
    assert endings(kept(standing="paused", series=(ended(),), marks=marks)) == []
    later = ended(date(2026, 10, 26))
    (again,) = endings(kept(standing="paused", series=(later,), marks=marks))
    assert (again.generation, again.basis) == (2, "2026-10-26")


# --- what is moved out of it first


OWN_EVENT = moved(20, "2026-10-21T11:00", place=None)
PUT = f"put/ana-ben/{day(20)}[Europe/Berlin]"


@pytest.mark.parametrize(
    ("known_meeting", "mark", "waits"),
    [
        (OWN_EVENT, None, True),
        (OWN_EVENT, "live", True),
        (OWN_EVENT, "settled", True),
        (OWN_EVENT, "withdrawn", True),
        (OWN_EVENT, "refused", False),  # it is not waited for in vain
        (OWN_EVENT, "skipped", False),
        (OWN_EVENT, "conflict", False),
        (moved(20, "2026-10-21T11:00"), None, False),
        (replace(OWN_EVENT, standing="skipped"), None, False),
        (replace(OWN_EVENT, start=NOW), None, False),  # it has begun
        (replace(OWN_EVENT, start=NOW + MINUTE), None, True),
    ],
)
def test_the_old_one_ends_when_what_outlives_it_has_an_event_of_its_own(
    known_meeting: Meeting, mark: Any, waits: bool
) -> None:
    marks = {PUT: Mark(1, "", mark, LONG_AGO)} if mark else {}
    turn = kept(
        standing="paused", series=(ended(), NEW), meetings=(known_meeting, meeting(13)), marks=marks
    )
    assert bool(endings(turn)) is not waits


def test_without_a_new_one_nothing_is_waited_for() -> None:
    assert endings(kept(standing="paused", series=(ended(),), meetings=(OWN_EVENT,)))


# --- why it ends


def ends_by(**state: Any) -> str:
    own = replace(ended(), standing="put")
    (end,) = endings(kept(standing="paused", **{"series": (own,), **state}))
    return end.explained


PAUSED = Pause(LONG_AGO, date(2026, 11, 1), "mentee")
BACK = replace(PAUSED, ended_by="mentee", ended_at=NOW)


@pytest.mark.parametrize(
    ("state", "explained"),
    [
        ({}, "config"),
        ({"series": (ended(), NEW)}, ""),  # the pair chose the new one
        ({"series": (ended(), replace(NEW, by_files=True))}, "config"),
        ({"pause": PAUSED}, ""),
        ({"pause": replace(PAUSED, by="admin")}, "config"),
        ({"stopped_by": "mentee"}, ""),
        ({"stopped_by": "admin"}, "config"),
        ({"resumed": BACK}, ""),  # UNDO of a pause in this very turn
        ({"resumed": replace(BACK, ended_at=LONG_AGO)}, "config"),
        ({"resumed": replace(BACK, ended_by="admin")}, "config"),
        ({"agreed": Agreed(ends=date(2027, 1, 1))}, ""),
        ({"agreed": Agreed(open_ended=True)}, ""),
    ],
)
def test_the_guard_weighs_an_end_that_the_files_say(state: Any, explained: str) -> None:
    assert ends_by(**state) == explained
