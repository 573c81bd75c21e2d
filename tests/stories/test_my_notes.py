"""MY NOTES: one's own private lines, shown to oneself when asked for, and one of them in the own next prep (S2.27).

Not what is private at all, and stays in no letter to anybody else: test_words.py, test_notes.py.
"""

from __future__ import annotations

import pytest

from daemon.decide.journal import NEXT_CHARACTERS_MAX, NEXT_MOST
from daemon.domain.cadence import RegularTime
from daemon.domain.record import ROW_BYTES_MAX, state_documents
from daemon.domain.value import replace
from daemon.journal import SHOWN_MOST
from tests.stories.beginnings import after_meeting
from tests.stories.cast import ANA, BEN, CHI, DAN, PATIENT, line
from tests.stories.people import Read, Someone, kinds
from tests.stories.rows import row
from tests.stories.stage import before, running

SHOWN = "Your private lines from the 1:1s with Ana, the newest first."
NONE = "I keep no private lines of yours from the 1:1s with Ana."


def quoted(letter: Read) -> list[str]:
    """The days and the lines of it."""
    return [each for each in letter.text.split("\n") if each[:2] == "| " or each[:5] == "From "]


def everything_of(someone: Someone) -> str:
    """All that somebody has ever read."""
    someone.reads()
    return "\n".join(each.text for each in someone.letters)


@row("letter-my-notes", "letter-private")
def test_own_lines_come_at_once_newest_first_under_their_days_and_to_nobody_else() -> None:
    stage = after_meeting()
    stage.ben.replies("notes", "We met in Rome.\nprivate: I was nervous")
    stage.until("Wed 14 Oct 23:30 Kolkata")
    stage.ben.replies("notes", "private: still thinking\nprivate: about Rome")
    stage.ana.replies("started", "private: Ben seems tired")
    stage.all_read()
    stage.ben.replies("notes", "MY NOTES")
    assert stage.ben.reads() == [f"Wed 14 Oct 23:33  my-notes  {SHOWN}"]
    letter = stage.ben.last()
    assert quoted(letter) == [
        *("From 14 October 2026", "| still thinking", "| about Rome"),
        *("From 13 October 2026", "| I was nervous"),
    ]
    assert "Who reads your reply: only you." in letter.text
    assert (stage.ana.reads(), stage.maya.reads()) == ([], [])
    stage.until("Wed 28 Oct 16:00 Berlin")
    assert "nervous" not in everything_of(stage.ana) + everything_of(stage.maya)


@row("letter-my-notes")
@pytest.mark.parametrize(
    "words", ["my notes", "Minhas notas, por favor", "Show me my private lines."]
)
def test_there_may_be_none(words: str) -> None:
    stage = before()
    stage.ben.replies("started", words)
    assert [each.split("  ")[1:] for each in stage.ben.reads()] == [["my-notes", NONE]]


@row("letter-my-notes", "letter-note")
def test_a_heading_above_words_is_no_question() -> None:
    stage = after_meeting()
    stage.ben.replies("notes", "My notes:\nWe met in Rome.")
    assert kinds(stage.ben.reads()) == ["first-note"]


@row("letter-my-notes")
def test_a_line_in_the_same_mail_is_among_them() -> None:
    stage = after_meeting()
    stage.ben.replies("notes", "MY NOTES\nprivate: one more")
    assert quoted(stage.ben.last("my-notes")) == ["From 13 October 2026", "| one more"]


@row("letter-my-notes")
def test_of_many_the_newest_are_shown_with_how_many_more_there_are() -> None:
    stage = after_meeting()
    for number in range(SHOWN_MOST + 3):
        stage.ben.replies("notes", f"private: thought {number}")
        stage.passes(20)
    stage.ben.replies("notes", "private: " + "very much to say " * 60)
    stage.ben.replies("notes", "MY NOTES")
    letter = stage.ben.last("my-notes")
    lines = [each for each in quoted(letter) if each[:2] == "| "]
    assert len(lines) == SHOWN_MOST
    assert lines[0].endswith("very …")
    assert lines[1] == f"| thought {SHOWN_MOST + 2}"
    assert "4 older ones I keep as well, and leave out here." in letter.text


@row("letter-my-notes", "identity-reply-all")
def test_whoever_else_got_the_mail_gets_no_answer() -> None:
    stage = after_meeting()
    stage.ben.replies("notes", "private: I was nervous")
    stage.all_read()
    stage.ben.replies("notes", "MY NOTES", Cc="Ana Rao <ana@example.org>, x@elsewhere.example")
    assert kinds(stage.ben.reads()) == ["my-notes"]
    letter = stage.ben.last()
    assert (letter.header("To"), letter.header("Cc")) == ("Ben Das <ben@example.org>", "")
    assert stage.ana.reads() == []
    assert not stage.outside.world.mailbox("x@elsewhere.example").arrived


@row("letter-my-notes", "identity-pending", "identity-disowned")
def test_from_another_address_nothing_comes_before_the_known_one_has_said_yes() -> None:
    stage = after_meeting()
    stage.ben.replies("notes", "private: I was nervous")
    stage.all_read()
    stage.ben.replies("notes", "MY NOTES", From="Ben <ben@elsewhere.example>")
    stage.until("Wed 14 Oct 12:00 Kolkata")
    assert kinds(stage.ben.reads()) == ["not-sure-it-is-you"]
    assert not stage.outside.world.mailbox("ben@elsewhere.example").arrived
    stage.ben.replies("not-sure-it-is-you", "NO")
    assert kinds(stage.ben.reads()) == ["ack"]


@row("letter-my-notes", "identity-blue")
def test_out_of_the_blue_nothing_comes_at_all() -> None:
    stage = after_meeting()
    stage.ben.replies("notes", "private: I was nervous")
    stage.all_read()
    box = stage.program.mailbox
    stage.ben.replies("notes", "MY NOTES", To=box, In_Reply_To="", References="")
    assert "nervous" not in "".join(each.text for each in stage.ben.letters[-2:] if each)
    assert "my-notes" not in kinds(stage.ben.reads())


@row("letter-my-notes", "letter-reads")
def test_what_is_answered_to_them_is_one_more_of_them() -> None:
    stage = after_meeting()
    stage.ben.replies("notes", "MY NOTES")
    stage.ben.replies("my-notes", "Rome scares me a little.\n@ana: not for you")
    stage.ben.replies("my-notes", "MY NOTES")
    assert quoted(stage.ben.last("my-notes"))[1:] == ["| Rome scares me a little.", "| not for you"]
    stage.until("Wed 28 Oct 16:00 Berlin")
    assert "scares" not in everything_of(stage.ana)
    assert stage.state().actions == ()


@row("letter-my-notes", "undo-words")
def test_what_is_taken_back_is_among_them_no_more() -> None:
    stage = after_meeting()
    stage.ben.replies("notes", "private: I was nervous\nprivate next: ask about Rome")
    stage.ben.replies("notes", "UNDO")
    stage.ben.replies("notes", "MY NOTES")
    assert stage.ben.last().first == NONE
    assert stage.state().own_next == ()


@row("letter-my-notes", "kept-notes")
def test_after_the_end_they_are_shown_until_they_are_deleted() -> None:
    stage = after_meeting(notes_keep_days=5)
    stage.ben.replies("notes", "private: I was nervous")
    stage.reconfigured(replace(line(), state="closed"))
    stage.all_read()
    stage.ben.replies("notes", "MY NOTES")
    assert stage.ben.last().first == SHOWN
    stage.until("Wed 21 Oct 12:00 Kolkata")
    stage.ben.replies("notes", "MY NOTES")
    assert stage.ben.last().first == NONE


@row("letter-my-notes")
def test_the_store_keeps_no_letter_with_them_once_it_has_gone() -> None:
    stage = after_meeting()
    stage.ben.replies("notes", "private: I was nervous")
    stage.ben.replies("notes", "MY NOTES")
    assert stage.daemon.ports.store.queue() == []
    assert "nervous" not in str(state_documents(stage.state()))


# --- one of them in the own next prep


@row("letter-my-notes", "letter-reads")
@pytest.mark.parametrize("writer", ["ben", "ana"])
def test_a_line_for_the_next_time_stands_in_the_writer_s_own_prep_once(writer: str) -> None:
    stage = after_meeting()
    stage.people[writer].replies("started", "private next: ask about Rome")
    stage.until("Tue 20 Oct 12:00 Berlin")
    own, theirs = (f"prep-{role}" for role in ("mentee", "mentor"))
    own, other = (own, "ana") if writer == "ben" else (theirs, "ben")
    shown = "Your own line, shown to you alone\n| ask about Rome\n"
    assert shown in stage.people[writer].last(own).text
    stage.until("Tue 3 Nov 12:00 Berlin")
    assert everything_of(stage.people[writer]).count("ask about Rome") == 1
    assert "about Rome" not in everything_of(stage.people[other])


@row("letter-my-notes", "letter-week-card")
def test_a_mentor_who_reads_the_week_card_finds_it_there() -> None:
    days = ((1, BEN), (2, CHI), (3, DAN))
    lines = [line(ANA, mentee, RegularTime(day, 15, 0)) for day, mentee in days]
    stage = running(*lines, program=replace(PATIENT, mentor_notes_days=0))
    stage.until("Tue 13 Oct 19:40 Kolkata")
    letters = [e for e in stage.ana.letters if e.touchpoint == "started"]
    stage.ana.answers(letters[0], "private next: ask about Rome")
    stage.until("Mon 19 Oct 20:00 Berlin")
    assert stage.ana.last("week-card").text.count("| Your own: ask about Rome") == 1
    stage.until("Mon 2 Nov 20:00 Berlin")
    assert everything_of(stage.ana).count("ask about Rome") == 1


@row("letter-my-notes")
def test_few_and_short_ones_are_shown_there_and_all_are_kept() -> None:
    stage = after_meeting()
    for number in range(NEXT_MOST + 2):
        stage.ben.replies("notes", f"private next: {number} " + "ü" * 2 * NEXT_CHARACTERS_MAX)
    assert [each.text[:1] for each in stage.state().own_next] == ["2", "3", "4"]
    assert all(len(each.text) <= NEXT_CHARACTERS_MAX for each in stage.state().own_next)
    assert len(stage.daemon.ports.store.notes(stage.lane())) == NEXT_MOST + 2
    for row_of in state_documents(stage.state()).values():
        assert sum(len(bytes(value)) for value in row_of.values()) < ROW_BYTES_MAX


@row("letter-my-notes", "letter-topic")
def test_a_line_for_next_time_is_no_topic_for_the_other_one() -> None:
    stage = before(at="Mon 12 Oct 19:00 Kolkata")
    stage.ben.last("prep-mentee")
    stage.ben.replies("prep-mentee", "The thesis\nprivate next: breathe")
    stage.until("Tue 13 Oct 12:00 Berlin")
    assert "| The thesis" in stage.ana.last("prep-mentor").text
    assert "breathe" not in everything_of(stage.ana)
    assert stage.daemon.ports.store.notes(stage.lane())[0].private
