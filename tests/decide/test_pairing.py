"""One decision of a pair as tables: what is taken in, and what the lane forgets.

Not the rules in between: each has stories of its own. What the two are bound to: test_pairing_commitments.py.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from daemon.domain.effect import SendLetter, TellAdmin
from daemon.domain.meeting import Origin
from daemon.domain.observation import (
    DownSeen,
    LineSeen,
    PersonSaid,
    Refused,
    ReplySeen,
    Said,
)
from daemon.domain.pair import Absence, Tally
from daemon.domain.people import Days
from daemon.domain.thread import Action, AgendaLine, Note
from daemon.domain.value import replace
from daemon.domain.world import Mark, PairingState, Plan
from tests.decide.pair_cast import DAY, LANE, MINUTE, NOW, ORIGIN
from tests.decide.tuesday_cast import SINCE, STATE, after, decided
from tests.stories.cast import line

FORGOTTEN = Origin("2026-09-01T15:00", "Europe/Berlin")


# --- what is taken in


def test_without_a_line_there_is_nothing_to_decide_and_with_one_a_pair() -> None:
    assert decided(None) == Plan(LANE, None)
    plan = decided(None, LineSeen(line(), NOW))
    assert isinstance(plan.state, PairingState)
    assert (plan.state.standing, plan.state.since) == ("invited", NOW)
    assert [e.change.touchpoint for e in plan.effects if isinstance(e.change, SendLetter)] == [
        "welcome-mentor-connected"
    ]
    assert plan.reasons == ()


def test_a_new_line_changes_what_the_files_say_and_not_how_far_the_two_are() -> None:
    state = after(STATE, LineSeen(replace(line(), link="https://meet.example.org/x"), NOW))
    assert (state.standing, state.since, state.line.link) == (
        "active", SINCE, "https://meet.example.org/x",
    )  # fmt: skip


def test_an_answer_is_noted_among_the_letters_of_its_reader() -> None:
    mail = ReplySeen(
        "ben", "<m1>", "", (Said("cadence", text="biweekly"),), "BIWEEKLY", NOW, trust="verified"
    )
    noted = [each for each in after(STATE, mail).sent if each.stem.startswith("ack/")]
    assert [(each.role, each.at, each.counts) for each in noted] == [("mentee", NOW, False)]


def test_what_is_nobodys_here_is_named() -> None:
    reasons = decided(STATE, DownSeen(NOW - DAY, NOW)).reasons
    assert [each.text for each in reasons] == ["DownSeen says nothing to a pairing"]


@pytest.mark.parametrize(
    ("person", "standing", "zone"),
    [
        ("ben", "active", "America/Toronto"),
        ("chi", "active", "Asia/Kolkata"),  # nobody of this pair
        ("ben", "closed", "Asia/Kolkata"),  # over
    ],
)
def test_what_was_said_in_another_pairing_holds_here_while_there_is_one(
    person: str, standing: Any, zone: str
) -> None:
    said = PersonSaid(person, Said("zone", text="America/Toronto"), NOW)
    state = after(replace(STATE, standing=standing, closed_at=NOW), said)
    assert state.line.mentee.zone == zone
    assert [q.occasion for q in state.questions] == (
        ["20261007T080000"] if zone == "America/Toronto" else []
    )


def test_only_what_a_mail_led_to_names_who_wrote_it() -> None:
    mail = ReplySeen(
        "ana", "<m1>", "", (Said("for-contact", text="words"),), "words", NOW, trust="verified"
    )
    stem = f"cancel/ana-ben/{ORIGIN}"
    state = replace(STATE, marks={stem: Mark(1, "x", "live", NOW - DAY)})
    plan = decided(state, mail, Refused(f"{stem}/1", "permanent", "full", NOW))
    assert [each.change for each in plan.effects if isinstance(each.change, TellAdmin)] == [
        TellAdmin("for-contact", {"first": "Ana", "word": "words"}),
        TellAdmin("refused", {"what": "cancel"}),
    ]


# --- what the lane forgets


def note(number: int, **changed: Any) -> Note:
    return replace(
        Note(ORIGIN, "mentor", f"words {number}", NOW - timedelta(hours=number), copied=True), **changed
    )  # fmt: skip


def texts(*notes: Note) -> list[str]:
    return [each.text for each in after(replace(STATE, notes=notes)).notes]


def test_of_notes_that_went_over_the_last_four_are_kept_oldest_first() -> None:
    assert texts(*(note(number) for number in (9, 8, 7, 6, 5, 4))) == [
        "words 7", "words 6", "words 5", "words 4",
    ]  # fmt: skip
    old = note(1, origin=FORGOTTEN)
    assert texts(old) == ["words 1"]  # the next prep quotes it


def test_of_other_notes_those_of_a_meeting_that_is_remembered_and_none_that_is_private() -> None:
    assert texts(
        note(3),
        note(2, copied=False),
        note(4, copied=False),
        note(1, copied=False, origin=FORGOTTEN),
        note(1, copied=False, private=True),
    ) == ["words 4", "words 3", "words 2"]


@pytest.mark.parametrize(
    ("text", "copied", "kept"),
    [
        ("a" * 690 + " 12345 789x", True, "a" * 690 + " 12345 …"),
        ("a" * 690 + " 123456789", True, "a" * 690 + " 123456789"),
        ("a" * 690 + " 1234567890", True, "a" * 690 + " …"),
        ("a" * 690 + " 1234567890", False, "a" * 690 + " 1234567890"),
    ],
)
def test_of_a_long_note_that_went_over_its_first_700_characters_are_kept_to_the_word(
    text: str, copied: bool, kept: str
) -> None:
    assert texts(note(1, text=text, copied=copied)) == [kept]


def test_agenda_lines_go_with_their_meeting() -> None:
    lines = [AgendaLine(each, "mentee", str(each), NOW) for each in (FORGOTTEN, ORIGIN)]
    assert after(replace(STATE, agenda=tuple(lines))).agenda == (lines[1],)


def test_what_is_done_is_shown_for_two_days_and_then_counted() -> None:
    open_ = Action("a", "mentee", "send the CV", NOW - 9 * DAY)
    fresh = replace(open_, letter="b", done_at=NOW - 2 * DAY + MINUTE)
    old = replace(open_, letter="c", done_at=NOW - 2 * DAY)
    state = replace(
        STATE, actions=(open_, fresh, old, replace(old, letter="d")), tally=Tally(done=3)
    )
    later = after(state)
    assert (later.actions, later.tally.done) == ((open_, fresh), 5)
    again = after(later, now=NOW + MINUTE)
    assert (again.actions, again.tally.done) == ((open_,), 6)
    assert after(again, now=NOW + MINUTE).tally.done == 6


def test_it_wakes_when_what_was_done_is_no_longer_shown() -> None:
    done = Action("b", "mentee", "send the CV", NOW - DAY, done_at=NOW - 2 * DAY + MINUTE)
    assert decided(replace(STATE, actions=(done,))).wake_at == NOW + MINUTE


def test_the_last_twelve_to_dos_are_kept() -> None:
    many = tuple(Action(f"a{n}", "mentee", "x", NOW) for n in range(13))
    assert after(replace(STATE, actions=many)).actions == many[1:]


def test_what_is_named_after_an_absence_or_a_series_is_remembered_as_long_as_they_are_known() -> (
    None
):
    absence = Absence("mentee", Days(date(2027, 8, 2), date(2027, 8, 6)), NOW - 300 * DAY, "reply")
    known, newer, over = (
        [
            f"absence/{LANE}/mentee-{days}/ana", f"told/deleted-twice/{uid}",
            f"series/ana-ben/0/{generation}/end",
        ]
        for days, uid, generation in (
            ("20270802-20270806", STATE.series[0].uid, STATE.series[0].generation),
            ("20260105-20260106", "newer", 8),
            ("20260803-20260807", "over", 7),
        )
    )  # fmt: skip
    marks = {stem: Mark(1, "", "settled", NOW - 300 * DAY) for stem in (*known, *over)}
    marks |= {stem: Mark(1, "", "settled", NOW - DAY) for stem in newer}
    left = after(replace(STATE, absences=(absence,), marks=marks)).marks
    assert {*known, *newer} <= {*left} and not {*over} & {*left}
