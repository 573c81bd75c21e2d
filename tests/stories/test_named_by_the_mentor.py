"""A mentor with the initiative has named several times: the first that suits is booked (RULES 7).

Not who is asked first: test_consent.py.
"""

from __future__ import annotations

import pytest

from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.test_consent import MENTOR_FIRST, on_monday


@row("proposal-chooser", "proposal-gone", "proposal-first-wins", settings=("initiator",))
@pytest.mark.parametrize(
    ("busy", "booked"), [(["Mon 19"], "Wed 21 Oct"), (["Mon 19", "Wed 21"], "Thu 22 Oct")]
)
def test_when_the_first_is_gone_the_next_of_them_is_booked(busy: list[str], booked: str) -> None:
    stage = on_monday(program=MENTOR_FIRST)
    assert "The first that suits Ben is booked." in stage.ana.last("proposal-mentor").text
    stage.ana.reads()
    for day in busy:
        stage.ben.is_busy(f"{day} Oct 18:30")
    stage.ana.replies("proposal-mentor", "1 2 3")
    assert stage.ana.calendar()[-1] == f"{booked} 15:00 one-off"
    assert (kinds(stage.ana.reads()), kinds(stage.ben.reads())) == (["moved"], ["moved"])
    assert stage.ana.last("moved").first.startswith(f"Booked: {booked}, 15:00 Berlin")
    assert "I read your" not in stage.ana.last("moved").text  # she was read right


@row("proposal-chooser", "undo-move", settings=("initiator",))
def test_what_was_taken_meanwhile_is_not_offered_again_by_undo() -> None:
    stage = on_monday(program=MENTOR_FIRST)
    stage.ben.is_busy("Mon 19 Oct 18:30")
    stage.ana.replies("proposal-mentor", "1 2")
    stage.ana.reads()
    stage.ana.replies("moved", "UNDO")
    assert kinds(stage.ana.reads()) == ["ack", "proposal-mentor"]
    assert [each[0] for each in stage.ana.last("proposal-mentor").choices] == ["2", "3"]


@row("proposal-chooser", "proposal-gone", settings=("initiator",))
def test_when_all_of_them_are_gone_the_mentor_is_offered_others() -> None:
    stage = on_monday(program=MENTOR_FIRST)
    stage.ana.reads()
    for day in ("Mon 19", "Wed 21"):
        stage.ben.is_busy(f"{day} Oct 18:30")
    stage.ana.replies("proposal-mentor", "1 2")
    assert kinds(stage.ana.reads()) == ["proposal-mentor"]
    assert [each[0] for each in stage.ana.last().choices] == ["4", "5", "6"]
    assert stage.ben.reads() == []
