"""INVITE that nobody is asked about: there is no 1:1 to come to.

Not what else speaks against an invitation, and not one that is written: test_advisors.py.
"""

from __future__ import annotations

from datetime import date

from daemon.domain.observation import Said
from daemon.domain.people import Days
from daemon.domain.value import replace
from tests.stories.cast import PATIENT, line
from tests.stories.rows import row
from tests.stories.stage import before

INVITE = Said("invite", text="priya@lab.example.org")


@row("letter-invite")
def test_where_no_1_1_is_planned_yet_it_is_said_that_one_has_to_be() -> None:
    exams = Days(date(2026, 10, 12), date(2026, 12, 31), "exam break")
    stage = before(line(), at="Fri 9 Oct 10:00 Berlin", program=replace(PATIENT, breaks=(exams,)))
    stage.all_read()
    stage.ana.says("started", INVITE)
    assert stage.ana.reads() == [
        "Fri 9 Oct 10:00  ack  I write no invitation yet: no next 1:1 is planned."
    ]
    assert "When one is, please write it once more." in stage.ana.last().text
    assert stage.ben.reads() == []
