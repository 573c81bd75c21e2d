"""Checkers that look into the ledger and the lanes: what was owed, what agrees, and what waited.

Not the letters and calendars as people see them: see test_checkers.py.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Literal

import pytest

from daemon.domain.cadence import SeriesRule
from daemon.domain.effect import CancelMeeting, Receipt
from daemon.domain.meeting import Meeting, Origin, Place, Series
from daemon.domain.observation import Refused, Settled
from daemon.domain.people import LetterRules
from daemon.domain.proposal import Proposal
from daemon.domain.question import Question, QuestionKind
from daemon.domain.value import replace
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


@pytest.mark.parametrize(
    ("own", "programs", "lost"),
    [(None, 1, 1), (2, 1, 1), (3, 1, 0), (None, 3, 0), (1, 3, 1)],
    ids=["as ever", "too early", "agreed on", "of the program", "not of the pair"],
)
def test_i2_a_prep_comes_as_early_as_the_pair_or_its_program_says(
    own: int | None, programs: int, lost: int
) -> None:
    watched = Watched(replace(line(), letters=LetterRules(prep_mentee_days=own)))
    watched.checkers.oracle.leads = {watched.of.program: programs}
    watched.event("friday", FRIDAY)
    tuesday, text = at("12:30", day=3), "Fri 6 Nov, 19:30\n"
    assert watched.reads(letter(PREP_KEY, moment=tuesday, text=text)) == ({"I3": 1} if lost else {})
    notes = letter(NOTES_KEY, moment=at("15:00", day=6), text=text, cites=(f"<{PREP_KEY}@ids>",))
    watched.reads(notes)
    long_ago = at("00:00") - timedelta(days=9)
    assert watched.ended(FRIDAY, since=long_ago).get("I2", 0) == lost


@pytest.mark.parametrize(("stood", "lost"), [(107, 0), (108, 2)])
def test_i2_one_that_is_put_within_the_lead_is_not_owed_its_letters(stood: int, lost: int) -> None:
    watched = Watched(replace(line(), letters=LetterRules(prep_mentee_days=3)))
    watched.ended(FRIDAY, since=FRIDAY - timedelta(hours=stood))
    assert watched.checkers.lost == lost


@pytest.mark.parametrize(
    ("act", "told", "found"),
    [
        ("decline-series", "off", {}),
        ("decline-series", "copy", {"I2": 2}),
        ("decline", "off", {"I2": 2}),
    ],
)
def test_i2_who_declined_all_of_it_is_prepared_for_none_of_it_once_the_other_one_has_read_so(
    watched: Watched, act: str, told: str, found: dict[str, int]
) -> None:
    watched.event("friday", FRIDAY)
    watched.did(act)
    watched.reads(
        letter(f"{told}/{LANE}/{ORIGIN}/ana/1", to=ANA.address, moment=at("12:30", day=5))
    )
    watched.checkers.found.clear()
    assert watched.ended(FRIDAY, since=at("00:00")) == found


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
    active = PairingState(line(), "active", at("00:00"), series=(series,), meetings=(meeting,))
    decide(watched.store, lane=LANE, state=active)
    assert watched.at_the_end(at("00:00", day=5)) == found


def test_i5_two_live_series(watched: Watched) -> None:
    watched.series("s")
    watched.series("t")
    assert watched.at_the_end(at("00:00", day=5)) == {"I5": 1}


@pytest.mark.parametrize("standing", ["paused", "closed"])
def test_i5_nothing_takes_place_in_a_pause_or_after_the_end(
    watched: Watched, standing: Literal["paused", "closed"]
) -> None:
    decide(watched.store, lane=LANE, state=PairingState(line(), standing, at("00:00")))
    assert watched.at_the_end(at("00:00", day=5)) == {}
    watched.event("left", at("14:00", day=10))
    assert watched.at_the_end(at("00:00", day=5)) == {"I5": 1}


def test_i5_what_stands_for_the_same_two_anew_is_of_that_pairing(watched: Watched) -> None:
    decide(watched.store, lane=LANE, state=PairingState(line(), "closed", at("00:00")))
    watched.event("theirs", at("14:00", day=10))
    anew = replace(line(), pairing="anew")
    watched.checkers.lines = {**watched.checkers.lines, "anew": anew}
    assert watched.at_the_end(at("00:00", day=5)) == {}


# --- I8: caps


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (["prep-mentee 3 12:30", "notes 4 12:30", "wish 5 12:30"], {}),
        (["prep-mentee 3 12:30", "notes 3 17:00"], {"I8": 1}),
        (["notes 3 17:00", "notes 3 20:00"], {}),  # 20:00Z is the next day in Kolkata
        (["notes 3 17:00", "copy 3 17:01", "moved 3 17:02"], {}),
        (["notes 3 12:00", "wish 4 12:00", "kindly 5 12:00", "extend 10 11:59"], {"I8": 1}),
        (["notes 3 12:00", "wish 4 12:00", "kindly 5 12:00", "extend 10 12:00"], {}),
    ],
)
def test_i8_a_letter_a_day_and_three_a_week_but_those_that_do_not_count(
    watched: Watched, asked: list[str], found: dict[str, int]
) -> None:
    for each in asked:
        kind, day, clock = each.split()
        ask_for(watched, f"{kind}/{LANE}/{each.replace(' ', '-')}/ben", at(clock, day=int(day)))
    assert watched.at_the_end(at("00:00", day=12)) == found


@pytest.mark.parametrize(("hour", "found"), [("09:00", {}), ("18:00", {"I8": 1})])
def test_i8_what_is_urgent_goes_all_the_same(
    watched: Watched, hour: str, found: dict[str, int]
) -> None:
    """The meeting is on the third at 14:00Z: from its eve on it can wait no longer."""
    ask_for(watched, f"notes/{LANE}/x/ben", at("08:00", day=3) - timedelta(days=hour > "10:00"))
    eve = at(hour, day=3) - timedelta(days=hour > "10:00")
    ask_for(watched, f"prep-mentee/{LANE}/2026-11-03T15:00[Europe/Berlin]/ben", eve)
    assert watched.at_the_end(at("00:00", day=12)) == found


def ask_for(watched: Watched, stem: str, moment: datetime) -> None:
    decide(watched.store, letter_effect(stem), lane=LANE, now=moment)
    later = watched.store.claim(moment, LEASE, NOBODY)
    assert later is not None
    watched.store.settle(later, Settled(later.effect.key, Receipt(), moment), now=moment)


# --- I11: what waited behind others, or for an answer


@pytest.mark.parametrize(
    ("kind", "answer_by", "told", "found"),
    [
        ("wish", "20:59", False, {"I11": 1}), ("wish", "21:00", False, {}),
        ("check", "20:59", True, {"I11": 1}), ("check", "20:59", False, {}),
        ("chemistry", "20:59", True, {"I11": 1}), ("chemistry", "20:59", False, {}),
    ],
)  # fmt: skip
def test_i11_a_question_ends_with_its_answer_by(
    watched: Watched, kind: QuestionKind, answer_by: str, told: bool, found: dict[str, int]
) -> None:
    """It is midnight; silence is noticed within three hours. Who waits to be asked has not been silent."""
    told_at = at("08:00") if told else None
    question = Question(kind, "mentee", "w", at("00:00"), at(answer_by, day=4), told_at=told_at)
    asked = PairingState(line(), "active", at("00:00"), questions=(question,))
    decide(watched.store, lane=LANE, state=asked)
    assert watched.at_the_end(at("00:00", day=5)) == found


@pytest.mark.parametrize(
    ("booked", "found"), [(False, {"I11": 1}), (True, {})], ids=["open", "being booked"]
)
def test_i11_a_proposal_ends_with_its_answer_by(
    watched: Watched, booked: bool, found: dict[str, int]
) -> None:
    proposal = Proposal(
        Origin("2026-11-03T15:00", "Europe/Berlin"), "mentee", "cancelled", at("00:00"),
        at("12:00"), (), booked=booked,
    )  # fmt: skip
    asked = PairingState(line(), "active", at("00:00"), proposal=proposal)
    decide(watched.store, lane=LANE, state=asked)
    assert watched.at_the_end(at("00:00", day=5)) == found


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


def test_a_state_that_grows_without_bound_is_told(watched: Watched) -> None:
    marks = {f"prep/{n}": Mark(1, "b1", "settled", at("09:00")) for n in range(200)}
    decide(watched.store, lane=LANE, state=PairingState(line(), "active", at("00:00"), marks=marks))
    watched.checkers.crashed(watched.store)
    (told,) = watched.checkers.violations
    assert re.fullmatch(rf"size .*Z {LANE}: \d+ bytes in the row marks", told)


def test_what_a_lane_remembers_of_nobody_is_no_breach(watched: Watched) -> None:
    decide(watched.store, lane=LANE, state=state("closed"))
    assert watched.at_the_end(at("00:00", day=5)) == {}
