"""What the pages answer over plain HTTP: whoever follows a link, a scanner of a mail gateway, and who means no good.

Not a browser: test_browser.py.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Mapping
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from connectors.stores.vault import FileVault
from daemon.commands.folders import folders
from daemon.roster import REPLY_TOKENS
from daemon.settings import load_or_raise
from daemon.web.connecting import Connecting
from daemon.web.door import Door
from tests.cli.acted import Village
from tests.cli.place import environment
from tests.servers.google import Google
from tests.web.conftest import ADA

pytestmark = pytest.mark.server("the simulated Google")


def asked(
    url: str, method: str = "GET", headers: Mapping[str, str] | None = None, body: bytes = b""
) -> tuple[HTTPResponse, str]:
    """The answer, and what it says."""
    parts = urlsplit(url)
    connection = HTTPConnection(str(parts.hostname), parts.port, timeout=20)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    connection.request(method, target, body or None, dict(headers or {}))
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer, text


@pytest.fixture
def link(village: Village) -> str:
    """As `connect` prints it."""
    return str(village.facts("connect", ADA)["link"])


def sent_away(link: str) -> tuple[str, str]:
    """The cookie of a browser that was sent to Google, and where Google leads it back to, with an answer of nobody's."""
    answer, _ = asked(link, "POST")
    assert answer.status == 303
    said = parse_qs(urlsplit(str(answer.headers["Location"])).query)
    back = urlencode({"state": said["state"][0], "code": "4/of-somebody"})
    return str(answer.headers["Set-Cookie"]).partition(";")[0], f"{said['redirect_uri'][0]}?{back}"


def test_following_a_link_changes_nothing(
    village: Village, google: Google, door: Door, link: str
) -> None:
    """Gateways open every link of a mail, some more than once."""
    before = village.content()
    for method in ("GET", "HEAD", "GET"):
        answer, text = asked(link, method)
        assert (answer.status, bool(text)) == (200, method == "GET")
    assert village.content() == before
    assert google.calls == []


def test_what_the_page_tells_browsers_to_keep_to(door: Door, link: str) -> None:
    answer, text = asked(link)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    rules = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in rules and "frame-ancestors 'none'" in rules
    assert "<script" not in text
    cookie = str(asked(link, "POST")[0].headers["Set-Cookie"])
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/connect" in cookie


def test_they_are_asked_for_two_scopes_and_with_a_proof(door: Door, link: str) -> None:
    answer, _ = asked(link, "POST")
    said = parse_qs(urlsplit(str(answer.headers["Location"])).query)
    assert [each.rpartition("/")[2] for each in said["scope"][0].split()] == [
        "calendar.events.owned",
        "calendar.freebusy",
    ]
    assert (said["code_challenge_method"], said["access_type"], said["prompt"]) == (
        ["S256"],
        ["offline"],
        ["consent"],
    )
    assert said["login_hint"] == [ADA]


def test_only_the_browser_that_was_sent_away_comes_back_and_once(
    village: Village, google: Google, door: Door, link: str
) -> None:
    cookie, back = sent_away(link)
    assert asked(back)[0].status == 410  # another browser
    assert asked(back, headers={"Cookie": cookie})[0].status == 400  # a code that Google never gave
    assert asked(back, headers={"Cookie": cookie})[0].status == 410
    cookie, back = sent_away(link)
    village.passes(minutes=16)
    answer, text = asked(back, headers={"Cookie": cookie})
    assert answer.status == 410
    assert "That took too long, or began somewhere else" in text
    assert "nobody has signed in" in village.run("doctor").out


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/", "GET", 404),
        ("/connect/", "GET", 404),
        ("/connect/" + "a" * 26, "GET", 404),
        ("/connect/" + "a" * 26, "POST", 404),
        ("/connect/back", "GET", 410),
        ("/connect/back", "POST", 404),
        ("/connect/<b>", "GET", 404),
        ("/push/google", "POST", 404),
        ("/push/google", "GET", 405),
        ("/" + "a" * 5_000, "GET", 404),
    ],
)
def test_whatever_else_is_asked_for_is_answered_with_a_page(
    door: Door, link: str, path: str, method: str, status: int
) -> None:
    parts = urlsplit(link)
    answer, text = asked(f"{parts.scheme}://{parts.netloc}{path}", method)
    assert answer.status == status
    assert "<b>" not in text


def test_what_is_too_large_is_not_read(door: Door, link: str) -> None:
    assert asked(link, "POST", body=b"x" * 70_000)[0].status == 413
    assert asked(link, headers={"X-Much": "x" * 20_000})[0].status == 413


def test_where_google_gave_a_secret_it_has_to_be_said_once(
    village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ONEONONE_CLIENT_SECRET")
    said = village.run("connect", ADA)
    assert said.code == 2
    assert "say it once, and it is kept" in said.err
    monkeypatch.setenv("ONEONONE_CLIENT_SECRET", "shown by Google")
    assert village.run("connect", ADA).code == 0
    monkeypatch.delenv("ONEONONE_CLIENT_SECRET")
    assert village.run("connect", ADA).code == 0


def is_open(said: Iterator[str]) -> bool:
    """By what the daemon says next of its page."""
    return "event=page-open" in next(line for line in said if "event=page-" in line)


def test_of_the_mailbox_of_a_program_it_does_not_say_that_no_mail_is_read(village: Village) -> None:
    """One account for both: the calendar that invites, and the mailbox."""
    village.rewrite("cadence: weekly\n", "cadence: weekly\norganizer: program\n")
    settings = village.config / "oneonone.yaml"
    settings.write_text(
        settings.read_text().replace(f"{ADA}: {{", "koss@example.org: {mail: google, ")
    )
    link = str(village.facts("connect", "koss@example.org")["link"])
    config = load_or_raise(village.config).config
    secret = FileVault(village.data / "vault", {}).secret(REPLY_TOKENS)
    where = folders(village.config, None, village.wire.shipped)
    door = Door(Connecting(village.wire, where, config, secret), None)
    door.listen(lambda: None)
    try:
        text = asked(link)[1]
    finally:
        door.close()
    assert "its letters are sent and read here" in text
    assert "your mail" not in text


def test_below_a_path_and_after_a_reload_it_is_the_same_page(village: Village) -> None:
    """`start` opens it; a reload takes it over from itself."""
    settings = village.config / "oneonone.yaml"
    settings.write_text(re.sub(r"(web: .*)", r"\1/one/on-ones", settings.read_text()))
    link = str(village.facts("connect", ADA)["link"])
    assert "/one/on-ones/connect/" in link
    process = subprocess.Popen(
        village.command("start", "--every", "0.2"), stderr=subprocess.PIPE, text=True, env=environment()
    )  # fmt: skip
    try:
        said = iter(process.stderr or ())
        assert is_open(said)
        assert "Connect your calendar" in asked(link)[1]
        short = link.replace("/one/on-ones", "")  # what stands before it has taken the path away
        assert "Connect your calendar" in asked(short)[1]
        process.send_signal(1)
        assert is_open(said)
        assert "Connect your calendar" in asked(link)[1]
    finally:
        process.terminate()
        assert process.wait(20) == 0
