"""The figures of the demo, counted a second time: from the calendars and mailboxes that it leaves.

Not its story: that is tests/test_demo.py.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from datetime import UTC, date, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
import recurring_ical_events
from icalendar import Calendar

from daemon.demo.script import PRIVATE_LINE
from tests.performed import last_screen, letters, run, timeline

OVER = date(2026, 12, 28)
"""The twelve weeks are over; what comes later is counted, and in no average of a week."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def shown(home: Path) -> str:
    """What the terminal showed; the files lie in `home/demo-out`."""
    done = run("--fast", cwd=home)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def on_the_calendars(home: Path) -> int:
    """1:1s that stand in the mentors' own calendars from the first day to the last."""
    count = 0
    for path in (home / "demo-out" / "calendars").glob("*/*.ics"):
        calendar = Calendar.from_ical(path.read_bytes())
        for event in recurring_ical_events.of(calendar).between(
            date(2026, 10, 5), date(2027, 1, 1)
        ):
            organizer = str(event.get("ORGANIZER", "")).lower().removeprefix("mailto:")
            stands = event.get("STATUS", "") != "CANCELLED" and "ATTENDEE" in event
            count += stands and organizer == path.parts[-2]
    return count


def test_the_last_screen_counts_1_1s_as_the_calendars_do(home: Path, shown: str) -> None:
    told = [line.told for line in timeline(shown)]
    repairs = [int(each) for each in re.findall(r"repaired in (\d+) min", "\n".join(told))]
    fell_out = sum(" | deletes " in each or " | declines " in each for each in told)
    left_out = sum(each.startswith("lapsed") for each in told)
    kept = on_the_calendars(home)
    assert (kept, fell_out, len(repairs), left_out) == (28, 5, 4, 1)
    assert last_screen(shown).startswith(
        f"12 weeks · {kept} of {kept + left_out} 1:1s kept · {fell_out} fell out: "
        f"{len(repairs)} repaired, {left_out} left out "
        f"median repair {round(statistics.median(repairs))} min of waking time"
    )


def test_the_last_screen_counts_letters_as_the_mailboxes_do(home: Path, shown: str) -> None:
    sent = letters(home)
    each = Counter(reader.partition("@")[0] for reader, mail in sent if on(mail) < OVER)
    mentees = (each["ben"] + each["chi"] + each["eva"]) / 3 / 12
    mentors = (each["ana"] + each["rui"]) / 2 / 12
    assert last_screen(shown).endswith(
        f"{len(sent)} letters · a week and person: mentee {mentees:.1f}, mentor {mentors:.1f}, "
        f"admin {each['maya'] / 12:.1f} 1 power cut, 1 letter came back: 0 letters twice, 0 lost"
    )
    assert len({letter["X-Oneonone-Key"] for _, letter in sent}) == len(sent)


def on(letter: EmailMessage) -> date:
    sent: date = letter["Date"].datetime.date()
    return sent


def test_the_weeks_add_up_to_the_mailboxes(home: Path, shown: str) -> None:
    counted: Counter[str] = Counter()
    for week in re.findall(r"^ letters (?:this week|since then): (.*)$", shown, re.MULTILINE):
        counted.update({name.lower(): int(n) for name, n in re.findall(r"(\w+) (\d+)", week)})
    assert counted == Counter(reader.partition("@")[0] for reader, _ in letters(home))
    assert len(re.findall(r"^── week \d+ ·", shown, re.MULTILINE)) == 12


def test_nothing_is_due_and_nothing_comes_in_the_break(home: Path, shown: str) -> None:
    first, last = datetime(2026, 11, 9, 5, tzinfo=UTC), datetime(2026, 11, 23, 5, tzinfo=UTC)
    dates = [letter["Date"].datetime for _, letter in letters(home)]
    assert [at for at in dates if first <= at < last] == []


def test_what_the_contact_reads(home: Path, shown: str) -> None:
    read = [
        str(letter.get_body(("plain",)).get_content())  # type: ignore[union-attr]
        for reader, letter in letters(home)
        if reader == "maya@example.org"
    ]
    assert sorted(text.splitlines()[0] for text in read) == [
        "I can no longer see one calendar. Its owner has been told.",
        "Rui & Eva: letters to one of the two come back. I write there no more.",
        "The machine was off. What came too late was left out, and nothing was sent twice.",
    ]
    assert any("hours: 72" in text for text in read)
    assert "| who: Rui Alves" in "\n".join(read)


def test_what_came_back_lies_in_no_mailbox_and_went_again_to_the_corrected_address(
    home: Path, shown: str
) -> None:
    welcomes = [
        letter["X-Oneonone-Key"]
        for reader, letter in letters(home)
        if (reader, letter["X-Oneonone-Touchpoint"]) == ("eva@example.org", "welcome-mentee")
    ]
    assert [key.rpartition("/")[2] for key in welcomes] == ["2"]
    (report,) = [
        path
        for path in (home / "demo-out" / "mail" / "koss@example.org").rglob("*")
        if path.is_file() and "Status: 5.1.1" in path.read_text()
    ]
    assert "Final-Recipient: rfc822; eva@exampel.org" in report.read_text()
    assert not (home / "demo-out" / "mail" / "eva@exampel.org").exists()
    assert "exampel" not in "".join(
        path.read_text() for path in (home / "demo-out" / "config").rglob("*.yaml")
    )


def test_the_private_line_is_in_no_mailbox_but_the_programs(home: Path, shown: str) -> None:
    assert "private lines passed on: 0" in last_screen(shown)
    mail = home / "demo-out" / "mail"
    found = [
        path.relative_to(mail).parts[0]
        for path in mail.rglob("*")
        if path.is_file() and PRIVATE_LINE in path.read_text()
    ]
    assert found == ["koss@example.org"]
