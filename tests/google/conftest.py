"""The one fixture that every test on the simulated Google has.

Not a server: tests/servers/google.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.servers.google import Google


@pytest.fixture
def google() -> Iterator[Google]:
    """A Google of its own, which may not have met anything that its schema does not know."""
    with Google() as google:
        yield google
    assert google.problems == []
