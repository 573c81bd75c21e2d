"""What a real Radicale is asked in trouble: wrong passwords, certificates, a calendar that is gone, strange resources.

Not the suites: see test_caldav.py.
"""

from __future__ import annotations

import json
import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
import trustme

from connectors.internet import InternetCalendars, Reached, probe
from connectors.internet.caldav.wire import Way
from daemon.domain.observation import EventSeen, Unknown
from daemon.errors import AccessLost, CursorExpired
from tests.conformance.caldav_world import StandingClock
from tests.conformance.calendar_busy import FORTNIGHT
from tests.conformance.following import NOW, WINDOW, one_off, series
from tests.servers import radicale

pytestmark = pytest.mark.server("Radicale")
ANA, EVA, BEN = "ana@mentors.example", "eva@mentors.example", "ben@mentees.example"
PASSWORDS = {ANA: "pw-ana", EVA: "pw-eva"}


class Vault:
    """Passwords by address."""

    def __init__(self, passwords: dict[str, str]) -> None:
        self.passwords = passwords

    def secret(self, name: str) -> bytes:
        """KeyError where there is none."""
        return self.passwords[name.removeprefix("account/")].encode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def server(folder: Path) -> Iterator[str]:
    with radicale.radicale(folder, PASSWORDS) as url:
        for who in PASSWORDS:
            made = httpx.request("MKCALENDAR", f"{url}{who}/main/", auth=(who, PASSWORDS[who]))
            assert made.status_code == 201
        yield url


def connected(url: str, passwords: dict[str, str] = PASSWORDS, **more: object) -> InternetCalendars:
    """Ana and Eva on that server, found from its bare address."""
    accounts = [Reached(who, url=url, own_network=True) for who in (ANA, EVA)]
    return InternetCalendars(accounts, Vault(dict(passwords)), StandingClock(), **more)  # type: ignore[arg-type]


def stored(folder: Path, who: str, name: str, text: str) -> None:
    """A resource that came onto the server past its checks, as another version of it let it in."""
    path = folder / "data" / "collection-root" / who / "main" / name
    path.write_text(text.replace("\n", "\r\n"))


def test_a_wrong_password_is_said_in_plain_words_and_stops_that_account_only(server: str) -> None:
    calendars = connected(server, PASSWORDS | {ANA: "wrong"})
    with pytest.raises(AccessLost, match="does not take this user and password"):
        calendars.changes(ANA, None, WINDOW)
    assert calendars.changes(EVA, None, WINDOW).complete
    told = calendars.busy(EVA, (EVA, ANA), FORTNIGHT)
    assert isinstance(told[ANA], Unknown) and not isinstance(told[EVA], Unknown)


def test_a_new_password_counts_without_a_restart(server: str) -> None:
    vault = Vault(PASSWORDS | {ANA: "old"})
    account = Reached(ANA, url=server, own_network=True)
    calendars = InternetCalendars([account], vault, StandingClock())
    with pytest.raises(AccessLost):
        calendars.changes(ANA, None, WINDOW)
    vault.passwords[ANA] = PASSWORDS[ANA]
    assert calendars.changes(ANA, None, WINDOW).complete


def test_without_a_password_the_command_to_run_is_named(server: str) -> None:
    calendars = connected(server, {EVA: PASSWORDS[EVA]})
    with pytest.raises(AccessLost, match=f"run.py connect {ANA}"):
        calendars.changes(ANA, None, WINDOW)


def test_a_calendar_that_disappeared_is_lost_access_and_no_cancellation(server: str) -> None:
    calendars = connected(server)
    calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    cursor = calendars.changes(ANA, None, WINDOW).cursor
    login = (ANA, PASSWORDS[ANA])
    httpx.request("MKCALENDAR", f"{server}{ANA}/other/", auth=login)
    httpx.delete(f"{server}{ANA}/main/", auth=login)
    for since in (cursor, None, None):
        with pytest.raises(AccessLost, match=r"main/ is no longer there|404"):
            calendars.changes(ANA, since, WINDOW)
    with pytest.raises(AccessLost):
        calendars.put(ANA, one_off(BEN), key="k/2", expected="")
    assert calendars.changes(EVA, None, WINDOW).complete


def test_a_calendar_that_disappears_while_something_is_written_is_lost_access(server: str) -> None:
    calendars = connected(server)
    calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    httpx.delete(f"{server}{ANA}/main/", auth=(ANA, PASSWORDS[ANA]))
    with pytest.raises(AccessLost):
        calendars.put(ANA, one_off(BEN), key="k/2", expected="")


def test_trap_32_a_bogus_sync_token_is_answered_403_and_everything_is_listed_again(
    server: str,
) -> None:
    calendars = connected(server)
    first = calendars.changes(ANA, None, WINDOW)
    calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    assert first.cursor is not None
    plain = json.loads(first.cursor)
    for token in ("http://radicale.org/ns/sync/bogus", "nothing of theirs"):
        bogus = json.dumps(plain | {"token": token})
        with pytest.raises(CursorExpired):
            calendars.changes(ANA, bogus, WINDOW)
    assert len(calendars.changes(ANA, None, WINDOW).observations) == 1


STRANGE = {
    "zone.ics": "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:zone\nDTSTAMP:20261001T080000Z\n"
    f"DTSTART;TZID={'Z' * 300}:20261027T090000\nDTEND;TZID={'Z' * 300}:20261027T100000\nEND:VEVENT\nEND:VCALENDAR\n",
    "europe.ics": "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:europe\nDTSTAMP:20261001T080000Z\n"
    "DTSTART;TZID=Europe:20261027T090000\nDTEND;TZID=Europe:20261027T100000\nEND:VEVENT\nEND:VCALENDAR\n",
}  # fmt: skip


@pytest.mark.parametrize("name", STRANGE)
def test_trap_8_a_zone_that_is_none_is_set_aside_and_the_rest_goes_on(
    server: str, folder: Path, name: str
) -> None:
    """Once may be the wire's fault, so nothing is concluded; twice the same is believed, and named every time."""
    calendars = connected(server)
    calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    cursor = calendars.changes(ANA, None, WINDOW).cursor
    stored(folder, ANA, name, STRANGE[name])
    once = calendars.changes(ANA, cursor, WINDOW)
    assert (once.complete, once.cursor) == (False, cursor)
    again = calendars.changes(ANA, cursor, WINDOW)
    assert again.complete and [each.name for each in again.set_aside] == [name]
    assert (
        "unknown time zone" in again.set_aside[0].why or "not a calendar" in again.set_aside[0].why
    )
    quiet = calendars.changes(ANA, again.cursor, WINDOW)
    assert quiet.complete and quiet.set_aside == again.set_aside and not quiet.stirred
    calendars.put(ANA, one_off(BEN), key="k/2", expected="")
    more = calendars.changes(ANA, again.cursor, WINDOW)
    assert [seen.place.uid for seen in more.observations] == ["single"]
    assert more.set_aside == again.set_aside
    full = calendars.changes(ANA, None, WINDOW)
    assert not full.complete, "a listing with something unreadable proves no absence (trap_20)"
    assert len(full.observations) == 2 and full.cursor is not None
    assert isinstance(calendars.busy(ANA, (ANA,), FORTNIGHT)[ANA], Unknown)


def test_a_resource_that_is_no_calendar_stops_nobody(server: str, folder: Path) -> None:
    calendars = connected(server)
    calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    stored(folder, ANA, "letter.ics", "Dear Ana,\nthis is no calendar.\n")
    calendars.changes(ANA, None, WINDOW)
    batch = calendars.changes(ANA, None, WINDOW)
    assert [type(seen) for seen in batch.observations] == [EventSeen]
    assert calendars.changes(EVA, None, WINDOW).complete


def certified(folder: Path, *, ends: datetime | None = None) -> tuple[Path, Path, ssl.SSLContext]:
    """A certificate for 127.0.0.1, its key, and a context that trusts its maker."""
    maker = trustme.CA()
    made = maker.issue_cert("127.0.0.1", not_after=ends)
    key, chain = folder / "key.pem", folder / "chain.pem"
    made.private_key_pem.write_to_path(str(key))
    chain.write_bytes(b"".join(blob.bytes() for blob in made.cert_chain_pems))
    trusting = ssl.create_default_context()
    maker.configure_trust(trusting)
    return chain, key, trusting


@pytest.mark.parametrize(
    ("ends", "trusts", "told"),
    [
        (None, True, ""),
        (datetime(2020, 1, 1, tzinfo=UTC), True, "certificate has expired"),
        (None, False, "certificate"),
    ],
)
def test_certificates(tmp_path: Path, ends: datetime | None, trusts: bool, told: str) -> None:
    chain, key, trusting = certified(tmp_path, ends=ends)
    way = Way(tls=trusting) if trusts else Way()
    with radicale.radicale(tmp_path, PASSWORDS, (chain, key)) as url:
        with httpx.Client(verify=False) as by_hand:
            login = (ANA, PASSWORDS[ANA])
            assert by_hand.request("MKCALENDAR", f"{url}{ANA}/main/", auth=login).status_code == 201
        calendars = connected(url, way=way)
        reached = Reached(ANA, url=url, own_network=True)
        checked = probe(reached, PASSWORDS[ANA], StandingClock(), way=way)
        states = {check.name: check.state for check in checked.checks}
        if not told:
            assert calendars.changes(ANA, None, WINDOW).complete
            assert states["tls"] == "good" and checked.usable
            return
        with pytest.raises(AccessLost, match=told):
            calendars.changes(ANA, None, WINDOW)
        assert states == {"tls": "bad"} and told in checked.checks[0].text


class Late(StandingClock):
    """A clock that is wrong."""

    def now(self) -> datetime:
        """Years off."""
        return NOW - timedelta(days=2000)


def test_a_probe_says_what_is_there(server: str) -> None:
    reached = Reached(ANA, url=server, own_network=True)
    found = probe(reached, PASSWORDS[ANA], Late())
    told = [(check.name, check.state) for check in found.checks]
    assert told == [
        ("reachability", "good"),
        ("tls", "look"),
        ("login", "good"),
        ("calendar", "good"),
        ("capabilities", "good"),
        ("capabilities", "good"),
        ("capabilities", "good"),
        ("clock", "look"),
    ]
    assert found.usable and found.facts["schedules"] == "no" and found.facts["sync"] == "token"
    assert found.facts["calendar"] == f"{server}{ANA.replace('@', '%40')}/main/"
    assert "pw-ana" not in repr(found)


@pytest.mark.parametrize(
    ("change", "password", "name"),
    [
        ({}, "wrong", "login"),
        ({"url": "http://127.0.0.1:9/"}, "pw-ana", "reachability"),
        ({"own_network": False}, "pw-ana", "tls"),
        ({"url": "{server}nobody/here/"}, "pw-ana", "calendar"),
    ],
)
def test_a_probe_names_what_stops_the_account(
    server: str, change: dict[str, object], password: str, name: str
) -> None:
    filled = {k: v.format(server=server) if isinstance(v, str) else v for k, v in change.items()}
    reached = replace(Reached(ANA, url=server, own_network=True), **filled)  # type: ignore[arg-type]
    found = probe(reached, password, StandingClock())
    assert [(check.name, check.state) for check in found.checks] == [(name, "bad")]
    assert found.checks[0].advice and not found.usable
