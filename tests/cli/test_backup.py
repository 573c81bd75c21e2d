"""A backup holds everything in the data folder but the secrets, and `restore` puts back what is missing (trap_88).

Not the store's own copy: tests/conformance/test_embedded_store.py.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from connectors.stores.beside import pack, put_back
from tests.cli.place import Place


@pytest.fixture
def lived(place: Place) -> Place:
    """A program some minutes old, with an invitation by mail of ours."""
    place.write("send")
    assert place.run("once").returncode == 0
    for folder in ("invitations/ana", "calendars/ana@example.org"):
        (place.data / folder).mkdir(parents=True, exist_ok=True)
    (place.data / "invitations/ana/one.ics").write_bytes(b"SEQUENCE:3\r\n")
    (place.data / "invitations/ana/.one.ics.writing").write_bytes(b"half of it")
    (place.data / "calendars/ana@example.org/odd\udce9.ics").write_bytes(b"BEGIN:VCALENDAR\r\n")
    (place.data / "alarms.json").write_text("{}")
    return place


def beside(data: Path) -> dict[bytes, bytes]:
    """Every file but the store and the secrets."""
    return {
        os.fsencode(path.relative_to(data)): path.read_bytes()
        for path in data.rglob("*")
        if path.is_file() and path.parts[len(data.parts)] in ("invitations", "calendars", "mail", "alarms.json")
    }  # fmt: skip


def test_on_a_new_machine_everything_comes_back_but_the_secrets(
    lived: Place, tmp_path: Path
) -> None:
    before, copy = beside(lived.data), tmp_path / "monday.db"
    assert len(before) > 4
    made = lived.run("backup", str(copy), "--json")
    assert made.returncode == 0, made.stderr
    assert f'"files": {len(before) - 1}' in made.stdout
    assert oct(copy.stat().st_mode)[-3:] == "600"
    for secret in (lived.data / "vault").rglob("*.secret"):
        assert secret.read_bytes() not in copy.read_bytes()
    shutil.rmtree(lived.data)
    back = lived.run("restore", str(copy))
    assert back.returncode == 0, back.stderr
    del before[b"invitations/ana/.one.ics.writing"]
    assert beside(lived.data) == before
    (hold,) = [h for h in lived.facts("status")["on_hold"] if h["name"].startswith("restore/")]
    assert hold["why"]
    with sqlite3.connect(lived.data / "oneonone.db") as store:
        assert store.execute("SELECT 1 FROM sqlite_master WHERE name='beside'").fetchone() is None


def test_trap_88_what_is_there_is_at_least_as_new_and_stays(lived: Place, tmp_path: Path) -> None:
    copy, event = tmp_path / "monday.db", lived.data / "invitations/ana/one.ics"
    lived.run("backup", str(copy))
    event.write_bytes(b"SEQUENCE:4\r\n")
    (lived.data / "alarms.json").unlink()
    assert lived.run("restore", str(copy)).returncode == 0
    assert event.read_bytes() == b"SEQUENCE:4\r\n"
    assert (lived.data / "alarms.json").read_text() == "{}"


@pytest.mark.parametrize("name", [b"../evil", b"/evil", b"vault/evil", b"mail/../../evil", b"x"])
def test_trap_82_a_backup_of_somebody_elses_making_writes_nowhere_else(
    tmp_path: Path, name: bytes
) -> None:
    data, copy = tmp_path / "data", tmp_path / "copy.db"
    data.mkdir()
    assert pack(data, copy) == 0
    with sqlite3.connect(copy) as written:
        written.execute("INSERT INTO beside VALUES (?, ?)", (name, b"x"))
    assert put_back(copy, data) == 0
    assert [path.name for path in tmp_path.rglob("*evil*")] == []


def test_a_backup_from_before_there_was_any_of_it(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "old.db").close()
    assert put_back(tmp_path / "old.db", tmp_path) == 0
