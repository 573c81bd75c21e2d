"""IMAP IDLE: a mail that comes in is heard of at once, on pymap and on dovecot, and again after whatever went wrong.

Not the reading of it: tests/conformance/test_internet_mail*.py. No test waits for time to pass, only for the bell.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from threading import Event, Semaphore
from threading import enumerate as threads

import pytest
import trustme

from connectors.internet import Login, MailAccount, MailWatch, Server
from connectors.internet.mail.watching import Pace
from tests.conformance.following import NOW
from tests.conformance.mailboxes import reply
from tests.conformance.test_internet_mail import GUEST, PROGRAM, account_at
from tests.installed import need
from tests.servers import site as sites
from tests.servers.postoffice import PostOffice
from tests.servers.wire import Fault, Wire

KOSS = f"koss@{sites.DOMAIN}"
SOON = Pace(again=(0.01,), without=0.01)
LONG, TRIES = 60.0, 60
"""Seconds after which something that has not happened does not happen."""


class Bell:
    """Counts nothing: it has rung since it was last looked at, or not."""

    def __init__(self) -> None:
        self._rung = Event()

    def ring(self) -> None:
        """By whatever thread."""
        self._rung.set()

    def heard(self) -> None:
        """Wait until it has."""
        assert self._rung.wait(LONG), "nobody rang"
        self._rung.clear()

    def hears_of(self, comes: Callable[[], object]) -> None:
        """Mails come until it rings: pymap passes over one that comes while it still tells of the last."""
        for _ in range(TRIES):
            comes()
            if self._rung.wait(LONG / TRIES):
                self._rung.clear()
                return
        raise AssertionError("nobody rang")


@contextmanager
def watched(find: Callable[[], MailAccount], pace: Pace = SOON) -> Iterator[tuple[MailWatch, Bell]]:
    watch, bell = MailWatch({PROGRAM: find}, pace), Bell()
    watch.listen(bell.ring)
    try:
        yield watch, bell
    finally:
        watch.close()
        for each in threads():
            if each.name == f"watch {PROGRAM}":
                each.join(LONG)
                assert not each.is_alive(), "a watch that is closed ends"


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with PostOffice((PROGRAM, GUEST)) as office:
        yield office


@pytest.fixture
def wire(office: PostOffice) -> Iterator[Wire]:
    wire = Wire(office.imap_port)
    yield wire
    wire.close()


def account(office: PostOffice, wire: Wire) -> MailAccount:
    return account_at(office.smtp_port, wire.port)


def comes(office: PostOffice | sites.MailSite, to: str = PROGRAM) -> None:
    assert office.deliver(to, reply(GUEST, to, 1), NOW)


def test_a_mail_that_comes_in_is_heard_of_and_nothing_is_said_twice(
    office: PostOffice, wire: Wire
) -> None:
    with watched(lambda: account(office, wire)) as (watch, bell):
        bell.heard()  # what may have come before
        assert watch.woken() == (PROGRAM,)
        for _ in range(3):
            bell.hears_of(partial(comes, office))
            assert watch.woken() == (PROGRAM,)
            assert watch.woken() == ()
    assert wire.connections == 1


FAULTS = {
    "refused": Fault("refuse"),
    "reset": Fault("reset", rb" IDLE"),
    "reset-after": Fault("reset-after", rb" IDLE"),
    "timeout": Fault("silence", rb" IDLE"),
    "429": Fault("say", rb" IDLE", b"{tag} NO [LIMIT] too many of you\r\n"),
    "500": Fault("say", rb" IDLE", b"* BYE internal error\r\n"),
    "garbage": Fault("say", rb" IDLE", b"* 1 FETCH ((((\r\n+ idling\r\n"),
    "no-select": Fault("say", rb"EXAMINE", b"{tag} NO [UNAVAILABLE] not now\r\n"),
    "no-login": Fault("say", rb"AUTHENTICATE|LOGIN", b"{tag} NO [AUTHENTICATIONFAILED] no\r\n"),
}
"""What befalls the connection, before it listens for the first time."""


@pytest.mark.parametrize("kind", FAULTS)
def test_after_a_fault_it_listens_again(office: PostOffice, wire: Wire, kind: str) -> None:
    wire.inject(FAULTS[kind])
    patient = account(office, wire)  # a busy machine may need long for an answer that does come
    mine = replace(patient, timeout=timedelta(seconds=1)) if kind == "timeout" else patient
    with watched(lambda: mine) as (watch, bell):
        bell.heard()
        assert watch.woken() == (PROGRAM,)
        bell.hears_of(partial(comes, office))


def test_a_connection_that_breaks_off_while_it_listens_is_made_anew(
    office: PostOffice, wire: Wire
) -> None:
    with watched(lambda: account(office, wire)) as (_, bell):
        for connections in (1, 2, 3):
            bell.heard()  # it rings when it begins: something may have come meanwhile
            assert wire.connections == connections
            wire.cut()


def test_before_half_an_hour_is_over_it_begins_anew(office: PostOffice, wire: Wire) -> None:
    with watched(lambda: account(office, wire), replace(SOON, renew=0.2)) as (_, bell):
        for _ in range(3):
            bell.heard()
        bell.hears_of(partial(comes, office))
    assert wire.connections >= 3


def test_trap_43_a_new_password_is_heard_of_without_a_restart(
    office: PostOffice, wire: Wire
) -> None:
    right = account(office, wire)
    wrong = replace(right, login=Login(PROGRAM, lambda: "an old one"))
    kept = iter([wrong, wrong])
    with watched(lambda: next(kept, right)) as (_, bell):
        bell.heard()
        bell.hears_of(partial(comes, office))


def test_over_tls() -> None:
    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    trust = ssl.create_default_context()
    authority.configure_trust(trust)
    with PostOffice((PROGRAM, GUEST), context=context) as office:
        secure = replace(
            account_at(office.smtp_port, office.imap_port),
            imap=Server("127.0.0.1", office.imap_port, "tls"), trust=trust,
        )  # fmt: skip
        with watched(lambda: secure) as (_, bell):
            bell.heard()
            for _ in range(3):
                bell.hears_of(partial(comes, office))


def on_site(site: sites.MailSite) -> MailAccount:
    """The program's account there."""
    there = account_at(site.submission_port, site.imap_port)
    return replace(there, login=Login(KOSS, lambda: sites.PASSWORD))


@pytest.fixture
def there() -> None:
    """In CI it is, or that is the failure."""
    need(sites.absent())


@pytest.mark.server("postfix and dovecot")
def test_on_dovecot(there: None) -> None:
    with sites.MailSite(("koss",)) as site, watched(lambda: on_site(site)) as (_, bell):
        bell.heard()
        for _ in range(3):
            bell.hears_of(partial(comes, site, KOSS))


@pytest.mark.server("postfix and dovecot")
def test_a_server_without_it_is_asked_again_now_and_then_and_never_rings(there: None) -> None:
    asked = Semaphore(0)
    with sites.MailSite(("koss",), idle=False) as site:

        def find() -> MailAccount:
            asked.release()
            return on_site(site)

        with watched(find) as (watch, _):
            for _ in range(3):
                assert asked.acquire(timeout=LONG)
            assert watch.woken() == ()
