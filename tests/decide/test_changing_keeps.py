"""What a change of the series keeps: agreed times, what had fallen out, and what was moved far ahead (RULES 6).

Not which series it concerns and where it is cut: that is test_changing.py.
"""

from __future__ import annotations

from typing import Any

import pytest

from daemon.decide.terms import Terms
from daemon.domain.meeting import Meeting, Origin, Override, Place
from daemon.domain.value import replace
from tests.decide.pair_cast import ANAS, MINUTE, NOW, berlin, day, meeting, moved, series
from tests.decide.series_cast import LONGER, THURSDAYS, TWO, WEEKLY, changed

# --- what falls to the cut


CUT_AWAY: dict[str, Any] = {
    "standing": "skipped", "settled_by": "rule", "settled_at": NOW, "off": "change", "gone": True,
}  # fmt: skip
WEDNESDAY = "2026-10-14T11:00"
FALLEN: dict[str, Any] = {"standing": "cancelled", "cancelled_by": "mentor"}
BY_CHOICE: dict[str, Any] = {"standing": "skipped", "settled_by": "choice"}


def after_the_cut(wanted: Terms, known: Meeting) -> Meeting:
    turn = changed(
        wanted, meetings=(known,), series=(series("another one", standing="ended"), series())
    )
    return next(m for m in turn.state.meetings if m.origin == known.origin)


@pytest.mark.parametrize(
    ("known", "after"),
    [
        (meeting(13), CUT_AWAY),
        (meeting(13, **FALLEN), CUT_AWAY),
        (meeting(13, **BY_CHOICE), {"gone": True}),
        (moved(13, WEDNESDAY, gone=True), {"place": None, "version": "", "gone": False}),
        (meeting(6, standing="held"), {}),  # before the cut
        (meeting(13, "another one"), {}),
        (meeting(13, place=None), {}),
        (meeting(13, place=Place(ANAS, "tuesdays")), {}),  # no occurrence of it
        (meeting(12, place=Place(ANAS, "tuesdays", "2026-10-12T23:59")), {}),
    ],
)
def test_of_dates_that_are_none_any_more_only_what_was_moved_is_kept(
    known: Meeting, after: dict[str, Any]
) -> None:
    assert after_the_cut(THURSDAYS, known) == replace(known, **after)


@pytest.mark.parametrize(
    ("known", "kept"),
    [
        (meeting(13, **FALLEN), True),  # and is still looked for
        (meeting(13, **BY_CHOICE), True),
        (meeting(13, **{**BY_CHOICE, "settled_by": "rule", "off": "break"}), False),
    ],
)
def test_of_dates_that_the_new_one_has_too_what_fell_out_is_kept(
    known: Meeting, kept: bool
) -> None:
    turn = changed(LONGER, meetings=(known,))
    place = Place(ANAS, turn.state.series[-1].uid, day(13))
    expected = {"place": place, "version": "", "gone": True} if kept else {"gone": True}
    assert turn.state.meetings == (replace(known, **expected),)
    assert after_the_cut(LONGER, meeting(13)) == meeting(13, **CUT_AWAY)


def test_one_of_two_lengths_keeps_what_was_moved_as_well() -> None:
    known = moved(13, WEDNESDAY, place=Place(ANAS, "sixty", day(13)))
    longer = replace(WEEKLY, lengths_minutes=(30, 90))
    turn = changed(longer, series=TWO, meetings=(known,))
    assert turn.state.meetings == (replace(known, place=None, version=""),)
    (new,) = (s for s in turn.state.series if s.standing == "asked")
    assert (new.index, new.rule.first, new.rule.length_minutes) == (1, "2026-10-13T15:00", 90)


# --- moved far ahead


def seen_far_ahead(number: int, to: str, **more: Any) -> Override:
    start = berlin(to)
    return Override(day(number), start, start + 30 * MINUTE, **more)


@pytest.mark.parametrize(
    ("override", "known", "kept"),
    [
        (seen_far_ahead(34, "2026-11-04T11:00"), (), True),
        (seen_far_ahead(34, "2026-11-04T11:00", declined=True), (), True),
        (seen_far_ahead(34, "2026-11-04T11:00", cancelled=True), (), False),
        (seen_far_ahead(34, day(34)), (), False),  # answered, not moved
        (seen_far_ahead(34, "2026-11-04T11:00"), (meeting(34),), False),  # a meeting by now
        (seen_far_ahead(34, "2026-11-04T11:00"), (meeting(27),), True),
        (seen_far_ahead(13, WEDNESDAY), (), True),  # on the very day of the cut
        (seen_far_ahead(6, "2026-10-12T11:00"), (), False),  # before it
    ],
)
def test_dates_moved_far_ahead_become_meetings_of_their_own(
    override: Override, known: tuple[Meeting, ...], kept: bool
) -> None:
    turn = changed(THURSDAYS, series=(series(overrides=(override,)),), meetings=known)
    origin = Origin(override.recurrence, "Europe/Berlin")
    made = Meeting(
        origin, override.start, override.end, "moved", moved_from=berlin(override.recurrence),
        moved_at=NOW, moved_by="mentor", changed_at=NOW,
    )  # fmt: skip
    assert [m for m in turn.state.meetings if m.off != "change"] == [made] * kept
