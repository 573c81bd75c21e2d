"""Where the mail servers of an address are: as the files say, as its provider says, or as its domain publishes.

Not a connection: whether they answer is found by probing.py.
"""

from __future__ import annotations

from connectors.internet.mail.account import Security, Server
from connectors.internet.srv import Srv, is_believed
from daemon.domain.account import Account
from daemon.errors import AccessLost

IMAP_TLS, SUBMISSION_TLS, SUBMISSION = 993, 465, 587
_STARTTLS = (25, 143, SUBMISSION, 2525)
_LOOPBACK = ("localhost", "127.0.0.1")

PROVIDERS: dict[str, tuple[str, str]] = {
    "fastmail.com": ("imap.fastmail.com", "smtp.fastmail.com"),
    "gmail.com": ("imap.gmail.com", "smtp.gmail.com"),
    "gmx.de": ("imap.gmx.net", "mail.gmx.net"),
    "gmx.net": ("imap.gmx.net", "mail.gmx.net"),
    "googlemail.com": ("imap.gmail.com", "smtp.gmail.com"),
    "icloud.com": ("imap.mail.me.com", "smtp.mail.me.com:587"),
    "mailbox.org": ("imap.mailbox.org", "smtp.mailbox.org"),
    "me.com": ("imap.mail.me.com", "smtp.mail.me.com:587"),
    "posteo.de": ("posteo.de", "posteo.de"),
    "web.de": ("imap.web.de", "smtp.web.de:587"),
    "yahoo.com": ("imap.mail.yahoo.com", "smtp.mail.yahoo.com"),
    "zoho.com": ("imap.zoho.com", "smtp.zoho.com"),
}
"""Providers that publish no service records, or whose boxes have another domain: reading, sending."""


_BY_SIGN_IN = {
    "google": PROVIDERS["gmail.com"],
    "microsoft": ("outlook.office365.com", "smtp.office365.com:587"),
}
"""Where the mail of any domain is whose people sign in there."""


def servers_of(account: Account, srv: Srv) -> tuple[Server, Server]:
    """Where to read and where to send. What the files say wins; then the provider, then the domain's service
    records (RFC 6186, RFC 8314 section 5.1), then the usual names. AccessLost where these are in another domain."""
    domain = account.address.rpartition("@")[2]
    known = PROVIDERS.get(domain) or _BY_SIGN_IN.get(account.sign_in, ("", ""))
    imap = account.imap or known[0] or _published(srv, account, "imap", ("_imaps._tcp",))
    smtp = account.smtp or known[1]
    smtp = smtp or _published(srv, account, "smtp", ("_submissions._tcp", "_submission._tcp"))
    return read_at(imap or f"imap.{domain}"), sent_at(smtp or f"smtp.{domain}")


def read_at(text: str) -> Server:
    """`host` or `host:port` of IMAP."""
    return _server(text, IMAP_TLS)


def sent_at(text: str) -> Server:
    """`host` or `host:port` of SMTP."""
    return _server(text, SUBMISSION_TLS)


def _published(srv: Srv, account: Account, setting: str, services: tuple[str, ...]) -> str:
    domain = account.address.rpartition("@")[2]
    named = next((found for each in services if (found := srv(f"{each}.{domain}"))), None)
    if named is None:
        return ""
    host, port = named
    if not is_believed(host, domain):
        raise AccessLost(
            f"the DNS of {domain} says that its mail is at {host}: if that is right, give "
            f"`{setting}: {host}:{port}` for {account.address}"
        )
    return f"{host}:{port}"


def _server(text: str, usual: int) -> Server:
    host, _, port = text.partition(":")
    number = int(port or usual)
    security: Security = "starttls" if number in _STARTTLS else "tls"
    if host in _LOOPBACK and number not in (IMAP_TLS, SUBMISSION_TLS):
        security = "none"  # nobody listens between a program and itself
    return Server(host, number, security)
