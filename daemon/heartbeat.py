"""The heartbeat: one process that beats again and again, with `schedule` as its metronome.

Not a calendar of due times: what is due is derived by each beat, so a late or lost beat does no harm.
"""

from __future__ import annotations

import logging
import os
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from types import FrameType

import schedule

from daemon.ageing import let_age
from daemon.alarms import look, store_is_damaged
from daemon.decide.keys import logged
from daemon.errors import NotNow, StoreDamaged, UserError
from daemon.machine import Daemon
from daemon.monday import look_at_the_week
from daemon.noted import CONFIG_PROBLEM
from daemon.reports import look_at_reports
from daemon.tick import tick

log = logging.getLogger("oneonone")

AT_ONCE_SECONDS = 0.2
"""Beats follow each other no faster than this, even when work is left over."""
JUMP_SECONDS = 60.0
ROUNDS_MAX = 50
LOOK_EVERY = timedelta(minutes=1)


class Signals:
    """SIGTERM and SIGINT as a wish to stop, SIGHUP as a wish to read the files again."""

    def __init__(self) -> None:
        self.stop = False
        self.reload = False
        self._read, self._write = os.pipe()
        os.set_blocking(self._write, False)

    def listen(self) -> None:
        """Take the process's signals; only its main thread may."""
        # a signal that comes just before the wait is in the pipe, so that it ends the wait all the same
        signal.set_wakeup_fd(self._write, warn_on_full_buffer=False)
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        signal.signal(signal.SIGHUP, self._reload)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stop = True

    def _reload(self, number: int, frame: FrameType | None) -> None:
        self.reload = True

    def stopping(self) -> bool:
        """Whether to finish what is in hand, and nothing more."""
        return self.stop

    def wake(self) -> None:
        """End the wait, from whatever thread. A full pipe ends it as well."""
        with suppress(BlockingIOError):
            os.write(self._write, b"w")

    def wait(self, seconds: float) -> None:
        """Sleep, but not through a signal, nor when woken."""
        if not (self.stop or self.reload) and select.select([self._read], [], [], seconds)[0]:
            os.read(self._read, 512)


@dataclass(slots=True)
class Heartbeat:
    """`make` wires a daemon from the files as they are now; UserError when they are bad."""

    make: Callable[[], Daemon]
    signals: Signals
    every_seconds: float
    problem: str = ""
    """What is wrong with the files, where it starts with the last good ones."""
    daemon: Daemon = field(init=False)
    _seen: tuple[datetime, float] | None = None
    _failed: bool = False
    _bad_since: float | None = None
    _looked_at: datetime | None = None

    def start(self) -> None:
        """Wire the daemon. UserError when the files are bad and no last good ones are known."""
        self.daemon = self._wired()
        if self.problem:
            self._say_bad(self.daemon, self.problem)
        log.info("event=started pid=%d pairings=%d", os.getpid(), len(self.daemon.roster.lines))

    def run(self) -> None:
        """Beat until told to stop, once it has started."""
        # never run_pending(): it reads the wall clock, and one set back would silence it for hours
        metronome = schedule.Scheduler()
        metronome.every().second.do(self.beat)
        while not self.signals.stop:
            if self.signals.reload or self._may_be_mended():
                self.reload()
            metronome.run_all()
            if not self.signals.stop:
                self.signals.wait(self.pause())
        self._close(self.daemon)
        if self.daemon.ports.bell:
            self.daemon.ports.bell.close()
        log.info("event=stopped")

    def _close(self, daemon: Daemon) -> None:
        daemon.ports.store.close()
        if daemon.ports.push:
            daemon.ports.push.close()

    def beat(self) -> None:
        """One beat. `schedule` lets exceptions escape, and the next beat must come (trap_3)."""
        try:
            self._watch_clock()
            tick(self.daemon)
            self.daemon.note_beat()
            self._failed = _say_stuck(self.daemon)
            self._look()
            self.signals.reload |= self.daemon.reread
        except UserError as why:
            self._failed = True
            if isinstance(why, StoreDamaged) and self.daemon.ports.bell:
                store_is_damaged(self.daemon.ports.bell, self.daemon.ports.clock.now())
            log.error('event=beat-failed why="%s"', " ".join(str(why).split()))
        except Exception as why:
            self._failed = True
            log.error("event=beat-failed why=%s at=%s", type(why).__name__, _at(why))
            log.debug("event=traceback where=%s", _trace(why))

    def _look(self) -> None:
        """Now and then at what a person has to know of; soon after the files were read."""
        now = self.daemon.ports.clock.now()
        if self._looked_at is None or abs(now - self._looked_at) >= LOOK_EVERY:
            self._looked_at = now
            look(self.daemon)
            look_at_the_week(self.daemon)
            look_at_reports(self.daemon)
            let_age(self.daemon)

    def pause(self) -> float:
        """Seconds until the next beat: the rhythm, or sooner when something is due sooner."""
        if self._failed:
            return self.every_seconds
        store = self.daemon.ports.store
        try:
            wakes = [store.wake_at(), self.daemon.observer.wake_at()]
        except UserError:
            return self.every_seconds
        now = self.daemon.ports.clock.now()
        due = [(wake - now).total_seconds() for wake in wakes if wake is not None]
        return max(AT_ONCE_SECONDS, min([self.every_seconds, *due]))

    def reload(self) -> None:
        """Read the files again; while they are bad, or that fails, the daemon goes on as it was (trap_80)."""
        self.signals.reload, self._looked_at = False, None
        old = self.daemon
        old.reread = False
        try:
            self.daemon = self._wired()
        except UserError as why:
            self._say_bad(old, str(why))
        except Exception as why:
            self._bad_since = time.monotonic()
            log.error("event=reload-failed why=%s at=%s", type(why).__name__, _at(why))
            log.debug("event=traceback where=%s", _trace(why))
        else:
            self._bad_since = None
            self._close(old)
            if old.ports.bell and self.daemon.ports.bell:
                self.daemon.ports.bell.follow(old.ports.bell)
            log.info("event=reloaded pairings=%d", len(self.daemon.roster.lines))

    def _say_bad(self, daemon: Daemon, problem: str) -> None:
        self._bad_since = time.monotonic()
        if problem != daemon.ports.store.value(CONFIG_PROBLEM):
            keep_problem(daemon, problem)

    def _may_be_mended(self) -> bool:
        """Files that were bad are read again and again: whoever mends them need not send another signal."""
        return (
            self._bad_since is not None and time.monotonic() - self._bad_since >= self.every_seconds
        )

    def _wired(self) -> Daemon:
        daemon = self.make()
        daemon.actor = replace(daemon.actor, enough=self.signals.stopping)
        daemon.ports.store.keep_value(CONFIG_PROBLEM, "")
        daemon.begin(daemon.ports.clock.now())
        if daemon.ports.push:
            daemon.ports.push.listen(self.signals.wake)
        return daemon

    def _watch_clock(self) -> None:
        """A clock that was set, or a machine that slept: said, and nothing waits for the old time."""
        now, spent = self.daemon.ports.clock.now(), time.monotonic()
        if self._seen is not None:
            jumped = (now - self._seen[0]).total_seconds() - (spent - self._seen[1])
            if abs(jumped) > JUMP_SECONDS:
                log.warning("event=clock-jumped seconds=%.0f", jumped)
                self.daemon.observer.sources.clear()
        self._seen = (now, spent)


def keep_problem(daemon: Daemon, problem: str) -> None:
    """Say what is wrong with the files, and remember it until they are mended."""
    where, _, what = problem.splitlines()[0].partition(" ")
    log.error('event=config-bad where=%s why="%s"', where, what.strip())
    daemon.ports.store.keep_value(CONFIG_PROBLEM, problem)


def beats(daemon: Daemon) -> None:
    """Beat until nothing is due now: what `once` does."""
    daemon.begin(daemon.ports.clock.now())
    for _ in range(ROUNDS_MAX):
        tick(daemon)
        daemon.note_beat()
        wake = daemon.ports.store.wake_at()
        if wake is None or wake > daemon.ports.clock.now() or _say_stuck(daemon):
            break
    stuck = len(daemon.stuck)
    told = look(daemon)
    if any((look_at_the_week(daemon), look_at_reports(daemon), let_age(daemon), told)):
        tick(daemon)
    if stuck:
        raise NotNow(
            f"{stuck} of the pairings or accounts could not be decided: a mistake in this program, "
            "please report it with the lines event=lane-stuck of the log. All others were served."
        )


def _say_stuck(daemon: Daemon) -> bool:
    """Whether a decision failed in this beat. Nobody else has to wait for it, and the next beat tries again."""
    for lane, why in daemon.stuck.items():
        log.error(
            "event=lane-stuck lane=%s why=%s at=%s", logged(lane), type(why).__name__, _at(why)
        )
        log.debug("event=traceback where=%s", _trace(why))
    return bool(daemon.stuck)


def _at(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(last.filename).name}:{last.lineno}"


def _trace(error: Exception) -> str:
    """Files and lines only: a message may hold what people wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    return ">".join(f"{Path(each.filename).name}:{each.lineno}" for each in frames)


def pace(seconds: float) -> None:
    """Let a reader of the demo keep up."""
    sys.stdout.flush()
    time.sleep(seconds)
