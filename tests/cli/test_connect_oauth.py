"""`connect` for a mailbox without a password: its owner signs in in a browser, on this machine or on another.

Not the tokens in use: tests/conformance/test_internet_oauth.py.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

import pytest

from connectors.internet.oauth.granting import REDIRECT
from connectors.internet.oauth.issuer import issuer_at
from daemon.cli.accounts import CLIENT_SECRET
from daemon.settings import load
from daemon.settings.account_kinds import KNOWN_ISSUERS
from tests.cli.place import ROOT, Place, environment
from tests.installed import need
from tests.servers.issuer import CLIENT, Issuer
from tests.servers.site import DOMAIN, MailSite, absent

pytestmark = pytest.mark.server("postfix and dovecot")
MAILBOX = f"koss@{DOMAIN}"
ACCOUNT = """\
accounts:
  {mailbox}:
    mail: internet
    imap: 127.0.0.1:{imap}
    smtp: 127.0.0.1:{smtp}
    sign_in: {url}
    client_id: {client}
"""


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    with Issuer("koss") as issuer:
        yield issuer


@pytest.fixture
def here(place: Place, issuer: Issuer) -> Iterator[Place]:
    """Files that say who issues tokens for the mailbox."""
    need(absent())
    with MailSite(("koss", "ben"), introspection=issuer.introspection) as site:
        text = place.program.read_text().replace("koss@example.org", MAILBOX)
        place.program.write_text(text)
        (place.config / "oneonone.yaml").write_text(
            ACCOUNT.format(
                mailbox=MAILBOX, imap=site.imap_port, smtp=site.submission_port, url=issuer.url,
                client=CLIENT,
            )
        )  # fmt: skip
        yield place


@contextmanager
def connecting(place: Place) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        place.command("connect", MAILBOX), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, env=environment(),
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def test_with_a_code_that_is_typed_on_another_machine(here: Place, issuer: Issuer) -> None:
    with connecting(here) as process:
        out, err = process.communicate(timeout=120)
    assert err == (
        f"Open {issuer.url}/device in a browser, sign in as {MAILBOX}, and type WDJB-MJHT\n"
    )
    assert process.returncode == 0, out
    assert "takes the user and the token" in out
    assert out.endswith(f"{MAILBOX} is connected.\n")
    kept = b"".join(each.read_bytes() for each in (here.data / "vault").rglob("*.secret"))
    assert kept and b"refresh-" not in kept and b"access-" not in kept
    assert here.facts("doctor")["accounts"][0]["usable"]


def redirected(issuer: Issuer, url: str) -> str:
    """Where the browser ends after its owner has said yes at that address."""
    asked = {name: each[0] for name, each in parse_qs(urlsplit(url).query).items()}
    assert (asked["client_id"], asked["response_type"]) == (CLIENT, "code")
    assert asked["code_challenge_method"] == "S256"
    code = issuer.code_for(asked["code_challenge"])
    return f"{asked['redirect_uri']}/?state={asked['state']}&code={code}"


PASTED: dict[str, tuple[Callable[[Issuer, str], str], int, str]] = {
    "what the browser shows": (redirected, 0, ""),
    "nothing": (lambda issuer, url: "", 1, "no code of this sign-in is in it"),
    "of another sign-in": (
        lambda issuer, url: re.sub("state=[^&]*", "state=other", redirected(issuer, url)), 1,
        "no code of this sign-in is in it",
    ),
    "a no": (lambda issuer, url: "http://127.0.0.1/?error=access_denied", 1, "access_denied"),
    "a made-up code": (
        lambda issuer, url: re.sub("code=[^&]*$", "code=x", redirected(issuer, url)), 1,
        "was not granted: invalid_grant",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", PASTED)
def test_with_the_address_of_the_browser_where_no_codes_are_given(
    here: Place, issuer: Issuer, case: str
) -> None:
    issuer.codes = False
    paste, code, why = PASTED[case]
    with connecting(here) as process:
        assert process.stderr is not None and process.stdin is not None
        assert process.stderr.readline() == f"Open this in a browser and sign in as {MAILBOX}:\n"
        url = process.stderr.readline().strip()
        out, err = process.communicate(f"{paste(issuer, url)}\n", timeout=120)
    assert process.returncode == code, out + err
    assert why in err and "Traceback" not in err
    assert (list((here.data / "vault").rglob("account*")) == []) == (code == 1)


def test_who_says_no_changes_nothing(here: Place, issuer: Issuer) -> None:
    issuer.says, issuer.patience = "access_denied", 0
    said = here.run("connect", MAILBOX)
    assert (said.returncode, said.stdout) == (1, "")
    assert said.stderr.endswith(f"{MAILBOX} was not granted: access_denied\n")


def test_the_page_about_it_says_what_holds(place: Place) -> None:
    page = (ROOT / "docs" / "sign-in.md").read_text()
    (example,) = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    (place.config / "oneonone.yaml").write_text(example)
    (account,) = load(place.config).config.accounts
    assert (account.sign_in, account.mail) == ("microsoft", "internet")
    known = {name: issuer_at(name) for name in KNOWN_ISSUERS}
    assert known["microsoft"].device and not known["google"].device, (
        "codes give no right to mail there"
    )
    assert known["google"].scope in page and f"`{REDIRECT}`" in page and CLIENT_SECRET in page
    for scope in known["microsoft"].scope.split()[:2]:
        assert f"`{scope.rpartition('/')[2]}`" in page
