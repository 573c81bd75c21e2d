"""Where a connection may go: the address that a name resolves to is checked, and no other is connected to (trap_83).

Not TLS and not a protocol: who speaks over the connection is settled above.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any, TypeAlias

import httpcore

Resolve: TypeAlias = Callable[[str, int], list[str]]
"""Host and port → the addresses to try, in order. Raises OSError."""

_GIVEN_OUT = ip_network("2000::/3")
"""All IPv6 addresses that anybody has been given (RFC 4291 2.4)."""
_NAT64 = ip_network("64:ff9b::/96")
_6TO4 = ip_network("2002::/16")
_TEREDO = ip_network("2001::/32")
_MORE_PRIVATE = (
    ip_network("100.64.0.0/10"),
    ip_network("192.0.0.0/24"),
    ip_network("198.18.0.0/15"),
)


class Refused(Exception):
    """The name leads to a place where nobody outside may send us."""


def is_public(text: str) -> bool:
    """Whether an address belongs to the open internet, also where it hides in another one."""
    try:
        address: IPv4Address | IPv6Address = ip_address(text.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, IPv6Address):
        inner = _within(address)
        if inner is not None:
            return is_public(str(inner))
        if address not in _GIVEN_OUT:
            return False
    private = any(address.version == net.version and address in net for net in _MORE_PRIVATE)
    return address.is_global and not address.is_multicast and not private


def _within(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 one carries (RFC 4291 2.5.5, RFC 6052, RFC 3056)."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    number = int(address)
    if address in _NAT64 or number < 1 << 32:
        return IPv4Address(number & 0xFFFFFFFF)
    if address in _6TO4:
        return IPv4Address((number >> 80) & 0xFFFFFFFF)
    if address in _TEREDO:
        return IPv4Address(~number & 0xFFFFFFFF)
    return None


def resolved(host: str, port: int) -> list[str]:
    """What the system's resolver says."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def permitted(host: str, port: int, *, own_network: bool, resolve: Resolve = resolved) -> list[str]:
    """The addresses of a name that may be connected to. Raises Refused, and OSError where there is none.

    One private address among public ones is enough to refuse: a name that leads to both is a trick.
    """
    try:
        addresses = resolve(host, port)
    except UnicodeError as error:
        raise OSError(f"{host[:80]!r} is no name of a machine") from error
    if not addresses:
        raise OSError(f"{host} has no address")
    if not own_network:
        for address in addresses:
            if not is_public(address):
                raise Refused(
                    f"{host} is {address}, which is not on the open internet: if the server stands in "
                    f"your own network, say `own_network: true` at this account"
                )
    return addresses


class GuardedNetwork(httpcore.NetworkBackend):
    """TCP connections to permitted addresses only. The name is resolved once and the result is pinned, so that
    a second answer of the name server (DNS rebinding) changes nothing."""

    def __init__(self, *, own_network: bool, resolve: Resolve = resolved) -> None:
        self._own_network = own_network
        self._resolve = resolve
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """The first permitted address that answers."""
        try:
            addresses = permitted(host, port, own_network=self._own_network, resolve=self._resolve)
        except OSError as error:
            raise httpcore.ConnectError(f"{host}: {error.strerror or error}") from error
        failed: Exception = httpcore.ConnectError(host)
        for address in addresses:
            try:
                return self._plain.connect_tcp(
                    address, port, timeout, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise failed

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        """There are none here."""
        raise Refused(f"{path} is no server")

    def sleep(self, seconds: float) -> None:
        """Nobody waits in here."""
