"""UNDO means what the letter tells that it answers, also where the same was said once more since (RULES 7).

Not what UNDO leads to: test_undo.py, test_undo_of_dates.py.
"""

from __future__ import annotations

from tests.stories.cast import PATIENT
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import before
from tests.stories.test_policies import AUTO_BOOK, taken_off
from tests.stories.test_policies import on_friday as with_policy
from tests.stories.test_undo import on_friday

LATE = "There is nothing left that I could take back."


@row("undo-words")
def test_an_older_absence_is_taken_back_and_the_later_one_stays() -> None:
    stage = on_friday()
    stage.ben.replies("started", "AWAY 12-14 Oct")
    older = stage.ben.last("ack")
    stage.ben.replies("started", "AWAY 19-21 Oct")
    assert stage.ana.calendar() == []
    stage.ben.answers(older, "UNDO")
    assert stage.ana.calendar() == ["Tue 13 Oct 15:00 one-off"]
    assert stage.standing("Tue 20 Oct") == "skipped rule"
    stage.ben.answers(older, "UNDO")
    assert stage.ben.last("ack").first == LATE
    assert stage.standing("Tue 20 Oct") == "skipped rule"


@row("undo-words")
def test_an_older_pause_that_is_over_is_not_the_one_that_is_asked_for_since() -> None:
    stage = on_friday()
    stage.ben.replies("started", "PAUSE until 3 Nov")
    older = stage.ben.last("ack")
    stage.ben.replies("ack", "RESUME")
    stage.ben.replies("started", "PAUSE until 17 Nov")
    later = stage.ben.last("ack")
    stage.ben.answers(older, "UNDO")
    assert stage.ben.last("ack").first == LATE
    assert stage.state().standing == "paused"
    stage.ben.answers(later, "UNDO")
    assert stage.state().standing == "active"
    assert stage.ana.calendar() == ["Tue 13 Oct 15:00", "Tue 20 Oct 15:00"]


@row("undo-words")
def test_an_older_done_puts_its_own_task_back_on_the_list() -> None:
    stage = before(program=PATIENT, at="Tue 13 Oct 17:00 Berlin")
    stage.ben.replies("notes", "todo: Ben: read the draft\ntodo: Ben: write to Rui")
    stage.ben.replies("notes", "DONE a")
    older = stage.ben.last("ack")
    stage.ben.replies("notes", "DONE b")
    stage.ben.answers(older, "UNDO")
    assert [a.letter for a in stage.state().actions if a.done_at is None] == ["a"]


@row("undo-move", "proposal-auto-book")
def test_after_another_number_undo_puts_nothing_where_the_1_1_fell_out() -> None:
    stage = taken_off(with_policy(program=AUTO_BOOK))
    stage.ben.reads()
    stage.ben.replies("moved", "2")
    assert stage.ana.calendar() == ["Wed 14 Oct 15:00 one-off", "Tue 20 Oct 15:00"]
    stage.ben.reads()
    stage.ben.replies("moved", "UNDO")
    stage.passes(10)
    assert stage.standing("Tue 13 Oct") == "cancelled"
    assert stage.ana.calendar() == ["Tue 20 Oct 15:00"]
    assert kinds(stage.ben.reads()) == ["ack", "proposal"]
    stage.ben.replies("proposal", "3")
    assert stage.ana.calendar() == ["Thu 15 Oct 15:00 one-off", "Tue 20 Oct 15:00"]


@row("undo-move")
def test_an_older_move_is_taken_back_also_when_it_was_said_twice() -> None:
    stage = on_friday()
    stage.ana.replies("started", "MOVE")
    older = stage.ana.last("ack")
    stage.ben.replies("proposal", "AWAY 13 Oct")  # so that the next one is that of the 20th
    stage.ana.replies("started", "MOVE")
    stage.ana.replies("started", "MOVE")
    assert stage.meeting("Tue 20 Oct").asked_by == "mentor"
    stage.ana.answers(older, "UNDO")
    assert stage.meeting("Tue 20 Oct").asked_by == "mentor"
    stage.ana.replies("ack", "MOVE")
    stage.ana.replies("ack", "UNDO")
    assert stage.meeting("Tue 20 Oct").asked_by is None
