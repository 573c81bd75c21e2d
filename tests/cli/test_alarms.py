"""What raises an alarm, and who is told: server, contact and log, once, daily, and when it is over.

Not how a server or a command is told: tests/conformance/test_alarms.py.
"""

from __future__ import annotations

import json
import logging
import re
import signal
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from connectors.alarms import OutsideBell
from daemon.alarms import look
from daemon.domain.program import Alarms
from daemon.errors import Temporary
from daemon.machine import Daemon
from daemon.ports import Batch, Cursor, OutgoingLetter
from daemon.tick import tick
from tests.cli.acted import Village
from tests.cli.place import Place
from tests.cli.test_heartbeat import Shown
from tests.cli.test_start import running
from tests.conformance.alarm_server import AlarmServer, alarm_server

HOLD = "first-run/koss"
LAUNCH = "The first letter waits for you. Nobody has got anything."


def told_to(place: Place, server: AlarmServer) -> None:
    """The alarms of this place go there."""
    (place.config / "oneonone.yaml").write_text(f"alarm_url: {server.url}\n")


def came(server: AlarmServer) -> list[str]:
    """What has come so far, when a command has ended."""
    found = []
    while not server.came.empty():
        each: dict[str, Any] = server.came.get()
        found.append(f"{each['alarm']} {each['standing']} {each['count']}")
    return found


def to_maya(place: Place) -> list[str]:
    """The first lines of the letters to the contact."""
    return first_lines(place.data)


def first_lines(data: Path) -> list[str]:
    """The same, in any data folder."""
    return [text.splitlines()[0] for text in texts(data)]


def texts(data: Path) -> list[str]:
    """The letters to the contact."""
    folder = data / "mail" / "maya@example.org" / "new"
    found = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        part = message_from_bytes(path.read_bytes(), policy=policy.default).get_body(("plain",))
        assert part is not None
        found.append(str(part.get_content()).replace("\r\n", "\n"))
    return found


def test_what_waits_is_told_once_and_when_it_is_over(place: Place) -> None:
    with alarm_server() as server:
        told_to(place, server)
        place.run("once")
        assert came(server) == ["on-hold begins 1"]
        assert to_maya(place) == [LAUNCH]
        assert json.loads((place.data / "alarms.json").read_text())["on-hold"]["waits"] == []
        place.run("once")
        assert (came(server), len(to_maya(place))) == ([], 1)
        place.run("release", HOLD)
        assert came(server) == ["on-hold over 0"]
        assert sorted(to_maya(place)) == [
            "Nothing waits for you any more.", LAUNCH,
        ]  # fmt: skip
        place.run("once")
        assert (came(server), len(to_maya(place))) == ([], 2)


def test_the_contact_reads_what_would_go_out_and_the_two_commands(place: Place) -> None:
    place.run("once")
    (raw,) = place.letters("maya@example.org")
    assert not re.search("ana@|ben@", raw)
    (text,) = texts(place.data)
    text = text.replace(f" --config {place.config}", " --config CONFIG")
    assert re.sub(r"begins on [^.]*", "begins on DAY", text) == LAUNCH_LETTER
    assert raw.count("<blockquote") == 3  # the letter that waits is one piece


LAUNCH_LETTER = """\
The first letter waits for you. Nobody has got anything.

What Ana Rao will read:
| Maya suggests you as mentor for Ben Das: 30 minutes a week.
|
| Hi Ana,
| would Tuesdays 10:00 suit you? Reply YES or NO.
| It begins on DAY.
|
| I am the assistant of KOSS 1:1s, software. I put the 1:1s in your calendar. When a 1:1 falls out, I offer Ben others.
| I see when you are busy, not what your other events are about.
|
| NO: no time this term. Ben has not been told.
| If I hear nothing, I remind you; nothing else happens.
| Another hour? A question? Maya answers.
|
| Who reads your reply: only Maya. Ben sees your yes, nothing else.

To see all that waits, on the server:
| run.py held --config CONFIG

To let it go, to at most 10 new people an hour:
| run.py release first-run/koss --config CONFIG

Who reads your reply: nobody. I am software.

Help, read only by Maya: maya@example.org
"""


def test_changed_files_that_wait_are_one_letter_however_many_beats(tmp_path: Path) -> None:
    made = Village(tmp_path / "mine", 12, datetime(2026, 12, 28, 9, 0, tzinfo=UTC))
    made.all_running()
    made.rewrite("cadence: weekly", "cadence: biweekly")
    waits = "The files have changed, for 12 pairings. The old ones count until you say so."
    for _ in range(3):
        made.run("once")
        made.passes(minutes=5)
    assert first_lines(made.data) == [waits]
    (text,) = texts(made.data)
    assert f"| run.py plan --config {made.config}\n" in text
    assert f"| run.py apply --yes --config {made.config}\n" in text
    made.rewrite("cadence: biweekly", "cadence: every 3 weeks")  # edited since: they wait anew
    made.run("once")
    assert first_lines(made.data) == [waits] * 2


def test_of_two_programs_with_one_contact_one_letter_goes_to_the_contact(place: Place) -> None:
    written = place.program.read_text()
    place.program.write_text(written + "help_to: Eva <eva@example.org>\n")
    second = written.replace("KOSS 1:1s", "More 1:1s").replace("koss@", "more@")
    second = second.replace("Ana Rao <ana@", "Dan Roy <dan@").replace(
        "Ben Das <ben@", "Chi Lin <chi@"
    )
    place.program.with_name("more.yaml").write_text(second + "help_to: Rui <rui@example.org>\n")
    place.run("once")
    assert to_maya(place) == [LAUNCH] * 2  # each program has its own first letters
    assert [place.letters(f"{who}@example.org") for who in ("eva", "rui")] == [[], []]


def test_wrong_files_are_told_while_the_last_good_ones_stay_in_force(place: Place) -> None:
    place.write(first_run="send")
    good = place.program.read_text()
    with alarm_server() as server:
        told_to(place, server)
        with running(place) as daemon:
            place.program.write_text(good.replace("Africa/Abidjan", "IST"))
            daemon.process.send_signal(signal.SIGHUP)
            first = server.next()
            assert (first["alarm"], first["standing"]) == ("files-wrong", "begins")
            assert "name=files-wrong standing=begins count=1" in daemon.until("alarm")
            daemon.until("settled key=tell")
            assert to_maya(place) == ["The files have a mistake. The last good ones stay in force."]
            place.program.write_text(good)
            daemon.process.send_signal(signal.SIGHUP)
            assert server.next()["standing"] == "over"
            assert daemon.stop() == 0


def test_a_damaged_store_is_told_though_nothing_can_be_kept_in_it(place: Place) -> None:
    place.write(first_run="send")
    with alarm_server() as server:
        told_to(place, server)
        place.run("once")
        whole, store = place.config / "whole.db", place.data / "oneonone.db"
        place.run("backup", str(whole))
        raw = bytearray(store.read_bytes())
        raw[4096:20480] = b"\xa5" * 16384
        store.write_bytes(raw)
        done = place.run("once")
        assert done.returncode == 1
        assert "event=alarm name=store-damaged standing=begins" in done.stderr
        assert came(server) == ["store-damaged begins 1"]
        place.run("start")
        assert came(server) == []  # a supervisor may start it every second
        place.run("restore", str(whole))
        place.run("once")
        assert sorted(came(server)) == ["on-hold begins 1", "store-damaged over 0"]


class NoServer:
    """A mailbox whose server is off."""

    def send(self, letter: OutgoingLetter, *, key: str) -> Any:
        raise Temporary("connection refused")

    def sent(self, letter: OutgoingLetter) -> Any:
        raise Temporary("connection refused")

    def arrivals(self, since: Cursor | None) -> Batch:
        raise Temporary("connection refused")

    def clear(self, names: Any, before: Any, may_go: Any) -> Any:
        raise Temporary("connection refused")


NOWHERE = Alarms()


class Watched:
    """A daemon in memory whose bell has a book."""

    def __init__(self, folder: Path, to: Alarms = NOWHERE) -> None:
        self.shown = Shown()
        self.daemon.ports.bell = self.bell = OutsideBell(to, folder, pauses=())

    @property
    def daemon(self) -> Daemon:
        return self.shown.heart.daemon

    def beats_for(self, span: timedelta) -> list[str]:
        """Beats a minute apart, and what stands in the book then."""
        for _ in range(span // timedelta(minutes=1)):
            self.shown.outside.clock.spend(timedelta(minutes=1))
            tick(self.daemon)
            look(self.daemon)
        self.bell.ring_unless_fed(None)
        alarms = (told.alarm for told in self.bell.book().values())
        return [f"{each.name} {each.standing} {each.count}" for each in alarms]


def test_mail_that_cannot_be_sent_is_told_after_a_quarter_of_an_hour(tmp_path: Path) -> None:
    watched = Watched(tmp_path)
    mailbox, real = next(iter(watched.daemon.ports.mail.items()))
    watched.daemon.ports.mail = {mailbox: NoServer()}
    assert watched.beats_for(timedelta(minutes=7)) == []
    assert watched.beats_for(timedelta(minutes=13)) == ["mail-stuck begins 1"]
    watched.daemon.ports.mail = {mailbox: real}
    assert watched.beats_for(timedelta(minutes=90)) == []  # over, and heard


def test_a_way_out_that_fails_tells_the_contact_and_the_log_nothing_twice(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    watched = Watched(tmp_path, Alarms(command=("/no/such/program",)))
    with caplog.at_level(logging.INFO, "oneonone"):
        watched.shown.outside.hands.lock_out("ana@example.org")
        assert watched.beats_for(timedelta(hours=2)) == ["account-lost begins 1"]
        watched.shown.outside.hands.let_in("ana@example.org")
        assert watched.beats_for(timedelta(hours=23)) == ["account-lost over 0"]
        assert watched.beats_for(timedelta(hours=2)) == []  # nobody took it, and it is old news
    watched.bell.close()
    assert logged(caplog) == [
        "name=account-lost standing=begins count=1",
        "name=account-lost standing=over count=0",
    ]


def logged(caplog: pytest.LogCaptureFixture) -> list[str]:
    """The alarms in the log."""
    lines = caplog.text.splitlines()
    return [line.partition("event=alarm ")[2] for line in lines if "event=alarm " in line]


def test_a_lost_calendar_is_told_again_after_a_day(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    watched = Watched(tmp_path)
    watched.beats_for(timedelta(minutes=2))
    watched.shown.outside.hands.lock_out("ana@example.org")
    with caplog.at_level(logging.INFO, "oneonone"):
        assert watched.beats_for(timedelta(minutes=3)) == ["account-lost begins 1"]
        assert watched.beats_for(timedelta(hours=24)) == ["account-lost goes on 1"]
        watched.shown.outside.hands.let_in("ana@example.org")
        watched.beats_for(timedelta(hours=2))
    assert logged(caplog) == [
        "name=account-lost standing=begins count=1",
        "name=account-lost standing=goes-on count=1",
        "name=account-lost standing=over count=0",
    ]
    letters = [raw.decode() for raw in watched.shown.outside.hands.letters("maya@example.org")]
    told = [
        line
        for text in letters
        for line in text.splitlines()
        if line.startswith("X-Oneonone-Key: tell/program")
    ]
    assert [line.split("/")[3] for line in told] == [
        "alarm-account-lost",
        "alarm-over-account-lost",
    ]
