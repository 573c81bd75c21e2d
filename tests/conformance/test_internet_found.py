"""From an address to its mail servers, and from what `connect` found out to the mailbox of a running daemon.

Not the mailbox: see tests/conformance/test_internet_mail.py.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from connectors.connected import keep
from connectors.internet import ConnectedMail, Server, budget_of, found_account
from connectors.stores.vault import FileVault
from daemon.domain.account import Account
from daemon.domain.observation import MailArrived, Unknown
from daemon.errors import AccessLost
from daemon.ports import NotSent
from tests.conformance.following import NOW
from tests.conformance.mailboxes import letter, reply
from tests.conformance.test_internet_mail import GUEST, PROGRAM
from tests.conformance.test_internet_wire import SetClock
from tests.servers.postoffice import PASSWORD, PostOffice

OURS = letter(PROGRAM, GUEST)


def named(service: str) -> tuple[str, int] | None:
    """A DNS in which one domain names hosts of its own, and one somebody else's."""
    return {
        "_imaps._tcp.example.org": ("post.example.org", 1993),
        "_submission._tcp.example.org": ("post.example.org", 587),
        "_imaps._tcp.elsewhere.example": ("imap.evil.example", 993),
        "_submissions._tcp.half.example": ("smtp.evil.example", 465),
    }.get(service)


@pytest.mark.parametrize(
    ("account", "imap", "smtp"),
    [
        (Account("a@example.org"), Server("post.example.org", 1993), Server("post.example.org", 587, "starttls")),
        (Account("a@x.example"), Server("imap.x.example", 993), Server("smtp.x.example", 465)),
        (Account("a@gmail.com"), Server("imap.gmail.com", 993), Server("smtp.gmail.com", 465)),
        (Account("a@me.com"), Server("imap.mail.me.com", 993), Server("smtp.mail.me.com", 587, "starttls")),
        (
            Account("a@elsewhere.example", imap="imap.evil.example", smtp="10.0.0.5:143"),
            Server("imap.evil.example", 993), Server("10.0.0.5", 143, "starttls"),
        ),
        (
            Account("a@x.example", imap="localhost:1143", smtp="127.0.0.1:465"),
            Server("localhost", 1143, "none"), Server("127.0.0.1", 465),
        ),
    ],
)  # fmt: skip
def test_where_the_servers_of_an_address_are(account: Account, imap: Server, smtp: Server) -> None:
    found = found_account(account, "pw", named)
    assert (found.imap, found.smtp) == (imap, smtp)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("a@elsewhere.example", "`imap: imap.evil.example:993` for a@elsewhere.example"),
        ("a@half.example", "`smtp: smtp.evil.example:465` for a@half.example"),
    ],
)
def test_dns_that_names_somebody_elses_server_is_not_believed(address: str, told: str) -> None:
    """A forged answer would get the password (RFC 6186 6)."""
    with pytest.raises(AccessLost) as raised:
        found_account(Account(address), "pw", named)
    assert told in str(raised.value)


def facts(office: PostOffice, proof: str) -> dict[str, str]:
    """What `connect` finds out there."""
    imap, smtp = (f"127.0.0.1:{port}" for port in (office.imap_port, office.smtp_port))
    return {"imap": imap, "smtp": smtp, "proof": proof, "plus": "yes"}


def test_what_connect_finds_out_counts_in_a_running_daemon(tmp_path: Path) -> None:
    vault, clock = FileVault(tmp_path, {}), SetClock()
    mail = ConnectedMail(Account(PROGRAM, mail="internet"), vault, clock, None)
    for _ in range(2):
        with pytest.raises(AccessLost, match=f"{PROGRAM} is not connected: run.py connect"):
            mail.send(OURS, key=OURS.key)
    with PostOffice((PROGRAM, GUEST)) as office:
        keep(vault, PROGRAM, PASSWORD, facts(office, "append"))
        assert mail.arrivals(None).complete
        clock.at = NOW.replace(year=NOW.year + 1)
        assert isinstance(mail.sent(OURS), Unknown)
    with PostOffice((PROGRAM, GUEST)) as office:
        keep(vault, PROGRAM, PASSWORD, facts(office, "copy"))
        assert mail.arrivals(None).complete
        clock.at = NOW.replace(year=NOW.year + 2)
        assert isinstance(mail.sent(OURS), NotSent)


@pytest.mark.parametrize(
    ("account", "kept", "most"),
    [
        (Account("a@gmail.com", mail="internet"), "smtp.gmail.com:465", 400),
        (Account("a@gmail.com", mail="internet", letters_a_day=1800), "smtp.gmail.com:465", 1800),
        (Account("a@x.example", mail="internet", smtp="smtp.office365.com:587"), "", 8000),
        (Account("a@x.example", mail="internet"), "mail.x.example:465", 0),
        (Account("a@x.example", mail="internet", letters_a_day=50), "", 50),
        (Account("a@x.example", mail="internet"), "", 0),
    ],
)
def test_trap_60_how_much_a_mailbox_may_send(
    tmp_path: Path, account: Account, kept: str, most: int
) -> None:
    vault = FileVault(tmp_path, {})
    if kept:
        keep(vault, account.address, PASSWORD, {"smtp": kept})
    assert budget_of(account, vault) == most


def test_only_what_is_needed_afterwards_is_kept(tmp_path: Path) -> None:
    keep(
        FileVault(tmp_path, {}), "ana@example.org", PASSWORD, {"calendar": "https://x/", "can": "1"}
    )
    assert [path.name for path in tmp_path.glob("*.secret")] == ["account%2Fana@example.org.secret"]


@pytest.mark.parametrize(
    ("keep_days", "told"), [(None, [1, 29]), (7, [1, 29]), (30, [1, 29, 31]), (90, [1, 29, 31, 91])]
)
def test_a_mailbox_is_read_back_as_far_as_mails_lie_there_until_they_are_deleted(
    tmp_path: Path, keep_days: int | None, told: list[int]
) -> None:
    vault, clock = FileVault(tmp_path, {}), SetClock()
    kept = None if keep_days is None else timedelta(days=keep_days)
    with PostOffice((PROGRAM, GUEST)) as office:
        keep(vault, PROGRAM, PASSWORD, facts(office, "copy"))
        for days in (100, 91, 31, 29, 1):
            office.deliver(PROGRAM, reply(GUEST, PROGRAM, days), NOW - timedelta(days=days))
        mail = ConnectedMail(Account(PROGRAM, mail="internet"), vault, clock, kept)
        found = [
            seen.raw for seen in mail.arrivals(None).observations if isinstance(seen, MailArrived)
        ]
    assert sorted(int(raw.split()[-1]) for raw in found) == told


def test_a_secret_that_does_not_open_stops_this_account_alone(tmp_path: Path) -> None:
    vault = FileVault(tmp_path, {})
    with PostOffice((PROGRAM, GUEST)) as office:
        keep(vault, PROGRAM, PASSWORD, facts(office, "copy"))
        mail = ConnectedMail(Account(PROGRAM, mail="internet"), vault, SetClock(), None)
        for path in tmp_path.glob("account*.secret"):
            path.write_bytes(b"another key wrote this")
        with pytest.raises(AccessLost, match="does not open with this key"):
            mail.arrivals(None)
