"""`why`: one letter, one move, one silence, word by word.

Not the decisions themselves: those are stories.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from daemon.domain.meeting import Slot
from tests.cli.acted import Said, Village

MONDAY = datetime(2026, 12, 28, 9, 0, tzinfo=UTC)
PAIRING = "ada-ash-abe-elm"
ORIGIN = "2027-01-05T10:00[Europe/Berlin]"
MOVED = f"moved/pairing/{PAIRING}/{ORIGIN}/abe-elm/1"


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Village:
    """Ada deletes the first 1:1, Abe is offered three times at once and takes the second; a day passes."""
    made = Village(tmp_path_factory.mktemp("why") / "mine", 1, MONDAY)
    made.all_running()
    now = made.time.now()
    first = made.hands.calendar("ada@example.org", Slot(now, now + timedelta(days=14)))[0]
    made.hands.delete("ada@example.org", first.place)
    for _ in range(2):
        made.passes(minutes=30)
        made.run("once")
    made.says("abe@example.org", "proposal", "2")
    made.passes(minutes=30)
    made.run("once")
    made.passes(days=1)
    made.run("once")
    return made


def plain(made: Village, said: Said) -> str:
    """What was printed, without the folder of the test."""
    assert (said.code, said.err) == (0, "")
    return said.out.replace(str(made.config), "CONFIG")


def test_why_a_letter(moved: Village) -> None:
    assert (
        plain(moved, moved.run("why", MOVED))
        == """\
moved to Abe (Tue 5 Jan)
  planned for Tue 5 Jan 2027 10:00
  now Wed 6 Jan 2027 10:00 Berlin
  sent at Mon 28 Dec 2026 11:34 Berlin, Abe's time
  quiet hours of Abe: 21:00 to 07:00
  it does not count for the limits of a day and a week

What happened
  Mon 28 Dec 2026 11:34 Berlin  done       moved to Abe (Tue 5 Jan)
      the calendar has the new time

Because
  Mon 28 Dec 2026 10:34 Berlin  Tue 5 Jan: taken off the calendar by the mentor
  Mon 28 Dec 2026 11:04 Berlin  Tue 5 Jan: 3 times offered (cancelled); not offered: 1 the old hour or an earlier offer, 246 outside the hours
  Mon 28 Dec 2026 11:34 Berlin  Tue 5 Jan: option 2 was chosen
  Mon 28 Dec 2026 11:34 Berlin  Tue 5 Jan: Wed 6 Jan 10:00 Berlin is still free
  Mon 28 Dec 2026 11:34 Berlin  Tue 5 Jan: now Wed 6 Jan 10:00 Berlin

Also about this 1:1
  Mon 28 Dec 2026 11:04 Berlin  done       proposal to Abe (Tue 5 Jan)
  Mon 28 Dec 2026 11:34 Berlin  done       a new event of Tue 5 Jan
  Mon 28 Dec 2026 11:34 Berlin  done       moved to Ada (Tue 5 Jan)
"""
    )


def test_a_letter_is_known_by_its_message_id_as_well(moved: Village) -> None:
    (raw,) = [raw for raw in moved.hands.letters("abe@example.org") if b"moved/pairing" in raw]
    head = raw.decode("utf-8", "replace").replace("\r\n ", " ").replace("\n ", " ")
    (name,) = [
        line.split(" ", 1)[1] for line in head.splitlines() if line.startswith("Message-ID:")
    ]
    by_id = moved.facts("why", name.strip())
    assert by_id["entries"] == moved.facts("why", MOVED)["entries"]


def test_why_a_move(moved: Village) -> None:
    facts = moved.facts("why", f"put/{PAIRING}")
    assert facts["about"] == "a new event of Tue 5 Jan"
    assert facts["facts"] == ["planned for Tue 5 Jan 2027 10:00", "now Wed 6 Jan 2027 10:00 Berlin"]
    assert [(each["what"], each["why"]) for each in facts["entries"]] == [
        ("to do", "option 2 was chosen"), ("done", ""),
    ]  # fmt: skip
    assert [each["why"] for each in facts["because"]][:1] == [
        "Tue 5 Jan: taken off the calendar by the mentor"
    ]
    assert [each["effect"] for each in facts["same_meeting"]] == [
        "proposal to Abe (Tue 5 Jan)", "moved to Ada (Tue 5 Jan)", "moved to Abe (Tue 5 Jan)",
    ]  # fmt: skip


def test_why_a_silence(moved: Village) -> None:
    assert (
        plain(moved, moved.run("why", "abe-elm", "--on", "2026-12-29"))
        == f"""\
letters to Abe
  Abe got no letter on Tue 29 Dec 2026
  Ada & Abe: active since Mon 28 Dec 2026 10:00 Berlin
  Ada & Abe: the series: weekly, Tue 10:00 Berlin, 30 min, from Tue 5 Jan 2027
  Ada & Abe: next 1:1: Wed 6 Jan 2027 10:00 Berlin
  letters with a limit (preps, notes, reminders; proposals and answers have none): 0 today, at most 1; 0 in 7 days, at most 3
  letters come around a 1:1 (a prep at 18:00 before, notes after), and when something changes
  1:1s that day, the day before or after: none

Nothing happened here.
What comes next: run.py plan --days 7 --pairing {PAIRING} --config CONFIG
"""
    )


def test_a_subject_and_a_day_are_enough(moved: Village) -> None:
    out = plain(moved, moved.run("why", "Re: Ada & Abe: our 1:1s", "--on", "2026-12-28"))
    assert out.startswith("Ada & Abe\n  active since Mon 28 Dec 2026 10:00 Berlin\n")
    assert (
        "done       proposal to Abe (Tue 5 Jan)\n      another time is needed (cancelled)\n" in out
    )
    other = moved.run("why", "Re: Ada & Abe: our 1:1s", "--on", "2026-12-30").out
    assert "Nothing happened here." in other


def test_what_was_left_out_is_told_with_the_reason(tmp_path: Path) -> None:
    made = Village(tmp_path / "mine", 1, MONDAY)
    made.all_running()
    made.passes(days=7, hours=22)  # off until two hours before the first 1:1
    made.run("once")
    facts = made.facts("why", "ada-ash")
    assert [(each["effect"], each["what"], each["why"]) for each in facts["not_done"]] == [
        ("prep-mentor to Ada (Tue 5 Jan)", "skipped", "its time was over at Tue 5 Jan 08:00 Berlin")
    ]  # fmt: skip
    assert facts["facts"][0] == "Ada got 3 letters in the last 14 days"


def test_what_keeps_the_first_letter_back_is_told(tmp_path: Path) -> None:
    made = Village(tmp_path / "mine", 1, MONDAY)
    made.rewrite("first_run: send", "first_run: hold")
    made.run("once")
    assert made.facts("why", "ada-ash")["facts"][:4] == [
        "Ada got no letter in the last 14 days",
        "Ada & Abe: invited since Mon 28 Dec 2026 10:00 Berlin",
        "Ada & Abe: Ada has not said yes: Abe is asked after that",
        f"welcome-mentor-connected is ready and waits under first-run/koss: run.py held --config {made.config}",
    ]
    (limits,) = [each for each in made.facts("why", "ada-ash")["facts"] if "with a limit" in each]
    assert limits.endswith("0 today, at most 1; 0 in 7 days")  # of a mentor's week there is none
    made.passes(days=2)
    silent = made.facts("why", "abe-elm")["facts"]
    assert "no beat since Mon 28 Dec 2026 09:00 UTC: nothing is sent meanwhile" in silent


def test_the_first_choice_of_a_time_is_not_called_another_one(tmp_path: Path) -> None:
    made = Village(tmp_path / "mine", 1, MONDAY)
    made.rewrite("    at: Tue 10:00\n", "")
    made.run("once")
    made.everybody_says("welcome-mentor-connected", "Yes")
    for _ in range(2):
        made.passes(minutes=2)
        made.run("once")
    chosen = "a regular time is being chosen: 3 offered to Abe, until Mon 4 Jan 2027 10:02 Berlin"
    assert chosen in made.facts("why", PAIRING)["facts"]
    assert f"a time is being chosen: {PAIRING}\n" in made.run("status").out


def test_which_1_1_a_time_is_chosen_for_is_told(tmp_path: Path) -> None:
    made = Village(tmp_path / "mine", 1, MONDAY)
    made.all_running()
    now = made.time.now()
    first = made.hands.calendar("ada@example.org", Slot(now, now + timedelta(days=14)))[0]
    made.hands.delete("ada@example.org", first.place)
    for _ in range(2):
        made.passes(minutes=30)
        made.run("once")
    (told,) = [each for each in made.facts("why", PAIRING)["facts"] if "being chosen" in each]
    assert told.startswith(
        "a time for the 1:1 of Tue 5 Jan 2027 is being chosen: 3 offered to Abe, until "
    )


def test_nothing_that_anybody_wrote_and_no_address_is_told(moved: Village) -> None:
    for word in (PAIRING, "abe-elm", "ada-ash", MOVED, "proposal/"):
        for words in (["why", word], ["why", word, "--json"]):
            assert "@example.org" not in moved.run(*words).out


def test_a_stranger_is_a_wrong_call(moved: Village) -> None:
    wrong = moved.run("why", "abe-elf")
    assert (wrong.code, wrong.err) == (
        2, "nothing is recorded under 'abe-elf'. Did you mean abe-elm?\n",
    )  # fmt: skip


def test_of_a_pairing_it_tells_what_mail_each_of_the_two_got(moved: Village) -> None:
    facts = plain(moved, moved.run("why", PAIRING)).partition("\n\n")[0]
    assert facts.split("\n")[-2:] == [
        "  letters to Ada: 4 accepted, the last Mon 28 Dec 2026 11:34 Berlin, heard from Mon 28 Dec 2026 10:02 Berlin",
        "  letters to Abe: 4 accepted, the last Mon 28 Dec 2026 11:34 Berlin, heard from Mon 28 Dec 2026 11:34 Berlin",
    ]
