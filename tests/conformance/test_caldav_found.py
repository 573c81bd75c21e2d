"""From an address or a URL to the calendar of the 1:1s: DNS, well-known places, principals and homes.

Not what is done there: see test_caldav.py. Answers that no test server gives are scripted at a proxy.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from connectors.internet.caldav.account import Account, Reached, resource_name
from connectors.internet.caldav.dav import Dav
from connectors.internet.caldav.discovery import discover, others, start_of
from connectors.internet.caldav.probing import probe_calendars
from connectors.internet.caldav.wire import Login, Way, Wire
from daemon.domain.account import Account as Said
from daemon.errors import AccessLost, Permanent, Temporary
from tests.conformance.test_local import StandingClock
from tests.servers.fault_proxy import FaultProxy, Wrong, fault_proxy

ANA = "ana@example.org"


@pytest.fixture
def server() -> Iterator[FaultProxy]:
    with fault_proxy("http://127.0.0.1:9/", {"ana": ("pw", "ana")}) as proxy:
        yield proxy


def dav(server: FaultProxy, at: str = "") -> Dav:
    """A client of that server."""
    return Dav(Wire(f"{server.url}{at}", Login("ana", "pw"), Way(own_network=True)))


def named(service: str) -> tuple[str, int] | None:
    """A DNS in which one domain names a host of its own, and one somebody else's."""
    return {
        "_caldavs._tcp.example.org": ("cal.example.org", 8443),
        "_caldavs._tcp.elsewhere.example": ("caldav.fastmail.com", 443),
    }.get(service)


@pytest.mark.parametrize(
    ("address", "url", "starts"),
    [
        ("ana@x.example", "", ["https://x.example/.well-known/caldav"]),
        ("ana@x.example", "https://cloud.x.example/dav", ["https://cloud.x.example/dav"]),
        (ANA, "", ["https://cal.example.org:8443/.well-known/caldav", "https://example.org/.well-known/caldav"]),
        ("ana@icloud.com", "", ["https://caldav.icloud.com/"]),
        ("ana@fastmail.com", "", ["https://caldav.fastmail.com/"]),
    ],
)  # fmt: skip
def test_where_to_begin(address: str, url: str, starts: list[str]) -> None:
    assert start_of(address, url, named) == starts


def test_dns_that_names_somebody_elses_server_is_not_believed() -> None:
    """A forged answer would get the password (RFC 6764 8)."""
    with pytest.raises(AccessLost, match=r"url: https://caldav\.fastmail\.com/"):
        start_of("ana@elsewhere.example", "", named)


def multi(*responses: str) -> bytes:
    """A multistatus."""
    return (
        '<d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav" '
        f'xmlns:cs="http://calendarserver.org/ns/">{"".join(responses)}</d:multistatus>'
    ).encode()


def resource(href: str, props: str) -> str:
    """One resource with its properties."""
    return (
        f"<d:response><d:href>{href}</d:href><d:propstat><d:prop>{props}</d:prop>"
        f"<d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>"
    )


def calendar(href: str, more: str = "", *, owner: str = "/p/ana/", parts: str = "VEVENT") -> str:
    """One calendar in a home."""
    kept = f'<c:supported-calendar-component-set><c:comp name="{parts}"/></c:supported-calendar-component-set>'
    return resource(
        href,
        "<d:resourcetype><d:collection/><c:calendar/></d:resourcetype><d:sync-token>t</d:sync-token>"
        f"<d:owner><d:href>{owner}</d:href></d:owner>{kept}{more}",
    )


PRINCIPAL = "<d:current-user-principal><d:href>/p/ana/</d:href></d:current-user-principal>"
HOME = (
    "<c:calendar-home-set><d:href>/c/ana/</d:href></c:calendar-home-set>"
    "<c:schedule-inbox-URL><d:href>/c/ana/inbox/</d:href></c:schedule-inbox-URL>"
    "<c:schedule-outbox-URL><d:href>/c/ana/outbox/</d:href></c:schedule-outbox-URL>"
    "<c:calendar-user-address-set><d:href>mailto:Ana@Example.org</d:href><d:href>/p/ana/</d:href>"
    "</c:calendar-user-address-set>"
)
TRANSPARENT = "<c:schedule-calendar-transp><c:transparent/></c:schedule-calendar-transp>"
READ_ONLY = "<d:current-user-privilege-set><d:privilege><d:read/></d:privilege></d:current-user-privilege-set>"


def says(server: FaultProxy, *answers: bytes | int, can: str = "1, calendar-access") -> None:
    """Script the answers in their order; at last what the server can do."""
    for answer in answers:
        status, body = (answer, b"") if isinstance(answer, int) else (207, answer)
        server.wrongs.append(Wrong("PROPFIND", status=status, body=body))
    server.wrongs.append(Wrong("OPTIONS", status=200, headers={"DAV": can}))


LIKE_NEXTCLOUD = (
    multi(resource("/", PRINCIPAL)),
    multi(resource("/p/ana/", HOME)),
    multi(
        resource("/c/ana/", "<d:resourcetype><d:collection/></d:resourcetype><d:owner><d:href>/p/ana/</d:href></d:owner>"),
        calendar("/c/ana/shared_by_eva/", owner="/p/eva/"),
        calendar("/c/ana/tasks/", parts="VTODO"),
        calendar("/c/ana/holidays/", TRANSPARENT),
        calendar("/c/ana/job/"),
        calendar("/c/ana/personal/"),
        calendar("/c/ana/club/", READ_ONLY),
        resource("/c/ana/inbox/", "<d:resourcetype><d:collection/><c:schedule-inbox/></d:resourcetype>"),
    ),
    multi(resource("/c/ana/inbox/", "")),
)  # fmt: skip


def test_a_server_like_nextcloud(server: FaultProxy) -> None:
    says(server, *LIKE_NEXTCLOUD, can="1, 3, calendar-access, calendar-auto-schedule")
    found = discover(dav(server), ANA)
    assert (found.main.href, found.schedules) == ("/c/ana/personal/", True)
    assert sorted(others(found)) == ["/c/ana/club/", "/c/ana/job/"]
    assert found.outbox is not None and found.outbox.path == "/c/ana/outbox/"


def test_a_server_that_schedules_for_another_address_does_not_for_this_one(
    server: FaultProxy,
) -> None:
    says(server, *LIKE_NEXTCLOUD, can="calendar-auto-schedule")
    assert not discover(dav(server), "ana@other.example").schedules


def test_the_calendar_that_a_person_chose_for_invitations_is_taken(server: FaultProxy) -> None:
    chosen = "<c:schedule-default-calendar-URL><d:href>/c/ana/job/</d:href></c:schedule-default-calendar-URL>"
    answers = list(LIKE_NEXTCLOUD)
    answers[3] = multi(resource("/c/ana/inbox/", chosen))
    says(server, *answers)
    assert discover(dav(server), ANA).main.href == "/c/ana/job/"


def test_a_bare_host_is_tried_at_the_well_known_place_as_well(server: FaultProxy) -> None:
    says(server, 404, *LIKE_NEXTCLOUD)
    assert discover(dav(server), ANA).main.href == "/c/ana/personal/"
    assert [asked.path for asked in server.asked][:2] == ["/", "/.well-known/caldav"]


def test_a_principal_on_another_host_is_refused(server: FaultProxy) -> None:
    evil = "<d:current-user-principal><d:href>https://evil.example/p/</d:href></d:current-user-principal>"
    says(server, multi(resource("/", evil)))
    with pytest.raises(AccessLost, match="another server"):
        discover(dav(server), ANA)


def test_trap_100_a_server_that_takes_us_for_nobody_says_so(server: FaultProxy) -> None:
    nobody = "<d:current-user-principal><d:unauthenticated/></d:current-user-principal>"
    says(server, multi(resource("/", nobody)))
    with pytest.raises(AccessLost, match="does not say who we are"):
        discover(dav(server), ANA)


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ((404, 404), AccessLost),
        ((405, 405), AccessLost),
        ((401,), AccessLost),
        ((403, 403), AccessLost),
        ((503,), Temporary),
        ((multi(resource("/", "")), multi(resource("/", ""))), AccessLost),
        ((multi(), multi()), AccessLost),
        ((multi(resource("/", PRINCIPAL)), multi(resource("/p/ana/", ""))), AccessLost),
        (
            (*LIKE_NEXTCLOUD[:2], multi(calendar("/c/ana/club/", READ_ONLY)), LIKE_NEXTCLOUD[3]),
            AccessLost,
        ),
    ],
)
def test_what_is_no_calendar_server_is_told(
    server: FaultProxy, answers: tuple[bytes | int, ...], error: type[Exception]
) -> None:
    says(server, *answers)
    with pytest.raises(error) as raised:
        discover(dav(server), ANA)
    assert not isinstance(raised.value, Permanent) and str(raised.value)


@pytest.mark.parametrize(
    ("kind", "advice"),
    [
        ("microsoft", "This address is in Microsoft 365: write calendar: microsoft (docs/connect-microsoft365.md)."),
        ("google", "This address is at Google: write calendar: google (docs/connect-google.md)."),
        ("", "Give the address of the calendar as `url` of this account."),
    ],
)  # fmt: skip
def test_whoever_is_with_one_of_the_two_is_told_what_to_write(
    server: FaultProxy, kind: str, advice: str
) -> None:
    """As the DNS of the domain says where its mail goes."""
    says(server, *([404] * 9))
    account = Said(ANA, calendar="auto", url=server.url, own_network=True)
    asked: list[str] = []
    (probe,) = probe_calendars(account, True, (), "secret", StandingClock(), lambda domain: asked.append(domain) or kind)  # fmt: skip
    assert [(each.name, each.advice) for each in probe.checks] == [("calendar", advice)]
    assert asked == [ANA.partition("@")[2]]


def test_a_server_that_wants_a_digest_of_the_password_gets_one(server: FaultProxy) -> None:
    """As Baïkal does unless it is told otherwise."""
    asks = {"WWW-Authenticate": 'Digest realm="BaikalDAV", qop="auth", nonce="abc", opaque="x"'}
    server.wrongs.append(Wrong("PROPFIND", status=401, headers=asks))
    server.wrongs.append(Wrong("PROPFIND", status=401, headers=asks))
    says(server, *LIKE_NEXTCLOUD)
    assert discover(dav(server), ANA).main.href == "/c/ana/personal/"
    assert server.asked[2].headers["Authorization"].startswith('Digest username="ana"')
    assert server.asked[3].headers["Authorization"].startswith('Digest username="ana"')


def test_what_was_found_is_kept_until_it_stops_working(server: FaultProxy) -> None:
    says(server, *LIKE_NEXTCLOUD)
    reached = Reached(ANA, url=server.url, own_network=True)
    account = Account(reached, Way(own_network=True), lambda: "pw", named)
    for _ in range(3):
        with account.open():
            pass
    assert len(server.asked) == 5
    with pytest.raises(AccessLost), account.open():
        raise AccessLost("refused")
    says(server, *LIKE_NEXTCLOUD)
    with account.open():
        pass
    assert len(server.asked) == 10


@pytest.mark.parametrize("uid", ["one", "ana-ben/series/1", "x" * 300, "ä", "../../etc", "a b", ""])
def test_trap_27_the_name_of_a_resource_is_plain_and_always_the_same(uid: str) -> None:
    name = resource_name(uid)
    assert name == resource_name(uid)
    assert "/" not in name and len(name) < 110 and name.isascii() and name.endswith(".ics")
