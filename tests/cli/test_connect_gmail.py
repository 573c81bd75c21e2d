"""`mail: google` as an admin meets it: connect, doctor, letters and answers through Gmail, a yes that is taken back; and a
mailbox that only sends there.

Not the connector: tests/conformance/test_gmail.py. Google is the one of tests/servers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from connectors.clock import SystemClock
from connectors.internet import Grant
from connectors.internet.oauth.issuer import MAIL, SENDING
from connectors.stores.vault import FileVault
from tests.cli.acted import Village
from tests.cli.place import Place
from tests.cli.signing_in import signs_in
from tests.conformance.gmail_world import GmailOffice
from tests.conformance.post import PostHands
from tests.servers.google import Google
from tests.servers.postoffice import PASSWORD, PostOffice

KOSS, INBOX, ADA, ABE = (
    "koss@example.org",
    "inbox@post.example",
    "ada@example.org",
    "abe@example.org",
)


@pytest.fixture
def google() -> Iterator[Google]:
    with Google() as google:
        yield google
    assert google.problems == []


@pytest.fixture
def office() -> Iterator[PostOffice]:
    """A mailbox on a server of mail, to which Gmail forwards."""
    with PostOffice((INBOX,)) as office:
        yield office


def files(google: Google, config: Path, more: str = "", beside: str = "") -> None:
    (config / "oneonone.yaml").write_text(
        f"google_client_id: {google.grants.client_id}\n"
        f"accounts:\n  {KOSS}: {{mail: google, url: {google.url}, own_network: true{more}}}\n{beside}"
    )


def sends_only(
    google: Google, config: Path, office: PostOffice, now: Callable[[], datetime]
) -> None:
    files(
        google, config, f", read_in: {INBOX}",
        f"  {INBOX}: {{mail: internet, imap: '127.0.0.1:{office.imap_port}', smtp: '127.0.0.1:{office.smtp_port}'}}\n",
    )  # fmt: skip
    google.gmail.forwards[KOSS] = lambda raw: bool(office.deliver(INBOX, raw, now()))


def test_a_mailbox_is_tried_with_a_mail_to_itself(place: Place, google: Google) -> None:
    google.account(KOSS)
    files(google, place.config)
    assert "nobody has signed in" in place.run("doctor").stdout
    done = signs_in(place, google, KOSS)
    assert done.stdout == (
        f"{KOSS}\n"
        "  good  login: Gmail lets us in\n"
        "  good  round trip: a mail to itself arrived in 0 s\n"
        "  good  plus-addressing: koss+word@example.org arrives\n"
        "  good  capabilities: Gmail removes single mails\n"
        "  good  limits: 1800 letters a day are sent at most, the rest waits\n"
        f"{KOSS} is connected.\n"
    ), done.stderr
    assert google.gmail.boxes[KOSS].mails == {}
    doctor = place.run("doctor")
    assert "  bad " not in doctor.stdout
    assert "kept: what was dealt with, and our letters in Sent, are deleted after 30 days" in doctor.stdout  # fmt: skip
    google.grants.take_back(KOSS)
    lost = place.run("doctor")
    assert (lost.returncode, 'status "Testing"' in lost.stdout) == (1, True)


def test_half_a_yes_and_another_account_are_none(place: Place, google: Google) -> None:
    google.account(KOSS)
    google.account(ADA)
    files(google, place.config, ", calendar: google")
    half = signs_in(place, google, KOSS, unticked="scope_2")
    assert "a box was left without a tick" in half.stderr
    files(google, place.config)
    other = signs_in(place, google, KOSS, account=ADA)
    assert other.returncode == 1
    assert "bad   login: it is another account that has let us in" in other.stdout
    assert f"Sign in as {KOSS}; or write {ADA} in the files, if that is its name." in other.stdout
    assert "nobody has signed in" in place.run("doctor").stdout


def test_one_yes_is_enough_for_a_calendar_and_a_mailbox(place: Place, google: Google) -> None:
    google.account(KOSS)
    files(google, place.config, ", calendar: google")
    done = signs_in(place, google, KOSS)
    assert done.returncode == 0, done.stderr
    assert "1:1s are kept in the main calendar" in done.stdout
    assert "a mail to itself arrived" in done.stdout


def test_a_mailbox_that_only_sends_is_read_where_gmail_forwards_to(
    place: Place, google: Google, office: PostOffice
) -> None:
    google.account(KOSS)
    sends_only(google, place.config, office, SystemClock().now)
    assert place.given("connect", INBOX, text=f"{PASSWORD}\n").returncode == 0
    done = signs_in(place, google, KOSS)
    assert done.stdout == (
        f"{KOSS}\n"
        "  good  login: Gmail lets us send\n"
        "  good  round trip: a mail to itself arrived in 0 s\n"
        "  good  plus-addressing: koss+word@example.org arrives\n"
        "  good  limits: 1800 letters a day are sent at most, the rest waits\n"
        f"{KOSS} is connected.\n"
    ), done.stderr
    assert office.mails(INBOX) == []
    assert {method for _, method, _ in google.calls} == {"gmail.users.messages.send"}
    said = place.run("doctor").stdout
    assert (
        f"kept: what was dealt with is deleted in {INBOX} after 30 days, and letters stay in Sent"
        in said
    )


class Mailed:
    """Letters and answers go through Gmail."""

    def __init__(self, tmp_path: Path, google: Google, scopes: tuple[str, ...]) -> None:
        self.google = google
        self.village = Village(tmp_path / "mine", 1, datetime(2026, 12, 28, 9, 0, tzinfo=UTC))
        self.village.rewrite("first_run: send\n", "first_run: send\nverify: token\n")
        self.village.wakes_nobody()
        google.now = self.village.time.now()
        for each in (ADA, ABE):
            google.account(each)
        grant = Grant(google.account(KOSS, scopes=scopes), google.grants.client_secret)
        FileVault(self.village.data / "vault", {}).put(f"account/{KOSS}", grant.text().encode())
        self.village.hands = PostHands(GmailOffice(google))  # type: ignore[assignment]

    def beats(self) -> None:
        self.village.passes(minutes=2)
        self.google.now = self.village.time.now()
        self.village.run("once")


def test_letters_go_and_answers_come_through_gmail_in_one_conversation(
    tmp_path: Path, google: Google
) -> None:
    mailed = Mailed(tmp_path, google, (MAIL,))
    village = mailed.village
    files(google, village.config)
    google.gmail.rewrites_ids = True
    village.all_running()
    mailed.beats()
    village.says(ABE, "prep-mentee", "MOVE")
    village.says(ABE, "welcome-mentee", "MOVE")
    for _ in range(2):
        mailed.beats()
    offers = [raw for raw in village.hands.letters(ABE) if b"proposal" in raw]
    assert len(offers) == 1
    box = google.gmail.boxes[KOSS]
    to_abe = {each.thread for each in box.mails.values() if f"To: {ABE}".encode() in each.raw or b"<abe@" in each.raw}  # fmt: skip
    assert len(to_abe) == 1
    google.grants.take_back(KOSS)
    village.says(ABE, "proposal", "1")
    mailed.beats()
    assert f"{KOSS}" in village.run("status").out
    google_grant = Grant(google.grants.granted(KOSS, (MAIL,)), google.grants.client_secret)
    FileVault(village.data / "vault", {}).put(f"account/{KOSS}", google_grant.text().encode())
    village.passes(minutes=20)
    mailed.beats()
    assert any(b"moved" in raw for raw in village.hands.letters(ADA))


def test_a_mailbox_that_only_sends_has_its_answers_heard(
    tmp_path: Path, google: Google, office: PostOffice
) -> None:
    mailed = Mailed(tmp_path, google, (SENDING,))
    village = mailed.village
    sends_only(google, village.config, office, village.time.now)
    facts = f'{{"imap": "127.0.0.1:{office.imap_port}", "smtp": "127.0.0.1:{office.smtp_port}", "proof": "copy"}}'
    vault = FileVault(village.data / "vault", {})
    vault.put(f"mail/{INBOX}", facts.encode())
    vault.put(f"account/{INBOX}", PASSWORD.encode())
    village.all_running()
    mailed.beats()
    assert "Ada & Abe" in village.run("status").out, "both have said yes"
    assert len(office.mails(INBOX)) == 2
