"""LINKS: what the two have shared in notes and topics, as a list for whoever of them asks, and in the preps of their last 1:1.

Not the links of the last note alone, where its quote leaves them out: test_goals.py.
"""

from __future__ import annotations

from datetime import date

import pytest

from daemon.decide.links import CHARACTERS_MAX, IN_PREP_MOST, KEPT_MOST
from daemon.domain.record import ROW_BYTES_MAX, state_documents
from daemon.domain.value import replace
from tests.stories.beginnings import after_meeting, before
from tests.stories.cast import ANA, BEN, line
from tests.stories.people import Read, kinds
from tests.stories.rows import row
from tests.stories.test_advisors import in_the_store

LAB = "https://lab.example.org/internships"
CV = "https://example.com/how-to-write-a-cv"
NONE = "I know of no link that you and Ana have shared."


def quoted(letter: Read) -> list[str]:
    """The links of that letter."""
    return [each[2:] for each in letter.text.split("\n") if each[:7] == "| https"]


@row("letter-shared-links")
def test_week_after_week_they_stay_and_either_of_the_two_can_ask_for_them() -> None:
    stage = after_meeting()
    for number in range(4):
        stage.ben.replies("notes", f"We looked at https://lab.example.org/{number}.")
        stage.until(
            f"{('Tue 20 Oct', 'Tue 27 Oct', 'Tue 3 Nov', 'Tue 10 Nov')[number]} 16:00 Berlin"
        )
    stage.all_read()
    stage.ben.replies("notes", "LINKS")
    assert kinds(stage.ben.reads()) == ["links"]
    assert (stage.ana.reads(), stage.maya.reads()) == ([], [])
    shown = [f"https://lab.example.org/{number}" for number in (3, 2, 1, 0)]
    letter = stage.ben.last("links")
    assert letter.first == "The links that you and Ana have shared, the newest first."
    assert quoted(letter) == shown
    stage.ana.replies("started", "our links, please")
    assert quoted(stage.ana.last("links")) == shown


@row("letter-shared-links", "letter-topic")
def test_those_of_topics_are_among_them_and_each_stands_there_once() -> None:
    stage = after_meeting()
    stage.ben.replies("notes", f"We looked at {LAB}.")
    stage.until("Mon 19 Oct 17:00 Berlin")
    stage.ben.replies("prep-mentee", f"{CV} and {LAB} once more")
    stage.ben.replies("notes", "LINKS")
    assert quoted(stage.ben.last("links")) == [CV, LAB]


@row("letter-shared-links", "letter-private", "letter-private-hold")
def test_private_and_held_words_give_none() -> None:
    stage = after_meeting()
    stage.ben.replies("notes", f"private: {LAB}")
    stage.ben.replies("notes", f"I feel unsafe with Ana, see {CV}")
    stage.ben.replies("notes", "LINKS")
    assert stage.ben.last("links").first == NONE
    stage.ben.replies("private-hold", "2")
    stage.ben.replies("notes", "LINKS")
    assert stage.ben.last("links").first == NONE


@row("letter-shared-links", "undo-words")
def test_what_is_taken_back_takes_its_links_along() -> None:
    stage = after_meeting()
    stage.ben.replies("notes", f"We looked at {LAB}.")
    stage.until("Tue 13 Oct 16:00 Berlin")
    stage.ben.replies("first-note", "UNDO")
    stage.ben.replies("notes", "LINKS")
    assert stage.ben.last("links").first == NONE


@row("letter-shared-links")
def test_the_last_twenty_are_kept_in_a_row_of_their_own() -> None:
    stage = after_meeting()
    links = [f"https://lab.example.org/{number}/{'x' * 160}" for number in range(KEPT_MOST + 4)]
    for at in range(0, len(links), 3):
        stage.ben.says("notes", text="\n".join(links[at : at + 3]), links=tuple(links[at : at + 3]))
        stage.passes(120)
    assert [each.url for each in stage.state().links] == links[4:]
    rows = {name: len(str(body)) for name, body in state_documents(stage.state()).items()}
    assert rows["links"] < ROW_BYTES_MAX


@row("letter-shared-links")
def test_one_that_is_too_long_for_a_letter_is_left_where_it_was_written() -> None:
    stage = after_meeting()
    fits = "https://lab.example.org/".ljust(CHARACTERS_MAX, "a")
    stage.ben.replies("notes", f"{fits}b\n{fits}")
    assert [each.url for each in stage.state().links] == [fits]
    assert any(f"{fits}b" in each.text for each in stage.state().notes)


# --- the last 1:1, and after it


@row("letter-shared-links")
@pytest.mark.parametrize("count", [0, 2, IN_PREP_MOST + 1])
def test_both_preps_of_the_last_1_1_have_a_few(count: int) -> None:
    stage = after_meeting(meeting_types=())
    for number in range(count):
        stage.ben.says("notes", text="See", links=(f"https://lab.example.org/{number}",))
        stage.passes(30)
    stage.reconfigured(replace(line(), ends="2026-10-22"))
    stage.until("Mon 19 Oct 17:00 Berlin")
    stage.ben.replies("prep-mentee", "What stays?")
    stage.until("Tue 20 Oct 12:00 Berlin")
    for prep in (stage.ben.last("prep-mentee"), stage.ana.last("prep-mentor")):
        assert ("Links that you two have shared" in prep.text) == (count > 0)
        assert ("Reply LINKS, and I send them all." in prep.text) == (count > IN_PREP_MOST)
        newest = [f"https://lab.example.org/{number}" for number in reversed(range(count))]
        assert quoted(prep) == newest[:IN_PREP_MOST]


@row("letter-shared-links")
def test_no_earlier_prep_has_them() -> None:
    stage = after_meeting(meeting_types=())
    stage.ben.replies("notes", f"We looked at {LAB}.")
    stage.reconfigured(line(ends=date(2026, 10, 29)))
    for day in (20, 27):
        stage.until(f"Mon {day - 1} Oct 17:00 Berlin")
        stage.ben.replies("prep-mentee", f"A topic for the {day}th")
        stage.until(f"Tue {day} Oct 12:00 Berlin")
        for prep in (stage.ben.last("prep-mentee"), stage.ana.last("prep-mentor")):
            assert (f"| {LAB}" in prep.text.split("\n")) == (day == 27), prep.line
            assert ("Links that you two have shared" in prep.text) == (day == 27)


@row("letter-shared-links", "kept-notes")
def test_after_the_end_they_are_shown_until_what_the_two_wrote_is_deleted() -> None:
    stage = after_meeting(notes_keep_days=5)
    stage.ben.replies("notes", f"We looked at {LAB}.")
    stage.reconfigured(replace(line(), state="closed"))
    stage.ben.replies("notes", "LINKS")
    assert quoted(stage.ben.last("links")) == [LAB]
    stage.passes(60 * 24 * 7)
    assert stage.state().links == ()
    assert not in_the_store(stage, LAB)


@row("letter-shared-links", "letter-language")
def test_in_portuguese() -> None:
    stage = before(line(ANA, replace(BEN, language="pt")))
    stage.ben.replies("started", "Nossos links")
    assert stage.ben.last("links").first == "Não conheço nenhum link que você e Ana tenham trocado."
