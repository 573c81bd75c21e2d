"""Bad input and bad disks: a clear line each, nothing lost, nothing twice.

Not each mistake that a YAML file can hold: see tests/settings.
"""

from __future__ import annotations

import ctypes
import os
import resource
import sqlite3
import subprocess
import sys
from contextlib import closing

from tests.cli.place import ROOT, Place, environment

TEMPLATE = "welcome-mentor-connected.md"
FULL_AT_BYTES = 90_000


def test_wrong_yaml_is_named_by_line_and_column_and_nothing_changes(place: Place) -> None:
    place.program.write_text(place.program.read_text().replace("Tue 10:00", "Tuu 10:00"))
    for words in (["check"], ["once"], ["start"]):
        done = place.run(*words)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith("programs/koss.yaml:11:9 ")
    assert not place.data.exists()
    (problem,) = place.facts("check")["problems"]
    assert (problem["line"], problem["column"], problem["severity"]) == (11, 9, "error")


def test_what_is_past_by_the_clock_is_warned_of(place: Place) -> None:
    place.program.write_text(f"{place.program.read_text()}breaks: [2020-12-21 to 2021-01-04]\n")
    (problem,) = place.facts("check")["problems"]
    assert (problem["severity"], problem["text"]) == (
        "warning", "breaks: 2020-12-21 to 2021-01-04  has no effect: it is past.",
    )  # fmt: skip


def test_an_unreadable_calendar_file_is_named_and_stops_nothing(place: Place) -> None:
    place.write(first_run="send")
    place.run("once")
    (place.data / "calendars" / "ana@example.org" / "broken.ics").write_text("BEGIN:VNONSENSE")
    done = place.run("once")
    assert done.returncode == 1
    (aside,) = place.facts("status")["set_aside"]
    assert aside["name"] == "broken.ics"
    assert "broken.ics" in place.run("status").stdout
    (place.data / "calendars" / "ana@example.org" / "broken.ics").unlink()
    assert place.run("once").returncode == 0


def test_a_mail_that_is_no_reply_is_named_and_stops_nothing(place: Place) -> None:
    place.write(first_run="send")
    place.run("once")
    inbox = place.data / "mail" / "koss@example.org" / "new"
    (inbox / "1.stranger").write_bytes(b"From: <eve@else.example>\n\nbuy this\n")
    (inbox / "2.nothing").write_bytes(b"\x00\xff\xfe")
    (inbox / "3.anew").write_bytes(b"From: <ben@example.org>\n\nwhere do I find Ana?\n")
    assert place.run("once").returncode == 1
    names = [aside["name"] for aside in place.facts("status")["set_aside"]]
    assert names == ["2.nothing", "3.anew"]  # nobody has to look at advertising
    place.run("release", "aside/2.nothing")
    place.run("release", "aside/3.anew")
    assert place.facts("status")["set_aside"] == []
    assert len(place.letters("ana@example.org")) == 1


def test_trap_77_a_template_that_fails_holds_its_own_letter_alone(place: Place) -> None:
    place.write(first_run="send")
    own = place.config / "templates" / "en"
    own.mkdir(parents=True)
    (own / TEMPLATE).write_text("---\nthread: T\nreads: yes\n---\n**{{ nobody.knows }}**\n")
    checked = place.run("check")
    assert checked.returncode == 2
    assert f"templates/en/{TEMPLATE}:5:6" in checked.stderr

    assert place.run("once").returncode == 1
    (hold,) = place.facts("held")["holds"]
    assert hold["name"] == "template/welcome-mentor-connected"
    assert f"en/{TEMPLATE}:5" in hold["why"]
    assert place.letters("ana@example.org") == []

    (own / TEMPLATE).unlink()
    assert place.run("release", hold["name"]).returncode == 0
    assert len(place.letters("ana@example.org")) == 1


def test_trap_2_a_damaged_store_is_refused_with_the_way_back(place: Place) -> None:
    place.run("once")
    store = place.data / "oneonone.db"
    whole = place.config / "whole.db"
    place.run("backup", str(whole))
    raw = bytearray(store.read_bytes())
    raw[4096:20480] = b"\xa5" * 16384
    store.write_bytes(raw)
    for words in (["once"], ["start"], ["status"], ["held"]):
        done = place.run(*words)
        assert done.returncode == 1
        assert "is damaged" in done.stderr
        assert "run.py restore BACKUP" in done.stderr
    assert store.read_bytes() == raw
    assert place.run("restore", str(whole)).returncode == 0
    assert "first-run" not in place.run("once").stderr


def test_a_full_disk_is_said_in_one_line_and_nothing_is_lost_or_twice(place: Place) -> None:
    place.write(first_run="send")

    def full() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (FULL_AT_BYTES, FULL_AT_BYTES))

    done = place.run("once", before=full)
    assert done.returncode == 1
    assert "the disk" in done.stderr
    assert "Traceback" not in done.stderr
    assert place.run("once").returncode == 0
    assert len(place.letters("ana@example.org")) == 1


def test_a_read_only_folder_is_said_in_one_line(place: Place) -> None:
    def bound_by_permissions() -> None:
        # Even root then needs the permission bits: CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH are dropped.
        if os.geteuid() == 0:
            for capability in (1, 2):
                ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)

    place.config.chmod(0o555)
    try:
        done = place.run("once", before=bound_by_permissions)
    finally:
        place.config.chmod(0o755)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "cannot be used as data folder: Permission denied" in done.stderr

    place.run("once")
    (place.data / "oneonone.db").chmod(0o444)
    done = place.run("once", before=bound_by_permissions)
    assert done.returncode == 1
    assert "may not be written to" in done.stderr or "cannot be opened" in done.stderr


def test_where_no_backup_can_be_written_is_said_in_one_line(place: Place) -> None:
    place.run("once")
    done = place.run("backup", str(place.config / ("n" * 254)))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "cannot be written: File name too long" in done.stderr


def test_a_file_instead_of_a_folder_is_told_where_the_folder_is(place: Place) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "run.py"), "check", "--config", str(place.program)],
        capture_output=True, text=True, check=False, env=environment(),
    )  # fmt: skip
    assert done.returncode == 2
    assert (
        done.stderr
        == f"--config {place.program} is a file: name the folder in which programs/ lies\n"
    )


def test_a_store_of_a_newer_version_is_refused(place: Place) -> None:
    place.run("once")
    with closing(sqlite3.connect(place.data / "oneonone.db")) as store:
        store.execute("PRAGMA user_version=99")
    done = place.run("once")
    assert done.returncode == 2
    assert "newer oneonone" in done.stderr


def test_another_python_than_that_of_the_venv_is_told_in_one_line() -> None:
    """-S: without the packages that are installed."""
    done = subprocess.run(
        [sys.executable, "-S", str(ROOT / "run.py"), "status"], capture_output=True, text=True,
        check=False, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "typer is not installed here. Run: .venv/bin/python run.py ... (`make demo` sets .venv up)\n"
    )
