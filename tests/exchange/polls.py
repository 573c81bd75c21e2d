"""What polling costs: many readings of one calendar at Exchange, and how many files are open and how much memory is used after.

Not a test of what is read: tests/conformance/test_exchange.py.

    python -m tests.exchange.polls --polls 600
"""

from __future__ import annotations

import argparse
import os
import resource
import time

from connectors.exchange import ExchangeCalendars, Login
from tests.conformance.caldav_world import StandingClock
from tests.conformance.following import NOW, WINDOW, series
from tests.servers.exchange import Exchange

ANA, BEN = "ana@mentors.example", "ben@mentees.example"


def used() -> tuple[int, float]:
    """Open files, and megabytes in memory."""
    with open("/proc/self/statm", encoding="ascii") as statm:
        pages = int(statm.read().split()[1])
    return len(os.listdir("/proc/self/fd")), pages * resource.getpagesize() / 1e6


def main() -> None:
    """Poll, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--polls", type=int, default=600)
    polls = parser.parse_args().polls
    with Exchange(NOW) as exchange:
        for each in (ANA, BEN):
            exchange.account(each)
        calendars = ExchangeCalendars(
            (ANA, BEN), lambda who: Login(who, exchange.url, who, "secret"), StandingClock(), {}
        )
        calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
        cursor = calendars.changes(ANA, None, WINDOW).cursor
        for _ in range(50):  # whatever is loaded once
            calendars.changes(ANA, cursor, WINDOW)
        exchange.calls.clear()
        before, begun = used(), time.monotonic()
        for _ in range(polls):
            assert calendars.changes(ANA, cursor, WINDOW).complete
        took = (time.monotonic() - begun) / polls * 1000
        after, asked = used(), len(exchange.calls) / polls
        calendars.close()
    print(f"{polls} polls, {asked:.1f} requests and {took:.1f} ms each")
    print(f"open files: {before[0]} before, {after[0]} after; memory: {before[1]:.1f} MB before, {after[1]:.1f} MB after")  # fmt: skip


if __name__ == "__main__":
    main()
