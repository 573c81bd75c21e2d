"""The life of a pair as tables: what the files say of it, and what moves it on (RULES 1 and 3).

Not each step: those are in test_stopping.py, test_extending.py and tests/stories.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from daemon.decide.lifecycle import line_seen, live
from daemon.domain.cadence import Cadence
from daemon.domain.observation import LineSeen
from daemon.domain.pair import Agreed, Pause
from daemon.domain.people import Line
from daemon.domain.question import Question
from daemon.domain.value import replace
from daemon.domain.world import PairingState
from tests.decide.pair_cast import (
    BEGUN,
    berlin,
    reasons,
    ruled,
    tuesday,
    tuesdays,
    turn_of,
    written,
)
from tests.stories.cast import ANA, BEN, line

BERLIN, KOLKATA, TORONTO, UTC = "Europe/Berlin", "Asia/Kolkata", "America/Toronto", "UTC"


def roster(anchor: str, mentor: str = BERLIN, mentee: str = KOLKATA) -> Line:
    named = line(replace(ANA, zone=mentor), replace(BEN, zone=mentee))
    return replace(named, anchor=anchor)


def test_named_for_the_first_time_it_is_invited() -> None:
    state = line_seen(None, LineSeen(line(), BEGUN))
    zones = (BERLIN, BERLIN, KOLKATA)
    assert state == PairingState(line(), "invited", BEGUN, zones_of_files=zones)


def test_what_people_said_of_themselves_goes_on_counting() -> None:
    before = PairingState(line(), "active", BEGUN, agreed=Agreed(mentee_zone=TORONTO))
    state = line_seen(before, LineSeen(replace(line(), link="https://meet"), BEGUN))
    assert (state.line.link, state.line.mentee.zone) == ("https://meet", TORONTO)
    assert (state.standing, state.zones_of_files) == ("active", (BERLIN, BERLIN, KOLKATA))


@pytest.mark.parametrize(
    ("before", "after", "anchor"),
    [
        (roster(BERLIN), roster(BERLIN), BERLIN),
        (roster(BERLIN), roster(TORONTO, mentor=TORONTO), BERLIN),  # the mentor moved
        (
            roster(KOLKATA),
            roster(TORONTO, mentee=TORONTO),
            KOLKATA,
        ),  # the mentee, whose clock counts
        (roster(BERLIN), roster(UTC), UTC),  # an admin names another clock
        (roster(BERLIN), roster(KOLKATA), KOLKATA),  # that of the other one: nobody has moved
        (roster(BERLIN), roster(KOLKATA, mentor=TORONTO), KOLKATA),
    ],
)
def test_whose_clock_counts_is_fixed_and_only_an_admin_changes_it(
    before: Line, after: Line, anchor: str
) -> None:
    zones = (before.anchor, before.mentor.zone, before.mentee.zone)
    known = PairingState(before, "active", BEGUN, series=(tuesdays(),), zones_of_files=zones)
    state = line_seen(known, LineSeen(after, BEGUN))
    assert state.line.anchor == anchor
    assert state.zones_of_files == (after.anchor, after.mentor.zone, after.mentee.zone)


@pytest.mark.parametrize(
    ("series", "zones"), [((), (BERLIN, BERLIN, KOLKATA)), ((tuesdays(),), ())]
)
def test_before_there_is_a_series_it_follows_the_files(series: Any, zones: Any) -> None:
    known = PairingState(line(), "active", BEGUN, series=series, zones_of_files=zones)
    assert line_seen(known, LineSeen(roster(TORONTO, mentor=TORONTO), BEGUN)).line.anchor == TORONTO


def test_a_clock_that_was_kept_is_kept_when_the_files_change_something_else() -> None:
    zones = (TORONTO, TORONTO, KOLKATA)  # Ana has moved, the series went on by the clock of Berlin
    kept = roster(BERLIN, mentor=TORONTO)
    known = PairingState(kept, "active", BEGUN, series=(tuesdays(),), zones_of_files=zones)
    again = replace(roster(TORONTO, mentor=TORONTO), link="https://meet")
    assert line_seen(known, LineSeen(again, BEGUN)).line.anchor == BERLIN


SOON, LATER = BEGUN + timedelta(days=9), BEGUN + timedelta(days=12)


@pytest.mark.parametrize(
    ("state", "before", "since"),
    [
        ("active", None, None),
        ("closing", None, LATER),
        ("closed", None, LATER),
        ("closing", SOON, SOON),  # another value of the line changes
        ("active", SOON, None),
    ],
)
def test_since_when_the_files_let_it_end_is_remembered(state: Any, before: Any, since: Any) -> None:
    known = PairingState(line(), "active", BEGUN, closing_at=before)
    seen = LineSeen(replace(line(), state=state), LATER)
    assert line_seen(known, seen).closing_at == since
    assert line_seen(None, seen).closing_at == (LATER if since else None)


# --- what moves it on


def test_while_it_is_invited_whoever_has_not_said_yes_is_asked() -> None:
    turn = turn_of(standing="invited", since=BEGUN, mentor_yes=None, mentee_yes=None)
    live(turn)
    assert list(written(turn)) == ["welcome-mentor-connected ana"]
    assert (turn.state.standing, turn.state.series) == ("invited", ())


@pytest.mark.parametrize(
    ("mentor_yes", "mentee_yes", "standing"),
    [(BEGUN, BEGUN, "active"), (BEGUN, None, "invited"), (None, BEGUN, "invited")],
)
@pytest.mark.parametrize(
    ("pair", "known"),
    [
        (line(), True),
        (replace(line(), at=None), False),
        (replace(line(), at=None, cadence=Cadence(sessions=3, within_days=42)), True),
    ],
)
def test_active_once_both_said_yes_and_the_time_is_known(
    mentor_yes: Any, mentee_yes: Any, standing: str, pair: Line, known: bool
) -> None:
    yes = {"mentor_yes": mentor_yes, "mentee_yes": mentee_yes}
    turn = turn_of(of=pair, standing="invited", **yes)
    live(turn)
    assert turn.state.standing == (standing if known else "invited")
    assert ("both said yes" in reasons(turn)) == (turn.state.standing == "active")
    assert bool(turn.state.series) == (turn.state.standing == "active" and pair.at is not None)


@pytest.mark.parametrize(("standing", "over"), [("paused", True), ("active", False)])
def test_a_pause_ends_by_itself(standing: str, over: bool) -> None:
    pause = Pause(BEGUN, date(2026, 10, 9), "mentee")
    turn = turn_of(standing=standing, pause=pause, now="2026-10-07T10:00")
    live(turn)
    assert (turn.state.standing, turn.state.pause is None) == ("active", over)


def test_a_pause_of_the_files_begins_where_it_is_active() -> None:
    pair = replace(line(), state="paused", resumes=date(2026, 11, 2))
    turn = turn_of(of=pair, now="2026-10-07T10:00")
    live(turn)
    assert (turn.state.standing, turn.state.pause) == (
        "paused", Pause(turn.now, date(2026, 11, 2), "admin"),
    )  # fmt: skip


@pytest.mark.parametrize("standing", ["active", "paused", "closing"])
def test_the_end_of_the_files_is_kept_whatever_the_standing(standing: str) -> None:
    pair = line(ends=date(2026, 10, 10))
    pause = Pause(BEGUN, date(2026, 12, 1), "mentee") if standing == "paused" else None
    known = {"series": (tuesdays(),), "pause": pause}
    turn = turn_of(tuesday(13), of=pair, standing=standing, **known)
    live(turn)
    assert (turn.state.standing, turn.state.meetings[0].off) == ("closing", "end")


def test_two_weeks_before_it_both_are_asked() -> None:
    turn = turn_of(now="2026-11-20T10:00", of=line(ends=date(2026, 12, 1)), series=(tuesdays(),))
    live(turn)
    assert [q.kind for q in turn.state.questions] == ["extend", "extend"]


def test_when_it_was_closed_is_remembered_once_and_nothing_moves_it_any_more() -> None:
    asked = (Question("clash", "mentor", "x", BEGUN, BEGUN + timedelta(days=7)),)
    roster = replace(line(), state="closed")
    turn = turn_of(of=roster, series=(tuesdays(),), closing_at=BEGUN, questions=asked)
    live(turn)
    assert turn.state.questions == ()
    assert (turn.state.standing, turn.state.closed_at) == ("closed", turn.now)
    later = turn.now + timedelta(days=3)
    again = turn_of(
        now=later, of=line(), standing="closed", closed_at=turn.now, series=turn.state.series,
        program=ruled(minimum_weeks=1),
    )  # fmt: skip
    live(again)
    assert (again.state.standing, again.state.closed_at) == ("closed", turn.now)
    # the calendar still has to be told that the series has ended
    assert [e.kind for e in again.effects] == ["EndSeries"]
    assert reasons(again) == []


def test_an_active_pair_was_never_closed() -> None:
    turn = turn_of(series=(tuesdays(),), now=berlin("2026-10-07T10:00"))
    live(turn)
    assert turn.state.closed_at is None


@pytest.mark.parametrize(
    ("ends", "standing", "wakes"),
    [
        (date(2026, 10, 7), "invited", "2026-10-07T22:00"),  # the end of that day in Berlin
        (date(2026, 10, 6), "closed", None),
    ],
)
def test_an_end_that_comes_before_the_beginning_closes_it_by_itself(
    ends: date, standing: str, wakes: str | None
) -> None:
    invited = replace(line(ends=ends), anchor=BERLIN)
    turn = turn_of(standing="invited", of=invited, mentor_yes=None, mentee_yes=None)
    live(turn)
    assert turn.state.standing == standing
    if wakes:
        woken = turn.watch.wake_at
        assert woken is not None and woken.isoformat()[:16] == wakes
    else:
        assert reasons(turn)[0] == "ended by the files before it began"
