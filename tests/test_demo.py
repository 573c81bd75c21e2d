"""The demo as a newcomer runs it: the story on the terminal, the files it leaves.

Not its figures (tests/test_demo_figures.py), and not the rules: the same tick is tested in tests/decide and tests/stories.
"""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from daemon.settings import load, summary
from tests.performed import ROOT, last_screen, run, timeline

CONFIG = ROOT / "config" / "demo"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def shown(home: Path) -> str:
    """What the terminal showed; the files lie in `home/demo-out`."""
    done = run("--fast", cwd=home)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


STORY = {
    "1": [
        "letter | Ana: welcome: mentor Ben? | asked first",
        'Ana | writes "YES" | to welcome',
        "letter | Ana: answer: understood | a command, answered",
        "letter | Ben: welcome: pick 1 of 3 | the mentor said yes",
        'Ben | writes "2" | to welcome',
        "read | as number 2 |",
        "series | every week in Ana's calendar, with Ben | both said yes",
        "letter | Ana: started: it is settled | the calendar has it",
        "letter | Ben: started: it is settled | the calendar has it",
    ],
    "2": [
        "MAIL | there is no eva@exampel.org: a letter goes back | a slip in the files",
        "back | Eva: welcome: does it suit? | it came back: no such user",
        "letter | Maya: letters come back | no such user",
        "Maya | corrects Eva's address in the files |",
        "seen | the address was corrected | what is of use goes",
        "letter | Eva: welcome: does it suit? | the mentor said yes",
    ],
    "3": [
        "Ana | deletes Wed 21 Oct in the calendar |",
        "seen | Wed 21 Oct is gone, the series stands | waits 5 min: a slip?",
        "times | 3 are free for both | it was no slip",
        "letter | Ben: proposal: pick 1 of 3 | it was cancelled; waited: Ben's night",
        'Ben | writes "2" | to proposal',
        "read | as number 2 |",
        "moved | Wed 21 Oct is now Tue 20 Oct, 15:30 Kolkata (12:00 Berlin) | option 2 was chosen",
        "letter | Ben: moved: the new time | the calendar has it",
        "= | repaired in 31 min of Ben's waking time |",
        "letter | Ana: moved: the new time | the calendar has it; waited: Ana's night",
    ],
    "4": [
        'Ben | writes "Two internships, decide by January. CV draft first." and 3 more | to notes',
        "kept | a note under Tue 20 Oct | for the pair alone",
        'kept | a line for Ben alone | "private:" in front',
        "letter | Ben: first-note: it is kept | only the first time",
        "letter | Ana: copy of Ben's words | a note was written; waited: Ana's night",
        "letter | Ben: prep, quotes 20 Oct | for Wed 28 Oct 16:30",
    ],
    "5": [
        "Ana | puts another event on top of Thu 29 Oct |",
        "letter | Ana: clash: keep, or move? | only the owner knows",
        'Ana | writes "1" | to clash',
        "read | as: keep the 1:1 |",
        "letter | Ana: answer: understood | a command, answered",
        "letter | Chi: prep, quotes 8 Oct | for Thu 29 Oct 16:30",
        "skipped | Ana: prep: topics of Chi | no news and no ask",
        "= | it took place; letters to Chi about the clash: 0 |",
    ],
    "6": [
        'Ben | writes "DONE a" and 1 more | to prep',
        "done | a Ben: send Ana the CV draft | off the list",
        "letter | Ben: answer: understood | a command, answered",
        "letter | Ana: prep, quotes 20 Oct | for Wed 28 Oct 12:00",
        'Ana | writes "DONE b" | to prep',
        "done | b Ana: ask Priya about the lab | off the list",
        "letter | Ana: answer: understood | a command, answered",
    ],
    "7": [
        "Chi | declines Thu 5 Nov |",
        "seen | Thu 5 Nov is declined by the mentee | waits 5 min: a slip?",
        "times | 3 are free for both | it was no slip",
        "letter | Chi: proposal: pick 1 of 3 | it was declined",
        'Chi | writes "hm, one of the later ones would be nicer" | to proposal',
        "letter | Chi: unclear: which one? | it does not guess",
        'Chi | writes "3" | to unclear',
        "read | as number 3 |",
        "moved | Thu 5 Nov is now Fri 6 Nov, 16:30 Taipei (09:30 Berlin) | option 3 was chosen",
        "letter | Ana: moved: the new time | the calendar has it",
        "letter | Chi: moved: the new time | the calendar has it",
        "= | repaired in 38 min of Chi's waking time |",
    ],
    "8": [
        "Eva | declines Wed 25 Nov |",
        "seen | Wed 25 Nov is declined by the mentee | waits 5 min: a slip?",
        "times | 3 are free for both | it was no slip",
        "letter | Eva: proposal: pick 1 of 3 | it was declined",
        'Eva | is out: a machine writes "Fora do escritório. Urgente? Disque 2." | it chooses nothing',
        "letter | Eva: nudge: 2 still free | the only reminder",
        "lapsed | no answer: Wed 25 Nov is left out | as the letter said",
        "off | Wed 25 Nov is off the calendar | left out (silence)",
        "letter | Rui: left-out, kindly | left out (silence); waited: Rui's night",
        "letter | Eva: left-out, kindly | left out (silence); waited: Eva's night",
    ],
    "9": [
        "POWER | gone: nothing runs for 3 days |",
        "POWER | back: what is due is derived anew | nothing was scheduled ahead",
        "skipped | Ana: prep: topics of Ben | too late after Wed 2 Dec 10:00",
        "skipped | Ben: prep: what about? | too late after Wed 2 Dec 14:30",
        "letter | Ana: notes: how was it? | the 1:1 is over",
        "letter | Rui: prep, quotes 4 Nov | for Wed 2 Dec 14:00, catch-up",
        "letter | Eva: prep, quotes 4 de nov | for Wed 2 Dec 12:00, catch-up",
        "letter | Maya: after the cut | the machine was off",
        "letter | Ben: notes: how was it? | the 1:1 is over",
        "= | too late, skipped: 2 letters; sent twice so far: 0 |",
    ],
    "10": [
        'Ana | writes "INVITE priya@example.net about interviews at the lab" | to copy',
        "letter | Ana: answer: understood | a command, answered",
        "letter | Ben: advisor-heads-up: a guest? | a guest only if so",
        'Ben | writes "1" | to advisor-heads-up: fine',
        "letter | Ben: answer: understood | a command, answered",
        "letter | Priya: advisor: can you come? | nobody minds",
        'Priya | writes "YES" | to advisor',
        "letter | Ana: advisor-told: who comes | the answer was yes",
        "letter | Ben: advisor-told: who comes | the answer was yes",
        "guest | Wed 16 Dec has a guest, that one alone | the advisor has said yes",
    ],
    "11": [
        "Rui | changes a password: the calendar is closed to the program |",
        "seen | the calendar cannot be read | lost is not deleted",
        "letter | Maya: a calendar is lost | it cannot be read",
        "letter | Rui: reconnect: what to do | access lost, day 0",
        "Rui | opens the calendar again |",
        "seen | the calendar can be read again | all of it was listed",
    ],
    "12": [
        "letter | Ben: farewell | the last 1:1 is over",
        'Ben | writes "I ask before I am stuck, not after." and 1 more | to farewell',
        "kept | a note under Wed 23 Dec | for the pair alone",
        "letter | Ben: answer: understood | a command, answered",
        "letter | Ana: copy of Ben's words | a note was written",
    ],
    "13": [
        "letter | Ben: follow-up: how is it? | LATER was said",
        'Ben | writes "I am at the lab since February. I ask a lot." | to follow-up',
        "letter | Ana: follow-up-word: Ben's line | it is for both; waited: Ana's night",
    ],
}


@pytest.mark.parametrize("moment", STORY)
def test_a_moment_is_told_line_by_line_with_its_reasons(shown: str, moment: str) -> None:
    assert [line.told for line in timeline(shown) if line.moment == moment] == STORY[moment]


def test_each_moment_has_a_heading_and_they_are_counted_through(shown: str) -> None:
    assert re.findall(r"^── (\d+) · (.*?) ─", shown, re.MULTILINE) == [
        ("1", "Both say yes, Ben picks “2”: a series"),
        ("2", "It goes wrong: a letter comes back"),
        ("3", "A 1:1 is deleted on a Friday night"),
        ("4", "A note is written in the night"),
        ("5", "Something lands on top of a 1:1"),
        ("6", "“DONE a” closes a to-do"),
        ("7", "An unclear reply is asked about once"),
        ("8", "An offer is never answered"),
        ("9", "The power is cut for three days"),
        ("10", "An advisor comes to one 1:1, and is forgotten"),
        ("11", "It goes wrong: a calendar is lost"),
        ("12", "The end, and one last line"),
        ("13", "Three months later, one letter"),
    ]


@pytest.mark.parametrize(
    "told",
    [
        "Rui | drags Wed 28 Oct to 15:30 |",
        "clocks | Berlin sets its clocks back by an hour | 1:1s stay; later for Ben and Chi",
        "clocks | Toronto sets its clocks back by an hour | 1:1s stay; earlier for Eva",
        "letter | Chi: break-ahead: the dates | a week before; waited: Chi's night",
        'Ben | writes "3" | to extend: no, that was good',
        "letter | Priya: advisor: can you come? | nobody minds",
        'Priya | writes "Yes, gladly." | to advisor',
        "erased | Priya's address is erased | 30 days after the 1:1",
    ],
)
def test_between_the_moments(shown: str, told: str) -> None:
    assert told in [line.told for line in timeline(shown) if not line.moment]


@pytest.mark.parametrize(
    "row",
    [
        " 3│Fri 22:40 Berlin    Ana     deletes Wed 21 Oct in the calendar",
        " 3│    22:45           times   3 are free for both         it was no slip",
        " 3│Sat 07:00 Kolkata   letter  Ben: proposal: pick 1 of 3  it was cancelled;",
        " 4│Wed 01:10 Kolkata   Ben     writes \"Two internships,    to notes",
        " 4│Wed 07:00 Berlin    letter  Ana: copy of Ben's words    a note was written;",
        "   Sun 02:00 Berlin    clocks  Berlin sets its clocks back 1:1s stay; later for",
        "   Sun 01:00 Toronto   clocks  Toronto sets its clocks     1:1s stay; earlier",
        " 9│Sun 18:30 Kolkata   POWER   gone: nothing runs for 3 days",
        " 9│Wed 18:30 Kolkata   POWER   back: what is due is        nothing was scheduled",
        "── week 6 · Mon 9 Nov to Sun 15 Nov · exam break ───────────────────────────────",
        " letters this week: Ana 0, Ben 0, Chi 0, Eva 0, Maya 0, Rui 0",
    ],
)  # fmt: skip
def test_times_are_on_the_clock_of_whom_it_is_about(shown: str, row: str) -> None:
    assert row in shown.splitlines()


# --- the terminal


def test_it_fits_into_80_columns_and_pipes_as_plain_text(shown: str) -> None:
    told = shown.split("Try next")[0].splitlines()
    assert max(map(len, told)) <= 80
    assert [row for row in told if row != row.rstrip()] == []
    assert not re.search(r"[\x00-\x09\x0b-\x1f]", shown)


def test_colours_are_there_on_a_terminal_and_not_with_no_color(home: Path) -> None:
    words = ("--fast", "--weeks", "3", "--out", "colours")
    colour = re.compile(r"\x1b\[[\d;]*3[1-7]m")
    assert colour.search(run(*words, cwd=home, FORCE_COLOR="1").stdout)
    assert not colour.search(run(*words, cwd=home, FORCE_COLOR="1", NO_COLOR="1").stdout)


def test_the_three_commands_to_try_next_work(home: Path, shown: str) -> None:
    why, page, init = re.findall(r"^    (.*)$", shown.split("Try next")[1], re.MULTILINE)
    asked = subprocess.run(shlex.split(why), cwd=home, capture_output=True, text=True, check=True)
    assert "option 2 was chosen" in asked.stdout
    assert (home / page.split()[1]).read_text().lower().startswith("<!doctype html>")
    made = subprocess.run(shlex.split(init), cwd=home, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    assert load(home / "my-program").errors == ()


@pytest.mark.parametrize(("weeks", "kept"), [("3", "9 of 9"), ("14", "34 of 35")])
def test_shorter_or_longer(home: Path, weeks: str, kept: str) -> None:
    done = run("--fast", "--weeks", weeks, "--out", f"weeks-{weeks}", cwd=home)
    assert (done.returncode, done.stderr) == (0, "")
    assert last_screen(done.stdout).startswith(f"{weeks} weeks · {kept} 1:1s kept")


def test_the_same_story_each_time(home: Path, shown: str) -> None:
    again = run("--fast", "--out", "second-out", cwd=home)
    assert again.stdout.replace("second-out", "demo-out") == shown


# --- the folder


def test_it_leaves_calendars_mailboxes_and_the_program_it_played(home: Path, shown: str) -> None:
    out = home / "demo-out"
    assert len(list((out / "calendars" / "ana@example.org").glob("*.ics"))) >= 2
    assert list((out / "mail" / "ben@example.org" / "new").iterdir())
    status = run("--data", "demo-out", "--config", "demo-out/config", cwd=home, command="status")
    assert "3 closed" in status.stdout


def test_the_program_of_the_demo_is_good_and_short() -> None:
    loaded = load(CONFIG)
    assert loaded.problems == ()
    assert summary(loaded.config).startswith(
        "OK. 3 pairings, 5 people, weekly 30 min until 23 December 2026."
    )
    written = (CONFIG / "programs" / "koss.yaml").read_text(encoding="utf-8").splitlines()
    assert len([each for each in written if not each.startswith("#")]) <= 12


def test_a_folder_with_anything_foreign_is_refused_and_left_alone(home: Path, shown: str) -> None:
    mine = home / "mine"
    mine.mkdir()
    (mine / "thesis.txt").write_text("years of work")
    done = run("--fast", "--out", "mine", cwd=home)
    assert done.returncode == 2
    assert "thesis.txt" in done.stderr
    assert [path.name for path in mine.iterdir()] == ["thesis.txt"]


def test_a_program_that_is_not_there(home: Path) -> None:
    done = run("--fast", "--program", "kos", cwd=home)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Did you mean koss?" in done.stderr
