"""What the page computes, on letters and weeks written down literally: a leak is found, a quiet week is one.

Not the demo's own figures: test_figures.py.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from markupsafe import Markup

from daemon.demo.happening import Happening
from daemon.demo.page import without_comments
from daemon.demo.page.canaries import Content, matrix, shows
from daemon.demo.page.letters import Mail, anchor_of
from daemon.demo.page.readers import quiet_weeks
from daemon.demo.page.rows import left_out
from daemon.demo.page.week import week_around
from daemon.demo.record import Record, Written
from daemon.domain.meeting import Meeting, Origin
from daemon.domain.program import Config
from daemon.simulate.letterbox import Letter
from tests.stories.cast import ANA, BEN, KOSS, line

START = datetime(2026, 11, 2, 6, 0, tzinfo=UTC)
LANE = "pairing/ana-ben"
NOTE = "Two internships, decide by January."
SECRET = "I did not dare to ask about money."


def mail(to: str, text: str, day: int = 0, key: str = "notes/pairing/ana-ben/x/ben/1") -> Mail:
    at = START + timedelta(days=day)
    return Mail(
        "letter-1", "notes", key, to, "Ben", "KOSS", "", "", text, Markup.escape(text), text,
        len(text.split()), at,
    )  # fmt: skip


def record(*texts: str) -> Record:
    """Ben has answered a letter that asked how it was."""
    made = Record(Config((KOSS,), (line(),)))
    asked = Letter(
        f"notes/{LANE}/2026-11-03T15:00[Europe/Berlin]/ben/1", "notes", "<1@x>", "", KOSS.mailbox,
        BEN.address, "", "", (), "", b"", START,
    )  # fmt: skip
    made.written = [Written(START, BEN.address, asked, text) for text in texts]
    return made


def test_a_note_belongs_to_both_and_to_nobody_else() -> None:
    found = matrix(record(NOTE), [mail(ANA.address, NOTE), mail(BEN.address, f"| {NOTE}")])
    assert found.columns == (KOSS.contact, ANA.address, BEN.address)
    (row,) = found.rows
    assert row.content == Content(LANE, BEN.address, ANA.address, "notes", (NOTE,))
    assert (row.cells, row.elsewhere, found.outside) == ((0, 1, 1), 0, 0)


LEAKS = {
    "a note at the contact": (NOTE, KOSS.contact),
    "a note at a stranger": (NOTE, "eve@example.org"),
    "a private line at the partner": (f"private: {SECRET}", ANA.address),
    "a private line at the contact": (f"Private : {SECRET}", KOSS.contact),
    "a to-do at the contact": ("todo: send Ana the draft", KOSS.contact),
}


@pytest.mark.parametrize("leak", LEAKS)
def test_a_line_with_anybody_it_was_not_written_for_is_counted(leak: str) -> None:
    written, to = LEAKS[leak]
    told = written.partition(":")[2].strip() or written
    found = matrix(record(written), [mail(to, f"Hi,\n| {told}\n"), mail(BEN.address, "Hi")])
    assert found.outside == 1
    assert sum(found.rows[0].cells) + found.rows[0].elsewhere == 1


def test_a_line_in_the_html_part_alone_is_found_too() -> None:
    content = Content(LANE, BEN.address, ANA.address, "notes", ("Ana's CV & more",))
    hidden = mail(ANA.address, "Hi")
    shown = Mail(**{**fields(hidden), "html": Markup("<p>Ana&#39;s CV &amp; more</p>")})
    assert (shows(hidden, content), shows(shown, content)) == (False, True)


def fields(of: Mail) -> dict[str, object]:
    return {name: getattr(of, name) for name in Mail.__slots__}


def test_a_command_is_no_content() -> None:
    assert matrix(record("DONE a", "2", "SKIP"), [mail(ANA.address, "DONE a")]).rows == ()


@pytest.mark.parametrize(
    ("days", "quiet"),
    [
        ([], (1, 4)),
        ([0], (2, 4)),
        ([27], (1, 3)),
        ([8], (3, 4)),
        ([0, 7, 14, 21], None),
        ([7, 14, 21], (1, 1)),
    ],
)
def test_the_longest_run_of_weeks_without_a_question(
    days: list[int], quiet: tuple[int, int] | None
) -> None:
    letters = [mail(KOSS.contact, "", day) for day in days]
    letters += [mail(ANA.address, "", day) for day in range(28)]
    letters += [mail(KOSS.contact, "", 0, "tell/program/koss/monday/2026-W45/1")]
    assert quiet_weeks(letters, KOSS.contact, START, 4) == quiet


ORIGIN = Origin("2026-11-03T15:00", "Europe/Berlin")
THEN = START + timedelta(days=1, hours=8)
"""Tue 3 Nov, 15:00 in Berlin."""


def meeting(start: datetime = THEN, **changes: object) -> Meeting:
    return Meeting(ORIGIN, start, start + timedelta(minutes=30), **changes)  # type: ignore[arg-type]


def blocks(made: Record, at: datetime) -> list[tuple[str, str, str]]:
    """Day, clock and look of what stands in Ben's week."""
    week = week_around(made, BEN, LANE, ORIGIN, at)
    return [(day.name, each.clock, each.look) for day in week.days for each in day.blocks]


def test_a_week_that_nobody_touched() -> None:
    made = record()
    made.meetings[LANE, str(ORIGIN)] = meeting()
    assert blocks(made, START) == [("Tue", "19:30", "stands")]
    week = week_around(made, BEN, LANE, ORIGIN, START)
    assert (week.owner, week.city, week.words) == ("Ben", "Kolkata", "2 Nov – 8 Nov")
    assert week.hours == (18, 19, 20, 21)
    assert week.days[1].blocks[0].top == 37.5  # an hour and a half of four


def test_a_week_before_and_after_a_repair() -> None:
    made = record()
    name = (LANE, str(ORIGIN))
    made.meetings[name] = meeting(THEN + timedelta(days=2, hours=1), standing="moved")
    made.fallen[name] = START
    made.repairs[name] = (START, START + timedelta(hours=1))
    assert blocks(made, START) == [("Tue", "19:30", "gone")]
    assert blocks(made, START + timedelta(hours=1)) == [
        ("Tue", "19:30", "gone"),
        ("Thu", "20:30", "new"),
    ]


def test_a_week_in_which_it_is_left_out() -> None:
    made = record()
    made.meetings[LANE, str(ORIGIN)] = meeting(standing="skipped", settled_by="rule")
    assert blocks(made, START) == [("Tue", "19:30", "out")]


def test_a_week_in_which_it_was_dragged() -> None:
    made = record()
    made.meetings[LANE, str(ORIGIN)] = meeting(THEN + timedelta(hours=1), standing="moved")
    assert blocks(made, START) == [("Tue", "19:30", "gone"), ("Tue", "20:30", "new")]


def test_equal_reasons_stand_together_the_rarest_first() -> None:
    def skipped(why: str) -> Happening:
        return Happening(START, "UTC", "not", "skipped", "Ana: prep", why)

    said = [skipped("too late after Tue 08:00"), skipped("no news"), skipped("no news")]
    shown = left_out([*said, Happening(START, "UTC", "letter", "letter", "Ana: prep", "no news")])
    assert {reason: len(all_of_it) for reason, all_of_it in shown.items()} == {
        "no news": 2,
        "too late": 1,
    }
    assert list(shown) == ["too late", "no news"]


def test_an_anchor_is_made_of_letters_digits_and_hyphens() -> None:
    key = "proposal/pairing/ana-ben/2026-11-03T15:00[Europe/Berlin]#1.1/ben/1"
    assert (
        anchor_of(key) == "letter-proposal-pairing-ana-ben-2026-11-03t15-00-europe-berlin-1-1-ben-1"
    )


def test_a_program_file_without_its_comments() -> None:
    yaml = "# A program\npreset: koss   # weekly\n\nname: C# 1:1s\n  # at: Tue\n"
    assert without_comments(yaml) == "preset: koss\nname: C# 1:1s"
