"""INTRO: somebody whom the mentor could introduce the mentee to. The other one of the two says yes first, then the mentor asks
there, and it is a to-do until DONE (S3.13).

Not which lines are read as one: tests/mail/test_introduced.py. Not guests at a 1:1: test_advisors.py.
"""

from __future__ import annotations

import pytest

from daemon.domain.value import replace
from tests.stories.beginnings import on_friday, on_monday
from tests.stories.cast import ANA, BEN, RUI, line
from tests.stories.people import Someone, kinds
from tests.stories.rows import row
from tests.stories.stage import Stage
from tests.stories.test_advisors import firsts, in_the_store
from tests.stories.test_groups import group

WHO = "Priya Rao, designs at Example Labs"
INTRO = f"INTRO: {WHO}"
ASKED_BEN = "Ana could introduce you to somebody. Would you like that?"
ASKED_ANA = "Ben would like to be introduced to somebody. Could you do that?"
NOTHING = "No introduction comes of it this time. Nothing to do."


def wished(by: str = "ana", words: str = INTRO) -> Stage:
    """On Friday one of the two writes the line, in answer to the last letter of all."""
    stage = on_friday()
    stage.people[by].replies("started", words)
    return stage


def to_dos(stage: Stage) -> list[tuple[str, str, str]]:
    """What is open, by its letter and owner."""
    return [(a.letter, a.owner, a.text) for a in stage.state().actions if a.done_at is None]


def told(someone: Someone) -> list[str]:
    """The first lines of what is said of introductions."""
    return firsts([each for each in someone.reads() if "  intro-told  " in each])


# --- by a mentor


def test_one_wished_at_night_is_asked_about_in_the_morning_until_a_full_hour() -> None:
    stage = on_friday()
    stage.until("Sun 11 Oct 22:17 Berlin")
    stage.ana.replies("started", INTRO)
    stage.until("Mon 12 Oct 08:00 Kolkata")
    assert stage.ben.reads()[-1] == f"Mon 12 Oct 07:00  intro  {ASKED_BEN}"
    assert "If I hear nothing by Mon 19 Oct, 07:00 Kolkata" in stage.ben.last("intro").text


@row("letter-intro")
def test_of_a_mentor_the_mentee_is_asked_first_and_nobody_else_hears_of_it() -> None:
    stage = wished()
    assert firsts(stage.ana.reads()) == ["Understood: I ask Ben first."]
    assert stage.ben.reads() == [f"Fri 9 Oct 13:31  intro  {ASKED_BEN}"]
    assert stage.ben.last("intro").text.split("\n")[:10] == [
        ASKED_BEN,
        f"| {WHO}",
        "",
        "1  yes",
        "2  not now",
        "",
        "Reply 1 or 2. With 1, Ana asks that person first. I write to nobody else.",
        "With 2, Ana hears that nothing comes of it this time, no reason.",
        "If I hear nothing by Fri 16 Oct, 14:00 Kolkata (10:30 Berlin), nobody is introduced. That is fine too.",
        "",
    ]
    assert (stage.maya.reads(), to_dos(stage)) == ([], [])


@row("letter-intro")
def test_after_the_mentee_s_yes_the_mentor_has_words_to_copy_and_a_to_do() -> None:
    stage = wished()
    stage.ben.reads(), stage.ana.reads()
    stage.ben.replies("intro", "1")
    assert firsts(stage.ben.reads()) == ["Thank you. Ana hears that, and asks that person first."]
    assert kinds(stage.ana.reads()) == ["intro-draft"]
    assert stage.ana.last("intro-draft").text.split("\n")[:16] == [
        "Ben would like the introduction. Here are two texts, to copy and change.",
        "It is about",
        f"| {WHO}",
        "",
        "Please ask Priya Rao first:",
        "| Hi Priya Rao, Ben Das and I meet regularly, in KOSS 1:1s.",
        "| May I introduce you two? One short talk would help. A no is fine as well.",
        "",
        "When the answer is yes, to both:",
        f"| Ben, this is {WHO}.",
        "| Priya Rao, this is Ben Das, whom I meet in KOSS 1:1s.",
        "| I leave the rest to you two.",
        "",
        "I write to nobody else, and need no address. It stands in both of your preps until it is done.",
        "Introduced, or nothing came of it? Reply DONE a.",
        "",
    ]
    assert to_dos(stage) == [("a", "mentor", WHO)]


@row("letter-intro")
def test_it_stands_in_both_preps_until_the_mentor_says_done() -> None:
    stage = on_monday()
    stage.ana.replies("started", INTRO)
    stage.ben.replies("intro", "Yes, I would love that!")
    stage.until("Mon 12 Oct 15:00 Berlin")
    stage.ben.replies("prep-mentee", "The lab")
    stage.until("Tue 13 Oct 09:10 Berlin")
    shown = f"a  Ana: introduce Ben to {WHO}"
    assert shown in stage.ben.last("prep-mentee").text
    assert shown in stage.ana.last("prep-mentor").text
    stage.ana.replies("intro-draft", "DONE a")
    assert stage.ana.last("ack").text.split("\n")[:2] == ["Done and off the list.", f"| {WHO}"]
    stage.until("Tue 20 Oct 12:00 Berlin")
    assert "introduce" not in stage.ben.last("prep-mentee").text
    assert to_dos(stage) == []


# --- by a mentee


@row("letter-intro")
def test_of_a_mentee_the_mentor_is_asked_and_a_yes_is_answered_with_the_words_to_copy() -> None:
    stage = wished("ben")
    assert firsts(stage.ben.reads()) == ["Understood: I ask Ana first."]
    assert firsts(stage.ana.reads()) == [ASKED_ANA]
    stage.ana.replies("intro", "1")
    assert firsts(stage.ana.reads()) == [
        "Thank you. Here are two short texts for the introduction, to copy and change."
    ]
    stage.passes(60)
    assert firsts(stage.ben.reads()) == [
        "Ana would like to introduce you, and asks that person first."
    ]
    assert f"| {WHO}" in stage.ben.last("intro-told").text
    assert to_dos(stage) == [("a", "mentor", WHO)]


@row("letter-intro")
def test_when_both_wish_the_very_same_nobody_is_asked_any_more() -> None:
    stage = wished("ben")
    stage.ana.replies("started", "intro: priya rao")
    assert kinds(stage.ana.reads())[-1] == "intro-draft"
    assert to_dos(stage) == [("a", "mentor", WHO)]
    assert stage.state().questions == ()


# --- not now, and silence


@row("letter-intro")
@pytest.mark.parametrize(
    ("by", "other"), [("ana", "ben"), ("ben", "ana")], ids=["of-the-mentor", "of-the-mentee"]
)
@pytest.mark.parametrize("word", ["2", "Not now, sorry.", "No", ""])
def test_not_now_and_silence_are_heard_alike_and_nobody_is_recalled(
    by: str, other: str, word: str
) -> None:
    stage = wished(by)
    stage.people[by].reads()
    asked = stage.people[other]
    if word:
        asked.replies("intro", word)
        assert asked.last("intro-told").first == "Understood: nobody is introduced for now."
    stage.until("Sat 17 Oct 12:00 Berlin")
    assert [each for each in told(stage.people[by]) if "introduc" in each] == [NOTHING]
    assert kinds(asked.reads()).count("intro") == 1
    assert (to_dos(stage), stage.state().questions) == ([], ())


@row("letter-intro")
def test_an_answer_after_its_time_introduces_nobody() -> None:
    stage = wished()
    stage.until("Sat 17 Oct 12:00 Berlin")
    stage.ben.replies("intro", "1")
    assert stage.ben.last("unclear").first == "That list is closed."
    assert to_dos(stage) == []


@row("letter-intro")
def test_an_answer_that_is_none_is_asked_about_with_the_same_two() -> None:
    stage = wished()
    stage.ben.replies("intro", "who is that?")
    assert stage.ben.last("unclear").choices == ["1  yes", "2  not now"]


@row("letter-intro")
def test_at_night_nobody_is_woken_by_it() -> None:
    stage = on_friday()
    stage.until("Fri 9 Oct 20:00 Berlin")
    stage.ana.replies("started", INTRO)
    assert stage.ben.reads() == []
    stage.until("Sat 10 Oct 04:00 Berlin")
    assert stage.ben.reads() == [f"Sat 10 Oct 07:00  intro  {ASKED_BEN}"]


@row("letter-intro")
def test_what_waits_for_the_morning_keeps_no_answer_at_night_waiting() -> None:
    stage = on_friday()
    stage.ben.replies("started", INTRO)
    stage.ana.reads()
    stage.until("Fri 9 Oct 20:00 Berlin")
    stage.ben.reads()
    stage.ana.replies("intro", "1")
    stage.ben.replies("intro-told", "UNDO")
    told = stage.ben.reads()
    assert [each[:21] for each in told] == ["Fri 9 Oct 23:32  ack "]
    stage.until("Sat 10 Oct 04:00 Berlin")
    assert firsts(stage.ben.reads()) == [
        "Ana would like to introduce you, and asks that person first."
    ]


# --- more than one


@row("letter-intro")
def test_the_same_one_twice_is_told_kindly_while_it_is_asked_about_and_while_it_is_a_to_do() -> (
    None
):
    stage = wished()
    known = "I have that introduction already. Nothing has changed."
    stage.ana.replies("started", "Introduction: Priya Rao (Example Labs)")
    assert stage.ana.last("intro-told").first == known
    stage.ben.replies("intro", "1")
    stage.ben.replies("started", "intro: PRIYA RAO")
    assert stage.ben.last("intro-told").first == known
    assert kinds(stage.ben.reads()).count("intro") == 1
    assert len(to_dos(stage)) == 1


@row("letter-intro")
def test_three_are_open_at_a_time_and_done_makes_room() -> None:
    stage = wished(words="INTRO: Amy\nINTRO: Bob\nINTRO: Cyd\nINTRO: Dee")
    assert told(stage.ana) == [
        "Understood: I ask Ben first.",
        "Enough is open between you two already, so I have asked nobody.",
    ]
    assert "| Dee" in stage.ana.last("intro-told").text
    stage.ben.reads()
    first = next(each for each in stage.ben.letters if "| Amy" in each.text)
    stage.ben.answers(first, "1")
    stage.ana.replies("started", "INTRO: Dee")
    assert stage.ana.last("intro-told").first.startswith("Enough is open")
    stage.ana.replies("intro-draft", "DONE a")
    stage.ana.replies("started", "INTRO: Dee")
    assert stage.ana.last("intro-told").first == "Understood: I ask Ben first."


@row("letter-intro")
def test_among_other_lines_it_is_no_part_of_the_note() -> None:
    stage = on_friday()
    stage.until("Tue 13 Oct 16:00 Berlin")
    stage.ben.replies(
        "notes", f"We spoke about the lab.\n{INTRO}\ntodo: send the CV\nprivate: nervous"
    )
    state = stage.state()
    assert [n.text for n in state.notes if not n.private] == ["We spoke about the lab."]
    assert to_dos(stage) == [("a", "mentee", "send the CV")]
    stage.passes(30)
    assert ASKED_ANA in firsts(stage.ana.reads())
    assert "Priya" not in stage.ana.last("copy").text


# --- when there are no 1:1s, and of whom nobody is asked


@row("letter-intro", "pairing-paused")
def test_while_the_1_1s_pause_nobody_is_asked_and_what_was_asked_can_be_answered() -> None:
    stage = wished()
    stage.ben.replies("started", "PAUSE")
    stage.ana.replies("started", "INTRO: Bob Ode")
    assert (
        stage.ana.last("intro-told").first == "There are no 1:1s just now, so I have asked nobody."
    )
    stage.ben.replies("intro", "1")
    assert to_dos(stage) == [("a", "mentor", WHO)]


@row("letter-intro", "pairing-closing")
def test_while_they_come_to_an_end_somebody_is_asked_as_ever_and_afterwards_nobody() -> None:
    stage = on_friday()
    stage.ben.replies("started", "LEAVE")
    stage.ben.replies("leave", "1")
    assert stage.state().standing == "closing"
    stage.ana.replies("started", INTRO)
    stage.ben.replies("intro", "yes please")
    assert to_dos(stage) == [("a", "mentor", WHO)]
    stage.until("Sat 31 Oct 12:00 Berlin")
    assert stage.state().standing == "closed"
    stage.ben.replies("copy" if "copy" in kinds(stage.ben.reads()) else "notes", "INTRO: Bob Ode")
    assert (
        stage.ben.last("intro-told").first == "There are no 1:1s just now, so I have asked nobody."
    )
    assert stage.state().questions == ()


@row("letter-intro")
def test_in_a_group_nobody_is_asked_and_a_member_s_line_is_a_topic() -> None:
    stage = group()
    stage.ana.replies("started", INTRO)
    assert stage.ana.last("intro-told").text.split("\n")[:3] == [
        "In a group I ask nobody about introductions. A to-do does as well.",
        f"| {WHO}",
        'Write it behind "todo:". It then stands in the preps until it is done.',
    ]
    stage.dan.replies("group-welcome", INTRO)
    assert f"Dan: {WHO}" in [each.text for each in stage.state().agenda]
    assert stage.state().questions == ()


# --- what is left out, and who reads it


@row("letter-intro")
def test_an_address_in_the_line_is_shown_to_nobody_and_kept_by_nobody() -> None:
    address = "priya.rao@labs.example.com"
    stage = wished(words=f"INTRO: Priya Rao <{address}>, designs at Example Labs, +49 30 1234567")
    assert f"| {WHO}\n" in stage.ben.last("intro").text
    stage.ben.replies("intro", "1")
    assert to_dos(stage) == [("a", "mentor", WHO)]
    read = [each.text for someone in (stage.ana, stage.ben, stage.maya) for each in someone.letters]
    assert not [text for text in read if address in text or "1234567" in text]
    assert not in_the_store(stage, address)
    stage.ana.replies("started", f"INTRO: {address}")
    assert stage.ana.last("intro-told").first == (
        "Whom is it about? I read no name, and keep no addresses."
    )


@row("letter-intro", "letter-private-hold")
def test_what_looks_as_if_it_were_meant_for_few_is_held_and_private_is_private() -> None:
    stage = wished("ben", "INTRO: Priya Rao, I feel unsafe with Ana and need another mentor")
    assert kinds(stage.ben.reads()) == ["private-hold"]
    assert "Priya" not in "".join(each.text for each in stage.ana.letters)
    stage.ben.replies("private-hold", "3")
    stage.passes(10)
    assert firsts(stage.ana.reads()) == [ASKED_ANA]
    stage = wished("ben", f"private: {INTRO}")
    assert (stage.ana.reads(), stage.state().questions) == ([], ())


# --- UNDO


@row("letter-intro", "undo-words")
def test_undo_before_the_letter_goes_leaves_no_trace_of_it() -> None:
    stage = on_friday()
    stage.until("Fri 9 Oct 20:00 Berlin")
    stage.ana.replies("started", INTRO)
    stage.ana.replies("intro-told", "UNDO")
    assert stage.ana.last("intro-told").first == (
        "Taken back: nobody is asked about that introduction any more."
    )
    stage.until("Sat 10 Oct 12:00 Berlin")
    assert stage.ben.reads() == []


@row("letter-intro", "undo-words")
def test_undo_of_what_was_asked_is_told_and_after_the_answer_it_is_too_late() -> None:
    stage = wished()
    assert kinds(stage.ben.reads()) == ["intro"]
    stage.ana.replies("intro-told", "UNDO")
    assert firsts(stage.ben.reads()) == ["Ana has taken back a question to you. Nothing to do."]
    stage.ben.replies("intro", "1")
    assert to_dos(stage) == []
    stage = wished()
    stage.ben.replies("intro", "1")
    stage.ana.replies("intro-told", "UNDO")
    assert stage.ana.last("ack").first == "There is nothing left that I could take back."
    assert to_dos(stage) == [("a", "mentor", WHO)]


# --- in Portuguese


@row("letter-intro", "letter-language")
def test_each_writes_and_reads_it_in_their_own_language() -> None:
    eva = replace(BEN, language="pt")
    stage = on_monday(line(ANA, eva))
    stage.ben.replies("started", f"Apresentar: {WHO}")
    assert stage.ben.last("intro-told").first == "Entendi: primeiro pergunto a Ana."
    assert stage.ana.last("intro").first == ASKED_ANA
    stage.ana.replies("intro", "1")
    stage.until("Tue 13 Oct 09:10 Berlin")
    assert f"a  Ana: apresentar Ben a {WHO}" in stage.ben.last("prep-mentee").text
    stage = on_monday(line(replace(RUI, language="pt"), BEN))
    stage.ben.replies("started", INTRO)
    stage.until("Mon 12 Oct 16:00 Berlin")
    assert stage.rui.last("intro").first == (
        "Ben gostaria de conhecer alguém. Você poderia apresentar?"
    )
    stage.rui.replies("intro", "agora não")
    assert stage.rui.last("intro-told").first == "Entendi: por enquanto, ninguém é apresentado."
