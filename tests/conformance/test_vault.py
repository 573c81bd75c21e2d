"""The vault: secrets that only their owner can read, and that never change by themselves.

Not who asks for them.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from connectors import connector
from connectors.clock import SystemClock
from connectors.stores.vault import FileVault
from daemon.errors import UserError

KEY = Fernet.generate_key().decode()


def test_a_secret_of_our_own_is_made_once(tmp_path: Path) -> None:
    made = FileVault(tmp_path, {}).secret("reply-tokens")
    assert len(made) == 32
    assert FileVault(tmp_path, {}).secret("reply-tokens") == made
    assert FileVault(tmp_path, {}).secret("message-ids") != made


def test_a_secret_of_an_account_has_to_be_put(tmp_path: Path) -> None:
    vault = FileVault(tmp_path, {})
    with pytest.raises(KeyError):
        vault.secret("account/ana@example.org")
    vault.put("account/ana@example.org", b"correct horse")
    vault.put("account/ana@example.org", b"battery staple")
    assert FileVault(tmp_path, {}).secret("account/ana@example.org") == b"battery staple"


def test_it_knows_which_accounts_have_a_secret_of_a_kind(tmp_path: Path) -> None:
    vault = FileVault(tmp_path, {})
    vault.secret("reply-tokens")
    for name in (
        "account/ana@example.org",
        "calendar/o'neil+1:1@example.org",
        "calendar/ana@example.org",
    ):
        vault.put(name, b"none")
    assert vault.kept("calendar") == {"ana@example.org", "o'neil+1:1@example.org"}
    assert vault.kept("mail") == set()


def test_trap_82_no_file_shows_a_secret_and_nobody_else_may_read_it(tmp_path: Path) -> None:
    FileVault(tmp_path / "v", {}).put("account/ana@example.org", b"canary-4711")
    files = list((tmp_path / "v").iterdir())
    assert sorted(path.name for path in files) == ["account%2Fana@example.org.secret", "key"]
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in files)
    assert all(b"canary" not in path.read_bytes() for path in files)


def test_a_key_from_the_environment_leaves_no_key_file(tmp_path: Path) -> None:
    made = FileVault(tmp_path, {"ONEONONE_KEY": KEY}).secret("reply-tokens")
    assert [path.name for path in tmp_path.iterdir()] == ["reply-tokens.secret"]
    assert FileVault(tmp_path, {"ONEONONE_KEY": KEY}).secret("reply-tokens") == made


def test_another_key_is_refused_with_the_way_back(tmp_path: Path) -> None:
    FileVault(tmp_path, {"ONEONONE_KEY": KEY}).secret("reply-tokens")
    other = Fernet.generate_key().decode()
    with pytest.raises(UserError, match="does not open with this key"):
        FileVault(tmp_path, {"ONEONONE_KEY": other}).secret("reply-tokens")
    with pytest.raises(UserError, match="ONEONONE_KEY is no key"):
        FileVault(tmp_path, {"ONEONONE_KEY": "password1"})


def test_a_key_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    FileVault(tmp_path, {})
    (tmp_path / "key").chmod(0o644)
    with pytest.raises(UserError, match="can be read by others"):
        FileVault(tmp_path, {})


def test_connectors_by_name_or_dotted_path() -> None:
    assert connector("clock") is SystemClock
    assert connector("connectors.stores.vault.FileVault") is FileVault
    with pytest.raises(UserError, match="no connector is called 'calender'"):
        connector("calender")
    with pytest.raises(UserError, match="cannot be loaded"):
        connector("connectors.stores.vault.NoVault")


def test_the_clock_is_aware_and_in_utc() -> None:
    now = SystemClock().now()
    assert now.tzname() == "UTC"
