"""What `doctor` makes of what a mail to itself brought back: authentication, alignment, capabilities, limits.

Not the round trip: tests/cli/test_connect.py, and test_internet_mail_site.py on postfix and dovecot.
"""

from __future__ import annotations

import pytest

from connectors.internet import Login, MailAccount, Server
from connectors.internet.mail.limits import limit_of
from connectors.internet.mail.probing import _capabilities, _deletes, _verdicts

ALL = "mx; spf=pass smtp.mailfrom=koss@example.org; dkim=pass header.d=example.org; dmarc=pass header.from=example.org"
ROWS = {
    "all good": (ALL, [("spf", "good"), ("dkim", "good"), ("dmarc", "good")]),
    "a subdomain is near enough": (
        "mx; dkim=pass header.i=@mail.example.org", [("dkim", "good")],
    ),
    "signed as the provider": (
        "mx; dkim=pass header.d=provider.example; dmarc=fail", [("dkim", "good"), ("dkim alignment", "look"), ("dmarc", "look")],
    ),
    "two signatures, one of them ours": (
        "mx; dkim=pass header.d=provider.example; dkim=pass header.d=example.org", [("dkim", "good")],
    ),
    "the envelope of somebody else": (
        "mx; spf=pass smtp.mailfrom=bounces.provider.example", [("spf", "good"), ("spf alignment", "look")],
    ),
    "it looks like ours": ("mx; dkim=pass header.d=notexample.org", [("dkim", "good"), ("dkim alignment", "look")]),
    "nothing passes": ("mx; spf=softfail smtp.mailfrom=x; dkim=none", [("spf", "look"), ("dkim", "look")]),
    "nothing is said": ("mx; none", []),
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_how_far_our_own_mail_speaks_for_the_domain_that_readers_see(name: str) -> None:
    results, wanted = ROWS[name]
    found = list(_verdicts(results, "example.org"))
    assert [(check.name, check.state) for check in found] == wanted
    assert all(check.advice for check in found if check.state == "look")


ACCOUNT = MailAccount(
    "koss@example.org", Server("smtp.gmail.com", 465), Server("imap.gmail.com", 993),
    Login("koss@example.org", lambda: "pw"),
)  # fmt: skip


def test_what_the_servers_cannot_do_is_said_and_what_follows() -> None:
    found = [*_capabilities(ACCOUNT, {"size": "0"})]
    assert [(check.state, check.text) for check in found] == [
        ("good", "smtp.gmail.com:465 takes letters to addresses in ASCII alone (no SMTPUTF8)"),
        ("good", "Gmail lets an account send about 500 letters a day, one of Google Workspace about 2,000; "
                 "run.py status says how many went"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("offers", "trash", "state", "text"),
    [
        ({"UIDPLUS"}, None, "good", "imap.gmail.com:993 removes single mails (UIDPLUS)"),
        (
            {"UIDPLUS", "X-GM-EXT-1"},
            "Bin",
            "good",
            "imap.gmail.com:993 removes single mails (UIDPLUS)",
        ),
        ({"UIDPLUS", "X-GM-EXT-1"}, None, "look", "Gmail shows no Trash, so it deletes nothing"),
        ({"MOVE"}, "Trash", "look", "imap.gmail.com:993 removes no single mails"),
    ],
)
def test_whether_old_mails_can_be_deleted_is_said(
    offers: set[str], trash: str | None, state: str, text: str
) -> None:
    found = _deletes(ACCOUNT, frozenset(offers), trash)
    assert (found.state, found.text, bool(found.advice)) == (state, text, state == "look")


@pytest.mark.parametrize(
    ("host", "most"), [("smtp.gmail.com", 500), ("gmail.com", 500), ("notgmail.com", 0), ("x", 0)]
)
def test_limits_are_those_of_that_provider_alone(host: str, most: int) -> None:
    found = limit_of(host)
    assert (found[0] if found else 0) == most
