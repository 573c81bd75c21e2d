"""The heartbeat against a clock that jumps, a beat that breaks, and a wish to stop.

Not the signals themselves: tests/cli/test_start.py sends real ones.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from connectors.outside import MemoryOutside
from daemon.decide.keys import logged
from daemon.domain.cadence import SeriesRule
from daemon.domain.meeting import Series
from daemon.domain.value import replace
from daemon.domain.world import PairingState, Plan
from daemon.errors import NotNow, UserError
from daemon.heartbeat import Heartbeat, Signals, beats
from daemon.machine import Daemon
from daemon.mail.render import Templates
from daemon.ports import Rendered
from daemon.roster import Roster
from daemon.settings import load_or_raise
from tests.cli.place import ROOT

MONDAY = datetime(2026, 10, 5, 8, 0, tzinfo=UTC)


class Push:
    """Says of whom something was heard, when the test rings."""

    def __init__(self) -> None:
        self.heard: tuple[str, ...] = ()
        self.closed = False
        self._wake: Callable[[], None] | None = None

    def listen(self, wake: Callable[[], None]) -> None:
        """Begin."""
        self._wake = wake

    def ring(self, account: str) -> None:
        """Something was heard of this one."""
        self.heard = (account,)
        assert self._wake is not None
        self._wake()

    def woken(self) -> tuple[str, ...]:
        """Each once."""
        told, self.heard = self.heard, ()
        return told

    def watched(self) -> tuple[str, ...]:
        """Nothing for good."""
        return ()

    def close(self) -> None:
        """No more."""
        self.closed = True


class Shown:
    """A heartbeat in a world in memory, and the log of it."""

    def __init__(self) -> None:
        config = load_or_raise(ROOT / "config").config
        programs = tuple(replace(each, first_run="send") for each in config.programs)
        self.config = replace(config, programs=programs)
        self.outside = MemoryOutside(self.config, MONDAY, 1, "none")
        self.fails: Exception | None = None
        self.push: Push | None = None
        self.heart = Heartbeat(self.wired, Signals(), 20.0)
        self.heart.start()

    def wired(self) -> Daemon:
        """The daemon as `start` makes it."""
        if self.fails:
            raise self.fails
        ports = self.outside.ports()
        ports.push = self.push = Push()
        roster = Roster.of(self.config, ports.vault.secret("reply-tokens"))
        return Daemon(ports, roster, Templates([Path(ROOT / "templates")]))

    def keys(self) -> list[str]:
        """The keys of all letters that lie in mailboxes."""
        lines = [
            line
            for address in ("ana@example.org", "rui@example.org")
            for raw in self.outside.hands.letters(address)
            for line in raw.decode().splitlines()
        ]
        return [line for line in lines if line.startswith("X-Oneonone-Key:")]


@pytest.mark.parametrize("days", [1, -1])
def test_trap_42_a_clock_that_jumps_a_day_is_said_and_nothing_is_sent_twice(
    days: int, caplog: pytest.LogCaptureFixture
) -> None:
    shown = Shown()
    with caplog.at_level(logging.INFO, "oneonone"):
        shown.heart.beat()
        before = shown.keys()
        shown.outside.clock.spend(timedelta(days=days))
        shown.heart.beat()
    assert f"event=clock-jumped seconds={days * 86400}" in caplog.text
    assert before
    assert len(shown.keys()) == len(set(shown.keys()))
    assert set(before) <= set(shown.keys())
    # it reads its calendars at once, and does not wait for the time that was
    assert all(
        each.next_at <= shown.outside.clock.now() + timedelta(minutes=1)
        for each in shown.heart.daemon.observer.sources.values()
    )


def test_trap_3_a_beat_that_breaks_is_logged_without_a_word_of_its_message(
    caplog: pytest.LogCaptureFixture,
) -> None:
    shown = Shown()
    shown.heart.daemon.ports.store.close()
    with caplog.at_level(logging.INFO, "oneonone"):
        shown.heart.beat()
    assert "event=beat-failed why=ProgrammingError at=" in caplog.text
    assert shown.heart.pause() == 20.0


def test_a_lane_whose_decision_fails_keeps_nobody_else_waiting(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A mistake of ours, played by a state that names a zone which no clock knows."""
    shown = Shown()
    line = next(each for each in shown.config.lines if each.mentee.first == "Ben")
    store, lane = shown.heart.daemon.ports.store, f"pairing/{line.pairing}"
    rule = SeriesRule("2026-10-13T10:00", "Mars/Base", 30)
    series = Series(line.mentor.address, "s", 1, rule, standing="put")
    broken = PairingState(line, "active", MONDAY, series=(series,))
    store.commit(store.world(lane), Plan(lane, broken, wake_at=MONDAY), Rendered(), now=MONDAY)
    with caplog.at_level(logging.INFO, "oneonone"):
        shown.heart.beat()
    assert f"event=lane-stuck lane={logged(lane)} why=ZoneInfoNotFoundError at=" in caplog.text
    assert len(shown.keys()) == 1  # to Ana, about Chi; Rui is asleep
    assert shown.heart.pause() == 20.0
    shown.heart.beat()
    assert len(shown.keys()) == 1
    with pytest.raises(NotNow, match=r"^1 of the pairings or accounts could not be decided"):
        beats(shown.heart.daemon)


def test_work_that_is_due_soon_shortens_the_pause() -> None:
    shown = Shown()
    shown.heart.beat()
    store = shown.heart.daemon.ports.store
    wake = store.wake_at()
    assert wake is not None
    seconds = (wake - shown.outside.clock.now()).total_seconds()
    assert shown.heart.pause() == min(20.0, seconds)
    shown.outside.clock.set(wake - timedelta(seconds=3))
    assert shown.heart.pause() == 3.0
    shown.outside.clock.set(wake)
    assert shown.heart.pause() == 0.2


def test_what_is_heard_of_ends_the_wait_and_is_read_with_the_next_beat() -> None:
    shown = Shown()
    shown.heart.beat()
    observer, now = shown.heart.daemon.observer, shown.outside.clock.now()
    mailbox = shown.config.programs[0].mailbox
    name = f"mail/{mailbox}"
    assert observer.sources[name].next_at > now and shown.push is not None
    shown.outside.clock.set(now + timedelta(seconds=5))  # before its time
    shown.push.ring(mailbox)
    shown.heart.signals.wait(3600.0)  # returns
    shown.heart.beat()
    assert observer.sources[name].next_at == now + timedelta(seconds=65)
    before = shown.push
    shown.heart.reload()
    assert before.closed and shown.push is not before and not shown.push.closed


def test_trap_80_bad_files_leave_the_last_good_ones_in_force() -> None:
    shown = Shown()
    first = shown.heart.daemon
    bad = "programs/koss.yaml:7:11  timezone: IST  is used in India.\n    Write the city."
    shown.fails = UserError(bad)
    shown.heart.reload()
    assert shown.heart.daemon is first
    assert first.ports.store.value("config-problem") == bad
    shown.heart.beat()
    assert shown.keys()


def test_who_wants_to_stop_waits_for_the_effect_in_hand_and_no_other() -> None:
    shown = Shown()
    shown.heart.signals.stop = True
    shown.heart.beat()
    assert shown.keys() == []
    assert shown.heart.daemon.ports.store.queue(on_hold=False)


def test_whatever_fails_while_the_files_are_read_again_the_daemon_goes_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    shown = Shown()
    first = shown.heart.daemon
    shown.fails = OSError("no room")
    with caplog.at_level(logging.INFO, "oneonone"):
        shown.heart.reload()
        shown.heart.beat()
    assert shown.heart.daemon is first
    assert "event=reload-failed why=OSError at=test_heartbeat.py:" in caplog.text
    assert "no room" not in caplog.text
    assert shown.keys()
