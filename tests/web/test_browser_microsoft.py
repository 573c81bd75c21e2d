"""A mentor at Microsoft 365 connects their calendar on a phone, alone: the page, the sign-in there, and what becomes of it later.

Not Google: test_browser.py. Microsoft 365 is the one of tests/servers, asked by the real msal.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from daemon.cli.accounts import CLIENT_SECRET
from daemon.web.door import Door
from tests.cli.acted import Village
from tests.servers.graph import APP, APP_SECRET, TENANT, Graph, authority_in
from tests.web.conftest import ADA, PHONE, free_port
from tests.web.test_browser import letters, link_in, looked_at, pressed

pytestmark = pytest.mark.server("the simulated Microsoft 365")
FILES = """\
microsoft_client_id: {app}
microsoft_tenant: {tenant}
accounts:
  {who}: {{calendar: microsoft, url: '{url}'}}
web: http://127.0.0.1:{port}
web_listen: {port}
"""
ASKED = (
    "KOSS 1:1s\n"
    "Connect your calendar\n"
    "Hi Ada, this is for ada@example.org. It takes two minutes, and you can take it back at any time.\n"
    "Read\nWhen you are busy, and what becomes of your 1:1s.\n"
    "Written\nYour 1:1s, and nothing else. Microsoft invites whom you meet.\n"
    "Never kept\nTitles, places and texts of your other events: Microsoft sends them along, and they are thrown away.\n"
    "Never read\nYour mail, and any other calendar.\n"
    "Go on to Microsoft\n"
    "Sign in there as ada@example.org, and accept what it asks. Microsoft then brings you back here.\n"
    "Rather not, or a question? Nothing has changed yet. Write to Maya: maya@example.org"
)


@pytest.fixture
def graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Graph]:
    """A Microsoft 365 of its own, which this process trusts."""
    monkeypatch.setenv("SSL_CERT_FILE", authority_in(tmp_path))
    with Graph() as graph:
        graph.account(ADA)
        yield graph
    assert graph.problems == []


@pytest.fixture
def village(tmp_path: Path, graph: Graph, monkeypatch: pytest.MonkeyPatch) -> Village:
    """On the Monday before the first 1:1s. What Microsoft gave for this program is in the environment."""
    village = Village(tmp_path / "mine", 1, datetime(2026, 12, 28, 9, 0, tzinfo=UTC))
    village.rewrite("first_run: send\n", "first_run: send\nverify: token\n")
    village.wakes_nobody()
    files = FILES.format(app=APP, tenant=TENANT, who=ADA, url=graph.url, port=free_port())
    (village.config / "oneonone.yaml").write_text(files)
    graph.now = village.time.now()
    monkeypatch.setenv(CLIENT_SECRET, APP_SECRET)
    return village


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    """As in conftest.py, of somebody who trusts the simulated Microsoft as well."""
    context = chromium.new_context(viewport=PHONE, ignore_https_errors=True)
    yield context.new_page()
    context.close()


def test_connected_taken_back_and_connected_again(
    village: Village, graph: Graph, door: Door, phone: Page
) -> None:
    printed = village.run("connect", ADA).out.splitlines()[0]
    village.run("once")
    (asked,) = letters(village, "reconnect")
    assert link_in(asked) == printed
    phone.goto(printed)
    assert looked_at(phone, "connect-microsoft") == ASKED
    pressed(phone, "Go on to Microsoft")
    assert looked_at(phone, "connected-microsoft").startswith(
        "KOSS 1:1s\nConnected. There is nothing more to do.\n"
    )
    assert "under My Apps, or ask the admin of your organisation." in phone.inner_text("body")
    assert door.woken() == (ADA,)
    village.all_running()
    assert len(graph.boxes[ADA].events) == 1
    assert "refresh_token" not in graph.sign_in.granted, "the token of the hour is still good"

    graph.sign_in.taken_back.add(ADA)
    village.passes(hours=1)
    village.run("once")
    (lost,) = (each for each in letters(village, "reconnect") if "One minute fixes it." in each)
    assert "lost" in village.run("status").out
    phone.goto(link_in(lost))
    pressed(phone, "Go on to Microsoft")
    assert "Abe Tue 5 Jan, 10:00" in phone.inner_text("body")
    village.passes(minutes=1)
    village.run("once")
    assert "lost" not in village.run("status").out
    assert len(graph.boxes[ADA].events) == 1


def test_whoever_signs_in_as_somebody_else_is_told_so(
    village: Village, graph: Graph, door: Door, phone: Page
) -> None:
    graph.account("eve@example.org")
    graph.sign_in.types = "eve@example.org"
    phone.goto(village.run("connect", ADA).out.splitlines()[0])
    pressed(phone, "Go on to Microsoft")
    assert looked_at(phone, "another-microsoft").startswith(
        "KOSS 1:1s\nNot connected, and nothing has changed\n"
        "It is eve@example.org who has let us in. Sign in as ada@example.org;"
    )
    assert door.woken() == ()
