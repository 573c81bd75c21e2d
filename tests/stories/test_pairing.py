"""A pairing's life, from the first question to the last note (RULES 3).

Not single meetings: what happens to those has stories of its own.
"""

from __future__ import annotations

import re
from datetime import date

import pytest

from daemon.domain.value import replace
from tests.stories.cast import ANA, BEN, PATIENT, line
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import Stage, running


def test_two_yeses_and_only_then_an_event() -> None:
    stage = Stage(start="Mon 5 Oct 10:00 Berlin")
    stage.passes(1)
    assert stage.ana.reads() == [
        "Mon 5 Oct 10:00  welcome-mentor-connected  "
        "Maya suggests you as mentor for Ben Das: 30 minutes a week."
    ]
    assert stage.ben.reads() == []  # not before the mentor's yes

    stage.ana.replies("welcome-mentor-connected", "Yes")
    assert stage.ben.reads() == [
        "Mon 5 Oct 13:32  welcome-mentee  "
        "Ana Rao will be your mentor. Does the regular time below suit you?"
    ]
    assert stage.ana.calendar() == []

    stage.ben.replies("welcome-mentee", "YES")
    assert stage.ana.calendar() == ["Tue 6 Oct 15:00", "Tue 13 Oct 15:00"]
    assert stage.ben.calendar() == ["Tue 6 Oct 18:30 NEEDS-ACTION", "Tue 13 Oct 18:30 NEEDS-ACTION"]
    assert stage.ana.reads() == [
        "Mon 5 Oct 10:02  ack  Thank you. Now I ask Ben.",
        "Mon 5 Oct 10:03  started  "
        "It is settled: Tuesdays 15:00 Berlin (18:30 Kolkata), from Tue 6 Oct.",
    ]
    assert stage.ben.reads() == [
        "Mon 5 Oct 13:33  started  "
        "It is settled: Tuesdays 18:30 Kolkata (15:00 Berlin), from Tue 6 Oct."
    ]
    assert stage.state().standing == "active"


@row("mailbox-readers", settings=("mailbox_readers",))
@pytest.mark.parametrize(
    ("readers", "said"),
    [
        (None, []),
        ((), ["No person reads along."]),
        (("Maya",), ["Maya can read along."]),
        (("Maya", "Tom", "Eva"), ["Maya, Tom and Eva can read along."]),
    ],
)
def test_who_else_can_read_along_is_said_in_the_welcome_and_then_no_more(
    readers: tuple[str, ...] | None, said: list[str]
) -> None:
    stage = Stage(program=replace(PATIENT, mailbox_readers=readers))
    stage.passes(1)
    stage.ana.replies("welcome-mentor-connected", "Yes")
    stage.ben.replies("welcome-mentee", "Yes")
    stage.until("Fri 9 Oct 10:00 Berlin")
    for person, welcome in ((stage.ana, "welcome-mentor-connected"), (stage.ben, "welcome-mentee")):
        person.reads()
        told = {each.touchpoint: read_along(each.text) for each in person.letters}
        assert told.pop(welcome) == said
        assert len(told) > 1
        assert not any(told.values())


def read_along(text: str) -> list[str]:
    """The sentences of a letter that say who reads along."""
    return re.findall("[^.\n]*\\breads? along[^.]*[.]", text)


def test_a_yes_that_leaves_less_than_a_day_begins_a_week_later() -> None:
    stage = Stage(start="Mon 5 Oct 17:00 Berlin")
    stage.passes(1)
    stage.ana.replies("welcome-mentor-connected", "Yes")
    stage.until("Tue 6 Oct 08:00 Kolkata")
    stage.ben.replies("welcome-mentee", "Yes")
    assert stage.ana.calendar() == ["Tue 13 Oct 15:00", "Tue 20 Oct 15:00"]


def test_no_of_the_mentor_closes_and_the_mentee_never_hears_of_it() -> None:
    stage = Stage()
    stage.passes(1)
    stage.ana.reads()
    stage.ana.replies("welcome-mentor-connected", "No")
    stage.until("Tue 3 Nov 10:00 Berlin")
    assert stage.ana.reads() == [
        "Mon 5 Oct 10:02  ack  Understood: no 1:1s. Nothing is put into your calendar."
    ]
    assert stage.ben.reads() == []
    assert stage.maya.reads() == [
        "Mon 5 Oct 13:32  admin  "
        "Ana & Ben: a no to the suggested pairing. It is closed, nothing was put anywhere."
    ]
    assert "| who: Ana\n" in stage.maya.last().text
    assert stage.state().standing == "closed"
    assert stage.ana.calendar() == []


def test_no_of_the_mentee_closes_and_the_mentor_is_told_by_a_person() -> None:
    stage = Stage()
    stage.passes(1)
    stage.ana.replies("welcome-mentor-connected", "Yes")
    stage.ana.reads()
    stage.ben.replies("welcome-mentee", "NO")
    stage.until("Tue 3 Nov 10:00 Berlin")
    assert [each.split("  ")[1] for each in stage.ben.reads()] == ["welcome-mentee", "ack"]
    assert stage.ana.reads() == []
    assert [each.split("  ")[1] for each in stage.maya.reads()] == ["admin"]
    assert stage.state().standing == "closed"


def test_silence_after_the_welcome_day_2_day_5_and_day_7_the_contact() -> None:
    stage = Stage(start="Mon 5 Oct 10:00 Berlin")
    stage.until("Tue 3 Nov 10:00 Berlin")
    assert stage.ana.reads() == [
        "Mon 5 Oct 10:00  welcome-mentor-connected  "
        "Maya suggests you as mentor for Ben Das: 30 minutes a week.",
        "Wed 7 Oct 10:00  setup-nudge  Your 1:1s with Ben: is the regular time good for you?",
        "Sat 10 Oct 10:00  setup-nudge  Your 1:1s with Ben: is the regular time good for you?",
    ]
    assert "This is my last reminder." in stage.ana.last().text
    assert [each.split("  ")[:2] for each in stage.maya.reads()] == [
        ["Mon 12 Oct 08:00", "admin"],  # no sign of life at all: the list of the week
        ["Mon 12 Oct 13:30", "admin"],  # no answer to the welcome
    ]
    assert stage.ben.reads() == []
    assert stage.state().standing == "invited"

    stage.ana.replies("setup-nudge", "yes")  # late is fine
    assert [each.split("  ")[1] for each in stage.ben.reads()] == ["welcome-mentee"]


def test_silence_of_the_mentee_is_reminded_of_in_the_mentees_day() -> None:
    stage = Stage(start="Mon 5 Oct 10:00 Berlin")
    stage.passes(1)
    stage.ana.replies("welcome-mentor-connected", "Yes")
    stage.until("Tue 3 Nov 10:00 Berlin")
    assert [each.split("  ")[:2] for each in stage.ben.reads()] == [
        ["Mon 5 Oct 13:32", "welcome-mentee"],
        ["Wed 7 Oct 13:32", "setup-nudge"],
        ["Sat 10 Oct 13:32", "setup-nudge"],
    ]
    assert [each.split("  ")[:2] for each in stage.maya.reads()] == [
        ["Mon 12 Oct 08:00", "admin"],  # no sign of life from Ben: perhaps our letters lie in spam
        ["Mon 12 Oct 13:32", "admin"],
    ]
    assert kinds(stage.ana.reads()) == ["welcome-mentor-connected", "ack"]


def test_a_welcome_waits_for_the_morning() -> None:
    stage = Stage(start="Mon 5 Oct 22:30 Berlin")
    stage.until("Tue 6 Oct 12:00 Berlin")
    assert [each.split("  ")[0] for each in stage.ana.reads()] == ["Tue 6 Oct 07:00"]


def test_words_instead_of_a_yes_are_asked_about_once_and_the_contact_is_told() -> None:
    stage = Stage()
    stage.passes(1)
    stage.ana.reads()
    stage.ana.replies("welcome-mentor-connected", "Who is this?")
    assert stage.ana.reads() == ["Mon 5 Oct 10:02  unclear  Is that a yes or a no?"]
    stage.ana.replies("unclear", "yes")
    assert [each.split("  ")[1] for each in stage.ben.reads()] == ["welcome-mentee"]
    assert [each.split("  ")[1] for each in stage.maya.reads()] == ["admin"]


def test_it_ends_on_its_date() -> None:
    stage = running(line(ends=date(2026, 10, 20)))
    assert stage.ana.calendar(60) == ["Tue 6 Oct 15:00", "Tue 13 Oct 15:00", "Tue 20 Oct 15:00"]
    stage.until("Wed 14 Oct 10:00 Berlin")
    assert stage.state().standing == "closing"  # one step before the end
    stage.until("Wed 21 Oct 10:00 Berlin")
    assert stage.ben.last().touchpoint == "notes"  # of the very last one
    stage.until("Sat 24 Oct 10:00 Berlin")
    assert stage.state().standing == "closed"
    stage.ana.reads(), stage.ben.reads()
    stage.until("Tue 24 Nov 10:00 Berlin")
    assert (stage.ana.reads(), stage.ben.reads()) == ([], [])


def test_an_end_date_that_comes_later_cuts_the_series() -> None:
    stage = running()
    assert len(stage.ana.calendar(60)) == 9
    stage.reconfigured(line(ends=date(2026, 10, 27)))
    assert stage.ana.calendar(60) == [
        "Tue 6 Oct 15:00",
        "Tue 13 Oct 15:00",
        "Tue 20 Oct 15:00",
        "Tue 27 Oct 15:00",
    ]


def test_closing_ends_the_series_today() -> None:
    stage = running()
    stage.until("Wed 7 Oct 10:00 Berlin")
    stage.reconfigured(replace(line(), state="closing"))
    assert stage.ana.calendar(60) == []
    assert stage.state().standing == "closing"
    stage.until("Sun 11 Oct 10:00 Berlin")
    assert stage.state().standing == "closed"
    stage.ana.reads(), stage.ben.reads()
    stage.until("Sat 31 Oct 10:00 Berlin")
    assert (stage.ana.reads(), stage.ben.reads()) == ([], [])


def test_a_line_that_disappears_ends_nothing() -> None:
    stage = running(line(ANA, BEN))
    stage.until("Wed 7 Oct 10:00 Berlin")
    stage.reconfigured()
    stage.ben.reads()
    stage.until("Wed 14 Oct 10:00 Berlin")
    assert [each.split("  ")[1] for each in stage.ben.reads()] == ["prep-mentee", "notes"]
    assert stage.ana.calendar() == ["Tue 20 Oct 15:00", "Tue 27 Oct 15:00"]


def test_a_series_that_ends_soon_is_watched_to_its_end() -> None:
    stage = running()
    stage.reconfigured(line(ends=date(2026, 10, 27)))
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.ben.reads()
    stage.ana.deletes("Tue 20 Oct")
    stage.passes(5)
    assert [each.split("  ")[1] for each in stage.ben.reads()] == ["proposal"]
