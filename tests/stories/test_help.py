"""HELP, REPORT and another mentor: a human being reads it, the partner never hears of it, and the answer goes past
the program's mailbox (LETTERS 4).

Not words that only look confidential: test_private_hold.py.
"""

from __future__ import annotations

import pytest

from daemon.domain.value import replace
from tests.stories.beginnings import on_monday
from tests.stories.cast import ANA, BEN, CHI, EVA, PATIENT, line
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import Stage, before

WORDS = "I do not feel at ease in our talks."


def searched(stage: Stage, *people: str) -> list[str]:
    """Letters of theirs in which the words stand."""
    for name in people:
        stage.people[name].reads()
    return [
        f"{name}: {letter.touchpoint}"
        for name in people
        for letter in stage.people[name].letters
        if WORDS.split(".")[0].encode() in letter.raw or WORDS in letter.text
    ]


@row("letter-help")
@pytest.mark.parametrize(
    ("word", "first"),
    [
        ("help", "Somebody asks for your help. Please answer within two days."),
        ("report", "Somebody reports something to you. Please answer within two days."),
    ],
)
def test_a_human_being_reads_it_and_whoever_wrote_hears_so(word: str, first: str) -> None:
    stage = on_monday()
    stage.ben.says("started", word, aside=WORDS)
    assert stage.maya.reads() == [f"Mon 12 Oct 13:30  help-case  {first}"]
    case, got = stage.maya.last(), stage.ben.last("help-got")
    assert f"| {WORDS}" in case.text.split("\n")
    assert got.first == "Maya has it now, and nobody else. You get an answer within two days."
    assert [case.header("Subject"), got.header("Subject")] == ["KOSS 1:1s: in confidence"] * 2
    assert case.header("Reply-To") == "ben@example.org"
    assert WORDS not in got.text
    stage.until("Wed 21 Oct 12:00 Berlin")
    assert searched(stage, "ana", "ben", "maya") == ["maya: help-case"]


@row("letter-help")
def test_what_is_marked_private_beside_it_reaches_nobody() -> None:
    stage = on_monday()
    stage.ben.replies("started", f"HELP\nPlease call me.\nprivate: {WORDS}")
    assert "| Please call me." in stage.maya.last("help-case").text.split("\n")
    stage.until("Wed 21 Oct 12:00 Berlin")
    assert searched(stage, "ana", "maya") == []


@row("letter-help", "letter-one-person")
def test_it_is_another_thread_in_the_mailbox_of_whoever_wrote() -> None:
    stage = on_monday()
    stage.ben.says("started", "help")
    root = stage.ben.last("started").header("References").split()[0]
    got = stage.ben.last("help-got")
    assert root not in got.header("References") and got.header("In-Reply-To") == ""
    assert "Nothing more was written." in stage.maya.last().text
    stage.ben.replies("help-got", WORDS)
    assert stage.maya.last().first == (
        "Somebody wrote to you once more. Please answer within two days."
    )
    assert f"| {WORDS}" in stage.maya.last().text
    assert stage.ben.last().header("In-Reply-To") == "<ben-3@example.org>"
    assert searched(stage, "ana") == []


@row("letter-help", "letter-leave")
def test_why_somebody_leaves_is_read_by_whom_that_thread_names_and_by_nobody_else() -> None:
    stage = on_monday()
    stage.ben.says("started", "help")
    stage.ben.reads()
    stage.ben.replies("help-got", f"LEAVE\n{WORDS}\nprivate: not even Maya")
    assert kinds(stage.ben.reads()) == ["help-got", "leave"]
    case = stage.maya.last("help-case").text
    assert f"| {WORDS}" in case.split("\n") and "not even Maya" not in case
    stage.ben.replies("leave", "YES")
    stage.until("Wed 21 Oct 12:00 Berlin")
    assert searched(stage, "ana", "ben", "maya") == ["maya: help-case"]


@row("letter-leave")
def test_why_somebody_leaves_stays_with_them_in_the_thread_of_the_pair() -> None:
    stage = on_monday()
    stage.ben.replies("started", f"LEAVE\n{WORDS}")
    assert kinds(stage.ben.reads()) == ["leave"]
    stage.until("Wed 21 Oct 12:00 Berlin")
    assert searched(stage, "ana", "maya") == []
    assert [each.private for each in stage.daemon.ports.store.notes(stage.lane())] == [True]


@row("letter-help")
def test_it_goes_to_whom_the_program_names_for_it() -> None:
    stage = on_monday(help_to=EVA.address, help_name="Eva Sol")
    stage.someone(replace(EVA, zone=PATIENT.timezone))
    stage.ben.says("started", "help", text=WORDS)
    assert kinds(stage.eva.reads()) == ["help-case"]
    assert stage.maya.reads() == []
    assert stage.ben.last("help-got").first.startswith("Eva Sol has it now")
    assert (
        stage.ben.last("help-got")
        .text.rstrip()
        .endswith("Help, read only by Eva Sol: eva@example.org")
    )


@row("letter-help")
def test_without_proof_of_who_it_was_it_is_taken_marked_and_once_a_day() -> None:
    stage = on_monday()
    for _ in range(3):
        stage.ben.says("started", "help", text=WORDS, trust="pending")
    assert kinds(stage.maya.reads()) == ["help-case"]
    assert "I can't be sure that Ben wrote it" in stage.maya.last().text
    assert [each.split("  ")[2] for each in stage.ben.reads()] == [
        "Somebody asked for help in your name. Only Maya knows of it."
    ]
    stage.ben.says("started", "skip", "change", trust="pending")
    assert (stage.maya.reads(), stage.standing("Tue 13 Oct")) == ([], "planned")


@row("letter-help", "pairing-closed")
def test_after_the_end_as_well() -> None:
    stage = on_monday()
    stage.reconfigured(replace(stage.config.lines[0], state="closed"))
    stage.all_read()
    stage.ben.says("started", "help", text=WORDS)
    assert kinds(stage.maya.reads()) == ["help-case"]


@row("letter-help", "letter-note")
def test_other_commands_of_that_mail_are_followed_and_no_word_of_it_is_a_note() -> None:
    stage = on_monday()
    stage.ben.says("started", "help", "skip", text=WORDS, todos=(("mentor", WORDS),))
    assert stage.standing("Tue 13 Oct") == "skipped choice"
    assert (stage.state().notes, stage.state().agenda, stage.state().actions) == ((), (), ())
    stage.until("Wed 14 Oct 12:00 Berlin")
    assert searched(stage, "ana") == []


@row("letter-help")
def test_what_admins_print_says_that_and_not_what() -> None:
    stage = on_monday()
    stage.ben.says("started", "help", text=WORDS)
    told = stage.why("help")
    assert told and not any("ease" in each for each in told)


@row("letter-change")
def test_another_mentor_is_known_to_the_contact_alone_and_changes_nothing() -> None:
    stage = on_monday()
    before = stage.ana.calendar()
    stage.ben.says("started", "change")
    assert stage.maya.reads() == [
        "Mon 12 Oct 13:30  admin  Ana & Ben: one of the two would like to go on with somebody else."
    ]
    assert "who: Ben" in stage.maya.last().text
    assert stage.ben.reads() == [
        "Mon 12 Oct 13:30  change-got  Maya knows that you would like a change. Nobody else does."
    ]
    assert stage.ben.last().header("Subject") == "KOSS 1:1s: in confidence"
    assert (stage.ana.reads(), stage.ana.calendar()) == ([], before)
    stage.ben.replies("change-got", WORDS)
    assert f"| {WORDS}" in stage.maya.last("help-case").text
    stage.until("Wed 21 Oct 12:00 Berlin")
    assert searched(stage, "ana") == []


@row("letter-change")
def test_what_is_written_beside_it_is_in_confidence_and_in_no_letter_to_the_contact() -> None:
    stage = on_monday(help_to=EVA.address, help_name="Eva")
    stage.someone(EVA)
    stage.ben.says("started", "change", aside=WORDS)
    assert kinds(stage.eva.reads()) == ["admin", "help-case"]
    assert searched(stage, "ana", "ben", "maya") == []


@row("letter-help")
def test_of_several_pairings_the_first_takes_what_is_written_in_confidence_to_no_letter() -> None:
    stage = before(
        line(ANA, BEN), line(ANA, CHI, replace(line().at, hour=10)), at="Mon 12 Oct 10:00 Berlin"
    )
    stage.ana.says("started", "help")
    stage.maya.reads()
    stage.ana.replies("help-got", WORDS, In_Reply_To="", References="")
    assert kinds(stage.maya.reads()) == ["help-case"]
    assert f"| {WORDS}" in stage.maya.last().text
    assert searched(stage, "ben", "chi") == []


@row("letter-help", "pairing-closed")
def test_after_the_end_each_call_is_named_as_what_it_is_and_its_thread_goes_on() -> None:
    stage = on_monday()
    stage.reconfigured(replace(stage.config.lines[0], state="closed"))
    stage.all_read()
    stage.ben.says("started", "report", aside=WORDS)
    assert stage.maya.last().first == (
        "Somebody reports something to you. Please answer within two days."
    )
    stage.ben.replies("help-got", "And it was not the first time.")
    assert stage.maya.last().first == (
        "Somebody wrote to you once more. Please answer within two days."
    )
    assert "| And it was not the first time." in stage.maya.last().text
    assert kinds(stage.ben.reads())[-1] == "help-got"
    stage.ben.replies("help-got", WORDS, In_Reply_To="", References="")
    assert f"| {WORDS}" in stage.maya.last().text


@row("letter-help", "pairing-closed")
def test_long_after_the_end_a_call_is_still_heard_and_nothing_else_is() -> None:
    stage = on_monday()
    stage.reconfigured(replace(stage.config.lines[0], state="closed"))
    stage.until("Tue 27 Oct 12:00 Berlin")
    stage.all_read()
    stage.ben.says("started", "move", text="One last thing.")
    assert (stage.maya.reads(), stage.ben.reads()) == ([], [])
    for _ in range(2):
        stage.ben.says("started", "help", aside=WORDS)
    assert kinds(stage.maya.reads()) == ["help-case"]
    assert stage.ben.last().first.startswith("Maya has it now, and nobody else.")
    assert searched(stage, "ana") == []


@row("letter-help", "identity-pending")
def test_what_was_passed_on_without_proof_is_gone_from_the_mail_that_waits() -> None:
    stage = on_monday()
    stage.until("Tue 13 Oct 20:00 Kolkata")
    stage.all_read()
    stage.ben.says("notes", "help", "skip", aside=WORDS, trust="pending")
    (waits,) = stage.daemon.ports.store.world(stage.lane()).pending
    assert not waits.wrote
