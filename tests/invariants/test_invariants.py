"""The invariants of DESIGN section 3 that no single rule keeps, each a test that ARCHITECTURE.md names.

Not 5, 8, 9 and 10: tests/test_tidy.py and stories guard those.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from daemon.decide import decide
from daemon.deciding import world_of
from daemon.domain.observation import EventSeen
from daemon.domain.value import replace
from daemon.domain.world import LaneRecord, PairingState, Plan
from daemon.ports import Rendered
from daemon.rendering import letter_of
from tests.invariants.scenario import (
    ACTS,
    END,
    LINES,
    BrokenStage,
    WatchedStage,
    act_out,
    outcome,
)
from tests.stories.cast import KOSS, line
from tests.stories.stage import Stage, running

# --- 1


class InTransaction(WatchedStage):
    """Knows at each moment whether the store has a transaction open."""

    open_now = False
    statements = 0
    calls = 0

    def _statement(self, name: str) -> None:
        self.open_now = name != "committed"
        self.statements += 1

    def remote(self, name: str, arguments: tuple[Any, ...]) -> None:
        """Not while a transaction is open."""
        assert not self.open_now, f"{name} inside a transaction"
        self.calls += 1


def test_1_no_remote_call_inside_a_store_transaction() -> None:
    stage = InTransaction(*LINES)
    act_out(stage)
    assert stage.calls > 100
    assert stage.statements > 500


# --- 2


class TwiceStage(WatchedStage):
    """Decides everything twice, and commits nothing but the first."""

    decided = 0

    def committing(self, record: LaneRecord, plan: Plan, rendered: Rendered) -> None:
        """The same world gives the same plan."""
        world = world_of(self.daemon, record)
        if world is not None:
            assert decide(world, self.now) == plan or plan.forward
            self.decided += 1


def test_2_the_same_world_gives_the_same_plan() -> None:
    stage = TwiceStage(*LINES)
    act_out(stage)
    assert stage.decided > 70


def test_2_deciding_again_adds_nothing() -> None:
    """A plan that is committed, and decided and committed once more, puts no effect into the outbox twice."""
    stage = running()
    stage.until("Mon 12 Oct 10:00 Berlin")
    store, lane = stage.daemon.ports.store, stage.lane()
    place = stage.meeting("Tue 13 Oct").place
    assert place is not None
    gone = EventSeen(place, "r9", stage.now, stage.now, cancelled=True)
    for _ in range(3):
        store.record([(lane, gone)], now=stage.now)
        record = store.world(lane)
        world = world_of(stage.daemon, record)
        assert world is not None
        plan = decide(world, stage.now)
        letters = {
            effect.key: letter_of(
                effect, lane, templates=stage.daemon.templates, roster=stage.daemon.roster,
                store=store, now=stage.now,
            )
            for effect in plan.effects
        }  # fmt: skip
        store.commit(record, plan, Rendered(letters), now=stage.now)
        store.commit(record, plan, Rendered(letters), now=stage.now)
    stage.passes(10)
    assert [each.split("  ")[1] for each in stage.ben.reads()].count("proposal") == 1
    keys = Counter(e.key for e in store.ledger(lane=lane, last=2000) if e.what == "settled")
    assert max(keys.values()) == 1


@pytest.fixture(scope="module")
def uninterrupted() -> dict[str, list[str]]:
    """What everybody sees when nothing goes wrong."""
    return outcome(act_out(Stage(*LINES), end=SHORT))


SHORT = "Mon 12 Oct 10:00 Berlin"


@pytest.mark.parametrize("nth", range(0, 110, 7))
@pytest.mark.parametrize("statement", ["committed", ""])
def test_2_a_crash_at_any_commit_changes_nothing_that_anybody_sees(
    nth: int, statement: str, uninterrupted: dict[str, list[str]]
) -> None:
    """At the end of the nth commit, or at the nth statement of any."""
    stage = Stage(*LINES)
    stage.crash_at, stage.crash_after = ("statement", statement), nth if statement else nth * 6
    act_out(stage, end=SHORT)
    assert stage.crashes == 1
    assert outcome(stage) == uninterrupted


@pytest.mark.parametrize("nth", range(0, 24, 4))
@pytest.mark.parametrize("phase", ["before-claim", "claimed", "done", "settling", "settled"])
def test_2_a_crash_at_any_boundary_of_an_effect_changes_nothing_that_anybody_sees(
    phase: str, nth: int, uninterrupted: dict[str, list[str]]
) -> None:
    stage = Stage(*LINES)
    stage.crash_at, stage.crash_after = (phase, ""), nth
    act_out(stage, end=SHORT)
    assert stage.crashes == 1
    seen = outcome(stage)
    assert {who: _what(letters) for who, letters in seen.items()} == {
        who: _what(letters) for who, letters in uninterrupted.items()
    }


def _what(seen: list[str]) -> list[str]:
    """Without the minute: what was claimed by the dead process waits for the end of its lease."""
    return sorted(each.split("  ", 1)[-1] for each in seen)


# --- 3


class CountingStage(Stage):
    """Counts what becomes visible between a claim and its receipt."""

    changes: Counter[int]

    def _phase(self, phase: str, key: str) -> None:
        if phase == "claimed":
            self.before = self._visible()
        elif phase == "done":
            self.__dict__.setdefault("changes", Counter())[self._visible() - self.before] += 1

    def _visible(self) -> int:
        world = self.outside.world
        arrived = sum(len(box.arrived) for box in world.mailboxes.values())
        own = (account for account in world.accounts.values() if account.events)
        return arrived + sum(account.revision for account in own)  # a guest's copy shows the same


def test_3_each_effect_is_one_change_that_people_can_see() -> None:
    stage = CountingStage(*LINES)
    act_out(stage)
    assert set(stage.changes) == {1}
    assert stage.changes[1] > 30


# --- 4


def broken() -> BrokenStage:
    stage = BrokenStage(*LINES)
    for at, who, verb, words in ACTS[:4]:
        stage.until(at)
        getattr(stage.people[who], verb)(*words)
    stage.until("Mon 12 Oct 10:00 Berlin")
    for someone in stage.people.values():
        someone.reads()
    return stage


def kinds(reads: list[str]) -> list[str]:
    return [" ".join(each.split("  ")[:2]) for each in reads]


def test_4_one_mentors_failure_never_delays_another_and_mail_never_waits_for_a_calendar() -> None:
    stage = broken()
    stage.calendars.deaf = frozenset({"ana@example.org"})
    stage.ana.deletes("Tue 13 Oct")
    stage.chi.declines("Wed 14 Oct")
    stage.passes(6)
    stage.ben.replies("proposal", "1")
    stage.chi.replies("proposal", "1")
    assert kinds(stage.chi.reads())[-1] == "Mon 12 Oct 16:10 moved"  # at once, beside Ana's outage
    stage.until("Tue 20 Oct 12:00 Berlin")
    ben = kinds(stage.ben.reads())
    assert not any("moved" in each for each in ben)  # not before its fact
    assert "Mon 19 Oct 18:00 prep-mentee" in ben  # everything else goes on in the same lane


def test_4_one_at_a_time_and_in_order_for_each_lane_and_port() -> None:
    class Ordered(Stage):
        claimed: list[str]

        def _phase(self, phase: str, key: str) -> None:
            if phase == "claimed":
                self.__dict__.setdefault("claimed", []).append(key)

    stage = Ordered(*LINES)
    act_out(stage)
    for lane in stage.daemon.ports.store.lane_names():
        entries = stage.daemon.ports.store.ledger(lane=lane, last=5000)
        for calendar in (True, False):
            committed = [
                e.key
                for e in entries
                if e.what in ("due", "on hold") and _on_calendar(e.key) == calendar
            ]
            claimed = [k for k in stage.claimed if k in committed]
            assert claimed == [k for k in committed if k in claimed]


def _on_calendar(key: str) -> bool:
    return key.partition("/")[0] in ("series", "move", "put", "cancel", "invite")


# --- 5


def test_5_a_need_is_read_once_in_a_beat() -> None:
    class Asking(WatchedStage):
        asked: list[tuple[str, Any]]

        def remote(self, name: str, arguments: tuple[Any, ...]) -> None:
            if name == "busy":
                self.__dict__.setdefault("asked", []).append((str(self.now), arguments))

    stage = Asking(*LINES)
    act_out(stage)
    beats = Counter((at, arguments[1]) for at, arguments in stage.asked)
    assert len(beats) >= 6
    assert max(beats.values()) <= 2  # once for the question, once for the answer that came with it


# --- 6


def test_6_a_retry_sends_the_same_bytes_under_the_same_message_id() -> None:
    class Sending(WatchedStage):
        tried: dict[str, set[bytes]]

        def remote(self, name: str, arguments: tuple[Any, ...]) -> None:
            if name == "send":
                tried = self.__dict__.setdefault("tried", {})
                tried.setdefault(arguments[0].key, []).append(arguments[0].raw)

    stage = Sending(*LINES)
    for nth in range(4):
        stage.faults.inject("send", ("timeout", "timeout-after")[nth % 2])
        stage.passes(1)
    stage.crash_at = ("claimed", "welcome")
    act_out(stage, end=SHORT)
    several = {key: raws for key, raws in stage.tried.items() if len(raws) > 1}
    assert several
    assert all(len(set(raws)) == 1 for raws in several.values())


# --- 7


def test_7_what_is_outdated_is_withdrawn_by_the_next_plan() -> None:
    stage = Stage(program=replace(KOSS, first_run="hold"))
    stage.passes(1)
    assert len(stage.on_hold()) == 1
    stage.reconfigured(replace(line(), state="closing"))
    assert stage.on_hold() == []
    assert "withdrawn: no longer true" in stage.why("welcome-mentor-connected")
    stage.release("first-run/koss")
    assert stage.ana.reads() == []


def test_7_not_after_and_basis_are_looked_at_again_before_it_is_done() -> None:
    stage = broken()
    stage.mail.mute = True
    stage.until("Mon 12 Oct 18:00 Kolkata")  # the prep is due, and cannot be sent
    stage.until("Tue 13 Oct 13:05 Berlin")
    stage.mail.mute = False
    stage.until("Tue 13 Oct 14:50 Berlin")
    assert stage.ben.reads() == []  # its two hours before were over
    assert any(
        "not-after" in each or "its time was over" in each for each in stage.why("prep-mentee")
    )


# --- 11


class ReasonedStage(WatchedStage):
    """Looks at each commit: whatever changes is said why."""

    changed = 0

    def committing(self, record: LaneRecord, plan: Plan, rendered: Rendered) -> None:
        """A standing that changes, and every effect, has a reason."""
        assert all(effect.reason for effect in plan.effects)
        assert all(why for _, why in (*plan.withdraw, *plan.skip))
        before, after = record.state, plan.state
        if isinstance(before, PairingState) and isinstance(after, PairingState):
            was = {m.origin: m.standing for m in before.meetings}
            now = {m.origin: m.standing for m in after.meetings}
            moved = [o for o in now if o in was and was[o] != now[o]]
            changes = [
                *moved,
                *([after.standing] if before.standing != after.standing else []),
                *(["proposal"] if bool(before.proposal) != bool(after.proposal) else []),
            ]
            self.changed += len(changes)
            said = len(plan.reasons) + len(plan.effects) + len(plan.skip)
            assert said >= 1 or not changes, changes
            for origin in moved:
                assert any(str(origin) in reason.text for reason in plan.reasons), (
                    origin,
                    plan.reasons,
                )


def test_11_every_decision_is_recorded_with_its_reason() -> None:
    stage = ReasonedStage(*LINES)
    act_out(stage, end=END)
    assert stage.changed >= 10
    entries = stage.daemon.ports.store.ledger(last=5000)
    assert all(
        e.why for e in entries if e.what in ("due", "on hold", "decided", "skipped", "withdrawn")
    )
    assert any("taken off the calendar by the mentor" in each for each in stage.why("2026-10-13"))
