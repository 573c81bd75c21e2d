"""The demo, played once for all tests of its page.

Not a test.
"""

from __future__ import annotations

import pytest

from tests.page.shown import Page, run


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Page, str]:
    """The page of the demo, and what the terminal said."""
    home = tmp_path_factory.mktemp("page")
    done = run("demo", "--fast", cwd=home)
    assert (done.returncode, done.stderr) == (0, "")
    return Page(home / "demo-out"), done.stdout


@pytest.fixture(scope="session")
def page(played: tuple[Page, str]) -> Page:
    """The page of the demo."""
    return played[0]
