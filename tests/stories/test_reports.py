"""Reports by mail (S4.14): who gets them, when, once each, and what stands in them, word for word.

Not the Monday letter: test_monday.py. Not the measures: test_measures.py.
"""

from __future__ import annotations

from typing import Any

from daemon.domain.people import Person
from daemon.domain.program import Reader
from daemon.domain.value import replace
from daemon.monday import look_at_the_week
from daemon.reports import look_at_reports
from tests.stories.cast import PATIENT
from tests.stories.people import Someone
from tests.stories.rows import row
from tests.stories.stage import Stage, running

BOARD = Reader("Board", "board@example.org")
FIRST_DAY = "Mon 12 Oct 07:00 Berlin"


def reporting(**settings: Any) -> Stage:
    """A program with these settings, on its first day."""
    stage = running(program=replace(PATIENT, **settings))
    assert looked_at(stage, FIRST_DAY) == [False]
    stage.all_read()
    return stage


def looked_at(stage: Stage, *moments: str) -> list[bool]:
    """Whether the daemon had a report told at these moments; it looks every minute."""
    found = []
    for each in moments:
        stage.until(each)
        found.append(look_at_reports(stage.daemon))
        stage.passes(1)
    return found


def kept(someone: Someone) -> list[str]:
    """What somebody reads of reports, without what else the contact hears."""
    return [each for each in someone.reads() if "is over" in each]


@row("report-mail", settings=("reports",))
def test_the_month_comes_once_on_the_first_monday_after_it_and_names_nobody() -> None:
    stage = reporting(reports=("monthly",))
    assert looked_at(
        stage, "Sun 1 Nov 20:00 Berlin", "Mon 2 Nov 03:29 Berlin", "Mon 2 Nov 03:31 Berlin",
        "Mon 2 Nov 12:00 Berlin", "Mon 9 Nov 08:00 Berlin", "Mon 30 Nov 08:00 Berlin",
    ) == [False, False, True, False, False, False]  # fmt: skip
    assert kept(stage.maya) == [
        "Mon 2 Nov 08:01  admin  The month is over. 1:1s that took place: 4 of 4. Nothing to do."
    ]
    letter = next(each for each in stage.maya.letters if "is over" in each.text)
    assert letter.text == LETTER
    assert looked_at(stage, "Mon 7 Dec 09:00 Berlin") == [True]
    assert len(kept(stage.maya)) == 1


LETTER = """\
The month is over. 1:1s that took place: 4 of 4. Nothing to do.

| from 1 October 2026 on
| time to repair: too few to say
| fell out: 0
| 1:1s due: 4
| took place: 4 of 4
| confirmed by a word: 0
| presumed, by silence: 4
| both take part: too few to say
| to-dos done: 0
| pairings: 1 active

Nobody is named, and a share of fewer than five is not shown. Held without a word counts as presumed.

Who reads your reply: nobody. I am software.

Help, read only by Maya: maya@example.org
"""


@row("report-mail", settings=("reports_to",))
def test_each_reader_gets_a_letter_of_their_own_and_the_contact_only_if_named() -> None:
    stage = reporting(reports=("quarterly", "annual"), reports_to=(BOARD,))
    board = stage.someone(Person("board", "Board", BOARD.address, PATIENT.timezone))
    stage.outside.world.account(BOARD.address)
    assert looked_at(stage, "Mon 4 Jan 09:00 Berlin") == [True]
    assert [each.split("  ")[-1][:20] for each in kept(board)] == [
        "The quarter is over.",
        "The year is over. 1:",
    ]
    assert kept(stage.maya) == []
    assert board.last().header("Subject") == "KOSS 1:1s: only for you"
    assert not [key for key in keys(stage) if BOARD.address in key]


@row("report-mail", settings=("reports_to",))
def test_who_is_named_with_rhythms_gets_those_and_the_contact_what_nobody_else_reads() -> None:
    dean, board = Reader("Dean", "dean@example.org", ("weekly",)), replace(BOARD, every=("annual",))
    stage = reporting(reports=("weekly", "monthly", "annual"), reports_to=(dean, board))
    people = [
        stage.someone(Person(each.name.lower(), each.name, each.address, PATIENT.timezone))
        for each in (dean, board)
    ]
    for each in (dean, board):
        stage.outside.world.account(each.address)
    assert looked_at(
        stage, "Mon 19 Oct 03:29 Berlin", "Mon 19 Oct 04:31 Berlin", "Mon 19 Oct 12:00 Berlin",
        "Mon 26 Oct 04:31 Berlin", "Mon 2 Nov 04:31 Berlin",
    ) == [False, True, False, True, True]  # fmt: skip
    assert [each.split("  ")[-1] for each in kept(people[0])] == [
        "The week is over. 1:1s that took place: 1 of 1. Nothing to do."
    ] * 3
    assert kept(people[1]) == []
    assert [each.split("  ")[-1][:18] for each in kept(stage.maya)] == ["The month is over."]
    letter = people[0].last().text
    assert "| from 26 October 2026 on" in letter and "run.py" not in letter


def keys(stage: Stage) -> list[str]:
    """The keys of all reports."""
    entries = stage.daemon.ports.store.ledger(key="tell/program/koss/report", last=100)
    return [each.key for each in entries]


@row("report-mail")
def test_after_a_long_time_off_the_newest_alone_is_made_up() -> None:
    stage = reporting(reports=("monthly",))
    stage.sleeps_until("Wed 17 Feb 10:00 Berlin")
    assert look_at_reports(stage.daemon)
    stage.passes(1)
    assert not look_at_reports(stage.daemon)
    (told,) = {key.split("/")[-2] for key in keys(stage)}
    assert told == "monthly-2027-01"


@row("report-mail")
def test_a_crash_between_noting_and_noting_down_sends_it_once() -> None:
    stage = reporting(reports=("monthly",))
    stage.until("Mon 2 Nov 04:00 Berlin")
    stage.daemon.ports.store.keep_value("report/monthly/koss", "2026-09")
    assert look_at_reports(stage.daemon)
    stage.passes(1)
    stage.daemon.ports.store.keep_value("report/monthly/koss", "2026-09")  # it was never written
    assert look_at_reports(stage.daemon)
    stage.passes(1)
    assert len(kept(stage.maya)) == 1


@row("report-mail", settings=("reports",))
def test_weekly_alone_is_the_default_and_without_it_no_monday_letter_comes() -> None:
    assert PATIENT.reports == ("weekly",)
    for reports, comes in ((("weekly",), True), ((), False)):
        stage = reporting(reports=reports)
        look_at_the_week(stage.daemon)
        stage.until("Mon 19 Oct 04:31 Berlin")
        assert (look_at_the_week(stage.daemon), look_at_reports(stage.daemon)) == (comes, False)
