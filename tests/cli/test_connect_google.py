"""`calendar: google` as an admin and a mentor meet it: connect, doctor, a 1:1 that is deleted there, a yes that is taken back.

Not the connector: tests/conformance/test_google.py. Google is the one of tests/servers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from connectors.internet import Grant
from connectors.internet.mail.limits import PERSONAL, WORKSPACE
from connectors.internet.oauth.granting import REDIRECT
from connectors.internet.oauth.issuer import CALENDAR_SCOPES, MAIL, SENDING
from connectors.stores.vault import FileVault
from daemon.cli.accounts import CLIENT_SECRET
from daemon.domain.program import Web
from daemon.settings import load
from daemon.web.connecting import BACK
from tests.cli.acted import Village
from tests.cli.place import ROOT, Place
from tests.cli.signing_in import signs_in
from tests.servers.google import Google
from tests.servers.google.grants import ServiceAccount

ANA, ADA = "ana@example.org", "ada@example.org"
ACCOUNT = """\
google_client_id: {client}
accounts:
  {who}: {{calendar: google, url: {url}, own_network: true}}
"""


@pytest.fixture
def google() -> Iterator[Google]:
    with Google() as google:
        yield google
    assert google.problems == []


def files(google: Google, config: Path, who: str) -> None:
    text = ACCOUNT.format(client=google.grants.client_id, who=who, url=google.url)
    (config / "oneonone.yaml").write_text(text)


def test_a_mentor_says_yes_once_and_doctor_says_how_it_stands(place: Place, google: Google) -> None:
    google.account(ANA)
    files(google, place.config, ANA)
    refused = signs_in(place, google, ANA, "deny")
    assert (refused.returncode, "access_denied" in refused.stderr) == (1, True)
    assert "nobody has signed in" in place.run("doctor").stdout
    done = signs_in(place, google, ANA)
    assert done.returncode == 0, done.stderr
    assert done.stdout == (
        f"{ANA}\n  good  login: Google lets us in\n"
        "  good  calendar: 1:1s are kept in the main calendar (Europe/Berlin), and Google invites the mentees\n"
        f"{ANA} is connected.\n"
    )
    kept = b"".join(
        each.read_bytes() for each in (place.data / "vault").rglob("*") if each.is_file()
    )
    assert b"refresh" not in kept
    assert place.run("doctor").returncode == 0
    google.grants.take_back(ANA)
    lost = place.run("doctor")
    assert lost.returncode == 1
    assert 'status "Testing"' in lost.stdout
    assert signs_in(place, google, ANA).returncode == 0
    assert place.run("doctor").returncode == 0


def test_half_a_yes_is_none(place: Place, google: Google) -> None:
    """People may leave a box without a tick: then 1:1s would exist, and nobody would know when a mentee is busy."""
    google.account(ANA)
    files(google, place.config, ANA)
    said = signs_in(place, google, ANA, unticked="scope_1")
    assert said.returncode == 1
    assert said.stderr.endswith(
        f"{ANA} was not granted: a box was left without a tick (calendar.freebusy). Please begin again, and leave every box ticked.\n"
    )
    assert "nobody has signed in" in place.run("doctor").stdout


def test_another_account_than_the_one_that_was_asked_is_none(place: Place, google: Google) -> None:
    """On a phone with two accounts the wrong one is a tap away."""
    google.account(ANA)
    google.account(ADA)
    files(google, place.config, ANA)
    said = signs_in(place, google, ANA, account=ADA)
    assert said.returncode == 1
    assert said.stdout == (
        f"{ANA}\n  bad   login: whoever has let us in does not own the calendar of that name\n"
        f"        Sign in as {ANA}; or write the account's own address in the files, if this is another name of it.\n"
    )
    assert "nobody has signed in" in place.run("doctor").stdout


def test_a_yes_of_which_google_takes_half_back_is_told_apart_from_one_that_ended(
    place: Place, google: Google
) -> None:
    google.account(ANA)
    files(google, place.config, ANA)
    grant = Grant(google.grants.granted(ANA, CALENDAR_SCOPES[:1]), google.grants.client_secret)
    FileVault(place.data / "vault", {}).put(f"account/{ANA}", grant.text().encode())
    said = place.run("doctor")
    assert said.returncode == 1
    assert "not everything was allowed: calendar.freebusy is missing" in said.stdout
    assert "Testing" not in said.stdout


def test_a_1_1_that_its_mentor_deletes_at_google_is_offered_anew(
    tmp_path: Path, google: Google
) -> None:
    village = Village(tmp_path / "mine", 2, datetime(2026, 12, 28, 9, 0, tzinfo=UTC))
    village.rewrite("first_run: send\n", "first_run: send\nverify: token\n")
    village.rewrite("    mentee: Abe Elm", "    link: Meet\n    mentee: Abe Elm")
    village.wakes_nobody()
    google.now = village.time.now()
    files(google, village.config, ADA)
    grant = Grant(google.account(ADA), google.grants.client_secret)
    FileVault(village.data / "vault", {}).put(f"account/{ADA}", grant.text().encode())
    village.all_running()
    (series,) = google.events.calendars[ADA].events.values()
    assert series["recurrence"] == ["RRULE:FREQ=WEEKLY;INTERVAL=1;BYDAY=TU"]
    assert [(each.to, each.kind) for each in google.mails] == [("abe@example.org", "invitation")]
    second = f"{series['id']}_20270105T090000Z"
    google.browser(ADA).delete_one(second)
    for _ in range(3):
        village.passes(minutes=45)
        google.now = village.time.now()
        village.run("once")
    offers = [raw for raw in village.hands.letters("abe@example.org") if b"proposal" in raw]
    assert len(offers) == 1
    village.says("abe@example.org", "proposal", "1")
    for _ in range(2):
        village.passes(minutes=2)
        google.now = village.time.now()
        village.run("once")
    (moved,) = [raw for raw in village.hands.letters("abe@example.org") if b"Key: moved" in raw]
    assert series["hangoutLink"].encode() in moved
    assert "1 at Google" in village.run("status").out


def test_without_its_id_at_google_the_files_are_refused(place: Place) -> None:
    (place.config / "oneonone.yaml").write_text(f"accounts:\n  {ANA}: {{calendar: google}}\n")
    said = place.run("check")
    assert said.returncode == 2
    assert f"google_client_id:  is missing, and {ANA} is at Google." in said.stdout + said.stderr


def test_a_service_account_acts_for_the_people_of_a_workspace(place: Place, google: Google) -> None:
    """Its admin has allowed that once; nobody connects anything."""
    robot, private = "robot@project.iam.gserviceaccount.com", generate_private_key(65537, 2048)
    google.account(ANA)
    google.grants.services[robot] = ServiceAccount(private.public_key())
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    key = {
        "type": "service_account", "client_email": robot, "private_key_id": "1", "private_key": pem,
        "token_uri": "https://elsewhere.example/token",
    }  # fmt: skip
    (place.config / "oneonone.yaml").write_text(
        f"google_service_account: {robot}\n"
        f"accounts:\n  {ANA}: {{calendar: google, url: {google.url}, own_network: true}}\n"
    )
    assert "nobody has signed in" not in place.run("check").stdout
    assert place.given("connect", robot, text="{}").returncode == 2
    refused = place.given("connect", robot, text=json.dumps(key))
    assert refused.returncode == 1
    assert "has not allowed the service account to act for this person" in refused.stdout
    google.grants.services[robot].acts_for = "example.org"
    done = place.given("connect", robot, text=json.dumps(key, indent=2))
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith(
        f"{robot} is connected, and acts for whoever has not connected their own calendar.\n"
    )
    assert place.run("doctor").returncode == 0
    kept = b"".join(f.read_bytes() for f in (place.data / "vault").rglob("*") if f.is_file())
    assert b"PRIVATE KEY" not in kept


def test_nothing_that_google_gives_goes_to_another_server(place: Place) -> None:
    (place.config / "oneonone.yaml").write_text(
        "google_client_id: x.apps.googleusercontent.com\n"
        f"accounts:\n  {ANA}: {{calendar: google, url: 'https://dav.example.org/ana/'}}\n"
    )
    said = place.run("check")
    assert said.returncode == 2
    assert (
        "url:  is for a calendar on a server, and Google is found without it."
        in said.stdout + said.stderr
    )


def test_the_page_about_it_says_what_holds(place: Place) -> None:
    page = (ROOT / "docs" / "connect-google.md").read_text()
    for example in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL):
        (place.config / "oneonone.yaml").write_text(example)
        loaded = load(place.config)
        assert loaded.errors == ()
        account = next(each for each in loaded.config.accounts if each.at_google)
        by = account.client_id or loaded.config.google_service_account
        assert by.rpartition(".")[0] in example
        assert loaded.config.web == (
            Web("https://1on1.example.org") if "web:" in example else Web()
        )
    assert page.count("```yaml") == 6
    assert f"`https://1on1.example.org{BACK}`" in page
    scopes = [*CALENDAR_SCOPES, MAIL, SENDING]
    assert (
        re.findall(r"`(https://(?:www.googleapis.com/auth|mail.google.com)/[\w.]*)`", page)
        == scopes
    )
    assert f"`{REDIRECT}`" in page
    assert CLIENT_SECRET in page
    assert all(f"{most:,}" in page for most in (PERSONAL, WORKSPACE))
