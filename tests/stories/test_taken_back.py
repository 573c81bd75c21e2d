"""A question about another time is needed no longer: who hears so, when, and where another letter says it already
(RULES 7, withdrawn).

Not when it is taken back: that is in the stories of what makes it needless.
"""

from __future__ import annotations

from datetime import date

from daemon.domain.cadence import Cadence, Step
from daemon.domain.people import Days
from daemon.domain.value import replace
from tests.stories.cast import line
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import Stage, before


def asked(at: str = "Fri 9 Oct 10:00 Berlin") -> Stage:
    """Ben has three times before him in the place of Tuesday's 1:1."""
    stage = before(at=at)
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(5)
    assert kinds(stage.ben.reads()) == ["proposal"]
    return stage


def vetted() -> Stage:
    """Ben has declined the Tuesday after next, and Ana has said which other times she can do."""
    stage = before(at="Mon 12 Oct 10:00 Berlin")
    stage.ana.hides_busy_times()
    stage.ben.declines("Tue 20 Oct")
    stage.passes(5)
    stage.ana.replies("proposal-mentor", "1 3")
    stage.all_read()
    return stage


@row("proposal-withdrawn", "letter-quiet")
def test_at_night_nobody_is_told_that_no_time_is_needed_any_more() -> None:
    stage = vetted()
    stage.until("Tue 13 Oct 02:30 Kolkata")
    stage.ben.accepts("Tue 20 Oct")
    assert stage.ana.reads() == []  # it is eleven in Berlin
    stage.until("Tue 13 Oct 09:00 Berlin")
    assert stage.ana.reads() == [
        "Tue 13 Oct 07:00  ack  No other time is needed any more for Tuesday's 1:1 (20 Oct)."
    ]


@row("proposal-withdrawn", "letter-quiet")
def test_nor_in_the_morning_where_one_is_needed_again_by_then() -> None:
    stage = vetted()
    stage.until("Tue 13 Oct 02:30 Kolkata")
    stage.ben.accepts("Tue 20 Oct")
    stage.ben.declines("Tue 20 Oct")
    stage.until("Tue 13 Oct 09:00 Berlin")
    assert stage.ana.reads() == [
        "Tue 13 Oct 07:00  proposal-mentor  "
        "Tuesday's 1:1 (20 Oct) can't take place. Which time could you offer?"
    ]


@row("proposal-withdrawn", "seen-10a", "letter-told")
def test_an_absence_says_it_and_in_the_morning() -> None:
    stage = asked()
    stage.until("Fri 9 Oct 23:00 Berlin")
    stage.ana.replies("started", "AWAY 12-14 Oct")
    stage.until("Sat 10 Oct 09:00 Kolkata")
    assert stage.ben.reads() == [
        "Sat 10 Oct 07:00  absence  Ana is away from 12 to 14 October. Nothing to do."
    ]


@row("proposal-withdrawn", "letter-break-ahead", "letter-told")
def test_a_break_says_it() -> None:
    stage = asked()
    stage.ruled(breaks=(Days(date(2026, 10, 12), date(2026, 10, 16)),))
    assert kinds(stage.ben.reads()) == ["break-ahead"]


@row("proposal-withdrawn", "letter-break-ahead")
def test_but_not_one_that_is_told_only_weeks_later() -> None:
    every_month = Cadence(Step(months=1, nth=1))
    stage = before(replace(line(), cadence=every_month), at="Fri 16 Oct 10:00 Berlin")
    stage.ana.deletes("Tue 3 Nov")
    stage.passes(5)
    assert kinds(stage.ben.reads()) == ["proposal"]
    stage.ruled(breaks=(Days(date(2026, 11, 2), date(2026, 11, 6)),))
    assert [each.split("  ")[2] for each in stage.ben.reads()] == [
        "No other time is needed any more for Tuesday's 1:1 (3 Nov)."
    ]
    stage.until("Mon 26 Oct 10:00 Berlin")
    assert kinds(stage.ben.reads()) == ["break-ahead"]


@row("proposal-withdrawn", "pairing-closed-at-once", "letter-told")
def test_so_does_the_end_of_the_pair() -> None:
    stage = asked()
    stage.reconfigured(replace(line(), state="closing"))
    assert kinds(stage.ben.reads()) == ["farewell"]


@row("proposal-withdrawn")
def test_once_it_is_told_it_is_told() -> None:
    stage = vetted()
    stage.ben.accepts("Tue 20 Oct")
    assert kinds(stage.ana.reads()) == ["ack"]
    stage.until("Thu 15 Oct 10:00 Berlin")
    assert kinds(stage.ana.reads()) == []
