"""The first hour of an admin, command by command: check, once, held, release, status, why.

Not the rules behind it: those are stories in tests/stories.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.place import ROOT, Place, environment

HOLD = "first-run/koss"
PAIRING = "ana-rao-ben-das"


def test_the_first_letters_wait_and_one_command_lets_them_go(place: Place) -> None:
    once = place.run("once")
    assert (once.returncode, once.stdout.split(". ")[1]) == (1, "To look at: on hold")
    assert place.letters("ana@example.org") == []

    held = place.run("held")
    assert held.returncode == 0
    assert "welcome-mentor-connected" in held.stdout
    assert f"run.py release {HOLD} --config {place.config}" in held.stdout

    released = place.run("release", HOLD)
    assert (released.returncode, released.stdout) == (0, f"Released 1 of {HOLD}.\n")
    assert len(place.letters("ana@example.org")) == 1
    assert place.run("status").returncode == 0

    again = place.run("once")
    assert again.returncode == 0
    assert again.stdout.startswith("One beat. All done. There is something to look at again: ")
    assert len(place.letters("ana@example.org")) == 1


def test_a_name_that_nothing_waits_under_is_a_wrong_call(place: Place) -> None:
    place.run("once")
    done = place.run("release", "first-run/kos")
    assert done.returncode == 2
    assert done.stderr == f"nothing is on hold under 'first-run/kos'. Did you mean {HOLD}?\n"
    assert [hold["count"] for hold in place.facts("held")["holds"]] == [1]


def test_why_tells_what_became_of_a_pairing_and_of_a_key(place: Place) -> None:
    place.run("once")
    place.run("release", HOLD)
    story = place.facts("why", PAIRING)["entries"]
    assert [(each["effect"], each["what"]) for each in story] == [
        ("welcome-mentor-connected to Ana", "on hold"),
        ("welcome-mentor-connected to Ana", "released"),
        ("welcome-mentor-connected to Ana", "done"),
    ]
    assert story[0]["why"] == "the mentor is asked first-hand"
    assert place.facts("why", story[0]["key"])["entries"] == story
    assert "Africa" not in place.run("why", PAIRING).stdout
    stranger = place.run("why", "ana-rao-ben-daz")
    assert stranger.returncode == 2
    assert "Did you mean ana-rao-ben-das?" in stranger.stderr


def test_what_is_printed_holds_no_address_and_no_word_of_a_letter(place: Place) -> None:
    place.run("once")
    place.run("release", HOLD)
    for words in (["status"], ["held"], ["why", PAIRING], ["status", "--json"]):
        shown = place.run(*words).stdout
        assert "@example.org" not in shown
        assert "suggests you" not in shown


def test_before_the_first_beat_there_is_nothing_to_show(place: Place) -> None:
    for words in (["status"], ["held"], ["why", PAIRING], ["backup", "x.db"]):
        done = place.run(*words)
        assert done.returncode == 1
        assert "`run.py start` or `once` makes it" in done.stderr
    assert not place.data.exists()


def test_a_backup_comes_back_and_everything_waits(place: Place, tmp_path: Path) -> None:
    place.run("once")
    copy = tmp_path / "monday.db"
    assert place.run("backup", str(copy)).returncode == 0
    assert place.run("backup", str(copy)).returncode == 2  # a backup replaces nothing
    place.run("release", HOLD)

    restored = place.run("restore", str(copy))
    assert restored.returncode == 0
    assert "What was there is kept as" in restored.stdout
    (hold,) = [h for h in place.facts("status")["on_hold"] if h["name"].startswith("restore/")]
    assert place.run("once").returncode == 1
    assert place.run("release", hold["name"]).returncode == 0
    # the letter was sent after the backup was made, and is not sent again
    assert len(place.letters("ana@example.org")) == 1


def test_the_shipped_configuration_works_at_once(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "run.py"), "once", "--data", str(tmp_path / "state")],
        cwd=tmp_path, capture_output=True, text=True, check=False, env=environment(),
    )  # fmt: skip
    assert done.stderr == ""
    names = sorted(path.name for path in (tmp_path / "state" / "calendars").glob("*@*"))
    assert names == [f"{name}@example.org" for name in ("ana", "ben", "chi", "eva", "rui")]


def test_a_wrong_call_is_told_and_exits_2(place: Place) -> None:
    for words in (["nonsense"], ["release"], ["simulate", "--faults", "some"]):
        assert place.run(*words).returncode == 2
    gone = subprocess.run(
        [sys.executable, str(ROOT / "run.py"), "check", "--config", str(place.config / "no")],
        capture_output=True, text=True, check=False, env=environment(),
    )  # fmt: skip
    assert gone.returncode == 2
    assert gone.stderr.endswith("there is no such folder\n")


def test_an_error_is_one_line_and_debug_shows_where(place: Place) -> None:
    assert place.run("status").stderr.count("\n") == 1
    assert "Traceback" in place.run("status", "--debug").stderr


def test_environment_variables_stand_for_the_options(place: Place) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "run.py"), "once"],
        capture_output=True, text=True, check=False,
        env={**environment(), "ONEONONE_CONFIG": str(place.config), "ONEONONE_DATA": str(place.config / "d")},
    )  # fmt: skip
    assert done.returncode == 1
    assert (place.config / "d" / "oneonone.db").is_file()


def test_a_release_while_the_files_are_wrong_goes_on_with_the_last_good_ones(place: Place) -> None:
    place.run("once")
    good = place.program.read_text()
    place.program.write_text(good.replace("Africa/Abidjan", "IST").replace("Ana Rao", "Ana Roa"))
    done = place.run("release", HOLD)
    assert (done.returncode, done.stdout) == (0, f"Released 1 of {HOLD}.\n")
    assert "event=config-bad where=programs/koss.yaml:5:11" in done.stderr
    (letter,) = place.letters("ana@example.org")
    assert "Ana Rao" in letter
    status = place.run("status")
    assert status.returncode == 1
    assert "THE FILES ARE BAD, the last good ones stay in force" in status.stdout


def test_letters_are_answered_on_the_command_line(place: Place) -> None:
    place.run("once")
    early = place.run("reply", PAIRING, "Ana", "YES")
    assert early.returncode == 1
    assert early.stderr.startswith(f"Ana has no letter of {PAIRING} yet. See: run.py status")
    place.run("release", HOLD)
    done = place.run("reply", PAIRING, "ana", "YES")
    assert (done.returncode, done.stdout) == (
        0, f"Ana has answered welcome-mentor-connected. Next: run.py once --config {place.config}\n",
    )  # fmt: skip
    place.run("once")
    assert len(place.letters("ben@example.org")) == 1
    assert place.facts("reply", PAIRING, "Ben", "YES")["answered"] == "welcome-mentee"
    place.run("once")
    assert [each["standing"] for each in place.facts("status")["pairings"]] == ["active"]
    assert list((place.data / "calendars" / "ana@example.org").glob("*.ics"))
    stranger = place.run("reply", PAIRING, "Eva", "YES")
    assert (stranger.returncode, stranger.stderr) == (
        2, f"'Eva' is nobody in {PAIRING}: say Ana or Ben\n",
    )  # fmt: skip
    assert "Did you mean ana-rao-ben-das?" in place.run("reply", "ana-ben-das", "Ben", "1").stderr


def test_where_mail_is_on_the_internet_a_mail_program_answers(place: Place) -> None:
    place.run("once")
    place.run("release", HOLD)  # a letter of the time when mail was folders lies there
    (place.config / "oneonone.yaml").write_text(
        "accounts:\n  koss@example.org: {mail: internet, imap: '127.0.0.1:1', smtp: '127.0.0.1:1'}\n"
    )
    place.run("once")
    done = place.run("reply", PAIRING, "Ana", "YES")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "koss@example.org is on the internet: reply to the letter in a mail program, from ana@example.org\n"
    )
    assert not list((place.data / "mail" / "koss@example.org" / "new").glob("*"))


def test_what_only_the_contact_can_answer_is_not_nothing(place: Place) -> None:
    place.write(first_run="send")
    place.run("once")
    assert place.run("status").stdout.splitlines()[-1] == "Nothing needs you."
    place.run("reply", PAIRING, "Ana", "In which room is it?")
    place.run("once")
    shown = place.run("status").stdout
    assert f"FOR YOU TO ANSWER\n  {PAIRING}, " in shown
    assert "Nothing needs you." not in shown


def test_why_knows_people_by_first_name_and_address(place: Place) -> None:
    place.run("once")
    by_key = place.facts("why", "ana-rao")
    for word in ("Ana", "ana", "ana@example.org", "Ana Rao"):
        assert place.facts("why", word)["entries"] == by_key["entries"]
    assert "Did you mean Ana?" in place.run("why", "Anna").stderr


def test_a_command_in_a_letter_can_be_pasted_wherever_its_reader_is(
    place: Place, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    begun = [sys.executable, str(ROOT / "run.py"), "once", "--config", place.config.name]
    subprocess.run(
        begun, cwd=place.config.parent, capture_output=True, check=False, env=environment()
    )
    told = "".join(place.letters("maya@example.org")).replace("=\n", "").replace("=3D", "=")
    held, release = re.findall(r"^\| (run\.py .*)$", told, re.MULTILINE)[:2]
    for command in (held, release):
        words = shlex.split(command)[1:]
        done = subprocess.run(
            [sys.executable, str(ROOT / "run.py"), *words], cwd=elsewhere, capture_output=True,
            text=True, check=False, env=environment(),
        )  # fmt: skip
        assert (done.returncode, done.stderr) in ((0, ""), (1, "")), done
    assert place.facts("held")["holds"] == []
    assert list(elsewhere.iterdir()) == []
