"""Fixtures of a simulated Microsoft 365, with two people and a program.

Not a suite.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conformance.graph_world import Allowed, simulated
from tests.conformance.reopened import ANA, BEN, KOSS
from tests.servers.graph import Graph


@pytest.fixture
def graph(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[Graph]:
    """Whose certificate this process trusts."""
    with simulated(tmp_path, monkeypatch, request, ANA, BEN, KOSS) as graph:
        yield graph


@pytest.fixture
def allowed(graph: Graph) -> Allowed:
    """What people have allowed."""
    return Allowed(graph)
