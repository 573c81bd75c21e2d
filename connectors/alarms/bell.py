"""The bell of a real daemon: a thread of its own delivers, so that no beat ever waits for a server or a command.

Not the ways (ways.py), and not which alarm is due.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from queue import Queue

import msgspec

from connectors.alarms import ways
from daemon.domain.alarm import Alarm, AlarmName, Taken, Told, Way
from daemon.domain.program import Alarms
from daemon.domain.value import replace
from daemon.ports import Bell

log = logging.getLogger("oneonone")

FILE = "alarms.json"
PAUSES_SECONDS = (2.0, 10.0)
"""Between the tries of one delivery. What fails then is told again later (daemon/decide/alarms.py)."""
FED_SECONDS = 600.0
DAY_SECONDS = 86_400.0
CLOSE_SECONDS = 20.0


class OutsideBell:
    """A bell with its book in the data folder. Nothing it does raises, and only `close` waits."""

    def __init__(
        self, to: Alarms, data: Path, *, pauses: tuple[float, ...] = PAUSES_SECONDS,
        fed_seconds: float = FED_SECONDS, again_seconds: float = DAY_SECONDS,
    ) -> None:  # fmt: skip
        self._to = to
        self._path = data / FILE
        self._pauses = pauses
        self._fed_seconds = fed_seconds
        self._again_seconds = again_seconds
        self._waiting: Queue[tuple[Alarm, tuple[Way, ...]] | None] = Queue()
        self._heard: set[tuple[AlarmName, Way]] = set()
        self._fired: list[Alarm] = []
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._timer: threading.Timer | None = None
        self._thread: threading.Thread | None = None
        self._before: list[OutsideBell] = []

    def book(self) -> Mapping[AlarmName, Told]:
        """What was told; a book that cannot be read is begun anew: rather told twice than never."""
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=dict[AlarmName, Told])
        except FileNotFoundError:
            return {}
        except (OSError, msgspec.DecodeError):
            log.warning("event=alarm-book-unreadable")
            return {}

    def keep(self, book: Mapping[AlarmName, Told]) -> None:
        """Replace the book as a whole."""
        new = self._path.with_suffix(".new")
        try:
            new.write_bytes(msgspec.json.encode(book))
            os.replace(new, self._path)
        except OSError as why:
            log.error("event=alarm-book-not-written why=%s", type(why).__name__)

    def ways(self) -> tuple[Way, ...]:
        """Those that the files name."""
        there: dict[Way, bool] = {
            "alarm_url": bool(self._to.url), "alert_command": bool(self._to.command),
        }  # fmt: skip
        return tuple(way for way, is_there in there.items() if is_there)

    def ring(self, alarm: Alarm, only: tuple[Way, ...] | None = None) -> None:
        """Hand on, where anybody else is told."""
        to = self.ways() if only is None else only
        if not to:
            return
        if self._thread is None:
            self._thread = threading.Thread(target=self._deliver_all, name="alarms", daemon=True)
            self._thread.start()
        self._waiting.put((alarm, to))

    def ring_unless_fed(self, alarm: Alarm | None) -> None:
        """Wind the clock up again."""
        if self._timer:
            self._timer.cancel()
            self._timer = None
        if alarm:
            self._wind(self._fed_seconds, alarm)

    def _wind(self, seconds: float, alarm: Alarm) -> None:
        at = alarm.at + timedelta(seconds=seconds)
        self._timer = threading.Timer(seconds, self._starved, (replace(alarm, at=at),))
        self._timer.daemon = True
        self._timer.start()

    def _starved(self, alarm: Alarm) -> None:
        log.error("event=alarm name=%s standing=%s", alarm.name, alarm.standing.replace(" ", "-"))
        with self._lock:
            self._fired.append(alarm)
        self._wind(self._again_seconds, replace(alarm, standing="goes on"))
        self.ring(alarm)

    def fired(self) -> tuple[Alarm, ...]:
        """Those that rang by themselves."""
        with self._lock:
            fired, self._fired = tuple(self._fired), []
        return (*(alarm for bell in self._before for alarm in bell.fired()), *fired)

    def heard(self) -> Taken:
        """What each way took."""
        delivering = [bell for bell in self._before if bell._is_delivering()]
        earlier = [bell.heard() for bell in self._before]
        self._before = delivering
        with self._lock:
            heard, self._heard = frozenset(self._heard), set()
        return heard.union(*earlier)

    def follow(self, before: Bell) -> None:
        """Files were read again in the middle of a delivery: who hears it now must not be told it anew."""
        if isinstance(before, OutsideBell):
            before._end()
            self._before = [*before._before, before]
            before._before = []

    def _end(self) -> None:
        """Ring no more; what waits is tried once more, each without a pause."""
        self.ring_unless_fed(None)
        self._closing.set()
        if self._thread:
            self._waiting.put(None)

    def _is_delivering(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def close(self) -> None:
        """Try what is waiting once more, and write down who heard: the next process must not tell it anew."""
        self._end()
        for bell in (*self._before, self):
            if bell._thread:
                bell._thread.join(CLOSE_SECONDS)
        if heard := self.heard():
            book = self.book()
            self.keep({name: told.after(heard) for name, told in book.items()})

    def _deliver_all(self) -> None:
        while asked := self._waiting.get():
            alarm, to = asked
            for way in to:
                if self._delivered(way, alarm):
                    with self._lock:
                        self._heard.add((alarm.name, way))

    def _delivered(self, way: Way, alarm: Alarm) -> bool:
        """One way, tried a few times; while closing without a pause between."""
        why = ""
        for pause in (*self._pauses, 0.0):
            why = self._try(way, alarm)
            if not why:
                return True
            self._closing.wait(pause)
        log.error('event=alarm-not-delivered way=%s name=%s why="%s"', way, alarm.name, why)
        return False

    def _try(self, way: Way, alarm: Alarm) -> str:
        try:
            if way == "alarm_url":
                return ways.post(self._to.url, alarm)
            return ways.run(self._to.command, alarm)
        except Exception as why:  # whatever it is, the thread has to live for the next alarm
            return type(why).__name__
