"""What UNDO means, until when, and what it leaves alone, in tables.

Not what the pair reads of it: tests/stories/test_undo.py.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from daemon.decide.replies import reply_seen
from daemon.decide.undo import find_undo, remember, remember_move, take_back, until_before
from daemon.domain.meeting import Meeting, Undone
from daemon.domain.pair import Undo
from daemon.domain.proposal import Offer
from daemon.domain.value import replace
from daemon.domain.world import Mark, Queued
from tests.decide.pair_cast import DAY, HOUR, MINUTE, NOW, berlin, meeting, turn_of
from tests.decide.replies_cast import NAME, kept, key, led_to, listed, mail

# --- what is kept


def test_the_last_four_of_each_are_kept_and_what_is_too_late_is_forgotten() -> None:
    turn = turn_of(undo=(kept(name="over", until=NOW), kept(name="hers", role="mentor")))
    remember(turn, kept(name="a"))
    assert [each.name for each in turn.state.undo] == ["hers", "a"]
    for name in "bcde":
        remember(turn, kept(name=name))
    assert [each.name for each in turn.state.undo] == ["hers", *"bcde"]
    remember(turn, kept(name="hers too", role="mentor"))
    assert [each.name for each in turn.state.undo] == [*"bcde", "hers", "hers too"]


@pytest.mark.parametrize(
    ("starts_in", "until"),
    [
        (2 * DAY, NOW + DAY),
        (DAY + 11 * MINUTE, NOW + 11 * MINUTE),
        (DAY + 9 * MINUTE, NOW + 10 * MINUTE),
        (HOUR, NOW + 10 * MINUTE),
    ],
)
def test_until_a_day_before_the_time_or_ten_minutes_if_that_is_later(
    starts_in: timedelta, until: datetime
) -> None:
    assert until_before(turn_of(), NOW + starts_in) == until


def test_a_move_is_taken_back_by_who_chose_it_until_a_day_before_its_new_time() -> None:
    moved = meeting(13, start=NOW + 3 * DAY, standing="moved")
    turn = turn_of(moved)
    remember_move(turn, meeting(13), moved, listed(13, chooser="mentor"))
    until, proposal = NOW + 2 * DAY, listed(13, chooser="mentor")
    assert turn.state.undo == (Undo("moved", "mentor", NOW, until, meeting(13), proposal, NAME),)


@pytest.mark.parametrize(
    ("before", "until"),
    [
        (meeting(13), NOW + 2 * DAY),
        (meeting(13, start=NOW + DAY), NOW + 18 * HOUR),  # where it would stand again
        (meeting(13, start=NOW + 6 * HOUR), NOW + 10 * MINUTE),  # a slip
        (meeting(13, start=NOW + MINUTE), NOW + MINUTE),
        (meeting(13, start=NOW + DAY, standing="cancelled"), NOW + 2 * DAY),
    ],
)
def test_a_move_is_not_taken_back_to_a_time_that_is_too_near(
    before: Meeting, until: datetime
) -> None:
    turn = turn_of(before)
    moved = meeting(13, start=NOW + 3 * DAY, standing="moved")
    remember_move(turn, before, moved, listed(13))
    assert [each.until for each in turn.state.undo] == [until]


# --- what is meant

OF_BEN = (
    kept("moved", NAME),
    kept("skip", str(meeting(20).origin)),
    kept("words", "first"),
    kept("words", "second"),
    kept("done", "a", role="mentor"),
    kept("pause", until=NOW),  # too late
    kept("away", "12-14", mail="1a2b"),
    kept("away", "19-21", mail="3c4d"),
)


@pytest.mark.parametrize(
    ("answers", "meant"),
    [
        (key("moved", 13), OF_BEN[0]),
        (key("moved", 20), None),
        (key("left-out", 20), OF_BEN[1]),
        (key("left-out", 13), None),
        (key("first-note", "ever"), OF_BEN[3]),
        (key("ack", "away.1a2b"), OF_BEN[6]),
        (key("ack", "pause.1a2b"), None),
        (key("ack", "done.1a2b"), None),  # that was the mentor's
        (key("ack", "away.3c4d"), OF_BEN[7]),
        (key("ack", "away.5e6f"), None),  # that one is forgotten
        (key("notes", 6), OF_BEN[7]),
        ("", OF_BEN[7]),
    ],
)
def test_undo_means_what_the_letter_tells_else_the_last_thing(
    answers: str, meant: Undo | None
) -> None:
    assert find_undo(turn_of(undo=OF_BEN), "mentee", mail(answers, "undo")) == meant


def test_where_nothing_is_kept_nothing_is_meant() -> None:
    turn = turn_of(undo=(kept(role="mentor"),))
    assert find_undo(turn, "mentee", mail("", "undo")) is None
    reply_seen(turn, mail(key("notes", 6), "undo"))
    assert (led_to(turn), turn.state.undo) == (["ben ack undo-late"], (kept(role="mentor"),))


# --- a move

LATER = meeting(13).start + 2 * DAY
OFFERS = (
    Offer(1, meeting(13).start - DAY, meeting(13).end - DAY, open=False),
    Offer(2, LATER, LATER + HOUR / 2),
    Offer(3, NOW + 6 * HOUR, NOW + 7 * HOUR),  # too near to be answered by now
    Offer(4, NOW + 6 * HOUR + MINUTE, NOW + 7 * HOUR),
)
PICKED = listed(
    13, offers=OFFERS, picked=2, booked=True, standing="accepted", said="2",
    told_at=NOW - DAY, answered="<m1@example.org>", auto=True, occasion=1, round=2,
)  # fmt: skip
BEFORE = meeting(13, standing="cancelled", cancelled_by="mentor", cancelled_at=NOW - DAY, gone=True)
MOVED = meeting(
    13, start=LATER, end=LATER + HOUR / 2, standing="moved", moved_by="program", version="v2",
    moved_at=NOW - HOUR, place=None, looked_at=NOW - HOUR,
)  # fmt: skip
OF_A_MOVE = kept("moved", NAME, before=BEFORE, proposal=PICKED)


def test_a_move_taken_back_brings_the_list_back_unanswered() -> None:
    other = listed(6, standing="accepted", picked=2)
    turn = turn_of(MOVED, undo=(OF_A_MOVE,), closed_proposals=(other, PICKED))
    assert take_back(turn, OF_A_MOVE)
    again = turn.state.proposal
    assert again is not None and turn.state.undo == ()
    assert [each.open for each in again.offers] == [False, True, False, True]
    assert (again.standing, again.picked, again.booked) == ("open", 0, False)
    assert (again.said, again.answered, again.auto, again.told_at) == ("", "", False, None)
    assert (again.opened_at, again.occasion, again.undone, again.round) == (NOW, 1, 1, 2)
    assert (again.answer_by, again.renew) == (berlin("2026-10-08T16:30"), "")  # 20:00 in Kolkata
    assert turn.state.closed_proposals == (other,)


def test_where_all_times_are_too_near_by_now_others_are_looked_for() -> None:
    near = replace(PICKED, offers=OFFERS[:3], picked=3)
    moved = replace(MOVED, start=OFFERS[2].start)
    turn = turn_of(moved)
    assert take_back(
        turn, kept("moved", NAME, before=BEFORE, proposal=replace(near, offers=OFFERS[::2]))
    )
    again = turn.state.proposal
    assert again is not None and (again.current, again.renew) == ((), "passed")


@pytest.mark.parametrize(
    ("chooser", "vetted", "expected"),
    [
        ("mentee", True, (False, True)),
        ("mentee", False, (False, False)),
        ("mentor", True, (True, False)),
    ],
)
def test_whoever_chose_is_asked_again(
    chooser: str, vetted: bool, expected: tuple[bool, bool]
) -> None:
    proposal = replace(PICKED, chooser=chooser, vetted=vetted)
    turn = turn_of(MOVED)
    take_back(turn, kept("moved", NAME, role=chooser, before=BEFORE, proposal=proposal))
    again = turn.state.proposal
    assert again is not None and (again.vetting, again.vetted) == expected


def test_a_mentor_is_offered_the_whole_round_again_and_nothing_of_an_earlier_one() -> None:
    far = [LATER + number * DAY for number in range(6)]
    offers = tuple(
        Offer(n, far[n - 1], far[n - 1] + HOUR, open=n == 5) for n in range(1, 7)
    )  # of the second round, 5 alone was named
    named = replace(PICKED, chooser="mentor", vetted=True, offers=offers, picked=5)
    turn = turn_of(replace(MOVED, start=far[4]))
    assert take_back(turn, kept("moved", NAME, role="mentor", before=BEFORE, proposal=named))
    again = turn.state.proposal
    assert again is not None and [each.number for each in again.current] == [4, 5, 6]


def test_while_another_question_is_open_the_list_does_not_take_its_place() -> None:
    turn = turn_of(MOVED, proposal=listed(20))
    assert take_back(turn, OF_A_MOVE)
    assert turn.state.proposal == listed(20)
    assert turn.state.meetings[0].standing == "cancelled"


STILL = meeting(13)
ON_ITS_PLACE = replace(MOVED, place=STILL.place)


@pytest.mark.parametrize(
    ("now", "moved", "how"),
    [
        (NOW, ON_ITS_PLACE, "move"),
        (NOW, MOVED, "cancel"),  # it has an event of its own
    ],
)
def test_what_still_stood_goes_back_and_what_got_an_event_of_its_own_loses_it(
    now: datetime, moved: Any, how: str
) -> None:
    turn = turn_of(moved, now=now)
    assert take_back(turn, kept("moved", NAME, before=STILL, proposal=PICKED))
    back = turn.state.meetings[0]
    assert (back.start, back.standing, back.takes_back) == (STILL.start, "planned", how)
    assert (back.place, back.version, back.gone) == (moved.place, "v2", False)
    assert back.changed_at == now - DAY  # nobody waits for it


@pytest.mark.parametrize(
    "moved",
    [
        replace(MOVED, start=LATER + HOUR),  # dragged since
        replace(MOVED, moved_by="mentor"),
        replace(MOVED, standing="cancelled"),
        replace(MOVED, origin=meeting(20).origin),
    ],
)
def test_what_somebody_has_changed_since_stays_as_it_is(moved: Any) -> None:
    turn = turn_of(moved, undo=(OF_A_MOVE,))
    assert not take_back(turn, OF_A_MOVE)
    assert (turn.state.meetings, turn.state.proposal, turn.state.undo) == ((moved,), None, ())


@pytest.mark.parametrize("missing", [{"before": None}, {"proposal": None}])
def test_a_move_without_what_was_before_cannot_be_taken_back(missing: dict[str, None]) -> None:
    assert not take_back(turn_of(MOVED), replace(OF_A_MOVE, **missing))


def row(standing: str, *, tried: bool = False) -> Queued:
    stem = key("moved", 13, "ana").removesuffix("/1")
    return Queued(stem, 1, "", standing, NOW + DAY, False, NOW, tried)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("mark", "queued", "hears"),
    [
        ("settled", None, True),
        ("live", row("claimed"), True),
        ("live", row("due", tried=True), True),
        ("live", row("due"), False),
        ("live", None, False),
        ("withdrawn", None, False),
        ("", None, False),
    ],
)
def test_the_other_one_hears_of_it_who_may_have_read_of_the_move(
    mark: str, queued: Queued | None, hears: bool
) -> None:
    for before in (BEFORE, STILL):
        turn = turn_of(MOVED)
        if mark:
            stem = key("moved", 13, "ana").removesuffix("/1")
            turn.marks[stem] = Mark(1, "", mark, NOW - HOUR)  # type: ignore[arg-type]
        if queued:
            turn.queued[queued.stem] = queued
        take_back(turn, kept("moved", NAME, before=before, proposal=PICKED))
        back = turn.state.meetings[0]
        if before.stands:
            moved = (
                ("moved", LATER, NOW, "mentee", True)
                if hears
                else ("planned", None, None, "", False)
            )
            assert (
                back.standing,
                back.moved_from,
                back.moved_at,
                back.moved_by,
                back.checked,
            ) == moved
        else:
            assert back.undone == (Undone(LATER, NOW, "mentee") if hears else None)
