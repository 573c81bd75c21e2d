"""Hand-over: a new mentor reads of an earlier pairing what the mentee has allowed, line by line, and nothing else (S0.10).

Not the wish for another mentor: test_help.py. Not the end of the earlier pairing: test_end.py.
"""

from __future__ import annotations

import pytest

from daemon.domain.cadence import RegularTime
from daemon.domain.people import Line
from daemon.domain.record import ROW_BYTES_MAX, state_documents
from daemon.domain.value import replace
from tests.stories.beginnings import after_meeting, person
from tests.stories.cast import ANA, BEN, CHI, DAN, line
from tests.stories.people import Someone, kinds
from tests.stories.rows import row
from tests.stories.stage import Stage

OLD = line()
NEW = line(DAN, BEN, RegularTime(3, 15, 0))
ASKED = "Dan is your new mentor. Which of your lines may Dan read?"
NOTE = "We met in Rome.\nprivate: I was nervous\ntodo: send the CV\ngoal: a place in Leiden"


def written(**settings: object) -> Stage:
    """Ben and Ana have met once, and both have written."""
    stage = after_meeting(**settings)
    stage.ben.replies("notes", NOTE)
    stage.ana.replies("started", "Ben should read more.\n@ben: read more\ngoal: read ten books")
    stage.until("Wed 14 Oct 12:00 Berlin")
    stage.all_read()
    return stage


def succeeded(stage: Stage, *, old: Line | None = None, new: Line = NEW) -> Stage:
    """Ana's pairing is closed by the files, and Dan's begins: both have said yes."""
    stage.reconfigured(old or replace(OLD, state="closed"), new)
    stage.people[new.mentor.id].replies("welcome-mentor-connected", "Yes")
    stage.passes(1)
    stage.ben.replies("welcome-mentee", "Yes")
    stage.passes(15)
    return stage


def asked(**settings: object) -> Stage:
    """Ben has been asked."""
    stage = succeeded(written(**settings))
    assert "handover" in kinds(stage.ben.reads())
    stage.all_read()
    return stage


def everything_of(someone: Someone) -> str:
    """All that somebody has ever read."""
    someone.reads()
    return "\n".join(each.text for each in someone.letters)


# --- asked


@row("handover-asked", "letter-private")
def test_the_mentee_alone_is_asked_about_the_own_lines_with_a_letter_before_each() -> None:
    stage = succeeded(written())
    letter = stage.ben.last("handover")
    assert letter.first == ASKED
    assert [each for each in letter.text.split("\n") if each[1:3] == "  "] == [
        "a  Goal: a place in Leiden",
        "b  To-do: send the CV",
        "c  Note: We met in Rome.",
    ]
    assert "If I hear nothing by Wed 21 Oct, " in letter.text
    assert "in your 1:1s with Ana" in letter.text
    assert letter.header("Subject") == "KOSS 1:1s: only for you"
    assert "nervous" not in letter.text and "read more" not in letter.text
    for other in (stage.ana, stage.dan, stage.maya):
        assert "handover" not in kinds(other.reads())


@row("handover-asked", "letter-chance")
def test_no_chance_of_either_of_the_two_is_among_them() -> None:
    stage = written()
    stage.ben.replies("notes", "chance: a summer school")
    stage.ana.replies("started", "chance: the school in Trieste")
    letter = succeeded(stage).ben.last("handover").text
    assert "c  Note: We met in Rome." in letter
    assert "school" not in letter


@row("handover-asked")
def test_it_is_asked_once() -> None:
    stage = asked()
    stage.until("Sun 15 Nov 12:00 Berlin")
    stage.restart()
    stage.passes(60)
    assert "handover" not in kinds(stage.ben.reads())


@row("handover-asked", "pairing-closing")
def test_a_mentor_who_leaves_with_notice_is_followed_as_well() -> None:
    stage = written()
    stage.ana.replies("started", "LEAVE")
    stage.ana.replies("leave", "1")
    succeeded(stage, old=OLD)
    assert stage.state().standing == "closing"
    assert stage.ben.last("handover").first == ASKED


@row("handover-asked")
def test_the_new_pairing_may_begin_a_while_before_the_old_one_ends() -> None:
    stage = succeeded(written(), old=OLD)
    stage.until("Mon 26 Oct 12:00 Berlin")
    assert "handover" not in kinds(stage.ben.reads())
    stage.reconfigured(replace(OLD, state="closed"), NEW)
    stage.until("Mon 26 Oct 15:00 Berlin")
    assert kinds(stage.ben.reads())[-1:] == ["handover"]


@row("handover-none")
def test_one_more_mentor_is_no_other_one() -> None:
    stage = succeeded(written(), old=OLD)
    assert stage.state().successor is not None
    stage.until("Tue 17 Nov 12:00 Berlin")
    stage.reconfigured(replace(OLD, state="closed"), NEW)
    stage.until("Wed 18 Nov 15:00 Berlin")
    assert "handover" not in kinds(stage.ben.reads())
    assert stage.state().successor is None


@row("handover-none", "kept-notes")
def test_where_the_words_are_deleted_nothing_is_asked() -> None:
    stage = written(notes_keep_days=5)
    stage.reconfigured(replace(OLD, state="closed"))
    stage.until("Thu 22 Oct 12:00 Berlin")
    succeeded(stage)
    stage.until("Fri 30 Oct 12:00 Berlin")
    assert stage.state("dan-ben").standing == "active"
    assert "handover" not in kinds(stage.ben.reads())


@row("handover-none")
@pytest.mark.parametrize(
    "new",
    [replace(line(ANA, BEN), pairing="anew"), line(DAN, CHI)],
    ids=["the same mentor", "another mentee"],
)
def test_only_another_mentor_of_the_same_mentee_is_one(new: Line) -> None:
    stage = written()
    stage.reconfigured(replace(OLD, state="closed"), new)
    stage.people[new.mentor.id].replies("welcome-mentor-connected", "Yes")
    stage.passes(1)
    stage.people[new.mentee.id].replies("welcome-mentee", "Yes")
    stage.until("Fri 16 Oct 12:00 Berlin")
    assert stage.state(new.pairing).standing == "active"
    assert "handover" not in kinds(stage.ben.reads())


@row("handover-none")
def test_of_two_earlier_mentors_the_last_one_s_pairing_counts() -> None:
    stage = written()
    stage.reconfigured(replace(OLD, state="closed"))
    eva = person("Eva")
    between = line(eva, BEN, RegularTime(0, 16, 0))
    succeeded(stage, new=between)
    stage.ben.replies("handover", "NOTHING")
    stage.until("Tue 27 Oct 12:00 Kolkata")
    stage.ben.replies("notes", "Eva and I met in Milan.")
    stage.until("Wed 28 Oct 15:00 Berlin")
    old = replace(OLD, state="closed")
    stage.reconfigured(old, replace(between, state="closed"), NEW)
    stage.dan.replies("welcome-mentor-connected", "Yes")
    stage.passes(1)
    stage.ben.replies("welcome-mentee", "Yes")
    stage.passes(15)
    assert "a  Note: Eva and I met in Milan." in stage.ben.last("handover").text
    assert "Rome" not in stage.ben.last("handover").text


# --- answered


@row("handover-allowed")
def test_what_is_allowed_stands_in_the_first_prep_and_goes_on_in_the_new_pairing() -> None:
    stage = asked()
    stage.ben.replies("handover", "a c")
    assert [each.split("  ")[1:] for each in stage.ben.reads()] == [
        ["ack", "Understood: Dan may read this, and nothing else."]
    ]
    stage.until("Thu 15 Oct 15:30 Berlin")
    prep = stage.dan.last("prep-mentor").text
    assert "Ben carried over, from earlier 1:1s\n| Goal: a place in Leiden\n| We met" in prep
    assert [goal.text for goal in stage.state("dan-ben").goals] == ["a place in Leiden"]
    assert stage.state("dan-ben").actions == ()
    assert stage.state("dan-ben").handover is None
    stage.until("Thu 29 Oct 20:00 Berlin")
    dans = everything_of(stage.dan)
    assert dans.count("We met in Rome.") == 1
    assert not any(each in dans for each in ("CV", "nervous", "read more", "ten books"))


@row("handover-allowed")
def test_a_to_do_goes_on_with_a_letter_of_its_own() -> None:
    stage = asked()
    stage.ben.replies("handover", "ALL")
    stage.until("Thu 15 Oct 15:30 Berlin")
    (action,) = stage.state("dan-ben").actions
    assert (action.text, action.owner, action.letter) == ("send the CV", "mentee", "a")
    stage.until("Wed 21 Oct 20:00 Kolkata")
    assert "a  Ben: send the CV" in stage.ben.last("prep-mentee").text


@row("handover-allowed")
@pytest.mark.parametrize("words", ["NOTHING", "nada", "no"])
def test_nothing_is_nothing(words: str) -> None:
    stage = asked()
    stage.ben.replies("handover", words)
    assert stage.ben.last().first == "Understood: Dan reads none of your earlier lines."
    stage.until("Thu 29 Oct 20:00 Berlin")
    assert "Rome" not in everything_of(stage.dan)
    assert stage.state("dan-ben").handover is None


@row("handover-silence")
def test_without_an_answer_nothing_is_shown_and_nothing_is_kept() -> None:
    stage = asked()
    stage.until("Wed 21 Oct 10:00 Berlin")
    known = stage.state("dan-ben").handover
    assert known is not None and len(known.lines) == 3
    stage.until("Wed 21 Oct 13:00 Berlin")
    assert stage.state("dan-ben").handover is None
    assert "Rome" not in str(state_documents(stage.state("dan-ben")))
    stage.ben.replies("handover", "ALL")
    assert stage.ben.last().first == "That question is closed, so your answer changes nothing."
    stage.until("Thu 29 Oct 20:00 Berlin")
    assert "Rome" not in everything_of(stage.dan)


@row("handover-allowed", "letter-unclear")
@pytest.mark.parametrize("words", ["all but b", "a z", "Only what is about Rome"])
def test_what_is_not_sure_allows_nothing_and_is_asked_about(words: str) -> None:
    stage = asked()
    stage.ben.replies("handover", words)
    known = stage.state("dan-ben").handover
    assert known is not None and known.allowed == ()
    assert stage.ben.last().first == "Which of these lines may Dan read?"
    stage.ben.replies("unclear", "c")
    known = stage.state("dan-ben").handover
    assert known is not None and known.allowed == ("c",)


@row("handover-corrected")
@pytest.mark.parametrize(
    ("touchpoint", "words", "allowed"),
    [
        ("handover", "b", ("b",)),
        ("ack", "a, b", ("a", "b")),
        ("ack", "UNDO", ()),
        ("handover", "UNDO", ()),
        ("ack", "NOTHING", ()),
    ],
)
def test_it_can_be_said_otherwise_until_it_is_read(
    touchpoint: str, words: str, allowed: tuple[str, ...]
) -> None:
    stage = asked()
    stage.ben.replies("handover", "a c")
    stage.ben.replies(touchpoint, words)
    known = stage.state("dan-ben").handover
    assert known is not None and known.allowed == allowed
    stage.until("Thu 15 Oct 12:00 Berlin")
    assert "Rome" not in everything_of(stage.dan)


@row("handover-corrected")
@pytest.mark.parametrize("words", ["NOTHING", "UNDO"])
def test_what_has_been_read_cannot_be_taken_back(words: str) -> None:
    stage = asked()
    stage.ben.replies("handover", "c")
    stage.until("Thu 15 Oct 12:00 Berlin")
    stage.ben.replies("handover", words)
    assert stage.ben.last().first in (
        "That question is closed, so your answer changes nothing.",
        "There is nothing left that I could take back.",
    )


@row("handover-corrected", "identity-pending")
def test_somebody_else_s_answer_allows_nothing() -> None:
    stage = asked()
    stage.ben.replies("handover", "ALL", From="Ben <ben@elsewhere.example>")
    known = stage.state("dan-ben").handover
    assert known is not None and known.allowed == ()


# --- shown


@row("handover-allowed", "letter-week-card")
@pytest.mark.parametrize("without", ["fewer", "card"])
def test_a_mentor_who_gets_no_preps_gets_it_in_a_letter_of_its_own(without: str) -> None:
    stage = asked(**({"week_card_from": 1} if without == "card" else {}))
    if without == "fewer":
        stage.dan.replies("started", "reminders off")
    stage.ben.replies("handover", "b c")
    stage.until("Thu 15 Oct 15:30 Berlin")
    assert stage.dan.last("carried").text.count("| We met in Rome.") == 1
    assert [each.text for each in stage.state("dan-ben").actions] == ["send the CV"]
    stage.until("Thu 29 Oct 20:00 Berlin")
    assert everything_of(stage.dan).count("We met in Rome.") == 1


@row("handover-allowed")
def test_an_answer_after_the_first_prep_comes_with_the_next() -> None:
    stage = asked()
    stage.until("Thu 15 Oct 18:00 Berlin")
    stage.ben.replies("handover", "c")
    stage.until("Wed 21 Oct 18:00 Berlin")
    assert "Rome" not in everything_of(stage.dan)
    stage.until("Thu 22 Oct 12:00 Berlin")
    assert "| We met in Rome." in stage.dan.last("prep-mentor").text


@row("handover-silence")
def test_a_new_pairing_that_ends_keeps_nothing_of_it() -> None:
    stage = asked()
    stage.ben.replies("handover", "c")
    stage.reconfigured(replace(OLD, state="closed"), replace(NEW, state="closed"))
    assert stage.state("dan-ben").handover is None


@row("handover-asked")
def test_much_is_clipped_and_every_row_stays_small() -> None:
    stage = after_meeting()
    for number in range(8):
        stage.ben.replies("notes", f"todo: {number} " + "ü" * 190)
        stage.ben.replies("notes", f"Note {number} " + "ü " * 1900)
        stage.passes(40)
    stage.until("Wed 14 Oct 12:00 Berlin")
    succeeded(stage)
    known = stage.state("dan-ben").handover
    assert known is not None and len(known.lines) == 9
    documents = state_documents(stage.state("dan-ben"))
    assert all(sum(map(len, map(bytes, d.values()))) < ROW_BYTES_MAX for d in documents.values())


# --- the power goes


@row("handover-asked", "handover-allowed")
@pytest.mark.parametrize(
    ("phase", "nth"),
    [
        *(("statement", nth) for nth in range(0, 60, 10)),
        *(
            (phase, nth)
            for phase in ("before-claim", "claimed", "done", "settled")
            for nth in (0, 1)
        ),
    ],
)
def test_a_crash_at_any_boundary_asks_once_and_shows_once(phase: str, nth: int) -> None:
    stage = written()
    stage.reconfigured(replace(OLD, state="closed"), NEW)
    stage.dan.replies("welcome-mentor-connected", "Yes")
    stage.crash_at, stage.crash_after = (phase, ""), nth
    stage.ben.replies("welcome-mentee", "Yes")
    stage.until("Wed 14 Oct 13:30 Berlin")
    assert stage.crashes == 1
    stage.crash_at, stage.crash_after = (phase, ""), nth
    stage.ben.replies("handover", "a b c")
    stage.until("Fri 16 Oct 12:00 Berlin")
    assert stage.crashes == 2
    stage.until("Thu 29 Oct 20:00 Berlin")
    assert kinds(stage.ben.reads()).count("handover") == 1
    assert everything_of(stage.dan).count("We met in Rome.") == 1
    state = stage.state("dan-ben")
    assert [goal.text for goal in state.goals] == ["a place in Leiden"]
    assert [action.text for action in state.actions] == ["send the CV"]
