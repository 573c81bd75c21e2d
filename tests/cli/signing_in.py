"""`run.py connect` of an account at Google, and what its owner does in a browser.

Not the page of ours: tests/web.
"""

from __future__ import annotations

import subprocess

from daemon.cli.accounts import CLIENT_SECRET
from tests.cli.place import Place, environment
from tests.google.asking import agreed
from tests.servers.google import Google


def signs_in(
    place: Place, google: Google, address: str, answer: str = "allow", *, account: str = "", unticked: str = ""
) -> subprocess.CompletedProcess[str]:  # fmt: skip
    """Whoever is at the browser agrees, with another `account` than the one that was asked, or leaves a box `unticked`; and
    pastes where that led."""
    process = subprocess.Popen(
        place.command("connect", address), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, env={**environment(), CLIENT_SECRET: google.grants.client_secret},
    )  # fmt: skip
    try:
        assert process.stderr is not None
        said = f"Open this in a browser and sign in as {address}:\n"
        assert process.stderr.readline() == said
        link = process.stderr.readline().strip()
        back = agreed(link, account or address, answer, unticked)
        out, err = process.communicate(f"{back}\n", timeout=120)
    finally:
        process.kill()
    return subprocess.CompletedProcess((), process.returncode, out, err)
