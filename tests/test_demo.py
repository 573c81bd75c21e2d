"""The demo as a newcomer runs it: the story on the terminal, the files it leaves.

Not its page (tests/page), and not the rules: the same tick is tested in tests/decide and tests/stories.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from daemon.demo.script import PRIVATE_LINE

ROOT = Path(__file__).resolve().parent.parent


def run(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "run.py"), "demo", "--fast", *words],
        cwd=cwd, capture_output=True, text=True, check=False, timeout=120, env={"PATH": ""},
    )  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def shown(home: Path) -> str:
    """What the terminal showed; the files lie in `home/demo-out`."""
    done = run(cwd=home)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def flat(shown: str) -> str:
    """The timeline without line breaks and columns, to look for sentences."""
    return re.sub(r"\s+", " ", shown)


@pytest.mark.parametrize(
    "moment",
    [
        "series every week in Ana's calendar, with Ben both said yes",
        "letter Ben prep-mentee",
        "Fri 16 Oct 22:40 Berlin Ana deletes Tue 20 Oct in the calendar",
        "seen Tue 20 Oct is gone, the series stands waits 5 min",
        "times 3 times suit both",
        "Sat 17 Oct 02:15 Kolkata",
        "07:00 letter Ben proposal 3 times another time is needed (cancelled); waited for Ben's morning",
        '07:31 Ben writes "2" · to proposal',
        "read as option 2",
        "moved Tue 20 Oct is now Wed 21 Oct, 13:30 Kolkata (10:00 Berlin) · option 2 was chosen",
        "Wed 7 Oct 01:10 Kolkata Ben writes",
        "kept a note under Tue 6 Oct",
        "kept a line for Ben alone · it began with private:",
        "Wed 7 Oct 07:00 Berlin letter Ana copy a note was written; waited for Ana's morning",
        "letter Ana prep-mentor quotes the note of 6 October",
        "done a Ben: send Ana the CV draft",
        "letter Chi unclear · not understood (proposal)",
        "letter Eva proposal-nudge no answer yet; the only reminder",
        "lapsed no answer about Wed 21 Oct: left out, as said",
        "Rui drags Wed 28 Oct to 15:30",
        "clocks Berlin has set its clocks back by an hour",
        "clocks Toronto has set its clocks back by an hour",
        "POWER gone: nothing runs for two days",
        "skipped Ben prep-mentee its time was over",
        "letter Rui reconnect · access lost, day 0",
        "letter Maya to the contact an account cannot be reached",
        "seen the calendar can be read again",
    ],
)
def test_the_story_shows(shown: str, moment: str) -> None:
    assert moment in flat(shown)


def test_the_last_screen_counts(shown: str) -> None:
    last = flat(shown.split("═")[-1])
    assert re.search(r"6 weeks · \d+ of 18 1:1s kept · 4 fell out, 2 repaired, 2 left out", last)
    assert re.search(r"median repair \d+ min of waking time", last)
    assert "private lines found in letters: 0" in last
    assert "twice 0, lost 0" in last
    assert last.count("run.py") == 2


def test_it_fits_into_80_columns_without_colour(shown: str) -> None:
    timeline = shown.split("Try next")[0].splitlines()
    assert max(map(len, timeline)) <= 80
    assert "\x1b" not in shown


def test_it_leaves_calendars_mailboxes_and_a_store_that_commands_read(
    home: Path, shown: str
) -> None:
    out = home / "demo-out"
    assert len(list((out / "calendars" / "ana@example.org").glob("*.ics"))) >= 2
    assert list((out / "mail" / "ben@example.org" / "new").iterdir())
    told = subprocess.run(
        [sys.executable, str(ROOT / "run.py"), "why", "ana-rao-ben-das", "--data", str(out)],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert "option 2 was chosen" in told


def test_the_private_line_is_in_no_mailbox_but_the_programs(home: Path, shown: str) -> None:
    mail = home / "demo-out" / "mail"
    found = [
        path.relative_to(mail).parts[0]
        for path in mail.rglob("*")
        if path.is_file() and PRIVATE_LINE in path.read_text()
    ]
    assert found == ["koss@example.org"]


def test_the_same_story_each_time(home: Path, shown: str) -> None:
    again = run("--out", "second-out", cwd=home)
    assert again.stdout.replace("second-out", "demo-out") == shown


def test_a_folder_with_anything_foreign_is_refused_and_left_alone(home: Path, shown: str) -> None:
    mine = home / "mine"
    mine.mkdir()
    (mine / "thesis.txt").write_text("years of work")
    done = run("--out", "mine", cwd=home)
    assert done.returncode == 2
    assert "thesis.txt" in done.stderr
    assert [path.name for path in mine.iterdir()] == ["thesis.txt"]


def test_a_program_that_is_not_there(home: Path) -> None:
    done = run("--program", "kos", cwd=home)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Did you mean koss?" in done.stderr
