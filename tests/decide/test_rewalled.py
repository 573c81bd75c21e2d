"""What the organizer did to a whole series, as values before and after (RULES 5, rows 1, 3, 5, 8 and 9).

Not the rest of a cut series that goes on as another one: that is test_rewalled_adopted.py. Not the letters: tests/stories.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from daemon.decide.rewalled import series_deleted, series_seen
from daemon.domain.cadence import SeriesRule
from daemon.domain.effect import TellAdmin
from daemon.domain.invitation import Guest
from daemon.domain.meeting import Meeting, Place, Series
from daemon.domain.observation import EventGone, EventSeen
from daemon.domain.pair import Pause
from daemon.domain.question import Question
from daemon.domain.value import replace
from daemon.domain.world import Mark
from tests.decide.pair_cast import (
    ANAS,
    LONG_AGO,
    NOW,
    TUESDAYS,
    day,
    mark,
    meeting,
    reasons,
    series,
    turn_of,
)
from tests.decide.series_cast import GUESTS, OTHER, STEM, letter, looked, whole

ASKED = (Question("series-gone", "mentor", "x", LONG_AGO, NOW), Question("clash", "mentee", "y", LONG_AGO, NOW))  # fmt: skip


def seen_as(known: Series, **more: Any) -> Series:
    """The series after a look that found nothing else."""
    return replace(known, **{"version": "v2", "answer_seen": "NEEDS-ACTION", **more})


# --- the series as a whole


@pytest.mark.parametrize(
    ("known", "seen", "after"),
    [
        (series(), whole(), {"version": "v2", "answer_seen": "NEEDS-ACTION"}),
        (series(), whole(cancelled=True), {"standing": "gone", "gone_at": NOW}),
        (series(standing="asked"), whole(), {}),  # its receipt will tell
        (series(standing="ended"), whole(), {"version": "v2"}),
        (series(), whole(None), {}),
        (series(standing="ended"), whole(cancelled=True), {}),
    ],
)
def test_what_is_remembered_of_a_look(known: Series, seen: EventSeen, after: Any) -> None:
    assert looked(seen, series=(OTHER, known)).state.series == (OTHER, replace(known, **after))


ENDED = series(
    rule=replace(TUESDAYS, until=date(2026, 10, 13)), standing="ended", until_put=date(2026, 10, 13)
)


@pytest.mark.parametrize(
    ("known", "until", "told"),
    [
        (ENDED, 13, False),
        (ENDED, 12, False),
        (ENDED, 19, False),  # another way to say the same
        (ENDED, 20, True),
        (ENDED, None, True),
        (replace(ENDED, until_put=None), None, False),  # the calendar has no end yet
        (replace(ENDED, until_put=date(2026, 10, 26)), None, False),
        (replace(ENDED, rule=TUESDAYS, until_put=None), None, False),
        (replace(ENDED, standing="put"), None, False),
    ],
)
def test_one_that_had_ended_and_goes_on_again_is_for_the_contact(
    known: Series, until: int | None, told: bool
) -> None:
    turn = looked(whole(ending(until)), series=(known,))
    series_seen(turn, whole(ending(until)))
    what = "a series that had ended goes on again in its calendar"
    facts = TellAdmin("by-hand", {"what": what, "first": "Ana"})
    assert [(e.change, e.reason) for e in turn.effects] == [(facts, what)] * told
    turn.marks = {stem: mark for stem, mark in turn.marks.items() if stem.startswith("told/")}
    series_seen(turn, whole(ending(until)))
    assert len(turn.effects) == told  # once for ever


@pytest.mark.parametrize(("state", "gone"), [("put", True), ("asked", False), ("ended", False)])
def test_a_series_that_is_deleted_is_gone(state: Any, gone: bool) -> None:
    turn = turn_of(series=(OTHER, series(standing=state)))
    series_deleted(turn, EventGone(Place(ANAS, "tuesdays")))
    after = {"standing": "gone", "gone_at": NOW} if gone else {}
    assert turn.state.series == (OTHER, replace(series(standing=state), **after))
    series_deleted(turn, EventGone(Place(ANAS, "of somebody else")))
    assert turn.state.series[0] == OTHER


GONE = series(standing="gone", gone_at=LONG_AGO)
SILENT = Pause(LONG_AGO, None, "silence")


@pytest.mark.parametrize(
    ("pause", "standing"),
    [(None, "active"), (SILENT, "active"), (replace(SILENT, by="mentee"), "paused")],
)
def test_a_series_that_is_back_goes_on_from_now(pause: Pause | None, standing: str) -> None:
    state = {"standing": "paused" if pause else "active", "pause": pause, "questions": ASKED}
    turn = looked(whole(), series=(OTHER, GONE), **state)
    assert turn.state.series == (OTHER, seen_as(series(), known_to=day(6)))
    assert reasons(turn)[0] == "the series is back"
    assert [q.kind for q in turn.state.questions] == ["clash"]
    assert turn.state.standing == standing
    if standing == "active" and pause:
        assert turn.state.resumed == replace(SILENT, ended_by="mentor", ended_at=NOW)


def test_who_has_read_that_it_is_off_hears_that_it_stands() -> None:
    marks = {letter("off", 13, "ben"): mark()}
    turn = looked(whole(), series=(GONE,), meetings=(meeting(13), meeting(20)), marks=marks)
    told, other = turn.state.meetings
    assert (told.standing, told.moved_by, other) == ("moved", "mentor", meeting(20))


# --- its guest


def asked_about(*kinds: Any) -> tuple[Question, ...]:
    return tuple(Question(kind, "mentor", "x", LONG_AGO, NOW) for kind in kinds)


NO = (Guest("ben@example.org", "DECLINED"),)
YES = (Guest("ben@example.org", "ACCEPTED"),)


@pytest.mark.parametrize(
    ("known", "guests", "after"),
    [
        (series(), GUESTS[:1], {"guest_gone": True, "gone_at": NOW, "answer_seen": ""}),
        (series(), NO, {"declined": True, "gone_at": NOW, "answer_seen": "DECLINED"}),
        (series(guest_gone=True, gone_at=LONG_AGO), GUESTS, {"guest_gone": False, "gone_at": None}),
        (
            series(declined=True, gone_at=LONG_AGO, answer_seen="DECLINED"),
            YES,
            {"declined": False, "gone_at": None, "answer_seen": "ACCEPTED"},
        ),
    ],
)
def test_a_guest_who_is_gone_or_says_no_to_all(known: Series, guests: Any, after: Any) -> None:
    questions = asked_about("guest-gone", "declined-all", "clash")
    turn = looked(whole(guests=guests), series=(known,), questions=questions)
    assert turn.state.series == (seen_as(known, **after),)
    still = [] if after["gone_at"] is None else ["guest-gone", "declined-all"]
    assert [q.kind for q in turn.state.questions] == [*still, "clash"]


@pytest.mark.parametrize(
    ("before", "guests", "sign"),
    [
        ("NEEDS-ACTION", YES, True),
        ("ACCEPTED", YES, False),
        ("ACCEPTED", NO, True),
        ("ACCEPTED", GUESTS, False),
        ("", YES, True),
    ],
)
def test_an_answer_to_the_whole_series_is_a_sign_of_life_once(
    before: str, guests: Any, sign: bool
) -> None:
    turn = looked(whole(guests=guests), series=(OTHER, series(answer_seen=before)))
    assert turn.signs == (["mentee"] if sign else [])
    assert turn.state.series[1].answer_seen == guests[-1].partstat
    assert turn.state.series[0] == OTHER


# --- gaps


def test_new_gaps_are_cancelled_meetings_and_only_theirs() -> None:
    known = (meeting(13), meeting(20), meeting(27, "another one"), meeting(34, place=None))
    gaps = (day(13), day(27), day(34))
    turn = looked(whole(replace(TUESDAYS, gaps=gaps)), meetings=known)
    assert [m.standing for m in turn.state.meetings] == ["cancelled", *["planned"] * 3]
    fallen = turn.state.meetings[0]
    assert (fallen.cancelled_by, fallen.gone) == ("mentor", True)
    assert turn.state.series[0].rule == replace(TUESDAYS, gaps=gaps)


@pytest.mark.parametrize("which", ["known before", "made by us"])
def test_gaps_that_are_known_or_our_own_cancel_nothing(which: str) -> None:
    gapped = replace(TUESDAYS, gaps=(day(13),))
    ours = {"skips": (day(13),)} if which == "made by us" else {"rule": gapped}
    turn = looked(whole(gapped), series=(series(**ours),), meetings=(meeting(13),))
    assert turn.state.meetings == (meeting(13),)


@pytest.mark.parametrize(
    ("known", "back"),
    [
        (meeting(13, standing="cancelled", cancelled_by="mentor", gone=True), True),
        (meeting(13, standing="skipped", gone=True), False),
    ],
)
def test_a_gap_that_is_closed_restores_what_was_cancelled(known: Meeting, back: bool) -> None:
    gapped = series(rule=replace(TUESDAYS, gaps=(day(13),)), answer_seen="NEEDS-ACTION")
    turn = looked(whole(), series=(gapped,), meetings=(known, meeting(20)))
    restored = meeting(13, changed_at=NOW)
    assert turn.state.meetings == (restored if back else known, meeting(20))
    assert turn.state.series == (series(version="v2", answer_seen="NEEDS-ACTION"),)


@pytest.mark.parametrize(
    ("mark", "kept"),
    [(None, ()), (mark(), ()), (Mark(1, "", "live", LONG_AGO), (day(20),))],
)
def test_gaps_that_we_just_asked_for_need_not_be_there_yet(mark: Any, kept: Any) -> None:
    own = series(rule=replace(TUESDAYS, gaps=(day(20),)), skips=(day(20),))
    marks = {STEM: mark} if mark else {}
    gaps = (day(34), day(27))  # as they stand in the file
    turn = looked(whole(replace(TUESDAYS, gaps=gaps)), series=(own,), marks=marks)
    assert turn.state.series[0].rule.gaps == (*kept, day(27), day(34))


# --- cut by hand


UNTIL = date(2026, 10, 19)
CUT: dict[str, Any] = {"cut_to": UNTIL, "gone_at": LONG_AGO}


def ending(day_of_october: int | None, **more: Any) -> SeriesRule:
    until = date(2026, 10, day_of_october) if day_of_october else None
    return replace(TUESDAYS, until=until, **more)


@pytest.mark.parametrize(
    ("known", "rule", "after"),
    [
        (series(), ending(19), {"cut_to": UNTIL, "gone_at": NOW}),
        (series(**CUT), ending(19), {}),
        (series(**CUT), ending(12), {"cut_to": date(2026, 10, 12), "gone_at": NOW}),
        (series(**CUT), ending(None), {"cut_to": None, "gone_at": None, "known_to": day(6)}),
        (series(until_put=date(2026, 10, 26)), ending(26), {}),  # the end that we gave it
        (series(until_put=date(2026, 10, 26)), ending(27), {}),
        (series(until_put=date(2026, 10, 26)), ending(25), {"cut_to": date(2026, 10, 25), "gone_at": NOW}),
        (series(rule=ending(26)), ending(26), {}),  # the end that we just asked for
        (series(rule=ending(26)), ending(25), {"cut_to": date(2026, 10, 25), "gone_at": NOW}),
        (
            series(**CUT, until_put=date(2026, 10, 26)),
            ending(26),
            {"cut_to": None, "gone_at": None, "known_to": day(6)},
        ),
    ],
)  # fmt: skip
def test_an_end_that_is_sooner_than_ours_is_a_cut(
    known: Series, rule: SeriesRule, after: Any
) -> None:
    turn = looked(whole(rule), series=(OTHER, known), questions=ASKED)
    assert turn.state.series == (OTHER, seen_as(known, **after))
    cut = after.get("cut_to")
    assert reasons(turn) == ([f"the series was cut after {cut} in its calendar"] if cut else [])
    healed = after and not cut
    assert [q.kind for q in turn.state.questions] == ["series-gone"] * (not healed) + ["clash"]


def test_once_it_goes_on_again_who_read_otherwise_hears_of_it() -> None:
    marks = {letter("off", 20, "ben"): mark()}
    turn = looked(whole(), series=(series(**CUT),), meetings=(meeting(20),), marks=marks)
    assert turn.state.meetings[0].standing == "moved"
