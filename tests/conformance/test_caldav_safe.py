"""What a hostile or broken server, name server or settings file can make the CalDAV client do: nothing.

Not the suites: see test_caldav.py. Answers are scripted at a proxy with nothing behind it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest

from connectors.internet.caldav.dav import D, Dav, etag_of, path_of
from connectors.internet.caldav.wire import Limits, Login, Way, Wire, retry_after
from connectors.internet.guard import Refused, is_public, permitted
from daemon.errors import AccessLost, CursorExpired, Permanent, Temporary, VersionConflict
from tests.servers.fault_proxy import FaultProxy, Wrong, fault_proxy

PRIVATE = (
    "127.0.0.1", "127.1.2.3", "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.254",
    "192.168.0.1", "192.168.178.20", "169.254.169.254", "169.254.0.1", "100.64.0.1", "100.127.255.254", "192.0.0.1",
    "192.0.0.170", "192.0.2.5", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1",
    "239.255.255.250", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:7f00:1", "::127.0.0.1",
    "::10.0.0.1", "64:ff9b::127.0.0.1", "64:ff9b::a00:1", "64:ff9b:1::1", "2002:7f00:1::1", "2002:a00:1::1",
    "2002:c0a8:1::", "2001:0:0:0:0:0:80ff:fffe", "2001:db8::1", "fc00::1", "fd12:3456:789a::1", "fe80::1", "fe80::1%eth0",
    "fec0::1", "ff02::1", "ff05::2", "100::1",
)  # fmt: skip
NO_ADDRESS = (
    "",
    "localhost",
    "0x7f000001",
    "2130706433",
    "017700000001",
    "127.1",
    "1.2.3",
    "[::1]",
    "::g",
    "1.2.3.4.5",
)
PUBLIC = (
    "93.184.215.14",
    "1.1.1.1",
    "2606:4700:4700::1111",
    "::ffff:1.1.1.1",
    "64:ff9b::101:101",
    "2a00:1450:4001::5",
)


@pytest.mark.parametrize("address", PRIVATE + NO_ADDRESS)
def test_trap_83_a_private_address_is_refused_however_it_is_written(address: str) -> None:
    assert not is_public(address)
    with pytest.raises(Refused, match="own_network: true"):
        permitted("cloud.example.org", 443, own_network=False, resolve=lambda host, port: [address])


@pytest.mark.parametrize("address", PUBLIC)
def test_trap_83_a_public_address_is_connected_to(address: str) -> None:
    assert permitted("x", 443, own_network=False, resolve=lambda host, port: [address]) == [address]


def test_trap_83_one_private_address_among_public_ones_is_a_trick() -> None:
    with pytest.raises(Refused):
        permitted("x", 443, own_network=False, resolve=lambda host, port: ["1.1.1.1", "10.0.0.1"])


HOSTS = (
    "https://127.0.0.1/", "https://127.0.0.1:{port}/", "https://localhost:{port}/", "https://[::1]:{port}/",
    "https://0.0.0.0:{port}/", "https://2130706433:{port}/", "https://0x7f.1:{port}/", "https://127.1:{port}/",
    "https://[::ffff:127.0.0.1]:{port}/", "https://①②⑦.0.0.1:{port}/",
)  # fmt: skip


@pytest.mark.parametrize("url", HOSTS)
def test_trap_83_no_spelling_of_this_machine_is_connected_to(server: FaultProxy, url: str) -> None:
    with pytest.raises((AccessLost, Temporary)):
        wire = Wire(url.format(port=server.server_port), Login("ana", "pw"), Way())
        wire.ask("OPTIONS", wire.base)
    assert server.asked == []


def test_trap_83_a_second_answer_of_the_name_server_changes_nothing(server: FaultProxy) -> None:
    """DNS rebinding: the address that was checked is the one that is connected to."""
    answers = [["203.0.113.9"], ["127.0.0.1"]]
    way = Way(own_network=False, resolve=lambda host, port: answers.pop(0))
    wire = Wire(f"https://cloud.example.org:{server.server_port}/", Login("ana", "pw"), way)
    for _ in range(2):
        with pytest.raises(AccessLost, match="not on the open internet"):
            wire.ask("OPTIONS", wire.base)
    assert server.asked == []


@pytest.fixture
def server() -> Iterator[FaultProxy]:
    with fault_proxy("http://127.0.0.1:9/", {"ana": ("pw", "ana")}) as proxy:
        yield proxy


@pytest.fixture
def dav(server: FaultProxy) -> Dav:
    return Dav(Wire(server.url, Login("ana", "pw"), Way(own_network=True)))


def says(server: FaultProxy, status: int, body: bytes = b"", **headers: str) -> None:
    """The next answer."""
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    server.wrongs.append(Wrong(status=status, body=body, headers=named))


def multistatus(*hrefs: str, more: str = "") -> bytes:
    """An answer about some resources."""
    each = "".join(
        f"<response><href>{href}</href><propstat><prop><getetag>&quot;1&quot;</getetag></prop>"
        f"<status>HTTP/1.1 200 OK</status></propstat></response>"
        for href in hrefs
    )
    return f'<?xml version="1.0"?><multistatus xmlns="DAV:">{each}{more}</multistatus>'.encode()


@pytest.mark.parametrize(
    "to",
    [
        "https://evil.example/", "http://evil.example/", "//evil.example/x", "http://127.0.0.1:1/",
        "http://ana:pw@evil.example/", "file:///etc/passwd", "gopher://127.0.0.1/", "http://127.0.0.2/",
    ],
)  # fmt: skip
def test_trap_83_a_redirect_elsewhere_is_refused_and_the_password_stays(
    server: FaultProxy, dav: Dav, to: str
) -> None:
    says(server, 301, Location=to)
    with pytest.raises(AccessLost, match="another server"):
        dav.propfind(dav.wire.base, [f"{D}getetag"], depth=0)
    assert len(server.asked) == 1


def test_a_redirect_within_the_server_is_followed_and_circles_end(
    server: FaultProxy, dav: Dav
) -> None:
    says(server, 301, Location="/dav/")
    says(server, 207, multistatus("/dav/"))
    assert dav.propfind(dav.wire.base, [f"{D}getetag"], depth=0).entries[0].href == "/dav/"
    assert [asked.path for asked in server.asked] == ["/", "/dav/"]
    for _ in range(10):
        says(server, 302, Location="/dav/")
    with pytest.raises(Temporary, match="circles"):
        dav.propfind(dav.wire.base, [f"{D}getetag"], depth=0)


@pytest.mark.parametrize(
    "href", ["https://evil.example/a.ics", "//evil.example/a.ics", "http://127.0.0.1:22/", "http://169.254.169.254/latest"]
)  # fmt: skip
def test_trap_83_a_foreign_href_is_refused(server: FaultProxy, dav: Dav, href: str) -> None:
    says(server, 207, multistatus("/a.ics", href))
    with pytest.raises(AccessLost, match="another server"):
        dav.changed(dav.wire.base, "")


def test_hosts_of_one_provider_that_is_known_are_one_server() -> None:
    wire = Wire("https://caldav.icloud.com/", Login("ana", "pw"), Way(), "icloud.com")
    there = "https://p34-caldav.icloud.com:443/123/calendars/"
    assert str(wire.within(there)) == "https://p34-caldav.icloud.com/123/calendars/"
    for other in (
        "https://icloud.com.evil.example/",
        "https://evilicloud.com/",
        "http://p34-caldav.icloud.com/",
    ):
        with pytest.raises(AccessLost):
            wire.within(other)


def test_plain_http_is_for_ones_own_network_only() -> None:
    with pytest.raises(AccessLost, match="clear text"):
        Wire("http://cloud.example.org/", Login("ana", "pw"), Way())


BOMBS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b'<multistatus xmlns="DAV:"><response><href>&b;</href></response></multistatus>',
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    b'<multistatus xmlns="DAV:"><response><href>&a;</href></response></multistatus>',
    b'<?xml version="1.0"?><!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><multistatus xmlns="DAV:"/>',
    b"\xff\xfe<\x00m\x00", b"", b"<html>Not found", b'<?xml version="1.0" encoding="no-such"?><a/>',
    b'<multistatus xmlns="DAV:">' + b"<a>" * 50_000,
)  # fmt: skip


@pytest.mark.parametrize("body", BOMBS)
def test_no_entity_is_read_and_no_bad_answer_gets_through(
    server: FaultProxy, dav: Dav, body: bytes
) -> None:
    says(server, 207, body)
    with pytest.raises(Temporary, match="no good XML"):
        dav.propfind(dav.wire.base, [f"{D}getetag"], depth=1)


def test_an_answer_that_is_too_long_is_not_read_to_its_end(server: FaultProxy) -> None:
    way = Way(own_network=True, limits=Limits(bytes_max=10_000))
    says(server, 200, b"x" * 100_000)
    with pytest.raises(Temporary, match="more than 10000 bytes"):
        Dav(Wire(server.url, Login("ana", "pw"), way)).get(httpx.URL(server.url))


def test_an_answer_that_takes_too_long_as_a_whole_is_given_up(server: FaultProxy) -> None:
    """Each piece may come in time, and the whole never."""
    seconds = iter(range(0, 100_000, 100))
    way = Way(own_network=True, elapsed=lambda: float(next(seconds)))
    says(server, 200, b"x" * 100)
    with pytest.raises(Temporary, match="takes more than"):
        Dav(Wire(server.url, Login("ana", "pw"), way)).get(httpx.URL(server.url))


def test_a_packed_answer_that_nobody_asked_for_is_not_unpacked(
    server: FaultProxy, dav: Dav
) -> None:
    says(server, 200, b"\x1f\x8b", Content_Encoding="gzip")
    with pytest.raises(Temporary, match="packing"):
        dav.get(dav.wire.base)


@pytest.mark.parametrize(
    ("status", "headers", "error", "wait"),
    [
        (503, {"Retry-After": "120"}, Temporary, timedelta(minutes=2)),
        (503, {}, Temporary, None),
        (429, {}, Temporary, timedelta(minutes=2)),
        (429, {"Retry-After": "9999999"}, Temporary, timedelta(hours=6)),
        (507, {}, Temporary, None),
        (500, {}, Temporary, None),
        (502, {}, Temporary, None),
        (423, {}, Temporary, None),
        (403, {"Retry-After": "60"}, Temporary, timedelta(minutes=1)),
        (401, {}, AccessLost, None),
        (403, {}, Permanent, None),
        (413, {}, Permanent, None),
        (415, {}, Permanent, None),
        (404, {}, VersionConflict, None),
        (409, {}, VersionConflict, None),
        (412, {}, VersionConflict, None),
    ],
)
def test_what_a_status_means_for_a_change(
    server: FaultProxy, dav: Dav, status: int, headers: dict[str, str], error: type, wait: object
) -> None:
    server.wrongs.append(Wrong(status=status, headers=headers))
    with pytest.raises(error) as raised:
        dav.put(dav.wire.base, b"x", None)
    assert type(raised.value) is error or issubclass(error, AccessLost)
    assert getattr(raised.value, "retry_after", None) == wait


@pytest.mark.parametrize("status", [400, 403, 409, 410, 412, 418])
def test_trap_32_a_token_that_is_no_longer_good_is_an_expired_cursor(
    server: FaultProxy, dav: Dav, status: int
) -> None:
    says(server, status, b'<error xmlns="DAV:"><valid-sync-token/></error>')
    with pytest.raises(CursorExpired):
        dav.changed(dav.wire.base, "token")
    says(server, status)
    with pytest.raises(AccessLost):
        dav.changed(dav.wire.base, "")


def test_trap_35_a_listing_that_was_cut_says_so(server: FaultProxy, dav: Dav) -> None:
    cut = "<response><href>/</href><status>HTTP/1.1 507 Insufficient Storage</status></response><sync-token>t</sync-token>"
    says(server, 207, multistatus("/a.ics", more=cut))
    page = dav.changed(dav.wire.base, "")
    assert (page.cut, page.token, [each.href for each in page.entries]) == (True, "t", ["/a.ics"])


def test_how_long_to_wait_is_reckoned_by_the_servers_own_clock() -> None:
    said = {"retry-after": "Thu, 26 Nov 2026 10:05:00 GMT", "date": "Thu, 26 Nov 2026 10:00:00 GMT"}
    assert retry_after(said) == timedelta(minutes=5)
    assert retry_after({"retry-after": "soon"}) is None
    assert retry_after({"retry-after": "Thu, 26 Nov 2026 10:05:00 GMT"}) is None


def test_paths_and_etags_are_written_one_way() -> None:
    one, other = (
        httpx.URL("https://x/ana%40example.org/a%20b.ics"),
        httpx.URL("https://x/ana@example.org/a b.ics"),
    )
    assert path_of(one) == path_of(other)
    assert etag_of('W/"abc"') == etag_of(' "abc"') == '"abc"'


def test_a_password_is_in_no_text_that_could_be_logged() -> None:
    assert "secret" not in repr(Login("ana", "secret"))


def test_trap_45_a_server_that_hangs_lets_one_account_wait_and_no_other(server: FaultProxy) -> None:
    server.users["eva"] = ("pw", "eva")
    now = [0.0]
    way = Way(own_network=True, limits=Limits(silent_seconds=0.2), elapsed=lambda: now[0])
    ana, eva = (Dav(Wire(server.url, Login(who, "pw"), way)) for who in ("ana", "eva"))
    server.wrongs.append(Wrong(silent=True))
    with pytest.raises(Temporary, match="in time"):
        ana.get(ana.wire.base)
    with pytest.raises(Temporary, match="somebody else"):
        eva.get(eva.wire.base)
    assert len(server.asked) == 1
    now[0] = 61.0
    says(server, 200, b"x")
    assert eva.get(eva.wire.base) == (b"x", "")
    server.wrongs.append(Wrong(silent=True))
    with pytest.raises(Temporary):
        ana.get(ana.wire.base)
    for dav in (ana, eva):
        says(server, 200, b"x")
        assert dav.get(dav.wire.base) == (b"x", ""), "it answers again"
