"""A calendar that takes a change late: whoever hears of it then is woken by nothing that can wait (RULES 8, LETTERS 2).

Not what becomes of a refusal: test_effects.py. Not what is urgent: test_urgent.py.
"""

from __future__ import annotations

from tests.stories.rows import row
from tests.stories.stage import before
from tests.stories.test_finite_plan import begun


@row("letter-quiet", "effect-refused")
def test_what_is_known_late_at_night_is_told_in_the_morning() -> None:
    stage = before()
    stage.ben.replies("started", "SKIP")
    stage.faults.inject("put", "403-rights")
    stage.ben.replies("left-out", "UNDO")
    stage.all_read()
    stage.until("Thu 8 Oct 12:00 Berlin")  # tried anew after twenty hours, at two minutes past six
    assert stage.ana.reads() == [
        "Thu 8 Oct 07:00  moved  Your 1:1 with Ben stays: Tue 13 Oct, 15:00 Berlin (18:30 Kolkata)."
    ]
    assert stage.ben.reads() == []


@row("letter-quiet", "effect-refused")
def test_nor_is_who_chose_it_the_day_before_woken() -> None:
    stage = begun()
    stage.until("Tue 6 Oct 09:30 Kolkata")
    stage.all_read()
    stage.faults.inject("put", "403-rights")
    stage.ben.replies("proposal", "3")
    stage.until("Wed 7 Oct 12:00 Kolkata")
    assert stage.ana.calendar() == ["Thu 8 Oct 14:00 one-off"]
    assert stage.ben.reads() == [
        "Wed 7 Oct 07:00  moved  Booked: Thu 8 Oct, 17:30 Kolkata (14:00 Berlin), 30 minutes."
    ]
    assert stage.ana.reads() == [
        "Wed 7 Oct 07:00  moved  Your next 1:1 with Ben: Thu 8 Oct, 14:00 Berlin (17:30 Kolkata)."
    ]
