"""LANGUAGE: letters come in it as far as somebody has written some, and an honest answer otherwise (RULES 11).

Not the reading of what people write in it: tests/mail.
"""

from __future__ import annotations

from pathlib import Path

from daemon.domain.observation import Said
from daemon.domain.value import replace
from daemon.monday import look_at_the_week
from tests.stories.beginnings import on_monday
from tests.stories.cast import ANA, BEN, CHI, PATIENT, line
from tests.stories.rows import row
from tests.stories.stage import TEMPLATES, Stage, before

PT, FR = (Said("language", text=code) for code in ("pt", "fr"))
ACK = """---
thread: T
reads: result
---
**Entendido: agora escrevo em portugues.**
{% if undo %}
UNDO
{% endif %}
"""


def on_a_monday(stage: Stage) -> None:
    """The contact reads the week in counts."""
    look_at_the_week(stage.daemon)
    stage.until("Mon 19 Oct 09:00 Kolkata")
    assert look_at_the_week(stage.daemon)
    stage.passes(1)


@row("letter-language")
def test_where_there_are_no_letters_in_it_yet_that_is_said_and_remembered() -> None:
    stage = on_monday()
    stage.ben.says("started", FR)
    assert stage.ben.reads() == [
        "Mon 12 Oct 13:30  ack  I write English so far. I wrote down that you would like French."
    ]
    assert stage.state().agreed.mentee_language == "fr"
    stage.until("Mon 12 Oct 19:00 Kolkata")
    assert "what shall it be about?" in stage.ben.last("prep-mentee").first
    on_a_monday(stage)
    monday = stage.maya.last("admin").text
    assert "would like other languages: French 1" in monday
    assert "Ben" not in monday


@row("letter-language")
def test_where_there_are_some_they_come_in_it_from_the_answer_on(tmp_path: Path) -> None:
    (tmp_path / "pt").mkdir()
    (tmp_path / "pt" / "ack.md").write_text(ACK)
    stage = before(at="Mon 12 Oct 10:00 Berlin", templates=(tmp_path, TEMPLATES))
    stage.ben.says("started", PT)
    assert stage.ben.last().first == "Entendido: agora escrevo em portugues."
    stage.ana.says("started", "meet")
    assert "I see no left-out 1:1" in stage.ana.last().first
    stage.reconfigured(
        line(mentee=replace(BEN, name="Ben Daz"))
    )  # what he said wins over the files
    stage.ben.says("started", "meet")
    assert stage.ben.last().first == "Entendido: agora escrevo em portugues."
    on_a_monday(stage)
    assert "other languages" not in stage.maya.last("admin").text
    stage.ben.says("started", "undo")
    stage.ben.says("started", Said("language", text="en"))
    assert stage.ben.last().first == "Understood: I write to you in English."


@row("letter-language")
def test_it_holds_in_all_pairings_of_that_person_and_is_taken_back_in_all() -> None:
    stage = before(
        line(ANA, BEN), line(ANA, CHI, replace(line().at, hour=10)), at="Mon 12 Oct 10:00 Berlin",
        program=PATIENT,
    )  # fmt: skip
    stage.ana.says("started", PT, thread="pairing/ana-ben")
    stage.passes(1)
    spoken = [stage.state(p).line.mentor.language for p in ("ana-ben", "ana-chi")]
    assert spoken == ["pt", "pt"]
    stage.ana.replies("ack", "UNDO")
    stage.passes(1)
    spoken = [stage.state(p).line.mentor.language for p in ("ana-ben", "ana-chi")]
    assert spoken == ["en", "en"]
    assert stage.ana.last().first == "Taken back: I write to you as before."


@row("letter-language", "letter-unclear")
def test_a_language_that_nobody_knows_is_asked_about() -> None:
    stage = on_monday()
    stage.ben.says("started", Said("language"))
    assert stage.ben.last().touchpoint == "unclear"
