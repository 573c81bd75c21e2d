"""`calendar: auto`: `connect` finds out where the 1:1s are and who invites, and what it found counts from the next start.

Not the accounts of which a file says it: test_connect.py, test_internet.py.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.cli.place import Place, environment
from tests.servers import radicale

pytestmark = pytest.mark.server("Radicale")
ANA, PASSWORD = "ana@example.org", "pw-ana"
ACCOUNT = "accounts:\n  {who}: {{calendar: auto, url: {url}, own_network: true}}\n"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    (tmp_path / "server").mkdir()
    with radicale.radicale(tmp_path / "server", {ANA: PASSWORD}) as url:
        yield url


def said(place: Place, url: str) -> None:
    """The files leave open where Ana's calendar is."""
    (place.config / "oneonone.yaml").write_text(ACCOUNT.format(who=ANA, url=url))


def connect(place: Place, password: str = PASSWORD) -> subprocess.CompletedProcess[str]:
    """`run.py connect`, with the password piped in."""
    return subprocess.run(
        place.command("connect", ANA), capture_output=True, text=True, check=False,
        env=environment(), input=f"{password}\n", timeout=60,
    )  # fmt: skip


def kinds(place: Place) -> dict[str, int]:
    """How many calendars are where, after a start."""
    started = place.run("once")
    assert started.returncode in (0, 1), started.stderr
    found: dict[str, int] = place.facts("status")["calendars"]
    return found


def test_until_somebody_has_connected_it_is_a_folder(place: Place) -> None:
    assert kinds(place) == {"local": 1}
    assert (
        place.run("doctor").stdout == "No account is on the internet: everything is files here.\n"
    )


def test_a_server_with_a_calendar_is_where_the_1_1s_are_from_the_next_start(
    place: Place, server: str
) -> None:
    httpx.request("MKCALENDAR", f"{server}{ANA}/main/", auth=(ANA, PASSWORD))
    said(place, server)
    answer = connect(place)
    assert answer.returncode == 0, answer.stderr
    lines = answer.stdout.splitlines()
    assert (
        "  good  capabilities: guests are invited by mail, because the server does not do it"
        in lines
    )
    assert lines[-2:] == [
        f"calendar: auto is settled for {ANA}: 1:1s are kept there, and who invites stands above.",
        "It counts from the next start of the daemon.",
    ]
    assert kinds(place) == {"internet": 1}
    assert "calendars: 1 connected (1 on a server)" in place.run("status").stdout
    (looked,) = json.loads(place.run("doctor", "--json").stdout)["accounts"]
    assert (looked["address"], looked["facts"]["schedules"]) == (ANA, "no")


def test_a_server_without_a_calendar_means_invitations_by_mail(place: Place, server: str) -> None:
    said(place, server)
    answer = connect(place)
    assert answer.returncode == 0, answer.stdout
    assert answer.stdout.splitlines()[-2:] == [
        f"calendar: auto is settled for {ANA}: 1:1s are invitations by mail, from the mailbox of the program.",
        "It counts from the next start of the daemon.",
    ]
    assert kinds(place) == {"none": 1}
    assert place.run("doctor").stdout == (
        f"{ANA}\n  good  calendar: auto: 1:1s are invitations by mail, from the mailbox of the program\n"
    )


@pytest.mark.parametrize("calendar", ["on a server", "none"])
def test_1_1s_that_have_begun_in_a_folder_are_put_there_and_nobody_is_alarmed(
    place: Place, server: str, calendar: str
) -> None:
    place.write("send")
    said(place, server)
    for person in ("ana-rao", "ben-das"):
        place.run("once")
        place.run("reply", "ana-rao-ben-das", person, "YES")
    place.run("once")
    letters = [mail for mail in place.letters("ben@example.org") if "text/calendar" not in mail]
    if calendar == "on a server":
        httpx.request("MKCALENDAR", f"{server}{ANA}/main/", auth=(ANA, PASSWORD))
    assert connect(place).returncode == 0
    for _ in range(3):
        assert place.run("once").returncode == 0
    facts = place.facts("status")
    assert (facts["look"], facts["on_hold"], facts["pairings"][0]["standing"]) == ([], [], "active")
    mails = place.letters("ben@example.org")
    invited = [mail for mail in mails if "text/calendar" in mail]
    assert [mail for mail in mails if mail not in invited] == letters
    assert len(invited) == 1
    if calendar == "on a server":
        found = httpx.get(f"{server}{ANA}/main/", auth=(ANA, PASSWORD)).text
        assert (found.count("BEGIN:VEVENT"), found.count("RRULE")) == (1, 1)


@pytest.mark.parametrize("wrong", ["password", "server"])
def test_what_could_not_be_asked_settles_nothing(place: Place, server: str, wrong: str) -> None:
    said(place, server if wrong == "password" else "http://127.0.0.1:9/")
    answer = connect(place, "wrong" if wrong == "password" else PASSWORD)
    assert answer.returncode == 1
    assert answer.stderr == f"{ANA} is not connected, and nothing is changed.\n"
    assert kinds(place) == {"local": 1}


def test_doctor_says_whose_1_1s_nobody_sees(place: Place) -> None:
    """A program with a mailbox on the internet, and a mentor of whom nothing is known yet."""
    (place.config / "oneonone.yaml").write_text(
        "accounts:\n  koss@example.org: {mail: internet, imap: 127.0.0.1:9, smtp: 127.0.0.1:9}\n"
    )
    told = place.run("doctor").stdout
    assert (
        f"{ANA}\n  look  calendar: auto, and nothing is connected: 1:1s are in a folder on this machine\n"
        f"        run.py connect {ANA} --config {place.config}, or calendar: none for invitations by mail.\n"
    ) in told
