"""`status` and `held` on one screen: what an admin reads in ten seconds.

Not what a daemon does: see test_start.py.
"""

from __future__ import annotations

import email
from datetime import UTC, datetime
from pathlib import Path

from tests.cli.acted import Village

MONDAY = datetime(2026, 12, 28, 9, 0, tzinfo=UTC)


def test_twelve_pairs_fit_one_screen(tmp_path: Path) -> None:
    made = Village(tmp_path / "mine", 12, MONDAY)
    made.all_running()
    shown = made.run("status")
    assert (shown.code, shown.err) == (0, "")
    assert (
        shown.out.replace(f" --config {made.config}", "")
        == """\
not running (run.py start)
last beat: Mon 28 Dec 2026 10:04 Berlin
program koss: 12 active; 12 in initiation
calendars: 12 connected
letters: 60 in 24 hours, 60 in 7 days; 0 due, 0 on hold
next 1:1s:
  Tue 5 Jan 2027 10:00 Berlin  ada-ash-abe-elm  Ada & Abe
  Tue 5 Jan 2027 10:00 Berlin  bo-ash-bea-elm  Bo & Bea
  Tue 5 Jan 2027 10:00 Berlin  cy-ash-cal-elm  Cy & Cal
  Tue 5 Jan 2027 10:00 Berlin  di-ash-dee-elm  Di & Dee
  Tue 5 Jan 2027 10:00 Berlin  ed-ash-eli-elm  Ed & Eli
  Tue 5 Jan 2027 10:00 Berlin  flo-ash-fay-elm  Flo & Fay
  and 6 pairings more: --json
Nothing needs you.
"""
    )


def test_of_a_running_daemon_the_last_beat_is_known_to_five_minutes(tmp_path: Path) -> None:
    made = Village(tmp_path / "mine", 1, MONDAY)
    made.all_running()
    with made.wire.own(made.data, "run.py start"):
        made.passes(minutes=4)
        shown = made.run("status").out
    noted = "last beat: Mon 28 Dec 2026 10:04 Berlin"
    assert f"{noted} or later (noted every 5 minutes)\n" in shown
    assert f"{noted}\n" in made.run("status").out


def test_with_everything_that_needs_somebody_it_still_fits_80_by_24(tmp_path: Path) -> None:
    made = Village(tmp_path / "mine", 12, MONDAY)
    made.all_running()
    made.rewrite("cadence: weekly", "cadence: biweekly")
    made.run("once")
    made.hands.lock_out("ada@example.org")
    made.passes(minutes=5)
    made.run("once")
    shown = made.run("status")
    assert shown.code == 1
    lines = shown.out.replace(f" --config {made.config}", "").splitlines()
    assert len(lines) <= 24
    assert max(len(line) for line in lines) <= 80
    assert "calendars: 11 connected, 1 lost" in lines
    assert "CALENDAR LOST" in lines
    assert lines[-3:] == [
        f"ON HOLD: 12 under {made.facts('held')['holds'][0]['name']}",
        "  the files have changed, for 12 of 12 pairings: see run.py plan",
        "  run.py apply --yes",
    ]


def test_held_names_each_hold_what_waits_under_it_and_the_way_on(tmp_path: Path) -> None:
    made = Village(tmp_path / "mine", 1, MONDAY)
    made.rewrite("first_run: send", "first_run: hold")
    made.run("once")
    assert (
        made.run("held").out.replace(str(made.config), "CONFIG")
        == """\
1 on hold: the first letters of a program wait for release
  welcome-mentor-connected to Ada
      ada-ash-abe-elm, since Mon 28 Dec 2026 10:00 Berlin
  run.py release first-run/koss --config CONFIG
"""
    )


def test_who_never_gave_a_sign_of_life_is_named_and_nobody_else(tmp_path: Path) -> None:
    made = Village(tmp_path / "mine", 2, MONDAY)
    made.all_running()
    facts = made.facts("status")
    assert facts["maybe_in_spam"] == []
    assert facts["letters"] == {
        "day": 10,
        "week": 10,
        "events_day": 0,
        "due": 0,
        "tried": 0,
        "no_room": 0,
        "on_hold": 0,
    }
    assert facts["accounts"] == {"connected": 2, "troubled": 0, "lost": 0}
    assert "@example.org" not in str(facts)


def test_whose_letters_come_back_is_named_and_no_address(tmp_path: Path) -> None:
    made = Village(tmp_path / "mine", 1, MONDAY)
    made.all_running()
    letter = made.hands.letters("abe@example.org")[-1]
    report = (
        "From: MAILER-DAEMON@mx.example.org\nTo: koss@example.org\nSubject: failure notice\n\n"
        "<abe@example.org>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n"
        f"--- Below this line is a copy of the message.\n\n"
        f"Message-ID: {email.message_from_bytes(letter)['Message-ID']}\n"
    )
    now = made.time.now()
    made.hands.write("mx@example.org", "koss@example.org", report.encode(), now)
    made.passes(minutes=2)
    made.run("once")
    shown = made.run("status")
    assert "LETTERS COME BACK\n  from Abe Elm. Correct the address in the files.\n" in shown.out
    assert made.facts("status")["addresses_on_hold"] == ["Abe Elm"]
    assert "abe@" not in shown.out + str(made.facts("status")) + str(made.facts("held"))
