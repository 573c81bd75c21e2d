"""What a person says of themselves, as tables: how it is answered here, and what of it holds in the other pairings
of that person (RULES 11).

Not what follows from it: test_absence.py, test_pausing.py. Not the letters: tests/stories/test_answers.py.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from daemon.decide.keys import short
from daemon.decide.once import OWN_PAUSE
from daemon.decide.oneself import of_oneself, said_elsewhere, taken_back
from daemon.decide.seen import PairingTurn
from daemon.domain.effect import SendLetter
from daemon.domain.observation import PersonSaid, ReplySeen, Said
from daemon.domain.pair import Absence, Agreed, Pause, Undo
from daemon.domain.people import Days, Role
from daemon.domain.question import Question
from daemon.domain.value import replace
from daemon.domain.world import Commitment
from tests.decide.pair_cast import DAY, HOUR, LONG_AGO, MINUTE, NOW, meeting, series, turn_of
from tests.decide.pausing_cast import NOVEMBER

FIRST, LAST = date(2026, 10, 12), date(2026, 10, 16)
AWAY = Said("away", text="AWAY 12-16 Oct", days=(FIRST, LAST))
PAUSE = Said("pause", text="PAUSE until 3 Nov", days=(date(2026, 10, 7), NOVEMBER))
RESUME = Said("resume")
ZONE = Said("zone", text="America/Toronto")
MAIL = ReplySeen(
    "ben", "<1@example.org>", "", (), "", NOW, trust="verified", thread="pairing/ana-ben"
)
THIS = short("<1@example.org>")
PAUSED: dict[str, Any] = {"standing": "paused", "pause": Pause(LONG_AGO, NOVEMBER, "mentor")}


def said(word: Said, role: Role = "mentee", **state: Any) -> tuple[bool, PairingTurn]:
    turn = turn_of(**{"series": (series(),), "meetings": (meeting(13),), **state})
    return of_oneself(turn, role, MAIL, word), turn


def answers(turn: PairingTurn) -> list[tuple[Any, ...]]:
    """What each letter says: word, days, next start, and whether UNDO is promised."""
    found = []
    for effect in turn.effects:
        assert isinstance(effect.change, SendLetter)
        assert (effect.change.touchpoint, effect.change.answers) == ("ack", "<1@example.org>")
        told = effect.change.facts
        found.append((told["what"], told["days"], told["start"], told["undo"]))
    return found


# --- said here


def test_away_is_answered_may_be_taken_back_for_a_day_and_is_handed_on() -> None:
    understood, turn = said(AWAY)
    assert understood and answers(turn) == [("away", ["2026-10-12", "2026-10-16"], None, True)]
    assert turn.state.absences == (Absence("mentee", Days(FIRST, LAST), NOW),)
    name = "mentee-20261012-20261016"
    assert turn.state.undo == (Undo("away", "mentee", NOW, NOW + DAY, name=name, mail=THIS),)
    assert turn.forwarded == [("person/ben", PersonSaid("ben", AWAY, NOW))]


@pytest.mark.parametrize(
    ("word", "until"), [(PAUSE, NOVEMBER), (Said("pause"), date(2026, 12, 6))]
)  # fmt: skip
@pytest.mark.parametrize("role", ["mentor", "mentee"])
def test_a_pause_is_answered_with_the_day_until_which_it_lasts_and_handed_on_by_a_mentor(
    role: Role, word: Said, until: date
) -> None:
    understood, turn = said(word, role)
    assert understood and turn.state.pause == Pause(NOW, until, role)
    assert answers(turn) == [("pause", ["2026-10-07", until.isoformat()], None, True)]
    assert turn.state.undo == (Undo("pause", role, NOW, NOW + DAY, mail=THIS),)
    told = [("person/ana", PersonSaid("ana", word, NOW))]
    assert turn.forwarded == (told if role == "mentor" else [])


@pytest.mark.parametrize("word", [PAUSE, Said("pause"), RESUME])
@pytest.mark.parametrize("role", ["mentor", "mentee"])
def test_where_they_end_anyway_nothing_changes_but_in_the_others_of_a_mentor(
    role: Role, word: Said
) -> None:
    ending = {"standing": "closing", "agreed": Agreed(ends=date(2026, 10, 20))}
    understood, turn = said(word, role, **ending)
    assert understood and answers(turn) == [("closing", [], None, False)]
    assert turn.effects[0].change.facts["ends"] == "2026-10-20"  # type: ignore[union-attr]
    assert turn.state == turn.world.state
    told = [("person/ana", PersonSaid("ana", word, NOW))]
    assert turn.forwarded == (told if role == "mentor" else [])


@pytest.mark.parametrize(
    "word", [Said("pause", days=(date(2026, 9, 1), date(2026, 10, 7))), AWAY, Said("zone")]
)
def test_there_as_well_a_pause_that_is_over_is_not_understood(word: Said) -> None:
    understood, turn = said(word, "mentor", standing="closing", agreed=Agreed(ends=LAST))
    assert understood == (word is AWAY)
    assert "closing" not in [what for what, *_ in answers(turn)]


def test_resume_is_answered_with_the_next_date_and_is_not_taken_back() -> None:
    understood, turn = said(RESUME, "mentor", **PAUSED)
    assert understood and turn.state.standing == "active"
    assert answers(turn) == [("resume", [], "2026-10-13T13:00:00Z", False)]
    assert turn.state.undo == ()
    assert turn.state.resumed and turn.state.resumed.ended_by == "mentor"
    assert turn.forwarded == [("person/ana", PersonSaid("ana", RESUME, NOW))]


@pytest.mark.parametrize(
    ("role", "standing", "name", "understood"),
    [
        ("mentor", "active", OWN_PAUSE, True),
        ("mentor", "active", "absence/x", False),
        ("mentee", "active", OWN_PAUSE, False),
    ],
)
def test_a_mentors_resume_is_handed_on_from_where_the_1_1s_go_on_already(
    role: Role, standing: Any, name: str, understood: bool
) -> None:
    turn = turn_of(series=(series(),), meetings=(meeting(13),), standing=standing)
    there = Commitment("pairing/ana-chi", "told", LONG_AGO, LONG_AGO, name)
    turn.world = replace(turn.world, commitments={"ana": (there,), "ben": (there,)})
    assert of_oneself(turn, role, MAIL, RESUME) is understood
    start = "2026-10-13T13:00:00Z"
    assert answers(turn) == ([("resume", [], start, False)] if understood else [])
    told = [("person/ana", PersonSaid("ana", RESUME, NOW))]
    assert turn.forwarded == (told if understood else [])
    for word in (PAUSE, AWAY):  # these are understood by themselves alone
        assert not of_oneself(turn, role, MAIL, replace(word, days=(LONG_AGO.date(),) * 2))


EARLIER = Undo("pause", "mentee", NOW - HOUR, NOW + MINUTE)


@pytest.mark.parametrize(
    ("earlier", "promised"),
    [
        (EARLIER, True),
        (replace(EARLIER, until=NOW), False),  # it has been so for a day
        (replace(EARLIER, role="mentor"), False),
        (replace(EARLIER, what="away"), False),
        (replace(EARLIER, at=NOW - DAY), False),  # another one was asked for since
    ],
)
def test_a_longer_pause_is_taken_back_along_with_the_one_whose_place_it_takes_or_not_at_all(
    earlier: Undo, promised: bool
) -> None:
    known = Pause(NOW - HOUR, date(2026, 10, 20), "mentee")
    _, turn = said(PAUSE, standing="paused", pause=known, undo=(earlier,))
    assert answers(turn) == [("pause", ["2026-10-07", "2026-11-03"], None, promised)]
    own = Undo("pause", "mentee", NOW, NOW + DAY, mail=THIS)
    assert turn.state.undo == ((earlier, own) if promised else (earlier,))


def test_away_while_they_pause_names_its_own_days() -> None:
    _, turn = said(AWAY, **PAUSED)
    assert answers(turn) == [("away", ["2026-10-12", "2026-10-16"], None, True)]


def test_a_zone_is_answered_by_a_question_of_its_own() -> None:
    understood, turn = said(ZONE)
    assert understood and answers(turn) == [] and turn.state.undo == ()
    assert turn.state.line.mentee.zone == "America/Toronto"
    assert turn.state.questions == (
        Question(
            "zone-changed", "mentee", short("<1@example.org>"), NOW, NOW + 7 * DAY,
            {"before": "Asia/Kolkata", "start": "2026-10-13T13:00:00Z"}, own=True,
        ),
    )  # fmt: skip
    assert turn.forwarded == [("person/ben", PersonSaid("ben", ZONE, NOW))]


@pytest.mark.parametrize(
    "word",
    [
        Said("away", text="AWAY"),  # when?
        replace(AWAY, days=(date(2026, 9, 1), date(2026, 9, 2))),  # over
        Said("pause", days=(date(2026, 9, 1), date(2026, 10, 7))),
        RESUME,  # nothing is paused
        Said("zone"),  # which?
        Said("move"),
    ],
)
def test_what_cannot_be_is_not_understood_and_changes_nothing(word: Said) -> None:
    understood, turn = said(word)
    assert not understood
    assert (answers(turn), turn.forwarded, turn.state.undo) == ([], [], ())
    assert turn.state == turn.world.state


# --- said in another pairing


def heard(word: Said, role: Role = "mentor", **state: Any) -> PairingTurn:
    turn = turn_of(**state)
    said_elsewhere(turn, role, word, "elsewhere")
    assert (turn.effects, turn.forwarded) == ([], [])  # answered there, and handed on there
    return turn


@pytest.mark.parametrize("role", ["mentor", "mentee"])
def test_days_away_and_zones_hold_everywhere(role: Role) -> None:
    assert heard(AWAY, role).state.absences == (Absence(role, Days(FIRST, LAST), NOW),)
    turn = heard(ZONE, role)
    assert turn.state.line.person(role).zone == "America/Toronto"
    assert [(q.occasion, q.own) for q in turn.state.questions] == [("elsewhere", False)]


@pytest.mark.parametrize(
    ("word", "until"), [(PAUSE, NOVEMBER), (Said("pause"), date(2026, 12, 6))]
)  # fmt: skip
def test_a_pause_of_the_mentor_holds_everywhere_and_one_of_the_mentee_only_there(
    word: Said, until: date
) -> None:
    assert heard(word).state.pause == Pause(NOW, until, "mentor")
    assert heard(word, "mentee").state.pause is None


def test_and_so_does_its_end() -> None:
    assert heard(RESUME, **PAUSED).state.standing == "active"
    own: dict[str, Any] = {"standing": "paused", "pause": Pause(LONG_AGO, NOVEMBER, "mentee")}
    assert heard(RESUME, **own).state.standing == "paused"
    assert heard(RESUME, "mentee", **own).state.standing == "paused"


def test_an_event_that_changes_nothing_changes_nothing_anywhere() -> None:
    assert heard(Said("keep", text="event"), double_booked=("a",)).state.double_booked == (
        "a", "event",
    )  # fmt: skip


# --- taken back


def absent(role: Role, first: date = FIRST, last: date = LAST, at: datetime = LONG_AGO) -> Absence:
    return Absence(role, Days(first, last), at)


DECEMBER = absent("mentor", date(2026, 12, 1), date(2026, 12, 4), LONG_AGO + DAY)
BOTH = (absent("mentee", at=LONG_AGO - DAY), DECEMBER, absent("mentor"))


def test_days_that_were_taken_back_are_named_to_the_other_pairings() -> None:
    turn = turn_of(absences=(replace(BOTH[1], at=NOW), *BOTH))
    turn.state = replace(turn.state, absences=())  # they were taken back just now
    name = "mentor-20261201-20261204"
    taken_back(turn, "mentor", Undo("away", "mentor", NOW, NOW + DAY, name=name))
    days = (date(2026, 12, 1), date(2026, 12, 4))
    told = Said("undo", text="away", days=days)
    assert turn.forwarded == [("person/ana", PersonSaid("ana", told, NOW))]


def test_a_pause_too_and_nothing_else() -> None:
    turn = turn_of(absences=BOTH)
    taken_back(turn, "mentor", Undo("pause", "mentor", LONG_AGO, NOW))
    assert turn.forwarded == [("person/ana", PersonSaid("ana", Said("undo", text="pause"), NOW))]
    of_a_mentee = Undo("pause", "mentee", LONG_AGO, NOW)
    for undo in (
        of_a_mentee, Undo("words", "mentor", LONG_AGO, NOW), Undo("away", "mentor", NOW, NOW),
    ):  # fmt: skip
        turn = turn_of(absences=BOTH)
        taken_back(turn, undo.role, undo)
        assert turn.forwarded == []


def test_there_those_very_days_of_that_person_are_days_like_others() -> None:
    undo = Said("undo", text="away", days=(FIRST, LAST))
    assert heard(undo, absences=BOTH).state.absences == BOTH[:2]
    assert heard(undo, "mentee", absences=BOTH).state.absences == BOTH[1:]
    other_days = replace(undo, days=(FIRST, LAST - timedelta(days=1)))
    assert heard(other_days, absences=BOTH).state.absences == BOTH


@pytest.mark.parametrize(
    ("role", "by", "ends"),
    [
        ("mentor", "mentor", True),
        ("mentor", "mentee", False),
        ("mentor", "admin", False),
        ("mentee", "mentee", False),
        ("mentee", "mentor", False),
    ],
)
def test_there_a_pause_ends_that_the_same_mentor_asked_for(role: Role, by: Any, ends: bool) -> None:
    out = replace(
        meeting(13), standing="skipped", settled_by="rule", settled_at=LONG_AGO, off="pause"
    )
    pause = Pause(LONG_AGO, NOVEMBER, by)
    turn = heard(
        Said("undo", text="pause"), role, standing="paused", pause=pause, meetings=(out,)
    )  # fmt: skip
    assert (turn.state.standing == "active") is ends
    assert (turn.state.meetings[0].standing == "planned") is ends
    if ends:
        assert turn.state.resumed == replace(pause, ended_by="mentor", ended_at=NOW)


def test_where_nothing_is_paused_nothing_ends() -> None:
    assert heard(Said("undo", text="pause"), absences=BOTH).state.absences == BOTH


@pytest.mark.parametrize(("role", "zone"), [("mentor", "Europe/Berlin"), ("mentee", "Asia/Kolkata")])  # fmt: skip
def test_there_a_zone_is_as_before_and_not_asked_about(role: Role, zone: str) -> None:
    asked = Question("zone-changed", role, "x", LONG_AGO, LONG_AGO + timedelta(days=7))
    agreed = Agreed(mentor_zone="America/Toronto", mentee_zone="America/Toronto")
    undo = Said("undo", text=f"zone {zone}")
    turn = heard(undo, role, agreed=agreed, questions=(asked,), **PAUSED)
    assert turn.state.line.person(role).zone == zone
    assert (turn.state.questions, turn.state.standing) == ((), "paused")
