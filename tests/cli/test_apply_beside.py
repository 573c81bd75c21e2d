"""`apply` beside a daemon that runs: the old files count until then, and the new ones at once from then on.

Not `apply` alone: see test_plan.py.
"""

from __future__ import annotations

import signal
from pathlib import Path

from connectors.clock import SystemClock
from tests.cli.acted import Village
from tests.cli.test_start import running


def test_changed_files_that_move_many_wait_beside_it_until_they_are_applied(tmp_path: Path) -> None:
    village = Village(tmp_path / "mine", 3, SystemClock().now())
    village.wakes_nobody()
    village.all_running()
    village.rewrite("cadence: weekly", "cadence: biweekly")
    with running(village) as daemon:
        assert "pairings=3" in next(line for line in daemon.log if "event=config-waits" in line)
        daemon.until("before-claim")  # and it beats on, as the old files say
        (hold,) = village.facts("status")["on_hold"]
        assert hold["command"] == f"run.py apply --yes --config {village.config}"
        asked = village.run("apply", "--yes")
        assert asked.out.startswith("The running daemon was asked to apply the files.")
        daemon.until("reloaded")
        daemon.until("settled key=started")
        assert village.facts("status")["on_hold"] == []
        assert daemon.stop() == 0
    assert not any("event=guard" in line for line in daemon.log)


def test_files_are_taken_over_where_nothing_can_be_copied(tmp_path: Path) -> None:
    village = Village(tmp_path / "mine", 3, SystemClock().now())
    village.wakes_nobody()
    village.all_running()
    room = tmp_path / "room"
    room.mkdir()
    with running(village, TMPDIR=str(room)) as daemon:
        village.rewrite("name: KOSS", "name: KASS")
        daemon.process.send_signal(signal.SIGHUP)
        daemon.until("reloaded")
        room.rmdir()
        village.rewrite("name: KASS", "name: KESS")
        daemon.process.send_signal(signal.SIGHUP)
        daemon.until("reloaded")
        assert daemon.stop() == 0


def test_files_that_were_put_back_are_read_again_and_nothing_waits(tmp_path: Path) -> None:
    village = Village(tmp_path / "mine", 3, SystemClock().now())
    village.wakes_nobody()
    village.all_running()
    village.rewrite("cadence: weekly", "cadence: biweekly")
    with running(village) as daemon:
        daemon.until("before-claim")
        village.rewrite("cadence: biweekly", "cadence: weekly")
        assert len(village.facts("held")["holds"]) == 1
        assert village.facts("apply", "--yes") == {"applied": "asked"}
        daemon.until("reloaded")
        assert village.facts("held")["holds"] == []
        assert village.facts("apply", "--yes") == {"applied": "nothing"}
        village.rewrite("cadence: weekly", "cadence: biweekly")  # none of it was agreed to
        daemon.process.send_signal(signal.SIGHUP)
        assert "pairings=3" in daemon.until("config-waits")
        assert daemon.stop() == 0


def test_bad_files_stop_neither_once_nor_start_where_good_ones_are_known(tmp_path: Path) -> None:
    village = Village(tmp_path / "mine", 1, SystemClock().now())
    village.wakes_nobody()
    village.rewrite("cadence: weekly", "cadence: fortnightly")
    assert village.run("once").code == 2  # nothing is known yet
    village.rewrite("cadence: fortnightly", "cadence: weekly")
    village.all_running()
    village.rewrite("cadence: weekly", "cadence: fortnightly")
    assert village.run("once").code == 1
    assert "koss.yaml" in village.facts("status")["config_problem"]
    with running(village) as daemon:
        daemon.until("before-claim")
        assert any("event=config-bad where=programs/koss.yaml" in line for line in daemon.log)
        village.rewrite("cadence: fortnightly", "cadence: weekly")
        daemon.until("reloaded")
        assert village.facts("status")["config_problem"] == ""
        assert daemon.stop() == 0


def test_why_and_status_tell_by_the_files_that_count_not_by_those_that_wait(tmp_path: Path) -> None:
    village = Village(tmp_path / "mine", 3, SystemClock().now())
    village.wakes_nobody()
    village.all_running()
    told = village.run("why", "ada-ash-abe-elm").out
    assert "Berlin" in told
    village.rewrite("cadence: weekly", "cadence: biweekly")
    village.rewrite("timezone: Europe/Berlin", "timezone: Asia/Tokyo")
    assert village.run("once").code == 1
    assert village.run("why", "ada-ash-abe-elm").out == told
    assert "Tokyo" not in village.run("status").out
