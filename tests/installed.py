"""Programs that tests run and nobody ships: mail clients, postfix, dovecot, opendkim. .ci/run installs them."""

from __future__ import annotations

import os

import pytest


def required() -> bool:
    """Whether they have to be there: in CI, which runs as root and can install them."""
    return bool(os.environ.get("CI")) and os.geteuid() == 0


def need(why: str) -> None:
    """`why` says what is absent, empty for nothing. Skips the test where that may be so, and fails it where not."""
    if why and required():
        pytest.fail(f"{why}; in CI it has to be there")
    if why:
        pytest.skip(why)
