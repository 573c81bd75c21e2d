"""A mentor without a calendar here who shares busy times with the account of the program, on a real server.

Not what servers answer: tests/conformance/test_caldav_shared.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from connectors.stores.vault import FileVault
from daemon.simulate.letterbox import letter
from tests.cli.acted import Village
from tests.cli.calendar_program import CalendarProgram
from tests.servers import radicale

pytestmark = pytest.mark.server("Radicale")
MONDAY = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
ADA, ABE, KOSS = "ada@example.org", "abe@example.org", "koss@example.org"
USERS = {ADA: "pw-ada", KOSS: "pw-koss"}
ACCOUNTS = """\
accounts:
  ada@example.org: {{calendar: none, shares_busy_with: koss@example.org, url: "{url}{shared}"}}
  koss@example.org: {{calendar: internet, url: "{url}", own_network: true}}
"""
BUSY = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//her program//EN\r\nBEGIN:VEVENT\r\nUID:{day}\r\n"
    "DTSTAMP:20261001T080000Z\r\nDTSTART:202701{day}T060000Z\r\nDTEND:202701{day}T190000Z\r\n"
    "SUMMARY:Clinic\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


class Town(Village):
    """Ada's calendar is on a server, and the daemon sees nothing of it but when she is busy."""

    def __init__(self, config: Path, url: str) -> None:
        super().__init__(config, 1, MONDAY)
        self.url = f"{url}ada%40example.org/main/"
        self.shares("ada%40example.org/main/", url)
        FileVault(self.data / "vault", {}).put(f"account/{KOSS}", b"pw-koss")
        assert self.ada("MKCALENDAR").is_success
        self.program_of_ada = CalendarProgram(url, ADA, "pw-ada")

    def shares(self, path: str, url: str) -> None:
        """What the files say of it."""
        (self.config / "oneonone.yaml").write_text(ACCOUNTS.format(url=url, shared=path))

    def ada(self, method: str, name: str = "", content: str = "") -> httpx.Response:
        """Something that Ada does on her server."""
        return httpx.request(
            method, f"{self.url}{name}", auth=(ADA, "pw-ada"), content=content,
            headers={"Content-Type": "text/calendar"},
        )  # fmt: skip

    def is_busy_on(self, *days: str) -> None:
        """Ada works all day, on these days of January."""
        for day in days:
            assert self.ada("PUT", f"{day}.ics", BUSY.format(day=day)).is_success

    def beats(self, *minutes: int) -> None:
        """One beat after each stretch of time; what was mailed is in Ada's calendar at once."""
        for each in minutes:
            self.passes(minutes=each)
            self.run("once")
            self.program_of_ada.takes_over(list(self.hands.letters(ADA)))

    def touchpoints(self, who: str) -> list[str]:
        """The letters that somebody got, by kind."""
        return [letter(raw, who, self.time.now()).touchpoint for raw in self.hands.letters(who)]

    def last(self, who: str, touchpoint: str) -> str:
        """The last letter of a kind."""
        got = [letter(raw, who, self.time.now()) for raw in self.hands.letters(who)]
        return [each.text for each in got if each.touchpoint == touchpoint][-1]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    (tmp_path / "server").mkdir()
    with radicale.radicale(tmp_path / "server", USERS, may_see_busy=KOSS) as url:
        yield url


@pytest.fixture
def town(server: str, tmp_path: Path) -> Town:
    return Town(tmp_path / "mine", server)


def test_the_mentee_is_offered_times_at_once_and_the_mentor_is_not_asked(town: Town) -> None:
    town.all_running()
    welcome = town.last(ADA, "welcome-mentor-connected")
    assert "I see when you are busy, not what your other events are about." in welcome
    assert "I invite you both by mail." in welcome
    # Tuesday 12 is the 1:1, Thursday 14 is free
    town.is_busy_on("07", "08", "09", "10", "11", "13", "15")
    town.beats(1, 60, 24 * 60)
    town.says(ABE, "welcome-mentee", "MOVE 12 January")
    town.beats(1, 5, 10)
    lines = town.last(ABE, "proposal").splitlines()
    assert [line for line in lines if line[:3] in ("1  ", "2  ", "3  ")] == [
        "1  Tue 12 Jan, 09:30",
        "2  Tue 12 Jan, 10:30",
        "3  Thu 14 Jan, 10:00, your usual hour",
    ]
    assert "proposal-mentor" not in town.touchpoints(ADA)
    town.says(ABE, "proposal", "1")
    town.beats(1, 5, 60, 24 * 60)
    assert "moved" in town.touchpoints(ABE)
    assert "clash" not in town.touchpoints(ADA), "a 1:1 does not lie on itself"


def test_what_lies_on_a_1to1_has_no_name_there_and_nothing_is_guessed(town: Town) -> None:
    """The server tells one stretch of time, in which the 1:1 is. Ada declines the invitation where it does not suit."""
    town.all_running()
    town.beats(1, 60)
    town.is_busy_on("12")
    town.beats(30, 60, 24 * 60, 24 * 60)
    assert town.touchpoints(ADA) == ["welcome-mentor-connected", "ack", ""]


@pytest.mark.parametrize("shared", ["koss%40example.org/none/", "../elsewhere/"])
def test_whose_busy_times_are_not_told_is_asked_first(town: Town, server: str, shared: str) -> None:
    town.shares(shared, server)
    town.all_running()
    town.beats(1, 60, 24 * 60)
    town.says(ABE, "welcome-mentee", "MOVE 12 January")
    town.beats(1, 5, 10)
    assert "proposal-mentor" in town.touchpoints(ADA)
    assert "proposal" not in town.touchpoints(ABE)
    town.beats(20)
    said = town.run("status").out
    assert (
        "BUSY TIMES ARE NOT TOLD\n  Ada's: koss@example.org is not told what takes time in http://"
        in said
    )
    assert (
        "\n  Their owner is asked which times suit. Whether they are told by now: run.py doctor.\n"
        in said
    )
    assert ADA not in said and ABE not in said


def test_doctor_says_that_they_are_told_and_connect_whom_to_connect(
    town: Town, server: str
) -> None:
    said = town.run("doctor").out.splitlines()
    assert said[:6] == [
        KOSS,
        "  good  reachability: 127.0.0.1 answers",
        "  look  tls: 127.0.0.1 gets the password in clear text",
        "        Fine on this machine; over a network let it speak https.",
        "  good  login: it takes the user and the password",
        f"  good  busy times: those of {ADA} are told, and nothing else",
    ]
    told = town.run("connect", ADA)
    assert told.code == 2
    assert told.err == (
        f"{ADA} has nothing to connect: busy times are shared with {KOSS}.\n"
        f"Connect that account: run.py connect {KOSS} --config {town.config}\n"
    )
    town.shares("koss%40example.org/none/", server)
    assert (
        f"  look  busy times: those of {ADA} are not told: {KOSS} is not told what takes time in"
        in town.run("doctor").out
    )
