"""Which server a domain's DNS names for a service (RFC 2782), and whether that may be believed.

Not a connection: where one may go is said in guard.py.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import dns.exception
import dns.resolver

Srv: TypeAlias = Callable[[str], "tuple[str, int] | None"]
"""`_service._tcp.domain` → the host and port that DNS names; None where it names none."""

_SECONDS = 3.0


def dns_srv(name: str) -> tuple[str, int] | None:
    """What DNS says; nothing where it cannot be asked, or where the service is said not to be there."""
    try:
        found = dns.resolver.resolve(name, "SRV", lifetime=_SECONDS)
        best = min(found, key=lambda each: (each.priority, -each.weight))
        host = str(best.target).rstrip(".").lower()
        return (host, int(best.port)) if host else None
    except (dns.exception.DNSException, OSError, ValueError):
        return None


HOSTS = {
    "mail.protection.outlook.com": "microsoft",
    "google.com": "google",
    "googlemail.com": "google",
}
"""Where the mail of a domain goes whose people have their calendars with one of these two."""


def hosted_at(domain: str) -> str:
    """With which of the two the people of a domain are, as far as its DNS tells; empty where it does not. It is a hint: nothing is
    sent there."""
    try:
        found = dns.resolver.resolve(domain, "MX", lifetime=_SECONDS)
        best = str(min(found, key=lambda each: each.preference).exchange).rstrip(".").lower()
    except (dns.exception.DNSException, OSError, ValueError):
        return ""
    return next((kind for host, kind in HOSTS.items() if best.endswith(f".{host}")), "")


def is_believed(host: str, domain: str) -> bool:
    """Whether a host belongs to the domain whose DNS names it. DNS is not proved: whoever forges an answer would get
    the password (RFC 6186 6, RFC 6764 8)."""
    return host == domain or host.endswith(f".{domain}")
