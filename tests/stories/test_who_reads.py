"""Who reads a reply: what is done with words is what the foot of the answered letter promises (RULES 8).

Not what becomes of words that the pair reads: test_words.py.
"""

from __future__ import annotations

import re

import pytest

from daemon.decide.helping import HELPER
from daemon.decide.keys import lane_of_pairing, letter_stem
from daemon.decide.pairing import decide_pairing
from daemon.decide.promised import OF_THE_HELPER, occasion_of_ack, occasion_of_unclear
from daemon.deciding import world_of
from daemon.domain.cadence import RegularTime
from daemon.domain.effect import SendLetter, TellAdmin
from daemon.domain.observation import ReplySeen, Said
from daemon.domain.value import replace
from daemon.domain.world import PairingState, Plan
from daemon.mail.fixtures import FIXTURES, Fixture
from daemon.mail.render import Templates
from tests.stories.cast import ANA, BEN, CHI, DAN, EVA, PATIENT, line
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import TEMPLATES, Stage, running

SHIPPED = Templates([TEMPLATES])
TO_MEMBERS = ("group-welcome", "group-prep", "group-news", "group-ended", "group-ack")
"""To members of a group, who are not of a pair: test_groups.py."""
CASES = [
    (name, fixture)
    for name, fixtures in FIXTURES.items()
    for fixture in fixtures
    # To somebody outside the pair; and to one of a pair that has ended, of which test_follow_up.py tells.
    if name not in ("admin", "help-case", "follow-up") and name not in TO_MEMBERS
]
WORDS = "I had hoped for less of this."
PAIR = re.compile(r"(you and \w+|everybody in the group)\. Lines starting")
CONTACT = re.compile(r"only Maya")


def foot(touchpoint: str, fixture: Fixture) -> str:
    """What the letter says of who reads the reply."""
    text = SHIPPED.render(touchpoint, "en", fixture.context()).text
    found = re.search(r"^Who reads your reply: (.*)$", text, re.MULTILINE)
    assert found
    return found[1]


def key_of(touchpoint: str, fixture: Fixture, stage: Stage) -> str:
    """The key that such a letter would have."""
    occasion = str(stage.meeting("Tue 13 Oct").origin)
    if touchpoint == "ack":
        occasion = occasion_of_ack(fixture.facts["what"], "1a2b")
    elif touchpoint == "unclear":
        occasion = occasion_of_unclear("1a2b", fixture.facts["about"])
    person = stage.config.lines[0].person(fixture.role).id
    return f"{letter_stem(touchpoint, stage.lane(), occasion, person)}/1"


@pytest.fixture(scope="module")
def after_meeting() -> Stage:
    stage = running(program=PATIENT)
    stage.until("Tue 13 Oct 19:40 Kolkata")
    return stage


def answered(stage: Stage, touchpoint: str, fixture: Fixture, **said: object) -> Plan:
    """What is decided when somebody answers such a letter in words."""
    world = world_of(stage.daemon, stage.daemon.ports.store.world(stage.lane()))
    assert world is not None
    person = stage.config.lines[0].person(fixture.role).id
    reply = ReplySeen(
        person,
        "<words@example.org>",
        key_of(touchpoint, fixture, stage),
        (),
        "",
        stage.now,
        trust="verified",
    )
    return decide_pairing(replace(world, inbox=(replace(reply, **said),)), stage.now)  # type: ignore[arg-type]


@row("letter-reads", "letter-note", "letter-topic")
@pytest.mark.parametrize(
    ("touchpoint", "fixture"), CASES, ids=[f"{name}: {each.name}" for name, each in CASES]
)
@pytest.mark.parametrize(
    "said",
    [{"text": WORDS}, {"private": WORDS}, {"todos": (("mentor", WORDS),)}],
    ids=["words", "private", "to-do"],
)
def test_words_reach_whom_the_foot_names_and_nobody_else(
    after_meeting: Stage, touchpoint: str, fixture: Fixture, said: dict[str, object]
) -> None:
    before = after_meeting.state()
    plan = answered(after_meeting, touchpoint, fixture, **said)
    state = plan.state
    assert isinstance(state, PairingState)
    kept = bool(plan.keep or state.agenda != before.agenda or state.actions != before.actions)
    told = [effect for effect in plan.effects if isinstance(effect.change, TellAdmin)]
    asked = [
        e
        for e in plan.effects
        if isinstance(e.change, SendLetter) and e.change.touchpoint == "unclear"
    ]
    promise = foot(touchpoint, fixture)
    helper = [e for e in plan.effects if getattr(e.change, "person", "") == HELPER]
    if touchpoint in OF_THE_HELPER:
        assert (kept, told, asked, len(helper)) == (False, [], [], 1)
        return
    assert not helper
    if plan.keep and (said.keys() == {"private"} or promise.startswith("only you")):
        assert [note.private for note in plan.keep] == [True]
        assert (state.agenda, state.actions) == (before.agenda, before.actions)
        assert (told, asked) == ([], [])
    elif PAIR.match(promise):
        assert (kept, told, asked) == (True, [], [])
    elif CONTACT.search(promise):
        assert (kept, len(told)) == (False, 1)
    else:
        assert (kept, told, len(asked)) == (False, [], 1)
    writer = after_meeting.config.lines[0].person(fixture.role).id
    others = [
        effect.change.facts
        for effect in plan.effects
        if isinstance(effect.change, SendLetter) and effect.change.person != writer
    ]
    assert WORDS not in str(others) + str([effect.change for effect in told])


@row("letter-reads")
@pytest.mark.parametrize("touchpoint", ["moved", "clash", "ended"])
def test_words_beside_a_command_are_kept_no_more_than_others(
    after_meeting: Stage, touchpoint: str
) -> None:
    fixture = replace(FIXTURES[touchpoint][0], role="mentee", reader=None)
    said = (Said("pause"),)
    assert answered(after_meeting, touchpoint, fixture, said=said, text=WORDS).keep == ()


@row("letter-private", "held-presumed")
@pytest.mark.parametrize("touchpoint", ["moved", "clash", "ended", "week-card"])
def test_a_private_line_is_kept_for_its_writer_whatever_letter_it_answers(
    after_meeting: Stage, touchpoint: str
) -> None:
    fixture = replace(FIXTURES[touchpoint][0], role="mentee", reader=None)
    said = (Said("pause"),)
    plan = answered(after_meeting, touchpoint, fixture, said=said, text=WORDS, private="not yet")
    assert [(note.text, note.private) for note in plan.keep] == [("not yet", True)]
    state = plan.state
    assert isinstance(state, PairingState)
    assert state.notes == after_meeting.state().notes
    assert "confirmed" not in {
        m.evidence for m in state.meetings
    }  # it says nothing of whether they met


@row("letter-reads", "held-presumed")
def test_what_is_said_about_a_move_is_no_note_and_no_sign_that_a_meeting_took_place() -> None:
    stage = running(program=PATIENT)
    stage.ana.drags("Tue 13 Oct", "Wed 14 Oct 15:00")
    stage.until("Thu 15 Oct 10:00 Berlin")
    stage.all_read()
    stage.ben.replies("moved", "Ana never asks me first.")
    assert stage.ben.reads() == ["Thu 15 Oct 13:31  unclear  I am not sure what you would like."]
    stage.until("Wed 21 Oct 10:00 Berlin")
    assert stage.daemon.ports.store.notes(stage.lane()) == []
    assert "copy" not in kinds(stage.ana.reads())
    stage.until("Fri 23 Oct 10:00 Berlin")
    assert stage.standing("Tue 13 Oct") == "held presumed"


@row("letter-reads", "letter-unclear")
def test_a_mail_program_that_forgets_what_it_answers_makes_no_note_of_a_personal_answer() -> None:
    stage = running(program=replace(PATIENT, kindly_after=(1, 6)))
    stage.until("Wed 7 Oct 12:00 Kolkata")
    stage.ben.declines("Tue 13 Oct")
    stage.passes(6)
    stage.ben.replies("proposal", "SKIP")
    stage.until("Thu 15 Oct 12:00 Kolkata")
    assert kinds(stage.ben.reads())[-1:] == ["kindly"]
    stage.ben.replies("kindly", "Tuesdays are my hospital days.", In_Reply_To="", References="")
    assert stage.ben.last().choices == stage.ben.last("kindly").choices
    assert stage.daemon.ports.store.notes(stage.lane()) == []


@row("letter-reads", "letter-week-card", "pairing-closed-at-once")
def test_they_still_are_when_the_first_of_them_ended_long_ago() -> None:
    lines = [
        line(ANA, mentee, RegularTime(day, 15, 0))
        for day, mentee in ((0, BEN), (1, CHI), (2, DAN), (3, EVA))
    ]
    stage = running(*lines, program=replace(PATIENT, mentor_notes_days=0))
    stage.reconfigured(replace(lines[0], state="closed"), *lines[1:])
    stage.until("Mon 2 Nov 20:00 Berlin")
    stage.all_read()
    stage.ana.replies("week-card", "This is too much for me.")
    assert [each.split("  ")[2] for each in stage.maya.reads()] == [
        "Ana & Chi: something came that only you can answer."
    ]


@row("letter-reads", "letter-week-card")
def test_words_to_a_week_card_of_many_pairings_are_for_the_contact() -> None:
    lines = [
        line(ANA, mentee, RegularTime(day, 15, 0)) for day, mentee in ((1, BEN), (2, CHI), (3, DAN))
    ]
    stage = running(*lines, program=replace(PATIENT, mentor_notes_days=0))
    stage.until("Mon 12 Oct 20:00 Berlin")
    assert kinds(stage.ana.reads())[-1:] == ["week-card"]
    stage.maya.reads()
    stage.ana.replies("week-card", "SKIP\nThis is too much for me.")
    assert [each.split("  ")[2] for each in stage.ana.reads()] == [
        "That is one for Maya, who now knows that you wrote."
    ]
    assert [each.split("  ")[2] for each in stage.maya.reads()] == [
        "Ana & Ben: something came that only you can answer."
    ]
    assert [stage.standing("Tue 13 Oct"), stage.on_hold()] == ["planned", []]
    assert all(not stage.daemon.ports.store.notes(lane_of_pairing(each.pairing)) for each in lines)
    stage.until("Fri 16 Oct 18:00 Berlin")
    assert not any("too much" in letter.text for letter in stage.ben.letters)
