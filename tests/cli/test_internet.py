"""The whole daemon with mentors whose calendars are on a real CalDAV server, beside one whose calendar is a folder.

Not the connector alone: see tests/conformance/test_caldav*.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import caldav
import httpx
import pytest

from connectors.stores.vault import FileVault
from daemon.simulate.letterbox import letter
from tests.cli.acted import Village
from tests.servers import radicale

pytestmark = pytest.mark.server("Radicale")
MONDAY = datetime(2026, 12, 28, 9, 0, tzinfo=UTC)
ADA, BO, ABE = "ada@example.org", "bo@example.org", "abe@example.org"
PASSWORDS = {ADA: "pw-ada", BO: "pw-bo"}
ACCOUNT = "  {who}: {{calendar: internet, url: {url}, own_network: true}}\n"


class Town(Village):
    """Ada and Bo keep their calendars on a server, Cy in a folder; Bo's password is wrong."""

    def __init__(self, config: Path, url: str) -> None:
        super().__init__(config, 3, MONDAY)
        self.url = url
        said = "".join(ACCOUNT.format(who=who, url=url) for who in PASSWORDS)
        (config / "oneonone.yaml").write_text(f"accounts:\n{said}")
        vault = FileVault(self.data / "vault", {})
        vault.put(f"account/{ADA}", b"pw-ada")
        vault.put(f"account/{BO}", b"an old one")
        for who, password in PASSWORDS.items():
            httpx.request("MKCALENDAR", f"{url}{who}/main/", auth=(who, password))

    def calendar(self, client: caldav.DAVClient) -> Any:
        """Ada's calendar, as another program of hers sees it."""
        return client.calendar(url=f"{self.url}{ADA.replace('@', '%40')}/main/")

    def events(self) -> dict[str, list[str]]:
        """The starts on Ada's calendar by uid, in the next three weeks."""
        found: dict[str, list[str]] = {}
        with self.client() as client:
            for each in self.calendar(client).search(
                start=MONDAY, end=datetime(2027, 1, 20, tzinfo=UTC), event=True, expand=True
            ):
                part = each.icalendar_component
                at = part.decoded("DTSTART").astimezone(UTC)
                found.setdefault(str(part["UID"]), []).append(f"{at:%d %b %H:%M}")
        return {uid: sorted(starts) for uid, starts in found.items()}

    def client(self) -> caldav.DAVClient:
        """Ada's program."""
        return caldav.DAVClient(self.url, username=ADA, password="pw-ada", auth_type="basic")

    def takes_off(self, day: str) -> None:
        """Ada deletes one occurrence with her program."""
        with self.client() as client:
            (event,) = self.calendar(client).events()
            calendar = event.icalendar_instance
            (master,) = calendar.walk("VEVENT")
            start = master["DTSTART"].dt
            master.add(
                "EXDATE", [datetime.fromisoformat(f"{day}T10:00").replace(tzinfo=start.tzinfo)]
            )
            event.icalendar_instance = calendar
            event.save()

    def touchpoints(self, who: str) -> list[str]:
        """The letters that somebody got, by kind."""
        return [letter(raw, who, self.time.now()).touchpoint for raw in self.hands.letters(who)]


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    server = tmp_path / "server"
    server.mkdir()
    with radicale.radicale(server, PASSWORDS) as url:
        yield Town(tmp_path / "mine", url)


def test_a_series_on_a_real_server_is_made_cancelled_repaired_and_stands_once(town: Town) -> None:
    town.all_running()
    ((uid, starts),) = town.events().items()
    assert starts[:2] == ["05 Jan 09:00", "12 Jan 09:00"]
    town.takes_off("2027-01-12")
    for minutes in (1, 5, 10):
        town.passes(minutes=minutes)
        town.run("once")
    assert town.touchpoints(ABE).count("proposal") == 1
    town.says(ABE, "proposal", "2")
    for _ in range(2):
        town.passes(minutes=5)
        town.run("once")
    events = town.events()
    assert "12 Jan 09:00" not in events[uid]
    (booked,) = [starts for other, starts in events.items() if other != uid]
    assert len(booked) == 1
    for _ in range(3):
        town.passes(minutes=30)
        town.run("once")
    assert town.events() == events, "what stands stands once, and nothing goes back and forth"
    assert town.touchpoints(ABE).count("proposal") == 1


def test_trap_43_a_wrong_password_is_a_clear_state_and_delays_nobody(town: Town) -> None:
    town.all_running()
    assert town.events(), "Ada's series is there"
    assert list((town.data / "calendars" / "cy@example.org").glob("*.ics")), "and Cy's"
    shown = town.run("status").out
    assert "calendars: 2 connected, 1 lost" in shown, shown
    assert BO not in shown or "pw" not in shown
    assert not (town.data / "calendars" / BO).exists(), "nobody's server is replaced by a folder"
    FileVault(town.data / "vault", {}).put(f"account/{BO}", b"pw-bo")
    for _ in range(2):
        town.passes(minutes=61)
        town.run("once")
    assert "calendars: 3 connected" in town.run("status").out


def test_a_plan_looks_at_the_server_and_changes_nothing(town: Town) -> None:
    town.rewrite("first_run: send", "first_run: hold")
    (before,) = [town.events()]
    shown = town.run("plan")
    assert "Traceback" not in shown.err and before == town.events() == {}
    assert "pw-ada" not in shown.out + shown.err


def test_trap_82_no_password_is_in_any_file_but_the_vault(town: Town) -> None:
    town.all_running()
    for path in town.config.rglob("*"):
        if path.is_file():
            assert b"pw-ada" not in path.read_bytes(), path
