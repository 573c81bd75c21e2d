"""A village whose one mentor has a calendar at the simulated Google, its page, and a browser on a phone.

Not the tests.
"""

from __future__ import annotations

import os
import secrets
import shutil
import socket
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from connectors.stores.vault import FileVault
from daemon.cli.accounts import CLIENT_SECRET
from daemon.commands.folders import folders
from daemon.roster import REPLY_TOKENS
from daemon.settings import load_or_raise
from daemon.web.connecting import Connecting
from daemon.web.door import Door
from tests.cli.acted import Village
from tests.installed import need
from tests.screenshots import BROWSERS
from tests.servers.google import Google

ADA = "ada@example.org"
PHONE = {"width": 390, "height": 844}
FILES = """\
google_client_id: {client}
accounts:
  {who}: {{calendar: google, url: {url}, own_network: true}}
web: http://127.0.0.1:{port}
web_listen: {port}
"""


@pytest.fixture
def google() -> Iterator[Google]:
    """A Google of its own."""
    with Google() as google:
        google.account(ADA)
        yield google
    assert google.problems == []


@pytest.fixture
def village(tmp_path: Path, google: Google, monkeypatch: pytest.MonkeyPatch) -> Village:
    """On the Monday before the first 1:1s. What Google gave for this program is in the environment."""
    village = Village(tmp_path / "mine", 1, datetime(2026, 12, 28, 9, 0, tzinfo=UTC))
    village.rewrite("first_run: send\n", "first_run: send\nverify: token\n")
    village.wakes_nobody()
    files = FILES.format(client=google.grants.client_id, who=ADA, url=google.url, port=free_port())
    (village.config / "oneonone.yaml").write_text(files)
    google.now = village.time.now()
    monkeypatch.setenv(CLIENT_SECRET, google.grants.client_secret)
    return village


def free_port() -> int:
    """One that no system hands out by itself (RFC 6335 6): nobody takes it between this look and the page."""
    while True:
        with socket.socket() as free, suppress(OSError):
            port = 20_000 + secrets.randbelow(10_000)
            free.bind(("127.0.0.1", port))
            return port


@pytest.fixture
def door(village: Village) -> Iterator[Door]:
    """The page, open."""
    where = folders(village.config, None, village.wire.shipped)
    config = load_or_raise(village.config).config
    secret = FileVault(village.data / "vault", {}).secret(REPLY_TOKENS)
    door = Door(Connecting(village.wire, where, config, secret), None)
    door.listen(lambda: None)
    yield door
    door.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Without a window."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    need("" if path else "no browser is here: apt install chromium")
    with sync_playwright() as playwright:
        args = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=path, args=args)
        yield browser
        browser.close()


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    """A browser of 390 px that nobody has used yet. What its console says is a mistake of ours, but that a page was not
    found or refused: some are to be."""
    context = chromium.new_context(viewport=PHONE)
    page, said = context.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    context.close()
    assert [each for each in said if not each.startswith("Failed to load resource")] == []
