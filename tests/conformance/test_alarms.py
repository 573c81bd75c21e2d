"""The bell against a real server on loopback and a real command: what they get, and what happens when they fail.

Not which alarm is due: tests/decide/test_alarms.py.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from connectors.alarms import OutsideBell, ways
from daemon.domain.alarm import Alarm, Told
from daemon.domain.program import Alarms
from daemon.domain.value import replace
from tests.conformance.alarm_server import SSH, alarm_server

NOON = datetime(2026, 10, 12, 12, tzinfo=UTC)
ALARM = Alarm("account-lost", "begins", 2, NOON - timedelta(hours=1), NOON)
DOCUMENT = {
    "program": "oneonone", "alarm": "account-lost", "standing": "begins", "count": 2,
    "since": "2026-10-12T11:00:00Z", "at": "2026-10-12T12:00:00Z",
    "text": "A calendar cannot be reached.", "next": "run.py status",
}  # fmt: skip
WRITES = "import json,os,sys; open(sys.argv[1],'a').write(json.dumps([json.load(sys.stdin), dict(os.environ), sys.argv[2:]])+chr(10))"


def heard(bell: OutsideBell) -> set[str]:
    """What the next process finds as taken everywhere, after everything was tried."""
    bell.keep({ALARM.name: Told(ALARM, bell.ways())})
    bell.close()
    return {name for name, told in bell.book().items() if not told.waits}


def test_a_server_gets_one_small_json(tmp_path: Path) -> None:
    with alarm_server() as server:
        bell = OutsideBell(Alarms(server.url), tmp_path)
        bell.ring(ALARM)
        assert server.next() == {
            "path": "/alarm?of=koss", "type": "application/json", "code": 204, **DOCUMENT,
        }  # fmt: skip
        assert heard(bell) == {"account-lost"}
        assert server.came.empty()


def test_what_is_over_says_so() -> None:
    over = ways.document(Alarm("on-hold", "over", 0, NOON, NOON))
    assert over["text"] == "Over: Something waits until it is released."


def test_a_server_that_fails_is_tried_again_and_then_it_is_unheard(tmp_path: Path) -> None:
    with alarm_server(500, 503, 204) as server:
        bell = OutsideBell(Alarms(server.url), tmp_path, pauses=(0.0, 0.0))
        bell.ring(ALARM)
        assert [server.next()["code"] for _ in range(3)] == [500, 503, 204]
        assert heard(bell) == {"account-lost"}
    with alarm_server(500) as server:
        bell = OutsideBell(Alarms(server.url), tmp_path, pauses=(0.0, 0.0))
        bell.ring(ALARM)
        assert [server.next()["code"] for _ in range(3)] == [500, 500, 500]
        assert heard(bell) == set()
        assert server.came.empty()


def test_after_an_answer_that_is_no_http_the_next_alarm_arrives(tmp_path: Path) -> None:
    out = tmp_path / "out"
    words = (sys.executable, "-c", WRITES, str(out))
    with alarm_server(SSH, 204) as server:
        bell = OutsideBell(Alarms(server.url, words), tmp_path, pauses=())
        bell.ring(ALARM)
        bell.ring(replace(ALARM, name="on-hold"))
        assert [server.next()["alarm"] for _ in range(2)] == ["account-lost", "on-hold"]
        assert heard(bell) == set()
    assert len(out.read_text().splitlines()) == 2


def test_what_nobody_thought_of_in_one_way_leaves_the_other(tmp_path: Path) -> None:
    with alarm_server() as server:
        bell = OutsideBell(Alarms(server.url, ("no\0program",)), tmp_path, pauses=())
        bell.ring(ALARM)
        bell.ring(replace(ALARM, name="on-hold"))
        assert [server.next()["alarm"] for _ in range(2)] == ["account-lost", "on-hold"]
        assert heard(bell) == set()


def test_nothing_is_followed_elsewhere(tmp_path: Path) -> None:
    with alarm_server(302) as server:
        bell = OutsideBell(Alarms(server.url), tmp_path, pauses=())
        bell.ring(ALARM)
        assert heard(bell) == set()
        assert [server.next()["path"], server.came.empty()] == ["/alarm?of=koss", True]


def test_a_server_that_says_nothing_holds_up_nobody(tmp_path: Path) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        bell = OutsideBell(
            Alarms(f"http://127.0.0.1:{silent.getsockname()[1]}/"), tmp_path, pauses=()
        )
        silent.settimeout(20)
        bell.ring(ALARM)
        taken, _ = silent.accept()  # after the caller went on
        with taken:
            taken.settimeout(20)
            assert taken.recv(4) == b"POST"
            bell.ring(replace(ALARM, name="on-hold"))  # and again, while the first waits
            assert bell.heard() == frozenset()
            taken.setblocking(False)
            with pytest.raises(BlockingIOError):
                while taken.recv(65536):
                    """What is left of the request; its end would be that the bell has let go."""
    bell.close()


def test_a_command_gets_it_on_stdin_and_in_its_environment_and_no_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONEONONE_KEY", "a secret")
    out = tmp_path / "out"
    words = (sys.executable, "-c", WRITES, str(out), "$(touch never)", "a b", "a b")
    bell = OutsideBell(Alarms(command=words), tmp_path)
    bell.ring(ALARM)
    assert heard(bell) == {"account-lost"}
    (line,) = out.read_text().splitlines()
    document, environment, rest = json.loads(line)
    assert document == DOCUMENT
    assert rest == ["$(touch never)", "a b", "a b"]
    ours = {name: value for name, value in environment.items() if name.startswith("ONEONONE_")}
    assert ours == {f"ONEONONE_{name.upper()}": str(value) for name, value in DOCUMENT.items()}


@pytest.mark.parametrize(
    "words", [("/no/such/program",), (sys.executable, "-c", "raise SystemExit(3)")]
)
def test_a_command_that_fails_is_unheard(words: tuple[str, ...], tmp_path: Path) -> None:
    bell = OutsideBell(Alarms(command=words), tmp_path, pauses=())
    bell.ring(ALARM)
    assert heard(bell) == set()


def test_what_is_taken_is_known_of_each_way(tmp_path: Path) -> None:
    with alarm_server() as server:
        bell = OutsideBell(Alarms(server.url, ("/no/such/program",)), tmp_path, pauses=())
        bell.keep({ALARM.name: Told(ALARM, bell.ways())})
        bell.ring(ALARM)
        bell.close()
        assert bell.book() == {"account-lost": Told(ALARM, ("alert_command",))}
        assert server.next()["alarm"] == "account-lost"


def test_what_is_heard_while_the_files_are_read_again_is_heard(tmp_path: Path) -> None:
    """SIGHUP in the middle of a delivery, twice: the command ends only after both."""
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    to = Alarms(command=(sys.executable, "-c", f"open({str(gate)!r}).read()"))
    bells = [OutsideBell(to, tmp_path) for _ in range(3)]
    bells[0].ring(ALARM)
    bells[1].follow(bells[0])
    assert bells[1].heard() == set()
    bells[2].follow(bells[1])
    bells[2].keep({ALARM.name: Told(ALARM, bells[2].ways())})
    gate.write_text("go on")  # waits until the command listens
    bells[2].close()
    assert {name: told.waits for name, told in bells[2].book().items()} == {ALARM.name: ()}


def test_it_rings_at_one_way_alone(tmp_path: Path) -> None:
    out = tmp_path / "out"
    words = (sys.executable, "-c", WRITES, str(out))
    with alarm_server() as server:
        bell = OutsideBell(Alarms(server.url, words), tmp_path, pauses=())
        bell.keep({ALARM.name: Told(ALARM, bell.ways())})
        bell.ring(ALARM, ("alarm_url",))
        bell.close()
        assert (server.next()["alarm"], out.exists()) == ("account-lost", False)
        assert bell.book()["account-lost"].waits == ("alert_command",)


def test_where_nobody_else_is_told_nothing_waits(tmp_path: Path) -> None:
    bell = OutsideBell(Alarms(), tmp_path)
    bell.ring(ALARM)
    assert (bell.ways(), bell.heard()) == ((), frozenset())


def test_it_rings_by_itself_unless_it_is_fed(tmp_path: Path) -> None:
    still = Alarm("no-beat", "begins", 1, NOON, NOON)
    with alarm_server() as server:
        bell = OutsideBell(Alarms(server.url), tmp_path, fed_seconds=0.05, again_seconds=1.0)
        bell.ring_unless_fed(still)
        told = [server.next() for _ in range(2)]
        bell.ring_unless_fed(None)
        assert [(each["alarm"], each["standing"], each["since"], each["at"]) for each in told] == [
            ("no-beat", "begins", "2026-10-12T12:00:00Z", "2026-10-12T12:00:00Z"),
            ("no-beat", "goes on", "2026-10-12T12:00:00Z", "2026-10-12T12:00:01Z"),
        ]
        begun = replace(still, at=NOON + timedelta(seconds=0.05))
        goes_on = replace(begun, standing="goes on", at=begun.at + timedelta(seconds=1))
        assert bell.fired()[:2] == (begun, goes_on)
        bell = OutsideBell(Alarms(server.url), tmp_path, fed_seconds=3600)
        bell.ring_unless_fed(still)
        bell.ring_unless_fed(None)
        assert bell.fired() == ()


def test_the_book_outlives_the_process_and_a_broken_one_is_begun_anew(tmp_path: Path) -> None:
    book = {ALARM.name: Told(ALARM, ("alarm_url",), NOON)}
    OutsideBell(Alarms(), tmp_path).keep(book)
    assert OutsideBell(Alarms(), tmp_path).book() == book
    assert [path.name for path in tmp_path.iterdir()] == ["alarms.json"]
    (tmp_path / "alarms.json").write_text("{")
    assert OutsideBell(Alarms(), tmp_path).book() == {}
