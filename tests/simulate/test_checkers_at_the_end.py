"""Checkers that look into the ledger and the lanes: what was owed, what agrees, and what waited.

Not the letters and calendars as people see them: see test_checkers.py.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from daemon.domain.cadence import SeriesRule
from daemon.domain.effect import CancelMeeting
from daemon.domain.meeting import Meeting, Origin, Place, Series
from daemon.domain.observation import Refused
from daemon.domain.world import Mark, PairingState
from tests.conformance.store_words import (
    LEASE,
    NOBODY,
    at,
    claim,
    decide,
    done,
    effect,
    state,
    taken,
)
from tests.conformance.store_words import letter as letter_effect
from tests.simulate.watched import HALF_AN_HOUR, LANE, Watched, letter
from tests.stories.cast import ANA, line

FRIDAY = at("14:00", day=6)
ORIGIN = "2026-11-06T15:00[Europe/Berlin]"
PREP_KEY = f"prep-mentee/{LANE}/{ORIGIN}/ben/1"
NOTES_KEY = f"notes/{LANE}/{ORIGIN}/ben/1"
RULE = SeriesRule("2026-11-03T15:00", "Europe/Berlin", 30)


@pytest.fixture
def watched() -> Watched:
    return Watched()


def hear_of_friday(watched: Watched, *keys: str) -> None:
    """Ben gets these letters about Friday's meeting, the prep on Thursday and the notes letter after."""
    watched.event("friday", FRIDAY)
    text = "Fri 6 Nov, 19:30\n"
    before = ""
    for key in keys:
        moment = at("12:30", day=5) if key == PREP_KEY else at("15:00", day=6)
        cites = (f"<{before}@ids>",) if before else ()
        watched.reads(letter(key, moment=moment, text=text, cites=cites))
        before = key


# --- I2: what was owed


@pytest.mark.parametrize(
    ("keys", "lost"), [((PREP_KEY, NOTES_KEY), 0), ((PREP_KEY,), 1), ((NOTES_KEY,), 1), ((), 2)]
)
def test_i2_a_meeting_that_stood_has_its_prep_and_its_notes_letter(
    watched: Watched, keys: tuple[str, ...], lost: int
) -> None:
    hear_of_friday(watched, *keys)
    assert watched.ended(FRIDAY, since=at("00:00")) == ({"I2": lost} if lost else {})
    assert watched.checkers.lost == lost


def test_i2_a_reason_in_the_ledger_explains_a_missing_letter(watched: Watched) -> None:
    hear_of_friday(watched, PREP_KEY)
    skipped = ((NOTES_KEY, "there is a note already"),)
    decide(watched.store, lane=LANE, now=at("16:00", day=6), skip=skipped)
    assert watched.ended(FRIDAY, since=at("00:00")) == {}


def test_i2_nothing_is_owed_about_what_was_put_at_the_last_moment(watched: Watched) -> None:
    assert watched.ended(FRIDAY, since=FRIDAY - timedelta(hours=59)) == {}


@pytest.mark.parametrize(
    ("who", "said", "lost"),
    [
        ("mentor", at("12:00", day=5), 0),  # "can't": it stays until a time is found (RULES 11)
        ("mentee", at("12:00", day=5), 1),  # it should have been taken off
        ("mentee", at("13:00", day=6), 0),  # too late for that
        ("mentor", at("12:00", day=3), 1),  # that was about the meeting before
    ],
)
def test_i2_what_was_said_off_owes_nothing(
    watched: Watched, who: str, said: datetime, lost: int
) -> None:
    hear_of_friday(watched, PREP_KEY)
    words = watched.people.cannot if who == "mentor" else watched.people.skipped
    words["ana-ben"] = [said]
    watched.ended(FRIDAY, since=at("00:00"))
    assert watched.checkers.lost == lost


@pytest.mark.parametrize("because", ["out of reach", "refused"])
def test_i2_what_could_not_be_taken_off_owes_nothing(watched: Watched, because: str) -> None:
    hear_of_friday(watched, PREP_KEY)
    watched.people.skipped["ana-ben"] = [at("12:00", day=5)]
    if because == "refused":
        skip = effect(f"cancel/ana-ben/{ORIGIN}", CancelMeeting(Place(ANA.address, "friday")))
        decide(watched.store, skip, lane=LANE, now=at("12:01", day=5))
        claim = watched.store.claim(at("12:01", day=5), LEASE, NOBODY)
        assert claim is not None
        refused = Refused(skip.key, "permanent", "no right", at("12:01", day=5))
        watched.store.settle(claim, refused, now=at("12:01", day=5))
    else:
        watched.checkers.locked[ANA.address].append((at("11:00", day=5), at("11:00", day=7)))
    assert watched.ended(FRIDAY, since=at("00:00")) == {}


# --- I5: calendar and plan


@pytest.mark.parametrize(("hours_off", "found"), [(0, {}), (1, {"I5": 1})])
def test_i5_the_calendar_shows_what_is_planned(
    watched: Watched, hours_off: int, found: dict[str, int]
) -> None:
    watched.series("s")
    start = at("14:00", day=10) + timedelta(hours=hours_off)
    meeting = Meeting(Origin("2026-11-10T15:00", "Europe/Berlin"), start, start + HALF_AN_HOUR)
    series = Series(ANA.address, "s", 1, RULE, standing="put")
    active = PairingState(line(), "active", at("00:00"), series=series, meetings=(meeting,))
    decide(watched.store, lane=LANE, state=active)
    assert watched.at_the_end(at("00:00", day=5)) == found


def test_i5_two_live_series(watched: Watched) -> None:
    watched.series("s")
    watched.series("t")
    assert watched.at_the_end(at("00:00", day=5)) == {"I5": 1}


# --- I11: what waited behind others


@pytest.mark.parametrize(
    ("settled", "found"), [("11:59", {}), ("12:01", {"I11": 1})], ids=["soon", "late"]
)
def test_i11_what_is_due_is_done_soon(
    watched: Watched, settled: str, found: dict[str, int]
) -> None:
    decide(watched.store, letter_effect("prep/1"), lane=LANE, now=at("09:00"))
    assert done(watched.store, taken(watched.store, settled), settled)
    assert watched.at_the_end(at("00:00", day=5)) == found


def test_i11_what_was_deferred_itself_may_be_late(watched: Watched) -> None:
    decide(watched.store, letter_effect("prep/1"), lane=LANE, now=at("09:00"))
    first = taken(watched.store, "09:00")
    watched.store.defer(first, at("12:00"), "the server is busy", now=at("09:00"))
    assert done(watched.store, taken(watched.store, "12:01"), "12:01")
    assert watched.at_the_end(at("00:00", day=5)) == {}


# --- I12: what is believed to be on its way


def test_i12_state_and_outbox_agree(watched: Watched) -> None:
    live = PairingState(
        line(), "invited", at("00:00"), marks={"prep/1": Mark(0, "b1", "live", at("09:00"))}
    )
    decide(watched.store, letter_effect("prep/1"), lane=LANE, state=live)
    watched.checkers.crashed(watched.store)
    assert watched.found == {}


def test_i12_settled_but_not_read_yet_agrees_as_well(watched: Watched) -> None:
    test_i12_state_and_outbox_agree(watched)
    assert done(watched.store, taken(watched.store))
    assert claim(watched.store) is None
    watched.checkers.crashed(watched.store)
    assert watched.found == {}


def test_i12_a_letter_that_never_reached_the_outbox_is_told_once(watched: Watched) -> None:
    live = PairingState(
        line(), "invited", at("00:00"), marks={"prep/1": Mark(0, "b1", "live", at("09:00"))}
    )
    decide(watched.store, lane=LANE, state=live)
    watched.checkers.crashed(watched.store)
    watched.checkers.crashed(watched.store)
    assert watched.found == {"I12": 1}
    assert watched.checkers.violations == [
        "I12 2026-11-02 00:00Z on its way, but in no queue: prep/1/0"
    ]


def test_what_a_lane_remembers_of_nobody_is_no_breach(watched: Watched) -> None:
    decide(watched.store, lane=LANE, state=state("closed"))
    assert watched.at_the_end(at("00:00", day=5)) == {}
