"""`start` as a Unix daemon: signals, its log, the owner lock, and commands beside it.

Not a kill -9: that campaign is tests/stories and the store's own.
"""

from __future__ import annotations

import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.cli.place import Place, environment


@dataclass
class Running:
    """A daemon and the log it has written so far."""

    process: subprocess.Popen[str]
    log: list[str] = field(default_factory=list)

    def until(self, event: str) -> str:
        """Read the log up to a line with this event."""
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.log.append(line.rstrip("\n"))
            if f"event={event}" in line:
                return line
        raise AssertionError(f"no event={event} in {self.log}")

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to end, and wait for it."""
        self.process.send_signal(number)
        _, rest = self.process.communicate(timeout=30)
        self.log += rest.splitlines()
        return self.process.returncode


@contextmanager
def running(place: Place, *words: str, **env: str) -> Iterator[Running]:
    command = place.command("start", "--every", "0.2", "--log-level", "debug", *words)
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment() | env)
    daemon = Running(process)
    try:
        daemon.until("started")
        yield daemon
    finally:
        process.kill()
        process.communicate()


def test_sigterm_and_sigint_end_it_well(place: Place) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        with running(place) as daemon:
            daemon.until("before-claim")
            assert daemon.stop(number) == 0
            assert daemon.log[-1].endswith("event=stopped")


def test_a_second_start_refuses_and_says_who_holds_the_folder(place: Place) -> None:
    with running(place) as daemon:
        second = place.run("start")
        assert second.returncode == 1
        assert f"pid {daemon.process.pid}" in second.stderr
        assert "run.py start" in second.stderr
        assert place.run("once").returncode == 1
        assert daemon.stop() == 0
    assert place.run("once").returncode == 1  # on hold, but nobody is in the way


def test_status_and_release_work_beside_it(place: Place) -> None:
    with running(place) as daemon:
        daemon.until("before-claim")
        facts = place.facts("status")
        assert f"pid {daemon.process.pid}" in facts["owner"]
        assert [hold["name"] for hold in facts["on_hold"]] == ["first-run/koss"]
        asked = place.run("release", "first-run/koss")
        assert asked.stdout == "The running daemon was asked to release 1 of first-run/koss.\n"
        daemon.until("released")
        daemon.until("settled key=welcome")
        assert len(place.letters("ana@example.org")) == 1
        assert daemon.stop() == 0


def test_every_line_of_the_log_is_one_event_without_an_address(place: Place) -> None:
    with running(place) as daemon:
        daemon.until("before-claim")
        place.run("release", "first-run/koss")
        daemon.until("settled key=welcome")
        daemon.stop()
    for line in daemon.log:
        assert re.match(
            r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ level=(debug|info|warning|error) event=\S+", line
        )
        assert "@" not in line
    phases = [m[1] for line in daemon.log if (m := re.search(r"event=(\S+) key=welcome", line))]
    assert phases[:4] == ["claimed", "done", "settling", "settled"]


def test_trap_80_sighup_reads_the_files_again_and_a_bad_one_changes_nothing(place: Place) -> None:
    good = place.program.read_text()
    with running(place) as daemon:
        place.program.write_text(good.replace("timezone: Africa/Abidjan", "timezone: IST"))
        daemon.process.send_signal(signal.SIGHUP)
        assert "where=programs/koss.yaml:5:11" in daemon.until("config-bad")
        daemon.until("before-claim")  # and it beats on
        status = place.run("status")
        assert status.returncode == 1
        assert "THE FILES ARE BAD, the last good ones stay in force" in status.stdout
        assert "programs/koss.yaml:5:11" in status.stdout
        assert "Write the city: Asia/Kolkata" in status.stdout
        assert [each["mentee"] for each in place.facts("status")["pairings"]] == ["Ben"]

        place.program.write_text(
            f"{good}  - mentor: Ana Rao\n    mentee: Chi <chi@example.org>\n    at: Wed 9:00\n"
        )
        daemon.process.send_signal(signal.SIGHUP)
        assert "pairings=2" in daemon.until("reloaded")
        daemon.until("before-claim")
        assert [each["mentee"] for each in place.facts("status")["pairings"]] == ["Ben", "Chi"]
        assert place.facts("status")["config_problem"] == ""
        assert daemon.stop() == 0


def at_once(path: Path, text: str) -> None:
    """Write a file as most editors do: it is never half there."""
    beside = path.with_suffix(".new")
    beside.write_text(text)
    beside.replace(path)


def test_trap_80_files_that_were_bad_are_taken_over_once_they_are_mended(place: Place) -> None:
    """Half saved, then a slip in the roster, then right: one signal, and each mistake is said once."""
    good = place.program.read_text()
    roster = place.program.with_name("koss.csv")
    row = "mentor;mentee;at\nAna Rao;Chi <chi@{}.com>;Wed 9:00\n"
    roster.write_text(row.format("gmial"))
    with running(place) as daemon:
        place.program.write_text(good[: good.index("ben@example")] + "ben@exam")
        daemon.process.send_signal(signal.SIGHUP)
        assert "where=programs/koss.yaml:10:13" in daemon.until("config-bad")
        at_once(place.program, f"{good}roster: koss.csv\n")
        told = daemon.until("config-bad")
        assert "where=programs/koss.csv:2:2" in told
        assert 'why="mentee: Chi <6b1e056ef9> ends in gmial.com."' in told
        assert place.run("status").returncode == 1
        at_once(roster, row.format("gmail"))
        assert "pairings=2" in daemon.until("reloaded")
        assert place.facts("status")["config_problem"] == ""
        assert daemon.stop() == 0
    assert sum("event=config-bad" in line for line in daemon.log) == 2
    assert "@" not in "".join(daemon.log)
