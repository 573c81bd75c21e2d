"""A rehearsal (`letters_to:`): one person gets every letter, and plays both of a pair.

Not its state of its own, and not how it ends: tests/cli/test_rehearsal.py.
"""

from __future__ import annotations

from daemon.domain.people import Person
from daemon.domain.value import replace
from tests.stories.cast import KOSS
from tests.stories.rows import row
from tests.stories.stage import Stage

PAT = Person("pat", "Pat Lee", "pat@example.org", "Europe/Berlin")


@row("pairing-invited", settings=("letters_to",))
def test_one_person_gets_every_letter_and_answers_for_both() -> None:
    stage = Stage(program=replace(KOSS, letters_to=PAT.address))
    pat = stage.someone(PAT)
    stage.outside.world.account(PAT.address)
    stage.passes(1)
    assert stage.ana.reads() == []
    first = pat.last("welcome-mentor-connected")
    assert first.header("To") == '"Ana Rao (rehearsal)" <pat@example.org>'
    assert first.header("Subject") == "[for Ana] Ana & Ben: our 1:1s"
    assert first.text.splitlines()[:4] == [
        "Would go to: Ana Rao",
        "This is a rehearsal: nobody else gets this letter. Reply as Ana would.",
        "",
        "Maya suggests you as mentor for Ben Das: 30 minutes a week.",
    ]

    pat.answers(first, "YES")
    stage.until("Tue 6 Oct 12:00 Berlin")
    second = pat.last("welcome-mentee")
    assert second.header("Subject") == "[for Ben] Ana & Ben: our 1:1s"
    assert second.text.splitlines()[0] == "Would go to: Ben Das"
    assert second.header("References") != first.header("References")
    assert [stage.ana.reads(), stage.ben.reads(), stage.maya.reads()] == [[], [], []]
