"""What goes wrong on the open internet, and what `status` says of it: each a clear state, and nobody else is delayed.

Not what each answer of a server means: tests/conformance/test_internet_wire.py, test_caldav*.py. The table is printed
with `pytest -s`. Real servers: Radicale behind a proxy, aiosmtpd and pymap behind a wire.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
import trustme
from aiosmtpd.smtp import SMTP, Envelope, Session

from connectors.internet.caldav import wire
from connectors.stores.vault import FileVault
from daemon.simulate.letterbox import letter
from tests.cli.acted import Village
from tests.servers.fault_proxy import FaultProxy, Wrong, fault_proxy
from tests.servers.postoffice import PASSWORD, PostOffice
from tests.servers.radicale import radicale

pytestmark = [pytest.mark.server("Radicale"), pytest.mark.server("pymap and aiosmtpd")]
MONDAY = datetime(2026, 12, 28, 9, 0, tzinfo=UTC)
ADA, ABE, BEA, KOSS = "ada@example.org", "abe@example.org", "bea@example.org", "koss@example.org"
NOTHING = "Nothing needs you."


class Office(PostOffice):
    """One that answers some readers as it is told."""

    answers: dict[str, str]

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """aiosmtpd: the answer for that reader, if there is one."""
        told = self.answers.get(address.lower())
        return told or await super().handle_RCPT(server, session, envelope, address, options)


class Town(Village):
    """Ada's calendar is on a server, Bo's in a folder; the program's mailbox is on a server as well."""

    def __init__(self, config: Path, url: str, proxy: FaultProxy, office: Office) -> None:
        super().__init__(config, 2, MONDAY)
        self.proxy, self.office = proxy, office
        self.rewrite("first_run: send\n", "first_run: send\nverify: token\n")
        self.wakes_nobody()
        self.accounts = (
            f"accounts:\n  {ADA}: {{calendar: internet, url: {url}, own_network: true}}\n"
        )
        (config / "oneonone.yaml").write_text(self.accounts)
        self.vault = FileVault(self.data / "vault", {})
        self.vault.put(f"account/{ADA}", b"pw-ada")
        self.calendar("MKCALENDAR")
        self.all_running()
        self.opens()

    def opens(self) -> None:
        """From now on the mailbox is at the post office."""
        at = f"imap: 127.0.0.1:{self.office.imap_port}, smtp: 127.0.0.1:{self.office.smtp_port}"
        (self.config / "oneonone.yaml").write_text(
            f"{self.accounts}  {KOSS}: {{mail: internet, {at}}}\n"
        )
        self.vault.put(f"account/{KOSS}", PASSWORD.encode())
        self.vault.put(f"mail/{KOSS}", b'{"imap": "", "smtp": "", "proof": "copy"}')
        self.beats(1)

    def calendar(self, method: str, name: str = "", body: str = "") -> None:
        """Another program of Ada's does something to her calendar."""
        path = f"{self.proxy.url}{ADA}/main/{name}"
        httpx.request(method, path, auth=(ADA, "pw-ada"), content=body).raise_for_status()

    def moves_to(self, url: str) -> None:
        """Ada's server is somewhere else."""
        file = self.config / "oneonone.yaml"
        file.write_text(file.read_text().replace(self.proxy.url, url))

    def beats(self, count: int = 3, minutes: int = 20) -> None:
        """So many beats, and the time between them."""
        for _ in range(count):
            self.passes(minutes=minutes)
            self.run("once")

    def got(self, who: str) -> list[str]:
        """The kinds of letters that lie in somebody's mailbox at the post office."""
        return [letter(raw, who, self.time.now()).touchpoint for raw in self.office.mails(who)]

    def status(self) -> str:
        """As it is printed."""
        return self.run("status").out


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    folder = tmp_path / "server"
    folder.mkdir()
    people = (KOSS, ADA, ABE, BEA, "bo@example.org", "maya@example.org")
    with (
        radicale(folder) as behind,
        fault_proxy(behind, {ADA: ("pw-ada", ADA)}) as proxy,
        Office(people) as office,
    ):
        office.answers = {}
        yield Town(tmp_path / "mine", proxy.url, proxy, office)


def wrong_password(town: Town) -> None:
    town.vault.put(f"account/{KOSS}", b"an old one")
    preps(town)


def preps(town: Town) -> None:
    """Both mentees are owed a prep on Monday evening."""
    while town.time.now() < datetime(2027, 1, 4, 9, 0, tzinfo=UTC):
        town.beats(1, minutes=12 * 60)
    while town.time.now() < datetime(2027, 1, 4, 19, 0, tzinfo=UTC):
        town.beats(1, minutes=60)


def answers(said: str) -> Callable[[Town], None]:
    """The server of Abe, Ada's mentee, says that to whoever writes to him."""

    def told(town: Town) -> None:
        town.office.answers = {ABE: said}
        preps(town)

    return told


def refused(town: Town) -> None:
    """The server takes nothing of the account, whoever the reader is."""
    said = "554 5.7.1 relay access denied"
    town.office.answers = dict.fromkeys(town.office.addresses, said)
    preps(town)


def expired(town: Town) -> None:
    """The certificate of Ada's server has run out."""
    folder, ca = town.config.parent / "tls", trustme.CA()
    folder.mkdir()
    cert = ca.issue_cert("localhost", not_after=datetime(2020, 1, 1, tzinfo=UTC))
    names = folder / "cert.pem", folder / "key.pem"
    cert.private_key_pem.write_to_path(names[1])
    for each in cert.cert_chain_pems:
        each.write_to_path(names[0], append=True)
    ca.cert_pem.write_to_path(folder / "ca.pem")
    with pytest.MonkeyPatch.context() as patched, radicale(folder, None, names) as url:
        patched.setenv("SSL_CERT_FILE", str(folder / "ca.pem"))
        wire._trusted.cache_clear()  # another process would read it anew
        town.moves_to(url.replace("127.0.0.1", "localhost"))
        town.beats()
    wire._trusted.cache_clear()


def disappeared(town: Town) -> None:
    town.calendar("DELETE")
    town.beats()


def bogus(status: int) -> Callable[[Town], None]:
    """The server does not know the token any more."""

    def told(town: Town) -> None:
        body = b'<error xmlns="DAV:"><valid-sync-token/></error>'
        town.calendar("PUT", "long.ics", LONG.format(zone="Z").replace("\n", "\r\n"))
        town.proxy.wrongs.append(
            Wrong(method="REPORT", within=b"sync-token", status=status, body=body)
        )
        town.beats()
        assert town.proxy.wrongs == []

    return told


def long_name(town: Town) -> None:
    """Another program writes an event whose zone has a name of 300 characters."""
    town.calendar("PUT", "long.ics", LONG.format(zone="Z" * 300).replace("\n", "\r\n"))
    town.beats()


LONG = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//EN
BEGIN:VTIMEZONE
TZID:{zone}
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0100
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:long
DTSTAMP:20261228T090000Z
DTSTART;TZID={zone}:20270112T100000
DTEND;TZID={zone}:20270112T110000
SUMMARY:long
END:VEVENT
END:VCALENDAR
"""


def thousand_parts(town: Town) -> None:
    """Abe's program writes one, and then Bea writes."""
    part = "--b\r\nContent-Type: text/plain\r\n\r\nx\r\n"
    head = f"From: {ABE}\r\nTo: {KOSS}\r\nMessage-ID: <1000@x>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    town.office.deliver(KOSS, (head + part * 1000 + "--b--\r\n").encode(), town.time.now())
    town.beats()


AGAIN = "It is tried again by itself; all that waits goes then."
ROWS: dict[str, tuple[Callable[[Town], None], tuple[str, ...], bool]] = {
    "wrong password": (wrong_password, ("MAIL CANNOT BE READ", "MAIL CANNOT BE SENT", "does not take the user name and password", "a new password"), False),
    "expired certificate": (expired, ("CALENDAR LOST", "the certificate of localhost is not good: certificate has expired", "Ada's, since"), True),
    "full mailbox, now": (answers("452 4.2.2 mailbox full"), ("1 due (1 to be tried again)", NOTHING), True),
    "full mailbox": (answers("552 5.2.2 mailbox full"), ("letters came back, written to on: Abe Elm (mailbox full)", NOTHING), True),
    "550": (answers("550 5.1.1 user unknown"), ("LETTERS COME BACK", "from Abe Elm. Correct the address in the files."), True),
    "greylisting": (answers("451 4.7.1 greylisted, come back later"), ("1 due (1 to be tried again)", NOTHING), True),
    "the whole account refused": (refused, ("MAIL CANNOT BE SENT", "takes nothing of this account any more", "its provider"), False),
    "a calendar that disappeared": (disappeared, ("CALENDAR LOST", "Ada's, since", "calendars: 1 connected, 1 lost"), True),
    "a bogus sync token, 403": (bogus(403), ("calendars: 2 connected", NOTHING), True),
    "a bogus sync token, 412": (bogus(412), ("calendars: 2 connected", NOTHING), True),
    "a TZID of 300 characters": (long_name, ("calendars: 2 connected", NOTHING), True),
    "a mail of 1,000 parts": (thousand_parts, ("SET ASIDE", "this mail could not be read", "run.py release aside/"), True),
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_each_is_a_clear_state_in_status_and_nobody_else_is_delayed(town: Town, name: str) -> None:
    happens, lines, others = ROWS[name]
    happens(town)
    shown = town.status()
    print(f"\n== {name}\n{shown}")
    for line in lines:
        assert line in shown, f"{line!r} is not in\n{shown}"
    assert "pw" not in shown and "@" not in shown.replace("@127", "")
    preps(town)
    assert ("prep-mentee" in town.got(BEA)) == others, "whoever has nothing to do with it"
