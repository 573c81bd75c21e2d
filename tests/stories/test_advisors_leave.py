"""An advisor who has said yes, and then says no: by mail, in the calendar, or by STOP (LETTERS 2).

Not what they are asked and what the first answer does: test_advisors.py. Not where no calendar is connected:
test_advisors_by_mail.py.
"""

from __future__ import annotations

import pytest

from daemon.domain.meeting import Place
from daemon.domain.observation import Said
from daemon.domain.people import Person
from tests.stories.cast import CHI, DAN, line
from tests.stories.people import Someone, kinds
from tests.stories.rows import row
from tests.stories.stage import Stage
from tests.stories.test_advisors import (
    FORGOTTEN,
    INVITE,
    PRIYA,
    TUESDAY,
    asked,
    firsts,
    guests,
    in_the_store,
    on_friday,
)

TUNDE = Person("tunde", "Tunde Ola", "tunde@lab.example.org", "Europe/Berlin")
COMES_NOT = f"Your guest can't come to {TUESDAY}."
LISTED = {"2026-10-13": [PRIYA.address]}
WISH = f"INVITE {PRIYA.address} about internships"
THE_DAY = Place("ana@example.org", "", "2026-10-13T15:00")


def coming() -> tuple[Stage, Someone]:
    """Priya has said yes and stands on Tuesday's event; it is Sunday, and all of it is read."""
    stage, priya = asked()
    priya.replies("advisor", "Yes")
    stage.all_read()
    assert guests(stage) == LISTED
    return stage, priya


def by_hand(stage: Stage, who: str = "", off: str = "") -> None:
    """Ana puts somebody on Tuesday's event, or takes somebody off it."""
    world = stage.outside.world
    for event in world.account("ana@example.org").events.values():
        answers = event.changed[THE_DAY.recurrence].answers
        if who:
            answers[who] = "NEEDS-ACTION"
        answers.pop(off, None)
        world.touch(event)
    stage.passes(2)


def changes(stage: Stage) -> list[str]:
    """What was done to the guests of events, one verb each."""
    done = stage.daemon.ports.store.ledger(lane=stage.lane(), key="guest", last=2000)
    return [each.key.partition("/")[0] for each in done if each.what == "settled"]


def versions(stage: Stage) -> list[str]:
    """Of Ana's events."""
    events = stage.outside.world.account("ana@example.org").events.values()
    return [event.version for event in events]


# --- a no


@row("letter-invite")
@pytest.mark.parametrize("how", ["by mail", "in the calendar", "in words", "deleted"])
def test_a_no_after_a_yes_takes_them_off_that_one_event_and_nothing_else(how: str) -> None:
    stage, priya = coming()
    before = (stage.ana.calendar(20), stage.ben.calendar(20))
    match how:
        case "by mail":
            priya.replies("advisor", "NO")
        case "in words":
            priya.replies("advisor", "Sorry, no, I am travelling after all.")
        case "deleted":
            priya.deletes("Tue 13 Oct")
        case _:
            priya.declines("Tue 13 Oct")
    assert (guests(stage), priya.shown(20)) == ({}, [])
    assert (stage.ana.calendar(20), stage.ben.calendar(20)) == before
    stage.passes(20 * 60)
    for someone in (stage.ana, stage.ben):
        read = [e for e in someone.reads() if "prep" not in e]
        assert (kinds(read), firsts(read)) == (["advisor-told"], [COMES_NOT])
        text = someone.last("advisor-told").text
        assert "I take your guest off that one event. Everything else stays as it is." in text
    assert priya.reads() == []
    assert changes(stage) == ["guest", "guest-off"]
    meeting = stage.meeting("Tue 13 Oct")
    assert (meeting.standing, meeting.cancelled_by) == ("planned", None)


@row("letter-invite")
def test_what_was_done_by_our_own_hand_is_nothing_that_somebody_did() -> None:
    stage, priya = coming()
    priya.replies("advisor", "NO")
    stage.all_read()
    before = versions(stage)
    for again in ("NO", "No"):
        priya.replies("advisor", again)
    stage.outside.world.expire("ana@example.org")  # the whole calendar is told once more
    stage.until("Mon 12 Oct 10:00 Berlin")
    assert versions(stage) == before
    assert [e for e in kinds(stage.ana.reads()) if not e.startswith("prep")] == []
    assert len(changes(stage)) == 2
    stage.until("Fri 23 Oct 10:00 Berlin")
    assert stage.standing("Tue 13 Oct") == "held presumed"


@row("letter-invite")
def test_a_yes_after_a_no_puts_them_on_again_and_asks_them_anew() -> None:
    stage, priya = coming()
    priya.declines("Tue 13 Oct")
    assert guests(stage) == {}
    priya.replies("advisor", "Yes, I can come after all")
    assert guests(stage) == LISTED
    assert priya.calendar(5) == ["Tue 13 Oct 15:00 NEEDS-ACTION"]
    priya.replies("advisor", "No")
    stage.until("Mon 12 Oct 10:00 Berlin")
    assert guests(stage) == {}


@row("letter-invite")
def test_a_no_before_the_calendar_had_them_leaves_nothing_to_do() -> None:
    stage, priya = asked()
    stage.ana.locks_out()
    priya.replies("advisor", "Yes")
    priya.replies("advisor", "No")
    stage.ana.lets_in()
    stage.passes(30)
    assert (guests(stage), changes(stage)) == ({}, [])
    assert "Everything else stays as it is." in stage.ben.last("advisor-told").text
    assert "take your guest off" not in stage.ben.last("advisor-told").text


@row("letter-invite")
@pytest.mark.parametrize("point", ["done", "settling"])
def test_a_crash_while_they_are_taken_off_takes_them_off_once(point: str) -> None:
    stage, priya = coming()
    stage.crash_at = (point, "guest-off/")
    priya.replies("advisor", "No")
    stage.passes(60)
    assert (stage.crashes, guests(stage), len(changes(stage))) == (1, {}, 2)
    assert "advisor-told" in kinds(stage.ana.reads())


@row("letter-invite")
def test_while_the_calendar_cannot_be_reached_they_wait_to_be_taken_off() -> None:
    stage, priya = coming()
    stage.ana.locks_out()
    priya.replies("advisor", "No")
    stage.passes(60)
    assert guests(stage) == LISTED
    stage.ana.lets_in()
    stage.passes(30)
    assert guests(stage) == {}


# --- what people do by hand


@row("letter-invite")
def test_whom_a_person_puts_on_again_by_hand_stays() -> None:
    stage, priya = coming()
    priya.replies("advisor", "No")
    by_hand(stage, who=PRIYA.address)
    stage.until("Tue 13 Oct 10:00 Berlin")
    assert guests(stage) == LISTED
    assert len(changes(stage)) == 2


@row("letter-invite")
def test_whom_a_person_has_taken_off_by_hand_stays_off_and_a_no_finds_nothing_to_do() -> None:
    stage, priya = coming()
    by_hand(stage, off=PRIYA.address)
    before = versions(stage)
    stage.passes(60)
    assert guests(stage) == {}
    priya.replies("advisor", "No")
    stage.passes(60)
    assert (guests(stage), versions(stage)) == ({}, before)
    assert firsts(stage.ben.reads()) == [COMES_NOT]


@row("letter-invite")
def test_another_advisor_and_another_guest_of_that_event_stay() -> None:
    stage, priya = coming()
    stage.ana.says("started", Said("invite", text=TUNDE.address))
    tunde = stage.someone(TUNDE)
    stage.ben.replies("advisor-heads-up", "Fine")
    stage.until("Mon 12 Oct 14:00 Berlin")
    tunde.replies("advisor", "Yes")
    by_hand(stage, who="zoe@else.example.org")
    three = sorted([PRIYA.address, TUNDE.address, "zoe@else.example.org"])
    assert guests(stage) == {"2026-10-13": three}
    priya.replies("advisor", "No")
    assert guests(stage) == {"2026-10-13": [each for each in three if each != PRIYA.address]}
    tunde.declines("Tue 13 Oct")
    assert guests(stage) == {"2026-10-13": ["zoe@else.example.org"]}


# --- when the 1:1 changes, and afterwards


@row("letter-invite")
def test_a_no_that_comes_when_no_letter_is_left_takes_them_off_at_the_time_of_now() -> None:
    stage, priya = coming()
    stage.ana.drags("Tue 13 Oct", "Wed 14 Oct 15:00")
    stage.passes(30)
    priya.replies("advisor", "Yes")
    stage.ana.drags("Wed 14 Oct", "Thu 15 Oct 15:00")
    stage.passes(30)
    stage.all_read()
    assert guests(stage) == LISTED  # which names it by its first day
    assert priya.calendar(10) == ["Thu 15 Oct 15:00 NEEDS-ACTION"]
    priya.replies("advisor", "No")
    assert (guests(stage), priya.calendar(10)) == ({}, [])
    assert firsts(stage.ana.reads()) == ["Your guest can't come to Thursday's 1:1 (15 Oct)."]
    assert stage.ana.calendar(7)[0] == "Thu 15 Oct 15:00"


@row("letter-invite")
@pytest.mark.parametrize("word", ["No", "STOP"])
def test_after_the_1_1_its_event_stays_as_it_was_and_only_our_memory_forgets(word: str) -> None:
    stage, priya = coming()
    stage.until("Wed 14 Oct 10:00 Berlin")
    stage.all_read()
    before = versions(stage)
    priya.replies("advisor", word)
    stage.until("Thu 15 Oct 10:00 Berlin")
    assert (guests(stage), versions(stage)) == (LISTED, before)
    assert "advisor-told" not in kinds(stage.ana.reads())
    stage.until(FORGOTTEN)
    assert not in_the_store(stage, PRIYA.address)
    assert guests(stage) == LISTED


# --- STOP


@row("letter-invite")
def test_stop_takes_them_off_and_then_nothing_but_a_digest_is_left() -> None:
    stage, priya = coming()
    priya.replies("advisor", "STOP")
    assert (guests(stage), priya.shown(20)) == ({}, [])
    assert firsts(stage.ana.reads()) == firsts(stage.ben.reads()) == [COMES_NOT]
    assert (stage.state().advisors, in_the_store(stage, PRIYA.address)) == ((), False)
    stage.ana.drags("Tue 13 Oct", "Wed 14 Oct 15:00")
    stage.until("Mon 19 Oct 10:00 Berlin")
    assert priya.reads() == []


@row("letter-invite")
def test_stop_is_remembered_until_the_calendar_can_be_written_to_and_no_longer() -> None:
    stage, priya = coming()
    stage.ana.locks_out()
    priya.replies("advisor", "STOP")
    stage.until("Mon 12 Oct 12:00 Berlin")
    assert guests(stage) == LISTED
    assert [each.answer for each in stage.state().advisors] == ["no"]
    stage.until("Tue 13 Oct 15:01 Berlin")
    assert stage.state().advisors == ()
    stage.ana.lets_in()
    stage.passes(60)
    assert guests(stage) == LISTED  # what is over is left as it is
    assert priya.reads() == []


def of_two_pairs() -> tuple[Stage, Someone]:
    """Ana & Ben and Dan & Chi wish Priya at a 1:1 of theirs: she has said yes to the first, and has read the second."""
    stage = on_friday(line(), line(DAN, CHI))
    priya = stage.someone(PRIYA)
    for mentor, mentee in ((stage.ana, stage.ben), (stage.dan, stage.chi)):
        mentor.replies("started", WISH)
        mentee.replies("advisor-heads-up", "Fine")
        stage.until(f"{'Sat 10' if mentor is stage.ana else 'Sun 11'} Oct 11:00 Berlin")
        if mentor is stage.ana:
            priya.replies("advisor", "Yes")
    assert kinds(priya.reads()) == ["advisor", "advisor"]
    stage.all_read()
    return stage, priya


@row("letter-invite")
def test_stop_holds_for_all_pairs_of_the_program() -> None:
    stage, priya = of_two_pairs()
    priya.replies("advisor", "STOP")  # in answer to Dan's
    stage.until("Mon 12 Oct 10:00 Berlin")
    for someone in (stage.ana, stage.ben, stage.dan, stage.chi):
        assert [e for e in firsts(someone.reads()) if "guest" in e] == [COMES_NOT]
    assert guests(stage) == {}
    assert [stage.state(each).advisors for each in ("ana-ben", "dan-chi")] == [(), ()]
    assert not in_the_store(stage, PRIYA.address)
    stage.until("Wed 14 Oct 10:00 Berlin")
    for mentor in (stage.ana, stage.dan):
        mentor.replies("started", WISH)
        assert "wants no more letters from me" in mentor.last().text
    stage.until("Tue 20 Oct 10:00 Berlin")
    assert priya.reads() == []


@row("letter-invite")
def test_a_pair_that_has_only_wished_them_hears_that_nobody_comes() -> None:
    stage = on_friday(line(), line(DAN, CHI))
    priya = stage.someone(PRIYA)
    stage.ana.says("started", INVITE)
    stage.ben.replies("advisor-heads-up", "Fine")
    stage.until("Sat 10 Oct 11:00 Berlin")
    stage.dan.replies("started", WISH)
    stage.all_read()
    priya.replies("advisor", "STOP")
    stage.chi.replies("advisor-heads-up", "Fine")
    stage.until("Mon 12 Oct 12:00 Berlin")
    no = [f"There is no guest at {TUESDAY}. Nothing to do."]
    assert [e for e in firsts(stage.dan.reads()) if "guest" in e] == no
    assert kinds(priya.reads()) == []
