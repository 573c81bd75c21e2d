"""The owner lock: one owner, who is named, and who is nobody once dead.

Not leases: what a dead owner had claimed is told in test_embedded_store.py.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from connectors.stores.lock import OwnerLock, owner
from daemon.errors import UserError
from tests.conformance.store_words import at

ROOT = Path(__file__).parents[2]
HOLDS_UNTIL_KILLED = """
import sys
from pathlib import Path
from connectors.stores.lock import OwnerLock
from tests.conformance.store_words import at
lock = OwnerLock(Path(sys.argv[1]), "run.py start", at("09:00"))
print("mine", flush=True)
sys.stdin.read()
"""


def holder(folder: Path) -> subprocess.Popen[str]:
    """Another process that owns the folder."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDS_UNTIL_KILLED, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None and process.stdout.readline() == "mine\n"
    return process


def test_trap_89_a_second_owner_hears_who_the_first_is(tmp_path: Path) -> None:
    first = holder(tmp_path)
    try:
        with pytest.raises(UserError) as refused:
            OwnerLock(tmp_path, "run.py once", at("09:05"))
        said = str(refused.value)
        assert f"`run.py start`, pid {first.pid} on " in said
        assert "since 2026-11-02T09:00:00+00:00" in said
        assert owner(tmp_path) is not None
    finally:
        first.kill()
        first.communicate()


def test_the_lock_dies_with_its_process(tmp_path: Path) -> None:
    first = holder(tmp_path)
    first.kill()
    first.communicate()
    assert owner(tmp_path) is None
    with OwnerLock(tmp_path, "run.py start", at("09:05")):
        assert f"pid {os.getpid()}" in (owner(tmp_path) or "")


def test_after_release_nobody_owns_the_folder(tmp_path: Path) -> None:
    assert owner(tmp_path / "new") is None
    with OwnerLock(tmp_path / "new", "run.py start", at("09:00")):
        pass
    assert owner(tmp_path / "new") is None
    OwnerLock(tmp_path / "new", "run.py once", at("09:01")).release()


def test_a_folder_that_cannot_be_one(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="cannot be used as data folder"):
        OwnerLock(tmp_path / "file", "run.py start", at("09:00"))
