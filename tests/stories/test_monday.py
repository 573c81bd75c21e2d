"""The Monday letter to the contact: a week of a program in counts, word for word.

Not its counts one by one: tests/decide/test_monday.py.
"""

from __future__ import annotations

from daemon.monday import look_at_the_week
from tests.stories.stage import Stage, running


def looked_at(stage: Stage, *moments: str) -> list[bool]:
    """Whether the daemon had the week told at these moments; it looks every minute."""
    found = []
    for each in moments:
        stage.until(each)
        found.append(look_at_the_week(stage.daemon))
        stage.passes(1)
    return found


def test_it_comes_once_every_monday_and_names_nobody() -> None:
    stage = running()
    assert looked_at(stage, "Mon 12 Oct 07:00 Berlin") == [
        False
    ]  # its first day: there is no week yet
    stage.until("Tue 13 Oct 09:00 Berlin")
    stage.maya.reads()
    assert looked_at(
        stage, "Sun 18 Oct 20:00 Berlin", "Mon 19 Oct 04:29 Berlin", "Mon 19 Oct 04:31 Berlin",
        "Mon 19 Oct 12:00 Berlin", "Tue 20 Oct 08:00 Berlin",
    ) == [False, False, True, False, False]  # fmt: skip
    assert stage.maya.reads() == [
        "Mon 19 Oct 08:01  admin  Last week 1 of 1 took place. Nothing to do."
    ]
    assert stage.maya.last().text == LETTER


LETTER = """\
Last week 1 of 1 took place. Nothing to do.

| 1:1s last week: 1
| took place: 1
| 1:1s this week: 1
| letters to pairs: 2
| pairings: 1

I write this every Monday at eight. If it does not come, look on the server:
| run.py status

Who reads your reply: nobody. I am software.

Help, read only by Maya: maya@example.org
"""
