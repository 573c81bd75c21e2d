"""INVITE: an advisor is asked to one 1:1, by two letters at most, and forgotten 30 days after it (RULES 11, LETTERS 2).

Not how INVITE is read in a mail: tests/mail/test_topics.py.
"""

from __future__ import annotations

import pytest

from daemon.domain.observation import Said
from daemon.domain.people import Person
from daemon.domain.value import replace
from tests.stories.beginnings import on_friday
from tests.stories.people import Someone, kinds
from tests.stories.rows import row
from tests.stories.stage import Stage, before
from tests.stories.test_bounced import comes_back

PRIYA = Person("priya", "Priya Nair", "priya@lab.example.org", "Europe/Berlin")
INVITE = Said("invite", text=PRIYA.address, about="internships")
TUESDAY = "Tuesday's 1:1 (13 Oct)"
FORGOTTEN = "Fri 13 Nov 10:00 Berlin"


def wished(by: str = "ana") -> tuple[Stage, Someone]:
    """On Friday one of the two wishes Priya at Tuesday's 1:1, and the other one is asked."""
    stage = on_friday()
    priya = stage.someone(PRIYA)
    stage.people[by].says("started", INVITE)
    return stage, priya


def asked() -> tuple[Stage, Someone]:
    """Ben has heard of it and says nothing: on Saturday evening Priya is asked."""
    stage, priya = wished()
    stage.until("Sun 11 Oct 12:00 Berlin")
    stage.all_read()
    return stage, priya


def firsts(reads: list[str]) -> list[str]:
    """The first lines."""
    return [each.split("  ")[2] for each in reads]


def guests(stage: Stage) -> dict[str, list[str]]:
    """The days on which somebody else than Ben is a guest, by the day, as the calendar of the 1:1s has it."""
    found: dict[str, list[str]] = {}
    for event in stage.outside.world.account("ana@example.org").events.values():
        for at, changed in event.changed.items():
            if others := sorted(set(changed.answers or ()) - set(event.guests)):
                found[at[:10]] = others
        assert set(event.guests) == {"ben@example.org"}
    return found


def in_the_store(stage: Stage, text: str) -> bool:
    """Whether these bytes stand anywhere in the file of the store."""
    stage.daemon.ports.store.settle_file()
    dump = "\n".join(stage.daemon.ports.store._rows.connection.iterdump())  # type: ignore[attr-defined]
    return text in dump or text.encode().hex().upper() in dump.upper()


# --- whether anybody is asked


@row("letter-invite")
def test_of_a_mentor_the_mentee_hears_first_and_silence_for_a_day_is_a_yes() -> None:
    stage, priya = wished()
    assert firsts(stage.ana.reads()) == [f"Understood: you would like a guest at {TUESDAY}."]
    assert stage.ben.reads() == [
        "Fri 9 Oct 13:30  advisor-heads-up  Ana would like to invite somebody to a 1:1. Is that all right?"
    ]
    heads_up = stage.ben.last().text
    assert f"| {PRIYA.address}" in heads_up
    assert "by Sat 10 Oct, 13:30 Kolkata (10:00 Berlin), I take it for a yes" in heads_up
    stage.until("Sat 10 Oct 09:00 Berlin")
    assert priya.reads() == []
    stage.until("Sat 10 Oct 11:00 Berlin")
    assert priya.reads() == [
        "Sat 10 Oct 10:00  advisor  Ana Rao asks you to join one 1:1 with Ben Das. Can you come?"
    ]
    assert (stage.maya.reads(), stage.ana.reads(), stage.ben.reads()) == ([], [], [])


@row("letter-invite")
def test_the_letter_says_time_topic_and_the_day_of_forgetting_and_nothing_else() -> None:
    stage = on_friday()
    priya = stage.someone(PRIYA)
    stage.ben.replies("started", "Ana, my grades are a disaster, can we talk about kiwi?")
    stage.ana.says("started", INVITE)
    stage.until("Sat 10 Oct 11:00 Berlin")
    letter = priya.last("advisor")
    assert letter.text.split("\n")[1:10] == [
        "| Tue 13 Oct, 15:00 Berlin (18:30 Kolkata)",
        "| 13:00 UTC",
        "Ana's topic:",
        "| internships",
        "",
        "Reply YES or NO. If I hear nothing, they do not count on you.",
        "I am software, and look after their 1:1s. I write at most twice, and no more after STOP.",
        "You see no notes, and I erase your address on 12 November 2026.",
        "A YES puts it on the calendar event, a NO takes it off; past events keep it.",
    ]
    assert b"kiwi" not in letter.raw
    assert letter.header("Subject") == "KOSS 1:1s: an invitation to one 1:1"


@row("letter-invite")
@pytest.mark.parametrize("word", ["RATHER NOT", "Rather not, sorry.", "2", "No"])
def test_after_rather_not_nobody_is_written_to_and_the_mentor_hears_it_neutrally(word: str) -> None:
    stage, priya = wished()
    stage.ana.reads()
    stage.ben.replies("advisor-heads-up", word)
    assert stage.ben.last("ack").first == "Understood: the two of you alone. Nobody is invited."
    stage.until("Mon 12 Oct 17:00 Kolkata")
    assert firsts([e for e in stage.ana.reads() if "  ack  " in e]) == [
        f"There is no guest at {TUESDAY}. Nothing to do."
    ]
    assert (priya.reads(), in_the_store(stage, PRIYA.address)) == ([], False)


@row("letter-invite")
def test_a_yes_of_the_mentee_need_not_wait_for_a_day() -> None:
    stage, priya = wished()
    stage.ben.replies("advisor-heads-up", "Fine, of course!")
    stage.passes(2)
    assert kinds(priya.reads()) == ["advisor"]


@row("letter-invite")
def test_of_a_mentee_the_mentor_is_asked_and_silence_is_a_no() -> None:
    heard = []
    for word in ("1", "No", ""):
        stage, priya = wished("ben")
        assert firsts(stage.ben.reads()) == ["Understood: I ask Ana whether a guest suits."]
        assert kinds(stage.ana.reads()) == ["invite"]
        if word:
            stage.ana.replies("invite", word)
        stage.until("Mon 12 Oct 17:00 Kolkata")
        heard.append((kinds(priya.reads()), firsts(stage.ben.reads())[:1]))
    no = [f"There is no guest at {TUESDAY}. Nothing to do."]
    assert heard == [
        (["advisor"], [f"Ana agrees to a guest at {TUESDAY}."]), ([], no), ([], no),
    ]  # fmt: skip


@row("letter-invite")
def test_near_a_1_1_the_mentee_has_half_of_the_time_that_is_left_and_then_too_little() -> None:
    stage = on_friday()
    stage.until("Tue 13 Oct 09:00 Berlin")
    priya = stage.someone(PRIYA)
    stage.ana.says("started", INVITE)
    assert "by Tue 13 Oct, 15:30 Kolkata (12:00 Berlin)" in stage.ben.last("advisor-heads-up").text
    stage.until("Tue 13 Oct 12:05 Berlin")
    assert kinds(priya.reads()) == ["advisor"]
    stage.ana.reads()
    other = Said("invite", text="tunde@lab.example.org")
    stage.ana.says("started", other)
    assert firsts(stage.ana.reads()) == [f"I write no invitation for {TUESDAY}."]
    assert "It begins too soon" in stage.ana.last().text


@row("letter-invite")
def test_silence_of_somebody_whom_no_letter_reaches_is_no_yes() -> None:
    stage = on_friday()
    priya = stage.someone(PRIYA)
    comes_back(stage, stage.ben.last("started"))
    stage.ana.says("started", INVITE)
    stage.until("Mon 12 Oct 17:00 Kolkata")
    assert priya.reads() == []


@row("letter-invite")
@pytest.mark.parametrize("how", ["falls out", "moves"])
def test_a_1_1_that_is_no_more_has_no_guest_and_nobody_is_asked_on(how: str) -> None:
    stage, priya = wished("ben")
    stage.ben.reads()
    if how == "moves":
        stage.ana.drags("Tue 13 Oct", "Wed 14 Oct 15:00")
    else:
        stage.ben.says("started", "skip")
    stage.passes(30)
    assert f"There is no guest at {TUESDAY}. Nothing to do." in firsts(stage.ben.reads())
    stage.ana.replies("invite", "1")
    assert stage.ana.last().first == "That list is closed."
    assert priya.reads() == []


@row("letter-invite")
def test_one_of_the_two_is_no_guest() -> None:
    stage = on_friday()
    stage.ana.says("started", Said("invite", text="ben@example.org"))
    assert "Whoever has that address is there anyway." in stage.ana.last("ack").text
    assert (stage.ben.reads(), stage.maya.reads()) == ([], [])


# --- what they answer


@row("letter-invite")
def test_a_yes_makes_a_guest_of_that_one_event_and_both_hear_it_once() -> None:
    stage, priya = asked()
    priya.replies("advisor", "Yes, with pleasure!")
    assert firsts(stage.ana.reads()) == [f"Your guest comes to {TUESDAY}."]
    assert firsts(stage.ben.reads()) == [f"Your guest comes to {TUESDAY}."]
    assert guests(stage) == {"2026-10-13": [PRIYA.address]}
    priya.replies("advisor", "Yes")
    stage.until("Sat 17 Oct 10:00 Berlin")
    assert [e for e in firsts(stage.ana.reads()) if "guest" in e] == []
    assert guests(stage) == {"2026-10-13": [PRIYA.address]}
    assert stage.meeting("Tue 13 Oct").cancelled_by is None


@row("letter-invite")
@pytest.mark.parametrize("word", ["NO", "Sorry, no, I am travelling.", ""])
def test_a_no_and_silence_move_nothing_and_the_two_hear_it_once(word: str) -> None:
    stage, priya = asked()
    if word:
        priya.replies("advisor", word)
    stage.until("Tue 13 Oct 14:00 Berlin")
    said = "can't come to" if word else "has not said yes or no"
    for someone in (stage.ana, stage.ben):
        acks = firsts([e for e in someone.reads() if "  advisor-told  " in e])
        assert len(acks) == 1
        assert said in acks[0]
    assert (guests(stage), stage.meeting("Tue 13 Oct").stands) == ({}, True)
    assert len(priya.letters) == 1


@row("letter-invite")
def test_words_that_are_neither_are_shown_to_the_two_and_cut_short() -> None:
    stage, priya = asked()
    priya.replies("advisor", "Who else will be there? " * 40)
    assert firsts(stage.ben.reads()) == [f"Your guest for {TUESDAY} has answered."]
    assert stage.ben.last().text.count("Who else") < 12
    priya.replies("advisor", "Yes")
    assert guests(stage) == {"2026-10-13": [PRIYA.address]}


@row("letter-invite")
def test_stop_is_a_no_and_that_address_is_never_written_to_again() -> None:
    stage, priya = asked()
    priya.replies("advisor", "Please don't write to me again.")
    assert firsts(stage.ana.reads()) == [f"Your guest can't come to {TUESDAY}."]
    assert not in_the_store(stage, PRIYA.address)
    stage.until("Wed 14 Oct 10:00 Berlin")
    stage.all_read()
    stage.ana.says("started", INVITE)
    assert "wants no more letters from me" in stage.ana.last().text
    stage.until("Mon 19 Oct 10:00 Berlin")
    assert len(priya.letters) == 1


@row("letter-invite")
def test_stop_after_the_1_1_counts_for_the_next_one() -> None:
    stage, priya = asked()
    priya.replies("advisor", "Yes")
    stage.until("Wed 14 Oct 10:00 Berlin")
    stage.all_read()
    priya.replies("advisor", "STOP")
    assert "advisor-told" not in kinds(stage.ana.reads())
    stage.ana.says("started", INVITE)
    assert "wants no more letters from me" in stage.ana.last().text


@row("letter-invite")
def test_a_letter_that_comes_back_is_told_to_who_wished_it_alone() -> None:
    stage, priya = asked()
    comes_back(stage, priya.last("advisor"), address=PRIYA.address)
    assert firsts(stage.ana.reads()) == ["My letter to your guest came back."]
    assert (stage.ben.reads(), stage.maya.reads()) == ([], [])
    assert stage.state().advisors == ()


@row("letter-invite")
def test_a_decline_in_the_calendar_is_never_the_mentee_s() -> None:
    stage, priya = asked()
    priya.replies("advisor", "Yes")
    stage.all_read()
    priya.declines("Tue 13 Oct")
    stage.until("Mon 12 Oct 10:00 Berlin")
    assert stage.meeting("Tue 13 Oct").stands
    assert [e for e in kinds(stage.ana.reads()) if not e.startswith("prep")] == ["advisor-told"]


@row("letter-invite")
@pytest.mark.parametrize("how", ["another address", "no citation", "somebody else's letter"])
def test_an_advisor_is_known_by_the_letter_and_the_address_and_by_nothing_else(how: str) -> None:
    stage, priya = asked()
    match how:
        case "another address":
            priya.replies("advisor", "Yes", From="priya@else.example.net")
        case "no citation":  # the reply address names the letter
            priya.replies("advisor", "Yes", In_Reply_To="", References="")
        case _:
            nowhere = "<a@b.example>"
            priya.replies(
                "advisor", "Yes", To=stage.program.mailbox, In_Reply_To=nowhere, References=nowhere
            )
    assert bool(guests(stage)) == (how == "no citation")
    assert kinds(priya.reads()) == []


# --- when the 1:1 changes


@row("letter-invite")
def test_when_it_moves_they_are_asked_once_more_and_that_is_the_last_letter() -> None:
    stage, priya = asked()
    priya.replies("advisor", "Yes")
    priya.reads()
    stage.ana.drags("Tue 13 Oct", "Wed 14 Oct 15:00")
    stage.passes(30)
    assert firsts(priya.reads()) == ["The 1:1 of Ana Rao and Ben Das has moved. Can you come?"]
    text = priya.last().text
    assert "| Wed 14 Oct, 15:00 Berlin (18:30 Kolkata)" in text
    assert "This is my last letter. I erase your address on 13 November" in text
    first = next(each for each in priya.letters if "asks you" in each.first)
    stage.all_read()
    priya.answers(first, "Yes")
    assert "advisor-told" not in kinds(stage.ana.reads())
    priya.replies("advisor", "No")
    assert "I take your guest off that one event." in stage.ana.last("advisor-told").text
    stage.ana.drags("Wed 14 Oct", "Thu 15 Oct 15:00")
    stage.until("Thu 15 Oct 10:00 Berlin")
    assert priya.reads() == []


@row("letter-invite")
@pytest.mark.parametrize("how", ["skipped", "deleted", "paused", "ended"])
def test_when_it_falls_out_they_hear_it_and_leave_the_calendar_with_it(how: str) -> None:
    stage, priya = asked()
    priya.replies("advisor", "Yes")
    priya.reads()
    assert len(priya.shown(10)) == 1
    match how:
        case "skipped":
            stage.ben.says("started", "skip")
        case "deleted":
            stage.ana.deletes("Tue 13 Oct")
            stage.until("Mon 12 Oct 16:00 Berlin")
        case "paused":
            stage.ana.says("started", "pause")
        case _:
            stage.reconfigured(replace(stage.config.lines[0], state="closed"))
    stage.until("Tue 13 Oct 13:00 Berlin")
    told = firsts([e for e in priya.reads() if "  advisor  " in e])
    assert told == ["The 1:1 of Ana Rao and Ben Das does not take place. Nothing to do."]
    assert priya.shown(10) == []


@row("letter-invite")
def test_before_the_first_letter_went_nothing_is_said_to_them() -> None:
    stage, priya = wished()
    stage.ben.says("started", "skip")
    stage.until("Tue 13 Oct 13:00 Berlin")
    assert priya.reads() == []
    assert not in_the_store(stage, PRIYA.address)


# --- forgotten


@row("letter-invite")
@pytest.mark.parametrize("word", ["Yes", "No", ""])
def test_30_days_after_it_no_byte_of_them_is_left(word: str) -> None:
    stage, priya = asked()
    if word:
        priya.replies("advisor", word)
    own_id = priya.last("advisor").header("Message-ID")
    stage.until("Wed 11 Nov 10:00 Berlin")
    assert in_the_store(stage, PRIYA.address)
    assert stage.daemon.ports.store.letter(own_id)
    stage.until(FORGOTTEN)
    assert not in_the_store(stage, PRIYA.address)
    assert not in_the_store(stage, "priya")
    assert stage.daemon.ports.store.letter(own_id) is None
    before = len(priya.letters)
    priya.replies("advisor", "Yes")
    stage.passes(5)
    assert (len(priya.letters), stage.state().advisors) == (before, ())
    assert not any("priya" in each for each in stage.why(""))


@row("letter-invite")
def test_whom_a_calendar_says_that_it_has_told_is_forgotten_too() -> None:
    stage = before(at="Fri 9 Oct 10:00 Berlin", tells_guests=True)
    priya = stage.someone(PRIYA)
    stage.ana.says("started", INVITE)
    stage.until("Sun 11 Oct 12:00 Berlin")
    priya.replies("advisor", "Yes")
    stage.ana.says("started", "move")
    stage.passes(30)
    stage.ben.replies("proposal", "2")
    stage.passes(60)
    assert PRIYA.address in str(stage.state().meetings + stage.state().series)
    stage.until("Thu 12 Nov 09:00 Berlin")
    stage.until("Wed 18 Nov 10:00 Berlin")
    assert not in_the_store(stage, PRIYA.address)
