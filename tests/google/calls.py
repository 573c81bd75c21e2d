"""How often Google is asked: a week of many pairings, each mentor with a calendar there, against the goals of PEERS.

Not a test of what is seen: that is tests/google/test_by_hand.py. The whole machine beats every minute on a virtual clock;
people keep their 1:1s, but for a few that fall out. Google's limits are enforced by the simulator.

    python -m tests.google.calls --pairings 1000 --days 7 [--way polling] [--way push]
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from threading import Thread
from typing import Any

from cheroot import wsgi
from flask import Flask, request

from connectors.google import Client, GoogleWatch, Granted
from daemon.domain.account import Account
from daemon.domain.cadence import Cadence, RegularTime, Step
from daemon.domain.people import Person
from daemon.domain.value import replace
from daemon.ports import Ports, Posted, Push
from tests.google.stage import GoogleStage
from tests.servers.google import Google
from tests.stories.cast import PATIENT, line
from tests.stories.stage import running

GOALS = {("polling", 1): 125, ("polling", 2): 90, ("push", 1): 5, ("push", 2): 5}
"""Calls a pairing and day at most, by how changes are heard of and the weeks between two 1:1s."""
GOAL_IN_ALL = 300
"""Calls a day, however many pairings there are, where one calendar of the program organizes them."""
OURS = "one-on-ones@example.org"
MINUTE = timedelta(minutes=1)
FALL_OUT_PERCENT = 3
WAYS = ("polling", "push", "organizer")


class Counted(GoogleStage):
    """`way`: polling or push; with push Google posts to a page, as to that of the daemon."""

    def __init__(self, *lines: Any, way: str = "polling", **wishes: Any) -> None:
        self.way = way
        self.watch: GoogleWatch | None = None
        self.server: wsgi.Server | None = None
        super().__init__(*lines, **wishes)

    def wire(self, ports: Ports) -> Ports:
        """With what wakes a reading."""
        ports = super().wire(ports)
        ports.push = self.pushed(ports)
        return ports

    def pushed(self, ports: Ports) -> Push | None:
        """Who is told."""
        if self.way != "push":
            return None
        grants = self.google.grants
        client = Client(
            grants.client_id, grants.client_secret, f"{self.google.url}/token", self.google.url
        )
        mentors = [each.mentor.address for each in self.config.lines]
        app = Flask("page")
        app.add_url_rule("/push/<provider>", "posted", self.arrived, methods=["POST"])
        self.server = wsgi.Server(("127.0.0.1", 0), app, numthreads=2)
        self.server.prepare()
        Thread(target=self.server.serve, daemon=True).start()
        page = f"http://127.0.0.1:{self.server.bind_addr[1]}"
        self.watch = GoogleWatch(
            mentors, lambda who: Granted(client, self.tokens[who]), ports.clock, b"secret", page
        )
        return self.watch

    def arrived(self, provider: str) -> tuple[str, int]:
        """The page."""
        assert self.watch is not None
        return "", 404 if self.watch.posted(
            provider, Posted(dict(request.headers))
        ) is None else 204

    def close(self) -> None:
        """The page is open no more."""
        if self.server:
            self.server.stop()

    def minute(self) -> None:
        """One beat, and what Google posts after it."""
        if self.watch:
            self.google.notify()
            self.watch.renew()
        self.beat()
        self.outside.clock.set(self.now + MINUTE)


@dataclass(frozen=True)
class Told:
    """What a week came to."""

    way: str
    weeks: int
    pairings: int
    days: int
    calls: Counter[str]
    refused: Counter[int]
    fell_out: int

    @property
    def a_day(self) -> float:
        """Calls a pairing and day."""
        return sum(self.calls.values()) / self.pairings / self.days

    @property
    def goal(self) -> float:
        """The same at most."""
        return (
            GOAL_IN_ALL / self.pairings if self.way == "organizer" else GOALS[self.way, self.weeks]
        )

    def __str__(self) -> str:
        by_method = ", ".join(
            f"{method.removeprefix('calendar.')} {count / self.pairings / self.days:.2f}"
            for method, count in self.calls.most_common()
        )
        refused = (
            ", ".join(f"{status}: {n}" for status, n in sorted(self.refused.items())) or "none"
        )
        return (
            f"{self.way}, every {self.weeks} weeks: {self.a_day:.2f} calls a pairing and day (goal {self.goal:g}), "
            f"{self.a_day * self.pairings:.0f} a day in all\n"
            f"  {by_method}; {self.pairings} pairings, {self.days} days, {self.fell_out} 1:1s fell out; refused: {refused}"
        )

    @property
    def good(self) -> bool:
        """Within its goal, and nothing refused for having asked too much."""
        return self.a_day <= self.goal and not self.refused


def week(pairings: int, days: int, way: str, weeks: int) -> Told:
    """One of them."""
    random, lines = Random(1), []
    for number in range(pairings):
        mentor, mentee = (
            Person(
                f"{kind}{number}",
                f"{kind.title()}{number} Doe",
                f"{kind}{number}@example.org",
                "Europe/Berlin",
            )
            for kind in ("mentor", "mentee")
        )
        at = RegularTime(random.randrange(5), random.randrange(9, 17), 0)
        alone = way != "organizer"
        one = line(replace(mentor, calendar="google" if alone else "local"), mentee, at)
        rhythm = Cadence(Step(weeks=weeks))
        lines.append(replace(one, cadence=rhythm, organizer="" if alone else OURS))
    program = replace(
        PATIENT,
        new_people_per_hour=100_000,
        timezone="Europe/Berlin",
        guard_letters=10**6,
        guard_pairings=10**6,
    )
    with Google() as google:
        google.channels.plain = True
        stage = running(
            *lines,
            kind=Counted,
            google=google,
            program=program,
            way=way,
            accounts=(Account(OURS, calendar="google"),),
        )  # type: ignore[arg-type]
        stage.until("Sun 11 Oct 12:00 Berlin")
        google.calls.clear()
        doomed = random.sample(lines, pairings * FALL_OUT_PERCENT // 100)
        for minute in range(days * 24 * 60):
            if minute == 60:
                for each in doomed:
                    coming = stage.state(each.pairing).meetings
                    place = next(m.place for m in coming if m.place and m.start > stage.now)
                    stage.outside.hands.delete(each.mentor.address, place)
            stage.minute()
        stage.close()
        assert google.problems == []
        calls = Counter(method for _, method, status in google.calls if status != 401)
        refused = Counter(status for _, _, status in google.calls if status in (403, 429))
        return Told(way, weeks, pairings, days, calls, refused, len(doomed))


def main() -> int:
    """Exit 0 where every goal is met and nothing was refused, else 1."""
    parser = argparse.ArgumentParser(description="Count what Google is asked in a simulated week.")
    parser.add_argument("--pairings", type=int, default=1000)
    parser.add_argument("--days", type=int, default=7)
    parser.add_argument("--way", action="append", choices=WAYS)
    parser.add_argument("--weeks", action="append", type=int, choices=(1, 2))
    given = parser.parse_args()
    every = []
    for way in given.way or WAYS:
        for weeks in given.weeks or (1, 2):
            every.append(week(given.pairings, given.days, way, weeks))
            print(every[-1], flush=True)
    return 0 if all(told.good for told in every) else 1


if __name__ == "__main__":
    sys.exit(main())
