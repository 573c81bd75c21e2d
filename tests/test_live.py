"""What is there for a real server works: here before the simulated ones, with a few tests of the suite.

Not a real server: see tests/live.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.servers.exchange import Exchange
from tests.servers.graph import APP, APP_SECRET, TENANT, Graph, authority_in

ROOT = Path(__file__).resolve().parent.parent
ANA, BEN = "ana@example.org", "ben@example.org"
FEW = (
    "test_our_own_meetings_are_busy_for_both or test_a_key_that_was_done or test_who_cannot_be_read"
)


def suite(name: str, **named: str) -> str:
    """The last lines of that part of tests/live."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", f"tests/live/{name}", "-k", FEW],
        cwd=ROOT, env={**os.environ, **named}, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert "skipped" not in done.stdout, done.stdout
    return done.stdout


def test_before_an_exchange() -> None:
    with Exchange() as exchange:
        for each in (ANA, BEN):
            exchange.account(each)
        suite(
            "test_exchange.py", EWS_URL=exchange.url, EWS_USER=ANA, EWS_PASSWORD="secret", EWS_GUEST=BEN, EWS_GUEST_PASSWORD="secret"
        )  # fmt: skip
        left = [each for each in exchange.boxes[ANA].items.values() if each.folder == "calendar"]
        assert left == [] and len(exchange.mails) > 2
        assert exchange.problems == []


def test_before_a_microsoft_365(tmp_path: Path) -> None:
    with Graph() as graph:
        for each in (ANA, BEN):
            graph.account(each)
            graph.scoped.add(each)
        suite(
            "test_microsoft.py", SSL_CERT_FILE=authority_in(tmp_path), GRAPH_URL=graph.url, GRAPH_TENANT=TENANT, GRAPH_CLIENT_ID=APP,
            GRAPH_CLIENT_SECRET=APP_SECRET, GRAPH_USER=ANA, GRAPH_GUEST=BEN,
        )  # fmt: skip
        assert graph.boxes[ANA].events == {} and len(graph.mails) > 2
        assert graph.problems == []
