"""DONE, YES, NO, and what is said of the pairing as a whole, in tables: what it changes, until when, and its answer.

Not commands about the time of a 1:1: test_replies_commands.py.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from daemon.decide.keys import short
from daemon.decide.replies import reply_seen
from daemon.domain.observation import PersonSaid, Said
from daemon.domain.pair import Absence, Pause, Undo
from daemon.domain.people import Days
from daemon.domain.proposal import Proposal
from daemon.domain.question import Question
from daemon.domain.thread import Action
from daemon.domain.value import replace
from tests.decide.pair_cast import DAY, HOUR, MINUTE, NOW, meeting, turn_of
from tests.decide.replies_cast import CLASH, REGULAR, STARTED, key, led_to, listed, mail

# --- DONE


def test_done_ticks_off_what_is_open_and_named() -> None:
    given = [Action("a", "mentee", "the CV", NOW - DAY), Action("b", "mentor", "Priya", NOW - DAY)]
    old = Action("c", "mentee", "the lab", NOW - DAY, done_at=NOW - HOUR)
    turn = turn_of(meeting(13), actions=(*given, old))
    reply_seen(turn, mail(STARTED, Said("done", letters=("a", "c", "x"))))
    assert [each.done_at for each in turn.state.actions] == [NOW, None, NOW - HOUR]
    assert led_to(turn) == ["ben ack done"]
    answered = turn.effects[0].change.facts  # type: ignore[union-attr]
    assert (answered["what"], answered["items"], answered["undo"]) == ("done", ["the CV"], True)
    assert turn.state.undo == (
        Undo("done", "mentee", NOW, NOW + DAY, name="a", mail=short("<m@example.org>")),
    )


# --- YES and NO


@pytest.mark.parametrize(
    ("after", "understood"),
    [(-MINUTE, False), (0 * DAY, True), (14 * DAY - MINUTE, True), (14 * DAY, False)],
)
@pytest.mark.parametrize("word", ["yes", "no"])
def test_whether_it_took_place_is_heard_from_its_end_on_for_a_fortnight(
    word: str, after: timedelta, understood: bool
) -> None:
    turn = turn_of(meeting(6), now=meeting(6).end + after)
    reply_seen(turn, mail(key("notes", 6), word))
    heard = {"yes": "held", "no": "missed"}[word]
    assert turn.state.meetings[0].standing == (heard if understood else "planned")
    told = {"yes": [], "no": ["ben ack missed"]}[word]
    assert led_to(turn) == (told if understood else ["ben unclear other"])


@pytest.mark.parametrize(
    ("person", "word", "fields", "told", "standing"),
    [
        ("ana", "yes", {}, ["ana ack yes"], "invited"),
        ("ana", "yes", {"mentee_yes": NOW}, [], "invited"),
        ("ana", "no", {}, ["ana ack no"], "closed"),
        ("ana", "leave", {}, ["ana ack no"], "closed"),
        ("ben", "yes", {"mentor_yes": NOW}, [], "invited"),
        ("ben", "no", {"mentor_yes": NOW, "proposal": REGULAR}, ["ben ack no"], "closed"),
        (
            "ben",
            "yes",
            {"mentor_yes": NOW, "proposal": REGULAR},
            ["ben unclear proposal"],
            "invited",
        ),
    ],
)
def test_yes_and_no_to_the_first_letters(
    person: str, word: str, fields: dict[str, Any], told: list[str], standing: str
) -> None:
    turn = turn_of(**{"standing": "invited", "mentor_yes": None, "mentee_yes": None, **fields})
    touchpoint = "welcome-mentee" if person == "ben" else "welcome-mentor-connected"
    reply_seen(turn, mail(key(touchpoint, "welcome", person), word, person=person))
    letters = [each for each in led_to(turn) if not each.startswith("contact")]
    assert (letters, turn.state.standing) == (told, standing)
    said_yes = {"ana": turn.state.mentor_yes, "ben": turn.state.mentee_yes}[person]
    assert bool(said_yes) == (word == "yes" and "unclear" not in str(told))


MOVED = listed(13, cause="moved", keeps=True, kind="meeting")


@pytest.mark.parametrize(
    ("answers", "word", "proposal", "picked"),
    [
        (key("moved", 13), "yes", MOVED, 1),
        (key("moved", 13), "no", MOVED, 0),
        (key("moved", 13), "yes", replace(MOVED, cause="asked"), 0),
        (key("notes", 13), "yes", MOVED, 0),  # whether it took place
    ],
)
def test_yes_where_the_question_is_whether_it_may_stay_keeps_it(
    answers: str, word: str, proposal: Proposal, picked: int
) -> None:
    turn = turn_of(meeting(13, standing="moved"), proposal=proposal)
    reply_seen(turn, mail(answers, word))
    assert turn.state.proposal is not None and turn.state.proposal.picked == picked
    assert bool(led_to(turn)) == (not picked)


# --- lists and questions


@pytest.mark.parametrize("word", ["keep", "yes", "choose"])
def test_what_is_said_to_a_question_that_is_over_answers_no_other(word: str) -> None:
    turn = turn_of(meeting(13), proposal=MOVED)
    reply_seen(turn, mail(key("clash", "20261013"), Said(word, (1,))))
    assert (led_to(turn), turn.state.proposal) == (["ben unclear closed-list"], MOVED)


def test_the_answer_to_a_question_is_followed_and_acknowledged_once() -> None:
    turn = turn_of(meeting(13), questions=(CLASH,))
    reply_seen(turn, mail(key("clash", "20261013", "ana"), "keep", person="ana"))
    assert (led_to(turn), turn.state.questions) == (["ana ack clash-1"], ())


def test_a_number_none_and_keep_are_understood_by_the_list() -> None:
    answers = key("proposal", f"{meeting(13).origin}#1.1")
    turn = turn_of(meeting(13, standing="cancelled"), proposal=listed(13))
    reply_seen(turn, mail(answers, Said("choose", (2,))))
    assert (led_to(turn), getattr(turn.state.proposal, "picked", 0)) == ([], 2)
    turn = turn_of(meeting(13, standing="cancelled"), proposal=listed(13))
    reply_seen(turn, mail(answers, "none"))
    assert (led_to(turn), getattr(turn.state.proposal, "renew", "")) == ([], "none")
    turn = turn_of(meeting(13), proposal=listed(13, cause="asked", keeps=True))
    reply_seen(turn, mail(answers, "keep"))
    assert (led_to(turn), turn.state.proposal) == (["ben ack clash-1"], None)


# --- the pairing as a whole


def test_leave_is_asked_about_and_nothing_else() -> None:
    turn = turn_of(meeting(13))
    reply_seen(turn, mail(STARTED, "leave"))
    assert ([each.kind for each in turn.state.questions], led_to(turn)) == (["leave"], [])
    assert turn.state.standing == "active"


BREAK = meeting(20, standing="skipped", settled_by="rule", off="break", gone=True)


def test_meet_looks_for_a_time_for_the_next_1_1_that_the_program_leaves_out() -> None:
    later = replace(BREAK, origin=meeting(27).origin, start=meeting(27).start)
    turn = turn_of(meeting(13), later, BREAK)
    reply_seen(turn, mail(STARTED, "meet"))
    wanted = {m.origin.day.day: (m.asked_by, m.changed_at) for m in turn.state.meetings}
    assert wanted == {13: (None, None), 20: ("mentee", NOW), 27: (None, None)}
    assert led_to(turn) == ["ben ack meet"]
    assert turn.effects[0].change.facts["start"] == "2026-10-20T13:00:00Z"  # type: ignore[union-attr]


def test_meet_where_nothing_is_left_out_is_for_later() -> None:
    turn = turn_of(meeting(13))
    reply_seen(turn, mail(STARTED, "meet"))
    assert (led_to(turn), turn.state.meetings) == (["ben ack meet-later"], (meeting(13),))


@pytest.mark.parametrize(
    ("text", "questions", "told", "often"),
    [
        ("biweekly", (), "ben ack wish", (2, 0)),
        ("weekly", (), "ben ack cadence-no", (0, 0)),  # it is so already
        ("", (), "ben ack cadence-no", (0, 0)),
        (
            "biweekly",
            (
                Question(
                    "wish",
                    "mentee",
                    "o",
                    NOW,
                    NOW + timedelta(days=7),
                    facts={"what": "cadence", "weeks": 2, "months": 0},
                ),
            ),
            "ben ack wish-1",
            (2, 0),
        ),
    ],
)
def test_another_rhythm_is_a_wish_unless_the_other_one_has_wished_the_same(
    text: str, questions: tuple[Question, ...], told: str, often: tuple[int, int]
) -> None:
    turn = turn_of(meeting(13), questions=questions)
    reply_seen(turn, mail(STARTED, Said("cadence", text=text)))
    assert led_to(turn) == [told]
    facts = turn.effects[0].change.facts  # type: ignore[union-attr]
    assert (facts["weeks"], facts["months"]) == often


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (Said("away", days=(date(2026, 10, 12), date(2026, 10, 17))), "ack away"),
        (Said("pause"), "ack pause"),
        (Said("resume"), "unclear other"),  # nothing is paused
        (Said("zone", text="Europe/Berlin"), ""),  # asked about by a letter of its own
        (Said("zone"), "unclear other"),
    ],
)
def test_what_somebody_says_of_themselves_holds_here_and_is_handed_on(
    said: Said, told: str
) -> None:
    turn = turn_of(meeting(13))
    reply_seen(turn, mail(STARTED, said))
    assert led_to(turn) == ([f"ben {told}"] if told else [])
    handed_on = [seen for _, seen in turn.forwarded if isinstance(seen, PersonSaid)]
    on = said.word != "pause" and "unclear" not in told  # a mentee's pause holds here alone
    assert handed_on == ([PersonSaid("ben", said, NOW)] if on else [])
    away = (Absence("mentee", AWAY.days, NOW, "reply"),) if said.word == "away" else ()
    pause = Pause(NOW, date(2026, 12, 6), "mentee") if said.word == "pause" else None
    assert (turn.state.absences, turn.state.pause) == (away, pause)
    zone = said.text or "Asia/Kolkata"
    assert turn.state.line.mentee.zone == zone


# --- words, and UNDO


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"text": "Hm."}, ["ben first-note"]),
        ({"private": "Hm."}, []),
        ({"todos": (("mentee", "the CV"),)}, []),
    ],
)
def test_words_to_notes_are_kept_and_can_be_taken_back_for_a_fortnight(
    words: dict[str, Any], told: list[str]
) -> None:
    turn = turn_of(meeting(6))
    reply_seen(turn, mail(key("notes", 6), **words))
    assert len(turn.state.notes) + len(turn.state.actions) == 1
    name = "private" if "private" in words else ""
    assert turn.state.undo == (Undo("words", "mentee", NOW, NOW + 14 * DAY, name=name),)
    assert led_to(turn) == told


AWAY = Absence("mentee", Days(date(2026, 10, 12), date(2026, 10, 17)), NOW - HOUR)
PAUSE = Pause(NOW - HOUR, date(2026, 11, 1), "mentee")


@pytest.mark.parametrize(
    ("what", "fields", "handed_on"),
    [
        (
            "away",
            {"absences": (AWAY,)},
            Said("undo", text="away", days=(AWAY.days.first, AWAY.days.last)),
        ),
        ("pause", {"pause": PAUSE, "standing": "paused"}, None),
        ("move", {}, None),
    ],
)
def test_undo_is_answered_with_what_it_took_back_and_handed_on(
    what: Any, fields: dict[str, Any], handed_on: Said | None
) -> None:
    before = meeting(13) if what == "move" else None
    name = "mentee-20261012-20261017" if what == "away" else str(meeting(13).origin)
    undo = Undo(what, "mentee", NOW - HOUR, NOW + DAY, before, name=name)
    turn = turn_of(meeting(13, asked_by="mentee"), undo=(undo,), **fields)
    reply_seen(turn, mail(STARTED, "undo"))
    assert led_to(turn) == [f"ben ack undone-{what}"]
    start = turn.effects[0].change.facts["start"]  # type: ignore[union-attr]
    assert start == ("2026-10-13T13:00:00Z" if before else None)
    told = [PersonSaid("ben", handed_on, NOW)] if handed_on else []
    assert [seen for _, seen in turn.forwarded if isinstance(seen, PersonSaid)] == told
    assert (turn.state.standing, turn.state.absences, turn.state.pause) == ("active", (), None)


@pytest.mark.parametrize(
    ("answers", "asked_by", "told"),
    [
        (key("moved", 13), "mentee", []),  # read as MOVE
        (STARTED, None, ["ben ack undo-late"]),
        (key("left-out", 13), None, ["ben ack undo-late"]),
    ],
)
def test_undo_too_late_is_move_where_a_move_was_told(
    answers: str, asked_by: str | None, told: list[str]
) -> None:
    turn = turn_of(meeting(13))
    reply_seen(turn, mail(answers, "undo"))
    assert (turn.state.meetings[0].asked_by, led_to(turn)) == (asked_by, told)
