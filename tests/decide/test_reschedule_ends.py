"""Which meeting is asked about, and how a question comes to its end: by silence, after its rounds, or booked (RULES 7).

Not how it is taken back: test_reschedule.py.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from daemon.decide.reschedule import reschedule, waited
from daemon.decide.seen import PairingTurn
from daemon.domain.cadence import Cadence, Step
from daemon.domain.proposal import Proposal
from daemon.domain.value import replace
from daemon.domain.world import PairingState
from tests.decide.choosing_cast import NEXT, THIS, world
from tests.decide.pair_cast import DAY, HOUR, MINUTE
from tests.decide.reschedule_cast import Changes, outcome, said, tuesday, turn_with

LONG_AGO = datetime(2026, 10, 8, 8, tzinfo=UTC)
FELL: Changes = {"standing": "cancelled", "cancelled_by": "mentor", "changed_at": LONG_AGO}


def unread(turn: PairingTurn) -> PairingTurn:
    """Busy times could not be read."""
    turn.busy[0] = replace(turn.busy[0], failed=True)
    return turn


def open_proposal(name: str) -> Proposal:
    """The question of that pair."""
    state = world(name)[0].state
    assert isinstance(state, PairingState)
    assert state.proposal is not None
    return state.proposal


# --- opened


NEEDY: list[tuple[Changes, str]] = [
    (FELL, "meeting 1 2 3"),
    ({**FELL, "settled_by": "choice"}, "none"),
    ({**FELL, "settled_by": "no-times"}, "none"),
    ({"standing": "missed", "changed_at": LONG_AGO}, "meeting 1 2 3"),
    ({"standing": "missed", "settled_by": "silence"}, "none"),
    ({"standing": "held"}, "none"),
    ({}, "none"),
    ({"asked_by": "mentor"}, "meeting 1 2 3"),
    ({"standing": "skipped", "settled_by": "rule", "off": "break"}, "none"),
    (
        {"standing": "skipped", "settled_by": "rule", "off": "break", "asked_by": "mentee"},
        "meeting 1 2 3",
    ),
    (
        {"standing": "skipped", "settled_by": "rule", "off": "holiday", "asked_by": "mentee"},
        "meeting 1 2 3",
    ),
    (
        {"standing": "skipped", "settled_by": "rule", "off": "away", "asked_by": "mentee"},
        "none",
    ),
]


def test_which_meeting_needs_another_time() -> None:
    found = [(changed, outcome(turn_with("calm", meeting=changed))) for changed, _ in NEEDY]
    assert found == NEEDY


@pytest.mark.parametrize(
    ("standing", "becomes"),
    [("active", "meeting 1 2 3"), ("closing", "meeting 1 2 3"), ("paused", "none")],
)
def test_only_a_pair_that_goes_on_is_asked_about_it(standing: str, becomes: str) -> None:
    assert outcome(turn_with("calm", meeting=FELL, state={"standing": standing})) == becomes


def test_of_a_pair_that_the_files_end_nothing_is_asked() -> None:
    state = world("calm")[0].state
    assert isinstance(state, PairingState)
    line = replace(state.line, state="closing")
    assert outcome(turn_with("calm", meeting=FELL, state={"line": line})) == "none"


def test_the_earliest_is_asked_about_first_by_when_it_was_planned() -> None:
    turn = turn_with("calm", meeting={**FELL, "start": tuesday(turn_with("calm")).start + 20 * DAY})
    both = tuple(replace(m, **FELL) if str(m.origin) == NEXT else m for m in turn.state.meetings)
    turn.state = replace(turn.state, meetings=tuple(reversed(both)))
    reschedule(turn)
    assert turn.state.proposal is not None
    assert turn.state.proposal.about == THIS


@pytest.mark.parametrize(
    ("before", "changed", "minutes"),
    [
        (3 * HOUR, {}, 5),
        (2 * HOUR, {}, 5),
        (2 * HOUR - MINUTE, {}, 0),
        (3 * HOUR, {"asked_by": "mentee"}, 0),
        # dragged from what would have begun soon to what is far away
        (3 * DAY, {"moved_from": HOUR, "moved_at": True}, 0),
        (3 * DAY, {"moved_from": 2 * HOUR, "moved_at": True}, 5),
        # that drag was long ago, and something else has happened since
        (3 * DAY, {"moved_from": HOUR}, 5),
        # dragged to what begins soon
        (HOUR, {"moved_from": 3 * DAY, "moved_at": True}, 0),
    ],
)
def test_how_long_a_slip_is_waited_for(
    before: timedelta, changed: dict[str, object], minutes: int
) -> None:
    turn = turn_with("calm")
    changed_at = turn.now - MINUTE
    known: dict[str, object] = {"start": changed_at + before, "changed_at": changed_at}
    if "moved_from" in changed:
        known["moved_from"] = changed_at + changed["moved_from"]  # type: ignore[operator]
        known["moved_at"] = changed_at if changed.get("moved_at") else changed_at - DAY
    meeting = replace(tuesday(turn), asked_by=changed.get("asked_by"), **known)
    assert waited(turn, meeting) - changed_at == minutes * MINUTE


def test_what_was_never_changed_counts_from_now_on() -> None:
    turn = turn_with("calm")
    assert waited(turn, replace(tuesday(turn), changed_at=None)) == turn.now + 5 * MINUTE


# --- silence


@pytest.mark.parametrize(
    ("proposal", "before", "becomes"),
    [
        ({}, MINUTE, "meeting 1 2 3"),
        ({}, timedelta(), "lapsed"),
        ({"renew": "none"}, timedelta(), "meeting 4 5 6"),  # said in time
    ],
)
def test_its_silence_ends_to_the_minute(proposal: Changes, before: timedelta, becomes: str) -> None:
    until = world("asked")[1] + 3 * HOUR
    changed = {"answer_by": until, **proposal}
    assert outcome(turn_with("asked", 3 * HOUR - before, proposal=changed)) == becomes


@pytest.mark.parametrize(
    ("name", "meeting", "left"),
    [
        ("asked", {}, "skipped silence None"),
        ("asked", {"standing": "missed"}, "missed silence None"),
        ("wished", {}, "planned  None"),
        ("moved", {}, "moved  None"),
        (
            *("asked", {"standing": "skipped", "settled_by": "rule", "asked_by": "mentee"}),
            "skipped rule None",  # MEET
        ),
    ],
)
def test_what_silence_leaves(name: str, meeting: Changes, left: str) -> None:
    turn = turn_with(name, meeting=meeting, proposal={"answer_by": world(name)[1]})
    assert outcome(turn) == "lapsed"
    after = tuesday(turn)
    assert f"{after.standing} {after.settled_by} {after.asked_by}" == left


@pytest.mark.parametrize(
    ("name", "step", "told"),
    [
        ("asked", Step(weeks=1), []),
        ("asked", Step(weeks=2), ["contact lapsed"]),
        ("asked", Step(months=1, nth=2), ["contact lapsed"]),
        ("wished", Step(weeks=2), []),  # it stays
    ],
)
def test_beyond_weekly_the_contact_reads_of_what_is_left_out(
    name: str, step: Step, told: list[str]
) -> None:
    state = world(name)[0].state
    assert isinstance(state, PairingState)
    line = replace(state.line, cadence=Cadence(step))
    turn = turn_with(name, proposal={"answer_by": world(name)[1]}, state={"line": line})
    assert outcome(turn) == "lapsed"
    assert said(turn) == told


@pytest.mark.parametrize(
    ("proposal", "told"),
    [
        ({"kind": "series", "cause": "first"}, ["contact setup-silent"]),
        ({"kind": "series", "cause": "change"}, ["contact no-time-found"]),
        ({"kind": "session", "cause": "session"}, ["contact no-time-found"]),
    ],
)
def test_without_a_regular_time_or_a_session_the_contact_has_to_help(
    proposal: Changes, told: list[str]
) -> None:
    changed = {"origin": None, "answer_by": world("asked")[1], **proposal}
    turn = turn_with("asked", meeting={"standing": "planned"}, proposal=changed)
    assert outcome(turn) == "lapsed"
    assert said(turn) == told


@pytest.mark.parametrize(
    ("asker", "vetting", "hears"),
    [
        ("mentor", False, ("mentor",)),
        ("mentee", True, ("mentee",)),
        ("mentee", False, ()),  # the list has said what follows from silence
        ("mentor", True, ()),
    ],
)
def test_who_asked_for_another_time_and_was_not_asked_hears_that_there_is_none(
    asker: str, vetting: bool, hears: tuple[str, ...]
) -> None:
    ends = {"answer_by": world("wished")[1], "vetting": vetting}
    turn = turn_with("wished", meeting={"asked_by": asker}, proposal=ends)
    assert (outcome(turn), said(turn)) == ("lapsed", [])
    closed = turn.state.closed_proposals[-1]
    assert (closed.hears, closed.closed_at) == (hears, turn.now)


# --- its rounds


@pytest.mark.parametrize(
    ("round", "rounds", "becomes"),
    [(1, 3, "meeting 4 5 6"), (2, 3, "meeting 7 8 9"), (3, 3, "lapsed"), (1, 1, "lapsed")],
)
def test_there_are_so_many_rounds(round: int, rounds: int, becomes: str) -> None:
    proposal = {"round": round, "renew": "none"}
    turn = turn_with("asked", proposal=proposal, program={"rounds": rounds})
    assert outcome(turn) == becomes
    assert said(turn) == (["contact rounds-over"] if becomes == "lapsed" else [])


def test_whom_none_of_the_times_fits_hears_that_it_stays() -> None:
    turn = turn_with("wished", proposal={"round": 3, "renew": "none"})
    assert (outcome(turn), said(turn)) == ("lapsed", ["contact rounds-over", "ben stays"])


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("meeting", ["contact rounds-over"]),
        ("series", ["contact rounds-over", "ben for-contact"]),
        ("session", ["contact rounds-over", "ben for-contact"]),
    ],
)
def test_who_said_none_for_the_last_time_hears_that_the_contact_helps(
    kind: str, told: list[str]
) -> None:
    proposal = {"kind": kind, "round": 3, "renew": "none"}
    turn = turn_with(
        "asked", proposal=proposal if kind == "meeting" else {**proposal, "origin": None}
    )
    assert outcome(turn) == "lapsed"
    assert said(turn) == told


@pytest.mark.parametrize(("renew", "passed"), [("none", (1, 2, 3)), ("gone", (2,)), ("gone", ())])
def test_what_is_closed_is_not_offered_again(renew: str, passed: tuple[int, ...]) -> None:
    """Of a list of which one time was taken the others come again, with new numbers."""
    offers = tuple(replace(o, open=o.number not in passed) for o in open_proposal("asked").offers)
    turn = turn_with("asked", proposal={"renew": renew, "offers": offers})
    reschedule(turn)
    assert turn.state.proposal is not None
    starts = [offer.start for offer in turn.state.proposal.current]
    assert [offer.number for offer in offers if offer.start not in starts] == list(passed)


def test_nothing_is_offered_anew_while_busy_times_are_not_known() -> None:
    turn = unread(turn_with("asked", proposal={"renew": "none"}))
    assert outcome(turn) == "meeting 1 2 3"
    assert turn.state.proposal is not None
    assert turn.state.proposal.renew == "none"


@pytest.mark.parametrize(
    ("initiator", "known", "asked"),
    [("mentee", True, "mentee"), ("mentor", True, "mentor"), ("mentee", False, "mentor")],
)
def test_of_whom_the_next_round_is_asked(initiator: str, known: bool, asked: str) -> None:
    turn = turn_with("asked", proposal={"renew": "none"}, program={"initiator": initiator})
    if not known:
        seen = turn.busy[0]
        turn.busy[0] = replace(seen, busy={**seen.busy, "ana@example.org": None})
    reschedule(turn)
    proposal = turn.state.proposal
    assert proposal is not None
    assert (proposal.asked, proposal.round) == (asked, 2)
    # the last evening of that person inside two days
    assert f"{proposal.answer_by:%a %H:%M}" == ("Sat 14:30" if asked == "mentee" else "Sat 18:00")
