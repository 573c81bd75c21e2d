"""What polling costs: many readings of one calendar, and how many files are open and how much memory is used after.

Not a test of what is read: tests/conformance.

    python -m tests.polls --at exchange --polls 600
    python -m tests.polls --at microsoft --polls 600
"""

from __future__ import annotations

import argparse
import os
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from connectors.exchange import ExchangeCalendars, Login
from connectors.microsoft import MicrosoftCalendars
from daemon.ports import CalendarConnector
from tests.conformance.caldav_world import StandingClock
from tests.conformance.following import NOW, WINDOW, series
from tests.conformance.graph_world import Allowed
from tests.servers.exchange import Exchange
from tests.servers.graph import Graph, authority_in

ANA, BEN = "ana@mentors.example", "ben@mentees.example"
Calls = list[tuple[str, str]]


@contextmanager
def exchange() -> Iterator[tuple[CalendarConnector, Calls]]:
    """An Exchange, and what it was asked."""
    with Exchange(NOW) as there:
        for each in (ANA, BEN):
            there.account(each)
        calendars = ExchangeCalendars(
            (ANA, BEN), lambda who: Login(who, there.url, who, "secret"), StandingClock(), {}
        )
        yield calendars, there.calls
        calendars.close()


@contextmanager
def microsoft() -> Iterator[tuple[CalendarConnector, Calls]]:
    """A Microsoft 365, and what it was asked."""
    with TemporaryDirectory() as folder, Graph(NOW) as there:
        os.environ["SSL_CERT_FILE"] = authority_in(Path(folder))
        for each in (ANA, BEN):
            there.account(each)
        allowed = Allowed(there)
        calendars = MicrosoftCalendars(
            (ANA, BEN), allowed.granted, StandingClock(), {}, allowed.save
        )
        yield calendars, there.calls
        calendars.close()


PROVIDERS: dict[str, Callable[[], object]] = {"exchange": exchange, "microsoft": microsoft}


def used() -> tuple[int, float]:
    """Open files, and megabytes in memory."""
    with open("/proc/self/statm", encoding="ascii") as statm:
        pages = int(statm.read().split()[1])
    return len(os.listdir("/proc/self/fd")), pages * resource.getpagesize() / 1e6


def main() -> None:
    """Poll, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--at", choices=sorted(PROVIDERS), default="exchange")
    parser.add_argument("--polls", type=int, default=600)
    given = parser.parse_args()
    with PROVIDERS[given.at]() as (calendars, calls):  # type: ignore[attr-defined]
        calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
        cursor = calendars.changes(ANA, None, WINDOW).cursor
        for _ in range(50):  # whatever is loaded once
            calendars.changes(ANA, cursor, WINDOW)
        calls.clear()
        before, begun = used(), time.monotonic()
        for _ in range(given.polls):
            assert calendars.changes(ANA, cursor, WINDOW).complete
        took = (time.monotonic() - begun) / given.polls * 1000
        after, asked = used(), len(calls) / given.polls
    print(f"{given.polls} polls, {asked:.1f} requests and {took:.1f} ms each")
    print(f"open files: {before[0]} before, {after[0]} after; memory: {before[1]:.1f} MB before, {after[1]:.1f} MB after")  # fmt: skip


if __name__ == "__main__":
    main()
